"""Which changed rows are why a figure is another: those that give it something else than they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prt.figures.evaluate import Result
from prt.figures.restatement.differences import Contributions, Difference, Seen, columns_read
from prt.figures.restatement.row_changes import KINDS, Change
from prt.model.cells import Cell, Many, OrganisationCell
from prt.model.populations import Members
from prt.model.selections import several


def causes(
    sent: Result, now: Result, moved: Sequence[tuple[Seen, Seen]], changes: Sequence[Change]
) -> tuple[Change, ...]:
    """Of all changes those that move these figures, each pair as sent and now; only the cells that matter."""
    if not moved:
        return ()
    before, after = (Contributions([pair[place] for pair in moved]) for place in (0, 1))
    difference = Difference(before, after, columns_read(sent) | columns_read(now))
    found = [one for change in changes if (one := relevant(change, difference))]
    found = found or list(first_rows(moved, changes))
    members, gone = moved_members(sent, now) | difference.persons(), organisations_of(found)
    found += [one for one in changes if is_member(one, members) or is_gone(one, gone)]
    kept = without_children(found)
    return tuple(sorted(kept, key=lambda one: (KINDS.index(one.kind), one.row.day, one.row.key)))


def without_children(found: Sequence[Change]) -> list[Change]:
    """Rows that came or went with their session are not named one by one."""
    sessions = {(one.kind, one.row.key) for one in found if one.row.log == "sessions"}
    return [
        one
        for one in found
        if one.kind == "corrected"
        or one.row.session is None
        or (one.kind, one.row.session.key) not in sessions
    ]


def relevant(change: Change, difference: Difference) -> Change | None:
    """The change with the edits that matter, or None where it moves nothing here."""
    log = change.row.log
    names: set[str] = set()
    if change.key in difference.touched or change.key in difference.parents:
        names |= difference.wanted(log)
    if difference.fills_otherwise(change.sent, change.now):
        names |= difference.columns_filling(change.sent, change.now)
    if not names:
        return None
    wanted = change.of(names)
    return wanted if wanted.edits or change.kind != "corrected" else None


def first_rows(moved: Sequence[tuple[Seen, Seen]], changes: Iterable[Change]) -> Iterator[Change]:
    """Rows that came or went of a log that was empty on one side: none counts, but there are data now."""
    turned = [
        pair for pair in moved if (pair[0].figure.absent == "no_data") != (pair[1].figure.absent == "no_data")
    ]
    seen = (one for pair in turned for one in pair)
    logs = {log: one.view for one in seen for log in one.measure.logs(one.view.data.selections)}
    for change in changes:
        view = logs.get(change.row.log)
        if view and change.kind != "corrected" and change.row.day <= view.window.last:
            yield change


def is_member(change: Change, members: set[str]) -> bool:
    return change.row.log in ("people", "organisations") and change.row.id in members


def is_gone(change: Change, codes: set[str]) -> bool:
    """Is it an organisation that is not there any more, or is not called so?"""
    if change.row.log != "organisations" or change.row.id not in codes:
        return False
    return change.kind in ("removed", "unreadable") or bool(change.of(("aliases",)).edits)


def organisations_of(found: Iterable[Change]) -> set[str]:
    """The organisations named by rows that cannot be read any more: one that is gone may be why."""
    cells = (
        one.row[column.name]
        for one in found
        if one.kind == "unreadable"
        for column in one.row.model.columns()
        if is_organisation(column.cell)
    )
    return {code for cell in cells for code in several(cell)}


def is_organisation(cell: Cell) -> bool:
    return isinstance(cell.each if isinstance(cell, Many) else cell, OrganisationCell)


def moved_members(sent: Result, now: Result) -> set[str]:
    """Who is in the population on one side only, or of whom another number is asked."""
    found: set[str] = set()
    for before, after in zip(populations(sent), populations(now), strict=False):
        found |= set(before.members((), sent.view)) ^ set(after.members((), now.view))
    before_asked, after_asked = (
        {(one.id, one.needed) for one in result.to_date.members} for result in (sent, now)
    )
    if sent.measure.has_members and now.measure.has_members:
        found |= {one for one, _ in before_asked ^ after_asked}
    return found


def populations(result: Result) -> list[Members]:
    """The people or organisations that its measures ask for: what rows name is in their facts."""
    found = (measure.population for _, measure in result.indicator.measures())
    return [one for one in found if one and one.conditions()[0]]
