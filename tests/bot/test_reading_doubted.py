"""What can't all be so in an agenda, and what may have been read wrongly, is asked about."""

from __future__ import annotations

import pytest

from bot.reading.text import read
from tests.bot.read_by import item, items, keys
from tests.bot.test_reading_asked import POINTS
from tests.bot.test_reading_asked import agenda as with_text

HEAD = "# Dagsorden til styregruppemøde for Prøven\n\nOnsdag den 18. juni 2025 kl. 13.00-14.00\n\n"
ASKED = "Det indstilles, at styregruppen:\n1. godkender budgettet\n2. drøfter planen"


def test_more_minutes_than_the_meeting_has() -> None:
    items_of_125 = "1. Status (O) (45 min.)\n\n2. Budget (B) (80 min.)\n\n3. Eventuelt\n"
    assert [(each.key, each.values) for each in read(HEAD + items_of_125).doubts] == [
        ("time_over", {"sum": 125, "length": 60, "over": 65})
    ]
    assert read(HEAD + items_of_125.replace("80 min.", "15 min.")).doubts == ()
    assert read(HEAD.replace(" kl. 13.00-14.00", "") + items_of_125).doubts == ()
    assert keys(read(HEAD.replace("13.00-14.00", "15.00-14.00") + items_of_125)) == ["ends_before"]


@pytest.mark.parametrize(
    ("kinds", "asked", "doubts"),
    [
        pytest.param("(O)", "godkender budgettet", ["kind_differs"], id="godkender til orientering"),
        pytest.param("(D)", "beslutter, hvem der kommer", ["kind_differs"], id="beslutter til drøftelse"),
        pytest.param("(O/B?)", "godkender budgettet", [], id="måske til beslutning"),
        pytest.param("(O)", "tager status til efterretning", [], id="efterretning til orientering"),
        pytest.param("", "godkender budgettet", [], id="uden type"),
    ],
)
def test_an_approval_under_an_item_that_is_not_for_decision(kinds: str, asked: str, doubts: list[str]) -> None:
    reading = read(f"{HEAD}1. Budget {kinds}\n\nDet indstilles, at styregruppen {asked}.\n\n2. Eventuelt\n")
    assert item(reading, "1").recommendations != ()
    assert keys(reading) == doubts


def test_minutes_are_not_asked_how_their_items_were_marked() -> None:
    told = "Beslutning\nStyregruppen godkendte budgettet."
    text = f"{HEAD}1. Budget (O) (90 min.)\n\nDet indstilles, at styregruppen godkender budgettet.\n\n{told}\n"
    reading = read(text)
    assert reading.kind == "minutes"
    assert reading.doubts == ()


def test_two_appendices_with_one_number() -> None:
    reading = read(f"{HEAD}1. Status (O)\n\n2. Budget (O)\nBilag 2.1 Budget\nBilag 2.1 Regnskab\n\n3. Eventuelt\n")
    assert [(each.key, each.values) for each in reading.doubts] == [("appendix_twice", {"number": "2.1"})]


def test_a_second_item_of_the_same_number_that_was_read_as_a_recommendation() -> None:
    text = f"{HEAD}1. Velkomst\n\n2. Plan (O)\n\n3. Budget (B)\n\n{ASKED}\n\n"
    reading = read(f"{text}3. Status på projekter (O)\n\nProjekterne går godt.\n\n4. Eventuelt\n")
    assert [(each.key, each.values) for each in reading.doubts] == [
        ("recommendation_odd", {"number": 3, "item": "3", "text": "Status på projekter (O)"})
    ]
    reading = read(f"{text}## 3. Status på projekter (O)\n\nProjekterne går godt.\n\n4. Eventuelt\n")
    assert ("3", "Status på projekter") in items(reading)
    assert keys(reading) == ["number_twice"]


@pytest.mark.parametrize("lead", ["Det foreslås, at styregruppen", "Det anbefales, at styregruppen"])
def test_what_looks_like_a_recommendation_and_is_not_understood(lead: str) -> None:
    reading = with_text(f"{lead}\n{POINTS}")
    assert [(each.key, each.values) for each in reading.doubts] == [
        ("recommendation_unread", {"item": "2", "text": lead})
    ]


def test_what_the_list_says_of_an_item_and_the_item_does_not() -> None:
    listed = "Dagsorden\n1. Meddelelser (5 min.)\n2. Status (O) (10 min.)\na. Labsvar\nb. Borde\n3. Eventuelt\n\n"
    told = "1. Meddelelser\nIntet.\n\n2. Status (D) (10 min.)\n\nBaggrund\nLabsvar\nDet går godt.\n\n3. Eventuelt\n"
    reading = read(f"{HEAD}{listed}{told}")
    assert [(each.key, each.values) for each in reading.doubts] == [
        ("listed_otherwise", {"items": ["1 (5 min.)", "2 (O)"]}),
        ("subitems_missing", {"number": "2", "items": ["b. Borde"]}),
    ]


NEXT = "1. Status (O)\n\nAlt går godt.\n\n2. Eventuelt\n\nNæste møde: {told}\n"


@pytest.mark.parametrize(
    ("told", "doubts"),
    [
        pytest.param(
            "fredag den 15. december 2025 kl. 9.00",
            [("next_weekday_differs", {"weekday": "fredag", "date": "15.12.2025"})],
            id="ugedag",
        ),
        pytest.param("mandag den 15. december 2025 kl. 25.00", [("next_no_such_hour", {"time": "25.00"})], id="kl. 25"),
        pytest.param("15. december 2025 kl. 9-12.75", [("next_no_such_hour", {"time": "12.75"})], id="minut 75"),
        pytest.param("15. december 2025 kl. 15.00-13.00", [("next_ends_before", {})], id="slutter først"),
        pytest.param("15. maj 2025 kl. 13.00", [("next_not_after", {"date": "15.05.2025"})], id="før dette"),
    ],
)
def test_a_next_meeting_that_contradicts_itself_is_none(told: str, doubts: list[tuple[str, dict[str, str]]]) -> None:
    reading = read(HEAD + NEXT.format(told=told))
    assert reading.agenda.next_meeting is None
    assert [(each.key, each.values) for each in reading.doubts] == doubts


def test_a_next_meeting_that_agrees_with_itself_is_read() -> None:
    reading = read(HEAD + NEXT.format(told="mandag den 15. december 2025 kl. 9.00-11.30 hos PLO"))
    assert reading.agenda.next_meeting is not None
    assert reading.doubts == ()


def test_an_hour_of_the_meeting_that_does_not_exist() -> None:
    reading = read(HEAD.replace("13.00-14.00", "25.00") + "1. Status (O)\n\n2. Eventuelt\n")
    assert reading.agenda.meeting.start is None
    assert [(each.key, each.values) for each in reading.doubts] == [("no_such_hour", {"time": "25.00"})]
