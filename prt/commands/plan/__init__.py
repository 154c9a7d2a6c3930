"""The plan: what it promises and how each figure is computed."""

from __future__ import annotations

from prt.console.signature import CommandGroup

plan = CommandGroup(
    "The plan: what it promises and how each figure is computed.",
    {
        "show": "prt.commands.plan.show",
        "add": "prt.commands.plan.add",
        "diff": "prt.commands.plan.diff",
        "new": "prt.commands.plan.new",
        "schema": "prt.commands.plan.schema",
    },
)
