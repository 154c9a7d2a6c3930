"""`prt import FILE…`: exports of Zoom, Teams, forms, Eventbrite or a spreadsheet become rows, all or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prt.console import context
from prt.console.options import Command, of_columns, parameter, signed
from prt.model.records import Session
from prt.problems import PrtError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prt.tasks.import_sessions import Told

NOT_ASKED = {"id", "status", "boards", "participants", "feedback_form", "respondents", "answered", "positive"}
"""Columns of a new session that the files tell, or that are put right later."""

Files = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[FILE…]",
        help="What was exported; several of one day. Else: what was downloaded lately.",
    ),
]
TEXTS: dict[str, tuple[str, str, str]] = {
    "session": ("--session", "ID", "The session; else by its day and what it is called."),
    "as_": ("--as", "SOURCE", "zoom, teams, forms, eventbrite or sheet; else by the columns."),
    "day": ("--day", "DATE", "The day of presences that have none, in a session of several days."),
    "question": ("--question", "TEXT|N", "The question of a form that says positive; its number, or words."),
    "positive_answers": ("--positive", "ANSWERS", 'All answers that are positive: "Very useful; Useful".'),
    "not_positive": ("--not-positive", "ANSWERS", "Answers that are not; the others are read as known."),
    "no_opinion": ("--no-opinion", "ANSWERS", "Answers that are none, as N/A is: they do not count."),
    "scale": ("--scale", "N", "The highest number of the answers, where no question says it: 5 or 10."),
    "present": ("--present", "WORDS", 'Statuses of Eventbrite that mean they came: "Enregistré(e)".'),
    "form": ("--form", "NAME", "Another form of the same session, whose numbers begin at 1 again."),
    "role": ("--role", "ROLE", "Role of new people of whom the file tells none."),
    "board": ("--board", "BOARD", "Board of new people of whom the file tells none."),
    "into": ("--into", "LOG", "A plain sheet: the log that its rows go to, such as accompaniment."),
}
FLAGS: dict[str, tuple[str, str]] = {
    "day_first": ("--day-first", "03/04/2025 is 3 April."),
    "month_first": ("--month-first", "03/04/2025 is March 4."),
    "new_people": ("--new-people", "Create a person for each full name or e-mail that nobody has."),
    "presenters": ("--with-presenters", "Who presents and is nobody known takes part like others."),
    "comments": ("--keep-comments", "Keep the comments of a form, in the private folder."),
    "create": ("--create", "Add the session, with the options below; the file tells its day and title."),
    "dry_run": ("--dry-run", "Show what would be written; write nothing."),
    "yes": ("--yes", "Write without asking."),
}
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="HEADING=COLUMN", help="A plain sheet: what a heading stands for."),
]


def register(app: typer.Typer, group: str) -> None:
    app.command("import", rich_help_panel=group)(import_command())


def import_command() -> Command:
    """The options of a session that is to be added come from its columns."""

    def command(files: list[str] | None, column: list[str] | None, year: str | None, **options: Any) -> None:
        run(files, column or [], year, options)

    own = [parameter("files", Files)]
    own += [parameter(name, text_option(*words)) for name, words in TEXTS.items()]
    own += [parameter("column", Columns)]
    own += [parameter(name, flag(*words), False) for name, words in FLAGS.items()]
    own += [parameter("year", context.YearOption)]
    columns = [column for column in Session.columns() if column.name not in NOT_ASKED]
    own += of_columns(columns, panels=True, prefix="new_")
    return signed(
        command, own, "Attendance, feedback or rows of a file: a preview, then all of it or nothing."
    )


def text_option(name: str, metavar: str, text: str) -> Any:
    return Annotated[str | None, typer.Option(name, metavar=metavar, help=text)]


def flag(name: str, text: str) -> Any:
    return Annotated[bool, typer.Option(name, help=text)]


def run(files: list[str] | None, column: list[str], year: str | None, options: dict[str, Any]) -> None:
    told = told_of(column, year, options)
    if not files:
        from prt.tasks.find_downloads import asked_files

        files = asked_files(told)
    import_paths(files, told)


def import_paths(paths: Sequence[str], told: Told) -> None:
    """Read every file, then either rows of a plain sheet or what belongs to sessions."""
    from prt.imports.proposing.preview import of_file
    from prt.tasks.choose_session import parts_of, session_named, year_of
    from prt.tasks.import_sessions import import_parts, read_file, refuse, show

    named = session_named(told) if told.session else None
    day = named[1]["date"] if named else told.date
    files = [read_file(Path(path), told, day) for path in paths]
    refuse(files, told)
    if told.into or files[0].export.kind == "rows":
        from prt.tasks.import_rows import import_rows

        import_rows(files, told)
        return
    year = named[0] if named else year_of(files, told)
    for file in files:
        show(of_file(file))
    import_parts(parts_of(files, year, named, told), year, told)


def told_of(column: list[str], year: str | None, options: dict[str, Any]) -> Told:
    from prt.tasks.import_sessions import Told

    session = {
        name.removeprefix("new_"): text
        for name in list(options)
        if name.startswith("new_") and name != "new_people" and (text := options.pop(name))
    }
    if options["day_first"] and options["month_first"]:
        raise PrtError("--day-first and --month-first contradict each other: give one of them.", code=2)
    if session and not options["create"]:
        first = next(iter(session)).replace("_", "-")
        raise PrtError(f"--{first} describes a session to be added: write --create too.", code=2)
    return Told(**options, columns=tuple(column), year=year, cells=session)
