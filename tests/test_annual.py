"""The bilan of the fictional year, whole; and every report of it in French, read from start to end."""

from __future__ import annotations

import html
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prt.cli import app
from prt.figures.evaluate import evaluate
from prt.files.project import Project, Year
from prt.files.submissions.submission import list_submissions
from prt.model.records import LOGS, ROSTERS
from prt.model.text import Language
from prt.output.report.cover import Signed
from prt.output.words import Words
from prt.tasks.reports.editions import past_of
from prt.tasks.reports.make_report import render_report, reports_of
from tests.conftest import only_in_ci, some
from tests.pages import differences

DIGEST = re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
DRAWN = re.compile(r"\bd-\d{8}-[a-z0-9]{4}\b")
"""The id of a report that a test submitted, and so the digest of its rows, is another one each time."""
Bilan = Callable[[Language], dict[str, str]]
"""The annual report in a language, by `fr.md`, `fr.html`."""
GOLDEN = Path(__file__).parent / "golden"
SIGNED = Signed("M. Roy", "A. Smith")
NOTES = """
## Faits saillants

Une **bonne** année : voir [le site](https://exemple.ca).

### 1.1.choice – Thèmes au choix

Deux formatrices sont parties; la relève est en poste depuis mai.

#### Suite

Poursuivie en 2025-2026.

## Ce que nous avons appris

- Les équipes préfèrent l’automne.

## Ajustements pour 2025-2026

- Reprendre les thèmes au choix dès septembre.

### 1.3a.workshops

La cible devient 3.

## Volets et lignes

### Volet 1.1

Les équipes ont demandé plus de temps entre elles.
"""


def on(day: str, *typed: str) -> None:
    environment = {"PRT_TODAY": day, "PRT_PROJECT": str(Path.cwd())}
    done = CliRunner().invoke(app([typed[0]], typed), list(typed), env=environment)
    assert done.exit_code == 0, (typed, done.output, done.exception)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, small_demo: Path) -> Iterator[Path]:
    """The smallest fictional year: reports 1 and 2 submitted, then a row corrected and one removed."""
    folder = tmp_path_factory.mktemp("annual") / "demo"
    shutil.copytree(small_demo, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("PRT_LANG", raising=False)
        for number, day in (("1", "2024-12-13"), ("2", "2025-04-14")):
            on(day, "submit", "--period", number, "--on", day, "--anyway", "actions,no-data,errors")
        first, second = held_workshops(folder)
        on("2025-07-02", "edit", first, "--participants", "30", "--why", "Liste retrouvée")
        on("2025-07-02", "remove", second, "--with-rows", "--why", "Entrée deux fois")
    notes = folder / "data" / "2024-2025" / "notes" / "annual.fr.md"
    notes.parent.mkdir(exist_ok=True)
    notes.write_text(NOTES, encoding="utf-8")
    yield folder


def held_workshops(folder: Path) -> list[str]:
    year = opened(folder)
    view = evaluate(year.plan, year.data, year.plan.periods[0].last).result("1.1.workshops")
    assert view is not None
    return [row.id for row in view.to_date.rows[:2] if row.id]


def opened(folder: Path) -> Year:
    project = Project(folder, folder / "data" / "private")
    return project.load(project.plan_path("2024-2025"))


@pytest.fixture(scope="module")
def year(root: Path) -> Year:
    return opened(root)


def texts(
    year: Year, period: int, languages: Iterable[Language], *, annual: bool = False, compared: bool = True
) -> dict[str, str]:
    """A report by `fr.md`, `fr.html`, … each of which, where they are `compared`, has all that the report says."""
    found = evaluate(year.plan, year.data, year.plan.periods[period - 1].last)
    past = past_of(year, period, annual)
    edition = past.edition(found)
    made: dict[str, str] = {}
    for one in reports_of(
        year, edition, languages, earlier=past.earlier, annual=annual, signed=SIGNED, reader="audit"
    ):
        words = Words(one.language, year.plan, year.data.organisations)
        markdown, html = (str(render_report(one, words, how, year.project)) for how in ("md", "html"))
        assert not compared or differences(one, markdown, html) == []
        made |= {f"{one.language}.md": markdown, f"{one.language}.html": html}
    return made


@pytest.fixture(scope="module")
def bilan(year: Year) -> Bilan:
    return cache(lambda language: texts(year, 3, [language], annual=True))


@only_in_ci
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_bilan(bilan: Bilan, language: Language, golden: Callable[[Path, str], None]) -> None:
    found = bilan(language)
    text, digests = DIGEST.subn("7F3A-91C0-2BE4-D05A", DRAWN.sub("d-xxxx", found[f"{language}.md"]))
    golden(GOLDEN / f"annual.{language}.md", text)
    assert digests == 3  # its own, and those of two reports


@only_in_ci
def test_less_than_three_lines_in_five_are_those_of_the_third_report(year: Year) -> None:
    """Of the bilan, and of the report: the bilan is one of the year, not the third report again."""
    found = evaluate(year.plan, year.data, year.plan.ends)
    lines = []
    for annual in (False, True):
        past = past_of(year, 3, annual)
        edition = past.edition(found)
        (one,) = reports_of(
            year, edition, ("en",), earlier=past.earlier, annual=annual, signed=SIGNED, reader="funder"
        )
        words = Words("en", year.plan, year.data.organisations)
        text = str(render_report(one, words, "md", year.project))
        lines.append(Counter(line for line in text.splitlines() if line.strip()))
    report, bilan = lines
    alike = (report & bilan).total()
    assert 0 < alike < 0.6 * bilan.total() and alike < 0.6 * report.total()


@only_in_ci
def test_the_bilan_has_what_was_revised_and_what_people_wrote(bilan: Bilan) -> None:
    for said in ("Liste retrouvée", "Entrée deux fois", "Une **bonne** année", "Deux formatrices"):
        assert said in bilan("fr")["fr.md"]


@only_in_ci
def test_what_people_wrote_in_another_language_says_so(bilan: Bilan) -> None:
    assert "\\[fr\\] Une **bonne** année" in bilan("en")["en.md"]


@only_in_ci
def test_a_folder_elsewhere_gives_the_same_bytes(root: Path, bilan: Bilan, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "copy")
    for name, text in texts(opened(tmp_path / "copy"), 3, ["fr"], annual=True, compared=False).items():
        assert text == bilan("fr")[name]


# No English in French

ENGLISH = [
    "the",
    "of",
    "and",
    "with",
    "for",
    "from",
    "to",
    "at",
    "is",
    "are",
    "was",
    "were",
    "by",
    "in",
    "this",
    "that",
    "these",
    "not",
    "which",
    "their",
    "our",
    "its",
    "been",
    "have",
    "has",
    "will",
    "can",
    "workshops",
    "target",
    "held",
    "given",
    "entries",
    "people",
    "boards",
    "hours",
]
TYPED = ("title", "theme", "description", "learning_objective", "purpose", "campaign", "section", "tags")
"""Columns of free text, in whatever language it was typed in."""
PROPER = ("Leading English Education and Resource Network",)


def french(year: Year, bilan: Bilan) -> Iterator[str]:
    """Reports of the year in French, in both formats: amid the year, at its end, and the bilan."""
    for period in some(year.plan.periods[1:], 1):
        yield from texts(year, period.id, ["fr"]).values()
    yield from bilan("fr").values()


def titles(year: Year) -> list[str]:
    """What people typed, and proper names: the longest first."""
    years = [year, *(one.year for one in list_submissions(year))]
    rows = [row for one in years for log in one.data.logs.values() for row in log]
    rows += year.data.organisations
    models = LOGS | ROSTERS
    found = {row[name] for row in rows for name in TYPED if name in models[row.log].header()}
    found |= {row["name_fr"] for row in year.data.organisations}
    found |= {one["why"] for one in year.corrections()}
    return sorted({text for text in found if isinstance(text, str)}, key=len, reverse=True)


def read_aloud(text: str) -> str:
    """What a reader, or a screen reader, gets of a page."""
    if text.startswith("<!DOCTYPE"):
        text = re.sub(r"<style>.*?</style>", " ", text, flags=re.DOTALL)
        text += " ".join(re.findall(r'aria-label="([^"]*)"', text))
        return html.unescape(re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"\\(?=\W)|\u2060", "", text)


@only_in_ci
def test_no_report_in_french_has_an_english_word(year: Year, bilan: Bilan) -> None:
    typed = re.compile("|".join(map(re.escape, (*PROPER, *titles(year)))))
    words = re.compile(rf"(?<![\w’-])(?:{'|'.join(ENGLISH)})(?![\w’-])", re.IGNORECASE)
    reports, read = list(french(year, bilan)), 0
    for report in reports:
        text = typed.sub("", read_aloud(report))
        found = [text[max(0, one.start() - 60) : one.end() + 40] for one in words.finditer(text)]
        assert found == []
        read += len(text)
    assert read > 60_000 * len(reports)


@only_in_ci
def test_the_list_of_english_words_finds_them(bilan: Bilan) -> None:
    english = read_aloud(bilan("en")["en.html"])
    assert all(f" {word} " in english for word in ("the", "of", "and", "with", "to", "are"))
