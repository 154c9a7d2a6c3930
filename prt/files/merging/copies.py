"""Which files are copies of which: conflict copies in the project, the folder of a year, a whole project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prt.files.project import YEARS, Project, original_of
from prt.files.provenance import KEPT, PRIVATE, HeadingRecord
from prt.files.rooms import (
    LEFT_BY_SYSTEMS,
    NOTES,
    OPEN,
    SUBMITTED,
    find_copies,
    mark_of_copy,
    plan_years,
    rooms_of_all_years,
    template_rooms,
)
from prt.files.store.disk import real_path
from prt.files.store.project_format import refuse_newer
from prt.files.trace.disk_questions import find_below, find_in, is_folder, is_stored_file, list_folder
from prt.model.records import LOGS, ROSTERS, Correction
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, field, replace

ReadBase = Callable[[Path], bytes | None]
"""A file of ours as it was when the copy was made; None where nobody knows."""
OF_YEAR = (*LOGS, *KEPT, Correction.log)
OF_PROJECT = (*ROSTERS, HeadingRecord.log)


@dataclass(frozen=True)
class Twin:
    """A file of the project, which may not be there, and another version of it."""

    ours: Path
    theirs: Path

    @property
    def is_table(self) -> bool:
        return self.ours.suffix == ".csv"


@dataclass(frozen=True)
class Copy:
    """Files that were copied together. Of a `whole` copy nothing is missing: where it has no corrections.csv,
    nothing was corrected there; a conflict copy without one shares ours."""

    twins: tuple[Twin, ...]
    whole: bool = False
    submitted: tuple[Twin, ...] = ()
    """Folders of submissions."""
    read_base: ReadBase = field(default=lambda _: None, compare=False)


def copies_at(project: Project, path: Path | None, find_base: Callable[[Path], ReadBase]) -> list[Copy]:
    """What is to be merged: all copies in the project, or what stands at this path."""
    if path is None or real_path(path) == real_path(project.root):
        return conflict_copies(project)
    if is_folder(path):
        return [replace(copied_folder(project, path), read_base=find_base(path))]
    if not is_stored_file(path):
        raise PrtError(Problem.of(Place(str(path)), Mistake("nothing_to_merge_there")), code=2)
    return [copied_file(project, path)]


def conflict_copies(project: Project) -> list[Copy]:
    """The copies that a program for shared folders left; what was copied together is merged together."""
    groups: dict[str, list[Twin]] = {}
    folders: list[Copy] = []
    for path, original in find_copies(rooms_of_all_years(project)):
        if is_folder(path):
            folders.append(copied_folder(project, path))
        else:
            groups.setdefault(mark_of_copy(path.name, original.name), []).append(Twin(original, path))
    return [*folders, *(Copy(twins) for group in groups.values() for twins in once_each(group))]


def once_each(twins: list[Twin]) -> Iterator[tuple[Twin, ...]]:
    """Groups in which no file has two versions."""
    while twins:
        first = {twin.ours: twin for twin in reversed(twins)}
        yield tuple(first.values())
        twins = [twin for twin in twins if twin not in first.values()]


def copied_file(project: Project, path: Path) -> Copy:
    """One file, and the corrections that were copied with it."""
    real = real_path(path)
    for copy in conflict_copies(project):
        for twin in copy.twins:
            if real_path(twin.theirs) == real:
                beside = (one for one in copy.twins if one.ours == notes_beside(twin.ours) and one != twin)
                return Copy((twin, *beside))
    return Copy((Twin(original_elsewhere(project, path), path),))


def notes_beside(path: Path) -> Path:
    return path.with_name(f"{Correction.log}.csv")


def original_elsewhere(project: Project, path: Path) -> Path:
    """Our file that a file of another folder is a version of, by its name; a log is of the year that the
    nearest folder around it is called after, or of the latest."""
    years = plan_years(project)
    year = next((one.name for one in real_path(path).parents if one.name in years), years[0])
    places = {
        **{f"{name}.csv": project.root / "data" / year for name in OF_YEAR},
        **{f"{name}.csv": project.root / "data" for name in OF_PROJECT},
        **{f"{name}.csv": project.private for name in PRIVATE},
    }
    name = original_of(path.name, places)
    if not name or real_path(path) == real_path(places[name] / name):
        raise PrtError(Problem.of(Place(str(path)), Mistake("no_copy_of_a_file")), code=2)
    return places[name] / name


def copied_folder(project: Project, path: Path) -> Copy:
    """Another project, its folder `data`, or the folder of a year."""
    years = plan_years(project)
    if is_folder(path / "data"):
        refuse_newer(path)
        return whole_copy(project, path, path / "data")
    year = original_of(f"{path.name}.", [f"{one}." for one in years]).rstrip(".")
    if year:
        twins = year_twins(project.root / "data" / year, path)
        return Copy(tuple(twins), whole=True, submitted=tuple(submissions(project, year, path)))
    if any(is_stored_file(path / f"{name}.csv") for name in OF_PROJECT) or any(find_in(path, "????-????")):
        return whole_copy(project, None, path)
    raise PrtError(Problem.of(Place(str(path)), Mistake("no_copy_of_a_folder")), code=2)


def whole_copy(project: Project, root: Path | None, data: Path) -> Copy:
    """All that another copy of the project has: its own conflict copies are merged there."""
    twins = [
        *tables(project.root / "data", data, OF_PROJECT),
        *tables(project.private, data / "private", PRIVATE),
    ]
    twins += tables(project.private, data / "private", (Correction.log,))
    submitted: list[Twin] = []
    for folder in sorted(one for one in list_folder(data) if is_folder(one) and YEARS.fullmatch(one.name)):
        twins += year_twins(project.root / "data" / folder.name, folder)
        submitted += submissions(project, folder.name, folder)
    if root:
        twins += [twin for name in ("plan", "templates") for twin in texts(project.root / name, root / name)]
    if all(real_path(twin.theirs) == real_path(twin.ours) for twin in twins):
        raise PrtError(Problem.of(Place(str(data)), Mistake("no_copy_of_a_folder")), code=2)
    return Copy(tuple(twins), whole=True, submitted=tuple(submitted))


def year_twins(ours: Path, theirs: Path) -> list[Twin]:
    found = tables(ours, theirs, OF_YEAR)
    notes = theirs / "notes"
    names = sorted(path.name for path in (list_folder(notes) if is_folder(notes) else ()))
    return found + [Twin(ours / "notes" / name, notes / name) for name in names if NOTES.fullmatch(name)]


def tables(ours: Path, theirs: Path, names: Iterable[str]) -> list[Twin]:
    found = ((ours / f"{name}.csv", theirs / f"{name}.csv") for name in names)
    return [Twin(one, other) for one, other in found if is_stored_file(other)]


def texts(ours: Path, theirs: Path) -> list[Twin]:
    """Files that people write, of a folder and those in it, but for copies; a plan is read by the name of its
    year alone, and in no folder inside."""
    if theirs.name == "plan":
        found = [path for path in find_in(theirs, "*.yaml") if YEARS.fullmatch(path.stem)]
    else:
        copies = {path for path, _ in find_copies(template_rooms(theirs))}
        found = [path for path in find_below(theirs, "*") if path not in copies and not is_no_text(path.name)]
    return [Twin(ours / path.relative_to(theirs), path) for path in sorted(found) if is_stored_file(path)]


def is_no_text(name: str) -> bool:
    """Was it left by a system, or by a program that has a file open?"""
    return name[0] == "." or name in LEFT_BY_SYSTEMS or OPEN.fullmatch(name) is not None


def submissions(project: Project, year: str, theirs: Path) -> list[Twin]:
    folder = theirs / SUBMITTED
    found = sorted(
        one
        for one in (list_folder(folder) if is_folder(folder) else ())
        if is_stored_file(one / "manifest.json")
    )
    return [Twin(project.root / "data" / year / SUBMITTED / one.name, one) for one in found]
