"""What is sought on an agenda: that of a later or an earlier meeting, by its date; an item, by words of its title."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import update

from bot.agenda import Agenda, Item
from bot.meetings import Meeting
from storage.meetings import Meeting as MeetingRow
from tests.office import Office
from tests.stories.test_first_line import filed, june
from tests.stories.test_questions import close

__all__ = ["june"]

LONG_AGO = Agenda(Meeting(date=dt.date(2024, 10, 9)), items=(Item("1", "Gammelt"),))
APRIL = Agenda(Meeting(date=dt.date(2025, 4, 2)), items=(Item("1", "Rammen"), Item("2", "Aprils punkt")))
OCTOBER = Agenda(Meeting(date=dt.date(2025, 10, 6)), items=(Item("1", "Meddelelser"), Item("2", "Evaluering")))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param("dagsorden 6. oktober", "mandag den 6. oktober 2025", id="et senere møde"),
        pytest.param("dagsorden 6. oktober", "\nVersion 1 · ikke udsendt\n", id="hvor langt den er"),
        pytest.param("dagsorden mødet den 6/10", "Skriv /dap dagsorden 6. oktober 2025, punkt 2", id="med tal"),
        pytest.param("dagsorden oktober", "mandag den 6. oktober 2025", id="en måned"),
        pytest.param("dagsorden mødet i april 2025 punkt 1", "1. Rammen", id="en måned med år og punkt"),
        pytest.param("dagsorden maj", 'Der er ikke noget punkt om "maj" på dagsordenen.', id="en måned uden møde"),
        pytest.param("dagsorden 2. april", "Aprils punkt", id="et tidligere møde"),
        pytest.param("dagsorden 2. april punkt 1", "1. Rammen", id="et punkt på et tidligere møde"),
        pytest.param("dagsorden 18. juni", "Det kommende møde", id="det kommende"),
        pytest.param("dagsorden 7. oktober", "Der er ikke noget møde tirsdag den 7. oktober 2025.", id="intet møde"),
        pytest.param("dagsorden budget", "3. Budgetter 2025", id="et ord i en titel"),
        pytest.param("punktet om forretningsmålbilledet", "2. Forretningsmålbillede", id="i bestemt form"),
        pytest.param("dagsorden status", "3.1. Status", id="et underpunkt"),
        pytest.param("dagsorden økonomi", 'Der er ikke noget punkt om "økonomi" på dagsordenen.', id="intet punkt"),
        pytest.param("tak", "Du kan gøre dette nu:", id="et tak"),
    ],
)
def test_what_is_sought_is_found(june: Office, typed: str, said: str) -> None:
    filed(june, LONG_AGO, "længe siden")
    filed(june, APRIL, "april")
    filed(june, OCTOBER, "oktober")
    answer = june.types(june.bo, typed)
    assert said in answer
    assert "Mente du" not in answer


def test_what_an_earlier_meeting_had_is_told_with_where_it_is(june: Office) -> None:
    filed(june, APRIL, "april")
    assert june.types(june.bo, "dagsorden rammen") == (
        'Der er ikke noget punkt om "rammen" på dagsordenen. Mødet onsdag den 2. april 2025 havde punkt 1, Rammen. '
        "Skriv /dap dagsorden 2. april 2025, punkt 1 for at se det."
    )
    assert "1. Rammen" in june.types(june.bo, "dagsorden 2. april 2025, punkt 1")
    february = Agenda(Meeting(date=dt.date(2025, 2, 5)), items=(Item("4", "Rammen for 2025"), Item("5", "Eftersyn")))
    filed(june, february, "februar")
    assert "2. april 2025 havde punkt 1" in june.types(june.bo, "dagsorden rammen")

    close(june, "Rammen")
    assert "Mødet onsdag den 5. februar 2025 havde punkt 4, Rammen for 2025." in june.types(june.bo, "dagsorden rammen")
    assert "2. april 2025 havde punkt 1" in june.types(june.karen, "dagsorden rammen")
    close(june, "Rammen for 2025")
    assert "februar" not in june.types(june.bo, "dagsorden rammen")
    with june.program.storage.transaction() as session:
        session.execute(update(MeetingRow).where(MeetingRow.date == dt.date(2025, 2, 5)).values(state="cancelled"))
    assert "februar" not in june.types(june.bo, "dagsorden eftersyn")


def test_words_that_several_items_have_give_their_numbers(june: Office) -> None:
    filed(june, Agenda(Meeting(date=dt.date(2025, 6, 18)), items=(Item("1", "Budget A"), Item("2", "Budget B"))), "to")
    assert 'Flere punkter passer til "budget": punkt 1 og 2.' in june.types(june.bo, "dagsorden budget")


def test_a_closed_item_of_another_meeting_is_not_found_by_its_words(june: Office) -> None:
    filed(june, OCTOBER, "oktober")
    close(june, "Evaluering")
    june.time = june.time.replace(month=9)
    assert "2. Lukket punkt" in june.types(june.bo, "dagsorden 6. oktober")
    assert 'Der er ikke noget punkt om "evaluering" på dagsordenen.' in june.types(june.bo, "dagsorden evaluering")
    assert "2. Evaluering" in june.types(june.karen, "dagsorden evaluering")
