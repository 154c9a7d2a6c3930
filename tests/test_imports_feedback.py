"""Which question of a form says positive, how its answers are read, and what of them is kept."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from prt.imports.proposing.feedback import FeedbackProposal, choose_question, propose_feedback
from prt.imports.reading.scales import ScaleHints
from prt.problems import Mistake
from tests.answers import sit_down
from tests.conftest import only_in_ci
from tests.exported import read
from tests.test_import import Team, prt

__all__ = ["prt"]

OVERALL = "Overall, how was it?"


def form(question: str, answers: Sequence[str]) -> str:
    rows = [
        f'2024-10-16 12:{number:02}:00,"{answer}","Thanks {number}"' for number, answer in enumerate(answers)
    ]
    return "\n".join([f'Timestamp,"{question}",Comments', *rows]) + "\n"


NOTHING_SAID = ScaleHints()


def answers(text: str, said: ScaleHints = NOTHING_SAID, question: str = OVERALL) -> FeedbackProposal:
    export = read(form(question, text.split(" | ")))
    return propose_feedback(export, choose_question(export, "1", ()), said, (), "")


def drawn(found: FeedbackProposal) -> str:
    """`Great yes, - -`: what is kept of each answer, and whether it is positive."""
    return ", ".join(f"{row.get('answer', '-')} {row.get('positive', '-')}" for row in found.added)


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("Very satisfied | Poor", ScaleHints(), "Very satisfied yes, Poor no"),
        ("Satisfied | N/A | Je ne sais pas | S.O. | Prefer not to answer", ScaleHints(), "Satisfied yes, - -, - -, - -, - -"),
        ("Good | Was not there", ScaleHints(no_opinion="was not there"), "Good yes, - -"),
        ("Good | Super", ScaleHints(positive="Super"), "Good no, Super yes"),
        ("Good | Meh", ScaleHints(not_positive="Meh"), "Good yes, Meh no"),
        ("Extremely satisfied | Super", ScaleHints(before={"super": "yes"}), "Extremely satisfied yes, Super yes"),
        ("Good | Rather good | Rather good", ScaleHints(positive="Good"), "Good yes, Rather good no, Rather good no"),
        ("Good | Robin Sample was great", ScaleHints(positive="Good"), "Good yes, other no"),
        ("Good | a@x.example | a@x.example", ScaleHints(positive="Good"), "Good yes, other no, other no"),
        ("Useful | Useful;Too long", ScaleHints(positive="'Useful; Too long'; Useful".replace("'", '"')), "Useful yes, Useful;Too long yes"),
        ("4 | 10 | 8", ScaleHints(), "4 no, 10 yes, 8 yes"),
        ("4 | 5", ScaleHints(highest="5"), "4 yes, 5 yes"),
        ("4 | 5", ScaleHints(highest="10"), "4 no, 5 no"),
        ("4/5 | 2/5", ScaleHints(), "4/5 yes, 2/5 no"),
    ],
)  # fmt: skip
def test_how_answers_are_read_and_what_is_kept(text: str, said: ScaleHints, expected: str) -> None:
    assert drawn(answers(text, said)) == expected


@pytest.mark.parametrize(
    ("text", "said", "says", "remedy"),
    [
        ("Satisfied | Blue", ScaleHints(), 'is "Blue" positive?', '--positive "Satisfied; …"'),
        ("Blue | Green", ScaleHints(), 'which of "Blue", "Green"', '--positive "…; …"'),
        ("Blue | Super", ScaleHints(before={"super": "yes"}), 'is "Blue" positive?', '"Blue", "Super"'),
        ("Useful | Useful;Too long", ScaleHints(positive="Useful"), '"Useful;Too long"', "named whole"),
        ("Useful | Useful, Too long", ScaleHints(positive="Useful"), '"Useful, Too long"', "named whole"),
        ("4 | 5 | 4", ScaleHints(), "whether its numbers are of 5 or of 10", "--scale 10"),
        ("4 | 5", ScaleHints(highest="many"), '"many" is no scale', "--scale 5"),
        ("Good | Bad", ScaleHints(positive="Super"), 'no answer is "Super"', "good"),
    ],
)
def test_what_nobody_knows_is_asked(text: str, said: ScaleHints, says: str, remedy: str) -> None:
    with pytest.raises(Mistake) as mistake:
        answers(text, said)
    assert says in mistake.value.what
    assert remedy in mistake.value.remedy


@pytest.mark.parametrize(
    "question",
    [
        "Sur une échelle de 1 à 5, à quel point l’atelier vous a-t-il été utile?",
        "Rate this workshop (1-5)",
        "Satisfaction /5",
        "How satisfied are you, out of 5?",
    ],
)
def test_a_question_says_its_scale(question: str) -> None:
    assert drawn(answers("4 | 3", question=question)) == "4 yes, 3 no"


def test_a_question_may_say_another_scale() -> None:
    found = answers("5 | 4", question="How likely are you to recommend it, from 0 to 10?")
    assert drawn(found) == "5 no, 4 no"


@pytest.mark.parametrize(
    ("question", "given", "how"),
    [
        ("Comment avez-vous trouvé l’atelier?", "Très utile", "by its words"),
        ("Was it worth it?", "Very good", "the only one whose answers are of a known scale"),
    ],
)
def test_the_question_that_has_a_scale_is_chosen(question: str, given: str, how: str) -> None:
    export = read(f"Timestamp,Your role,{question},More?\n2024-10-16 12:00,Good,{given},Yes\n")
    found = choose_question(export, "", ())
    assert (found.text, found.how) == (question, how)


def test_a_question_for_comments_is_refused() -> None:
    export = read(form(OVERALL, ["Good", "Good"]))
    with pytest.raises(Mistake, match="own words, which are not kept"):
        propose_feedback(
            export, choose_question(export, "Comments", ()), ScaleHints(positive="Thanks 1"), (), ""
        )


def test_known_positives_that_an_option_leaves_out_are_told() -> None:
    assert answers("Good | Super | Poor", ScaleHints(positive="Super")).scale.usually_positive == ["Good"]


def test_what_was_said_is_remembered_as_cells() -> None:
    found = answers("Good | Super | Meh | Meh | x y | Skip", ScaleHints(positive="Super", no_opinion="Skip"))
    assert found.remembered == {
        "question": OVERALL, "scale": "", "positive": "super", "not_positive": "meh", "no_opinion": "skip",
    }  # fmt: skip


class TestTyped:
    """As it is typed, in two sessions with the same form."""

    def sessions(self, prt: Team, *options: str) -> list[str]:
        found = []
        for day in ("2024-10-16", "2024-10-17"):
            prt(f"log meeting --line 1.4a --date {day} --title PLC --format meeting {' '.join(options)}")
            found.append(prt.last_id("sessions"))
        return found

    @only_in_ci
    def test_what_was_said_once_is_added_to_what_is_known(self, prt: Team) -> None:
        first, second = self.sessions(prt)
        said = "--positive Super --no-opinion Pass"
        one, two = (
            form(OVERALL, ["Super", "Meh", "Meh", "Pass"]),
            form(OVERALL, ["Meh", "Extremely satisfied", "Super", "Pass"]),
        )
        prt(f"import {prt.file('one.csv', one)} --session {first} --yes {said}")
        prt(f"import {prt.file('two.csv', two)} --session {second} --yes")
        assert [row.get("positive") for row in prt.rows("feedback")] == [
            "yes", "no", "no", None, "no", "yes", "yes", None,
        ]  # fmt: skip

    def test_an_older_file_of_imports_lacks_columns(self, prt: Team) -> None:
        first, second = self.sessions(prt)
        prt.write("imports", "id,when,who,digest,source,kind,session,rows,question,positive\n")
        prt(f"import {prt.file('one.csv', form(OVERALL, ['Super', 'Pass']))} --session {first} --yes "
            "--positive Super --no-opinion Pass")  # fmt: skip
        assert prt.rows("imports")[0]["positive"] == "super"
        prt(f"import {prt.file('two.csv', form(OVERALL, ['Super', 'Good']))} --session {second} --yes")

    def test_no_words_of_their_own_reach_a_public_file(self, prt: Team) -> None:
        [first, _] = self.sessions(prt)
        text = form(OVERALL, ["Good", "Robin Sample, robin@x.example, was great"])
        prt(f"import {prt.file('one.csv', text)} --session {first} --yes --positive Good")
        assert [row.get("answer") for row in prt.rows("feedback")] == ["Good", "other"]
        assert "Robin" not in prt.public() and "robin" not in prt.public()

    def test_typed_numbers_win_and_it_is_said_first(self, prt: Team) -> None:
        first, _ = self.sessions(prt, "--respondents 9 --positive 8")
        text = prt.file("one.csv", form(OVERALL, ["Good", "Poor"]))
        prt(f"import {text} --session {first} --dry-run")
        command = f'prt edit {first} --respondents "" --positive "" --why "The form is imported"'
        assert command in prt.out
        assert "respondents and positive of this session were typed" in prt.out
        assert "No figure would move; nothing was written" in prt.out
        prt.monkeypatch.setenv("PRT_LANG", "fr")
        prt(f"import {text} --session {first} --dry-run")
        assert (
            "formulaires reçus et appréciations positives\N{NO-BREAK SPACE}: saisi pour cette activité"
            in prt.out
        )
        prt.monkeypatch.setenv("PRT_LANG", "en")
        prt(f"import {text} --session {first} --yes")
        prt(command.removeprefix("prt "))
        assert "positive" not in prt.rows("sessions")[0]

    @only_in_ci
    def test_another_form_with_the_same_numbers_is_named_by_them(self, prt: Team) -> None:
        [first, _] = self.sessions(prt)
        header = "ID,Start time,Completion time,Email,Name,Overall?\n"
        rows = [f"{number},2024-10-16 12:00,2024-10-16 12:00,,,{{}}\n" for number in range(1, 9)]
        text = header + "".join(rows)
        prt(f"import {prt.file('one.csv', text.replace('{}', 'Good'))} --session {first} --yes")
        prt(f"import {prt.file('two.csv', text.replace('{}', 'Poor'))} --session {first} --yes", code=1)
        assert "responses 1 to 8 of this session are here already with other answers" in prt.err
        assert "--form NAME" in prt.err


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("Avez-vous rencontré des difficultés ?", "Oui | Oui | Non"),
        ("Dans l’ensemble, avez-vous rencontré des difficultés techniques ?", "Oui | Non"),
        ("Overall, the pace was too fast", "Agree | Strongly agree | Disagree"),
        ("L’atelier était trop long", "Tout à fait d'accord | En désaccord"),
        ("I did not learn anything new", "Agree | Disagree"),
        ("Je n’ai rien appris", "Oui | Non"),
        ("On a scale of 1 to 5, how difficult was the content?", "1 | 5"),
        ("Do you work in a CLC?", "Yes | No"),
        ("Travaillez-vous dans un CSC ?", "Oui | Non"),
        ("Aimeriez-vous une autre rencontre ?", "Oui | Non"),
        ("Would you like to learn more?", "Yes | No"),
        ("Serait-il utile d’avoir un suivi ?", "Oui | Non"),
        ("Avez-vous utilisé l’outil ?", "Oui | Non"),
        ("Avez-vous besoin d’aide ?", "Oui | Non"),
        ("How likely are you to leave your position?", "Likely | Unlikely"),
    ],
)
def test_agreeing_is_praise_only_where_the_question_asks_for_it(question: str, given: str) -> None:
    export = read(form(question, given.split(" | ")))
    chosen = choose_question(export, "1", ())
    with pytest.raises(Mistake) as caught:
        propose_feedback(export, chosen, NOTHING_SAID, (), "")
    assert caught.value.code == "is_agreeing_praise"
    first = given.split(" | ", maxsplit=1)[0]
    said = propose_feedback(
        export, chosen, ScaleHints(not_positive=first, positive=given.split(" | ")[-1]), (), ""
    )
    assert said.positive == given.split(" | ").count(given.split(" | ")[-1])


@pytest.mark.parametrize(
    ("question", "given", "positive"),
    [
        ("Recommanderiez-vous cet atelier ?", "Oui | Oui | Non", 2),
        ("The session met my expectations", "Strongly agree | Disagree", 1),
        ("Cette formation a répondu à mes besoins", "Tout à fait d'accord | Plutôt en désaccord", 1),
        ("How likely are you to recommend this workshop?", "Very likely | Unlikely", 1),
        ("Was it worth your time?", "Yes | No", 1),
        ("Avez-vous apprécié la rencontre ?", "Oui | Non", 1),
        ("Avez-vous rencontré des difficultés ?", "Très satisfait | Insatisfait", 1),
    ],
)
def test_agreeing_with_praise_is_counted_unasked(question: str, given: str, positive: int) -> None:
    export = read(form(question, given.split(" | ")))
    assert (
        propose_feedback(export, choose_question(export, "1", ()), NOTHING_SAID, (), "").positive == positive
    )


def test_yes_on_the_command_line_answers_no_question_about_praise(prt: Team) -> None:
    prt.session()
    text = form("Avez-vous rencontré des difficultés ?", ["Oui", "Oui", "Non"])
    prt(f"import {prt.file('form.csv', text)} --yes --question 1", code=1)
    assert 'is "Oui", "Non" praise here?' in prt.err and not prt.rows("feedback")
    prt(f"import {prt.file('form.csv', text)} --yes --question 1 --positive Non")
    assert [row["positive"] for row in prt.rows("feedback")] == ["no", "no", "yes"]
    more = text + '2024-10-16 14:00,Oui,"Thanks"\n'
    prt(f"import {prt.file('more.csv', more)} --yes")
    assert [row["positive"] for row in prt.rows("feedback")] == ["no", "no", "yes", "no"]


POLAR = form("Avez-vous rencontré des difficultés ?", ["Oui", "Oui", "Non", "Oui"])


@pytest.mark.parametrize(
    ("text", "answers", "positive", "says"),
    [
        (POLAR, ["2", "1", "non", "oui", ""], "no no yes no", "in words of their own"),
        (POLAR, ["1", "<", "1", "n", "<", "y", "n", ""], "yes yes no yes", "“Non”: positive? [y/n/none"),
        (form("How satisfied were you?", ["Glorieux", "Bof", "Good"]), ["y", "n", ""], "yes no yes", "“Bof”"),
        (form("How satisfied were you?", ["Glorieux", "Bof"]), ["y", "none", ""], "yes -", "“Bof”"),
        (form("Satisfied?", ["4", "5"]), ["12", "10", ""], "no no", "out of 5 or of 10"),
        (form("Satisfied?", ["4", "5"]), ["5", ""], "yes yes", "out of 5 or of 10"),
    ],
)  # fmt: skip
def test_on_a_terminal_it_is_asked_how_a_form_is_read(
    prt: Team, text: str, answers: list[str], positive: str, says: str
) -> None:
    """Neither which question, nor which label is praise, nor out of how many, is guessed; `<` goes back."""
    session = prt.session()
    with prt.monkeypatch.context() as there:
        person = sit_down(there, *answers)
        prt(f"import {prt.file('form.csv', text)} --session {session}")
    assert says in person.screen
    assert [row.get("positive") or "-" for row in prt.rows("feedback")] == positive.split()
    more = text.replace("2024-10-16 12", "2024-10-16 13")
    prt(f"import {prt.file('more.csv', more)} --session {session} --yes")
    assert [row.get("positive") or "-" for row in prt.rows("feedback")] == positive.split() * 2


def test_which_answers_are_praise_waits(prt: Team) -> None:
    """Of who leaves, at the next label or at Import?"""
    text = form("How satisfied were you?", ["Glorieux", "Bof", "Good"])
    command = f"import {prt.file('form.csv', text)} --session {prt.session()}"
    for answers in (["y"], ["", "n"]):
        sit_down(prt.monkeypatch, *answers)
        prt(command, code=130)
        assert f"Your answers wait: prt {command}" in " ".join(prt.err.split())
    person = sit_down(prt.monkeypatch, "", "")
    prt(command)
    assert "Glorieux: y · Bof: n?" in person.said[1], person.screen
    assert [row.get("positive") for row in prt.rows("feedback")] == ["yes", "no", "yes"]
    assert not list(prt.private.glob("answers-*"))


@pytest.mark.parametrize(
    ("text", "answers", "rest", "positive"),
    [
        (POLAR, ["1", "y"], ["", "n", ""], "yes yes no yes"),
        (form("Satisfied?", ["4", "5"]), ["10"], ["", ""], "no no"),
    ],
)
def test_which_question_and_out_of_how_many_waits(
    prt: Team, text: str, answers: list[str], rest: list[str], positive: str
) -> None:
    command = f"import {prt.file('form.csv', text)} --session {prt.session()}"
    sit_down(prt.monkeypatch, *answers)
    prt(command, code=130)
    person = sit_down(prt.monkeypatch, *rest)
    prt(command)
    assert [row.get("positive") for row in prt.rows("feedback")] == positive.split()
    assert not any("Which question" in one or "out of 5" in one for one in person.said), person.screen
    assert not list(prt.private.glob("answers-*"))


BOTH = (
    "Timestamp,{english},{french},Comments\n"
    "2024-10-16 12:00,Very satisfied,–,\n2024-10-16 12:01,–,Insatisfait,\n"
    "2024-10-16 12:02,Satisfied,–,\n2024-10-16 12:03,–,Très satisfait,\n"
)


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Overall how satisfied were you?", "Dans l’ensemble êtes-vous satisfait ?"),
        ("How would you rate this workshop?", "Comment évaluez-vous cet atelier ?"),
        ("Was this session useful?", "Cette rencontre vous a-t-elle été utile ?"),
    ],
)
@pytest.mark.parametrize("asked", ["", "1", "2"])
def test_a_column_for_each_language_is_one_question(english: str, french: str, asked: str) -> None:
    export = read(BOTH.format(english=english, french=french))
    chosen = choose_question(export, asked, ())
    assert set(chosen.texts) == {english, french}
    found = propose_feedback(export, chosen, NOTHING_SAID, (), "")
    assert (found.answered, found.positive, len(found.added)) == (4, 3, 4)


def test_two_questions_that_the_same_people_answered_are_two() -> None:
    text = BOTH.format(
        english="Overall how satisfied were you?", french="Dans l’ensemble êtes-vous satisfait ?"
    )
    export = read(text.replace("Very satisfied,–", "Very satisfied,Satisfait"))
    assert choose_question(export, "1", ()).texts == ("Overall how satisfied were you?",)


class TestReadOtherwise:
    TEXT = (
        "Timestamp,How satisfied were you?,Was it useful?\n"
        "2024-10-16 12:00,Satisfied,Not useful\n2024-10-16 12:01,Satisfied,Not useful\n"
        "2024-10-16 12:02,Satisfied,Useful\n2024-10-16 12:03,Satisfied,Useful\n"
    )

    def positive(self, prt: Team) -> list[str | None]:
        return [row.get("positive") for row in prt.rows("feedback")]

    def test_another_question_of_the_same_file_changes_its_rows(self, prt: Team) -> None:
        prt.session()
        file = prt.file("form.csv", self.TEXT)
        prt(f"import {file} --yes --question 1")
        prt(f"import {file} --yes --question 2")
        assert "Nothing new" not in prt.out and self.positive(prt) == ["no", "no", "yes", "yes"]
        prt(f"import {file} --yes --question 2")
        assert "Nothing new" in prt.out

    @only_in_ci
    def test_so_do_other_answers_that_are_positive(self, prt: Team) -> None:
        prt.session()
        file = prt.file("form.csv", self.TEXT)
        prt(f"import {file} --yes --question 2")
        prt(f"import {file} --yes --positive 'Useful; Not useful'")
        assert self.positive(prt) == ["yes", "yes", "yes", "yes"]

    def test_and_who_presents_takes_part(self, prt: Team) -> None:
        session = prt.session()
        text = (
            "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n"
            "PLC 1,1,Ida Exemple (i@x.example),60,10/16/2024 9:00:00 AM,10/16/2024 10:00:00 AM,2\n\n"
            "Name (original name),Email,Join time,Leave time,Duration (minutes)\n"
            "Ida Exemple,i@x.example,10/16/2024 9:00:00 AM,10/16/2024 10:00:00 AM,60\n"
            "Noor Exemple,,10/16/2024 9:00:00 AM,10/16/2024 10:00:00 AM,60\n"
        )
        prt(f"import {prt.file('zoom.csv', text)} --session {session} --yes")
        prt(f"import {prt.file('zoom.csv', text)} --session {session} --yes --with-presenters")
        assert len(prt.rows("attendance")) == 2


@pytest.mark.parametrize(
    ("label", "positive"),
    [
        ("Très en accord", True), ("Très satisfaisant", True), ("Assez utile", True), ("5 - Excellent", True),
        ("Agree / D'accord", True), ("Strongly agree / Fortement en accord", True), ("Tout à fait satisfait(e)", True),
        ("Vraiment utile", True), ("Highly relevant", True), ("Quite useful", True), ("Très enrichissante", True),
        ("4 = Très bien", True), ("5 – Très satisfaisante", True), ("Pleinement d’accord", True), ("4 - Agree", True),
        ("Peu satisfaisant", False), ("Pas très utile", False), ("Très en désaccord", False), ("Not really useful", False),
        ("Disagree / En désaccord", False), ("1 - Très insatisfait", False), ("Not very satisfying", False),
        ("2 - Peu utile", False), ("Insatisfaisant", False), ("Très insatisfaisante", False),
    ],
)  # fmt: skip
def test_labels_that_are_met_every_week_are_known(label: str, positive: bool) -> None:
    found = answers(f"Satisfied | {label}", question="Overall, was the workshop useful?")
    assert found.positive == 1 + positive


@pytest.mark.parametrize(
    "label", ["Moyennement utile", "Agree / En désaccord", "Pas insatisfait", "5 - Zumba", "Utile mais long"]
)
def test_others_are_asked_about(label: str) -> None:
    with pytest.raises(Mistake):
        answers(f"Satisfied | {label}")
