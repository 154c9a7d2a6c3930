"""The bytes of a file without a person: a token for the id and the name, nothing for what says who it was."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from prt.files.csv.dialect import codec, damage, decode, mark_of
from prt.files.csv.edit import edited_text, rewrite, rewritten
from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.privacy.scan import CORRECTIONS, is_apart, known_names
from prt.files.project import Project
from prt.files.store.journal import locked
from prt.model.personal import Identity, without_traces
from prt.problems import Place

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
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
    return mark_of(data, encoding) + found.encode(codec(encoding), damage(encoding))


def without_notes(data: bytes, people: Collection[str]) -> bytes:
    """people.csv without the notes of the person's roles; role, board and dates are counted and stay."""
    file = parse_csv(data, Path(), "people.csv")
    return rewritten(file, note_changes(file, people), {})


def note_changes(file: CsvFile, people: Collection[str]) -> dict[int, str]:
    """The rows of these people without their notes, by line."""
    found = {}
    for record in file.records:
        row = file.cells(record)
        told = [name for name in CLEARED if row.get(name)]
        if told and row.get("id", "").strip() in people:
            found[record.line] = edited_text(file, record, dict.fromkeys(told, ""))
    return found


SAID = ("old", "new", "why")
"""Columns of corrections.csv that hold what somebody wrote."""


def told_corrections(project: Project) -> Iterator[tuple[CsvFile, dict[int, dict[str, str]]]]:
    """Each corrections.csv in which somebody wrote a name, an address or a telephone number: its lines, with
    the cells as they are to be."""
    names = known_names(project)
    for path in sorted((project.root / "data").glob(f"*/{CORRECTIONS}")):
        if is_apart(project, path):
            continue
        file, lines = project.read_csv(path), {}
        for record in file.records:
            row = {name: text for name, text in file.cells(record).items() if name in SAID}
            told = {name: without_traces(text, names) for name, text in row.items()}
            if changed := {name: text for name, text in told.items() if text != row[name]}:
                lines[record.line] = changed
        if lines:
            yield file, lines


def redact_corrections(project: Project) -> list[Place]:
    """Take what is personal out of the record of corrections; every row of it stays. Returns the lines."""
    found = []
    with locked(project.root):
        for file, lines in list(told_corrections(project)):
            records = {record.line: record for record in file.records}
            rewrite(file, {line: edited_text(file, records[line], new) for line, new in lines.items()})
            found += [Place(file.shown, line) for line in lines]
    return found
