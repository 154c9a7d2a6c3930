"""The engine of all questions: what each sign means, in both languages, at whatever question."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from prt import spoken
from prt.console import streams
from prt.console.dialogue.editor import LineEditor
from prt.console.dialogue.form import Form
from prt.console.dialogue.inquiry import BACK, Back, Choice, Inquiry, pick_choice
from prt.console.dialogue.talk import Left, Talk
from prt.console.dialogue.terminal import is_plain
from prt.model.text import Language
from prt.problems import Mistake
from tests.answers import Answers

FORMATS = [Choice("full-day", ["full day", "journée"]), Choice("half-day", ["half day", "demi-journée"])]


@pytest.fixture(autouse=True)
def words() -> Iterator[None]:
    before = streams.written[:]
    streams.written.clear()
    yield
    streams.written[:] = before


def number(text: str) -> int | None:
    """A number, or None of an empty answer."""
    if text and not text.isdigit():
        raise Mistake("none_of_them", text=text)
    return int(text) if text else None


def needed(text: str) -> int:
    found = number(text)
    if found is None:
        raise Mistake("yes_or_no")
    return found


def ask(inquiry: Inquiry[object], *answers: str, language: Language = "en") -> tuple[object, Answers]:
    person = Answers(answers)
    return Talk(person, language).ask(inquiry), person


OPTIONAL = Inquiry[object]("How many?", number, enter="4", bracket="4", text="4", words=["ten", "tree"])


@pytest.mark.parametrize(
    ("answers", "found"),
    [([""], 4), (["-"], None), (["7"], 7), (["<"], BACK), (["many", "?", "?t", ""], 4), (["<4", "5"], 5)],
)
def test_every_sign_has_one_meaning(answers: list[str], found: object) -> None:
    assert ask(OPTIONAL, *answers)[0] == found


@pytest.mark.parametrize("typed", ["", "-", '""', "«  »"])
def test_no_answer_where_one_is_needed_says_so(typed: str) -> None:
    """Not that the empty text is none of them."""

    def read(text: str) -> str:
        if text != "cda":
            raise Mistake("nobody_so_called", text=text)
        return text

    _, person = ask(Inquiry[object]("Who?", read), typed, "cda")
    assert person.said[1] == "      An answer is needed."


def test_a_question_without_a_word_of_its_own_lists_its_choices() -> None:
    for asked in (OPTIONAL, Inquiry[object]("Which?", number, above=["  1  ten", "  2  tree"])):
        _, person = ask(asked, "?", "1")
        help_text = person.said[-2].replace("  1  ", "").replace("\n  2  ", " / ")
        assert help_text.split("\n")[0].strip() == "ten / tree"


def test_back_is_no_answer_to_a_question_that_stands_alone() -> None:
    person = Answers(["<", ""])
    assert Talk(person).is_agreed("Write 3 new?", True)
    assert person.said[1] == "      This is the first question; Ctrl-C leaves."


def test_a_terminal_gets_no_sign_that_moves_its_cursor_or_turns_the_text() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert streams.fit_lines("a\x1b[2Jb\u202ec\nd", Screen()) == "a\ufffd[2Jb\ufffdc\nd"


def test_a_bracket_stays_after_a_mistake_and_enter_takes_it() -> None:
    _, person = ask(OPTIONAL, "many", "")
    assert person.said == [
        "How many? [4] > many",
        '      "many" is none of them.',
        "How many? [4] > ",
    ]
    assert person.texts == ["4", ""]


def test_a_line_of_a_list_comes_back_to_be_changed() -> None:
    _, person = ask(Inquiry[object](" 4", number, takes_lines=True), "many", "-")
    assert person.texts == ["", "many"]


def test_a_dash_is_no_answer_where_one_is_needed() -> None:
    found, person = ask(Inquiry[object]("How many?", needed, enter="4", bracket="4"), "-", "")
    assert found == 4
    assert person.said[1] == "      y or n?"


def test_a_line_of_a_list_is_named_with_the_sign_for_back() -> None:
    lines = Inquiry[object]("5 >", number, takes_lines=True)
    assert ask(lines, "<4")[0] == Back(4)
    assert ask(lines, "<")[0] == BACK


def test_a_question_mark_and_letters_list_what_begins_so() -> None:
    _, person = ask(OPTIONAL, "?TR", "?zz", "")
    assert "      tree" in person.said and "      ten" not in person.said
    assert '      Nothing here begins with "zz".' in person.said


@pytest.mark.parametrize("text", ["y", "yes", "o", "OUI", "Oui"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_yes_is_yes_in_both_languages(text: str, language: Language) -> None:
    assert Talk(Answers([text]), language).agree("Save?", None) is True


@pytest.mark.parametrize("text", ["n", "no", "NON"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_is_no_in_both_languages(text: str, language: Language) -> None:
    assert Talk(Answers([text]), language).agree("Save?", True) is False


@pytest.mark.parametrize(
    ("language", "enter", "shown"),
    [
        ("en", True, "[Y/n]"),
        ("en", False, "[y/N]"),
        ("en", None, "[y/n]"),
        ("fr", True, "[O/n]"),
        ("fr", False, "[o/N]"),
    ],
)
def test_enter_takes_the_capital(language: Language, enter: bool | None, shown: str) -> None:
    person = Answers(["", "n"])
    assert Talk(person, language).agree("Save?", enter) is (enter or False)
    assert person.said[0] == f"Save? {shown} > "


@pytest.mark.parametrize(("language", "said"), [("en", "      y or n?"), ("fr", "      o ou n?")])
@pytest.mark.parametrize("wrong", ["-", "blah", "yess", "1"])
def test_anything_else_is_neither(language: Language, said: str, wrong: str) -> None:
    person = Answers([wrong, "y"])
    assert Talk(person, language).agree("Save?", True) is True
    assert person.said[1] == said


@pytest.mark.parametrize("text", ["h", "half", "demi", "DEMI-JOURNEE", "half day"])
def test_a_word_or_its_beginning_in_either_language_is_a_choice(text: str) -> None:
    assert pick_choice(text, FORMATS) == "half-day"


@pytest.mark.parametrize(
    ("text", "code"), [("x", "none_of_them"), ("1", "none_of_them"), ("", "answer_needed")]
)
def test_nothing_else_is_one(text: str, code: str) -> None:
    with pytest.raises(Mistake) as caught:
        pick_choice(text, FORMATS)
    assert caught.value.code == code


def test_a_beginning_of_two_is_asked() -> None:
    with pytest.raises(Mistake) as caught:
        pick_choice("su", [Choice(1, ["support"]), Choice(2, ["suivi"])])
    assert caught.value.what == '"su": support / suivi?'


def test_a_number_answers_only_a_list_made_for_the_moment() -> None:
    assert pick_choice("2", FORMATS, numbered=True) == "half-day"


@pytest.mark.parametrize(
    ("language", "before", "said"),
    [
        ("en", [], "\nNothing was written."),
        ("en", ["Saved"], "\nNothing more was written."),
        ("fr", [], "\nRien n’a été enregistré."),
        ("fr", ["Saved"], "\nRien d’autre n’a été enregistré."),
    ],
)
def test_whoever_leaves_is_told_what_was_written(
    language: Language, before: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken, "language", language)
    streams.written[:] = before
    with pytest.raises(Left) as left:
        Talk(Answers([]), language).agree("Save?", True)
    assert str(left.value) == said


class Sum(Form[int | None]):
    """Two numbers; the third is asked for where the first is 1."""

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk)
        self.numbers: dict[str, int | None] = {}

    def order(self) -> Sequence[str]:
        return ["first", "second", *(["third"] if self.numbers.get("first") == 1 else [])]

    def inquiry(self, key: str) -> Inquiry[int | None]:
        before = str(self.numbers.get(key) or "")
        return Inquiry(f"{key}?", number, enter=before, bracket=before, text=before)

    def keep(self, key: str, answer: int | None) -> None:
        self.numbers[key] = answer


def fill(*answers: str) -> tuple[Sum, bool, Answers]:
    person = Answers(answers)
    form = Sum(Talk(person))
    return form, form.fill(), person


def test_back_asks_the_question_before_with_its_answer() -> None:
    form, done, person = fill("1", "2", "<", "5", "")
    assert done and form.numbers == {"first": 1, "second": 5, "third": None}
    assert "second? [2] > 5" in person.said


def test_back_after_a_mistake_is_back() -> None:
    form, done, _ = fill("1", "many", "<", "2", "3")
    assert done and form.numbers == {"first": 2, "second": 3}


def test_back_at_the_first_question_leaves_the_form() -> None:
    assert fill("<")[1] is False


@pytest.mark.parametrize(
    ("answers", "saved", "still"),
    [
        ([""], True, []),
        (["n"], False, []),
        (["first"], None, ["first"]),
        (["sec"], None, ["second"]),
        (["<"], None, ["second"]),
    ],
)
def test_save_takes_the_name_of_a_field(answers: list[str], saved: bool | None, still: list[str]) -> None:
    form, _, person = fill("2", "3", *answers)
    assert form.agree_to_save() is saved
    assert [key for key in form.order() if key not in form.done] == still
    assert person.said[-1].startswith("Save? [Y/n/field] > ")


@pytest.mark.parametrize("name", ["TERM", "PRT_PLAIN"])
def test_what_prevents_the_editor(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("PRT_PLAIN", raising=False)
    assert not is_plain()
    monkeypatch.setenv(name, "dumb" if name == "TERM" else "1")
    assert is_plain()


def test_a_paste_waits_where_an_answer_is_changed_or_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    class Typed:
        def run(self) -> str:
            return "typed"

    editor = LineEditor.__new__(LineEditor)
    editor.pasted = ["1 linda", "2 zoé", ""]
    monkeypatch.setattr(LineEditor, "application", lambda *given: Typed())
    assert editor.read_line(" 3 > ", (), "1 lnda", None) == "typed"
    assert editor.read_line("     1h30, or 1.3?  > ", (), "", None) == "typed"
    assert [editor.read_line(f" {n} > ", (), "", None) for n in (3, 4, 5)] == ["1 linda", "2 zoé", "typed"]


@pytest.mark.parametrize(
    ("keys", "text", "selected", "answer"),
    [
        ("\x15\r", "1 zzz", False, ""),
        ("\x15new\r", "1 zzz", True, "new"),
        ("\x1b[D\x15\r", "1 zzz", False, ""),
        ("\r", "1 zzz", True, "1 zzz"),
    ],
)
def test_ctrl_u_clears_the_whole_line(keys: str, text: str, selected: bool, answer: str) -> None:
    editor = LineEditor.__new__(LineEditor)
    with create_pipe_input() as pipe:
        editor.input, editor.output, editor.pasted = pipe, DummyOutput(), []
        pipe.send_text(keys)
        assert editor.read_line("1 > ", (), text, None, selected) == answer


def test_a_letter_for_yes_begins_no_word_that_is_not_shown() -> None:
    choices = [Choice(False, ["drop", "enlever"], "enlever"), Choice(True, ["other", "autre"], "autre")]
    with pytest.raises(Mistake):
        pick_choice("o", choices)
    assert pick_choice("a", choices) and not pick_choice("dr", choices)
    assert pick_choice("o", [*choices[:1], Choice(True, ["other", "autre"], "other (say what differs)")])
