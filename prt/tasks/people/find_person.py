"""Which person is meant, and who else it may be."""

from __future__ import annotations

from collections.abc import Mapping

from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Inquiry, refuse_empty
from prt.entry.person_names import parse_name
from prt.entry.roster import make_roster
from prt.files.privacy.person import UNMATCHED, personal_file, unmatched_presences
from prt.files.project import Project
from prt.files.trace.disk_questions import is_folder
from prt.model.cells import Known
from prt.model.records import PersonRecord
from prt.problems import Mistake, PrtError
from prt.text import did_you_mean


def find_person(project: Project, wanted: str) -> str:
    """The id of somebody whose id, full name or e-mail it is, or who alone has this first or last name.
    PrtError where nobody is known so."""
    finder = project.person_finder()
    found = finder.find(wanted)
    ids = listed_ids(project)
    if found.taken or wanted in ids:
        return found.taken or wanted
    if found.kind != "nobody":
        raise PrtError(finder.person_may_be(wanted, found), code=2)
    if " " in wanted or "@" in wanted:
        raise PrtError(Mistake("nobody_known", text=wanted), code=2)
    if not is_mentioned(project, wanted):
        raise PrtError(Mistake("no_id", text=wanted, hint=did_you_mean(wanted, ids)), code=2)
    return wanted


def ask_person_meant(project: Project) -> str:
    """The id of somebody who is named at the terminal. PrtError in a script."""
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("person_needed"), code=2)

    def read(text: str) -> str:
        refuse_empty(text)
        try:
            return find_person(project, text)
        except PrtError as error:
            raise next(one for one in error.problems if isinstance(one, Mistake)) from None

    talk = terminal.open_talk()
    words = [row["name"] for row in project.names().values()]
    return talk.ask_alone(Inquiry(talk.say("who"), read, words=words))


def listed_ids(project: Project) -> set[str]:
    """The ids of those who have a role or a name."""
    return {*project.read_csv(project.roster_path("people")).column("id"), *project.names()}


def is_of_role(post: Mapping[str, str], role: str | None) -> bool:
    """Is a post, as its file has it, one of this role, or is none named? A role is read as its cell is."""
    return role is None or read_role(role) == read_role(post.get("role", ""))


def read_role(text: str) -> str:
    column = PersonRecord.column_named("role")
    assert column is not None
    try:
        return str(column.cell.read(text, Known(), column.name))
    except Mistake:
        return text


def is_mentioned(project: Project, person: str) -> bool:
    """An id that no list has may still stand in a row."""
    return not personal_file(project, person).is_empty


def describe_person(project: Project, person: str) -> str:
    row = project.names().get(person)
    return "   ".join([person, *([row["name"], row["email"] or ""] if row else [])]).rstrip()


def similar_unmatched(project: Project, person: str) -> list[str]:
    """Presences that were never matched, under names like the person's: file, row, name."""
    names = project.names()
    roster = make_roster({person: names[person]} if person in names else {})
    certain = unmatched_presences(project, person)
    file = project.read_csv(project.private / f"{UNMATCHED}.csv")
    found = []
    for record in file.records:
        row = file.cells(record)
        said = parse_name(row.get("name", ""), lambda _: False).names or (row.get("name", ""),)
        if row.get("id") not in certain and roster.suggestions(said):
            found.append(f"{file.shown}   {row.get('id', '')}   {row.get('name', '')}")
    return found


def refuse_without_names(project: Project) -> None:
    """Without the private folder the name would stay in it."""
    if not is_folder(project.private):
        raise PrtError(Mistake("name_would_stay", folder=project.shown(project.private)))
