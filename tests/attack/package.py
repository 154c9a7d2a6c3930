"""The package that others get of a report that was sent, as its reader takes it: each number an equation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tests.attack.printed import Amount, Fact, Reading, Unknowns
from tests.packages import Files, table

PLACES = {"participants": 0, "respondents": 1, "answered": 1, "positive": 2}
"""Of the numbers of a session, which unknown each is."""
SAYS_NOTHING = ("datapackage.json", "indicators.csv", "members.csv", "rows/sessions_boards.csv")
"""What has no number of people: tables without a line, and what says what others are."""


class PackageReading:
    """The package of one report; `reading` is of the report itself, and knows its days."""

    def __init__(self, reading: Reading, files: Files) -> None:
        self.reading, self.files = reading, files
        self.unknowns: Unknowns = reading.unknowns
        self.rows = self.unknowns.rows[reading.number]

    def facts(self) -> Iterator[Fact]:
        """Everything that it has. A table that nobody reads here fails."""
        readers: dict[str, Callable[[Sequence[dict[str, str]]], Iterator[Fact]]] = {
            "figures": self.figures,
            "facts": self.given,
            "rows/sessions": self.sessions,
        }
        for name in self.files:
            lines = table(self.files, name.removesuffix(".csv")) if name.endswith(".csv") else []
            if found := readers.get(name.removesuffix(".csv")):
                yield from found(lines)
            else:
                assert name in SAYS_NOTHING or not lines, name

    def figures(self, lines: Sequence[dict[str, str]]) -> Iterator[Fact]:
        """The percentage, and the number of requests, of each window."""
        for line in lines:
            last = self.reading.sending.period
            periods = range(1, last + 1) if line["window"] == "to_date" else [int(line["window"])]
            if line["indicator"] == "1.1.asked":
                yield from self.reading.count(periods, line["value"])
            elif line["indicator"] == "1.1.it" and line["absent"] != "no_data":
                text = "x" if line["absent"] == "withheld" else f"({line['part']} of {line['whole']})"
                yield from self.reading.share((2, 1), periods, text)

    def given(self, lines: Sequence[dict[str, str]]) -> Iterator[Fact]:
        """What each row gives: only sessions give anything."""
        for line in lines:
            assert (line["log"], line["member"], line["each"]) == ("sessions", "", ""), line
            for text, place in ((line["part"], 2), (line["whole"], 1)):
                if text and line["indicator"] == "1.1.it":
                    yield Fact(self.one(line["row"], place), int(text))

    def sessions(self, lines: Sequence[dict[str, str]]) -> Iterator[Fact]:
        for line in lines:
            for name, place in PLACES.items():
                if line[name]:
                    yield Fact(self.one(line["id"], place), int(line[name]))

    def one(self, row: str, place: int) -> Amount:
        return {self.rows[row][place]: 1}
