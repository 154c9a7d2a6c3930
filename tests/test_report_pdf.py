"""A report as PDF: printed by the browser that is there; where none makes one, as HTML, and it is said how to go on."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from prt.files.export.browser import ON_WINDOWS, find_browser, installed_browser, print_page
from prt.problems import PrtError
from tests.conftest import only_in_ci
from tests.project import WORKSHOP, Prt

PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"
scripts = pytest.mark.skipif(sys.platform == "win32", reason="the browser is a script here")


def browser(folder: Path, does: str) -> str:
    """A program that is called as a browser is, and does this with the `words` that it gets."""
    file = folder / "browser"
    made = f"#!{sys.executable}\nimport sys, time\nfrom pathlib import Path\nwords = dict(\n"
    made += '    one.partition("=")[::2] for one in sys.argv[1:])\n'
    file.write_text(f"{made}{does}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


def printing(text: bytes) -> str:
    return f'Path(words["--print-to-pdf"]).write_bytes({text!r})'


@scripts
@pytest.mark.parametrize(
    ("does", "found"),
    [
        (printing(PDF), PDF),
        (printing(PDF[:-7]), None),
        (printing(b"<html>%%EOF"), None),
        ("pass", None),
        ("time.sleep(60)", None),
    ],
    ids=["whole", "cut off", "no PDF", "nothing", "too slow"],
)
def test_only_a_whole_pdf_is_taken(tmp_path: Path, does: str, found: bytes | None) -> None:
    seconds = 1 if "sleep" in does else 30
    assert print_page(browser(tmp_path, does), "<p>é</p>", seconds) == found


@scripts
def test_the_browser_has_its_own_profile_and_the_page(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    does = (
        f"page = Path(sys.argv[-1].removeprefix('file://')).read_bytes()\n"
        f"Path({str(kept)!r}).write_bytes(page + words['--user-data-dir'].encode())\n{printing(PDF)}"
    )
    assert print_page(browser(tmp_path, does), "<p>é</p>") == PDF
    said = kept.read_text(encoding="utf-8")
    assert said.startswith("<p>é</p>") and said.endswith("profile")
    assert not Path(said.removeprefix("<p>é</p>")).parent.exists()


def test_where_a_browser_usually_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    nowhere = tmp_path / "Applications"
    assert installed_browser([str(tmp_path)], nowhere) is None
    for place in ("Applications/Google Chrome.app/Contents/MacOS/Google Chrome", ON_WINDOWS[0]):
        file = tmp_path / place
        file.parent.mkdir(parents=True)
        file.touch()
        assert installed_browser([str(tmp_path)], nowhere) == str(file)


def test_the_browser_that_is_named_comes_first() -> None:
    assert find_browser(sys.executable, ()) == sys.executable
    with pytest.raises(PrtError, match="no program here"):
        find_browser("no-such-browser", ())


@scripts
def test_a_report_as_pdf(prt: Prt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prt(WORKSHOP)
    prt.shorten_plan("1.1")
    file, page = prt.root.parent / "rapport.pdf", prt.root.parent / "rapport.html"
    monkeypatch.setenv("PRT_BROWSER", browser(tmp_path, printing(PDF)))
    prt("report --period 1 --format pdf", code=2)
    assert "Name a file: -o report.pdf" in prt.err
    for _ in range(2):
        prt(f"report --period 1 -o {file}")
    assert file.read_bytes() == PDF + b"% Made by prt\n" and not page.exists()
    file.write_bytes(PDF)
    prt(f"report --period 1 -o {file}", code=2)
    monkeypatch.setenv("PRT_BROWSER", browser(tmp_path, "pass"))
    prt(f"report --period 1 --force -o {file}", code=1)
    assert f"print it to PDF (Ctrl+P), or: prt report -o {file.with_suffix('.docx')}" in prt.err
    assert file.read_bytes() == PDF and "<html" in page.read_text(encoding="utf-8")


@only_in_ci
@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no chromium")
def test_chromium_prints_a_page_with_its_language() -> None:
    page = '<!DOCTYPE html><html lang="fr-CA"><title>T</title><h1>Rapport</h1><p>x</p></html>'
    made = print_page("chromium", page)
    assert made is not None and b"/Lang (fr-CA)" in made and b"/MarkInfo" in made
