"""What a plan's targets wait for: a day by which one was to be set, a figure of the year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from prt.model.plan import Indicator, Line, Plan, handle
from prt.model.rules.rule import Path, Rule, doubtful, indicators_of
from prt.model.view import Data, FigureBefore
from prt.problems import Mistake

NOT_KNOWN: dict[str, Callable[[str], Mistake]] = {
    "no_year": lambda name: Mistake("last_year_no_year", indicator=name),
    "unreadable": lambda name: Mistake("last_year_unreadable", indicator=name),
    "no_indicator": lambda name: Mistake("last_year_no_indicator", indicator=name),
    "other_measure": lambda name: Mistake("last_year_other_measure", indicator=name),
    "no_figure": lambda name: Mistake("last_year_no_figure", indicator=name),
}
"""Why the figure of the year before is not known, of an indicator."""


def open_target_rules(plan: Plan, data: Data, today: dt.date) -> Iterator[Rule]:
    """The year before is read where a target is more than it, or an indicator says what it was then."""
    for path, line, indicator in indicators_of(plan):
        target = indicator.target
        if target and target.to_be_set and target.to_be_set < today:
            mistake = Mistake("target_not_set", indicator=handle(line, indicator), day=str(target.to_be_set))
            yield doubtful((*path, "target", "to_be_set"), mistake)
        if target and target.more_than_last_year is not None:
            yield from relative_rules((*path, "target", "more_than_last_year"), line, indicator, data)
        elif indicator.was:
            yield from was_rules(path, line, indicator, data)


def relative_rules(path: Path, line: Line, indicator: Indicator, data: Data) -> Iterator[Rule]:
    """Why a target that asks for more than last year is not judged."""
    assert indicator.target is not None
    before = data.before
    found = before.final(line, indicator) if before else FigureBefore(why="no_year")
    name = handle(line, indicator)
    if before and found.why == "no_indicator" and indicator.was:
        yield from was_rules(path[:-2], line, indicator, data)
    elif found.value is None:
        yield doubtful(path, NOT_KNOWN[found.why](name))
    elif indicator.target.beside(found.value) is None:
        yield doubtful(path, Mistake("last_year_zero", indicator=name))


def was_rules(path: Path, line: Line, indicator: Indicator, data: Data) -> Iterator[Rule]:
    """What it was called is an id in the plan of the year before, where that is there."""
    before = data.before
    if before and before.final(line, indicator).why == "no_indicator":
        yield doubtful((*path, "was"), Mistake("was_nothing", name=indicator.was or "", year=before.year))
