"""The page of messages: each mistake with the exact text that prt prints."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from prt.files.csv.reader import parse_csv
from prt.files.csv.rows import read_rows
from prt.files.plan.plan import read_plan
from prt.model.cells import Known
from prt.model.records import LOGS

GALLERY = Path(__file__).parent.parent / "tests" / "gallery" / "plan"
GENERATED = "<!-- Written by `python -m docs.make` from tests/gallery and the program: change it there. -->"
HEADER = "id,date,staff,hours,role,board,objective\n"
ROW = "a-20241016-7kq2,2024-10-16,p-aa11,{},cda,EMSB,skills\n"

CSV = {
    "Hours that may be two numbers": HEADER + ROW.format('"1,400"'),
    "More hours than a day has": HEADER + ROW.format("130"),
    "A word where a number is meant": HEADER + ROW.format("two"),
    "A required cell is empty": HEADER + ROW.format(""),
    "A date that is not ISO": HEADER + ROW.format("2").replace("2024-10-16", "16/10/2024"),
    "A code that does not exist": HEADER + ROW.format("2").replace("cda", "cdaa"),
    "An organisation that nobody knows": HEADER + ROW.format("2").replace("EMSB", "EMBS"),
    "A name where an id is meant": HEADER + ROW.format("2").replace("p-aa11", "Marie Tremblay"),
    "A column that the log has not": HEADER.replace("hours", "huors") + ROW.format("2"),
    "A column name twice": HEADER.replace("role", "board") + ROW.format("2"),
    "A row without an id": HEADER + ROW.format("2").replace("a-20241016-7kq2", ""),
    "An id twice": HEADER + ROW.format("2") + ROW.format("3"),
    "Too many cells": HEADER + ROW.format("2").replace("skills", "skills,more"),
    "Too few cells": HEADER + ROW.format("2").replace(",skills", ""),
    "A quotation mark that is never closed": HEADER + ROW.format('"2') + ROW.format("3"),
    "A last line cut off in the middle": HEADER + ROW.format("2") + "a-20241017-9xyz,2024-10",
    "Two versions that git could not merge": HEADER
    + f"<<<<<<< HEAD\n{ROW.format('2')}=======\n{ROW.format('3')}>>>>>>> other\n",
    "The header again in the middle": HEADER + ROW.format("2") + HEADER,
    "An Excel workbook under the name of a CSV file": "PK\x03\x04",
}
"""What is wrong → a file accompaniment.csv in which it is."""


def errors_page() -> str:
    plans = "\n\n".join(plan_part(path) for path in gallery())
    return "\n\n".join(
        [
            GENERATED,
            "# Messages",
            "Where, what, and what to do. `prt check` prints all problems at once. An *error* may make "
            "a figure wrong: a plan with errors stops, a row with errors is left out, and every output "
            "says how many. A *warning* leaves the figures right.",
            "## Rows: the CSV files",
            "Each is a small `accompaniment.csv`.",
            "\n\n".join(csv_part(title, text) for title, text in CSV.items()),
            "## The plan: the YAML file",
            "Each is the same [small plan](../../tests/gallery/plan/_minimal.yaml) with one mistake; `-` "
            "is the line as it was right, `+` what was written instead.",
            plans + "\n",
        ]
    )


def csv_part(title: str, text: str) -> str:
    shown = text if text.isprintable() or "\n" in text else "(not text)"
    return f"### {title}\n\n```\n{shown.rstrip()}\n```\n\n```\n{csv_messages(text)}\n```"


def csv_messages(text: str) -> str:
    """What `prt check` says of a file accompaniment.csv."""
    file = parse_csv(text.encode(), Path("accompaniment.csv"), "accompaniment.csv")
    known = Known(organisations={"emsb": "EMSB", "rsb": "RSB"})
    problems = read_rows(LOGS["accompaniment"], file, known.at("accompaniment"))[1]
    return "\n".join(str(problem) for problem in sorted(problems))


def gallery() -> list[Path]:
    return sorted(path for path in GALLERY.glob("*.yaml") if not path.name.startswith("_"))


def plan_messages(path: Path) -> str:
    """What `prt check` says of a plan of the gallery: what its text beside it holds."""
    return "".join(f"{problem}\n" for problem in read_plan(path.read_bytes(), path.name)[1])


def write_messages() -> None:
    """The texts of the gallery, which tests/test_gallery.py compares."""
    for path in gallery():
        path.with_suffix(".txt").write_text(plan_messages(path), encoding="utf-8", newline="\n")


def plan_part(path: Path) -> str:
    """The mistake's own words, its lines, and the message."""
    text = path.read_bytes().decode("utf-8", "replace")
    title, _, _ = text.partition("\n")
    message = plan_messages(path).rstrip()
    changed = "\n".join(lines(text))
    shown = f"```diff\n{changed}\n```\n\n" if changed else ""
    return f"### {title.removeprefix('#').strip().rstrip('.')}\n\n{shown}```\n{message}\n```"


def lines(text: str) -> Iterator[str]:
    """What differs from the plan without a mistake; no more than eight lines, each cut at 100 characters."""
    right = (GALLERY / "_minimal.yaml").read_text(encoding="utf-8").splitlines()[1:]
    found = unified_diff(right, text.splitlines()[1:], n=0, lineterm="")
    changed = [line for line in found if not line.startswith(("---", "+++", "@@"))]
    for line in changed[:8]:
        yield line if len(line) <= 100 else f"{line[:99]}…"
    if len(changed) > 8:
        yield f"… {len(changed) - 8} more lines"
