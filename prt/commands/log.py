"""`prt log KIND`: appends one row to a log. Here are the kinds, and what each says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from prt.console.signature import Command, CommandGroup, load_command
from prt.files.yaml.words import kind_words
from prt.model.records import LOGS, row_kinds
from prt.text import fold_text, singular

LINES = {"hours": "prt.commands.log_hours"}
"""The kinds that take whole lines of words, each with the module of its command."""
SENTENCES = {
    **{kind: LOGS[log].__doc__ or "" for kind, log in row_kinds().items()},
    "hours": "Hours of accompaniment and of support to partners, a row a line, in words of any order.",
}


def kind_called(word: str) -> str:
    """The kind that a word of either language means, such as `atelier` or `ateliers`. KeyError for none."""
    kinds = (*row_kinds(), *LINES)
    if word in kinds:
        return word
    words = kind_words(kinds)
    alike = {singular(one): kind for one, kind in words.items()}
    return words.get(fold_text(word)) or alike[singular(word)]


class RowCommands(Mapping[str, Command | str]):
    """The command of each kind of row, made when it is asked for."""

    def __getitem__(self, name: str) -> Command | str:
        kind = kind_called(name)
        if kind in LINES:
            return LINES[kind]
        make_command: Any = load_command("prt.commands.log_row")
        command: Command = make_command(kind)
        return command

    def __iter__(self) -> Iterator[str]:
        yield from (*row_kinds(), *LINES)

    def __len__(self) -> int:
        return len(row_kinds()) + len(LINES)


log = CommandGroup(
    "Add one row: what happened. On a terminal it asks for what is missing.",
    RowCommands(),
    alone="prt.commands.log_menu",
    said=SENTENCES,
)
