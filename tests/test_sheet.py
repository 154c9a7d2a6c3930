"""`prt sheet` and back: what each situation of a row comes to, in both languages, in whatever program it was filled."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from prt.files.workbook.filled_book import read_book_bytes
from prt.files.workbook.given_book import FIRST_ROW, HEADING_ROW, KEEPER, LISTS, column_key
from prt.problems import PrtError
from tests.answers import sit_down
from tests.conftest import only_in_ci, some
from tests.test_import import Team

HOURS = """id,date,staff,hours,kind,request,person,role,board,centre,objective,note,evidence
a-20250128-aaaa,2025-01-28,p-mar2,2,,,p-zoe2,cda,ETSB,,skills,,
a-20250129-bbbb,2025-01-29,p-mar2,1.5,travel,,,principal,EMSB,,action-plan,=1+1,
a-20250130-cccc,2025-01-30,p-mar2,3,,,,cda,RSB,,skills,,
a-20250130-zzzz,2025-01-30,p-kim2,7,,,,cda,RSB,,skills,,
"""
A, B, C = "a-20250128-aaaa", "a-20250129-bbbb", "a-20250130-cccc"
NEW = {"date": dt.date(2025, 2, 3), "hours": 2.5, "board": "ETSB", "role": "CDA", "objective": "Skills"}


class Desk(Team):
    """A member of the team who fills workbooks in a spreadsheet."""

    @property
    def book(self) -> Path:
        return self.private / "sheets" / "hours-marianne.xlsx"

    def begin(self) -> None:
        self.settle()
        self.people("p-mar2,prt-staff,,,,,,", "p-kim2,prt-staff,,,,,,", "p-zoe2,cda,ETSB,,,,,")
        self.write("accompaniment", HOURS)
        self("sheet")

    def take(self, options: str = "--yes", code: int = 0, path: Path | None = None) -> str:
        return self(f"import '{path or self.book}' {options}", code).replace("\xa0", " ")

    def fill(
        self, change: Callable[[Page], object], path: Path | None = None, log: str = "accompaniment"
    ) -> bool:
        """Somebody opens the workbook, changes it and saves it."""
        opened = load_workbook(path or self.book)
        change(Page(opened, log))
        opened.save(path or self.book)
        return False

    def hours(self) -> list[str]:
        """The rows of accompaniment but those of somebody else."""
        rows = [row for row in self.rows("accompaniment") if row["staff"] == "p-mar2"]
        return [f"{row['date'][5:]} {row['hours']} {row['board']}" for row in rows]


class Page:
    """The sheet of a log: its cells by the id of a row and the name of a column."""

    def __init__(self, book: Any, log: str) -> None:
        self.book = book
        pages = (page for page in book.worksheets if page.title not in (KEEPER, LISTS))
        self.page = next(page for page in pages if column_key(log, "id") in [one.value for one in page[1]])
        keys = [str(one.value).rpartition(".")[2] for one in self.page[1]]
        self.at = {name: at for at, name in enumerate(keys, 1)}

    def line(self, row: str) -> int:
        ids = (one[self.at["id"] - 1] for one in self.page.iter_rows(min_row=FIRST_ROW))
        return int(next(one.row for one in ids if one.value == row))

    def cell(self, row: str, column: str) -> Any:
        return self.page.cell(self.line(row), self.at[column])

    def set(self, row: str, **cells: object) -> Page:
        for name, value in cells.items():
            self.cell(row, name).value = value
        return self

    def add(self, **cells: object) -> Page:
        line = max(one[0].row for one in self.page.iter_rows() if any(cell.value for cell in one)) + 1
        for name, value in cells.items():
            self.page.cell(line, self.at[name]).value = value
        return self

    def copy(self, row: str, **cells: object) -> Page:
        """The whole row once more, as copying and pasting does it."""
        values = {name: self.cell(row, name).value for name in self.at}
        return self.add(**{**values, **cells})

    def remove(self, *rows: str) -> Page:
        for row in rows:
            self.page.delete_rows(self.line(row))
        return self


@pytest.fixture
def desk(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desk:
    found = Desk(tmp_path / "project", monkeypatch, capsys)
    found.me("p-mar2")
    found.once(kept, found.begin)
    return found


# The workbook


def test_what_is_given_out(desk: Desk) -> None:
    assert desk("sheet").startswith(
        "data/private/sheets/hours-marianne.xlsx: 3 rows of yours, lists of 11 boards, 1 name, 7 objectives."
    )
    assert "It holds names" in desk.out and desk.book.stat().st_mode & 0o77 == 0
    book = load_workbook(desk.book)
    page = book.worksheets[0]
    heads = [cell.value for cell in page[HEADING_ROW]]
    assert heads[:5] == ["Reference", "Date", "Hours", "Kind", "Request"] and "team member" not in heads
    first = {one.value: cell for one, cell in zip(page[HEADING_ROW], page[FIRST_ROW], strict=True)}
    assert (first["Date"].value, first["Hours"].value) == (dt.datetime(2025, 1, 28), 2)
    assert first["Date"].number_format == "yyyy-mm-dd"
    assert (first["Person"].value, first["Kind"].value, first["School board"].value) == (
        "Zoé Tremblay-Sample",
        "contact",
        "ETSB",
    )
    assert page.row_dimensions[1].hidden and page.column_dimensions["A"].hidden
    assert not page.protection.sheet
    assert {one: book[one].sheet_state for one in (KEEPER, LISTS)} == {
        KEEPER: "veryHidden",
        LISTS: "veryHidden",
    }


def test_lists_are_ranges_with_names_and_headings_take_nothing(desk: Desk) -> None:
    book = load_workbook(desk.book)
    rules = {
        str(one.sqref).partition(":")[0]: one for one in book.worksheets[0].data_validations.dataValidation
    }
    assert (rules["A1"].type, rules["A1"].formula1, rules["A1"].errorStyle) == ("custom", "FALSE", "stop")
    letters = {str(cell.value): cell.coordinate.rstrip("2") for cell in book.worksheets[0][HEADING_ROW]}
    board, person = rules[f"{letters['School board']}3"], rules[f"{letters['Person']}3"]
    assert (board.formula1, board.errorStyle) == ("prt_accompaniment_board", "stop")
    assert person.errorStyle == "warning"
    assert "OFFSET(prt_names_by_board,MATCH(" in person.formula1 and "INDIRECT" not in person.formula1
    assert max(len(one.formula1) for one in rules.values()) < 255
    assert {"prt_people", "prt_names_by_board", "prt_accompaniment_objective"} <= set(book.defined_names)


def test_a_printed_page_has_all_columns_below_their_headings(desk: Desk) -> None:
    page = load_workbook(desk.book).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    setup = page.sheet_properties.pageSetUpPr
    assert setup is not None and setup.fitToPage
    assert page.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"


def test_text_that_looks_like_a_formula_stays_text(desk: Desk) -> None:
    cell = Page(load_workbook(desk.book), "accompaniment").cell(B, "note")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert "3 same" in desk.take()


def test_in_french_it_is_french(desk: Desk) -> None:
    desk.monkeypatch.setenv("PRT_LANG", "fr")
    desk("sheet")
    page = load_workbook(desk.book).worksheets[0]
    assert [cell.value for cell in page[HEADING_ROW]][1:4] == ["Date", "Heures", "Nature"]
    desk.fill(
        lambda page: (
            page.set(B, kind="préparation"),
            page.add(**NEW | {"role": "ADC", "objective": "Compétences de l’équipe"}),
        )
    )
    said = desk.take()
    assert "1 nouvelle · 1 modifiée · 2 inchangées" in said and "nature déplacement → préparation" in said
    assert desk.rows("accompaniment")[1]["kind"] == "preparation"
    assert desk.rows("accompaniment")[-1]["objective"] == "skills"


@only_in_ci
def test_other_kinds_have_a_sheet_each_and_all_have_one(desk: Desk) -> None:
    desk("log tool --kind tool --audience cda --date 2024-10-16 --title One")
    assert "sheets/tools-updates-marianne.xlsx: 1 row." in desk("sheet tool update")
    path = desk.private / "sheets" / "tools-updates-marianne.xlsx"
    desk.fill(lambda page: page.add(date=dt.date(2025, 1, 6), description="News"), path, "updates")
    desk.fill(lambda page: page.set(desk.last_id("tools"), title="Two"), path, "tools")
    assert "1 new · 1 changed · 0 same" in desk.take(path=path)
    assert desk.rows("tools")[0]["title"] == "Two" and desk.rows("updates")[0]["description"] == "News"
    assert (
        len(load_workbook(desk.private / "sheets" / "all-marianne.xlsx").worksheets) == 15
        if desk("sheet --all")
        else False
    )
    assert "5 same" in desk.take(path=desk.private / "sheets" / "all-marianne.xlsx")


# Back: the table of situations


def test_new_changed_and_gone_rows_and_nothing_else(desk: Desk) -> None:
    before = desk.bytes()
    desk.fill(lambda page: (page.set(A, hours=4), page.remove(C), page.add(**NEW)))
    said = desk.take()
    assert "hours-marianne.xlsx, made on Fri 14 Feb 2025:  1 new · 1 changed · 1 gone · 1 same" in said
    assert f"row 3  {A}  hours 2 h → 4 h" in said and f"gone    {C}" in said and "3a.hours" in said
    assert "go on in the same file" in said
    assert desk.hours() == ["01-28 4 ETSB", "01-29 1.5 EMSB", "01-30 3 RSB", "02-03 2.5 ETSB"]
    added = desk.rows("accompaniment")[-1]
    assert (added["staff"], added["role"], added["objective"]) == ("p-mar2", "cda", "skills")
    assert Page(load_workbook(desk.book), "accompaniment").cell(added["id"], "hours").value == 2.5
    assert "1 gone · 3 same" in desk.take() and "Nothing new" in desk.out
    desk("undo --yes")
    table = "data/2024-2025/accompaniment.csv"
    assert desk.bytes()[table] == before[table]
    assert "1 new · 1 changed · 1 gone · 1 same" in desk.take(), "what was undone is as if not made"
    assert desk.hours() == ["01-28 4 ETSB", "01-29 1.5 EMSB", "01-30 3 RSB", "02-03 2.5 ETSB"]


def test_an_unchanged_row_leaves_the_file_as_it_is(desk: Desk) -> None:
    """Whatever happened to it since: edited here, removed here."""
    desk(f"edit {A} --hours 5 --why mistyped")
    desk(f"remove {C} --why twice")
    assert "3 same" in desk.take() and "Nothing new" in desk.out
    assert "changed or removed here since they were given out: 2" in desk.out
    assert desk.hours() == ["01-28 5 ETSB", "01-29 1.5 EMSB"]


def test_cells_are_compared_as_values(desk: Desk) -> None:
    """A number, a label or its code, what an empty cell means, a board, a day and a person in other words."""
    desk.fill(
        lambda page: (
            page.set(A, hours="2,0", kind=None, objective="skills", date="28 jan. 2025"),
            page.set(A, board="Eastern Townships School Board", person="tremblay-sample, zoe"),
            page.set(C, kind="Contact", objective="Skills of the team"),
        )
    )
    assert "3 same" in desk.take() and "Nothing new" in desk.out


def test_what_is_read_of_other_words_is_shown(desk: Desk) -> None:
    desk.fill(lambda page: page.set(A, date="31 jan.", hours=dt.time(1, 30), person=None))
    said = desk.take()
    assert "date 28 Jan 2025 → “31 jan.”, read as Fri 31 Jan 2025" in said
    assert "hours 2 h → 1.5 h" in said
    assert "person Zoé Tremblay-Sample → (empty)" in said


@pytest.mark.parametrize(("answer", "hours"), [("workbook", "4"), ("fi", "5")])
def test_a_cell_that_both_changed_is_asked(desk: Desk, answer: str, hours: str) -> None:
    desk.fill(lambda page: page.set(A, hours=4))
    desk(f"edit {A} --hours 5 --why mistyped")
    asked = sit_down(desk.monkeypatch, answer, "y")
    said = desk.take("")
    assert f"{A}  hours: “4 h” in the workbook, “5 h” in the file" in asked.screen.replace("\xa0", " ")
    assert desk.rows("accompaniment")[0]["hours"] == hours
    assert float(Page(load_workbook(desk.book), "accompaniment").cell(A, "hours").value) == float(hours), said
    assert "3 same" in desk.take()


def test_where_nobody_is_asked_a_conflict_stays_as_the_file_has_it(desk: Desk) -> None:
    desk.fill(lambda page: page.set(A, hours=4, note="later"))
    desk(f"edit {A} --hours 5 --why mistyped")
    assert "Nobody was asked: the file stays as it is." in desk.take()
    assert (desk.rows("accompaniment")[0]["hours"], desk.rows("accompaniment")[0]["note"]) == ("5", "later")
    assert "Nobody was asked" in desk.take()


@pytest.mark.parametrize(("answers", "back"), [(("y", "y"), True), (("",), False)])
def test_a_changed_row_that_was_removed_here_is_asked(
    desk: Desk, answers: tuple[str, ...], back: bool
) -> None:
    desk.fill(lambda page: page.set(C, hours=4))
    desk(f"remove {C} --why twice")
    asked = sit_down(desk.monkeypatch, *answers)
    desk.take("")
    assert (
        f"{C} was changed in the workbook; it was removed here on Fri 14 Feb 2025: “twice”. Bring it back? [y/N]"
        in asked.told[0]
    )
    assert [row["id"] for row in desk.rows("accompaniment") if row["hours"] == "4"] == ([C] if back else [])
    desk.attempt("check")
    assert "removed" not in desk.out
    if back:
        desk("undo --yes")
        assert desk.hours() == ["01-28 2 ETSB", "01-29 1.5 EMSB"]


def test_what_is_gone_is_asked_apart_and_enter_is_no(desk: Desk) -> None:
    desk.fill(lambda page: page.remove(C))
    asked = sit_down(desk.monkeypatch, "")
    desk.take("")
    assert asked.told == ["Remove the one that is gone? [y/N] > "] and len(desk.hours()) == 3
    sit_down(desk.monkeypatch, "y")
    desk.take("")
    assert desk.hours() == ["01-28 2 ETSB", "01-29 1.5 EMSB"]
    desk("undo --yes")
    assert len(desk.hours()) == 3


@only_in_ci
def test_more_than_ten_that_are_gone_need_their_option(desk: Desk) -> None:
    more = "".join(f"a-20250110-{n:04},2025-01-10,p-mar2,{n},,,,cda,RSB,,skills,,\n" for n in range(1, 12))
    desk.write("accompaniment", HOURS + more)
    desk("sheet")
    desk.fill(lambda page: page.remove(*(f"a-20250110-{n:04}" for n in range(1, 12))))
    desk.take()
    assert "11 rows are gone from the sheet: more than 10 are removed only with --gone" in desk.err
    assert len(desk.hours()) == 14
    desk.take("--gone --yes")
    assert len(desk.hours()) == 3


@only_in_ci
def test_what_is_gone_and_was_changed_here_stays(desk: Desk) -> None:
    desk.fill(lambda page: page.remove(C))
    desk(f"edit {C} --hours 5 --why mistyped")
    assert f"{C} is gone from the workbook, and was changed here since: it stays" in desk.take("--yes --gone")
    assert "01-30 5 RSB" in desk.hours()


@only_in_ci
def test_of_a_row_copied_whole_the_unchanged_one_keeps_its_id(desk: Desk) -> None:
    desk.fill(lambda page: (page.copy(A), page.set(A, date=dt.date(2025, 2, 4), hours=1)))
    assert "1 new · 3 same" in desk.take()
    assert desk.hours()[0] == "01-28 2 ETSB" and desk.hours()[-1] == "02-04 1 ETSB"


def test_a_row_that_is_there_already_is_left_out(desk: Desk) -> None:
    """Copied and not changed, or logged by hand meanwhile."""
    desk("log accompaniment --date 2025-02-03 --hours 2.5 --board ETSB --role cda --objective skills")
    desk.fill(lambda page: (page.copy(A), page.add(**NEW)))
    said = desk.take()
    assert f"row 6  is there already, as {A}: left out" in said and "row 7  is there already" in said
    assert len(desk.hours()) == 4


def test_each_whole_copy_of_a_row_is_a_double(desk: Desk) -> None:
    desk.fill(lambda page: (page.copy(A), page.copy(A)))
    assert "row 7  is there already" in desk.take() and len(desk.hours()) == 3


def test_a_row_that_was_never_given_out_is_not_written_over(desk: Desk) -> None:
    desk.fill(lambda page: page.copy(A, id="a-20250130-zzzz"))
    before = desk.bytes()
    desk.take(code=1)
    assert "the id a-20250130-zzzz, which this workbook was not given" in desk.err
    assert desk.bytes() == before


@only_in_ci
def test_a_new_row_of_a_second_copy_changes_no_row_of_the_first(desk: Desk) -> None:
    copy = desk.root.parent / "copy.xlsx"
    shutil.copy(desk.book, copy)
    desk.fill(lambda page: page.add(**NEW))
    desk.take()
    desk.fill(lambda page: page.add(**NEW | {"date": dt.date(2025, 2, 4)}), copy)
    assert "1 new · 3 same" in desk.take(path=copy)
    assert desk.hours()[3:] == ["02-03 2.5 ETSB", "02-04 2.5 ETSB"]


@only_in_ci
def test_a_sheet_whose_elements_have_a_prefix_gets_its_ids(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW))
    with zipfile.ZipFile(desk.book) as parts:
        read = {name: parts.read(name) for name in parts.namelist()}
    part = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", read["xl/worksheets/sheet1.xml"])
    read["xl/worksheets/sheet1.xml"] = part.replace(b" xmlns=", b" xmlns:x=")
    with zipfile.ZipFile(desk.book, "w") as parts:
        for name, data in read.items():
            parts.writestr(name, data)
    assert "have their ids in the workbook" in desk.take()
    assert Page(load_workbook(desk.book), "accompaniment").line(desk.last_id("accompaniment")) == 6
    assert "4 same" in desk.take()


@only_in_ci
def test_ids_that_are_not_read_back_are_not_promised(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW))
    desk.monkeypatch.setattr("prt.files.workbook.mark_file.marked_bytes", lambda raw, *_: raw)
    assert "cannot be written" in desk.take() and "4 same" in desk.take()


def test_nonsense_in_the_hidden_sheet_is_a_mistake(desk: Desk) -> None:
    """Whatever stands in one of its cells, the workbook is read or refused in words."""
    opened = load_workbook(desk.book)
    cells = some(["A1", "B1", "D1", "E1", "A2", "B2", "D2", "A3", "B3", "A4", "C4", "E4"], 4)
    refused = 0
    for at in cells:
        old, opened[KEEPER][at].value = opened[KEEPER][at].value, "{nonsense"
        raw = io.BytesIO()
        opened.save(raw)
        opened[KEEPER][at].value = old
        try:
            read_book_bytes(raw.getvalue(), "hours.xlsx")
        except PrtError as error:
            refused += "the hidden sheet that says what prt gave out was changed" in str(error.problems[0])
    assert refused > len(cells) // 4
    desk.fill(lambda page: page.book[KEEPER].cell(1, 5, "2025-99-99"))
    desk.take(code=1)
    assert "the hidden sheet that says what prt gave out was changed" in desk.err


def test_a_bare_name_is_found_where_workbooks_lie(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW))
    said = desk.take(path=Path(desk.book.name))
    assert said.startswith(f"{desk.book.name}, made on") and len(desk.hours()) == 4
    desk("import nowhere.xlsx --yes", code=1)
    assert desk.err.startswith("nowhere.xlsx: no such file")


def test_a_new_row_shows_whom_it_is_about(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW, person="Zoé Tremblay-Sample"))
    assert " row 6  " in (said := desk.take()) and "Zoé Tremblay" in said and "Marianne" not in said


def test_a_row_that_lost_its_id_is_the_same(desk: Desk) -> None:
    desk.fill(lambda page: page.set(B, id=None))
    assert "3 same" in desk.take()
    assert Page(load_workbook(desk.book), "accompaniment").line(B) == 4


def test_totals_and_remarks_are_left_out_and_told(desk: Desk) -> None:
    desk.fill(lambda page: (page.add(date="Total", hours=6.5), page.add(note="Ask Kim about March")))
    said = desk.take()
    assert "for it is a total: row 6" in said and "without a date and hours: row 7" in said
    assert len(desk.hours()) == 3


@pytest.mark.parametrize("hours", [6.5, "=SUM(C3:C5)"])
@pytest.mark.parametrize(
    ("column", "says"), [("date", "Total octobre 2024"), ("date", "Total"), ("note", "Total")]
)
def test_a_total_is_left_out_wherever_it_says_so(desk: Desk, column: str, says: str, hours: object) -> None:
    desk.fill(lambda page: page.add(**{column: says, "hours": hours}))
    assert "for it is a total: row 6" in desk.take() and len(desk.hours()) == 3


def test_choices_are_told_as_the_list_has_them(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW | {"objective": "Plan for action"}))
    desk.take(code=1)
    assert "Action plan (action-plan)" in desk.err


def test_a_row_that_misses_something_waits(desk: Desk) -> None:
    desk.fill(lambda page: (page.add(**NEW | {"objective": None}), page.add(**NEW)))
    said = desk.take()
    said = said.replace("ETSB, CDA", "CDA, ETSB")
    assert "row 6  3 Feb 2025, 2.5 h, CDA, ETSB, no objective: not taken yet" in said
    assert "row 7  3 Feb 2025, 2.5 h, CDA, ETSB, Skills of the team\n" in said
    assert len(desk.hours()) == 4
    desk.fill(lambda page: page.page.cell(6, page.at["objective"], "Action plan"))
    assert "1 new" in desk.take() and len(desk.hours()) == 5


@pytest.mark.parametrize(
    ("typed", "says"),
    [({"hours": "lots"}, "hours"), ({"board": "Nowhere"}, "Nowhere"), ({"person": "Nobody Known"}, "Nobody Known"), ({"date": dt.date(2031, 1, 1)}, "2031")],
)  # fmt: skip
def test_a_mistake_stops_every_row(desk: Desk, typed: dict[str, object], says: str) -> None:
    desk.fill(lambda page: (page.set(A, hours=4), page.add(**NEW | typed)))
    desk.take(code=1)
    assert "hours-marianne.xlsx, Accompaniment:6" in desk.err and says in desk.err
    assert desk.hours() == ["01-28 2 ETSB", "01-29 1.5 EMSB", "01-30 3 RSB"]


@pytest.mark.parametrize(("board", "taken"), [("ETSB", True), ("RSB", False)])
def test_a_first_name_is_enough_at_the_board(desk: Desk, board: str, taken: bool) -> None:
    desk.fill(lambda page: page.add(**NEW | {"person": "Zoé", "board": board}))
    said = desk.take(code=0 if taken else 1)
    assert ("Zoé Tremblay-Sample" in said) == taken and len(desk.hours()) == 3 + taken
    assert taken or "may be p-zoe2" in desk.err


def test_a_name_in_a_remark_is_refused(desk: Desk) -> None:
    desk.fill(lambda page: page.set(A, note="asked by Zoé Tremblay-Sample"))
    desk.take(code=1)
    assert "Accompaniment:3: Note: the name of Zoé Tremblay-Sample (p-zoe2) stands here" in desk.err


def test_a_person_is_found_by_name_and_fills_role_and_board(desk: Desk) -> None:
    desk.fill(
        lambda page: page.add(
            date=dt.date(2025, 2, 3), hours=1, person="Zoé Tremblay-Sample", objective="Skills"
        )
    )
    desk.take()
    row = desk.rows("accompaniment")[-1]
    assert (row["person"], row["role"], row["board"]) == ("p-zoe2", "cda", "ETSB")
    assert "Tremblay" not in desk.public()
    assert Page(load_workbook(desk.book), "accompaniment").cell(row["id"], "role").value == "CDA"
    assert "4 same" in desk.take() and "since they were given out" not in desk.out


# Where the columns are, and the workbook itself


def test_a_column_that_was_moved_is_found_by_its_key(desk: Desk) -> None:
    def move(page: Page) -> None:
        page.page.insert_cols(2)
        page.page.cell(HEADING_ROW, 2, "My own")
        page.page.cell(HEADING_ROW, page.at["hours"] + 1, "h")
        page.page.cell(FIRST_ROW, page.at["hours"] + 1, 4)

    desk.fill(move)
    said = desk.take()
    assert f"{A}  hours 2 h → 4 h" in said and "columns left behind: My own" in said


@only_in_ci
def test_without_the_row_of_keys_headings_do(desk: Desk) -> None:
    desk.fill(lambda page: (page.set(A, hours=4), page.page.delete_rows(1)))
    assert "1 changed · 2 same" in desk.take()


def test_of_a_column_that_was_copied_the_first_one_holds(desk: Desk) -> None:
    def copy(page: Page) -> None:
        for line in (1, HEADING_ROW, FIRST_ROW):
            page.page.cell(line, 20, page.page.cell(line, page.at["hours"]).value)
        page.page.cell(FIRST_ROW, 20, 9)

    desk.fill(copy)
    assert "columns left behind: Hours" in desk.take() and "3 same" in desk.out


def test_a_sheet_that_was_copied_is_named(desk: Desk) -> None:
    desk.fill(lambda page: page.book.copy_worksheet(page.page))
    desk.take(code=1)
    assert "this sheet and Accompaniment are of the same rows: one is a copy" in desk.err


def test_without_the_ids_nothing_is_taken(desk: Desk) -> None:
    desk.fill(lambda page: page.page.delete_cols(1))
    desk.take(code=1)
    assert "column A, which is hidden and has the ids of the rows, is gone" in desk.err


def test_a_sheet_that_is_not_there_is_no_removal(desk: Desk) -> None:
    desk("sheet tool update")
    path = desk.private / "sheets" / "tools-updates-marianne.xlsx"
    opened = load_workbook(path)
    opened.remove(opened.worksheets[0])
    opened.save(path)
    assert "sheets that are not there, whose rows stay: Tools and capsules" in desk.take(path=path)


def test_what_somebody_added_to_the_workbook_stays(desk: Desk) -> None:
    """Another sheet, a formula with its value, a colour: only cells that are told are touched."""

    def draw(page: Page) -> None:
        page.book.create_sheet("Mine")["A1"] = "=1+1"
        page.add(**NEW)

    desk.fill(draw)
    desk.take()
    opened = load_workbook(desk.book)
    assert opened["Mine"]["A1"].value == "=1+1"
    assert len(opened.worksheets[0].data_validations.dataValidation) > 3


@pytest.mark.parametrize("lock", ["~$hours-marianne.xlsx", ".~lock.hours-marianne.xlsx#"])
def test_rows_of_a_workbook_that_is_open_are_known_the_next_time(desk: Desk, lock: str) -> None:
    desk.fill(lambda page: (page.add(**NEW), page.add(**NEW | {"hours": 1})))
    (desk.book.parent / lock).touch()
    assert "The workbook is open elsewhere" in desk.take() and len(desk.hours()) == 5
    assert "5 same" in desk.take() and len(desk.hours()) == 5
    (desk.book.parent / lock).unlink()
    desk.take()
    rows = [row for row in desk.rows("accompaniment") if row["staff"] == "p-mar2"]
    page = Page(load_workbook(desk.book), "accompaniment")
    assert [page.cell(row["id"], "hours").value for row in rows] == [2, 1.5, 3, 2.5, 1]


@pytest.mark.parametrize("lock", ["~$hours-marianne.xlsx", ""])
@pytest.mark.parametrize(
    ("change", "answer", "hours"),
    [
        ({"hours": 3}, "changed", ["02-03 3 ETSB"]),
        ({"hours": 3}, "both", ["02-03 2.5 ETSB", "02-03 3 ETSB"]),
        ({"date": dt.date(2025, 2, 4)}, "changed", ["02-04 2.5 ETSB"]),
        ({"note": None}, "changed", ["02-03 2.5 ETSB"]),
    ],
)
@only_in_ci
def test_a_row_that_waits_for_its_id_and_was_changed_is_asked(
    desk: Desk, change: dict[str, object], answer: str, hours: list[str], lock: str
) -> None:
    """Its hours never count twice; and no script decides it."""

    def edit(page: Page) -> None:
        for name, value in change.items():
            page.page.cell(6, page.at[name]).value = value

    desk.fill(lambda page: page.add(**NEW, note="first"))
    with desk.monkeypatch.context() as held:
        if lock:
            (desk.book.parent / lock).touch()
        else:
            held.setattr("prt.files.workbook.mark_file.marked_bytes", lambda raw, *_: raw)
        desk.take()
    row = desk.last_id("accompaniment")
    desk.fill(edit)
    before = desk.bytes()
    desk.take(code=1)
    assert f"changed since: {row}" in desk.err.replace("\xa0", " ") and desk.bytes() == before
    (desk.book.parent / "~$hours-marianne.xlsx").unlink(missing_ok=True)
    sit_down(desk.monkeypatch, answer, "y")
    desk.take("")
    assert desk.hours()[3:] == hours
    if answer == "changed":
        assert desk.rows("accompaniment")[-1].get("note") == change.get("note", "first")
    sit_down(desk.monkeypatch)
    assert "4 same" in desk.take("") and desk.hours()[3:] == hours


@only_in_ci
def test_a_row_that_waits_for_its_id_and_is_gone_is_asked_apart(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW))
    (desk.book.parent / "~$hours-marianne.xlsx").touch()
    desk.take()
    desk.fill(lambda page: page.page.delete_rows(6))
    assert "1 gone" in desk.take() and len(desk.hours()) == 4
    sit_down(desk.monkeypatch, "y")
    desk.take("")
    assert len(desk.hours()) == 3


@pytest.mark.parametrize(
    ("answers", "notes"),
    [(["drop"], ["first"]), (["other", "another board"], ["first", "first another board"])],
)
def test_two_new_rows_that_are_alike_are_asked_about(
    desk: Desk, answers: list[str], notes: list[str]
) -> None:
    desk.fill(lambda page: (page.add(**NEW, note="first"), page.add(**NEW, note="first")))
    before = desk.bytes()
    desk.take(code=1)
    assert "hours-marianne.xlsx, Accompaniment:7" in desk.err and "like row 6" in desk.err
    with desk.monkeypatch.context() as french:
        french.setenv("PRT_LANG", "fr")
        desk.take(code=1)
    assert "semblable à la ligne 6" in desk.err and desk.bytes() == before
    sit_down(desk.monkeypatch, *answers, "y")
    desk.take("")
    assert [row["note"] for row in desk.rows("accompaniment")[4:]] == notes
    assert f"{3 + len(notes)} same" in desk.take() and len(desk.hours()) == 3 + len(notes)


@only_in_ci
def test_rows_that_are_alike_and_right_are_kept_by_a_script(desk: Desk) -> None:
    desk.fill(lambda page: (page.add(**NEW), page.add(**NEW)))
    desk.take("--yes --anyway")
    assert [row.get("note") for row in desk.rows("accompaniment")[4:]] == [None, "2nd"]
    assert "5 same" in desk.take()


@only_in_ci
def test_more_hours_than_a_day_has_are_asked_about(desk: Desk) -> None:
    desk.fill(
        lambda page: (page.set(C, hours=20), page.add(**NEW | {"date": dt.date(2025, 1, 30), "hours": 8}))
    )
    before = desk.bytes()
    desk.take(code=1)
    assert "28 hours" in desk.err and "--anyway" in desk.err and desk.bytes() == before
    sit_down(desk.monkeypatch, "")
    desk.take("")
    assert desk.bytes() == before
    desk.take("--yes --anyway")
    assert desk.hours()[2:] == ["01-30 20 RSB", "01-30 8 ETSB"]


@only_in_ci
def test_a_copy_with_other_rows_brings_them_while_a_row_waits_for_its_id(desk: Desk) -> None:
    """One that is like the row that waits may be it, and is asked about; another one is new."""
    copy = desk.root.parent / "copy.xlsx"
    shutil.copy(desk.book, copy)
    desk.fill(lambda page: page.add(**NEW))
    (desk.book.parent / "~$hours-marianne.xlsx").touch()
    desk.take()
    other = {"date": dt.date(2025, 2, 4), "hours": 1, "board": "RSB", "role": "principal"}
    desk.fill(lambda page: page.add(**NEW | other), copy)
    assert "1 new" in desk.take(path=copy) and desk.hours()[3:] == ["02-03 2.5 ETSB", "02-04 1 RSB"]
    desk.fill(lambda page: page.add(**NEW | {"hours": 4}), copy)
    with desk.monkeypatch.context() as french:
        french.setenv("PRT_LANG", "fr")
        desk.take(path=copy, code=1)
    assert "modifiée depuis" in desk.err and len(desk.hours()) == 5


@only_in_ci
def test_a_kill_before_a_workbook_elsewhere_has_its_ids_doubles_no_row(desk: Desk) -> None:
    """One in the project has them in the action itself: tests/faults.py."""
    copy = desk.root.parent / "copy.xlsx"
    shutil.copy(desk.book, copy)
    desk.fill(lambda page: (page.add(**NEW), page.set(A, hours=4)), copy)

    def killed(*_: object) -> bool:
        raise KeyboardInterrupt

    with desk.monkeypatch.context() as held:
        held.setattr("prt.tasks.sheets.write_book.write_marks", killed)
        desk.take(path=copy, code=130)
    assert len(desk.hours()) == 4
    assert "4 same" in desk.take(path=copy) and len(desk.hours()) == 4
    assert (
        Page(load_workbook(copy), "accompaniment").cell(desk.last_id("accompaniment"), "hours").value == 2.5
    )


@only_in_ci
def test_a_workbook_that_was_saved_meanwhile_is_not_written_over(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW))
    desk.monkeypatch.setattr(
        "prt.files.workbook.mark_file.is_open",
        lambda path: desk.fill(lambda page: page.set(A, note="later")),
    )
    desk.take()
    assert Page(load_workbook(desk.book), "accompaniment").cell(A, "note").value == "later"


@only_in_ci
def test_two_people_fill_copies(desk: Desk) -> None:
    """Own new rows of each are new; a cell both changed is asked of the second; one new row in both is a double."""
    desk("sheet update")
    path = desk.private / "sheets" / "updates-marianne.xlsx"
    day = dt.date(2025, 1, 6)
    desk.fill(lambda page: page.add(date=day, description="Spring news"), path, "updates")
    desk.take(path=path)
    row, copy = desk.last_id("updates"), desk.root.parent / "copy.xlsx"
    shutil.copy(path, copy)
    desk.fill(
        lambda page: (page.add(date=day, description="Both"), page.add(date=day, description="Mine alone")),
        path,
        "updates",
    )
    desk.fill(lambda page: page.set(row, section="News"), path, "updates")
    desk.take(path=path)
    desk.me("p-kim2")
    desk.fill(
        lambda page: (page.add(date=day, description="Both"), page.add(date=day, description="Kim alone")),
        copy,
        "updates",
    )
    desk.fill(lambda page: page.set(row, section="Archive"), copy, "updates")
    said = desk.take(path=copy)
    assert (
        "1 new" in said
        and "is there already" in said
        and "“Archive” in the workbook, “News” in the file" in said
    )
    assert [one["description"] for one in desk.rows("updates")] == [
        "Spring news",
        "Both",
        "Mine alone",
        "Kim alone",
    ]


def test_a_workbook_that_was_filled_is_not_made_anew(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW))
    desk("sheet", 1)
    assert "has rows that were not imported" in desk.err
    desk.take()
    assert "4 rows of yours" in desk("sheet")


def test_a_workbook_of_another_project_is_refused(desk: Desk) -> None:
    opened = load_workbook(desk.book)
    for row in opened[KEEPER].iter_rows():
        if row[0].value == "row":
            row[2].value = f"{row[2].value}x"
    opened[KEEPER]["C1"] = "Another plan"
    opened.save(desk.book)
    desk.take(code=1)
    assert 'made in another project, "Another plan"' in desk.err


def test_without_knowing_who_you_are_there_are_no_hours_of_yours(desk: Desk) -> None:
    desk.monkeypatch.delenv("PRT_ME")
    desk("sheet", 2)
    assert "nobody knows whose hours these are" in desk.err


# Names


def test_without_names_it_may_travel(desk: Desk) -> None:
    assert "reports/hours.xlsx" in desk("sheet --no-names") and "may travel" in desk.out
    path = desk.root / "reports" / "hours.xlsx"
    every = [
        str(cell) for page in load_workbook(path) for row in page.iter_rows(values_only=True) for cell in row
    ]
    assert not any(word in cell for cell in every for word in ("Tremblay", "p-zoe2", "Marianne"))
    desk.fill(lambda page: (page.set(A, hours=4), page.add(**NEW)), path)
    assert "1 new · 1 changed · 2 same" in desk.take(path=path)
    assert desk.rows("accompaniment")[0]["person"] == "p-zoe2"
    desk.attempt("check")
    assert "not in the private folder" not in desk.out


def test_check_finds_a_workbook_with_names_elsewhere(desk: Desk) -> None:
    shutil.copy(desk.book, desk.root / "data" / "mine.xlsx")
    desk.attempt("check")
    assert "data/mine.xlsx: warning: this workbook holds the names of people" in desk.out


def test_names_need_the_private_folder(desk: Desk) -> None:
    desk.monkeypatch.setenv("PRT_PRIVATE", str(desk.root.parent / "none"))
    desk("sheet", 2)
    assert "--no-names" in desk.err
    desk("sheet --no-names")


def test_an_erasure_reaches_the_workbook_and_loses_no_row(desk: Desk) -> None:
    desk.fill(lambda page: page.add(**NEW | {"person": "Zoé Tremblay-Sample"}))
    assert "Named in\n  data/private/sheets/hours-marianne.xlsx" in desk("people show p-zoe2")
    said = desk("people erase p-zoe2 --yes")
    assert "data/private/sheets/hours-marianne.xlsx" in said
    every = [
        str(cell)
        for page in load_workbook(desk.book)
        for row in page.iter_rows(values_only=True)
        for cell in row
    ]
    assert not any("Tremblay" in cell or "p-zoe2" in cell for cell in every)
    assert "1 new · 3 same" in desk.take()
    assert desk.rows("accompaniment")[-1]["person"].startswith("erased-")


def test_two_ids_that_were_merged_are_one_in_the_workbook_too(desk: Desk) -> None:
    desk.people("p-mar2,prt-staff,,,,,,", "p-zoe2,cda,ETSB,,,,,", "p-new2,cda,ETSB,,,,,")
    desk("people merge p-zoe2 p-new2 --yes")
    assert desk.rows("accompaniment")[0]["person"] == "p-new2"
    assert "3 same" in desk.take() and "Nothing new" in desk.out


def test_the_workbook_of_somebody_who_is_erased_goes(desk: Desk) -> None:
    desk("people erase p-mar2 --yes")
    assert not desk.book.exists() and "marianne" not in desk.out


@pytest.mark.parametrize("name", ["hours-zoe.xlsx", "copy.XLSX", "../hours.xlsx", "old/last/hours.xlsx"])
@only_in_ci
def test_a_workbook_is_its_owners_whatever_it_is_called(desk: Desk, name: str) -> None:
    """Where a file is called after the person who is erased, or lies elsewhere, it is still Marianne's."""
    path = desk.book.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(desk.book, path)
    desk.fill(lambda page: page.add(**NEW), path)
    shown = desk("people show p-zoe2")
    assert path.name in shown
    assert path.name in desk("people erase p-zoe2 --yes")
    assert "1 new · 3 same" in desk.take(path=path)
    desk("people erase p-mar2 --yes")
    assert not path.exists()


def test_a_workbook_that_says_nobody_is_named_and_stays(desk: Desk) -> None:
    def forget(page: Page) -> None:
        page.book[KEEPER]["F1"] = None

    desk.fill(forget)
    assert "data/private/sheets/hours-marianne.xlsx" in desk("people erase p-mar2 --yes")
    assert desk.book.exists()


@only_in_ci
def test_what_is_written_about_the_cells_names_nobody_either(desk: Desk) -> None:
    def write_about(page: Page) -> None:
        book, name = page.book, "Zoé Tremblay-Sample"
        book.properties.title = book.properties.creator = name
        other = book.create_sheet(name)
        other["A1"].comment = Comment(f"Ask {name}", name)
        other.oddHeader.center.text = other.firstFooter.left.text = name

    desk("people erase p-kim2 --yes")
    desk.fill(write_about)
    desk("people erase p-zoe2 --yes")
    with zipfile.ZipFile(desk.book) as parts:
        assert not [one for one in parts.namelist() if b"Tremblay" in parts.read(one)]


def test_an_erasure_names_a_workbook_that_is_not_in_the_private_folder(desk: Desk) -> None:
    shutil.copy(desk.book, desk.root / "reports.XLSX")
    assert "  reports.XLSX" in desk("people erase p-zoe2 --yes")


def test_a_purge_destroys_workbooks_of_years_that_are_over(desk: Desk) -> None:
    plan = desk.root / "plan" / "2024-2025.yaml"
    text = plan.read_text(encoding="utf-8")
    assert "keep_names_until" in text
    desk.monkeypatch.setenv("PRT_TODAY", "2040-01-01")
    assert "sheets/hours-marianne.xlsx   3 rows to destroy" in desk("privacy purge --dry-run")
    desk("privacy purge --yes")
    assert not desk.book.exists()
    assert "sheets/*.xlsx" in (desk.private / "purges.csv").read_text(encoding="utf-8")


def test_a_purge_destroys_lists_for_mail_merge_and_lines_that_wait(desk: Desk) -> None:
    lists = desk.private / "mail"
    lists.mkdir()
    (lists / "rappel.csv").write_text("email,name\nzoe@example.org,Zoé\n", "utf-8")
    waiting, kept = (desk.private / f"{one}.json" for one in ("events-p-mar2", "hours-p-kim2"))
    for path, day in ((waiting, "2025-02-14"), (kept, "2040-01-01")):
        line = {"text": "1 zoé", "day": day, "chosen": []}
        path.write_text(json.dumps({"lines": [line], "begun": "", "new_rows": []}), "utf-8")
    desk.monkeypatch.setenv("PRT_TODAY", "2040-01-01")
    said = desk("privacy purge --yes")
    assert "mail/rappel.csv   1 row to destroy" in said
    assert "private/events-….json   1 row to destroy" in said and "p-mar2" not in said
    assert not (lists / "rappel.csv").exists()
    assert not waiting.exists() and kept.exists()


# By another program


@only_in_ci
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_saved_by_libreoffice_it_is_the_same_workbook(desk: Desk) -> None:
    desk.fill(lambda page: (page.set(A, hours=4), page.remove(C), page.add(**NEW)))
    out = desk.root.parent / "saved"
    profile = f"-env:UserInstallation=file://{desk.root.parent}/profile"
    words = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(desk.book)]
    subprocess.run(words, check=True, capture_output=True)
    saved = out / desk.book.name
    assert "1 new · 1 changed · 1 gone · 1 same" in desk.take(path=saved)
    assert "1 gone · 3 same" in desk.take(path=saved)
