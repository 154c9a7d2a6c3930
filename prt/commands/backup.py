"""`prt backup`: the project in one zip elsewhere, which opens on every system."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Annotated

from prt.console import context, messages
from prt.console.messages import tell_list
from prt.console.signature import Argument, Option
from prt.files.store.backup import Backup, make_backup
from prt.text import plural

Folder = Annotated[str, Argument("A folder that is there, outside of the project.", metavar="FOLDER")]
WithNames = Annotated[bool, Option("Keep the private folder too: names, e-mails, registers.")]


def backup(folder: Folder, with_names: WithNames = False) -> None:
    """The whole project in one dated zip, elsewhere; names only where you ask for them."""
    project = context.open_project()
    who = context.me(project.root)
    made = make_backup(project, Path(folder), who, context.now(), random.SystemRandom(), names=with_names)
    messages.print_written(
        f"Backup  {made.path}   {plural(made.files + made.private, 'file')}, read again and whole"
    )
    tell_list("Left out, as links or names that not every system can read", made.left_out)
    context.say(told_names(made, project.shown(project.private)))
    context.say("To restore it: unpack it into a new folder, and prt check there.")


def told_names(made: Backup, folder: str) -> str:
    """Where the names are, and what that asks of whoever keeps the archive."""
    if made.private:
        return (
            f"Names and e-mails are in it ({plural(made.private, 'file')} of {folder}). Keep it where only "
            "those who may read them can, never in mail, and delete it when their time is over: prt people "
            "erase and prt privacy purge do not reach it, and will name it."
        )
    return f"No names are in it: {folder} stays here. To keep them too: --with-names."
