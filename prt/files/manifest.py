"""`manifest.json` of a frozen folder: what it is, and the digest of every file in it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from prt.files.disk import write_atomic
from prt.model.text import Language
from prt.problems import Place, Problem, PrtError

NAME = "manifest.json"
SCHEMA = 1
LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
RESTORE = "Bring the folder back from git or from a copy; what was sent is never changed."


class Erasure(BaseModel):
    """An id of a person that was replaced in the frozen files, which `before` had these digests."""

    model_config = ConfigDict(frozen=True)

    date: dt.date
    before: dict[str, str]


class Manifest(BaseModel):
    """What was sent, when, and by which prt. `files` are SHA-256 digests by path, but for the manifest's own.

    `anyway` says what was submitted although prt refused it. Keys of a newer prt are passed over.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    format: int = Field(default=SCHEMA, alias="schema")
    prt: str
    year: str
    period: int
    annual: bool = False
    revision: int = 1
    cut_off: dt.date
    sent_on: dt.date
    frozen_on: dt.date
    submitted_by: str | None = None
    languages: tuple[Language, ...]
    sent: tuple[str, ...] = ()
    anyway: tuple[str, ...] = ()
    erased: tuple[Erasure, ...] = ()
    files: dict[str, str] = Field(default_factory=dict)

    def text(self) -> str:
        return self.model_dump_json(by_alias=True, indent=1) + "\n"


@dataclass(frozen=True)
class Verdict:
    """How many of the digests agree, and what is wrong with each of the other files."""

    agree: int
    total: int
    problems: tuple[Problem, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.problems


def read_manifest(folder: Path, shown: str) -> Manifest:
    """PrtError where it cannot be read, or is of a newer prt."""
    place = Place(f"{shown}/{NAME}")
    try:
        found: Any = json.loads((folder / NAME).read_bytes())
        if isinstance(found, dict) and int(found.get("schema", SCHEMA)) > SCHEMA:
            what = f"frozen by a newer prt ({found.get('prt')}), which writes another format"
            raise PrtError(Problem(place, what, "Install that prt, or a later one."))
        return Manifest.model_validate(found)
    except FileNotFoundError:
        raise PrtError(Problem(place, "the manifest is missing", RESTORE)) from None
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, one["loc"])) for one in error.errors()[:5])
        raise PrtError(Problem(place, f"the manifest cannot be read: {wrong}", RESTORE)) from None
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise PrtError(Problem(place, f"the manifest cannot be read: {error}", RESTORE)) from None


def write_manifest(folder: Path, manifest: Manifest, shown: str) -> None:
    write_atomic(folder / NAME, manifest.text().encode(), f"{shown}/{NAME}")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def files_of(folder: Path) -> dict[str, Path]:
    """Every file of a folder by its path inside it, but for the manifest and what systems leave behind.

    An `é` is one character on every system: a Mac may have written it as two.
    """
    found = (path for path in folder.rglob("*") if path.is_file() and path.name not in LEFT_BY_SYSTEMS)
    named = {unicodedata.normalize("NFC", path.relative_to(folder).as_posix()): path for path in found}
    return {name: named[name] for name in sorted(named) if name != NAME}


def verify(folder: Path, manifest: Manifest, shown: str) -> Verdict:
    """Compare every file with its digest; what is changed, missing or added is named."""
    there, wanted = files_of(folder), manifest.files
    wrong = dict.fromkeys(there.keys() - wanted.keys(), "the file was added after it was submitted")
    wrong |= dict.fromkeys(wanted.keys() - there.keys(), "the file is missing")
    for name in wanted.keys() & there.keys():
        if digest(there[name].read_bytes()) != wanted[name]:
            wrong[name] = "the file is not the one that was submitted: its digest differs"
    problems = tuple(Problem(Place(f"{shown}/{name}"), wrong[name], RESTORE) for name in sorted(wrong))
    return Verdict(len(wanted.keys() - wrong.keys()), len(wanted), problems)
