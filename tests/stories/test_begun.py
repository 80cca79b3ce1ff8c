"""A meeting is begun: by mistake, with nothing on its agenda, or with a proposal left lying. Its start can be taken
back till something is noted.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.agenda import Agenda
from tests.office import Office
from tests.stories.test_decisions import decided
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_meetings import filled, june
from tests.stories.test_proposals import EARLY

__all__ = ["june"]


def begun(office: Office) -> str:
    """The June meeting begins; what Anne reads."""
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    return office.types(office.anne, "møde start")


def test_a_start_is_taken_back_and_what_waited_can_be_put_on(office: Office) -> None:
    office.founded()
    filled(office, "møde ny", when="torsdag den 3. juli 2025 kl. 13-15")
    office.types(office.bo, "agenda foreslå Nye borde")
    office.time = office.time.replace(month=7, day=3)
    begun = office.types(office.anne, "møde start")
    assert "1 forslag venter på at komme på. Skriv /dap dagsorden forslag" in begun
    assert "punktets nummer" not in begun
    office.presses(office.anne, "Fortryd", office.room)
    shown = [each.plain for each in office.slack.whispers(office.anne, office.room)]
    assert "er ikke begyndt. Skriv /dap møde start, når det begynder." in "".join(shown)
    office.types(office.anne, "agenda forslag")
    office.presses(office.anne, "Sæt på dagsordenen", office.room)
    assert "Nye borde" in office.types(office.anne, "møde start")


def test_a_start_stands_once_something_is_noted_of_the_meeting(june: Office) -> None:
    june.time = june.time.replace(day=18)
    june.types(june.anne, "møde start")
    june.slack.command(june.anne, june.room, "/dap beslutning 2")
    june.slack.submit(june.anne)
    assert june.slack.submit(june.anne).errors == {}
    june.settle()
    shown = [each for each in june.slack.whispers(june.anne, june.room) if "er begyndt" in each.plain][-1]
    june.slack.press(june.anne, shown, "Fortryd")
    june.settle()
    assert "så starten kan ikke fortrydes" in june.slack.whispers(june.anne, june.room)[-1].plain


def test_a_day_whose_meeting_was_called_off_says_so(june: Office) -> None:
    filled(june, "møde aflys")
    assert june.types(june.bo, "dagsorden 18. juni") == (
        "Mødet onsdag den 18. juni 2025 er aflyst. Skriv /dap møde for at se, hvornår det næste er."
    )


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
