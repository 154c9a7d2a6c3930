"""What is wrong with a plain sheet as a whole: dates that may be two, headings that may be one column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from prt.imports.export import Export, ReadingHints
from prt.imports.plain.cell_texts import defaulted_columns, holds_values
from prt.imports.plain.heading_words import find_column
from prt.imports.plain.headings import Headings
from prt.imports.plain.sheet_table import PlainSheet
from prt.imports.reading.dates import Clock, DoubtfulDate, settle_clock
from prt.model.cells import DayCell
from prt.model.columns import LogRecord
from prt.problems import JoinedTexts, Mistake, Place, Problem


def settle_rows_clock(
    model: type[LogRecord],
    shown: str,
    export: Export,
    found: Headings,
    day_first: bool | None,
    within: Callable[[], tuple[dt.date, dt.date]] | None = None,
) -> tuple[Clock, list[Problem]]:
    """How the dates of a sheet are read, decided from all of them: the days of what has happened are `within`
    these two."""
    cells = {column.name: column.cell for column in model.columns()}
    days = [heading for heading, name in found.columns.items() if isinstance(cells[name], DayCell)]
    texts = chain.from_iterable(export.columns[heading] for heading in days)
    has_happened = all(found.columns[heading] in model.happened for heading in days)
    hints = ReadingHints(None, day_first, within if has_happened else None)
    clock, problems = settle_clock(texts, hints, Place(shown))
    return clock, [without_session(one) for one in problems]


def without_session(problem: Problem) -> Problem:
    """Rows of a log are of no session that could tell which day a date is."""
    doubt = problem.mistake
    if not isinstance(doubt, DoubtfulDate):
        return problem
    values = doubt.values
    order = Mistake("which_order", date=values["date"], days=values["days"], options=values["options"])
    return Problem.of(problem.where, DoubtfulDate(order, doubt.days))


def sheet_problems(sheet: PlainSheet, said: Mapping[str, str]) -> list[Problem]:
    """All of them; `said` are headings, folded, that somebody told of."""
    return [*rival_headings(sheet), *unread_values(sheet, said), *repeated_ids(sheet)]


def rival_headings(sheet: PlainSheet) -> Iterator[Problem]:
    """A problem for each column of which two headings differ, for nobody knows which holds."""
    for column, headings in sheet.cells.headings.rivals.items():
        cells = zip(*(sheet.export.columns[heading] for heading in headings), strict=True)
        for file, line, texts in zip(sheet.files, sheet.export.lines, cells, strict=True):
            if len({*texts} - {""}) > 1:
                mistake = Mistake(
                    "headings_of_one_column", headings=JoinedTexts(headings, "and"), column=column,
                    texts=", ".join(filter(None, texts)),
                )  # fmt: skip
                yield Problem.of(Place(file, line), mistake)
                break


def unread_values(sheet: PlainSheet, said: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each heading left behind that may be a column whose empty cells mean something: its rows
    would silently be of the first kind."""
    found = sheet.cells.headings
    left = [heading for heading in found.left if find_column(heading, said) is None]
    for column in defaulted_columns(sheet.cells.model, found.filled):
        for heading in left:
            if holds_values(column, sheet.export.columns[heading], sheet.cells.known):
                mistake = Mistake("heading_may_be_column", column=column.name, heading=heading)
                yield Problem.of(Place(sheet.shown, path=heading), mistake)


def repeated_ids(sheet: PlainSheet) -> Iterator[Problem]:
    """A problem for each row whose own id is that of a row above it."""
    heading = sheet.cells.headings.own_id
    lines: dict[tuple[str, str], int] = {}
    ids = sheet.export.columns.get(heading, ())
    for file, line, own in zip(sheet.files, sheet.export.lines, ids, strict=True) if ids else ():
        first = lines.setdefault((file, own), line)
        if own and first != line:
            yield Problem.of(Place(file, line, path=heading), Mistake("own_id_twice", id=own, line=first))
