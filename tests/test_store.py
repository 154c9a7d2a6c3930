"""Rows are added, edited, removed and taken back: in the file's own manner, and no other byte is touched."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from prt.files.project import Project, Year
from prt.files.store import disk, store, undo_log
from prt.files.store.row_ids import fill_ids
from prt.files.store.store import Action, WrittenRow
from prt.files.store.undo import UndoneStep, undo_action
from prt.model.records import LOGS
from prt.problems import Mistake, PrtError
from tests.conftest import only_in_ci, some
from tests.project import TODAY, make_project, surroundings

NOW = dt.datetime(2025, 2, 14, 9, 30)
UTF8 = (
    b"id,line,date,title,format,participants\n"
    b"w-20241001-aaaa,1.1,2024-10-01,Un,full-day,10\n"
    b"w-20241002-bbbb,1.1,2024-10-02,Deux,half-day,20\n"
    b"w-20241003-cccc,1.1,2024-10-03,Trois,half-day,30\n"
)
QUEBEC = (
    "titre;hours;id;date;staff;organisation;purpose\r\n".replace("titre", "note")
    + "Été;1,5;ps-20241001-aaaa;2024-10-01;p-me;HA;Table\r\n"
    + '"a;b";0,25;ps-20241002-bbbb;2024-10-02;p-me;HA;"deux ""mots"""\r\n'
).encode("cp1252")
CP1252 = UTF8.replace(b"Un", "Été".encode("cp1252"))
SUPPORT = {"date": "2024-10-05", "staff": "p-me", "hours": "2.5", "organisation": "HA", "purpose": "Réunion"}
WORKSHOP = {"line": "1.1", "date": "2024-10-16", "title": "Quatre", "format": "full-day"}


class Files:
    """A project whose rows are written without a command."""

    def __init__(self, root: Path) -> None:
        self.root = make_project(root)
        self.draw = random.Random(1)

    @property
    def year(self) -> Year:
        project = Project(self.root, self.root / "data" / "private")
        return project.load(project.plan_path("2024-2025"))

    def path(self, log: str) -> Path:
        return self.root / "data" / "2024-2025" / f"{log}.csv"

    def put(self, log: str, raw: bytes) -> None:
        self.path(log).parent.mkdir(parents=True, exist_ok=True)
        self.path(log).write_bytes(raw)

    def raw(self, log: str) -> bytes | None:
        return self.path(log).read_bytes() if self.path(log).exists() else None

    def do(self, change: Callable[[Action], Any]) -> Any:
        with store.start_action(self.year, "p-me", NOW, self.draw) as action:
            return change(action)

    def add(self, log: str, *rows: dict[str, str]) -> list[WrittenRow]:
        found: list[WrittenRow] = self.do(lambda action: action.add(log, rows))
        return found

    def edit(self, log: str, row: str, **changes: str) -> None:
        self.do(lambda action: action.edit(log, row, changes, "counted again"))

    def remove(self, log: str, *rows: str) -> None:
        self.do(lambda action: action.remove(log, rows, "entered twice"))

    def undo(self) -> list[UndoneStep]:
        found: list[UndoneStep] = self.do(
            lambda action: undo_action(action, undo_log.last_action(undo_log.read_steps(self.root), "p-me"))
        )
        return found

    def corrections(self) -> list[dict[str, str | None]]:
        names = ("action", "row", "column", "old", "new", "why", "who")
        return [{name: row[name] for name in names if row[name]} for row in self.year.corrections()]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "project")


def rows_told(year: Year) -> dict[str, list[tuple[Any, ...]]]:
    """All that figures and messages know of the rows of logs."""
    return {
        log: [(one.file, one.line, one.day, one.values, one.left_out, one.derived) for one in rows]
        for log, rows in year.data.logs.items()
    }


def write_times(files: Files, log: str, change: Callable[[], object]) -> list[int]:
    """How often what is changed writes the file of a log, corrections.csv and what undo needs."""
    paths = (files.path(log), files.path("corrections"), files.root / ".prt" / "undo.jsonl")
    before = [disk.WRITES[str(path)] for path in paths]
    change()
    return [disk.WRITES[str(path)] - times for path, times in zip(paths, before, strict=True)]


def test_however_many_rows_are_edited_files_are_written_once_and_once_to_undo_it(files: Files) -> None:
    added = files.add("sessions", *(WORKSHOP | {"title": f"Titre {number}"} for number in range(30)))
    before, undone = files.raw("sessions"), list[UndoneStep]()
    changes = {one.id: {"title": f"Autre {one.line}", "participants": "9"} for one in added}
    edit = partial(files.do, lambda action: action.edit_all("sessions", changes, "counted again"))
    assert write_times(files, "sessions", edit) == [2, 2, 2]  # in the draft, and on the disk
    assert files.raw("sessions") != before
    assert write_times(files, "sessions", lambda: undone.extend(files.undo())) == [2, 2, 2]
    assert files.raw("sessions") == before
    assert [one.ids for one in undone] == [(one.id,) for one in added[::-1]]


def test_however_many_rows_were_removed_they_come_back_in_one_rewrite(files: Files) -> None:
    added = files.add("sessions", *(WORKSHOP | {"title": f"Titre {number}"} for number in range(30)))
    before = files.raw("sessions")
    files.remove("sessions", *(one.id for one in added if one.line % 5))
    assert write_times(files, "sessions", files.undo) == [2, 2, 2]
    assert files.raw("sessions") == before


def test_edits_of_one_row_in_one_action_are_undone_the_last_first(files: Files) -> None:
    files.put("sessions", UTF8)

    def write(action: Action) -> None:
        for number in (11, 12):
            action.edit("sessions", "w-20241001-aaaa", {"participants": str(number)}, "counted again")
            action.edit("sessions", "w-20241002-bbbb", {"participants": str(number)}, "counted again")

    files.do(write)
    assert [one.ids for one in files.undo()] == [
        ("w-20241002-bbbb",), ("w-20241001-aaaa",), ("w-20241002-bbbb",), ("w-20241001-aaaa",)
    ]  # fmt: skip
    assert files.raw("sessions") == UTF8
    restored = [one for one in files.corrections() if one["action"] == "restored"]
    assert [(one["old"], one["new"]) for one in restored] == [("12", "11")] * 2 + [("11", "20"), ("11", "10")]


def write_support_and_session(action: Action) -> None:
    """Two files: one with a decimal comma and columns of its own order, one that is new."""
    action.add(
        "partner-support", [SUPPORT, {**SUPPORT, "hours": "0.125", "date": "2023-01-01", "note": "é; x"}]
    )
    [session] = action.add("sessions", [WORKSHOP])
    action.add("attendance", [{"session": session.id, "date": "2024-10-16", "role": "cda", "board": "EMSB"}])


@pytest.mark.parametrize(
    ("more", "is_read"),
    [
        (lambda action: None, False),
        (lambda action: action.edit("partner-support", "ps-20241001-aaaa", {"hours": "3"}, "counted"), True),
        (lambda action: action.remove("partner-support", ["ps-20241001-aaaa"], "twice"), True),
        (lambda action: action.add("people", [{"id": "p-new", "role": "cda", "board": "EMSB"}]), True),
    ],
)
def test_the_year_after_an_action_is_what_its_files_say(
    files: Files, more: Callable[[Action], Any], is_read: bool
) -> None:
    files.put("partner-support", QUEBEC)

    def write(action: Action) -> tuple[Year, Year]:
        write_support_and_session(action)
        more(action)
        after = action.year_after(action.year, LOGS)
        assert bool(after.tables) == is_read  # only where rows became others are files read again
        return after, action.year.again()

    after, read = files.do(write)
    assert rows_told(after) == rows_told(read)
    assert [row.values for row in after.data.people] == [row.values for row in read.data.people]
    assert [*after.problems] == [*read.problems] and after.problems  # a day outside the year, at least
    assert after.left_out == read.left_out


def test_rows_added_are_told_where_they_are(files: Files) -> None:
    files.put("sessions", UTF8)
    added = files.add("sessions", WORKSHOP, {**WORKSHOP, "title": "Cinq"})
    assert [(one.file, one.line) for one in added] == [
        ("data/2024-2025/sessions.csv", 5),
        ("data/2024-2025/sessions.csv", 6),
    ]
    assert (
        files.raw("sessions")
        == UTF8
        + (
            f"{added[0].id},1.1,2024-10-16,Quatre,full-day,\n{added[1].id},1.1,2024-10-16,Cinq,full-day,\n"
        ).encode()
    )


def test_many_rows_at_once_without_a_way_back(files: Files) -> None:
    written = store.add_rows(files.year, "sessions", [WORKSHOP] * 50, random.Random(1))
    assert len({one.id for one in written}) == 50
    assert [one.line for one in written] == list(range(2, 52))
    assert undo_log.last_action(undo_log.read_steps(files.root)) == []


def test_a_row_goes_into_a_file_of_quebec_as_its_other_rows_are(files: Files) -> None:
    files.put("partner-support", QUEBEC)
    [written] = files.add("partner-support", SUPPORT)
    assert files.raw("partner-support") == QUEBEC + (
        f";2,5;{written.id};2024-10-05;p-me;HA;Réunion\r\n".encode("cp1252")
    )


def test_an_edit_changes_the_bytes_of_its_row_alone(files: Files) -> None:
    files.put("partner-support", QUEBEC)
    files.edit("partner-support", "ps-20241001-aaaa", hours="2.25", note="")
    assert files.raw("partner-support") == QUEBEC.replace("Été;1,5;".encode("cp1252"), b";2,25;")
    assert files.corrections() == [
        {
            "action": "edited",
            "row": "ps-20241001-aaaa",
            "column": column,
            "why": "counted again",
            "who": "p-me",
        }
        | change
        for column, change in (("hours", {"old": "1,5", "new": "2,25"}), ("note", {"old": "Été"}))
    ]


def test_an_edit_that_changes_nothing_writes_nothing(files: Files) -> None:
    files.put("sessions", UTF8)
    files.edit("sessions", "w-20241001-aaaa", participants="10")
    assert files.raw("sessions") == UTF8
    assert files.corrections() == []


def test_a_removed_line_is_kept_whole(files: Files) -> None:
    files.put("partner-support", QUEBEC)
    files.remove("partner-support", "ps-20241002-bbbb")
    assert files.raw("partner-support") == QUEBEC[: QUEBEC.index(b'"a;b"')]
    [note] = files.corrections()
    assert note["old"] == '"a;b";0,25;ps-20241002-bbbb;2024-10-02;p-me;HA;"deux ""mots"""'


@pytest.mark.parametrize(
    ("log", "raw", "row"), [("sessions", UTF8, WORKSHOP), ("partner-support", QUEBEC, SUPPORT)]
)
def test_each_undo_gives_the_bytes_of_before(files: Files, log: str, raw: bytes, row: dict[str, str]) -> None:
    files.put(log, raw)
    first = "w-20241001-aaaa" if log == "sessions" else "ps-20241001-aaaa"
    second = first.replace("01-aaaa", "02-bbbb")
    states = [files.raw(log)]
    changes: list[Callable[[], object]] = [
        lambda: files.add(log, row),
        lambda: files.edit(log, first, date="2024-10-09"),
        lambda: files.remove(log, second),
        lambda: files.remove(log, first),
    ]
    for change in changes:
        change()
        states.append(files.raw(log))
    for before in reversed(states[:-1]):
        files.undo()
        assert files.raw(log) == before
    assert undo_log.last_action(undo_log.read_steps(files.root)) == []


def test_undo_of_the_first_row_leaves_no_file(files: Files) -> None:
    files.add("sessions", WORKSHOP)
    files.undo()
    assert files.raw("sessions") is None
    assert [note["action"] for note in files.corrections()] == ["removed"]


def test_undo_leaves_a_line_end_missing_that_was_missing(files: Files) -> None:
    files.put("sessions", UTF8[:-1])
    files.add("sessions", WORKSHOP)
    files.undo()
    assert files.raw("sessions") == UTF8[:-1]


def test_undo_leaves_rows_that_others_added_after(files: Files) -> None:
    [mine] = files.add("sessions", WORKSHOP)
    before = files.raw("sessions") or b""
    theirs = before.splitlines(keepends=True)[1].replace(mine.id.encode(), b"w-20241016-zzzz")
    files.put("sessions", before + theirs)
    files.undo()
    assert files.raw("sessions") == before.splitlines(keepends=True)[0] + theirs


def test_undo_of_a_removal_finds_its_neighbour_again(files: Files) -> None:
    files.put("sessions", UTF8)
    files.remove("sessions", "w-20241002-bbbb")
    now = files.raw("sessions") or b""
    new = b"w-20240930-zzzz,1.1,2024-09-30,Avant,full-day,5\n"
    files.put("sessions", now.replace(b"w-20241001", new + b"w-20241001"))
    files.undo()
    assert [line[:10] for line in (files.raw("sessions") or b"").splitlines()[1:]] == [
        b"w-20240930", b"w-20241001", b"w-20241002", b"w-20241003",
    ]  # fmt: skip


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("empty", [b"", b",,,,,\n", b"\n,,,,,\n"])
def test_a_restored_last_row_is_not_glued_to_what_came_after(files: Files, empty: bytes, end: bytes) -> None:
    *above, last = UTF8.splitlines(keepends=True)
    before = b"".join(above) + empty + last.rstrip() + end
    theirs = last.replace(b"w-20241003-cccc", b"w-20241004-dddd")
    files.put("sessions", before)
    files.remove("sessions", "w-20241003-cccc")
    files.put("sessions", (files.raw("sessions") or b"") + theirs)
    files.undo()
    assert files.raw("sessions") == before.rstrip() + b"\n" + theirs


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("empty", [b"", b",,,,,\n", b"\n,,,,,\n"])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_restored_row_stands_where_it_stood_among_empty_lines(
    files: Files, number: int, empty: bytes, end: bytes
) -> None:
    lines = UTF8.splitlines(keepends=True)
    before = b"".join([*lines[:number], empty, *lines[number:]]).rstrip() + end
    files.put("sessions", before)
    files.remove("sessions", lines[number][:15].decode())
    files.undo()
    assert files.raw("sessions") == before


@pytest.mark.parametrize("change", ["remove", "edit"])
def test_the_only_accent_of_a_cp1252_file_comes_back_as_it_was(files: Files, change: str) -> None:
    files.put("sessions", CP1252)
    if change == "remove":
        files.remove("sessions", "w-20241001-aaaa")
    else:
        files.edit("sessions", "w-20241001-aaaa", title="Ete")
    assert (files.raw("sessions") or b"").isascii()
    files.undo()
    assert files.raw("sessions") == CP1252


def test_undo_refuses_a_row_that_was_changed_since(files: Files) -> None:
    [mine] = files.add("sessions", WORKSHOP)
    changed = (files.raw("sessions") or b"").replace(b"Quatre", b"Cinq")
    files.put("sessions", changed)
    with pytest.raises(PrtError, match=f"{mine.id} was changed since: title"):
        files.undo()
    assert files.raw("sessions") == changed
    assert undo_log.last_action(undo_log.read_steps(files.root), "p-me") != []


def test_a_spreadsheet_that_writes_a_decimal_comma_has_changed_nothing(files: Files) -> None:
    files.add("partner-support", SUPPORT)
    files.put("partner-support", (files.raw("partner-support") or b"").replace(b",2.5,", b',"2,5",'))
    files.undo()
    assert files.raw("partner-support") is None


def test_undo_of_an_edit_whose_file_was_put_back_takes_nothing_back(files: Files) -> None:
    files.put("sessions", UTF8)
    files.edit("sessions", "w-20241001-aaaa", participants="11")
    files.put("sessions", UTF8)
    files.undo()
    assert files.raw("sessions") == UTF8


def power_cut(*_arguments: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("change", ["edit", "remove"])
def test_what_is_cut_off_in_the_middle_leaves_no_trace(
    files: Files, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    files.put("sessions", UTF8)
    monkeypatch.setattr(store, "change_rows", power_cut)
    with pytest.raises(KeyboardInterrupt):
        if change == "edit":
            files.edit("sessions", "w-20241001-aaaa", participants="11")
        else:
            files.remove("sessions", "w-20241001-aaaa")
    assert files.raw("sessions") == UTF8
    assert files.raw("corrections") is None
    assert undo_log.read_steps(files.root) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.edit("sessions", "w-20241001-aaaa", title="snow ☃"),
        lambda files: files.add("sessions", {**WORKSHOP, "title": "snow ☃"}),
        lambda files: files.edit("sessions", "w-20241001-aaaa", title="<<<<<<< ours"),
    ],
)
def test_what_is_refused_leaves_no_trace(files: Files, change: Callable[[Files], object]) -> None:
    files.put("sessions", CP1252)
    files.edit("sessions", "w-20241001-aaaa", participants="11")
    before = (files.raw("sessions"), files.raw("corrections"), undo_log.read_steps(files.root))
    with pytest.raises(PrtError):
        change(files)
    assert (files.raw("sessions"), files.raw("corrections"), undo_log.read_steps(files.root)) == before


@pytest.mark.parametrize("change", ["edit", "remove"])
def test_a_file_open_in_excel_leaves_no_trace(
    files: Files, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    files.put("sessions", UTF8)
    monkeypatch.setattr(store, "change_rows", in_excel)
    with pytest.raises(PrtError):
        if change == "edit":
            files.edit("sessions", "w-20241001-aaaa", participants="11")
        else:
            files.remove("sessions", "w-20241001-aaaa")
    assert files.raw("corrections") is None
    assert undo_log.read_steps(files.root) == []


def in_excel(*_arguments: object) -> None:
    raise PrtError(Mistake("open_elsewhere"))


def test_a_doubled_id_is_refused(files: Files) -> None:
    doubled = UTF8 + UTF8.splitlines(keepends=True)[1]
    files.put("sessions", doubled)
    with pytest.raises(PrtError, match="w-20241001-aaaa is the id of lines 2, 5"):
        files.edit("sessions", "w-20241001-aaaa", participants="11")
    assert files.raw("sessions") == doubled


def test_an_id_that_is_taken_is_not_given_again(files: Files) -> None:
    taken = random.Random(7)
    [first] = store.add_rows(files.year, "sessions", [WORKSHOP], taken)
    [second] = store.add_rows(files.year, "sessions", [WORKSHOP], random.Random(7))
    assert first.id != second.id


def test_rows_without_an_id_get_one_and_nothing_else_changes(files: Files) -> None:
    bare = UTF8.replace(b"w-20241002-bbbb", b"")
    files.put("sessions", bare)
    assert fill_ids(files.year, NOW, random.Random(1)) == [("data/2024-2025/sessions.csv", 1)]
    filled = files.raw("sessions") or b""
    number = filled.splitlines()[2].split(b",")[0]
    assert number.startswith(b"w-20241002-")
    assert filled.replace(number, b"") == bare


def test_a_file_without_the_column_id_gets_it(files: Files) -> None:
    files.put("updates", b"date,description\n2024-10-01,News\n")
    fill_ids(files.year, NOW, random.Random(1))
    assert (files.raw("updates") or b"").startswith(b"date,description,id\n2024-10-01,News,u-20241001-")


def test_what_undo_keeps_has_no_value_in_it(files: Files) -> None:
    files.add("sessions", {**WORKSHOP, "title": "Souper chez Marie"})
    text = (files.root / ".prt" / "undo.jsonl").read_text()
    assert "Marie" not in text
    assert json.loads(text)["log"] == "sessions"


DAMAGED = [b'{"action": "u-1", "st', b'{"action":"u"}', b"\xff\xfe\x00", b"[" * 100_000, b'{"step": []}']


@pytest.mark.parametrize("line", DAMAGED)
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_no_older_action_is_taken_back_for_one_whose_note_is_damaged(
    files: Files, line: bytes, end: bytes
) -> None:
    files.add("sessions", WORKSHOP)
    note = undo_log.undo_path(files.root)
    note.write_bytes(note.read_bytes() + line + end)
    before = files.raw("sessions")
    with pytest.raises(PrtError, match=r"undo\.jsonl:2: this note is cut or damaged"):
        files.undo()
    assert files.raw("sessions") == before
    files.add("sessions", WORKSHOP)
    files.undo()
    assert files.raw("sessions") == before
    with pytest.raises(PrtError, match="this note is cut or damaged"):
        files.undo()


PARTS = ("year", "log", "rows", "corrections", "before", "ends", "header")
WRONG_PARTS = product(PARTS, [None, 5, [5], "other", [["a"]], []])


@pytest.mark.parametrize(("name", "value"), some(WRONG_PARTS, 13))
def test_a_note_with_a_wrong_part_is_refused(files: Files, name: str, value: object) -> None:
    files.put("sessions", UTF8)
    files.remove("sessions", "w-20241002-bbbb")
    removed, path = files.raw("sessions"), undo_log.undo_path(files.root)
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}) + "\n")
    if (name, value) != ("year", "other"):  # the command looks for the plan of that year
        with pytest.raises(PrtError):
            files.undo()
        assert files.raw("sessions") == removed


MARKS: list[object] = [None, 5, [], {"id": 5}, {"id": []}, {"id": ["00000000", "00000000"]}]


@pytest.mark.parametrize("marks", MARKS)
def test_a_note_of_added_rows_with_wrong_marks_is_refused(files: Files, marks: object) -> None:
    files.add("sessions", WORKSHOP)
    added, path = files.raw("sessions"), undo_log.undo_path(files.root)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"marks": marks}) + "\n")
    with pytest.raises(PrtError):
        files.undo()
    assert files.raw("sessions") == added


def test_a_note_of_an_earlier_version_which_has_the_marks_row_by_row_is_taken_back(files: Files) -> None:
    files.put("sessions", UTF8)
    files.add("sessions", WORKSHOP, {**WORKSHOP, "title": "Two"})
    path = undo_log.undo_path(files.root)
    [step] = undo_log.read_steps(files.root)
    assert (
        "marks" not in step
        and [sorted(marks) for _, marks in step["rows"]] == [sorted([*WORKSHOP, "id"])] * 2
    )
    path.write_text(json.dumps(step) + "\n")
    assert undo_log.read_steps(files.root) == [step]
    files.undo()
    assert files.raw("sessions") == UTF8


def test_a_row_is_written_where_its_way_back_cannot_be_noted(
    files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    undo_log.undo_path(files.root).mkdir(parents=True)
    assert len(files.add("sessions", WORKSHOP)) == 1
    assert "prt undo cannot take this back: .prt/undo.jsonl cannot be written" in capsys.readouterr().err
    with pytest.raises(PrtError, match="cannot be read"):
        files.undo()


def test_no_older_action_is_taken_back_after_a_note_that_could_not_be_written(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.add("sessions", WORKSHOP)
    with monkeypatch.context() as full:
        full.setattr(undo_log, "add_line", disk_full)
        files.add("sessions", WORKSHOP)
    before = files.raw("sessions")
    assert undo_log.last_action(undo_log.read_steps(files.root), "p-me") == []
    assert files.raw("sessions") == before


def disk_full(*_arguments: object) -> None:
    raise OSError(28, "No space left on device")


def add_as(files: Files, who: str, title: str) -> None:
    with store.start_action(files.year, who, NOW, files.draw) as action:
        action.add("sessions", [{**WORKSHOP, "title": title}])


def test_each_person_takes_back_what_is_theirs(files: Files) -> None:
    add_as(files, "p-ann", "Un")
    add_as(files, "p-bob", "Deux")
    with store.start_action(files.year, "p-ann", NOW, files.draw) as action:
        undo_action(action, undo_log.last_action(undo_log.read_steps(files.root), "p-ann"))
    assert b",Un," not in (files.raw("sessions") or b"")
    assert b",Deux," in (files.raw("sessions") or b"")


@pytest.mark.parametrize("who", ["p-ann", ""])
def test_what_another_did_is_not_taken_back(files: Files, who: str) -> None:
    add_as(files, "p-bob", "Deux")
    with pytest.raises(PrtError, match="p-bob"):
        undo_log.last_action(undo_log.read_steps(files.root), who)


def test_what_nobody_put_a_name_to_anyone_takes_back(files: Files) -> None:
    add_as(files, "", "Un")
    files.undo()
    assert files.raw("sessions") is None


CHANGE = {"private": False, "file": "data/x.csv", "before": "", "after": "", "mode": 0o666, "added_at": -1}
CHANGE |= {"folder": False}
PENDING = {"command": "prt import", "when": "2025-02-14 12:00", "copies": "x", "changes": [CHANGE]}


def pending(**wrong: object) -> bytes:
    """A journal of one change, a part of which is wrong."""
    own = {name: value for name, value in wrong.items() if name in PENDING}
    change = CHANGE | {name: value for name, value in wrong.items() if name not in PENDING}
    return json.dumps(PENDING | {"changes": [change]} | own).encode()


@pytest.mark.parametrize(
    "wrong",
    [
        b"garbage",
        b"[" * 100_000,
        b"[5]",
        json.dumps(PENDING | {"changes": [5]}).encode(),
        json.dumps({"changes": []}).encode(),
        pending(mode="x"),
        pending(mode=0o7777),
        *(
            pending(file=name)
            for name in ("../x.csv", "/x.csv", "data/../../x.csv", "", "C:/x.csv", "data\\x.csv")
        ),
        pending(file="../x.csv", private=True),
        pending(file=".git/hooks/x"),
        pending(file=".prt/lock"),
        pending(file=".prt/merged"),
        pending(file=".prt/merged/.x.csv"),
        pending(file=".prt/merged/../x.csv"),
        pending(file="data/2024-2025/.x/period-1", folder=True),
        pending(file="plan/submitted/../x", folder=True),
        pending(file="submitted/x", folder=True),
        pending(copies="../../data"),
        pending(copies=5),
        pending(more=5),
    ],
)
def test_a_journal_writes_and_deletes_nothing_elsewhere(files: Files, wrong: bytes) -> None:
    kept = files.root / "data" / "kept.csv"
    kept.write_bytes(UTF8)
    digest = hashlib.sha256(UTF8).hexdigest()
    (files.root / ".prt").mkdir()
    (files.root / ".prt" / "pending.json").write_bytes(
        wrong.replace(b'"after": ""', f'"after": "{digest}"'.encode())
    )
    with pytest.raises(PrtError, match=r"Move \.prt/pending.json away"):
        files.add("sessions", WORKSHOP)
    assert kept.read_bytes() == UTF8
    assert not (files.root.parent / "x.csv").exists()
    assert not (files.root / ".git").exists()


def test_a_folder_in_the_place_of_the_journal_is_said(files: Files) -> None:
    (files.root / ".prt" / "pending.json").mkdir(parents=True)
    with pytest.raises(PrtError, match="cannot be read"):
        files.add("sessions", WORKSHOP)


def started(root: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = surroundings(PRT_PROJECT=str(root), PRT_TODAY=TODAY)
    return subprocess.Popen(
        [sys.executable, "-m", "prt", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


UPDATE = ("log", "update", "--date", "2025-02-10", "--description")


@pytest.mark.parametrize("moment", some([1, 0, 3], 1))
@only_in_ci
def test_killed_while_it_writes_what_was_acknowledged_is_there(files: Files, moment: int) -> None:
    """Killed `moment` thousandths after it has noted what it is about to write."""
    store.add_rows(files.year, "updates", [{"date": "2025-02-01", "description": "Old"}], random.Random(1))
    running = started(files.root, *UPDATE, "New")
    noted = undo_log.undo_path(files.root)
    while running.poll() is None and not (noted.exists() and noted.stat().st_size):
        time.sleep(0.001)
    time.sleep(moment / 1000)
    running.kill()
    acknowledged = b"Saved" in running.communicate(timeout=60)[0]
    found = [row["description"] for row in files.year.data.logs["updates"]]
    assert found in (["Old"], ["Old", "New"])
    assert not acknowledged or "New" in found
    assert files.year.problems == []
    with store.start_action(files.year, "p-me", NOW, files.draw):
        pass  # whoever comes next takes back the note of a row that was not written
    assert len(undo_log.read_steps(files.root)) == len(found) - 1
    if "New" in found:
        files.undo()
    assert [row["description"] for row in files.year.data.logs["updates"]] == ["Old"]
