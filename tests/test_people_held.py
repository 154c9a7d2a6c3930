"""What is held on a person, and the rights of who asks: shown, corrected, erased, with every count unchanged."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from random import Random

import pytest

from prt.files import submission
from prt.files.erase import pending
from prt.files.project import Project
from prt.model.ids import is_erased
from tests.project import Prt

ANNE, KIM, LEA = "p-anne", "p-kimo", "p-leah"
NAMES = """id,name,email,other_names
p-anne,Anne Roy-Côté,anne@example.org,
p-kimo,Kim O'Sample,kim@example.org,Kimberley Sample
p-leah,Léa Exemple,lea@example.org,
"""
SESSION = "w-20241016-aaaa"
SESSIONS = f"id,line,date,title,format\n{SESSION},1.4a,2024-10-16,PLC 1,meeting\n"
ATTENDANCE = f"""id,session,date,person,role,board,minutes
at-20241016-aaa1,{SESSION},2024-10-16,p-anne,cda,EMSB,
at-20241016-aaa2,{SESSION},2024-10-16,p-kimo,cda,RSB,
"""
JOURNALS = "id,round,person,date\nj-20241120-aaaa,1,p-anne,2024-11-20\nj-20241121-aaaa,1,p-kimo,2024-11-21\n"
STAYS = "id,row,session,stays\nst-1,at-20241016-aaa1,w-20241016-aaaa,2024-10-16T09:00/2024-10-16T11:00\n"


@pytest.fixture
def team(prt: Prt) -> Prt:
    """Three CDAs with names; two were at a meeting and handed in a journal."""
    prt.people(f"{ANNE},cda,EMSB,,,,,", f"{KIM},cda,RSB,,,,,", f"{LEA},cda,EMSB,,,,,")
    for log, text in (("sessions", SESSIONS), ("attendance", ATTENDANCE), ("journals", JOURNALS)):
        prt.write(log, text)
    private(prt, "names", NAMES)
    return prt


def private(prt: Prt, name: str, text: str) -> Path:
    folder = prt.root / "data" / "private"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def texts(root: Path) -> dict[str, str]:
    """Every file of the folder, hidden ones too."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in files
    }


def having(prt: Prt, *words: str) -> list[str]:
    """The files in which one of the words stands."""
    found = texts(prt.root)
    return sorted(name for name, text in found.items() if any(word in text for word in words))


def figures(prt: Prt) -> str:
    return prt("status --format json --as-of 2025-02-14")


# Shown


def test_all_that_is_held_with_file_and_line(team: Prt) -> None:
    private(team, "stays", STAYS)
    out = team(f"people show {ANNE}")
    assert out.splitlines()[0] == f"{ANNE}   Anne Roy-Côté   anne@example.org"
    assert "data/2024-2025/attendance.csv   1 row\n  :2  id at-20241016-aaa1 · " in out
    assert "data/people.csv   1 row\n  :2  id p-anne · role cda · board EMSB" in out
    assert "data/private/names.csv   1 row" in out and "data/private/stays.csv   1 row" in out
    assert KIM not in out


def test_a_person_is_found_by_name_and_by_e_mail(team: Prt) -> None:
    shown = team(f"people show {ANNE} --format json")
    assert team('people show "roy cote, Anne" --format json') == shown
    assert team("people show ANNE@example.org --format json") == shown
    assert json.loads(shown)["rows"][0]["cells"]["person"] == ANNE
    team("people show nobody@example.org", code=2)
    assert "Nobody is known as nobody@example.org" in team.err


def test_for_who_has_a_right_to_a_copy_it_is_a_table(team: Prt) -> None:
    lines = team(f"people show {ANNE} --format csv").splitlines()
    assert lines[0] == "file,line,column,value"
    assert "data/2024-2025/journals.csv,2,round,1" in lines


def test_a_name_in_free_text_is_shown_where_it_stands(team: Prt) -> None:
    team("log accompaniment --date 2025-01-10 --staff p-kimo --hours 2 --role cda --board EMSB "
         "--objective skills --note 'Anne Roy Côté asked'")  # fmt: skip
    assert "Named in\n  data/2024-2025/accompaniment.csv:2" in team(f"people show {ANNE}")
    assert "Named in" not in team(f"people show {KIM}")


# Merged


def test_two_ids_become_one_person(team: Prt) -> None:
    out = team(f"people merge {KIM} {ANNE} --yes")
    assert "4.journals  66.7% → 50.0%" in out
    assert having(team, f",{KIM},") == ["data/2024-2025/corrections.csv", "data/private/corrections.csv"]
    assert [line.split(",")[3] for line in team.lines("attendance")] == [ANNE, ANNE]
    names = (team.root / "data/private/names.csv").read_text(encoding="utf-8").splitlines()
    assert names[1:] == [
        "p-anne,Anne Roy-Côté,anne@example.org,Kim O'Sample; kim@example.org; Kimberley Sample",
        "p-leah,Léa Exemple,lea@example.org,",
    ]
    corrections = (team.root / "data/2024-2025/corrections.csv").read_text(encoding="utf-8")
    assert f"at-20241016-aaa2,person,{KIM},{ANNE},{KIM} and {ANNE} are one person" in corrections
    assert "Sample" not in corrections


def test_a_role_that_both_ids_have_is_held_once(team: Prt) -> None:
    team.people(f"{ANNE},cda,EMSB,,,,,", f"{KIM},cda,EMSB,,,,,", f"{KIM},teacher,RSB,,,,,")
    team(f"people merge {KIM} {ANNE} --yes")
    people = (team.root / "data/people.csv").read_text(encoding="utf-8").splitlines()
    assert people[1:] == [f"{ANNE},cda,EMSB,,,,,", f"{ANNE},teacher,RSB,,,,,"]


# Erased


def test_after_an_erasure_counts_are_the_same_and_the_person_is_nowhere(team: Prt) -> None:
    team.me(KIM)
    team("edit at-20241016-aaa1 --minutes 60 --why 'left early'")
    team(f"people end {LEA} --on 2025-01-31")
    private(team, "stays", STAYS)
    before, problems = figures(team), team("check")
    out = team(f"people erase {ANNE} --yes")
    assert "pseudonymous, not anonymous" in team.err
    assert figures(team) == before
    assert team("check") == problems
    assert having(team, ANNE, "Anne", "Roy", "anne@example.org", "st-1") == []
    token = next(word for word in out.split() if is_erased(word.rstrip("."))).rstrip(".")
    assert having(team, token) == [
        "data/2024-2025/attendance.csv",
        "data/2024-2025/journals.csv",
        "data/people.csv",
    ]
    assert "data/private/names.csv   1 row" in out
    team(f"people show {ANNE}", code=2)


def test_an_erasure_is_asked_for_and_cannot_be_undone(team: Prt) -> None:
    team("people add --role teacher --board RSB")
    team(f"people erase {ANNE}", code=2)
    assert "Nothing was done. In a script, add --yes." in team.err and having(team, ANNE)
    team(f"people erase {ANNE} --yes")
    team("undo", code=1)
    assert "nothing to take back" in team.err


def test_without_the_private_folder_nothing_is_erased(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_PRIVATE", str(team.root / "drive"))
    team(f"people erase {ANNE} --yes", code=1)
    assert "the name would stay in it" in team.err and having(team, ANNE)


def test_a_name_in_free_text_is_for_a_person_to_rewrite(team: Prt) -> None:
    notes = team.root / "data/2024-2025/notes"
    notes.mkdir()
    (notes / "period-1.en.md").write_text("Thanks,\nAnne Roy-Côté helped.\n", encoding="utf-8")
    out = team(f"people erase {ANNE} --yes")
    assert "rewrite these lines:\n  data/2024-2025/notes/period-1.en.md:2" in out


def test_what_was_submitted_has_the_token_too_and_is_still_verified(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_TODAY", "2024-12-10")
    team("submit --period 1 --on 2024-12-10 --anyway actions,no-data")
    frozen = team.root / "data/2024-2025/submitted/period-1"
    assert any(ANNE in text for text in texts(frozen).values())
    out = team(f"people erase {ANNE} --yes")
    assert not any(ANNE in text for text in texts(frozen).values())
    assert "data/2024-2025/submitted/period-1/data/2024-2025/attendance.csv" in out
    year = Project(team.root, team.root / "data/private").load(team.root / "plan/2024-2025.yaml")
    [sent] = submission.submissions(year)
    assert sent.verified().whole and len(sent.manifest.erased) == 1


def test_an_erasure_that_was_interrupted_is_completed_with_the_same_token(team: Prt) -> None:
    before = figures(team)
    (team.root / ".prt").mkdir(exist_ok=True)
    token = pending(Project(team.root, team.root / "data/private"), ANNE, Random(1))
    team.write("attendance", ATTENDANCE.replace(ANNE, token))
    assert f"have the token {token}." in team(f"people erase {ANNE} --yes")
    assert figures(team) == before and having(team, ANNE) == []


def test_a_token_is_nobody_who_lacks_a_name(team: Prt) -> None:
    team(f"people erase {ANNE} --yes")
    assert "has no name" not in team("check")


# Missing


def test_who_has_not_handed_in_which_round(team: Prt) -> None:
    out = team("people missing 4.journals --as-of 2025-02-14")
    assert f"{LEA}  Léa Exemple  cda   EMSB       0       1  round 1" in out
    assert out.endswith("1 of 3 missing · round 1: 1\n")
    assert team("people missing 4.journals --as-of 2024-11-01").endswith("has no figure yet: nothing was due, "
                                                                         "or nothing is logged.\n")  # fmt: skip


def test_who_was_not_at_a_meeting(team: Prt) -> None:
    team.write("sessions", SESSIONS + "w-20241203-aaaa,1.4a,2024-12-03,PLC 2,meeting\n")
    team.write("attendance", ATTENDANCE + "at-20241203-aaa1,w-20241203-aaaa,2024-12-03,p-anne,cda,EMSB,\n")
    rows = json.loads(team("people missing 1.4a.all-four --as-of 2025-02-14 --format json"))
    assert [(one["id"], one["times"], one["missing"]) for one in rows] == [(ANNE, 2, ""), (KIM, 1, "PLC 2")]


def test_names_are_for_those_who_have_them(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_PRIVATE", str(team.root / "nowhere"))
    out = team("people missing 4.journals --as-of 2025-02-14")
    assert LEA in out and "Léa" not in out


def test_other_indicators_do_not_say_who(team: Prt) -> None:
    team("people missing 3a.hours", code=2)
    assert '"3a.hours" does not say who is missing.' in team.err and "4.journals" in team.err


# A roster from a spreadsheet

ROSTER = """Nom;Courriel;Fonction;Commission scolaire;CSC;Entrée en poste
"Tremblay, Zoé";zoe@example.org;ADC;English Montréal;Maple CLC;19/08/2024
Anne Roy Côté;;direction;RSB;;
Lea Exempl;;ADC;RSB;;
"""


def roster(prt: Prt, text: str = ROSTER) -> Path:
    path = prt.root.parent / "roster.csv"
    path.write_bytes(text.encode("cp1252"))
    return path


def test_a_roster_adds_who_is_new_and_the_roles_that_are_new(team: Prt) -> None:
    out = team(f"people import {roster(team)} --yes")
    assert f"roster.csv:4  Lea Exempl: perhaps {LEA}. Not added" in out
    people = (team.root / "data/people.csv").read_text(encoding="utf-8").splitlines()
    new = people[-2].split(",")[0]
    assert people[-2:] == [f"{new},cda,EMSB,Maple CLC,2024-08-19,,,", f"{ANNE},principal,RSB,,,,,"]
    assert having(team, "Tremblay", "zoe@") == ["data/private/names.csv"]
    assert "Nothing new: no file was touched." in team(f"people import {roster(team)} --yes")
    team("undo")
    assert having(team, new) == ["data/2024-2025/corrections.csv"]


@pytest.mark.parametrize(
    "heading",
    ["Date d'entrée", "Date d’entrée en fonction", "Date d’entrée en poste", "Entrée en poste", "Embauche"],
)
def test_how_a_roster_calls_the_first_day(team: Prt, heading: str) -> None:
    text = f"Nom;Fonction;{heading};Casier\nZoé Tremblay;ADC;19/08/2024;7\n"
    assert "columns left behind: Casier\n1 row: 1 new, 1 role to add" in team(
        f"people import {roster(team, text)} --yes"
    )
    assert (
        (team.root / "data/people.csv")
        .read_text(encoding="utf-8")
        .splitlines()[-1]
        .endswith(",cda,,,2024-08-19,,,")
    )


@pytest.mark.parametrize(
    ("function", "role"),
    [
        ("représentante CS", "sb-rep"),
        ("Représentante de la CS", "sb-rep"),
        ("Directrice adjointe", "principal"),
        ("Agent(e) de développement communautaire", "cda"),
        ("Bibliothécaire", "other"),
    ],
)
def test_functions_as_they_are_written_in_quebec(team: Prt, function: str, role: str) -> None:
    path = roster(team, f"Nom;Fonction\nZoé Tremblay;{function}\n")
    team(f"people import {path} --yes --role-of 'bibliothécaire=other'")
    assert (team.root / "data/people.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[1] == role


def test_a_roster_is_shown_first_and_needs_a_yes(team: Prt) -> None:
    before = texts(team.root)
    assert "3 rows: 1 new, 2 roles to add" in team(f"people import {roster(team)} --dry-run")
    team(f"people import {roster(team)}", code=2)
    assert {name: text for name, text in texts(team.root).items() if ".prt/" not in name} == before


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("Nom;Fonction\nZoé Tremblay;chef\n", "", 'roster.csv:2: Fonction: "chef" is no role'),
        ("Nom;Fonction\nZoé Tremblay;chef\n", "", '--role-of "chef=other"'),
        ("Nom;Fonction\nZoé Tremblay;\n", "", "no role\n    Name one for all who have none: --role cda."),
        ("a;b\n1;2\n", "", "has no list of people"),
        ("Nom;Début\nZoé Tremblay;03/04/2024\n", "--role cda", "--day-first"),
    ],
)
def test_a_roster_that_cannot_be_read_is_refused(team: Prt, text: str, options: str, words: str) -> None:
    before = having(team, "cda")
    team(f"people import {roster(team, text)} --yes {options}", code=1)
    assert words in team.err and having(team, "cda") == before


def test_nobody_is_created_while_names_are_missing(team: Prt) -> None:
    private(team, "names", NAMES.replace("p-leah,Léa Exemple,lea@example.org,\n", ""))
    team(f"people import {roster(team)} --yes")
    assert "1 person of data/people.csv have no name" in team.err
    assert "Tremblay" not in texts(team.root)["data/private/names.csv"]


# Checked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Write to anne.roy@example.org.", "an e-mail address stands here"),
        ("Call (514) 555-0123.", "a telephone number stands here"),
        ("Call 514.555.0123", "a telephone number stands here"),
        ("Thanks to ROY CÔTE Anne", f"the name of {ANNE} stands here"),
        ("Kimberley Sample came", f"the name of {KIM} stands here"),
        ("Kim O’Sample came", f"the name of {KIM} stands here"),
    ],
)
def test_what_is_personal_is_found_in_notes(team: Prt, text: str, words: str) -> None:
    notes = team.root / "data/2024-2025/notes"
    notes.mkdir()
    (notes / "period-1.fr.md").write_text(f"\n{text}\n", encoding="utf-8")
    out = team("check")
    assert f"data/2024-2025/notes/period-1.fr.md:2: warning: {words}" in out
    assert "Roy" not in out and "Sample" not in out


@pytest.mark.parametrize(
    "text",
    [
        "Anne and Kim came",
        "2024-10-16 2024-11-20, room 555-0123",
        "https://zoom.example/j/514-555-0123-9",
        "Roy, then Anne",
        "Mary-Anne Roy-Côtés",
    ],
)
def test_what_is_nobody_s_is_left_alone(team: Prt, text: str) -> None:
    team("log accompaniment --date 2025-01-10 --staff p-kimo --hours 2 --role cda --board EMSB "
         f"--objective skills --note '{text}'")  # fmt: skip
    assert "stands here" not in team("check")


def test_an_organisation_may_be_called_after_a_person(team: Prt) -> None:
    team(
        'org add ROYC --name-en "Anne Roy Côté Foundation" --name-fr "Fondation Anne Roy Côté" --type partner'
    )
    team("log accompaniment --date 2025-01-10 --staff p-kimo --hours 2 --role cda --board EMSB "
         "--objective skills --note 'at the Anne Roy-Côté Foundation'")  # fmt: skip
    assert "stands here" not in team("check")


def test_two_ids_with_one_e_mail_and_an_id_without_a_name(team: Prt) -> None:
    private(team, "names", NAMES.replace("kim@example.org", "Anne@example.org").replace("p-leah", "p-none"))
    out = team("check")
    assert (
        f"{ANNE} and {KIM} have one e-mail\n    If they are one person: prt people merge {KIM} {ANNE}." in out
    )
    assert f"{LEA} has no name in names.csv" in out and "example.org" not in out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_private_folder_that_others_may_open(team: Prt) -> None:
    assert "may read it" not in team("check")
    (team.root / "data/private/names.csv").chmod(0o644)
    assert "data/private/names.csv: warning: others on this computer may read it" in team("check")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_what_git_would_carry(team: Prt) -> None:
    def git(words: str) -> None:
        assert os.system(f"git -C '{team.root}' {words}") == 0

    git("init -q")
    assert "data/private: warning: git would carry the names" in team("check")
    (team.root / ".gitignore").write_text("data/private/\n", encoding="utf-8")
    assert "git would carry" not in team("check")
    git("add -f data/private/names.csv")
    assert "data/private: git carries the names" in team("check", code=1)
