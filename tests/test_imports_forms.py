"""Microsoft Forms and Google Forms, from every way that leads to a file."""

from __future__ import annotations

import pytest

from prt.imports.export import Answer
from tests.exported import presences, read


def only(raw: str | bytes, on: str = "", day_first: bool | None = None) -> Answer:
    export = read(raw, on, day_first)
    assert (export.source, export.kind, export.problems) == ("forms", "feedback", ())
    [answer] = export.answers
    return answer


def test_microsoft_forms_saved_as_csv_in_english() -> None:
    answer = only(
        "ID,Start time,Completion time,Email,Name,Which board?\u00a0,Useful?\n"
        "7,8/20/25 12:51:45,8/20/25 12:53:00,anonymous,Anonymous,ETSB,Yes;No;\n"
    )
    assert (answer.response, str(answer.submitted)) == ("7", "2025-08-20 12:53:00")
    assert (answer.name, answer.email) == ("", "")
    assert answer.answers == {"Which board?": "ETSB", "Useful?": "Yes; No"}


def test_microsoft_forms_saved_as_csv_in_french() -> None:
    answer = only(
        "ID;Heure de début;Heure de fin;Adresse de messagerie;Nom;Heure de la dernière modification;"
        "Dans l’ensemble, êtes-vous satisfait(e)?;Commentaires\r\n"
        "1;20/08/2025 12:51:45;20/08/2025 12:53:00;zoe@etsb.example;Zoé Tremblay;;Très satisfaite;\"Bravo;\n merci\"\r\n".encode("cp1252")
    )  # fmt: skip
    assert (str(answer.submitted), answer.name, answer.email) == (
        "2025-08-20 12:53:00", "Zoé Tremblay", "zoe@etsb.example",
    )  # fmt: skip
    assert answer.answers == {
        "Dans l’ensemble, êtes-vous satisfait(e)?": "Très satisfaite",
        "Commentaires": "Bravo;\n merci",
    }


def test_serial_dates_without_the_format_of_a_date() -> None:
    answer = only("Id,Start time,Completion time,Email,Name,Q\n1,45581.5,45581.503587963,anonymous,,5\n")
    assert str(answer.submitted) == "2024-10-16 12:05:10"


def test_what_a_quiz_adds_is_dropped() -> None:
    export = read(
        "ID,Start time,Completion time,Email,Name,Total points,Quiz feedback,Last modified time,Q1,Points - Q1,"
        "Feedback - Q1,Points - of view\n1,2024-10-16 12:00,2024-10-16 12:05,anonymous,,3,,,a,1,,b\n"
    )
    assert export.questions == ("Q1", "Points - of view")
    assert export.dropped == (
        "Start time", "Total points", "Quiz feedback", "Last modified time", "Points - Q1", "Feedback - Q1",
    )  # fmt: skip


def test_who_answered_and_where_they_live_is_no_question() -> None:
    export = read(
        "ID,Start time,Completion time,Email,Name,Your name,Courriel,Phone number,Address,Code postal,Is the address of the site clear?\n"
        "1,2024-10-16 12:00,2024-10-16 12:05,anonymous,,Zoé,zoe@x.example,514 555-0123,1 Main,H0H 0H0,Yes\n"
    )
    assert export.answers[0].answers == {"Is the address of the site clear?": "Yes"}
    assert set(export.dropped) >= {"Your name", "Courriel", "Phone number", "Address", "Code postal"}


@pytest.mark.parametrize(
    ("text", "submitted"),
    [
        ('"Timestamp","Email Address","Q"\n"2024/10/16 12:10:32 PM AST","a@x.example","5"\n', "2024-10-16 12:10:32"),
        ('"Horodateur","Nom d\'utilisateur","Q"\n"2024/10/16 8:10:32 PM UTC−4","a@x.example","5"\n', "2024-10-16 20:10:32"),
        ("Timestamp,Email Address,Q\n10/16/2024 12:10:32,a@x.example,5\n", "2024-10-16 12:10:32"),
        ("Horodateur;Adresse e-mail;Q\n16/10/2024 12:10:32;a@x.example;5\n", "2024-10-16 12:10:32"),
        ('Horodateur,Adresse e-mail,Q\n2024-10-16 12:10:32,a@x.example,5\n', "2024-10-16 12:10:32"),
    ],
    ids=["download", "download in French", "linked sheet", "linked sheet in French", "linked sheet, Canada"],
)  # fmt: skip
def test_google_forms(text: str, submitted: str) -> None:
    answer = only(text)
    assert (str(answer.submitted), answer.email, answer.answers) == (submitted, "a@x.example", {"Q": "5"})


def test_a_linked_sheet_joins_choices_by_commas_and_has_decimal_commas() -> None:
    answer = only('Horodateur,Outils,Note\n2024-10-16 12:10:32,"Modèles, Carte","3,5"\n')
    assert answer.answers == {"Outils": "Modèles, Carte", "Note": "3,5"}


def test_answers_of_one_second_are_told_apart() -> None:
    export = read("Timestamp,Q\n2024-10-16 12:10:32,a\n2024-10-16 12:10:32,b\nlater,c\n")
    assert [one.response for one in export.answers] == [
        "2024-10-16T12:10:32", "2024-10-16T12:10:32 (2)", "line-4",
    ]  # fmt: skip
    assert [problem.where.line for problem in export.problems] == [4]


def test_an_answer_has_the_same_name_in_a_longer_export() -> None:
    first = "Timestamp,Q\n2024-10-16 12:10:32,a\n"
    longer = "Timestamp,Q\n2024-10-15 08:00:00,z\n2024-10-16 12:10:32,a\n"
    assert read(first).answers[0].response == read(longer).answers[1].response


def test_a_question_asked_twice_is_two_questions() -> None:
    export = read("Timestamp,Q,Q (2),Q,Q (2),Q\n2024-10-16,a,b,c,d,e\n")
    assert export.questions == ("Q", "Q (2)", "Q (3)", "Q (2) (2)", "Q (4)")
    assert list(export.answers[0].answers.values()) == ["a", "b", "c", "d", "e"]


def test_a_question_with_a_line_end_in_it() -> None:
    assert read('Timestamp,"Overall,\nhow was it?\u00a0"\n2024-10-16,Good\n').questions == (
        "Overall, how was it?",
    )


def test_an_ambiguous_day_is_refused_unless_the_session_settles_it() -> None:
    text = "Timestamp,Q\n10/11/2024 12:10:32,a\n"
    assert "--day-first" in read(text).problems[0].remedy
    assert str(only(text, on="2024-11-08").submitted) == "2024-11-10 12:10:32"  # answered two days later
    assert str(only(text, day_first=False).submitted) == "2024-10-11 12:10:32"


@pytest.mark.parametrize(
    "text",
    [
        "Horodateur;Nom;Prénom;Courriel;Présent (oui/non)\n2024-10-16 12:10;Exemple;Zoé;zoe@x.example;oui\n2024-10-16 12:11;Sample;Al;;non\n",
        "Timestamp,Full name,Email,Are you present?\n2024-10-16 12:10,Zoé Exemple,zoe@x.example,Yes\n2024-10-16 12:11,Al Sample,,No\n",
        "ID;Heure de début;Heure de fin;Adresse de messagerie;Nom;Présence\n1;2024-10-16 12:09;2024-10-16 12:10;zoe@x.example;Zoé Exemple;x\n2;2024-10-16 12:09;2024-10-16 12:11;al@x.example;Al Sample;\n",
    ],
)
def test_a_form_that_asks_who_is_there_is_a_list_of_presences(text: str) -> None:
    export = read(text)
    assert (export.source, export.kind, export.problems) == ("sheet", "attendance", ())
    assert presences(export) == ["2 Zoé Exemple <zoe@x.example> - min 2024-10-16"]


def test_a_form_that_asks_more_is_feedback() -> None:
    text = "Horodateur;Nom;Présent;Êtes-vous satisfait ?\n2024-10-16 12:10;Zoé Exemple;oui;Satisfait\n"
    assert read(text).kind == "feedback"
