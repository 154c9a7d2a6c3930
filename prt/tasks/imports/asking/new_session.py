"""A session that is added for a file: by options, or by the questions of `prt log`."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence

from prt.console import context
from prt.console.dialogue.talk import Talk
from prt.files.privacy.personal import traces
from prt.files.privacy.walk import known_names
from prt.files.project import Year
from prt.files.yaml.words import read_topic
from prt.imports.proposing.proposal import ExportFile
from prt.imports.proposing.session import (
    is_generic_topic,
    list_export_days,
)
from prt.model.ids import new_id
from prt.model.records import Session
from prt.model.rows import read_entry
from prt.problems import Mistake, Place, Problem, PrtError, ValueInWords
from prt.tasks.entry.ask_row import Dialogue
from prt.tasks.entry.doubtful_rows import TwinCells, as_another, double_of
from prt.tasks.entry.log_rows import complete_entry, raise_mistakes
from prt.tasks.imports.asking.drafts import Drafts
from prt.tasks.imports.import_options import import_command
from prt.tasks.imports.import_sessions import SessionImport

TRACES = {"name": "trace_name", "email": "trace_email", "phone": "trace_phone"}
CALLS = frozenset({"zoom", "teams", "meet"})
"""Sources of which everybody on the list was online."""


def list_first_cells(files: Sequence[ExportFile]) -> dict[str, str]:
    """What the files tell of their session: its days and its title."""
    lists = [one for one in files if one.export.kind == "attendance"]
    days = sorted(day for one in lists or files for day in list_export_days(one.export, one.shown))
    cells = {"title": next((one.export.topic for one in files if one.export.topic), "")}
    if days:
        cells |= {"date": days[0].isoformat(), "last_day": days[-1].isoformat() if days[-1] > days[0] else ""}
    return {name: text for name, text in cells.items() if text}


def list_told_cells(file: ExportFile) -> dict[str, str]:
    """What else a file tells, so that nobody is asked: people came, online where a program of calls says so,
    and who and how many will be counted from its rows."""
    if file.export.kind == "feedback":
        return dict.fromkeys(("respondents", "answered", "positive"), "") | {"feedback_form": "yes"}
    cells = dict.fromkeys(("participants", "boards", "evidence"), "") | {"status": "held"}
    return cells | ({"mode": "online"} if file.export.source in CALLS else {})


class TraceKinds(ValueInWords):
    """What stands in a text and is of a person: `a person and an e-mail address`."""

    def __init__(self, kinds: Collection[str]) -> None:
        self.words = [TRACES[kind] for kind in sorted(kinds)]

    def text(self, language: str) -> str:
        told = read_topic("told")
        return told[f"told.and.{language}"].join(told[f"told.{word}.{language}"] for word in self.words)


def explain_no_title(topic: str, year: Year) -> Mistake | None:
    """Why the topic of a meeting is not to stand in a public file; None where it may."""
    if found := {one.kind for one in traces(topic, known_names(year.project))}:
        return Mistake("topic_names_somebody", topic=topic, named=TraceKinds(found))
    return Mistake("topic_says_nothing", topic=topic) if topic and is_generic_topic(topic) else None


def create_session(
    files: Sequence[ExportFile], year: Year, given: Mapping[str, str], *, anyway: bool
) -> SessionImport:
    """A session from the options; every mistake stops the command, and a session that is alike too, unless
    it is said that this is another one."""
    cells = {**list_first_cells(files), **given}
    if "title" not in given and (why := explain_no_title(cells.get("title", ""), year)):
        raise PrtError(Problem.of(Place(files[0].shown), why), code=2)
    model = year.plan.record_of(Session.log)
    entry = complete_entry(model, cells, year, context.today(), context.me(year.project.root))
    raise_mistakes(model, entry)
    twin = double_of(entry, year)
    if twin and not anyway:
        mistake = Mistake("session_is_alike", id=twin.name, cells=TwinCells(twin, year))
        raise PrtError(Problem.of(twin.place(), mistake), code=2)
    return prepare_session((as_another(entry, year) if twin else entry).cells, list(files), year)


def ask_new_session(file: ExportFile, year: Year, talk: Talk, drafts: Drafts) -> SessionImport:
    """A session from the questions of `prt log`; nothing is written yet."""
    me = context.me(year.project.root)
    cells = {**list_first_cells([file]), **list_told_cells(file)}
    if explain_no_title(cells.get("title", ""), year):
        cells.pop("title", None)
    dialogue = Dialogue(year.plan.record_of(Session.log), year, cells, talk, today=context.today(), me=me)
    drafts.wait(dialogue, year, import_command([file]), "session")
    entry = dialogue.run()
    if entry is None:
        raise PrtError(*filter(None, [drafts.stay()]))
    return prepare_session(entry.cells, [file], year)


def prepare_session(cells: Mapping[str, str], files: list[ExportFile], year: Year) -> SessionImport:
    """The new session with its id, as a row that is not written yet."""
    day, taken = context.day(cells["date"], year.plan.window), set(year.read_table("sessions").column("id"))
    named = {**cells, "id": new_id(Session.prefix, day, taken, random.SystemRandom())}
    return SessionImport(
        read_entry(year.plan.record_of(Session.log), named, year.known).row, named, "", files
    )
