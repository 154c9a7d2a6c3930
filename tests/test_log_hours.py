"""`prt log hours LINE…`, and lines from a pipe: the echo, the rows, one action, all or none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.project import Prt

NAMES = "id,name,email\np-zoe2,Zoé Tremblay,\np-jor2,Jordan Pearson,\np-mar2,Mara O'Sample,\n"
LINES = """mon 1h30 emsb cda plan
2 zoé skills

tue 1 jordan "appel"
wed 2 chssn "Early childhood table"
1
"""


@pytest.fixture
def team(prt: Prt, kept: Path) -> Prt:
    """One for all modules that have it."""
    prt.once(kept.with_name("team-of-hours"), lambda: settle(prt))
    prt.me("p-mar2")
    return prt


def settle(prt: Prt) -> None:
    prt.people("p-zoe2,cda,ETSB,,,,,", "p-jor2,cda,ETSB,,,,,", "p-mar2,prt-staff,,,,,,")
    (prt.root / "data" / "private").mkdir()
    (prt.root / "data" / "private" / "names.csv").write_text(NAMES, encoding="utf-8")
    prt.me("p-mar2")
    prt("org add CHSSN --name-en CHSSN --name-fr RCSSS --type partner")


def pipe(prt: Prt, text: str, options: str = "--yes", code: int = 0) -> str:
    prt.monkeypatch.setattr("sys.stdin", io.StringIO(text))
    return prt(f"log hours {options}", code)


def test_a_line_is_a_row(team: Prt) -> None:
    out = team("log hours 1h30 yesterday rsb principal skills")
    assert out.splitlines()[0] == "  1.5 h   Thu 13 Feb  RSB    principal              Skills of the team"
    assert "Saved 1 row  accompaniment.csv:2" in out
    assert "3a.hours  0 → 1.5 of 1,400" in out
    assert "Not right? prt undo" in out
    [row] = team.lines("accompaniment")
    assert ",2025-02-13,p-mar2,1.5,,,,principal,RSB,,skills" in row


def test_lines_of_a_pipe_are_one_action(team: Prt) -> None:
    out = pipe(team, LINES)
    assert out.splitlines()[:7] == [
        "  1.5 h   Mon 10 Feb  EMSB   CDA                    Action plan",
        '  2 h     "           ETSB   CDA, Zoé Tremblay      Skills of the team',
        '  1 h     Tue 11 Feb  ETSB   CDA, Jordan Pearson    "  “appel”',
        "  2 h     Wed 12 Feb  CHSSN  support to a partner   Early childhood table",
        '  1 h     "           "      support to a partner   "',
        "  Mon 3.5   Tue 1   Wed 3   5 rows, 7.5 h",
        "Saved 5 rows  accompaniment.csv:2-4  partner-support.csv:2-3",
    ]
    assert (len(team.lines("accompaniment")), len(team.lines("partner-support"))) == (3, 2)
    team("undo --yes")
    assert not team.path("accompaniment").exists()
    assert not team.path("partner-support").exists()


def test_the_echo_is_in_french(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_LANG", "fr")
    out = pipe(team, "lundi 1h30 emsb adc plan\n2 zoé autre\n")
    assert out.splitlines()[:4] == [
        "  1,5 h   lun. 10 févr. EMSB   ADC                  Plan d’action",
        '  2 h     "             ETSB   ADC, Zoé Tremblay    Autre',
        "  lun.\u00a0: 3,5   2 entrées, 3,5 h",
        "2 entrées enregistrées  accompaniment.csv:2-3",
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("2 zoé skills hier\n1 foo emsb cda\n", 'line 2: "foo" is not known'),
        ("2 zoé skills hier\n1 pearson\n", 'line 2: "pearson" could be'),
        ("2 zoé skills hier\n1,3 zoé\n20 zoé\n", 'line 2: "1,3" could be 1.5 h / 1.3 h'),
        ("2 zoé skills hier\n1,3 zoé\n20 zoé\n", 'line 3: "20" is more hours than a line has'),
        ("2 zoé skills hier\n2 zoé skills\n", "line 2: line 1 is alike"),
        ("2 zoé skills hier lundi\n", "LINE: it says two things: Thu 13 Feb / Mon 10 Feb Leave one"),
        ("2 mara skills hier\n", "LINE: person: p-mar2 is of the team, and has no board"),
        ("2 hier skills staff:zoé cda emsb\n", 'LINE: nobody of the team is called "zoé"'),
        ("2 cda skills hier board:zzz\n", 'LINE: nothing behind board: is called "zzz"'),
        ("2 cda skills hier note:\n", 'LINE: "note:" is not known'),
        ("2 zoé skills\n3 zoé hier skills\n", "line 1: it does not say: date"),
        ("13h zoé hier skills\n1 zoé\n", "line 1: 13 h on that day"),
        ('2 zoé hier skills "appel à Jordan Pearson"\n1 zoé\n', "line 1: note"),
    ],
)
def test_every_line_or_none(team: Prt, lines: str, told: str) -> None:
    pipe(team, lines, code=2)
    assert told in " ".join(team.err.split())
    assert not team.path("accompaniment").exists()


@pytest.mark.parametrize("lines", ["", "\n  \n"])
def test_an_empty_pipe_is_no_action(team: Prt, lines: str) -> None:
    """What was done before is not taken back by `prt undo` as if it were this."""
    pipe(team, lines, code=2)
    assert team.out == "" and "No line of hours came. Nothing was written." in team.err
    pipe(team, lines, "--dry-run --yes", code=2)


def test_what_is_alike_is_told_with_what_a_line_can_have(team: Prt) -> None:
    pipe(team, LINES)
    pipe(team, "mon 1h30 emsb cda plan", code=2)
    assert "in quotes at the end of the line" in " ".join(team.err.split()) and "--note" not in team.err
    pipe(team, 'mon 1h30 emsb cda plan "afternoon"')


@pytest.mark.parametrize(("language", "place"), [("en", "line 2: "), ("fr", "ligne 2\u00a0: ")])
def test_each_wrong_line_is_named_with_its_number(team: Prt, language: str, place: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    pipe(team, "2 zoé skills hier\n1 zzz\n", code=2)
    assert team.err.startswith(place)


def test_what_is_alike_is_written_anyway(team: Prt) -> None:
    pipe(team, "2 zoé skills hier\n2 zoé skills\n", "--yes --anyway")
    assert team.lines("accompaniment")[1].endswith(",2nd,")


def test_a_request_is_logged_with_its_hours(team: Prt) -> None:
    team("log hours 2 hier zoé skills demande")
    number = team.last_id("requests")
    assert f",{number},p-zoe2,cda,ETSB," in team.lines("accompaniment")[0]
    assert ",2025-02-13,p-zoe2,cda,ETSB,skills" in team.lines("requests")[0]
    team("undo --yes")
    assert not team.path("accompaniment").exists()
    assert not team.path("requests").exists()


@pytest.mark.parametrize(
    ("typed", "note"),
    [("'Zoé Tremblay'", ""), ("zoé 'longue visite'", "longue visite"), ("'zoé \"vu\"'", "vu")],
)
def test_what_the_shell_keeps_together(team: Prt, typed: str, note: str) -> None:
    team(f"log hours 2 hier skills {typed}")
    assert "p-zoe2" in team.lines("accompaniment")[0]
    assert f",skills,{note}," in team.lines("accompaniment")[0]


def test_nothing_is_written_on_trial(team: Prt) -> None:
    out = team("log hours 2 hier zoé skills --dry-run")
    assert "Nothing was written." in out
    assert "3a.hours  0 → 2 of 1,400" in out
    assert not team.path("accompaniment").exists()


@pytest.mark.parametrize("options", ["", "--dry-run"])
def test_a_pipe_says_yes(team: Prt, options: str) -> None:
    pipe(team, LINES, options, code=2)
    assert "LINE: missing" in team.err


def test_days_back_are_no_option(team: Prt) -> None:
    team("log hours 2 -2d emsb cda skills")
    assert ",2025-02-12," in team.lines("accompaniment")[0]
    team("log hours 2 -3j emsb cda skills --year=2024-2025 --anyway")
    assert ",2025-02-11," in team.lines("accompaniment")[1]


def test_a_part_of_an_hour_that_no_decimals_write_is_told_in_minutes(team: Prt) -> None:
    """Never as 0.333333333333 h, wherever a row is shown."""
    out = team("log hours 20min yesterday rsb principal skills")
    assert out.startswith("  20 min  Thu 13 Feb  RSB ")
    row = team.last_id("accompaniment")
    assert "  20\u00a0min  " in team("explain 3a.hours")
    team("log hours 0,1h yesterday rsb principal skills", code=2)
    assert '"0,1h" could be 10 min / 0.1 h' in team.err
    assert "20 min" in team(f"remove {row} --why x") and "· 20 min ·" in team("undo --yes")
