"""A line of hours in words: quotes, marks such as `board:`, and where each word stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from prt.entry.lexicon import word_key
from prt.entry.person_names import HYPHENS
from prt.text import compile_later
from prt.values import dataclass

QUOTE = compile_later(r'"([^"]*)"|«\s*([^»]*?)\s*»|“([^”]*)”')
RUN = compile_later(r"\S+")
MARKER = compile_later(r"([^\W\d_]+)[ \u00a0]?:(?=\s|\S)")
BETWEEN = compile_later(rf"(?<=[^\W\d_])[-{HYPHENS}](?=[^\W\d_])|,(?!\d)|(?<=[^\W\d_]),|;")
"""Where one run of signs is several words: a hyphen between letters, a comma that is in no number."""
DITTO = frozenset({'"', "″", "”", "“", "''"})


@dataclass(frozen=True)
class Token:
    """A word of a line, from `start` to `end`; `run` counts what stands between blanks."""

    start: int
    end: int
    text: str
    run: int
    kind: Literal["word", "quote", "marker"] = "word"


def split_line(line: str, markers: Collection[str]) -> list[Token]:
    """The words of a line, in their order."""
    found: list[Token] = []
    at = run = 0
    while at < len(line):
        run += not line[at].isspace()
        if line[at].isspace():
            at += 1
        elif quote := QUOTE.match(line, at):
            found.append(Token(at, quote.end(), next(filter(None, quote.groups()), ""), run, "quote"))
            at = quote.end()
        elif (mark := MARKER.match(line, at)) and word_key(mark[1]) in markers:
            found.append(Token(at, mark.end(), word_key(mark[1]), run, "marker"))
            at = mark.end()
        else:
            end = RUN.match(line, at)
            assert end is not None
            if end[0] not in DITTO:  # what is missing comes from the line above anyhow
                found += words_of_run(line, at, end.end(), run)
            at = end.end()
    return found


def words_of_run(line: str, start: int, end: int, run: int) -> Iterator[Token]:
    """`plan-action,` is two words; an e-mail, a date and a time are one."""
    text = line[start:end]
    cuts = [] if "@" in text else [(one.start(), one.end()) for one in BETWEEN.finditer(text)]
    begin = 0
    for first, last in (*cuts, (len(text), len(text))):
        if word := text[begin:first].rstrip(",;"):
            yield Token(start + begin, start + first, word, run)
        begin = last
