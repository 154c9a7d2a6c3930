"""Who is meant: one table for options, lines, PRT_ME and sheets, and what commands say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from prt.entry.persons import PersonFinder
from tests.project import Prt

DAY = dt.date(2025, 2, 14)
Person = tuple[str, str, str, str | None, tuple[str, ...]]
"""Name, role, board, e-mail, other names."""
PEOPLE: Mapping[str, Person] = {
    "p-zoe": ("Zoé Tremblay", "cda", "ETSB", "zoe@etsb.example", ()),
    "p-zts": ("Zoé Tremblay-Sample", "sb-rep", "LBPSB", None, ()),
    "p-jor": ("Jordan Pearson", "cda", "ETSB", None, ("Jordie Pearson",)),
    "p-jo2": ("Jordan Example", "cda", "EMSB", None, ()),
    "p-kim": ("Kim O’Sample", "principal", "RSB", None, ()),
    "p-old": ("Ines Roy", "cda", "RSB", None, ()),
}


def make_finder(people: Mapping[str, Person] = PEOPLE) -> PersonFinder:
    names: Mapping[str, dict[str, object]] = {
        one: {"name": name, "email": email, "other_names": others}
        for one, (name, _, _, email, others) in people.items()
    }
    posts = {
        one: [{"role": role, "board": board, "start": None, "end": DAY if one == "p-old" else None}]
        for one, (_, role, board, _, _) in people.items()
    }
    return PersonFinder(names, posts)


@pytest.mark.parametrize(
    ("text", "kind", "persons"),
    [
        ("p-zoe", "certain", "p-zoe"),
        ("P-ZOE", "certain", "p-zoe"),
        ("zoe@etsb.example", "certain", "p-zoe"),
        ("Zoé Tremblay", "certain", "p-zoe"),
        ("tremblay zoe", "certain", "p-zoe"),
        ("Tremblay, Zoé", "certain", "p-zoe"),
        ("Zoé Tremblay–Sample", "certain", "p-zts"),
        ("tremblay-sample zoé", "certain", "p-zts"),
        ("Jordie Pearson", "certain", "p-jor"),
        ("Mme Kim O'Sample", "certain", "p-kim"),
        ("kim", "enough", "p-kim"),
        ("osample", "enough", "p-kim"),
        ("k. o'sample", "enough", "p-kim"),
        ("J Pearson", "enough", "p-jor"),
        ("pearson j", "enough", "p-jor"),
        ("tremblay-sample", "enough", "p-zts"),
        ("tremblay", "candidates", "p-zoe p-zts"),  # half a double name is a name too
        ("sample", "candidates", "p-zts"),
        ("zoé", "candidates", "p-zoe p-zts"),
        ("jordan", "candidates", "p-jo2 p-jor"),
        ("jord", "candidates", "p-jo2 p-jor"),
        ("pears", "candidates", "p-jor"),
        ("Jordan Peerson", "candidates", "p-jor"),
        ("Zoe Trembley", "candidates", "p-zoe p-zts"),
        ("Alexis Nobody", "nobody", ""),
        ("bla", "nobody", ""),  # a piece out of the middle of Tremblay
        ("emsb", "nobody", ""),
        ("2h", "nobody", ""),
        ("", "nobody", ""),
    ],
)
def test_who_is_meant(text: str, kind: str, persons: str) -> None:
    found = make_finder().find(text)
    assert (found.kind, " ".join(found.persons)) == (kind, persons)


@pytest.mark.parametrize(
    ("text", "board", "kind", "persons"),
    [
        ("jordan", "ETSB", "enough", "p-jor"),
        ("zoé", "LBPSB", "enough", "p-zts"),
        ("tremblay", "LBPSB", "candidates", "p-zts"),
        ("zoé", "RSB", "candidates", "p-zoe p-zts"),  # nobody there: offered, not taken
        ("Zoé Tremblay", "RSB", "certain", "p-zoe"),
    ],
)
def test_a_board_tells_two_apart(text: str, board: str, kind: str, persons: str) -> None:
    found = make_finder().find(text, DAY, board)
    assert (found.kind, " ".join(found.persons)) == (kind, persons)


@pytest.mark.parametrize(
    ("board", "kind", "persons"),
    [("RSB", "enough", "p-one"), ("EMSB", "enough", "p-two"), ("ETSB", "candidates", "p-one p-two"), ("", "candidates", "p-one p-two")],
)  # fmt: skip
def test_a_board_tells_two_of_one_whole_name_apart(board: str, kind: str, persons: str) -> None:
    both = {"p-one": "RSB", "p-two": "EMSB"}
    finder = make_finder({one: ("Kim Sample", "cda", at, None, ()) for one, at in both.items()})
    found = finder.find("kim sample", DAY, board)
    assert (found.kind, " ".join(found.persons)) == (kind, persons)


def test_who_has_left_is_offered_and_not_taken() -> None:
    assert make_finder().find("ines", DAY).kind == "enough"
    found = make_finder().find("ines", DAY + dt.timedelta(days=1))
    assert (found.kind, found.persons) == ("candidates", ("p-old",))


@pytest.fixture
def named(prt: Prt) -> Prt:
    prt.people("p-7kq2,cda,EMSB,,,,,", "p-7kq3,cda,RSB,,,,,", "p-mar2,prt-staff,,,,,,")
    folder = prt.root / "data" / "private"
    folder.mkdir()
    rows = (
        "p-7kq2,Marc Gabarit,marc@emsb.example\np-7kq3,Marc Exemple,\np-mar2,Mara O'Sample,mara@prt.example\n"
    )
    (folder / "names.csv").write_text(f"id,name,email\n{rows}", encoding="utf-8")
    prt.me("p-mar2")
    return prt


LOG = "log accompaniment --date 2025-02-12 --hours 2 --objective skills"


@pytest.mark.parametrize("said", ["Marc Gabarit", "gabarit, marc", "marc@emsb.example", "p-7kq2"])
def test_an_option_takes_what_is_certain(named: Prt, said: str) -> None:
    named(f'{LOG} --person "{said}"')
    assert ",p-7kq2,cda,EMSB," in named.lines("accompaniment")[-1]


def test_a_name_alone_is_taken_where_one_person_of_the_column_has_it(named: Prt) -> None:
    """A principal named as somebody of the team stands in no way of the column `staff`, nor of PRT_ME."""
    people, names = named.root / "data/people.csv", named.root / "data/private/names.csv"
    people.write_text(people.read_text(encoding="utf-8") + "p-mra3,principal,RSB,,,,,\n", encoding="utf-8")
    names.write_text(names.read_text(encoding="utf-8") + "p-mra3,Mara Sample,\n", encoding="utf-8")
    named(f"{LOG} --person Gabarit --staff mara")
    assert ",p-mar2,2," in named.lines("accompaniment")[-1] and ",p-7kq2," in named.lines("accompaniment")[-1]
    assert '"Gabarit": p-7kq2 Marc Gabarit, CDA, EMSB' in named.err
    assert '"mara": p-mar2 Mara O\'Sample, staff of the team' in named.err
    named.me("Mara")
    named(f'edit {named.last_id("accompaniment")} --person mara --why "was she"')
    assert '"mara": p-mra3 Mara Sample, principal, RSB' in named.err


@pytest.mark.parametrize("said", ["Marc", "Marc Gabarti"])
def test_an_option_lists_who_may_be_meant(named: Prt, said: str) -> None:
    named(f'{LOG} --person "{said}"', 2)
    assert f'"{said}" may be p-7kq2 Marc Gabarit, CDA, EMSB' in " ".join(named.err.split())
    assert "prt people add" not in named.err


def test_who_may_be_meant_is_told_in_the_words_of_the_language(named: Prt) -> None:
    named.monkeypatch.setenv("PRT_LANG", "fr")
    named(f"{LOG} --person Marc", 2)
    assert "p-7kq2 Marc Gabarit, ADC, EMSB" in named.err
    named("log hours 1h hier marc skills --dry-run", 2)
    assert "p-7kq2 Marc Gabarit, ADC, EMSB" in named.err and "cda" not in named.err, named.err


@pytest.mark.parametrize("command", ["people show", "people edit --role teacher --why moved"])
def test_commands_about_people_take_a_name_that_one_person_has(named: Prt, command: str) -> None:
    first, *options = command.split(" --")
    named(" --".join([f"{first} gabarit", *options]))
    assert "p-7kq2" in named.out


@pytest.mark.parametrize("said", ["Marc", "Marc Gabarti"])
def test_commands_about_people_list_who_may_be_meant(named: Prt, said: str) -> None:
    named(f'people show "{said}"', 2)
    assert "p-7kq2 Marc Gabarit, CDA, EMSB" in " ".join(named.err.split())


@pytest.mark.parametrize("said", ["Mara O’Sample", "MARA@prt.example", "p-mar2"])
def test_whoever_types_may_be_named(named: Prt, said: str) -> None:
    named.me(said)
    named(f"{LOG} --person p-7kq2")
    assert ",p-mar2,2," in named.lines("accompaniment")[-1]


@pytest.mark.parametrize("typed", [f"{LOG} --person p-mar2", "log hours 2 mara skills 2025-02-12"])
def test_the_team_receives_no_hours(named: Prt, typed: str) -> None:
    named(typed, 2)
    assert "p-mar2 is of the team" in named.err and "staff:p-mar2" in named.err
    assert not named.path("accompaniment").exists()


def test_whoever_types_is_not_guessed(named: Prt) -> None:
    named.me("Marc")
    named(f"{LOG} --person p-7kq2", 2)
    assert "PRT_ME" in named.err
    assert "p-7kq3 Marc Exemple" in " ".join(named.err.split())
