"""What the headings of somebody's own sheet stand for, and what its cells say in the log."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.test_import import Team
from tests.test_imports_workbooks import Rows, put


@pytest.fixture
def prt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Team:
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
            ('"Durée réele=hours"', 'no heading "Durée réele". Did you mean "Durée réelle"?'),
            ('"Durée=hours" --column "Durée réelle=hours"', "two headings for hours"),
            ("Durée=id", "prt gives its rows their ids"),
        ],
    )
    def test_an_option_that_cannot_be_meant(self, prt: Team, option: str, says: str) -> None:
        assert take(prt, TWO_DURATIONS, f"--column {option}", code=2) == []
        assert says in prt.err

    @pytest.mark.parametrize("name", ["Date", "date"])
    def test_the_name_of_a_column_comes_before_what_is_remembered(self, prt: Team, name: str) -> None:
        first = "Jour;Durée;CS;Rôle;Objectif\n2024-10-16;1;EMSB;ADC;skills\n"
        take(prt, first, "--column Jour=date")
        again = first.replace("Jour;", f"Jour;{name};").replace("2024-10-16", "jeudi;2024-10-17")
        assert cells(take(prt, again), "date") == ["2024-10-16", "2024-10-17"]
        assert "columns left behind: Jour\n" in prt.out
        assert cells(take(prt, first.replace("16;1", "18;1")), "date")[2:] == ["2024-10-18"]

    @pytest.mark.parametrize("day", ["lundi", "Monday", "hier"])
    def test_a_word_is_no_date(self, prt: Team, day: str) -> None:
        text = f"Date;Durée;CS;Rôle;Objectif\n{day};1;EMSB;ADC;skills\n"
        assert take(prt, text, code=1) == []
        assert f'hours.csv:2: Date: "{day}"' in prt.err or f"hours.csv:2: Date: {day}" in prt.err

    def test_a_total_in_the_place_of_a_date_is_no_row_of_any_log(self, prt: Team) -> None:
        text = "Date,Line,Title,Format,Category,Status,Participants\n2024-10-16,1.4a,PLC,half-day,choice,planned,\n"
        prt(f"import {prt.file('s.csv', text + 'Total,,,,,,24' + chr(10))} --into sessions --yes")
        assert "1 total (line 3)" in prt.out and len(prt.rows("sessions")) == 1


ROW = "2024-10-16;{hours};EMSB;{role};skills;{kind}\n"
HEAD = "Date;Durée;Commission scolaire;Rôle;Objectif;{type}\n"


class TestCells:
    @pytest.mark.parametrize(
        ("text", "hours"),
        [
            ("1:30", "1.5"), ("01:30:00", "1.5"), ("1h30m", "1.5"), ("90m", "1.5"), ("2 heures", "2"), ("1 h 30", "1.5"),
            ("1 heure 30 minutes", "1.5"), ("1h", "1"), ("2,25", "2.25"), ("45 minutes", "0.75"), ("1 hr 15 min", "1.25"),
            ("0:20", "20 min"), ("90 min", "1.5"), ("2hrs", "2"),
        ],
    )  # fmt: skip
    def test_hours(self, prt: Team, text: str, hours: str) -> None:
        rows = take(prt, HEAD.format(type="Note") + ROW.format(hours=text, role="ADC", kind=""))
        assert cells(rows, "hours") == [hours]

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Suivi", "follow-up"), ("Déplacement", "travel"), ("Préparation", "preparation"), ("Contact", "contact"),
            ("suivis", "follow-up"), ("Déplacements", "travel"), ("Prep", "preparation"), ("Travel time", "travel"),
            ("Follow-up", "follow-up"), ("", ""),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("heading", ["Type", "Nature", "Genre", "Kind", "Catégorie"])
    def test_kinds(self, prt: Team, heading: str, text: str, kind: str) -> None:
        rows = take(prt, HEAD.format(type=heading) + ROW.format(hours=1, role="ADC", kind=text))
        assert cells(rows, "kind") == [kind]

    @pytest.mark.parametrize(
        ("text", "role"),
        [
            ("directeur", "principal"), ("Directrice", "principal"), ("Direction d’école", "principal"), ("ADC", "cda"),
            ("Directrice adjointe", "principal"), ("Représentante CS", "sb-rep"), ("Enseignant(e)", "teacher"),
            ("Agente de développement communautaire", "cda"), ("personnel enseignant", "teacher"),
        ],
    )  # fmt: skip
    def test_roles(self, prt: Team, text: str, role: str) -> None:
        rows = take(prt, HEAD.format(type="Note") + ROW.format(hours=1, role=text, kind=""))
        assert cells(rows, "role") == [role]

    def test_who_it_was_may_be_only_a_role(self, prt: Team) -> None:
        """Below one heading; beside a heading for roles it is a mistake."""
        text = "Date;Qui;Durée;CS;Objectif\n" + "".join(
            f"2024-10-{day};{who};1;{board};skills\n"
            for day, who, board in (
                (16, "Zoé Tremblay-Sample", ""),
                (17, "Directrice", "EMSB"),
                (18, "ADC", "RSB"),
            )
        )
        rows = take(prt, text)
        assert cells(rows, "person") == ["p-zoe2", "", ""]
        assert cells(rows, "role") == ["cda", "principal", "cda"]
        prt("undo --yes")
        both = text.replace("Objectif", "Objectif;Rôle", 1).replace(";skills", ";skills;ADC")
        assert take(prt, both, code=1) == []
        assert "Qui: nobody known here" in prt.err

    def test_a_kind_that_is_unknown_is_never_silently_contact(self, prt: Team) -> None:
        assert (
            take(prt, HEAD.format(type="Type") + ROW.format(hours=1, role="ADC", kind="Zumba"), code=1) == []
        )
        assert 'hours.csv:2: Type: "Zumba" is not a kind' in prt.err

    def test_nor_is_one_under_a_heading_that_is_unknown(self, prt: Team) -> None:
        text = HEAD.format(type="Quoi") + ROW.format(hours=1, role="ADC", kind="Suivi")
        assert take(prt, text, code=1) == []
        assert "hours.csv: Quoi: may be kind, and no heading is" in prt.err
        assert cells(take(prt, text, "--column Quoi=kind"), "kind") == ["follow-up"]

    def test_unless_somebody_said_that_it_is_not(self, prt: Team) -> None:
        text = HEAD.format(type="Quoi") + ROW.format(hours=1, role="ADC", kind="Suivi")
        assert cells(take(prt, text, "--column Quoi="), "kind") == [""]

    @pytest.mark.parametrize(
        "total",
        [
            "Total;1,5;;;;",
            "TOTAL octobre;1,5;;;;",
            ";1,5;;;;",
            ";Total;1,5;;;",
            "Sous-total EMSB;1:30;;;;",
            "Grand total : ;01:30:00;;;;",
        ],
    )
    def test_a_total_is_left_out_and_said(self, prt: Team, total: str) -> None:
        rows = take(prt, HEAD.format(type="Note") + ROW.format(hours=1, role="ADC", kind="") + f"{total}\n")
        assert cells(rows, "hours") == ["1"] and "not taken: 1 total (line 3)" in prt.out

    def test_a_remark_is_left_out_and_said(self, prt: Team) -> None:
        rows = take(
            prt, HEAD.format(type="Note") + ";;;;;Relâche\n" + ROW.format(hours=1, role="ADC", kind="")
        )
        assert cells(rows, "hours") == ["1"] and "not taken: 1 remark (line 2)" in prt.out

    @pytest.mark.parametrize("row", [";1,5;EMSB;ADC;skills;", "Total;1,5;EMSB;ADC;skills;"])
    def test_hours_without_a_date_are_no_total(self, prt: Team, row: str) -> None:
        assert take(prt, HEAD.format(type="Note") + f"{row}\n", code=1) == []
        assert "hours.csv:2: " in prt.err

    def test_a_workbook_with_cells_of_time_and_a_total(self, prt: Team) -> None:
        rows: Rows = [
            HEAD.format(type="Type").strip().split(";"),
            (dt.date(2024, 10, 16), dt.time(1, 30), "EMSB", "directeur", "skills", "Suivi"),
            (
                dt.datetime(2024, 10, 17, 0, 0),
                dt.timedelta(hours=2, minutes=15),
                "RSB",
                "ADC",
                "skills",
                "Déplacement",
            ),
            ("Total", dt.timedelta(hours=3, minutes=45)),
        ]
        prt(f"import {put(prt, 'heures.xlsx', {'Feuil1': rows})} --into accompaniment --yes")
        found = prt.rows("accompaniment")
        assert [(row["date"], row["hours"], row["role"], row["kind"]) for row in found] == [
            ("2024-10-16", "1.5", "principal", "follow-up"), ("2024-10-17", "2.25", "cda", "travel"),
        ]  # fmt: skip
        assert "not taken: 1 total (line 4)" in prt.out


class TestRemembered:
    """What git carries of headings names nobody."""

    @pytest.mark.parametrize("heading", ["zoe.ts@etsb.example", "Zoé Tremblay-Sample", "514-555-0123"])
    def test_a_heading_that_names_somebody_is_told_each_time(self, prt: Team, heading: str) -> None:
        text = HEAD.format(type=heading) + ROW.format(hours=1, role="ADC", kind="Suivi")
        assert cells(take(prt, text, f"--column '{heading}=kind'"), "kind") == ["follow-up"]
        kept = (prt.root / "data" / "headings.csv").read_text(encoding="utf-8")
        assert "into." in kept and "kind" not in kept
        prt("check")
        assert "headings.csv" not in prt.out + prt.err

    def test_what_was_remembered_earlier_is_told_and_erased(self, prt: Team) -> None:
        path = prt.root / "data" / "headings.csv"
        lines = [
            "id,column",
            "accompaniment.zoe.ts@etsb.example,hours",
            "accompaniment.zoe tremblay sample,",
            "accompaniment.jour,date",
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        prt("check")
        assert "headings.csv:2" in prt.out + prt.err and "prt keeps no such heading" in prt.out + prt.err
        prt("people erase p-zoe2 --yes")
        assert path.read_text(encoding="utf-8") == "id,column\naccompaniment.jour,date\n"
