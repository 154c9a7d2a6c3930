"""A plan year drawn at random, as files in the dialects of the programs that people use."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.random_year.plan import KINDS, draw_plan
from tests.random_year.rows import ENDS, STARTS, Table, draw_people, draw_tables

ORGANISATIONS = """
code,name_en,name_fr,type,counts_as_board,aliases
EMSB,English Montreal,English-Montréal,school-board,yes,English Montréal; emsb.ca
RSB,Riverside,Riverside,school-board,oui,
CSSL,Littoral,CSS du Littoral,service-centre,x,littoral
HA,Hebrew Academy,Académie hébraïque,private-school,yes,
CHSSN,Health Network,RCSSS,partner,no,The table; la Table
"""


def write_random_year(root: Path, rng: Random) -> None:
    """A project: a plan, organisations, people, and the logs of a year, some without a file."""
    tables = draw_tables(rng)
    folder = root / "data" / "2024-2025"
    folder.mkdir(parents=True)
    (root / "plan").mkdir()
    plan = yaml.dump(draw_plan(rng), Dumper=NoAliases, allow_unicode=True, sort_keys=False)
    (root / "plan" / "2024-2025.yaml").write_text(plan, encoding="utf-8")
    (root / "data" / "organisations.csv").write_text(ORGANISATIONS.lstrip(), encoding="utf-8")
    (root / "data" / "people.csv").write_bytes(as_csv(draw_people(rng), rng))
    for log, table in tables.items():
        if table or rng.random() < 0.5:
            (folder / f"{log}.csv").write_bytes(as_csv(table, rng))


def shuffle_rows(root: Path, rng: Random) -> None:
    """The same rows in another order, in every CSV file."""
    for path in sorted((root / "data").rglob("*.csv")):
        data = path.read_bytes()
        end = b"\r\n" if b"\r\n" in data else b"\n"
        header, *rows = data.removesuffix(end).split(end)
        rng.shuffle(rows)
        path.write_bytes(end.join([header, *rows, b""]))


class NoAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_csv(table: Table, rng: Random) -> bytes:
    """A table as one of the programs that people use writes it: columns in any order, any dialect."""
    columns = list(dict.fromkeys(column for row in table for column in row)) or ["id", "date"]
    rng.shuffle(columns)
    text = io.StringIO()
    writer = csv.DictWriter(
        text, columns, restval="", delimiter=rng.choice(",;"), lineterminator=rng.choice(["\n", "\r\n"])
    )
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode(rng.choice(["utf-8", "utf-8-sig", "cp1252"]))


def draw_days(rng: Random, number: int) -> list[dt.date]:
    """Days of the year, in order."""
    return sorted(STARTS + dt.timedelta(days=rng.randint(0, (ENDS - STARTS).days)) for _ in range(number))


__all__ = ["KINDS", "draw_days", "shuffle_rows", "write_random_year"]
