"""Every problem of a plan year: of its files, its rows, what was promised, and what is personal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prt.console import context
from prt.console.git import ask_git, find_repository
from prt.figures.checks import check as rules
from prt.figures.doubles import find_doubles
from prt.files.corrections import undone_edits
from prt.files.csv.garbled import garbled_problems
from prt.files.merging.driver import has_attributes
from prt.files.privacy.private_folder import private_problems
from prt.files.privacy.walk import personal_problems
from prt.files.project import Project, Year
from prt.files.provenance import ImportedRow
from prt.files.store.project_format import read_format
from prt.files.strangers import link_problems, stranger_problems
from prt.files.submissions.checks import amendment_problems, submission_problems
from prt.model.records import Correction
from prt.problems import Mistake, Place, Problem, PrtError


def all_problems(year: Year) -> list[Problem]:
    """What loading found, what the rules find, and changes of what was promised that nobody explained."""
    today = context.today()
    found = [*year.problems, *rules(year.plan, year.data, today)]
    return [*found, *submission_problems(year), *amendment_problems(year, today)]


def pair_problems(year: Year) -> list[Problem]:
    """What only files and rows held against each other show: copies that nobody reads, edits undone, doubles.

    No figure is another for them; a report does not count them.
    """
    found = [
        *format_problems(year.project),
        *stranger_problems(year),
        *link_problems(year.project),
        *corrections_problems(year),
        *double_problems(year),
        *driver_problems(year.project),
    ]
    notes = year.corrections()
    for model, path in year.model_files():
        file = year.project.read_csv(path)
        found += [*undone_edits(model, file, notes), *garbled_problems(file)]
    return found


def format_problems(project: Project) -> Iterator[Problem]:
    """That the project does not say of which version its files are, and so nothing is written."""
    try:
        read_format(project.root)
    except PrtError as error:
        for problem in error.problems:
            if isinstance(problem, Problem):
                yield replace(problem, severity="warning")


def corrections_problems(year: Year) -> Iterator[Problem]:
    """What is wrong in corrections.csv, that of the plan year and that of the private folder."""
    for path in (year.corrections_path, year.project.private / year.corrections_path.name):
        yield from year.project.read_rows(Correction, path)[1]


def driver_problems(project: Project) -> Iterator[Problem]:
    """A warning in a clone of git that would merge line by line what the project merges by row."""
    if has_attributes(project.root) and ask_git(project.root, "config", "merge.prt.driver") == "":
        yield Problem.of(Place(".gitattributes"), Mistake("merge_by_lines"), "warning")


def double_problems(year: Year) -> Iterator[Problem]:
    """A warning for each row that may be another one entered twice; the rows of imports are what they are."""
    imported = set(year.read_table(ImportedRow.log).column("id"))
    for rows in year.data.logs.values():
        for first, second in find_doubles(rows):
            if not {first.id, second.id} <= imported:
                mistake = Mistake("may_be_twice", id=second.name, other=first.name, line=first.line)
                yield Problem.of(second.place(), mistake, "warning", second.id)


def privacy_problems(year: Year) -> list[Problem]:
    """Names and addresses where they do not belong, and who could read the private folder.

    No figure depends on them, and no report counts them: they differ with who has the private folder.
    """
    project = year.project
    return [*tracked_problems(project), *private_problems(year, context.today()), *personal_problems(project)]


def tracked_problems(project: Project) -> list[Problem]:
    """An error where git has names already, a warning where it would take them.

    The private folder may be in a repository that begins above the project, or in one of its own.
    """
    folder = project.private.resolve()
    repository = find_repository(folder)
    if repository is None:
        return []
    inside, shown = folder.relative_to(repository).as_posix(), project.shown(project.private)
    place = Place(shown)
    if ask_git(repository, "ls-files", "--", f":(top,glob){inside}/**/*.csv"):
        return [Problem.of(place, Mistake("git_has_names", folder=shown))]
    ignored = ask_git(repository, "check-ignore", "--no-index", f"{inside}/names.csv")
    if ignored is None or ignored:
        return []
    line = shown if project.private.is_relative_to(project.root) else inside
    return [Problem.of(place, Mistake("git_would_take_names", folder=line), "warning")]
