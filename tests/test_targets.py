"""Targets of each period, targets still to be set, numbers below 0 and above 100 %: each on both sides."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from prt.figures.evaluate import Evaluation, Result
from prt.figures.plan_diff import plan_diff
from prt.figures.plan_diff.amendments import aim_text
from prt.figures.plan_diff.match import match_plans
from prt.figures.todo import tasks
from prt.figures.withholding.published import published
from prt.figures.withholding.sent_report import SentReport, sent_status_key, status_key
from prt.model.text import Language
from prt.output.report.annexes import annex_breakdowns
from prt.output.screens.explain import Explanation
from prt.output.screens.plan_diff import PlanDiff
from prt.output.screens.status import StatusScreen
from prt.output.status_json import indicator_json
from prt.output.words import Words
from tests.support import evaluation, report, result
from tests.test_plan_diff import SMALL as SMALL_PLAN
from tests.test_plan_diff import edited
from tests.test_plan_diff import plan as loaded
from tests.test_plan_rules import told
from tests.test_report import part

HEAD = "line | date | title | format | answered | positive | status\n"
COUNT = "{kind: count, of: pd}"
RATIO = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"
PERCENT, LEVEL = "{kind: typed, percent: true}", "{kind: typed}"
EACH = "{each_period: 2}"
END = "2025-06-30"


def workshops(first: int, second: int = 0, third: int = 0) -> str:
    """So many in each period; one that was cancelled on the first day shows that the log is in use."""
    days = {"2024-10-16": first, "2025-01-15": second, "2025-05-14": third}
    held = "".join(f"1.1 | {day} | A | half-day | | | held\n" * number for day, number in days.items())
    return f"{HEAD}1.1 | 2024-07-01 | A | half-day | | | cancelled\n{held}"


def typed(value: str, day: str = "2024-10-01") -> dict[str, str]:
    return {"figures": f"indicator | date | value | evidence\n1.1.it | {day} | {value} | e.pdf\n"}


@pytest.mark.parametrize(
    ("day", "numbers", "code", "periods"),
    [
        ("2024-11-30", (2,), "met", ["met"]),
        ("2024-11-30", (1,), "not_met", ["not_met"]),  # the period is over with half of it
        ("2024-10-31", (0,), "behind", ["behind"]),  # 1 of the 2 is expected by now
        ("2024-09-15", (0,), "not_due", ["not_due"]),  # 0.5 of a workshop is none
        ("2025-02-14", (2, 1), "on_track", ["met", "on_track"]),
        ("2025-02-14", (0, 2), "met", ["not_met", "met"]),  # that of the current period
        ("2025-02-14", (5, 0), "behind", ["met", "behind"]),  # a surplus does not offset the next
        (END, (2, 2, 2), "met", ["met", "met", "met"]),
        (END, (2, 1, 2), "not_met", ["met", "not_met", "met"]),  # the worst
    ],
)
def test_each_period_has_a_status_of_its_own(
    day: str, numbers: tuple[int, ...], code: str, periods: list[str]
) -> None:
    found = result(COUNT, EACH, day, sessions=workshops(*numbers))
    assert (found.status.code, [one.status.code for one in found.of_periods]) == (code, periods)
    assert found.target is None  # nothing is asked of the year


def test_the_worst_of_periods_is_told_and_where_it_was() -> None:
    two = "{each_period: 3}"
    found = result(COUNT, two, END, sessions=workshops(3, 2, 3))
    assert (found.status.code, [one.status.code for one in found.of_periods][1]) == ("partly_met",) * 2


def test_a_target_of_the_year_decides_beside_those_of_periods() -> None:
    found = result(COUNT, "{at_least: 4, each_period: 2}", END, sessions=workshops(4, 0, 0))
    assert found.status.code == "met"
    assert [one.status.code for one in found.of_periods] == ["met", "not_met", "not_met"]


@pytest.mark.parametrize(
    ("numbers", "periods"), [((2, 1, 0), ["met"] * 3), ((3, 2, 0), ["over_limit", "met", "met"])]
)
def test_beside_at_most_each_period_has_a_limit_too(numbers: tuple[int, ...], periods: list[str]) -> None:
    found = result(COUNT, "{at_most: 6, each_period: 2}", END, sessions=workshops(*numbers))
    assert (found.status.code, [one.status.code for one in found.of_periods]) == ("met", periods)


def test_a_percentage_of_each_period() -> None:
    rows = (
        HEAD
        + "1.1 | 2024-10-16 | A | half-day | 4 | 3 | held\n1.1 | 2025-01-15 | B | half-day | 4 | 2 | held\n"
    )
    found = result(RATIO, "{each_period: 75%}", "2025-02-14", sessions=rows)
    assert [one.status.code for one in found.of_periods] == ["met", "behind"]
    assert result(RATIO, "{each_period: 75%}", END, sessions=rows).status.code == "not_computable"


@pytest.mark.parametrize(
    ("measure", "target", "said"),
    [
        (COUNT, EACH, ""),
        (RATIO, "{each_period: 75%}", ""),
        (LEVEL, "{each_period: 2}", ""),
        (COUNT, "{at_least: 6, each_period: 2}", ""),
        (COUNT, "{each_period: 2.5}", "2.5 of what is counted one by one"),
        (RATIO, "{each_period: 75}", "the figure is a percentage, and 75 is not"),
        (
            "{kind: reach, who: {people: {role: cda}}, did: {log: attendance}, by: person, each: session, at_least: 1}",
            "{each_period: 75%}",
            "the figure is one to date: no single period has one",
        ),
        ("{kind: milestone, of: pd}", EACH, "a milestone is done or not: it has no number to reach"),
        (COUNT, "{to_be_set: 2024-10-15, each_period: 2}", "the target is still to be set, and each_period is one"),
        (COUNT, "{to_be_set: 2024-10-15}", ""),
        (COUNT, "{to_be_set: 2025-06-30}", ""),
        (COUNT, "{to_be_set: 2025-07-01}", "the target is to be set by 2025-07-01, and the year ends on 2025-06-30"),
        ("{kind: milestone, of: pd}", "{to_be_set: 2024-10-15}", ""),
        (COUNT, "{to_be_set: 2024-10-15, at_least: 2}", "at_least and to_be_set are 2 aims"),
        (COUNT, "{}", "the target has no aim"),
        (LEVEL, "{at_least: -3.5}", ""),
        ("{kind: typed, unit: $}", "{at_least: -3.5}", ""),
        ("{kind: typed, unit: $}", "{at_least: 110%}", "110% is a percentage, and the figure is not"),
        ('{kind: typed, unit: "%"}', "{at_least: 110%}", ""),
        ('{kind: typed, unit: "%", percent: true}', "{at_least: 110%}", ""),
        ("{kind: typed, unit: $, percent: true}", "{at_least: 110%}", "a percentage has the unit %, and the figure another one"),
        (PERCENT, "{at_least: -2%}", ""),
        (PERCENT, "{at_least: 110%}", ""),
        (PERCENT, "{at_least: -2}", "the figure is a percentage, and -2 is not"),
        (RATIO, "{at_least: 110%}", "110% is more than all"),
        (RATIO, "{at_least: -2%}", "-2% is less than nothing"),
        (COUNT, "{at_least: -2}", "-2 is less than nothing"),
        (LEVEL, "{at_least: -3, by: {1: -5}}", '"by" leads up from 0, and the target is 0 or less'),
        (LEVEL, "{at_least: -3, by: {1: -5}, baseline: {value: -8, date: 2024-06-30}}", ""),
        (COUNT, "{more_than_last_year: 10%}", ""),
        (COUNT, "{more_than_last_year: 0%}", ""),
        (RATIO, "{more_than_last_year: -5%}", ""),
        (COUNT, "{more_than_last_year: 0.1}", ""),
        (COUNT, "{more_than_last_year: 10}", "how much more than last year is a percentage, and 10 is not"),
        (COUNT, "{more_than_last_year: -100%}", "-100% of last year leaves nothing to reach"),
        (COUNT, "{more_than_last_year: -99%}", ""),
        (COUNT, "{more_than_last_year: 10%, by: {1: 3}}", '"by" stands beside more_than_last_year'),
        ("{kind: milestone, of: pd}", "{more_than_last_year: 10%}", "a milestone is done or not: it has no number to reach"),
    ],
)  # fmt: skip
def test_which_targets_a_plan_may_have(measure: str, target: str, said: str) -> None:
    before = "measure: {kind: count, of: pd}\n            target: {at_least: 37}"
    found = [
        one
        for one in told(before, f"measure: {measure}\n            target: {target}")
        if "no measure uses" not in one
    ]
    assert found == ([said] if said else [])


@pytest.mark.parametrize(
    ("measure", "target", "day", "value", "code"),
    [
        (LEVEL, "{at_least: -3.5}", "2024-11-30", "-3.5", "met_so_far"),
        (LEVEL, "{at_least: -3.5}", "2024-11-30", "-3.6", "behind"),
        (LEVEL, "{at_least: -3.5}", END, "-3.4", "met"),
        (LEVEL, "{at_least: -3.5}", END, "-3.6", "not_met"),  # below 0 there is no 60 % of it
        (LEVEL, "{at_least: 0}", "2024-11-30", "-0.1", "behind"),
        (LEVEL, "{at_least: -3.5, pace: steady}", "2024-11-30", "-4", "behind"),
        (LEVEL, "{between: [-3, 5]}", "2024-11-30", "-3", "met_so_far"),
        (LEVEL, "{between: [-3, 5]}", "2024-11-30", "-4", "behind"),
        (LEVEL, "{between: [-3, 5]}", "2024-11-30", "6", "over_limit"),
        (LEVEL, "{exactly: -3}", END, "-3", "met"),
        (LEVEL, "{exactly: -3}", END, "-2", "over_limit"),
        (LEVEL, "{exactly: -3}", END, "-4", "not_met"),
        (LEVEL, "{at_most: -3}", "2024-11-30", "-3", "met_so_far"),
        (LEVEL, "{at_most: -3}", "2024-11-30", "-2", "over_limit"),
        (PERCENT, "{at_least: 110%}", END, "110%", "met"),
        (PERCENT, "{at_least: 110%}", END, "109%", "partly_met"),
        (PERCENT, "{at_least: -2%}", END, "-1%", "met"),
        (PERCENT, "{at_least: -2%}", END, "-3%", "not_met"),
        # from a baseline, up and down: half of the way is expected on 14 February
        (LEVEL, "{at_least: -2, baseline: {value: -8, date: 2024-06-30}}", "2025-03-31", "-4.4", "on_track"),
        (LEVEL, "{at_least: -2, baseline: {value: -8, date: 2024-06-30}}", "2025-03-31", "-5", "at_risk"),
        (LEVEL, "{at_least: -2, baseline: {value: -8, date: 2024-06-30}}", "2025-03-31", "-6", "behind"),
        (LEVEL, "{at_least: -2, baseline: {value: -8, date: 2024-06-30}}", "2025-03-31", "-9", "behind"),
        (LEVEL, "{at_most: -8, baseline: {value: -2, date: 2024-06-30}}", "2025-03-31", "-6", "on_track"),
        (LEVEL, "{at_most: -8, baseline: {value: -2, date: 2024-06-30}}", "2025-03-31", "-4", "behind"),
        (LEVEL, "{at_most: -8, baseline: {value: -2, date: 2024-06-30}}", END, "-8", "met"),
    ],
)
def test_numbers_below_0_and_above_100(measure: str, target: str, day: str, value: str, code: str) -> None:
    assert result(measure, target, day, **typed(value)).status.code == code


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "-3.6 is below -3.5"),
        ("fr", "-3,6 est sous -3,5"),
    ],
)
def test_below_a_target_under_0_no_share_is_told(language: Language, said: str) -> None:
    assert explained("{kind: typed}", "{at_least: -3.5}", language, "2024-11-30", **typed("-3.6")) == said


@pytest.mark.parametrize(
    ("measure", "target", "language", "said"),
    [
        (COUNT, "{at_most: 5}", "en", "3 against at most 5; the year is not over and it can still change, so “met so far”"),
        (COUNT, "{at_most: 5}", "fr", "3, cible : au plus 5; l’année n’est pas finie et le résultat peut encore changer, donc « atteinte à ce jour »"),
        (COUNT, "{at_most: 5, each_period: 2}", "en", "3 against at most 5; the year is not over and it can still change, so “met so far”"),
        ("{kind: typed}", "{at_least: 5}", "en", "nothing was entered up to 14 Feb 2025"),
        ("{kind: typed}", "{at_least: 5}", "fr", "rien n’a été saisi jusqu’au 14 févr. 2025"),
    ],
)  # fmt: skip
def test_explain_says_what_is_so_of_a_limit_of_one_aim_of_two_and_of_what_nobody_typed(
    measure: str, target: str, language: Language, said: str
) -> None:
    others = typed("7")["figures"].replace("1.1.it", "1.1.other")
    assert explained(measure, target, language, "2025-02-14", sessions=workshops(3), figures=others) == said


def screen(language: Language, found: Evaluation) -> StatusScreen:
    return StatusScreen(found, Words(language, found.plan, found.data.organisations), dt.date(2025, 2, 14))


def the_one(found: Evaluation) -> Result:
    one = found.result("1.1.it")
    assert one is not None
    return one


def explained(measure: str, target: str, language: Language, day: str, **tables: str) -> str:
    found = evaluation(measure, target, day, **tables)
    one = the_one(found)
    said = Explanation(found, one, screen(language, found)).status_sentence()
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "language", "said"),
    [
        ("2025-02-14", "en", "period 2: 0 is 0% of the 1 expected by 14 Feb 2025, less than 60%"),
        (
            "2025-02-14",
            "fr",
            "période 2 : 0, soit 0 % de ce qui est attendu au 14 févr. 2025 (1), moins de 60 %",
        ),
        (END, "en", "period 2: the period is over: 0 is 0% of the 2 expected, less than 60%"),
        (END, "fr", "période 2 : la période est finie : 0, soit 0 % de la cible (2), moins de 60 %"),
    ],
)
def test_explain_tells_the_period_that_decides(day: str, language: Language, said: str) -> None:
    assert explained(COUNT, EACH, language, day, sessions=workshops(2, 0, 2)) == said


@pytest.mark.parametrize(
    ("language", "row", "said", "note"),
    [
        ("en", "P1 met, P2 behind", "2 each period", "0 in period 2"),
        ("fr", "P1 atteinte, P2 en retard", "2 par période", "0 à la période 2"),
    ],
)
def test_screens_and_reports_have_the_status_of_each_period(
    language: Language, row: str, said: str, note: str
) -> None:
    found = evaluation(COUNT, EACH, "2025-02-14", sessions=workshops(2))
    view = screen(language, found)
    one = the_one(found)
    wide = "\n".join("".join(text for text, _ in line) for line in view.lines([one], wide=True))
    assert row in wide and said in wide and view.texts.target(one) == said
    made = part(report(found, language))
    assert made.aim is not None and made.aim.number == said and made.aim.bar is None
    assert any(row in text for text in made.said)
    (told,) = (one for group in report(found, language).brief.groups for one in group.targets)
    assert (told.note, told.target) == (note, said)
    shown = indicator_json(one)
    assert shown["target"] == {"each_period": 2} and shown["status"] == "behind"
    assert shown["periods"] == [
        {"period": 1, "value": 2, "expected": 2, "status": "met"},
        {"period": 2, "value": 0, "expected": 1, "status": "behind"},
    ]


def test_nothing_is_a_0_without_a_plus() -> None:
    """What is expected on the first day, and the figure of a period in which nothing was done."""
    first, second = (
        evaluation(COUNT, "{at_least: 10}", day, sessions=workshops(2))
        for day in ("2024-07-01", "2025-02-14")
    )
    assert screen("en", first).texts.expected(the_one(first)) == "0"
    assert screen("en", second).texts.this_period(the_one(second)) == "0"


def test_what_a_period_lacks_is_to_be_done_while_it_lasts() -> None:
    found = evaluation(COUNT, "{at_least: 2, each_period: 2}", "2025-02-14", sessions=workshops(2))
    (task,) = (one for one in tasks(found, dt.date(2025, 2, 14), None) if one.group == "targets")
    assert task.judgement and task.judgement.period and task.judgement.period.id == 2
    over = evaluation(COUNT, "{at_least: 2, each_period: 2}", END, sessions=workshops(2))
    assert [one for one in tasks(over, dt.date(2025, 7, 1), None) if one.group == "targets"] == []


TO_BE_SET = "{to_be_set: 2024-10-15, says: as agreed in October}"


@pytest.mark.parametrize(
    ("language", "status", "why", "number", "tally"),
    [
        ("en", "target to be set, by 15 Oct", "the target is to be set by 15 Oct 2024: the figure is shown, nothing is assessed", "to be set by Oct. 15, 2024", "1 to be set"),
        ("fr", "cible à fixer, d’ici le 15 oct.", "la cible est à fixer au plus tard le 15 oct. 2024 : le résultat est montré, rien n’est évalué", "à fixer au plus tard le 15 oct. 2024", "1 à fixer"),
    ],
)  # fmt: skip
def test_a_target_that_is_not_known_yet(
    language: Language, status: str, why: str, number: str, tally: str
) -> None:
    found = evaluation(COUNT, TO_BE_SET, "2025-02-14", sessions=workshops(3))
    one, view = the_one(found), screen(language, found)
    assert (one.status.code, one.status.word, one.to_date.value) == ("to_be_set", "to_be_set", 3)
    assert (view.texts.status(one), view.texts.target(one), view.texts.bar(one)) == (status, "", "")
    assert explained(COUNT, TO_BE_SET, language, "2025-02-14", sessions=workshops(3)) == why
    lines = "\n".join("".join(text for text, _ in line) for line in view.lines([one]))
    assert tally in lines
    made = report(found, language)
    aim = part(made).aim
    assert aim is not None and aim.number.replace("\u00a0", " ") == number and aim.bar is None
    assert [tile.text for tile in made.brief.tiles] == [tally]
    assert indicator_json(one)["target"] == {"to_be_set": "2024-10-15"}


@pytest.mark.parametrize(("today", "number"), [("2024-10-15", 0), ("2024-10-16", 1)])
def test_a_target_that_was_to_be_set_is_asked_for_after_its_day(today: str, number: int) -> None:
    found = evaluation(COUNT, TO_BE_SET, today, sessions=workshops(3))
    asked = [one for one in tasks(found, dt.date.fromisoformat(today), None) if one.about == "to_be_set"]
    assert len(asked) == number


def test_a_target_set_later_judges_from_then_on() -> None:
    assert result(COUNT, "{at_least: 3}", "2025-02-14", sessions=workshops(3)).status.code == "met"
    assert result(COUNT, "{at_least: 3}", "2025-02-14", sessions=workshops(3)).expected == Fraction(1)


@pytest.mark.parametrize(
    ("unit", "value", "language", "shown", "target"),
    [
        ("$", "12500.25", "en", "$12,500.25", "at least $12,000"),
        ("$", "12500.25", "fr", "12 500,25 $", "au moins 12 000 $"),
        ("$", "-3.5", "en", "-$3.5", "at least $12,000"),
        ("{en: places, fr: places offertes}", "12500", "en", "12,500 places", "at least 12,000 places"),
        ("{en: places, fr: places offertes}", "12500", "fr", "12 500 places offertes", "au moins 12 000 places offertes"),
    ],
)  # fmt: skip
def test_a_figure_that_is_typed_has_a_unit(
    unit: str, value: str, language: Language, shown: str, target: str
) -> None:
    found = evaluation(f"{{kind: typed, unit: {unit}}}", "{at_least: 12000}", END, **typed(value))
    one = the_one(found)
    said = Explanation(found, one, screen(language, found))
    assert said.aim().replace("\u00a0", " ") == target
    for text in (said.value(one.to_date), part(report(found, language)).to_date.number):
        assert text.replace("\u00a0", " ") == shown


SMALL = "1.1 | 2024-10-16 | A | half-day | 4 | 3 | held\n"  # of 4 answers nobody is told
LARGE = "1.1 | 2025-01-15 | B | half-day | 40 | 20 | held\n"


@pytest.mark.parametrize(
    ("rows", "day", "code", "periods"),
    [
        (LARGE, "2025-02-14", "behind", ["no_data", "behind"]),
        (SMALL, "2024-11-30", "withheld", ["withheld"]),
        (SMALL + LARGE, END, "withheld", ["withheld", "withheld", "not_computable"]),
    ],
)
def test_the_status_of_a_period_tells_no_figure_that_is_withheld(
    rows: str, day: str, code: str, periods: list[str]
) -> None:
    found = evaluation(RATIO, "{each_period: 75%}", day, sessions=HEAD + rows)
    shown = the_one(published(found, annex_breakdowns(found.plan)).evaluation)
    hidden = [figure is not None and figure.absent == "withheld" for figure in shown.periods]
    told = [one.status.code for one in shown.of_periods]
    assert (shown.status.code, told) == (code, periods)
    assert all(one == "withheld" for one, is_hidden in zip(told, hidden, strict=True) if is_hidden)
    assert [one == "withheld" for one in told] == hidden
    for language in ("en", "fr"):
        said = Explanation(found, shown, screen(language, found), published=True)
        assert said.status_sentence()


def test_a_report_remembers_which_status_of_a_period_it_withheld() -> None:
    found = evaluation(RATIO, "{each_period: 75%}", "2024-11-30", sessions=HEAD + SMALL)
    withheld = published(found, annex_breakdowns(found.plan)).withheld
    assert status_key("1.1.it") in withheld
    sent = SentReport.of(False, found, annex_breakdowns(found.plan), {}, withheld.__contains__)
    assert dict(sent.hidden_statuses())[sent_status_key(1, False, "1.1.it")]


@pytest.mark.parametrize(
    ("before", "after", "english", "french"),
    [
        ("to_be_set: 2024-10-15", "at_least: 12", "to be set by Oct. 15, 2024 → 12", "à fixer au plus tard le 15 oct. 2024 → 12"),
        ("at_least: 12", "more_than_last_year: 10%", "12 → 10% more than last year", "12 → 10 % de plus que l’an dernier"),
        ("more_than_last_year: -5%", "more_than_last_year: 0%", "at most 5% less than last year → as much as last year", "au plus 5 % de moins que l’an dernier → autant que l’an dernier"),
        ("each_period: 2", "each_period: 3", "2 each period → 3 each period", "2 par période → 3 par période"),
    ],
)  # fmt: skip
def test_plan_diff_tells_a_target_that_is_set_later(
    before: str, after: str, english: str, french: str
) -> None:
    old, new = (loaded(edited(SMALL_PLAN, ("at_least: 12", one))) for one in (before, after))
    sentences: dict[Language, str] = {"en": f"target 2a.tools {english}", "fr": f"cible 2a.tools : {french}"}
    for language, said in sentences.items():
        diff = PlanDiff(Words(language, old), Words(language, new))
        (told_change,) = map(diff.sentence, plan_diff(old, new))
        assert told_change.replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("to_be_set: 2024-10-15", "to be set by 2024-10-15"),
        ("more_than_last_year: 10%", "10% more than last year"),
        ("each_period: 2", "2 each period"),
        ("at_least: 12, each_period: 2", "12, 2 each period"),
        ("at_least: 1500", "1,500"),
    ],
)
def test_an_amendment_is_asked_for_in_the_words_of_the_target(target: str, said: str) -> None:
    (found,) = (
        one
        for _, _, one in loaded(edited(SMALL_PLAN, ("at_least: 12", target))).indicators()
        if one.id == "tools"
    )
    assert aim_text(found) == said


@pytest.mark.parametrize(("target", "said"), [("-0.5", "-0.5 $"), ("-1500", "-1,500 $"), ("1500", "1,500 $")])
def test_an_amendment_has_the_sign_and_the_unit(target: str, said: str) -> None:
    found = the_one(evaluation("{kind: typed, unit: $}", f"{{at_least: {target}}}", END))
    assert aim_text(found.indicator) == said


@pytest.mark.parametrize(
    ("says", "number"), [("a deficit of 3.5 at most", 0), ("no worse than -3.5", 0), ("a deficit of 4", 1)]
)
def test_the_words_of_a_target_below_0_may_leave_out_its_sign(says: str, number: int) -> None:
    before = "measure: {kind: count, of: pd}\n            target: {at_least: 37}"
    after = f'measure: {{kind: typed}}\n            target: {{at_least: -3.5, says: "{says}", fr: x}}'
    assert sum("do not have its number" in one for one in told(before, after)) == number


def test_what_an_indicator_was_pairs_it_with_that_of_the_year_before() -> None:
    """Against all other signs: words, measure and place. In one and the same year it says nothing of ids."""
    now = loaded(SMALL_PLAN)
    meetings = next(name for name in now.handles() if name.endswith(".meetings"))
    renamed = edited(SMALL_PLAN, ("id: meetings", "id: gatherings"))
    new = loaded(edited(renamed, ("id: tools", f"id: tools\n            was: {meetings}")))
    for year, paired in (("2023-2024", True), ("2024-2025", False)):
        pairs = match_plans(now.replace(year=year), new).indicators
        assert ((meetings, "2a.tools") in {(one.handle, other.handle) for one, other in pairs}) == paired
