"""Another prt publishes several files while a command reads: its figures are those of before or of after."""

from __future__ import annotations

import ast
import io
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from prt.console import runner
from prt.console.runner import read_one_state, readings
from prt.files.store import journal
from prt.files.store.disk import grow_file
from prt.files.store.journal import Places, announce_publication, copy_path, forget, put, read_journal
from prt.files.store.reading import journal_path, publications_path, settle_reading, watch_publications
from prt.files.store.refusals import warn
from tests.conftest import some
from tests.faults import YEAR, Ended, first_id, run
from tests.sources import files, nodes, sources

NEVER = 1000
LOG = "log tool --kind tool --audience cda --date 2024-10-17 --title 'One more'"

READERS = {
    "status --since-submitted": ("people erase", "edit"),
    "submissions": ("people erase", "submit"),
    "report --period 1 --lang en": ("people erase", "import"),
    "check": ("people erase", "people merge"),
    "export package --team --output MADE": ("people erase", "submit"),
    "status": ("edit", "import"),
    "explain 1.1.positive --submitted 1": ("people erase", "submit"),
    "explain 1.1.positive": ("edit", "undo"),
    "list attendance": ("people erase", "import"),
    "list accompaniment": ("people erase", "people merge"),
    "todo": ("people erase", "undo"),
    "people list": ("people erase", "people merge"),
    "people show p-mar2": ("people merge", "edit"),
    "people missing 1.1.trained": ("people erase", "people merge"),
    "report --period 2 --lang en --output MADE/page.html": ("people erase", "submit"),
    "open": ("import", "undo"),
    "plan diff period-1": ("people merge", "undo"),
}
"""Each with those who publish what it would say otherwise: see PUBLISHERS."""
TRAINED = """          - id: trained
            label: {en: Trained, fr: Formés}
            measure: {kind: reach, who: {people: {role: cda}}, did: {log: attendance}, by: person, each: session, at_least: 1}
"""
PUBLISHERS: dict[str, Callable[[Path], str]] = {
    "people erase": lambda root: "people erase p-zoe2 --yes",
    "people merge": lambda root: "people merge p-mar2 p-zoe2 --yes",
    "edit": lambda root: f"edit {first_id(root)} --positive 12 --why mistyped",
    "import": lambda root: f"import {root.parent / 'next.csv'} --yes --new-people --role cda",
    "submit": lambda root: (
        "submit --period 1 --on 2025-02-10 --why late --anyway errors,actions,no-data,personal"
    ),
    "undo": lambda root: "undo --yes",
}


class OtherPrt:
    """A prt that publishes: its first step is done before the file `at` is read, and then one before each."""

    def __init__(self, kept: Path, folder: Path, doing: str) -> None:
        self.root, self.kept = folder / "project", folder / "kept"
        self.stopped, self.published = folder / "stopped", folder / "published"
        self.files = [*kept.parent.glob("*.csv")]
        shutil.copytree(kept, self.kept)
        self.change_plan()
        self.steps: Iterator[None] = iter(())
        self.at = self.count = 0
        self.busy = self.slow = False
        self.fresh(self.kept)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(journal, "announce_publication", stop)
            assert run(self.root, PUBLISHERS[doing](self.root)).code == 130
        shutil.copytree(self.root, self.stopped)
        assert "cut off" in run(self.root, "list sessions").said
        shutil.copytree(self.root, self.published)

    def change_plan(self) -> None:
        """Since the first report: who stayed half an hour was there, and of each person one asks who is missing."""
        path = self.kept / "plan" / "2024-2025.yaml"
        lines = (
            path.read_text("utf-8").replace("minimum_minutes: 30", "minimum_minutes: 300").splitlines(True)
        )
        at = next(number for number, line in enumerate(lines) if line.strip().startswith("- id: positive"))
        path.write_text("".join([*lines[:at], TRAINED, *lines[at:]]), encoding="utf-8")

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
        self.fresh(self.published)
        (self.root.parent / "made").mkdir()
        return self.look(typed)

    def rows(self, log: str) -> list[str]:
        """The titles of a log's rows that are new."""
        kept, now = ((one / YEAR / f"{log}.csv").read_text("utf-8-sig") for one in (self.kept, self.root))
        return [line.split(",")[3] for line in now.splitlines() if line not in kept.splitlines()]

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
        announce_publication(places)
        yield
        for number, one in enumerate(pending.changes):
            if not journal_path(self.root).exists():
                return
            put(places.path(one), copy_path(places, pending, number), one)
            yield
        forget(places, pending)


def stop(*_: object) -> None:
    raise KeyboardInterrupt


FIRST = next(iter(PUBLISHERS))
CASES = [(reader, doing) for reader, publishers in READERS.items() for doing in publishers]
MakeOther = Callable[[str], OtherPrt]


@pytest.fixture(scope="module")
def others(project_of_faults: Path, tmp_path_factory: pytest.TempPathFactory) -> MakeOther:
    """What each is about to publish is prepared once."""
    return cache(lambda doing: OtherPrt(project_of_faults, tmp_path_factory.mktemp("other"), doing))


@pytest.fixture
def other(others: MakeOther, monkeypatch: pytest.MonkeyPatch) -> MakeOther:
    """It sees each file that is read."""
    read = Path.read_bytes

    def watching(doing: str) -> OtherPrt:
        found = others(doing)

        def read_after(path: Path) -> bytes:
            found.before_reading(path)
            return read(path)

        monkeypatch.setattr(Path, "read_bytes", read_after)
        return found

    return watching


@pytest.mark.parametrize(("reader", "doing"), some(CASES, 4))
def test_a_reader_sees_before_or_after(reader: str, doing: str, other: MakeOther) -> None:
    """At once or a step for each file that is read, in turns: the first and the last with one publisher, those
    between with the other."""
    publisher, is_first = other(doing), doing == READERS[reader][0]
    before = publisher.run(reader, at=NEVER)
    number, after = publisher.count, publisher.after(reader)
    assert number > 1 and before != after
    turns = enumerate(range(1, number + 1, 1 + number // 4))
    for turn, at in [one for one in turns if (one[0] in (0, 3)) == is_first]:
        found = publisher.run(reader, at=at, slow=turn % 2 == 1)
        assert publisher.count >= at
        assert found in (before, after), f"published at file {at} of {number}"


@pytest.mark.parametrize("doing", some([FIRST, "edit"], 1))
def test_a_writer_writes_once(doing: str, other: MakeOther) -> None:
    publisher = other(doing)
    publisher.run(LOG, at=NEVER)
    for at in some(range(1, publisher.count + 1, max(1, publisher.count // 5)), 3):
        ended, _ = publisher.run(LOG, at=at)
        assert ended.code == 0 and ended.said.count("Saved") == 1, ended.said
        assert publisher.rows("tools") == ["One more"]


def test_a_pipe_is_read_once(other: MakeOther, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher, piped = other(FIRST), "1h30 12 feb emsb cda other\n2 13 feb etsb cda other\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
    publisher.run("log hours --yes", at=NEVER)
    for at in some(range(1, publisher.count + 1, max(1, publisher.count // 5)), 3):
        monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
        ended, _ = publisher.run("log hours --yes", at=at)
        assert ended.code == 0 and "Saved 2 rows" in ended.said, ended.said


def call_in_one_state(call: Callable[[], int]) -> int:
    """As `run_command` calls a command; -1 where others never stop."""
    for reading in readings():
        with read_one_state(reading):
            code = call()
        if reading.holds:
            return code
    return -1


class Call:
    """A command that opens a project, during whose first runs somebody publishes."""

    def __init__(self, root: Path, times: int, *, asks: bool = False, wrong: bool = False) -> None:
        self.root, self.times, self.asks, self.wrong = root, times, asks, wrong
        self.runs = 0
        (root / ".prt").mkdir()

    def __call__(self) -> int:
        self.runs += 1
        watch_publications(self.root)
        print(f"run {self.runs}")
        warn(f"warning {self.runs}")
        print("figures")
        if self.asks:
            settle_reading()
        if self.runs <= self.times:
            grow_file(publications_path(self.root))
            if self.wrong:
                raise KeyError(self.runs)
        return 3


def test_what_was_read_of_two_states_is_not_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Call(tmp_path, times=2)
    assert call_in_one_state(call) == 3
    out, err = capsys.readouterr()
    assert out == "run 1\nrun 2\nrun 3\nfigures\n"  # what stands before a warning is shown with it
    assert err == "warning 1\nwarning 2\nwarning 3\n"


def test_what_fails_on_two_states_begins_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call_in_one_state(Call(tmp_path, times=1, wrong=True)) == 3
    assert capsys.readouterr().out.endswith("run 2\nfigures\n")


def test_after_a_question_nothing_begins_again_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = Call(tmp_path, times=1, asks=True)
    assert call_in_one_state(call) == 3 and call.runs == 1
    assert "another prt wrote here after you had been asked" in capsys.readouterr().err


def test_a_long_command_begins_again_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call, clock = Call(tmp_path, times=1), [0]
    monkeypatch.setattr(runner, "time", SimpleNamespace(monotonic=lambda: clock[0]))

    def take_long() -> int:
        clock[0] += runner.LONGEST + 1
        return call()

    assert call_in_one_state(take_long) == 3 and call.runs == 2


def test_it_does_not_begin_again_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runner, "LONGEST", 0.05)
    call = Call(tmp_path, times=10**9)
    monkeypatch.setattr(runner, "read_plainly", lambda *_: (call, {}))
    monkeypatch.setattr(runner, "arguments_of", lambda *_: {})
    assert runner.run_command([], {}, list) == 1 and call.runs > 1
    assert "others have been writing while this was read" in capsys.readouterr().err


def test_the_streams_are_given_back(tmp_path: Path) -> None:
    own = sys.stdout, sys.stderr
    call_in_one_state(Call(tmp_path, times=1))
    assert own == (sys.stdout, sys.stderr)


def test_whoever_reads_what_is_typed_settles_before() -> None:
    """What is typed or piped is there once: a command that begins again would not find it."""
    reads = re.compile(r"\binput\(|stdin\.read")
    paths = [path for path, text in zip(files(), sources(), strict=True) if reads.search(text)]
    functions = [one for path in paths for one in nodes(path) if isinstance(one, ast.FunctionDef)]
    reading = [one for one in functions if reads.search(ast.unparse(one))]
    assert {one.name for one in reading} == {"ask", "read_pipe"}
    assert all("settle_reading()" in ast.unparse(one) for one in reading)
