"""What comes up while the meeting goes on: a proposal that was left lying, an item known by two numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.agenda import Agenda
from tests.office import Office
from tests.stories.test_decisions import decided
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_proposals import EARLY


def begun(office: Office) -> str:
    """The June meeting begins; what Anne reads."""
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    return office.types(office.anne, "møde start")


def test_a_proposal_that_was_left_lying_comes_last_on_the_agenda_of_the_meeting(office: Office) -> None:
    office.time = EARLY
    filed(office)
    office.founded()
    office.types(office.bo, "agenda foreslå Nye borde (B)")
    before = office.types(office.anne, "dagsorden")
    begun(office)
    office.presses(office.anne, "Sæt på dagsordenen")
    after = office.types(office.anne, "dagsorden")
    titles = [line for line in before.splitlines() if line[:1].isdigit()]
    assert [line for line in after.splitlines() if line[:1].isdigit()] == [*titles, "4. Nye borde (B)"]
    assert "Styregruppen købte bordene." in decided(office, "4", "Styregruppen købte bordene.")


def test_without_a_next_meeting_it_comes_on_the_agenda_of_the_one_that_goes_on(office: Office) -> None:
    filed(office, replace(JUNE, next_meeting=None))
    office.founded()
    begun(office)
    office.types(office.bo, "agenda foreslå Nye borde")
    office.presses(office.anne, "Sæt på dagsordenen")
    assert "4. Nye borde" in office.types(office.anne, "dagsorden")


def test_a_decision_is_recorded_under_the_number_an_item_has_and_no_other(office: Office) -> None:
    first, *others = JUNE.items
    filed(office, Agenda(JUNE.meeting, items=(first, *(replace(each, listed_as="9") for each in others[:1]))))
    office.founded()
    begun(office)
    assert others[0].title in office.types(office.anne, "dagsorden 9")
    assert "Der er ikke noget punkt 9" in office.types(office.anne, "beslutning 9")
