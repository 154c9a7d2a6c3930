"""What a command did to the figures, and what to know about the row that it wrote."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from prt.commands import here
from prt.figures.asked import counts_somewhere
from prt.figures.moved import Standings, moves, standings
from prt.model.view import in_post
from prt.output.moves import move_lines

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.rows import Row


def before(year: Year, log: str) -> Standings:
    """Where the figures stand that a row of this log may move."""
    return standings(year.plan, year.data, here.today(), log)


def tell_moves(old: Standings, year: Year, log: str) -> None:
    """What moved, one line for each target; nothing where nothing did."""
    for line in move_lines(moves(old, standings(year.plan, year.data, here.today(), log))):
        out(line)
    here.left_out_notice(year)


def out(text: str) -> None:
    """A result; an arrow is written as two signs where the output cannot hold it."""
    try:
        "→·".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        text = text.replace("→", "->").replace("·", "-")
    print(text)


def tell_warnings(year: Year, log: str, ids: Iterable[str]) -> None:
    """What is odd about rows just written: they count nowhere, their day is to come, or outside the year."""
    wanted = set(ids)
    for row in year.data.logs.get(log, ()):
        if row.id in wanted:
            for warning in dict.fromkeys(warnings(year, row, here.today())):
                here.say(f"warning: {warning}")


def tell_without_start(old: Year, year: Year) -> None:
    """New roles without a first day: they count in figures of the whole year."""
    known = {post["id"] for post in old.data.people}
    posts = [post for post in year.data.people if post["id"] not in known and post["start"] is None]
    if posts:
        listed = ", ".join(f"{post['id']} ({post['role']})" for post in posts[:5])
        more = f" and {len(posts) - 5} more" if len(posts) > 5 else ""
        since = f"{year.plan.starts:%B}"
        what = f"{listed}{more}: no first day: counts as in post since {since}"
        here.say(f"warning: {what}. Who began later gets it in the column start of data/people.csv.")


def warnings(year: Year, row: Row, today: dt.date) -> list[str]:
    here_are = [one for one in year.problems if (one.where.file, one.where.line) == (row.file, row.line)]
    found = [f"{one.where.path}: {one.what}. {one.remedy}".removeprefix(": ") for one in here_are]
    found += [*out_of_post(year, row), *never_counts(row), *sent_before(year, row)]
    if not counts_somewhere(year.plan, year.known, row):
        found.append(f"{row.id} counts nowhere: no indicator reads such a row. {nowhere(row)}")
    if row.log == "sessions" and row["status"] == "held" and row["date"] > today:
        found.append(f"held on {row['date']}, a day to come: it counts from that day. Meant planned?")
    elif row.log == "sessions" and row["status"] == "planned" and row.day < today:
        found.append(f"planned for {row['date']}, a day gone by: it counts once it is held.")
    elif row.log != "sessions" and row.day > today and not reports(row):
        found.append(f"it counts from {row.day}.")
    return found


def reports(row: Row) -> bool:
    """A deliverable with a period counts on the last day of that period, whatever its date."""
    return row.log == "deliverables" and row["period"] is not None


def out_of_post(year: Year, row: Row) -> list[str]:
    """Hours of somebody whose roles had all ended, or not begun: PRT_ME may be that of another year."""
    staff = row["staff"] if "staff" in row.index else None
    posts = [post for post in year.data.people if staff and post["id"] == staff]
    if not posts or any(in_post(post, row["date"]) for post in posts):
        return []
    return [
        f"staff: {staff} held no role on {row['date']}. Check --staff and PRT_ME; prt people list shows them."
    ]


def never_counts(row: Row) -> list[str]:
    """Presences that no measure counts."""
    if row.log != "attendance" or not row.left_out:
        return []
    reasons = {"staff": "attendance of PRT staff never counts", "short": "so few minutes never count"}
    return [f"{row.id}: {reasons[row.left_out]}. Taken by mistake? prt undo"]


def sent_before(year: Year, row: Row) -> list[str]:
    """The same document of the same period logged a second time would count twice."""
    return [
        f"{row['kind']} of period {row['period']} is there already: {other.id}. The same one? prt undo"
        for other in year.data.logs["deliverables"]
        if reports(row) and other.id != row.id and same(other, row, "kind", "period")
    ]


def same(one: Row, other: Row, *columns: str) -> bool:
    return all(one[column] == other[column] for column in columns)


def nowhere(row: Row) -> str:
    """What to look at."""
    if row.log == "sessions":
        return f"Check the line ({row['line']}) and the format ({row['format']}); prt explain {row['line']}."
    return "Check it: prt show " + row.id
