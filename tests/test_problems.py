"""What was meant by a word that nothing has: offered where it is close, not where it is only alike."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from prt import problems
from prt.problems import Finding, FoundIn, Mistake, Place, Problem, first_of_each_kind
from prt.text import did_you_mean


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("workshp", ["workshop", "meeting"], "workshop"),
        ("EMBS", ["EMSB", "RSB"], "EMSB"),
        ("CHSSN", ["MCHN", "EMSB"], None),
        ("nowhere", ["hebrew", "sessions"], None),
        ("", ["workshop"], None),
    ],
)
def test_did_you_mean(word: str, known: list[str], meant: str | None) -> None:
    assert did_you_mean(word, known) == (f'Did you mean "{meant}"?' if meant else "")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("ecole", ["École", "Centre"], "École"),
        ("ATELIER OFFERT", ["Ateliers offerts"], "Ateliers offerts"),
        ("feedback_from", ["feedback-form"], "feedback-form"),
        ("emsb", ["EMSB", "RSB"], "EMSB"),
    ],
)
def test_a_word_is_offered_as_it_is_written(word: str, known: list[str], meant: str) -> None:
    assert did_you_mean(word, known) == f'Did you mean "{meant}"?'


def test_a_word_that_is_known_folded_is_offered_as_it_is_written() -> None:
    assert did_you_mean("ecol", ["ecole"], {"ecole": "École"}) == 'Did you mean "École"?'


def test_what_is_only_counted_is_not_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def words(topic: str) -> Mapping[str, str]:
        asked.append(topic)
        return {f"mistake.odd.{part}.en": f"{part} {{number}}" for part in ("what", "remedy")}

    monkeypatch.setattr(problems, "read_words", words)
    found = [
        FoundIn("a.csv", Finding(line, Mistake("odd", number=line), "warning")) for line in range(2, 1002)
    ]
    told = first_of_each_kind(found)
    assert asked == [] and len(told) == 1000
    assert told[0] == Problem(Place("a.csv", 2), "what 2", "remedy 2", "warning") and len(asked) == 2
    with pytest.raises(AttributeError):
        told[0].nothing  # noqa: B018
