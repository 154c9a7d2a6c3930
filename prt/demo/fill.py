"""The fictional year entered as a team enters its own: through the store, slips and corrections included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prt.demo.people import Cells
from prt.demo.slips import SLIPS, Slip, with_slips
from prt.demo.year import FictionalYear
from prt.files.project import Year
from prt.files.store import Written, add, writing
from prt.model.ids import Draw


def fill(year: Year, fictional: FictionalYear, draw: Draw) -> None:
    """Write everything into an empty plan year."""
    add(year, "people", fictional.people, draw)
    add(year, "names", fictional.names, draw)
    written = {log: add(year, log, with_slips(log, rows), draw) for log, rows in fictional.logs.items()}
    for slip in sorted(SLIPS, key=lambda slip: slip.when):
        put_right(year, slip, fictional, written, draw)


def put_right(
    year: Year, slip: Slip, fictional: FictionalYear, written: Mapping[str, Sequence[Written]], draw: Draw
) -> None:
    rows: list[Cells] = fictional.logs[slip.log]
    place = slip.place(rows)
    with writing(year, fictional.staff, slip.moment, draw) as action:
        if slip.column:
            right = rows[place].get(slip.column, "")
            action.edit(slip.log, written[slip.log][place].id, {slip.column: right}, slip.why)
        else:
            action.remove(slip.log, [written[slip.log][len(rows)].id], slip.why)
