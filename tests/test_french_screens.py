"""French: no command in French has an English word, but what is typed, such as commands, columns and codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from prt.model.records import LOGS, ROSTERS
from tests.conftest import FULL
from tests.project import WORKSHOP, Prt

ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """
        the of and with for from at is are was were by this that these not which their our its been have has
        will would can be on as or it no to there here nothing row rows name names people boards hours given
        held written saved changed removed added moved new gone same known unknown missing left right
        already before after still yet than more less all none nobody somebody everyone each every day days
        week year file files column columns connections connection answers matched unnamed target targets
        warning error errors due
        """,
    )
)
TYPED = re.compile(
    r"`[^`]*`|--[\w-]+(?:[ =](?:\"[^\"]*\"|[A-Z]+|\S+))?|\bprt(?: [a-z-]+)+|\S*[/\\]\S*|\S+\.\w{2,5}(?::\d+)?"
    r"|\b[a-z]+-\d{8}-\w{4}\b|\bp-\w{4}\b|«[^»]*»|\"[^\"]*\""
)
"""Commands, options with what follows them, paths, ids, and what somebody wrote."""
CODES = {name for model in (*LOGS.values(), *ROSTERS.values()) for name in (*model.header(), model.log)} | {
    "row",
    "name",
}
"""Columns and logs are called as they are in files."""


def english_words(text: str, titles: list[str]) -> list[str]:
    """Lines with an English word that nobody typed."""
    for title in titles:
        text = text.replace(title, " ")
    wrong = []
    for line in text.splitlines():
        words = re.findall(r"[a-zà-ÿ]+(?:[-_][a-zà-ÿ]+)*", TYPED.sub(" ", line).lower())
        if found := (ENGLISH - CODES).intersection(words):
            wrong.append(f"{sorted(found)}: {line}")
    return wrong


ZOOM = (
    "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"
    "Zoé Sample,zoe@example.org,2024-10-16 09:00:00,2024-10-16 12:00:00,180,Yes\n"
    "Jo Nouvelle,,2024-10-16 09:00:00,2024-10-16 11:00:00,120,Yes\n"
    "Jo Courte,,2024-10-16 09:00:00,2024-10-16 09:10:00,10,Yes\n"
)
FORM = (
    "Horodateur,Dans l'ensemble, êtes-vous satisfait?\n".replace("ensemble,", "ensemble")
    + "2024-10-16 12:00,Très satisfait\n2024-10-16 12:01,Insatisfait\n2024-10-16 12:02,\n"
)
HOURS = "Date;Heures;Commission scolaire;Rôle;Objectif\n2024-10-16;2;EMSB;ADC;Plan d’action\n2024-10-17;1,5;EMSB;Directrice;Plan d’action\n"
PEOPLE = "Nom,Courriel,Fonction,Commission scolaire\nZoé Sample,zoe@example.org,ADC,EMSB\nÈve Exemple,,ADC,\n"
BROKEN = (
    "id,date,staff,role,board,hours,objective,kind,colonne\n"
    "a-20241016-aaaa,16 oct.,p-rien,cda,EMSB,130,action-plan,contact,\n"
    "a-20241016-aaaa,2024-10-16,,dsf,XYZ,,action-plan,contact\n"
    ",2026-10-16,,cda,EMSB,2,plan,\n"
)
FILES = {"zoom.csv": ZOOM, "forms.csv": FORM, "heures.csv": HOURS, "equipe.csv": PEOPLE}
HOUR = "log accompaniment --hours 2 --date 2025-02-13 --board EMSB --role cda --objective action-plan"
WEEK = [
    ("people import equipe.csv --yes", 0),
    ("people import equipe.csv --yes", 0),
    (WORKSHOP, 0),
    (HOUR, 0),
    (HOUR, 2),
    (f"{HOUR} --dry-run --anyway", 0),
    ("log accompaniment --hours 130 --date 2027-02-13 --board XYZ --role cda", 2),
    ("edit {w} --participants 25 --why erreur", 0),
    ("edit {w} --participants 25 --why erreur", 2),
    ("undo", 0),
    ("remove {w} --why erreur", 0),
    ("undo", 0),
    ("import zoom.csv --session {w} --yes", 0),
    ("import zoom.csv --session {w} --yes", 0),
    ("remove {w} --why erreur", 2),
    ("import forms.csv --session {w} --dry-run", 0),
    ("import heures.csv --yes", 2),
    ("import heures.csv --into accompaniment --yes", 0),
    ("import heures.csv --into accompaniment --yes", 0),
    ("undo --yes", 0),
    ("check", 0),
    ("todo", 0),
    ("status", 0),
    ("", 0),
    ("people match", 0),
    ("show {w}", 0),
    ("show w-rien", 2),
    ("edit w-rien --participants 3 --why erreur", 2),
    ("explain 1.1.rien", 2),
    ("explain 1.1.workshops", 0),
    ("list accompaniment --missing person", 0),
    ("people show 'Rien Du Tout'", 2),
    ("people end 'Kim Sample' --on 2025-02-01", 0),
    ("people add --role cda --name 'Zoé Sample'", 2),
    ("people erase 'Zoé Sample'", 2),
    ("people erase 'Zoé Sample' --yes", 0),
    ("people missing", 2),
    ("people missing 4.journals", 0),
    ("people missing 1.2.new-cdas", 0),
    ("submit --period 3", 2),
    ("submit --period 9", 2),
    ("start", 2),
    ("list tool --filled published --missing url", 0),
    ("org add XYZ --name-en Xyz --name-fr Xyz --type partner --counts-as-board no", 0),
    ("org add XYZ --name-en Xyz --name-fr Xyz --type partner --counts-as-board no", 2),
    ("report --output rapport.html", 0),
    ("notes --period 1", 0),
    ("submit --period 1", 1),
    ("submit --period 1 --dry-run --anyway actions,no-data", 0),
    ("merge", 0),
    ("submissions", 0),
    ("backup .", 0),
    ("backup rien", 2),
    ("backup . --with-names", 0),
    ("export package -o paquet", 2),
    ("export package --as-of 2024-11-30 -o paquet", 2),
    ("export package --team -o paquet.zip", 0),
    ("undo", 0),
    ("import", 2),
    ("import rien.csv", 1),
    ("remove {w} --with-rows --why erreur", 0),
    ("todo --report 1", 0),
    ("todo --ics -o due.ics", 0),
    ("status --period 1", 0),
    ("plan show", 0),
    ("list atelierr", 2),
    ("list workshop --missing titel", 2),
    ("log workshop --line 9 --date 2024-10-16 --format half-day --title A", 2),
    ("import heures.csv --into acompaniment", 2),
    ("import heures.csv --into accompaniment --column Heures=houres", 2),
    ("import heures.csv --into accompaniment --column Heure=hours", 2),
    ("privacy incident edit in-rien", 2),
    ("privacy purge", 0),
    ("privacy redact", 0),
]
"""A week, with what goes wrong in it, and the exit code; `{w}` is the workshop."""

WRONG = [
    "status --only qqq",
    "status --period 1 --as-of hier",
    "status --as-of 2031-02-01",
    "status --lang de",
    "status --format qqq",
    "status --volet qqq",
    "status --line qqq",
    "status --year 1999-2000",
    "status --since-submitted --as-published",
    "status qqq",
    "todo -o due.ics",
    "explain 1.1.workshops --submitted qqq",
    "explain 1.1.workshops --as-published --format csv",
    "list tool --where title",
    "report --output qqq",
    "report --output qqq.xyz",
    "submit --on 2024-07-02",
    "submit --sent rien.pdf",
    "submissions --verify 7F3A --year 2024-2025",
    "import zoom.csv --day-first --month-first",
    "import zoom.csv --title Atelier",
    "import heures.csv --into accompaniment --column Heures",
    "people import equipe.csv --role-of Prof",
    "people missing 4.journals --output qui.csv",
    "plan new 2031-2033",
    "templates copy rien.j2",
    "templates copy report.md.j2 qqq",
    "merge --take qqq",
    "merge autre --settle",
    "completion qqq",
    "remove w-rien",
]
"""Options with wrong values, and the words for what they miss."""


@pytest.fixture
def french(prt: Prt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """A team that speaks French; its exports lie where it types."""
    (prt.root / "data" / "private").mkdir()
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    prt("people add --role prt-staff --name 'Kim Sample'")
    monkeypatch.setenv("PRT_LANG", "fr")
    prt.me("Kim Sample")
    monkeypatch.chdir(tmp_path)
    return prt


def test_no_screen_in_french_has_an_english_word(french: Prt) -> None:
    titles = ["Back to basics", "Theme of our or the DSREA’s choice", "Action plan"]
    wrong, workshop = [], ""
    for command, code in WEEK if FULL else WEEK[:25]:
        french(command.replace("{w}", workshop), code)
        workshop = french.last_id("sessions") if command == WORKSHOP else workshop
        said = french.out + french.err
        wrong += [f"{command}: {line}" for line in english_words(said, titles)]
        wrong += [line for line in said.splitlines() if "“" in line]
        wrong += [line for line in said.splitlines() if re.search("[^\\N{NO-BREAK SPACE}0-9 ]:(?: |$)", line)]
    assert wrong == []


def test_mistakes_in_files_are_told_in_french(french: Prt) -> None:
    french.write("accompaniment", BROKEN)
    french("check", 1)
    assert english_words(french.out + french.err, []) == []
    assert "avertissement" in french.out or "erreurs" in french.out


def test_a_wrong_option_is_told_in_french(french: Prt) -> None:
    for command in WRONG:
        french(command, 2)
        assert english_words(french.out + french.err, []) == [], command
        assert not re.search(r"\d{4}-\d\d-\d\d", TYPED.sub("", french.err)), french.err


def test_dates_in_phrases_are_said(french: Prt) -> None:
    french("status --as-of 2031-02-01", 2)
    assert french.err == "1er févr. 2031 est hors de l’année 2024-2025 du plan.\n"


@pytest.mark.parametrize("text", ["3 rows of it", "Nothing was written.", "warning: x", "2 answers"])
def test_english_is_found(text: str) -> None:
    assert english_words(text, [])


def test_words_of_the_menu_are_commands_too(french: Prt) -> None:
    french("log atelier", 2)
    assert "--title\N{NO-BREAK SPACE}: " in french.err


def test_a_label_is_offered_as_it_is_written(french: Prt) -> None:
    french(HOUR.replace("action-plan", "'Plan d’actoin'"), 2)
    assert "« Plan d’action »" in french.err.replace("\u00a0", " ")
    french(f"{HOUR} --person 'Bob Inconnu'", 2)
    assert "un nom, un courriel ou un identifiant" in french.err


def test_columns_and_values_of_a_row_are_told_in_french(french: Prt) -> None:
    french(HOUR)
    row, told = french.last_id("accompaniment"), ("heures  2 → 1,5", "objectif  Plan d’action → ")
    out = french(f"edit {row} --hours 1,5 --objective other --why so")
    assert all(one in out for one in told) and "other" not in out, out
    shown = french(f"show {row}")
    assert re.search(r"^  heures +1,5$", shown, re.MULTILINE) and "heures 2 → 1,5" in shown
    assert "heures  1,5 → 2\n" in french("undo --yes")


def test_every_value_of_a_list_is_told_in_french(french: Prt) -> None:
    french(f'{WORKSHOP} --tags "transitions; edi"')
    row = french.last_id("sessions")
    both = "Transitions; Équité, diversité et inclusion"
    assert re.search(rf"^  thèmes transversaux +{both}$", french(f"show {row}"), re.MULTILINE)
    assert f"{both} → Petite enfance" in french(f"edit {row} --tags early-childhood --why so")


def test_several_roles_of_a_person_are_told_in_french(french: Prt) -> None:
    french.people("p-aaaa,principal,RSB,,,,,", "p-aaaa,teacher,EMSB,,,,,")
    french("log accompaniment --hours 2 --date 2025-02-13 --person p-aaaa --objective action-plan", 2)
    assert "plusieurs fonctions" in french.err and ", RSB; " in french.err
    assert "principal RSB" not in french.err and "teacher" not in french.err, french.err


def test_a_board_that_is_not_the_persons_names_the_role_that_was_held(french: Prt) -> None:
    french.people("p-aaaa,principal,RSB,,,,,")
    french("log accompaniment --hours 2 --date 2025-02-13 --person p-aaaa --board EMSB --objective skills", 2)
    told = "une autre fonction ou commission scolaire le 13 févr. 2025\u00a0: direction d’école, RSB"
    assert told in french.err


def test_the_first_of_a_month_is_written_so_in_every_line(french: Prt) -> None:
    assert "· au 1er févr. 2025 ·" in french("status --as-of 2025-02-01")
    assert "au 1er févr. 2025" in french("explain 1.1.workshops --as-of 2025-02-01")
    assert not re.search(r"\b1 févr", french.out)
