"""What an import is told, and what its files say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.consent import confirm_preview
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.console.options import YearOption
from prt.console.signature import Option
from prt.entry.roster import Roster
from prt.files.project import Project, Year
from prt.files.workbook.cell_text import without_unseen
from prt.files.workbook.grid import read_foreign
from prt.imports.export import ReadingHints
from prt.imports.proposing.proposal import (
    ExportFile,
    FormAnswers,
    Proposer,
    make_export_files,
)
from prt.imports.reading.codes import Codes
from prt.imports.reading.scales import ScaleHints, split_labels
from prt.imports.sources.registry import SOURCES
from prt.model.cells import Known
from prt.model.plan import spellings_of
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.tasks.imports.asking.drafts import Drafts, command_of
from prt.values import dataclass, field

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


def confirm_import(told: ImportOptions, *, sure: bool = True) -> bool:
    """--yes, or a yes on the terminal, which Enter is where nothing is odd; a script must say it."""
    return confirm_preview("import", yes=told.yes, enter=sure)
