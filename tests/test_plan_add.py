"""`prt plan add`: an indicator asked for or given by options, shown with its figure, and written into the plan."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from prt.commands.plan.add import AddOptions
from prt.console.dialogue.talk import Talk
from prt.files.plan.plan import read_plan
from prt.files.plan.plan_addition import PlanAddition, PlanPlace, add_to_plan
from prt.files.plan.plan_text import flow_text
from prt.files.project import Project, Year
from prt.files.yaml.events import STRANGE
from prt.files.yaml.words import read_topic
from prt.model.measures import KINDS, kind_name
from prt.model.plan import Plan
from prt.model.text import LANGUAGES
from prt.problems import Mistake, PrtError, errors
from prt.tasks.plan.addition_form import AdditionForm, IndicatorDraft
from prt.tasks.plan.interview import Interview, PlanQuestion, Unanswered
from prt.tasks.plan.line_questions import line_room
from prt.tasks.plan.target_questions import AIM_NAMES
from prt.values import fields
from tests.answers import CTRL_C, Answers, sit_down
from tests.conftest import some
from tests.example_measure import Prompt
from tests.project import (
    EACH_LINE,
    PLAN,
    TODAY,
    WORKSHOP,
    Prt,
    make_project,
    short_plan,
    shorten_plan_of,
)
from tests.sources import PACKAGE
from tests.test_french_screens import english_words
from tests.test_plan_diff import SMALL, TEAM
from tests.texts import any_text

NEW: dict[str, object] = {
    "id": "rural",
    "label": {"en": "Workshops", "fr": "Ateliers"},
    "measure": {"kind": "count", "of": {"log": "sessions", "where": {"line": "1.1"}}},
    "target": {"at_least": 12},
}
FEW = (*EACH_LINE, "1.1", "1.4a.people")
"""Of the plan of the team: each line, one of them whole, and each selection that is asked for here."""
HOSTILE = (
    ": # {} '",
    "- [x]: &a *b !c | > % @ `",
    '=HYPERLINK("http://x","y")',
    "{{ 7*7 }} {% raw %}",
    "no",
    "1.10",
    "2024-10-16",
    "75%",
    "null",
    'it\'s \\ "quoted"',
    "two\nlines\tand a tab",
    "שלום עולם",
    "  spaces  ",
    "#",
    "…",
    "--- {a: b}",
    "🙂 e\u0301",
)

# What is written


def commented(text: str) -> str:
    """Comments behind lines, and on lines of their own, of any indentation."""
    lines = []
    for number, line in enumerate(text.strip().splitlines()):
        lines += [f"{line} # behind {number}", f"{' ' * (number % 14)}# below {number}", ""]
    return "\n".join(lines)


def wider(text: str) -> str:
    """Twice as far in."""
    lines = (re.sub(r"^( *)- ", r"\1-   ", line) for line in text.splitlines())
    return "\n".join(" " * (len(line) - len(line.lstrip())) + line for line in lines)


def dumped(style: bool | None, indent: int = 2) -> str:
    return yaml.safe_dump(
        yaml.safe_load(SMALL), default_flow_style=style, indent=indent, allow_unicode=True, sort_keys=False
    )


BLOCKS = SMALL.replace(
    '            says: "# of tools"\n', "            says: |+\n              # of tools\n\n\n"
).replace(
    "            target: {at_least: 12}\n",
    "            target:\n              at_least: 12\n            note: >-\n              a\n              b\n\n\n",
)
PLANS = {
    "small": SMALL,
    "team": short_plan(TEAM, frozenset(FEW)),
    "commented": commented(SMALL),
    "wider": wider(SMALL),
    "without a last line end": SMALL.rstrip(),
    "blocks of text": BLOCKS,
    "dashes at the keys": dumped(False),
    "four spaces": dumped(False, 4),
    "in braces": dumped(True),
    "items in braces": dumped(None),
    "lines in brackets": "# plan\n" + dumped(True).replace("}, {", "},\n   {") + "# end\n",
    "dashes alone": SMALL.replace(
        "          - id: tools\n", "          - # the tools\n            id: tools\n"
    ),
    "marks of a document": f"---\n{SMALL.strip()}\n...\n# after it\n",
}


def plan_of(text: bytes) -> Plan:
    plan, problems = read_plan(text, "plan.yaml")
    assert plan is not None and not errors(problems), "\n".join(map(str, problems))
    return plan


def places(plan: Plan) -> list[PlanPlace]:
    lines = [PlanPlace(v, n) for v, volet in enumerate(plan.volets) for n in range(len(volet.lines))]
    return [*lines, *(PlanPlace(v) for v in range(len(plan.volets)))]


def item(place: PlanPlace, label: str = "Workshops") -> dict[str, object]:
    new: dict[str, object] = NEW | {"label": {"en": label, "fr": label}, "says": label}
    return new if place.line is not None else {"id": "9z", "objective": {"says": label}, "indicators": [new]}


def assert_added(before: bytes, place: PlanPlace, label: str) -> None:
    found = add_to_plan(before, "plan.yaml", place, item(place, label))
    at, size = found.span
    assert found.after[:at] + found.after[at + size :] == before
    old, new = plan_of(before), plan_of(found.after)
    assert place.without_last(new) == old
    added = place.last_of(new)
    indicator = added if place.line is not None else added.indicators[0]  # type: ignore[union-attr]
    assert indicator.label.en == indicator.says[0] == label  # type: ignore[union-attr]
    assert flow_text(label) in found.after[at : at + size].decode()
    lines = found.after.decode("utf-8-sig").splitlines()
    assert found.inserted.piece[0].strip(" ,")[:9] in lines[found.line - 1]


@pytest.mark.parametrize(("mark", "ends"), [("", "\n"), ("\ufeff", "\r\n")])
@pytest.mark.parametrize("name", PLANS)
def test_what_is_added_is_all_that_changes(name: str, mark: str, ends: str) -> None:
    raw = (mark + PLANS[name].replace("\n", ends)).encode()
    for place in places(plan_of(raw)):
        assert_added(raw, place, "Workshops")
    found = add_to_plan(raw, "plan.yaml", PlanPlace(0, 0), NEW)
    assert found.inserted.added.count("\n") == found.inserted.added.count(ends)


def test_the_whole_plan_of_the_team_is_added_to() -> None:
    raw = TEAM.encode()
    first, *_, last = places(plan_of(raw))
    for place in (first, last):
        assert_added(raw, place, "Workshops")


@given(st.data())
@settings(max_examples=settings().max_examples // 2)  # no place is left out above
def test_any_text_stands_in_any_plan(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*PLANS.values()]))
    raw = (
        data.draw(st.sampled_from(["", "\ufeff"]))
        + text.replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    ).encode()
    label = data.draw(
        st.sampled_from(HOSTILE)
        | any_text(min_size=1, max_size=20).filter(lambda one: bool(one.strip()) and not STRANGE.search(one))
    )
    assert_added(raw, data.draw(st.sampled_from(places(plan_of(raw)))), label)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_text_is_a_text(label: str) -> None:
    assert_added(SMALL.encode(), PlanPlace(0, 0), label)


def test_it_stands_in_the_manner_of_the_file_below_the_comments_of_the_one_before() -> None:
    text = SMALL.replace(
        "            target: {at_least: 12}\n",
        "            target: {at_least: 12} # behind\n            # of tools\n\n      # of what follows\n",
    )
    found = add_to_plan(text.encode(), "plan.yaml", PlanPlace(1, 0), NEW)
    after = found.after.decode()
    assert after.endswith(
        "            target: {at_least: 12} # behind\n"
        "            # of tools\n"
        "          - id: rural\n"
        "            label: {en: Workshops, fr: Ateliers}\n"
        '            measure: {kind: count, of: {log: sessions, where: {line: "1.1"}}}\n'
        "            target: {at_least: 12}\n"
        "\n"
        "      # of what follows\n"
    )
    assert after.splitlines()[found.line - 1] == "          - id: rural"


def test_what_would_be_no_plan_is_not_written() -> None:
    wrong = NEW | {"measure": {"kind": "sum", "column": "title", "of": "nothing"}}
    with pytest.raises(PrtError) as caught:
        add_to_plan(SMALL.encode(), "plan.yaml", PlanPlace(0, 0), wrong)
    assert '"nothing"' in str(caught.value.texts)
    with pytest.raises(PrtError, match="kind"):
        add_to_plan(SMALL.encode(), "plan.yaml", PlanPlace(0, 0), NEW | {"measure": {"kind": "much"}})


def test_a_plan_with_mistakes_is_not_added_to() -> None:
    with pytest.raises(PrtError, match="targget"):
        add_to_plan(SMALL.replace("target:", "targget:").encode(), "plan.yaml", PlanPlace(0, 0), NEW)


# As it is typed

DIALOGUE = ("1.1", "Workshops in person", "Ateliers en présence", "# of workshops", "", "", "1", "workshops")


@pytest.fixture
def held(prt: Prt, kept: Path) -> Prt:
    """A workshop was held."""
    prt.shorten_plan(*FEW)
    prt.once(kept, lambda: prt(WORKSHOP))
    return prt


def plan_text(prt: Prt) -> str:
    return (prt.root / PLAN).read_text(encoding="utf-8")


def test_a_dialogue_adds_an_indicator(held: Prt) -> None:
    before = plan_text(held)
    script = sit_down(held.monkeypatch, *DIALOGUE, "", "format", "full day, half", "", "12", "", "", "")
    said = held("plan add")
    assert "Only some of them? [line = 1.1] > " in script.said
    assert "And? (a column; empty = all) > format" in script.said
    assert "1.1.workshops-person  Workshops in person" in said
    assert "number of held sessions of line 1.1 (format: full day or half day)" in said
    assert "Counts: 1 row of sessions.csv" in said
    assert "1.1.workshops-person is in the plan: plan/2024-2025.yaml:" in said
    piece = """          - id: workshops-person
            label: {en: Workshops in person, fr: Ateliers en présence}
            says: "# of workshops"
            measure: {kind: count, of: {log: sessions, where: {line: "1.1", format: [full-day, half-day]}}}
            target: {at_least: 12}
"""
    assert piece in said
    assert plan_text(held).replace(piece, "") == before
    assert "workshops-person" in held("explain 1.1.workshops-person")


def test_a_column_has_one_condition_which_is_changed_knowingly(held: Prt) -> None:
    script = sit_down(
        held.monkeypatch,
        *(*DIALOGUE, "", "format = full day", "format = half day", "format", "<", "format = full day, half"),
        *("", "", "", ""),
    )
    held("plan add")
    told = "\n".join(script.told)
    assert told.count("format has a condition already. All values stand in one") == 2
    assert 'where: {line: "1.1", format: [full-day, half-day]}' in plan_text(held)


def test_a_condition_that_is_asked_again_replaces_no_other(held: Prt) -> None:
    script = sit_down(
        held.monkeypatch,
        *(*DIALOGUE, "", "format = full day", "", "", ""),
        *("of.where.sessions.1", "format = half day", "mode", "online", "n"),
    )
    held("plan add", code=1)
    assert "format has a condition already" in "\n".join(script.told)
    assert "where: {mode: online, format: full-day}" in held.out


def test_without_its_first_condition_the_second_stays(held: Prt) -> None:
    sit_down(
        held.monkeypatch,
        *(*DIALOGUE, "", "format = full day", "", "", "", "of.where.sessions.1", "-", ""),
    )
    held("plan add")
    assert "of: {log: sessions, where: {format: full-day}}" in plan_text(held)


def test_a_condition_is_of_the_rows_and_the_column_that_it_was_asked_of(held: Prt) -> None:
    """Other rows have other columns, and another column has other values: they are asked anew."""
    sit_down(
        held.monkeypatch,
        *(*DIALOGUE, "format", "full day", "", "", "", "of.where.sessions.1", "mode", "online"),
        *("of", "accompaniment", "", "", ""),
    )
    held("plan add")
    assert "where: {mode: online}" in held.out
    assert "of: {log: accompaniment}" in plan_text(held)


def test_it_is_taken_back_by_undo(held: Prt) -> None:
    before = (held.root / PLAN).read_bytes()
    held("plan add --line 1.1 --label A --label-fr A --count workshops --yes")
    path = held.root / PLAN
    path.write_bytes(b"# a comment above\n" + path.read_bytes())
    assert "1.1.a was added to the plan; it is taken out again" in held("undo")
    assert path.read_bytes() == b"# a comment above\n" + before


def test_undo_leaves_what_somebody_changed_since(held: Prt) -> None:
    held("plan add --line 1.1 --label A --label-fr A --count workshops --yes")
    path = held.root / PLAN
    changed = path.read_text(encoding="utf-8").replace("label: {en: A, fr: A}", "label: {en: B, fr: A}")
    path.write_text(changed, encoding="utf-8")
    held("undo", code=1)
    assert "the lines of 1.1.a have changed since it was added" in held.err
    assert path.read_text(encoding="utf-8") == changed


def test_undo_says_first_what_would_go(held: Prt) -> None:
    held("plan add --line 1.1 --label A --label-fr A --count workshops --yes")
    sit_down(held.monkeypatch, "n")
    held("undo", code=1)
    assert "1.1.a would be taken out of the plan again" in held.err


def test_leaving_writes_nothing_and_the_answers_wait(held: Prt) -> None:
    before = plan_text(held)
    sit_down(held.monkeypatch, *DIALOGUE[:3], "half a phr" + CTRL_C)
    held("plan add", code=130)
    assert "Your answers wait: prt plan add" in held.err
    script = sit_down(held.monkeypatch, "", "", "", "", "1", "workshops", "", "", "", "", "")
    held("plan add")
    assert "Go on with what waits since" in script.said[0]
    assert plan_text(held) != before
    assert "half a phr" in plan_text(held)


def test_no_writes_nothing(held: Prt) -> None:
    before = plan_text(held)
    sit_down(held.monkeypatch, *DIALOGUE, "", "", "", "", "n")
    held("plan add", code=1)
    assert plan_text(held) == before


@pytest.mark.parametrize("field", ["label.en", "what is the", "called"])
def test_a_field_named_at_the_end_is_asked_alone(held: Prt, field: str) -> None:
    """By its key, or by words of its question, from wherever they stand in it."""
    script = sit_down(held.monkeypatch, *DIALOGUE, "", "", "", "", field, "Other", "")
    held("plan add")
    assert "What is the indicator called, in a few words? [Workshops in person] > Other" in script.said
    assert "label: {en: Other, fr: Ateliers en présence}" in plan_text(held)


def test_what_options_say_is_not_asked(held: Prt) -> None:
    script = sit_down(held.monkeypatch, "A", "", "", "")
    held("plan add --line 1.1 --label A --count workshops --at-least 3 --says x --id a --target-says ''")
    assert [
        one for one in script.said if one.startswith(("Which line", "What is counted", "Of what", "Has it"))
    ] == []


def test_another_that_was_written_meanwhile_is_told_and_the_answers_wait(held: Prt) -> None:
    path = held.root / PLAN

    class Meanwhile(Answers):
        def ask(self, prompt: str, *more: object, **others: object) -> str:
            if prompt.startswith("Save?"):
                path.write_bytes(path.read_bytes() + b"# typed by somebody else\n")
            return super().ask(prompt)

    person = Meanwhile([*DIALOGUE, "", "", "", "", ""])
    held.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: person)
    held.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    held("plan add", code=1)
    assert "Nothing was written" in held.err or "nothing was written" in held.err.lower()
    assert path.read_text(encoding="utf-8").endswith("# typed by somebody else\n")
    assert "workshops-person" not in plan_text(held)


def test_a_dialogue_in_french(held: Prt) -> None:
    held.monkeypatch.setenv("PRT_LANG", "fr")
    script = sit_down(
        held.monkeypatch,
        *("1.1", "Heures d’accompagnement", "", "Nombre d’heures", "", ""),
        *("2", "accompagnement", "nature", "contact, suivi", "", "", "au moins 12,5", "", "", "o"),
    )
    said = held("plan add")
    assert english_words("\n".join(script.told) + said.partition("Dans le plan")[0], []) == []
    assert "where: {kind: [contact, follow-up]}" in plan_text(held)
    assert "target: {at_least: 12.5}" in plan_text(held)
    assert "1.1.heures-accompagnement est dans le plan" in said


def test_a_word_inside_what_one_choice_is_called_means_it(held: Prt) -> None:
    script = sit_down(
        held.monkeypatch, "hours of acc", "A", "", "", "total", "accompaniment", "", "", "", "", ""
    )
    held("plan add")
    assert "measure: {kind: sum, column: hours, of: {log: accompaniment}}" in plan_text(held)
    assert "The total of which column? [hours] > " in script.said


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("en", "Pupils", '"Pupils" is none of them'),
        ("fr", "personnes", "«\N{NO-BREAK SPACE}personnes\N{NO-BREAK SPACE}» n’en fait pas partie"),
    ],
)
def test_a_word_that_is_no_rows_is_told_as_it_was_typed(
    held: Prt, language: str, typed: str, said: str
) -> None:
    held.monkeypatch.setenv("PRT_LANG", language)
    script = sit_down(held.monkeypatch, "1.1", "A", "", "", "", "1", typed, CTRL_C)
    held("plan add", 130)
    assert any(said in one for one in script.told), script.screen


def test_on_plain_lines_each_choice_has_its_own(held: Prt) -> None:
    held.monkeypatch.setenv("PRT_PLAIN", "1")
    script = sit_down(held.monkeypatch, "A", "", "", "?", CTRL_C)
    held("plan add --line 1.1 --count workshops", code=130)
    assert {"    format", "    mode"} <= {*"\n".join(script.said).splitlines()}


def test_a_new_line(held: Prt) -> None:
    script = sit_down(
        held.monkeypatch,
        *(
            "new",
            "1.4",
            "",
            "To meet",
            "Se rencontrer",
            "",
            "Visits",
            "Visites",
            "",
            "1",
            "requests",
            "",
            "",
            "visits",
            "",
        ),
    )
    held("plan add")
    assert "The number of the new line? [1.4c] > " in script.said
    assert (
        '      - id: "1.4c"\n        objective: {says: To meet, fr: Se rencontrer}\n        indicators:\n          - id: visits\n'
        in plan_text(held)
    )
    held("check")


def test_after_a_report_it_is_said_that_nothing_new_needs_an_amendment(held: Prt) -> None:
    folder = held.root / "data" / "2024-2025" / "submitted" / "period-1"
    folder.mkdir(parents=True)
    held("plan add --line 1.1 --label A --label-fr A --count workshops --dry-run")
    assert "needs no amendment" in held.err


# Options


def test_a_script_says_all_of_it(held: Prt) -> None:
    said = held(
        'plan add --line 1.1 --label "Rural, all" --label-fr Ruraux --says "# of rural" --says-fr "N ruraux" '
        '--count workshops --where "line = 1.1; mode != online; participants = 5..30" --at-most 7 --yes'
    )
    assert (
        "            measure: {kind: count, of: {log: sessions, where: "
        '{line: "1.1", mode: {not: online}, participants: {from: "5", to: "30"}}}}\n'
        "            target: {at_most: 7}\n"
    ) in said
    assert "1.1.rural-all is in the plan" in said


@pytest.mark.parametrize(
    ("condition", "written"),
    [("!= given", "false"), ("!= empty", "true"), ("= not given", "false"), ("= pas vide", "true")],
)
def test_what_is_not_given_is_empty(held: Prt, condition: str, written: str) -> None:
    held(
        "plan add --line 1.1 --label A --label-fr A --count workshops "
        f"--where 'participants {condition}' --dry-run"
    )
    assert f"participants: {{present: {written}}}" in held.out


def test_a_script_has_to_agree_and_may_only_try(held: Prt) -> None:
    before = plan_text(held)
    command = "plan add --line 1.1 --label A --label-fr A --count workshops"
    held(command, code=2)
    assert "A" in held.out
    held(f"{command} --dry-run")
    assert plan_text(held) == before


def test_mistakes_of_options_are_told_at_once(held: Prt) -> None:
    held("plan add --line 9.9 --kind much --at-least x --id 1,2 --says a@b.org", code=2)
    for option in ("--line: ", "--kind: ", "--at-least: ", "--id: ", "--says: "):
        assert option in held.err
    assert "These are needed too: --label" in held.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--kind typed --column hours", "--column: nothing asks for it"),
        ("--count workshops --where 'format'", '--where: "format" names no value'),
        ("--count workshops --where 'form = 1'", "--where: "),
        ("--count workshops --where 'mode = online; mode = in-person'", "mode has a condition already"),
        ("--count workshops --where 'participants != 5..30'", '--where: "5..30"'),
        ("--count workshops --where 'date = not 2024-10-01..2024-10-31'", "--where: "),
        ("--count workshops --at-least 1 --at-most 2", "--at-most: an indicator has one target"),
        ("--count workshops --at-least 75%", "--at-least: 75% is a percentage"),
        ("--count workshops --due 2025-03-31", "--due: "),
        ("--measure nonsense", "--measure: this is no measure"),
        ("--count workshops --due 2025-03-31 --each-period 2", "--due: "),
        (
            "--count workshops --to-be-set 2024-10-15 --each-period 2",
            "--each-period: an indicator has one target",
        ),
        (
            "--kind sum --of accompaniment --column objective",
            "--column: objective of accompaniment is not a number",
        ),
        ("--kind mean --of feedback --column answer", "--column: answer of feedback is not a number"),
        ("--kind mean --of feedback --column Answer", "scale: 5"),
    ],
)
def test_an_option_that_does_not_fit(held: Prt, options: str, said: str) -> None:
    held(f"plan add --line 1.1 --label A --label-fr A {options}", code=2)
    assert said in held.err


def test_what_each_period_asks_for_stands_beside_another_target(held: Prt) -> None:
    held(
        "plan add --line 1.1 --label A --label-fr A --count workshops --at-least 12 --each-period 2 --dry-run"
    )
    assert "target: {at_least: 12, each_period: 2}" in held.out


@pytest.mark.parametrize(
    ("measure", "typed", "written"),
    [
        ("{kind: typed, unit: $}", "2 $", "{at_least: 2}"),
        ("{kind: typed, unit: $}", "-$2,50", "{at_least: -2.50}"),
        ("{kind: typed, unit: {en: places, fr: places offertes}}", "12 places offertes", "{at_least: 12}"),
        ("{kind: sum, column: hours, of: {log: accompaniment}}", "12,5 h", "{at_least: 12.5}"),
        ("{kind: typed, percent: true}", "75 %", "{at_least: 75%}"),
    ],
)
def test_a_target_may_be_typed_with_the_unit_of_its_figure(
    held: Prt, measure: str, typed: str, written: str
) -> None:
    add = f"plan add --line 1.1 --label A --label-fr A --measure '{measure}'"
    held(f"{add} --at-least '{typed}' --dry-run")
    assert f"target: {written}" in held.out
    held(f"{add} --at-least '2 moons' --dry-run", code=2)
    assert '"2 moons" is not a number' in held.err
    sit_down(held.monkeypatch, "A", "", typed, "", "", "")
    held(f"plan add --line 1.1 --measure '{measure}' --says '' --target-says '' --id a")
    assert f"target: {written}" in plan_text(held)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ("--count workshops --to-be-set 2025-10-10", 0, "l’année finit le 2025-06-30"),
        (
            "--count workshops --more-than-last-year -100%",
            1,
            "-100% de l’an dernier ne laisse rien à atteindre",
        ),
        (
            "--measure '{kind: reach, who: {people: {role: cda}}, did: plc-attendance, by: person, each: date, at_least: 2}'"
            " --each-period 50%",
            1,
            "le résultat est un cumul",
        ),
        ("--measure '{kind: typed, percent: true, unit: $}'", 1, "l’unité d’un pourcentage est %"),
        ("--kind sum --of accompaniment --column objective", 2, "n’est pas un nombre"),
        ("--count workshops --between 5..3", 2, "la borne inférieure vient en premier"),
    ],
)
def test_what_is_wrong_with_a_target_is_said_in_french(held: Prt, options: str, code: int, said: str) -> None:
    held.monkeypatch.setenv("PRT_LANG", "fr")
    held(f"plan add --line 1.1 --label A --label-fr A {options} --dry-run", code=code)
    assert said in (held.out + held.err).replace("\u00a0", " ")


def test_whatever_a_question_of_plan_add_may_refuse_is_said_in_french() -> None:
    """What a plan's file says is told in English; what somebody answers is not."""
    told, sources = read_topic("mistake"), [*PACKAGE.glob("tasks/plan/*.py")]
    sources += [PACKAGE / "model/rules/measures.py", PACKAGE / "model/measures/reach.py"]
    codes = {code for path in sources for code in re.findall(r'Mistake\(\s*"(\w+)"', path.read_text("utf-8"))}
    assert len(codes) > 20
    assert [code for code in sorted(codes) if f"mistake.{code}.what.fr" not in told] == []


def test_any_measure_may_be_written_as_the_plan_does(held: Prt) -> None:
    held(
        "plan add --line 1.4a --label A --label-fr A --at-least 80 --yes "
        "--measure '{kind: reach, who: {people: {role: cda}}, did: plc-attendance, by: person, each: session.series, at_least: 2}'"
    )
    assert "target: {at_least: 80%}" in plan_text(held)


def test_a_name_or_what_nobody_sees_is_no_text_of_the_plan(held: Prt) -> None:
    sit_down(held.monkeypatch, "1.1", "Ask zoe@example.org", "a\u200bb", CTRL_C)
    held("plan add", code=130)
    held("plan add --line 1.1 --label zoe@example.org --label-fr A --count workshops", code=2)
    assert "--label: " in held.err
    held("plan add --line 1.1 --label zoe@example.org --label-fr A --count workshops --yes --anyway")
    assert 'label: {en: "zoe@example.org", fr: A}' in plan_text(held)


def test_a_plan_with_mistakes_says_them_first(held: Prt) -> None:
    path = held.root / PLAN
    path.write_text(plan_text(held).replace("target:", "targget:", 1), encoding="utf-8")
    held("plan add --line 1.1", code=1)
    assert "targget" in held.err


# Targets


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("12", "{at_least: 12}"),
        ("at most 5", "{at_most: 5}"),
        ("between 3 and 5", "{between: [3, 5]}"),
        ("more than last year by 10", "{more_than_last_year: 10%}"),
        ("to be set by 2025-03-31", "{to_be_set: 2025-03-31}"),
        ("at least in each period 2", "{each_period: 2}"),
    ],
)
def test_a_target_in_words(held: Prt, typed: str, written: str) -> None:
    sit_down(held.monkeypatch, "A", "", typed, "", "", "")
    held("plan add --line 1.1 --count workshops --where '' --says '' --target-says '' --id a")
    assert f"            target: {written}\n" in plan_text(held)


def test_every_aim_has_an_option_and_words() -> None:
    assert {*AIM_NAMES} <= {one.name for one in fields(AddOptions)}
    assert {f"adding.aim.{one}.{language}" for one in AIM_NAMES for language in ("en", "fr")} <= {
        *read_topic("adding")
    }


@pytest.mark.parametrize("typed", ["5 and 3", "2.5", "75%", "-1", "many", "at most"])
def test_a_target_that_the_figure_cannot_have(held: Prt, typed: str) -> None:
    before = plan_text(held)
    person = sit_down(
        held.monkeypatch, "A", "", "between" if " and " in typed else typed, *[typed] * (" and " in typed)
    )
    held(
        "plan add --line 1.1 --count workshops --where '' --says '' --target-says ''",
        code=130,
    )
    assert plan_text(held) == before and person.said


# The kinds of measure


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    root = make_project(tmp_path / "project")
    shorten_plan_of(root, *FEW)
    project = Project(root, root / "data" / "private")
    yield project.load(project.plan_path("2024-2025"))


def asked(
    year: Year, answers: dict[str, str], language: str = "en"
) -> tuple[IndicatorDraft, PlanQuestion | None]:
    """The indicator as far as these answers go, and the question that is next."""
    interview = Interview(year, language, dt.date.fromisoformat(TODAY), answers)  # type: ignore[arg-type]
    draft = IndicatorDraft(interview)
    try:
        draft.ask_all()
    except Unanswered:
        return draft, next(reversed(interview.questions.values()))
    return draft, None


class GuessedAnswers(Interview):
    """Those of somebody who answers with any of the words that a question offers, or Enter, but `first`."""

    draw: random.Random
    first: dict[str, str]

    def ask(self, question: PlanQuestion) -> str:
        if question.key not in self.answers:
            self.answers = {**self.answers, question.key: self.guess(question)}
        assert len(self.answers) < 200, f"no end: {self.answers}"
        return super().ask(question)

    def guess(self, question: PlanQuestion) -> str:
        """Raises Unanswered where nothing of it is an answer."""
        some_words = (self.draw.choice([*question.words, "", ""]) for _ in range(30))
        tries = [self.first[question.key]] if question.key in self.first else some_words
        for text in [*tries, "3", "2", "75", "2025-03-31", "x", "3 and 5"]:
            with suppress(Mistake):
                return question.read(text or question.enter)
        raise Unanswered


def answer_at_random(year: Year, draw: random.Random, **first: str) -> IndicatorDraft:
    """An indicator as it is guessed; in the other language the same answers make the same one."""
    drafts, answers = list[IndicatorDraft](), dict[str, str]()
    for language in draw.sample(LANGUAGES, 2):
        guessed = GuessedAnswers(year, language, dt.date.fromisoformat(TODAY), answers)
        guessed.draw, guessed.first = draw, first
        drafts.append(IndicatorDraft(guessed))
        with suppress(Unanswered):
            drafts[-1].ask_all()
        answers = {**guessed.answers}
    one, again = drafts
    if one.id:
        found = again.line, again.label, again.measure, again.target, again.id
        assert found == (one.line, one.label, one.measure, one.target, one.id)
    return again


OTHERS = {
    "line",
    "volet",
    "line_id",
    "objective",
    "strategy",
    "label",
    "says",
    "kind",
    "measure",
    "target",
    "target_says",
    "id",
}


def test_no_field_of_a_measure_is_called_as_another_question() -> None:
    assert {one.key for kind in KINDS for one in kind.fields.values() if one.name != "kind"} & OTHERS == set()


@pytest.mark.parametrize("kind", [kind_name(kind) for kind in KINDS])
def test_every_kind_can_be_asked_for(year: Year, kind: str) -> None:
    found, seeds = 0, some(range(8), 4)
    for seed in seeds:
        draft = answer_at_random(year, random.Random(seed), kind=kind)
        if not draft.id:
            continue
        new = draft.made()
        raw = year.project.cache.read_bytes(year.path)
        addition = add_to_plan(raw, "plan.yaml", new.place, new.item)
        assert isinstance(addition, PlanAddition)
        measures = {
            one.measure.kind
            for _, line, one in addition.plan.indicators()
            if f"{line.id}.{one.id}" == addition.handle
        }
        assert measures == {kind}
        found += 1
    assert found > len(seeds) // 3


def test_a_population_that_is_no_whole_of_the_part_is_refused_at_once(year: Year) -> None:
    answers = {
        "line": "1.1",
        "label.en": "A",
        "label.fr": "",
        "says": "",
        "kind": "ratio",
        "part": "distinct",
        "part.of": "log:accompaniment",
        "part.of.where.accompaniment.1": "",
        "part.distinct": "kind",
        "whole": "anyone_in",
        "whole.of": "log:sessions",
        "whole.of.where.sessions.1": "",
    }
    _, question = asked(year, answers)
    assert question and question.key == "whole.by"
    with pytest.raises(Mistake) as caught:
        question.read("host")
    assert caught.value.code == "column_without_members"
    _, question = asked(year, answers | {"part.distinct": "board"})
    assert question and question.read("host") == "host"


def test_a_new_kind_is_offered_by_what_its_class_says(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prt.tasks.plan.measure_questions.KINDS", [*KINDS, Prompt])
    answers = {"line": "1.1", "label.en": "A", "label.fr": "", "says": ""}
    _, question = asked(year, answers)
    assert (
        question
        and question.lines[-1] == f"{len(KINDS) + 1:>3}  The share of rows of which a later date follows soon"
    )
    answers |= {"kind": "prompt", "of": "log:journals", "of.where.journals.1": ""}
    _, question = asked(year, answers)
    assert question and question.key == "column" and "date of the feedback" in question.words
    answers |= {"column": "feedback_on"}
    _, question = asked(year, answers)
    assert question and question.prompt == "How many days it may take?"


def test_question_marks_explain_every_question(year: Year) -> None:
    form = AdditionForm(Talk(Answers(["?"] * 3)), year, {}, today=dt.date.fromisoformat(TODAY))
    assert any("new makes another one" in line for line in form.inquiry("line").explain())


def test_a_choice_takes_the_room_that_the_terminal_has(monkeypatch: pytest.MonkeyPatch) -> None:
    for columns, room in ((120, 116), (None, 76)):
        monkeypatch.setattr("prt.tasks.plan.line_questions.width", lambda found=columns: found)
        assert line_room() == room


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("Which line of the plan is the indicator of?", "What is the indicator called, in a few words?"),
        ),
        (
            "fr",
            (
                "De quelle ligne du plan est le nouvel indicateur?",
                "Comment s’appelle l’indicateur, en quelques",
            ),
        ),
    ],
)
def test_questions_name_what_they_are_about(held: Prt, language: str, said: tuple[str, str]) -> None:
    """A line is called as its first indicator, which is not all of it."""
    held.monkeypatch.setenv("PRT_LANG", language)
    script = sit_down(held.monkeypatch, "1.1", CTRL_C)
    held("plan add", code=130)
    assert all(any(line.startswith(one) for line in script.told) for one in said), script.screen
    assert re.search(r"1\.1 .* \(\+ \d+\)", script.screen)
