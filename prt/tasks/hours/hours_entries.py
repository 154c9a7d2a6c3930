"""Lines of hours as checked rows: each by itself, and against those that are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from prt.entry.reading import LineReading
from prt.files.project import Year
from prt.model.records import LOGS, Request
from prt.model.rows import Entry, Row
from prt.problems import Problem, PrtError
from prt.tasks.entry.doubtful_rows import alike_mistake, as_another, checked_entry, double_of
from prt.tasks.hours.read_hours import line_place
from prt.values import dataclass, replace

REQUEST_COLUMNS = ("date", "person", "role", "board", "objective")


@dataclass(frozen=True)
class HoursEntry:
    """One line as a checked row, and the request that is logged with it."""

    entry: Entry
    request: Entry | None = None

    @property
    def rows(self) -> list[Row]:
        return [one.row for one in (self.entry, self.request) if one]


def entries_of_hours(
    readings: Sequence[LineReading], year: Year, anyway: bool, *, agreed: bool = False
) -> list[HoursEntry]:
    """The rows, checked as `prt log` checks each, and against those before it. PrtError with all mistakes.

    `agreed`: somebody was asked about what is odd.
    """
    found, problems = list[HoursEntry](), list[Problem]()
    earlier = defaultdict[Hashable, list[Row]](list)
    for number, reading in enumerate(readings, 1):
        place = line_place(number, readings)
        entries = [
            tell_apart(one, year, anyway, earlier[make_near_key(one.row)])
            for one in entries_of_line(reading, year, anyway or agreed)
        ]
        for entry in entries:
            problems += [Problem.of(replace(place, path=name), mistake) for name, mistake in entry.mistakes]
            entry.row.file = place.file
        found.append(HoursEntry(*entries))
        for row in found[-1].rows:
            earlier[make_near_key(row)].append(row)
    if problems:
        raise PrtError(*problems, code=2)
    return found


def make_near_key(row: Row) -> Hashable:
    """What rows have in common of which one may be the other: their log, and the day where that tells them
    apart."""
    return row.log, row["date"] if "date" in LOGS[row.log].same else None


def entries_of_line(reading: LineReading, year: Year, anyway: bool) -> list[Entry]:
    """The row of a line, and the request that it logs, each checked by itself."""
    found = [checked_entry(reading.model, reading.cells, year, anyway)]
    if reading.asks_request:
        cells = {name: text for name, text in reading.cells.items() if name in REQUEST_COLUMNS}
        found.append(checked_entry(year.plan.record_of(Request.log), cells, year, anyway))
    return found


def tell_apart(entry: Entry, year: Year, anyway: bool, earlier: Sequence[Row]) -> Entry:
    """The entry; where a row of the log or of the lines above is alike, with that mistake, or with a note."""
    twin = None if entry.mistakes else double_of(entry, year, earlier)
    if twin is None:
        return entry
    if anyway:
        return as_another(entry, year, earlier)
    return entry._replace(mistakes=(("", alike_mistake(twin, year, of_line=True)),))
