"""The data of the benchmarks: a fictional year of prt, and as many transactions of hours for its peers.

python -m benchmarks.make FOLDER 6000
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from prt.commands.demo import make as make_project

BOARDS = ("EMSB", "RSB", "LBPSB", "CQSB", "NFSB", "ETSB", "SWLSB", "WQSB", "ESSB", "CSSL", "LTM")
ROLES = ("cda", "principal", "teacher")
HOURS = ("0.5", "1", "1.25", "1.5", "2", "3")


def make(folder: Path, rows: int) -> None:
    """`project/`, `hours.journal` (hledger and ledger) and `hours.beancount`, each made once."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "project").exists():
        make_project(folder / "project", rows, seed=1)
    entries = list(transactions(rows))
    (folder / "hours.journal").write_text("".join(map(journal, entries)), encoding="utf-8")
    (folder / "hours.beancount").write_text(opened() + "".join(map(beancount, entries)), encoding="utf-8")


Transaction = tuple[dt.date, str, str, str, str]


def transactions(number: int) -> Iterator[Transaction]:
    """Day, board, role, member of the team, hours: in order of day, over one plan year."""
    draw = Random(1)
    for place in range(number):
        day = dt.date(2024, 7, 1) + dt.timedelta(days=place * 365 // number)
        yield day, draw.choice(BOARDS), draw.choice(ROLES), f"Member{place % 6}", draw.choice(HOURS)


def journal(entry: Transaction) -> str:
    day, board, role, member, hours = entry
    return f"{day} accompaniment\n    hours:{board}:{role}  {hours} h\n    team:{member}\n\n"


def beancount(entry: Transaction) -> str:
    day, board, role, member, hours = entry
    return (
        f'{day} * "accompaniment"\n'
        f"  Expenses:{board}:{role.title()}  {hours} HOUR\n  Assets:{member}  -{hours} HOUR\n\n"
    )


def opened() -> str:
    """Beancount wants every account opened."""
    accounts = [f"Expenses:{board}:{role.title()}" for board in BOARDS for role in ROLES]
    accounts += [f"Assets:Member{number}" for number in range(6)]
    return "".join(f"2024-01-01 open {account}\n" for account in accounts) + "\n"


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
