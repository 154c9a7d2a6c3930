"""Addresses of people who are to be written to, and lists for mail merge, in the private folder alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from prt.files.csv.edit import rewrite
from prt.files.csv.reader import CsvFile
from prt.files.outputs import refuse_any_link
from prt.files.privacy.held_kind import HeldKind, Subject
from prt.files.privacy.walk import private_paths
from prt.files.project import Project
from prt.files.store.disk import OWNER_FILE, make_owner_only, write_atomic
from prt.files.trace.disk_questions import is_folder
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, PrtError

FOLDER = "mail"
LIST_NAME = re.compile(r"[\w .-]*\w\.csv")
MAIL_ADDRESS = re.compile(r"[^\s;,<>\"()]+@[^\s;,<>\"()@]+\.[^\s;,<>\"()@]+")
"""What a line of addresses can hold without another one beginning in it."""


def address_of(row: Row | None) -> str:
    """The e-mail of a person; "" where none is known that a program of mail would take."""
    email = (row["email"] or "").strip() if row else ""
    return email if MAIL_ADDRESS.fullmatch(email) else ""


def join_addresses(addresses: Iterable[str]) -> str:
    """For the field BCC, each once: `anne@example.org; zoe@example.org`."""
    return "; ".join({one.casefold(): one for one in addresses if one}.values())


def write_mail_list(project: Project, name: str, table: str) -> str:
    """The list in its folder of the private folder; returns where. PrtError for a place elsewhere."""
    path = project.private / FOLDER / name
    if not LIST_NAME.fullmatch(name):
        mistake = Mistake("mail_list_elsewhere", folder=project.shown(project.private / FOLDER))
        raise PrtError(Problem.of(Place(name), mistake), code=2)
    refuse_any_link(project, path)
    make_owner_only(path.parent)
    write_atomic(path, f"\ufeff{table}\n".encode(), project.shown(path), OWNER_FILE)
    return project.shown(path)


class MailLists(HeldKind):
    """The lists for mail merge."""

    def paths(self, project: Project) -> list[Path]:
        found = (path for path in private_paths(project) if path.suffix.casefold() == ".csv")
        return [path for path in found if path.parent == project.private / FOLDER]

    def naming(self, project: Project, subject: Subject) -> Iterator[Place]:
        for table, lines in self.rows_naming(project, subject):
            yield from (Place(table.shown, line) for line in lines)

    def erase(self, project: Project, subject: Subject) -> Iterator[tuple[str, int | None]]:
        for table, lines in self.rows_naming(project, subject):
            rewrite(table, dict.fromkeys(lines))
            yield table.shown, len(lines)

    def due(self, project: Project, years: Collection[str], until: dt.date) -> dict[Path, int]:
        return {path: len(project.read_csv(path).records) for path in self.paths(project)}

    def rows_naming(self, project: Project, subject: Subject) -> Iterator[tuple[CsvFile, list[int]]]:
        """The lines of each list that have the person's id, name or address."""
        for table in map(project.read_csv, self.paths(project)):
            lines = [
                record.line
                for record in table.records
                if any(one == subject.person or subject.identity.stands_in(one) for one in record.cells)
            ]
            if lines:
                yield table, lines


def refuse_without_addresses(project: Project) -> None:
    """PrtError where the private folder is not here, which alone has the addresses."""
    if not is_folder(project.private):
        raise PrtError(Problem.of(Place("--mail"), Mistake("addresses_not_here")), code=2)
