"""Logs by any word for their rows, in either language."""

from __future__ import annotations

from contextlib import suppress

from prt import spoken
from prt.console.dialogue.inquiry import Choice, NoChoice, pick_choice
from prt.files.yaml.words import kind_word, read_topic
from prt.model.records import LOGS, hours_logs, row_kinds, row_words
from prt.model.text import LANGUAGES, Language
from prt.problems import Mistake, PrtError
from prt.text import before_more, did_you_mean, singular


def find_logs(kind: str) -> tuple[str, ...]:
    """The logs of a kind, by its word in either language, one or several, or a beginning: of hours there are
    two. A log may be named itself, or by what its rows are called."""
    found = logs_by_word()
    choices = [
        Choice(logs, [form for word in words for form in (word, singular(word))], words[0])
        for logs, words in found.items()
    ]
    try:
        for typed in (kind, singular(kind)) if kind else ():
            with suppress(NoChoice):
                return pick_choice(typed, choices)
    except Mistake as several:
        raise PrtError(several, code=2) from None
    if not kind:
        raise PrtError(Mistake("kind_needed", known=known_kinds()), code=2)
    hint = before_more(did_you_mean(kind, [word for words in found.values() for word in words]))
    raise PrtError(Mistake("no_kind", kind=kind, hint=hint, known=known_kinds()), code=2)


def known_kinds() -> str:
    """The words for rows, as the screen says them."""
    return ", ".join(kind_word(one) for one in ("hours", *row_kinds()))


def logs_by_word() -> dict[tuple[str, ...], list[str]]:
    """Every word for the rows of logs, in both languages; what the screen calls them stands first."""
    hours = tuple(model.log for model in hours_logs())
    found: dict[tuple[str, ...], list[str]] = {hours: []}
    found |= {(log,): [*(say_rows(log, one) for one in languages()), log] for log in LOGS}
    kinds: dict[str, tuple[str, ...]] = {word: (log,) for word, log in row_words().items()}
    kinds["hours"] = hours
    for kind, logs in kinds.items():
        found[logs] += [*(kind_word(kind, one) for one in languages()), kind]
    return found


def languages() -> list[Language]:
    """Both languages, that of the person first."""
    return sorted(LANGUAGES, key=lambda one: one != spoken.language)


def say_rows(log: str, language: str) -> str:
    return read_topic("log")[f"log.{log}.{language}"]
