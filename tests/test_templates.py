"""Templates of one's own: one block, one macro or the whole; a mistake in one has its line and a remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from prt.files.owntemplates import piece_of, shipped, starter
from prt.output import render
from prt.output.report import report
from prt.problems import PrtError
from tests.project import Prt
from tests.test_report import evaluated, words


def printed(folder: Path | None, form: str = "markdown") -> str:
    found = evaluated()
    return str(getattr(render, form)(report(found, "en"), words(found, "en"), folder))


def with_own(folder: Path, text: str, name: str = "report.md.j2") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return printed(folder)


def mistake(folder: Path, text: str, name: str = "report.md.j2") -> str:
    with pytest.raises(PrtError) as caught:
        with_own(folder, text, name)
    return str(caught.value.problems[0])


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_every_starter_prints_what_prt_prints(tmp_path: Path, form: str) -> None:
    names, expected = [], squeezed(printed(None, form))
    for template in shipped():
        for piece in template.pieces or [""]:
            (tmp_path / template.name).write_text(starter(template, piece), encoding="utf-8")
            names.append((template.name, piece))
            assert squeezed(printed(tmp_path, form)) == expected
    assert len(names) > 20 and ("macros.html.j2", "bar") in names


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_one_block(tmp_path: Path) -> None:
    text = with_own(
        tmp_path,
        '{% extends "shipped/report.md.j2" %}{% block outlook %}\n## Soon\n{{ super() }}{% endblock %}',
    )
    assert "## Soon" in text and "## Outlook" in text and "## Method" in text


def test_one_macro(tmp_path: Path) -> None:
    template = next(one for one in shipped() if one.name == "macros.md.j2")
    own = starter(template, "indicator").replace("**{{ part.label }}**", "«{{ part.label }}»")
    assert "«It»" in with_own(tmp_path, own, "macros.md.j2")
    assert "| «It» |" not in printed(None)


def test_the_style(tmp_path: Path) -> None:
    (tmp_path / "report.css").write_text('{% include "shipped/report.css" %}\nh1 { color: teal; }')
    assert "h1 { color: teal; }" in printed(tmp_path, "html")


@pytest.mark.parametrize(
    ("template", "line", "what", "remedy"),
    [
        ("a\n{% if %}", 2, "cannot be read", "Correct that line"),
        ("a\n\n{{ report.nothing }}", 3, "'Report object' has no attribute 'nothing'", "docs/templates.md"),
        ("{{ nobody }}", 1, "'nobody' is undefined", "docs/templates.md"),
        ("\n{{ words('status.nothing') }}", 2, "there is no word status.nothing", "words.yaml"),
        ("\n{{ report.__class__.__mro__ }}", 2, "unsafe", "sandbox"),
        ("\n\n{% include 'none.j2' %}", 3, 'no template "none.j2"', "prt templates list"),
        ("{{ 1 / 0 }}", 1, "division by zero", "Correct that line"),
        ("\n{% for a in range(10 ** 9) %}{% endfor %}", 2, "powers", "sandbox"),
        (
            "{% for a in range(1000) %}\n{% for b in range(1000) %}{% endfor %}{% endfor %}",
            2,
            "turns",
            "sandbox",
        ),
        (
            "{% set r = range(1000) %}{% for a in r %}\n{% for b in r %}{% endfor %}{% endfor %}",
            2,
            "turns",
            "",
        ),
        ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", 2, "calls itself without end", "Correct"),
        ("{{ 'a' * 1000000 }}", 1, "100,000 characters", "sandbox"),
        ("{{ 1000000 * 'a' }}", 1, "100,000 characters", "sandbox"),
        ("{{ words.organisations.clear() }}", 1, "", "Or remove the file"),
    ],
)
def test_a_mistake_has_its_line_and_a_remedy(
    tmp_path: Path, template: str, line: int, what: str, remedy: str
) -> None:
    said = mistake(tmp_path, template)
    assert said.startswith(f"templates/report.md.j2:{line}: ")
    assert what in said and remedy in said and "the template of prt is used then" in said


def test_a_mistake_in_a_macro_is_named_there(tmp_path: Path) -> None:
    template = next(one for one in shipped() if one.name == "macros.md.j2")
    own = starter(template, "figure").replace("cell.number", "cell.numbr")
    line = next(at for at, text in enumerate(own.split("\n"), 1) if "numbr" in text)
    assert mistake(tmp_path, own, "macros.md.j2").startswith(f"templates/macros.md.j2:{line}: ")


def test_macros_that_call_one_another_without_end_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prt.output.sandbox.CALLS", 5000)
    twice = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    assert "calls macros more than 5,000 times" in mistake(tmp_path, twice)


def test_a_piece_that_is_not_there_is_said() -> None:
    template = next(one for one in shipped() if one.name == "report.md.j2")
    assert piece_of(template, None) == "outlook"
    with pytest.raises(PrtError, match=r'has no block or macro "nothing"\. It has: cover, brief'):
        piece_of(template, "nothing")


# As it is typed


def test_list_and_copy(prt: Prt) -> None:
    assert "report.md.j2      used as it is" in prt("templates list")
    assert prt("templates copy report.html.j2 --block cover").startswith("templates/report.html.j2: made.")
    assert prt("templates copy macros.md.j2").startswith("templates/macros.md.j2: made.")
    assert prt("templates copy report.md.j2 --whole").startswith("templates/report.md.j2: made.")
    (prt.root / "templates" / "letter.j2").write_text("x")
    listed = prt("templates list")
    assert listed.count("overridden by this project") == 3 and "own besides: letter.j2" in listed
    assert "Perspectives" in prt("report --period 1") and "Perspectives" in prt("report --format html")
    prt("templates copy report.md.j2", code=2)
    assert "is there already" in prt.err
    prt("templates copy nothing.j2", code=2)
    assert 'prt has no template "nothing.j2". Templates: macros.html.j2' in prt.err


def test_a_broken_template_stops_the_report_with_its_line(prt: Prt) -> None:
    prt("templates copy")
    path = prt.root / "templates" / "report.md.j2"
    path.write_text(path.read_text(encoding="utf-8") + "\n{{ report.nothing }\n", encoding="utf-8")
    prt("report --period 1", code=1)
    assert re.match(r"templates/report\.md\.j2:\d+: the template cannot be read", prt.err)


def test_the_templates_of_prt_itself_are_not_copied_onto_themselves(
    prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRT_PROJECT", str(Path(__file__).parent.parent))
    prt("templates copy", code=2)
    assert "those of prt itself" in prt.err
    assert "overridden" not in prt("templates list")
