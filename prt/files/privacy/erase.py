"""`prt people erase`: the id of a person becomes a token that tells nobody who it was; all counts stay.

An erasure that is cut off is completed by the next command: its copies have the token, never the name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain

from prt.files.csv.edit import append_rows, rewrite
from prt.files.privacy.held_kind import Subject
from prt.files.privacy.held_kinds import HELD_KINDS
from prt.files.privacy.person import (
    FREE_TEXT,
    UNMATCHED,
    id_pattern,
    is_of_rows,
    lines_naming,
    rows_about,
    subject_of,
    token_of,
    unmatched_presences,
)
from prt.files.privacy.redact import note_changes, redact_submission, with_token, without_name
from prt.files.privacy.walk import HeldFile, every_file, every_table, every_text, frozen_folders
from prt.files.project import Project, original_of
from prt.files.provenance import PurgeRecord
from prt.files.store import undo_log
from prt.files.store.disk import OWNER_FILE, read_bytes, remove_file, write_atomic
from prt.files.store.staging import stage
from prt.files.submissions.manifest import files_of
from prt.model.records import NameRecord
from prt.problems import Place
from prt.values import dataclass

REGISTERS = ("incidents", "purges", "backups")
WRITTEN = ("plan", "templates")
"""Folders of texts in which only a person may change a word."""


@dataclass(frozen=True)
class ErasureReport:
    """What was done: the token, the files that have it now, rows destroyed by file; lines that still have the
    name: `texts` are for a person to rewrite, `sent` is what was really sent, which stays as it is."""

    token: str
    replaced: tuple[str, ...]
    destroyed: dict[str, int]
    texts: tuple[Place, ...]
    sent: tuple[Place, ...]


def erase_person(project: Project, person: str, when: dt.datetime) -> ErasureReport:
    """Replace id and name everywhere, destroy what says who it was; all of it or nothing."""
    with stage(project, "prt people erase", when, private=True):
        subject = subject_of(project, person)
        unmatched = unmatched_presences(project, person)
        own = {row.cells.get("id", "") for row in rows_about(project, person)} - {""}
        frozen = list(replace_in_submissions(project, subject, when.date()))
        done: list[tuple[str, int | None]] = [*destroy_rows(project, person, own)]
        done += [(file.shown, None) for file in replaceable_files(project) if replace_in(file, subject)]
        done += chain.from_iterable(kind.erase(project, subject) for kind in HELD_KINDS)
        done += destroy_copies(project, subject, own)
        clear_posts(project, subject.token)
        texts = tuple(lines_naming(every_text(project, "open"), subject.identity))
        sent = tuple(lines_naming(every_text(project, "sent"), subject.identity))
        destroyed = Counter[str]()
        for file, rows in done:
            destroyed.update({} if rows is None else {file: rows})
        note_erasure(project, subject.token, when, destroyed.total(), unmatched)
        undo_log.forget_all(project.root)
    replaced = (*(file for file, rows in done if rows is None), *frozen)
    return ErasureReport(subject.token, replaced, destroyed, texts, sent)


def replace_in_submissions(project: Project, subject: Subject, on: dt.date) -> Iterator[str]:
    """A report that was submitted has the token too, and its manifest says that something was erased."""
    for folder in frozen_folders(project):
        for name in redact_submission(folder, subject.person, subject.token, on, subject.identity):
            yield project.shown(files_of(folder)[name])


def replaceable_files(project: Project) -> list[HeldFile]:
    """Every text of the project that git would carry or that was made of it, and private files whose rows
    stay, with copies of them: the registers that the law asks to keep, and what others wrote."""
    kept = [f"{name}.csv" for name in (*REGISTERS, *FREE_TEXT)]
    private = (file for file in every_file(project, "private") if original_of(file.path.name, kept))
    return [*every_text(project, "open"), *private]


def replace_in(file: HeldFile, subject: Subject) -> bool:
    """The token in the place of the id and of the name, every other byte as it is."""
    before = read_bytes(file.path)
    data = with_token(before, subject.person, subject.token)
    if not file.is_organisations and not is_written(file):
        data = without_name(data, subject.identity, subject.token, page=file.is_page)
    if data != before:
        write_atomic(file.path, data, file.shown, known=before)
    return data != before


def is_written(file: HeldFile) -> bool:
    """Is it the team's own text: the plan, a template?"""
    return file.room == "open" and file.folder in WRITTEN


def note_erasure(
    project: Project, token: str, when: dt.datetime, rows: int, presences: Collection[str]
) -> None:
    """Into the register of what was destroyed, under the token, so that a copy from before is known by it;
    of presences that were never matched under their own, for no file says any more whose they were."""
    path = project.private / f"{PurgeRecord.log}.csv"
    register = project.read_csv(path)
    noted = {token: (f"{NameRecord.log}.csv", rows)}
    noted |= {token_of(one): (f"{UNMATCHED}.csv", 1) for one in sorted(presences)}
    day, known = str(when.date()), register.column("id")
    added = [
        {"id": one, "when": when.isoformat(), "file": file, "rows": str(number), "until": day}
        for one, (file, number) in noted.items()
        if one not in known
    ]
    if added:
        append_rows(path, register.shown, PurgeRecord.header(), added, known=register, mode=OWNER_FILE)


def destroy_copies(project: Project, subject: Subject, own: Collection[str]) -> Iterator[tuple[str, int]]:
    """(file, lines) of copies that `prt merge` has put away, so that they are merged, where they name the
    person or have private rows of the person's presences."""
    form, mine = id_pattern(subject.person), subject.identity
    for file in every_file(project, "put away"):
        lines = sum(bool(form.search(line)) or mine.redacted(line, "") != line for line in file.lines())
        table = file.table() if file.is_table else None
        rows = sum(is_of_rows(table, record, own) for record in table.records) if table else 0
        if lines or rows:
            remove_file(file.path)
            yield file.shown, max(lines, rows)


def clear_posts(project: Project, person: str) -> None:
    """The notes of the person's roles go; role, board and dates are counted and stay."""
    file = project.read_csv(project.roster_path("people"))
    if changes := note_changes(file, (person,)):
        rewrite(file, changes)


def destroy_rows(project: Project, person: str, own: Collection[str]) -> Iterator[tuple[str, int]]:
    """(file, rows destroyed) of the private folder: names, exported ones too, connection times, old
    spellings."""
    form, registers = id_pattern(person), [f"{name}.csv" for name in REGISTERS]
    for table in every_table(project, "private"):
        if original_of(table.path.name, registers):
            continue
        lines = [
            record.line
            for record in table.records
            if is_of_rows(table, record, own) or any(map(form.search, record.cells))
        ]
        if lines:
            rewrite(table, dict.fromkeys(lines))
            yield table.shown, len(lines)
