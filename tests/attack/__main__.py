"""`python -m tests.attack 500`: so many small years, what they withhold, and what both readers find."""

from __future__ import annotations

import sys
import time
from collections import Counter

from prt.figures.withholding.published import numbers
from tests.attack.answers import AnswersReading, draw_answers
from tests.attack.attack import attack
from tests.attack.people import PeopleReading, draw_people
from tests.attack.year import draw_year, made_of, nothing


def main(years: int, first: int = 0) -> int:
    """Prints the table; 1 where something was found."""
    total: Counter[str] = Counter()
    started = time.perf_counter()
    for seed in range(first, first + years):
        sendings = draw_year(seed, corrections=bool(seed % 5))
        made, alone = made_of(sendings), made_of(sendings, nothing)
        total["reports"] += len(sendings)
        total["cells"] += sum(made.cells)
        total["withheld alone"] += sum(numbers(one.withheld) for one in alone.editions)
        total["withheld"] += sum(numbers(one.withheld) for one in made.editions)
        statuses = [key for one in made.editions for key in one.withheld if key[0] == "status"]
        beside = [one for one in made.reports if one.volets[0].lines[0].indicators[0].to_date.number == "x"]
        total["statuses beside x"] += len(beside)
        total["statuses withheld"] += len(statuses)
        found = attack(made)
        total["secrets"] += found.secrets
        for reader, names in found.found.items():
            total[f"found by {reader}"] += len(names)
            for name in names:
                print(f"year {seed}: {reader}: {name}", flush=True)
        total["years that leak"] += any(found.found.values())
    add_people(total, years, first)
    add_answers(total, years, first)
    for name, number in total.items():
        print(f"{name}: {number:,}")
    print(f"{time.perf_counter() - started:.0f} s")
    return int(any(number for name, number in total.items() if name.endswith("that leak")))


def add_people(total: Counter[str], years: int, first: int) -> None:
    """Years of people, who asked so often and came or did not."""
    for seed in range(first, first + years):
        year = draw_people(seed)
        total["cells of people"] += len(year.edition.cells)
        total["withheld of people"] += numbers(year.edition.withheld)
        found = PeopleReading(year).found()
        for name in found:
            print(f"year of people {seed}: {name}", flush=True)
        total["years of people that leak"] += bool(found)


def add_answers(total: Counter[str], years: int, first: int) -> None:
    """Years of answers from 1 to 5, whose means are printed, and of shares that are broken down."""
    for seed in range(first, first + years):
        year = draw_answers(seed)
        reading = AnswersReading(year)
        total["cells of answers"] += sum(len(edition.cells) for edition, _ in year.sendings)
        total["withheld of answers"] += sum(numbers(edition.withheld) for edition, _ in year.sendings)
        found = reading.found()
        for name in found:
            print(f"year of answers {seed}: {name}", flush=True)
        total["years of answers that leak"] += bool(found)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
