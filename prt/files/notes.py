"""Where the notes of a report are, and what stands in them."""

from __future__ import annotations

from pathlib import Path

from prt.files.csv.dialect import MARKS, codec, decode, error_handler
from prt.files.store.disk import make_folder, write_atomic
from prt.model.notes import Notes, read_sections
from prt.model.text import Language


def notes_path(folder: Path, report: str, language: Language) -> Path:
    """`data/2024-2025/notes/period-2.fr.md`; `folder` is that of the plan year."""
    return folder / "notes" / f"{report}.{language}.md"


def read_markdown(path: Path) -> tuple[str, str]:
    """The Markdown of a file and its encoding; nothing where there is no file."""
    return decode(path.read_bytes()) if path.is_file() else ("", "utf-8")


def write_markdown(path: Path, shown: str, text: str, encoding: str) -> None:
    """The file with a text that keeps its encoding, or is UTF-8 where it cannot."""
    mark, name = MARKS.get(encoding, b""), codec(encoding)
    try:
        data = mark + text.encode(name, error_handler(encoding))
    except UnicodeEncodeError:
        data = text.encode("utf-8", "surrogateescape")
    make_folder(path.parent)
    write_atomic(path, data, shown)


def read_notes(folder: Path, report: str, language: Language) -> Notes:
    """The notes of one report; none where there is no file."""
    return read_sections(read_markdown(notes_path(folder, report, language))[0])
