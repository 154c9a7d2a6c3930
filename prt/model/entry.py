"""What a person entered: cells of text made into a row, with every mistake at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prt.model.cells import Known, Value, choices_text
from prt.model.records import Column, Record
from prt.model.rows import Row
from prt.problems import Mistake


@dataclass(frozen=True)
class Entry:
    """`cells` are as they will be written, empty ones left out; `row` has their values."""

    cells: dict[str, str]
    row: Row
    mistakes: tuple[tuple[str, Mistake], ...] = ()


def checked(model: type[Record], cells: Mapping[str, str], known: Known) -> Entry:
    """The cells as they are written: `English Montréal` becomes EMSB, `1h15` 1.25.

    A cell with a mistake stays as it was given, and counts as empty in what the row knows about itself.
    """
    given = {name: text.strip() for name, text in cells.items() if text.strip()}
    values, mistakes = validated(model, given, known.at(model.log))
    read = given | {name: as_written(model, name, value) for name, value in values.items()}
    written = {name: text for name, text in read.items() if text}  # a list of nothing: `;`
    row = Row(model, "", 0, tuple(values.get(column.name, column.empty) for column in model.columns()))
    bad = {name for name, _ in mistakes}
    own = [(name, mistake) for name, mistake in model.mistakes(row) if name not in bad]
    return Entry(written, row, (*mistakes, *own))


def validated(
    model: type[Record], cells: Mapping[str, str], known: Known
) -> tuple[dict[str, Any], list[tuple[str, Mistake]]]:
    """The value of each cell that can be read; the mistakes of the others, and of those that are missing."""
    found = {
        name: value_or_mistake(model, name, cells.get(name), known)
        for name in dict.fromkeys((*model.fields, *cells))
    }
    wrong = [(name, one) for name, one in found.items() if isinstance(one, Mistake)]
    return {name: found[name] for name in cells if not isinstance(found[name], Mistake)}, wrong


def value_or_mistake(model: type[Record], name: str, text: str | None, known: Known) -> Value | Mistake:
    """The value of one cell, or what is wrong with it."""
    column = model.column_named(name)
    if column is None:
        return Mistake("not_a_column", log=model.log, columns=", ".join(model.header()))
    if text is None:
        return Mistake("missing_cell", wanted=wanted(column, known)) if column.required else column.empty
    try:
        return column.cell.read(text, known, name)
    except Mistake as mistake:
        return mistake


def may_be(column: Column, known: Known) -> str:
    """What may be written in a cell."""
    choices = list(column.cell.choices(known, column.name))
    return choices_text(choices) if choices else f"Write {column.cell.says}."


def wanted(column: Column, known: Known) -> str:
    """What a column is and what may be written in it; what the description says is not said again."""
    choices, examples = list(column.cell.choices(known, column.name)), column.cell.says.partition(": ")[2]
    if choices and all(one in column.description for one in choices):
        return choices_text(choices)
    if examples and examples in column.description:
        return f"{column.description}."
    return f"{column.description}. {may_be(column, known)}"


def as_written(model: type[Record], name: str, value: Any) -> str:
    column = model.column_named(name)
    assert column is not None
    return column.cell.write(value)
