"""What was put off comes back as a proposal; with the decision undone, that is taken back too."""

from __future__ import annotations

from typing import Any

from tests.office import Office
from tests.stories.test_decisions import decided
from tests.stories.test_outcomes import meeting

__all__ = ["meeting"]

PUT_OFF: dict[str, Any] = {"came_1": [], "came_2": [], "came_3": [], "came_4": []}


def undone(office: Office) -> str:
    """Anne undoes the decision she has just recorded; what she reads instead of it."""
    message = office.with_button(office.anne, "Fortryd", office.room)
    office.presses(office.anne, "Fortryd", office.room)
    return next(each for each in office.slack.whispers(office.anne, office.room) if each.ts == message.ts).plain


def card(office: Office) -> str:
    """The newest card in Anne's private chat."""
    return office.slack.history(office.anne)[-1].plain


def test_a_proposal_nobody_has_accepted_is_taken_back_with_the_decision_that_made_it(meeting: Office) -> None:
    decided(meeting, "2", alone="not_reached")
    assert "[Sæt på dagsordenen]" in card(meeting)
    assert undone(meeting) == (
        "Det, der var registreret om punkt 2, er fortrudt. Indstillingerne står åbne igen.\n"
        "Forslaget om at tage punktet op igen er trukket tilbage."
    )
    assert "Trukket tilbage." in card(meeting)
    assert "[Sæt på dagsordenen]" not in card(meeting)
    assert "Der venter ingen forslag." in meeting.types(meeting.anne, "dagsorden forslag")
    decided(meeting, "2", alone="postponed")  # and may come back after all
    assert "KL laver et udkast" in meeting.types(meeting.anne, "dagsorden forslag")
    assert "[Sæt på dagsordenen]" in card(meeting)


def test_what_was_put_off_by_another_decision_still_comes_back(meeting: Office) -> None:
    decided(meeting, "2", **PUT_OFF, how_3="not_reached")
    decided(meeting, "2", **PUT_OFF, how_4="not_reached")
    assert "Forslaget om at tage punktet op igen gælder nu kun resten." in undone(meeting)
    waiting = meeting.types(meeting.anne, "dagsorden forslag")
    assert "KL laver et udkast" in waiting
    assert "Tager status" not in waiting
    assert "Tager status" not in card(meeting)


def test_what_stands_on_an_agenda_already_stays_there_and_is_told(meeting: Office) -> None:
    decided(meeting, "2", alone="not_reached")
    meeting.presses(meeting.anne, "Sæt på dagsordenen", meeting.anne)
    assert (
        "Punktet står allerede på dagsordenen til mødet mandag den 6. oktober 2025 som punkt 2 og bliver stående der."
    ) in undone(meeting)
    assert "Sat på dagsordenen som punkt 2." in card(meeting)
    assert "godkendte målbilledet" in decided(meeting, "2")


def test_what_is_undone_of_an_item_that_was_decided_takes_nothing_back(meeting: Office) -> None:
    decided(meeting, "2", **PUT_OFF, how_4="not_reached")
    decided(meeting, "2")
    assert undone(meeting) == "Det, der var registreret om punkt 2, er fortrudt. Indstillingerne står åbne igen."
    assert "Tager status" in meeting.types(meeting.anne, "dagsorden forslag")
