"""`prt undo`: takes back what this laptop did last."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from prt.commands import here
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.undo import Undone

DID = {
    "added": "{ids} was logged; it is taken out again",
    "edited": "{ids} was edited; it is as it was before",
    "removed": "{ids} was removed; it is back",
}


def register(app: typer.Typer, group: str) -> None:
    app.command("undo", rich_help_panel=group)(undo)


def undo() -> None:
    """Take back the last log, edit or remove of this laptop, if nothing has changed its row since."""
    from prt.commands import telling
    from prt.files import store, undofile
    from prt.files.undo import take_back

    project = here.open_project()
    steps = undofile.last_action(project.root)
    if not steps:
        raise PrtError("This laptop has nothing to take back.")
    year = project.load(project.plan_path(steps[0]["year"]))
    log = "people" if len({step["log"] for step in steps}) > 1 else steps[0]["log"]
    old = telling.before(year, log)
    with store.writing(year, here.me(project.root), here.now(), random.SystemRandom()) as action:
        undone = take_back(action, steps)
    tell(undone)
    telling.tell_moves(old, here.open_project().load(year.path), log)


def tell(undone: Iterable[Undone]) -> None:
    from prt.commands import telling
    from prt.commands.edit import tell_changes

    for one in undone:
        if not one.ids:
            telling.out(f"The last action on {one.log} was never completed: there was nothing to take back.")
            continue
        ids = one.ids[0] if len(one.ids) == 1 else here.counted(len(one.ids), f"{one.log} row")
        telling.out(DID[one.step].format(ids=ids) if one.log != "names" else f"The name of {ids} is deleted")
        tell_changes(one.notes)
