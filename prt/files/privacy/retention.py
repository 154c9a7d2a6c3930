"""What is destroyed when the plan's retention date is over: names nobody needs, and what goes with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from pathlib import Path

from prt.files.csv.edit import rewrite
from prt.files.csv.reader import CsvFile, Record
from prt.files.privacy.held_kinds import HELD_KINDS
from prt.files.privacy.walk import every_file, every_log, private_files
from prt.files.project import Project, Year
from prt.files.provenance import PurgeRecord
from prt.files.store import undo_log
from prt.files.store.disk import remove_file
from prt.files.store.staging import stage
from prt.files.store.store import Action
from prt.model.ids import Draw, new_id
from prt.model.plan import Plan
from prt.model.rows import Row
from prt.values import dataclass

OF_ROWS = {"unmatched": "session", "stays": "session", "comments": "session", "subjects": "id"}
"""Private files whose rows are about a row of a log, with the column that names it."""


@dataclass(frozen=True)
class DueRows:
    """The rows of one private file that are to go."""

    file: CsvFile
    lines: tuple[int, ...]


@dataclass(frozen=True)
class DueFile:
    """A file that is to go, how a screen calls it, and how many rows it has."""

    path: Path
    shown: str
    rows: int


@dataclass(frozen=True)
class Purge:
    """`until` is the retention date that is over; None where none is. `kept` are names that are needed."""

    until: dt.date | None
    due: tuple[DueRows, ...]
    kept: int
    later: tuple[str, ...]
    files: tuple[DueFile, ...] = ()
    """Files about people beside the tables."""

    @property
    def is_nothing(self) -> bool:
        return not (self.due or self.files)


def due_purge(project: Project, today: dt.date) -> Purge:
    """What is to be destroyed today, file by file."""
    years = [project.load(path) for path in project.plan_paths]
    over = [year for year in years if is_over(year.plan, today)]
    later = [year for year in years if year not in over]
    if not over:
        return Purge(None, (), len(project.names()), tuple(year.plan.year for year in later))
    until = max(year.plan.privacy.keep_names_until or today for year in over)
    needed = people_in_years(later)
    rows = {text for _, _, table in every_log(later) for text in table.column("id")}
    due = (*tables_due(project, needed, rows, until), *copies_due(project))
    found = [one for one in due if one.lines]
    kept = len(needed & project.names().keys())
    files = files_due(project, {year.plan.year for year in over}, until)
    return Purge(until, tuple(found), kept, tuple(year.plan.year for year in later), tuple(files))


def is_over(plan: Plan, today: dt.date) -> bool:
    until = plan.privacy.keep_names_until
    return until is not None and until < today


def people_in_years(years: Sequence[Year]) -> set[str]:
    """Everybody who is in post in one of these plan years, or stands in their logs."""
    posts = {post["id"] for year in years for post in year.data.people if overlaps(post, year.plan)}
    named = (
        table.column(name)
        for year, log, table in every_log(years)
        for name in year.plan.record_of(log).person_columns()
    )
    texts = set().union(*named)
    return posts.union(*([one.strip() for one in text.split(";")] for text in texts)) - {""}


def overlaps(post: Row, plan: Plan) -> bool:
    begun = post["start"] is None or post["start"] <= plan.ends
    return begun and (post["end"] is None or post["end"] >= plan.starts)


def tables_due(
    project: Project, needed: Collection[str], rows: Collection[str], until: dt.date
) -> Iterator[DueRows]:
    """Names of people whom no later year needs, what is about no row of one, old spellings up to that day."""
    tests: dict[str, Callable[[CsvFile, Record], bool]] = {
        "names": lambda file, record: file.cell(record, "id").strip() not in needed
    }
    for table, column in OF_ROWS.items():
        tests[table] = partial(names_no_row, column, rows)
    tests["corrections"] = lambda file, record: file.cell(record, "when")[:10] <= until.isoformat()
    for held in private_files(project, tests):
        file, test = held.table(), tests[held.path.stem]
        yield DueRows(file, tuple(record.line for record in file.records if test(file, record)))


def names_no_row(column: str, rows: Collection[str], file: CsvFile, record: Record) -> bool:
    """Is this row of a private file about none of these rows?"""
    return file.cell(record, column).strip() not in rows


def files_due(project: Project, years: Collection[str], until: dt.date) -> Iterator[DueFile]:
    for kind in HELD_KINDS:
        for path, rows in kind.due(project, years, until).items():
            yield DueFile(path, kind.shown(path), rows)


def copies_due(project: Project) -> Iterator[DueRows]:
    """All rows of private copies that `prt merge` has put away."""
    for file in every_file(project, "put away"):
        if file.path.is_relative_to(project.private) and file.path.suffix == ".csv":
            table = file.table()
            yield DueRows(table, tuple(record.line for record in table.records))


def purge_expired(project: Project, who: str | None, when: dt.datetime, draw: Draw) -> Purge:
    """Destroy it, and note of each file how many rows went, without a name."""
    with stage(project, "prt privacy purge", when, private=True) as locks:
        found = due_purge(project, when.date())
        year = project.load(project.plan_paths[0])
        action = Action(year, who or "", when, draw, locks, private=True)
        for one in found.due:
            rewrite(one.file, dict.fromkeys(one.lines))
            note = purge_note(action, one.file.path.name, len(one.lines), found)
            action.add(PurgeRecord.log, [note])
        for due in found.files:
            remove_file(due.path)
            file = f"{due.path.parent.name}/*{due.path.suffix}"
            action.add(PurgeRecord.log, [purge_note(action, file, due.rows, found)])
        undo_log.forget_all(project.root)
    return found


def purge_note(action: Action, file: str, rows: int, found: Purge) -> dict[str, str]:
    taken = action.year.read_table(PurgeRecord.log).column("id")
    return {
        "id": new_id(PurgeRecord.prefix, action.when.date(), taken, action.draw),
        "when": action.when.isoformat(),
        "who": action.who,
        "file": file,
        "rows": str(rows),
        "until": str(found.until),
    }
