"""Each target of the page of the week: where it stands, its rule, what counts and what is left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from prt.figures.evaluate import Result
from prt.model.facts import PART, PlainFact
from prt.model.figure import LeftOut
from prt.model.rows import Row
from prt.output.charts import result_chart
from prt.output.figure_text import period_statuses, short_reason
from prt.output.listings import capital
from prt.output.numbers import format_figure
from prt.output.report.brief import by_volet
from prt.output.report.indicators import planned_text
from prt.output.report.results import Figures
from prt.output.screens.contributions import Contributions
from prt.output.screens.evidence import describe
from prt.output.screens.explain import Explanation
from prt.output.screens.status import StatusScreen
from prt.output.shapes import LARGE
from prt.output.week.document import CountedMonth, CountedRow, RowsBehind, WeekTarget, WeekVolet
from prt.output.words import Words
from prt.values import dataclass

NEWEST = 40
"""So many rows of a figure are listed."""
MANY = 100
"""The rows of a figure that has more are counted by month."""
FEW_IDS = 5
"""Rows that are left out for one reason are named where they are no more."""

Given = tuple[Row, list[PlainFact]]


@dataclass(frozen=True)
class WeekView:
    """What every part of the page needs. `hidden` takes names, e-mails and telephone numbers out of a text
    that somebody typed; `published` is what the funder would see."""

    figures: Figures
    screen: StatusScreen
    hidden: Callable[[str], str]
    published: bool = False

    @property
    def words(self) -> Words:
        return self.screen.words

    def name(self, result: Result) -> str:
        return capital(self.screen.texts.label(result))


def week_volets(view: WeekView) -> Iterator[WeekVolet]:
    """The volets that have targets, in the plan's order."""
    for volet, results in by_volet(view.figures.evaluation):
        targets = tuple(week_target(view, one) for one in results if one.promised)
        if targets:
            title = view.words("report.volet", id=volet.id, title=volet.title.as_one(view.words.language))
            yield WeekVolet(title, targets)


def week_target(view: WeekView, result: Result) -> WeekTarget:
    figures, target = view.figures, result.promised
    explained = Explanation(figures.evaluation, result, view.screen, published=view.published)
    aim = figures.aim(result)
    assert target is not None and aim is not None
    names = ("as_published", "as_of", "year")
    return WeekTarget(
        result.line.id,
        view.name(result),
        figures.among_others(result.measure, result.to_date, result.target),
        aim.number,
        result.status.word,
        view.screen.texts.status(result),
        planned_text(figures, result),
        None if target.due else aim.bar,
        result_chart(figures, result, LARGE) if result.measure.is_level else None,
        capital(result.measure.sentence(view.words)),
        capital(explained.status_sentence()),
        tuple(remarks(view, explained)),
        None if view.published else counted_behind(view, result),
        view.screen.command(f"prt explain {result.handle}", *names),
    )


def remarks(view: WeekView, explained: Explanation) -> Iterator[str]:
    """How many persons or boards reached it, other readings, and what is left out with its reasons."""
    words, result = view.words, explained.result
    figure = result.to_date
    if not view.published and result.measure.has_members and figure.whole is not None:
        whole = view.screen.texts.plain(figure.whole)
        yield words.counted("explain.members", figure.part or 0, whole=whole)
    if told := period_statuses(words, result):
        yield words("remark.periods", told=told)
    for second in result.also:
        yield words("explain.labelled", label=words("explain.other"), text=explained.second(second))
    if not view.published and (left := result.left_out):
        reasons = "; ".join(reasons_of(view, left))
        head = words.counted("explain.left_out", len(left))
        yield words("explain.labelled", label=head, text=reasons)


def reasons_of(view: WeekView, left: Sequence[LeftOut]) -> Iterator[str]:
    """`2 cancelled (w-…, w-…)`: each reason with its number, those about something else last."""
    counts = Counter((one.aside, one.reason, one.row.log, one.column) for one in left)
    first = {(one.aside, one.reason, one.row.log, one.column): one for one in reversed(left)}
    for kind, number in sorted(counts.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1:])):
        aside, reason, *_ = kind
        text = f"{number} {short_reason(view.words, first[kind])}"
        if aside or number > FEW_IDS or reason == "after":
            yield text
        else:
            ids = (one.row.id for one in left if (one.aside, one.reason, one.row.log, one.column) == kind)
            names = ", ".join(filter(None, ids))
            yield f"{text} ({names})" if names else text


def counted_behind(view: WeekView, result: Result) -> RowsBehind | None:
    """The newest rows first; of many the months, the latest first."""
    told = Contributions(view.words, result.measure, result.to_date.facts)
    given = sorted(told.by_row().values(), key=newest_first)
    if not given:
        return None
    logs = ", ".join(f"{log}.csv" for log in dict.fromkeys(row.log for row, _ in given))
    caption = view.words.counted("explain.counts", len(given), log=logs)
    if len(given) > MANY:
        months = tuple(
            month_of(view, result, day, list(some)) for day, some in groupby(given, first_of_month)
        )
        return RowsBehind(caption, months=months, gives=any(one.gives for one in months))
    rows = tuple(counted_row(view, told, one) for one in given[:NEWEST])
    older = view.words.counted("week.older", len(given) - NEWEST) if len(given) > NEWEST else ""
    return RowsBehind(caption, rows, older=older, gives=any(one.gives != "1" for one in rows))


def newest_first(given: Given) -> tuple[int, str, int]:
    row = given[0]
    return -row.day.toordinal(), row.file, -row.line


def first_of_month(given: Given) -> dt.date:
    return given[0].day.replace(day=1)


def counted_row(view: WeekView, told: Contributions, given: Given) -> CountedRow:
    row, facts = given
    place = f"{row.file.rsplit('/', 1)[-1]}:{row.line}"
    title, gives = view.hidden(describe(row)), view.hidden(told.text(facts))
    day = view.words.days(row.session or row, view.words.short_date)
    return CountedRow(row.id or "", day, title, gives, place)


def month_of(view: WeekView, result: Result, day: dt.date, given: Sequence[Given]) -> CountedMonth:
    """How many rows, and of what adds up their sum."""
    words, measure = view.words, result.measure
    amounts = [fact[PART] for _, facts in given for fact in facts if fact[PART] is not None]
    adds = measure.adds_up and not measure.is_percentage and amounts
    total = (
        format_figure(sum(map(Fraction, amounts), Fraction(0)), measure.unit, words.language) if adds else ""
    )
    name = f"{words(f'month.{day.month}')} {day.year}"
    return CountedMonth(name, words.counted("week.rows", len(given)), total)
