"""`prt people erase`: who it was is destroyed, and every count stays (Law 25)."""

from __future__ import annotations

from collections.abc import Iterable

from prt.console import context, messages
from prt.console.dialogue.consent import NO_UNDO, confirm
from prt.console.messages import tell_list
from prt.console.options import PersonArgument, YesOption
from prt.files.plan.kept import forget_plans
from prt.files.privacy.erase import ErasureReport, erase_person
from prt.files.privacy.held_sheets import given_sheets
from prt.files.project import Project
from prt.files.provenance import PRIVATE
from prt.files.store.backup import told_backups
from prt.tasks.find_person import describe_person, find_person, refuse_without_names, similar_unmatched
from prt.text import plural


def erase(person: PersonArgument, yes: YesOption = False) -> None:
    """Law 25: who it was is destroyed, the id becomes an opaque token, and every count stays."""
    project = context.open_project()
    found = find_person(project, person)
    refuse_without_names(project)
    near = similar_unmatched(project, found)
    confirm(
        f"{describe_person(project, found)}\nwould be erased: the name destroyed, id and name replaced in "
        f"every file, also in what was submitted. Counts stay. This cannot be taken back. {NO_UNDO}"
        + "".join(f"\nPerhaps the same person, never matched: {one}" for one in near)
        + (f"\nIf so, first: prt people match ROW --person {found}" if near else ""),
        yes,
    )
    report = erase_person(project, found, context.now())
    forget_plans(context.cache_folder())
    tell_erased(report, near, other_files(project), told_backups(project))
    if context.me(project.root) == found:
        context.say("This is your own id here: take it out of PRT_ME and git config prt.me.")


def other_files(project: Project) -> list[str]:
    """The files of the private folder that people put there themselves, such as exports."""
    private = project.private
    own = {f"{log}.csv" for log in (*PRIVATE, "corrections")} | {"README.md"}
    own |= {path.relative_to(private).as_posix() for path in given_sheets(project)}
    found = (path for path in sorted(private.rglob("*")) if path.is_file())
    inside = ((path, path.relative_to(private)) for path in found)
    return [
        project.shown(path)
        for path, name in inside
        if name.as_posix() not in own and not name.parts[0].startswith(".")
    ]


def tell_erased(
    done: ErasureReport, near: Iterable[str], others: Iterable[str], backups: Iterable[str]
) -> None:
    """What was done, what remains, and what a person has to do."""
    messages.print_written(f"Erased. The rows that count have the token {done.token}.")
    tell_list("Replaced by the token in", done.replaced)
    tell_list("Destroyed", [f"{file}   {plural(n, 'row')}" for file, n in done.destroyed.items()])
    tell_list("The name still stands in the team's own words; rewrite these lines", map(str, done.texts))
    tell_list("The name stands in what was really sent, which is kept as it is", map(str, done.sent))
    tell_list("Perhaps the same person, never matched: prt people match ROW --new, and erase that id", near)
    tell_list("Not looked into, and perhaps with the name in them; delete what is not needed", others)
    tell_list(
        "Still held in backups, which no erasure reaches; delete them, or erase again after restoring",
        backups,
    )
    context.say(
        "What remains (role, board, dates) is pseudonymous, not anonymous. Copies elsewhere are yours to "
        "delete: exports, mail, Zoom and Forms, other laptops, their backups. Earlier versions in git "
        "have the id, and the name where somebody had written it. prt undo takes nothing back that was done "
        "before."
    )
