"""The exact versions that prt was tested with: `python -m tests.lock` writes them of the environment it runs in.

What is needed on any system and Python that prt is for is followed from `pyproject.toml` through the metadata of
what is installed.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = ROOT / ".ci" / "constraints.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
HEAD = """\
# The exact versions that prt was tested with, of all that it and its tests need on Python 3.11 to 3.14.
# To have the same: pip install -c .ci/constraints.txt -e .    To renew it: CONTRIBUTING.md, "A release".
"""


def declared() -> list[Requirement]:
    """What `pyproject.toml` asks for, with the tests'."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    extras = [one for some in project["optional-dependencies"].values() for one in some]
    return [Requirement(one) for one in (*project["dependencies"], *extras)]


def environments() -> Iterator[dict[str, str]]:
    """Every system and Python, as markers ask about it."""
    for system, name in SYSTEMS.items():
        for python in PYTHONS:
            here = {key: str(value) for key, value in default_environment().items()}
            yield here | {
                "sys_platform": system,
                "platform_system": name,
                "os_name": "nt" if system == "win32" else "posix",
                "python_version": python,
                "python_full_version": f"{python}.0",
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
            }


EVERYWHERE = list(environments())


def is_needed(one: Requirement, extras: set[str]) -> bool:
    """On some system, with one of these extras or without any."""
    marker = one.marker
    wanted = extras or {""}
    return marker is None or any(
        marker.evaluate(env | {"extra": extra}) for env in EVERYWHERE for extra in wanted
    )


def requirements_of(name: str, extras: set[str]) -> list[Requirement]:
    """Those of a distribution that is installed; of one that is not, none are known."""
    try:
        found = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    return [one for one in map(Requirement, found) if is_needed(one, extras)]


def needed() -> dict[str, list[Requirement]]:
    """All that is asked for of each distribution, by its name."""
    found: dict[str, list[Requirement]] = {}
    waiting = declared()
    while waiting:
        one = waiting.pop()
        known = found.setdefault(canonicalize_name(one.name), [])
        if one not in known:
            known.append(one)
            waiting += requirements_of(one.name, set(one.extras))
    return found


def pins() -> dict[str, str]:
    """What the lock file says: version by name."""
    lines = [line.partition("#")[0].strip() for line in LOCK.read_text(encoding="utf-8").splitlines()]
    found = [Requirement(line) for line in lines if line]
    return {canonicalize_name(one.name): next(iter(one.specifier)).version for one in found}


def refusals(asked: Mapping[str, Sequence[Requirement]], exact: Mapping[str, str]) -> list[str]:
    """What is asked for and is not the version that the lock file has, or has none in it."""
    return [
        f"{one}, but {exact.get(name, 'no version')}"
        for name, some in sorted(asked.items())
        for one in some
        if name not in exact or not one.specifier.contains(exact[name], prereleases=True)
    ]


def write_lock() -> None:
    """SystemExit where a distribution of another system is not installed: its version has to come from somewhere."""
    lines, missing = [], []
    for name in sorted(needed()):
        try:
            lines.append(f"{name}=={distribution(name).version}\n")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        sys.exit(f"Not installed here; pip install {' '.join(missing)}, and try again.")
    LOCK.write_text(HEAD + "".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_lock()
