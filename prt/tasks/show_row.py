"""One row with every column, where it stands, what was corrected, and where it counts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from prt import spoken
from prt.console import context
from prt.console.messages import print_line
from prt.files.corrections import log_of
from prt.files.project import Project
from prt.files.yaml.words import say_phrase, say_reason
from prt.model.plan import handle
from prt.model.records import LOGS, NameRecord, children_of
from prt.model.rows import Row
from prt.output.screens.cell_words import name_cell, say_cell, say_log, spell_cell
from prt.output.tables import json_value
from prt.output.words import Words
from prt.tasks.entry.summary import name_rows
from prt.tasks.find.find_row import Found, find_row

TOLD_ACTIONS = ("edited", "removed", "restored")
"""What corrections.csv says was done to a row, where people have not written something else."""


def show_row(project: Project, wanted: str, year: str | None, how: str) -> None:
    """Print the row that has an id, as text or JSON; of one with an error also why it is left out."""
    found = find_row(project, wanted, year)
    (print_row_json if how == "json" else print_row)(found)
    if found.row is None:
        tell_row_problems(found)


def tell_row_problems(found: Found) -> None:
    """Why a row is left out of every figure."""
    for problem in found.year.problems:
        if (problem.where.file, problem.where.line) == (found.file.shown, found.record.line):
            context.say(str(problem))


def print_row(found: Found) -> None:
    words = Words(spoken.language, found.year.plan, found.year.data.organisations)
    print_line(f"{found.id}   {say_log(words, found.log)}, {found.year.plan.year}   {found.place}")
    width = max(len(name_cell(words, found.log, name)) for name in found.model.header())
    for name, text in shown_cells(found, words).items():
        print_line(f"  {name_cell(words, found.log, name):<{width}}  {text}".rstrip())
    names = name_rows(found.year, words)
    sections = {
        say_phrase("rows_of_it"): [
            say_phrase("log_rows", number, log=log) for log, number in count_children(found).items()
        ],
        say_phrase("corrected"): [
            describe_correction(one, words, found.log, names) for one in corrections_of(found)
        ],
        say_phrase("counts_in"): [", ".join(indicators_counting(found))]
        if indicators_counting(found)
        else [],
    }
    for title, lines in sections.items():
        if lines:
            print_line(title)
        for line in lines:
            print_line(f"  {line}")


def shown_cells(found: Found, words: Words) -> dict[str, str]:
    """Every column as a person reads it: a derived one says from what, an empty one is `-`."""
    names = name_rows(found.year, words)
    shown = {name: "-" for name in found.model.header() if name != found.model.id_column}
    for name in shown:
        if text := found.cells.get(name, ""):
            told = spell_cell(words, found.log, name, text, names)
            ids = text if told != spell_cell(words, found.log, name, text) else ""
            shown[name] = f"{told}   {ids}".rstrip()
        elif (column := found.model.column_named(name)) and isinstance(column.empty, str):
            shown[name] = spell_cell(words, found.log, name, column.empty, names)
    for name in found.row.derived if found.row else ():
        if found.row is not None and name != "series":
            shown[name] = f"{say_cell(words, found.row, name)}   {derived_from(found, name)}"
    return shown


def derived_from(found: Found, name: str) -> str:
    """`from 17 feedback rows`"""
    for log, number in count_children(found).items():
        if name in LOGS[log].fills:
            return say_phrase("from_rows", number, log=log)
    return say_phrase("as_respondents")


def count_children(found: Found) -> dict[str, int]:
    """How many rows belong to this one, by their log."""
    logs = found.year.data.logs
    numbers = {log: sum(row["session"] == found.id for row in logs[log]) for log in children_of(found.log)}
    return {log: number for log, number in numbers.items() if number}


def corrections_of(found: Found) -> list[Row]:
    """Those of the row itself, not of what imports remember of it under the same id."""
    notes = (one for one in found.year.corrections() if one["row"] == found.id)
    return [one for one in notes if log_of(one) in (found.log, NameRecord.log)]


def describe_correction(one: Row, words: Words, log: str, names: Mapping[str, str]) -> str:
    """`14 Feb 2025  participants 24 → 25   counted again (Mara O'Sample)`"""
    empty, what = say_phrase("empty"), one["action"]
    if one["column"]:
        name = one["column"]
        texts = (spell_cell(words, log, name, one[side] or "", names) for side in ("old", "new"))
        old, new = (text or empty for text in texts)
        what = f"{name_cell(words, log, name)} {old} → {new}"
    elif what in TOLD_ACTIONS:
        what = say_phrase(f"act_{what}")
    who = f" ({names.get(one['who'], one['who'])})" if one["who"] else ""
    why = say_reason(one["why"] or "", words.language)
    return f"{words.date(dt.date.fromisoformat(one['when'][:10]))}  {what}   {why}{who}".rstrip()


def indicators_counting(found: Found) -> list[str]:
    """The indicators that count the row, or rows of it, to date."""
    if found.row is None:
        return []
    plan, data, wanted = found.year.plan, found.year.data, found.row
    view = data.see(plan.calendar.to_date(plan.calendar.clamp(context.today())))
    figures = ((handle(line, one), one.measure) for _, line, one in plan.indicators())
    return [
        name
        for name, measure in figures
        if any(
            row is wanted or row.session is wanted
            for row in measure.figure_of(measure.facts(data, name), view).rows
        )
    ]


def print_row_json(found: Found) -> None:
    row = found.row
    values: Mapping[str, Any] = {} if row is None else {name: json_value(row[name]) for name in row.index}
    shown = {
        "id": found.id,
        "log": found.log,
        "year": found.year.plan.year,
        "file": found.file.shown,
        "line_in_file": found.record.line,
        "cells": found.cells,
        "values": values,
        "derived": list(row.derived) if row else [],
        "rows": count_children(found),
        "corrections": [{name: one[name] for name in one.index} for one in corrections_of(found)],
        "counts_in": indicators_counting(found),
    }
    print(json.dumps(shown, ensure_ascii=False, indent=1))
