"""What the first page says of the reports before: statuses, lowered targets, revised results, amendments."""

from __future__ import annotations

import datetime as dt

import pytest

from prt.figures.evaluate import evaluate
from prt.figures.restatement.compare import Earlier, compare
from prt.files.plan.plan import read_plan
from prt.model.plan import Plan
from prt.model.text import Language
from prt.output.document.report_document import Report
from prt.output.renderers.html import render_html
from prt.output.renderers.markdown import render_markdown
from prt.output.words import Words
from tests.support import PLAN, load, report

COUNT = "{kind: count, of: pd}"
AMENDED = """
amendments:
  - {date: 2025-02-14, what: 1.1.it, why: {en: Fewer boards, fr: Moins de commissions}, approved_by: DSREA}
"""
FIRST = """
id | line | date       | title | format
w1 | 1.1  | 2024-10-16 | One   | full-day
"""
SECOND = f"{FIRST}w2 | 1.1  | 2025-01-20 | Two   | full-day\n"
LATE = f"{SECOND}w3 | 1.1  | 2024-11-20 | Late  | full-day\n"


def plan(target: str, more: str = "", measure: str = COUNT) -> Plan:
    found, problems = read_plan((PLAN.format(measure=measure, target=target) + more).encode(), "plan.yaml")
    assert found is not None, problems
    return found


def sent(old: Plan, then: str, now: Plan, today: str, period: int = 1) -> Earlier:
    """Report 1 or 2 as it was sent, against the plan and the sessions of today."""
    frozen = evaluate(old, load(old, {"sessions": then})[0], old.periods[period - 1].last)
    comparison = compare(frozen, now, load(now, {"sessions": today})[0], ())
    return Earlier(period, False, 1, old.periods[period - 1].due, comparison)


def made(
    now: Plan, sessions: str, *earlier: Earlier, language: Language = "en", cut_off: str = "2025-03-31"
) -> Report:
    found = evaluate(now, load(now, {"sessions": sessions})[0], dt.date.fromisoformat(cut_off))
    return report(found, language, earlier=earlier)


def turned(found: Report) -> list[str]:
    assert found.since is not None
    return [one.text.replace("\u00a0", " ") for one in found.since.turned]


@pytest.mark.parametrize(
    ("target", "language", "said"),
    [
        ("{at_least: 2}", "en", "↑ 1.1 · It: behind → met (target lowered from 10 to 2)"),
        ("{at_least: 2}", "fr", "↑ 1.1 · Ceci : en retard → atteinte (cible ramenée de 10 à 2)"),
        ("{at_most: 2}", "en", "↑ 1.1 · It: behind → met so far (target changed: 10 → at most 2)"),
        (
            "{at_least: 10, pace: at_end}",
            "en",
            "↑ 1.1 · It: behind → not due yet (pace of the target changed)",
        ),
    ],
)
def test_a_target_that_was_lowered_is_no_progress(target: str, language: Language, said: str) -> None:
    old, now = plan("{at_least: 10}"), plan(target)
    found = made(now, SECOND, sent(old, FIRST, now, SECOND), language=language)
    assert turned(found) == [said]


def test_another_computation_is_said() -> None:
    old = plan("{at_least: 10}")
    now = plan("{at_least: 10}", measure="{kind: count, of: {log: sessions, where: {title: Two}}}")
    later = SECOND + "".join(f"x{n} | 1.1 | 2025-01-{n + 10} | Two | full-day\n" for n in range(9))
    assert turned(made(now, later, sent(old, FIRST, now, later)))[0].endswith("(computation changed)")


def test_targets_of_which_nothing_was_expected_stand_on_one_line() -> None:
    same = plan("{at_least: 1, by: {2: 1}}")
    found = made(same, SECOND, sent(same, "", same, ""))
    assert found.since is not None and not found.since.turned
    assert found.since.begun == "1 target assessed for the first time: 1.1\u00a0· It (met)"
    lower = plan("{at_least: 2, by: {2: 2}}")
    eased = made(same, SECOND, sent(lower, "", same, ""))
    assert eased.since and eased.since.begun.endswith("1.1\u00a0· It (met, target lowered from 2 to 1)")
    worse = made(same, "", sent(same, "", same, ""))
    assert worse.since is not None and not worse.since.begun


@pytest.mark.parametrize(("needed", "standing"), [(2, "met"), (3, "partly met"), (9, "not met")])
def test_a_first_result_is_neither_a_rise_nor_a_fall(needed: int, standing: str) -> None:
    """Nothing was due of a survey at the end of the year, so that there is nothing that it fell from."""
    same = plan(f"{{at_least: {needed}, pace: at_end}}")
    found = made(same, SECOND, sent(same, "", same, ""), cut_off="2025-06-30")
    assert found.since is not None and not found.since.turned
    assert found.since.begun == f"1 target assessed for the first time: 1.1\u00a0· It ({standing})"


def test_targets_that_changed_alike_are_named_together() -> None:
    """`2 fallen: Titles; Full days (on track → behind)`, on one line of the first page."""
    now = plan(
        "{at_least: 2, by: {1: 1, 2: 2}}",
        measure=THREE.replace("label: Titles", "label: Titles, target: {at_least: 2, by: {1: 1, 2: 2}}"),
    )
    found = made(now, FIRST, sent(now, FIRST, now, FIRST))
    assert found.since is not None
    ((sign, head, names),) = found.since.moved
    assert (sign, head, names) == ("↓", "2 fallen", ("Titles; Full days (on track → behind)",))


def test_an_amended_target_says_what_it_was_and_when_it_changed() -> None:
    old, now = plan("{at_least: 10}"), plan("{at_least: 2}", AMENDED)
    found = made(now, SECOND, sent(old, FIRST, now, SECOND), language="fr")
    (part,) = found.volets[0].lines[0].indicators
    assert (
        part.aim and part.aim.changed.replace("\u00a0", " ") == "(modifiée le 14 févr. 2025; auparavant 10)"
    )
    assert found.amendments and found.amendments.table.rows[0][2:4] == ("10", "2")
    assert found.amended and found.amended.text == "1 modification apportée au plan"
    names = [name.replace("\u00a0", " ") for name in found.amended.names]
    assert names == ["1.1 · Ceci : 10 → 2 (14 févr. 2025)"]
    assert found.cover.updated == "Plan modifié le 14 février 2025"


def test_an_amendment_is_named_although_no_report_was_sent_before() -> None:
    found = made(plan("{at_least: 2}", AMENDED), SECOND)
    assert found.amended and found.amended.names == ("1.1\u00a0· It (Feb.\u00a014,\u00a02025)",)
    assert found.amendments and found.amendments.table.rows[0][2:4] == ("–", "–")


def test_revised_results_are_named_on_the_first_page() -> None:
    same = plan("{at_least: 10}")
    found = made(same, LATE, sent(same, FIRST, same, LATE))
    assert found.since and found.since.revised.text == "1 result already submitted is revised"
    (name,) = found.since.revised.names
    assert name.replace("\u00a0", " ") == "entered since: Late (Nov. 20, 2024) – 1.1 · It, P1: 1 → 2"


THREE = f"""{COUNT}
          - {{id: titles, label: Titles, measure: {{kind: distinct, column: title, of: pd}}}}
          - id: full
            label: Full days
            measure: {{kind: count, of: {{log: sessions, where: {{format: full-day}}}}}}"""


def test_a_cause_is_said_once_with_all_that_it_moved() -> None:
    """Its title and its day; the first page has the two results that moved most."""
    now = plan("{at_least: 10}", measure=THREE)
    more = LATE + "w4 | 1.1  | 2024-11-21 | Late  | half-day\n"
    found = made(now, more, sent(now, FIRST, now, more))
    (part,) = found.revised
    assert part.grid is not None and found.since is not None
    ((why, moved),) = [[text.replace("\u00a0", " ") for text in row] for row in part.grid.table.rows]
    assert why == "2 entered since: w3 (Late; Nov. 20, 2024), w4 (Late; Nov. 21, 2024)"
    assert moved == (
        "1.1 · It, P1: 1 → 3; 1.1 · Titles, P1: 1 → 2; 1.1 · Full days, P1: 1 → 2 · status: behind → at risk"
    )
    (name,) = found.since.revised.names
    assert name.replace("\u00a0", " ") == (
        "2 entered since: Late (Nov. 20, 2024), Late (Nov. 21, 2024)"
        " – 1.1 · It, P1: 1 → 3; 1.1 · Titles, P1: 1 → 2; 1 more"
    )


def test_what_an_earlier_report_declared_is_not_new() -> None:
    """Report 1 was revised before report 2 was sent; nothing changed since."""
    same = plan("{at_least: 10}")
    before = sent(same, FIRST, same, LATE), sent(same, LATE, same, LATE, 2)
    found = made(same, LATE, *before, cut_off="2025-06-30")
    assert found.since and found.since.revised.names == ()
    assert found.since.revised.text == "1 result already submitted is revised, not since report no. 2"


def test_both_sections_stand_before_the_annexes() -> None:
    old, now = plan("{at_least: 10}"), plan("{at_least: 2}", AMENDED)
    found = made(now, LATE, sent(old, FIRST, now, LATE))
    words = Words("en", now)
    for text in (render_markdown(found, words), render_html(found, words)):
        places = [text.rindex(name) for name in ("Revised results", "Amendments to the plan", "Annexes")]
        assert places == sorted(places)
        assert text.index("Highlights") < text.index("By volet")
