"""A workbook that prt gives out to be filled: a sheet for each log, lists to choose from, and what is needed
to take it back.

Row 1 of a sheet is hidden and has the keys of its columns, which go along if a column is moved; column A is
hidden and has the ids. A very hidden sheet keeps the rows as they were given out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from prt.files.workbook.cell_text import without_unseen
from prt.values import dataclass

KEEPER, LISTS = "prt", "prt_lists"
"""The very hidden sheets: what was given out, and the lists."""
PEOPLE_LIST = "people"
"""The list of names, by board; a workbook without it holds no names."""
HEADING_ROW, FIRST_ROW = 2, 3
"""The rows of the headings and of the first row of a log."""
MOST_CHARACTERS = 32_000
"""Characters of a cell, of which Excel takes 32,767."""

Shown = str | int | float | dt.date | None


@dataclass(frozen=True)
class GivenColumn:
    """A column of a sheet: its name in the log, its heading, `form` (date, number or text), and the list that
    its values are chosen from, if any; `firm` says whether another value is refused, or only warned of."""

    name: str
    heading: str
    form: str
    choices: str = ""
    firm: bool = True


@dataclass(frozen=True)
class GivenRow:
    """A row by its id: its cells as the log writes them, and as the sheet shows them."""

    id: str
    cells: Mapping[str, str]
    shown: Mapping[str, Shown]


@dataclass(frozen=True)
class GivenSheet:
    log: str
    title: str
    columns: tuple[GivenColumn, ...]
    rows: tuple[GivenRow, ...]


@dataclass(frozen=True)
class GivenBook:
    """What a workbook is made of. `number` is its own id; `lists` are pairs of label and code by the name of
    the list, `people` those of names with the board before them; `words` are the texts of its messages;
    `owner` is the id of whom it was given to, where it has names."""

    project: str
    year: str
    number: str
    made: str
    sheets: tuple[GivenSheet, ...]
    lists: Mapping[str, Sequence[tuple[str, str]]]
    people: Sequence[tuple[str, str, str]]
    words: Mapping[str, str]
    owner: str = ""


def plain_cell(text: str) -> str:
    """A text as a cell of a workbook can hold it, and give it back."""
    return without_unseen(text.replace("\r\n", "\n").replace("\r", "\n"))[:MOST_CHARACTERS].strip()


def column_key(log: str, name: str) -> str:
    """What stands in the hidden row above a column."""
    return f"prt.{log}.{name}"


def range_name(choices: str) -> str:
    return f"prt_{re.sub('[^a-z0-9]+', '_', choices.lower())}"
