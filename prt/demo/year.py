"""The whole fictional year: tables and draws put together, as cells that the logs can take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from prt.demo import REAL_SIZE
from prt.demo.gatherings import Invitations, Gathering, draw_gathering, draw_session_ids
from prt.demo.hours import ACCOMPANIED_HOURS, SUPPORTED_HOURS, Assistance
from prt.demo.journals import draw_journals
from prt.demo.people import Cast, Cells
from prt.model.records import LOGS

REQUEST_COUNT = 180
DEMO_TABLES = ("sessions", "tools", "partnerships", "updates", "deliverables", "surveys", "partners")
"""What is not drawn: prt/examples/demo/*.csv. Partners are added to the organisations."""


@dataclass(frozen=True)
class FictionalYear:
    """Rows by log in order of date, without ids but where another row names them; names for private/.

    Who came to the gatherings and what they answered is not among the rows: lists and forms tell of it.
    """

    logs: dict[str, list[Cells]]
    gatherings: list[Gathering]
    people: list[Cells]
    names: list[Cells]
    staff: str
    """Who is at the keyboard."""


def draw_year(tables: Mapping[str, Sequence[Cells]], rows: int, draw: Random) -> FictionalYear:
    """`rows` rows of logs in all; the same tables, number and draw give the same year.

    A larger one has the same sessions, and as many times the hours as it has real years of rows.
    """
    times = max(1, rows // REAL_SIZE)
    cast = Cast(draw)
    logs = {log: list(tables[log]) for log in ("tools", "partnerships", "updates", "deliverables", "surveys")}
    table = sort_by_date(draw_session_ids(tables["sessions"], draw))
    door = Invitations(cast, draw)
    gatherings = [draw_gathering(session, door, draw) for session in table]
    columns = LOGS["sessions"].header()
    logs["sessions"] = [{name: row[name] for name in columns if name in row} for row in table]
    logs["journals"] = sort_by_date(draw_journals(cast, draw))
    calls = Assistance(cast, draw)
    logs["requests"] = list(calls.requests(REQUEST_COUNT * times))
    left = rows - sum(map(len, logs.values())) - sum(one.rows for one in gatherings)
    logs["accompaniment"] = list(calls.accompaniment(left * 11 // 20, ACCOMPANIED_HOURS * times))
    partners = [row["code"] for row in tables["partners"]]
    support = left - len(logs["accompaniment"])
    logs["partner-support"] = list(calls.partner_support(partners, support, SUPPORTED_HOURS * times))
    people = [post.cells() for post in cast.posts]
    in_order = {log: logs[log] for log in LOGS if log in logs}
    listed = [one for one in gatherings if one.visits or one.answers]
    return FictionalYear(in_order, listed, people, cast.roster(), cast.posts[0].id)


def sort_by_date(rows: Iterable[Cells]) -> list[Cells]:
    return sorted(rows, key=lambda row: row["date"])
