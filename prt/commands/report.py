"""`prt report`: the report that is due, in the funder's language."""

from __future__ import annotations

from prt.tasks.write_report import ReportOptions, write_report


def report(options: ReportOptions) -> None:
    """The report on a period: on the screen as Markdown, or in a file."""
    write_report(options)
