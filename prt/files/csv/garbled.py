"""Texts that were read in one encoding and saved in another: `MontrÃ©al`, `lâ€™idÃ©e`, `PrŽsent`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from prt.files.csv.reader import CsvFile
from prt.problems import Mistake, Place, Problem

TWICE = re.compile("[ÂÃÅâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
"""What the two or three bytes of one letter look like where each was taken for a letter."""
MAC = re.compile("(?<=[a-z])[ŽˆƒÕ‰](?![A-Z])|\\bƒ(?=[a-z]{2})")
"""What é, à, É, the apostrophe and â of an old Mac look like in Windows."""
WORD = re.compile(r"[^ \t\r\n,;\"]+")


class Garbled(NamedTuple):
    """A word on a line, as it should be, and whether an old Mac wrote it."""

    line: int
    text: str
    right: str
    of_mac: bool


def garbled_problems(file: CsvFile) -> Iterator[Problem]:
    """A warning for each line of a table that has such a word: with it, as it should be."""
    for one in garbled_lines(file.lines) if not file.raw.isascii() else ():
        twice = Mistake("text_read_twice", text=one.text, right=one.right)
        mac = Mistake("text_of_old_mac", text=one.text, right=one.right)
        yield Problem.of(Place(file.shown, one.line), mac if one.of_mac else twice, "warning")


def garbled_lines(lines: Iterable[str]) -> Iterator[Garbled]:
    """The first such word of each line."""
    for number, line in enumerate(lines, 1):
        odd = not line.isascii() and (TWICE.search(line) or MAC.search(line))
        if odd and (found := next(garbled_words(number, line), None)):
            yield found


def garbled_words(number: int, line: str) -> Iterator[Garbled]:
    for word in WORD.findall(line):
        if (right := mended_text(word)) != word:
            yield Garbled(number, word, right, of_mac=False)
        elif MAC.search(word):
            yield Garbled(number, word, MAC.sub(lambda found: from_mac(found[0]), word), of_mac=True)


def mended_text(text: str) -> str:
    """The text with each letter that was read twice as it should be."""
    return TWICE.sub(lambda found: read_again(found[0]), text)


def read_again(text: str) -> str:
    """The letter whose bytes these were; the text itself where they are those of none that people write."""
    try:
        found = b"".join(map(byte_of, text)).decode("utf-8")
        found.encode("cp1252")
    except UnicodeError:
        return text
    return found


def byte_of(letter: str) -> bytes:
    """The byte that Windows shows as this letter; of those that it has no letter for, the number."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def from_mac(letter: str) -> str:
    return byte_of(letter).decode("mac-roman")
