"""The reference is what the program says of itself, and everything that there is stands in it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from docs.make import DOCS, PAGES
from docs.mistakes import CSV, csv_messages, gallery
from prt.cli import COMMANDS
from prt.figures.status import Code
from prt.model.measures import KINDS, kind_name
from prt.model.records import LOGS, ROSTERS, row_kinds


@cache
def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_current(name: str) -> None:
    assert page(name) == PAGES[name](), "python -m docs.make writes it anew"


def test_contributing_says_of_what_ci_runs_more() -> None:
    part = (
        (DOCS.parent / "CONTRIBUTING.md")
        .read_text(encoding="utf-8")
        .partition("\n## What CI alone runs\n")[2]
    )
    few = re.compile(r"^from tests\.conftest import .*\b(some|only_in_ci|FULL)\b", re.MULTILINE)
    tests = {
        one.stem for one in Path(__file__).parent.glob("test_*.py") if few.search(one.read_text("utf-8"))
    }
    assert set(re.findall(r"`(test_\w+)`", part.partition("\n## ")[0])) == tests


def test_every_page_of_the_reference_is_made() -> None:
    found = {f"reference/{path.name}" for path in (DOCS / "reference").iterdir()}
    assert found == {name for name in PAGES if name.startswith("reference/")}
    assert len(found) == 5


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there(name: str) -> None:
    assert f"### `prt {name}" in page("reference/commands.md")


@pytest.mark.parametrize("kind", row_kinds())
def test_every_kind_of_row_is_there(kind: str) -> None:
    assert f"`prt log {kind}`" in page("reference/commands.md")
    assert f"`prt log {kind}`" in page("reference/logs.md")


@pytest.mark.parametrize("model", [*LOGS.values(), *ROSTERS.values()], ids=lambda model: model.log)
def test_every_column_of_every_log_is_there(model: type) -> None:
    _, _, after = page("reference/logs.md").partition(f"## {model.log}.csv\n")  # type: ignore[attr-defined]
    section = after.partition("\n## ")[0]
    columns = re.findall(r"^\| ([a-z_]+)\*? \|", section, re.MULTILINE)
    assert columns == ["column", *model.header()]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS, ids=kind_name)
def test_every_kind_of_measure_has_an_example_and_its_sentence(kind: type) -> None:
    _, _, after = page("reference/measures.md").partition(f"\n## {kind_name(kind)}\n")
    section = after.partition("\n## ")[0]
    assert f"measure: {{kind: {kind_name(kind)}" in section
    assert len(re.findall(r"^> \S", section, re.MULTILINE)) == 2
    assert all(field.description for field in kind.fields.values() if field.key != "kind")  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", get_args(Code))
def test_every_status_has_a_rule_and_words(code: str) -> None:
    rules, _, words = page("reference/statuses.md").partition("## Words")
    assert f"`{code}`" in rules
    assert f"| `{code}` |" in words


def test_every_message_is_there() -> None:
    text = page("reference/errors.md")
    assert len(gallery()) > 100
    for path in gallery():
        assert path.with_suffix(".txt").read_text(encoding="utf-8").rstrip() in text


@pytest.mark.parametrize("title", CSV)
def test_a_mistake_in_a_csv_file_has_a_message_with_a_remedy(title: str) -> None:
    assert re.match(r"accompaniment\.csv(:\d+)?: .+\n    \S", csv_messages(CSV[title]))


def markdown() -> list[Path]:
    root = DOCS.parent
    found = [*root.glob("*.md"), *DOCS.rglob("*.md")]
    assert len(found) > 5
    return found


@pytest.mark.parametrize("path", markdown(), ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        if file.startswith("http"):
            continue
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), target


def anchors(text: str) -> set[str]:
    """The names by which GitHub links to headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
