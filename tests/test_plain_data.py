"""Values as plain data and back: they come back as they were, and damaged data is refused in one manner."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from prt.files.csv.dialect import Dialect
from prt.files.kept import plain_data
from prt.files.kept.plain_data import as_json, from_json, from_plain, to_plain
from prt.model.base import Base, is_same
from prt.model.text import ForeignText, Text, Unit
from prt.output.numbers import Raised, Value
from prt.problems import JoinedTexts, Place
from prt.values import NamedTuple, dataclass
from tests.texts import any_text


class Point(NamedTuple):
    """Two values in their order."""

    x: Any
    y: Any = None


DAYS = st.dates()
ATOMS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | any_text()
LEAVES = st.one_of(
    ATOMS,
    DAYS,
    st.fractions(),
    st.builds(Markup, any_text()),
    st.builds(Value, any_text(), st.none() | DAYS | st.fractions(), any_text()),
    st.builds(Raised, any_text(), any_text(), DAYS),
    st.builds(ForeignText, any_text(), st.sampled_from(["en", "fr"])),
    st.builds(lambda en: Unit(Text(en=en)), any_text()),
    st.builds(Place, any_text(), st.integers(), st.integers(), any_text()),
    st.builds(Dialect),
    st.lists(ATOMS),
    st.builds(range, st.integers(0, 9), st.integers(0, 9)),
)
VALUES = st.recursive(
    LEAVES,
    lambda inside: st.one_of(
        st.lists(inside).map(tuple),
        st.dictionaries(any_text() | DAYS, inside),
        st.dictionaries(st.sampled_from(["en", "fr"]), inside).map(lambda given: Text(**given)),
        st.builds(JoinedTexts, st.lists(inside).map(tuple), st.just("or")),
        st.builds(Point, inside, inside),
    ),
)
ANY_JSON = st.recursive(ATOMS, lambda inside: st.lists(inside) | st.dictionaries(any_text(), inside))


def known(value: object) -> Any:
    """All that a value is: its classes, and what is behind its texts."""
    if isinstance(value, Base | Dialect | Place | JoinedTexts | Value | ForeignText | Unit):
        return type(value), {name: known(one) for name, one in vars(value).items()}, str(value)
    if isinstance(value, tuple | list):
        return type(value), [*map(known, value)]
    if isinstance(value, dict):
        return dict, known([*value.items()])
    return type(value), value


@given(VALUES)
def test_any_value_comes_back_as_it_was(value: object) -> None:
    again = from_json(as_json(value), object)
    assert again == value and known(again) == known(value)


def test_what_was_given_comes_back_too() -> None:
    for one in (Text(en="a"), Text(en="a", fr=None)):
        assert is_same(from_json(as_json(one), Text), one)
    assert not is_same(from_json(as_json(Text(en="a")), Text), Text(en="a", fr=None))


@given(VALUES, st.data())
def test_damaged_data_is_a_value_or_a_value_error(value: object, data: st.DataObject) -> None:
    plain = json.loads(json.dumps(to_plain(value)))
    found = plain
    while isinstance(found, list) and found:
        at = data.draw(st.integers(0, len(found) - 1))
        if data.draw(st.booleans()):
            found[at] = data.draw(ANY_JSON)
            break
        found = found[at]
    with suppress(ValueError):
        from_plain(plain, object)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff",
        b"null",
        b"[]",
        b"[[],[0]]",
        b"[[],[]]",
        b'[[],{"tuple":1}]',
        b"[" * 100_000,
        b'[[["fractions.Fraction"]],[0,1,0]]',
        b'[[["datetime.date"]],[0,1,2]]',
        b'[[["prt.model.text.Text","es"]],[0,"a"]]',
        b'[[["prt.model.text.Text","en"]],[0]]',
        b'[[["prt.files.csv.dialect.Dialect"]],[0,1,2,3,4,5]]',
        b'[[["prt.files.csv.dialect.codec"]],[0,"utf-8"]]',
        b'[[["os.system"]],[0,"true"]]',
        b'[[["subprocess.Popen"]],[0,"true"]]',
        b'[[["builtins.type"]],[0,"a"]]',
        b'[[["pathlib.Path"]],[0,"a"]]',
        b'[[["nowhere.Nothing"]],[0]]',
        b'[[["Nothing"]],[0]]',
    ],
)
def test_what_is_no_plain_data_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError):
        from_json(text, object)


def test_a_value_of_another_class_is_a_value_error() -> None:
    with pytest.raises(ValueError):
        from_json(as_json(Text(en="a")), tuple)


class Loud(str):
    """A text that holds more than it says it is made of."""

    def __new__(cls, text: str, times: int) -> Loud:
        made = super().__new__(cls, text.upper())
        made.times = times  # type: ignore[attr-defined]
        return made


@pytest.mark.parametrize(
    "value",
    [object(), {1}, b"a", dt.datetime(2025, 1, 1), 1j, [Text()], [()], len, Text, Loud("a", 2)],
    ids=lambda value: type(value).__name__,
)
def test_what_would_not_come_back_is_a_type_error(value: object) -> None:
    for one in (value, (value,), {"a": value}, Text(en=value)):  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            to_plain(one)


def test_a_class_that_is_not_found_by_its_name_is_a_type_error() -> None:
    """Another one would come back in its place."""

    @dataclass(frozen=True)
    class Other:
        """Of the name of the one above."""

        x: int

    with pytest.raises(TypeError):
        to_plain(Other(1))
    Other.__qualname__ = "Point"
    with pytest.raises(TypeError):
        to_plain(Other(1))


def test_each_kind_is_named_once() -> None:
    kinds, _ = to_plain((Text(en="a"), Text(en="b"), Text(fr="c"), Fraction(1, 2), Fraction(1, 3)))
    assert [name.rpartition(".")[2] for name, *_ in kinds] == ["tuple", "Text", "Text", "Fraction"]
    assert plain_data.AS_THEY_ARE.isdisjoint(plain_data.PARTS)
