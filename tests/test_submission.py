"""What was sent stays sent: frozen folders, what is refused, digests, corrections, an id replaced."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from prt.commands.submissions import COLUMNS, narrow_table
from prt.files.new_project import read_example
from prt.files.notes import read_sections
from prt.files.plan.pieces import read_piece
from prt.files.privacy import redact
from prt.files.privacy.redact import redact_submission
from prt.files.rooms import LEFT_BY_SYSTEMS
from prt.files.submissions import freeze
from prt.files.submissions.manifest import Manifest, bytes_digest, read_manifest, verify_files, write_manifest
from prt.files.submissions.submission import Submission, misplaced_reason
from prt.output.tables import Heading, Table
from prt.problems import PrtError
from prt.tasks.submissions import submit_report
from prt.tasks.submissions.submit_request import SubmitRequest
from tests.answers import sit_down
from tests.conftest import only_in_ci
from tests.project import WORKSHOP, Prt

ANYWAY = "--anyway actions,no-data"
DECEMBER, APRIL, JULY = "2024-12-13", "2025-04-14", "2025-07-11"
ERASED_ON = dt.date(2027, 1, 5)


def folder(prt: Prt, name: str = "period-1") -> Path:
    return prt.root / "data" / "2024-2025" / "submitted" / name


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def on(prt: Prt, day: str, typed: str, code: int = 0) -> str:
    """A command typed on that day, in the project."""
    prt.monkeypatch.setenv("PRT_TODAY", day)
    prt.monkeypatch.setenv("PRT_PROJECT", str(prt.root))
    return prt(typed, code)


def manifest(prt: Prt, name: str = "period-1") -> dict[str, object]:
    found: dict[str, object] = json.loads((folder(prt, name) / "manifest.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def sent(prt: Prt, kept: Path) -> Prt:
    """One workshop, one request and two hours; report 1 was submitted."""
    prt.once(kept, lambda: send(prt))
    return prt


def send(prt: Prt) -> None:
    prt.shorten_plan("1.1", "3a.hours", "4.reports", "4.journals", "4.feedback")
    prt.people("p-k7k2,prt-staff,,,,,,")
    on(prt, DECEMBER, WORKSHOP)
    on(prt, DECEMBER, "log request --date 2024-10-02 --role cda --board EMSB --objective skills")
    hours = "--staff p-k7k2 --hours 2 --role cda --board EMSB --objective skills"
    on(prt, DECEMBER, f"log accompaniment --date 2024-10-03 {hours}")
    on(prt, DECEMBER, f"submit {ANYWAY}")


class TestWhatIsKept:
    def test_a_submission_is_a_project_of_its_own(self, sent: Prt) -> None:
        assert set(files(folder(sent))) == {
            "plan/2024-2025.yaml",
            "data/organisations.csv",
            "data/people.csv",
            *(
                f"data/2024-2025/{log}.csv"
                for log in ("sessions", "requests", "accompaniment", "deliverables")
            ),
            "reports/report-1.fr.md",
            "reports/report-1.fr.html",
            "figures.json",
            "withheld.json",
            "manifest.json",
        }
        assert "1.1.workshops" in sent(f"--project {folder(sent)} status --period 1")

    def test_what_keeps_a_year_from_being_read_is_found_out_once(self, sent: Prt) -> None:
        plan = folder(sent) / "plan" / "2024-2025.yaml"
        plan.write_text(plan.read_text(encoding="utf-8").replace("starts:", "begins:"), encoding="utf-8")
        one = Submission(folder(sent), "")
        with pytest.raises(PrtError) as first:
            _ = one.year
        with pytest.raises(PrtError) as second:
            _ = one.year
        assert second.value is first.value and not one.is_known

    def test_the_report_is_the_edition_for_the_funder(self, sent: Prt) -> None:
        reports = {name: text.decode() for name, text in files(folder(sent)).items() if "/report-1." in name}
        assert len(reports) == 2
        for text in reports.values():
            assert "Signification" in text and "Concordance avec" not in text
        assert 'class="for-funder"' in reports["reports/report-1.fr.html"]

    def test_the_manifest_says_what_when_and_by_which_prt(self, sent: Prt) -> None:
        found = manifest(sent)
        kept = {name: found[name] for name in ("schema", "year", "period", "cut_off", "sent_on", "languages")}
        assert kept == {
            "schema": 1,
            "year": "2024-2025",
            "period": 1,
            "cut_off": "2024-11-30",
            "sent_on": DECEMBER,
            "languages": ["fr"],
        }
        assert set(found["files"]) == set(files(folder(sent))) - {"manifest.json"}  # type: ignore[call-overload]
        assert "target" in str(found["anyway"])

    def test_it_is_said_that_prt_sends_nothing(self, sent: Prt) -> None:
        on(sent, APRIL, f"submit {ANYWAY}")
        assert "Frozen in data/2024-2025/submitted/period-2: report (fr), " in sent.out
        assert "4.reports  1 → 2 of 3" in sent.out
        assert "prt sends nothing" in sent.err

    def test_nothing_is_written_into_it(self, sent: Prt) -> None:
        sent(f"--project {folder(sent)} {WORKSHOP} --anyway", code=1)
        assert "a frozen copy of what was submitted, and never changes" in sent.err
        assert "yes" in on(sent, DECEMBER, "submissions")

    def test_what_was_really_sent_is_kept_byte_by_byte(self, sent: Prt, tmp_path: Path) -> None:
        pdf = tmp_path / "Rapport d’étape.pdf"
        pdf.write_bytes(b"%PDF\r\n\x00\xff")
        on(sent, APRIL, f'submit --period 2 --sent "{pdf}" --on 2025-04-12 {ANYWAY} --lang fr,en')
        assert files(folder(sent, "period-2"))["sent/Rapport d’étape.pdf"] == b"%PDF\r\n\x00\xff"
        assert manifest(sent, "period-2")["sent_on"] == "2025-04-12"
        assert {"reports/report-2.fr.md", "reports/report-2.en.md"} < set(files(folder(sent, "period-2")))

    def test_the_report_is_no_draft_any_more(self, sent: Prt) -> None:
        text = (folder(sent) / "reports" / "report-1.fr.md").read_text(encoding="utf-8")
        assert "Transmis le 13 décembre 2024" in text and "ÉBAUCHE" not in text
        assert "ÉBAUCHE" in on(sent, DECEMBER, "report --period 1")
        assert "DRAFT" in on(sent, DECEMBER, "report --period 1 --lang en")

    @only_in_ci
    def test_the_same_files_make_the_same_bytes(self, sent: Prt, tmp_path: Path) -> None:
        log = sent.root / "data" / "2024-2025" / "deliverables.csv"
        log.write_bytes(
            log.read_bytes().replace(b"data/2024-2025/submitted/period-1", b"")
        )  # as if never sent
        found = []
        for _ in range(2):
            shutil.rmtree(folder(sent))
            on(sent, DECEMBER, f"submit --period 1 {ANYWAY}")
            found.append(files(folder(sent)))
        first, again = found
        assert again == first
        assert len(first) > 8


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_git_keeps_every_file_and_every_byte(sent: Prt, tmp_path: Path) -> None:
    """On Windows too, where git may write other line ends; and frozen reports are no drafts to be ignored."""
    for name in ("gitignore", "gitattributes"):
        (sent.root / f".{name}").write_text(read_example(f"project/{name}"), encoding="utf-8")
    notes = sent.root / "data" / "2024-2025" / "notes" / "period-2.fr.md"
    notes.parent.mkdir()
    notes.write_bytes("## Faits saillants\r\n\r\nÉcrit sous Windows.\r\n".encode())
    on(sent, APRIL, f"submit {ANYWAY}")
    git = ["git", "-c", "core.autocrlf=true", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, "-C", str(sent.root), *words], check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", str(sent.root), str(tmp_path / "clone")], check=True)
    there = tmp_path / "clone" / folder(sent).parent.relative_to(sent.root)
    assert files(there) == files(folder(sent).parent)


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("submit --period 2", "Period 2 ends on Mon 31 Mar 2025, a day still to come"),
            ("submit --period 4", "The plan has no period 4. Periods: 1, 2, 3."),
            ("submit --annual", "Period 3 ends on Mon 30 June 2025, a day still to come"),
            ("submit --annual --period 1", "--annual is of the whole year"),
            ("submit --period 1 --on 2024-11-29", "sent then or later, and by today"),
            ("submit --period 1 --on 2024-12-14", "sent then or later, and by today"),
            ("submit --period 1 --sent nowhere.pdf", "there is no file nowhere.pdf"),
            ("submit --period 1 --lang de", '"de" is not a language of prt'),
            (
                "submit --period 1 --anyway everything",
                "One or more of: errors, actions, no-data, personal, damaged.",
            ),
        ],
    )
    def test_what_makes_no_sense(self, prt: Prt, typed: str, said: str) -> None:
        on(prt, DECEMBER, typed, code=2)
        assert said in prt.err
        assert not folder(prt).exists()

    def test_a_target_behind_or_without_data_wants_a_word(self, sent: Prt) -> None:
        before = files(sent.root)
        on(sent, APRIL, "submit --period 2", code=1)
        assert "without a corrective action in data/2024-2025/notes/period-2.fr.md: " in sent.err
        assert "1.1.workshops" in sent.err and "--anyway actions" in sent.err
        assert "without data, unexplained in data/2024-2025/notes/period-2.fr.md: " in sent.err
        assert "Nothing was submitted." in sent.err
        assert files(sent.root) == before

    @pytest.mark.parametrize(
        ("language", "both"),
        [
            ("en", "data/2024-2025/notes/period-2.fr.md and data/2024-2025/notes/period-2.en.md: "),
            ("fr", "data/2024-2025/notes/period-2.fr.md et data/2024-2025/notes/period-2.en.md\u00a0: "),
        ],
    )
    def test_what_both_languages_lack_is_told_once(self, sent: Prt, language: str, both: str) -> None:
        sent.monkeypatch.setenv("PRT_LANG", language)
        on(sent, APRIL, "submit --period 2 --lang fr,en", code=1)
        assert sent.err.count(both) == 2 and sent.err.count("1.1.workshops") == 2

    def test_notes_are_that_word(self, sent: Prt) -> None:
        on(sent, APRIL, "submit --period 2 --dry-run", code=1)
        lines = [line for line in sent.err.splitlines() if "data/2024-2025/notes/period-2.fr.md: " in line]
        handles = " ".join(line.rpartition(": ")[2].rstrip(".") for line in lines).replace(",", "").split()
        assert len(handles) > 5
        text = "".join(f"### {handle}\n\nDeux ateliers sont prévus en mai.\n" for handle in handles)
        path = sent.root / "data" / "2024-2025" / "notes" / "period-2.fr.md"
        path.parent.mkdir()
        path.write_text(f"## Écarts et mesures correctives\n\n{text}", encoding="utf-8")
        on(sent, APRIL, "submit --period 2")
        assert "data/2024-2025/notes/period-2.fr.md" in files(folder(sent, "period-2"))
        assert manifest(sent, "period-2")["anyway"] == []

    def test_errors_are_refused_unless_told(self, sent: Prt) -> None:
        with sent.path("sessions").open("a", encoding="utf-8") as file:
            file.write("w-20250101-aaaa,1.1,not a day\n")
        on(sent, APRIL, f"submit --period 2 {ANYWAY}", code=1)
        assert "1 error in the files" in sent.err and "--anyway errors" in sent.err
        on(sent, APRIL, f"submit --period 2 {ANYWAY} --anyway errors")
        assert "Anyway: 1 error in the files" in sent.err
        assert "1 error in the files" in str(manifest(sent, "period-2")["anyway"])
        text = (folder(sent, "period-2") / "reports" / "report-2.fr.md").read_text(encoding="utf-8")
        assert "- 1 entrée erronée est exclue de tous les résultats." in text.partition("\n## ")[0]
        assert "Aucune mesure corrective fournie" in text and "– Aucune explication fournie" in text

    def test_a_dry_run_writes_nothing(self, sent: Prt) -> None:
        before = files(sent.root)
        said = on(sent, APRIL, f"submit {ANYWAY} --dry-run")
        assert "Would be frozen in data/2024-2025/submitted/period-2" in said
        assert "4.reports  1 → 2 of 3" in said
        assert files(sent.root) == before

    def test_what_fails_half_way_leaves_nothing(self, sent: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        before = files(sent.root)
        monkeypatch.setattr(freeze, "write_manifest", full)
        on(sent, APRIL, f"submit {ANYWAY}", code=1)
        assert "the disk is full" in sent.err
        assert [path.name for path in folder(sent).parent.iterdir()] == ["period-1"]
        assert files(sent.root) == before

    @only_in_ci
    def test_what_a_killed_prt_left_is_cleared(self, sent: Prt) -> None:
        """Case D6."""
        left = folder(sent).parent / ".period-2.4711"
        (left / "plan").mkdir(parents=True)
        assert "period-2" not in on(sent, APRIL, "submissions")
        on(sent, APRIL, f"submit {ANYWAY}")
        assert not left.exists()


ROW = "id,kind,title,period,date,posted_on,url,evidence,note\nd1,progress-report,R1,1,"
"""A row that a spreadsheet saved."""


class TestAReportCountsItself:
    @only_in_ci
    def test_three_reports_the_bilan_and_a_correction(self, sent: Prt) -> None:
        on(sent, APRIL, f"submit {ANYWAY}")
        on(sent, JULY, f"submit {ANYWAY}")
        on(sent, JULY, f"submit --annual {ANYWAY}")
        on(sent, JULY, f"submit --period 3 {ANYWAY} --lang en --why 'for the English readers'")
        on(sent, JULY, f"submit --annual {ANYWAY} --lang en --why 'for the English readers'")
        assert reports_counted(sent, "period-1") == 1
        assert reports_counted(sent, "period-2") == 2
        assert [reports_counted(sent, name) for name in ("period-3", "period-3-r2", "annual-r2")] == [3, 3, 3]
        rows = [line.split(",")[1:4] for line in sent.lines("deliverables")]
        assert [kind for kind, _, _ in rows] == ["progress-report"] * 3 + ["other"]
        text = (folder(sent, "period-3") / "reports" / "report-3.fr.md").read_text(encoding="utf-8")
        assert "| **Rapports d’étape transmis** – Nombre" in text and "| 3 | **3** –" in text
        bilan = (folder(sent, "annual") / "reports" / "annual.fr.md").read_text(encoding="utf-8")
        assert "**Bilan annuel 2024-2025** – du 1er juillet 2024 au 30 juin 2025" in bilan
        on(sent, JULY, f"submit {ANYWAY}", code=2)
        assert "A correction names its report" in sent.err

    def test_a_correction_is_a_folder_of_its_own_and_says_what_it_corrects(self, sent: Prt) -> None:
        first = files(folder(sent))
        on(sent, APRIL, f"{WORKSHOP} --anyway")
        on(sent, APRIL, f"submit --period 1 {ANYWAY} --why 'one workshop more'")
        assert files(folder(sent)) == first
        text = (folder(sent, "period-1-r2") / "reports" / "report-1.fr.md").read_text(encoding="utf-8")
        reason = "remplace celle du 13 décembre 2024; motif\u00a0: one workshop more"
        assert f"**Version corrigée nº\u00a01, {reason}**" in text
        assert "period-1-r2 is a correction: one workshop more" in on(sent, APRIL, "submissions")
        draft = on(sent, APRIL, "report --period 1 --lang en")
        assert "**DRAFT of a correction – report submitted on April 14, 2025**" in draft
        assert "(correction 1), submitted on April 14, 2025" in draft
        assert "### Rapport d’étape nº\u00a01, transmis le 13 décembre 2024" in text
        assert "| 1.1\u00a0· Ateliers offerts, P1\u00a0: 1" in text
        assert len(sent.lines("deliverables")) == 1

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Report 1 was submitted on Fri 13 Dec 2024 (period-1) and nothing has changed since."),
            ("--why 'to be sure'", "and nothing has changed since."),
            ("--lang en", "(period-1). A correction says why: add --why TEXT."),
            ("--lang en --why x --on 2024-12-12", "what it corrects was sent on 13 Dec 2024 (period-1)."),
            ("--why 'a\x1b[31m'", "--why: a control character (U+001B)"),
            ("--approved-by 'a\x1b[31m'", "--approved-by: a control character (U+001B)"),
        ],
    )
    def test_a_correction_is_meant(self, sent: Prt, typed: str, said: str) -> None:
        before = files(sent.root)
        on(sent, APRIL, f"submit --period 1 {ANYWAY} {typed}", code=2)
        assert said in sent.err and files(sent.root) == before

    def test_why_is_asked_when_nothing_is_in_the_way(self, sent: Prt) -> None:
        """So that no obstacle costs what was typed."""
        on(sent, APRIL, f"{WORKSHOP} --anyway")
        with pytest.MonkeyPatch.context() as patch:
            screen = sit_down(patch, "", "one workshop more")
            on(sent, APRIL, "submit --period 1", code=1)
            assert not any("Why is it corrected?" in line for line in screen.said), screen.screen
        with pytest.MonkeyPatch.context() as patch:
            screen = sit_down(patch, "", "?", "one workshop more")
            on(sent, APRIL, f"submit --period 1 {ANYWAY}")
        assert "counted again, wrong board" in screen.screen
        assert "period-1-r2 is a correction: one workshop more" in on(sent, APRIL, "submissions")

    def test_why_is_of_a_correction(self, sent: Prt) -> None:
        on(sent, APRIL, f"submit --period 2 {ANYWAY} --why x", code=2)
        assert "--why is of a correction" in sent.err

    @only_in_ci
    def test_of_two_at_once_one_is_refused(self, prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
        on(prt, DECEMBER, f"submit {ANYWAY}")
        made = folder(prt).rename(prt.root.parent / "made")
        prt.path("deliverables").unlink()
        ask = submit_report.refuse_meanwhile

        def after_another(wanted: SubmitRequest) -> None:
            shutil.copytree(made, folder(prt))
            ask(wanted)

        monkeypatch.setattr(submit_report, "refuse_meanwhile", after_another)
        on(prt, DECEMBER, f"submit {ANYWAY}", code=1)
        assert "It was submitted meanwhile (data/2024-2025/submitted/period-1, sent 13 Dec 2024)" in prt.err
        assert not prt.path("deliverables").exists() and not folder(prt, "period-1-r2").exists()

    def test_a_row_with_a_day_to_come_is_named(self, prt: Prt) -> None:
        prt.write("deliverables", f"{ROW}2024-12-13,,,,\n")
        on(prt, "2024-12-12", f"submit --period 1 {ANYWAY}", code=2)
        row = "data/2024-2025/deliverables.csv:2"
        assert f"{row} says report 1 was sent on 13 Dec 2024, which is to come: correct that row" in prt.err

    def test_a_row_that_says_so_already_is_enough(self, prt: Prt) -> None:
        prt.write("deliverables", f"{ROW}2024-12-10,,,,\n")
        on(prt, DECEMBER, f"submit --period 1 {ANYWAY}")
        assert len(prt.lines("deliverables")) == 1
        assert manifest(prt)["sent_on"] == "2024-12-10"


def reports_counted(prt: Prt, name: str) -> int:
    figures = json.loads((folder(prt, name) / "figures.json").read_text(encoding="utf-8"))
    [found] = [one for one in figures["indicators"] if one["id"] == "4.reports"]
    return int(found["to_date"]["value"])


def frozen(root: Path, kept: dict[str, bytes], **facts: object) -> Path:
    """A frozen folder with these files and their digests."""
    for name, data in kept.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    day = dt.date(2024, 12, 13)
    known: dict[str, object] = {"prt": "0.1.0", "year": "2024-2025", "period": 1, "languages": ("fr",)}
    known |= {"cut_off": day, "sent_on": day, "frozen_on": day}
    digests = {name: bytes_digest(data) for name, data in kept.items()}
    write_manifest(root, read_piece(Manifest, known | facts | {"files": digests}), root.name)
    return root


def wrong(root: Path) -> list[str]:
    """What verifying says."""
    return [
        str(problem).splitlines()[0] for problem in verify_files(root, read_manifest(root, ""), "p1").problems
    ]


KEPT = {
    "plan/2024-2025.yaml": b"year:\n",
    "data/2024-2025/sessions.csv": b"id\r\nw-1\r\n",
    "sent/r.pdf": b"%",
}


class TestVerifying:
    @pytest.mark.parametrize("name", KEPT)
    def test_a_changed_byte_is_named(self, tmp_path: Path, name: str) -> None:
        root = frozen(tmp_path / "p1", KEPT)
        assert wrong(root) == []
        (root / name).write_bytes(KEPT[name][:-1] + bytes([KEPT[name][-1] ^ 1]))
        assert wrong(root) == [f"p1/{name}: the file is not the one that was submitted: its digest differs"]

    def test_a_missing_and_an_added_file_are_named(self, tmp_path: Path) -> None:
        root = frozen(tmp_path / "p1", KEPT)
        (root / "sent/r.pdf").unlink()
        (root / "data/2024-2025/tools.csv").write_text("id\n")
        assert wrong(root) == [
            "p1/data/2024-2025/tools.csv: the file was added after it was submitted",
            "p1/sent/r.pdf: the file is missing",
        ]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
    def test_what_is_no_file_is_named(self, tmp_path: Path) -> None:
        root = frozen(tmp_path / "p1", KEPT)
        (root / "sent/r.pdf").rename(tmp_path / "r.pdf")
        (root / "sent/r.pdf").symlink_to(tmp_path / "r.pdf")
        os.mkfifo(root / "more")
        assert wrong(root) == [
            "p1/more: neither a file nor a folder: it was added after it was submitted",
            "p1/sent/r.pdf: a link is not a frozen file: what it points to may change",
        ]
        assert str(verify_files(root, read_manifest(root, ""), "p1")) == "no: 1 link, 1 no file"

    @pytest.mark.parametrize(
        ("name", "facts", "said"),
        [
            ("period-2", {}, "the manifest says period 1, the folder is period-2"),
            ("period-1-r2", {}, "the manifest says period 1, the folder is period-1-r2"),
            ("annual", {}, "the manifest says period 1, the folder is annual"),
            ("period-1", {"year": "2023-2024"}, "the manifest is of 2023-2024, the folder is in 2024-2025"),
            ("period-1", {"revision": 3}, "the manifest says period 1, correction 2, the folder is period-1"),
            ("period-1", {}, ""),
        ],
    )
    def test_a_folder_is_what_its_name_says(
        self, tmp_path: Path, name: str, facts: dict[str, object], said: str
    ) -> None:
        root = frozen(tmp_path / "2024-2025" / "submitted" / name, {}, **facts)
        assert str(misplaced_reason(root, read_manifest(root, "")) or "") == said

    @only_in_ci
    def test_a_copy_under_another_name_is_named_and_taken_for_nothing(self, sent: Prt) -> None:
        shutil.copytree(folder(sent), folder(sent, "period-2"))
        on(sent, DECEMBER, "submissions", code=1)
        assert "submitted/period-2: the manifest says period 1, the folder is period-2" in sent.err
        on(sent, DECEMBER, "explain 4.reports --submitted 2", code=1)
        assert "the manifest says period 1" in sent.err
        assert "period-2: warning: the manifest says period 1" in on(sent, DECEMBER, "check")
        assert "the manifest says period 1" not in on(sent, DECEMBER, "report --period 2")

    def test_check_and_explain_name_a_damaged_file(self, sent: Prt) -> None:
        path = folder(sent) / "data" / "people.csv"
        path.write_bytes(path.read_bytes() + b"\n")
        assert "period-1/data/people.csv: warning: the file is not the one" in on(sent, DECEMBER, "check")
        found = on(sent, DECEMBER, "explain 4.reports --submitted 1", code=1)
        assert (
            "10 of 11 digests agree.\n  data/2024-2025/submitted/period-1/data/people.csv: the file" in found
        )

    def test_the_list_fits_a_narrow_screen_and_says_what_it_does_not_prove(self, sent: Prt) -> None:
        said = on(sent, DECEMBER, "submissions")
        assert "Who edits a file and its manifest too is not found out" in said
        whole = Table(tuple(map(Heading, COLUMNS)), (("period-1-r2", 1, *["2024-11-30"] * 7, None),))
        keys = [one.key for one in narrow_table(whole, 64).headings]
        assert keys == ["name", "cut_off", "sent_on", "digest", "verified"]

    @pytest.mark.parametrize(
        "name", [*sorted(LEFT_BY_SYSTEMS), "~$report.docx", ".~lock.report.docx#", ".people.csv.4711.tmp"]
    )
    def test_what_a_system_leaves_behind_is_nothing(self, tmp_path: Path, name: str) -> None:
        root = frozen(tmp_path / "p1", KEPT)
        (root / "data" / name).write_bytes(b"\x00")
        assert wrong(root) == []

    def test_an_empty_folder_is_nothing(self, tmp_path: Path) -> None:
        """Programs for shared folders make some, and git keeps none; a file that is gone with its folder is missed."""
        root = frozen(tmp_path / "p1", KEPT)
        (root / ".dropbox.cache" / "2024-12-14").mkdir(parents=True)
        assert wrong(root) == []
        (root / "sent/r.pdf").unlink()
        assert wrong(root) == ["p1/sent/r.pdf: the file is missing"]
        (root / "sent/r.pdf").mkdir()
        assert wrong(root) == ["p1/sent/r.pdf: the file is missing"]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "the manifest cannot be read"),
            ("[1]", "the manifest cannot be read"),
            ("[" * 100_000, "the manifest cannot be read"),
            ('{"schema": 1}', "the manifest cannot be read: prt"),
            ('{"schema": "x"}', "the manifest cannot be read"),
            ('{"schema": 2, "prt": "9.0"}', "frozen by a newer prt (9.0)"),
        ],
    )
    def test_a_manifest_that_cannot_be_read(self, tmp_path: Path, text: str, said: str) -> None:
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(PrtError) as error:
            read_manifest(tmp_path, "p1")
        assert "p1/manifest.json: " in str(error.value) and said in str(error.value)

    def test_keys_of_a_later_prt_are_passed_over(self, tmp_path: Path) -> None:
        root = frozen(tmp_path / "p1", KEPT)
        path = root / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"weather": "snow"}))
        assert wrong(root) == []

    def test_the_command_names_it_and_a_report_can_still_be_made(self, sent: Prt) -> None:
        assert "yes" in on(sent, DECEMBER, "submissions")
        path = folder(sent) / "data" / "people.csv"
        path.write_bytes(path.read_bytes() + b"\n")
        assert "no: 1 changed" in on(sent, DECEMBER, "submissions", code=1)
        assert "submitted/period-1/data/people.csv: the file is not the one that was submitted" in sent.err
        (folder(sent) / "manifest.json").unlink()
        on(sent, DECEMBER, "submissions", code=1)
        assert "the manifest is missing" in sent.err
        assert "# 2024-2025 PRT Action Plan" in on(sent, APRIL, "report --period 2 --lang en")
        assert "the manifest is missing" in sent.err

    def test_nothing_yet(self, prt: Prt) -> None:
        assert "Nothing was submitted in 2024-2025 yet" in prt("submissions")


PEOPLE = "id;role;centre\r\np-k7k2;prt-staff;été de p-k7k2x, p-k7k2\r\n"
REPLACED = "id;role;centre\r\np-0000;prt-staff;été de p-k7k2x, p-0000\r\n"
MARKS = {"utf-8-sig": b"", "cp1252": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


class TestReplacingAnId:
    @pytest.mark.parametrize("encoding", MARKS)
    def test_in_every_encoding_of_a_spreadsheet(self, tmp_path: Path, encoding: str) -> None:
        root = frozen(tmp_path, {"data/people.csv": MARKS[encoding] + PEOPLE.encode(encoding)})
        assert redact_submission(root, "p-k7k2", "p-0000", ERASED_ON) == ["data/people.csv"]
        assert (root / "data/people.csv").read_bytes() == MARKS[encoding] + REPLACED.encode(encoding)
        assert wrong(root) == []

    def test_the_manifest_says_so_and_keeps_the_digest_of_before(self, tmp_path: Path) -> None:
        root = frozen(tmp_path, {"data/people.csv": PEOPLE.encode(), "sent/r.csv": b"p-k7k2"})
        before = read_manifest(root, "").files
        redact_submission(root, "p-k7k2", "p-0000", ERASED_ON)
        after = read_manifest(root, "")
        [erased] = after.erased
        assert (erased.date, erased.before) == (ERASED_ON, {"data/people.csv": before["data/people.csv"]})
        assert after.files["data/people.csv"] == bytes_digest(REPLACED.encode())
        assert (root / "sent/r.csv").read_bytes() == b"p-k7k2"
        assert "p-k7k2" not in (root / "manifest.json").read_text()

    def test_who_submitted_it_is_a_person_too(self, tmp_path: Path) -> None:
        root = frozen(tmp_path, KEPT, submitted_by="p-k7k2")
        redact_submission(root, "p-k7k2", "p-0000", ERASED_ON)
        assert read_manifest(root, "").submitted_by == "p-0000"

    @pytest.mark.parametrize("other", ["p-k7k", "k7k2", "p-k7k2-", "K7K2"])
    def test_another_id_that_is_alike_stays(self, tmp_path: Path, other: str) -> None:
        root = frozen(tmp_path, {"data/people.csv": PEOPLE.encode()})
        assert redact_submission(root, other, "p-0000", ERASED_ON) == []
        assert (root / "data/people.csv").read_bytes() == PEOPLE.encode()

    def test_a_file_that_was_tampered_with_is_not_made_to_look_right(self, tmp_path: Path) -> None:
        root = frozen(tmp_path, {"data/people.csv": PEOPLE.encode()})
        (root / "data/people.csv").write_text("id,role\np-k7k2,prt-staff\n")
        with pytest.raises(PrtError) as error:
            redact_submission(root, "p-k7k2", "p-0000", ERASED_ON)
        assert "data/people.csv: the file is not the one that was submitted" in str(error.value)
        assert b"p-k7k2" in (root / "data/people.csv").read_bytes()

    def test_what_a_crash_left_is_completed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        root = frozen(tmp_path, {"data/people.csv": PEOPLE.encode(), "data/a.csv": b"p-k7k2"})

        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(redact, "write_atomic", killed)
            with pytest.raises(KeyboardInterrupt):
                redact_submission(root, "p-k7k2", "p-0000", ERASED_ON)
        assert len(wrong(root)) == 2
        redact_submission(root, "p-k7k2", "p-0000", ERASED_ON)
        assert wrong(root) == [] and (root / "data/a.csv").read_bytes() == b"p-0000"

    def test_an_auditor_is_told(self, sent: Prt) -> None:
        assert redact_submission(folder(sent), "p-k7k2", "p-0000", ERASED_ON) == [
            "data/2024-2025/accompaniment.csv",
            "data/people.csv",
        ]
        said = on(sent, DECEMBER, "submissions")
        assert "yes" in said and "an id of a person was replaced in 2 files on 5 Jan 2027" in said
        on(sent, DECEMBER, "explain 3a.hours --submitted 1")
        assert "(report no. 1, period-1, prt 0.1.0): 2\u00a0h" in sent.out
        assert "Frozen files verified: 11 of 11 digests agree." in sent.out
        assert "An id of a person was replaced in them once, on 2027-01-05." in sent.out


NOTES = """
Before any heading.
## Faits saillants

Une belle année.

## Écarts et mesures correctives <!-- une mesure par cible -->

### 1.1.workshops – Ateliers offerts

Deux ateliers sont prévus.

```
## no heading
```

### 1.3a

<!-- Quoi faire? -->
…

### Volet 2
Rien encore.

## 1.4a
De la ligne, pas une mesure corrective.
"""


@pytest.mark.parametrize(
    ("handle", "line", "volet", "said"),
    [
        ("1.1.workshops", "1.1", "1.1", "Deux ateliers sont prévus.\n\n```\n## no heading\n```"),
        ("1.3a.workshops", "1.3a", "1.3", ""),
        ("2a.tools-cda", "2a", "2", "Rien encore."),
        ("1.4a.meetings", "1.4a", "1.4", ""),
    ],
)
def test_notes_by_heading(handle: str, line: str, volet: str, said: str) -> None:
    assert read_sections(NOTES).action(handle, line, volet) == said


def test_notes_by_title() -> None:
    assert read_sections(NOTES).titled("Highlights", "Faits saillants") == "Une belle année."
    assert read_sections("").titled("Highlights") == ""


class TestWhatIsFrozen:
    """D18: prt's own files, and nothing that lies beside them."""

    def test_strangers_are_not(self, sent: Prt) -> None:
        year = sent.path("sessions").parent
        for name in ("names-LAPTOP.csv", "sessions (1).csv", "notes/minutes.md", "notes/period-1.fr (1).md"):
            (year / name).parent.mkdir(exist_ok=True)
            (year / name).write_text("id,what\n", encoding="utf-8")
        (year / "notes" / "period-2.fr.md").write_text("# Notes\n", encoding="utf-8")
        on(sent, APRIL, f"submit {ANYWAY},errors")
        frozen = set(files(folder(sent, "period-2")))
        assert "data/2024-2025/notes/period-2.fr.md" in frozen
        assert not {name for name in frozen if "LAPTOP" in name or "(1)" in name or "minutes" in name}

    @pytest.mark.parametrize("name", ["names-LAPTOP.csv", "notes/period-2.fr.md", "requests.csv"])
    def test_a_link_stops_it(self, sent: Prt, name: str) -> None:
        """Case D18."""
        link = sent.path("sessions").parent / name
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(sent.root / "data" / "people.csv")
        before = sent.path("deliverables").read_bytes()
        on(sent, APRIL, f"submit {ANYWAY},errors,personal", code=1)
        assert f"{name}: a link is not frozen" in sent.err
        assert not folder(sent, "period-2").exists() and sent.path("deliverables").read_bytes() == before

    @pytest.mark.parametrize("name", ["notes/period-2.fr.md", "names-LAPTOP.csv"])
    @only_in_ci
    def test_an_address_in_the_folder_of_the_year_stops_it(self, sent: Prt, name: str) -> None:
        path = sent.path("sessions").parent / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("nadia@example.org\n", encoding="utf-8")
        on(sent, APRIL, f"submit {ANYWAY},errors", code=1)
        assert f"would be kept for good: data/2024-2025/{name}:1" in sent.err
        on(sent, APRIL, f"submit {ANYWAY},errors,personal")
        assert (f"data/2024-2025/{name}" in files(folder(sent, "period-2"))) == name.startswith("notes/")


class TestWhatProgramsLeave:
    """D13: a frozen report that somebody has open is still the one that was sent."""

    @pytest.mark.parametrize(
        "name", ["~$report-1.docx", ".~lock.report-1.fr.md#", ".manifest.json.4711.tmp", ".DS_Store"]
    )
    def test_a_lock_file_is_nobodys(self, sent: Prt, name: str) -> None:
        """Case D13."""
        (folder(sent) / "reports" / name).write_bytes(b"\x05Nadia")
        assert sent("submissions --format json").count('"yes"') == 1

    def test_a_link_of_that_name_is_a_link(self, sent: Prt) -> None:
        (folder(sent) / "reports" / "~$report-1.docx").symlink_to(sent.root / "data" / "people.csv")
        assert "1 link" in sent("submissions --format json", code=1)

    @pytest.mark.parametrize(
        ("name", "damage", "said"),
        [
            ("plan/2024-2025.yaml", None, "as in plan/2024-2025.yaml"),
            ("data/2024-2025/requests.csv", b"", "as in data/2024-2025/requests.csv"),
            ("figures.json", b"\r\n", "its line ends as they were sent"),
            ("figures.json", b"", ""),
        ],
        ids=["missing", "changed", "line ends", "known nowhere else"],
    )
    def test_what_is_known_byte_for_byte_is_brought_back(
        self, sent: Prt, name: str, damage: bytes | None, said: str
    ) -> None:
        path, before = folder(sent) / name, files(folder(sent))
        data = path.read_bytes()
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(data.replace(b"\n", damage))
        sent("check")
        assert ("prt check --fix can put 1 frozen file right" in sent.err) == bool(said)
        sent("check --fix --yes")
        assert said in sent.err and ("Brought back: 1 frozen file." in sent.err) == bool(said)
        assert (files(folder(sent)) == before) == bool(said)

    @pytest.mark.parametrize(("old", "new"), [(b"\n", b"\r\n"), (b"\r\n", b"\n")])
    def test_other_line_ends_are_called_so(self, sent: Prt, old: bytes, new: bytes) -> None:
        if old != b"\n":  # what was frozen had those of Windows
            year = sent.path("requests")
            year.write_bytes(year.read_bytes().replace(b"\n", old))
            on(sent, DECEMBER, f"submit --period 1 --why again --lang en,fr --prepared-by Team {ANYWAY}")
        name = "period-1-r2" if old != b"\n" else "period-1"
        frozen = folder(sent, name) / "data" / "2024-2025" / "requests.csv"
        frozen.write_bytes(frozen.read_bytes().replace(old, new))
        assert "no: 1 other line ends" in sent("submissions --format json", code=1)
        sent("check")
        assert "the one that was submitted but for its line ends" in sent.out
        frozen.write_bytes(frozen.read_bytes() + b"more\n")
        assert "no: 1 changed" in sent("submissions --format json", code=1)
