"""`manifest.json` of a frozen folder: what it is, and the digest of every file in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from prt.files.plan.pieces import WrongShape, read_piece
from prt.files.rooms import LEFT_BY_SYSTEMS
from prt.files.store.disk import read_bytes, write_atomic
from prt.files.trace.disk_questions import find_below, is_folder, is_link, is_on_disk, is_stored_file
from prt.model import base
from prt.model.base import Base
from prt.model.text import Language
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, field

Read = Callable[[Path], bytes]
NAME = "manifest.json"
SCHEMA = 1
PASSING = re.compile(r"~\$.*|\.~lock\..*#|\..+\.\d+\.tmp")
"""What Word, LibreOffice and an older prt keep beside a file while it is open or being written."""


class Erasure(Base):
    """An id of a person that was replaced in the frozen files, which `before` had these digests.

    `rows` is the digest of rows and plan since then.
    """

    strict = False
    date: dt.date
    before: dict[str, str]
    rows: str = ""


class Manifest(Base):
    """What was sent, when, and by which prt. `files` are SHA-256 digests by path, but for the manifest's own.

    `anyway` says what was submitted although prt refused it, `why` why it replaces the one before, and
    `deliverable` is the row that says that it was sent. `rows` is the digest of rows and plan that its report
    prints, which no erasure changes. `number` counts those that were frozen before it in
    the plan year. Keys of a newer prt are passed over.
    """

    strict = False
    format: int = base.field(default=SCHEMA, key="schema")
    prt: str
    year: str
    period: int
    annual: bool = False
    revision: int = 1
    number: int = 0
    why: str = ""
    deliverable: str | None = None
    cut_off: dt.date
    sent_on: dt.date
    frozen_on: dt.date
    submitted_by: str | None = None
    languages: tuple[Language, ...]
    sent: tuple[str, ...] = ()
    anyway: tuple[str, ...] = ()
    erased: tuple[Erasure, ...] = ()
    rows: str = ""
    files: dict[str, str] = base.field(factory=dict)

    def text(self) -> str:
        keys = {self.fields[name].key: value for name, value in self.items()}
        return json.dumps(keys, default=json_of, indent=1, ensure_ascii=False) + "\n"


def json_of(value: Base | dt.date) -> Any:
    return dict(value.items()) if isinstance(value, Base) else value.isoformat()


Wrong = Literal["added", "changed", "other line ends", "missing", "link", "no file"]
WRONG: dict[Wrong, Mistake] = {
    "added": Mistake("file_added"),
    "changed": Mistake("file_changed"),
    "other line ends": Mistake("file_of_other_line_ends"),
    "missing": Mistake("file_missing"),
    "link": Mistake("file_is_link"),
    "no file": Mistake("neither_file_nor_folder"),
}


@dataclass(frozen=True)
class Verdict:
    """How many of the digests agree, and what is wrong with each of the other files."""

    agree: int
    total: int
    problems: tuple[Problem, ...] = ()
    wrong: Mapping[str, Wrong] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not self.problems

    def __str__(self) -> str:
        """`yes`, or `no: 1 added, 2 changed`"""
        counts = Counter(self.wrong.values())
        said = ", ".join(f"{counts[kind]} {kind}" for kind in WRONG if counts[kind])
        return f"no: {said}" if said else "yes" if self.whole else "no"


def read_manifest(folder: Path, shown: str, read: Read = read_bytes) -> Manifest:
    """PrtError where it cannot be read, or is of a newer prt."""
    place = Place(f"{shown}/{NAME}")
    try:
        found: Any = json.loads(read(folder / NAME))
        if isinstance(found, dict) and int(found.get("schema", SCHEMA)) > SCHEMA:
            raise PrtError(Problem.of(place, Mistake("manifest_of_newer_prt", prt=found.get("prt"))))
        return read_piece(Manifest, found)
    except FileNotFoundError:
        if not is_on_disk(folder):
            raise PrtError(Problem.of(Place(shown), Mistake("submission_gone"))) from None
        raise PrtError(Problem.of(place, Mistake("manifest_missing"))) from None
    except WrongShape as error:
        wrong = ", ".join(".".join(map(str, one["loc"])) for one in error.details[:5])
        raise PrtError(Problem.of(place, Mistake("manifest_unreadable", why=wrong))) from None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise PrtError(Problem.of(place, Mistake("manifest_unreadable", why=error))) from None


def write_manifest(folder: Path, manifest: Manifest, shown: str) -> None:
    write_atomic(folder / NAME, manifest.text().encode(), f"{shown}/{NAME}")


def bytes_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def files_of(folder: Path) -> dict[str, Path]:
    """Every file of a folder by its path inside it, but for the manifest and what systems leave behind."""
    found = folder_entries(folder)
    return {name: path for name, path in found.items() if is_stored_file(path) and not is_link(path)}


def folder_entries(folder: Path) -> dict[str, Path]:
    """All that a folder has, but for folders; a link is followed nowhere.

    An `é` is one character on every system: a Mac may have written it as two.
    """
    paths = (path for path in find_below(folder, "*") if not is_left_behind(path))
    found = (path for path in paths if is_link(path) or not is_folder(path))
    named = {unicodedata.normalize("NFC", path.relative_to(folder).as_posix()): path for path in found}
    return {name: named[name] for name in sorted(named) if name != NAME or is_link(named[name])}


def is_left_behind(path: Path) -> bool:
    """Was it put there by a system or by a program at work, and is it nobody's file?"""
    return path.name in LEFT_BY_SYSTEMS or (bool(PASSING.fullmatch(path.name)) and not is_link(path))


def verify_files(folder: Path, manifest: Manifest, shown: str, read: Read = read_bytes) -> Verdict:
    """Compare every file with its digest; what is changed, missing or added is named."""
    wanted, wrong = manifest.files, dict(file_differences(folder, manifest.files, read))
    problems = tuple(Problem.of(Place(f"{shown}/{name}"), WRONG[wrong[name]]) for name in sorted(wrong))
    return Verdict(len(wanted.keys() - wrong.keys()), len(wanted), problems, wrong)


def file_differences(
    folder: Path, wanted: Mapping[str, str], read: Read = read_bytes
) -> Iterator[tuple[str, Wrong]]:
    """(path, what is wrong) of every file that is not the one that was submitted."""
    there, files = folder_entries(folder), files_of(folder)
    for name in {**wanted, **there}:
        if name not in there:
            yield name, "missing"
        elif name not in files:
            yield name, "link" if is_link(there[name]) else "no file"
        elif name not in wanted:
            yield name, "added"
        elif wrong := difference(read(files[name]), wanted[name]):
            yield name, wrong


def difference(data: bytes, wanted: str) -> Wrong | None:
    """Whether these bytes are the ones of a digest; git and editors may change line ends alone."""
    if bytes_digest(data) == wanted:
        return None
    bare = data.replace(b"\r\n", b"\n")
    same = wanted in (bytes_digest(bare), bytes_digest(bare.replace(b"\n", b"\r\n")))
    return "other line ends" if same else "changed"
