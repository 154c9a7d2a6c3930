"""Texts that were read in one encoding and saved in another: `MontrÃ©al`, `lâ€™idÃ©e`, `PrŽsent`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from prt.files.csv.reader import CsvFile
from prt.problems import Mistake, Place, Problem

TWICE = re.compile("[ÂÃÅâ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
"""What the two or three bytes of one letter look like where each was taken for a letter."""
MAC = re.compile("(?<=[a-z])[ŽˆƒÕ‰](?![A-Z])|\\bƒ(?=[a-z]{2})")
"""What é, à, É, the apostrophe and â of an old Mac look like in Windows."""
WORD = re.compile(r"[^ \t\r\n,;\"]+")


def garbled_problems(file: CsvFile) -> Iterator[Problem]:
    """A warning for each line of a table that has such a text: with it, as it should be."""
    return garbled_lines(file.lines, file.shown) if not file.raw.isascii() else iter(())


def garbled_lines(lines: Iterable[str], shown: str, code: str = "") -> Iterator[Problem]:
    """The same of the lines of any text; `code` is the mistake where another is to be said."""
    for number, line in enumerate(lines, 1):
        if not line.isascii() and (found := next(garbled_words(line), None)):
            mistake = Mistake(code, **found.values) if code else found
            yield Problem.of(Place(shown, number), mistake, "warning")


def garbled_words(line: str) -> Iterator[Mistake]:
    """What is wrong with each word that is garbled."""
    for word in WORD.findall(line):
        right = mended_text(word)
        if right != word:
            yield Mistake("text_read_twice", text=word, right=right)
        elif MAC.search(word):
            right = MAC.sub(lambda found: from_mac(found[0]), word)
            yield Mistake("text_of_old_mac", text=word, right=right)


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
