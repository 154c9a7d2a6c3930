"""`prt undo`: takes back what this laptop did last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.console.messages import tell_changes
from prt.console.options import YesOption
from prt.files.project import Year
from prt.files.store import undo_log
from prt.files.store.undo import UndoneStep, undo_action
from prt.files.store.undo_log import Step
from prt.files.submissions.checks import LOG, submission_of_row
from prt.problems import PrtError
from prt.tasks.open_action import open_action
from prt.text import plural

DID = {
    "added": ("was logged; it is taken out again", "were logged; they are taken out again"),
    "edited": ("was edited; it is as it was before", "were edited; they are as they were before"),
    "reshaped": ("is written as it was before", "are written as they were before"),
    "removed": ("was removed; it is back", "were removed; they are back"),
}
WOULD = {
    "added": "taken out again",
    "edited": "as before",
    "reshaped": "without the id that it got",
    "removed": "back",
}
OLDER = "What is older is taken out row by row: prt list shows the ids, prt remove ID --why …"
QUIET = {"stays", "unmatched", "comments", "imports", "imported", "headings"}
"""What comes and goes with other rows, and is not worth a word."""


def undo(yes: YesOption = False) -> None:
    """Take back your last log, edit or remove on this laptop, if nothing has changed its row since."""
    project = context.open_project()
    who = context.me(project.root)
    steps = undo_log.last_action(project.root, who or "")
    if not steps:
        raise PrtError(f"This laptop has nothing to take back. {OLDER}")
    year = project.load(project.plan_path(steps[0]["year"]))
    refuse_submitted(year, steps)
    if not is_last_row(project.root, steps):
        confirm(preview_undo(steps), yes)
    log = "people" if len({step["log"] for step in steps}) > 1 else steps[0]["log"]
    with open_action(year, "prt undo") as action:
        now = year.as_now()
        undone = list(undo_action(action, steps))
        after = project.load(year.path)
    tell_undone(undone)
    messages.tell_moves(messages.before(now, log), after, log)


def is_last_row(root: Path, steps: Sequence[Step]) -> bool:
    """Is it one row, or one person, and the last thing that anybody did here? It is taken back unasked."""
    ids = {row for step in steps for row, _ in step["rows"]}
    return len(ids) == 1 and undo_log.read_steps(root)[-len(steps) :] == steps


def preview_undo(steps: Sequence[Step]) -> str:
    """What would be taken back: `24 rows of attendance would be taken out again`, a line for each log."""
    rows = Counter[tuple[str, str]]()
    for step in reversed(steps):
        rows[step["log"], WOULD[step["step"]]] += len(step["rows"])
    author = undo_log.step_author(steps[0])
    head = f"The last action{f' of {author}' if author else ''}, in {steps[0]['year']}:"
    told = [
        f"{plural(number, 'row')} of {log} would be {done}" for (log, done), number in rows.items() if number
    ]
    shaped = [step["log"] for step in steps if step["step"] == "reshaped"]
    told += [f"{log}.csv would be written as it was before" for log in shaped]
    return "\n  ".join([head, *told])


def refuse_submitted(year: Year, steps: Iterable[Step]) -> None:
    """The row that says that a report was sent stays as long as what was sent is kept."""
    for step in steps:
        for row, _ in step["rows"] if (step["step"], step["log"]) == ("added", LOG) else ():
            if sent := submission_of_row(year, row):
                again = "--annual" if sent.manifest.annual else f"--period {sent.manifest.period}"
                raise PrtError(
                    f"The last thing done was prt submit ({sent.name}). What was sent is not taken back; "
                    f"a correction is prt submit {again}."
                )


def tell_undone(undone: Iterable[UndoneStep]) -> None:
    done = list(undone)
    if any(one.log == "imports" for one in done):
        messages.print_line("The last import is taken back:")
    for one in done:
        if one.log in QUIET:
            continue
        if not one.ids:
            messages.print_line(
                f"The last action on {one.log} was never completed: there was nothing to take back."
            )
            continue
        messages.print_written(undone_text(one))
        tell_changes(one.notes)


def undone_text(one: UndoneStep) -> str:
    """`w-20241016-7kq2 was edited; it is as it was before`"""
    several = len(one.ids) > 1
    ids = plural(len(one.ids), f"{one.log} row") if several else one.ids[0]
    if one.log == "names" and one.step == "added":
        return f"The name of {ids} is deleted"
    return f"{ids} {DID[one.step][several]}"
