"""The version of a project's file format, which the project states: an older prt reads it and writes nothing.

It is raised when an older prt would misread or spoil what this one writes; `data/format.json` goes with the
files to every laptop. A project without it is of version 1.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from prt import __version__
from prt.files.project import Project
from prt.files.store.disk import Stamp, is_file, read_bytes, stamp_of, write_atomic
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass

FORMAT = 1
"""The version that this prt writes."""
SINCE = "0.1.0"
"""The first prt that writes it."""
LARGEST = 4096
"""How many bytes it may have; of a larger file nothing is read."""
NAME = "format.json"
SHOWN = f"data/{NAME}"


@dataclass(frozen=True)
class StatedFormat:
    """What a project states: the version of its files, and the first prt that writes it."""

    version: int = 1
    prt: str = SINCE

    @property
    def is_newer(self) -> bool:
        """May this prt only read?"""
        return self.version > FORMAT


NOTHING: tuple[Stamp | None, StatedFormat] = (None, StatedFormat())
KNOWN: dict[Path, tuple[Stamp | None, StatedFormat]] = {}
"""What this process has read, as long as the file is the same."""


def stated_format(project: Project) -> StatedFormat:
    """What a project states, read with its other files: a walk over them does not read it again."""
    KNOWN.pop(project.root / SHOWN, None)
    return read_format(project.root, project.cache.read_bytes)


def read_format(root: Path, read: Callable[[Path], bytes] = read_bytes) -> StatedFormat:
    """PrtError where the file does not say it, for a merge or an editor may have damaged it.

    It is asked at the start of a command and again under the lock, and read again only where it has changed.
    """
    path = root / SHOWN
    stamp = stamp_of(path)
    if stamp is None:
        return StatedFormat()
    if KNOWN.get(path, NOTHING)[0] != stamp:
        KNOWN[path] = stamp, parse_format(path, read, stamp)
    return KNOWN[path][1]


def parse_format(path: Path, read: Callable[[Path], bytes], stamp: Stamp) -> StatedFormat:
    size, *_ = stamp
    try:
        if not is_file(path) or not 0 < size <= LARGEST:  # a device, such as a link may lead to, has no end
            raise ValueError(size)
        return format_in(read(path))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise not_stated() from error


def format_in(data: bytes) -> StatedFormat:
    """ValueError, TypeError, KeyError or RecursionError where the bytes do not say it."""
    found = json.loads(data)
    return StatedFormat(version_of(found["format"]), str(found["prt"]))


def not_stated() -> PrtError:
    return PrtError(Problem.of(Place(SHOWN), Mistake("format_not_stated", version=FORMAT, prt=SINCE)))


def version_of(value: object) -> int:
    """ValueError where it is no version."""
    if type(value) is not int or value < 1:
        raise ValueError(value)
    return value


def refuse_newer(root: Path) -> None:
    """PrtError where this prt may only read. Every writer asks, before anything is written."""
    refuse(read_format(root))


def refuse_newer_text(data: bytes) -> None:
    """PrtError where another version of the project is of a newer prt, by the text of its format file."""
    try:
        stated = format_in(data)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise not_stated() from error
    refuse(stated)


def refuse(stated: StatedFormat) -> None:
    if stated.is_newer:
        values = {"version": stated.version, "prt": stated.prt, "own": __version__, "known": FORMAT}
        raise PrtError(Problem.of(Place(SHOWN), Mistake("project_of_newer_prt", **values)))


def may_write(root: Path) -> bool:
    try:
        return not read_format(root).is_newer
    except PrtError:
        return False


def format_text() -> str:
    return json.dumps({"format": FORMAT, "prt": SINCE}) + "\n"


def state_format(root: Path) -> None:
    """Write it, in a project that states none or one that is older."""
    if not is_file(root / SHOWN) or read_format(root).version < FORMAT:
        write_atomic(root / SHOWN, format_text().encode(), SHOWN)
