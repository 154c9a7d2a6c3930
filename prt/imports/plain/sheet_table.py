"""The rows of a plain sheet, column by column, as the log reads their texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeVar

from prt.imports.export import Export
from prt.imports.plain.cells import SPAN_SIGN, PlainCells, ReadTexts
from prt.imports.plain.digests import digest_text
from prt.imports.plain.left_out import LeftOutLines, is_dated
from prt.imports.reading.dates import Clock
from prt.model.cells import OneOf, cell_of_one
from prt.problems import Mistake, Place
from prt.values import NamedTuple, dataclass

T = TypeVar("T")
TextColumns = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class PlainSheet:
    """A sheet, or several that are one table, and how its cells are read."""

    shown: str
    export: Export
    cells: PlainCells

    @property
    def files(self) -> Sequence[str]:
        """Where each line stands: the sheet is told where there are several."""
        shown = {sheet: f"{self.shown}, {sheet}" if sheet else self.shown for sheet in {*self.export.sheets}}
        return [shown[sheet] for sheet in self.export.sheets] or [self.shown] * len(self.export.lines)

    def line_label(self, at: int) -> str:
        """A line as a person finds it: of several sheets with the name of its own."""
        name = self.export.sheets[at] if self.export.sheets else ""
        return f"{name} {self.export.lines[at]}".strip()

    def given(self) -> dict[str, Sequence[str]]:
        """The texts of the columns that the log has."""
        headings, columns = self.cells.headings, self.export.columns
        found: dict[str, Sequence[str]] = {
            name: columns[heading] for heading, name in headings.columns.items()
        }
        if headings.span:
            times = zip(*(columns[heading] for heading in headings.span), strict=True)
            own = found.get("hours") or [""] * len(self.export.lines)
            spans = (SPAN_SIGN.join(pair) if all(pair) else "" for pair in times)
            found["hours"] = [text or span for text, span in zip(own, spans, strict=True)]
        return found | self.roles_among_people(found)

    def roles_among_people(self, found: TextColumns) -> dict[str, Sequence[str]]:
        """Both columns where people write who it was, or only the role, below one heading: *Zoé Tremblay*,
        *directrice*."""
        filled, people = self.cells.headings.filled, found.get("person", ())
        roles = {text for text in {*people} if text and self.cells.is_role(text)}
        if not roles or "role" in filled:
            return {}
        return {
            "person": ["" if text in roles else text for text in people],
            "role": [text if text in roles else "" for text in people],
        }


class SheetTable(NamedTuple):
    """The rows of a sheet: where each stands, the texts of each column as its log reads them, what is wrong
    with some, by row, and the digests of the rows' own ids, if any. `words` are texts that are codes of the
    program's lists, or people, with those, by column, in the order of the sheet."""

    files: Sequence[str]
    lines: Sequence[int]
    columns: TextColumns
    mistakes: Mapping[int, Mapping[str, Mistake]]
    keys: Sequence[str]
    words: Mapping[tuple[str, str], str]

    def place(self, row: int, path: str = "") -> Place:
        return Place(self.files[row], self.lines[row], path=path)


def read_table(sheet: PlainSheet, clock: Clock, left: LeftOutLines) -> SheetTable:
    """The rows that have any cell; totals and remarks are left out."""
    given, cells = sheet.given(), sheet.cells
    taken = rows_taken(sheet, given, left)
    columns: dict[str, list[str]] = {}
    mistakes: dict[int, dict[str, Mistake]] = defaultdict(dict)
    words: list[tuple[int, int, str, str, str]] = []
    constants = {name: [text] * len(taken) for name, text in cells.headings.constants.items()}
    for name, texts in (constants | {name: chosen(texts, taken) for name, texts in given.items()}).items():
        read = ReadTexts(partial(cells.read, name, clock))
        kept = cells.keeps(name) and "\n#" not in "\n".join(("", *texts))
        columns[name] = list(texts) if kept else [*map(read.__getitem__, texts)]
        for at, text in enumerate(texts) if read.wrong else ():
            if text in read.wrong:
                mistakes[at][name] = read.wrong[text]
        if isinstance(cell_of_one(cells.columns[name].cell), OneOf):
            first = dict(zip(reversed(texts), reversed(range(len(texts))), strict=True))
            words += [(at, len(columns), name, text, read[text]) for text, at in first.items() if text]
    said = {(name, text): code for _, _, name, text, code in sorted(words)}
    said |= take_persons(cells, columns, mistakes)
    files, lines = chosen(sheet.files, taken), chosen(sheet.export.lines, taken)
    return SheetTable(files, lines, columns, mistakes, digest_own_ids(sheet, files, taken), said)


def take_persons(
    cells: PlainCells, columns: Mapping[str, list[str]], mistakes: Mapping[int, dict[str, Mistake]]
) -> dict[tuple[str, str], str]:
    """Who is at work that day, there, in the place of a part of a name. The first of each text, by column, is
    told."""
    told = dict[tuple[str, str], str]()
    for at, wrong in mistakes.items():
        row = {name: texts[at] for name, texts in columns.items()}
        for name, person in cells.persons_at_work(row, row, wrong).items():
            told.setdefault((name, row[name]), person)
            columns[name][at] = person
            del wrong[name]
    return told


def rows_taken(sheet: PlainSheet, given: TextColumns, left: LeftOutLines) -> list[int]:
    """Which lines are rows, by their numbers: those that have any cell, and are no total and no remark."""
    columns = sheet.export.columns
    dates = given.get("date") or [""] * len(sheet.export.lines)
    dated = {text: is_dated(text) for text in {*dates}}
    none = {
        at
        for at, text in enumerate(dates)
        if not dated[text] and left.takes(sheet.line_label(at), cells_at(given, at), cells_at(columns, at))
    }
    filled = map(any, zip(*given.values(), strict=True))
    return [at for at, is_filled in enumerate(filled) if is_filled and at not in none]


def cells_at(columns: TextColumns, at: int) -> dict[str, str]:
    """The cells of one row."""
    return {name: texts[at] for name, texts in columns.items() if texts[at]}


def chosen(things: Sequence[T], taken: Sequence[int]) -> Sequence[T]:
    return things if len(taken) == len(things) else [things[at] for at in taken]


def digest_own_ids(sheet: PlainSheet, files: Sequence[str], taken: Sequence[int]) -> list[str]:
    """Digests of the ids that a sheet gives its own rows: they tell a row again, and are no ids of prt."""
    names = sheet.export.columns.get(sheet.cells.headings.own_id)
    if names is None:
        return [""] * len(files)
    log, pairs = sheet.cells.model.log, zip(files, chosen(names, taken), strict=True)
    return [digest_text(f"{log}.{file}.{name}") if name else "" for file, name in pairs]
