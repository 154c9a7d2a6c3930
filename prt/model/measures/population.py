"""Who or what a share is of: people, organisations, or anyone in a selection of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from prt.model.base import ByKey
from prt.model.measures.base import Path
from prt.model.selections import AnyoneIn, OrganisationsQuery, PeopleQuery, Selection, whole_log

Population = Annotated[
    PeopleQuery | OrganisationsQuery | AnyoneIn,
    ByKey("a population has one of: people, organisations, anyone_in"),
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
