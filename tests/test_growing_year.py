"""A row is added to a year of which no other row is read: what is told is the same, to the byte."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prt.console import context
from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.standings import standings
from prt.figures.uncounted import Uncounted
from prt.figures.year import assemble
from prt.files.kept import log_tables
from prt.files.kept.folded_data import Folded, fold_year, last_of_window, row_of_nothing
from prt.files.kept.folded_years import KeptYear, keep_folded, read_folded
from prt.files.kept.growing_year import GrowingData
from prt.files.kept.kept_files import forget_kept, keep_file
from prt.files.kept.year_digests import digests_of, kept_year_path
from prt.files.project import Project, Year
from prt.model.facts import add_up
from prt.model.measures import KINDS
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.view import Data, stands_alone
from prt.tasks import open_action
from tests.project import EACH_LINE, WORKSHOP, Prt
from tests.random_year import draw_days, write_random_year
from tests.test_kept_plans import folder

__all__ = ["folder"]

ALONE = [log for log in LOGS if stands_alone(log)]
"""The logs whose rows stand alone."""
few = settings(
    max_examples=settings().max_examples // 8, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)


@pytest.fixture(autouse=True)
def every_log_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small it is."""
    monkeypatch.setattr(log_tables, "SMALLEST", 0)


# Figures of facts that were added up


def random_year(rng: Random, root: Path) -> Year:
    write_random_year(root, rng)
    (path,) = (root / "plan").glob("*.yaml")
    return Project(root, root / "data" / "private").load(path)


@few
@given(seed=st.integers(0, 2**32))
def test_facts_that_are_added_up_make_the_same_figures(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = Random(seed)
    year = random_year(rng, tmp_path_factory.mktemp("year"))
    for day in (*draw_days(rng, 2), year.plan.ends):
        found = evaluate(year.plan, year.data, day)
        for one in (one for result in found.results for one in result.readings):
            if one.measure.facts_add_up:
                nothing = row_of_nothing(year.plan.record_of("updates"))
                sums = add_up(one.facts, partial(last_of_window, found), nothing)
                for view in (found.view, *found.results[0].views):
                    whole = one.measure.figure_of(one.facts, view)
                    short = one.measure.figure_of(sums, view)
                    assert told(short) == told(whole), one.measure


def told(figure: Any) -> tuple[object, ...]:
    return figure.value, figure.part, figure.whole, figure.absent, figure.best, figure.done_on


def test_what_needs_every_value_does_not_add_up() -> None:
    """A median, and the figure that was typed last: `prt log` reads every row for them."""
    assert [kind.__name__ for kind in KINDS if not kind.facts_add_up] == ["Mean", "Typed"]


# A year with one row more


@few
@given(seed=st.integers(0, 2**32))
def test_rows_that_are_added_move_what_they_move_in_a_whole_year(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Row after row, on the same day and on later ones, kept and read back after each."""
    rng, root = Random(seed), tmp_path_factory.mktemp("year")
    year = random_year(rng, root)
    log = rng.choice(foldable(year) or [log for log in ALONE if year.data.logs[log]] or ["updates"])
    every = [row.as_read() for row in year.data.logs[log]]
    rng.shuffle(every)
    number = rng.randint(0, min(4, len(every)))
    there, added = (
        every[number:],
        [row.at(row.place(), row.id or f"new-{row.line}") for row in every[:number]],
    )
    days = draw_days(rng, number + 1)
    before = with_rows(year, log, there)
    folded = fold_year(evaluate(year.plan, before, days[0]), log)
    for place, (row, day) in enumerate(zip(added, days[1:], strict=True)):
        now = with_rows(year, log, [*there, *added[: place + 1]])
        right = evaluate(year.plan, now, day)
        if folded is None:  # of sessions too, or typed by hand
            assert fold_year(right, log) is None
            continue
        more = folded_data(year, folded, [*there, *added[:place]], log).plus([row], all_rows)
        left = evaluate(year.plan, more, day)
        assert moved(left, log) == moved(right, log)
        assert why(left, more, row) == why(right, now, row)
        folded = kept_again(fold_year(left, log), root, year, log)


def foldable(year: Year) -> list[str]:
    """The logs that have rows, and whose figures are all kept: an indicator of most years needs every row of one."""
    found = evaluate(year.plan, year.data, year.plan.ends)
    return [log for log in ALONE if year.data.logs[log] and fold_year(found, log) is not None]


def with_rows(year: Year, log: str, rows: Sequence[Row]) -> Data:
    """The year with these rows of one log."""
    logs = {name: [row.as_read() for row in some] for name, some in year.data.logs.items()}
    logs[log] = [row.as_read() for row in rows]
    return assemble(year.plan, year.known, logs, year.data.people, year.data.organisations)[0]


def folded_data(year: Year, folded: Folded, rows: Sequence[Row], log: str) -> GrowingData:
    """A year of which rows are found as if by their texts, and no others."""
    rosters, known = (year.data.people, year.data.organisations), {**year.data.logs, log: rows}

    def find(name: str, text: str) -> list[Row]:
        return [row.as_read() for row in known[name] if text in (str(one) for one in row.values)]

    return GrowingData(year.plan, year.known, rosters, folded, find, all_rows)


def all_rows() -> Data:
    return pytest.fail("all rows were read")


def moved(evaluation: Evaluation, log: str) -> dict[str, object]:
    return {name: one.seen for name, one in standings(evaluation, log).items()}


def why(evaluation: Evaluation, data: Data, row: Row) -> object:
    """Why the row that was added counts nowhere, if so, and the other rows of its day."""
    [found] = data.rows_with(row.log, id=row.id)
    left = Uncounted(evaluation, row.log).why(found)
    same_day = data.rows_with(row.log, date=found["date"]) if "date" in found.index else ()
    return left and (left.reason, left.column, left.aside), [(one.id, one.line, one.day) for one in same_day]


def kept_again(folded: Folded | None, root: Path, year: Year, log: str) -> Folded:
    """As it is read from where it was kept."""
    path = kept_year_path(root / "prt", year.folder, log)
    assert path and folded
    path.parent.mkdir(exist_ok=True, mode=0o700)
    keep_folded(path, KeptYear(folded, digests_of({log: b"x"}), {}))
    again = read_folded(path, {log: b"x"}, row_of_nothing(year.plan.record_of(log))).folded
    assert (again.cut_off, again.first_days) == (folded.cut_off, folded.first_days)
    assert without_rows(again) == without_rows(folded)
    return again


def without_rows(folded: Folded) -> dict[str, object]:
    return {name: [[fact[1:] for fact in some] for some in every] for name, every in folded.facts.items()}


# What is printed


@pytest.fixture
def seeds(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What ids are drawn by: the next of these numbers."""
    found: list[int] = []
    monkeypatch.setattr(open_action, "random", SimpleNamespace(Random=lambda: Random(found.pop(0))))
    return found


@pytest.fixture
def read_years(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The logs that were read, each time."""
    found, put_together = [], Year.put_together

    def noted(self: Year, people: Sequence[Row], logs: Collection[str]) -> Any:
        found.append(" ".join(sorted(logs)))
        return put_together(self, people, logs)

    monkeypatch.setattr(Year, "put_together", noted)
    return found


VISIT = "log accompaniment --staff p-me --role cda --board EMSB --objective skills --date"
SUPPORT = "log partner-support --staff p-me --organisation HA --purpose Table --date"
REQUEST = "log request --board EMSB --objective skills --date"
ROWS = f"""
{VISIT} yesterday --hours 1h30
{VISIT} yesterday --hours 1h30
{VISIT} yesterday --hours 1h30 --anyway
{VISIT} yesterday --hours 1h30 --anyway --dry-run
{VISIT} -2d --hours 23 --anyway
{VISIT} -2d --hours 2
{VISIT} -2d --hours 2 --anyway
{VISIT} -3d --hours 2 --note "Été
à deux"
{VISIT} -3d --hours 3
{VISIT} -3d --hours 3
{REQUEST} -3d --role cda
{VISIT} -1d --hours 1 --request REQUEST
{VISIT} -1d --hours 1 --request r-20250101-none
{VISIT} -1d --hours 1 --kind none
{VISIT} 2025-03-20 --hours 1
{VISIT} 2024-08-20 --hours 1 --kind preparation
{VISIT} 2024-07-02 --hours 1.25 --person p-cda
{REQUEST} -2d --role cda
{REQUEST} -2d --role principal
{SUPPORT} -2d --hours 2
{SUPPORT} -2d --hours 23 --anyway
{SUPPORT} today --hours 1h30
{SUPPORT} 2025-06-20 --hours 1h30
log update --date yesterday --description News
log update --date yesterday --description "News, again"
log tool --date yesterday --kind tool --title Guide --audience cda
log tool --date yesterday --kind tool --title Guides --audience cda --anyway
log tool --date 2025-05-20 --kind tool --title Manual --audience cda
log partnership --date -2d --organisation HA --event agreement --new oui
log partnership --date -1d --organisation HA --event agreement --new oui --anyway
log survey --date -2d --campaign year-end --role cda --invited 40 --completed 30
log deliverable --kind action-plan --title Plan --date -2d
log deliverable --kind action-plan --title Plan --date -1d --anyway
{WORKSHOP} --anyway
log journal --round 1 --person p-cda --date 2024-11-28
log journal --round 2 --person p-me --date 2024-11-28
log figure --indicator 2a.published --value 3 --date yesterday
"""
OLD = """id;date;staff;hours;kind;person;role;board;objective;note
a-1;2025-02-12;p-me;1,5;;;cda;emsb;Compétences;
a-2;2025-02-12;p-me;7,25;preparation;p-cda;cda;RSB;skills;"a ""b"" 2025-02-13"
;2025-02-13;p-me;2;;;principal;RSB;skills;
"""


@pytest.mark.parametrize("old", ["", OLD, f"{OLD}a-3;2025-02-30\n"], ids=["new", "older", "with an error"])
def test_rows_are_told_the_same_with_and_without_what_is_kept(
    old: str, prt: Prt, folder: Path, seeds: list[int], read_years: list[str]
) -> None:
    """On one day, some on the next, then again on the first; the files are the same, too."""
    prt.people("p-me,prt-staff,,,2024-08-01,,,", "p-cda,cda,EMSB,,,,,")
    prt.shorten_plan(*EACH_LINE)
    prt.monkeypatch.setattr(context, "now", lambda: dt.datetime(2025, 2, 14, 9, 12))
    if old:
        prt.write("accompaniment", old.replace("\n", "\r\n").encode("cp1252"))
    begun = shutil.copytree(prt.root, prt.root.with_name("begun"))

    def printed() -> list[object]:
        seeds[:] = range(1000)
        shutil.rmtree(prt.root)
        shutil.copytree(begun, prt.root)
        found: list[object] = []
        for today, step in (("2025-02-14", 1), ("2025-02-15", 3), ("2025-02-14", 3)):
            prt.monkeypatch.setenv("PRT_TODAY", today)
            for command in re.split(r"\n(?=log )", ROWS.strip())[::step]:
                if "REQUEST" in command:
                    command = command.replace("REQUEST", prt.last_id("requests"))
                found += [command, prt.attempt(command), prt.out, prt.err]
        files = sorted((prt.root / "data").rglob("*.csv"))
        return [*found, *((path.name, path.read_bytes()) for path in files)]

    kept, times = printed(), len(read_years)
    prt.monkeypatch.setenv("PRT_NO_CACHE", "1")
    assert kept == printed()
    assert kept.count(0) > 30
    assert times < len(read_years) - times


def test_an_erasure_leaves_nothing_of_a_year(prt: Prt, folder: Path) -> None:
    prt.people("p-me,prt-staff,,,2024-08-01,,,", "p-cda,cda,EMSB,,,,,")
    prt(f"{VISIT} 2025-02-01 --hours 1 --person p-cda")
    assert kept_years(prt)
    forget_kept(folder)
    assert not kept_years(prt)


def test_no_row_is_read_for_one_more(prt: Prt, folder: Path, read_years: list[str]) -> None:
    prt.people("p-me,prt-staff,,,2024-08-01,,,")
    for number, day in enumerate(range(1, 6)):
        prt(f"{VISIT} 2025-02-0{day} --hours 1")
        assert len(read_years) == 1, number
    prt(f"{VISIT} 2025-02-05 --hours 1", code=2)
    assert "is alike: " in prt.err and len(read_years) == 1
    prt("status")
    prt(f"{VISIT} 2025-02-07 --hours 1")
    assert len(read_years) == 2


def test_no_text_stays_of_rows_that_came_and_went(prt: Prt, folder: Path, read_years: list[str]) -> None:
    """What is kept of the year is right again, but texts of its log were kept meanwhile."""
    prt.people("p-me,prt-staff,,,2024-08-01,,,")
    prt(f"{VISIT} 2025-02-01 --hours 1 --note stays")
    path = prt.path("accompaniment")
    before = path.read_bytes()
    row = before.splitlines(keepends=True)[-1].replace(b"stays", b"gone-again")
    path.write_bytes(before + b"a-1" + row[row.index(b",") :])
    prt("todo")
    assert is_kept(b"gone-again", folder)
    path.write_bytes(before)
    read_years.clear()
    prt(f"{VISIT} 2025-02-03 --hours 1")
    assert len(read_years) == 1 and not is_kept(b"gone-again", folder)


def is_kept(text: bytes, folder: Path) -> bool:
    return any(text in path.read_bytes() for path in folder.iterdir())


CHANGES: dict[str, Callable[[Prt], object]] = {
    "a row": lambda prt: prt.write("accompaniment", prt.path("accompaniment").read_text() + "x,2025-02-01\n"),
    "people": lambda prt: prt.people("p-me,prt-staff,,,2024-08-01,,,", "p-b,cda,EMSB,,,,,"),
    "another log": lambda prt: prt(f"{SUPPORT} 2025-02-10 --hours 2"),
    "the plan": lambda prt: prt.shorten_plan("3a.hours"),
    "a row is taken away": lambda prt: prt(f"remove {prt.last_id('accompaniment')} --why slip"),
    "undone": lambda prt: prt("undo"),
    "what is kept": lambda prt: kept_years(prt)[0].write_bytes(kept_years(prt)[0].read_bytes()[:-1] + b"?"),
    "what is kept of nothing": lambda prt: keep_file(kept_years(prt)[0], b"{}\n{}"),
}


def kept_years(prt: Prt) -> list[Path]:
    return sorted(prt.root.parent.glob("caches/prt/year-*"))


@pytest.mark.parametrize("change", CHANGES)
def test_rows_are_read_where_anything_is_another(
    change: str, prt: Prt, folder: Path, read_years: list[str]
) -> None:
    prt.people("p-me,prt-staff,,,2024-08-01,,,")
    for day in (1, 2):
        prt(f"{VISIT} 2025-02-0{day} --hours 1")
    assert len(kept_years(prt)) == 1
    CHANGES[change](prt)
    read_years.clear()
    prt(f"{VISIT} 2025-02-07 --hours 1")
    assert len(read_years) == 1
