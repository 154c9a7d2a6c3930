"""`prt privacy notice`: one page for those whose information is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.options import ForceOption, YearOption
from prt.console.screen import print_text
from prt.console.signature import Option
from prt.files.outputs import write_output
from prt.files.trace.disk_questions import is_folder
from prt.model.columns import Record
from prt.model.plan import Plan
from prt.model.records import LOGS, PersonRecord
from prt.model.text import LANGUAGES
from prt.output.listings import capital
from prt.output.numbers import day_text, join_phrases
from prt.output.renderers.markdown import render_markdown
from prt.output.words import Words
from prt.values import dataclass


@dataclass(frozen=True)
class Part:
    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """The notice in one language."""

    title: str
    parts: tuple[Part, ...]


def make_notice(plan: Plan, words: Words) -> Notice:
    """What the logs and the plan's own settings say, and nothing that they do not."""
    title = words("notice.title", plan=plan.title.as_one(words.language))
    privacy, number = plan.privacy, str(plan.privacy.smallest_group)
    day = privacy.keep_names_until
    until = words("notice.until", day=day_text(day, words.language)) if day else words("notice.no_date")
    contact = privacy.contact.to(words.language) if privacy.contact else words("notice.no_contact")
    return Notice(
        title,
        (
            Part(words("notice.why"), (words("notice.purpose", funder=plan.funder.name),)),
            Part(words("notice.kept"), tuple(list_kept(plan, words))),
            Part(words("notice.where"), (words("notice.place"),)),
            Part(words("notice.who"), (words("notice.readers", n=number),)),
            Part(words("notice.long"), (until,)),
            Part(words("notice.rights"), (words("notice.may"), words("notice.ask", contact=contact))),
        ),
    )


def list_kept(plan: Plan, words: Words) -> Iterator[str]:
    """From the declarations of the logs: every one that has a column for a person."""
    yield words("notice.names")
    yield words("notice.posts", columns=name_columns_of(PersonRecord, words))
    for model in map(plan.record_of, LOGS):
        if model.about_columns():
            yield words("notice.rows", log=words(f"log.{model.log}"), columns=name_columns_of(model, words))
    yield words("notice.feedback")
    for audience in plan.privacy.headcount_only:
        yield words("notice.heads", audience=capital(words.value("sessions", "audience", audience)))


def name_columns_of(model: type[Record], words: Words) -> str:
    naming = {*model.row_columns(), *model.person_columns()}
    names = [one.name for one in model.columns() if not one.is_beside and one.name not in naming]
    return join_phrases([words.column_name(model.log, name) for name in names], words.language)


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
    found = tuple(make_notice(opened.plan, one) for one in words)
    text = render_markdown(found, words[0], own if is_folder(own) else None, "notice.md.j2")
    if output:
        write_output(opened.project, Path(output), text, marked=words[0].language, force=force)
        context.say(f"Notice: {output}")
    else:
        print_text(text)
