"""What the reports of drawn years withhold, as text: `python -m tests.withheld_years 15 79`. Each process has
another order of sets, so two of them are asked for the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from prt.figures.evaluate import evaluate
from prt.figures.withholding.published import published
from prt.files.project import Project
from prt.output.report.annexes import annex_breakdowns
from tests.random_year import write_random_year


def withheld_of(seed: int) -> list[str]:
    """The keys of all that the report on the last day of a drawn year withholds, in order."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_random_year(root, Random(seed))
        project = Project(root, root / "data" / "private")
        year = project.load(project.plan_paths[0])
        evaluation = evaluate(year.plan, year.data, year.plan.ends)
        return sorted(map(str, published(evaluation, annex_breakdowns(year.plan)).withheld))


def tell(seeds: Iterable[str]) -> None:
    for seed in seeds:
        print(seed, *withheld_of(int(seed)), sep="\n", flush=True)


if __name__ == "__main__":
    tell(sys.argv[1:])
