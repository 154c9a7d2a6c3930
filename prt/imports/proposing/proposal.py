"""What an import would do: everything is known before anything is written, and shown first."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from prt.entry.person_names import IsWord
from prt.entry.roster import Match, Roster
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.imports.export import NO_HINTS, Answer, Export, Grid, Presence, ReadingHints
from prt.imports.people.attendees import Attendee, Seat, time_present
from prt.imports.people.grouping import group_presences
from prt.imports.proposing.attendance import SeatedList, Seating
from prt.imports.proposing.feedback import (
    FeedbackProposal,
    choose_question,
    form_prefix,
    note_typed_numbers,
    propose_feedback,
)
from prt.imports.proposing.history import ImportHistory, read_history
from prt.imports.reading.codes import Codes
from prt.imports.reading.scales import LabelReading, ScaleHints
from prt.imports.sources.registry import read_sheets
from prt.model.records import STAFF
from prt.model.rows import Row
from prt.model.view import in_post
from prt.problems import Days, Mistake, Place, Problem, PrtError
from prt.values import dataclass, field, replace

Gather = Callable[[list[Presence], Roster, IsWord], list[Attendee]]
"""`group_presences`, or a function around it that keeps the groups, or shows the progress."""


@dataclass(frozen=True)
class ExportFile:
    """One file that was read, or one sheet of several: what it is called on the screen, the digest of its
    bytes, what it says."""

    shown: str
    digest: str
    export: Export


def make_export_files(
    grids: Sequence[Grid], shown: str, digest: str, hints: ReadingHints = NO_HINTS, as_: str | None = None
) -> list[ExportFile]:
    """What a file says; each sheet that is a list of its own has a digest of its own."""
    return [
        ExportFile(f"{shown}, {one.sheet}", digest_sheet(digest, one.sheet), one.export)
        if one.sheet
        else ExportFile(shown, digest, one.export)
        for one in read_sheets(grids, hints, as_)
    ]


def digest_sheet(digest: str, sheet: str) -> str:
    return hashlib.sha256(f"{digest} {sheet}".encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True)
class FormAnswers:
    """What somebody answered about forms: the question that says positive, by the digest of the form; how
    labels are read, and the highest number, by question."""

    questions: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, LabelReading]] = field(default_factory=dict)
    highest: Mapping[str, str] = field(default_factory=dict)


NOT_ASKED = FormAnswers()


class UnsettledForm(PrtError):
    """A form that cannot be read until somebody says how; `question` is "" where it is not chosen yet."""

    def __init__(self, file: ExportFile, question: str, mistake: Mistake) -> None:
        super().__init__(Problem.of(Place(file.shown), mistake))
        self.file, self.question, self.mistake = file, question, mistake


@dataclass(frozen=True)
class Proposal:
    """What would be written about one session; `created` are the cells of one that is to be added.

    `files` are those that are new, `again` those that were imported before. `heads` is the number of people
    of a session whose participants are counted, and never named.
    """

    session: Row
    created: Mapping[str, str]
    files: tuple[ExportFile, ...]
    again: tuple[ExportFile, ...]
    attendance: SeatedList
    minimum: int
    heads: int | None = None
    feedback: tuple[tuple[ExportFile, FeedbackProposal], ...] = ()
    changes: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def added(self) -> list[Seat]:
        return [] if self.heads is not None else self.attendance.added

    @property
    def changed(self) -> list[Seat]:
        return [] if self.heads is not None else self.attendance.changed

    @property
    def same(self) -> int:
        return (
            0 if self.heads is not None else len(self.attendance.seats) - len(self.added) - len(self.changed)
        )

    @property
    def is_nothing(self) -> bool:
        """Is there nothing new, so that no file is to be touched?"""
        answers = any(one.added or one.changes for _, one in self.feedback)
        return not (self.added or self.changed or answers or self.changes or self.created)

    def is_short(self, seat: Seat) -> bool:
        return time_present(seat.minutes) < self.minimum

    @cached_property
    def seats_to_ask(self) -> list[Seat]:
        """Unnamed people who stayed long enough and have a name or an e-mail: worth a question, each once."""
        found = {
            id(seat.attendee): seat for seat in self.added if seat.keeps_name and not self.is_short(seat)
        }
        people = [(seat, seat.attendee) for seat in found.values()]
        return [seat for seat, one in people if one.names or one.emails or one.match.several]


class Proposer:
    """Makes the proposal of one session from the files of a year as they are now.

    `scale`, `question`, `form`, `comments` and `answered` concern answers, `day` and `presenters` presences:
    with these, people who present, and whom nobody knows, take part too.
    """

    def __init__(
        self,
        year: Year,
        session: Row,
        roster: Roster,
        scale: ScaleHints,
        *,
        question: str = "",
        form: str = "",
        comments: bool = False,
        day: dt.date | None = None,
        presenters: bool = False,
        answered: FormAnswers = NOT_ASKED,
    ) -> None:
        self.year, self.session, self.roster = year, session, roster
        self.answered = answered
        self.scale, self.question, self.form, self.comments = scale, question, form, comments
        self.day, self.presenters = day, presenters
        self.codes = Codes(year.known)
        self.history: ImportHistory = read_history(year, session.id, self.codes.is_word)

    def propose(
        self,
        files: Sequence[ExportFile],
        created: Mapping[str, str],
        said: Mapping[str, Match],
        gather: Gather = group_presences,
    ) -> Proposal:
        again = tuple(one for one in files if self.is_known(one))
        new = tuple(one for one in files if one not in again)
        lists = [one for one in new if one.export.kind == "attendance"]
        forms = [one for one in new if one.export.kind == "feedback"]
        attendance = self.propose_attendance(lists, said, gather)
        answers = tuple(self.propose_answers(forms))
        number, found, notes = self.count_participants(lists, attendance)
        notes += [note for file in forms for note in self.note_answerers(file.export)]
        if answers and (note := note_typed_numbers(self.session)):
            notes.append(note)
        proposal = Proposal(
            self.session, created, new, again, attendance, self.minimum, number, answers, found, tuple(notes)
        )
        return replace(proposal, changes={**found, **self.update_session(proposal)})

    @property
    def minimum(self) -> int:
        return self.year.plan.privacy.minimum_minutes

    @property
    def counts_heads(self) -> bool:
        """Are participants of this session students or parents, of whom no name is kept?"""
        return self.session["audience"] in self.year.plan.privacy.headcount_only

    def is_known(self, one: ExportFile) -> bool:
        """Was the file imported? One whose names were not kept may be taken again where there are names."""
        session = self.history.find_session(one.digest)
        if session is None:
            return False
        if session != self.session.id:
            raise PrtError(Problem.of(Place(one.shown), Mistake("imported_elsewhere", session=session)))
        if self.reads_otherwise(one):
            return False
        history = self.history
        orphans = (row for row in history.rows if history.is_orphan(row) and not history.orphan_audience(row))
        return not (self.roster.names and any(orphans))

    def reads_otherwise(self, one: ExportFile) -> bool:
        """Is the same file to be read in another way than the last time?"""
        if one.export.kind == "attendance":
            return self.presenters
        said = self.scale
        return bool(self.question or said.positive or said.not_positive or said.no_opinion or said.highest)

    def propose_attendance(
        self, lists: Sequence[ExportFile], said: Mapping[str, Match], gather: Gather
    ) -> SeatedList:
        presences = [one for file in lists for one in self.date_presences(file)]
        attendees = gather(presences, self.roster, self.codes.is_word)
        sources = [one.export.source for one in lists]
        history = self.history
        counted = () if self.counts_heads else self.year.plan.privacy.headcount_only
        seating = Seating(
            self.session, self.year.data, self.codes, history, sources, self.presenters, counted
        )
        found = seating.seat(attendees, said)
        self.refuse_days({seat.day for seat in found.seats})
        return found

    def date_presences(self, file: ExportFile) -> Iterable[Presence]:
        """The presences, those without a day on that of the file, or of a session that has one day only."""
        starts = file.export.starts
        day = self.day or (starts.date() if starts else None)
        several = self.session["last_day"] not in (None, self.session["date"])
        for one in file.export.presences:
            if one.day_number and not (one.day or self.day):
                yield replace(one, day=self.session["date"] + dt.timedelta(days=one.day_number - 1))
            elif one.stays or (one.day and not self.day):
                yield one
            elif day is None and several:
                mistake = Mistake("day_not_said", session=self.session.id)
                raise PrtError(Problem.of(Place(file.shown, one.line), mistake))
            else:
                yield replace(one, day=day or self.session["date"])

    def refuse_days(self, days: Iterable[dt.date]) -> None:
        """A list of another day is that of another session."""
        if mistake := there_on_other_days(self.session, days):
            raise PrtError(Problem.of(Place("--session"), mistake))

    def propose_answers(self, forms: Sequence[ExportFile]) -> Iterable[tuple[ExportFile, FeedbackProposal]]:
        asked = [row["question"] for row in self.history.list_imports("feedback") if row["question"]]
        rows = [row for row in self.year.data.logs["feedback"] if row["session"] == self.session.id]
        everywhere = [row["question"] for row in reversed(self.history.imports) if row["question"]]
        for file in forms:
            text = self.answered.questions.get(file.digest, "")
            try:
                before = self.history.find_question(file.digest)
                question = choose_question(file.export, text or self.question, everywhere)
                text = question.text
                form = f"{self.form}-" if self.form else form_prefix(before or question.text, asked)
                asked.append(before or question.text)
                said = self.collect_hints(question.text)
                found = propose_feedback(
                    file.export, question, said, rows, form, comments=self.comments, again=bool(before)
                )
            except Mistake as mistake:
                raise UnsettledForm(file, text, mistake) from None
            yield file, found

    def note_answerers(self, export: Export) -> Iterable[str]:
        """Whose answers count although that may not be expected: staff's own, and two of one e-mail."""
        emails = Counter(one.email.casefold() for one in export.answers if one.email)
        for email, number in emails.items():
            if number > 1:
                lines = [str(one.line) for one in export.answers if one.email.casefold() == email]
                yield say_phrase("same_answerer", number, lines=", ".join(lines))
        day, people = self.session["date"], self.year.data.people
        staff = {post["id"] for post in people if post["role"] == STAFF and in_post(post, day)}
        found = [str(one.line) for one in export.answers if self.find_answerer(one) in staff]
        if found:
            yield say_phrase("own_answers", len(found), lines=", ".join(found))

    def find_answerer(self, one: Answer) -> str:
        """Who gave an answer, if the form tells; else empty."""
        return self.roster.match([one.name] if one.name else [], [one.email] if one.email else []).person

    def collect_hints(self, question: str) -> ScaleHints:
        """What somebody said of the answers to a question: now, and earlier."""
        answered = self.answered
        highest = self.scale.highest or answered.highest.get(question) or self.history.find_highest(question)
        return replace(
            self.scale,
            highest=highest,
            before=self.history.find_readings(question),
            answered=answered.labels.get(question, {}),
        )

    def count_participants(
        self, lists: Sequence[ExportFile], attendance: SeatedList
    ) -> tuple[int | None, dict[str, str], list[str]]:
        """The number of students or parents, what it changes in the session, and what to know about it."""
        typed = {name for name in ("participants", "boards") if name not in self.session.derived}
        old = self.session["participants"] if "participants" in typed else None
        if not self.counts_heads:
            notes = [] if old is None or not lists else [say_phrase("participants_stay", old=old)]
            notes += [note_erased(len(attendance.erased))] if attendance.erased else []
            notes += [note_undecided(len(set(map(id, attendance.undecided))))] if attendance.undecided else []
            return None, {}, [*notes, *(note_left_over(row) for row in attendance.left)]
        if not lists:
            return None, {}, []
        number, before = attendance.count_heads(self.minimum), self.history.list_imports("attendance")
        boards = sorted({seat.board for seat in attendance.seats if seat.board})
        changes = {"boards": "; ".join(boards)} if boards and not self.session["boards"] else {}
        if old is None:
            return number, {**changes, "participants": str(number)}, []
        if not before:
            return number, changes, [say_phrase("participants_stay_beside", old=old, listed=number)]
        if not {row["source"] for row in before} & {one.export.source for one in lists}:
            raise PrtError(Problem.of(Place(lists[0].shown), Mistake("second_list_of_heads")))
        return number, {**changes, "participants": str(number)} if number > old else changes, []

    def update_session(self, proposal: Proposal) -> dict[str, str]:
        """A planned session that people came to was held; one with answers had a form."""
        changes = {}
        if self.session["status"] == "planned" and not proposal.created and not proposal.is_nothing:
            changes["status"] = "held"
        if self.session["feedback_form"] is False and any(one.added for _, one in proposal.feedback):
            changes["feedback_form"] = "yes"
        return changes


def there_on_other_days(session: Row, days: Iterable[dt.date]) -> Mistake | None:
    """Why people who were there on these days were not at the session; None where they may have been."""
    first, last = session["date"], session["last_day"] or session["date"]
    wrong = sorted(day for day in days if not first <= day <= last)
    there = Days(wrong[:5])
    if not wrong:
        return None
    if first == last:
        return Mistake("there_on_another_day", there=there, session=session.id, day=first)
    return Mistake("there_on_other_days", there=there, session=session.id, first=first, last=last)


def note_left_over(row: Row) -> str:
    return say_phrase("left_over", id=row.id)


def note_undecided(number: int) -> str:
    return say_phrase("undecided", number=number)


def note_erased(number: int) -> str:
    return say_phrase("erased", number)
