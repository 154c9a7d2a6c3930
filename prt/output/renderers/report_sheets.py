"""What the sheets of a report's workbook say: the targets, all indicators, an annex each, the method."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from string import ascii_uppercase
from typing import Any, NamedTuple

from prt.output.document.content import Grid
from prt.output.document.indicator_parts import IndicatorPart, LinePart, VoletPart
from prt.output.document.report_document import Report
from prt.output.numbers import Value
from prt.output.words import Words

HEAD_ROW = 4
"""The row of the titles of columns; above it are the title of the sheet and what it is of."""
WIDEST = 60
UNITS = {"%": "percent", "h": "hours"}
Part = tuple[VoletPart, LinePart, IndicatorPart]


class Formula(str):
    """One of our own formulas; no other text of a workbook is one. `shown_as` is the format of its number."""

    shown_as = "General"


class Rate(Formula):
    shown_as = "0 %"


class Gap(Formula):
    shown_as = "+#,##0.##;-#,##0.##;0"


class SheetColumn(NamedTuple):
    """A column of a sheet: its title, and how wide it is in characters."""

    title: str
    width: int


class ReportSheet(NamedTuple):
    """One sheet: its name, its title, what it is of, its columns and rows, and the column of statuses."""

    name: str
    title: str
    about: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    words: tuple[str, ...] = ()
    """The group of the status of each row, where the sheet has statuses."""
    status: str = ""
    """The title of the column of statuses."""


def list_sheets(report: Report, words: Words) -> Iterator[ReportSheet]:
    """The targets, all indicators, an annex each, the method; the first page alone has the targets only."""
    parts = list(list_parts(report))
    if parts:
        yield targets_sheet(report, words, [one for one in parts if one[2].aim])
        yield indicators_sheet(report, words, parts)
    else:
        yield brief_sheet(report, words)
    for annex in report.annexes:
        yield from annex_sheets(annex.title, annex.note, annex.grids)
    method = [grid for grid in (report.method.definitions, report.method.statuses) if grid]
    if report.method.rules:
        title = words("report.method")
        rules = tuple((text,) for text in report.method.rules)
        yield ReportSheet(title, title, "", (SheetColumn(words("method.rules"), 110),), rules)
    for grid in method:
        yield grid_sheet(grid.caption, grid.caption, "", grid)


def list_parts(report: Report) -> Iterator[Part]:
    for volet in report.volets:
        for line in volet.lines:
            yield from ((volet, line, one) for one in line.indicators)


def targets_sheet(report: Report, words: Words, parts: Sequence[Part]) -> ReportSheet:
    """A row a target, with the rate of the target and the gap to what is expected as formulas."""
    say, many = book_words(words), len(report.columns)
    columns = (
        *place_columns(words),
        *(SheetColumn(title, 10) for title in (*report.columns, report.to_date)),
        *(SheetColumn(say(name), 11) for name in ("part", "whole")),
        SheetColumn(words("report.target"), 12),
        *(SheetColumn(say(name), 11) for name in ("rate", "expected", "gap", "planned")),
        SheetColumn(words("report.status"), 20),
        SheetColumn(words("notes.action"), 50),
        SheetColumn(say("phrase"), 50),
        SheetColumn(say("id"), 24),
    )
    actions = {one.anchor: one.action for one in report.brief.concerns if one.action}
    rows = []
    for at, (volet, line, part) in enumerate(parts, HEAD_ROW + 1):
        assert part.aim is not None
        to_date, target, expected = letter(4 + many), letter(7 + many), letter(9 + many)
        action = part.remark or actions.get(part.anchor)
        rows.append(
            (
                *(volet.id, line.id, part.label),
                *(one.number for one in (*part.periods, part.to_date)),
                *(part.to_date.part, part.to_date.whole),
                part.aim.number,
                Rate(
                    f'=IF(OR({to_date}{at}="",{target}{at}="",{target}{at}=0),"",{to_date}{at}/{target}{at})'
                )
                if is_number(part.to_date.number) and is_number(part.aim.number)
                else "",
                part.due,
                gap_of(part, f"{to_date}{at}", f"{expected}{at}"),
                part.planned,
                part.status,
                action.text if action else "",
                " ".join(part.aim.phrases or part.phrases),
                part.handle,
            )
        )
    about = " · ".join(
        (
            report.cover.name,
            say("explained"),
            words("report.withheld", n=str(words.plan.privacy.smallest_group)),
        )
    )
    return ReportSheet(
        say("summary"),
        f"{report.cover.title}: {report.brief.targets}",
        about,
        columns,
        tuple(rows),
        tuple(part.word for _, _, part in parts),
        words("report.status"),
    )


def gap_of(part: IndicatorPart, to_date: str, expected: str) -> str:
    """How much more, or less, than expected by now."""
    if not (is_number(part.to_date.number) and is_number(part.due)):
        return ""
    return Gap(f'=IF(OR({to_date}="",{expected}=""),"",{to_date}-{expected})')


def indicators_sheet(report: Report, words: Words, parts: Sequence[Part]) -> ReportSheet:
    """A row an indicator, in the plan's order."""
    say = book_words(words)
    columns = (
        *place_columns(words),
        SheetColumn(say("phrase"), 46),
        *(SheetColumn(title, 10) for title in (*report.columns, report.to_date)),
        *(SheetColumn(say(name), 11) for name in ("part", "whole", "unit")),
        SheetColumn(words("report.target"), 12),
        SheetColumn(words("report.status"), 20),
        SheetColumn(say("rows"), 10),
        SheetColumn(say("id"), 24),
    )
    rows = tuple(
        (
            *(volet.id, line.id, part.label, " ".join(part.phrases)),
            *(one.number for one in (*part.periods, part.to_date)),
            *(part.to_date.part, part.to_date.whole, say(f"unit_{UNITS.get(part.unit, 'number')}")),
            part.aim.number if part.aim else "",
            part.status if part.aim else "",
            part.entries,
            part.handle,
        )
        for volet, line, part in parts
    )
    groups, title = tuple(part.word for _, _, part in parts), say("indicators")
    return ReportSheet(title, title, report.cover.cut_off, columns, rows, groups, words("report.status"))


def brief_sheet(report: Report, words: Words) -> ReportSheet:
    """What the first page has of each target."""
    say = book_words(words)
    titles = (report.to_date, words("report.target"), say("expected"))
    columns = (
        *place_columns(words)[1:],
        *(SheetColumn(title, 12) for title in titles),
        SheetColumn(words("report.status"), 20),
        SheetColumn(words("notes.action"), 60),
    )
    targets = (*report.brief.concerns, *report.brief.good)
    rows = tuple(
        (
            *(one.line, one.label, one.to_date.number, one.target, one.expected),
            one.status,
            one.action.text if one.action else "",
        )
        for one in targets
    )
    groups, title = tuple(one.word for one in targets), report.brief.standing
    about = "; ".join(filter(None, (report.cover.name, report.brief.footnote)))
    return ReportSheet(say("summary"), title, about, columns, rows, groups, words("report.status"))


def place_columns(words: Words) -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(words("brief.volet"), 7),
        SheetColumn(words("brief.line"), 7),
        SheetColumn(words("report.indicator"), 38),
    )


def annex_sheets(title: str, note: str, grids: Sequence[Grid]) -> Iterator[ReportSheet]:
    """Grids of like columns are one table, whose first column has their captions; others a sheet each."""
    name = title.partition(":")[2].strip() or title
    heads = {tuple(one.title for one in grid.table.headings[1:]) for grid in grids}
    if len(grids) > 1 and len(heads) == 1:
        rows = tuple((grid.caption, *row) for grid in grids for row in grid.table.rows)
        first = [grid.table.headings[0].title for grid in grids]
        named = columns_of(grids[0])
        if len(set(first)) > 1:
            named = (SheetColumn("", named[0].width), *named[1:])
        said = " ".join(dict.fromkeys((note, *filter(None, (grid.note for grid in grids)))))
        yield ReportSheet(name, title, said, (SheetColumn("", 26), *named), rows)
        return
    for grid in grids:
        yield grid_sheet(name if len(grids) == 1 else f"{name[:14]} {grid.caption}", title, note, grid)


def grid_sheet(name: str, title: str, note: str, grid: Grid) -> ReportSheet:
    said = " ".join(filter(None, (note, grid.note)))
    caption = f" – {grid.caption}" if grid.caption and grid.caption != title else ""
    return ReportSheet(name, title + caption, said, columns_of(grid), grid.table.rows)


def columns_of(grid: Grid) -> tuple[SheetColumn, ...]:
    """As wide as the longest text, within reason."""
    cells = list(zip(*grid.table.rows, strict=True)) or [()] * len(grid.table.headings)
    return tuple(
        SheetColumn(
            heading.title, min(WIDEST, max([8, len(heading.title) + 2, *(len(str(one)) for one in some)]))
        )
        for heading, some in zip(grid.table.headings, cells, strict=True)
    )


def book_words(words: Words) -> Callable[[str], str]:
    return lambda name: words(f"book.{name}")


def is_number(value: object) -> bool:
    return isinstance(value, Value) and isinstance(value.amount, Fraction)


def letter(column: int) -> str:
    """The name of one of the first 26 columns."""
    return ascii_uppercase[column - 1]
