"""Texts that hypothesis draws. Its own `text()` asks every sign whether UTF-8 has it: two seconds in a new clone."""

from __future__ import annotations

from hypothesis import strategies as st

SIGNS = st.characters(exclude_categories=["Cs"])
"""Every sign that can be written in UTF-8."""


def any_text(*, min_size: int = 0, max_size: int | None = None) -> st.SearchStrategy[str]:
    return st.text(SIGNS, min_size=min_size, max_size=max_size)
