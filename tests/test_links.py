"""Links in a project: what they lead to is read, and never written; the private folder may be one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.project import WORKSHOP, Prt

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right there")
TOOL = "log tool --kind tool --audience cda --date 2024-10-16 --title One"
PERSON = 'people add --role cda --board EMSB --name "Kim Sample"'


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("data/2024-2025/sessions.csv", f"{WORKSHOP} --anyway"),
        ("data/2024-2025/sessions.csv", "edit {row} --positive 15 --why slip"),
        ("data/2024-2025/sessions.csv", "remove {row} --why slip"),
        ("data/2024-2025/sessions.csv", "undo"),
        ("data/2024-2025", TOOL),
        ("data/people.csv", PERSON),
        ("data/private/names.csv", PERSON),
        ("data/organisations.csv", "org add NEW --type other --name-en New --name-fr Nouveau"),
        ("data/2024-2025/notes", "notes --period 1"),
    ],
)
def test_nothing_is_written_through_a_link(prt: Prt, tmp_path: Path, place: str, typed: str) -> None:
    prt('people add --role cda --board RSB --name "Lou Exemple"')
    prt(WORKSHOP)
    row, path = prt.last_id("sessions"), prt.root / place
    there = tmp_path / "drive"
    if path.exists():
        path.rename(there)
    else:
        there.mkdir()
    path.symlink_to(there)
    files = {
        one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file() and ".prt" not in one.parts
    }
    prt(typed.format(row=row), code=1)
    assert f"{place}: is a link to {there}: prt reads it, and does not write there" in prt.err
    assert {one: one.read_bytes() for one in files} == files
    assert "Nothing" not in prt.out
    assert "1.1.workshops" in prt("status")
    assert f"{place}: warning: is a link to" in prt("check")


def test_a_private_folder_that_is_a_link_works(prt: Prt, tmp_path: Path) -> None:
    """OneDrive, or the team's drive."""
    drive = tmp_path / "OneDrive" / "names"
    drive.mkdir(parents=True, mode=0o700)
    (prt.root / "data" / "private").symlink_to(drive)
    prt(PERSON)
    assert "Kim Sample" in (drive / "names.csv").read_text(encoding="utf-8")
    assert "is a link" not in prt("check")
    prt("undo --yes")
    assert not (drive / "names.csv").exists()
    prt('people add --role cda --board EMSB --name "Lou Exemple"')
    prt('people erase "Lou Exemple" --yes')
    assert "Lou Exemple" not in "".join(one.read_text(encoding="utf-8") for one in drive.rglob("*.csv"))


def test_a_project_that_is_a_link_works(prt: Prt, tmp_path: Path) -> None:
    (tmp_path / "by-link").symlink_to(prt.root)
    prt.monkeypatch.setenv("PRT_PROJECT", str(tmp_path / "by-link"))
    prt(WORKSHOP)
    assert len(prt.lines("sessions")) == 1
