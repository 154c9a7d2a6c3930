"""`prt privacy`, and that no name leaves the private folder: the notice, the retention date, incidents."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from prt.files.privacy.personal import Names, telling_cells, telling_lines, traces
from prt.files.project import Project
from tests.answers import Answers
from tests.conftest import FULL, some
from tests.project import EACH_LINE, ROOT, Prt, shorten_plan_of

NAMES = "id,name,email,other_names\np-anne,Anne Roy,anne@example.org,\np-kimo,Kim Sample,kim@example.org,\n"
LATER = "2026-01-02"


@pytest.fixture
def team(prt: Prt) -> Prt:
    prt.people("p-anne,cda,EMSB,,,2025-06-30,,", "p-kimo,cda,RSB,,,,,")
    folder = prt.root / "data" / "private"
    folder.mkdir(mode=0o700)
    (folder / "names.csv").write_text(NAMES, encoding="utf-8")
    return prt


def next_year(prt: Prt) -> None:
    """The plan of the year after, whose names are kept longer."""
    text = (ROOT / "plan" / "2024-2025.yaml").read_text(encoding="utf-8")
    for old, new in (("2026", "2027"), ("2025", "2026"), ("2024", "2025")):
        text = text.replace(old, new)
    (prt.root / "plan" / "2025-2026.yaml").write_text(text, encoding="utf-8")


def names(prt: Prt) -> list[str]:
    text = (prt.root / "data/private/names.csv").read_text(encoding="utf-8")
    return [line.split(",")[0] for line in text.splitlines()[1:]]


# The notice


def test_the_notice_is_one_page_in_both_languages_from_the_plan(prt: Prt) -> None:
    text = prt("privacy notice").replace("\u00a0", " ")
    assert "Names and e-mails are destroyed after December 31, 2025." in text
    assert "détruits après le 31 décembre 2025" in text
    assert "about fewer than 5 people is withheld" in text and "moins de 5 personnes" in text
    assert "- Students: only how many they were" in text and "Élèves : leur nombre seulement" in text
    assert "Under the same id, attendances: date, role, school board and minutes." in text
    assert "the person in charge of the protection of personal information at LEARN" in text
    assert "pseudonymous, not anonymous" in text and "dépersonnalisé, et non anonyme" in text


def test_one_language_and_a_file(prt: Prt) -> None:
    prt(f"privacy notice --lang fr --output {prt.root / 'avis.md'}")
    text = (prt.root / "avis.md").read_text(encoding="utf-8")
    assert text.startswith("# Vos renseignements personnels") and "Your personal" not in text


def test_what_the_plan_does_not_say_is_to_be_completed(prt: Prt) -> None:
    plan = prt.root / "plan" / "2024-2025.yaml"
    lines = plan.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if "keep_names_until" in line)
    plan.write_text("".join(lines[:at] + lines[at + 4 :]), encoding="utf-8")
    text = prt("privacy notice --lang en")
    assert "keep" in text and text.count("to be completed") == 2


def test_a_project_has_its_own_notice(prt: Prt) -> None:
    (prt.root / "templates").mkdir()
    (prt.root / "templates" / "notice.md.j2").write_text("Ours: {{ report[0].title }}", encoding="utf-8")
    assert prt("privacy notice").startswith("Ours: Your personal information")


# The retention date


def test_before_the_date_nothing_is_destroyed(team: Prt) -> None:
    assert "No retention date is over" in team("privacy purge --yes")
    assert names(team) == ["p-anne", "p-kimo"]


def test_who_is_in_no_later_year_is_destroyed_and_noted_without_a_name(team: Prt) -> None:
    next_year(team)
    team.monkeypatch.setenv("PRT_TODAY", LATER)
    out = team("privacy purge --yes")
    assert names(team) == ["p-kimo"]
    assert "names.csv   1 row to destroy" in out and "1 name kept: needed for 2025-2026" in out
    noted = (team.root / "data/private/purges.csv").read_text(encoding="utf-8")
    assert ",names.csv,1,2025-12-31" in noted and "Anne" not in noted
    assert "Nothing is left to destroy." in team("privacy purge --yes")
    assert "pseudonymous, not anonymous" not in team.err


def test_without_a_later_year_every_name_goes(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_TODAY", LATER)
    assert "No name is kept: there is no plan of a later year here" in team("privacy purge --yes")
    assert names(team) == []


def test_what_goes_with_past_sessions_goes_too(team: Prt) -> None:
    private = team.root / "data/private"
    rows = {
        "unmatched": "id,session,name,email\nat-1,w-20241016-aaaa,Zed Q,\n",
        "stays": "id,row,session,stays\nst-1,at-1,w-20241016-aaaa,a/b\n",
        "subjects": "id,subject\na-20241016-aaaa,0a1b\n",
        "comments": "id,session,response,question,comment\nco-1,w-20241016-aaaa,1,Q,Good\n",
        "corrections": "id,when,who,action,file,row,column,old,new,why\nc-1,2025-01-01T10:00,,edited,f,r,name,A,B,w\n",
    }
    for name, text in rows.items():
        (private / f"{name}.csv").write_text(text, encoding="utf-8")
    team.monkeypatch.setenv("PRT_TODAY", LATER)
    team("privacy purge --yes")
    for name, text in rows.items():
        assert (private / f"{name}.csv").read_text(encoding="utf-8") == text.splitlines(keepends=True)[0]


def test_a_dry_run_and_a_purge_without_a_yes_destroy_nothing(team: Prt) -> None:
    team.monkeypatch.setenv("PRT_TODAY", LATER)
    assert "names.csv   2 rows to destroy" in team("privacy purge --dry-run")
    team("privacy purge", code=2)
    assert names(team) == ["p-anne", "p-kimo"]
    assert not (team.root / "data/private/purges.csv").exists()


# Incidents


def test_an_incident_is_entered_and_listed(team: Prt) -> None:
    team("privacy incident add --known-on yesterday --happened '10 to 12 Feb' --data 'names, e-mails' "
         "--circumstances 'a laptop was left in a train' --people 105 --serious yes")  # fmt: skip
    assert "to be notified without delay" in team.err
    [one] = json.loads(team("privacy incident list --format json"))
    assert (one["known_on"], one["recorded"], one["people"], one["serious"]) == (
        "2025-02-13",
        "2025-02-14",
        105,
        True,
    )
    assert (team.root / "data/private/incidents.csv").stat().st_mode & 0o077 == 0 or os.name == "nt"


def test_an_incident_is_completed_and_what_it_said_is_kept_privately(team: Prt) -> None:
    team("privacy incident add --known-on 2025-02-13 --happened Feb --data names --circumstances lost")
    assert "--commission-notified DATE" in team.err
    number = json.loads(team("privacy incident list --format json"))[0]["id"]
    out = team(f"privacy incident edit {number} --commission-notified yesterday --circumstances stolen")
    assert "circumstances  lost → stolen" in out and "commission notified  (empty) → 13 Feb 2025" in out
    listed = team("privacy incident list")
    assert "commission notified  2025-02-13\n" in listed and max(map(len, listed.splitlines())) < 80
    private = (team.root / "data/private/corrections.csv").read_text(encoding="utf-8")
    assert f"{number},circumstances,lost,stolen,completed" in private
    assert not (team.root / "data/2024-2025/corrections.csv").exists()
    team("privacy incident edit in-none --note x", code=2)
    assert "No incident has the id in-none" in team.err


def test_on_a_terminal_an_incident_is_asked_for(team: Prt) -> None:
    typed = ["tomorrow, or so", "2025-02-13", "", "Feb", "names", "lost", *[""] * 9]
    answers = Answers(typed)
    team.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    team.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: answers)
    assert "Entered  in-" in team("privacy incident add")
    [one] = json.loads(team("privacy incident list --format json"))
    assert (one["known_on"], one["happened"], one["circumstances"]) == ("2025-02-13", "Feb", "lost")


def test_an_incident_says_what_the_law_asks(team: Prt) -> None:
    team("privacy incident add --known-on 2025-02-13", code=2)
    for option in ("--happened: missing", "--data: missing", "--circumstances: missing"):
        assert option in team.err


def test_the_register_outlives_names_and_erasures(team: Prt) -> None:
    team(
        "privacy incident add --known-on 2025-02-13 --happened Feb --data names --circumstances 'p-anne told us'"
    )
    team("people erase p-anne --yes")
    team.monkeypatch.setenv("PRT_TODAY", LATER)
    team("privacy purge --yes")
    register = (team.root / "data/private/incidents.csv").read_text(encoding="utf-8")
    assert "told us" in register and "p-anne" not in register and "erased-" in register


# No name leaves its folder


def test_no_name_or_e_mail_of_the_fictional_year_is_outside_the_private_folder(
    tmp_path: Path, small_demo: Path, prt: Prt
) -> None:
    root = tmp_path / "demo"
    shutil.copytree(small_demo, root)
    if not FULL:
        shorten_plan_of(root, "1.1", *EACH_LINE)
    prt.monkeypatch.setenv("PRT_PROJECT", str(root))
    prt.monkeypatch.setenv("PRT_TODAY", "2025-07-01")
    (root / "reports").mkdir()
    for form in some(("fr.html", "en.md", "fr.md", "en.html"), 1):
        prt(f"report --period 3 --lang {form[:2]} --output {root / f'reports/r.{form}'}")
    known = Project(root, root / "data/private").names().values()
    wanted = [text for row in known for text in (row["name"], row["email"]) if text]
    private = root / "data" / "private"
    files = [path for path in root.rglob("*") if path.is_file() and private not in path.parents]
    assert len(wanted) > 150 and len(files) > 15
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert [one for one in wanted if one in text] == [], path
    assert "stands here" not in prt("check")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Anne Sample", True),
        ("d’Anne Sample", True),
        ("Anne\u00a0Sample’s", True),
        ("« Ann\u0065 » – Sample", True),
        ("Anne&nbsp;Sample", True),
        ("sample,\u00c4nne", True),
        ("O’Brien Zo\u00eb", True),
        ("Zoe O'Brien", True),
        ("514 555-0199", True),
        ("(514) 555-0199", True),
        ("15145550199", True),
        ("\U0001f600 \udc80 é 514.555.0199", True),
        ("a@b.ca", True),
        ("2024-10-03,2024-11-1234", False),
        ("annes sampler", False),
    ],
)
def test_a_file_is_looked_at_as_one_text_and_says_what_its_lines_say(line: str, told: bool) -> None:
    names = Names()
    names.add("p-1", "Anne Sample")
    names.add("p-2", "Zoë O’Brien")
    ends = ("\n", "\r\n", "\r", "\n")
    lines = [f"{text}{end}" for text, end in zip(("x", line, "« – »", line), ends, strict=True)]
    found = telling_lines(lines, names)
    assert found == ([2, 4] if told else [])
    assert all(bool(traces(one, names)) is (number in found) for number, one in enumerate(lines, 1))


@pytest.mark.parametrize(
    ("name", "texts", "told"),
    [
        ("Rose Bush", ["w-20241016-2345", "a-20240819-8227"], set()),
        ("Rose Bush", ["w-20241016-2345", "2024 819-8227", "514-819-8227"], {1, 2}),
        ("Rose Bush", ["w-20241016-rose", "w-20241016-bush"], {0, 1}),
        ("Rose Bush", ["w-20241016-rose4", "rose4", "4bush"], set()),
        ("Rose4 Bush", ["w-20241016-rose", "rose4", "bush"], {1, 2}),
    ],
)
def test_few_texts_of_a_column_may_tell_something(name: str, texts: list[str], told: set[int]) -> None:
    """An id with four digits at its end is no telephone number; a name may have a digit."""
    names = Names()
    names.add("p-1", name)
    assert [*telling_cells([texts], names)] == [told]
