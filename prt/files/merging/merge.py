"""Copies merged into a project: tables by their rows, what was sent by its digests, other files where equal.

Whoever calls this has an action open (`stage`): all of it is put on the disk, or nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from prt.files.csv.edit import append_rows
from prt.files.merging.copies import Copy, Twin
from prt.files.merging.erasures import refused_for_privacy
from prt.files.merging.notes import place_added
from prt.files.merging.settle import Choices, OpenCell, ToldChanges, open_cells, settle_conflicts
from prt.files.merging.sides import Sides
from prt.files.merging.tables import GROWING, merged_bytes, table_of, unmergeable
from prt.files.project import Project
from prt.files.store.disk import (
    ANYONE,
    OWNER_FILE,
    is_file,
    read_bytes,
    remove_file,
    remove_if_empty,
    write_atomic,
)
from prt.files.store.draft import MERGED
from prt.files.store.staging import build_aside
from prt.files.strangers import text_in, text_of
from prt.files.submissions.freeze import write_all
from prt.files.submissions.manifest import NAME, files_of, read_manifest, verify_files
from prt.files.trace.disk_questions import is_on_disk, is_stored_file
from prt.model.ids import Draw, new_id
from prt.model.merging.tables import Cells, Merged, Side, merge_tables
from prt.model.merging.three_way import Remembered
from prt.model.merging.two_way import OnlyGrows, TwoWay
from prt.model.records import Correction
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, field, replace

UNITED = frozenset({"other_names"})
"""Columns that hold several values, of which those of both sides stay."""


@dataclass(frozen=True)
class Writer:
    """Who merges and when, and what was chosen where both sides changed the same."""

    who: str
    when: dt.datetime
    draw: Draw
    choices: Choices = field(default_factory=Choices)


@dataclass
class FileMerge:
    """What the merge of one file comes to. `whole` is a file, or a folder, that was not here; `is_split` one
    in which git left both versions; of one that `is_partial` some rows wait for those of other files. `taken`
    are the sides that were chosen, one for each cell or text in which both differ."""

    ours: str
    theirs: str
    new: int = 0
    changed: int = 0
    removed: int = 0
    back: list[str] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    whole: bool = False
    is_split: bool = False
    is_partial: bool = False
    is_put_away: bool = False
    taken: list[Side] = field(default_factory=list)
    asked: list[OpenCell] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_merged(self) -> bool:
        return not (self.asked or self.problems)

    @property
    def has_news(self) -> bool:
        return bool(
            self.new or self.changed or self.removed or self.back or self.taken or self.whole or self.is_split
        )

    @property
    def is_written(self) -> bool:
        """Is anything to be written for it?"""
        return self.is_merged and (self.has_news or self.is_put_away)


def merge_copies(project: Project, copies: Iterable[Copy], writer: Writer) -> list[FileMerge]:
    """One copy after the other: each finds what the one before has brought."""
    return [one for copy in copies for one in merge_copy(Sides(project, copy), writer)]


def merge_copy(sides: Sides, writer: Writer) -> list[FileMerge]:
    barred, done = refused_for_privacy(sides), dict[Twin, FileMerge]()
    settled: dict[Twin, list[dict[str, str]]] = {}
    for twin in sorted(sides.theirs, key=lambda twin: twin.ours.stem in GROWING):
        done[twin] = one = begin(sides, twin)
        one.problems += barred.get(twin, [])
        if not one.problems and twin.ours.stem in GROWING:
            merge_register(sides, twin, one, [kept.ours.stem for kept, its in done.items() if its.problems])
        elif not one.problems:
            settled[twin] = merge_rows(sides, twin, one, writer)
    for twin, notes in settled.items():  # after those of both sides: what was chosen is what holds
        note_settled(sides, twin, notes, writer)
    for twin in (one for one in (*sides.copy.twins, *sides.copy.submitted) if not one.is_table):
        if twin in barred:
            done[twin] = replace(begin(sides, twin), problems=barred[twin])
        elif twin in sides.copy.submitted:
            done[twin] = merge_submission(sides, twin)
        else:
            done[twin] = merge_text(sides, twin, writer.choices)
    for twin, one in done.items():
        taken = one.is_merged and not one.is_partial
        if taken and is_stored_file(twin.theirs) and twin.theirs != twin.ours:
            one.is_put_away = put_away(sides, twin.theirs)
    return list(done.values())


def begin(sides: Sides, twin: Twin) -> FileMerge:
    """The file, with what stands in the way of merging it."""
    one = FileMerge(sides.project.shown(twin.ours), sides.project.shown(twin.theirs))
    one.is_split = twin.is_table and sides.is_written_anyway(twin)
    if not twin.is_table:
        return one
    model = sides.model(twin)
    one.problems = unmergeable(sides.ours(twin), sides.theirs[twin], model)
    return one


# Tables


def merge_rows(sides: Sides, twin: Twin, one: FileMerge, writer: Writer) -> list[dict[str, str]]:
    """A table by its rows, by what corrections.csv remembers; what was chosen is returned as corrections."""
    file, model, theirs = sides.ours(twin), sides.model(twin), sides.their_table(twin)
    ours = table_of(file, model)
    notes = sides.notes[sides.is_private(twin.ours)]
    base = sides.base(twin)
    judge = Remembered(base, model.log, *notes, UNITED) if base else TwoWay(model.log, *notes, UNITED)
    judge.follow_posts(ours, theirs)
    merged = merge_tables(ours, theirs, judge)
    sides.review(twin, merged, ours)
    settled: list[dict[str, str]] = []
    one.taken = settle_conflicts(file, model, merged, writer.choices, settled.append)
    merged.changed = {at: row for at, row in merged.changed.items() if row != ours.rows[at]}
    told, git = ToldChanges(model.log, *notes), base is not None or sides.is_written_anyway(twin)
    one.asked = [
        cell for conflict in merged.conflicts for cell in open_cells(one.ours, conflict, told, by_both=git)
    ]
    one.taken_back = [f"{row} {column}" for row, column in judge.taken_back]
    count(one, merged)
    write_merged(sides, twin, merged)
    return settled


def count(one: FileMerge, merged: Merged) -> None:
    one.new, one.changed, one.removed = len(merged.added), len(merged.changed), len(merged.removed)
    one.back = [key[0] for key in merged.back]


def write_merged(
    sides: Sides, twin: Twin, merged: Merged, placed: Mapping[int, Sequence[Cells]] | None = None
) -> None:
    """The file with what was merged, in its own manner; the same file where nothing was."""
    file, anyway = sides.ours(twin), sides.is_written_anyway(twin)
    if merged.added or merged.changed or merged.removed or placed or anyway:
        data = merged_bytes(file, sides.model(twin), merged, placed)
        mode = OWNER_FILE if sides.is_private(twin.ours) else ANYONE
        write_atomic(twin.ours, data, file.shown, mode, known=b"" if anyway else file.raw)


def note_settled(sides: Sides, twin: Twin, settled: list[dict[str, str]], writer: Writer) -> None:
    """Corrections for what was not taken: nothing that was entered is ever lost."""
    if not settled:
        return
    path = sides.notes_path(twin.ours)
    file, taken = sides.project.read_csv(path), set[str]()
    rows = []
    for note in settled:
        number = new_id(Correction.prefix, writer.when.date(), {*taken, *file.column("id")}, writer.draw)
        taken.add(number)
        shown = sides.project.shown(twin.ours)
        rows.append({"id": number, "when": writer.when.isoformat(), "who": writer.who, "file": shown, **note})
    mode = OWNER_FILE if sides.is_private(path) else ANYONE
    append_rows(path, file.shown, Correction.header(), rows, known=file, mode=mode)


def merge_register(sides: Sides, twin: Twin, one: FileMerge, left: Iterable[str]) -> None:
    """Corrections and purges of both sides, by their own ids; not those of logs that were left alone."""
    model, theirs = sides.model(twin), sides.their_table(twin)
    ours = table_of(sides.ours(twin), model)
    merged = merge_tables(ours, theirs, OnlyGrows())
    added = len(merged.added)
    placed = place_added(merged, ours.rows, *sides.notes[sides.is_private(twin.ours)], list(left))
    one.new, one.changed = len(merged.added) + sum(map(len, placed.values())), len(merged.changed)
    one.is_partial = added > one.new
    write_merged(sides, twin, merged, placed)


# Other files


def merge_text(sides: Sides, twin: Twin, choices: Choices) -> FileMerge:
    """What people write: taken over where it was not here, and left alone where it differs."""
    one = begin(sides, twin)
    if not is_on_disk(twin.ours):
        one.whole = True
        write_atomic(twin.ours, read_bytes(twin.theirs), one.ours)
        return one
    ours, theirs, base = text_of(twin.ours), text_of(twin.theirs), sides.copy.read_base(twin.ours)
    before = None if base is None else text_in(base)
    if ours == theirs or theirs == before:
        return one
    if ours == before:
        one.taken.append("theirs")
        write_atomic(twin.ours, read_bytes(twin.theirs), one.ours)
    elif choices.side(one.theirs) == "ours":
        one.taken.append("ours")
    else:
        differ = Mistake("texts_differ", file=one.ours)
        if twin.ours.parent == sides.project.root / "plan":
            differ = Mistake("plans_differ", file=one.ours, copy=one.theirs)
        one.problems.append(Problem.of(Place(one.theirs), differ))
    return one


def merge_submission(sides: Sides, twin: Twin) -> FileMerge:
    """A report that was sent is never merged: it is copied whole, or it is the same, or somebody is asked."""
    one, place = begin(sides, twin), Place(sides.project.shown(twin.theirs))
    try:
        theirs = read_manifest(twin.theirs, one.theirs)
        if not is_on_disk(twin.ours):
            one.problems += verify_files(twin.theirs, theirs, one.theirs).problems
            one.whole = one.is_merged
            if one.whole:
                files = {name: read_bytes(path) for name, path in files_of(twin.theirs).items()}
                write_all(build_aside(twin.ours), files | {NAME: read_bytes(twin.theirs / NAME)})
        elif read_manifest(twin.ours, one.ours).files != theirs.files:
            mistake = Mistake("two_submissions", name=twin.ours.name, again=f"{twin.ours.name}-r2")
            one.problems.append(Problem.of(place, mistake))
    except PrtError as error:
        one.problems += [problem for problem in error.problems if isinstance(problem, Problem)]
    except OSError as error:
        one.problems.append(Problem.of(place, Mistake("csv_unreadable", error=error.strerror)))
    return one


def drop_emptied(project: Project, copies: Iterable[Copy]) -> None:
    """The folders of copies that have nothing in them any more."""
    folders = {twin.theirs.parent for copy in copies if copy.whole for twin in copy.twins}
    for folder in sorted(folders, reverse=True):
        if folder.is_relative_to(project.root):
            remove_if_empty(folder)


def put_away(sides: Sides, path: Path) -> bool:
    """A copy that lies in the project goes to `.prt/merged`: nothing is deleted."""
    kept = keep_copy(sides.project, path)
    if kept:
        remove_file(path)
    return kept


def keep_copy(project: Project, path: Path) -> bool:
    """A copy of a file of the project in `.prt/merged`, of the private folder if it is private."""
    for root, mode in ((project.private, OWNER_FILE), (project.root, ANYONE)):
        if path.is_relative_to(root):
            target = free_name(root / ".prt" / MERGED / path.relative_to(root))
            write_atomic(target, read_bytes(path), project.shown(path), mode)
            return True
    return False


def free_name(path: Path) -> Path:
    """The path, with a number where there is a file."""
    number, found = 1, path
    while is_file(found):
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found
