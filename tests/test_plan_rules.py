"""What a plan must keep, rule by rule: the same plan with one line of it written otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from prt.files.plan.plan import read_plan

MINIMAL = (Path(__file__).parent / "gallery" / "plan" / "_minimal.yaml").read_text(encoding="utf-8")
COUNT = "{kind: count, of: pd}"
RATIO = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"


def told(before: str, after: str) -> list[str]:
    """What is said of the minimal plan with a piece of it replaced, without places and remedies."""
    assert before in MINIMAL
    _, problems = read_plan(MINIMAL.replace(before, after, 1).encode(), "p.yaml")
    return [problem.what for problem in problems]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ('{at_least: 1190, says: "1,190 hours"}', ""),
        ("{at_least: 1190, fr: 1 190 heures par année}", ""),
        ("{at_least: 1190, fr: 1\u00a0190 heures en 2024-2025}", ""),
        ("{at_least: 2, says: two or more in 30 days}", ""),
        ("{at_least: 2, says: Every board is visited}", ""),
        ("{at_least: 5, says: 75% of the 5 boards}", ""),
        ("{between: [2, 4], says: from 2 to 4}", ""),
        ('{at_least: 1000, says: "1,190 hours"}', "1000"),
        ("{between: [2, 4], says: from 2 to 5}", "4"),
        ("{at_least: 7, says: 8 boards, fr: 7 commissions}", "7"),
    ],
)
def test_the_words_of_a_target_have_its_number(target: str, said: str) -> None:
    found = [what for what in told("target: {at_least: 37}", f"target: {target}") if "words of" in what]
    assert found == (
        [f"the words of the target of 1.1.workshops do not have its number, {said}"] if said else []
    )


@pytest.mark.parametrize(
    "measure",
    [
        "{kind: count, of: {selection: pd, where: {category: Au choix}}, split_by: [category, boards]}",
        "{kind: count, of: {log: tools, where: {url: {present: true}}, when: published}}",
        "{kind: count, of: {log: attendance, where: {session.line: 1.1, session.format: [full-day]}}}",
        "{kind: count, of: {selection: pd, where: {participants: {from: 5, to: 10}}}}",
        "{kind: count, of: {selection: pd, where: {date: {from: 2024-09-01, to: 2025-06-30}}}}",
        "{kind: count, of: {selection: pd, where: {feedback_form: {not: no}, boards: EMSB}}}",
        "{kind: sum, column: hours, of: {log: accompaniment, where: {kind: [contact, travel]}}}",
        "{kind: distinct, column: boards, of: pd, among: {organisations: {counts_as_board: yes}}}",
        "{kind: distinct, column: person, of: {log: attendance}, among: {people: {role: cda}, as_of: 2024-10-01}}",
        "{kind: typed}",
    ],
)
def test_a_measure_is_accepted(measure: str) -> None:
    assert told(COUNT, measure) == []


@pytest.mark.parametrize(
    "measure",
    [
        "{kind: ratio, part: {distinct: person, of: {log: journals}}, whole: {people: {role: cda}}}",
        "{kind: ratio, part: {count: pd}, whole: {count: {log: sessions}}}",
        "{kind: reach, who: {people: {role: cda}}, did: {log: journals}, by: person, each: round, at_least: due}",
        "{kind: reach, who: {organisations: {}}, did: pd, by: boards, each: series, at_least: 3}",
        "{kind: reach, who: {anyone_in: {log: attendance}, by: person}, did: {log: attendance}, by: person,"
        " each: date, at_least: 2, within: session}",
        "{kind: typed, percent: true}",
    ],
)
def test_a_percentage_is_accepted(measure: str) -> None:
    assert told(RATIO, measure) == []


@pytest.mark.parametrize(
    ("measure", "what"),
    [
        ("{kind: sum, column: boards, of: pd}", "boards of sessions is not a number"),
        ("{kind: sum, column: hour, of: {log: accompaniment}}", 'accompaniment has no column "hour"'),
        ("{kind: list, columns: [title, tilte], of: pd}", 'sessions has no column "tilte"'),
        ("{kind: count, of: pd, split_by: session.line}", "rows of sessions have no session"),
        ("{kind: count, of: {log: people}}", 'there is no log "people"'),
        ("{kind: count, of: {log: people, when: start}}", 'there is no log "people"'),
        ("{kind: count, of: {log: tools, when: pubished}}", 'tools has no column "pubished"'),
        (
            "{kind: count, of: {selection: pd, where: {participants: many}}}",
            '"many" is not a whole number of 0 or more',
        ),
        ("{kind: count, of: {selection: pd, where: {date: {from: autumn}}}}", '"autumn" is not a date'),
        (
            "{kind: distinct, column: boards, of: pd, among: {people: {role: cda}}}",
            "boards of sessions does not name people",
        ),
        (
            "{kind: distinct, column: boards, of: pd, among: {organisations: {tpye: other}}}",
            'organisations has no column "tpye"',
        ),
        (
            "{kind: distinct, column: boards, of: pd, among: {organisations: {type: others}}}",
            '"others" is not a type',
        ),
        (
            "{kind: distinct, column: person, of: {log: attendance}, among: {anyone_in: pd, by: boards}}",
            "person of attendance does not name organisations",
        ),
    ],
)
def test_a_measure_is_refused(measure: str, what: str) -> None:
    assert told(COUNT, measure)[0] == what


@pytest.mark.parametrize(
    "target",
    [
        "{at_least: 37}",
        "{at_most: 0}",
        "{between: [30, 40]}",
        "{at_most: 37, by: {1: 50, 2: 37}}",
        "{at_most: 37, by: {1: 10, 2: 20}}",
        "{at_least: 37, by: {1: 20, 2: 37}, baseline: {value: 20, date: 2024-06-30}}",
        "{at_most: 37, baseline: {value: 50, date: 2024-06-30}}",
        "{at_least: 37.0}",
    ],
)
def test_a_target_of_a_count_is_accepted(target: str) -> None:
    assert told("{at_least: 37}", target) == []


@pytest.mark.parametrize("aim", ["exactly: 37", "between: [30, 37]"])
def test_by_says_how_one_number_fills_up(aim: str) -> None:
    """Case F4."""
    assert told("{at_least: 37}", f"{{{aim}, by: {{1: 10}}}}") == [f'"by" stands beside {aim.split(":")[0]}']


BEFORE = "baseline: {{value: {}, date: 2024-06-30}}"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("{at_least: 10, by: {1: 20}}", "20 does not lie between 0 and the target, 10"),
        ("{at_least: 10, by: {1: 8, 2: 5}}", "5 does not lie between 8 and the target, 10"),
        (
            "{at_least: 10, by: {1: 1}, " + BEFORE.format(4) + "}",
            "1 does not lie between 4 and the target, 10",
        ),
        (
            "{at_least: 10, by: {1: 4}, " + BEFORE.format(12) + "}",
            "4 does not lie between 12 and the target, 10",
        ),
        (
            "{at_most: 2, by: {1: 25}, " + BEFORE.format(20) + "}",
            "25 does not lie between 20 and the target, 2",
        ),
        ("{at_most: 6, by: {1: 8, 2: 5}}", "5 does not lie between 8 and the target, 6"),
        ("{at_most: 6, by: {1: 3, 2: 8}}", "8 does not lie between 3 and the target, 6"),
    ],
)
def test_the_steps_of_by_lead_to_the_target(target: str, said: str) -> None:
    assert said in told("{at_least: 37}", target)


def test_the_steps_of_by_lead_to_the_target_in_percentages_too() -> None:
    target = "{at_least: 75%, by: {1: 50%}, " + BEFORE.format("66%") + "}"
    assert told("{at_least: 75%}", target) == ["50% does not lie between 66% and the target, 75%"]


@pytest.mark.parametrize(
    "target",
    [
        "{at_least: 37, baseline: {value: 37, date: 2024-06-30}}",
        "{at_most: 9, baseline: {value: 3, date: 2024-06-30}}",
    ],
)
def test_a_baseline_that_is_there_already_is_doubtful(target: str) -> None:
    assert told("{at_least: 37}", target) == [
        "the baseline is there already: no way leads from it to the target"
    ]


@pytest.mark.parametrize(
    "target", ["{at_least: 75%}", "{at_least: 0.75}", "{at_least: 62,5%}", "{at_most: 0}", "{at_least: 100%}"]
)
def test_a_target_of_a_percentage_is_accepted(target: str) -> None:
    assert (
        told("{at_least: 75%}", f"{target}" if "," not in target else target.replace("62,5%", '"62,5%"'))
        == []
    )


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("{at_least: 75}", "the figure is a percentage, and 75 is not"),
        ("{at_least: 75%, by: {1: 50}}", "the figure is a percentage, and 50 is not"),
        ("{between: [60%, 80]}", "the figure is a percentage, and 80 is not"),
        (
            "{at_least: 75%, baseline: {value: 60, date: 2024-06-30}}",
            "the figure is a percentage, and 60 is not",
        ),
        ("{at_least: 750%}", "750% is more than all"),
        ("{due: 2024-09-30}", "only a milestone is due on a day, and this is a ratio"),
    ],
)
def test_a_target_of_a_percentage_is_refused(target: str, what: str) -> None:
    assert told("{at_least: 75%}", target) == [what]


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        (
            "title: {en: Action plan, fr: Plan d’action}",
            "title: {en: Action plan}",
            "there is no French text",
        ),
        (
            "title: {en: Action plan, fr: Plan d’action}",
            "title: {says: Plan}",
            "the words are in one language only",
        ),
        ("{en: Area, fr: Axe}", "{fr: Axe}", "there is no English text"),
        ("label: {en: Workshops, fr: Ateliers}", "label: {}", "the text is empty"),
        (
            "target: {at_least: 37}",
            "target: {at_least: 37, says: '37 workshops'}",
            "the words are in one language only",
        ),
        ("target: {at_least: 37}", "implied: true", "no target implies this indicator"),
    ],
)
def test_words_in_both_languages(before: str, after: str, what: str) -> None:
    assert told(before, after) == [what]


def test_a_phrase_is_needed_in_the_languages_of_the_reports() -> None:
    target = "target: {at_least: 37}"
    assert told(target, "target: {at_least: 37, fr: 37 ateliers}") == []
    assert told(target, "target: {at_least: 37, en: 37 workshops}") == ["there is no French text"]


@pytest.mark.parametrize(
    ("before", "after", "what", "remedy"),
    [
        ("37", "37 workshops", '"37 workshops" is more than a number', "Write 37 alone."),
        ("37", "37 Days", '"37 Days" is more than a number', "unit: Days"),
        ("37", "$ 1 500", '"$ 1 500" is more than a number', "Write 1 500 alone."),
        ("37", "many", '"many" is not a number', "Write a number such as 12"),
        ("37", "37, each_period: [12, 25]", "one number stands here", "by: {1: 10, 2: 25}"),
        ("37", "37, each_period: {1: 12, 2: 25}", "one number stands here", "by: {1: 10, 2: 25}"),
        (
            "37",
            "37, baseline: 30",
            '"30" cannot stand here',
            "keys and values: {value: 66, date: 2024-06-30}",
        ),
    ],
)
def test_what_is_written_in_place_of_a_number(before: str, after: str, what: str, remedy: str) -> None:
    plan, problems = read_plan(
        MINIMAL.replace(f"at_least: {before}", f"at_least: {after}").encode(), "p.yaml"
    )
    assert plan is None and [problem.what for problem in problems] == [what]
    assert remedy in str(problems[0])


def test_a_log_in_place_of_a_selection_is_told_how_it_is_written() -> None:
    _, (problem,) = read_plan(
        MINIMAL.replace("{kind: count, of: pd}", "{kind: count, of: tools}").encode(), "p"
    )
    assert "write {log: tools}" in str(problem)


def test_a_plain_text_is_the_same_in_both_languages() -> None:
    assert told("title: {en: Action plan, fr: Plan d’action}", "title: DSREA 2024-2025") == []
    assert told("label: {en: Workshops, fr: Ateliers}", "label: Participation") == []


def test_an_unused_selection_is_a_warning() -> None:
    plan, problems = read_plan(MINIMAL.replace("  pd:", "  old: {log: tools}\n  pd:").encode(), "p.yaml")
    assert plan is not None
    assert [problem.severity for problem in problems] == ["warning"]


def test_the_same_id_in_two_lines_names_two_indicators() -> None:
    line = '      - id: "1.2"\n        indicators:\n          - {id: workshops, label: W, measure: {kind: count, of: pd}}\n'
    assert read_plan((MINIMAL + line).encode(), "p.yaml")[1] == []


@pytest.mark.parametrize("year", ["2024", "2024-25", "2024–2025", "2023-2024"])
def test_the_year_is_that_of_its_days(year: str) -> None:
    assert told('year: "2024-2025"', f'year: "{year}"') == [
        f'"{year}" is not the year of 2024-07-01 to 2025-06-30'
    ]
