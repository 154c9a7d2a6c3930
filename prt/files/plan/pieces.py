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
    """Raised where the data of a file are no such piece; `details` say at which places, and why."""

    def __init__(self, details: Sequence[Detail]) -> None:
        super().__init__()
        self.details = details


def read_piece(piece: type[Piece], value: Any, met: Met | None = None) -> Piece:
    """The value as that class; WrongShape, with every mistake, where it is not. `met` is filled."""
    from prt.files.plan.schema import validate  # 100 ms of pydantic, and more for the models

    found, details = validate(piece, value, met)
    if details:
        raise WrongShape(details)
    return cast("Piece", found)
