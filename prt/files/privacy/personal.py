"""E-mail addresses, telephone numbers and known names in a text that should have none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import AnyStr

from prt.files.csv.dialect import split_lines
from prt.model.rows import Row
from prt.text import compile_later, fold_letters, fold_text
from prt.values import dataclass, field

EMAIL = compile_later(r"[\w.+'’-]*\w@\w[\w-]*(?:\.[\w-]+)*\.[A-Za-z]{2,}")
PHONE = compile_later(
    r"(?<![\w.+-])(?:(?:\+?1[ .-]?)?(?:\([2-9][0-9][0-9]\) ?|[2-9][0-9][0-9][ .-])[0-9]{3}[ .-][0-9]{4}"
    r"|(?:\+?1)?(?!20[0-3][0-9][01][0-9][0-3][0-9])[2-9][0-9][0-9][2-9][0-9]{6})(?![\w-]|\.[0-9])"
)
"""With signs between its parts or without; a date and a number written together are none."""
PHONE_LIKE = (b"-000-0000", b")000-0000", b"0000000000")
"""Every telephone number has one of them, all digits and signs alike; a line without needs no closer look."""
ALIKE = bytes.maketrans(b"123456789 .", b"000000000--")
TAG = compile_later(r"<[^>]*>")
LINK = compile_later(r"https?://[^\s,;\"|>]+")
SIGN = "(?:['’]|&#39;|&#x27;|&rsquo;)"
LETTERS = "(?:[^\\W_][\u0300-\u036f]*)+"
WORD = compile_later(
    rf"(?:\b(?:[cdjlmnst]|(?:jus|lors|puis)?qu){SIGN})?({LETTERS}(?:{SIGN}(?!s\b){LETTERS})*)(?:{SIGN}s\b)?",
    re.IGNORECASE,
)
"""A word without the `d’` before it and the `’s` after it: `d’Anne`, `Sample's`, `O’Sample`."""
PLAIN = compile_later(r"[^\W_]+")
SPACED = bytes(number if chr(number).isalnum() else 0x20 for number in range(128)).ljust(256)
"""What stands between the words of a text of ASCII is a space."""
ALSO_DIGITS = bytes(number if chr(number).isalpha() else 0x20 for number in range(128)).ljust(256)
"""So are digits where no name has any: of ids, which are most of what there is to read, little stays."""
WITHIN = compile_later(r"[^\S\n]*[-\\.\u2010\u2011]*[^\S\n]*")
"""What may stand between two words of one name without ending a cell or a line."""
Words = tuple[str, ...]


@dataclass(frozen=True)
class Trace:
    """What stands in a line: `email`, `phone`, or `name` of a person whose id is known."""

    kind: str
    person: str = ""


@dataclass
class Names:
    """Full names by their words, in the order First Last and Last First. A single word is nobody's name."""

    people: dict[str, dict[Words, str]] = field(default_factory=dict)
    masks: tuple[Words, ...] = ()
    joined: set[str] = field(default_factory=set)
    """The first words that have a sign within, such as o'sample."""

    def add(self, person: str, name: str) -> None:
        words = words_of(name)
        for at in range(len(words)) if 1 < len(words) < 7 else ():
            order = words[at:] + words[:at]
            self.people.setdefault(order[0], {})[order] = person
            if not PLAIN.fullmatch(order[0]):
                self.joined.add(order[0])

    def found(self, line: str) -> Iterator[str]:
        """The ids of those whose name stands in the line; the name of an organisation is no person's."""
        return (person for _, _, person in self.places(words_of(line))) if self.people else iter(())

    def places(self, words: Words) -> Iterator[tuple[int, int, str]]:
        """(first word, word after the last, id) of each name among the words."""
        if self.people.keys().isdisjoint(words):
            return
        found = [
            (at, at + len(name), person)
            for at, word in enumerate(words)
            for name, person in self.people.get(word, {}).items()
            if words[at : at + len(name)] == name
        ]
        masked = self.masked(words) if found else set[int]()
        yield from (one for one in found if masked.isdisjoint(range(one[0], one[1])))

    def masked(self, words: Words) -> set[int]:
        """The numbers of the words that an organisation's name is made of."""
        begun: dict[str, list[Words]] = {}
        for mask in self.masks:
            begun.setdefault(mask[0], []).append(mask)
        return {
            number
            for at, word in enumerate(words)
            for mask in begun.get(word, ())
            if words[at : at + len(mask)] == mask
            for number in range(at, at + len(mask))
        }


def names_of(rows: Iterable[Row], organisations: Iterable[str] = ()) -> Names:
    """The names of rows of names.csv; `organisations` are names that may be written."""
    masks = {words_of(name) for name in organisations}
    found = Names(masks=tuple(sorted(mask for mask in masks if len(mask) > 1)))
    for row in rows:
        for name in (row["name"], *row["other_names"]):
            if "@" not in name:
                found.add(row.id, name)
    return found


def words_of(text: str) -> Words:
    plain = fold_text(as_page_says(text))
    return tuple((WORD if "'" in plain else PLAIN).findall(plain))


@dataclass(frozen=True)
class Identity:
    """What is known of one person, by which a text tells who it was: names and e-mail addresses."""

    names: Names = field(default_factory=Names)
    emails: tuple[str, ...] = ()

    def is_of(self, row: Mapping[str, str]) -> bool:
        """Is a row with a `name` and an `email` this person's? The address says more than the name."""
        name, email = (row.get(column, "").strip() for column in ("name", "email"))
        if email and self.has(email):
            return True
        return any(True for _ in self.names.found(name)) or self.has(name)

    def has(self, email: str) -> bool:
        return email.casefold() in {one.casefold() for one in self.emails}

    def stands_in(self, text: str, *, names: bool = True) -> bool:
        """Did somebody write the name or an address? `names` is false where names are those of others."""
        if names and any(True for _ in self.names.found(text)):
            return True
        return "@" in text and any(re.search(address(email), text, re.IGNORECASE) for email in self.emails)

    def redacted(self, text: str, token: str, *, page: bool = False) -> str:
        """The text with the token where a name or an address of the person stood; signs between cells and
        lines stay where they are, and the tags of a page."""
        for email in self.emails if "@" in text else ():
            text = re.sub(address(email), token, text, flags=re.IGNORECASE)
        for tags in (False, True) if page else (False,):
            for begin, end in reversed(spans(text, self.names, tags)):
                text = text[:begin] + token + text[end:]
        return text


def address(email: str) -> str:
    """A pattern of an e-mail address where it is no part of another."""
    return rf"(?<![\w.+-]){re.escape(email)}(?![\w-]|\.\w)"


NOBODY = Identity()


def identity_of(row: Row, masks: tuple[Words, ...]) -> Identity:
    """The identity of the person of one row of names.csv."""
    texts = [text for text in (row["name"], row["email"], *row["other_names"]) if text]
    return identity_by(row.id, texts, masks)


def identity_of_cells(cells: Mapping[str, str]) -> Identity:
    """The identity of the person of a row, from its texts in an older version of names.csv."""
    texts = [cells.get("name", ""), cells.get("email", ""), *cells.get("other_names", "").split(";")]
    return identity_by(cells.get("id", "").strip(), [text.strip() for text in texts if text.strip()], ())


def identity_by(person: str, texts: Iterable[str], masks: tuple[Words, ...]) -> Identity:
    """The identity of somebody who has these names and e-mail addresses."""
    names, emails = Names(masks=masks), []
    for text in texts:
        if "@" in text:
            emails.append(text)
        else:
            names.add(person, text)
    return Identity(names, tuple(emails))


def spans(text: str, names: Names, tags: bool = False) -> list[tuple[int, int]]:
    """Where names stand, as (begin, end); one with a sign such as a comma inside, or with a tag where they
    may be passed over, is several."""
    seen = TAG.sub(lambda tag: " " * len(tag[0]), text) if tags else text
    if not any(begins_name(plain, names) for plain in plain_texts(seen)):  # as most pages of a submission
        return []
    words = [(found.start(1), found.end(1), folded_word(found[1])) for found in WORD.finditer(seen)]
    taken = {
        number
        for begin, end, _ in names.places(tuple(word for *_, word in words))
        for number in range(begin, end)
    }
    found: list[tuple[int, int]] = []
    for number in sorted(taken):
        begin, end, _ = words[number]
        if found and number - 1 in taken and WITHIN.fullmatch(text, found[-1][1], begin):
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


def plain_texts(text: str) -> Iterator[str]:
    """The text without accents, as it is written and as a page says it."""
    yield fold_letters(text)
    if "&" in text:
        yield fold_letters(as_page_says(text))


@lru_cache(maxsize=20_000)
def folded_word(word: str) -> str:
    """Pages of a submission have the same words again and again."""
    return fold_text(as_page_says(word))


def as_page_says(text: str) -> str:
    """The text with the sign that a page writes as `&amp;`."""
    if "&" not in text:
        return text
    from html import unescape  # 2 ms, for the few texts with such a sign

    return unescape(text)


def as_read(line: str) -> str:
    """A line of a page as it is read, without its tags."""
    return TAG.sub(" ", line)


def telling_lines(lines: Sequence[str], names: Names) -> list[int]:
    """The numbers, from 1, of the lines in which anything personal may stand, which have their ends: of
    most files none. A file is looked at as one text, and line by line where that has something."""
    text = "".join(lines)
    found = {*lines_with_number(text)}
    if names.people and "&" in text:
        each = enumerate(map(fold_letters, map(as_page_says, lines)), 1)
        found.update(n for n, line in each if begins_name(line, names))
    elif names.people:
        found.update(naming_lines(fold_letters(text), names))
    return sorted(found)


def lines_with_number(text: str) -> Iterator[int]:
    """The numbers of the lines in which an e-mail address or a telephone number may stand."""
    digits = text.encode("latin-1", "replace").translate(ALIKE)  # a byte for each letter, where it stands
    numbers = (find_text(one, digits) for one in PHONE_LIKE)
    return lines_at(chain(find_text("@", text), *numbers), text)


def telling_cells(columns: Iterable[Sequence[str]], names: Names) -> Iterator[set[int]]:
    """Of each column of a table the texts, counted from 0, in which an address, a number or the first word of
    a name may stand, of which the second stands anywhere in the table."""
    lines = ["\n".join([*one_line_each(texts), ""]) for texts in columns]
    plain = [fold_letters(column) if names.people else "" for column in lines]
    has_digits = any(map(str.isdigit, "".join(names.people)))
    spaced = SPACED if has_digits else ALSO_DIGITS
    words = [names.people.keys() & plain_words(text, spaced) for text in plain]
    there = set[str]().union(names.joined, *words)
    begun = {one for one in there if any(name[1] in there for name in names.people[one])}
    for column, text, own in zip(lines, plain, words, strict=True):
        found = (at for at, _ in find_beginnings(text, own & begun, names.joined))
        yield {number - 1 for number in chain(lines_with_number(column), lines_at(found, text))}


def one_line_each(texts: Sequence[str]) -> Sequence[str]:
    """The texts, what a page would show of them, without the line ends that there are in a few."""
    shown = [*map(as_page_says, texts)] if "&" in "".join(texts) else texts
    has_ends = len("".join(shown).splitlines()) > 1
    return [" ".join(text.splitlines()) for text in shown] if has_ends else shown


def naming_lines(plain: str, names: Names) -> Iterator[int]:
    """The numbers of the lines of a text without accents in which the first words of a name stand, both."""
    begun = list(find_beginnings(plain, names.people.keys() & plain_words(plain), names.joined))
    lines = split_lines(plain) if begun else []
    second = {one: {name[1] for name in names.people[one]} for one in {word for _, word in begun}}
    for number, (_, word) in zip(lines_at([at for at, _ in begun], plain), begun, strict=True):
        if any(map(lines[number - 1].__contains__, second[word])):
            yield number


def find_beginnings(plain: str, words: Iterable[str], joined: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Wherever the first word of a name stands in a text without accents; `joined` have a sign within."""
    yield from ((at, word) for word in words for at in find_text(word, plain) if is_whole(at, word, plain))
    yield from ((at, word) for word in joined for at in find_text(word, plain))


def find_text(wanted: AnyStr, text: AnyStr) -> Iterator[int]:
    """Where one text begins in another: soon found, while an expression would be compiled for each."""
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def lines_at(places: Iterable[int], text: str) -> Iterator[int]:
    """The numbers of the lines of a text in which these places are; where there is none it is not split."""
    ends = list[int]()
    for place in places:
        ends = ends or list(accumulate(map(len, split_lines(text))))
        yield bisect_right(ends, place) + 1


def is_whole(first: int, word: str, text: str) -> bool:
    """Is it a word there, and no part of one?"""
    last = first + len(word)
    return not text[max(0, first - 1) : first].isalnum() and not text[last : last + 1].isalnum()


def find_telling(texts: Iterable[str], names: Names) -> set[str]:
    """The texts in which anything personal may stand; a text of several lines may be one."""
    every = list(texts)
    one_line_each = len("".join(every).splitlines()) < 2
    plain = every if one_line_each else [text for text in every if len(text.splitlines()) < 2]
    lines = telling_lines([f"{text}\n" for text in plain], names)
    return {plain[line - 1] for line in lines} | {*every}.difference(plain)


def begins_name(plain: str, names: Names) -> bool:
    """Does the first word of a name stand in it?"""
    beginning = not names.people.keys().isdisjoint(plain_words(plain))
    return beginning or any(word in plain for word in names.joined)


def plain_words(plain: str, spaced: bytes = SPACED) -> list[str]:
    """The words of a text without accents; what is `spaced` in a text of ASCII stands between them."""
    return plain.encode().translate(spaced).decode().split() if plain.isascii() else PLAIN.findall(plain)


def traces(line: str, names: Names) -> list[Trace]:
    """Everything personal in one line, each thing once."""
    found = []
    if "@" in line and EMAIL.search(line):
        found.append(Trace("email"))
    if PHONE.search(LINK.sub(" ", line) if "://" in line else line):
        found.append(Trace("phone"))
    return found + [Trace("name", person) for person in dict.fromkeys(names.found(line))]


def without_traces(text: str, names: Names) -> str:
    """The text with […] where an address, a telephone number or a known name stood."""
    links = [found.span() for found in LINK.finditer(text)]
    found = [one.span() for one in EMAIL.finditer(text)]
    found += [one.span() for one in PHONE.finditer(text) if not any(a <= one.start() < b for a, b in links)]
    found += [one for one in spans(text, names) if not any(a <= one[0] < b for a, b in found)]
    for begin, end in sorted(found, reverse=True):
        text = text[:begin] + "[…]" + text[end:]
    return text
