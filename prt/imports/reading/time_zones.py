"""The time zone that a calendar names: by its place, by a definition in the file, as Windows calls it, or as
Outlook shows it on the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from prt.text import compile_later, fold_text

OFFSET = compile_later(r"^\((?:utc|gmt)[^)]*\) *")
COUNTRIES = compile_later(r" \((?:us & canada|e\.? ?u\.? et canada|canada)\)$")
SHOWN = {
    "newfoundland": "America/St_Johns", "terre neuve": "America/St_Johns",
    "atlantic time": "America/Halifax", "heure de l'atlantique": "America/Halifax",
    "eastern time": "America/Toronto", "est": "America/Toronto", "heure de l'est": "America/Toronto",
    "central time": "America/Winnipeg", "centre": "America/Winnipeg", "heure du centre": "America/Winnipeg",
    "mountain time": "America/Edmonton", "montagnes rocheuses": "America/Edmonton",
    "heure des rocheuses": "America/Edmonton",
    "pacific time": "America/Vancouver", "pacifique": "America/Vancouver",
    "heure du pacifique": "America/Vancouver",
    "coordinated universal time": "UTC", "temps universel coordonne": "UTC", "tzone://microsoft/utc": "UTC",
}  # fmt: skip
"""Zones of Canada as Windows shows them in both languages, folded, without offset and countries."""


def find_zone(name: str, defined: Iterable[Any]) -> dt.tzinfo | None:
    """The zone of this name; `defined` are the VTIMEZONE parts of the calendar. None where nothing tells."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # 0.25 s, of calendars

    place = place_in(name)
    if "/" not in place and (own := zone_of_file(name, defined)):
        return own
    place = place or WINDOWS_TO_OLSON.get(name) or SHOWN.get(words_of(name), "")
    return ZoneInfo(place) if place in known_places() else None


@cache
def known_places() -> set[str]:
    return available_timezones()


def place_in(name: str) -> str:
    """`America/Toronto`, also behind the name of a program; "" for none."""
    parts = name.split("/")
    return next((place for at in range(len(parts)) if (place := "/".join(parts[at:])) in known_places()), "")


def words_of(name: str) -> str:
    """`(UTC-05:00) Eastern Time (US & Canada)` as `eastern time`."""
    return COUNTRIES.sub("", OFFSET.sub("", fold_text(name)))


def zone_of_file(name: str, defined: Iterable[Any]) -> dt.tzinfo | None:
    """What the calendar itself says of the zone; None of one that cannot be read."""
    for one in defined:
        if str(one.get("TZID", "")) == name:
            try:
                zone: dt.tzinfo = one.to_tz(lookup_tzid=False)
            except Exception:  # a damaged definition fails in a dozen ways, as a damaged calendar does
                return None
            return zone
    return None
