"""`prt sheet [KIND…]`: rows as a workbook to be filled in Excel, which `prt import` takes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from prt.console import context, messages, screen
from prt.console.options import YearOption
from prt.console.signature import Argument, Option
from prt.figures.standings import logs_needed
from prt.model.records import LOGS, hours_logs
from prt.tasks.find.find_logs import find_logs
from prt.tasks.sheets.give_book import GivenFile, give_book
from prt.tasks.sheets.make_book import list_sizes
from prt.text import quote_word

Kinds = Annotated[
    list[str] | None,
    Argument("tool, update … as in prt log, a sheet each; else your hours.", metavar="[KIND…]"),
]
EveryLog = Annotated[bool, Option("A sheet for every kind of row.", name="--all")]
NoNames = Annotated[bool, Option("Role and board only, no person: it may leave the private folder.")]
Opened = Annotated[bool, Option("Open it.", name="--open")]


def sheet(
    kinds: Kinds = None,
    every: EveryLog = False,
    no_names: NoNames = False,
    opened: Opened = False,
    year: YearOption = None,
) -> None:
    """A workbook of your hours or of other rows, to be filled in Excel; prt import takes it back."""
    chosen = LOGS if every else (log for kind in kinds or () for log in find_logs(kind))
    logs = tuple(dict.fromkeys(chosen)) or tuple(model.log for model in hours_logs())
    found = context.open_year(year, logs=set().union(*map(logs_needed, logs)))
    made = give_book(found, logs, named=not no_names)
    tell_given(made, logs)
    if opened:
        screen.launch(made.path)


def tell_given(made: GivenFile, logs: Sequence[str]) -> None:
    """Tells where the workbook is, what it holds, whether it has names, and how it is taken back."""
    words, shown = made.maker.words, made.maker.year.project.shown(made.path)
    own = "own_rows" if all(LOGS[log].gives_hours() for log in logs) else "rows"
    lists = [
        words.counted(f"sheet.{name}", number) for name, number in list_sizes(made.book).items() if number
    ]
    parts = [words.counted(f"sheet.{own}", sum(len(one.rows) for one in made.book.sheets))]
    parts += [words("sheet.lists", lists=", ".join(lists))] if lists else []
    messages.print_written(words("sheet.made", file=shown, parts=", ".join(parts)) + ".")
    messages.print_line(words("sheet.holds_names" if made.book.people else "sheet.no_names"))
    messages.print_line(words("sheet.take_back", file=quote_word(shown)))
