"""Templates of one's own: one block, one macro or the whole; a mistake in one has its line and a remedy."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pytest
from jinja2 import DictLoader

from prt.files.compiled_templates import CompiledTemplates
from prt.files.templates import choose_piece, list_shipped, starter_template
from prt.files.yaml.words import shipped_templates
from prt.output.document.report_document import Report
from prt.output.renderers import RENDERERS
from prt.output.renderers.sandbox import Sandbox
from prt.output.words import Words
from prt.problems import PrtError
from tests.conftest import only_in_ci, some
from tests.project import Prt
from tests.support import report
from tests.test_report import evaluated, words


def printed(folder: Path | None, form: str = "md") -> str:
    return str(RENDERERS[form].render(*made(), folder))


@cache
def made() -> tuple[Report, Words]:
    """One report, which nobody changes, and its words."""
    found = evaluated()
    return report(found, "en"), words(found, "en")


def with_own(folder: Path, text: str, name: str = "report.md.j2") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return printed(folder)


def mistake(folder: Path, text: str, name: str = "report.md.j2") -> str:
    with pytest.raises(PrtError) as caught:
        with_own(folder, text, name)
    return str(caught.value.problems[0])


@pytest.mark.parametrize("form", some(["html", "md"], 1))
def test_every_starter_prints_what_prt_prints(tmp_path: Path, form: str) -> None:
    starters = [(template, piece) for template in list_shipped() for piece in template.pieces or [""]]
    expected = squeezed(printed(None, form))
    for template, piece in some(starters, 8):
        (tmp_path / template.name).write_text(starter_template(template, piece), encoding="utf-8")
        assert squeezed(printed(tmp_path, form)) == expected
    names = [(template.name, piece) for template, piece in starters]
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
    template = next(one for one in list_shipped() if one.name == "macros.md.j2")
    own = starter_template(template, "indicator").replace("**{{ part.label }}**", "«{{ part.label }}»")
    assert "«It»" in with_own(tmp_path, own, "macros.md.j2")
    assert "| «It» |" not in printed(None)


def test_the_style(tmp_path: Path) -> None:
    (tmp_path / "report.css").write_text('{% include "shipped/report.css" %}\nh1 { color: teal; }')
    assert "h1 { color: teal; }" in printed(tmp_path, "html")


def doubled(start: str, again: str) -> str:
    """A template that does the same forty times to what it has."""
    turns = f"{{% for i in range(40) %}}{{% set n.t = {again} %}}{{% endfor %}}"
    return f"{{% set n = namespace(t={start}) %}}{turns}"


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
            "ranges",
            "sandbox",
        ),
        pytest.param(
            "\n{% for a in range(9999) %}{% for b in report.periods * 999 %}{% endfor %}{% endfor %}",
            2,
            "turns",
            "",
            marks=only_in_ci,
        ),
        ("\n{% for i in range(999999999).numbers %}{% endfor %}", 2, "ranges", "sandbox"),
        ("{{ range(999999999) | list | sum }}", 1, "ranges", "sandbox"),
        ("{% for i in range(9999999999)[5:] %}{% endfor %}", 1, "ranges", "sandbox"),
        ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", 2, "calls itself without end", "Correct"),
        ("{{ 'a' * 1000000 }}", 1, "100,000 characters", "sandbox"),
        ("{{ 1000000 * 'a' }}", 1, "100,000 characters", "sandbox"),
        ("\n{{ '%999999999d' % 1 }}", 2, "pads a text", "sandbox"),
        ("{{ '%*d' % (999999999, 1) }}", 1, "pads a text", "sandbox"),
        ("{{ 'a'.center(999999999) }}", 1, "center", "sandbox"),
        ("{{ 'a'.ljust(999999999) }}", 1, "ljust", "sandbox"),
        ("{{ '{:999999999}'.format(1) }}", 1, "format", "sandbox"),
        ("{{ (1).to_bytes(999999999) }}", 1, "to_bytes", "sandbox"),
        ("{{ 'a' | center(999999999) }}", 1, "columns or characters", "sandbox"),
        ("{{ 'a' | batch(999999999, 'b') | list }}", 1, "columns or characters", "sandbox"),
        ("{{ 'a' | format(1) }}", 1, "No filter named 'format'", "Correct"),
        (doubled("'aaaaaaaa'", "n.t ~ n.t"), 1, "100,000 characters", "sandbox"),
        (doubled("'aaaaaaaa'", "n.t + n.t"), 1, "100,000 characters", "sandbox"),
        (doubled("99999", "n.t * n.t"), 1, "hundreds of digits", "sandbox"),
        ("{{ ('a' * 9999) | replace('a', 'b' * 9999) }}", 1, "100,000 characters", "sandbox"),
        ("{{ range(9999) | join('b' * 9999) }}", 1, "100,000 characters", "sandbox"),
        ("{{ words.organisations.clear() }}", 1, "", "Or remove the file"),
    ],
)
def test_a_mistake_has_its_line_and_a_remedy(
    tmp_path: Path, template: str, line: int, what: str, remedy: str
) -> None:
    said = mistake(tmp_path, template)
    assert said.startswith(f"templates/report.md.j2:{line}: ")
    assert what in said and remedy in said and "the template of prt is used then" in said


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    private, own = tmp_path / "private", tmp_path / "templates"
    private.mkdir()
    own.mkdir()
    (private / "names.csv").write_text("id,name\np-1,Ada\n", encoding="utf-8")
    (own / "prv").symlink_to(private)
    said = mistake(own, "\n{% include 'prv/names.csv' %}")
    assert said.startswith("templates/report.md.j2:2: ") and "outside of templates/" in said
    (own / "report.md.j2").unlink()
    (own / "report.md.j2").symlink_to(private / "names.csv")
    with pytest.raises(PrtError, match=r"^templates/report\.md\.j2: .*outside of templates/"):
        printed(own)


def test_a_folder_of_templates_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "report.md.j2").write_text("Ada", encoding="utf-8")
    (tmp_path / "templates").symlink_to(tmp_path / "private")
    with pytest.raises(PrtError, match="outside of templates/"):
        printed(tmp_path / "templates")


def test_what_a_template_arranges_is_left_to_it(tmp_path: Path) -> None:
    text = (
        "{% for row in range(6) | batch(2) %}{{ loop.index }}:{{ row | join('-') }}{% if not loop.last %}"
        ", {% endif %}{% endfor %} {{ '%03d' % 7 }} {{ 'a b' | replace('a', 'c') }} {{ 'x' ~ 'y' }}"
    )
    assert with_own(tmp_path, text) == "1:0-1, 2:2-3, 3:4-5 007 c b xy\n"


def test_a_mistake_in_a_macro_is_named_there(tmp_path: Path) -> None:
    template = next(one for one in list_shipped() if one.name == "macros.md.j2")
    own = starter_template(template, "figure").replace("cell.number", "cell.numbr")
    line = next(at for at, text in enumerate(own.split("\n"), 1) if "numbr" in text)
    assert mistake(tmp_path, own, "macros.md.j2").startswith(f"templates/macros.md.j2:{line}: ")


def test_macros_that_call_one_another_without_end_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prt.output.renderers.sandbox.CALLS", 5000)
    twice = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    assert "calls macros more than 5,000 times" in mistake(tmp_path, twice)


def test_ours_are_compiled_once_and_again_where_they_or_what_is_kept_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    loader = DictLoader({"ours.j2": "{{ 1 + 1 }}"})
    path = shipped_templates() / "ours.j2"
    monkeypatch.setattr(DictLoader, "get_source", lambda one, _, name: (one.mapping[name], str(path), None))

    def shown() -> str:
        return Sandbox(loader=loader, bytecode_cache=CompiledTemplates()).get_template("ours.j2").render()

    assert shown() == "2"
    (kept,) = (one for one in tmp_path.rglob("*") if one.is_file())
    compiled = kept.read_bytes()
    for damaged in (b"", compiled[:-1], compiled.replace(b"ours", b"none"), b"no template\n"):
        kept.write_bytes(damaged)
        assert shown() == "2" and kept.read_bytes() != damaged
    written = kept.stat().st_mtime_ns
    assert shown() == "2" and kept.stat().st_mtime_ns == written
    loader.mapping = {"ours.j2": "{{ 1 + 2 }}"}
    assert shown() == "3" and kept.read_bytes() != compiled
    path = tmp_path / "of-a-project.j2"
    assert shown() == "3" and not list(tmp_path.rglob("*project*"))


def test_a_piece_that_is_not_there_is_said() -> None:
    template = next(one for one in list_shipped() if one.name == "report.md.j2")
    assert choose_piece(template, None) == "outlook"
    with pytest.raises(PrtError, match=r'has no block or macro "nothing"\. It has: cover, brief'):
        choose_piece(template, "nothing")


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


@pytest.mark.parametrize(
    ("encoding", "code", "said"), [("utf-16", 1, "templates/report.md.j2:"), ("utf-8-sig", 0, "")]
)
def test_what_an_editor_of_windows_saved(prt: Prt, encoding: str, code: int, said: str) -> None:
    prt("templates copy report.md.j2")
    path = prt.root / "templates" / "report.md.j2"
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)
    assert not prt("report --period 1", code=code).startswith("\ufeff")
    assert said in prt.err and ("not UTF-8" in prt.err) is bool(code)


def test_two_versions_that_git_left_in_a_template_are_named(prt: Prt) -> None:
    prt("templates copy report.md.j2 --whole")
    path = prt.root / "templates" / "report.md.j2"
    path.write_text(f"<<<<<<< HEAD\n{path.read_text(encoding='utf-8')}\n>>>>>>> b\n", encoding="utf-8")
    prt("report --period 1", code=1)
    assert prt.err.startswith("templates/report.md.j2:1: a merge that git could not finish left this line")
    assert "templates/report.md.j2:1: a merge that git could not finish" in prt("check", code=1)
