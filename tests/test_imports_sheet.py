"""Any spreadsheet: sign-in sheets are attendance, the others rows to be mapped."""

from __future__ import annotations

import pytest

from prt.imports.export import Grid
from prt.imports.sources import registry
from tests.exported import grid, plain_rows, presences, read
from tests.test_import import Team, prt

__all__ = ["prt"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nom;Prénom;Courriel;Commission scolaire;Rôle;Présent;Durée (h)\nT;Zoé;zoe@x.example;ETSB;ADC;Oui;3,25\nE;Al;;RSB;;Non;\nÉ;Jo;;;;;\n",
            ["2 Zoé T <zoe@x.example> 195 min - role=ADC board=ETSB"],
        ),
        ("Name,Attended,Hours\nZoé T,x,3.25\nAl E,,\n", ["2 Zoé T 195 min -"]),
        ("Nom complet;Signature\nZoé T;Z. Tremblay\nAl E;\n", ["2 Zoé T - min -"]),
        ("Nom;Présence\nZoé;✓\nAl;absent\nJo;En ligne\n", ["2 Zoé - min -", "4 Jo - min -"]),
        ("Name,In,Out,Date\nZoé T,9:00,11:30,2024-10-16\n", ["2 Zoé T 150 min 2024-10-16 [09:00:00-11:30:00]"]),
        ("Nom;Arrivée;Départ\nZoé;9 h;11 h 30\n", ["2 Zoé 150 min -"]),
        ("Nom;Présent;Durée\nZoé;Oui;1h15\n", ["2 Zoé 75 min -"]),
        ("Liste de présence;;\n16 octobre 2024;;\nNom;Prénom;Courriel\nT;Zoé;z@x.example\n", ["4 Zoé T <z@x.example> - min -"]),
    ],
    ids=["Excel in Québec", "English", "signatures", "marks", "times", "times in French", "h and min", "a title"],
)  # fmt: skip
def test_a_sign_in_sheet(text: str, expected: list[str]) -> None:
    export = read(text)
    assert (export.source, export.kind, presences(export)) == ("sheet", "attendance", expected)
    assert export.problems == ()


def test_absent_people_are_counted() -> None:
    assert read("Nom;Présent\nZoé;Oui\nAl;Non\nJo;\n").left_out == ("2 marked as absent",)


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        ("Nom;Signature\nZoé T;Absent\nAl E;Non\nJo A;absent - malade\nIda B;I. B.\n", ["5 Ida B - min -"], "3 marked as absent"),
        ("Nom;Présent\nZoé T;Oui\nTOTAL;1\nSous-total EMSB;1\n", ["2 Zoé T - min -"], "2 rows of totals"),
        ("Nom;Présent;Durée (h)\nZoé T;Oui;0\n", ["2 Zoé T 0 min -"], ""),
        ("Nom;Arrivée;Départ;Durée (h)\nZoé T;9:00;12:00;0\n", ["2 Zoé T 0 min -"], ""),
        ("Nom,Prénom,Courriel,Rôle,AM,PM\nT,Zoé,z@x.example,ADC,x,\nE,Al,,,,\n", ["2 Zoé T <z@x.example> - min - role=ADC"], "1 marked as absent"),
        ("Nom;Matin;Après-midi\nZoé T;oui;non\nAl E;non;\nJo A;;JA\n", ["2 Zoé T - min -", "4 Jo A - min -"], "1 marked as absent"),
        ("Nom;Jour 1;Jour 2\nZoé T;ZT;\nAl E;;\n", ["2 Zoé T - min day 1"], "1 marked as absent"),
        ("Nom;2024-10-16;2024-10-17\nZoé T;x;x\nAl E;;x\nJo A;;\n", ["2 Zoé T - min 2024-10-16", "2 Zoé T - min 2024-10-17", "3 Al E - min 2024-10-17"], "1 marked as absent"),
        ("Nom;Signature AM;Signature PM\nZoé T;;Z. Tremblay\nAl E;;\n", ["2 Zoé T - min -"], "1 marked as absent"),
        ("Nom;AM;PM\nZoé T;;\n", [], "1 marked as absent"),
    ],
    ids=["signatures", "totals", "no time", "no time, with times", "AM PM", "halves", "days", "dates", "signed twice", "nobody"],
)  # fmt: skip
def test_who_was_there_and_who_was_not(text: str, expected: list[str], left: str) -> None:
    export = read(text)
    assert (export.kind, export.problems) == ("attendance", ())
    assert presences(export) == expected
    assert "; ".join(export.left_out) == left


ZOE, JORDAN = "{n} Zoé Exemple - min - board=ETSB", "{n} Jordan Exemple - min - board=LBPSB"


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        ("Nom;Présent\nETSB;\nZoé Exemple;x\nLBPSB;\nJordan Exemple;x\nTotal : 2;\n", [ZOE.format(n=3), JORDAN.format(n=5)], "1 row of totals"),
        ("Nom;Présent\nETSB : 1;\nZoé Exemple;x\nAl Exemple;\nLBPSB (1);\nJordan Exemple;x\n", [ZOE.format(n=3), JORDAN.format(n=6)], "1 marked as absent"),
        ("Name,Attended,Hours\nEastern Townships School Board,,\nZoé Exemple,x,2\nSubtotal,1,2\nLBPSB,1,\nJordan Exemple,x,2\n", [ZOE.format(n=3).replace(" - min", " 120 min"), JORDAN.format(n=6).replace(" - min", " 120 min")], "1 row of totals"),
        ("Liste de présence\nNom;Courriel\nETSB;\nZoé Exemple;z@x\nLBPSB;\nJordan Exemple;\n", [ZOE.format(n=4).replace("Exemple -", "Exemple <z@x> -"), JORDAN.format(n=6)], ""),
        ("Nom;Présent\nDirections;\nZoé Exemple;x\nADC :;\nJordan Exemple;x\n", ["3 Zoé Exemple - min - role=principal", "5 Jordan Exemple - min - role=cda"], ""),
        ("Nom;Présent;CS\nETSB;;\nZoé Exemple;x;\nJordan Exemple;x;LBPSB\n", [ZOE.format(n=3), JORDAN.format(n=4)], ""),
    ],
    ids=["boards", "with numbers", "in words", "without marks", "roles", "its own board first"],
)  # fmt: skip
def test_people_grouped_under_headings(text: str, expected: list[str], left: str) -> None:
    export = read(text)
    assert (presences(export), export.problems, "; ".join(export.left_out)) == (expected, (), left)


def test_the_board_above_is_that_of_an_unnamed_presence(prt: Team) -> None:
    session = prt.session()
    text = "Nom;Présent\nETSB;\nIda Exemple;x\nCommission scolaire Lester-B.-Pearson;\nNoor Exemple;x\nTotal : 2;\n"
    prt(f"import {prt.file('presences.csv', text)} --session {session} --yes")
    assert [row["board"] for row in prt.rows("attendance")] == ["ETSB", "LBPSB"]


def test_day_two_is_the_day_after_the_first_of_the_session() -> None:
    export = read("Nom;Jour 1;Jour 2\nZoé T;x;\nAl E;;x\n")
    assert presences(export) == ["2 Zoé T - min day 1", "3 Al E - min day 2"]


@pytest.mark.parametrize(
    "text",
    [
        "Nom;Courriel;Inscrit\nZoé T;z@x.example;Oui\n",
        "Name,Email,Registered\nZoé T,z@x.example,2024-10-01\n",
        "Liste de présence\nNom;Courriel;Inscription\nZoé T;z@x.example;Oui\n",
    ],
)
def test_who_registered_did_not_come_yet(text: str) -> None:
    export = read(text)
    assert (export.kind, export.presences) == ("registration", ())
    assert "who registered" in export.problems[0].what


def test_who_registered_and_who_came() -> None:
    assert presences(read("Nom;Inscrit;Présent\nZoé T;x;x\nAl E;x;\n")) == ["2 Zoé T - min -"]


@pytest.mark.parametrize(
    ("above", "topic", "day"),
    [
        ("Retour à l’essentiel;\nDate : 2025-01-22;\n", "Retour à l’essentiel", "2025-01-22"),
        ("Liste de présence;\nAtelier : Retour à l’essentiel;\nDate;22 janvier 2025\n", "Retour à l’essentiel", "2025-01-22"),
        ("Animatrice : Marianne;\nBack to basics - 2025-01-22;\n", "Back to basics -", "2025-01-22"),
    ],
)  # fmt: skip
def test_lines_above_the_list_tell_the_session(above: str, topic: str, day: str) -> None:
    export = read(f"{above}Nom;Présent\nZoé T;x\n")
    assert export.starts is not None
    assert (export.topic, export.starts.date().isoformat()) == (topic, day)


def test_times_are_of_the_day_of_the_session() -> None:
    export = read("Nom;Arrivée;Départ\nZoé;9:00;11:30\n", on="2024-10-16")
    assert presences(export) == ["2 Zoé 150 min 2024-10-16 [09:00:00-11:30:00]"]


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("Nom;Présent\nZoé;peut-être\n", "Présent", '"peut-être" is neither yes nor no'),
        (
            "Nom;Présent;Durée\nZoé;Oui;3\n",
            "Durée",
            '"3" has no unit',
        ),
        ("Nom;Présent;Date\nZoé;Oui;hier\n", "Date", '"hier" is not a date'),
    ],
)
def test_a_cell_that_cannot_be_read(text: str, column: str, says: str) -> None:
    [problem] = read(text).problems
    assert (problem.where.line, problem.where.path) == (2, column)
    assert says in problem.what


def test_a_log_is_rows() -> None:
    export = read(
        "Date;Nom;Durée (h);Objectif;Téléphone;;\n2024-10-16;Zoé;3,25;Suivi; 514 555-0123;;x\n\n2024-10-17;Al\n"
    )
    assert (export.source, export.kind, export.header) == (
        "sheet", "rows", ("Date", "Nom", "Durée (h)", "Objectif", "column 7"),
    )  # fmt: skip
    assert plain_rows(export) == [
        (2, {"Date": "2024-10-16", "Nom": "Zoé", "Durée (h)": "3,25", "Objectif": "Suivi", "column 7": "x"}),
        (4, {"Date": "2024-10-17", "Nom": "Al", "Durée (h)": "", "Objectif": "", "column 7": ""}),
    ]
    assert export.dropped == ("Téléphone",)


def test_a_header_below_a_title_and_columns_of_one_name() -> None:
    export = read("Accompagnements 2024\n\nDate;Note;Note\n2024-10-16;a;b\n")
    assert plain_rows(export) == [(4, {"Date": "2024-10-16", "Note": "a", "Note (2)": "b"})]


@pytest.mark.parametrize(
    ("as_", "says", "remedy"),
    [
        ("zoom", "is not of zoom", "Try --as sheet."),
        ("teams", "is not of teams", "Try --as sheet."),
        (
            "zom",
            '"zom" is no source',
            'Did you mean "zoom"? One of: zoom, teams, meet, forms, eventbrite, calendar, sheet.',
        ),
    ],
)
def test_a_source_that_is_wrong(as_: str, says: str, remedy: str) -> None:
    [problem] = read("Date;Objectif\n2024-10-16;Suivi\n", as_=as_).problems
    assert says in problem.what
    assert problem.remedy == remedy


def test_any_export_may_be_read_as_a_sheet() -> None:
    export = read(
        "Name (Original Name),User Email,Total Duration (Minutes)\nAl,a@x.example,64\n", as_="sheet"
    )
    assert plain_rows(export) == [
        (2, {"Name (Original Name)": "Al", "User Email": "a@x.example", "Total Duration (Minutes)": "64"})
    ]


def test_of_a_workbook_the_sheet_that_a_source_knows_is_read() -> None:
    notes = Grid("a.xlsx", (("one",), ("two",), ("three",)), (1, 2, 3), "xlsx", "", "Notes")
    form = Grid("a.xlsx", (("Timestamp", "Q"), ("2024-10-16", "5")), (1, 2), "xlsx", "", "Answers")
    assert registry.choose_grid([notes, form]) is form
    assert registry.choose_grid([form, notes]) is form
    assert registry.choose_grid([grid("a;b\n"), notes]) is notes


def test_problems_of_a_workbook_name_the_sheet() -> None:
    sheet = Grid("a.xlsx", (("Nom", "Présent"), ("Zoé", "?")), (1, 2), "xlsx", "", "Feuil1")
    assert str(registry.read_export(sheet).problems[0].where) == "a.xlsx, Feuil1:2"


REGISTER = """Nom complet;CS;{first};{second}
Ida Exemple;ETSB;x;x
Noor Exemple;LBPSB;;x
Sam Exemple;ETSB;x;
Al Exemple;;;
"""
SESSION_OF = (
    'log workshop --line 1.4a --date {day} --title "{title}" --format meeting --mode hybrid --status planned'
)


class TestRegisters:
    def sessions(self, prt: Team) -> tuple[str, str]:
        first = prt.session(SESSION_OF.format(day="2024-10-16", title="PLC 1"))
        return first, prt.session(SESSION_OF.format(day="2024-11-14", title="PLC 2"))

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("2024-10-16", "2024-11-14"), ("16 octobre 2024", "14 novembre 2024"), ("16/10/2024", "14/11/2024"),
            ("16 oct", "14 nov."), ("Oct 16", "Nov 14"), ("PLC 1 (2024-10-16)", "PLC 2 (2024-11-14)"),
        ],
    )  # fmt: skip
    def test_a_column_for_each_day_is_a_list_for_each_session(
        self, prt: Team, first: str, second: str
    ) -> None:
        one, other = self.sessions(prt)
        file = prt.file("registre.csv", REGISTER.format(first=first, second=second))
        prt(f"import {file} --yes")
        found = [(row["session"], row["date"], row["board"]) for row in prt.rows("attendance")]
        assert sorted(found) == sorted([
            (one, "2024-10-16", "ETSB"), (one, "2024-10-16", "ETSB"), (other, "2024-11-14", "ETSB"), (other, "2024-11-14", "LBPSB"),
        ])  # fmt: skip
        prt(f"import {file} --yes")
        assert "Nothing new" in prt.out

    def test_of_the_session_that_is_named_only_its_day(self, prt: Team) -> None:
        one, other = self.sessions(prt)
        file = prt.file("registre.csv", REGISTER.format(first="2024-10-16", second="2024-11-14"))
        prt(f"import {file} --session {one} --yes")
        assert {row["session"] for row in prt.rows("attendance")} == {one}
        assert "2 presences of other days" in prt.err
        prt(f"import {file} --session {other} --yes")
        assert [row["session"] for row in prt.rows("attendance")] == [one, one, other, other]

    def test_a_day_without_a_session_is_asked_about(self, prt: Team) -> None:
        prt.session(SESSION_OF.format(day="2024-10-16", title="PLC 1"))
        file = prt.file("registre.csv", REGISTER.format(first="2024-10-16", second="2024-11-14"))
        prt(f"import {file} --yes", code=2)
        assert "Thu 14 Nov 2024" in prt.err and not prt.rows("attendance")

    def test_a_list_of_another_day_is_still_refused(self, prt: Team) -> None:
        one, _ = self.sessions(prt)
        text = "Nom;Présent;Date\nIda Exemple;x;2024-12-12\n"
        prt(f"import {prt.file('liste.csv', text)} --session {one} --yes", code=1)
        assert "12 Dec 2024" in prt.err
