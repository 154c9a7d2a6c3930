"""`prt people` and `prt org`: ids in the project, names in the private folder alone."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from tests.answers import Answers, sit_down
from tests.project import Prt

ADD = 'people add --role cda --board "English Montréal" --name "Anne Roy" --email anne@example.org'


def person(prt: Prt) -> str:
    """The id of the last person of people.csv."""
    return (prt.root / "data" / "people.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[0]


def texts(prt: Prt) -> str:
    """Everything in the project that git would carry."""
    private = prt.root / "data" / "private"
    files = [path for path in prt.root.rglob("*") if path.is_file() and private not in path.parents]
    return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)


def test_a_person_gets_an_id_and_the_name_stays_private(prt: Prt) -> None:
    out = prt(ADD)
    assert re.search(r"^Added  p-[a-z0-9]{4}   data/people\.csv:2$", out, re.MULTILINE)
    assert f"{person(prt)},cda,EMSB," in texts(prt)
    assert "Anne" not in texts(prt)
    assert "example.org" not in texts(prt)
    names = (prt.root / "data" / "private" / "names.csv").read_text(encoding="utf-8")
    assert f"{person(prt)},Anne Roy,anne@example.org" in names


def test_lists_are_in_french_words_and_csv_in_codes(prt: Prt) -> None:
    prt(ADD)
    prt.monkeypatch.setenv("PRT_LANG", "fr")
    heading, row = prt("people list").splitlines()
    assert "fonction" in heading and "ADC" in row
    assert prt("people list --format csv").splitlines()[0].startswith("id,name,role,board")
    assert "commission scolaire" in prt("list request")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_names_are_their_owners_alone(prt: Prt) -> None:
    prt(ADD)
    private = prt.root / "data" / "private"
    assert [path.stat().st_mode & 0o777 for path in (private, private / "names.csv")] == [0o700, 0o600]


def test_the_private_folder_may_be_elsewhere(prt: Prt, tmp_path: Path) -> None:
    prt.monkeypatch.setenv("PRT_PRIVATE", str(tmp_path / "drive"))
    prt(ADD)
    assert (tmp_path / "drive" / "names.csv").exists()
    assert not (prt.root / "data" / "private").exists()


def test_one_person_does_not_get_two_ids(prt: Prt) -> None:
    prt(ADD)
    prt(ADD.replace("Anne Roy", "  anne ROY"), code=2)
    assert f"is {person(prt)} already" in prt.err
    prt(f'people add --role teacher --board RSB --name "Anne Roy" --id {person(prt)}')
    prt('people add --role principal --board RSB --name "Anne Roy" --namesake')


@pytest.mark.parametrize("typed", ["Roy, Anne", "Roy Anne", "ANNE  ROY", "Añne Roy"])
def test_a_name_that_is_turned_or_spelt_otherwise_is_the_same_person(prt: Prt, typed: str) -> None:
    """One person with two ids would be counted twice."""
    prt('people add --role cda --board RSB --name "Roy, Anne"')
    names = (prt.root / "data" / "private" / "names.csv").read_text(encoding="utf-8")
    assert "Anne Roy" in names
    prt(f'people add --role principal --board RSB --name "{typed}"', code=2)
    assert "already. Another role of the same person" in prt.err
    assert (prt.root / "data" / "private" / "names.csv").read_text(encoding="utf-8") == names


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "of Mara Sample, in 2024-2025:\n  1 row of people would be taken out again\n    Linda Chen\n"),
        (
            "fr",
            "de Mara Sample, en 2024-2025\u00a0:\n  1 entrée (personnes) serait retirée\n    Linda Chen\n",
        ),
    ],
)
def test_undo_says_by_name_who_did_what_to_whom(prt: Prt, language: str, told: str) -> None:
    prt.me("p-cccc")
    prt("people add --name 'Mara Sample' --role prt-staff")
    mara = person(prt)
    prt.me(mara)
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt("people add --name 'Linda Chen' --role cda --board EMSB --start 2024-09-01")
    prt.me("p-bbbb")
    prt("undo", 1)
    assert "Mara Sample" in prt.err and f"PRT_ME={mara}." in prt.err
    prt("log update --date 2025-01-10 --description News --section other")
    prt.me(mara)
    prt("undo", 2)
    assert told in prt.err
    assert "Linda Chen (" in prt("undo --yes") and "Linda" not in texts(prt)


def test_undo_deletes_the_name_too(prt: Prt) -> None:
    prt(ADD)
    prt("undo")
    assert not (prt.root / "data" / "private" / "names.csv").exists()
    assert "Anne" not in texts(prt)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("people add --board EMSB", "--role: missing"),
        ("people add --role chef", '"chef" is not a role'),
        (
            "people add --role cda --start 2025-02-01 --end 2025-01-01",
            "the last day in post is before the first",
        ),
        ("people end p-none --on 2025-01-31", "Nobody in data/people.csv has the id p-none"),
    ],
)
def test_what_is_wrong_is_refused(prt: Prt, typed: str, words: str) -> None:
    prt(typed, code=2)
    assert words in prt.err


def test_a_person_who_leaves_has_a_last_day(prt: Prt) -> None:
    prt(ADD)
    prt(f"people end {person(prt)} --on 2025-01-31")
    assert f"{person(prt)},cda,EMSB,,,2025-01-31," in texts(prt)
    prt(f"people end {person(prt)} --on 2025-01-31", code=2)


def test_of_several_roles_the_one_that_ends_is_named(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,", "p-aaaa,teacher,RSB,,,,,")
    prt("people end p-aaaa --on 2025-01-31", code=2)
    assert "p-aaaa has several roles: cda, teacher" in prt.err
    prt("people end p-aaaa --on 2025-01-31 --role 'Personnel enseignant'")
    assert "p-aaaa,cda,EMSB,,,,,\np-aaaa,teacher,RSB,,,2025-01-31,," in texts(prt)


def test_a_role_is_called_as_people_say(prt: Prt) -> None:
    prt("people add --role directrice --board EMSB --name 'Anne Roy'")
    prt(f"people edit {person(prt)} --of-role 'Direction d’école' --board RSB --why slip")
    assert f"{person(prt)},principal,RSB," in texts(prt)


def test_a_new_person_changes_the_population(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,")
    prt("log journal --round 1 --person p-aaaa --date 2024-11-28")
    assert "4.journals  100% → 50.0%" in prt("people add --role cda --board RSB")


def test_names_are_listed_for_those_who_have_them(prt: Prt) -> None:
    prt(ADD)
    [one] = json.loads(prt("people list --format json"))
    assert (one["id"], one["name"], one["board"]) == (person(prt), "Anne Roy", "EMSB")
    prt.monkeypatch.setenv("PRT_PRIVATE", str(prt.root / "nowhere"))
    [one] = json.loads(prt("people list --format json"))
    assert "name" not in one


def test_an_organisation_may_be_named_once_it_is_added(prt: Prt) -> None:
    out = prt('org add CHSSN --name-en "Community Health" --name-fr "Réseau communautaire" --type partner')
    assert "counts as a board: no" in out
    prt('log partnership --date 2025-01-20 --organisation "réseau communautaire" --event contacted')
    assert ",CHSSN,contacted," in prt.lines("partnerships")[0]


@pytest.mark.parametrize("options", ["EMSB --name-en A --name-fr B", "XX --name-en Littoral --name-fr B"])
def test_a_name_stands_for_one_organisation(prt: Prt, options: str) -> None:
    prt(f"org add {options} --type partner", code=2)
    assert "already, in data/organisations.csv" in prt.err


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("--name anne@example.org", "--name: this is no name"),
        ("--name 555-0199", "--name: this is no name"),
        ("--name 'Anne Roy' --email 'pas un courriel'", '--email: "pas un courriel" is no e-mail address'),
    ],
)
def test_what_is_no_name_or_address_is_refused(prt: Prt, typed: str, words: str) -> None:
    prt(f"people add --role cda {typed}", code=2)
    assert words in prt.err and not (prt.root / "data/private/names.csv").exists()


def test_on_a_terminal_a_person_is_asked_for(prt: Prt) -> None:
    answers = Answers(["Anne Roy", "", "chief", "cda", "emsb", "", "2024-11-04", "", "", "", "", ""])
    prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    prt.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: answers)
    prt("people add")
    assert texts(prt).count(f"{person(prt)},cda,EMSB,,2024-11-04,,,") == 1 and prt.err == ""


def private_text(prt: Prt, name: str) -> str:
    return (prt.root / "data" / "private" / name).read_text(encoding="utf-8-sig")


def everything(prt: Prt) -> dict[str, bytes]:
    """Every table but the corrections."""
    files = [one for one in (prt.root / "data").rglob("*.csv") if one.name != "corrections.csv"]
    return {str(one): one.read_bytes() for one in files}


def test_a_name_and_an_address_are_corrected_in_the_private_folder_alone(prt: Prt) -> None:
    """Issue 10: a name or an e-mail that was mistyped; the old one is kept there too, and `undo` brings it back."""
    prt(ADD)
    before, one = everything(prt), person(prt)
    out = prt('people edit anne --name "Roy-Côté, Anne" --email anne.roy@example.org')
    assert out.splitlines() == [
        f"Changed  {one}   data/private/names.csv:2",
        "  name  Anne Roy → Anne Roy-Côté",
        "  e-mail  anne@example.org → anne.roy@example.org",
    ]
    assert f"{one},Anne Roy-Côté,anne.roy@example.org" in private_text(prt, "names.csv")
    assert "Anne Roy" in private_text(prt, "corrections.csv")
    assert "Anne" not in texts(prt) and "example.org" not in texts(prt)
    prt("undo --yes")
    assert everything(prt) == before


def test_a_name_and_a_role_are_corrected_in_one_action(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,")
    (prt.root / "data" / "private").mkdir()
    names = prt.root / "data" / "private" / "names.csv"
    names.write_text("id,name,email\np-aaaa,Anne Roy,anne@example.org\n", encoding="utf-8")
    before, one = everything(prt), "p-aaaa"
    prt(f"people edit {one} --email '' --board RSB", code=2)
    assert prt.err.startswith("--why: missing") and everything(prt) == before
    prt(f"people edit {one} --email '' --board RSB --why moved --dry-run")
    assert everything(prt) == before and "board  EMSB → RSB" in prt.out
    prt(f"people edit {one} --email '' --board RSB --why moved")
    assert f"{one},cda,RSB," in texts(prt) and f"{one},Anne Roy,\n" in private_text(prt, "names.csv") + "\n"
    prt("undo --yes")
    assert everything(prt) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--name 555-0199", "--name: this is no name"),
        ("--name=-Anne", "--name: this is no name"),
        ("--name '=Anne'", "--name: this is no name"),
        ("--name '+Anne'", "--name: this is no name"),
        ("--name '@Anne'", "--name: this is no name"),
        ("--name p-aaaa", "--name: this is no name"),
        ("--email nowhere", '--email: "nowhere" is no e-mail address'),
        ("--name ''", "--name: missing"),
        ("--role chief --why so", '"chief" is not a role'),
        ("--name 'Kim Sample'", "If they are one person: prt people merge"),
        ("--note 'asks for Kim Sample' --why so", "names stay private"),
        ("", "Nothing to change in p-"),
        ("--board RSB --of-role teacher --why so", "Say which: --of-role"),
    ],
)
def test_what_is_wrong_with_a_correction_is_refused(prt: Prt, options: str, words: str) -> None:
    prt(ADD)
    one = person(prt)
    prt("people add --role cda --board RSB --name 'Kim Sample'")
    before = everything(prt)
    assert prt.attempt(f"people edit {one} {options}") == 2
    assert words in prt.err and everything(prt) == before


def test_of_several_roles_the_one_that_is_corrected_is_named(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,", "p-aaaa,teacher,RSB,,,,,")
    prt("people edit p-aaaa --board ETSB --why moved", code=2)
    assert "cda, teacher" in prt.err
    prt("people edit p-aaaa --of-role teacher --board ETSB --why moved")
    assert "p-aaaa,cda,EMSB,,,,,\np-aaaa,teacher,ETSB,,,,," in texts(prt)
    sit_down(prt.monkeypatch, "1", "board", "swl", "", "moved too")
    prt("edit p-aaaa")
    assert "p-aaaa,cda,SWLSB,,,,,\np-aaaa,teacher,ETSB,,,,," in texts(prt)


@pytest.mark.parametrize("typed", ["edit {0}", "people edit anne"])
@pytest.mark.parametrize(("language", "what"), [("en", "name"), ("fr", "nom")])
def test_on_a_terminal_a_person_is_asked_for_what_is_to_be_corrected(
    prt: Prt, typed: str, language: str, what: str
) -> None:
    """Case E3."""
    prt(ADD)
    prt.monkeypatch.setenv("PRT_LANG", language)
    screen = sit_down(prt.monkeypatch, what, "5550199", "Anna Roy", "")
    prt(typed.format(person(prt)))
    assert f"{person(prt)},Anna Roy,anne@example.org" in private_text(prt, "names.csv")
    assert f"{what}  Anne Roy → Anna Roy" in prt.out
    assert next(screen.answers, None) is None


@pytest.mark.parametrize(("language", "name", "who"), [("en", "name", "Who? > "), ("fr", "nom", "Qui? > ")])
def test_without_a_person_it_is_asked_who(prt: Prt, language: str, name: str, who: str) -> None:
    prt(ADD)
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt("people edit", code=2)
    assert prt.err.startswith(who.removesuffix(" > ")) and "prt people list" in prt.err
    screen = sit_down(prt.monkeypatch, "", "nobody at all", "anne", name, "Anna Roy", "")
    prt("people edit")
    assert screen.told.count(who) == 3
    assert f"{person(prt)},Anna Roy," in private_text(prt, "names.csv")


@pytest.mark.parametrize(("language", "save"), [("en", "Save?"), ("fr", "Enregistrer?")])
def test_whoever_is_changed_meanwhile_is_asked_for_again(prt: Prt, language: str, save: str) -> None:
    """Two terminals: what the other one did is told, and the answers given here are kept."""

    class Twice(Answers):
        def ask(self, prompt: str, *more: object, **named: object) -> str:
            if prompt.startswith(save) and "example.com" not in private_text(prt, "names.csv"):
                names = prt.root / "data" / "private" / "names.csv"
                text = private_text(prt, "names.csv").replace("anne@example.org", "anne@example.com")
                names.write_text(text, encoding="utf-8")
            return super().ask(prompt)

    prt(ADD)
    prt.monkeypatch.setenv("PRT_LANG", language)
    screen = Twice(["name" if language == "en" else "nom", "Anna Roy", "", "", ""])
    prt.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: screen)
    prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    prt(f"people edit {person(prt)}")
    told = {"en": "was changed meanwhile", "fr": "a été modifié entretemps"}[language]
    assert f"data/private/names.csv {told}" in screen.screen
    assert "anne@example.org → anne@example.com" in prt.out
    assert f"{person(prt)},Anna Roy,anne@example.com" in private_text(prt, "names.csv")


def test_whoever_is_gone_meanwhile_is_not_made_again(prt: Prt) -> None:
    class Gone(Answers):
        def ask(self, prompt: str, *more: object, **named: object) -> str:
            if prompt.startswith("Save?"):
                names = prt.root / "data" / "private" / "names.csv"
                names.write_text("id,name,email\n", encoding="utf-8")
            return super().ask(prompt)

    prt(ADD)
    prt.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: Gone(["name", "Anna Roy", ""]))
    prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    prt(f"people edit {person(prt)}", code=1)
    assert "another program changed this file in the meantime" in prt.err
    assert "Anna" not in private_text(prt, "names.csv")


def test_who_has_no_first_day_owes_every_round(prt: Prt) -> None:
    prt("people add --role cda --board EMSB")
    assert "has no first day: counts as in post since 1 July 2024, so owes round 1." in prt.err
    assert f"prt people edit {person(prt)} --start DATE" in prt.err


def test_somebody_leaves_by_name_and_rows_after_that_day_are_told(prt: Prt) -> None:
    prt(ADD)
    prt(f"log journal --round 1 --person {person(prt)} --date 2024-11-20")
    prt('people end "Anne Roy" --on 2024-10-31')
    assert f"warning: {person(prt)} stands in rows after 31 Oct 2024: 1 row of journals." in prt.err


def test_a_name_is_not_added_where_the_names_are_elsewhere(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,")
    assert not (prt.root / "data/private").exists()
    prt('people add --name "Nina Test" --role cda --board RSB --start 2025-01-01', code=1)
    assert "is not here, and the name may be in it already" in prt.err
    prt("people add --role cda --board RSB --start 2025-01-01")
