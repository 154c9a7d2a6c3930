"""The digest of the rows and the plan that a report was made from, as it stands on its cover.

It is of values, not of bytes: line ends, delimiters, encodings, the order of files, rows and columns, and how
a number is written (9, 9.0, 9,0) are none of it, as they are no change to a merge, and neither is the
language of the report. So a submission can be compared with its paper.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from prt.files.csv.dialect import decode
from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.project import Project
from prt.files.store.disk import is_file
from prt.model.records import LOGS, ROSTERS, Correction
from prt.problems import Mistake, errors
from prt.text import convert_texts, normal_text

NOTHING: Mapping[str, bytes] = MappingProxyType({})
PRINTED = 16
"""How many of the 64 hexadecimal digits a report prints, in groups of four."""
FEWEST = 4
"""The fewest digits of its digest by which a submission may be asked for."""
MISREAD = str.maketrans("oil", "011")
"""Letters that somebody may read for digits on paper; no hexadecimal digit is one of them."""


def rows_digest(project: Project, year: str, coming: Mapping[str, bytes] = NOTHING) -> str:
    """SHA-256 of the plan of a year, of its logs, of people, organisations and corrections, as 64 digits.

    `coming` are files by their path in the project that are about to be others. Raises OSError.
    """
    plan = f"plan/{year}.yaml"
    tables = {log: f"data/{year}/{log}.csv" for log in (*LOGS, Correction.log)}
    tables |= {name: f"data/{name}.csv" for name in ROSTERS}
    whole = [f"plan {text_digest(coming[plan] if plan in coming else plan_bytes(project, plan))}"]
    for name, inside in sorted(tables.items()):
        path = project.root / inside
        file = parse_csv(coming[inside], path, inside) if inside in coming else project.read_csv(path)
        whole.append(f"{name} {table_digest(file, number_columns(name))}")
    return hashlib.sha256("\n".join(whole).encode()).hexdigest()


def plan_bytes(project: Project, plan: str) -> bytes:
    path = project.root / plan
    return project.cache.read_bytes(path) if is_file(path) else b""


def text_digest(data: bytes) -> str:
    """The digest of a text, whatever its encoding and its line ends."""
    return hashlib.sha256("\n".join(decode(data)[0].splitlines()).encode(errors="surrogatepass")).hexdigest()


def number_columns(table: str) -> frozenset[str]:
    """The columns of numbers."""
    model = Correction if table == Correction.log else (LOGS | ROSTERS)[table]
    return frozenset(one.name for one in model.columns() if one.cell.numeric)


def table_digest(file: CsvFile, numbers: Collection[str] = ()) -> str:
    """The digest of all cells that say something; of the text, if some rows cannot be read."""
    if errors(file.problems):
        return text_digest(file.raw)
    columns = sorted((name, texts) for name, texts in file.texts.items() if name)
    told = [
        texts.spread(convert_texts(texts.texts, partial(told_texts, name, name in numbers)))
        for name, texts in columns
    ]
    rows = sorted([row[:-1] for row in map("".join, zip(*told, strict=True))])
    return hashlib.sha256("\x1e".join(rows).encode(errors="surrogatepass")).hexdigest()


def told_texts(name: str, is_number: bool, texts: Sequence[str]) -> Sequence[str]:
    """What a digest is made of for the texts of one column: its name, what it says, and a sign that ends it;
    nothing of an empty text."""
    said = [text.strip() for text in texts]
    if is_number:
        said = list(map(normal_text, said))
    if "\r\n" in "".join(said):
        said = [text.replace("\r\n", "\n") for text in said]
    return [text and f"{name}={text}\x1f" for text in said]


def printed_digest(digest: str) -> str:
    """As people read it, and type it: `7F3A-91C0-2BE4-D05A`; "" of none."""
    return "-".join(re.findall("....", digest[:PRINTED].upper()))


def typed_digest(text: str) -> str:
    """The digits of a digest as somebody typed them from a paper: small letters, spaces, its beginning alone.

    Raises Mistake where that cannot be one.
    """
    found = re.sub(r"[\W_]", "", text).lower().translate(MISREAD)
    if not re.fullmatch(rf"[0-9a-f]{{{FEWEST},64}}", found):
        raise Mistake("no_digest", text=text, such=printed_digest("7f3a91c02be4d05a"), least=FEWEST)
    return found
