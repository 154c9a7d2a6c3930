"""What was entered wrongly and put right later, so that corrections.csv has something to tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from prt.demo.people import Cells


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

    def place(self, rows: Sequence[Cells]) -> int:
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


def add_slips(log: str, rows: Sequence[Cells]) -> list[Cells]:
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
