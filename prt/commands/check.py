"""`prt check`: every problem of the files, with what to do."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable
from typing import Annotated

from prt.console import context, screen
from prt.console.options import YearOption, YesOption, check_format
from prt.console.signature import Option
from prt.files.evidence import lost_evidence
from prt.files.project import Project, Year, refuse_two_plans
from prt.files.store.journal import clear_leftovers
from prt.files.store.row_ids import fill_ids
from prt.files.strangers import copies_beside_plans
from prt.files.yaml.words import say_phrase
from prt.problems import Problem, PrtError, count_problems, errors
from prt.tasks.all_problems import every_problem
from prt.tasks.fix_files import fix_files, rest_alike, tell_repairs

MOST_ALIKE = 1
OF_ROW = re.compile(r'"[^"]*\d[^"]*"|\d+ [A-Z][a-z]+ \d{4}|[\w-]*\d[\w-]*')
"""A number, a day or an id in what is said of a row, and a text of it that has one."""
MAY_BE_FIXED = {
    *("not_a_date", "line_became_date", "text_read_twice"),
    *("file_changed", "file_missing", "file_of_other_line_ends"),
}
"""The codes of what `--fix` may put right."""


def check(
    strict: Annotated[bool, Option("Exit with 1 for warnings too.")] = False,
    fill_ids: Annotated[bool, Option("Give an id to rows that have none.")] = False,
    evidence: Annotated[bool, Option("Look also for evidence that is a path, and is gone.")] = False,
    fix: Annotated[bool, Option("Put right what is certain: it is shown, and asked about.")] = False,
    yes: YesOption = False,
    year: YearOption = None,
    form: Annotated[
        str, Option("How to print: text, json or github.", name="--format", metavar="text|json|github")
    ] = "text",
) -> int:
    """Every problem of the plan and the rows: where, what, why it matters, and what to do."""
    how = check_format(form, ("text", "json", "github"))
    opened, found = read_year(year)
    if opened:
        if fill_ids:
            fill_ids_of(opened)
        if fix:
            fix_files(context.load_year(opened.project, year), yes=yes)
        opened, found = read_year(year, opened.project) if fill_ids or fix else (opened, found)
    if opened:
        found = [*every_problem(opened), *(lost_evidence(opened) if evidence else ())]
        if not fix and any(one.mistake and one.mistake.code in MAY_BE_FIXED for one in found):
            tell_repairs(opened)
    found = in_order_of_lines(found)
    {"text": print_problems, "json": print_problems_json, "github": print_github}[how](found)
    return int(bool(errors(found) or (strict and found)))


def read_year(year: str | None, project: Project | None = None) -> tuple[Year | None, list[Problem]]:
    """The year, of a project that is open already or of the one around the command; of a year that cannot be
    read, such as one whose plan has mistakes, its problems."""
    try:
        project = project or context.open_project(any_plans=True)
        refuse_two_plans(project, copies_beside_plans)
        clear_leftovers(project.root, project.private)
        return context.load_year(project, year), []
    except PrtError as error:
        found = [problem for problem in error.problems if isinstance(problem, Problem)]
        if not found:
            raise
        return None, found


def in_order_of_lines(found: list[Problem]) -> list[Problem]:
    """Those of a file together, from its first line to its last; the files in the order they came in."""
    files = {file: place for place, file in enumerate(dict.fromkeys(one.where.file for one in found))}
    return sorted(found, key=lambda one: (files[one.where.file], one.where.line, one.where.column))


def fill_ids_of(year: Year) -> None:
    for file, number in fill_ids(year, context.now(), random.SystemRandom()):
        context.say(say_phrase("got_ids", number, file=file))


def print_problems(found: list[Problem]) -> None:
    """Errors first; of those that are alike in one file the first, and where the others are."""
    if not found:
        print(say_phrase("no_problems"))
        return
    groups = group_alike(found)
    shown = {id(one): rest_text(group) for group in groups for one in group[MOST_ALIKE - 1 : MOST_ALIKE]}
    first = {id(one) for group in groups for one in group[:MOST_ALIKE]}
    for problem in sorted(found, key=lambda one: one.severity):
        if id(problem) in first:
            for line in f"{problem}{shown.get(id(problem), '')}".splitlines():
                screen.print_wrapped(line)
    kinds = say_phrase("of_kinds", len(groups)) if len(groups) < sum(count_problems(found)) else ""
    print(f"{count_text(found)}{kinds}.")
    if rest := sum(not one.times for one in errors(found)):
        context.say(say_phrase("more_left_out", rest))
    if any(one.where.file.endswith(".csv") for one in errors(found)):
        context.say(say_phrase("error_is_left_out"))


def count_text(found: list[Problem]) -> str:
    """`1 error, 27 warnings`, without the kind of which there is none."""
    counts = zip(("errors", "warnings"), count_problems(found), strict=True)
    return ", ".join(say_phrase(what, number) for what, number in counts if number)


def group_alike(found: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of one file that say the same of other rows, days or ids, or of other indicators of a plan;
    what is only counted of a kind goes with the first that is told of it."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    first: dict[tuple[object, ...], list[Problem]] = {}
    for one in sorted(found, key=is_counted):
        place = (one.severity, one.where.file, one.where.path)
        if is_counted(one):
            first[(*place, one.value)].append(one)
            continue
        alike = (one.severity, one.where.file, key_of(one.where.path), OF_ROW.sub("#", one.what))
        group = groups.setdefault(alike, [])
        first.setdefault((*place, one.mistake.code if one.mistake else one.what), group)
        group.append(one)
    return list(groups.values())


def key_of(path: str) -> str:
    """`says` of `1.1.workshops says`: what is wrong with it, whichever indicator it is."""
    return path.rpartition(" ")[2]


def is_counted(one: Problem) -> bool:
    """Is it the number of those of a kind that are not told?"""
    return one.times > 1


def rest_text(group: list[Problem]) -> str:
    """How many more there are of a kind, and on which lines."""
    rest = group[MOST_ALIKE:]
    lines = [one.where.line for one in rest if one.where.line]
    number = sum(max(one.times, 1) for one in rest)
    return "".join(f"\n{line}" for line in rest_alike(group[0].where.file, lines, number))


def print_problems_json(found: Iterable[Problem]) -> None:
    rows = [
        {
            "severity": problem.severity,
            "file": problem.where.file,
            "line": problem.where.line or None,
            "column": problem.where.column or None,
            "path": problem.where.path or None,
            "value": problem.value or None,
            "what": problem.what,
            "remedy": problem.remedy,
        }
        for problem in found
    ]
    print(json.dumps(rows, ensure_ascii=False, indent=2))


def print_github(found: Iterable[Problem]) -> None:
    """Annotations of a pull request: one line each, with the characters escaped that would end it."""
    for problem in found:
        place = f"file={problem.where.file}"
        place += f",line={problem.where.line}" if problem.where.line else ""
        place += f",col={problem.where.column}" if problem.where.column else ""
        path = f"{problem.where.path}: " if problem.where.path else ""
        text = f"{path}{problem.what}. {problem.remedy}"
        for sign, code in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
            text = text.replace(sign, code)
        print(f"::{problem.severity} {place}::{text}")
