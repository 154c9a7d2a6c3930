"""The published edition of a package, as somebody reads it who wants the numbers that were withheld."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from prt.figures.evaluate import Evaluation, Result
from prt.figures.withholding.groups import TO_DATE, row_key
from prt.figures.withholding.published import Edition
from prt.model.facts import ROW, SIDE
from prt.model.figure import Figure
from prt.model.records import LOGS
from prt.model.rows import Row
from tests.conftest import only_in_ci, some
from tests.packages import Files, all_text, drawn_year, evaluation_of, ids_in, published_files, table
from tests.project import TODAY, Prt
from tests.support import evaluation

PERSONS = [log for log, model in LOGS.items() if model.persons]
OTHERS = [log for log in LOGS if log not in PERSONS]


def rows_told(files: Files) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of a package by log and id."""
    return {(log, row["id"]): row for log in OTHERS for row in table(files, f"rows/{log}")}


DRAWN = [
    (20, "2024-11-30"),
    (20, "2025-06-30"),
    *zip(range(8), cycle(("2025-06-30", "2024-11-30")), strict=False),
]


@pytest.mark.parametrize(("seed", "day"), some(DRAWN, 1))
def test_nothing_withheld_is_computed_from_a_package(seed: int, day: str, tmp_path: Path) -> None:
    found = drawn_year(tmp_path / "year", seed, day)
    edition, files = published_files(found)
    assert any(key[0] == "figure" for key in edition.withheld)
    check_persons(found, files)
    check_numbers_of_rows(found, edition, files)
    check_facts(found, edition, files)
    for result, window, figure in withheld_figures(found, edition):
        assert not is_added_up(result, figure, files), (result.handle, window)


def check_persons(found: Evaluation, files: Files) -> None:
    """No row about a person, no fact of one, nobody of a population, and no id of any of them."""
    assert not any(f"rows/{log}.csv" in files for log in PERSONS)
    assert not {one["log"] for one in table(files, "facts")}.intersection(PERSONS)
    rows = (row for log in PERSONS for row in found.data.logs[log])
    people = {row["id"] for row in found.data.people}
    assert ids_in(all_text(files), {row.name for row in rows} | people) == set()


def check_numbers_of_rows(found: Evaluation, edition: Edition, files: Files) -> None:
    """A number of people of a row is told only where the report of these days prints it."""
    told = rows_told(files)
    for log in OTHERS:
        for row in found.data.logs[log]:
            for column in LOGS[log].chain:
                key = row_key(row, column)
                if told[log, row.name][column]:
                    assert key in edition.cells and key not in edition.withheld


def check_facts(found: Evaluation, edition: Edition, files: Files) -> None:
    """A fact of a figure that is withheld says neither how much nor whom."""
    spans = {str(period.id): window for period, window in found.windows}
    figures = table(files, "figures")
    hidden = [(one["indicator"], one["window"]) for one in figures if one["absent"] == "withheld"]
    for indicator, window in hidden:
        span = spans.get(window) or found.view.window
        own = [one for one in table(files, "facts") if one["indicator"] == indicator]
        of_window = [one for one in own if span.first.isoformat() <= one["day"] <= span.last.isoformat()]
        assert not any(one[name] for one in of_window for name in ("part", "whole", "member", "each"))
        assert not [
            one for one in table(files, "members") if (one["indicator"], window) == (indicator, "to_date")
        ]


def withheld_figures(found: Evaluation, edition: Edition) -> Iterator[tuple[Result, int, Figure]]:
    for result in found.results:
        for window, figure in enumerate((result.to_date, *result.periods)):
            if figure is not None and ("figure", result.handle, 0, window) in edition.withheld:
                yield result, window, figure
    assert TO_DATE == 0


def is_added_up(result: Result, figure: Figure, files: Files) -> bool:
    """Do the rows of a package tell every number that a withheld sum, or both sides of a share, are made of?"""
    told, columns = rows_told(files), list(result.measure.number_columns())
    sides = [
        all(cell(told, fact[ROW], column) for fact in figure.facts if is_of(fact[SIDE], path, figure))
        for path, _, column in columns
    ]
    needed = 1 if figure.whole is None else 2
    return len(sides) == needed and all(sides) and bool(figure.facts)


def is_of(side: str, path: tuple[object, ...], figure: Figure) -> bool:
    """Is a fact of this side added in this part of the rule? Those of a sum over one selection are in both."""
    return {one[SIDE] for one in figure.facts} == {"part"} or (side == "whole") == (path[0] == "whole")


def cell(told: dict[tuple[str, str], dict[str, str]], row: Row, column: str) -> str:
    return told.get((row.log, row.name), {}).get(column, "")


SMALL = """
id  | line | date       | title | format   | participants | respondents | answered | positive
w-1 | 1.1  | 2024-10-16 | A     | half-day | 24           | 18          | 18       | 16
w-2 | 1.1  | 2024-11-16 | B     | half-day | 20           | 3           | 3        | 2
w-3 | 1.1  | 2025-01-16 | C     | half-day | 22           | 17          | 17       | 15
w-4 | 1.4a | 2025-01-16 | D     | meeting  | 9            | 8           | 8        | 7
"""
POSITIVE = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"


def test_a_small_session_is_empty_in_its_row_and_in_its_fact() -> None:
    """And so is another one, from which it could be subtracted."""
    _, files = published_files(evaluation(POSITIVE, sessions=SMALL))
    rows = rows_told(files)
    assert [rows["sessions", f"w-{n}"]["positive"] for n in (1, 2, 3)].count("") == 2
    assert rows["sessions", "w-2"]["positive"] == ""
    facts = {one["row"]: (one["part"], one["day"]) for one in table(files, "facts") if one["kind"] == "ratio"}
    assert facts["w-2"] == ("", "2024-11-16")


def test_a_row_that_is_not_reported_tells_nothing_of_people() -> None:
    _, files = published_files(evaluation(POSITIVE, cut_off="2024-12-31", sessions=SMALL))
    third, fourth = (rows_told(files)["sessions", f"w-{n}"] for n in (3, 4))
    assert third["title"] == "C" and third["left_out"] == "after"
    assert {one[name] for one in (third, fourth) for name in LOGS["sessions"].chain} == {""}


SUPPORT = "id | date | staff | hours | organisation | purpose\n" + "".join(
    f"ps-{n} | 2024-10-0{n} | p-{who} | 1 | {'CHSSN' if n < 6 else 'EMSB'} | Talk with Ann\n"
    for n, who in enumerate("abcaab", 1)
)
BY = "split_by: [organisation]"


def test_files_are_the_same_but_for_the_key() -> None:
    found = evaluation(
        f"{{kind: sum, column: hours, of: {{log: partner-support}}, {BY}}}", **{"partner-support": SUPPORT}
    )
    one, again, other = (published_files(found, secret)[1] for secret in (b"one", b"one", b"other"))
    assert one == again
    assert {name for name in one if one[name] != other[name]} == {
        "datapackage.json",
        "rows/partner-support.csv",
    }


@pytest.mark.parametrize(
    ("measure", "tokens"),
    [
        (f"{{kind: sum, column: hours, of: {{log: partner-support}}, {BY}}}", 3),
        (f"{{kind: distinct, column: staff, of: {{log: partner-support}}, {BY}}}", 0),
    ],
)
def test_tokens_are_not_counted_to_a_number_that_is_withheld(measure: str, tokens: int) -> None:
    """Three people gave hours. Where a breakdown would say so of each organisation, nobody is told apart."""
    _, files = published_files(evaluation(measure, **{"partner-support": SUPPORT}))
    rows = table(files, "rows/partner-support")
    assert len(rows) == 6
    assert len({row["staff"] for row in rows if "staff" in row}) == tokens
    assert "Talk with Ann" not in all_text(files)
    assert ids_in(all_text(files), ("p-a", "p-b", "p-c")) == set()


def test_a_rule_that_names_somebody_says_a_token() -> None:
    measure = "{kind: count, of: {log: journals, where: {person: {not: p-ann}}}}"
    people = "id | role | board\np-ann | cda | EMSB\np-ann-b | cda | EMSB\n"
    _, files = published_files(evaluation(measure, people=people))
    [line] = [one for one in table(files, "indicators") if one["id"] == "1.1.it"]
    assert "other than x" in line["rule_en"] and "p-ann" not in line["rule_en"]
    assert line["definition"] == ""  # of so few ids the one could be tried out


def test_the_demo_gives_no_text_of_anybody_away(prt: Prt, small_demo: Path) -> None:
    found = evaluation_of(small_demo, TODAY)
    edition, files = published_files(found)
    check_persons(found, files)
    check_numbers_of_rows(found, edition, files)
    check_facts(found, edition, files)
    text = all_text(files)
    rows = [row for log in OTHERS for row in found.data.logs[log]]
    notes = {row["note"] for row in rows} | {row["evidence"] for row in rows} - {None}
    assert len(notes) > 5 and not [one for one in notes if one and one in text]
    names = (small_demo / "data" / "private" / "names.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(names) > 50 and not [one for one in names if one.split(",")[1] in text]


ANYWAY = "--anyway errors,actions,no-data,personal"


@pytest.fixture
def sent(prt: Prt, kept: Path) -> Prt:
    """Report 1 was sent with 16 of 18; then another three answered, in the same period."""
    prt.once(kept, lambda: send_first(prt))
    return prt


def send_first(prt: Prt) -> None:
    prt.indicators(f"          - id: liked\n            label: Liked\n            measure: {POSITIVE}\n")
    prt.write("sessions", sessions_of(["w-1,24,18,16"]))
    prt(f"submit --period 1 --lang en {ANYWAY}")
    prt.write("sessions", sessions_of(["w-1,24,18,16", "w-2,5,3,2"]))


def sessions_of(rows: list[str]) -> str:
    """`w-1,24,18,16`: how many came, answered, and were pleased."""
    head = "id,line,date,title,format,participants,answered,positive\n"
    return head + "".join(
        f"{name},1.1,2024-10-16,{name},half-day,{more}\n"
        for name, more in (row.split(",", 1) for row in rows)
    )


def liked(folder: Path) -> dict[str, tuple[str, str]]:
    """Of the percentage, part and whole by window."""
    found = table({"figures.csv": (folder / "figures.csv").read_bytes()}, "figures")
    return {one["window"]: (one["part"], one["whole"]) for one in found if one["indicator"] == "1.1.liked"}


def test_a_package_says_what_a_report_said_that_was_sent(sent: Prt, tmp_path: Path) -> None:
    """Of the rows of today nothing: later reports remember no package, for it tells nobody anything new."""
    sent(f"export package -o {tmp_path / 'made'}")
    assert liked(tmp_path / "made") == {"1": ("16", "18"), "to_date": ("16", "18")}
    assert "w-2" not in (tmp_path / "made" / "rows" / "sessions.csv").read_text(encoding="utf-8")
    assert "submitted/period-1" in sent.err


@only_in_ci
def test_a_correction_is_told_without_what_it_withheld(sent: Prt, tmp_path: Path) -> None:
    sent(f"submit --period 1 --why late --lang en {ANYWAY}")
    sent(f"export package --period 1 -o {tmp_path / 'made'}")
    assert "submitted/period-1-r2" in sent.err
    assert liked(tmp_path / "made") == {"1": ("", ""), "to_date": ("", "")}  # 18 of 21 would tell 2 of 3


def damaged(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


REFUSED = {
    "rows edited": ("data/2024-2025/sessions.csv", ",24,18,16", ",24,18,15", "sessions.csv"),
    "withheld edited": (
        "withheld.json",
        '"smallest_group": 5',
        '"smallest_group": 4',
        "was not kept, or has changed",
    ),
    "figures of another prt": ("figures.json", '"part": 16', '"part": 15', "1.1.liked"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_there_is_no_package_of_what_nobody_knows(sent: Prt, tmp_path: Path, what: str) -> None:
    name, old, new, said = REFUSED[what]
    damaged(sent.root / "data" / "2024-2025" / "submitted" / "period-1", name, old, new)
    sent(f"export package -o {tmp_path / 'made'}", 1)
    assert said in sent.err and not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("", "no report of 2024-2025 was submitted yet"), ("--as-of 2024-11-30", "--as-of goes with --team")],
)
def test_there_is_no_package_of_what_was_not_sent(prt: Prt, tmp_path: Path, typed: str, said: str) -> None:
    prt(f"export package {typed} -o {tmp_path / 'made'}", 2)
    assert said in prt.err and not (tmp_path / "made").exists()
