"""What pydantic found wrong with the shape of a plan, in the words of whoever writes one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from prt.files.yamlerrors import shortened
from prt.files.yamlfile import Path, YamlFile
from prt.model.text import Base, Unquoted
from prt.problems import Mistake, Place, did_you_mean

Met = dict[int, type[Base]]
"""Which class each mapping (by its id) was read as."""
Detail = Mapping[str, Any]

NOUNS = {
    "int_type": "a whole number",
    "bool_type": "true or false",
    "date_type": "a date such as 2024-10-16",
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
}


def mistake_of(file: YamlFile, path: Path, details: Sequence[Detail], met: Met) -> tuple[Place, Mistake]:
    """Where it is and what, of all that pydantic says about one place."""
    first = details[0]
    value, kind = first["input"], first["type"]
    place = file.place(path)
    if kind == "extra_forbidden":
        return file.key_place(path), unknown_key(file, path, met)
    if first["loc"][-1:] == ("[key]",):
        return file.key_place(path), wrong_key(first)
    if kind == "missing" and isinstance(first["loc"][-1], int):
        return place, Mistake("the list has too few values", "Write two: [30, 40].")
    if kind == "missing":
        return below(mapping_at(file, path), first["loc"][-1]), missing(first["loc"][-1])
    if kind == "union_tag_not_found":
        return below(place, "kind"), missing("kind")
    if kind == "union_tag_invalid":
        return file.place((*path, "kind")), unknown_kind(first)
    if kind in ("too_short", "too_long"):
        return place, wrong_length(first)
    if kind == "population":
        return place, Mistake(
            first["msg"], "Such as {people: {role: cda}} or {organisations: {counts_as_board: yes}}."
        )
    if kind == "value_error":
        return place, own_words(first["ctx"]["error"])
    return place, wrong_value(file.text(path), value, details)


def mapping_at(file: YamlFile, path: Path) -> Place:
    """The mapping that a key is missing from; the name of a union's member may be a key of it as well."""
    while path and not isinstance(file.follow(path)[1].value, dict):
        path = path[:-1]
    return file.place(path)


def below(place: Place, key: str | int) -> Place:
    path = f"{place.path}.{key}" if place.path else str(key)
    return Place(place.file, place.line, place.column, path)


def own_words(error: Exception) -> Mistake:
    return error if isinstance(error, Mistake) else Mistake(str(error))


def missing(key: str | int) -> Mistake:
    return Mistake(f"{key} is missing", f"Add it here: {key}: …")


def unknown_key(file: YamlFile, path: Path, met: Met) -> Mistake:
    """The key, and what may stand there instead."""
    cls = met.get(id(file.follow(path[:-1])[1].value))
    keys = [field.alias or name for name, field in cls.model_fields.items()] if cls else []
    hint = did_you_mean(str(path[-1]), keys)
    return Mistake(f'there is no key "{path[-1]}" here', f"{hint} Keys: {', '.join(keys)}.".lstrip())


def wrong_key(detail: Detail) -> Mistake:
    key = detail["input"]
    if detail["type"] == "int_type":
        return Mistake(f'the key "{key}" is not a whole number', "Write the number of a period, such as 1.")
    return Mistake(f"the key {key} is a number here", f'Put it in quotes: "{key}".')


def unknown_kind(detail: Detail) -> Mistake:
    kinds = [kind.strip("'") for kind in detail["ctx"]["expected_tags"].split(", ")]
    tag = detail["ctx"]["tag"]
    hint = did_you_mean(tag, kinds)
    return Mistake(f'there is no kind of measure "{tag}"', f"{hint} Kinds: {', '.join(kinds)}.".lstrip())


def wrong_length(detail: Detail) -> Mistake:
    if detail["ctx"].get("max_length"):
        return Mistake(
            f"a list of {detail['ctx']['actual_length']} values", f"It has {detail['ctx']['max_length']}."
        )
    return Mistake("the list is empty", "Write at least one.")


def wrong_value(text: str, value: Any, details: Sequence[Detail]) -> Mistake:
    kinds = {detail["type"] for detail in details}
    if value is None:
        return Mistake("nothing is written here", f"Write {nouns(details)}.")
    if kinds == {"string_type"}:
        return not_text(text, value)
    choices = [choice for detail in details for choice in choices_of(detail)]
    hint = did_you_mean(text, choices)
    remedy = f"{hint} Write {nouns(details)}.".lstrip()
    return Mistake(f"{what_is(text, value)} cannot stand here", remedy)


def not_text(text: str, value: Any) -> Mistake:
    quoted = f'Put it in quotes: "{text}"'
    if isinstance(value, Decimal):
        zero = text if text.endswith("0") else text + "0"
        other = str(Decimal(text).normalize()) if text.endswith("0") else text
        return Mistake(
            f"{text} is a number here", f"{quoted}; to YAML, {zero} and {other} are the same number."
        )
    if isinstance(value, bool | Unquoted):
        return Mistake(f"{text} is a boolean to YAML", f"{quoted}.")
    if isinstance(value, int | dt.date):
        return Mistake(f"{text} is a {'date' if isinstance(value, dt.date) else 'number'} here", f"{quoted}.")
    return Mistake(f"{what_is(text, value)} cannot stand here", "Write one text.")


def what_is(text: str, value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f'"{shortened(text)}"'


def nouns(details: Sequence[Detail]) -> str:
    """What could stand there: `a whole number or due`."""
    found = dict.fromkeys(noun(detail) for detail in details)
    return " or ".join(found)


def noun(detail: Detail) -> str:
    choices = choices_of(detail)
    if choices:
        return choices[0] if len(choices) == 1 else f"one of: {', '.join(choices)}"
    return NOUNS.get(detail["type"], "another value")


def choices_of(detail: Detail) -> list[str]:
    """The words that a fixed list allows."""
    if detail["type"] != "literal_error":
        return []
    return [word.strip("'") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(", ")]
