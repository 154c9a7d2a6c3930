"""`prt check` looks at the folder and at pairs: copies nobody reads, rows back, edits undone, doubles, mojibake."""

from __future__ import annotations

import os
import re
import subprocess
from codecs import BOM_UTF8
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from prt.console.dialogue.talk import Talk
from prt.figures.doubles import find_doubles
from prt.files.project import Project, original_of
from prt.model.cells import Known
from prt.model.records import LOGS
from prt.model.rows import cells_of
from prt.tasks.entry.log_rows import complete_entry
from prt.tasks.entry.save_row import ask_whether_double
from tests.answers import Answers
from tests.conftest import only_in_ci
from tests.project import WORKSHOP, Prt
from tests.support import rows

REQUEST = "log request --date 2024-10-02 --role cda --board EMSB --objective skills"
HOURS = (
    "log accompaniment --date 2024-10-03 --staff p-k7k2 --hours {} --role cda --board EMSB --objective skills"
)
COPIES = (
    "{}-LAPTOP-7Q2.csv",
    "{}-PC-DE-MARIE.csv",
    "{}-DESKTOP-AB12-2.csv",
    "{} (Marie's conflicted copy 2024-11-03).csv",
    "{} (conflicted copy 2024-11-03 101010).csv",
    "{} (Copie en conflit de Marie 2024-11-03).csv",
    "{} (copie en conflit de PC de Marie).csv",
    "{} (conflit de casse).csv",
    "{} (1).csv",
    "{} 2.csv",
    "{} copy.csv",
    "{} copie 2.csv",
    "{} - Copy.csv",
    "{} - Copie (2).csv",
    "Copy of {}.csv",
    "Copie de {}.csv",
    "{}.sync-conflict-20241103-101010-ABCDEFG.csv",
    "{}_old.csv",
    "{}.csv.bak",
    "{}.xlsx",
)
"""How OneDrive, Dropbox, iCloud, Explorer, the Finder and people call a copy, in English and in French."""


@pytest.fixture
def held(prt: Prt, kept: Path) -> Prt:
    """One workshop, one request, and two hours."""
    prt.once(kept, lambda: enter(prt))
    prt.me("p-k7k2")
    return prt


def enter(prt: Prt) -> None:
    prt.people("p-k7k2,prt-staff,,,,,,")
    for typed in (WORKSHOP, REQUEST, HOURS.format(2)):
        prt(typed)


def found(prt: Prt, code: int = 0) -> str:
    return prt("check", code).replace("\n    ", " ")


class TestFilesNobodyReads:
    @pytest.mark.parametrize("name", COPIES)
    @pytest.mark.parametrize("stem", ["sessions", "partner-support", "partnerships"])
    def test_a_copy_is_known_by_its_name(self, name: str, stem: str) -> None:
        known = [f"{log}.csv" for log in LOGS]
        assert original_of(name.format(stem), known) == f"{stem}.csv"

    def test_of_names_that_are_read_alike_no_order_of_a_set_decides(self) -> None:
        known = ["period_1.md", "period 1.md"]
        assert {original_of("period 1 (1).md", some) for some in (known, known[::-1])} == {"period 1.md"}

    @pytest.mark.parametrize("name", ["sessionsplan.csv", "photos.csv", "my sessions.csv", "period-10.fr.md"])
    def test_other_names_are_of_no_copy(self, name: str) -> None:
        assert original_of(name, ["sessions.csv", "period-1.fr.md"]) == ""

    @pytest.mark.parametrize("name", ["sessions-LAPTOP.csv", "Sessions.csv", "sessions (1).csv"])
    def test_what_only_a_copy_has_is_counted(self, held: Prt, name: str) -> None:
        path = held.path("sessions")
        copy, lines = path.with_name(name), path.read_text(encoding="utf-8").splitlines()
        more = lines[1].replace(held.last_id("sessions"), "w-20241101-aaaa")
        edited = lines[1].replace("Back to basics", "Basics")
        copy.write_text("\n".join([lines[0], edited, more, more.replace("aaaa", "bbbb")]), encoding="utf-8")
        said = "a copy of data/2024-2025/sessions.csv, which nobody reads: 2 rows that "
        assert f"data/2024-2025/{name}: {said}" in found(held, code=1)
        assert "lacks, 1 with other cells" in held.out

    def test_a_copy_without_anything_new_can_go(self, held: Prt) -> None:
        """Line ends, the order of rows and a decimal comma are nothing new."""
        path = held.path("accompaniment")
        text = path.read_text(encoding="utf-8").replace(",2,", ",2,").replace("\n", "\r\n")
        path.with_name("accompaniment-LAPTOP.csv").write_bytes(text.encode())
        assert "accompaniment-LAPTOP.csv: warning: a copy of" in found(held)
        assert "it has nothing that" in held.out and "Delete it." in held.out

    def test_a_workbook_beside_a_log_is_counted_too(self, held: Prt) -> None:
        book = openpyxl.Workbook()
        sheet = book.create_sheet("Sessions", 0)
        for row in (("id", "date", "title"), ("w-20241101-aaaa", "2024-11-01", "New")):
            sheet.append(row)
        for row in (("title", "date", "id"), ("Also new", "2024-11-02", "w-20241102-aaaa")):
            book["Sheet"].append(row)
        book.create_sheet("Words").append(("A sheet of", "something else"))
        book.save(held.path("sessions").with_suffix(".xlsx"))
        assert "sessions.xlsx: a copy of data/2024-2025/sessions.csv" in found(held, code=1)
        assert ": 2 rows that" in held.out

    def test_a_copy_that_cannot_be_read_whole_is_not_to_be_deleted(self, held: Prt) -> None:
        rows = held.path("sessions").read_text(encoding="utf-8").splitlines(keepends=True)
        for name, raw in {
            "(1)": f'{"".join(rows)}w-20241101-aaaa,1.1,2024-11-01,"Not closed\n'.encode(),
            "(2)": bytes(range(256)) * 4,
            "(3)": f"{rows[0]}<<<<<<< a\n{rows[1]}".encode(),
        }.items():
            held.path("sessions").with_name(f"sessions {name}.csv").write_bytes(raw)
        out = found(held, code=1)
        assert out.count("which nobody reads, and of which not all") == 3
        assert "Delete it" not in out
        held("merge", code=1)
        assert all(f"sessions {name}.csv:" in held.err for name in ("(1)", "(2)", "(3)"))

    def test_notes_names_and_rosters_have_copies_as_well(self, held: Prt) -> None:
        for place, text in {
            "data/people (1).csv": "id,role\np-zzzz,cda\n",
            "data/private/names-LAPTOP.csv": "id,name\np-zzzz,Nadia Example\n",
            "data/2024-2025/notes/period-1.fr (1).md": "# Notes\n",
        }.items():
            path = held.root / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        out = found(held, code=1)
        assert "data/people (1).csv: a copy of data/people.csv" in out
        assert "data/private/names-LAPTOP.csv: a copy of data/private/names.csv" in out
        assert "notes/period-1.fr (1).md: a copy of data/2024-2025/notes/period-1.fr.md" in out
        assert "Nadia" not in out

    @pytest.mark.parametrize(
        ("place", "said"),
        [
            ("data/2024-2025/Outils.csv", "nobody reads this file"),
            ("data/calendar.csv", "nobody reads this file"),
            ("plan/old.yml", "nobody reads this file"),
            ("plan/2024-2025.yml", "a copy of plan/2024-2025.yaml"),
            ("data/2024-2025/notes/minutes.md", "nobody reads this file"),
            ("data/2024-2025/~$sessions.csv", "is open in another program"),
            ("data/2024-2025/.~lock.sessions.csv#", "is open in another program"),
            ("data/2024-2025/~$ssions.csv", "is open in another program"),
            ("data/2024-2025/~$nothing.xlsx", "beside one that it has open, and that one is not here"),
            ("data/2024-2025/.~lock.nothing.csv#", "beside one that it has open, and that one is not here"),
            ("data/2024-2025/.tools.csv.icloud", "tools.csv is in iCloud"),
            ("data/2024-2025-LAPTOP/sessions.csv", "nobody reads this folder"),
            ("data/2024-2025 (1)/sessions.csv", "nobody reads this folder"),
            ("data/2023-2024/sessions.csv", "nobody reads this folder: there is no plan of that name"),
            (
                "data/Copie de 2024-2025/sessions.csv",
                "nobody reads this folder: there is no plan of that name",
            ),
        ],
    )
    def test_what_is_not_read_is_named(self, held: Prt, place: str, said: str) -> None:
        path = held.root / place
        path.parent.mkdir(exist_ok=True)
        path.write_text("what\n", encoding="utf-8")
        held("check --strict", code=1)
        shown = place.partition("/sessions")[0] if "/sessions.csv" in place else place
        assert any(line.startswith(f"{shown}: ") and said in line for line in held.out.splitlines())

    @pytest.mark.parametrize(
        ("place", "said"),
        [
            ("plan/old/2024-2025.yaml", "plan/old: warning: nobody reads this folder, and it has 2024-2025.yaml"),
            ("data/2024-2025/old/sessions.csv", "data/2024-2025/old: warning: nobody reads this folder, and it has sessions.csv"),
            ("data/old/sessions.csv", "data/old: warning: nobody reads this folder, and it has sessions.csv"),
            ("data/2024-2025/notes/old/Sessions (1).csv", "notes/old: warning: nobody reads this folder, and it has sessions.csv"),
            ("data/old/year/2023-2024-v1.yml", "data/old: warning: nobody reads this folder, and it has 2023-2024.yaml"),
            ("data/2024-2025/evidence/2/sessions.csv", "2024-2025/evidence: warning: nobody reads this folder, and it has sessions"),
        ],
    )  # fmt: skip
    def test_a_folder_that_has_our_files_is_named(self, held: Prt, place: str, said: str) -> None:
        path = held.root / place
        path.parent.mkdir(parents=True)
        path.write_bytes(held.path("sessions").read_bytes())
        assert said in found(held)

    def test_the_files_of_such_a_folder_are_named_once_and_no_person(self, held: Prt) -> None:
        (held.root / "data" / "private").mkdir()
        held("people add --role cda --board EMSB --name 'Nadia Example'")
        old = held.path("sessions").parent / "Nadia Example"
        for log in ("sessions", "requests"):
            for folder in (old, old / "again"):
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{log}-Nadia Example.csv").write_bytes(held.path(log).read_bytes())
        said = "data/2024-2025/…: warning: nobody reads this folder, and it has requests.csv and sessions.csv"
        assert said in found(held) and "Nadia" not in held.out

    @only_in_ci
    def test_a_table_of_such_a_folder_is_merged_into_the_year_around_it(self, held: Prt) -> None:
        held("plan new 2025-2026")
        path, lines = held.path("sessions"), held.path("sessions").read_bytes()
        (path.parent / "old").mkdir()
        more = lines.replace(held.last_id("sessions").encode(), b"w-20241101-aaaa")
        (path.parent / "old" / "sessions.csv").write_bytes(more)
        held.monkeypatch.chdir(held.root)
        held("merge data/2024-2025/old/sessions.csv --yes")
        assert b"w-20241101-aaaa" in path.read_bytes()

    @pytest.mark.parametrize(
        ("name", "original"),
        [
            ("report.md-LAPTOP.j2", "report.md.j2"),
            ("report.md (Copie en conflit de Marie 2024-11-03).j2", "report.md.j2"),
            ("report copie.css", "report.css"),
            ("report.md.intro (1).j2", "report.md.intro.j2"),  # which another one includes
            *(
                (name, "")
                for name in ("report.md.j2", "report.md.intro.j2", "report-outlook.j2", "report-PC.docx")
            ),
        ],
    )
    def test_a_copy_of_a_template_is_named(self, held: Prt, name: str, original: str) -> None:
        folder = held.root / "templates"
        folder.mkdir()
        for one in ("report.md.intro.j2", "report.css", name):
            (folder / one).write_text(f"/* {one} */\n", encoding="utf-8")
        (folder / "report.md.j2").write_text('{% include "report.md.intro.j2" %}\n', encoding="utf-8")
        out = found(held, code=int(bool(original)))
        said = f"templates/{name}: a copy of templates/{original}, which nobody reads, and it differs"
        assert (said in out) == bool(original) and ("a copy of" in out) == bool(original)
        held("merge --yes", code=int(bool(original)))
        held("merge --yes --take ours")
        assert (folder / name).exists() == (not original)

    def test_a_copy_called_after_a_person_is_named_without_the_name(self, held: Prt) -> None:
        (held.root / "data" / "private").mkdir()
        held("people add --role cda --board EMSB --name 'Nadia Example'")
        path = held.path("sessions").with_name("sessions (Copie en conflit de Nadia Example).csv")
        path.write_bytes(held.path("sessions").read_bytes())
        (held.root / "templates").mkdir()
        for name, text in {"report.md.j2": "one", "report.md (Nadia Example).j2": "other"}.items():
            (held.root / "templates" / name).write_text(text, encoding="utf-8")
        assert "data/2024-2025/….csv: warning: a copy of" in found(held, code=1)
        assert "templates/….j2: a copy of" in held.out and "Nadia" not in held.out

    @pytest.mark.parametrize(
        "place",
        [
            *("data/README.md", "plan/.gitkeep", "plan/signed.pdf", "data/2024-2025/evidence/a.csv"),
            *("data/2024-2025/evidence/feedback.csv", "plan/signed/scan.yaml", "plan/.old/2024-2025.yaml"),
            "data/evidence/a.csv",
        ],
    )
    def test_what_explains_or_proves_is_not(self, held: Prt, place: str) -> None:
        path = held.root / place
        path.parent.mkdir(exist_ok=True)
        path.write_text("Name,Answer,id\n", encoding="utf-8")
        assert held("check") == "No problems in the files.\n"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
    def test_a_pipe_is_not_waited_for(self, held: Prt) -> None:
        os.mkfifo(held.path("sessions").with_name("sessions (1).csv"))
        held("check")

    def test_submit_refuses_a_copy(self, held: Prt) -> None:
        path = held.path("sessions")
        path.with_name("sessions (1).csv").write_bytes(path.read_bytes())
        held("submit --period 1 --anyway actions,no-data", code=1)
        assert "1 error in the files" in held.err


class TestTwoPlans:
    """D1."""

    COMMANDS = ("status", "report", "check", REQUEST, "notes", "list requests", "submit")

    @pytest.mark.parametrize("old", ["target: 27", "nothing"])
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_stops_and_names_a_copy_with_what_puts_it_away(
        self, held: Prt, command: str, old: str
    ) -> None:
        plan = held.root / "plan" / "2024-2025.yaml"
        text = plan.read_text(encoding="utf-8").replace(old, "target: 99")
        plan.with_name("2024-2025-LAPTOP.yaml").write_text(text, encoding="utf-8")
        before = held.lines("requests")
        held(command, code=1)
        said = held.out + held.err
        assert (
            "plan/2024-2025-LAPTOP.yaml: a copy of plan/2024-2025.yaml: both are plans of 2024-2025" in said
        )
        assert 'prt merge "plan/2024-2025-LAPTOP.yaml"' in said and said.count("are plans of") == 1
        assert held.lines("requests") == before
        held('merge "plan/2024-2025-LAPTOP.yaml" --yes', code=int(text != plan.read_text(encoding="utf-8")))

    @pytest.mark.parametrize("command", COMMANDS)
    def test_two_plans_that_are_no_copies_are_named_once(self, held: Prt, command: str) -> None:
        """Case D1."""
        plan = held.root / "plan" / "2024-2025.yaml"
        plan.with_name("mine.yaml").write_bytes(plan.read_bytes())
        held(command, code=1)
        said = held.out + held.err
        assert "plan/2024-2025.yaml: is a plan of 2024-2025, and so is plan/mine.yaml" in said
        assert said.count("is a plan of 2024-2025") == 1 and "prt merge" not in said

    def test_check_names_the_copies_of_tables_too(self, held: Prt) -> None:
        plan, path = held.root / "plan" / "2024-2025.yaml", held.path("sessions")
        plan.with_name("2024-2025 (1).yaml").write_bytes(plan.read_bytes())
        path.with_name("sessions (1).csv").write_bytes(path.read_bytes())
        said = found(held, code=1)
        assert "plan/2024-2025 (1).yaml: a copy of" in said and "sessions (1).csv: warning: a copy of" in said
        held("merge --yes")
        assert found(held) == "No problems in the files.\n"

    def test_plans_of_two_years_are_two_plans(self, held: Prt) -> None:
        held("plan new 2025-2026")
        held("status")


class TestCorrections:
    """D2, D3."""

    def test_a_removed_row_that_is_back_is_named_and_counts_nowhere(self, held: Prt) -> None:
        """Case D2."""
        row, before = held.last_id("sessions"), held.path("sessions").read_bytes()
        held(f'remove {row} --why "twice"')
        without = held("status --all --format csv")
        held.path("sessions").write_bytes(before)
        assert f'{row} was removed on 14 Feb 2025 ("twice"), and stands here again' in found(held, code=1)
        assert f"prt remove {row} takes it out again" in held.out
        assert held("status --all --format csv") == without
        assert "1 row is left out of these figures" in held.err
        held.monkeypatch.setenv("PRT_LANG", "fr")
        said = found(held, code=1).replace("\xa0", " ")
        assert f"{row} a été retirée le 14 févr. 2025 (« twice »), et la voici de nouveau" in said
        held.monkeypatch.delenv("PRT_LANG")
        held(f'remove {row} --why "an old copy"')
        assert "stands here again" not in found(held)

    def test_a_row_that_undo_brought_back_was_not_removed(self, held: Prt) -> None:
        held(f"remove {held.last_id('sessions')} --why twice")
        held("undo")
        assert "stands here again" not in found(held)

    def test_an_edit_that_is_undone_is_named(self, held: Prt) -> None:
        row, before = held.last_id("accompaniment"), held.path("accompaniment").read_bytes()
        held(f'edit {row} --hours 9 --why "a day"')
        held(f'edit {row} --hours 7,5 --why "less"')
        assert "old copy" not in found(held)
        held.path("accompaniment").write_bytes(before)
        assert f'{row} was edited to 7.5 on 14 Feb 2025 ("less"), and is 2 again' in found(held)
        assert f"prt edit {row} --hours " in held.out
        held.path("accompaniment").write_bytes(before.replace(b",2,", b",7.50,"))
        assert "old copy" not in found(held)

    def test_an_edit_taken_back_by_prt_is_no_accident(self, held: Prt) -> None:
        held(f"edit {held.last_id('accompaniment')} --hours 9 --why more")
        held("undo")
        assert "old copy" not in found(held)

    @pytest.mark.parametrize(
        "damage",
        [b'"torn\n', b"<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n", b"\x00\x01garbage\n", b"a,b\n"],
    )
    def test_corrections_are_checked_as_every_other_file(self, held: Prt, damage: bytes) -> None:
        """Case D3."""
        held(f"edit {held.last_id('accompaniment')} --hours 9 --why more")
        path = held.path("corrections")
        path.write_bytes(path.read_bytes() + damage)
        held("check", code=1)
        assert any(line.startswith("data/2024-2025/corrections.csv:") for line in held.out.splitlines())


SESSIONS = "id | line | date | title | format | status | note\n"
REQUESTS = "id | date | person | role | board | objective | note\n"


class TestDoubles:
    """D7."""

    @pytest.mark.parametrize(
        ("log", "header", "one", "other", "double"),
        [
            ("sessions", SESSIONS, "1.1|2024-10-16|Back to basics|full-day|held|", "1.1|2024-10-16|back to Basic|half-day|held|", True),
            ("sessions", SESSIONS, "1.1|2024-10-16|Back to basics|full-day|held|", "1.1|2024-10-17|Back to basics|full-day|held|", False),
            ("sessions", SESSIONS, "1.1|2024-10-16|PLC group A|full-day|held|", "1.1|2024-10-16|PLC group B|full-day|held|", False),
            ("sessions", SESSIONS, "1.1|2024-10-16|A|full-day|held|", "1.1|2024-10-16|A|full-day|held|afternoon", False),
            *(
                ("sessions", SESSIONS, f"1.1|2024-10-16|{one}|full-day|held|", f"1.1|2024-10-16|{other}|full-day|held|", double)
                for one, other, double in (
                    ("Future", "Future2", False), ("Atelier", "Atelier2", False), ("Talk 1/2", "Talk 2/2", False),
                    ("Talk part 1/2", "Talk part 2/2", False), ("Talk about it, part II", "Talk about it, part III", False),
                    ("Atelier2", "atelier 2", True), ("Atelier 02", "Atelier 2", True), ("Back to basics 2", "Back to Basic 2", True),
                )
            ),
            ("requests", REQUESTS, "2024-10-02||cda|EMSB|skills|", "2024-10-02||cda|EMSB|skills|", True),
            ("requests", REQUESTS, "2024-10-02||cda|EMSB|skills|", "2024-10-02||principal|EMSB|skills|", False),
            ("surveys", "id|date|campaign|role|invited\n", "2024-10-02|year-end|cda|9", "2024-10-03|year-end|cda|8", True),
            ("journals", "id|round|person|date\n", "1|p-aaaa|2024-11-01", "1|p-aaaa|2024-11-02", True),
            ("attendance", "id|session|date|person|minutes\n", "w1|2024-10-16||60", "w1|2024-10-16||60", False),
            ("attendance", "id|session|date|person|minutes\n", "w1|2024-10-16|p-aaaa|60", "w1|2024-10-16|p-aaaa|50", True),
        ],
    )  # fmt: skip
    def test_a_log_says_which_rows_are_the_same(
        self, log: str, header: str, one: str, other: str, double: bool
    ) -> None:
        """Case D7."""
        known = Known(organisations={"emsb": "EMSB"}, lines=frozenset({"1.1"}))
        read, problems = rows(LOGS[log], f"{header}a1|{one}\na2|{other}", known)
        assert len(read) == 2, problems
        assert [(first.id, second.id) for first, second in find_doubles(read, partial(cells_of, read))] == [
            ("a1", "a2")
        ] * double

    def test_check_names_both(self, held: Prt) -> None:
        text = held.path("accompaniment").read_text(encoding="utf-8")
        row = held.last_id("accompaniment")
        again = held.lines("accompaniment")[-1].replace(row, "a-20241003-zzzz")
        held.path("accompaniment").write_text(f"{text}{again}\n", encoding="utf-8")
        assert f"a-20241003-zzzz may be the same as {row} (line 2)" in found(held)
        assert "prt remove a-20241003-zzzz" in held.out
        held("edit a-20241003-zzzz --note afternoon --why two")
        assert "may be the same" not in found(held)

    @pytest.mark.parametrize("typed", [WORKSHOP, REQUEST, HOURS.format("2h00")])
    def test_a_script_is_stopped_and_may_go_on_anyway(self, held: Prt, typed: str) -> None:
        log = {"workshop": "sessions", "request": "requests"}.get(typed.split()[1], "accompaniment")
        row, before = held.last_id(log), held.lines(log)
        held(typed, code=2)
        said = held.err.partition(f"{row} is alike: ")[2].partition("\n")[0]
        assert " Oct 2024 · " in said and "EMSB" in said and held.lines(log) == before
        assert not re.search("2024-10|half-day|cda", said)  # no code of a file
        held(f"{typed} --anyway")
        held(f"{typed} --anyway")
        assert len(held.lines(log)) == 3
        assert "may be the same" not in found(held)
        assert [line.count("2nd") + 2 * line.count("3rd") for line in held.lines(log)] == [0, 1, 2]
        held(f"{typed} --note 'in the afternoon'")

    @pytest.mark.parametrize(
        ("answers", "note"),
        [
            (["other", "afternoon"], "afternoon"),
            (["Autre", "-", "2nd"], "2nd"),
            (["drop"], None),
            (["", "d"], None),
            (["yes", "enlever"], None),
            (["o", "<", "d"], None),
            (["<", "drop"], None),
            (["<", "a", "afternoon"], "afternoon"),
        ],
    )
    def test_on_a_terminal_it_is_asked(self, held: Prt, answers: list[str], note: str | None) -> None:
        project = Project(held.root, held.root / "data" / "private")
        year = project.load(project.plan_path("2024-2025"))
        cells = {"date": "2024-10-02", "role": "cda", "board": "EMSB", "objective": "skills"}
        entry = complete_entry(LOGS["requests"], cells, year, date(2025, 2, 14), None)
        person = Answers(answers)
        asked = ask_whether_double(Talk(person), entry, year)
        assert f"Looks like {held.last_id('requests')}: Wed 2 Oct 2024 · CDA · EMSB" in person.told[0]
        assert (asked and asked.cells["note"]) == note
        assert any("This is the first question" in line for line in person.told) is (answers[0] == "<")

    def test_other_hours_of_that_day_are_others(self, held: Prt) -> None:
        held(HOURS.format(3))


class TestEncodings:
    """D10."""

    @pytest.mark.parametrize(
        ("text", "right"),
        [
            ("MontrÃ©al", "Montréal"),
            ("lâ€™idÃ©e", "l’idée"),
            ("Ã‰cole", "École"),
            ("cÅ“ur", "cœur"),
            ("5Â\xa0h", "5\xa0h"),
            ("PrŽsent", "Présent"),
            ("lÕidŽe", "l’idée"),
            ("animŽ", "animé"),
            ("ƒcole", "École"),
        ],
    )
    def test_a_garbled_text_is_named_as_it_should_be(self, held: Prt, text: str, right: str) -> None:
        """Case D10."""
        path = held.path("sessions")
        line = path.read_text(encoding="utf-8").replace("Back to basics", f"Zoom {text}")
        path.write_text(line, encoding="utf-8")
        assert f'sessions.csv:2: warning: "{text}" seems to be "{right}"' in found(held)
        assert "CSV UTF-8" in held.out

    def test_every_file_that_people_write_is_looked_at(self, held: Prt) -> None:
        notes = held.path("sessions").parent / "notes" / "period-1.en.md"
        notes.parent.mkdir(exist_ok=True)
        for path in (notes, held.root / "templates" / "x.yaml", held.root / "data" / "private" / "names.csv"):
            path.parent.mkdir(exist_ok=True, mode=0o700)
            path.write_text("id,name\np-1234,RenÃ© Sample\n", encoding="utf-8")
        said = found(held)
        assert 'notes/period-1.en.md:2: warning: "RenÃ©" seems to be "René"' in said
        assert 'templates/x.yaml:2: warning: "RenÃ©" seems to be "René"' in said
        assert "data/private/names.csv:2: warning: a name or an address has letters" in said
        assert "prt check --fix puts them right." in held.out

    @pytest.mark.parametrize(
        "text",
        ["Montréal", "À l’école «\xa0là\xa0»", "Škoda ŽELEZNY", "5 ‰", "São João ÂGE", "naïf – œuvre"],
    )
    def test_what_people_write_is_not(self, held: Prt, text: str) -> None:
        path = held.path("sessions")
        path.write_text(path.read_text(encoding="utf-8").replace("Back to basics", text), encoding="utf-8")
        assert "seems to be" not in found(held)

    def test_a_new_file_has_a_byte_order_mark_once(self, prt: Prt, tmp_path: Path) -> None:
        prt(WORKSHOP)
        prt(f"{WORKSHOP} --anyway")
        prt(f"edit {prt.last_id('sessions')} --title École --why accents")
        for log in ("sessions", "corrections"):
            raw = prt.path(log).read_bytes()
            assert raw.startswith(BOM_UTF8) and raw.count(BOM_UTF8) == 1
        prt(f"init {tmp_path / 'new'}")
        for name in ("people", "organisations"):
            assert (tmp_path / "new" / "data" / f"{name}.csv").read_bytes().startswith(BOM_UTF8)


class TestEvidence:
    @pytest.mark.parametrize(
        ("evidence", "gone"),
        [
            ("evidence/a.pdf", ""),
            ("data/2024-2025/evidence/a.pdf", ""),
            ("evidence", ""),
            ("evidence/b.pdf", "evidence/b.pdf"),
            ("evidence\\\\b.pdf", "evidence\\b.pdf"),
            ("evidence/a.pdf; b.pdf", "b.pdf"),
            ("C:/Users/x/a.pdf", "C:/Users/x/a.pdf"),
            ("https://example.org/a.pdf", ""),
            ("onedrive:team/a.pdf", ""),
            ("www.example.org/a", ""),
            ("binder 3", ""),
        ],
    )
    def test_a_path_that_is_gone_is_named(self, prt: Prt, evidence: str, gone: str) -> None:
        prt(f'{WORKSHOP} --evidence "{evidence}"')
        (prt.path("sessions").parent / "evidence").mkdir()
        (prt.path("sessions").parent / "evidence" / "a.pdf").write_bytes(b"x")
        assert "the evidence is not there" not in prt("check")
        out = prt("check --evidence")
        assert f"evidence: the evidence is not there: {gone}\n" in out if gone else "not there" not in out


def test_names_in_what_git_carries_are_named(prt: Prt) -> None:
    prt('people add --role cda --board EMSB --name "Zoé Tremblay"')
    for name, text in {
        "minutes/may.md": "Zoe Tremblay was there.",
        "minutes/ignored.md": "Zoé Tremblay again.",
        "minutes/call.txt": "514 555-0199 and x@y.example",
        "minutes/Zoé Tremblay.txt": "Zoé Tremblay, x@y.example",
        ".gitignore": "minutes/ignored.md\ndata/private\n",
    }.items():
        (prt.root / name).parent.mkdir(exist_ok=True)
        (prt.root / name).write_text(text, encoding="utf-8")
    (prt.root / "minutes" / "a.png").write_bytes(b"\0Zoe Tremblay")
    assert "minutes" not in prt("check")
    subprocess.run(["git", "init", "-q", prt.root], check=True)
    out = prt("check")
    assert "minutes/may.md:1: warning: the name of" in out and "minutes/….txt: warning:" in out
    assert out.count("minutes/") == 3 and "minutes/….txt:1:" in out and "Tremblay" not in out


@only_in_ci
def test_names_in_the_repository_around_the_project_are_named(
    prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git tracks there; what it does not is another's, and of very many texts not all are read."""
    (prt.root / "data" / "private").mkdir()
    prt('people add --role cda --board EMSB --name "Zoé Tremblay"')
    top = prt.root.parent
    for name, text in {
        "minutes/may.md": "One\nZoe Tremblay was there.",
        "minutes/Zoé Tremblay/call.txt": "x",
        "minutes/Zoé Tremblay.txt": "Zoé Tremblay",
        "picture.png": "\0Zoe Tremblay",
        "untracked.md": "Zoé Tremblay",
        ".gitignore": "private/\n.prt/\n",
    }.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")
    (top / "link.md").symlink_to(top / "minutes" / "may.md")
    assert "../" not in prt("check")
    subprocess.run(["git", "init", "-q", top], check=True)
    assert "../" not in prt("check")
    subprocess.run(["git", "add", "minutes", "picture.png", "link.md", prt.root], cwd=top, check=True)
    out = prt("check")
    assert (
        "../minutes/may.md:2: warning: the name of p-" in out
        and "../minutes/….txt: warning: this file" in out
    )
    assert "../minutes/….txt:1: warning: the name of" in out
    assert out.count("../") == 3 and "Tremblay" not in out
    monkeypatch.setattr("prt.files.privacy.walk.MOST_AROUND", 10)
    assert "may.md" not in prt("check")


# Figures are told without what a copy has


@pytest.mark.parametrize(
    "command", ["status", "report --lang en", "todo", "list sessions", "explain 1.1.workshops"]
)
def test_who_shows_figures_says_that_copies_are_not_read(held: Prt, command: str) -> None:
    held(command)
    assert "not read" not in held.err
    folder = held.path("sessions").parent
    (folder / "sessions (1).csv").write_bytes(held.path("sessions").read_bytes())
    held(command)
    assert (
        "1 copy of a file is not read: prt check says what only copies have, prt merge takes it in\n"
        in held.err
    )
    (folder.parent / "people-LAPTOP.csv").write_bytes(b"\0")  # by its name alone
    held(command)
    assert "2 copies of files are not read: prt check" in held.err
