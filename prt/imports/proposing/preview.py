"""A proposal as a person reads it before agreeing: who was recognised, what would be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from prt import spoken
from prt.entry.person_names import NOBODY_WORDS, name_key, split_name
from prt.files.yaml.words import say_phrase
from prt.imports.people.attendees import Attendee, Seat
from prt.imports.people.grouping import MOST_COMPARED
from prt.imports.plain.heading_words import say_column
from prt.imports.proposing.attendance import SeatedList
from prt.imports.proposing.feedback import FeedbackProposal
from prt.imports.proposing.proposal import ExportFile, Proposal
from prt.imports.proposing.session import format_weekday
from prt.model.cells import code_word
from prt.model.rows import Row
from prt.text import join_labels

MOST_NAMES_SHOWN = 8
MOST_CHANGES = 10


def describe_file(file: ExportFile) -> Iterator[str]:
    """What the file is, and what of it is left behind."""
    export = file.export
    yield say_phrase("colon", name=file.shown, text=export.how)
    if export.left_out:
        yield say_phrase("not_taken", what=", ".join(export.left_out))
    if export.dropped:
        yield say_phrase("columns_left", what=", ".join(export.dropped))


def describe_session(session: Row, how: str, proposal: Proposal) -> Iterator[str]:
    """`→ w-20241016-7kq2  Wed 16 Oct 2024  Back to basics, planned → held`"""
    becomes = say_phrase("becomes_held") if proposal.changes.get("status") == "held" else ""
    new = say_phrase("to_be_added") if proposal.created else ""
    yield f"→ {session.id}  {format_weekday(session['date'])}  {session['title']}{becomes}{new}"
    if how:
        yield say_phrase("known_by", how=how)


def describe_proposal(proposal: Proposal, names: Mapping[str, str]) -> Iterator[str]:
    """Everything about the session; `names` are those of the private folder, by id."""
    for file in proposal.again:
        yield say_phrase("imported_before", file=file.shown)
    if any(one.export.kind == "attendance" for one in proposal.files):
        yield from describe_attendance(proposal, names)
    for _, answers in proposal.feedback:
        yield from describe_feedback(answers)
    yield from (say_phrase("note", text=note) for note in proposal.notes)


def describe_attendance(proposal: Proposal, names: Mapping[str, str]) -> Iterator[str]:
    """Who was there, in a few rows of numbers, and what the file attendance.csv gets."""
    found = proposal.attendance
    attendees = {id(seat.attendee): seat.attendee for seat in found.seats}
    everybody = [*attendees.values(), *found.staff, *found.hosts, *found.robots]
    people = say_phrase("people", len(everybody) - len(found.robots))
    yield f"{count_connections(everybody)} → {people}"
    if proposal.heads is not None:
        why = say_phrase("counted_heads", audience=proposal.session["audience"])
        yield preview_row("counted", proposal.heads, why)
    else:
        yield from describe_matches(proposal, names)
    yield from preview_line("set_apart", [*found.staff, *found.hosts, *found.robots], describe_apart(found))
    short = {id(seat.attendee): seat.attendee for seat in found.seats if proposal.is_short(seat)}
    why = say_phrase(
        "less_than" if proposal.heads is not None else "less_than_kept", minutes=proposal.minimum
    )
    yield from preview_line("too_short", list(short.values()), why)
    whole = {id(seat.attendee): seat.attendee for seat in found.seats if seat.minutes is None}
    yield from preview_line("no_duration", list(whole.values()), say_phrase("as_whole_time"))
    if proposal.heads is None:
        yield from describe_devices(list(attendees.values()), names)
        yield describe_log("attendance", len(proposal.added), len(proposal.changed), proposal.same)
        yield from describe_changes(proposal.changed)
    elif "participants" in proposal.changes:
        yield say_phrase("participants_to", text=proposal.changes["participants"])


def describe_matches(proposal: Proposal, names: Mapping[str, str]) -> Iterator[str]:
    seats = {id(seat.attendee): seat for seat in proposal.attendance.seats}
    known = [seat for seat in seats.values() if seat.person]
    ways = [seat.attendee.match.how for seat in known]
    said = ", ".join(
        say_phrase(f"by_{way}" if way else "number_said", number=ways.count(way))
        for way in dict.fromkeys(ways)
    )
    yield from preview_line("matched", [seat.attendee for seat in known], said)
    new = [seat.attendee for seat in seats.values() if seat.is_new]
    yield from preview_line("new", new, name_first(one.name for one in new))
    several = [seat.attendee for seat in proposal.seats_to_ask if seat.attendee.match.several]
    yield from preview_line(
        "ambiguous", several, name_first(f"{one.name} ({name_candidates(one, names)}?)" for one in several)
    )
    asked = set(map(id, several))
    unnamed = [
        seat.attendee
        for seat in seats.values()
        if seat.is_unnamed and not seat.counted and id(seat.attendee) not in asked
    ]
    first = [one.text for one in unnamed[:MOST_NAMES_SHOWN]]
    yield from preview_line("unnamed", unnamed, name_first(first, len(unnamed)))
    heads = [seat for seat in seats.values() if seat.counted]
    audiences = Counter(seat.counted for seat in heads)
    said = ", ".join(say_phrase(one, number) for one, number in sorted(audiences.items()))
    yield from preview_line(
        "by_role", [seat.attendee for seat in heads], say_phrase("said_counted", said=said)
    )


def count_connections(attendees: Sequence[Attendee]) -> str:
    """`7 connections`, or `5 rows` of a list that has no times."""
    presences = [one for attendee in attendees for one in attendee.presences]
    if any(one.stays for one in presences):
        return say_phrase("connections", len(presences))
    return say_phrase("rows", len(presences))


def describe_changes(seats: Sequence[Seat]) -> Iterator[str]:
    """`at-20241016-7kq2 minutes 175 → 180`, for each row that is there and changes."""
    for seat in seats[:MOST_CHANGES]:
        if seat.row:
            texts = (describe_change(seat.row, name, text) for name, text in list_changes(seat).items())
            yield f"  {seat.row.id} {', '.join(texts)}"
    if len(seats) > MOST_CHANGES:
        yield say_phrase("more", number=len(seats) - MOST_CHANGES)


def list_changes(seat: Seat) -> Mapping[str, str]:
    """What changes; the id of somebody new is made when it is written."""
    return {**seat.changes, "person": say_phrase("somebody_new")} if seat.is_new else seat.changes


def describe_change(row: Row, name: str, text: str) -> str:
    old, new = (
        code_word(name, str(one), spoken.language) if one not in (None, "") else say_phrase("empty_cell")
        for one in (row[name], text)
    )
    return f"{say_column(row.model, name)} {old} → {new}"


def describe_devices(attendees: Sequence[Attendee], names: Mapping[str, str]) -> Iterator[str]:
    """`sofia (phone)` beside Sofia Exemple: a text that is a part of somebody's name."""
    devices = [(one, words) for one in attendees if (words := words_without_device(one))]
    by_word: dict[str, list[tuple[set[str], Attendee]]] = {}
    for one in attendees if devices else ():
        words = {
            word for name in (*one.names, names.get(one.known_person, "")) for word in name_key(name).split()
        }
        for word in words:
            by_word.setdefault(word, []).append((words, one))
    pairs = [
        f"{one.text} · {other.text}" for one, words in devices if (other := find_owner(words, one, by_word))
    ]
    if pairs:
        shown = join_labels(pairs, MOST_NAMES_SHOWN, by="; ")
        yield say_phrase("two_devices", who=shown)


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
    return say_phrase("or").join(f"{names[one]} {one}" for one in attendee.match.several)


def describe_apart(found: SeatedList) -> str:
    parts = [say_phrase("apart_staff", number=len(found.staff))] if found.staff else []
    if found.hosts:
        parts.append(say_phrase("apart_hosts", who=name_first(one.name for one in found.hosts)))
    if found.robots:
        parts.append(say_phrase("apart_robots", who=name_first(one.text for one in found.robots)))
    return "; ".join(parts)


def preview_line(word: str, attendees: Sequence[Attendee], more: str) -> Iterator[str]:
    """One row of the preview; none where there is nobody."""
    if attendees:
        yield preview_row(word, len(attendees), more)


def preview_row(word: str, number: int, more: str) -> str:
    """`  matched          6   3 by name, 3 by e-mail`"""
    return f"  {say_phrase(word):<12}  {number:>4}   {more}".rstrip()


def describe_feedback(answers: FeedbackProposal) -> Iterator[str]:
    asked = " / ".join(say_phrase("quoted", text=text) for text in answers.question.texts)
    yield say_phrase("feedback_asked", asked=asked, how=answers.question.how)
    positive = [label for label in answers.labels if answers.scale.is_positive(label)]
    others = [label for label in answers.labels if label not in positive]
    negative = answers.answered - answers.positive
    yield preview_row("positive", answers.positive, count_labels(positive, answers))
    yield preview_row("not_positive", negative, count_labels(others, answers))
    if answers.scale.has_numbers:
        yield say_phrase("numbers_read", highest=answers.scale.highest)
    blank = len(answers.added) + len(answers.changes) + answers.same - answers.answered
    if left := answers.scale.usually_positive:
        yield say_phrase("usually_positive", labels=count_labels(left, answers))
    why = ", ".join(answers.no_opinion)
    yield preview_row("not_answered", blank, why) if blank else say_phrase("all_answered")
    yield describe_log("feedback", len(answers.added), len(answers.changes), answers.same)


def count_labels(labels: Iterable[str], answers: FeedbackProposal) -> str:
    """`9 × "Very satisfied", 1 × "5"`: an answer may be a number itself."""
    return ", ".join(say_phrase("times_answer", number=answers.labels[one], label=one) for one in labels)


def describe_log(log: str, added: int, changed: int, same: int, removed: int = 0) -> str:
    numbers = {"to_add": added, "to_change": changed, "to_remove": removed, "there_already": same}
    parts = [say_phrase(word, number=n) for word, n in numbers.items() if n or word == "to_add"]
    return f"{log + '.csv':<16}  {', '.join(parts)}"


def name_first(names: Iterable[str], number: int = 0) -> str:
    """The first of them by name, of so many if these are not all; a comma may stand in a name."""
    found = list(names)
    others = max(number, len(found)) - MOST_NAMES_SHOWN
    more = say_phrase("and_more", number=others) if others > 0 else ""
    return join_labels(found, MOST_NAMES_SHOWN, by=" · ", more="") + more
