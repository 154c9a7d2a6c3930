"""A year of which rows are read only when asked for: what they gave to figures is known, added up.

Figures are folded of facts as anywhere, of those that were added up and those of the rows that are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property, partial
from itertools import chain
from typing import TypeVar

from prt.figures.evaluate import Evaluation, Result, Second
from prt.model.columns import Record
from prt.model.facts import ROW, Facts, PlainFact, add_up
from prt.model.measures import Measure
from prt.model.plan import Plan, handle
from prt.model.records import LOGS
from prt.model.rows import Row, RowTable
from prt.model.selections import Selection
from prt.model.view import Data, GivesFacts, stands_alone
from prt.values import dataclass

Rows = TypeVar("Rows", bound=Sequence[Row] | RowTable)
ALL_LOGS = frozenset(LOGS)


@dataclass(frozen=True)
class Folded:
    """What rows gave, without the rows: by indicator, of its measure and of those of its second readings.

    What counts up to the cut-off is added up for each period, what comes after it for each day.
    """

    cut_off: dt.date
    first_days: Mapping[str, dt.date]
    facts: Mapping[str, Sequence[Facts]]


def fold_year(evaluation: Evaluation, log: str, *, alone: bool = False) -> Folded | None:
    """What the rows of the year gave to the indicators that read this log, or its rows `alone`.

    None where one of them is by a measure whose facts do not add up, or of rows that do not stand alone.
    """
    named, found = evaluation.plan.selections, dict[str, list[Facts]]()
    last_day, nothing = partial(last_of_window, evaluation), row_of_nothing(evaluation.plan.record_of(log))
    for result in evaluation.results if stands_alone(log) else ():
        if any(log in one.measure.logs(named) for one in result.readings):
            if not all(facts_add_up(one.measure, named) for one in result.readings):
                return None
            facts = [own_facts(one, log, named) if alone else one.facts for one in result.readings]
            found[result.handle] = [add_up(some, last_day, nothing) for some in facts]
    return Folded(evaluation.cut_off, evaluation.data.first_days, found) if stands_alone(log) else None


def own_facts(result: Result | Second, log: str, named: Mapping[str, Selection]) -> Facts:
    """What the rows of this log give to it."""
    if result.measure.logs(named) == {log}:
        return result.facts
    return [one for one in result.facts if one[ROW].log == log]


def row_of_nothing(model: type[Record]) -> Row:
    """A row of which all cells are empty."""
    return Row(model, "", 0, tuple(column.empty for column in model.columns()))


def facts_add_up(measure: Measure, named: Mapping[str, Selection]) -> bool:
    """Is its figure known of facts that were added up, and of rows that stand alone?"""
    return measure.facts_add_up and all(map(stands_alone, measure.logs(named)))


def last_of_window(evaluation: Evaluation, day: dt.date) -> dt.date:
    """The last day of the window that sees a day; the day itself where none does yet."""
    windows = (window for _, window in evaluation.windows)
    return next((one.last for one in windows if one.first <= day <= one.last), day)


class Later(Mapping[str, Rows]):
    """Rows by log: those that were read, and of an `unread` log all of them, when it is first asked for."""

    def __init__(
        self, read: Mapping[str, Rows], unread: Set[str], whole: Callable[[], Mapping[str, Rows]]
    ) -> None:
        self.read, self.unread, self.whole = read, unread, whole

    def __getitem__(self, log: str) -> Rows:
        return self.whole()[log] if log in self.unread else self.read[log]

    def __iter__(self) -> Iterator[str]:
        return iter(LOGS)

    def __len__(self) -> int:
        return len(LOGS)


class FoldedData(Data):
    """A year of which it is known what the rows of `unread` logs gave. `read` has those of the others, and
    those that were added to the unread ones since; `whole` has all."""

    def __init__(
        self, plan: Plan, read: Data, folded: Folded, whole: Callable[[], Data], unread: Set[str] = ALL_LOGS
    ) -> None:
        logs = Later(read.logs, unread, lambda: whole().logs)
        super().__init__(plan, read.known, logs, read.people, read.organisations, read.unread)
        self.plan, self.read, self.folded, self.whole, self.unread_logs = plan, read, folded, whole, unread
        self.given = dict(facts_by_measure(plan, folded))

    @cached_property
    def first_days(self) -> dict[str, dt.date]:
        found, new = {**self.folded.first_days}, self.read.first_days
        return found | {log: min(day, found.get(log, day)) for log, day in new.items()}

    @cached_property
    def countable(self) -> Mapping[str, RowTable]:
        return Later(self.read.countable, self.unread_logs, lambda: self.whole().countable)

    @cached_property
    def held(self) -> Mapping[str, RowTable]:
        return Later(self.read.held, self.unread_logs, lambda: self.whole().held)

    def facts_of(self, measure: GivesFacts, indicator_id: str) -> Iterator[PlainFact]:
        given = self.given.get(id(measure))
        if given is None and not self.unread_logs.isdisjoint(measure.logs(self.selections)):
            return measure.facts(self, indicator_id)
        return chain(given or (), measure.facts(self.read, indicator_id))

    def at(self, cut_off: dt.date) -> Data:
        """All rows, where those that count by then are added up with others."""
        return self if cut_off >= self.folded.cut_off else self.whole()


def facts_by_measure(plan: Plan, folded: Folded) -> Iterator[tuple[int, Facts]]:
    """What the rows gave, by the identity of the measure."""
    for _, line, indicator in plan.indicators():
        known = folded.facts.get(handle(line, indicator), ())
        for (_, measure), facts in zip(indicator.measures(), known, strict=False):
            yield id(measure), facts
