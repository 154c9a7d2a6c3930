"""`prt people erase`: the id of a person becomes a token that tells nobody who it was; all counts stay.

What a crash leaves is completed by doing it again: the token is kept until everything is done.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from prt.files.csv.edit import rewrite
from prt.files.csv.reader import CsvFile, Record
from prt.files.privacy.person import (
    FREE_TEXT,
    frozen_folders,
    identity,
    named_in,
    private_csvs,
    rows_about,
    whole,
)
from prt.files.privacy.redact import note_changes, with_token, without_name
from prt.files.privacy.scan import PAGE, TEXTS, text_files
from prt.files.project import Project
from prt.files.store import undo_log
from prt.files.store.disk import write_atomic
from prt.files.store.journal import clear_copies, locked_whole
from prt.files.submissions.manifest import files_of
from prt.files.submissions.submission import SENT, replace_id
from prt.model.ids import Draw, erased_id
from prt.model.personal import Identity
from prt.model.records import NameRecord
from prt.problems import Place

REGISTERS = ("incidents", "purges")
WRITTEN = ("plan", "templates")
"""Folders of texts in which only a person may change a word."""
Destroyed = dict[str, int]
"""Rows by file."""


@dataclass(frozen=True)
class Erased:
    """What was done: the token, the files that have it now, rows destroyed; and lines that still have the
    name: `texts` are for a person to rewrite, `sent` is what was really sent, which stays as it is."""

    token: str
    replaced: tuple[str, ...]
    destroyed: Destroyed
    texts: tuple[Place, ...]
    sent: tuple[Place, ...]


def erase(project: Project, person: str, on: dt.date, draw: Draw) -> Erased:
    """Replace id and name everywhere, destroy what says who it was. The name itself goes last, so that an
    erasure that was interrupted can be done again."""
    with locked_whole(project):
        clear_copies(project.root, project.private)
        token = pending(project, person, draw)
        mine = identity(project, person)
        own = {held.cells.get("id", "") for held in rows_about(project, person)} - {""}
        frozen = [
            name
            for folder in frozen_folders(project)
            for name in in_frozen(project, folder, person, token, on, mine)
        ]
        destroyed = dict(destroy(project, person, own, names=False))
        replaced = [
            project.shown(path) for path in open_files(project) if replace(path, project, person, token, mine)
        ]
        clear_posts(project, token)
        left = tuple(named_in(project, [*text_files(project), *sent_files(project)], mine))
        destroyed |= dict(destroy(project, person, own, names=True))
        undo_log.forget_all(project.root)
        token_path(project).unlink(missing_ok=True)
    texts, sent = ([one for one in left if (f"/{SENT}" in one.file) == kept] for kept in (False, True))
    return Erased(token, (*replaced, *frozen), destroyed, tuple(texts), tuple(sent))


def token_path(project: Project) -> Path:
    return project.root / ".prt" / "erasing.json"


def pending(project: Project, person: str, draw: Draw) -> str:
    """The token, which is on the disk before anything is changed. It has never been anybody's id."""
    path = token_path(project)
    tokens = json.loads(path.read_bytes()) if path.exists() else {}
    if person not in tokens:
        tokens[person] = erased_id(draw)
        write_atomic(path, json.dumps(tokens).encode())
    return str(tokens[person])


def in_frozen(
    project: Project, folder: Path, person: str, token: str, on: dt.date, mine: Identity
) -> Iterator[str]:
    """A report that was submitted has the token too, and its manifest says that something was erased."""
    for name in replace_id(folder, person, token, on, mine):
        yield project.shown(files_of(folder)[name])


def sent_files(project: Project) -> Iterator[Path]:
    """Texts that were really sent."""
    for folder in frozen_folders(project):
        for name, path in files_of(folder).items():
            if name.startswith(SENT) and (path.suffix in TEXTS or path.suffix == PAGE):
                yield path


def open_files(project: Project) -> Iterator[Path]:
    """Every text of the project that git would carry or that was made of it, and private files whose rows
    stay: the registers that the law asks to keep, and what others wrote."""
    yield from text_files(project)
    for name in (*REGISTERS, *FREE_TEXT):
        path = project.private / f"{name}.csv"
        if path.is_file():
            yield path


def replace(path: Path, project: Project, person: str, token: str, mine: Identity) -> bool:
    """The token in the place of the id and of the name, every other byte as it is."""
    before = path.read_bytes()
    data = with_token(before, person, token)
    if path != project.roster_path("organisations") and not is_written(project, path):
        data = without_name(data, mine, token, page=path.suffix == PAGE)
    if data != before:
        write_atomic(path, data, project.shown(path))
    return data != before


def is_written(project: Project, path: Path) -> bool:
    """Is it the team's own text: the plan, a template?"""
    return any(path.is_relative_to(project.root / folder) for folder in WRITTEN)


def clear_posts(project: Project, person: str) -> None:
    """The notes of the person's roles go; role, board and dates are counted and stay."""
    file = project.read_csv(project.roster_path("people"))
    if changes := note_changes(file, (person,)):
        rewrite(file, changes)


def destroy(project: Project, person: str, own: Collection[str], *, names: bool) -> Iterator[tuple[str, int]]:
    """(file, rows destroyed) of the private folder: exported names, connection times, old spellings; of
    names.csv where `names` says so, else of all others."""
    form, kept = whole(person), {f"{name}.csv" for name in REGISTERS}
    for file in private_csvs(project):
        if file.path.name in kept or (file.path.name == f"{NameRecord.log}.csv") != names:
            continue
        lines = [record.line for record in file.records if is_about(file, record, form, own)]
        if lines:
            rewrite(file, dict.fromkeys(lines))
            yield file.shown, len(lines)


def is_about(file: CsvFile, record: Record, form: re.Pattern[str], own: Collection[str]) -> bool:
    row = file.cells(record)
    mine = {row.get("id", "").strip(), row.get("row", "").strip()} & set(own)
    return bool(mine) or any(form.search(text) for text in record.cells)
