"""`prt edit`, `remove`, `undo`, `list`, `show`: as they are typed."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from prt.commands.edit import SWITCHES, edit
from prt.console.signature import declared
from prt.figures.questions import needed_of_nobody
from prt.files.store import store
from prt.model.records import LOGS, row_kinds
from prt.tasks.find.find_logs import find_logs
from tests.answers import TERMINAL, Answers, sit_down
from tests.conftest import only_in_ci
from tests.project import EACH_LINE, WORKSHOP, Prt

UPDATES = (
    "id,date,description,section,url\nu-20250110-aaaa,2025-01-10,News,,\nu-20250111-bbbb,2025-01-11,More,,\n"
)
ATTENDANCE = "id,session,date,person,role,board,minutes\nat-1,{0},2024-10-16,p-1,cda,EMSB,180\nat-2,{0},2024-10-16,,,,\n"
FEEDBACK = "id,session,response,answer,positive\nfb-1,{0},1,Useful,yes\nfb-2,{0},2,Long,no\n"


@pytest.fixture
def prt(prt: Prt) -> Prt:
    """Of the plan a quarter, which says of every log what is said here."""
    prt.shorten_plan("1.1", *EACH_LINE)
    return prt


@pytest.fixture
def session(prt: Prt, kept: Path) -> str:
    """The id of one workshop."""
    prt.once(kept, lambda: prt(WORKSHOP))
    return prt.last_id("sessions")


def with_rows(prt: Prt) -> str:
    """The id of a workshop whose participants and feedback are rows."""
    prt("log workshop --line 1.1 --date 2024-10-16 --title Basics --format full-day")
    session = prt.last_id("sessions")
    prt.write("attendance", ATTENDANCE.format(session))
    prt.write("feedback", FEEDBACK.format(session))
    return session


def test_an_edit_says_what_was_what_is_and_what_moved(prt: Prt, session: str) -> None:
    out = prt(f"edit {session} --positive 17 --why recounted")
    assert "  positive answers  16 → 17\n" in out
    assert "  1.1.positive  88.9% → 94.4%" in out


@pytest.mark.parametrize("part", [slice(None), slice(0, 10), slice(-4, None)])
def test_a_row_is_found_by_its_id_or_one_end_of_it(prt: Prt, session: str, part: slice) -> None:
    assert session in prt(f"edit {session[part]} --participants 25 --why recounted")


def test_the_value_of_an_option_is_not_taken_for_the_row(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,", "p-bbbb,cda,EMSB,,,,,")
    session = with_rows(prt)
    prt.write("attendance", ATTENDANCE.replace("at-1", "r0").replace("p-1", "p-aaaa").format(session))
    prt("edit r0 --person p-bbbb --why slip")
    assert ",p-bbbb,cda,EMSB," in prt.lines("attendance")[0]
    prt("edit --dry-run --person p-aaaa r0 --why=again")
    assert "p-bbbb → p-aaaa" in prt.out


def test_no_value_stands_behind_the_switches_of_an_edit() -> None:
    switches = {name for one in declared(edit, ["edit"]) if one.is_switch for name in one.names}
    assert switches | {"--help", "-h"} == set(SWITCHES)


@pytest.fixture
def busy(prt: Prt, session: str, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """A project where another process logs a second workshop just before each command has the lock."""
    begin, numbers = store.start_action, count(1001)

    def after_another(*given: Any, **more: Any) -> AbstractContextManager[store.Action]:
        cells = prt.lines("sessions")[0].partition(",")[2]
        with prt.path("sessions").open("a", encoding="utf-8") as file:
            file.write(f"w-20241016-{next(numbers)},{cells}\n")
        return begin(*given, **more)

    monkeypatch.setattr(store, "start_action", after_another)
    return prt


@only_in_ci
def test_what_moved_is_what_this_command_moved(busy: Prt, session: str) -> None:
    """There are one workshop and another one, that of another process, when the third is logged."""
    assert "1.1.workshops  2 → 3 of 37" in busy(f"{WORKSHOP} --anyway")
    assert "1.1.workshops" not in busy(f"edit {session} --positive 17 --why recounted")
    assert "1.1.workshops  5 → 4 of 37" in busy(f"remove {session} --why slip")
    assert "1.1.workshops  5 → 6 of 37" in busy("undo")
    assert "1.1.workshops" not in busy("people add --role cda --board EMSB --start 2024-09-01")
    assert "1.1.workshops" not in busy("org add ABC --name-en Abc --name-fr Abc --type other")


def raced(prt: Prt, path: Path, line: str) -> Prt:
    """Another laptop writes this line just before the next command has the lock."""
    begin = store.start_action

    def after_another(*given: Any, **more: Any) -> AbstractContextManager[store.Action]:
        path.write_bytes(path.read_bytes() + line.encode())
        return begin(*given, **more)

    prt.monkeypatch.setattr(store, "start_action", after_another)
    return prt


def test_a_double_that_another_laptop_logs_meanwhile_is_seen(prt: Prt, session: str) -> None:
    line = prt.lines("sessions")[0].replace(session, "w-20241017-aaaa").replace("2024-10-16", "2024-10-17")
    raced(prt, prt.path("sessions"), f"{line}\n")
    prt(WORKSHOP.replace("2024-10-16", "2024-10-17"), code=2)
    assert "w-20241017-aaaa is alike" in prt.err and len(prt.lines("sessions")) == 2


def test_a_person_that_another_laptop_adds_meanwhile_is_seen(prt: Prt) -> None:
    prt('people add --role cda --board EMSB --name "Zoé Sample"')
    names = prt.root / "data" / "private" / "names.csv"
    raced(prt, names, "p-9999,Kim Sample,,\n")
    prt('people add --role cda --board RSB --name "Kim Sample"', code=2)
    assert "Kim Sample is p-9999 already" in prt.err and len(names.read_text().splitlines()) == 3


def test_an_organisation_that_another_laptop_adds_meanwhile_is_seen(prt: Prt) -> None:
    raced(prt, prt.root / "data" / "organisations.csv", "NEW,New,Nouveau,other,no,,\n")
    prt("org add NEW --name-en Network --name-fr Reseau --type other", code=2)
    assert '"NEW" is NEW already' in prt.err


def test_a_row_that_another_laptop_edits_meanwhile_is_not_edited(prt: Prt) -> None:
    prt("log update --date 2025-01-11 --description One")
    name, path = prt.last_id("updates"), prt.path("updates")
    begin = store.start_action

    def after_another(*given: Any, **more: Any) -> AbstractContextManager[store.Action]:
        path.write_bytes(path.read_bytes().replace(b"2025-01-11", b"2025-01-12"))
        return begin(*given, **more)

    prt.monkeypatch.setattr(store, "start_action", after_another)
    prt(f"edit {name} --description Two --why x", code=1)
    assert "another program changed this file in the meantime" in prt.err


def test_a_refused_edit_leaves_no_trace(prt: Prt) -> None:
    prt("log workshop --line 1.1 --date 2024-10-16 --title Été --format full-day")
    session = prt.last_id("sessions")
    prt.write("sessions", prt.path("sessions").read_text(encoding="utf-8-sig").encode("cp1252"))
    prt(f'edit {session} --title "snow ☃" --why y', code=1)
    assert "Nothing was written" in prt.err
    assert not prt.path("corrections").exists()
    out = prt("undo")
    assert out.startswith(
        f"{session} was logged; it is taken out again\n  1.1 Workshops delivered · Wed 16 Oct 2024 · Été · full day\n"
    )


def test_a_warning_of_an_edit_names_its_cell_once(prt: Prt) -> None:
    session = with_rows(prt)
    prt(f"edit {session} --participants 9 --boards RSB --why y")
    warnings = [line for line in prt.err.splitlines() if line.startswith("warning")]
    assert [line.split(" is typed")[0] for line in warnings] == [
        "warning: participants: 9",
        "warning: school boards: RSB",
    ]


def test_one_row_is_no_plural(prt: Prt, session: str) -> None:
    prt(f"log attendance --session {session} --date 2024-10-16")
    prt(f"remove {session} --why y", code=2)
    assert f"{session} has 1 attendance row." in prt.err
    assert "  with 1 attendance row\n" in prt(f"remove {session} --with-rows --why y")
    prt.write("updates", UPDATES.replace("2025-01-10", "2025-13-10"))
    assert "  1 error and 0 warnings in the files" in prt("")


def test_what_is_said_of_rows_is_not_said_of_a_plan(prt: Prt) -> None:
    prt.write("updates", UPDATES.replace("2025-01-10", "2025-13-10"))
    prt("check", code=1)
    assert "A row with an error is left out" in prt.err
    plan = prt.root / "plan" / "2024-2025.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("starts:", "begins:"), encoding="utf-8")
    prt("check", code=1)
    assert "A row with an error is left out" not in prt.err


def test_a_file_to_which_no_row_can_be_added_has_a_remedy(prt: Prt) -> None:
    prt.write("updates", "id,date,date,description\n")
    prt("log update --date 2025-01-10 --description A", code=1)
    assert "no row can be added\n    First put right what is said above" in prt.err


def test_an_id_that_may_be_two_rows_is_refused(prt: Prt, session: str) -> None:
    prt(f"{WORKSHOP} --anyway")
    prt("edit w-2024 --participants 25 --why recounted", code=2)
    assert f"w-2024 may be {session}" in prt.err


def test_an_empty_value_empties(prt: Prt, session: str) -> None:
    out = prt(f'edit {session} --category "" --why "not known"')
    assert "category  Identified outcome area → (empty)" in out
    assert "1.1.outcome-areas  1 → 0 of 27" in out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--why x", "Nothing to change"),
        ("--participants 24 --why x", "Nothing to change"),
        ("--positive 19 --why x", "19 positive of 18 respondents is impossible"),
        ("--positive 19 --why x", "Correct --positive or --respondents."),
        ("--boards Pearsn --why x", 'Did you mean "Pearson"'),
        ("--hours 2 --why x", "No such option"),
        ("--note 'a\x1bb' --why x", "a control character"),
    ],
)
def test_an_edit_that_is_wrong_changes_nothing(prt: Prt, session: str, options: str, words: str) -> None:
    before = prt.path("sessions").read_bytes()
    prt(f"edit {session} {options}", code=2)
    assert words in prt.err
    assert prt.path("sessions").read_bytes() == before


def test_a_mistake_that_was_there_before_does_not_stop_an_edit(prt: Prt) -> None:
    prt.write("sessions", "id,line,date,title,format,boards\nw-1,1.1,2024-10-16,Basics,half-day,Nowhere\n")
    assert "title  Basics → Back to basics" in prt('edit w-1 --title "Back to basics" --why typo')
    assert "1.1.workshops  0 → 1 of 37" in prt("edit w-1 --boards EMSB --why typo")


def test_another_person_brings_another_role_and_board(prt: Prt) -> None:
    prt.people("p-aaaa,cda,EMSB,,,,,", "p-bbbb,principal,RSB,,,,,")
    prt("log request --date 2025-01-10 --person p-aaaa --objective skills")
    out = prt(f"edit {prt.last_id('requests')} --person p-bbbb --why mixed")
    assert "role  CDA → principal" in out
    assert "board  EMSB → RSB" in out


def test_a_dry_edit_writes_nothing(prt: Prt, session: str) -> None:
    before = prt.path("sessions").read_bytes()
    assert "participants  24 → 25" in prt(f"edit {session} --participants 25 --dry-run")
    assert prt.path("sessions").read_bytes() == before


def test_the_help_of_an_edit_has_the_columns_of_that_log(prt: Prt) -> None:
    prt.monkeypatch.setenv("COLUMNS", "200")
    out = prt("edit a-20250110-aaaa --help")
    assert "--hours" in out
    assert "--participants" not in out


def test_a_row_of_another_year_is_named_with_its_year(prt: Prt, session: str) -> None:
    plan = (prt.root / "plan" / "2024-2025.yaml").read_text(encoding="utf-8")
    later = re.sub(r"\b202[4-6]\b", lambda found: str(int(found[0]) + 1), plan)
    (prt.root / "plan" / "2025-2026.yaml").write_text(later, encoding="utf-8")
    prt.monkeypatch.setenv("PRT_TODAY", "2026-02-14")
    assert "data/2024-2025/sessions.csv:2" in prt(f"show {session}")
    prt(f"show {session} --year 2025-2026", code=2)


def test_remove_and_undo_bring_back_the_same_bytes(prt: Prt) -> None:
    prt.write("updates", UPDATES)
    assert "2b.updates 2 → 1" in prt("remove u-20250110-aaaa --why twice")
    assert "u-20250110-aaaa" not in prt.path("updates").read_text()
    assert "u-20250110-aaaa was removed; it is back" in prt("undo")
    assert prt.path("updates").read_text() == UPDATES


def test_a_session_with_rows_is_removed_with_them_or_not_at_all(prt: Prt) -> None:
    session = with_rows(prt)
    prt(f"remove {session} --why test", code=2)
    assert f"{session} has 2 attendance rows and 2 feedback rows" in prt.err
    attendance = prt.path("attendance").read_bytes()
    prt(f"remove {session} --with-rows --why test")
    assert prt.lines("attendance") == prt.lines("feedback") == prt.lines("sessions") == []
    prt("undo --yes")
    assert prt.path("attendance").read_bytes() == attendance
    prt("check")


def test_undo_goes_back_step_by_step(prt: Prt, session: str) -> None:
    prt(f"edit {session} --participants 25 --why recounted")
    assert "participants  25 → 24" in prt("undo")
    assert "1.1.workshops  1 → 0 of 37" in prt("undo")
    prt("undo", code=1)
    assert prt.err.startswith("This laptop has nothing to take back. ") and "prt remove ID" in prt.err


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "1 row of sessions would be taken out again"),
        ("fr", "1 entrée (activités) serait retirée"),
    ],
)
def test_at_a_terminal_undo_shows_the_row_and_asks(prt: Prt, session: str, language: str, shown: str) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt(f"edit {session} --participants 25 --why recounted")
    sit_down(prt.monkeypatch, "y", "")
    prt("undo")
    assert session in prt.lines("sessions")[0] and ",24," in prt.lines("sessions")[0]
    prt("undo", code=1)
    assert shown in prt.err and "Back to basics" in prt.err and "16 " in prt.err
    assert len(prt.lines("sessions")) == 1
    prt("undo --yes")
    assert not prt.path("sessions").exists()


def test_undo_refuses_a_row_that_was_changed_by_hand(prt: Prt, session: str) -> None:
    text = prt.path("sessions").read_text(encoding="utf-8")
    prt.path("sessions").write_text(text.replace(",24,", ",29,"), encoding="utf-8")
    prt("undo", code=1)
    assert f"data/2024-2025/sessions.csv:2: {session} was changed since: participants" in prt.err


@pytest.mark.parametrize("kind", row_kinds())
def test_every_kind_has_a_list(prt: Prt, kind: str) -> None:
    log = row_kinds()[kind]
    assert set(LOGS[log].listed) <= set(LOGS[log].header())
    prt(f"list {kind}")
    assert f"0 rows of {log}, 2024-2025" in prt.err


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ("", ["w-1", "w-2", "w-3"]),
        ("--where line=1.1", ["w-1", "w-3"]),
        ("--where boards=emsb", ["w-1"]),
        ("--where line=1.1 --missing participants", ["w-3"]),
        ("--planned", ["w-3"]),
        ("--period 1", ["w-1"]),
    ],
)
def test_a_list_may_be_narrowed(prt: Prt, options: str, ids: list[str]) -> None:
    prt.write(
        "sessions",
        "id,line,date,title,format,boards,participants,status\n"
        "w-3,1.1,2025-03-18,C,half-day,,,planned\n"
        "w-1,1.1,2024-10-16,A,half-day,EMSB,24,\n"
        "w-2,1.2,2025-01-16,B,two-day,,9,\n",
    )
    rows = csv.DictReader(io.StringIO(prt(f"list workshop --format csv {options}")))
    assert [row["id"] for row in rows] == ids


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("worksop", 'Did you mean "workshop"?'),
        ("workshop --where lin=1", 'Did you mean "line"?'),
        ("workshop --where line=9", '"9" is not a line of the plan'),
        ("workshop --where line", "the value is missing. Write --where line=VALUE"),
        ("workshop --period 4", "The plan has no period 4"),
        ("workshop --format xml", '"xml" is not a format here'),
    ],
)
def test_a_list_that_is_asked_wrongly(prt: Prt, options: str, words: str) -> None:
    prt(f"list {options}", code=2)
    assert words in prt.err


def test_a_list_has_every_column_for_a_program(prt: Prt, session: str) -> None:
    [row] = json.loads(prt("list workshop --format json"))
    assert (row["id"], row["participants"], row["boards"]) == (session, 24, ["EMSB", "CSSL"])
    assert (row["file"], row["line_in_file"]) == ("data/2024-2025/sessions.csv", 2)


def test_a_row_with_an_error_is_shown_with_what_is_wrong(prt: Prt) -> None:
    prt.write("updates", UPDATES.replace("2025-01-11", "11/01/2025"))
    assert "date         11/01/2025" in prt("show u-20250111-bbbb")
    assert '"11/01/2025" is not a date' in prt.err


def test_show_says_what_is_derived_and_where_it_counts(prt: Prt) -> None:
    out = prt(f"show {with_rows(prt)}")
    assert "participants          2   from 2 attendance rows\n" in out
    assert "positive answers      1   from 2 feedback rows\n" in out
    assert "  2 attendance rows\n  2 feedback rows\n" in out
    assert "1.1.workshops" in out.splitlines()[-1]


def test_show_tells_every_correction_with_its_reason(prt: Prt, session: str) -> None:
    prt.me("p-kath")
    prt(f"edit {session} --participants 25 --why recounted")
    assert "14 Feb 2025  participants 24 → 25   recounted (p-kath)" in prt(f"show {session}")
    shown = json.loads(prt(f"show {session} --format json"))
    assert [one["why"] for one in shown["corrections"]] == ["recounted"]
    assert shown["values"]["participants"] == 25


def test_an_id_that_nothing_has(prt: Prt, session: str) -> None:
    prt(f"show {session}x", code=2)
    assert prt.err == f'No row has the id {session}x. Did you mean "{session}"?\n'


@pytest.mark.parametrize(
    "command", ["show {}", "edit {} --participants 30 --why x", "remove {} --why x", "explain {}"]
)
@pytest.mark.parametrize("name", ["{}", "w1"])
def test_a_removed_row_is_said_to_be_removed(prt: Prt, session: str, command: str, name: str) -> None:
    wanted = name.format(session)
    prt.path("sessions").write_text(
        prt.path("sessions").read_text(encoding="utf-8").replace(session, wanted), encoding="utf-8"
    )
    prt.me("p-kath")
    prt(f'remove {wanted} --why "not ours"')
    prt(command.format(wanted), code=2)
    assert prt.err == (
        f"{wanted} was removed on 14 Feb 2025 by p-kath: not ours (data/2024-2025/corrections.csv:2).\n"
        "    prt undo brings it back, on the laptop that removed it last; its cells are kept on that line.\n"
    )
    prt("undo --yes")
    prt(command.format(wanted))


def test_what_was_submitted_is_not_undone(prt: Prt) -> None:
    prt.monkeypatch.setenv("PRT_TODAY", "2024-12-10")
    prt("submit --period 1 --on 2024-12-10 --anyway actions,no-data")
    prt("undo", code=1)
    assert "The last thing done was prt submit (period-1). What was sent is not taken back; " in prt.err
    assert "a correction is prt submit --period 1." in prt.err and len(prt.lines("deliverables")) == 1
    prt(f"remove {prt.last_id('deliverables')} --why mistake")
    out = prt("check")
    assert "period-1 was submitted on 10 Dec 2024, and no row of deliverables.csv says so" in out
    assert "prt log deliverable --kind progress-report --period 1 --date 2024-12-10" in out


def test_what_somebody_else_did_last_is_theirs(prt: Prt) -> None:
    prt.me("p-aaaa")
    prt(WORKSHOP)
    prt.me("p-bbbb")
    prt("undo", code=1)
    assert prt.err.startswith(
        "You have nothing to take back here: the last action is of p-aaaa (you are p-bbbb)."
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("edit --help", "Each log says what it is"),
        ("edit w-20241016-7kq2 --help", "First day"),
        ("edit t-20241016-7kq2 --help", "Day it was developed"),
    ],
)
@only_in_ci
def test_the_help_of_edit_says_of_a_date_what_all_logs_say_or_the_one_of_the_row(
    prt: Prt, command: str, said: str
) -> None:
    date = " ".join(prt(command).partition("--date")[2].partition("--note")[0].split())
    assert said in date
    assert "figure held" not in date


DAY_FIRST = "id,date,description,section,url\nu-20241113-aaaa,13/11/2024,A,,\n"


def test_a_date_that_cannot_be_read_is_changed(prt: Prt) -> None:
    """Case D8."""
    prt.write("updates", DAY_FIRST)
    prt("edit u-20241113-aaaa --date 2024-11-13 --why day-first")
    assert prt.lines("updates") == ["u-20241113-aaaa,2024-11-13,A,,"]
    assert "13/11/2024,2024-11-13" in prt.lines("corrections")[0]


@pytest.mark.parametrize(
    ("day", "answers"),
    [
        ("13/11/2024", ("", "", "", "", "")),
        ("03/04/2025", ("", "2025-04-03", "", "", "")),
        ("soon", ("all", "oct 16", "", "", "")),
    ],
)
def test_a_row_with_an_error_is_asked_for_on_a_terminal(prt: Prt, day: str, answers: tuple[str, ...]) -> None:
    """Case D8: no traceback."""
    prt.write("updates", DAY_FIRST.replace("13/11/2024", day))
    person = Answers([*answers, "day first"])
    prt.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: person)
    prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    prt("edit u-20241113-aaaa")
    assert f"  date  {day} → " in prt.out
    assert day in " ".join(person.told)


def test_a_number_written_otherwise_is_no_change(prt: Prt) -> None:
    prt.people("p-mar2,cda,EMSB,,,,,")
    prt.write(
        "accompaniment",
        "id,date,staff,hours,role,board,objective\na1-x,2024-11-13,p-mar2,1h30,cda,EMSB,other\n",
    )
    prt("edit a1-x --hours 1,5 --why x", code=2)
    assert prt.err.startswith("Nothing to change in a1-x")


# What is taken back unasked


def test_an_import_is_shown_before_it_is_taken_back(prt: Prt) -> None:
    """Pasting what another prt said, `PRT_ME=… prt undo`, takes back nothing unseen."""
    prt.people("p-k7k2,prt-staff,,,,,,")
    sheet = prt.root.parent / "hours.csv"
    sheet.write_text(
        "date,hours,role,board,objective\n2024-10-02,1,cda,EMSB,other\n2024-10-03,2,cda,EMSB,other\n",
        encoding="utf-8",
    )
    prt.me("p-k7k2")
    prt(f"import {sheet} --into accompaniment --yes")
    before = prt.path("accompaniment").read_bytes()
    prt("undo", code=2)
    assert "The last action of p-k7k2, in 2024-2025:" in prt.err
    assert "2 rows of accompaniment would be taken out again" in prt.err and "add --yes" in prt.err
    assert prt.path("accompaniment").read_bytes() == before
    prt("undo --yes")
    assert not prt.path("accompaniment").exists()


def test_what_is_not_the_last_thing_done_here_is_shown_first(prt: Prt) -> None:
    prt.me("p-aaaa")
    prt(WORKSHOP)
    prt.me("p-bbbb")
    prt("log update --date 2025-01-10 --description News")
    prt.me("p-aaaa")
    prt("undo", code=2)
    assert "1 row of sessions would be taken out again" in prt.err
    assert len(prt.lines("sessions")) == 1
    prt("undo --yes")
    assert not prt.path("sessions").exists() and len(prt.lines("updates")) == 1


# Rows that are still being entered, and rows without an id


def test_no_reason_is_asked_of_ones_own_row_of_today(prt: Prt, session: str) -> None:
    """Case E9."""
    prt(f"edit {session} --positive 17")
    assert "positive,16,17,at entry" in prt.lines("corrections")[0]
    prt(f"remove {session}")
    assert not prt.path("sessions").exists() or prt.lines("sessions") == []


HOURS = "log accompaniment --hours 2 --role cda --board EMSB --objective other --date 2024-11-13 --staff {}"


@pytest.mark.parametrize(
    "case", ["two days later", "written by hand", "of somebody else", "by somebody else"]
)
def test_a_reason_is_asked_of_any_other_row(prt: Prt, case: str) -> None:
    prt.people("p-mar2,prt-staff,,,,,,", "p-sam3,prt-staff,,,,,,")
    prt.monkeypatch.setenv("PRT_ME", "p-mar2")
    prt(HOURS.format("p-sam3" if case == "of somebody else" else "p-mar2"))
    row = prt.last_id("accompaniment")
    if case == "two days later":
        prt.monkeypatch.setenv("PRT_TODAY", "2025-02-16")
    if case == "written by hand":
        (prt.root / ".prt" / "undo.jsonl").unlink()
    if case == "by somebody else":
        prt.monkeypatch.setenv("PRT_ME", "p-sam3")
    for typed in (f"edit {row} --hours 3", f"remove {row}"):
        prt(typed, code=2)
        assert prt.err.startswith("--why: missing")


@only_in_ci
def test_a_row_that_was_sent_needs_a_reason(prt: Prt) -> None:
    prt.monkeypatch.setenv("PRT_TODAY", "2024-12-06")
    prt("log update --date 2024-11-13 --description News")
    row = prt.last_id("updates")
    prt(f"edit {row} --description Newer")
    prt("submit --period 1 --anyway errors,actions,no-data")
    prt(f"edit {row} --description Newest", code=2)
    assert prt.err.startswith("--why: missing")


def pick(prt: Prt, typed: str, *answers: str, code: int = 0) -> Answers:
    person = sit_down(prt.monkeypatch, *answers)
    prt(typed, code=code)
    return person


def test_without_an_id_the_last_rows_are_offered(prt: Prt, session: str) -> None:
    prt("log update --date 2024-11-13 --description News")
    update = prt.last_id("updates")
    person = pick(prt, "show", "3", "2")
    assert person.said[0].startswith(f"  1  {update}  Wed 13 Nov 2024 · News")
    assert person.said[1].startswith(f"  2  {session}  1.1 Workshops delivered · Wed 16 Oct 2024")
    assert '"3" is none of them.' in person.screen and prt.out.startswith(f"{session}   sessions")
    person = pick(prt, "explain", "99", "1.1.workshops")
    assert person.said[0].startswith("  1  1.1.") and session not in person.screen
    assert prt.out.startswith("1.1.workshops")


@pytest.mark.parametrize("words", ["wed news", "nov", "mer. news", "updates"])
def test_words_narrow_the_rows(prt: Prt, session: str, words: str) -> None:
    prt("log update --date 2024-11-13 --description News")
    person = pick(prt, f"remove {words}", "", "")
    assert len([one for one in person.said if one.startswith("  ")]) == 1
    assert not prt.path("updates").exists() or prt.lines("updates") == []
    assert len(prt.lines("sessions")) == 1


def test_words_narrow_the_rows_that_are_offered_too(prt: Prt, session: str) -> None:
    prt("log update --date 2024-11-13 --description News")
    person = pick(prt, "show", "back basics", "")
    assert prt.out.startswith(f"{session}   sessions")
    assert len([one for one in person.said if one.startswith("  1  ")]) == 2


def test_edit_picks_a_row_and_asks_its_questions(prt: Prt) -> None:
    prt("log update --date 2024-11-13 --description News")
    pick(prt, "edit", "", "", "", "Newer", "")
    assert ",Newer," in prt.lines("updates")[0] and "description  News → Newer" in prt.out


@pytest.mark.parametrize(
    ("what", "answers"), [("desc", ["Newer", ""]), ("tout", ["", "Newer", ""]), ("?", ["desc", "Newer", ""])]
)
def test_a_column_named_first_is_asked_alone(prt: Prt, what: str, answers: list[str]) -> None:
    prt("log update --date 2024-11-13 --description News")
    person = pick(prt, f"edit {prt.last_id('updates')}", what, *answers)
    assert person.said[0].startswith("What? [all] (or Date, Description)")
    assert ("      all / Date / Description" in person.screen) is (what == "?")
    assert next(person.answers, None) is None and ",Newer," in prt.lines("updates")[0]


def test_of_nobody_role_and_board_are_needed_and_said_to_be(prt: Prt) -> None:
    """Of an unnamed presence they are not."""
    person = pick(prt, "log request", "yesterday", "skills", "", "", "cda", "", "emsb", "", "n")
    needed = [one for one in person.said if one.startswith(("Role?", "School board?"))]
    assert len(needed) == 4 and not any("optional" in one for one in needed), person.screen
    assert ",cda,EMSB,skills" in prt.lines("requests")[0]
    assert not needed_of_nobody(LOGS["attendance"])


def test_an_answer_of_a_row_without_a_person_is_asked_alone(prt: Prt) -> None:
    """Its role and its board are not missing: what is empty in the file was answered with nothing."""
    prt.people("p-mar2,prt-staff,,,,,,")
    prt.monkeypatch.setenv("PRT_ME", "p-mar2")
    prt("log accompaniment --hours 2 --date 2025-02-13 --role cda --board RSB --objective skills")
    person = pick(prt, f"edit {prt.last_id('accompaniment')}", "hours", "3", "")
    assert "missing" not in person.screen and ",3,,,,cda,RSB," in prt.lines("accompaniment")[0]


@only_in_ci
def test_what_was_odd_before_is_not_asked_with_another_column(prt: Prt) -> None:
    """An e-mail that stands in the row already is no mistake of a new title."""
    prt(f"{WORKSHOP} --evidence marie@emsb.example --anyway")
    person = pick(prt, f"edit {prt.last_id('sessions')}", "title", "Basics", "")
    assert "attendance list" not in person.screen and "title  Back to basics → Basics" in prt.out


def test_a_row_shows_the_names_of_those_it_has(prt: Prt) -> None:
    prt.people("p-mar2,prt-staff,,,,,,", "p-zoe2,cda,ETSB,,,,,")
    (prt.root / "data/private").mkdir()
    names = "id,name\np-mar2,Mara Sample\np-zoe2,Zoé Test\n"
    (prt.root / "data/private/names.csv").write_text(names, encoding="utf-8")
    prt.me("p-mar2")
    prt("log accompaniment --date 2025-02-12 --hours 2 --objective skills --person p-zoe2")
    person = pick(prt, f"edit {prt.last_id('accompaniment')}", "all", *[""] * 12)
    screen = "\n".join(person.said)
    assert "[Mara Sample]" in screen and "[Zoé Test]" in screen and "[p-" not in screen
    assert {"Mara Sample", "Zoé Test"} <= set(person.texts)


def test_an_organisation_is_asked_for_what_is_to_be_corrected(prt: Prt) -> None:
    prt("org add CHSSN --name-en Health --name-fr Réseau --type partner")
    person = pick(prt, "edit CHSSN", "name_en", "Health network", "")
    assert "name in English  Health → Health network" in prt.out, person.screen


def test_nothing_that_differs_is_no_mistake(prt: Prt) -> None:
    prt("log update --date 2024-11-13 --description News")
    pick(prt, f"edit {prt.last_id('updates')}", "date", "", "")
    assert "Nothing was changed." in prt.out + prt.err


EVERY_KIND = (
    "log accompaniment --date 2025-02-06 --hours 1,25 --objective skills --role principal --board RSB",
    "log accompaniment --date 2025-02-06 --hours 1 --objective skills --role cda --board RSB --kind follow-up",
    "log partner-support --date 2025-02-06 --hours 2 --organisation LEARN --purpose Table",
    "log request --date 2025-02-06 --objective skills --role cda --board EMSB",
    f"{WORKSHOP} --evidence list",
    "log workshop --line 1.1 --date 2024-10-16 --title Basics --format full-day --feedback-form no",
    "log update --date 2025-02-06 --description News",
)


class Unchanging(Answers):
    """Who leaves each line as it stands; `sends` what stands there, as an editor does."""

    def __init__(self, sends: bool) -> None:
        super().__init__([])
        self.sends = sends

    def ask(self, prompt: str, words: Any = (), text: str = "", *more: Any) -> str:
        self.answers = iter([text if self.sends else ""])
        return super().ask(prompt, words, text, *more)


@pytest.mark.parametrize("sends", [False, True])
@pytest.mark.parametrize("language", ["en", "fr"])
@only_in_ci
def test_enter_everywhere_changes_no_row(prt: Prt, language: str, sends: bool) -> None:
    prt.people("p-mar2,prt-staff,,,,,,")
    prt.me("p-mar2")
    prt("org add LEARN --name-en Learn --name-fr Apprendre --type partner")
    rows = [prt(f"{one} --anyway") and prt.last_id(*find_logs(one.split()[1])) for one in EVERY_KIND]
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for row in [*rows, "LEARN"]:
        person = Unchanging(sends)
        prt.monkeypatch.setattr(TERMINAL, lambda person=person: person)
        prt(f"edit {row}")
        said = {"en": "Nothing was changed", "fr": "Rien n’a été changé"}[language]
        assert said in prt.out + prt.err, person.screen + prt.out
    assert not prt.path("corrections").exists()


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", {"6 Feb", "1.25", "principal", "Skills of the team"}),
        ("fr", {"6 févr.", "1,25", "direction d’école", "Compétences de l’équipe"}),
    ],
)
def test_what_stands_on_a_line_is_what_a_person_types(prt: Prt, language: str, texts: set[str]) -> None:
    prt.people("p-mar2,prt-staff,,,,,,")
    prt.me("p-mar2")
    prt(EVERY_KIND[0])
    prt.monkeypatch.setenv("PRT_LANG", language)
    person = pick(prt, f"edit {prt.last_id('accompaniment')}", *[""] * 12)
    assert texts <= set(person.texts), person.texts
    assert ("[1,25]" in person.screen) == (language == "fr")


@pytest.mark.parametrize(("answer", "left"), [("", 0), ("oui", 0), ("n", 1)])
def test_a_row_that_was_picked_is_shown_before_it_is_removed(prt: Prt, answer: str, left: int) -> None:
    prt("log update --date 2024-11-13 --description News")
    person = pick(prt, "remove", "1", answer, "a slip", code=left)
    assert "description  News" in prt.out and "Remove it? [Y/n] > " in person.told
    assert len(prt.lines("updates")) == left


def test_rows_of_an_import_do_not_swamp_those_that_were_typed(prt: Prt, session: str) -> None:
    people = prt.root.parent / "people.csv"
    rows = "".join(f"{session},cda,EMSB,2024-10-16\n" for _ in range(2))
    people.write_text(f"session,role,board,date\n{rows}", encoding="utf-8")
    prt(f"import {people} --into attendance --yes")
    person = pick(prt, "show", "1")
    assert len(prt.lines("attendance")) == 2 and " at-" not in person.screen and session in person.screen


@pytest.mark.parametrize(
    ("typed", "answers", "hours"),
    [
        ("edit 2 3h hier", (), ["1.25", "3", "0.75"]),
        ("edit 2 3h", (), ["1.25", "3", "0.75"]),
        ("edit 3 cda", (), ["1.25", "2", "0.75"]),
        ("edit 2 quux", None, ["1.25", "2", "0.75"]),
        ("remove 3", ("", "slip"), ["2", "0.75"]),
        ("remove rsb 2", ("", "", "slip"), ["1.25", "0.75"]),
        ("remove 2h", ("", "", "slip"), ["1.25", "0.75"]),
        ("remove 1 rsb", ("", "slip"), ["1.25", "2"]),
        ("show 2", (), ["1.25", "2", "0.75"]),
    ],
)
def test_a_number_is_that_of_the_list_or_the_hours_of_a_row(
    prt: Prt, typed: str, answers: tuple[str, ...] | None, hours: list[str]
) -> None:
    prt.people("p-mar2,prt-staff,,,,,,")
    prt.me("p-mar2")
    for one in ("1,25", "2", "0,75"):
        day = {"1,25": "2025-02-06", "2": "2025-02-11", "0,75": "2025-02-12"}[one]
        prt(f"log accompaniment --date {day} --hours {one} --objective skills --role principal --board RSB")
    person = pick(prt, typed, *(answers or ()), code=0 if answers is not None else 2)
    rows = [line.split(",") for line in prt.lines("accompaniment")]
    assert [row[3] for row in rows] == hours, person.screen + prt.out + prt.err
    if "hier" in typed:
        assert rows[1][1] == "2025-02-13" and rows[1][7:9] == ["principal", "RSB"]
    if "show" in typed:
        assert "2025" in prt.out and prt.out.startswith(rows[1][0])


def test_words_that_no_row_has_and_a_script_without_an_id(prt: Prt, session: str) -> None:
    pick(prt, "show nothing here", code=2)
    assert prt.err == "No row has the words: nothing here.\n"
    prt.monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    prt("edit", code=2)
    assert prt.err.startswith("Which row?")


@pytest.mark.parametrize("theirs", ["same", "other", "gone"])
@pytest.mark.parametrize("command", ["undo --yes", "edit {row} --description Z", "remove {row} --why x"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_row_between_the_marks_of_a_merge_is_settled_first(
    prt: Prt, language: str, command: str, theirs: str
) -> None:
    for text in ("News", "Others"):
        prt(f"log update --description {text} --date 2025-02-13 --section other")
    row, path = prt.last_id("updates"), prt.path("updates")
    *rest, last = path.read_text(encoding="utf-8").splitlines(keepends=True)
    other = {"same": last, "other": last.replace("Others", "Autres"), "gone": ""}[theirs]
    sides = ["<<<<<<< ours\n", last, "=======\n", other, ">>>>>>> theirs\n"]
    path.write_text("".join([*rest, *sides]), encoding="utf-8")
    before = path.read_bytes()
    prt.monkeypatch.setenv("PRT_LANG", language)
    prt(command.format(row=row), code=1)
    assert "prt merge --settle" in prt.err and "updates.csv:" in prt.err
    assert path.read_bytes() == before and not prt.err.startswith(("warning", "avertissement"))
    path.write_text("".join([*rest, last]), encoding="utf-8")
    prt(command.format(row=row))


def test_a_row_outside_the_marks_of_a_merge_is_put_right(prt: Prt) -> None:
    for text in ("News", "Others"):
        prt(f"log update --description {text} --date 2025-02-13 --section other")
    path = prt.path("updates")
    head, first, last = path.read_text(encoding="utf-8").splitlines(keepends=True)
    sides = ["<<<<<<< ours\n", first, "=======\n", first.replace("News", "Old"), ">>>>>>> theirs\n"]
    path.write_text("".join([head, *sides, last]), encoding="utf-8")
    prt("undo --yes")
    assert "Others" not in path.read_text(encoding="utf-8")


def test_no_row_comes_back_between_the_marks_of_a_merge(prt: Prt) -> None:
    """Where it stood is on one side alone: it would go with that side."""
    for text in ("One", "Two", "Three"):
        prt(f"log update --description {text} --date 2025-02-13 --section other")
    ids = prt.path("updates").read_text(encoding="utf-8").splitlines()
    prt(f"remove {ids[2].split(',')[0]} --why x")
    path = prt.path("updates")
    head, first, last = path.read_text(encoding="utf-8").splitlines(keepends=True)
    sides = ["<<<<<<< ours\n", first, "=======\n", first.replace("One", "Un"), ">>>>>>> theirs\n"]
    path.write_text("".join([head, *sides, last]), encoding="utf-8")
    before = path.read_bytes()
    prt("undo --yes", code=1)
    assert "prt merge --settle" in prt.err and path.read_bytes() == before
