"""`prt todo`: what is to do this week, for the targets, and before the next report."""

from __future__ import annotations

from prt.tasks.show_todo import TodoOptions, show_todo


def todo(options: TodoOptions) -> None:
    """What is to do: rows that miss something, targets that are short, what the next report needs."""
    show_todo(options)
