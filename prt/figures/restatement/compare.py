"""What was reported and has changed since: two evaluations of the same window, as sent and as of today.

Pure: one evaluation is of the frozen folder, the other of today's files at the same cut-off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from prt.figures.evaluate import Evaluation, Result, evaluate
from prt.figures.plan_diff.match import match_plans, same_arithmetic
from prt.figures.restatement.differences import Seen, causes
from prt.figures.restatement.row_changes import RowChange, Unread, row_changes
from prt.figures.status import Word
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.plan import Indicator, Plan, Reading
from prt.model.rows import Row
from prt.model.view import Data, View
from prt.values import dataclass, replace

Way = Literal["up", "down", "begun", "across"]
RANKS: dict[Word, int] = {"behind": 0, "no_data": 0, "at_risk": 1, "not_due": 2, "on_track": 3, "met": 4}
ASSESSED: tuple[Word, ...] = ("behind", "at_risk", "on_track", "met")
"""The statuses that a result has once something of it is due."""


@dataclass(frozen=True)
class Shift:
    """One figure as sent and now, of a period or (None) to date; `reading` is None of the indicator itself.

    `splits` are the columns whose breakdown has changed.
    """

    period: int | None
    reading: Reading | None
    measure: Measure
    sent: Figure
    now: Figure | None
    splits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revision:
    """One indicator of which a figure, the target or the measure is not what was sent.

    `now` is None where the plan no longer has it. `rules`: the plan expects or counts otherwise in general;
    `last_year`: a target asks for more than last year, whose figure is another now.
    """

    sent: Result
    now: Result | None
    shifts: tuple[Shift, ...] = ()
    changes: tuple[RowChange, ...] = ()
    target: bool = False
    measure: bool = False
    rules: bool = False
    last_year: bool = False

    @property
    def turned(self) -> bool:
        """Is the status another?"""
        return self.now is not None and self.now.status.code != self.sent.status.code


@dataclass(frozen=True)
class Comparison:
    """What was sent, today's files at the same cut-off, and what differs."""

    sent: Evaluation
    now: Evaluation
    revisions: tuple[Revision, ...]

    def of(self, handle: str) -> Revision | None:
        return next((one for one in self.revisions if one.sent.handle == handle), None)


@dataclass(frozen=True)
class Earlier:
    """A report that was sent, and when; without a comparison where this prt cannot read what was kept of it.

    `period` is the last one of a bilan (`annual`); `revision` 2 is the first correction.
    """

    period: int
    annual: bool
    revision: int
    sent_on: dt.date
    comparison: Comparison | None


def compare(
    sent: Evaluation, plan: Plan, data: Data, corrections: Iterable[Row], unread: Unread | None = None
) -> Comparison:
    """The evaluation that was sent, and the same of today's plan and rows.

    `corrections` are those recorded since; `unread` are rows of today's files that are left out.
    """
    now = evaluate(plan, data, sent.cut_off)
    changes = row_changes(sent.data, data, corrections, unread)
    found = (revision(sent, now, one, other, changes) for one, other in pair_results(sent, now))
    return Comparison(sent, now, tuple(one for one in found if one))


def pair_results(sent: Evaluation, now: Evaluation) -> Iterator[tuple[Result, Result | None]]:
    """Each result as sent with today's of the same indicator, whatever its id is now."""
    if sent.plan.volets == now.plan.volets:
        yield from zip(sent.results, now.results, strict=True)
        return
    names = handles_of_today(sent, now)
    for result in sent.results:
        yield result, now.result(names.get(result.handle, ""))


def handles_of_today(sent: Evaluation, now: Evaluation) -> dict[str, str]:
    """What each indicator of the plan as sent is called today."""
    return {before.handle: after.handle for before, after in match_plans(sent.plan, now.plan).indicators}


def old_handle(comparison: Comparison, wanted: str) -> str | None:
    """What an indicator of today was called when the report was sent."""
    names = handles_of_today(comparison.sent, comparison.now)
    return next((before for before, after in names.items() if after == wanted), None)


def revision(
    sent: Evaluation, now: Evaluation, one: Result, other: Result | None, changes: Sequence[RowChange]
) -> Revision | None:
    """The figures of a result that were restated, and why; None if it is unchanged."""
    if other is None:
        return Revision(one, None, tuple(Shift(*slot, figure, None) for slot, figure in figures(sent, one)))
    shifts = tuple(list_shifts(figures(sent, one), figures(now, other)))
    moved = [pair for shift in shifts if (pair := pair_of(shift, sent, now, other))]
    why = causes(one, other, moved, changes)
    named, others = sent.plan.selections, now.plan.selections
    measure = not same_arithmetic(one.indicator.measure, named, other.indicator.measure, others)
    target = aim(one.indicator) != aim(other.indicator)
    last_year = not target and aim(one.judged) != aim(other.judged)
    found = Revision(one, other, shifts, why, target, measure, last_year=last_year)
    general = general_rules(sent.plan) != general_rules(now.plan)
    if found.shifts or found.target or found.measure or found.last_year:
        return found if why or found.measure or not general else replace(found, rules=True)
    return replace(found, rules=True) if general and found.turned else None


def pair_of(shift: Shift, sent: Evaluation, now: Evaluation, other: Result) -> tuple[Seen, Seen] | None:
    """What is behind a figure on both sides; None where it is no more."""
    if shift.now is None:
        return None
    measure = shift.measure if shift.reading else other.measure
    before, after = view_of(sent, shift.period), view_of(now, shift.period)
    return Seen(before, shift.measure, shift.sent), Seen(after, measure, shift.now)


def view_of(evaluation: Evaluation, number: int | None) -> View:
    """What the window of a figure sees."""
    windows = [window for period, window in evaluation.windows if period.id == number]
    return evaluation.data.see(windows[0]) if windows else evaluation.view


Slot = tuple[int | None, Reading | None, Measure]
Slots = Iterable[tuple[Slot, Figure]]


def figures(evaluation: Evaluation, result: Result) -> Iterator[tuple[Slot, Figure]]:
    """Every figure of an indicator that a report prints. In the first period, to date is that period."""
    numbers = [period.id for period, _ in evaluation.windows]
    own = zip(numbers, result.periods, strict=True)
    found: list[tuple[Slot, Figure | None]] = [
        ((number, None, result.measure), figure) for number, figure in own
    ]
    if len(numbers) > 1 or result.period is None:
        found.append(((None, None, result.measure), result.to_date))
    for second in result.also:
        reading = second.reading
        found.append(((numbers[-1], reading, reading.measure), second.period))
        if len(numbers) > 1 or second.period is None:
            found.append(((None, reading, reading.measure), second.to_date))
    yield from ((slot, figure) for slot, figure in found if figure is not None)


def list_shifts(sent: Slots, now: Slots) -> Iterator[Shift]:
    """The figures that have changed; a reading that is gone is not missed."""
    today = {slot_place(slot): figure for slot, figure in now}
    for slot, figure in sent:
        other = today.get(slot_place(slot))
        columns = tuple(other_splits(figure, other)) if other else ()
        if slot[1] is not None and other is None:
            continue
        if other is None or visible_parts(figure) != visible_parts(other) or columns:
            yield Shift(*slot, figure, other, columns)


def slot_place(slot: Slot) -> tuple[int | None, str]:
    """The period and the label of a reading, which may have got another measure."""
    period, reading, _ = slot
    return period, f"{reading.label.en} / {reading.label.fr}" if reading else ""


def visible_parts(figure: Figure) -> tuple[Any, ...]:
    """What a reader of the report would see change."""
    items = tuple((item.values, item.number) for item in figure.items)
    return figure.value, figure.absent, figure.part, figure.whole, figure.done_on, items


def other_splits(sent: Figure, now: Figure) -> Iterator[str]:
    """The columns whose breakdown has changed."""
    today = dict(now.splits)
    for column, groups in sent.splits:
        amounts = {group.value: group.amount for group in groups}
        if amounts != {group.value: group.amount for group in today.get(column, groups)}:
            yield column


def aim(indicator: Indicator) -> Any:
    """What the target asks for, and when; its words aside."""
    target = indicator.target
    if target is None:
        return None
    numbers = getattr(target, target.aim), target.each_period, target.by
    return target.aim, *numbers, target.baseline, indicator.pace


def general_rules(plan: Plan) -> Any:
    """What all figures and statuses depend on."""
    return plan.calendar, plan.status, plan.privacy.minimum_minutes


@dataclass(frozen=True)
class Turn:
    """A target whose status has changed since the last report, which was of the plan `sent_plan`."""

    sent: Result
    now: Result
    way: Way
    sent_plan: Plan


def turns(sent: Evaluation, now: Evaluation) -> Iterator[Turn]:
    """Targets whose status, of the seven words, changed; in the plan's order. `now` is at a later cut-off."""
    for one, other in pair_results(sent, now):
        if other and one.indicator.target and other.indicator.target:
            before, after = one.status.word, other.status.word
            if before != after:
                yield Turn(one, other, way(before, after), sent.plan)


def way(before: Word, after: Word) -> Way:
    """Better, worse, assessed for the first time, or neither.

    A target of which nothing was due was nowhere, so that no first result is a fall, or a rise. Nothing
    entered and behind are equally far from good.
    """
    if "withheld" in (before, after):
        return "across"
    if before == "not_due" and after in ASSESSED:
        return "begun"
    low, high = RANKS.get(before, 0), RANKS.get(after, 0)
    return "up" if high > low else "down" if high < low else "across"


def revised_results(earlier: Sequence[Earlier]) -> dict[str, tuple[Earlier, Revision]]:
    """Each indicator of which a result is revised, by its id as sent, with the first report that had it."""
    found: dict[str, tuple[Earlier, Revision]] = {}
    for one in earlier:
        for revision in one.comparison.revisions if one.comparison else ():
            found.setdefault(revision.sent.handle, (one, revision))
    return found


def new_since(last: Comparison, earlier: Sequence[Earlier]) -> set[str]:
    """The ids of those that the last report, `last`, could not have declared as they are now."""
    new = {one.sent.handle for one in last.revisions}
    for one in (found.comparison for found in earlier):
        if one and one is not last and one.revisions:
            then = compare(one.sent, last.sent.plan, last.sent.data, ())
            new |= {
                now.sent.handle
                for now in one.revisions
                if told_figures(now) != told_figures(then.of(now.sent.handle))
            }
    return new


def told_figures(revision: Revision | None) -> object:
    """What a reader is told of a revised result: figures, target, measure and status."""
    if revision is None:
        return None
    figures = [(shift.period, shift.now and visible_parts(shift.now)) for shift in revision.shifts]
    return figures, revision.target, revision.measure, revision.now and revision.now.status.code
