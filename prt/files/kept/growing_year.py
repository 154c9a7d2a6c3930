"""A plan year to which a row is added: of the rows that are there, those are read that somebody asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from prt.figures.year import IN_ORDER, assemble
from prt.files.csv.rows import read_rows
from prt.files.kept.folded_data import Folded, FoldedData, fold_year, row_of_nothing
from prt.files.kept.folded_years import (
    KeptYear,
    keep_folded,
    read_folded,
    rows_with_text,
    shape_of_log,
)
from prt.files.kept.kept_bodies import NO_DATA
from prt.files.kept.log_tables import is_worth_keeping
from prt.files.kept.year_digests import digests_of, kept_year_path
from prt.files.project import Year
from prt.model.cells import Known
from prt.model.plan import Plan
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.view import Data, group_by, stands_alone
from prt.problems import Problem, errors, first_of_each_kind
from prt.values import dataclass

FindRows = Callable[[str, str], Sequence[Row]]
"""The rows of a log in which a text stands, as they are read, and perhaps others."""


class GrowingData(FoldedData):
    """A year to which rows are added: a new one is looked at alone, and beside the rows of its day. However
    many others there are, it costs the same. `find` finds some of these."""

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
        self.known, self.people, self.organisations = known, *rosters
        self.plan, self.find = plan, find
        read, self.problems = self.put_together(added)
        super().__init__(plan, read, folded, whole)
        self._found = {} if found is None else found

    def put_together(self, rows: Sequence[Row]) -> tuple[Data, list[Problem]]:
        """These rows alone, each on its day, and what is wrong with them."""
        logs = dict.fromkeys(LOGS, ()) | group_by(rows, attrgetter("log"))
        return assemble(self.plan, self.known, logs, self.people, self.organisations)

    def plus(self, rows: Sequence[Row], whole: Callable[[], Data]) -> GrowingData:
        """The year with more rows; `whole` has them too."""
        every = [one.as_read() for found in self.read.logs.values() for one in found] + [*rows]
        rosters = self.people, self.organisations
        return GrowingData(self.plan, self.known, rosters, self.folded, self.find, whole, every, self._found)

    def rows_with(self, log: str, **values: Any) -> Sequence[Row]:
        *_, value = values.values()
        if not stands_alone(log) or not isinstance(value, (str, dt.date)):
            return super().rows_with(log, **values)
        new = self.read.rows_with(log, **values)
        if new and [*values] == [LOGS[log].id_column]:
            return new
        return sorted([*self.found(log, str(value)).rows_with(log, **values), *new], key=IN_ORDER)

    def found(self, log: str, text: str) -> Data:
        """The rows of a log in which a text stands, and perhaps others. They are looked for once."""
        if (log, text) not in self._found:
            self._found[log, text] = self.put_together(self.find(log, text))[0]
        return self._found[log, text]


@dataclass
class GrowingYear(Year):
    """`log` is the one that a row is added to, and `today` the day of the figures that it moves. Where what
    the rows gave to these is kept, no row is read before somebody asks for it."""

    log: str = ""
    today: dt.date = dt.date.max
    kept: KeptYear | None = None

    def unread(self) -> GrowingYear:
        own = self.project, self.path, self.plan, self.known, self.plan_problems
        return GrowingYear(*own, log=self.log, today=self.today)

    def read(self, logs: Collection[str] = LOGS) -> None:
        found = self.find_kept(logs)
        if found is None or not self.take(found, logs):
            super().read(logs)

    @property
    def kept_path(self) -> Path | None:
        kept = self.project.cache.kept
        return kept_year_path(kept, self.folder, self.log) if stands_alone(self.log) else None

    def find_kept(self, logs: Collection[str]) -> KeptYear | None:
        """What is kept of the files as they are now."""
        nothing, cut_off = row_of_nothing(self.plan.record_of(self.log)), self.plan.calendar.clamp(self.today)
        with suppress(*NO_DATA):
            if path := self.kept_path:
                found = read_folded(path, self.raws_of(logs), nothing)
                return found if found.folded.cut_off <= cut_off else None
        return None

    def take(self, kept: KeptYear, logs: Collection[str]) -> bool:
        """Read the people, and no row of a log. False where a file was changed meanwhile."""
        for log in kept.shapes:
            path = self.log_path(log)
            self.project.cache.take(kept.table(log, path, self.project.shown(path), self.project.cache.kept))
        people, problems = self.project.read_roster("people", self.known)
        self.tables = {log: self.read_table(log) for log in ("people", *logs)}
        if any(table.raw != kept.digests[log].raw for log, table in self.tables.items()):
            return False
        self.kept, self.problems = kept, first_of_each_kind([*self.plan_problems, *problems])
        whole = cache(lambda: self.put_together(people, logs)[0])
        rosters = people, self.project.organisations[0]
        self.data = GrowingData(self.plan, self.known, rosters, kept.folded, self.find_rows, whole)
        self.data.read_before = self.read_year_before
        return True

    def find_rows(self, log: str, text: str) -> Sequence[Row]:
        """The rows of a log in which a text stands, and perhaps others."""
        if log not in self.tables:
            return ()
        return read_rows(
            self.plan.record_of(log), rows_with_text(self.tables[log], text), self.known.at(log)
        )[0]

    def plus(self, *added: Row) -> Year:
        data = self.data
        if not isinstance(data, GrowingData) or any(row.log != self.log for row in added):
            return super().plus(*added)
        year = self.unread()
        year.data = data.plus(added, cache(lambda: Year.plus(self, *added).data))
        year.data.read_before = partial(getattr, data, "before")
        told = set(self.problems)
        year.problems = self.problems + [one for one in year.data.problems if one not in told]
        return year

    def keep(self, after: Year, raw: bytes) -> None:
        """Keep what the rows gave, with the one that was added: `after` is the year, and `raw` the file.

        Of a year in which a row has an error nothing is kept: what is found of its rows is told each time.
        """
        path, logs = self.kept_path, [log for log in self.tables if log in LOGS]
        if path is None or not is_worth_keeping(raw) or self.left_out or errors(after.problems):
            return
        read = {name: table.raw for name, table in self.tables.items()}
        raws = {**self.raws_of(()), **read, self.log: raw}
        found = ((log, shape_of_log(self.tables[log], raws[log])) for log in logs)
        shapes = {log: shape for log, shape in found if shape}
        with suppress(*NO_DATA):
            if folded := fold_year(after.evaluate(self.today), self.log):
                digests = digests_of(raws, self.kept.digests if self.kept else {})
                keep_folded(path, KeptYear(folded, digests, shapes))
