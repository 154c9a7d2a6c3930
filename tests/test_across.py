"""Small groups across everything that was sent: what is known gives way to nothing, what is new does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from random import Random
from typing import TypeVar
from unittest.mock import patch

import pytest

from prt.figures.evaluate import Evaluation
from prt.figures.withholding import groups, links, nobody_else, terms, withhold, worlds
from prt.figures.withholding.published import published
from prt.figures.withholding.sent_report import SentReport
from prt.figures.withholding.worlds import Worlds
from prt.files.submissions.submission import Submission
from prt.model.facts import ROW, About, Facts, of_rows
from prt.model.measures import mean
from prt.model.rows import Row
from prt.output.package.published_edition import PublishedEdition
from prt.output.renderers.markdown import render_markdown
from prt.output.report import audit
from prt.output.report.annexes import annex_breakdowns
from prt.output.status_json import status_json
from prt.output.words import Words
from tests.attack.answers import AnswersReading, draw_answers
from tests.attack.attack import attack
from tests.attack.people import PeopleReading, draw_people
from tests.attack.year import Sending, Session, draw_year, evaluated, everything, made_of, nothing
from tests.conftest import only_in_ci, some
from tests.project import Prt
from tests.support import evaluation, report
from tests.test_submission import folder, on

T = TypeVar("T")
GOLDEN = Path(__file__).parent / "golden"


# The two tables of the design, sent by the commands

PLAN = """
          - id: liked
            label: {en: Liked, fr: Aimé}
            measure: {kind: ratio, part: {sum: positive, of: {log: sessions}}, whole: {sum: answered, of: {log: sessions}}}
            target: {at_least: 75%}
"""
HEAD = "id,line,date,title,format,status,participants,respondents,positive\n"
DAYS = {"1": "2024-10-16", "2": "2025-01-20", "3": "2025-05-06"}
ANYWAY = "--anyway actions,no-data,errors"
SENT = {"1": "2024-12-13", "2": "2025-04-14", "3": "2025-07-11"}


def table(*rows: tuple[str, str, int, int]) -> str:
    """Sessions by name, period, answers and positive answers; three people more came to each."""
    return HEAD + "".join(
        f"{name},1.1,{DAYS[period]},{name},half-day,held,{answers + 3},{answers},{positive}\n"
        for name, period, answers, positive in rows
    )


@pytest.fixture
def year(prt: Prt) -> Prt:
    """The plan of the workshops with one percentage more, and nothing yet."""
    prt.shorten_plan("1.1")
    prt.indicators(PLAN)
    prt.write("sessions", HEAD)
    return prt


def submit(prt: Prt, period: str, more: str = "") -> str:
    """What is printed of the percentage in the report that is sent: the row of results, and of revised ones."""
    typed = f"submit --period {period} --lang en --on {SENT[period]} {ANYWAY} {more}"
    on(prt, SENT["3"], typed)
    name = re.search(r"submitted/([\w-]+)", prt.out)
    assert name is not None
    found = folder(prt, name[1]) / "reports" / f"report-{period}.en.md"
    lines = found.read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if re.match(r"\| (\*\*Liked|.*\| 1\.1 Liked, )", line)]
    return f"{name[1]}\n" + "".join(f"{line}\n" for line in wanted)


FIRST = ("w1", "1", 12, 9)
SMALL = ("w2", "2", 4, 3)
LATE = ("w9", "1", 3, 2)


def test_a_small_period_is_not_what_two_reports_leave(year: Prt, golden: Callable[[Path, str], None]) -> None:
    """9 of 12 was sent: 12 of 16 to date would tell 3 of 4. Case P1."""
    text = ""
    for period, rows in (("1", [FIRST]), ("2", [FIRST, SMALL]), ("3", [FIRST, SMALL, ("w3", "3", 10, 8)])):
        year.write("sessions", table(*rows))
        text += submit(year, period)
    golden(GOLDEN / "small-period.txt", text)


@only_in_ci
def test_a_late_group_is_not_what_a_correction_leaves(year: Prt, golden: Callable[[Path, str], None]) -> None:
    """2 of 3 came late for the first period: 11 of 15 would tell them, in any report. Case P2."""
    year.write("sessions", table(FIRST))
    text = submit(year, "1")
    second = [FIRST, LATE, ("w2", "2", 11, 9)]
    year.write("sessions", table(*second))
    text += submit(year, "2")
    text += submit(year, "1", '--why "one workshop came late"')
    year.write("sessions", table(*second, ("w3", "3", 10, 8)))
    text += submit(year, "3")
    golden(GOLDEN / "late-group.txt", text)


def test_the_team_is_told_what_gives_way_and_to_which_report(year: Prt) -> None:
    year.write("sessions", table(FIRST))
    submit(year, "1")
    year.write("sessions", table(FIRST, SMALL))
    said = (
        "1.1.liked to date is withheld: with report 1 it would tell 4 people's answers. "
        "A later report can show it again."
    )
    for typed in ("report --period 2 --lang en", f"submit --period 2 --on {SENT['2']} --dry-run {ANYWAY}"):
        on(year, SENT["2"], typed)
        assert said in year.err and said not in year.out
        lines = [line for line in year.err.splitlines() if "is withheld" in line]
        assert all("with report 1 it would tell 4 people's answers" in line for line in lines), lines
    on(year, SENT["2"], "report --period 1 --lang en")
    assert "withheld" not in year.err


@pytest.mark.parametrize(
    "typed", ["status --period 2 --as-published", "explain 1.1.liked --period 2 --as-published"]
)
@only_in_ci
def test_what_others_see_on_the_screen_is_what_the_report_shows(year: Prt, typed: str) -> None:
    year.write("sessions", table(FIRST))
    submit(year, "1")
    year.write("sessions", table(FIRST, SMALL))
    found = json.loads(on(year, SENT["2"], f"{typed} --format json"))
    (shown,) = [one for one in found.get("indicators", [found]) if one["id"] == "1.1.liked"]
    figure = shown.get("to_date", shown)
    assert figure["value"] is None
    true = json.loads(on(year, SENT["2"], "status --period 2 --format json"))["indicators"]
    assert [one["to_date"]["value"] for one in true if one["id"] == "1.1.liked"] == [0.75]


def test_notes_say_what_the_report_says(year: Prt) -> None:
    few = ("w2", "2", 4, 0)
    year.write("sessions", table(FIRST))
    submit(year, "1")
    year.write("sessions", table(FIRST, few))
    on(year, SENT["2"], "notes --period 2 --lang en")
    text = (year.root / "data/2024-2025/notes/period-2.en.md").read_text(encoding="utf-8")
    (about,) = re.findall(r"### 1\.1\.liked.*\n\n<!-- (.*) -->", text)
    assert "to date x" in about


def test_what_was_withheld_is_kept_with_the_submission(year: Prt) -> None:
    year.write("sessions", table((*SMALL[:1], "1", *SMALL[2:])))
    submit(year, "1")
    kept = json.loads((folder(year) / "withheld.json").read_text(encoding="utf-8"))
    assert kept["smallest_group"] == 5
    assert ["figure", "1.1.liked", 0, 0] in kept["withheld"]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "folder gone": shutil.rmtree,
    "manifest torn": lambda one: (one / "manifest.json").write_text("{", encoding="utf-8"),
    "manifest gone": lambda one: (one / "manifest.json").unlink(),
    "plan torn": lambda one: (one / "plan" / "2024-2025.yaml").write_text("year: [", encoding="utf-8"),
    "rows edited": lambda one: edit_text(frozen_sessions(one), ",15,12,9", ",18,15,11"),
    "rows torn": lambda one: frozen_sessions(one).write_bytes(b'id,line\n"w'),
    "rows gone": lambda one: frozen_sessions(one).unlink(),
}


def frozen_sessions(one: Path) -> Path:
    return one / "data" / "2024-2025" / "sessions.csv"


def edit_text(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def corrected(year: Prt, kept: Path) -> Prt:
    """Report 1 was sent with 9 of 12; then three people more answered, and many in period 2."""
    year.once(kept, lambda: correct(year))
    return year


def correct(year: Prt) -> None:
    year.write("sessions", table(FIRST))
    submit(year, "1")
    year.write("sessions", table(("w1", "1", 15, 11), ("w2", "2", 20, 13)))


@pytest.mark.parametrize("damage", some(DAMAGES, 1))
def test_what_a_damaged_report_told_is_not_known_and_counts_as_everything(
    corrected: Prt, damage: str
) -> None:
    DAMAGES[damage](folder(corrected))
    drafted = on(corrected, SENT["2"], "report --period 2 --lang en")
    (liked,) = (line for line in drafted.splitlines() if line.startswith("| **Liked"))
    assert [cell.strip() for cell in liked.split("|")[2:5]] == ["x", "65.0% (13 of 20)", "x"]
    assert "What was sent before is damaged: data/2024-2025/submitted/period-1." in drafted
    assert "submitted/period-1: nobody knows what it told" in corrected.err
    assert "24 of 35" not in on(corrected, SENT["2"], "status --as-published")
    assert "submitted/period-1: nobody knows what it told" in corrected.err
    typed = f"submit --period 2 --lang en --on {SENT['2']} {ANYWAY}"
    on(corrected, SENT["2"], typed, code=1)
    assert "--anyway damaged" in corrected.err and not folder(corrected, "period-2").exists()
    assert "x | 65.0% (13 of 20) | x" in submit(corrected, "2", "--anyway damaged")


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        ("period-1", "period-1"),  # a later correction is there
        ("period-1-r2", "period-1-r2"),
        ("period-1-r3", "period-1-r3"),  # the row of deliverables.csv names the last one
        ("period-2", "period-2"),
        ("an older period-1-r3", "number-3"),  # whose row names the first; something was sent after it
    ],
)
@only_in_ci
def test_a_submission_that_is_gone_is_named(corrected: Prt, gone: str, named: str) -> None:
    for answers in (15, 16):
        corrected.write("sessions", table(("w1", "1", answers, 11), ("w2", "2", 20, 13)))
        submit(corrected, "1", '--why "more answers"')
    submit(corrected, "2")
    if gone.startswith("an older"):
        rows = corrected.path("deliverables").read_text(encoding="utf-8")
        corrected.path("deliverables").write_text(rows.replace("period-1-r3", "period-1"), encoding="utf-8")
    shutil.rmtree(folder(corrected, gone.rpartition(" ")[2]))
    told = on(corrected, SENT["3"], "check").splitlines()[:-2]
    (said,) = (line for line in told if "/submitted/" in line.partition(" ")[0])
    said_of = f"data/2024-2025/submitted/{named}: "
    assert said == f"{said_of}warning: this submission is gone, with its whole folder"
    typed = f"submit --period 3 --lang en --on {SENT['3']} {ANYWAY}"
    on(corrected, SENT["3"], typed, code=1)
    assert f"submitted/{named}." in corrected.err and "--anyway damaged" in corrected.err


@only_in_ci
def test_the_last_correction_that_is_gone_is_named(corrected: Prt) -> None:
    """Nothing was sent after it."""
    corrected.write("sessions", table(("w1", "1", 15, 11), ("w2", "2", 20, 13)))
    submit(corrected, "1", '--why "more answers"')
    shutil.rmtree(folder(corrected, "period-1-r2"))
    on(corrected, SENT["3"], "check")
    assert "period-1-r2: warning: this submission is gone" in corrected.out
    shutil.rmtree(folder(corrected))
    on(corrected, SENT["3"], "check")
    assert "period-1: warning: this submission is gone" in corrected.out


def test_what_a_report_withheld_is_not_believed_of_a_file_that_was_changed(corrected: Prt) -> None:
    assert Submission(folder(corrected), "").withholds is not None
    path = folder(corrected) / "withheld.json"
    hidden = [["figure", "1.1.liked", 0, window] for window in (0, 1)]
    path.write_text(json.dumps({"smallest_group": 5, "withheld": hidden}), encoding="utf-8")
    assert Submission(folder(corrected), "").withholds is None
    drafted = on(corrected, SENT["2"], "report --period 2 --lang en")
    assert "withheld.json: the file is not the one" in corrected.err and "nobody knows" not in corrected.err
    assert "| **Liked** | x | x | 68.6% (24 of 35) |" in drafted


@only_in_ci
def test_a_report_with_other_line_ends_is_as_it_was_sent(corrected: Prt) -> None:
    path = frozen_sessions(folder(corrected))
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert "damaged" not in on(corrected, SENT["2"], "report --period 2 --lang en")
    submit(corrected, "2")


def test_of_a_submission_without_the_list_all_but_small_cells_count_as_shown() -> None:
    """An older prt kept none: 9 of 12 is known, 3 of 4 is not."""
    first = Sending(1, False, 1, {"w1": Session(1, 15, 12, 9), "w2": Session(1, 7, 4, 3)}, {})
    found = evaluated(first)
    told = SentReport.of(False, found, annex_breakdowns(found.plan), {}, None)
    small = {
        key[2]
        for key in told.withheld
        if key[:2] == ("row", "sessions") and key[3:] == ("positive", "answered")
    }
    assert small == {"w2"} and ("figure", "1.1.it", 0, 0) not in told.withheld


# A status that would tell it


ONE_FORM = """
id | line | date       | title | format   | participants | respondents | positive
w1 | 1.1  | 2024-10-16 | One   | half-day | 9            | {answered}           | {positive}
"""
SHARE = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"


def one_form(answered: int, positive: int) -> Evaluation:
    sessions = ONE_FORM.format(answered=answered, positive=positive)
    return evaluation(SHARE, "{at_least: 75%}", "2025-06-30", sessions=sessions)


@pytest.mark.parametrize(
    ("answered", "positive", "status"),
    [
        (1, 0, "x"),  # not met: 0 of 1
        (1, 1, "x"),  # met: 1 of 1
        (2, 1, "x"),  # partly met: 1 of 2
        (3, 1, "not met"),  # none or one of three
        (3, 2, "x"),
        (4, 3, "met"),  # three or four of four
    ],
)
def test_a_status_is_withheld_where_it_is_the_last_word(answered: int, positive: int, status: str) -> None:
    found = report(one_form(answered, positive), "en")
    (part, *_) = found.volets[0].lines[0].indicators
    assert (part.to_date.number, part.status) == ("x", status)


def test_a_status_that_is_withheld_stands_nowhere() -> None:
    true = one_form(1, 0)
    found = report(true, "en")
    assert [text for _, text in found.brief.tally] == ["1 withheld (x)"]
    assert (found.brief.concerns, found.brief.silent) == ((), ())
    heads = [heading.title for heading in found.brief.volets.table.headings]
    assert heads == ["Volet", "Withheld (x)"]
    told = "x: the status would tell what a group of fewer than 5 people answered"
    assert told in found.brief.footnote and told in found.volets[0].lines[0].footnote
    text = render_markdown(found, Words("en", true.plan, true.data.organisations))
    assert [line for line in text.splitlines() if "| x | **75%** |" in line] == [
        "| **It** | x | – | – | x | **75%** | x |"
    ]
    assert "| not met |" not in text
    shown = published(true, annex_breakdowns(true.plan)).evaluation
    assert json.loads(status_json(shown, shown.results))["indicators"][0]["status"] == "withheld"


@pytest.mark.parametrize("before", [False, True])
def test_a_status_that_was_or_is_withheld_says_nothing_of_its_change(before: bool) -> None:
    """`x → met so far`: nothing of what it was; and nothing at all where neither is said."""
    first = Sending(1, False, 1, {"w1": Session(1, 9, 1, 0)}, {})
    more = {"w2": Session(2, 20, 18, 18)} if before else {}
    made = made_of([first, Sending(2, False, 1, first.sessions | more, {})])
    since = made.reports[1].since
    assert since is not None
    assert [one.text for one in since.turned] == (["→ 1.1\u00a0· It: x → met so far"] if before else [])


# Both readers


@pytest.mark.slow
@pytest.mark.parametrize("seed", some([15, *range(8), 296], 1))
def test_no_reader_finds_a_small_group(seed: int) -> None:
    found = attack(made_of(draw_year(seed, corrections=bool(seed % 5))))
    assert found.secrets
    assert found.found == {"subtracting": [], "trying": []}


@pytest.mark.slow
@pytest.mark.parametrize(
    "seed",
    some(
        [
            *(459, 427, 443, 1383, 1742, 2082, 222, 277, 429, 1580, 785, 49, 66, 86, 727, 925, 1295, 2187),
            *range(30),
        ],
        2,
    ),
)
def test_no_reader_finds_a_small_group_of_people(seed: int) -> None:
    assert PeopleReading(draw_people(seed)).found() == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", some([22, 42, 47, *range(12)], 2))
def test_no_reader_finds_what_few_answered(seed: int) -> None:
    """Of a mean and its number of answers comes a sum; 1.0 and 5.0 tell what each answered; so do statuses."""
    assert AnswersReading(draw_answers(seed)).found() == []


def test_the_readers_of_answers_find_what_is_not_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    def of_rows_alone(facts: Facts, column: str, ends: object) -> About:
        heads = of_rows(fact[ROW] for fact in facts)
        return About(heads, heads)

    monkeypatch.setattr(mean, "of_values", of_rows_alone)
    assert AnswersReading(draw_answers(20)).found()


def other_ids(sendings: Sequence[Sending], rng: Random) -> tuple[list[Sending], dict[str, str]]:
    """The same years with other ids, in another order."""
    names = {name: name for one in sendings for name in (*one.sessions, *one.requests)}
    names = {name: f"z{rng.randrange(10**9)}" for name in names}

    def renamed(rows: dict[str, T]) -> dict[str, T]:
        return {names[name]: rows[name] for name in rng.sample(list(rows), len(rows))}

    found = [one._replace(sessions=renamed(one.sessions), requests=renamed(one.requests)) for one in sendings]
    return found, names


@pytest.mark.parametrize("seed", some([6, *range(6), 7, 8], 1))
def test_neither_ids_nor_the_order_of_rows_decide_what_gives_way(seed: int) -> None:
    sendings = draw_year(seed)
    others, names = other_ids(sendings, Random(seed))
    wanted, found = (made_of(one).editions for one in (sendings, others))
    for one, other in zip(wanted, found, strict=True):
        assert other.withheld == {tuple(names.get(str(part), part) for part in key) for key in one.withheld}


@only_in_ci
def test_the_order_of_a_set_decides_nothing() -> None:
    """Year of people 82 withheld other cells in every process."""
    code = "from tests.attack.people import draw_people as d; print(sorted(map(str, d(82).edition.withheld)))"
    assert b"1.1.rows" in said_in_any_order_of_sets("-c", code)


YEARS = some([79, 15, 4, 6], 1)
"""Drawn years; what 79 and 15 withheld was another in every process. So would 4 be, without an order of what is
solved first, and 6 without one of terms."""


def test_no_order_of_a_set_decides_what_a_year_withholds() -> None:
    assert b"'figure'" in said_in_any_order_of_sets("-m", "tests.withheld_years", *map(str, YEARS))


def said_in_any_order_of_sets(*words: str) -> bytes:
    """What Python prints, asked so at once by two processes, each of which has another order of its sets."""
    root = Path(__file__).parent.parent
    asked = [
        subprocess.Popen(
            [sys.executable, *words],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            cwd=root,
        )
        for seed in "12"
    ]
    one, other = [process.communicate()[0] for process in asked]
    assert not any(process.returncode for process in asked)
    assert one == other
    return one


PEOPLE_SEEDS = [
    ("nobody else", 191),
    ("twice", 0),
    ("as many rows", 333),
    ("two logs", 0),
    ("lines of a list", 95),
    ("an x is not 0", 361),
    ("whole people", 1383),
    ("whole people", 1580),
    ("who never asked", 1742),
    ("who never asked", 66),
    ("no entries", 6),
    ("nobody in a group", 1383),
    ("beside a row", 277),
    ("of whom it is", 427),
    ("nobody twice", 1742),
]
PEOPLE_RULES: dict[str, tuple[object, str]] = {
    "twice": (links, "links_of_times"),
    "as many rows": (links, "links_to_more"),
    "two logs": (links, "links_of_logs"),
    "lines of a list": (groups, "of_lines"),
    "nobody else": (nobody_else, "who_is_nobody"),
    "an x is not 0": (worlds, "never_0"),
    "whole people": (Worlds, "are_safe"),
    "no entries": (nobody_else.ResultNumbers, "with_others"),
    "nobody in a group": (nobody_else.Table, "in_own_groups"),
    "beside a row": (nobody_else, "rows_beside"),
    "of whom it is": (nobody_else.ResultNumbers, "of_members"),
    "who never asked": (links, "links_of_rest"),
    "nobody twice": (terms, "is_of_rows"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("rule", "seed"), some(PEOPLE_SEEDS, 1))
def test_each_rule_of_people_is_needed(rule: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PeopleReading(draw_people(seed)).found() == []
    where, name = PEOPLE_RULES[rule]
    monkeypatch.setattr(where, name, lambda *_: True if name.startswith(("is_", "are_")) else {})
    assert PeopleReading(draw_people(seed)).found()


@contextmanager
def without(rule: str) -> Iterator[None]:
    """The program without one of its rules."""
    none: Callable[..., Iterator[object]] = lambda *_: iter(())  # noqa: E731
    rules: dict[str, AbstractContextManager[object]] = {
        "layers": patch.object(withhold, "layers_of", lambda abouts: {}),
        "small": patch.object(withhold, "small_groups", none),
        "withheld before": patch.object(withhold.Sent, "secrets", none),
        "differences": patch.object(withhold, "small_differences", none),
        "together": patch.object(withhold, "small_together", none),
        "statuses": patch.object(Worlds, "are_safe", lambda *_: True),
        "unlisted": patch.object(withhold.Reader, "given_away", lambda _: []),
        "rows of a package": patch.object(PublishedEdition, "hides_cell", lambda *_: False),
        "corrections": patch.object(audit, "change_text", say_numbers),
        "facts of a package": patch.object(PublishedEdition, "hidden_sides", none),
    }
    with rules.get(rule, nullcontext()), range_test_of(rule):
        yield


def say_numbers(words: Words, one: Row) -> str:
    return f"{words.column_name('sessions', one['column'] or '')}: {one['old']} → {one['new']}"


def range_test_of(rule: str) -> AbstractContextManager[object]:
    """Where two rules see the same, the other one is off as well."""
    overlaps = rule in ("together", "unlisted")
    return patch.object(worlds, "never_0", lambda *_: iter(())) if overlaps else nullcontext()


def latest(sent: list[Sending], told: list[SentReport]) -> list[SentReport]:
    """Without what a correction superseded."""
    return list({one[:2]: known for one, known in zip(sent, told, strict=True)}.values())


REMEMBERED = {"known": nothing, "superseded": latest}


def leaks(seed: int, rule: str = "") -> bool:
    with without(rule):
        made = made_of(draw_year(seed, corrections=bool(seed % 5)), REMEMBERED.get(rule, everything))
    return any(attack(made).found.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "seed"),
    some(
        [
            ("known", 0),
            ("superseded", 97),
            ("layers", 13),
            ("small", 0),
            ("withheld before", 4),
            ("differences", 13),
            ("together", 1),
            ("statuses", 2),
            ("unlisted", 23),
            ("rows of a package", 0),
            ("facts of a package", 0),
            ("corrections", 7),
        ],
        1,
    ),
)
def test_each_rule_is_needed(rule: str, seed: int) -> None:
    """Without it a reader finds a small group of that year, and with it none."""
    assert leaks(seed, rule) and not leaks(seed)
