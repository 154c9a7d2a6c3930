"""`prt open`: the page of the week, in the browser."""

from __future__ import annotations

from typing import Annotated

from prt.console import context
from prt.console.options import AsOfOption, ForceOption, LangOption, YearOption
from prt.console.screen import open_in_browser
from prt.console.signature import Option
from prt.files.outputs import check_output, write_changed
from prt.files.yaml.words import say_phrase
from prt.tasks.reports.make_week import keep_from_git, week_page, week_path
from prt.values import dataclass


@dataclass(frozen=True)
class OpenOptions:
    """What `prt open` is asked for."""

    published: Annotated[bool, Option("As the funder would see it: small groups withheld, no rows.")] = False
    as_of: AsOfOption = None
    force: ForceOption = False
    year: YearOption = None
    lang: LangOption = None


def open_(options: OpenOptions) -> None:
    """The page of the week in the browser: every target with its rows, what to do, who is missing."""
    language, opened = context.screen_language(options.lang), context.open_year(options.year)
    path = week_path(opened.project, options.published)
    check_output(opened.project, path, force=options.force)  # before a page is made for nothing
    evaluation = context.evaluated(opened, None, options.as_of)
    asked = {"as_of": options.as_of and evaluation.cut_off.isoformat(), "year": options.year}
    text = week_page(opened, evaluation, language, asked, options.published)
    written = write_changed(opened.project, path, text, marked=language, force=options.force)
    keep_from_git(opened.project, path)
    context.say(say_phrase("page_written" if written else "page_as_it_was", path=path))
    context.left_out_notice(opened)
    open_in_browser(path, "page")
