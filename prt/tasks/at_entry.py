"""Rows that are still being entered: one's own, of today or yesterday, in nothing that was sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from prt.console import context
from prt.files.project import Year
from prt.files.store import undo_log
from prt.files.submissions.submission import list_submissions, load_frozen
from prt.files.yaml.words import read_topic
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.problems import PrtError, ValueInWords
from prt.tasks.find.find_row import Found, ids_in

AT_ENTRY = "at entry"
"""What corrections.csv keeps as the reason: nobody had seen the row yet."""


def reason_at_entry(found: Found) -> str | None:
    """The reason of a correction for which nobody has to be asked; else None."""
    return AT_ENTRY if is_own(found) and was_entered_lately(found) and not was_sent(found) else None


def is_own(found: Found) -> bool:
    """Is it of whoever types? A row that does not say who did the work is of whoever entered it."""
    names = found.model.worker_columns() if found.log in LOGS else ()
    workers = [text for name in names if (text := found.cells.get(name))]
    return not workers or context.me(found.year.project.root) in workers


def was_entered_lately(found: Found) -> bool:
    """Was it entered on this laptop, by whoever types, today or yesterday?"""
    since = context.today() - dt.timedelta(days=1)
    return any(
        str(step["action"]).split("-")[1] >= f"{since:%Y%m%d}"
        for step in own_entries(found.year, found.log, found.id)
    )


def own_entries(year: Year, log: str, row: str) -> Iterator[undo_log.Step]:
    """The steps in which whoever types entered a row on this laptop."""
    root = year.project.root
    me = context.me(root) or ""
    for step in undo_log.read_steps(root):
        is_own = undo_log.step_author(step) == me and (step.get("step"), step.get("log")) == ("added", log)
        if is_own and row in (name for name, _ in step["rows"]):
            yield step


class EnteredToday(ValueInWords):
    """`yours, entered 9:12` of a row that whoever types entered on this laptop today; "" of any other."""

    def __init__(self, row: Row, year: Year) -> None:
        steps = own_entries(year, row.log, row.id) if row.id else ()
        when = [str(step.get("when", "")).partition("T") for step in steps]
        self.times = [time for day, _, time in when if day == context.today().isoformat()]

    def text(self, language: str) -> str:
        if not self.times:
            return ""
        hour, minute = self.times[-1].split(":")[:2]
        return read_topic("ask")[f"ask.entered_today.{language}"].format(hour=int(hour), minute=minute)


def was_sent(found: Found) -> bool:
    """Is it in a report that was kept? One that cannot be read may have it."""
    try:
        return any(
            found.id in ids_in(load_frozen(one.folder, found.year.plan.year), found.log)
            for one in list_submissions(found.year)
        )
    except PrtError:
        return True
