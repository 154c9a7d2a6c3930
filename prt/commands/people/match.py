"""`prt people match`: who the unnamed presences of imported lists were."""

from __future__ import annotations

from prt.tasks.imports.match_people import MatchOptions, match_people


def match(options: MatchOptions) -> None:
    """Who the unnamed presences of imported lists were: listed with suggestions, asked on a terminal."""
    match_people(options)
