"""The merge driver of git, in real repositories: eleven situations, and what is settled afterwards."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from prt.files.merging.driver import driver_command
from tests.conftest import only_in_ci, some
from tests.project import Prt, surroundings

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not here")
GIT = subprocess.run(["git", "--version"], capture_output=True, text=True) if shutil.which("git") else None
GIT_NAMES_SIDES = tuple(map(int, re.findall(r"\d+", GIT.stdout if GIT else "")[:2])) >= (2, 44)
HEAD = "id,date,staff,hours,role,board,objective,note\n"
BASE = "a-1,2024-10-03,p-k7k2,2,cda,EMSB,skills,\na-2,2024-10-04,p-k7k2,3,cda,EMSB,skills,\na-3,2024-10-05,p-k7k2,4,cda,EMSB,skills,\n"
LOG = "data/2024-2025/accompaniment.csv"
FIRST, SECOND, THIRD = BASE.splitlines(keepends=True)


def new(number: int, hours: str = "1") -> str:
    return f"a-{number},2024-11-03,p-k7k2,{hours},cda,EMSB,skills,\n"


class Repository:
    """A project in git, with a branch for them."""

    def __init__(self, prt: Prt, kept: Path) -> None:
        self.prt, self.root = prt, prt.root
        prt.once(kept, self.begin)

    def begin(self) -> None:
        self.prt.people("p-k7k2,prt-staff,,,,,,")
        self.git("init", "-q", "-b", "main")
        for name, text in (("user.name", "A"), ("user.email", "a@example.org")):
            self.git("config", name, text)
        self.write(HEAD + BASE)
        (self.root / ".gitignore").write_text(".prt/\ndata/private/\n", encoding="utf-8")
        self.prt("git setup")
        self.commit("begun")
        self.git("branch", "theirs")

    def git(self, *words: str, code: int | None = 0) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.root, capture_output=True, text=True, check=False, env=surroundings()
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def write(self, text: str | bytes, name: str = LOG) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def read(self, name: str = LOG) -> str:
        return (self.root / name).read_bytes().decode("utf-8-sig")

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def merge(self, ours: str | bytes, theirs: str | bytes, code: int = 0) -> str:
        """Both sides change the log; returns what stands in it after the merge."""
        self.git("checkout", "-q", "theirs")
        self.write(theirs)
        self.commit("there")
        self.git("checkout", "-q", "main")
        self.write(ours)
        self.commit("here")
        self.said = self.git("merge", "theirs", "-q", "-m", "both", code=code)
        return self.read()


@pytest.fixture
def repository(prt: Prt, kept: Path) -> Repository:
    return Repository(prt, kept)


CLEAN = [
    ("appended on both", HEAD + BASE + new(4), HEAD + BASE + new(5), HEAD + BASE + new(4) + new(5)),
    ("two appended on both", HEAD + BASE + new(4) + new(6), HEAD + BASE + new(5), HEAD + BASE + new(4) + new(6) + new(5)),
    ("removed and appended", HEAD + FIRST + THIRD, HEAD + BASE + new(5), HEAD + FIRST + THIRD + new(5)),
    ("a new column", HEAD + BASE.replace(",2,cda", ",9,cda"), HEAD.replace("note", "note,evidence") + BASE.replace("skills,", "skills,,e"),
     HEAD.replace("note", "note,evidence") + BASE.replace(",2,cda", ",9,cda").replace("skills,", "skills,,e")),
    ("line ends", HEAD + BASE + new(4), (HEAD + BASE + new(5)).replace("\n", "\r\n"), HEAD + BASE + new(4) + new(5)),
    ("another order", HEAD + THIRD + SECOND + FIRST, HEAD + BASE + new(5), HEAD + THIRD + SECOND + FIRST + new(5)),
    ("nothing but a header there", HEAD + BASE, HEAD, HEAD),
    ("different cells of one row", HEAD + BASE.replace(",2,cda", ",9,cda"), HEAD + BASE.replace("skills,\na-2", "skills,there\na-2"),
     HEAD + BASE.replace(",2,cda", ",9,cda").replace("skills,\na-2", "skills,there\na-2")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "theirs", "wanted"),
    [one[1:] for one in some(CLEAN, 1)],
    ids=[one[0] for one in some(CLEAN, 1)],
)
def test_what_is_no_conflict_is_merged(repository: Repository, ours: str, theirs: str, wanted: str) -> None:
    assert repository.merge(ours, theirs) == wanted
    repository.prt("check")


CONFLICTS = [
    ("the same cell", HEAD + BASE.replace(",2,cda", ",8,cda") + new(4), HEAD + BASE.replace(",2,cda", ",9,cda") + new(5),
     FIRST.replace(",2,", ",8,"), FIRST.replace(",2,", ",9,")),
    ("edited and removed", HEAD + BASE.replace(",2,cda", ",8,cda") + new(4), HEAD + SECOND + THIRD + new(5), FIRST.replace(",2,", ",8,"), ""),
    ("one id twice", HEAD + BASE + new(7, "1") + new(4), HEAD + BASE + new(7, "2") + new(5), new(7, "1"), new(7, "2")),
]  # fmt: skip


@pytest.mark.parametrize("take", some(["theirs", "ours"], 1))
@pytest.mark.parametrize(
    ("ours", "theirs", "mine", "other"),
    [one[1:] for one in some(CONFLICTS, 1)],
    ids=[one[0] for one in some(CONFLICTS, 1)],
)
def test_a_conflict_stands_alone_between_marks_and_is_settled(
    repository: Repository, ours: str, theirs: str, mine: str, other: str, take: str
) -> None:
    found = repository.merge(ours, theirs, code=1)
    assert f"<<<<<<< ours\n{mine}=======\n{other}>>>>>>> theirs\n" in found
    assert found.count("<<<<<<<") == 1 and new(4) in found and new(5) in found
    prt = repository.prt
    prt("check", code=1)
    assert "prt merge --settle" in prt.out
    prt("merge --settle --yes", code=1)
    assert repository.read() == found and "ours " in prt.out
    prt(f"merge --settle --yes --take {take}")
    settled = repository.read()
    assert (mine if take == "ours" else other) in settled
    assert "<<<<" not in settled and new(4) in settled and new(5) in settled
    assert not (other if take == "ours" else mine) or (other if take == "ours" else mine) not in settled
    assert "merged, " in repository.read("data/2024-2025/corrections.csv")
    prt("check")
    repository.commit("settled")


@only_in_ci
def test_who_changed_what_and_why_is_said_of_a_conflict_of_git(repository: Repository) -> None:
    """git has merged corrections.csv before: what it says of each text is of one side."""
    prt = repository.prt
    repository.git("checkout", "-q", "theirs")
    prt("edit a-1 --hours 9 --why longer")
    prt("edit a-2 --hours 7 --why much")
    repository.commit("there")
    repository.git("checkout", "-q", "main")
    prt("edit a-1 --hours 8 --why half")
    prt("remove a-2 --why twice")
    repository.commit("here")
    repository.git("merge", "theirs", "-q", "-m", "both", code=1)
    prt("merge --settle --yes", code=1)
    assert 'ours    8   (edited 2025-02-14: "half")' in prt.out
    assert 'theirs  9   (edited 2025-02-14: "longer")' in prt.out
    assert 'ours    removed   (removed 2025-02-14: "twice")' in prt.out
    assert 'hours 3 → 7   (edited 2025-02-14: "much")' in prt.out
    assert "Both sides changed 2 things." in prt.err


def test_what_was_taken_of_a_plan_is_said(repository: Repository) -> None:
    prt, plan = repository.prt, repository.root / "plan" / "2024-2025.yaml"
    sound = plan.read_text(encoding="utf-8")
    plan.write_text(sound + "<<<<<<< HEAD\n# ours\n=======\n# theirs\n>>>>>>> theirs\n", encoding="utf-8")
    prt("merge --settle --take theirs --yes")
    assert "  1 taken from theirs\n" in prt.out and "nothing new" not in prt.out and "Merged." in prt.out


def test_of_rows_between_marks_only_the_marks_are_told_and_no_mark_is_a_row(repository: Repository) -> None:
    """Both versions of three rows stand there: three are left out, and which is for prt merge to ask."""
    prt = repository.prt
    other = BASE.replace(",2,cda", ",8,cda").replace(",3,cda", ",bad,cda")
    repository.write(f"{HEAD}<<<<<<< ours\n{BASE}=======\n{other}>>>>>>> theirs\n{new(4)}")
    prt("check --format json", code=1)
    told = json.loads(prt.out)
    assert [one["line"] for one in told if one["file"] == LOG and one["severity"] == "error"] == [2, 6, 10]
    assert "--fill-ids" not in prt.out and "is the id of line" not in prt.out
    prt("status")
    assert "3 rows are left out of these figures because of errors" in prt.err


@only_in_ci
def test_what_undo_took_back_on_one_side_stays_out(repository: Repository) -> None:
    prt, hours = (
        repository.prt,
        "log accompaniment --date 2024-10-0{} --staff p-k7k2 --hours 1 --role cda --board EMSB --objective skills --anyway",
    )
    repository.git("checkout", "-q", "theirs")
    prt(hours.format(6))
    prt("undo")
    prt(hours.format(7))
    repository.commit("there")
    repository.git("checkout", "-q", "main")
    shutil.rmtree(repository.root / ".prt", ignore_errors=True)
    prt(hours.format(8))
    prt("edit a-1 --hours 7 --why more")
    repository.commit("here")
    repository.git("merge", "theirs", "-q", "-m", "both")
    rows = repository.read().splitlines()[1:]
    assert len(rows) == 5 and not any("2024-10-06" in row for row in rows)
    assert len(repository.read("data/2024-2025/corrections.csv").splitlines()) == 3
    prt("check")


@only_in_ci
def test_a_clone_without_the_driver_is_told_once_and_can_settle_what_git_left(repository: Repository) -> None:
    repository.git("config", "--remove-section", "merge.prt")
    repository.prt("check")
    assert (
        ".gitattributes: warning: logs are merged by row, but this clone does not know how"
        in repository.prt.out
    )
    assert "prt git setup" in repository.prt.out
    found = repository.merge(HEAD + BASE + new(4), HEAD + BASE + new(5), code=1)
    assert "<<<<<<< " in found
    repository.prt("merge --settle --yes")
    assert repository.read() == HEAD + BASE + new(4) + new(5)
    repository.prt("git setup")
    repository.prt("check")
    assert "clone" not in repository.prt.out


def test_plans_notes_and_templates_are_settled_block_by_block(repository: Repository) -> None:
    prt, plan = repository.prt, repository.root / "plan" / "2024-2025.yaml"
    sound = plan.read_text(encoding="utf-8")
    plan.write_text(sound + "<<<<<<< HEAD\n# ours\n=======\n# theirs\n>>>>>>> theirs\n", encoding="utf-8")
    notes = "# Title\n=======\n\n<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> theirs\nEnd\n"
    folder = repository.root / "data" / "2024-2025" / "notes"
    folder.mkdir(exist_ok=True)
    (folder / "period-1.en.md").write_text(notes, encoding="utf-8")
    prt("merge --settle", code=1)
    line = sound.count("\n") + 1
    assert f"plan/2024-2025.yaml:{line}" in prt.out and "ours    One" in prt.out
    prt(f"merge --settle --yes --take theirs,plan/2024-2025.yaml:{line}=ours")
    assert plan.read_text(encoding="utf-8") == sound + "# ours\n"
    assert (folder / "period-1.en.md").read_text(encoding="utf-8") == "# Title\n=======\n\nTwo\nEnd\n"
    kept = repository.root / ".prt" / "merged" / "data" / "2024-2025" / "notes" / "period-1.en.md"
    assert kept.read_text(encoding="utf-8") == notes


@pytest.mark.parametrize(
    "text", ["<<<<<<< ours\na\n", "<<<<<<< ours\na\n=======\nb\n", "<<<<<<< ours\na\n>>>>>>> theirs\n"]
)
def test_marks_that_are_not_complete_are_named_and_left(repository: Repository, text: str) -> None:
    repository.write(HEAD + text + BASE)
    repository.prt("merge --settle --yes --take ours", code=1)
    assert f"{LOG}:" in repository.prt.err and "not complete" in repository.prt.err
    assert repository.read() == HEAD + text + BASE


@only_in_ci
def test_a_removed_row_that_is_back_is_settled(repository: Repository) -> None:
    prt, before = repository.prt, repository.read()
    for take, count in (("theirs", 2), ("ours", 3)):
        repository.write(before)
        if take == "theirs":
            prt("remove a-1 --why twice")
            repository.write(before)
        prt("check", code=1)
        assert "prt merge --settle" in prt.out
        prt(f"merge --settle --yes --take {take}")
        assert len(repository.read().splitlines()) == count + 1
        prt("check")


@pytest.mark.parametrize("newer", ["here", "there"])
@only_in_ci
def test_files_that_a_newer_prt_writes_are_left_to_git(repository: Repository, newer: str) -> None:
    """Rows that this prt would have merged are a conflict, where one side is of a newer format."""
    stated, text = "data/format.json", '{"format": 99, "prt": "9.9.9"}'
    if newer == "here":
        repository.write(text, stated)
        repository.commit("newer")
    else:
        repository.git("checkout", "-q", "theirs")
        repository.write(text, stated)
        repository.commit("newer")
    found = repository.merge(HEAD + BASE + new(4), HEAD + BASE + new(5), code=1)
    assert f"<<<<<<< ours\n{new(4)}=======\n{new(5)}>>>>>>> theirs\n" in found
    assert f"{LOG} is left to git" in repository.said and "9.9.9" in repository.said


@pytest.mark.parametrize(
    "typed",
    [
        "rebase main theirs",
        pytest.param(
            "cherry-pick theirs", marks=pytest.mark.skipif(not GIT_NAMES_SIDES, reason="git < 2.44")
        ),
    ],
)
@pytest.mark.parametrize("newer", [False, True])
@only_in_ci
def test_a_commit_of_a_newer_prt_is_known_however_it_comes(
    repository: Repository, typed: str, newer: bool
) -> None:
    repository.git("checkout", "-q", "theirs")
    if newer:
        repository.write('{"format": 99, "prt": "9.9.9"}', "data/format.json")
    repository.write(HEAD + BASE + new(5))
    repository.commit("there")
    repository.git("checkout", "-q", "main")
    repository.write(HEAD + BASE + new(4))
    repository.commit("here")
    said = repository.git(*typed.split(), code=int(newer))
    assert (f"{LOG} is left to git" in said) == newer
    assert ("<<<<<<<" in repository.read()) == newer
    assert newer or repository.read() == HEAD + BASE + new(4) + new(5)


def test_setup_is_refused_in_a_project_of_a_newer_prt(repository: Repository) -> None:
    repository.git("config", "--remove-section", "merge.prt")
    repository.write('{"format": 99, "prt": "9.9.9"}', "data/format.json")
    repository.prt("git setup", code=1)
    assert "9.9.9" in repository.prt.err
    repository.git("config", "merge.prt.driver", code=1)


@only_in_ci
def test_rows_that_cannot_be_told_apart_are_left_to_git_and_named(repository: Repository) -> None:
    found = repository.merge(HEAD + BASE + new(4), HEAD + BASE + new(5) + new(5, "2"), code=1)
    assert "<<<<<<<" in found and new(4) in found


def test_git_runs_the_python_that_has_prt_wherever_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/opt/my prt/100%/python")
    assert driver_command() == "'/opt/my prt/100%%/python' -m prt git merge-driver %O %A %B %P %Y"


def test_setup_needs_a_repository_and_adds_its_lines_once(prt: Prt) -> None:
    prt("git setup", code=1)
    assert "git init" in prt.err
    subprocess.run(["git", "init", "-q"], cwd=prt.root, check=True)
    (prt.root / ".gitattributes").write_text("*.csv -text", encoding="utf-8")
    prt("git setup")
    text = (prt.root / ".gitattributes").read_text(encoding="utf-8")
    prt("git setup")
    assert (prt.root / ".gitattributes").read_text(encoding="utf-8") == text
    assert text.splitlines()[0] == "*.csv -text" and "data/**/*.csv merge=prt" in text.splitlines()
