"""The Home tab, the shortcuts, and the bot invited into a channel."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.beginnings import beginning
from tests.office import Office
from tests.slack import User
from tests.slack.demo import AGENDA
from tests.stories.test_first_line import filed
from tests.stories.test_members import entered


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, and the June agenda filed."""
    filed(office)
    office.founded()
    return office


def home(office: Office, person: User) -> str:
    """What stands on somebody's Home tab once the bot has heard that they look."""
    office.slack.home(person)
    office.settle()
    shown = office.slack.home(person)
    office.settle()
    assert shown is not None
    return shown.plain


def seen(office: Office, person: User) -> str:
    """What stands on somebody's Home tab, as it is."""
    shown = office.slack.home_view(person)
    assert shown is not None
    return shown.plain


def presses(office: Office, person: User, button: str) -> None:
    """Press a button on one's Home tab."""
    page = office.slack.home_view(person)
    assert page is not None
    office.slack.press(person, page, button)
    office.settle()


def published(office: Office) -> int:
    """How often a Home tab has been shown."""
    return sum(call.method == "views.publish" for call in office.slack.calls)


def test_home_says_when_we_meet_and_what_one_may_do(june: Office) -> None:
    shown = home(june, june.karen)
    assert "Næste møde er onsdag den 18. juni 2025 kl. 13.00-15.00" in shown
    assert "/dap dagsorden" in shown
    assert "[Sæt et møde]" in shown


def test_what_waits_for_the_chair_is_answered_from_home(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    assert "Dagsordenen (version 1) til mødet onsdag den 18. juni 2025 venter på dit svar." in home(june, june.karen)
    page = june.slack.home(june.karen)
    assert page is not None
    june.slack.press(june.karen, page, "Godkend udsendelse")
    june.settle()
    assert "er godkendt og kan sendes" in home(june, june.anne)
    page = june.slack.home(june.anne)
    assert page is not None
    june.slack.press(june.anne, page, "Send dagsordenen ud")
    june.settle()
    assert len(june.slack.history(june.room)) == 1
    assert "kan sendes" not in home(june, june.anne)


@pytest.mark.parametrize(("button", "said"), [("Godkend udsendelse", "godkendt af"), ("Ikke endnu", "ikke godkendt")])
def test_the_question_in_the_private_chat_says_what_was_answered_from_home(
    june: Office, button: str, said: str
) -> None:
    june.types(june.anne, "dagsorden send")
    home(june, june.karen)
    before = len(june.slack.history(june.karen))
    presses(june, june.karen, button)
    if button == "Ikke endnu":
        june.slack.submit(june.karen)
        june.settle()
    chat = june.slack.history(june.karen)
    assert len(chat) == before
    assert said in chat[-1].plain
    assert chat[-1].buttons == []


def test_the_deputy_answers_from_home_and_the_chair_sees_who_did(june: Office) -> None:
    june.types(june.anne, "opsætning")
    june.presses(june.anne, "Ret opsætningen")
    june.slack.fill(june.anne, {"deputy": june.sofie})
    assert june.slack.submit(june.anne).errors == {}
    june.settle()
    june.types(june.anne, "dagsorden send")
    home(june, june.sofie)
    presses(june, june.sofie, "Godkend udsendelse")
    assert "er godkendt af Sofie Krag" in june.slack.history(june.karen)[-1].plain
    assert june.slack.history(june.karen)[-1].buttons == []
    assert "er godkendt af Sofie Krag" in june.slack.history(june.sofie)[-1].plain


def test_the_offer_to_send_says_that_it_was_sent_from_home(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    offered = june.slack.history(june.anne)[-1]
    home(june, june.anne)
    presses(june, june.anne, "Send dagsordenen ud")
    (chat,) = june.slack.history(june.anne)
    assert chat.ts == offered.ts
    assert chat.plain == "Dagsordenen er udsendt tirsdag den 10. juni 2025 kl. 09.00."
    assert chat.buttons == []
    assert june.slack.whispers(june.anne, june.room)[-1].plain.startswith(
        "Dagsordenen til mødet onsdag den 18. juni 2025 ligger nu"
    )

    june.slack.press(june.anne, offered, "Send dagsordenen ud")  # as she saw it before
    june.settle()
    assert "Det klarede Anne Holm" in june.slack.whispers(june.anne, june.anne)[-1].plain
    assert len(june.slack.history(june.room)) == 1


def test_the_offer_to_send_says_that_it_was_sent_from_another_message(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    june.types(june.anne, "dagsorden send")
    june.presses(june.anne, "Send dagsordenen ud", june.room)
    assert june.slack.whispers(june.anne, june.room)[-1].plain.startswith("Dagsordenen er udsendt")
    (chat,) = june.slack.history(june.anne)
    assert chat.plain.startswith("Dagsordenen er udsendt")
    assert chat.buttons == []


def test_the_offer_to_send_is_changed_once_where_it_is_pressed(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    before = sum(call.method == "chat.update" for call in june.slack.calls)
    june.presses(june.anne, "Send dagsordenen ud", june.anne)
    assert sum(call.method == "chat.update" for call in june.slack.calls) == before + 1


def test_home_of_nobody_says_how_to_begin(office: Office) -> None:
    assert "Du er ikke med i nogen styregruppe hos mig." in home(office, office.bo)


def test_home_is_drawn_anew_for_those_who_have_opened_it_when_something_changes(june: Office) -> None:
    home(june, june.karen)
    home(june, june.bo)
    june.types(june.anne, "dagsorden send")
    assert "Dagsordenen (version 1) til mødet onsdag den 18. juni 2025 venter på dit svar." in seen(june, june.karen)
    assert "venter på dit svar" not in seen(june, june.bo)
    assert june.slack.home_view(june.anne) is None  # she has never opened hers
    june.types(june.karen, f"opgave Skriv til KL senest 12. juni <@{june.bo.id}>")
    assert "Skriv til KL" in seen(june, june.bo)
    june.slack.command(june.anne, june.room, "/dap møde ny 26. februar 2026 kl. 13-15")
    june.slack.submit(june.anne)
    june.settle()
    assert "26. februar 2026" in seen(june, june.bo)


def test_what_is_pressed_on_home_shows_there(june: Office) -> None:
    june.types(june.anne, f"opgave Skriv til KL senest 12. juni <@{june.karen.id}>")
    june.types(june.anne, "dagsorden send")
    home(june, june.karen)
    home(june, june.anne)
    presses(june, june.karen, "Godkend udsendelse")
    assert "venter på dit svar" not in seen(june, june.karen)
    assert "er godkendt og kan sendes" in seen(june, june.anne)
    presses(june, june.karen, "Færdig")
    assert "Skriv til KL" not in seen(june, june.karen)
    presses(june, june.anne, "Send dagsordenen ud")
    assert "er sendt ud." in seen(june, june.karen)


def test_an_overdue_task_says_so_on_home(june: Office) -> None:
    june.types(june.anne, f"opgave Skriv til KL senest 12. juni <@{june.bo.id}>")
    june.time += timedelta(days=3)
    assert "Skriv til KL" in (shown := home(june, june.bo))
    assert "forsinket" in shown


def test_a_new_chair_and_another_language_show_on_home(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    home(june, june.karen)
    home(june, june.bo)
    june.types(june.bo, "hjælp")
    june.types(june.anne, f"opsætning formand <@{june.bo.id}>")
    assert "venter på dit svar" not in seen(june, june.karen)
    assert "venter på dit svar" in seen(june, june.bo)
    june.types(june.anne, "opsætning")
    june.presses(june.anne, "Ret opsætningen")
    june.slack.fill(june.anne, {"language": "en"})
    june.slack.submit(june.anne)
    june.settle()
    assert "The next meeting is" in seen(june, june.bo)


def test_nothing_is_drawn_for_whom_it_is_not_and_nothing_when_nothing_changes(june: Office) -> None:
    home(june, june.karen)
    home(june, june.bo)
    drawn = published(june)
    june.types(june.bo, "agenda")
    june.types(june.bo, "agenda send")  # which is not his to do
    assert published(june) == drawn
    other = june.slack.channel("andengruppe", people=[june.mads])
    june.types(june.mads, "opsætning", other)
    assert published(june) == drawn
    june.types(june.bo, "opgave Ring til KL")
    assert published(june) == drawn + 2


def test_home_changed_while_it_is_drawn_is_drawn_once_more(june: Office) -> None:
    home(june, june.karen)

    def meanwhile(_: object) -> None:
        undo()
        june.slack.command(june.anne, june.room, "/dap dagsorden send")

    undo = june.slack.before("views.publish", meanwhile)
    assert "venter på dit svar" in home(june, june.karen)


def test_many_papers_and_tasks_fit(june: Office) -> None:
    for number in range(12):
        june.types(june.anne, f"opgave {number} {'Meget lang ' * 260} <@{june.bo.id}>")
    shown = home(june, june.bo)
    view = june.slack.home_view(june.bo)
    assert view is not None and len(view.blocks) <= 100
    assert "Der er " in shown and "opgaver mere." in shown


def test_who_takes_part_by_another_role_alone_has_no_home(june: Office) -> None:
    entered(june, person=june.mads, organisation="KL", role="member", reached="slack")
    entered(june, person=june.bo, organisation="PLO", role="finance", reached="slack")
    assert "Det har du ikke adgang til." in home(june, june.bo)
    entered(june, person=june.bo, organisation="PLO", role="member", reached="slack")
    assert "Næste møde" in seen(june, june.bo)


def test_a_meeting_is_set_from_anywhere(june: Office) -> None:
    june.slack.use_global_shortcut(june.karen, "Sæt et møde")
    june.slack.fill(june.karen, {"when": "torsdag 26. februar 2026 kl. 13-15"})
    assert june.slack.submit(june.karen).errors == {}
    june.settle()
    assert "Mødet er sat til torsdag den 26. februar 2026" in june.slack.history(june.karen)[-1].plain


def test_a_file_that_a_member_dropped_is_read_by_the_secretary(june: Office) -> None:
    dropped = june.slack.upload(june.bo, june.room, AGENDA.name, AGENDA.read_bytes())
    june.settle()
    assert june.slack.whispers(june.bo, june.room) == []  # nobody asked the bot
    june.slack.use_shortcut(june.anne, dropped, "Læs som dagsorden")
    june.settle(30)
    assert "Jeg har læst dagsorden-juni-2025.md" in june.slack.whispers(june.anne, june.room)[-1].plain
    june.slack.use_shortcut(june.bo, dropped, "Læs som dagsorden")
    june.settle()
    assert "Det har du ikke adgang til." in june.slack.whispers(june.bo, june.room)[-1].plain


def test_a_message_without_a_file_is_a_sentence(june: Office) -> None:
    said = june.slack.say(june.bo, june.room, "Vi ses")
    june.slack.use_shortcut(june.anne, said, "Læs som dagsorden")
    june.settle()
    assert "Der er ikke nogen fil i beskeden." in june.slack.whispers(june.anne, june.room)[-1].plain


def test_invited_into_a_channel_the_bot_says_how_to_begin_once(office: Office) -> None:
    other = office.slack.channel("en ny gruppe", people=[office.anne], bot=False)
    office.slack.join(office.slack.bot, other, office.anne)
    office.settle()
    office.slack.retry_events()
    office.settle()
    (said,) = office.slack.history(other)
    assert said.plain == "Kanalen er ikke knyttet til en styregruppe endnu. Skriv /dap opsætning."
