"""The page of the week as it is written, and where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from prt.console import context
from prt.console.git import ask_git, find_repository
from prt.figures.evaluate import Evaluation
from prt.figures.todo import dates
from prt.figures.withholding.published import ALL_SHOWN
from prt.files.outputs import ignore_in_git
from prt.files.privacy.personal import without_traces
from prt.files.privacy.walk import known_names
from prt.files.project import Project, Year
from prt.files.submissions.digest import printed_digest, rows_digest
from prt.files.trace.disk_questions import is_folder
from prt.files.yaml.words import say_phrase
from prt.model.text import Language
from prt.output.renderers.template import render_template
from prt.output.report.results import Figures
from prt.output.screens.status import StatusScreen
from prt.output.week.page import make_week
from prt.output.week.page_words import PageWords
from prt.output.week.targets import WeekView
from prt.tasks.next_report import every_unsent, sent_periods
from prt.tasks.reports.editions import past_of
from prt.tasks.show_status import amended_targets
from prt.tasks.todo_list import todo_screen

NAME = "this-week"


def week_page(
    opened: Year,
    evaluation: Evaluation,
    language: Language,
    asked: Mapping[str, str | None],
    published: bool = False,
) -> str:
    """The page as HTML. `asked` are the options that its commands get too: the year, the day of its figures.

    What people typed stands in it without names, e-mails and telephone numbers.
    """
    withheld = ALL_SHOWN
    if published:
        edition = past_of(opened, evaluation.period.id).edition(evaluation)
        evaluation, withheld = edition.evaluation, edition.withheld
    today = evaluation.cut_off if asked["as_of"] else context.today()
    words = PageWords(language, evaluation.plan, evaluation.data.organisations)
    options = {**asked, "as_published": published}
    screen = StatusScreen(
        evaluation,
        words,
        today,
        None,
        None,
        options,
        list(every_unsent(opened, asked["year"])),
        amended_targets(opened, words),
    )
    names = known_names(opened.project)
    hidden = cache(lambda text: without_traces(text, names))
    view = WeekView(Figures(evaluation, words, withheld), screen, hidden, published)
    coming = dates(evaluation, today, sent_periods(opened))
    todo = None if published else todo_screen(opened, screen, coming)
    rows = sum(len(rows) for rows in opened.data.logs.values())
    digest = printed_digest(rows_digest(opened.project, opened.plan.year))
    made = make_week(view, todo, coming, rows, digest)
    own = opened.project.root / "templates"
    return render_template("week.html.j2", made, words, own if is_folder(own) else None)


def keep_from_git(project: Project, path: Path) -> None:
    """The page is made again from the rows, and differs with its day: git never takes it along."""
    if find_repository(project.root) is None or project.root not in path.parents:
        return
    taken = ask_git(project.root, "ls-files", "--others", "--exclude-standard", "--", str(path))
    if taken:
        ignore_in_git(project, path)
        context.say(say_phrase("page_kept_from_git", path=project.shown(path)))


def week_path(project: Project, published: bool) -> Path:
    """In the project's folder; PRT_PAGE names another folder or file. What the funder would see lies beside
    it, for neither replaces the other."""
    path = context.page_place() or project.root
    path = path / f"{NAME}.html" if is_folder(path) else path
    return path.with_stem(f"{path.stem}-published") if published else path
