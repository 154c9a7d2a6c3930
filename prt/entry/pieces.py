"""What each run of words in a line of hours can mean: hours, a day, a word, a person, a purpose."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from prt.entry.lexicon import SHORTEST_BEGINNING, SMALL_WORDS, STAFF, Lexicon, word_key
from prt.entry.line_tokens import Token
from prt.entry.persons import PersonFinder
from prt.model.calendar import Window, read_day
from prt.model.cells import minutes_of
from prt.problems import Mistake
from prt.text import compile_later
from prt.values import NamedTuple

PieceValue = str | Fraction | dt.date
WHO = ("role", "board", "organisation", "centre")
MOST_WORDS = 6
"""A name, a day or an amount of hours has no more words."""
MOST_BARE_HOURS = 12
DECIMAL_HOURS = compile_later(r"([0-9]{1,2})[.,]([0-9]{1,3}) ?h?", re.IGNORECASE)
BARE = compile_later(r"[0-9]+")
POINTED = compile_later(r"[0-9]+[.,][0-9]+")
DAY_ARTICLE = compile_later(r"^(?:le|on) ", re.IGNORECASE)
HAS_LETTER = compile_later(r"[^\W\d_]")


class LinePiece(NamedTuple):
    """One meaning of the words from `first` up to `last`: a value of a column. Of a person, the text."""

    first: int
    last: int
    column: str
    value: PieceValue


def hours_in_text(text: str) -> Sequence[Fraction]:
    """The hours that a text can be: two where a decimal is no quarter, `1.30`; none where it is no time."""
    if BARE.fullmatch(text):
        return [Fraction(int(text))] if 0 < int(text) <= MOST_BARE_HOURS else []
    if found := DECIMAL_HOURS.fullmatch(text):
        return decimal_hours(int(found[1]), found[2])
    minutes = minutes_of(text)
    return [] if minutes is None else [Fraction(minutes, 60)]


def decimal_hours(whole: int, digits: str) -> Sequence[Fraction]:
    """`1.5` and `1.25` are hours; `1.30` may be 1 h 30, `1,3` 1 h 30 too, and `1.67` 1 h 40."""
    value = whole + Fraction(int(digits), 10 ** len(digits))
    if (value * 4).denominator == 1:
        return [value]
    minutes = int(digits) * 10 if len(digits) == 1 else int(digits)
    clock = whole + Fraction(minutes, 60) if minutes < 60 else Fraction(round(value * 12), 12)
    return [clock, value] if clock != value else [value]


@lru_cache(maxsize=10_000)
def days_in_text(text: str, today: dt.date, year: Window) -> tuple[dt.date, ...]:
    """The days that a text can be: two of `3/4`; none where it is no day."""
    if BARE.fullmatch(text) or POINTED.fullmatch(text):
        return ()
    try:
        return (read_day(DAY_ARTICLE.sub("", text), today, year),)
    except Mistake as mistake:
        if mistake.code != "two_days_possible":
            return ()
        return tuple(dt.date.fromisoformat(str(mistake.values[name])) for name in ("one", "other"))


class PieceFinder:
    """The pieces of one line."""

    def __init__(
        self, line: str, tokens: Sequence[Token], lexicon: Lexicon, finder: PersonFinder,
        today: dt.date, year: Window,
    ) -> None:  # fmt: skip
        self.line, self.tokens, self.lexicon, self.finder = line, tokens, lexicon, finder
        self.today, self.year = today, year
        self.texts: Sequence[tuple[str, str]] = ()
        """Earlier texts that the line may mean, each with its column, once it is known whose they are."""
        self.centres: Sequence[str] = ()
        """Centres of the lines above, which no row may have yet."""
        self.known: dict[tuple[int, int], list[LinePiece]] = {}
        self.beside_unknown = False

    def add_words(self, texts: Sequence[tuple[str, str]], centres: Sequence[str]) -> None:
        """Texts that may stand in the line, beside what stands in the lexicon."""
        self.texts, self.centres = texts, centres
        if texts or centres:
            self.known.clear()

    def skip_unknown(self) -> None:
        """From here on the beginning of a word does not say who it was: another one may be meant."""
        self.beside_unknown = True
        self.known.clear()

    def text(self, first: int, last: int) -> str:
        """The words as they were typed."""
        return self.line[self.tokens[first].start : self.tokens[last - 1].end].rstrip(" ,;")

    def longest(self) -> int:
        return max(MOST_WORDS, self.lexicon.longest + 2)

    def pieces(self, first: int, last: int) -> list[LinePiece]:
        """What the words from `first` up to `last` can mean together: it is asked again and again."""
        if (first, last) not in self.known:
            self.known[first, last] = list(self.find_pieces(first, last))
        return self.known[first, last]

    def find_pieces(self, first: int, last: int) -> Iterator[LinePiece]:
        head, *rest = self.tokens[first:last]
        if head.kind == "marker":
            columns = self.lexicon.markers[head.text]
            yield from self.marked(first, last, columns) if rest else ()
        elif all(one.kind == "word" for one in (head, *rest)):
            yield from self.unmarked(first, last)
        elif not rest:
            yield LinePiece(first, last, "note", head.text)

    def marked(self, first: int, last: int, columns: Sequence[str]) -> Iterator[LinePiece]:
        """What a word after `board:` means: a value of that column, or any text of a column of texts."""
        tokens, text = self.tokens[first + 1 : last], self.text(first + 1, last)
        quoted = len(tokens) == 1 and tokens[0].kind == "quote"
        if any(one.kind != "word" for one in tokens) and not quoted:
            return
        plain = tokens[0].text if quoted else text
        own = list(self.unmarked(first + 1, last)) if not quoted else []
        yield from (one._replace(first=first) for one in own if one.column in columns)
        if STAFF in columns and (
            self.finder.has_name(plain) or (len(tokens) == 1 and self.finder.find(plain).persons)
        ):
            yield LinePiece(first, last, STAFF, plain)
        if "organisation" in columns:
            yield from (
                LinePiece(first, last, "organisation", one.value)
                for one in self.lexicon.meanings(plain)
                if one.column in ("board", "organisation")
            )
        yield from (LinePiece(first, last, *one) for one in self.lexicon.own_values(plain, columns))
        if quoted:
            yield from (LinePiece(first, last, one, plain) for one in columns if one in self.lexicon.quoted)
        free = next((one for one in columns if one in self.lexicon.texts), "")
        if free and not own and len({one.run for one in tokens}) == 1:
            yield LinePiece(first, last, free, plain)

    def unmarked(self, first: int, last: int) -> Iterator[LinePiece]:
        """What words mean that stand after no mark. A word for a day, such as *mon*, begins no other word."""
        text = self.text(first, last)
        days = days_in_text(text, self.today, self.year) if last - first <= MOST_WORDS else ()
        yield from (LinePiece(first, last, "date", one) for one in days)
        if last - first <= MOST_WORDS:
            yield from (LinePiece(first, last, "hours", one) for one in hours_in_text(text))
            if self.finder.has_name(text):
                yield LinePiece(first, last, "person", text)
        ends = {word_key(self.tokens[at].text) for at in (first, last - 1)}
        if HAS_LETTER.search(text) and not ends & SMALL_WORDS:
            found = self.lexicon.whole_meanings(text) if days else self.lexicon.meanings(text)
            if self.beside_unknown:
                whole = self.lexicon.whole_meanings(text)
                found = tuple(one for one in found if one in whole or one.column not in WHO)
            yield from (LinePiece(first, last, *one) for one in found)
            yield from (LinePiece(first, last, *one) for one in self.texts if is_part(text, one[1]))
            new = (one for one in self.centres if word_key(one) == word_key(text))
            yield from (LinePiece(first, last, "centre", one) for one in new)


def is_part(text: str, whole: str) -> bool:
    """Do words of a text begin with these, one after the other?"""
    wanted, words = word_key(text).split(), word_key(whole).split()
    places = range(len(words) - len(wanted) + 1)
    return any(all(map(begins_word, wanted, words[at:])) for at in places)


def begins_word(typed: str, word: str) -> bool:
    return typed == word or (len(typed) >= SHORTEST_BEGINNING and word.startswith(typed))
