"""Socket Mode, with the SDK's own client and Bolt's handler."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.sync.client import connect

from tests.slack import Channel, StandIn, User, limits
from tests.slack.conftest import Bot, actions, button, entry, modal
from tests.slack.test_api import error_of

Plug = Callable[..., SocketModeClient]


@pytest.fixture
def bolt(client: WebClient) -> App:
    """A bot made with Bolt."""
    return App(client=client, token_verification_enabled=False, process_before_response=True)


@pytest.fixture
def handler(slack: StandIn, bolt: App) -> Iterator[SocketModeHandler]:
    """It, connected."""
    handler = SocketModeHandler(bolt, slack.app_token, ping_interval=0.1)
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait(lambda: slack.sockets.connected == 1)
    yield handler
    leave(handler.client)


@pytest.fixture
def plug(slack: StandIn, client: WebClient) -> Iterator[Plug]:
    """plug(answer): one more connection, which does what `answer` says with each envelope."""
    plugged: list[SocketModeClient] = []

    def plug(answer: Callable[[SocketModeRequest], dict[str, Any] | None]) -> SocketModeClient:
        def listen(socket: BaseSocketModeClient, request: SocketModeRequest) -> None:
            payload = answer(request)
            if payload is not None:
                socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload or None))

        before = slack.sockets.connected
        socket = SocketModeClient(slack.app_token, web_client=client)
        socket.socket_mode_request_listeners.append(listen)
        socket.connect()
        plugged.append(socket)
        slack.wait(lambda: slack.sockets.connected > before)
        return socket

    yield plug
    for socket in plugged:
        leave(socket)


def leave(socket: SocketModeClient) -> None:
    """Close it without waiting: the SDK's threads take a second to end."""
    socket.auto_reconnect_enabled = False
    threading.Thread(target=socket.close, daemon=True).start()


def test_only_an_app_token_opens_a_connection(slack: StandIn, client: WebClient) -> None:
    assert client.apps_connections_open(app_token=slack.app_token)["url"].startswith("ws://127.0.0.1:")
    assert error_of(client, "apps.connections.open") == "not_allowed_token_type"
    assert error_of(WebClient(slack.app_token, slack.api_url), "chat.postMessage") == "not_allowed_token_type"


@pytest.mark.usefixtures("handler")
def test_bolt_hears_everything_by_socket(slack: StandIn, bolt: App, bot: Bot, anne: User, room: Channel) -> None:
    heard: list[str] = []

    @bolt.command("/dap")
    def command(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(entry("Titel", "plain_text_input")))
        ack(text=f"Hej {body['text']}", blocks=[actions(button("Tak", "thanks"))])

    @bolt.action("thanks")
    def thanks(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body["type"])
        ack()

    @bolt.view("")
    def submitted(ack: Ack) -> None:
        ack(response_action="errors", errors={"titel": "For kort"})

    @bolt.event("message")
    def message(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    assert slack.command(anne, room, "/dap agenda").status == 200
    (whisper,) = slack.whispers(anne, room)
    slack.press(anne, whisper, "Tak")
    slack.fill(anne, {"Titel": "B"})
    assert slack.submit(anne).errors == {"Titel": "For kort"}
    slack.say(anne, room, "Godt møde")
    assert heard == ["block_actions", "Godt møde"]
    assert bot.forms == bot.envelopes == []


def test_without_a_socket_it_goes_by_http_again(
    slack: StandIn, bot: Bot, handler: SocketModeHandler, anne: User, room: Channel
) -> None:
    handler.close()  # type: ignore[no-untyped-call]
    slack.wait(lambda: slack.sockets.connected == 0)
    slack.command(anne, room, "/dap")
    assert len(bot.forms) == 1


def test_a_connection_is_greeted_and_pinged(slack: StandIn, client: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SOCKET_PING", 0.05)
    with connect(client.apps_connections_open(app_token=slack.app_token)["url"]) as first:
        hello = json.loads(first.recv(timeout=1))
        assert (hello["type"], hello["num_connections"], hello["connection_info"]["app_id"][0]) == ("hello", 1, "A")
        time.sleep(0.12)
        first.ping().wait(1)
        with connect(client.apps_connections_open(app_token=slack.app_token)["url"]) as second:
            assert json.loads(second.recv(timeout=1))["num_connections"] == 2
    slack.wait(lambda: slack.sockets.connected == 0)


def test_a_ticket_lets_in_once(slack: StandIn, client: WebClient) -> None:
    url = client.apps_connections_open(app_token=slack.app_token)["url"]
    with connect(url) as first:
        first.recv(timeout=5)
        second = connect(url, legacy=True)
        assert json.loads(second.recv(timeout=1))["reason"] == "invalid_ticket"
        second.close()


def test_an_envelope_goes_to_one_connection_at_a_time(slack: StandIn, plug: Plug, anne: User, room: Channel) -> None:
    heard: dict[str, list[SocketModeRequest]] = {"a": [], "b": []}

    def note(name: str) -> Callable[[SocketModeRequest], dict[str, Any]]:
        return lambda request: {"text": str(heard[name].append(request))}  # type: ignore[func-returns-value]

    plug(note("a"))
    plug(note("b"))
    for _ in range(4):
        slack.command(anne, room, "/dap")
    assert [len(each) for each in heard.values()] == [2, 2]
    request = heard["a"][0]
    assert (request.type, request.accepts_response_payload, request.payload["command"]) == (
        "slash_commands",
        True,
        "/dap",
    )


def test_who_does_not_answer_in_time_is_late(
    slack: StandIn, plug: Plug, anne: User, room: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ACK_SECONDS", 0.1)
    plug(lambda _request: None)
    answer = slack.command(anne, room, "/dap")
    assert (answer.status, answer.error) == (0, "operation_timeout")
    assert answer.seconds >= 0.1


def test_an_event_that_nobody_took_comes_again(
    slack: StandIn, plug: Plug, anne: User, room: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ACK_SECONDS", 0.05)
    heard: list[SocketModeRequest] = []

    def third_time(request: SocketModeRequest) -> dict[str, Any] | None:
        heard.append(request)
        return {} if len(heard) == 3 else None

    plug(third_time)
    slack.say(anne, room, "Er du der?")
    assert slack.retry_events() == 1
    assert [(request.retry_attempt, request.retry_reason) for request in heard] == [
        (0, ""),
        (1, "http_timeout"),
        (2, "http_timeout"),
    ]
    assert len({request.payload["event_id"] for request in heard}) == 1
    assert slack.retry_events() == 0


def test_a_command_that_nobody_acknowledged_comes_again_under_its_name(
    slack: StandIn, plug: Plug, anne: User, room: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "ACK_SECONDS", 0.2)
    heard: list[SocketModeRequest] = []

    def answer(request: SocketModeRequest) -> dict[str, Any]:
        heard.append(request)
        return {"text": "Her"}

    socket = plug(answer)
    slack.weather.ack_lost = 1
    assert slack.command(anne, room, "/dap").error == "operation_timeout"
    slack.weather.clear()
    leave(socket)
    slack.wait(lambda: slack.sockets.connected == 0)
    assert slack.redeliver() == 1  # and nobody is there
    assert slack.whispers(anne, room) == []

    plug(answer)
    assert (slack.redeliver(), slack.redeliver()) == (1, 0)
    assert [each.plain for each in slack.whispers(anne, room)] == ["Her"]
    assert len({each.envelope_id for each in heard}) == len({each.payload["trigger_id"] for each in heard}) == 1
    assert len(heard) == 2


def test_a_client_that_is_asked_to_go_comes_back(
    slack: StandIn, bolt: App, handler: SocketModeHandler, anne: User, room: Channel
) -> None:
    bolt.command("/dap")(lambda ack: ack("Her"))
    session = handler.client.session_id()
    slack.disconnect("refresh_requested")
    slack.wait(lambda: handler.client.session_id() != session and slack.sockets.connected == 1)
    assert slack.command(anne, room, "/dap").plain == "Her"


def test_a_client_that_was_cut_off_comes_back(
    slack: StandIn, bolt: App, handler: SocketModeHandler, anne: User, room: Channel
) -> None:
    bolt.command("/dap")(lambda ack: ack("Her"))
    session = handler.client.session_id()
    slack.sockets.hang_up()
    slack.wait(lambda: handler.client.session_id() != session and slack.sockets.connected == 1)
    assert slack.command(anne, room, "/dap").plain == "Her"


def test_socket_mode_can_be_switched_off(slack: StandIn, plug: Plug) -> None:
    socket = plug(lambda _request: {})
    socket.auto_reconnect_enabled = False
    slack.disconnect("link_disabled")
    slack.wait(lambda: slack.sockets.connected == 0)
    with pytest.raises(AssertionError, match="Slack knows no reason"):
        slack.disconnect("tired")
