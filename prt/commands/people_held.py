"""`prt people show, merge, erase`: what is held on one person, and the rights of who asks (Law 25)."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prt.console import context
from prt.problems import PrtError, did_you_mean

if TYPE_CHECKING:
    from prt.files.privacy.erase import Erased
    from prt.files.privacy.person import Everything, Held
    from prt.files.project import Project
    from prt.output.tables import Table

Who = Annotated[
    str, typer.Argument(metavar="PERSON", help="The id; with the private folder also a name or e-mail.")
]
NO_UNDO = "After this, what was done before can no longer be undone."
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]


def show(person: Who, form: context.FormatOption = "table") -> None:
    """All that is held on a person, in every file of every year, with file and line."""
    from prt.files.privacy.person import everything
    from prt.output.tables import render

    how, project = context.printed_as(form), context.open_project()
    found = everything(project, known_person(project, person))
    if how == "json":
        print(json.dumps(as_json(project, found), ensure_ascii=False, indent=1))
    elif how == "table":
        print_text(project, found)
    else:
        print(render(as_table(found), how))


def known_person(project: Project, wanted: str) -> str:
    """The id of somebody whose id, full name or e-mail it is; PrtError where nobody is known so."""
    from prt.imports.people.matching import make_roster
    from prt.imports.people.names import parse_name

    roster = make_roster(project.names())
    ids = {*project.read_csv(project.roster_path("people")).column("id"), *roster.names}
    if wanted in ids:
        return wanted
    match = roster.match([wanted], [wanted])
    if not match.person:  # written otherwise: last name first, with a title
        match = roster.match(parse_name(wanted, lambda _: False).names, [wanted])
    if match.several:
        raise PrtError(f"{wanted} is {' and '.join(match.several)}: write the id.", code=2)
    if match.person:
        return match.person
    if " " in wanted or "@" in wanted:
        raise PrtError(f"Nobody is known as {wanted}: prt people list.", code=2)
    if not is_mentioned(project, wanted):
        raise PrtError(f"No file has the id {wanted}. {did_you_mean(wanted, ids)}".rstrip(), code=2)
    return wanted


def is_mentioned(project: Project, person: str) -> bool:
    """An id that no list has may still stand in a row; or an erasure was interrupted."""
    from prt.files.privacy.erase import token_path
    from prt.files.privacy.person import everything

    return token_path(project).exists() or not everything(project, person).is_nothing


def called(project: Project, person: str) -> str:
    row = project.names().get(person)
    return "   ".join([person, *([row["name"], row["email"] or ""] if row else [])]).rstrip()


def print_text(project: Project, found: Everything) -> None:
    from prt.console import messages

    messages.out(called(project, found.person))
    for file, rows in groupby(found.rows, key=lambda held: held.file):
        some = list(rows)
        messages.out(f"\n{file}   {context.counted(len(some), 'row')}")
        for held in some:
            messages.out(f"  :{held.line}  {cells_text(held)}")
    for title, places in (("Named in", map(str, found.texts)), ("As submitted", found.submitted)):
        for number, place in enumerate(places):
            messages.out(("" if number else f"\n{title}\n") + f"  {place}")
    listed("\nPerhaps also (never matched)", perhaps(project, found.person))
    if found.is_nothing:
        messages.out("Nothing is held.")


def cells_text(held: Held) -> str:
    return " · ".join(f"{name} {text}" for name, text in held.cells.items())


def as_json(project: Project, found: Everything) -> dict[str, Any]:
    name = project.names().get(found.person)
    return {
        "person": found.person,
        "name": name["name"] if name else None,
        "email": name["email"] if name else None,
        "rows": [{"file": one.file, "line": one.line, "cells": dict(one.cells)} for one in found.rows],
        "named_in": [{"file": one.file, "line": one.line} for one in found.texts],
        "submitted": list(found.submitted),
    }


def as_table(found: Everything) -> Table:
    from prt.output.tables import Heading, Table

    rows: list[tuple[Any, ...]] = [
        (one.file, one.line, name, text) for one in found.rows for name, text in one.cells.items()
    ]
    rows += [(place.file, place.line, "", "the name stands here") for place in found.texts]
    rows += [(file, None, "", "the id stands here, as submitted") for file in found.submitted]
    return Table(tuple(map(Heading, ("file", "line", "column", "value"))), tuple(rows))


def merge(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id that goes.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id that stays.")],
    yes: Yes = False,
) -> None:
    """Two ids are one person: every row gets the second one; corrections.csv keeps the first."""
    from prt.console import messages
    from prt.files.privacy.merge_ids import merge as merged

    project = context.open_project()
    old, new = known_person(project, old), known_person(project, new)
    if old == new:
        raise PrtError("These are one id already.", code=2)
    text = f"{called(project, old)}\nbecomes\n{called(project, new)}\nin every row of every year."
    agreed(f"{text} This cannot be taken back. {NO_UNDO}", yes)
    year = context.open_year(None)
    before = messages.before(year, "people")
    done = merged(project, old, new, context.me(project.root), context.now(), random.SystemRandom())
    for file, number in done.items():
        messages.out(f"{file}   {context.counted(number, 'row')}")
    messages.tell_moves(before, context.open_year(None), "people")
    context.say(
        "prt undo takes back neither this nor what was done before. What was submitted keeps the old id."
    )


def erase(person: Who, yes: Yes = False) -> None:
    """Law 25: who it was is destroyed, the id becomes an opaque token, and every count stays."""
    from prt.files.privacy.erase import erase as erased

    project = context.open_project()
    found = known_person(project, person)
    refuse_without_names(project)
    near = perhaps(project, found)
    agreed(
        f"{called(project, found)}\nwould be erased: the name destroyed, id and name replaced in every file, "
        f"also in what was submitted. Counts stay. This cannot be taken back. {NO_UNDO}"
        + "".join(f"\nPerhaps the same person, never matched: {one}" for one in near)
        + (f"\nIf so, first: prt people match ROW --person {found}" if near else ""),
        yes,
    )
    tell_erased(erased(project, found, context.today(), random.SystemRandom()), near, put_there(project))
    if context.me(project.root) == found:
        context.say("This is your own id here: take it out of PRT_ME and git config prt.me.")


def perhaps(project: Project, person: str) -> list[str]:
    """Presences that were never matched, under names like the person's: file, row, name."""
    from prt.files.privacy.person import UNMATCHED, never_matched
    from prt.imports.people.matching import make_roster
    from prt.imports.people.names import parse_name

    names = project.names()
    roster = make_roster({person: names[person]} if person in names else {})
    certain, file = never_matched(project, person), project.read_csv(project.private / f"{UNMATCHED}.csv")
    found = []
    for record in file.records:
        row = file.cells(record)
        said = parse_name(row.get("name", ""), lambda _: False).names or (row.get("name", ""),)
        if row.get("id") not in certain and roster.suggestions(said):
            found.append(f"{file.shown}   {row.get('id', '')}   {row.get('name', '')}")
    return found


def refuse_without_names(project: Project) -> None:
    """Without the private folder the name would stay in it."""
    if not project.private.is_dir():
        raise PrtError(
            f"The private folder {project.shown(project.private)} is not here, so the name would stay in it. "
            "Connect the team's drive (PRT_PRIVATE, or git config prt.private FOLDER). If no names are kept "
            "anywhere, make the folder empty. Nothing was done."
        )


def put_there(project: Project) -> list[str]:
    """The files of the private folder that people put there themselves, such as exports."""
    from prt.model.provenance import PRIVATE

    private = project.private
    own = {f"{log}.csv" for log in (*PRIVATE, "corrections")} | {"README.md"}
    found = (path for path in sorted(private.rglob("*")) if path.is_file())
    inside = ((path, path.relative_to(private)) for path in found)
    return [
        project.shown(path)
        for path, name in inside
        if name.as_posix() not in own and not name.parts[0].startswith(".")
    ]


def tell_erased(done: Erased, near: Iterable[str], others: Iterable[str]) -> None:
    """What was done, what remains, and what a person has to do."""
    from prt.console import messages

    messages.out(f"Erased. The rows that count have the token {done.token}.")
    listed("Replaced by the token in", done.replaced)
    listed("Destroyed", [f"{file}   {context.counted(n, 'row')}" for file, n in done.destroyed.items()])
    listed("The name still stands in the team's own words; rewrite these lines", map(str, done.texts))
    listed("The name stands in what was really sent, which is kept as it is", map(str, done.sent))
    listed("Perhaps the same person, never matched: prt people match ROW --new, and erase that id", near)
    listed("Not looked into, and perhaps with the name in them; delete what is not needed", others)
    context.say(
        "What remains (role, board, dates) is pseudonymous, not anonymous. Copies elsewhere are yours to "
        "delete: exports, mail, Zoom and Forms, other laptops. Earlier versions in git have the id, and the "
        "name where somebody had written it. prt undo takes nothing back that was done before."
    )


def listed(title: str, lines: Iterable[str]) -> None:
    from prt.console import messages

    for number, line in enumerate(lines):
        messages.out(("" if number else f"{title}:\n") + f"  {line}")


def agreed(text: str, yes: bool) -> None:
    """What cannot be taken back is asked for; in a script it needs --yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise PrtError(f"{text}\n    Nothing was done. In a script, add --yes.", code=2)
    from prt.console.prompt import Terminal
    from prt.model.text import folded

    context.say(text)
    if folded(Terminal().ask("Do it? [y/N] > ")) not in ("y", "yes", "o", "oui"):
        context.say("Nothing was done.")
        raise typer.Exit(1)
