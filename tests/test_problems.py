"""What was meant by a word that nothing has: offered where it is close, not where it is only alike."""

from __future__ import annotations

import pytest

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
