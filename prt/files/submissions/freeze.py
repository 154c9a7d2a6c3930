"""A plan year frozen as a submission: built aside, it takes its name when the action is complete."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from prt.files.plan.year_before import LAST_YEAR, kept_bytes
from prt.files.project import Year
from prt.files.provenance import KEPT
from prt.files.rooms import SUBMISSION, SUBMITTED, notes_path, report_stem
from prt.files.store.disk import (
    ANYONE,
    is_file,
    make_folder,
    read_bytes,
    remove_folder,
    sync_folder,
    write_new,
)
from prt.files.store.refusals import write_refusal
from prt.files.store.staging import build_aside
from prt.files.submissions.digest import rows_digest
from prt.files.submissions.manifest import (
    Manifest,
    bytes_digest,
    files_of,
    write_manifest,
)
from prt.files.submissions.submission import (
    SENT,
    Submission,
    latest_revisions,
    list_submissions,
    load_frozen,
)
from prt.files.trace.disk_questions import find_below, find_in, is_folder, is_link
from prt.model.records import LOGS, ROSTERS
from prt.model.text import LANGUAGES
from prt.problems import Mistake, Place, Problem, PrtError

Make = Callable[[Year], Mapping[str, bytes]]
"""What is made from the frozen files, by path: reports, figures."""


def next_name(year: Year, stem: str) -> str:
    """`period-2`, or the correction that comes next."""
    before = latest_revisions(list_submissions(year)).get(stem)
    return f"{stem}-r{before.revision + 1}" if before else stem


def freeze(year: Year, manifest: Manifest, stem: str, make: Make, sent: Sequence[Path]) -> Submission:
    """A frozen copy of the plan year as its files are now; it is there when the action is complete.

    `make` gets the frozen plan year: reports are made from the very files that are kept.
    """
    name = next_name(year, stem)
    target = year.folder / SUBMITTED / name
    aside = build_aside(target)
    try:
        clear_older(year.folder / SUBMITTED)
        kept = {f"{SENT}{path.name}": read_bytes(path) for path in sent}
        write_all(aside, files_to_freeze(year) | kept)
        frozen = load_frozen(aside, year.plan.year)
        write_all(aside, make(frozen))
        digests = {inside: bytes_digest(read_bytes(path)) for inside, path in files_of(aside).items()}
        rows = rows_digest(frozen.project, year.plan.year)
        write_manifest(aside, manifest.replace(files=digests, sent=tuple(kept), rows=rows), name)
    except OSError as error:
        raise write_refusal(year.project.shown(target), target, error) from error
    return Submission(target, year.project.shown(target))


def clear_older(folder: Path) -> None:
    """What an older prt left that was killed: it built a submission beside the others."""
    for left in find_in(folder, ".*") if is_folder(folder) else ():
        if is_folder(left) and SUBMISSION.match(left.name, 1):  # one that came from another drive too
            remove_folder(left)


def files_to_freeze(year: Year) -> dict[str, bytes]:
    """The plan, the rosters, the logs with their corrections, the notes: by their path in the project."""
    refuse_links(year)
    root, before = year.project.root, kept_bytes(year.plan, year.data)
    own = {path.relative_to(root).as_posix(): read_bytes(path) for path in own_files(year) if is_file(path)}
    return own | ({(year.folder / LAST_YEAR).relative_to(root).as_posix(): before} if before else {})


def own_files(year: Year) -> list[Path]:
    """The files of a plan year that prt reads, whether they are there or not; those of nobody else."""
    tables = [year.table_path(table) for table in (*LOGS, *KEPT, *ROSTERS)]
    stems = [report_stem(one.id, annual=False) for one in year.plan.periods]
    notes = [
        notes_path(year.folder, stem, language)
        for stem in (*stems, report_stem(0, annual=True))
        for language in LANGUAGES
    ]
    return [year.path, *tables, year.corrections_path, *notes]


def refuse_links(year: Year) -> None:
    """PrtError for each link in the folder of a plan year, and for each of prt's own files that is one."""
    inside = (
        one for one in find_below(year.folder, "*") if SUBMITTED not in one.relative_to(year.folder).parts
    )
    found = {one for one in (*inside, *own_files(year)) if is_link(one)}
    if found:
        shown = sorted(map(year.project.shown, found))
        raise PrtError(*(Problem.of(Place(one), Mistake("link_not_frozen")) for one in shown))


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        make_folder((folder / name).parent)
        write_new(folder / name, data, ANYONE)
    for inside in {(folder / name).parent for name in files}:
        sync_folder(inside)
