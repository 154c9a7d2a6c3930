"""The base of plan pieces, measures, selections and logs: frozen classes, made without code generation.

A class declares its fields as annotations; they are evaluated only when somebody asks for a `hint`, which a
run that reads no new plan does of few. What a plan *file* may hold is checked at the border, from the same
declarations (`prt/files/plan/schema.py`); an instance made in code is not checked.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import repeat
from types import NoneType, UnionType
from typing import Any, ClassVar, Self, Union, dataclass_transform, get_args, get_origin

from prt.values import MISSING, NamedTuple, is_of_class, refuse_change

HINTS: dict[tuple[str, str], Any] = {}
"""Annotations and their modules, as types."""


def hint_of(written: str, module: str) -> Any:
    """A type as a module writes it; the same one is evaluated once."""
    found = HINTS.get((written, module))
    if found is None:
        names = vars(sys.modules[module])
        found = names[written] if written in names else eval(written, names)
        HINTS[written, module] = found = NoneType if found is None else found
    return found


class Field:
    """One field of a class: what it is called, what it may be, what it is where nothing is written."""

    def __init__(
        self,
        default: Any = MISSING,
        factory: Callable[[], Any] | None = None,
        key: str = "",
        shortest: int = 0,
        description: str = "",
        asked: bool = False,
    ) -> None:
        self.default = default
        self.factory = factory
        self.key = key
        self.shortest = shortest
        self.description = description
        self.asked = asked

    def named(self, name: str, annotation: Any, module: str) -> Field:
        """The same field, as the class of that module declares it."""
        self.name = name
        self.key = self.key or name
        self.annotation = annotation
        self.module = module
        return self

    @property
    def has_default(self) -> bool:
        return self.default is not MISSING and self.factory is None

    @property
    def required(self) -> bool:
        return self.default is MISSING and self.factory is None

    @property
    def hint(self) -> Any:
        """The annotation as a type."""
        return hint_of(self.annotation, self.module) if isinstance(self.annotation, str) else self.annotation

    @property
    def alternatives(self) -> tuple[Any, ...]:
        """The types of a union; of any other annotation its type alone. To make the union takes longest."""
        if isinstance(self.annotation, str) and "[" not in self.annotation:
            return tuple(map(hint_of, self.annotation.split(" | "), repeat(self.module)))
        hint = self.hint
        return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)

    def empty(self) -> Any:
        """The value where none is given."""
        if self.required:
            raise TypeError(f"{self.name} is needed")
        return self.factory() if self.factory else self.default


def field(
    *,
    default: Any = MISSING,
    factory: Callable[[], Any] | None = None,
    key: str = "",
    shortest: int = 0,
    description: str = "",
    asked: bool = False,
) -> Any:
    """A field that needs more than a default: another `key` in the file, a list of at least `shortest`,
    a `description` in the reference. Whoever adds a measure is `asked` for it though it has a default.
    """
    return Field(default, factory, key, shortest, description, asked)


class Kind(ABCMeta):
    """The class of these classes: one with abstract methods makes no instance."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Base(metaclass=Kind):
    """A frozen value; two are equal if they are of one class and have equal fields."""

    fields: ClassVar[Mapping[str, Field]] = {}
    strict: ClassVar[bool] = True  # a file may have no other keys and no other types

    def __init_subclass__(cls) -> None:
        own = ((name, text) for name, text in cls.__annotations__.items() if not is_of_class(cls, name))
        fields = {name: own_field(cls, name).named(name, text, cls.__module__) for name, text in own}
        cls.fields = {**cls.fields, **fields}

    def __init__(self, **values: Any) -> None:
        given, empty = frozenset(values), values_of_absent(type(self))
        if not given <= self.fields.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(given - self.fields.keys())}")
        own = self.__dict__
        own.update(empty.defaults)
        own.update(values, _given=given)
        for name, field in empty.others if len(own) <= len(self.fields) else ():
            if name not in given:
                own[name] = field.empty()

    @property
    def given(self) -> frozenset[str]:
        """The fields that somebody wrote; the others have their defaults."""
        found: frozenset[str] = vars(self)["_given"]
        return found

    def items(self) -> Iterator[tuple[str, Any]]:
        """Each field's name and value, in the order of the declaration."""
        return ((name, getattr(self, name)) for name in type(self).fields)

    def replace(self, **changes: Any) -> Self:
        """The same with other values of some fields."""
        return type(self)(**({name: getattr(self, name) for name in self.given} | changes))

    def check(self) -> None:
        """Raise a Mistake where the fields contradict each other. The reader of a file calls it."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Base) or type(other) is not type(self):
            return NotImplemented
        return self is other or all(getattr(self, name) == getattr(other, name) for name in self.fields)

    def __hash__(self) -> int:
        return hash((type(self), *(value for _, value in self.items())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.items())})"

    __setattr__ = __delattr__ = refuse_change


def is_same(one: Any, other: Any) -> bool:
    """Are two values equal, and was the same given in each?"""
    return bool(one == other) and list(given_in(one)) == list(given_in(other))


def given_in(value: Any) -> Iterator[frozenset[str]]:
    """What was given in each value of our classes that there is in it."""
    if isinstance(value, Base):
        yield value.given
        value = dict(value.items())
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    for one in inside:
        yield from given_in(one)


class Absent(NamedTuple):
    """The fields of a class that a value need not be given: their defaults; and those that are needed, or
    of which each value has one made for it."""

    defaults: dict[str, Any]
    others: list[tuple[str, Field]]


@cache
def values_of_absent(piece: type[Base]) -> Absent:
    """A plan has many hundred values: what can be known of a class is known before."""
    defaults = {name: one.default for name, one in piece.fields.items() if one.has_default}
    return Absent(defaults, [(name, one) for name, one in piece.fields.items() if name not in defaults])


def own_field(cls: type, name: str) -> Field:
    """What stands after the `=`: a Field, a default, or nothing."""
    found = vars(cls).get(name, MISSING)
    return found if isinstance(found, Field) else Field(found)


class Written:
    """In an annotation: `read` makes the value of one of `forms` (a type, or its JSON schema) in the file."""

    def __init__(self, read: Callable[[Any], Any], forms: Any) -> None:
        self.read = read
        self.forms = forms


class ByKind:
    """In an annotation: a mapping is one of these classes, and its `kind` says which."""

    def __init__(self, kinds: Sequence[type[Base]]) -> None:
        self.kinds = kinds


class ByKey:
    """In the annotation of a union: a mapping is the class whose first field is a key of it.

    Without such a key it is a mistake, in these words; or the last class, where there are no words.
    """

    def __init__(self, mistake: str = "") -> None:
        self.mistake = mistake
