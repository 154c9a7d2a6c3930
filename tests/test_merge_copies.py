"""`prt merge`: conflict copies, folders and whole projects, by row; what both sides changed is asked."""

from __future__ import annotations

import csv
import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from prt.files.project import Project, Year
from prt.files.store import journal
from prt.files.strangers import stranger_problems
from tests.answers import Answers, sit_down
from tests.conftest import only_in_ci, some
from tests.project import WORKSHOP, Prt
from tests.test_people_held import ATTENDANCE, JOURNALS, NAMES, SESSION, SESSIONS, STAYS, private
from tests.test_strangers import COPIES

HOURS = "log accompaniment --date 2024-10-{:02} --staff p-k7k2 --hours {} --role cda --board EMSB --objective skills --anyway"


@pytest.fixture
def team(prt: Prt, kept: Path) -> Prt:
    """A workshop and two rows of hours."""
    prt.once(kept, lambda: enter(prt))
    prt.me("p-k7k2")
    return prt


def enter(prt: Prt) -> None:
    prt.shorten_plan("1.1", "3a", "4.reports")
    prt.people("p-k7k2,prt-staff,,,,,,")
    for typed in (WORKSHOP, HOURS.format(3, 2), HOURS.format(4, 3)):
        prt(typed)


class Laptop:
    """Another copy of the project, in which somebody else works."""

    def __init__(self, prt: Prt, name: str = "other") -> None:
        self.prt, self.root = prt, prt.root.parent / name
        shutil.copytree(prt.root, self.root)

    def __call__(self, typed: str, code: int = 0) -> str:
        found = self.attempt(typed)
        assert found == code, f"exit {found}\n{self.prt.out}{self.prt.err}"
        return self.prt.out

    def attempt(self, typed: str) -> int:
        with self.prt.monkeypatch.context() as patch:
            patch.setenv("PRT_PROJECT", str(self.root))
            return self.prt.attempt(typed)

    def path(self, log: str) -> Path:
        return self.root / "data" / "2024-2025" / f"{log}.csv"


def rows_of(root: Path, log: str = "accompaniment") -> Counter[str]:
    """The rows of a log, in no order."""
    path = root / "data" / "2024-2025" / f"{log}.csv"
    return Counter(path.read_text(encoding="utf-8-sig").splitlines()[1:]) if path.exists() else Counter()


def ids(prt: Prt, log: str = "accompaniment") -> list[str]:
    return [line.split(",")[0] for line in prt.lines(log)]


class TestTwoProjects:
    @pytest.mark.parametrize("where", ["in one of them", "between them"])
    def test_ids_that_differ_in_capitals_alone_are_not_told_apart(self, team: Prt, where: str) -> None:
        first, other = ids(team)[0], Laptop(team)
        text = other.path("accompaniment").read_text(encoding="utf-8-sig")
        again = text.replace(first, first.upper())
        more = "".join(again.splitlines(keepends=True)[1:2]) if where == "in one of them" else ""
        other.path("accompaniment").write_text(text + more if more else again, encoding="utf-8")
        before = rows_of(team.root)
        team(f"merge {other.root} --yes", code=1)
        assert rows_of(team.root) == before
        said = (
            "is the id of several rows"
            if more
            else f"{first} and {first.upper()} of the other version differ"
        )
        assert said in team.err + team.out

    def test_what_both_did_is_in_both_afterwards(self, team: Prt) -> None:
        first, second = ids(team)
        other = Laptop(team)
        team(f"edit {first} --hours 5 --why more")
        team(HOURS.format(5, 1))
        other(f"edit {first} --note there --why forgotten")
        other(f"remove {second} --why twice")
        other(HOURS.format(6, 4))
        team(f"merge {other.root} --yes")
        assert "data/2024-2025/accompaniment.csv ← " in team.out
        assert "1 new, 1 changed, 1 removed" in team.out
        other(f"merge {team.root} --yes")
        assert rows_of(team.root) == rows_of(other.root)
        assert rows_of(team.root, "corrections") == rows_of(other.root, "corrections")
        found = team.path("accompaniment").read_text(encoding="utf-8-sig")
        assert f"{first},2024-10-03,p-k7k2,5," in found and ",there," in found and second not in found
        assert len(ids(team)) == 3
        team("check")
        other("check")

    def test_it_says_what_it_would_do_and_does_nothing(self, team: Prt) -> None:
        other = Laptop(team)
        other(HOURS.format(6, 4))
        before = rows_of(team.root)
        team(f"merge {other.root} --dry-run")
        assert "1 new" in team.out
        team(f"merge {other.root}", code=2)
        assert "--yes" in team.err
        assert rows_of(team.root) == before

    def test_a_conflict_is_shown_and_nothing_is_written(self, team: Prt) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        team(f"edit {first} --hours 5 --why more")
        other(f"edit {first} --hours 7 --why less")
        other(HOURS.format(6, 4))
        before = rows_of(team.root)
        team(f"merge {other.root} --yes", code=1)
        assert f"{first} hours:" in team.out
        assert 'ours    5   (edited 2025-02-14 by p-k7k2: "more")' in team.out
        assert 'theirs  7   (edited 2025-02-14 by p-k7k2: "less")' in team.out
        assert f"--take {first}.hours=theirs" in team.err
        assert rows_of(team.root) == before

    @pytest.mark.parametrize(
        ("take", "hours", "why"),
        [
            ("ours", "5", "merged, theirs was 7"),
            ("theirs", "7", "merged, ours was 5"),
            ("{}=theirs", "7", "merged, ours was 5"),
            ("theirs,{}.hours=ours", "5", "merged, theirs was 7"),
        ],
    )
    @only_in_ci
    def test_what_is_not_taken_is_kept(self, team: Prt, take: str, hours: str, why: str) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        team(f"edit {first} --hours 5 --why more")
        other(f"edit {first} --hours 7 --why less")
        team(f"merge {other.root} --yes --take {take.format(first)}")
        assert f"{first},2024-10-03,p-k7k2,{hours}," in team.path("accompaniment").read_text(encoding="utf-8")
        assert why in team.lines("corrections")[-1]
        other(f"merge {team.root} --yes")
        assert rows_of(team.root) == rows_of(other.root)
        team("check")
        other("check")

    @pytest.mark.parametrize("edited_here", [True, False])
    @pytest.mark.parametrize("take", ["ours", "theirs"])
    @only_in_ci
    def test_edited_on_one_side_and_removed_on_the_other(
        self, team: Prt, take: str, edited_here: bool
    ) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        edit, remove = f"edit {first} --hours 5 --why more", f"remove {first} --why twice"
        team(edit if edited_here else remove)
        other(remove if edited_here else edit)
        team(f"merge {other.root} --yes", code=1)
        assert f"  {first}:" in team.out and "removed" in team.out
        team(f"merge {other.root} --yes --take {take}")
        assert (first in ids(team)) == ((take == "ours") == edited_here)
        other(f"merge {team.root} --yes")
        assert rows_of(team.root) == rows_of(other.root)
        team("check")
        other("check")

    def test_on_a_terminal_each_cell_is_asked(self, team: Prt) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        team(f"edit {first} --hours 5 --note here --why more")
        other(f"edit {first} --hours 7 --note there --why less")
        answers = Answers(["theirs", "what", "o", "y"])
        team.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        team.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: answers)
        team(f"merge {other.root}")
        assert f"  {first} hours:" in answers.told
        [row] = [line for line in team.lines("accompaniment") if line.startswith(first)]
        assert ",7," in row and ",here," in row

    def test_undo_takes_back_what_was_done_here_and_no_merge(self, team: Prt) -> None:
        other = Laptop(team)
        team(HOURS.format(5, 1))
        mine = ids(team)[-1]
        other(HOURS.format(6, 4))
        team(f"merge {other.root} --yes")
        team("undo")
        assert mine not in ids(team) and len(ids(team)) == 3
        other(f"merge {team.root} --yes")
        assert rows_of(team.root) == rows_of(other.root)
        team("undo")

    def test_people_with_two_roles_and_another_first_day(self, team: Prt) -> None:
        team.people("p-k7k2,prt-staff,,,,,,", "p-zoe2,cda,EMSB,,,,,", "p-zoe2,principal,RSB,,,,,")
        other = Laptop(team)
        text = (other.root / "data" / "people.csv").read_text(encoding="utf-8")
        (other.root / "data" / "people.csv").write_text(text + "p-new2,cda,RSB,,,,,\n", encoding="utf-8")
        team(f"merge {other.root} --yes")
        people = (team.root / "data" / "people.csv").read_text(encoding="utf-8").splitlines()
        assert len(people) == 5 and people[-1] == "p-new2,cda,RSB,,,,,"

    @pytest.mark.parametrize("seed", some(range(2), 1))
    @only_in_ci
    def test_a_month_of_two_copies(self, team: Prt, seed: int) -> None:
        """Log, edit, remove, undo on both, merged every other day in both directions: both are equal, nothing is
        lost, nothing comes back. What is right is computed apart, from the hours before and after each day."""
        choose, left = random.Random(seed), Laptop(team, "left")
        right, before = Laptop(team, "right"), hours_by_id(team.root)
        for day in some(range(1, 31, 2), 3):
            for laptop in (left, right):
                for _ in range(choose.randint(1, 3)):
                    do_something(laptop, choose, day)
            take = choose.choice(["ours", "theirs"])
            right_now = combined(before, hours_by_id(left.root), hours_by_id(right.root), take)
            left(f"merge {right.root} --yes --take {take}")
            right(f"merge {left.root} --yes")
            assert hours_by_id(left.root) == hours_by_id(right.root) == right_now, f"day {day}"
            assert rows_of(left.root, "corrections") == rows_of(right.root, "corrections"), f"day {day}"
            before = right_now
        left("check")
        right("check")


def hours_by_id(root: Path) -> dict[str, str]:
    rows = (row.split(",") for row in rows_of(root))
    return {row[0]: row[3] for row in rows}


def combined(
    before: dict[str, str], ours: dict[str, str], theirs: dict[str, str], take: str
) -> dict[str, str]:
    """What both sides come to: a change of one side holds, where both changed the one that is taken."""
    found = {}
    for row in {**ours, **theirs}:
        was, here, there = before.get(row), ours.get(row), theirs.get(row)
        taken = here if take == "ours" else there
        value = there if here == was else here if there in (was, here) else taken
        if value is not None:
            found[row] = value
    return found


def do_something(laptop: Laptop, choose: random.Random, day: int) -> None:
    """One thing that people do; what they undo may have been changed by the other since, and is refused."""
    known = sorted(hours_by_id(laptop.root))
    what = choose.choice(["log", "log", "edit", "edit", "edit", "remove", "undo"])
    hours = choose.randint(1, 80) / 4
    if what == "log" or len(known) < 3:
        laptop(HOURS.format(day % 28 + 1, hours))
    elif what == "undo":
        laptop.attempt("undo")
    elif what == "remove":
        laptop(f"remove {choose.choice(known)} --why mistaken")
    else:
        laptop.attempt(f"edit {choose.choice(known)} --hours {hours} --why corrected")


def opened(prt: Prt) -> Year:
    project = Project(prt.root, prt.root / "data" / "private")
    return project.load(project.plan_path("2024-2025"))


def copy_as(prt: Prt, table: str, name: str, laptop: Laptop) -> Path:
    """What a program for shared folders leaves of the file of another laptop."""
    path = prt.path(table).with_name(name)
    if path.suffix == ".xlsx":
        save_workbook(laptop.path(table), path)
    else:
        shutil.copy(laptop.path(table), path)
    return path


def save_workbook(table: Path, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Sheet", 0)
    for line in csv.reader(table.read_text(encoding="utf-8-sig").splitlines()):
        sheet.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell or None for cell in line])
    book.save(path)


class TestSharedFolder:
    """Two laptops without git: the program for the shared folder leaves copies under other names."""

    def test_copies_of_every_name_are_merged_by_one_command(self, team: Prt) -> None:
        names = [name.format("accompaniment") for name in some(COPIES, 3)]
        logged = []
        for number, name in enumerate(names, 5):
            other = Laptop(team, f"laptop-{number}")
            other(HOURS.format(number, number / 4))
            logged.append(
                other.path("accompaniment").read_text(encoding="utf-8-sig").splitlines()[-1].split(",")[0]
            )
            copy_as(team, "accompaniment", name, other)
        found = "\n".join(str(one) for one in stranger_problems(opened(team)))
        assert all(f"data/2024-2025/{name}: " in found for name in names)
        team("merge --yes")
        assert all(f"← data/2024-2025/{name}" in team.out for name in names)
        assert set(logged) < set(ids(team)) and len(ids(team)) == 2 + len(names)
        kept = team.root / ".prt" / "merged" / "data" / "2024-2025"
        assert {path.name for path in kept.iterdir()} == set(names)
        assert team("check") == "No problems in the files.\n"
        assert team("merge") == "There is no copy to merge here.\n"

    @pytest.mark.parametrize("name", some(COPIES, 5))
    def test_corrections_that_were_copied_with_a_log_say_what_was_done_there(
        self, team: Prt, name: str
    ) -> None:
        first, second = ids(team)
        other = Laptop(team)
        other(f"edit {first} --hours 7 --why less")
        other(f"remove {second} --why twice")
        team(f"edit {first} --note here --why forgotten")
        copy_as(team, "accompaniment", name.format("accompaniment"), other)
        copy_as(team, "corrections", name.format("corrections"), other)
        team("merge --yes")
        assert ids(team) == [first]
        [row] = team.lines("accompaniment")
        assert ",here," in row and (",7," in row or ",7.0," in row)
        team("check")

    def test_times_in_the_names_do_not_part_what_was_copied_together(self, team: Prt) -> None:
        first, second = ids(team)
        other = Laptop(team)
        other(f"edit {first} --hours 7 --why less")
        team(f"edit {second} --hours 8 --why less")
        copy_as(team, "accompaniment", "accompaniment (conflicted copy 2024-11-03 101010).csv", other)
        copy_as(team, "corrections", "corrections (conflicted copy 2024-11-03 101012).csv", other)
        team("merge --yes")
        assert [row.split(",")[3] for row in team.lines("accompaniment")] == ["7", "8"]

    def test_without_their_corrections_more_is_asked_and_nothing_is_guessed(self, team: Prt) -> None:
        first, second = ids(team)
        other = Laptop(team)
        other(f"edit {first} --hours 7 --why less")
        team(f"edit {first} --hours 8 --why more")
        team(f"remove {second} --why twice")
        copy = copy_as(team, "accompaniment", "accompaniment-PC.csv", other)
        team("merge --yes", code=1)
        assert f"{first} hours:" in team.out and copy.exists()
        team("merge --yes --take theirs")
        assert [row.split(",")[:4] for row in team.lines("accompaniment")] == [
            [first, "2024-10-03", "p-k7k2", "7"]
        ]
        assert not copy.exists()

    def test_an_old_copy_of_a_cell_is_said_and_the_edit_holds(self, team: Prt) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        team(f"edit {first} --hours 8 --why more")
        copy_as(team, "accompaniment", "accompaniment-PC.csv", other)
        team("merge --yes")
        assert f"as before in one copy; the edit holds: {first} hours" in team.out
        assert [row.split(",")[3] for row in team.lines("accompaniment")] == ["8", "3"]

    def test_one_file_at_a_time(self, team: Prt) -> None:
        other = Laptop(team)
        other(HOURS.format(9, 1))
        copy_as(team, "accompaniment", "accompaniment (1).csv", other)
        copy_as(team, "sessions", "sessions (1).csv", other)
        team('merge "data/2024-2025/accompaniment (2).csv" --yes', code=2)
        team('merge "data/2024-2025/accompaniment (1).csv" --yes')
        assert len(ids(team)) == 3
        assert team.path("sessions").with_name("sessions (1).csv").exists()

    def test_a_copy_of_the_folder_of_a_year(self, team: Prt) -> None:
        other = Laptop(team)
        other(HOURS.format(9, 1))
        shutil.copytree(other.root / "data" / "2024-2025", team.root / "data" / "2024-2025 (1)")
        team("merge --yes")
        assert len(ids(team)) == 3
        assert not (team.root / "data" / "2024-2025 (1)").exists()
        assert team("check") == "No problems in the files.\n"

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            (b'"torn', "accompaniment (1).csv:4: this line was cut"),
            (b"a-20241003-zzzz,2024-10-03\na-20241003-zzzz,2024-10-03\n", "accompaniment (1).csv"),
            (b"\x00\x01\x02\n", "accompaniment (1).csv:4"),
        ],
    )
    def test_a_copy_that_cannot_be_read_is_left_and_the_others_are_merged(
        self, team: Prt, damage: bytes, said: str
    ) -> None:
        other = Laptop(team)
        other(HOURS.format(9, 1))
        other("log tool --kind tool --audience cda --date 2024-10-16 --title One")
        copy = copy_as(team, "accompaniment", "accompaniment (1).csv", other)
        copy.write_bytes(copy.read_bytes() + damage)
        copy_as(team, "tools", "tools (1).csv", other)
        team("merge --yes", code=1)
        assert "left as it is" in team.out and "accompaniment (1).csv" in team.err
        assert copy.exists() and len(ids(team)) == 2 and len(ids(team, "tools")) == 1

    def test_corrections_of_a_log_that_was_left_come_with_it_later(self, team: Prt) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        other(f"edit {first} --hours 7 --why less")
        copy = copy_as(team, "accompaniment", "accompaniment (1).csv", other)
        copy_as(team, "corrections", "corrections (1).csv", other)
        whole = copy.read_bytes()
        copy.write_bytes(whole + b'"torn')
        team("merge --yes", code=1)
        assert not team.path("corrections").exists() or not team.lines("corrections")
        assert team.path("corrections").with_name("corrections (1).csv").exists()
        copy.write_bytes(whole)
        team("merge --yes")
        assert [row.split(",")[3] for row in team.lines("accompaniment")] == ["7", "3"]

    @pytest.mark.parametrize(
        ("change", "wanted"),
        [
            (lambda text: text.replace("\n", "\r\n"), ["2", "3"]),
            (lambda text: "\ufeff" + text.replace(",", ";").replace(";2;", ";2,0;"), ["2", "3"]),
            (lambda text: "\n".join([text.splitlines()[0], *text.splitlines()[:0:-1], ""]), ["2", "3"]),
        ],
    )
    def test_line_ends_delimiters_and_order_are_no_news(
        self, team: Prt, change: Callable[[str], str], wanted: list[str]
    ) -> None:
        path = team.path("accompaniment")
        before, text = path.read_bytes(), path.read_text(encoding="utf-8-sig")
        path.with_name("accompaniment (1).csv").write_bytes(change(text).encode())
        team("merge --yes")
        assert "nothing new" in team.out
        assert path.read_bytes() == before
        assert [row.split(",")[3] for row in team.lines("accompaniment")] == wanted

    def test_a_letter_that_our_encoding_lacks_makes_the_file_utf8(self, team: Prt) -> None:
        path = team.path("accompaniment")
        text = path.read_text(encoding="utf-8-sig")
        path.write_bytes(text.replace(",skills,", ",skills,").encode("cp1252"))
        first, *rows = text.splitlines()
        at = first.split(",").index("note")
        cells = rows[0].replace("a-20241003", "a-20241013").split(",")
        cells[at] = "Łódź é"
        path.write_bytes("\n".join([first, *rows, ""]).replace("EMSB", "EMSB").encode("cp1252"))
        own = path.read_text(encoding="cp1252").splitlines()
        own[1] = ",".join([*own[1].split(",")[:at], "café", *own[1].split(",")[at + 1 :]])
        path.write_bytes("\n".join([*own, ""]).encode("cp1252"))
        path.with_name("accompaniment (1).csv").write_text(
            "\n".join([first, ",".join(cells), ""]), encoding="utf-8"
        )
        team("merge --yes")
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert "café" in path.read_text(encoding="utf-8-sig") and "Łódź é" in path.read_text(
            encoding="utf-8-sig"
        )

    def test_notes_and_plans_are_never_written_into(self, team: Prt) -> None:
        notes = team.root / "data" / "2024-2025" / "notes"
        notes.mkdir()
        (notes / "period-1.fr.md").write_text("# Un\n", encoding="utf-8")
        copy = notes / "period-1.fr (1).md"
        copy.write_text("# Deux\n", encoding="utf-8")
        plan = team.root / "plan" / "2024-2025.yaml"
        other = plan.with_name("2024-2025-LAPTOP.yaml")
        other.write_text(plan.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        team("merge --yes", code=1)
        assert 'prt plan diff "plan/2024-2025.yaml" "plan/2024-2025-LAPTOP.yaml"' in team.err
        assert copy.exists() and other.exists()
        team("merge --yes --take ours")
        assert not copy.exists() and not other.exists()
        assert (notes / "period-1.fr.md").read_text(encoding="utf-8") == "# Un\n"
        assert team("check") == "No problems in the files.\n"

    def test_names_stay_private_and_other_spellings_are_united(self, team: Prt) -> None:
        private = team.root / "data" / "private"
        private.mkdir(mode=0o700)
        header = "id,name,email,other_names\n"
        (private / "names.csv").write_text(header + "p-k7k2,Zoé Test,,Z. Test\n", encoding="utf-8")
        copy = private / "names-LAPTOP.csv"
        copy.write_text(header + "p-k7k2,Zoé Test,,Zoe T.; Z. Test\np-new2,Kim New,,\n", encoding="utf-8")
        for path in private.iterdir():
            path.chmod(0o600)
        team("merge --yes")
        text = (private / "names.csv").read_text(encoding="utf-8")
        assert "p-k7k2,Zoé Test,,Z. Test; Zoe T." in text and "p-new2,Kim New,," in text
        assert (private / ".prt" / "merged" / "names-LAPTOP.csv").exists() and not copy.exists()
        assert "Kim" not in team.out


class TestWhatIsSaid:
    """What a merge says is what it does."""

    def test_a_text_of_which_ours_is_taken_is_said_to_be_put_away(self, team: Prt) -> None:
        plan = team.root / "plan" / "2024-2025.yaml"
        copy = plan.with_name("2024-2025 (1).yaml")
        copy.write_text(plan.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        team('merge "plan/2024-2025 (1).yaml" --take ours --yes')
        assert "  1 taken from ours; the copy is put away" in team.out and "nothing new" not in team.out
        assert "Nothing was taken over." in team.out and "Merged." not in team.out
        assert "is kept in .prt/merged" in team.err

    @pytest.mark.parametrize("take", ["ours", "theirs"])
    def test_which_side_of_a_cell_was_taken_is_said(self, team: Prt, take: str) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        team(f"edit {first} --hours 5 --why more")
        other(f"edit {first} --hours 7 --why less")
        team(f"merge {other.root} --yes --take {take}")
        changed = "" if take == "ours" else "1 changed, "
        assert f"accompaniment.csv\n  {changed}1 taken from {take}\n" in team.out
        assert "kept in .prt/merged" not in team.err and "prt undo does not take back a merge." in team.err

    def test_a_cell_that_nobody_noted_differs_and_was_not_changed_by_both(self, team: Prt) -> None:
        second = ids(team)[1]
        other = Laptop(team)
        path = other.path("accompaniment")
        path.write_text(
            path.read_text(encoding="utf-8").replace(",p-k7k2,2,", ",p-k7k2,9,"), encoding="utf-8"
        )
        team(f"merge {other.root} --yes", code=1)
        assert "  1 differ\n" in team.out and "changed on both sides" not in team.out
        assert "1 thing differs, and no correction says that both sides changed it." in team.err
        team(f"edit {second} --hours 5 --why more")
        other(f"edit {second} --hours 7 --why less")
        team(f"merge {other.root} --yes", code=1)
        assert "Both sides changed 1 thing. 1 thing differs, and no correction" in team.err

    def test_of_a_row_that_was_removed_there_the_cells_edited_here_are_shown(self, team: Prt) -> None:
        first, _ = ids(team)
        other = Laptop(team)
        team(f"edit {first} --hours 5 --why more")
        other(f"remove {first} --why twice")
        team(f"merge {other.root} --yes", code=1)
        assert '            hours 2 → 5   (edited 2025-02-14 by p-k7k2: "more")' in team.out
        assert 'theirs  removed   (removed 2025-02-14 by p-k7k2: "twice")' in team.out
        assert "Both sides changed 1 thing." in team.err

    def test_a_figure_that_moved_by_less_than_is_shown_is_not_said_to_move(self, team: Prt) -> None:
        other = Laptop(team)
        big = WORKSHOP.replace(
            "--participants 24 --respondents 18 --positive 16",
            "--participants {0} --respondents {0} --positive {1}",
        )
        other(big.format(9000, 8001).replace("10-16", "10-17"))
        team(big.format(9000, 8000).replace("10-16", "10-18"))
        team(f"merge {other.root} --yes")
        assert (
            "88.9% → 88.9%" not in team.out and "Merged." in team.out and "1.1.workshops  2 → 3" in team.out
        )


def test_a_merge_that_was_cut_off_is_completed_by_the_next_command(team: Prt) -> None:
    """Copies of a Mac may have a colon in their names."""
    other = Laptop(team)
    other(HOURS.format(9, 1))
    name = "accompaniment (copie en conflit 2024-11-03 10:10).csv"
    copy = copy_as(team, "accompaniment", name if os.name == "posix" else name.replace(":", "."), other)
    with team.monkeypatch.context() as broken:
        broken.setattr(journal, "put", crash)
        team("merge --yes", code=130)
    assert copy.exists() and len(ids(team)) == 2
    team("list accompaniment")
    assert "prt merge, begun 2025-02-14" in team.err and "it is complete now" in team.err
    assert not copy.exists() and len(ids(team)) == 3
    assert (team.root / ".prt" / "merged" / "data" / "2024-2025" / copy.name).exists()


def crash(*_: object) -> None:
    raise KeyboardInterrupt


class TestErased:
    """B3: somebody who was erased does not come back with a copy."""

    @pytest.fixture
    def named(self, team: Prt) -> Prt:
        (team.root / "data" / "private").mkdir(mode=0o700)
        team("people add --role cda --board EMSB --name 'Nadia Example'")
        team(HOURS.format(8, 1).replace("--role cda --board EMSB", f"--person {self.person(team)}"))
        return team

    def person(self, team: Prt) -> str:
        names = team.root / "data" / "private" / "names.csv"
        return names.read_text(encoding="utf-8-sig").splitlines()[1].split(",")[0]

    def test_a_copy_from_before_an_erasure_is_refused_until_it_is_done_there(self, named: Prt) -> None:
        person, other = self.person(named), Laptop(named)
        other(HOURS.format(9, 1).replace("--role cda --board EMSB", f"--person {person}"))
        named(f"people erase {person} --yes")
        named(f"merge {other.root} --yes", code=1)
        assert f"names {person}, who was erased here" in named.err
        text = "".join(path.read_text(encoding="utf-8-sig") for path in named.root.rglob("*.csv"))
        assert person not in text and "Nadia" not in text
        other(f"people erase {person} --yes")
        named(f"merge {other.root} --yes")
        assert len(ids(named)) == 4
        assert len((named.root / "data" / "people.csv").read_text(encoding="utf-8-sig").splitlines()) == 3
        text = "".join(path.read_text(encoding="utf-8-sig") for path in named.root.rglob("*.csv"))
        assert person not in text and "Nadia" not in text

    @only_in_ci
    def test_who_was_erased_in_the_copy_is_erased_here_first(self, named: Prt) -> None:
        person, other = self.person(named), Laptop(named)
        other(f"people erase {person} --yes")
        named(f"merge {other.root} --yes", code=1)
        assert f"names {person}, who was erased in the copy" in named.err
        named(f"people erase {person} --yes")
        named(f"merge {other.root} --yes")
        assert rows_of(named.root) == rows_of(other.root)

    @only_in_ci
    def test_somebody_who_stood_in_the_names_alone_does_not_come_back(self, named: Prt) -> None:
        names = named.root / "data" / "private" / "names.csv"
        names.write_text(names.read_text(encoding="utf-8-sig") + "p-only,Only Named,,\n", encoding="utf-8")
        names.chmod(0o600)
        other = Laptop(named)
        named("people erase p-only --yes")
        named(f"merge {other.root} --yes", code=1)
        assert "names p-only, who was erased here" in named.err
        assert "Only" not in names.read_text(encoding="utf-8-sig")
        other("people erase p-only --yes")
        named(f"merge {other.root} --yes")
        assert "Only" not in names.read_text(encoding="utf-8-sig")

    @only_in_ci
    def test_a_conflict_copy_that_came_after_an_erasure_is_erased_here(self, named: Prt) -> None:
        person, path = self.person(named), named.path("accompaniment")
        before = path.read_bytes()
        named(f"people erase {person} --yes")
        path.with_name("accompaniment (1).csv").write_bytes(before)
        named("merge --yes", code=1)
        assert f"names {person}, who was erased here" in named.err
        named(f"people erase {person} --yes")
        named("merge --yes")
        assert person not in path.read_text(encoding="utf-8-sig") and len(ids(named)) == 3

    def test_names_that_were_purged_do_not_come_back(self, named: Prt) -> None:
        other = Laptop(named)
        purges = named.root / "data" / "private" / "purges.csv"
        purges.write_text(
            "id,when,who,file,rows,until\npu-1,2025-02-14,,names.csv,1,2025-01-01\n", encoding="utf-8"
        )
        names = named.root / "data" / "private" / "names.csv"
        names.write_text("id,name,email,other_names\n", encoding="utf-8")
        named(f"merge {other.root} --yes", code=1)
        assert "made before they were destroyed" in named.err
        assert "Nadia" not in names.read_text(encoding="utf-8")

    @only_in_ci
    def test_a_copy_that_was_put_away_is_erased_too(self, named: Prt) -> None:
        person = self.person(named)
        path = named.path("accompaniment")
        shutil.copy(path, path.with_name("accompaniment (1).csv"))
        names = named.root / "data" / "private" / "names.csv"
        shutil.copy(names, names.with_name("names (1).csv"))
        named("merge --yes")
        assert ".prt/merged/data/2024-2025/accompaniment (1).csv" in named(f"people show {person}")
        named(f"people erase {person} --yes")
        kept = [path for path in named.root.rglob("*") if path.is_file() and "merged" in path.parts]
        assert not any(person in path.read_text(encoding="utf-8-sig") for path in kept)
        assert not any("Nadia" in path.read_text(encoding="utf-8-sig") for path in kept)


ABOUT_ANNE = {
    "attendance": ATTENDANCE + f"at-20241016-aaa3,{SESSION},2024-10-16,,cda,EMSB,\n",
    "journals": JOURNALS,
    "corrections": "id,when,who,file,row,action,column,old,new,why\n"
    "k-1,2025-01-10T10:00:00,p-kimo,data/2024-2025/journals.csv,j-9,removed,,"
    '"j-9,2,p-anne,2024-11-20",,twice\n',
    "imported": "id,content\nat-20241016-aaa1,5f0d\n",
    "private/names": NAMES,
    "private/stays": STAYS + f"st-2,at-20241016-aaa2,{SESSION},2024-10-16T09:00/2024-10-16T10:00\n",
    "private/unmatched": f"id,session,name,email\nat-20241016-aaa3,{SESSION},Anne Roy-Côté,\n",
    "private/comments": f"id,session,response,question,comment\nco-1,{SESSION},1,Why?,Anne Roy-Côté was kind\n",
    "private/incidents": "id,recorded,known_on,happened,data,circumstances\n"
    "in-1,2025-01-02,2025-01-01,one day,a list,a list with p-anne was sent\n",
    "private/backups": "id,when,who,file,names\nbk-1,2025-01-02,p-anne,prt.zip,yes\n",
    "private/corrections": "id,when,who,file,row,action,column,old,new,why\n"
    "k-2,2025-01-10T10:00:00,p-kimo,data/private/names.csv,p-anne,edited,name,Anne Roy,Anne Roy-Côté,full\n",
}
"""A file of each kind that may have something about a person, with something about p-anne in it."""


class TestErasedInEveryFile:
    """Nothing of somebody who was erased comes back with a copy, whatever file it stands in."""

    @pytest.fixture
    def held(self, prt: Prt, kept: Path) -> Prt:
        prt.once(kept.with_name(f"{kept.name}-anne"), lambda: self.enter(prt))
        return prt

    def enter(self, prt: Prt) -> None:
        prt.people("p-anne,cda,EMSB,,,,,", "p-kimo,cda,RSB,,,,,")
        prt.write("sessions", SESSIONS)
        for name, text in ABOUT_ANNE.items():
            if name.startswith("private/"):
                private(prt, name.removeprefix("private/"), text)
            else:
                prt.write(name, text)

    def path(self, root: Path, name: str) -> Path:
        inside = name if "/" in name or name == "people" else f"2024-2025/{name}"
        return root / "data" / f"{inside}.csv"

    def about(self, root: Path) -> list[str]:
        """The lines of all tables that tell of her; a put away copy too."""
        return [
            f"{path.relative_to(root)}: {line}"
            for path in sorted(root.rglob("*.csv"))
            for line in path.read_text(encoding="utf-8-sig").splitlines()
            if any(word in line for word in ("p-anne", "Anne", "st-1", "j-9,2,p-anne"))
        ]

    @only_in_ci
    def test_a_project_from_before_is_refused_file_by_file(self, held: Prt) -> None:
        other = Laptop(held)
        held("people erase p-anne --yes")
        assert self.about(held.root) == []
        held(f"merge {other.root} --yes", code=1)
        assert self.about(held.root) == []
        for name in ABOUT_ANNE.keys() - {"imported"}:
            shown = self.path(other.root, name)
            assert f"{shown}: names p-anne, who was erased here" in held.err, name
        other("people erase p-anne --yes")
        held(f"merge {other.root} --yes --take ours")
        assert self.about(held.root) == []

    @pytest.mark.parametrize("name", some(["people", *ABOUT_ANNE], 4))
    def test_one_file_from_before_is_refused(self, held: Prt, name: str) -> None:
        """A copy of the names came with it, as with all that a program for shared folders leaves."""
        before = {one: self.path(held.root, one).read_bytes() for one in ("private/names", name)}
        held("people erase p-anne --yes")
        for one, data in before.items():
            path = self.path(held.root, one)
            path.with_name(f"{path.stem}-LAPTOP.csv").write_bytes(data)
        erased = self.path(held.root, name).read_bytes()
        held("merge --yes --take theirs", code=1)
        assert self.path(held.root, name).read_bytes() == erased
        held("people erase p-anne --yes")
        held("merge --yes --take ours")
        assert self.about(held.root) == []

    @only_in_ci
    def test_private_rows_alone_are_known_by_the_token_of_their_presence(self, held: Prt) -> None:
        stays = self.path(held.root, "private/stays")
        before = stays.read_bytes()
        held("people erase p-anne --yes")
        stays.with_name("stays-LAPTOP.csv").write_bytes(before)
        held("merge --yes", code=1)
        [token] = {word for word in held.err.replace(",", " ").split() if word.startswith("erased-")}
        assert f"names {token}, who was erased here" in held.err
        assert self.about(stays.parent) == [f"stays-LAPTOP.csv: {STAYS.splitlines()[1]}"]
        held(f"people erase {token} --yes")
        held("merge --yes")
        assert self.about(held.root) == [] and "st-2" in stays.read_text(encoding="utf-8")

    def test_a_presence_that_was_never_matched_is_known_by_the_register(self, held: Prt) -> None:
        """Its row of attendance has nobody's id, and after the erasure no file has the name."""
        unmatched = self.path(held.root, "private/unmatched")
        before = unmatched.read_bytes()
        held("people erase p-anne --yes")
        unmatched.with_name("unmatched-LAPTOP.csv").write_bytes(before)
        held("merge --yes", code=1)
        [token] = {word for word in held.err.replace(",", " ").split() if word.startswith("erased-")}
        assert "Anne" not in unmatched.read_text(encoding="utf-8")
        held(f"people erase {token} --yes")
        held("merge --yes")
        assert self.about(held.root) == []

    @only_in_ci
    def test_what_an_earlier_merge_brought_back_is_erased_again(self, held: Prt) -> None:
        stays = self.path(held.root, "private/stays")
        before = stays.read_bytes()
        held("people erase p-anne --yes")
        stays.write_bytes(before)
        held("people erase p-anne --yes")
        assert self.about(held.root) == [] and "st-2" in stays.read_text(encoding="utf-8")

    @only_in_ci
    def test_who_was_erased_in_the_copy_is_named_in_each_file_here(self, held: Prt) -> None:
        other = Laptop(held)
        other("people erase p-anne --yes")
        before = {name: self.path(held.root, name).read_bytes() for name in ABOUT_ANNE}
        held(f"merge {other.root} --yes --take theirs", code=1)
        for name, data in before.items():
            path = self.path(held.root, name)
            assert path.read_bytes() == data, name
            if name != "imported":
                assert f"{path.relative_to(held.root)}: names p-anne, who was erased in the copy" in held.err
        held("people erase p-anne --yes")
        held(f"merge {other.root} --yes --take ours")
        assert self.about(held.root) == []

    @only_in_ci
    def test_a_submission_and_a_text_from_before_are_refused_too(self, held: Prt) -> None:
        other = Laptop(held)
        other("submit --period 1 --anyway errors,actions,no-data")
        notes = other.root / "data" / "2024-2025" / "notes"
        notes.mkdir(exist_ok=True)
        (notes / "period-1.en.md").write_text("Anne Roy-Côté spoke.\n", encoding="utf-8")
        held("people erase p-anne --yes")
        held(f"merge {other.root} --yes", code=1)
        assert not (held.root / "data" / "2024-2025" / "submitted" / "period-1").exists()
        assert not (held.root / "data" / "2024-2025" / "notes" / "period-1.en.md").exists()

    @only_in_ci
    def test_a_copy_of_stays_that_was_put_away_is_destroyed(self, held: Prt) -> None:
        stays = self.path(held.root, "private/stays")
        stays.with_name("stays-LAPTOP.csv").write_bytes(stays.read_bytes())
        held("merge --yes")
        held("people erase p-anne --yes")
        assert self.about(held.root) == []


def test_what_is_read_in_no_folder_is_taken_over_from_none(team: Prt) -> None:
    """Plans that somebody put aside, copies of templates, and what programs leave beside them."""
    other = Laptop(team)
    for name in ("plan/old/2023-2024.yaml", "plan/2023-2024.yaml"):
        (other.root / name).parent.mkdir(exist_ok=True)
        shutil.copy(other.root / "plan" / "2024-2025.yaml", other.root / name)
    names = ("report.md.j2", "report.md-LAPTOP.j2", "~$report.docx", "Thumbs.db", "parts/intro.j2")
    for name in names:
        (other.root / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (other.root / "templates" / name).touch()
    team(f"merge {other.root} --yes")
    taken = [path for name in ("plan", "templates") for path in sorted((team.root / name).rglob("*"))]
    assert [path.name for path in taken if path.is_file()] == [
        *("2023-2024.yaml", "2024-2025.yaml"),
        *("intro.j2", "report.md.j2"),
    ]


class TestSubmitted:
    @only_in_ci
    def test_a_report_that_was_sent_is_copied_whole_or_it_is_asked(self, team: Prt) -> None:
        other = Laptop(team)
        other("submit --period 1 --anyway errors,actions,no-data")
        team(f"merge {other.root} --yes")
        team("submissions")
        assert "no:" not in team.out and "yes" in team.out
        assert rows_of(team.root, "deliverables") == rows_of(other.root, "deliverables")
        team(f"merge {other.root} --yes")
        sent = other.root / "data" / "2024-2025" / "submitted" / "period-1"
        manifest = sent / "manifest.json"
        manifest.write_text(
            manifest.read_text(encoding="utf-8").replace('"data/people.csv": "', '"data/people.csv": "0'),
            encoding="utf-8",
        )
        team(f"merge {other.root} --yes", code=1)
        assert "two submissions are called period-1" in team.err

    def test_one_that_does_not_verify_stays_where_it_is(self, team: Prt) -> None:
        other = Laptop(team)
        other("submit --period 1 --anyway errors,actions,no-data")
        frozen = other.root / "data" / "2024-2025" / "submitted" / "period-1" / "data" / "people.csv"
        frozen.write_text(frozen.read_text(encoding="utf-8") + "p-x,cda,EMSB,,,,,\n", encoding="utf-8")
        team(f"merge {other.root} --yes", code=1)
        assert not (team.root / "data" / "2024-2025" / "submitted" / "period-1").exists()


@pytest.mark.skipif(not shutil.which("git"), reason="git is not here")
class TestClones:
    """Two clones: git knows the version from which both began, corrections.csv what was done since."""

    @pytest.fixture
    def other(self, team: Prt) -> Laptop:
        git(team.root, "init", "-q", "-b", "main")
        self.commit(team.root)
        laptop = Laptop(team)
        for root in (team.root, laptop.root):
            self.commit(root)  # the head of each is unknown to the other
        return laptop

    def commit(self, root: Path) -> None:
        git(root, "add", "-A")
        who = ("-c", f"user.name={root.name}", "-c", "user.email=a@example.org")
        git(root, *who, "commit", "-q", "--allow-empty", "-m", root.name)

    @pytest.mark.parametrize("here", [True, False])
    @only_in_ci
    def test_what_one_side_typed_over_is_taken_unasked(self, team: Prt, other: Laptop, here: bool) -> None:
        """In a spreadsheet: a row is gone, a cell is another, and no correction says so."""
        first, second = ids(team)
        root = team.root if here else other.root
        path = root / other.path("accompaniment").relative_to(other.root)
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
        assert lines[2].startswith(second)
        lines[1] = lines[1].replace("p-k7k2,2,", "p-k7k2,9,")
        path.write_text("".join(lines[:2]), encoding="utf-8")
        if here:
            self.commit(root)
        team(f"merge {other.root} --yes")
        found = team.path("accompaniment").read_text(encoding="utf-8-sig")
        assert ids(team) == [first] and "p-k7k2,9," in found

    def test_what_both_changed_is_asked(self, team: Prt, other: Laptop) -> None:
        for path, hours in ((team.path("accompaniment"), "8"), (other.path("accompaniment"), "9")):
            text = path.read_text(encoding="utf-8-sig")
            path.write_text(text.replace("p-k7k2,2,", f"p-k7k2,{hours},"), encoding="utf-8")
        team(f"merge {other.root} --yes", code=1)
        assert "Both sides changed 1 thing." in team.err

    @only_in_ci
    def test_what_was_merged_since_without_git_counts(self, team: Prt, other: Laptop) -> None:
        """The text of the common commit is not the older one where somebody went back to it."""
        first, _ = ids(team)
        team(f"edit {first} --hours 5 --why more")
        other(f"merge {team.root} --yes")
        team(f"edit {first} --hours 2 --why 'as it was'")
        team(HOURS.format(7, 1))
        other(f"merge {team.root} --yes")
        team(f"remove {ids(team)[-1]} --why twice")
        team(f"merge {other.root} --yes")
        assert rows_of(team.root) < rows_of(other.root)
        assert "p-k7k2,2," in team.path("accompaniment").read_text(encoding="utf-8-sig")

    @pytest.mark.parametrize(("ours", "theirs", "taken"), [("", "# t\n", "# t\n"), ("# o\n", "", "# o\n")])
    def test_a_plan_that_one_side_changed(
        self, team: Prt, other: Laptop, ours: str, theirs: str, taken: str
    ) -> None:
        plan = Path("plan") / "2024-2025.yaml"
        before = (team.root / plan).read_text(encoding="utf-8")
        for root, more in ((team.root, ours), (other.root, theirs)):
            (root / plan).write_text(before + more, encoding="utf-8")
        team(f"merge {other.root} --yes")
        assert (team.root / plan).read_text(encoding="utf-8") == before + taken

    @only_in_ci
    def test_a_folder_in_our_own_repository_has_no_history_of_its_own(self, team: Prt, other: Laptop) -> None:
        copy = team.root / "copy"
        shutil.copytree(other.root, copy, ignore=shutil.ignore_patterns(".git"))
        path = copy / other.path("accompaniment").relative_to(other.root)
        path.write_text(
            path.read_text(encoding="utf-8-sig").replace("p-k7k2,2,", "p-k7k2,9,"), encoding="utf-8"
        )
        team(f"merge {copy} --yes", code=1)
        assert "no correction says" in team.err


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def test_it_speaks_french(team: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    other, (first, _) = Laptop(team), ids(team)
    team(f"edit {first} --hours 5 --why more")
    other(f"edit {first} --hours 7 --why less")
    other(HOURS.format(6, 4))
    monkeypatch.setenv("PRT_LANG", "fr")
    team(f"merge {other.root} --yes", code=1)
    assert "nouveau\u00a0: 1, modifié des deux côtés\u00a0: 1" in team.out
    assert "theirs  7   (modifié le 2025-02-14 par p-k7k2\u00a0: «\u00a0less\u00a0»)" in team.out
    assert "Les deux côtés ont modifié 1 chose. Rien n’a été enregistré." in team.err
    team(f"merge {other.root} --yes --take theirs")
    assert "Fusionné." in team.out and "prt undo n’annule pas une fusion." in team.err


class TestOffer:
    """Two rows that only a copy has, met by whoever sits at a terminal."""

    @pytest.fixture
    def copied(self, team: Prt) -> Prt:
        other = Laptop(team)
        other(HOURS.format(5, 2))
        other(HOURS.format(6, 4))
        path = team.path("accompaniment")
        copy = path.with_name("accompaniment-LAPTOP-7Q2.csv")
        shutil.copy(other.root / path.relative_to(team.root), copy)
        return team

    def type_at_terminal(self, team: Prt, typed: str, *answers: str) -> Answers:
        with team.monkeypatch.context() as patch:
            person = sit_down(patch, *answers)
            patch.setattr("sys.stdout.isatty", lambda: True)
            team(typed)
        assert next(person.answers, None) is None, person.screen
        return person

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("en", ["A copy of accompaniment.csv has 2 rows that the file lacks.", "Take them in? [Y/n] > "]),
            (
                "fr",
                [
                    "Une copie du fichier accompaniment.csv a 2 entrées qui n’y sont pas.",
                    "Les intégrer? [O/n] > ",
                ],
            ),
        ],
    )
    def test_the_first_command_offers_what_a_copy_has(
        self, copied: Prt, language: str, told: list[str]
    ) -> None:
        copied.monkeypatch.setenv("PRT_LANG", language)
        person = self.type_at_terminal(copied, "status", "")
        assert person.said == told
        assert len(ids(copied)) == 4 and "11" in copied.out
        assert self.type_at_terminal(copied, "status").said == []

    def test_who_leaves_it_out_is_not_asked_again_but_told(self, copied: Prt) -> None:
        self.type_at_terminal(copied, "list accompaniment", "n")
        person = self.type_at_terminal(copied, "status")
        assert person.said == [] and "1 copy of a file is not read" in copied.err
        copied("status")
        assert len(ids(copied)) == 2

    @pytest.mark.parametrize("typed", ["check", "log --help", "merge --dry-run", "--version"])
    def test_other_commands_do_not_ask(self, copied: Prt, typed: str) -> None:
        with copied.monkeypatch.context() as patch:
            person = sit_down(patch)
            patch.setattr("sys.stdout.isatty", lambda: True)
            copied.attempt(typed)
        assert person.said == []

    @only_in_ci
    def test_what_both_changed_is_asked_then(self, copied: Prt) -> None:
        first, _ = ids(copied)
        copied(f"edit {first} --hours 5 --why more")
        copy = copied.path("accompaniment").with_name("accompaniment-LAPTOP-7Q2.csv")
        copy.write_text(
            copy.read_text("utf-8").replace(f"{first},2024-10-03,p-k7k2,2,", f"{first},2024-10-03,p-k7k2,7,")
        )
        person = self.type_at_terminal(copied, "", "", "ours")
        assert person.said[0].startswith("A copy of accompaniment.csv differs: 2 new, "), person.screen
        assert len(ids(copied)) == 4
