"""Every sample of an export, and exactly what is read from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from prt import spoken
from prt.files.workbook.grid import read_grids
from prt.imports.export import ReadingHints
from prt.imports.sources import registry
from tests.exported import preview

EXPORTS = Path(__file__).parent / "exports"
GOLDEN = Path(__file__).parent / "golden" / "imports"
ENGLISH = re.compile(r"(?i)\b(?:attend|attended|but|not|number(?:ed)?|of|one|registered|row|the|who|with)\b")
SAMPLES = sorted(path.name for path in EXPORTS.iterdir() if path.suffix in (".csv", ".ics", ".xlsx"))


def test_there_are_samples_of_every_source() -> None:
    found = {registry.recognise_grid(read_grids(EXPORTS / name, name)[0][0])[0][0] for name in SAMPLES}
    assert found == set(registry.SOURCES)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_read_of_a_sample(name: str, golden: Callable[[Path, str], None]) -> None:
    grids, problems = read_grids(EXPORTS / name, name)
    assert problems == []
    golden(GOLDEN / f"{name}.txt", preview(registry.read_export(grids[0])))


def test_the_day_of_the_session_settles_the_list_of_2020() -> None:
    name = "teams_attendance_2020_list.csv"
    export = registry.read_export(read_grids(EXPORTS / name, name)[0][0], ReadingHints(dt.date(2020, 12, 11)))
    assert export.problems == ()
    assert export.starts == dt.datetime(2020, 12, 11, 12, 27, 24)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_sample_is_recognised_as_two_sources(name: str) -> None:
    assert len(registry.recognise_grid(read_grids(EXPORTS / name, name)[0][0])) == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_where_french_is_spoken_no_sample_is_described_in_english(name: str) -> None:
    """But for words of the file itself: its headings, and how it calls who was absent."""
    spoken.language = "fr"
    export = registry.read_export(read_grids(EXPORTS / name, name)[0][0])
    told = [re.sub(r" \([^()]*\)$", "", text) for text in (export.how, *export.left_out)]
    assert [text for text in told if ENGLISH.search(text)] == []
