"""Mistakes are values: where, what, and what to do; gathered, and shown all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]


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
    remedy: str = ""
    severity: Severity = "error"
    value: str = field(default="", compare=False)
    mistake: Mistake | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, where: Place, mistake: Mistake, severity: Severity = "error", value: str = "") -> Problem:
        """A mistake at its place; its code and values stay with it."""
        return cls(where, mistake.what, mistake.remedy, severity, value, mistake)

    def __str__(self) -> str:
        path = f"{self.where.path}: " if self.where.path else ""
        warning = "warning: " if self.severity == "warning" else ""
        remedy = "".join(f"\n    {line}" for line in self.remedy.splitlines())
        return f"{self.where}: {warning}{path}{self.what}{remedy}"


class PrtError(Exception):
    """Stops a command; `prt/__main__.py` prints its problems on stderr and exits with `code`.

    `code` is 1 where files are wrong, 2 where the command was.
    """

    def __init__(self, *problems: Problem | str, code: int = 1) -> None:
        super().__init__(*(str(problem) for problem in problems))
        self.problems = problems
        self.code = code


class Mistake(ValueError):
    """Why one value cannot be read, as a code and the values that its words name. Not yet a Problem.

    The words stand under `mistake:` in templates/words.yaml; `read_words` is how they are read.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    @property
    def what(self) -> str:
        return self.say("what")

    @property
    def remedy(self) -> str:
        return self.say("remedy")

    def say(self, part: str) -> str:
        """The English words; where nobody has set a reader of words, the code and the values."""
        if read_words is None:
            return " ".join([self.code, *(f"{name}={value}" for name, value in self.values.items())])
        return read_words("mistake")[f"mistake.{self.code}.{part}.en"].format_map(self.values)

    def __str__(self) -> str:
        return self.what


read_words: Callable[[str], Mapping[str, str]] | None = None
"""The words of one topic by key and language, `mistake.not_a_date.what.en`; set where the program begins."""


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def unknown_format(asked: str, known: Iterable[str]) -> PrtError:
    """What stops a command that is asked for a format which does not exist."""
    return PrtError(f'"{asked}" is not a format here. One of: {", ".join(known)}.', code=2)
