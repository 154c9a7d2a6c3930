"""Processes that all begin at once: copies of this one, which has imported prt, where the system can copy a process.

To start twenty Pythons took more time than what the twenty were to do.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from prt.cli import main
from tests.project import ROOT

RUN = """
import json, os, sys
work(json.loads(sys.argv[1]))
"""
COMMAND = """
import sys
sys.stderr = sys.stdout
from prt.cli import main
sys.argv = sys.argv[1:]
main()
"""


def run_at_once(program: str, arguments: Sequence[Sequence[str]]) -> list[int]:
    """The exit code of each process; `program` imports what it needs and defines `work(arguments)`."""
    if hasattr(os, "fork"):
        return codes_of_copies(program, arguments)
    running = [start(program + RUN, json.dumps(one)) for one in arguments]
    for one in running:
        one.communicate(timeout=120)
    return [one.returncode for one in running]


def codes_of_copies(program: str, arguments: Sequence[Sequence[str]]) -> list[int]:
    """What `program` imports is imported before the copies are made; they begin as the last of them is."""
    names: dict[str, Any] = {}
    exec(program, names)
    gate, key = os.pipe()
    copies = []
    for one in arguments:
        copy = os.fork()
        if not copy:
            os.close(key)
            os.read(gate, 1)  # until the first of all lets go of the key
            os._exit(exit_code(partial(names["work"], one)))
        copies.append(copy)
    for handle in (key, gate):
        os.close(handle)
    return [os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) for copy in copies]


def run_command(typed: str) -> tuple[int, str]:
    """The exit code of a command in a process of its own, and all that it printed."""
    words = ["prt", *shlex.split(typed)]
    if not hasattr(os, "fork"):
        running = start(COMMAND, *words)
        said = running.communicate(timeout=120)[0]
        return running.returncode, said
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said_there:
        copy = os.fork()
        if not copy:
            sys.stdout = sys.stderr = said_there
            sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 — the process ends
            sys.argv = words
            os._exit(exit_code(main))
        code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
        said_there.seek(0)
        return code, said_there.read()


def exit_code(work: Callable[[], object]) -> int:
    """How the work of this process ends; what it printed is out by then."""
    code = 1
    try:
        work()
        code = 0
    except SystemExit as left:
        code = int(left.code or 0)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that imports this prt."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
