"""Logs kept between runs: a table that was kept is the table of the file, and only what was added is parsed."""

from __future__ import annotations

import tempfile
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.kept import log_tables as module
from prt.files.kept.kept_files import forget_kept, keep_file
from prt.files.kept.log_tables import kept_log_path, read_log
from tests.project import Prt
from tests.test_kept_plans import folder, only_file

__all__ = ["folder"]

PATH = Path("data/2024-2025/requests.csv")
SHOWN = "data/2024-2025/requests.csv"
HEADING = "id,date,person,role,board,objective,note,evidence\n"
ROWS = [
    "r-20241016-7kq2,2024-10-16,,principal,EMSB,skills,,\n",
    "r-20241017-7kq3,2024-10-17,,principal,EMSB,skills,Thé à l’école,\n",
    'r-20241017-7kq4,2024-10-17,,principal,LBPSB,skills,"a, ""b""",\n',
    'r-20241018-7kq5,2024-10-18,,cda,LBPSB,"two\nlines",,\n',
    "\n",
    "r-20241019-7kq6,19 oct,,cda,LBPSB,skills,,\r\n",
]
NOT_CLEAN = [
    "r-20241020-7kq7,2024-10-20\n",
    'r-20241020-7kq8,2024-10-20,,cda,LBPSB,"open,,\n',
    "<<<<<<< HEAD\n",
    "r-20241020-7kq9,2024-10-20,,cda,LBPSB,a\u200bb,,\n",
    HEADING,
]
UNENDED = "r-20241021-7kr2,2024-10-21,,cda,LBPSB,skills,,"
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16-le")


@pytest.fixture(autouse=True)
def every_log_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small it is."""
    monkeypatch.setattr(module, "SMALLEST", 0)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes were parsed, each time."""
    found: list[int] = []

    def noted(raw: bytes, path: Path, shown: str) -> CsvFile:
        found.append(len(raw))
        return parse_csv(raw, path, shown)

    monkeypatch.setattr(module, "parse_csv", noted)
    return found


def told(file: CsvFile) -> dict[str, object]:
    """Everything that a table says."""
    return {
        "raw": file.raw,
        "header": file.header,
        "dialect": file.dialect,
        "texts": {name: texts.of_rows() for name, texts in file.texts.items()},
        "starts": list(file.starts),
        "problems": [str(one) for one in file.problems],
        "records": file.records,
        "lines": file.lines,
        "head": file.head,
        "height": file.height,
        "last_line": file.last_line,
        "open_quote": file.open_quote,
        "marked": file.marked,
        "left_out": file.left_out,
    }


def log_of(rows: list[str], encoding: str = "utf-8", above: str = "") -> bytes:
    text = above + HEADING + "".join(rows)
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    return mark + text.encode(encoding, "replace")


@given(
    st.lists(st.sampled_from(ROWS), min_size=1, max_size=12),
    st.lists(st.sampled_from([*ROWS, *NOT_CLEAN, UNENDED]), max_size=4),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["", "", "sep=,\n", "\n"]),
    st.integers(0, 400),
    st.sampled_from(["grown", "grown", "cut", "another byte"]),
    st.sampled_from([1, module.GROWN]),
)
def test_what_was_kept_and_what_came_since_are_the_file(
    before: list[str], more: list[str], encoding: str, above: str, place: int, how: str, much: int
) -> None:
    """However much was added, it is read alone; or all is, where that is much."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as made:
        patch.setattr(module, "SMALLEST", 0)
        patch.setattr(module, "GROWN", much)
        cache = Path(made) / "prt"
        first, now = log_of(before, encoding, above), log_of([*before, *more], encoding, above)
        assert told(read_log(first, PATH, SHOWN, cache)) == told(parse_csv(first, PATH, SHOWN))
        if how == "cut":
            now = now[: -min(place, len(now) - 1) or None]
        elif how == "another byte":
            at = place % len(now)
            now = now[:at] + bytes([now[at] ^ 1]) + now[at + 1 :]
        for _ in range(2):
            assert told(read_log(now, PATH, SHOWN, cache)) == told(parse_csv(now, PATH, SHOWN))


WIDE = ROWS[0].replace("\n", ",,\n")


@pytest.mark.parametrize(
    ("before", "more"), [(ROWS[:1] * 30, [WIDE] * 2), ([WIDE] * 16 + ROWS[:1] * 15, ROWS[:1] * 2)]
)
def test_how_wide_most_rows_are_is_known_of_all_rows(
    before: list[str], more: list[str], folder: Path
) -> None:
    """Rows with more cells than the header are read where most rows have as many."""
    for rows in (before, [*before, *more]):
        raw = log_of(rows)
        assert told(read_log(raw, PATH, SHOWN, folder)) == told(parse_csv(raw, PATH, SHOWN))


def test_only_what_was_added_is_parsed(folder: Path, parsed: list[int]) -> None:
    rows = [ROWS[0].replace("7kq2", f"{number:04}") for number in range(100)]
    raw = log_of(rows)
    added = [ROWS[1], ROWS[2]]
    read_log(raw, PATH, SHOWN, folder)
    table = read_log(raw + "".join(added).encode(), PATH, SHOWN, folder)
    assert parsed == [len(raw), len((HEADING + "".join(added)).encode())]
    assert list(table.starts) == list(range(2, 104))
    assert table.column("note")[-2:] == ["Thé à l’école", 'a, "b"']


def test_a_log_that_has_grown_by_much_is_kept_anew(folder: Path, parsed: list[int]) -> None:
    raw, more = log_of(ROWS[:2]), "".join(ROWS[2:]).encode()
    for _ in range(2):
        read_log(raw + more, PATH, SHOWN, folder)
    assert len(parsed) == 1
    for whole in (raw, raw + more, raw + more):
        read_log(whole, PATH, SHOWN, folder)
    assert parsed == [len(raw + more), len(raw), len(raw + more)]


@pytest.mark.parametrize("row", NOT_CLEAN)
def test_a_log_of_which_something_is_to_be_told_is_never_kept(row: str, folder: Path) -> None:
    assert read_log(log_of([*ROWS, row]), PATH, SHOWN, folder).problems
    assert not folder.exists()


def test_a_row_without_a_line_end_may_go_on(folder: Path, parsed: list[int]) -> None:
    """It is kept as it is; what is added may belong to its last cell, so that all of it is parsed."""
    raw = log_of([*ROWS, UNENDED])
    for _ in range(2):
        assert read_log(raw, PATH, SHOWN, folder).column("evidence")[-1] == ""
    longer = raw + b"link\n"
    assert read_log(longer, PATH, SHOWN, folder).column("evidence")[-1] == "link"
    assert parsed == [len(raw), len(longer)]


def test_nothing_stays_of_what_a_log_no_longer_holds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = log_of([*ROWS, ROWS[0].replace("skills,,", "skills,Anne Tremblay,")])
    for now in (log_of(ROWS), log_of([*ROWS, NOT_CLEAN[0]]), log_of([]), b"", log_of(ROWS[:1])):
        read_log(named, PATH, SHOWN, folder)
        assert b"Anne Tremblay" in only_file(folder).read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(module, "SMALLEST", 200)  # more than the last has
            read_log(now, PATH, SHOWN, folder)
        assert b"Anne Tremblay" not in b"".join(path.read_bytes() for path in folder.iterdir())


def test_nothing_stays_of_a_log_that_is_gone(prt: Prt, folder: Path) -> None:
    prt("log update --date 2025-01-20 --description Secretly")
    prt("status")
    kept = [path for path in folder.iterdir() if b"Secretly" in path.read_bytes()]
    prt.path("updates").unlink()
    prt("status")
    assert sorted(path.name.partition("-")[0] for path in kept) == ["log", "year"]
    assert not any(path.exists() for path in kept)


def sound_but_of_other_rows(kept: Path, raw: bytes) -> None:
    digest = sha256(raw).hexdigest()
    keep_file(kept, f'{{"size": {len(raw)}, "digest": "{digest}", "starts": [2], "columns": []}}'.encode())


def of_another_log(kept: Path, raw: bytes) -> None:
    read_log(raw, PATH.with_name("updates.csv"), SHOWN, kept.parent)
    next(one for one in kept.parent.iterdir() if one != kept).replace(kept)


def damaged(kept: Path, raw: bytes) -> None:
    kept.write_bytes(kept.read_bytes()[:-1] + b"\xff")


@pytest.mark.parametrize("damage", [sound_but_of_other_rows, of_another_log, damaged])
def test_what_is_not_as_it_was_kept_is_parsed_anew(damage: object, folder: Path, parsed: list[int]) -> None:
    raw = log_of(ROWS)
    wanted = told(read_log(raw, PATH, SHOWN, folder))
    kept = kept_log_path(PATH, folder)
    assert kept == only_file(folder)
    damage(kept, raw)  # type: ignore[operator]
    parsed.clear()
    assert told(read_log(raw, PATH, SHOWN, folder)) == wanted
    assert parsed == [len(raw)]


def test_every_change_of_a_log_changes_the_figures(prt: Prt, folder: Path) -> None:
    log = prt.root / "data" / "2024-2025" / "updates.csv"
    heading = "id,date,description,section,url,note,evidence\n"
    rows = [f"u-20250101-{number:04},2025-01-01,News {number},,,,\n" for number in range(40)]

    def figure() -> str:
        return prt("explain 2b.updates --format csv")

    log.parent.mkdir(exist_ok=True)
    log.write_text(heading + "".join(rows), encoding="utf-8")
    seen = [figure(), figure()]
    assert seen[0] == seen[1]
    for text in (
        heading + "".join(rows[:-1]),
        heading + "".join(rows) + "u-20250102-aaaa,2025-01-02,More,,,,\n",
        heading + "".join(rows).replace("2025-01-01,News 7,", "2026-01-01,News 7,"),
        heading + "".join(rows[:-3]),
    ):
        log.write_text(text, encoding="utf-8")
        again = figure()
        prt.monkeypatch.setenv("PRT_NO_CACHE", "1")
        assert again == figure()
        prt.monkeypatch.delenv("PRT_NO_CACHE")
        seen.append(again)
    assert len(set(seen)) == 5


def test_names_are_never_kept(prt: Prt, folder: Path) -> None:
    private = prt.root / "data" / "private"
    private.mkdir()
    prt.people("p-anne,cda,EMSB,,2024-08-01,,,")
    (private / "names.csv").write_text("id,name,email,aliases\np-anne,Anne Tremblay,,\n", encoding="utf-8")
    prt("log request --date 2025-01-20 --person p-anne --objective skills")
    for command in ("status", "people list", "people show p-anne", "list requests", "check"):
        assert prt.attempt(command) == 0, prt.err
    assert "Anne Tremblay" in prt("people list")  # they are read, and by these commands
    kept = [path.read_text(encoding="utf-8") for path in folder.iterdir()]
    assert len(kept) >= 2
    assert not [text for text in kept if "Tremblay" in text]
    forget_kept(folder)
    assert list(folder.iterdir()) == []
