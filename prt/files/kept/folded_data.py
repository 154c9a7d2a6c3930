"""A year of which rows are read only when asked for: what they gave to figures is known, added up.

So a new row is looked at alone, and beside the rows of its day: however many others there are, it costs the
same. Figures are folded of facts as anywhere, of those that were added up and those of the new rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain
from operator import attrgetter
from typing import Any

from prt.figures.evaluate import Evaluation
from prt.figures.standings import logs_moved
from prt.figures.year import IN_ORDER, assemble
from prt.model.cells import Known
from prt.model.columns import Record
from prt.model.facts import Facts, PlainFact, add_up
from prt.model.measures import Measure
from prt.model.plan import Plan, handle
from prt.model.records import LOGS, related_logs
from prt.model.rows import Row
from prt.model.selections import Selection
from prt.model.view import Data, GivesFacts, group_by, only_held
from prt.problems import Problem
from prt.values import dataclass

FindRows = Callable[[str, str], Sequence[Row]]
"""The rows of a log in which a text stands, as they are read, and perhaps others."""


@dataclass(frozen=True)
class Folded:
    """What rows gave, without the rows: by indicator, of its measure and of those of its second readings.

    What counts up to the cut-off is added up for each period, what comes after it for each day.
    """

    cut_off: dt.date
    first_days: Mapping[str, dt.date]
    facts: Mapping[str, Sequence[Facts]]


def may_fold(log: str) -> bool:
    """Do its rows stand alone? Those of sessions count together, and what is planned ahead is looked at."""
    return log in LOGS and related_logs(log) == [log] and not only_held(log)


def fold_year(evaluation: Evaluation, log: str) -> Folded | None:
    """What the rows of the year gave to the indicators that a row of this log may move.

    None where one of them is by a measure whose facts do not add up, or of rows that do not stand alone.
    """
    named, found = evaluation.plan.selections, dict[str, list[Facts]]()
    last_day, nothing = partial(last_of_window, evaluation), row_of_nothing(evaluation.plan.record_of(log))
    for result in evaluation.results:
        if logs_moved(log) & result.measure.logs(named):
            if not all(facts_add_up(one.measure, named) for one in result.readings):
                return None
            found[result.handle] = [add_up(one.facts, last_day, nothing) for one in result.readings]
    return Folded(evaluation.cut_off, evaluation.data.first_days, found)


def row_of_nothing(model: type[Record]) -> Row:
    """A row of which all cells are empty."""
    return Row(model, "", 0, tuple(column.empty for column in model.columns()))


def facts_add_up(measure: Measure, named: Mapping[str, Selection]) -> bool:
    """Is its figure known of facts that were added up, and of rows that stand alone?"""
    return measure.facts_add_up and all(map(may_fold, measure.logs(named)))


def last_of_window(evaluation: Evaluation, day: dt.date) -> dt.date:
    """The last day of the window that sees a day; the day itself where none does yet."""
    windows = (window for _, window in evaluation.windows)
    return next((one.last for one in windows if one.first <= day <= one.last), day)


class LaterLogs(Mapping[str, Sequence[Row]]):
    """The rows of each log, all of which are read when one is first asked for."""

    def __init__(self, whole: Callable[[], Data]) -> None:
        self.whole = whole

    def __getitem__(self, log: str) -> Sequence[Row]:
        return self.whole().logs[log]

    def __iter__(self) -> Iterator[str]:
        return iter(LOGS)

    def __len__(self) -> int:
        return len(LOGS)


class FoldedData(Data):
    """A year of which it is known what its rows gave. `whole` has all of them, and `find` finds some; those
    that were `added` since are looked at themselves."""

    def __init__(
        self,
        plan: Plan,
        known: Known,
        rosters: tuple[Sequence[Row], Sequence[Row]],
        folded: Folded,
        find: FindRows,
        whole: Callable[[], Data],
        added: Sequence[Row] = (),
        found: dict[tuple[str, str], Data] | None = None,
    ) -> None:
        super().__init__(plan, known, LaterLogs(whole), *rosters)
        self.plan, self.folded, self.find, self.whole = plan, folded, find, whole
        self.added, self.problems = self.put_together(added)
        self.given = dict(facts_by_measure(plan, folded))
        self._found = {} if found is None else found

    def put_together(self, rows: Sequence[Row]) -> tuple[Data, list[Problem]]:
        """These rows alone, each on its day, and what is wrong with them."""
        logs = dict.fromkeys(LOGS, ()) | group_by(rows, attrgetter("log"))
        return assemble(self.plan, self.known, logs, self.people, self.organisations)

    def plus(self, rows: Sequence[Row], whole: Callable[[], Data]) -> FoldedData:
        """The year with more rows; `whole` has them too."""
        every = [one.as_read() for found in self.added.logs.values() for one in found] + [*rows]
        rosters = self.people, self.organisations
        own = self.plan, self.known, rosters, self.folded, self.find
        return FoldedData(*own, whole, every, self._found)

    @cached_property
    def first_days(self) -> dict[str, dt.date]:
        found, new = {**self.folded.first_days}, self.added.first_days
        return found | {log: min(day, found.get(log, day)) for log, day in new.items()}

    def facts_of(self, measure: GivesFacts, indicator_id: str) -> Iterator[PlainFact]:
        if (given := self.given.get(id(measure))) is None:
            return measure.facts(self, indicator_id)
        return chain(given, measure.facts(self.added, indicator_id))

    def at(self, cut_off: dt.date) -> Data:
        """All rows, where those that count by then are added up with others."""
        return self if cut_off >= self.folded.cut_off else self.whole()

    def rows_with(self, log: str, **values: Any) -> Sequence[Row]:
        *_, value = values.values()
        if not may_fold(log) or not isinstance(value, (str, dt.date)):
            return super().rows_with(log, **values)
        new = self.added.rows_with(log, **values)
        if new and [*values] == [LOGS[log].id_column]:
            return new
        return sorted([*self.found(log, str(value)).rows_with(log, **values), *new], key=IN_ORDER)

    def found(self, log: str, text: str) -> Data:
        """The rows of a log in which a text stands, and perhaps others. They are looked for once."""
        if (log, text) not in self._found:
            self._found[log, text] = self.put_together(self.find(log, text))[0]
        return self._found[log, text]


def facts_by_measure(plan: Plan, folded: Folded) -> Iterator[tuple[int, Facts]]:
    """What the rows gave, by the identity of the measure."""
    for _, line, indicator in plan.indicators():
        known = folded.facts.get(handle(line, indicator), ())
        for (_, measure), facts in zip(indicator.measures(), known, strict=False):
            yield id(measure), facts
