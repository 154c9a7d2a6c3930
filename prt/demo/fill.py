"""The fictional year entered as a team enters its own: rows through the store, sessions through the imports
of lists and forms, and what was wrong corrected, in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from random import Random

from prt.demo.forms import forms_of
from prt.demo.gatherings import Gathering
from prt.demo.lists import lists_of
from prt.demo.people import Cells
from prt.demo.slips import SLIPS, Slip, moment, with_slips
from prt.demo.year import FictionalYear
from prt.figures.moved import needed
from prt.files.project import Year
from prt.files.store.journal import staged
from prt.files.store.store import Written, add, writing
from prt.files.workbook.grids import grids_of
from prt.imports.proposing.proposal import Foreign, Options, Proposing
from prt.imports.proposing.write import write
from prt.imports.sources import registry
from prt.problems import PrtError, errors

LOGS = needed("attendance")
SAID = Options(positive="Very useful; Très utile; Useful; Utile")
"""What somebody has to say of the forms: a program does not guess whether "somewhat useful" is positive."""


def fill(year: Year, fictional: FictionalYear, draw: Random) -> None:
    """Write everything into an empty plan year."""
    add(year, "people", fictional.people, draw)
    add(year, "names", fictional.names, draw)
    written = {log: add(year, log, with_slips(log, rows), draw) for log, rows in fictional.logs.items()}
    staff, gatherings = fictional.staff, fictional.gatherings
    imports = ((imported_on(one), partial(bring, year, one, staff, draw)) for one in gatherings)
    slips = ((one.moment, partial(put_right, year, one, fictional, written, draw)) for one in SLIPS)
    for _, step in sorted([*imports, *slips], key=lambda step: step[0]):
        step()


def imported_on(gathering: Gathering) -> dt.datetime:
    """The morning after."""
    return moment(f"{dt.date.fromisoformat(gathering.last_day) + dt.timedelta(days=1)}T08:45")


def exports_of(gathering: Gathering, draw: Random) -> list[tuple[str, bytes]]:
    """Every list and form of a session, by the name of its file."""
    return [*lists_of(gathering, draw), *forms_of(gathering)]


def bring(year: Year, gathering: Gathering, staff: str, draw: Random) -> None:
    """The lists and the form of one session, as one import."""
    files = [foreign(name, raw, gathering) for name, raw in exports_of(gathering, draw)]
    with staged(year, staff, imported_on(gathering), draw) as action:
        now = action.year.again(LOGS)
        session = next(row for row in now.data.logs["sessions"] if row.id == gathering.session["id"])
        write(action, Proposing(now, session, SAID).propose(files, {}, {}))


def foreign(name: str, raw: bytes, gathering: Gathering) -> Foreign:
    grids, problems = grids_of(raw, name)
    export = registry.read(registry.likeliest(grids), dt.date.fromisoformat(gathering.session["date"]))
    if wrong := errors([*problems, *export.problems]):
        raise PrtError(*wrong)
    return Foreign(name, sha256(raw).hexdigest(), export)


def put_right(
    year: Year, slip: Slip, fictional: FictionalYear, written: Mapping[str, Sequence[Written]], draw: Random
) -> None:
    rows: list[Cells] = fictional.logs[slip.log]
    place = slip.place(rows)
    with writing(year, fictional.staff, slip.moment, draw) as action:
        if slip.column:
            right = rows[place].get(slip.column, "")
            action.edit(slip.log, written[slip.log][place].id, {slip.column: right}, slip.why)
        else:
            action.remove(slip.log, [written[slip.log][len(rows)].id], slip.why)
