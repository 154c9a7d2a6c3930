"""Another prt publishes several files while a command reads: its figures are those of before or of after."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from prt.console import runner
from prt.files.store import journal, reading, staging
from prt.files.store.journal import Places, copy_path, count_publication, forget, put, read_journal
from tests.conftest import only_in_ci, some
from tests.faults import Ended, first_id, run

READERS = (
    "status --since-submitted",
    "submissions",
    "report --period 1 --lang en",
    "check",
    "export package --team --output MADE",
    "status",
    "explain 2.1.hours --submitted 1",
    "explain 2.1.hours",
    "list attendance",
    "list accompaniment",
    "todo",
    "people list",
    "people show p-mar2",
    "people missing 2.1.hours",
    "report --period 2 --lang en --output MADE/page.html",
    "open",
    "plan diff period-1",
)
PUBLISHERS: dict[str, Callable[[Path], str]] = {
    "people erase": lambda root: "people erase p-zoe2 --yes",
    "people merge": lambda root: "people merge p-mar2 p-zoe2 --yes",
    "edit": lambda root: f"edit {first_id(root)} --positive 12 --why mistyped",
    "import": lambda root: f"import {root.parent / 'next.csv'} --yes --new-people --role cda",
    "submit": lambda root: "submit --period 1 --on 2025-02-10 --why late --anyway errors,actions,no-data,personal",
    "log": lambda root: "log accompaniment --date 2024-11-21 --hours 1 --staff p-mar2 --person p-mar2 "
    "--objective other",
    "undo": lambda root: "undo --yes",
}


class OtherPrt:
    """A prt that publishes: its first step is done before the file `at` is read, and then one before each."""

    def __init__(self, kept: Path, folder: Path, doing: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kept, self.root, self.stopped = kept, folder / "project", folder / "stopped"
        self.files = [*kept.parent.glob("*.csv")]
        self.steps: Iterator[None] = iter(())
        self.at = self.count = 0
        self.busy = False
        self.fresh(kept)
        with monkeypatch.context() as patch:
            patch.setattr(staging, "count_publication", stop)
            assert run(self.root, PUBLISHERS[doing](self.root)).code == 130
        shutil.copytree(self.root, self.stopped)
        read = Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda path: self.before_reading(path) or read(path))

    def fresh(self, kept: Path) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.rmtree(self.root.parent / "made", ignore_errors=True)
        shutil.copytree(kept, self.root)
        for path in self.files:
            shutil.copy(path, self.root.parent)

    def run(self, typed: str, at: int, *, slow: bool = False) -> tuple[Ended, dict[str, bytes]]:
        """How a reader ends, with what it writes. At 0 nobody publishes; slowly is a step for each file."""
        self.fresh(self.kept)
        made = self.root.parent / "made"
        made.mkdir()
        self.at, self.count, self.slow = at, 0, slow
        self.steps = self.publish()
        return self.look(typed)

    def look(self, typed: str) -> tuple[Ended, dict[str, bytes]]:
        made = self.root.parent / "made"
        ended = run(self.root, typed.replace("MADE", str(made if "page" in typed else made / "package")))
        said = "".join(line for line in ended.said.splitlines(True) if "was cut off; it is " not in line)
        files = (path for path in [*made.rglob("*"), *self.root.glob("*.html")] if path.is_file())
        return Ended(ended.code, said), {path.name: path.read_bytes() for path in files}

    def after(self, typed: str) -> tuple[Ended, dict[str, bytes]]:
        """The same of a project in which all is published."""
        self.at = 0
        self.fresh(self.stopped)
        assert "cut off" in run(self.root, "list sessions").said
        (self.root.parent / "made").mkdir()
        return self.look(typed)

    def before_reading(self, path: Path) -> None:
        if self.busy or not self.at or not path.is_relative_to(self.root) or ".prt" in path.parts:
            return
        self.count += 1
        if self.count < self.at:
            return
        self.busy = True
        try:
            if next(self.steps, "done") != "done" and not self.slow:
                for _ in self.steps:
                    pass
        finally:
            self.busy = False

    def publish(self) -> Iterator[None]:
        """What `Publication` does from its journal on; a reader that has to wait completes it."""
        for folder in (".prt", "data/private/.prt"):
            if (self.stopped / folder).is_dir():
                shutil.copytree(self.stopped / folder, self.root / folder, dirs_exist_ok=True)
        places = Places(self.root, self.root / "data" / "private")
        pending = read_journal(self.root)
        yield
        count_publication(places)
        yield
        for number, one in enumerate(pending.changes):
            if not journal.journal_path(self.root).exists():
                return
            put_or_add(places.path(one), copy_path(places, pending, number), one)
            yield
        forget(places, pending)


def put_or_add(path: Path, copy: Path, change: journal.FileChange) -> None:
    assert change.added_at < 0
    put(path, copy, change)


def stop(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(scope="module")
def kept(project_of_faults: Path) -> Path:
    return project_of_faults


CASES = [(reader, doing) for doing in PUBLISHERS for reader in READERS if doing != "log"]


@pytest.mark.parametrize(("reader", "doing"), some(CASES, 8))
@pytest.mark.parametrize("slow", [False, True])
def test_a_reader_sees_before_or_after(
    reader: str, doing: str, slow: bool, project_of_faults: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    other = OtherPrt(project_of_faults, tmp_path, doing, monkeypatch)
    before = other.run(reader, at=1000)
    number, after = other.count, other.after(reader)
    assert number > 1
    for at in some(range(1, number + 1), 6):
        assert other.run(reader, at=at, slow=slow) in (before, after), f"published at file {at} of {number}"
