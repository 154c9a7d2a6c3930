"""Verbs for exports: a text or bytes are read as `prt import` reads them; what was read is drawn as lines."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from prt.files.workbook.grid import grids_of
from prt.imports.export import Answer, CalendarEvent, Export, Grid, Presence, ReadingHints
from prt.imports.reading.codes import Codes
from prt.imports.sources import registry
from prt.model.cells import Known

BOARDS = {
    "etsb": "ETSB",
    "lbpsb": "LBPSB",
    "eastern townships school board": "ETSB",
    "css du littoral": "CSSL",
}
CODES = Codes(Known(organisations=BOARDS))
"""The roles of prt, and a few boards."""


def grid(raw: str | bytes, name: str = "file.csv") -> Grid:
    """The only table of a file."""
    grids, problems = grids_of(raw.encode() if isinstance(raw, str) else raw, name)
    assert len(grids) == 1, problems
    return grids[0]


def read(
    raw: str | bytes,
    on: str = "",
    day_first: bool | None = None,
    as_: str | None = None,
    name: str = "file.csv",
) -> Export:
    """What a file says; `on` is the day of its session."""
    hints = ReadingHints(dt.date.fromisoformat(on) if on else None, day_first, group=CODES.group)
    return registry.read_export(grid(raw, name), hints, as_)


def tabs(table: str) -> str:
    """A table drawn with `|`, with a TAB between its cells."""
    lines = table.strip("\n").splitlines()
    return "".join("\t".join(cell.strip() for cell in line.split("|")) + "\r\n" for line in lines)


def commas(table: str) -> str:
    """The same as Excel saves it: cells with commas in quotation marks, rows padded to one length."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip("\n").splitlines()]
    widest = max(map(len, rows))
    quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows]
    return "".join(",".join(row + [""] * (widest - len(row))) + "\r\n" for row in quoted)


def minutes(value: Fraction | None) -> str:
    """`93 1/60`"""
    if value is None:
        return "-"
    whole, rest = divmod(value, 1)
    return f"{whole} {rest}" if rest else str(whole)


def presence(one: Presence) -> str:
    """One presence on one line: `3 Zoé T <zoe@x> 93 min 2024-10-16 [08:58:44-10:31:02]`"""
    email = f" <{one.email}>" if one.email else ""
    stays = "".join(f" [{stay.joined:%H:%M:%S}-{stay.left:%H:%M:%S}]" for stay in one.stays)
    more = "".join(f" {name}={value}" for name, value in (("role", one.role), ("board", one.board)) if value)
    organiser = " organiser" if one.organiser else ""
    name = one.name or "(no name)"
    day = one.day or (f"day {one.day_number}" if one.day_number else "-")
    return f"{one.line} {name}{email} {minutes(one.minutes)} min {day}{stays}{organiser}{more}"


def presences(export: Export) -> list[str]:
    return [presence(one) for one in export.presences]


def answer(one: Answer) -> str:
    who = f" {one.name or '-'} <{one.email}>" if one.name or one.email else ""
    lines = [f"    {question!r}: {text!r}" for question, text in one.answers.items()]
    return "\n".join([f"{one.line} {one.response} at {one.submitted}{who}", *lines])


def event(one: CalendarEvent) -> str:
    """`2025-02-03 09:00 90 min [PRT] EMSB cda action plan`"""
    parts = [f"{one.starts:%Y-%m-%d %H:%M} {one.minutes} min", *(f"[{name}]" for name in one.categories)]
    return " ".join(
        filter(None, [*parts, one.subject, one.aside and f"({one.aside})", one.uid and f"uid={one.uid}"])
    )


def preview(export: Export) -> str:
    """Everything that was read, for a golden file."""
    lines = [
        f"{export.source}: {export.kind}",
        f"how: {export.how}",
        f"topic: {export.topic}",
        f"from {export.starts} to {export.ends}",
        f"dropped: {'; '.join(export.dropped)}",
        *(f"left out: {sentence}" for sentence in export.left_out),
        *presences(export),
        *map(answer, export.answers),
        *map(event, export.events),
        *(f"{line} {cells}" for line, cells in plain_rows(export)),
        *map(str, export.problems),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def plain_rows(export: Export) -> list[tuple[int, dict[str, str]]]:
    """Each row of a plain sheet: its line, and its cells by their headings."""
    cells = zip(*export.columns.values(), strict=True)
    return [
        (line, dict(zip(export.columns, texts, strict=True)))
        for line, texts in zip(export.lines, cells, strict=True)
    ]
