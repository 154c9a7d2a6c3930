"""The text of a report, with the notes that were written for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prt.console import context
from prt.figures.restatement.compare import Earlier
from prt.figures.withholding.published import Edition
from prt.files.export.browser import find_browser, print_page
from prt.files.notes import read_notes
from prt.files.project import Project, Year
from prt.files.rooms import notes_path, report_stem
from prt.files.submissions.checks import count_figure_problems
from prt.files.submissions.digest import printed_digest, rows_digest
from prt.files.submissions.submission import Submission, list_submissions, readable_submissions
from prt.files.trace.disk_questions import is_folder
from prt.files.yaml.words import say_phrase
from prt.model.text import LANGUAGES, Language
from prt.output.document.editions import has_records
from prt.output.document.report_document import Reader, Report
from prt.output.renderers import find_renderer
from prt.output.report.audit import NO_RECORDS, Records
from prt.output.report.cover import NOBODY, Sent, Signed
from prt.output.report.last_year import LastYear
from prt.output.report.report import report
from prt.output.words import Words


def reports_of(
    year: Year,
    edition: Edition,
    languages: Iterable[Language],
    *,
    earlier: Sequence[Earlier] = (),
    sent: Sent | None = None,
    annual: bool = False,
    signed: Signed | None = None,
    damaged: Sequence[Submission] = (),
    reader: Reader = "funder",
    last_year: LastYear | None = None,
) -> Iterator[Report]:
    """The edition for one reader in each of these languages, with the notes that were written for it."""
    stem = report_stem(edition.evaluation.period.id, annual)
    problems = count_figure_problems(year, context.today())
    notes = {one: read_notes(year.project, year.folder, stem, one) for one in LANGUAGES}
    digest = printed_digest(rows_digest(year.project, year.plan.year))
    for language in languages:
        yield report(
            edition,
            language,
            problems=problems,
            left_out=year.left_out,
            sent=sent,
            earlier=earlier,
            annual=annual,
            notes=notes,
            signed=signed or NOBODY,
            digest=digest,
            damaged=[one.shown for one in damaged],
            reader=reader,
            records=records_of(year) if has_records(reader) else NO_RECORDS,
            last_year=last_year,
        )


def records_of(year: Year) -> Records:
    return Records(year.corrections(), [one.manifest for one in readable_submissions(list_submissions(year))])


def render_report(found: Report, words: Words, how: str, project: Project) -> str | bytes:
    """A report in one format. `project` has the templates: a frozen plan year has none of its own."""
    own = project.root / "templates"
    return find_renderer(how).render(found, words, own if is_folder(own) else None)


def print_report(how: str, text: str | bytes) -> str | bytes | None:
    """What the file of a report is to have: of a format that a browser makes, its PDF. None where no browser
    is there, or where it makes none."""
    if isinstance(text, bytes) or not find_renderer(how).printed:
        return text
    browser = find_browser(context.named_browser(), context.program_folders())
    return print_page(browser, text) if browser else None


def tell_unplaced(year: Year, stem: str, language: Language) -> None:
    for said in say_unplaced(year, stem, language):
        context.say(said)


def say_unplaced(year: Year, stem: str, language: Language) -> Iterator[str]:
    """What of the notes no report prints: a heading that is misspelt loses nothing silently.

    A code block that never ends is named as well.
    """
    plan = year.plan
    names = {*plan.handles(), *(one.id for one in plan.lines()), *(one.id for one in plan.volets)}
    path = year.project.shown(notes_path(year.folder, stem, language))
    notes = read_notes(year.project, year.folder, stem, language)
    for line in notes.unclosed:
        yield say_phrase("code_block", path=path, line=line)
    for one in notes.placed_nowhere(names):
        title = say_phrase("quoted", text=one.title) if one.title else say_phrase("before_first")
        yield say_phrase("printed_nowhere", path=path, line=one.line or 1, title=title)
