"""Tables as the bytes of a file: CSV as different programs write it, and a workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from zipfile import ZipFile, ZipInfo

from openpyxl import Workbook

SAVED = b"2025-07-02T12:00:00Z"


def csv_bytes(rows: Iterable[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet; the same rows make the same bytes."""
    book, raw = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append(row)
    book.save(raw)
    return without_clock(raw)


def without_clock(raw: io.BytesIO) -> bytes:
    """The workbook without the moments when its parts were written."""
    out = io.BytesIO()
    with ZipFile(raw) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = ZipInfo(name)
            part.create_system = 0
            new.writestr(part, re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", SAVED, old.read(name)))
    return out.getvalue()
