"""`prt log` without a kind, at a terminal: what waits, or what happened; after each row it asks again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import YES, Back, Choice, Inquiry, NoChoice, pick_choice
from prt.console.dialogue.talk import INDENT, Left, Talk
from prt.console.signature import load_command
from prt.figures.questions import choices
from prt.files.project import Year
from prt.files.yaml.words import kind_word
from prt.model.records import LOGS, Session, row_words
from prt.model.text import LANGUAGES
from prt.output.screens.hours_lines import short_day
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.entry.answers import Reader
from prt.tasks.entry.hold_session import hold_session, sessions_due
from prt.tasks.entry.save_row import ask_row, defaults_of, kinds_begun
from prt.tasks.hours.ask_hours import ask_hours, hours_begun
from prt.tasks.imports.find_downloads import describe_export, find_exports
from prt.tasks.imports.import_options import ImportOptions
from prt.text import fold_text, singular
from prt.values import dataclass

LEAVE = "<"
"""What Enter stands for: leave."""


@dataclass(frozen=True)
class Waiting:
    """What waits, in words, and what is done with it: a year where something was written."""

    text: str
    take: Callable[[Talk, Year], Year | None]


@dataclass(frozen=True)
class ToldKind:
    """A kind of row, with a cell that was told with it: `workshop 1.1`, `capsule`."""

    kind: str
    cells: Mapping[str, str]


def log_menu() -> None:
    """Show what waits, and ask what happened, again and again until somebody leaves."""
    year, talk = context.load_year(context.open_project(), None), terminal.open_talk()
    exports = list(find_exports(year))
    downloads = [
        Waiting(
            talk.say("labelled", name=Path(path.parent.name, path.name), text=describe_export(file, year)),
            partial(take_file, str(path)),
        )
        for path, file in exports
    ]
    shown: list[str] | None = None
    while True:
        waiting = [*rows_begun(year, talk), *sessions_waiting(year, talk), *downloads]
        texts = [one.text for one in waiting]
        if texts != shown:
            show_waiting(waiting, talk)
        if shown is None:
            show_kinds(talk)
        shown = texts
        chosen = ask_what(waiting, talk, year)
        if isinstance(chosen, Back) or chosen is None:
            return
        try:
            if take(chosen, talk, year):
                year = year.project.load(year.path)
                downloads = [one for one in downloads if one is not chosen]
        except Left:
            raise
        except PrtError as error:
            for text in error.texts:
                context.say(text)


def ask_what(waiting: list[Waiting], talk: Talk, year: Year) -> Waiting | ToldKind | str | Back | None:
    """Ask what to log: something that waits, or a kind; None for neither."""
    words = [kind_word(kind, talk.language) for kind in every_kind()]
    question = Inquiry(
        talk.say("log_what"),
        partial(read_menu, waiting=waiting, talk=talk, year=year),
        enter=LEAVE,
        words=words,
        hint=talk.say("log_number", numbers=number_range(len(waiting))) if waiting else "",
        explain=lambda: [INDENT + "  ".join(words)],
    )
    return talk.ask(question)


def number_range(number: int) -> str:
    """`1`, or `1-3`."""
    return "1" if number == 1 else f"1-{number}"


def take(chosen: Waiting | ToldKind | str, talk: Talk, year: Year) -> Year | None:
    if isinstance(chosen, Waiting):
        return chosen.take(talk, year)
    if chosen == "hours":
        return ask_hours(talk, year)
    told = ToldKind(chosen, {}) if isinstance(chosen, str) else chosen
    kind, cells = told.kind, {**defaults_of(told.kind), **told.cells}
    kinds = LOGS[row_words()[kind]].kinds
    for name, code in told.cells.items():
        talk.tell(INDENT + say_value(row_words()[kind], name, code, talk, year))
    return ask_row(talk, kind if kind in kinds else kinds[0], cells, year, leads_back=True)


def say_value(log: str, name: str, code: str, talk: Talk, year: Year) -> str:
    """`1.4a PLC meetings`, `training capsule`: what was understood."""
    if name == "line":
        return f"{code} {year.plan.called(code).to(talk.language)}"
    return Words(talk.language, year.plan).label(log, name, code)


def take_file(path: str, talk: Talk, year: Year) -> Year:
    """Import what was downloaded, as `prt import` does."""
    command: Callable[..., object] = load_command("prt.commands.import_")  # type: ignore[assignment]
    command(ImportOptions(), [path])
    return year


def rows_begun(year: Year, talk: Talk) -> Iterator[Waiting]:
    """Rows and lines of hours that somebody left before they were saved."""
    words = Words(talk.language, year.plan, year.data.organisations)
    for kind, day in {**kinds_begun(year), **hours_begun(year)}.items():
        text = talk.say("log_begun", kind=kind_word(kind, talk.language), day=short_day(day, words))
        yield Waiting(text, partial(take, kind))


def sessions_waiting(year: Year, talk: Talk) -> Iterator[Waiting]:
    """Planned sessions whose day has come."""
    words = Words(talk.language, year.plan, year.data.organisations)
    for row in sessions_due(year, context.today()):
        day, asked = short_day(row["date"], words), talk.say("was_planned")
        yield Waiting(f"{day}  {row['line']} {row['title']}, {asked}", partial(hold_session, row))


def show_waiting(waiting: list[Waiting], talk: Talk) -> None:
    for number, one in enumerate(waiting, 1):
        title = f"{talk.say('log_waiting')}{talk.say('colon')}" if number == 1 else ""
        talk.tell(f"{title:<13}{number:>2}  {one.text}")


def show_kinds(talk: Talk) -> None:
    talk.tell("  " + "  ".join(kind_word(kind, talk.language) for kind in shown_kinds()))
    talk.tell(f"  {talk.say('log_leave')}")


def shown_kinds() -> list[str]:
    """The words that the menu shows, `hours` first."""
    return ["hours", *(word for word, log in row_words().items() if LOGS[log].in_menu)]


def every_kind() -> list[str]:
    """Every word that the menu knows, those that it shows first."""
    return [*dict.fromkeys((*shown_kinds(), *row_words()))]


def read_menu(text: str, waiting: list[Waiting], talk: Talk, year: Year) -> Waiting | ToldKind | str | None:
    """What waits, by its number; a kind, of a session perhaps with its line: `workshop 1.1`."""
    if text in (LEAVE, ""):
        return None
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(waiting):
        return waiting[int(text) - 1]
    if waiting:
        refuse_yes(text, len(waiting), talk)
    head, _, line = text.rpartition(" ")
    lines = [one.id for one in year.plan.lines()]
    if head and line in lines and (kind := read_kind(head, talk)) in Session.kinds:
        return ToldKind(kind, {"line": line})
    try:
        return read_kind(text, talk)
    except NoChoice:
        if told := next(read_cells(text, year), None):
            return told
        raise


def refuse_yes(text: str, waiting: int, talk: Talk) -> None:
    """Raise the mistake of a yes to what waits: its number is meant, or a kind that begins so."""
    typed = fold_text(text)
    if typed in YES:
        shown = (kind_word(kind, talk.language) for kind in shown_kinds())
        begun = [word for word in shown if fold_text(word).startswith(typed)]
        raise Mistake("several_begin_so", text=text, choices=" / ".join([number_range(waiting), *begun]))


def read_cells(text: str, year: Year) -> Iterator[ToldKind]:
    """The kinds of which a text is a value that their rows are counted by, lines first: `plc`, `capsule`.
    Raises Mistake where several values of one begin so."""
    words = [Words(one, year.plan, year.data.organisations) for one in LANGUAGES]
    for log, model in LOGS.items() if any(map(str.isalpha, text)) else ():
        column = year.plan.record_of(log).column_named(model.counted_by)
        if column and model.in_menu:
            offered = choices(year.plan.record_of(log), column, year.plan, year.known, {})
            reader = Reader(log, year.known, context.today(), words=words)
            if code := reader.begun(column, text, offered):
                yield ToldKind(model.kinds[0], {column.name: code})


def read_kind(text: str, talk: Talk) -> str:
    """A kind by its word or a beginning, those that are shown first. Raises Mistake."""
    with suppress(NoChoice):
        return pick_choice(text, [Choice(kind, [kind_word(kind, talk.language)]) for kind in shown_kinds()])
    words = {kind: [kind_word(kind, one) for one in LANGUAGES] for kind in every_kind()}
    choices = [Choice(kind, [kind, *own]) for kind, own in words.items()]
    for typed in (text, singular(text)):
        with suppress(NoChoice):
            return pick_choice(typed, choices)
    raise NoChoice("none_of_them", text=text)
