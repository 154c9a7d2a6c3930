"""Every dialogue in both languages: whatever is shown, answers are understood, and nothing of the other is seen."""

from __future__ import annotations

import re
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from prt.files.yaml.words import read_topic
from tests.answers import Answers, sit_down
from tests.project import Prt
from tests.sources import PACKAGE

WORKSHOP = ["1.1", "hier", "Lire", "demi", "theme", "", "emsb, rsb", "many", "24", "17 19", "17 15", "", ""]
ENGLISH = re.compile(r"\b(the|is|are|Enter|Save|Date\? \[today|Who|How|Which|needed|number of)\b")
DIALOGUES = {
    "log workshop": [*WORKSHOP, "n"],
    "log accompaniment": ["mer", "1h30", "soutien", "compétences", "", "", "adc", "emsb", "", "non"],
    "log partner-support": ["", "2,25", "zz", "n", "CHSSN", "Réseau", "", "", "Table", "", "n"],
    "log request": ["", "skills", "n", "Robin Sample", "pas@courriel", "", "adc", "rsb", "oui", "no"],
    "people add": ["r@x", "Robin Sample", "", "xx", "ADC", "emsb", "", "", "", "", "", ""],
    "org add": ["<", "NEW", "Neuf", "", "", "zz", ""],
    "log meeting": ["1.3a", "n", "1.4a", "?", "wed", "CAP", "", "all", "", "", "", "blah", "n"],
}


def converse(prt: Prt, typed: str, language: str) -> Answers:
    """A dialogue to its end, with its answers in either language."""
    (prt.root / "data/private").mkdir(parents=True, exist_ok=True)
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt.monkeypatch.setenv("PRT_ME", "p-me")
    person = sit_down(prt.monkeypatch, *DIALOGUES[typed])
    code = prt.attempt(typed)
    assert code in (0, 1) and next(person.answers, None) is None, f"{person.screen}\n{prt.err}"
    return person


@pytest.mark.parametrize("typed", DIALOGUES)
def test_a_dialogue_in_french_has_no_english(prt: Prt, typed: str) -> None:
    person = converse(prt, typed, "fr")
    assert "Entrée prend [ ]" in person.screen
    assert [line for line in person.screen.splitlines() if ENGLISH.search(line)] == []


@pytest.mark.parametrize("typed", DIALOGUES)
def test_the_same_answers_write_the_same_in_both_languages(prt: Prt, typed: str) -> None:
    written = []
    copytree(prt.root, prt.root.parent / "before")
    for language in ("en", "fr"):
        rmtree(prt.root)
        copytree(prt.root.parent / "before", prt.root)
        converse(prt, typed, language)
        written.append([without_ids(path) for path in sorted((prt.root / "data").rglob("*.csv"))])
    assert written[0] == written[1]


def without_ids(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return path.name + re.sub(r"\b[a-z]+(-\d{8})?-[a-z0-9]{4}\b", "ID", text)


def test_a_mistake_in_french_is_told_under_its_question(prt: Prt) -> None:
    screen = converse(prt, "log workshop", "fr").screen.replace("\u00a0", " ")
    assert "      « many » n’est pas un nombre entier, de 0 ou plus.\nParticipations?" in screen
    assert "      19 sur 17 : impossible. Corrigez l’un des deux nombres.\nAppréciation" in screen
    assert "Enregistrer? [O/n/champ] > " in screen


def test_what_a_french_dialogue_says_at_its_end(prt: Prt) -> None:
    converse(prt, "log workshop", "fr")
    out = prt.out.replace("\u00a0", " ").replace("\u202f", " ")
    assert out.startswith("Enregistré  w-20250213-")
    assert "1.1.workshops : 0 → 1 sur 37" in out


def test_every_word_of_the_engine_is_said_somewhere() -> None:
    """A word that nothing says any more is taken out."""
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    words = {key.split(".")[1] for key in read_topic("ask")}
    assert len(words) > 50
    said = set(re.findall(r"""["'](?:ask\.)?(\w+)["'.]""", sources))
    assert sorted(words - said) == []


SENT = "submit --period 1 --anyway errors,actions,no-data"


@pytest.mark.parametrize(
    ("language", "asked", "wrong"),
    [
        ("en", "? [Fri 6 Dec 2024] > ", "Tue 1 Oct 2024 cannot be"),
        ("fr", "? [ven. 6 déc. 2024] > ", "mar. 1er oct. 2024 est impossible"),
    ],
)
def test_the_day_a_report_was_sent_is_asked_until_it_can_be(
    prt: Prt, language: str, asked: str, wrong: str
) -> None:
    prt.monkeypatch.setenv("PRT_TODAY", "2024-12-06")
    prt.monkeypatch.setenv("PRT_LANG", language)
    person = sit_down(prt.monkeypatch, "zzz", "<", "oct 1", "?", "")
    prt(SENT)
    assert person.told[0].endswith(asked) and "zzz" in person.screen
    assert wrong in person.screen.replace("\u00a0", " ")
    assert (prt.root / "data/2024-2025/submitted/period-1").is_dir()


@pytest.mark.parametrize(("answer", "code"), [("", 1), ("n", 1), ("-", 130), ("o", 0), ("y", 0)])
def test_what_cannot_be_taken_back_is_done_by_a_yes_alone(prt: Prt, answer: str, code: int) -> None:
    """Case E1."""
    (prt.root / "data/private").mkdir(parents=True, exist_ok=True)
    prt("people add --name 'Robin Sample' --role cda --board EMSB --start 2024-09-01")
    person = sit_down(prt.monkeypatch, answer)
    prt("people erase 'Robin Sample'", code=code)
    assert person.said[0] == f"Do it? [y/N] > {answer}"
    names = prt.root / "data/private/names.csv"
    assert ("Robin" in (names.read_text(encoding="utf-8") if names.exists() else "")) is (code != 0)
