"""`prt privacy notice`: one page for those whose information is kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.options import ForceOption, YearOption
from prt.console.screen import print_text
from prt.console.signature import Option
from prt.files.outputs import write_output
from prt.model.text import LANGUAGES
from prt.output import notice as notices
from prt.output.renderers.markdown import render_markdown
from prt.output.words import Words

BOTH = Annotated[
    str | None, Option("One language; default: both, on one page.", name="--lang", metavar="en|fr")
]


Output = Annotated[
    str | None, Option("A file such as notice.md.", name="--output", short="-o", metavar="FILE")
]


def notice(
    lang: BOTH = None, output: Output = None, force: ForceOption = False, year: YearOption = None
) -> None:
    """One page for those whose information is kept: what, where, how long, whom to ask."""
    opened = context.open_year(year, logs=())
    languages = (context.language(lang),) if lang else LANGUAGES
    words = [Words(language, opened.plan, opened.data.organisations) for language in languages]
    own = opened.project.root / "templates"
    found = tuple(notices.notice(opened.plan, one) for one in words)
    text = render_markdown(found, words[0], own if own.is_dir() else None, "notice.md.j2")
    if output:
        write_output(opened.project, Path(output), text, force=force)
        context.say(f"Notice: {output}")
    else:
        print_text(text)
