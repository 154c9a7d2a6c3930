"""`prt explain` and `prt plan show`: each language writes quotes, colons, numbers and dates its own way."""

from __future__ import annotations

import pytest

from tests.project import WORKSHOP, Prt

TOOL = "log tool --kind tool --date 2025-02-12 --title Guide --audience cda --work new"


@pytest.mark.parametrize(("language", "said"), [("fr", "sur les 23 promis\u00a0: 0"), ("en", "promised: 0")])
def test_a_second_reading_has_the_colon_of_its_language(prt: Prt, language: str, said: str) -> None:
    prt(TOOL)
    assert said in prt(f"explain 2a.published --lang {language}")


def test_a_figure_that_is_not_there_is_said_once(prt: Prt) -> None:
    """The status says 0 of 0 already."""
    prt(WORKSHOP.replace(" --participants 24 --respondents 18 --positive 16", " --participants 0"))
    text = prt("explain 1.1.responses")
    assert "0 of 0   " not in text


def test_typed_answers_come_from_no_other_rows(prt: Prt) -> None:
    prt(WORKSHOP)
    text = prt("explain 1.1.positive")
    assert "answers = respondents" in text and "from rows" not in text


def test_a_list_of_explain_has_the_dates_of_the_screens(prt: Prt) -> None:
    prt(f"{TOOL} --published 2025-02-13 --url https://example.org/guide")
    assert "13 Feb 2025" in prt("explain 2a.publication-dates")


@pytest.mark.parametrize(("language", "opens", "never"), [("fr", "«\u00a0", "“"), ("en", "“", "«")])
def test_the_plan_is_quoted_as_its_language_does(prt: Prt, language: str, opens: str, never: str) -> None:
    text = prt(f"plan show 1.2 --lang {language}")
    assert opens in text and never not in text
