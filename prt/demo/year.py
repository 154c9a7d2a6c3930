"""The whole fictional year: tables and draws put together, as cells that the logs can take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from prt.demo import REAL_SIZE
from prt.demo.gatherings import Door, feedback, sessions
from prt.demo.hours import ACCOMPANIED, SUPPORTED, Calls
from prt.demo.journals import journals
from prt.demo.people import Cast, Cells
from prt.model.records import LOGS

REQUESTS = 180
TABLES = ("sessions", "tools", "partnerships", "updates", "deliverables", "surveys", "partners")
"""What is not drawn: prt/examples/demo/*.csv. Partners are added to the organisations."""


@dataclass(frozen=True)
class FictionalYear:
    """Rows by log in order of date, without ids but where another row names them; names for private/."""

    logs: dict[str, list[Cells]]
    people: list[Cells]
    names: list[Cells]
    staff: str
    """Who is at the keyboard."""


def fictional_year(tables: Mapping[str, Sequence[Cells]], rows: int, draw: Random) -> FictionalYear:
    """`rows` rows of logs in all; the same tables, number and draw give the same year.

    A larger one has a further group of everybody's workshops and hours for each real year of rows.
    """
    groups = max(1, rows // REAL_SIZE)
    cast = Cast(draw)
    logs = {log: list(tables[log]) for log in ("tools", "partnerships", "updates", "deliverables", "surveys")}
    logs |= gatherings(tables["sessions"], groups, cast, draw)
    logs["journals"] = by_date(journals(cast, draw))
    calls = Calls(cast, draw)
    logs["requests"] = list(calls.requests(REQUESTS * groups))
    left = rows - sum(map(len, logs.values()))
    logs["accompaniment"] = list(calls.accompaniment(left * 11 // 20, ACCOMPANIED * groups))
    partners = [row["code"] for row in tables["partners"]]
    support = left - len(logs["accompaniment"])
    logs["partner-support"] = list(calls.partner_support(partners, support, SUPPORTED * groups))
    people = [post.cells() for post in cast.posts]
    in_order = {log: logs[log] for log in LOGS if log in logs}
    return FictionalYear(in_order, people, cast.names(), cast.posts[0].id)


def gatherings(table: Sequence[Cells], groups: int, cast: Cast, draw: Random) -> dict[str, list[Cells]]:
    """Sessions, attendance and feedback."""
    drawn = by_date(sessions(table, groups, draw))
    door = Door(cast, draw)
    present = [row for session in drawn for row in door.attendance(session)]
    answers = [row for session in drawn for row in feedback(session, draw)]
    columns = LOGS["sessions"].header()
    kept = [{name: cell for name, cell in row.items() if name in columns} for row in drawn]
    return {"sessions": kept, "attendance": present, "feedback": answers}


def by_date(rows: Iterable[Cells]) -> list[Cells]:
    return sorted(rows, key=lambda row: row["date"])
