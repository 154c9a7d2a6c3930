"""Which indicators words mean: by what the plan calls them, in either language."""

from __future__ import annotations

from prt.entry.lexicon import word_key
from prt.model.plan import Plan, handle
from prt.model.text import LANGUAGES


def indicators_called(plan: Plan, text: str) -> list[str]:
    """The indicators that have this label, behind the name too; else those whose label has each word, or
    one that begins so. A line may stand among the words: `1.1 positive`."""
    lines = {line.id for line in plan.lines()} & {*text.split()}
    wanted = word_key(" ".join(word for word in text.split() if word not in lines))
    known = [
        (handle(line, one), word_key(one.label.to(language)))
        for language in LANGUAGES
        for _, line, one in plan.indicators()
        if lines <= {line.id}
    ]
    whole = [name for name, label in known if wanted in (label, word_key(f"{name} {label}"))]
    begun = [name for name, label in known if wanted and has_words(label.split(), wanted.split())]
    return list(dict.fromkeys(whole or begun))


def has_words(label: list[str], wanted: list[str]) -> bool:
    """Does each word begin one of the label?"""
    return all(any(one.startswith(word) for one in label) for word in wanted)
