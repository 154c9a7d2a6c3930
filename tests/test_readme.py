"""The README is run as it is written: every `$` line of its ```console blocks, in one fictional year.

In what it shows, a line `…` stands for any lines, and `…` inside a line for any text. The id that `prt log` gives to
a row is another one each time: wherever the README writes it again, the new one is meant.
"""

from __future__ import annotations

import re
import shlex
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pictures import BRIEF, PNG, WEEK, chunk, list_chunks, small_png
from prt.cli import main
from prt.console import screen
from prt.console.signature import declare_fields
from prt.demo import REAL_SIZE
from prt.imports.sources.registry import SOURCES
from prt.tasks.imports.import_options import ImportOptions
from tests.conftest import only_in_ci

ROOT = Path(__file__).parent.parent
VARIABLES = ("PRT_PROJECT", "PRT_PRIVATE", "PRT_ME", "PRT_LANG", "PRT_TODAY", "NO_COLOR")
STORIES = ("docs/import.md", "docs/backup.md", "docs/reporting.md", "docs/many-projects.md")
"""Other pages whose commands are run, each in a demo of its own."""
QUICK = ("docs/import.md", "docs/backup.md")
"""Those that CI does not run alone: they show the same of a fictional year with fewer hours."""
ID = r"[a-z]+-\d{8}-[a-z0-9]{4}"
DIGEST = r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}"


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Each command with what is shown below it."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = step.partition("\n")
            yield command, shown


PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", *STORIES)}
STEPS = list(steps(PAGES["README.md"]))


def pattern(shown: str) -> str:
    """What is shown as a regular expression."""
    lines = [line.rstrip() for line in shown.splitlines()]
    return "".join(r"(?:.*\n)*?" if line == "…" else f"{within(line)} *\n" for line in lines)


def within(line: str) -> str:
    return re.escape(line).replace("…", ".*")


class Reader:
    """Somebody who types what the README says, at a terminal of 80 columns."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys = capsys
        self.monkeypatch = monkeypatch
        self.ids: dict[str, str] = {}

    def type(self, command: str) -> str:
        """What the command prints."""
        words = shlex.split(command)
        words = [self.ids.get(word, word) for word in words]
        if words[0] == "cd":
            self.monkeypatch.chdir(words[1])
        elif words[0] == "export":
            self.monkeypatch.setenv(*words[1].split("="))
        else:
            assert words[0] == "prt", command
            self.monkeypatch.setattr("sys.argv", words)
            with pytest.raises(SystemExit) as ended:
                main()
            assert not ended.value.code, self.capsys.readouterr().err
            for name in ("PRT_PROJECT", "PRT_PRIVATE"):  # a process of its own keeps these to itself
                self.monkeypatch.delenv(name, raising=False)
        said = self.capsys.readouterr()
        return said.out + said.err

    def read(self, shown: str, printed: str) -> None:
        """What is printed is what is shown; ids and digests are remembered under those that are shown."""
        new = zip(re.findall(rf"^Saved  ({ID})", shown), re.findall(rf"^Saved  ({ID})", printed), strict=True)
        digests = zip(re.findall(DIGEST, shown), re.findall(DIGEST, printed), strict=False)
        self.ids |= dict(new) | dict(digests)
        for name, given in self.ids.items():
            printed = printed.replace(given, name)
            printed = re.sub(rf"^{re.escape(given[-4:])}(?= )", name[-4:], printed, flags=re.MULTILINE)
        assert re.fullmatch(pattern(shown), printed), f"{printed}\nis not\n{shown}"


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [pytest.param(page, marks=[] if page in QUICK else only_in_ci) for page in PAGES]
)
def test_every_command_prints_what_the_page_shows(
    page: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = request.getfixturevalue("fictional" if page in QUICK else "demo")

    def copy_demo(root: Path, rows: int, seed: int) -> None:
        assert (rows, seed) == (REAL_SIZE, 1)
        shutil.copytree(made, root)

    monkeypatch.setattr("prt.commands.demo.make_demo", copy_demo)  # what it makes is the subject of test_demo
    for name in VARIABLES:
        monkeypatch.setenv(name, "")  # so that what a command sets is undone at the end
        monkeypatch.delenv(name)
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(screen, "width", lambda: 80)
    reader = Reader(capsys, monkeypatch)
    if page in STORIES:
        reader.type("prt demo")
    shown_steps = list(steps(PAGES[page]))
    assert len(shown_steps) > 2
    for command, shown in shown_steps:
        reader.read(shown, reader.type(command))


def test_the_page_of_imports_names_every_source_and_option() -> None:
    options = {name for one in declare_fields(ImportOptions) for name in one.names}
    assert {"--session", "--dry-run"} <= options
    for name in (*options, *SOURCES):
        assert f"`{name}`" in PAGES["docs/import.md"], name


def test_the_readme_shows_the_commands_of_every_week() -> None:
    used = {command.split()[1] for command, _ in STEPS if command.startswith("prt ")}
    assert used >= {"demo", "log", "status", "explain", "edit", "undo", "check", "report"}


def test_it_begins_with_the_two_commands_that_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for line in ("pip install -e . && prt demo", "pip install -e '.[test]' && pytest"):
        assert f"\n{line}\n" in readme
        assert line in script


def test_its_pictures_are_those_that_a_command_makes_small_and_told_in_words() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = {name: says for says, name in re.findall(r"!\[(.*?)\]\(docs/(.*?)\)", readme)}
    assert {*told} == {WEEK.name, BRIEF.name}
    for name, says in told.items():
        assert len(says) > 50 and (ROOT / "docs" / name).stat().st_size < 100_000


def test_a_small_picture_is_the_same_picture() -> None:
    red, sea = (200, 0, 0), (0, 96, 112)
    rows = [[red, sea], [red, sea], [sea, red]]
    lines = (b"\0" + bytes([*red, *sea]), b"\2" + bytes(6), b"\0" + bytes([*sea, *red]))  # 2: as above
    head = struct.pack(">IIBBBBB", 2, len(rows), 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b""))
    small = dict(list_chunks(small_png(PNG + b"".join(chunk(*part) for part in parts))))
    colours = [tuple(small[b"PLTE"][at : at + 3]) for at in (0, 3)]
    pixels = zlib.decompress(small[b"IDAT"])
    assert [[colours[at] for at in pixels[row + 1 : row + 3]] for row in (0, 3, 6)] == rows
