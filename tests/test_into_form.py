"""A form of the funder filled in: names become values, and all else in it stays as it is."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.parser import parse_xml
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from prt.files.notes import read_sections
from prt.output.document.content import Cell
from prt.output.document.editions import edition_for
from prt.output.forms.form_names import FormNames, list_names, names_text
from prt.output.forms.sheet_form import fill_sheet_form
from prt.output.forms.word_form import fill_word_form, word_form_names
from prt.output.notes.prose import prose
from prt.output.numbers import Value
from prt.output.renderers.word.word_xml import NAMESPACES
from prt.values import replace
from tests.project import WORKSHOP, Prt
from tests.support import report
from tests.test_report import POSITIVE, evaluated, made

TEXT_BOX = f"""<w:p {NAMESPACES} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>Outside {{{{ date }}}}</w:t></w:r>
<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{{{{ 1.1.it cu</w:t></w:r><w:r><w:t>mul }}}}</w:t></w:r></w:p>
</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"""
CONTROL = f"""<w:sdt {NAMESPACES}><w:sdtContent><w:p><w:r><w:t>{{{{1.1.it cible}}}}</w:t></w:r></w:p></w:sdtContent></w:sdt>"""


def names(**options: Any) -> FormNames:
    found = made("fr", target="{at_least: 10}", **options)
    told = prose("Un.\n\n- deux\n- trois")
    return FormNames(list_names(replace(found, brief=replace(found.brief, told=told)), 3))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("1.1.it cumul", "3"),
        ("1.1.IT  To date", "3"),
        ("1.1.it P1", "1"),
        ("1.1.it P3", ""),
        ("1.1.it cible", "10"),
        ("1.1.it etat", "en retard"),
        ("1.1.it écart", "-4"),
        ("1.1.it prévu", "+ 1 au calendrier"),
        ("1.1.it libellé", "Ceci"),
        ("période", "du 1er décembre 2024 au 31 mars 2025"),
        ("Date", "31 mars 2025"),
        ("faits saillants", "Un.\ndeux\ntrois"),
        ("1.1 récit", ""),
        ("Volet 1.1 narrative", ""),
        ("prt", None),
    ],
)
def test_names_are_typed_as_they_are_read(name: str, text: str | None) -> None:
    found = names().find(name)
    assert (found.text.replace("\u00a0", " ") if found else None) == text


def test_a_share_has_its_base_and_what_is_withheld_stays_so() -> None:
    of = FormNames(list_names(made("en", measure=POSITIVE, target="{at_least: 75%}"), 3))
    assert [getattr(of.find(f"1.1.it {one}"), "text", None) for one in ("to date", "base")] == [
        "84.6%",
        "11 of 13",
    ]
    few = "id | line | date | title | format | feedback_form | respondents | positive\nw | 1.1 | 2024-10-16 | A | full-day | yes | 3 | 2"
    of = FormNames(list_names(made("en", measure=POSITIVE, target="{at_least: 75%}", sessions=few), 3))
    texts = [getattr(of.find(f"1.1.it {one}"), "text", None) for one in ("to date", "base", "gap", "P1")]
    assert texts == ["x", "", "", "x"]


@pytest.mark.parametrize(
    ("language", "target", "gap"),
    [
        ("en", "75%", "+9.6 points"),
        ("fr", "75%", "+9,6 points"),
        ("fr", "86%", "-1,4 point"),
        ("en", "86%", "-1.4 points"),
    ],
)
def test_a_share_is_so_many_points_from_what_is_expected(language: Any, target: str, gap: str) -> None:
    of = FormNames(list_names(made(language, measure=POSITIVE, target=f"{{at_least: {target}}}"), 3))
    found = of.find("1.1.it gap")
    assert found and found.text.replace("\u00a0", " ") == gap
    assert isinstance(found.value, Value) and found.value.unit == "points"


def test_the_gap_of_hours_and_counts() -> None:
    assert getattr(names().find("1.1.it écart"), "text", "") == "-4"


def test_every_name_is_listed_ready_to_copy_and_is_one() -> None:
    found = list_names(made("fr", target="{at_least: 10}"), 3)
    of, lines = FormNames(found), names_text(found).splitlines()
    assert "{{ 1.1.it cumul }}" in [line.partition("}}")[0] + "}}" for line in lines]
    assert len(lines) == len({line.partition("}}")[0] for line in lines}) > 20
    assert all(of.find(one.name) is one for one in found)


def test_the_brief_has_no_name_of_what_it_does_not_show() -> None:
    of = FormNames(list_names(edition_for(made("fr", target="{at_least: 10}"), "brief"), 3))
    assert of.find("1.1.it cumul") is None and of.find("titre") is not None


ADJUSTED = """## Ce que nous avons appris

Commencer plus tôt.

## Ajustements pour 2025-2026

Un essai.

### 1.1.it

Deux fois plus."""


def test_a_form_of_the_bilan_has_last_year_what_was_learned_and_what_changes() -> None:
    notes = read_sections(ADJUSTED)
    of_year = evaluated(target="{at_least: 10}", cut_off="2025-06-30")
    found = report(of_year, "fr", annual=True, notes={"fr": notes})
    volet = found.volets[0]
    line = volet.lines[0]
    (part,) = line.indicators
    before = replace(part, last_year=Cell(Value("7", Fraction(7))))
    found = replace(found, volets=(replace(volet, lines=(replace(line, indicators=(before,)),)),))
    of = FormNames(list_names(found, 3))
    texts = {
        name: getattr(of.find(name), "text", None)
        for name in ("1.1.it an dernier", "1.1.it last year", "appris", "ajustements", "perspectives")
    }
    standing = "1.1\u00a0· Ceci – 3 pour une cible de 10\u00a0: non atteinte"
    assert texts == {
        "1.1.it an dernier": "7",
        "1.1.it last year": "7",
        "appris": "Commencer plus tôt.",
        "ajustements": f"Un essai.\n{standing}\nDeux fois plus.",
        "perspectives": None,
    }
    follow_up = of.find("1.1.it suite")
    assert follow_up and follow_up.is_gap
    assert FormNames(list_names(made("fr", target="{at_least: 10}"), 3)).find("appris") is None


def word_form() -> bytes:
    document = Document()
    head = document.add_paragraph("Cumul : ")
    for text, bold in (
        ("{", False),
        ("{ 1.1.it ", True),
        ("cumul }", False),
        ("} sur {{1.1.it cible}}", False),
    ):
        head.add_run(text).bold = bold
    document.add_paragraph("{{ faits saillants }}", style="List Bullet")
    document.add_table(1, 2).cell(0, 1).text = "{{ 1.1.it état }}"
    document.sections[0].header.paragraphs[0].text = "{{ titre }}"
    for xml in (TEXT_BOX, CONTROL):
        document.element.body.insert(0, parse_xml(xml))
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def test_a_word_form_is_filled_in_wherever_its_names_are() -> None:
    raw = word_form()
    filled = fill_word_form(raw, names())
    document = Document(io.BytesIO(filled))
    texts = [one.text for one in document.paragraphs]
    assert texts[0] == "Outside 31 mars 2025" and "Cumul : 3 sur 10" in texts
    assert [run.text for run in document.paragraphs[1].runs][:3] == ["Cumul : ", "3", ""]
    items = [one.text for one in document.paragraphs if one.style and one.style.name == "List Bullet"]
    assert items == ["Un.", "deux", "trois"]
    assert document.tables[0].cell(0, 1).text == "en retard"
    assert document.sections[0].header.paragraphs[0].text == "Un plan"
    whole = "".join(one.text or "" for one in document.element.body.iter() if str(one.tag).endswith("}t"))
    assert "{{" not in whole and list(word_form_names(filled)) == []
    assert unchanged(raw, filled) >= {"word/styles.xml", "[Content_Types].xml", "word/settings.xml"}


def unchanged(raw: bytes, filled: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as one, zipfile.ZipFile(io.BytesIO(filled)) as other:
        assert one.namelist() == other.namelist()
        return {name for name in one.namelist() if one.read(name) == other.read(name)}


def sheet_form() -> bytes:
    book = Workbook()
    page, other = book.worksheets[0], book.create_sheet("L'autre")
    page.title = "Bilan"
    page["B2"], page["B2"].number_format = "{{ 1.1.it cumul }}", "0.00"
    page["B3"] = "Cible : {{ 1.1.it cible }} ({{ inconnu }})"
    page["B4"], page["B4"].number_format = "{{ date }}", "yyyy-mm-dd"
    page["B5"], page["B6"] = "{{ date }}", "=B2*2"
    page["B7"] = "{{ titre }}"
    other["A1"] = "rien"
    for name, place in (("prt.1.1.it.cible", "Bilan!$D$9"), ("autre", "Bilan!$D$8")):
        book.defined_names[name] = DefinedName(name, attr_text=place)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def with_shared_texts(raw: bytes) -> bytes:
    """The same workbook as Excel writes it: cells share their texts, which are spread over runs."""
    texts: list[bytes] = []

    def share(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b' t="s"><v>%d</v></c>' % (len(texts) - 1)

    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        changed = {
            name: re.sub(rb' t="inlineStr"><is><t>(.*?)</t></is></c>', share, parts.read(name))
            for name in parts.namelist()
        }
    runs = b"".join(b"<si><r><t>%s</t></r><r><t>%s</t></r></si>" % (one[:4], one[4:]) for one in texts)
    kind = b'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"'
    changed["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % runs
    )
    types = changed["[Content_Types].xml"]
    part = b'<Override PartName="/xl/sharedStrings.xml" %s/></Types>' % kind
    changed["[Content_Types].xml"] = types.replace(b"</Types>", part)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name, data in changed.items():
            package.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("raw", [sheet_form(), with_shared_texts(sheet_form())], ids=["own texts", "shared"])
def test_a_workbook_is_patched_cell_by_cell(raw: bytes) -> None:
    filled = fill_sheet_form(raw, names())
    page = load_workbook(io.BytesIO(filled))["Bilan"]
    assert (page["B2"].value, page["B2"].number_format, page["B6"].value) == (3, "0.00", "=B2*2")
    assert page["B3"].value == "Cible : 10 ({{ inconnu }})"
    assert (page["B4"].value, page["B5"].value) == (dt.datetime(2025, 3, 31), "31 mars 2025")
    assert (page["B7"].value, page["D9"].value, page["D8"].value) == ("Un plan", 10, None)
    assert unchanged(raw, filled) >= {"xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/theme/theme1.xml"}
    with zipfile.ZipFile(io.BytesIO(filled)) as parts:
        assert parts.read("xl/workbook.xml").count(b"fullCalcOnLoad") == 1


@pytest.mark.parametrize(
    ("name", "shown_as", "value"),
    [
        ("to date", "0.0 %", 11 / 13),
        ("to date", "General", "84.6%"),
        ("gap", "0.0 %", "+9.6 points"),
        ("gap", "0.0", 100 * 11 / 13 - 75),
    ],
)
def test_a_share_is_a_number_where_the_cell_shows_percentages(
    name: str, shown_as: str, value: object
) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["A1"].number_format = f"{{{{1.1.it {name}}}}}", shown_as
    packed = io.BytesIO()
    book.save(packed)
    of = FormNames(list_names(made("en", measure=POSITIVE, target="{at_least: 75%}"), 3))
    found = load_workbook(io.BytesIO(fill_sheet_form(packed.getvalue(), of))).worksheets[0]["A1"].value
    assert found == (pytest.approx(value) if isinstance(value, float) else str(value).replace(" ", "\u00a0"))


def test_a_value_never_is_a_formula() -> None:
    of = names()
    title = of.known["titre"]
    of.known["titre"] = replace(title, value=type(title.value)("=1+1"))  # type: ignore[call-arg]
    cell = load_workbook(io.BytesIO(fill_sheet_form(sheet_form(), of)))["Bilan"]["B7"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def saved(file: Path, *texts: str) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(file))
    return file


def test_as_it_is_typed(prt: Prt) -> None:
    prt(WORKSHOP)
    prt.shorten_plan("1.1")
    folder = prt.root.parent
    form, filled = (
        saved(folder / "form.docx", "{{ 1.1.workshops cumul }}", "{{ 1.1.workshop cumul }}"),
        folder / "out.docx",
    )
    before = form.read_bytes()
    prt(f"report --period 1 --into {form} -o {filled}", code=1)
    assert "a report has no {{ 1.1.workshop cumul }}" in prt.err and not filled.exists()
    assert "Was {{ 1.1.workshops cumul }} meant?" in prt.err
    prt(f"report --period 1 --into {form} -o {filled} --leave-unknown")
    assert [one.text for one in Document(str(filled)).paragraphs] == ["1", "{{ 1.1.workshop cumul }}"]
    assert "Filled in, as a draft of report 1" in prt.err + prt.out
    assert "missing" not in prt.err  # the report misses a lot, and the form asks for nothing of it
    asking = saved(
        folder / "asking.docx", "{{ highlights }}", "{{ faits saillants }}", "{{ 1.1.choice action }}"
    )
    prt(f"report --period 1 --lang en --into {asking} -o {folder / 'asked.docx'}")
    assert "2 things are missing in it" in prt.err
    for typed, said in (
        (f"--into {form}", "Name it: -o FILE.docx"),
        (f"--into {form} -o {form} --force", "is the form itself"),
        (f"--into {form} -o {folder / 'out.xlsx'}", "a form of another kind"),
        (f"--into {folder / 'none.docx'} -o {folder / 'new.docx'}", "there is no such file"),
        (f"--into {folder / 'form.odt'} -o {filled}", "not .odt"),
    ):
        prt(f"report --period 1 {typed}", code=2)
        assert said in prt.err, said
    assert form.read_bytes() == before
    empty = saved(folder / "empty.docx", "no name")
    prt(f"report --period 1 --into {empty} -o {folder / 'new.docx'}", code=1)
    assert "has no name in double braces" in prt.err
    (folder / "bad.docx").write_bytes(b"PK no zip")
    prt(f"report --period 1 --into {folder / 'bad.docx'} -o {folder / 'new.docx'}", code=1)
    assert "{{ 1.1.workshops cumul }}" in prt("report --period 1 --names")
