"""`prt completion SHELL`: what a shell runs so that its tab key asks prt."""

from __future__ import annotations

from typing import Annotated

from prt.console.completion import SHELLS, completion_script
from prt.console.signature import Argument
from prt.problems import Mistake, PrtError

Shell = Annotated[str, Argument("Which shell you type in.", metavar="|".join(SHELLS))]


def completion(shell: Shell) -> None:
    """What your shell runs so that Tab completes commands, options, plan words."""
    if shell not in SHELLS:
        raise PrtError(Mistake("unknown_shell", shell=shell, known=", ".join(SHELLS)), code=2)
    print(completion_script(shell))
