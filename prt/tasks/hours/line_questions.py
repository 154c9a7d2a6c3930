"""What is asked of one line of hours: which of two things a word is, and what the line leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from typing import TypeVar

from prt.console.dialogue.inquiry import BACK, NO, YES, Back, Choice, Inquiry, NoChoice, pick_choice
from prt.console.dialogue.talk import Talk, in_columns
from prt.entry.hours_line import answer_line, option_spellings
from prt.entry.lexicon import STAFF
from prt.entry.pieces import LinePiece, PieceValue
from prt.entry.reading import SURE, LineContext, LineQuestion, LineReading
from prt.figures.entering import say_post
from prt.model.cells import choices_list
from prt.model.columns import Column, LogRecord
from prt.model.rows import describe_column
from prt.output.screens.hours_lines import hours_log_of, hours_text, short_day
from prt.output.words import Words
from prt.problems import Mistake
from prt.text import fold_text

T = TypeVar("T")
MARGIN = " " * 5
CODES = ("board", "organisation")
"""Columns whose value says by itself what it is."""
MOST_BESIDE = 2
"""Of more meanings each has a line of its own, with a number."""


class EnoughSaid(Exception):
    """Somebody wants no more questions: a word of `LineQuestions.enough` was the answer."""


class LineQuestions:
    """Asks until a line is complete. Raises Mistake, and `<` brings the line itself back.

    `length` is that of the event whose hours the line has, `enough` are the words that end all its questions.
    """

    def __init__(
        self,
        talk: Talk,
        words: Words,
        context: LineContext,
        length: Fraction | None = None,
        enough: Sequence[str] = (),
    ) -> None:
        self.talk, self.words, self.context, self.length = talk, words, context, length
        self.enough = enough

    def complete(self, reading: LineReading) -> LineReading:
        while reading.questions and not reading.mistakes:
            reading = self.answer(reading, reading.questions[0])
        return reading

    def answer(self, reading: LineReading, question: LineQuestion) -> LineReading:
        if question.code == "really":
            really = self.talk.yes_or_no(MARGIN + self.talk.say("really", hours=question.text), False)
            if self.hear(really) is not True:
                raise Mistake("line_back")
            return answer_line(reading, question.options[0]._replace(column=SURE), self.context)
        asked = self.missing(question, reading) if question.code == "missing" else self.which(question)
        answer = self.hear(asked)
        if isinstance(answer, Back):
            raise Mistake("line_back")
        return answer_line(reading, answer, self.context)

    def hear(self, asked: Inquiry[T]) -> T | Back:
        """The answer. Raises EnoughSaid."""

        def read(text: str) -> T | None:
            return None if fold_text(text) in self.enough else asked.read(text)

        answer = self.talk.ask(Inquiry[T | None](**{**vars(asked), "read": read}))
        if answer is None:
            raise EnoughSaid
        return answer

    def which(self, question: LineQuestion) -> Inquiry[LinePiece | str | Back]:
        """`"pearson": LBPSB, or Jordan Pearson?  board / jordan > `"""
        meant = {(one.column, self.person(one)): one for one in reversed(question.options)}
        options = [*reversed(meant.values())]
        words = self.words_apart(options)
        labels = [self.long(one) for one in options]
        if len(set(labels)) < len(labels):
            labels = [f"{label}  {self.person(one)}" for label, one in zip(labels, options, strict=True)]
        choices = [
            Choice(one, [*words[at : at + 1], *option_spellings(one, self.context)], labels[at])
            for at, one in enumerate(options)
        ]
        numbered = len(choices) > MOST_BESIDE or not words
        of_people = all(one.column in ("person", STAFF) for one in options)
        many = [f"{MARGIN}{number:>2}  {one.label}" for number, one in enumerate(choices, 1)]
        text = self.talk.say("which_is", text=question.text)
        if self.length and (question.code, question.column) == ("which", "hours"):
            text = self.talk.say("event_is_long", length=hours_text(self.length, self.words))
        first, *others = labels
        either = self.talk.say("either", one=first, other=others[0]) if others else f"{first}?"
        alone = [self.talk.say("no")] if len(choices) == 1 else []
        return Inquiry(
            f"{MARGIN}{text}" if numbered else f"{MARGIN}{text} {either} ",
            partial(read_which, choices=choices, numbered=numbered or of_people),
            hint=f"1-{len(choices)}" if numbered else " / ".join([*words, *alone]),
            above=many if numbered else (),
            words=words,
            explain=lambda: [*(many or ()), MARGIN + self.talk.say("which_help")],
        )

    def words_apart(self, options: Sequence[LinePiece]) -> list[str]:
        """The shortest words of the question that tell the options apart; none where only numbers do."""
        by_column = len({one.column for one in options}) > 1
        for words in ([self.short(one, by_column) for one in options], [self.name(one) for one in options]):
            if len(set(map(fold_text, words))) == len(options):
                return words
        return []

    def short(self, piece: LinePiece, by_column: bool) -> str:
        """The word that is enough to choose one meaning: a code, its column's, a first name, `1h30`."""
        value = piece.value
        if piece.column in ("person", STAFF):
            return self.name(piece).split()[0].lower()
        if isinstance(value, Fraction):
            quarters = (value * 4).denominator == 1
            return (
                f"{int(value)}h{int(value % 1 * 60):02}"
                if quarters
                else hours_text(value, self.words).removesuffix(" h")
            )
        if isinstance(value, dt.date):
            return short_day(value, self.words, weekday=False)
        if piece.column in CODES:
            return str(value)
        return self.column_text(piece.column) if by_column else self.label(piece).lower()

    def name(self, piece: LinePiece) -> str:
        """The whole name of a person; of anything else what the plan calls it."""
        if piece.column not in ("person", STAFF):
            return self.label(piece)
        person = str(self.person(piece))
        row = self.context.finder.names.get(person)
        return row["name"] if row else person

    def long(self, piece: LinePiece) -> str:
        """`Jordan Pearson (CDA, ETSB)`, `kind Suivi`, `1.5 h`"""
        if piece.column in ("person", STAFF):
            person = str(self.person(piece))
            finder = self.context.finder
            posts, roles = finder.posts.get(person, ()), finder.roles
            held = [say_post(post["role"], post["board"], self.talk.language, roles) for post in posts[-1:]]
            return " ".join((self.name(piece), *(f"({post})" for post in held if post)))
        if isinstance(piece.value, Fraction):
            text, short = hours_text(piece.value, self.words), self.short(piece, False)
            return text if text in (short, f"{short} h") else f"{short} ({text})"
        if isinstance(piece.value, dt.date):
            return short_day(piece.value, self.words)
        name = "" if piece.column in CODES else f"{self.column_text(piece.column)} "
        return f"{name}{piece.value if piece.column in CODES else self.label(piece)}"

    def column_text(self, column: str) -> str:
        return self.words.column_name(hours_log_of(self.words, column), column)

    def person(self, piece: LinePiece) -> PieceValue:
        """The id of who is meant, where that is one person; of anything else its value."""
        if piece.column not in ("person", STAFF):
            return piece.value
        found = self.context.finder.find(str(piece.value), team=piece.column == STAFF).persons
        return found[0] if len(found) == 1 else str(piece.value)

    def label(self, piece: LinePiece) -> str:
        return self.words.label(hours_log_of(self.words, piece.column), piece.column, str(piece.value))

    def missing(self, question: LineQuestion, reading: LineReading) -> Inquiry[LinePiece | str | Back]:
        """The question for a column that nothing fills: day, hours, objective, a partner's purpose."""
        column = reading.model.column_named(question.column)
        assert column is not None
        name = self.words.word_of_column("question", reading.log, question.column)
        name = name or self.words.column_name(reading.log, question.column)
        lexicon = self.context.lexicon
        choices = [
            Choice(one, [self.label(one), str(one.value), *lexicon.spellings_of(*one[2:])])  # type: ignore[arg-type]
            for one in question.options
        ]
        free, is_day = question.column in lexicon.texts | lexicon.quoted, question.column == "date"
        shown = [one.spellings[0] for one in choices]
        wanted = describe_column(column, self.context.data.known.at(reading.log))
        needs = Mistake("answer_needed", wanted=wanted)
        if shown and not free:
            needs = Mistake("choose_one", choices=choices_list(shown))
        if free:
            shown = [f"{number}  {text}" for number, text in enumerate(shown, 1)]
        today = self.context.today
        return Inquiry(
            f"{MARGIN}{name[0].upper()}{name[1:]}?",
            self.reader_of_column(column, reading.model)
            or self.reader_of(choices, needs, column.name if free else ""),
            enter=today.isoformat() if is_day else "",
            bracket=self.words("ask.today", day=self.words.weekday(today)) if is_day else "",
            hint=self.talk.say("or_new_words") if free and choices else "",
            above=in_columns(shown) if shown else (),
            words=[text for one in choices for text in one.spellings],
            explain=lambda: shown or [MARGIN + one for one in self.talk.say("hours_help").split("\n")],
        )

    def reader_of_column(self, column: Column, model: type[LogRecord]) -> Callable[[str], LinePiece] | None:
        """Reads who of the team it was, or what stands behind a mark alone; None of any other column."""
        if column.name in model.worker_columns():
            return self.read_staff
        cell = self.context.lexicon.marked.get(column.name)

        def read(text: str) -> LinePiece:
            if cell is None or not text:
                raise Mistake("answer_needed", wanted=describe_column(column, self.context.data.known))
            value = cell.write(cell.read(text, self.context.data.known, column.name))
            return LinePiece(-1, -1, column.name, value)

        return read if cell else None

    def read_staff(self, text: str) -> LinePiece:
        """Who of the team gave the hours. Raises Mistake."""
        found = self.context.finder.find(text, team=True)
        if not found.persons:
            raise Mistake("not_staff", text=text)
        if not found.taken:
            raise self.context.finder.person_may_be(text, found)
        return LinePiece(-1, -1, STAFF, found.taken)

    def reader_of(
        self, choices: Sequence[Choice[LinePiece]], needs: Mistake, free: str
    ) -> Callable[[str], LinePiece | str]:
        """Reads a choice, or words to be read with the line; a `free` column takes any words."""

        def read(text: str) -> LinePiece | str:
            if not text:
                raise needs
            try:
                return pick_choice(text, choices, numbered=bool(free))
            except NoChoice:
                if choices and not free:
                    raise
            return LinePiece(-1, -1, free, text.strip('"«» ')) if free else text

        return read


def read_which(text: str, choices: Sequence[Choice[LinePiece]], *, numbered: bool) -> LinePiece | str | Back:
    """The meaning that is chosen; `n` is none of them. A single one is yes or no, and Enter is no."""
    alone = choices[0].value if len(choices) == 1 else None
    try:
        return pick_choice(text, choices, numbered=numbered)
    except NoChoice:
        if alone and fold_text(text) in YES:
            return alone
        if fold_text(text) in NO or (alone and not text):
            return BACK
        raise
