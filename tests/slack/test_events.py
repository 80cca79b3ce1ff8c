"""What happens in the workspace reaches the bot."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from werkzeug.wrappers import Response

from tests.slack import Channel, StandIn, User
from tests.slack.conftest import Bot


def test_words_are_told_with_all_that_slack_tells(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    message = slack.say(anne, room, "R&D <nu>: skriv til @Bo eller se https://example.dk/a?b=1&c=2.")
    slack.say(anne, room, "Ja", thread=message)
    first, second = bot.envelopes
    assert (first["type"], first["api_app_id"][0], first["authorizations"][0]["user_id"]) == (
        "event_callback",
        "A",
        slack.bot.id,
    )
    event = first["event"]
    assert event["text"] == "R&amp;D &lt;nu&gt;: skriv til @Bo eller se <https://example.dk/a?b=1&amp;c=2>."
    assert (event["type"], event["channel"], event["channel_type"]) == ("message", room.id, "group")
    assert (event["user"], event["ts"], "thread_ts" in event) == (anne.id, message.ts, False)
    assert second["event"]["thread_ts"] == message.ts
    assert bot.headers[0]["X-Slack-Signature"].startswith("v0=")
    assert message.plain == "R&D <nu>: skriv til @Bo eller se https://example.dk/a?b=1&c=2."


def test_mentions_become_ids_and_call(slack: StandIn, bot: Bot, anne: User, bo: User, room: Channel) -> None:
    message = slack.say(anne, room, "@dap og @Bo Berg: se #styregruppen, @channel, og skriv til a@bo.berg")
    said, mention = bot.events
    assert said["text"] == (
        f"<@{slack.bot.id}> og <@{bo.id}>: se <#{room.id}|>, <!channel>, og skriv til <mailto:a@bo.berg|a@bo.berg>"
    )
    assert (said["type"], mention["type"], mention["text"]) == ("message", "app_mention", said["text"])
    assert message.plain == "@dap og @Bo Berg: se #styregruppen, @channel, og skriv til a@bo.berg"
    assert message.pings == [f"<@{slack.bot.id}>", f"<@{bo.id}>", "<!channel>"]


def test_each_kind_of_channel_has_its_own_event(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    slack.subscribe("message.im", "message.channels")
    for place in (room, anne, slack.channel("alle", people=[anne], private=False)):
        slack.say(anne, place, "Hej")
    slack.say(anne, slack.channel("lukket", people=[anne], bot=False), "Hemmeligt")
    assert [event["channel_type"] for event in bot.events] == ["im", "channel"]


def test_an_event_needs_its_scope(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    slack.scopes = ["chat:write", "groups:history"]
    slack.say(anne, room, "@dap er du der?")
    assert [event["type"] for event in bot.events] == ["message"]
    assert "the bot was not told of app_mention: it has no scope app_mentions:read" in slack.picture()
    with pytest.raises(AssertionError, match="file_shared needs the scope files:read"):
        slack.subscribe("file_shared")
    with pytest.raises(AssertionError, match="there is no event 'message'"):
        slack.subscribe("message")


def test_the_manifest_says_which_scopes_there_are() -> None:
    assert "chat:write" in StandIn("s").scopes


def test_somebody_joins(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    karen = slack.person("Karen Toft")
    slack.join(karen, room, inviter=anne)
    (event,) = bot.events
    assert (event["type"], event["user"], event["inviter"]) == ("member_joined_channel", karen.id, anne.id)
    assert slack.command(karen, room, "/dap").status == 200

    hall = slack.channel("alle", people=[anne], bot=False)
    slack.join(slack.bot, hall)
    assert bot.events[-1]["user"] == slack.bot.id


def test_an_event_comes_again_until_it_is_taken(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    bot.hear = lambda _envelope: Response(status=500)
    slack.say(anne, room, "Er du der?")
    assert [headers.get("X-Slack-Retry-Num") for headers in bot.headers] == [None, "1"]
    assert bot.headers[1]["X-Slack-Retry-Reason"] == "http_error"
    assert [slack.retry_events() for _ in range(3)] == [1, 1, 0]
    assert bot.headers[-1]["X-Slack-Retry-Num"] == "3"
    assert len({envelope["event_id"] for envelope in bot.envelopes}) == 1


def test_a_bot_may_wave_retries_away(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    bot.hear = lambda _envelope: Response(status=500, headers={"X-Slack-No-Retry": "1"})
    slack.say(anne, room, "Er du der?")
    assert (len(bot.envelopes), slack.retry_events()) == (1, 0)


def test_nobody_at_home_is_no_trouble_for_people(slack: StandIn, anne: User, room: Channel) -> None:
    slack.connect("http://127.0.0.1:1/nobody")
    slack.say(anne, room, "Hej")
    assert slack.retry_events() == 1


def test_an_address_proves_itself(slack: StandIn, bot: Bot) -> None:
    bot.hear = lambda body: {"challenge": body["challenge"]}
    assert slack.verify()
    bot.hear = lambda _body: "hvad?"
    assert not slack.verify()


def test_a_shared_file_is_told_twice(slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel) -> None:
    message = slack.upload(anne, room, "dagsorden.docx", b"PK\x03\x04", comment="Til mødet & referatet")
    shared, said = bot.events
    file_id = shared["file_id"]
    assert (shared["type"], shared["channel_id"], shared["user_id"]) == ("file_shared", room.id, anne.id)
    assert (said["subtype"], said["text"]) == ("file_share", "Til mødet &amp; referatet")
    assert (said["files"][0]["id"], said["files"][0]["filetype"], said["files"][0]["size"]) == (file_id, "docx", 4)
    assert message.plain == "Til mødet & referatet\n[dagsorden.docx]"
    read_back: dict[str, Any] = client.conversations_history(channel=room.id)["messages"][0]
    assert read_back["files"][0]["name"] == "dagsorden.docx"
