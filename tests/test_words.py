"""Words: every word in both languages, a word for everything that can be shown, sentences of measures."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, get_args

import pytest
import yaml
from markupsafe import escape

from prt.commands.privacy.incident import OWN
from prt.figures.status import WORDS, Code
from prt.files.provenance import IncidentRecord
from prt.files.yaml.words import read_topic, shipped_templates, words_of
from prt.model.cells import Many, OneOf
from prt.model.columns import Column, Record
from prt.model.plan import Plan
from prt.model.records import LOGS, ROSTERS, NameRecord, row_kinds
from prt.model.selections import whole_log
from prt.model.text import LANGUAGES, Language
from prt.output.numbers import day_text
from prt.output.words import Phrases, Words
from tests import support
from tests.support import word_topics

TYPED = re.compile(r'(?:--[a-z-]+|\{option\}|prt [a-z ]+)(?: ?"[^"]*")+|\("\)|^"(?=  )', re.MULTILINE)
"""What is quoted in a command is typed so, and so is the sign for the line above."""
REASONS = "staff short planned cancelled condition no_date before after empty replaced"
PLAN = support.plan("{kind: count, of: pd}")
FRENCH_WHERE_TYPED = ("mistake", "described")
"""Topics with French for what people meet as they type; the rest is English, or stands in the classes."""
EVERY_WORD = {
    key: text
    for topic in word_topics()
    if topic not in FRENCH_WHERE_TYPED
    for key, text in read_topic(topic).items()
}

ALL_TOPICS = {key: text for topic in word_topics() for key, text in read_topic(topic).items()}


def words(language: Language, plan: Plan = PLAN) -> Words:
    return Words(language, plan, support.load(plan, {})[0].organisations)


def columns() -> Iterator[tuple[str, Column]]:
    for log, model in (LOGS | ROSTERS).items():
        yield from ((log, column) for column in model.columns())


@pytest.mark.parametrize("topic", word_topics())
def test_a_word_stands_once(topic: str) -> None:
    found = [path for path, _ in words_of(topic, word_topics()[topic])]
    assert [path for path, times in Counter(found).items() if times > 1] == []


def test_every_line_of_the_file_is_in_a_topic() -> None:
    text = (shipped_templates() / "words.yaml").read_text(encoding="utf-8")
    assert "".join(word_topics().values()) == text[text.index("status:") :]
    assert len(EVERY_WORD) > 400


def test_other_then_unknown_are_last_in_a_breakdown() -> None:
    words = Words("en", support.plan("{kind: count, of: {log: people}}"))
    roles = [None, "other", "teacher", "cda"]
    found = sorted(roles, key=lambda role: words.order("accompaniment", "role", role))
    assert found == ["cda", "teacher", "other", None]


def test_every_reader_of_yaml_takes_a_question() -> None:
    """Unquoted in braces, a mark of a question is text for libyaml alone."""
    text = (shipped_templates() / "words.yaml").read_text(encoding="utf-8")
    asked = [line for line in text.splitlines() if "?" in line and line.endswith("}")]
    assert len(asked) > 100
    assert all(yaml.load(line, Loader=yaml.BaseLoader) for line in asked)


def test_letters_of_our_words_stand_higher_and_no_text_of_a_user_does() -> None:
    words = Phrases("fr")
    name = words("report.name", n="2")
    assert (name, str(escape(name))) == ("Rapport d’étape nº\u00a02", "Rapport d’étape n<sup>o</sup>\u00a02")
    said = words("revised.of", report=name, day=day_text(dt.date(2024, 12, 1), "fr"))
    assert escape(said).endswith("n<sup>o</sup>\u00a02, transmis le 1<sup>er</sup> décembre 2024")
    typed = words("revised.of", report="n^o^ <b>", day=day_text(dt.date(2024, 12, 1), "fr"))
    assert typed == "n^o^ <b>, transmis le 1er décembre 2024"
    assert escape(typed) == "n^o^ &lt;b&gt;, transmis le 1<sup>er</sup> décembre 2024"


def test_the_reader_of_the_words_agrees_with_yaml() -> None:
    text = (shipped_templates() / "words.yaml").read_text(encoding="utf-8")
    written = yaml.load(text, Loader=yaml.CBaseLoader)
    assert [word for topic in written for word in read_topic(topic).items()] == list(flat(written))


def flat(words: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each word under its path."""
    if isinstance(words, str):
        yield ".".join(path), words
        return
    for key, inner in words.items():
        yield from flat(inner, (*path, key))


@pytest.mark.parametrize(
    "line", ["  met: [one, two]", "  - met", "  met: >", "\tmet: one", "  met: {en: one"]
)
def test_a_word_that_is_written_in_another_manner_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line.strip())):
        list(words_of("status", f"status:\n{line}\n"))


def test_every_word_has_both_languages() -> None:
    keys = {key.rpartition(".")[0] for key in EVERY_WORD}
    assert {key.rpartition(".")[2] for key in EVERY_WORD} == set(LANGUAGES)
    assert sorted(EVERY_WORD) == sorted(f"{key}.{language}" for key in keys for language in LANGUAGES)
    assert all(EVERY_WORD.values())


def test_both_languages_fill_in_the_same_parts() -> None:
    for key in {key.rpartition(".")[0] for key in EVERY_WORD}:
        en, fr = (set(re.findall(r"\{(\w+)\}", EVERY_WORD[f"{key}.{language}"])) for language in LANGUAGES)
        assert en == fr, key


def test_who_pays_has_one_name_in_french() -> None:
    assert "bailleur" not in "".join(word_topics().values())


ELSEWHERE = re.compile(
    r"sheet|workbook|heading|header|list|totals?\b|per |each visit|a row:|CSV|spreadsheet|minutes|cells",
    re.IGNORECASE,
)
"""Where the English speaks of a table of others, whose rows are lines in French, too."""
OF_OTHERS = (
    *("ask.which_log", "start.list", "told.of_all_rows", "told.rows.one", "told.rows.other"),
    *("mistake.file_without_rows.what", "mistake.too_many_rows.what", "mistake.sheet_id_of_another.remedy"),
)
"""The same, where only the place tells."""


def test_what_a_log_holds_is_an_entry_in_french() -> None:
    """*Ligne* is one of the plan, or the place in a file: `ligne 12`."""
    rows = re.compile(r"\brows?\b(?! \{)")
    lines = re.compile(r"(?<!en )\blignes?\b(?! \{)")
    found = {
        key.removesuffix(".en")
        for key, text in ALL_TOPICS.items()
        if key.endswith(".en") and rows.search(text) and not re.search(r"\blines?\b", text)
        if not ELSEWHERE.search(text) and lines.search(ALL_TOPICS.get(key.removesuffix("en") + "fr", ""))
    }
    assert found == {*OF_OTHERS}


def test_french_is_spaced_as_in_quebec() -> None:
    french = {key: text for key, text in ALL_TOPICS.items() if key.endswith(".fr")}
    for key, text in french.items():
        text = TYPED.sub("", text)
        assert not re.search(r"(?<!\u00a0)[:%»](?!/)|«(?!\u00a0)|\u00a0[;!?]|[·'\"]", text), f"{key}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_shown_has_a_word(language: Language) -> None:
    say = words(language)
    needed = [f"status.{code}" for code in get_args(Code)]
    needed += [f"word.{word}" for word in set(WORDS.values())]
    needed += [f"reason.{reason}" for reason in REASONS.split()]
    needed += [f"log.{log}" for log in LOGS | ROSTERS]
    needed += [f"ask.kind.{kind}" for kind in row_kinds()]
    assert [word for word in needed if word not in say] == []
    assert all(say.column_name(log, column.name) for log, column in columns())


def test_every_column_that_is_asked_is_described_in_french() -> None:
    say = words("fr")
    models: list[type[Record]] = [*LOGS.values(), *ROSTERS.values(), NameRecord]
    described = {
        f"{one.log}.{column.name}": say.word_of_column("described", one.log, column.name)
        for one in models
        for column in one.columns()
    }
    incidents = [column.name for column in IncidentRecord.columns() if column.name not in OWN]
    described |= {
        name: say.word_of_column("question", "incidents", name)
        or say.word_of_column("described", "incidents", name)
        for name in incidents
    }
    assert len(described) > 150
    assert [name for name, text in described.items() if not text] == []
    used = {
        f"described.{log}{name}.fr"
        for key in described
        for log in (f"{key.partition('.')[0]}.", "")
        for name in [key.rpartition(".")[2]]
    }
    used.add("described.incidents.people_notified.fr")
    assert set(read_topic("described")) <= used


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fixed_value_has_a_word(language: Language) -> None:
    fixed = [(column, column.cell.codes) for _, column in columns() if isinstance(column.cell, OneOf)]
    assert len(fixed) > 8
    needed = [f"value.{column.name}.{code}" for column, codes in fixed for code in codes]
    assert [word for word in needed if word not in words(language)] == []
    assert not any(
        isinstance(column.cell, Many) and column.name in ("kind", "role") for _, column in columns()
    )


def test_a_misspelt_word_is_an_error() -> None:
    for word in ("status.behnid", "nothing.at.all", "status"):
        with pytest.raises(KeyError):
            words("en")(word)


@pytest.mark.parametrize(
    ("number", "en", "fr"),
    [
        (0, "0 targets", "0 cible"),
        (1, "1 target", "1 cible"),
        (2, "2 targets", "2 cibles"),
        (1400, "1,400 targets", "1\u00a0400 cibles"),
    ],
)
def test_words_that_depend_on_a_number(number: int, en: str, fr: str) -> None:
    assert words("en").counted("tally.targets", number) == en
    assert words("fr").counted("tally.targets", number) == fr


SENTENCES = [
    (
        "{kind: count, of: pd}",
        "number of held sessions of line 1.1 (format: full day or half day)",
        "nombre d’activités tenues de la ligne 1.1 (format : journée complète ou demi-journée)",
    ),
    (
        "{kind: count, of: {log: sessions, where: {status: {not: cancelled}}}}",
        "number of sessions (state: other than cancelled)",
        "nombre d’activités (tenue de l’activité : autre qu’annulée)",
    ),
    (
        "{kind: sum, column: hours, of: {log: accompaniment, where: {kind: {not: travel}}}}",
        "total of hours, over the accompaniment entries (kind: other than travel)",
        "total des heures, pour les interventions d’accompagnement (nature : autre que déplacement)",
    ),
    (
        "{kind: distinct, column: boards, of: pd, among: {organisations: {counts_as_board: yes}}}",
        "number of distinct school boards among the held sessions of line 1.1 (format: full day or half day), "
        "out of the organisations (counted as school boards)",
        "nombre de commissions scolaires différentes parmi les activités tenues de la ligne 1.1 "
        "(format : journée complète ou demi-journée), "
        "sur l’ensemble des organismes (qui comptent comme commissions scolaires)",
    ),
    (
        "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}",
        "positive answers ÷ answers, pooled over the held sessions of line 1.1 (format: full day or half day)",
        "appréciations positives ÷ réponses à la question, sur l’ensemble des activités tenues de la ligne 1.1 "
        "(format : journée complète ou demi-journée)",
    ),
    (
        "{kind: ratio, part: {count: {log: tools, where: {url: {present: true}}, when: published}}, "
        "whole: {count: {log: tools}}}",
        "tools, capsules and vignettes (link: given; by date of publication) ÷ tools, capsules and vignettes",
        "outils, capsules et vignettes (lien : inscrit; selon la date de publication) "
        "÷ outils, capsules et vignettes",
    ),
    (
        "{kind: reach, who: {anyone_in: {log: attendance}, by: person}, did: {log: attendance}, by: person, "
        "each: session.series, at_least: 4}",
        "share of the distinct people among the attendances at held sessions with at least 4 distinct meetings",
        "part des personnes différentes parmi les présences aux activités tenues "
        "qui comptent au moins 4 rencontres différentes",
    ),
    (
        "{kind: reach, who: {people: {role: cda}, as_of: 2025-01-01}, did: {log: attendance}, by: person, "
        "each: date, at_least: 2, within: session}",
        "share of the people in post on January 1, 2025 (role: CDA) with at least 2 distinct days "
        "inside one session, among the attendances at held sessions",
        "part des personnes en poste à cette date : 1er janvier 2025 (fonction : ADC) qui comptent au moins "
        "2 jours différents au cours d’une même activité, parmi les présences aux activités tenues",
    ),
    (
        "{kind: list, columns: [title, theme], of: {log: sessions, where: {participants: {from: 10, to: 20}}}}",
        "title / theme of the held sessions (participants: from 10 to 20), each once",
        "titre / thème des activités tenues (participations : de 10 à 20), sans répétition",
    ),
    (
        "{kind: milestone, of: {log: partner-support, where: {organisation: littoral}}}",
        "met when the first of the entries of support to partners (organisation: Littoral) is recorded",
        "atteint à la première inscription parmi les interventions auprès des partenaires (organisme : CSS du Littoral)",
    ),
    (
        "{kind: count, of: {log: sessions, where: {feedback_form: {not: no}}}}",
        "number of held sessions (feedback form: yes or not stated)",
        "nombre d’activités tenues (formulaire d’appréciation : oui ou non précisé)",
    ),
]


@pytest.mark.parametrize(("measure", "en", "fr"), SENTENCES)
def test_the_rule_of_a_measure_as_a_sentence(measure: str, en: str, fr: str) -> None:
    plan = support.plan(measure)
    rule = next(plan.indicators())[2].measure
    assert rule.sentence(words("en", plan)) == en
    assert rule.sentence(words("fr", plan)).replace("\u00a0", " ") == fr


def test_an_amount_is_said_as_its_column_is_shown() -> None:
    work, number = whole_log("accompaniment"), Fraction(3, 2)
    assert words("en").amount(work, "hours", number).split() == ["1.5", "h"]
    assert words("fr").amount(work, "hours", number).split() == ["1,5", "h"]
