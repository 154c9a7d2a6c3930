"""`prt people erase`: the id of a person becomes a token that tells nobody who it was; all counts stay.

What a crash leaves is completed by doing it again: the token is kept until everything is done.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from prt.files import undofile
from prt.files.carried import TEXTS, is_apart
from prt.files.csvfile import CsvFile, Record
from prt.files.disk import locked, write_atomic
from prt.files.manifest import files_of
from prt.files.person import frozen_folders, private_csvs, rows_about, texts_about, whole
from prt.files.project import Project
from prt.files.store import cells, edited_text
from prt.files.submission import replace_id, whole_word
from prt.files.write import rewrite
from prt.model.ids import Draw, erased_id
from prt.problems import Place

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
REGISTERS = ("incidents", "purges")
CLEARED = ("note",)
"""Columns of people.csv that count nowhere and may say who it was."""


@dataclass(frozen=True)
class Erased:
    """What was done: the token, the files that have it now, rows destroyed, and lines that have the name."""

    token: str
    replaced: tuple[str, ...]
    destroyed: dict[str, int]
    texts: tuple[Place, ...]


def erase(project: Project, person: str, on: dt.date, draw: Draw) -> Erased:
    """Replace the id everywhere, destroy what says who it was; free text is for a person to rewrite."""
    shared = project.private.is_dir() and not project.private.is_relative_to(project.root)
    with locked(project.root), locked(project.private) if shared else nullcontext():
        token = pending(project, person, draw)
        texts = tuple(texts_about(project, person))
        own = {held.cells.get("id", "") for held in rows_about(project, person)} - {""}
        frozen = [
            name
            for folder in frozen_folders(project)
            for name in in_frozen(project, folder, person, token, on)
        ]
        clear_posts(project, person)
        destroyed = dict(destroy(project, person, own))
        replaced = [
            project.shown(path) for path in open_files(project) if replace(path, project, person, token)
        ]
        undofile.forget_all(undofile.path_of(project.root))
        token_path(project).unlink(missing_ok=True)
    return Erased(token, (*replaced, *frozen), destroyed, texts)


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


def in_frozen(project: Project, folder: Path, person: str, token: str, on: dt.date) -> Iterator[str]:
    """A report that was submitted has the token too, and its manifest says that something was erased."""
    for name in replace_id(folder, person, token, on):
        yield project.shown(files_of(folder)[name])


def open_files(project: Project) -> Iterator[Path]:
    """Every text of the project outside the private folder, reports that were made too."""
    for folder in ("data", "plan", "reports", "templates"):
        for path in sorted((project.root / folder).rglob("*")):
            known = path.suffix in TEXTS or path.suffix == ".html"
            if known and path.is_file() and not is_apart(project, path):
                yield path
    yield from (path for path in registers(project) if path.is_file())


def registers(project: Project) -> list[Path]:
    """Private files whose rows the law asks to keep: only the id in them goes."""
    return [project.private / f"{name}.csv" for name in REGISTERS]


def replace(path: Path, project: Project, person: str, token: str) -> bool:
    """The token in the place of the id, every other byte as it is."""
    before = data = path.read_bytes()
    for encoding in ENCODINGS:
        data = re.sub(whole_word(person, encoding), token.encode(encoding), data)
    if data != before:
        write_atomic(path, data, project.shown(path))
    return data != before


def clear_posts(project: Project, person: str) -> None:
    """The notes of the person's roles go; role, board and dates are counted and stay."""
    file = project.read_csv(project.roster_path("people"))
    texts = {}
    for record in file.records:
        row = cells(file, record)
        if row.get("id", "").strip() == person:
            texts[record.line] = edited_text(file, record, {name: "" for name in CLEARED if row.get(name)})
    if texts:
        rewrite(file, texts)


def destroy(project: Project, person: str, own: Collection[str]) -> Iterator[tuple[str, int]]:
    """(file, rows destroyed) of the private folder: name, exported names, connection times, old spellings."""
    form = whole(person)
    for file in private_csvs(project):
        if file.path in registers(project):
            continue
        lines = [record.line for record in file.records if is_about(file, record, form, own)]
        if lines:
            rewrite(file, dict.fromkeys(lines))
            yield file.shown, len(lines)


def is_about(file: CsvFile, record: Record, form: re.Pattern[str], own: Collection[str]) -> bool:
    row = cells(file, record)
    mine = {row.get("id", "").strip(), row.get("row", "").strip()} & set(own)
    return bool(mine) or any(form.search(text) for text in record.cells)
