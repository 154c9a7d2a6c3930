"""What is wrong with names (who has none, who has two ids, who else could read them), and in the tables that
no figure is computed from: where rows came from, and what only the private folder knows."""

from __future__ import annotations

import datetime as dt
import os
import stat
from collections.abc import Iterator

from prt.files.project import Project, Year
from prt.files.provenance import KEPT, PRIVATE, HeadingRecord, UnmatchedRecord
from prt.files.trace.disk_questions import find_below, is_folder, is_link, is_stored_file, mode_of
from prt.model.columns import Record
from prt.model.ids import is_erased
from prt.model.view import in_post
from prt.problems import Mistake, Place, Problem
from prt.values import replace

OPEN = stat.S_IRWXG | stat.S_IRWXO


def private_problems(year: Year, today: dt.date) -> list[Problem]:
    """Warnings that only those can have who have the private folder."""
    if not is_folder(year.project.private):
        return []
    project = year.project
    found = [*without_names(year, today), *shared_emails(project), *open_to_others(project)]
    return [*found, *without_persons(year)]


def without_persons(year: Year) -> Iterator[Problem]:
    """Presences of imports that nobody has recognised yet."""
    if rows := unmatched_rows(year):
        one, several = Mistake("presence_unnamed"), Mistake("presences_unnamed", number=len(rows))
        place = Place(year.project.shown(year.table_path(UnmatchedRecord.log)))
        yield Problem.of(place, one if len(rows) == 1 else several, "warning")


def unmatched_rows(year: Year) -> list[str]:
    """The unnamed rows of attendance whose exported name is kept; none without the private folder."""
    kept = set(year.read_table(UnmatchedRecord.log).column("id"))
    return [row.id for row in year.data.logs["attendance"] if row["person"] is None and row.id in kept]


def without_names(year: Year, today: dt.date) -> Iterator[Problem]:
    """People in post without a name: a new list of names may make a second person of them."""
    names, seen, day = year.project.names(), set[str](), year.plan.calendar.clamp(today)
    for post in year.data.people if names else ():
        person = post["id"]
        if in_post(post, day) and person not in names and person not in seen and not is_erased(person):
            seen.add(person)
            mistake = Mistake("person_without_name", person=person)
            yield Problem.of(post.place("id"), mistake, "warning", person)


def shared_emails(project: Project) -> Iterator[Problem]:
    """Two ids that have one e-mail are probably one person, counted twice."""
    first: dict[str, str] = {}
    for person, row in project.names().items():
        written = (one.casefold() for one in (row["email"] or "", *row["other_names"]) if "@" in one)
        for text in dict.fromkeys(written):
            other = first.setdefault(text, person)
            if other != person:
                mistake = Mistake("email_of_two", other=other, person=person)
                yield Problem.of(row.place("email"), mistake, "warning", person)


def open_to_others(project: Project) -> Iterator[Problem]:
    """The folder and its files are their owner's alone, where the system knows owners."""
    if os.name == "nt":
        return
    inside = (path for path in sorted(find_below(project.private, "*")) if not is_link(path))
    kept = [(path, "600") for path in inside if is_stored_file(path) and ".prt" not in path.parts]
    for path, mode in ((project.private, "700"), *kept):
        if mode_of(path) & OPEN:
            shown = project.shown(path)
            yield Problem.of(Place(shown), Mistake("open_to_others", mode=mode, path=shown), "warning")


def provenance_problems(year: Year) -> Iterator[Problem]:
    """Mistakes in tables that no figure is computed from, as warnings: a row that cannot be read is not
    remembered by the next import."""
    models: list[type[Record]] = [*KEPT.values(), HeadingRecord, *PRIVATE.values()]
    for model in models:
        for problem in year.read_rows(model)[1]:
            yield replace(problem, severity="warning")
