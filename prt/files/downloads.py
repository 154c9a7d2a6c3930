"""The folder where a browser leaves what was exported."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

TABLES = (".csv", ".tsv", ".txt", ".xlsx")


def downloads_folder() -> Path:
    return Path.home() / "Downloads"


def recent_downloads(since: dt.datetime, most: int = 30) -> list[Path]:
    """The tables that were saved since then, the newest first; none where the folder cannot be read."""
    try:
        found = [
            path for path in downloads_folder().iterdir() if path.suffix.lower() in TABLES and path.is_file()
        ]
        saved = {path: path.stat().st_mtime for path in found}
    except OSError:
        return []
    new = [path for path in found if saved[path] >= since.timestamp()]
    return sorted(new, key=lambda path: (-saved[path], path.name))[:most]
