"""What people type and press reaches the bot, and its answers reach them."""

from __future__ import annotations

import re
import time
from http.client import HTTPException
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient
from werkzeug.wrappers import Response

from tests.slack import Channel, Drop, Message, StandIn, User, limits
from tests.slack.conftest import Bot, Hands, actions, button
from tests.slack.refused import Refused


def test_a_command_comes_signed_with_all_its_fields(
    slack: StandIn, bot: Bot, anne: User, bo: User, room: Channel
) -> None:
    answer = slack.command(anne, room, "/dap opgave  @bo berg: R&D <nu>\nog @Anne.Holm, skriv til a@bo.berg")
    assert (answer.status, answer.plain) == (200, "")
    (form,) = bot.forms
    assert (form["command"], form["channel_id"], form["channel_name"]) == ("/dap", room.id, "privategroup")
    assert (form["user_id"], form["user_name"], form["is_enterprise_install"]) == (anne.id, "anne.holm", "false")
    assert form["text"] == (
        f"opgave  <@{bo.id}|bo.berg>: R&amp;D &lt;nu&gt;\nog <@{anne.id}|anne.holm>, skriv til a@bo.berg"
    )
    assert set(form) >= {"token", "team_id", "team_domain", "api_app_id", "response_url", "trigger_id"}


def test_a_channel_is_called_by_its_kind(slack: StandIn, bot: Bot, anne: User) -> None:
    slack.command(anne, anne, "/dap")
    slack.command(anne, slack.channel("alle", people=[anne], private=False), "/dap")
    assert [form["channel_name"] for form in bot.forms] == ["directmessage", "alle"]
    assert bot.forms[0]["channel_id"].startswith("D")


def test_the_ack_is_whispered_or_posted(slack: StandIn, bot: Bot, anne: User, bo: User, room: Channel) -> None:
    bot.answer = lambda _form: "Kun *dig*"
    assert slack.command(anne, room, "/dap").plain == "Kun dig"
    assert [message.plain for message in slack.whispers(anne, room)] == ["Kun dig"]
    assert slack.whispers(bo, room) == slack.history(room) == []

    bot.answer = lambda _form: {"response_type": "in_channel", "text": "Alle"}
    answer = slack.command(anne, room, "/dap")
    assert answer.body == {"response_type": "in_channel", "text": "Alle"}
    assert [message.plain for message in slack.history(room)] == ["Alle"]


WRONG_ACKS = {
    "blocks that Slack refuses": {"text": "x", "blocks": [{"type": "image"}]},
    "a field that Slack does not know": {"text": "x", "tekst": "y"},
    "nothing said": {"response_type": "in_channel"},
}


@pytest.mark.parametrize("body", WRONG_ACKS.values(), ids=WRONG_ACKS)
def test_an_ack_that_slack_refuses_fails_the_test(
    slack: StandIn, bot: Bot, anne: User, room: Channel, body: dict[str, Any]
) -> None:
    bot.answer = lambda _form: body
    with pytest.raises(AssertionError, match="mislykkedes"):
        slack.command(anne, room, "/dap")
    assert slack.whispers(anne, room) == []


def test_slack_says_so_when_the_bot_fails(
    slack: StandIn, bot: Bot, anne: User, room: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot.answer = lambda _form: Response(status=500)
    broken = slack.command(anne, room, "/dap")
    assert (broken.status, broken.error) == (500, "dispatch_failed")

    monkeypatch.setattr(limits, "ACK_SECONDS", 0.1)
    bot.answer = lambda _form: time.sleep(0.2)
    late = slack.command(anne, room, "/dap agenda")
    assert late.plain == "/dap svarede ikke inden tre sekunder (operation_timeout)"
    assert late.seconds >= 0.1

    slack.connect("http://127.0.0.1:1/nobody")
    assert slack.command(anne, room, "/dap").plain == '/dap mislykkedes med fejlen "dispatch_failed"'


def test_commands_need_a_channel_that_one_is_in_and_no_thread(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    client.chat_postMessage(channel=room.id, text="Referat")
    answer = slack.command(anne, room, "/dap agenda", thread=slack.history(room)[0])
    assert answer.plain == "/dap virker ikke i tråde. Skriv den i kanalen."
    with pytest.raises(AssertionError, match="Ny is not in styregruppen"):
        slack.command(slack.person("Ny"), room, "/dap")
    assert bot.forms == []


def test_a_press_tells_the_bot_all_about_it(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    message = with_buttons(slack, client, room, button("Godkend udsendelse", "chair yes", value="7", style="primary"))
    assert slack.press(anne, message, "Godkend udsendelse").status == 200
    payload = bot.payload
    assert (payload["type"], payload["user"]["id"], payload["channel"]["id"]) == ("block_actions", anne.id, room.id)
    assert payload["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": room.id,
        "is_ephemeral": False,
    }
    assert payload["message"]["blocks"] == message.blocks
    assert payload["state"] == {"values": {}}
    (action,) = payload["actions"]
    assert (action["action_id"], action["value"], action["type"]) == ("chair yes", "7", "button")
    assert action["block_id"] == message.blocks[0]["block_id"]


def test_a_button_is_found_by_its_action_or_missed_with_a_list(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    message = with_buttons(slack, client, room, button("Ret"), button("Fortryd", "undo"))
    slack.press(anne, message, "undo")
    assert bot.payload["actions"][0]["text"]["text"] == "Fortryd"
    with pytest.raises(AssertionError, match=re.escape("no button 'Send'; there are ['Ret', 'Fortryd']")):
        slack.press(anne, message, "Send")


def test_a_button_that_was_seen_can_be_pressed_after_it_went(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    message = with_buttons(slack, client, room, button("Godkend"))
    client.chat_update(channel=room.id, ts=message.ts, text="Godkendt")
    slack.press(anne, message, "Godkend")
    assert slack.history(room)[0].buttons == []
    assert len(bot.forms) == 1


def test_what_a_buttons_ack_says_would_be_lost(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    message = with_buttons(slack, client, room, button("Godkend"))
    bot.answer = lambda _form: {"text": "Godkendt"}
    with pytest.raises(AssertionError, match="ignored_ack_body"):
        slack.press(anne, message, "Godkend")


def test_a_whisper_is_replaced_and_deleted_through_its_own_response_url(
    slack: StandIn, bot: Bot, anne: User, bo: User, room: Channel
) -> None:
    bot.answer = lambda form: {"text": "Sikker?", "blocks": [actions(button("Ja"))]} if "command" in form else None
    slack.command(anne, room, "/dap")
    (whisper,) = slack.whispers(anne, room)
    with pytest.raises(AssertionError, match="Bo Berg does not see that whisper"):
        slack.press(bo, whisper, "Ja")

    slack.press(anne, whisper, "Ja")
    assert bot.payload["container"]["is_ephemeral"]
    assert "message" not in bot.payload
    respond = WebhookClient(bot.payload["response_url"])
    assert respond.send_dict({"text": "Gjort", "replace_original": True}).body == "ok"
    assert [message.plain for message in slack.whispers(anne, room)] == ["Gjort"]
    respond.send_dict({"text": "Og mere"})
    assert [message.plain for message in slack.whispers(anne, room)] == ["Gjort", "Og mere"]
    respond.send_dict({"delete_original": True})
    assert [message.plain for message in slack.whispers(anne, room)] == ["Og mere"]
    assert [call.method for call in slack.calls] == ["response_url"] * 3


def test_a_post_is_replaced_through_its_buttons_response_url(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel
) -> None:
    slack.press(anne, with_buttons(slack, client, room, button("Luk")), "Luk")
    respond = WebhookClient(bot.payload["response_url"])
    respond.send_dict({"text": "Lukket", "replace_original": True})
    respond.send_dict({"text": "Se her", "response_type": "in_channel"})
    assert [message.plain for message in slack.history(room)] == ["Lukket", "Se her"]


def test_a_response_url_serves_five_times_within_thirty_minutes(
    slack: StandIn, bot: Bot, anne: User, room: Channel, clock: Hands
) -> None:
    slack.command(anne, room, "/dap")
    slack.command(anne, room, "/dap")
    often, late = (WebhookClient(form["response_url"]) for form in bot.forms)
    answers = [often.send(text=f"{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[-1].body

    clock.now += 30 * 60 + 1
    assert "expired_url" in late.send(text="For sent").body
    assert len(slack.whispers(anne, room)) == 5


def test_a_response_url_refuses_what_slack_refuses(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    slack.command(anne, room, "/dap")
    respond = WebhookClient(bot.forms[0]["response_url"])
    assert "invalid_blocks" in respond.send_dict({"blocks": [{"type": "image"}]}).body
    assert respond.send_dict({"text": "x", "tekst": "y"}).status_code == 400
    assert "thread_not_found" in respond.send_dict({"text": "x", "thread_ts": "1.0"}).body
    assert WebhookClient(f"{slack.url}/commands/unknown").send(text="x").status_code == 404


def test_hooks_reach_response_urls_too(slack: StandIn, bot: Bot, anne: User, room: Channel) -> None:
    def lose(_args: dict[str, Any]) -> None:
        raise Drop

    slack.command(anne, room, "/dap")
    remove = slack.before("response_url", lose)
    respond = WebhookClient(bot.forms[0]["response_url"], retry_handlers=[])
    with pytest.raises((HTTPException, OSError)):
        respond.send(text="Tabt")
    remove()
    respond.send(text="Fundet")
    assert [message.plain for message in slack.whispers(anne, room)] == ["Fundet"]


def test_a_trigger_id_is_exchanged_once_and_in_time(
    slack: StandIn, bot: Bot, anne: User, room: Channel, clock: Hands
) -> None:
    slack.command(anne, room, "/dap")
    slack.command(anne, room, "/dap")
    first, second = (form["trigger_id"] for form in bot.forms)
    slack.tickets.exchange(first)
    clock.now += 4
    for trigger, error in ((first, "exchanged"), (second, "expired"), ("made.up", "invalid")):
        with pytest.raises(Refused, match=f"{error}_trigger_id"):
            slack.tickets.exchange(trigger)


def with_buttons(slack: StandIn, client: WebClient, room: Channel, *buttons: dict[str, Any]) -> Message:
    client.chat_postMessage(channel=room.id, text="-", blocks=[actions(*buttons)])
    return slack.history(room)[-1]
