"""A row by its id, or by the beginning or the end of it, in whatever log and year it is."""

from __future__ import annotations

from collections.abc import Iterator

from prt import spoken
from prt.console import context
from prt.files.corrections import removed_rows, said_day
from prt.files.csv.reader import CsvFile, Record
from prt.files.csv.rows import find_record
from prt.files.project import Project, Year, table_model, table_models
from prt.files.yaml.words import say_phrase, say_reason
from prt.model.columns import Record as Model
from prt.model.records import LOGS, ROSTERS
from prt.model.rows import Row
from prt.problems import Mistake, PrtError
from prt.text import did_you_mean, join_labels
from prt.values import dataclass


@dataclass(frozen=True)
class Found:
    """One row as it stands in its file, which may have mistakes; `row` is None where it has an error."""

    year: Year
    file: CsvFile
    record: Record
    log: str
    id: str

    @property
    def model(self) -> type[Model]:
        return table_model(self.year.plan, self.log)

    @property
    def cells(self) -> dict[str, str]:
        """The texts of the columns that the log has, without those that are empty."""
        known = self.model.indexes()
        texts = {name: text.strip() for name, text in self.file.cells(self.record).items()}
        return {name: text for name, text in texts.items() if text and name in known}

    @property
    def row(self) -> Row | None:
        rows = self.year.data.logs.get(self.log, ())
        return next((row for row in rows if row.line == self.record.line), None)

    @property
    def place(self) -> str:
        return f"{self.file.shown}:{self.record.line}"


def find_row(project: Project, wanted: str, year: str | None) -> Found:
    """The one row meant: in the year asked for, else in the current one, else in any other."""
    seen: list[str] = []
    removed: dict[tuple[str, str], Row] = {}
    for opened in open_years(project, year):
        ids = [(log, name) for log in (*LOGS, *ROSTERS) for name in ids_in(opened, log)]
        seen += [name for _, name in ids]
        if found := match_id(wanted, ids):
            log, name = found
            file = opened.read_table(log)
            return Found(opened, file, find_record(file, table_models()[log], name), log, name)
        removed |= removed_rows(opened.corrections())
    if gone := match_id(wanted, list(removed)):
        raise RemovedRow(removal_mistake(removed[gone]), code=2)
    raise PrtError(Mistake("no_row", id=wanted, hint=did_you_mean(wanted, seen)), code=2)


class RemovedRow(PrtError):
    """Says that the row which is meant was removed."""


def removal_mistake(note: Row) -> Mistake:
    """When a row was removed, by whom and why, and where its cells are kept."""
    why, who = say_reason(note["why"] or "", spoken.language) or say_phrase("no_reason"), note["who"]
    words = {"id": note["row"], "day": said_day(note), "why": why, "place": note.place()}
    return Mistake("row_removed_by", **words, who=who) if who else Mistake("row_removed", **words)


def open_years(project: Project, year: str | None) -> Iterator[Year]:
    current = context.load_year(project, year)
    yield current
    if year is None:
        yield from (project.load(path) for path in project.plan_paths if path != current.path)


def ids_in(year: Year, log: str) -> list[str]:
    """The ids of one file, each once; of rows with mistakes too."""
    file = year.read_table(log)
    return list(filter(None, file.column(table_models()[log].id_column)))


def match_id(wanted: str, ids: list[tuple[str, str]]) -> tuple[str, str] | None:
    """(log, id) of the id itself, or of the only one that begins or ends so."""
    if exact := [one for one in ids if one[1] == wanted]:
        return exact[0]
    close = dict.fromkeys(
        one for one in ids if len(wanted) > 2 and (one[1].startswith(wanted) or one[1].endswith(f"-{wanted}"))
    )
    if len(close) > 1:
        listed = join_labels((name for _, name in close), 8)
        raise PrtError(Mistake("may_be", id=wanted, ids=listed), code=2)
    return next(iter(close), None)


def names_row(project: Project, wanted: str, year: str | None) -> bool:
    """Would `prt show` know it, or that it was removed? A row may have any id, and part of one is enough."""
    try:
        find_row(project, wanted, year)
    except RemovedRow:
        return True
    except PrtError:
        return False
    return True


def looks_like_row(what: str) -> bool:
    """`w-20241016-7kq2`"""
    parts = what.split("-")
    return len(parts) >= 3 and parts[-2].isdigit() and len(parts[-2]) == 8
