"""What `prt start` remembered on this laptop, for whoever has no git and sets no variables."""

from __future__ import annotations

from pathlib import Path

from prt.console.streams import written
from prt.console.surroundings.system import system_folder
from prt.files.own_folders import read_settings, write_setting


def settings_path() -> Path | None:
    """The file of what somebody chose; None where nobody has a home."""
    folder = system_folder("APPDATA", "Library/Application Support", "XDG_CONFIG_HOME", ".config")
    return folder / "settings.json" if folder else None


def remembered(*keys: str) -> str:
    """The text that was remembered under these keys; empty where there is none."""
    found: object = read_settings(settings_path())
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def remember(value: str, *keys: str) -> None:
    """Keep a text under these keys. Raises OSError; nothing is kept where nobody has a home."""
    path = settings_path()
    if path and remembered(*keys) != value:
        write_setting(path, keys, value)
        written.append(f"{keys[-1]}: {value}")
