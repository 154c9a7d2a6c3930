"""What pydantic found wrong with the shape of a plan, in the words of whoever writes one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from prt.files.pieces import Detail, Met
from prt.files.yaml.document import Path, YamlFile
from prt.files.yaml.syntax_messages import SHOWN
from prt.model.text import Unquoted
from prt.problems import EnglishMistake, Mistake, Place
from prt.text import did_you_mean, shorten

NOUNS = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2024-10-16",
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values: {kind: …}",
}
NAMED = re.compile(r"volets\.(\d+)(?:\.lines\.(\d+)(?:\.indicators\.(\d+))?)?\.?|(period|round)s\.(\d+)\.?")
POPULATIONS = "Such as {people: {role: cda}} or {organisations: {counts_as_board: yes}}."


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


Told = tuple[Place, Mistake]


def told(refused: Refused) -> Told:
    """Where it is and what, in plain words."""
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


def unknown_key(refused: Refused) -> Told:
    """The key, and those that may stand there instead."""
    key = refused.path[-1]
    cls = refused.met.get(id(refused.file.follow(refused.path[:-1])[1].value))
    keys = [field.key for field in cls.fields.values()] if cls else []
    remedy = f"{did_you_mean(str(key), keys)} Keys: {', '.join(keys)}.".lstrip()
    return refused.file.key_place(refused.path), EnglishMistake(f'there is no key "{key}" here', remedy)


def wrong_key(refused: Refused) -> Told:
    key, place = refused.value, refused.file.key_place(refused.path)
    if refused.first["type"] == "int_type":
        return place, EnglishMistake(
            f'the key "{key}" is not a whole number', "Write the number of a period: 1."
        )
    return place, EnglishMistake(f"the key {key} is a number here", f'Put it in quotes: "{key}".')


def missing(refused: Refused) -> Told:
    key = refused.last_step
    if isinstance(key, int):
        return refused.place, EnglishMistake("the list has too few values", "Write two: [30, 40].")
    return below(mapping_at(refused.file, refused.path), key), not_there(key)


def mapping_at(file: YamlFile, path: Path) -> Place:
    """The mapping that a key is missing from; the name of a union's member may be a key of it as well."""
    while path and not isinstance(file.follow(path)[1].value, dict):
        path = path[:-1]
    return file.place(path)


def missing_kind(refused: Refused) -> Told:
    return below(refused.place, "kind"), not_there("kind")


def not_there(key: str) -> Mistake:
    return EnglishMistake(f"{key} is missing", f"Add it here: {key}: …")


def below(place: Place, key: str) -> Place:
    return replace(place, path=f"{place.path}.{key}" if place.path else key)


def unknown_kind(refused: Refused) -> Told:
    kinds = words(refused.first["ctx"]["expected_tags"])
    tag = refused.first["ctx"]["tag"]
    remedy = f"{did_you_mean(tag, kinds)} Kinds: {', '.join(kinds)}.".lstrip()
    place = refused.file.place((*refused.path, "kind"))
    return place, EnglishMistake(f'there is no kind of measure "{tag}"', remedy)


def too_few(refused: Refused) -> Told:
    return refused.place, EnglishMistake("the list is empty", "Write at least one.")


def too_many(refused: Refused) -> Told:
    most = refused.first["ctx"]["max_length"]
    return refused.place, EnglishMistake("the list has too many values", f"Write {most}.")


def no_population(refused: Refused) -> Told:
    return refused.place, EnglishMistake(refused.first["msg"], POPULATIONS)


def own_words(refused: Refused) -> Told:
    """What the model itself says: a Mistake of its validators."""
    error = refused.first["ctx"]["error"]
    return refused.place, error if isinstance(error, Mistake) else EnglishMistake(str(error), "Correct it.")


def wrong_value(refused: Refused) -> Told:
    if refused.value is None:
        return refused.place, EnglishMistake("nothing is written here", f"Write {nouns(refused)}.")
    if {detail["type"] for detail in refused.details} == {"string_type"}:
        return refused.place, not_text(refused.text, refused.value)
    choices = [choice for detail in refused.details for choice in choices_of(detail)]
    remedy = f"{did_you_mean(refused.text, choices)} Write {nouns(refused)}.".lstrip()
    return refused.place, EnglishMistake(f"{what_is(refused.text, refused.value)} cannot stand here", remedy)


def not_text(text: str, value: Any) -> Mistake:
    quoted = f'Put it in quotes: "{text}"'
    if isinstance(value, Decimal):
        shorter = text.rstrip("0").rstrip(".")
        longer = text if shorter != text else f"{text}0"
        remedy = f"{quoted}; to YAML, {longer} and {shorter} are the same number."
        return EnglishMistake(f"{text} is a number here", remedy)
    if isinstance(value, bool | Unquoted):
        return EnglishMistake(f"{text} is a boolean to YAML", f"{quoted}.")
    if isinstance(value, int | dt.date):
        kind = "date" if isinstance(value, dt.date) else "number"
        return EnglishMistake(f"{text} is a {kind} here", f"{quoted}.")
    return EnglishMistake(f"{what_is(text, value)} cannot stand here", "Write one text.")


def what_is(text: str, value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else f'"{text}"'


def nouns(refused: Refused) -> str:
    """What could stand there: `a whole number or due`."""
    return " or ".join(dict.fromkeys(noun(detail) for detail in refused.details))


def noun(detail: Detail) -> str:
    choices = choices_of(detail)
    if len(choices) > 1:
        return f"one of: {', '.join(choices)}"
    return choices[0] if choices else NOUNS.get(detail["type"], "another value")


def choices_of(detail: Detail) -> list[str]:
    """The words that a fixed list allows."""
    return words(detail["ctx"]["expected"]) if detail["type"] == "literal_error" else []


def words(listed: str) -> list[str]:
    """`'en' or 'fr'` as a list."""
    return [word.strip("'") for word in listed.replace(" or ", ", ").split(", ")]


TELLERS: dict[str, Callable[[Refused], Told]] = {
    "extra_forbidden": unknown_key,
    "missing": missing,
    "union_tag_not_found": missing_kind,
    "union_tag_invalid": unknown_kind,
    "too_short": too_few,
    "too_long": too_many,
    "population": no_population,
    "value_error": own_words,
}
