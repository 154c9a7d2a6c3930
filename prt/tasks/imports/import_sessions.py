"""From files to rows of attendance and feedback: which session, who is who, a preview, and one action."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TypeVar

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.entry.person_names import IsWord
from prt.entry.roster import Match, Roster, make_roster
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.store.reading import settle_reading
from prt.files.trace.disk_questions import is_folder
from prt.files.yaml.words import say_phrase
from prt.imports.export import Presence
from prt.imports.people.attendees import Attendee, Seat
from prt.imports.people.grouping import group_presences
from prt.imports.proposing.preview import describe_proposal, describe_session, name_first
from prt.imports.proposing.proposal import (
    ExportFile,
    FormAnswers,
    Proposal,
    UnsettledForm,
)
from prt.imports.proposing.write import write_proposal
from prt.imports.reading.codes import Codes
from prt.imports.sources.sheet import explain_no_presences
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.imports.asking.ask_form import ask_form
from prt.tasks.imports.identify_people import WhoForm, explain_no_new_people, identify_new_people
from prt.tasks.imports.import_options import ImportOptions, confirm_import, import_command
from prt.tasks.open_action import open_action
from prt.tasks.row_warnings import list_warnings
from prt.values import dataclass, field

T = TypeVar("T")
LONG_FILE = 5000
"""Rows from which a file is worth a progress bar."""
PROPOSAL_TABLES = (
    "sessions", "attendance", "feedback", "people", "organisations", "imports", "imported", "names",
    "unmatched", "stays",
)  # fmt: skip
"""Files on which a proposal depends."""


@dataclass
class SessionImport:
    """The files of one session, and what is to become of them. `created` are the cells of a new session."""

    session: Row
    created: Mapping[str, str]
    how: str
    files: list[ExportFile]
    said: dict[str, Match] = field(default_factory=dict)
    answered: FormAnswers = field(default_factory=FormAnswers)
    known: tuple[Roster, list[Presence], list[Attendee]] | None = None
    proposed: tuple[object, Proposal] | None = None

    @property
    def command(self) -> str:
        """The command that imports the files again, into the same session."""
        command = import_command(self.files)
        return command if self.created else f"{command} --session {self.session.id}"

    def propose(
        self, year: Year, roster: Roster, told: ImportOptions, *, read_again: bool = False
    ) -> Proposal:
        """What the files come to, with the rows of the year and the names as they are now: it is found out
        again only if a byte of them is another, and with `read_again` from the files."""
        state = [year.read_table(log).raw for log in PROPOSAL_TABLES], dict(self.said), self.answered
        if self.proposed is not None and self.proposed[0] == state:
            return self.proposed[1]
        year = year.again(logs_needed("attendance")) if read_again else year
        session = self.session
        if not self.created:
            session = next(row for row in year.data.logs["sessions"] if row.id == session.id)
        proposing = told.proposer(year, session, roster, self.answered)
        found = proposing.propose(self.files, self.created, self.said, self.gather)
        self.proposed = state, found
        return found

    def gather(self, presences: list[Presence], roster: Roster, is_word: IsWord) -> list[Attendee]:
        """The people of the lists; put together again only if other names are known by now."""
        if self.known is None or self.known[:2] != (roster, presences):
            self.known = roster, presences, group_presences(presences, roster, is_word, track_progress)
        return self.known[2]


def refuse_mixture(files: Sequence[ExportFile], told: ImportOptions) -> None:
    """Who registered did not come yet; and a plain sheet goes with nothing else."""
    for one in files:
        if one.export.kind == "registration":
            raise PrtError(Problem.of(Place(one.shown), Mistake("registrations_are_no_presences")))
    rows = [one for one in files if one.export.kind == "rows"]
    others = [one for one in files if one.export.kind != "rows"]
    if rows and (others or told.session):
        why = explain_no_presences(rows[0].export) or Mistake("neither_presences_nor_answers")
        raise PrtError(Problem.of(Place(rows[0].shown), Mistake("rows_go_by_themselves", mistake=why)))
    if others and told.into:
        mistake = Mistake("goes_to_a_session", how=others[0].export.how)
        raise PrtError(Problem.of(Place(others[0].shown), mistake))


def import_sessions(parts: Sequence[SessionImport], year: Year, told: ImportOptions) -> None:
    """Show what would be written, ask, and write all of it at once."""
    roster = make_roster(year.project.names())
    proposals = [show_session(part, year, roster, told) for part in parts]
    if all(one.is_nothing for one in proposals):
        messages.print_line(say_phrase("nothing_new"))
        return
    odd = write_sessions(parts, year, told, keep=False) if told.is_asking else frozenset[str]()
    if told.dry_run or confirm_import(told, sure=not odd):
        write_sessions(parts, year, told, keep=not told.dry_run, known=odd)
    else:
        context.say(told.drafts.stay() or say_phrase("unwritten"))


def show_session(part: SessionImport, year: Year, roster: Roster, told: ImportOptions) -> Proposal:
    """The proposal, after the questions about who is who, as it was shown."""
    proposal = propose_asking(part, year, roster, told)
    print_lines(describe_session(part.session, part.how, proposal))
    if unknown := proposal.seats_to_ask if proposal.heads is None else []:
        part.said = identify_people(unknown, year, roster, part, told)
        proposal = part.propose(year, roster, told) if part.said else proposal
    print_lines(describe_proposal(proposal, roster.names))
    return proposal


def propose_asking(part: SessionImport, year: Year, roster: Roster, told: ImportOptions) -> Proposal:
    """The proposal; on a terminal it is asked how forms are read of which nobody knows."""
    while True:
        try:
            return part.propose(year, roster, told)
        except UnsettledForm as unsettled:
            part.answered = ask_form(unsettled, part.answered, year, part.command, told.drafts)


def identify_people(
    unknown: Sequence[Seat],
    year: Year,
    roster: Roster,
    part: SessionImport,
    told: ImportOptions,
) -> dict[str, Match]:
    """Who is created or was meant: by --new-people, or asked on a terminal; without an answer nobody is."""
    codes = Codes(year.known)
    if why_not := explain_no_new_people(year, roster, part.session["date"]):
        context.say(why_not)
    if told.new_people and not why_not:
        role, board = codes.required("role", told.role), codes.required("board", told.board)
        found, doubtful = identify_new_people(unknown, roster, role, board)
        if doubtful:
            context.say(say_phrase("may_be_known", names=name_first(doubtful)))
        return found
    if told.new_people or not told.is_asking:
        return {}
    form = WhoForm(terminal.open_talk(), list(unknown), year, roster, may_create=not why_not)
    told.drafts.wait(form, year, part.command, "who")
    form.ask_all()
    return {seat.attendee.key: match for seat, match in form.found()}


def write_sessions(
    parts: Sequence[SessionImport],
    year: Year,
    told: ImportOptions,
    *,
    keep: bool,
    known: Set[str] = frozenset(),
) -> frozenset[str]:
    """One action, all of it or nothing; then what moved, or would move if it is not to `keep`. The proposals
    are made again, under the lock. Returns what is odd about it, which is said unless it is `known`."""
    log = "people" if any(one.is_new for part in parts for one in part.said.values()) else "attendance"
    written = list[Proposal]()
    with open_action(year, "prt import", keep=keep, private=True) as action:
        now = action.year.as_now(logs_needed(log))
        for part in parts:
            roster = make_roster(action.year.project.names())
            proposal = part.propose(action.year, roster, told, read_again=True)
            if not proposal.is_nothing:
                write_proposal(action, proposal)
                written.append(proposal)
        after = action.year_after(now, logs_needed(log))
    if not written:
        messages.print_line(say_phrase("nothing_new"))
        return frozenset()
    messages.tell_import(messages.before(now, log), after, log, keep=keep)
    if keep or told.dry_run:
        messages.tell_without_start(now, after)
    odd = [*list_warnings(after, "sessions", [part.session.id for part in parts])]
    for text in odd:
        if text not in known:
            context.say(text)
    if keep:
        if is_folder(year.project.private) and any(seat.keeps_name for one in written for seat in one.added):
            context.say(say_phrase("who_were_they"))
        context.say(say_phrase("undo_all"))
    return frozenset(odd)


def print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        messages.print_line(line)


def track_progress(things: Sequence[T], what: str = "") -> Iterable[T]:
    """Hands on the rows of a list; of a long one a terminal shows how far it is."""
    if len(things) < LONG_FILE or not sys.stderr.isatty():
        return things
    from rich import console, progress  # 130 ms, and few lists are long

    settle_reading()
    shown = what or say_phrase("who_was_there")
    return progress.track(things, shown, console=console.Console(stderr=True), transient=True)
