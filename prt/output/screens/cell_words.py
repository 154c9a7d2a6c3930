"""A cell of a row as a screen says it: its column and its value in words, whatever the file has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from types import MappingProxyType

from prt.files.project import table_model
from prt.model.cells import (
    DayCell,
    HoursCell,
    NumberCell,
    OneOf,
    RowIdCell,
    WordCell,
    YesNoCell,
    cell_of_one,
    names_person,
)
from prt.model.columns import Record
from prt.model.rows import Row
from prt.output.numbers import format_exact
from prt.output.words import Words

Names = Mapping[str, str]
NOBODY: Names = MappingProxyType({})
"""No names at hand: ids stay."""


def say_log(words: Words, log: str) -> str:
    """What a log is called: in English by the word that is typed."""
    return words(f"log.{log}") if words.language == "fr" and f"log.{log}" in words else log


def name_cell(words: Words, log: str, name: str) -> str:
    """`school board`, in French `commission scolaire`."""
    return words.word_of_column("column", log, name) or name.replace("_", " ")


def is_whole(model: type[Record], name: str) -> bool:
    """An id and a day are never cropped."""
    column = model.column_named(name)
    return name == model.id_column or (column is not None and isinstance(column.cell, DayCell))


def say_cell(words: Words, row: Row, name: str, names: Names = NOBODY) -> str:
    """The value in a list; empty where there is none."""
    column, value = row.model.column_named(name), row[name]
    text = "" if column is None or value is None else column.cell.write(value)
    return spell_cell(words, row.log, name, text, names)


def spell_cell(words: Words, log: str, name: str, text: str, names: Names = NOBODY) -> str:
    """`1,5` h, `3 févr. 2025`, the plan's label, the name of a person or the title of a session; what cannot
    be read stays as it stands."""
    column = table_model(words.plan, log).column_named(name)
    if not text or column is None:
        return text
    cell = cell_of_one(column.cell)
    if isinstance(cell, DayCell):
        with suppress(ValueError):
            return words.date(dt.date.fromisoformat(text))
    if isinstance(cell, (HoursCell, NumberCell)):
        with suppress(ValueError):
            return format_exact(Fraction(text), "", words.language)
    if isinstance(cell, YesNoCell):
        return words(f"value.any.{text}") if f"value.any.{text}" in words else text
    parts = [part.strip() for part in text.split(";")] if column.cell.many else [text]
    if isinstance(cell, (OneOf, WordCell)):
        parts = [words.label(log, name, part) for part in parts]
    if names_person(cell) or isinstance(cell, RowIdCell):
        parts = [names.get(part, part) for part in parts]
    return "; ".join(parts)
