"""The page's own door: what one person sees, and what she does."""

from __future__ import annotations

import json
import re
import threading
import time
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from tests.slack import Channel, StandIn, User
from tests.slack.conftest import Bot, actions, button
from tests.slack.server import PAGE


def state(slack: StandIn, user: User, since: int = -1) -> dict[str, Any]:
    with urlopen(f"{slack.url}/page/state?user={user.id}&since={since}") as answer:
        seen: dict[str, Any] = json.load(answer)
    return seen


def do(slack: StandIn, what: str, **body: Any) -> str:
    request = Request(f"{slack.url}/page/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        return str(json.load(answer)["notice"])


def test_the_page_is_served_and_needs_nothing_from_elsewhere(slack: StandIn) -> None:
    with urlopen(slack.url) as answer:
        assert '<html lang="da">' in answer.read().decode()
    for file in PAGE.iterdir():
        with urlopen(f"{slack.url}/page/{file.name}" if file.name != "index.html" else slack.url) as answer:
            text = answer.read().decode()
        assert not re.search("https?://", text)
        assert "innerHTML" not in text


def test_each_sees_her_own_channels_and_whispers(
    slack: StandIn, client: WebClient, anne: User, bo: User, room: Channel
) -> None:
    slack.channel("sekretariatet", people=[anne])
    client.chat_postEphemeral(channel=room.id, user=anne.id, text="Kun Anne")
    names = {user.id: [channel["name"] for channel in state(slack, user)["channels"]] for user in (anne, bo)}
    assert names == {anne.id: ["dap", "styregruppen", "sekretariatet"], bo.id: ["dap", "styregruppen"]}
    assert [m["text"] for m in state(slack, anne)["channels"][1]["messages"]] == ["Kun Anne"]
    assert state(slack, bo)["channels"][1]["messages"] == []


def test_words_are_posted_and_commands_delivered(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    bot.answer = lambda form: "Dagsorden" if form["text"] == "agenda" else None
    assert do(slack, "say", user=anne.id, channel=room.id, text="Er <!channel> & I klar?") == ""
    assert do(slack, "say", user=anne.id, channel=room.id, text="/dap agenda") == ""
    (words,) = slack.history(room)
    assert (words.plain, words.pings) == ("Er <!channel> & I klar?", [])
    assert slack.whispers(anne, room)[0].plain == "Dagsorden"

    notice = do(slack, "say", user=anne.id, channel=room.id, text="/dap agenda", thread_ts=words.ts)
    assert notice == "/dap virker ikke i tråde. Skriv den i kanalen."
    do(slack, "say", user=anne.id, channel=room.id, text="Ja", thread_ts=words.ts)
    assert [reply.plain for reply in slack.thread(words)] == ["Ja"]


def test_a_button_on_the_page_is_pressed(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    client.chat_postMessage(channel=room.id, text="-", blocks=[actions(button("Send"))])
    (message,) = slack.history(room)
    where = {"user": anne.id, "channel": room.id, "ts": message.ts, "block_id": message.blocks[0]["block_id"]}
    assert do(slack, "press", **where, action_id="press") == ""
    assert bot.payload["user"]["id"] == anne.id
    assert do(slack, "press", **where, action_id="other") == "Knappen er her ikke mere."


@pytest.mark.parametrize("changes", [1, 3])
def test_the_page_hears_of_a_change_at_once(
    slack: StandIn, client: WebClient, anne: User, room: Channel, changes: int
) -> None:
    version = state(slack, anne)["version"]
    for _ in range(changes):
        threading.Timer(0.05, client.chat_postMessage, kwargs={"channel": room.id, "text": "Nyt"}).start()
    started = time.monotonic()
    seen = state(slack, anne, since=version)
    assert time.monotonic() - started < 1
    assert "Nyt" in [message["text"] for message in seen["channels"][1]["messages"]]
    slack.wait(lambda: len(slack.history(room)) == changes)
