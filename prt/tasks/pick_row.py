"""Which row is meant: by its id, or picked from the last ten, which words narrow; and which indicator."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice, Inquiry, NoChoice, pick_choice
from prt.console.dialogue.talk import Talk
from prt.entry.pieces import hours_in_text
from prt.files.project import Project, Year
from prt.files.store import undo_log
from prt.model.plan import handle
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.selections import several
from prt.model.text import LANGUAGES
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.entry.summary import describe_row, name_rows
from prt.tasks.find import names_row
from prt.text import fold_text, wrap_text

T = TypeVar("T")
MOST_PICKED = 10
WIDE, INDENT = 78, 8


def choose_row(project: Project, words: Sequence[str] | None, year: str | None) -> str:
    """The id that was given; at a terminal, without one, the id of the row that somebody picks. A number
    alone, or before words that the row has, picks it from the last ten."""
    given = list(words or ())
    if len(given) == 1 and (not terminal.is_at_terminal() or names_row(project, given[0], year)):
        return given[0]
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("row_needed"), code=2)
    opened, talk = context.load_year(project, year), terminal.open_talk()
    own, *others = sorted(
        (Words(one, opened.plan, opened.data.organisations) for one in LANGUAGES),
        key=lambda one: one.language != talk.language,
    )
    names = name_rows(opened, own)

    def rows_with(words: Sequence[str]) -> list[Row]:
        def fits(row: Row) -> bool:
            text = fold_text(
                " ".join((row.id, row.log, *(describe_row(row, one, names) for one in (own, *others))))
            )
            return all(word_fits(word, row, text) for word in words)

        return list(islice(filter(fits, last_rows(opened, context.me(project.root))), MOST_PICKED))

    picked = ""
    if given and given[0].isascii() and given[0].isdigit():
        last, number = rows_with([]), int(given[0])
        if number and last[number - 1 : number] and last[number - 1] in rows_with(given[1:]):
            return last[number - 1].id
    while not picked:
        rows = rows_with(given)
        if not rows:
            raise PrtError(Mistake("no_row_fits", words=" ".join(given)), code=2)
        lines = number_lines((f"{row.id}  {describe_row(row, own, names)}" for row in rows), INDENT)
        choices = [Choice((row.id, ""), [row.id]) for row in rows]
        found = pick_numbered(
            talk,
            talk.say("which_row"),
            choices,
            lines,
            lambda text: ("", text) if not text.isdigit() and rows_with([*given, *text.split()]) else None,
        )
        picked, more = found
        given.extend(more.split())
    return picked


def word_fits(word: str, row: Row, text: str) -> bool:
    """Is the word in the text of the row, or are these its hours? A number is a whole one."""
    if "hours" in row.index and row["hours"] in hours_in_text(word):
        return True
    return fold_text(word) in (re.findall(r"\w+", text) if word.isdigit() else text)


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


def choose_indicator(project: Project, year: str | None) -> str:
    """The indicator with a target that somebody at the terminal picks, by number or name."""
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("which_indicator"), code=2)
    plan, talk = context.load_year(project, year).plan, terminal.open_talk()
    found = {
        handle(line, one): one.label.to(talk.language) for _, line, one in plan.indicators() if one.target
    }
    width = max(map(len, found), default=0)
    choices = [Choice(name, [name, label]) for name, label in found.items()]
    told = [f"{name:<{width}}  {label}" for name, label in found.items()]
    return pick_numbered(talk, talk.say("which_indicator"), choices, number_lines(told, width + 2))


def number_lines(texts: Iterable[str], indent: int) -> list[str]:
    """Each behind its number; what goes on a second line stands `indent` further in than the text."""
    return [
        "\n".join(wrap_text(f"{n:>3}  {text}", WIDE, indent=indent + len(str(n)) + 2))
        for n, text in enumerate(texts, 1)
    ]


def last_rows(year: Year, me: str | None) -> Iterator[Row]:
    """Those entered on this laptop, the newest first; then one's own and those of nobody, by their days.

    What came by import, rows of a session, and days to come are only there if they were typed here, one
    by one.
    """
    rows = [row for some in year.data.logs.values() for row in some if row.id]
    by_name = {(row.log, row.id): row for row in rows}
    steps = [step for step in undo_log.read_steps(year.project.root) if step.get("step") == "added"]
    typed = [step for step in reversed(steps) if len(step["rows"]) <= most_typed(step["log"])]
    entered = dict.fromkeys((step["log"], row) for step in typed for row, _ in reversed(step["rows"]))
    yield from (by_name[name] for name in entered if name in by_name)
    today = context.today()
    for row in sorted(rows, key=lambda row: row.day, reverse=True):
        workers = [person for name in row.model.worker_columns() for person in several(row[name])]
        own = not me or not workers or me in workers
        if own and row.day <= today and not row.model.parent and (row.log, row.id) not in entered:
            yield row


def most_typed(log: str) -> int:
    """So many rows are typed at once: of a session one, for several are a list that was imported."""
    return 1 if log in LOGS and LOGS[log].parent else MOST_PICKED
