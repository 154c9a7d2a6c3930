"""The lines that git leaves around two versions of a text, in files that people write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prt.problems import Mistake, Place, Problem

LINE_END = re.compile("\r\n|\r|\n")
ANY = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?=\s|$)")
OF_PROSE = re.compile(r"(<{7}|>{7})(?=\s|$)")
"""In Markdown a line of `=` makes a heading of the line above it."""


def merge_problems(text: str, shown: str, marks: re.Pattern[str] = OF_PROSE) -> Iterator[Problem]:
    """One for each line that begins as git marks an unfinished merge."""
    for number, line in enumerate(LINE_END.split(text), 1):
        if found := marks.match(line):
            yield Problem.of(Place(shown, number), Mistake("merge_line_in_text", sign=found[0]))
