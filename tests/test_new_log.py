"""A log is declared in its class: three new ones, made here, go through every command and every report.

One is about persons, one counts people of whom some are a part, one belongs to sessions.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar

import pytest

from prt.model.calendar import Calendar
from prt.model.cells import Day, Hours, LineId, Many, OneOf, Organisation, Person, PersonCell, Whole, Word
from prt.model.cells import Words as Text
from prt.model.columns import Annex, LogRecord, blank, needed
from prt.model.measures.sum import Sum
from prt.model.records import (
    LOGS,
    Held,
    PeriodNumber,
    Role,
    SessionId,
    person_or_role_and_board,
    row_kinds,
)
from prt.model.selections import Selection
from prt.problems import Mistake
from tests.answers import sit_down
from tests.conftest import only_in_ci, some
from tests.project import WORKSHOP, Prt


class Visit(LogRecord):
    """A visit of one person."""

    log = "visits"
    prefix = "v"
    kinds = ("visit",)
    persons = True
    listed = ("id", "date", "person", "role", "board", "reason")
    title_column = "reason"
    annex = Annex("numbers", 20)
    broken_down = ("reason",)

    date: Day = needed("Day of the visit")
    person: Person | None = blank("Who came")
    role: Role | None = blank("Role on that day")
    board: Organisation | None = blank("Board on that day")
    reason: Word = needed("Why")

    @classmethod
    def mistakes(cls, row: Any) -> Iterator[tuple[str, Mistake]]:
        yield from person_or_role_and_board(row)


class Camp(LogRecord):
    """A day camp: how many came, and how many of them for the second time."""

    log = "camps"
    prefix = "ca"
    kinds = ("camp",)
    chain = ("returning", "campers")
    part_of = {"returning": "campers"}  # noqa: RUF012 — declared as a ClassVar by every log
    listed = ("id", "date", "place", "campers", "returning")
    shown = ("date", "place", "campers", "returning")
    title_column = "place"
    annex = Annex("rows", 21)

    date: Day = needed("Day of the camp")
    place: Text = needed("Where it was")
    campers: Whole = needed("Who came")
    returning: Whole | None = blank("Who had come before")


class Snack(LogRecord):
    """Something that was served at a session."""

    log = "snacks"
    prefix = "sn"
    kinds = ("snack",)
    parent = "sessions"
    placing = frozenset({"session"})
    listed = ("id", "session", "date", "dish")
    shown = ("date", "dish")
    title_column = "dish"
    annex = Annex("rows", 22)

    session: SessionId = needed("Id of the session")
    date: Day = needed("Day")
    dish: Text = needed("What it was")


NEW = (Visit, Camp, Snack)
WORDS = """
log.visits: [visits, visites]
log.camps: [day camps, camps de jour]
log.snacks: [snacks, collations]
held.snacks: [snacks at held sessions, collations des activités tenues]
ask.kind.visit: [visit, visite]
ask.kind.camp: [camp, camp]
ask.kind.snack: [snack, collation]
annex.visits: [Visits, Visites]
annex.camps: [Day camps, Camps de jour]
annex.snacks: [Snacks, Collations]
column.reason: [reason, raison]
column.place: [place, lieu]
column.campers: [campers, campeurs]
column.returning: [returning campers, campeurs de retour]
column.dish: [dish, mets]
"""
INDICATORS = """
          - {id: visits, label: {en: Visits, fr: Visites}, measure: {kind: count, of: {log: visits}, split_by: [reason]}, target: {at_least: 10}}
          - {id: reached, label: {en: CDAs who came, fr: ADC venus}, measure: {kind: ratio, part: {distinct: person, of: {log: visits}}, whole: {people: {role: cda}}}, target: {at_least: 50%}}
          - {id: twice, label: {en: Twice, fr: Deux fois}, measure: {kind: reach, who: {people: {role: cda}}, did: {log: visits}, by: person, each: date, at_least: 2}}
          - {id: campers, label: {en: Campers, fr: Campeurs}, measure: {kind: sum, column: campers, of: {log: camps}}, target: {at_least: 30}}
          - {id: back, label: {en: Campers who came back, fr: Campeurs de retour}, measure: {kind: ratio, part: {sum: returning, of: {log: camps}}, whole: {sum: campers, of: {log: camps}}}, target: {at_least: 50%}}
          - {id: snacks, label: {en: Snacks, fr: Collations}, measure: {kind: count, of: {log: snacks, where: {session.line: "1.1"}}}, target: {at_least: 2}}
          - {id: dishes, label: {en: Dishes, fr: Mets}, measure: {kind: list, columns: [dish], of: {log: snacks}}}
"""
POSTS = tuple(
    f"p-{name},cda,EMSB,,2024-08-01,,," for name in ("aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff")
)
REPORTS = [(f"--period {n}", form) for n in (1, 2) for form in ("md", "html")] + [
    ("--annual", "md"),
    ("--annual", "html"),
    ("--annual --for audit", "md"),
    ("--annual --for audit", "html"),
]


@pytest.fixture
def team(prt: Prt, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """A project whose program has three more logs, and whose plan has indicators on them."""
    for model in NEW:
        monkeypatch.setitem(LOGS, model.log, model)
    prt.words(WORDS)
    prt.once(kept, lambda: fill(prt))
    return prt


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1")
    prt.indicators(INDICATORS)
    prt.people(*POSTS)
    prt(WORKSHOP)
    session = prt.last_id("sessions")
    for name, reason in (
        ("aaaa", "talk"),
        ("aaaa", "tour"),
        ("bbbb", "talk"),
        ("cccc", "talk"),
        ("dddd", "tour"),
    ):
        prt(
            f"log visit --date 2024-11-{10 + len(reason) + ord(name[0]) % 7} --person p-{name} --reason {reason}"
        )
    prt("log camp --date 2024-11-20 --place Gaspé --campers 4 --returning 3")
    prt(f"log snack --session {session} --date 2024-10-16 --dish Soup")


def test_a_row_says_what_it_moves(team: Prt) -> None:
    out = team("log camp --date 2024-11-21 --place Laval --campers 6 --returning 1")
    assert "1.1.campers  4 → 10 of 30" in out and "1.1.back  75.0% → 40.0%" in out


@pytest.mark.parametrize("word", ["visite", "visit"])
def test_the_menu_knows_the_kind(team: Prt, word: str) -> None:
    person = sit_down(team.monkeypatch, word, "")
    team.attempt("log")
    assert "Reason?" in person.screen, person.screen
    team(f"log {word} --date 2024-11-25 --person p-bbbb --reason talk")


def test_the_menu_shows_the_kinds_of_a_log_unless_its_class_says_no(team: Prt) -> None:
    """A kind that is not shown is known there all the same."""
    for in_menu in (True, False):
        team.monkeypatch.setattr(Visit, "in_menu", in_menu)
        person = sit_down(team.monkeypatch, "visit", "")
        team.attempt("log")
        shown = row_of(person.screen, "  workshop  ").split()
        assert ("visit" in shown) == in_menu and "camp" in shown
        assert "Reason?" in person.screen


def test_a_child_without_its_parent_is_refused(team: Prt) -> None:
    team("log snack --session w-20241016-zzzz --date 2024-10-16 --dish Soup", code=2)
    assert 'no row of sessions has the id "w-20241016-zzzz"' in team.err


@pytest.mark.parametrize("kind", ["visit", "camp", "snack"])
def test_a_row_is_listed_shown_corrected_removed_and_brought_back(team: Prt, kind: str) -> None:
    row = team.last_id(row_kinds()[kind])
    assert row in team(f"list {kind}")
    assert row in team(f"list {kind} --format csv")
    assert "Counts in" in team(f"show {row}")
    before = team.path(row_kinds()[kind]).read_bytes()
    team(f"edit {row} --note again --why slip")
    team("undo")
    team(f"remove {row} --why slip")
    assert row not in team(f"list {kind}")
    team("undo")
    assert team.path(row_kinds()[kind]).read_bytes() == before


def test_a_parent_takes_its_children_with_it(team: Prt) -> None:
    session = team.last_id("sessions")
    team(f"remove {session} --why slip", code=2)
    assert "has 1 snacks row" in team.err
    team(f"remove {session} --why slip --with-rows")
    assert team.lines("snacks") == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("indicator", ["visits", "reached", "twice", "campers", "back", "snacks", "dishes"])
def test_every_figure_explains_itself(team: Prt, language: str, indicator: str) -> None:
    shown = team(f"explain 1.1.{indicator} --as-of 2024-11-30 --lang {language} --all")
    assert f"1.1.{indicator}" in shown and ".csv:" in shown
    assert team(f"explain 1.1.{indicator} --format json")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_screen_takes_them(team: Prt, language: str) -> None:
    for command in (
        "status --all",
        "status --all --format json",
        "status --as-published --all",
        "todo",
        "plan show",
    ):
        assert team(f"{command} --lang {language}")
    team("check")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("which", "form"), some(REPORTS, 1))
def test_every_report_has_them_and_withholds_what_is_of_four(
    team: Prt, language: str, which: str, form: str
) -> None:
    report = team.root.parent / f"report.{form}"
    team(f"report {which} --lang {language} --output {report}")
    text = report.read_text(encoding="utf-8").replace("\u202f", " ").replace("\u00a0", " ")
    assert {"en": "Day camps", "fr": "Camps de jour"}[language] in text
    assert {"en": "Snacks", "fr": "Collations"}[language] in text
    assert "Soup" in text  # an indicator that lists it
    assert ("Gaspé" in text) == (which != "--annual")
    assert "3 of 4" not in text and "3 sur 4" not in text
    assert "p-aaaa" not in text.lower()


def test_four_people_are_withheld(team: Prt) -> None:
    """Of four campers three came back, and four of six CDAs came: one cell could tell of the others."""
    shown = team("status --as-published --all --as-of 2024-11-30")
    back = next(line for line in shown.splitlines() if "1.1.back" in line)
    assert " x " in back
    assert "3 of 4" not in shown and "3 of 4" in team("status --all --as-of 2024-11-30")


@only_in_ci
def test_a_submission_keeps_them_and_tells_what_changed(team: Prt) -> None:
    team("submit --period 1 --on 2024-12-13 --anyway actions --anyway no-data")
    team(f"edit {team.last_id('camps')} --campers 5 --why recount")
    assert "recount" in team("status --since-submitted --period 2")


def test_a_sheet_is_imported_into_them(team: Prt) -> None:
    sheet = team.root / "visits.csv"
    sheet.write_text("Date,Person,Reason\n2024-12-02,p-eeee,talk\n", encoding="utf-8")
    team(f"import {sheet} --into visits --yes")
    assert "p-eeee" in team.lines("visits")[-1], team.out + team.err


def test_two_ids_of_one_person_become_one(team: Prt) -> None:
    team("people merge p-bbbb p-aaaa --yes")
    assert "p-bbbb" not in team.path("visits").read_text(encoding="utf-8")


def test_a_person_is_erased_and_the_counts_stay(team: Prt) -> None:
    assert "visits.csv" in team("people show p-cccc")
    (team.root / "data" / "private").mkdir()
    team("people erase p-cccc --yes")
    assert "p-cccc" not in team.path("visits").read_text(encoding="utf-8")
    assert "1.1.visits,Visits,,5," in team("status --all --format csv --as-of 2024-11-30")


def test_rows_belong_to_sessions_or_to_none() -> None:
    """What is filled, asked and explained of a parent is said of sessions alone."""
    with pytest.raises(TypeError, match="rows may belong to sessions, not to camps"):
        type("Meal", (LogRecord,), {"parent": "camps", "__annotations__": {}, "__module__": __name__})
    with pytest.raises(TypeError, match="need a column session"):
        type("Meal", (LogRecord,), {"parent": "sessions", "__annotations__": {}, "__module__": __name__})


class Loan(LogRecord):
    """Equipment lent by one board to another: no column is called date, title or board."""

    log = "loans"
    prefix = "lo"
    kinds = ("loan",)
    placing = frozenset({"lent"})
    same = ("lent", "lender", "item")
    title_column = "item"
    listed = ("id", "lent", "lender", "item")
    shown = ("lent", "lender", "item")
    annex = Annex("rows", 20)

    lent: Day = needed("Day it was lent")
    lender: Organisation = needed("Board that lends it")
    item: Text = needed("What was lent")

    @classmethod
    def counting_days(cls, rows: Sequence[Any], calendar: Calendar) -> list[dt.date]:
        return [row["lent"] for row in rows]


LOAN_WORDS = """
log.loans: [loans, prêts]
ask.kind.loan: [loan, prêt]
annex.loans: [Equipment lent, Matériel prêté]
column.lent: [lent, prêté]
column.lender: [lender, prêteur]
column.item: [item, article]
"""
LOANS = """
          - {id: lent, label: {en: Loans, fr: Prêts}, measure: {kind: count, of: {log: loans}, split_by: [lender]}, target: {at_least: 4}}
          - {id: lenders, label: {en: Lenders, fr: Prêteurs}, measure: {kind: distinct, column: lender, of: {log: loans}}}
"""
LENDER = "English Montreal School Board"


@pytest.fixture
def loans(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """A project of two loans."""
    monkeypatch.setitem(LOGS, "loans", Loan)
    prt.words(LOAN_WORDS)
    prt.shorten_plan("1.1")
    prt.indicators(LOANS)
    prt("log loan --lent 2024-11-10 --lender EMSB --item Microscope")
    prt("log loan --lent 2024-11-11 --lender EMSB --item Projector")
    return prt


@only_in_ci
def test_a_row_is_called_by_its_title_column_and_a_board_by_its_name(loans: Prt) -> None:
    explained = loans("explain 1.1.lent --as-of 2024-11-30 --all")
    assert "Microscope" in row_of(explained, "loans.csv:2") and LENDER in explained
    assert "EMSB" not in explained
    loans("submit --period 1 --on 2024-12-13 --anyway actions --anyway no-data")
    loans(f"remove {loans.last_id('loans')} --why twice")
    assert "Projector" in loans("status --since-submitted --period 2")
    report = loans.root.parent / "report.md"
    loans(f"report --period 1 --lang en --output {report}")
    annex = report.read_text(encoding="utf-8").partition(": Equipment lent")[2]
    assert LENDER in row_of(annex, "Microscope")


@pytest.mark.parametrize(
    "command",
    [
        "list loan",
        "status --all",
        "check",
        "todo",
        "report --period 1",
        "explain 1.1.lenders",
        "remove {id} --why twice",
        "edit {id} --item Laptop --why slip",
        "show {id}",
        "log loan --lent 2024-11-12 --lender EMSB --item Camera",
        "log loan --lent 2023-11-12 --lender EMSB --item Camera --anyway",
    ],
)
def test_a_log_counts_on_the_day_it_says(loans: Prt, command: str) -> None:
    assert loans(command.format(id=loans.last_id("loans"))) or loans.err


def test_earlier_texts_are_offered_by_the_value_that_the_class_says(loans: Prt) -> None:
    """What a board has lent before is a list, the latest first, and its number is an answer."""
    loans.monkeypatch.setattr(Loan, "offered_by", {"item": "lender"})
    loans.monkeypatch.setattr(Loan, "given_again", True)
    loans("log loan --lent 2024-11-12 --lender LBPSB --item Camera")
    person = sit_down(loans.monkeypatch, "2", "", "n", "")
    loans.attempt("log loan --lent 2024-11-13 --lender EMSB")
    shown = [line.split() for line in person.screen.splitlines()]
    assert ["1", "Projector"] in shown and ["2", "Microscope"] in shown and "Camera" not in person.screen
    assert "Microscope" in loans.lines("loans")[-1] and "(given Sun 10 Nov" in person.screen


def test_a_sheet_of_another_day_is_imported(loans: Prt) -> None:
    sheet = loans.root / "loans.csv"
    sheet.write_text("Lent,Lender,Item\n2024-12-02,EMSB,Camera\n", encoding="utf-8")
    loans(f"import {sheet} --into loans --yes")
    assert "Camera" in loans.lines("loans")[-1]


class Clinic(LogRecord):
    """Hours in a column of another name, and a number in a column that is called hours."""

    log = "clinics"
    prefix = "cl"
    kinds = ("clinic",)
    listed = ("id", "date", "lasted")

    date: Day = needed("Day")
    lasted: Hours = needed("Hours it lasted")
    hours: Whole = needed("How often the clock struck")


@pytest.mark.parametrize(
    ("of", "column", "unit"),
    [
        (Selection(log="clinics"), "lasted", "h"),
        (Selection(log="clinics"), "hours", ""),
        (Selection(log="accompaniment"), "hours", "h"),
        (Selection(selection="long"), "lasted", "h"),
        (Selection(log="sessions"), "participants", ""),
        (Selection(log="feedback"), "session.participants", ""),
    ],
)
def test_a_sum_has_the_unit_of_its_cells(
    of: Selection, column: str, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LOGS, "clinics", Clinic)
    assert Sum(kind="sum", column=column, of=(of,)).unit == unit


class Mentoring(LogRecord):
    """Hours of mentoring, of which the team's column has a name of its own."""

    log = "mentoring"
    prefix = "me"
    kinds = ("mentoring",)
    persons = True
    workers = ("mentor",)
    same = ("date", "mentor", "person")
    title_column = "theme"
    listed = ("id", "date", "mentor", "hours", "theme")
    shown = ("date", "hours")
    annex = Annex("numbers", 20)
    broken_down = ("theme",)

    date: Day = needed("Day of the mentoring")
    mentor: Person = needed("Who of the team gave the hours")
    hours: Hours = needed("Hours given")
    person: Person = needed("Who was mentored")
    theme: Word = needed("Theme")


MENTORING_WORDS = """
log.mentoring: [mentoring, mentorat]
annex.mentoring: [Mentoring, Mentorat]
column.mentor: [mentor, mentor]
column.theme: [theme, thème]
"""
MENTORINGS = """
          - {id: mentored, label: {en: CDAs mentored, fr: ADC en mentorat}, measure: {kind: count, of: {log: mentoring}, split_by: [theme]}}
          - {id: share, label: {en: Share mentored, fr: Part en mentorat}, measure: {kind: ratio, part: {distinct: person, of: {log: mentoring}}, whole: {people: {role: cda}}}}
"""


@pytest.fixture
def mentors(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """A project in which one of the team mentored four of six CDAs, all on one theme."""
    monkeypatch.setitem(LOGS, "mentoring", Mentoring)
    prt.words(MENTORING_WORDS)
    prt.shorten_plan("1.1")
    prt.indicators(MENTORINGS)
    prt.people(*POSTS, "p-team,prt-staff,,,2024-08-01,,,")
    prt.me("p-team")
    for name in ("aaaa", "bbbb", "cccc", "dddd"):
        prt(f"log mentoring --date 2024-11-10 --hours 6 --person p-{name} --theme math")
    return prt


@only_in_ci
def test_who_gives_the_hours_is_no_person_of_a_small_group(mentors: Prt) -> None:
    """A mentor and four CDAs are four people in every report, annex and published explanation."""
    assert "4" in row_of(mentors("status --all --as-of 2024-11-30"), "1.1.mentored")
    published = mentors("status --as-published --all --as-of 2024-11-30")
    assert " x " in row_of(published, "1.1.mentored") and " 4 " not in row_of(published, "1.1.mentored")
    assert "66.7%" in row_of(
        published, "1.1.share"
    )  # of six people; how often each was there it does not say
    explained = mentors("explain 1.1.mentored --as-published --as-of 2024-11-30")
    assert "x" in row_of(explained, "math").split()
    report = mentors.root.parent / "report.md"
    mentors(f"report --period 1 --lang en --output {report}")
    annex = report.read_text(encoding="utf-8").partition(": Mentoring")[2]
    assert " x " in row_of(annex, "| Math") and " x " in row_of(annex, "| Total")
    assert "p-team" not in report.read_text(encoding="utf-8").lower()


@only_in_ci
def test_a_group_of_a_sum_is_not_computed_though_somebody_could_be_in_either(mentors: Prt) -> None:
    """Whoever was never there would be in one of two themes; the sum less one is the other all the same."""
    for name in ("aaaa", "bbbb", "cccc", "dddd", "eeee"):
        mentors(f"log mentoring --date 2024-11-12 --hours 1 --person p-{name} --theme arts")
    explained = mentors("explain 1.1.mentored --as-published --as-of 2024-11-30")
    assert "x" in row_of(explained, "math").split()
    hidden = " x " in row_of(mentors("status --as-published --all --as-of 2024-11-30"), "1.1.mentored")
    assert hidden or "x" in row_of(explained, "arts").split()


APART = """
          - {id: math, label: {en: On math, fr: En math}, measure: {kind: count, of: {log: mentoring, where: {theme: math}}, split_by: [person]}}
          - {id: arts, label: {en: On arts, fr: En arts}, measure: {kind: count, of: {log: mentoring, where: {theme: arts}}}}
"""


@only_in_ci
def test_an_indicator_is_not_computed_from_those_that_count_the_rest_of_its_rows(mentors: Prt) -> None:
    mentors.indicators(APART)
    for name in ("aaaa", "bbbb", "cccc", "dddd", "eeee"):
        mentors(f"log mentoring --date 2024-11-12 --hours 1 --person p-{name} --theme arts")
    out = mentors("status --as-published --all --as-of 2024-11-30")
    hidden = [one for one in ("mentored", "math", "arts") if " x " in row_of(out, f"1.1.{one} ")]
    assert "math" in hidden and len(hidden) > 1


def test_hours_in_a_column_of_another_name_are_those_of_a_day(mentors: Prt) -> None:
    assert mentors.lines("mentoring")[-1].split(",")[2] == "p-team"
    row = "log mentoring --date 2024-11-10 --hours 2 --person p-eeee --theme math"
    mentors(row, code=2)
    assert "p-team gave 26 hours" in mentors.err
    mentors(f"{row} --mentor p-ffff", code=2)
    assert "--mentor: " in mentors.err and "p-ffff" in mentors.err


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("2h mon theme:math p-eeee", "2025-02-10,p-team,2,p-eeee,math"),
        ("p-eeee, staff:p-ffff, theme:arts, yesterday, 1h30", "2025-02-13,p-ffff,1.5,p-eeee,arts"),
    ],
)
def test_hours_of_a_new_log_are_typed_as_a_line(mentors: Prt, line: str, row: str) -> None:
    """A column that no other log of hours has tells whose row it is."""
    mentors.people(*POSTS, "p-team,prt-staff,,,2024-08-01,,,", "p-ffff,prt-staff,,,2024-08-01,,,")
    written = mentors(f"log hours '{line}'")
    assert mentors.lines("mentoring")[-1].split(",", 1)[1].startswith(row), written + mentors.err


def test_lines_of_hours_go_on_with_the_log_of_the_line_above(mentors: Prt) -> None:
    mentors.monkeypatch.setattr(Mentoring, "topic_column", "theme")
    lines = 'mon 2h theme:math p-eeee\ntue 1h\n1h emsb cda skills\n30min\n2h chssn "a table"\n1h\n'
    mentors("org add CHSSN --name-en CHSSN --name-fr RCSSS --type partner")
    mentors.monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    shown = mentors("log hours --yes")
    assert row_of(shown, "Mon 10 Feb").endswith("math") and row_of(shown, "Tue 11 Feb").endswith('"')
    rows = [line.split(",", 1)[1].strip(",") for line in mentors.lines("mentoring")[-2:]]
    assert rows == ["2025-02-10,p-team,2,p-eeee,math", "2025-02-11,p-team,1,p-eeee,math"]
    assert len(mentors.lines("accompaniment")) == 2 == len(mentors.lines("partner-support"))
    mentors("log hours '1h yesterday emsb theme:math p-eeee'", code=2)
    assert '"math" is of mentoring, "EMSB" of a CLC team' in mentors.err


def row_of(text: str, part: str) -> str:
    return next(line for line in text.splitlines() if part in line)


@pytest.mark.parametrize(
    ("columns", "facts", "said"),
    [
        ({"date": "Day", "person": "Person"}, {}, "persons: is a row about person, True or False"),
        ({"date": "Day", "people": "Team"}, {}, "persons: is a row about people, True or False"),
        ({"date": "Day", "mentor": "Person"}, {"workers": ("mentro",)}, "no column mentro"),
        ({"place": "Text"}, {}, "need a column date"),
    ],
)
def test_a_log_that_would_leak_or_break_is_no_log(
    columns: dict[str, str], facts: dict[str, Any], said: str
) -> None:
    """Who forgets `persons` would publish a line with an id for each person."""
    body = {"__annotations__": columns, "__module__": __name__} | {name: needed("") for name in columns}
    with pytest.raises(TypeError, match=said):
        type("Guest", (LogRecord,), body | facts)


Team = Annotated[tuple[str, ...], Many(PersonCell())]


class Outing(LogRecord):
    """An outing of several people."""

    log = "outings"
    prefix = "ou"
    kinds = ("outing",)
    persons = True
    listed = ("id", "date", "people")

    date: Day = needed("Day of the outing")
    people: Team = needed("Who came")


OUTING_WORDS = """
log.outings: [outings, sorties]
ask.kind.outing: [outing, sortie]
column.people: [people, personnes]
"""
OUTINGS = """
          - {id: out, label: {en: CDAs who came along, fr: ADC venus}, measure: {kind: distinct, column: people, of: {log: outings}, among: {people: {role: cda}}}, target: {at_least: 3}}
          - {id: often, label: {en: Often, fr: Souvent}, measure: {kind: reach, who: {people: {role: cda}}, did: {log: outings}, by: people, each: date, at_least: 1}}
"""


@pytest.fixture
def outings(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """A project of four CDAs, two of whom went on an outing."""
    monkeypatch.setitem(LOGS, "outings", Outing)
    prt.words(OUTING_WORDS)
    prt.indicators(OUTINGS)
    prt.people(*POSTS[:4])
    prt("log outing --date 2024-11-10 --people 'p-aaaa; p-bbbb'")
    return prt


@only_in_ci
def test_two_of_four_persons_in_one_cell_are_withheld(outings: Prt) -> None:
    team = outings("status --all --as-of 2024-11-30")
    published = outings("status --as-published --all --as-of 2024-11-30")
    for name in ("1.1.out", "1.1.often"):
        assert "2 of 4" in next(line for line in team.splitlines() if name in line)
        assert " x " in next(line for line in published.splitlines() if name in line)


def test_each_person_of_a_cell_is_somebody_known(outings: Prt) -> None:
    outings("log outing --date 2024-11-11 --people 'p-aaaa; p-zzzz'", code=2)
    assert "p-zzzz" in outings.err
    outings.write("outings", "id,date,people\nou-1,2024-11-10,p-aaaa;p-yyyy\n")
    outings("check")
    assert "p-yyyy" in outings.out + outings.err


@only_in_ci
def test_one_person_of_a_cell_is_merged_and_erased(outings: Prt) -> None:
    (outings.root / "data" / "private").mkdir()
    (outings.root / "data" / "private" / "names.csv").write_text(
        "id,name\np-bbbb,Zoé Sample\n", encoding="utf-8"
    )
    assert "Zoé Sample" in outings(f"show {outings.last_id('outings')}")
    outings("people merge p-bbbb p-cccc --yes")
    assert outings.lines("outings")[0].endswith(",p-aaaa; p-cccc,,")
    outings("people merge p-cccc p-aaaa --yes")
    assert outings.lines("outings")[0].endswith(",p-aaaa,,")
    outings("people erase p-aaaa --yes")
    assert "p-aaaa" not in outings.path("outings").read_text(encoding="utf-8")


def test_persons_of_a_sheet_are_found_one_by_one(outings: Prt) -> None:
    sheet = outings.root / "outings.csv"
    sheet.write_text('Date;People\n2024-12-02;p-cccc\n2024-12-03;"p-bbbb; p-cccc"\n', encoding="utf-8")
    outings(f"import {sheet} --into outings --yes")
    assert outings.lines("outings")[-1].endswith(",p-bbbb; p-cccc,,")
    sheet.write_text('Date;People\n2024-12-04;p-cccc\n2024-12-05;"p-bbbb; p-zzzz"\n', encoding="utf-8")
    outings(f"import {sheet} --into outings --yes", code=1)
    assert "p-zzzz" in outings.err


@only_in_ci
def test_a_package_has_them_and_tells_others_nothing_of_four(team: Prt) -> None:
    """Who has the row of the camp, without its two numbers, and no visit, has nothing to compute with."""
    team("submit --period 1 --lang en --anyway errors,actions,no-data,personal")
    for option, folder in (("--team --as-of 2024-11-30", "ours"), ("", "theirs")):
        team(f"export package {option} -o {team.root.parent / folder}")
    ours, theirs = (
        {path.name: path.read_text(encoding="utf-8") for path in (team.root.parent / folder).rglob("*.csv")}
        for folder in ("ours", "theirs")
    )
    assert "p-aaaa" in ours["visits.csv"] and ours["camps.csv"].endswith(
        ",2024-11-20,Gaspé,4,3,,,2024-11-20,\n"
    )
    assert "visits.csv" not in theirs and theirs["camps.csv"].endswith(",2024-11-20,Gaspé,,,2024-11-20,\n")
    assert ",visits," not in theirs["facts.csv"] and not any("p-aaaa" in text for text in theirs.values())
    assert "Soup" in theirs["snacks.csv"]


class Trip(LogRecord):
    """A trip, which is planned ahead, and the film of it, which has a link once it is shown."""

    log = "trips"
    prefix = "tr"
    kinds = ("trip",)
    plannable = True
    placing = frozenset({"date", "status"})
    linked = ("shown_on", "film")
    title_column = "town"
    listed = ("id", "date", "town", "status")

    date: Day = needed("Day of the trip")
    town: Text = needed("Where to")
    status: Held | None = blank("planned, held or cancelled; empty is held", "held")
    riders: Whole | None = blank("Who came along")
    shown_on: Day | None = blank("Day its film was shown")
    film: Text | None = blank("Where the film is")

    @classmethod
    def gaps(cls, row: Any) -> Iterator[tuple[str, str]]:
        if row["riders"] is None:
            yield "riders", "--riders N"


TRIP_WORDS = """
log.trips: [trips, sorties]
held.trips: [held trips, sorties tenues]
ask.kind.trip: [trip, sortie]
column.town: [town, ville]
column.riders: [riders, passagers]
column.shown_on: [shown on, montrée le]
column.film: [film, film]
todo.riders: ["how many rode along?", "combien de passagers?"]
todo.links.trips.one: ["{n} film without a link", "{n} film sans lien"]
todo.links.trips.other: ["{n} films without a link", "{n} films sans lien"]
"""
TRIPS = """
          - {id: trips, label: {en: Trips, fr: Sorties}, measure: {kind: count, of: {log: trips}}, target: {at_least: 4}}
"""


def test_a_log_that_is_planned_ahead_is_asked_about_as_sessions_are(
    prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LOGS, "trips", Trip)
    prt.words(TRIP_WORDS)
    prt.shorten_plan("1.1")
    prt.indicators(TRIPS)
    for more in ("Gaspé --date 2024-11-10 --shown-on 2024-12-01", "Laval --date 2024-11-12 --status planned"):
        prt(f"log trip --town {more}")
    held, planned = (line.split(",")[0] for line in prt.lines("trips")[-2:])
    prt("log trip --town Sorel --date 2025-06-12 --status planned --riders 4")
    prt("log trip --town Alma --date 2025-06-13 --status held --riders 4")
    todo = prt("todo --all")
    assert f"{held} Gaspé, 10 Nov: how many rode along?" in todo and f"prt edit {held} --riders N" in todo
    assert f"{planned} Laval, 12 Nov: was it held?" in todo and f"prt edit {planned} --status held" in todo
    assert "1 film without a link" in todo and "prt list trip --filled shown_on --missing film" in todo
    assert "Sorel" not in todo and "Gaspé" in prt("list trip --filled shown_on --missing film")
    checked = prt("check")
    assert "trips.csv:3: warning: status: still planned, but 12 Nov 2024 is past" in checked
    assert "trips.csv:5: warning: date: a held session is still to come" in checked
    assert "Excluded: 3 rows" in prt("explain 1.1.trips --all")
    assert f"prt edit {held} --riders N" in prt("todo --all --lang fr")
    prt("open")
    assert "Gaspé, Nov. 10" in (prt.root / "this-week.html").read_text(encoding="utf-8")


class Letter(LogRecord):
    """What was written to the funder about a period: it counts on that period's last day."""

    log = "letters"
    prefix = "le"
    kinds = ("letter",)
    reports_on = "about"
    title_column = "subject"
    listed = ("id", "date", "subject", "about")
    shown = ("date", "subject")

    date: Day = needed("Day it was written")
    subject: Text = needed("What it is about")
    about: PeriodNumber | None = blank("Period that it is about")


LETTERS = """
          - {id: letters, label: {en: Letters, fr: Lettres}, measure: {kind: count, of: {log: letters}}, target: {at_least: 4}}
"""


def test_a_row_counts_on_the_last_day_of_the_period_that_it_reports_on(
    prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its date, be it after the plan year; one without a period counts on its date."""
    monkeypatch.setitem(LOGS, "letters", Letter)
    prt.words("log.letters: [letters, lettres]\ncolumn.about: [about, sur]")
    prt.shorten_plan("1.1")
    prt.indicators(LETTERS)
    prt("log letter --date 2025-02-10 --subject Budget --about 1")
    prt("log letter --date 2024-11-10 --subject Thanks")
    prt("log letter --date 2025-02-12 --subject Plans --about 3")
    assert "counts from" not in prt.err
    prt.monkeypatch.setenv("PRT_TODAY", "2025-09-02")
    prt("log letter --date 2025-09-01 --subject Closing --about 3")
    for day, number in (("2024-11-29", 1), ("2024-11-30", 2), ("2025-06-29", 2), ("2025-06-30", 4)):
        cells = row_of(prt(f"status --all --as-of {day}"), "1.1.letters").split()
        assert cells[3] == str(number), cells


def test_what_a_period_has_once_is_told_the_second_time(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what `prt submit` logs is typed by nobody, whichever log it is of."""
    monkeypatch.setitem(LOGS, "letters", Letter)
    monkeypatch.setattr(Letter, "once_a_period", "subject")
    monkeypatch.setattr(Letter, "logged_by_submit", {"subject": "Report"})
    prt.words("log.letters: [letters, lettres]\ncolumn.about: [about, sur]")
    prt("log letter --date 2024-11-10 --subject Budget --about 1")
    first = prt.last_id("letters")
    prt("log letter --date 2024-11-11 --subject Budget --about 2")
    assert "already" not in prt.err
    prt("log letter --date 2024-11-12 --subject Budget --about 1")
    assert f"Budget of period 1 is there already: {first}" in prt.err
    prt("log letter --date 2024-11-12 --subject Report --about 1", code=2)
    assert "prt submit --period 1" in prt.err


class Broadcast(LogRecord):
    """A broadcast for a line of the plan, in a format of its own."""

    log = "broadcasts"
    prefix = "br"
    kinds = ("broadcast",)
    told_by_kind: ClassVar[Mapping[str, Mapping[str, str]]] = {"film": {"format": "film"}}
    title_column = "format"
    listed = ("id", "date", "line", "format")
    shown = ("date", "format")

    date: Day = needed("Day of the broadcast")
    line: LineId = needed("Line of the plan that it belongs to")
    format: Annotated[str, OneOf(("radio", "film"))] = needed("radio or film")


def test_what_a_log_had_last_is_offered_from_its_own_rows(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    """The format of the line's last workshop is none of a broadcast."""
    monkeypatch.setitem(LOGS, "broadcasts", Broadcast)
    prt.words(
        "log.broadcasts: [broadcasts, diffusions]\nask.kind.broadcast: [broadcast, diffusion]\n"
        "ask.kind.film: [film, film]\nvalue.format.radio: [radio, radio]\nvalue.format.film: [film, film]"
    )
    prt(WORKSHOP)
    for offered in ("Format? > ", "Format? [radio] > "):
        person = sit_down(monkeypatch, "radio", "", "n")
        prt.attempt("log broadcast --date 2024-11-10 --line 1.1")
        assert [line for line in person.screen.splitlines() if line.startswith(offered)]
    person = sit_down(monkeypatch, "film", "2024-11-12", "1.1", "", "n", "")
    prt.attempt("log")
    assert "Format?" not in person.screen and prt.lines("broadcasts")[-1].split(",")[1:4] == [
        "2024-11-12",
        "1.1",
        "film",
    ]
    assert prt("list film") == prt("list broadcasts")
