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
from prt.imports.sources.ics_events import CANCELLED
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
    moved or has another length by now. Of several that are alike in this each has its own, in their order;
    those without a UID that begin together have one key, and `subject` tells them apart."""

    event: CalendarEvent
    key: str
    content: str
    subject: str = ""

    @property
    def about(self) -> str:
        """What knows the event by its subject too, for what was typed of it."""
        return digest_text(f"{self.content} {self.subject}") if self.subject else self.content

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


@dataclass(frozen=True)
class DoubtfulEvent:
    """An event that begins when an imported one did whose subject nobody remembers. `row` is what became of
    that one, None where it was removed; `changes` are its new cells if they are one event."""

    found: DigestedEvent
    id: str
    row: Row | None
    changes: Mapping[str, str]


@dataclass
class SortedEvents:
    """The events of a calendar: `possible` may be hours, the others are `left_out`, counted by why.

    `repeated` are subjects, `cancelled` rows whose event is cancelled by now; `taken` are ids of rows that
    events of this file are. By the content of events, `doubtful` may be imported ones, and `beside` are rows
    of events that began with them and had another subject; `recognised` are events by the ids of their rows.
    """

    possible: list[DigestedEvent] = field(default_factory=list)
    moved: list[MovedEvent] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    repeated: list[str] = field(default_factory=list)
    cancelled: list[Row] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    doubtful: dict[str, DoubtfulEvent] = field(default_factory=dict)
    beside: dict[str, Row] = field(default_factory=dict)
    recognised: dict[str, DigestedEvent] = field(default_factory=dict)

    def recognise(self, doubt: DoubtfulEvent) -> None:
        """The doubtful event is the imported one."""
        del self.doubtful[doubt.found.content]
        self.recognised[doubt.id] = doubt.found
        if doubt.row:
            self.taken.add(doubt.row.id)
        if doubt.row and doubt.changes:
            self.moved.append(MovedEvent(doubt.found, doubt.row, doubt.changes))
        else:
            self.left_out["known"] += 1


def count_categories(events: Iterable[CalendarEvent]) -> Counter[str]:
    """How many events each category has; those of private events are nobody's business."""
    return Counter(name for one in events if one.aside != "private" for name in one.categories)


def is_of_category(event: CalendarEvent, category: str) -> bool:
    return category == EVERY_CATEGORY or fold_text(category) in map(fold_text, event.categories)


def digest_events(events: Iterable[CalendarEvent], whose: str) -> Iterator[DigestedEvent]:
    """Each event with its digests. Only `subject`, which stays in the private folder, has anything of its
    subject, for that can be guessed."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in events:
        start, known_by = one.starts.isoformat(), one.uid or one.starts.isoformat()
        time, keys = f" {start} {one.minutes}", dict[str, str]()
        for which in ("", time):
            seen[known_by, which] += 1
            keys[which] = digest_text(f"event {whose} {known_by} {seen[known_by, which]}")
        content = digest_text(keys[time] + time)
        if one.uid:
            yield DigestedEvent(one, keys[""], content)
        else:
            key = digest_text(f"event {whose} {start} 1")
            yield DigestedEvent(one, key, content, digest_text(f"{key} {plain_subject(one)}"))


def plain_subject(event: CalendarEvent) -> str:
    """The subject without what Outlook puts before it once the event is cancelled."""
    text = fold_text(event.subject)
    before = CANCELLED.match(text)
    return text[before.end() :].strip() if before else text


def digest_subject(event: CalendarEvent, whose: str) -> str:
    """The digest of a subject. The subject can be guessed from it, so it stays on its owner's laptop."""
    return digest_text(f"subject {whose} {fold_text(event.subject)}")[:16]


class EventSorter:
    """Sorts the events of a calendar. `imported` are rows of imported.csv, `subjects` the digests of their
    subjects that are known, `rows` those of the logs of hours by id, `corrected` the cells of them that
    somebody corrected since; `known` and `perhaps` are what is remembered of events, by their content, with
    and without their subject."""

    def __init__(
        self,
        today: dt.date,
        window: Window,
        imported: Iterable[Row],
        subjects: Mapping[str, str],
        rows: Mapping[str, Row],
        corrected: Iterable[tuple[str, str]],
    ) -> None:
        self.today, self.window, self.rows, self.subjects = today, window, rows, subjects
        records = list(imported)
        self.by_content: dict[str, list[Row]] = group_by(records, itemgetter("content"))
        self.by_key: dict[str, list[Row]] = group_by(records, itemgetter("key"))
        self.known, self.perhaps = dict[str, Row](), dict[str, Row]()
        self.corrected = frozenset(corrected)
        self.found = SortedEvents()

    def sort(self, events: Sequence[DigestedEvent], category: str) -> SortedEvents:
        self.recall(events)
        for one in sorted(events, key=lambda one: one.event.starts):
            if one.event.aside != "private" and not is_of_category(one.event, category):
                self.found.left_out["other"] += 1
            else:
                self.take(one)
        return self.found

    def recall(self, events: Sequence[DigestedEvent]) -> None:
        """What is remembered of each event: of its own subject first, and as it is before as it was. Each
        record is of one event."""
        met, tried = set[str](), ((self.known, True), (self.perhaps, None))
        for recalled, is_same in tried:
            for of_time in (True, False):
                for one in events:
                    there = self.by_content.get(one.content) if of_time else self.by_key.get(one.key)
                    free = (it for it in there or () if it.id not in met and self.is_of(it, one) is is_same)
                    is_open = one.content not in self.known and one.content not in recalled
                    if is_open and (record := next(free, None)):
                        recalled[one.content] = record
                        met.add(record.id)

    def is_of(self, record: Row, one: DigestedEvent) -> bool | None:
        """Is a record of that time one of this event? None where its subject is not known; a UID says it."""
        if one.event.uid:
            return True
        return self.subjects[record.id] == one.subject if record.id in self.subjects else None

    def take(self, one: DigestedEvent) -> None:
        """One event: known, moved, left out, possible, or doubtful."""
        record, perhaps = self.known.get(one.content), self.perhaps.get(one.content)
        found, there = self.found, record or perhaps
        row = self.rows.get(there.id) if there else None
        if row and record:
            found.taken.add(row.id)
        if why := self.reason(one):
            found.left_out[why] += 1
            found.repeated += [one.event.subject] if why == "repeated" else []
            found.cancelled += [row] if row and record and why == "cancelled" else []
        elif record is None:
            found.possible.append(one)
            self.compare(one, perhaps, row)
        elif changes := self.changes(one, record, row):
            assert row is not None
            found.moved.append(MovedEvent(one, row, changes))
        else:
            found.left_out["known"] += 1

    def compare(self, one: DigestedEvent, perhaps: Row | None, row: Row | None) -> None:
        """An event that may be hours, with what was imported of the same start."""
        if perhaps:
            changes = self.changes(one, perhaps, row)
            self.found.doubtful[one.content] = DoubtfulEvent(one, perhaps.id, row, changes)
        elif there := [it.id for it in self.by_key.get(one.key, ()) if it.id in self.rows]:
            self.found.beside[one.content] = self.rows[there[0]]

    def reason(self, one: DigestedEvent) -> str:
        """Why an event is nobody's hours; "" where it may be."""
        if one.event.aside:
            return one.event.aside
        if one.day > self.today:
            return "to_come"
        if one.day not in self.window:
            return "other_year"
        return "" if one.event.minutes > 0 else "without_length"

    def changes(self, one: DigestedEvent, record: Row, row: Row | None) -> dict[str, str]:
        """Its day and hours where they are others, but in cells that somebody corrected since."""
        if row is None or record["content"] == one.content:
            return {}
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
