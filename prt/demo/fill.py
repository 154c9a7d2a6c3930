"""The fictional year entered as a team enters its own: rows through the store, sessions through the imports
of lists and forms, and what was wrong corrected, in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from random import Random

from prt.demo.forms import export_forms
from prt.demo.gatherings import Gathering
from prt.demo.lists import export_lists
from prt.demo.people import Cells
from prt.demo.slips import SLIPS, Slip, winter_moment, add_slips
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

IMPORT_LOGS = needed("attendance")
FORM_OPTIONS = Options(positive="Very useful; Très utile; Useful; Utile")
"""What somebody has to say of the forms: a program does not guess whether "somewhat useful" is positive."""


def fill_year(year: Year, fictional: FictionalYear, draw: Random) -> None:
    """Write everything into an empty plan year."""
    add(year, "people", fictional.people, draw)
    add(year, "names", fictional.names, draw)
    written = {log: add(year, log, add_slips(log, rows), draw) for log, rows in fictional.logs.items()}
    staff, gatherings = fictional.staff, fictional.gatherings
    imports = ((imported_on(one), partial(import_gathering, year, one, staff, draw)) for one in gatherings)
    slips = ((one.moment, partial(correct_slip, year, one, fictional, written, draw)) for one in SLIPS)
    for _, step in sorted([*imports, *slips], key=lambda step: step[0]):
        step()


def imported_on(gathering: Gathering) -> dt.datetime:
    """The morning after."""
    return winter_moment(f"{dt.date.fromisoformat(gathering.last_day) + dt.timedelta(days=1)}T08:45")


def export_gathering(gathering: Gathering, draw: Random) -> list[tuple[str, bytes]]:
    """Every list and form of a session, by the name of its file."""
    return [*export_lists(gathering, draw), *export_forms(gathering)]


def import_gathering(year: Year, gathering: Gathering, staff: str, draw: Random) -> None:
    """The lists and the form of one session, as one import."""
    files = [read_export(name, raw, gathering) for name, raw in export_gathering(gathering, draw)]
    with staged(year, staff, imported_on(gathering), draw) as action:
        now = action.year.again(IMPORT_LOGS)
        session = next(row for row in now.data.logs["sessions"] if row.id == gathering.session["id"])
        write(action, Proposing(now, session, FORM_OPTIONS).propose(files, {}, {}))


def read_export(name: str, raw: bytes, gathering: Gathering) -> Foreign:
    grids, problems = grids_of(raw, name)
    export = registry.read(registry.likeliest(grids), dt.date.fromisoformat(gathering.session["date"]))
    if wrong := errors([*problems, *export.problems]):
        raise PrtError(*wrong)
    return Foreign(name, sha256(raw).hexdigest(), export)


def correct_slip(
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
