"""Small groups across everything that was sent: what is known gives way to nothing, what is new does."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from prt.figures.withholding import withhold
from prt.figures.withholding.statuses import Worlds
from prt.model.facts import About
from tests.attack.attack import attack
from tests.attack.year import draw_year, made_of
from tests.project import Prt
from tests.test_submission import folder, on

GOLDEN = Path(__file__).parent / "golden"
YEARS = 100 if os.environ.get("CI") else 5


# The two tables of the design, sent by the commands

PLAN = """
          - id: liked
            label: {en: Liked, fr: Aimé}
            measure: {kind: ratio, part: {sum: positive, of: {log: sessions}}, whole: {sum: answered, of: {log: sessions}}}
            target: {at_least: 75%}
"""
HEAD = "id,line,date,title,format,status,participants,respondents,positive\n"
DAYS = {"1": "2024-10-16", "2": "2025-01-20", "3": "2025-05-06"}
SENT = {"1": "2024-12-13", "2": "2025-04-14", "3": "2025-07-11"}


def table(*rows: tuple[str, str, int, int]) -> str:
    """Sessions by name, period, answers and positive answers; three people more came to each."""
    return HEAD + "".join(
        f"{name},1.1,{DAYS[period]},{name},half-day,held,{answers + 3},{answers},{positive}\n"
        for name, period, answers, positive in rows
    )


@pytest.fixture
def year(prt: Prt) -> Prt:
    """The team's plan with one percentage more, and nothing yet."""
    prt.indicators(PLAN)
    prt.write("sessions", HEAD)
    return prt


def submit(prt: Prt, period: str, more: str = "") -> str:
    """What is printed of the percentage in the report that is sent: the row of results, and of revised ones."""
    typed = f"submit --period {period} --lang en --on {SENT[period]} --anyway actions,no-data,errors {more}"
    on(prt, SENT["3"], typed)
    name = re.search(r"submitted/([\w-]+)", prt.out)
    assert name is not None
    found = folder(prt, name[1]) / "reports" / f"report-{period}.en.md"
    lines = found.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if re.match(r"\| (\*\*Liked|1\.1 Liked)", line)]
    return f"{name[1]}\n" + "".join(f"{line}\n" for line in wanted)


FIRST = ("w1", "1", 12, 9)
SMALL = ("w2", "2", 4, 3)
LATE = ("w9", "1", 3, 2)


def test_a_small_period_is_not_what_two_reports_leave(year: Prt, golden: Callable[[Path, str], None]) -> None:
    """9 of 12 was sent: 12 of 16 to date would tell 3 of 4."""
    text = ""
    for period, rows in (("1", [FIRST]), ("2", [FIRST, SMALL]), ("3", [FIRST, SMALL, ("w3", "3", 10, 8)])):
        year.write("sessions", table(*rows))
        text += submit(year, period)
    golden(GOLDEN / "small-period.txt", text)


def test_a_late_group_is_not_what_a_correction_leaves(year: Prt, golden: Callable[[Path, str], None]) -> None:
    """2 of 3 came late for the first period: 11 of 15 would tell them, in any report."""
    year.write("sessions", table(FIRST))
    text = submit(year, "1")
    second = [FIRST, LATE, ("w2", "2", 11, 9)]
    year.write("sessions", table(*second))
    text += submit(year, "2")
    text += submit(year, "1", '--why "one workshop came late"')
    year.write("sessions", table(*second, ("w3", "3", 10, 8)))
    text += submit(year, "3")
    golden(GOLDEN / "late-group.txt", text)


# Both readers


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(YEARS))
def test_no_reader_finds_a_small_group(seed: int) -> None:
    found = attack(made_of(draw_year(seed, corrections=bool(seed % 5))))
    assert found.secrets
    assert found.found == {"subtracting": [], "trying": []}


@contextmanager
def without(rule: str) -> Iterator[None]:
    """The program without one of its rules."""
    nothing: Callable[..., Iterator[object]] = lambda *_: iter(())  # noqa: E731
    uncut = patch.object(withhold, "cut_of", lambda abouts: lambda about: about)
    rules = {
        "cells": [],
        "layers": [uncut],
        "withheld before": [patch.object(withhold.Sent, "secrets", nothing)],
        "differences": [patch.object(withhold, "small_differences", nothing)],
        "together": [patch.object(withhold, "small_together", nothing)],
        "statuses": [patch.object(Worlds, "are_safe", lambda *_: True)],
        "statuses before": [patch.object(withhold.Sent, "cut", cut_without_statuses)],
    }
    with ExitStack() as stack:
        for one in rules[rule]:
            stack.enter_context(one)
        yield


def cut_without_statuses(sent: withhold.Sent, cut: Callable[[About], About]) -> withhold.Sent:
    return replace(sent, cells=withhold.cut_cells(sent.cells, cut), statuses=())


def leaks(seed: int, rule: str = "") -> bool:
    with without(rule or "cells"):
        made = made_of(draw_year(seed, corrections=bool(seed % 5)), knowing=rule != "cells")
    return any(attack(made).found.values())
