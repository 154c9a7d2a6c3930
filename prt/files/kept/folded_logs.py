"""What the rows of each log gave to figures, kept between runs: of such a log `prt status` reads no row but
those that were added since.

It is kept of logs in which each row counts by itself, and no row has an error. It is known by a digest of the
log's beginning, and of all else by which its rows are read and placed: the plan, the organisations, the
people, and what was removed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

from prt.figures.evaluate import Evaluation
from prt.files.corrections import removed_rows
from prt.files.csv.dialect import Dialect
from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.kept.fact_columns import FactColumns
from prt.files.kept.folded_data import Folded, FoldedData, fold_year, row_of_nothing
from prt.files.kept.kept_bodies import NO_DATA, read_kept
from prt.files.kept.kept_files import drop_kept, keep_file
from prt.files.kept.log_tables import KeptBody
from prt.files.kept.plain_data import as_json, from_json
from prt.files.kept.year_digests import (
    Digest,
    Raws,
    as_told,
    begins_as,
    begun_of,
    digests_of,
    forget_others,
    kept_year_path,
)
from prt.files.project import Year
from prt.model.facts import Facts
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.view import Data, stands_alone
from prt.problems import errors, first_of_each_kind
from prt.values import dataclass, field, replace

BESIDE = ("plan", "organisations", "people", "corrections")
"""By what the rows of a log are read and placed, beside the log."""
OF_USE = "of use"
"""What is told of a file that was read, beside what it was made of."""
SMALLEST = 40_000
"""Bytes of a log: the rows of less are read as soon as what was kept of them."""
MOST_ADDED = 20
"""So many rows may have been added: the id of each is looked for among those before."""


@dataclass(frozen=True)
class FoldedLog:
    """`begun` is the beginning of the log, whose rows gave this; the header ends at byte `heading`."""

    begun: bytes
    heading: int
    dialect: Dialect
    folded: Folded

    def read_rest(self, raw: bytes, path: Path, shown: str) -> CsvFile | None:
        """The table of the rows that were added since; None where they cannot be read alone."""
        found = parse_csv(raw[: self.heading] + raw[len(self.begun) :], path, shown)
        if len(raw) == len(self.begun):
            return None if found.problems or not found.header else found
        if not found.is_clean or found.dialect != self.dialect or len(found.starts) > MOST_ADDED:
            return None
        ids, before = found.column("id"), self.begun.lower()
        is_new = all(one and is_plain(one) and one.lower().encode() not in before for one in ids)
        return found if is_new else None


def read_folded_log(path: Path, log: str, raws: Raws, nothing: Row) -> FoldedLog:
    """What was kept of a log, which is told there to be of use; `nothing` stands for each row. One of
    `NO_DATA` where that is nothing, or of other files."""
    text, _, rest = read_kept(path).partition(b"\n")
    told = from_json(text, dict)
    if not told_beside(raws).items() <= told.items() or not begins_as(raws[log], told[log]):
        raise ValueError(path)
    heading, dialect, columns = from_json(rest, tuple)
    if OF_USE not in told:
        with suppress(*NO_DATA):
            keep_file(path, as_json({**told, OF_USE: ""}) + b"\n" + rest)
    begun = begun_of(raws[log], told[log])
    return FoldedLog(begun, heading, dialect, columns.folded(nothing))


def keep_folded_log(path: Path, log: str, raws: Raws, folded: Folded, body: KeptBody) -> None:
    """Write what `read_folded_log` reads. One of `NO_DATA` where the disk refuses."""
    own = replace(folded, first_days={one: day for one, day in folded.first_days.items() if one == log})
    told = {**told_beside(raws), log: Digest(raws[log]).told}
    keep_file(path, as_json(told) + b"\n" + as_json((body.heading, body.dialect, FactColumns.of(own))))


def forget_folded_log(path: Path, raws: Raws) -> bool:
    """Remove what is kept of a log. True where it is worth keeping anew; not where something beside the log
    was changed again before that was of use: then nothing but digests of what lies there now is kept."""
    told, now = dict[str, str](), told_beside(raws)
    with suppress(*NO_DATA):
        told = from_json(read_kept(path).partition(b"\n")[0], dict)
    drop_kept(path)
    if not told or OF_USE in told or now.items() <= told.items():
        return True
    with suppress(*NO_DATA):
        keep_file(path, as_json(now) + b"\n")
    return False


def told_beside(raws: Raws) -> dict[str, str]:
    """Of each file beside a log its size and its digest."""
    return as_told(digests_of({name: raws[name] for name in BESIDE}))


@dataclass
class FoldedYear(Year):
    """A plan year of whose `kept` logs only those rows are read that were added since. It is for who asks for
    figures of the team and for nothing else: others ask for rows, and small groups are counted by rows."""

    kept: dict[str, FoldedLog] = field(default_factory=dict)
    unsettled: set[str] = field(default_factory=set)
    """The logs of which nothing is kept: something beside them is another each time."""

    def read(self, logs: Collection[str] = LOGS) -> None:
        self.kept = self.find_kept(logs)
        if not self.kept or not self.take(logs):
            self.kept = {}
            super().read(logs)

    def kept_path(self, log: str) -> Path | None:
        return kept_year_path(self.project.cache.kept, self.folder, log, alone=True)

    def find_kept(self, logs: Collection[str]) -> dict[str, FoldedLog]:
        """What is kept of these logs and is still so; what is no longer so is removed."""
        paths = {log: path for log in filter(stands_alone, logs) if (path := self.kept_path(log))}
        raws, found = self.raws_of(paths), dict[str, FoldedLog]()
        for log, path in paths.items():
            beside = self.with_removals(raws, log)
            try:
                found[log] = read_folded_log(path, log, beside, row_of_nothing(self.plan.record_of(log)))
            except NO_DATA:
                if not forget_folded_log(path, beside):
                    self.unsettled.add(log)
        return found

    def take(self, logs: Collection[str]) -> bool:
        """Read all other rows. False where those that were added to a log cannot be read alone, or a row has
        an error: then each is read, and what is wrong is told with its line."""
        raws = self.raws_of(logs)
        people, problems = self.project.read_roster("people", self.known)
        self.tables = {log: self.read_table(log) for log in ("people", *logs) if log not in self.kept}
        for log, one in self.kept.items():
            rest = one.read_rest(raws[log], self.log_path(log), self.project.shown(self.log_path(log)))
            if rest is None:
                return False
            self.tables[log] = rest
        read, found = self.put_together(people, logs)
        self.problems = first_of_each_kind(chain(self.plan_problems, problems, found))
        if errors(self.problems):
            return False
        self.data = FoldedData(
            self.plan, read, join_folded(self.kept), cache(lambda: self.read_whole(logs)), self.kept.keys()
        )
        self.data.read_before = self.read_year_before
        forget_others(self.project.cache.kept, self.folder, {log: raws[log] for log in logs})
        return True

    def read_whole(self, logs: Collection[str]) -> Data:
        """All rows of the year."""
        year = self.unread()
        year.read(logs)
        return year.data

    def keep(self, evaluation: Evaluation, today: dt.date) -> None:
        """Keep what the rows of other logs gave, of those that are as they were when their texts were kept: a
        log that is another each time is not kept each time."""
        if self.left_out or errors(self.problems) or evaluation.cut_off > today:
            return
        bodies = {
            log: body
            for log, one in self.tables.items()
            if log not in {*self.kept, *self.unsettled} and stands_alone(log) and (body := body_as_kept(one))
        }
        raws = self.raws_of(bodies)
        for log, body in bodies.items():
            path = self.kept_path(log)
            with suppress(*NO_DATA):
                if path and (found := fold_year(evaluation, log, alone=True)):
                    keep_folded_log(path, log, self.with_removals(raws, log), found, body)

    def with_removals(self, raws: Raws, log: str) -> Raws:
        """Of the corrections only which rows of this log were removed: others leave what its rows gave."""
        removed = sorted(row for of, row in removed_rows(self.corrections()) if of == log)
        return {**raws, "corrections": json.dumps(removed).encode()}


def body_as_kept(table: CsvFile) -> KeptBody | None:
    """The rows of a log that begins as it was when their texts were kept, if it is long enough, whole to the
    end of its last line, and has ids that another one can be looked for among."""
    is_whole = len(table.raw) >= SMALLEST and table.raw.endswith(b"\n")
    if not is_whole or not isinstance(table.body, KeptBody) or not all(map(is_plain, table.column("id"))):
        return None
    return table.body


def is_plain(name: str) -> bool:
    """Does an id stand in a file as it is, and is one that differs from it only by capitals? So it is where
    it has ASCII alone: `ß` is `SS` in capitals, and é is other bytes in each encoding."""
    return name.isascii() and '"' not in name


def join_folded(kept: Mapping[str, FoldedLog]) -> Folded:
    """What the rows of several logs gave."""
    every = [one.folded for one in kept.values()]
    facts: dict[str, Sequence[Facts]] = {}
    for one in every:
        for name, some in one.facts.items():
            before = facts.get(name) or [()] * len(some)
            facts[name] = [[*first, *last] for first, last in zip(before, some, strict=True)]
    first_days = {log: day for one in every for log, day in one.first_days.items()}
    return Folded(max(one.cut_off for one in every), first_days, facts)
