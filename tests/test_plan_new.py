"""Next year's plan: dates moved, comments kept, everything else byte for byte; and what to review."""

from __future__ import annotations

import datetime as dt
import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prt.files.plan.next_year import NextYearText, shift_day, shift_plan
from prt.files.plan.plan import read_plan
from prt.model.plan import Plan
from tests.project import Prt
from tests.test_french_screens import english_words
from tests.test_plan_diff import SMALL, TEAM, edited

TODAY = dt.date(2025, 6, 20)


def copied(text: str, years: int = 1) -> NextYearText:
    return shift_plan(text, "2024-2025", f"{2024 + years}-{2025 + years}", years, TODAY)


def changed(before: str, after: str) -> list[str]:
    """The lines of the new file that are others, without their indentation."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[2:].strip() for line in lines if line.startswith("+ ")]


def loaded(text: str) -> Plan:
    plan, problems = read_plan(text.encode(), "plan.yaml")
    assert plan is not None and problems == [], "\n".join(map(str, problems))
    return plan


def test_the_teams_plan_of_next_year() -> None:
    after = copied(TEAM).text
    assert changed(TEAM, after) == [
        'year: "2025-2026"',
        "title: {en: 2025-2026 PRT Action Plan, fr: CSC – Plan d’action 2025-2026}",
        "starts: 2025-07-01",
        "ends: 2026-06-30",
        "updated: 2025-06-20",
        "pace_from: 2025-09-01 # nothing is expected before",
        "- {id: 1, from: 2025-07-01, to: 2025-11-30, due: 2025-12-15, expected: 30%}",
        "- {id: 2, from: 2025-12-01, to: 2026-03-31, due: 2026-04-15, expected: 70%}",
        "- {id: 3, from: 2026-04-01, to: 2026-06-30, due: 2026-07-15, expected: 100%}",
        "rounds: [{id: 1, due: 2025-11-29}, {id: 2, due: 2026-03-14}, {id: 3, due: 2026-05-30}] # the CDAs' journals",
        "keep_names_until: 2026-12-31",
        'among: {people: {role: cda, new_in: "2025-2026"}, as_of: ever}',
        'who: {people: {role: cda, new_in: "2025-2026"}, as_of: ever}',
        "due: 2025-09-30",
    ]
    assert loaded(after).year == "2025-2026"


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("at_least: 12", "at_least: 2024", None),
        ("at_least: 12", "at_least: 12, baseline: {value: 9, date: 2024-06-30}", None),
        ('"37 workshops"', '"37 workshops in 2024-2025, as of 2024-09-30"', None),
        ("# counted once each", "# agreed on 2024-09-30", None),
        (
            '{line: "1.2"}',
            '{line: "1.2", date: {from: 2025-01-01, to: "2025-03-31"}}',
            '{line: "1.2", date: {from: 2026-01-01, to: "2026-03-31"}}',
        ),
    ],
)
def test_what_is_a_date_of_the_plan_and_what_is_not(old: str, new: str, moved: str | None) -> None:
    after = copied(edited(SMALL, (old, new))).text
    assert (moved or new) in after
    loaded(after)


AMENDED = """
amendments: # agreed with the DSREA
  - date: 2025-01-20
    what: 1.1.workshops # lowered
    why: {en: Two boards withdrew, fr: Deux commissions se sont retirées}
    approved_by: Zoé
# the end
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_amendments_are_of_their_year(ends: str) -> None:
    text = (SMALL + AMENDED).replace("\n", ends)
    after = copied(text).text
    assert after.endswith(ends.join(["", "amendments: # agreed with the DSREA", "  []", "# the end", ""]))
    assert loaded(after).amendments == ()
    assert after.count("\r\n") == (after.count("\n") if ends == "\r\n" else 0)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 8))
def test_days_that_follow_each_other_still_do(day: dt.date, years: int) -> None:
    """So that periods of the new year have no gap, whichever day they end on."""
    one = dt.timedelta(days=1)
    inside_february = day.month == (day + one).month == 2
    assert shift_day(day, years).year == day.year + years
    assert shift_day(day + one, years) - shift_day(day, years) == one or inside_february


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("2024-02-29", "2025-02-28"),
        ("2023-02-28", "2024-02-29"),
        ("2024-02-28", "2025-02-28"),
        ("2024-06-30", "2025-06-30"),
    ],
)
def test_the_last_of_february_stays_the_last(day: str, later: str) -> None:
    assert shift_day(dt.date.fromisoformat(day), 1) == dt.date.fromisoformat(later)


def test_a_period_that_ends_with_february_still_meets_the_next() -> None:
    text = edited(
        SMALL,
        ("to: 2024-12-31", "to: 2025-02-28"),
        ("from: 2025-01-01", "from: 2025-03-01"),
        ("due: 2025-01-15", "due: 2025-03-15"),
    )
    assert [period.last.isoformat() for period in loaded(copied(text, 3).text).periods] == [
        "2028-02-29",
        "2028-06-30",
    ]


# As it is typed


def write(prt: Prt, text: str) -> Path:
    path = prt.root / "plan" / "2024-2025.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def june(prt: Prt) -> Prt:
    prt.monkeypatch.setenv("PRT_TODAY", TODAY.isoformat())
    return prt


def test_a_new_year_and_what_to_review(june: Prt) -> None:
    said = june("plan new 2025-2026")
    assert said.startswith(
        "plan/2025-2026.yaml is made from plan/2024-2025.yaml; its rows will be in data/2025-2026."
    )
    for line in (
        "[ ] 7 due dates, moved with the year; on a weekend: Sat 29 Nov 2025",
        "[ ] 28 targets, as they were: prt plan show --year 2025-2026",
        "[ ] baselines, if you want them: baseline: {value: …, date: 2025-06-30}; prt status --year 2024-2025",
        "[ ] notes that say it is to be confirmed: 1.1.positive",
        "[ ] 87 phrases of the funder’s",
        "[ ] 4 lines with an earlier year in a comment or a phrase: 3, 113, 114, 125",
        "[ ] words that may be logged: category (2), focus (5)",
        "[ ] people who are new this year: new_in 2025-2026",
    ):
        assert f"  {line}" in said
    assert (june.root / "data" / "2025-2026").is_dir()
    assert june("check --year 2025-2026") == "No problems in the files.\n"
    assert "1.1.workshops" in june("status --year 2025-2026")


def test_what_to_review_is_told_in_french(june: Prt) -> None:
    june.monkeypatch.setenv("PRT_LANG", "fr")
    said = june("plan new 2025-2026")
    assert english_words(said, []) == []
    assert "[ ] 7 échéances, décalées avec l’année; en fin de semaine\u00a0: sam. 29 nov. 2025, " in said
    june("plan new 2025-2026", code=2)
    assert "existe déjà" in june.err


def test_what_the_bilan_says_of_next_year_is_on_the_list(june: Prt) -> None:
    notes = june.root / "data" / "2024-2025" / "notes" / "annual.fr.md"
    notes.parent.mkdir(parents=True)
    notes.write_text(
        "## Ajustements pour 2025-2026\n\nDates fixées\nen juin.\n\n### 1.3a.workshops\n\nLa cible devient 3.\n",
        encoding="utf-8",
    )
    said = june("plan new 2025-2026")
    assert (
        "  [ ] the annual report: Dates fixées en juin.\n  [ ] 1.3a.workshops: La cible devient 3.\n" in said
    )


def test_the_year_that_goes_on_is_still_the_current_one(june: Prt) -> None:
    june("plan new 2025-2026")
    assert june("plan show").startswith("2024-2025")


def test_amendments_and_targets_by_period_are_on_the_list(june: Prt) -> None:
    write(
        june,
        edited(
            SMALL, ("{at_least: 12}", "{at_least: 12, by: {1: 10}, baseline: {value: 9, date: 2024-06-30}}")
        )
        + AMENDED,
    )
    said = june("plan new 2025-2026")
    assert "[ ] 1 amendment of 2024-2025 left out" in said
    assert "[ ] expected by period: 2a.tools" in said
    assert "(now of an earlier year: 2a.tools)" in said


def test_nothing_is_overwritten(june: Prt) -> None:
    june("plan new 2025-2026")
    path = june.root / "plan" / "2025-2026.yaml"
    path.write_text("mine", encoding="utf-8")
    june("plan new 2025-2026 --from 2024-2025", code=2)
    assert june.err.startswith("plan/2025-2026.yaml: exists already")
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("2025", '"2025" is no year after 2024-2025. Write 2025-2026.'),
        ("2025-2027", '"2025-2027" is no year after 2024-2025. Write 2025-2026.'),
        ("next", '"next" is no year after 2024-2025. Write 2025-2026.'),
        ("2024-2025", "plan/2024-2025.yaml: exists already"),
        ("2023-2024", 'There is no plan of a year before "2023-2024". Plans: 2024-2025.'),
        ("2025-2026 --from 2020-2021", "There is no plan of 2020-2021 here"),
    ],
)
def test_a_year_that_cannot_be(june: Prt, year: str, said: str) -> None:
    june(f"plan new {year}", code=2)
    assert said in june.err
    assert [path.name for path in (june.root / "plan").iterdir()] == ["2024-2025.yaml"]


def test_some_years_later(june: Prt) -> None:
    june("plan new 2027-2028")
    assert "starts: 2027-07-01" in (june.root / "plan" / "2027-2028.yaml").read_text(encoding="utf-8")


def test_a_plan_with_mistakes_is_not_copied(june: Prt) -> None:
    write(june, edited(SMALL, ("at_least: 37", "at_least: many")))
    june("plan new 2025-2026", code=1)
    assert "at_least" in june.err
    assert not (june.root / "plan" / "2025-2026.yaml").exists()
