"""How a CSV file was written (encoding, delimiter, line ends), and one row written the same way."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from types import SimpleNamespace

from prt.text import compile_later
from prt.values import dataclass

MARKS = {"utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
NEW_FILES = "utf-8-sig"
"""The encoding of files that prt makes: a double click in Excel shows their accents."""
NOT_UTF8 = compile_later("[\udc80-\udcff]")
QUOTED = compile_later(r'"[^"]*("|$)')
NEED_QUOTES = '"\r\n'
SEP_LINE = compile_later(r'"?sep=([,;\t])"?', re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How one file is written; new rows are written the same way.

    A file with `;` comes from an Excel in Québec, which writes numbers as 1,25.
    """

    encoding: str = "utf-8"  # utf-8, utf-8-sig, cp1252, utf-16-le, utf-16-be
    delimiter: str = ","  # , or ; or TAB
    newline: str = "\n"  # or "\r\n"
    decimal_comma: bool = False

    def encode(self, text: str) -> bytes:
        """The bytes of text that is added to a file: no byte order mark. Raises UnicodeEncodeError."""
        return text.encode(codec(self.encoding))

    def size(self, text: str) -> int:
        """How many bytes of the file this text was read from, damaged bytes included."""
        return len(text.encode(codec(self.encoding), error_handler(self.encoding)))


def codec(encoding: str) -> str:
    """The encoding without its byte order mark."""
    return "utf-8" if encoding == "utf-8-sig" else encoding


def error_handler(encoding: str) -> str:
    """Bytes that are no character become lone surrogates: their line can be named and they can be kept."""
    return "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"


def byte_order_mark(raw: bytes, encoding: str) -> bytes:
    """The byte order mark at the beginning of a file, or nothing."""
    mark = MARKS.get(encoding, b"")
    return mark if raw.startswith(mark) else b""


def decode(raw: bytes) -> tuple[str, str]:
    """The text of any bytes, and its encoding."""
    try:
        encoding = guess_encoding(raw)
        return raw[len(byte_order_mark(raw, encoding)) :].decode(codec(encoding)), encoding
    except UnicodeDecodeError:
        return decode_damaged(raw)


def decode_damaged(raw: bytes) -> tuple[str, str]:
    """cp1252; or UTF with bytes that are not characters, such as a line cut inside an é."""
    encoding = guess_encoding(raw)
    if encoding == "utf-8" and not is_mostly_utf8(raw):
        encoding = "cp1252"
    body = raw[len(byte_order_mark(raw, encoding)) :]
    if encoding.startswith("utf-16") and len(body) % 2:  # half a character at the end
        return body[:-1].decode(codec(encoding), error_handler(encoding)) + "\udc80", encoding
    return body.decode(codec(encoding), error_handler(encoding)), encoding


def guess_encoding(raw: bytes) -> str:
    """The encoding that a byte order mark tells, else UTF-16 where NUL bytes alternate, else UTF-8."""
    for encoding, mark in MARKS.items():
        if raw.startswith(mark):
            return encoding
    first, second = raw[:400:2], raw[1:400:2]
    if second.count(0) > len(second) / 2 and not first.count(0):
        return "utf-16-le"
    if first.count(0) > len(first) / 2 and not second.count(0):
        return "utf-16-be"
    return "utf-8"


def is_mostly_utf8(raw: bytes) -> bool:
    """One damaged byte must not turn every é into Ã©, nor one odd pair of bytes a cp1252 file into UTF-8."""
    text = raw.decode("utf-8", "surrogateescape")
    damaged = len(NOT_UTF8.findall(text))
    return len(text) - len(text.encode("ascii", "ignore")) - damaged >= damaged


def guess_delimiter(header: str) -> str:
    """The delimiter that the header line uses most, outside quotation marks."""
    bare = QUOTED.sub("", header) if '"' in header else header
    return max((",", ";", "\t"), key=bare.count)


def declared_delimiter(line: str) -> str:
    """The `;` of a first line `sep=;`, which Excel understands; an empty string if the line is none."""
    declared = SEP_LINE.fullmatch(line.rstrip("\r\n")) if "=" in line else None
    return declared[1] if declared else ""


def header_newline(header: str) -> str:
    """The line end of the header. Those of other lines may be inside a cell, where Excel always writes LF."""
    return "\r\n" if header.endswith("\r\n") else "\n"


def ends_line(text: str) -> bool:
    return text.endswith(("\n", "\r"))


def split_lines(text: str) -> list[str]:
    """The physical lines with their ends, LF, CRLF or CR: what the csv module counts, and nothing else."""
    return list(io.StringIO(text, newline=""))


def line_ends(text: str) -> int:
    """How many physical lines end in a text."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def format_row(cells: Sequence[str], dialect: Dialect) -> str:
    """One record as text, with its line end.

    The csv module quotes a cell for the characters of its line terminator: both, so that no line end escapes.
    """
    return format_rows([cells], dialect)[0]


def format_rows(rows: Iterable[Sequence[str]], dialect: Dialect) -> list[str]:
    """Each record as `format_row` writes it. Where no cell needs quotation marks, they are only joined."""
    table = list(rows)
    joined = [*map(dialect.delimiter.join, table)]
    text, delimiters = "".join(joined), sum(map(len, table)) - len(table)
    is_plain = all(joined) and text.count(dialect.delimiter) == delimiters
    if is_plain and not any(sign in text for sign in NEED_QUOTES):
        return [line + dialect.newline for line in joined]
    found = list[str]()
    written = SimpleNamespace(write=found.append)
    csv.writer(written, delimiter=dialect.delimiter, lineterminator="\r\n").writerows(table)
    return [line[:-2] + dialect.newline for line in found]
