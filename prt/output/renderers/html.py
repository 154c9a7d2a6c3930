"""A report as one HTML page that needs no other file and no script."""

from __future__ import annotations

from pathlib import Path

from prt.output.document.report_document import Report
from prt.output.renderers.template import render_template
from prt.output.words import Words


def render_html(report: Report, words: Words, templates: Path | None = None) -> str:
    return render_template("report.html.j2", report, words, templates)
