"""A report as Markdown or HTML: the templates arrange it, and no user text ever acts as markup.

Templates of the project come before ours, and run in a sandbox. The same report gives the same bytes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from prt.files.templates import template_loader
from prt.output.renderers.template_mistakes import mistake
from prt.output.report.document import Report
from prt.output.words import Words
from prt.problems import PrtError
from prt.text import escape_markdown, is_link

BLANK_LINES = re.compile(r"\n{3,}")


def markdown(report: Any, words: Words, templates: Path | None = None, name: str = "report.md.j2") -> str:
    """`templates` is the project's own folder of templates, if it has one."""
    from markupsafe import Markup

    def escaped(value: Any) -> Any:
        return value if hasattr(value, "__html__") else Markup(escape_markdown(str(value)))

    return BLANK_LINES.sub("\n\n", rendered(name, report, words, templates, finalize=escaped))


def html(report: Report, words: Words, templates: Path | None = None) -> str:
    return rendered("report.html.j2", report, words, templates)


def rendered(name: str, report: Any, words: Words, templates: Path | None, **options: Any) -> str:
    """The text of one template; a mistake in it, which can only be the project's, says where it is."""
    from prt.output.renderers.sandbox import Sandbox

    environment = Sandbox(loader=template_loader(templates), **options)
    environment.filters["is_link"] = is_link
    try:
        text = environment.get_template(name).render(report=report, words=words)
    except Exception as error:  # whatever a template of the project does, its line is named
        found = mistake(error, name, templates)
        if found is None:
            raise
        raise PrtError(found) from error
    return text.strip("\n") + "\n"
