"""`prt backup`: a project in one zip, outside of it, which is read again before it is called a backup.

The private folder is in it only where somebody asks for that. The register in the private folder knows of
every archive before it has its name, so that an erasure can say where a person is still held.
"""

from __future__ import annotations

import datetime as dt
import os
import stat
import zipfile
import zlib
from pathlib import Path

from prt.files.csv.edit import append_rows
from prt.files.outputs import refuse_in_project
from prt.files.privacy.misplaced import WITH_NAMES, walk
from prt.files.project import Project
from prt.files.provenance import BackupRecord
from prt.files.store.disk import (
    OWNER_FILE,
    OWNER_FOLDER,
    NewFile,
    file_digest,
    move,
    new_file,
    open_to_read,
    real_path,
    remove_quietly,
)
from prt.files.store.refusals import write_refusal
from prt.files.store.staging import stage
from prt.files.trace.disk_questions import (
    find_in,
    is_folder,
    is_link,
    is_on_disk,
    is_stored_file,
)
from prt.model.ids import Draw, new_id
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass

PRIVATE = "data/private"
"""Where the private folder is in an archive, wherever it is here."""


@dataclass(frozen=True)
class Backup:
    """What was kept: in which file, how many files of the project and of the private folder; `left_out` are
    links and what has a name that no archive can hold."""

    path: Path
    files: int
    private: int
    left_out: tuple[str, ...]


def make_backup(
    project: Project, folder: Path, who: str | None, when: dt.datetime, draw: Draw, *, names: bool
) -> Backup:
    """An archive of the project as it is while nobody else writes, with its private folder where `names`.

    PrtError where the folder is not there or is the project's own, where the archive is there already, and
    where what was written is not what was read.
    """
    target = backup_path(project, folder, when, names=names)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with stage(project, "prt backup", when, private=True):
            refuse_there(project, target)
            clear_older(project, folder)
            kept, left_out = files_to_keep(project, names=names)
            write_checked(temporary, kept, str(target))
            note_backup(project, target, who, when, draw, names=names)
        move(temporary, target)
    except OSError as error:
        raise write_refusal(str(target), target, error) from error
    finally:
        remove_quietly(temporary)
    private = sum(one.startswith(f"{PRIVATE}/") for one in kept)
    return Backup(target, len(kept) - private, private, left_out)


def backup_path(project: Project, folder: Path, when: dt.datetime, *, names: bool) -> Path:
    """Where the archive is to be. PrtError where none may be."""
    if not is_folder(folder):
        raise PrtError(Problem.of(Place(str(folder)), Mistake("no_folder_for_backup")), code=2)
    refuse_in_project(project, folder)
    if names and not is_folder(project.private):
        raise PrtError(Problem.of(Place(project.shown(project.private)), Mistake("no_names_to_keep")), code=2)
    if names and is_in_git(real_path(folder)):
        raise PrtError(Problem.of(Place(str(folder)), Mistake("names_into_git")), code=2)
    return folder / backup_name(project, when, names=names)


def refuse_there(project: Project, target: Path) -> None:
    """PrtError where an archive of this name is there, or another prt is about to call one so."""
    if os.path.lexists(target) or str(real_path(target)) in project.read_csv(register_path(project)).column(
        "file"
    ):
        raise PrtError(Problem.of(Place(str(target)), Mistake("backup_is_there")), code=2)


def backup_name(project: Project, when: dt.datetime, *, names: bool) -> str:
    """`LEARN-backup-2024-12-10-140301.zip`; that of one with names says so."""
    return f"{stem(project)}-{when:%Y-%m-%d-%H%M%S}{WITH_NAMES if names else '.zip'}"


def is_in_git(folder: Path) -> bool:
    """Would `git add` take what is put there?"""
    return any(is_on_disk(one / ".git") for one in (folder, *folder.parents))


def stem(project: Project) -> str:
    return f"{project.root.name or 'prt'}-backup"


def clear_older(project: Project, folder: Path) -> None:
    """What a backup of this project left there that was killed: names, perhaps."""
    for path in find_in(folder, ".*.zip.*.tmp"):
        if path.name.startswith(f".{stem(project)}-"):
            remove_quietly(path)


def files_to_keep(project: Project, *, names: bool) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The files by their path in the archive; and links, and what no archive can hold."""
    found = {path.relative_to(project.root).as_posix(): path for path in walk(project.root)}
    found = {name: path for name, path in found.items() if not is_private(project, name, path)}
    if names:
        inside = ((path.relative_to(project.private).as_posix(), path) for path in walk(project.private))
        found |= {f"{PRIVATE}/{name}": path for name, path in inside}
    kept = {name: found[name] for name in sorted(found) if is_plain(name, found[name])}
    return kept, tuple(sorted(found.keys() - kept.keys()))


def is_private(project: Project, name: str, path: Path) -> bool:
    return name.startswith(f"{PRIVATE}/") or path.is_relative_to(project.private)


def is_plain(name: str, path: Path) -> bool:
    """Is it a file, with a name that every system can read?"""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return is_stored_file(path) and not is_link(path)


def write_checked(path: Path, kept: dict[str, Path], shown: str) -> None:
    """The archive on the disk: read again it has the bytes that were written, and each file its checksum."""
    try:
        with new_file(path, OWNER_FILE) as file:
            write_archive(file, kept)
    except OSError as error:
        raise write_refusal(shown, path, error) from error
    if file_digest(path) != file.digest.hexdigest() or is_damaged(path):
        raise PrtError(Problem.of(Place(shown), Mistake("backup_not_as_written")))


def write_archive(file: NewFile, kept: dict[str, Path]) -> None:
    """Write the archive. Raises OSError where it cannot be written."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as made:
        if any(name.startswith(f"{PRIVATE}/") for name in kept):
            made.writestr(folder_entry(f"{PRIVATE}/"), b"")
        for name, source in kept.items():
            add_file(made, name, source)


def folder_entry(name: str) -> zipfile.ZipInfo:
    """A folder that is only its owner's after it was unpacked."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFDIR | OWNER_FOLDER) << 16 | 0x10
    return entry


def add_file(made: zipfile.ZipFile, name: str, source: Path) -> None:
    """PrtError where it cannot be read."""
    try:
        made.write(source, name)
    except OSError as error:
        if error.filename is None:  # it is the archive that cannot be written
            raise
        mistake = Mistake("backup_cannot_read", error=error.strerror or error)
        raise PrtError(Problem.of(Place(name), mistake)) from error
    if name.startswith(f"{PRIVATE}/"):
        made.getinfo(name).external_attr = (stat.S_IFREG | OWNER_FILE) << 16


def is_damaged(path: Path) -> bool:
    try:
        with open_to_read(path) as file, zipfile.ZipFile(file) as made:
            return made.testzip() is not None
    except (OSError, zipfile.BadZipFile, zlib.error):
        return True


def note_backup(
    project: Project, target: Path, who: str | None, when: dt.datetime, draw: Draw, *, names: bool
) -> None:
    """A row of the register. Without a private folder nobody can be erased here, and nothing is noted."""
    if not is_folder(project.private):
        return
    path = register_path(project)
    known = project.read_csv(path)
    row = {
        "id": new_id(BackupRecord.prefix, when.date(), known.column("id"), draw),
        "when": when.isoformat(),
        "who": who or "",
        "file": str(real_path(target)),
        "names": "yes" if names else "no",
    }
    append_rows(path, project.shown(path), BackupRecord.header(), [row], known=known, mode=OWNER_FILE)


def register_path(project: Project) -> Path:
    return project.private / f"{BackupRecord.log}.csv"


def told_backups(project: Project) -> list[str]:
    """The archives of the register: where each was made, when, and whether names are in it.

    None is left out: it may lie on another laptop, or on a drive that is not connected.
    """
    rows, _ = project.read_rows(BackupRecord, register_path(project))
    return [
        f"{row['file']}   {str(row['when'])[:10]}, {'with names' if row['names'] else 'ids alone'}"
        for row in rows
    ]
