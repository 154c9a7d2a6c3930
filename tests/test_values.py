"""Classes of fields behave as those of the module dataclasses, which is asked the same here."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Callable
from copy import copy, deepcopy
from functools import cached_property
from pickle import dumps, loads
from typing import Any, ClassVar, NamedTuple

import pytest

from prt import values
from tests.sources import PACKAGE, files, nodes


@values.dataclass(frozen=True, order=True)
class Mine:
    kind: ClassVar[str] = "mine"
    day: int
    name: str = "none"
    tags: list[str] = values.field(default_factory=list)
    note: str = values.field(default="", compare=False)

    @cached_property
    def double(self) -> int:
        return 2 * self.day


@dataclasses.dataclass(frozen=True, order=True)
class Theirs:
    kind: ClassVar[str] = "theirs"
    day: int
    name: str = "none"
    tags: list[str] = dataclasses.field(default_factory=list)
    note: str = dataclasses.field(default="", compare=False)


@values.dataclass
class Open:
    a: int
    b: int = values.field(init=False)

    def __repr__(self) -> str:
        return "my own"


@values.dataclass(frozen=True)
class Further(Mine):
    last: int = 0


BOTH = [(values, Mine), (dataclasses, Theirs)]
SAID: dict[str, Callable[[Any, Any], object]] = {
    "by place": lambda module, kind: vars(kind(1, "a", ["x"], "n")),
    "by name": lambda module, kind: vars(kind(day=1, note="n")),
    "some of both": lambda module, kind: vars(kind(1, note="n", name="b")),
    "shown": lambda module, kind: repr(kind(1, "a")).replace(kind.__name__, "It"),
    "equal": lambda module, kind: [
        kind(1) == kind(1, note="n"),
        kind(1) == kind(2),
        kind(1) == (1, "none", []),
    ],
    "in order": lambda module, kind: [
        kind(1) < kind(2),
        kind(2) <= kind(1),
        kind(3) > kind(2),
        kind(3) >= kind(3),
    ],
    "sorted": lambda module, kind: [one.name for one in sorted([kind(2, "b"), kind(2, "a"), kind(1, "c")])],
    "hashed": lambda module, kind: [hash(kind(1, tags=())) == hash(kind(1, tags=(), note="n"))],
    "nothing is shared": lambda module, kind: kind(1).tags is kind(1).tags,
    "a default of the class": lambda module, kind: [kind.name, kind.note, hasattr(kind, "tags")],
    "replaced": lambda module, kind: vars(module.replace(kind(1, "a", ["x"]), name="b")),
    "fields": lambda module, kind: [one.name for one in module.fields(kind)],
    "of a value": lambda module, kind: [one.name for one in module.fields(kind(1))],
    "is one": lambda module, kind: [module.is_dataclass(kind), module.is_dataclass(int)],
    "missing": lambda module, kind: [
        one.name for one in module.fields(kind) if one.default is module.MISSING
    ],
}
WRONG: dict[str, Callable[[Any], object]] = {
    "nothing given": lambda kind: kind(),
    "too many": lambda kind: kind(1, "a", [], "n", 5),
    "no such field": lambda kind: kind(1, other=2),
    "twice": lambda kind: kind(1, day=2),
    "changed": lambda kind: setattr(kind(1), "day", 2),
    "deleted": lambda kind: delattr(kind(1), "day"),
    "of another class": lambda kind: kind(1) < 2,
    "no hash of a list": lambda kind: hash(kind(1)),
}


SLOTTED = {"files/yaml/events.py"}
"""A file may have very many of their values: they have slots, which only dataclasses make."""


def test_classes_are_declared_in_one_manner() -> None:
    imports = (
        (path, one) for path in files() for one in nodes(path) if isinstance(one, ast.Import | ast.ImportFrom)
    )
    found = {path.relative_to(PACKAGE).as_posix() for path, one in imports if "dataclasses" in ast.dump(one)}
    assert found == SLOTTED


@pytest.mark.parametrize("said", SAID)
def test_the_same_is_said_as_of_a_dataclass(said: str) -> None:
    mine, theirs = (SAID[said](module, kind) for module, kind in BOTH)
    assert mine == theirs


@pytest.mark.parametrize("wrong", WRONG)
def test_the_same_is_refused_as_of_a_dataclass(wrong: str) -> None:
    found = []
    for _, kind in BOTH:
        with pytest.raises((TypeError, AttributeError)) as refused:
            WRONG[wrong](kind)
        found.append(refused.value)
    assert isinstance(found[1], type(found[0]))


def test_what_a_class_says_itself_stays() -> None:
    one = Open(1)
    one.b = 2
    assert repr(one) == "my own" and (one.a, one.b) == (1, 2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_fields_are_inherited() -> None:
    assert vars(Further(1, last=2)) == {"day": 1, "last": 2, "name": "none", "tags": [], "note": ""}
    assert Further(1) != Mine(1)


@pytest.mark.parametrize("made", [copy, deepcopy, lambda one: loads(dumps(one))])
def test_a_copy_is_equal(made: Callable[[Mine], Mine]) -> None:
    one = Mine(1, "a", ["x"])
    assert one.double == 2
    assert made(one) == one


class MyTuple(values.NamedTuple):
    day: int
    name: str = "none"
    tags: tuple[str, ...] = ()


class TheirTuple(NamedTuple):
    day: int
    name: str = "none"
    tags: tuple[str, ...] = ()


COPIES: tuple[Callable[[Any], Any], ...] = (copy, deepcopy, lambda one: loads(dumps(one)))
SAID_OF_TUPLES: dict[str, Callable[[Any], Any]] = {
    "all values": lambda kind: tuple(kind(1, "a", ("x",))),
    "some values": lambda kind: tuple(kind(1, "a")),
    "names": lambda kind: tuple(kind(tags=("x",), day=1)),
    "both": lambda kind: tuple(kind(1, tags=("x",))),
    "fields": lambda kind: (kind(1).day, kind(1).name, kind._fields),
    "changed": lambda kind: tuple(kind(1)._replace(name="b")),
    "as a dictionary": lambda kind: kind(1)._asdict(),
    "shown": lambda kind: repr(kind(1, "a")).partition("(")[2],
    "compared": lambda kind: (
        kind(1) == kind(1),
        kind(1) == (1, "none", ()),
        kind(1) < kind(2),
        hash(kind(1)),
    ),
    "copied": lambda kind: [tuple(made(kind(1, "a"))) for made in COPIES],
    "matched": lambda kind: kind.__match_args__,
}
WRONG_OF_TUPLES: dict[str, Callable[[Any], Any]] = {
    "none": lambda kind: kind(),
    "too many": lambda kind: kind(1, "a", (), 4),
    "twice": lambda kind: kind(1, day=2),
    "unknown": lambda kind: kind(1, other=2),
    "missing": lambda kind: kind(name="a"),
    "set": lambda kind: setattr(kind(1), "day", 2),
    "added": lambda kind: setattr(kind(1), "other", 2),
}


@pytest.mark.parametrize("said", SAID_OF_TUPLES)
def test_the_same_is_said_as_of_a_named_tuple(said: str) -> None:
    assert SAID_OF_TUPLES[said](MyTuple) == SAID_OF_TUPLES[said](TheirTuple)


@pytest.mark.parametrize("wrong", WRONG_OF_TUPLES)
def test_the_same_is_refused_as_of_a_named_tuple(wrong: str) -> None:
    for kind in (MyTuple, TheirTuple):
        with pytest.raises((TypeError, AttributeError)):
            WRONG_OF_TUPLES[wrong](kind)


def test_named_tuples_are_declared_in_one_manner() -> None:
    imports = ((path, one) for path in files() for one in nodes(path) if isinstance(one, ast.ImportFrom))
    found = {path.name for path, one in imports if one.module == "typing" and "'NamedTuple'" in ast.dump(one)}
    assert found == {"values.py"}
