"""Who an exported name is: folding, matching, suggestions; and connections put together to persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prt.console.dialogue.talk import Talk
from prt.entry.person_names import name_key, parse_name
from prt.entry.roster import Match, Roster, make_roster
from prt.imports.export import Presence, Stay
from prt.imports.people.attendees import Attendee, Seat, list_stays
from prt.imports.people.grouping import group_presences
from prt.imports.reading.durations import count_minutes
from prt.tasks.imports.identify_people import WhoForm
from prt.text import fold_text
from tests.answers import Answers
from tests.texts import any_text

WORDS = {"lbpsb", "emsb", "cda", "principal", "css du littoral"}
PEOPLE = {
    "p-zoe": ("Zoé Tremblay-Sample", "zoe.ts@etsb.example", ()),
    "p-jor": ("Jordan Example", "jordan.example@lbpsb.example", ()),
    "p-kim": ("Kim O'Sample", None, ("k.osample@home.example", "Kimberly O'Sample")),
    "p-one": ("Alex Exemple", "a1@rsb.example", ()),
    "p-two": ("Exemple Alex", "a2@wqsb.example", ()),
}


def is_word(text: str) -> bool:
    return fold_text(text) in WORDS


@pytest.fixture
def roster() -> Roster:
    rows: Mapping[str, dict[str, object]] = {
        person: {"name": name, "email": email, "other_names": others}
        for person, (name, email, others) in PEOPLE.items()
    }
    return make_roster(rows)


def test_somebody_answered_for_is_not_asked_about_again() -> None:
    """The same name and e-mail two prompts later is the same person; another name is asked about."""
    stays = [Presence(line=1, name=name) for name in ("Ana Un", "Bo Deux", "Ana Un")]
    day = dt.date(2024, 10, 16)
    seats = [
        Seat(Attendee(Match(), str(at), [one], [one.name], [], []), day, None, (), "", "")
        for at, one in enumerate(stays)
    ]
    form = WhoForm(Talk(Answers(())), seats, None, Roster(), may_create=True)  # type: ignore[arg-type]
    first, second, _ = form.seats
    form.take(first, {"role": "cda"})
    assert form.order() == [first, second]
    assert [seat.attendee.key for seat, _ in form.found()] == ["0", "2"]


class TestNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Zoé Tremblay-Sample", "Zoé Tremblay-Sample"),
            ("Tremblay-Sample, Zoé", "Zoé Tremblay-Sample"),
            ("Example, Jordan (External)", "Jordan Example"),
            ("Example, Jordan (Externe)", "Jordan Example"),
            ("Zoé Tremblay-Sample (Unverified)", "Zoé Tremblay-Sample"),
            ("Zoé Tremblay-Sample (Non vérifiée)", "Zoé Tremblay-Sample"),
            ("LBPSB - Jordan Example (Jordan Example)", "Jordan Example"),
            ("LBPSB – Jordan Example", "Jordan Example"),
            ("LBPSB– Jordan Example", "Jordan Example"),
            ("LBPSB–Jordan Example", "Jordan Example"),
            ("Jordan Example—CSS du Littoral", "Jordan Example"),
            ("Zoé Tremblay–Sample", "Zoé Tremblay-Sample"),
            ("Tremblay—Sample, Zoé", "Zoé Tremblay-Sample"),
            ("Zoé Tremblay‑Sample", "Zoé Tremblay-Sample"),
            ("Marie−Ève Exemple", "Marie-Ève Exemple"),
            ("EMSB – Eva Exemple–Roy", "Eva Exemple-Roy"),
            ("Jordan Example | EMSB", "Jordan Example"),
            ("EMSB: Jordan Example", "Jordan Example"),
            ("Jordan Example, CDA", "Jordan Example"),
            ("Principal – St. Test Elem. (Robin Sample)", "Robin Sample"),
            ("iPhone de Kim (Kim O'Sample)", "Kim O'Sample"),
            ("iPhone de Kim O'Sample", "Kim O'Sample"),
            ("Kim O’Sample's iPad", "Kim O'Sample"),
            ("Marianne Testut (she/her)", "Marianne Testut"),
            ("Marianne Testut elle/iel", "Marianne Testut"),
            ("Marianne Testut (elle, iel)", "Marianne Testut"),
            ("Dr. Alex Échantillon", "Alex Échantillon"),
            ("Mme Marie-Ève d’Exemple", "Marie-Ève d'Exemple"),
            ("Jordan Example 2", "Jordan Example"),
            ("Jordan Example, PhD", "Jordan Example"),
            ("Jordan Example, Ph. D., M.A.", "Jordan Example"),
            ("Example, Jordan, M.Ed.", "Jordan Example"),
            ("Jordan Example, ing.", "Jordan Example"),
            ("Exemple, Ma", "Ma Exemple"),
        ],
    )
    def test_a_name_is_found_in_what_an_export_makes_of_it(self, text: str, name: str) -> None:
        assert parse_name(text, is_word).names[:1] == (name,)

    @pytest.mark.parametrize(
        "text",
        [
            "15145550123", "15145550123 (Unverified)", "+1 (514) 555-0123", "jordan@lbpsb.example", "Zoom user",
            "iPhone", "iPhone de Kim", "Kim's iPad", "Kim", "Jean-Guy", "EMSB", "Principal", "M. Exemple",
            "St. Test Elementary School", "Guest", "Invité", "", "(Kim)", "CLC", "Galaxy S21", "J. E.",
        ],
    )  # fmt: skip
    def test_what_is_no_full_name_names_nobody(self, text: str) -> None:
        assert parse_name(text, is_word).names == ()

    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Inès Exemple et Théo Sample", {"Inès Exemple", "Théo Sample"}),
            ("Félix Exemple - remplacé par Luc Martin", {"Félix Exemple", "Luc Martin"}),
            ("Julia Sample (for Amir Exemple)", {"Julia Sample", "Amir Exemple"}),
            ("remplaçante d’Yves Exemple", {"Yves Exemple"}),
            ("Marie et Paul Exemple", {"Paul Exemple"}),
        ],
    )
    def test_a_text_that_speaks_of_two_people_is_nobodys_name(self, text: str, names: set[str]) -> None:
        found = parse_name(text, is_word)
        assert found.joined
        assert set(found.names) == names

    @pytest.mark.parametrize(
        "text",
        ["Jordan Example for EMSB", "Learning and Teaching Team - Robin Sample", "Sam Exemple avec iPad"],
    )
    def test_a_board_a_team_or_a_telephone_is_no_second_person(self, text: str) -> None:
        assert not parse_name(text, is_word).joined
        assert len(parse_name(text, is_word).names) == 1

    @pytest.mark.parametrize(
        "text",
        ["Otter.ai", "read.ai meeting notes", "Fireflies.ai Notetaker", "Jordan Example's AI Notetaker", "AI Notes"],
    )  # fmt: skip
    def test_a_robot_that_takes_notes_has_no_name(self, text: str) -> None:
        assert parse_name(text, is_word).robot
        assert parse_name(text, is_word).names == ()

    def test_an_email_in_place_of_a_name_is_an_email(self) -> None:
        assert parse_name("Jordan.Example@lbpsb.example", is_word).email == "Jordan.Example@lbpsb.example"

    def test_the_board_beside_a_name_is_kept(self) -> None:
        assert parse_name("LBPSB - Jordan Example (Jordan Example)", is_word).others == ("LBPSB",)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Zoé Tremblay-Sample", "tremblay sample zoe"),
            ("Noël Cœur", "COEUR NOEL"),
            ("Kim O'Sample", "O’Sample Kim"),
            ("J. P. Exemple", "Exemple J P"),
        ],
    )
    def test_spellings_of_one_name_have_one_key(self, one: str, other: str) -> None:
        assert name_key(one) == name_key(other)

    @given(any_text(), any_text())
    def test_the_key_does_not_depend_on_which_name_comes_first(self, first: str, last: str) -> None:
        assert name_key(f"{first} {last}") == name_key(f"{last} {first}")

    @given(any_text())
    def test_any_text_is_read(self, text: str) -> None:
        assert all(len(name.split()) > 1 for name in parse_name(text, is_word).names)


class TestMatching:
    @pytest.mark.parametrize(
        ("name", "email", "match"),
        [
            ("Whoever", "ZOE.TS@etsb.example", Match("p-zoe", "e-mail")),
            ("Jordan Example", "zoe.ts@etsb.example", Match("p-jor", "name")),
            ("tremblay-sample zoe", "", Match("p-zoe", "name")),
            ("Jordan Example", "private@home.example", Match("p-jor", "name")),
            ("Kimberly O'Sample", "", Match("p-kim", "name")),
            ("K", "k.osample@home.example", Match("p-kim", "e-mail")),
            ("Alex Exemple", "", Match(several=("p-one", "p-two"))),
            ("Alex Exemple", "a2@wqsb.example", Match("p-two", "e-mail")),
            ("Zoé Tremblay", "", Match()),
            ("Jordon Example", "", Match()),
            ("Zoé", "", Match()),
        ],
    )
    def test_by_email_then_by_name_in_both_orders_and_never_by_likeness(
        self, roster: Roster, name: str, email: str, match: Match
    ) -> None:
        assert roster.match([name], [email] if email else []) == match

    def test_what_is_less_certain_is_suggested_the_likeliest_first(self, roster: Roster) -> None:
        assert [person for person, _ in roster.suggestions(["Zoe Tremblay"])] == ["p-zoe"]
        assert roster.suggestions(["Jordon Exampel"])[0][0] == "p-jor"
        assert roster.suggestions(["Somebody Else"]) == []


def at(clock: str, day: int = 16) -> dt.datetime:
    return dt.datetime.combine(dt.date(2024, 10, day), dt.time.fromisoformat(clock))


def connection(line: int, name: str, email: str = "", times: str = "", organiser: bool = False) -> Presence:
    times_there = tuple(Stay(*map(at, part.split("-"))) for part in times.split())
    return Presence(line, name, email, times_there, organiser=organiser)


def people(roster: Roster, *presences: Presence) -> list[tuple[str, int]]:
    return [
        (one.person or one.name, len(one.presences)) for one in group_presences(presences, roster, is_word)
    ]


def found_in(rows: list[Presence]) -> list[tuple[str, int, int]]:
    """(person, connections, minutes) of each attendee, in order."""
    people = {
        person: {"name": name, "email": email, "other_names": others}
        for person, (name, email, others) in PEOPLE.items()
    }
    attendees = group_presences(rows, make_roster(people), is_word)
    return sorted(
        (one.person, len(one.presences), count_minutes(list_stays(one.presences))) for one in attendees
    )


class TestGathering:
    def test_one_person_by_email_and_by_name_is_one(self, roster: Roster) -> None:
        found = people(
            roster,
            connection(1, "Zoé (phone)", "zoe.ts@etsb.example", "09:00-09:20"),
            connection(2, "Tremblay-Sample, Zoé", "", "09:30-10:00"),
        )
        assert found == [("p-zoe", 2)]

    def test_a_connection_without_email_joins_the_one_with_it_whatever_the_order(
        self, roster: Roster
    ) -> None:
        with_email, without = connection(1, "Robin Sample", "r@x.example"), connection(2, "Sample Robin")
        assert people(roster, with_email, without) == [("Robin Sample", 2)]
        assert people(roster, without, with_email) == [("Robin Sample", 2)]

    def test_two_with_one_name_and_different_emails_are_two(self, roster: Roster) -> None:
        found = people(
            roster, connection(1, "Robin Sample", "r@x.example"), connection(2, "Robin Sample", "s@x.example")
        )
        assert found == [("Robin Sample", 1), ("Robin Sample", 1)]

    def test_a_telephone_that_comes_back_is_one_and_two_at_once_are_two(self, roster: Roster) -> None:
        again = [connection(1, "iPhone", "", "09:00-09:20"), connection(2, "iPhone", "", "09:20-10:00")]
        at_once = [connection(1, "iPhone", "", "09:00-09:30"), connection(2, "iPhone", "", "09:20-10:00")]
        unknown = [connection(1, "iPhone"), connection(2, "iPhone")]
        assert people(roster, *again) == [("iPhone", 2)]
        assert people(roster, *at_once) == [("iPhone", 1), ("iPhone", 1)]
        assert people(roster, *unknown) == [("iPhone", 1), ("iPhone", 1)]

    def test_people_stand_in_the_order_of_the_list(self, roster: Roster) -> None:
        rows = [
            connection(1, "Robin Sample"),
            connection(2, "Zoe", "zoe.ts@etsb.example"),
            connection(3, "Kim"),
        ]
        assert [one for one, _ in people(roster, *rows)] == ["Robin Sample", "p-zoe", "Kim"]

    @pytest.mark.parametrize(
        ("rows", "expected"),
        [
            # a name and an e-mail of the buyer on each ticket
            (
                "Ana Un <b@x>; Jordan Example <b@x>; Cleo Trois <b@x>",
                [("Ana Un", 1), ("p-jor", 1), ("Cleo Trois", 1)],
            ),
            ("Ana Un <zoe.ts@etsb.example>; Cleo Trois <zoe.ts@etsb.example>", [("Ana Un", 1), ("Cleo Trois", 1)]),
            ("Ana Un <zoe.ts@etsb.example>; Zoé Tremblay-Sample", [("Ana Un", 1), ("p-zoe", 1)]),
            ("Ana Un <p@x>; Bob Un <p@x>", [("Ana Un", 1), ("Bob Un", 1)]),
            ("Ana Un <zoe.ts@etsb.example>", [("p-zoe", 1)]),
            ("Un, Ana <p@x>; Ana Un <p@x>", [("Ana Un", 2)]),
            # a name and no name
            ("Zoe <z@x>; Zoé Tremblay-Sample <z@x>", [("p-zoe", 2)]),
            ("Zoé Tremblay-Sample <z@x>; Zoe <z@x>", [("p-zoe", 2)]),
            ("iPhone <p@x>; Ana Un <p@x>; Bob Un <p@x>", [("iPhone", 1), ("Ana Un", 1), ("Bob Un", 1)]),
            # one text, two names
            ("Ana Un (Jordan Example)", [("Ana Un (Jordan Example)", 1)]),
            ("Kim O'Sample / Jordan Example; Jordan Example", [("Kim O'Sample / Jordan Example", 1), ("p-jor", 1)]),
            ("Kimberly O'Sample (Kim O'Sample)", [("p-kim", 1)]),
            ("remplaçante de Jordan Example", [("remplaçante de Jordan Example", 1)]),
            # robots
            ("Otter.ai; Otter.ai; Jordan Example's AI Notetaker", [("Otter.ai", 2), ("Jordan Example's AI Notetaker", 1)]),
        ],
    )  # fmt: skip
    def test_who_is_who(self, roster: Roster, rows: str, expected: list[tuple[str, int]]) -> None:
        found = [one.strip().rstrip(">").partition(" <") for one in rows.split(";")]
        listed = [connection(line, name, email) for line, (name, _, email) in enumerate(found, 1)]
        shown = [
            (one.person or one.name, len(one.presences)) for one in group_presences(listed, roster, is_word)
        ]
        assert shown == expected

    @pytest.mark.parametrize(
        ("emails", "times", "expected"),
        [
            (("j@a", "j@b"), ("09:00-10:00", "09:30-10:30"), ["", ""]),
            (("jordan.example@lbpsb.example", "j@b"), ("09:00-10:00", "09:30-10:30"), ["p-jor", ""]),
            (("j@a", "j@b"), ("09:00-09:30", "09:30-10:30"), ["p-jor"]),
            (("j@a", "j@b"), ("", ""), ["", ""]),
            (("j@a", ""), ("09:00-10:00", "09:30-10:30"), ["p-jor"]),
        ],
    )
    def test_two_emails_of_somebody_known_are_two_people_if_both_were_there_at_once(
        self, roster: Roster, emails: tuple[str, str], times: tuple[str, str], expected: list[str]
    ) -> None:
        rows = [connection(at, "Jordan Example", emails[at], times[at]) for at in range(2)]
        found = group_presences(rows, roster, is_word)
        assert [one.person for one in found] == expected
        assert all(one.match.several == ("p-jor",) for one in found if not one.person)

    NAMES = st.sampled_from(
        ["Zoe", "Zoé Tremblay-Sample", "Jordan Example", "Ana Un", "Alex Exemple", "iPhone", "Otter.ai",
         "Ana Un (Jordan Example)", "Ana Un et Zoé Tremblay-Sample", ""]
    )  # fmt: skip
    EMAILS = st.sampled_from(["", "zoe.ts@etsb.example", "a2@rsb.example", "z@x.example", "y@x.example"])
    TIMES = st.sampled_from(["", "09:00-09:20", "09:00-09:40", "09:20-10:00", "09:30-10:30"])

    @given(st.lists(st.tuples(NAMES, EMAILS, TIMES), max_size=9), st.randoms())
    def test_nothing_depends_on_the_order_of_rows(
        self, cells: list[tuple[str, str, str]], shuffled: Random
    ) -> None:
        rows = [connection(line, *each) for line, each in enumerate(cells)]
        other = shuffled.sample(rows, len(rows))
        assert found_in(rows) == found_in(other)

    @given(st.permutations(range(6)))
    def test_how_many_people_there_were_does_not_depend_on_the_order(self, order: list[int]) -> None:
        rows = [
            connection(1, "Robin Sample", "r@x.example", "09:00-09:20"),
            connection(2, "Robin Sample", "", "09:30-10:00"),
            connection(3, "iPhone", "", "09:00-09:20"),
            connection(4, "iPhone", "", "09:30-10:00"),
            connection(5, "Sample, Robin (Guest)", "", "10:00-10:30"),
            connection(6, "15145550123", "", "09:00-09:20"),
        ]
        found: list[Attendee] = group_presences([rows[at] for at in order], Roster(), is_word)
        assert sorted(len(one.presences) for one in found) == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Zoé Tremblay–Sample", "p-ts"),
        ("Tremblay—Sample, Zoé", "p-ts"),
        ("Zoé Tremblay", "p-t"),
        ("Eva Exemple–Roy", ""),
        ("Exemple—Roy, Eva", ""),
        ("Eva Exemple", "p-eva"),
        ("Luc Martin-Roy", "p-luc"),
    ],
)
def test_half_a_name_is_nobody_for_certain(text: str, person: str) -> None:
    """The roster was typed in Word, which makes long dashes of hyphens."""
    names = {
        "p-t": "Zoé Tremblay",
        "p-ts": "Zoé Tremblay-Sample",
        "p-eva": "Eva Exemple",
        "p-luc": "Luc Martin–Roy",
    }
    rows = {one: {"name": name, "email": None, "other_names": ()} for one, name in names.items()}
    [attendee] = group_presences([Presence(2, text)], make_roster(rows), is_word)
    assert attendee.match.person == person


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ([("jean1@x.example", 9, 11), ("", 9, 11)], 2),
        ([("", 9, 11), ("", 10, 12)], 2),
        ([("", 9, 10), ("", 10, 11)], 1),
        ([("", 9, 10), ("", 9, 10), ("", 10, 11)], 2),
        ([("jean1@x.example", 9, 10), ("jean1@x.example", 10, 11)], 1),
    ],
    ids=["one has an e-mail", "none has", "one after the other", "two, one comes back", "the same e-mail"],
)
def test_two_of_one_name_who_were_there_at_once_are_two(
    rows: list[tuple[str, int, int]], people: int
) -> None:
    names = {
        one: {"name": "Jean Exemple", "email": f"{one}@x.example", "other_names": ()}
        for one in ("jean1", "jean2")
    }
    day = dt.datetime(2024, 10, 16)
    presences = [
        Presence(line, "Jean Exemple", email, (Stay(day.replace(hour=begins), day.replace(hour=ends)),))
        for line, (email, begins, ends) in enumerate(rows)
    ]
    found = group_presences(presences, make_roster(names), is_word)
    assert len(found) == people
    assert [one.match.person for one in found if one.emails] == ["jean1"] * any(email for email, *_ in rows)
    assert all(one.match.several == ("jean1", "jean2") for one in found if not one.emails)


NAME_WORDS = [
    "Zoé", "Tremblay-Sample", "Al", "de", "la", "Exemple", "EMSB", "Principal", "Salle", "iPhone", "et", "Ma", "Ph",
    "Dr", "Mme", "User", "Noël", "O", "Kim", "Pixel", "Marie-Ève", "école", "for", "Jr", "CDA",
]  # fmt: skip


@given(st.lists(st.sampled_from(NAME_WORDS), min_size=1, max_size=5))
def test_a_plain_name_is_read_as_any_other_text(words: list[str]) -> None:
    """A space before it sends the text the long way."""
    text = " ".join(words)
    assert parse_name(text, is_word) == parse_name(f" {text}", is_word)
