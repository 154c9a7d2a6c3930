"""Another prt writes between what a command read and its lock: nothing is lost, doubled or told as one's own."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from prt.files.project import Year
from prt.files.store import journal
from tests.conftest import only_in_ci, some
from tests.processes import run_command
from tests.project import WORKSHOP, Prt

ANYWAY = "--anyway errors,actions,no-data"
NAMES = "id,name,email,other_names\np-aaaa,Anne Roy,,\np-bbbb,Ben Sample,,\np-cccc,Cy Exemple,,\n"
HOURS = "log accompaniment --date 2024-11-20 --hours 2 --staff p-cccc --person p-aaaa --objective other"
MORE_HOURS = HOURS.replace("2024-11-20", "2024-11-21")


@pytest.fixture
def meanwhile(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """The next command waits for its lock until another process has done this."""
    prt.people("p-aaaa,cda,EMSB,,,,,", "p-bbbb,cda,RSB,,,,,", "p-cccc,prt-staff,,,,,,")
    private = prt.root / "data" / "private"
    private.mkdir(mode=0o700)
    (private / "names.csv").write_text(NAMES, encoding="utf-8")
    lock, waiting = journal.enter_lock, list[str]()

    @contextmanager
    def after_another(*given: Any, **more: Any) -> Iterator[None]:
        while waiting:
            code, said = run_command(waiting.pop())
            assert code == 0, said
        with lock(*given, **more):
            yield

    monkeypatch.setattr(journal, "enter_lock", after_another)
    yield waiting.append
    assert not waiting, "the other process never ran"


def rows(prt: Prt, name: str) -> list[str]:
    return (prt.root / "data" / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()[1:]


@pytest.mark.parametrize(
    ("typed", "other", "moved"),
    some(
        [
            (MORE_HOURS, WORKSHOP, "3a.hours"),
            ("people add --role cda --board EMSB", WORKSHOP, ""),
            ("people end p-bbbb --on 2024-10-01", WORKSHOP, ""),
            ("people merge p-aaaa p-bbbb --yes", WORKSHOP, "1.2"),
            ("people merge p-aaaa p-bbbb --yes", MORE_HOURS, "1.2"),
            ("people import {list} --role teacher --yes", WORKSHOP, ""),
            ("org add NEW --type other --name-en New --name-fr Nouveau", WORKSHOP, ""),
            (f"submit --period 1 {ANYWAY}", WORKSHOP, "4.reports"),
        ],
        4,
    ),
)
def test_what_moved_is_ones_own(
    prt: Prt, meanwhile: Callable[[str], None], typed: str, other: str, moved: str
) -> None:
    """Case D20."""
    (prt.root.parent / "list.csv").write_text("Name,Board\nKim Sample,EMSB\n", encoding="utf-8")
    prt(HOURS)
    meanwhile(other)
    out = prt(typed.format(list=prt.root.parent / "list.csv"))
    assert "1.1.workshops" not in out
    assert ("3a.hours" in out) is (moved == "3a.hours")


def test_where_nobody_came_meanwhile_the_year_is_read_once(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    read, years = Year.read, list[Year]()

    def counted(year: Year, *logs: Any) -> None:
        years.append(year)
        read(year, *logs)

    monkeypatch.setattr(Year, "read", counted)
    prt(WORKSHOP)
    assert len(years) == 1


def test_a_merge_takes_the_rows_that_came_meanwhile(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    prt(HOURS)
    meanwhile(MORE_HOURS)
    assert "accompaniment.csv   2 rows" in prt("people merge p-aaaa p-bbbb --yes")
    assert all("p-bbbb" in line and "p-aaaa" not in line for line in prt.lines("accompaniment"))


def test_no_row_gets_the_id_of_somebody_who_is_gone(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    prt(HOURS)
    meanwhile("people merge p-bbbb p-cccc --yes")
    prt("people merge p-aaaa p-bbbb --yes", code=1)
    assert "p-bbbb is another person meanwhile" in prt.err
    assert "p-aaaa" in prt.lines("accompaniment")[0]


def test_one_person_is_added_once(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    add = 'people add --role cda --board EMSB --name "Kim Sample"'
    meanwhile(add)
    prt(add, code=2)
    assert "Kim Sample is p-" in prt.err and "already" in prt.err
    assert sum("Kim" in line for line in rows(prt, "private/names")) == 1


def test_a_list_of_people_is_added_once(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    path = prt.root.parent / "list.csv"
    path.write_text("Name,Board\nKim Sample,EMSB\nLou Sample,RSB\n", encoding="utf-8")
    meanwhile(f"people import {path} --role cda --yes")
    assert "Nothing new: no file was touched." in prt(f"people import {path} --role cda --yes")
    assert "Added" not in prt.out
    assert len(rows(prt, "people")) == 5 and len(rows(prt, "private/names")) == 5


def test_an_organisation_is_added_once(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    meanwhile("org add NEW --type other --name-en Network --name-fr Réseau")
    prt("org add NEW --type other --name-en Other --name-fr Autre", code=2)
    assert '"NEW" is NEW already' in prt.err
    assert sum(line.startswith("NEW,") for line in rows(prt, "organisations")) == 1


@only_in_ci
def test_nobody_who_was_erased_meanwhile_stands_in_a_row(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    prt(HOURS)
    row = prt.last_id("accompaniment")
    meanwhile("people erase p-aaaa --yes")
    prt(MORE_HOURS, code=2)
    assert "p-aaaa" in prt.err
    meanwhile("people erase p-bbbb --yes")
    prt(f"edit {row} --person p-bbbb --why slip", code=2)
    assert "p-bbbb" in prt.err
    assert not [line for line in prt.lines("accompaniment") if "p-aaaa" in line or "p-bbbb" in line]


@only_in_ci
def test_no_imported_row_names_who_was_erased_meanwhile(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    sheet = prt.root.parent / "hours.csv"
    sheet.write_text(
        "date,hours,staff,person,objective\n2024-10-02,1,p-cccc,p-bbbb,other\n", encoding="utf-8"
    )
    meanwhile("people erase p-bbbb --yes")
    prt(f"import {sheet} --into accompaniment --yes", code=1)
    assert "The files were changed meanwhile. Nothing was written" in prt.err
    assert not prt.path("accompaniment").exists()


def test_the_same_thing_is_not_logged_twice(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    meanwhile(WORKSHOP)
    prt(WORKSHOP, code=2)
    assert "is alike" in prt.err
    assert len(prt.lines("sessions")) == 1


@only_in_ci
def test_rows_that_came_meanwhile_do_not_lose_their_session(
    prt: Prt, meanwhile: Callable[[str], None]
) -> None:
    prt(WORKSHOP)
    session = prt.last_id("sessions")
    meanwhile(f"log attendance --session {session} --role cda --person p-aaaa --date 2024-10-16")
    prt(f"remove {session} --why slip", code=1)
    assert "have changed meanwhile. Nothing was removed" in prt.err
    assert len(prt.lines("sessions")) == len(prt.lines("attendance")) == 1


def test_what_came_meanwhile_is_not_submitted_unasked(prt: Prt, meanwhile: Callable[[str], None]) -> None:
    prt(HOURS)
    meanwhile(f"{HOURS.replace('2024-11-20', '2024-10-20')} --note 'Ask Anne Roy' --anyway")
    prt(f"submit --period 1 {ANYWAY}", code=1)
    assert "A name, e-mail or telephone number in what would be kept for good" in prt.err
    assert prt.err.endswith("Nothing was submitted.\n")
    assert not (prt.root / "data" / "2024-2025" / "submitted").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_private_folder_that_is_new_is_its_owners(prt: Prt) -> None:
    prt('people add --role cda --name "Kim Sample"')
    private = prt.root / "data" / "private"
    assert [stat.S_IMODE(one.stat().st_mode) for one in (private, private / "names.csv")] == [0o700, 0o600]
