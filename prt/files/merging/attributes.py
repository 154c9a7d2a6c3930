"""The lines of .gitattributes by which git calls the driver."""

from __future__ import annotations

from pathlib import Path

from prt.files.store.disk import bytes_or_none

ATTRIBUTES = {
    "data/**/*.csv merge=prt": "# Logs are merged by row: prt git setup, once in each clone.",
    "data/*/submitted/** -merge": "",
}
"""Lines of .gitattributes, each with a comment before it."""


def has_attributes(root: Path) -> bool:
    """Are the logs of this project merged by the driver, where a clone has it?"""
    raw = bytes_or_none(root / ".gitattributes") or b""
    return b"merge=prt" in raw
