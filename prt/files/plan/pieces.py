"""What a YAML or JSON file holds as a value of one of our classes, or every mistake in its shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from prt.model.base import Base

Met = dict[int, type[Base]]
"""Which class each mapping (by its id) was read as."""

Detail = Mapping[str, Any]
"""What pydantic says of one value: its `type`, `loc`, `input` and `msg`."""

Piece = TypeVar("Piece", bound=Base)


class WrongShape(Exception):
    """The file holds another thing."""

    def __init__(self, details: Sequence[Detail]) -> None:
        super().__init__()
        self.details = details


def read_piece(piece: type[Piece], value: Any, met: Met | None = None) -> Piece:
    """The value as that class; WrongShape, with every mistake, where it is not. `met` is filled."""
    from pydantic import ValidationError  # 150 ms, with the models

    from prt.files.plan.schema import model_of

    try:
        return cast("Piece", model_of(piece).model_validate(value, context=met))
    except ValidationError as error:
        raise WrongShape(error.errors(include_url=False)) from None
