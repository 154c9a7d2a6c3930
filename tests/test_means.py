"""Means and medians: their arithmetic, what is left out, what others see of few answers."""

from __future__ import annotations

import html
import json
import re
import zipfile
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from prt.figures.evaluate import Result
from tests.project import Prt
from tests.support import result
from tests.test_rates import problems_of

MEAN = "{kind: mean, column: minutes, of: {log: attendance}%s}"
SESSION = "id | line | date | title | format | category\nw1 | 1.1 | 2024-10-16 | One | full-day | choice\n"
MINUTES = """
id | session | date       | person | role | board | minutes
a1 | w1      | 2024-10-16 | p-ann  | cda  | EMSB  | 60
a2 | w1      | 2024-10-16 | p-bob  | cda  | RSB   | 90
a3 | w1      | 2024-10-16 |        | cda  | RSB   | 95
a4 | w1      | 2024-10-16 |        | cda  | RSB   |
a5 | w1      | 2024-10-16 | p-cal  | cda  |       | 120
"""
ANSWERS = "{kind: mean, column: answer, of: {log: feedback}, scale: 5%s}"


def attended(more: str = "", cut_off: str = "2025-06-30", target: str = "null") -> Result:
    return result(MEAN % more, target, cut_off, sessions=SESSION, attendance=MINUTES)


def answered(*texts: str, more: str = "", target: str = "null", cut_off: str = "2025-06-30") -> Result:
    return result(ANSWERS % more, target, cut_off, sessions=SESSION, feedback=feedback(texts))


def feedback(texts: Sequence[str], session: str = "w1") -> str:
    rows = (f"{session}f{n} | {session} | {n} | {text} |" for n, text in enumerate(texts, 1))
    return "\n".join(("id | session | response | answer | positive", *rows)) + "\n"


def test_a_mean_is_of_the_cells_that_are_known() -> None:
    found = attended()
    assert (found.to_date.value, found.to_date.part, found.to_date.whole) == (Fraction(365, 4), 365, 4)
    assert found.measure.unit == "min"
    assert [(one.row.id, one.reason) for one in found.to_date.left_out] == [("a4", "empty")]
    assert (found.to_date.unknown, found.periods[1] and found.periods[1].absent) == (1, "not_computable")


def test_a_median_is_the_value_in_the_middle_or_the_mean_of_two() -> None:
    assert attended(", take: median").to_date.value == Fraction(185, 2)
    assert answered("5", "1", "2", more=", take: median").to_date.value == 2


def test_a_mean_can_be_broken_down() -> None:
    ((_, groups),) = attended(", split_by: [board]").to_date.splits
    assert {one.value: (one.amount, one.figure.whole) for one in groups} == {
        "EMSB": (60, 1),
        "RSB": (Fraction(185, 2), 2),
        None: (120, 1),
    }


def test_a_mean_before_its_log_is_in_use_and_one_of_nothing() -> None:
    assert attended("", "2024-09-16").to_date.absent == "no_data"
    nobody = MEAN.replace("{log: attendance}", "{log: attendance, where: {role: teacher}}") % ""
    assert result(nobody, sessions=SESSION, attendance=MINUTES).to_date.absent == "not_computable"
    assert answered("Excellent", "").to_date.absent == "no_data"


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("4", 4, ""),
        (" 4.0 ", 4, ""),
        ('"4,5"', Fraction(9, 2), ""),
        ("4/5", 4, ""),
        ("4 sur 5", 4, ""),
        ("5 - Excellent", 5, ""),
        ("5 – Très satisfait(e)", 5, ""),
        ("3 = moyen", 3, ""),
        ("4 ★", 4, ""),
        ("1", 1, ""),
        ("0", None, "off_scale"),
        ("6", None, "off_scale"),
        ("4/10", None, "off_scale"),
        ("", None, "empty"),
        ("Excellent", None, "not_a_number"),
        ("other", None, "not_a_number"),
        ("4 ou 5", None, "not_a_number"),
        ("3-4", None, "not_a_number"),
        ("-2", None, "not_a_number"),
    ],
)
def test_an_answer_is_a_number_of_the_scale(text: str, value: Fraction | None, reason: str) -> None:
    figure = answered(text.strip('"') if '"' in text else text, "3").to_date
    assert figure.value == (3 if value is None else (value + 3) / 2)
    assert [one.reason for one in figure.left_out] == ([reason] if reason else [])


def test_a_scale_may_begin_at_0() -> None:
    found = result(
        ANSWERS.replace("5", "[0, 10]") % "", sessions=SESSION, feedback=feedback(["0", "9", "11"])
    )
    assert (found.to_date.value, found.to_date.whole) == (Fraction(9, 2), 2)


@pytest.mark.parametrize(
    ("target", "cut_off", "status"),
    [
        ("{at_least: 4}", "2025-03-31", "met_so_far"),
        ("{at_least: 4}", "2025-06-30", "met"),
        ("{at_least: 4.1}", "2025-03-31", "at_risk"),
        ("{at_least: 4.8}", "2025-03-31", "behind"),
        ("{at_least: 4.8}", "2025-06-30", "partly_met"),
        ("{at_most: 3}", "2025-06-30", "over_limit"),
    ],
)
def test_a_mean_on_both_sides_of_its_target(target: str, cut_off: str, status: str) -> None:
    assert answered("4", "4", "3", "5", target=target, cut_off=cut_off).status.code == status


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("{kind: mean, column: answer, of: {log: feedback}}", "feedback"),
        (ANSWERS.replace("5", "[5, 1]") % "", "no scale goes from 5 to 1"),
        (
            "{kind: mean, column: hours, of: [{log: accompaniment}, {log: requests}]}",
            'requests has no column "hours"',
        ),
        ("{kind: mean, column: answer, of: {log: requests}, scale: 5}", 'requests has no column "answer"'),
    ],
)
def test_a_mistake_in_a_mean_is_named(measure: str, said: str) -> None:
    assert any(said in one for one in problems_of(measure)), problems_of(measure)


def test_a_percent_sign_on_a_mean_is_a_mistake() -> None:
    assert "75% is a percentage, and the figure is not" in problems_of(ANSWERS % "", "{at_least: 75%}")


MEANS = """
          - {id: liked, label: {en: Liked, fr: Appréciation}, measure: {kind: mean, column: answer, of: {log: feedback}, scale: 5, split_by: [session.category]}, target: {at_least: 4}}
          - {id: middle, label: {en: Minutes, fr: Minutes}, measure: {kind: mean, column: minutes, of: {log: attendance}, take: median}}
"""
GRADES = {"choice": ("5", "4", "4", "3", "5", "4"), "outcome-area": ("5", "1", "Excellent")}


@pytest.fixture
def forms(prt: Prt, kept: Path) -> Prt:
    """Two workshops, of which six and two answered with a number, and six who came to the first."""
    prt.once(kept, lambda: answer_forms(prt))
    return prt


def answer_forms(prt: Prt) -> None:
    prt.shorten_plan("1.1")
    prt.indicators(MEANS)
    for number, (category, grades) in enumerate(GRADES.items()):
        prt(
            f"log workshop --line 1.1 --date 2024-10-1{number} --title T{number} --format full-day"
            f" --category {category} --boards EMSB"
        )
        session = prt.last_id("sessions")
        for response, grade in enumerate(grades):
            prt(f"log feedback --session {session} --response {response} --answer {grade}")
    for minutes in (60, 70, 80, 90, 100, 110):
        prt(
            f"log attendance --session {session} --date 2024-10-11 --role cda --board EMSB --minutes {minutes}"
        )


def test_a_mean_on_every_screen(forms: Prt) -> None:
    out = forms("explain 1.1.liked --all")
    assert "3.88   of 8 answers   target: at least 4" in out
    assert "mean answer on a scale of 1 to 5" in " ".join(out.split())
    assert "answer is not a number (Excellent)" in out
    assert "4.17  Theme of our or the DSREA's choice (of 6 answers)" in out
    out = forms("explain 1.1.liked --lang fr")
    assert "3,88   sur 8 réponses" in out
    assert "échelle de 1 à 5" in " ".join(out.split())
    assert "of 8 answers" in forms("status --all")
    assert "85 min   of 6 entries" in forms("explain 1.1.middle").replace("\u00a0", " ")
    assert "85 min   sur 6 entrées" in forms("explain 1.1.middle --lang fr").replace("\u00a0", " ")
    found = json.loads(forms("status --all --format json"))
    one = next(one for one in found["indicators"] if one["id"] == "1.1.liked")
    assert (one["unit"], one["to_date"]["part"], one["to_date"]["whole"]) == ("", 31, 8)
    assert one["status"] == "at_risk"
    session = forms.last_id("sessions")
    out = forms(f"log feedback --session {session} --response 9 --answer 5")
    assert "1.1.liked  3.88 → 4" in out
    forms("check")
    forms("todo")


def test_others_see_no_mean_of_two(forms: Prt) -> None:
    """The two of the outcome areas are withheld, and so is what would tell them."""
    file = forms.root.parent / "r.md"
    forms(f"report --period 1 --lang en -o {file}")
    text = file.read_text(encoding="utf-8")
    assert "| Liked" in text.replace("*", "")
    assert "3.88 (of 8 answers)" in text
    assert "1 entry in which “answer” is not a number is not part of this figure." in text
    assert "| Identified outcome area | x |" in text
    assert "(of 6 answers)" not in text
    for form in ("html", "json", "xlsx", "docx"):
        made = file.with_suffix(f".{form}")
        forms(f"report --period 1 --lang fr --for audit --format {form} -o {made}")
        told = text_of(made)
        assert "3,88" in told or "3.875" in told, form
        assert not re.search(r"4,17|4\.1666|sur 6\sréponses", told), form
    book = load_workbook(file.with_suffix(".xlsx"))
    rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
    numbers = [[one for one in row if isinstance(one, (int, float))] for row in rows]
    of_liked = [found for found, row in zip(numbers, rows, strict=True) if "1.1.liked" in row]
    assert len(of_liked) > 1 and {one for found in of_liked for one in found} == {3.875, 4, 31, 8}
    assert not [one for found in numbers for one in found if one == 25 or abs(one - 25 / 6) < 0.01]
    forms(f"export package --team -o {file.parent}/package")


def text_of(path: Path) -> str:
    """What a file says, and each file in an archive."""
    if not zipfile.is_zipfile(path):
        return html.unescape(path.read_text(encoding="utf-8"))
    with zipfile.ZipFile(path) as archive:
        members = map(archive.read, archive.namelist())
        return html.unescape("\n".join(one.decode("utf-8", "replace") for one in members))


def test_what_was_sent_stays_and_one_answer_more_or_otherwise_is_not_computed(forms: Prt) -> None:
    forms("submit --period 1 --on 2024-12-13 --anyway actions,no-data,errors,personal")
    form, session, *_ = forms.lines("feedback")[1].split(",")
    forms(f"edit {form} --answer 1 --why slip")
    forms(f"log feedback --session {session} --response 77 --answer 2")
    file = forms.root.parent / "r.md"
    forms(f"report --period 2 --lang en -o {file}")
    text = file.read_text(encoding="utf-8")
    assert "1.1\u00a0· Liked, P1: 3.88 (of 8 answers) → x" in text
    assert "3.33" not in text
    assert "it would tell 2 people's answers" in forms.err
