"""Nothing entered is lost: rows are added and changed by many at once, on full disks, by processes that are killed."""

from __future__ import annotations

import errno
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock, Timeout
from hypothesis import assume, given
from hypothesis import strategies as st

from prt.files.csv.edit import add_columns, append_rows, rewrite, row_text
from prt.files.csv.reader import CsvFile, Dialect, format_row, read_csv
from prt.files.store import disk
from prt.files.store.disk import write_atomic
from prt.files.store.journal import hold_lock
from prt.problems import PrtError
from tests.conftest import some
from tests.processes import run_at_once, start

HEADER = ["id", "hours", "note"]
FIRST = (
    "First put right what is said above, or put a copy of the file back; then try again. Nothing was written."
)
MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.csv"


def read(path: Path) -> CsvFile:
    return read_csv(path, "log.csv")


def add(path: Path, *rows: dict[str, str], **options: frozenset[str]) -> list[int]:
    return append_rows(path, "log.csv", HEADER, rows, **options)  # type: ignore[arg-type]


def ids(path: Path) -> list[str]:
    return [record.cells[0] for record in read(path).records]


def refused(action: Callable[[], object]) -> str:
    with pytest.raises(PrtError) as error:
        action()
    return "\n".join(str(problem) for problem in error.value.problems)


class TestAdding:
    def test_the_first_row_makes_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "data" / "2024-2025" / "log.csv"
        assert add(path, {"id": "1", "note": "a, b"}) == [2]
        assert path.read_bytes() == BOM_UTF8 + b'id,hours,note\n1,,"a, b"\n'

    def test_lines_are_those_where_the_rows_stand(self, log: Path) -> None:
        assert add(log, {"id": "1", "note": "two\nlines"}, {"id": "2"}) == [2, 4]
        assert add(log, {"id": "3"}) == [5]
        assert [record.line for record in read(log).records] == [2, 4, 5]
        assert add(log) == []

    @pytest.mark.parametrize(
        ("before", "after", "lines"),
        [
            (b"", b"\xef\xbb\xbfid,hours,note\n9,1.5,\n", [2]),
            (b"\n", b"\nid,hours,note\n9,1.5,\n", [3]),
            (b"\xef\xbb\xbf", b"\xef\xbb\xbfid,hours,note\n9,1.5,\n", [2]),
            (b"id,hours,note", b"id,hours,note\n9,1.5,\n", [2]),
            (b"note,id,hours\nx,1,2", b"note,id,hours\nx,1,2\n,9,1.5\n", [3]),
            (b"id;hours;note\r\n1;2,5;\xe9\r\n", b"id;hours;note\r\n1;2,5;\xe9\r\n9;1,5;\r\n", [3]),
            (b"sep=;\r\nid;hours\r\n", b"sep=;\r\nid;hours\r\n9;1,5\r\n", [3]),
            (b"id\thours\n1\t2\n", b"id\thours\n1\t2\n9\t1.5\n", [3]),
            (b"id,hours,note,mine\n", b"id,hours,note,mine\n9,1.5,,\n", [2]),
            (b"id,hours,note\n1,2", b"id,hours,note\n1,2\n9,1.5,\n", [3]),
        ],
    )
    def test_a_file_keeps_its_dialect_and_its_columns(
        self, log: Path, before: bytes, after: bytes, lines: list[int]
    ) -> None:
        log.write_bytes(before)
        assert add(log, {"id": "9", "hours": "1.5"}, numeric=frozenset({"hours"})) == lines
        assert log.read_bytes() == after

    def test_a_utf16_file_gets_no_second_mark(self, log: Path) -> None:
        log.write_bytes("id\tnote\r\n1\té\r\n".encode("utf-16"))
        add(log, {"id": "2", "note": "ü"})
        assert log.read_bytes() == "id\tnote\r\n1\té\r\n2\tü\r\n".encode("utf-16")

    @pytest.mark.parametrize(
        ("number", "written"), [("1.25", "1,25"), ("1.125", "1,1250"), ("3", "3"), ("", ""), ("75%", "75%")]
    )
    def test_numbers_get_the_comma_of_the_file_and_stay_unambiguous(
        self, log: Path, number: str, written: str
    ) -> None:
        log.write_bytes(b"id;hours\r\n")
        row = {"id": "1.5", "hours": number}
        assert row_text(read(log), row, frozenset({"hours"})) == f"1.5;{written}\r\n"

    def test_a_cut_line_stays_a_named_problem_and_the_new_row_is_safe(self, log: Path) -> None:
        log.write_bytes(b"id,hours,note\n1,2,\n2,3")
        add(log, {"id": "3"})
        assert ids(log) == ["1", "3"]
        assert [str(problem.where) for problem in read(log).problems] == ["log.csv:3"]

    def test_what_was_read_before_is_only_believed_if_it_still_holds(self, log: Path) -> None:
        add(log, {"id": "1"})
        before = read(log)
        assert append_rows(log, "log.csv", HEADER, [{"id": "2"}], known=before) == [3]
        assert append_rows(log, "log.csv", HEADER, [{"id": "3"}], known=before) == [4]
        assert ids(log) == ["1", "2", "3"]

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
    def test_a_private_file_is_for_its_owner_alone(self, log: Path) -> None:
        append_rows(log, "log.csv", HEADER, [{"id": "1"}], mode=0o600)
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


class TestRefusing:
    @pytest.mark.parametrize(
        ("before", "row", "message"),
        [
            (
                b"id,hours\n",
                {"id": "1", "note": "x"},
                "log.csv: note: the file has no such column\n"
                "    Open it in a spreadsheet and write note in the header, in the next free column.",
            ),
            (
                b"id;note\r\n1;\xe9\r\n",
                {"id": "2", "note": "Erdős"},
                'log.csv: "ő" (U+0151) does not exist in the encoding of this file, cp1252\n'
                '    Open it in Excel, save it as "CSV UTF-8", and try again. Nothing was written.',
            ),
            (
                b'id,hours,note\n1,2,"x\n',
                {"id": "2"},
                'log.csv:2: a quotation mark (") on this line is not closed, or text follows the one that closes it\n'
                '    Close it, or delete it. A quotation mark inside a cell is written twice: "the ""right"" word".\n'
                f"log.csv: rows cannot be told apart\n    {FIRST}",
            ),
            (
                b"id,id,note\n",
                {"id": "2"},
                "log.csv:1: id: the header has this column 2 times, so no row can be read\n"
                "    Keep one of them; rename or delete the others.\n"
                f"log.csv: no row can be added\n    {FIRST}",
            ),
            (
                "id\tnote\n1\tx".encode("utf-16")[:-1],
                {"id": "2"},
                "log.csv:2: the last line was cut while it was being written, in the middle of a character\n"
                "    It was never reported as saved. Complete it, or delete it.\n"
                f"log.csv: rows cannot be told apart\n    {FIRST}",
            ),
            (
                b"id,hours,note\n",
                {"id": "1", "note": "a\x1b[2J"},
                "log.csv: note: a control character (U+001B)\n"
                "    Delete the cell and type it again: such characters come with text that was pasted.",
            ),
            (
                b"id,hours,note\n",
                {"id": "1", "note": "first\n=======\nsecond"},
                "log.csv: note: a line begins as git marks an unfinished merge\n"
                "    Write something else before the signs.",
            ),
            (
                b"id,hours,note\n",
                {"id": "1", "note": "x" * 131_073},
                "log.csv: note: more than 131,072 characters\n    Shorten it.",
            ),
            (
                b"PK\x03\x04",
                {"id": "1"},
                "log.csv: is an Excel workbook, not a CSV file\n"
                '    Open it in Excel and save it as "CSV UTF-8 (comma delimited)".\n'
                f"log.csv: no row can be added\n    {FIRST}",
            ),
        ],
    )
    def test_a_row_that_would_not_read_back(
        self, log: Path, before: bytes, row: dict[str, str], message: str
    ) -> None:
        log.write_bytes(before)
        assert refused(lambda: add(log, row)) == message
        assert log.read_bytes() == before


class TestChanging:
    BEFORE = b'id;note\r\n1;\xe9\n\r\n2;"two\r\nlines"\r\n3;a\r4;b'

    def test_only_that_row_changes(self, log: Path) -> None:
        log.write_bytes(self.BEFORE)
        file = read(log)
        rewrite(file, {4: format_row(["2", "à"], file.dialect)})
        assert log.read_bytes() == self.BEFORE.replace(b'"two\r\nlines"', b"\xe0")

    def test_a_row_is_removed_and_put_back(self, log: Path) -> None:
        log.write_bytes(self.BEFORE)
        rewrite(read(log), {4: None})
        assert ids(log) == ["1", "3", "4"]
        rewrite(read(log), {}, {3: '2;"two\r\nlines"\r\n'})
        assert log.read_bytes() == self.BEFORE

    @pytest.mark.parametrize(
        ("after", "order"),
        [
            (0, ["9", "1", "2", "3", "4"]),
            (1, ["9", "1", "2", "3", "4"]),
            (4, ["1", "2", "9", "3", "4"]),
            (5, ["1", "2", "9", "3", "4"]),
            (7, ["1", "2", "3", "4", "9"]),
            (99, ["1", "2", "3", "4", "9"]),
        ],
    )
    def test_a_row_is_never_put_inside_another(self, log: Path, after: int, order: list[str]) -> None:
        log.write_bytes(self.BEFORE)
        rewrite(read(log), {}, {after: "9;c\r\n"})
        assert ids(log) == order

    def test_a_file_that_changed_meanwhile_is_left_alone(self, log: Path) -> None:
        log.write_bytes(self.BEFORE)
        file = read(log)
        log.write_bytes(self.BEFORE + b"\r\n5;c")
        assert refused(lambda: rewrite(file, {2: None})) == (
            "log.csv: another program changed this file in the meantime\n"
            "    Do it again: the file will be read again. Nothing was written."
        )
        assert ids(log) == ["1", "2", "3", "4", "5"]

    def test_rows_after_an_open_quotation_mark_are_not_touched(self, log: Path) -> None:
        log.write_bytes(b'id,note\n1,a\n2,"b\n3,c\n')
        assert refused(lambda: rewrite(read(log), {2: None})).endswith(
            f"log.csv: rows cannot be told apart\n    {FIRST}"
        )

    def test_damaged_bytes_and_other_mistakes_are_kept(self, log: Path) -> None:
        before = "id,note\n1,é\n2,ü\n3,".encode() + b"\xe9\n4\n\x00\n5,x\n"
        log.write_bytes(before)
        rewrite(read(log), {2: None, 7: "5,y\n"})
        assert log.read_bytes() == before.replace("1,é\n".encode(), b"").replace(b"5,x", b"5,y")

    def test_columns_are_added_at_the_end(self, log: Path) -> None:
        log.write_bytes(b"id;note;\r\n1;\xe9\r\n2;b;\r\n")
        add_columns(read(log), ["theme"])
        assert log.read_bytes() == b"id;note;theme\r\n1;\xe9;\r\n2;b;\r\n"
        assert read(log).problems == []

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
    def test_permissions_and_links_are_kept(self, tmp_path: Path) -> None:
        real, link = tmp_path / "names.csv", tmp_path / "link.csv"
        real.write_text("id\n1\n")
        real.chmod(0o640)
        link.symlink_to(real)
        write_atomic(link, b"id\n2\n")
        assert (real.read_text(), stat.S_IMODE(real.stat().st_mode)) == ("id\n2\n", 0o640)
        assert link.is_symlink()


FULL = "log.csv: the disk is full\n    Free some space and try again. Nothing was written."


class TestADiskThatRefuses:
    BEFORE = b"id,hours,note\n1,2,x\n"

    @pytest.fixture(autouse=True)
    def file(self, log: Path) -> None:
        log.write_bytes(self.BEFORE)

    def actions(self, log: Path) -> list[Callable[[], object]]:
        file = read(log)
        return [
            lambda: add(log, {"id": "2"}),
            lambda: rewrite(file, {2: None}),
            lambda: write_atomic(log, b"new"),
        ]

    @pytest.mark.parametrize("raises", [True, False])
    def test_a_full_disk_leaves_the_old_bytes(
        self, log: Path, monkeypatch: pytest.MonkeyPatch, raises: bool
    ) -> None:
        write = os.write

        def half(handle: int, data: bytes) -> int:
            written = write(handle, data[: len(data) // 2])
            if raises:
                raise OSError(errno.ENOSPC, "No space left on device")
            return written

        actions = self.actions(log)
        monkeypatch.setattr(os, "write", half)
        for action in actions:
            assert refused(action) == FULL
            assert log.read_bytes() == self.BEFORE
        assert [path.name for path in log.parent.iterdir()] == ["log.csv"]

    def test_a_row_that_cannot_reach_the_disk_is_taken_back(
        self, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(handle: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        actions = self.actions(log)
        monkeypatch.setattr(os, "fsync", fail)
        for action in actions:
            assert refused(action).startswith("log.csv: cannot be written: Input/output error\n")
            assert log.read_bytes() == self.BEFORE

    @pytest.mark.parametrize(
        ("may", "message"),
        [
            (
                True,
                "is open in another program (Excel?)\n    Close it there and try again. Nothing was written.",
            ),
            (
                False,
                "may not be written\n    Is the file or its folder read-only, or someone else's? Nothing was written.",
            ),
        ],
    )
    def test_a_file_that_is_held_or_protected(
        self, log: Path, monkeypatch: pytest.MonkeyPatch, may: bool, message: str
    ) -> None:
        def refuse(*_: object, **__: object) -> int:
            raise PermissionError(errno.EACCES, "Permission denied")

        actions = self.actions(log)
        monkeypatch.setattr(os, "open", refuse)
        monkeypatch.setattr(os, "access", lambda *_: may)
        for action in actions:
            assert refused(action) == f"log.csv: {message}"
        assert log.read_bytes() == self.BEFORE

    def test_a_file_that_excel_holds_while_it_is_replaced(
        self, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> Path:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "replace", refuse)
        assert "is open in another program (Excel?)" in refused(lambda: write_atomic(log, b"new"))
        assert [path.name for path in log.parent.iterdir()] == ["log.csv"]
        assert log.read_bytes() == self.BEFORE


WAYS = [disk.wait_by_library, *([] if os.name == "nt" else [disk.wait_for_flock])]


class TestTheLock:
    """As it is taken on Windows, and elsewhere: here both exclude each other."""

    @pytest.fixture(autouse=True, params=WAYS, ids=lambda way: way.__name__)
    def way(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(disk, "wait_for_lock", request.param)

    def test_who_waits_too_long_is_told(self, tmp_path: Path) -> None:
        with hold_lock(tmp_path):
            message = refused(lambda: hold_lock(tmp_path, seconds=0.1).__enter__())
        assert message == (
            f"{tmp_path.name}: another prt has been writing here for 0.1 seconds\n"
            "    Wait until it is done, or stop it, and try again. Nothing was written."
        )

    def test_it_is_given_back_after_a_mistake(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="mistake"), hold_lock(tmp_path):
            raise ValueError("mistake")
        with hold_lock(tmp_path, seconds=0.1):
            pass

    def test_a_folder_that_may_not_be_written(self, tmp_path: Path) -> None:
        (tmp_path / ".prt").write_text("a file where a folder should be")
        message = refused(lambda: hold_lock(tmp_path).__enter__())
        assert message.startswith(".prt/lock: cannot be written")

    def test_another_thread_waits_too(self, tmp_path: Path) -> None:
        told: list[str] = []
        with hold_lock(tmp_path):
            other = Thread(
                target=lambda: told.append(refused(lambda: hold_lock(tmp_path, seconds=0.1).__enter__()))
            )
            other.start()
            other.join()
        assert "another prt has been writing" in told[0]

    def test_it_stays_while_its_file_is_read(self, tmp_path: Path) -> None:
        """As every lock of POSIX does not; an older prt sees it, and is seen, on every system."""
        with hold_lock(tmp_path):
            with suppress(PermissionError):  # of Windows, to who reads what is locked
                (tmp_path / ".prt" / "lock").read_bytes()
            with pytest.raises(Timeout):
                FileLock(tmp_path / ".prt" / "lock").acquire(timeout=0)

    def test_an_older_prt_that_writes(self, tmp_path: Path) -> None:
        (tmp_path / ".prt").mkdir()
        with FileLock(tmp_path / ".prt" / "lock"):
            message = refused(lambda: hold_lock(tmp_path, seconds=0.1).__enter__())
        assert "another prt has been writing" in message
        with hold_lock(tmp_path, seconds=0):
            pass

    def test_it_is_had_as_soon_as_another_is_done(self, tmp_path: Path) -> None:
        had: list[bool] = []

        def wait() -> None:
            with hold_lock(tmp_path):
                had.append(True)

        with hold_lock(tmp_path):
            other = Thread(target=wait)
            other.start()
            other.join(0.1)
            assert not had
        other.join(10)
        assert had

    def test_it_ends_with_a_process_that_is_killed(self, tmp_path: Path) -> None:
        process = start(HOLD_FOR_EVER, str(tmp_path))
        assert process.stdout and process.stdout.readline().strip() == "held"
        message = refused(lambda: hold_lock(tmp_path, seconds=0.1).__enter__())
        assert "another prt has been writing" in message
        process.kill()
        process.communicate()
        with hold_lock(tmp_path, seconds=5):
            pass

    @pytest.mark.skipif(os.name == "nt", reason="there filelock tells it")
    @pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EIO])
    def test_a_drive_that_gives_no_lock(
        self, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def take(handle: int, operation: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(disk, "wait_for_lock", disk.wait_for_flock)
        monkeypatch.setattr("fcntl.flock", take)
        message = refused(lambda: hold_lock(tmp_path).__enter__())
        assert message.startswith(f".prt/lock: cannot be written: {os.strerror(number)}")
        assert message.endswith("Nothing was written.")

    @pytest.mark.skipif(os.name == "nt", reason="to make a link is a right of its own")
    def test_a_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / ".prt").mkdir()
        (tmp_path / ".prt" / "lock").symlink_to(tmp_path / "elsewhere")
        message = refused(lambda: hold_lock(tmp_path).__enter__())
        assert message.startswith(".prt/lock: cannot be written")
        assert not (tmp_path / "elsewhere").exists()


HOLD_FOR_EVER = """
import sys, time
from pathlib import Path
from prt.files.store.journal import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


ADD_FIVE = """
from pathlib import Path
from prt.files.csv.edit import append_rows
from prt.files.store.journal import hold_lock

def work(arguments):
    folder, name = Path(arguments[0]), arguments[1]
    for number in range(5):
        with hold_lock(folder):
            append_rows(folder / "log.csv", "log.csv", ["id", "note"], [{"id": f"{name}-{number}", "note": "é, è"}])
"""


def test_twenty_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    names = some([str(number) for number in range(20)], 4)
    assert run_at_once(ADD_FIVE, [[str(tmp_path), name] for name in names]) == [0] * len(names)
    file = read(tmp_path / "log.csv")
    assert file.problems == []
    assert sorted(ids(file.path)) == sorted(f"{name}-{number}" for name in names for number in range(5))


ADD_FOR_EVER = """
import sys
from itertools import count
from pathlib import Path
from prt.files.csv.edit import append_rows
from prt.files.store.journal import hold_lock
folder = Path(sys.argv[1])
for number in count():
    with hold_lock(folder):
        append_rows(folder / "log.csv", "log.csv", ["id", "note"], [{"id": str(number), "note": "x" * 5000}])
    print(number, flush=True)
"""


def test_a_killed_process_has_lost_no_row_that_it_acknowledged(tmp_path: Path) -> None:
    process = start(ADD_FOR_EVER, str(tmp_path))
    assert process.stdout
    acknowledged = [process.stdout.readline().strip() for _ in range(30)]
    process.kill()
    acknowledged += process.communicate()[0].split()
    assert ids(tmp_path / "log.csv")[: len(acknowledged)] == acknowledged
    append_rows(tmp_path / "log.csv", "log.csv", ["id", "note"], [{"id": "last"}])
    assert ids(tmp_path / "log.csv")[-1] == "last"


WESTERN = bytes(range(32, 256)).decode("cp1252", "ignore")
ALPHABET = st.sampled_from(sorted(set(WESTERN).difference("<|=>\x7f")))
CELLS = st.text(ALPHABET | st.sampled_from('";,\n'), max_size=12)
ROWS = st.lists(st.fixed_dictionaries({"hours": CELLS, "note": CELLS}), min_size=1, max_size=4)
DIALECTS = st.tuples(
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
).map(lambda parts: Dialect(*parts, decimal_comma=parts[1] == ";"))


def started(path: Path, dialect: Dialect) -> None:
    """A file with a header and one row in this dialect."""
    text = format_row(HEADER, dialect) + format_row(["0", "1", "à"], dialect)
    path.write_bytes(MARKS.get(dialect.encoding, b"") + dialect.encode(text))


@given(ROWS, DIALECTS)
def test_rows_read_back_as_they_were_added(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], dialect: Dialect
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    rows = [{"id": str(number), **row} for number, row in enumerate(rows)]
    started(path, dialect)
    old = path.read_bytes()
    lines = add(path, *rows)
    file = read(path)
    assume(file.dialect == dialect)  # some texts of cp1252 are UTF-8 too, and are read as that
    assert path.read_bytes().startswith(old)
    assert [dict(zip(HEADER, record.cells, strict=True)) for record in file.records[1:]] == rows
    assert [record.line for record in file.records[1:]] == lines


@given(ROWS, DIALECTS, st.data())
def test_every_other_row_is_copied_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, str]],
    dialect: Dialect,
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("log") / "log.csv"
    started(path, dialect)
    add(path, *({"id": str(number), **row} for number, row in enumerate(rows)))
    file = read(path)
    assume(file.dialect == dialect)  # some texts of cp1252 are UTF-8 too, and are read as that
    chosen = data.draw(st.sampled_from(file.records))
    begin = len(MARKS.get(dialect.encoding, b"")) + len(
        dialect.encode("".join(file.lines[: chosen.line - 1]))
    )
    end = begin + len(dialect.encode("".join(file.lines[chosen.line - 1 : chosen.end - 1])))
    new = format_row(["new", "", "ç"], dialect)
    rewrite(file, {chosen.line: new})
    assert path.read_bytes() == file.raw[:begin] + dialect.encode(new) + file.raw[end:]
