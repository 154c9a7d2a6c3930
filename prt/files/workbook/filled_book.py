"""A workbook that prt gave out, as it comes back: its rows as texts, what was given out, and where to write.

A column is found by its hidden key, or by its heading where somebody deleted the row of keys.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import warnings
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from prt.files.store.disk import open_to_read, read_bytes
from prt.files.trace.disk_questions import file_size
from prt.files.workbook.given_book import (
    HEADING_ROW,
    KEEPER,
    LISTS,
    PEOPLE_LIST,
    column_key,
    range_name,
)
from prt.files.workbook.workbook import (
    MOST_BYTES,
    WORKBOOK,
    ZIP,
    Grid,
    bomb_problem,
    declares_entities,
    filtered_rows,
    find_uncomputed,
    load_values,
    sheet_grid,
)
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import fold_text
from prt.values import dataclass, field, replace

KEEPER_MARK = f'name="{KEEPER}"'.encode()
MOST_LINES_ABOVE = 20
"""Among so many rows the keys, or the headings, are looked for."""


@dataclass(frozen=True)
class FilledRow:
    """A row of a sheet: its line, its id if it has one, and what each column says."""

    line: int
    id: str
    texts: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        return not any(self.texts.values())


@dataclass(frozen=True)
class FilledSheet:
    """A sheet as somebody left it. `columns` are where those that were found stand, "id" among them; `extra`
    are headings of columns that somebody added."""

    log: str
    title: str
    columns: Mapping[str, int]
    rows: tuple[FilledRow, ...]
    extra: tuple[str, ...] = ()
    part: str = ""
    """The part of the package that it is."""


@dataclass
class FilledBook:
    """A workbook of prt: what it says of itself, and its sheets; `given` are the cells of each log's rows by
    their ids, `labels` the codes of each list by their folded labels."""

    number: str
    project: str
    year: str
    made: str
    digest: str
    sheets: list[FilledSheet] = field(default_factory=list)
    given: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    before: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """The cells of rows that were taken since, as they were given out."""
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    headings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The headings of the columns that were given out, by log."""
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: tuple[tuple[str, ...], ...] = ()
    """The lines of the sheet that keeps what was given out, and the part of the package that it is."""
    keeper: str = ""
    owner: str = ""
    """The id of whom it was given to; nobody's in one without names."""

    def folded_headings(self, log: str) -> dict[str, str]:
        """The column of each heading, folded."""
        pairs = zip(self.headings[log], self.columns[log], strict=False)
        return {fold_text(heading): name for heading, name in pairs}

    @property
    def holds_names(self) -> bool:
        return PEOPLE_LIST in self.labels


def is_given_book(path: Path) -> bool:
    """Is it a workbook that prt gave out? Only the list of its sheets is read, and nothing of other files."""
    if path.suffix.casefold() != ".xlsx":
        return False
    try:
        with open_to_read(path) as file:
            if file.read(len(ZIP)) != ZIP:
                return False
            with zipfile.ZipFile(file) as package:
                return KEEPER_MARK in package.read(WORKBOOK)
    except (OSError, KeyError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return False


def has_names(path: Path) -> bool:
    """Is it one with names?"""
    if not is_given_book(path):
        return False
    with open_to_read(path) as file, zipfile.ZipFile(file) as package:
        return f'name="{range_name(PEOPLE_LIST)}"'.encode() in package.read(WORKBOOK)


def read_filled_book(path: Path, shown: str) -> FilledBook | None:
    """Read a workbook that came back. None if prt did not make it, or it is damaged: then it is a file as any
    other."""
    if not is_given_book(path) or file_size(path) > MOST_BYTES:
        return None
    return read_book_bytes(read_bytes(path), shown)


def read_book_bytes(raw: bytes, shown: str) -> FilledBook | None:
    """Read a workbook's bytes. PrtError where its very hidden sheet is no longer what prt wrote."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what Excel writes and openpyxl leaves out
        if bomb_problem(package, shown) or any(
            declares_entities(package.read(one)) for one in package.namelist()
        ):
            return None
        return read_parts(package, raw, shown)


def read_parts(package: zipfile.ZipFile, raw: bytes, shown: str) -> FilledBook | None:
    book = load_values(raw)
    grids, parts = list[Grid](), dict[str, str]()
    problems = list[Problem]()
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        parts[sheet.title] = getattr(sheet, "_worksheet_path").lstrip("/")  # noqa: B009
        part = package.read(parts[sheet.title])
        grid, problem = sheet_grid(
            sheet.iter_rows(values_only=True), shown, sheet.title, find_uncomputed(part)
        )
        grids.append(grid)
        problems += [problem] if problem else []
        if sheet.title not in (KEEPER, LISTS):
            problems += filtered_rows(part, shown, sheet.title, expected=1)
    by_title = {grid.sheet: grid for grid in grids}
    found = read_keeper(by_title.get(KEEPER), hashlib.sha256(raw).hexdigest())
    if found is None:
        raise PrtError(Problem.of(Place(shown), Mistake("sheet_keeper_changed")))
    found.problems, found.keeper = problems, parts[KEEPER]
    found.labels = read_lists(by_title.get(LISTS))
    visible = [grid for grid in grids if grid.sheet not in (KEEPER, LISTS)]
    filled = [one for grid in visible if (one := read_filled_sheet(grid, found))]
    found.sheets = [replace(one, part=parts[one.title]) for one in filled]
    return found


def read_keeper(grid: Grid | None, digest: str) -> FilledBook | None:
    """What the hidden sheet says of the workbook as it was given out; None if prt did not write it so."""
    if grid is None or not grid.rows or grid.rows[0][0] != "book" or len(grid.rows[0]) < 5:
        return None
    _, number, project, year, made = grid.rows[0][:5]
    owner = text_at(grid.rows[0], 5)
    found = FilledBook(number, project, year, made, digest, kept=grid.rows, owner=owner)
    if not (number and is_day(made)):
        return None
    for line in grid.rows[1:]:
        kind, log, name, *texts = [*line, "", "", ""][: max(3, len(line))]
        if kind == "columns":
            names = tuple(filter(None, texts))
            found.columns[log], found.titles[log], found.given[log], found.before[log] = names, name, {}, {}
        elif kind == "headings" and log in found.columns:
            found.headings[log] = tuple(texts[: len(found.columns[log])])
        elif kind in ("row", "before") and name and log in found.columns:
            cells = [*texts, *[""] * (len(found.columns[log]) - len(texts))]
            kept = found.given if kind == "row" else found.before
            kept[log][name] = dict(zip(found.columns[log], cells, strict=False))
        elif any(line):
            return None
    return (
        found
        if all(len(found.headings.get(log, ())) == len(one) for log, one in found.columns.items())
        else None
    )


def is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_lists(grid: Grid | None) -> dict[str, dict[str, str]]:
    """The codes of each list by their labels, folded."""
    found = dict[str, dict[str, str]]()
    for at, name in enumerate(grid.rows[0] if grid and grid.rows else ()):
        if grid and name and name not in ("boards_of_people", "names_by_board"):
            pairs = [(text_at(row, at), text_at(row, at + 1)) for row in grid.rows[1:]]
            found[name] = {fold_text(label): code for label, code in pairs if label}
    return found


def read_filled_sheet(grid: Grid, book: FilledBook) -> FilledSheet | None:
    """The rows of one sheet; None of a sheet that somebody added."""
    log, columns, head = find_keys(grid, book) or find_headings(grid, book) or ("", {}, 0)
    if not log:
        return None
    rows = tuple(
        FilledRow(line, text_at(cells, columns.get("id", -1)), {
            name: text_at(cells, at) for name, at in columns.items() if name != "id"
        })
        for line, cells in zip(grid.lines, grid.rows, strict=True)
        if line > head
    )  # fmt: skip
    above = next((cells for line, cells in zip(grid.lines, grid.rows, strict=True) if line == head), ())
    extra = [text for at, text in enumerate(above) if text and at not in columns.values()]
    return FilledSheet(log, grid.sheet, columns, rows, tuple(extra))


def text_at(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if 0 <= at < len(cells) else ""


def find_keys(grid: Grid, book: FilledBook) -> tuple[str, dict[str, int], int] | None:
    """The log, where its columns stand, and the line of the headings, by the keys above them."""
    for line, cells in list(zip(grid.lines, grid.rows, strict=True))[:MOST_LINES_ABOVE]:
        for log, names in book.columns.items():
            keys = {column_key(log, name): name for name in ("id", *names)}
            places = reversed(list(enumerate(cells)))  # of a column that was copied the first one holds
            found = {keys[text]: at for at, text in places if text in keys}
            if found:
                return log, found, line + HEADING_ROW - 1
    return None


def find_headings(grid: Grid, book: FilledBook) -> tuple[str, dict[str, int], int] | None:
    """The log, its columns and the line of the headings, if most are there; ids are in the first column."""
    for line, cells in list(zip(grid.lines, grid.rows, strict=True))[:MOST_LINES_ABOVE]:
        for log in book.headings:
            given = book.folded_headings(log)
            found = {given[fold_text(text)]: at for at, text in enumerate(cells) if fold_text(text) in given}
            if 2 * len(found) > len(given):
                return log, {"id": 0, **{name: at for name, at in found.items() if at}}, line
    return None
