"""prt in a shell: streams that are closed or full, a reader that leaves, Ctrl+C, a clock that is none."""

from __future__ import annotations

import errno
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from prt import cli
from prt.console import runner
from prt.console.dialogue.terminal import Terminal
from prt.console.screen import break_line, print_text, show
from prt.console.streams import fit_lines, open_streams
from prt.console.surroundings import answer
from prt.output.screens.status import Line
from tests.conftest import only_in_ci, some
from tests.project import Prt, surroundings

UPDATE = "log update --date 2025-01-20 --description News"
POSIX = pytest.mark.skipif(os.name != "posix", reason="the redirections of a POSIX shell")


def shell(prt: Prt, typed: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """`prt …` with redirections, as bash runs it; the exit code is that of prt, not of a reader."""
    python = f"{shlex.quote(sys.executable)} -m prt"
    command = ["bash", "-c", f"{before} {python} {typed}; exit ${{PIPESTATUS[0]}}"]
    return subprocess.run(
        command, cwd=prt.root, env=surroundings(), capture_output=True, text=True, timeout=60
    )


@POSIX
@pytest.mark.parametrize(
    ("typed", "code"),
    some(
        [
            (f"{UPDATE} >&-", 0),
            ("status >&-", 0),
            ("log workshop <&-", 2),
            ("status >&- 2>&-", 0),
            ("status | true", 0),
            ("--help | true", 0),
            ("explain 1.1.workshops | head -1", 0),
        ],
        1,
    ),
)
def test_a_stream_that_leads_nowhere_is_no_mistake(prt: Prt, typed: str, code: int) -> None:
    done = shell(prt, typed)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr.replace("Exit", "")


@POSIX
def test_a_reader_that_leaves_early_is_no_mistake(prt: Prt) -> None:
    rows = "".join(f"u-20250120-{number},2025-01-20,News {number}\n" for number in range(3_000))
    prt.write("updates", f"id,date,description\n{rows}")
    done = shell(prt, "list update | head -1")
    assert (done.returncode, done.stderr) == (0, "")


class Full(io.StringIO):
    """A file on a disk that is full: what is printed fails when it is flushed, as late as that."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("typed", ["status", "explain 1.1.workshops", f"{UPDATE} --dry-run"])
def test_a_full_disk_is_one_line(prt: Prt, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    prt(typed, code=1)
    assert prt.err == "prt stopped: No space left on device\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "log update --date 2025-01-21 --description More",
            r"Saved u-20250121-\w+ data/2024-2025/updates\.csv:3",
        ),
        ("edit {0} --description Older --why slip", r"Changed {0} data/2024-2025/updates\.csv:2"),
        ("remove {0} --why slip", r"Removed {0} data/2024-2025/updates\.csv:2 .*"),
        ("undo", r"{0} was logged; it is taken out again"),
        ("org add ABC --name-en Abc --name-fr Abc --type other", r"Added ABC data/organisations\.csv.*"),
        ("people add --role cda --board EMSB --start 2024-09-01", r"Added p-\w+ data/people\.csv:2"),
    ],
)
def test_what_was_written_is_said_although_its_message_cannot_be_printed(
    prt: Prt, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
) -> None:
    """Exit 0: it is done, and doing it again would write it twice. Case D15."""
    prt(UPDATE)
    row = prt.last_id("updates")
    monkeypatch.setattr(sys, "stdout", Full())
    prt(typed.format(row))
    told = rf"{said.format(row)}; the message could not be printed: No space left on device\n"
    assert re.fullmatch(told, prt.err.removeprefix("Not right? prt undo\n")), prt.err


@POSIX
@only_in_ci
def test_python_adds_nothing_at_its_end(prt: Prt) -> None:
    """Files of no byte at all stand for a full disk; Python would write once more what it still holds."""
    done = shell(prt, "status > full", before="ulimit -f 0;")
    assert (done.returncode, done.stderr) == (1, "prt stopped: File too large\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RecursionError(), "prt stopped: something is nested too deeply\n"),
        (MemoryError(), "prt stopped: the memory of this computer is full\n"),
        (PermissionError(13, "Permission denied", "a.csv"), "prt stopped: Permission denied: a.csv\n"),
    ],
)
def test_what_the_computer_refuses_is_said(
    prt: Prt, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    monkeypatch.setattr(runner, "arguments_of", raising(error))
    prt("status", code=1)
    assert prt.err == said


def test_an_interruption_anywhere_is_silent(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "read_plainly", raising(KeyboardInterrupt()))
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 130


def raising(error: BaseException) -> object:
    def app(*_: object) -> None:
        raise error

    return app


def test_a_clock_that_is_no_date_is_said(prt: Prt) -> None:
    prt.monkeypatch.setenv("PRT_TODAY", "abc")
    prt("status", code=2)
    assert (
        prt.err == 'PRT_TODAY is "abc", which is not a date. Write a date such as 2024-10-16, or unset it.\n'
    )


def test_a_folder_named_like_a_plan_is_no_plan(prt: Prt) -> None:
    (prt.root / "plan" / "zz.yaml").mkdir()
    assert prt("status").startswith("2024-2025")


class Narrow(io.StringIO):
    """A terminal of forty columns."""

    def isatty(self) -> bool:
        return True


LONG = (
    "accompaniment.csv:212: hours: 130 is more than a day has\n    Hours per row go up to 24. Was 1,30 meant?"
)
SHORT = (
    "accompaniment.csv:212: hours: 130 is\n    more than a day has\n"
    "    Hours per row go up to 24. Was 1,30\n        meant?"
)


def print_again(text: str) -> None:
    """As an answer that was kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answer, "read_answer", lambda *asked: [("stdout", "utf-8", text)])
        assert answer.Answer(Path("answer"), "2025-02-14").print_again()


@pytest.mark.parametrize("print_it", [print_text, print_again])
def test_what_is_printed_to_a_pipe_is_made_plainer_where_utf_8_has_no_sign_for_it(
    print_it: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name on an old disk may be of bytes that are no text."""
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, "ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    open_streams()
    print_it("caf\udce9, en février")
    stream.flush()
    assert written.getvalue().decode() == "caf?, en février"


def test_lines_break_between_words_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert fit_lines(LONG, Narrow()) == SHORT
    assert fit_lines(LONG, io.StringIO()) == LONG


@pytest.mark.parametrize(
    ("line", "columns", "expected"),
    [
        ([("  1  a long\ttitle", ""), ("prt show", "dim")], None, "  1  a long titleprt show"),
        ([("  one two ", "bold"), ("three  ", "dim")], 40, "  one two three"),
        ([("  one two ", "bold"), ("three  ", "dim")], 10, "  one two\n      three"),
        ([("one two\vthree", "bold"), (" four", "")], 14, "one two three\n    four"),
        ([("", ""), ("supercalifragilistic is long", "dim")], 12, "supercalifragilistic\n    is long"),
        ([("      a b", "")], 3, "      a\n          b"),
        ([("", "")], 40, ""),
        ([("   ", "dim")], 2, ""),
    ],
)
def test_a_styled_line_breaks_between_words(line: Line, columns: int | None, expected: str) -> None:
    broken = break_line(line, columns)
    assert "".join(text for text, _ in broken) == expected
    style_of = {word: style for text, style in line for word in text.split()}
    assert {word: style for text, style in broken for word in text.split()} == style_of


def test_a_terminal_shows_each_word_in_its_style(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("prt.console.screen.width", lambda: 20)
    for name, value in (("NO_COLOR", ""), ("FORCE_COLOR", "1"), ("TERM", "xterm")):
        monkeypatch.setenv(name, value)
    line: Line = [("w-20250206-3dqb [b] ", ""), ("on track", "bold")]
    show([line])
    assert capsys.readouterr().out == "w-20250206-3dqb [b]\n    \x1b[1mon track\x1b[0m\n"
    monkeypatch.setenv("NO_COLOR", "1")
    show([line])
    assert capsys.readouterr().out == "w-20250206-3dqb [b]\n    on track\n"


@pytest.mark.parametrize(
    ("typed", "code", "stream"),
    [("", 0, "stdout"), ("status --as-of 2031-01-01", 2, "stderr"), ("list nothing", 2, "stderr")],
)
def test_no_line_of_bare_prt_or_of_an_error_is_wider_than_the_terminal(
    prt: Prt, typed: str, code: int, stream: str
) -> None:
    terminal = Narrow()
    prt.monkeypatch.setenv("COLUMNS", "40")
    prt.monkeypatch.setattr(sys, stream, terminal)
    prt(typed, code=code)
    lines = terminal.getvalue().splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) <= 40


def test_a_long_prompt_breaks_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(line: str) -> str:
        asked.append(line)
        return ""

    terminal = Narrow()
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr("builtins.input", answer)
    Terminal().ask("Session? (a number, an id, a date, words; n = a new one; ? = help) > ")
    assert terminal.getvalue() == "Session? (a number, an id, a date,\n"
    assert asked == ["    words; n = a new one; ? = help) > "]


@pytest.mark.parametrize(
    ("typed", "english", "french"),
    [
        ("people import", "FILE: missing.", "Il manque FILE."),
        ("list tool --fro x", "No such option: --fro. Did", "Option inconnue : --fro. Vouliez-vous dire"),
        ("frob", "No such command: frob.\n", "Commande inconnue : frob.\n"),
        (
            "lst",
            "No such command: lst. Did you mean list?",
            "Commande inconnue : lst. Vouliez-vous dire list?",
        ),
        (
            "statsu",
            "No such command: statsu. Did you mean status, start?\n",
            "Commande inconnue : statsu. Vouliez-vous dire status, start?\n",
        ),
        (
            "status --perid 2",
            "No such option: --perid. Did you mean --period, ",
            "Option inconnue : --perid. Vouliez-vous dire --period, ",
        ),
        ('"it\'s"', "No such command: it's.", "Commande inconnue : it's."),
        ("status --lang", "--lang: its value is missing.", "--lang : la valeur manque."),
        ("status --all=3", "--all takes no value.", "--all ne prend pas de valeur."),
        ("demo --rows abc", "--rows: a whole number is needed.", "--rows : il faut un nombre entier."),
        ("demo --rows 2", "--rows: 2500 or more.", "--rows : 2500 ou plus."),
        ("todo a 'b c'", 'Too many words: "a b c".', "Mots en trop : « a b c »."),
        (
            "log update hier 'b c'",
            'Too many words: "hier b c". Each stands after its option, such as --date yesterday;',
            "Mots en trop : « hier b c ». Chacun suit son option, comme --date hier;",
        ),
        ("people add x y", "Too many words:", "Mots en trop :"),
    ],
)
def test_a_wrong_command_line_is_told_in_both_languages(
    prt: Prt, typed: str, english: str, french: str
) -> None:
    for language, expected in (("en", english), ("fr", french)):
        prt.monkeypatch.setenv("PRT_LANG", language)
        prt(typed, code=2)
        assert prt.err.replace("\N{NO-BREAK SPACE}", " ").startswith(expected)
        assert "--help" in prt.err
