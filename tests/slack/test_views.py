"""Surfaces: forms on top of each other, the Home tab, menus in messages, shortcuts; and what Slack refuses."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack import Channel, Message, StandIn, User
from tests.slack.conftest import Block, Bot, Hands, actions, button, entry, modal, option, words
from tests.slack.test_api import error_of
from tests.slack.test_forms import EVERY, KINDS


def test_at_most_three_lie_on_top_of_each_other(
    slack: StandIn, bot: Bot, client: WebClient, opens: Any, anne: User
) -> None:
    slack.open_form(anne, modal(actions(button("Mere"))))
    opens(modal(actions(button("Mere"))), "views.push")
    slack.press(anne, slack.form(anne), "Mere")
    slack.press(anne, slack.form(anne), "Mere")
    bot.answer = lambda _form: None
    slack.press(anne, slack.form(anne), "Mere")
    push = {"trigger_id": bot.payload["trigger_id"], "view": modal()}
    assert error_of(client, "views.push", **push) == "push_limit_reached"
    assert len(slack.forms(anne)) == 3
    slack.dismiss(anne)
    assert len(slack.forms(anne)) == 2


def test_a_trigger_opens_once_and_within_three_seconds(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, room: Channel, clock: Hands
) -> None:
    slack.command(anne, room, "/dap")
    slack.command(anne, room, "/dap")
    first, second = (form["trigger_id"] for form in bot.forms)
    client.views_open(trigger_id=first, view=modal())
    assert error_of(client, "views.open", trigger_id=first, view=modal()) == "exchanged_trigger_id"
    assert error_of(client, "views.push", trigger_id=second, view=modal()) == "invalid_trigger_id"
    slack.command(anne, room, "/dap")
    clock.now += 3.5
    late = bot.forms[-1]["trigger_id"]
    assert error_of(client, "views.open", trigger_id=late, view=modal()) == "expired_trigger_id"


def test_an_update_keeps_what_was_filled_in_and_knows_its_hash(slack: StandIn, client: WebClient, anne: User) -> None:
    slack.open_form(anne, modal(entry("Titel", "plain_text_input"), external_id="punkt"))
    before = slack.fill(anne, {"Titel": "Borde"})
    more = modal(
        entry("Titel", "plain_text_input", initial_value="?"), entry("Dato", "datepicker"), external_id="punkt"
    )
    client.views_update(view_id=before.id, hash=before.hash, view=more)
    assert slack.form(anne).inputs == {"Titel": "Borde", "Dato": None}
    stale = {"external_id": "punkt", "hash": before.hash, "view": more}
    assert error_of(client, "views.update", **stale) == "hash_conflict"
    assert error_of(client, "views.update", view_id="V1", view=more) == "not_found"


BAD = {
    "too long a title": ({"title": words("x" * 25)}, "[json-pointer:/view/title/text]"),
    "no submit for a field": ({"blocks": EVERY["blocks"]}, "[json-pointer:/view/submit]"),
    "too much to remember": ({"private_metadata": "x" * 3001}, "[json-pointer:/view/private_metadata]"),
    "too many blocks": ({"blocks": [{"type": "divider"}] * 101}, "no more than 100 items allowed"),
    "a table": ({"blocks": [{"type": "table", "rows": []}]}, "unsupported type: table"),
    "a field of its own": ({"tekst": "x"}, "unknown field: tekst"),
    "a first choice that is none": (
        modal(entry("Art", "static_select", options=KINDS, initial_option=option("?"))),
        "must be one of the options",
    ),
    "an option too long": (modal(entry("Art", "static_select", options=[option("x" * 76)])), "less than 76"),
    "two kinds of options": (modal(entry("Art", "static_select")), "exactly one of options and option_groups"),
}


@pytest.mark.parametrize(("change", "why"), BAD.values(), ids=BAD)
def test_a_view_is_refused(slack: StandIn, bot: Bot, client: WebClient, anne: User, change: Block, why: str) -> None:
    slack.command(anne, anne, "/dap")
    with pytest.raises(SlackApiError) as caught:
        client.views_open(trigger_id=bot.forms[-1]["trigger_id"], view={**modal(), **change})
    assert caught.value.response["error"] == "invalid_arguments"
    assert why in "\n".join(caught.value.response["response_metadata"]["messages"])


def test_a_view_has_its_size_and_its_own_name(slack: StandIn, bot: Bot, client: WebClient, anne: User) -> None:
    big = [{"type": "section", "text": words("x" * 3000)}] * 90
    slack.open_form(anne, modal(external_id="punkt"))
    for view, error in ((modal(*big), "view_too_large"), (modal(external_id="punkt"), "duplicate_external_id")):
        slack.command(anne, anne, "/dap")
        trigger = bot.forms[-1]["trigger_id"]
        assert error_of(client, "views.open", trigger_id=trigger, view=view) == error


def test_closing_a_form_is_told_where_it_was_asked_for(slack: StandIn, bot: Bot, anne: User) -> None:
    slack.open_form(anne, modal(callback_id="quiet"))
    slack.dismiss(anne)
    assert bot.forms == []
    slack.open_form(anne, modal(callback_id="first", notify_on_close=True))
    slack.open_form(anne, modal(callback_id="second", notify_on_close=True))
    slack.dismiss(anne, whole=True)
    closed = bot.payload
    assert (closed["type"], closed["is_cleared"], closed["view"]["callback_id"]) == ("view_closed", True, "first")
    assert slack.forms(anne) == []


def test_a_choice_in_a_form_is_told_with_the_view(slack: StandIn, bot: Bot, anne: User) -> None:
    art = entry("Art", "static_select", dispatch=True, options=KINDS)
    link = button("Se møde", url="https://example.dk")
    slack.open_form(anne, modal(art, {"type": "section", "text": words("Møde"), "accessory": link}))
    slack.fill(anne, {"Art": "B"})
    (action,) = bot.payload["actions"]
    assert (action["type"], action["selected_option"]["value"], action["block_id"]) == ("static_select", "B", "art")
    assert bot.payload["view"]["state"]["values"]["art"]["in"]["selected_option"]["value"] == "B"
    assert bot.payload["container"] == {"type": "view", "view_id": slack.form(anne).id}
    assert not {"message", "channel", "response_url"} & set(bot.payload)
    slack.press(anne, slack.form(anne), "Se møde")
    assert bot.payload["actions"][0]["url"] == "https://example.dk"


def test_menus_in_messages_keep_what_was_chosen(
    slack: StandIn, bot: Bot, client: WebClient, anne: User, bo: User, room: Channel
) -> None:
    more = {"type": "overflow", "action_id": "more", "options": [option("Slet", "delete"), option("Flyt", "move")]}
    pick = {"type": "users_select", "action_id": "chair", "placeholder": words("Vælg formand")}
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2026-02-26"}
    blocks = [{"type": "section", "text": words("Borde"), "accessory": more}, actions(pick, day)]
    client.chat_postMessage(channel=room.id, text="-", blocks=blocks)
    message: Message = slack.history(room)[0]
    assert (message.picks, message.buttons) == (["more", "chair", "day"], [])
    assert message.plain == "Borde\n[…]\n[Vælg formand] […]"

    slack.choose(anne, message, "Borde", "Flyt")
    assert bot.payload["actions"][0]["selected_option"]["value"] == "move"
    slack.choose(anne, message, "Vælg formand", bo)
    (row,) = bot.payload["state"]["values"].values()
    assert row["chair"] == {"type": "users_select", "selected_user": bo.id}
    assert row["day"] == {"type": "datepicker", "selected_date": "2026-02-26"}
    assert bot.payload["container"]["message_ts"] == message.ts


def test_shortcuts_on_messages_and_from_anywhere(
    slack: StandIn, bot: Bot, opens: Any, anne: User, room: Channel
) -> None:
    slack.shortcut("note_decision", "Notér beslutning")
    slack.shortcut("propose", "Foreslå punkt", type="global")
    message = slack.say(anne, room, "Vi køber borde")
    slack.use_shortcut(anne, message, "Notér beslutning")
    told = bot.payload
    assert (told["type"], told["callback_id"], told["message_ts"]) == ("message_action", "note_decision", message.ts)
    assert (told["message"]["text"], told["channel"]["id"]) == ("Vi køber borde", room.id)
    opens(modal())
    slack.use_global_shortcut(anne, "Foreslå punkt")
    assert (bot.payload["type"], slack.form(anne).title) == ("shortcut", "Nyt punkt")
    assert not {"channel", "response_url"} & set(bot.payload)
    with pytest.raises(AssertionError, match="no global shortcut 'Notér beslutning'"):
        slack.use_global_shortcut(anne, "Notér beslutning")


def test_the_home_tab_is_published_and_opened(slack: StandIn, bot: Bot, client: WebClient, anne: User) -> None:
    home = {"type": "home", "blocks": [{"type": "section", "text": words("Dine opgaver")}, actions(button("Færdig"))]}
    bot.hear = lambda _event: client.views_publish(user_id=anne.id, view=home) and None
    seen = slack.home(anne)
    assert seen is not None
    assert (seen.plain, bot.events[-1]["type"]) == ("Dine opgaver\n[Færdig]", "app_home_opened")
    assert "view" not in bot.events[-1]
    slack.press(anne, seen, "Færdig")
    assert (bot.payload["view"]["type"], bot.payload["view"]["id"]) == ("home", seen.id)
    client.views_publish(user_id=anne.id, view=home, hash=seen.hash)
    assert error_of(client, "views.publish", user_id=anne.id, view=home, hash=seen.hash) == "hash_conflict"
    titled = {**home, "title": words("Hjem")}
    assert error_of(client, "views.publish", user_id=anne.id, view=titled) == "invalid_arguments"
