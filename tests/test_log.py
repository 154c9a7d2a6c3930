"""`prt log KIND` in scripts: one row, where it is, what moved; and every mistake at once."""

from __future__ import annotations

import re
import shlex

import pytest

from prt.model.records import LOGS, row_kinds
from prt.model.text import LANGUAGES, Language
from tests.answers import Answers, sit_down
from tests.project import WORKSHOP, Prt


def test_the_example_of_the_issue(prt: Prt) -> None:
    out = prt(WORKSHOP)
    assert re.search(r"^Saved  w-20241016-[a-z0-9]{4}   data/2024-2025/sessions\.csv:2$", out, re.MULTILINE)
    assert "1.1.workshops  0 → 1 of 37" in out
    assert "1.1.boards 0 → 2 of 11" in out
    [line] = prt.lines("sessions")
    assert ",EMSB; CSSL,24,,18,,16," in line


def test_only_what_moved_is_said(prt: Prt) -> None:
    out = prt("log workshop --line 1.3a --date 2024-10-16 --title Parents --format short")
    assert out.splitlines()[1:] == ["  1.3a.workshops  0 → 1 of 5"]


@pytest.mark.parametrize(
    ("typed", "moved"),
    [
        ("log request --date yesterday --role cda --board EMSB --objective skills", "3a.requests 0 → 1"),
        (
            "log accompaniment --date -2d --staff p-me --hours 1h30 --role cda --board emsb --objective skills",
            "3a.hours  0 → 1.5 of 1,400",
        ),
        (
            'log partner-support --date "feb 3" --staff p-me --hours "75 min" --organisation HA --purpose Table',
            "3b.hours  0 → 1.25 of 1,190",
        ),
        (
            "log partnership --date 2025-01-20 --organisation HA --event agreement --new oui",
            "3b.agreements  0 → 1 of 1",
        ),
        (
            "log tool --date 2025-01-20 --kind tool --title Guide --audience cda",
            "2a.tools-cda  0 → 1 of 10",
        ),
        ("log update --date 2025-01-20 --description News", "2b.updates 0 → 1"),
        (
            "log survey --date 2025-02-01 --campaign year-end --role cda --invited 40 --completed 30",
            "4.survey-cda  no data → 75.0%",
        ),
        (
            "log deliverable --kind action-plan --title Plan --date 2024-10-13",
            "4.plan  0 → 1",
        ),
    ],
)
def test_each_kind_of_row_moves_its_figure(prt: Prt, typed: str, moved: str) -> None:
    assert moved in prt(typed)


def test_a_journal_moves_the_share_of_those_who_wrote_it(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,", "p-bbbb,cda,RSB,,,,,")
    assert "4.journals  no data → 50.0%" in prt("log journal --round 1 --person p-aaaa --date 2024-11-28")


def test_a_planned_session_is_said_beside_the_figure(prt: Prt) -> None:
    prt("log workshop --line 1.1 --date 2025-03-05 --title A --format half-day")
    out = prt("log workshop --line 1.1 --date 2025-03-06 --title B --format half-day")
    assert "1.1.workshops  0 of 37, 1 planned → 2 planned" in out
    assert all(",planned," in line for line in prt.lines("sessions"))


def test_all_that_is_missing_is_said_at_once(prt: Prt) -> None:
    prt("log workshop --theme Transitions", code=2)
    assert [line for line in prt.err.splitlines() if line.endswith("missing")] == [
        "--line: missing",
        "--date: missing",
        "--title: missing",
        "--format: missing",
    ]
    assert "One of: full-day, half-day, short, two-day, meeting." in prt.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--date 03/04/2025", '"03/04/2025" may be 3 Apr 2025 or 4 Mar 2025'),
        ("--participants 1,400", '"1,400" may be 1400 or 1.4'),
        ("--boards EMSB;Pearsn", 'Did you mean "Pearson"'),
        ("--line 1.9", '"1.9" is not a line of the plan'),
        ("--line 1.9", "One of: 1.1, 1.2, 1.3a, 1.3b, 1.3c, 1.3d, 1.4a, 1.4b."),
        ("--participants -3", '"-3" is not a whole number of 0 or more'),
        ("--respondents 17 --positive 19", "19 positive of 17 respondents is impossible"),
        ("--last-day 2024-10-15", "the last day is before the first"),
        ("--title 'a\x1b[31mb'", "--title: a control character (U+001B)"),
        ("--note 'a\u202eb'", "--note: an invisible character (U+202E)"),
    ],
)
def test_a_mistake_names_its_option_and_writes_nothing(prt: Prt, options: str, words: str) -> None:
    prt(instead(options), code=2)
    assert words in prt.err
    assert not prt.path("sessions").exists()


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("'Workshops delivered'", "1.1"),
        ("'ATELIERS OFFERTS'", "1.1"),
        ("'ateliers pour les familles'", "1.3a"),
        ("familles", "1.3a"),
        ("'ateliers off'", "1.1"),
        ("1,3a", "1.3a"),
        ("'1.3a Ateliers pour les familles'", "1.3a"),
        ("'1.1 workshops del'", "1.1"),
    ],
)
def test_a_line_is_called_by_its_label_as_at_its_prompt(prt: Prt, typed: str, line: str) -> None:
    prt(instead(f"--line {typed}"))
    assert prt.lines("sessions")[-1].split(",")[1] == line
    assert "Back to basics" in prt(f"list atelier --where line={line}")


def test_a_list_is_of_the_line_that_is_called_so(prt: Prt) -> None:
    prt(WORKSHOP)
    assert "Back to basics" in prt("list atelier --where 'line=ateliers offerts'")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("rencontres", '"rencontres": 1.4a / 1.4b?'),
        ("ateliers", '"ateliers": 1.1 / 1.3a / 1.3b?'),
        ("'ateliers ofers'", 'Did you mean "Ateliers offerts"?'),
        ("' '", "--line: missing"),
    ],
)
def test_a_line_that_may_be_several_is_refused(prt: Prt, typed: str, said: str) -> None:
    prt(instead(f"--line {typed}"), code=2)
    assert said in prt.err and not prt.path("sessions").exists()


def test_a_line_may_be_called_by_its_label_before_the_questions(
    prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = sit_down(monkeypatch, "hier", "Essai", "demi")
    prt.attempt("log workshop --line 'ateliers offerts'")
    assert "Line?" not in person.screen and "identified outcome area (0 of 27)" in person.screen.casefold()


@pytest.mark.parametrize(
    ("options", "meant"),
    [
        ("--mode 'en presense'", "en présence"),
        ("--format 'journe complete'", "journée complète"),
        ("--boards litorral", "Littoral"),
        ("--category 'axe sible'", "Axe ciblé"),
        ("--line 'atelier offerts'", "Ateliers offerts"),
    ],
)
def test_options_offer_the_words_of_the_screen_as_they_are_written(
    prt: Prt, options: str, meant: str
) -> None:
    prt.monkeypatch.setenv("PRT_LANG", "fr")
    prt(instead(options), code=2)
    assert f"Vouliez-vous dire «\u00a0{meant}\u00a0»?" in prt.err


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "1.1 Workshops delivered · Wed 16 Oct 2024 · Back to basics · Identified outcome area · full day",
        ),
        ("fr", "1.1 Ateliers offerts · mer. 16 oct. 2024 · Back to basics · Axe ciblé · journée complète"),
    ],
)
def test_a_double_is_told_without_codes(prt: Prt, language: str, said: str) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt(WORKSHOP)
    prt(WORKSHOP, code=2)
    assert said in prt.err and "outcome-area" not in prt.err and "full-day" not in prt.err
    person = sit_down(prt.monkeypatch, "1.1", "2024-10-16", "Back to basics", *[""] * 20)
    prt.attempt("log workshop --format full-day --category outcome-area --boards EMSB")
    assert said.split(" · Back")[0] in person.screen and "outcome-area" not in person.screen


def test_what_counts_nowhere_is_told_without_codes(prt: Prt) -> None:
    prt.monkeypatch.setenv("PRT_LANG", "fr")
    prt.shorten_plan("1.1.workshops")
    prt("log workshop --line 1.1 --date 2024-10-16 --title Essai --format short")
    assert "le format (moins d’une demi-journée)" in prt.err and "short" not in prt.err


def test_a_beginning_of_several_values_names_them_in_words(prt: Prt) -> None:
    prt.monkeypatch.setenv("PRT_LANG", "fr")
    prt("log accompaniment --role p --date 2025-02-03 --hours 1 --objective skills --board EMSB", code=2)
    assert "direction d’école / personnel de l’équipe / personne représentante" in prt.err
    assert "prt-staff" not in prt.err and "sb-rep" not in prt.err


def instead(options: str) -> str:
    """The example with these options in the place of its own."""
    words, changed = shlex.split(WORKSHOP), shlex.split(options)
    pairs = [words[place : place + 2] for place in range(2, len(words), 2)]
    kept = [word for pair in pairs if pair[0] not in changed for word in pair]
    return shlex.join([*words[:2], *kept, *changed])


def test_an_option_given_twice_is_refused(prt: Prt) -> None:
    prt("log update --date 2025-01-20 --description x --description y", code=2)
    assert prt.err.startswith("--description is given twice.")
    assert not prt.path("updates").exists()


def test_a_date_in_no_plan_year_is_refused_unless_the_year_is_named(prt: Prt) -> None:
    typed = "log survey --date 2024-06-20 --campaign year-end --role cda --invited 40"
    prt(typed, code=2)
    assert "20 June 2024 is in no plan year of this project" in prt.err
    prt(f"{typed} --year 2024-2025")
    assert "20 June 2024 is outside the plan year 2024-2025" in prt.err


@pytest.mark.parametrize(
    ("typed", "day"),
    [("oct 16", "2024-10-16"), ("5 juillet", "2024-07-05"), ("30/06", "2025-06-30"), ("may 2", "2025-05-02")],
)
def test_a_day_without_its_year_is_one_of_the_current_plan(prt: Prt, typed: str, day: str) -> None:
    """Case D11: next year's plan is there already, and 16 October 2025 is nearer."""
    prt("plan new 2025-2026")
    prt.monkeypatch.setenv("PRT_TODAY", "2025-05-01")
    prt(f'log tool --kind tool --audience cda --title A --date "{typed}"')
    assert day in prt.lines("tools")[0]


FUTURE = {
    "accompaniment": "--hours 1 --staff p-mar2 --role cda --board EMSB --objective other",
    "partner-support": "--hours 1 --staff p-mar2 --organisation EMSB --purpose x",
    "request": "--role cda --board EMSB --objective other",
    "journal": "--round 1 --person p-mar2",
    "survey": "--campaign year-end --role cda --invited 40",
}


@pytest.mark.parametrize(("kind", "options"), FUTURE.items())
def test_what_has_happened_is_never_to_come(prt: Prt, kind: str, options: str) -> None:
    """Case D11."""
    prt.people("p-mar2,cda,EMSB,,,,,")
    prt(f"log {kind} {options} --date 2025-02-15", code=2)
    assert "--date: 15 Feb 2025 is still to come" in prt.err
    prt(f"log {kind} {options} --date 2025-02-14")
    log = next(path for path in (prt.root / "data" / "2024-2025").glob("*.csv") if path.stem != "corrections")
    log.write_bytes(log.read_bytes().replace(b"2025-02-14", b"2025-06-16"))
    assert "warning: date: 16 June 2025 is still to come" in prt("check")


def test_a_deliverable_with_a_period_belongs_to_the_current_year(prt: Prt) -> None:
    prt("log deliverable --kind action-plan --title P3 --period 3 --date 2025-07-11")
    assert prt.err == ""
    prt("log deliverable --kind action-plan --title 'P3 again' --period 3 --date 2025-07-12")
    first = prt.lines("deliverables")[0].split(",")[0]
    assert prt.err == f"warning: action plan of period 3 is there already: {first}. The same one? prt undo\n"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("journal --round 9 --person p-aaaa --date 2025-01-10", "--round: the plan has no round 9"),
        (
            "deliverable --kind other --title A --period 9 --date 2025-01-10",
            "--period: the plan has no period 9",
        ),
        ("journal --round 1 --person p-aaab --date 2025-01-10", 'Did you mean "p-aaaa"? Add the person'),
        (
            "accompaniment --date 2025-01-10 --staff 2h --hours 2 --role cda --board RSB --objective skills",
            "--staff: nobody in data/people.csv has the id 2h",
        ),
        (
            "request --date 2025-01-10 --person p-zzzz --role cda --board RSB --objective skills",
            "--person: nobody in data/people.csv has the id p-zzzz",
        ),
    ],
)
def test_what_nothing_in_the_project_has_is_refused(prt: Prt, typed: str, words: str) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,")
    prt(f"log {typed}", code=2)
    assert words in prt.err
    assert not (prt.root / ".prt").exists()


def test_every_mistake_of_a_row_is_said_at_once(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,")
    prt("log journal --round 9 --person p-zzzz", code=2)
    assert [line.split(":")[0] for line in prt.err.splitlines() if line.startswith("--")] == [
        "--date",
        "--person",
        "--round",
    ]


def test_what_check_calls_an_error_is_left_out_of_the_figures(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,")
    prt("log journal --round 1 --person p-aaaa --date 2024-11-28")
    prt.write("journals", prt.path("journals").read_text(encoding="utf-8").replace(",1,p-aaaa", ",9,p-aaaa"))
    out = prt("list journal")
    assert "p-aaaa" not in out
    assert "1 row is left out of these figures because of errors" in prt.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_take_the_words_of_the_screen(prt: Prt, language: Language) -> None:
    """Of the program and of the plan, in both languages whatever is shown, as questions and sheets do."""
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt(
        'log workshop --line 1.1 --date 2024-10-16 --title X --format "Journée complète" --mode "EN LIGNE" '
        '--audience "equipes des CSC" --category "AXE CIBLE"'
    )
    assert ",full-day,online," in prt.lines("sessions")[-1]
    prt(f'edit {prt.last_id("sessions")} --mode "In person" --format "half day" --why slip')
    assert ",half-day,in-person," in prt.lines("sessions")[-1]
    assert prt.last_id("sessions") in prt('list workshop --where "mode=en présence"')


def test_words_of_the_plan_are_listed_in_french_too(prt: Prt) -> None:
    typed = "log accompaniment --hours 1 --board EMSB --role cda --staff p-me --objective actoin"
    prt(typed, 2)
    assert "One of: action-plan, monitoring-evaluation, " in prt.err
    prt.monkeypatch.setenv("PRT_LANG", "fr")
    prt(typed, 2)
    assert "Au choix : action-plan (Plan d’action), " in prt.err.replace("\xa0", " ")


def test_all_boards(prt: Prt) -> None:
    prt("log workshop --line 1.1 --date 2024-10-16 --title A --format full-day --boards all")
    assert "1.1.boards 0 → 11 of 11" in prt.out


def test_minutes_are_written_as_hours_too(prt: Prt) -> None:
    prt(WORKSHOP)
    prt(f"log attendance --session {prt.last_id('sessions')} --date 2024-10-16 --minutes 1h30")
    assert prt.lines("attendance")[0].split(",")[6] == "90"


def test_hours_of_somebody_whose_role_has_ended_are_warned_of(prt: Prt) -> None:
    prt.people("p-me,prt-staff,,,,2024-12-31,,")
    prt.me("p-me")
    prt("log accompaniment --date 2025-01-10 --hours 2 --role cda --board RSB --objective skills")
    assert "warning: staff: p-me held no role on 10 Jan 2025" in prt.err
    prt("log accompaniment --date 2024-12-10 --hours 2 --role cda --board RSB --objective skills")
    assert prt.err == ""


def test_attendance_of_the_team_never_counts(prt: Prt) -> None:
    prt.people("p-me,prt-staff,,,,,,", "p-aaaa,cda,EMSB,,,,,")
    prt(WORKSHOP)
    session = prt.last_id("sessions")
    prt(f"log attendance --session {session} --date 2024-10-16 --person p-me")
    assert "attendance of the team’s staff never counts" in prt.err
    prt(f"log attendance --session {session} --date 2024-10-16 --person p-aaaa")
    assert "never count" not in prt.err


def test_the_help_of_a_project_has_the_words_of_its_plan(prt: Prt) -> None:
    prt.monkeypatch.setenv("COLUMNS", "300")
    out = prt("log workshop --help")
    assert "One of: outcome-area, choice" in out
    assert "2a" not in out


def test_a_missing_option_is_explained_once(prt: Prt) -> None:
    prt("log partner-support --date 2025-01-10", code=2)
    assert prt.err.count("1h30") == 1
    assert "…." not in prt.err
    prt("log workshop --line 1.1 --date 2025-01-10 --title A", code=2)
    assert prt.err.count("half-day") == 1


def test_a_row_that_counts_nowhere_is_warned_of(prt: Prt) -> None:
    prt("log workshop --line 1.1 --date 2024-10-16 --title Lunch --format short")
    assert "counts nowhere: no indicator reads such a row" in prt.err


ODD = {
    "workshop --line 1.1 --title A --format half-day --participants 4 --positive 9": "9 positive of 4 participants",
    "workshop --line 1.1 --title A --format half-day --participants 4 --respondents 5": "5 respondents of 4",
    "accompaniment --staff p-eva2 --hours 1 --role cda --board EMSB --objective other": "was not of the team that",
    "workshop --line 1.1 --title A --format half-day --participants 4 --answered 9": "9 answered of 4 participants",
    "accompaniment --staff p-mar2 --hours 8 --role cda --board EMSB --objective other": "p-mar2 gave 28 hours",
    "attendance --session w-2 --role cda --board EMSB": "16 Oct 2024 is no day of w-2",
}
UNCOUNTED = {
    "attendance --session w-1 --person p-eva2": "counts in no figure: cancelled",
    "figure --indicator 1.1.typed --value 5 --evidence x": "counts in no figure: replaced by a later figure",
}


@pytest.fixture
def odd_year(prt: Prt) -> Prt:
    """A session that was cancelled, one of another day, a figure that holds, and twenty hours of one day."""
    prt.people("p-mar2,prt-staff,,,,,,", "p-eva2,principal,EMSB,,,,,")
    prt.indicators("          - {id: typed, label: {en: T, fr: T}, measure: {kind: typed}}\n")
    columns = "id,line,date,title,format,status,participants,respondents,answered,positive\n"
    prt.write(
        "sessions",
        columns + "w-1,1.1,2024-10-16,B,full-day,cancelled,,,,\nw-2,1.1,2024-10-17,C,full-day,,,,,\n",
    )
    prt.write("figures", "id,indicator,date,value,evidence\nfg-1,1.1.typed,2025-01-10,4,y\n")
    prt("log partner-support --staff p-mar2 --hours 20 --organisation EMSB --purpose x --date 2024-10-16")
    return prt


@pytest.mark.parametrize(("typed", "said"), UNCOUNTED.items())
def test_nothing_uncounted_is_saved_in_silence(odd_year: Prt, typed: str, said: str) -> None:
    odd_year(f"log {typed} --date 2024-10-16")
    assert said in odd_year.err


@pytest.mark.parametrize(("typed", "said"), ODD.items())
def test_what_is_odd_is_saved_only_if_somebody_says_that_it_is_so(
    odd_year: Prt, typed: str, said: str
) -> None:
    log = row_kinds()[typed.split()[0]]
    before = odd_year.path(log).read_bytes() if odd_year.path(log).exists() else b""
    odd_year(f"log {typed} --date 2024-10-16", code=2)
    assert said in odd_year.err and "Or keep it all the same: --anyway." in odd_year.err
    assert not odd_year.path(log).exists() or odd_year.path(log).read_bytes() == before
    odd_year(f"log {typed} --date 2024-10-16 --anyway")
    assert "Saved" in odd_year.out
    odd_year("check")
    assert said in odd_year.out


def test_an_odd_value_is_edited_in_only_if_it_is_so(prt: Prt) -> None:
    prt(WORKSHOP)
    row = prt.last_id("sessions")
    prt(f"edit {row} --participants 4 --answered 18 --why x", code=2)
    assert "18 respondents of 4 participants" in prt.err
    prt(f"edit {row} --participants 4 --answered 18 --why x --anyway")
    prt(f"edit {row} --title Other --why x")  # what was odd before is not asked again


def test_hours_are_not_counted_with_what_they_were(prt: Prt) -> None:
    prt.people("p-mar2,prt-staff,,,,,,")
    prt("log partner-support --staff p-mar2 --hours 20 --organisation EMSB --purpose x --date 2024-10-16")
    prt(f"edit {prt.last_id('partner-support')} --hours 19 --why x")


def test_what_counts_or_is_planned_is_not_remarked_on(prt: Prt) -> None:
    prt.people("p-mar2,prt-staff,,,,,,", "p-ann2,cda,EMSB,,,,,")
    for typed in (
        WORKSHOP,
        "log workshop --line 1.1 --date 2025-04-16 --title Later --format half-day",
        "log journal --round 1 --person p-ann2 --date 2024-10-16",
        "log accompaniment --date 2024-10-16 --staff p-mar2 --hours 1 --person p-ann2 --objective other",
        "log tool --kind tool --audience cda --title A --date 2024-10-16",
    ):
        prt(typed)
        assert prt.err == "", typed


@pytest.mark.parametrize(
    "typed", ["log mise à jour", 'log "mise à jour"', "log Mise a jour", "log mises à jour"]
)
def test_a_kind_of_several_words_needs_no_quotes(prt: Prt, typed: str) -> None:
    prt(f"{typed} --date 2025-01-20 --description News")
    assert len(prt.lines("updates")) == 1
    prt(f"{typed} --help")
    assert "--description" in prt.out


TOOL = "log tool --date 2025-01-20 --kind tool --audience cda --title Guide"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "does not count in 2a.published: no link. To add it: prt edit t-"),
        ("fr", "ne compte pas dans 2a.published sans lien. Pour l’ajouter : prt edit t-"),
    ],
)
def test_a_cell_that_an_indicator_asks_for_is_told(prt: Prt, language: str, said: str) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt(f"{TOOL} --published 2025-01-27")
    assert said in re.sub(r"\s+", " ", prt.err) and prt.err.count("2a.published") == 1
    prt(f"{TOOL}-second --published 2025-01-27 --url https://clc.example/2")
    assert prt.err == ""
    prt("log tool --date 2025-01-20 --kind tool --audience cda --title Planner")
    assert prt.err == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "published on 10 Jan 2025, before 20 Jan 2025, the day it was developed"),
        ("fr", "publié le 10 janv. 2025, avant le 20 janv. 2025, le jour de sa conception"),
    ],
)
def test_what_was_published_before_it_was_developed_is_asked_about(
    prt: Prt, language: str, said: str
) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    published = f"{TOOL} --published 2025-01-10 --url https://clc.example/1"
    prt(published, code=2)
    assert said in prt.err
    prt(f"{published} --anyway")
    assert said in prt("check") + prt.err
    prt(f"{published.replace('Guide', 'Planner').replace('/1', '/2')} --work revamp")


def test_held_in_the_future_is_warned_of(prt: Prt) -> None:
    prt("log workshop --line 1.1 --date 2025-03-16 --title Early --format half-day --status held")
    assert "held on 16 Mar 2025, a day to come" in prt.err


def test_a_dry_run_writes_nothing(prt: Prt) -> None:
    assert "1.1.workshops  0 → 1 of 37" in prt(f"{WORKSHOP} --dry-run")
    assert not prt.path("sessions").exists()
    assert not (prt.root / ".prt").exists()


def test_role_and_board_come_from_the_post_of_that_day(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,2024-12-31,,", "p-aaaa,principal,RSB,,2025-01-01,,,")
    prt("log request --date 2024-12-10 --person p-aaaa --objective skills")
    prt("log request --date 2025-01-10 --person p-aaaa --objective skills")
    assert [line.split(",")[3:5] for line in prt.lines("requests")] == [["cda", "EMSB"], ["principal", "RSB"]]


def test_several_posts_are_a_mistake_in_a_script(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,", "p-aaaa,teacher,RSB,,,,,")
    prt("log request --date 2025-01-10 --person p-aaaa --objective skills", code=2)
    assert "p-aaaa held several roles on 10 Jan 2025: CDA, EMSB; teacher, RSB" in prt.err
    prt("log request --date 2025-01-10 --person p-aaaa --role teacher --objective skills")
    assert ",p-aaaa,teacher,RSB,skills," in prt.lines("requests")[0]


def test_without_a_person_role_and_board_are_needed(prt: Prt) -> None:
    prt("log request --date 2025-01-10 --objective skills", code=2)
    assert "--role: role is missing" in prt.err
    assert "--board: board is missing" in prt.err


def test_staff_is_who_types(prt: Prt) -> None:
    prt.me("p-kath")
    prt("log accompaniment --date 2025-01-10 --hours 2 --role cda --board EMSB --objective skills")
    assert ",p-kath,2," in prt.lines("accompaniment")[0]


def test_a_session_that_is_not_there_is_refused(prt: Prt) -> None:
    prt(WORKSHOP)
    session = prt.last_id("sessions")
    prt(f"log attendance --session {session[:-1]} --date 2024-10-16", code=2)
    assert f'Did you mean "{session}"?' in prt.err
    prt(f"log attendance --session {session} --date 2024-10-16")
    assert "24 is typed, 1 is what the rows of persons or answers say" not in prt.out
    assert len(prt.lines("attendance")) == 1


def test_parents_are_counted_by_head(prt: Prt) -> None:
    prt("log workshop --line 1.3a --date 2025-01-16 --title Parents --format short --audience parents")
    session = prt.last_id("sessions")
    prt(f"log attendance --session {session} --date 2025-01-16 --person p-aaaa", code=2)
    assert "parents are counted by head, never by name" in prt.err


def test_feedback_has_the_day_of_its_session_in_its_id(prt: Prt) -> None:
    prt(WORKSHOP)
    prt(f"log feedback --session {prt.last_id('sessions')} --response 1 --positive oui")
    assert prt.last_id("feedback").startswith("fb-20241016-")
    assert "nowhere" not in prt.err


def test_meeting_is_the_format_of_a_meeting(prt: Prt) -> None:
    prt("log meeting --line 1.4a --date 2024-10-16 --title PLC")
    assert ",meeting," in prt.lines("sessions")[0]


@pytest.mark.parametrize("kind", row_kinds())
def test_the_help_of_a_kind_has_every_column_of_its_log(prt: Prt, kind: str) -> None:
    prt.monkeypatch.setenv("COLUMNS", "200")
    out = prt(f"log {kind} --help")
    columns = LOGS[row_kinds()[kind]].columns()
    assert [one.option for one in columns if one.name != "id" and one.option not in out] == []


def test_a_kind_that_does_not_exist_is_no_traceback(prt: Prt) -> None:
    prt("log worshop --line 1.1", code=2)
    assert "worshop" in prt.err


HOURS = "log accompaniment --date 2025-01-10 --staff p-me --role cda --board RSB --objective skills"


def test_hours_of_a_spreadsheet_are_kept_as_they_were_typed(prt: Prt) -> None:
    prt(f"{HOURS} --hours 0,333333333333333")
    assert ",0.333333333333333," in prt.lines("accompaniment")[0]
    prt(f"edit {prt.last_id('accompaniment')} --hours 0.666666666666667 --why slip")
    assert ",0.666666666666667," in prt.lines("accompaniment")[0]
    prt("check")
    assert "accompaniment.csv" not in prt.out + prt.err


def test_a_figure_of_many_decimals_is_saved(prt: Prt) -> None:
    prt.indicators("""
          - {id: mean, label: {en: Mean, fr: Moyenne}, measure: {kind: typed}}
""")
    prt("log figure --date 2025-01-10 --indicator 1.1.mean --value 0.1234567890123 --evidence e.pdf")
    assert ",0.1234567890123," in prt.lines("figures")[0]


@pytest.mark.parametrize(("language", "label"), [("en", "Mean"), ("fr", "Moyenne")])
def test_a_double_of_a_figure_says_what_its_indicator_is_called(prt: Prt, language: str, label: str) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt.indicators("""
          - {id: mean, label: {en: Mean, fr: Moyenne}, measure: {kind: typed}}
""")
    figure = "log figure --date 2025-01-10 --indicator 1.1.mean --value 3 --evidence e.pdf"
    prt(figure)
    prt(figure, code=2)
    assert f"1.1.mean {label} · " in prt.err


BASICS = "log workshop --line 1.1 --date 2024-10-16 --format full-day"


def test_a_title_stands_on_one_line(prt: Prt) -> None:
    """Case D19."""
    prt(f"{BASICS} --title 'Back\nto basics'", code=2)
    assert prt.err.startswith("--title: it has several lines")
    prt(f"{BASICS} --title 'Back to basics\n' --note 'one\ntwo'")
    session = prt.lines("sessions")[0].split(",")[0]
    prt(f"edit {session} --title 'Back\nto basics' --why y", code=2)
    assert "--title: it has several lines" in prt.err


@pytest.mark.parametrize("boards", ["EMSB, Riverside", "emsb et rsb", "emsb rsb", "emsb, and rsb"])
def test_an_option_takes_the_words_that_a_prompt_takes(prt: Prt, boards: str) -> None:
    prt(
        "log workshop --line 1.1 --date 2024-10-16 --title Basics --format demi --category thème"
        f" --boards '{boards}'"
    )
    [row] = prt.lines("sessions")
    assert all(f",{text}," in row for text in ("half-day", "choice", "EMSB; RSB"))


def test_an_unknown_board_is_told(prt: Prt) -> None:
    prt(f"{BASICS} --title Basics --boards 'EMSB, Nowhere'", code=2)
    assert '"EMSB, Nowhere" is not an organisation' in prt.err


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ([], 130, "Nothing was written."),
        (["", "News"], 130, "Nothing was written. Your answers wait: prt log update"),
        (["", "News", "n"], 0, "Nothing was written. Your answers wait: prt log update"),
        (["", "News", ""], 130, "Nothing more was written."),
        (
            ["", "News", "", "", "", "More", "n"],
            0,
            "Nothing more was written. Your answers wait: prt log update",
        ),
    ],
)
def test_nothing_was_written_is_said_where_it_is_so(
    prt: Prt, monkeypatch: pytest.MonkeyPatch, answers: list[str], code: int, said: str
) -> None:
    """Case E8."""
    monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: Answers(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    prt("log update", code=code)
    assert prt.err.splitlines()[-1] == said
    assert prt.path("updates").exists() is ("more" in said)


def test_a_document_for_the_record_is_saved_without_a_warning(prt: Prt) -> None:
    prt('log deliverable --kind other --title "Rapport financier" --date 2024-12-13')
    assert "warning" not in prt.err
