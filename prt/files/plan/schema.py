"""The border: pydantic models made from our own classes check what a plan or a manifest holds.

What comes out are values of those classes. Loading pydantic is expensive: only `pieces` asks for this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from graphlib import TopologicalSorter
from operator import or_
from types import UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    create_model,
    model_validator,
)

from prt.model import base
from prt.model.base import Base, ByKey, ByKind, Written
from prt.model.measures import KINDS
from prt.model.plan import Plan

OTHERWISE = "otherwise"
"""What no key of a plan is called."""


def plan_schema() -> str:
    """The JSON Schema of a plan file, for editors: completion, and mistakes while typing."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema = head | model_of(Plan).model_json_schema(by_alias=True) | {"title": "A plan of prt"}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def validate(piece: type[Base], value: Any, met: dict[int, type[Base]] | None) -> tuple[Any, list[Any]]:
    """The value as that class; or what pydantic says of each mistake. `met` is filled."""
    try:
        return model_of(piece).model_validate(value, context=met), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


class Model(BaseModel):
    """What the models of all classes share; `piece` is the class that a model was made from.

    Strict: a number is no text, `yes` no boolean, 20240701 no date; a key that the class does not know is a
    mistake; only lists may stand for tuples.
    """

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True, defer_build=True)
    piece: ClassVar[type[Base]]

    @model_validator(mode="before")
    @classmethod
    def with_tuples(cls, value: Any, info: ValidationInfo) -> Any:
        """The mapping with tuples for lists; notes in the context which class it was read as."""
        if not isinstance(value, dict):
            return value
        if info.context is not None:
            info.context[id(value)] = cls.piece
        return {key: tuple(one) if isinstance(one, list) else one for key, one in value.items()}

    @model_validator(mode="after")
    def as_piece(self) -> Any:
        """The value of our own class, which knows whether its fields contradict each other."""
        made = self.piece(**{name: getattr(self, name) for name in self.model_fields_set})
        made.check()
        return made


class Lenient(Model):
    """The model of a file that only prt writes: its dates are texts, and a newer prt may have added keys."""

    model_config = ConfigDict(extra="ignore", strict=False)


def model_of(piece: type[Base]) -> type[Model]:
    """The model of a class; those of its fields are made first, so that none waits inside another."""
    for inner in inner_first(piece, tuple(KINDS)):
        make_model(inner, tuple(KINDS))
    return make_model(piece, tuple(KINDS))


@cache
def inner_first(piece: type[Base], kinds: tuple[type[Base], ...]) -> Sequence[type[Base]]:
    """A class and those in its fields, in theirs, and so on: each after what its fields hold."""
    holds: dict[type[Base], list[type[Base]]] = {}
    waiting = [piece]
    while waiting:
        if (one := waiting.pop()) not in holds:
            holds[one] = [inner for field in one.fields.values() for inner in classes_in(field.hint)]
            waiting += holds[one]
    return tuple(TopologicalSorter(holds).static_order())


def classes_in(hint: Any) -> Iterator[type[Base]]:
    """Our classes that a type names."""
    if isinstance(hint, type) and issubclass(hint, Base):
        yield hint
    notes = getattr(hint, "__metadata__", ())
    for inner in (*get_args(hint)[: 1 if notes else None], *(k for n in notes for k in kinds_of(n))):
        yield from classes_in(inner)


def kinds_of(note: Any) -> Sequence[Any]:
    return tuple(note.kinds) if isinstance(note, ByKind) else ()


@cache
def make_model(piece: type[Base], kinds: tuple[type[Base], ...]) -> type[Model]:
    """The model of a class, as long as these are the kinds of measure."""
    fields: Any = {name: (model_type(field.hint), info_of(field)) for name, field in piece.fields.items()}
    kind = Model if piece.strict else Lenient
    model: type[Model] = create_model(piece.__name__, __base__=kind, __doc__=piece.__doc__, **fields)
    model.piece = piece
    return model


def info_of(field: base.Field) -> Any:
    given: dict[str, Any] = {"alias": field.key} if field.key != field.name else {}
    if field.shortest:
        given["min_length"] = field.shortest
    if field.factory:
        given["default_factory"] = field.factory
    elif not field.required:
        given["default"] = field.default
    return Field(**given)


def model_type(hint: Any) -> Any:
    """A type with models in place of our classes, and pydantic's notes in place of ours."""
    if isinstance(hint, type) and issubclass(hint, Base):
        return make_model(hint, tuple(KINDS))
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return noted_type(args[0], args[1])
    if origin in (Union, UnionType):
        return reduce(or_, map(model_type, args))
    return origin[tuple(map(model_type, args))] if origin in (tuple, list, dict) else hint


def noted_type(hint: Any, note: Any) -> Any:
    """`Annotated[hint, note]` as pydantic has it."""
    if isinstance(note, ByKind):
        return Annotated[reduce(or_, map(model_type, note.kinds)), Field(discriminator="kind")]
    if isinstance(note, ByKey):
        return by_key(get_args(hint), note.mistake)
    assert isinstance(note, Written)
    if isinstance(note.forms, dict):
        return Annotated[model_type(hint), BeforeValidator(note.read), WithJsonSchema(note.forms)]
    return Annotated[
        model_type(hint), BeforeValidator(note.read, json_schema_input_type=model_type(note.forms))
    ]


def by_key(members: Sequence[type[Base]], mistake: str) -> Any:
    """A union of which a key that a mapping has says the class."""
    names = [next(iter(member.fields)) for member in members]
    if not mistake:
        names[-1] = OTHERWISE

    def name_of(value: Any) -> str:
        return next((name for name in names if isinstance(value, dict) and name in value), OTHERWISE)

    tagged = (Annotated[model_type(member), Tag(name)] for member, name in zip(members, names, strict=True))
    union = reduce(or_, tagged)
    if not mistake:
        return Annotated[union, Discriminator(name_of)]
    return Annotated[union, Discriminator(name_of, "population", mistake)]
