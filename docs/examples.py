"""What the reference pages show that no declaration says: examples, and what each key means."""

from __future__ import annotations

from collections.abc import Callable

from prt.model.measures import KINDS, Measure, kind_name


def names_of(is_meant: Callable[[type[Measure]], object]) -> list[str]:
    """The kinds of measure that are meant."""
    return [kind_name(kind) for kind in KINDS if is_meant(kind)]


def join_words(words: list[str], last: str) -> str:
    """`ratio, reach and share`"""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


CAN_FALL = ", ".join(names_of(lambda kind: kind.can_fall))
NEVER_PACED = join_words(names_of(lambda kind: kind.pace == "none"), "and")
WHOLE = join_words([f"a {name}" for name in names_of(lambda kind: kind.whole_numbers)], "or")

PLAN = """
year: "2024-2025"
title: {en: A plan, fr: Un plan}
funder: {name: DSREA, languages: [fr]}
starts: 2024-07-01
ends: 2025-06-30
periods: [{id: 1, from: 2024-07-01, to: 2025-06-30, due: 2025-07-15, expected: 100%}]
status: {on_track: 85%, at_risk: 60%}
selections:
  workshops: {log: sessions, where: {line: "1.1", format: [full-day, half-day]}}
  meetings: {log: attendance, where: {session.line: "1.1"}}
volets:
  - id: "1"
    title: {en: Training, fr: Formations}
    lines:
      - id: "1.1"
        indicators:
""" + "".join(
    f"          - {{id: {kind_name(kind)}, label: {{en: It, fr: Ceci}}, measure: {kind.example}}}\n"
    for kind in KINDS
)
"""A plan with one indicator of each kind, measured as the example of its class."""

FIELDS: dict[str, dict[str, str]] = {
    "selection": {
        "`workshops`": "the selection of that name, from `selections:` of the plan",
        '`{log: sessions, where: {line: "1.1"}}`': "the rows of a log that pass the tests",
        "`{selection: workshops, where: {category: choice}}`": "a named selection made narrower",
        "`{log: tools, when: published}`": "rows placed by another date column; without that date they do not count",
    },
    "population": {
        "`{people: {role: cda}}`": "people in post at the cut-off, of data/people.csv; each counts once",
        "`{people: {role: cda}, as_of: 2024-10-01}`": "people in post on that day; `ever`: at any time",
        "`{organisations: {counts_as_board: yes}}`": "organisations of data/organisations.csv",
        "`{anyone_in: meetings, by: person}`": "whoever is named by a column of a selection",
    },
    "where": {
        "`format: full-day`": "that value",
        "`format: [full-day, half-day]`": "any of these",
        "`feedback_form: {not: no}`": "any other value, and an empty cell",
        "`url: {present: true}`": "a cell that is filled; `false`: an empty one",
        "`date: {from: 2025-01-01, to: 2025-03-31}`": "a value in that span; either end may be left out",
        '`session.line: "1.4a"`': "of attendance and feedback: a column of the session",
    },
    "target": {
        "`at_least: 37`": "37 or more; a percentage is written `75%`",
        "`at_most: 5`": "5 or fewer",
        "`exactly: 3`": "3, neither more nor fewer",
        "`between: [10, 20]`": "10 to 20",
        "`due: 2024-10-15`": "of a milestone: done, and late after that day",
        "`more_than_last_year: 10%`": "a tenth more than the year before ended with; `0%` as much, `-5%` a "
        "twentieth less at most: see [Last year](../plan.md#last-year)",
        "`to_be_set: 2024-10-15`": "never: it is not known yet, and to be set by that day",
        "`each_period: 2`": "in each period, 2 or more; beside `at_most`, 2 or fewer: alone, or beside one of those above it but "
        "`due` and `to_be_set`",
        "`by: {1: 10, 2: 25}`": "beside one of these: what is expected when each period is over",
        "`pace: at_end`": "beside one of these: see [what is expected by now](statuses.md#what-is-expected-by-now)",
        "`baseline: {value: 30, date: 2024-06-30}`": "beside one of these: where the figure stood before: what is expected goes on from there",
    },
    "pace": {
        "`steady`": "the target × the share that the periods expect, interpolated between their ends from "
        f"`pace_from`; rounded down for {WHOLE}. The default of all but {NEVER_PACED}",
        "`at_end`": "nothing before the plan's end",
        "`none`": "the target itself; of a reach by sessions nothing while the best still possible reaches it, "
        f"and of a reach by rounds nothing before a round is due. The default of {NEVER_PACED}",
        "`each_period:` of the target": "in the same manner, from the first to the last day of each period, or "
        "from `pace_from`",
        "`by:` of the target": "its entry of the last period that is over; before the first nothing",
        "`due:` of the target": "nothing up to that day, all of it after",
    },
}

RULES: tuple[tuple[str, str], ...] = (
    (
        "`monitored`; `to_be_set`; `no_last_year`",
        "there is no target; it is not known yet; it is more than a figure of last year that is not known. The "
        "figure is still shown",
    ),
    ("`over_limit`", "more than `at_most`, `between` or `exactly` allow"),
    (
        "`met`; `met_so_far`",
        f"the comparison holds; *so far* for what can still fall before the plan's end: {CAN_FALL}, and "
        "targets with an upper limit. A milestone that was met late says the days",
    ),
    ("`not_due`", "nothing is expected yet"),
    (
        "`no_data`",
        "the log has no row at all up to the cut-off, nobody typed the figure, or every cell of a sum is empty; "
        "a log in use where nothing matches gives 0",
    ),
    ("`not_computable`", "the whole or the population is 0: *0 of 0* is never *0 %*"),
    ("`partly_met`; `not_met`", "the cut-off is the plan's end: 60 % of the target or more; less"),
    (
        "`on_track`; `at_risk`; `behind`",
        "85 % or more of what is expected by now; 60 % or more; less. With pace `none`, below the target is never "
        "on track: at risk from 85 %, else behind; a reach by sessions is behind at once",
    ),
)
"""The rules of prt/figures/status.py in their order: the codes, and when they fit."""
