"""How many targets stand where: the same words on the screen and in a report."""

from __future__ import annotations

from collections.abc import Mapping

from prt.figures.status import Word
from prt.output.words import Words

ORDER: tuple[Word, ...] = ("met", "on_track", "at_risk", "behind", "not_due", "no_data")
AT_END: dict[Word, str] = {"at_risk": "partly_met", "behind": "not_met"}


def called(word: Word, at_end: bool) -> str:
    """When the year is over, *at risk* is *partly met* and *behind* is *not met*."""
    return AT_END.get(word, word) if at_end else word


def tallied(words: Words, counts: Mapping[Word, int], at_end: bool) -> list[tuple[Word, str]]:
    """`3 met`, `11 on track`: those that there are, in order."""
    return [
        (word, words.counted(f"tally.{called(word, at_end)}", counts[word])) for word in ORDER if counts[word]
    ]
