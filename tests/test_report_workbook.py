"""A report as an Excel workbook and as JSON: numbers are numbers, and no text of anybody is more than a text."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from prt.model.text import LANGUAGES, Language
from prt.output.document.editions import edition_for
from prt.output.document.report_document import READERS, Report, list_texts
from prt.output.renderers import RENDERERS
from prt.output.renderers.excel import render_excel
from prt.output.renderers.sheet_parts import HEAD_ROW
from tests.conftest import only_in_ci
from tests.project import WORKSHOP, Prt
from tests.test_report import HOURS, POSITIVE, evaluated, made, words
from tests.test_withhold import ONE_OF_THREE

HOURS_GIVEN = "{kind: sum, column: hours, of: {log: accompaniment}, split_by: [objective]}"


def book(report: Report, language: Language = "en") -> Any:
    found = evaluated()
    return load_workbook(io.BytesIO(render_excel(report, words(found, language))))


def rows(page: Any) -> list[dict[str, Any]]:
    """The rows of a sheet under the titles of its columns."""
    titles, *found = page.iter_rows(min_row=HEAD_ROW, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in found]


def test_figures_are_numbers_with_their_rate_and_gap() -> None:
    (target,) = rows(book(made(target="{at_least: 10}"))["Summary"])
    assert (target["P1"], target["P2"], target["To date"], target["Target"]) == (1, 2, 3, 10)
    assert target["Rate of the target"] == '=IF(OR(F5="",G5="",G5=0),"",F5/G5)'
    assert target["Gap to the expected"] == '=IF(OR(F5="",I5=""),"",F5-I5)'
    assert (target["Expected by now"], target["Status"], target["Identifier"]) == (7, "behind", "1.1.it")


def test_statuses_have_their_colour_and_rates_a_bar_as_long_as_somebody_changes_them() -> None:
    page = book(made(target="{at_least: 10}"))["Summary"]
    rules = {str(area.sqref): [one.type for one in area.rules] for area in page.conditional_formatting}
    assert rules == {"L5": ["beginsWith"], "H5": ["dataBar"]}
    assert page["J5"].number_format == "+#,##0;-#,##0;0"
    assert page.print_area.endswith("$M$5")  # the base, the plan's text and the identifier are for the screen
    widths = [page.column_dimensions[letter].width for letter in "ABCDEFGHIJKLM"]
    assert sum(widths) <= 182  # characters across a page in landscape: seven tenths of their size


def test_who_retraces_figures_gets_the_rows_behind_them() -> None:
    found = made(target="{at_least: 10}")
    pages = [one for one in book(found) if one.title.startswith("Entries –")]
    behind = rows(pages[0])
    assert len(pages) == 1 and [row["Identifier"] for row in behind].count("1.1.it") == 3
    assert not [one for one in book(edition_for(found, "funder")).sheetnames if one.startswith("Entries")]


def test_a_share_is_a_number_with_its_part_and_whole() -> None:
    page = book(made(measure=POSITIVE, target="{at_least: 75%}"))["Indicators"]
    share, _ = rows(page)
    assert share["Numerator"] / share["Denominator"] == pytest.approx(share["To date"])
    assert page.cell(HEAD_ROW + 1, 7).number_format == "0.0 %" and share["Unit"] == "percentage"


def test_the_gap_of_a_share_is_in_points() -> None:
    page = book(made(measure=POSITIVE, target="{at_least: 75%}"))["Summary"]
    (share,) = rows(page)
    assert share["Gap to the expected"] == '=IF(OR(F5="",I5=""),"",(F5-I5)*100)'
    assert page["J5"].number_format == '+0.0" points";-0.0" points";0" points"'


def test_a_number_has_no_decimal_sign_without_decimals() -> None:
    found = book(made(measure=HOURS_GIVEN, accompaniment=HOURS, target="{at_least: 10}"))["Summary"]
    assert (found["F5"].value, found["F5"].number_format) == (3.75, "#,##0.##")
    assert (found["G5"].value, found["G5"].number_format) == (10, "#,##0")
    assert found["J5"].number_format == "+#,##0.00;-#,##0.00;0"


def test_hours_and_days() -> None:
    found = book(made(measure=HOURS_GIVEN, accompaniment=HOURS))
    hours, _ = rows(found["Indicators"])
    assert (hours["To date"], hours["Unit"], hours["Entries"]) == (3.75, "hours", None)  # few people
    sessions = rows(book(made())["Activities"])
    assert {type(row["Date"]) for row in sessions} == {dt.datetime}
    assert {row["Attendances"] for row in sessions} <= {None, *range(100)}


def test_what_is_withheld_is_the_text_x_and_no_number() -> None:
    found = made(measure=POSITIVE, target="{at_least: 75%}", sessions=ONE_OF_THREE)
    (share,) = rows(book(found)["Summary"])
    assert share["To date"] == "x"
    assert (share["Numerator"], share["Denominator"], share["Rate of the target"]) == (None, None, None)
    told = json.dumps(json.loads(str(RENDERERS["json"].render(found, words(evaluated(), "en"), None))))
    assert '"text": "x", "value": null' in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_can_be_read_and_printed(language: Language) -> None:
    found = book(made(language, target="{at_least: 10}"), language)
    assert len(found.sheetnames) == len({name.casefold() for name in found.sheetnames}) > 3
    for page in found:
        assert page.freeze_panes == f"A{HEAD_ROW + 1}" and page.auto_filter.ref.startswith(f"A{HEAD_ROW}")
        assert page.print_title_rows and page.page_setup.orientation == "landscape"
        assert page.oddFooter.right.text == "&P / &N" and page.oddHeader.left.text


@only_in_ci
def test_the_same_report_gives_the_same_bytes() -> None:
    one, other = (render_excel(made(), words(evaluated(), "en")) for _ in range(2))
    assert one == other


@pytest.mark.parametrize("reader", READERS)
def test_json_has_every_text_and_every_number(reader: Any) -> None:
    found = edition_for(made(target="{at_least: 10}"), reader)
    tree = json.loads(str(RENDERERS["json"].render(found, words(evaluated(), "en"), None)))
    said = set(texts_of(tree))
    markup = {one for block in prose_of(found) for one in (block.html, block.markdown, block.cell)}
    assert {text for text in list_texts(found) if text not in markup} - {"left", "right"} <= said
    if reader != "brief":
        (indicator,) = tree["volets"][0]["lines"][0]["indicators"]
        assert (indicator["id"], indicator["to_date"]["number"]["value"]) == ("1.1.it", 3)


def prose_of(report: Report) -> Iterator[Any]:
    from prt.output.document.content import Prose
    from prt.output.document.report_document import pieces

    return (one for one in pieces(report) if isinstance(one, Prose))


def texts_of(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        for one in tree.values():
            yield from texts_of(one)
    elif isinstance(tree, list):
        for one in tree:
            yield from texts_of(one)
    elif isinstance(tree, str):
        yield tree


def test_a_workbook_is_written_to_a_file_and_replaced_as_ours(prt: Prt) -> None:
    prt(WORKSHOP)
    prt.shorten_plan("1.1")
    prt("report --period 1 --format xlsx", code=2)
    assert "Name a file: -o report.xlsx" in prt.err
    file = prt.root.parent / "report.xlsx"
    for _ in range(2):
        prt(f"report --period 1 -o {file}")
    assert load_workbook(file).sheetnames[0] == "Sommaire"
    file.write_bytes(b"PK\x03\x04 of somebody else")
    prt(f"report --period 1 -o {file}", code=2)
    assert file.read_bytes() == b"PK\x03\x04 of somebody else"


def test_what_is_one_column_is_no_wider_than_a_page() -> None:
    """LibreOffice prints one column a page wide, and cuts what is beyond: it shrinks only what has several."""
    for page in book(made()).worksheets:
        if page.max_column == 1:
            assert page.column_dimensions["A"].width <= 100
