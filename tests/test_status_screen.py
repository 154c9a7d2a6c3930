"""What people see: `prt status` at every width, in both languages, with bars that need no colour."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.todo import DueReport
from prt.files.project import Project
from prt.model.text import LANGUAGES, Language
from prt.output.result_text import ASCII, Glyphs
from prt.output.screens.status import STYLES, StatusScreen
from prt.output.words import Words
from prt.text import cell_width
from tests.project import Prt
from tests.support import evaluation

HEADER = "line | date | title | format | answered | positive | status\n"
COUNT = "{kind: count, of: pd}"
RATIO = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"


def screen(
    target: str,
    measure: str = COUNT,
    held: int = 0,
    planned: int = 0,
    width: int = 80,
    lang: str = "en",
    glyphs: Glyphs | None = None,
    answers: str = " | ",
) -> list[str]:
    table = HEADER + f"1.1 | 2024-10-16 | A | half-day | {answers} | held\n" * held
    table += "1.1 | 2025-05-06 | A | half-day | | | planned\n" * planned
    table += "1.4a | 2024-10-01 | M | meeting | | | held\n"
    found = evaluation(measure, target, "2025-02-14", sessions=table)
    words = Words("fr" if lang == "fr" else "en", found.plan, found.data.organisations)
    due = DueReport(found.plan, found.plan.periods[1])
    view = StatusScreen(found, words, dt.date(2025, 2, 14), width, glyphs, unsent=[due])
    lines = view.lines(found.targets())
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def row(*args: object, **options: object) -> str:
    return next(line for line in screen(*args, **options) if "1.1.it" in line)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"target": "{at_least: 37}", "held": 21}, "  1.1.it        21       37  ██████┃·····  on track"),
        (
            {"target": "{at_least: 10}", "held": 2},
            "  1.1.it         2       10  ██····┃·····  behind, expected 5",
        ),
        (  # 1 would not be behind an expected 1
            {"target": "{at_least: 10, by: {1: 1.5}}", "held": 1},
            "  1.1.it         1       10  █┃··········  at risk, expected 1.5",
        ),
        (
            {"target": "{at_least: 10, by: {1: 2.5}}", "held": 1},
            "  1.1.it         1       10  █··┃········  behind, expected 2",
        ),
        ({"target": "{at_least: 2}", "held": 2}, "  1.1.it         2        2  ██████┃█████  met"),
        (
            {"target": "{at_least: 1}", "planned": 1},
            "  1.1.it         0        1  ············  not due yet, on 6 May",
        ),
        (
            {"target": "{at_most: 5}", "held": 6},
            "  1.1.it         6      ≤ 5  ████████████  behind, over the limit",
        ),
        ({"target": "{at_least: 37}", "held": 21, "width": 70}, "  1.1.it        21       37  on track"),
        ({"target": "{at_least: 37}", "held": 21, "width": 50}, "  1.1.it        21  on track"),
        (
            {"target": "{at_least: 37}", "held": 21, "glyphs": ASCII},
            "  1.1.it        21       37  ######|.....  on track",
        ),
        (
            {"target": "{at_least: 75%}", "measure": RATIO, "held": 1, "answers": "10000 | 7496"},
            "  1.1.it     74.9%      75%  7,496 of 10,000  at risk",
        ),
        (
            {"target": "{at_least: 10}", "held": 2, "lang": "fr"},
            "  1.1.it         2       10  ██····┃·····  en retard, attendu\u00a0: 5",
        ),
    ],
)
def test_a_line(options: dict[str, object], expected: str) -> None:
    assert " ".join(row(**options).split()) == " ".join(expected.split())


@pytest.fixture(scope="module")
def found(small_demo: Path) -> Evaluation:
    project = Project(small_demo, small_demo / "data" / "private")
    year = project.load(project.plan_path("2024-2025"))
    return evaluate(year.plan, year.data, dt.date(2025, 2, 14))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [50, 60, 80, 100, 120, 140])
def test_what_is_said_of_a_target_is_never_cropped(found: Evaluation, width: int, lang: Language) -> None:
    """Labels give way first, then whole columns; a reason without room goes below its status (case S1)."""
    words = Words(lang, found.plan, found.data.organisations)
    view = StatusScreen(found, words, dt.date(2025, 2, 14), width)
    for results in (found.targets(), list(found.results)):
        lines = list(view.lines(results))
        assert max(sum(cell_width(text) for text, _ in line) for line in lines) <= width
        told = [line[1][0] for line in lines if len(line) == 2 and line[1][1] in set(STYLES.values())]
        wanted = " ".join(map(view.texts.status, results)).split()
        assert len(told) >= len(results) and " ".join(told).split()[: len(wanted)] == wanted


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [50, 60, 80, 100, 120, 140])
def test_a_wide_table_tells_below_a_row_what_has_no_room_in_it(
    found: Evaluation, width: int, lang: Language
) -> None:
    """A terminal of any width shows all that a wide table has, and no line is wider than it."""
    words = Words(lang, found.plan, found.data.organisations)
    view = StatusScreen(found, words, dt.date(2025, 2, 14), width)
    lines = ["".join(text for text, _ in line) for line in view.lines(found.targets(), wide=True)]
    whole = " ".join(" ".join(lines).split())
    assert max(map(cell_width, lines)) <= width
    for result in found.targets():
        assert result.handle in whole and view.texts.label(result)[:8] in whole
        told = (view.texts.this_period(result), view.texts.planned(result))
        assert all(" ".join(text.split()) in whole for text in told)
    assert words("screen.mark", mark=view.glyphs.mark) not in "".join(lines[4:])  # a bar is no text


@pytest.mark.parametrize("wide", [False, True])
def test_however_narrow_a_terminal_is_it_shows_every_row(found: Evaluation, wide: bool) -> None:
    words = Words("fr", found.plan, found.data.organisations)
    for width in range(1, 40):
        view = StatusScreen(found, words, dt.date(2025, 2, 14), width)
        lines = ["".join(text for text, _ in line) for line in view.lines(found.targets(), wide=wide)]
        assert sum(line.startswith("  ") and "1.1.workshops " in line for line in lines) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_at_120_columns_a_long_status_costs_no_label_and_no_period(found: Evaluation, lang: Language) -> None:
    """`à surveiller, attendu : 655` goes below its row, and widens no column."""
    words = Words(lang, found.plan, found.data.organisations)
    view = StatusScreen(found, words, dt.date(2025, 2, 14), 120)
    lines = ["".join(text for text, _ in line) for line in view.lines(list(found.results))]
    assert all(word in lines[2] + lines[3] for word in words("screen.this_period").split())
    label = found.results[0].indicator.label.to(lang)
    assert label[:10] in next(line for line in lines if "1.1.workshops" in line)


def test_labels_give_way_before_columns_and_figures_never_do(found: Evaluation) -> None:
    words = Words("en", found.plan, found.data.organisations)
    heads = {}
    for width in (60, 80, 120, 160):
        view = StatusScreen(found, words, dt.date(2025, 2, 14), width)
        lines = ["".join(text for text, _ in line) for line in view.lines(found.targets())]
        head = next(line for line in lines if line.endswith("status"))
        heads[width] = [title for title in head.split("  ") if title.strip()]
        assert any("Workshops d" in line for line in lines) == (width >= 120)
        assert any("Workshops delivered " in line for line in lines) == (width == 160)
    assert [len(heads[width]) for width in heads] == [3, 4, 7, 7]


@pytest.mark.parametrize("width", [60, 80, 100, 120, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = screen("{at_least: 37}", held=5, planned=3, width=width)
    assert len(lines) > 6
    assert max(map(len, lines)) <= width


def test_the_summary_counts_every_target_and_says_what_is_missing() -> None:
    lines = screen("{at_least: 10}", held=2, planned=3)
    assert "1 target   1 behind" in lines
    assert "Priorities: 1.1.it has 2 of 10, + 3 planned" in lines
    assert "1 more figure without a target: prt status --all" in lines


def test_what_is_over_its_limit_says_how_much_is_too_much() -> None:
    """Not what is planned for it (case F14)."""
    assert "Priorities: 1.1.it has 12, 2 more than the 10 allowed" in screen("{between: [10, 10]}", held=12)
    found = screen("{at_most: 10%}", RATIO, held=1, answers="10 | 2")
    assert "Priorities: 1.1.it is at 20.0%, more than the 10% allowed" in found
    french = screen("{at_most: 1}", held=3, lang="fr")
    assert "À traiter en priorité\u00a0: 1.1.it\u00a0: 3, soit 2 de plus que le maximum de 1" in french


def test_the_head_says_the_year_the_day_and_what_is_due() -> None:
    assert screen("{at_least: 10}")[0] == (
        "2024-2025 · to 14 Feb 2025 · period 2 of 3 · report 2 due 15 Apr (in 60 days)"
    )


def test_the_exit_code_says_whether_a_target_has_a_status(prt: Prt) -> None:
    words = {one["status"] for one in json.loads(prt("status --format json"))["indicators"] if one["target"]}
    assert "no_data" in words and "behind" not in words
    assert prt("status --fail-on behind") == prt("status")
    assert prt("status --fail-on behind,no-data", code=1) == prt("status")


def test_a_word_of_no_status_is_refused_before_anything_is_shown(prt: Prt) -> None:
    assert prt("status --fail-on late", code=2) == ""
    assert '"late" is no status' in prt.err


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [120, 130, 140, 160])
def test_no_two_labels_look_alike_that_are_not(found: Evaluation, width: int, lang: Language) -> None:
    """`Ateliers sur le…` twice says nothing; what tells them apart has room before the reasons have."""
    view = StatusScreen(found, Words(lang, found.plan, found.data.organisations), dt.date(2025, 2, 14), width)
    for results in [found.targets(), list(found.results)][: 1 + (width >= 140)]:
        _, label, *_ = view.columns.layout(list(results), wide=False)
        assert label.about == "label"
        whole = {view.texts.label(one) for one in results}
        assert len({label.cell(text) for text in whole}) == len(whole)


def test_labels_have_the_room_that_is_there(found: Evaluation) -> None:
    """At 140 columns no head makes a column of numbers wider, and few labels are cropped."""
    view = StatusScreen(found, Words("en", found.plan, found.data.organisations), dt.date(2025, 2, 14), 140)
    lines = ["".join(text for text, _ in line) for line in view.lines(list(found.results))]
    assert sum("…" in line for line in lines) < 20
    above, below = lines[2:4]
    assert "this" in above and "expected" not in above and "period" in below and "expected" in below


def test_a_plus_is_explained_where_some_numbers_of_the_period_have_none(found: Evaluation) -> None:
    said = "This period: with +, the number adds up to that to date"
    view = StatusScreen(found, Words("en", found.plan, found.data.organisations), dt.date(2025, 2, 14), 140)
    of_sessions = [one for one in found.targets() if one.handle == "1.1.workshops"]
    for results, explained in ((found.targets(), True), (of_sessions, False)):
        lines = ["".join(text for text, _ in line) for line in view.lines(results)]
        assert any(line.startswith(said) for line in lines) is explained
