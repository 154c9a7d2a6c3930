"""The data of the benchmarks: a fictional year of prt, as many transactions of hours for its peers, and files
to import.

python -m benchmarks.make FOLDER 6000
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from openpyxl import Workbook

from prt.commands.demo import make as make_project

BOARDS = ("EMSB", "RSB", "LBPSB", "CQSB", "NFSB", "ETSB", "SWLSB", "WQSB", "ESSB", "CSSL")
ROLES = ("cda", "principal", "teacher")
COLUMNS = "date,board,role,member,hours\n"
HOURS = ("0.5", "1", "1.25", "1.5", "2", "3")
IMPORTED = 50_000
"""Rows of each file to import."""
SHEET = ("Date", "Staff", "Board", "Role", "Objective", "Hours", "Note")
ZOOM = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest")
FIRST = ("Jordan", "Kim", "Alex", "Sam", "Zoé", "Élise", "Robin", "Noor", "Luis", "Mei")
LAST = ("Example", "Sample", "Specimen", "Exemple", "Fictif", "Modèle", "Muster", "Placeholder")


def make(folder: Path, rows: int) -> None:
    """`project/`, made once, and the same hours for hledger and ledger, for beancount, and as a table."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "project").exists():
        make_project(folder / "project", rows, seed=1)
    entries = list(transactions(rows))
    (folder / "hours.journal").write_text("".join(map(journal, entries)), encoding="utf-8")
    (folder / "hours.beancount").write_text(opened() + "".join(map(beancount, entries)), encoding="utf-8")
    (folder / "hours.csv").write_text(COLUMNS + "".join(map(table_row, entries)), encoding="utf-8")
    staff = first_member(folder / "project" / "data" / "people.csv")
    write_csv(folder / "sheet.csv", SHEET, sheet(IMPORTED, staff))
    write_xlsx(folder / "sheet.xlsx", SHEET, sheet(IMPORTED, staff))
    write_csv(folder / "zoom.csv", ZOOM, zoom(IMPORTED))


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


def table_row(entry: Transaction) -> str:
    return f"{','.join(map(str, entry))}\n"


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


def first_member(people: Path) -> str:
    """The id of somebody of the team."""
    rows = (line.split(",") for line in people.read_text(encoding="utf-8").splitlines())
    return next(row[0] for row in rows if row[1] == "prt-staff")


def sheet(number: int, staff: str) -> Iterator[tuple[str, ...]]:
    """Rows of hours as somebody keeps them in a spreadsheet, of days gone by: `SHEET`."""
    for place, (_, board, role, _, hours) in enumerate(transactions(number)):
        day = dt.date(2024, 7, 1) + dt.timedelta(days=place * 220 // number)
        yield day.isoformat(), staff, board, role, "skills", hours, f"visit {place}"


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
    make(Path(sys.argv[1]), int(sys.argv[2]))
