"""`prt privacy purge`: names are destroyed when the plan's retention date is over."""

from __future__ import annotations

import random

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.console.messages import tell_list
from prt.console.options import DryRunOption, YesOption
from prt.files.plan.kept import forget_plans
from prt.files.privacy import retention
from prt.files.privacy.retention import Purge
from prt.files.store.backup import told_backups
from prt.files.yaml.words import say_phrase
from prt.tasks.find_person import refuse_without_names
from prt.text import plural


def purge(dry_run: DryRunOption = False, yes: YesOption = False) -> None:
    """Destroy the names that the plan's retention date no longer allows; say exactly what was destroyed."""
    project = context.open_project()
    refuse_without_names(project)
    found = retention.due_purge(project, context.today())
    tell_purge(found)
    if not found.is_nothing and not dry_run:
        confirm(f"This is destroyed, and cannot be taken back. {say_phrase('no_undo')}", yes)
        who, draw = context.me(project.root), random.SystemRandom()
        done = retention.purge_expired(project, who, context.now(), draw)
        forget_plans(context.cache_folder())
        rows = sum(len(one.lines) for one in done.due) + sum(done.sheets.values())
        messages.print_written(f"Destroyed {plural(rows, 'row')} on {context.today()}; noted in purges.csv")
        tell_list("Still held in backups; delete them, or purge again after restoring", told_backups(project))
        context.say(
            "Copies elsewhere are yours to delete: exports, mail, Zoom and Forms, backups. "
            "Ids with role, board and dates remain: they are pseudonymous, not anonymous."
        )


def tell_purge(found: Purge) -> None:
    if found.until is None:
        messages.print_line("No retention date is over: nothing is to be destroyed.")
        return
    messages.print_line(f"Kept until {found.until}; that is over.")
    for one in found.due:
        messages.print_line(f"  {one.file.shown}   {plural(len(one.lines), 'row')} to destroy")
    for path, rows in found.sheets.items():
        messages.print_line(
            f"  {path.parent.name}/{path.name}   a workbook of {plural(rows, 'row')} to destroy"
        )
    if found.is_nothing:
        messages.print_line("Nothing is left to destroy.")
    if found.later:
        messages.print_line(f"  {plural(found.kept, 'name')} kept: needed for {', '.join(found.later)}")
    else:
        messages.print_line("  No name is kept: there is no plan of a later year here that would need one.")
