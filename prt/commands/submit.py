"""`prt submit`: keeps what was sent, so that it never changes. prt itself sends nothing."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prt.commands import here
from prt.commands.options import ApprovedByOption, DryRunOption, PreparedByOption
from prt.commands.submitting import (
    Wanted,
    deliverable,
    in_the_way,
    row_of,
    stem_of,
    tell_dry_run,
    write,
)
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.calendar import Period
    from prt.model.text import Language


def register(app: typer.Typer, group: str) -> None:
    app.command("submit", rich_help_panel=group)(submit)


def submit(
    period: Annotated[
        int | None, typer.Option("--period", metavar="N", help="Report N; default: the next one.")
    ] = None,
    annual: Annotated[bool, typer.Option("--annual", help="The bilan of the year.")] = False,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="en,fr", help="Languages; default: the funder's.")
    ] = None,
    sent: Annotated[
        list[str] | None, typer.Option("--sent", metavar="FILE", help="What was really sent; it is kept too.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="Day it was sent.")] = None,
    anyway: Annotated[
        str | None,
        typer.Option("--anyway", metavar="WHAT", help="In spite of: errors, actions, no-data."),
    ] = None,
    prepared_by: PreparedByOption = "",
    approved_by: ApprovedByOption = "",
    dry_run: DryRunOption = False,
    year: here.YearOption = None,
) -> None:
    """Keep what is sent to the funder, for good: plan, rows, notes, reports. prt itself sends nothing."""
    waived = waivers(anyway)
    opened = here.open_year(year)
    wanted = planned(opened, period, annual, languages_of(opened, lang), files_of(sent), on)
    wanted = replace(wanted, names=(prepared_by, approved_by))
    entry = None if wanted.logged else deliverable(wanted)
    found = in_the_way(wanted, opened.plus(entry.row) if entry else opened)
    stopping = [one for one in found if one.waiver not in waived]
    for one in found:
        if one not in stopping:
            here.say(f"Anyway: {one.what}")
    if stopping:
        raise PrtError(*map(str, stopping), "Nothing was submitted.")
    if dry_run:
        tell_dry_run(wanted, entry)
    else:
        write(wanted, entry, [one.what for one in found])


def waivers(text: str | None) -> set[str]:
    from prt.figures.ready import WAIVERS

    asked = {word.strip() for word in (text or "").split(",")} - {""}
    if unknown := sorted(asked - set(WAIVERS)):
        raise PrtError(f'--anyway "{unknown[0]}"? One or more of: {", ".join(WAIVERS)}.', code=2)
    return asked


def languages_of(year: Year, text: str | None) -> tuple[Language, ...]:
    if text is None:
        return year.plan.funder.languages
    return tuple(dict.fromkeys(here.language(one.strip()) for one in text.split(",")))


def files_of(names: Iterable[str] | None) -> tuple[Path, ...]:
    """The files that were sent: each there, and no two of one name."""
    found = tuple(map(Path, names or ()))
    for path in found:
        if not path.is_file():
            raise PrtError(f"--sent: there is no file {path}.", code=2)
        if [one.name.casefold() for one in found].count(path.name.casefold()) > 1:
            raise PrtError(f"--sent: two files are called {path.name}. Rename one.", code=2)
    return found


def planned(
    year: Year,
    period: int | None,
    annual: bool,
    languages: tuple[Language, ...],
    files: tuple[Path, ...],
    on: str | None,
) -> Wanted:
    """What is to be submitted, and when it was sent."""
    chosen = period_of(year, period, annual)
    if chosen.last > here.today():
        raise PrtError(
            f"Period {chosen.id} ends on {chosen.last}, a day still to come: its figures will change.\n"
            "    Submit it when it is over; prt report shows it as it stands.",
            code=2,
        )
    logged = row_of(year, chosen, annual, languages[0])
    first = logged["date"] if logged and not is_correction(year, chosen, annual) else here.today()
    return Wanted(year, chosen, annual, languages, files, day_sent(year, on, chosen, first), logged)


def period_of(year: Year, number: int | None, annual: bool) -> Period:
    """The period asked for; of the bilan the last one; else the first that was not submitted yet."""
    from prt.files.submission import submissions

    calendar = year.plan.calendar
    if annual:
        if number not in (None, calendar.periods[-1].id):
            raise PrtError("--annual is of the whole year: leave --period out.", code=2)
        return calendar.periods[-1]
    if number is not None:
        if found := calendar.period(number):
            return found
        known = ", ".join(str(one.id) for one in calendar.periods)
        raise PrtError(f"The plan has no period {number}. Periods: {known}.", code=2)
    done = {one.stem for one in submissions(year)}
    for one in calendar.periods:
        if stem_of(one.id, annual=False) not in done:
            return one
    raise PrtError(
        "Every report of the year was submitted. A correction names its report: prt submit --period N.",
        code=2,
    )


def is_correction(year: Year, period: Period, annual: bool) -> bool:
    from prt.files.submission import latest, submissions

    return stem_of(period.id, annual) in latest(submissions(year))


def day_sent(year: Year, text: str | None, period: Period, first: dt.date) -> dt.date:
    """The day given, or asked on a terminal; not before the cut-off, and not to come."""
    if text is None and sys.stdin.isatty():
        from prt.commands.asker import Terminal

        text = Terminal().ask(f"Date sent to {year.plan.funder.name}? [{first}] > ")
    found = here.day(text) if text else first
    if not period.last <= found <= here.today():
        raise PrtError(
            f"--on {found}: a report on the days up to {period.last} is sent then or later, and by today.",
            code=2,
        )
    return found
