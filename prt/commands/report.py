"""`prt report`: the report that is due, in the funder's language."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.options import (
    AnnualOption,
    ApprovedByOption,
    ForceOption,
    PreparedByOption,
    ReportLangOption,
    ReportOption,
    YearOption,
    check_format,
)
from prt.console.screen import open_in_browser, print_text
from prt.console.signature import Option
from prt.figures.evaluate import evaluate
from prt.files.outputs import check_output, make_drafts_folder, write_output
from prt.files.project import Year
from prt.files.rooms import report_stem
from prt.files.yaml.words import say_phrase
from prt.model.text import Language
from prt.output.renderers import RENDERERS, format_of_ending
from prt.output.report.cover import Signed
from prt.output.report.document import READERS, Reader, Report, count_gaps
from prt.problems import JoinedTexts, Mistake, PrtError
from prt.tasks import make_report
from prt.tasks.editions import past_of, tell_what_gives_way
from prt.tasks.next_report import open_reported_year, report_cut_off
from prt.text import command_with
from prt.values import dataclass


@dataclass(frozen=True)
class ReportOptions:
    """What `prt report` is asked for."""

    period: ReportOption = None
    lang: ReportLangOption = None
    form: Annotated[
        str | None,
        Option("Default: by the name of the output.", name="--format", metavar="|".join(RENDERERS)),
    ] = None
    output: Annotated[str | None, Option("A file such as report-2.html.", short="-o", metavar="FILE")] = None
    show: Annotated[bool, Option("Write it as HTML and open it in the browser.", name="--open")] = False
    force: ForceOption = False
    annual: AnnualOption = False
    reader: Annotated[
        str,
        Option(
            "One page, the funder's report, or every row and rule.", name="--for", metavar="|".join(READERS)
        ),
    ] = "funder"
    prepared_by: PreparedByOption = ""
    approved_by: ApprovedByOption = ""
    year: YearOption = None


def report(options: ReportOptions) -> None:
    """The report on a period: on the screen as Markdown, or in a file."""
    how = find_format(options.form, options.output, options.show)
    reader = find_reader(options.reader)
    opened = open_reported_year(options.year, options.period, options.annual)
    language = context.language(options.lang or opened.plan.funder.languages[0])
    path = Path(options.output) if options.output else None
    if path:
        check_output(opened.project, path, force=options.force)  # before a report is made for nothing
    evaluation = evaluate(opened.plan, opened.data, report_cut_off(opened, options.period, options.annual))
    number = evaluation.period.id
    past, signed = past_of(opened, number, options.annual), Signed(options.prepared_by, options.approved_by)
    edition = past.edition(evaluation)
    (found,) = make_report.reports_of(
        opened,
        edition,
        (language,),
        earlier=past.earlier,
        annual=options.annual,
        signed=signed,
        damaged=past.damaged,
        reader=reader,
    )
    text = make_report.render_report(found, opened, how, opened.project)
    if options.show and path is None:
        stem = "annual" if options.annual else f"report-{number}"
        path = default_path(opened, stem if reader == "funder" else f"{stem}-{reader}", language, how)
        make_drafts_folder(opened.project, path)
    if path is None:
        print_text(text)
    else:
        comments = RENDERERS[how].comments
        write_output(opened.project, path, text, comments=comments, force=options.force)
        kind = "annual" if options.annual else "of"
        context.say(say_phrase(f"draft_{kind}_{language}", number=number, path=path))
    tell_what_gives_way(past, edition)
    tell_gaps(found, notes_command(options))
    make_report.tell_unplaced(opened, report_stem(number, options.annual), language)
    context.left_out_notice(opened)
    if path and options.show:
        open_in_browser(path)


def find_reader(asked: str) -> Reader:
    """The edition that is asked for; PrtError where there is none of that name."""
    found = next((one for one in READERS if one == asked), None)
    if found is None:
        raise PrtError(Mistake("no_reader", text=asked, known=", ".join(READERS)), code=2)
    return found


def notes_command(options: ReportOptions) -> str:
    """The command that makes the notes of this report."""
    return command_with(
        "prt notes", annual=options.annual, period=options.period, lang=options.lang, year=options.year
    )


def find_format(form: str | None, output: str | None, show: bool) -> str:
    """The format that is asked for, else that of the output's name, else HTML to open, Markdown to read."""
    if form:
        return check_format(form, tuple(RENDERERS))
    if not output:
        return "html" if show else "md"
    ending = Path(output).suffix.lower().lstrip(".")
    if not ending:
        inside = Path(output) / "report" if Path(output).is_dir() else output
        names = JoinedTexts([f"{inside}.{name}" for name in RENDERERS], "or")
        raise PrtError(Mistake("format_not_said", output=output, names=names), code=2)
    if found := format_of_ending(ending):
        return found
    names = JoinedTexts([f".{name}" for name in RENDERERS], "or")
    raise PrtError(Mistake("not_a_report_format", output=output, names=names), code=2)


def tell_gaps(found: Report, to_write: str) -> None:
    """How much the draft still misses: it is marked where it stands, and a command writes it."""
    if missing := count_gaps(found):
        context.say(say_phrase("gaps", missing, command=to_write))


def default_path(opened: Year, name: str, language: Language, how: str) -> Path:
    folder = opened.project.root / "reports" / opened.plan.year
    return folder / f"{name}-draft.{language}.{how}"
