"""What the chair was asked about is changed before she answers: her message says so, and the secretary is told."""

from __future__ import annotations

from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_decisions import decided, meeting
from tests.stories.test_first_line import filed
from tests.stories.test_minutes import ended, held, written
from tests.stories.test_proposals import EARLY, edits

__all__ = ["held", "meeting"]
DEAD = "er ændret, siden du blev spurgt, så her er ikke noget at svare på."


@beginning
def asked(office: Office) -> Office:
    """In May the chair is asked about the June agenda, which has not been sent before."""
    office.time = EARLY
    filed(office)
    office.founded()
    office.types(office.anne, "dagsorden send")
    return office


def test_an_agenda_that_is_changed_meanwhile_asks_for_no_answer(asked: Office) -> None:
    before = asked.with_button(asked.karen, "Godkend udsendelse")
    told = edits(asked, "3", duration=30)
    assert "Dagsordenen er nu version 2, og det, formanden er spurgt om, gælder ikke længere." in told
    (now,) = (each for each in asked.slack.history(asked.karen) if each.ts == before.ts)
    assert now.plain.startswith("Dagsordenen (version 1) til mødet onsdag den 18. juni 2025 " + DEAD)
    assert now.buttons == []
    asked.types(asked.anne, "dagsorden send")
    assert "(version 2)" in asked.with_button(asked.karen, "Godkend udsendelse").plain
    asked.presses(asked.karen, "Godkend udsendelse")
    assert "Send dagsordenen ud" in asked.with_button(asked.anne, "Send dagsordenen ud").buttons


def test_minutes_and_decisions_say_so_alike(held: Office) -> None:
    ended(held)
    held.types(held.anne, "referat send")
    held.types(held.anne, "referat 2")
    told = written(held, passage_1="KL bemærkede noget.")
    assert "Referatet er nu version 2" in told
    assert DEAD in held.slack.history(held.karen)[-1].plain


def test_a_decision_more_is_asked_about_anew(meeting: Office) -> None:
    decided(meeting, "2")
    meeting.types(meeting.anne, "beslutninger send")
    told = decided(meeting, "3.1")
    again = "Det, formanden er spurgt om, gælder ikke længere."
    assert told.endswith(f"{again} Skriv /dap beslutninger send for at spørge igen.")
    dead = "Beslutningerne fra mødet onsdag den 18. juni 2025 " + DEAD
    assert meeting.slack.history(meeting.karen)[-1].plain.startswith(dead)


def test_what_the_chair_was_asked_and_is_undone_is_told_too(meeting: Office) -> None:
    decided(meeting, "2")
    meeting.types(meeting.anne, "beslutninger send")
    meeting.presses(meeting.anne, "Fortryd", meeting.room)
    said = meeting.slack.whispers(meeting.anne, meeting.room)
    assert any(each.plain.endswith("gælder ikke længere.") for each in said)  # there is nothing to ask about now
    assert meeting.slack.history(meeting.karen)[-1].buttons == []
