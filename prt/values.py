"""Classes whose fields are their annotations, as those of the module dataclasses, made without writing code.

That module writes and compiles six functions for each class, and needs half of Python for it: 50 ms of each
start of prt. So what every command loads is declared with this `dataclass`; it is used in the same manner. So
is this `NamedTuple`, in place of that of the module typing: 0.2 ms for each class.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter, ge, gt, le, lt
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

MISSING: Any = object()
Made = TypeVar("Made")


class ValueField:
    """One field of a class, as its annotation and what stands after the `=` declare it."""

    name = annotation = ""

    def __init__(self, default: Any, factory: Callable[[], Any] | None, init: bool, compare: bool) -> None:
        self.default, self.factory, self.init, self.compare = default, factory, init, compare

    def empty(self) -> Any:
        """The value where none is given."""
        return self.factory() if self.factory else self.default


def field(
    *,
    default: Any = MISSING,
    default_factory: Callable[[], Any] | None = None,
    init: bool = True,
    compare: bool = True,
    repr: bool = True,  # noqa: A002 — as dataclasses have it; all fields are shown
) -> Any:
    return ValueField(default, default_factory, init, compare)


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    cls: type | None = None, /, *, frozen: bool = False, order: bool = False, eq: bool = True
) -> Any:
    """Two are equal if they are of one class and have equal fields."""
    complete = partial(complete_class, frozen=frozen, order=order, eq=eq)
    return complete if cls is None else complete(cls)


def complete_class(cls: type, *, frozen: bool, order: bool, eq: bool) -> type:
    """The class with its fields, and with the methods that it does not define itself."""
    inherited: Mapping[str, ValueField] = getattr(cls, "value_fields", {})
    own = {name: own_field(cls, name) for name in cls.__annotations__ if not is_of_class(cls, name)}
    every = {**inherited, **own}
    key = key_of_fields([name for name, one in every.items() if one.compare])
    methods: dict[str, Any] = {"__init__": init_of(every), "__repr__": show}
    if eq:
        methods |= {"__eq__": equal_by(key), "__hash__": (lambda self: hash(key(self))) if frozen else None}
    if frozen:
        methods |= {"__setattr__": refuse_change, "__delattr__": refuse_change}
    if order:
        methods |= {f"__{test.__name__}__": ordered_by(key, test) for test in (lt, le, gt, ge)}
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(cls, name, method)
    cls.value_fields = every  # type: ignore[attr-defined]
    cls.given_names = tuple(name for name, one in every.items() if one.init)  # type: ignore[attr-defined]
    return cls


def is_of_class(cls: type, name: str) -> bool:
    return str(cls.__annotations__[name]).removeprefix("typing.").startswith("ClassVar")


def own_field(cls: type, name: str) -> ValueField:
    """A default stays an attribute of the class."""
    found = vars(cls).get(name, MISSING)
    one = found if isinstance(found, ValueField) else ValueField(found, None, True, True)
    one.name, one.annotation = name, str(cls.__annotations__[name])
    if one is found and one.default is MISSING:
        delattr(cls, name)
    elif one is found:
        setattr(cls, name, one.default)
    return one


def init_of(every: Mapping[str, ValueField]) -> Callable[..., None]:
    """A report makes ten thousand values: what can be known of a class is known before."""
    names = [name for name, one in every.items() if one.init]
    factories = [(name, one.factory) for name, one in every.items() if one.factory]
    defaults = {name: one.default for name, one in every.items() if one.default is not MISSING}
    total = len(every)
    to_be_named: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
    """After so many values: the fields that are needed, and all of them; found when they are asked for."""

    def fields_after(number: int) -> tuple[frozenset[str], frozenset[str]]:
        rest = frozenset(names[number:])
        return to_be_named.setdefault(number, (rest.difference(defaults, dict(factories)), rest))

    def init(self: Any, *values: Any, **named: Any) -> None:
        own, number = self.__dict__, len(values)
        if number == total and not named:  # as most are made
            own.update(zip(names, values))  # noqa: B905 — as many as are counted
            return
        needed, rest = to_be_named.get(number) or fields_after(number)
        if number > len(names) or not needed <= named.keys() <= rest:
            raise TypeError(f"{type(self).__name__} has {', '.join(names)}: {values}, {named}")
        own.update(defaults)
        own.update(zip(names, values), **named)  # noqa: B905 — the others are named
        for name, factory in factories:
            if name not in own:
                own[name] = factory()

    return init


def key_of_fields(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda value: ()


def equal_by(key: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def equal(self: Any, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented  # type: ignore[no-any-return]
        return self is other or bool(key(self) == key(other))

    return equal


def ordered_by(key: Callable[[Any], Any], test: Callable[[Any, Any], Any]) -> Callable[[Any, object], bool]:
    def ordered(self: Any, other: object) -> bool:
        return bool(test(key(self), key(other))) if type(other) is type(self) else NotImplemented

    return ordered


def show(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name, None)!r}" for one in fields(self))
    return f"{type(self).__qualname__}({shown})"


def refuse_change(self: object, name: str, *_: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be changed")


def fields(value: Any) -> tuple[ValueField, ...]:
    """The fields of a value or of its class, in the order of the declaration."""
    return tuple(value.value_fields.values())


def is_dataclass(kind: type) -> bool:
    return hasattr(kind, "value_fields")


def replace(value: Made, /, **changes: Any) -> Made:
    """A copy of a value with other values in some fields; of a NamedTuple too."""
    if isinstance(value, tuple):
        return value._replace(**changes)  # type: ignore[attr-defined,no-any-return]
    names = value.given_names  # type: ignore[attr-defined]
    values = [changes.pop(one) if one in changes else getattr(value, one) for one in names]
    return type(value)(*values, **changes)  # a change that is left is of no field, and refused


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    FieldOfTuple = type(namedtuple("One", "value").value)
    """What a named tuple has for each of its fields."""

    class TupleKind(type):
        """The class of classes of tuples: the annotations of one are its fields."""

        def __new__(kind, name: str, bases: tuple[type, ...], own: dict[str, Any]) -> type:
            if names := tuple(own.get("__annotations__", ())):
                defaults = {one: own[one] for one in names if one in own}
                own |= {one: FieldOfTuple(at, "") for at, one in enumerate(names)}
                last = {number: (*defaults.values(),)[-number:] for number in range(1, len(defaults) + 1)}
                own |= {"__slots__": (), "__match_args__": names, "_fields": names, "_last": last}
            return super().__new__(kind, name, bases, own)

    class NamedTuple(tuple, metaclass=TupleKind):
        """A tuple with named fields, as that of the module typing."""

        __slots__ = ()

        def __new__(cls, *values: Any, **named: Any) -> Any:
            missing = len(cls._fields) - len(values)
            if missing or named:
                last = cls._last.get(missing)
                values = all_values(cls, values, named) if named or last is None else values + last
            return tuple.__new__(cls, values)

        def _replace(self, **changes: Any) -> Any:
            values = [changes.pop(name, value) for name, value in self._asdict().items()]
            return type(self)(*values, **changes)  # a change that is left is of no field, and refused

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            shown = ", ".join(f"{name}={one!r}" for name, one in self._asdict().items())
            return f"{type(self).__name__}({shown})"

    def all_values(cls: type[NamedTuple], values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """The value of each field: those in order, those by name, and the defaults of others."""
        names = cls._fields
        given = dict(zip(names, values))  # noqa: B905 — the others are named
        defaults = cls._last.get(len(cls._last), ())
        found = dict(zip(names[-len(defaults) :], defaults)) | given | named  # noqa: B905
        if len(values) > len(names) or not named.keys().isdisjoint(given) or found.keys() != {*names}:
            raise TypeError(f"{cls.__name__} has {', '.join(names)}: {values}, {named}")
        return tuple([found[name] for name in names])
