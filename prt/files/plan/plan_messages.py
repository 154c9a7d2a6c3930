"""What pydantic found wrong with the shape of a plan, in the words of whoever writes one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from prt.files.plan.pieces import Detail, Met
from prt.files.yaml.document import Path, YamlFile
from prt.files.yaml.syntax_messages import SHOWN
from prt.model.text import Unquoted
from prt.problems import Mistake, Place
from prt.text import before_more, did_you_mean, shorten
from prt.values import dataclass, replace

NOUNS = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2024-10-16",
    "string_type": "text",
    "tuple_type": "a list",
    "too_short": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values: {kind: …}",
}
NEEDED = {
    "Baseline": "{value: 66, date: 2024-06-30}",
    "Quantity": "{count: rows}, {sum: column, of: rows} or {distinct: column, of: rows}",
    "Selection": '{log: sessions, where: {line: "1.1"}}, or the name of a selection',
}
"""What a mapping of a class may look like, where a number or a word is often written in its place."""
NAMED = re.compile(r"volets\.(\d+)(?:\.lines\.(\d+)(?:\.indicators\.(\d+))?)?\.?|(period|round)s\.(\d+)\.?")


@dataclass(frozen=True)
class Refused:
    """All that pydantic says about the value at one path of the file."""

    file: YamlFile
    path: Path
    details: Sequence[Detail]
    met: Met

    @property
    def first(self) -> Detail:
        return self.details[0]

    @property
    def value(self) -> Any:
        return self.first["input"]

    @property
    def last_step(self) -> str | int:
        """The last word of pydantic's own path: a key that the file may not have."""
        step: str | int = self.first["loc"][-1] if self.first["loc"] else ""
        return step

    @property
    def text(self) -> str:
        return shorten(self.file.text(self.path), SHOWN)

    @property
    def place(self) -> Place:
        return self.file.place(self.path)


PlacedMistake = tuple[Place, Mistake]


def tell_refused(refused: Refused) -> PlacedMistake:
    """The place and the mistake, in plain words, of a value that pydantic refused."""
    if refused.last_step == "[key]":
        return wrong_key(refused)
    return TELLERS.get(refused.first["type"], wrong_value)(refused)


def by_ids(path: str, plan: Any) -> str:
    """`1.1.workshops target.by` for `volets.0.lines.0.indicators.2.target.by`; as it is without ids."""
    found = NAMED.match(path)
    if not found:
        return path
    volet, line, indicator, kind, number = found.groups()
    try:
        if kind:
            name = f"{kind} {id_of(plan[f'{kind}s'][int(number)])}"
        else:
            name = of_volet(plan["volets"][int(volet)], line, indicator)
    except (KeyError, IndexError, TypeError):
        return path
    return f"{name} {path[found.end() :]}".rstrip()


def of_volet(volet: Any, line: str | None, indicator: str | None) -> str:
    if line is None:
        return f"volet {id_of(volet)}"
    place = volet["lines"][int(line)]
    if indicator is None:
        return f"line {id_of(place)}"
    return f"{id_of(place)}.{id_of(place['indicators'][int(indicator)])}"


def id_of(place: Any) -> str | int | Decimal:
    """Raises TypeError where it is something that nothing is called by."""
    found = place["id"]
    if not isinstance(found, str | int | Decimal):
        raise TypeError
    return found


def unknown_key(refused: Refused) -> PlacedMistake:
    """The key, and those that may stand there instead."""
    key = refused.path[-1]
    cls = refused.met.get(id(refused.file.follow(refused.path[:-1])[1].value))
    keys = [field.key for field in cls.fields.values()] if cls else []
    hint = before_more(did_you_mean(str(key), keys))
    mistake = Mistake("unknown_key", key=key, hint=hint, keys=", ".join(keys))
    return refused.file.key_place(refused.path), mistake


def wrong_key(refused: Refused) -> PlacedMistake:
    key, place = refused.value, refused.file.key_place(refused.path)
    if refused.first["type"] == "int_type":
        return place, Mistake("key_not_whole_number", key=key)
    return place, Mistake("key_is_number", key=key)


def tell_missing(refused: Refused) -> PlacedMistake:
    key = refused.last_step
    if isinstance(key, int):
        return refused.place, Mistake("too_few_values")
    return below(mapping_at(refused.file, refused.path), key), not_there(key)


def mapping_at(file: YamlFile, path: Path) -> Place:
    """The mapping that a key is missing from; the name of a union's member may be a key of it as well."""
    while path and not isinstance(file.follow(path)[1].value, dict):
        path = path[:-1]
    return file.place(path)


def missing_kind(refused: Refused) -> PlacedMistake:
    return below(refused.place, "kind"), not_there("kind")


def not_there(key: str) -> Mistake:
    return Mistake("key_missing", key=key)


def below(place: Place, key: str) -> Place:
    return replace(place, path=f"{place.path}.{key}" if place.path else key)


def unknown_kind(refused: Refused) -> PlacedMistake:
    kinds = words(refused.first["ctx"]["expected_tags"])
    tag = refused.first["ctx"]["tag"]
    hint = before_more(did_you_mean(tag, kinds))
    place = refused.file.place((*refused.path, "kind"))
    return place, Mistake("unknown_kind", kind=tag, hint=hint, kinds=", ".join(kinds))


def too_few(refused: Refused) -> PlacedMistake:
    return refused.place, Mistake("list_empty")


def too_many(refused: Refused) -> PlacedMistake:
    most = refused.first["ctx"]["max_length"]
    return refused.place, Mistake("too_many_values", most=most)


def no_population(refused: Refused) -> PlacedMistake:
    return refused.place, Mistake("not_a_population", why=refused.first["msg"])


def own_words(refused: Refused) -> PlacedMistake:
    """The mistake that a validator of our own raised."""
    error = refused.first["ctx"]["error"]
    return refused.place, error if isinstance(error, Mistake) else Mistake("refused_by_model", why=error)


def wrong_value(refused: Refused) -> PlacedMistake:
    if refused.value is None:
        return refused.place, Mistake("nothing_written", wanted=nouns(refused))
    if {detail["type"] for detail in refused.details} == {"string_type"}:
        return refused.place, not_text(refused.text, refused.value)
    choices = [choice for detail in refused.details for choice in choices_of(detail)]
    value, hint = what_is(refused.text, refused.value), before_more(did_you_mean(refused.text, choices))
    return refused.place, Mistake("value_cannot_stand", value=value, hint=hint, wanted=nouns(refused))


def not_text(text: str, value: Any) -> Mistake:
    if isinstance(value, Decimal):
        shorter = text.rstrip("0").rstrip(".")
        longer = text if shorter != text else f"{text}0"
        return Mistake("decimal_for_text", text=text, longer=longer, shorter=shorter)
    if isinstance(value, bool | Unquoted):
        return Mistake("boolean_for_text", text=text)
    if isinstance(value, dt.date):
        return Mistake("date_for_text", text=text)
    if isinstance(value, int):
        return Mistake("number_for_text", text=text)
    return Mistake("value_is_no_text", value=what_is(text, value))


def what_is(text: str, value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else f'"{text}"'


def nouns(refused: Refused) -> str:
    """The kinds of value that could stand there: `a whole number or due`."""
    return " or ".join(dict.fromkeys(noun(detail) for detail in refused.details))


def noun(detail: Detail) -> str:
    choices = choices_of(detail)
    if len(choices) > 1:
        return f"one of: {', '.join(choices)}"
    if detail["type"] == "model_type" and (keys := NEEDED.get(detail["ctx"]["class_name"])):
        return f"keys and values: {keys}"
    return choices[0] if choices else NOUNS.get(detail["type"], "another value")


def choices_of(detail: Detail) -> list[str]:
    """The words that a fixed list allows."""
    return words(detail["ctx"]["expected"]) if detail["type"] == "literal_error" else []


def words(listed: str) -> list[str]:
    """`'en' or 'fr'` as a list."""
    return [word.strip("'") for word in listed.replace(" or ", ", ").split(", ")]


TELLERS: dict[str, Callable[[Refused], PlacedMistake]] = {
    "extra_forbidden": unknown_key,
    "missing": tell_missing,
    "union_tag_not_found": missing_kind,
    "union_tag_invalid": unknown_kind,
    "too_short": too_few,
    "too_long": too_many,
    "population": no_population,
    "value_error": own_words,
}
