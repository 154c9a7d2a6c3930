"""How large a foreign file may be, and what no cell of it may hold."""

from __future__ import annotations

import re

from prt.files.csv.shape import STRANGE
from prt.problems import Place, Problem

MOST_BYTES = 30_000_000  # an attendance list of 50,000 rows has 5 to 12 million
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000

SPACES = re.compile("[\x0b\x0c\x85\u2028\u2029]")
UNSEEN = STRANGE
COLOURS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[@-Z\\^_])")
"""What a terminal would obey: the whole sequence goes, not its first character alone."""
DAMAGED = re.compile("[\ud800-\udfff]")


def no_table(name: str, what: str, remedy: str) -> Problem:
    return Problem(Place(name), what, remedy)


def too_heavy_problem(name: str) -> Problem:
    what = f"has more than {MOST_BYTES // 1_000_000} million bytes"
    return no_table(name, what, "Is this an export? Delete the columns that are not needed.")


def too_large_problem(name: str, rows: int, columns: int) -> Problem | None:
    if rows > MOST_ROWS:
        return no_table(name, f"has {rows:,} rows, more than {MOST_ROWS:,}", "Import it in parts.")
    if columns > MOST_COLUMNS:
        what = f"has a row of {columns:,} cells, more than {MOST_COLUMNS:,}"
        return no_table(name, what, "Is this a table? Delete the columns that are not needed.")
    return None


def without_unseen(text: str) -> str:
    """The text without what no cell may hold: controls, marks of direction, bytes that are no character."""
    return UNSEEN.sub("", DAMAGED.sub("\ufffd", SPACES.sub(" ", COLOURS.sub("", text))))
