"""`prt import` without a file: the exports among what was downloaded lately."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path

import pytest

from tests.project import Prt
from tests.test_import import FORM, SESSION, ZOOM

LIST = "hours.csv", "Date,Heures\n2024-10-16,2\n"
REGISTERED = (
    "zoom-registrants.csv",
    "First Name,Last Name,Email,Registration Time,Approval Status\nA,B,a@b.example,2024-10-01,approved\n",
)


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with an attendance list, a form, two tables that are neither, a picture and an old list."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    saved = dt.datetime(2025, 2, 13, 12)
    named = {
        "form.csv": FORM,
        "zoom.csv": ZOOM,
        "old.csv": ZOOM + "\n",
        "cat.png": "png",
        **dict([LIST, REGISTERED]),
    }
    for number, (name, text) in enumerate(named.items()):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        when = saved.timestamp() + number - (name == "old.csv") * 60 * 24 * 3600
        os.utime(path, (when, when))
    return folder


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers at a terminal, to be filled in by a test."""
    answers: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda prompt: answers.pop(0))
    return answers


def test_exports_are_listed_and_all_of_them_imported(prt: Prt, downloads: Path, typed: list[str]) -> None:
    prt(SESSION)
    session = prt.last_id("sessions")
    typed += ["7", "", "e", "y"]
    out = prt("import")
    assert re.findall(r"^ +(\d)  (\S+\.\w+)", out, re.M) == [("1", "zoom.csv"), ("2", "form.csv")]
    assert f"→ {session}  PLC 1" in out and "Write numbers from 1 to 2." in out
    assert len(prt.lines("attendance")) == 5 and len(prt.lines("feedback")) == 3


def test_what_was_imported_is_not_listed_again(prt: Prt, downloads: Path, typed: list[str]) -> None:
    prt(SESSION)
    typed += ["2", "y"]
    prt("import")
    assert not prt.path("attendance").exists() and len(prt.lines("feedback")) == 3
    typed += ["1", "e", "y"]
    assert "form.csv" not in prt("import")
    prt("import", code=1)
    assert "No new export in" in prt.err and "prt import FILE" in prt.err


def test_a_script_names_its_files(prt: Prt, downloads: Path) -> None:
    prt("import", code=2)
    assert prt.err == "Name the files that were exported: prt import FILE…\n"


def test_a_home_without_the_folder_has_no_exports(
    prt: Prt, typed: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    prt("import", code=1)
    assert "No new export in" in prt.err
