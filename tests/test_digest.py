"""The digest on a report: of which rows and plan it was made, and `prt submissions --verify`."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from prt.files.project import Project
from prt.files.submissions.digest import printed_digest, rows_digest, typed_digest
from prt.problems import Mistake
from tests.conftest import only_in_ci
from tests.project import WORKSHOP, Prt

DECEMBER = "2024-12-13"
PRINTED = re.compile(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}")
NAMES = "id,name,email,other_names\np-k7k2,Zoé Tremblay-Sample,,\n"


def on(prt: Prt, day: str, typed: str, code: int = 0) -> str:
    prt.monkeypatch.setenv("PRT_TODAY", day)
    return prt(typed, code)


@pytest.fixture
def sent(prt: Prt, kept: Path) -> Prt:
    """A workshop and two hours; report 1 was submitted in both languages."""
    prt.once(kept, lambda: send(prt))
    return prt


def send(prt: Prt) -> None:
    prt.shorten_plan("1.1", "3a.hours", "4.reports")
    prt.people("p-k7k2,prt-staff,,,,,,", "p-m3n4,cda,EMSB,,,,,")
    (prt.root / "data" / "private").mkdir(mode=0o700)
    (prt.root / "data" / "private" / "names.csv").write_text(NAMES, encoding="utf-8")
    on(prt, DECEMBER, WORKSHOP)
    hours = "--staff p-k7k2 --hours 2 --role cda --board EMSB --objective skills"
    on(prt, DECEMBER, f"log accompaniment --date 2024-10-03 {hours}")
    on(prt, DECEMBER, "submit --anyway actions,no-data --lang fr,en")


def folder(prt: Prt) -> Path:
    return prt.root / "data" / "2024-2025" / "submitted" / "period-1"


def manifest(prt: Prt) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder(prt) / "manifest.json").read_text(encoding="utf-8"))
    return found


def digest(prt: Prt) -> str:
    return rows_digest(Project(prt.root, prt.root / "data" / "private"), "2024-2025")


def rewrite(path: Path, *changes: tuple[bytes, bytes]) -> None:
    data = path.read_bytes()
    for old, new in changes:
        assert old in data
        data = data.replace(old, new)
    path.write_bytes(data)


def excel(text: str) -> bytes:
    return text.replace(",", ";").replace("\n", "\r\n").encode("cp1252")


class TestOfWhatItIs:
    def test_every_page_of_a_submission_prints_the_one_of_the_manifest(self, sent: Prt) -> None:
        wanted = printed_digest(manifest(sent)["rows"])
        assert PRINTED.fullmatch(wanted)
        pages = sorted((folder(sent) / "reports").iterdir())
        assert [path.name for path in pages] == [
            f"report-1.{end}" for end in ("en.html", "en.md", "fr.html", "fr.md")
        ]
        assert [PRINTED.search(path.read_text(encoding="utf-8"))[0] for path in pages] == [wanted] * 4  # type: ignore[index]
        assert f"Empreinte des données et du plan : {wanted}" in pages[3].read_text(encoding="utf-8")
        assert wanted in on(sent, DECEMBER, "submissions")
        assert f"Digest of rows and plan: {wanted}" in on(sent, DECEMBER, "explain 3a.hours --submitted 1")

    @only_in_ci
    def test_submit_says_it(self, sent: Prt) -> None:
        on(sent, "2025-04-14", "submit --anyway actions,no-data")
        found = json.loads((folder(sent).parent / "period-2" / "manifest.json").read_text(encoding="utf-8"))
        assert f"Digest of its rows and plan, as on its cover: {printed_digest(found['rows'])}" in sent.out

    def test_a_draft_has_that_of_the_files_as_they_are(self, sent: Prt) -> None:
        assert printed_digest(digest(sent)) in on(sent, "2025-02-14", "report --lang en")

    @pytest.mark.parametrize("same", ["crlf", "mark", "excel", "order of rows", "order of columns", "plan"])
    def test_how_a_file_is_written_is_none_of_it(self, sent: Prt, same: str) -> None:
        before, path = digest(sent), sent.root / "data" / "people.csv"
        text = path.read_text(encoding="utf-8")
        head, *rows = text.splitlines()
        if same == "plan":
            rewrite(sent.root / "plan" / "2024-2025.yaml", (b"\n", b"\r\n"))
        else:
            path.write_bytes(
                {
                    "crlf": text.replace("\n", "\r\n").encode(),
                    "mark": text.encode("utf-8-sig"),
                    "excel": excel(text),
                    "order of rows": "\n".join([head, *rows[::-1]]).encode(),
                    "order of columns": "\n".join(
                        ",".join(line.split(",")[::-1]) for line in (head, *rows)
                    ).encode(),
                }[same]
            )
        assert digest(sent) == before

    @pytest.mark.parametrize("file", ["accompaniment", "sessions"])
    def test_how_a_number_is_written_is_none_of_it(self, sent: Prt, file: str) -> None:
        before, number = digest(sent), b"2" if file == "accompaniment" else b"24"
        rewrite(sent.root / "data" / "2024-2025" / f"{file}.csv", (b",%s," % number, b',"%s,0",' % number))
        assert digest(sent) == before

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("data/2024-2025/sessions.csv", b",1.1,", b",1.10,"),
            ("plan/2024-2025.yaml", b"at_least: 37", b"at_least: 36"),
            ("data/people.csv", b"p-m3n4,cda,EMSB", b"p-m3n4,cda,ETSB"),
            ("data/2024-2025/accompaniment.csv", b",2,", b",3,"),
            ("data/2024-2025/sessions.csv", b",24,", b",23,"),
            ("data/organisations.csv", b"EMSB", b"EMSQ"),
            (
                "data/people.csv",
                b"p-m3n4,cda",
                b'"p-m3n4,cda',
            ),  # a quote that does not end: no row can be read
        ],
    )
    def test_a_cell_or_a_target_makes_another(self, sent: Prt, file: str, old: bytes, new: bytes) -> None:
        before = digest(sent)
        rewrite(sent.root / file, (old, new))
        assert digest(sent) != before

    def test_notes_and_provenance_are_none_of_it(self, sent: Prt) -> None:
        before = digest(sent)
        (sent.root / "data" / "2024-2025" / "imports.csv").write_text("id,when\ni-1,2024-10-01\n")
        assert digest(sent) == before


class TestTyped:
    @pytest.mark.parametrize(
        "typed", ["7F3A-91C0-2BE4-D05A", "7f3a 91c0 2be4 d05a", " 7F3A91C02BE4D05A", "7f3a–91cO–2be4-dO5a"]
    )
    def test_as_people_type_it(self, typed: str) -> None:
        assert typed_digest(typed) == "7f3a91c02be4d05a"

    @pytest.mark.parametrize("typed", ["", "7f3", "rapport", "7f3a-91cz"])
    def test_what_cannot_be_one(self, typed: str) -> None:
        with pytest.raises(Mistake, match="is no digest"):
            typed_digest(typed)


class TestVerifying:
    def test_as_it_was_sent(self, sent: Prt) -> None:
        printed = printed_digest(manifest(sent)["rows"])
        for typed in (printed, printed.lower().replace("-", " "), printed[:7], manifest(sent)["rows"]):
            said = on(sent, "2026-01-10", f'submissions --verify "{typed}"')
            assert said.startswith(
                f"{printed} is of report 1 of 2024-2025, sent on {DECEMBER}: data/2024-2025/"
            )
            assert "as they were sent: they give this digest" in said

    def test_rows_of_today_may_be_others(self, sent: Prt) -> None:
        on(sent, "2025-01-10", WORKSHOP + " --anyway")
        assert "as they were sent" in on(sent, "2025-01-10", f"submissions --verify {manifest(sent)['rows']}")

    def test_a_draft(self, sent: Prt) -> None:
        on(sent, "2025-01-10", WORKSHOP + " --anyway")
        said = on(sent, "2025-01-10", f"submissions --verify {printed_digest(digest(sent))}", code=1)
        assert "The files of 2024-2025 as they are now give it: it is of a draft" in said

    @pytest.mark.parametrize("more", ["--year 2024-2025", "--format json"])
    def test_an_option_that_would_say_nothing_is_refused(self, sent: Prt, more: str) -> None:
        on(sent, DECEMBER, f"submissions --verify 0000 {more}", code=2)
        assert "--verify looks in every year" in sent.err

    def test_nothing_has_it(self, sent: Prt) -> None:
        said = on(sent, DECEMBER, "submissions --verify 0000-0000", code=1)
        assert "No submission here has it" in said and printed_digest(manifest(sent)["rows"]) in said

    @only_in_ci
    def test_two_begin_so(self, sent: Prt) -> None:
        on(sent, "2025-04-14", "submit --anyway actions,no-data")
        path = folder(sent).parent / "period-2" / "manifest.json"
        found = json.loads(path.read_text(encoding="utf-8"))
        found["rows"] = manifest(sent)["rows"][:8] + found["rows"][8:]
        path.write_text(json.dumps(found), encoding="utf-8")
        on(sent, DECEMBER, f"submissions --verify {found['rows'][:8]}", code=2)
        assert "Several submissions begin so" in sent.err and "Type more of it" in sent.err
        assert "of report 2 of 2024-2025" in on(
            sent, DECEMBER, f"submissions --verify {found['rows'][:16]}", code=1
        )

    def test_a_file_was_changed(self, sent: Prt) -> None:
        rewrite(folder(sent) / "data/2024-2025/sessions.csv", (b",24,", b",42,"))
        said = on(sent, DECEMBER, f"submissions --verify {manifest(sent)['rows']}", code=1)
        assert "Its rows have changed: together they now give " in said
        assert "period-1/data/2024-2025/sessions.csv: the file is not the one that was submitted" in sent.err

    @pytest.mark.parametrize(
        ("files", "said"),
        [
            (["plan/2024-2025.yaml"], "Its plan has changed: together"),
            (
                ["plan/2024-2025.yaml", "data/2024-2025/sessions.csv"],
                "Its rows and its plan have changed: together",
            ),
        ],
    )
    def test_which_of_rows_and_plan(self, sent: Prt, files: list[str], said: str) -> None:
        for name in files:
            rewrite(folder(sent) / name, (b"1.1", b"1.2"))
        assert said in on(sent, DECEMBER, f"submissions --verify {manifest(sent)['rows']}", code=1)

    def test_only_a_page_was_changed(self, sent: Prt) -> None:
        rewrite(folder(sent) / "reports/report-1.fr.md", (b"1.1", b"1.2"))
        said = on(sent, DECEMBER, f"submissions --verify {manifest(sent)['rows']}", code=1)
        assert "they give this digest" in said and "report-1.fr.md" in sent.err

    def test_a_file_and_the_manifest_were_changed(self, sent: Prt) -> None:
        rows, path = manifest(sent)["rows"], folder(sent) / "data/2024-2025/sessions.csv"
        before = on(sent, DECEMBER, "submissions")
        assert "yes" in before
        rewrite(path, (b",24,", b",42,"))
        found = json.loads((folder(sent) / "manifest.json").read_text(encoding="utf-8"))
        found["files"]["data/2024-2025/sessions.csv"] = hashlib.sha256(path.read_bytes()).hexdigest()
        (folder(sent) / "manifest.json").write_text(json.dumps(found), encoding="utf-8")
        assert "yes" in on(sent, DECEMBER, "submissions")  # the digests of the files alone do not show it
        said = on(sent, DECEMBER, f"submissions --verify {rows}", code=1)
        assert "Its rows or its plan have changed: together they now give " in said
        assert "No file differs from the manifest, which does not explain it: both were changed." in said

    def test_an_erasure_is_told_with_its_day_and_its_files(self, sent: Prt) -> None:
        rows = manifest(sent)["rows"]
        on(sent, "2026-03-02", "people erase p-k7k2 --yes")
        assert manifest(sent)["rows"] == rows
        said = " ".join(on(sent, "2026-03-10", f"submissions --verify {printed_digest(rows)}").split())
        assert "Its rows have changed: together they now give " in said
        assert (
            "A person was erased on 2026-03-02: a token stands for the id in 2 files "
            "(data/2024-2025/accompaniment.csv, data/people.csv)." in said
        )
        assert "Nothing else has changed: every other cell is as it was sent." in said
        assert printed_digest(rows) in (folder(sent) / "reports/report-1.en.md").read_text(encoding="utf-8")

    @only_in_ci
    def test_an_erasure_hides_no_other_change(self, sent: Prt) -> None:
        rows = manifest(sent)["rows"]
        on(sent, "2026-03-02", "people erase p-k7k2 --yes")
        rewrite(folder(sent) / "data/2024-2025/sessions.csv", (b",24,", b",42,"))
        said = on(sent, "2026-03-10", f"submissions --verify {rows}", code=1)
        assert "erased on 2026-03-02" in said and "Nothing else has changed" not in said
        assert "sessions.csv: the file is not the one" in sent.err

    def test_a_submission_of_an_older_prt_has_none(self, sent: Prt) -> None:
        path = folder(sent) / "manifest.json"
        found = json.loads(path.read_text(encoding="utf-8"))
        del found["rows"]
        path.write_text(json.dumps(found), encoding="utf-8")
        said = on(sent, DECEMBER, "submissions --verify 0000-0000", code=1)
        assert "none: an older prt  data/2024-2025/submitted/period-1" in said
        on(sent, DECEMBER, "submissions")
