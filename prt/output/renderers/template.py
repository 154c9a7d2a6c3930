"""Templates arrange a report, in a sandbox; those of the project come before ours.

A mistake in one, which can only be the project's, is told by its file and line. No user text ever acts as
markup, and the same report gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from markupsafe import Markup, escape

from prt.files.compiled_templates import CompiledTemplates, template_loader
from prt.output.document.content import Grid
from prt.output.renderers.column_shares import grid_shares
from prt.output.renderers.sandbox import Sandbox
from prt.output.renderers.svg import svg
from prt.output.tables import Table
from prt.output.words import Words, with_language
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import is_link, shorten

LETTERS = 150
"""So many letters of an annex stand side by side on paper."""
LONG_WORD = re.compile(r"\S{40}")
"""A word that no column can hold: it is broken wherever a line ends."""


def render_template(name: str, report: Any, words: Words, templates: Path | None, **options: Any) -> str:
    """The text that one template makes of a report."""
    loader, kept = template_loader(templates), CompiledTemplates()
    environment = Sandbox(loader=loader, bytecode_cache=kept, **{"finalize": with_language, **options})
    environment.filters |= {
        "body": table_body,
        "is_link": is_link,
        "css_text": quote_for_css,
        "plain": without_raised,
        "room": room_of,
        "shares": shares_of,
        "short": short_title,
        "svg": svg,
    }
    try:
        text = environment.get_template(name).render(report=report, words=words)
    except PrtError:
        raise
    except Exception as error:  # whatever a template of the project does, its line is named
        found = template_problem(error, name, templates)
        if found is None:
            raise
        raise PrtError(found) from error
    return text.strip("\n") + "\n"


def without_raised(text: str) -> str:
    """A text for where no markup may stand: in a title or a style sheet."""
    return "".join(text)


def short_title(text: str) -> str:
    """What a tab of a browser, a bookmark or a list of results has room for."""
    return shorten(without_raised(text), 69)


def table_body(table: Table) -> Markup:
    """The rows of a table, put together at once: a report may have some ten thousand cells."""
    starts = ['<td class="right">' if one.align == "right" else "<td>" for one in table.headings]
    rows = (
        "".join([f"{start}{cell_html(text)}</td>" for start, text in zip(starts, cells, strict=True)])
        for cells in table.rows
    )
    return Markup("\n".join([f"<tr>{row}</tr>" for row in rows]))


def room_of(table: Table) -> int:
    """The width, in rem and in steps of four, below which a table scrolls: 0 where it fits every screen, 84
    where it fits none.

    A column of texts takes some words side by side, one of numbers the longest word of its title.
    """
    widths = [8.5 if one.align == "left" else number_width(one.title) for one in table.headings]
    steps = ceil(sum(widths) / 4)
    return min(4 * steps, 84) if steps > 5 else 0


def shares_of(grid: Grid, others: Sequence[Grid]) -> list[int]:
    """How wide the columns of a table are, in percent: the same in the `others` that have the same."""
    shares = grid_shares(grid, others, LETTERS)
    return [round(100 * share / sum(shares)) for share in shares]


def number_width(title: str) -> float:
    return max(3.5, 1.5 + 0.45 * max(map(len, title.split()), default=0))


def cell_html(text: str) -> str:
    """A text as it is on a page; an address of the web is a link."""
    shown = str(escape(with_language(text)))
    if is_link(text):
        return f'<a href="{shown}">{shown}</a>'
    return f'<span class="long">{shown}</span>' if LONG_WORD.search(text) else shown


def quote_for_css(text: str) -> Markup:
    """A text as a style sheet takes it: every sign that could end it is written by its number."""
    signs = (one if one.isalnum() and one.isascii() else f"\\{ord(one):x} " for one in text)
    return Markup(f'"{"".join(signs)}"')


def template_problem(error: Exception, name: str, templates: Path | None) -> Problem | None:
    """What is wrong in a template of the project; None where none had a part in it, and prt is wrong."""
    if templates is None:
        return None
    if isinstance(error, TemplateSyntaxError):
        file = Path(error.filename or "")
        if not file.is_relative_to(templates):
            return None
        mistake = Mistake("template_unreadable", said=error.message)
        return Problem.of(Place(shown_path(file, templates), error.lineno or 1), mistake)
    place = find_place(error, templates)
    if place is None and isinstance(error, SecurityError):
        place = Place(f"templates/{name}")
    if place is None:
        return None
    if isinstance(error, TemplateNotFound):
        return Problem.of(place, Mistake("unknown_template", name=error.message))
    return Problem.of(place, explain_stop(error))


def find_place(error: Exception, templates: Path) -> Place | None:
    """The last line of the project's own templates that was at work."""
    place, at = None, error.__traceback__
    while at:
        file = Path(at.tb_frame.f_code.co_filename)
        if file.is_relative_to(templates):
            place = Place(shown_path(file, templates), at.tb_lineno or 1)
        at = at.tb_next
    return place


def shown_path(file: Path, templates: Path) -> str:
    return f"templates/{file.relative_to(templates).as_posix()}"


def explain_stop(error: Exception) -> Mistake:
    """Why a template stopped at work."""
    if isinstance(error, KeyError):
        word = str(error.args[0]) if error.args else ""
        return Mistake("template_without_word", word=word.rpartition(".")[0] or word)
    if isinstance(error, RecursionError):
        return Mistake("template_without_end")
    if isinstance(error, MemoryError):
        return Mistake("template_out_of_memory")
    said = re.sub(r"prt\.output\.document\.\w+\.", "", str(error) or type(error).__name__)
    if isinstance(error, UndefinedError):
        return Mistake("template_names_unknown", said=said)
    if isinstance(error, SecurityError):
        return Mistake("template_forbidden", said=said)
    return Mistake("template_stops", said=said)
