"""Mistakes are values: where, what, and what to do; gathered, and shown all at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, Protocol

from prt import spoken
from prt.values import NamedTuple, dataclass, field, replace

Severity = Literal["error", "warning"]
Kind = tuple[str, Severity, str, str]
"""A file, and what problems in it have in common: how bad, which mistake, in which column."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file of the project; `line` and `column` count from 1, 0 where there is none.

    `path` is the path inside a YAML file (`volets.0.id`) or the column of a CSV file (`hours`).
    """

    file: str
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        numbers = "".join(f":{number}" for number in (self.line, self.column) if number)
        return f"{self.file}{numbers}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. An *error* may make a figure wrong; a *warning* may not."""

    where: Place
    what: str
    remedy: str = field(default_factory=str)
    severity: Severity = "error"
    value: str = field(default="", compare=False)
    mistake: Mistake | None = field(default=None, compare=False, repr=False)
    times: int = field(default=1, compare=False)
    """How many it stands for: of those that are alike, the first thousand are told. One that only
    follows from another stands for none: it is counted there."""

    @classmethod
    def of(cls, where: Place, mistake: Mistake, severity: Severity = "error", value: str = "") -> Problem:
        """A mistake at its place; its code and values stay with it. What it says is made of them when it is
        asked for: most problems of a file are only counted."""
        made = cls.__new__(cls)
        made.__dict__.update(
            where=where, severity=severity, value=value, mistake=mistake, times=mistake.times
        )
        return made

    def __getattr__(self, name: str) -> str:
        """`what` or `remedy`, when it is first asked for."""
        if self.mistake is None or name not in ("what", "remedy"):
            raise AttributeError(name)
        said = self.__dict__[name] = self.mistake.say(name, "en")
        return said

    @property
    def kind(self) -> Kind:
        """Its file, and what it has in common with others there."""
        said = self.mistake.code if self.mistake else self.what
        return self.where.file, self.severity, said, self.where.path

    def told(self) -> Problem:
        return self

    def __str__(self) -> str:
        """In the language that is spoken, where the mistake has words of it."""
        colon = "\u00a0: " if spoken.language == "fr" else ": "
        what, remedy = self.what, self.remedy
        if self.mistake and spoken.language != "en":
            what, remedy = self.mistake.what, self.mistake.remedy
        path = f"{self.where.path}{colon}" if self.where.path else ""
        warning = f"{WARNING[spoken.language]}{colon}" if self.severity == "warning" else ""
        lines = "".join(f"\n    {line}" for line in remedy.splitlines())
        after_place = ": " if self.where.line else colon  # an editor opens what is written FILE:LINE:
        return f"{self.where}{after_place}{warning}{path}{what}{lines}"


NO_NAMES: Mapping[str, str] = MappingProxyType({})
"""No names at hand: people are called by their ids."""


class PrtError(Exception):
    """Stops a command; `prt/console/runner.py` prints its problems on stderr and exits with `code`.

    `code` is 1 where files are wrong, 2 where the command was; a Mistake is what has no place in a file.
    """

    def __init__(self, *problems: Problem | Mistake, code: int = 1) -> None:
        self.problems, self.code = problems, code
        super().__init__(*self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each problem, in the language that is spoken; warnings stop nothing beside errors."""
        warned = [one for one in self.problems if isinstance(one, Problem) and one.severity == "warning"]
        stopping = [one for one in self.problems if one not in warned] or warned
        return tuple(one.sentence() if isinstance(one, Mistake) else str(one) for one in stopping)


class Mistake(ValueError):
    """Why one value cannot be read, as a code and the values that its words name. Not yet a Problem.

    The words stand under `mistake:` in templates/words.yaml; `read_words` is how they are read.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values = values
        self.times = 1
        self.codes: Mapping[str, str] = NO_NAMES

    def said_at(self, **codes: str) -> Mistake:
        """The same with the codes under which it is told elsewhere: of an `option`, at a `question`."""
        self.codes = codes
        return self

    def told_at(self, where: str) -> Mistake:
        """As it is told there, where that is otherwise."""
        told = Mistake.__new__(Mistake)
        vars(told).update(vars(self), code=self.codes.get(where, self.code))
        return told

    @property
    def what(self) -> str:
        return self.say("what")

    @property
    def remedy(self) -> str:
        return self.say("remedy")

    def say(self, part: str, language: str = "", names: Mapping[str, str] = NO_NAMES) -> str:
        """The words of a language, else of the one that is spoken, or the English ones; where nobody has set
        a reader of words, the code and the values. An id of `names` is said as `Zoé Tremblay (p-7kq2)`."""
        language = language or spoken.language
        if read_words is None:
            return " ".join([self.code, *(f"{name}={value}" for name, value in self.values.items())])
        words, key = read_words("mistake"), f"mistake.{self.code}.{part}"
        values = {name: spoken_value(one, language) for name, one in self.values.items()}
        for name, one in self.values.items() if names else ():
            if isinstance(one, str) and one in names:
                values[name] = f"{names[one]} ({one})"
        said = f"{key}.{language}"
        return words[said if language == "en" or said in words else f"{key}.en"].format_map(values)

    def sentence(self, language: str = "", names: Mapping[str, str] = NO_NAMES) -> str:
        """What is wrong and what to do, one after the other: of a mistake without a place. The remedy has the
        ids, to be typed; what is wrong has the `names`, for a screen of the team."""
        what, remedy = self.say("what", language, names), self.say("remedy", language)
        ended = what.endswith(("?", ".", "…")) or "\n" in what  # a list stands on lines of its own
        said = what if ended else f"{what}."
        return f"{said} {remedy}".rstrip().replace(" \n", "\n")

    def begins_in_words(self, language: str) -> bool:
        """Is its first word a word, not a value, a command, or one letter that is asked for?"""
        said = (read_words or (lambda topic: {}))("mistake").get(f"mistake.{self.code}.what.{language}", "")
        return said[:2].isalpha() and not said.startswith("prt ")

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True)
class JoinedTexts:
    """A value of a mistake that is several texts: `a or b`, in French `a ou b`."""

    texts: Sequence[str]
    by: Literal["and", "or"]


class ValueInWords:
    """A value of a mistake that has other words in each language."""

    def text(self, language: str) -> str:
        raise NotImplementedError


class Days(ValueInWords):
    """Several days as a value of a mistake: `16 Oct 2024, 17 Oct 2024`."""

    def __init__(self, days: Iterable[dt.date], by: str = ", ") -> None:
        self.days, self.by = list(days), by

    def text(self, language: str) -> str:
        return self.by.join(say_date(day, language) for day in self.days)


JOINTS = {"and": {"en": " and ", "fr": " et "}, "or": {"en": " or ", "fr": " ou "}}


def spoken_value(value: object, language: str) -> object:
    """What stands in the words of a mistake for one of its values."""
    if isinstance(value, str):
        return value
    if isinstance(value, JoinedTexts):
        return JOINTS[value.by][language].join(value.texts)
    if isinstance(value, ValueInWords):
        return value.text(language)
    if isinstance(value, dt.date):
        return say_date(value, language)
    return SpokenMistake(value, language) if isinstance(value, Mistake) else value


def say_date(day: dt.date, language: str) -> str:
    """`12 Feb 2025`, `12 févr. 2025`: a date as the terminal says it."""
    if read_words is None:
        return day.isoformat()
    first = "1er" if language == "fr" and day.day == 1 else day.day
    return f"{first} {read_words('month')[f'month.{day.month}.{language}']} {day.year}"


class SpokenMistake:
    """A mistake that another one names, in one language."""

    def __init__(self, mistake: Mistake, language: str) -> None:
        self.what, self.remedy = mistake.say("what", language), mistake.say("remedy", language)

    def __str__(self) -> str:
        return self.what


def follows(name: str, place: Place) -> Mistake:
    """Why a value cannot be used that names a row which has an error itself: it is counted as that one."""
    mistake = Mistake("row_has_error", id=name, place=place)
    mistake.times = 0
    return mistake


WARNING = {"en": "warning", "fr": "avertissement"}
read_words: Callable[[str], Mapping[str, str]] | None = None
"""The words of one topic by key and language, `mistake.not_a_date.what.en`; set where the program begins."""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


class ProblemCount(NamedTuple):
    """How many errors and how many warnings there are."""

    errors: int
    warnings: int


NO_PROBLEMS = ProblemCount(0, 0)


def count_problems(problems: Iterable[Problem]) -> ProblemCount:
    """The number of errors and warnings, with those that are not told one by one."""
    found = Counter[Severity]()
    for one in problems:
        found[one.severity] += one.times
    return ProblemCount(found["error"], found["warning"])


MOST_ALIKE = 1000
"""So many problems of one kind in one file are told one by one; the others are counted."""


class Finding(NamedTuple):
    """What is wrong on a line: not yet a Problem, for a file may have a million of them."""

    line: int
    mistake: Mistake
    severity: Severity = "error"
    path: str = ""
    value: str = ""
    column: int = 0


class FoundIn(NamedTuple):
    """What is wrong in a file: a Problem as soon as it is told."""

    shown: str
    found: Finding

    @property
    def kind(self) -> Kind:
        return self.shown, self.found.severity, self.found.mistake.code, self.found.path

    @property
    def times(self) -> int:
        return self.found.mistake.times

    def told(self) -> Problem:
        one = self.found
        return Problem.of(
            Place(self.shown, one.line, one.column, one.path), one.mistake, one.severity, one.value
        )


class Tellable(Protocol):
    """A Problem, or what is one as soon as it is told: of many that are alike most are only counted."""

    @property
    def kind(self) -> Kind: ...

    @property
    def times(self) -> int: ...

    def told(self) -> Problem: ...


class Gathered:
    """The problems of one file: of each kind the first thousand and the number of the others."""

    def __init__(self, shown: str, silent: Container[int] = ()) -> None:
        self.shown, self.silent = shown, silent
        """Lines of which nothing is told, such as those between the marks of git: the marks are."""
        self.told: list[Problem] = []
        self.wrong = set[int]()
        """The lines that have an error."""
        self.numbers = Counter[tuple[Severity, str, str]]()
        self.times = Counter[tuple[Severity, str, str]]()

    def take(self, found: Iterable[Finding]) -> None:
        for one in found:
            if one.severity == "error":
                self.wrong.add(one.line)
            if one.line not in self.silent and self.is_told(one.severity, one.mistake, one.path):
                self.tell(one)

    def is_told(self, severity: Severity, mistake: Mistake, path: str) -> bool:
        """One more of its kind: is it among the first?"""
        kind = severity, mistake.code, path
        number = self.numbers[kind] = self.numbers[kind] + 1
        self.times[kind] += mistake.times
        return number <= MOST_ALIKE

    def count(self, severity: Severity, code: str, path: str, number: int) -> None:
        """So many more of a kind of which as many as are told were given one by one."""
        self.numbers[severity, code, path] += number
        self.times[severity, code, path] += number

    def tell(self, one: Finding) -> None:
        self.told.append(FoundIn(self.shown, one).told())

    def counted(self) -> list[Problem]:
        """One for each kind of which there are more than are told."""
        return [
            more_alike(self.shown, *kind, number - MOST_ALIKE, self.times[kind])
            for kind, number in self.numbers.items()
            if number > MOST_ALIKE
        ]


def more_alike(shown: str, severity: Severity, code: str, path: str, number: int, times: int) -> Problem:
    """So many more of one kind; where the kind stands for none, they do too."""
    mistake = Mistake("more_lines_wrong", number=f"{number:,}", most=f"{MOST_ALIKE:,}")
    return replace(Problem.of(Place(shown, path=path), mistake, severity, code), times=number if times else 0)


def first_of_each_kind(problems: Iterable[Tellable]) -> list[Problem]:
    """Of each kind in each file the first thousand problems and the number of the others, in their order."""
    told, numbers, times = list[Problem](), Counter[Kind](), Counter[Kind]()
    for one in problems:
        kind, number = one.kind, one.times
        numbers[kind] += max(number, 1)
        times[kind] += number
        if numbers[kind] <= MOST_ALIKE or number > 1:
            told.append(one.told())
    more = [
        more_alike(*kind, number - MOST_ALIKE, times[kind])
        for kind, number in numbers.items()
        if number > MOST_ALIKE
    ]
    return [*told, *(one for one in more if one.value != "more_lines_wrong")]


def unknown_format(asked: str, known: Iterable[str]) -> PrtError:
    """What stops a command that is asked for a format which does not exist."""
    return PrtError(Mistake("not_a_format", text=asked, known=", ".join(known)), code=2)
