"""What other programs compute with."""

from __future__ import annotations

from prt.console.signature import CommandGroup

export = CommandGroup(
    "Rows, facts and figures for other programs.", {"package": "prt.commands.export.package"}
)
