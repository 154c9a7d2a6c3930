"""The sheets of targets and indicators: figures as numbers, rate of the target and gap as formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from string import ascii_uppercase
from typing import Any

from prt.output.document.first_page import BriefTarget
from prt.output.document.indicator_parts import IndicatorPart, LinePart, VoletPart
from prt.output.document.report_document import Report
from prt.output.numbers import Value
from prt.output.renderers.sheet_parts import (
    HEAD_ROW,
    Gap,
    GapInPoints,
    PreciseGap,
    Rate,
    ReportSheet,
    SheetColumn,
)
from prt.output.words import Words

UNITS = {"%": "percent", "h": "hours", "": "number"}
NUMBER = 10
"""How wide a column of numbers is, in characters."""
Part = tuple[VoletPart, LinePart, IndicatorPart]
Say = Callable[[str], str]


def list_parts(report: Report) -> Iterator[Part]:
    for volet in report.volets:
        for line in volet.lines:
            yield from ((volet, line, one) for one in line.indicators)


def targets_sheet(report: Report, words: Words, parts: Sequence[Part]) -> ReportSheet:
    """A row a target, with the rate of the target and the gap to what is expected as formulas."""
    say, many = book_words(words), len(report.columns) + bool(report.last_year)
    to_date, target, due = (ascii_uppercase[at + many] for at in (3, 4, 6))
    concerns = {one.anchor: one for one in report.brief.concerns}
    rows = []
    for number, (volet, line, part) in enumerate(parts, HEAD_ROW + 1):
        cells = [f"{column}{number}" for column in (to_date, target, due)]
        told = told_cells(part, concerns.get(part.anchor), bool(report.year))
        rows.append((volet.id, line.id, part.label, *target_cells(part, cells), *told))
    withheld = words("report.withheld", n=str(words.plan.privacy.smallest_group))
    return ReportSheet(
        say("summary"),
        f"{report.cover.title}{words('brief.colon')} {report.brief.targets}",
        " · ".join((report.cover.name, say("explained"), withheld)),
        tuple(target_columns(report, words)),
        tuple(rows),
        tuple(part.word for _, _, part in parts),
        words("report.status"),
    )


def target_columns(report: Report, words: Words) -> Iterator[SheetColumn]:
    say = book_words(words)
    yield from place_columns(words)
    yield from figure_columns(report)
    yield SheetColumn(words("report.target"), NUMBER, right=True)
    yield from (SheetColumn(say(name), NUMBER, right=True) for name in ("rate", "expected", "gap", "planned"))
    yield SheetColumn(words("report.status"), 18)
    yield SheetColumn(words("notes.action"), 36)
    if report.year:
        yield SheetColumn(words("notes.follow_up"), 26)
    yield from (one._replace(printed=False) for one in base_columns(say))
    yield SheetColumn(say("phrase"), 160, printed=False)
    yield SheetColumn(say("id"), 24, printed=False)


def target_cells(part: IndicatorPart, cells: Sequence[str]) -> Iterator[Any]:
    """Figures, target, rate, gap and status; `cells` are those that the formulas name."""
    assert part.aim is not None
    to_date, target, due = cells
    yield from figure_cells(part)
    yield part.aim.number
    yield rate_of(part, to_date, target)
    yield part.due
    yield gap_of(part, to_date, due)
    yield part.planned
    yield part.status


def told_cells(part: IndicatorPart, concern: BriefTarget | None, annual: bool) -> Iterator[Any]:
    """The corrective action, in a bilan what becomes of the target; then, for the screen alone, the two
    numbers of a percentage, the plan's phrase, and the id.
    """
    action, next_ = part.remark or (concern and concern.action), concern and concern.follow_up
    yield action.text if action else ""
    if annual:
        yield next_.text if next_ else ""
    yield from base_cells(part)
    yield " ".join((part.aim.phrases if part.aim else ()) or part.phrases)
    yield part.handle


def rate_of(part: IndicatorPart, to_date: str, target: str) -> str:
    """The share of the target that is reached, where both are numbers."""
    if not part.aim or not (is_number(part.to_date.number) and is_number(part.aim.number)):
        return ""
    return Rate(f'=IF(OR({to_date}="",{target}="",{target}=0),"",{to_date}/{target})')


def gap_of(part: IndicatorPart, to_date: str, expected: str) -> str:
    """How much more, or less, than expected by now: of percentages in points."""
    if part.now_and_due is None:
        return ""
    empty = f'OR({to_date}="",{expected}="")'
    if part.unit == "%":
        return GapInPoints(f'=IF({empty},"",({to_date}-{expected})*100)')
    kind = Gap if all(number.denominator == 1 for number in part.now_and_due) else PreciseGap
    return kind(f'=IF({empty},"",{to_date}-{expected})')


def indicators_sheet(report: Report, words: Words, parts: Sequence[Part]) -> ReportSheet:
    """A row an indicator, in the plan's order."""
    say = book_words(words)
    columns = (
        *place_columns(words),
        SheetColumn(say("phrase"), 44),
        *figure_columns(report),
        *base_columns(say),
        SheetColumn(say("unit"), 12),
        SheetColumn(words("report.target"), NUMBER, right=True),
        SheetColumn(words("report.status"), 18),
        SheetColumn(say("rows"), NUMBER, right=True),
        SheetColumn(say("id"), 24, printed=False),
    )
    rows = tuple(
        (
            *(volet.id, line.id, part.label, " ".join(part.phrases)),
            *figure_cells(part),
            *base_cells(part),
            say(f"unit_{UNITS.get(part.unit, '')}") if part.unit in UNITS else part.unit,
            part.aim.number if part.aim else "",
            part.status if part.aim else "",
            *(part.entries, part.handle),
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
        *(SheetColumn(title, 12, right=True) for title in titles),
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
        SheetColumn(words("brief.volet"), 8),
        SheetColumn(words("brief.line"), 8),
        SheetColumn(words("report.indicator"), 32),
    )


def figure_columns(report: Report) -> Iterator[SheetColumn]:
    return number_columns(report.last_year, *report.columns, report.to_date)


def base_columns(say: Say) -> Iterator[SheetColumn]:
    return number_columns(say("part"), say("whole"))


def number_columns(*titles: str) -> Iterator[SheetColumn]:
    return (SheetColumn(title, max(NUMBER, len(title) + 1), right=True) for title in titles if title)


def figure_cells(part: IndicatorPart) -> Iterator[Any]:
    """The figures of last year, of each period and to date."""
    return (one.number for one in (part.last_year, *part.periods, part.to_date) if one)


def base_cells(part: IndicatorPart) -> tuple[Fraction | None, Fraction | None]:
    """The two numbers of a percentage."""
    return part.to_date.part, part.to_date.whole


def book_words(words: Words) -> Say:
    return lambda name: words(f"book.{name}")


def is_number(value: object) -> bool:
    return isinstance(value, Value) and isinstance(value.amount, Fraction)
