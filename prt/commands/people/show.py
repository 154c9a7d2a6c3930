"""`prt people show`: all that is held on a person, in every file of every year (Law 25)."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from prt.console import context, messages
from prt.console.messages import tell_list
from prt.console.options import FormatOption, PersonArgument, check_format
from prt.files.privacy.person import HeldRow, PersonalFile, personal_file
from prt.files.project import Project
from prt.files.store.backup import told_backups
from prt.files.yaml.words import say_phrase
from prt.output.tables import Heading, Table, render
from prt.tasks.people.find_person import describe_person, find_person, similar_unmatched


def show(person: PersonArgument, form: FormatOption = "table") -> None:
    """All that is held on a person, in every file of every year, with file and line."""
    how, project = check_format(form), context.open_project()
    found = personal_file(project, find_person(project, person))
    if how == "json":
        print(json.dumps(held_json(project, found), ensure_ascii=False, indent=1))
    elif how == "table":
        print_held(project, found)
    else:
        print(render(as_table(project, found), how))


def print_held(project: Project, found: PersonalFile) -> None:
    messages.print_line(describe_person(project, found.person))
    for file, rows in groupby(found.rows, key=lambda held: held.file):
        some = list(rows)
        messages.print_line("\n" + say_phrase("file_rows", len(some), file=file))
        for held in some:
            messages.print_line(f"  :{held.line}  {held_cells(held)}")
    for title, places in (("named_in", map(str, found.texts)), ("as_submitted", found.submitted)):
        for number, place in enumerate(places):
            messages.print_line(("" if number else f"\n{say_phrase(title)}\n") + f"  {place}")
    tell_list(say_phrase("perhaps_unmatched"), similar_unmatched(project, found.person))
    tell_list(say_phrase("perhaps_backups"), told_backups(project))
    if found.is_empty:
        messages.print_line(say_phrase("nothing_held"))


def held_cells(held: HeldRow) -> str:
    return " · ".join(f"{name} {text}" for name, text in held.cells.items())


def held_json(project: Project, found: PersonalFile) -> dict[str, Any]:
    name = project.names().get(found.person)
    return {
        "person": found.person,
        "name": name["name"] if name else None,
        "email": name["email"] if name else None,
        "rows": [{"file": one.file, "line": one.line, "cells": dict(one.cells)} for one in found.rows],
        "named_in": [{"file": one.file, "line": one.line} for one in found.texts],
        "submitted": list(found.submitted),
        "backups": told_backups(project),
    }


def as_table(project: Project, found: PersonalFile) -> Table:
    rows: list[tuple[Any, ...]] = [
        (one.file, one.line, name, text) for one in found.rows for name, text in one.cells.items()
    ]
    rows += [(place.file, place.line, "", "the name stands here") for place in found.texts]
    rows += [(file, None, "", "the id stands here, as submitted") for file in found.submitted]
    rows += [(backup, None, "", "a backup, perhaps with the person") for backup in told_backups(project)]
    return Table(tuple(map(Heading, ("file", "line", "column", "value"))), tuple(rows))
