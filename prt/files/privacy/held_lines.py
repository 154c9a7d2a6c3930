"""Lines that were typed and are not saved yet: files that may name people, to be found, shown and erased."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from prt.entry.person_names import name_words
from prt.files.privacy.held_kind import HeldKind, Subject
from prt.files.project import Project
from prt.files.store.disk import read_bytes, remove_file
from prt.files.unsaved_lines import UnsavedLine, UnsavedLines, read_lines_file, unsaved_paths, write_lines
from prt.problems import Place
from prt.text import fold_text


class HeldLines(HeldKind):
    """Everybody's lists of lines; in the words of a line a first name alone is a person."""

    def paths(self, project: Project) -> list[Path]:
        return unsaved_paths(project)

    def naming(self, project: Project, subject: Subject) -> Iterator[Place]:
        yield from (Place(project.shown(path)) for path in self.paths_naming(project, subject))

    def erase(self, project: Project, subject: Subject) -> Iterator[tuple[str, int | None]]:
        """The person's own list goes, one that cannot be read, and of others the lines in which the person is
        named."""
        for path in self.paths_naming(project, subject):
            kept = read_lines_file(path)
            if kept is None or is_own(path, subject):
                yield project.shown(path.parent / self.hidden_name(path)), count_lines(kept)
                remove_file(path)
                continue
            others = UnsavedLines(
                [one for one in kept.lines if not names_person(text_of(one), subject)],
                "" if names_person(kept.begun, subject) else kept.begun,
                [one for one in kept.new_rows if not names_person(json.dumps(one[1]), subject)],
            )
            yield project.shown(path), count_lines(kept) - count_lines(others) or 1
            write_lines(project, path, others)

    def due(self, project: Project, years: Collection[str], until: dt.date) -> dict[Path, int]:
        """The lists whose lines were all typed up to that day."""
        found = {path: read_lines_file(path) for path in self.paths(project)}
        return {
            path: count_lines(kept)
            for path, kept in found.items()
            if kept and kept.lines and all(one.day <= until for one in kept.lines)
        }

    def shown(self, path: Path) -> str:
        return f"{path.parent.name}/{self.hidden_name(path)}"

    def hidden_name(self, path: Path) -> str:
        """The name of a list without whose it is."""
        return f"{path.stem.partition('-')[0]}-….json"

    def paths_naming(self, project: Project, subject: Subject) -> list[Path]:
        """The lists that are the person's, or in which the person is named, whole or in part."""
        return [
            path
            for path in self.paths(project)
            if is_own(path, subject) or names_person(read_bytes(path).decode(errors="replace"), subject)
        ]


def is_own(path: Path, subject: Subject) -> bool:
    return path.stem.partition("-")[2] == subject.person


def names_person(text: str, subject: Subject) -> bool:
    words = set(re.findall(r"[\w-]+|[^\W_]+", fold_text(text)))
    named = subject.person in text or subject.identity.stands_in(text)
    return named or not words.isdisjoint({*name_words(subject.name)})


def text_of(line: UnsavedLine) -> str:
    """A line with what was chosen for its words, and answered."""
    answered = (text for key, cells in line.answers for text in (key, *cells, *cells.values()))
    return " ".join((line.text, line.about, *(str(piece.value) for piece in line.chosen), *answered))


def count_lines(kept: UnsavedLines | None) -> int:
    return len(kept.lines) + bool(kept.begun) if kept else 1
