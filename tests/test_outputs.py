"""Outputs stay out: nothing that prt reads is ever written over, nor what prt did not make."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from prt.files.new_project import new_project, starter_plan
from prt.files.outputs import mark_in
from prt.model.text import LANGUAGES, Language
from tests.project import ROOT, WORKSHOP, Prt

LOG = "data/2024-2025/sessions.csv"
COMMANDS = ("report --format md -o", "report --format html -o", "privacy notice -o")
OTHERS = "Minutes of Monday\n"


def refused(prt: Prt, command: str, output: Path | str, more: str = "") -> str:
    """What is said of an output that is refused; nothing in the project is another for it."""
    before = contents(prt.root)
    prt(f'{command} "{output}"{more}', code=2)
    assert contents(prt.root) == before
    assert "Nothing was written." in prt.err
    return prt.err


def contents(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file() and ".prt" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def short_with_workshop(prt: Prt) -> None:
    prt.shorten_plan("1.1")
    prt(WORKSHOP)


@pytest.fixture
def held(prt: Prt, kept: Path) -> Prt:
    """One workshop."""
    prt.once(kept, lambda: short_with_workshop(prt))
    return prt


@pytest.mark.parametrize("more", ["", " --force"])
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "place",
    [
        LOG,
        "data/people.csv",
        "data/format.json",
        "data/new.md",
        "data/2024-2025/submitted/period-1/report.md",
        "data/private/names.csv",
        "data/private/backups.csv",
        "data/private/new.html",
        "plan/2024-2025.yaml",
        "plan/2024-2025.md",
        "templates/report.md.j2",
        ".prt/undo.jsonl",
        ".git/config",
        "DATA/new.md",
        ".gitignore",
        ".gitattributes",
        "reports/.GitIgnore",
        "reports/../Plan/new.md",
    ],
)
def test_nothing_goes_where_prt_reads(held: Prt, command: str, place: str, more: str) -> None:
    """Case D4."""
    assert "where prt reads" in refused(held, command, held.root / place, more)


@pytest.mark.parametrize("command", COMMANDS)
def test_not_by_a_link_either(held: Prt, tmp_path: Path, command: str) -> None:
    for name, place in (("to-log.md", LOG), ("to-nothing.md", "data/new.md"), ("to-folder", "data")):
        (tmp_path / name).symlink_to(held.root / place)
    for output in ("to-log.md", "to-nothing.md", "to-folder/2024-2025/sessions.csv"):
        assert "where prt reads" in refused(held, command, tmp_path / output, " --force")


@pytest.mark.parametrize(
    "typed",
    [
        "report --format md -o {loop}/x.md",
        "report --format md --force -o {loop}",
        "privacy notice -o {loop}",
        "merge {loop}",
        "init {loop}",
        "demo {loop}",
        "--project {loop} status",
        "plan diff {loop}.yaml",
    ],
)
def test_a_link_that_leads_to_itself_is_named(held: Prt, tmp_path: Path, typed: str) -> None:
    for loop in (tmp_path / "loop", tmp_path / "loop.yaml"):
        loop.symlink_to(loop)
    held(typed.format(loop=tmp_path / "loop"), code=2)
    assert "is a link that leads back to itself" in held.err and "Nothing was written." in held.err


def test_a_link_of_notes_that_leads_to_itself_is_named(held: Prt) -> None:
    notes = held.root / "data" / "2024-2025" / "notes" / "period-2.fr.md"
    notes.parent.mkdir(parents=True)
    notes.symlink_to(notes)
    assert held.attempt("notes --period 2") and notes.is_symlink()


def test_a_log_that_lies_elsewhere_is_read_there(held: Prt, tmp_path: Path) -> None:
    """The team's drive may hold a log, and the project a link to it."""
    there = tmp_path / "drive.csv"
    held.path("sessions").rename(there)
    held.path("sessions").symlink_to(there)
    before = there.read_bytes()
    assert "where prt reads" in refused(held, "report --format md -o", there, " --force")
    assert there.read_bytes() == before


def test_a_private_folder_elsewhere_is_private_too(held: Prt, tmp_path: Path) -> None:
    held.monkeypatch.setenv("PRT_PRIVATE", str(tmp_path / "team"))
    refused(held, "privacy notice -o", tmp_path / "team" / "notice.md", " --force")


def test_the_files_of_another_project_are_left_alone(held: Prt, tmp_path: Path) -> None:
    held(f"init {tmp_path / 'other'}")
    refused(held, "report --format md -o", tmp_path / "other" / "data" / "people.csv", " --force")


def test_the_templates_of_prt_itself_are_left_alone(held: Prt) -> None:
    refused(held, "report --format md -o", ROOT / "templates" / "new.md", " --force")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_prt_did_not_make_is_replaced_with_force_only(held: Prt, command: str) -> None:
    path = held.root / "minutes.md"
    path.write_text(OTHERS, encoding="utf-8")
    assert "prt did not make it" in refused(held, command, path)
    held(f"{command} {path} --force")
    text = path.read_text(encoding="utf-8")
    assert any(mark_in(language) in text for language in LANGUAGES) and OTHERS not in text


@pytest.mark.parametrize(
    ("command", "first", "language"),
    [
        ("report --lang en -o reports/r.html", "<!DOCTYPE html>", "en"),
        ("report --lang fr -o reports/r.md", "# CSC – Plan", "fr"),
        ("privacy notice -o reports/n.md", "# ", "en"),
        ("privacy notice --lang fr -o reports/n.md", "# ", "fr"),
    ],
)
def test_what_prt_made_is_made_again(held: Prt, command: str, first: str, language: Language) -> None:
    """The mark is a comment in the language of the text: nobody sees it on the page, and the first line stays
    the first."""
    held.monkeypatch.chdir(held.root)
    (held.root / "reports").mkdir()
    held(command)
    path = held.root / command.split()[-1]
    text = path.read_text(encoding="utf-8")
    held(command)
    assert path.read_text(encoding="utf-8") == text
    assert text.startswith(first) and text.splitlines()[1] == mark_in(language) and text.count("<!-- ") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_mistyped_is_not_made(held: Prt, tmp_path: Path, command: str) -> None:
    assert "there is no folder" in refused(held, command, tmp_path / "reprots" / "r.md")
    assert not (tmp_path / "reprots").exists()


def test_a_draft_without_a_name_has_its_own_folder(held: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prt.commands.report.open_in_browser", lambda path: None)
    held("report --period 2 --open")
    assert (held.root / "reports" / "2024-2025" / "report-2-draft.fr.html").is_file()


def test_an_empty_file_is_nobodys(held: Prt, tmp_path: Path) -> None:
    """Such as mktemp makes."""
    (tmp_path / "r.md").touch()
    held(f"report -o {tmp_path / 'r.md'}")
    assert mark_in("fr") in (tmp_path / "r.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("link", "command"),
    [
        ("data/2024-2025/notes/period-2.en.md", "notes --period 2 --lang en"),
        ("plan/2025-2026.yaml", "plan new 2025-2026"),
        ("templates/report.md.j2", "templates copy report.md.j2"),
    ],
)
def test_what_has_its_own_place_is_not_led_onto_a_log(held: Prt, link: str, command: str) -> None:
    path = held.root / link
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(held.root / "data" / "2024-2025" / "new.csv")
    before = contents(held.root)
    held(command, code=2)
    assert contents(held.root) == before and "where prt reads" in held.err


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions")
def test_files_of_the_private_folder_are_their_owners(tmp_path: Path, small_demo: Path) -> None:
    """Case P4: the README and the exports of the demo too."""
    new_project(tmp_path / "new", "2024-2025", starter_plan(2024))
    for root in (tmp_path / "new", small_demo):
        private = root / "data" / "private"
        found = {one.name: stat.S_IMODE(one.stat().st_mode) for one in private.rglob("*") if one.is_file()}
        assert found["README.md"] == 0o600 and set(found.values()) == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permissions")
def test_an_export_that_others_may_read_is_named(held: Prt) -> None:
    export = held.root / "data" / "private" / "exports" / "zoom.csv"
    export.parent.mkdir(parents=True)
    (held.root / "data" / "private").chmod(0o700)
    export.write_text("Name\n", encoding="utf-8")
    export.chmod(0o644)
    held("check")
    assert "data/private/exports/zoom.csv: warning: " in held.out
    export.chmod(0o600)
    held("check")
    assert "zoom.csv" not in held.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_a_pipe_is_written_into_and_stays_one(held: Prt, tmp_path: Path) -> None:
    """As /dev/null: a file that takes its place would be there for every program of the machine."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    held(f"privacy notice -o {pipe}")
    assert os.read(reader, 1_000_000).decode("utf-8").startswith("# ")
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_to_a_folder_that_is_none_names_that_folder(prt: Prt) -> None:
    prt(WORKSHOP)
    link = prt.root.parent / "link.md"
    link.symlink_to(prt.root.parent / "nowhere" / "report.md")
    prt(f"report --period 1 -o {link}", code=2)
    assert f"there is no folder {prt.root.parent / 'nowhere'}" in " ".join(prt.err.split())
    assert link.is_symlink() and not link.exists()
