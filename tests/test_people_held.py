"""What is held on a person, and the rights of who asks: shown, corrected, erased, with every count unchanged."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

import prt as prt_package
from prt.files.privacy.held_kinds import HELD_KINDS
from prt.files.project import Project
from prt.files.store import disk, journal
from prt.files.store.journal import Places
from prt.files.submissions import submission
from prt.model.ids import is_erased
from tests.answers import sit_down
from tests.conftest import only_in_ci, some
from tests.project import Prt

ANNE, KIM, LEA = "p-anne", "p-kimo", "p-leah"
NAMES = """id,name,email,other_names
p-anne,Anne Roy-Côté,anne@example.org,
p-kimo,Kim O'Sample,kim@example.org,Kimberley Sample
p-leah,Léa Exemple,lea@example.org,
"""
SESSION = "w-20241016-aaaa"
SESSIONS = f"id,line,date,title,format\n{SESSION},1.4a,2024-10-16,PLC 1,meeting\n"
ATTENDANCE = f"""id,session,date,person,role,board,minutes
at-20241016-aaa1,{SESSION},2024-10-16,p-anne,cda,EMSB,
at-20241016-aaa2,{SESSION},2024-10-16,p-kimo,cda,RSB,
"""
JOURNALS = "id,round,person,date\nj-20241120-aaaa,1,p-anne,2024-11-20\nj-20241121-aaaa,1,p-kimo,2024-11-21\n"
STAYS = "id,row,session,stays\nst-1,at-20241016-aaa1,w-20241016-aaaa,2024-10-16T09:00/2024-10-16T11:00\n"


@pytest.fixture
def team(prt: Prt) -> Prt:
    """Three CDAs with names; two were at a meeting and handed in a journal."""
    prt.shorten_plan("1.1", "1.4a", "3a.hours", "4.journals", "4.reports")
    prt.people(f"{ANNE},cda,EMSB,,,,,", f"{KIM},cda,RSB,,,,,", f"{LEA},cda,EMSB,,,,,")
    for log, text in (("sessions", SESSIONS), ("attendance", ATTENDANCE), ("journals", JOURNALS)):
        prt.write(log, text)
    private(prt, "names", NAMES)
    return prt


def private(prt: Prt, name: str, text: str) -> Path:
    folder = prt.root / "data" / "private"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def texts(root: Path) -> dict[str, str]:
    """Every file of the folder, hidden ones too."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in files
    }


def having(prt: Prt, *words: str) -> list[str]:
    """The files in which one of the words stands."""
    found = texts(prt.root)
    return sorted(name for name, text in found.items() if any(word in text for word in words))


def figures(prt: Prt) -> str:
    return prt("status --format json --as-of 2025-02-14")


# Shown


def test_all_that_is_held_with_file_and_line(team: Prt) -> None:
    private(team, "stays", STAYS)
    out = team(f"people show {ANNE}")
    assert out.splitlines()[0] == f"{ANNE}   Anne Roy-Côté   anne@example.org"
    assert "data/2024-2025/attendance.csv   1 row\n  :2  id at-20241016-aaa1 · " in out
    assert "data/people.csv   1 row\n  :2  id p-anne · role cda · board EMSB" in out
    assert "data/private/names.csv   1 row" in out and "data/private/stays.csv   1 row" in out
    assert KIM not in out


def test_a_person_is_found_by_name_and_by_e_mail(team: Prt) -> None:
    shown = team(f"people show {ANNE} --format json")
    assert team('people show "roy cote, Anne" --format json') == shown
    assert team("people show ANNE@example.org --format json") == shown
    assert json.loads(shown)["rows"][0]["cells"]["person"] == ANNE
    team("people show nobody@example.org", code=2)
    assert "Nobody is known as nobody@example.org" in team.err


def test_for_who_has_a_right_to_a_copy_it_is_a_table(team: Prt) -> None:
    lines = team(f"people show {ANNE} --format csv").splitlines()
    assert lines[0] == "file,line,column,value"
    assert "data/2024-2025/journals.csv,2,round,1" in lines


def test_a_name_in_free_text_is_shown_where_it_stands(team: Prt) -> None:
    team("log accompaniment --date 2025-01-10 --staff p-kimo --hours 2 --role cda --board EMSB "
         "--objective skills --note 'Anne Roy Côté asked' --anyway")  # fmt: skip
    assert "Named in\n  data/2024-2025/accompaniment.csv:2" in team(f"people show {ANNE}")
    assert "Named in" not in team(f"people show {KIM}")


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("Anne Roy-Côté’s visit", f"--note: the name of Anne Roy-Côté ({ANNE}) stands here"),
        ("call 514-555-0199", "--note: a telephone number stands here"),
        ("write to anne@example.org", "--note: an e-mail address stands here"),
    ],
)
def test_what_is_personal_is_refused_before_it_is_kept(team: Prt, note: str, words: str) -> None:
    typed = "log accompaniment --date 2025-01-10 --staff p-kimo --hours 2 --role cda --board EMSB --objective skills"
    team(f'{typed} --note "{note}"', code=2)
    assert words in team.err and "--anyway" in team.err and not team.path("accompaniment").exists()
    team(typed)
    row = team.last_id("accompaniment")
    team(f'edit {row} --note "{note}" --why corrected', code=2)
    assert words in team.err
    team(f'edit {row} --hours 3 --why "{note}"', code=2)
    team(f'remove {row} --why "{note}"', code=2)
    assert words.replace("--note", "--why") in team.err and not having(team, note)
    team(f'edit {row} --note "{note}" --why corrected --anyway')
    assert "stands here" in team("check")


@pytest.mark.parametrize(
    ("title", "theme", "told"),
    [
        ("Visit", "Roy-Côté, Anne", True),
        ("A plan of Anne", "Roy Côté", True),
        ("Anne&nbsp;Roy-Côté", "", True),
        ("An evening with Kim", "O’Sample", True),
        ("Of Anne\nRoy-Côté", "", False),
        ("Anne", "Sample", False),
    ],
)
def test_a_name_is_told_of_a_line_whatever_cells_it_is_in(
    team: Prt, title: str, theme: str, told: bool
) -> None:
    cells = ",".join(f'"{one}"' for one in (title, theme))
    team.write("sessions", f"id,line,date,title,theme,format\n{SESSION},1.4a,2024-10-16,{cells},meeting\n")
    assert ("sessions.csv:2: warning: the name of" in team("check")) is told


@only_in_ci
def test_what_was_kept_all_the_same_is_taken_out_of_the_corrections(team: Prt) -> None:
    team(
        "log update --date 2025-01-10 --description News --note 'asked by Anne Roy-Côté, 5145550199' --anyway"
    )
    row = team.last_id("updates")
    team(f"edit {row} --note '' --why 'ANNE@example.org asked' --anyway")
    assert "corrections.csv:2: warning: an e-mail address stands here\n    prt privacy redact" in team(
        "check"
    )
    team("privacy redact", code=2)
    assert "data/2024-2025/corrections.csv:2\n1 row changed." in team("privacy redact --yes")
    [line] = team.lines("corrections")
    assert line.endswith(f'edited,data/2024-2025/updates.csv,{row},note,"asked by […], […]",,[…] asked')
    assert "Nothing personal" in team("privacy redact") and "stands here" not in team("check")
    assert "asked by […], […]" in team("undo")


def test_a_name_that_is_like_a_word_for_nobody_is_a_name(team: Prt) -> None:
    private(team, "names", NAMES.replace("Léa Exemple", "Diego Inconnu"))
    assert team("people show 'diego inconnu'").startswith(LEA)


# Merged


def test_two_ids_become_one_person(team: Prt) -> None:
    out = team(f"people merge {KIM} {ANNE} --yes")
    assert "4.journals  66.7% → 50.0%" in out
    assert having(team, f",{KIM},") == ["data/2024-2025/corrections.csv", "data/private/corrections.csv"]
    assert [line.split(",")[3] for line in team.lines("attendance")] == [ANNE, ANNE]
    names = (team.root / "data/private/names.csv").read_text(encoding="utf-8").splitlines()
    assert names[1:] == [
        "p-anne,Anne Roy-Côté,anne@example.org,Kim O'Sample; kim@example.org; Kimberley Sample",
        "p-leah,Léa Exemple,lea@example.org,",
    ]
    corrections = (team.root / "data/2024-2025/corrections.csv").read_text(encoding="utf-8")
    assert f"at-20241016-aaa2,person,{KIM},{ANNE},{KIM} and {ANNE} are one person" in corrections
    assert "Sample" not in corrections


def test_a_role_that_both_ids_have_is_held_once(team: Prt) -> None:
    team.people(f"{ANNE},cda,EMSB,,,,,", f"{KIM},cda,EMSB,,,,,", f"{KIM},teacher,RSB,,,,,")
    team(f"people merge {KIM} {ANNE} --yes")
    people = (team.root / "data/people.csv").read_text(encoding="utf-8").splitlines()
    assert people[1:] == [f"{ANNE},cda,EMSB,,,,,", f"{ANNE},teacher,RSB,,,,,"]


# Erased


def test_after_an_erasure_counts_are_the_same_and_the_person_is_nowhere(team: Prt) -> None:
    team.me(KIM)
    team("edit at-20241016-aaa1 --minutes 60 --why 'left early'")
    team(f"people end {LEA} --on 2025-01-31")
    private(team, "stays", STAYS)
    before, problems = figures(team), team("check")
    out = team(f"people erase {ANNE} --yes")
    assert "pseudonymous, not anonymous" in team.err
    assert figures(team) == before
    assert team("check") == problems
    assert having(team, ANNE, "Anne", "Roy", "anne@example.org", "st-1") == []
    token = next(word for word in out.split() if is_erased(word.rstrip("."))).rstrip(".")
    assert having(team, token) == [
        "data/2024-2025/attendance.csv",
        "data/2024-2025/journals.csv",
        "data/people.csv",
        "data/private/purges.csv",
    ]
    assert "data/private/names.csv   1 row" in out
    team(f"people show {ANNE}", code=2)


WRITERS = {
    "tables and texts, through which every_file walks": """files/csv/edit files/outputs files/new_project
        files/merging/driver files/merging/marks files/merging/merge files/privacy/erase files/privacy/redact
        files/store/repair files/store/store files/store/undo files/submissions/freeze files/submissions/manifest tasks/fix_files""",
    "forgotten by an erasure": "files/kept/kept_files files/store/journal files/store/staging files/store/undo_log",
    "registered, and named by an erasure": "files/store/backup",
    "given away, and without a name of anybody": "files/export/packages",
    "settings of one's own laptop and the version": "files/own_folders files/store/project_format",
    "of prt itself, and of no project": "files/compiled_templates",
    "HeldSheets": "files/privacy/held_sheets files/workbook/mark_file tasks/sheets/give_book",
    "MailLists": "files/privacy/mail_lists",
    "HeldLines": "files/unsaved_lines",
}
"""What writes files, by what becomes of them in an erasure: some kind of HELD_KINDS, or what is said here."""
WRITE_CALL = re.compile(
    r"\b(?:write_atomic|write_new|write_as|write_aside|replace_file|append_whole|append_bytes|new_file)\("
)


def test_every_kind_of_file_that_is_written_is_reached_by_an_erasure() -> None:
    """Who writes a new kind of file about people puts it into HELD_KINDS; a new writer is named here."""
    root = Path(prt_package.__file__).parent
    texts = {path.relative_to(root): path.read_text("utf-8") for path in root.rglob("*.py")}
    found = {path.with_suffix("").as_posix() for path, text in texts.items() if WRITE_CALL.search(text)}
    named = [name for names in WRITERS.values() for name in names.split()]
    assert sorted(named) == sorted(found - {"files/store/disk"})
    assert {type(kind).__name__ for kind in HELD_KINDS} == {name for name in WRITERS if name.isidentifier()}


def test_every_kind_of_file_shows_and_loses_the_person(team: Prt) -> None:
    """As the commands themselves write them, with the person in each."""
    team.people(f"{ANNE},prt-staff,,,,,,", f"{KIM},cda,RSB,,,,,", f"{LEA},cda,EMSB,,,,,")
    team.me(ANNE)
    team("sheet")
    team(f"{MISSING} --mail -o rappel.csv")
    sit_down(team.monkeypatch, "2 léa hier skills", "1 kim")
    team("log hours", 130)
    sit_down(team.monkeypatch, "hier", "1", "skills", "", LEA)
    team("log accompaniment", 130)
    project = Project(team.root, team.root / "data" / "private")
    paths = [path for kind in HELD_KINDS for path in kind.paths(project)]
    assert len(paths) >= len(HELD_KINDS)
    shown = team(f"people show {LEA}")
    assert [path.name for path in paths if path.name not in shown] == []
    said = team(f"people erase {LEA} --yes")
    assert [path.name for path in paths if path.name not in said] == []
    assert having(team, LEA, "Léa", "léa", "lea@example.org") == []


def test_an_erasure_is_asked_for_and_cannot_be_undone(team: Prt) -> None:
    team("people add --role teacher --board RSB")
    team(f"people erase {ANNE}", code=2)
    assert "Nothing was done. In a script, add --yes." in team.err and having(team, ANNE)
    team(f"people erase {ANNE} --yes")
    team("undo", code=1)
    assert "nothing to take back" in team.err


def test_without_the_private_folder_nothing_is_erased(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_PRIVATE", str(team.root / "drive"))
    team(f"people erase {ANNE} --yes", code=1)
    assert "the name would stay in it" in team.err and having(team, ANNE)


def test_a_name_in_free_text_becomes_the_token_too(team: Prt) -> None:
    notes = team.root / "data/2024-2025/notes"
    notes.mkdir()
    (notes / "period-1.en.md").write_text("Thanks,\nAnne Roy-Côté’s help.\n", encoding="utf-8")
    (team.root / "mine.html").write_text("<p title='x'>Roy Cote, <b>Anne</b></p>", encoding="utf-8")
    team(f"people end {LEA} --on 2025-01-31 --why 'visite d’Anne Roy-Côté; ANNE@example.org'")
    before = figures(team)
    token = token_in(team(f"people erase {ANNE} --yes"))
    assert (notes / "period-1.en.md").read_text(encoding="utf-8") == f"Thanks,\n{token}’s help.\n"
    assert having(team, "Roy", "ANNE", "Anne") == [] and figures(team) == before
    assert f"visite d’{token}; {token}" in texts(team.root)["data/2024-2025/corrections.csv"]


def token_in(out: str) -> str:
    return next(word for word in out.split() if is_erased(word.rstrip("."))).rstrip(".")


def test_the_team_s_own_words_are_for_a_person_to_rewrite(team: Prt) -> None:
    plan = team.root / "plan/2024-2025.yaml"
    plan.write_text(plan.read_text(encoding="utf-8") + "# asked by Anne Roy-Côté\n", encoding="utf-8")
    out = team(f"people erase {ANNE} --yes")
    assert "rewrite these lines:\n  plan/2024-2025.yaml:" in out and "submitted" not in out


def sent_report(team: Prt, *options: str) -> Path:
    team.monkeypatch.setenv("PRT_TODAY", "2024-12-10")
    team(f"submit --period 1 --on 2024-12-10 --anyway actions,no-data,personal {' '.join(options)}")
    return team.root / "data/2024-2025/submitted/period-1"


@only_in_ci
def test_what_was_submitted_keeps_no_note_and_no_name_of_the_person(team: Prt) -> None:
    team.people(f"{ANNE},cda,EMSB,,,,,sister of the mayor", f"{KIM},cda,RSB,,,,,", f"{LEA},cda,EMSB,,,,,kept")
    team.write("sessions", SESSIONS.replace("PLC 1", '"PLC, with Kim O\'Sample and Anne Roy-Côté"'))
    frozen = sent_report(team)
    assert "Anne Roy" in texts(frozen)["reports/report-1.fr.html"]
    out = team(f"people erase {ANNE} --yes") + team(f"people erase {KIM} --yes")
    assert not [name for name in having(team, "mayor", "Roy-C", "Sample") if "private" not in name]
    assert "rewrite" not in out and "kept" in texts(frozen)["data/people.csv"]
    assert "with erased-" in texts(frozen)["data/2024-2025/sessions.csv"]
    year = Project(team.root, team.root / "data/private").load(team.root / "plan/2024-2025.yaml")
    [sent] = submission.list_submissions(year)
    assert sent.verdict.whole and len(sent.manifest.erased) == 2


@only_in_ci
def test_what_was_really_sent_is_kept_as_it_is(team: Prt) -> None:
    letter = team.root.parent / "letter.md"
    letter.write_text("Prepared by Anne Roy-Côté\n", encoding="utf-8")
    frozen = sent_report(team, f"--sent {letter}")
    out = team(f"people erase {ANNE} --yes")
    assert "really sent, which is kept as it is:\n  data/2024-2025/submitted/period-1/sent/letter.md:1" in out
    assert "Anne Roy" in texts(frozen)["sent/letter.md"] and "rewrite" not in out


UNMATCHED = """id,session,name,email
at-20241016-aaa3,w-20241016-aaaa,"ROY COTE, Anne (External)",
at-20241016-aaa4,w-20241016-aaaa,Somebody,anne@example.org
at-20241016-aaa5,w-20241016-aaaa,Anne Roi-Côté,
at-20241016-aaa6,w-20241016-aaaa,Zoé Tremblay,
"""


def test_presences_under_the_name_that_were_never_matched_go_too(team: Prt) -> None:
    private(team, "unmatched", UNMATCHED)
    private(team, "stays", STAYS + "st-3,at-20241016-aaa3,w-20241016-aaaa,x\n")
    rows = (
        "at-20241016-aaa3,w-20241016-aaaa,2024-10-16,,,,\nat-20241016-aaa4,w-20241016-aaaa,2024-10-16,,,,\n"
    )
    team.write("attendance", ATTENDANCE + rows)
    before, shown = figures(team), team(f"people show {ANNE}")
    assert "data/private/unmatched.csv   2 rows" in shown and "stays.csv   2 rows" in shown
    assert "attendance.csv   3 rows" in shown
    assert (
        "Perhaps also (never matched):\n  data/private/unmatched.csv   at-20241016-aaa5   Anne Roi-Côté"
        in shown
    )
    out = team(f"people erase {ANNE} --yes")
    assert "unmatched.csv   2 rows" in out and "unmatched.csv   at-20241016-aaa5   Anne Roi-Côté" in out
    assert (
        having(team, "ROY", "anne@", "st-3") == []
        and having(team, "Zoé Tremblay")
        and figures(team) == before
    )


def test_copies_of_a_command_that_was_killed_do_not_keep_the_person(team: Prt) -> None:
    own = Places(team.root, team.root / "data" / "private").own_name
    older = ("data/private/.import", ".prt/.import/data")
    for folder in (f"data/private/.prt/pending/{own}", f".prt/pending/{own}", *older):
        (team.root / folder).mkdir(parents=True)
        (team.root / folder / "names.csv").write_text(NAMES, encoding="utf-8")
    team(f"people erase {ANNE} --yes")
    assert having(team, "Anne Roy") == []


def test_check_deletes_copies_of_a_command_that_was_killed(team: Prt) -> None:
    places = Places(team.root, team.root / "data" / "private")
    copies = places.copies(places.own_name, private=True)
    copies.mkdir(parents=True)
    team("check")
    assert not copies.exists()


@only_in_ci
def test_what_was_submitted_has_the_token_too_and_is_still_verified(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_TODAY", "2024-12-10")
    team("submit --period 1 --on 2024-12-10 --anyway actions,no-data")
    frozen = team.root / "data/2024-2025/submitted/period-1"
    assert any(ANNE in text for text in texts(frozen).values())
    out = team(f"people erase {ANNE} --yes")
    assert not any(ANNE in text for text in texts(frozen).values())
    assert "data/2024-2025/submitted/period-1/data/2024-2025/attendance.csv" in out
    year = Project(team.root, team.root / "data/private").load(team.root / "plan/2024-2025.yaml")
    [sent] = submission.list_submissions(year)
    assert sent.verdict.whole and len(sent.manifest.erased) == 1


def crash(*_: object) -> None:
    raise KeyboardInterrupt


def test_an_erasure_that_was_cut_off_is_completed_and_named_by_the_next_command(team: Prt) -> None:
    before = figures(team)
    with team.monkeypatch.context() as broken:
        broken.setattr(journal, "put", crash)
        team(f"people erase {ANNE} --yes", code=130)
    written = [path for path in team.root.rglob("*") if "pending" in str(path) and path.is_file()]
    assert len(written) > 3  # the journal and copies, of which none tells who it was
    assert not [
        path for path in written if any(text in path.read_text(encoding="utf-8") for text in (ANNE, "Anne"))
    ]
    team("todo")
    assert team.err.startswith("prt people erase, begun 2025-02-14 ")
    assert team.err.endswith(" was cut off; it is complete now.\n")
    assert figures(team) == before and having(team, ANNE) == [] and having(team, "Anne Roy") == []
    assert not (team.root / ".prt" / "pending").exists()


def test_where_nobody_may_write_a_command_names_what_is_not_complete(team: Prt) -> None:
    with team.monkeypatch.context() as broken:
        broken.setattr(journal, "put", crash)
        team(f"people erase {ANNE} --yes", code=130)
    with team.monkeypatch.context() as refusing:
        refusing.setattr(disk.system, "replace", refuse)
        team("status")
    assert "warning: .prt/pending.json: prt people erase, begun 2025-02-14" in team.err
    assert "It is safe: the next prt command completes it." in team.err
    team("status")
    assert having(team, ANNE) == []


READING = (
    *(
        "",
        "status",
        "todo",
        "list workshop",
        "show {row}",
        "explain 1.1.workshops",
        "check",
        "report",
        "notes",
    ),
    *("submissions", "plan show", "people list", "people missing 1.2.new-cdas", "people show p-kimo"),
    *(
        "people match",
        "privacy notice",
        "privacy incident list",
        "templates list",
        "submit --dry-run",
    ),
)
WRITING = (
    *("log update --date 2025-01-10 --description News", "edit {row} --positive 9 --why slip", "undo --yes"),
    *("remove {row} --with-rows --why slip", "people add --role cda", "people end p-kimo --on 2025-01-10"),
    *("org add NEW --type other --name-en New --name-fr Nouveau", "check --fill-ids", "plan new 2025-2026"),
    *("notes --period 1", "templates copy report.md.j2", "merge"),
)


@pytest.mark.parametrize("typed", some([*WRITING, *READING], 8))
def test_every_command_names_what_is_not_complete(team: Prt, typed: str) -> None:
    row = team.last_id("sessions")
    with team.monkeypatch.context() as broken:
        broken.setattr(journal, "put", crash)
        team(f"people erase {ANNE} --yes", code=130)
    before = {path: path.read_bytes() for path in (team.root / "data").rglob("*.csv")}
    with team.monkeypatch.context() as refusing:
        refusing.setattr(disk.system, "replace", refuse)
        team.attempt(typed.format(row=row))
    assert "warning: .prt/pending.json: prt people erase, begun 2025-02-14" in team.err
    assert {path: path.read_bytes() for path in (team.root / "data").rglob("*.csv")} == before
    team("status")
    assert having(team, ANNE) == []


def refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_an_erasure_is_completed_in_a_private_folder_elsewhere(team: Prt, tmp_path: Path) -> None:
    private = tmp_path / "drive" / "names"
    private.parent.mkdir()
    (team.root / "data" / "private").rename(private)
    team.monkeypatch.setenv("PRT_PRIVATE", str(private))
    with team.monkeypatch.context() as broken:
        broken.setattr(journal, "put", crash)
        team(f"people erase {ANNE} --yes", code=130)
    assert (private / ".prt" / "pending").is_dir()
    assert str(tmp_path) not in (team.root / ".prt" / "pending.json").read_text(encoding="utf-8")
    team("status")
    assert not (private / ".prt" / "pending").exists()
    assert "Anne" not in (private / "names.csv").read_text(encoding="utf-8")
    assert having(team, ANNE) == []


def elsewhere(path: Path, target: Path) -> None:
    """Copies and files are on two drives."""
    if "pending" in path.parts:
        raise OSError(errno.EXDEV, "Invalid cross-device link")
    path.replace(target)


@only_in_ci
def test_copies_on_another_drive_are_copied(team: Prt) -> None:
    team.monkeypatch.setattr(disk.system, "replace", elsewhere)
    team.monkeypatch.setenv("PRT_TODAY", "2024-12-10")
    team("submit --period 1 --on 2024-12-10 --anyway actions,no-data")
    team(f"people erase {ANNE} --yes")
    assert having(team, ANNE) == []
    year = Project(team.root, team.root / "data/private").load(team.root / "plan/2024-2025.yaml")
    [sent] = submission.list_submissions(year)
    assert sent.verdict.whole
    assert [path.name for path in sent.folder.parent.iterdir()] == ["period-1"]


@only_in_ci
def test_what_an_older_prt_left_is_cleared_at_any_depth(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_TODAY", "2024-12-10")
    team("submit --period 1 --on 2024-12-10 --anyway actions,no-data")
    left = team.root / "data/2024-2025/submitted/period-1/data/2024-2025/.attendance.csv.4711.tmp"
    left.write_text(ATTENDANCE, encoding="utf-8")
    assert "people erase" not in team(f"people erase {ANNE} --yes") and not left.exists()
    assert having(team, ANNE) == []


@only_in_ci
def test_an_erasure_that_cannot_be_completed_is_named_by_every_command(team: Prt) -> None:
    with team.monkeypatch.context() as broken:
        broken.setattr(journal, "put", crash)
        team(f"people erase {ANNE} --yes", code=130)
    changed = team.path("attendance")
    changed.write_text(changed.read_text(encoding="utf-8").replace(",EMSB,", ",EMSB,30"), encoding="utf-8")
    for typed in ("status", "todo", "list sessions", "check"):
        team(typed, code=int(typed == "check"))
        assert "prt people erase, begun 2025-02-14" in team.err
        assert "was interrupted, and this file was changed since" in team.err
    changed.write_text(ATTENDANCE, encoding="utf-8")
    team("status")
    assert "it is complete now" in team.err and having(team, ANNE) == []


def test_before_it_is_done_it_is_said_that_nothing_older_can_be_undone(team: Prt) -> None:
    for typed in (f"people erase {ANNE}", f"people merge {KIM} {ANNE}"):
        team(typed, code=2)
        assert "After this, what was done before can no longer be undone." in team.err
    assert "would be erased" not in team.err and "is erased" not in team.err


def test_a_token_is_nobody_who_lacks_a_name(team: Prt) -> None:
    team(f"people erase {ANNE} --yes")
    assert "has no name" not in team("check")


# Missing


def test_who_has_not_handed_in_which_round(team: Prt) -> None:
    out = team("people missing 4.journals --as-of 2025-02-14")
    assert f"{LEA}  Léa Exemple  CDA   EMSB       0       1  round 1" in out
    assert out.endswith("1 of 3 missing · round 1: 1\n")
    nothing = "4.journals: nothing was due yet from anybody.\n"
    assert team("people missing 4.journals --as-of 2024-11-01") == nothing
    team("people missing 4.journals --as-of 2024-11-01 --mail")
    assert (team.out, team.err) == ("", nothing)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_to_do_points_to_who_is_missing(team: Prt, language: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    for options, more in ("", ""), (" --report 2", " --period 2"):
        assert f"prt people missing 4.journals{more}\n" in team(f"todo{options}")
        assert LEA in team(f"people missing 4.journals{more}")


def test_an_indicator_of_people_is_called_by_its_label(team: Prt) -> None:
    assert team("people missing 'toutes les remises'") == team("people missing 4.journals")


def test_all_lack_a_round_of_which_nothing_was_handed_in(team: Prt) -> None:
    put_names(team, f"{LEA},Léa Exemple,lea@example.org")
    team.write("journals", "id,round,person,received_on\n")
    out = team("people missing 4.journals --as-of 2025-02-14")
    assert LEA in out and out.endswith("3 of 3 missing · round 1: 3\n")
    assert "lea@example.org" in team("people missing 4.journals --as-of 2025-02-14 --mail")
    assert "no data" in team("explain 4.journals --as-of 2025-02-14")


def test_who_was_not_at_a_meeting(team: Prt) -> None:
    team.people(f"{ANNE},cda,EMSB,,,,,", f"{KIM},cda,RSB,,,,,", f"{LEA},cda,EMSB,,2024-11-01,,,")
    team.write("sessions", SESSIONS + "w-20241203-aaaa,1.4a,2024-12-03,PLC 2,meeting\n")
    rows = [
        f"at-20241203-aaa{at},w-20241203-aaaa,2024-12-03,{one},cda,EMSB,\n"
        for at, one in enumerate((ANNE, LEA))
    ]
    team.write("attendance", ATTENDANCE + "".join(rows))
    typed = "people missing 1.4a.all-four --as-of 2025-02-14"
    listed = json.loads(team(f"{typed} --format json"))
    assert [(one["id"], one["can_still"], one["missing"]) for one in listed] == [
        (KIM, False, "PLC 2"),
        (LEA, False, ""),
    ]
    assert "2 of 3 missed something: 0 can still reach it, 2 cannot\n" in team(typed)
    assert team.out.endswith("0 reached it, 1 missed nothing so far\n")


def test_names_are_for_those_who_have_them(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_PRIVATE", str(team.root / "nowhere"))
    out = team("people missing 4.journals --as-of 2025-02-14")
    assert LEA in out and "Léa" not in out


def test_other_indicators_do_not_say_who(team: Prt) -> None:
    team("people missing 3a.hours", code=2)
    assert '"3a.hours" does not say who is missing.' in team.err and "4.journals" in team.err


def put_names(team: Prt, *rows: str) -> Path:
    private = team.root / "data" / "private"
    private.mkdir(exist_ok=True)
    (private / "names.csv").write_text(
        "id,name,email\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8"
    )
    return private


MISSING = "people missing 4.journals --as-of 2025-02-14"


@pytest.mark.parametrize(
    ("email", "out", "err"),
    [
        ("lea@example.org", "lea@example.org\n", ""),
        ("", "\n", f"Without an e-mail: {LEA}\n"),
        ("lea@example.org; eve@example.org", "\n", f"Without an e-mail: {LEA}\n"),
        ('"lea@example.org\nBcc: eve@example.org"', "\n", f"Without an e-mail: {LEA}\n"),
        ("Léa <lea@example.org>", "\n", f"Without an e-mail: {LEA}\n"),
    ],
)
def test_addresses_of_those_who_miss_something(team: Prt, email: str, out: str, err: str) -> None:
    put_names(team, f"{LEA},Léa Exemple,{email}")
    assert (team(f"{MISSING} --mail"), team.err) == (out, err)


def test_a_list_for_mail_merge_stays_in_the_private_folder(team: Prt) -> None:
    private = put_names(team, f"{LEA},Léa Exemple,lea@example.org")
    assert team(f"{MISSING} --mail -o rappel.csv") == "data/private/mail/rappel.csv: 1 person\n"
    file = private / "mail" / "rappel.csv"
    assert file.read_text(encoding="utf-8-sig").splitlines() == [
        "email,name,first_name,role,board,missing",
        "lea@example.org,Léa Exemple,Léa,cda,EMSB,round 1",
    ]
    assert sys.platform == "win32" or [one.stat().st_mode & 0o777 for one in (file.parent, file)] == [
        0o700,
        0o600,
    ]


def test_a_list_for_mail_merge_is_held_and_erased(team: Prt) -> None:
    put_names(team, f"{LEA},Léa Exemple,lea@example.org")
    team(f"{MISSING} --mail -o rappel.csv")
    path = team.root / "data" / "private" / "mail" / "rappel.csv"
    assert "data/private/mail/rappel.csv:2" in team(f"people show {LEA}")
    assert "data/private/mail/rappel.csv   1 row" in team(f"people erase {LEA} --yes")
    assert path.read_text("utf-8-sig") == "email,name,first_name,role,board,missing\n"


def test_a_list_for_mail_merge_is_not_led_out_of_the_private_folder(team: Prt) -> None:
    put_names(team, f"{LEA},Léa Exemple,lea@example.org")
    away = team.root.parent / "away"
    away.mkdir()
    (team.root / "data" / "private" / "mail").symlink_to(away)
    team(f"{MISSING} --mail -o rappel.csv", code=1)
    assert "data/private/mail" in team.err and not list(away.iterdir())


@pytest.mark.parametrize(
    "name", ["../out.csv", "sub/out.csv", "/tmp/out.csv", "..", "out.txt", ".csv", "a:b.csv"]
)
def test_a_list_for_mail_merge_is_put_nowhere_else(team: Prt, name: str) -> None:
    put_names(team, f"{LEA},Léa Exemple,lea@example.org")
    team(f"{MISSING} --mail -o {name}", code=2)
    assert "names and addresses stay in the private folder" in team.err
    team(f"{MISSING} -o out.csv", code=2)
    team.monkeypatch.setenv("PRT_PRIVATE", str(team.root / "nowhere"))
    team(f"{MISSING} --mail", code=2)
    assert "it alone has addresses" in team.err


# A roster from a spreadsheet

ROSTER = """Nom;Courriel;Fonction;Commission scolaire;CSC;Entrée en poste
"Tremblay, Zoé";zoe@example.org;ADC;English Montréal;Maple CLC;19/08/2024
Anne Roy Côté;;direction;RSB;;
Lea Exempl;;ADC;RSB;;
"""


def roster(prt: Prt, text: str = ROSTER) -> Path:
    path = prt.root.parent / "roster.csv"
    path.write_bytes(text.encode("cp1252"))
    return path


def test_a_roster_adds_who_is_new_and_the_roles_that_are_new(team: Prt) -> None:
    out = team(f"people import {roster(team)} --yes")
    assert f"roster.csv:4  Lea Exempl: perhaps {LEA}. Not added" in out
    people = (team.root / "data/people.csv").read_text(encoding="utf-8").splitlines()
    new = people[-2].split(",")[0]
    assert people[-2:] == [f"{new},cda,EMSB,Maple CLC,2024-08-19,,,", f"{ANNE},principal,RSB,,,,,"]
    assert having(team, "Tremblay", "zoe@") == ["data/private/names.csv"]
    assert "Nothing new: no file was touched." in team(f"people import {roster(team)} --yes")
    team("undo --yes")
    assert having(team, new) == ["data/2024-2025/corrections.csv"]


def test_a_roster_grouped_under_its_boards(team: Prt) -> None:
    text = "Nom;Fonction\nETSB :;\nIda Exemple;ADC\nLBPSB (2);\nNoor Exemple;direction\nSam Exemple;ADC\n"
    out = team(f"people import {roster(team, text)} --yes")
    assert "3 rows: 3 new" in out
    people = (team.root / "data/people.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[1:3] for row in people[-3:]] == [
        ["cda", "ETSB"],
        ["principal", "LBPSB"],
        ["cda", "LBPSB"],
    ]


@pytest.mark.parametrize(("board", "adds"), [("", "0 roles"), ("RSB", "0 roles"), ("ETSB", "1 role")])
def test_a_blank_board_says_nothing_of_a_role_that_is_there(team: Prt, board: str, adds: str) -> None:
    first = "Nom;Courriel;Fonction;CS\nNadia Sample;;ADC;RSB\n"
    team(f"people import {roster(team, first)} --yes")
    out = team(f"people import {roster(team, first.replace(';RSB', f';{board}'))} --yes")
    assert adds in out or (adds == "0 roles" and "Nothing new: no file was touched." in out)


def test_a_first_day_that_cannot_be_read_is_said(team: Prt) -> None:
    text = "Nom;Fonction;Entrée en poste\nIda Exemple;ADC;cet automne\n"
    team(f"people import {roster(team, text)} --yes", code=1)
    assert 'roster.csv:2: Entrée en poste: "cet automne" is not a date' in team.err


@pytest.mark.parametrize(
    "heading",
    ["Date d'entrée", "Date d’entrée en fonction", "Date d’entrée en poste", "Entrée en poste", "Embauche"],
)
def test_how_a_roster_calls_the_first_day(team: Prt, heading: str) -> None:
    text = f"Nom;Fonction;{heading};Casier\nZoé Tremblay;ADC;19/08/2024;7\n"
    assert "columns left behind: Casier\n1 row: 1 new, 1 role to add" in team(
        f"people import {roster(team, text)} --yes"
    )
    assert (
        (team.root / "data/people.csv")
        .read_text(encoding="utf-8")
        .splitlines()[-1]
        .endswith(",cda,,,2024-08-19,,,")
    )


@pytest.mark.parametrize(
    ("function", "role"),
    [
        ("représentante CS", "sb-rep"),
        ("Représentante de la CS", "sb-rep"),
        ("Directrice adjointe", "principal"),
        ("Agent(e) de développement communautaire", "cda"),
        ("Bibliothécaire", "other"),
    ],
)
def test_functions_as_they_are_written_in_quebec(team: Prt, function: str, role: str) -> None:
    path = roster(team, f"Nom;Fonction\nZoé Tremblay;{function}\n")
    team(f"people import {path} --yes --role-of 'bibliothécaire=other'")
    assert (team.root / "data/people.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[1] == role


def test_a_roster_is_shown_first_and_needs_a_yes(team: Prt) -> None:
    before = texts(team.root)
    assert "3 rows: 1 new, 2 roles to add" in team(f"people import {roster(team)} --dry-run")
    team(f"people import {roster(team)}", code=2)
    assert {name: text for name, text in texts(team.root).items() if ".prt/" not in name} == before


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("Nom;Fonction\nZoé Tremblay;chef\n", "", 'roster.csv:2: Fonction: "chef" is no role'),
        ("Nom;Fonction\nZoé Tremblay;chef\n", "", '--role-of "chef=other"'),
        ("Nom;Fonction\nZoé Tremblay;\n", "", "no role\n    Name one for all who have none: --role cda."),
        ("a;b\n1;2\n", "", "has no list of people"),
        ("Nom;Début\nZoé Tremblay;03/04/2024\n", "--role cda", "--day-first"),
    ],
)
def test_a_roster_that_cannot_be_read_is_refused(team: Prt, text: str, options: str, words: str) -> None:
    before = having(team, "cda")
    team(f"people import {roster(team, text)} --yes {options}", code=1)
    assert words in team.err and having(team, "cda") == before


def test_nobody_is_created_while_names_are_missing(team: Prt) -> None:
    private(team, "names", NAMES.replace("p-leah,Léa Exemple,lea@example.org,\n", ""))
    team(f"people import {roster(team)} --yes")
    assert "1 person of data/people.csv has no name" in team.err
    assert "Tremblay" not in texts(team.root)["data/private/names.csv"]


# Checked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Write to anne.roy@example.org.", "an e-mail address stands here"),
        ("Call (514) 555-0123.", "a telephone number stands here"),
        ("Call 514.555.0123", "a telephone number stands here"),
        ("Thanks to ROY CÔTE Anne", f"the name of {ANNE} stands here"),
        ("Kimberley Sample came", f"the name of {KIM} stands here"),
        ("Kim O’Sample came", f"the name of {KIM} stands here"),
        ("Kim O'Sample's visit", f"the name of {KIM} stands here"),
        ("La visite d’Anne Roy-Côté", f"the name of {ANNE} stands here"),
        ("Call 5145550199.", "a telephone number stands here"),
        ("+15145550199, please", "a telephone number stands here"),
    ],
)
def test_what_is_personal_is_found_in_notes(team: Prt, text: str, words: str) -> None:
    notes = team.root / "data/2024-2025/notes"
    notes.mkdir()
    (notes / "period-1.fr.md").write_text(f"\n{text}\n", encoding="utf-8")
    out = team("check")
    assert f"data/2024-2025/notes/period-1.fr.md:2: warning: {words}" in out
    assert "Roy" not in out and "Sample" not in out


def test_a_page_is_read_without_its_tags_wherever_it_is(team: Prt) -> None:
    (team.root / "out").mkdir()
    (team.root / "out/report.html").write_text("<p>Thanks, <b>Anne</b> Roy-Côté</p>\n", encoding="utf-8")
    assert f"out/report.html:1: warning: the name of {ANNE} stands here" in team("check")


def test_a_file_that_is_called_after_a_person_is_named_by_the_id(team: Prt) -> None:
    (team.root / "data/2024-2025/evidence-anne_roy-cote.pdf").write_bytes(b"%PDF")
    out = team("check")
    assert f"data/2024-2025/….pdf: warning: this file is called after {ANNE}" in out and "anne_roy" not in out


@pytest.mark.parametrize(
    "text",
    [
        "Anne and Kim came",
        "2024-10-16 2024-11-20, room 555-0123",
        "https://zoom.example/j/514-555-0123-9",
        "Roy, then Anne",
        "Mary-Anne Roy-Côtés",
        "at-5145550199, 5145550199.50, 0.5145550199, 2024101612",
    ],
)
def test_what_is_nobody_s_is_left_alone(team: Prt, text: str) -> None:
    team("log accompaniment --date 2025-01-10 --staff p-kimo --hours 2 --role cda --board EMSB "
         f"--objective skills --note '{text}'")  # fmt: skip
    assert "stands here" not in team("check")


def test_an_organisation_may_be_called_after_a_person(team: Prt) -> None:
    team(
        'org add ROYC --name-en "Anne Roy Côté Foundation" --name-fr "Fondation Anne Roy Côté" --type partner'
    )
    team("log accompaniment --date 2025-01-10 --staff p-kimo --hours 2 --role cda --board EMSB "
         "--objective skills --note 'at the Anne Roy-Côté Foundation'")  # fmt: skip
    assert "stands here" not in team("check")


def test_two_ids_with_one_e_mail_and_an_id_without_a_name(team: Prt) -> None:
    private(team, "names", NAMES.replace("kim@example.org", "Anne@example.org").replace("p-leah", "p-none"))
    out = team("check")
    assert (
        f"{ANNE} and {KIM} have one e-mail\n    If they are one person: prt people merge {KIM} {ANNE}." in out
    )
    assert f"{LEA} has no name in names.csv" in out and "example.org" not in out


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_private_folder_that_others_may_open(team: Prt) -> None:
    assert "may read it" not in team("check")
    (team.root / "data/private/names.csv").chmod(0o644)
    assert "data/private/names.csv: warning: others on this computer may read it" in team("check")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
@only_in_ci
def test_what_git_would_carry(team: Prt) -> None:
    def git(words: str) -> None:
        assert os.system(f"git -C '{team.root}' {words}") == 0

    git("init -q")
    assert "data/private: warning: git would carry the names" in team("check")
    (team.root / ".gitignore").write_text("data/private/\n", encoding="utf-8")
    assert "git would carry" not in team("check")
    git("add -f data/private/names.csv")
    assert "data/private: git carries the names" in team("check", code=1)


def test_what_a_killed_write_left_is_gone_after_an_erasure(team: Prt) -> None:
    left = [team.root / "data/private/.unmatched.csv.4711.tmp", team.root / "data/.people.csv.4711.tmp"]
    for path in left:
        path.write_text("id,name\nat-1,Anne Roy-Côté\n", encoding="utf-8")
    export = team.root / "data/private/exports/zoom.csv"
    export.parent.mkdir()
    export.write_text("Name\nAnne Roy-Côté\n", encoding="utf-8")
    out = team(f"people erase {ANNE} --yes")
    assert not [path for path in left if path.exists()]
    assert "Not looked into, and perhaps with the name in them" in out and "exports/zoom.csv" in out
