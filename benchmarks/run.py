"""How fast prt is, beside its peers: whole processes, in turns, on this machine.

python -m benchmarks.run [--quick] [--turns N] [--python PYTHON] [--folder FOLDER] [LINE ...]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import cache, partial
from pathlib import Path

from benchmarks.lines import LINES, QUICK, Bench, Line
from benchmarks.measure import Contestant, run_in_turns

TODAY = "2025-02-14"


def make_bench(python: str, folder: Path) -> Bench:
    """The program as it is installed beside this Python; data of a size is made when first asked for."""
    script = Path(python).with_name("prt")
    prt = (str(script),) if script.exists() else (python, "-m", "prt")
    return Bench(python, prt, folder, cache(partial(make_data, folder, python, prt)))


def make_data(folder: Path, python: str, prt: tuple[str, ...], rows: int) -> Path:
    """Made once in each folder, by a process of its own: this one stays small."""
    made = folder / str(rows)
    if not made.exists():
        making = folder / f"{rows}-unfinished"
        command = (python, "-m", "benchmarks.make", str(making), str(rows), *prt)
        subprocess.run(command, cwd=Path(__file__).parent.parent, check=True)
        making.rename(made)
    return made


def surroundings(bench: Bench) -> dict[str, str]:
    """Nothing of the user's: no setting of prt, and a cache and a record of Watson of our own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRT_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # as it is installed, not compiled at each start
    own = {"PRT_TODAY": TODAY, "XDG_CACHE_HOME": str(bench.folder / "cache")}
    return kept | own | {"WATSON_DIR": str(bench.folder / "watson")}


def run_line(name: str, bench: Bench, turns: int | None, warming: int = 1) -> None:
    line = LINES[name](bench)
    present = [contestant for contestant in line.contestants if contestant.installed]
    turns = min(turns or line.turns, line.turns)
    run_in_turns(present, surroundings(bench), turns, warming)
    doc = (LINES[name].__doc__ or "").partition("\n")[0]
    print(f"{name}: {doc} Median of {turns}.")
    print_runs(present)
    print_goals(line)
    if absent := [contestant.name for contestant in line.contestants if not contestant.installed]:
        print(f"  left out, not installed: {', '.join(absent)}")
    print(flush=True)


def print_runs(contestants: list[Contestant]) -> None:
    width = max(len(contestant.name) for contestant in contestants)
    print(f"  {'':{width}}  {'CPU':>9}  {'clock':>9}  {'peak':>8}")
    for one in contestants:
        print(f"  {one.name:{width}}  {one.cpu:7.3f} s  {one.clock:7.3f} s  {one.peak:5.0f} MB")


def print_goals(line: Line) -> None:
    """Each goal that can be told, beside the result."""
    results = {contestant.name: contestant for contestant in line.contestants if contestant.runs}
    told = [
        (goal.label, goal.value(results), goal.wanted)
        for goal in line.goals
        if results.keys() >= {*goal.names}
    ]
    widths = [max(len(row[column]) for row in told) for column in range(2)] if told else []
    for label, value, wanted in told:
        print(f"    {label:{widths[0]}}  {value:>{widths[1]}}  {wanted and f'wanted {wanted}'}".rstrip())


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("lines", nargs="*", metavar="LINE", help=f"of {', '.join(LINES)}; default: all")
    options.add_argument("--quick", action="store_true", help=f"only {', '.join(QUICK)}, in three turns")
    options.add_argument("--turns", type=int, help="at most so many; large data is run less often anyway")
    options.add_argument("--python", default=sys.executable, help="beside which prt is installed")
    options.add_argument("--folder", type=Path, help="keep the data here; default: a temporary folder")
    given = options.parse_args()
    if unknown := [name for name in given.lines if name not in LINES]:
        options.error(f"no line {unknown[0]}: {', '.join(LINES)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        bench = make_bench(given.python, folder)
        for name in given.lines or (QUICK if given.quick else LINES):
            run_line(name, bench, given.turns or (3 if given.quick else None))


if __name__ == "__main__":
    main()
