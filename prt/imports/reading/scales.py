"""Answers as positive or not: known labels of both languages, numbers, or labels that somebody named.

Of five degrees the two highest are positive, and of numbers the highest fifth and what lies above it: 4 and 5
of 5, 8 to 10 of 10. A label that is not known is asked about, for a guess could flatter. Words of somebody's
own, which may name people, are never kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from prt.imports.reading.labels import (
    NO_ANSWER_LABELS,
    NUMBERED_LABEL,
    Polarity,
    is_agreement,
    label_word,
    read_degree,
)
from prt.model.cells import number
from prt.problems import Mistake
from prt.text import compile_later, fold_text
from prt.values import dataclass, field, replace

TOP_SHARE = Fraction(4, 5)
LONGEST_SCALE = 10
AMBIGUOUS_NUMBER = 5
"""Numbers up to this one may be of 1 to 5 as of 0 to 10."""
OWN_WORDS = "other"
"""What is kept of an answer in words of its own, which may name somebody."""
LONGEST_LABEL, MOST_LABEL_WORDS = 40, 6
LONGEST_SHOWN = 60
QUOTED_LABEL = compile_later(r'"([^"]*)"|([^;"]+)')

LabelReading = Literal["yes", "no", "none"]
"""Positive, not positive, not an answer."""
READING_COLUMNS: dict[LabelReading, str] = {"yes": "positive", "no": "not_positive", "none": "no_opinion"}
"""The option, and the column of imports.csv, that says which labels are read so."""


@dataclass(frozen=True)
class ScaleHints:
    """What somebody said of the labels of a question. The texts are those of the options, labels separated
    by `;`; `before` has what was said of the same question earlier, by folded label, and `answered` what
    somebody answered when asked about one."""

    positive: str = ""
    not_positive: str = ""
    no_opinion: str = ""
    highest: str = ""
    before: Mapping[str, LabelReading] = field(default_factory=dict)
    answered: Mapping[str, LabelReading] = field(default_factory=dict)

    def text(self, reading: LabelReading) -> str:
        return {"yes": self.positive, "no": self.not_positive, "none": self.no_opinion}[reading]


class UnknownLabels(Mistake):
    """The mistake that nobody can say how these labels are read."""

    def __init__(self, mistake: Mistake, labels: Sequence[str]) -> None:
        super().__init__(mistake.code, **mistake.values)
        self.labels = labels


@dataclass(frozen=True)
class Scale:
    """How labels are read; `counts` says how many gave each.

    `told` is what somebody said of labels for this file. Where that names the positive ones it decides
    alone; else what was said `before`, and `answered` label by label, is added to what is known. `highest`
    is None where nothing tells it.
    `polarity` is that of the question: agreeing counts by itself only where it is known to be praise, and
    numbers only where it is not known to be blame.
    """

    counts: Mapping[str, int]
    told: Mapping[str, LabelReading] = field(default_factory=dict)
    before: Mapping[str, LabelReading] = field(default_factory=dict)
    highest: Fraction | None = Fraction(5)
    polarity: Polarity = "praise"
    answered: Mapping[str, LabelReading] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.counts)

    @property
    def decides(self) -> bool:
        """Are the positive labels named?"""
        return "yes" in self.told.values()

    def is_positive(self, label: str) -> bool:
        return self.reading(label) == "yes"

    def reading(self, label: str) -> LabelReading | None:
        """How a label is read; None if nobody knows."""
        word = label_key(label)
        if said := self.told.get(word) or self.answered.get(word):
            return said
        if word in NO_ANSWER_LABELS or self.before.get(word) == "none":
            return "none"
        if self.combines(word):
            return None
        if self.decides:
            return "no"
        return self.before.get(word) or self.known_reading(label)

    def combines(self, word: str) -> bool:
        """Is it several choices of a list, one of them named as positive?"""
        parts = [part.strip() for part in re.split("[;,]", word)]
        return len(parts) > 1 and any(self.told.get(part) == "yes" for part in parts)

    def known_reading(self, label: str) -> LabelReading | None:
        """How both languages read it, or its number."""
        word = label_word(label)
        if self.polarity != "praise" and is_agreement(word):
            return None
        if degree := read_degree(label):
            return degree
        value, out_of = parse_label_number(word)
        highest = out_of or self.highest
        if (
            self.polarity == "blame"
            or value is None
            or highest is None
            or value > highest
            or highest > LONGEST_SCALE
        ):
            return None
        return "yes" if value >= TOP_SHARE * highest else "no"

    def stored_label(self, label: str) -> str:
        """The text to store: a label of the scale; for somebody's own words only that they were an answer."""
        if self.reading(label) == "none":
            return ""
        word = label_key(label)
        on_scale = word in {*self.told, *self.before} or self.known_reading(label) is not None
        answered = word in self.answered and is_short_label(label)
        return label if on_scale or answered or self.is_label(label) else OWN_WORDS

    def is_label(self, label: str) -> bool:
        """A short text that several gave is a choice of the form."""
        return is_short_label(label) and self.counts.get(label, 0) > 1

    @property
    def unknown(self) -> list[str]:
        return [label for label in self.labels if self.reading(label) is None]

    @property
    def knows_all(self) -> bool:
        return bool(self.labels) and not self.unknown

    @property
    def has_numbers(self) -> bool:
        return not self.decides and any(map(is_number_label, self.labels))

    @property
    def usually_positive(self) -> list[str]:
        """Labels that are known as positive, and that are not among those named for this file."""
        return [one for one in self.labels if self.known_reading(one) == "yes" and self.reading(one) == "no"]

    def remembered_cells(self) -> dict[str, str]:
        """What somebody said, as cells of imports.csv; known labels stay what they are elsewhere."""
        other = {
            label_key(label): "no"
            for label in self.unknown_elsewhere()
            if self.decides and self.stored_label(label) == label
        }
        answered = {word: reading for word, reading in self.answered.items() if is_short_label(word)}
        said = {**other, **answered, **self.told}
        found = {
            column: "; ".join(sorted(quote_label(word) for word in said if said[word] == reading))
            for reading, column in READING_COLUMNS.items()
        }
        return {column: text for column, text in found.items() if text}

    def unknown_elsewhere(self) -> list[str]:
        """Labels that are not positive only because others are named."""
        return [one for one in self.labels if self.reading(one) == "no" and self.known_reading(one) is None]

    def refuse_unknown(self) -> None:
        if not self.unknown:
            return
        if self.polarity != "praise" and (agreeing := self.unsure):
            asked, answers = quote_labels(agreeing), quote_labels(self.labels)
            praise = Mistake("is_agreeing_praise", asked=asked, example=agreeing[0], answers=answers)
            raise UnknownLabels(praise, agreeing)
        if self.highest is None and any(map(is_number_label, self.unknown)):
            raise Mistake("scale_of_5_or_10", answers=quote_labels(self.labels))
        raise UnknownLabels(self.unknown_mistake(), self.unknown)

    @property
    def unsure(self) -> list[str]:
        """Labels that would be known if the question were known to ask for praise."""
        plain = replace(self, polarity="praise")
        return [label for label in self.unknown if plain.reading(label) is not None]

    def unknown_mistake(self) -> Mistake:
        """Which answers nobody knows; of several choices that stand in one answer, how they are named."""
        asked, answers = quote_labels(self.unknown[:8]), quote_labels(self.labels)
        values = {"asked": asked, "example": self.example(), "answers": answers}
        combined = next((one for one in self.unknown if self.combines(label_key(one))), "")
        if combined and len(self.unknown) == 1:
            return Mistake("is_choices_positive", **values, combined=combined)
        if combined:
            return Mistake("which_choices_positive", **values, combined=combined)
        if len(self.unknown) == 1:
            return Mistake("is_it_positive", **values)
        return Mistake("which_are_positive", **values)

    def example(self) -> str:
        """What may follow --positive: the answers that are known as positive, and more."""
        known = [one for one in self.labels if self.known_reading(one) == "yes"]
        return "; ".join([*known, "…"]) if known else "…; …"


def is_short_label(label: str) -> bool:
    return len(label) <= LONGEST_LABEL and len(label.split()) <= MOST_LABEL_WORDS and "@" not in label


def quote_labels(labels: Iterable[str]) -> str:
    return ", ".join(
        f'"{label if len(label) <= LONGEST_SHOWN else label[:LONGEST_SHOWN] + "…"}"' for label in labels
    )


def make_scale(
    labels: Iterable[str], said: ScaleHints, highest: Fraction | None, polarity: Polarity = "praise"
) -> Scale:
    """The scale of these answers; `highest` is what the question says. Raises Mistake for a label that
    nobody gave, and for a scale that is none."""
    counts = Counter(labels)
    found = parse_highest(said.highest) or highest
    values = [value for label in counts if (value := parse_label_number(label_word(label))[0]) is not None]
    if found is None and any(AMBIGUOUS_NUMBER < value <= LONGEST_SCALE for value in values):
        found = Fraction(LONGEST_SCALE)
    told: dict[str, LabelReading] = {}
    for reading in ("yes", "no", "none"):
        told |= dict.fromkeys(parse_named_labels(said.text(reading), counts), reading)
    return Scale(counts, told, said.before, found, polarity, said.answered)


def parse_highest(text: str) -> Fraction | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and 2 <= int(text[:3]) <= LONGEST_SCALE:
        return Fraction(int(text))
    raise Mistake("not_a_scale", text=text)


def parse_named_labels(text: str, labels: Iterable[str]) -> frozenset[str]:
    """The labels of an option. Refused if no answer has any of them: all would count as not positive."""
    known = {label_key(label) for label in labels}
    whole = split_labels(text)
    parts = frozenset(label_key(part) for part in re.split("[;,]", text.replace('"', "")) if part.strip())
    found = whole if whole & known else parts
    if known and found and not found & known:
        raise Mistake("unknown_answer", text=text, answers=", ".join(sorted(known))[:400])
    return found


def split_labels(text: str) -> frozenset[str]:
    """Labels separated by `;`; one that has a `;` itself stands in quotation marks."""
    found = (quoted or plain for quoted, plain in QUOTED_LABEL.findall(text))
    return frozenset(label_key(part) for part in found if part.strip())


def quote_label(word: str) -> str:
    return f'"{word}"' if ";" in word else word


def label_key(label: str) -> str:
    """A label as it is compared: several choices with the same sign between them."""
    return "; ".join(part.strip() for part in fold_text(label).split(";") if part.strip())


def is_number_label(label: str) -> bool:
    return parse_label_number(label_word(label))[0] is not None


def parse_label_number(word: str) -> tuple[Fraction | None, Fraction | None]:
    """A number, and what it is out of where that is said: `4/5`."""
    found = NUMBERED_LABEL.fullmatch(word)
    if not found or (found[3] or "").strip(" )"):
        return None, None
    try:
        return number(found[1]), number(found[2]) if found[2] else None
    except Mistake:
        return None, None
