"""What an action is about to write: kept in memory and read from there, until all of it is put on the disk.

`disk.py` writes here, and reads from here, as long as a draft is open. So nothing on the disk has changed
before an action is complete, and what fails in the middle of it leaves no trace.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from prt.values import dataclass

MERGED = "merged"
"""The folder in `.prt` for copies whose rows were taken over."""


@dataclass
class DraftFile:
    """A file as it was when it was first written, and as it is to be; None is no file."""

    before: bytes | None
    after: bytes | None
    mode: int

    @property
    def is_append(self) -> bool:
        return self.after is not None and self.after.startswith(self.before or b"")


class Draft:
    """The files of these folders that an action has written, and folders that it has built aside."""

    def __init__(self, *folders: Path) -> None:
        self.folders = [absolute(folder) for folder in folders]
        self.files: dict[Path, DraftFile] = {}
        self.built: dict[Path, Path] = {}
        """Folders as they are to be called, each with the one that takes this name."""

    def covers(self, path: Path) -> bool:
        """Is it a file of the project? What prt keeps for itself is none, but for what is to be had back."""
        path = absolute(path)
        inside = [parts_inside(path, folder) for folder in self.folders]
        return any(".prt" not in parts or is_for_users(parts) for parts in inside if parts is not None)


def parts_inside(path: Path, folder: Path) -> tuple[str, ...] | None:
    """The names that lead from a folder to a path inside it; None where it is elsewhere."""
    try:
        return path.relative_to(folder).parts
    except ValueError:
        return None


def is_for_users(parts: Sequence[str]) -> bool:
    """Is it what `prt undo` needs, or a copy that was merged?"""
    return tuple(parts) == (".prt", "undo.jsonl") or tuple(parts[:2]) == (".prt", MERGED)


def absolute(path: Path) -> Path:
    if path.is_absolute() and ".." not in path.parts:
        return path  # as nearly all are: one file after the other is asked for
    return Path(os.path.abspath(path))  # noqa: PTH100 — a link stays one


OPEN: ContextVar[Draft | None] = ContextVar("OPEN", default=None)


def draft_of(path: Path) -> Draft | None:
    """The open draft, where this file is written there."""
    draft = OPEN.get()
    return draft if draft and draft.covers(path) else None


def drafted_file(path: Path) -> DraftFile | None:
    """What the open draft has of this file; None where it was not written."""
    draft = OPEN.get()
    return draft.files.get(absolute(path)) if draft else None


@contextmanager
def open_draft(draft: Draft) -> Iterator[None]:
    token = OPEN.set(draft)
    try:
        yield
    finally:
        OPEN.reset(token)
