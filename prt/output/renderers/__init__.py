"""The formats of a report: a line here and a small file for each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from prt.output.document.report_document import Report
from prt.output.renderers.json_tree import render_json
from prt.output.words import Words
from prt.problems import unknown_format
from prt.values import dataclass

Render = Callable[[Report, Words, Path | None], str | bytes]


@dataclass(frozen=True)
class Renderer:
    """How a format writes a report; `endings` are those of its files beside its own name, and `comments` says
    that a comment of HTML is not shown in it; `frozen` says that a submission keeps it, and `printed` that a
    browser makes the file of its HTML.

    `render` gets the project's own folder of templates, or None where it has none.
    """

    render: Render
    endings: tuple[str, ...] = ()
    comments: bool = False
    frozen: bool = True
    printed: bool = False


def rendered_by(module: str, name: str) -> Render:
    """The function of a module here, imported for the first report: jinja2 takes 40 ms, openpyxl 500."""

    def render(report: Report, words: Words, templates: Path | None) -> str | bytes:
        make: Render = getattr(import_module(f"{__name__}.{module}"), name)
        return make(report, words, templates)

    return render


RENDERERS: dict[str, Renderer] = {
    "md": Renderer(rendered_by("markdown", "render_markdown"), ("markdown",), comments=True),
    "html": Renderer(rendered_by("html", "render_html"), ("htm",), comments=True),
    "docx": Renderer(rendered_by("word.word_file", "render_word"), frozen=False),
    "xlsx": Renderer(rendered_by("excel", "render_excel"), frozen=False),
    "pdf": Renderer(rendered_by("html", "render_html"), frozen=False, printed=True),
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
