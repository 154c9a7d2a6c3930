"""`prt report` as it is typed, on the fictional year; and whole reports against their golden files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prt.cli import app
from prt.figures.evaluate import evaluate
from prt.files.new_project import fictional_plan, new_project
from prt.files.project import Project, Year
from prt.model.text import Language
from prt.output.document.report_document import Report
from prt.output.renderers import RENDERERS, Renderer, find_renderer, format_of_ending
from prt.output.words import Words
from prt.problems import PrtError, count_problems
from tests.conftest import only_in_ci, some
from tests.pages import differences
from tests.support import report

GOLDEN = Path(__file__).parent / "golden"
HTML = "report-2.fr"
Prt = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory, small_demo: Path) -> Path:
    """The fictional year with what was delivered only: which report is due needs no other row."""
    folder = tmp_path_factory.mktemp("report") / "demo"
    new_project(folder, "2024-2025", fictional_plan())
    delivered = Path("data", "2024-2025", "deliverables.csv")
    (folder / delivered).parent.mkdir(exist_ok=True)
    shutil.copy(small_demo / delivered, folder / delivered)
    return folder


@pytest.fixture(scope="module")
def year(small_demo: Path) -> Year:
    project = Project(small_demo, small_demo / "data" / "private")
    return project.load(project.plan_path("2024-2025"))


@pytest.fixture
def prt(few: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Prt]:
    """`prt("report --period 2")` → (exit code, what is printed), on 5 April 2025."""
    monkeypatch.setenv("PRT_PROJECT", str(few))
    monkeypatch.setenv("PRT_TODAY", "2025-04-05")
    monkeypatch.delenv("PRT_LANG", raising=False)

    def run(typed: str, **environment: str) -> tuple[int, str]:
        done = CliRunner().invoke(app(["report"]), typed.split(), env=environment)
        return done.exit_code, done.output if done.exception is None else str(done.exception)

    yield run


@dataclass(frozen=True)
class Made:
    """One report, and how both formats print it."""

    report: Report
    markdown: str
    html: str


@pytest.fixture(scope="module")
def reports(year: Year) -> Callable[[int, Language], Made]:
    """The report of a period in a language, made once."""
    return cache(partial(made_of, year))


@pytest.fixture(scope="module", params=some(product((2, 1, 3), ("fr", "en")), 1))
def made(reports: Callable[[int, Language], Made], request: pytest.FixtureRequest) -> tuple[str, Made]:
    """The report of each period in each language, under the name of its files; first the one whose HTML is kept."""
    period, language = request.param
    return f"report-{period}.{language}", reports(period, language)


def made_of(year: Year, period: int, language: Language) -> Made:
    found = evaluate(year.plan, year.data, year.plan.periods[period - 1].last)
    one = report(found, language, problems=count_problems(year.problems), left_out=year.left_out)
    words = Words(language, year.plan, year.data.organisations)
    markdown, html = (str(RENDERERS[how].render(one, words, None)) for how in ("md", "html"))
    return Made(one, markdown, html)


def test_markdown_reports(made: tuple[str, Made], golden: Callable[[Path, str], None]) -> None:
    name, one = made
    golden(GOLDEN / f"{name}.md", one.markdown)


@only_in_ci
def test_an_html_report(made: tuple[str, Made], golden: Callable[[Path, str], None]) -> None:
    """One of them is kept; each has all that the report says, every figure in its row, as Markdown has."""
    name, one = made
    if name == HTML:
        golden(GOLDEN / f"{name}.html", one.html)
    assert differences(one.report, one.markdown, one.html) == []


WRONG = [
    ("Destinataire\u00a0: DSREA", "", "Destinataire\u00a0: DSREA"),
    ("16 activités", "61 activités", "16 activités sont prévues après le 31 mars 2025."),
    ("12 sur 14", "12", "12 sur 14"),
    (">12</td>", "></td>", "Ateliers offerts, P1: 12 is "),
    ("<div>Présences ", "<div>Participants ", "no row: Présences"),
    ("Axe ciblé 23", "Axe ciblé 22", "Ateliers offerts lacks 23"),
    ("Axe ciblé 23", "Axe ciblé 23, autre 3", "Ateliers offerts has also autre 3"),
    ("438\u00a0h", "348\u00a0h", "Heures de soutien aux partenaires, P2: 438\u00a0h is 348 h"),
]
"""What HTML says, what it could say by mistake, and what is found missing then."""


@pytest.mark.parametrize(("said", "instead", "missing"), some(WRONG, 1))
@only_in_ci
def test_what_a_page_does_not_say_is_found(french: Made, said: str, instead: str, missing: str) -> None:
    assert said in french.html
    found = differences(french.report, french.markdown, french.html.replace(said, instead))
    assert any(missing in text for text in found), found


@pytest.fixture(scope="module")
def french(reports: Callable[[int, Language], Made]) -> Made:
    return reports(2, "fr")


def test_the_report_that_is_due_in_the_language_of_the_funder(prt: Prt) -> None:
    code, text = prt("report")
    assert code == 0
    assert "Rapport d’étape nº\u00a02" in text and "Données arrêtées au 31 mars 2025" in text


def test_a_report_whose_period_lasts_has_the_figures_of_today(prt: Prt) -> None:
    code, text = prt("report --lang en", PRT_TODAY="2025-04-20")
    assert code == 0
    assert "Progress report no. 3" in text and "Data as of April 20, 2025" in text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("--period 2 --lang fr", "Données au 14 février 2025; la période n’est pas"),
        ("--period 2 --lang en", "Data as of February 14, 2025; the period is not"),
        ("--annual --lang en", "Data as of February 14, 2025; the year is not over"),
    ],
)
@pytest.mark.parametrize("form", some(["md", "html"], 1))
def test_a_draft_before_the_end_stops_at_today_and_says_so(
    prt: Prt, typed: str, said: str, form: str
) -> None:
    code, text = prt(f"report {typed} --format {form}", PRT_TODAY="2025-02-14")
    assert code == 0 and text.count(said) == 1
    assert "arrêtées au" not in text and "Data as of March 31" not in text


ASKED = [
    ("report --period 1 --lang en", "# 2024-2025 PRT Action Plan"),
    ("report --format html", "<!DOCTYPE html>"),
    ("report --format md", "# CSC – Plan d’action 2024-2025"),
]


@pytest.mark.parametrize(("typed", "starts"), some(ASKED, 2))
def test_what_is_asked_for(prt: Prt, typed: str, starts: str) -> None:
    assert prt(typed)[1].startswith(starts)


NAMED = [("r.html", "<!DOCTYPE"), ("r.md", "# CSC"), ("r.HTM", "<!DOCTYPE")]


@pytest.mark.parametrize(("name", "starts"), some(NAMED, 2))
def test_the_name_of_the_output_decides_the_format(prt: Prt, tmp_path: Path, name: str, starts: str) -> None:
    code, said = prt(f"report --output {tmp_path / name}")
    assert code == 0 and said.startswith("Draft of report 2, French: ")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(starts)


def test_open_writes_a_page_and_opens_it(prt: Prt, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browser(uri: str) -> bool:
        opened.append(uri)
        return True

    monkeypatch.setattr("webbrowser.open", browser)
    assert prt("report --open")[0] == 0
    assert opened == [(few / "reports" / "2024-2025" / "report-2-draft.fr.html").as_uri()]


def test_without_a_browser_open_says_where_the_report_is(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webbrowser.open", lambda uri: False)
    code, said = prt("report --open")
    assert code == 0 and "No browser was found here. The report is in " in said
    assert "report-2-draft.fr.html" in said


def test_on_a_terminal_it_is_a_file(prt: Prt, few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case S5: 1,237 lines ran through the screen."""
    monkeypatch.setattr("prt.commands.report.is_read_here", lambda: True)
    code, said = prt("report --lang en")
    page = few / "reports" / "2024-2025" / "report-2-draft.en.html"
    assert code == 0 and len(said.splitlines()) < 5 and page.name in said
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert prt("report --lang en --format md")[1].startswith("# ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("report --period 4", "The plan has no period 4. Periods: 1, 2, 3."),
        ("report --lang de", '"de" is not a language of prt.'),
        ("report --format odt", '"odt" is not a format here. One of: md, html, docx'),
        ("report --output r", '"r" does not say its format. Name it r.md or r.html or r.docx'),
        ("report --output .", '"." does not say its format. Name it report.md or report.html or report.docx'),
        ("report --output r.xyz", "Name it .md or .html or .docx"),
    ],
)
def test_what_cannot_be_done_is_said(prt: Prt, typed: str, said: str) -> None:
    code, text = prt(typed)
    assert code != 0 and said in text


def test_a_format_is_one_entry(prt: Prt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command, the name of a file, what is offered and what is frozen follow from it."""
    plain = Renderer(lambda report, words, templates: f"{report.cover.title} ({words.language})\n", ("text",))
    monkeypatch.setitem(RENDERERS, "txt", plain)
    assert prt("report --format txt --lang en")[1].startswith(
        "2024-2025 PRT Action Plan – FICTIONAL demo (en)\n"
    )
    for name in ("r.txt", "r.TEXT"):
        assert prt(f"report --lang fr --output {tmp_path / name}")[0] == 0
        assert (tmp_path / name).read_text(encoding="utf-8").endswith(" (fr)\n")
    assert ", txt." in prt("report --format odt")[1]
    assert " or .txt, or add --format" in prt("report --output r.xyz")[1]


def test_no_renderer_is_no_markdown(prt: Prt) -> None:
    with pytest.raises(PrtError, match='"odt" is not a format here'):
        find_renderer("odt")
    assert format_of_ending("htm") == "html" and format_of_ending("odt") is None
