"""ARCHITECTURE.md and CONTRIBUTING.md name files, folders, classes and functions: each is where they say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from prt.imports import export
from prt.model import records
from prt.model.cells import Known
from prt.output import renderers
from prt.output.renderers import html
from tests.example_measure import Prompt
from tests.sources import parsed

ROOT = Path(__file__).parent.parent
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md")
PLACE = re.compile(
    r"`((?:prt|templates|docs|tests|benchmarks|plan|data|\.ci|\.github)(?:/[\w.\-]+)*/?)(?::([\w.]+))?`"
)
ROOT_FILE = re.compile(r"`([\w.]+\.(?:md|toml))`")


@cache
def read_page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def named_places(page: str) -> list[tuple[str, str]]:
    """(file or folder, name inside it or "") of everything that a page names."""
    text = read_page(page)
    return [*PLACE.findall(text), *((name, "") for name in ROOT_FILE.findall(text))]


@cache
def defined_names(file: str) -> set[str]:
    """The names that a module defines at its top, and `Class.name` of what its classes define."""
    tree = parsed(ROOT / file)
    found = set(names_in(tree.body))
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for name in names_in(node.body)}
    return found


def names_in(body: list[ast.stmt]) -> list[str]:
    found = []
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.append(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [target.id for target in targets if isinstance(target, ast.Name)]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_it_names_exists(page: str) -> None:
    files = {file for file, _ in named_places(page)}
    assert len(files) > 15
    assert [file for file in sorted(files) if not (ROOT / file).exists()] == [], f"{page} names what is not"


@pytest.mark.parametrize("page", PAGES)
def test_every_name_is_defined_in_its_file(page: str) -> None:
    names = [(file, name) for file, name in named_places(page) if name and (ROOT / file).is_file()]
    assert len(names) > 5
    missing = [f"{file}:{name}" for file, name in names if name not in defined_names(file)]
    assert missing == [], f"{page} names what its file does not define"


def test_every_room_is_in_the_table_and_every_row_is_a_room() -> None:
    rows = re.findall(r"^\| `(prt/[\w/]+)` \|", read_page("ARCHITECTURE.md"), re.MULTILINE)
    folders = {
        path.parent.relative_to(ROOT).as_posix()
        for path in (ROOT / "prt").rglob("*.py")
        if path.parent.name != "prt"
    }
    rooms = folders | {"prt/examples"}
    assert len(rooms) > 20
    assert set(rows) == rooms
    assert len(rows) == len(rooms)


def test_there_are_four_walks_through_many_rooms() -> None:
    walks = re.split(r"^\*\*\d\. ", read_page("ARCHITECTURE.md"), flags=re.MULTILINE)[1:]
    assert len(walks) == 4
    for walk in walks:
        assert len({Path(file).parent for file, name in PLACE.findall(walk) if name}) >= 3


def snippets(language: str) -> dict[str, str]:
    """The examples of CONTRIBUTING.md, each under its heading."""
    found = {}
    for section in read_page("CONTRIBUTING.md").split("\n## ")[1:]:
        if block := re.search(rf"```{language}\n(.*?)```", section, re.DOTALL):
            found[section.partition("\n")[0]] = block[1]
    return found


def made(heading: str, *modules: ModuleType) -> dict[str, Any]:
    """What an example makes, where it stands among the names of these modules; of a class that is there
    already it shows what is new.
    """
    names = {name: found for module in modules for name, found in vars(module).items() if name[0] != "_"}
    names |= {"__name__": "example", "RENDERERS": dict(renderers.RENDERERS)}
    text = snippets("python")[heading].replace("class Session(LogRecord)", "class Session(Session)")
    exec(compile(text, heading, "exec", dont_inherit=True), names)
    return names


def test_the_example_of_a_column_is_a_closed_list_with_words() -> None:
    column = made("A column", records)["Session"].column_named("venue")
    assert not column.required
    assert column.cell.read("École", Known(), "venue") == "school"
    words = yaml.safe_load(snippets("yaml")["A column"])
    assert set(words["value"]["venue"]) == set(column.cell.choices(Known(), "venue"))
    assert "venue" in words["column"]


def test_the_example_of_a_log_is_whole() -> None:
    loan = made("A log", records)["Loan"]
    assert loan.header() == ["id", "date", "board", "item", "note", "evidence"]
    assert {*loan.listed, *loan.shown, *loan.same, loan.title_column} <= set(loan.header())


def test_the_example_of_a_measure_says_all_that_a_measure_must() -> None:
    assert "`tests/example_measure.py`" in read_page("CONTRIBUTING.md")
    assert not Prompt.__abstractmethods__
    assert {"example", "facts", "fold", "people", "sentence"} <= set(vars(Prompt))
    words = yaml.safe_load(snippets("yaml")["A measure"])["measure"]["prompt"]
    assert all(set(re.findall(r"{(\w+)}", text)) == {"of", "column", "days"} for text in words.values())


def test_the_example_of_a_format_is_a_renderer() -> None:
    found = made("A format of a report", html, renderers)
    assert found["RENDERERS"].pop("txt").render is found["render_text"]


def test_the_example_of_a_source_reads_its_file() -> None:
    source = made("A source of imports", export)["SOURCE"]
    grid = export.Grid("badges.csv", (("badge no", "name"), ("17", "Ada Exemple")), (1, 2))
    assert source.recognise(grid)
    assert [one.name for one in source.read(grid, export.NO_HINTS).presences] == ["Ada Exemple"]


def languages_of(words: dict[str, Any]) -> Iterator[set[str]]:
    """The languages of each word, however deep it stands."""
    if any(isinstance(word, str) for word in words.values()):
        yield set(words)
        return
    for deeper in words.values():
        yield from languages_of(deeper)


def test_every_example_of_words_has_both_languages() -> None:
    found = [yaml.safe_load(text) for text in snippets("yaml").values()]
    assert len(found) == 3
    assert [set(words.pop("described", {})) for words in found] == [{"venue"}, {"item"}, set()]
    languages = [one for words in found for one in languages_of(words)]
    assert len(languages) > 6
    assert all(one == {"en", "fr"} for one in languages)
