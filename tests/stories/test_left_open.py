"""What nobody has said the outcome of: told where it is left open, asked for before the minutes go out."""

from __future__ import annotations

from tests.office import Office
from tests.stories.test_decisions import onward
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
    assert "Ingen af indstillingerne har fået et kryds:" in asked.plain
    assert "Godkender målbilledet." in asked.plain
    meeting.slack.fill(meeting.anne, {"text_1": OWN})
    assert meeting.slack.submit(meeting.anne).errors.keys() == {"Svarer beslutningen på dem?"}
    onward(meeting, rest="answered")
    meeting.settle()
    said = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert OWN in said
    assert "mangler" not in said
    assert "Alle indstillinger har fået en beslutning." in meeting.types(meeting.anne, "møde slut")


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
    assert "Uden kryds. De står åbne, til det er registreret, hvad de blev til:" in asked.plain
    assert "KL laver et udkast" in asked.plain
    said = recorded(meeting)
    assert "2 indstillinger i punktet mangler stadig en beslutning." in said
    meeting.presses(meeting.anne, "Beslutning", meeting.room)
    assert "Tager status til efterretning." in meeting.slack.form(meeting.anne).plain
    meeting.slack.dismiss(meeting.anne)
