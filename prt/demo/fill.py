"""The fictional year put together, and entered as a team enters its own: rows through the store, sessions
through the imports of lists and forms, and slips corrected later, in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from random import Random

from prt.demo import REAL_SIZE
from prt.demo.cast import Cast, CellTexts
from prt.demo.exports import export_forms, export_lists
from prt.demo.hours import ACCOMPANIED_HOURS, SUPPORTED_HOURS, Assistance, draw_journals
from prt.demo.sessions import Gathering, Invitations, draw_gathering, draw_session_ids
from prt.entry.roster import make_roster
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.store.store import WrittenRow, add_rows, start_action
from prt.files.workbook.grid import grids_of
from prt.imports.export import ReadingHints
from prt.imports.proposing.proposal import ExportFile, Proposer
from prt.imports.proposing.write import write_proposal
from prt.imports.reading.scales import ScaleHints
from prt.imports.sources.registry import choose_grid, read_export
from prt.model.records import LOGS
from prt.problems import PrtError, errors
from prt.values import dataclass

FORM_SCALE = ScaleHints(positive="Very useful; Très utile; Useful; Utile")
"""What somebody has to say of the forms: a program does not guess whether "somewhat useful" is positive."""


def fill_year(year: Year, fictional: FictionalYear, draw: Random) -> None:
    """Write everything into an empty plan year."""
    add_rows(year, "people", fictional.people, draw)
    add_rows(year, "names", fictional.names, draw)
    written = {log: add_rows(year, log, add_slips(log, rows), draw) for log, rows in fictional.logs.items()}
    staff, gatherings = fictional.staff, fictional.gatherings
    imports = ((imported_on(one), partial(import_gathering, year, one, staff, draw)) for one in gatherings)
    slips = ((one.moment, partial(correct_slip, year, one, fictional, written, draw)) for one in SLIPS)
    for _, step in sorted([*imports, *slips], key=lambda step: step[0]):
        step()


def imported_on(gathering: Gathering) -> dt.datetime:
    """The moment of the import: the morning after the session."""
    return winter_moment(f"{dt.date.fromisoformat(gathering.last_day) + dt.timedelta(days=1)}T08:45")


def export_gathering(gathering: Gathering, draw: Random) -> list[tuple[str, bytes]]:
    """Every list and form of a session, by the name of its file."""
    return [*export_lists(gathering, draw), *export_forms(gathering)]


def import_gathering(year: Year, gathering: Gathering, staff: str, draw: Random) -> None:
    """The lists and the form of one session, as one import."""
    files = [read_generated(name, raw, gathering) for name, raw in export_gathering(gathering, draw)]
    with start_action(year, staff, imported_on(gathering), draw, "prt demo", private=True) as action:
        now = action.year.again(logs_needed("attendance"))
        session = next(row for row in now.data.logs["sessions"] if row.id == gathering.session["id"])
        roster = make_roster(now.project.names())
        write_proposal(action, Proposer(now, session, roster, FORM_SCALE).propose(files, {}, {}))


def read_generated(name: str, raw: bytes, gathering: Gathering) -> ExportFile:
    grids, problems = grids_of(raw, name)
    hints = ReadingHints(dt.date.fromisoformat(gathering.session["date"]))
    export = read_export(choose_grid(grids), hints)
    if wrong := errors([*problems, *export.problems]):
        raise PrtError(*wrong)
    return ExportFile(name, sha256(raw).hexdigest(), export)


def correct_slip(
    year: Year,
    slip: Slip,
    fictional: FictionalYear,
    written: Mapping[str, Sequence[WrittenRow]],
    draw: Random,
) -> None:
    rows: list[CellTexts] = fictional.logs[slip.log]
    place = slip.place(rows)
    with start_action(year, fictional.staff, slip.moment, draw, "prt demo") as action:
        if slip.column:
            right = rows[place].get(slip.column, "")
            action.edit(slip.log, written[slip.log][place].id, {slip.column: right}, slip.why)
        else:
            action.remove(slip.log, [written[slip.log][len(rows)].id], slip.why)


# The whole fictional year: tables and draws put together, as cells that the logs can take.

REQUEST_COUNT = 180
DEMO_TABLES = ("sessions", "tools", "partnerships", "updates", "deliverables", "surveys", "partners")
"""What is not drawn: prt/examples/demo/*.csv. Partners are added to the organisations."""


@dataclass(frozen=True)
class FictionalYear:
    """Rows by log in order of date, without ids but where another row names them; names for private/.

    Who came to the gatherings and what they answered is not among the rows: lists and forms tell of it.
    """

    logs: dict[str, list[CellTexts]]
    gatherings: list[Gathering]
    people: list[CellTexts]
    names: list[CellTexts]
    staff: str
    """The id of the person at the keyboard."""


def draw_year(tables: Mapping[str, Sequence[CellTexts]], rows: int, draw: Random) -> FictionalYear:
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


def sort_by_date(rows: Iterable[CellTexts]) -> list[CellTexts]:
    return sorted(rows, key=lambda row: row["date"])


# What was entered wrongly and put right later, so that corrections.csv has something to tell.


@dataclass(frozen=True)
class Slip:
    """In the first row of `log` dated `since` or later, `column` was entered as `wrong`.

    A slip without a column is a row that was entered twice; the second one was removed.
    """

    log: str
    since: str
    column: str
    wrong: str
    when: str
    why: str

    @property
    def moment(self) -> dt.datetime:
        return winter_moment(self.when)

    def place(self, rows: Sequence[CellTexts]) -> int:
        return next(place for place, row in enumerate(rows) if row["date"] >= self.since)


def winter_moment(text: str) -> dt.datetime:
    """In Québec's winter time."""
    return dt.datetime.fromisoformat(f"{text}:00-05:00")


SLIPS = (
    Slip("accompaniment", "2024-09-23", "hours", "2.5", "2024-10-07T09:12", "Hours of another row"),
    Slip("sessions", "2024-11-14", "participants", "13", "2024-11-18T13:40", "The second list was forgotten"),
    Slip("accompaniment", "2024-10-28", "", "", "2024-11-29T16:05", "Entered twice"),
    Slip("partner-support", "2024-11-12", "hours", "7.5", "2025-01-13T10:31", "A call, not a whole day"),
    Slip(
        "journals", "2024-11-20", "date", "2024-12-20", "2025-01-14T11:20", "Date of reading, not of receipt"
    ),
    Slip("tools", "2025-01-13", "audience", "clc-team", "2025-02-03T14:55", "Made for CDAs first of all"),
    Slip("sessions", "2025-01-30", "positive", "12", "2025-02-04T09:03", "Forms counted again"),
)


def add_slips(log: str, rows: Sequence[CellTexts]) -> list[CellTexts]:
    """The rows as they were first entered; one that was entered twice comes again at the end."""
    entered = list(rows)
    for slip in SLIPS:
        if slip.log == log:
            row = rows[slip.place(rows)]
            if slip.column:
                entered[slip.place(rows)] = row | {slip.column: slip.wrong}
            else:
                entered.append(dict(row))
    return entered
