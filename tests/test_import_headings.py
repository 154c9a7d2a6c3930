"""What the headings of somebody's own sheet stand for, and what its cells say in the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_import import Team


@pytest.fixture
def prt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Team]:
    team = Team(tmp_path / "p", monkeypatch, capsys)
    team.settle()
    team.me("p-mar2")
    return team


def take(prt: Team, text: str, options: str = "", code: int = 0) -> list[dict[str, str]]:
    prt(f"import {prt.file('hours.csv', text)} --into accompaniment --yes {options}", code)
    return prt.rows("accompaniment")


def cells(rows: list[dict[str, str]], column: str) -> list[str]:
    return [row.get(column, "") for row in rows]


TWO_DURATIONS = (
    "Date;Conseillère;Durée;Durée réelle;Commission scolaire;Rôle;Objectif\n"
    "2024-10-16;Marianne Testut;1;2,5;EMSB;ADC;skills\n"
)


class TestHeadings:
    def test_the_heading_that_is_named_is_the_column(self, prt: Team) -> None:
        assert cells(take(prt, TWO_DURATIONS, '--column "Durée réelle=hours"'), "hours") == ["2.5"]
        assert "Durée réelle → hours" in prt.out and "columns left behind: Durée\n" in prt.out

    def test_and_so_it_is_the_next_month(self, prt: Team) -> None:
        take(prt, TWO_DURATIONS, '--column "Durée réelle=hours"')
        more = TWO_DURATIONS + "2024-10-17;Marianne Testut;3;4;EMSB;ADC;skills\n"
        assert cells(take(prt, more), "hours") == ["2.5", "4"]

    def test_what_is_named_now_comes_before_what_was_named_earlier(self, prt: Team) -> None:
        take(prt, TWO_DURATIONS, '--column "Durée réelle=hours"')
        other = TWO_DURATIONS.replace("10-16", "11-16")
        assert cells(take(prt, other, "--column Durée=hours"), "hours") == ["2.5", "1"]

    @pytest.mark.parametrize(
        ("headings", "first", "second", "says"),
        [
            ("Heures;Durée", "2;3", "4;4", "Heures and Durée may both be hours, and say 2, 3"),
            ("Durée (h);Durée (min)", "2;130", "4;4", "may both be hours, and say 2, 130"),
            ("Hours;Duration", "2;2", "4;5", "Hours and Duration may both be hours, and say 4, 5"),
        ],
    )
    def test_of_two_that_may_be_it_none_is_guessed(
        self, prt: Team, headings: str, first: str, second: str, says: str
    ) -> None:
        text = f"Date;{headings};CS;Rôle;Objectif\n2024-10-16;{first};EMSB;ADC;skills\n2024-10-17;{second};EMSB;ADC;skills\n"
        assert take(prt, text, "--column CS=board", code=1) == []
        assert says in prt.err

    def test_two_that_say_the_same_are_one(self, prt: Team) -> None:
        text = "Date;Heures;Durée;Commission;Rôle;Objectif\n2024-10-16;2;2;EMSB;ADC;skills\n"
        assert cells(take(prt, text, "--column Commission=board"), "hours") == ["2"]

    @pytest.mark.parametrize(
        ("option", "says"),
        [
            ('"Durée réele=hours"', 'no heading "duree reele". Did you mean "duree reelle"?'),
            ('"Durée=hours" --column "Durée réelle=hours"', "two headings for hours"),
            ("Durée=id", "prt gives its rows their ids"),
        ],
    )
    def test_an_option_that_cannot_be_meant(self, prt: Team, option: str, says: str) -> None:
        assert take(prt, TWO_DURATIONS, f"--column {option}", code=2) == []
        assert says in prt.err
