"""A package of files in a place that somebody named: one zip, or a new folder that appears whole."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from prt.files.outputs import check_output, refuse_read
from prt.files.project import Project
from prt.files.store.disk import (
    ANYONE,
    beside,
    make_folder,
    move,
    real_path,
    remove_folder,
    remove_if_empty,
    write_atomic,
    write_new,
)
from prt.files.store.journal import hold_lock
from prt.files.store.new_folder import not_empty
from prt.files.store.project_format import may_write
from prt.files.store.refusals import nothing_written, write_refusal
from prt.files.trace.disk_questions import is_folder, is_on_disk, list_folder
from prt.problems import Mistake, Place, Problem, PrtError


def is_zip(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


def check_package(project: Project, path: Path, *, force: bool = False) -> None:
    """PrtError where a zip may not be, as `check_output` has it, or where a folder is not new or empty."""
    if is_zip(path):
        check_output(project, path, force=force)
        return
    target = real_path(path)
    refuse_read(project, path, target)
    if not is_folder(target.parent):
        mistake = Mistake("no_folder_for_output", folder=str(path.parent))
        raise PrtError(Problem.of(Place(str(path)), mistake), code=2)
    if is_on_disk(target) and not is_folder(target):
        raise PrtError(Problem.of(Place(str(path)), Mistake("not_a_folder")), code=2)
    if found := sorted(one.name for one in list_folder(target)) if is_on_disk(target) else []:
        raise not_empty(path, found)


def write_package(project: Project, path: Path, files: Mapping[str, bytes], day: dt.date) -> None:
    """The files as one zip, whose entries are of that day, or as a folder; all of them or none.

    PrtError, before anything is written, where `check_package` raises it but for `force`.
    """
    if is_zip(path):
        write_atomic(path, zip_files(files, day), str(path), home=project.root)
    else:
        write_folder(project, real_path(path), path, files)


def zip_files(files: Mapping[str, bytes], day: dt.date) -> bytes:
    """An archive; its first file is not compressed, so that its beginning tells what it is."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for number, (name, data) in enumerate(files.items()):
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # the same bytes on every system
            made.writestr(entry, data, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
    return archive.getvalue()


def write_folder(project: Project, target: Path, shown: Path, files: Mapping[str, bytes]) -> None:
    """The folder takes its name with all its files in it."""
    aside, lock = building_place(project, target)
    try:
        with lock:
            for name, data in files.items():
                make_folder((aside / name).parent)
                write_new(aside / name, data, ANYONE)
            remove_if_empty(target)
            move(aside, target)
    except OSError as error:
        raise nothing_written(write_refusal(str(shown), target, error)) from error
    finally:
        remove_folder(aside)


def building_place(project: Project, target: Path) -> tuple[Path, AbstractContextManager[None]]:
    """Where a folder is built, and what is held meanwhile: in `.prt/tmp`, under the lock, for whoever has it
    clears away what a killed prt left there; beside it where it is on another drive, or nobody may write."""
    own = project.root / ".prt"
    is_near = is_folder(own) and own.stat().st_dev == target.parent.stat().st_dev
    if is_near and os.access(own, os.W_OK) and may_write(project.root):
        place = own / "tmp" / f"{target.name}.{os.getpid()}.tmp"
        return place, hold_lock(project.root, private=project.private)
    for left in list_folder(target.parent):
        if left.name.startswith(f".{target.name}.") and left.suffix == ".tmp":
            remove_folder(left)
    return beside(target), nullcontext()
