"""What a command did to the figures and wrote, as lines."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from prt import spoken
from prt.console import context
from prt.console.streams import fit_lines, written
from prt.figures.standings import Standings, moves, standings
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.output.screens.cell_words import name_cell, spell_cell
from prt.output.screens.moves import move_lines
from prt.output.words import Words
from prt.text import fold_text, quote_word

MOST_TOLD = 5
"""New people without a first day; the others are counted."""


def before(year: Year, *logs: str) -> Standings:
    """The figures that rows of these logs may move, as they are before."""
    return standings(year.evaluate(context.today()), *logs)


def tell_moves(old: Standings, year: Year, *logs: str) -> None:
    """What moved, one line for each target; nothing where nothing did."""
    for line in moved_lines(old, year, *logs):
        print_line(line)
    context.left_out_notice(year)


def moved_lines(old: Standings, year: Year, *logs: str) -> Iterable[str]:
    """What moved, for whoever prints something else."""
    return move_lines(moves(old, before(year, *logs)), context.session_language())


def known_names(year: Year) -> dict[str, str]:
    """The names of people by their ids, as far as the names are here."""
    return {row.id: str(row["name"]) for row in year.project.names().values()}


def person_to_type(person: str, names: Mapping[str, str]) -> str:
    """The person as a command that is shown takes it: by name where nobody else has it, else by id."""
    folded = [*map(fold_text, names.values())]
    name = names.get(person, person)
    return quote_word(name) if folded.count(fold_text(name)) == 1 else person


def tell_without_start(old: Year, year: Year) -> None:
    """New roles without a first day count as held since the plan's."""
    known = {(post["id"], post["role"], post["board"]) for post in old.data.people}
    posts = [
        post
        for post in year.data.people
        if post["start"] is None and (post["id"], post["role"], post["board"]) not in known
    ]
    names = known_names(year)
    for post in posts[:MOST_TOLD]:
        typed = person_to_type(post["id"], names)
        owes = "_owes" if post["role"] == "cda" and year.plan.rounds else ""
        context.say(
            say_phrase(
                f"no_first_day{owes}",
                who=names.get(post["id"], post["id"]),
                typed=typed,
                day=year.plan.starts,
            )
        )
    if len(posts) > MOST_TOLD:
        context.say(say_phrase("more_without_start", len(posts) - MOST_TOLD))


def tell_import(old: Standings, year: Year, log: str, *, keep: bool) -> None:
    """What an import moved; of one that was only tried, what it would move, or that nothing would."""
    moved = moves(old, before(year, log))
    if keep:
        print_written(say_phrase("imported"))
    else:
        print_line(say_phrase("would_move" if moved else "would_not_move"))
    for line in move_lines(moved, context.session_language()):
        print_line(line)
    context.left_out_notice(year)


def print_written(text: str) -> None:
    """What was written. It is said on stderr where this cannot be printed, or what comes after it."""
    note_written(text)
    print_line(text)


def note_written(text: str) -> None:
    """What was written, before any message of it."""
    written.append(" ".join(text.split()))


def print_line(text: str) -> None:
    """A result; an arrow is written as two signs where the output cannot hold it."""
    try:
        "→·".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        text = text.replace("→", "->").replace("·", "-")
    print(fit_lines(text, sys.stdout))


def tell_list(title: str, lines: Iterable[str]) -> None:
    """The lines under a title; nothing where there are none."""
    head = say_phrase("colon", name=title, text="").rstrip(" ") + "\n"
    for number, line in enumerate(lines):
        print_line(("" if number else head) + f"  {line}")


def tell_changes(notes: Iterable[Mapping[str, str]], year: Year, log: str) -> None:
    """`participants  24 → 25`, one line for each cell of a row of the log."""
    words, names = Words(spoken.language, year.plan, year.data.organisations), known_names(year)
    for note in notes:
        name = note["column"]
        texts = (spell_cell(words, log, name, note[one], names) for one in ("old", "new"))
        old, new = (text or say_phrase("empty") for text in texts)
        print_line(f"  {name_cell(words, log, name)}  {old} → {new}")
