"""`prt backup`: one archive of everything, restored; names only where they are asked for."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from pathlib import Path

import pytest

from prt.files.store import backup, disk
from tests.conftest import only_in_ci
from tests.project import WORKSHOP, Prt

DECEMBER = "2024-12-13"
NAMES = "id,name,email,other_names\np-k7k2,Zoé Tremblay-Sample,zoe.ts@etsb.example,\n"
OURS = stat.S_IRWXG | stat.S_IRWXO


@pytest.fixture
def sent(prt: Prt, kept: Path) -> Prt:
    """A team with names; a workshop, hours, notes, a template and an evidence; report 1 was submitted."""
    prt.monkeypatch.setenv("PRT_TODAY", DECEMBER)
    prt.once(kept, lambda: send(prt))
    return prt


def send(prt: Prt) -> None:
    prt.shorten_plan("1.1", "3a.hours", "4.reports")
    prt.people("p-k7k2,prt-staff,,,,,,")
    private = prt.root / "data" / "private"
    private.mkdir(mode=0o700)
    (private / "names.csv").write_text(NAMES, encoding="utf-8")
    (private / "names.csv").chmod(0o600)
    prt(WORKSHOP)
    prt(
        "log accompaniment --date 2024-10-03 --staff p-k7k2 --hours 2 --role cda --board EMSB --objective skills"
    )
    prt("templates copy report.md.j2 --block outlook")
    (prt.root / "evidence").mkdir()
    (prt.root / "evidence" / "grille d’évaluation.pdf").write_bytes(b"%PDF\r\n\x00" + os.urandom(300_000))
    prt("submit --anyway actions,no-data")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder elsewhere, such as that of a drive."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def made(stick: Path) -> Path:
    [archive] = stick.iterdir()
    return archive


def restored(archive: Path, into: Path) -> Path:
    """What `unzip` makes of it, with the permissions of each file."""
    with zipfile.ZipFile(archive) as found:
        found.extractall(into)
        for entry in found.infolist():
            (into / entry.filename).chmod(stat.S_IMODE(entry.external_attr >> 16))
    return into


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a project, but for what prt keeps for itself."""
    found = (path for path in root.rglob("*") if path.is_file() and ".prt" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def every_screen(prt: Prt, root: Path) -> list[str]:
    """What the commands say that read all of it."""
    prt.monkeypatch.setenv("PRT_PROJECT", str(root))
    typed = ("status --all", "check", "submissions", "report --lang fr", "explain 3a.hours", "people list")
    return [prt(one) + prt.err for one in typed]


def test_a_backup_is_restored_and_says_the_same(sent: Prt, stick: Path, tmp_path: Path) -> None:
    before, screens = contents(sent.root), every_screen(sent, sent.root)
    sent(f"backup {stick} --with-names")
    archive = made(stick)
    assert re.fullmatch(r"project-backup-2024-12-13-\d{6}-with-names\.zip", archive.name)
    assert f"Backup  {archive}   {len(before)} files, read again and whole" in sent.out
    root = restored(archive, tmp_path / "new")
    assert contents(root) == before and len(before) >= 20
    assert every_screen(sent, root) == screens
    assert "yes" in screens[2] and "Zoé" in screens[5]
    sent("log update --date 2024-12-12 --description Restored")


def test_names_are_not_in_it_unless_that_is_asked_for(sent: Prt, stick: Path, tmp_path: Path) -> None:
    sent(f"backup {stick}")
    assert "No names are in it: data/private stays here. To keep them too: --with-names." in sent.err
    root = restored(made(stick), tmp_path / "new")
    assert not (root / "data" / "private").exists()
    everything = contents(root)
    assert set(everything) == {name for name in contents(sent.root) if not name.startswith("data/private/")}
    assert not any("Zoé".encode() in data or b"zoe.ts@" in data for data in everything.values())


def test_that_names_are_in_it_is_said(sent: Prt, stick: Path) -> None:
    sent(f"backup {stick} --with-names")
    assert (
        "Names and e-mails are in it (1 file of data/private). Keep it where only those who may" in sent.err
    )
    assert "do not reach it" in sent.err


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")
def test_only_its_owner_may_read_it(sent: Prt, stick: Path, tmp_path: Path) -> None:
    sent(f"backup {stick} --with-names")
    assert not made(stick).stat().st_mode & OURS
    private = restored(made(stick), tmp_path / "new") / "data" / "private"
    assert not private.stat().st_mode & OURS
    assert not (private / "names.csv").stat().st_mode & OURS


def test_a_private_folder_that_is_elsewhere_comes_back_in_its_usual_place(
    sent: Prt, stick: Path, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    (sent.root / "data" / "private").rename(drive)
    sent.monkeypatch.setenv("PRT_PRIVATE", str(drive))
    sent(f"backup {stick} --with-names")
    sent.monkeypatch.delenv("PRT_PRIVATE")
    root = restored(made(stick), tmp_path / "new")
    assert (root / "data" / "private" / "names.csv").read_text(encoding="utf-8") == NAMES


@pytest.mark.parametrize("place", [".", "data", "data/private", "reports", "plan", "evidence/new"])
def test_never_inside_the_project(sent: Prt, place: str) -> None:
    (sent.root / place).mkdir(parents=True, exist_ok=True)
    before = contents(sent.root)
    sent(f"backup {sent.root / place}", code=2)
    assert "is in the project itself, and would be lost with it" in sent.err
    assert contents(sent.root) == before


@pytest.mark.skipif(os.name == "nt", reason="a link needs rights on Windows")
def test_nor_by_a_link(sent: Prt, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(sent.root / "data")
    sent(f"backup {tmp_path / 'link'}", code=2)
    assert "is in the project itself" in sent.err


def test_nor_where_the_drive_is_not_connected(sent: Prt, tmp_path: Path) -> None:
    sent(f"backup {tmp_path / 'E'}", code=2)
    assert "there is no such folder" in sent.err and not (tmp_path / "E").exists()


def test_nor_names_into_a_git_repository(sent: Prt, stick: Path) -> None:
    """Where the project lies below its root, the folder beside it is the repository's too."""
    (stick.parent / ".git").mkdir()
    sent(f"backup {stick} --with-names", code=2)
    assert "is in a git repository, which would take the names" in sent.err and not list(stick.iterdir())
    sent(f"backup {stick}")
    assert made(stick)


def test_one_with_names_that_was_moved_into_the_project_is_named(sent: Prt, stick: Path) -> None:
    sent(f"backup {stick} --with-names")
    (sent.root / "evidence" / made(stick).name).write_bytes(made(stick).read_bytes())
    said = sent("check")
    assert f"evidence/{made(stick).name}: warning: a backup with names lies in the project" in said
    assert "*-with-names.zip" in (Path(backup.__file__).parents[2] / "examples/project/gitignore").read_text()


def test_nor_names_that_are_not_here(prt: Prt, stick: Path) -> None:
    prt(f"backup {stick} --with-names", code=2)
    assert "there is no private folder here" in prt.err and not list(stick.iterdir())
    prt(f"backup {stick}")
    assert not (prt.root / "data" / "private").exists()  # none is made for the register


def test_nothing_is_written_over(sent: Prt, stick: Path) -> None:
    sent(f"backup {stick}")
    archive = made(stick)
    sent.monkeypatch.setattr(backup, "backup_name", lambda *_, **__: archive.name)
    before = archive.read_bytes()
    sent(f"backup {stick}", code=2)
    assert "is there already, and is not written over" in sent.err and archive.read_bytes() == before


def test_what_no_archive_can_hold_is_named(sent: Prt, stick: Path, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("a link needs rights on Windows")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.csv").write_text("x")
    (sent.root / "evidence" / "linked").symlink_to(tmp_path / "elsewhere")
    (sent.root / "evidence" / "one.csv").symlink_to(tmp_path / "elsewhere" / "secret.csv")
    sent(f"backup {stick}")
    assert "Left out" in sent.out + sent.err
    assert "evidence/linked" in sent.out + sent.err and "evidence/one.csv" in sent.out + sent.err
    assert not any("secret" in name or "one.csv" in name for name in zipfile.ZipFile(made(stick)).namelist())


def test_neither_git_nor_an_environment_is_in_it(sent: Prt, stick: Path) -> None:
    for name in (
        ".git/config",
        ".venv/lib/x.py",
        "env/pyvenv.cfg",
        "env/bin/python",
        "prt/__pycache__/x.pyc",
    ):
        (sent.root / name).parent.mkdir(parents=True, exist_ok=True)
        (sent.root / name).write_text("x")
    (sent.root / "evidence" / "~$open.docx").write_text("x")
    (sent.root / ".gitignore").write_text("data/private/\n")
    sent(f"backup {stick}")
    names = zipfile.ZipFile(made(stick)).namelist()
    assert ".gitignore" in names
    assert not any(part in name for name in names for part in (".git/", "env/", ".prt", "pycache", "~$"))


def test_a_drive_that_gives_back_something_else_is_found_out(sent: Prt, stick: Path) -> None:
    def failing(self: disk.System, handle: int, data: bytes) -> int:
        damaged = data.replace(b"\x00", b"\x01") if len(data) > 100_000 else data
        return os.write(handle, damaged)

    sent.monkeypatch.setattr(disk.System, "write", failing)
    before = contents(sent.root)
    sent(f"backup {stick}", code=1)
    assert "read again, the archive is not what was written" in sent.err
    assert not list(stick.iterdir()) and contents(sent.root) == before


def test_a_file_that_cannot_be_read_makes_no_backup(sent: Prt, stick: Path) -> None:
    def unreadable(made: zipfile.ZipFile, name: str, source: Path) -> None:
        add_file(made, name, source.with_name("gone.pdf") if name.startswith("evidence") else source)

    add_file = backup.add_file
    sent.monkeypatch.setattr(backup, "add_file", unreadable)
    sent(f"backup {stick}", code=1)
    assert "cannot be read, so there is no backup" in sent.err and "Nothing was written." in sent.err
    assert not list(stick.iterdir())


def test_what_a_killed_one_left_goes_with_the_next(sent: Prt, stick: Path) -> None:
    left = stick / ".project-backup-2024-12-12-101112-with-names.zip.4711.tmp"
    left.write_bytes(b"PK")
    (stick / ".other-backup-2024-12-12-101112.zip.4711.tmp").write_bytes(b"PK")
    sent(f"backup {stick}")
    assert not left.exists() and len(list(stick.iterdir())) == 2


def test_an_erasure_names_every_backup(sent: Prt, stick: Path) -> None:
    sent(f"backup {stick} --with-names")
    named = made(stick)
    sent(f"backup {stick}")
    bare = next(path for path in stick.iterdir() if path != named)
    said = sent("people erase p-k7k2 --yes")
    assert "Still held in backups, which no erasure reaches" in said
    assert f"{named}   2024-12-13, with names" in said
    assert f"{bare}   2024-12-13, ids alone" in said
    assert "Not looked into" not in said  # the register is prt's own
    assert len((sent.root / "data/private/backups.csv").read_text(encoding="utf-8").splitlines()) == 3


@only_in_ci
def test_who_asks_what_is_held_is_told_of_backups(sent: Prt, stick: Path) -> None:
    sent(f"backup {stick} --with-names")
    for how in ("table", "json", "csv"):
        assert str(made(stick)) in sent(f"people show p-k7k2 --format {how}")


def test_a_purge_names_every_backup(sent: Prt, stick: Path) -> None:
    plan = sent.root / "plan" / "2024-2025.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        re.sub(r"keep_names_until: [0-9-]+", "keep_names_until: 2025-12-31", text), encoding="utf-8"
    )
    sent(f"backup {stick} --with-names")
    sent.monkeypatch.setenv("PRT_TODAY", "2031-01-31")
    said = sent("privacy purge --yes")
    assert "Still held in backups; delete them, or purge again after restoring" in said
    assert str(made(stick)) in said


@only_in_ci
def test_without_a_backup_an_erasure_names_none(sent: Prt) -> None:
    assert "Still held in backups" not in sent("people erase p-k7k2 --yes")


def test_the_register_is_private_and_complains_of_nothing(sent: Prt, stick: Path) -> None:
    sent(f"backup {stick} --with-names")
    if os.name != "nt":
        assert not (sent.root / "data/private/backups.csv").stat().st_mode & OURS
    assert "backups.csv" not in sent("check")
