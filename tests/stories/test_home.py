"""The Home tab, the shortcuts, and the bot invited into a channel."""

from __future__ import annotations

import pytest

from tests.office import Office
from tests.slack import User
from tests.slack.demo import AGENDA
from tests.stories.test_first_line import filed


@pytest.fixture
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


def test_home_of_nobody_says_how_to_begin(office: Office) -> None:
    assert "Skriv det i gruppens egen kanal." in home(office, office.bo)


def test_the_latest_home_wins(june: Office) -> None:
    june.program.carrier.stop()
    for _ in range(3):
        june.slack.home(june.karen)
    assert june.program.carrier.waiting() <= 2  # one that may be in hand, and the latest


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
