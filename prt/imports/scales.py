"""Answers as positive or not: known labels of both languages, numbers, or labels that somebody named.

Of five degrees the two highest are positive, and of numbers the highest fifth and what lies above it: 4 and 5
of 5, 8 to 10 of 10. A label that is not known is asked about, for a guess could flatter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from prt.model.cells import number
from prt.model.text import folded
from prt.problems import Mistake

POSITIVE = frozenset({
    "very satisfied", "satisfied", "extremely satisfied", "completely satisfied", "somewhat satisfied",
    "mostly satisfied", "strongly agree", "agree", "somewhat agree", "completely agree", "totally agree",
    "very useful", "useful", "extremely useful", "very helpful", "helpful", "extremely helpful",
    "very relevant", "relevant", "excellent", "very good", "good", "very positive", "positive", "yes",
    "very likely", "likely", "extremely likely",
    "tres satisfait", "satisfait", "extremement satisfait", "tout a fait satisfait", "plutot satisfait",
    "entierement satisfait", "fortement en accord", "en accord", "plutot en accord", "tout a fait en accord",
    "tout a fait d'accord", "d'accord", "plutot d'accord", "fortement d'accord", "entierement d'accord",
    "tres utile", "utile", "extremement utile", "tres pertinent", "pertinent", "excellente", "tres bien",
    "tres bon", "tres bonne", "bien", "bon", "bonne", "tres positif", "positif", "oui", "tres probable",
    "probable", "totalement d'accord", "totalement en accord",
})  # fmt: skip
OTHER = frozenset({
    "neutral", "neither satisfied nor dissatisfied", "neither agree nor disagree", "undecided", "unsure",
    "dissatisfied", "very dissatisfied", "somewhat dissatisfied", "extremely dissatisfied", "unsatisfied",
    "very unsatisfied", "not satisfied", "not satisfied at all", "not at all satisfied", "disagree",
    "strongly disagree", "somewhat disagree", "completely disagree", "totally disagree", "not useful",
    "not very useful", "not at all useful", "not helpful", "not very helpful", "not relevant",
    "not very relevant", "fair", "average", "poor", "very poor", "bad", "very bad", "negative",
    "very negative", "no", "unlikely", "very unlikely", "neither likely nor unlikely",
    "neutre", "ni satisfait ni insatisfait", "ni en accord ni en desaccord", "ni d'accord ni en desaccord",
    "insatisfait", "tres insatisfait", "plutot insatisfait", "peu satisfait", "pas satisfait",
    "pas du tout satisfait", "en desaccord", "plutot en desaccord", "fortement en desaccord",
    "tout a fait en desaccord", "totalement en desaccord", "pas d'accord", "plutot pas d'accord",
    "pas du tout d'accord", "peu utile", "pas utile", "pas du tout utile", "inutile", "peu pertinent",
    "pas pertinent", "passable", "moyen", "moyenne", "faible", "mauvais", "mauvaise", "tres mauvais",
    "mediocre", "negatif", "tres negatif", "non", "improbable", "peu probable", "tres improbable",
})  # fmt: skip
GENDERED = re.compile(
    r"\b((?:in)?satisfait|pertinent|positif|negatif)(?:\(e\)|·e|\.e|/e|e|\(es\)|\(ve\))?(?=$|\s)"
)
NUMBERED = re.compile(
    r"([0-9]+(?:[.,][0-9]+)?)(?: ?(?:/|sur|out of|of|de) ?([0-9]+))?(?:\s*[-–—:.=()]\s*(.*))?"
)
TOP = Fraction(4, 5)
LONGEST_SCALE = 10


@dataclass(frozen=True)
class Scale:
    """How labels are read; `named` are those that somebody called positive, else the known ones hold."""

    labels: tuple[str, ...]
    named: frozenset[str] = frozenset()
    highest: Fraction = Fraction(5)

    def is_positive(self, label: str) -> bool:
        return self.reading(label) is True

    def reading(self, label: str) -> bool | None:
        """Whether a label is positive; None if nobody knows."""
        if self.named:
            return folded(label) in self.named
        word = word_of(label)
        if word in POSITIVE | OTHER:
            return word in POSITIVE
        value, highest = number_of(word)
        if value is None or value > (highest or self.highest) or (highest or 0) > LONGEST_SCALE:
            return None
        return value >= TOP * (highest or self.highest)

    @property
    def unknown(self) -> list[str]:
        return [label for label in self.labels if self.reading(label) is None]

    @property
    def knows_all(self) -> bool:
        return bool(self.labels) and not self.unknown

    @property
    def has_numbers(self) -> bool:
        return not self.named and any(number_of(word_of(label))[0] is not None for label in self.labels)

    def refuse_unknown(self) -> None:
        if self.unknown:
            listed = ", ".join(f'"{label}"' for label in self.unknown[:8])
            what = f"is {listed} positive?" if len(self.unknown) == 1 else f"which of {listed} are positive?"
            raise Mistake(what, f'Name every positive answer: --positive "{example(self.labels)}".')


def example(labels: Iterable[str]) -> str:
    return "; ".join(list(labels)[:2])


def scale_of(labels: Iterable[str], positive: str, highest: Fraction | None) -> Scale:
    """The scale of these answers. `positive` names labels, separated by `;` or by commas."""
    different = tuple(dict.fromkeys(labels))
    named = named_labels(positive, different) if positive.strip() else frozenset[str]()
    values = [value for label in different if (value := number_of(word_of(label))[0]) is not None]
    if highest is None:
        highest = Fraction(10 if any(5 < value <= LONGEST_SCALE for value in values) else 5)
    return Scale(different, named, highest)


def named_labels(positive: str, labels: Iterable[str]) -> frozenset[str]:
    """Refused if no answer has any of the labels: all would count as not positive."""
    known = {folded(label) for label in labels}
    whole = frozenset(folded(part) for part in positive.split(";") if part.strip())
    parts = frozenset(folded(part) for part in re.split("[;,]", positive) if part.strip())
    found = whole if whole & known else parts
    if known and not found & known:
        raise Mistake(f'no answer is "{positive}"', f"Answers: {', '.join(sorted(known))[:400]}.")
    return found


def word_of(label: str) -> str:
    """`5 – Très satisfait(e)` is `tres satisfait`; a number alone stays."""
    word = folded(label).strip(" .!*★⭐")
    numbered = NUMBERED.fullmatch(word)
    if numbered and numbered[3] and numbered[3].strip(" )"):
        word = numbered[3].strip(" )")
    return GENDERED.sub(r"\1", word)


def number_of(word: str) -> tuple[Fraction | None, Fraction | None]:
    """A number, and what it is out of where that is said: `4/5`."""
    found = NUMBERED.fullmatch(word)
    if not found or (found[3] or "").strip(" )"):
        return None, None
    try:
        return number(found[1]), number(found[2]) if found[2] else None
    except Mistake:
        return None, None
