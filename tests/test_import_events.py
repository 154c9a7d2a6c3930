"""`prt import` of a calendar: which events are hours, what is asked, what is written, and what never is."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prt.console import context
from prt.figures.year import assemble
from prt.files.project import Year
from prt.files.workbook.grid import grids_of
from prt.imports.export import CalendarEvent, Export
from prt.imports.proposing.events import DigestedEvent, digest_events, find_overlaps
from prt.imports.sources.registry import read_export
from prt.problems import Mistake
from prt.tasks.hours.read_hours import words_of_year
from prt.tasks.imports.read_events import EventReader
from tests.answers import CTRL_C, sit_down
from tests.exported import read
from tests.project import Prt
from tests.texts import any_text

EXPORTS = Path(__file__).parent / "exports"
NAMES = "id,name,email\np-zoe2,Zoé Tremblay,zoe@x.example\np-mar2,Mara O'Sample,\n"
HEAD = "Subject,Start Date,Start Time,End Date,End Time,All day event,Categories,Private,Show time as\n"


@pytest.fixture
def team(prt: Prt) -> Prt:
    prt.people("p-zoe2,cda,ETSB,,,,,", "p-mar2,prt-staff,,,,,,", "p-kim2,prt-staff,,,,,,")
    (prt.root / "data" / "private").mkdir()
    (prt.root / "data" / "private" / "names.csv").write_text(NAMES, encoding="utf-8")
    prt.me("p-mar2")
    return prt


def put(prt: Prt, name: str, text: str) -> str:
    path = prt.root.parent / name
    path.write_text(text, encoding="utf-8", newline="")
    return str(path)


def csv(prt: Prt, *rows: str, name: str = "calendar.csv") -> str:
    """A calendar of rows such as `emsb cda plan|3|9:00|10:30`: a day of February 2025, categories at the end."""
    lines = []
    for row in rows:
        subject, day, begins, ends, *more = row.split("|")
        lines.append(
            f'"{subject}",2025-02-{day:0>2},{begins},2025-02-{day:0>2},{ends},False,{more[0] if more else ""},False,2\n'
        )
    return put(prt, name, HEAD + "".join(lines))


def ics(prt: Prt, *events: str) -> str:
    """A calendar of events such as `UID:1;SUMMARY:emsb cda plan;DTSTART:20250203T140000Z;…`."""
    lines = [line for one in events for line in ("BEGIN:VEVENT", *one.split(";;"), "END:VEVENT")]
    return put(
        prt, "calendar.ics", "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])
    )


def hours(prt: Prt, log: str = "accompaniment") -> list[str]:
    """`2025-02-03 1.5 cda EMSB action-plan`"""
    rows = [line.split(",") for line in prt.lines(log)]
    return [" ".join(filter(None, (cells[1], *cells[3:]))) for cells in rows]


def test_a_calendar_of_outlook(team: Prt) -> None:
    out = team(f"import {EXPORTS / 'outlook_calendar_en.csv'} --only prt --yes")
    assert out.splitlines()[:8] == [
        "outlook_calendar_en.csv: a calendar, 8 events",
        " 1  Mon 3 Feb   1.5 h   EMSB cda action plan  → EMSB, CDA, Action plan",
        " 2  Wed 5 Feb   2 h     call w/ school        → who, board, objective?",
        " 3  Thu 13 Feb  1.25 h  RSB principal skills  → RSB, principal, Skills of the team   70 min",
        "  left out: 1 private, 1 cancelled, 1 all day, 1 free, 1 to come",
        "  Subjects are shown and never kept; places, texts and guests are not read.",
        "  3 Feb 1.5   13 Feb 1.25   2 rows, 2.75 h",
        "Saved 2 rows  accompaniment.csv:2-3",
    ]
    assert "1 event is not taken" in team.err
    assert hours(team) == ["2025-02-03 1.5 cda EMSB action-plan", "2025-02-13 1.25 principal RSB skills"]
    team("undo --yes")
    assert not team.path("accompaniment").exists()
    assert "Saved 2 rows" in team(f"import {EXPORTS / 'outlook_calendar_en.csv'} --yes")


def test_a_calendar_in_french(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_LANG", "fr")
    out = team(f"import {EXPORTS / 'outlook_calendar_fr_cp1252.csv'} --only PRT --yes")
    assert out.splitlines()[:3] == [
        "outlook_calendar_fr_cp1252.csv\u00a0: un calendrier, 4 événements",
        " 1  lun. 3 févr.  1,5 h  EMSB adc plan d’action  → EMSB, ADC, Plan d’action",
        "  laissés de côté\u00a0: 1 privé, 1 annulé, 1 d’une journée entière",
    ]


def test_an_ics_names_what_is_repeated_and_reads_every_zone(team: Prt) -> None:
    out = team(f"import {EXPORTS / 'outlook_calendar.ics'} --only PRT --yes")
    assert "repeated: Réunion d’équipe. In a CSV of Outlook each time stands by itself" in out
    assert "left out: 1 repeated, 1 private, 3 of other categories" in out
    assert hours(team) == [
        "2025-02-03 1.5 cda EMSB action-plan",
        "2025-02-10 1 cda ETSB skills",
        "2025-02-13 1.25 principal RSB skills",
    ]


def test_nothing_of_an_event_is_kept_but_its_hours(team: Prt) -> None:
    for name in ("outlook_calendar_en.csv", "outlook_calendar.ics"):
        team(f"import {EXPORTS / name} --only all --yes")
    kept = "".join(
        path.read_text(encoding="utf-8-sig")
        for path in team.root.rglob("*")
        if path.is_file() and path.parent.name != "private" and path.suffix in (".csv", ".json", ".jsonl")
    ).lower()
    for text in ("call w/", "dentist", "salle 3", "agenda", "sample", "@example", "040000008200", "réunion"):
        assert text not in kept


def test_a_calendar_that_was_cut_off_is_told(team: Prt) -> None:
    """It has no events for the library; those before the cut would be lost without a word."""
    whole = team.root.parent / ics(team, UID + "DTSTART:20250203T140000Z;;DTEND:20250203T153000Z")
    whole.write_bytes(whole.read_bytes().removesuffix(b"END:VCALENDAR\r\n"))
    team(f"import {whole} --yes", code=1)
    assert "calendar.ics: begins as a calendar does, and cannot be read" in team.err


def test_an_event_is_imported_once(team: Prt) -> None:
    team(f"import {csv(team, 'emsb cda plan|3|9:00|10:30', 'etsb cda skills|4|9:00|10:00')} --yes")
    longer = csv(
        team, "emsb cda plan|3|9:00|10:30", "etsb cda skills|4|9:00|10:00", "rsb cda plan|5|9:00|10:00"
    )
    assert "left out: 2 known" in team(f"import {longer} --yes")
    assert len(hours(team)) == 3
    assert "Nothing new" in team(f"import {longer} --yes")


def test_what_somebody_typed_already_is_known_and_stands_for_one_event(team: Prt) -> None:
    team("log hours 1h30 2025-02-03 emsb cda plan")
    out = team(f"import {csv(team, 'emsb cda plan|3|9:00|10:30', 'emsb cda plan|3|13:00|14:30')} --yes")
    assert "left out: 1 known" in out
    assert hours(team) == ["2025-02-03 1.5 cda EMSB action-plan", "2025-02-03 1.5 cda EMSB action-plan 2nd"]


def test_a_row_that_was_removed_does_not_come_back(team: Prt) -> None:
    file = csv(team, "emsb cda plan|3|9:00|10:30")
    team(f"import {file} --yes")
    team(f'remove {team.lines("accompaniment")[0].partition(",")[0]} --why "not ours"')
    assert "left out: 1 known" in team(f"import {file} --yes")


def test_each_member_of_the_team_has_hours_of_one_meeting(team: Prt) -> None:
    file = csv(team, "emsb cda plan|3|9:00|10:30")
    team(f"import {file} --yes")
    team.me("p-kim2")
    team(f"import {file} --yes")
    assert [line.split(",")[2] for line in team.lines("accompaniment")] == ["p-mar2", "p-kim2"]


UID = "UID:1@x;;SUMMARY:emsb cda plan;;"


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("DTSTART:20250203T140000Z;;DTEND:20250203T160000Z", "2025-02-03 2 cda EMSB action-plan"),
        ("DTSTART:20250204T140000Z;;DTEND:20250204T153000Z", "2025-02-04 1.5 cda EMSB action-plan"),
        ("DTSTART:20250203T150000Z;;DTEND:20250203T163000Z", "2025-02-03 1.5 cda EMSB action-plan"),
    ],
    ids=["longer", "another day", "another hour"],
)
def test_a_changed_event_changes_its_row(team: Prt, later: str, expected: str) -> None:
    team(f"import {ics(team, UID + 'DTSTART:20250203T140000Z;;DTEND:20250203T153000Z')} --yes")
    out = team(f"import {ics(team, UID + later)} --yes")
    assert hours(team) == [expected]
    assert ("1 changed" in out) == (expected != "2025-02-03 1.5 cda EMSB action-plan")
    assert "1 known" in team(f"import {ics(team, UID + later)} --yes")


def test_of_two_events_that_begin_together_each_keeps_its_row(team: Prt) -> None:
    """Whichever a CSV has first, and where one of them is new, gone or longer by now."""
    one, other = "emsb cda skills|3|9:00|10:00", "rsb cda plan|3|9:00|9:30"
    team(f"import {csv(team, one)} --yes")
    team(f"import {csv(team, other, one)} --yes")
    both = ["2025-02-03 1 cda EMSB skills", "2025-02-03 0.5 cda RSB action-plan"]
    assert hours(team) == both and "changed" not in team.out
    for left in ((one,), (other,), (one, other), (other, one)):
        assert f"{len(left)} known" in team(f"import {csv(team, *left)} --yes")
    team(f"import {csv(team, other.replace('9:30', '9:45'), one)} --yes")
    assert hours(team) == [both[0], "2025-02-03 0.75 cda RSB action-plan"]


def kept_subjects(prt: Prt) -> list[dict[str, str]]:
    path = prt.root / "data" / "private" / "subjects.csv"
    header, *rows = (line.split(",") for line in path.read_text(encoding="utf-8-sig").splitlines())
    return [dict(zip(header, row, strict=True)) for row in rows]


def forget_subjects(prt: Prt) -> None:
    """As if an earlier prt had imported the events, or the private folder were another one."""
    (prt.root / "data" / "private" / "subjects.csv").unlink()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_another_subject_at_the_same_start_is_another_event(team: Prt, language: str) -> None:
    """It neither changes the row of the first one nor counts as known, be it as long or not."""
    team.monkeypatch.setenv("PRT_LANG", language)
    first = csv(team, "rsb cda plan|13|9:00|10:30", "rsb principal skills|14|15:00|16:00")
    second = csv(team, "emsb cda skills|13|9:00|10:20", "lbpsb principal skills|14|15:00|16:00", name="b.csv")
    team(f"import {first} --yes")
    out = team(f"import {second} --yes")
    every = [
        "2025-02-13 1.5 cda RSB action-plan",
        "2025-02-14 1 principal RSB skills",
        "2025-02-14 1 principal LBPSB skills",
        "2025-02-13 1.25 cda EMSB skills",
    ]
    assert sorted(hours(team)) == sorted(every)
    beside = {
        "en": "beside 1.5 h, RSB, CDA, Action plan, imported",
        "fr": "en plus de 1,5 h, RSB, ADC, Plan d’action, importé",
    }
    assert beside[language] in out
    for again in (first, second):
        assert {"en": "2 known", "fr": "2 connus"}[language] in team(f"import {again} --yes")
    assert sorted(hours(team)) == sorted(every)


def test_a_subject_is_kept_as_a_digest_in_the_private_folder_alone(team: Prt) -> None:
    team(f"import {csv(team, 'rsb cda plan|3|9:00|10:30', 'rsb cda plan|4|9:00|10:30')} --yes")
    [one, other] = kept_subjects(team)
    assert one["subject"] != other["subject"]  # of one subject too
    assert [set(row) for row in (one, other)] == [{"id", "subject"}] * 2
    private = team.root / "data" / "private"
    every = [path for path in team.root.rglob("*") if path.is_file() and not path.is_relative_to(private)]
    assert team.path("imported") in every
    texts = [path.read_bytes().decode("utf-8", "replace") for path in every]
    assert not [text for text in texts if one["subject"] in text or other["subject"] in text]
    team("undo --yes")
    assert not (team.root / "data" / "private" / "subjects.csv").exists()


def test_of_what_was_imported_without_its_subject_a_script_takes_nothing(team: Prt) -> None:
    """It names what begins then, and leaves the row of the earlier event as it is."""
    team(f"import {csv(team, 'rsb principal skills|14|15:00|16:00')} --yes")
    forget_subjects(team)
    for length in ("16:00", "16:30"):
        out = team(f"import {csv(team, f'lbpsb principal skills|14|15:00|{length}')} --yes")
        assert (
            "  Fri 14 Feb 15:00  lbpsb principal skills: an earlier import had an event then, now 1 h, RSB"
            in out
        )
        assert "Is it that one? Not taken" in out
    team.monkeypatch.setenv("PRT_LANG", "fr")
    out = team(f"import {csv(team, 'lbpsb principal skills|14|15:00|16:00')} --yes")
    assert "un import précédent avait un événement à cette heure, devenu 1 h, RSB, direction" in out
    assert hours(team) == ["2025-02-14 1 principal RSB skills"]


@pytest.mark.parametrize(("language", "question"), [("en", "Is it this one?"), ("fr", "Est-ce le même?")])
@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("n", ["2025-02-14 1 principal RSB skills", "2025-02-14 1.5 principal LBPSB skills"]),
        ("y", ["2025-02-14 1.5 principal RSB skills"]),
    ],
)
def test_of_what_was_imported_without_its_subject_somebody_is_asked(
    team: Prt, language: str, question: str, answer: str, expected: list[str]
) -> None:
    """Enter is no answer. What was said is remembered."""
    team(f"import {csv(team, 'rsb principal skills|14|15:00|16:00')} --yes")
    forget_subjects(team)
    team.monkeypatch.setenv("PRT_LANG", language)
    file = csv(team, "lbpsb principal skills|14|15:00|16:30")
    person = sit_down(team.monkeypatch, "", answer, "y")
    team(f"import {file}")
    assert sum(question in line for line in person.said) == 2
    assert hours(team) == expected
    person = sit_down(team.monkeypatch)
    team(f"import {file}")
    assert question not in person.screen and hours(team) == expected


def test_what_was_imported_without_its_subject_is_known_by_what_it_says(team: Prt) -> None:
    """Nobody is asked about an event that reads as its row does; nor about one of an .ics file."""
    file = csv(team, "rsb principal skills|14|15:00|16:00")
    team(f"import {file} --yes")
    forget_subjects(team)
    more = csv(team, "rsb principal skills|14|15:00|16:00", "emsb cda plan|13|9:00|10:00")
    assert "left out: 1 known" in team(f"import {more} --yes")
    assert len(hours(team)) == 2 and len(kept_subjects(team)) == 2


@pytest.mark.parametrize(("language", "known"), [("en", "1 known"), ("fr", "1 connu")])
def test_without_a_private_folder_no_digest_of_a_subject_is_kept(prt: Prt, language: str, known: str) -> None:
    """Then an event is known by what its row says, and any other one of its start is named."""
    prt.people("p-mar2,prt-staff,,,,,,")
    prt.me("p-mar2")
    prt.monkeypatch.setenv("PRT_LANG", language)
    file = csv(prt, "rsb principal skills|14|15:00|16:00")
    prt(f"import {file} --yes")
    assert not [*prt.root.rglob("subjects.csv")]
    assert known in prt(f"import {file} --yes")
    prt(f"import {csv(prt, 'lbpsb principal skills|14|15:00|16:00')} --yes")
    assert "lbpsb principal skills" in prt.out and hours(prt) == ["2025-02-14 1 principal RSB skills"]


def test_who_leaves_at_the_question_whether_it_is_the_same_event_wrote_nothing(team: Prt) -> None:
    team(f"import {csv(team, 'rsb principal skills|14|15:00|16:00')} --yes")
    forget_subjects(team)
    sit_down(team.monkeypatch, CTRL_C)
    team(f"import {csv(team, 'lbpsb principal skills|14|15:00|16:30')}", code=130)
    assert "Nothing was written" in team.err and hours(team) == ["2025-02-14 1 principal RSB skills"]


def test_the_event_of_a_removed_row_is_asked_about_where_its_subject_is_not_known(team: Prt) -> None:
    file = csv(team, "emsb cda plan|3|9:00|10:30")
    team(f"import {file} --yes")
    team(f'remove {team.last_id("accompaniment")} --why "not ours"')
    forget_subjects(team)
    assert "had an event then, now hours that were removed since" in team(f"import {file} --yes")
    person = sit_down(team.monkeypatch, "y")
    assert "Nothing new" in team(f"import {file}") and "Is it this one?" in person.screen


def test_an_event_is_known_once_it_is_cancelled(team: Prt) -> None:
    """Outlook writes so before its subject."""
    team(f"import {csv(team, 'emsb cda plan|3|9:00|10:30')} --yes")
    for before in ("Canceled: ", "Annulé : "):
        out = team(f"import {csv(team, f'{before}emsb cda plan|3|9:00|10:30')} --yes")
        assert "Mon 3 Feb  1.5 h, EMSB, CDA, Action plan  cancelled by now: prt remove a-2025" in out
    forget_subjects(team)
    other = csv(team, "Canceled: rsb skills|3|9:00|10:30")
    assert "cancelled by now" not in team(f"import {other} --yes")


def test_what_was_typed_of_an_event_is_not_of_another_one_that_begins_then(team: Prt) -> None:
    sit_down(team.monkeypatch, "rsb skills")
    team(f"import {csv(team, 'call|5|13:00|15:00')}", code=130)
    person = sit_down(team.monkeypatch, "emsb cda plan", "y")
    team(f"import {csv(team, 'talk|5|13:00|15:00')}")
    assert "wait" not in person.screen and hours(team) == ["2025-02-05 2 cda EMSB action-plan"]


@pytest.mark.parametrize(
    ("language", "day", "typed"), [("en", "= 3 Feb", "skills"), ("fr", "= 3 févr.", "compétences")]
)
def test_an_objective_of_an_earlier_row_is_shown_with_its_day_and_can_be_changed(
    team: Prt, language: str, day: str, typed: str
) -> None:
    team("log hours 1h30 2025-02-03 rsb principal plan")
    team.monkeypatch.setenv("PRT_LANG", language)
    file = csv(team, "rsb direction|5|9:00|10:00", "emsb principal skills|6|9:00|10:00")
    team(f"import {file} --yes")  # a script takes nothing that the subject does not say
    assert hours(team)[1:] == ["2025-02-06 1 principal EMSB skills"]
    person = sit_down(team.monkeypatch, "7", "1", typed, "1", "", "y")
    out = team(f"import {file}")
    assert re.search(f"rsb direction +→ RSB, .*  {day}$", out, re.M)
    bracket = (
        "1  rsb direction [RSB, "
        + {"en": "principal, Action plan", "fr": "direction d’école, Plan d’action"}[language]
    )
    assert f"{bracket}  {day}] > " in person.told
    assert hours(team)[2] == "2025-02-05 1 principal RSB skills"


def test_an_event_is_changed_by_its_number_before_it_is_written(team: Prt) -> None:
    file = csv(team, "rsb principal skills|5|9:00|10:00", "emsb cda plan|6|9:00|10:00", "chat|7|9:00|10:00")
    person = sit_down(team.monkeypatch, "enough", "2", "", "2", "etsb cda skills", "1", "-", "y")
    team(f"import {file}")
    asked = [line for line in person.told if " > " in line]
    again = "Import? [Y/n/number of a line] > "
    itself = "2  emsb cda plan [EMSB, CDA, Action plan] > "
    assert asked[1:5] == [again, itself, again, itself]  # Enter leaves it as it says itself
    assert asked[-2:] == ["1  rsb principal skills [RSB, principal, Skills of the team] > ", again]
    assert hours(team) == ["2025-02-06 1 cda ETSB skills"]


def test_an_event_that_was_answered_is_changed_by_its_number(team: Prt) -> None:
    sit_down(team.monkeypatch, "rsb principal skills", "<", "rsb principal plan", CTRL_C)
    team(f"import {csv(team, 'chat|5|9:00|10:00')}", code=130)
    person = sit_down(team.monkeypatch, "y", "1", "etsb cda plan", "y")
    team(f"import {csv(team, 'chat|5|9:00|10:00')}")
    assert person.texts[2] == "rsb principal plan" and hours(team) == ["2025-02-05 1 cda ETSB action-plan"]


def test_a_changed_event_is_shown_in_the_words_of_the_screen(team: Prt) -> None:
    """Its day and its hours, in no form of a file."""
    team.monkeypatch.setenv("PRT_LANG", "fr")
    team(f"import {ics(team, UID + 'DTSTART:20250203T140000Z;;DTEND:20250203T153000Z')} --yes")
    out = team(f"import {ics(team, UID + 'DTSTART:20250204T140000Z;;DTEND:20250204T163000Z')} --yes")
    assert "    mar. 4 févr. 09:00  emsb cda plan  → 1,5 h, EMSB, ADC, Plan d’action\n" in out
    assert "  date 3 févr. 2025 → 4 févr. 2025, heures 1,5\u00a0h → 2,5\u00a0h\n" in out
    assert team.last_id("accompaniment") not in out


def test_what_somebody_corrected_stays(team: Prt) -> None:
    team(f"import {ics(team, UID + 'DTSTART:20250203T140000Z;;DTEND:20250203T153000Z')} --yes")
    row = team.lines("accompaniment")[0].partition(",")[0]
    team(f'edit {row} --hours 1.25 --why "left early"')
    team(f"import {ics(team, UID + 'DTSTART:20250203T140000Z;;DTEND:20250203T160000Z')} --yes")
    assert hours(team) == ["2025-02-03 1.25 cda EMSB action-plan"]


def test_hours_of_an_event_that_is_cancelled_are_told(team: Prt) -> None:
    when = "DTSTART:20250203T140000Z;;DTEND:20250203T153000Z"
    team(f"import {ics(team, UID + when)} --yes")
    assert "cancelled by now: prt remove a-20250203-" in team(
        f"import {ics(team, UID + when + ';;STATUS:CANCELLED')} --yes"
    )


def test_a_session_of_that_day_is_no_hours(team: Prt) -> None:
    team(
        'log workshop --line 1.1 --date 2025-02-05 --title "EDI basics" --format half-day --status planned --anyway'
    )
    event = csv(team, "EDI basics (workshop)|5|9:00|12:00")
    out = team(f"import {event} --yes")
    session = team.lines("sessions")[0].partition(",")[0]
    assert f"→ session {session}, planned" in out
    assert f"prt edit {session} --status held" in team.err
    person = sit_down(team.monkeypatch, "", "")
    out = team(f"import {event}")
    assert "Was it held? [Y/n]" in person.screen
    assert "1.1.workshops" in out
    assert ",held," in team.lines("sessions")[0]
    assert not team.path("accompaniment").exists()


def test_hours_that_share_words_with_a_session_are_hours(team: Prt) -> None:
    team(
        'log workshop --line 1.1 --date 2025-02-05 --title "EMSB CDA action plan: a workshop" --format half-day --anyway'
    )
    out = team(
        f"import {csv(team, 'emsb cda plan|5|9:00|10:00', 'workshop: plan|5|13:00|15:00', 'meeting|5|16:00|17:00')} --yes"
    )
    assert re.findall("→ (.*)", out)[:3] == [
        "EMSB, CDA, Action plan",
        f"session {team.last_id('sessions')}",
        "who, board, objective?",
    ]


def test_a_session_is_known_by_its_very_title(team: Prt) -> None:
    title = "Rencontre de la CAP no 2"
    team(
        f'log workshop --line 1.1 --date 2025-02-05 --title "{title}" --format half-day --status planned --anyway'
    )
    out = team(f"import {csv(team, f'{title}|5|9:00|12:00')} --yes")
    assert f"→ session {team.last_id('sessions')}, planned" in out


def test_words_that_nobody_knows_are_told_and_the_others_kept(team: Prt) -> None:
    subjects = ("Appel RSB direction compétences", "Call with RSB principal skills", "Zoom: ETSB CDA action plan",
                "Appel Zoé Tremblay compétences", "Appel Linda Chen compétences")  # fmt: skip
    rows = [f"{subject}|{day}|9:00|10:00" for day, subject in enumerate(subjects, 3)]
    file = csv(team, *rows)
    team(f"import {file} --yes")
    assert not team.path("accompaniment").exists()  # nobody looked at what was understood
    sit_down(team.monkeypatch, "", "y")
    found = re.findall("[0-9] h .*→ (.*)", team(f"import {file} --only all"))
    assert found == [
        "RSB, principal, Skills of the team   not understood: Appel",
        "RSB, principal, Skills of the team   not understood: Call, with",
        "ETSB, CDA, Action plan   not understood: Zoom",
        "ETSB, CDA, Zoé Tremblay, Skills of the team   not understood: Appel",
        "school board, role?   not understood: Appel, Linda, Chen",
    ]
    assert hours(team)[0] == "2025-02-03 1 principal RSB skills" and len(hours(team)) == 4


def test_one_answer_counts_for_a_subject_that_comes_again(team: Prt) -> None:
    rows = [f"Appel Linda Chen compétences|{day}|9:00|{day + 7}:00" for day in (3, 4, 5)]
    file = csv(team, *rows, "chat|6|9:00|10:00")
    person = sit_down(team.monkeypatch, "rsb direction", CTRL_C)
    team(f"import {file} --only all", code=130)
    assert "so are 2 other events of this subject" in person.screen
    sit_down(team.monkeypatch, "", "<", "etsb cda", "", "y")  # what waits is taken up, and changed
    team(f"import {file} --only all")
    assert hours(team) == [f"2025-02-0{day + 2} {day} cda ETSB skills" for day in (1, 2, 3)]


def test_an_event_without_a_time_is_counted(team: Prt) -> None:
    assert "left out: 1 event without a time" in team(f"import {ics(team, 'UID:1;;SUMMARY:x')} --yes")


def test_what_an_event_does_not_say_is_asked(team: Prt) -> None:
    file = csv(team, "call w/ school|5|13:00|15:00|PRT", "chat|6|9:00|10:00|PRT", "gym|6|12:00|13:00|Me")
    person = sit_down(team.monkeypatch, "y", "rsb skills", "principal", "what", "", "y")
    out = team(f"import {file}")
    asked = [line for line in person.said if " > " in line]
    assert asked[:2] == ["Only events of category PRT? [Y/n/another] > y", "1  call w/ school > rsb skills"]
    assert asked[2].endswith("> principal")
    assert asked[3:] == ["2  chat > what", "2  chat > ", "Import? [Y/n/number of a line] > y"]
    assert "left out: 1 of another category" in out
    assert hours(team) == ["2025-02-05 2 principal RSB skills"]
    assert "1 event is not taken" in team.err


def test_what_never_is_hours_is_asked_once(team: Prt) -> None:
    person = sit_down(team.monkeypatch, "y", "jamais", "rsb principal skills", "y")
    team(f"import {csv(team, 'chat|5|13:00|15:00|PRT', 'call|6|9:00|10:00|PRT')}")
    assert any("RSB" in line and "principal" in line for line in person.told)  # what was understood
    person = sit_down(team.monkeypatch, "y", "", "y")
    out = team(f"import {csv(team, 'Chat|12|13:00|15:00|PRT', 'other|13|9:00|10:00|PRT')}")
    assert "left out: 1 never hours" in out
    assert [line for line in person.said if line.startswith(("1 ", "2 "))] == ["1  other > "]
    assert hours(team) == ["2025-02-06 1 principal RSB skills"]


def test_a_subject_that_never_is_hours_ends_at_once_and_so_does_all_that_is_left(team: Prt) -> None:
    file = csv(team, *(f"{what}|{day}|9:00|10:00" for day in range(3, 8) for what in ("chat", "call", "gym")))
    person = sit_down(team.monkeypatch, "n", "", "jamais", "?", "assez")
    out = team(f"import {file}")
    asked = ["1  chat > ", "2  call > ", "3  gym > ", "5  call > ", "5  call > "]
    assert [line for line in person.told if line.endswith(" > ")] == asked
    assert "Nothing new" in out
    assert any("enough leaves out all that are left" in line for line in person.said)
    person = sit_down(team.monkeypatch, "enough")
    assert "left out: 10 never hours" in team(f"import {file}")


@pytest.mark.parametrize(("language", "word"), [("en", "enough"), ("fr", "assez")])
@pytest.mark.parametrize("typed", ["rsb skills", "zoé skills 2h", "13h zoé skills"])
def test_enough_is_taken_at_every_question_of_an_event(
    team: Prt, language: str, word: str, typed: str
) -> None:
    """Of its role, of which hours, of whether they are right."""
    team.monkeypatch.setenv("PRT_LANG", language)
    events = (
        "emsb cda plan|4|9:00|10:00",
        "call|5|8:00|21:00" if "13h" in typed else "call|5|9:00|10:15",
        "talk|6|9:00|10:00",
    )
    person = sit_down(team.monkeypatch, typed, word, "")
    team(f"import {csv(team, *events)}")
    assert next(person.answers, None) is None, person.screen
    assert hours(team) == ["2025-02-04 1 cda EMSB action-plan"], person.screen


def test_another_length_than_that_of_the_event_is_named(team: Prt) -> None:
    person = sit_down(team.monkeypatch, "zoé skills 2h", "1h15", "y")
    team(f"import {csv(team, 'talk|5|9:00|10:15')}")
    [asked] = [line for line in person.told if "1h15" in line]
    assert asked.startswith(
        "     The event is 1.25 h long, and other hours were typed: 1h15 (1.25 h), or 2h00"
    )
    assert "min zoé" not in person.screen
    assert hours(team) == ["2025-02-05 1.25 p-zoe2 cda ETSB skills"]


def test_the_sum_of_months_has_dates_or_weeks(team: Prt) -> None:
    days = ("2024-10-16", "2025-02-05", "2025-02-12")
    for number, told in (
        (3, "16 Oct 1   5 Feb 1   12 Feb 1   3 rows, 3 h"),
        (11, "week of 20 Jan 5   week of 27 Jan 5"),
    ):
        first = dt.date(2025, 1, 20)
        dates = (
            days
            if number == 3
            else [
                str(first + dt.timedelta(days=7 * week + day))
                for week in range(3)
                for day in range(5)
                if week < 2 or day < 1
            ]
        )
        text = "".join(f"emsb cda plan,{day},9:00,{day},10:00,False,,False,2\n" for day in dates)
        assert told in team(f"import {put(team, 'c.csv', HEAD + text)} --dry-run")


@pytest.mark.parametrize(
    ("left", "code", "asked"),
    [
        (["y", "rsb skills", "principal", "emsb cda pl" + CTRL_C], 130, {"2": "emsb cda pl", "3": ""}),
        (["y", "rsb skills"], 130, {"1": "rsb skills", "2": "", "3": ""}),
        (["y", "rsb skills", "principal", "emsb cda plan", "n", "n"], 0, {}),
    ],
)
def test_what_was_typed_waits_until_it_is_written(
    team: Prt, left: list[str], code: int, asked: dict[str, str]
) -> None:
    file = csv(team, "call|5|13:00|15:00|PRT", "chat|6|9:00|10:00|PRT", "talk|7|9:00|10:00|PRT")
    sit_down(team.monkeypatch, *left)
    team(f"import {file}", code)
    assert "What you typed waits: import the calendar again." in team.err
    [kept] = (team.root / "data" / "private").glob("events-p-mar2.json")
    assert "data/private/events-p-mar2.json" in team("people show p-mar2")
    first = ["rsb skills", "principal"] if "1" in asked else []
    second = ["emsb cda plan"] if "2" in asked else []
    person = sit_down(team.monkeypatch, "y", "", *first, *second, *(["n"] if asked else []), "y")
    team(f"import {file}")
    assert " wait" in person.screen and "1 > rsb skills" in person.screen
    assert set(asked.values()) <= {*person.texts}
    assert hours(team) == ["2025-02-05 2 principal RSB skills", "2025-02-06 1 cda EMSB action-plan"]
    assert not kept.exists()


def test_what_cannot_be_read_twice_is_left_out_and_waits(team: Prt) -> None:
    file = csv(team, "call|5|13:00|15:00", "chat|6|9:00|10:00")
    person = sit_down(team.monkeypatch, "zzz", "zzz", "emsb cda plan", "y")
    team(f"import {file}")
    assert next(person.answers, None) is None and "1 event is not taken" in team.err
    assert hours(team) == ["2025-02-06 1 cda EMSB action-plan"]
    person = sit_down(team.monkeypatch, "y", "rsb principal skills", "y")
    team(f"import {file}")
    assert "zzz" in person.texts and "2025-02-05 2 principal RSB skills" in hours(team)


def test_what_was_typed_of_one_calendar_is_not_that_of_another(team: Prt) -> None:
    one, other = csv(team, "call|5|13:00|15:00|PRT"), csv(team, "chat|6|9:00|10:00|PRT", name="other.csv")
    for file, answers in ((one, ["y", "rsb skills"]), (other, ["y", "emsb cda plan", "y"])):
        person = sit_down(team.monkeypatch, *answers)
        team(f"import {file}", 0 if file == other else 130)
        assert "wait" not in person.screen
    person = sit_down(team.monkeypatch, "y", "n", "y", "rsb skills", "principal", "y")
    team(f"import {one}")
    assert "1 line of Fri 14 Feb waits" in person.screen and len(hours(team)) == 2


@pytest.mark.parametrize(("answer", "taken"), [("n", 2), ("me", 1), ("<", 1)])
def test_another_category_or_all(team: Prt, answer: str, taken: int) -> None:
    file = csv(team, "emsb cda plan|5|13:00|15:00|PRT", "rsb cda plan|6|9:00|10:00|Me")
    person = sit_down(team.monkeypatch, "?", answer, "y", "y")
    team(f"import {file}")
    assert person.told[1].startswith("      y: only these. n: all events. Or another category: PRT, Me.")
    assert len(hours(team)) == taken


def test_the_category_is_remembered(team: Prt) -> None:
    team(
        f"import {csv(team, 'emsb cda plan|5|13:00|15:00|PRT', 'rsb cda plan|6|9:00|10:00|Me')} --only me --yes"
    )
    team(f"import {csv(team, 'etsb cda plan|5|13:00|15:00|PRT', 'etsb cda skills|7|9:00|10:00|Me')} --yes")
    assert hours(team) == ["2025-02-06 1 cda RSB action-plan", "2025-02-07 1 cda ETSB skills"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--yes", "its events have categories: PRT"),
        ("--only prr --yes", 'no event has the category "prr"'),
        ("--only all --into accompaniment", "is a calendar, which goes by itself"),
    ],
)
def test_what_a_script_is_told(team: Prt, options: str, told: str) -> None:
    team(f"import {csv(team, 'emsb cda plan|5|13:00|15:00|PRT')} {options}", code=2)
    assert told in team.err


def test_many_events_are_counted_at_once(team: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    """The year is put together as often as it is read or added to, not for each event."""
    made = Mock(wraps=assemble)
    monkeypatch.setattr("prt.files.project.assemble", made)
    rows = [f"emsb cda plan|{day}|9:00|10:00" for day in range(3, 8)]
    assert "5 rows, 5 h" in team(f"import {csv(team, *rows)} --dry-run")
    assert made.call_count == 2


def test_nobody_without_a_name_has_hours(team: Prt) -> None:
    team.monkeypatch.delenv("PRT_ME")
    team(f"import {csv(team, 'emsb cda plan|5|13:00|15:00')} --yes", code=2)
    assert "nobody knows whose calendar it is" in team.err


def test_a_try_writes_nothing(team: Prt) -> None:
    out = team(f"import {csv(team, 'emsb cda plan|5|13:00|15:00')} --dry-run")
    assert "Nothing was written." in out
    assert "3a.hours  0 → 2 of 1,400" in out
    assert not team.path("accompaniment").exists()


def event(subject: str, begins: str = "2025-02-03T09:00", minutes: int = 90) -> DigestedEvent:
    return next(digest_events([CalendarEvent(subject, dt.datetime.fromisoformat(begins), minutes)], "p-mar2"))


@pytest.mark.parametrize(
    ("minutes", "expected"), [(1, 0.25), (22, 0.25), (23, 0.5), (60, 1), (70, 1.25), (98, 1.75)]
)
def test_hours_are_quarters(minutes: int, expected: float) -> None:
    assert event("x", minutes=minutes).hours == expected


def test_events_at_the_same_time_are_told() -> None:
    events = [event("a", "2025-02-03T09:00", 180), event("b", "2025-02-03T10:00", 30), event("c", "2025-02-03T11:00", 90),
              event("d", "2025-02-03T12:30", 30)]  # fmt: skip
    assert find_overlaps(events) == {1: 0, 2: 0}


@pytest.mark.parametrize(
    ("times", "minutes"),
    [
        ("DTSTART;TZID=America/Toronto:20250309T010000\r\nDTEND;TZID=America/Toronto:20250309T040000", 120),
        ("DTSTART:20241103T050000Z\r\nDTEND:20241103T080000Z", 180),
        ("DTSTART;TZID=Pacific Standard Time:20250203T090000\r\nDURATION:PT45M", 45),
        ("DTSTART:20250203T090000\r\nDTEND:20250203T080000", -60),
        ("DTSTART:20250203T090000", 0),
    ],
    ids=["clocks forward", "clocks back", "Pacific", "ends before it begins", "no end"],
)
def test_the_length_of_an_event(times: str, minutes: int) -> None:
    export = read(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{times}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    assert [one.minutes for one in export.events] == [minutes]


RULES = (
    "BEGIN:VTIMEZONE\r\nTZID:{name}\r\nBEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:{summer}\r\nTZOFFSETTO:{winter}\r\n"
    "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:{winter}\r\n"
    "TZOFFSETTO:{summer}\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)  # fmt: skip
EASTERN, PACIFIC = {"winter": "-0500", "summer": "-0400"}, {"winter": "-0800", "summer": "-0700"}


def in_zone(name: str, day: str, rules: dict[str, str] | None = None) -> Export:
    """A calendar with one event at nine in this zone, which it may define."""
    zone = RULES.format(name=name, **rules) if rules else ""
    times = f'DTSTART;TZID="{name}":{day}T090000\r\nDTEND;TZID="{name}":{day}T100000\r\n'
    return read(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{times}END:VEVENT\r\n{zone}END:VCALENDAR\r\n")


@pytest.mark.parametrize("day", ["20250203", "20250703"])
@pytest.mark.parametrize(
    ("name", "rules", "hour"),
    [
        ("Eastern Standard Time", None, 9),
        ("Eastern Standard Time", EASTERN, 9),
        ("(UTC-05:00) Eastern Time (US & Canada)", None, 9),
        ("(UTC-05:00) Eastern Time (US & Canada)", EASTERN, 9),
        ("(UTC-05:00) Est (É.-U. et Canada)", None, 9),
        ("(GMT-04:00) Heure de l’Atlantique (Canada)", None, 8),
        ("(UTC-08:00) Pacifique (É.-U. et Canada)", None, 12),
        ("Pacific Standard Time", None, 12),
        ("Customized Time Zone", EASTERN, 9),
        ("Customized Time Zone", PACIFIC, 12),
        ("Mon fuseau", PACIFIC, 12),
        ("EST", EASTERN, 9),
        ("America/Montreal", None, 9),
        ("America/Toronto", PACIFIC, 9),
        ("/freeassociation.sourceforge.net/America/Vancouver", None, 12),
    ],
)
def test_the_local_time_of_an_event_in_another_zone(
    name: str, rules: dict[str, str] | None, hour: int, day: str
) -> None:
    export = in_zone(name, day, rules)
    assert [(one.starts.hour, one.minutes) for one in export.events] == [(hour, 60)] and not export.problems


@pytest.mark.parametrize("name", ["America/Vancouver", "Pacific Standard Time", "Ailleurs"])
def test_a_moment_in_utc_is_of_no_other_zone(name: str) -> None:
    times = f"DTSTART;TZID={name}:20250203T140000Z\r\nDTEND:20250203T150000Z"
    export = read(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n{times}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    assert [(one.starts.hour, one.minutes) for one in export.events] == [(9, 60)] and not export.problems


@pytest.mark.parametrize(
    "name", ["Customized Time Zone", "tzone://Microsoft/Custom", "(UTC-05:00) Bogota, Lima, Quito", "X"]
)
def test_an_event_in_a_zone_that_nothing_tells_is_named_and_left_out(name: str) -> None:
    export = in_zone(name, "20250203")
    assert export.events == ()
    [problem] = export.problems
    assert problem.severity == "warning" and problem.mistake and problem.mistake.code == "unknown_time_zone"
    assert problem.mistake.values == {"zone": name, "n": 1}


@pytest.mark.parametrize("offset", ["+9999", "x", ""])
def test_a_damaged_zone_is_a_zone_that_nothing_tells(offset: str) -> None:
    export = in_zone("X", "20250203", {"winter": offset, "summer": offset})
    assert export.events == () and len(export.problems) == 1


def test_what_is_in_an_unknown_zone_is_told_and_the_rest_is_taken(team: Prt) -> None:
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:emsb cda plan\r\nDTSTART{zone}:20250203T090000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
        for uid, zone in ((1, ""), (2, ";TZID=Ailleurs"))
    )  # fmt: skip
    path = team.root / "c.ics"
    path.write_text(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n", encoding="utf-8")
    team.monkeypatch.setenv("PRT_LANG", "fr")
    team(f"import {path} --yes")
    assert (
        "quel fuseau horaire est «\u00a0Ailleurs\u00a0»; ses événements sont laissés de côté\u00a0: 1"
        in team.err
    )
    assert len(team.lines("accompaniment")) == 1


@pytest.mark.parametrize(
    "body",
    ["", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "BEGIN:VEVENT\r\nDTSTART:never\r\nEND:VEVENT\r\n", "BEGIN:\r\n" * 5,
     "BEGIN:VEVENT\r\nDTSTART:00000000T000000\r\nEND:VEVENT\r\n", "BEGIN:VEVENT\r\n" * 3000, "BEGIN:VEVENT\r\n" * 20_001,
     "BEGIN:VEVENT\r\nDTSTART:00010101T000000Z\r\nEND:VEVENT\r\n",
     "BEGIN:VEVENT\r\nDTSTART:20250203\r\nDTSTART:20250204\r\nCATEGORIES\r\nEND:VEVENT\r\n"],
)  # fmt: skip
def test_a_damaged_calendar_is_told_of_or_empty(body: str) -> None:
    export = read(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n")
    assert export.kind == "events"
    assert export.problems or not export.events


LINES = ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:X", "DTSTART;TZID=X:20250203T090000", "DURATION:PT1H",
         "DTEND:20250203T090000Z", "DTSTART;VALUE=DATE:20250203", "RRULE:FREQ=DAILY", "CATEGORIES:a\\,b,c", "UID:1", "CLASS:", "SUMMARY:x",
         "DURATION:-P9999999W", "RECURRENCE-ID:x", "END:VCALENDAR", "BEGIN:VCALENDAR", "TZOFFSETTO:+9999", "SUMMARY;LANGUAGE=\"fr:x"]  # fmt: skip


@given(
    st.lists(st.sampled_from(LINES) | any_text(max_size=20), max_size=12),
    st.sampled_from(["\r\n", "\n", "\r\n "]),
)
def test_any_lines_of_a_calendar_are_read_or_told(lines: list[str], end: str) -> None:
    grids, problems = grids_of(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{end.join(lines)}".encode(errors="surrogatepass"), "x.ics"
    )
    exports = [read_export(one) for one in grids]
    assert problems or all(one.kind == "events" for one in exports)
    assert all("\n" not in event.subject for one in exports for event in one.events)


@pytest.fixture
def reader(team: Prt) -> EventReader:
    year: Year = context.open_year(None)
    return EventReader(year, words_of_year(year))


WORDS = ["emsb", "cda", "plan", "skills", "zoé", "1h30", "2", "feb 4", "note:", '"secret"', "« secret »", "centre: secret",
         "purpose: secret", "who: zoé", "''", "request", "\r\n", "2025-02-04", "principal", "secret", ":", "20min"]  # fmt: skip


def test_hostile_subjects_give_no_text_and_no_other_day_or_hours(reader: EventReader) -> None:
    @given(st.lists(st.sampled_from(WORDS) | any_text(max_size=6), max_size=7))
    def is_harmless(words: list[str]) -> None:
        one = event(" ".join(words))
        try:
            found = reader.line(1, one).reading
        except Mistake:
            return
        if found:
            assert (found.values["date"], found.values["hours"]) == (one.day, one.hours)
            assert not {"note", "centre", "purpose"} & found.values.keys()

    is_harmless()


def test_a_list_of_imported_rows_from_before_calendars_is_enough(team: Prt) -> None:
    """It has neither keys nor lines: an event is known by its time."""
    file = csv(team, "emsb cda plan|3|9:00|10:30")
    team.path("imported").parent.mkdir(exist_ok=True)
    team.path("imported").write_text("id,content,file\n", encoding="utf-8")
    team(f"import {file} --yes")
    assert "left out: 1 known" in team(f"import {file} --yes")
