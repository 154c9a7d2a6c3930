"""`prt undo`: takes back what this laptop did last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.consent import confirm
from prt.console.messages import tell_changes
from prt.console.options import YesOption
from prt.files.project import Year, table_models
from prt.files.store import undo_log
from prt.files.store.undo import UndoneStep, undo_action
from prt.files.store.undo_log import Step
from prt.files.submissions.checks import submission_of_row
from prt.files.yaml.words import say_phrase
from prt.model.records import ROSTERS, Deliverable, NameRecord
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.entry.summary import describe_row, name_rows
from prt.tasks.open_action import open_action


def undo(yes: YesOption = False) -> None:
    """Take back your last log, edit or remove on this laptop, if nothing has changed its row since."""
    project = context.open_project()
    who = context.me(project.root)
    every = undo_log.read_steps(project.root)
    called = {person: str(row["name"]) for person, row in project.names().items()}
    steps = undo_log.last_action(every, who or "", called)
    if not steps:
        raise PrtError(Mistake("undo_none"))
    year = project.load(project.plan_path(steps[0]["year"]))
    refuse_submitted(year, steps)
    if terminal.is_at_terminal() or not is_last_row(every, steps):
        confirm(preview_undo(steps, year), yes)
    log = "people" if len({step["log"] for step in steps}) > 1 else steps[0]["log"]
    with open_action(year, "prt undo") as action:
        now = year.as_now()
        undone = list(undo_action(action, steps))
        after = project.load(year.path)
    one_row = [one for one in undone if one.step in ("added", "removed") and len(one.ids) == 1]
    shown = ((one.log, one.ids[0]) for one in one_row if not comes_alongside(one.log))
    tell_undone(undone, year, describe_rows(set(shown), now, after), called | messages.known_names(after))
    messages.tell_moves(messages.before(now, log), after, log)


def comes_alongside(log: str) -> bool:
    """Do rows of this table come and go with others, and are not worth a word?"""
    model = table_models().get(log)
    return model is not None and model.alongside


def is_last_row(every: Sequence[Step], steps: Sequence[Step]) -> bool:
    """Is it one row, or one person, and the last thing that anybody did? A script takes it back unasked."""
    ids = {row for step in steps for row, _ in step["rows"]}
    return len(ids) == 1 and every[-len(steps) :] == steps


def preview_undo(steps: Sequence[Step], year: Year) -> str:
    """What would be taken back: `24 rows of attendance would be taken out again`, a line for each log, and
    each row where they are few. A name that goes with its person is no line."""
    rows = Counter[tuple[str, str]]()
    listed = {row for step in steps for row, _ in step["rows"] if step["log"] != NameRecord.log}
    for step in reversed(steps):
        if step["log"] == NameRecord.log and listed.issuperset(row for row, _ in step["rows"]):
            continue
        rows[step["log"], step["step"]] += len(step["rows"])
    author = undo_log.step_author(steps[0])
    author = messages.known_names(year).get(author, author)
    head = say_phrase("undo_last_of" if author else "undo_last", author=author, year=steps[0]["year"])
    told = [
        say_phrase(f"undo_{did}", number, log=log)
        for (log, did), number in rows.items()
        if number and not comes_alongside(log) and log != undo_log.PLAN
    ]
    extended = [step for step in steps if step["log"] == undo_log.PLAN]
    told += [say_phrase("undo_extended", name=row) for step in extended for row, _ in step["rows"]]
    wanted = {
        (step["log"], row) for step in steps for row, _ in step["rows"] if not comes_alongside(step["log"])
    }
    if len(wanted) <= messages.MOST_TOLD:
        told += [f"  {text}" for text in dict.fromkeys(describe_rows(wanted, year).values())]
    shaped = [step["log"] for step in steps if step["step"] == "reshaped"]
    told += [say_phrase("undo_shape", file=f"{log}.csv") for log in shaped]
    return "\n  ".join([head, *told])


def refuse_submitted(year: Year, steps: Iterable[Step]) -> None:
    """The row that says that a report was sent stays as long as what was sent is kept."""
    for step in steps:
        for row, _ in step["rows"] if (step["step"], step["log"]) == ("added", Deliverable.log) else ():
            if sent := submission_of_row(year, row):
                again = "--annual" if sent.manifest.annual else f"--period {sent.manifest.period}"
                raise PrtError(Mistake("undo_submit", name=sent.name, again=again))


def describe_rows(wanted: Collection[tuple[str, str]], *years: Year) -> dict[str, str]:
    """What rows are that go or come back, by their ids: as the year has them that was before, or is after."""
    told = dict[str, str]()
    for year in years:
        words = Words(context.session_language(), year.plan, year.data.organisations)
        names = name_rows(year, words)
        told |= {row: names[row] for _, row in wanted if row in names}
        rows = [row for log, _ in wanted for row in year.data.logs.get(log, ()) if (log, row.id) in wanted]
        told |= {row.id: describe_row(row, words, names) for row in rows}
    return told


def tell_undone(
    done: Sequence[UndoneStep], year: Year, told: Mapping[str, str], names: Mapping[str, str]
) -> None:
    if any(one.log == "imports" for one in done):
        messages.print_line(say_phrase("undo_import"))
    for one in done:
        if comes_alongside(one.log):
            continue
        if not one.ids:
            messages.print_line(say_phrase("undo_incomplete", log=one.log))
            continue
        messages.print_written(undone_text(one, names))
        if one.log not in ROSTERS and one.ids[0] in told:
            messages.print_line(f"  {told[one.ids[0]]}")
        tell_changes(one.notes, year, one.log)


def undone_text(one: UndoneStep, names: Mapping[str, str]) -> str:
    """`w-20241016-7kq2 was edited; it is as it was before`; of a person `Zoé Tremblay (p-zoe2)`."""
    several, first = len(one.ids) > 1, one.ids[0]
    ids = f"{names[first]} ({first})" if first in names else first
    ids = say_phrase("log_rows", len(one.ids), log=one.log) if several else ids
    if one.log == NameRecord.log and one.step == "added":
        return say_phrase("u_name", ids=ids)
    return say_phrase(f"u_{one.step}{'_several' if several else ''}", ids=ids)
