"""`prt submit`: keeps what was sent, so that it never changes. prt itself sends nothing."""

from __future__ import annotations

from prt.tasks.submissions.submit_options import SubmitOptions, submit_as_asked


def submit(options: SubmitOptions) -> None:
    """Keep what is sent to the funder, for good: plan, rows, notes, reports. prt itself sends nothing."""
    submit_as_asked(options)
