"""Whole processes in turns: the CPU time, the time on the clock and the peak memory of each run."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""`ru_maxrss` counts bytes on macOS, kilobytes elsewhere."""


@dataclass(frozen=True)
class Run:
    """What one process took; the peak of a child is at least that of this process, which stays small."""

    cpu: float
    clock: float
    peak: float


@dataclass
class Contestant:
    """A command, the folder it runs in, what is done before each run, its runs, how it may end, and what it
    imports that may be missing.
    """

    name: str
    command: Sequence[str]
    folder: Path
    prepare: Callable[[], None] = lambda: None
    runs: list[Run] = field(default_factory=list)
    ends: tuple[int, ...] = (0,)
    module: str = "sys"

    @property
    def installed(self) -> bool:
        return shutil.which(self.command[0]) is not None and find_spec(self.module) is not None

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)

    @property
    def clock(self) -> float:
        return statistics.median(run.clock for run in self.runs)

    @property
    def peak(self) -> float:
        """In megabytes."""
        return statistics.median(run.peak for run in self.runs) / 1e6


def run_in_turns(
    contestants: Sequence[Contestant], environment: dict[str, str], turns: int, warming: int = 1
) -> None:
    """Each once to warm up, then each once a turn: a slow minute of the machine hurts all alike."""
    for turn in range(1 - warming, turns + 1):
        for contestant in contestants:
            contestant.prepare()
            run = run_process(contestant, environment)
            if turn:
                contestant.runs.append(run)


def run_process(contestant: Contestant, environment: dict[str, str]) -> Run:
    begun = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        contestant.command,
        cwd=contestant.folder,
        env=environment,
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in contestant.ends:
        raise SystemExit(f"{contestant.name} ended with {process.returncode}: {' '.join(contestant.command)}")
    return Run(used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss * PEAK_UNIT)
