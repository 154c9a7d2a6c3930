"""Who or what a share is of: people, organisations, or anyone in a selection of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from prt.model.measures.base import Path
from prt.model.selections import AnyoneIn, OrganisationsQuery, PeopleQuery, Selection, whole_log


def population_tag(value: Any) -> str:
    """Which population a mapping is: the key that it has says."""
    keys = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    return next((name for name in ("people", "organisations", "anyone_in") if name in keys), "quantity")


Population = Annotated[
    Annotated[PeopleQuery, Tag("people")]
    | Annotated[OrganisationsQuery, Tag("organisations")]
    | Annotated[AnyoneIn, Tag("anyone_in")],
    Discriminator(
        population_tag,
        custom_error_type="population",
        custom_error_message="a population has one of: people, organisations, anyone_in",
    ),
]


def population_selections(population: Any, path: Path) -> Iterator[tuple[Path, Selection]]:
    if isinstance(population, AnyoneIn):
        yield (*path, "anyone_in"), population.anyone_in


def population_columns(population: Any, path: Path) -> Iterator[tuple[Path, Selection, str]]:
    if isinstance(population, AnyoneIn):
        yield (*path, "by"), population.anyone_in, population.by
    elif isinstance(population, PeopleQuery):
        for name in population.people:
            yield (*path, "people", name), whole_log("people"), name
    elif isinstance(population, OrganisationsQuery):
        for name in population.organisations:
            yield (*path, "organisations", name), whole_log("organisations"), name
