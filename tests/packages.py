"""Packages in tests: made of a project or a drawn year, and added up again by the query of docs/many-projects.md."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.withholding.published import Edition, published
from prt.files.project import Project
from prt.output.package.data_package import package_files
from prt.output.package.published_edition import PublishedEdition
from prt.output.package.team_edition import TeamEdition
from prt.output.report.annexes import annex_breakdowns
from tests.random_year import write_random_year

PAGE = Path(__file__).parent.parent / "docs" / "many-projects.md"
VIEWS, AGAIN, POOLED, PUBLISHED = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
"""The blocks of the page: the tables of all packages, each figure again, all projects together, of published ones."""
NAMES = ("facts", "members", "indicators", "figures")
Files = Mapping[str, bytes]
Sides = tuple[float | None, float | None]
"""The part, or the number, and the whole of a figure."""


def drawn_year(root: Path, seed: int, day: str) -> Evaluation:
    write_random_year(root, Random(seed))
    return evaluation_of(root, day)


def evaluation_of(root: Path, day: str) -> Evaluation:
    project = Project(root, root / "data" / "private")
    year = project.load(project.plan_paths[0])
    return evaluate(year.plan, year.data, dt.date.fromisoformat(day))


def team_files(found: Evaluation, project: str = "drawn") -> Files:
    return package_files(TeamEdition(found), project)


def published_files(
    found: Evaluation, secret: bytes = b"thrown away", project: str = "drawn"
) -> tuple[Edition, Files]:
    """Of a team that has sent nothing yet."""
    edition = published(found, annex_breakdowns(found.plan))
    return edition, package_files(PublishedEdition(edition.evaluation, edition, secret), project)


def write_files(folder: Path, files: Files) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def table(files: Files, name: str) -> list[dict[str, str]]:
    """The lines of one table, as any reader of CSV has them."""
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode("utf-8"), newline="")))


def added_up(folder: Path) -> dict[tuple[str, str], Sides]:
    """Each figure of a package by indicator and window: its part and its whole, added by DuckDB, which is told
    nothing of the types."""
    with duckdb.connect() as base:
        for name in NAMES:
            base.execute(f"CREATE VIEW {name} AS FROM read_csv('{folder / name}.csv')")
        base.execute(AGAIN)
        lines = base.execute('SELECT indicator, "window", part, whole FROM again').fetchall()
    return {(indicator, window): (rounded(part), rounded(whole)) for indicator, window, part, whole in lines}


def over_projects(folder: Path, *queries: str) -> list[list[tuple[Any, ...]]]:
    """What each of these queries says of all packages in `folder/packages`."""
    with duckdb.connect() as base:
        base.execute(VIEWS.replace("'packages/", f"'{folder}/packages/"))
        base.execute(AGAIN)
        return [base.execute(one).fetchall() for one in queries]


def true_sides(found: Evaluation) -> dict[tuple[str, str], Sides]:
    """The same of an evaluation, of every figure that has data."""
    return dict(sides for result in found.results for sides in sides_of(found, result))


def sides_of(found: Evaluation, result: Any) -> Iterator[tuple[tuple[str, str], Sides]]:
    windows = [str(period.id) for period, _ in found.windows]
    for window, figure in zip((*windows, "to_date"), (*result.periods, result.to_date), strict=True):
        if figure is not None and figure.absent != "no_data":
            alone = figure.whole is None or result.measure.part_by == "median"
            part = figure.value if alone else figure.part
            yield (result.handle, window), (rounded(part), rounded(figure.whole))


def rounded(value: Any) -> float | None:
    """As a sum of decimal numbers can be compared with the exact one."""
    return None if value is None else round(float(value), 9)


def all_text(files: Files) -> str:
    return "\n".join(data.decode("utf-8") for data in files.values())


def ids_in(text: str, ids: Iterable[str]) -> set[str]:
    """Which of these ids stand in a text, by themselves."""
    return set(re.findall(r"[\w-]+", text)).intersection(ids)
