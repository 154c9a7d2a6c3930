"""Workbooks of `prt sheet` with names: in the private folder, where an erasure and a purge reach them, and
elsewhere, where they should not be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from prt.files.privacy.held_kind import HeldKind, Subject
from prt.files.privacy.redact import with_token
from prt.files.privacy.walk import private_paths
from prt.files.project import Project
from prt.files.store.disk import read_bytes, remove_file, write_atomic
from prt.files.workbook.book_marks import replaced_bytes
from prt.files.workbook.filled_book import FilledBook, is_given_book, read_filled_book
from prt.problems import Place, PrtError


def held_books(project: Project) -> dict[Path, FilledBook | None]:
    """The workbooks of prt anywhere in the private folder, with names or with words about people; None where
    the hidden sheet is no longer what prt wrote."""
    found = dict[Path, FilledBook | None]()
    for path in private_paths(project):
        if is_given_book(path):
            try:
                book = read_filled_book(path, path.name)
            except PrtError:
                found[path] = None
            else:
                found |= {path: book} if book else {}
    return found


class HeldSheets(HeldKind):
    """Workbooks with names. Where a workbook does not say whose it is, a person has to look at it."""

    def paths(self, project: Project) -> list[Path]:
        return [path for path, book in held_books(project).items() if book and book.owner]

    def naming(self, project: Project, subject: Subject) -> Iterator[Place]:
        for path in held_books(project):
            if replaced_bytes(read_bytes(path), replaced_by(subject)) is not None:
                yield Place(project.shown(path))

    def erase(self, project: Project, subject: Subject) -> Iterator[tuple[str, int | None]]:
        """One that was given to the person goes; another gets the token, so that no row that was not imported
        is lost."""
        for path, book in held_books(project).items():
            raw = read_bytes(path)
            if book and book.owner == subject.person:
                yield f"{project.shown(path.parent)}/….xlsx", given_rows(book)
                remove_file(path)
            elif (data := replaced_bytes(raw, replaced_by(subject))) is not None:
                write_atomic(path, data, project.shown(path), known=raw)
                yield project.shown(path), None

    def due(self, project: Project, years: Collection[str], until: dt.date) -> dict[Path, int]:
        books = held_books(project).items()
        return {path: given_rows(book) for path, book in books if book and book.year in years}


def replaced_by(subject: Subject) -> Callable[[str], str]:
    """A text with the token where the id, the name or an address of the person stood."""

    def redacted(text: str) -> str:
        token = with_token(text.encode(), subject.person, subject.token).decode()
        return subject.identity.redacted(token, subject.token)

    return redacted


def given_rows(book: FilledBook) -> int:
    """How many rows were given out in a workbook."""
    return sum(map(len, book.given.values()))
