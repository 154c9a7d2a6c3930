"""Plans and logs kept between runs: what is printed is the same with and without, and nothing wrong is ever taken."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import prt as prt_package
from prt.console.surroundings import system
from prt.files.kept import kept_bodies, log_tables, plain_data
from prt.files.kept import kept_files as module
from prt.files.kept.kept_bodies import digest_of_kept
from prt.files.kept.plain_data import as_json, from_json
from prt.files.kept.valid_plans import ValidPlan, read_valid_plan
from prt.files.plan import plan as reader
from prt.files.plan.plan import read_plan
from prt.files.store import disk
from prt.model.base import is_same
from prt.model.measures import KINDS
from prt.model.plan import Plan
from prt.problems import PrtError
from tests.conftest import only_in_ci, some
from tests.example_measure import Prompt
from tests.project import ROOT, WORKSHOP, Prt, short_plan
from tests.random_year import NoAliases
from tests.random_year.plan import draw_plan
from tests.test_cli import imported

RAW = short_plan(
    (ROOT / "plan" / "2024-2025.yaml").read_text(encoding="utf-8"), frozenset({"1.1", "2b", "3a.hours"})
).encode()
SHOWN = "plan/2024-2025.yaml"
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows says by the folder whose a file is")
COMMANDS = """
status
status --all --lang fr
status --period 1 --format json
todo
explain 1.1.workshops
explain 1.1
log accompaniment --date 2025-02-13 --staff p-anne --hours 1h --objective skills --board EMSB --dry-run
list workshops
check
report --period 1 --lang fr
plan show
plan diff plan/2024-2025.yaml
privacy notice --lang en
people list
"""
UNUSED = '  never-used: {log: sessions, where: {line: "1.1"}}\n'
"""A selection that no indicator uses, which is warned of."""
STRANGE = "  never-used: {log: sessions, where: {boards: Nowhere}}\n"
"""The same of a board that is none."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where plans are kept, which is not there yet."""
    monkeypatch.delenv("PRT_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "caches").mkdir()
    return tmp_path / "caches" / "prt"


@pytest.fixture
def read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """The bytes of every plan that was validated, in their order."""
    found: list[bytes] = []
    validate = reader.read_plan

    def noted(raw: bytes, shown: str) -> tuple[Plan | None, list[object]]:
        found.append(raw)
        return validate(raw, shown)  # type: ignore[return-value]

    monkeypatch.setattr(reader, "read_plan", noted)
    yield found


def valid(folder: Path | None, raw: bytes = RAW) -> ValidPlan:
    return read_valid_plan(raw, SHOWN, folder)


def only_file(folder: Path) -> Path:
    [found] = folder.iterdir()
    return found


def with_selection(prt: Prt, selection: str) -> None:
    path = prt.root / "plan" / "2024-2025.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("(?m)^(selections:.*\n)", rf"\1{selection}", text, count=1), encoding="utf-8")


# What commands print


@pytest.mark.parametrize("more", ["", UNUSED, STRANGE], ids=["sound", "a warning", "no such board"])
def test_every_command_prints_the_same_with_and_without(more: str, prt: Prt, read: list[bytes]) -> None:
    prt.shorten_plan("1.1", "3a.hours")
    prt.people("p-anne,staff,,,2024-08-01,,,")
    prt(WORKSHOP)
    with_selection(prt, more)
    prt.monkeypatch.chdir(prt.root)
    prt.monkeypatch.setattr(log_tables, "SMALLEST", 0)

    def printed(command: str) -> tuple[int, str, str]:
        return prt.attempt(command), prt.out, prt.err

    for command in some(COMMANDS.strip().splitlines(), 4):
        prt.monkeypatch.setenv("PRT_NO_CACHE", "1")
        without = printed(command)
        prt.monkeypatch.delenv("PRT_NO_CACHE")
        first, before = printed(command), len(read)
        again = printed(command)
        assert first == again == without, command
        if command.split()[0] in ("status", "todo", "explain", "log", "list", "report"):
            assert len(read) == before, command


NOT_NEEDED = {"yaml", "pydantic", "typer", "rich", "jinja2", "babel", "dataclasses", "inspect", "logging"}
NOT_NEEDED |= {"prt.files.plan.plan", "prt.files.yaml.document", "prt.files.plan.schema", "prt.model.rules"}
NOT_NEEDED |= {"prt.files.store.journal", "prt.files.submissions.submission", "prt.files.notes"}


@only_in_ci
def test_a_command_with_a_kept_plan_loads_nothing_that_validates_one(folder: Path) -> None:
    surroundings = {"PRT_TODAY": "2025-02-14", "XDG_CACHE_HOME": str(folder.parent)}
    first, again = (imported("status", **surroundings) for _ in range(2))
    assert {"pydantic", "prt.files.plan.plan", "prt.model.rules"} <= first
    assert again & NOT_NEEDED == set()
    todo = imported("todo", **surroundings)
    assert todo.isdisjoint({"yaml", "pydantic", "logging", "dataclasses", "prt.files.plan.plan"})


def test_a_name_that_is_no_organisation_is_told_from_a_kept_plan(prt: Prt, read: list[bytes]) -> None:
    with_selection(prt, STRANGE)
    for _ in range(2):
        assert prt.attempt("status") == 1
        assert '"Nowhere"' in prt.err and SHOWN + ":" in prt.err
    assert len(read) == 1


def test_what_is_kept_is_not_validated_again_and_the_same(folder: Path, read: list[bytes]) -> None:
    first = valid(folder)
    again = valid(folder)
    assert len(read) == 1
    assert is_same(first.plan, again.plan) and first.plan is not again.plan
    assert (first.warnings, first.organisations) == (again.warnings, again.organisations)


def test_a_warning_is_kept_with_its_place(prt: Prt, folder: Path, read: list[bytes]) -> None:
    with_selection(prt, UNUSED)
    raw = (prt.root / "plan" / "2024-2025.yaml").read_bytes()
    first, again = valid(folder, raw), valid(folder, raw)
    assert len(read) == 1
    assert [str(one) for one in first.warnings] == [str(one) for one in again.warnings] != []
    assert [one.value for one in first.warnings] == [one.value for one in again.warnings]


def test_a_plan_that_would_come_back_as_another_is_not_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(plain_data.PARTS, dt.date, lambda day: (day.year, day.month, 1))
        valid(folder)
    assert not [*folder.glob("plan-*")]
    valid(folder)
    assert [*folder.glob("plan-*")]


@pytest.mark.parametrize("more", [b"\n", b"#", b"vocabularies: {}\n"])
def test_other_bytes_are_validated_anew(more: bytes, folder: Path, read: list[bytes]) -> None:
    valid(folder)
    try:
        valid(folder, RAW + more)
    except PrtError:
        assert more.startswith(b"vocabularies")
    assert read == [RAW, RAW + more]


def test_a_plan_with_errors_is_never_kept(folder: Path, read: list[bytes]) -> None:
    for _ in range(2):
        with pytest.raises(PrtError):
            valid(folder, RAW + b"unknown: 1\n")
    assert len(read) == 2 and not folder.exists()


# What is ignored


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flipped(path: Path) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"Workshops", b"Workshopz", 1))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff\n\xff")


def sound_but_of_another_shape(path: Path) -> None:
    body = b'{"plan": [], "warnings": [], "organisations": []}'
    path.write_bytes(digest_of_kept(path, body).encode() + b"\n" + body)


def of_another_plan(path: Path) -> None:
    valid(path.parent, RAW + b"# other\n")
    other = next(one for one in path.parent.iterdir() if one != path)
    other.replace(path)


def readable_by_others(path: Path) -> None:
    path.chmod(0o644)


def a_link(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@POSIX
@pytest.mark.parametrize(
    "damage",
    some(
        [
            cut,
            flipped,
            emptied,
            no_text,
            sound_but_of_another_shape,
            of_another_plan,
            readable_by_others,
            a_link,
            a_folder,
        ],
        3,
    ),
)
def test_what_is_damaged_or_not_ours_is_ignored(damage: object, folder: Path, read: list[bytes]) -> None:
    first = valid(folder)
    damage(only_file(folder))  # type: ignore[operator]
    read.clear()
    assert is_same(valid(folder).plan, first.plan)
    assert read == [RAW]


@POSIX
def test_what_is_somebody_elses_is_ignored(
    folder: Path, read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    valid(folder)
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    for _ in range(2):
        valid(folder)
    assert len(read) == 3 and len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("version", ["0.0.1", "9.0.0"])
def test_what_another_prt_kept_is_ignored(
    version: str, folder: Path, read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    valid(folder)
    module.this_prt.cache_clear()
    monkeypatch.setattr(module, "__version__", version)
    valid(folder)
    module.this_prt.cache_clear()
    assert len(read) == 2


def test_a_change_of_whatever_module_reads_a_plan_or_a_log_is_another_prt() -> None:
    """But of those that know bytes of a disk and no plan, and of the marks of git, with which nothing is kept."""
    readers = "import prt.files.plan.schema, prt.files.plan.plan, prt.files.kept.folded_logs, prt.files.kept.growing_year, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", readers], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.split()
    package = Path(prt_package.__file__).parent
    names = [name for name in loaded if name.split(".")[0] == "prt"]
    paths = [package.parent.joinpath(*name.split(".")) for name in names]
    folders = {(path if path.is_dir() else path.parent).relative_to(package).as_posix() for path in paths}
    assert len(names) > 40
    assert folders - {*module.CODE} == {"files/store", "files/trace", "files/merging"}


def test_a_module_that_is_longer_or_newer_is_another_prt(tmp_path: Path) -> None:
    path = tmp_path / "rows.py"
    path.write_text("one")
    os.utime(path, (1, 1))
    versions = {module.code_version([path])}
    os.utime(path, (2, 2))
    versions.add(module.code_version([path]))
    path.write_text("three")
    os.utime(path, (2, 2))
    versions.add(module.code_version([path]))
    assert len(versions) == 3


# Where it is, and how much


def test_only_the_owner_may_read_it(prt: Prt, folder: Path) -> None:
    prt("status")
    assert oct(folder.stat().st_mode)[-3:] == "700" or os.name == "nt"
    found = {oct(path.stat().st_mode)[-3:] for path in folder.iterdir()}
    assert found == {"600"} or os.name == "nt"


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"HOME": "/home/a"}, "/home/a/.cache/prt"),
        ("linux", {"HOME": "/home/a", "XDG_CACHE_HOME": "/tmp/x"}, "/tmp/x/prt"),
        ("linux", {"HOME": "/home/a", "XDG_CACHE_HOME": "relative"}, None),
        ("linux", {}, None),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Caches/prt"),
        ("darwin", {}, None),
        ("win32", {"LOCALAPPDATA": "/C/Users/a/Local"}, "/C/Users/a/Local/prt"),
        ("win32", {"HOME": "/home/a"}, None),
    ],
)
def test_each_system_has_its_folder(
    platform: str, variables: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    monkeypatch.setattr(sys, "platform", platform)
    assert system.cache_folder() == (Path(expected) if expected else None)


@pytest.mark.parametrize("refused", ["open", "write", "replace", "mkdir"])
def test_a_disk_that_refuses_is_no_mistake(
    refused: str, prt: Prt, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    wanted = prt("status")
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    monkeypatch.setattr(disk.system, refused, refuse)
    assert prt("status") == wanted and prt.err == ""
    assert not folder.exists() or not list(folder.iterdir())


def test_a_file_where_the_folder_would_be_and_a_home_that_is_not_there(prt: Prt, folder: Path) -> None:
    folder.write_text("mine")
    prt("status")
    assert prt.err == "" and folder.read_text() == "mine"
    nowhere = folder.parent / "gone" / "home" / "caches"
    prt.monkeypatch.setenv("XDG_CACHE_HOME", str(nowhere))
    prt("status")
    assert prt.err == "" and not nowhere.parent.parent.exists()


def test_a_prt_whose_files_are_in_an_archive_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module.this_prt.cache_clear()
    monkeypatch.setattr(
        module, "__file__", str(folder.parent / "prt.zip" / "prt" / "files" / "kept" / "kept_files.py")
    )
    assert valid(folder).plan.year == "2024-2025"
    assert not folder.exists()


def test_what_is_too_large_is_not_written(
    folder: Path, read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 1_000)
    for _ in range(2):
        valid(folder)
    assert len(read) == 2 and not folder.exists()


def test_what_is_too_large_is_not_read(
    folder: Path, read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever filled it."""
    valid(folder)
    monkeypatch.setattr(kept_bodies, "LARGEST", 1_000)
    valid(folder)
    assert len(read) == 2


@only_in_ci
def test_the_oldest_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 3)
    made = []
    for number in range(5):
        valid(folder, RAW + f"# {number}\n".encode())
        made.append(max(folder.iterdir(), key=lambda path: (path not in made, path.name)))
        os.utime(made[-1], (number, number))
    assert sorted(folder.iterdir()) == sorted(made[2:])
    monkeypatch.setattr(module, "MOST_BYTES", 2 * made[-1].stat().st_size)
    valid(folder, RAW + b"# 6\n")
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("command", ["status", "log accompaniment --help"])
def test_nothing_is_kept_where_that_is_asked(command: str, prt: Prt, folder: Path) -> None:
    prt.monkeypatch.setenv("PRT_NO_CACHE", "1")
    prt(command)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("command", "day"),
    [("people erase p-anne --yes", "2025-02-14"), ("privacy purge --yes", "2026-01-02")],
)
def test_erasing_and_purging_leave_nothing(command: str, day: str, prt: Prt, folder: Path) -> None:
    prt.people("p-anne,cda,EMSB,,2024-08-01,,,")
    (prt.root / "data" / "private").mkdir()
    names = "id,name,email,aliases\np-anne,Anne Tremblay,,\n"
    (prt.root / "data" / "private" / "names.csv").write_text(names, encoding="utf-8")
    prt("status")
    kept = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
    assert len(kept) == 2 and not any("Tremblay" in one for one in kept)
    prt.monkeypatch.setenv("PRT_TODAY", day)
    prt.monkeypatch.setenv("PRT_NO_CACHE", "1")
    prt(command)
    assert list(folder.iterdir()) == []


def test_an_erasure_that_was_cut_off_leaves_nothing_once_it_is_complete(prt: Prt, folder: Path) -> None:
    """Whatever command completes it, although it reads no log."""
    prt.people("p-anne,staff,EMSB,,2024-08-01,,,")
    (prt.root / "data" / "private").mkdir()
    (prt.root / "data" / "private" / "names.csv").write_text("id,name\np-anne,Anne\n", encoding="utf-8")
    rows = (f"a-{n},2024-10-16,p-anne,1,cda,EMSB,action-plan\n" for n in range(100))
    prt.write("accompaniment", "id,date,staff,hours,role,board,objective\n" + "".join(rows))

    def holding() -> list[str]:
        return [path.name for path in folder.iterdir() if b"p-anne" in path.read_bytes()]

    def cut_off(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    prt("status")
    assert holding()
    with prt.monkeypatch.context() as patch:
        patch.setattr("prt.files.store.staging.replace_by_copies", cut_off)
        prt("people erase p-anne --yes", 130)
    prt("privacy notice --lang en")
    assert "p-anne" not in prt.path("accompaniment").read_text(encoding="utf-8")
    assert holding() == []


# Any plan


@settings(max_examples=settings().max_examples // 6)
@given(st.integers(0, 2**32))
def test_any_plan_comes_back_as_it_was(seed: int) -> None:
    written = yaml.dump(draw_plan(Random(seed)), Dumper=NoAliases, allow_unicode=True, sort_keys=False)
    plan, _ = read_plan(written.encode(), SHOWN)
    assert plan is not None
    assert is_same(from_json(as_json(plan), Plan), plan)


def test_a_measure_of_ones_own_comes_back_too(
    folder: Path, read: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = list(KINDS)
    own = b"{kind: prompt, column: feedback_on, days: 14, of: {log: journals}}"
    raw = RAW.replace(
        b"        indicators:\n",
        b"        indicators:\n          - {id: own, label: Own, measure: " + own + b"}\n",
        1,
    )
    try:
        KINDS.append(Prompt)
        first, again = valid(folder, raw), valid(folder, raw)
    finally:
        KINDS[:] = before
    assert len(read) == 1
    assert is_same(first.plan, again.plan)
    assert any(isinstance(one.measure, Prompt) for _, _, one in again.plan.indicators())
    with pytest.raises(PrtError, match="prompt"):
        valid(folder, raw)
