"""A kind of file about people that prt writes beside its tables, and what is done with files of any kind."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from pathlib import Path

from prt.files.privacy.personal import Identity
from prt.files.project import Project
from prt.problems import Place
from prt.values import dataclass


@dataclass(frozen=True)
class Subject:
    """The person who is looked for: the id, the token in its place, names and addresses, the name alone."""

    person: str
    token: str
    identity: Identity
    name: str


class HeldKind(ABC):
    """Each kind stands in HELD_KINDS: `prt people show`, an erasure and a purge go through that list."""

    @abstractmethod
    def paths(self, project: Project) -> list[Path]:
        """The files of this kind, of which an erasure leaves none that tells of the person."""

    @abstractmethod
    def naming(self, project: Project, subject: Subject) -> Iterator[Place]:
        """The places in the files of this kind where the person is named."""

    @abstractmethod
    def erase(self, project: Project, subject: Subject) -> Iterator[tuple[str, int | None]]:
        """Take the person out; (file, what was destroyed of it), None where it has the token now."""

    @abstractmethod
    def due(self, project: Project, years: Collection[str], until: dt.date) -> dict[Path, int]:
        """The files that go once the names of these plan years are kept no longer, with their rows."""

    def shown(self, path: Path) -> str:
        """How a file is called on a screen, where nobody is named."""
        return f"{path.parent.name}/{path.name}"
