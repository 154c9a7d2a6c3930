"""The lines that git leaves around two versions of a text, in files that people write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prt.problems import Mistake, Place, Problem
from prt.text import compile_later

LINE_END = compile_later("\r\n|\r|\n")
ANY = compile_later(r"(<{7}|\|{7}|={7}|>{7})(?=\s|$)")
OF_PROSE = compile_later(r"(<{7}|>{7})(?=\s|$)")
"""In Markdown a line of `=` makes a heading of the line above it."""


def merge_problems(text: str, shown: str, marks: re.Pattern[str] = OF_PROSE) -> Iterator[Problem]:
    """One for each line that begins as git marks an unfinished merge."""
    for number, line in enumerate(LINE_END.split(text), 1):
        if found := marks.match(line):
            yield Problem.of(Place(shown, number), Mistake("merge_line_in_text", sign=found[0]))
