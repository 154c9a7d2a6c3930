"""`prt status` reads no row of a log of which it is kept what its rows gave: it prints the same, to the byte."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from prt.figures.evaluate import evaluate
from prt.files.file_cache import FileCache
from prt.files.kept import folded_logs, log_tables
from prt.files.kept.fact_columns import FactColumns
from prt.files.kept.folded_data import Folded, row_of_nothing
from prt.files.kept.folded_logs import FoldedYear
from prt.files.kept.plain_data import as_json, from_json
from prt.files.project import Project, Year
from prt.model.plan import Plan
from prt.model.records import LOGS
from prt.model.view import Data, stands_alone
from prt.problems import errors
from tests.conftest import some
from tests.project import EACH_LINE, Prt, shorten_plan_of
from tests.random_year import NoAliases, draw_days, write_random_year
from tests.test_growing_year import is_kept
from tests.test_kept_answers import told
from tests.test_kept_plans import folder

__all__ = ["folder"]
HOURS = "id,date,staff,hours,role,board,objective,note\n" + "".join(
    f"a-{day},2025-02-0{day},p-me,{day},cda,EMSB,skills,\n" for day in range(1, 10)
)
ASKED = (
    "status",
    "status --all",
    "status --all --wide --lang fr",
    "status --period 1",
    "status --only behind",
)
"""What is asked of figures of the team."""
OF_ROWS = ("status --all --as-published", "status --all --format json", "status --since-submitted")
"""What needs rows."""


@pytest.fixture(autouse=True)
def every_log_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small it is."""
    monkeypatch.setattr(log_tables, "SMALLEST", 0)
    monkeypatch.setattr(folded_logs, "SMALLEST", 0)


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[frozenset[str]]]:
    """The logs of which no row was read but those that were added, each time a year is read."""
    found, read = list[frozenset[str]](), FoldedYear.read

    def noted(self: FoldedYear, logs: Collection[str] = LOGS) -> None:
        read(self, logs)
        found.append(frozenset(self.kept))

    monkeypatch.setattr(FoldedYear, "read", noted)
    yield found


@pytest.fixture
def project(prt: Prt, folder: Path) -> Prt:
    """A project with hours, of which it is kept what its rows gave."""
    prt.people("p-me,prt-staff,,,2024-08-01,,,", "p-cda,cda,EMSB,,,,,")
    prt.shorten_plan("3a")
    prt.write("accompaniment", HOURS)
    ask_anew(prt)
    ask_anew(prt)
    return prt


def ask_anew(prt: Prt, typed: str = "status") -> tuple[int, str, str]:
    """The answer that is computed: none that was kept is there."""
    for path in prt.root.parent.glob("caches/prt/answer-*"):
        path.unlink()
    return told(prt, typed)


# Random years


def write_sound_year(root: Path, rng: Random) -> None:
    """A random year of which something can be kept: no row has an error, and most measures add up."""
    write_random_year(root, rng)
    path = root / "plan" / "2024-2025.yaml"
    plan = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for line in (line for volet in plan["volets"] for line in volet["lines"]):
        every = line["indicators"]
        line["indicators"] = [one for one in every if not {"mean", "typed"} & {*kinds_in(one)}] or every[:1]
    path.write_text(yaml.dump(plan, Dumper=NoAliases, allow_unicode=True, sort_keys=False), encoding="utf-8")
    while wrong := wrong_lines(root):
        for name, line in sorted(wrong, reverse=True):
            lines = (root / name).read_bytes().splitlines(keepends=True)
            (root / name).write_bytes(b"".join(lines[: line - 1] + lines[line:]))
            if line <= 1:
                (root / name).unlink()


def kinds_in(indicator: Any) -> Iterator[str]:
    """The kinds of its measure and of its second readings."""
    if isinstance(indicator, dict):
        yield from (one for key, one in indicator.items() if key == "kind" and isinstance(one, str))
        for one in indicator.values():
            yield from kinds_in(one)
    elif isinstance(indicator, list):
        for one in indicator:
            yield from kinds_in(one)


def wrong_lines(root: Path) -> set[tuple[str, int]]:
    year = Project(root, root / "data" / "private").load(root / "plan" / "2024-2025.yaml")
    return {(one.where.file, one.where.line) for one in errors(year.problems)}


Change = Callable[[Path, Random], None]


def tables(root: Path) -> list[Path]:
    return sorted(path for path in (root / "data" / "2024-2025").glob("*.csv") if stands_alone(path.stem))


def draw_table(root: Path, rng: Random) -> tuple[Path, list[bytes]]:
    """A table of rows that stand alone, and its lines."""
    path = rng.choice(tables(root))
    return path, path.read_bytes().splitlines(keepends=True)


def nothing(root: Path, rng: Random) -> None:
    """Every file is as it was."""


def add_rows(root: Path, rng: Random) -> None:
    """Rows that were taken from the file before, or others with new ids."""
    path, lines = draw_table(root, rng)
    new = [
        line.replace(b"-", f"-n{rng.randrange(10**6)}".encode(), 1)
        for line in rng.choices(lines[1:] or lines)
    ]
    path.write_bytes(b"".join([*lines, *new]))


def repeat_a_row(root: Path, rng: Random) -> None:
    path, lines = draw_table(root, rng)
    path.write_bytes(b"".join([*lines, rng.choice(lines)]))


def add_a_wrong_row(root: Path, rng: Random) -> None:
    path, lines = draw_table(root, rng)
    path.write_bytes(
        b"".join([*lines, b"x-1" + rng.choice([b",2024-13-01\n", b";\n", b",\xff\xfe\n", b'"\n'])])
    )


def take_a_row_away(root: Path, rng: Random) -> None:
    path, lines = draw_table(root, rng)
    lines.pop(rng.randrange(len(lines)))
    path.write_bytes(b"".join(lines))


def change_a_byte(root: Path, rng: Random) -> None:
    path = rng.choice(sorted(path for path in root.rglob("*.*") if path.is_file()))
    raw = bytearray(path.read_bytes())
    if raw:
        raw[rng.randrange(len(raw))] = rng.choice(b"0123456789abce,;\n")
        path.write_bytes(bytes(raw))


def remove_a_log(root: Path, rng: Random) -> None:
    draw_table(root, rng)[0].unlink()


CHANGES: tuple[Change, ...] = (
    nothing, nothing, add_rows, add_rows, add_rows, add_rows, repeat_a_row, add_a_wrong_row, take_a_row_away,
    change_a_byte, remove_a_log,
)  # fmt: skip


@pytest.mark.parametrize("seed", some(range(14), 3))
def test_whatever_changes_it_prints_the_same(seed: int, prt: Prt, folder: Path, small_demo: Path) -> None:
    """A year of the real plan, or a random one; after most changes it is asked twice more, so that something
    is kept."""
    rng, sound = Random(seed), prt.root.with_name("sound")
    if seed % 3:
        shutil.copytree(small_demo, sound)
        shorten_plan_of(sound, *EACH_LINE)
    else:
        write_sound_year(sound, rng)
    for day in draw_days(rng, 5):
        prt.monkeypatch.setenv("PRT_TODAY", rng.choice([str(day), "2025-02-14"]))
        if rng.random() < 0.5:
            shutil.rmtree(prt.root)
            shutil.copytree(sound, prt.root)
        if tables(prt.root):
            rng.choice(CHANGES)(prt.root, rng)
        typed = rng.choice((*ASKED, *ASKED, *OF_ROWS))
        assert ask_anew(prt, typed) == told(prt, typed, anew=True), typed
        for _ in range(rng.choice([0, 2, 2])):
            ask_anew(prt)


def test_a_log_of_the_real_plan_is_not_read_again(
    prt: Prt, folder: Path, small_demo: Path, unread: list[frozenset[str]]
) -> None:
    shutil.rmtree(prt.root)
    shutil.copytree(small_demo, prt.root)
    for _ in range(3):
        ask_anew(prt)
    assert unread == [frozenset(), frozenset(), {"accompaniment", "partner-support"} | unread[-1]]


@pytest.mark.parametrize("seed", some(range(20), 5))
def test_every_figure_is_the_same(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every indicator and each second reading, of the year and of each period, on the day of the answer
    that was kept and on a later one."""
    rng = Random(seed)
    write_sound_year(tmp_path / "project", rng)
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o700)
    first, later = draw_days(rng, 2)
    for _ in range(2):  # what the rows gave is kept when they were read as their texts had been kept
        year = read_year(tmp_path / "project", cache)
        year.keep(evaluate(year.plan, year.data, first), first)
    year, whole = read_year(tmp_path / "project", cache), read_year(tmp_path / "project", None)
    monkeypatch.setattr(folded_logs.FoldedYear, "read_whole", all_rows)
    for day in (first, later):
        assert figures(year.plan, year.data, day) == figures(whole.plan, whole.data, day)


def read_year(root: Path, cache: Path | None) -> FoldedYear:
    project = Project(root, root / "data" / "private", cache=FileCache(cache))
    year = project.load(root / "plan" / "2024-2025.yaml", make=FoldedYear)
    assert isinstance(year, FoldedYear)
    return year


def all_rows(year: Year, logs: Collection[str]) -> Data:
    return pytest.fail("all rows were read")


def figures(plan: Plan, data: Data, day: dt.date) -> list[object]:
    found = evaluate(plan, data, day)
    views = found.results[0].views
    return [
        (
            one.measure.kind,
            figure and (figure.value, figure.part, figure.whole, figure.absent, figure.done_on),
        )
        for result in found.results
        for one in result.readings
        for figure in (one.to_date, *(one.measure.figure_of(one.facts, view) for view in views))
    ]


# What is read


def test_a_row_that_was_added_is_read_alone(project: Prt, unread: list[frozenset[str]]) -> None:
    path, answers = project.path("accompaniment"), [ask_anew(project)]
    for number in range(3):
        last = path.read_text().splitlines()[-1]
        path.write_text(f"{path.read_text()}a-new{number},{last.partition(',')[2]}\n")
        answers.append(ask_anew(project))
    assert unread == [{"accompaniment"}] * 4
    assert len({*answers}) == 4 and answers[-1] == told(project, "status", anew=True)


def test_equal_values_of_other_kinds_stay_apart() -> None:
    """`True`, 1 and 1 of a fraction are equal, and are not printed alike."""
    nothing, day = row_of_nothing(LOGS["accompaniment"]), dt.date(2025, 2, 14)
    facts = [(nothing, day, "part", one, *[None] * 5) for one in (True, 1, Fraction(1), 1)]
    folded = Folded(day, {"accompaniment": day}, {"3a.hours": [facts, []]})  # type: ignore[list-item]
    again = from_json(as_json(FactColumns.of(folded)), FactColumns).folded(nothing)
    assert again == folded
    assert [type(one[3]) for one in again.facts["3a.hours"][0]] == [bool, int, Fraction, int]


@pytest.mark.parametrize("name", ["plan/2024-2025.yaml", "data/people.csv", "data/organisations.csv"])
def test_rows_are_read_where_anything_beside_them_is_another(
    name: str, project: Prt, unread: list[frozenset[str]]
) -> None:
    path = project.root / name
    path.write_bytes(path.read_bytes() + b"\n")
    ask_anew(project)
    assert unread == [frozenset()]


def test_a_row_that_another_laptop_removed_is_read(project: Prt, unread: list[frozenset[str]]) -> None:
    """Its removal comes before the log without it, as a folder in the cloud brings them."""
    path = project.path("accompaniment")
    before = path.read_bytes()
    with project.monkeypatch.context() as elsewhere:
        elsewhere.setenv("PRT_NO_CACHE", "1")
        project("remove a-9 --why slip")
    path.write_bytes(before)
    unread.clear()
    answer = ask_anew(project)
    assert unread == [frozenset()]
    assert answer == told(project, "status", anew=True)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    ("known", "new"), [("É-1", "é-1"), ("é-1", "é-1"), ("ß", "ss"), ("ss", "ß"), ('q"1', 'q"1'), ("A1", "a1")]
)
def test_no_row_counts_twice_because_its_id_is_written_otherwise(
    known: str, new: str, encoding: str, project: Prt
) -> None:
    path = project.path("accompaniment")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for name in (known, new):
        written = name.replace('"', '""')
        lines.append(f'"{written}",{lines[-1].rpartition(chr(34))[2].partition(",")[2]}')
        path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
        for _ in range(2):
            assert ask_anew(project) == told(project, "status", anew=True)
        ask_anew(project)
    assert "1 row is left out of these figures" in project.out + project.err


@pytest.mark.parametrize("typed", OF_ROWS)
def test_whoever_asks_for_rows_has_them(typed: str, project: Prt, unread: list[frozenset[str]]) -> None:
    """Small groups are counted by rows."""
    assert ask_anew(project, typed) == told(project, typed, anew=True)
    assert unread == []


def test_a_log_that_is_another_each_time_is_not_kept_each_time(project: Prt, folder: Path) -> None:
    path = project.path("accompaniment")
    for day in ("03", "04"):
        path.write_text(
            path.read_text().replace("2025-02-09", f"2025-01-{day}").replace("2025-01-03", f"2025-01-{day}")
        )
        ask_anew(project)
        assert not list(folder.glob("year-*"))
    ask_anew(project)
    assert len(list(folder.glob("year-*"))) == 1


def test_what_is_of_use_to_nobody_is_not_kept_each_time(
    project: Prt, folder: Path, unread: list[frozenset[str]]
) -> None:
    """Where the people are others each time: what was of use is kept anew, then only what lies beside the log."""
    people, path = project.root / "data" / "people.csv", project.path("accompaniment")
    ask_anew(project)  # of use
    found = []
    for number in range(4):
        people.write_bytes(people.read_bytes() + f"p-new{number},cda,EMSB,,,,,\n".encode())
        ask_anew(project)
        found.append(is_kept(b"FactColumns", folder))
    assert found == [True, False, False, False]
    for number in range(3):
        last = path.read_text().splitlines()[-1]
        path.write_text(f"{path.read_text()}a-new{number},{last.partition(',')[2]}\n")
        ask_anew(project)
        found.append(is_kept(b"FactColumns", folder))
    assert found[4:] == [True, True, True]
    assert unread == [{"accompaniment"}, *[frozenset()] * 5, {"accompaniment"}, {"accompaniment"}]
    assert ask_anew(project) == told(project, "status", anew=True)


def test_nothing_stays_of_what_a_log_held(project: Prt, folder: Path) -> None:
    """Whoever reads the log next removes it, whatever was asked."""
    for typed in ("status", "explain 3a.hours", "todo"):
        ask_anew(project)
        ask_anew(project)
        assert list(folder.glob("year-*"))
        path = project.path("accompaniment")
        path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
        ask_anew(project, typed)
        assert not list(folder.glob("year-*"))


def test_no_text_stays_of_rows_that_came_and_went(project: Prt, folder: Path) -> None:
    """What their log gave before they came is right again, but their texts were kept meanwhile."""
    path = project.path("accompaniment")
    before = path.read_bytes()
    head, *_, last = path.read_text(encoding="utf-8-sig").splitlines()
    cells = dict(zip(head.split(","), last.split(","), strict=True)) | {"note": "gone-again"}
    rows = [",".join((cells | {"id": f"n-{number}"}).values()) for number in range(5)]
    path.write_bytes(before + "".join(f"{row}\n" for row in rows).encode())
    project("todo")
    assert is_kept(b"gone-again", folder)
    path.write_bytes(before)
    ask_anew(project)
    assert not is_kept(b"gone-again", folder)


def test_what_is_damaged_is_not_read(project: Prt, folder: Path, unread: list[frozenset[str]]) -> None:
    (path,) = folder.glob("year-*")
    right = ask_anew(project)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert ask_anew(project) == right
    assert unread == [{"accompaniment"}, frozenset()]
