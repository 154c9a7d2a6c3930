"""`prt completion`: the tab key in a shell completes commands, options and words of the plan."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import only_in_ci
from tests.project import Prt, surroundings

BASH = shutil.which("bash")
PRESSED = """
source "$SCRIPT"
COMP_WORDS=(prt $LINE)
[[ $LINE == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
_prt_completion "$PROGRAM"
printf '%s\\n' "${COMPREPLY[@]}"
"""
LINES = [
    ("sub", {"submit", "submissions"}),
    ("log wor", {"workshop"}),
    ("log workshop --cat", {"--category"}),
    ("log workshop --category ", {"outcome-area", "choice"}),
    ("log accompaniment --board EM", {"EMSB"}),
    ("explain 1.1.w", {"1.1.workshops"}),
    ("status --lang ", {"en", "fr"}),
    ("plan d", {"diff"}),
    ("completion z", {"zsh"}),
]


def complete(prt: Prt, line: str) -> set[str]:
    """What fits at the end of the line, asked as bash asks."""
    words = f"prt {line}".split() + ([""] if line.endswith(" ") else [])
    prt.monkeypatch.setenv("_PRT_COMPLETE", "complete_bash")
    prt.monkeypatch.setenv("COMP_WORDS", "\n".join(words))
    prt.monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    return set(prt("").split())


@pytest.mark.parametrize(("line", "fitting"), LINES)
def test_what_fits(prt: Prt, line: str, fitting: set[str]) -> None:
    found = complete(prt, line)
    assert fitting <= found
    assert all(word.startswith(line.split(" ")[-1]) for word in found)


def test_outside_a_project_no_word_of_a_plan_fits(
    prt: Prt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRT_PROJECT", str(tmp_path))
    assert complete(prt, "log workshop --category ") == set()
    assert prt.err == ""


@pytest.mark.parametrize(
    ("shell", "asks"),
    [
        ("bash", "complete -o default -F _prt_completion prt"),
        ("zsh", "#compdef prt"),
        ("fish", "complete --command prt"),
        ("powershell", "Register-ArgumentCompleter -Native -CommandName prt"),
    ],
)
def test_each_shell_gets_its_script(prt: Prt, shell: str, asks: str) -> None:
    script = prt(f"completion {shell}")
    assert asks in script and "_PRT_COMPLETE" in script


def test_another_shell_is_none(prt: Prt) -> None:
    prt("completion tcsh", 2)
    assert "bash, zsh, fish, powershell" in prt.err


@pytest.mark.skipif(BASH is None or sys.platform == "win32", reason="there is no bash")
@only_in_ci
def test_bash_itself_completes_a_word_of_the_plan(prt: Prt, tmp_path: Path) -> None:
    """The script as it is printed, run by bash; `prt` is the one of this Python."""
    script, program = tmp_path / "prt.bash", tmp_path / "prt"
    script.write_text(prt("completion bash"), encoding="utf-8")
    program.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m prt \"$@\"\n")
    program.chmod(0o755)
    more = {
        "SCRIPT": str(script),
        "PROGRAM": str(program),
        "LINE": "log workshop --category ",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    done = subprocess.run(
        [str(BASH), "--norc", "-c", PRESSED],
        env=surroundings(**more),
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) == {"outcome-area", "choice"}
