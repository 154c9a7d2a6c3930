"""Answers kept between runs: what is printed again is what would be printed, whatever has changed since."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from prt.console import runner
from prt.console.surroundings import answer as module
from prt.console.surroundings import keeping
from prt.files.csv.dialect import split_lines
from prt.files.kept import kept_answers, new_answers, plain_data
from prt.files.kept.kept_bodies import digest_of_kept, read_kept
from prt.files.kept.kept_files import beginning_of
from prt.files.kept.plain_data import as_json, from_json
from prt.files.store import disk
from prt.files.trace import disk_questions
from prt.files.trace.disk_questions import QUESTIONS, look_privately
from prt.files.trace.trace import TRACE, Trace, digest_answer
from prt.output.document.report_document import Report, pieces
from prt.output.numbers import Value
from prt.tasks.reports import make_report
from tests.conftest import some
from tests.project import PLAN, ROOT, WORKSHOP, Prt, read_own, surroundings
from tests.sources import PACKAGE
from tests.test_kept_plans import cut, emptied, folder

__all__ = ["folder"]

POSIX = pytest.mark.skipif(os.name == "nt", reason="links and permissions are others there")
ASKED = """
status
status --all --lang fr
status --period 1 --format json
status --as-published
todo
todo --lang fr
explain 1.1.workshops
explain 1.1
report --period 1 --lang fr
report --period 1 --lang en --for audit
report --period 1 --format json
""".strip().splitlines()
NAMES = "id,name,email,other_names\np-anne,Anne Tremblay,anne.t@example.org,Nanou\np-zoe2,Zoé O’Hara,,\n"


@pytest.fixture
def project(prt: Prt, folder: Path, kept: Path) -> Prt:
    """A project with a row, two people with names, and notes; somebody types in its folder."""
    prt.once(kept, lambda: fill_project(prt))
    prt.monkeypatch.chdir(prt.root)
    prt.monkeypatch.delenv("PRT_PROJECT")
    shutil.rmtree(folder, ignore_errors=True)
    return prt


def fill_project(prt: Prt) -> None:
    prt.shorten_plan("1.1.workshops", "1.2.sessions", "3a.hours")
    prt.people("p-anne,staff,,,2024-08-01,,,", "p-zoe2,cda,EMSB,,2024-08-01,,,")
    prt(WORKSHOP)
    private = prt.root / "data" / "private"
    private.mkdir(mode=0o700)
    (private / "names.csv").write_text(NAMES, encoding="utf-8")
    (private / "names.csv").chmod(0o600)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of each command that was computed, in their order."""
    found: list[str] = []
    call = runner.call_command

    def noted(words: list[str], *more: object) -> int:
        found.append(" ".join(words))
        return call(words, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "call_command", noted)
    return found


def told(prt: Prt, typed: str, *, anew: bool = False) -> tuple[int, str, str]:
    """How a command ends and what it prints, `anew` as if nothing had been kept; on streams as a new process has
    them, for another stream is another question."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="strict")  # type: ignore[union-attr]
    if anew:
        prt.monkeypatch.setenv("PRT_NO_CACHE", "1")
    ended = prt.attempt(typed), prt.out, prt.err
    if anew:
        prt.monkeypatch.delenv("PRT_NO_CACHE")
    return ended


def answers(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("answer-*") if "-report-" not in path.name)


def documents(folder: Path) -> list[Path]:
    """Of reports, before they have a format."""
    return sorted(folder.glob("answer-*-report-*"))


# The same is printed


@pytest.mark.parametrize("typed", some(ASKED, 4))
def test_asked_again_it_prints_the_same_and_computes_nothing(
    typed: str, project: Prt, computed: list[str]
) -> None:
    without = told(project, typed, anew=True)
    first, again = told(project, typed), told(project, typed)
    assert first == again == without and without[0] == 0
    assert computed == [typed.replace('"', "")] * 2


def test_what_is_printed_on_both_streams_keeps_its_stream(project: Prt, computed: list[str]) -> None:
    project.write("tools", "id,date,kind,title,audience\nt-1,2024-13-01,tool,X,cda\n")
    first, again = told(project, "status"), told(project, "status")
    assert first == again and "left out" in again[2] and "left out" not in again[1]
    assert len(computed) == 1


def test_an_answer_in_another_encoding_has_the_same_bytes(project: Prt) -> None:
    def printed(**more: str) -> bytes:
        around = surroundings(PRT_TODAY="2025-02-14", PYTHONIOENCODING="ascii", **more)
        done = subprocess.run(
            [sys.executable, "-m", "prt", "report", "--period", "1"], env=around, capture_output=True
        )
        return done.stdout + done.stderr

    anew = printed(PRT_NO_CACHE="1")
    assert printed() == printed() == anew and "É".encode() in anew


# Whatever changes


Change = Callable[[Prt, Random], object]


def files_in(prt: Prt, *folders: str) -> list[Path]:
    return sorted(one for name in folders for one in (prt.root / name).rglob("*") if one.is_file())


def change_a_byte(prt: Prt, random: Random) -> None:
    """One whose size and time stay as they were."""
    path = random.choice(files_in(prt, "plan", "data", "templates"))
    raw, found = bytearray(path.read_bytes() or b" "), path.stat()
    raw[random.randrange(len(raw))] ^= 1 << random.randrange(7)
    path.write_bytes(raw)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def remove_a_file(prt: Prt, random: Random) -> None:
    random.choice(files_in(prt, "data")).unlink()


def repeat_a_line(prt: Prt, random: Random) -> None:
    path = random.choice(files_in(prt, "data"))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, *lines[-1:]]))


ADDED = """
plan/2025-2026.yaml plan/2024-2025-LAPTOP.yaml data/2024-2025/tools.csv data/2024-2025/figures.csv
data/2024-2025/sessions(1).csv data/2024-2025/notes/period-1.fr.md data/2024-2025/corrections.csv
data/private/corrections.csv data/private/unmatched.csv data/private/names(1).csv data/format.json data/headings.csv
data/2024-2025/submitted/period-1/manifest.json templates/report.md.j2 templates/note.md README.md note.html
.prt/pending.json .gitattributes
"""
"""Some of which prt looks for, and others that are like those."""


def add(name: str) -> Change:
    """A file that was not there."""

    def change(prt: Prt, random: Random) -> None:
        path = prt.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = {"corrections.csv": "id,log\n", "unmatched.csv": "id,session,name\na-1,w-1,Anne Tremblay\n"}
        path.write_text(rows.get(path.name, "Anne Tremblay\n"), encoding="utf-8")

    return change


AROUND = [
    *(("PRT_TODAY", f"2025-{month:02}-03") for month in (1, 2, 3, 7)),
    *(("PRT_LANG", "fr"), ("PRT_LANG", "en"), ("COLUMNS", "70"), ("NO_COLOR", "1"), ("LANG", "fr_CA")),
    *(("PRT_PRIVATE", "ROOT/elsewhere"), ("PRT_PROJECT", "ROOT/nowhere")),
]


def say(name: str, text: str) -> Change:
    """A variable of the surroundings."""
    return lambda prt, random: prt.monkeypatch.setenv(name, text.replace("ROOT", str(prt.root)))


def settle(**keys: str) -> Change:
    """A setting of the user's."""

    def change(prt: Prt, random: Random) -> None:
        place = Path(os.environ["XDG_CONFIG_HOME"]) / "prt" / "settings.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps({**keys, "projects": {str(prt.root): keys}}), encoding="utf-8")

    return change


def open_to_others(name: str, mode: int) -> Change:
    return lambda prt, random: (prt.root / "data" / "private" / name).chmod(mode)


def make_a_repository(*setting: str) -> Change:
    """With a setting of git, or none."""

    def change(prt: Prt, random: Random) -> None:
        for words in (["init", "-q"], ["config", *setting])[: 2 if setting else 1]:
            subprocess.run(["git", *words], cwd=prt.root, check=True, capture_output=True)

    return change


CHANGES: tuple[Change, ...] = (
    *map(add, ADDED.split()),
    *(say(name, text) for name, text in AROUND),
    *(settle(private="elsewhere"), settle(language="fr")),
    *(open_to_others(name, mode) for name in ("", "names.csv") for mode in (0o755, 0o644 | 0o100)),
    *(make_a_repository(), make_a_repository("prt.private", "elsewhere")),
    make_a_repository("prt.private", "data/private"),
)
HARMS: tuple[Change, ...] = (change_a_byte, change_a_byte, repeat_a_line, remove_a_file)
"""Each of whatever is there by then."""


@pytest.mark.parametrize("number", some(range(len(CHANGES)), 4))
def test_whatever_changes_the_answer_is_that_of_a_prt_that_keeps_nothing(
    number: int, project: Prt, nowhere: Path
) -> None:
    """After a change a command of each kind is asked as before; after another one those of two kinds."""
    random = Random(number)
    project.monkeypatch.setenv("XDG_CONFIG_HOME", str(project.root.parent / "config"))
    kinds = [[*alike] for _, alike in groupby(ASKED, key=lambda typed: typed.split()[0])]
    asked = [alike[number % len(alike)] for alike in kinds]
    for typed in asked:
        told(project, typed)
    for change, again_asked in (CHANGES[number], asked), (random.choice(HARMS), asked[number % 2 :: 2]):
        change(project, random)
        for typed in again_asked:
            first, anew, again = told(project, typed), told(project, typed, anew=True), told(project, typed)
            assert first == anew, (change, typed)
            assert again == anew, (change, typed, "again")


def test_each_byte_of_a_log_is_read_again(project: Prt) -> None:
    """A row in which one figure is another, in a file that is as large and as old."""
    path = project.path("sessions")
    before, found = told(project, "status"), path.stat()
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b",24,", b",25,", 1))
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert path.stat().st_size == found.st_size and path.read_bytes() != raw
    after = told(project, "explain 1.1.workshops"), told(project, "status")
    assert after == (told(project, "explain 1.1.workshops", anew=True), told(project, "status", anew=True))
    path.write_bytes(raw)
    assert told(project, "status") == before


def test_tomorrow_is_another_day(project: Prt, computed: list[str]) -> None:
    for day in ("2025-02-14", "2025-02-15", "2025-02-15"):
        project.monkeypatch.setattr(module, "this_day", lambda day=day: day)
        told(project, "status")
    assert len(computed) == 2


def test_a_day_that_ends_meanwhile_is_none(project: Prt, folder: Path) -> None:
    days = iter(["2025-02-14", "2025-02-15"])
    project.monkeypatch.setattr(module, "this_day", lambda: next(days))
    told(project, "status")
    assert answers(folder) == []


@pytest.mark.parametrize("changed", ["width", "colour", "terminal"])
def test_another_terminal_is_another_question(
    changed: str, project: Prt, folder: Path, computed: list[str]
) -> None:
    told(project, "status")
    if changed == "width":
        project.monkeypatch.setattr("os.get_terminal_size", lambda handle: (91, 24))
        project.monkeypatch.setattr("sys.stdout.fileno", lambda: 1)
    elif changed == "colour":
        project.monkeypatch.setenv("FORCE_COLOR", "1")
    else:
        project.monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    told(project, "status")
    assert len(computed) == 2 and len(answers(folder)) == 2


@pytest.mark.parametrize("name", ["prt/text.py", "templates/report.md.j2", "libraries"])
def test_another_prt_gives_another_answer(
    name: str, project: Prt, computed: list[str], tmp_path: Path
) -> None:
    """Which files of prt gave it is a part of an answer, and by when libraries were installed."""
    told(project, "report --period 1")
    question = new_answers.program_question()
    assert {str(ROOT / "prt/text.py"), str(ROOT / "templates/report.md.j2")} <= {*question}
    before = kept_answers.program_answer(*question[2:])
    if name == "libraries":
        project.monkeypatch.syspath_prepend(tmp_path)
    else:
        own = ROOT / name
        found = own.stat()
        real = os.stat
        later = os.stat_result([*found[:8], found.st_mtime + 1, found.st_ctime])
        project.monkeypatch.setattr(
            "os.stat",
            lambda path, **more: later if str(path) == str(own) else real(path, **more),
        )
    assert kept_answers.program_answer(*question[2:]) != before
    told(project, "report --period 1")
    assert len(computed) == 2


# A report in another format


OF_ONE_REPORT = [
    "--lang fr",
    "--lang fr --format html",
    "--lang fr --format json",
    "--lang fr --format docx --output MADE.docx",
]
EDITIONS = ["", "--period 1", "--annual", "--for audit", "--for brief", "--period 1 --lang en", "--names"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The language of each report that was made, and not only put in another format."""
    found: list[str] = []
    make = make_report.reports_of

    def noted(*given: object, **more: object) -> Iterator[Report]:
        found.append("made")
        return make(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(make_report, "reports_of", noted)
    return found


def in_format(prt: Prt, typed: str, *, anew: bool = False) -> tuple[object, ...]:
    """How a report ends, what it prints, and its file if it has one."""
    path = prt.root.parent / "MADE.docx"
    path.unlink(missing_ok=True)
    ended = told(prt, typed.replace("MADE", str(path.with_suffix(""))), anew=anew)
    return *ended, path.read_bytes() if path.exists() else b""


@pytest.mark.parametrize("edition", some(EDITIONS, 3))
def test_a_report_is_made_once_for_all_its_formats(edition: str, project: Prt, made: list[str]) -> None:
    """Each has the bytes that it has without, and what is said beside it is said each time."""
    project.write("tools", "id,date,kind,title,audience\nt-1,2024-13-01,tool,X,cda\n")
    notes = project.root / "data" / "2024-2025" / "notes" / "period-1.fr.md"
    notes.parent.mkdir()
    notes.write_text(
        "# 1.1\n\nUn *mot* de <b>plus</b>, [ici](https://example.org).\n\n# Nowhere\n\nLost\n",
        encoding="utf-8",
    )
    formats = [f"report {edition} {one}" for one in OF_ONE_REPORT]
    wanted = [in_format(project, typed, anew=True) for typed in formats]
    made.clear()
    assert [in_format(project, typed) for typed in formats] == wanted
    assert made == ["made"] and all("left out" in str(one[2]) for one in wanted if "names" not in edition)
    assert [in_format(project, typed) for typed in reversed(formats)] == wanted[::-1]
    assert made == ["made"]


def test_a_report_with_texts_that_are_there_in_the_other_language_is_made_once(
    project: Prt, made: list[str]
) -> None:
    plan = project.root / PLAN
    text = plan.read_text(encoding="utf-8")
    assert "{en: Workshops delivered, fr: Ateliers offerts}" in text
    plan.write_text(
        text.replace("{en: Workshops delivered, fr: Ateliers offerts}", "{fr: Ateliers offerts}"),
        encoding="utf-8",
    )
    formats = [f"report --period 1 --lang en --format {one}" for one in ("md", "html", "json")]
    wanted = [told(project, typed, anew=True) for typed in formats]
    made.clear()
    assert [told(project, typed) for typed in formats] == wanted
    assert made == ["made"] and "[fr] Ateliers offerts" in str(wanted)


def test_files_of_one_report_are_made_once(project: Prt, made: list[str]) -> None:
    """Whether or not the file was there before; it is still asked whose it is."""
    for name in ("a.md", "a.html", "a.md", "b.json", "reports/c.xlsx"):
        path = project.root / name
        path.parent.mkdir(exist_ok=True)
        assert told(project, f"report --output {path}")[0] == 0
        assert path.exists()
    assert len(made) == 1
    (project.root / "a.md").write_text("mine")
    ended = told(project, "report --output a.md")
    assert ended[0] == 2 and ended == told(project, "report --output a.md", anew=True)
    assert (project.root / "a.md").read_text() == "mine"


@pytest.mark.parametrize("number", some(range(len(CHANGES)), 4))
def test_whatever_changes_a_format_is_that_of_a_prt_that_keeps_nothing(number: int, project: Prt) -> None:
    """After each of two changes it is asked in another format."""
    random = Random(number)
    project.monkeypatch.setenv("XDG_CONFIG_HOME", str(project.root.parent / "config"))
    edition, formats = random.choice(EDITIONS), random.sample(OF_ONE_REPORT, 3)
    in_format(project, f"report {edition} {formats[0]}")
    for change, other in zip((CHANGES[number], random.choice(HARMS)), formats[1:], strict=True):
        change(project, random)
        typed = f"report {edition} {other}"
        assert in_format(project, typed) == in_format(project, typed, anew=True), (change, typed)


@pytest.mark.parametrize(
    "options",
    ["--prepared-by Jean", "--lang en", "--for audit", "--annual", "--period 2", "--year 2024-2025"],
)
def test_other_options_make_another_report(options: str, project: Prt, made: list[str]) -> None:
    told(project, "report --period 1 --lang fr")
    typed = f"report {'' if 'annual' in options else '--period 1'} --format json {options}"
    assert told(project, typed) == told(project, typed, anew=True)
    assert len(made) == 3


@pytest.mark.parametrize(
    "of", [[[["os.system"]], [0, "true"]], [[["builtins.tuple"]], [0, 1]], ["Report"], "text", None]
)
def test_a_document_that_is_none_is_made_again(
    of: object, project: Prt, folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "to_plain", lambda value: of)
        told(project, "report")
    assert len(documents(folder)) == 1
    wanted = told(project, "report --format json", anew=True)
    assert told(project, "report --format json") == wanted and len(made) == 3


def test_a_report_that_holds_anything_else_is_not_kept(project: Prt, folder: Path, made: list[str]) -> None:
    project.monkeypatch.setattr(plain_data, "AS_THEY_ARE", frozenset({str}))
    told(project, "report")
    assert documents(folder) == []
    told(project, "report --format json")
    assert len(made) == 2


def test_a_document_is_the_same_report(project: Prt) -> None:
    """Every piece of it is equal, and of the same class."""
    found: list[Report] = []
    render = make_report.render_report

    def noted(report: Report, *given: object) -> str | bytes:
        found.append(report)
        return render(report, *given)  # type: ignore[arg-type]

    project.monkeypatch.setattr(make_report, "render_report", noted)
    (project.root / PLAN).write_bytes(read_own(PLAN))
    project.shorten_plan("1.1", "1.2", "3a.hours")  # every indicator of two lines: more kinds of pieces
    for edition in EDITIONS[:5]:
        told(project, f"report {edition} --lang fr", anew=True)
    for report in found:
        again = from_json(as_json(report), Report)
        assert again == report
        assert [*map(type, pieces(again))] == [*map(type, pieces(report))]
        amounts = [[one.amount for one in pieces(each) if isinstance(one, Value)] for each in (report, again)]
        assert amounts[0] == amounts[1] and len(amounts[0]) > 10
    assert len(found) == 5


# What is kept


@pytest.mark.parametrize(
    "typed", ["status --fail-on behind,at-risk,no-data", "status --period 9", "explain nothing"]
)
def test_what_ends_otherwise_is_not_kept(typed: str, project: Prt, folder: Path) -> None:
    assert told(project, typed)[0] != 0
    assert answers(folder) == [] and told(project, typed) == told(project, typed, anew=True)


@pytest.mark.parametrize(
    "typed",
    [
        "list workshops",
        "check",
        "people list",
        "report --period 1 --output page.html",
        "todo --ics --output due.ics",
        "status --help",
    ],
)
def test_what_does_more_than_read_or_is_no_such_command_is_not_kept(
    typed: str, project: Prt, folder: Path
) -> None:
    for _ in range(2):
        told(project, typed)
        assert answers(folder) == []


def test_every_write_of_a_kept_answer_is_one_into_the_cache(project: Prt, folder: Path) -> None:
    """A command that wrote more than what can be made again would not write it again."""
    written: list[Path] = []
    for name in ("open", "unlink", "mkdir", "rmdir", "chmod", "replace"):
        real = getattr(disk.system, name)

        def noted(path: Path, *more: object, real: Callable[..., object] = real) -> object:
            written.append(path)
            return real(path, *more)

        project.monkeypatch.setattr(disk.system, name, noted)
    for typed in ASKED:
        told(project, typed)
    assert len(answers(folder)) == len(ASKED)
    compiled = ROOT / "templates" / "__pycache__"
    assert {
        one for one in written if folder not in (one, *one.parents) and compiled not in one.parents
    } == set()
    assert written


def test_nothing_stays_of_what_is_no_longer_so(project: Prt, folder: Path) -> None:
    """What was taken out of a log is in no answer once another command has read the log."""
    project.write("tools", "id,date,kind,title,audience\nt-1,2024-10-01,tool,A secret title,cda\n")
    told(project, "explain t-1")
    assert any("A secret title" in path.read_text() for path in answers(folder))
    project.write("tools", "id,date,kind,title,audience\n")
    told(project, "status")
    assert not any("A secret title" in path.read_text() for path in answers(folder))


def test_of_all_answers_only_some_are_kept(project: Prt, folder: Path) -> None:
    project.monkeypatch.setattr("prt.files.kept.kept_files.MOST_ANSWERS", 2)
    for number in range(1, 4):
        told(project, f"status --period {number}")
    assert len(answers(folder)) == 2
    project.monkeypatch.setattr(new_answers, "LARGEST_ANSWER", 100)
    shutil.rmtree(folder)
    told(project, "status")
    assert answers(folder) == []


def test_many_answers_drop_no_other_file(project: Prt, folder: Path) -> None:
    """A log that was kept before all of them stays."""
    project.monkeypatch.setattr("prt.files.kept.kept_files.MOST_ANSWERS", 2)
    told(project, "status")
    log = folder / f"{beginning_of('log')}1.bin"
    log.write_bytes(b"")
    os.utime(log, (1, 1))
    for number in range(1, 4):
        told(project, f"status --period {number}")
    assert log.exists()


def test_what_another_prt_kept_goes(project: Prt, folder: Path) -> None:
    """It may hold a name that was taken out of a log since."""
    told(project, "status")
    others = [folder / f"{kind}-0123abcd-1.bin" for kind in ("log", "year", "plan")]
    for path in others:
        path.write_bytes(b"Zoe")
    told(project, "status --period 1")
    assert answers(folder) and not any(path.exists() for path in others)


# What is damaged


def flipped(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-20] ^= 1
    path.write_bytes(raw)


def sound(path: Path, body: object) -> None:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode() + b"\n[]"
    path.write_bytes(digest_of_kept(path, raw).encode() + b"\n" + raw)


def of_another_question(path: Path) -> None:
    """As if a sound answer had been renamed."""
    other, body = path.with_name(path.name.replace("answer-", "answer-0", 1)), read_kept(path)
    path.write_bytes(digest_of_kept(other, body).encode() + b"\n" + body)


def with_a_question_that_nobody_knows(path: Path) -> None:
    found = json.loads(read_kept(path).partition(b"\n")[0])
    sound(path, found | {"told": [[["launch", "everything"], "1"]]})


def with_output(said: str) -> Callable[[Path], None]:
    """As if this had been printed."""

    def damage(path: Path) -> None:
        trace, _, _ = read_kept(path).partition(b"\n")
        sound(path, trace + b"\n" + said.encode())

    return damage


DAMAGES = [
    *(
        cut,
        flipped,
        emptied,
        of_another_question,
        with_a_question_that_nobody_knows,
    ),
    with_output('[["exit", "utf-8", "on a stream that is none"]]'),
    with_output('[["stdout", "base64", "in an encoding that is none of texts"]]'),
    with_output('[["stdout", "utf-8", "a text"], ["stdout", "utf-8", 5]]'),
    lambda path: sound(path, []),
    lambda path: sound(path, {"day": 1}),
    lambda path: sound(path, {"day": module.this_day(), "told": [[1, 2]]}),
    lambda path: sound(path, b"[" * 100_000),
    lambda path: path.write_bytes(b"\xff\n\xff"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_ignored(
    damage: Callable[[Path], None], project: Prt, folder: Path, computed: list[str]
) -> None:
    wanted = told(project, "status")
    [path] = answers(folder)
    damage(path)
    assert told(project, "status") == wanted and len(computed) == 2
    assert told(project, "status") == wanted and len(computed) == 2


@pytest.mark.parametrize(
    "words", ["config --edit", "-c alias.x=!true x", "config user.name", "config prt.me new", "status", ""]
)
def test_git_is_asked_for_settings_of_prt_alone(words: str) -> None:
    """Whatever a file of the cache says."""
    with pytest.raises(ValueError, match="git"):
        module.ask_again("git", ".", *words.split())


@POSIX
def test_what_others_may_have_written_is_ignored(project: Prt, folder: Path, computed: list[str]) -> None:
    told(project, "status")
    [path] = answers(folder)
    path.chmod(0o640)
    told(project, "status")
    assert len(computed) == 2


@POSIX
def test_what_prt_has_not_written_is_not_opened(project: Prt, folder: Path, tmp_path: Path) -> None:
    """A pipe would be waited for: beside an answer that is kept, a link goes, whatever it leads to."""
    told(project, "status")
    [path] = answers(folder)
    path.rename(tmp_path / "another")
    path.symlink_to(tmp_path / "another")
    told(project, "todo")
    assert path not in answers(folder) and len(answers(folder)) == 1


@POSIX
def test_a_file_that_has_the_name_of_the_folder_stays_as_it_is(project: Prt, folder: Path) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_text("mine", encoding="utf-8")
    folder.chmod(0o640)
    wanted = told(project, "status", anew=True)
    assert told(project, "status") == wanted
    assert stat.S_IMODE(folder.stat().st_mode) == 0o640 and folder.read_text(encoding="utf-8") == "mine"


# Privacy


def private_words(root: Path) -> set[str]:
    """What stands in the cells of private files, and how these are called where that may be a name."""
    found = set[str]()
    for path in (root / "data" / "private").rglob("*.csv"):
        lines = split_lines(path.read_text(encoding="utf-8"))[1:]
        found |= {cell.strip() for line in lines for cell in line.split(",")[1:] if len(cell.strip()) > 2}
    return found


def test_no_name_is_ever_in_the_cache(project: Prt, folder: Path) -> None:
    """Nor that of a private file, which may be called after somebody; and no digest of names alone."""
    exports = project.root / "data" / "private" / "exports"
    exports.mkdir()
    (exports / "Zoom Anne Tremblay.csv").write_text("Name\nAnne Tremblay\n", encoding="utf-8")
    project.write(
        "tools", "id,date,kind,title,audience,note\nt-1,2024-10-01,tool,X,cda,Zoé O’Hara was there\n"
    )
    for typed in ASKED:
        assert told(project, typed)[0] == 0
    kept = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("answer-*")}
    assert len(kept) > len(ASKED)
    words = private_words(project.root) | {"Tremblay", "Zoom", "Hara", "anne.t", "Nanou", "names.csv"}
    assert len(words) > 8
    assert {word: name for word in words for name, text in kept.items() if word in text} == {}


def test_an_answer_that_repeats_what_is_private_is_not_kept(project: Prt, folder: Path) -> None:
    """Whatever a command makes of what it has read of names."""
    trace = Trace(look_privately)
    trace.name_private("data/private")
    token = TRACE.set(trace)
    try:
        disk.read_bytes(project.root / "data" / "private" / "names.csv")
    finally:
        TRACE.reset(token)
    assert trace.is_whole() and ("private_file", str(project.root / "data/private"), "1") in trace.told
    for said in ("by Anne\n Tremblay.", "ZOE O'HARA", "nanou"):
        new_answers.keep_answer(folder / "answer-1-1.json", "", trace, [("stdout", "utf-8", said)])
        assert answers(folder) == []
    new_answers.keep_answer(folder / "answer-1-1.json", "", trace, [("stdout", "utf-8", "Anne, name, email")])
    assert len(answers(folder)) == 1


@pytest.mark.parametrize("said", ["by Anne Roy 2.", "anne.r2@example.org", "with ZOE2", "by anne-2", "P001"])
def test_a_name_with_a_figure_is_one(said: str) -> None:
    raw = (
        "id,name,email,since,number\np-7f3a,Anne Roy 2,anne.r2@example.org,2024-10-01,12\n"
        "p-k2k2,Zoé2,,2024-10-01,1.5\nw-20241016-7kq2,Anne-2,,,\nerased-7kq2m4x8,P001,,,\n"
    ).encode()
    assert new_answers.repeats_any(said, [raw])
    ids = "p-7f3a, p-k2k2 since 2024-10-01: w-20241016-7kq2, erased-7kq2m4x8, 12 and 1.5"
    assert not new_answers.repeats_any(ids, [raw])


def test_no_document_is_kept_of_what_is_private(project: Prt, folder: Path) -> None:
    """Whatever a report makes of what it has read of names."""
    make = make_report.reports_of

    def make_of_names(*given: object, **more: object) -> Iterator[Report]:
        disk.read_bytes(project.root / "data" / "private" / "names.csv")
        return make(*given, **more)  # type: ignore[arg-type]

    with project.monkeypatch.context() as patch:
        patch.setattr(make_report, "reports_of", make_of_names)
        told(project, "report --period 1")
    assert answers(folder) and not documents(folder)
    told(project, "report --period 2")
    assert documents(folder)


@pytest.mark.parametrize("by", ["--prepared-by", "--approved-by"])
def test_a_report_that_somebody_signs_is_not_kept(by: str, project: Prt, folder: Path) -> None:
    assert told(project, f"report {by} 'Anne Tremblay'")[0] == 0
    assert answers(folder) == documents(folder) == []


@POSIX
def test_a_link_in_the_private_folder_ends_a_trace(project: Prt, folder: Path) -> None:
    (project.root / "data" / "private" / "minutes.csv").symlink_to(project.root / "README.md")
    told(project, "status")
    assert answers(folder) == []


@POSIX
def test_a_private_folder_behind_a_link_is_private(project: Prt, folder: Path, computed: list[str]) -> None:
    private = project.root / "data" / "private"
    private.rename(project.root.parent / "drive")
    private.symlink_to(project.root.parent / "drive")
    for typed in ("todo", "status"):
        assert told(project, typed) == told(project, typed) == told(project, typed, anew=True)
    assert computed == ["todo", "todo", "status", "status"]
    assert not any("names.csv" in path.read_text() for path in answers(folder))
    (project.root.parent / "drive" / "names.csv").write_text(NAMES.replace("Anne", "Jean"), encoding="utf-8")
    told(project, "todo")
    assert len(computed) == 5


@pytest.mark.parametrize(
    ("typed", "day"), [("people erase p-zoe2 --yes", "2025-02-14"), ("privacy purge --yes", "2026-01-02")]
)
def test_erasing_and_purging_leave_no_answer(typed: str, day: str, project: Prt, folder: Path) -> None:
    told(project, "status")
    assert answers(folder)
    project.monkeypatch.setenv("PRT_TODAY", day)
    assert told(project, typed)[0] == 0
    assert answers(folder) == []


@pytest.mark.parametrize("typed", ["edit {id} --title Other --why slip", "remove {id} --why slip", "undo"])
def test_what_is_taken_out_of_a_log_is_in_no_answer(typed: str, project: Prt, folder: Path) -> None:
    """Wherever it was asked: in the project's folder, and from elsewhere. The plan stays kept."""
    project("log workshop --line 1.1 --date 2024-10-17 --title Zebulon --format half-day --anyway")
    told(project, "explain 1.1.workshops --all")
    project.monkeypatch.chdir(project.root.parent)
    project.monkeypatch.setenv("PRT_PROJECT", str(project.root))
    told(project, "explain 1.1.workshops --all")
    assert ["Zebulon" in path.read_text() for path in answers(folder)] == [True, True]
    project(typed.format(id=project.last_id("sessions")))
    assert answers(folder) == [] and [*folder.glob("plan-*")]


def test_what_is_taken_out_by_who_keeps_nothing_is_in_nothing_that_is_kept(
    project: Prt, folder: Path
) -> None:
    project("log workshop --line 1.1 --date 2024-10-17 --title Zebulon --format half-day --anyway")
    told(project, "explain 1.1.workshops --all")
    assert any("Zebulon" in path.read_text() for path in answers(folder))
    project.monkeypatch.setenv("PRT_NO_CACHE", "1")
    project(f"edit {project.last_id('sessions')} --title Other --why slip")
    assert [*folder.iterdir()] == []


def test_redacting_leaves_nothing_that_is_kept(project: Prt, folder: Path) -> None:
    project(f"edit {project.last_id('sessions')} --title Other --why 'Anne Tremblay said so' --anyway")
    told(project, "status")
    told(project, "report --period 1 --for audit")
    assert answers(folder)
    project("privacy redact --yes")
    assert not [*folder.glob("*-*")]


@pytest.mark.parametrize(
    ("typed", "keeping_it"), [("status", "keep_answer"), ("report --period 1", "keep_traced")]
)
def test_who_is_erased_meanwhile_is_in_no_answer(
    typed: str, keeping_it: str, project: Prt, folder: Path
) -> None:
    """An erasure that ends between the last look at the state and the keeping takes the answer with it, and the
    document of a report."""
    keep = getattr(new_answers, keeping_it)

    def keep_late(*given: object) -> None:
        (project.root / ".prt").mkdir(exist_ok=True)
        with (project.root / ".prt" / "publications").open("ab") as file:
            file.write(b".")
        keep(*given)

    project.monkeypatch.setattr(new_answers, keeping_it, keep_late)
    told(project, typed)
    assert answers(folder) == documents(folder) == []


# Nothing is asked past the trace


DEVICES = ("/dev/null", "/dev/tty", "/dev/urandom")  # the folders of a test may be in /dev/shm


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The path of all that is opened, listed or looked at, as the system is asked for it, by whomever."""
    found: set[str] = set()
    libraries = [place for one in sys.path if one for place in (one, str(Path(one).resolve()))] + [
        str(PACKAGE),
        str(ROOT / "templates"),
    ]

    def note(place: object, name: str) -> None:
        if isinstance(place, (str, bytes, os.PathLike)):
            path = str(Path(os.fsdecode(place)).absolute())
            if "importlib" not in name and not path.startswith((*libraries, *DEVICES)):
                found.add(path)

    for where, name in [
        *((os, one) for one in ("stat", "lstat", "scandir", "listdir", "readlink")),
        (io, "open"),
    ]:
        real = getattr(where, name)

        def noted(
            place: object = ".", *given: object, real: Callable[..., object] = real, **more: object
        ) -> object:
            if TRACE.get():
                note(place, sys._getframe(1).f_code.co_filename)
            return real(place, *given, **more)

        monkeypatch.setattr(where, name, noted)
    yield found


@POSIX
@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="what pathlib asks otherwise is not seen by this test"
)
@pytest.mark.parametrize("typed", some(ASKED, 4))
def test_what_the_system_is_asked_is_what_a_trace_has(
    typed: str, project: Prt, folder: Path, looked_at: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    traces: list[Trace] = []
    keep = new_answers.keep_answer

    def noted(path: Path, day: str, trace: Trace, said: list[tuple[str, str, str]]) -> None:
        traces.append(trace)
        keep(path, day, trace, said)

    monkeypatch.setattr(new_answers, "keep_answer", noted)
    project.monkeypatch.setenv("XDG_CONFIG_HOME", str(project.root.parent / "config"))
    assert told(project, typed)[0] == 0
    [trace] = traces
    asked = {str(Path(question[1]).absolute()) for question in trace.told if question[0] != "program"}
    below = {
        str(Path(one[1]).absolute()) + os.sep
        for one in trace.told
        if one[0] in ("find_below", "private_folder")
    }
    listed = {str(Path(one[1]).absolute()) for one in trace.told if one[0] == "find_in"}
    above = {str(one) for path in asked for one in Path(path).parents}
    inside = {path for path in looked_at if folder not in (Path(path), *Path(path).parents)}
    left = {
        path
        for path in inside - asked - above
        if not f"{path}{os.sep}".startswith(tuple(below))
        and not any(Path(path).parent == Path(one) for one in listed)
        and folder.parent != Path(path)
    }
    assert len(inside) > 20
    assert left - {str(project.root / ".prt" / "publications")} == set()


def test_every_question_can_be_asked_again(project: Prt) -> None:
    """Each kind, of what is there and of what is not: the same is told twice, and another thing once it is
    another."""
    path = project.root / "data" / "people.csv"
    for kind in QUESTIONS.keys() - {"is_same_file", "find_in", "find_below", "private_file"}:
        for place in (path, path.parent, path / "none", project.root / "gone"):
            trace = Trace(look_privately)
            token = TRACE.set(trace)
            try:
                getattr(disk_questions, kind)(place)
            except disk_questions.FAILURES:
                pass
            finally:
                TRACE.reset(token)
            [(question, digest)] = trace.told.items()
            assert digest_answer(module.ask_again(*question)) == digest


def test_a_file_that_changes_while_it_is_read_ends_a_trace(project: Prt) -> None:
    trace = Trace(look_privately)
    token = TRACE.set(trace)
    try:
        for text in ("one", "two"):
            (project.root / "note.txt").write_text(text)
            disk.read_bytes(project.root / "note.txt")
    finally:
        TRACE.reset(token)
    assert not trace.is_whole()


def test_several_processes_at_once(project: Prt, folder: Path) -> None:
    wanted = told(project, "status", anew=True)
    environment = surroundings(PRT_TODAY="2025-02-14", XDG_CACHE_HOME=str(folder.parent))
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "prt", "status"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        for _ in range(3)
    ]
    assert [one.communicate()[0] for one in running] == [wanted[1]] * 3
    assert sorted(path.name.partition("-")[0] for path in folder.iterdir()) == ["answer", "plan"]


NOT_NEEDED = re.compile(
    r"prt\.(model|figures|output|tasks|commands|imports|entry|problems|text)\b|yaml|jinja2|pydantic"
)


def test_an_answer_that_is_kept_loads_no_model(project: Prt, folder: Path) -> None:
    code = "import sys; from prt.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    environment = surroundings(PRT_TODAY="2025-02-14", XDG_CACHE_HOME=str(folder.parent))

    def loaded() -> set[str]:
        words = [sys.executable, "-c", code, "status"]
        done = subprocess.run(
            words, env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
        )
        return {one for one in done.stderr.split() if NOT_NEEDED.match(one)}

    assert len(loaded()) > 40
    assert loaded() == set()


@POSIX
def test_only_the_owner_may_read_an_answer(project: Prt, folder: Path) -> None:
    told(project, "status")
    [path] = answers(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
