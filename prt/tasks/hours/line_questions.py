"""What is asked of one line of hours: which of two things a word is, and what the line leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from prt.console.dialogue.inquiry import Back, Choice, Inquiry, NoChoice, pick_choice
from prt.console.dialogue.talk import Talk
from prt.entry.hours_line import answer_line, option_spellings
from prt.entry.persons import person_may_be
from prt.entry.pieces import LinePiece
from prt.entry.reading import SURE, LineContext, LineQuestion, LineReading
from prt.model.rows import wanted
from prt.output.screens.hours_lines import hours_log_of, hours_text, short_day
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.prompts import in_columns, word_of

MARGIN = " " * 5
CODES = ("board", "organisation")
"""Columns whose value says by itself what it is."""
MOST_BESIDE = 2
"""Of more meanings each has a line of its own, with a number."""


class LineQuestions:
    """Asks until a line is complete. Raises Mistake, and `<` brings the line itself back."""

    def __init__(self, talk: Talk, words: Words, context: LineContext) -> None:
        self.talk, self.words, self.context = talk, words, context

    def complete(self, reading: LineReading) -> LineReading:
        while reading.questions and not reading.mistakes:
            reading = self.answer(reading, reading.questions[0])
        return reading

    def answer(self, reading: LineReading, question: LineQuestion) -> LineReading:
        if question.code == "really":
            if not self.talk.is_agreed(MARGIN + self.talk.say("really", hours=question.text), False):
                raise Mistake("line_back")
            return answer_line(reading, question.options[0]._replace(column=SURE), self.context)
        asked = self.missing(question, reading) if question.code == "missing" else self.which(question)
        answer = self.talk.ask(asked)
        if isinstance(answer, Back):
            raise Mistake("line_back")
        return answer_line(reading, answer, self.context)

    def which(self, question: LineQuestion) -> Inquiry[LinePiece | str]:
        """`"pearson": LBPSB, or Jordan Pearson?  board / jordan > `"""
        columns = {one.column for one in question.options}
        choices = [
            Choice(
                one, [self.short(one, len(columns) > 1), *option_spellings(one, self.context)], self.long(one)
            )
            for one in dict.fromkeys(question.options)
        ]
        numbered = len(choices) > MOST_BESIDE
        many = [f"{MARGIN}{number:>2}  {one.label}" for number, one in enumerate(choices, 1)]
        text = f"« {question.text} » :" if self.talk.language == "fr" else f'"{question.text}":'
        either = self.talk.say("either", one=choices[0].label, other=choices[-1].label)
        return Inquiry(
            f"{MARGIN}{text}" if numbered else f"{MARGIN}{text} {either} ",
            partial(pick_choice, choices=choices, numbered=numbered),
            hint="" if numbered else " / ".join(one.spellings[0] for one in choices),
            above=many if numbered else (),
            words=[one.spellings[0] for one in choices],
        )

    def short(self, piece: LinePiece, by_column: bool) -> str:
        """The word that is enough to choose one meaning: its column's, a first name, `1h30`."""
        value = piece.value
        if piece.column in ("person", "staff"):
            row = self.context.finder.names.get(self.person(piece))
            return row["name"].split()[0].lower() if row else str(value)
        if isinstance(value, Fraction):
            quarters = (value * 4).denominator == 1
            return f"{int(value)}h{int(value % 1 * 60):02}" if quarters else f"{float(value):g}"
        if isinstance(value, dt.date):
            return f"{value.day}/{value.month}"
        if not by_column:
            return self.label(piece).lower()
        is_code = piece.column in CODES
        return self.words(f"typed.{piece.column}") if is_code else self.column_text(piece.column)

    def long(self, piece: LinePiece) -> str:
        """`Jordan Pearson (CDA, ETSB)`, `kind Suivi`, `1.5 h`"""
        if piece.column in ("person", "staff"):
            person = self.person(piece)
            row, posts = self.context.finder.names.get(person), self.context.finder.posts.get(person, ())
            held = [self.words.label("people", "role", post["role"]) for post in posts[-1:]]
            held += [post["board"] for post in posts[-1:] if post["board"]]
            name = row["name"] if row else person
            return f"{name} ({', '.join(held)})" if held else name
        if isinstance(piece.value, Fraction):
            return hours_text(piece.value, self.words)
        if isinstance(piece.value, dt.date):
            return short_day(piece.value, self.words)
        name = "" if piece.column in CODES else f"{self.column_text(piece.column)} "
        return f"{name}{piece.value if piece.column in CODES else self.label(piece)}"

    def column_text(self, column: str) -> str:
        return self.words.column_name(hours_log_of(column), column)

    def person(self, piece: LinePiece) -> str:
        """The id of who is meant, where that is one person."""
        found = self.context.finder.find(str(piece.value)).persons
        return found[0] if len(found) == 1 else str(piece.value)

    def label(self, piece: LinePiece) -> str:
        return self.words.label(hours_log_of(piece.column), piece.column, str(piece.value))

    def missing(self, question: LineQuestion, reading: LineReading) -> Inquiry[LinePiece | str]:
        """What nothing fills: the day, the hours, the objective, the purpose of the partner."""
        column = reading.model.column_named(question.column)
        assert column is not None
        name = word_of(self.words, "question", reading.log, question.column)
        name = name or self.words.column_name(reading.log, question.column)
        choices = [
            Choice(one, [self.label(one), str(one.value), *self.context.lexicon.spellings_of(*one[2:])])  # type: ignore[arg-type]
            for one in question.options
        ]
        free, is_day = question.column == "purpose", question.column == "date"
        needs = Mistake("answer_needed", wanted=wanted(column, self.context.data.known.at(reading.log)))
        shown = [one.spellings[0] for one in choices]
        if free:
            shown = [f"{number}  {text}" for number, text in enumerate(shown, 1)]
        today = self.context.today
        return Inquiry(
            f"{MARGIN}{name[0].upper()}{name[1:]}?",
            self.read_staff if question.column == "staff" else self.reader_of(choices, needs, free),
            enter=today.isoformat() if is_day else "",
            bracket=self.words("ask.today", day=self.words.weekday(today)) if is_day else "",
            hint=self.talk.say("or_new_words") if free and choices else "",
            above=in_columns(shown) if shown else (),
            words=[text for one in choices for text in one.spellings],
        )

    def read_staff(self, text: str) -> LinePiece:
        """Who of the team gave the hours. Raises Mistake."""
        found = self.context.finder.find(text)
        if not found.taken:
            raise (
                person_may_be(text, found, self.context.finder)
                if found.persons
                else Mistake("not_a_person", text=text)
            )
        return LinePiece(-1, -1, "staff", found.taken)

    def reader_of(
        self, choices: Sequence[Choice[LinePiece]], needs: Mistake, free: bool
    ) -> Callable[[str], LinePiece | str]:
        """Reads a choice, or words to be read with the line; a purpose may be any words."""

        def read(text: str) -> LinePiece | str:
            if not text:
                raise needs
            try:
                return pick_choice(text, choices, numbered=free)
            except NoChoice:
                if choices and not free:
                    raise
            return LinePiece(-1, -1, "purpose", text.strip('"«» ')) if free else text

        return read
