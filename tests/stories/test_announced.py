"""Decisions on their way to the members: corrected, settled, closed, and each announced at once where a group wants."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from storage.items import Item
from tests.office import Office
from tests.stories.test_decisions import announced, decided, meeting

__all__ = ["meeting"]


def corrected(office: Office, text: str, reason: str, which: str = "") -> None:
    """Anne corrects a decision, else the newest she sees."""
    office.types(office.anne, f"beslutninger {which}")
    office.presses(office.anne, "Ret", office.room)
    office.slack.fill(office.anne, {"text": text, **({"reason": reason} if reason else {})})
    assert office.slack.submit(office.anne).errors == {}
    office.settle()


def test_until_a_correction_is_announced_members_see_what_they_were_told(meeting: Office) -> None:
    decided(meeting, "2")
    announced(meeting)
    corrected(meeting, "Styregruppen godkendte målbilledet.", "Pakkerne udgår.")
    assert "drøftede pakkerne" in meeting.types(meeting.bo, "beslutninger")
    assert "Pakkerne udgår" not in meeting.types(meeting.bo, "beslutninger 2025-1")
    announced(meeting)
    told = meeting.types(meeting.bo, "beslutninger nr. 1")
    assert "Rettet: Pakkerne udgår." in told
    assert "drøftede pakkerne" in told  # the first version is kept
    assert "drøftede pakkerne" not in meeting.types(meeting.bo, "beslutninger")


def test_a_correction_stands_in_the_post_and_is_told_in_its_thread(meeting: Office) -> None:
    decided(meeting, "2")
    decided(meeting, "3.1")
    announced(meeting)
    corrected(meeting, "Styregruppen godkendte målbilledet.", "Pakkerne udgår.")
    decided(meeting, "3.2")
    announced(meeting)
    posted, news = meeting.slack.history(meeting.room)
    assert "Rettet: Pakkerne udgår." in posted.plain
    assert "drøftede pakkerne" not in posted.plain
    assert "2025-2: Punkt 3.1" in posted.plain
    assert "2025-3" not in posted.plain
    (told,) = meeting.slack.thread(posted)
    assert told.plain.startswith("Rettelse til beslutningerne fra mødet onsdag den 18. juni 2025\n2025-1: Punkt 2")
    assert "2025-2" not in told.plain
    assert "2025-3: Punkt 3.2" in news.plain
    assert "2025-1" not in news.plain
    corrected(meeting, "Styregruppen godkendte det hele.", "Enighed.")
    announced(meeting)
    posted, _ = meeting.slack.history(meeting.room)
    assert [each.plain.splitlines()[-1] for each in meeting.slack.thread(posted)] == [
        "Rettet: Pakkerne udgår.",
        "Rettet: Enighed.",
    ]


LONG = "Styregruppen godkendte det. " * 100  # four of these take two posts


def test_a_correction_that_takes_a_post_less_says_in_that_where_its_words_are(meeting: Office) -> None:
    for number in ("1", "2", "3.1", "3.2"):
        decided(meeting, number, LONG)
    announced(meeting)
    assert len(meeting.slack.history(meeting.room)) == 2
    corrected(meeting, "Kort.", "Enklere.", "2025-4")
    announced(meeting)
    first, second = meeting.slack.history(meeting.room)
    assert first.plain.count("2025-") == 4
    assert second.plain == "Beslutningerne står nu samlet i opslaget ovenfor."
    corrected(meeting, LONG, "Nøjagtigere.", "2025-4")
    announced(meeting)
    first, second = meeting.slack.history(meeting.room)
    assert (first.plain + second.plain).count("2025-") == 4
    assert "står nu samlet" not in second.plain


def test_a_correction_that_takes_a_post_more_goes_on_in_its_thread(meeting: Office) -> None:
    for number, text in (("1", LONG), ("2", LONG), ("3.1", LONG), ("3.2", "Kort.")):
        decided(meeting, number, text)
    announced(meeting)
    corrected(meeting, LONG, "Nøjagtigere.", "2025-4")
    announced(meeting)
    for reason in ("Nøjagtigere.", "Enighed."):
        (posted,) = meeting.slack.history(meeting.room)
        rest = meeting.slack.thread(posted)[0]
        assert (posted.plain + rest.plain).count("2025-") == 4
        assert reason in rest.plain
        corrected(meeting, LONG, "Enighed.", "2025-4")
        announced(meeting)


def test_what_was_corrected_before_anybody_heard_of_it_is_news(meeting: Office) -> None:
    decided(meeting, "2")
    corrected(meeting, "Styregruppen godkendte målbilledet.", "")  # nobody asks why
    announced(meeting)
    (posted,) = meeting.slack.history(meeting.room)
    assert posted.plain.endswith("Styregruppen godkendte målbilledet.")
    assert meeting.slack.thread(posted) == []
    corrected(meeting, "Styregruppen godkendte det hele.", "Enighed.")
    announced(meeting)
    told = meeting.types(meeting.bo, "beslutninger 2025-1")
    assert "Enighed." in told
    assert "Version 1\n" in told  # the first that he knows
    assert "Version 2" not in told


def test_a_correction_undone_leaves_what_was_announced(meeting: Office) -> None:
    decided(meeting, "2")
    announced(meeting)
    corrected(meeting, "Styregruppen godkendte målbilledet.", "Pakkerne udgår.")
    said = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert said.startswith("Rettelsen er registreret. Ingen har fået den at vide endnu.")
    meeting.presses(meeting.anne, "Fortryd", meeting.room)
    said = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert said.startswith(
        "Det, der sidst var registreret om punkt 2, er fortrudt. Det, der stod før, gælder igen: Sty"
    )
    assert "drøftede pakkerne" in meeting.types(meeting.anne, "beslutninger")
    meeting.slack.command(meeting.anne, meeting.room, "/dap beslutning 2")
    assert "Alt, der er indstillet i punktet, har fået et udfald." in meeting.slack.form(meeting.anne).plain
    meeting.slack.dismiss(meeting.anne)
    corrected(meeting, "Styregruppen godkendte det hele.", "Enighed.")
    assert "Rettet: Enighed." in meeting.types(meeting.anne, "beslutninger")


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("Har sagt ja", "Forbeholdet er faldet bort, da KL har sagt ja. Beslutningen er endelig og lød: Styregruppen"),
        ("Har sagt nej", "KL har sagt nej. Beslutningen er bortfaldet. Den lød: Styregruppen godkendte"),
    ],
)
def test_what_was_awaited_comes_and_the_members_hear_of_it(meeting: Office, button: str, said: str) -> None:
    decided(meeting, "3.2", how="conditional", holder="KL")
    announced(meeting)
    assert meeting.types(meeting.anne, "beslutninger").startswith("Afventer noget")
    meeting.presses(meeting.anne, button, meeting.room)
    settled = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert settled.endswith("[Fortryd]\nSkriv /dap beslutninger send, når det skal slås op.")
    still = meeting.types(meeting.bo, "beslutninger")
    assert still.startswith("Afventer noget")
    assert "slået op" in still
    assert "erstattet" not in still + meeting.types(meeting.bo, "beslutninger 2025-1")
    announced(meeting)
    told = meeting.slack.history(meeting.room)[-1].plain
    assert said in told
    assert "Afventer noget" not in meeting.types(meeting.bo, "beslutninger")


def test_an_answer_about_the_budget_says_whether_a_decision_stands(meeting: Office) -> None:
    asked = "budget spørg hvad besluttede vi om udkastet til budget 2026?"
    decided(meeting, "3.2", how="conditional", holder="KL")
    announced(meeting)
    said = meeting.types(meeting.bo, asked)
    assert said.startswith("Beslutning 2025-1, onsdag den 18. juni 2025, punkt 3.2: Styregruppen godkendte udkastet")
    assert said.endswith("\nBeslutningen gælder, hvis KL siger ja.")
    meeting.types(meeting.anne, "beslutninger")
    meeting.presses(meeting.anne, "Har sagt nej", meeting.room)
    announced(meeting)
    lapsed = (
        "punkt 3.2: Forbeholdet er ikke indfriet: KL har sagt nej. Beslutningen er bortfaldet. Den lød: Styregruppen"
    )
    assert lapsed in meeting.types(meeting.bo, asked)
    assert lapsed in meeting.types(meeting.bo, "budget spørgsmål")


def test_that_an_item_was_not_reached_answers_no_question(meeting: Office) -> None:
    decided(meeting, "3.2", how="not_reached")
    announced(meeting)
    said = meeting.types(meeting.bo, "budget spørg hvad besluttede vi om budget 2026?")
    assert said.startswith("Det kan jeg ikke se af tallene eller beslutningerne.")


def test_what_lies_under_a_closed_item_is_decided_and_never_told(meeting: Office) -> None:
    with meeting.program.storage.transaction() as session:
        session.execute(update(Item).where(Item.meeting_id == 1, Item.number == "3").values(audience=[]))
    decided(meeting, "3.2")
    meeting.types(meeting.anne, "beslutninger send")
    meeting.presses(meeting.karen, "Godkend udsendelse")
    closed = "Lukket punkt: 1 beslutning slås ikke op og må kun sendes til dem, punktet er for."
    assert closed in meeting.with_button(meeting.anne, "Slå beslutningerne op").plain
    meeting.presses(meeting.anne, "Slå beslutningerne op", meeting.anne)
    assert meeting.slack.history(meeting.anne)[-1].plain.startswith("Intet er slået op i kanalen")
    assert meeting.slack.history(meeting.room) == []
    assert "punkt 3.2 · lukket punkt, ikke slået op" in meeting.types(meeting.anne, "beslutninger")
    decided(meeting, "3.1")
    decided(meeting, "2")
    announced(meeting)
    assert meeting.slack.history(meeting.anne)[-1].plain.endswith("Lukket punkt: 1 beslutning er ikke slået op.")
    (posted,) = meeting.slack.history(meeting.room)
    assert "Budget 2026" not in posted.plain
    assert "målbilledet" in posted.plain
    assert "Budget 2026" not in meeting.types(meeting.bo, "beslutninger")
    assert "Jeg finder ingen" in meeting.types(meeting.bo, "beslutninger 2025-1")
    assert "Budget 2026" in meeting.types(meeting.karen, "beslutninger")


def test_each_is_announced_at_once_with_the_chairs_yes_where_the_group_wants_that(meeting: Office) -> None:
    meeting.types(meeting.anne, "opsætning")
    meeting.presses(meeting.anne, "Ret opsætningen")
    meeting.slack.fill(meeting.anne, {"announce": "each"})
    assert meeting.slack.submit(meeting.anne).errors == {}
    meeting.settle()
    decided(meeting, "2")
    decided(meeting, "3.2")
    recorded, asked = meeting.slack.whispers(meeting.anne, meeting.room)[-2:]
    assert "beslutninger send" not in recorded.plain
    assert "ligger nu til godkendelse hos Karen Toft" in asked.plain
    meeting.slack.press(meeting.anne, recorded, "Fortryd")  # what is left is asked about anew
    meeting.settle()
    assert "ligger nu til godkendelse" in meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert meeting.slack.history(meeting.room) == []
    meeting.presses(meeting.karen, "Godkend udsendelse")
    (posted,) = meeting.slack.history(meeting.room)
    assert "2025-1: Punkt 2" in posted.plain
    assert "slået op i styregruppens kanal" in meeting.slack.history(meeting.anne)[-1].plain
    decided(meeting, "3.1")
    meeting.presses(meeting.karen, "Godkend udsendelse")
    assert "2025-1" not in meeting.slack.history(meeting.room)[-1].plain


def test_a_decision_that_waits_is_settled_where_it_is_looked_up_and_a_slip_is_undone(meeting: Office) -> None:
    decided(meeting, "3.2", how="preliminary", meeting="mandag den 6. oktober 2025")
    announced(meeting)
    assert meeting.types(meeting.anne, "beslutninger 2025-1").endswith("[Ret] [Endeligt godkendt] [Bortfaldet]")
    assert "[Bortfaldet]" not in meeting.types(meeting.bo, "beslutninger 2025-1")
    meeting.presses(meeting.anne, "Bortfaldet", meeting.room)
    assert "Beslutningen 2025-1 er bortfaldet." in meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    meeting.presses(meeting.anne, "Fortryd", meeting.room)
    assert "[Endeligt godkendt]" in meeting.types(meeting.anne, "beslutninger 2025-1")
