"""What differs between two plans (only what they mean, not how they are written), and what that does to
figures already reported: both plans over the rows of today.

Comments, the order of keys and quotation marks are not seen here at all: plans are compared, not files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from prt.figures.evaluate import Evaluation, Result, evaluate
from prt.figures.plan_diff.change import Changes, Effect, PlanChange, SeenFigure
from prt.figures.plan_diff.indicator_changes import indicator_changes
from prt.figures.plan_diff.match import Matches, match_plans
from prt.figures.plan_diff.plan_settings import (
    amendment_changes,
    column_changes,
    selection_changes,
    vocabulary_changes,
    word_changes,
    year_changes,
)
from prt.figures.plan_diff.rows_concerned import rows_concerned
from prt.figures.plan_diff.structure import structure_changes
from prt.model.plan import Plan, Reading
from prt.model.view import Data
from prt.values import dataclass, replace


def plan_diff(
    before: Plan,
    after: Plan,
    rows: Callable[[], tuple[Data, Data]] | None = None,
    today: dt.date = dt.date.min,
) -> list[PlanChange]:
    """Every change, in the order of a plan; empty where both plans mean the same.

    With `rows`, which gives those of the year as each of the two plans reads them, also what would become of
    the figures of the periods that are over `today`. They are asked for only if anything changed.
    """
    matches = match_plans(before, after)
    changes = list(plan_changes(before, after, matches))
    if rows is None or not changes:
        return changes
    data = rows()
    changes = [replace(one, rows=rows_concerned(one, before, data[0])) for one in changes]
    return with_effects(changes, matches, (before, after), data, today)


def plan_changes(before: Plan, after: Plan, matches: Matches) -> Changes:
    yield from year_changes(before, after)
    yield from vocabulary_changes(before.vocabularies, after.vocabularies)
    yield from column_changes(before.columns, after.columns)
    yield from word_changes("acronym", before.acronyms, after.acronyms, "acronym")
    yield from selection_changes(before.selections, after.selections)
    yield from structure_changes(before, after, matches)
    for old, new in matches.indicators:
        yield from indicator_changes(old, new)
    yield from amendment_changes(before, after)


@dataclass(frozen=True)
class Reported:
    """What a report has of one measure: the figure of its period, if there is one, and that to date."""

    period: SeenFigure | None
    to_date: SeenFigure


Both = list[tuple[int, Evaluation, Evaluation]]
"""The number of each period that is over in both plans, and both evaluations at its end."""

Pairs = list[tuple[int, Reported, Reported]]

ONLY_PRINTED = ("stands_in",)
"""Parts of a target on which no status depends."""


def with_effects(
    changes: list[PlanChange],
    matches: Matches,
    plans: tuple[Plan, Plan],
    rows: tuple[Data, Data],
    today: dt.date,
) -> list[PlanChange]:
    """The changes with what they do; and, at the end, figures that move without a change of their own.

    Those are moved by what all figures share: a period's days, a vocabulary, a threshold.
    """
    before, after = (over(plan, data, today) for plan, data in zip(plans, rows, strict=True))
    both = [(period, before[period], after[period]) for period in sorted(before.keys() & after.keys())]
    if not both:
        return changes
    names = {new.handle: old.handle for old, new in matches.indicators}
    moved = {new: tuple(effects(of_indicator(both, old, new))) for new, old in names.items()}
    causes = {name: cause for name in moved if (cause := cause_of(changes, name))}
    told = {id(cause): moved[name] for name, cause in causes.items()}
    for one in changes:
        if one.what == "also" and one.how == "changed":
            pairs = reading_pairs(both, (names[one.where], one.where), one.before, one.after)
            told[id(one)] = tuple(effects(pairs))
    found = [replace(one, effects=told.get(id(one))) for one in changes]
    shared = (name for name, some in moved.items() if some and name not in causes)
    return found + [PlanChange("changed", "figure", name, effects=moved[name]) for name in shared]


def over(plan: Plan, data: Data, today: dt.date) -> dict[int, Evaluation]:
    """An evaluation at the end of each period that is over."""
    return {one.id: evaluate(plan, data, one.last) for one in plan.periods if one.last < today}


def cause_of(changes: list[PlanChange], name: str) -> PlanChange | None:
    """The change that the effects on an indicator are told with: that of its measure, else of its target."""
    own = [one for one in changes if one.where == name and one.part not in ONLY_PRINTED]
    return next((one for kind in ("measure", "target") for one in own if one.what == kind), None)


def of_indicator(both: Both, old: str, new: str) -> Pairs:
    """An indicator under the names that it has in the two plans."""
    found = ((period, before.result(old), after.result(new)) for period, before, after in both)
    return [
        (period, reported_figures(was), reported_figures(now)) for period, was, now in found if was and now
    ]


def reading_pairs(both: Both, names: tuple[str, str], before: Reading, after: Reading) -> Pairs:
    found = ((period, one.result(names[0]), other.result(names[1])) for period, one, other in both)
    return [(period, read(was, before), read(now, after)) for period, was, now in found if was and now]


def reported_figures(result: Result) -> Reported:
    indicator = result.indicator
    now = SeenFigure(indicator.measure, result.to_date, indicator.target, result.status.code)
    return Reported(replace(now, figure=result.period) if result.period else None, now)


def read(result: Result, wanted: Reading) -> Reported:
    """A second reading has no status."""
    second = next(one for one in result.also if one.reading is wanted)
    now = SeenFigure(wanted.measure, second.to_date)
    return Reported(replace(now, figure=second.period) if second.period else None, now)


def effects(pairs: Pairs) -> Iterator[Effect]:
    """What moves: figure or status of each period; the last one to date too, where periods have their own."""
    for period, was, now in pairs:
        effect = Effect(period, False, was.period or was.to_date, now.period or now.to_date)
        if effect.moves_figure or effect.moves_status:
            yield effect
    if len(pairs) > 1 and pairs[-1][1].period:
        period, was, now = pairs[-1]
        effect = Effect(period, True, replace(was.to_date, status=None), replace(now.to_date, status=None))
        if effect.moves_figure:
            yield effect
