"""Every problem of a plan year: of its files, its rows, what was promised, and what is personal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from prt.console import context
from prt.console.git import ask_git, find_repository
from prt.figures.doubles import find_doubles
from prt.files.corrections import edits_of, undone_edits
from prt.files.csv.repairs import garbled_lines, garbled_problems
from prt.files.merging.attributes import has_attributes
from prt.files.merging.mark_lines import ANY, OF_PROSE, merge_problems
from prt.files.privacy.misplaced import backups_inside, sheets_elsewhere
from prt.files.privacy.private_folder import private_problems, provenance_problems
from prt.files.privacy.walk import carried_problems, every_text, personal_problems, problems_around
from prt.files.project import Project, Year
from prt.files.provenance import ImportedRow
from prt.files.store.disk import real_path
from prt.files.store.project_format import read_format
from prt.files.strangers import link_problems, stranger_problems
from prt.files.submissions.checks import damaged_files, figure_problems
from prt.model.records import Correction, NameRecord
from prt.model.rows import Row
from prt.problems import Kind, Mistake, Place, Problem, PrtError, Tellable, first_of_each_kind
from prt.values import NamedTuple

PAGE = re.compile(r"this-week(-published)?\.html")
"""What prt open makes, unless somebody named another file."""


def every_problem(year: Year) -> list[Problem]:
    """What `prt check` says; `prt` and `prt todo` count the same."""
    found = [*figure_problems(year, context.today()), *pair_problems(year), *damaged_files(year)]
    found += [*provenance_problems(year), *privacy_problems(year)]
    places = Counter(one.where for one in found)
    told: dict[tuple[Place, str], Problem] = {}
    for one in found:
        told.setdefault((one.where, one.what if places[one.where] > 1 else ""), one)
    return list(told.values())


def pair_problems(year: Year) -> list[Problem]:
    """What only files and rows held against each other show: copies that nobody reads, edits undone, doubles.

    No figure is another for them; a report does not count them.
    """
    found = chain[Tellable](
        format_problems(year.project),
        stranger_problems(year),
        link_problems(year.project),
        corrections_problems(year),
        double_problems(year),
        driver_problems(year.project),
        table_problems(year),
    )
    return first_of_each_kind(found)


def table_problems(year: Year) -> Iterator[Problem]:
    """Of each table: edits that are undone, and texts of another encoding; then what people write."""
    edits = edits_of(year.corrections())
    for model, path in year.model_files():
        file = year.project.read_csv(path)
        yield from undone_edits(model, file, edits)
        yield from garbled_problems(file)
    yield from text_problems(year)


def text_problems(year: Year) -> Iterator[Problem]:
    """Garbled letters, and what a merge left, in texts that people write; in names.csv no name is said."""
    for file in every_text(year.project, "open"):
        if file.folder in ("plan", "data", "templates") and not file.is_table:
            text = "".join(file.lines())
            for one in garbled_lines(text):
                mistake = Mistake("text_garbled", text=one.text, right=one.right)
                yield Problem.of(Place(file.shown, one.line), mistake, "warning")
            marks = ANY if file.folder == "plan" else OF_PROSE
            yield from merge_problems(text, file.shown, marks)
    names = year.read_table(NameRecord.log)
    for one in garbled_lines("".join(names.lines)):
        yield Problem.of(Place(names.shown, one.line), Mistake("name_garbled"), "warning")


def format_problems(project: Project) -> Iterator[Problem]:
    """That the project does not say of which version its files are, and so nothing is written."""
    try:
        read_format(project.root)
    except PrtError as error:
        yield from (one for one in error.problems if isinstance(one, Problem))


def corrections_problems(year: Year) -> Iterator[Problem]:
    """What is wrong in corrections.csv, that of the plan year and that of the private folder."""
    for path in (year.corrections_path, year.project.private / year.corrections_path.name):
        yield from year.project.read_rows(Correction, path)[1]


def driver_problems(project: Project) -> Iterator[Problem]:
    """A warning in a clone of git that would merge line by line what the project merges by row."""
    if has_attributes(project.root) and ask_git(project.root, "config", "merge.prt.driver") == "":
        yield Problem.of(Place(".gitattributes"), Mistake("merge_by_lines"), "warning")


class Double(NamedTuple):
    """A row that may be an earlier one entered twice: a Problem as soon as it is told."""

    earlier: Row
    row: Row

    @property
    def kind(self) -> Kind:
        return self.row.file, "warning", "may_be_twice", ""

    @property
    def times(self) -> int:
        return 1

    def told(self) -> Problem:
        first, second = self
        mistake = Mistake("may_be_twice", id=second.name, other=first.name, line=first.line)
        return Problem.of(Place(second.file, second.line, 0, ""), mistake, "warning", second.id)


def double_problems(year: Year) -> Iterator[Double]:
    """A warning for each row that may be another one entered twice; the rows of imports are what they are."""
    imported = set(year.read_table(ImportedRow.log).column("id"))
    for log, rows in year.data.logs.items():
        for first, second in find_doubles(rows, partial(year.data.cells, log)):
            if first.id not in imported or second.id not in imported:
                yield Double(first, second)


def privacy_problems(year: Year) -> list[Problem]:
    """Names and addresses where they do not belong, and who could read the private folder.

    No figure depends on them, and no report counts them: they differ with who has the private folder.
    """
    project = year.project
    carried = carried_files(project)
    named = first_of_each_kind(
        chain(carried_problems(project, carried), problems_around(project, files_around(project)))
    )
    found = [*laptop_problems(carried), *tracked_problems(project), *private_problems(year, context.today())]
    found += [*backups_inside(project), *sheets_elsewhere(project)]
    return [*found, *personal_problems(project), *named]


def carried_files(project: Project) -> list[str]:
    """What git has, or would take, seen from the project; nothing where there is no git."""
    if find_repository(project.root) is None:
        return []
    listed = ask_git(project.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    return listed.rstrip("\0").split("\0") if listed else []


def files_around(project: Project) -> list[Path]:
    """What git tracks in the repository around the project's folder; nothing where that is all of it."""
    root = real_path(project.root)
    repository = find_repository(root)
    if repository is None or repository == root:
        return []
    inside = root.relative_to(repository).as_posix()
    listed = ask_git(repository, "ls-files", "-z", "--", ":/", f":(top,exclude,literal){inside}")
    return [repository / name for name in listed.rstrip("\0").split("\0")] if listed else []


def laptop_problems(carried: Sequence[str]) -> Iterator[Problem]:
    """A warning where git takes along what prt keeps for one laptop: texts that were corrected, drafts, the
    page of the week."""
    if any(name.startswith(".prt/") for name in carried):
        yield Problem.of(Place(".prt"), Mistake("git_carries_laptop"), "warning")
    for name in carried:
        if PAGE.fullmatch(name.rpartition("/")[2]):
            yield Problem.of(Place(name), Mistake("git_carries_page", page=name), "warning")


def tracked_problems(project: Project) -> list[Problem]:
    """An error where git has names already, a warning where it would take them.

    The private folder may be in a repository that begins above the project, or in one of its own.
    """
    folder = real_path(project.private)
    repository = find_repository(folder)
    if repository is None:
        return []
    inside, shown = folder.relative_to(repository).as_posix(), project.shown(project.private)
    place = Place(shown)
    patterns = [f":(top,glob){inside}/**/*.{ending}" for ending in ("csv", "xlsx")]
    if ask_git(repository, "ls-files", "--", *patterns):
        return [Problem.of(place, Mistake("git_has_names", folder=shown))]
    ignored = ask_git(repository, "check-ignore", "--no-index", f"{inside}/names.csv")
    if ignored is None or ignored:
        return []
    line = shown if project.private.is_relative_to(project.root) else inside
    return [Problem.of(place, Mistake("git_would_take_names", folder=line), "warning")]
