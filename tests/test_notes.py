"""Notes: what people write for a report, where it is printed, and what a draft says is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from prt.files.notes import read_markdown, read_sections, write_markdown
from prt.files.project import Project
from prt.model.text import Language
from prt.output.document.content import Block, Run, plain_line
from prt.output.document.report_document import Report
from prt.output.notes.notes_outline import WantedHeading, add_headings
from prt.output.notes.prose import prose
from prt.output.notes.prose_blocks import list_blocks
from prt.output.renderers import RENDERERS
from prt.output.renderers.markdown import render_markdown
from prt.output.report.cover import Sent
from tests.project import Prt
from tests.support import evaluation, report
from tests.test_report import COUNT, SESSIONS, Page, plain, shown_by_markdown, words
from tests.texts import any_text

NOTES = """
<!-- Notes
of two lines -->
## Faits saillants

Trois ateliers.

#### Autres

Et **plus**.

## Écarts et mesures correctives

### 1.1.it – Ceci

<!-- En retard -->
Salle fermée; deux ateliers en mai.

### 1.4a.meetings

## Perspectives

La suite.

### Volet 1.1

Du volet.

### 1.1

De la ligne.

## Divers

Nulle part.
"""


def made(notes: dict[Language, str], sent: bool = False, target: str = "{at_least: 10}") -> Report:
    found = evaluation(COUNT, target, "2025-03-31", sessions=SESSIONS)
    read = {language: read_sections(text) for language, text in notes.items()}
    return report(found, "fr", notes=read, sent=Sent(dt.date(2025, 4, 14)) if sent else None)


def printed(found: Report, form: str) -> str:
    of = evaluation(COUNT, "{at_least: 10}", sessions=SESSIONS)
    return str(RENDERERS[form].render(found, words(of, "fr"), None))


def test_sections_and_what_stands_under_smaller_headings() -> None:
    notes = read_sections(NOTES)
    assert notes.titled("Faits saillants") == "Trois ateliers.\n\n**Autres**\n\nEt **plus**."
    assert notes.action("1.1.it", "1.1", "1.1") == "Salle fermée; deux ateliers en mai."
    assert (notes.of_volet("1.1"), notes.of_line("1.1")) == ("Du volet.", "De la ligne.")
    assert notes.action("1.4a.meetings", "1.4a", "1.4") == ""


def test_what_no_report_would_print_is_found_with_its_line() -> None:
    (nowhere,) = read_sections(NOTES).placed_nowhere({"1.1.it", "1.1", "1.4a.meetings"})
    assert (nowhere.title, nowhere.line) == ("Divers", NOTES.splitlines().index("## Divers") + 1)
    assert [one.text for one in read_sections("Lost\n# A\n").placed_nowhere(())] == ["Lost"]


def test_every_text_stands_in_its_place() -> None:
    found = made({"fr": NOTES})
    (concern,) = found.brief.concerns
    assert concern.action and concern.action.cell == "Salle fermée; deux ateliers en mai."
    assert found.brief.told and found.brief.told.html.startswith("<p>Trois ateliers.</p>")
    assert found.volets[0].narrative and found.volets[0].narrative.markdown == "Du volet."
    line = found.volets[0].lines[0]
    assert line.narrative and line.narrative.markdown == "De la ligne."
    assert found.outlook_told and found.outlook_told.markdown == "La suite."
    for form in ("md", "html"):
        text = printed(found, form)
        for said in ("Trois ateliers.", "Salle fermée", "Du volet.", "De la ligne.", "La suite."):
            twice = form == "html" and said == "Salle fermée"  # a narrow screen has it below the label
            assert text.count(said) == (2 if twice else 1)
        assert "Nulle part" not in text and "Salle fermée; deux" in text


def test_what_is_missing_is_a_visible_gap_in_a_draft_and_nowhere_else() -> None:
    draft = made({})
    assert plain(printed(draft, "md")).count("**[à compléter]**") == 5
    assert '<mark class="gap">[à compléter] écart et mesure corrective</mark>' in printed(draft, "html")
    sent = made({}, sent=True)
    said = sent.brief.concerns[0].action
    assert said and said.markdown == "Aucune mesure corrective fournie"
    assert "compléter" not in printed(sent, "md") + printed(sent, "html")


def test_a_target_without_data_is_explained_on_the_first_page() -> None:
    found = evaluation("{kind: count, of: {log: tools}}", "{at_least: 4}", "2025-03-31", sessions=SESSIONS)
    made_of_it = report(found, "en", notes={"en": read_sections("### 1.1.it\nThe site was down.")})
    (silent,) = made_of_it.brief.silent
    assert silent.label == "1.1\u00a0· It" and silent.why and silent.why.markdown == "The site was down."
    assert "- 1.1\u00a0· It – The site was down.\n" in render_markdown(made_of_it, words(found, "en"))


def test_what_is_said_of_a_target_that_is_on_track_stands_beside_it() -> None:
    found = made({"fr": NOTES}, target="{at_least: 3}")
    remark = found.volets[0].lines[0].indicators[0].remark
    assert not found.brief.concerns and remark and "Salle fermée" in remark.html
    assert "Salle fermée" in printed(found, "md") and "Salle fermée" in printed(found, "html")


def test_what_only_the_other_language_says_is_printed_and_marked() -> None:
    found = made({"en": "## Highlights\nThree workshops.\n## Outlook\n- More", "fr": "## Perspectives\n…"})
    assert found.brief.told and found.brief.told.markdown == "\\[en\\] Three workshops."
    assert found.outlook_told and found.outlook_told.markdown == "\\[en\\]\n\n- More"


# Markdown in, nothing that acts out

HOSTILE = """<script>alert(1)</script> <b onclick="x">b</b> | pipes | [link](javascript:alert(1))
![i](https://x.ca/i.png) [ok](https://x.ca/a) 🎉 مرحبا

- a
  1. b | c

Title
=====

<div>
####### seven
    indented
[x]: data:text/html,x
[y][x]
"""


def test_hostile_notes_are_harmless_and_legible() -> None:
    found = made({"fr": f"## Faits saillants\n{HOSTILE}\n### 1.1.it\n{HOSTILE}\n{'m' * 2000}"})
    page, markdown = Page(printed(found, "html")), shown_by_markdown(printed(found, "md"))
    for seen in (page, markdown):
        assert not {"script", "img", "div onclick"} & set(seen.tags)
        assert not [link for link in seen.links if link.startswith(("javascript", "data"))]
        assert "https://x.ca/a" in seen.links
        text = "".join(seen.texts).replace("\u2060", "")
        for said in ("<script>alert(1)</script>", "| pipes |", "[link](javascript:alert(1))", "🎉 مرحبا"):
            assert text.count(said) >= 2
        assert "m" * 2000 in text


@pytest.mark.parametrize(
    "link",
    [
        "[x](//evil.example/x)",
        "[x](/etc/passwd)",
        "[x](notes.md)",
        "[x](http:evil)",
        "[x](mailto:a)",
        "[x](ftp://a.ca)",
        "[^1]: footnote\n\n[^1]",
        "[a]: //evil.example\n\n[a]",
        "<file:///etc/passwd>",
    ],
)
def test_a_link_that_is_not_of_the_web_or_an_address_is_none_in_either_format(link: str) -> None:
    told = prose(link)
    html, markdown = Page(told.html), shown_by_markdown(told.markdown)
    assert html.links == markdown.links == []
    assert "".join(html.texts).split() == "".join(markdown.texts).split() == link.split()


def test_links_of_the_web_and_addresses_are_links_in_both_formats() -> None:
    told = prose("[a](https://x.ca/a?b=1), [b](http://x.ca) and <ada@x.ca>, [c]\n\n[c]: mailto:c@x.ca")
    wanted = ["https://x.ca/a?b=1", "http://x.ca", "mailto:ada@x.ca", "mailto:c@x.ca"]
    assert Page(told.html).links == shown_by_markdown(told.markdown).links == wanted


FENCES = """
```prt log``` chaque semaine
# One
~~~
# not this
```
~~~~
# Two
```sh
# nor this
~~~
```
# Three
"""


def test_what_is_in_a_code_block_is_no_heading() -> None:
    notes = read_sections(FENCES)
    assert [one.title for one in notes.sections if one.level] == ["One", "Two", "Three"]
    assert notes.sections[0].text == "```prt log``` chaque semaine" and notes.unclosed == ()


def test_a_code_block_that_never_ends_swallows_nothing_and_is_named() -> None:
    notes = read_sections("# One\n```sh\n# Two\n~~~\n")
    assert [one.title for one in notes.sections if one.level] == ["One", "Two"]
    assert notes.unclosed == (2, 4)


@given(st.text(st.sampled_from("ab 1.)-+*_~`#>|[](){}<>!\\&:=\n\t\"'/é"), max_size=60))
@example("`\t1`")  # a tab that begins a line would make it a block of code
def test_any_notes_make_clean_html_and_markdown_of_the_same_words(text: str) -> None:
    told = prose(text)
    allowed = {"p", "strong", "em", "s", "code", "a", "br", "ul", "ol", "li", "blockquote", "hr"}
    allowed |= {"table", "thead", "tbody", "tr", "th", "td"}
    html, markdown = Page(told.html.replace("<hr>", "<br>")), shown_by_markdown(told.markdown)
    assert {*html.tags, *markdown.tags} <= {*allowed, "hr"}
    assert not [link for link in markdown.links if ":" in link and not link.startswith(("http", "mailto"))]


@given(any_text(max_size=60))
def test_any_text_is_one_cell(text: str) -> None:
    page = shown_by_markdown(f"| a | b |\n| --- | --- |\n| {prose(text).cell} | end |\n")
    assert page.tags["td"] == 2 and page.tags["table"] == 1


@given(st.text(st.sampled_from("ab 12.)-+*_~`#>|[](){}<>!\\:=\n\t\"'/é"), max_size=60))
@example(
    "[ab](https://x.ca) ![a](https://x.ca/i) **a *b***\n\n1. a\n   - b\n\n> a\n> b\n\n|a|b|\n|-|-|\n|1|2|"
)
@example(":-:")
@example("*1*_1_")
@example("**a**~~b~~*c*")
@example("**:*")
def test_the_blocks_of_notes_have_the_words_of_its_cell(text: str) -> None:
    """For formats that are no markup: nothing is lost, and nothing of the markup is left.

    A word joiner keeps `:-1:` from being an emoji in Markdown, and marks that touch apart; elsewhere it is not needed.
    """
    told = prose(text)
    shown = "".join(shown_by_markdown(f"| |\n| --- |\n| {told.cell} |\n").texts)
    cell = shown.replace("•", "").replace("\u2060", "")
    runs = [
        run
        for block in told.blocks
        for one in (block.rows or ((block.runs,),))
        for some in one
        for run in some
    ]
    assert "".join("".join(run.text for run in runs).split()) == "".join(cell.split())


LINKS = ["![a](https://x.ca)", "[a](https://x.ca)", "[*a*](https://x.ca)", "<https://x.ca>"]
PIECES = [
    *"*_abé.:()«»€#->|\\` \n",
    *("**", "__", "~~", "1.", "\\*", "\\!", "<br>", "&#97;", "&#32;", "&nbsp;", "  \n"),
]


@given(st.lists(st.sampled_from(PIECES + LINKS), max_size=12).map("".join))
@example("**:*")  # beside a sign a mark begins nothing: the first one is text
@example("_1_*:*")
@example("`1`*:*")
@example("&#97;*:*")
@example("***a**_b_*")  # a style in itself, and two that touch in a third
@example("**_a_*b* c**")
@example("# ._« <https://x.ca>)_&#32;")
@example("\\![a](https://x.ca)")  # no picture
@example("&#32;# a")  # no heading
def test_the_markdown_of_notes_is_read_as_its_blocks(text: str) -> None:
    """Each letter in its styles: who reads the report as Markdown reads what a Word file says."""
    told = prose(text)
    wanted = styled_letters(told.blocks)
    assert styled_letters(read_blocks(f"| |\n| --- |\n| {told.cell} |\n")) == wanted
    assert styled_letters(read_blocks(told.markdown)) == wanted


def read_blocks(text: str) -> list[Block]:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    return list(list_blocks(SyntaxTreeNode(reader.parse(text))))


def styled_letters(blocks: Iterable[Block]) -> list[Run]:
    lines = (one for block in blocks for one in (block.rows or ((block.runs,),)))
    runs = (run for one in lines for some in one for run in some)
    return [run._replace(text=sign) for run in runs for sign in run.text if sign.strip(" \n\xa0\u2060•")]


def test_blocks_of_notes() -> None:
    told = prose("# T\n\nA **b** [c](https://x.ca)\n\n3. un\n   - deux\n\n> q\n\n|a|b|\n|-|-|\n|1|2|")
    kinds = [(one.kind, one.level, one.number, plain_line((one.runs,))) for one in told.blocks]
    assert kinds == [
        ("paragraph", 0, None, "T"),
        ("paragraph", 0, None, "A b c"),
        ("item", 1, 3, "un"),
        ("item", 2, None, "deux"),
        ("quote", 0, None, "q"),
        ("table", 0, None, ""),
    ]
    heading, line, *_, table = told.blocks
    assert heading.runs == (Run("T", strong=True),)
    assert line.runs == (Run("A "), Run("b", strong=True), Run(" "), Run("c", href="https://x.ca"))
    assert table.rows == (((Run("a"),), (Run("b"),)), ((Run("1"),), (Run("2"),)))


# The skeleton

ASKED = [
    WantedHeading(2, "Faits saillants", "Trois phrases.", ("faits saillants", "highlights")),
    WantedHeading(2, "Écarts et mesures correctives", "…", ("ecarts et mesures correctives",)),
    WantedHeading(3, "1.1.it – Ceci", "En retard.", about="1.1.it"),
    WantedHeading(2, "Perspectives", "…", ("perspectives", "outlook")),
]


def test_a_skeleton_says_nothing_yet() -> None:
    text, added = add_headings("", ASKED, "Notes")
    assert added == ASKED and text.startswith("<!-- Notes -->\n\n## Faits saillants\n\n<!-- Trois")
    assert not [one for one in read_sections(text).sections if one.said]
    assert add_headings(text, ASKED, "Notes") == (text, [])


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_only_missing_headings_are_added_and_a_target_stands_among_the_gaps(newline: str) -> None:
    old = "Mine.\n# Écarts et mesures correctives\n### 1.4a.x\nWhy\n# Highlights\nText, no end of line"
    old = old.replace("\n", newline)
    new, added = add_headings(old, ASKED, "Notes")
    assert [one.title for one in added] == ["1.1.it – Ceci", "Perspectives"]
    lines = new.split(newline)
    assert [line for line in lines if line in old.split(newline) and line] == old.split(newline)
    assert lines.index("### 1.1.it – Ceci") < lines.index("# Highlights")
    assert read_sections(new).sections[3].corrects
    assert "\n" not in new.replace(newline, "")


@given(st.text(st.sampled_from("# 1.it\n\r`é<!->"), max_size=80))
def test_nothing_that_was_written_is_changed(text: str) -> None:
    rest = new = add_headings(text, ASKED, "Notes")[0]
    for line in text.splitlines():
        at = rest.index(line)
        rest = rest[at + len(line) :]
    assert add_headings(new, ASKED, "Notes")[1] == [] or "<!-" in text or "`" in text


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbf# \xc3\x89", "# É".encode("cp1252"), b"# \xff\xfe\x81", b""])
def test_notes_keep_their_encoding(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "notes" / "n.md"
    path.parent.mkdir()
    path.write_bytes(raw)
    project = Project(tmp_path, tmp_path)
    text, encoding = read_markdown(project, path)
    write_markdown(project, path, text, encoding)
    assert path.read_bytes() == raw


# As it is typed


def path_of(prt: Prt, name: str) -> Path:
    return prt.root / "data" / "2024-2025" / "notes" / name


def test_prt_notes_makes_extends_and_says_so(prt: Prt) -> None:
    assert prt("notes --period 1 --lang en") == (
        "data/2024-2025/notes/period-1.en.md: made, 14 targets to explain.\n"
    )
    path = path_of(prt, "period-1.en.md")
    before = path.read_text(encoding="utf-8")
    assert "### 1.1.workshops – Workshops delivered\n\n<!-- No data; to date no data, expected" in before
    assert prt("notes --period 1 --lang en").endswith("nothing to add.\n")
    cut = before.partition("### 1.1.choice")[0]
    path.write_text(cut.replace("### 1.1.workshops", "### 1.1.workshop"), encoding="utf-8")
    assert "What was written stays as it was." in prt("notes --period 1 --lang en")
    assert path.read_text(encoding="utf-8").startswith(cut.replace("### 1.1.workshops", "### 1.1.workshop"))


def test_planned_sessions_are_filled_in(prt: Prt) -> None:
    planned = '--line 1.1 --date 2025-04-02 --title "A -- B" --format full-day --category choice'
    prt(f"log workshop {planned} --status planned")
    prt("notes --period 2")
    text = path_of(prt, "period-2.fr.md").read_text(encoding="utf-8")
    assert "- 2 avril 2025, ligne 1.1 : A –– B -->" in plain(text)


def test_notes_and_report_of_a_past_period_plan_the_same_sessions(prt: Prt) -> None:
    """What was held since was still to come then: both say so of it."""
    for day, status in (("2025-02-05", "held"), ("2025-04-02", "planned")):
        prt(
            f'log workshop --line 1.1 --date {day} --title "S" --format full-day --category choice --status {status}'
        )
    prt("notes --period 1")
    asked = plain(path_of(prt, "period-1.fr.md").read_text(encoding="utf-8"))
    told = plain(prt("report --period 1 --format md"))
    assert "- 5 février 2025, ligne 1.1 : S" in asked and "- 2 avril 2025, ligne 1.1 : S" in asked
    assert "2 activités sont prévues après le 30 novembre 2024." in told


def test_the_report_says_how_much_is_missing_and_what_is_printed_nowhere(prt: Prt) -> None:
    prt("notes --period 1")
    path = path_of(prt, "period-1.fr.md")
    path.write_text("# Faits saillant\nPerdu\n```\n", encoding="utf-8")
    text = prt("report --period 1")
    assert "Perdu" not in text and "[à compléter]" in text
    assert "18 things are missing in it, and marked there." in prt.err
    assert 'notes/period-1.fr.md:1: "Faits saillant" is printed nowhere' in prt.err
    assert "notes/period-1.fr.md:3: a code block begins here and does not end" in prt.err


def test_the_editor_is_opened_on_a_terminal(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr("prt.commands.notes.on_terminal", lambda: True)
    monkeypatch.setattr("subprocess.run", lambda command, **_: ran.append(command))
    monkeypatch.setenv("VISUAL", "edit --wait")
    prt("notes --period 1")
    assert ran[-1] == ["edit", "--wait", str(path_of(prt, "period-1.fr.md"))]
    opened: list[str] = []
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr("typer.launch", opened.append)
    prt("notes --period 1")
    assert opened == [str(path_of(prt, "period-1.fr.md"))]


def test_notes_of_the_bilan(prt: Prt) -> None:
    assert prt("notes --annual").startswith("data/2024-2025/notes/annual.fr.md: made")
    assert "Bilan annuel" in path_of(prt, "annual.fr.md").read_text(encoding="utf-8")
    prt("notes --annual --period 1", code=2)
    assert "--annual is of the whole year" in prt.err


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ("--annual", "prt notes --annual"),
        ("--period 1 --lang fr", "prt notes --period 1 --lang fr"),
        ("", "prt notes"),
    ],
)
def test_the_report_names_the_command_that_writes_its_own_notes(prt: Prt, options: str, hint: str) -> None:
    prt(f"report {options}")
    assert f"To write them: {hint}\n" in prt.err


def test_two_versions_that_git_left_in_notes_are_no_notes(prt: Prt) -> None:
    prt("notes --period 1")
    path = path_of(prt, "period-1.fr.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"Title\n=======\n\n<<<<<<< HEAD\nOne\n=======\nOther\n>>>>>>> b\n{text}", encoding="utf-8"
    )
    prt("report --period 1", code=1)
    assert "notes/period-1.fr.md:4: a merge that git could not finish left this line: <<<<<<<" in prt.err
    assert "notes/period-1.fr.md:8: " in prt.err and "fr.md:2: " not in prt.err
    out = prt("check", code=1)
    assert "notes/period-1.fr.md:4: a merge that git could not finish" in out and "fr.md:2: " not in out
