"""Of which files something is kept of a year: digests of their bytes, and whether these are as they were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

from prt.files.kept.kept_bodies import NO_DATA, read_kept
from prt.files.kept.kept_files import drop_kept, kept_files, kept_path
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
    forget_years(
        folder,
        year,
        lambda told: all(begins_as(raws[name], told[name]) for name in raws.keys() & told.keys()),
    )


def forget_years_unlike(folder: Path | None, year: Path, log: str, told: str) -> None:
    """Remove what was kept of a year in which a log was not as it is told of. Were the log so again, whoever
    has that would not read it, and what is kept of its texts would stay."""
    forget_years(folder, year, lambda before: before.get(log, told) == told)


def forget_years(folder: Path | None, year: Path, is_so: Callable[[dict[str, str]], bool]) -> None:
    """Remove what was kept of a year, unless what is told there of the files that it was made of is so."""
    with suppress(OSError):
        if not kept_files(folder, "year"):  # in a tenth of the time
            return
    for log, alone in product(filter(stands_alone, LOGS), (False, True)):
        with suppress(*NO_DATA):
            path = kept_year_path(folder, year, log, alone=alone)
            if path and not is_so(from_json(read_kept(path).partition(b"\n")[0], dict)):
                drop_kept(path)


class Digest:
    """SHA-256 of a file. Of one that begins with the bytes of a known digest only the rest is read."""

    def __init__(self, raw: bytes, known: Digest | None = None) -> None:
        if known is None or not raw.startswith(known.raw):
            known = None
        self.raw: bytes = raw
        self.state: Any = known.state.copy() if known else sha256()
        self.state.update(memoryview(raw)[len(known.raw) if known else 0 :])

    @property
    def told(self) -> str:
        """Of the file its size and its digest."""
        return f"{len(self.raw)} {self.state.hexdigest()}"


def digests_of(raws: Raws, known: Mapping[str, Digest] = MappingProxyType({})) -> dict[str, Digest]:
    return {name: Digest(raw, known.get(name)) for name, raw in raws.items()}


def as_told(digests: Mapping[str, Digest]) -> dict[str, str]:
    """Of each file its size and its digest."""
    return {name: one.told for name, one in digests.items()}


def begins_as(raw: bytes, told: str) -> bool:
    """Does a file begin with the bytes of which this was told?"""
    return Digest(begun_of(raw, told)).told == told


def begun_of(raw: bytes, told: str) -> bytes:
    """As much of a file as this was told of."""
    return raw[: int(told.partition(" ")[0])]
