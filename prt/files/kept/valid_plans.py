"""Validated plans, kept between runs in a cache folder of the user's: the same bytes are validated once.

They are plain data, never code, and only their owner's. What is kept is known by the plan's bytes and by the
prt that validated it; whatever is damaged, somebody else's or another prt's is ignored, and a folder that
cannot be written is no mistake.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from prt import __version__
from prt.files.plan.plain_data import from_plain, is_same, to_plain
from prt.files.store.disk import (
    OWNER_FILE,
    make_owner_only,
    move,
    read_bytes,
    remove_quietly,
    without_fsync,
    write_new,
)
from prt.model.cells import Known
from prt.model.measures import KINDS
from prt.model.plan import Plan
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.values import dataclass

LARGEST = 4_000_000
MOST_BYTES = 16_000_000
MOST_FILES = 32
VALIDATING = ("model", "model/measures", "model/rules", "files", "files/plan", "files/yaml")
"""The folders of prt whose code says what is a plan."""
NO_DATA = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


@dataclass(frozen=True)
class ValidPlan:
    """A plan without errors, its warnings, and how its conditions name organisations (folded)."""

    plan: Plan
    warnings: list[Problem]
    organisations: frozenset[str]


def read_valid_plan(raw: bytes, shown: str, folder: Path | None) -> ValidPlan:
    """A plan from its bytes, or as it was kept in the folder. PrtError where it has errors."""
    path = kept_path(raw, shown, folder)
    with suppress(*NO_DATA):
        if path:
            return read_kept(path)
    # 35 ms of rules, and 100 of pydantic with them, for a plan that is new
    from prt.files.plan.plan import organisation_names, read_plan

    plan, problems = read_plan(raw, shown)
    if plan is None or errors(problems):
        raise PrtError(*problems)
    valid = ValidPlan(plan, problems, organisation_names(plan))
    with suppress(*NO_DATA):
        if path:
            keep(path, valid)
    return valid


def kept_path(raw: bytes, shown: str, folder: Path | None) -> Path | None:
    """Where it is kept; None where nothing is, as in a prt whose files are no files, but in an archive."""
    with suppress(OSError):
        return folder / f"plan-{key_of(raw, shown)}.json" if folder else None
    return None


def organisation_problems(
    valid: ValidPlan, known: Known, shown: str, read: Callable[[], bytes]
) -> list[Problem]:
    """Names in the plan that are no organisation; nothing where none is known."""
    if not known.organisations or valid.organisations <= known.organisations.keys():
        return []
    from prt.files.plan.plan import value_problems  # 35 ms, to say where such a name stands

    return value_problems(valid.plan, known, shown, read)


def key_of(raw: bytes, shown: str) -> str:
    """What differs where the plan or the prt that validates it is another."""
    return hashlib.sha256(f"{validator()}\n{kinds()}\n{shown}\n".encode() + raw).hexdigest()


@cache
def validator() -> str:
    """Which prt this is: its version, and when its code was last changed, as in a checkout it is."""
    package = Path(__file__).parent.parent.parent
    files = [one for folder in VALIDATING for one in os.scandir(package / folder) if one.name[-3:] == ".py"]
    stats = sorted((one.path, one.stat().st_size, one.stat().st_mtime_ns) for one in files)
    return f"{__version__} {stats}"


def kinds() -> list[str]:
    """The kinds of measure with their fields: a test may declare one of its own."""
    return [f"{kind.__qualname__} {' '.join(kind.fields)}" for kind in KINDS]


def read_kept(path: Path) -> ValidPlan:
    """One of `NO_DATA` where it is not there, or not as it was written."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or not is_own(found) or found.st_size > LARGEST:
        raise ValueError(path)
    digest, _, body = read_bytes(path).partition(b"\n")
    if digest.decode() != digest_in(path, body):
        raise ValueError(path)
    kept = json.loads(body)
    plan = from_plain(kept["plan"])
    if not isinstance(plan, Plan):
        raise TypeError(path)
    return ValidPlan(plan, list(map(as_problem, kept["warnings"])), frozenset(kept["organisations"]))


def is_own(found: os.stat_result) -> bool:
    """Is it this user's, and nobody else's to read? Windows says it by the folder."""
    return os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & 0o077)


def digest_in(path: Path, body: bytes) -> str:
    """Of what a file holds and of its name: one that was renamed is another plan's."""
    return hashlib.sha256(path.name.encode() + body).hexdigest()


def keep(path: Path, valid: ValidPlan) -> None:
    """One of `NO_DATA` where the disk refuses, or where it would not come back as it is."""
    kept: dict[str, Any] = {
        "plan": to_plain(valid.plan),
        "warnings": list(map(plain_problem, valid.warnings)),
        "organisations": sorted(valid.organisations),
    }
    body = json.dumps(kept, separators=(",", ":")).encode()
    back = json.loads(body)
    if len(body) > LARGEST or not is_same(from_plain(back["plan"]), valid.plan):
        return
    if list(map(as_problem, back["warnings"])) != valid.warnings:
        return
    folder = path.parent
    if not folder.is_dir() and folder.parent.parent.is_dir():  # a home that is not there is not made
        make_owner_only(folder)
    if not is_own(folder.stat()):
        return
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with without_fsync():
        try:
            write_new(temporary, f"{digest_in(path, body)}\n".encode() + body, OWNER_FILE, absent=True)
            move(temporary, path)
        finally:
            remove_quietly(temporary)
    drop_oldest(folder)


def plain_problem(problem: Problem) -> dict[str, Any]:
    """A warning with what its words were made of. TypeError where that is no plain data."""
    where, mistake = problem.where, problem.mistake
    if mistake is None:
        raise TypeError(problem)
    if not all(type(value) in (str, int) for value in mistake.values.values()):
        raise TypeError(problem)
    place = [where.file, where.line, where.column, where.path]
    return {
        "code": mistake.code,
        "values": mistake.values,
        "where": place,
        "severity": problem.severity,
        "value": problem.value,
    }


def as_problem(kept: dict[str, Any]) -> Problem:
    mistake = Mistake(kept["code"], **kept["values"])
    return Problem.of(Place(*kept["where"]), mistake, kept["severity"], kept["value"])


def drop_oldest(folder: Path) -> None:
    """The newest stay, as many as the folder may hold."""
    size = 0
    newest = sorted(kept_files(folder), key=lambda path: path.lstat().st_mtime_ns, reverse=True)
    for number, path in enumerate(newest, 1):
        size += path.lstat().st_size
        if number > MOST_FILES or size > MOST_BYTES:
            remove_quietly(path)


def kept_files(folder: Path) -> Iterator[Path]:
    """What this module wrote, also what was cut off."""
    yield from folder.glob("plan-*.json")
    yield from folder.glob("plan-*.tmp")


def forget_plans(folder: Path | None) -> None:
    """Nothing is kept afterwards."""
    for path in kept_files(folder) if folder else ():
        remove_quietly(path)
