"""`prt report`: the report that is due, in the funder's language."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
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
from prt.console.screen import is_read_here, open_in_browser, print_text
from prt.console.signature import Option
from prt.console.surroundings.keeping import AnswerPart, find_part
from prt.files.kept.kept_bodies import NO_DATA
from prt.files.outputs import check_output, make_drafts_folder, write_output
from prt.files.project import Project, Year
from prt.files.rooms import report_stem
from prt.files.trace.disk_questions import is_folder
from prt.files.trace.trace import end_trace, unnoted
from prt.files.yaml.words import say_phrase
from prt.model.plan import Plan
from prt.output.document.report_document import READERS, Reader, Report, count_gaps
from prt.output.forms.form_names import FormNames, list_names, names_text
from prt.output.renderers import RENDERERS, format_of_ending
from prt.output.report.cover import Signed
from prt.output.words import Words
from prt.problems import JoinedTexts, Mistake, PrtError
from prt.tasks.next_report import load_reported_year, report_cut_off
from prt.tasks.reports import make_report
from prt.tasks.reports.editions import past_of, say_what_gives_way
from prt.tasks.reports.fill_form import check_form, fill_form
from prt.tasks.reports.last_year import last_year_of
from prt.text import command_with
from prt.values import NamedTuple, dataclass


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
    into: Annotated[
        str | None,
        Option("A form that has names in it, .docx or .xlsx, filled in as the output.", metavar="FORM"),
    ] = None
    names: Annotated[bool, Option("The names that a form may have, with their values.")] = False
    leave_unknown: Annotated[bool, Option("Leave the names of a form that are none.")] = False
    prepared_by: PreparedByOption = ""
    approved_by: ApprovedByOption = ""
    year: YearOption = None


class ReportDraft(NamedTuple):
    """A report that was made of a plan, the number of its period, and what is told of it beside what is to be
    written: what `gives_way` to what was sent before, and all else."""

    project: Project
    plan: Plan
    report: Report
    number: int
    gives_way: tuple[str, ...]
    told: tuple[str, ...]


def report(options: ReportOptions) -> None:
    """The report on a period: a page in a file; as Markdown for another program."""
    filed = goes_to_file(options)
    how = "md" if options.into or options.names else find_format(options.form, options.output, filed)
    reader = find_reader(options.reader)
    if options.prepared_by or options.approved_by:
        end_trace()  # no name is kept
    project, path = context.open_project(), Path(options.output) if options.output else None
    part = find_part("report", *map(repr, content_of(options)))
    if part and (kept := kept_draft(part, project)):
        check_places(options, project, path)
        part.say_again()
        write_report(kept, options, how, path)
        return
    opened = load_reported_year(project, options.year, options.period, options.annual)
    if part:
        part.mark()
    check_places(options, project, path)  # before a report is made for nothing
    write_report(make_draft(options, opened, reader, part), options, how, path)


def check_places(options: ReportOptions, project: Project, path: Path | None) -> None:
    """PrtError where the form cannot be filled, or nothing may be written there. What is made does not rest
    on where it goes; once it is written, nothing that was noted is kept."""
    with unnoted():
        if options.into:
            check_form(Path(options.into), path, options.form)
        if path:
            check_output(project, path, force=options.force)


def write_report(draft: ReportDraft, options: ReportOptions, how: str, path: Path | None) -> None:
    """The report where it was asked for: its names alone, in a form, or as it is."""
    names = partial(list_names, draft.report, len(draft.plan.periods))
    if options.names:
        print_text(names_text(names()))
    elif options.into and path:
        filled = fill_form(Path(options.into), FormNames(names()), options.leave_unknown)
        write_output(draft.project, path, filled.text, marked=None, force=options.force)
        context.say(say_phrase("form_filled", number=draft.number, path=path))
        tell_of_draft(draft, options, sum(one.is_gap for one in filled.names))
    else:
        write_draft(draft, options, how, path)


def content_of(options: ReportOptions) -> tuple[object, ...]:
    """What of the options makes another report; the others say where it goes, and in which format."""
    signed = options.prepared_by, options.approved_by
    return options.period, options.lang, options.annual, options.reader, options.year, *signed


def kept_draft(part: AnswerPart, project: Project) -> ReportDraft | None:
    """The report as it was made in another format, where nothing has changed that it was made of."""
    with suppress(*NO_DATA):
        if found := part.read():
            plan, *made = found
            known = project.plan(project.root / "plan" / plan)[0]
            part.say_again()
            return ReportDraft(project, known, *made)
    return None


def keep_draft(part: AnswerPart, draft: ReportDraft, plan: str) -> None:
    """Keep what `kept_draft` reads."""
    part.keep((plan, draft.report, draft.number, draft.gives_way, draft.told))


def make_draft(options: ReportOptions, opened: Year, reader: Reader, part: AnswerPart | None) -> ReportDraft:
    language = context.language(options.lang or opened.plan.funder.languages[0])
    evaluation = opened.evaluate(report_cut_off(opened, options.period, options.annual))
    past = past_of(opened, evaluation.period.id, options.annual)
    edition = past.edition(evaluation)
    (found,) = make_report.reports_of(
        opened,
        edition,
        (language,),
        earlier=past.earlier,
        annual=options.annual,
        signed=Signed(options.prepared_by, options.approved_by),
        damaged=past.damaged,
        reader=reader,
        last_year=last_year_of(opened, evaluation) if options.annual else None,
    )
    number = evaluation.period.id
    notes = make_report.say_unplaced(opened, report_stem(number, options.annual), language)
    gives_way, told = say_what_gives_way(past, edition), (*notes, *context.say_left_out(opened))
    draft = ReportDraft(opened.project, opened.plan, found, number, tuple(gives_way), told)
    if part:
        keep_draft(part, draft, opened.path.name)
    return draft


def goes_to_file(options: ReportOptions) -> bool:
    """A thousand lines would run through a terminal, and nobody reads them there."""
    return options.show or (is_read_here() and not options.form and not options.output)


def write_draft(draft: ReportDraft, options: ReportOptions, how: str, path: Path | None) -> None:
    """The report in its file, or printed: as HTML where a browser should print it and none can."""
    project, printed = draft.project, RENDERERS[how].printed
    words = Words(draft.report.language, draft.plan, project.organisations[0])
    text = make_report.render_report(draft.report, words, how, project)
    if path is None and goes_to_file(options):
        path = default_path(draft, options, how)
        make_drafts_folder(project, path)
    if path is None:
        if printed or isinstance(text, bytes):
            raise PrtError(Mistake("format_needs_file", form=how), code=2)
        print_text(text)
        tell_of_draft(draft, options, count_gaps(draft.report))
        return
    made = make_report.print_report(how, text)
    if made is None:
        path, how = path.with_suffix(".html"), "html"
    whole = text if made is None else made
    marked = draft.report.language if RENDERERS[how].comments else None
    write_output(project, path, whole, marked=marked, force=options.force)
    kind = "annual" if options.annual else "of"
    context.say(say_phrase(f"draft_{kind}_{draft.report.language}", number=draft.number, path=path))
    tell_of_draft(draft, options, count_gaps(draft.report))
    if options.show:
        open_in_browser(path)
    if made is None:
        raise PrtError(Mistake("no_pdf", path=path, other=path.with_suffix(".docx")))


def tell_of_draft(draft: ReportDraft, options: ReportOptions, missing: int) -> None:
    """What gives way to what was sent, how much is still to be written, which notes no report prints.

    What is missing is marked where it stands, and a command writes it.
    """
    gaps = [say_phrase("gaps", missing, command=notes_command(options))] if missing else []
    for said in (*draft.gives_way, *gaps, *draft.told):
        context.say(said)


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
        inside = Path(output) / "report" if is_folder(Path(output)) else output
        names = JoinedTexts([f"{inside}.{name}" for name in RENDERERS], "or")
        raise PrtError(Mistake("format_not_said", output=output, names=names), code=2)
    if found := format_of_ending(ending):
        return found
    names = JoinedTexts([f".{name}" for name in RENDERERS], "or")
    raise PrtError(Mistake("not_a_report_format", output=output, names=names), code=2)


def default_path(draft: ReportDraft, options: ReportOptions, how: str) -> Path:
    """The path of a draft for which no `--output` was given."""
    stem = "annual" if options.annual else f"report-{draft.number}"
    name = stem if options.reader == "funder" else f"{stem}-{options.reader}"
    folder = draft.project.root / "reports" / draft.plan.year
    return folder / f"{name}-draft.{draft.report.language}.{how}"
