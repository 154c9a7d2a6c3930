"""A report as Markdown or HTML: the templates arrange it, and no user text ever acts as markup.

Templates of the project come before ours, and run in a sandbox. The same report gives the same bytes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prt.files.templates import template_loader
from prt.output.document import Report
from prt.output.words import Words
from prt.problems import Place, Problem, PrtError

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

SPACES = re.compile(r"[^\S\u00a0\u202f]+")
MARKUP = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)|^[#=+-](?=[#=\s-]|$)|(?<=^\d)[.)](?=\s)")
SHORTCODE = re.compile(r":(?=[a-z_+-][a-z0-9_+-]*:)")
BLANK_LINES = re.compile(r"\n{3,}")
LINK = re.compile(r"https?://[^\s<>\"]+")


def markdown(report: Report, words: Words, templates: Path | None = None) -> str:
    """`templates` is the project's own folder of templates, if it has one."""
    from markupsafe import Markup

    def escaped(value: Any) -> Any:
        return value if hasattr(value, "__html__") else Markup(as_markdown(str(value)))

    return BLANK_LINES.sub("\n\n", rendered("report.md.j2", report, words, templates, finalize=escaped))


def html(report: Report, words: Words, templates: Path | None = None) -> str:
    return rendered("report.html.j2", report, words, templates)


def rendered(name: str, report: Report, words: Words, templates: Path | None, **options: Any) -> str:
    """The text of one template; a mistake in it, which can only be the project's, says where it is."""
    from jinja2 import TemplateError, TemplateSyntaxError

    environment = environment_of(templates, **options)
    try:
        text = environment.get_template(name).render(report=report, words=words)
    except TemplateSyntaxError as error:
        place = Place(f"templates/{error.name or name}", error.lineno)
        raise PrtError(Problem(place, f"the template cannot be read: {error.message}", REMEDY)) from None
    except (TemplateError, LookupError, TypeError, ValueError, ArithmeticError) as error:
        what = f"the template stops: {error}"
        raise PrtError(Problem(Place(f"templates/{name}"), what, REMEDY)) from error
    return text.strip("\n") + "\n"


REMEDY = "Correct it, or remove it from the project's templates/ to use the one of prt."


def environment_of(templates: Path | None, **options: Any) -> SandboxedEnvironment:
    """Strict and in a sandbox; everything is escaped, in Markdown by `finalize`."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        loader=template_loader(templates),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    environment.filters["is_link"] = is_link
    return environment


def is_link(text: str) -> bool:
    return LINK.fullmatch(text) is not None


def as_markdown(text: str) -> str:
    """One line of text in which no character is markup; a web address becomes a link."""
    line = SPACES.sub(" ", text).strip(" ")
    if is_link(line):
        return f"<{line.replace('|', '%7C').replace('`', '%60')}>"
    return unmarked(line)


def unmarked(text: str) -> str:
    """The text with every character escaped that could be markup."""
    return SHORTCODE.sub(":\u2060", MARKUP.sub(r"\\\g<0>", text))
