"""Processes that all begin at once: copies of one that has imported prt, where the system can copy a process.

To start twenty Pythons took more time than what the twenty were to do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from tests.project import ROOT

RUN = """
import json, os, sys
work(json.loads(sys.argv[1]))
"""
COPY = """
import json, os, sys, traceback
gate, key = os.pipe()
copies = []
for arguments in json.loads(sys.argv[1]):
    copy = os.fork()
    if copy:
        copies.append(copy)
        continue
    code = 1
    try:
        os.close(key)
        os.read(gate, 1)  # until the first of all lets go of the key
        work(arguments)
        code = 0
    except SystemExit as left:
        code = left.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
os.close(key)
codes = [os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]) for copy in copies]
print(json.dumps(codes))
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
    printed = start(program + COPY, json.dumps(arguments)).communicate(timeout=120)[0]
    codes: list[int] = json.loads(printed.splitlines()[-1])
    return codes


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of its own that imports this prt."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
