"""YAML as plain values: every scalar means what was written, and any bytes give a value or a problem."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from prt.files.plan.plan import read_plan
from prt.files.yaml import events
from prt.files.yaml.document import YamlFile, read_yaml
from prt.model.text import Unquoted
from prt.problems import errors
from tests.conftest import some
from tests.texts import any_text

GALLERY = sorted((Path(__file__).parent / "gallery" / "plan").glob("*.yaml"))


def read(text: str) -> YamlFile:
    return read_yaml(text.encode(), "p.yaml")


def value(text: str) -> Any:
    file = read(text)
    assert file.problems == []
    return file.value


def mistake(text: str) -> str:
    problems = read(text).problems
    assert len(problems) == 1, problems
    return f"{problems[0].where.line}:{problems[0].where.column}: {problems[0].what}"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("word", "word"),
        ("two words", "two words"),
        ("37", 37),
        ("-3", -3),
        ("0", 0),
        ("1.10", Decimal("1.10")),
        (".5", Decimal("0.5")),
        ("75%", "75%"),
        ("1.3a", "1.3a"),
        ("2024-2025", "2024-2025"),
        ("2024-10-16", dt.date(2024, 10, 16)),
        ("2024-7-1", "2024-7-1"),
        ("true", True),
        ("False", False),
        ("yes", Unquoted("yes")),
        ("Off", Unquoted("Off")),
        ("yEs", "yEs"),
        ("N", "N"),
        ("null", None),
        ("~", None),
        ('"yes"', "yes"),
        ("'1.10'", "1.10"),
        ('"# of updates"', "# of updates"),
        ('"a\\u00e9\\n"', "aé\n"),
        ("09h30", "09h30"),
        ("1:75", "1:75"),
        ("l’école #1", "l’école"),
        ("é: à", {"é": "à"}),
        ("[a, 1, {b: no}]", ["a", 1, {"b": Unquoted("no")}]),
    ],
)
def test_a_scalar_is_what_was_written(written: str, expected: Any) -> None:
    found = read(f"- {written}\n").value[0]
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("2024-02-30", '"2024-02-30" is not a day of the calendar'),
        ("1:30", "1:30 is read as 90 by YAML, in base 60"),
        ("1:30:00", "1:30:00 is read as 5400 by YAML, in base 60"),
        ("010", "010 is read as 8 by YAML"),
        ("089", "089 begins with 0, which is no number"),
        ("0x1f", "0x1f is read as 31 by YAML"),
        ("0b11", "0b11 is read as 3 by YAML"),
        ("1_000", "1_000 is a number with underscores"),
        (".inf", ".inf is no amount"),
        ("-.INF", "-.INF is no amount"),
        (".nan", ".nan is no amount"),
        ("1e3", "1e3 is a number with an exponent"),
        ("2024-07-01T10:00:00Z", "2024-07-01T10:00:00Z is a date with an hour"),
        ("1234567890123456789", "a number of 19 characters"),
        ("# of updates", "YAML takes # of updates for a comment and does not read it"),
        ("*updates", "*updates is an alias, which is not read here"),
        ("&updates 1", "&updates is an anchor, which is not read here"),
        ("!!str 1", "!!str is a tag, which is not read here"),
        ('"a\\u202eb"', "the code of an invisible character (U+202E)"),
    ],
)
def test_a_trap_is_named(written: str, what: str) -> None:
    assert mistake(f"a: {written}\n") == f"1:{4 if written[0] != '#' else 3}: {what}"


def test_keys_are_whole_numbers_or_text() -> None:
    assert value("{1: a, 010: b, 1.10: c, yes: d, '2': e}") == {
        1: "a",
        "010": "b",
        "1.10": "c",
        "yes": "d",
        "2": "e",
    }


@pytest.mark.parametrize(
    "text", ["a: 1\r\nb: 2\r\n", "\ufeffa: 1\nb: 2\n", "---\na: 1\nb: 2\n...\n", "a: 1\rb: 2"]
)
def test_line_ends_and_marks_do_not_matter(text: str) -> None:
    assert value(text) == {"a": 1, "b": 2}
    assert read(text).place(("b",)).column == 4


def test_of_a_key_written_twice_the_first_holds() -> None:
    file = read("a: 1\nb: {x: 1, x: 2}\na: 3\n")
    assert file.value == {"a": 1, "b": {"x": 1}}
    assert [(str(problem.where), problem.where.path) for problem in file.problems] == [
        ("p.yaml:2:11", "b.x"),
        ("p.yaml:3:1", "a"),
    ]


PLACES = """volets:
  - id: "1.1"
    strategy: {fr: stratégie}
    measure:
      kind: ratio
      part: {sum: positive, of: pd}
      whole: {anyone_in: pd, by: person}
"""


@pytest.mark.parametrize(
    ("path", "line", "column", "found"),
    [
        (("volets", 0, "id"), 2, 9, "volets.0.id"),
        (("volets", 0, "strategy", "fr"), 3, 20, "volets.0.strategy.fr"),
        (("volets", 0, "measure", "ratio", "part", "sum"), 6, 19, "volets.0.measure.part.sum"),
        (
            ("volets", 0, "measure", "ratio", "whole", "anyone_in", "anyone_in"),
            7,
            26,
            "volets.0.measure.whole.anyone_in",
        ),
        (("volets", 0, "measure", "ratio", "whole", "anyone_in", "by"), 7, 34, "volets.0.measure.whole.by"),
        (("volets", 0, "measure", "ratio", "part", "of", "selection"), 6, 33, "volets.0.measure.part.of"),
        (("volets", 0, "title"), 2, 5, "volets.0"),
        (("volets", 7, "id"), 2, 3, "volets"),
        ((), 1, 1, ""),
    ],
)
def test_a_path_leads_to_its_place_whatever_pydantic_puts_between(
    path: tuple[str | int, ...], line: int, column: int, found: str
) -> None:
    place = read(PLACES).place(path)
    assert (place.line, place.column, place.path) == (line, column, found)


def test_the_place_of_a_key_and_the_text_of_a_value() -> None:
    file = read("target: {at_least: 1.10}\n")
    assert str(file.key_place(("target", "at_least"))) == "p.yaml:1:10"
    assert file.text(("target", "at_least")) == "1.10"
    assert file.text(("target",)) == ""


def test_a_second_document_leaves_the_first() -> None:
    file = read("a: 1\n---\na: 2\n")
    assert file.value == {"a": 1}
    assert len(file.problems) == 1


BOMB = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (c, c, c - 1, c - 1) for c in range(98, 123))
HEAVY = {
    "alias bomb": BOMB,
    "nested lists": b"[" * 2_000,
    "nested mappings": b"{a: " * 200_000,
    "nested dashes": b"- " * 400_000,
    "indented": b"".join(b" " * depth + b"a:\n" for depth in range(1_000)),
    "five megabytes": b"a: b\n" * 1_000_000,
    "one key": b"? " + b"a" * 900_000,
    "aliases": b"[" + b"*a, " * 200_000 + b"]",
    "underscores": b"a: 1" + b"_" * 900_000 + b"x",
    "digits": b"a: " + b"1" * 900_000 + b"e",
    "hashes": b"{a: b" + b" #" * 400_000 + b"\n, :",
    "quotes": b"'" * 900_000,
    "keys twice": b"a: 1\n" * 190_000,
    "NUL": b"\0" * 900_000,
    "not UTF-8": b"\n" * 400_000 + b"\xff",
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_is_made_to_hurt_does_not(name: str) -> None:
    started = time.process_time()
    plan, problems = read_plan(HEAVY[name], "p.yaml")
    assert plan is None
    assert 1 <= len(problems) <= 101
    assert max(len(str(problem)) for problem in problems) < 1_000
    assert time.process_time() - started < 5  # whatever else the machine does


SYNTAX = st.text(alphabet="ab1:#-,?!&*|>%@`'\"[]{}\\ \t\n\r._~<=é\u2028\ufeff0", max_size=60)


@given(st.one_of(st.binary(max_size=200), SYNTAX.map(str.encode)))
def test_any_bytes_give_a_value_or_a_problem(raw: bytes) -> None:
    file = read_yaml(raw, "p.yaml")
    assert all(problem.what and problem.remedy for problem in file.problems)
    plan, problems = read_plan(raw, "p.yaml")
    assert plan is None and errors(problems)


@given(st.data())
def test_a_plan_with_a_piece_replaced_gives_a_plan_or_an_error(data: st.DataObject) -> None:
    raw = GALLERY[0].read_bytes()
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 30)))
    plan, problems = read_plan(raw[:start] + data.draw(SYNTAX).encode() + raw[end:], "p.yaml")
    assert plan is not None or errors(problems)


PLAIN = st.recursive(
    st.one_of(st.integers(-(10**9), 10**9), st.booleans(), st.dates(), any_text(), st.none()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text(min_size=1), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(any_text(min_size=1), PLAIN, max_size=4))
def test_what_a_yaml_writer_writes_is_read_back(written: dict[str, Any]) -> None:
    text = yaml.safe_dump(written, allow_unicode=False)
    file = read(text)
    if not file.problems:  # codes of control characters
        assert file.value == written


@pytest.mark.parametrize("path", some(GALLERY, 15), ids=lambda path: path.stem)
def test_without_the_c_parser_problems_are_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_c = read_yaml(path.read_bytes(), path.name)
    monkeypatch.setattr(events, "LOADER", yaml.SafeLoader)
    without = read_yaml(path.read_bytes(), path.name)
    assert without.value == with_c.value
    assert [one.what for one in without.problems] == [one.what for one in with_c.problems]


@pytest.mark.parametrize(
    ("written", "what", "remedy"),
    [
        ("{at_least: 75,5%}", '"75,5%" is two things', "Write 75.5%."),
        ("{at_least: 75,5, by: 2}", '"75,5" is two things', "Write 75.5."),
        ("{at_least: 1,400}", '"1,400" is two things', "Write 1400 or 1.4."),
        ("{at_least: 1,050 }", '"1,050" is two things', "Write 1050 or 1.05."),
        ("{at_least: 0,125}", '"0,125" is two things', "Write 0.125."),
    ],
)
def test_a_number_that_braces_cut_at_its_comma_is_named(written: str, what: str, remedy: str) -> None:
    [problem] = read(f"a: {written}\n").problems
    assert what in problem.what and problem.remedy == remedy


@pytest.mark.parametrize("written", ["{1: 10,2: 20}", "[1,400]", "{a: x1,400: 2}", '{a: "1",b: 2}'])
def test_other_commas_in_braces_separate(written: str) -> None:
    assert read(f"a: {written}\n").problems == []


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"])
@pytest.mark.parametrize(
    ("text", "place"),
    [("a:\n  b: 1\n {}c: 2\n", "3:2"), ("a:\n  - b: 1\n   {}c: 2\n", "3:4"), ("{}a: 1\n", "1:1")],
)
def test_a_no_break_space_in_an_indentation_is_named(space: str, text: str, place: str) -> None:
    assert mistake(text.format(space)) == f"{place}: a no-break space stands where YAML needs spaces"


def test_a_no_break_space_inside_a_text_is_one_of_it() -> None:
    assert value("a: |\n  \u00a0b: 75\u00a0%\nc: 75\u00a0%\n") == {
        "a": "\u00a0b: 75\u00a0%\n",
        "c": "75\u00a0%",
    }


def test_the_marks_of_an_unfinished_merge_are_named() -> None:
    found = read("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n").problems
    assert [one.where.line for one in found] == [2, 4, 6]
    assert found[0].what == "a merge that git could not finish left this line: <<<<<<<"
    assert read("a: 1\n=======\nb: 2\n").problems[0].what.endswith("left this line: =======")
