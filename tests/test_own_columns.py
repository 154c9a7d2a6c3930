"""Columns that a plan adds, and words that it adds to the lists of prt: one plan with each, sent through every command
and every report, in both languages."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from prt.commands.log_row import log_row
from prt.console.signature import declare_all, load_command, module_of, parameters_of
from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.withholding.published import published
from prt.files.plan.plan import read_plan
from prt.model.cells import likeliest
from prt.model.plan import Plan, known_of
from prt.model.records import LOGS
from prt.model.rows import read_entry
from prt.model.rules.own_columns import OPTIONS
from prt.output.renderers.markdown import render_markdown
from prt.output.report.annexes import annex_breakdowns
from prt.output.words import Words
from prt.problems import errors
from tests import support
from tests.answers import sit_down
from tests.conftest import some
from tests.project import ROOT, WORKSHOP, Prt
from tests.test_means import text_of
from tests.test_sheet import Page

OWN = """
  tools.kind:
    podcast: {en: podcast, fr: balado}
  role:
    nurse: {en: school nurse, fr: infirmière scolaire}
columns:
  accompaniment:
    mode:
      type: choice
      label: {en: way of meeting, fr: forme de rencontre}
      choices:
        in-person: {en: in person, fr: en personne}
        by-phone: {en: by phone, fr: au téléphone}
    distance: {type: number, label: {en: distance, fr: distance}, unit: km, at_least: 0, at_most: 500}
    followed: {type: yes-no, label: {en: follow-up planned, fr: suivi prévu}, required: true}
    weather: {type: text, label: {en: weather, fr: météo}, help: {en: What the road was like, fr: L’état de la route}}
  sessions:
    setting:
      type: choice
      label: {en: setting, fr: cadre}
      choices: {indoors: {en: indoors, fr: à l’intérieur}, outdoors: {en: outdoors, fr: en plein air}}
    absent: {type: number, whole: true, label: {en: absent persons, fr: personnes absentes}}
  tools:
    pages: {type: number, whole: true, label: {en: pages, fr: pages}, unit: {en: pages, fr: pages}}
    printed: {type: yes-no, label: {en: printed, fr: imprimé}}
"""
INDICATORS = """
          - {id: outside, label: {en: Outside, fr: Dehors}, measure: {kind: count, of: {log: sessions, where: {setting: outdoors}}, split_by: [setting]}, target: {at_least: 10}}
          - {id: far, label: {en: Far away, fr: Au loin}, measure: {kind: sum, column: hours, of: {log: accompaniment, where: {distance: {from: 100}, mode: in-person, followed: true}}, split_by: [mode, followed]}, target: {at_least: 20}}
          - {id: weathers, label: {en: Roads, fr: Routes}, measure: {kind: count, of: {log: accompaniment, where: {weather: {present: true}}}}}
          - {id: pages, label: {en: Pages written, fr: Pages écrites}, measure: {kind: sum, column: pages, of: {log: tools}}, target: {at_least: 100}}
          - {id: modes, label: {en: Ways, fr: Formes}, measure: {kind: distinct, column: mode, of: {log: accompaniment}}}
          - {id: listed, label: {en: Listed, fr: Liste}, measure: {kind: list, columns: [title, pages, printed], of: {log: tools}}}
          - {id: podcasts, label: {en: Podcasts, fr: Balados}, measure: {kind: count, of: {log: tools, where: {kind: podcast}}, split_by: [kind]}}
          - {id: nurses, label: {en: Nurses, fr: Infirmières}, measure: {kind: count, of: {log: accompaniment, where: {role: nurse}}}}
"""
SMALL = support.PLAN.format(measure="{kind: count, of: pd}", target="null")
TWO_UNITS = """columns:
  accompaniment: {{way: {{type: number, label: {{en: way, fr: trajet}}, unit: km}}}}
  tools: {{way: {{type: number, label: {{en: way, fr: trajet}}, unit: {unit}}}}}
"""
FIRST = (
    "log accompaniment --date 2024-10-08 --staff p-k7k2 --hours 2 --role nurse --board EMSB --objective skills "
    "--mode 'en personne' --distance 120,5 --followed oui --weather 'Snow; long drive'"
)
TOOL = "log tool --date 2024-10-20 --kind balado --title Voices --audience cda --pages 37 --printed no"
OUTSIDE = f"{WORKSHOP} --setting 'en plein air' --absent 3"
WHICH = ("--period 1", "--annual", "--annual --for audit")


@pytest.fixture
def team(prt: Prt, kept: Path) -> Prt:
    """A project whose plan adds columns of each type and words, with rows that fill them."""
    prt.me("p-k7k2")
    prt.once(kept.with_name(f"{kept.name}-own"), lambda: fill(prt))
    return prt


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1", "2a.tools", "3a.hours")
    prt.people("p-k7k2,prt-staff,,,,,,", "p-aaaa,cda,EMSB,,,,,")
    add_to_plan(prt, OWN)
    prt.indicators(INDICATORS)
    prt(OUTSIDE)
    prt(WORKSHOP.replace("10-16", "10-17"))
    prt(FIRST)
    prt(TOOL)


def add_to_plan(prt: Prt, own: str) -> None:
    path = prt.root / "plan" / "2024-2025.yaml"
    head, mark, rest = path.read_text(encoding="utf-8").partition("\nselections:")
    path.write_text(head.rstrip() + own.rstrip() + "\n" + mark + rest, encoding="utf-8")


def change_plan(prt: Prt, old: str, new: str) -> None:
    path = prt.root / "plan" / "2024-2025.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def cells_of(prt: Prt, log: str, row: int = -1) -> dict[str, str]:
    with prt.path(log).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))[row]


def test_a_row_has_them_as_they_are_written(team: Prt) -> None:
    header = team.path("accompaniment").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.endswith(",objective,mode,distance,followed,weather,note,evidence")
    cells = cells_of(team, "accompaniment")
    assert (cells["mode"], cells["distance"], cells["followed"]) == ("in-person", "120.5", "yes")
    assert (cells["weather"], cells["role"]) == ("Snow; long drive", "nurse")
    assert cells_of(team, "sessions", 0)["setting"] == "outdoors"
    assert cells_of(team, "tools") | {"kind": "podcast", "pages": "37"} == cells_of(team, "tools")


def test_the_help_of_a_log_describes_them(team: Prt) -> None:
    text = " ".join(team("log accompaniment --help").replace("│", " ").split())
    assert "--followed YES-OR-NO follow-up planned" in text
    assert "--distance NUMBER distance; a number from 0 to 500 (km)" in text
    assert "--mode WORD way of meeting. One of: in-person, by-phone" in text
    assert "--weather TEXT What the road was like" in text
    assert "prt-staff, other, nurse" in text
    assert text.index("--followed") < text.index("Where known") < text.index("--mode")


@pytest.mark.parametrize(
    ("option", "english", "french"),
    [
        ("--mode boat", "One of: in-person, by-phone.", "in-person (en personne), by-phone (au téléphone)."),
        ("--mode téléfone", "", "Vouliez-vous dire « au téléphone »?"),
        ("--distance 501", "501 is more than 500", "501 est supérieur à 500"),
        ("--distance -2", "-2 is less than 0", "-2 est inférieur à 0"),
        ("--distance far", '"far" is not a number', "« far » n’est pas un nombre"),
        ("--followed perhaps", "neither yes nor no", "ni oui ni non"),
        ("--role norse", "Did you mean “nurse”?".replace("“", '"').replace("”", '"'), "infirmière scolaire"),
    ],
)
def test_a_mistake_says_what_may_be_written(team: Prt, option: str, english: str, french: str) -> None:
    typed = FIRST.replace("10-08", "10-09")
    for language, said in (("en", english), ("fr", french)):
        likeliest.cache_clear()
        team.monkeypatch.setenv("PRT_LANG", language)
        team(replaced(typed, option), code=2)
        assert said in plain(team.err)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def replaced(typed: str, option: str) -> str:
    """The command line with another value of an option."""
    name, _, value = option.partition(" ")
    head, _, tail = typed.partition(f"{name} ")
    quoted = tail.startswith("'")
    rest = tail[1:].partition("'")[2] if quoted else tail.partition(" ")[2]
    return f"{head}{name} {value} {rest.lstrip()}"


def test_what_the_plan_requires_is_asked_of_whoever_enters_a_row_and_of_no_older_row(team: Prt) -> None:
    without = FIRST.replace("10-08", "10-09").replace("--followed oui ", "")
    team(without, code=2)
    assert "--followed: missing" in team.err
    before = team.path("accompaniment").read_text(encoding="utf-8-sig")
    header, row = before.splitlines()
    old = row.replace(",yes,", ",,").replace(cells_of(team, "accompaniment")["id"], "a-20241001-zzzz")
    team.write("accompaniment", f"{header}\n{old}\n{row}\n")
    assert "followed" not in team("check") and "a-20241001-zzzz" in team(
        "list accompaniment --missing followed"
    )
    team.write("accompaniment", f"{header}\n{row}\n{old}\n")
    assert "the plan asks every row for its followed" in team("check")
    assert "3a.hours" in team("show a-20241001-zzzz")
    team("edit a-20241001-zzzz --hours 3 --why counted")
    assert cells_of(team, "accompaniment")["hours"] == "3"


def test_a_file_from_before_gets_a_column_with_the_first_row_that_fills_it(team: Prt) -> None:
    lines = ["date;id;line;title;format;participants;note", "2024-10-01;w-20241001-zzzz;1.1;Été;full-day;1;x"]
    team.write("sessions", ("\r\n".join(lines) + "\r\n").encode("cp1252"))
    assert "No problems" in team("check")
    team(
        f"{OUTSIDE}".replace('--boards "EMSB; English Montréal; littoral" ', "")
        .replace("--category outcome-area ", "")
        .replace("--respondents 18 --positive 16 ", "")
    )
    head, first, second, end = team.path("sessions").read_bytes().decode("cp1252").split("\r\n")
    assert head == f"{lines[0]};setting;absent" and first == f"{lines[1]};;"
    assert second.endswith(";outdoors;3") and not end
    team("undo")
    team("edit w-20241001-zzzz --setting indoors --why known")
    assert cells_after(team) == f"{lines[1]};indoors;"


def cells_after(prt: Prt) -> str:
    return prt.path("sessions").read_bytes().decode("cp1252").split("\r\n")[1]


def test_a_removed_row_comes_back_into_a_wider_file(team: Prt) -> None:
    header, row, *_ = team.path("sessions").read_text(encoding="utf-8-sig").splitlines()
    short = header.replace(",setting,absent", ""), "w-20241001-zzzz" + row[15:].replace(",outdoors,3", "")
    team.write("sessions", "\n".join((*short, "")))
    team("remove w-20241001-zzzz --why slip")
    team(OUTSIDE)
    team("undo")
    team("undo")
    assert "No problems" in team("check") and "w-20241001-zzzz" in team("list workshop")


def test_a_file_with_rows_that_cannot_be_read_gets_no_column(team: Prt) -> None:
    team.write("tools", "id,date,kind,title,audience\nt-20241001-aaaa,2024-10-01,tool,One,cda,too many\n")
    team(TOOL, code=1)
    assert "write pages in the header" in team.err and len(team.lines("tools")) == 1


def test_what_the_plan_has_no_more_is_kept_and_told(team: Prt) -> None:
    change_plan(team, "    weather: {type: text", "    climate: {type: text")
    change_plan(team, "where: {weather:", "where: {climate:")
    team("check", code=1)
    assert '"weather" is not a column of accompaniment' in team.out  # perhaps climate has another name now
    change_plan(team, "    climate: {type: text", "    #")
    change_plan(team, "where: {climate: {present: true}}", "where: {mode: by-phone}")
    out = team("check")
    assert 'accompaniment.csv:1: warning: "weather" is not a column of accompaniment; values in it: 1' in out
    team(FIRST.replace("10-08", "10-10").replace(" --weather 'Snow; long drive'", ""))
    assert "Snow; long drive" in team.lines("accompaniment")[0]


def test_a_row_is_listed_shown_edited_and_taken_back(team: Prt) -> None:
    row = team.last_id("accompaniment")
    assert row in team("list accompaniment --where mode=in-person --where distance=120.5")
    assert row not in team("list accompaniment --where followed=no")
    assert "Snow; long drive" in team("list accompaniment --format csv")
    team(f"edit {row} --distance 80 --mode by-phone --weather '' --why slip")
    assert "1.1.far  2 → 0" in team.out
    shown = team(f"show {row}")
    assert "way of meeting" in shown and "by phone" in shown
    team.monkeypatch.setenv("PRT_LANG", "fr")
    assert "forme de rencontre" in team(f"show {row}") and "au téléphone" in team.out
    team("undo")
    assert cells_of(team, "accompaniment")["weather"] == "Snow; long drive"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_figures_read_them(team: Prt, language: str) -> None:
    def said(command: str) -> str:
        return " ".join(team(f"{command} --lang {language}").split())

    told = said("explain 1.1.far --as-of 2024-11-30")
    assert {"en": "distance: from 100 km", "fr": "distance : à partir de 100 km"}[language] in told
    assert {"en": "way of meeting: in person", "fr": "forme de rencontre : en personne"}[language] in told
    assert {"en": "By follow-up planned", "fr": "Par suivi prévu"}[language] in told
    assert {"en": "podcast", "fr": "balado"}[language] in said(
        "explain 1.1.podcasts --as-of 2024-11-30"
    ).casefold()
    assert {"en": "total of pages, over", "fr": "total du champ « pages », pour"}[language] in plain(
        said("explain 1.1.pages --as-of 2024-11-30")
    )
    assert "37 pages" in plain(said("explain 1.1.pages --as-of 2024-11-30"))
    assert {"en": "way of meeting", "fr": "forme de rencontre"}[language] in said("explain 1.1.modes")
    for command in ("status --all", "plan show", "todo", "explain 1.1.listed", "explain 1.1.nurses"):
        assert said(command)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("which", "form"),
    some([(one, form) for form in ("md", "html", "json", "docx", "xlsx") for one in WHICH], 3),
)
def test_every_report_has_them(team: Prt, language: str, which: str, form: str) -> None:
    report = team.root.parent / f"report.{form}"
    team(f"report {which} --lang {language} --output {report}")
    text = text_of(report).casefold()
    for word in {"en": ("way of meeting", "podcast"), "fr": ("forme de rencontre", "balado")}[language]:
        assert word in text
    assert "snow" not in text  # a text of the team's is no part of a report
    if which != "--annual":  # a bilan has numbers in the place of rows
        assert "pages" in text and {"en": "printed", "fr": "imprimé"}[language] in text


def test_the_week_and_the_packages_have_them(team: Prt) -> None:
    page = team.root.parent / "week.html"
    team(f"open --output {page}") if "--output" in team("open --help") else None
    team("submit --period 1 --lang en --anyway errors,actions,no-data,personal")
    ours, theirs = team.root.parent / "ours", team.root.parent / "theirs"
    team(f"export package --team --as-of 2024-11-30 -o {ours}")
    described = json.loads((ours / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        one["name"]: one["type"]
        for resource in described["resources"]
        if resource["name"] == "rows-accompaniment"
        for one in resource["schema"]["fields"]
    }
    assert [fields[name] for name in ("mode", "distance", "followed", "weather")] == [
        "string",
        "number",
        "boolean",
        "string",
    ]
    team(f"export package -o {theirs}")
    text = (theirs / "rows" / "sessions.csv").read_text(encoding="utf-8")
    assert "setting" in text and "outdoors" in text and "absent" not in text.splitlines()[0]
    assert "pages" in (theirs / "rows" / "tools.csv").read_text(encoding="utf-8").splitlines()[0]


def test_the_dialogue_asks_for_them_in_either_language(team: Prt) -> None:
    typed = FIRST.partition(" --mode")[0].replace("10-08", "10-11")
    team.monkeypatch.setenv("PRT_LANG", "fr")
    person = sit_down(team.monkeypatch, "oui", "", "", "au tél", "12,5", "belle route", "")
    team.attempt(typed)
    assert "Distance? (km; facultatif)" in person.screen
    assert "Suivi prévu?" in person.screen and "Forme de rencontre?" in person.screen
    assert cells_of(team, "accompaniment")["date"] == "2024-10-11", person.screen
    assert cells_of(team, "accompaniment") | {
        "mode": "by-phone", "distance": "12.5", "followed": "yes", "weather": "belle route",
    } == cells_of(team, "accompaniment")  # fmt: skip


def test_lines_of_hours_name_them(team: Prt) -> None:
    team(
        "log hours '2h EMSB nurse skills by-phone followed: yes distance: 12,5 weather: rain 2024-10-03' --yes"
    )
    assert "by phone" in team.out and "distance: 12.5" in team.out
    cells = cells_of(team, "accompaniment")
    assert (cells["mode"], cells["distance"], cells["followed"]) == ("by-phone", "12.5", "yes")
    assert (cells["weather"], cells["role"]) == ("rain", "nurse")
    team("log hours '1h EMSB cda skills followed: no 2024-10-04' --yes")
    assert cells_of(team, "accompaniment")["followed"] == "no"
    team("log hours '1h EMSB cda skills 2024-10-07' --yes", code=2)
    assert "it does not say: follow-up planned" in team.err


@pytest.mark.parametrize(
    ("language", "own", "answer", "cell"),
    [
        ("en", "type: yes-no", "yes", ("followed", "yes")),
        ("fr", "type: yes-no", "non", ("followed", "no")),
        ("fr", "type: number, at_most: 10", "7,5", ("followed", "7.5")),
        ("en", "type: text", "by the end of May", ("followed", "by the end of May")),
    ],
)
def test_a_line_of_hours_is_asked_for_what_the_plan_requires(
    team: Prt, language: str, own: str, answer: str, cell: tuple[str, str]
) -> None:
    change_plan(team, "followed: {type: yes-no", f"followed: {{{own}")
    change_plan(team, "mode: in-person, followed: true", "mode: in-person")
    team.path("accompaniment").unlink()
    team.monkeypatch.setenv("PRT_LANG", language)
    person = sit_down(team.monkeypatch, "2h EMSB cda skills 2024-10-07", answer, "", "")
    assert team.attempt("log hours") == 0, person.screen + team.err
    assert {"en": "Follow-up planned?", "fr": "Suivi prévu?"}[language] in person.screen
    assert cells_of(team, "accompaniment")[cell[0]] == cell[1], person.screen


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_sheet_brings_them_by_its_headings(team: Prt, language: str) -> None:
    headings = {
        "en": "Date,Hours,Board,Role,Objective,Way of meeting,Distance (km),Follow-up planned,Weather",
        "fr": "Date,Heures,Commission scolaire,Fonction,Objectif,Forme de rencontre,Distance,Suivi prévu,Météo",
    }
    row = {
        "en": "2024-11-04,1,EMSB,School nurse,Skills of the team,By phone,7,No,sun",
        "fr": "2024-11-04,1,EMSB,Infirmière scolaire,Compétences de l’équipe,Au téléphone,7,Non,soleil",
    }
    sheet = team.root / "mine.csv"
    sheet.write_text(f"{headings[language]}\n{row[language]}\n", encoding="utf-8")
    team(f"import {sheet} --into accompaniment --yes")
    cells = cells_of(team, "accompaniment")
    assert (cells["mode"], cells["distance"], cells["followed"]) == ("by-phone", "7", "no")
    assert cells["role"] == "nurse" and cells["weather"] in ("sun", "soleil")
    team(f"import {sheet} --into accompaniment --yes")
    assert len(team.lines("accompaniment")) == 2


def test_a_form_whose_answers_are_rows_brings_them(team: Prt) -> None:
    form = team.root / "form.csv"
    form.write_text(
        '"Horodateur","Date","Heures","Commission scolaire","Fonction","Objectif","Forme de rencontre","Suivi prévu"\n'
        '"2024/11/16 12:10:32 PM UTC−4","2024-11-04","1","EMSB","infirmière scolaire","Compétences de l’équipe","au téléphone","non"\n',
        encoding="utf-8",
    )
    team(f"import {form} --into accompaniment --yes", code=1)
    assert "--as sheet" in team.err
    team(f"import {form} --as sheet --into accompaniment --yes")
    cells = cells_of(team, "accompaniment")
    assert (cells["mode"], cells["followed"], cells["role"]) == ("by-phone", "no", "nurse")


def test_a_workbook_has_them_and_brings_them_back(team: Prt) -> None:
    (team.root / "data" / "private").mkdir()
    team("sheet workshop")
    path = next((team.root / "data" / "private" / "sheets").glob("sessions*.xlsx"))
    book, row = load_workbook(path), cells_of(team, "sessions")["id"]
    Page(book, "sessions").set(row, setting="Indoors", absent=12)
    book.save(path)
    team(f"import {path} --yes")
    assert (cells_of(team, "sessions")["setting"], cells_of(team, "sessions")["absent"]) == ("indoors", "12")


def test_copies_with_them_are_merged(team: Prt) -> None:
    other = team.root.parent / "other"
    shutil.copytree(team.root, other)
    team.monkeypatch.setenv("PRT_PROJECT", str(other))
    team(TOOL.replace("10-20", "10-21").replace("--pages 37", "--pages 12").replace("Voices", "Other"))
    team.monkeypatch.setenv("PRT_PROJECT", str(team.root))
    header = team.path("tools").read_text(encoding="utf-8-sig").splitlines()[0]
    team.write("tools", header.replace(",pages,printed", "") + "\n")  # as it was before the plan had them
    team(f"merge {other} --yes")
    assert cells_of(team, "tools")["pages"] == "12"


def test_the_driver_of_git_merges_them(team: Prt) -> None:
    base, ours, theirs = (team.root.parent / f"{name}.csv" for name in ("base", "ours", "theirs"))
    text = team.path("tools").read_text(encoding="utf-8-sig")
    base.write_text(text, encoding="utf-8")
    ours.write_text(text.replace(",37,", ",38,"), encoding="utf-8")
    theirs.write_text(text.replace(",no,", ",yes,"), encoding="utf-8")
    team(f"git merge-driver {base} {ours} {theirs} data/2024-2025/tools.csv")
    assert ",38,yes," in ours.read_text(encoding="utf-8-sig")


def test_names_in_a_text_are_found_redacted_and_erased(team: Prt) -> None:
    private = team.root / "data" / "private"
    private.mkdir()
    (private / "names.csv").write_text("id,name,email,other_names\np-aaaa,Zoé Sample,,\n", encoding="utf-8")
    team(FIRST.replace("10-08", "10-09").replace("Snow; long drive", "with Zoé Sample"), code=2)
    assert "Zoé" not in team.path("accompaniment").read_text(encoding="utf-8")
    team(f"{FIRST.replace('10-08', '10-09').replace('Snow; long drive', 'with Zoé Sample')} --anyway")
    assert "accompaniment.csv:3: warning" in team("check") and "p-aaaa" in team.out
    team("people erase p-aaaa --yes")
    assert "Sample" not in team.path("accompaniment").read_text(encoding="utf-8")


def test_a_plan_says_what_changed_and_how_many_rows_hold_it(team: Prt) -> None:
    plan = team.root / "plan" / "2024-2025.yaml"
    before = team.root.parent / "before.yaml"
    shutil.copy(plan, before)
    change_plan(team, "at_most: 500", "at_most: 400")
    change_plan(
        team, "    podcast: {en: podcast, fr: balado}\n  role:", "    film: {en: film, fr: film}\n  role:"
    )
    change_plan(team, "kind: podcast", "kind: film")
    out = team(f"plan diff {before} {plan}")
    assert "column accompaniment.distance, at_most: 500 → 400: 1 row has it" in out
    assert "word tools.kind.podcast removed: “podcast”: 1 row has it" in out
    assert "word tools.kind.film added" in out
    team.monkeypatch.setenv("PRT_LANG", "fr")
    assert "colonne accompaniment.distance, at_most : 500 → 400 : 1 entrée" in plain(
        team(f"plan diff {before} {plan}")
    )


def test_next_years_plan_has_them(team: Prt) -> None:
    team("plan new 2025-2026")
    assert "columns of your own: accompaniment (4), sessions (2), tools (2)" in team.out
    plan, _ = read_plan((team.root / "plan" / "2025-2026.yaml").read_bytes(), "plan.yaml")
    assert plan is not None and "mode" in plan.record_of("accompaniment").header()


def test_people_may_have_a_role_that_another_year_adds(team: Prt) -> None:
    (team.root / "data" / "private").mkdir()
    team("people add --role 'infirmière scolaire' --board EMSB --name 'Ann Example'")
    assert "nurse" in (team.root / "data" / "people.csv").read_text(encoding="utf-8")
    team("plan new 2025-2026")
    later = team.root / "plan" / "2025-2026.yaml"
    text = later.read_text(encoding="utf-8")
    text = text.replace("  role:\n    nurse: {en: school nurse, fr: infirmière scolaire}\n", "")
    text = text.replace("where: {role: nurse}", "where: {role: cda}")
    later.write_text(text, encoding="utf-8")
    assert "role" not in team("check --year 2025-2026")


@pytest.mark.parametrize(("language", "label"), [("en", "school nurse"), ("fr", "infirmière scolaire")])
def test_a_role_of_the_plan_is_told_by_its_label_wherever_a_person_is(
    team: Prt, language: str, label: str
) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    team.people(
        "p-k7k2,prt-staff,,,,,,", "p-nnnn,nurse,EMSB,,,,,", "p-nnnn,cda,EMSB,,,,,", "p-oooo,nurse,RSB,,,,,"
    )
    hours = "log accompaniment --staff p-k7k2 --hours 1 --objective skills --followed yes --date 2024-10-22"
    team(f"{hours} --person p-nnnn", code=2)
    assert label in team.err
    team(f"{hours} --person p-oooo --role cda", code=2)
    assert label in team.err
    team("people end p-nnnn --on 2025-01-10", code=2)
    assert label in team.err or language == "en"
    team("people end p-oooo --on 2025-01-10")
    assert label in team.out


def test_completion_knows_their_words(team: Prt) -> None:
    team.monkeypatch.setenv("_PRT_COMPLETE", "complete_bash")
    team.monkeypatch.setenv("COMP_WORDS", "prt log accompaniment --mode ")
    team.monkeypatch.setenv("COMP_CWORD", "4")
    team.attempt("")
    assert {"in-person", "by-phone"} <= {*team.out.split()}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_sent_is_compared_by_the_columns_of_today(prt: Prt, language: str) -> None:
    """A plan that has got its columns since, and one that has them no more."""
    prt.shorten_plan("1.1", "2a.tools", "3a.hours")
    prt.people("p-k7k2,prt-staff,,,,,,", "p-aaaa,cda,EMSB,,,,,")
    prt.me("p-k7k2")
    prt(FIRST.partition(" --mode")[0].replace("nurse", "cda"))
    prt("submit --period 1 --on 2024-12-13 --anyway actions,no-data,personal")
    plan = prt.root / "plan" / "2024-2025.yaml"
    before, row = plan.read_text(encoding="utf-8"), cells_of(prt, "accompaniment")["id"]
    add_to_plan(prt, OWN)
    change_plan(
        prt, "where: {kind: {not: travel}}", "where: {weather: {present: false}, mode: {not: by-phone}}"
    )
    assert "3a.hours" not in prt(f"status --since-submitted --lang {language}")
    prt(f"edit {row} --mode by-phone --weather sunny --followed no --why told")
    out = prt(f"status --since-submitted --lang {language}")
    assert "3a.hours" in out and "sunny" in out
    report = prt.root.parent / "report.md"
    prt(f"report --period 2 --lang {language} --output {report}")
    assert "sunny" not in report.read_text(encoding="utf-8")
    prt.monkeypatch.setenv("PRT_TODAY", "2025-04-02")
    prt("submit --period 2 --on 2025-04-02 --anyway actions,no-data,personal,errors")
    plan.write_text(before, encoding="utf-8")
    assert "3a.hours" in prt(f"status --since-submitted --lang {language}")
    prt(f"report --period 2 --lang {language} --output {report}")


# Small groups


PERSONS = """columns:
  requests:
    reason: {type: choice, label: reason, choices: {health: health, money: money}}
  sessions:
    guests: {type: number, whole: true, label: guests}
    content: {type: number, whole: true, label: content guests}
    pages: {type: number, whole: true, label: pages, unit: pages}
    read: {type: number, whole: true, label: pages read, unit: pages}
"""
READ = {
    "reasons": "{kind: count, of: {log: requests}, split_by: [reason]}",
    "content": "{kind: ratio, part: {sum: content, of: pd}, whole: {sum: guests, of: pd}}",
    "read": "{kind: ratio, part: {sum: read, of: pd}, whole: {sum: pages, of: pd}}",
}
GUESTS = """
id | line | date       | title | format   | guests | content | pages | read
1  | 1.1  | 2024-10-16 | One   | half-day | 4      | 2       | 4     | 2
"""


def requests_for(**groups: int) -> str:
    head = "id | date | person | role | board | objective | reason\n"
    return head + "".join(
        f"r-{reason}-{number} | 2024-10-10 | p-{reason}-{number} | cda | EMSB | x | {reason}\n"
        for reason, many in groups.items()
        for number in range(many)
    )


def year_of(sessions: str, requests: str) -> Evaluation:
    indicators = "".join(
        f"          - {{id: {name}, label: {{en: {name}, fr: {name}}}, measure: {measure}}}\n"
        for name, measure in READ.items()
    )
    line = '      - id: "1.4a"\n'
    text = SMALL.replace(line, indicators + line) + PERSONS
    plan, problems = read_plan(text.encode(), "plan.yaml")
    assert plan is not None, problems
    found, wrong = support.load(plan, {"sessions": sessions, "requests": requests})
    assert not errors(wrong)
    return evaluate(plan, found, dt.date(2025, 6, 30))


@pytest.mark.parametrize(("guests", "requests", "hidden"), [(4, 3, True), (40, 30, False)])
def test_a_small_group_by_an_own_column_is_withheld_and_a_number_of_things_is_not(
    guests: int, requests: int, hidden: bool
) -> None:
    sessions = GUESTS.replace("| 4      | 2 ", f"| {guests}      | {guests // 2} ")
    found = year_of(sessions, requests_for(health=40, money=requests))
    withheld = published(found, annex_breakdowns(found.plan)).withheld
    report = render_markdown(support.report(found, "en"), Words("en", found.plan, found.data.organisations))
    assert any(key[1] == "1.1.reasons" for key in withheld if len(key) > 1) == hidden
    assert (("figure", "1.1.content", 0, 0) in withheld) == hidden
    assert not any(key[1] == "1.1.read" for key in withheld if len(key) > 1)
    assert ("| Money | x |" in report) == hidden
    assert ("| Money | 30 |" in report) != hidden


# What a plan may not say


PLAIN = "columns: {tools: {%s: {type: text, label: {en: Something, fr: Quelque chose}}}}"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Follow-up", "small letters without accents, digits and _, such as follow_up"),
        ("title", "tools has a column title already"),
        ("note", "tools has a column note already"),
        ("year", "--year is an option of a command already"),
        ("row", "--row is an option of a command already"),
        ("board", "prt reads a column board itself"),
        ("status", "prt reads a column status itself"),
        ("first_name", "would be a column of names or addresses of persons"),
    ],
)
def test_a_name_that_cannot_be_is_refused(name: str, message: str) -> None:
    assert message in refused(PLAIN % name)


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("columns: {toolz: {}}", 'there is no log "toolz"'),
        ("columns: {tools: {size: {type: bool, label: Size}}}", "text, choice, number, yes-no"),
        ("columns: {tools: {size: {label: Size}}}", "type is missing"),
        ("columns: {tools: {size: {type: choice, label: Size}}}", "needs its choices"),
        (
            "columns: {tools: {size: {type: text, label: Size, unit: cm}}}",
            "a column of type text has no unit",
        ),
        (
            "columns: {tools: {size: {type: number, label: Size, at_least: 3, at_most: 2}}}",
            "at_least is more",
        ),
        ("columns: {tools: {size: {type: number, label: Size, unit: '%'}}}", "does not hold percentages"),
        (
            "columns: {tools: {size: {type: number, label: Titre}}}",
            '"Titre" is what the column title is called',
        ),
        ("columns: {tools: {size: {type: text, label: Noms}}}", "names or addresses of persons"),
        (
            "columns: {tools: {size: {type: choice, label: Size, choices: {a: A, A: B}}}}",
            "are read as one word",
        ),
        (
            "columns: {tools: {size: {type: choice, label: Size, choices: {a: Big, b: big}}}}",
            "already stands for a",
        ),
        (
            "columns: {requests: {size: {type: text, label: Size, required: true}}}",
            "prt itself writes rows of requests",
        ),
        ("vocabularies: {status: {late: Late}}", "prt itself goes by the words of status"),
        (
            "vocabularies: {partnerships.event: {lost: Lost}}",
            "prt itself goes by the words of partnerships.event",
        ),
        (
            "vocabularies: {kind: {podcast: Podcast}}",
            "Say which log: accompaniment.kind, tools.kind, deliverables.kind",
        ),
        ("vocabularies: {tools.kind: {capsule: Clip}}", '"capsule" is a word of prt already'),
        ("vocabularies: {role: {nurse: ADC}}", '"ADC" already stands for cda'),
    ],
)
def test_what_a_plan_cannot_add_is_refused(own: str, message: str) -> None:
    assert message in refused(own)


def test_choices_stand_beside_their_column() -> None:
    own = "columns: {tools: {size: {type: choice, label: Size, choices: {a: A}}}}\nvocabularies: {tools.size: {b: B}}"
    assert "under columns: tools: size: choices" in refused(own)


def refused(own: str) -> str:
    """What is said of a plan with these lines."""
    _, problems = read_plan(f"{SMALL}{own}\n".encode(), "plan.yaml")
    assert errors(problems)
    return "\n".join(f"{one.what} {one.remedy}" for one in problems)


def test_own_columns_of_two_units_are_not_added_up() -> None:
    measure = "{kind: sum, column: way, of: [{log: accompaniment}, {log: tools}]}"
    plan = support.PLAN.format(measure=measure, target="null")
    one, two = (
        errors(read_plan((plan + TWO_UNITS.format(unit=unit)).encode(), "plan.yaml")[1])
        for unit in ("km", "miles")
    )
    assert one == [] and [problem.what for problem in two] == ["way is not in one unit: km, miles"]


@pytest.mark.parametrize(
    ("typed", "cell"), [("12,5 km", "12.5"), ("12.5KM", "12.5"), ("km 12", "12"), ("1 200 km", "")]
)
def test_a_number_may_be_typed_with_its_unit(team: Prt, typed: str, cell: str) -> None:
    command = FIRST.replace("10-08", "10-09").replace("120,5", f'"{typed}"')
    team(command, code=0 if cell else 2)
    assert cells_of(team, "accompaniment")["distance"] == (cell or "120.5")
    team(command.replace(typed, "12 miles"), code=2)
    assert "12 miles" in team.err
    row = cells_of(team, "accompaniment")["id"]
    team(f"edit {row} --distance '7 km' --why mistyped")
    assert cells_of(team, "accompaniment")["distance"] == "7"


def test_a_sheet_may_have_numbers_with_their_units(team: Prt) -> None:
    sheet = team.root / "mine.csv"
    sheet.write_text(
        "date;board;role;hours;objective;distance;followed\n2024-10-21;EMSB;cda;2;skills;80 km;yes\n",
        encoding="utf-8",
    )
    team(f"import {sheet} --into accompaniment --yes")
    assert cells_of(team, "accompaniment")["distance"] == "80"


def test_a_figure_that_is_typed_may_have_the_unit_of_its_indicator(prt: Prt) -> None:
    prt.shorten_plan("1.1")
    prt.indicators(
        "          - {id: cost, label: {en: Cost, fr: Coût}, measure: {kind: typed, unit: $}}\n"
        "          - {id: seats, label: {en: Seats, fr: Sièges}, measure: {kind: typed, unit: {en: seats, fr: sièges}}}\n"
    )
    figure = "log figure --date 2024-10-08 --evidence budget.pdf --anyway --indicator"
    for typed, cell in (("1.1.cost --value '2 $'", "2"), ("1.1.cost --value '-$2,50'", "-2.5")):
        prt(f"{figure} {typed}")
        assert cells_of(prt, "figures")["value"] == cell
    prt(f"{figure} Sièges --value '40 SIÈGES'")
    assert cells_of(prt, "figures")["value"] == "40"
    prt(f"edit {cells_of(prt, 'figures')['id']} --value '41 seats' --why counted")
    assert cells_of(prt, "figures")["value"] == "41"
    for wrong in ("1.1.cost --value '2 seats'", "1.1.seats --value '2 $'"):
        prt(f"{figure} {wrong}", code=2)
        assert "is not a number" in prt.err
    sheet = prt.root / "mine.csv"
    sheet.write_text("date;indicator;value;evidence\n2024-10-21;1.1.cost;3,5 $;x\n", encoding="utf-8")
    prt(f"import {sheet} --into figures --yes")
    assert cells_of(prt, "figures")["value"] == "3.5"
    person = sit_down(prt.monkeypatch, "cost", "", "12 $", "budget.pdf", "", "", "")
    prt.attempt("log figure")
    assert cells_of(prt, "figures")["value"] == "12", person.screen


SESSION_COLUMNS = """columns:
  sessions:
    cost: {type: number, label: {en: cost, fr: coût}, unit: $}
    way: {type: choice, label: {en: way, fr: voie}, choices: {a: {en: by air, fr: par avion}}}
"""


@pytest.mark.parametrize(
    "of", ["{log: feedback}", "answers", "[answers, {log: feedback, where: {session.way: a}}]"]
)
def test_a_column_of_the_session_has_its_unit_in_rows_of_the_session(of: str) -> None:
    measure = f"{{kind: mean, column: session.cost, of: {of}}}"
    text = support.PLAN.format(measure=measure, target="null") + SESSION_COLUMNS
    text = text.replace("selections:\n", "selections:\n  answers: {log: feedback}\n")
    plan, problems = read_plan(text.encode(), "plan.yaml")
    assert plan is not None and not errors(problems), problems
    assert next(one.measure.unit for _, _, one in plan.indicators()) == "$"


def test_a_column_of_the_session_has_its_words_in_rows_of_the_session() -> None:
    measure = "{kind: count, of: {log: feedback, where: {session.way: a}}, split_by: [session.way]}"
    text = support.PLAN.format(measure=measure, target="null") + SESSION_COLUMNS
    plan, problems = read_plan(text.encode(), "plan.yaml")
    assert plan is not None and not errors(problems), problems
    words = Words("fr", plan)
    assert words.column_name("feedback", "session.way") == "voie"
    assert words.label("feedback", "session.way", "a") == "par avion"


def test_what_the_manual_shows_is_valid() -> None:
    text = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```yaml\n((?:columns|vocabularies):\n.*?)^```", text, re.MULTILINE | re.DOTALL)
    plan, problems = read_plan((SMALL + "".join(shown)).encode(), "plan.yaml")
    assert plan is not None and problems == [] and len(shown) == 2
    assert [*plan.columns["accompaniment"]] == ["way", "distance", "followed", "road"]


def test_no_option_of_a_command_is_the_name_of_a_column() -> None:
    commands = [log_row("workshop"), load_command(module_of("edit")), load_command(module_of("import"))]
    names = {
        name.removeprefix("--").replace("-", "_")
        for command in commands
        for one in declare_all(parameters_of(command))
        for name in one.names
        if name.startswith("--") and "/" not in name
    }
    columns = {name for model in LOGS.values() for name in model.fields}
    assert len(names) > 20 and names - columns <= OPTIONS
    arguments = {one.name for command in commands for one in parameters_of(command)}
    assert "row" in arguments and arguments - columns <= OPTIONS


def test_an_option_of_a_plan_with_an_error_is_not_said_to_be_none(team: Prt) -> None:
    change_plan(team, "at_most: 500}", "at_most: 500, colour: red}")
    for typed in (FIRST, "edit a-20241008-zzzz --distance 3 --why moved"):
        team(typed, code=1)
        assert "colour" in team.err and "No such option" not in team.err
    assert "--date" in team("log accompaniment --help")


# What holds of every text


LABELS = (
    '<script>alert("x")</script>',
    '=HYPERLINK("http://x")',
    "[red]x[/red] **b** | c",
    "{{ 7*7 }} {0}",
    "a: b # c; 'd' | > & * ! %s {{",
)


@pytest.mark.parametrize("text", some(LABELS, 2))
def test_a_hostile_text_is_a_text_and_nothing_else(prt: Prt, text: str) -> None:
    prt.shorten_plan("1.1")
    quoted = json.dumps(text)
    add_to_plan(
        prt,
        f"""
columns:
  sessions:
    odd: {{type: choice, label: {{en: {quoted}, fr: {quoted}}}, choices: {{a: {{en: {json.dumps(text + " a")}, fr: {json.dumps(text + " b")}}}}}}}
""",
    )
    prt.indicators(
        "          - {id: odd, label: {en: Odd, fr: Drôle}, measure: {kind: count, of: {log: sessions, where: {odd: a}}, split_by: [odd]}}\n"
    )
    prt(f"{WORKSHOP} --odd a")
    for command in (
        "check",
        "status --all",
        "explain 1.1.odd",
        "list workshop",
        "log workshop --help",
        "plan show",
    ):
        assert "Traceback" not in prt(command) and "49 {" not in prt.out
    for form in ("html", "md"):
        report = prt.root.parent / f"report.{form}"
        prt(f"report --period 1 --lang en --output {report}")
        assert "<script>alert" not in report.read_text(encoding="utf-8")
        assert "49 {" not in report.read_text(encoding="utf-8")
    prt(f"export package --team -o {prt.root.parent / 'package'}")
    assert "\n=HYPER" not in (prt.root.parent / "package" / "rows" / "sessions.csv").read_text(
        encoding="utf-8"
    )


NUMBERS = st.decimals(0, 500, places=2).map(str)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)


@given(
    mode=st.sampled_from(["in-person", "By phone", "AU TELEPHONE", ""]),
    distance=NUMBERS | NUMBERS.map(lambda text: text.replace(".", ",")),
    followed=st.sampled_from(["oui", "No", "x", ""]),
    weather=TEXTS,
)
def test_what_is_written_reads_back_the_same(mode: str, distance: str, followed: str, weather: str) -> None:
    plan = own_plan()
    known, model = known_of(plan, ()), plan.record_of("accompaniment")
    cells = {"mode": mode, "distance": distance, "followed": followed, "weather": weather}
    entry = read_entry(model, cells, known)
    assert not {"mode", "distance", "weather"} & {
        name for name, one in entry.mistakes if one.code != "two_numbers_possible"
    }
    again = read_entry(model, entry.cells, known)
    assert again.cells == entry.cells and again.row.values == entry.row.values


@cache
def own_plan() -> Plan:
    plan, problems = read_plan(f"{SMALL}vocabularies:{OWN}".encode(), "plan.yaml")
    assert plan is not None and not errors(problems), problems
    return plan
