"""Rows that are still being entered: one's own, of today or yesterday, in nothing that was sent."""

from __future__ import annotations

import datetime as dt

from prt.console import context
from prt.files.store import undo_log
from prt.files.submissions.submission import list_submissions, load_frozen
from prt.model.records import LOGS
from prt.problems import PrtError
from prt.tasks.find import Found, ids_in

AT_ENTRY = "at entry"
"""What corrections.csv keeps as the reason: nobody had seen the row yet."""


def reason_at_entry(found: Found) -> str | None:
    """The reason of a correction for which nobody has to be asked; else None."""
    return AT_ENTRY if is_own(found) and was_entered_lately(found) and not was_sent(found) else None


def is_own(found: Found) -> bool:
    """Is it of whoever types? A row that does not say who did the work is of whoever entered it."""
    names = LOGS[found.log].worker_columns() if found.log in LOGS else ()
    workers = [text for name in names if (text := found.cells.get(name))]
    return not workers or context.me(found.year.project.root) in workers


def was_entered_lately(found: Found) -> bool:
    """Was it entered on this laptop, by whoever types, today or yesterday?"""
    me, since = context.me(found.year.project.root) or "", context.today() - dt.timedelta(days=1)
    return any(
        (step.get("step"), step.get("log")) == ("added", found.log)
        and undo_log.step_author(step) == me
        and found.id in (row for row, _ in step["rows"])
        and str(step["action"]).split("-")[1] >= f"{since:%Y%m%d}"
        for step in undo_log.read_steps(found.year.project.root)
    )


def was_sent(found: Found) -> bool:
    """Is it in a report that was kept? One that cannot be read may have it."""
    try:
        return any(
            found.id in ids_in(load_frozen(one.folder, found.year.plan.year), found.log)
            for one in list_submissions(found.year)
        )
    except PrtError:
        return True
