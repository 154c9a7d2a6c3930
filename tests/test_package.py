"""`prt export package`: a valid Data Package, from which every figure is added up again elsewhere."""

from __future__ import annotations

import json
import shutil
import zipfile
from itertools import cycle
from pathlib import Path

import pytest

from prt.commands.demo import make_demo
from prt.demo import SMALLEST
from prt.files.store import disk
from tests.conftest import only_in_ci, some
from tests.packages import (
    POOLED,
    PUBLISHED,
    added_up,
    drawn_year,
    evaluation_of,
    over_projects,
    published_files,
    rounded,
    table,
    team_files,
    true_sides,
    write_files,
)
from tests.project import TODAY, WORKSHOP, Prt


def problems_of(folder: Path) -> list[object]:
    """What frictionless finds wrong: types, keys, foreign keys, digests."""
    from frictionless import Package, system  # 0.4 s, of which most processes of a run need nothing

    with system.use_context(trusted=True):
        return list(Package(str(folder / "datapackage.json")).validate().flatten())


def of_demo(prt: Prt, demo: Path) -> None:
    shutil.rmtree(prt.root)
    shutil.copytree(demo, prt.root)


def send(prt: Prt, period: int = 1) -> None:
    """The report on a period, whatever is missing in it."""
    prt(f"submit --period {period} --lang en --anyway errors,actions,no-data,personal")


@pytest.mark.parametrize("team", some(["--team", ""], 1))
@only_in_ci
def test_a_package_of_the_demo_is_valid(prt: Prt, small_demo: Path, tmp_path: Path, team: str) -> None:
    of_demo(prt, small_demo)
    if not team:
        send(prt)
    prt(f"export package {team} -o {tmp_path / 'made'}")
    assert problems_of(tmp_path / "made") == []
    said = json.loads((tmp_path / "made" / "datapackage.json").read_text(encoding="utf-8"))
    edition, day = ("team", "2025-02-14") if team else ("published", "2024-11-30")
    assert (said["edition"], said["as_of"], said["year"]) == (edition, day, "2024-2025")
    assert (
        ("It stays in the team" in said["description"]) == ("it stays in the team" in prt.err) == bool(team)
    )
    assert ("rows-accompaniment" in [one["name"] for one in said["resources"]]) == bool(team)


@pytest.mark.parametrize("team", ["--team", ""])
@only_in_ci
def test_a_package_of_nothing_is_valid(prt: Prt, tmp_path: Path, team: str) -> None:
    if not team:
        send(prt)
    prt(f"export package {team} -o {tmp_path / 'made'} --name 'École no 3'")
    assert problems_of(tmp_path / "made") == []
    said = json.loads((tmp_path / "made" / "datapackage.json").read_text(encoding="utf-8"))
    assert (said["name"], said["project"]) == ("ecole-no-3-2024-2025", "École no 3")
    sides = true_sides(evaluation_of(prt.root, TODAY if team else "2024-11-30"))
    assert added_up(tmp_path / "made") == sides and bool(sides) == (not team)  # a report counts itself


TITLES = ["=HYPERLINK(1)", 'said "so", twice', "one\nline\r\nmore\rend", "שלום, ימין", "x" * 2000]


def make_of_titles(prt: Prt, made: Path) -> None:
    """A package in which each title stands once."""
    prt.shorten_plan("1.1")
    lines = "".join(
        f'w-{n},1.1,2024-10-1{n},"{one.replace(chr(34), chr(34) * 2)}",half-day\n'
        for n, one in enumerate(TITLES)
    )
    prt.write("sessions", f"id,line,date,title,format\n{lines}")
    prt(f"export package --team -o {made}")


@only_in_ci
def test_a_package_of_any_text_is_valid(prt: Prt, tmp_path: Path) -> None:
    make_of_titles(prt, tmp_path / "made")
    assert problems_of(tmp_path / "made") == []


def test_any_text_is_a_value_and_no_formula(prt: Prt, tmp_path: Path) -> None:
    make_of_titles(prt, tmp_path / "made")
    files = {"rows/sessions.csv": (tmp_path / "made" / "rows" / "sessions.csv").read_bytes()}
    titles = [row["title"] for row in table(files, "rows/sessions")]
    assert titles == ["'=HYPERLINK(1)", TITLES[1], "one\nline\nmore\nend", *TITLES[3:]]
    assert added_up(tmp_path / "made")["1.1.workshops", "to_date"] == (5, None)


def test_values_are_normal(prt: Prt, tmp_path: Path) -> None:
    """What a file has as its author likes it: dates, hours, yes, codes; cells that are filled; why it is left out."""
    prt.people("p-k7k2,prt-staff,,,,,,", "p-zoe2,cda,EMSB,,,,,")
    prt.write(
        "sessions",
        "id;line;date;title;format;boards;feedback_form;status\n"
        'w-1;1.1;2024-10-16;A;half-day;"English Montréal; littoral";oui;\n'
        "w-2;1.1;2025-05-16;B;half-day;;;planned\n",
    )
    prt.write("attendance", "id,session,date,person,role,board\na-1,w-1,2024-10-16,p-zoe2,cda,EMSB\n")
    prt.write(
        "partner-support",
        'id,date,staff,hours,organisation,purpose\nps-1,2024-10-01,p-k7k2,1h20,EMSB,x\nps-2,2024-10-01,p-k7k2,"1,5",EMSB,x\n',
    )
    prt(f"export package --team -o {tmp_path / 'made'}")
    files = {
        path.relative_to(tmp_path / "made").as_posix(): path.read_bytes()
        for path in (tmp_path / "made").rglob("*.csv")
    }
    first, second = table(files, "rows/sessions")
    assert (first["participants"], first["feedback_form"], first["day"], first["left_out"]) == (
        "1",
        "true",
        "2024-10-16",
        "",
    )
    assert (second["participants"], second["left_out"]) == ("", "planned")
    assert [row["hours"] for row in table(files, "rows/partner-support")] == ["1.3333333333333333", "1.5"]
    assert {row["indicator"] for row in table(files, "facts") if row["row"] == "w-1"} >= {"1.1.workshops"}


# Added up elsewhere


DRAWN = [*zip(range(15), cycle(("2024-11-30", "2025-02-20", "2025-06-30")), strict=False)]


@pytest.mark.parametrize(("seed", "day"), some(DRAWN, 1))
def test_every_figure_of_a_drawn_year_is_added_up_again(seed: int, day: str, tmp_path: Path) -> None:
    """Of every kind, in every period and to date; by a program that is told nothing of the types."""
    found = drawn_year(tmp_path / "year", seed, day)
    assert added_up(write_files(tmp_path / "made", team_files(found))) == true_sides(found)


@only_in_ci
def test_every_figure_of_the_demo_is_the_one_of_status(prt: Prt, small_demo: Path, tmp_path: Path) -> None:
    of_demo(prt, small_demo)
    told = json.loads(prt("status --format json"))
    prt(f"export package --team -o {tmp_path / 'made'}")
    again = added_up(tmp_path / "made")
    kinds = set()
    for one in told["indicators"]:
        for window, figure in (("2", one["period"]), ("to_date", one["to_date"])):
            if figure and figure.get("absent") != "no_data":
                part, whole = again[one["id"], window]
                kinds.add(one["kind"])
                if "whole" in figure:
                    assert (part, whole) == (figure["part"], figure["whole"])
                else:
                    assert part == pytest.approx(figure["value"])
    assert kinds >= {"count", "sum", "ratio", "distinct", "milestone", "reach", "list"}


def check_pooled(folder: Path, roots: dict[str, Path]) -> None:
    """Each project's figures, and all of them together, are what each evaluation says."""
    years = {name: evaluation_of(root, TODAY) for name, root in roots.items()}
    for name, found in years.items():
        write_files(folder / "packages" / name, team_files(found, name))
    each = 'SELECT project, indicator, "window", part, whole FROM again'
    again, pooled = over_projects(folder, each, POOLED)
    alone = {(name, *key): sides for name, found in years.items() for key, sides in true_sides(found).items()}
    assert {line[:3]: (rounded(line[3]), rounded(line[4])) for line in again} == alone
    for indicator, definition, number, part, whole, value in pooled:
        own = [alone[name, indicator, "to_date"] for name in years if (name, indicator, "to_date") in alone]
        assert number == len(own), (indicator, definition)
        parts, wholes = ([one for one in some if one is not None] for some in zip(*own, strict=True))
        assert part == pytest.approx(sum(parts)) and (whole or 0) == pytest.approx(sum(wholes))
        assert any(value == pytest.approx(one) for one in (part, part / whole if whole else None))


@only_in_ci
def test_projects_are_added_up_together(small_demo: Path, tmp_path: Path) -> None:
    """Three teams of one plan: the demo, without its sessions' feedback, and another one without hours."""
    roots = {"one": small_demo, "two": tmp_path / "two", "three": tmp_path / "three"}
    shutil.copytree(small_demo, roots["two"])
    make_demo(roots["three"], SMALLEST, seed=2)
    for name, gone in (("two", "feedback"), ("three", "accompaniment")):
        (roots[name] / "data" / "2024-2025" / f"{gone}.csv").unlink()
    check_pooled(tmp_path, roots)


@only_in_ci
def test_published_figures_are_added_up_together(small_demo: Path, tmp_path: Path) -> None:
    """Two teams: the sums of what `status --as-published` shows, and how much it withholds."""
    days = {"one": "2024-11-30", "two": "2025-06-30"}
    editions = {
        name: published_files(evaluation_of(small_demo, day), project=name) for name, day in days.items()
    }
    for name, (_, files) in editions.items():
        write_files(tmp_path / "packages" / name, files)
    [pooled] = over_projects(tmp_path, PUBLISHED)
    shown = {name: edition.evaluation for name, (edition, _) in editions.items()}
    for indicator, _, number, withheld, part, whole, amount in pooled:
        own = [result.to_date for found in shown.values() if (result := found.result(indicator))]
        shares = [one for one in own if one.whole is not None]
        amounts = [one.value for one in own if one.whole is None and one.value is not None]
        assert (number, withheld) == (2, sum(one.absent == "withheld" for one in own))
        assert (part or 0, whole or 0) == (
            sum(one.part or 0 for one in shares),
            sum(one.whole or 0 for one in shares),
        )
        assert (amount or 0) == pytest.approx(float(sum(amounts)))
    assert len(pooled) == len(shown["one"].results)


def test_equal_rules_have_equal_digests() -> None:
    from tests.support import evaluation

    def digest(measure: str) -> str:
        [line] = [
            one for one in table(team_files(evaluation(measure)), "indicators") if one["id"] == "1.1.it"
        ]
        return line["definition"]

    same = "{kind: count, of: {log: sessions, where: {format: [full-day, half-day], line: '1.1'}}}"
    turned = "{kind: count, of: {log: sessions, where: {line: '1.1', format: [half-day, full-day]}}, split_by: [mode]}"
    other = "{kind: count, of: {log: sessions, where: {format: [full-day, short], line: '1.1'}}}"
    assert digest(same) == digest(turned) != digest(other)


# Where it goes


def test_it_is_never_written_over_what_others_made(prt: Prt, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "mine.zip").write_bytes(b"PK mine")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for place, said in (
        (tmp_path / "full", "is not empty"),
        (tmp_path / "mine.zip", "prt did not make it"),
        (tmp_path / "file", "is a file"),
        (tmp_path / "none" / "made", "there is no folder"),
        (tmp_path / "none" / "made.zip", "there is no folder"),
        (prt.root / "data" / "made", "prt reads"),
        (prt.root / "plan" / "made.zip", "prt reads"),
    ):
        prt(f"export package -o {place}", 2)
        assert said in prt.err
    assert (tmp_path / "full" / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "mine.zip").read_bytes() == b"PK mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file", "full", "mine.zip", "project"]


def test_a_zip_of_ours_is_replaced_and_is_the_same_each_time(prt: Prt, tmp_path: Path) -> None:
    prt(WORKSHOP)
    made = tmp_path / "made.zip"
    prt(f"export package --team -o {made}")
    first = made.read_bytes()
    prt(f"export package --team -o {made}")
    assert made.read_bytes() == first
    with zipfile.ZipFile(made) as found:
        assert found.testzip() is None
        assert found.namelist()[0] == "datapackage.json"
        found.extractall(tmp_path / "unpacked")
    prt(f"export package --team -o {tmp_path / 'folder'}")
    for path in (one for one in (tmp_path / "folder").rglob("*") if one.is_file()):
        assert (
            path.read_bytes() == (tmp_path / "unpacked" / path.relative_to(tmp_path / "folder")).read_bytes()
        )


@only_in_ci
def test_a_fact_of_an_indicator_that_there_is_not_is_found(prt: Prt, tmp_path: Path) -> None:
    prt(WORKSHOP)
    prt.shorten_plan("1.1")
    prt(f"export package --team -o {tmp_path / 'made'}")
    assert problems_of(tmp_path / "made") == []
    facts = tmp_path / "made" / "facts.csv"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace(",1.1.workshops,", ",1.1.others,"), encoding="utf-8"
    )
    assert "foreign-key" in str(problems_of(tmp_path / "made"))


@pytest.mark.parametrize("name", ["made", "made.zip"])
def test_a_disk_that_is_full_leaves_nothing(
    prt: Prt, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.system, "write", full)
    prt(f"export package --team -o {tmp_path / name}", 1)
    assert "disk is full" in prt.err and "Nothing was written" in prt.err
    assert [one.name for one in tmp_path.iterdir()] == ["project"]


def test_it_speaks_french(prt: Prt, tmp_path: Path) -> None:
    out = prt(f"export package --team --lang fr -o {tmp_path / 'made'}")
    assert "Paquet" in out and "15 fichiers" not in out
    assert "il reste dans l’équipe" in prt.err


@only_in_ci
def test_published_files_are_the_same_but_for_the_key(small_demo: Path) -> None:
    found = evaluation_of(small_demo, TODAY)
    one, again, other = (published_files(found, secret)[1] for secret in (b"one", b"one", b"other"))
    assert one == again
    assert {name for name in one if one[name] != other[name]} == {
        "datapackage.json",
        "facts.csv",
        "rows/partner-support.csv",
    }
