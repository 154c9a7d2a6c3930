"""How fast prt is, beside its peers: whole processes, in turns, on this machine.

python -m benchmarks.run [--rows 6000] [--turns 11] [--folder FOLDER]
python -m benchmarks.run --imports --turns 3
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.make import first_member, make

TODAY = "2025-02-14"
PRT = (sys.executable, "-m", "prt")
LOG = ("--date", "2025-02-13", "--board", "EMSB", "--role", "cda", "--objective", "skills", "--hours", "1.5")


@dataclass
class Contestant:
    """A command, what it is compared with, and the seconds that each of its runs took.

    One that imports has a `fresh` copy of the project each time: the same file again would add nothing.
    """

    name: str
    command: tuple[str, ...]
    against: str = ""
    fresh: bool = False
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def contestants(folder: Path) -> list[Contestant]:
    """prt, the imports that it cannot do without, and those peers that are installed."""
    staff = first_member(folder / "project" / "data" / "people.csv")
    journal, beancount = str(folder / "hours.journal"), str(folder / "hours.beancount")
    table = str(folder / "hours.csv")
    imports = (sys.executable, "-c", "import typer, pydantic, rich, yaml")
    found = [
        Contestant("import typer, pydantic, rich, yaml", imports),
        Contestant("prt status", (*PRT, "status"), "import typer, pydantic, rich, yaml"),
        Contestant("hledger balance", ("hledger", "-f", journal, "balance"), "prt status"),
        Contestant("ledger balance", ("ledger", "-f", journal, "balance"), "prt status"),
        Contestant("bean-check", ("bean-check", "--no-cache", beancount), "prt status"),
        Contestant("frictionless validate", ("frictionless", "validate", "--trusted", table), "prt status"),
        Contestant("csvstat (csvkit)", ("csvstat", table), "prt status"),
        Contestant("prt log accompaniment", (*PRT, "log", "accompaniment", *LOG, "--staff", staff)),
        Contestant(
            "watson add",
            ("watson", "add", "-f", "2025-02-13 09:00", "-t", "2025-02-13 10:30", "accompaniment"),
            "prt log accompaniment",
        ),
    ]
    return [one for one in found if shutil.which(one.command[0])]


def imports(folder: Path) -> list[Contestant]:
    """Files of 50,000 rows, each imported whole."""
    rows = ("--into", "accompaniment", "--yes")
    session = ("--create", "--line", "1.1", "--format", "full-day", "--title", "A large one", "--yes")
    options = {"sheet.csv": rows, "sheet.xlsx": rows, "zoom.csv": session}
    return [
        Contestant(f"prt import {file}", (*PRT, "import", str(folder / file), *words), fresh=True)
        for file, words in options.items()
    ]


def run(all_of_them: list[Contestant], folder: Path, turns: int) -> None:
    """Each once to warm up, then each once a turn, so that a slow minute of the machine hurts all alike."""
    environment = os.environ | {"PRT_TODAY": TODAY, "WATSON_DIR": str(folder / "watson")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as it is installed, not compiled at each start
    for turn in range(turns + 1):
        for one in all_of_them:
            environment["PRT_PROJECT"] = str(fresh(folder) if one.fresh else folder / "project")
            begun = time.perf_counter()
            subprocess.run(one.command, env=environment, stdout=subprocess.DEVNULL, check=True)
            if turn:
                one.seconds.append(time.perf_counter() - begun)


def fresh(folder: Path) -> Path:
    """A copy of the project into which nothing was imported yet."""
    shutil.rmtree(folder / "fresh", ignore_errors=True)
    shutil.copytree(folder / "project", folder / "fresh")
    return folder / "fresh"


def report(all_of_them: list[Contestant]) -> None:
    medians = {one.name: one.median for one in all_of_them}
    width = max(map(len, medians))
    print(f"{'':{width}}   median   fastest")
    for one in all_of_them:
        ratio = f"{one.median / medians[one.against]:8.2f} × {one.against}" if one.against in medians else ""
        print(f"{one.name:{width}} {one.median:7.3f} s {min(one.seconds):7.3f} s {ratio}".rstrip())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--rows", type=int, default=6000)
    options.add_argument("--turns", type=int, default=11)
    options.add_argument("--folder", type=Path, help="keep the data here; default: a temporary folder")
    options.add_argument("--imports", action="store_true", help="time imports of large files instead")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        make(folder, given.rows)
        running = imports(folder) if given.imports else contestants(folder)
        run(running, folder, given.turns)
        print(f"{given.rows:,} rows, {given.turns} turns")
        report(running)


if __name__ == "__main__":
    main()
