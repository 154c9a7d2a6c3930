"""`prt people merge`: two ids are one person. Every row gets the second; corrections.csv keeps the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prt.files.csv.edit import edited_row_text, rewrite
from prt.files.csv.reader import CsvFile, Record
from prt.files.privacy.walk import every_log
from prt.files.project import Year
from prt.files.store import undo_log
from prt.files.store.store import Action
from prt.model.columns import LogRecord
from prt.model.records import NameRecord, PersonRecord

Change = tuple[Record, Mapping[str, str] | None]
"""Other cells of a record; None takes it out."""


def merge_ids(action: Action, old: str, new: str) -> dict[str, int]:
    """(file → rows) that have the other id now. All plan years can be read, or nothing is written."""
    project, done = action.year.project, dict[str, int]()
    for year, log, file in every_log([project.load(path) for path in project.plan_paths]):
        own = action.of_year(year)
        done |= write_merged(own, log, list(log_changes(file, year.plan.record_of(log), old, new)), old, new)
    posts = list(post_changes(action.year.read_table("people"), old, new))
    done |= write_merged(action, PersonRecord.log, posts, old, new)
    done |= write_merged(action, NameRecord.log, list(name_changes(action.year, old, new)), old, new)
    undo_log.forget_all(project.root)
    return done


def write_merged(action: Action, log: str, changes: Sequence[Change], old: str, new: str) -> dict[str, int]:
    """Corrections first, then the file in one rewrite."""
    if not changes:
        return {}
    file, why = action.year.read_table(log), f"{old} and {new} are one person"
    notes = [
        note for record, change in changes for note in correction_notes(action, file, record, change, why)
    ]
    texts = {
        record.line: None if change is None else edited_row_text(file, record, change)
        for record, change in changes
    }
    action.correct(log, notes)
    rewrite(file, texts)
    return {file.shown: len(changes)}


def correction_notes(
    action: Action, file: CsvFile, record: Record, change: Mapping[str, str] | None, why: str
) -> Iterator[dict[str, str]]:
    row = file.cell(record, "id").strip() or f"line {record.line}"
    if change is None:
        line = "".join(file.lines[record.line - 1 : record.end - 1]).rstrip("\r\n")
        yield action.correction("removed", file, row, why, old=line)
        return
    for name, text in change.items():
        yield action.correction("edited", file, row, why, column=name, old=file.cell(record, name), new=text)


def log_changes(file: CsvFile, model: type[LogRecord], old: str, new: str) -> Iterator[Change]:
    """Every row that names the person, whoever gave the hours too."""
    for record in file.records:
        texts = {name: file.cell(record, name) for name in model.person_columns()}
        ids = {name: [one.strip() for one in text.split(";")] for name, text in texts.items()}
        if mine := {name: with_id(own, old, new) for name, own in ids.items() if old in own}:
            yield record, mine


def with_id(ids: Sequence[str], old: str, new: str) -> str:
    """The cell with the other id, each once."""
    return "; ".join(dict.fromkeys(new if one == old else one for one in ids if one))


def post_changes(file: CsvFile, old: str, new: str) -> Iterator[Change]:
    """Roles; one that the other id has too is not held twice."""
    held = [file.cells(record) for record in file.records]
    for record, row in zip(file.records, held, strict=True):
        if row.get("id", "").strip() == old:
            yield record, None if {**row, "id": new} in held else {"id": new}


def name_changes(year: Year, old: str, new: str) -> Iterator[Change]:
    """The other spellings become one person's; without a name of its own, the id takes the other's."""
    file = year.read_table(NameRecord.log)
    found = {file.cell(record, "id").strip(): record for record in file.records}
    if old not in found:
        return
    if new not in found:
        yield found[old], {"id": new}
        return
    texts = [file.cell(found[one], name) for one in (new, old) for name in ("name", "email", "other_names")]
    several = [text.strip() for cell in texts[2:] for text in cell.split(";")]
    others = [text for text in dict.fromkeys(several) if text and text not in texts[:2]]
    yield found[new], {"other_names": "; ".join(others)}
    yield found[old], None
