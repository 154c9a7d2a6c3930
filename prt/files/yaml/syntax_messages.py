"""What YAML itself cannot read, in plain words: where it is, what it is, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import yaml

from prt.problems import Mistake
from prt.text import join_labels, shorten

Found = tuple[int, int, Mistake]
"""Line and column, from 0, and what is wrong there."""

SHOWN = 40
"""Letters of a text of the file that a message repeats."""
QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")
NO_BREAK = "\u00a0\u2007\u202f\u3000"
"""Spaces that look like others, and that YAML takes for letters."""
NO_BREAK_INDENT = re.compile(f"[ -]*[{NO_BREAK}]")
CUT_NUMBER = re.compile(r"(?<![\w.])([0-9]+),$")
REST_OF_NUMBER = re.compile(r"([0-9]+)( ?%|)(?=\s*[,}])")
COMMENT = re.compile(r"(?:^|(?<=[\s,\[{]))#")


def syntax_mistake(error: yaml.MarkedYAMLError, lines: Sequence[str], flow: int | None) -> Found:
    """`flow` is the line of the outermost `{` or `[` that is still open, from 0."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if flow is not None and (found := comment_in_brackets(lines, flow, line)):
        return found
    if found := no_break_indent(lines, line):
        return found
    said = f"{error.context}: {error.problem}"
    here = lines[line][column:] if line < len(lines) else ""
    before = lines[line][:column] if line < len(lines) else ""
    if "\t" in (here[:1], *before[: len(before) - len(before.lstrip())]):
        return line, column, TAB
    if here[:1] == ":" and before.rstrip()[-1:] in ("", ",", "{"):
        return line, column, NO_KEY
    start = error.context_mark
    if "quoted scalar" in said and "end of stream" in said and start:
        return start.line, start.column, OPEN_QUOTE
    if "block scalar" in said and start:
        return start.line, start.column, must_be_quoted(lines[start.line][start.column :])
    for pattern, mistake in MISTAKES:
        if re.search(pattern, said):
            return line, column, mistake(here, before)
    return line, column, Mistake("no_yaml", error=error.problem)


def no_break_indent(lines: Sequence[str], last: int) -> Found | None:
    """A space that is none for YAML, before what this line or the one above it says."""
    for number in (last, last - 1):
        if 0 <= number < len(lines) and (found := NO_BREAK_INDENT.match(lines[number])):
            return number, found.end() - 1, Mistake("no_break_space_in_yaml")
    return None


def comma_in_number(line: str, column: int) -> Mistake | None:
    """`75,5%` in braces is 75 and a key of its own; None where no number is cut so."""
    before, after = CUT_NUMBER.search(line[:column]), REST_OF_NUMBER.match(line[column:])
    if not before or not after:
        return None
    whole, part, percent = before[1], after[1], after[2]
    meant = f"{whole}.{part.rstrip('0') or '0'}{percent}"
    if len(part) == 3 and re.fullmatch("[1-9][0-9]{0,2}", whole):
        meant = f"{whole}{part}{percent} or {meant}"
    return Mistake("comma_in_braces", text=f"{whole},{part}{percent}", meant=meant)


def comment_in_brackets(lines: Sequence[str], first: int, last: int) -> Found | None:
    """A `#` that made a comment of what should close a bracket: `{en: # of updates, fr: …}`."""
    for number in range(first, min(last + 1, len(lines))):
        bare = QUOTED.sub(lambda quoted: "_" * len(quoted[0]), lines[number])
        comment = COMMENT.search(bare)
        if comment and ("}" in bare[comment.start() :] or "]" in bare[comment.start() :]):
            return number, comment.start(), swallowed_comment(lines[number][comment.start() :])
    return None


def swallowed_comment(comment: str) -> Mistake:
    """What follows `#` was meant, and YAML takes it for a comment."""
    return Mistake("text_taken_for_comment", comment=shorten(comment, SHOWN), phrase=phrase(comment))


def phrase(text: str) -> str:
    """The first words of a text, as an example of how to quote it."""
    words = re.split(r"[,}\]\"]", text)[0].split()
    return join_labels(words, 4, by=" ")


def must_be_quoted(here: str) -> Mistake:
    return Mistake("sign_begins_text", sign=here[:1] or "this", phrase=phrase(here))


def alias_or_tag(here: str, before: str) -> Mistake:
    """The sign stands where the word began, a little to the left."""
    begins = max(before.rfind(sign) for sign in "*&!")
    return must_be_quoted(before[begins:] + here if begins >= 0 else here)


def colon(here: str, before: str) -> Mistake:
    return Mistake("colon_in_text")


def misplaced_text(here: str, before: str) -> Mistake:
    if before.rstrip()[-1:] in ('"', "'"):
        return Mistake("text_after_quotation_mark")
    if before.rstrip()[-1:] in ("]", "}"):
        return Mistake("text_after_bracket", bracket=before.rstrip()[-1])
    return Mistake("line_not_aligned")


def unclosed_bracket(here: str, before: str) -> Mistake:
    return Mistake("bracket_open")


def escape(here: str, before: str) -> Mistake:
    return Mistake("unknown_escape")


def directive(here: str, before: str) -> Mistake:
    return Mistake("yaml_directive")


def indicator(here: str, before: str) -> Mistake:
    return must_be_quoted(here) if here[:1] in "%@`" and here else unclosed_bracket(here, before)


TAB = Mistake("tab_in_yaml")
NO_KEY = Mistake("key_before_colon_missing")
OPEN_QUOTE = Mistake("quotation_mark_open_in_yaml")
MISTAKES: tuple[tuple[str, Callable[[str, str], Mistake]], ...] = (
    ("directive|incompatible YAML", directive),
    ("cannot start any token", indicator),
    ("scanning an? (alias|anchor)|tag", alias_or_tag),
    ("mapping values are not allowed", colon),
    ("escape|hexdecimal|hexadecimal", escape),
    ("expected ',' or", unclosed_bracket),
    ("node content", unclosed_bracket),
    ("expected key|expected <block end>|expected '-' indicator|could not find expected ':'", misplaced_text),
)
