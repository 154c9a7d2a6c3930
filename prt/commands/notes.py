"""`prt notes`: the file in which people write what figures do not say, with a heading for each gap."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated

from prt.console import context, screen
from prt.console.options import ReportLangOption, ReportOption, YearOption
from prt.console.signature import Option
from prt.figures.evaluate import Evaluation
from prt.figures.withholding.published import Edition
from prt.files.notes import read_markdown, write_markdown
from prt.files.project import Project, Year
from prt.files.rooms import notes_path, report_stem
from prt.files.store.reading import settle_reading
from prt.files.store.staging import stage
from prt.files.trace.disk_questions import is_stored_file
from prt.files.yaml.words import say_phrase
from prt.model.selections import whole_log
from prt.model.text import Language
from prt.output.notes.notes_outline import WantedHeading, add_headings, wanted_headings
from prt.output.report.history import report_name
from prt.output.report.results import Figures
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.next_report import open_reported_year, report_cut_off
from prt.tasks.reports.editions import past_of
from prt.tasks.reports.make_report import tell_unplaced


def notes(
    period: ReportOption = None,
    annual: Annotated[bool, Option("The notes of the bilan.")] = False,
    lang: ReportLangOption = None,
    year: YearOption = None,
) -> None:
    """The notes for a report: makes the file, or adds the headings it misses, and opens it to be written."""
    opened = open_reported_year(year, period, annual)
    language = context.language(lang or opened.plan.funder.languages[0])
    evaluation, stem = evaluate_for_notes(opened, period, annual)
    path = notes_path(opened.folder, stem, language)
    edition = past_of(opened, evaluation.period.id, annual).edition(evaluation)
    wanted, head = notes_headings(edition, language, annual)
    there = is_stored_file(path)
    _, added = add_headings(read_markdown(opened.project, path)[0], wanted, head)
    if added:
        added = write_headings(opened.project, path, wanted, head)
    tell_notes(opened.project.shown(path), there, added)
    tell_unplaced(opened, stem, language)
    context.left_out_notice(opened)
    if on_terminal():
        open_file(path)


def write_headings(
    project: Project, path: Path, wanted: list[WantedHeading], head: str
) -> list[WantedHeading]:
    """Add the headings that the file misses now that nobody else writes; returns them."""
    with stage(project, "prt notes", context.now()):
        text, encoding = read_markdown(project, path)
        new, added = add_headings(text, wanted, head)
        if added:
            write_markdown(project, path, new, encoding)
    return added


def evaluate_for_notes(year: Year, period: int | None, annual: bool) -> tuple[Evaluation, str]:
    """The figures that the report will have, and the name of its notes."""
    evaluation = year.evaluate(report_cut_off(year, period, annual))
    return evaluation, report_stem(evaluation.period.id, annual)


def notes_headings(edition: Edition, language: Language, annual: bool) -> tuple[list[WantedHeading], str]:
    """The headings that the notes should have, and the comment at the head of the file.

    Notes are kept with what was sent: they say what the report says.
    """
    evaluation = edition.evaluation
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    figures = Figures(evaluation, words, edition.withheld)
    coming = evaluation.view.to_come(whole_log("sessions"))
    name = report_name(words, evaluation.period.id, annual)
    return list(wanted_headings(figures, coming, annual)), words("notes.ask.file", report=name)


def tell_notes(shown: str, was_there: bool, added: list[WantedHeading]) -> None:
    targets = sum(bool(one.about and not one.names) for one in added)
    gaps = say_phrase("n_gaps", targets)
    if not was_there:
        print(say_phrase("n_made", file=shown, gaps=gaps))
    elif added:
        print(say_phrase("n_added", file=shown, number=len(added), gaps=gaps))
    else:
        print(say_phrase("n_nothing", file=shown))


def on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def open_file(path: Path) -> None:
    """In the editor of the environment, or with what the system opens such files with."""
    editor = context.editor()
    if not editor:
        screen.launch(path)
        return
    settle_reading()
    try:
        subprocess.run([*shlex.split(editor, posix=os.name != "nt"), str(path)])
    except (OSError, ValueError) as error:
        raise PrtError(Mistake("editor_not_started", editor=editor, error=error)) from None
