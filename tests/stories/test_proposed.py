"""How an item is proposed in one line: its title, and how long it is planned for."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.agenda import Agenda, Item
from bot.meetings import Meeting
from tests.office import Office
from tests.stories.test_first_line import filed
from tests.stories.test_proposals import edits, filled, june, last

__all__ = ["june"]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        pytest.param("foreslå punkt om AI i almen praksis", "AI i almen praksis", id="om"),
        pytest.param("nyt punkt vedr. borde", "borde", id="vedr."),
        pytest.param("propose item about tables", "tables", id="engelsk"),
        pytest.param("foreslå Om vi skal have nye borde", "Om vi skal have nye borde", id="titlens eget ord"),
        pytest.param("nyt punkt Omstilling", "Omstilling", id="et ord, der begynder så"),
    ],
)
def test_what_leads_to_a_title_is_no_part_of_it(june: Office, typed: str, title: str) -> None:
    june.types(june.bo, typed)
    assert last(june, june.anne).splitlines()[0] == title


def test_an_item_lasts_a_minute_at_least(june: Office) -> None:
    for minutes in ("0", "601"):
        told = june.types(june.anne, f"foreslå Nye borde {minutes} min")
        assert told.startswith("Et punkt varer fra 1 til 600 min. Intet er gemt.")
    assert "Nye borde" not in june.types(june.anne, "dagsorden forslag")

    june.types(june.anne, "foreslå Nye borde 5 min")
    june.presses(june.anne, "Ret", june.room)
    view, told = june.slack.form(june.anne), "Et punkt varer fra 1 til 600 min."
    assert filled(june, june.anne, duration=0).errors == {"Minutter": "Tallet skal være mindst 1"}
    values = {**view.values, "duration": {"value": {"type": "number_input", "value": "0"}}}
    assert june.slack.forge(june.anne, view, state={"values": values}).errors["duration"].startswith(told)


def test_minutes_that_no_form_holds_stay_as_a_document_has_them(june: Office) -> None:
    filed(june, Agenda(Meeting(date=dt.date(2025, 6, 18)), items=(Item("1", "Seminar", duration=900),)), "to")
    assert "1. Stort seminar (900 min.)" in edits(june, "1", title="Stort seminar")


def test_a_proposal_whose_meeting_is_over_waits_for_the_next_and_says_so(june: Office) -> None:
    june.types(june.bo, "foreslå Nye borde")
    assert "Til mødet onsdag den 18. juni 2025" in june.types(june.anne, "dagsorden forslag")
    june.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    june.types(june.anne, "møde start")
    june.types(june.anne, "møde slut")
    waiting = june.types(june.anne, "dagsorden forslag")
    assert "Nye borde" in waiting
    assert "18. juni 2025 kl. 13" not in waiting
    assert "Til mødet mandag den 6. oktober 2025" in waiting
    june.presses(june.anne, "Udsæt til næste møde", june.room)
    assert "Til det næste møde, der bliver sat" in june.types(june.anne, "dagsorden forslag")
