"""Submissions: frozen projects in `data/<year>/submitted/`, with what was sent and a manifest of digests.

A frozen folder is built aside and takes its name when the action is complete; it is never overwritten, and a
correction is `period-2-r2`. It is read as any other project is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from prt.figures.withholding.equations import Key
from prt.files.file_cache import FileCache
from prt.files.plan.year_before import LAST_YEAR, kept_bytes
from prt.files.project import Project, Year
from prt.files.provenance import KEPT
from prt.files.rooms import SUBMISSION, SUBMITTED, notes_path, report_stem, stem_of, submission_folders
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
    Verdict,
    Wrong,
    bytes_digest,
    files_of,
    read_manifest,
    verify_files,
    write_manifest,
)
from prt.files.trace.disk_questions import find_below, find_in, is_folder, is_link
from prt.files.yaml.words import say_phrase
from prt.model.records import LOGS, ROSTERS, Deliverable
from prt.model.text import LANGUAGES
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, field

FIGURES = "figures.json"
WITHHELD = "withheld.json"
"""What the report withheld: a later prt may withhold otherwise, and what was sent did not change."""
ROWS = re.compile(rf"plan/.*\.yaml|data/.*\.csv|data/.*/{re.escape(LAST_YEAR)}")
"""The files that figures are made of."""
SENT = "sent/"
"""What was really sent: kept as it was."""

Make = Callable[[Year], Mapping[str, bytes]]
"""What is made from the frozen files, by path: reports, figures."""


@dataclass(frozen=True)
class Submission:
    """One frozen folder, `period-2` or `annual-r2`; `shown` is its path as users see it."""

    folder: Path
    shown: str
    cache: FileCache = field(default_factory=FileCache, compare=False)

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def stem(self) -> str:
        """The name without `-r2`: what it is a submission of."""
        return stem_of(self.folder)

    @property
    def revision(self) -> int:
        found = SUBMISSION.fullmatch(self.name)
        return int(found["revision"] or 1) if found else 1

    @cached_property
    def manifest(self) -> Manifest:
        """PrtError where it cannot be read, or is of another submission than the folder's name says."""
        found = read_manifest(self.folder, self.shown, self.cache.read_bytes)
        if mistake := misplaced_reason(self.folder, found):
            raise PrtError(Problem.of(Place(self.shown), mistake))
        return found

    @cached_property
    def verdict(self) -> Verdict:
        """How every frozen file compares with its digest. They are read once; only the figures are parsed."""
        return verify_files(self.folder, self.manifest, self.shown, self.read_once)

    @property
    def wrong(self) -> dict[str, Wrong]:
        """The files that are not as they were sent, line ends aside. PrtError as of `manifest`."""
        return {name: kind for name, kind in self.verdict.wrong.items() if kind != "other line ends"}

    @cached_property
    def damage(self) -> tuple[Problem, ...]:
        """What is not as it was sent, or cannot be read."""
        try:
            wrong, _ = {f"{self.shown}/{name}" for name in self.wrong}, self.year
            return tuple(one for one in self.verdict.problems if one.where.file in wrong)
        except PrtError as error:
            return tuple(one for one in error.problems if isinstance(one, Problem))

    @property
    def is_known(self) -> bool:
        """Are the plan and the rows those that were sent?"""
        try:
            return bool(self.year) and not any(map(ROWS.match, self.wrong))
        except PrtError:
            return False

    def read_once(self, path: Path) -> bytes:
        return self.cache.read_bytes(path, keep=path.name in (FIGURES, WITHHELD))

    def figures(self) -> Any:
        """`prt status --format json` as it was when it was sent; None where that cannot be read."""
        try:
            return json.loads(self.cache.read_bytes(self.folder / FIGURES))
        except (OSError, ValueError, RecursionError):
            return None

    @property
    def withholds(self) -> Callable[[Key], bool] | None:
        """Did its report withhold the cell of a key? None where that was not kept, or changed since."""
        if WITHHELD in self.wrong:
            return None
        try:
            found = json.loads(self.cache.read_bytes(self.folder / WITHHELD))
            keys = frozenset(key_text(tuple(key)) for key in found["withheld"])
        except (OSError, ValueError, RecursionError, TypeError, KeyError):
            return None
        return lambda key: key_text(key) in keys

    @property
    def project(self) -> Project:
        """The frozen folder as the project it was."""
        return Project(self.folder, self.folder / "data" / "private", cache=self.cache)

    @cached_property
    def year(self) -> Year:
        """The plan year as it was. PrtError where this prt cannot read what another froze."""
        try:
            project = self.project
            return project.load(project.plan_path(self.manifest.year))
        except PrtError as error:
            mistake = Mistake("frozen_by_another_prt", prt=self.manifest.prt, figures=FIGURES)
            raise PrtError(Problem.of(Place(self.shown), mistake), *error.problems) from None


def misplaced_reason(folder: Path, manifest: Manifest) -> Mistake | None:
    """Why this folder is not the submission that its name and place say; None where it is."""
    of, year = "the year" if manifest.annual else f"period {manifest.period}", folder.parent.parent.name
    name = report_stem(manifest.period, manifest.annual)
    name += f"-r{manifest.revision}" if manifest.revision > 1 else ""
    if is_link(folder):
        return Mistake("folder_is_link")
    if manifest.year != year:
        return Mistake("manifest_of_another_year", year=manifest.year, folder=year)
    if folder.name.removesuffix("-r1") != name:
        of += f", correction {manifest.revision - 1}" if manifest.revision > 1 else ""
        return Mistake("manifest_of_another_report", report=of, folder=folder.name)
    return None


def key_text(key: Key) -> str:
    """The key of a cell, for a file."""
    return json.dumps(key, default=str, ensure_ascii=False)


def withheld_text(withheld: Iterable[Key], smallest: int) -> str:
    keys = ",\n  ".join(sorted(map(key_text, withheld)))
    return f'{{"smallest_group": {smallest}, "withheld": [\n  {keys}\n]}}\n'


def load_frozen(folder: Path, year: str) -> Year:
    """A frozen folder through the loader of every project."""
    project = Project(folder, folder / "data" / "private")
    return project.load(project.plan_path(year))


def list_submissions(year: Year) -> list[Submission]:
    """The submissions of a plan year, by period and revision; the bilan last."""
    shown, cache = year.project.shown, year.project.cache
    return sorted((Submission(one, shown(one), cache) for one in submission_folders(year)), key=report_order)


def known_submissions(year: Year) -> list[Submission]:
    """The submissions of a plan year, and those of which something says that they were there."""
    found = list_submissions(year)
    return sorted([*found, *gone_submissions(year, found)], key=report_order)


def gone_submissions(year: Year, found: Sequence[Submission]) -> list[Submission]:
    """Submissions whose whole folder is gone: a row of deliverables.csv names it, a later correction of the
    same report is there, or fewer are there than were numbered.
    """
    folder, there = year.folder / SUBMITTED, {one.name for one in found}
    evidence = {row["evidence"] or "" for row in year.data.logs[Deliverable.log]}
    prefix = f"{year.project.shown(folder)}/"
    named = {text.removeprefix(prefix).rstrip("/") for text in evidence if text.startswith(prefix)}
    known = [Submission(folder / name, name) for name in sorted(named) if SUBMISSION.fullmatch(name)]
    gone = {one.name for one in known} - there
    for one in (*found, *known):
        before = {f"{one.stem}-r{number}" for number in range(2, one.revision)}
        first = set() if {one.stem, f"{one.stem}-r1"} & there else {one.stem}
        gone |= (before | first) - there
    numbers = {one.manifest.number for one in readable_submissions(found)}
    lacking = sorted(set(range(max(numbers, default=0))) - numbers)
    fewer = max(numbers, default=-1) + 1 - len(there) - len(gone)
    gone |= {f"number-{number + 1}" for number in lacking[: max(fewer, 0)]}
    return [Submission(folder / name, f"{prefix}{name}", year.project.cache) for name in sorted(gone)]


def next_number(year: Year) -> int:
    """How many were frozen before the next one."""
    known = known_submissions(year)
    return max([len(known), *(one.manifest.number + 1 for one in readable_submissions(known))])


def report_order(one: Submission) -> tuple[bool, int, int]:
    found = SUBMISSION.fullmatch(one.name)
    return one.stem == "annual", int(found["period"] or 0) if found else 0, one.revision


def readable_submissions(found: Iterable[Submission]) -> list[Submission]:
    """The submissions whose manifest can be read, and is theirs."""
    kept = []
    for one in found:
        with suppress(PrtError):
            kept += [one] if one.manifest else []
    return kept


def latest_revisions(found: Sequence[Submission]) -> dict[str, Submission]:
    """The latest revision of each: `period-2` → `period-2-r3`."""
    return {one.stem: one for one in found}


def submission_named(year: Year, wanted: str) -> Submission:
    """`2`, `annual` or `period-2-r1`: the latest revision, unless one is named."""
    found = list_submissions(year)
    named = f"period-{wanted}" if wanted[:1].isdigit() else wanted
    if named in latest_revisions(found):
        return latest_revisions(found)[named]
    for one in found:
        if named in (one.name, f"{one.stem}-r{one.revision}"):
            return one
    known = ", ".join(one.name for one in found) or say_phrase("none")
    raise PrtError(Mistake("not_submitted", name=wanted, year=year.plan.year, known=known), code=2)


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
