"""`prt init`: an empty project, with a small plan to change and the boards of the network."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from prt.commands import here

SCHOOL_YEAR_BEGINS = 7


def register(app: typer.Typer, group: str) -> None:
    app.command("init", rich_help_panel=group)(init)


def init(
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="A new or empty folder.")] = ".",
) -> None:
    """An empty project: a small plan to change, the boards, and a place for names that git never sees."""
    from prt.files.newproject import new_project, starter_plan

    root, first = Path(folder).resolve(), first_year(here.today())
    year = f"{first}-{first + 1}"
    new_project(root, year, starter_plan(first))
    print(f"A project for {year} in {root}")
    for line in next_steps(folder, year):
        print(line)


def first_year(day: dt.date) -> int:
    """The year in whose July the school year of this day began."""
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def next_steps(folder: str, year: str) -> list[str]:
    enter = [] if folder == "." else [f"  cd {folder}"]
    return [
        "Next:",
        *enter,
        f"  write your plan         plan/{year}.yaml (mistakes in it: prt check)",
        "  look at the boards      data/organisations.csv",
        "  say who you are         prt people add --role prt-staff, then PRT_ME or git config prt.me",
        "  enter what happened     prt log workshop",
        "  see where it stands     prt status",
        "Without a git repository everything works too; with one, git init keeps the history.",
    ]
