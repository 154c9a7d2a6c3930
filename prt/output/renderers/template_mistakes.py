"""A mistake in a template of the project, in words: its file, its line, what is wrong, what to do."""

from __future__ import annotations

import traceback
from pathlib import Path

from prt.problems import Place, Problem

OURS = "Or remove the file: the template of prt is used then."


def mistake(error: Exception, name: str, templates: Path | None) -> Problem | None:
    """None where no template of the project had a part in it: then it is a mistake of prt."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError
    from jinja2.exceptions import SecurityError

    if templates is None:
        return None
    if isinstance(error, TemplateSyntaxError):
        file = Path(error.filename or "")
        if not file.is_relative_to(templates):
            return None
        what = f"the template cannot be read: {error.message}"
        return Problem(Place(shown(file, templates), error.lineno or 1), what, f"Correct that line. {OURS}")
    place = place_of(error, templates)
    if place is None and isinstance(error, SecurityError):
        place = Place(f"templates/{name}")
    if place is None:
        return None
    if isinstance(error, TemplateNotFound):
        what = f'there is no template "{error.message}"'
        return Problem(place, what, f"prt templates list names those of prt; the prefix is shipped/. {OURS}")
    return Problem(place, f"the template stops: {said(error)}", f"{remedy(error)} {OURS}")


def place_of(error: Exception, templates: Path) -> Place | None:
    """The last line of the project's own templates that was at work."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(templates):
            return Place(shown(Path(frame.filename), templates), frame.lineno or 1)
    return None


def shown(file: Path, templates: Path) -> str:
    return f"templates/{file.relative_to(templates).as_posix()}"


def said(error: Exception) -> str:
    if isinstance(error, KeyError):
        word = str(error.args[0]) if error.args else ""
        return f"there is no word {word.rpartition('.')[0] or word}"
    if isinstance(error, RecursionError):
        return "a macro calls itself without end"
    if isinstance(error, MemoryError):
        return "it needs more memory than there is"
    return (str(error) or type(error).__name__).replace("prt.output.report.document.", "")


def remedy(error: Exception) -> str:
    from jinja2 import UndefinedError
    from jinja2.exceptions import SecurityError

    if isinstance(error, UndefinedError):
        return "What a report has stands in docs/templates.md: a name is misspelt, or is another."
    if isinstance(error, KeyError):
        return "The words of reports are those of words.yaml, such as report.outlook."
    if isinstance(error, SecurityError):
        return "Templates run in a sandbox, and only arrange what they get."
    return "Correct that line."
