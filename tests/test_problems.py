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
