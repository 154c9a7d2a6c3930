"""What each row gives to each indicator, and who is in the populations that shares are of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from prt.figures.evaluate import Result
from prt.model.facts import DAY, ROW, SIDE, PlainFact
from prt.model.populations import Members, PeopleQuery
from prt.output.package.data_table import DataField, DataTable
from prt.output.package.indicator_tables import OF_INDICATOR, PROJECT
from prt.output.package.team_edition import TeamEdition

WHICH = (*PROJECT, DataField("indicator", "string", "Id of the indicator"))
"""How each line of these tables begins."""
FACT_FIELDS = (
    *WHICH,
    DataField("kind", "string", "Kind of its measure"),
    DataField("side", "string", "part, or whole where other rows make the whole"),
    DataField("log", "string", "Log of the row"),
    DataField("row", "string", "Id of the row"),
    DataField("day", "date", "Day it counts on"),
    DataField("part", "number", "What it gives to the part, or to the figure"),
    DataField("whole", "number", "What it gives to the whole"),
    DataField("member", "string", "Whom or what it names: counted once, however many rows name it"),
    DataField("each", "string", "What is told apart of a member"),
    DataField("inside", "string", "The session inside which that is asked"),
)
MEMBER_FIELDS = (
    *WHICH,
    DataField("member", "string", "Person or organisation of the population"),
    DataField("in_post_from", "date", "First day in the population; empty: from the beginning"),
    DataField("in_post_to", "date", "Last day in the population; empty: to the end"),
    DataField("times", "integer", "How often so far, where the indicator asks for that"),
    DataField("needed", "integer", "How often is asked for"),
    DataField("best", "integer", "How often at best by the end of the year"),
)


def fact_tables(edition: TeamEdition, project: str) -> Iterator[DataTable]:
    year, results = edition.evaluation.plan.year, edition.evaluation.results
    facts = [(project, year, *line) for result in results for line in fact_lines(edition, result)]
    yield DataTable("facts.csv", FACT_FIELDS, facts, (), OF_INDICATOR)
    members = [(project, year, *line) for result in results for line in member_lines(edition, result)]
    yield DataTable("members.csv", MEMBER_FIELDS, members, (), OF_INDICATOR)


def fact_lines(edition: TeamEdition, result: Result) -> Iterator[Sequence[Any]]:
    """The facts that count in a figure of the indicator: of a period begun, or to date."""
    kind = result.measure.kind
    for fact in counting_facts(edition.truth(result)):
        given = edition.given(result, fact)
        if given is not None:
            part, whole, *named = given
            row = fact[ROW]
            yield result.handle, kind, fact[SIDE], row.log, row.name, fact[DAY], part, whole, *named


def counting_facts(result: Result) -> list[PlainFact]:
    """In their order: by day, as the rows stand."""
    figures = [one for one in (*result.periods, result.to_date) if one is not None]
    counting = {id(fact) for figure in figures for fact in figure.facts}
    return [fact for fact in result.facts if id(fact) in counting]


def member_lines(edition: TeamEdition, result: Result) -> Iterator[Sequence[Any]]:
    """Whoever is asked about, where the indicator asks each; else whoever is ever in its population."""
    measure, truth = result.measure, edition.truth(result)
    population = measure.population
    if population is None or (population.naming_columns and not measure.has_members):
        return
    lines = list(asked_members(edition, truth) if measure.has_members else ever_members(truth, population))
    log = truth.view.data.flat(measure.main).log
    persons = bool(population.as_people([line[0] for line in lines], log, truth.view))
    if edition.tells_members(result, persons=persons):
        yield from ((result.handle, *line) for line in lines)


def asked_members(edition: TeamEdition, result: Result) -> Iterator[Sequence[Any]]:
    told = edition.tells_times(result)
    for one in result.to_date.members:
        times, best = (one.times, one.best) if told else (None, None)
        yield one.id, None, None, times, one.needed, best


def ever_members(result: Result, population: Members) -> Iterator[Sequence[Any]]:
    """Who is in the population, and from when to when: it is taken at the last day of each window."""
    if isinstance(population, PeopleQuery) and not isinstance(population.as_of, dt.date):
        spans = (
            (row["id"], row["start"], row["end"])
            for row in result.view.data.of_roster("people", population.people)
        )
        if population.as_of == "ever":
            spans = ((one, start, None) for one, start, _ in spans)
    else:
        spans = ((one, None, None) for one in population.members(result.facts, result.view))
    yield from ((*span, None, None, None) for span in dict.fromkeys(spans))
