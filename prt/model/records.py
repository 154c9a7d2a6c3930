"""THE LOGS: one class per CSV file, one field per column.

From a class come the header of the file, the options and questions of `prt log`, what is checked, the
JSON schema and the reference page. What one row can know about itself is in `mistakes`; what needs the
plan or another row is a rule among the checks. The columns are those of the plan's own annexes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, get_args

from prt.model.base import Base, Field
from prt.model.cells import (
    Cell,
    Day,
    Hours,
    IndicatorId,
    LineId,
    Minutes,
    Number,
    OneOf,
    Organisation,
    OrganisationList,
    Person,
    Value,
    Whole,
    Word,
    WordList,
    Words,
    YesNo,
)
from prt.problems import Mistake

Format = Annotated[str, OneOf(("full-day", "half-day", "short", "two-day", "meeting"))]
Mode = Annotated[str, OneOf(("online", "in-person", "hybrid"))]
Held = Annotated[str, OneOf(("planned", "held", "cancelled"), (("canceled", "cancelled"),))]
Role = Annotated[
    str,
    OneOf(
        ("cda", "principal", "sb-rep", "transition-agent", "teacher", "prt-staff", "other"),
        (("adc", "cda"), ("direction", "principal"), ("enseignant", "teacher"), ("autre", "other")),
    ),
]
HourKind = Annotated[
    str, OneOf(("contact", "preparation", "follow-up", "travel"), (("followup", "follow-up"),))
]
ToolKind = Annotated[str, OneOf(("tool", "capsule", "vignette"))]
ToolAudience = Annotated[str, OneOf(("cda", "clc-team"))]
Work = Annotated[str, OneOf(("new", "revamp"))]
PartnershipEvent = Annotated[str, OneOf(("contacted", "agreement", "seat"))]
DeliverableKind = Annotated[str, OneOf(("progress-report", "action-plan", "other"))]
OrganisationType = Annotated[
    str, OneOf(("school-board", "service-centre", "private-school", "partner", "other"))
]


def needed(description: str) -> Any:
    return Field(description=description)


def blank(description: str, empty: Value = None) -> Any:
    """A column that may be empty; `empty` is what an empty cell then means."""
    return Field(default=empty, description=description)


class Column:
    """One column: its name, whether a row needs it, its kind of cell, what an empty cell means."""

    def __init__(self, field: Field) -> None:
        self.name = field.name
        self.required = field.required
        self.description = field.description
        self.empty: Value = None if self.required else field.default
        self.cell = cell_of(field.hint)

    @property
    def option(self) -> str:
        return "--" + self.name.replace("_", "-")


def cell_of(hint: Any) -> Cell:
    """The kind of cell that a type names, inside `| None` too."""
    metadata = (meta for part in (hint, *get_args(hint)) for meta in getattr(part, "__metadata__", ()))
    return next(meta for meta in metadata if isinstance(meta, Cell))


class Record(Base):
    """A row of a log, as it is written."""

    log: ClassVar[str]
    prefix: ClassVar[str]
    id_column: ClassVar[str] = "id"

    @classmethod
    def columns(cls) -> tuple[Column, ...]:
        """All columns in the order of the file: `id`, the log's own, then `note` and `evidence`."""
        return _columns(cls)

    @classmethod
    def column_named(cls, name: str) -> Column | None:
        return _by_name(cls).get(name)

    @classmethod
    def header(cls) -> list[str]:
        return [column.name for column in cls.columns()]

    @classmethod
    def indexes(cls) -> dict[str, int]:
        """Where each column stands among the values of a row."""
        return _indexes(cls)

    @classmethod
    def has_mistakes(cls) -> bool:
        """Is there anything that a row of this log can know about itself?"""
        return cls.mistakes.__func__ is not Record.mistakes.__func__  # type: ignore[attr-defined]

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        """(column, Mistake) of all that a row can know about itself; `row[column]` is its value."""
        yield from ()


@cache
def _columns(model: type[Record]) -> tuple[Column, ...]:
    last = [name for name in ("note", "evidence") if name in model.fields]
    names = [name for name in model.fields if name not in last] + last
    return tuple(Column(model.fields[name]) for name in names)


@cache
def _indexes(model: type[Record]) -> dict[str, int]:
    return {column.name: place for place, column in enumerate(model.columns())}


@cache
def _by_name(model: type[Record]) -> dict[str, Column]:
    return {column.name: column for column in model.columns()}


class LogRecord(Record):
    """What every log has beside its own columns."""

    id: Words | None = blank("Unique id, such as w-20241016-7kq2; given by prt")
    note: Words | None = blank("Anything worth remembering; no names")
    evidence: Words | None = blank("Where the document is: a path or a link")


def in_order(row: Any, *columns: str) -> Iterator[tuple[str, Mistake]]:
    """Each of these numbers may be at most the one before it, where both are known."""
    known = [(name, row[name]) for name in columns if row[name] is not None]
    for (larger, most), (name, value) in itertools.pairwise(known):
        if value > most:
            yield name, Mistake(f"{value} {name} of {most} {larger} is impossible", "Correct one of the two.")


def person_or_role_and_board(row: Any) -> Iterator[tuple[str, Mistake]]:
    for name in ("role", "board"):
        if row["person"] is None and row[name] is None:
            yield name, Mistake(f"{name} is missing", f"Give the person's id, or the {name}.")


class Session(LogRecord):
    """A workshop or a meeting: the line and the format tell which."""

    log = "sessions"
    prefix = "w"

    line: LineId = needed("Line of the plan that it belongs to")
    date: Day = needed("First day")
    last_day: Day | None = blank("Last day, where it took several")
    title: Words = needed("Title, in the language it was given in")
    theme: Words | None = blank("Theme")
    category: Word | None = blank("Category that a target counts")
    focus: Word | None = blank("Focus area")
    tags: WordList | None = blank("Cross-cutting themes", ())
    audience: Word | None = blank("For whom")
    format: Format = needed("full-day, half-day, short, two-day or meeting")
    mode: Mode | None = blank("online, in-person or hybrid")
    status: Held | None = blank("planned, held or cancelled; empty is held", "held")
    series: Words | None = blank("The same meeting offered twice has one name here; empty is the row itself")
    host: Organisation | None = blank("Organisation that hosts it")
    boards: OrganisationList | None = blank("Boards present; empty: from the attendance", ())
    participants: Whole | None = blank("Persons present, staff not counted; empty: from the attendance")
    feedback_form: YesNo | None = blank("Was there a feedback form?")
    respondents: Whole | None = blank("Forms returned; empty: from the feedback")
    answered: Whole | None = blank(
        "Answers to the question that says positive; empty: as many as respondents"
    )
    positive: Whole | None = blank("Positive answers; empty: from the feedback")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        yield from in_order(row, "respondents", "answered", "positive")
        if row["last_day"] and row["date"] and row["last_day"] < row["date"]:
            yield "last_day", Mistake("the last day is before the first", "Correct one of the two.")


class Attendance(LogRecord):
    """One person, or one unnamed presence, at one day of a session."""

    log = "attendance"
    prefix = "at"

    session: Words = needed("Id of the session")
    date: Day = needed("Day present")
    person: Person | None = blank("Id of the person; empty: present but unnamed")
    role: Role | None = blank("Role held that day")
    board: Organisation | None = blank("Board on that day")
    minutes: Minutes | None = blank("Minutes present; empty: the whole time")


class Feedback(LogRecord):
    """One returned feedback form."""

    log = "feedback"
    prefix = "fb"

    session: Words = needed("Id of the session")
    response: Words = needed("Number of the response in its form")
    answer: Words | None = blank("Answer to the question that says positive")
    positive: YesNo | None = blank("Is the answer positive? Empty: not answered")


class Request(LogRecord):
    """A request for accompaniment."""

    log = "requests"
    prefix = "r"

    date: Day = needed("Day of the request")
    person: Person | None = blank("Who asked")
    role: Role | None = blank("Role of who asked, on that day")
    board: Organisation | None = blank("Board of who asked, on that day")
    objective: Word = needed("What the accompaniment is to achieve")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        yield from person_or_role_and_board(row)


class Accompaniment(LogRecord):
    """Coaching, consulting or support given to a CLC team: hours of PRT staff."""

    log = "accompaniment"
    prefix = "a"

    date: Day = needed("Day of the work")
    staff: Person = needed("Who of the team gave the hours")
    hours: Hours = needed("Hours given: 1.5, 1,5, 1h30 or 90 min")
    kind: HourKind | None = blank("contact, preparation, follow-up or travel; empty is contact", "contact")
    request: Words | None = blank("Id of the request that it answers")
    person: Person | None = blank("Person accompanied")
    role: Role | None = blank("Role of the person accompanied, on that day")
    board: Organisation | None = blank("Board of the person accompanied, on that day")
    centre: Words | None = blank("Community Learning Centre")
    objective: Word = needed("Objective of the accompaniment")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        yield from person_or_role_and_board(row)


class PartnerSupport(LogRecord):
    """Hours given to a partner or a community table."""

    log = "partner-support"
    prefix = "ps"

    date: Day = needed("Day of the work")
    staff: Person = needed("Who of the team gave the hours")
    hours: Hours = needed("Hours given: 1.5, 1,5, 1h30 or 90 min")
    organisation: Organisation = needed("Organisation or table supported")
    purpose: Words = needed("Purpose of the support")


class Partnership(LogRecord):
    """What happened with a partner: first contacted, agreement signed, seat at its table this year."""

    log = "partnerships"
    prefix = "pa"

    date: Day = needed("Day of the event")
    organisation: Organisation = needed("Partner or community table")
    event: PartnershipEvent = needed("contacted, agreement, or seat (once for each plan year)")
    level: Word | None = blank("Level of a table")
    new: YesNo | None = blank("Is the agreement new, or a renewal?")


class Tool(LogRecord):
    """A tool, training capsule or video vignette."""

    log = "tools"
    prefix = "t"

    date: Day = needed("Day it was developed")
    kind: ToolKind = needed("tool, capsule or vignette")
    title: Words = needed("Title")
    audience: ToolAudience = needed("Its one primary audience: cda or clc-team")
    theme: Words | None = blank("Theme")
    learning_objective: Words | None = blank("Learning objective; required for a capsule")
    work: Work | None = blank("new or revamp; empty is new", "new")
    published: Day | None = blank("Day it was published on the website")
    url: Words | None = blank("Where it is published")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        if row["kind"] == "capsule" and row["learning_objective"] is None:
            yield (
                "learning_objective",
                Mistake(
                    "a capsule has a learning objective", "Write it: the plan asks for it for each capsule."
                ),
            )


class Update(LogRecord):
    """An update of the CLC section of the website."""

    log = "updates"
    prefix = "u"

    date: Day = needed("Day of the update")
    description: Words = needed("What was updated")
    section: Words | None = blank("Section of the site")
    url: Words | None = blank("Address")


class Survey(LogRecord):
    """How many persons of one role were sent a survey, and how many completed it."""

    log = "surveys"
    prefix = "s"

    date: Day = needed("Day it was sent")
    campaign: Word = needed("Name of the survey, such as year-end")
    role: Role = needed("Role of those who were asked")
    invited: Whole = needed("Persons invited")
    completed: Whole | None = blank("Surveys completed; empty: not known yet")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        yield from in_order(row, "invited", "completed")


class Journal(LogRecord):
    """An online journal submitted by a CDA."""

    log = "journals"
    prefix = "j"

    round: Whole = needed("Round of the plan: 1, 2 or 3")
    person: Person = needed("Who submitted it")
    date: Day = needed("Day it was submitted")
    feedback_on: Day | None = blank("Day the team gave feedback on it")


class Deliverable(LogRecord):
    """A document sent to the funder. With a period it counts on the last day of that period."""

    log = "deliverables"
    prefix = "d"

    kind: DeliverableKind = needed("progress-report, action-plan or other")
    title: Words = needed("Title")
    period: Whole | None = blank("Period that it reports on")
    date: Day = needed("Day it was submitted")
    posted_on: Day | None = blank("Day it was posted on the website")
    url: Words | None = blank("Where it is posted")


class TypedFigure(LogRecord):
    """A figure that somebody typed, for an indicator of kind `typed`; the latest one holds."""

    log = "figures"
    prefix = "fg"

    indicator: IndicatorId = needed("Indicator of the plan")
    date: Day = needed("Day on which the figure held")
    value: Number = needed("The figure: 12, 1.25 or 75%")
    evidence: Words = needed("Where the figure comes from: a path or a link")


class OrganisationRecord(Record):
    """A school board or any other body. Only those that count as boards are counted as boards."""

    log = "organisations"
    prefix = ""
    id_column = "code"

    code: Words = needed("Short code, such as EMSB")
    name_en: Words = needed("Name in English")
    name_fr: Words = needed("Name in French")
    type: OrganisationType = needed("school-board, service-centre, private-school, partner or other")
    counts_as_board: YesNo = needed("Is it one of the boards that the plan counts?")
    aliases: WordList | None = blank("Other spellings", ())
    note: Words | None = blank("Anything worth remembering")


class PersonRecord(Record):
    """One role held by one person; somebody with two roles has two rows with one id. No names."""

    log = "people"
    prefix = "p"

    id: Person = needed("Id of the person; the name is in data/private/names.csv alone")
    role: Role = needed("Role held")
    board: Organisation | None = blank("Board")
    centre: Words | None = blank("Community Learning Centre")
    start: Day | None = blank("First day in this role; empty: before the plan year")
    end: Day | None = blank("Last day in this role; empty: still in post")
    new_in: Words | None = blank("Plan year in which the person is welcomed as new, such as 2024-2025")
    note: Words | None = blank("Anything worth remembering; no names")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        if row["start"] and row["end"] and row["end"] < row["start"]:
            yield "end", Mistake("the last day in post is before the first", "Correct one of the two.")


class NameRecord(Record):
    """The name behind an id: personal information, kept in the private folder and nowhere else."""

    log = "names"
    prefix = "p"

    id: Person = needed("Id of the person")
    name: Words = needed("Name, as First Last")
    email: Words | None = blank("E-mail")
    other_names: WordList | None = blank("Other spellings of the name, and other e-mails", ())


class Correction(Record):
    """What was edited, removed or taken back: nothing that was entered is ever lost."""

    log = "corrections"
    prefix = "c"

    id: Words | None = blank("Id of the correction")
    when: Words = needed("Day and time")
    who: Words | None = blank("Who made it")
    action: Words = needed("edited, removed or restored")
    file: Words = needed("File of the row")
    row: Words = needed("Id of the row")
    column: Words | None = blank("Column; empty for a whole row")
    old: Words | None = blank("What it was; of a whole row its line in the file")
    new: Words | None = blank("What it is now")
    why: Words | None = blank("Reason")


LOGS: dict[str, type[LogRecord]] = {
    model.log: model
    for model in (
        Session,
        Attendance,
        Feedback,
        Request,
        Accompaniment,
        PartnerSupport,
        Partnership,
        Tool,
        Update,
        Survey,
        Journal,
        Deliverable,
        TypedFigure,
    )
}
ROSTERS: dict[str, type[Record]] = {model.log: model for model in (OrganisationRecord, PersonRecord)}

KINDS: dict[str, str] = {
    "workshop": "sessions",
    "meeting": "sessions",
    "attendance": "attendance",
    "feedback": "feedback",
    "request": "requests",
    "accompaniment": "accompaniment",
    "partner-support": "partner-support",
    "partnership": "partnerships",
    "tool": "tools",
    "update": "updates",
    "survey": "surveys",
    "journal": "journals",
    "deliverable": "deliverables",
    "figure": "figures",
}
"""What a user calls one row, and the log that it goes to."""
