"""Git: logs merged by row instead of line by line."""

from __future__ import annotations

from prt.console.signature import CommandGroup

git = CommandGroup(
    "Git: logs merged by row instead of line by line.",
    {"setup": "prt.commands.git.setup", "merge-driver": "prt.commands.git.merge_driver"},
)
