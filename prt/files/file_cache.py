"""The files of a project as they were read: each is opened once, and again only when it has changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from prt.files.csv.reader import CsvFile, parse_csv, read_csv
from prt.files.kept.kept_files import forget_kept
from prt.files.kept.log_tables import read_log
from prt.files.store.disk import Stamp, read_bytes, stamp_of
from prt.model.rows import Row
from prt.problems import Problem

Rows = tuple[list[Row], list[Problem]]


class FileCache:
    """Bytes, tables and rows by path. Whether a file has changed is asked of the disk each time, without
    opening it; who writes compares its bytes as well."""

    def __init__(self, folder: Path | None = None, *, keeps: bool = True) -> None:
        self.folder = folder
        """The folder of what was kept between runs, by whomever."""
        self.kept = folder if keeps else None
        """The same, for who reads and keeps there; None where nothing is kept."""
        self.stamps: dict[Path, Stamp] = {}
        self.raws: dict[Path, bytes] = {}
        self.tables: dict[tuple[Path, str], CsvFile] = {}
        self.rows: dict[Path, tuple[CsvFile, Rows]] = {}

    def read_bytes(self, path: Path, *, keep: bool = True) -> bytes:
        """The bytes of a file. Those that are read only once, such as a report's, need not be kept."""
        stamp = stamp_of(path)  # before the file is read: a change while it is read is seen the next time
        if stamp and stamp == self.stamps.get(path):
            return self.raws[path]
        raw = read_bytes(path)
        if keep and stamp:
            self.stamps[path], self.raws[path] = stamp, raw
        return raw

    def forget_taken_out(self) -> None:
        """Remove what may say what was taken out: answers; and all else where nobody will look whether the
        files are as they were."""
        forget_kept(self.folder, "answer" if self.kept else "")

    def read_csv(self, path: Path, shown: str, *, keep: bool = False) -> CsvFile:
        """The table of a file. Only of a log (`keep`) is what was read kept between runs: it has no names."""
        table = self.tables.get((path, shown))
        if table is None or not self.is_as_read(table):
            parse = partial(read_log, folder=self.kept) if keep else parse_csv
            table = self.tables[path, shown] = read_csv(path, shown, self.read_bytes, parse)
        return table

    def take(self, table: CsvFile) -> None:
        """Have a table that was made elsewhere, of the bytes that were read here."""
        self.tables[table.path, table.shown] = table

    def is_as_read(self, table: CsvFile) -> bool:
        """Does the disk hold what the table was read from? A log without a row has no file."""
        stamp = stamp_of(table.path)
        if stamp is None:
            return not table.raw and not table.problems
        return stamp == self.stamps.get(table.path) and table.raw is self.raws[table.path]
