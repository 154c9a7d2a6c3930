"""What this system says of itself: where programs keep files of their own, which language it speaks."""

from __future__ import annotations

import os
import sys
from pathlib import Path


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


def cache_folder() -> Path | None:
    """The folder of what can be made again; None where nobody has a home."""
    return system_folder("LOCALAPPDATA", "Library/Caches", "XDG_CACHE_HOME", ".cache")


def windows_language() -> int:
    """The number of the language that Windows speaks, of whatever country."""
    if sys.platform != "win32":
        return 0
    import ctypes  # 10 ms, on Windows alone

    return int(ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF)
