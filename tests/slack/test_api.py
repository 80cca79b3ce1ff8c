"""The Web API, used by the real client."""

from __future__ import annotations

from http.client import RemoteDisconnected
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack import Channel, Drop, Fault, StandIn, User
from tests.slack.conftest import Hands

NOTE = {"event_type": "dap_letter", "event_payload": {"key": "minutes:1"}}


def error_of(client: WebClient, method: str, **arguments: Any) -> str:
    """What Slack calls its refusal."""
    with pytest.raises(SlackApiError) as caught:
        client.api_call(method, json=arguments)
    return str(caught.value.response["error"])


def test_the_token_says_who_the_bot_is(slack: StandIn, client: WebClient) -> None:
    assert client.auth_test()["user_id"] == slack.bot.id
    assert error_of(WebClient(base_url=slack.api_url), "auth.test") == "not_authed"
    assert error_of(WebClient("xoxb-other", base_url=slack.api_url), "auth.test") == "invalid_auth"


def test_a_person_has_a_name_a_zone_and_perhaps_only_a_visit(slack: StandIn, client: WebClient, anne: User) -> None:
    guest = slack.person("Gæst", guest=True)
    about = client.users_info(user=anne.id, include_locale=True)["user"]
    assert (about["real_name"], about["tz"], about["locale"]) == ("Anne Holm", "Europe/Copenhagen", "da-DK")
    assert not about["is_restricted"]
    assert client.users_info(user=guest.id)["user"]["is_restricted"]
    assert error_of(client, "users.info", user="U404") == "user_not_found"


def test_a_channel_says_of_which_kind_it_is(slack: StandIn, client: WebClient, room: Channel, anne: User) -> None:
    hall = slack.channel("alle", people=[anne], private=False, bot=False)
    private = client.conversations_info(channel=room.id, include_num_members=True)["channel"]
    public = client.conversations_info(channel=hall.id)["channel"]
    assert (private["name"], private["is_private"], private["is_member"]) == ("styregruppen", True, True)
    assert private["num_members"] == 3
    assert (public["is_private"], public["is_member"]) == (False, False)


def test_a_private_channel_without_the_bot_does_not_exist_for_it(slack: StandIn, client: WebClient, anne: User) -> None:
    secret = slack.channel("lukket", people=[anne], bot=False)
    hall = slack.channel("alle", people=[anne], private=False, bot=False)
    assert error_of(client, "chat.postMessage", channel=secret.id, text="Hej") == "channel_not_found"
    assert error_of(client, "conversations.history", channel=secret.id) == "channel_not_found"
    assert error_of(client, "conversations.info", channel=secret.id) == "channel_not_found"
    assert error_of(client, "chat.postMessage", channel=hall.id, text="Hej") == "not_in_channel"


def test_a_post_is_seen_by_all_and_its_ts_rises(slack: StandIn, client: WebClient, room: Channel, clock: Hands) -> None:
    stamps = [client.chat_postMessage(channel=room.id, text=f"{n}")["ts"] for n in range(3)]
    clock.now -= 60
    stamps.append(client.chat_postMessage(channel=room.id, text="3")["ts"])
    assert [message.plain for message in slack.history(room)] == ["0", "1", "2", "3"]
    assert stamps == sorted(set(stamps))


def test_a_post_to_a_person_lands_in_the_private_chat(slack: StandIn, client: WebClient, anne: User) -> None:
    sent = client.chat_postMessage(channel=anne.id, text="Kun til dig")
    assert sent["channel"].startswith("D")
    assert sent["channel"] == client.conversations_open(users=anne.id)["channel"]["id"]
    assert [message.plain for message in slack.history(anne)] == ["Kun til dig"]

    client.chat_update(channel=sent["channel"], ts=sent["ts"], text="Rettet")
    assert error_of(client, "chat.update", channel=anne.id, ts=sent["ts"], text="?") == "channel_not_found"
    assert slack.history(anne)[0].plain == "Rettet"


def test_threads_hold_their_own(slack: StandIn, client: WebClient, room: Channel) -> None:
    top = client.chat_postMessage(channel=room.id, text="Referat")["ts"]
    reply = client.chat_postMessage(channel=room.id, text="Bemærkning", thread_ts=top)["ts"]
    assert [message.plain for message in slack.history(room)] == ["Referat"]
    assert [message.plain for message in slack.thread(slack.history(room)[0])] == ["Bemærkning"]

    listed = client.conversations_history(channel=room.id)["messages"]
    assert [(message["ts"], message["reply_count"]) for message in listed] == [(top, 1)]
    replies = client.conversations_replies(channel=room.id, ts=top)["messages"]
    assert [message["ts"] for message in replies] == [top, reply]
    assert error_of(client, "chat.postMessage", channel=room.id, text="?", thread_ts="1.000000") == "thread_not_found"
    assert error_of(client, "chat.postMessage", channel=room.id, text="?", thread_ts=reply) == "cannot_reply_to_message"
    assert error_of(client, "conversations.replies", channel=room.id, ts="1.000000") == "thread_not_found"


def test_an_update_replaces_what_is_said_and_keeps_the_note(slack: StandIn, client: WebClient, room: Channel) -> None:
    divider = [{"type": "divider"}]
    ts = client.chat_postMessage(channel=room.id, text="Udkast", blocks=divider, metadata=NOTE)["ts"]
    client.chat_update(channel=room.id, ts=ts, text="Godkendt")
    message = slack.history(room)[0]
    assert (message.plain, message.blocks, message.metadata, message.edited) == ("Godkendt", [], NOTE, True)

    client.chat_update(channel=room.id, ts=ts, text="Godkendt", metadata={})
    assert slack.history(room)[0].metadata is None


def test_only_the_bots_own_messages_change(slack: StandIn, client: WebClient, room: Channel, anne: User) -> None:
    slack.say(anne, room, "Hej")
    ts = slack.history(room)[0].ts
    assert error_of(client, "chat.update", channel=room.id, ts=ts, text="?") == "cant_update_message"
    assert error_of(client, "chat.delete", channel=room.id, ts=ts) == "cant_delete_message"
    assert error_of(client, "chat.update", channel=room.id, ts="1.000000", text="?") == "message_not_found"


def test_a_deleted_message_is_gone_unless_somebody_replied(slack: StandIn, client: WebClient, room: Channel) -> None:
    alone, answered = (client.chat_postMessage(channel=room.id, text=text)["ts"] for text in ("Alene", "Besvaret"))
    client.chat_postMessage(channel=room.id, text="Svar", thread_ts=answered)
    client.chat_delete(channel=room.id, ts=alone)
    client.chat_delete(channel=room.id, ts=answered)
    assert [message.plain for message in slack.history(room)] == ["Beskeden er slettet."]
    assert client.conversations_history(channel=room.id)["messages"][0]["subtype"] == "tombstone"
    assert error_of(client, "chat.delete", channel=room.id, ts=alone) == "message_not_found"


def test_a_whisper_is_seen_by_one_and_never_read_back(
    slack: StandIn, client: WebClient, room: Channel, anne: User, bo: User
) -> None:
    ts = client.chat_postEphemeral(channel=room.id, user=anne.id, text="Kun Anne")["message_ts"]
    assert [message.plain for message in slack.whispers(anne, room)] == ["Kun Anne"]
    assert slack.whispers(bo, room) == slack.history(room) == []
    assert client.conversations_history(channel=room.id)["messages"] == []
    assert error_of(client, "chat.update", channel=room.id, ts=ts, text="?") == "message_not_found"
    stranger = slack.person("Ny").id
    assert error_of(client, "chat.postEphemeral", channel=room.id, user=stranger, text="?") == "user_not_in_channel"


def test_notes_are_read_back_only_when_asked_for(client: WebClient, room: Channel) -> None:
    client.chat_postMessage(channel=room.id, text="Hej", metadata=NOTE)
    (without,) = client.conversations_history(channel=room.id)["messages"]
    (whole,) = client.conversations_history(channel=room.id, include_all_metadata=True)["messages"]
    assert "metadata" not in without
    assert whole["metadata"] == NOTE


def test_history_comes_newest_first_in_pages(client: WebClient, room: Channel) -> None:
    stamps = [client.chat_postMessage(channel=room.id, text=f"{n}")["ts"] for n in range(5)]
    pages = [page["messages"] for page in client.conversations_history(channel=room.id, limit=2)]
    assert [[message["text"] for message in page] for page in pages] == [["4", "3"], ["2", "1"], ["0"]]

    def texts(**bounds: Any) -> list[str]:
        return [m["text"] for m in client.conversations_history(channel=room.id, **bounds)["messages"]]

    assert texts(oldest=stamps[1], latest=stamps[3]) == ["2"]
    assert texts(oldest=stamps[1], latest=stamps[3], inclusive=True) == ["3", "2", "1"]
    assert error_of(client, "conversations.history", channel=room.id, limit=1000) == "invalid_limit"
    assert error_of(client, "conversations.history", channel=room.id, oldest="i går") == "invalid_ts_oldest"
    assert error_of(client, "conversations.history", channel=room.id, cursor="!") == "invalid_cursor"


REFUSED = {
    "no words": ({"text": " "}, "no_text"),
    "too many words": ({"text": "x" * 40_001}, "msg_too_long"),
    "a note without a payload": ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
    "a note that is a list": ({"text": "x", "metadata": []}, "invalid_metadata_format"),
    "too long a note": (
        {"text": "x", "metadata": {**NOTE, "event_payload": {"x": "x" * 8000}}},
        "metadata_too_large",
    ),
    "blocks that are no JSON": ({"text": "x", "blocks": "["}, "invalid_blocks_format"),
    "an argument that Slack does not know": ({"text": "x", "tekst": "y"}, "invalid_arguments"),
    "names that would be linked": ({"text": "@channel", "link_names": True}, "invalid_arguments"),
}


@pytest.mark.parametrize(("message", "error"), REFUSED.values(), ids=REFUSED)
def test_a_post_is_refused(client: WebClient, room: Channel, message: dict[str, Any], error: str) -> None:
    assert error_of(client, "chat.postMessage", channel=room.id, **message) == error


def test_an_update_takes_less_text_than_a_post(client: WebClient, room: Channel) -> None:
    ts = client.chat_postMessage(channel=room.id, text="x" * 40_000)["ts"]
    assert error_of(client, "chat.update", channel=room.id, ts=ts, text="x" * 4_001) == "msg_too_long"


def test_what_is_missing_is_named(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.api_call("chat.update", json={"text": "x"})
    messages = caught.value.response["response_metadata"]["messages"]
    assert messages == ["[ERROR] missing required field: channel", "[ERROR] missing required field: ts"]


def test_an_unknown_method_fails_loudly(client: WebClient) -> None:
    assert error_of(client, "canvases.create", title="Referat") == "unknown_method"


def test_a_form_will_do_as_well_as_json(slack: StandIn, client: WebClient, room: Channel) -> None:
    fields = {"channel": room.id, "text": "-", "blocks": '[{"type": "divider"}]', "metadata": '{"event_type": '}
    with pytest.raises(SlackApiError, match="invalid_metadata_format"):
        client.api_call("chat.postMessage", data=fields)
    client.api_call("chat.postMessage", data={**fields, "metadata": "{}"})
    assert slack.history(room)[0].blocks[0]["type"] == "divider"


def test_a_hook_can_lose_the_answer_after_the_effect(slack: StandIn, client: WebClient, room: Channel) -> None:
    def lose(_args: dict[str, Any]) -> None:
        remove()
        raise Drop

    remove = slack.after("chat.postMessage", lose)
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel=room.id, text="Mon den kom?")
    client.chat_postMessage(channel=room.id, text="Den kom")
    assert [message.plain for message in slack.history(room)] == ["Mon den kom?", "Den kom"]
    assert [(call.method, call.ok, call.error) for call in slack.calls] == [
        ("chat.postMessage", False, "connection_dropped"),
        ("chat.postMessage", True, ""),
    ]


def test_a_hook_can_fail_a_call_before_it_has_effect(slack: StandIn, client: WebClient, room: Channel) -> None:
    def busy(args: dict[str, Any]) -> None:
        assert args["text"] == "Nu"
        raise Fault(429, {"Retry-After": "1"}, '{"ok": false, "error": "ratelimited"}')

    slack.before("chat.postMessage", busy)
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=room.id, text="Nu")
    assert caught.value.response.headers["Retry-After"] == "1"
    assert slack.history(room) == []
    assert slack.calls[-1].error == "http_429"


def test_waiting_in_vain_shows_what_was_there(slack: StandIn, client: WebClient, room: Channel) -> None:
    client.chat_postMessage(channel=room.id, text="Her er kun dette")
    with pytest.raises(AssertionError, match="dap: Her er kun dette"):
        slack.wait(lambda: len(slack.history(room)) == 2, seconds=0.05)


def test_lists_come_in_pages(slack: StandIn, client: WebClient, room: Channel, anne: User, bo: User) -> None:
    slack.channel("alle", people=[anne], private=False, bot=False)
    slack.channel("lukket", people=[anne], bot=False)
    everybody = [user["id"] for page in client.users_list(limit=2) for user in page["members"]]
    assert everybody == [slack.bot.id, anne.id, bo.id]
    inside = [user for page in client.conversations_members(channel=room.id, limit=1) for user in page["members"]]
    assert inside == [anne.id, bo.id, slack.bot.id]
    both = client.conversations_list(types="public_channel,private_channel")["channels"]
    assert [(channel["name"], channel["num_members"]) for channel in both] == [("styregruppen", 3), ("alle", 1)]
    assert [channel["name"] for channel in client.conversations_list()["channels"]] == ["alle"]
    assert error_of(client, "conversations.list", types="alt") == "invalid_types"
    assert error_of(client, "users.list", cursor="!") == "invalid_cursor"


def test_a_person_is_found_by_mail(slack: StandIn, client: WebClient, anne: User) -> None:
    karen = slack.person("Karen Toft", email="Karen@region.example")
    assert client.users_lookupByEmail(email="karen@region.example")["user"]["id"] == karen.id
    assert client.users_info(user=anne.id)["user"]["profile"]["email"] == "anne.holm@example.dk"
    assert error_of(client, "users.lookupByEmail", email="x@example.dk") == "users_not_found"


def test_a_message_has_an_address(slack: StandIn, client: WebClient, room: Channel) -> None:
    top = client.chat_postMessage(channel=room.id, text="Referat")["ts"]
    reply = client.chat_postMessage(channel=room.id, text="Ja", thread_ts=top)["ts"]
    link = client.chat_getPermalink(channel=room.id, message_ts=top)["permalink"]
    assert link == f"{slack.url}/archives/{room.id}/p{top.replace('.', '')}"
    assert f"?thread_ts={top}&cid=" in client.chat_getPermalink(channel=room.id, message_ts=reply)["permalink"]
    assert error_of(client, "chat.getPermalink", channel=room.id, message_ts="1.0") == "message_not_found"


def test_what_was_not_granted_is_refused(slack: StandIn, client: WebClient, room: Channel, anne: User) -> None:
    slack.scopes = ["chat:write", "channels:history"]
    assert client.auth_test().headers["X-OAuth-Scopes"] == "chat:write,channels:history"
    with pytest.raises(SlackApiError) as caught:
        client.conversations_history(channel=room.id)
    refusal = caught.value.response
    assert (refusal["error"], refusal["needed"], refusal["provided"]) == (
        "missing_scope",
        "groups:history",
        "chat:write,channels:history",
    )
    assert error_of(client, "users.info", user=anne.id) == "missing_scope"
    assert error_of(client, "files.info", file="F1") == "missing_scope"
    slack.scopes = ["users:read"]
    assert "email" not in client.users_info(user=anne.id)["user"]["profile"]
