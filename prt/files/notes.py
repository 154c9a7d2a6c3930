"""Where the notes of a report are, and what stands in them."""

from __future__ import annotations

from pathlib import Path

from prt.files.dialect import decode
from prt.model.notes import Notes, read_sections
from prt.model.text import Language


def notes_path(folder: Path, report: str, language: Language) -> Path:
    """`data/2024-2025/notes/period-2.fr.md`; `folder` is that of the plan year."""
    return folder / "notes" / f"{report}.{language}.md"


def read_notes(folder: Path, report: str, language: Language) -> Notes:
    """The notes of one report; none where there is no file."""
    path = notes_path(folder, report, language)
    return read_sections(decode(path.read_bytes())[0]) if path.is_file() else Notes()
