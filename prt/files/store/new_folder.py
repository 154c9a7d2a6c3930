"""A new project takes its place whole: built in `.prt/building`, and put in its folder from `.prt/built`.

The plan comes last: before it the folder is no project. Whoever comes next completes what a killed prt had
built, and clears away what it had not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prt.files.project import plan_files
from prt.files.store.disk import make_folder, move, remove_folder, remove_if_empty
from prt.files.store.refusals import nothing_written, with_sentence, write_refusal
from prt.files.trace.disk_questions import find_in, is_folder, is_on_disk, is_stored_file, list_folder
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import join_labels

KEPT = (".git", ".prt")
"""What may be in a folder for a new project."""


@contextmanager
def build_project(root: Path) -> Iterator[Path]:
    """The folder in which the project is built. What fails leaves nothing behind."""
    complete_new(root)
    refuse_used(root)
    there, building = is_on_disk(root), root / ".prt" / "building"
    try:
        make_folder(building)
        yield building
        move(building, root / ".prt" / "built")
    except BaseException as error:
        remove_begun(root, there=there)
        if isinstance(error, OSError):
            error = write_refusal(root.name, root, error)
        if isinstance(error, PrtError):  # whatever was said of an action in it: that is gone too
            nothing_written(error)
        raise error
    put_in_place(root)


def complete_new(start: Path) -> None:
    """Complete a new project in this folder or the nearest one upwards, or clear away what was begun of it.

    PrtError where what is there by now would be overwritten, or the disk refuses.
    """
    for root in (start, *start.parents):
        if is_folder(root / ".prt" / "building"):
            remove_begun(root, there=True)
        if is_folder(root / ".prt" / "built"):
            put_in_place(root)
        if plan_files(root):
            return


def put_in_place(root: Path) -> None:
    """Every file and folder that was built under its name, the plan last."""
    built = root / ".prt" / "built"
    waiting = (
        [path for path in list_folder(built) if path.name != ".prt"] if is_folder(built / "plan") else []
    )
    if taken := sorted(path.name for path in waiting if os.path.lexists(root / path.name)):
        raise not_empty(root, taken)
    try:
        if waiting and is_stored_file(undo := built / ".prt" / "undo.jsonl"):
            move(undo, root / ".prt" / undo.name)
        for path in sorted(waiting, key=lambda path: path.name == "plan"):
            move(path, root / path.name)
    except OSError as error:
        raise with_sentence(write_refusal(root.name, root, error), Mistake("safe")) from error
    remove_folder(built)
    remove_if_empty(root / ".prt")


def remove_begun(root: Path, *, there: bool) -> None:
    """What is in `.prt` of a folder that is no project yet; the folder itself unless it was there."""
    remove_folder(root / ".prt" / "building")
    remove_folder(root / ".prt" / "tmp")
    remove_if_empty(root / ".prt")
    if not there:
        remove_if_empty(root)


def refuse_used(root: Path) -> None:
    """Only a new folder, or an empty one; git may have been there."""
    if plan_files(root):
        raise PrtError(Problem.of(Place(str(root)), Mistake("project_already")), code=2)
    if is_on_disk(root) and not is_folder(root):
        raise PrtError(Problem.of(Place(str(root)), Mistake("not_a_folder")), code=2)
    found = sorted(one.name for one in find_in(root, "*") if one.name not in KEPT) if is_on_disk(root) else []
    if found:
        raise not_empty(root, found)


def not_empty(root: Path, names: list[str]) -> PrtError:
    mistake = Mistake("folder_not_empty", names=join_labels(names, 5, ", …"))
    return PrtError(Problem.of(Place(str(root)), mistake), code=2)
