"""`prt backup`: the project in one zip elsewhere, which opens on every system."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated

from prt.console import context, messages
from prt.console.messages import tell_list
from prt.console.signature import Argument, Option
from prt.files.store.backup import Backup, make_backup
from prt.files.yaml.words import say_phrase

Folder = Annotated[str, Argument("A folder that is there, outside of the project.", metavar="FOLDER")]
WithNames = Annotated[bool, Option("Keep the private folder too: names, e-mails, registers.")]


def backup(folder: Folder, with_names: WithNames = False) -> None:
    """The whole project in one dated zip, elsewhere; names only where you ask for them."""
    project = context.open_project()
    who = context.me(project.root)
    made = make_backup(project, Path(folder), who, context.now(), random.SystemRandom(), names=with_names)
    messages.print_written(say_phrase("backed_up", made.files + made.private, path=made.path))
    tell_list(say_phrase("b_left_out"), made.left_out)
    context.say(told_names(made, project.shown(project.private)))
    context.say(say_phrase("b_restore"))


def told_names(made: Backup, folder: str) -> str:
    """Says whether the archive holds names, and so how it must be kept."""
    if made.private:
        return say_phrase("b_names", made.private, folder=folder)
    return say_phrase("b_no_names", folder=folder)
