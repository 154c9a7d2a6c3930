"""Submissions: frozen projects in `data/<year>/submitted/`, with what was sent and a manifest of digests.

A correction is `period-2-r2`. Each is read as any other project is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from prt.figures.withholding.equations import Key
from prt.files.file_cache import FileCache
from prt.files.plan.year_before import LAST_YEAR
from prt.files.project import Project, Year
from prt.files.rooms import SUBMISSION, SUBMITTED, report_stem, stem_of, submission_folders
from prt.files.submissions.manifest import (
    Manifest,
    Verdict,
    Wrong,
    read_manifest,
    verify_files,
)
from prt.files.trace.disk_questions import is_link
from prt.files.yaml.words import say_phrase
from prt.model.records import Deliverable
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, field

FIGURES = "figures.json"
WITHHELD = "withheld.json"
"""What the report withheld: a later prt may withhold otherwise, and what was sent did not change."""
ROWS = re.compile(rf"plan/.*\.yaml|data/.*\.csv|data/.*/{re.escape(LAST_YEAR)}")
"""The files that figures are made of."""
SENT = "sent/"
"""What was really sent: kept as it was."""


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

    @property
    def year(self) -> Year:
        """The plan year as it was. PrtError where this prt cannot read what another froze."""
        if isinstance(self.year_or_error, PrtError):
            raise self.year_or_error
        return self.year_or_error

    @cached_property
    def year_or_error(self) -> Year | PrtError:
        """The year, or what is wrong with it: neither is found out twice."""
        try:
            project = self.project
            return project.load(project.plan_path(self.manifest.year))
        except PrtError as error:
            mistake = Mistake("frozen_by_another_prt", prt=self.manifest.prt, figures=FIGURES)
            return PrtError(Problem.of(Place(self.shown), mistake), *error.problems)


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
