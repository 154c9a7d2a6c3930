"""`prt list` and `prt show` for a person: names, words and one form of dates; for a program the file's texts."""

from __future__ import annotations

import re

import pytest

from prt.commands.people.end import LEFT
from prt.files.provenance import IMPORT_REASON, UNDONE
from prt.files.yaml.words import read_topic, say_reason
from prt.imports.proposing.identification import MATCH_REASON
from prt.model.text import LANGUAGES, Language
from prt.tasks.at_entry import AT_ENTRY
from prt.tasks.entry.hold_session import HELD
from prt.tasks.people.correct_person import CORRECTED
from tests.answers import sit_down
from tests.project import Prt
from tests.test_week import week as week


@pytest.mark.parametrize(
    ("language", "told", "number"),
    [
        ("en", "3 Feb 2025  Mara O'Sample  1.5  CDA  ETSB  Skills of the team", "1 row of accompaniment"),
        (
            "fr",
            "3 févr. 2025  Mara O'Sample  1,5  ADC  ETSB  Compétences",
            "1 entrée (interventions d’accompagnement)",
        ),
    ],
)
def test_a_list_is_in_words(week: Prt, language: str, told: str, number: str) -> None:
    path = week.path("accompaniment")
    path.write_text(
        path.read_text("utf-8").replace(",p-mar2,1,,,p-zoe2", ",p-mar2,1.5,,,p-zoe2"), encoding="utf-8"
    )
    week.monkeypatch.setenv("PRT_LANG", language)
    row = week("list accompaniment --where role=cda").splitlines()[-1]
    assert all(word in row for word in told.split("  ")) and number in week.err
    assert "p-mar2" not in row
    for form in ("csv", "json"):
        assert all(
            text in week(f"list accompaniment --format {form}") for text in ("p-mar2", "2025-02-03", "cda")
        )


def test_a_row_says_whom_it_names_and_who_corrected_it(week: Prt) -> None:
    week("edit a-20250203-aaaa --date 2025-02-04 --why 'the day after'")
    assert "date  3 Feb 2025 → 4 Feb 2025" in week.out
    shown = week("show a-20250203-aaaa")
    assert "Zoé Tremblay   p-zoe2" in shown
    assert "14 Feb 2025  date 3 Feb 2025 → 4 Feb 2025   the day after (Mara O'Sample)" in shown


@pytest.mark.parametrize("kind", ["atelier", "workshop", "sessions", "Rencontre"])
def test_a_kind_is_called_by_its_word_in_either_language(week: Prt, kind: str) -> None:
    assert "EDI basics" in week(f"list {kind}")


def test_an_unknown_kind_is_told_the_words_of_the_language(week: Prt) -> None:
    week.monkeypatch.setenv("PRT_LANG", "fr")
    week("list ateliet", 2)
    assert (
        "«\u00a0atelier\u00a0»?" in week.err and "rencontre" in week.err and "partner-support" not in week.err
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_and_years_give_way_before_cells(week: Prt, language: Language) -> None:
    """On a terminal of 80 columns."""
    week(
        "log tool --kind tool --date 2025-02-12 --title 'Starting a partnership' --audience clc-team --work new"
    )
    week(
        "log tool --kind tool --date 2025-02-12 --title B --audience cda --work new --published 2025-02-13 --url a.example"
    )
    week.monkeypatch.setenv("PRT_LANG", language)
    whole = week("list tool").splitlines()[-2:]
    assert "2025" in whole[0]
    week.monkeypatch.setattr("prt.console.screen.width", lambda: 80)
    rows = week("list tool").splitlines()
    assert max(map(len, rows)) <= 80 and any("Starting a part" in row for row in rows), rows
    assert "2025 " not in rows[-2] and ("12 Feb" in rows[-2] or "12 févr." in rows[-2])


def test_reasons_of_the_program_are_in_words(week: Prt) -> None:
    """Of its own changes, in the language of the screen; what somebody typed stays."""
    own = {UNDONE, IMPORT_REASON, MATCH_REASON, AT_ENTRY, HELD, CORRECTED, LEFT}
    assert {key.split(".")[1].replace("-", " ") for key in read_topic("own_reason")} == own
    assert all(say_reason(why, "fr") != why == say_reason(why, "en") for why in own)
    week("log update --description News --date 2025-02-13 --section other")
    row = week.last_id("updates")
    week(f"edit {row} --description 'Other news'")
    week(f"edit {row} --description 'More news' --why imprécis")
    week.monkeypatch.setenv("PRT_LANG", "fr")
    shown = week(f"show {row}")
    assert "News → Other news   à la saisie (" in shown and "imprécis (" in shown
    week(f"remove {row}")
    week(f"show {row}", 2)
    assert "à la saisie" in week.err


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("outils", "Cartes"),
        ("Outil", "Cartes"),
        ("outils, capsules et vignettes", "Cartes"),
        ("Activités", "EDI basics"),
        ("activ", "EDI basics"),
        ("workshops", "EDI basics"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_log_has_every_word_of_the_screen(week: Prt, kind: str, row: str, language: str) -> None:
    week("log tool --kind tool --title Cartes --audience clc-teams --date 2025-01-15")
    week.monkeypatch.setenv("PRT_LANG", language)
    assert row in week(f"list '{kind}'")


@pytest.mark.parametrize("kind", ["heures", "hours", "Heures"])
def test_hours_are_the_rows_of_both_logs(week: Prt, kind: str) -> None:
    rows = week("list accompaniment"), week("list partner-support")
    assert week(f"list {kind}") == "\n".join(rows)
    assert "of accompaniment, 2024-2025\n1 row of partner-support" in week.err
    week(f"list {kind} --format csv", 2)
    assert "prt list accompaniment or prt list partner-support" in week.err
    assert week(f"list {kind} --where board=ETSB") == week("list accompaniment --where board=ETSB")
    week(f"list {kind} --where bord=ETSB", 2)
    assert 'Did you mean "board"?' in week.err


def test_a_beginning_of_several_logs_takes_none(week: Prt) -> None:
    week.monkeypatch.setenv("PRT_LANG", "fr")
    week("list s", 2)
    assert "sondages envoyés?" in week.err and week.out == ""


@pytest.mark.parametrize(
    "words", ["3 février zoé", "zoé 3 FEB", "'lundi zoé'", "février 1,5", "2025-02-03 zoé", "compétences"]
)
def test_words_that_one_row_has_show_it(week: Prt, words: str) -> None:
    path = week.path("accompaniment")
    path.write_text(
        path.read_text("utf-8").replace(",p-mar2,1,,,p-zoe2", ",p-mar2,1.5,,,p-zoe2"), encoding="utf-8"
    )
    assert week(f"show {words}").startswith("a-20250203-aaaa ")


def test_at_a_terminal_it_is_asked_only_which_of_several_rows(week: Prt) -> None:
    person = sit_down(week.monkeypatch, "2")
    assert week("show 3 février zoé").startswith("a-20250203-aaaa ") and not person.said
    shown = week("show 3 février")
    second = next(line for line in person.said if line.startswith("  2  "))
    assert shown.startswith(f"{second.split()[1]} ") and "Which row?" in person.screen


def test_words_that_several_rows_have_list_them(week: Prt) -> None:
    for number in range(2):
        week(f"log update --description 'News {number}' --date 2025-02-13 --section other")
    week("show 13 février", 2)
    assert '"13 février" may be:\n    u-20250213-' in week.err and "Thu 13 Feb 2025 · News 1" in week.err
    assert "·.\n" not in week.err and ".\n    Write the id" not in week.err
    week("show 14 février", 2)
    assert week.err == "No row has the words: 14 février.\n"


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        (
            "en",
            "… 4 more: accompaniment entries. Another word narrows them.",
            "Which row? (a number or another word; Ctrl-C leaves) > updates",
        ),
        (
            "fr",
            "… 4 de plus_: interventions d’accompagnement. Un autre mot restreint la liste.",
            "Quelle entrée? (un numéro ou un autre mot; Ctrl-C quitte) > mises",
        ),
    ],
)
def test_rows_that_have_the_words_and_are_not_listed_are_counted(
    week: Prt, language: str, told: str, asked: str
) -> None:
    """Ten are listed: whoever asks for a day is told what else it has, and how to come to it, or to leave."""
    hours = [f"ab{n:02},2025-02-12,p-mar2,1,,,p-zoe2,cda,ETSB,,skills,," for n in range(12)]
    with week.path("accompaniment").open("a", encoding="utf-8") as file:
        file.write("".join(f"a-20250212-{row}\n" for row in hours))
    week("log update --description News --date 2025-02-12 --section other")
    week.monkeypatch.setenv("PRT_LANG", language)
    told = told.replace("_", "\N{NO-BREAK SPACE}")
    week("show 12 fevrier", 2)
    assert told in week.err
    person = sit_down(week.monkeypatch, asked.split()[-1], "1")
    shown = week("show 12 fevrier")
    assert told in re.sub("\n +", " ", person.screen) and asked in person.said, person.screen
    assert shown.startswith("u-20250212-")


def test_words_change_and_remove_nothing_in_a_script(week: Prt) -> None:
    for command in ("remove 3 février", "edit 3 février --hours 2", "show ''", "show ' ' ''", "remove ''"):
        week(command, 2)
        assert week.err.startswith("Which row? Write its id")


@pytest.mark.parametrize(
    ("condition", "same"),
    [
        ("'objective=compét'", "objective=skills"),
        ("'date=3 février'", "date=2025-02-03"),
        ("'board=eastern townships'", "board=ETSB"),
        ("person=zoé", "person=p-zoe2"),
        ("'rôle=x'", ""),
        ("role=p", ""),
    ],
)
def test_a_condition_takes_what_an_answer_takes(week: Prt, condition: str, same: str) -> None:
    if same:
        assert week(f"list accompaniment --where {condition}") == week(f"list accompaniment --where {same}")
    else:
        week(f"list accompaniment --where {condition}", 2)


HOURS = {
    "en": ("board", "person", "team member: Mara"),
    "fr": ("CS", "personne", "membre de l’équipe\u00a0: Mara"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_say_with_whom_and_not_who_in_every_row(week: Prt, language: Language) -> None:
    """On a terminal of 80 columns no heading is cut; who has no name stands there by role."""
    table = week.path("accompaniment").read_text("utf-8")
    head, row, *_ = table.splitlines()
    unnamed = row.replace("a-20250203-aaaa", "a-20250203-bbbb").replace(",p-zoe2,", ",,")
    week.path("accompaniment").write_text(f"{head}\n{row}\n{unnamed}\n", encoding="utf-8")
    week.monkeypatch.setenv("PRT_LANG", language)
    assert "Zoé Tremblay" in week("list accompaniment") and "Mara" in week.out
    week.monkeypatch.setattr("prt.console.screen.width", lambda: 80)
    heading, *rows = week("list accompaniment").splitlines()
    board, person, foot = HOURS[language]
    assert f" {board} " in heading and person in heading and "…" not in heading and foot in week.err
    assert "Zoé Tremblay" in rows[0] and "Mara" not in week.out
    assert ("CDA" if language == "en" else "ADC") in rows[1]
    assert max(map(len, (heading, *rows))) <= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_stand_whole_and_a_row_is_known_by_the_end_of_its_id(week: Prt, language: Language) -> None:
    """On a terminal of 80 columns, of hours that several of the team gave."""
    table = week.path("accompaniment").read_text("utf-8")
    another = table.splitlines()[1].replace("a-20250203-aaaa", "a-20250203-7kq2").replace("p-mar2", "p-jor2")
    week.path("accompaniment").write_text(f"{table}{another}\n", encoding="utf-8")
    names = week.root / "data" / "private" / "names.csv"
    names.write_text(names.read_text("utf-8").replace("Zoé Trem", "Zoé-Maude Trem"), encoding="utf-8")
    week.monkeypatch.setenv("PRT_LANG", language)
    week.monkeypatch.setattr("prt.console.screen.width", lambda: 80)
    heading, *listed = week("list accompaniment").splitlines()
    assert heading.startswith(("ref. ", "réf. ")) and max(map(len, (heading, *listed))) <= 80
    assert any(one.startswith("7kq2 ") and "  Zoé-Maude Tremblay  " in one for one in listed), listed
    assert "a-20250203-7kq2" in week("show 7kq2")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["zoe", "Tremblay", "ETSB", "3 feb zoe", "zoé etsb"])
def test_words_behind_the_kind_narrow_a_list(week: Prt, words: str, language: Language) -> None:
    week.monkeypatch.setenv("PRT_LANG", language)
    rows = week(f"list hours {words}").splitlines()
    assert "a-20250203-aaaa" in rows[-1] and "partner-support" not in week.err
    assert "a-20250203-aaab" not in week.out
    assert "a-20250203-aaaa" in week(f"list hours {words} --where role=cda")
    week("list hours wilma", 2)
    assert "wilma" in week.err and ("No row has" if language == "en" else "Aucune entrée") in week.err


@pytest.mark.parametrize(
    ("language", "told"), [("en", "prt list hours linda"), ("fr", "prt list heures linda")]
)
def test_a_list_of_nothing_tells_what_can_be_listed(week: Prt, language: str, told: str) -> None:
    week.monkeypatch.setenv("PRT_LANG", language)
    week("list", 2)
    assert told in week.err and "KIND" not in week.err and "MANQUANT" not in week.err.upper()


@pytest.mark.parametrize("typed", ["person=zoé", "person='Zoé Tremblay'", "staff=mara"])
def test_a_condition_takes_a_person_by_name(week: Prt, typed: str) -> None:
    assert "a-20250203-aaaa" in week(f"list accompaniment --where {typed}")
    assert ("a-20250203-aaab" in week.out) == typed.startswith("staff")
    week("list accompaniment --where person=tremb", 2)
    assert "Zoé Tremblay" in week.err
