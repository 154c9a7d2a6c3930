"""The notice for those whose information is kept: what, why, where, how long, whom to ask (Law 25, s. 8)."""

from __future__ import annotations

from collections.abc import Iterator

from prt.model.columns import Record
from prt.model.plan import Plan
from prt.model.records import LOGS, PersonRecord
from prt.output.listings import capital
from prt.output.numbers import day_text, join_phrases
from prt.output.words import Words
from prt.values import dataclass

BESIDE = ("id", "note", "evidence", "session", "request", "staff", "person")
"""Columns that say nothing of the person, or who it is."""


@dataclass(frozen=True)
class Part:
    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """The notice in one language."""

    title: str
    parts: tuple[Part, ...]


def notice(plan: Plan, words: Words) -> Notice:
    """What the logs and the plan's own settings say, and nothing that they do not."""
    title = words("notice.title", plan=" ".join(plan.title.to(words.language)))
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
    yield words("notice.posts", columns=columns(PersonRecord, words))
    for log, model in LOGS.items():
        if set(model.person_columns()) - {"staff"}:
            yield words("notice.rows", log=words(f"log.{log}"), columns=columns(model, words))
    yield words("notice.feedback")
    for audience in plan.privacy.headcount_only:
        yield words("notice.heads", audience=capital(words.value("sessions", "audience", audience)))


def columns(model: type[Record], words: Words) -> str:
    names = [one.name for one in model.columns() if one.name not in BESIDE]
    return join_phrases([words.column_name(model.log, name) for name in names], words.language)
