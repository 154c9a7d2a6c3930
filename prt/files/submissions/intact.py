"""Frozen files that are damaged although their very bytes are known: by their digest, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from prt.files.project import Year
from prt.files.store.disk import bytes_or_none
from prt.files.submissions.manifest import bytes_digest
from prt.files.submissions.submission import Submission, list_submissions, readable_submissions
from prt.files.trace.disk_questions import is_link
from prt.values import dataclass


@dataclass(frozen=True)
class Intact:
    """A frozen file, the bytes that were sent, and where they are still; `source` is itself where only its
    line ends were changed."""

    path: Path
    data: bytes
    source: Path


def find_intact(year: Year) -> list[Intact]:
    """Files that can be brought back from themselves, another submission, or the project."""
    known = readable_submissions(list_submissions(year))
    return [found for one in known for found in intact_of(one, known, year.project.root)]


def intact_of(one: Submission, known: Sequence[Submission], root: Path) -> Iterator[Intact]:
    for name, wrong in one.verdict.wrong.items():
        if wrong in ("changed", "missing", "other line ends"):
            places = [folder / name for folder in (one.folder, *(other.folder for other in known), root)]
            found = (intact_at(one.folder / name, place, one.manifest.files[name]) for place in places)
            yield from [intact for intact in found if intact][:1]


def intact_at(path: Path, source: Path, digest: str) -> Intact | None:
    """The bytes of this digest in another file, whatever git or an editor made of its line ends."""
    with suppress(OSError):
        data = (bytes_or_none(source) or b"") if not is_link(source) else b""
        bare = data.replace(b"\r\n", b"\n")
        for text in (data, bare, bare.replace(b"\n", b"\r\n")):
            if bytes_digest(text) == digest:
                return Intact(path, text, source)
    return None
