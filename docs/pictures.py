"""The pictures of the README, of the fictional year, by a Chromium: `python -m docs.pictures`.

They are small: a picture of 255 colours, each other colour the nearest of them.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from prt.files.export.browser import installed_browser

HERE = Path(__file__).parent
NOTES = "data/2024-2025/notes/period-2.en.md"
TOLD = (
    "Two trainers left in January; their successors began in March. Two workshops a month from April on.",
    "Few registrations in autumn. Three more dates are announced, one of them online.",
    "Late because of the storms of February. The rest is planned by mid-May.",
)
"""What the fictional team says of its targets."""
PNG, COLOURS, STEP = b"\x89PNG\r\n\x1a\n", 255, 8
Colour = tuple[int, int, int]


class Picture(NamedTuple):
    """A page that a command makes on a day, and how much of it is shown, in pixels."""

    name: str
    today: str
    command: str
    page: str
    size: tuple[int, int]


WEEK = Picture("this-week.png", "2025-02-14", "open --lang en", "this-week.html", (1100, 900))
BRIEF = Picture(
    "brief.png",
    "2025-04-10",
    "report --period 2 --for brief --lang en --prepared-by Kim --approved-by Lee -o brief.html",
    "brief.html",
    (1000, 1162),
)


def make_pictures(folder: Path) -> None:
    prt(folder, WEEK.today, "demo year")
    year = folder / "year"
    prt(year, BRIEF.today, "notes --period 2 --lang en")
    (year / NOTES).write_text(with_told((year / NOTES).read_text(encoding="utf-8")), encoding="utf-8")
    for one in (WEEK, BRIEF):
        prt(year, one.today, one.command)
        (HERE / one.name).write_bytes(small_png(photograph(year / one.page, one.size)))


def prt(folder: Path, today: str, words: str) -> None:
    surroundings = {**os.environ, "PRT_TODAY": today, "EDITOR": "true", "BROWSER": "true"}
    command = [sys.executable, "-m", "prt", *words.split()]
    subprocess.run(command, cwd=folder, env=surroundings, check=True, stdin=subprocess.DEVNULL)


def with_told(notes: str) -> str:
    """The notes with a sentence below the heading of each target, and highlights."""
    told = cycle(TOLD)
    notes = notes.replace("## Highlights\n", "## Highlights\n\n- 27 workshops reached all eleven boards.\n")
    lines = (f"{one}\n\n{next(told)}" if one.startswith("### ") else one for one in notes.split("\n"))
    return "\n".join(lines)


def photograph(page: Path, size: tuple[int, int]) -> bytes:
    browser, picture = installed_browser(()), page.with_suffix(".png")
    assert browser, "there is no Chromium here"
    look = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--screenshot={picture}"]
    look += [f"--user-data-dir={page.parent / '.profile'}", "--window-size={},{}".format(*size)]
    subprocess.run([browser, *look, page.as_uri()], check=True, capture_output=True)
    return picture.read_bytes()


def small_png(raw: bytes) -> bytes:
    """The same picture in its most frequent colours, each pixel one byte."""
    width, height, rows = read_png(raw)
    counted = Counter(colour for row in rows for colour in row)
    kept = [colour for colour, _ in counted.most_common(COLOURS)]
    places = {colour: at for at, colour in enumerate(kept)}

    @cache
    def place(colour: Colour) -> int:
        def distance(at: int) -> int:
            return sum((one - other) ** 2 for one, other in zip(kept[at], colour, strict=True))

        return places[colour] if colour in places else min(range(len(kept)), key=distance)

    pixels = b"".join(b"\0" + bytes(map(place, row)) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = b"".join(map(bytes, kept))
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return PNG + b"".join(map(chunk, *zip(*chunks, strict=True)))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def read_png(raw: bytes) -> tuple[int, int, list[list[Colour]]]:
    """Width, height and rows of a picture of 8 bits a colour, its colours a little rounded."""
    chunks = list(list_chunks(raw))
    width, height, _, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    many = 4 if kind == 6 else 3
    data = zlib.decompress(b"".join(data for name, data in chunks if name == b"IDAT"))
    rows, above, size = [], bytes(width * many), width * many + 1
    for at in range(height):
        above = unfiltered(data[at * size : (at + 1) * size], above, many)
        rows.append([rounded(above[x : x + 3]) for x in range(0, width * many, many)])
    return width, height, rows


def list_chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(PNG)
    while at < len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        yield raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        at += length + 12


def unfiltered(line: bytes, above: bytes, many: int) -> bytes:
    """The bytes of a row, which PNG keeps as differences from what is at their left and above them."""
    kind, made = line[0], bytearray(line[1:])
    for at in range(len(made)):
        left, corner = (made[at - many], above[at - many]) if at >= many else (0, 0)
        guesses = (0, left, above[at], (left + above[at]) // 2, nearest(left, above[at], corner))
        made[at] = (made[at] + guesses[kind]) % 256
    return bytes(made)


def nearest(left: int, up: int, corner: int) -> int:
    """Of the three that which is nearest to left + up - corner (Paeth)."""
    return min((left, up, corner), key=lambda one: abs(left + up - corner - one))


@cache
def rounded(pixel: bytes) -> Colour:
    red, green, blue = (min(255, (one + STEP // 2) // STEP * STEP) for one in pixel)
    return red, green, blue


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        make_pictures(Path(name))
