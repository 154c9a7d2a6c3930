"""One line of hours as it is typed, and the row that it is: the drawings, in both languages, and the rules."""

from __future__ import annotations

from typing import Any

import pytest

from prt.entry.hours_line import answer_line, read_line
from prt.entry.reading import LineContext
from tests import hours_lines
from tests.hours_lines import make_context, read_lines, show


@pytest.fixture(scope="module")
def context() -> LineContext:
    return make_context()


ABOVE = "mon 1h30 emsb cda plan"
ZOE = "2 zoé"
DRAWINGS: Any = [
    # what is typed, each line after the one above · the row: `"` from above, `^` of the post, `=` from a like row
    ((ABOVE,), "1.5 2025-02-10 EMSB cda action-plan"),
    ((ABOVE, ZOE), '2 2025-02-10" ETSB^ cda^ p-zoe skills=02-03'),
    ((ABOVE, ZOE, "tue 1 pearson"), "could_be pearson? person pearson / board LBPSB"),
    ((ABOVE, ZOE, "tue 1 who:pearson"), '1 2025-02-11 ETSB^ cda^ p-jor skills"'),
    ((ABOVE, ZOE, "tue 1 board: pearson"), '1 2025-02-11 LBPSB cda" skills"'),
    ((ABOVE, ZOE, "1.30 rsb acton-plan"), "!unknown_near + could_be 1.30? hours 1.5 / hours 1.3"),
    ((ABOVE, ZOE, "1h30 rsb action-plan"), '1.5 2025-02-10" RSB cda" action-plan'),
    ((ABOVE, "wed 2 chssn table"), "2 2025-02-12 CHSSN Early childhood table"),
    ((ABOVE, "wed 2 chssn table", "1 chssn"), '1 2025-02-12" CHSSN Early childhood table"'),
    ((ABOVE, "wed 2 chssn table", '"'), '2" 2025-02-12" CHSSN" Early childhood table"'),
    (("lundi 1h30 emsb adc plan",), "1.5 2025-02-10 EMSB cda action-plan"),
    (
        ("lundi 1h30 emsb adc plan", "2 suivi zoé"),
        "could_be suivi? kind follow-up / objective monitoring-evaluation",
    ),
    (("1h30 yesterday rsb principal skills",), "1.5 2025-02-13 RSB principal skills"),
    (("2h15 emsb cda action-plan",), "?date"),
    (("2h15 hier emsb adc plan-action",), "2.25 2025-02-13 EMSB cda action-plan"),
]


@pytest.mark.parametrize(("lines", "row"), DRAWINGS)
def test_the_drawings(context: LineContext, lines: tuple[str, ...], row: str) -> None:
    assert show(read_lines(lines, context)) == row


@pytest.mark.parametrize(
    ("hours", "value"),
    [
        ("2", "2"), ("2h", "2"), ("2h15", "2.25"), ("2 h 15", "2.25"), ("2:15", "2.25"), ("2,25", "2.25"),
        ("2.25", "2.25"), ("90min", "1.5"), ("90 min", "1.5"), ("9h-11h30", "2.5"), ("1h20", "80 min"),
        ("2 heures", "2"), ("1.5 h", "1.5"), ("12", "12"),
    ],
)  # fmt: skip
def test_forms_of_hours(context: LineContext, hours: str, value: str) -> None:
    for line in (f"{hours} zoé hier skills", f"zoé skills hier {hours}", f"skills, {hours}, zoé, hier"):
        assert read_line(line, context).cells["hours"] == value


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("today", "02-14"), ("hier", "02-13"), ("ven", "02-14"), ("lun.", "02-10"), ("monday", "02-10"),
        ("last fri", "02-07"), ("vendredi dernier", "02-07"), ("-2d", "02-12"), ("-2j", "02-12"),
        ("3 fév", "02-03"), ("feb 3", "02-03"), ("le 3 février", "02-03"), ("2025-1-6", "01-06"),
        ("2025/01/16", "01-16"), ("16/1", "01-16"), ("1er février", "02-01"),
    ],
)  # fmt: skip
def test_forms_of_days(context: LineContext, day: str, value: str) -> None:
    for line in (f"2h zoé {day} skills", f"{day} skills zoé 2h", f"zoé, {day}, 2h, skills"):
        assert read_line(line, context).cells["date"] == f"2025-{value}"


@pytest.mark.parametrize(
    ("line", "row"),
    [
        # the longest run of known words first; what is whole in one column and begins another is asked
        ("hier suivi et évaluation 2h rsb direction", "2 2025-02-13 RSB principal monitoring-evaluation"),
        ("2 zoé hier suivi", "could_be suivi? kind follow-up / objective monitoring-evaluation"),
        ("2 rsb hier autre skills", "2 2025-02-13 RSB other skills"),
        ("2 rsb hier autre", "could_be autre? role other / objective other"),
        ("2 rsb cda hier tra", "?objective"),  # travel: a transition agent would be a second role
        ("2 rsb hier tra skills", "could_be tra? role transition-agent / kind travel"),
        # numbers
        ("20 emsb cda skills hier", "!bare_number"),
        ("1,3 zoé hier", "could_be 1,3? hours 1.5 / hours 1.3"),
        ("1.67 zoé hier", "could_be 1.67? hours 1.66667 / hours 1.67"),
        ("2 oct 3 emsb cda skills", "could_be 2 oct? date 2024-10-02 / hours 2"),
        ("16 oct 2 emsb cda skills", "2 2024-10-16 EMSB cda skills"),
        ("3h 2 oct emsb cda skills", "3 2024-10-02 EMSB cda skills"),
        ("10/2 1h zoé", "could_be 10/2? date 2025-02-10 / date 2024-10-02"),
        ("1 mar emsb cda skills", "could_be 1 mar? date 2025-03-01 / hours 1"),
        (
            "2 mon tue zoé",
            "which 2 mon tue zoé? date 2025-02-10 / date 2025-02-11",
        ),  # monitoring is not meant
        ("mon 2 zoé", "2 2025-02-10 ETSB^ cda^ p-zoe skills=02-03"),
        ("1h mar emsb cda skills", "1 2025-02-11 EMSB cda skills"),
        # names that are days and boards
        ("2 sam mars skills", "could_be sam mars? person sam mars / date 2025-02-08"),
        ("2h mon sam mars skills", "2 2025-02-10 RSB^ principal^ p-sam skills"),
        ("2 avril laurier skills", "could_be 2 avril? date 2025-04-02 / hours 2"),
        ("2h lundi avril laurier skills", "2 2025-02-10 EMSB^ cda^ p-avr skills"),
        ("lun 1 pearson etsb skills", "1 2025-02-10 ETSB cda^ p-jor skills"),
        # contradictions name both
        ("2 emsb rsb hier cda skills", "which 2 emsb rsb hier cda skills? board EMSB / board RSB"),
        ("2 mon tue emsb cda skills", "which 2 mon tue emsb cda skills? date 2025-02-10 / date 2025-02-11"),
        ("2 3 emsb cda skills hier", "which 2 3 emsb cda skills hier? hours 2 / hours 3"),
        ("tue 1 jordan emsb skills", "!person_elsewhere"),
        ("1h30 emsb chssn hier", "!of_two_logs"),
        # days that cannot be, and long ones
        ("demain 2 emsb cda skills", "!day_to_come"),
        ("2024-06-01 2 emsb cda skills", "!outside_plan_year"),
        ("13h hier emsb cda skills", "really 13? sure yes"),
        ("30h hier emsb cda skills", "!more_than_a_day"),
        # what nobody knows
        ("2 zoé foo hier", "!unknown_words"),
        ("2 zo hier", "could_be zo? person p-zoe"),
        ("2 trembley hier", "could_be trembley? person p-zoe"),
        ("", "!empty_line"),
        ('"', "!no_line_above"),
        ("0 zoé hier", "!no_hours"),
        (",5 zoé hier", "!unknown_words"),
        ("2 zoé 31 feb", "!not_a_day"),
        ("2 hier who: zo skills", "could_be zo? person p-zoe"),
        ("2 hier board: zo cda skills", "!unknown_marked"),
        ("2 Zoé Tremblay (CDA) hier", "2 2025-02-13 ETSB^ cda p-zoe skills=02-03"),
        # people, columns by name, notes, requests
        ("tue 1 tremblay zoe skills demande", "1 2025-02-11 ETSB^ cda^ p-zoe skills +request"),
        ("tue 1 z. tremblay skills request", "1 2025-02-11 ETSB^ cda^ p-zoe skills +request"),
        ("1 p-zoe@prt.example hier", "1 2025-02-13 ETSB^ cda^ p-zoe skills=02-03"),
        ("1 p-zoe hier plan", "1 2025-02-13 ETSB^ cda^ p-zoe action-plan"),
        ("cs: emsb rôle: adc pour: skills 2 hier", "2 2025-02-13 EMSB cda skills"),
        ("qui: zoé genre: suivi 2 hier", "2 2025-02-13 ETSB^ cda^ p-zoe follow-up skills=02-03"),
        ("qui: zoé nature: suivi 2 hier", "2 2025-02-13 ETSB^ cda^ p-zoe follow-up skills=02-03"),
        ('2 zoé hier skills "deux appels"', "2 2025-02-13 ETSB^ cda^ p-zoe skills deux appels"),
        ("2 zoé hier laval high", "2 2025-02-13 ETSB^ cda^ p-zoe Laval High skills=02-03"),
        ("2 zoé hier csc:Nouveau", "2 2025-02-13 ETSB^ cda^ p-zoe Nouveau skills=02-03"),
        ('2 chssn "a new thing" hier', "2 2025-02-13 CHSSN a new thing"),
        ("2 rcsss hier", "?purpose"),
        ("zoé hier", "?hours"),
        ("1h emsb hier", "?objective + ?role"),
    ],
)
def test_the_rules(context: LineContext, line: str, row: str) -> None:
    assert show(read_line(line, context)) == row


@pytest.mark.parametrize(
    ("lines", "choices", "row"),
    [
        ((ABOVE, "2 suivi zoé"), ("kind",), '2 2025-02-10" ETSB^ cda^ p-zoe follow-up skills=02-03'),
        ((ABOVE, "2 suivi zoé"), ("objective",), '2 2025-02-10" ETSB^ cda^ p-zoe monitoring-evaluation'),
        ((ABOVE, "tue 1 pearson"), ("person",), '1 2025-02-11 ETSB^ cda^ p-jor skills=02-03'),
        ((ABOVE, "tue 1 pearson"), ("board",), '1 2025-02-11 LBPSB cda" action-plan"'),
        ((ABOVE, "tue 1,3 zo"), ("person", "hours"), '1.5 2025-02-11 ETSB^ cda^ p-zoe skills=02-03'),
        ((ABOVE, "2 mon tue zoé"), ("date",), '2 2025-02-10 ETSB^ cda^ p-zoe skills=02-03'),
        ((ABOVE, "13h zoé"), ("sure",), '13 2025-02-10" ETSB^ cda^ p-zoe skills=02-03'),
        ((ABOVE, "2 chssn"), ("purpose",), '2 2025-02-10" CHSSN Seniors'),
    ],
)  # fmt: skip
def test_an_answer_goes_on(
    context: LineContext, lines: tuple[str, str], choices: tuple[str, ...], row: str
) -> None:
    above, line = lines
    context = context.after(read_line(above, context))
    reading = read_line(line, context)
    for column in choices:
        options = [one for question in reading.questions for one in question.options]
        reading = answer_line(reading, next(one for one in options if one.column == column), context)
    assert show(reading) == row


def test_what_is_missing_is_answered_in_words(context: LineContext) -> None:
    reading = answer_line(read_line("2 emsb cda skills", context), "hier", context)
    assert show(reading) == "2 2025-02-13 EMSB cda skills"
    reading = answer_line(read_line("2 chssn hier", context), '"Un but"', context)
    assert show(reading) == "2 2025-02-13 CHSSN Un but"


def test_a_day_over_twelve_hours_is_asked_about(context: LineContext) -> None:
    assert show(read_lines(("lun 7h zoé", "6h emsb cda"), context)) == "really 13? sure yes"


def test_the_nearest_word_is_offered(context: LineContext) -> None:
    [mistake] = read_line("2 zoé hier acton-plan", context).mistakes
    assert mistake.values == {"text": "acton-plan", "near": "Action plan"}


def test_centres_that_are_read_alike_stand_in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    written = ["Oak HIGH", "Oak High", "Oak high", "OAK HIGH", "OAK high", "oAK high", "oak High", "oak high"]
    rows = (f"b-{at}|2025-02-04|p-kim|1|cda|ETSB|p-zoe|{one}|skills\n" for at, one in enumerate(written))
    monkeypatch.setattr(hours_lines, "ACCOMPANIMENT", hours_lines.ACCOMPANIMENT + "".join(rows))
    meanings = make_context().lexicon.meanings("oak high")
    assert [one.value for one in meanings] == sorted(written)
