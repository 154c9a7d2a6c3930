"""What lies in a person's home, outside any project: downloads, drives kept alike on several devices, and
what `prt start` remembered on this laptop."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from prt.files.store.disk import bytes_or_none, make_folder, write_atomic
from prt.files.trace.disk_questions import find_in, is_folder, is_stored_file, list_folder, saved_at

TABLES = (".csv", ".tsv", ".txt", ".xlsx")
MOST_DOWNLOADS = 30
DRIVES = ("OneDrive - *", "OneDrive-*", "OneDrive", "Dropbox*", "Google Drive", "My Drive", "Mon disque")
"""How folders are called that a program keeps alike on every device, an organisation's own first."""
MAC_DRIVES = "Library/CloudStorage"
"""The folder in which newer Macs have such folders."""


def downloads_folder() -> Path:
    """The folder where a browser leaves what was exported."""
    return Path.home() / "Downloads"


def recent_downloads(since: dt.datetime) -> list[Path]:
    """The tables that were saved since then, the newest first; none where the folder cannot be read."""
    try:
        found = [
            path
            for path in list_folder(downloads_folder())
            if path.suffix.lower() in TABLES and is_stored_file(path)
        ]
        saved = {path: saved_at(path) for path in found}
    except OSError:
        return []
    new = [path for path in found if saved[path] >= since.timestamp()]
    return sorted(new, key=lambda path: (-saved[path], path.name))[:MOST_DOWNLOADS]


def find_drives() -> list[Path]:
    """The folders of OneDrive and its like, that of an organisation before one's own."""
    places = (Path.home(), Path.home() / MAC_DRIVES)
    with suppress(OSError):
        found = [path for name in DRIVES for place in places for path in sorted(find_in(place, name))]
        return list(dict.fromkeys(path for path in found if is_folder(path)))
    return []


def read_settings(path: Path | None) -> Mapping[str, Any]:
    """What was remembered; nothing where the file is not there, or cannot be read: none of it is needed."""
    with suppress(OSError, ValueError):
        found = json.loads(bytes_or_none(path) or b"{}") if path else {}
        return found if isinstance(found, dict) else {}
    return {}


def write_setting(path: Path, keys: tuple[str, ...], value: str) -> None:
    """Remember one value under its keys, beside the others. Raises OSError."""
    settings = dict(read_settings(path))
    inner = settings
    for key in keys[:-1]:
        inner[key] = dict(inner.get(key) or {})
        inner = inner[key]
    inner[keys[-1]] = value
    make_folder(path.parent)
    write_atomic(path, json.dumps(settings, ensure_ascii=False, indent=1).encode(), home=path.parent)
