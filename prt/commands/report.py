"""`prt report`: the report that is due, in the funder's language."""

from __future__ import annotations

import datetime as dt
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prt.commands import here
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.calendar import Period
    from prt.model.plan import Plan
    from prt.model.text import Language

FORMATS = {"md": "Markdown", "html": "HTML"}
LANGUAGES = {"en": "English", "fr": "French"}


def register(app: typer.Typer, group: str) -> None:
    app.command("report", rich_help_panel=group)(report)


def report(
    period: Annotated[
        int | None, typer.Option("--period", metavar="N", help="Report N; default: the one that is due.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="en|fr", help="Language; default: the funder's.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="md|html", help="Default: by the name of the output.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="A file such as report-2.html.")
    ] = None,
    show: Annotated[
        bool, typer.Option("--open", help="Write it as HTML and open it in the browser.")
    ] = False,
    year: here.YearOption = None,
) -> None:
    """The report on a period: on the screen as Markdown, or in a file."""
    how = format_of(form, output, show)
    opened = here.open_year(year)
    language = here.language(lang or opened.plan.funder.languages[0])
    text, number = made(opened, period, language, how)
    path = Path(output) if output else default_path(opened, number, language, how) if show else None
    if path is None:
        print_text(text)
    else:
        write(path, text)
        here.say(f"Draft of report {number}, {LANGUAGES[language]}: {path}")
    here.left_out_notice(opened)
    if path and show:
        webbrowser.open(path.resolve().as_uri())


def format_of(form: str | None, output: str | None, show: bool) -> str:
    """`md` or `html`: what is asked for, else what the output's name says, else Markdown."""
    named = Path(output).suffix.lower().lstrip(".") if output else ""
    named = {"htm": "html", "markdown": "md"}.get(named, named)
    if form:
        return here.printed_as(form, tuple(FORMATS))
    if named and named not in FORMATS:
        raise PrtError(f'"{output}" is no format of a report. Name it .md or .html, or add --format.', code=2)
    return named or ("html" if show else "md")


def made(opened: Year, period: int | None, language: Language, how: str) -> tuple[str, int]:
    """The text of the report and the number of its period."""
    from prt.commands import reporting
    from prt.figures.evaluate import evaluate
    from prt.files.submission import submissions

    cut_off = here.cut_off(opened.plan, period, None) if period else so_far(opened.plan, here.today())
    evaluation = evaluate(opened.plan, opened.data, cut_off)
    number = evaluation.period.id
    before = reporting.earlier(opened, submissions(opened), number)
    text = reporting.text_of(opened, evaluation, language, how, project=opened.project, earlier=before)
    return text, number


def so_far(plan: Plan, today: dt.date) -> dt.date:
    """The cut-off of the report that is due, or today while its period lasts."""
    return min(due(plan, today).last, max(today, plan.starts))


def due(plan: Plan, today: dt.date) -> Period:
    """The first period whose report is not past its date; the last one after that."""
    return next((period for period in plan.periods if today <= period.due), plan.periods[-1])


def default_path(opened: Year, number: int, language: Language, how: str) -> Path:
    folder = opened.project.root / "reports" / opened.plan.year
    return folder / f"report-{number}-draft.{language}.{how}"


def write(path: Path, text: str) -> None:
    from prt.files.disk import write_atomic

    write_atomic(path, text.encode("utf-8"), str(path))


def print_text(text: str) -> None:
    """To a terminal as it can show it; to a file or a pipe as UTF-8 on every system."""
    if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)
