"""An evaluation as others see it: small groups are withheld, and a status only where it would tell of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from prt.figures.evaluate import Evaluation, Result, Second, SeenFacts
from prt.figures.status import Judgement, Status
from prt.figures.targets.year_before import result_before
from prt.figures.withholding.cell import Cells
from prt.figures.withholding.equations import Key
from prt.figures.withholding.groups import (
    TO_DATE,
    Breakdowns,
    figure_key,
    group_key,
    item_key,
    left_out_key,
    names_persons,
    not_due_key,
    outside_key,
)
from prt.figures.withholding.sent_report import (
    NO_MORE,
    SentReport,
    gather_cells,
    hidden_beside,
    is_number,
    last_year_key,
    relative_targets,
    sent_status_key,
    status_key,
    statuses,
    told_of_unknown,
    unlisted_key,
)
from prt.figures.withholding.withhold import Loser, losers, withhold
from prt.model.facts import Facts
from prt.model.figure import Figure, Group, Item
from prt.model.plan import Plan, Target
from prt.model.rows import Row, RowTable
from prt.values import dataclass, field, fields, replace

Withheld = frozenset[Key]
ALL_SHOWN: Withheld = frozenset()
"""Nothing is withheld from the team."""
WITHHELD = Figure(None, "withheld")


@dataclass(frozen=True)
class Edition:
    """An evaluation without the figures that are withheld, and the keys of all cells that are.

    A key is of a status too: of this report, or of one before it. `cells` are all that it has.
    """

    evaluation: Evaluation
    withheld: Withheld = ALL_SHOWN
    cells: Cells = field(default_factory=dict, repr=False, compare=False)


def published(
    evaluation: Evaluation,
    breakdowns: Breakdowns,
    more: Cells = NO_MORE,
    told: Sequence[SentReport] = (),
    unknown_until: dt.date | None = None,
    last_year: Sequence[Evaluation] = (),
) -> Edition:
    """The edition of a report that has these breakdowns in its annexes, and prints `more` cells; `told` are
    the reports that were sent before it, in their order. What others told of the days to `unknown_until` is
    not known, and counts as everything. `last_year` are ends of the year before as others know them: what is
    withheld in one, or where none is known, no target tells either that asks for more than it.
    """
    found = gather_cells(evaluation, breakdowns, more)
    smallest = evaluation.plan.privacy.smallest_group
    withheld = withhold(found, smallest, [one.sent for one in told], dict(statuses(evaluation, found)))
    before = dict(pair for one in told for pair in one.hidden_statuses())
    withheld |= {key for key, hidden in before.items() if hidden}
    if unknown_until is not None:
        withheld |= told_of_unknown(evaluation, found, unknown_until)
    relative, plan = relative_targets(evaluation), evaluation.plan
    withheld |= {last_year_key(one.handle) for one in relative if is_secret(one, plan, last_year)}
    withheld |= hidden_beside(evaluation, withheld)
    return Edition(hide(evaluation, withheld), withheld, found)


def is_secret(result: Result, plan: Plan, last_year: Sequence[Evaluation]) -> bool:
    """Would a target tell a figure of the year before that others do not know, or perhaps not?"""
    if result.final_before.value is None:
        return False
    known = (result_before(one, result.line, result.indicator, plan)[0] for one in last_year)
    return not last_year or any(one is not None and one.to_date.absent == "withheld" for one in known)


def sent_edition(told: SentReport) -> Edition:
    """The edition of a report that was sent, as its readers know it."""
    return Edition(hide(told.evaluation, told.withheld), told.withheld, told.cells)


def losing_cells(edition: Edition, told: Sequence[SentReport]) -> list[tuple[Loser, SentReport]]:
    """The cells that give way to what was sent, each with the first report because of which."""
    found, smallest = edition.cells, edition.evaluation.plan.privacy.smallest_group
    sent = [one.sent for one in told]
    losing = losers(found, smallest, sent, edition.withheld) if told else []
    if not losing:
        return []
    hidden = [withhold(found, smallest, sent[: number + 1]) for number in range(len(sent) - 1)]
    firsts = ((one, (told[n] for n, some in enumerate(hidden) if one.key in some)) for one in losing)
    return [(one, next(reports, told[-1])) for one, reports in firsts]


def hide(evaluation: Evaluation, withheld: Withheld) -> Evaluation:
    return PublishedEvaluation.of(evaluation, withheld)


def numbers(withheld: Iterable[Key]) -> int:
    """How many cells are withheld, statuses aside."""
    return sum(map(is_number, withheld))


def with_statuses_as_sent(
    evaluation: Evaluation, period: int, annual: bool, withheld: Withheld
) -> Evaluation:
    """An evaluation that was sent, without the statuses that were withheld then."""
    results = (
        PublishedResult.of(result, frozenset({status_key(result.handle)}))
        if sent_status_key(period, annual, result.handle) in withheld
        else result
        for result in evaluation.results
    )
    return replace(evaluation, results=tuple(results))


@dataclass(frozen=True)
class PublishedEvaluation(Evaluation):
    """An evaluation without what is withheld. The rows that count in it are those of the true one."""

    truth: Evaluation

    @classmethod
    def of(cls, truth: Evaluation, withheld: Withheld) -> PublishedEvaluation:
        own: dict[str, Any] = {one.name: getattr(truth, one.name) for one in fields(Evaluation)}
        results = tuple(PublishedResult.of(result, withheld) for result in truth.results)
        return cls(**own | {"results": results}, truth=truth)

    @cached_property
    def rows_counted(self) -> Mapping[str, RowTable]:
        return self.truth.rows_counted


@dataclass(frozen=True)
class PublishedResult(Result):
    """A result without what is withheld. What is expected, and a status that is shown, are those of the true
    figure.
    """

    truth: Result
    withheld: Withheld

    @classmethod
    def of(cls, truth: Result, withheld: Withheld) -> PublishedResult:
        own: dict[str, Any] = {one.name: getattr(truth, one.name) for one in fields(Result)}
        return cls(**own, truth=truth, withheld=withheld)

    @cached_property
    def facts(self) -> Facts:
        return self.truth.facts

    @cached_property
    def seen(self) -> SeenFacts:
        return self.truth.seen

    @property
    def rows(self) -> tuple[Row, ...]:
        """Those of the true figure: what is withheld counts the same."""
        return self.truth.rows

    @cached_property
    def periods(self) -> tuple[Figure | None, ...]:
        return tuple(self.shown(figure, 0, window) for window, figure in enumerate(self.truth.periods, 1))

    @cached_property
    def period(self) -> Figure | None:
        return self.periods[-1]

    @cached_property
    def to_date(self) -> Figure:
        found = self.shown(self.truth.to_date, 0, TO_DATE)
        assert found is not None
        splits = tuple(
            (column, tuple(self.groups(column, groups)))
            for column, groups in found.splits
            if not names_persons(self.truth, [column])
        )
        of_persons = names_persons(self.truth, self.measure.naming_columns("part"))
        hidden = any(key[:2] == ("lines", self.handle) for key in self.withheld)
        unlisted = of_persons or hidden or found.absent == "withheld"  # as many lines as the number
        return replace(
            found,
            breakdown=lambda: splits,
            items=() if unlisted else tuple(self.items(found.items)),
            outside=() if outside_key(self.handle) in self.withheld else found.outside,
            not_due=() if not_due_key(self.handle) in self.withheld else found.not_due,
            left_out=tuple(
                one for one in found.left_out if left_out_key(self.handle, one) not in self.withheld
            ),
        )

    @cached_property
    def target(self) -> Target | None:
        return None if last_year_key(self.handle) in self.withheld else self.truth.target

    @cached_property
    def expected(self) -> Any:
        return None if last_year_key(self.handle) in self.withheld else self.truth.expected

    @cached_property
    def judgement(self) -> Judgement | None:
        true = self.truth.judgement
        if true is None or last_year_key(self.handle) in self.withheld:
            return None
        if true.period is None:
            return PublishedJudgement.of(true, self.to_date, status_key(self.handle) in self.withheld)
        return next(one for one in self.of_periods if one.period is true.period)

    @cached_property
    def of_periods(self) -> tuple[Judgement, ...]:
        """Of a period whose figure is withheld no status is told."""
        shown = zip(self.truth.of_periods, filter(None, self.periods), strict=False)
        return tuple(PublishedJudgement.of(one, figure, figure.absent == "withheld") for one, figure in shown)

    @cached_property
    def status(self) -> Status:
        hidden = status_key(self.handle) in self.withheld
        return Status("withheld") if hidden else self.truth.status

    @cached_property
    def also(self) -> tuple[Second, ...]:
        return tuple(
            PublishedSecond(self.views, self.view, second.reading, self, second, number)
            for number, second in enumerate(self.truth.also, 1)
        )

    def shown(self, figure: Figure | None, reading: int, window: int) -> Figure | None:
        """The figure, or one that says only that it is withheld."""
        if figure is None or figure_key(self.handle, reading, window) not in self.withheld:
            return figure
        return replace(
            figure,
            value=None,
            absent="withheld",
            part=None,
            whole=None,
            members=(),
            best=None,
            unknown=0,
            outside=(),
            idle=(),
            not_due=(),
            left_out=(),
        )

    def groups(self, column: str, groups: Iterable[Group]) -> Iterator[Group]:
        listed = unlisted_key("group", self.handle, column) not in self.withheld
        for group in groups:
            if group_key(self.handle, column, group.value) not in self.withheld:
                yield group
            elif listed:
                yield Group(group.value, WITHHELD)

    def items(self, items: Iterable[Item]) -> Iterator[Item]:
        listed = unlisted_key("item", self.handle) not in self.withheld
        for item in items:
            if item_key(self.handle, item.values) not in self.withheld:
                yield item
            elif listed:
                yield Item(item.values, None)


@dataclass(frozen=True)
class PublishedJudgement(Judgement):
    """A judgement without a figure that is withheld; `hidden` of which the status is not told."""

    truth: Judgement
    hidden: bool

    @classmethod
    def of(cls, truth: Judgement, figure: Figure, hidden: bool) -> PublishedJudgement:
        own: dict[str, Any] = {one.name: getattr(truth, one.name) for one in fields(Judgement)}
        return cls(**own | {"figure": figure}, truth=truth, hidden=hidden)

    @cached_property
    def expected(self) -> Any:
        return self.truth.expected

    @cached_property
    def status(self) -> Status:
        return Status("withheld") if self.hidden else self.truth.status


@dataclass(frozen=True)
class PublishedSecond(Second):
    """A second reading without what is withheld; `number` counts the readings of an indicator from 1."""

    truth: Second
    number: int

    @cached_property
    def period(self) -> Figure | None:
        return self.published.shown(self.truth.period, self.number, len(self.published.views))

    @cached_property
    def to_date(self) -> Figure:
        found = self.published.shown(self.truth.to_date, self.number, TO_DATE)
        assert found is not None
        return found

    @property
    def published(self) -> PublishedResult:
        assert isinstance(self.result, PublishedResult)
        return self.result
