"""Verbs in which the tests are written: a plan with one indicator, logs drawn as tables of text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prt.figures.evaluate import Evaluation, Result, evaluate
from prt.figures.restatement.compare import Earlier
from prt.figures.withholding.published import published
from prt.figures.withholding.revised_groups import revised_cells
from prt.figures.year import assemble
from prt.files.csv.reader import parse_csv
from prt.files.csv.rows import read_rows, unread_rows
from prt.files.plan.plan import read_plan
from prt.files.yaml.words import shipped_templates, topic_text
from prt.model.cells import Known
from prt.model.columns import Record
from prt.model.plan import Plan, known_of
from prt.model.records import LOGS, ROSTERS
from prt.model.rows import Row
from prt.model.text import Language
from prt.model.view import Data
from prt.output.document.report_document import Report
from prt.output.report import report as made_report
from prt.output.report.annexes import annex_breakdowns
from prt.problems import Place, Problem

PLAN = """
year: "2024-2025"
title: {{en: A plan, fr: Un plan}}
funder: {{name: DSREA, languages: [fr, en]}}
starts: 2024-07-01
ends: 2025-06-30
pace_from: 2024-09-01
periods:
  - {{id: 1, from: 2024-07-01, to: 2024-11-30, due: 2024-12-15, expected: 30%}}
  - {{id: 2, from: 2024-12-01, to: 2025-03-31, due: 2025-04-15, expected: 70%}}
  - {{id: 3, from: 2025-04-01, to: 2025-06-30, due: 2025-07-15, expected: 100%}}
rounds: [{{id: 1, due: 2024-11-29}}, {{id: 2, due: 2025-03-14}}, {{id: 3, due: 2025-05-30}}]
status: {{on_track: 85%, at_risk: 60%}}
privacy: {{smallest_group: 5, minimum_minutes: 30}}
selections:
  pd: {{log: sessions, where: {{line: "1.1", format: [full-day, half-day]}}}}
volets:
  - id: "1.1"
    title: {{en: Workshops, fr: Ateliers}}
    lines:
      - id: "1.1"
        indicators:
          - id: it
            label: {{en: It, fr: Ceci}}
            measure: {measure}
            target: {target}
      - id: "1.4a"
        indicators:
          - {{id: meetings, label: {{en: M, fr: R}}, measure: {{kind: count, of: {{log: sessions, where: {{line: "1.4a"}}}}}}}}
"""

ORGANISATIONS = """
code  | name_en                       | name_fr          | type           | counts_as_board | aliases
EMSB  | English Montreal School Board | English-Montréal | school-board   | yes             | English Montréal
CSSL  | Littoral                      | CSS du Littoral  | service-centre | yes             | littoral
RSB   | Riverside School Board        | Riverside        | school-board   | yes             |
CHSSN | CHSSN                         | RCSSS            | partner        | no              |
"""


def csv(table: str) -> bytes:
    """A table drawn with `|` as the bytes of a CSV file."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return "\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows).encode()


def rows(model: type[Record], table: str, known: Known) -> tuple[list[Row], list[Problem]]:
    file = parse_csv(csv(table) + b"\n" if table.strip() else b"", Path(), f"{model.log}.csv")
    return read_rows(model, file, known.at(model.log))


def unread(log: str, tables: Mapping[str, str], found: list[Row]) -> dict[str, Place]:
    """Where the rows with an error stand, by id."""
    model = (LOGS | ROSTERS)[log]
    file = parse_csv(csv(tables.get(log, "")), Path(), f"{log}.csv")
    return unread_rows(model, file, found)


def plan(measure: str, target: str = "null") -> Plan:
    """The small plan with one indicator, `1.1.it`."""
    found, problems = read_plan(PLAN.format(measure=measure, target=target).encode(), "plan.yaml")
    assert found is not None, "\n".join(map(str, problems))
    return found


def load(plan: Plan, tables: Mapping[str, str]) -> tuple[Data, list[Problem]]:
    """The rows of tables as `prt` loads them; `people` and `organisations` are tables too."""
    organisations, problems = rows(
        ROSTERS["organisations"], tables.get("organisations", ORGANISATIONS), Known()
    )
    known = known_of(plan, organisations, unread("organisations", tables, organisations))
    people, more = rows(ROSTERS["people"], tables.get("people", ""), known)
    problems += more
    logs, places = {}, {("people", name): place for name, place in unread("people", tables, people).items()}
    for log in LOGS:
        logs[log], more = rows(plan.record_of(log), tables.get(log, ""), known)
        places |= {(log, name): place for name, place in unread(log, tables, logs[log]).items()}
        problems += more
    data, more = assemble(plan, known, logs, people, organisations, places)
    return data, problems + more


def evaluation(measure: str, target: str = "null", cut_off: str = "2025-06-30", **tables: str) -> Evaluation:
    found = plan(measure, target)
    return evaluate(found, load(found, tables)[0], dt.date.fromisoformat(cut_off))


def report(
    evaluation: Evaluation, language: Language, *, earlier: Sequence[Earlier] = (), **more: Any
) -> Report:
    """The report of an evaluation beside which nothing else is known."""
    edition = published(evaluation, annex_breakdowns(evaluation.plan), revised_cells(earlier))
    return made_report.report(edition, language, earlier=earlier, **more)


def result(measure: str, target: str = "null", cut_off: str = "2025-06-30", **tables: str) -> Result:
    """The result of one measure over the tables: `result("{kind: count, of: pd}", sessions=…)`."""
    found = evaluation(measure, target, cut_off, **tables).result("1.1.it")
    assert found is not None
    return found


def word_topics() -> dict[str, str]:
    """The text of words.yaml, topic by topic."""
    text = (shipped_templates() / "words.yaml").read_text(encoding="utf-8")
    return {topic: topic_text(topic) for topic in re.findall(r"^([\w-]+):", text, re.MULTILINE)}
