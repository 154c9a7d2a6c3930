"""`prt --version` and `prt --help` answer before anything is imported; a signature is read once, for all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prt import __version__
from prt.cli import ABOUT, COMMANDS, GROUPS, OPTIONS, app, panels
from prt.console import help_page
from prt.console.signature import (
    Command,
    CommandGroup,
    Declared,
    declared,
    load_command,
    module_of,
    sentence_of,
)
from tests.project import ROOT, Prt

HEAVY = ("typer", "rich", "pydantic", "yaml", "typing", "dataclasses", "inspect")


def commands() -> Iterator[tuple[str, Command]]:
    """Every command with what is typed, those of groups too."""

    def inside(name: str, found: Command | CommandGroup) -> Iterator[tuple[str, Command]]:
        if isinstance(found, CommandGroup):
            for one in found.commands:
                yield from inside(f"{name} {one}", found.command(one))
        else:
            yield name, found

    for name in COMMANDS:
        yield from inside(name, load_command(module_of(name)))


def imported(typed: str, *flags: str, **surroundings: str) -> set[str]:
    """The modules that a process of `prt …` has imported at its end."""
    program = (
        f"import sys; sys.argv = ['prt', *{typed.split()!r}]\n"
        "from prt.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    environment = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ
    } | surroundings
    done = subprocess.run(
        [sys.executable, *flags, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


@pytest.mark.skipif(os.name == "nt", reason="on Windows typer prints the help")
@pytest.mark.parametrize("typed", ["--version", "--help", "-h"])
def test_version_and_help_import_no_command_and_nothing_heavy(typed: str) -> None:
    found = imported(typed, "-S")
    assert "prt.cli" in found
    assert not {name for name in found if name.startswith("prt.commands")}
    assert not found & set(HEAVY)
    assert len({name for name in found if name.startswith("prt")}) <= 6


def test_the_version_is_said_at_once(prt: Prt) -> None:
    assert prt("--version") == f"prt {__version__}\n"
    assert prt(f"--project {prt.root} --version") == f"prt {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_sentence_of_the_help_is_what_the_command_says_of_itself(name: str) -> None:
    found = load_command(module_of(name))
    said = found.help if isinstance(found, CommandGroup) else found.__doc__
    assert COMMANDS[name][1] == said
    assert isinstance(found, CommandGroup) == (name in GROUPS)
    if isinstance(found, CommandGroup):
        assert {one: sentence_of(found.command(one)) for one in found.said} == dict(found.said)


def test_help_without_typer_is_the_page_of_typer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    if version("typer") != "0.29.2":
        pytest.skip("each version of typer has a page of its own")
    for name in help_page.UNUSUAL:
        monkeypatch.delenv(name, raising=False)
    for width in (76, 80, 81, 100, 131):
        environment = {"COLUMNS": str(width)}
        done = CliRunner().invoke(app(()), ["--help"], env=environment)
        lines = help_page.page(width, ABOUT, OPTIONS, panels())
        assert done.output == "".join("".join(text for text, _ in line) + "\n" for line in lines)


@pytest.mark.parametrize("name", GROUPS)
def test_help_of_a_group_without_typer_is_the_page_of_typer(
    prt: Prt, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if version("typer") != "0.29.2":
        pytest.skip("each version of typer has a page of its own")
    for variable in help_page.UNUSUAL:
        monkeypatch.delenv(variable, raising=False)
    for width in (76, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        words = [name, "--help"]
        done = CliRunner().invoke(app([name], words), words, prog_name="prt", env={"COLUMNS": str(width)})
        assert prt(f"{name} --help") == done.output


def test_help_has_every_command_with_its_sentence(prt: Prt) -> None:
    words = " ".join(prt("--help").replace("│", " ").split())
    for name, (group, sentence) in COMMANDS.items():
        assert f"{name} {sentence}" in words
        assert f"─ {group} ─" in words


def test_a_narrow_screen_is_typers(prt: Prt) -> None:
    prt.monkeypatch.setenv("COLUMNS", "50")
    assert "submissions" in prt("--help")
    assert max(map(len, prt.out.splitlines())) <= 50


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=[name for name, _ in commands()])
def test_every_option_says_what_it_does(name: str, command: Command) -> None:
    found = declared(command, name.split())
    assert command.__doc__
    assert all(one.note.help for one in found)
    written = [option for one in found for option in one.names]
    assert len(written) == len(set(written))


def test_what_is_given_is_what_the_command_gets() -> None:
    def names(found: list[Declared]) -> list[tuple[str, ...]]:
        return [one.names for one in found]

    found = dict(commands())
    assert names(declared(found["undo"])) == [("--yes", "-y")]
    assert names(declared(found["show"])) == [(), ("--year",), ("--format",)]
    assert names(declared(found["plan diff"]))[:2] == [(), ()]
    assert ("--output", "-o") in names(declared(found["report"]))
    assert ("--hours",) in names(declared(found["log accompaniment"]))


def test_commands_do_not_know_typer() -> None:
    paths = list((ROOT / "prt" / "commands").rglob("*.py"))
    assert len(paths) > 20
    for path in paths:
        text = path.read_text(encoding="utf-8")
        assert "import typer" not in text
        assert "import pydantic" not in text
