"""What tells a row of a sheet again, and sheets of one kind: digests of their texts."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat
from json.encoder import encode_basestring

from prt.text import convert_texts, fold_text

ENCODER = json.JSONEncoder(ensure_ascii=False)


def digest_rows(log: str, rows: Iterable[Mapping[str, str]]) -> list[str]:
    """What tells each row of a sheet again: a digest of its cells, and which of several equal rows it is."""
    return digest_texts(log, [", ".join(map(ENCODER.encode, sorted(cells.items()))) for cells in rows])


def digest_columns(log: str, columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The digest of each row of a table, given by column; an empty text is no cell."""
    encoded = (convert_texts(columns[name], partial(encode_cells, name)) for name in sorted(columns))
    return digest_texts(log, [cells[:-2] for cells in map("".join, zip(*encoded, strict=True))])


def encode_cells(name: str, texts: Iterable[str]) -> list[str]:
    """Each cell of a column as JSON, with a comma behind it; "" of an empty one."""
    begins = f"[{encode_basestring(name)}, "
    return [f"{begins}{encode_basestring(text)}], " if text else "" for text in texts]


def digest_texts(log: str, rows: Sequence[str]) -> list[str]:
    """The digest of each row, of which the cells are given as JSON."""
    numbers = repeat(1) if len({*rows}) == len(rows) else count_equal(rows)
    begins = f"[{ENCODER.encode(log)}, ["
    return [digest_text(f"{begins}{cells}]]{number}") for cells, number in zip(rows, numbers, strict=False)]


def count_equal(rows: Iterable[str]) -> Iterator[int]:
    """Which of those that are equal each row is, from 1."""
    seen: dict[str, int] = defaultdict(int)
    for cells in rows:
        seen[cells] += 1
        yield seen[cells]


def digest_headings(header: Iterable[str]) -> str:
    """The digest of the headings of a sheet, which does not depend on their order."""
    return digest_text(" ".join(sorted(map(fold_text, header))))


def digest_text(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:20]
