"""The formats of a report: a line here and a small file for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from prt.output.document.report_document import Report
from prt.output.renderers.json_tree import render_json
from prt.output.words import Words
from prt.problems import unknown_format
from prt.values import dataclass


@dataclass(frozen=True)
class Renderer:
    """How a format writes a report; `endings` are those of its files beside its own name, and `comments` says
    that a comment of HTML is not shown in it; `frozen` says that a submission keeps it, and `printed` that a
    browser makes the file of its HTML.

    `render` gets the project's own folder of templates, or None where it has none.
    """

    render: Callable[[Report, Words, Path | None], str | bytes]
    endings: tuple[str, ...] = ()
    comments: bool = False
    frozen: bool = True
    printed: bool = False


def render_html(report: Report, words: Words, templates: Path | None) -> str:
    from prt.output.renderers import html  # jinja2, 40 ms

    return html.render_html(report, words, templates)


def render_markdown(report: Report, words: Words, templates: Path | None) -> str:
    from prt.output.renderers import markdown  # jinja2, 40 ms

    return markdown.render_markdown(report, words, templates)


def render_excel(report: Report, words: Words, templates: Path | None) -> bytes:
    from prt.output.renderers import excel  # openpyxl, half a second

    return excel.render_excel(report, words)


def render_word(report: Report, words: Words, templates: Path | None) -> bytes:
    from prt.output.renderers.word import word_file  # python-docx, a third of a second

    return word_file.render_word(report, words, templates)


RENDERERS: dict[str, Renderer] = {
    "md": Renderer(render_markdown, ("markdown",), comments=True),
    "html": Renderer(render_html, ("htm",), comments=True),
    "docx": Renderer(render_word, frozen=False),
    "xlsx": Renderer(render_excel, frozen=False),
    "pdf": Renderer(render_html, frozen=False, printed=True),
    "json": Renderer(render_json, frozen=False),
}


def find_renderer(name: str) -> Renderer:
    """The renderer of a format; PrtError where there is no such format."""
    if name not in RENDERERS:
        raise unknown_format(name, RENDERERS)
    return RENDERERS[name]


def format_of_ending(ending: str) -> str | None:
    """The format of files that end so: `htm` is `html`; None where no format has that ending."""
    names = (name for name, one in RENDERERS.items() if ending in (name, *one.endings))
    return next(names, None)
