"""A report, or a notice, as Markdown that reads well raw and on GitHub."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from markupsafe import Markup

from prt.output.numbers import Raised
from prt.output.renderers.template import render_template
from prt.output.words import Words
from prt.text import escape_markdown

BLANK_LINES = re.compile(r"\n{3,}")


def render_markdown(
    report: Any, words: Words, templates: Path | None = None, name: str = "report.md.j2"
) -> str:
    """A report as Markdown; `templates` is the project's own folder of templates, if it has one."""

    def escape(value: Any) -> Any:
        done = hasattr(value, "__html__") and not isinstance(value, Raised)
        return value if done else Markup(escape_markdown(str(value)))

    return BLANK_LINES.sub("\n\n", render_template(name, report, words, templates, finalize=escape))
