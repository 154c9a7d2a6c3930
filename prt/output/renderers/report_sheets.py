"""The sheets of a report's workbook: the targets, all indicators, an annex each, the method, the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.output.document.content import Grid
from prt.output.document.report_document import Report
from prt.output.document.year_pages import YearPages
from prt.output.renderers.sheet_parts import ReportSheet, SheetColumn
from prt.output.renderers.target_sheets import (
    book_words,
    brief_sheet,
    indicators_sheet,
    list_parts,
    targets_sheet,
)
from prt.output.words import Words

WIDEST = 46
RULES_WIDTH = 96
"""A page takes no more in letters of any font: where a sheet is one column, a program does not shrink it."""


def list_sheets(report: Report, words: Words) -> Iterator[ReportSheet]:
    """The first page alone has the targets only; who retraces each figure gets the rows behind it too."""
    parts = list(list_parts(report))
    if parts:
        yield targets_sheet(report, words, [one for one in parts if one[2].aim])
        yield indicators_sheet(report, words, parts)
    else:
        yield brief_sheet(report, words)
    if report.year and report.year.portrait:
        grids = (report.year.portrait.months, report.year.portrait.course)
        yield from (grid_sheet(one.caption, one.caption, "", one) for one in grids if one)
        yield changes_sheet(report.year, words)
    for annex in report.annexes:
        yield from annex_sheets(annex.title, annex.note, annex.grids, words)
    yield from row_sheets(report, words)
    yield from method_sheets(report, words)


def changes_sheet(year: YearPages, words: Words) -> ReportSheet:
    """What was learned, then what changes next year, beside the figure that it is about."""
    columns = (
        SheetColumn(words("report.indicator"), 38),
        SheetColumn(words("report.status"), 30),
        SheetColumn(year.changes, RULES_WIDTH),
    )
    rows = [(one.label, one.standing, one.told.text) for one in year.adjustments]
    learned = [(words("notes.learned"), "", year.learned.text)] if year.learned else []
    return ReportSheet(year.changes, year.changes, "", columns, (*learned, *rows))


def method_sheets(report: Report, words: Words) -> Iterator[ReportSheet]:
    if report.method.rules:
        title = words("report.method")
        rules = tuple((text,) for text in report.method.rules)
        yield ReportSheet(title, title, "", (SheetColumn(words("method.rules"), RULES_WIDTH),), rules)
    for grid in (report.method.definitions, report.method.statuses):
        if grid:
            yield grid_sheet(grid.caption, grid.caption, "", grid)


def row_sheets(report: Report, words: Words) -> Iterator[ReportSheet]:
    """The rows behind the figures: a sheet for each log, its first column the figure that they are behind."""
    say, found = book_words(words), dict[str, list[tuple[str, Grid]]]()
    for _, _, part in list_parts(report):
        for grid in part.behind.grids:
            found.setdefault(grid.caption, []).append((part.handle, grid))
    for caption, grids in found.items():
        rows = tuple((handle, *row) for handle, grid in grids for row in grid.table.rows)
        title = f"{say('rows')} – {caption}"
        columns = (SheetColumn(say("id"), 24), *columns_of(grids[0][1], rows))
        yield ReportSheet(title, title, report.cover.cut_off, columns, rows)


def annex_sheets(title: str, note: str, grids: Sequence[Grid], words: Words) -> Iterator[ReportSheet]:
    """Grids of like columns are one table, whose first column has their captions; others a sheet each."""
    name, say = title.partition(":")[2].strip() or title, book_words(words)
    heads = {tuple(one.title for one in grid.table.headings[1:]) for grid in grids}
    if len(grids) > 1 and len(heads) == 1:
        rows = tuple((grid.caption, *row) for grid in grids for row in grid.table.rows)
        named = columns_of(grids[0], rows)
        if len({grid.table.headings[0].title for grid in grids}) > 1:
            named = (named[0]._replace(title=say("category")), *named[1:])
        said = " ".join(dict.fromkeys((note, *filter(None, (grid.note for grid in grids)))))
        yield ReportSheet(name, title, said, (SheetColumn(say("group"), 26), *named), rows)
        return
    for grid in grids:
        yield grid_sheet(name if len(grids) == 1 else f"{name[:14]} {grid.caption}", title, note, grid)


def grid_sheet(name: str, title: str, note: str, grid: Grid) -> ReportSheet:
    said = " ".join(filter(None, (note, grid.note)))
    caption = f" – {grid.caption}" if grid.caption and grid.caption != title else ""
    return ReportSheet(name, title + caption, said, columns_of(grid, grid.table.rows), grid.table.rows)


def columns_of(grid: Grid, rows: Sequence[Sequence[object]]) -> tuple[SheetColumn, ...]:
    """The columns of a grid, the last ones of these rows: as wide as their longest text, within reason."""
    headings = grid.table.headings
    cells = [row[-len(headings) :] for row in rows]
    texts = list(zip(*cells, strict=True)) or [()] * len(headings)
    return tuple(
        SheetColumn(
            heading.title,
            min(WIDEST, max([8, len(heading.title) + 3, *(len(str(one)) + 2 for one in some)])),
            heading.align == "right",
        )
        for heading, some in zip(headings, texts, strict=True)
    )
