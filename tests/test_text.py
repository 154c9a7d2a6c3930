"""Words about texts: how they are counted, joined, cut, wrapped."""

from __future__ import annotations

import pkgutil
import shlex
import unicodedata
from importlib import import_module

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

import prt
from prt.text import (
    TYPED_SIGNS,
    LatePattern,
    cell_width,
    fold_letters,
    fold_text,
    fold_texts,
    join_labels,
    one_line,
    plural,
    quote_word,
    shorten,
    wrap_text,
)
from tests.texts import any_text


def test_a_number_and_its_noun() -> None:
    assert [plural(number, "row") for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]


@pytest.mark.parametrize(
    ("shown", "typed"),
    [("Atelier d’octobre", "atelier d'octobre"), ("« Été » – 1", '" ete " - 1'), ("l‘“A”", 'l\'"a"')],
)
def test_what_a_keyboard_types_is_what_programs_write(shown: str, typed: str) -> None:
    assert fold_text(shown) == fold_text(typed)


@given(st.lists(any_text()))
@example(["", "É-t_é  `", "a`\u2028b", " x "])
def test_many_texts_are_folded_as_each_is(texts: list[str]) -> None:
    without_nul = [text.replace("\0", "") for text in texts]
    assert fold_texts(without_nul) == [*map(fold_text, without_nul)]


def test_some_labels_of_many() -> None:
    assert join_labels(["pd", "plc"], 2) == "pd, plc"
    assert join_labels(["pd", "plc", "hours"], 2) == "pd, plc …"
    assert join_labels(range(3), 1, " and 2 more", by="; ") == "0 and 2 more"
    assert join_labels([]) == ""


def test_a_no_break_space_is_no_end_of_a_word() -> None:
    assert one_line("  1\u00a0400\n h ") == "1\u00a0400 h"


@pytest.mark.parametrize(("text", "width"), [("école", 5), ("日本", 4), ("e\u0301", 1), ("…·┃█–", 5)])
def test_columns_of_a_terminal(text: str, width: int) -> None:
    assert cell_width(text) == cell_len(text) == width


@given(any_text(), st.integers(1, 20))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cell_width(short) <= width
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@given(st.lists(st.text("abé-é", min_size=1, max_size=8), max_size=12), st.integers(20, 40))
def test_lines_end_between_words(words: list[str], width: int) -> None:
    lines = wrap_text(" ".join(words), width)
    assert [word for line in lines for word in line.split()] == words
    assert all(cell_width(line) <= width for line in lines)
    assert wrap_text(" ".join(words), None) == [" ".join(words)]


def test_every_expression_that_is_compiled_later_can_be_compiled() -> None:
    """What stands at the top of a module is seen to be wrong when that is imported; of these only here."""
    names = [one.name for one in pkgutil.walk_packages(prt.__path__, "prt.") if one.name != "prt.__main__"]
    every = [value for name in names for value in vars(import_module(name)).values()]
    late = [value for value in every if isinstance(value, LatePattern)]
    assert len(late) > 80
    assert all(callable(one.search) for one in late)


@given(
    st.text(
        st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("eé\u0301\u0327`’ﬁ가")),
        max_size=8,
    )
)
def test_letters_lose_their_accents_in_whatever_text_they_stand(text: str) -> None:
    plain = unicodedata.normalize("NFKD", text.translate(TYPED_SIGNS).replace("`", "'"))
    assert fold_letters(text) == "".join(one for one in plain if not unicodedata.combining(one)).casefold()


@pytest.mark.parametrize(
    ("word", "quoted"),
    [
        ("heures.csv", "heures.csv"),
        ("exports/été_2024-10.csv", "exports/été_2024-10.csv"),
        ("mes heures.csv", '"mes heures.csv"'),
        ("d'octobre.csv", '"d\'octobre.csv"'),
        ("a;b&c.csv", '"a;b&c.csv"'),
        ("", '""'),
        ("$(b).csv", "'$(b).csv'"),
    ],
)
def test_a_word_of_a_command_is_quoted_where_a_shell_would_read_more(word: str, quoted: str) -> None:
    assert quote_word(word) == quoted


@given(any_text().map(lambda text: text.replace("\\", "/")))  # those of a path of Windows stand as they are
@example("l'\"`!$;")
def test_a_quoted_word_is_one_word(word: str) -> None:
    assert shlex.split(quote_word(word)) == [word]
