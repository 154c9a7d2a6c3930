"""What a cell may hold: one class per kind of cell, forgiving where it is safe and strict elsewhere.

A cell is read from the text of a spreadsheet, of an option or of an answer; the same reader serves all
three. `read` raises `Mistake` with the remedy; an empty cell is read by nobody and is `None`.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from prt import problems
from prt.problems import Mistake, Place, ValueInWords, follows
from prt.text import before_more, compile_later, compose_accents, did_you_mean, fold_text, join_labels
from prt.values import dataclass, field, replace

Value = str | dt.date | Fraction | int | bool | tuple[str, ...] | None


class LateSpellings(Mapping[str, str]):
    """Spellings that are made when one is looked up: most texts are written as what they stand for."""

    def __init__(self, make: Callable[[], Mapping[str, str]]) -> None:
        self.make = make

    @cached_property
    def made(self) -> Mapping[str, str]:
        return self.make()

    def __getitem__(self, spelling: str) -> str:
        return self.made[spelling]

    def __iter__(self) -> Iterator[str]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)


@dataclass(frozen=True)
class Known:
    """What a project knows and cells may name: codes and spellings, all folded to the code."""

    log: str = ""
    organisations: Mapping[str, str] = field(default_factory=dict)
    vocabularies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    added: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Words that the plan adds to the program's own lists, as `tools.kind`, or `role` in every log."""
    lines: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    line_labels: Mapping[str, str] = field(default_factory=dict)
    """What the list of lines calls a line, folded, with the one line that is called so."""
    indicator_labels: Mapping[str, str] = field(default_factory=dict)
    """What the list of indicators calls an indicator, folded, with the one that is called so."""
    unread: Mapping[str, Place] = field(default_factory=dict)
    """Organisations whose own row has an error: where it stands, by code."""
    units: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What the unit of a figure that is typed is called in each language, by indicator."""
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The vocabularies as the plan has them: a text in both languages by code."""
    written: Mapping[str, str] = field(default_factory=dict)
    """Labels and names as they are written, by their folded spelling."""
    of_logs: dict[str, Known] = field(default_factory=dict, compare=False, repr=False)
    read: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """Values that were read before, by column and text."""

    def at(self, log: str) -> Known:
        """What the project knows, seen from one log: a vocabulary may belong to `tools.theme` alone."""
        if log not in self.of_logs:
            own = replace(self, log=log, of_logs={}, read={})
            self.of_logs[log] = own
        return self.of_logs[log]

    def words(self, column: str) -> Mapping[str, str] | None:
        return self.vocabularies.get(f"{self.log}.{column}") or self.vocabularies.get(column)

    def added_words(self, column: str) -> Mapping[str, str]:
        """The words that the plan adds to the program's list for a column, folded to their codes."""
        if not self.added:
            return {}
        return self.added.get(f"{self.log}.{column}") or self.added.get(column) or {}

    def labels_of(self, column: str) -> Mapping[str, Any]:
        return self.labels.get(f"{self.log}.{column}") or self.labels.get(column) or {}


def one_of(
    text: str,
    spellings: Mapping[str, str],
    mistake: str,
    written: Mapping[str, str] = MappingProxyType({}),
    **values: str,
) -> str:
    """The code that a spelling stands for; else the Mistake of this code, which lists the choices. `written`
    says how spellings are written; of any other one the code is shown."""
    code = spellings.get(fold_text(text))
    if code is None:
        known = list(dict.fromkeys(spellings.values()))
        shown = ((one, written.get(one, code)) for one, code in spellings.items())
        hint = before_more(likeliest(text, (*((one, one) for one in known), *shown)))
        raise Mistake(mistake, text=text, hint=hint, choices=choices_list(known), **values)
    return code


@lru_cache(maxsize=256)
def likeliest(text: str, known: tuple[tuple[str, str], ...]) -> str:
    """`did_you_mean` of words and how each is written; the same slip stands in many rows of a sheet."""
    written = dict(known)
    return did_you_mean(text, written, written)


def choices_text(choices: Sequence[str]) -> str:
    """`One of: full-day, half-day.`, the first twenty of many."""
    return f"One of: {choices_list(choices)}"


def choices_list(choices: Sequence[str]) -> str:
    """`full-day, half-day.`; no full stop where there are more."""
    return f"{join_labels(choices, 20)}{'.' if len(choices) <= 20 else ''}"


@dataclass(frozen=True)
class ColumnCodes(ValueInWords):
    """The program's codes of a column, in their order, then those of the plan: in French each has its word
    beside it. `labels` are texts of the plan in both languages, by code."""

    column: str
    codes: tuple[str, ...]
    labels: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str) -> str:
        if language == "en":
            return choices_list(self.codes)
        said = [(code, code_word(self.column, code, language, self.labels)) for code in self.codes]
        same = [fold_text(word) == fold_text(code) for code, word in said]
        listed = [code if one else f"{code} ({word})" for one, (code, word) in zip(same, said, strict=True)]
        return choices_list(listed)


@dataclass(frozen=True)
class VocabularyCodes(ValueInWords):
    """The codes of a vocabulary of the plan, in its order: in French each has its label beside it."""

    labels: Mapping[str, Any]
    """A text in both languages by code; prt/model/text.py."""

    def text(self, language: str) -> str:
        if language == "en":
            return choices_list([*self.labels])
        said = [(code, label.to(language)) for code, label in self.labels.items()]
        return choices_list([f"{code} ({label})" if label else code for code, label in said])


def code_word(column: str, code: str, language: str, labels: Mapping[str, Any] = MappingProxyType({})) -> str:
    """The word of one of the program's codes: `CDA`, `direction d'école`; of the plan's what `labels` say."""
    if code in labels:
        return str(labels[code].to(language))
    words = problems.read_words("value") if problems.read_words else {}
    return words.get(f"value.{column}.{code}.{language}", code)


def with_article(column: str) -> str:
    """`a format`, `an event`"""
    return f"{'an' if column[0] in 'aeiou' else 'a'} {column.replace('_', ' ')}"


class Cell:
    """A kind of cell. `says` completes "Write …" in help, prompts and messages."""

    name: ClassVar[str] = "text"
    says: str = "any text"
    unit: str = ""
    many: ClassVar[bool] = False
    numeric: ClassVar[bool] = False
    """Is its value a number, which measures add up and tables have at the right?"""

    def read(self, text: str, known: Known, column: str) -> Value:
        return text

    def write(self, value: Any) -> str:
        return str(value)

    def choices(self, known: Known, column: str) -> Iterable[str]:
        """The values allowed, or nothing where any value is."""
        return ()


class TextCell(Cell):
    """One line of text, or several; an accent is the same however a program wrote it."""

    def read(self, text: str, known: Known, column: str) -> str:
        return compose_accents(text)


class ExactCell(TextCell):
    """Text that stays letter by letter as it is written, such as an id."""

    def read(self, text: str, known: Known, column: str) -> str:
        return text


class RowIdCell(ExactCell):
    """The id of a row of another log."""

    def __init__(self, log: str) -> None:
        self.log = log


class DayCell(Cell):
    name, says = "date", "a date such as 2024-10-16"

    def read(self, text: str, known: Known, column: str) -> dt.date:
        return iso_date(text)

    def write(self, value: dt.date) -> str:
        return value.isoformat()


ISO_DAY = compile_later("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def iso_date(text: str) -> dt.date:
    if not ISO_DAY.fullmatch(text):
        raise Mistake("not_a_date", text=text)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Mistake("not_a_day", text=text) from None


YES = frozenset({"yes", "y", "oui", "o", "x", "true", "vrai", "1"})
NO = frozenset({"no", "n", "non", "false", "faux", "0"})


class YesNoCell(Cell):
    name, says = "yes or no", "yes or no"

    def read(self, text: str, known: Known, column: str) -> bool:
        word = fold_text(text)
        if word not in YES | NO:
            raise Mistake("neither_yes_nor_no", text=text)
        return word in YES

    def write(self, value: bool) -> str:
        return "yes" if value else "no"

    def choices(self, known: Known, column: str) -> Iterable[str]:
        return ("yes", "no")


MOST_DIGITS = 18
MOST_SIGNS = 24  # with the spaces between thousands
THOUSANDS_PERHAPS = compile_later("[1-9][0-9]{0,2},[0-9]{3}")
NUMBER = compile_later(r"([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")


def number(text: str, most: int = MOST_SIGNS) -> Fraction:
    """`1,25`, `1.25` and `1 400,5` are numbers; `1,400` may be two and is refused."""
    plain = plain_spaces(text)
    if is_plain_number(plain) and len(plain) <= most:
        whole, _, part = plain.partition(".")
        return Fraction(int(whole + part), 10 ** len(part))
    found = NUMBER.fullmatch(plain)
    if not found:
        raise Mistake("not_a_number", text=text)
    if len(plain) > most:
        raise Mistake("too_many_digits", begins=text[:20], most=MOST_DIGITS)
    if THOUSANDS_PERHAPS.fullmatch(plain):
        whole, part = plain.split(",")
        other = f"{whole}.{part.rstrip('0') or '0'}"
        raise Mistake("two_numbers_possible", text=text, one=f"{whole}{part}", other=other)
    whole, part = found[1].replace(" ", ""), found[2] or ""
    return Fraction(int(whole + part), 10 ** len(part))


def plain_spaces(text: str) -> str:
    """The no-break spaces of French numbers as spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


BEHIND_NUMBER = compile_later(r"(-?[0-9](?:[0-9., \u00a0\u202f]*[0-9])?)\s*([^0-9\s].*)")
BEFORE_NUMBER = compile_later(r"(-?)\s*([^0-9\s.,-]+)\s*(-?[0-9].*)")


def without_unit(text: str, units: Iterable[str]) -> str:
    """The number of a text that says its unit, too: `120 km`, `2 $`, `$2`; any other text as it is."""
    known = {fold_text(unit) for unit in units}
    if (behind := BEHIND_NUMBER.fullmatch(text)) and fold_text(behind[2]) in known:
        return behind[1]
    if (before := BEFORE_NUMBER.fullmatch(text)) and fold_text(before[2]) in known:
        return before[1] + before[3]
    return text


def is_plain_number(text: str) -> bool:
    """Is it digits alone, or with a point between them, as most numbers are written?"""
    whole, point, part = text.partition(".")
    return text.isascii() and whole.isdecimal() and part.isdecimal() is bool(point)


def is_number(text: str) -> bool:
    return is_plain_number(text) or NUMBER.fullmatch(plain_spaces(text)) is not None


def decimals_of(value: Fraction) -> int | None:
    """How many decimals write a number exactly; None where no number of them does, as of a third."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def plain_number(value: Fraction) -> str:
    """A decimal text that reads back as the same number, without trailing zeros."""
    digits = decimals_of(value)
    if digits is None:
        raise ValueError(f"{value} has no finite decimal text")
    text = str(abs(value.numerator) * 10**digits // value.denominator).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"


class WholeCell(Cell):
    name, says = "whole number", "a whole number such as 24"
    numeric = True

    def read(self, text: str, known: Known, column: str) -> int:
        if not is_number(text) or number(text).denominator != 1:
            raise Mistake("not_a_whole_number", text=text, wanted=self.says)
        value = number(text)
        if text.endswith(".000") and re.fullmatch(r"[1-9][0-9]{0,2}\.000", text):
            raise Mistake("two_numbers_possible", text=text, one=value, other=value * 1000)
        if value > 1_000_000:
            raise Mistake("more_than_a_million", text=text)
        return int(value)


class PlanNumberCell(WholeCell):
    """The number of a period or of a round that the plan has."""

    def __init__(self, of: Literal["period", "round"]) -> None:
        self.of = of


class NumberCell(Cell):
    name, says = "number", "a number such as 12, 1.25 or 75%"
    numeric = True

    @staticmethod
    def exact(text: str) -> Fraction:
        """The number that a text says, a percentage as a fraction of 1."""
        percent = text.rstrip().endswith("%")
        most = MOST_SIGNS - 3 if percent else MOST_SIGNS  # `5` % is written 0.05
        sign = -1 if text.startswith("-") else 1
        bare = text.removeprefix("-").rstrip().removesuffix("%").rstrip(" \u00a0\u202f")
        value = sign * number(bare, most)
        return value / 100 if percent else value

    def read(self, text: str, known: Known, column: str) -> Fraction:
        return self.exact(text)

    def write(self, value: Fraction) -> str:
        return plain_number(value)


HOUR = r"h(?:eures?|ours?|rs?)?\.?|:"
HOURS_AND_MINUTES = compile_later(
    rf"([0-9]{{1,2}}) ?(?:{HOUR})(?:([0-5]?[0-9])| ([0-5][0-9]))?(?: ?m(?:in)?)?", re.IGNORECASE
)
FROM_TO = compile_later(
    r"([0-9]{1,2})(?:h|:)([0-5][0-9])? ?(?:[-–]|à|to) ?([0-9]{1,2})(?:h|:)([0-5][0-9])?", re.IGNORECASE
)
MINUTES = compile_later(r"([0-9]{1,4}) ?min(?:utes?|\.)?", re.IGNORECASE)


def minutes_of(text: str) -> int | None:
    """`1h30`, `1 h 30`, `90 min` and `9h-10h30` as 90; None of what is none of these."""
    if is_plain_number(text):
        return None
    if clock := HOURS_AND_MINUTES.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2] or clock[3] or 0)
    if span := FROM_TO.fullmatch(text):
        first, last = (int(span[at]) * 60 + int(span[at + 1] or 0) for at in (1, 3))
        return last - first if 0 <= first < last <= 24 * 60 else None
    minutes = MINUTES.fullmatch(text)
    return int(minutes[1]) if minutes else None


class MinutesCell(WholeCell):
    says, unit = "minutes: 90, 1h30 or 90 min", "min"

    def read(self, text: str, known: Known, column: str) -> int:
        minutes = minutes_of(plain_spaces(text))
        return super().read(text, known, column) if minutes is None else minutes


class HoursCell(Cell):
    name, says, unit = "hours", "hours: 1.5, 1,5, 1h30 or 90 min", "h"
    numeric = True

    def read(self, text: str, known: Known, column: str) -> Fraction:
        hours = self.duration(plain_spaces(text))
        if hours > 24:
            if re.fullmatch("[0-9]{3}", text):
                raise Mistake("comma_missing_in_hours", text=text, meant=f"{text[:-2]},{text[-2:]}")
            raise Mistake("more_than_a_day", text=text)
        if hours == 0:
            raise Mistake("no_hours")
        return hours

    def duration(self, text: str) -> Fraction:
        minutes = minutes_of(text)
        if minutes is not None:
            return Fraction(minutes, 60)
        plain = text.removesuffix("h").rstrip()
        if not is_number(plain):
            raise Mistake("not_hours", text=text, wanted=self.says)
        return number(plain)

    def write(self, value: Fraction) -> str:
        return f"{value * 60} min" if decimals_of(value) is None else plain_number(value)


@dataclass(frozen=True)
class OneOf(Cell):
    """A list of the program, read by codes or by what people call them; `extra` are other spellings,
    folded, that stand for a code in a line of hours too. `spelled` names those of templates/words.yaml, under
    `spelling`, which stand for a code wherever a cell is read. A plan may add words, unless the list is
    `closed`: then the program's own rules read each of them."""

    codes: tuple[str, ...]
    extra: tuple[tuple[str, str], ...] = ()
    spelled: str = ""
    closed: bool = False

    @cached_property
    def spellings(self) -> dict[str, str]:
        return {fold_text(code): code for code in self.codes} | dict(self.extra)

    def spellings_in(self, known: Known, column: str) -> Mapping[str, str]:
        """The program's spellings and those that the plan adds, folded."""
        added = known.added_words(column)
        return {**added, **self.spellings} if added else self.spellings

    def code(self, text: str, known: Known, column: str) -> str:
        """The code that a text stands for; "" for none."""
        return self.spellings.get(fold_text(text)) or self.labelled_code(text, known, column)

    def labelled_code(self, text: str, known: Known, column: str) -> str:
        """The code that a text is a word for, in either language, whatever its case; "" for none."""
        words, word = self.labels(column), fold_text(text)
        found = words.get(word) or words.get(GENDER.sub("", word)) or known.added_words(column).get(word)
        return found or ""

    def labels(self, column: str) -> Mapping[str, str]:
        """What the codes of a column are called, folded, in both languages."""
        return read_labels(self.codes, column, self.spelled, problems.read_words)

    def read(self, text: str, known: Known, column: str) -> str:
        if code := self.spellings.get(fold_text(text)):  # as nearly always
            return code
        if code := self.labelled_code(text, known, column):
            return code
        try:
            spellings = {**self.spellings_in(known, column), **self.labels(column)}
            written = written_labels(self.codes, column, self.spelled, problems.read_words)
            if known.added:
                written = {**known.written, **written}
            return one_of(text, spellings, "not_a_value", written, value=with_article(column))
        except Mistake as mistake:
            codes = tuple(self.choices(known, column))
            mistake.values["choices"] = ColumnCodes(column, codes, known.labels_of(column))
            raise

    def choices(self, known: Known, column: str) -> Iterable[str]:
        return (
            dict.fromkeys((*self.codes, *known.added_words(column).values())) if known.added else self.codes
        )


GENDER = compile_later(r"\(e\)|·e|\(ne\)")
EITHER = compile_later(r"[\[\]]")


@cache
def read_labels(
    codes: tuple[str, ...], column: str, spelled: str, read_words: Callable[[str], Mapping[str, str]] | None
) -> Mapping[str, str]:
    """Codes by their words, folded: what the screen calls them, and what else people write."""
    found: dict[str, str] = {}
    for text, code in spelt_labels(codes, column, spelled, read_words):
        found.setdefault(fold_text(text), code)
    return found


@cache
def written_labels(
    codes: tuple[str, ...], column: str, spelled: str, read_words: Callable[[str], Mapping[str, str]] | None
) -> Mapping[str, str]:
    """The words of `read_labels` as they are written, by their folded form."""
    found = [text for text, _ in spelt_labels(codes, column, spelled, read_words)]
    return {fold_text(text): text for text in reversed(found)}


def spelt_labels(
    codes: tuple[str, ...], column: str, spelled: str, read_words: Callable[[str], Mapping[str, str]] | None
) -> Iterator[tuple[str, str]]:
    """(word, code) of each."""
    for code, language in itertools.product(codes if read_words else (), ("en", "fr")):
        assert read_words is not None
        label = read_words("value").get(f"value.{column}.{code}.{language}", "")
        spelt = read_words("spelling").get(f"spelling.{spelled}.{code}.{language}", "") if spelled else ""
        yield from ((text, code) for text in filter(None, (label, *list_spellings(spelt))))


def list_spellings(text: str) -> Iterator[str]:
    """`[one|another] way; a third` as three texts."""
    for spelling in text.split("; "):
        yield from map("".join, itertools.product(*(part.split("|") for part in EITHER.split(spelling))))


class WordCell(Cell):
    """A word of the plan's vocabulary for this column; any text where the plan has none."""

    name, says = "word", "a word of the plan's vocabulary for this column, or text where it has none"

    def read(self, text: str, known: Known, column: str) -> str:
        words = known.words(column)
        if not words:
            return compose_accents(text)
        try:
            return one_of(text, words, "not_a_value_of_plan", known.written, value=with_article(column))
        except Mistake as mistake:
            if labels := known.labels_of(column):
                mistake.values["choices"] = VocabularyCodes(labels)
            raise

    def choices(self, known: Known, column: str) -> Iterable[str]:
        return dict.fromkeys((known.words(column) or {}).values())


class OrganisationCell(Cell):
    """A code of organisations.csv, or any of its names and aliases."""

    name, says = "organisation", "a code or a name of data/organisations.csv"

    def read(self, text: str, known: Known, column: str) -> str:
        word = fold_text(text)
        if place := word not in known.organisations and (known.unread.get(word) or known.unread.get("")):
            raise follows(text, place)
        return one_of(text, known.organisations, "not_an_organisation", known.written)

    def choices(self, known: Known, column: str) -> Iterable[str]:
        return dict.fromkeys(known.organisations.values())


EXCEL_DATE = compile_later(
    r"[0-9]{1,2}[/ ]?(?:jan|fev|feb|mar|avr|apr|mai|may|juin|jun|juil|jul|aou|aug|sep|oct|nov|dec)[a-z.]*"
)


class LineCell(Cell):
    """The id of a line of the plan, such as 1.3a, or what its first indicator is called."""

    name, says = "line", "the id of a line of the plan, such as 1.3a"

    def read(self, text: str, known: Known, column: str) -> str:
        if text in known.lines:
            return text
        if EXCEL_DATE.fullmatch(fold_text(text)):
            raise Mistake("line_became_date", text=text).said_at(
                question="none_of_them"
            )  # no spreadsheet is near
        if not known.lines:
            return text
        spellings = {fold_text(line): line for line in sorted(known.lines)} | {**known.line_labels}
        typed = text if fold_text(text) in spellings else text.replace(",", ".")
        return one_of(typed, spellings, "not_a_line", known.written)

    def choices(self, known: Known, column: str) -> Iterable[str]:
        return sorted(known.lines)


class IndicatorCell(Cell):
    name, says = "indicator", "the id of an indicator of the plan, such as 1.1.workshops"

    def read(self, text: str, known: Known, column: str) -> str:
        spellings = {fold_text(one): one for one in sorted(known.indicators)} | {**known.indicator_labels}
        return one_of(text, spellings, "not_an_indicator", known.written)

    def choices(self, known: Known, column: str) -> Iterable[str]:
        return sorted(known.indicators)


class PersonCell(Cell):
    """The id of a person, never a name: names live in the private folder alone."""

    name, says = "person", "the id of a person of data/people.csv, such as p-7kq2"

    def read(self, text: str, known: Known, column: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text):
            raise Mistake("not_a_person_id", text=text)
        return text


def cell_of_one(cell: Cell) -> Cell:
    """The kind of one value, where a cell may hold several."""
    return cell.each if isinstance(cell, Many) else cell


def names_person(cell: Cell) -> bool:
    """Does it say who, one person or several?"""
    return isinstance(cell_of_one(cell), PersonCell)


@dataclass(frozen=True)
class Many(Cell):
    """Several values in one cell, separated by `;`; each once, in the order written."""

    each: Cell
    many = True

    @property
    def says(self) -> str:  # type: ignore[override]
        return f"{self.each.says}; several are separated by ;"

    def read(self, text: str, known: Known, column: str) -> tuple[str, ...]:
        parts = [part.strip() for part in text.split(";")]
        values = (self.one(part, known, column) for part in parts if part)
        return tuple(dict.fromkeys(map(self.each.write, values)))

    def one(self, text: str, known: Known, column: str) -> Value:
        """One value; several with commas between them are told from a value that nobody knows."""
        try:
            return self.each.read(text, known, column)
        except Mistake:
            if meant := self.separated(text, known, column):
                raise Mistake("commas_between_values", text=text, meant=meant) from None
            raise

    def separated(self, text: str, known: Known, column: str) -> str:
        """`EMSB; RSB` for `EMSB, RSB`; empty where these are not values."""
        parts = [part.strip() for part in text.split(",")]
        try:
            values = [self.each.write(self.each.read(part, known, column)) for part in parts]
        except Mistake:
            return ""
        return "; ".join(values)

    def write(self, value: tuple[str, ...]) -> str:
        return "; ".join(value)

    def choices(self, known: Known, column: str) -> Iterable[str]:
        return self.each.choices(known, column)


Words = Annotated[str, TextCell()]
Exact = Annotated[str, ExactCell()]
Day = Annotated[dt.date, DayCell()]
YesNo = Annotated[bool, YesNoCell()]
Whole = Annotated[int, WholeCell()]
Minutes = Annotated[int, MinutesCell()]
Number = Annotated[Fraction, NumberCell()]
Hours = Annotated[Fraction, HoursCell()]
Word = Annotated[str, WordCell()]
WordList = Annotated[tuple[str, ...], Many(WordCell())]
Organisation = Annotated[str, OrganisationCell()]
OrganisationList = Annotated[tuple[str, ...], Many(OrganisationCell())]
LineId = Annotated[str, LineCell()]
IndicatorId = Annotated[str, IndicatorCell()]
Person = Annotated[str, PersonCell()]
