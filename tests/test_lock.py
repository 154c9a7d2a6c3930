"""The lock file: exact versions of everything, that `pyproject.toml` allows, and that the main run installs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.lock import EVERYWHERE, LOCK, ROOT, declared, is_needed, needed, pins, refusals

RENEW = 'renew .ci/constraints.txt: CONTRIBUTING.md, "A release"'


def test_it_has_a_version_of_everything_and_one_that_is_asked_for() -> None:
    assert refusals(asked_for(), pins()) == [], RENEW
    assert len(declared()) > 20


def test_nothing_else_is_in_it() -> None:
    """Where the environment is the one of the file, for another may need other things."""
    if is_elsewhere():
        pytest.skip("other versions are installed here")
    assert set(pins()) - set(needed()) == set(), RENEW


def asked_for() -> dict[str, list[Requirement]]:
    """By `pyproject.toml`; and by what is installed, unless that is of other versions than the file's."""
    return {canonicalize_name(one.name): [one] for one in declared()} if is_elsewhere() else needed()


def is_elsewhere() -> bool:
    return any(found_version(name) not in ("", exact) for name, exact in pins().items())


def found_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def test_each_line_is_one_exact_version_and_names_no_place() -> None:
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("#")]
    assert kept == [f"{name}=={exact}" for name, exact in sorted(pins().items())]
    assert len(kept) > 30 and not any(sign in line for line in lines for sign in ("://", "--", "@"))


def test_the_main_run_installs_these() -> None:
    for name in (".ci/run", ".github/workflows/ci.yml"):
        assert "PIP_CONSTRAINT" in (ROOT / name).read_text(encoding="utf-8"), name
    assert "python -m tests.lock" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "needed"),
    [
        ("one", True),
        ("one; sys_platform == 'win32'", True),
        ("one; python_version < '3.11'", False),
        ("one; python_version >= '3.14'", True),
        ("one; extra == 'docs'", False),
        ("one; platform_python_implementation == 'PyPy'", False),
    ],
)
def test_what_is_needed_on_some_system(asked: str, needed: bool) -> None:
    assert is_needed(Requirement(asked), set()) == needed
    assert len(EVERYWHERE) == 12


def test_an_extra_that_is_asked_for_is_followed() -> None:
    assert is_needed(Requirement("one; extra == 'docs'"), {"docs"})


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        ({"typer": "0.20.0"}, []),
        ({"typer": "0.19.2"}, ["typer>=0.20, but 0.19.2"]),
        ({}, ["typer>=0.20, but no version"]),
    ],
)
def test_a_version_that_is_not_asked_for_is_told(exact: dict[str, str], told: list[str]) -> None:
    assert refusals({"typer": [Requirement("typer>=0.20")]}, exact) == told
