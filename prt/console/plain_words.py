"""Plain command lines, read from the signatures alone: building typer's application costs 60 to 110 ms more.

A command line is plain where every word is the name of a command, an argument, or an option written in full
with its value after it or after `=`, and each value is a text, a number or a switch. It is read here as typer
reads it. All else is left to typer: help, mistakes and the words for them, completion, `-yo FILE`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from types import NoneType
from typing import Any, get_args

from prt.console.signature import Command, CommandGroup, Declared, Option, declared, load_command, module_of
from prt.text import compile_later
from prt.values import MISSING

Words = Sequence[str]
Given = Mapping[str, Sequence[str]]
"""The texts that were written for an option or argument, by its name."""
EXPANDED = frozenset("~$%*?[") if os.name == "nt" else frozenset[str]()
"""Signs that typer replaces where the shell does not: a home, a variable, names of files."""
MOST_NAME_WORDS = 3
"""How many words the name of a command may have."""
DAYS_BACK = compile_later("-[0-9]{1,3}[dj]")
"""A word that is no option, though a hyphen stands before it: `prt log hours 2 emsb -2d`."""


class NotPlain(Exception):
    """The words are for typer."""


def read_plainly(words: Words, commands: Container[str]) -> tuple[Command, dict[str, Any]] | None:
    """The command that is asked for, with the values of what it declares; None where words are not plain."""
    try:
        refuse_surroundings(words)
        command, left = find_command(words, commands)
        known = declared(command, words)
        given = sort_words(known, left)
        return command, {one.name: read_value(one, given.get(one.name, ())) for one in known}
    except NotPlain:
        return None


def join_name(words: Words, commands: Container[str]) -> Words:
    """`log mise à jour` with the name of the command as one word: it needs no quotes."""
    if len(words) < 3 or words[0] not in commands:
        return words
    found = load_command(module_of(words[0]))
    if isinstance(found, CommandGroup) and words[1] not in found.commands:
        for last in range(min(len(words), 1 + MOST_NAME_WORDS), 2, -1):
            if (name := " ".join(words[1:last])) in found.commands:
                return [words[0], name, *words[last:]]
    return words


def refuse_surroundings(words: Words) -> None:
    """NotPlain where typer would expand a word, or a shell asks for completions."""
    if EXPANDED.intersection("".join(words)):
        raise NotPlain
    if any(name.startswith("_") and name.endswith("_COMPLETE") for name in os.environ):
        raise NotPlain


def find_command(words: Words, commands: Container[str]) -> tuple[Command, Words]:
    """The command that the first words name, and the words after them."""
    if not words or words[0] not in commands:
        raise NotPlain
    found, left = load_command(module_of(words[0])), words[1:]
    while isinstance(found, CommandGroup):
        if found.alone and not left and sys.stdin.isatty():
            found = load_command(found.alone)
            continue
        if not left or left[0].startswith("-") or left[0] not in found.commands:
            raise NotPlain
        found, left = found.command(left[0]), left[1:]
    return found, left


def sort_words(known: Iterable[Declared], words: Words) -> Given:
    """The texts of each option and argument, in the order in which they were written."""
    options = {name: one for one in known for name in one.names if "/" not in name}  # no --this/--that
    given: dict[str, list[str]] = {}
    others, left = [], iter(words)
    for word in left:
        if not word.startswith("-") or word == "-" or DAYS_BACK.fullmatch(word):
            others.append(word)
            continue
        name, sign, text = word.partition("=")
        if (one := options.get(name)) is None or (sign and (one.is_switch or not name.startswith("--"))):
            raise NotPlain
        given.setdefault(one.name, []).append(text if sign or one.is_switch else following(left))
    return given | place_words([one for one in known if not one.names], others)


def following(left: Iterable[str]) -> str:
    """The next word, whatever it is: `--date -2d`."""
    for word in left:
        return word
    raise NotPlain


def place_words(arguments: Sequence[Declared], words: Words) -> dict[str, Words]:
    """Each word for the argument at its place; an argument that is a list takes all that are left."""
    placed: dict[str, Words] = {}
    for one in arguments:
        taken = len(words) if plain_kind(one) == list[str] else 1
        placed[one.name], words = words[:taken], words[taken:]
    if words:
        raise NotPlain
    return placed


def plain_kind(one: Declared) -> Any:
    """`str` of `str | None`."""
    kinds = get_args(one.kind)
    return kinds[0] if NoneType in kinds else one.kind


def read_value(one: Declared, texts: Words) -> Any:
    """The value of what was written, the last where it was written twice; NotPlain where that takes more."""
    kind = plain_kind(one)
    if not texts:
        if one.default is MISSING:
            raise NotPlain
        return one.default
    if kind == list[str]:
        return list(texts)
    if kind is bool:
        return True
    return texts[-1] if kind is str else read_number(one, texts[-1])


def read_number(one: Declared, text: str) -> int:
    if plain_kind(one) is not int or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotPlain
    least = one.note.least if isinstance(one.note, Option) else None
    if least is not None and int(text) < least:
        raise NotPlain
    return int(text)
