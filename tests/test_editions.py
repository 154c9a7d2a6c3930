"""The three editions of a report: what each shows, and that none tells more of a small group than another."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from prt.figures.evaluate import evaluate
from prt.files.project import Project
from prt.output.document.content import Cell
from prt.output.document.indicator_parts import Behind
from prt.output.document.report_document import READERS, Reader, Report, list_texts, pieces
from prt.output.renderers import RENDERERS
from prt.output.words import Words
from tests.conftest import FULL, some
from tests.project import EACH_LINE, shorten_plan_of
from tests.support import evaluation, report
from tests.test_withhold import ONE_OF_THREE, POSITIVE, TARGET

Made = dict[Reader, Report]


@pytest.fixture(scope="module")
def year_words(small_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Words]:
    root = tmp_path_factory.mktemp("editions") / "project"
    shutil.copytree(small_demo, root)
    if not FULL:
        shorten_plan_of(root, "1.1", *EACH_LINE)
    project = Project(root, root / "data" / "private")
    year = project.load(project.plan_path("2024-2025"))
    found = evaluate(year.plan, year.data, year.plan.periods[1].last)
    editions: Made = {reader: report(found, "fr", reader=reader) for reader in READERS}
    return editions, Words("fr", year.plan, year.data.organisations)


@pytest.fixture(scope="module")
def editions(year_words: tuple[Made, Words]) -> Made:
    return year_words[0]


def test_every_reader_has_an_edition() -> None:
    assert get_args(Reader) == READERS


SHOWN = [
    # what                  brief  funder audit
    ("brief.concerns", "yes yes yes"),
    ("brief.good", "yes yes yes"),
    ("acronyms", "yes yes yes"),
    ("volets", "no yes yes"),
    ("outlook", "no yes yes"),
    ("annexes", "no yes yes"),
    ("method.rules", "no yes yes"),
    ("method.statuses", "no yes yes"),
    ("method.definitions", "no no yes"),
]


@pytest.mark.parametrize(("what", "shown"), SHOWN)
def test_what_an_edition_shows(editions: Made, what: str, shown: str) -> None:
    for reader, wanted in zip(READERS, shown.split(), strict=True):
        value: object = editions[reader]
        for name in what.split("."):
            value = getattr(value, name)
        assert bool(value) == (wanted == "yes"), reader


def test_the_rows_behind_a_figure_are_for_who_retraces_it(editions: Made) -> None:
    for reader in READERS:
        rows = [one for one in pieces(editions[reader]) if isinstance(one, Behind) and one.grids and one.says]
        assert bool(rows) == (reader == "audit")


def test_what_is_for_who_retraces_figures_comes_after_the_annexes_of_the_funder(editions: Made) -> None:
    titles = {reader: [one.title for one in editions[reader].annexes] for reader in READERS}
    funder, audit = titles["funder"], titles["audit"]
    assert audit[: len(funder)] == funder
    assert [one.rpartition("\u00a0: ")[2] for one in audit[len(funder) :]] == [
        "Concordance avec le plan d’action",
        "Entrées sans pièce justificative",
        "Entrées non comptées",
        "Corrections",
        "Rapports transmis",
    ]


@pytest.mark.parametrize(("less", "more"), [("brief", "funder"), ("funder", "audit")])
def test_an_edition_says_nothing_that_a_larger_one_does_not(
    editions: Made, less: Reader, more: Reader
) -> None:
    """Every number, every `x` and every word, and as often; the acronyms are those of what is shown."""
    said, also = (Counter(list_texts(editions[reader])) for reader in (less, more))
    assert not said - also - Counter((less, *editions[less].acronyms))


@pytest.mark.parametrize("reader", READERS)
def test_what_is_withheld_is_so_in_every_edition_which_does_not_hold_it(reader: Reader) -> None:
    """One of three answers was positive: no text says a third, and no amount, part or whole is one."""
    of = evaluation(POSITIVE, TARGET, "2025-03-31", sessions=ONE_OF_THREE)
    found = report(of, "en", reader=reader)
    cells = [one for one in pieces(found) if isinstance(one, Cell) and one.number == "x"]
    assert len(cells) >= 1 and found.brief.concerns[0].to_date in cells
    assert {(one.number.amount, one.part, one.whole, one.base) for one in cells} == {(None, None, None, "")}
    for how in RENDERERS:
        text = text_of(RENDERERS[how].render(found, Words("en", of.plan), None))
        assert "33.3" not in text and "x: confidential (fewer than 5 people" in text.replace("\\", "")


def text_of(made: str | bytes) -> str:
    """What a report says in any format; of an Office file, all of its parts."""
    if isinstance(made, str):
        return made
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize("reader", some(READERS, 1))
@pytest.mark.parametrize("how", [how for how in RENDERERS if how != "json"])  # which has keys, no headings
def test_every_edition_is_printed(year_words: tuple[Made, Words], reader: Reader, how: str) -> None:
    """A brief has no heading of what it does not show."""
    editions, words = year_words
    text = text_of(RENDERERS[how].render(editions[reader], words, None))
    pages = ("results", "outlook", "annexes") if how in ("md", "html", "docx", "pdf") else ()
    for name in (*pages, "method"):
        heading = rf"{words(f'report.{name}')}(?! par volet)"  # which the first page says too
        assert bool(re.search(heading, text)) == (reader != "brief")
