"""The cast: who held which role where. Everyone is invented, and called Sample or Exemple."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from prt.model.ids import new_id
from prt.text import fold_text
from prt.values import dataclass

CellTexts = dict[str, str]

BOARD_SIZES = {  # Community Development Agents, principals, and the name of the centres of each board
    "CQSB": (5, 4, "Maplebrook"),
    "EMSB": (8, 6, "Stonefield"),
    "ESSB": (3, 2, "Grande-Anse"),
    "ETSB": (5, 4, "Lac-Fictif"),
    "LBPSB": (5, 4, "Harbourside"),
    "NFSB": (3, 2, "Cedar Point"),
    "RSB": (5, 4, "Rivière-Exemple"),
    "SWLSB": (4, 4, "Sampleton"),
    "WQSB": (4, 3, "Val-Inventé"),
    "CSSL": (1, 1, "Belle-Rive"),
    "HA": (1, 1, "Elmhollow"),
}
STAFF_COUNT, AGENT_COUNT = 5, 12
HIRINGS = (  # board and first day of each new CDA
    ("EMSB", "2024-08-19"), ("CQSB", "2024-08-19"), ("RSB", "2024-08-26"), ("WQSB", "2024-09-03"),
    ("SWLSB", "2024-09-09"), ("ESSB", "2024-09-16"), ("LBPSB", "2024-11-04"), ("NFSB", "2025-01-13"),
    ("EMSB", "2025-02-24"),
)  # fmt: skip
DEPARTURE = ("NFSB", "2024-12-20")
TRANSFER = ("RSB", "2025-01-10", "ETSB", "2025-01-13")
FIRST_NAMES = """
    Adèle Alan Alice Amir Anika Arthur Béatrice Ben Camille Carlos Cécile Chloé Claire Colin Diane Diego
    Elena Émile Étienne Farah Félix Fiona Gabriel Georgia Hassan Hélène Hugo Inès Irène Isaac Jade Jeanne
    Joël Julia Karim Laura Léa Liam Louis Lucie Maïté Marc Mei Nadia Noah Nora Olivier Oscar Paula Philip
    Rachel Rémi Rosalie Samuel Sofia Théo Victor Yasmine Yves Zoé
"""
SURNAMES = ("Sample", "Exemple")


@dataclass(frozen=True)
class Post:
    """One role held by one person: a row of people.csv."""

    id: str
    role: str
    board: str = ""
    centre: str = ""
    start: str = ""
    end: str = ""
    new_in: str = ""

    def held_on(self, day: str) -> bool:
        return (not self.start or self.start <= day) and (not self.end or day <= self.end)

    def cells(self) -> CellTexts:
        return dict(vars(self))


class Cast:
    """Every post of the year. `keen` people come to most of what they are invited to."""

    def __init__(self, draw: Random) -> None:
        self.taken: set[str] = set()
        self.draw = draw
        self.posts = [*self.staff(), *self.agents(), *self.of_boards(), *self.hired()]
        self.change_posts()
        self.keen = {one.id for one in self.posts if draw.random() < 0.7}
        self._on: dict[tuple[str, str], list[Post]] = {}
        self.names = self.draw_names()

    def person(self) -> str:
        found = new_id("p", None, self.taken, self.draw)
        self.taken.add(found)
        return found

    def staff(self) -> Iterator[Post]:
        for _ in range(STAFF_COUNT):
            yield Post(self.person(), "prt-staff")

    def agents(self) -> Iterator[Post]:
        for board in self.draw.choices(list(BOARD_SIZES)[:9], k=AGENT_COUNT):
            yield Post(self.person(), "transition-agent", board)

    def of_boards(self) -> Iterator[Post]:
        """CDAs, principals and the representative of each board; that of the smallest is its principal."""
        for board, (cdas, principals, _) in BOARD_SIZES.items():
            hired = sum(board == one for one, _ in HIRINGS)
            for number in range(hired, cdas):
                yield Post(self.person(), "cda", board, centre_name(board, number))
            leaders = [self.person() for _ in range(principals)]
            for number, leader in enumerate(leaders):
                yield Post(leader, "principal", board, centre_name(board, number))
            yield Post(leaders[0] if board == "HA" else self.person(), "sb-rep", board)

    def hired(self) -> Iterator[Post]:
        for place, (board, start) in enumerate(HIRINGS):
            number = sum(board == one for one, _ in HIRINGS[:place])
            yield Post(self.person(), "cda", board, centre_name(board, number), start, new_in="2024-2025")

    def change_posts(self) -> None:
        """One CDA leaves, another goes to a centre of another board."""
        self.end_post(*DEPARTURE)
        board, last, other, first = TRANSFER
        moved = self.end_post(board, last)
        self.posts.append(Post(moved.id, "cda", other, centre_name(other, 5), first))

    def end_post(self, board: str, last: str) -> Post:
        at = next(
            place
            for place, one in enumerate(self.posts)
            if one.role == "cda" and one.board == board and not one.start
        )
        one = self.posts[at]
        self.posts[at] = Post(one.id, one.role, one.board, one.centre, end=last)
        return one

    def on(self, day: dt.date, role: str) -> list[Post]:
        """Who held this role on a day."""
        key = (day.isoformat(), role)
        if key not in self._on:
            self._on[key] = [one for one in self.posts if one.role == role and one.held_on(key[0])]
        return self._on[key]

    def draw_names(self) -> dict[str, tuple[str, str]]:
        """The name and the e-mail of each person."""
        people = list(dict.fromkeys(one.id for one in self.posts))
        full = [f"{first} {last}" for last in SURNAMES for first in FIRST_NAMES.split()]
        return {
            person: (name, f"{fold_text(name).replace(' ', '.')}@school.example")
            for person, name in zip(people, self.draw.sample(full, k=len(people)), strict=True)
        }

    def roster(self) -> list[CellTexts]:
        """Rows of names.csv."""
        return [{"id": person, "name": name, "email": email} for person, (name, email) in self.names.items()]


def centre_name(board: str, number: int) -> str:
    return f"{BOARD_SIZES[board][2]} CLC {number + 1}"
