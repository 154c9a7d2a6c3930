"""What `prt start` remembered on this laptop, for whoever has no git and sets no variables."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from prt.console.streams import written
from prt.files.own_folders import read_settings, write_setting


def system_folder(windows: str, mac: str, variable: str, other: str) -> Path | None:
    """prt's folder where this system lets programs keep such files; None where nobody has a home.

    Windows names the place in a variable, a Mac has it in the home, and other systems have both.
    """
    home = os.environ.get("HOME", "")
    if sys.platform == "win32":
        folder = os.environ.get(windows, "")
    elif sys.platform == "darwin":
        folder = home and f"{home}/{mac}"
    else:
        folder = os.environ.get(variable) or (home and f"{home}/{other}")
    return Path(folder, "prt") if Path(folder).is_absolute() else None


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
