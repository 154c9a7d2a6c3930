"""What a cell says as text, whatever program wrote it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prt.files.csv.shape import STRANGE
from prt.text import compile_later

SPACES = compile_later("[\x0b\x0c\x85\u2028\u2029]")
UNSEEN = STRANGE
COLOURS = compile_later(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[@-Z\\^_])")
"""What a terminal would obey: the whole sequence goes, not its first character alone."""
DAMAGED = compile_later("[\ud800-\udfff]")
NOT_COMPUTED = "#FORMULA?"
"""The text of a cell with a formula and no value."""


def excel_text(value: Any) -> str:
    """A value of Excel as text: ISO dates, a duration as 1:05:00, numbers with the digits Excel shows."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace("_x000D_", "")  # how a workbook writes CR
        return without_unseen(text) if UNSEEN.search(text) else text
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(value, ".15g")
    if isinstance(value, dt.datetime):
        moment = (value + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        return str(moment.date() if moment.time() == dt.time() else moment)
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)


def without_unseen(text: str) -> str:
    """The text without what no cell may hold: controls, marks of direction, bytes that are no character."""
    return UNSEEN.sub("", DAMAGED.sub("\ufffd", SPACES.sub(" ", COLOURS.sub("", text))))
