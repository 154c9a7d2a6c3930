"""`prt status`: where every target stands."""

from __future__ import annotations

from prt.tasks.show_status import StatusOptions, show_status


def status(options: StatusOptions) -> int:
    """Where every target stands: to date, against the target and against what is expected by now."""
    return show_status(options)
