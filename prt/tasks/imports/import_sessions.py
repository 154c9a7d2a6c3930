"""From files to rows of attendance and feedback: which session, who is who, a preview, and one action."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, TypeVar

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.consent import confirm_preview
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.console.options import YearOption
from prt.console.signature import Option
from prt.entry.person_names import IsWord
from prt.entry.roster import Match, Roster, make_roster
from prt.figures.standings import logs_needed
from prt.files.project import Project, Year
from prt.files.store.reading import settle_reading
from prt.files.trace.disk_questions import is_folder
from prt.files.workbook.cell_text import without_unseen
from prt.files.workbook.grid import read_foreign
from prt.files.yaml.words import say_phrase
from prt.imports.export import Presence, ReadingHints
from prt.imports.people.attendees import Attendee, Seat
from prt.imports.people.grouping import group_presences
from prt.imports.proposing.preview import describe_proposal, describe_session, name_first
from prt.imports.proposing.proposal import (
    ExportFile,
    FormAnswers,
    Proposal,
    Proposer,
    UnsettledForm,
    make_export_files,
)
from prt.imports.proposing.write import write_proposal
from prt.imports.reading.codes import Codes
from prt.imports.reading.scales import ScaleHints, split_labels
from prt.imports.sources.registry import SOURCES
from prt.imports.sources.sheet import explain_no_presences
from prt.model.cells import Known
from prt.model.plan import spellings_of
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.tasks.imports.asking.ask_form import ask_form
from prt.tasks.imports.asking.drafts import Drafts, command_of
from prt.tasks.imports.identify_people import WhoForm, explain_no_new_people, identify_new_people
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
OWN_SUFFIXES = (".yaml", ".yml", ".toml", ".json", ".py", ".j2")
"""Ends of the names of files that are nobody's export."""
SOURCE_NAMES = " or ".join([", ".join(list(SOURCES)[:-1]), list(SOURCES)[-1]])


@dataclass(frozen=True)
class ImportOptions:
    """The options of the command; `cells` are those of a session to be added."""

    session: Annotated[
        str | None, Option("The session; else by its day and what it is called.", metavar="ID")
    ] = None
    as_: Annotated[
        str | None, Option(f"{SOURCE_NAMES}; else by the columns.", name="--as", metavar="SOURCE")
    ] = None
    day: Annotated[
        str | None,
        Option("The day of presences that have none, in a session of several days.", metavar="DATE"),
    ] = None
    question: Annotated[
        str | None,
        Option("The question of a form that says positive; its number, or words.", metavar="TEXT|N"),
    ] = None
    positive_answers: Annotated[
        str | None,
        Option('All answers that are positive: "Very useful; Useful".', name="--positive", metavar="ANSWERS"),
    ] = None
    not_positive: Annotated[
        str | None, Option("Answers that are not; the others are read as known.", metavar="ANSWERS")
    ] = None
    no_opinion: Annotated[
        str | None, Option("Answers that are none, as N/A is: they do not count.", metavar="ANSWERS")
    ] = None
    scale: Annotated[
        str | None,
        Option("The highest number of the answers, where no question says it: 5 or 10.", metavar="N"),
    ] = None
    present: Annotated[
        str | None, Option('Statuses of Eventbrite that mean they came: "Enregistré(e)".', metavar="WORDS")
    ] = None
    form: Annotated[
        str | None,
        Option("Another form of the same session, whose numbers begin at 1 again.", metavar="NAME"),
    ] = None
    role: Annotated[str | None, Option("Role of new people of whom the file tells none.", metavar="ROLE")] = (
        None
    )
    board: Annotated[
        str | None, Option("Board of new people of whom the file tells none.", metavar="BOARD")
    ] = None
    into: Annotated[
        str | None,
        Option("A plain sheet: the log that its rows go to, such as accompaniment.", metavar="LOG"),
    ] = None
    columns: Annotated[
        list[str] | None,
        Option("A plain sheet: what a heading stands for.", name="--column", metavar="HEADING=COLUMN"),
    ] = None
    values: Annotated[
        list[str] | None,
        Option(
            "A plain sheet: what all rows have of a column that it lacks.",
            name="--value",
            metavar="COLUMN=VALUE",
        ),
    ] = None
    only: Annotated[
        str | None,
        Option("A calendar: only events of this category, or all; remembered.", metavar="CATEGORY"),
    ] = None
    day_first: Annotated[bool, Option("03/04/2025 is 3 April.")] = False
    month_first: Annotated[bool, Option("03/04/2025 is March 4.")] = False
    gone: Annotated[bool, Option("Rows that are gone from a sheet may be removed, more than 10 too.")] = False
    new_people: Annotated[bool, Option("Create a person for each full name or e-mail that nobody has.")] = (
        False
    )
    presenters: Annotated[
        bool, Option("Who presents and is nobody known takes part like others.", name="--with-presenters")
    ] = False
    comments: Annotated[
        bool, Option("Keep the comments of a form, in the private folder.", name="--keep-comments")
    ] = False
    create: Annotated[
        bool, Option("Add the session, with the options below; the file tells its day and title.")
    ] = False
    dry_run: Annotated[bool, Option("Show what would be written; write nothing.")] = False
    yes: Annotated[bool, Option("Write without asking.")] = False
    anyway: Annotated[
        bool,
        Option("Write rows of a sheet though some are odd or name somebody; add a session like another."),
    ] = False
    year: YearOption = None
    cells: Mapping[str, str] = field(default_factory=dict)
    drafts: Drafts = field(default_factory=Drafts)
    """The answers of whoever is asked."""

    @cached_property
    def project(self) -> Project:
        """The project around the command, opened when it is needed: a file without any day needs none yet."""
        return context.open_project()

    @cached_property
    def codes(self) -> Codes:
        """The roles and the boards that files may name, whatever the plan year."""
        known = Known(organisations=spellings_of(self.project.organisations[0]))
        return Codes(self.project.with_every_word(known))

    @property
    def is_asking(self) -> bool:
        """Is somebody at the terminal asked what the file does not tell, and whether to write?"""
        return terminal.is_at_terminal() and not (self.yes or self.dry_run)

    def ask_once(
        self, talk: Talk, command: str, name: str, inquiry: Inquiry[str], said: Mapping[str, str]
    ) -> str:
        """The answer to a question before which there is none to go back to; it waits as all others do."""
        if not self.is_asking:
            return talk.ask_alone(inquiry)
        year = context.load_year(self.project, self.year, logs=())
        while (found := self.drafts.ask(talk, year, command, name, inquiry, said)) is None:
            talk.tell(INDENT + talk.say("first"))
        return found

    @property
    def order(self) -> bool | None:
        """Whether days come before months, if that was said."""
        return True if self.day_first else False if self.month_first else None

    @property
    def date(self) -> dt.date | None:
        """The day of the session, as far as an option tells it."""
        text = self.cells.get("date") or self.day
        return context.day(text, context.plan_days(self.project, self.year)) if text else None

    def proposer(self, year: Year, session: Row, roster: Roster, answered: FormAnswers) -> Proposer:
        """The maker of the proposal for a session, with the options of the import."""
        scale = ScaleHints(
            self.positive_answers or "", self.not_positive or "", self.no_opinion or "", self.scale or ""
        )
        return Proposer(
            year,
            session,
            roster,
            scale,
            question=self.question or "",
            form=self.form or "",
            comments=self.comments,
            day=context.day(self.day, year.plan.window) if self.day else None,
            presenters=self.presenters,
            answered=answered,
        )


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


def import_command(files: Sequence[ExportFile]) -> str:
    return command_of(*(one.shown for one in files))


def read_file(path: Path, told: ImportOptions, day: dt.date | None) -> list[ExportFile]:
    """What one file says, or each of its sheets.

    Which number of a date is the month may follow from the day of the session, and from this: nobody
    attended to-morrow, or before the first plan year.
    """
    name = plain_name(path.name)
    if path.suffix.lower() in OWN_SUFFIXES:
        raise PrtError(Problem.of(Place(name), Mistake("not_an_export")))
    foreign = read_foreign(path, name)
    if errors(foreign.problems) or not foreign.grids:
        raise PrtError(*foreign.problems)
    hints = ReadingHints(
        day,
        told.order,
        partial(possible_days, told),
        tuple(split_labels(told.present or "")),
        lambda text: told.codes.group(text),
    )
    files = make_export_files(foreign.grids, name, foreign.digest, hints, told.as_)
    found = [*foreign.problems, *(problem for file in files for problem in file.export.problems)]
    if wrong := errors(found):
        raise PrtError(*wrong)
    for problem in found:
        context.say(str(problem))
    return files


def plain_name(name: str) -> str:
    """The name of a file without what a terminal would obey."""
    return " ".join(without_unseen(name).split())


def possible_days(told: ImportOptions) -> tuple[dt.date, dt.date]:
    """From the first day of the first plan year to today."""
    project = told.project
    plans = [project.plan(path)[0] for path in project.plan_paths]
    named = [plan for plan in plans if plan.year == told.year] or plans
    return min(plan.starts for plan in named), min(context.today(), max(plan.ends for plan in named))


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


def confirm_import(told: ImportOptions, *, sure: bool = True) -> bool:
    """--yes, or a yes on the terminal, which Enter is where nothing is odd; a script must say it."""
    return confirm_preview("import", yes=told.yes, enter=sure)


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
