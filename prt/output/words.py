"""The words of one language: what statuses, logs, columns and values are called, and how rows are described.

All words stand in templates/words.yaml; a plan's vocabularies and the organisations' names come from the
project. A word that does not exist is a KeyError: a misspelt key never prints an empty text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from prt.files.yaml.words import read_topic, say_weekday
from prt.model.cells import Known, YesNoCell
from prt.model.plan import Plan, known_of
from prt.model.populations import AnyoneIn, OrganisationsQuery, PeopleQuery
from prt.model.rows import LINE_COLUMNS, SESSION, Row
from prt.model.selections import Condition, Flat, Selection, column_of, is_organisation, owner, read_one
from prt.model.text import ForeignText, Label, Language
from prt.output.numbers import Raised, day_text, format_exact, format_hours
from prt.problems import say_date
from prt.text import compile_later, fold_text


class Phrases:
    """`phrases("tally.met", n="3")` → `3 met`: words that need no plan."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __contains__(self, word: str) -> bool:
        return f"{word}.{self.language}" in read_topic(word.partition(".")[0])

    def __call__(self, word: str, **parts: str) -> str:
        text = read_topic(word.partition(".")[0])[f"{word}.{self.language}"]
        if "^" not in text and "{" not in text:
            return text
        text = elide(text, parts) if self.language == "fr" else text
        raised = "^" in text
        plain = RAISED.sub(lambda found: "º" if found[1] == "o" else found[1], text) if raised else text
        if raised or [part for part in parts.values() if isinstance(part, (Raised, ForeignText))]:
            return Raised(plain.format_map(parts), raised_html(text, parts))
        return plain.format_map(parts)

    def topic(self, topic: str) -> list[str]:
        """Every text of one topic, in the order of the file."""
        return [text for key, text in read_topic(topic).items() if key.endswith(f".{self.language}")]

    def counted(self, word: str, number: int | Fraction, **parts: str) -> str:
        """A word that depends on a number: French says *0 cible*, English *0 targets*."""
        single = number < 2 if self.language == "fr" else number == 1
        form = word if word in self else f"{word}.{'one' if single else 'other'}"
        return self(form, n=format_exact(Fraction(number), "", self.language), **parts)


class Words(Phrases):
    """The words of a plan too. `organisations` are the rows of organisations.csv."""

    def __init__(self, language: Language, plan: Plan, organisations: Iterable[Row] = ()) -> None:
        super().__init__(language)
        self.plan = plan
        self.organisations: Mapping[str, Row] = {row["code"]: row for row in organisations}

    @cached_property
    def known(self) -> Known:
        """Spellings that the plan may use for the values of its conditions."""
        return known_of(self.plan, self.organisations.values())

    def column(self, selection: Selection, name: str) -> str:
        """What a column of these rows is called: `participants`."""
        return self.column_name(self.flat(selection).log, name)

    def column_name(self, log: str, name: str) -> str:
        log, name = owner(log, name), name.removeprefix(SESSION)
        return self.word_of_column("column", log, name) or self(f"column.{name}")

    def word_of_column(self, topic: str, log: str, name: str) -> str:
        """The word of a column under a topic: its own in this log, or that of its name; "" where it has none.

        Of a column that the plan adds the plan says what it is called, and what it is; nobody the rest.
        """
        if own := self.plan.own_column(log, name):
            said = {"column": own.label, "described": own.help}.get(topic)
            return said.to(self.language) if said else ""
        keys = (f"{topic}.{log}.{name}", f"{topic}.{name}")
        return next((self(key) for key in keys if key in self), "")

    def different(self, selection: Selection, name: str) -> str:
        """Values of a column, each counted once: `different people`."""
        log, bare = owner(self.flat(selection).log, name), name.removeprefix(SESSION)
        word = f"different.{bare}"
        if word in self and not self.plan.own_column(log, bare):
            return self(word)
        return self("different.any", column=self.column(selection, name))

    def of_column(self, selection: Selection, name: str) -> str:
        """A column whose numbers are added up, after *total*: `des heures`, `du champ « distance »`."""
        log = owner(self.flat(selection).log, name)
        word = "of_column.own" if self.plan.own_column(log, name.removeprefix(SESSION)) else "of_column.any"
        return self(word, column=self.column(selection, name))

    def several(self, selection: Selection, name: str) -> str:
        """Values of a column as things that are listed: `people`, `thèmes`."""
        return ADJECTIVE.sub("", self.different(selection, name))

    def amount(self, selection: Selection, name: str, number: int | Fraction) -> str:
        """A number as those of a column are shown: `1.5 h`."""
        return self.value(self.flat(selection).log, name, number)

    def text(self, label: Label) -> str:
        """A text of the plan in this language."""
        return label.to(self.language)

    def flat(self, selection: Selection) -> Flat:
        return selection.flat(self.plan.selections)

    def rows(self, selection: Selection) -> str:
        """`held sessions of line 1.1 (format: full day or half day)`."""
        flat = self.flat(selection)
        return self.conditional(self(f"log.{flat.log}" if flat.asks_status else self.held(flat.log)), flat)

    def rows_of(self, selections: Sequence[Selection]) -> str:
        """The rows of several selections, one after the other."""
        *first, last = map(self.rows, selections)
        return self("condition.and", first=", ".join(first), last=last) if first else last

    def held(self, log: str) -> str:
        """The word for rows of which only those of held sessions count, where a log has sessions."""
        return f"held.{log}" if f"held.{log}" in self else f"log.{log}"

    def conditional(self, noun: str, flat: Flat) -> str:
        """The noun with every condition that a row must meet; that of the line comes first."""
        said = []
        for name, condition in flat.conditions:
            if name in LINE_COLUMNS and condition.any_of:
                noun = self("condition.line", noun=noun, values=self.alternatives(list(condition.any_of)))
            else:
                said.append(self.condition(flat.log, name, condition))
        if flat.when:
            said.append(self("condition.when", column=self.column_name(flat.log, flat.when)))
        return self("condition.where", noun=noun, conditions="; ".join(said)) if said else noun

    def condition(self, log: str, name: str, condition: Condition) -> str:
        """`format: full day or half day`; several tests of one column one after the other."""
        column = self.column_name(log, name)
        texts = {key: self.labels(log, name, cells) for key, cells in cells_of(condition).items()}
        said = []
        holds = f"condition.holds.{name}" in self and not self.plan.own_column(log, name)
        if holds and texts["is"] == [self("value.any.yes")]:
            said.append(self(f"condition.holds.{name}"))
        elif texts["is"]:
            said.append(self("condition.is", column=column, values=self.alternatives(texts["is"])))
        if texts["not"]:
            said.append(self.other_than(log, name, column, texts["not"]))
        if condition.present is not None:
            said.append(self("condition.present" if condition.present else "condition.absent", column=column))
        if span := "_".join(key for key in ("from", "to") if texts[key]):
            ends = {"first": "".join(texts["from"]), "last": "".join(texts["to"])}
            said.append(self(SPANS[span], column=column, **ends))
        return "; ".join(said)

    def other_than(self, log: str, name: str, column: str, values: list[str]) -> str:
        """*Not no* is *yes or not stated*: an empty cell passes too."""
        if isinstance(column_of(self.plan, log, name).cell, YesNoCell) and len(values) == 1:
            word = "condition.not_no" if values[0] == self("value.any.no") else "condition.not_yes"
            return self(word, column=column)
        return self("condition.not", column=column, values=self.alternatives(values))

    def labels(self, log: str, name: str, cells: Iterable[str]) -> list[str]:
        """What the values that a condition names are called."""
        cell, where = column_of(self.plan, log, name).cell, owner(log, name)
        values = [read_one(cell, text, self.known.at(where), name) for text in cells]
        return [self.value(where, name, value) for value in values]

    def alternatives(self, texts: list[str]) -> str:
        if len(texts) == 1:
            return texts[0]
        return self("condition.or", first=", ".join(texts[:-1]), last=texts[-1])

    def population(self, population: Any) -> str:
        """`people in post at the cut-off (role: CDA)`."""
        if isinstance(population, AnyoneIn):
            noun = self.different(population.anyone_in, population.by)
            return self("population.anyone_in", noun=noun, of=self.rows(population.anyone_in))
        if isinstance(population, OrganisationsQuery):
            where = tuple(population.organisations.items())
            return self.conditional(self("log.organisations"), Flat("organisations", where, None))
        assert isinstance(population, PeopleQuery)
        return self.conditional(
            self.in_post(population), Flat("people", tuple(population.people.items()), None)
        )

    def in_post(self, population: PeopleQuery) -> str:
        noun = self("log.people")
        if isinstance(population.as_of, dt.date):
            return self("population.day", noun=noun, day=day_text(population.as_of, self.language))
        return self(f"population.{population.as_of}", noun=noun)

    def value(self, log: str, column: str, value: Any) -> str:
        """A cell as a reader is shown it: the label of a code, the name of an organisation, a date."""
        log, column = owner(log, column), column.removeprefix(SESSION)
        if value is None or value == ():
            return self("value.any.unknown")
        if isinstance(value, tuple):
            return ", ".join(self.value(log, column, one) for one in value)
        if isinstance(value, bool):
            return self("value.any.yes" if value else "value.any.no")
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, (int, Fraction)):
            unit = column_of(self.plan, log, column).cell.unit
            if unit == "h":
                return format_hours(Fraction(value), self.language)
            return format_exact(Fraction(value), unit, self.language)
        return self.label(log, column, value)

    def weekday(self, day: dt.date) -> str:
        """`Wed 12 Feb 2025`, `mer. 12 févr. 2025`: a date as the terminal says it."""
        return say_weekday(day, self.language)

    def date(self, day: dt.date) -> str:
        """`12 Feb 2025`, `12 févr. 2025`: the same without the day of the week."""
        return say_date(day, self.language)

    def short_date(self, day: dt.date) -> str:
        """`12 Feb`, `12 févr.`: the same without the year."""
        return say_date(day, self.language).removesuffix(f" {day.year}")

    def days(self, row: Row, say: Callable[[dt.date], str]) -> str:
        """The day of a row, or all days of a session, in one manner: `16–17 Oct 2024`, `Oct. 16–17, 2024`."""
        first, last = (row[name] if name in row.index else None for name in ("date", "last_day"))
        if first is None or last is None or first == last:
            return say(row.day)
        if (last - first).days > 1 or last.month != first.month:
            return self("report.short_span", first=say(first), last=say(last))
        number = "1er" if first.day == 1 and self.language == "fr" else str(first.day)
        two = self("report.two_days", first=number, last=str(last.day))
        return say(last).replace(str(last.day), two, 1)

    def vocabulary(self, log: str, column: str) -> Mapping[str, Label]:
        """The plan's own words for a column, in its order."""
        return self.plan.words_of(log, column)

    def order(self, log: str, column: str, value: Any) -> tuple[Any, ...]:
        """The place of a value among others: as the plan's vocabulary has it, else as the language sorts it.

        *Other*, then *unknown* are last.
        """
        log, column = owner(log, column), column.removeprefix(SESSION)
        if value is None or value == ():
            return (4,)
        if value == "other":
            return (3,)
        codes = list(self.vocabulary(log, column))
        if value in codes:
            return 0, codes.index(value)
        if isinstance(value, (int, Fraction, dt.date)):
            return 1, value
        text = self.value(log, column, value)
        return 2, fold_text(text), text

    def label(self, log: str, column: str, code: str) -> str:
        """What a code is called by the plan, the program or the list of organisations; else the code."""
        labels = self.vocabulary(log, column)
        if code in labels:
            return labels[code].to(self.language)
        if own := self.plan.own_column(log, column):
            is_answer = own.type == "yes-no" and code in ("yes", "no")
            return self(f"value.any.{code}") if is_answer else code
        if f"value.{column}.{code}" in self:
            return self(f"value.{column}.{code}")
        if code in self.organisations and is_organisation(self.plan, log, column):
            return str(self.organisations[code][f"name_{self.language}"])
        return code


ADJECTIVE = compile_later(r"^distinct | différente?s")
RAISED = compile_later(r"\^(\w+)\^")
"""`n^o^`: letters of our words that stand higher."""


def raised_html(text: str, parts: Mapping[str, str]) -> str:
    """`n<sup>o</sup> 2`; what is filled in is escaped, and says in which language it is."""
    from markupsafe import escape  # 2 ms, for a page with such letters

    raised = RAISED.sub(r"<sup>\1</sup>", str(escape(text)))
    return raised.format_map({name: escape(with_language(part)) for name, part in parts.items()})


def with_language(text: Any) -> Any:
    """A text as a page prints it: one in the other language inside an element that says so."""
    if not isinstance(text, ForeignText):
        return text
    from markupsafe import Markup  # 2 ms, as above

    return Markup('<span lang="{}">{}</span>').format(text.language, str(text))


VOWELS = tuple("aàâeéèêiîoôuyœ")


def elide(text: str, parts: Mapping[str, str]) -> str:
    """`de {of}` and `que {values}` before a vowel: `nombre d’activités`."""
    for name, part in parts.items():
        if part.lower().startswith(VOWELS):
            for word in ("de", "que"):
                text = text.replace(f" {word} {{{name}}}", f" {word[:-1]}’{{{name}}}")
    return text


SPANS = {"from": "condition.from", "to": "condition.to", "from_to": "condition.between"}


def cells_of(condition: Condition) -> dict[str, tuple[str, ...]]:
    """The texts that a condition names, under what they are for."""
    return {
        "is": condition.any_of or (),
        "not": condition.none_of or (),
        "from": () if condition.first is None else (condition.first,),
        "to": () if condition.last is None else (condition.last,),
    }
