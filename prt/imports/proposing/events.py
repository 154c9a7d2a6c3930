"""Events of a calendar as hours: which of them count, which were imported before, which are sessions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter

from prt.figures.doubles import ALIKE, agree_in
from prt.imports.export import CalendarEvent
from prt.imports.plain.digests import digest_text
from prt.imports.proposing.session import find_alike, is_generic_topic, is_session_on
from prt.model.calendar import Window
from prt.model.rows import Row
from prt.model.view import group_by
from prt.text import fold_text
from prt.values import dataclass, field

EVERY_CATEGORY = "*"
"""Stands for no filter, where the category of somebody's calendar is remembered."""
QUARTER = 15


@dataclass(frozen=True)
class DigestedEvent:
    """An event with what knows it again: `content` is a digest of its UID (of a CSV, of its start), of whose
    calendar it is, of its start and length; `key` is one without these two, by which it is known if it was
    moved or has another length by now. Of several that are alike in this each has its own, in their order."""

    event: CalendarEvent
    key: str
    content: str

    @property
    def day(self) -> dt.date:
        return self.event.starts.date()

    @property
    def hours(self) -> Fraction:
        """Its length to the nearest quarter of an hour, at least one."""
        return Fraction(max(1, (2 * self.event.minutes + QUARTER) // (2 * QUARTER)), 4)

    @property
    def is_rounded(self) -> bool:
        return bool(self.event.minutes % QUARTER)


@dataclass(frozen=True)
class MovedEvent:
    """An event that was imported and is of another time by now; `changes` are the new cells of its row."""

    found: DigestedEvent
    row: Row
    changes: Mapping[str, str]


@dataclass
class SortedEvents:
    """The events of a calendar: `possible` may be hours, the others are `left_out`, counted by why.

    `repeated` are subjects, `cancelled` rows whose event is cancelled by now; `taken` are ids of rows that
    events of this file are.
    """

    possible: list[DigestedEvent] = field(default_factory=list)
    moved: list[MovedEvent] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    repeated: list[str] = field(default_factory=list)
    cancelled: list[Row] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)


def count_categories(events: Iterable[CalendarEvent]) -> Counter[str]:
    """How many events each category has; those of private events are nobody's business."""
    return Counter(name for one in events if one.aside != "private" for name in one.categories)


def is_of_category(event: CalendarEvent, category: str) -> bool:
    return category == EVERY_CATEGORY or fold_text(category) in map(fold_text, event.categories)


def digest_events(events: Iterable[CalendarEvent], whose: str) -> Iterator[DigestedEvent]:
    """Each event with its digests. Nothing of its subject is in them, for a subject can be guessed."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in events:
        start, known_by = one.starts.isoformat(), one.uid or one.starts.isoformat()
        time, keys = f" {start} {one.minutes}", dict[str, str]()
        for which in ("", time):
            seen[known_by, which] += 1
            keys[which] = digest_text(f"event {whose} {known_by} {seen[known_by, which]}")
        yield DigestedEvent(one, keys[""], digest_text(keys[time] + time))


def digest_subject(event: CalendarEvent, whose: str) -> str:
    """The digest of a subject. The subject can be guessed from it, so it stays on its owner's laptop."""
    return digest_text(f"subject {whose} {fold_text(event.subject)}")[:16]


class EventSorter:
    """Sorts the events of a calendar. `imported` are rows of imported.csv, `rows` those of the logs of hours
    by id, `corrected` the cells of them that somebody corrected since, `met` the ids of those of which an
    event is."""

    def __init__(
        self,
        today: dt.date,
        window: Window,
        imported: Iterable[Row],
        rows: Mapping[str, Row],
        corrected: Iterable[tuple[str, str]],
    ) -> None:
        self.today, self.window, self.rows = today, window, rows
        records = list(imported)
        self.by_content = {one["content"]: one for one in records}
        self.by_key: dict[str, list[Row]] = group_by(records, itemgetter("key"))
        self.met = set[str]()
        self.corrected = frozenset(corrected)
        self.found = SortedEvents()

    def sort(self, events: Sequence[DigestedEvent], category: str) -> SortedEvents:
        self.met = {self.by_content[one.content].id for one in events if one.content in self.by_content}
        for one in sorted(events, key=lambda one: one.event.starts):
            if one.event.aside != "private" and not is_of_category(one.event, category):
                self.found.left_out["other"] += 1
            else:
                self.take(one)
        return self.found

    def take(self, one: DigestedEvent) -> None:
        """One event: known, moved, left out, or possible."""
        record, found = self.find_record(one), self.found
        row = self.rows.get(record.id) if record else None
        if row:
            found.taken.add(row.id)
        if why := self.reason(one):
            found.left_out[why] += 1
            found.repeated += [one.event.subject] if why == "repeated" else []
            found.cancelled += [row] if row and why == "cancelled" else []
        elif record is None:
            found.possible.append(one)
        elif row and record["content"] != one.content and (changes := self.changes(one, row)):
            found.moved.append(MovedEvent(one, row, changes))
        else:
            found.left_out["known"] += 1

    def find_record(self, one: DigestedEvent) -> Row | None:
        """What is remembered of an event: as it is, else as it was, unless another one is still so."""
        if as_it_is := self.by_content.get(one.content):
            return as_it_is
        free = (record for record in self.by_key.get(one.key, ()) if record.id not in self.met)
        if as_it_was := next(free, None):
            self.met.add(as_it_was.id)
        return as_it_was

    def reason(self, one: DigestedEvent) -> str:
        """Why an event is nobody's hours; "" where it may be."""
        if one.event.aside:
            return one.event.aside
        if one.day > self.today:
            return "to_come"
        if one.day not in self.window:
            return "other_year"
        return "" if one.event.minutes > 0 else "without_length"

    def changes(self, one: DigestedEvent, row: Row) -> dict[str, str]:
        """Its day and hours where they are others, but in cells that somebody corrected since."""
        hours = next(column for column in row.model.columns() if column.name == "hours")
        cells = {"date": one.day.isoformat(), "hours": hours.cell.write(one.hours)}
        old = {"date": row["date"].isoformat(), "hours": hours.cell.write(row["hours"])}
        return {
            name: text
            for name, text in cells.items()
            if text != old[name] and (row.id, name) not in self.corrected
        }


def session_of(event: DigestedEvent, sessions: Iterable[Row]) -> Row | None:
    """The session of that day that is called like the event, or the one whose title has its words."""
    subject = event.event.subject
    there = [row for row in sessions if row["status"] != "cancelled" and is_session_on(row, [event.day])]
    if not (subject and there):
        return None
    if same := next((row for row in there if fold_text(row["title"]) == fold_text(subject)), None):
        return same
    alike = [] if is_generic_topic(subject) else find_alike(there, subject)
    return alike[0] if alike else None


def is_called(session: Row, subject: str) -> bool:
    """Is the title of a session the subject, or nearly? Its words alone may be those of somebody's hours."""
    return agree_in(fold_text(session["title"]), fold_text(subject), ALIKE)


def find_overlaps(events: Sequence[DigestedEvent]) -> dict[int, int]:
    """Which events begin while an earlier one still lasts, by their places."""
    found, latest = dict[int, int](), 0
    for place, one in enumerate(events[1:], 1):
        before = events[latest].event
        if one.event.starts < before.starts + dt.timedelta(minutes=before.minutes):
            found[place] = latest
        if ends_of(one) >= ends_of(events[latest]):
            latest = place
    return found


def ends_of(one: DigestedEvent) -> dt.datetime:
    return one.event.starts + dt.timedelta(minutes=one.event.minutes)
