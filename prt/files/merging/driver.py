"""The merge driver of git: three versions of a CSV file as one, by row, and how a clone learns to call it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from prt.files.csv.dialect import ends_line
from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.merging.attributes import ATTRIBUTES
from prt.files.merging.marks import with_text
from prt.files.merging.notes import place_added, read_notes
from prt.files.merging.tables import (
    GROWING,
    as_ours,
    changed_text,
    mergeable_models,
    merged_bytes,
    new_row_text,
    unmergeable,
)
from prt.files.store.disk import bytes_or_none, read_bytes, write_atomic
from prt.model.columns import Record as Model
from prt.model.merging.tables import Merged, merge_tables
from prt.model.merging.three_way import GrowingThreeWay, ThreeWay, follow_posts
from prt.problems import Problem

if TYPE_CHECKING:
    import subprocess


RunGit = Callable[..., "subprocess.CompletedProcess[bytes]"]
"""git in a folder, with these words."""


def merge_files(
    base: Path, ours: Path, theirs: Path, name: str, run_git: RunGit
) -> tuple[bool, list[Problem]]:
    """Our file becomes both. False where a conflict is left between marks, or git's own merge had to do it:
    of a file whose rows cannot be told apart the problems are returned."""
    model = mergeable_models().get(Path(name).stem)
    if model is None:
        return merge_as_text(base, ours, theirs, run_git), []
    first, second, third = (parse_csv(read_bytes(path), Path(name), name) for path in (base, ours, theirs))
    if problems := unmergeable(second, third, model):
        merge_as_text(base, ours, theirs, run_git)
        return False, problems
    data, whole = merge_versions(first, second, third, model)
    write_atomic(ours, data, name)
    return whole, []


def merge_as_text(base: Path, ours: Path, theirs: Path, run_git: RunGit) -> bool:
    """As git merges any text."""
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    done = run_git(Path.cwd(), "merge-file", *labels, *map(str, (ours, base, theirs)))
    return done.returncode == 0


def merge_versions(base: CsvFile, ours: CsvFile, theirs: CsvFile, model: type[Model]) -> tuple[bytes, bool]:
    """The bytes of all, and whether there is no conflict in them."""
    tables = [as_ours(file, ours, model) for file in (base, ours, theirs)]
    for side in tables[1:]:
        follow_posts(side, tables[0])
    judge = (GrowingThreeWay if model.log in GROWING else ThreeWay)(tables[0])
    merged = merge_tables(tables[1], tables[2], judge)
    placed = {}
    if model.log in GROWING:
        notes = [read_notes(file, lambda _: None) for file in (ours, theirs)]
        placed = place_added(merged, tables[1].rows, notes[0], notes[1], ())
    for conflict in merged.conflicts:
        if conflict.at is not None and conflict.ours is not None:
            merged.changed[conflict.at] = conflict.ours
    data = merged_bytes(ours, model, merged, placed)
    return with_marks(parse_csv(data, ours.path, ours.shown), model, merged), not merged.conflicts


def with_marks(file: CsvFile, model: type[Model], merged: Merged) -> bytes:
    """The merged file with both versions of each row in question between the marks of git."""
    lines, newline = list(file.lines), file.dialect.newline
    if lines and merged.conflicts and not ends_line(lines[-1]):
        lines[-1] += newline
    placed = [one for one in merged.conflicts if one.at is not None]
    for conflict in sorted(placed, key=lambda one: one.at or 0, reverse=True):
        at = conflict.at or 0
        record = file.records[at - sum(place < at for place in merged.removed)]
        ours = "".join(lines[record.line - 1 : record.end - 1])
        theirs = conflict.theirs and changed_text(file, model, record, conflict.theirs)
        lines[record.line - 1 : record.end - 1] = conflict_marks(ours, theirs or "", newline)
    for conflict in merged.conflicts:
        if conflict.at is None and conflict.theirs is not None:
            lines += conflict_marks("", new_row_text(file, model, conflict.theirs, merged.columns), newline)
    return with_text(file.raw, "".join(lines)) if merged.conflicts else file.raw


def conflict_marks(ours: str, theirs: str, newline: str) -> list[str]:
    sides = [text + newline * bool(text and not ends_line(text)) for text in (ours, theirs)]
    return [f"<<<<<<< ours{newline}", sides[0], f"======={newline}", sides[1], f">>>>>>> theirs{newline}"]


def driver_command() -> str:
    """What git runs, in a shell on every system. It quotes %P itself, and reads %% as a percent sign."""
    program = shlex.quote(Path(sys.executable).as_posix()).replace("%", "%%")
    return f"{program} -m prt git merge-driver %O %A %B %P %Y"


def driver_settings() -> dict[str, str]:
    """What a clone has to be told."""
    return {"merge.prt.name": "prt: rows by their ids", "merge.prt.driver": driver_command()}


def add_attributes(root: Path) -> list[str]:
    """The lines that .gitattributes did not have yet."""
    path = root / ".gitattributes"
    before = bytes_or_none(path) or b""
    known = [line.strip() for line in before.decode("utf-8", "replace").splitlines()]
    added = [line for line in ATTRIBUTES if line not in known]
    texts = [text for line in added for text in (ATTRIBUTES[line], line) if text]
    if added:
        opening = b"\n" if before and not before.endswith(b"\n") else b""
        data = before + opening + "".join(f"{text}\n" for text in texts).encode()
        write_atomic(path, data, ".gitattributes", known=before)
    return added
