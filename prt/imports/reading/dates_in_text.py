"""Dates inside a text: a title above a table, the name of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prt.imports.reading.dates import NAMED, NUMERIC, plain_text

PACKED = re.compile(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")


def dates_in(text: str) -> Iterator[str]:
    """`2025-01-22` of `Back_to_basics_20250122.csv`; `16 octobre 2024` as it is written."""
    plain = plain_text(PACKED.sub(r" \1-\2-\3 ", text.replace("_", " ")))
    for found in (*NUMERIC.finditer(plain), *NAMED.finditer(plain)):
        if not plain[: found.start()][-1:].isdigit():
            yield found[0]


def without_dates(text: str) -> str:
    """The other words."""
    plain = PACKED.sub(" ", text.replace("_", " "))
    return " ".join(NAMED_DAY.sub(" ", NUMERIC.sub(" ", plain)).split())


NAMED_DAY = re.compile(
    r"\b(?:[0-9]{1,2}(?:er)?[ -][a-zà-ÿ]{3,9}\.?|[a-zà-ÿ]{3,9}\.? [0-9]{1,2}),?[ -]20[0-9]{2}\b",
    re.IGNORECASE,
)
