"""THE LOGS: one class per CSV file, one field per column.

From a class come the header of the file, the options and questions of `prt log`, what is checked, the
JSON schema and the reference page. What one row can know about itself is in `mistakes`; what needs the
plan or another row is a rule among the checks. The columns are those of the plan's own annexes.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar

from prt.model.calendar import Calendar
from prt.model.cells import (
    Cell,
    Day,
    Exact,
    Hours,
    IndicatorCell,
    IndicatorId,
    Known,
    LineId,
    Minutes,
    Number,
    OneOf,
    Organisation,
    OrganisationList,
    Person,
    PlanNumberCell,
    RowIdCell,
    Whole,
    Word,
    WordList,
    Words,
    YesNo,
    without_unit,
)
from prt.model.columns import Annex, Fill, LogRecord, Record, blank, needed
from prt.problems import Mistake

MEETING = "meeting"
"""The format of a gathering that is no workshop."""
Format = Annotated[str, OneOf(("full-day", "half-day", "short", "two-day", MEETING))]
Mode = Annotated[str, OneOf(("online", "in-person", "hybrid"), (("en personne", "in-person"),))]
Held = Annotated[str, OneOf(("planned", "held", "cancelled"), (("canceled", "cancelled"),), closed=True)]
STAFF = "prt-staff"
"""The role of the team itself, whose hours count and who are no participants."""
Role = Annotated[
    str,
    OneOf(
        ("cda", "principal", "sb-rep", "transition-agent", "teacher", STAFF, "other"),
        (("adc", "cda"), ("direction", "principal"), ("enseignant", "teacher"), ("autre", "other")),
        "role",
    ),
]
HourKind = Annotated[
    str, OneOf(("contact", "preparation", "follow-up", "travel"), (("followup", "follow-up"),), "hour_kind")
]
ToolKind = Annotated[str, OneOf(("tool", "capsule", "vignette"))]
ToolAudience = Annotated[str, OneOf(("cda", "clc-team"))]
Work = Annotated[str, OneOf(("new", "revamp"), closed=True)]
PartnershipEvent = Annotated[str, OneOf(("contacted", "agreement", "seat"), closed=True)]
PROGRESS_REPORT, ACTION_PLAN = "progress-report", "action-plan"
"""The documents that prt itself looks for: the report on a period, and the plan of the year."""
DeliverableKind = Annotated[str, OneOf((PROGRESS_REPORT, ACTION_PLAN, "other"))]
SessionId = Annotated[str, RowIdCell("sessions")]
RequestId = Annotated[str, RowIdCell("requests")]
RoundNumber = Annotated[int, PlanNumberCell("round")]
PeriodNumber = Annotated[int, PlanNumberCell("period")]
OrganisationType = Annotated[
    str, OneOf(("school-board", "service-centre", "private-school", "partner", "other"), closed=True)
]


def in_order(row: Any, *columns: str) -> Iterator[tuple[str, Mistake]]:
    """Each of these numbers may be at most the one before it, where both are known."""
    known = [(name, row[name]) for name in columns if row[name] is not None]
    for (larger, most), (name, value) in itertools.pairwise(known):
        if value > most:
            found = Mistake("part_over_whole", part=value, of_part=name, whole=most, of_whole=larger)
            yield name, found.said_at(option="part_over_whole_option")


def person_or_role_and_board(row: Any) -> Iterator[tuple[str, Mistake]]:
    for name in ("role", "board") if row["person"] is None else ():
        if row[name] is None:
            yield name, Mistake("person_missing", column=name)


class Session(LogRecord):
    """A workshop or a meeting: the line and the format tell which."""

    log = "sessions"
    prefix = "w"
    kinds = ("workshop", "meeting")
    told_by_kind: ClassVar[Mapping[str, Mapping[str, str]]] = {"meeting": {"format": MEETING}}
    plannable = True
    chain = ("positive", "answered", "respondents", "participants")
    part_of: ClassVar[Mapping[str, str]] = {
        "positive": "answered",
        "answered": "participants",
        "respondents": "participants",
    }
    gathering = True
    stand_ins: ClassVar[Mapping[str, str]] = {"answered": "respondents"}
    shares = (("respondents", "participants"), ("positive", "answered"))
    placing = frozenset({"date", "last_day", "status"})
    same = ("line", "date")
    alike = "title"
    similar = ("line",)
    repeated = ("format", "mode", "audience")
    repeated_if_titled = ("focus", "tags")
    offered_if_titled = ("category",)
    title_column = "title"
    given_again = True
    listed = ("id", "date", "line", "title", "format", "participants")
    missed_if_counted = frozenset({"boards", "respondents"})
    shown = ("date", "title", "audience", "participants", "boards", "respondents", "answered", "positive")
    annex = Annex("activities", 1)
    counted_by = "line"
    unprompted = frozenset({"status", "feedback_form", "answered", "respondents", "positive"})
    prompted_together = ("respondents", "positive")
    prompted_last = ("evidence",)

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
    def counting_days(cls, rows: Sequence[Any], calendar: Calendar) -> list[dt.date]:
        """A session counts on its last day."""
        return [row["last_day"] or row["date"] for row in rows]

    @classmethod
    def complete(cls, row: Any, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[str, Mistake]]]:
        """An empty `answered` is `respondents`, unless the positive answers too come from feedback rows; an
        empty `series` is the session itself.

        More positive answers than answers, of which one was typed: neither can be trusted in a percentage.
        """
        cells, wrong = dict(given), list[tuple[str, Mistake]]()
        from_rows = "answered" in given and row["positive"] is None
        if row["answered"] is None and row["respondents"] is not None and not from_rows:
            cells["answered"] = row["respondents"]
        answered, positive = (cells.get(name, row[name]) for name in ("answered", "positive"))
        if answered is not None and positive is not None and positive > answered:
            mistake = Mistake("positive_over_answered", positive=positive, answered=answered)
            wrong.append(("positive", mistake))
            cells = {name: value for name, value in cells.items() if name not in ("answered", "positive")}
        if row["series"] is None:
            cells["series"] = row.name
        return cells, wrong

    @classmethod
    def prompted(cls, values: Mapping[str, Any]) -> set[str]:
        return {"last_day"} if values.get("format") == "two-day" else set()

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        yield from in_order(row, "respondents", "answered", "positive")
        if row["last_day"] and row["date"] and row["last_day"] < row["date"]:
            yield "last_day", Mistake("last_day_before_first")

    @classmethod
    def gaps(cls, row: Any) -> Iterator[tuple[str, str]]:
        if row["participants"] is None:
            yield "participants", "--participants N"
        if not row["boards"]:
            yield "boards", "--boards CODES"
        if row["feedback_form"] and row["answered"] is None:
            yield "feedback", "--respondents N --positive N"
        elif row["answered"] is not None and row["respondents"] is None:
            yield "respondents", "--respondents N"

    @classmethod
    def doubts(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        """More people answered than came: the first of the numbers that says so."""
        came = row["participants"]
        said = ((name, row[name]) for name in ("respondents", "answered", "positive"))
        over = [(name, number) for name, number in said if None not in (came, number) and number > came]
        for name, number in over[:1]:
            yield name, Mistake("more_than_came", number=number, column=name, participants=came)


class Attendance(LogRecord):
    """One person, or one unnamed presence, at one day of a session."""

    log = "attendance"
    prefix = "at"
    kinds = ("attendance",)
    in_menu = False
    parent = "sessions"
    presences = True
    persons = True
    placing = frozenset({"session", "person", "role", "minutes"})
    same = ("session", "date", "person")
    happened = ("date",)
    listed = ("id", "session", "person", "role", "board", "minutes")

    fills: ClassVar[Mapping[str, Fill]] = {
        "participants": Fill(
            lambda row: (row["person"], row["date"]),
            frozenset({"session", "person", "date", "role", "minutes"}),
        ),
        "boards": Fill(
            lambda row: row["board"], frozenset({"session", "person", "board", "role", "minutes"})
        ),
    }

    session: SessionId = needed("Id of the session")
    date: Day = needed("Day present")
    person: Person | None = blank("Id of the person; empty: present but unnamed")
    role: Role | None = blank("Role held that day")
    board: Organisation | None = blank("Board on that day")
    minutes: Minutes | None = blank("Minutes present; empty: the whole time")

    @classmethod
    def fill(cls, rows: Sequence[Any]) -> dict[str, Any]:
        """Different persons, plus the day with most unnamed ones; and their boards. Where nobody counts it is
        unknown who was there.
        """
        person, date, board = (cls.indexes()[name] for name in ("person", "date", "board"))
        present = [row.values for row in rows if not row.left_out]
        if not present:
            return {}
        persons = {values[person] for values in present} - {None}
        unnamed = Counter([values[date] for values in present if values[person] is None])
        found: dict[str, Any] = {"participants": len(persons) + max(unnamed.values(), default=0)}
        if boards := tuple(sorted({values[board] for values in present} - {None})):
            found["boards"] = boards
        return found


class Feedback(LogRecord):
    """One returned feedback form."""

    log = "feedback"
    prefix = "fb"
    kinds = ("feedback",)
    in_menu = False
    parent = "sessions"
    persons = True
    placing = frozenset({"session", "response"})
    same = ("session", "response")
    listed = ("id", "session", "response", "positive", "answer")

    fills: ClassVar[Mapping[str, Fill]] = {
        "respondents": Fill(lambda row: row["response"], frozenset({"session", "response"})),
        "answered": Fill(
            lambda row: None if row["positive"] is None else row["response"],
            frozenset({"session", "response", "positive"}),
        ),
        "positive": Fill(
            lambda row: row["response"] if row["positive"] else None,
            frozenset({"session", "response", "positive"}),
        ),
    }

    session: SessionId = needed("Id of the session")
    response: Words = needed("Number of the response in its form")
    answer: Words | None = blank("Answer to the question that says positive")
    positive: YesNo | None = blank("Is the answer positive? Empty: not answered")

    @classmethod
    def fill(cls, rows: Sequence[Any]) -> dict[str, Any]:
        """Forms returned, answers to the question that says positive, and positive ones."""
        first = {row["response"]: row["positive"] for row in reversed(rows)}
        said = [positive for positive in first.values() if positive is not None]
        return {"respondents": len(first), "answered": len(said), "positive": sum(said)}

    @classmethod
    def prompted(cls, values: Mapping[str, Any]) -> set[str]:
        return {"positive"}


class Request(LogRecord):
    """A request for accompaniment."""

    log = "requests"
    prefix = "r"
    kinds = ("request",)
    persons = True
    same = ("date", "person", "role", "board", "objective")
    happened = ("date",)
    title_column = "objective"
    listed = ("id", "date", "person", "role", "board", "objective")

    date: Day = needed("Day of the request")
    person: Person | None = blank("Who asked")
    role: Role | None = blank("Role of who asked, on that day")
    board: Organisation | None = blank("Board of who asked, on that day")
    objective: Word = needed("What the accompaniment is to achieve")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        return person_or_role_and_board(row)


class Accompaniment(LogRecord):
    """Coaching, consulting or support given to a CLC team: hours of the team’s staff."""

    log = "accompaniment"
    prefix = "a"
    kinds = ("accompaniment",)
    in_menu = False
    persons = True
    same = ("date", "staff", "hours", "kind", "board", "centre", "role", "person", "objective")
    happened = ("date",)
    title_column = "objective"
    listed = ("id", "date", "staff", "hours", "person", "role", "board", "objective")
    annex = Annex("numbers", 4)
    broken_down = ("objective", "role", "board")
    place_column = "board"
    topic_column = "objective"

    date: Day = needed("Day of the work")
    staff: Person = needed("Who of the team gave the hours")
    hours: Hours = needed("Hours given: 1.5, 1,5, 1h30 or 90 min")
    kind: HourKind | None = blank("contact, preparation, follow-up or travel; empty is contact", "contact")
    request: RequestId | None = blank("Id of the request that it answers")
    person: Person | None = blank("Person accompanied")
    role: Role | None = blank("Role of the person accompanied, on that day")
    board: Organisation | None = blank("Board of the person accompanied, on that day")
    centre: Words | None = blank("Community Learning Centre")
    objective: Word = needed("Objective of the accompaniment")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        return person_or_role_and_board(row)


class PartnerSupport(LogRecord):
    """Hours given to a partner or a community table."""

    log = "partner-support"
    prefix = "ps"
    kinds = ("partner-support",)
    in_menu = False
    same = ("date", "staff", "hours", "organisation", "purpose")
    happened = ("date",)
    title_column = "organisation"
    listed = ("id", "date", "staff", "hours", "organisation", "purpose")
    shown = ("date", "organisation", "purpose", "hours")
    annex = Annex("numbers", 5)
    broken_down = ("organisation", "purpose")
    place_column = "organisation"
    topic_column = "purpose"
    offered_by: ClassVar[Mapping[str, str]] = {"purpose": "organisation"}

    date: Day = needed("Day of the work")
    staff: Person = needed("Who of the team gave the hours")
    hours: Hours = needed("Hours given: 1.5, 1,5, 1h30 or 90 min")
    organisation: Organisation = needed("Organisation or table supported")
    purpose: Words = needed("Purpose of the support")


class Partnership(LogRecord):
    """What happened with a partner: first contacted, agreement signed, seat at its table this year."""

    log = "partnerships"
    prefix = "pa"
    kinds = ("partnership",)
    told_by_kind: ClassVar[Mapping[str, Mapping[str, str]]] = {"agreement": {"event": "agreement"}}
    same = ("organisation", "event")
    similar = ("organisation",)
    repeated = ("level",)
    title_column = "organisation"
    listed = ("id", "date", "organisation", "event", "level", "new")
    shown = ("date", "organisation", "event", "level", "new")
    annex = Annex("rows", 6)
    counted_by = "event"

    date: Day = needed("Day of the event")
    organisation: Organisation = needed("Partner or community table")
    event: PartnershipEvent = needed("contacted, agreement, or seat (once for each plan year)")
    level: Word | None = blank("Level of a table")
    new: YesNo | None = blank("Is the agreement new, or a renewal?")


class Tool(LogRecord):
    """A tool, training capsule or video vignette."""

    log = "tools"
    prefix = "t"
    kinds = ("tool",)
    same = ("kind",)
    alike = "title"
    same_link = "url"
    linked = ("published", "url")
    similar = ("kind",)
    repeated_if_titled = ("audience", "theme")
    title_column = "title"
    listed = ("id", "date", "kind", "title", "audience", "published")
    shown = ("date", "kind", "title", "audience", "theme", "learning_objective", "published", "url")
    annex = Annex("rows", 2)
    counted_by = "kind"

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
            yield "learning_objective", Mistake("capsule_without_objective")

    @classmethod
    def doubts(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        """What is new is developed first; what is revamped may have been published for years."""
        day, published = row["date"], row["published"]
        if published and day and published < day and row["work"] != "revamp":
            yield "published", Mistake("published_before", published=published, day=day)


class Update(LogRecord):
    """An update of the CLC section of the website."""

    log = "updates"
    prefix = "u"
    kinds = ("update",)
    same = ("date",)
    alike = "description"
    same_link = "url"
    title_column = "description"
    listed = ("id", "date", "description", "section")
    shown = ("date", "description", "section", "url")
    annex = Annex("rows", 3)
    counted_by = "section"

    date: Day = needed("Day of the update")
    description: Words = needed("What was updated")
    section: Words | None = blank("Section of the site")
    url: Words | None = blank("Address")


class Survey(LogRecord):
    """How many persons of one role were sent a survey, and how many completed it."""

    log = "surveys"
    prefix = "s"
    kinds = ("survey",)
    chain = ("completed", "invited")
    part_of: ClassVar[Mapping[str, str]] = {"completed": "invited"}
    same = ("campaign", "role")
    happened = ("date",)
    title_column = "campaign"
    listed = ("id", "date", "campaign", "role", "invited", "completed")
    shown = ("date", "campaign", "role", "invited", "completed")
    annex = Annex("rows", 7)
    counted_by = "role"

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
    kinds = ("journal",)
    persons = True
    same = ("round", "person")
    happened = ("date", "feedback_on")
    listed = ("id", "round", "person", "date", "feedback_on")
    annex = Annex("numbers", 8)
    broken_down = ("round",)

    round: RoundNumber = needed("Round of the plan: 1, 2 or 3")
    person: Person = needed("Who submitted it")
    date: Day = needed("Day it was submitted")
    feedback_on: Day | None = blank("Day the team gave feedback on it")


class Deliverable(LogRecord):
    """A document sent to the funder. With a period it counts on the last day of that period."""

    log = "deliverables"
    prefix = "d"
    kinds = ("deliverable",)
    in_menu = False
    placing = frozenset({"date", "period"})
    reports_on = "period"
    once_a_period = "kind"
    logged_by_submit: ClassVar[Mapping[str, str]] = {"kind": PROGRESS_REPORT}
    same = ("kind", "period", "title")
    same_link = "url"
    for_record: ClassVar[Mapping[str, str]] = {"kind": "other"}
    title_column = "title"
    listed = ("id", "date", "kind", "title", "period")
    shown = ("date", "title", "kind", "period", "posted_on", "url")
    annex = Annex("rows", 9)
    counted_by = "kind"

    kind: DeliverableKind = needed("progress-report, action-plan or other")
    title: Words = needed("Title")
    period: PeriodNumber | None = blank("Period that it reports on")
    date: Day = needed("Day it was submitted")
    posted_on: Day | None = blank("Day it was posted on the website")
    url: Words | None = blank("Where it is posted")


class TypedFigure(LogRecord):
    """A figure that somebody typed, for an indicator of kind `typed`; the latest one holds."""

    log = "figures"
    prefix = "fg"
    kinds = ("figure",)
    in_menu = False
    placing = frozenset({"date", "indicator", "value"})
    same = ("indicator", "date")
    title_column = "indicator"
    listed = ("id", "indicator", "date", "value", "evidence")
    shown = ("date", "value")

    indicator: IndicatorId = needed("Indicator of the plan")
    date: Day = needed("Day on which the figure held")
    value: Number = needed("The figure: 12, 1.25 or 75%")
    evidence: Words = needed("Where the figure comes from: a path or a link")

    @classmethod
    def without_units(cls, cells: Mapping[str, str], known: Known) -> Mapping[str, str]:
        """A figure may be typed with the unit of its indicator: `2 $`."""
        if not known.units or not cells.get("value") or not cells.get("indicator"):
            return cells
        try:
            indicator = IndicatorCell().read(cells["indicator"], known, "indicator")
        except Mistake:
            return cells
        return {**cells, "value": without_unit(cells["value"], known.units.get(indicator, ()))}


class OrganisationRecord(Record):
    """A school board or any other body. Only those that count as boards are counted as boards."""

    log = "organisations"
    prefix = ""
    id_column = "code"
    divided_by = ("type", "counts_as_board")

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
    divided_by = ("role", "board", "centre")
    apart = ("role", "board", "start")

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
            yield "end", Mistake("post_ends_before_start")


class NameRecord(Record):
    """The name behind an id: personal information, kept in the private folder and nowhere else."""

    log = "names"
    prefix = "p"

    id: Person = needed("Id of the person")
    name: Words = needed("Name, as First Last")
    email: Words | None = blank("E-mail address, such as zoe@example.org")
    other_names: WordList | None = blank("Other spellings of the name, and other e-mails", ())


class Correction(Record):
    """What was edited, removed or taken back: nothing that was entered is ever lost."""

    log = "corrections"
    prefix = "c"
    grows = True
    free_text = True
    apart = ("when", "action", "row", "column")

    id: Exact | None = blank("Id of the correction")
    when: Words = needed("Day and time")
    who: Words | None = blank("Who made it")
    action: Words = needed("edited, removed or restored")
    file: Exact = needed("File of the row")
    row: Exact = needed("Id of the row")
    column: Words | None = blank("Column; empty for a whole row")
    old: Exact | None = blank("What it was; of a whole row its line in the file")
    new: Exact | None = blank("What it is now")
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


def cells_named(name: str) -> list[Cell]:
    """The kinds of cell of every column of this name: of one log, as `tools.kind`, or of all tables."""
    log, _, column = name.rpartition(".")
    models = [LOGS[log]] if log in LOGS else [] if log else [*LOGS.values(), *ROSTERS.values()]
    return [found.cell for model in models if (found := model.column_named(column))]


def list_named(name: str) -> OneOf | None:
    """The program's own list that every column of this name has; None where they differ, or have none."""
    cells = {*cells_named(name)}
    only = cells.pop() if len(cells) == 1 else None
    return only if isinstance(only, OneOf) else None


def hours_logs() -> list[type[LogRecord]]:
    """The logs of hours that the team gave: one sheet, one calendar and lines of words fill all of them."""
    return [model for model in LOGS.values() if model.gives_hours()]


def children_of(log: str) -> list[str]:
    """The logs whose rows belong to rows of this one."""
    return [name for name, model in LOGS.items() if model.parent == log]


def related_logs(log: str) -> list[str]:
    """A log with its parent and children: their rows count together."""
    parent = LOGS[log].parent or log
    return [parent, *children_of(parent)]


def named_logs() -> list[str]:
    """The logs whose rows other rows name, such as the request that hours answer."""
    named = {
        column.cell.log
        for model in LOGS.values()
        for column in model.columns()
        if isinstance(column.cell, RowIdCell)
    }
    return [name for name in LOGS if name in named]


def row_kinds() -> dict[str, str]:
    """What a user calls one row, and the log that it goes to."""
    return {kind: model.log for model in LOGS.values() for kind in model.kinds}


def row_words() -> dict[str, str]:
    """Every word for a row, and its log: the kinds first, then the words that tell some of its cells."""
    return row_kinds() | {word: model.log for model in LOGS.values() for word in model.told_by_kind}
