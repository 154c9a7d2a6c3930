"""Tables as the bytes of a file: CSV as different programs write it, and a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from zipfile import ZipFile, ZipInfo

from openpyxl import Workbook

SAVED_AT = b"2025-07-02T12:00:00Z"


def encode_csv(rows: Iterable[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def encode_workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet; the same rows make the same bytes."""
    book, raw = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append(row)
    book.save(raw)
    return remove_clock(raw)


def remove_clock(raw: io.BytesIO) -> bytes:
    """The workbook without the moments when its parts were written."""
    out = io.BytesIO()
    with ZipFile(raw) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = ZipInfo(name)
            part.create_system = 0
            new.writestr(part, re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", SAVED_AT, old.read(name)))
    return out.getvalue()
