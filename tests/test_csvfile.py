"""Files as spreadsheets, editors, git and power cuts leave them: what is read, and what is said."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prt.files.csv.dialect import format_rows
from prt.files.csv.reader import CsvFile, Dialect, format_row, parse_csv, read_csv
from prt.files.csv.shape import STRANGE, has_strange
from prt.files.file_cache import FileCache
from prt.problems import count_problems, errors
from tests.texts import any_text


def read(raw: bytes | str) -> CsvFile:
    return parse_csv(raw.encode() if isinstance(raw, str) else raw, Path("log.csv"), "data/log.csv")


def rows(file: CsvFile) -> list[list[str]]:
    return [record.cells for record in file.records]


def said(file: CsvFile) -> str:
    return "\n".join(str(problem) for problem in file.problems)


def test_bytes_that_are_no_text_are_one_problem() -> None:
    file = read(b"\n".join(bytes([number, 7, 200]) * 3 for number in range(1, 9)))
    assert said(file).startswith("data/log.csv:1: 8 of 8 lines have characters that no text has")
    assert len(file.problems) == 1
    assert rows(file) == []


def test_a_few_strange_lines_are_each_named() -> None:
    file = read(TEXT + "2024-10-16,a\x07,1\n2024-10-17,b,1\n2024-10-17,c\x07,1\n")
    assert [problem.where.line for problem in file.problems] == [3, 5]
    assert len(rows(file)) == 2


TEXT = "date,titre,heures\n2024-10-16,Été,1.5\n"
QUEBEC = "date;titre;heures\r\n2024-10-16;Été;1,5\r\n"


@pytest.mark.parametrize(
    ("raw", "dialect"),
    [
        (TEXT.encode(), Dialect()),
        (TEXT.encode("utf-8-sig"), Dialect("utf-8-sig")),
        (TEXT.replace("\n", "\r\n").encode(), Dialect(newline="\r\n")),
        (TEXT.replace(",", "\t").encode("utf-16"), Dialect("utf-16-le", "\t")),
        (TEXT.replace(",", "\t").encode("utf-16-le"), Dialect("utf-16-le", "\t")),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), Dialect("utf-16-be")),
        (TEXT.encode("utf-16-be"), Dialect("utf-16-be")),
        (QUEBEC.encode("cp1252"), Dialect("cp1252", ";", "\r\n", decimal_comma=True)),
        (QUEBEC.encode("utf-8-sig"), Dialect("utf-8-sig", ";", "\r\n", decimal_comma=True)),
        (f"sep=;\r\n{QUEBEC}".encode("cp1252"), Dialect("cp1252", ";", "\r\n", decimal_comma=True)),
        (f"SEP=,\n{TEXT}".encode(), Dialect()),
        (TEXT.replace("\n", "\r").encode(), Dialect()),
    ],
)
def test_a_file_is_read_as_it_was_saved(raw: bytes, dialect: Dialect) -> None:
    file = read(raw)
    assert file.dialect == dialect
    assert file.header == ["date", "titre", "heures"]
    assert rows(file) == [["2024-10-16", "Été", "1,5" if dialect.decimal_comma else "1.5"]]
    assert file.problems == []


@pytest.mark.parametrize(
    ("header", "delimiter"),
    [
        ("id", ","),
        ("id;title", ";"),
        ("id\ttitle", "\t"),
        ('"a;b;c",title', ","),
        ('id;"one, two, three"', ";"),
        (" id , title ", ","),
    ],
)
def test_the_header_line_shows_the_delimiter(header: str, delimiter: str) -> None:
    assert read(f"{header}\n").dialect.delimiter == delimiter


def test_a_row_may_stand_on_several_lines_and_knows_them() -> None:
    file = read('\nid,note\n\n1,"one\ntwo\r\nthree"\n,\n2,x\r\n3,"four\rfive"\n')
    assert [(record.line, record.end, record.cells) for record in file.records] == [
        (4, 7, ["1", "one\ntwo\r\nthree"]),
        (8, 9, ["2", "x"]),
        (9, 11, ["3", "four\rfive"]),
    ]
    assert "".join(file.lines[8:10]) == '3,"four\rfive"\n'
    assert file.problems == []


@pytest.mark.parametrize("raw", ["", "\n\n", "\ufeff", "id,title\n", "id,title"])
def test_a_file_without_rows_is_no_mistake(raw: str) -> None:
    file = read(raw)
    assert file.records == file.problems == []


@pytest.mark.parametrize("extra", [";;", ";", ""])
def test_empty_cells_beyond_the_header_are_ignored(extra: str) -> None:
    file = read(f"id;title{extra}\n1;one{extra}\n2;two\n")
    assert file.header == ["id", "title"]
    assert rows(file) == [["1", "one"], ["2", "two"]]
    assert file.problems == []


def test_empty_cells_that_most_rows_have_beyond_the_header_are_ignored() -> None:
    file = read("id;title\n1;one;;\n2;two;;\n3;three\n")
    assert rows(file) == [["1", "one"], ["2", "two"], ["3", "three"]]
    assert file.problems == []


@pytest.mark.parametrize("others", ["", "w-2,held,12,,\n", "w-2,held,12,,\nw-3,held,13,,\n"])
def test_a_comma_of_thousands_moves_the_cells_after_it(others: str) -> None:
    """`1,400` without quotation marks is two cells, and the last of the row, empty, one too many."""
    file = read(f"id,status,participants,respondents,note\nw-1,held,1,400,,\n{others}")
    assert [problem.what for problem in file.problems] == ["this line has 6 cells, the header has 5"]
    assert len(rows(file)) == others.count("\n")


HEAD = "id,date,title,format,status,participants,note\n"


@pytest.mark.parametrize(
    ("between", "line"),
    [
        ("", 3),
        ("w-2,2024-10-02,Normal,meeting,held,11,\n", 3),
        (",2024-10-02,Normal,meeting,held,11,\n", 3),
    ],
)
def test_a_stray_quotation_mark_does_not_swallow_rows_in_silence(between: str, line: int) -> None:
    odd = 'w-1,2024-10-01,"Math,meeting,held,10,\n'
    file = read(
        f'{HEAD}{odd}{between}w-3,2024-10-03,Art",meeting,held,12,\nw-4,2024-10-04,Last,meeting,held,9,\n'
    )
    assert [problem.what for problem in file.problems] == [
        f'a quotation mark (") opened on line 2 seems to have swallowed line {line}'
    ]
    assert [cells[0] for cells in rows(file)] == ["w-4"]
    assert file.left_out == 1


@pytest.mark.parametrize("unseen", ["\u200b", "\u200e", "\u2060", "\U000e0041", "\ufeff"])
def test_a_character_that_nobody_sees_is_an_error(unseen: str) -> None:
    file = read(f"id,title\n1,par{unseen}is\n2,b\n")
    [problem] = file.problems
    assert problem.what == f"an invisible character (U+{ord(unseen):04X})"
    assert rows(file) == [["2", "b"]]


def test_joiners_of_emoji_and_of_words_are_kept() -> None:
    title = "👩‍🏫 ❤️ می‌خواهم"
    assert rows(read(f"id,title\n1,{title}\n")) == [["1", title]]


def test_a_note_of_several_lines_is_kept() -> None:
    note = "We met Ann, Bob, Carl, Dora, Eve, Fay, Gil, Hal\ne-mail, 2-day visit, w-1 again\n\n- a; b"
    file = read(f'{HEAD}w-1,2024-10-01,Math,meeting,held,10,"{note}"\n')
    assert file.problems == []
    assert rows(file)[0][-1] == note


UTF8_CUT = "id,title\n1,été\n2,été".encode()[:-1]


@pytest.mark.parametrize(
    ("raw", "message", "left"),
    [
        (
            'id,title\n1,a\n2,"b\n3,c\n',
            'data/log.csv:3: a quotation mark (") here is not closed: lines 3 to 4 are not read\n'
            '    Close it, or delete it. A quotation mark inside a cell is written twice: "the ""right"" word".',
            ["1"],
        ),
        (
            'id,title\n1,"a" b\n2,b\n',
            'data/log.csv:2: a quotation mark (") on this line is not closed, or text follows the one that closes it\n'
            '    Close it, or delete it. A quotation mark inside a cell is written twice: "the ""right"" word".',
            ["2"],
        ),
        (
            'id,title\n1,a\n2,"b',
            "data/log.csv:3: the last line was cut while it was being written, in the middle of a cell\n"
            "    It was never reported as saved. Complete it, or delete it.",
            ["1"],
        ),
        (
            "id,title,note\n1,a,\n2,b",
            "data/log.csv:3: the last line was cut while it was being written, after 2 cells of 3\n"
            "    It was never reported as saved. Complete it, or delete it.",
            ["1"],
        ),
        (
            UTF8_CUT,
            "data/log.csv:3: the last line was cut while it was being written, in the middle of a character\n"
            "    It was never reported as saved. Complete it, or delete it.",
            ["1"],
        ),
        (
            "id,title\n1,a\n2,b\n".encode("utf-16")[:-3],
            "data/log.csv:3: the last line was cut while it was being written, in the middle of a character\n"
            "    It was never reported as saved. Complete it, or delete it.",
            ["1"],
        ),
        (
            "id,title,note\n1\n2,b,\n",
            "data/log.csv:2: this line has 1 cell, the header has 3\n"
            "    Complete it (a delimiter between cells, also the empty ones), or delete it.",
            ["2"],
        ),
        (
            "id,title\n1,a,b,c\n2,b\n",
            "data/log.csv:2: this line has 4 cells, the header has 2\n"
            '    A cell that contains the delimiter stands in quotation marks: "one, two".',
            ["2"],
        ),
        (
            'id,title,note\n"1,a,\n2,b",\n3,c,\n',
            "data/log.csv:2: the row on lines 2 to 3 has 2 cells, the header has 3\n"
            '    A quotation mark (") that opens on line 2 may take in the lines below it.',
            ["3"],
        ),
        (
            "id,title,note\n1,a\n2,b\n3,c,\n",
            "data/log.csv:2: warning: lines 2 to 3 have 2 cells, the header has 3\n"
            "    The missing ones, at the end, are read as empty. Excel omits them when it saves.",
            ["1", "2", "3"],
        ),
        (
            "id,title\n1,a\nid,title\n2,b\n",
            "data/log.csv:3: the header stands here a second time\n"
            "    Delete this line. If the rows below it are also above it, delete them too.",
            ["1", "2"],
        ),
        (
            "id,title,id\n1,a,2\n",
            "data/log.csv:1: id: the header has this column 2 times, so no row can be read\n"
            "    Keep one of them; rename or delete the others.",
            [],
        ),
        (
            " ,\n1,a\n",
            "data/log.csv:1: the header has no names\n"
            "    Write the names of the columns on this line, or delete the file: prt makes a new one.",
            [],
        ),
        (
            'id,title,note\n1,a\n2,"b\nb"\n3,c\n4,d,\n',
            "data/log.csv:2: warning: lines 2 to 5 have 2 cells, the header has 3\n"
            "    The missing ones, at the end, are read as empty. Excel omits them when it saves.\n"
            "data/log.csv:3: the row on lines 3 to 4 has 2 cells, the header has 3\n"
            '    A quotation mark (") that opens on line 3 may take in the lines below it.',
            ["1", "3", "4"],
        ),
        (
            "id,,title\n1,x,a\n2,,b\n",
            "data/log.csv:2: a value stands in column 2, which has no name in the header\n"
            "    Write the name of the column in the header (line 1), or empty the cell.",
            ["2"],
        ),
        (
            "id,title\n1,a\x00b\n2,b\n",
            "data/log.csv:2:4: a NUL character\n"
            "    A power cut or a full disk leaves those. Restore the line from a copy, or delete it.",
            ["2"],
        ),
        (
            "id,title\n1,\x1b[31mred\n2,b\n",
            "data/log.csv:2:3: a control character (U+001B)\n"
            "    Delete the cell and type it again: such characters come with text that was pasted.",
            ["2"],
        ),
        (
            "id,title\n1,a\n2,\u202egnp.exe\n",
            "data/log.csv:3:3: an invisible character (U+202E)\n"
            "    Delete the cell and type it again: such characters come with text that was pasted.",
            ["1"],
        ),
        (
            "id,title\n1,été\n2,naïve\n3,".encode() + "été\n".encode("cp1252"),
            "data/log.csv:4:3: bytes that are no character in utf-8\n"
            '    Type the word again, and save the file as "CSV UTF-8".',
            ["1", "2"],
        ),
        (
            b"id,title\n1,\xe9t\xe9\n2,\x81\n",
            "data/log.csv:3:3: bytes that are no character in cp1252\n"
            '    Type the word again, and save the file as "CSV UTF-8".',
            ["1"],
        ),
        (
            "id,title\n1," + "x" * 140_000 + "\n2,b\n",
            "data/log.csv:2: a cell has more than 131,072 characters\n    Shorten it, or delete the line.",
            ["2"],
        ),
        (
            b"PK\x03\x04\x14\x00",
            "data/log.csv: is an Excel workbook, not a CSV file\n"
            '    Open it in Excel and save it as "CSV UTF-8 (comma delimited)".',
            [],
        ),
    ],
)
def test_a_mistake_is_named_and_the_other_rows_are_kept(
    raw: bytes | str, message: str, left: list[str]
) -> None:
    file = read(raw)
    assert said(file) == message
    assert [cells[0] for cells in rows(file)] == left


def test_marks_of_a_merge_are_named_and_are_no_rows() -> None:
    file = read(
        "id,title\n1,a\n<<<<<<< HEAD\n2,ours\n||||||| 1a2b\n2,old\n=======\n2,theirs\n>>>>>>> main\n3,c\n"
    )
    assert [(problem.where.line, problem.what) for problem in file.problems] == [
        (3, "a merge that git could not finish left this line: <<<<<<<"),
        (5, "a merge that git could not finish left this line: |||||||"),
        (7, "a merge that git could not finish left this line: ======="),
        (9, "a merge that git could not finish left this line: >>>>>>>"),
    ]
    assert [record.line for record in file.records] == [2, 4, 6, 8, 10]


def test_a_merge_in_the_header_does_not_hide_it() -> None:
    file = read("<<<<<<< HEAD\nid,title\n=======\nid,name\n>>>>>>> main\n1,a\n")
    assert file.header == ["id", "title"]


@pytest.mark.parametrize(
    ("raw", "left_out"),
    [
        ("id,title\n1,a\n", 0),
        ("id,title\n1,a\n\n2\n3,c\n", 1),
        ("id,id\n1,a\n2,b\n", 2),
        ('id,title\n1,"a"b\n2\n3,c\n', 2),
        ("id,\x07title\n1,a\n2,b\n", 2),
    ],
)
def test_rows_left_out_are_counted(raw: str, left_out: int) -> None:
    assert read(raw).left_out == left_out


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("id,title\n1,a\n", 0),
        ('id,title\n1,"a"b\n', 0),
        ('id,title\n1,5" pipe\n', 0),
        ('id,title\n1,a\n2,"b\n', 3),
        ('id,title\n1,a\n2,"b\n3,c\n4,"d"\n', 3),
    ],
)
def test_from_an_open_quotation_mark_on_rows_cannot_be_told_apart(raw: str, line: int) -> None:
    assert read(raw).open_quote == line


def test_excel_omits_the_last_cells_of_a_block_of_sixteen_rows() -> None:
    """Of 33 lines the first 16 have a note, the next 16 have none, and the last begins a block alone."""
    lines = ["id;title;note"] + [f"{n};a;b" for n in range(15)] + [f"{n};a" for n in range(16)] + ["99;last"]
    whole = read("\r\n".join([*lines, ""]))
    assert len(whole.records) == 32
    assert errors(whole.problems) == []
    alone = read("\r\n".join([lines[0], *[f"{n};a;b" for n in range(15)], "99;last", "100;a;b", ""]))
    assert len(alone.records) == 17
    assert errors(alone.problems) == []


def test_a_file_that_is_no_table_gives_a_thousand_problems_at_most() -> None:
    file = read("id,title\n" + "1,2,3\n" * 1500)
    assert len(file.problems) == 1001
    assert file.problems[-1].what == "500 more lines have the same problem"
    assert count_problems(file.problems) == (1500, 0)
    assert file.left_out == 1500


def test_one_damaged_byte_does_not_change_the_encoding_of_all() -> None:
    file = read("id,title\n1,élève\n2,préféré\n".encode() + b"3,\xe9\n")
    assert file.dialect.encoding == "utf-8"
    assert rows(file) == [["1", "élève"], ["2", "préféré"]]


def test_french_quotes_in_cp1252_are_not_taken_for_utf8() -> None:
    file = read("id,title\n1,« Santé »\n2,révisé\n".encode("cp1252"))
    assert rows(file) == [["1", "« Santé »"], ["2", "révisé"]]


class TestReading:
    def test_a_missing_file_is_empty(self, tmp_path: Path) -> None:
        file = read_csv(tmp_path / "none.csv", "none.csv")
        assert (file.raw, file.header, file.records, file.problems) == (b"", [], [], [])

    def test_a_folder_is_not_a_file(self, tmp_path: Path) -> None:
        assert said(read_csv(tmp_path, "log.csv")).startswith("log.csv: is not a file")

    def test_a_file_that_may_not_be_read_is_a_problem(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "log.csv").write_text("id\n1\n")
        monkeypatch.setattr(Path, "read_bytes", refuse)
        assert said(read_csv(tmp_path / "log.csv", "log.csv")).startswith(
            "log.csv: cannot be read: Permission denied"
        )


def test_a_file_is_read_again_only_where_it_has_changed(tmp_path: Path) -> None:
    cache, path = FileCache(), tmp_path / "log.csv"
    for text in (None, "id\n1\n", "id\n2\n3\n", None, "id\n4\n", ""):
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text)
        file = cache.read_csv(path, "log.csv")
        assert rows(file) == [[line] for line in (text or "").splitlines()[1:]]
        assert cache.read_csv(path, "log.csv") is file


DIALECTS = st.builds(
    lambda encoding, delimiter, newline: Dialect(encoding, delimiter, newline, delimiter == ";"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
)
PIECES = st.sampled_from(
    [b"id,title\n", b'"', b"\n", b"\r", b",", b";", b"1,a\n", b"=======\n", b"sep=;", b"\xe9"]
)


@given(st.binary(max_size=300) | st.lists(PIECES | st.binary(max_size=4), max_size=40).map(b"".join))
@example(b'"' * 140_000)
@example(b"a," * 100_000)
@example(bytes(1000))
def test_any_bytes_give_a_file(raw: bytes) -> None:
    file = read(raw)
    width = len(file.head.cells) if file.head else 0
    assert all(len(record.cells) == width for record in file.records)
    assert all(0 < record.line < record.end <= len(file.lines) + 1 for record in file.records)
    assert all(problem.remedy for problem in file.problems)
    assert not file.left_out or errors(file.problems)


@given(st.lists(st.lists(st.text(st.sampled_from('a;é,"\t\r\n -.')), max_size=3), max_size=4), DIALECTS)
def test_rows_that_are_only_joined_are_those_of_the_csv_module(
    rows: list[list[str]], dialect: Dialect
) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=dialect.delimiter, lineterminator="\r\n").writerows(rows)
    lines = [text.removesuffix(dialect.newline) for text in format_rows(rows, dialect)]
    assert "".join(f"{line}\r\n" for line in lines) == written.getvalue()
    assert [format_row(row, dialect) for row in rows] == [line + dialect.newline for line in lines]


@given(st.lists(st.text(st.sampled_from('a;é,"\t\r\n -.')), min_size=2, max_size=4), DIALECTS)
def test_a_row_that_is_formatted_reads_back_the_same(cells: list[str], dialect: Dialect) -> None:
    names = [f"c{number}" for number in range(len(cells))]
    text = format_row(names, dialect) + format_row(cells, dialect)
    mark = {"utf-8-sig": "\ufeff", "utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}.get(dialect.encoding, "")
    file = read(dialect.encode(mark + text))
    assert rows(file) == ([cells] if any(cells) else [])


@given(
    st.lists(
        st.one_of(any_text(max_size=3), st.sampled_from("\0\t\x0b\x1f\x7f\x85\ufeff\ud800\udc80\U000e0020")),
        max_size=4,
    )
)
def test_a_text_with_a_strange_sign_is_known_by_its_signs_beyond_ascii(parts: list[str]) -> None:
    text = "".join(parts)
    assert has_strange(text) == bool(STRANGE.search(text))
