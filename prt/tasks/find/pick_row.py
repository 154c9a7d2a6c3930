"""Which row is meant: by its id, or picked from the last ten, which words narrow."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice, Inquiry, NoChoice, pick_choice
from prt.console.dialogue.talk import Talk
from prt.entry.pieces import days_in_text, hours_in_text
from prt.files.project import Project, Year
from prt.files.store import undo_log
from prt.files.yaml.words import say_phrase
from prt.model.calendar import MONTHS, WEEKDAYS, Window, place_of
from prt.model.cells import WholeCell
from prt.model.columns import Column
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.selections import several
from prt.model.text import LANGUAGES, Language
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.entry.summary import describe_cell, describe_row, name_rows
from prt.tasks.find.find_row import names_row
from prt.text import fold_text, wrap_text
from prt.values import NamedTuple

T = TypeVar("T")
MOST_PICKED = 10
WIDE, INDENT = 78, 8
WORD = re.compile(r"\w+")


def choose_row(
    project: Project, words: Sequence[str] | None, year: str | None, *, to_read: bool = False
) -> str:
    """The id that was given; at a terminal, without one, the id of the row that somebody picks. A number
    alone, or before words that the row has, picks it from the last ten. Where it is only read, words that one
    row has are enough anywhere."""
    given = [one for one in words or () if one.strip()]
    if len(given) == 1 and names_row(project, given[0], year):
        return given[0]
    asks, texts = terminal.is_at_terminal(), " ".join(given).split()
    if not asks and len(given) != 1 and not (to_read and given):
        raise PrtError(Mistake("row_needed"), code=2)
    if not asks and not to_read:
        return given[0]
    finder = RowsByWords(context.load_year(project, year), context.session_language())
    if asks:
        rows = finder.find(texts) if to_read and texts else []
        return finder.numbered(texts) or (rows[0].id if len(rows) == 1 else finder.ask(texts))
    return finder.only(texts) or given[0]


class RowsByWords:
    """The rows that have words which are typed: of their cells in either language, their day or hours."""

    def __init__(self, year: Year, language: Language) -> None:
        self.year, self.today = year, context.today()
        self.own, *self.foreign = sorted(
            (Words(one, year.plan, year.data.organisations) for one in LANGUAGES),
            key=lambda one: one.language != language,
        )
        self.names = name_rows(year, self.own)
        self.said = dict[tuple[str, str, Any], str]()
        """What is said of the value of a column: most stand in many rows."""

    def find(self, words: Sequence[str]) -> list[Row]:
        """The last ten with these words; where none has them, of all rows."""
        wanted = wanted_pieces(words, self.today, self.year.plan.window)
        own = last_rows(self.year, context.me(self.year.project.root))
        found = list(islice((row for row in own if self.fits(row, wanted)), MOST_PICKED))
        return found or list(islice(self.every(wanted), MOST_PICKED))

    def every(self, wanted: Sequence[WantedWord | dt.date]) -> Iterator[Row]:
        return (row for row in newest(self.year) if not row.model.parent and self.fits(row, wanted))

    def others(self, words: Sequence[str], shown: Sequence[Row]) -> list[str]:
        """A line that says how many more rows have these words, and what they are; none without words, for
        then it is the last ten that are shown."""
        wanted = wanted_pieces(words, self.today, self.year.plan.window)
        names = {(row.log, row.id) for row in shown}
        rest = [row.log for row in self.every(wanted) if (row.log, row.id) not in names] if words else []
        what = ", ".join(self.own(f"log.{log}") for log in dict.fromkeys(rest))
        return [say_phrase("rows_not_shown", len(rest), what=what)] if rest else []

    def fits(self, row: Row, wanted: Sequence[WantedWord | dt.date]) -> bool:
        days = (row.day, *row.values)
        if not all(one in days for one in wanted if isinstance(one, dt.date)):
            return False
        text = self.text(row)
        return all(one.fits(row, text) for one in wanted if isinstance(one, WantedWord))

    def text(self, row: Row) -> str:
        """What is said of a row in either language, folded."""
        row = row.as_read()
        cells = [self.cell_text(row, one) for one in row.model.columns() if row[one.name] not in (None, ())]
        called = (fold_text(one(f"log.{row.log}")) for one in (self.own, *self.foreign))
        return " ".join((fold_text(row.id), fold_text(row.log), *called, *cells))

    def cell_text(self, row: Row, column: Column) -> str:
        value = row[column.name]
        key, may_have_share = (row.log, column.name, value), isinstance(column.cell, WholeCell)
        if key not in self.said or may_have_share:
            text = column.cell.write(value)
            said = (
                describe_cell(row, column.name, text, one, self.names) for one in (self.own, *self.foreign)
            )
            self.said[key] = fold_text(" ".join(said))
        return self.said[key]

    def having(self, rows: Iterable[Row], words: Sequence[str]) -> list[Row]:
        """Those of the rows that have all of these words."""
        wanted = wanted_pieces(words, self.today, self.year.plan.window)
        return [row for row in rows if self.fits(row, wanted)]

    def lines(self, rows: Sequence[Row]) -> list[str]:
        return [f"{row.id}  {describe_row(row, self.own, self.names)}" for row in rows]

    def told_others(self, given: Sequence[str], rows: Sequence[Row]) -> list[str]:
        """What is not in a list that somebody picks from, below it."""
        return [
            line for text in self.others(given, rows) for line in wrap_text(f"     {text}", WIDE, indent=5)
        ]

    def numbered(self, given: Sequence[str]) -> str:
        """The row of the last ten whose number stands before words that it has; "" for none. `5 novembre` is
        a day."""
        if not given or not (given[0].isascii() and given[0].isdigit()) or begins_with_day(given, self.year):
            return ""
        number, last = int(given[0]), self.find([])
        row = last[number - 1] if 0 < number <= len(last) else None
        return row.id if row and row in self.find(given[1:]) else ""

    def only(self, given: Sequence[str]) -> str:
        """The id of the one row with these words; "" for none. Raises PrtError, which lists several."""
        rows = self.find(given)
        if not rows and len(given) > 1:
            raise PrtError(Mistake("no_row_fits", words=" ".join(given)), code=2)
        if len(rows) > 1:
            listed = "".join(f"\n    {line}" for line in [*self.lines(rows), *self.others(given, rows)])
            raise PrtError(Mistake("row_may_be", words=" ".join(given), rows=listed), code=2)
        return rows[0].id if rows else ""

    def narrow(self, given: Sequence[str], text: str) -> tuple[str, str] | None:
        """No id and the words, if rows have them too."""
        return ("", text) if not text.isdigit() and self.find([*given, *text.split()]) else None

    def ask(self, given: list[str]) -> str:
        """The id of the row that somebody picks; more words narrow the list."""
        talk, picked = terminal.open_talk(), ""
        while not picked:
            rows = self.find(given)
            if not rows:
                raise PrtError(Mistake("no_row_fits", words=" ".join(given)), code=2)
            choices = [Choice((row.id, ""), [row.id]) for row in rows]
            found = pick_numbered(
                talk,
                talk.say("which_row"),
                choices,
                [*number_lines(self.lines(rows), INDENT), *self.told_others(given, rows)],
                partial(self.narrow, given),
            )
            picked, more = found
            given = [*given, *more.split()]
        return picked


class WantedWord(NamedTuple):
    """A word that a row is to have, in its text (whole, if a number), or as month, weekday or hours of it."""

    text: str
    hours: Sequence[Fraction]
    month: int | None
    weekday: int | None

    @classmethod
    def of(cls, word: str) -> WantedWord:
        text = fold_text(word)
        return cls(text, hours_in_text(word), place_of(text, MONTHS), place_of(text, WEEKDAYS))

    def fits(self, row: Row, text: str) -> bool:
        if self.hours and "hours" in row.index and row["hours"] in self.hours:
            return True
        if self.month == row.day.month - 1 or self.weekday == row.day.weekday():
            return True
        return self.text in (WORD.findall(text) if self.text.isdigit() else text)


def wanted_pieces(words: Sequence[str], today: dt.date, year: Window) -> list[WantedWord | dt.date]:
    """Words, and the days that several of them are together: `12 novembre`."""
    for number in (3, 2, 1) if words else ():
        text = " ".join(words[:number])
        days = days_in_text(text, today, year) if number <= len(words) else ()
        if len(days) == 1 and (number > 1 or any(sign.isdigit() for sign in text)):
            return [days[0], *wanted_pieces(words[number:], today, year)]
    return [WantedWord.of(words[0]), *wanted_pieces(words[1:], today, year)] if words else []


def begins_with_day(words: Sequence[str], year: Year) -> bool:
    """Do the first words say a day only together? `3 mar` may be the third row, on a Tuesday."""
    today, window = context.today(), year.plan.window
    return bool(days_in_text(" ".join(words[:2]), today, window)) and not days_in_text(
        " ".join(words[1:2]), today, window
    )


def pick_numbered(
    talk: Talk,
    prompt: str,
    choices: Sequence[Choice[T]],
    lines: Sequence[str],
    narrow: Callable[[str], T | None] = lambda text: None,
) -> T:
    """The one that somebody picks by its number or name; Enter takes the only one. What `narrow` makes of
    other words is an answer too."""

    def read(text: str) -> T:
        try:
            return pick_choice(text, choices, numbered=True)
        except NoChoice:
            if text and (found := narrow(text)):
                return found
            raise

    is_one = len(choices) == 1
    question = Inquiry(
        prompt,
        read,
        enter="1" if is_one else "",
        bracket="1" if is_one else "",
        above=lines,
        words=[one.spellings[0] for one in choices],
    )
    return talk.ask_alone(question)


def number_lines(texts: Iterable[str], indent: int) -> list[str]:
    """Each behind its number; what goes on a second line stands `indent` further in than the text."""
    return [
        "\n".join(wrap_text(f"{n:>3}  {text}", WIDE, indent=indent + len(str(n)) + 2))
        for n, text in enumerate(texts, 1)
    ]


def last_rows(year: Year, me: str | None) -> Iterator[Row]:
    """The rows entered on this laptop, the newest first; then one's own and those of nobody, by their days.

    What came by import, rows of a session, and days to come are only there if they were typed here, one
    by one.
    """
    rows = newest(year)
    by_name = {(row.log, row.id): row for row in rows}
    steps = [step for step in undo_log.read_steps(year.project.root) if step.get("step") == "added"]
    typed = [step for step in reversed(steps) if len(step["rows"]) <= most_typed(step["log"])]
    entered = dict.fromkeys((step["log"], row) for step in typed for row, _ in reversed(step["rows"]))
    yield from (by_name[name] for name in entered if name in by_name)
    today = context.today()
    for row in rows:
        workers = [person for name in row.model.worker_columns() for person in several(row[name])]
        own = not me or not workers or me in workers
        if own and row.day <= today and not row.model.parent and (row.log, row.id) not in entered:
            yield row


def newest(year: Year) -> list[Row]:
    """Every row that has an id, the newest first."""
    rows = (row for some in year.data.logs.values() for row in some if row.id)
    return sorted(rows, key=lambda row: row.day, reverse=True)


def most_typed(log: str) -> int:
    """So many rows are typed at once: of a session one, for several are a list that was imported."""
    return 1 if log in LOGS and LOGS[log].parent else MOST_PICKED
