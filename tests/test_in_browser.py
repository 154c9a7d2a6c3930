"""Reports in a browser: on paper, on a narrow screen, in the dark, and for who hears them."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.restatement.compare import Earlier, compare
from prt.figures.withholding.published import published
from prt.files.notes import Notes, read_sections
from prt.files.project import Project, Year
from prt.model.plan import Plan
from prt.model.text import LANGUAGES, Language
from prt.model.view import Data
from prt.output.document.first_page import Brief, StatusGroup
from prt.output.document.report_document import READERS, Reader, Report
from prt.output.notes.notes_outline import NEEDS_WORDS
from prt.output.renderers import RENDERERS
from prt.output.report.annexes import annex_breakdowns
from prt.output.report.last_year import LastYear
from prt.output.words import Words
from prt.tasks.reports.make_week import week_page
from prt.values import replace
from tests.browser import Browser, find_axe, find_checker, open_browser
from tests.conftest import only_in_ci, some
from tests.support import report

pytestmark = [
    pytest.mark.skipif("not __import__('tests.browser').browser.find_chromium()", reason="no Chromium"),
    only_in_ci,
]
LONG = (
    "Deux formatrices ont quitté l’équipe en janvier et la relève n’est entrée en poste qu’au mois de mars; trois "
    "ateliers ont été reportés en raison des tempêtes. Mesure : deux ateliers par mois d’avril à juin."
)
HIGHLIGHTS = f"- {LONG}\n" * 5
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules that look at colours: in the dark a page has others, and nothing else is otherwise."""
SCREENS: list[tuple[int, bool, list[str]]] = [
    *((width, False, TAGS) for width in (1280, 320)),
    *((width, True, OF_COLOURS) for width in (1280, 320)),
]
"""The width, whether it is dark, and the rules."""
WIDER = """(() => {
  const all = [...document.querySelectorAll("body *")].filter(one => one.checkVisibility() && !one.closest("svg"));
  const wide = all.filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".hidden, .skip, .scroll"));
  return document.documentElement.scrollWidth > innerWidth ? wide.slice(0, 5).map(one => one.outerHTML.slice(0, 199)) : [];
})()"""
"""What makes a page scroll sideways."""
OVERLAPS = """(() => {
  const found = [];
  for (const cell of document.querySelectorAll(".results td, .concerns td")) {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const text = range.getBoundingClientRect(), box = cell.getBoundingClientRect();
    if (text.width && (text.right > box.right + 1 || text.left < box.left - 1)) found.push(cell.textContent.trim());
  }
  return found.slice(0, 5);
})()"""
"""Cells whose text stands outside."""
SCROLLED = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth).map(one => one.ariaLabel)"
REACHED = "[...document.querySelectorAll('.scroll')].filter(one => getComputedStyle(one).visibility === 'visible').map(one => one.ariaLabel)"
"""The others are hidden, and their tables are not: the keyboard does not stop there."""

FOCUSED = """(() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const place = one.compareDocumentPosition(document.querySelector("#annexes") ?? document.body);
  return {kind: one.className.split(" ")[0], name: one.ariaLabel ?? one.textContent, early: (place & 4) > 0};
})()"""
"""What the keyboard has reached, and whether that is before the annexes."""

BROKEN = """(() => {
  const found = [], range = document.createRange();
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest("a, svg, style, .hidden")) continue;
    for (const word of node.data.matchAll(/[\\p{L}\\p{N}]{2,20}/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].filter(one => one.width > 0.5).map(one => Math.round(one.top)));
      if (tops.size > 1) found.push(word[0]);
    }
  }
  return found.slice(0, 9);
})()"""
"""Words, of which each is no longer than 20 letters, that stand on two lines."""

ONE_OF_A_KIND = """(() => {
  const kinds = new Set();
  for (const block of ["tbody tr", "li", "p", ".scroll", "details"]) {
    for (const one of document.querySelectorAll(block)) {
      const above = [], copy = one.cloneNode(true);
      for (let each = one; each; each = each.parentElement) above.push(each.tagName, each.className);
      for (const name of ["id", "href"]) copy.querySelectorAll(`[${name}]`).forEach(each => each.setAttribute(name, ""));
      const said = copy.innerHTML.replace(/>[^<]*\\S[^<]*</g, ">text<").replace(/ (?!class|style)([\\w-]+)="[^"]*\\d[^"]*"/g, " $1");
      const kind = [above, said].join();
      if (kinds.has(kind) && one !== one.parentElement.firstElementChild) one.remove();
      kinds.add(kind);
    }
  }
  return kinds.size;
})()"""
"""Takes away each row, then each paragraph, table and so on, that differs from an earlier one of its kind by nothing
but words, numbers and addresses, and says how many kinds there are. The first in each place stays. axe-core looks at
every element in seconds where one has thousands."""

LOOKS = """[...document.querySelectorAll("main, main *")].map(one => {
  const above = [];
  for (let each = one; each !== document.body; each = each.parentElement) above.push(each.tagName, each.getAttribute("class"));
  return above.join();
})"""
"""The kinds of elements, with those around them: what rules of CSS tell apart."""

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
ON_THE_DAY: dict[str, str | None] = {"year": "2024-2025", "as_of": "2025-03-31"}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


def load_year(folder: Path) -> Year:
    project = Project(folder, folder / "data" / "private")
    return project.load(project.plan_path("2024-2025"))


@pytest.fixture(scope="module")
def year(small_demo: Path) -> Year:
    """The smallest fictional year has every table of the whole one, and fewer of the same rows in them."""
    return load_year(small_demo)


@pytest.fixture(scope="module")
def evaluated(year: Year) -> Evaluation:
    return evaluate(year.plan, year.data, dt.date(2025, 3, 31))


def notes_of(found: Evaluation) -> Notes:
    """A long text under every heading that `prt notes` makes."""
    asked = (one.handle for one in found.targets() if one.status.word in NEEDS_WORDS)
    targets = "\n".join(f"### {handle}\n\n{LONG}\n" for handle in asked)
    return read_sections(
        f"## Faits saillants\n\n{HIGHLIGHTS}\n## Écarts et mesures correctives\n\n{targets}\n"
    )


Made = Callable[..., Report]
"""`made("fr", "brief")`, the report with notes."""


@pytest.fixture(scope="module")
def made(year: Year, evaluated: Evaluation) -> Made:
    @cache
    def make(language: Language, reader: Reader) -> Report:
        notes, sent = {language: notes_of(evaluated)}, [report_sent(year, year.plan)]
        return report(evaluated, language, reader=reader, notes=notes, earlier=sent)

    return make


def report_sent(year: Year, plan: Plan) -> Earlier:
    """The first report as it was sent, when its last three sessions were not entered yet."""
    data, period = year.data, plan.periods[0]
    late = [row for row in data.logs["sessions"] if row.day and row.day <= period.last][-3:]
    logs = {log: [row for row in rows if not {row, row.session} & {*late}] for log, rows in data.logs.items()}
    old = Data(data, data.known, logs, data.people, data.organisations)
    found = compare(evaluate(plan, old, period.last), plan, data, ())
    assert len(found.revisions) > 3
    return Earlier(period.id, False, 1, period.due, found)


@pytest.fixture(scope="module")
def bilan(year: Year) -> Callable[[Language, Reader], Report]:
    """The bilan with notes and a year before, which has the same figures."""
    end = evaluate(year.plan, year.data, year.plan.ends)
    before = LastYear(published(end, annex_breakdowns(end.plan)))

    @cache
    def make(language: Language, reader: Reader) -> Report:
        notes = {language: notes_of(end)}
        return report(end, language, annual=True, reader=reader, notes=notes, last_year=before)

    return make


def html(year: Year, one: Report) -> str:
    words = Words(one.language, year.plan, year.data.organisations)
    return str(RENDERERS["html"].render(one, words, None))


def with_concerns(brief: Brief, number: int) -> Brief:
    """The first page with so many targets behind, each with what is done about it, and the others on track."""
    (first, *_), known = brief.groups, brief.concerns
    many = (known * (number // len(known) + 1))[:number]
    good = (brief.good * 2)[: len(brief.good) + len(known) - number]
    return replace(brief, groups=(StatusGroup(first.word, first.title, many),) if many else (), good=good)


@pytest.mark.parametrize(
    ("language", "number"), some([("fr", 20), ("fr", 12), ("fr", 10), ("fr", 0), ("en", 20)], 1)
)
def test_the_first_page_is_one_page(
    browser: Browser, year: Year, made: Made, language: Language, number: int
) -> None:
    one = made(language, "brief")
    browser.show(html(year, replace(one, brief=with_concerns(one.brief, number))))
    assert browser.print_pages() == 1


@pytest.mark.parametrize("language", some(["fr", "en"], 1))
def test_the_first_page_of_a_bilan_is_one_page(
    browser: Browser, year: Year, bilan: Callable[[Language, Reader], Report], language: Language
) -> None:
    """Of 20 targets that were not met, what was done about each has room on two lines."""
    one = bilan(language, "brief")
    browser.show(html(year, replace(one, brief=with_concerns(one.brief, 20))))
    assert browser.print_pages() == 1


def test_the_first_page_of_a_year_without_rows_is_one_page(browser: Browser, year: Year) -> None:
    data = year.data
    none = Data(data, data.known, dict.fromkeys(data.logs, ()), (), ())
    found = report(evaluate(year.plan, none, dt.date(2025, 3, 31)), "fr", reader="brief")
    assert len(found.brief.silent) > 20
    browser.show(html(year, found))
    assert browser.print_pages() == 1


def test_the_report_of_the_funder_is_eighteen_pages_at_most(browser: Browser, fictional: Path) -> None:
    year = load_year(fictional)
    found = evaluate(year.plan, year.data, dt.date(2025, 3, 31))
    for notes in ({}, {"fr": notes_of(found)}):
        browser.show(html(year, report(found, "fr", reader="funder", notes=notes)))
        assert 9 < browser.print_pages() <= 18


@pytest.mark.parametrize("reader", some(["funder", "brief", "audit"], 1))
@pytest.mark.parametrize("language", some(["fr", "en"], 1))
def test_nothing_scrolls_sideways_overlaps_or_breaks_inside_a_word(
    browser: Browser, year: Year, made: Made, language: Language, reader: Reader
) -> None:
    browser.show(html(year, made(language, reader)))
    for width in (1280, 320):
        browser.resize(width)
        assert browser.run(WIDER) == [], width
        assert browser.run(OVERLAPS) == [], width
        assert browser.run(BROKEN) == [], width


def test_the_last_report_of_a_year_breaks_no_word(browser: Browser, year: Year) -> None:
    end = evaluate(year.plan, year.data, year.plan.ends)
    browser.show(html(year, report(end, "fr", notes={"fr": notes_of(end)})))
    browser.resize(320)
    assert [browser.run(one) for one in (WIDER, OVERLAPS, BROKEN)] == [[], [], []]


def test_a_word_without_end_leaves_all_columns_on_the_page(browser: Browser, year: Year, made: Made) -> None:
    one = made("fr", "funder")
    (first, *others), endless = one.annexes, "m" * 2000
    (grid, *_), (cells, *rows) = first.grids, first.grids[0].table.rows
    table = replace(grid.table, rows=((endless, *cells[1:]), *rows))
    annexes = (replace(first, grids=(replace(grid, table=table),)), *others)
    browser.show(html(year, replace(one, cover=replace(one.cover, title=endless), annexes=annexes)))
    browser.resize(1280)
    assert browser.run(SCROLLED) == []
    browser.resize(320)
    assert browser.run(WIDER) == []


@pytest.mark.parametrize("language", some(["fr", "en"], 1))
def test_a_bilan_is_eighteen_pages_at_most_and_its_first_page_one(
    browser: Browser, year: Year, bilan: Callable[[Language, Reader], Report], language: Language
) -> None:
    browser.show(html(year, bilan(language, "funder")))
    assert 9 < browser.print_pages() <= 18
    browser.show(html(year, bilan(language, "brief")))
    assert browser.print_pages() == 1


@pytest.mark.parametrize("language", some(["fr", "en"], 1))
def test_a_bilan_fits_every_screen(
    browser: Browser, year: Year, bilan: Callable[[Language, Reader], Report], language: Language
) -> None:
    browser.show(html(year, bilan(language, "audit")))
    for width in (1280, 320):
        browser.resize(width)
        assert browser.run(WIDER) == [], width
        assert browser.run(OVERLAPS) == [], width
        assert browser.run(BROKEN) == [], width
    if find_axe() and language == "fr":
        browser.run(OPEN_ALL)
        assert_axe_finds_nothing(browser)


def tab_stops(browser: Browser) -> list[dict[str, Any]]:
    """All that the Tab key reaches, in its order, until it leaves the page or begins again."""
    found: list[dict[str, Any]] = []
    browser.press("Tab")
    while (one := browser.run(FOCUSED)) and one not in found[:1]:
        found.append(one)
        browser.press("Tab")
    return found


@pytest.mark.parametrize("reader", some(["audit", "funder"], 1))
def test_a_table_can_be_reached_only_where_it_scrolls(
    browser: Browser, year: Year, made: Made, reader: Reader
) -> None:
    browser.show(html(year, made("fr", reader)))
    browser.run(OPEN_ALL)
    for width in (1280, 800, 320):
        browser.resize(width)
        assert browser.run(REACHED) == browser.run(SCROLLED), width


@pytest.mark.parametrize("reader", some(["audit", "funder"], 1))
def test_the_keyboard_stops_at_a_table_only_where_it_scrolls(
    browser: Browser, year: Year, made: Made, reader: Reader
) -> None:
    """Of an audit with one row of each kind, for it has thousands of links."""
    page = html(year, made("fr", reader))
    for width in (1280, 320):
        browser.show(page, width)
        browser.run(OPEN_ALL)
        assert reader == "funder" or browser.run(ONE_OF_A_KIND) > 5
        stops = tab_stops(browser)
        scrolled = browser.run(SCROLLED)
        assert [one["name"] for one in stops if one["kind"] == "scroll"] == scrolled, width
        assert stops[0]["kind"] == "skip" and bool(scrolled) == (reader == "audit" or width < 1280), width
        assert reader == "audit" or sum(one["early"] for one in stops) <= 40, width


def test_a_target_of_the_week_is_opened_and_shut_by_the_keyboard(
    browser: Browser, year: Year, evaluated: Evaluation
) -> None:
    browser.show(week_page(year, evaluated, "fr", ON_THE_DAY))
    reached = "document.activeElement.closest('summary') !== null"
    browser.press("Tab")
    while not browser.run(reached):
        browser.press("Tab")
    opened = []
    for key in ("Enter", " ", " "):
        browser.press(key)
        opened.append(browser.run("document.activeElement.parentElement.open"))
    assert opened == [True, False, True]
    assert browser.run("document.activeElement.nextElementSibling.checkVisibility()")


def test_a_page_asks_for_nothing(browser: Browser, year: Year, made: Made) -> None:
    browser.show(html(year, made("fr", "funder")))
    assert 0 < len(browser.run("document.title")) < 70
    assert [url for url in browser.asked if not url.startswith("file:")] == []
    assert len(browser.asked) == 1 and browser.run("document.scripts.length") == 0


@pytest.mark.parametrize("language", some(["fr", "en"], 1))
def test_the_page_of_the_week_fits(
    browser: Browser, year: Year, evaluated: Evaluation, language: Language
) -> None:
    browser.show(week_page(year, evaluated, language, ON_THE_DAY))
    browser.run(OPEN_ALL)
    for width in (1280, 320):
        browser.resize(width)
        assert browser.run(WIDER) == [], width
        assert width < 1280 or browser.run(BROKEN) == []
    assert browser.run("document.scripts.length") == 0
    if find_axe() and language == "fr":
        assert_axe_finds_nothing(browser)


@pytest.mark.skipif(find_axe() is None, reason="axe-core is not here: npm install axe-core")
@pytest.mark.parametrize(("language", "reader"), some([("fr", "brief"), ("fr", "audit"), ("en", "brief")], 1))
def test_axe_finds_nothing(
    browser: Browser, year: Year, made: Made, language: Language, reader: Reader
) -> None:
    browser.show(html(year, made(language, reader)))
    browser.run(OPEN_ALL)
    assert_axe_finds_nothing(browser)


def test_what_a_funder_sees_an_auditor_sees_too(browser: Browser, year: Year, made: Made) -> None:
    """With the same looks: axe-core need not look at both."""
    seen = {}
    for reader in ("funder", "audit"):
        page = html(year, made("fr", reader))
        browser.show(page)
        seen[reader] = set(browser.run(LOOKS))
        assert f'"for-{reader}"' in page and f".for-{reader}" not in page
    assert len(seen["funder"]) > 300 and seen["funder"] < seen["audit"]


def assert_axe_finds_nothing(browser: Browser) -> None:
    """WCAG 2.0 to 2.2, A and AA, and good practice, of what is open."""
    axe = find_axe()
    assert axe is not None
    browser.run(axe.read_text(encoding="utf-8") + ";0")
    assert browser.run(ONE_OF_A_KIND) > 5
    for width, dark, rules in SCREENS:
        browser.resize(width, dark)
        assert axe_finds(browser, rules) == [], (width, dark)


def axe_finds(browser: Browser, rules: list[str]) -> list[str]:
    asked = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    said = json.loads(browser.run(f"axe.run({asked}).then(told => JSON.stringify(told.violations))"))
    return [f"{one['id']}: {node['html'][:200]}" for one in said for node in one["nodes"]]


FAULTS = {
    "cell.innerHTML = '<a href=\"#annexes\"></a>'": "link-name",
    "cell.style.color = '#999'": "color-contrast",
    "cell.className = 'pale'": "color-contrast",
    "cell.setAttribute('role', 'nothing')": "aria-roles",
}
"""What is done to a cell, and the rule that sees it."""


@pytest.mark.skipif(find_axe() is None, reason="axe-core is not here: npm install axe-core")
def test_axe_sees_one_row_of_many_that_is_otherwise(browser: Browser, year: Year, made: Made) -> None:
    """Although of rows of one kind only the first is left."""
    browser.show(html(year, made("fr", "audit")))
    browser.run(OPEN_ALL)
    browser.run(
        "document.head.insertAdjacentHTML('beforeend', '<style>.pale { color: #999 !important }</style>')"
    )
    of_a_table = "[...document.querySelectorAll('tbody')].sort((one, two) => two.rows.length - one.rows.length)[0].rows"
    rows = browser.run(
        f"const rows = [...{of_a_table}].slice(-{len(FAULTS) + 1}, -1), all = {of_a_table}.length; "
        f"[{', '.join(f'cell => {{ {fault} }}' for fault in FAULTS)}].forEach((spoil, at) => spoil([...rows[at].cells]."
        "find(one => one.textContent.trim() && !one.children.length))); all"
    )
    assert rows > 100
    axe = find_axe()
    assert axe is not None
    browser.run(axe.read_text(encoding="utf-8") + ";0")
    assert browser.run(ONE_OF_A_KIND) > 5
    found = [one.partition(":")[0] for one in axe_finds(browser, sorted({*FAULTS.values()}))]
    assert sorted(found) == sorted(FAULTS.values())


@pytest.mark.skipif(
    find_checker() is None, reason="the Nu HTML checker is not here: npm install vnu-jar, java"
)
def test_every_page_is_valid(year: Year, evaluated: Evaluation, made: Made, tmp_path: Path) -> None:
    """HTML and CSS of the three editions, of the bilan, and of the week; the checker is silent then."""
    end = evaluate(year.plan, year.data, year.plan.ends)
    for language in LANGUAGES:
        notes = {language: notes_of(end)}
        pages: dict[str, str] = {one: html(year, made(language, one)) for one in READERS}
        pages["annual"] = html(year, report(end, language, annual=True, notes=notes))
        pages["week"] = week_page(year, evaluated, language, ON_THE_DAY)
        for name, text in pages.items():
            (tmp_path / f"{name}.{language}.html").write_text(text, encoding="utf-8")
    java = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-jar", str(find_checker())]
    asked = ["--format", "gnu", "--also-check-css", *map(str, sorted(tmp_path.iterdir()))]
    said = subprocess.run([*java, *asked], capture_output=True, text=True, check=False)
    assert (len(list(tmp_path.iterdir())), said.returncode, said.stderr) == (10, 0, "")


def test_tables_of_an_annex_with_the_same_columns_have_them_under_one_another(
    browser: Browser, year: Year, made: Made
) -> None:
    browser.show(html(year, made("fr", "funder")))
    places = browser.run(
        "[...document.querySelectorAll('#annexes section:first-of-type thead')].map("
        "head => [...head.querySelectorAll('th')].map(one => [one.textContent, Math.round(one.offsetLeft)]))"
    )
    by_columns: dict[str, set[str]] = {}
    for one in places:
        by_columns.setdefault(json.dumps([name for name, _ in one]), set()).add(json.dumps(one))
    assert len(places) > 3 and {len(one) for one in by_columns.values()} == {1}
