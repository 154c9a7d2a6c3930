"""What tells a row of a sheet again, and sheets of one kind: digests of their texts."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from json.encoder import encode_basestring

from prt.text import fold_text

ENCODER = json.JSONEncoder(ensure_ascii=False)


def digest_rows(log: str, rows: Iterable[Mapping[str, str]]) -> list[str]:
    """What tells each row of a sheet again: a digest of its cells, and which of several equal rows it is."""
    return digest_texts(log, (", ".join(map(ENCODER.encode, sorted(cells.items()))) for cells in rows))


def digest_columns(log: str, columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The same of a table; an empty text is no cell."""
    encoded = []
    for name in sorted(columns):
        begins = f"[{encode_basestring(name)}, "
        known = {text: f"{begins}{encode_basestring(text)}], " for text in {*columns[name]}} | {"": ""}
        encoded.append(map(known.__getitem__, columns[name]))
    rows = map("".join, zip(*encoded, strict=True))
    return digest_texts(log, (cells.removesuffix(", ") for cells in rows))


def digest_texts(log: str, rows: Iterable[str]) -> list[str]:
    """By the cells of each row as JSON."""
    seen: dict[str, int] = defaultdict(int)
    found, begins = [], f"[{ENCODER.encode(log)}, ["
    for cells in rows:
        seen[cells] += 1
        found.append(digest_text(f"{begins}{cells}]]{seen[cells]}"))
    return found


def digest_headings(header: Iterable[str]) -> str:
    """The digest of the headings of a sheet, which does not depend on their order."""
    return digest_text(" ".join(sorted(map(fold_text, header))))


def digest_text(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:20]
