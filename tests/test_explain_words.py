"""`prt explain` and `prt plan show`: each language writes quotes, colons, numbers and dates its own way."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from prt.model.text import LANGUAGES, Language, Text
from prt.output.screens.explain import Explanation
from prt.output.screens.status import StatusScreen
from prt.output.words import Words
from tests.answers import sit_down
from tests.project import WORKSHOP, Prt
from tests.support import evaluation

TOOL = "log tool --kind tool --date 2025-02-12 --title Guide --audience cda --work new"


@pytest.mark.parametrize(("language", "said"), [("fr", "sur les 23 promis\u00a0: 0"), ("en", "promised: 0")])
def test_a_second_reading_has_the_colon_of_its_language(prt: Prt, language: str, said: str) -> None:
    prt(TOOL)
    assert said in prt(f"explain 2a.published --lang {language}")


def test_a_figure_that_is_not_there_is_said_once(prt: Prt) -> None:
    """The status says 0 of 0 already."""
    prt(WORKSHOP.replace(" --participants 24 --respondents 18 --positive 16", " --participants 0"))
    text = prt("explain 1.1.responses")
    assert "0 of 0   " not in text


def test_typed_answers_come_from_no_other_rows(prt: Prt) -> None:
    prt(WORKSHOP)
    text = prt("explain 1.1.positive")
    assert "answers = respondents" in text and "from rows" not in text


def test_a_list_of_explain_has_the_dates_of_the_screens(prt: Prt) -> None:
    prt(f"{TOOL} --published 2025-02-13 --url https://example.org/guide")
    assert "13 Feb 2025" in prt("explain 2a.publication-dates")


@pytest.mark.parametrize(("language", "opens", "never"), [("fr", "«\u00a0", "“"), ("en", "“", "«")])
def test_the_plan_is_quoted_as_its_language_does(prt: Prt, language: str, opens: str, never: str) -> None:
    text = prt(f"plan show 1.2 --lang {language}")
    assert opens in text and never not in text


@pytest.mark.parametrize("typed", ["w1", "tool-of-2019", "2019", "tool"])
def test_a_row_is_explained_by_whatever_id_it_has(prt: Prt, typed: str) -> None:
    """As `prt show` finds it: typed in a spreadsheet, or in part."""
    prt(TOOL)
    rows = prt.path("tools")
    text = rows.read_text(encoding="utf-8")
    (given,) = {one["id"] for one in json.loads(prt("list tools --format json"))}
    rows.write_text(text.replace(given, "w1" if typed == "w1" else "tool-of-2019"), encoding="utf-8")
    assert prt(f"explain {typed}") == prt(f"show {typed}") != ""


def test_what_is_neither_a_figure_nor_a_row_is_refused(prt: Prt) -> None:
    prt("explain 1.1.workshop", code=2)
    assert '"1.1.workshop" is no indicator, line, volet or row of 2024-2025' in prt.err
    assert "Did you mean" in prt.err


def test_a_volet_is_explained_figure_by_figure(prt: Prt) -> None:
    """`prt explain 1.3` is all figures of volet 1.3, in the plan's order."""
    found = json.loads(prt("explain 1.3 --format json"))
    every = [one["id"] for one in json.loads(prt("status --all --format json"))["indicators"]]
    assert [one["id"] for one in found] == [one for one in every if one.startswith("1.3")] != []
    prt("explain 1", code=2)
    assert "Did you mean 1.1 or 1.2 or" in prt.err


def explained(measure: str, target: str = "null", **tables: str) -> Explanation:
    found = evaluation(measure, target, "2025-02-14", **tables)
    words = Words("en", found.plan, found.data.organisations)
    return Explanation(found, found.results[0], StatusScreen(found, words, dt.date(2025, 2, 14)))


def test_a_share_is_not_rounded_to_the_threshold_that_it_misses() -> None:
    """594.86 of 700 is 84.98%, less than 85% (case F6)."""
    hours = "date | staff | hours | role | board | objective\n" + "\n".join(
        f"2024-10-16 | k | {hours} | cda | EMSB | a" for hours in [*["20"] * 29, "14.86"]
    )
    found = explained(
        "{kind: sum, column: hours, of: {log: accompaniment}}",
        "{at_least: 1400, by: {1: 700}}",
        accompaniment=hours,
    )
    assert "is 84.9% of the 700\u00a0h expected by 14 Feb 2025, less than 85%" in found.status_sentence()


SESSIONS = """
line | date       | title | format   | boards          | category     | participants | respondents | positive
1.1  | 2024-10-16 | One   | full-day | EMSB; CSSL; RSB | outcome-area | 20           | 8           | 6
1.1  | 2024-10-17 | Two   | half-day | EMSB            | choice       | 10           |             |
1.1  | 2024-10-18 | Three | half-day |                 | choice       |              |             |
"""


@pytest.mark.parametrize(
    ("measure", "given"),
    [
        ("{kind: count, of: pd}", ["1", "1", "1"]),
        ("{kind: sum, column: participants, of: pd}", ["20", "10"]),
        ("{kind: distinct, column: boards, of: pd}", ["EMSB; CSSL; RSB", "EMSB"]),
        ("{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}", ["6 of 8"]),
        (
            "{kind: ratio, part: {count: {selection: pd, where: {category: choice}}}, whole: {count: pd}}",
            [
                "1 in the denominator",
                "1 in the numerator; 1 in the denominator",
                "1 in the numerator; 1 in the denominator",
            ],
        ),
        (
            "{kind: list, columns: [title, format], of: pd}",
            ["One, full day", "Two, half day", "Three, half day"],
        ),
    ],
)
def test_each_row_says_what_it_gave(measure: str, given: list[str]) -> None:
    found = explained(measure, sessions=SESSIONS)
    rows = found.as_table().rows
    assert [row[4] for row in rows if row[3] == "yes"] == given
    assert len(found.as_json()["rows"]) == len(given)
    assert len(rows) == 3, "what is left out is told, too"


ATTENDANCE = """
id | session | date       | person | role | board
a1 | w1      | 2024-10-16 | p-ann  | cda  | EMSB
a2 | w1      | 2024-10-16 |        | cda  | EMSB
a3 | w1      | 2024-10-16 | p-zoe  | cda  | RSB
"""
PEOPLE = """
id    | role | board | from
p-ann | cda  | EMSB  | 2024-07-01
p-bob | cda  | EMSB  | 2024-07-01
"""
MEETING = """
id | line | date       | title | format | boards | host
w1 | 1.4a | 2024-10-16 | One   | meeting | EMSB   |
w2 | 1.4a | 2024-10-17 | Two   | meeting | EMSB   | CHSSN
"""
JOURNALS = """
id | date       | round | person
j1 | 2024-11-20 | 1     | p-ann
j2 | 2025-02-01 | 2     | p-ann
j3 | 2024-11-20 | 1     | p-zoe
"""
WHO = "{kind: reach, did: {log: attendance}, by: person, each: session.id, at_least: 1, who: "


@pytest.mark.parametrize(
    ("measure", "counts", "left"),
    [
        (
            WHO + "{anyone_in: {log: attendance}, by: person}}",
            {
                "a1": "p-ann, w1 in the numerator; p-ann in the denominator",
                "a3": "p-zoe, w1 in the numerator; p-zoe in the denominator",
            },
            {"a2": "empty: person"},
        ),
        (
            WHO + "{people: {role: cda}}}",
            {"a1": "p-ann, w1"},
            {"a2": "empty: person", "a3": "person outside the population"},
        ),
        (
            "{kind: ratio, part: {distinct: person, of: {log: attendance}}, whole: {people: {role: cda}}}",
            {"a1": "p-ann"},
            {"a2": "empty: person", "a3": "person outside the population"},
        ),
        (
            "{kind: ratio, part: {distinct: host, of: {log: sessions}}, whole: {distinct: title, of: {log: sessions}}}",
            {"w1": "One in the denominator", "w2": "CHSSN in the numerator; Two in the denominator"},
            {},
        ),
        (
            "{kind: ratio, part: {distinct: host, of: {log: sessions}}, whole: {count: {log: attendance}}}",
            {
                "w2": "CHSSN in the numerator",
                "a1": "1 in the denominator",
                "a2": "1 in the denominator",
                "a3": "1 in the denominator",
            },
            {"w1": "empty: host"},
        ),
        (
            "{kind: distinct, column: board, of: {log: attendance}, among: {anyone_in: {log: sessions}, by: host}}",
            {"w2": "CHSSN in the denominator"},
            {
                "a1": "school board outside the population",
                "a2": "school board outside the population",
                "a3": "school board outside the population",
                "w1": "empty: host",
            },
        ),
        (
            "{kind: reach, who: {people: {role: cda}}, did: {log: journals}, by: person, each: round, at_least: due}",
            {"j1": "p-ann, 1"},
            {"j2": "not due", "j3": "person outside the population"},
        ),
    ],
)
def test_a_row_that_gives_nothing_is_left_out_with_its_reason(
    measure: str, counts: dict[str, str], left: dict[str, str]
) -> None:
    """What counts says whom it named, on each side by that side's own column (case F11)."""
    found = explained(measure, sessions=MEETING, attendance=ATTENDANCE, people=PEOPLE, journals=JOURNALS)
    rows = found.as_table().rows
    assert {row[0]: row[4] for row in rows if row[3] == "yes"} == counts
    assert {row[0]: row[5] for row in rows if row[3] == "no"} == left
    lines = ["".join(text for text, _ in line) for line in found.lines()]
    assert sum(line.startswith("  ") and line.split()[0] in counts for line in lines) == len(counts)


def test_groups_stand_in_the_order_of_the_vocabulary_and_of_the_language() -> None:
    """Not in that of the codes; É is beside E, and *unknown* last (case F16)."""
    boards = "\n".join(
        f"{code} | {name} | {name} | school-board | yes"
        for code, name in [("EMSB", "Zone"), ("CSSL", "École"), ("RSB", "Eastern")]
    )
    found = explained(
        "{kind: count, of: pd, split_by: [category, boards]}",
        sessions=SESSIONS,
        organisations="code | name_en | name_fr | type | counts_as_board\n" + boards,
    )
    words = found.words
    labels = {code: Text(en=code.title(), fr=code) for code in ("outcome-area", "choice")}
    words.plan = found.evaluation.plan.replace(vocabularies={"category": labels})
    assert words.order("sessions", "category", "outcome-area") < words.order("sessions", "category", "choice")
    lines = [line.split()[-1] for line in found.evidence.splits() if line[:1] == " "]
    assert lines == ["Outcome-Area", "Choice", "Eastern", "École", "Zone", "known"]  # not known


def test_an_id_of_a_volet_and_a_line_is_offered_once(prt: Prt) -> None:
    prt("plan show zz", code=2)
    ids = prt.err.partition("One of: ")[2].rstrip(".\n").split(", ")
    assert len(ids) == len(set(ids)) > 5


def test_a_level_says_how_far_it_has_come_from_its_baseline() -> None:
    """Falling, too; and what is worse than the baseline is said (case F3)."""
    target = "{at_most: 0, baseline: {value: 20, date: 2024-06-30}}"
    figures = "indicator | date | value | evidence\n1.1.it | 2025-01-10 | %s | survey"
    way = explained("{kind: typed}", target, figures=figures % 5).status_sentence()
    assert way == "5 is 136.1% of the way from 20 to the 8.98 expected by 14 Feb 2025, at least 85%"
    worse = explained("{kind: typed}", target, figures=figures % 25).status_sentence()
    assert worse == "25 is worse than the 20 it started from; 8.98 is expected by 14 Feb 2025"


RATED = """date | line | format | title | status | participants | respondents | answered | positive | category
2024-10-16 | 1.1 | half-day | Family engagement in secondary schools | held | 24 | 17 | 17 | 15 | outcome-area
2024-11-20 | 1.1 | half-day | Partenariats durables : de l’idée | held | 20 | 12 | 12 | 9 | choice
2024-12-04 | 1.1 | half-day | Grant writing for small teams of CLCs | held | 20 | | | | choice
2025-03-04 | 1.1 | half-day | Winter well-being circle | cancelled | | | | | choice
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 100, 120, 140])
@pytest.mark.parametrize(
    ("measure", "target"),
    [
        ("{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}", "{at_least: 75%}"),
        ("{kind: count, of: pd, split_by: [category, format]}", "{at_least: 2}"),
    ],
)
def test_titles_are_the_last_to_be_cropped(measure: str, target: str, language: Language, width: int) -> None:
    """Breakdowns and the name of the file give way first; no line is wider than the terminal."""
    found = evaluation(measure, target, "2025-02-14", sessions=RATED)
    words = Words(language, found.plan, found.data.organisations)
    screen = StatusScreen(found, words, dt.date(2025, 2, 14), width)
    lines = [
        "".join(text for text, _ in line) for line in Explanation(found, found.results[0], screen).lines()
    ]
    rows = [line for line in lines if re.match("  w-|  -  ", line)]
    assert len(rows) >= 3 and max(map(len, rows)) <= width, lines
    for row, title in zip(
        rows[:2], ("Family engagement in secondary sc", "Partenariats durables : de l’idée"), strict=True
    ):
        assert title in row
    assert all((" sessions.csv:" in row) == (width > 109) for row in rows)
    assert all((" 2024" in row) == (width > 109) for row in rows[:2])


@pytest.mark.parametrize(
    "typed",
    [
        "'ateliers offerts'",
        "ateliers offerts",
        "ATELIERS OFFERTS",
        "workshops delivered",
        "atelier off",
        "1.1 ateliers off",
        "1.1.workshops  Workshops delivered",
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_indicator_is_called_by_its_label_in_either_language(prt: Prt, typed: str, language: str) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    assert prt(f"explain {typed}").startswith("1.1.workshops ")


def test_accents_of_a_label_are_forgiven(prt: Prt) -> None:
    assert prt("explain heures d’accompagnement") == prt('explain "HEURES D\'ACCOMPAGNEMENT"')
    assert prt("explain 1.1 appreciation").startswith("1.1.positive ")


def test_of_several_indicators_none_is_guessed(prt: Prt) -> None:
    prt.monkeypatch.setenv("PRT_LANG", "fr")
    prt("explain appréciation", code=2)
    assert prt.out == "" and "\n    1.1.positive   Taux d’appréciation positive\n    1.2.positive" in prt.err


def test_of_several_indicators_one_is_picked_at_a_terminal(prt: Prt) -> None:
    person = sit_down(prt.monkeypatch, "2")
    assert prt("explain appréciation positive").startswith("1.2.positive ")
    assert "  1  1.1.positive   Positive feedback" in person.screen


def test_a_label_that_is_misspelt_is_offered_as_it_is_written(prt: Prt) -> None:
    prt("explain 'heures daccompagnemnt'", code=2)
    assert 'Did you mean "Heures d’accompagnement"?' in prt.err


@pytest.mark.parametrize(
    ("language", "says"), [("fr", "(démarches auprès des partenaires)"), ("en", "in partnerships")]
)
def test_a_log_without_rows_is_called_by_its_word(prt: Prt, language: str, says: str) -> None:
    assert says in prt(f"explain 3b.tables --lang {language}")


@pytest.mark.parametrize(("language", "aim"), [("en", "12, 2 each period"), ("fr", "12, et 2 par période")])
def test_the_plan_shows_what_a_target_asks_for_that_has_no_words(prt: Prt, language: str, aim: str) -> None:
    prt("plan add --line 1.1 --label A --label-fr A --count workshops --at-least 12 --each-period 2 --yes")
    shown = prt(f"plan show 1.1 --lang {language}")
    assert f"        → {aim}\n" in shown
    assert re.search(r"^        → [^“«]+  [“«]", shown, re.MULTILINE)  # others have both


@pytest.mark.parametrize(
    ("language", "aim"),
    [
        ("en", "→ 12 · P1 3, P2 9 · Where it stood on 30 June 2024: 2\n"),
        ("fr", "→ 12 · P1 3, P2 9 · Valeur de départ, le 30 juin 2024\u00a0: 2\n"),
    ],
)
def test_the_plan_shows_the_way_to_a_target(prt: Prt, language: str, aim: str) -> None:
    way = "by: {2: 9, 1: 3}, baseline: {value: 2, date: 2024-06-30}"
    prt.indicators(
        f"          - {{id: b, label: B, measure: {{kind: typed}}, target: {{at_least: 12, {way}}}}}\n"
    )
    assert aim in prt(f"plan show 1.1 --lang {language}")
