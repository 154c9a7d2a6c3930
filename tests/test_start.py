"""`prt start`: the first day asks only what is missing, writes where options would, and may be left."""

from __future__ import annotations

from pathlib import Path

import pytest

from prt.commands.start import describe_folder
from prt.console import context
from prt.console.dialogue import terminal
from prt.console.user_settings import remember, remembered, settings_path
from prt.model.text import LANGUAGES, Language
from tests.answers import Answers, sit_down
from tests.conftest import only_in_ci
from tests.project import Prt

PEOPLE = (
    "Nom,Courriel,Fonction,Commission scolaire,Depuis\n"
    "Zoé Sample,zoe@example.org,ADC,EMSB,2024-08-01\n"
    "Kim O'Sample,kim@example.org,PRT staff,,2024-08-01\n"
)
HELPED_A_CDA = "accompaniment --role cda --board EMSB --objective action-plan"
HELPED_A_PARTNER = "partner-support --organisation EMSB --purpose Table"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of somebody with OneDrive and a list of people, who stands in no project."""
    home = tmp_path / "kim"
    for name, value in {
        "HOME": home,
        "USERPROFILE": home,
        "XDG_CONFIG_HOME": home / ".config",
        "APPDATA": home / "AppData",
    }.items():
        monkeypatch.setenv(name, str(value))
    (home / "OneDrive - LEARN").mkdir(parents=True)
    (home / "Downloads").mkdir()
    (home / "Downloads" / "equipe.csv").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def first_day(home: Path, prt: Prt, monkeypatch: pytest.MonkeyPatch) -> Prt:
    monkeypatch.delenv("PRT_PROJECT")
    monkeypatch.chdir(home)
    return prt


def start(prt: Prt, monkeypatch: pytest.MonkeyPatch, *answers: str, code: int = 0) -> Answers:
    """`prt start` with these answers, then a new terminal."""
    person = sit_down(monkeypatch, *answers)
    prt("start", code)
    for name in ("PRT_PROJECT", "PRT_LANG"):
        monkeypatch.delenv(name, raising=False)
    return person


def test_the_first_day_from_nothing(first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = start(first_day, monkeypatch, "", "", "", "", "", "y", "kim", "30 sept", "later")
    root, names = home / "OneDrive - LEARN" / "PRT", home / "OneDrive - LEARN" / "PRT-names"
    assert person.told[-1].startswith("Ready.")
    assert f" 1 ✓ Folder      {root}" in person.told
    assert " 2 ✓ Plan        2024-2025, 28 targets, no errors" in person.told
    assert f" 3   Names kept in? [{names}] > " in person.told
    assert "      CDA: 1, staff of the team: 1" in person.told
    assert any(
        line.endswith("Kim O'Sample, staff of the team: your rows are yours now") for line in person.told
    )
    assert "Zoé Sample" in (names / "names.csv").read_text(encoding="utf-8-sig")
    assert "action-plan" in (root / "data/2024-2025/deliverables.csv").read_text(encoding="utf-8-sig")
    me = remembered("projects", str(root), "me")
    assert me.startswith("p-") and remembered("project") == str(root)
    first_day("log accompaniment --hours 2 --date 2025-02-13 --board EMSB --role cda --objective action-plan")
    assert me in (root / "data/2024-2025/accompaniment.csv").read_text(encoding="utf-8-sig")
    assert "prt start" not in first_day("")
    again = start(first_day, monkeypatch)
    assert [line[:4] for line in again.told[1:7]] == [f" {step} ✓" for step in range(1, 7)]
    assert " 6 ✓ Plan sent   30 Sept 2024" in again.told


@only_in_ci
def test_back_is_the_step_before(first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ("", "", "", "<", "", "", "<", "../names2", "later", "<", "", "y", "kim", "30 sept", "<", "kim")
    person = start(first_day, monkeypatch, *answers, "later")
    root = home / "OneDrive - LEARN" / "PRT"
    asked = [line[:4] for line in person.told if line.endswith(" > ") and line[1].isdigit()]
    assert [int(one) for one in asked] == [3, 3, 4, 3, 4, 5, 4, 5, 6, 7, 5, 7], person.screen
    assert sum(str(root) + "] > " in line for line in person.told) == 2
    rows = (root / "data/2024-2025/deliverables.csv").read_text(encoding="utf-8-sig")
    assert rows.count("action-plan") == 1


def test_back_from_the_folder_asks_for_the_language(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start(first_day, monkeypatch, "", "<", "fr", "", code=130)
    assert "Dossier de votre projet?" in person.screen and "first question" not in person.screen


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_says_what_may_be_written(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    answers = [language, "?", "", "?", "", "?", "", "?", "", "y", "?", "later", "?", "", "?", "later"]
    told = start(first_day, monkeypatch, *answers).told
    signs = {"en": "Enter takes what is in [ ]", "fr": "Entrée prend ce qui est entre [ ]"}[language]
    said = [line for line in told if signs in line]
    assert len(said) == 7 and all(line.count("\n") > 0 for line in said), said


@only_in_ci
def test_who_one_is_may_wait(first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = start(first_day, monkeypatch, "", "", "", "", "later", "later", "30 sept", "later")
    assert person.told[-1].startswith("Ready.")
    assert "who you are" in first_day("")


@pytest.mark.parametrize(
    ("language", "said", "remedy"),
    [
        ("en", "in your list, but not as staff of the team", "leave the cell empty"),
        ("fr", "dans votre liste, mais pas dans l’équipe", "laissez la cellule vide"),
    ],
)
def test_what_is_wrong_with_people_is_told_of_the_person(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch, language: str, said: str, remedy: str
) -> None:
    people = home / "wrong.csv"
    people.write_text(PEOPLE.replace("PRT staff,,", "PRT staff,LEARN,"), encoding="utf-8")
    person = start(
        first_day, monkeypatch, language, "", "", "", str(people), "", "y", "zoé", "later", "30 sept", "later"
    )
    [told] = [one for one in person.told if "wrong.csv:3" in one]
    assert remedy in told
    [told] = [one for one in person.told if said in one]
    assert "Zoé Sample" in told and "prt people add --id p-" in told


def test_in_french_the_funder_is_named_without_an_article(
    first_day: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan may have any funder: le Ministère, la DSREA, l’Office."""
    person = start(first_day, monkeypatch, "fr", "", "", "", "later", "later", "30 sept", "later")
    assert any("Plan transmis (destinataire\N{NO-BREAK SPACE}: DSREA)?" in line for line in person.said)


def test_a_role_that_nobody_knows_is_asked_about(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "Ada Sample,,Bibliothécaire,EMSB,\nLou Sample,,Équipe PRT,,\nNo Sample,,représentante,EMSB,\nUn Sample,,Concierge,RSB,\n"
    (home / "Downloads" / "equipe.csv").write_text(PEOPLE + rows, encoding="utf-8")
    person = start(
        first_day, monkeypatch, "", "", "", "", "", "other", "teacher", "y", "kim", "30 sept", "later"
    )
    assert [line.partition(" [")[0] for line in person.said if "which role" in line] == [
        "      “Bibliothécaire”: which role is it? CDA / principal / school board representative / early transition agent / teacher / staff of the team / other > other",
        "      “Concierge”: which role is it? CDA / principal / school board representative / early transition agent / teacher / staff of the team / other > teacher",
    ]
    assert any(line.startswith("      staff of the team: 2") for line in person.told)


def test_past_hours_are_taken_from_ones_own_sheet(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Date;Heures;Commission scolaire;Rôle;Objectif\n2024-10-16;2;EMSB;ADC;Plan d’action\n"
    (home / "heures.csv").write_text(text, encoding="utf-8")
    sheet = str(home / "heures.csv")
    start(first_day, monkeypatch, "fr", "", "", "", "", "o", "kim", "n", "nulle part", sheet, "o")
    rows = home / "OneDrive - LEARN" / "PRT" / "data" / "2024-2025" / "accompaniment.csv"
    assert "2024-10-16" in rows.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("row", [HELPED_A_CDA, HELPED_A_PARTNER])
def test_the_folder_tells_how_many_log_their_hours_in_it(
    row: str, prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(monkeypatch)
    prt.people("p-kim,prt-staff,,,2024-08-01,,,", "p-alex,prt-staff,,,2024-08-01,,,")
    assert "of you log here" not in describe_folder(context.open_project(), terminal.open_talk())
    for person in ("p-kim", "p-alex", "p-kim"):
        prt(f"log {row} --hours 1 --date 2025-02-10 --staff {person} --anyway")
    assert "(2 of you log here)" in describe_folder(context.open_project(), terminal.open_talk())


def test_whoever_leaves_comes_back_to_what_is_missing(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start(first_day, monkeypatch, "fr", "", "", code=130)
    assert person.told[-1].startswith(" 3   Dossier des noms?")
    assert "Rien d’autre n’a été enregistré." in first_day.err
    assert "  prt start                     still missing: where names are kept, your people" in first_day("")
    start(first_day, monkeypatch, "", "non", "n", "Ève Exemple", "", code=130)
    assert "Vos réponses attendent\u00a0: prt start" in first_day.err
    again = start(first_day, monkeypatch, "non", "n", "", "prt-staff", "", "n", "", code=0)
    assert again.told[1].startswith(" 1 ✓ Dossier     ")
    assert again.told[-1].startswith("Tout est prêt.")
    assert first_day("people list").count("staff of the team") == 1


def test_what_was_remembered_is_told_when_somebody_leaves(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(first_day, monkeypatch, code=130)
    assert "Nothing was written." in first_day.err
    start(first_day, monkeypatch, "en", code=130)
    assert "Nothing more was written." in first_day.err
    start(first_day, monkeypatch, code=130)
    assert "Nothing was written." in first_day.err


def test_the_folder_of_the_program_is_not_taken(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = home / "prt-main"
    for name in ("prt/cli.py", "pyproject.toml", "plan/2024-2025.yaml"):
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).touch()
    monkeypatch.chdir(clone)
    person = start(first_day, monkeypatch, "en", str(clone), code=130)
    assert "      This is the folder of prt itself, which an update replaces." in person.screen


def test_a_folder_with_other_things_is_asked_about_again(
    first_day: Prt, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start(
        first_day, monkeypatch, "en", str(home / "Downloads"), str(home / "mine"), "small", code=130
    )
    assert "equipe.csv" in person.screen
    assert (home / "mine" / "plan" / "2024-2025.yaml").is_file()


def test_a_script_is_asked_nothing(first_day: Prt) -> None:
    first_day("start", 2)
    assert "prt init" in first_day.err


def test_settings_that_cannot_be_read_are_none(home: Path) -> None:
    path = settings_path()
    assert path is not None
    path.parent.mkdir(parents=True)
    for text in ("{", "[]", '{"language": 4}'):
        path.write_text(text)
        assert remembered("language") == ""


@pytest.mark.parametrize(("terminal", "language"), [(True, "fr"), (False, "en")])
def test_the_remembered_language_is_for_a_terminal_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch, terminal: bool, language: str
) -> None:
    monkeypatch.delenv("PRT_LANG", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    remember("fr", "language")
    assert context.language(None) == context.session_language() == language
    assert context.language("en") == "en"
