"""Where a row says that its document is: a path, whose file may be gone. A link is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from prt.files.project import Year
from prt.files.trace.disk_questions import is_on_disk
from prt.problems import Mistake, Problem

LINK = re.compile(r"[a-z][a-z0-9+.-]+:|www\.", re.IGNORECASE)
"""`https:`, `onedrive:`; a single letter is that of a drive."""
PATH = re.compile(r"[/\\]|\.\w{2,5}$")
"""What tells a path from words: a folder, or the ending of a file."""


def lost_evidence(year: Year) -> Iterator[Problem]:
    """A warning for each row whose evidence is a path to a file or a folder that is not there."""
    for rows in year.data.logs.values():
        for row in rows:
            text = row["evidence"] or ""
            if gone := [one for one in paths_in(text) if not is_there(year, one)]:
                mistake = Mistake("evidence_is_gone", path="; ".join(gone))
                yield Problem.of(row.place("evidence"), mistake, "warning", text)


def paths_in(text: str) -> list[str]:
    """The paths among what stands in the cell, separated by `;`."""
    parts = (part.strip().strip('"') for part in text.split(";"))
    return [part for part in parts if part and PATH.search(part) and not LINK.match(part)]


def is_there(year: Year, text: str) -> bool:
    """Seen from the project, from the plan year's folder, or from the drive's root."""
    try:
        path = Path(text.replace("\\", "/")).expanduser()
        return any(is_on_disk(folder / path) for folder in (year.project.root, year.folder))
    except (OSError, RuntimeError, ValueError):
        return False
