"""The year before beside this one: the same day, the same indicator, and targets that are more than it."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from pathlib import Path

import pytest

from prt.files.kept.valid_plans import ValidPlan, read_valid_plan
from prt.files.plan.next_year import shift_plan
from prt.files.plan.plan import read_plan
from prt.model.calendar import Calendar
from tests.project import Prt
from tests.support import plan
from tests.test_submission import on

HEAD = "id,line,date,title,format,category,feedback_form,answered,positive,status\n"
WORKSHOPS, POSITIVE = "1.1.workshops", "1.1.positive"
TARGET = "at_least: 37"
OF_POSITIVE = "at_least: 75%"
TOLD = re.compile(r"82[.,]5|75[.,]0|\b0\.(?:75|825)\b|\b3 (?:of|sur|out of|/) 4\b|, 3, 4,|\b3,4\b")
"""3 of 4 answers, their share, and a tenth more, in either language or as a program reads it."""


def workshops(year: int, number: int, answered: int = 10, positive: int = 8) -> str:
    """So many from October on, a week apart, each with its answers."""
    first = dt.date(year, 10, 2)
    days = (first + dt.timedelta(days=7 * place) for place in range(number))
    rows = (
        f"w{place},1.1,{day},A {place},half-day,outcome-area,yes,{answered},{positive},held\n"
        for place, day in enumerate(days)
    )
    return HEAD + "".join(rows)


def two_years(prt: Prt, before: str, now: str, target: str = TARGET, of: str = TARGET) -> None:
    """This plan with another target, and the year before with the plan as it is."""
    prt.shorten_plan(WORKSHOPS, POSITIVE, "4.reports")
    path = prt.root / "plan" / "2024-2025.yaml"
    text = path.read_text(encoding="utf-8")
    assert of in text
    earlier = shift_plan(text, "2024-2025", "2023-2024", -1, dt.date(2023, 9, 1)).text
    (prt.root / "plan" / "2023-2024.yaml").write_text(earlier, encoding="utf-8")
    path.write_text(text.replace(of, target, 1), encoding="utf-8")
    folder = prt.root / "data" / "2023-2024"
    folder.mkdir(exist_ok=True)
    (folder / "sessions.csv").write_text(before, encoding="utf-8")
    prt.write("sessions", now)


def shown(prt: Prt, indicator: str = WORKSHOPS, options: str = "") -> dict[str, object]:
    """What `prt status` says of one indicator."""
    on(prt, "2025-02-14", f"status --year 2024-2025 --format json {options}")
    (found,) = (one for one in json.loads(prt.out)["indicators"] if one["id"] == indicator)
    return {name: found[name] for name in ("target", "expected", "status")}


@pytest.mark.parametrize(
    ("share", "before", "now", "number", "status"),
    [
        ("10%", 10, 11, 11, "met"),
        ("10%", 10, 10, 11, "on_track"),
        ("10%", 12, 7, 13.2, "on_track"),  # 7.1 are due by 14 February: rounded down, 7
        ("10%", 12, 5, 13.2, "at_risk"),
        ("10%", 12, 3, 13.2, "behind"),
        ("0%", 10, 10, 10, "met"),
        ("-20%", 10, 8, 8, "met"),
        ("-20%", 10, 7, 8, "on_track"),
    ],
)
def test_a_target_is_more_than_the_final_figure_of_last_year(
    prt: Prt, share: str, before: int, now: int, number: float, status: str
) -> None:
    two_years(prt, workshops(2023, before), workshops(2024, now), f"more_than_last_year: {share}")
    found = shown(prt)
    assert found["status"] == status
    assert found["target"] == {"more_than_last_year": float(share[:-1]) / 100, "at_least": number}
    if number % 1 == 0:  # it judges as the number itself does
        path = prt.root / "plan" / "2024-2025.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace(f"more_than_last_year: {share}", f"at_least: {number}"), encoding="utf-8"
        )
        assert {**shown(prt), "target": None} == {**found, "target": None}


def test_a_percentage_is_compared_with_the_pooled_one_of_last_year(prt: Prt) -> None:
    two_years(
        prt, workshops(2023, 4, 10, 6), workshops(2024, 3, 10, 7), "more_than_last_year: 10%", OF_POSITIVE
    )
    assert shown(prt, POSITIVE) == {
        "target": {"more_than_last_year": 0.1, "at_least": 0.66},
        "expected": 0.66,
        "status": "met_so_far",
    }


UNKNOWN = {
    "no_year": ("there is no plan of last year", "il n’y a pas de plan de l’an dernier"),
    "unreadable": (
        "the plan or the rows of last year have errors",
        "le plan ou les entrées de l’an dernier comportent des erreurs",
    ),
    "no_indicator": (
        "the plan of last year has no such indicator",
        "le plan de l’an dernier n’a pas cet indicateur",
    ),
    "other_measure": ("last year computed it otherwise", "l’an dernier le calculait autrement"),
    "no_figure": ("it had no figure last year", "il n’avait aucun résultat l’an dernier"),
    "zero": (
        "last year it was 0, and any percentage of 0 is 0",
        "il était de 0 l’an dernier, et tout pourcentage de 0 donne 0",
    ),
}


def spoil(prt: Prt, why: str) -> None:
    """Make last year's figure unknown, in one of the ways there are."""
    path, folder = prt.root / "plan" / "2023-2024.yaml", prt.root / "data" / "2023-2024"
    text = path.read_text(encoding="utf-8")
    if why == "no_year":
        path.unlink()
    elif why == "unreadable":
        path.write_text(text.replace("starts:", "begins:"), encoding="utf-8")
    elif why == "no_indicator":
        path.write_text(text.replace("id: workshops", "id: ateliers"), encoding="utf-8")
    elif why == "other_measure":
        path.write_text(text.replace("format: [full-day, half-day]", "format: [full-day]"), encoding="utf-8")
    elif why == "no_figure":
        (folder / "sessions.csv").unlink()
    else:
        (folder / "sessions.csv").write_text(
            HEAD + "w1,1.1,2023-10-16,A,short,outcome-area,no,,,held\n", encoding="utf-8"
        )


@pytest.mark.parametrize("why", UNKNOWN)
def test_without_last_years_figure_nothing_is_judged_and_it_is_said_why(prt: Prt, why: str) -> None:
    two_years(prt, workshops(2023, 10), workshops(2024, 10), "more_than_last_year: 10%")
    spoil(prt, why)
    assert shown(prt) == {
        "target": {"more_than_last_year": 0.1},
        "expected": None,
        "status": "no_last_year",
    }
    for language, said in zip(("en", "fr"), UNKNOWN[why], strict=True):
        on(prt, "2025-02-14", f"explain {WORKSHOPS} --lang {language} --year 2024-2025")
        assert said in prt.out
    on(prt, "2025-02-14", "check --year 2024-2025")
    (told,) = (line for line in prt.out.splitlines() if "more than last year" in line)
    assert "warning" in told and "not judged" in told
    on(prt, "2025-02-14", "status --year 2024-2025 --lang en")
    assert "no data, no figure of last year" in prt.out and "+10%" in prt.out


def test_what_it_was_called_says_which_it_is(prt: Prt) -> None:
    two_years(prt, workshops(2023, 10), workshops(2024, 11), "more_than_last_year: 10%")
    spoil(prt, "no_indicator")
    path = prt.root / "plan" / "2024-2025.yaml"
    text = path.read_text(encoding="utf-8")
    for name in ("ateliers", "1.1.ateliers"):
        path.write_text(
            text.replace("- id: workshops\n", f"- id: workshops\n            was: {name}\n"), encoding="utf-8"
        )
        assert shown(prt)["status"] == "met"
    path.write_text(
        text.replace("- id: workshops\n", "- id: workshops\n            was: nobody\n"), encoding="utf-8"
    )
    on(prt, "2025-02-14", "check --year 2024-2025")
    assert "the plan of 2023-2024 has no indicator nobody" in prt.out


@pytest.mark.parametrize(
    ("language", "same_day", "at_end"),
    [
        ("en", "2023-2024, to 14 Feb 2024: 10", "at its end: 12"),
        ("fr", "2023-2024, au 14 févr. 2024 : 10", "à la fin : 12"),
    ],
)
def test_explain_and_the_wide_status_have_last_year_on_the_same_day(
    prt: Prt, language: str, same_day: str, at_end: str
) -> None:
    late = "".join(f"z{day},1.1,2024-05-{day},Late,half-day,outcome-area,yes,10,8,held\n" for day in (13, 14))
    two_years(prt, workshops(2023, 10) + late, workshops(2024, 9), "more_than_last_year: 10%")
    on(prt, "2025-02-14", f"explain {WORKSHOPS} --year 2024-2025 --lang {language}")
    out = prt.out.replace("\u00a0", " ")
    assert same_day in out and at_end in out
    on(prt, "2025-02-14", f"explain {WORKSHOPS} --year 2024-2025 --format json")
    told = json.loads(prt.out)
    assert (told[0] if isinstance(told, list) else told)["last_year"] == {
        "year": "2023-2024",
        "to": "2024-02-14",
        "value": 10,
    }
    on(prt, "2025-02-14", f"status --year 2024-2025 --wide --lang {language}")
    head, row = (
        next(one for one in prt.out.splitlines() if word in one) for word in ("2023-2024 ", WORKSHOPS)
    )
    assert row[: head.index("2023-2024") + len("2023-2024")].split()[-1] == "10"
    on(prt, "2025-02-14", f"status --year 2024-2025 --lang {language}")
    assert "2023-2024" not in prt.out


def test_the_wide_status_has_last_year_in_every_format(prt: Prt) -> None:
    two_years(prt, workshops(2023, 10), workshops(2024, 9), "each_period: 2")
    wide = "status --year 2024-2025 --lang en --all"
    on(prt, "2025-02-14", f"{wide} --wide --format json")
    told = {one["id"]: one["last_year"] for one in json.loads(prt.out)["indicators"]}
    assert told[WORKSHOPS] == {"year": "2023-2024", "to": "2024-02-14", "value": 10}
    assert told["4.reports"]["value"] is None and len(told) > 2
    on(prt, "2025-02-14", f"{wide} --wide --format csv")
    rows = {one["id"]: one for one in csv.DictReader(prt.out.splitlines())}
    assert (rows[WORKSHOPS]["last_year"], rows[POSITIVE]["last_year"]) == ("10", "0.8")
    on(prt, "2025-02-14", f"{wide} --wide --format md")
    head, _, *lines = (
        [cell.strip() for cell in line.split("|")] for line in prt.out.splitlines() if line[:1] == "|"
    )
    row = dict(zip(head, next(one for one in lines if WORKSHOPS in one), strict=True))
    assert (row["2023-2024"], row["periods"]) == ("10", "P1 met, P2 behind")
    for form in ("json", "csv", "md"):
        on(prt, "2025-02-14", f"{wide} --format {form}")
        assert "last_year" not in prt.out and "2023-2024" not in prt.out


def test_what_was_submitted_is_told_where_the_rows_say_another_figure(prt: Prt) -> None:
    two_years(prt, workshops(2023, 10), workshops(2024, 9), "more_than_last_year: 10%")
    anyway = "--anyway actions,no-data,errors"
    on(prt, "2024-04-12", f"submit --period 2 --year 2023-2024 --on 2024-04-12 {anyway}")
    on(prt, "2024-07-12", f"submit --annual --year 2023-2024 --on 2024-07-12 {anyway}")
    (prt.root / "data" / "2023-2024" / "sessions.csv").write_text(workshops(2023, 11), encoding="utf-8")
    on(prt, "2025-04-02", f"explain {WORKSHOPS} --period 2 --year 2024-2025 --lang en")
    assert "2023-2024, to 31 Mar 2024: 11 (submitted as 10); at its end: 11 (submitted as 10)" in prt.out
    on(prt, "2025-04-02", f"explain {WORKSHOPS} --as-of 2025-03-30 --year 2024-2025 --lang en")
    assert "to 30 Mar 2024: 11; at its end" in prt.out  # no report was of that day


def test_a_year_that_is_not_asked_for_is_not_read(prt: Prt) -> None:
    """Its plan has errors, and nobody says so but the commands that show it."""
    two_years(prt, workshops(2023, 10), workshops(2024, 9))
    spoil(prt, "unreadable")
    for command in ("status", "todo"):
        on(prt, "2025-02-14", f"{command} --year 2024-2025 --lang en")
        assert "2023-2024" not in prt.err
    on(prt, "2025-02-14", "status --year 2024-2025 --lang en --wide")
    assert "the plan or the rows of 2023-2024 have errors" in prt.err


@pytest.mark.parametrize(
    "command", ["report --annual", "status --wide --as-published", f"explain {WORKSHOPS} --as-published"]
)
def test_that_last_year_cannot_be_read_is_said_once(
    prt: Prt, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Both its column and the privacy of the target ask for it; it is not read again for each."""
    two_years(prt, workshops(2023, 10), workshops(2024, 10), "more_than_last_year: 10%")
    spoil(prt, "unreadable")
    read: list[str] = []

    def note(raw: bytes, shown: str, kept: Path | None) -> ValidPlan:
        read.append(shown)
        return read_valid_plan(raw, shown, kept)

    monkeypatch.setattr("prt.files.project.read_valid_plan", note)
    on(prt, "2025-04-14", f"{command} --year 2024-2025 --lang en")
    assert prt.err.count("the plan or the rows of 2023-2024 have errors") == 1
    assert read.count("plan/2023-2024.yaml") == 1


def calendar(year: int, *ends: str) -> Calendar:
    text = plan("{kind: typed}")
    days = [dt.date.fromisoformat(one) for one in ends]
    firsts = [dt.date(year, 7, 1), *(day + dt.timedelta(days=1) for day in days[:-1])]
    periods = tuple(
        one.replace(first=first, last=last)
        for one, first, last in zip(text.periods, firsts, days, strict=True)
    )
    return Calendar(firsts[0], days[-1], firsts[0], periods, ())


NOW = calendar(2024, "2024-11-30", "2025-03-31", "2025-06-30")
LEAP = calendar(2023, "2023-11-30", "2024-02-29", "2024-06-30")


@pytest.mark.parametrize(
    ("day", "same"),
    [
        ("2025-02-14", "2024-02-14"),  # a year earlier, and no day less for the leap year
        ("2024-07-01", "2023-07-01"),
        ("2025-03-31", "2024-02-29"),  # the end of a period: that of the same number
        ("2025-03-15", "2024-02-29"),  # still period 2 there
        ("2025-04-01", "2024-04-01"),
        ("2025-06-30", "2024-06-30"),
    ],
)
def test_a_day_is_compared_with_the_same_one_inside_its_period(day: str, same: str) -> None:
    assert LEAP.same_day(dt.date.fromisoformat(day), NOW) == dt.date.fromisoformat(same)


def test_29_february_is_compared_with_the_28th() -> None:
    after = calendar(2024, "2024-11-30", "2025-03-31", "2025-06-30")
    assert after.same_day(
        dt.date(2024, 2, 29), calendar(2023, "2023-11-30", "2024-03-31", "2024-06-30")
    ) == dt.date(2025, 2, 28)


# What nobody is to know


def test_a_target_does_not_tell_a_figure_that_was_withheld(prt: Prt) -> None:
    """3 of 4 answers last year were withheld; 82.5% as the target of today would tell them."""
    two_years(
        prt, workshops(2023, 1, 4, 3), workshops(2024, 5, 10, 9), "more_than_last_year: 10%", OF_POSITIVE
    )
    assert shown(prt, POSITIVE)["target"] == {"more_than_last_year": 0.1, "at_least": 0.825}
    assert shown(prt, POSITIVE, "--as-published") == {
        "target": {"more_than_last_year": 0.1},
        "expected": None,
        "status": "withheld",
    }
    for language in ("en", "fr"):
        options = f"--year 2024-2025 --lang {language}"
        for command in (
            f"explain {POSITIVE} --as-published",
            "status --wide --as-published",
            *(f"status --wide --all --as-published --format {form}" for form in ("json", "csv", "md")),
            "report --period 2 --format md",
            "report --annual --format md",
            "report --period 2 --for audit --format html",
        ):
            on(prt, "2025-07-12" if "annual" in command else "2025-04-12", f"{command} {options}")
            text = prt.out.replace("\u00a0", " ")
            assert re.search(r"10 ?%|0\.1\b", text) or "csv" in command
            assert not TOLD.findall(text)


def test_a_target_of_a_figure_that_was_published_is_published(prt: Prt) -> None:
    two_years(
        prt, workshops(2023, 1, 10, 6), workshops(2024, 5, 10, 9), "more_than_last_year: 10%", OF_POSITIVE
    )
    assert shown(prt, POSITIVE, "--as-published") == shown(prt, POSITIVE)


def test_what_was_withheld_then_is_withheld_now(prt: Prt) -> None:
    """The report withheld 3 of 4; that more answers were entered since changes nothing of that."""
    two_years(
        prt, workshops(2023, 1, 4, 3), workshops(2024, 5, 10, 9), "more_than_last_year: 10%", OF_POSITIVE
    )
    on(prt, "2024-07-12", "submit --annual --year 2023-2024 --on 2024-07-12 --anyway actions,no-data,errors")
    (prt.root / "data" / "2023-2024" / "sessions.csv").write_text(workshops(2023, 2, 4, 3), encoding="utf-8")
    assert shown(prt, POSITIVE, "--as-published")["status"] == "withheld"
    assert shown(prt, POSITIVE)["status"] == "met_so_far"


# What is sent keeps what it was made of


def test_a_submission_keeps_last_years_figure(prt: Prt) -> None:
    two_years(prt, workshops(2023, 10), workshops(2024, 9), "more_than_last_year: 10%")
    on(
        prt,
        "2025-04-10",
        "submit --period 2 --year 2024-2025 --on 2025-04-10 --anyway actions,no-data,errors",
    )
    (prt.root / "data" / "2023-2024" / "sessions.csv").write_text(workshops(2023, 20), encoding="utf-8")
    on(prt, "2025-04-12", f"explain {WORKSHOPS} --submitted 2 --year 2024-2025 --lang en")
    assert "at least 11 (10% more than last year)" in prt.out and "digests agree" in prt.out
    for language, said, target in (
        ("en", "the figure of last year is another now", "11 (10% more than last year) → 22"),
        ("fr", "le résultat de l’an dernier a changé", "11 (10 % de plus que l’an dernier) → 22"),
    ):
        on(prt, "2025-04-12", f"status --since-submitted --year 2024-2025 --lang {language}")
        text = prt.out.replace("\u00a0", " ")
        assert said in text and target in text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: w\n  was: old\n  label: x\n", "- id: w\n  label: x\n"),
        ("- id: w\n  was: old # then\n  label: x\n", "- id: w\n  label: x\n"),
        ("- was: old\n  id: w\n  label: x\n", "- id: w\n  label: x\n"),
        ("- id: w\n  label: x\n  was: old\n", "- id: w\n  label: x\n"),
        ("- {id: w, was: old, label: x}\n", "- {id: w, label: x}\n"),
        ("- {was: old, id: w, label: x}\n", "- {id: w, label: x}\n"),
        ("- {id: w, label: x, was: old}\n", "- {id: w, label: x}\n"),
    ],
)
def test_next_years_plan_does_not_say_what_an_indicator_was_the_year_before(before: str, after: str) -> None:
    def text(indicator: str) -> str:
        inside = "".join(f"      {line}\n" for line in indicator.splitlines())
        return f'year: "2024-2025"\nvolets:\n- id: "1"\n  lines:\n  - id: "1"\n    indicators:\n{inside}rounds: []\n'

    moved = shift_plan(text(before), "2024-2025", "2025-2026", 1, dt.date(2025, 6, 20)).text
    assert moved == text(after).replace("2024-2025", "2025-2026")


def test_next_years_plan_keeps_what_is_to_be_set_and_what_is_relative(prt: Prt) -> None:
    two_years(prt, workshops(2023, 3), workshops(2024, 3), "to_be_set: 2024-10-15")
    path = prt.root / "plan" / "2024-2025.yaml"
    text = path.read_text(encoding="utf-8").replace(OF_POSITIVE, "more_than_last_year: 5%", 1)
    path.write_text(text, encoding="utf-8")
    on(prt, "2025-06-20", "plan new 2025-2026")
    made, _ = read_plan((prt.root / "plan" / "2025-2026.yaml").read_bytes(), "p.yaml")
    assert made is not None
    targets = {one.id: one.target for _, _, one in made.indicators() if one.target}
    assert targets["workshops"].to_be_set == dt.date(2025, 10, 15)
    assert targets["positive"].more_than_last_year is not None
    assert (
        "still to be set: 1.1.workshops" in prt.out and "follow from the year before: 1.1.positive" in prt.out
    )
