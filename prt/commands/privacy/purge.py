"""`prt privacy purge`: names are destroyed when the plan's retention date is over."""

from __future__ import annotations

import random

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.console.messages import tell_list
from prt.console.options import DryRunOption, YesOption
from prt.console.surroundings.system import cache_folder
from prt.files.kept.kept_files import forget_kept
from prt.files.privacy import retention
from prt.files.privacy.retention import Purge
from prt.files.store.backup import told_backups
from prt.files.yaml.words import say_phrase
from prt.tasks.people.find_person import refuse_without_names


def purge(dry_run: DryRunOption = False, yes: YesOption = False) -> None:
    """Destroy the names that the plan's retention date no longer allows; say exactly what was destroyed."""
    project = context.open_project()
    refuse_without_names(project)
    found = retention.due_purge(project, context.today())
    tell_purge(found)
    if not found.is_nothing and not dry_run:
        confirm(say_phrase("destroys", no_undo=say_phrase("no_undo")), yes)
        who, draw = context.me(project.root), random.SystemRandom()
        done = retention.purge_expired(project, who, context.now(), draw)
        forget_kept(cache_folder())
        rows = sum(len(one.lines) for one in done.due) + sum(one.rows for one in done.files)
        messages.print_written(say_phrase("destroyed", rows, day=context.today()))
        tell_list(say_phrase("p_backups"), told_backups(project))
        context.say(say_phrase("p_copies"))


def tell_purge(found: Purge) -> None:
    if found.until is None:
        messages.print_line(say_phrase("p_no_date"))
        return
    messages.print_line(say_phrase("p_until", day=found.until))
    for one in found.due:
        messages.print_line(say_phrase("p_rows", len(one.lines), file=one.file.shown))
    for file in found.files:
        messages.print_line(say_phrase("p_rows", file.rows, file=file.shown))
    if found.is_nothing:
        messages.print_line(say_phrase("p_nothing"))
    if found.later:
        messages.print_line(say_phrase("p_kept", found.kept, years=", ".join(found.later)))
    else:
        messages.print_line(say_phrase("p_none_kept"))
