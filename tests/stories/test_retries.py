"""Slack tells us again what it thinks we did not hear: each event has its effect once, however often it comes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage import groups, history
from tests.beginnings import beginning
from tests.office import Office
from tests.slack.demo import AGENDA
from tests.stories.test_first_line import filed
from tests.stories.test_home import home, published, seen


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, and the June agenda filed."""
    filed(office)
    office.founded()
    return office


def writes(office: Office) -> None:
    """Anne asks for something that changes nothing in the private chat, then for something that does."""
    office.slack.say(office.anne, office.anne, "dagsorden")
    office.slack.say(office.anne, office.anne, "opgave Ring til KL")


def mentions(office: Office) -> None:
    """Bo, whom the bot does not know yet, mentions it in the channel, twice."""
    office.slack.say(office.bo, office.room, "@dap dagsorden")
    office.slack.say(office.bo, office.room, "@dap opgave Ring til KL")


def shares(office: Office) -> None:
    """Anne drops an agenda in the channel."""
    office.slack.upload(office.anne, office.room, AGENDA.name, AGENDA.read_bytes())


def looks(office: Office) -> None:
    """Karen opens her Home tab."""
    office.slack.home(office.karen)


def invites(office: Office) -> None:
    """Anne invites the bot into another channel."""
    other = office.slack.channel("en ny gruppe", people=[office.anne], bot=False)
    office.slack.join(office.slack.bot, other, office.anne)


@pytest.mark.parametrize(
    ("happens", "event"),
    [
        pytest.param(writes, "message", id="message"),
        pytest.param(mentions, "app_mention", id="app_mention"),
        pytest.param(shares, "message", id="file_share"),
        pytest.param(looks, "app_home_opened", id="app_home_opened"),
        pytest.param(invites, "member_joined_channel", id="member_joined_channel"),
    ],
)
def test_an_event_that_comes_again_has_no_other_effect(
    june: Office, happens: Callable[[Office], None], event: str
) -> None:
    nothing = effects(june)
    happens(june)
    june.settle(30)
    once = effects(june)
    assert once != nothing
    for _ in range(2):
        assert event in june.slack.repeat_events()
        june.settle(30)
        assert effects(june) == once


def effects(office: Office) -> tuple[str, str, int]:
    """All that stands anywhere, all open tasks, and how often a Home tab was shown."""
    places = list(office.slack.workspace.channels.values())
    stands = [each.plain for place in places for each in office.slack.history(place)]
    threads = [each.plain for top in office.slack.history(office.room) for each in office.slack.thread(top)]
    whispers = [each.plain for one in (office.anne, office.bo) for each in office.slack.whispers(one, office.room)]
    with office.program.storage.reading() as reader:
        changes = [history.verify(reader, group.id).length for group in groups.everyone(reader)]
    return "\n".join([*stands, *threads, *whispers]), str(changes), published(office)


def test_a_late_retry_of_looking_at_home_does_not_bring_the_old_one_back(june: Office) -> None:
    home(june, june.karen)
    june.types(june.anne, "dagsorden send")
    june.slack.repeat_events()
    june.settle()
    assert "venter på dit svar" in seen(june, june.karen)
    june.program.carrier.stop()  # what is put from now on waits
    page = june.slack.home_view(june.karen)
    assert page is not None
    june.slack.press(june.karen, page, "Godkend udsendelse")
    waiting = june.program.carrier.waiting()
    june.slack.repeat_events()
    assert june.program.carrier.waiting() == waiting
    while june.program.carrier.carry():
        pass
    assert "venter på dit svar" not in seen(june, june.karen)


def test_what_changed_while_slack_was_told_is_not_lost_for_home(june: Office) -> None:
    """A look, a change and a late retry of the look wait together: one Home tab comes of it, the newest."""
    home(june, june.karen)
    before = published(june)
    june.program.carrier.stop()
    june.slack.home(june.karen)
    june.slack.command(june.anne, june.room, "/dap dagsorden send")
    june.slack.home(june.karen)
    june.slack.repeat_events()
    while june.program.carrier.carry():
        pass
    assert "venter på dit svar" in seen(june, june.karen)
    assert published(june) == before + 1
