"""The page's own door: what one person sees, and what she does."""

from __future__ import annotations

import json
import re
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from tests.slack import Channel, StandIn, User
from tests.slack.conftest import Bot, actions, button, entry, modal
from tests.slack.server import PAGE


def state(slack: StandIn, user: User, since: int = -1) -> dict[str, Any]:
    with urlopen(f"{slack.url}/page/state?user={user.id}&since={since}") as answer:
        seen: dict[str, Any] = json.load(answer)
    return seen


def do(slack: StandIn, what: str, **body: Any) -> str:
    return str(told(slack, what, **body)["notice"])


def told(slack: StandIn, what: str, **body: Any) -> dict[str, Any]:
    request = Request(f"{slack.url}/page/{what}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        heard: dict[str, Any] = json.load(answer)
    return heard


def uploaded(slack: StandIn, name: str, data: bytes, **about: str) -> dict[str, Any]:
    lines = [f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in about.items()]
    lines.append(f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    body = "".join(lines).encode() + data + b"\r\n--x--\r\n"
    request = Request(f"{slack.url}/page/upload", body, {"Content-Type": "multipart/form-data; boundary=x"})
    with urlopen(request) as answer:
        heard: dict[str, Any] = json.load(answer)
    return heard


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


def test_a_form_on_the_page_is_filled_in_sent_and_closed(slack: StandIn, bot: Bot, anne: User, bo: User) -> None:
    bilag = entry("Bilag", "file_input", optional=True)
    slack.open_form(anne, modal(entry("Titel", "plain_text_input"), entry("Formand", "users_select"), bilag))
    (form,) = state(slack, anne)["forms"]
    assert (form["title"], form["close"], form["values"]["titel"]["in"]["value"]) == ("Nyt punkt", "Annuller", None)
    assert state(slack, bo)["forms"] == []

    kept = uploaded(slack, "bilag.docx", b"PK", user=anne.id, channel="")["files"][0]
    values = {"titel": {"in": "Borde"}, "formand": {"in": bo.id}, "bilag": {"in": [kept["id"]]}}
    about = {"user": anne.id, "view": form["id"]}
    do(slack, "submit", **about, values={"titel": {"in": ""}})
    assert state(slack, anne)["forms"][0]["errors"]["titel"] == "Feltet skal udfyldes"
    bot.answer = lambda _form: {"response_action": "errors", "errors": {"titel": "Findes allerede"}}
    assert do(slack, "submit", **about, values=values) == ""
    assert state(slack, anne)["forms"][0]["errors"] == {"titel": "Findes allerede"}
    sent = bot.payload["view"]["state"]["values"]
    assert (sent["formand"]["in"]["selected_user"], sent["bilag"]["in"]["files"][0]["name"]) == (bo.id, "bilag.docx")

    bot.answer = lambda _form: {"response_action": "errors", "errors": {"andet": "?"}}
    assert "mislykkedes" in do(slack, "submit", **about, values=values)
    do(slack, "dismiss", **about)
    assert state(slack, anne)["forms"] == []
    assert do(slack, "submit", **about, values=values) == "Det er her ikke mere."


def test_a_menu_on_the_page_is_chosen_from(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, bo: User, room: Channel
) -> None:
    menu = {"type": "users_select", "action_id": "who"}
    client.chat_postMessage(channel=room.id, text="-", blocks=[{**actions(menu), "block_id": "row"}])
    (message,) = slack.history(room)
    where = {"user": anne.id, "channel": room.id, "ts": message.ts, "block_id": "row", "action_id": "who"}
    assert do(slack, "choose", **where, value=bo.id) == ""
    assert bot.payload["actions"][0]["selected_user"] == bo.id
    chosen = {each.id: state(slack, each)["channels"][1]["messages"][0]["values"]["row"]["who"] for each in (anne, bo)}
    assert [state["selected_user"] for state in chosen.values()] == [bo.id, None]


def test_files_home_and_shortcuts_go_through_the_page(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    slack.shortcut("note", "Notér beslutning")
    uploaded(slack, "dagsorden.docx", b"PK", user=anne.id, channel=room.id, text="Til mødet")
    (message,) = slack.history(room)
    assert (message.plain, bot.events[0]["type"]) == ("Til mødet\n[dagsorden.docx]", "file_shared")
    shown = state(slack, anne)["channels"][1]["messages"][0]["files"][0]
    with urlopen(f"{slack.url}/page/files/{shown['id']}/{shown['name']}") as answer:
        assert answer.read() == b"PK"

    do(slack, "shortcut", user=anne.id, callback_id="note", channel=room.id, ts=message.ts)
    assert (bot.payload["type"], bot.payload["message"]["files"][0]["name"]) == ("message_action", "dagsorden.docx")
    do(slack, "home", user=anne.id)
    assert (bot.events[-1]["type"], state(slack, anne)["home"]) == ("app_home_opened", None)
    client.views_publish(user_id=anne.id, view={"type": "home", "blocks": [actions(button("Færdig"))]})
    home = state(slack, anne)["home"]
    block = home["blocks"][0]["block_id"]
    do(slack, "press", user=anne.id, view=home["id"], values={}, block_id=block, action_id="press")
    assert bot.payload["view"]["type"] == "home"


class Calendar:
    """Business time that jumps a day to whatever comes next."""

    def __init__(self) -> None:
        self.time = datetime(2025, 6, 10, 9, tzinfo=UTC)

    def now(self) -> datetime:
        """Where it stands."""
        return self.time

    def advance(self, span: timedelta) -> None:
        """On it goes."""
        self.time += span

    def to_next(self) -> str:
        """To the reminder."""
        self.time += timedelta(days=1)
        return "Påmindelsen er sendt"


def test_time_passes_on_the_page(slack: StandIn, anne: User, room: Channel) -> None:
    assert state(slack, anne)["clock"] == ""
    slack.clock = Calendar()
    slack.say(anne, room, "Før")
    version = state(slack, anne)["version"]
    assert told(slack, "pass_time", user=anne.id, hours=1) == {"notice": "", "happened": ""}
    assert told(slack, "pass_time", user=anne.id)["happened"] == "Påmindelsen er sendt"
    slack.say(anne, room, "Efter")
    seen = state(slack, anne, since=version)
    assert seen["clock"] == "2025-06-11T10:00:00+00:00"
    assert [message["at"][:16] for message in seen["channels"][1]["messages"]] == [
        "2025-06-10T09:00",
        "2025-06-11T10:00",
    ]
