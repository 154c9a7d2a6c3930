"""`prt open`: the page of the week has the rows behind each target, and no name."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from prt.demo import REAL_SIZE, SMALLEST
from prt.files.project import Project
from prt.model.text import LANGUAGES
from tests.conftest import only_in_ci
from tests.pages import VOID, Attributes
from tests.project import WORKSHOP, Prt
from tests.test_cover import HOSTILE


class Tree(HTMLParser):
    """The tags of a page, each closed where it must be; its ids, links and what it would load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.named_by: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        found = dict(attributes)
        assert len(found) == len(attributes), self.get_starttag_text()
        self.tags.add(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found[name] or "" for name in ("href", "src") if name in found]
        self.named_by += (found.get("aria-labelledby") or "").split()
        if tag not in VOID and not (self.get_starttag_text() or "").endswith("/>"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.get_starttag_text() and tag in VOID:
            return
        assert self.open.pop() == tag, self.getpos()

    def handle_startendtag(self, tag: str, attributes: Attributes) -> None:
        self.handle_starttag(tag, attributes)


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that a browser was given."""
    found: list[str] = []

    def browser(uri: str) -> bool:
        found.append(uri)
        return True

    monkeypatch.setattr("webbrowser.open", browser)
    return found


def page(prt: Prt, typed: str = "", name: str = "this-week") -> str:
    prt(f"open {typed}")
    return (prt.root / f"{name}.html").read_text(encoding="utf-8")


def part(html: str, heading: str) -> str:
    """What stands between one heading of the second level, by its id, and the next."""
    found = re.search(rf'<h2 id="{heading}">(.*?)(?=<h2|</main>)', html, re.DOTALL)
    assert found
    return found[1]


def target(html: str, label: str) -> str:
    """All that stands in the details of one target."""
    (found,) = [
        one for one in re.findall(r"<details>.*?</details>", html, re.DOTALL) if f"> {label}</span>" in one
    ]
    return str(found)


@pytest.fixture
def week(prt: Prt, small_demo: Path) -> Prt:
    """The fictional year, on 14 February 2025."""
    shutil.rmtree(prt.root)
    shutil.copytree(small_demo, prt.root)
    return prt


@only_in_ci
def test_the_page_of_the_fictional_year(week: Prt, opened: list[str]) -> None:
    html = page(week)
    assert opened == [(week.root / "this-week.html").as_uri()]
    assert "For the team." in html and "not for the funder" in html and "in 60 days" in html
    workshops = target(html, "Workshops delivered")
    assert "<b>21</b>" in workshops and "target 37" in workshops and "16 planned" in workshops
    assert workshops.count('<th scope="row" class="id">w-') == 21
    assert "w-20250212-be9j" in workshops and "sessions.csv:35" in workshops
    assert "1 cancelled (w-20241217-7wen)" in workshops and "prt explain 1.1.workshops" in workshops
    hours = target(html, "Hours of accompaniment")
    assert "Nov 2024" in hours and '<th scope="row" class="id">' not in hours
    assert len(re.findall("<details>", html)) == 28
    todo = part(html, "todo")
    assert "prt edit w-20250206-3dqb --respondents N --positive N" in todo and "prt notes" in todo
    assert "39.5" in part(html, "reach") or "h a week needed" in part(html, "reach")
    assert "none planned" in part(html, "reach") and "+ 0" not in part(html, "reach")
    missing = part(html, "missing")
    assert missing.count('<tr><th scope="row"><abbr') == 11 and "absent" in missing
    assert "prt people missing 4.journals" in missing and "p-" in missing
    assert "Intelligence artificielle" in part(html, "coming")
    assert part(html, "year").count("<svg") >= 8
    names(week, html)


def names(week: Prt, html: str) -> None:
    """No name and no e-mail of the private folder is in the page."""
    known = Project(week.root, week.root / "data/private").names().values()
    wanted = [text for row in known for text in (row["name"], row["email"]) if text]
    assert len(wanted) > 150
    assert [one for one in wanted if one in html] == []


def test_the_same_rows_on_the_same_day_are_the_same_page(prt: Prt, opened: list[str]) -> None:
    """Nothing is written again."""
    prt.shorten_plan("1.1")
    prt(WORKSHOP)
    page(prt)
    path = prt.root / "this-week.html"
    before = path.stat().st_mtime_ns, path.read_bytes()
    prt("open")
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before and "as it was" in prt.err
    assert len(opened) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_needs_nothing(prt: Prt, language: str) -> None:
    prt(WORKSHOP)
    html = page(prt, f"--lang {language}")
    tree = Tree(html)
    assert f'lang="{language}-CA"' in html
    assert not tree.tags & {"script", "link", "img", "iframe", "form"}
    assert all(one.startswith("#") for one in tree.links) and "url(" not in html and "@import" not in html
    assert len(tree.ids) == len(set(tree.ids))
    assert {one[1:] for one in tree.links} | set(tree.named_by) <= set(tree.ids)


def test_what_the_funder_would_see_has_no_row_and_no_small_group(prt: Prt) -> None:
    prt(WORKSHOP.replace("--respondents 18 --positive 16", "--respondents 4 --positive 1"))
    true = feedback(page(prt))
    assert "25.0%" in true and "1 of 4" in true and 'class="bar' in true
    html = page(prt, "--published", "this-week-published")
    told = feedback(html)
    assert "<b>x</b>" in told and "25.0%" not in html and "1 of 4" not in html and "<svg" not in told
    assert "As the funder would see it." in html and "For the team." not in html
    assert 'class="id"' not in html and 'id="todo"' not in html and 'id="missing"' not in html


def feedback(html: str) -> str:
    """The first of the targets that are about positive answers: that of line 1.1."""
    found = re.search(
        r"<details>(?:(?!</details>).)*> Positive feedback</span>.*?</details>", html, re.DOTALL
    )
    assert found
    return found[0]


def test_what_somebody_typed_is_no_markup(prt: Prt) -> None:
    prt(WORKSHOP)
    path = prt.path("sessions")
    text = path.read_bytes().decode("utf-8-sig")
    path.write_text(text.replace("Back to basics", HOSTILE), encoding="utf-8")
    tree = Tree(html := page(prt))
    assert "script" not in tree.tags and "&lt;script&gt;" in html and "w" * 2000 in html


def test_a_name_that_somebody_typed_stays_out(week: Prt) -> None:
    name = next(iter(Project(week.root, week.root / "data/private").names().values()))["name"]
    path = week.path("sessions")
    text = path.read_bytes().decode("utf-8-sig")
    path.write_text(text.replace("Mental Health in CLCs", f"Coffee with {name}"), encoding="utf-8")
    html = page(week)
    assert "Coffee with […]" in html and name not in html


def test_another_day_and_another_place(prt: Prt, opened: list[str], tmp_path: Path) -> None:
    prt(WORKSHOP)
    prt.monkeypatch.setenv("PRT_PAGE", str(tmp_path))
    prt("open --as-of 2024-10-01")
    html = (tmp_path / "this-week.html").read_text(encoding="utf-8")
    assert not re.search(
        "[0-9] (Sept|Oct|Nov|Dec|Jan|Feb|Apr)[^a-z]", html
    )  # one manner of dates, that of reports
    assert "October 1, 2024" in html and "<b>–</b>" in target(html, "Workshops delivered")
    assert "prt explain 1.1.workshops --as-of 2024-10-01" in html
    assert not (prt.root / "this-week.html").exists()
    prt.monkeypatch.setenv("PRT_PAGE", str(tmp_path / "page.html"))
    prt("open")
    assert opened[-1] == (tmp_path / "page.html").as_uri()


def test_a_page_that_prt_did_not_make_stays(prt: Prt, opened: list[str]) -> None:
    path = prt.root / "this-week.html"
    path.write_text("<p>Mine</p>", encoding="utf-8")
    assert prt.attempt("open") == 2
    assert path.read_text(encoding="utf-8") == "<p>Mine</p>" and not opened
    assert "Who is missing" in page(prt, "--force")


def test_without_a_browser_it_says_where_the_page_is(prt: Prt) -> None:
    prt.monkeypatch.setattr("webbrowser.open", lambda uri: False)
    prt("open")
    assert "Open this file: " in prt.err and "this-week.html" in prt.err


def test_git_never_sees_the_page(small_demo: Path) -> None:
    assert "/this-week*.html" in (small_demo / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_a_page_of_an_older_project_is_kept_from_git_too(prt: Prt) -> None:
    def git(*words: str) -> str:
        return subprocess.run(
            ["git", *words], cwd=prt.root, check=True, capture_output=True, text=True
        ).stdout

    git("init", "-q")
    (prt.root / ".gitignore").write_text("data/private/", encoding="utf-8")
    prt("open")
    prt("open --published")
    lines = ["data/private/", "/this-week.html", "/this-week-published.html"]
    assert (prt.root / ".gitignore").read_text(encoding="utf-8").splitlines() == lines
    assert "this-week" not in git("status", "--short") and "git" not in prt("check")
    git("add", "-f", "this-week.html")
    prt("open")
    assert "this-week.html: warning: git has, or would take, the page of the week" in prt("check")


@only_in_ci
def test_the_page_does_not_grow_with_the_rows(week: Prt, demo: Path) -> None:
    """Of 3,500 rows more it has as many bytes, but for a few digits."""
    few = len(page(week))
    shutil.rmtree(week.root)
    shutil.copytree(demo, week.root)
    assert 50_000 < few < 300_000
    assert abs(len(page(week)) - few) < (REAL_SIZE - SMALLEST) // 10
