"""What nobody has said the outcome of: told where it is left open, asked for before the minutes go out."""

from __future__ import annotations

import datetime as dt

from bot.agenda import Agenda, Item, Kinds, Recommendation
from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_decisions import decided, onward
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_outcomes import form, meeting, recorded, sentences

__all__ = ["meeting"]
OWN = "Styregruppen bad sekretariatet om et nyt oplæg."


def unticked(office: Office, **fields: str) -> str:
    """Anne clears every tick under item 2 and writes her own sentence; what she reads then."""
    form(office)
    onward(office, came=[])
    onward(office, text=OWN, **fields)
    office.settle()
    return office.slack.whispers(office.anne, office.room)[-1].plain


def test_a_sentence_without_ticks_must_say_whether_it_answers_the_recommendations(meeting: Office) -> None:
    form(meeting)
    onward(meeting, came=[])
    assert sentences(meeting) == [None]
    asked = meeting.slack.form(meeting.anne)
    assert "Uden kryds:" in asked.plain
    assert "Godkender målbilledet." in asked.plain
    assert "Skriv, hvad der blev besluttet." in asked.plain
    assert "Et udkast" not in asked.plain
    meeting.slack.fill(meeting.anne, {"text_1": OWN})
    assert meeting.slack.submit(meeting.anne).errors.keys() == {"Svarer beslutningen på det, der er indstillet?"}
    onward(meeting, rest="answered")
    meeting.settle()
    said = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert OWN in said
    assert "mangler" not in said
    assert "Alle indstillinger har fået et udfald." in meeting.types(meeting.anne, "møde slut")


def test_what_is_left_open_is_told_at_once_and_asked_for_before_the_minutes_are_sent(meeting: Office) -> None:
    said = unticked(meeting, rest="open")
    assert "4 indstillinger i punktet mangler stadig en beslutning. Så længe kan referatet ikke godkendes:" in said
    assert "Drøfter pakkerne." in said
    meeting.types(meeting.anne, "møde slut")
    asked = meeting.types(meeting.anne, "referat send")
    assert asked.startswith("4 indstillinger mangler en beslutning.")
    assert "2. Drøfter pakkerne." in asked
    assert meeting.slack.history(meeting.karen) == []
    meeting.presses(meeting.anne, "Send til formanden", meeting.room)
    assert "ligger nu til godkendelse hos Karen Toft" in meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    meeting.presses(meeting.karen, "Godkend udsendelse")
    meeting.presses(meeting.anne, "Send referatet ud", meeting.anne)
    assert "indstillinger i punkt 2" in meeting.types(meeting.anne, "referat godkend")


def test_what_was_not_ticked_beside_what_was_is_told_in_the_next_step(meeting: Office) -> None:
    form(meeting)
    onward(meeting, came_3=[], came_4=[])
    asked = meeting.slack.form(meeting.anne)
    assert "Uden kryds. Det står åbent, til det er registreret, hvad det blev til:" in asked.plain
    assert "KL laver et udkast" in asked.plain
    said = recorded(meeting)
    assert "2 indstillinger i punktet mangler stadig en beslutning." in said
    meeting.presses(meeting.anne, "Beslutning", meeting.room)
    assert "Tager status til efterretning." in meeting.slack.form(meeting.anne).plain
    meeting.slack.dismiss(meeting.anne)


@beginning
def plain(office: Office) -> Office:
    """The June meeting is going on, with an item to be decided that recommends nothing, between two that do."""
    asked = (Recommendation("Godkender det.", "godkender"),)
    below = Item("4", "Puljer", kinds=Kinds("B"), items=(Item("4.1", "Pulje A", recommendations=asked),))
    items = (
        Item("1", "Meddelelser", kinds=Kinds("O")), Item("2", "Rammer", kinds=Kinds("B"), recommendations=asked),
        Item("3", "Valg af leverandør", kinds=Kinds("D/B")), below,
    )  # fmt: skip
    filed(office, Agenda(JUNE.meeting, items=items, next_meeting=JUNE.next_meeting))
    office.founded()
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    return office


def test_an_item_to_be_decided_without_a_recommendation_is_not_forgotten(plain: Office) -> None:
    decided(plain, "2")
    ended = plain.types(plain.anne, "møde slut")
    assert "1 indstilling og 1 punkt mangler en beslutning." in ended
    assert "Til beslutning, uden indstilling:\n3. Valg af leverandør" in ended
    assert "4. Puljer" not in ended  # what lies below it is what is decided
    assert "Punkt 3, Valg af leverandør: Ingen beslutning." in plain.types(plain.anne, "referat")
    assert "1 indstilling og 1 punkt mangler en beslutning." in plain.types(plain.anne, "referat send")

    plain.presses(plain.anne, "Ikke nået", plain.room)
    assert "Punkt 3 og 4.1 blev ikke nået." in plain.slack.whispers(plain.anne, plain.room)[-1].plain
    assert "Valg af leverandør" in plain.types(plain.anne, "dagsorden forslag")
    told = plain.types(plain.anne, "referat")
    assert "Punkt 3, Valg af leverandør, blev ikke nået." in told
    assert told.index("2. Rammer") < told.index("Punkt 3") < told.index("Punkt 4.1")


def test_an_item_that_was_decided_or_only_told_is_not_asked_for(plain: Office) -> None:
    for number in ("2", "4.1"):
        decided(plain, number)
    decided(plain, "3", "Styregruppen valgte KL.")
    assert "Alle indstillinger har fået et udfald." in plain.types(plain.anne, "møde slut")
    plain.types(plain.anne, "referat send")
    assert "ligger klar til din godkendelse" in plain.with_button(plain.karen, "Godkend udsendelse").plain
