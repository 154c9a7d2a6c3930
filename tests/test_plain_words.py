"""Two readers of a command line: what the small one takes, typer reads alike; what typer refuses, it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from typing import Any, NoReturn

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st

from prt.cli import COMMANDS, app
from prt.console import plain_words, typer_app
from prt.console.plain_words import plain_kind, read_plainly
from prt.console.signature import Declared, Option, declared
from prt.values import MISSING
from tests.conftest import FULL, only_in_ci, some
from tests.project import Prt
from tests.test_cli import commands, imported

Read = tuple[str, dict[str, Any]]
"""A command, as Python shows it (those of `prt log` are made anew each time), and its values."""
MISTAKE: Any = typer.BadParameter.__mro__[2]
"""What typer raises of every mistake."""
KNOWN = dict(commands())
USUAL: dict[object, tuple[str, ...]] = {
    str: ("1.1", "2025-02-14", "deux mots", "à l'école", "", "-", "a=b", "-2d", "--", "--help", "~/*"),
    int: ("1", "2500", "007"),
    list[str]: ("EMSB", "EMSB; Littoral", "", "-x", "-2d"),
}
"""Values that are taken, by the kind of an option."""
ODD = (
    "3",
    "-3",
    "+3",
    " 3",
    "3.0",
    "3_000",
    "٣",
    "1" * 20,
    "1" * 5000,
    "x",
    "\udcff",
    "--no-such",
    "--",
    "-h",
    "-2j",
    "--help",
    "-",
    "",
)


@cache
def every_command() -> Any:
    """typer's reading of all commands, made once."""
    return typer.main.get_command(app())


def read_by_us(words: Sequence[str]) -> Read | None:
    found = read_plainly(words, COMMANDS)
    return (repr(found[0]), found[1]) if found else None


def read_by_typer(words: Sequence[str]) -> Read | None:
    """The command that typer would call, and with which values; None where it refuses, or helps."""
    called: list[Read] = []

    def note(command: object, values: dict[str, Any]) -> NoReturn:
        called.append((repr(command), values))
        raise typer.Exit

    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        patch.setattr(typer_app, "arguments_of", note)
        try:
            every_command().main(list(words), prog_name="prt", standalone_mode=False)
        except MISTAKE:
            return None
    return called[0] if called else None


def ways(one: Declared) -> list[list[str]]:
    """The words for one option or argument, with each of its names and each usual value."""
    if one.is_switch:
        return [[name] for name in one.names if "/" not in name]
    texts = [text for text in USUAL[plain_kind(one)] if is_enough(one, text)]
    if not one.names:
        return [[text] for text in texts if not text.startswith("-") or text in ("-", "-2d")]
    long, *short = one.names
    return [
        way for text in texts for way in ([long, text], [f"{long}={text}"], *([name, text] for name in short))
    ]


def is_enough(one: Declared, text: str) -> bool:
    least = least_of(one)
    return least is None or int(text) >= least


def least_of(one: Declared) -> int | None:
    return one.note.least if isinstance(one.note, Option) else None


@pytest.mark.parametrize("name", some(KNOWN, 15))
def test_every_option_as_it_is_usually_typed_is_read_without_typer(name: str) -> None:
    known = [each for one in declared(KNOWN[name]) if (each := ways(one))]
    for number in range(max(map(len, known), default=1)):
        words = [*name.split(), *(word for each in known for word in each[number % len(each)])]
        found = read_by_us(words)
        assert found is not None, words
        assert found == read_by_typer(words), words


def odd_ways(one: Declared) -> list[list[str]]:
    """An odd value; an option cut short, run together with its value, without one, or with one too many."""
    if not one.names:
        return [[text] for text in ODD]
    found = []
    for option in {*one.names, *"/".join(one.names).split("/")}:
        found += [[option], [option[:-1], "x"], [option[1:], "x"], [f"{option}y"]]
        found += [way for text in ODD for way in ([option, text], [f"{option}={text}"])]
    return found


def needed(name: str) -> list[list[str]]:
    """What a command cannot do without."""
    return [ways(one)[0] for one in declared(KNOWN[name]) if one.default is MISSING]


def of_each_kind() -> list[tuple[str, Declared]]:
    """A command and one of its options or arguments, for each kind of them that there is."""
    found: dict[object, tuple[str, Declared]] = {}
    for name in KNOWN:
        for one in declared(KNOWN[name]):
            found.setdefault((one.kind, one.default, len(one.names), least_of(one)), (name, one))
    return list(found.values())


@pytest.mark.parametrize(("name", "one"), some(of_each_kind(), 7))
def test_an_odd_word_is_left_to_typer_or_read_alike(name: str, one: Declared) -> None:
    for way in odd_ways(one):
        for pieces in ([*needed(name), way], [way, *needed(name)], [way]):
            words = [*name.split(), *(word for piece in pieces for word in piece)]
            found = read_by_us(words)
            assert found is None or found == read_by_typer(words), words


@cache
def usual_words(name: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from([way for one in declared(KNOWN[name]) for way in ways(one)] or [[]])


@cache
def odd_words(name: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from([way for one in declared(KNOWN[name]) for way in odd_ways(one)] or [["--"]])


@st.composite
def command_lines(draw: st.DrawFn) -> list[str]:
    """What somebody might type: words for one command, most of them well, in any order."""
    name = draw(st.sampled_from(list(KNOWN)))
    usual = draw(st.lists(usual_words(name), max_size=4))
    odd = draw(st.lists(odd_words(name), max_size=1))
    pieces = draw(st.permutations([*needed(name), *usual, *odd]))
    return [*name.split(), *(word for piece in pieces for word in piece)]


@settings(max_examples=settings().max_examples * (8 if FULL else 5))
@given(command_lines())
def test_what_the_small_reader_takes_typer_reads_alike(words: list[str]) -> None:
    found = read_by_us(words)
    assert found is None or found == read_by_typer(words)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "-h", "status -h", "log", "log --help", "plan", "plan show -h", "people import --help"),
        *(
            "statu",
            "status --al",
            "status --all=yes",
            "status --period x",
            "status --period -1",
            "status a b",
        ),
        *("status --year", "people import", "status -- 1.1", "log tool --no-such x", "demo --rows 10"),
        *("log --hours 2h", "log -tool --title x"),
        *("report -ofile", "undo -yy", "people import list.csv --day-first", "--project . status"),
    ],
)
def test_what_is_unusual_is_left_to_typer(typed: str) -> None:
    assert read_plainly(typed.split(), COMMANDS) is None


def test_completion_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_plainly(["status"], COMMANDS)
    monkeypatch.setenv("_PRT_COMPLETE", "complete_bash")
    assert not read_plainly(["status"], COMMANDS)


def test_what_typer_expands_on_windows_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_words, "EXPANDED", frozenset("~$%*?["))
    assert read_plainly(["import", "list.csv"], COMMANDS)
    assert not read_plainly(["import", "*.csv"], COMMANDS)


@pytest.mark.parametrize(
    "typed",
    some(
        [
            "log update --date 2025-02-10 --description News --dry-run",
            "status",
            "todo",
            "explain 1.1.workshops",
            "list sessions",
        ],
        1,
    ),
)
@only_in_ci
def test_a_plain_command_imports_neither_typer_nor_rich(typed: str) -> None:
    found = imported(typed, PRT_TODAY="2025-02-14")
    assert "prt.files.project" in found
    assert not found & {"typer", "rich", "click"}


@pytest.mark.parametrize("left", [KeyboardInterrupt(), OSError(28, "No space left"), BrokenPipeError()])
def test_a_command_that_is_left_ends_as_typer_ends_it(prt: Prt, left: BaseException) -> None:
    def leave(*_: object) -> None:
        raise left

    prt.monkeypatch.setattr("prt.console.context.open_project", leave)
    code, said = prt.attempt("status"), prt.out + prt.err
    prt.monkeypatch.setattr(plain_words, "read_plainly", lambda *_: None)
    assert (prt.attempt("status"), prt.out + prt.err) == (code, said)
