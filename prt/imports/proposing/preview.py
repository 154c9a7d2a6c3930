"""A proposal as a person reads it before agreeing: who was recognised, what would be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from prt.entry.person_names import NOBODY_WORDS, name_key, split_name
from prt.imports.people.attendees import Attendee, Seat
from prt.imports.people.grouping import MOST_COMPARED
from prt.imports.proposing.attendance import SeatedList
from prt.imports.proposing.feedback import FeedbackProposal
from prt.imports.proposing.proposal import ExportFile, Proposal, seats_to_ask
from prt.imports.proposing.session import format_weekday
from prt.imports.reading.codes import AUDIENCE_NOTES
from prt.model.rows import Row
from prt.text import join_labels, plural

MOST_NAMES_SHOWN = 8
MOST_CHANGES = 10


def describe_file(file: ExportFile) -> Iterator[str]:
    """What the file is, and what of it is left behind."""
    export = file.export
    yield f"{file.shown}: {export.how}"
    if export.left_out:
        yield f"  not taken: {', '.join(export.left_out)}"
    if export.dropped:
        yield f"  columns left behind: {', '.join(export.dropped)}"


def describe_session(session: Row, how: str, proposal: Proposal) -> Iterator[str]:
    """`→ w-20241016-7kq2  Wed 16 Oct 2024  Back to basics, planned → held`"""
    becomes = ", planned → held" if proposal.changes.get("status") == "held" else ""
    new = ", to be added" if proposal.created else ""
    yield f"→ {session.id}  {format_weekday(session['date'])}  {session['title']}{becomes}{new}"
    if how:
        yield f"  known by: {how}"


def describe_proposal(proposal: Proposal, names: Mapping[str, str]) -> Iterator[str]:
    """Everything about the session; `names` are those of the private folder, by id."""
    for file in proposal.again:
        yield f"{file.shown}: imported before, nothing new"
    if any(one.export.kind == "attendance" for one in proposal.files):
        yield from describe_attendance(proposal, names)
    for _, answers in proposal.feedback:
        yield from describe_feedback(answers)
    yield from (f"  note: {note}" for note in proposal.notes)


def describe_attendance(proposal: Proposal, names: Mapping[str, str]) -> Iterator[str]:
    """Who was there, in a few rows of numbers, and what the file attendance.csv gets."""
    found = proposal.attendance
    attendees = {id(seat.attendee): seat.attendee for seat in found.seats}
    everybody = [*attendees.values(), *found.staff, *found.hosts, *found.robots]
    people = plural(len(everybody) - len(found.robots), "person", "people")
    yield f"{count_connections(everybody)} → {people}"
    if proposal.heads is not None:
        why = f"{proposal.session['audience']} are counted, no name is kept"
        yield f"  counted       {proposal.heads:>4}   {why}"
    else:
        yield from describe_matches(proposal, names)
    yield from preview_line("set apart", [*found.staff, *found.hosts, *found.robots], describe_apart(found))
    short = {id(seat.attendee): seat.attendee for seat in found.seats if proposal.is_short(seat)}
    kept = "" if proposal.heads is not None else "; kept, counts nowhere"
    yield from preview_line("too short", list(short.values()), f"less than {proposal.minimum} minutes{kept}")
    whole = {id(seat.attendee): seat.attendee for seat in found.seats if seat.minutes is None}
    yield from preview_line("no duration", list(whole.values()), "counted as the whole time")
    if proposal.heads is None:
        yield from describe_devices(list(attendees.values()), names)
        yield describe_log("attendance", len(proposal.added), len(proposal.changed), proposal.same)
        yield from describe_changes(proposal.changed)
    elif "participants" in proposal.changes:
        yield f"sessions.csv      participants: {proposal.changes['participants']}"


def describe_matches(proposal: Proposal, names: Mapping[str, str]) -> Iterator[str]:
    seats = {id(seat.attendee): seat for seat in proposal.attendance.seats}
    known = [seat for seat in seats.values() if seat.person]
    ways = [seat.attendee.match.how or "as you said" for seat in known]
    said = ", ".join(
        f"{ways.count(way)} by {way}" if " " not in way else f"{ways.count(way)} {way}"
        for way in dict.fromkeys(ways)
    )
    yield from preview_line("matched", [seat.attendee for seat in known], said)
    new = [seat.attendee for seat in seats.values() if seat.is_new]
    yield from preview_line("new", new, name_first(one.name for one in new))
    several = [seat.attendee for seat in seats_to_ask(proposal) if seat.attendee.match.several]
    yield from preview_line(
        "ambiguous", several, name_first(f"{one.name} ({name_candidates(one, names)}?)" for one in several)
    )
    asked = set(map(id, several))
    unnamed = [
        seat.attendee
        for seat in seats.values()
        if seat.is_unnamed and not seat.counted and id(seat.attendee) not in asked
    ]
    yield from preview_line("unnamed", unnamed, name_first(one.text for one in unnamed))
    heads = [seat for seat in seats.values() if seat.counted]
    audiences = Counter(seat.counted for seat in heads)
    said = ", ".join(plural(number, AUDIENCE_NOTES[one], one) for one, number in sorted(audiences.items()))
    yield from preview_line("by role", [seat.attendee for seat in heads], f"{said}: counted, no name is kept")


def count_connections(attendees: Sequence[Attendee]) -> str:
    """`7 connections`, or `5 rows` of a list that has no times."""
    presences = [one for attendee in attendees for one in attendee.presences]
    if any(one.stays for one in presences):
        return plural(len(presences), "connection", "connections")
    return plural(len(presences), "row", "rows")


def describe_changes(seats: Sequence[Seat]) -> Iterator[str]:
    """`at-20241016-7kq2 minutes 175 → 180`, for each row that is there and changes."""
    for seat in seats[:MOST_CHANGES]:
        if seat.row:
            texts = (describe_change(seat.row, name, text) for name, text in list_changes(seat).items())
            yield f"  {seat.row.id} {', '.join(texts)}"
    if len(seats) > MOST_CHANGES:
        yield f"  … {len(seats) - MOST_CHANGES} more"


def list_changes(seat: Seat) -> Mapping[str, str]:
    """What changes; the id of somebody new is made when it is written."""
    return {**seat.changes, "person": "somebody new"} if seat.is_new else seat.changes


def describe_change(row: Row, name: str, text: str) -> str:
    old = "empty" if row[name] is None else row[name]
    return f"{name} {old} → {text or 'empty'}"


def describe_devices(attendees: Sequence[Attendee], names: Mapping[str, str]) -> Iterator[str]:
    """`sofia (phone)` beside Sofia Exemple: a text that is a part of somebody's name."""
    by_word: dict[str, list[tuple[set[str], Attendee]]] = {}
    for one in attendees:
        words = {
            word for name in (*one.names, names.get(one.known_person, "")) for word in name_key(name).split()
        }
        for word in words:
            by_word.setdefault(word, []).append((words, one))
    pairs = [
        f"{one.text} · {other.text}"
        for one in attendees
        if (other := find_owner(words_without_device(one), one, by_word))
    ]
    if pairs:
        shown = join_labels(pairs, MOST_NAMES_SHOWN, by="; ")
        yield f"  may be one person on two devices: {shown}"


def words_without_device(one: Attendee) -> set[str]:
    """What is left of a text that is no full name: `sofia` of `sofia (phone)`."""
    if one.known_person or one.names:
        return set()
    return (
        set(name_key(" ".join(split_name(one.text.replace("(", " ").replace(")", " ")))).split())
        - NOBODY_WORDS
    )


def find_owner(
    words: set[str], one: Attendee, by_word: Mapping[str, Sequence[tuple[set[str], Attendee]]]
) -> Attendee | None:
    """The first whose name has all the words, unless their e-mails differ."""
    near = islice(by_word.get(min(words, default=""), ()), MOST_COMPARED)
    fits = (other for full, other in near if words <= full and not (one.emails and other.emails))
    return next(fits, None)


def name_candidates(attendee: Attendee, names: Mapping[str, str]) -> str:
    return " or ".join(f"{names[one]} {one}" for one in attendee.match.several)


def describe_apart(found: SeatedList) -> str:
    parts = [f"{len(found.staff)} PRT staff"] if found.staff else []
    if found.hosts:
        parts.append(f"presenting, nobody known: {name_first(one.name for one in found.hosts)}")
    if found.robots:
        parts.append(f"taking notes, no person: {name_first(one.text for one in found.robots)}")
    return "; ".join(parts)


def preview_line(word: str, attendees: Sequence[Attendee], more: str) -> Iterator[str]:
    """One row of the preview; none where there is nobody."""
    if attendees:
        yield f"  {word:<12}  {len(attendees):>4}   {more}".rstrip()


def describe_feedback(answers: FeedbackProposal) -> Iterator[str]:
    asked = " / ".join(f'"{text}"' for text in answers.question.texts)
    yield f"feedback: {asked} ({answers.question.how})"
    positive = [label for label in answers.labels if answers.scale.is_positive(label)]
    others = [label for label in answers.labels if label not in positive]
    negative = answers.answered - answers.positive
    yield f"  positive      {answers.positive:>4}   {count_labels(positive, answers)}".rstrip()
    yield f"  not           {negative:>4}   {count_labels(others, answers)}".rstrip()
    if answers.scale.has_numbers:
        yield f"  numbers are read as 1 to {answers.scale.highest}; otherwise: --positive"
    blank = len(answers.added) + len(answers.changes) + answers.same - answers.answered
    if left := answers.scale.usually_positive:
        yield f"  usually positive, not so by --positive: {count_labels(left, answers)}"
    why = f"   {', '.join(answers.no_opinion)}" if answers.no_opinion else ""
    yield f"  not answered  {blank:>4}{why}" if blank else "  everybody answered it"
    yield describe_log("feedback", len(answers.added), len(answers.changes), answers.same)


def count_labels(labels: Iterable[str], answers: FeedbackProposal) -> str:
    return ", ".join(f"{label} {answers.labels[label]}" for label in labels)


def describe_log(log: str, added: int, changed: int, same: int, removed: int = 0) -> str:
    parts = [f"{added} to add", *([f"{changed} to change"] if changed else [])]
    parts += [f"{removed} to remove"] if removed else []
    return f"{log + '.csv':<16}  {', '.join([*parts, *([f'{same} there already'] if same else [])])}"


def name_first(names: Iterable[str]) -> str:
    """The first of them by name; a comma may stand in a name."""
    found = list(names)
    return join_labels(found, MOST_NAMES_SHOWN, f" and {len(found) - MOST_NAMES_SHOWN} more", by=" · ")
