"""`prt report`: the report that is due, in the funder's language."""

from __future__ import annotations

import datetime as dt
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prt.console import context
from prt.console.options import ApprovedByOption, PreparedByOption
from prt.problems import PrtError
from prt.tasks import make_report, next_report

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.calendar import Period
    from prt.model.text import Language
    from prt.output.report.document import Report

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
    annual: Annotated[bool, typer.Option("--annual", help="The bilan of the year.")] = False,
    prepared_by: PreparedByOption = "",
    approved_by: ApprovedByOption = "",
    year: context.YearOption = None,
) -> None:
    """The report on a period: on the screen as Markdown, or in a file."""
    how = format_of(form, output, show)
    opened = context.open_year(year)
    language = context.language(lang or opened.plan.funder.languages[0])
    found, number = made(opened, period, language, annual, (prepared_by, approved_by))
    text = make_report.printed(found, opened, how, opened.project)
    name = "annual" if annual else f"report-{number}"
    path = Path(output) if output else default_path(opened, name, language, how) if show else None
    if path is None:
        print_text(text)
    else:
        write(path, text)
        told = "the annual report" if annual else f"report {number}"
        context.say(f"Draft of {told}, {LANGUAGES[language]}: {path}")
    tell_gaps(found)
    make_report.tell_unplaced(opened, make_report.notes_of(number, annual), language)
    context.left_out_notice(opened)
    if path and show:
        open_in_browser(path)


def format_of(form: str | None, output: str | None, show: bool) -> str:
    """`md` or `html`: what is asked for, else what the output's name says, else Markdown."""
    named = Path(output).suffix.lower().lstrip(".") if output else ""
    named = {"htm": "html", "markdown": "md"}.get(named, named)
    if form:
        return context.printed_as(form, tuple(FORMATS))
    if output and not named:
        raise PrtError(f'"{output}" does not say its format. Name it {output}.md or {output}.html.', code=2)
    if named and named not in FORMATS:
        raise PrtError(f'"{output}" is no format of a report. Name it .md or .html, or add --format.', code=2)
    return named or ("html" if show else "md")


def made(
    opened: Year, period: int | None, language: Language, annual: bool, names: tuple[str, str]
) -> tuple[Report, int]:
    """The report and the number of its period."""
    from prt.figures.evaluate import evaluate
    from prt.files.submissions.submission import submissions
    from prt.output.report.cover import Signed

    evaluation = evaluate(opened.plan, opened.data, cut_off_of(opened, period, annual))
    number = evaluation.period.id
    before = make_report.earlier(opened, submissions(opened), number, annual)
    found = make_report.report_of(
        opened,
        evaluation,
        language,
        earlier=before,
        annual=annual,
        signed=Signed(*names),
    )
    return found, number


def cut_off_of(year: Year, period: int | None, annual: bool) -> dt.date:
    """The day that figures stop at: today while the period lasts. A bilan is of the whole year."""
    plan = year.plan
    last = plan.calendar.periods[-1].id
    if annual and period not in (None, last):
        raise PrtError("--annual is of the whole year: leave --period out.", code=2)
    if annual:
        return min(plan.ends, max(context.today(), plan.starts))
    if period is None:
        return next_report.cut_off_of(due(year))
    chosen = plan.calendar.period(period)
    if chosen and chosen.first <= context.today() < chosen.last:
        return context.today()
    return context.cut_off(plan, period, None)


def tell_gaps(found: Report) -> None:
    """How much the draft still misses: it is marked where it stands."""
    from prt.output.report.walk import gaps

    if missing := gaps(found):
        things = "1 thing is" if missing == 1 else f"{missing} things are"
        context.say(f"{things} missing in it, and marked there. To write them: prt notes")


def due(year: Year) -> Period:
    """The next report, said aloud where its date is over; the last one where every one was sent."""
    found = next_report.next_report(year)
    if found and (said := next_report.never_sent(found)):
        context.say(said)
    return found or year.plan.periods[-1]


def default_path(opened: Year, name: str, language: Language, how: str) -> Path:
    folder = opened.project.root / "reports" / opened.plan.year
    return folder / f"{name}-draft.{language}.{how}"


def write(path: Path, text: str) -> None:
    from prt.files.store.disk import write_atomic

    write_atomic(path, text.encode("utf-8"), str(path))


def open_in_browser(path: Path) -> None:
    """Opens the file, or says where it is on a machine without a browser."""
    if not webbrowser.open(path.resolve().as_uri()):
        context.say(f"No browser was found here. The report is in {path.resolve()}")


def print_text(text: str) -> None:
    """To a terminal as it can show it; to a file or a pipe as UTF-8 on every system."""
    if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(text)
