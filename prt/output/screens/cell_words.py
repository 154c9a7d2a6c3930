"""A cell of a row as a screen names it: in French by its labels, in English by the words of options."""

from __future__ import annotations

from typing import Any

from prt.files.project import table_model
from prt.model.cells import HoursCell, OneOf, WordCell, YesNoCell, cell_of_one
from prt.model.rows import Row
from prt.output.words import Words


def name_cell(words: Words, log: str, name: str) -> str:
    """`hours`, in French `heures`."""
    known = (word for word in (f"column.{log}.{name}", f"column.{name}") if word in words)
    return name if words.language == "en" else next(map(words, known), name)


def head_column(words: Words, log: str, name: str) -> str:
    """The heading of a column in a list: `new in`, in French `en poste depuis`."""
    return name_cell(words, log, name).replace("_", " ")


def say_cell(words: Words, row: Row, name: str) -> Any:
    """The value in a list: in French a code by its words, anything else as it is."""
    value, column = row[name], row.model.column_named(name)
    is_coded = column is not None and isinstance(cell_of_one(column.cell), (OneOf, WordCell))
    if words.language == "en" or not is_coded or not isinstance(value, str):
        return value
    return words.label(row.log, name, value)


def spell_cell(words: Words, log: str, name: str, text: str) -> str:
    """`1.5` and `skills`, in French `1,5` and the plan's label."""
    column = table_model(log).column_named(name)
    if words.language == "en" or not text or column is None:
        return text
    cell = cell_of_one(column.cell)
    if isinstance(cell, HoursCell):
        return text.replace(".", ",")
    if isinstance(cell, YesNoCell):
        return words(f"value.any.{text}") if f"value.any.{text}" in words else text
    if not isinstance(cell, (OneOf, WordCell)):
        return text
    parts = text.split(";") if column.cell.many else [text]
    return "; ".join(words.label(log, name, part.strip()) for part in parts)
