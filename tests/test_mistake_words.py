"""Mistakes: every code has its words, every word its use, and the values are those that the words name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from prt import problems
from prt.files.yaml.words import read_topic
from prt.model.cells import Known
from prt.model.records import Session
from prt.problems import Mistake, Place, Problem, PrtError
from tests.sources import files, nodes
from tests.support import word_topics

WORDS = read_topic("mistake")
ENGLISH = {key for key in WORDS if key.endswith(".en")}
CHOICES = {"text", "hint", "choices"}
"""What `one_of` gives beside its code."""


@cache
def calls() -> list[tuple[str, ast.Call]]:
    """Those of all files that make a mistake, or hand the code of one on."""
    found = (node for path in files() for node in nodes(path) if isinstance(node, ast.Call))
    return [(called(node), node) for node in found]


def uses() -> Iterator[tuple[str, set[str] | None]]:
    """Each code with the names of its values; None where they are handed on as they came."""
    for function, call in calls():
        names = {word.arg for word in call.keywords if word.arg}
        open_ended = any(word.arg is None for word in call.keywords)
        if function == "Mistake" and call.args and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value), None if open_ended else names
        if function == "said_at":  # handed on to another code
            yield from (
                (str(word.value.value), None)
                for word in call.keywords
                if isinstance(word.value, ast.Constant)
            )
        if function == "one_of" and isinstance(call.args[2], ast.Constant):
            yield str(call.args[2].value), names | CHOICES


def fields(code: str) -> set[str]:
    texts = (WORDS[f"mistake.{code}.{part}.en"] for part in ("what", "remedy"))
    return {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}


def called(node: ast.AST) -> str:
    """The last name of what is called: `say` of `talk.say(…)`."""
    if not isinstance(node, ast.Call):
        return ""
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def stops() -> list[ast.Call]:
    """What stops a command, wherever it is made."""
    found = (node for path in files() for node in nodes(path) if isinstance(node, ast.Call))
    return [node for node in found if called(node) in ("PrtError", "RemovedRow", "Left")]


def test_every_code_has_words_and_every_word_a_use() -> None:
    codes = {code for code, _ in uses()}
    assert len(codes) > 40
    assert {f"mistake.{code}.{part}.en" for code in codes for part in ("what", "remedy")} == ENGLISH


def test_french_has_both_parts_and_fills_in_what_english_does() -> None:
    french = {key.removesuffix(".fr") for key in WORDS if key.endswith(".fr")}
    codes = {key.rpartition(".")[0] for key in french}
    assert french == {f"{code}.{part}" for code in codes for part in ("what", "remedy")}
    parts = r"\{(\w+)[.}]"
    for code in codes:
        en, fr = (
            {name for part in ("what", "remedy") for name in re.findall(parts, WORDS[f"{code}.{part}.{one}"])}
            for one in ("en", "fr")
        )
        assert fr <= en, code


def test_french_names_the_options_and_the_guess_that_english_names() -> None:
    """What to do is said under a question, of an option and of a file: in French, too, it is all there."""
    named = r"\{hint\}|\{command\}|--[a-z]+(?:-[a-z]+)*"
    for key in (key for key in WORDS if key.endswith(".remedy.fr")):
        english = WORDS[key.removesuffix(".fr") + ".en"]
        assert WORDS[key] or re.fullmatch(r"(?:Write )?\{wanted\}\.?|", english), key
        assert set(re.findall(named, english)) <= set(re.findall(named, WORDS[key])), key


def test_a_code_has_its_words_once() -> None:
    """YAML takes the last of two keys, and one mistake would be said in the words of another."""
    written = re.findall(r"^  (\w+):", word_topics()["mistake"], re.MULTILINE)
    assert sorted(set(written)) == sorted(written)


def test_the_values_are_those_that_the_words_name() -> None:
    wrong = [(code, names) for code, names in uses() if names is not None and names != fields(code)]
    assert wrong == []


def test_a_code_is_written_out_where_the_mistake_is_made() -> None:
    written = [call for function, call in calls() if function == "Mistake"]
    unwritten = [ast.unparse(call) for call in written if not isinstance(call.args[0], ast.Constant)]
    kept = "Mistake(self.code, **self.values)"  # of a warning that was made before
    choice = "Mistake(mistake, text=text, hint=hint, choices=choices_list(known), **values)"
    assert sorted(unwritten) == sorted([kept, choice])


def test_a_mistake_without_words_says_its_code_and_values(monkeypatch: pytest.MonkeyPatch) -> None:
    mistake = Mistake("not_a_date", text="soon")
    assert (str(mistake), mistake.remedy) == (
        '"soon" is not a date',
        "Write year-month-day, such as 2024-10-16.",
    )
    monkeypatch.setattr(problems, "read_words", None)
    assert str(mistake) == "not_a_date text=soon"


def test_a_problem_keeps_the_code_of_its_mistake() -> None:
    problem = Problem.of(Place("data/people.csv", 2), Mistake("not_a_date", text="soon"), value="soon")
    assert problem.mistake is not None
    assert (problem.mistake.code, problem.mistake.values) == ("not_a_date", {"text": "soon"})
    assert problem == Problem(problem.where, problem.what, problem.remedy)


def test_what_stops_a_command_is_a_code() -> None:
    """A text written where the error is raised would have no French, and no code that a test or JSON sees."""
    assert len(stops()) > 200
    spoken = ("say", "say_phrase", "str", "words")
    given = [one for stop in stops() for one in stop.args]
    texts = [one for one in given if isinstance(one, ast.Constant | ast.JoinedStr) or called(one) in spoken]
    assert [ast.unparse(one) for one in texts] == []


def test_what_stops_a_command_without_a_place_has_french() -> None:
    made = [one for stop in stops() for one in stop.args if called(one) == "Mistake"]
    codes = {ast.literal_eval(one.args[0]) for one in made if isinstance(one, ast.Call)}
    assert len(codes) > 90
    assert {code for code in codes if f"mistake.{code}.what.fr" not in WORDS} == set()


@pytest.mark.parametrize(
    ("mistake", "printed"),
    [
        (
            Mistake("not_a_language", wanted="de"),
            '"de" is not a language of prt. Write --lang en or --lang fr.',
        ),
        (Mistake("no_row", id="w-1", hint=""), "No row has the id w-1."),
        (Mistake("name_files"), "Name the files that were exported: prt import FILE…"),
        (
            Mistake("no_indicator", text="x", year="2024-2025", hint=""),
            '"x" is no indicator, line, volet or row of 2024-2025.\n    prt status --all lists the indicators.',
        ),
    ],
)
def test_what_has_no_place_is_said_in_a_sentence(mistake: Mistake, printed: str) -> None:
    assert PrtError(mistake).texts == (printed,)


def test_choices_stand_in_their_order_and_in_french_with_their_words() -> None:
    with pytest.raises(Mistake) as found:
        Session.column_named("format").cell.read("journee", Known(), "format")  # type: ignore[union-attr]
    assert "One of: full-day, half-day, short, two-day, meeting." in found.value.say("remedy", "en")
    french = found.value.say("remedy", "fr")
    assert "full-day (journée complète), half-day (demi-journée), short (moins d’une" in french
