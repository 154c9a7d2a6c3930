"""Of which files something is kept of a year: digests of their bytes, and whether these are as they were."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from prt.files.kept.kept_bodies import NO_DATA, read_kept
from prt.files.kept.kept_files import drop_kept, kept_path
from prt.files.kept.plain_data import from_json
from prt.model.records import LOGS
from prt.model.view import stands_alone

Raws = Mapping[str, bytes]
"""The bytes of each file that a year is made of, by what it holds; none of a file that is not there."""


def kept_year_path(folder: Path | None, year: Path, log: str, *, alone: bool = False) -> Path | None:
    """Where what the rows of a year gave to the figures that a row of a log moves is kept, or what those of
    this log `alone` gave: by the folder of the year."""
    return kept_path(folder, "year", str(year.absolute()), log, *(["alone"] if alone else []))


def forget_others(folder: Path | None, year: Path, raws: Raws) -> None:
    """Remove what was kept of a year of which one of these logs began otherwise: it may have held a name."""
    for log in filter(stands_alone, LOGS) if folder else ():
        for alone in (False, True):
            with suppress(*NO_DATA):
                if path := kept_year_path(folder, year, log, alone=alone):
                    told = from_json(read_kept(path).partition(b"\n")[0], dict)
                    if not all(begins_as(raws[name], told[name]) for name in raws.keys() & told.keys()):
                        drop_kept(path)


class Digest:
    """SHA-256 of a file. Of one that begins with the bytes of a known digest only the rest is read."""

    def __init__(self, raw: bytes, known: Digest | None = None) -> None:
        if known is None or not raw.startswith(known.raw):
            known = None
        self.raw: bytes = raw
        self.state: Any = known.state.copy() if known else sha256()
        self.state.update(memoryview(raw)[len(known.raw) if known else 0 :])


def digests_of(raws: Raws, known: Mapping[str, Digest] = MappingProxyType({})) -> dict[str, Digest]:
    return {name: Digest(raw, known.get(name)) for name, raw in raws.items()}


def as_told(digests: Mapping[str, Digest]) -> dict[str, str]:
    """Of each file its size and its digest."""
    return {name: f"{len(one.raw)} {one.state.hexdigest()}" for name, one in digests.items()}


def begins_as(raw: bytes, told: str) -> bool:
    """Does a file begin with the bytes of which this was told?"""
    size, _, digest = told.partition(" ")
    return len(raw) >= int(size) and sha256(memoryview(raw)[: int(size)]).hexdigest() == digest
