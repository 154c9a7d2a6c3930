"""The data of the benchmarks: a fictional year of prt, as many transactions of hours for its peers, and files
to import.

python -m benchmarks.make FOLDER 6000 prt
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from openpyxl import Workbook

from benchmarks.lines import FEW, MANY, REAL, STAFF

BOARDS = ("EMSB", "RSB", "LBPSB", "CQSB", "NFSB", "ETSB", "SWLSB", "WQSB", "ESSB", "CSSL")
ROLES = ("cda", "principal", "teacher")
HOURS = ("0.5", "1", "1.25", "1.5", "2", "3")
SHEET = ("Date", "Staff", "Board", "Role", "Objective", "Hours", "Note")
ZOOM = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest")
FIRST = ("Jordan", "Kim", "Alex", "Sam", "Zoé", "Élise", "Robin", "Noor", "Luis", "Mei")
LAST = ("Example", "Sample", "Specimen", "Exemple", "Fictif", "Modèle", "Muster", "Placeholder")


def make(folder: Path, rows: int, prt: list[str]) -> None:
    """`project/`, and what stands beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [*prt, "demo", "project", "--rows", str(rows)], cwd=folder, capture_output=True, check=True
    )
    make_others(folder, rows)


def make_others(folder: Path, rows: int) -> None:
    """The same hours for the peers of prt and, beside a real year, files to import into it."""
    with (folder / "hours.journal").open("w", encoding="utf-8") as file:
        file.writelines(map(journal, transactions(rows)))
    with (folder / "hours.beancount").open("w", encoding="utf-8") as file:
        file.writelines([opened(), *map(beancount, transactions(rows))])
    (folder / "frames").write_text(json.dumps(list(frames(rows)), indent=1), encoding="utf-8")
    if rows == REAL:
        for number in (FEW, MANY):
            make_imports(folder / "imports" / str(number), number)


def make_imports(folder: Path, number: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write_csv(folder / "sheet.csv", SHEET, sheet(number))
    write_xlsx(folder / "sheet.xlsx", SHEET, sheet(number))
    write_csv(folder / "zoom.csv", ZOOM, zoom(number))


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


def frames(number: int) -> Iterator[tuple[int, int, str, str, list[str], int]]:
    """Watson's record of as many accompaniments, each of an hour."""
    first = int(dt.datetime(2024, 7, 1, tzinfo=dt.UTC).timestamp())
    for place in range(number):
        begun = first + place * 227 * 86400 // number
        yield begun, begun + 3600, "accompaniment", f"{place:032x}", [], begun + 3600


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


def sheet(number: int) -> Iterator[tuple[str, ...]]:
    """Rows of hours as somebody keeps them in a spreadsheet, of days gone by, which nobody gives more hours
    than they have: `SHEET`."""
    for place, (_, board, role, _, hours) in enumerate(transactions(number)):
        day = dt.date(2024, 7, 1) + dt.timedelta(days=place * 220 // number)
        yield day.isoformat(), STAFF[place % len(STAFF)], board, role, "skills", hours, f"visit {place}"


def zoom(number: int) -> Iterator[tuple[str, ...]]:
    """Connections to one meeting, one in five of somebody who joins again, half with an e-mail: `ZOOM`."""
    draw = Random(1)
    for place in range(number):
        who = place if draw.random() < 0.8 else draw.randrange(place + 1)
        joined = dt.datetime(2024, 10, 16, 13) + dt.timedelta(seconds=draw.randrange(1800))
        minutes = draw.randrange(40, 100)
        times = (joined, joined + dt.timedelta(minutes=minutes))
        written = (f"{time:%m/%d/%Y %I:%M:%S %p}" for time in times)
        yield name(who), f"u{who}@school.example" if who % 2 else "", *written, str(minutes), "Yes"


def name(number: int) -> str:
    """A fictional name for each number below 140,000."""
    number, first = divmod(number, len(FIRST))
    number, last = divmod(number, len(LAST))
    number, small = divmod(number, 26)
    return f"{FIRST[first]} {LAST[last]}-{chr(65 + number % 26)}{chr(97 + small)}{'a' * (number // 26)}ton"


def write_csv(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([header, *rows])


def write_xlsx(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    book = Workbook(write_only=True)
    page = book.create_sheet("Hours")
    for row in (header, *rows):
        page.append(tuple(row))
    book.save(path)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
