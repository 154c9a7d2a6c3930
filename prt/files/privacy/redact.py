"""The bytes of a file without a person: a token for the id and the name, nothing for what says who it was."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from prt.files.csv.dialect import byte_order_mark, codec, decode, error_handler
from prt.files.csv.edit import edited_row_text, rewrite, rewritten_bytes
from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.privacy.personal import NOBODY, Identity, without_traces
from prt.files.privacy.walk import CORRECTIONS, PAGE, HeldFile, every_file, known_names
from prt.files.project import Project
from prt.files.store.disk import read_bytes, write_atomic
from prt.files.store.staging import stage
from prt.files.submissions.digest import rows_digest
from prt.files.submissions.manifest import (
    Erasure,
    Manifest,
    bytes_digest,
    files_of,
    read_manifest,
    verify_files,
    write_manifest,
)
from prt.files.submissions.submission import SENT
from prt.problems import Mistake, Place, Problem, PrtError

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
REWRITTEN = {".csv", ".json", ".md", ".html", ".yaml"}
"""Files of a submission in which an id can be replaced."""
PEOPLE = "data/people.csv"
CLEARED = ("note",)
"""Columns of people.csv that count nowhere and may say who it was."""


def with_token(data: bytes, person: str, token: str) -> bytes:
    """The token in the place of the id, every other byte as it is."""
    for encoding in ENCODINGS:
        data = re.sub(whole_word(person, encoding), token.encode(encoding).replace(b"\\", b"\\\\"), data)
    return data


def whole_word(text: str, encoding: str) -> bytes:
    """A pattern of the text where no letter, digit or hyphen touches it, in the bytes of an encoding."""
    zero = {"utf-16-le": (b"", b"\\x00"), "utf-16-be": (b"\\x00", b"")}.get(encoding, (b"", b""))
    letter = zero[0] + rb"[A-Za-z0-9_-]" + zero[1]
    return b"(?<!" + letter + b")" + re.escape(text.encode(encoding)) + b"(?!" + letter + b")"


def without_name(data: bytes, identity: Identity, token: str, *, page: bool = False) -> bytes:
    """The token where somebody wrote the person's name or address, in the file's own encoding."""
    text, encoding = decode(data)
    found = identity.redacted(text, token, page=page)
    if found == text:
        return data
    return byte_order_mark(data, encoding) + found.encode(codec(encoding), error_handler(encoding))


def without_notes(data: bytes, people: Collection[str]) -> bytes:
    """people.csv without the notes of the person's roles; role, board and dates are counted and stay."""
    file = parse_csv(data, Path(), "people.csv")
    return rewritten_bytes(file, note_changes(file, people), {})


def note_changes(file: CsvFile, people: Collection[str]) -> dict[int, str]:
    """The rows of these people without their notes, by line."""
    found = {}
    for record in file.records:
        row = file.cells(record)
        told = [name for name in CLEARED if row.get(name)]
        if told and row.get("id", "").strip() in people:
            found[record.line] = edited_row_text(file, record, dict.fromkeys(told, ""))
    return found


def redact_submission(
    folder: Path, old: str, new: str, on: dt.date, identity: Identity = NOBODY
) -> list[str]:
    """Replace the id of a person, and the name where somebody wrote it, in every frozen file; notes on the
    person's roles go. The manifest says so. Returns the paths.

    The manifest, which has the digests of before and after, comes first: what a crash leaves is completed by
    doing it again. A file that was tampered with is refused, for it would look verified. What was really
    sent stays as it is. Whoever calls this has the project's lock.
    """
    manifest, shown = read_manifest(folder, folder.name), folder.name
    refuse_tampered(folder, manifest, shown)
    changed = dict(redacted_files(folder, old, new, identity))
    if changed:
        before = {name: bytes_digest(read_bytes(files_of(folder)[name])) for name in changed}
        after = {name: bytes_digest(data) for name, data in changed.items()}
        rows = rows_digest(Project(folder, folder / "data" / "private"), manifest.year, changed)
        erased = (*manifest.erased, Erasure(date=on, before=before, rows=rows))
        manifest = manifest.replace(files=manifest.files | after, erased=erased)
    if manifest.submitted_by == old:
        manifest = manifest.replace(submitted_by=new or None)
    write_manifest(folder, manifest, shown)
    for name, data in changed.items():
        write_atomic(files_of(folder)[name], data, f"{shown}/{name}")
    return list(changed)


def refuse_tampered(folder: Path, manifest: Manifest, shown: str) -> None:
    """Every file has its digest, or the one that it had before an erasure that was interrupted."""
    there = files_of(folder)
    interrupted = {
        f"{shown}/{name}"
        for one in manifest.erased
        for name, before in one.before.items()
        if name in there and bytes_digest(read_bytes(there[name])) == before
    }
    wrong = [
        one for one in verify_files(folder, manifest, shown).problems if one.where.file not in interrupted
    ]
    if wrong:
        raise PrtError(*wrong, Problem.of(Place(shown), Mistake("no_id_replaced")))


def redacted_files(folder: Path, old: str, new: str, identity: Identity) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of every file that tells of the person, with the token in the place of it."""
    for name, path in files_of(folder).items():
        if path.suffix not in REWRITTEN or name.startswith(SENT):
            continue
        before = read_bytes(path)
        data = without_name(with_token(before, old, new), identity, new, page=path.suffix == PAGE)
        if name == PEOPLE:
            data = without_notes(data, (new,))
        if data != before:
            yield name, data


SAID = ("old", "new", "why")
"""Columns of corrections.csv that hold what somebody wrote."""


def is_corrections(file: HeldFile) -> bool:
    return file.path.name == CORRECTIONS and file.path.parent.parent == file.project.root / "data"


def personal_corrections(project: Project) -> Iterator[tuple[CsvFile, dict[int, dict[str, str]]]]:
    """Each corrections.csv in which somebody wrote a name, an address or a telephone number: its lines, with
    the cells as they are to be."""
    names = known_names(project)
    for held in every_file(project, "open"):
        if not is_corrections(held):
            continue
        file, lines = held.table(), {}
        for record in file.records:
            row = {name: text for name, text in file.cells(record).items() if name in SAID}
            told = {name: without_traces(text, names) for name, text in row.items()}
            if changed := {name: text for name, text in told.items() if text != row[name]}:
                lines[record.line] = changed
        if lines:
            yield file, lines


def redact_corrections(project: Project, when: dt.datetime) -> list[Place]:
    """Take what is personal out of the record of corrections; every row of it stays. Returns the lines."""
    found = []
    with stage(project, "prt privacy redact", when):
        for file, lines in list(personal_corrections(project)):
            records = {record.line: record for record in file.records}
            rewrite(file, {line: edited_row_text(file, records[line], new) for line, new in lines.items()})
            found += [Place(file.shown, line) for line in lines]
    return found
