"""`prt privacy redact`: what is personal in corrections.csv is taken out."""

from __future__ import annotations

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.console.options import DryRunOption, YesOption
from prt.console.surroundings.system import cache_folder
from prt.files.kept.kept_files import forget_kept
from prt.files.privacy.redact import personal_corrections, redact_corrections
from prt.files.yaml.words import say_phrase


def redact(dry_run: DryRunOption = False, yes: YesOption = False) -> None:
    """Take names, e-mails, telephone numbers out of corrections.csv: […] in their place; rows stay."""
    project = context.open_project()
    found = [f"{file.shown}:{line}" for file, lines in personal_corrections(project) for line in lines]
    for place in found:
        messages.print_line(place)
    if not found:
        messages.print_line(say_phrase("r_nothing"))
    elif not dry_run:
        confirm(say_phrase("r_would", len(found)), yes)
        done = redact_corrections(project, context.now())
        forget_kept(cache_folder())
        messages.print_written(say_phrase("r_changed", len(done)))
