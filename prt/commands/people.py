"""`prt people`: who held which role where, and what is held on whom. Names are in the private folder."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from prt.commands.people_held import Who, erase, known_person, merge, show
from prt.commands.people_import import import_people
from prt.commands.people_match import match
from prt.commands.people_missing import missing
from prt.console import context
from prt.console.options import Command, WhyOption, given, of_columns, parameter, signed
from prt.model.records import NameRecord, PersonRecord
from prt.model.text import folded
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.records import Record
    from prt.output.tables import Table

PRIVATE = ("name", "email")
"""Columns of names.csv, which is in the private folder."""
WIDE = 110


def register(app: typer.Typer, group: str) -> None:
    found = typer.Typer(help="Who held which role where, by id; names stay private.", no_args_is_help=True)
    found.command("add")(add_command())
    found.command("end")(end)
    found.command("list")(list_people)
    found.command("match")(match)
    found.command("import")(import_people)
    found.command("missing")(missing)
    found.command("show")(show)
    found.command("merge")(merge)
    found.command("erase")(erase)
    app.add_typer(found, name="people", rich_help_panel=group)


Id = Annotated[
    str | None, typer.Option("--id", metavar="ID", help="Whose role it is, for somebody who has an id.")
]
Namesake = Annotated[bool, typer.Option("--namesake", help="Another person who has the same name.")]
Ends = Annotated[str, typer.Option("--on", metavar="DATE", help="Last day in the role.")]
Role = Annotated[
    str | None, typer.Option("--role", metavar="ROLE", help="Which role, where there are several.")
]


def add_command() -> Command:
    """Its options are the columns of people.csv and those of the private names.csv."""

    def command(person: str | None, namesake: bool, year: str | None, **cells: str | None) -> None:
        add(given(cells), person, namesake, year)

    columns = [*PersonRecord.columns(), *(one for one in NameRecord.columns() if one.name in PRIVATE)]
    own = [
        parameter("person", Id),
        parameter("namesake", Namesake, False),
        parameter("year", context.YearOption),
    ]
    doc = "One role of one person: makes an id; a name and an e-mail go to the private folder alone."
    return signed(command, [*of_columns(columns), *own], doc)


def add(cells: dict[str, str], person: str | None, namesake: bool, year: str | None) -> None:
    from prt.console import messages
    from prt.files.store import store

    opened = context.open_year(year)
    cells = with_answers(cells, person, opened)
    private = {name: cells.pop(name) for name in PRIVATE if name in cells}
    refuse_odd(private)
    refuse_elsewhere(opened, private)
    number = person or new_person(opened)
    if not namesake:
        refuse_namesake(opened, number, private)
    post = cells_of(PersonRecord, {"id": number, **cells}, opened)
    names = [cells_of(NameRecord, {"id": number, **private}, opened)] if private else []
    old = messages.before(opened, "people")
    with store.writing(
        opened, context.me(opened.project.root), context.now(), random.SystemRandom()
    ) as action:
        written = action.add("people", [post])
        written += action.add("names", names) if names else []
    for one in written:
        messages.out(f"Added  {one.id}   {one.place}")
    after = opened.again()
    messages.tell_moves(old, after, "people")
    messages.tell_without_start(opened, after)


def refuse_elsewhere(year: Year, private: Mapping[str, str]) -> None:
    """Where there are people and no private folder, names are elsewhere, and this one may be among them."""
    folder = year.project.private
    if private and year.data.people and not folder.is_dir():
        raise PrtError(
            f"The private folder {year.project.shown(folder)} is not here, and the name may be in it already."
            " Connect the team's drive (PRT_PRIVATE, or git config prt.private FOLDER). If no names are kept "
            "anywhere, make the folder empty. Nothing was written."
        )


def with_answers(cells: dict[str, str], person: str | None, year: Year) -> dict[str, str]:
    """On a terminal what is missing is asked for; a name only of somebody new."""
    from prt.tasks.ask_cells import asked, asks

    posts = [one for one in PersonRecord.columns() if one.name != "id"]
    if not asks(posts, cells):
        return cells
    names = [one for one in NameRecord.columns() if one.name in PRIVATE and not person]
    own = {name: text for name, text in cells.items() if name in PRIVATE}
    rest = {name: text for name, text in cells.items() if name not in PRIVATE}
    return asked(NameRecord, names, own, year) | asked(PersonRecord, posts, rest, year)


def refuse_odd(private: Mapping[str, str]) -> None:
    """What stands in the place of a name or an address and is none."""
    from prt.model.personal import EMAIL

    name, email = (private.get(column, "").strip() for column in PRIVATE)
    if "@" in name or (name and not any(map(str.isalpha, name))):
        raise PrtError("--name: this is no name. Write it as First Last; an e-mail goes to --email.", code=2)
    if email and not EMAIL.fullmatch(email):
        raise PrtError(f'--email: "{email}" is no e-mail address, such as name@school.example.', code=2)


def new_person(year: Year) -> str:
    from prt.model.ids import new_id

    taken = {*year.read_table("people").column("id"), *year.project.names()}
    return new_id("p", None, taken, random.SystemRandom())


def refuse_namesake(year: Year, number: str, private: Mapping[str, str]) -> None:
    """One person with two ids would be counted twice."""
    for known, row in year.project.names().items():
        same = [text for name, text in private.items() if folded(text) == folded(row[name] or "")]
        if same and known != number:
            raise PrtError(
                f"{same[0]} is {known} already. Another role of the same person: --id {known}; "
                "another person with that name: --namesake.",
                code=2,
            )


def cells_of(model: type[Record], given: Mapping[str, str | None], year: Year) -> dict[str, str]:
    """The cells as they are written; every mistake stops the command."""
    from prt.tasks.log_rows import entered, refuse

    entry = entered(
        model, {name: value for name, value in given.items() if value}, year, context.today(), None
    )
    refuse(model, entry)
    return entry.cells


def end(
    person: Who,
    on: Ends,
    role: Role = None,
    why: WhyOption = None,
    year: context.YearOption = None,
) -> None:
    """A person leaves a role: its last day."""
    from prt.console import messages
    from prt.files.store import store

    opened, last = context.open_year(year), context.day(on).isoformat()
    if " " in person or "@" in person:
        person = known_person(opened.project, person)
    post = open_post(opened, person, role)
    cells_of(PersonRecord, {**post, "end": last}, opened)
    old = messages.before(opened, "people")
    with store.writing(
        opened, context.me(opened.project.root), context.now(), random.SystemRandom()
    ) as action:
        written, _ = action.edit("people", person, {"end": last}, why or "left the role", match=post)
    messages.out(f"{person} was {post['role']} until {last}   {written.place}")
    after = opened.again()
    messages.tell_moves(old, after, "people")
    if later := rows_after(after, person, context.day(on)):
        listed = ", ".join(f"{context.counted(number, 'row')} of {log}" for log, number in later.items())
        context.say(f"warning: {person} stands in rows after {last}: {listed}. Is the day right? prt undo")


def rows_after(year: Year, person: str, last: dt.date) -> dict[str, int]:
    """(log → rows) that name somebody on a day after the last one in the role."""
    found = Counter(
        log
        for log, rows in year.data.logs.items()
        for row in rows
        for column in ("person", "staff")
        if column in row.index and row[column] == person and row.day > last
    )
    return dict(found)


def open_post(year: Year, person: str, role: str | None) -> dict[str, str]:
    """The cells of the one row that has no end yet."""

    file = year.read_table("people")
    rows = [{name: value.strip() for name, value in file.cells(record).items()} for record in file.records]
    mine = [row for row in rows if row.get("id") == person]
    found = [row for row in mine if not row.get("end") and role in (None, row.get("role"))]
    if len(found) == 1:
        return found[0]
    if not mine:
        raise PrtError(f"Nobody in data/people.csv has the id {person}: prt people list.", code=2)
    if not found:
        raise PrtError(f"{person} has no such role that has not ended yet: prt people list.", code=2)
    roles = ", ".join(row["role"] for row in found)
    raise PrtError(f"{person} has several roles: {roles}. Say which: --role.", code=2)


def list_people(year: context.YearOption = None, form: context.FormatOption = "table") -> None:
    """Everybody's roles; names only for those who have the private folder."""
    from prt.console import screen
    from prt.output.tables import render

    how, opened = context.printed_as(form), context.open_year(year)
    names = {number: str(row["name"]) for number, row in opened.project.names().items()}
    print(render(table(opened, names, screen.width() if how == "table" else None), how, screen.width()))


def table(year: Year, names: Mapping[str, str], width: int | None = None) -> Table:
    """A row for each role; a narrow terminal shows neither centre nor year of welcome."""
    from prt.output.tables import Heading, Table

    columns: Sequence[str] = ("id", "role", "board", "centre", "start", "end", "new_in")
    if width and width < WIDE:
        columns = [name for name in columns if name not in ("centre", "new_in")]
    headings = [Heading(name, name.replace("_", " "), whole=name == "id") for name in columns]
    rows = [tuple(row[name] for name in columns) for row in year.data.people]
    if names:
        headings.insert(1, Heading("name"))
        rows = [(row[0], names.get(row[0]), *row[1:]) for row in rows]
    return Table(tuple(headings), tuple(rows))
