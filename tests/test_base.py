"""The base class of the core: frozen values of declared fields, and the border that makes them from a file."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

import pytest

from prt.files.plan.pieces import WrongShape, read_piece
from prt.model.base import Base, field
from prt.model.text import Text
from prt.problems import Mistake


class Pair(Base):
    """Two numbers in their order."""

    unit: ClassVar[str] = "h"
    low: int = field(key="from")
    high: int = 10
    words: dict[str, str] = field(factory=dict)

    def check(self) -> None:
        if self.low > self.high:
            raise Mistake("higher_end_first")


class Named(Pair):
    name: str

    @property
    def text(self) -> str:
        return f"{self.name}: {self.low}-{self.high}{self.unit}"


class Same(Pair):
    """The same fields."""


def test_fields_are_those_of_the_base_and_its_own() -> None:
    assert [one.key for one in Named.fields.values()] == ["from", "high", "words", "name"]
    assert [name for name, one in Named.fields.items() if one.required] == ["low", "name"]
    assert Named(low=1, name="A").text == "A: 1-10h"


def test_a_value_is_frozen() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        Pair(low=1).low = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del Pair(low=1).low


def test_values_of_one_class_with_equal_fields_are_equal() -> None:
    assert Pair(low=1) == Pair(low=1, high=10) != Pair(low=2)
    assert Same(low=1) != Pair(low=1)
    assert hash(Text(en="a")) == hash(Text(en="a", fr=None))
    assert repr(Pair(low=1)) == "Pair(low=1, high=10, words={})"


def test_no_two_values_share_what_a_factory_made() -> None:
    assert Pair(low=1).words is not Pair(low=1).words


@pytest.mark.parametrize(("values", "wrong"), [({}, "low is needed"), ({"low": 1, "up": 2}, "has no up")])
def test_fields_are_given_by_their_names(values: dict[str, Any], wrong: str) -> None:
    with pytest.raises(TypeError, match=wrong):
        Pair(**values)


def test_a_copy_knows_what_was_given() -> None:
    one = Pair(low=1)
    assert one.given == {"low"}
    assert one.replace(high=3) == Pair(low=1, high=3)
    assert one.replace(high=3).given == {"low", "high"}


def test_an_abstract_class_makes_no_value() -> None:
    class Shape(Base):
        @abstractmethod
        def area(self) -> int: ...

    with pytest.raises(TypeError, match="abstract"):
        Shape()  # type: ignore[abstract]


def test_a_file_is_read_as_that_class() -> None:
    met: dict[int, type[Base]] = {}
    written = {"from": 1, "high": 3}
    assert read_piece(Pair, written, met) == Pair(low=1, high=3)
    assert met == {id(written): Pair}


@pytest.mark.parametrize(
    ("written", "kind", "place"),
    [
        ({"from": "1"}, "int_type", ("from",)),
        ({}, "missing", ("from",)),
        ({"from": 1, "up": 2}, "extra_forbidden", ("up",)),
        ({"from": 20}, "value_error", ()),
    ],
)
def test_a_mistake_has_its_place(written: dict[str, Any], kind: str, place: tuple[str, ...]) -> None:
    with pytest.raises(WrongShape) as wrong:
        read_piece(Pair, written)
    [found] = wrong.value.details
    assert (found["type"], found["loc"]) == (kind, place)
