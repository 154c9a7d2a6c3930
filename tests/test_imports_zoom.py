"""Zoom: meetings of both generations and languages, webinars, registrants."""

from __future__ import annotations

import pytest

from tests.exported import presences, read

CLASSIC = """\
Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Zoé T,zoe@etsb.example,10/16/2024 08:58:44 AM,10/16/2024 10:31:02 AM,93,Yes
"""
FRENCH = """\
Nom (nom original),Adresse e-mail de l’utilisateur,Heure d’arrivée,Heure de départ,Durée (minutes),Invité,Salle d’attente
Zoé Tremblay,zoe@etsb.example,16/10/2024 08:58:44,16/10/2024 10:31:02,93,Oui,Non
iPhone de Kim,,16/10/2024 09:00:00,16/10/2024 09:20:30,21,Oui,Oui
"""
FRENCH_BLOCK = """\
N° de réunion,Sujet,Heure de début,Heure de fin,Adresse e-mail de l’utilisateur,Durée (minutes),Participants,
812 3456 7890,"Rencontre, ADC",16/10/2024 08:50:00,16/10/2024 12:05:00,m.testut@learn.example,195,2,

"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CLASSIC, ["2 Zoé T <zoe@etsb.example> 93 min 2024-10-16 [08:58:44-10:31:02]"]),
        (
            FRENCH,
            [
                "2 Zoé Tremblay <zoe@etsb.example> 93 min 2024-10-16 [08:58:44-10:31:02]",
                "3 iPhone de Kim 21 min 2024-10-16 [09:00:00-09:20:30]",
            ],
        ),
        (
            "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room\n"
            "Al,,10/16/2024 9:00:00 AM,10/16/2024 9:30:00 AM,30\n",
            ["2 Al 30 min 2024-10-16 [09:00:00-09:30:00]"],
        ),
        (
            "Name (Original Name),User Email,Total Duration (Minutes),Guest\nAl,al@x.example,64,Yes\n",
            ["2 Al <al@x.example> 64 min -"],
        ),
        (
            "Nom (nom original),E-mail,Durée totale (minutes),Invité\nAl,al@x.example,64,Oui\n",
            ["2 Al <al@x.example> 64 min -"],
        ),
        ("Name (Original Name),User Email,Total Duration (Minutes)\n", []),
    ],
    ids=["classic", "French", "current, ragged", "unique users", "French unique users", "nobody came"],
)
def test_participants(text: str, expected: list[str]) -> None:
    export = read(text)
    assert (export.source, export.kind, presences(export)) == ("zoom", "attendance", expected)
    assert export.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_saved_again(encoding: str, delimiter: str) -> None:
    raw = FRENCH.replace("’", "'").replace(",", delimiter).encode(encoding)
    assert presences(read(raw)) == presences(read(FRENCH))


def test_a_meeting_block_in_french() -> None:
    text = (
        FRENCH_BLOCK
        + FRENCH
        + "Marianne Testut,M.Testut@learn.example,16/10/2024 08:50:00,16/10/2024 12:05:00,195,Non,Non\n"
    )
    export = read(text)
    assert (export.topic, str(export.starts), str(export.ends)) == (
        "Rencontre, ADC", "2024-10-16 08:50:00", "2024-10-16 12:05:00",
    )  # fmt: skip
    assert [one.name for one in export.presences if one.organiser] == ["Marianne Testut"]


def test_the_host_is_known_by_name_where_the_list_has_no_email() -> None:
    text = (
        "Topic,ID,Host,Duration (minutes),Start time,End time,Participants\n"
        'Webinar,81,Marianne Testut (m.testut@learn.example),77,"11/20/2025 03:30:26 PM","11/20/2025 04:46:31 PM",2\n\n'
        "Name (original name),Email,Total duration (minutes),Guest\nMarianne Testut (she/her),,77,No\nMarianne T,,5,No\n"
    )
    assert [one.organiser for one in read(text).presences] == [True, False]


@pytest.mark.parametrize(
    ("session", "day_first", "day"),
    [("2024-11-10", None, "2024-11-10"), ("", True, "2024-11-10"), ("", False, "2024-10-11")],
)
def test_an_ambiguous_day_is_settled(session: str, day_first: bool | None, day: str) -> None:
    text = CLASSIC.replace("10/16/2024", "10/11/2024")
    export = read(text, session, day_first)
    assert (export.problems, str(export.presences[0].day)) == ((), day)


def test_an_ambiguous_day_is_refused() -> None:
    export = read(CLASSIC.replace("10/16/2024", "10/11/2024"))
    [problem] = export.problems
    assert ("--day-first" in problem.remedy, problem.severity) == (True, "error")
    assert presences(export) == ["2 Zoé T <zoe@etsb.example> 93 min -"]


@pytest.mark.parametrize(
    ("row", "line", "column", "says"),
    [
        ("Al,,soon,10/16/2024 9:30:00 AM,30", 2, "Join Time", '"soon" is not a date with a time'),
        ("Al,,10/16/2024 9:30:00 AM,10/16/2024 9:00:00 AM,30", 2, "Join Time", "10/16/2024 9:00:00 AM is before 10/16/2024 9:30:00 AM"),
        ("Al,,10/16/2024 9:00:00 AM,10/16/2024 9:30:00 AM,half", 2, "Duration (Minutes)", '"half" is not a number'),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read(row: str, line: int, column: str, says: str) -> None:
    [problem] = read(CLASSIC.splitlines()[0] + "\n" + row + "\n").problems
    assert (problem.where.line, problem.where.path) == (line, column)
    assert says in problem.what


@pytest.mark.parametrize(
    ("row", "expected", "says"),
    [
        (
            "Al,,11/03/2024 01:50:00 AM,11/03/2024 01:10:00 AM,20",
            "2 Al 20 min 2024-11-03 [01:50:00-02:10:00]",
            "01:10:00 AM is before 11/03/2024 01:50:00 AM: the duration counts, 20 minutes",
        ),
        (
            "Al,,10/16/2024 09:00:00 AM,10/30/2024 09:00:00 AM,90",
            "2 Al 90 min 2024-10-16 [09:00:00-10:30:00]",
            "are 20160 minutes: the duration counts, 90 minutes",
        ),
        (
            "Al,,10/16/2024 09:00:00 AM,10/16/2024 12:00:00 PM,30",
            "2 Al 30 min 2024-10-16 [09:00:00-09:30:00]",
            "are 180 minutes: the duration counts, 30 minutes",
        ),
    ],
)
def test_a_stay_that_cannot_be_is_as_long_as_the_file_says(row: str, expected: str, says: str) -> None:
    export = read(CLASSIC.splitlines()[0] + "\n" + row + "\n", on=expected.split()[4])
    assert presences(export) == [expected]
    [problem] = export.problems
    assert problem.severity == "warning"
    assert says in problem.what


@pytest.mark.parametrize("minutes", ["85", "91"])
def test_a_stay_that_differs_a_little_is_believed(minutes: str) -> None:
    row = f"Al,,10/16/2024 09:00:00 AM,10/16/2024 10:31:00 AM,{minutes}\n"
    export = read(CLASSIC.splitlines()[0] + "\n" + row)
    assert (len(export.problems), "[09:00:00-10:31:00]" in presences(export)[0]) == (0, True)


def test_who_joins_again_after_midnight_is_there_on_the_day_of_the_others() -> None:
    rows = (
        "Al,,10/16/2024 10:00:00 PM,10/16/2024 11:50:00 PM,110\n"
        "Al,,10/17/2024 12:05:00 AM,10/17/2024 12:30:00 AM,25\n"
        "Bo,,10/17/2024 09:00:00 AM,10/17/2024 09:30:00 AM,30\n"
        "Cy,,10/19/2024 01:00:00 AM,10/19/2024 01:30:00 AM,30\n"
    )
    found = read(CLASSIC.splitlines()[0] + "\n" + rows).presences
    assert [str(one.day) for one in found] == ["2024-10-16", "2024-10-16", "2024-10-17", "2024-10-19"]


def test_a_name_ends_after_200_characters() -> None:
    export = read(CLASSIC.replace("Zoé T", "Zoé " + "T" * 5000))
    [problem] = export.problems
    assert [len(one.name) for one in export.presences] == [200]
    assert (problem.severity, problem.where.line) == ("warning", 2)


def test_what_a_terminal_would_obey_is_in_no_name() -> None:
    [one] = read(CLASSIC.replace("Zoé T", "\x1b[31mZoé\x1b[0m T\x1b]0;title\x07")).presences
    assert one.name == "Zoé T"


def test_many_cells_that_cannot_be_read_are_one_problem() -> None:
    [problem] = read(CLASSIC + "Al,,10/16/2024 9:00 AM,10/16/2024 9:30 AM,x\n" * 500).problems
    assert problem.what == '"x" is not a number, and 499 more like it'
    assert problem.remedy == "Write a number such as 12 or 1.25."


def test_two_meetings_in_one_file_are_refused() -> None:
    [problem] = [one for one in read(CLASSIC + CLASSIC).problems if "second meeting" in one.what]
    assert problem.where.line == 3


USAGE = """\
Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants,Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
PLC,812,Marianne Testut,m.testut@learn.example,10/16/2024 08:50:00 AM,10/16/2024 12:05:00 PM,195,2,Marianne Testut,m.testut@learn.example,10/16/2024 08:52:00 AM,10/16/2024 12:04:00 PM,192,No
PLC,812,Marianne Testut,m.testut@learn.example,10/16/2024 08:50:00 AM,10/16/2024 12:05:00 PM,195,2,Al,,10/16/2024 09:00:00 AM,10/16/2024 09:20:00 AM,20,Yes
"""


def test_a_usage_report_has_the_meeting_beside_each_participant() -> None:
    export = read(USAGE)
    assert presences(export) == [
        "2 Marianne Testut <m.testut@learn.example> 192 min 2024-10-16 [08:52:00-12:04:00] organiser",
        "3 Al 20 min 2024-10-16 [09:00:00-09:20:00]",
    ]
    assert (export.topic, str(export.starts), export.problems) == ("PLC", "2024-10-16 08:50:00", ())


def test_a_usage_report_of_two_meetings_is_refused() -> None:
    [problem] = read(USAGE + USAGE.splitlines()[1].replace("PLC", "Other") + "\n").problems
    assert (problem.where.line, "second meeting" in problem.what) == (4, True)


WEBINAR = """\
Attendee Report,
Report Generated:,"Apr 09, 2020 8:50 PM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views
Families,328-972-509,"Mar 28, 2020 8:07 AM", 548, 461, 0,446,991,0
Host Details,
Attended,User Name,Email,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
Yes,Marianne Testut,m.testut@learn.example,"Mar 28, 2020 08:07:27","Mar 28, 2020 17:14:45",548,Canada
Panelist Details,
"Attended","User Name","Email","Join Time","Leave Time","Time in Session (minutes)","Country/Region Name"
"Yes","Alex Échantillon","alex@wqsb.example","Mar 28, 2020 09:39:09","Mar 28, 2020 10:03:38",25,"Canada"
Attendee Details,
Attended,First Name,Last Name,Email,Phone,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),School board,Country/Region Name
Yes,Zoé,Tremblay,zoe@etsb.example,5145550123,"Mar 20, 2020 11:27:19",approved,"Mar 28, 2020 09:07:11","Mar 28, 2020 09:30:00",23,ETSB,Canada
Yes,Zoé,Tremblay,zoe@etsb.example,5145550123,NA,,"Mar 28, 2020 09:40:00","Mar 28, 2020 09:50:00",10,ETSB,Canada
No,Noël,Exemple,noel@x.example,,"Mar 20, 2020 11:27:19",approved,--,--,--,LBPSB,
No,Lee,Gone,lee@x.example,,"Mar 20, 2020 11:28:19",denied,--,--,--,,
Other Attended,
User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name
15145550123,"Mar 28, 2020 2:20 PM","Mar 28, 2020 2:40 PM",20,Canada
"""
ATTENDED = [
    "7 Marianne Testut <m.testut@learn.example> 548 min 2020-03-28 [08:07:27-17:14:45] organiser",
    "10 Alex Échantillon <alex@wqsb.example> 25 min 2020-03-28 [09:39:09-10:03:38] organiser",
    "13 Zoé Tremblay <zoe@etsb.example> 23 min 2020-03-28 [09:07:11-09:30:00] board=ETSB",
    "14 Zoé Tremblay <zoe@etsb.example> 10 min 2020-03-28 [09:40:00-09:50:00] board=ETSB",
    "19 15145550123 20 min 2020-03-28 [14:20:00-14:40:00]",
]


@pytest.mark.parametrize("pad", ["", ",,,,,"])
def test_a_webinar(pad: str) -> None:
    export = read("".join(line + pad + "\n" for line in WEBINAR.splitlines()))
    assert presences(export) == ATTENDED
    assert (export.topic, str(export.starts), str(export.ends)) == (
        "Families", "2020-03-28 08:07:00", "2020-03-28 17:15:00",
    )  # fmt: skip
    assert export.dropped == ("Country/Region Name", "Phone", "Registration Time", "Approval Status")
    assert export.left_out == ("2 registered who did not attend (approved 1, denied 1)",)
    assert export.problems == ()


def test_a_webinar_of_2026_has_its_dates_in_numbers() -> None:
    text = (
        "Attendee Report\nReport generated time,08/09/2026 02:31:08 PM\n"
        "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes)\nX,0,\"08/09/2026 10:45:00 AM\",226\n"
        "Attendee Details\n"
        "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest\n"
        'Yes,iPad,Kim,O\'Sample,kim@x.example,"07/30/2026 09:00:00 PM",approved,"08/09/2026 10:50:00 AM","08/09/2026 02:29:00 PM",219,No\n'
    )  # fmt: skip
    export = read(text)  # the day of registration tells the order
    assert presences(export) == ["7 Kim O'Sample <kim@x.example> 219 min 2026-08-09 [10:50:00-14:29:00]"]
    assert export.problems == ()


@pytest.mark.parametrize(
    "header",
    [
        "First Name,Last Name,Email,Registration Time,Approval Status,School board",
        "Prénom,Nom de famille,Adresse e-mail,Heure d’inscription,Statut d’approbation,Commission scolaire",
        "Registration Report,\nFirst Name,Last Name,Email,Registration Time,Approval Status,School board",
    ],
)
def test_registrants_are_no_attendance(header: str) -> None:
    export = read(header + "\nZoé,Tremblay,zoe@etsb.example,10/16/2024 08:58:44 AM,approved,ETSB\n")
    assert (export.source, export.kind, export.presences) == ("zoom", "registration", ())
    [problem] = export.problems
    assert "lists who registered, not who came" in problem.what
    assert "report of participants or attendees" in problem.remedy


def test_the_block_of_a_meeting_in_french_is_no_form() -> None:
    text = (
        "Sujet,ID,Hôte,Durée (minutes),Heure de début,Heure de fin,Participants\n"
        "PLC 1,1,Marianne (m@x.example),60,16/10/2024 09:00:00,16/10/2024 10:00:00,1\n\n"
        "Nom (nom original),Adresse e-mail,Heure d’arrivée,Heure de départ,Durée (minutes),Invité\n"
        "Zoé Exemple,,16/10/2024 09:00:00,16/10/2024 10:00:00,60,Oui\n"
    )
    export = read(text)
    assert (export.source, export.topic, export.problems) == ("zoom", "PLC 1", ())
    assert presences(export) == ["5 Zoé Exemple 60 min 2024-10-16 [09:00:00-10:00:00]"]


REGISTRATION = "Nom d’utilisateur (nom original),First Name,Last Name,Email,Heure d’inscription,Approval Status,{times}\n"
PERSON = "Zoé,Zoé,Exemple,zoe@x.example,10/10/2024 09:00:00,approved,{times}\n"


@pytest.mark.parametrize(
    ("headings", "times", "expected"),
    [
        ("Heure de participation,Temps de présence en séance (minutes)", "16/10/2024 09:00:00,42", "2 Zoé Exemple <zoe@x.example> 42 min 2024-10-16"),
        ("Heure de participation,Heure de sortie,Durée de présence (min)", "16/10/2024 09:00:00,16/10/2024 09:42:00,42", "2 Zoé Exemple <zoe@x.example> 42 min 2024-10-16 [09:00:00-09:42:00]"),
        ("Join Time,Leave Time,Minutes in session (minutes),Time in room (mins)", "16/10/2024 09:00:00,16/10/2024 09:42:00,,42", "2 Zoé Exemple <zoe@x.example> 42 min 2024-10-16 [09:00:00-09:42:00]"),
    ],
)  # fmt: skip
def test_presences_of_a_webinar_under_other_headings(headings: str, times: str, expected: str) -> None:
    export = read(REGISTRATION.format(times=headings) + PERSON.format(times=times), day_first=True)
    assert (export.kind, export.problems, presences(export)) == ("attendance", (), [expected])


def test_people_listed_twice_beside_an_unknown_heading_are_said() -> None:
    twice = PERSON.format(times="16/10/2024 09:00:00") + PERSON.format(times="16/10/2024 10:00:00")
    [problem] = read(REGISTRATION.format(times="Moment") + twice, day_first=True).problems
    assert "people are listed several times" in problem.what and "Moment" in problem.what
