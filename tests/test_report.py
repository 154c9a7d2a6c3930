"""Reports: what they contain in both languages, and that no text of a user ever acts as markup."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from fractions import Fraction
from html.parser import HTMLParser
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prt.figures.evaluate import Evaluation, evaluate
from prt.files.plan.plan import read_plan
from prt.files.yaml.words import shipped_templates
from prt.model.figure import Figure
from prt.model.text import LANGUAGES, Language, Text
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.document.report_document import Report
from prt.output.figure_text import FigureText
from prt.output.numbers import format_exact
from prt.output.renderers import RENDERERS
from prt.output.renderers.html import render_html
from prt.output.renderers.markdown import render_markdown
from prt.output.report.annexes import days
from prt.output.report.cover import Sent, Signed
from prt.output.screens.explain import Explanation
from prt.output.screens.status import StatusScreen
from prt.output.words import Words
from prt.problems import ProblemCount
from prt.text import escape_markdown, is_link
from prt.values import replace
from tests.support import evaluation, load, report

SESSIONS = """
id | line | date       | last_day   | title     | theme  | audience | format   | category | status  | boards      | participants | feedback_form | respondents | positive
w1 | 1.1  | 2024-10-16 | 2024-10-17 | e-Portail | Basics | parents  | full-day | a        |         | EMSB; CSSL  | 20           | yes           | 8           | 6
w2 | 1.1  | 2025-01-20 |            | Two       |        |          | half-day | b        | held    | EMSB; CHSSN | 10           | yes           | 5           | 5
w3 | 1.1  | 2025-02-03 |            | Three     |        |          | half-day | b        | held    |             | 12           | no            |             |
w5 | 1.1  | 2025-05-10 |            | Five      |        | parents  | full-day | b        | planned | RSB         |              |               |             |
m1 | 1.4a | 2025-02-01 |            | PLC 1     |        |          | meeting  |          |         |             |              |               |             |
"""
ATTENDANCE = """
id  | session | date       | person  | role | board | minutes
at1 | m1      | 2025-02-01 | p-aaaa  | cda  | EMSB  |
at2 | m1      | 2025-02-01 |         |      |       |
"""
HOURS = """
id | date       | staff  | hours | kind    | role      | board | objective
a1 | 2024-10-01 | p-k7k2 | 1.5   |         | cda       | EMSB  | skills
a2 | 2025-01-10 | p-k7k2 | 2     | contact | principal | EMSB  | skills
a3 | 2025-01-11 | p-k7k2 | 0.25  | travel  | cda       | RSB   | other
"""
POSITIVE = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"
HOSTILE = "<script>alert(1)</script> | pipes | [b]x[/b] [l](javascript:x) :smile: `code` *a* _b_ &amp; \\"


COUNT = "{kind: count, of: pd}"


def made(
    language: Language = "en",
    cut_off: str = "2025-03-31",
    measure: str = COUNT,
    target: str = "null",
    **tables: str,
) -> Report:
    return report(evaluated(measure, target, cut_off, **tables), language)


def evaluated(
    measure: str = COUNT, target: str = "null", cut_off: str = "2025-03-31", **tables: str
) -> Evaluation:
    return evaluation(measure, target, cut_off, **(tables or {"sessions": SESSIONS}))


def part(found: Report) -> IndicatorPart:
    """The one indicator of the small plan."""
    return found.volets[0].lines[0].indicators[0]


def words(of: Evaluation, language: Language) -> Words:
    return Words(language, of.plan, of.data.organisations)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_cover() -> None:
    cover = made("fr").cover
    assert (cover.title, plain(cover.name)) == ("Un plan", "Rapport d’étape nº 2")
    assert cover.span == "du 1er décembre 2024 au 31 mars 2025"
    assert cover.cut_off == "Données arrêtées au 31 mars 2025"
    assert cover.draft == "ÉBAUCHE – rapport non transmis"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Données au 14 février 2025; la période n’est pas terminée"),
        ("en", "Data as of February 14, 2025; the period is not over"),
    ],
)
def test_a_draft_of_a_period_that_lasts_says_so(language: Language, said: str) -> None:
    cover = made(language, "2025-02-14").cover
    assert cover.cut_off == said and said not in cover.draft


@pytest.mark.parametrize(("cut_off", "rows"), [("2025-02-14", 0), ("2025-03-31", 1)])
def test_a_document_of_a_later_day_is_not_shown_as_submitted(cut_off: str, rows: int) -> None:
    """A report counts on the last day of its period; while the next one lasts, its own day decides."""
    logged = """
        title | kind            | period | date       | evidence
        P1    | progress-report | 1      | 2025-02-20 | a
    """
    found = made("en", cut_off, "{kind: count, of: {log: deliverables}}", deliverables=logged)
    annex = next(one for one in found.annexes if one.title.endswith("Documents submitted"))
    assert sum(len(grid.table.rows) for grid in annex.grids) == rows


@pytest.mark.parametrize(
    ("cut_off", "days"), [("2025-02-14", ["", "Feb. 14, 2025"]), ("2025-02-15", ["Feb. 15, 2025"] * 2)]
)
def test_what_was_known_only_later_is_not_shown(cut_off: str, days: list[str]) -> None:
    """In no column of dates: of an annex, and of the rows behind a figure."""
    logged = f"""
        title | kind | audience | date       | published
        One   | tool | cda      | 2025-02-01 | 2025-02-15
        Two   | tool | cda      | 2025-02-01 | {"2025-02-14" if cut_off.endswith("14") else cut_off}
    """
    found = made("en", cut_off, "{kind: count, of: {log: tools}}", tools=logged)
    annexed = next(one.grids[0] for one in found.annexes if "Tools" in one.title)
    for grid in (annexed, part(found).behind.grids[0]):
        at = [one.key for one in grid.table.headings].index("published")
        assert [cells[at].replace("\u00a0", " ") for cells in grid.table.rows] == days


def test_a_report_that_was_sent_is_no_draft() -> None:
    found = report(evaluated(), "en", sent=Sent(dt.date(2025, 4, 14)), signed=Signed("", "K. T."))
    assert (found.cover.draft, found.cover.sent) == ("", "Submitted on April 14, 2025")
    assert found.cover.people == (f"Prepared by {'_' * 30}", "Approved by K. T.")


def test_in_brief() -> None:
    found = made("en", "2025-03-31", COUNT, "{at_least: 10}").brief
    assert found.summary == "1 target: 1 behind"
    (concern,) = found.concerns
    assert (concern.line, concern.label, concern.to_date.number) == ("1.1", "It", "3")
    assert (concern.expected, concern.target, concern.status) == ("7", "10", "behind")
    assert found.volets.table.rows == (("1.1 Workshops", "0", "0", "0", "1", "0", "0"),)
    assert found.highlights == ("1 session is planned after March 31, 2025.",)


@pytest.mark.parametrize(
    ("done", "language", "beside"),
    [
        ("2024-10-03", "en", "3 days late"),
        ("2024-10-01", "fr", "1 jour de retard"),
        ("2024-09-20", "en", "by Sept. 30, 2024"),
    ],
)
def test_a_milestone_stands_on_the_first_page_with_how_late_it_was(
    done: str, language: Language, beside: str
) -> None:
    milestone = "{kind: milestone, of: {log: deliverables, where: {kind: action-plan}}}"
    rows = f"kind | title | date\naction-plan | Plan | {done}"
    found = made(language, "2024-11-30", milestone, "{due: 2024-09-30}", deliverables=rows)
    (one,) = found.brief.good
    assert (one.result, plain(one.due)) == (one.to_date.number, beside)


def test_when_the_year_is_over_targets_are_met_or_not() -> None:
    found = made("fr", "2025-06-30", COUNT, "{at_least: 5}").brief
    assert plain(found.summary) == "1 cible : 1 partiellement atteinte"
    assert found.concerned == "Non atteinte ou partiellement atteinte\u00a0: 1 cible"
    assert [one.title for one in found.volets.table.headings] == ["Volet", "Partiellement atteintes"]
    assert not found.expects and not found.highlights


def test_a_bilan_speaks_of_the_year_alone() -> None:
    measure = f"{COUNT}\n            also: {{label: L, measure: {COUNT}}}"
    found = report(evaluated(measure, "{at_least: 5}", "2025-06-30"), "fr", annual=True)
    assert plain(found.periods[-1]) == "– : calculé sur l’année seulement, ou aucun résultat"
    assert not found.legend
    assert [plain(text) for text in part(found).said] == ["Autre mode de calcul (L) : 3"]
    assert "Aucune activité à venir" not in render_markdown(found, words(evaluated(), "fr"))


def test_who_reports() -> None:
    found = evaluated()
    named = Text(en="LEARN", fr="LEARN · Équipe")
    plan = found.plan.replace(team=named)
    made_of_it = report(replace(found, plan=plan), "fr")
    assert made_of_it.cover.team == "LEARN · Équipe"
    for text in (
        render_markdown(made_of_it, words(found, "fr")),
        render_html(made_of_it, words(found, "fr")),
    ):
        assert "LEARN · Équipe" in text


def test_what_is_planned_is_counted_and_listed_from_the_same_day() -> None:
    held = SESSIONS + "w6 | 1.1 | 2025-04-01 | | Six | | | full-day | a | held | | | | |\n"
    found = report(evaluated(sessions=held), "fr")
    assert found.outlook and found.outlook.caption == "Activités prévues après le 31 mars 2025"
    assert len(found.outlook.table.rows) == 2
    assert found.brief.highlights[0] == "2 activités sont prévues après le 31 mars 2025."


def test_a_share_of_more_than_all_is_marked() -> None:
    measure = "{kind: ratio, part: {sum: positive, of: pd}, whole: {count: pd}}"
    found = made("fr", "2025-03-31", measure, "{at_least: 75%}")
    assert plain(part(found).alert) == "plus de 100 % : à vérifier"
    assert "plus de 100" in render_html(found, words(evaluated(), "fr"))
    assert not part(made()).alert


@pytest.mark.parametrize(
    ("measure", "note"),
    [
        ("{kind: count, of: pd, split_by: [boards]}", "An entry may be in several groups; the groups do not"),
        ("{kind: count, of: pd, split_by: [category]}", ""),
        ("{kind: distinct, column: boards, of: pd, split_by: [format]}", "An entry may be in several"),
        ("{kind: distinct, column: boards, of: pd, split_by: [audience]}", "An entry may be in several"),
        ("{kind: distinct, column: theme, of: pd, split_by: [format]}", ""),
    ],
)
def test_that_groups_overlap_is_said_where_their_sum_is_not_the_total(measure: str, note: str) -> None:
    (grid,) = part(made(measure=measure)).grids
    assert grid.note.startswith(note) and bool(grid.note) == bool(note)


@pytest.mark.parametrize(
    ("measure", "target", "en", "fr", "base"),
    [
        (COUNT, "{at_least: 4}", "3", "3", ""),
        (POSITIVE, "{at_least: 75%}", "84.6%", "84,6 %", "11 of 13"),
        ("{kind: sum, column: hours, of: {log: accompaniment}}", "null", "3.75 h", "3,75 h", ""),
        ("{kind: distinct, column: boards, of: pd}", "null", "at least 3", "au moins 3", ""),
        (
            "{kind: distinct, column: boards, of: pd, among: {organisations: {counts_as_board: yes}}}",
            "null",
            "at least 2 of 3",
            "au moins 2 sur 3",
            "",
        ),
        ("{kind: count, of: {log: tools}}", "{at_least: 4}", "no data", "aucune donnée saisie", ""),
        (
            "{kind: ratio, part: {count: pd}, whole: {people: {role: cda}}}",
            "null",
            "not computable",
            "non calculable",
            "3 of 0",
        ),
        (
            "{kind: milestone, of: pd}",
            "{due: 2024-10-01}",
            "done, Oct. 16, 2024",
            "réalisé le 16 oct. 2024",
            "",
        ),
        ("{kind: list, columns: [title], of: pd}", "null", "3 titles", "3 titres", ""),
    ],
)
def test_a_figure_in_words(measure: str, target: str, en: str, fr: str, base: str) -> None:
    tables = {"sessions": SESSIONS, "accompaniment": HOURS}
    english = part(made("en", "2025-03-31", measure, target, **tables))
    french = part(made("fr", "2025-03-31", measure, target, **tables))
    assert (plain(english.to_date.number), english.to_date.base) == (en, base)
    assert plain(french.to_date.number) == fr


@pytest.mark.parametrize(
    ("known", "whole", "en", "fr"),
    [
        (9, 11, "at least 9 of 11", "au moins 9 sur 11"),
        (11, 11, "11 of 11", "11 sur 11"),
        (0, 11, "number unknown", "nombre inconnu"),
        (0, None, "number unknown", "nombre inconnu"),
    ],
)
def test_what_may_grow_is_said_where_it_may(known: int, whole: int | None, en: str, fr: str) -> None:
    """Some rows do not say who was there."""
    figure = Figure(Fraction(known), part=None if whole is None else Fraction(known), unknown=2)
    figure = replace(figure, whole=None if whole is None else Fraction(whole))
    for language, said in (("en", en), ("fr", fr)):
        text = FigureText(words(evaluated(), language))  # type: ignore[arg-type]
        assert plain(text.known(figure, format_exact(Fraction(known), "", text.language))) == said


@pytest.mark.parametrize(
    ("target", "en", "fr"),
    [
        ("{at_least: 37}", "37", "37"),
        ("{at_most: 1400}", "at most 1,400", "au plus 1 400"),
        ("{exactly: 4}", "exactly 4", "exactement 4"),
        ("{between: [2, 4]}", "2 to 4", "de 2 à 4"),
    ],
)
def test_a_target_in_words(target: str, en: str, fr: str) -> None:
    for language, text in (("en", en), ("fr", fr)):
        aim = part(made(language, "2025-03-31", COUNT, target)).aim  # type: ignore[arg-type]
        assert aim is not None and plain(aim.number) == text


def test_periods_planned_and_expected() -> None:
    found = part(made("fr", "2025-03-31", COUNT, "{at_least: 4}"))
    assert [cell.number for cell in found.periods] == ["1", "2"]
    assert plain(found.planned) == "+ 1 au calendrier"
    assert (found.status, plain(found.expected)) == ("en bonne voie", "attendu à ce jour : 2")


def test_a_bar_has_the_expected_mark_and_says_what_it_shows() -> None:
    aim = part(made("en", "2025-03-31", COUNT, "{at_least: 4}")).aim
    assert aim is not None and aim.bar is not None
    assert (aim.bar.fill, aim.bar.expected, aim.bar.target) == ("75.0", "50.0", "")
    assert aim.bar.says == "3; target 4; expected by now 2"


def test_what_is_to_be_known_of_a_figure() -> None:
    assert part(made("en", "2025-03-31", POSITIVE)).said == (
        "1 entry without “positive answers” is not part of this figure.",
    )
    boards = "{kind: distinct, column: boards, of: pd, among: {organisations: {counts_as_board: yes}}}"
    assert part(made("fr", "2025-03-31", boards)).said == (
        "1 entrée sans «\u00a0commissions scolaires\u00a0» ne compte pas ici.",
        "Non comptés, parce que hors de la population visée\u00a0: RCSSS.",
    )


def test_breakdowns_with_the_labels_of_the_language() -> None:
    measure = "{kind: count, of: pd, split_by: [format, boards]}"
    by_format, by_board = part(made("fr", "2025-03-31", measure)).grids
    assert by_format.table.rows == (("Demi-journée", "2"), ("Journée complète", "1"))
    assert by_board.table.rows[-1] == ("Non précisé", "1")
    assert by_board.note.startswith("Une entrée peut figurer dans plusieurs groupes")


def test_a_grouped_list_has_its_numbers_the_most_frequent_first() -> None:
    measure = "{kind: list, columns: [category], of: pd, grouped: true}"
    (grid,) = part(made("en", "2025-03-31", measure)).grids
    assert grid.table.rows == (("B", "2"), ("A", "1"))


def test_rows_behind_a_figure_unless_they_are_about_persons() -> None:
    behind = part(made()).behind
    assert (behind.says, len(behind.grids)) == ("3 entries behind this figure", 1)
    row = dict(
        zip([one.key for one in behind.grids[0].table.headings], behind.grids[0].table.rows[0], strict=True)
    )
    assert (row["id"], row["date"], row["title"]) == ("w1", "Oct.\u00a016,\u00a02024", "e-Portail")
    assert row["boards"] == "English Montreal, Littoral"  # no "School Board" each time
    assert (row["day"], row["place"]) == ("Oct.\u00a017,\u00a02024", "sessions.csv:2")
    people = "{kind: distinct, column: person, of: {log: attendance}}"
    behind = part(made("en", "2025-03-31", people, sessions=SESSIONS, attendance=ATTENDANCE)).behind
    assert (behind.says, behind.grids) == ("1 entry behind this figure, about a person: not shown", ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["md", "html"])
def test_no_id_of_a_person_is_printed(language: Language, form: str) -> None:
    people = "{kind: list, columns: [board], of: {log: attendance}}"
    found = evaluated(people, sessions=SESSIONS, attendance=ATTENDANCE, accompaniment=HOURS)
    text = RENDERERS[form].render(report(found, language), words(found, language), None)
    assert "English" in text and "p-aaaa" not in text.lower() and "p-k7k2" not in text.lower()


def test_activities_have_the_seven_columns_of_the_plan() -> None:
    annex, *_ = made("fr").annexes
    assert plain(annex.title) == "Annexe A : Activités"
    first = annex.grids[0].table
    assert [heading.key for heading in first.headings] == [
        "title_theme",
        "audience",
        "date",
        "participants",
        "boards",
        "responses",
        "positive",
    ]
    assert [tuple(map(plain, row)) for row in first.rows] == [
        ("e-Portail / Basics", "Parents", "16 et 17 oct. 2024", "20", "2", "40,0 %", "75,0 %"),
        ("Two", "", "20 janv. 2025", "10", "2", "50,0 %", "100 %"),
        ("Three", "", "3 févr. 2025", "12", "", "aucun formulaire", ""),
    ]


def test_accompaniment_by_objective_role_and_board_never_crossed() -> None:
    measure = "{kind: sum, column: hours, of: {log: accompaniment, where: {kind: {not: travel}}}}"
    annex = made("en", "2025-03-31", measure, accompaniment=HOURS).annexes[1]
    assert [grid.caption for grid in annex.grids] == ["By objective", "By role", "By school board"]
    assert annex.grids[1].table.rows == (("CDA", "x", "1.5"), ("Principal", "x", "2"), ("Total", "x", "3.5"))
    assert "never crossed" in annex.note


def test_what_is_to_come() -> None:
    found = made("fr").outlook
    assert found is not None and found.table.rows == (("10\u00a0mai\u00a02025", "1.1", "Five", "Parents"),)
    assert made("fr", "2025-06-30").outlook is None


def test_the_method_says_rules_statuses_and_problems() -> None:
    method = report(evaluated(), "en", problems=ProblemCount(1, 1), left_out=2).method
    assert "of less than 30 minutes" in " ".join(method.rules)
    assert "30% by November 30, 2024, 70% by March 31, 2025 and 100% by June 30, 2025" in " ".join(
        method.rules
    )
    assert method.rules[-1].endswith(
        "1 error and 1 warning in the data that bear on a figure; 2 entries excluded."
    )
    assert method.statuses and method.definitions
    assert ("On track", "At least 85% of what is expected by now.") in method.statuses.table.rows
    assert method.definitions.table.rows[0] == (
        "1.1",
        "It",
        "Number of held sessions of line 1.1 (format: full day or half day)",
    )


def test_only_acronyms_that_are_used_are_explained() -> None:
    assert [text.partition(":")[0] for text in made().acronyms] == ["DSREA", "PLC"]


# The same bytes, and no markup


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_order_of_rows_changes_nothing(form: str) -> None:
    """But for who is told the line of each in its file."""
    head, *lines = SESSIONS.strip().splitlines()
    Random(3).shuffle(lines)
    shuffled = evaluated(sessions="\n".join([head, *lines]))
    texts = [
        RENDERERS[form].render(report(one, "fr", reader="funder"), words(one, "fr"), None)
        for one in (evaluated(), shuffled)
    ]
    assert texts[0] == texts[1]


def hostile() -> Evaluation:
    found = evaluated("{kind: list, columns: [title], of: pd}")
    for row in found.data.logs["sessions"]:
        row.fill({"title": HOSTILE})
    return evaluate(found.plan, found.data, found.cut_off)


class Page(HTMLParser):
    """What a browser would see: tags, ids, links and texts; unbalanced tags are an error."""

    EMPTY = frozenset({"meta", "br", "rect", "line", "col"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.phrases: list[str] = []
        self.in_phrase = False
        self.scopes: Counter[bool] = Counter()
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        self.in_phrase = found.get("class") == "phrase"
        self.ids += [found["id"] or ""] if "id" in found else []
        self.links += [found["href"] or ""] if "href" in found else []
        if tag == "th":
            self.scopes["scope" in found] += 1
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag
            self.in_phrase = False

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        self.phrases += [data] if self.in_phrase else []


def test_hostile_text_is_text_in_html() -> None:
    found = hostile()
    page = Page(render_html(report(found, "en"), words(found, "en")))
    assert "script" not in page.tags
    assert any(HOSTILE in text for text in page.texts)


def shown_by_markdown(text: str) -> Page:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    return Page(reader.render(text))


def test_hostile_text_is_text_in_markdown() -> None:
    found = hostile()
    page = shown_by_markdown(render_markdown(report(found, "en"), words(found, "en")))
    assert "script" not in page.tags and "code" not in page.tags and "a" not in page.tags
    shown = "".join(page.texts).replace("\u2060", "")
    assert shown.count(HOSTILE) > 3


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_any_text_in_a_cell_of_markdown_is_that_text(text: str) -> None:
    cell = escape_markdown(text)
    page = shown_by_markdown(f"| a | b |\n| --- | --- |\n| {cell} | end |\n")
    shown = "".join(page.texts).replace("\u2060", "").split()
    assert page.tags["td"] == 2
    assert shown == ["a", "b", *text.replace("\u2060", "").split(), "end"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_well_formed_and_its_links_lead_somewhere(language: Language) -> None:
    found = evaluated("{kind: count, of: pd, split_by: [format]}", "{at_least: 10}")
    text = render_html(report(found, language), words(found, language))
    page = Page(text)
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{language}-CA">')
    assert [one for one, number in Counter(page.ids).items() if number > 1] == []
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert page.tags["svg"] == 2 and page.tags["script"] == 0
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?https?:", text)
    assert page.scopes[False] == 0 and page.scopes[True] > 20


def test_only_web_addresses_become_links() -> None:
    assert escape_markdown("https://x.ca/a_b|c") == "<https://x.ca/a_b%7Cc>"
    assert escape_markdown("javascript:x") == "javascript:x"
    assert not is_link('https://x.ca/" onclick="x')


# The real plan


def real(language: Language) -> tuple[Evaluation, Report]:
    file = shipped_templates().parent / "plan" / "2024-2025.yaml"
    plan, problems = read_plan(file.read_bytes(), file.name)
    assert plan is not None, problems
    found = evaluate(plan, load(plan, {})[0], dt.date(2024, 11, 30))
    return found, report(found, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_the_plan_is_in_the_report_in_its_order(language: Language) -> None:
    found, made_of_it = real(language)
    phrases = [
        phrase
        for _, _, indicator in found.plan.indicators()
        for quoted in (indicator, indicator.target)
        if quoted
        for phrase in quoted.quoted.to(language)
    ]
    assert len(phrases) == 59 + 28
    assert Page(render_html(made_of_it, words(found, language))).phrases == phrases


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_without_any_row_makes_a_report(language: Language) -> None:
    found, made_of_it = real(language)
    text = render_markdown(made_of_it, words(found, language))
    assert made_of_it.brief.targets.startswith("28")
    assert "Undefined" not in text and "None" not in text


def test_what_a_narrow_page_says_below_a_label_begins_with_no_dot() -> None:
    page = render_html(made(target="null"), words(evaluated(), "en"))
    said = re.findall(r'<span class="narrow said">([^<]*)', page)
    assert said and not [one for one in said if one.lstrip().startswith("·")]


@pytest.mark.parametrize(
    ("language", "page", "screen"),
    [("en", "Oct. 16–17, 2024", "16–17 Oct 2024"), ("fr", "16 et 17 oct. 2024", "16 et 17 oct. 2024")],
)
def test_a_session_of_two_days_has_both_in_one_manner(language: Language, page: str, screen: str) -> None:
    """Also in English, where the month comes first: it was `Oct.–Oct. 17, 2024`."""
    two = (
        "id | line | date | last_day | title | format\nw1 | 1.1 | 2024-10-16 | 2024-10-17 | One | two-days\n"
    )
    found = evaluated(sessions=two)
    (row,) = found.data.logs["sessions"]
    say = words(found, language)
    assert plain(days(say, row)) == page and plain(say.days(row, say.date)) == screen
    lines = Explanation(found, found.results[0], StatusScreen(found, say, row.day)).lines()
    explained = "\n".join(text for line in lines for text, _ in line)
    assert screen in plain(explained)


def test_the_months_of_sessions_to_come_say_what_they_are() -> None:
    found = made("fr", "2024-12-01")
    assert found.outlook and plain(found.outlook.note).startswith("Activités prévues, par mois : ")


def test_a_period_without_a_figure_is_a_dash_whatever_the_reason() -> None:
    """To date the reason is said in words; on the page of the week the status says it."""
    share = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: respondents, of: pd}}"
    first = "id | line | date | title | format\nw1 | 1.1 | 2024-10-16 | One | full-day\n"
    told = part(made(measure=share, sessions=first))
    assert [cell.number for cell in told.periods] == ["–", "–"] and told.to_date.number == "no data"


def test_what_rows_are_counted_by_stands_at_the_left() -> None:
    """A number of a round is what its row is about, and no amount."""
    journals = "id | date | round | person\nj1 | 2024-11-20 | 1 | p-a\nj2 | 2024-11-21 | 1 | p-b\n"
    found = made(measure="{kind: count, of: {log: journals}}", journals=journals)
    (annex,) = [one for one in found.annexes if one.title.endswith("Online journals")]
    assert [one.align for one in annex.grids[0].table.headings] == ["left", "right"]


def test_the_targets_by_volet_stand_on_the_pages_of_the_results() -> None:
    """Where the last rows of the results take a page of their own, something else stands on it too."""
    page = render_html(made(target="{at_least: 10}"), words(evaluated(target="{at_least: 10}"), "en"))
    results = page[page.index('<section id="results"') : page.index('<section id="outlook"')]
    assert 'id="by-volet"' in results and results.count("<section") == results.count("</section>")
