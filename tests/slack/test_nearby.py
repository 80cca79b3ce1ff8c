"""Whoever is near is told the same as over a socket, and answers the same; a line that is disturbed is a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from werkzeug.wrappers import Request, Response

from tests.office import Door, NearDoor
from tests.slack import StandIn
from tests.slack.conftest import SECRET, Hands

METHODS: list[tuple[str, dict[str, Any]]] = [
    ("auth.test", {}),
    ("users.info", {"params": {"user": "U0DAP00001"}}),
    ("chat.postMessage", {"json": {"channel": "C0DAP00002", "text": "Hej, æøå"}}),
    ("chat.postMessage", {"json": {"channel": "C0DAP00002"}}),
    ("conversations.history", {"params": {"channel": "C9"}}),
    ("no.such", {}),
]


@pytest.fixture
def near() -> Iterator[StandIn]:
    """A Slack at a time that stands still, to which a bot in this process needs no socket."""
    stand_in = StandIn(SECRET, now=Hands(1_750_000_000.0)).start(near=True)
    stand_in.channel("styregruppen", people=[stand_in.person("Anne Holm")])
    yield stand_in
    stand_in.stop()


def asks(slack: StandIn) -> list[Any]:
    """What the bot is answered to all of these, with the headers that are Slack's."""
    client, heard = WebClient(slack.token, slack.api_url, retry_handlers=[]), []
    for method, given in METHODS:
        try:
            answer: Any = client.api_call(method, **given)
        except SlackApiError as error:
            answer = error.response
        slacks = {name: value for name, value in answer.headers.items() if name.startswith(("X-", "Content-"))}
        heard.append((answer.status_code, {**answer.data, "ts": "", "message": ""}, slacks))
    return heard


def test_slack_answers_the_same_without_a_socket(near: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(near._server._http, "get_request", None)  # whoever comes by socket is not let in
        without = asks(near)
    near.before("team.info", print)  # it is reached by a socket now, whatever is asked
    assert without == asks(near)


def test_a_bot_is_told_the_same_without_a_socket(near: StandIn) -> None:
    told: list[tuple[bytes, dict[str, str]]] = []

    def answer(environ: Any, start: Any) -> Any:
        request = Request(environ)
        sent = {name: value for name, value in request.headers if name.startswith(("X-", "Content-", "User"))}
        told.append((request.get_data(), sent))
        return Response('{"text": "Dagsorden"}', content_type="application/json")(environ, start)

    for kind in (NearDoor, Door):
        with closing(kind(answer)) as door:
            near.connect(f"{door.url}/slack/events")
            said = near._wire.send("slash_commands", {"command": "/dap", "text": "dagsorden æøå"})
            assert said.body == {"text": "Dagsorden"}
    assert told[0] == told[1]


def test_a_bot_that_breaks_or_has_gone_is_no_answer(near: StandIn, caplog: pytest.LogCaptureFixture) -> None:
    def answer(_environ: Any, _start: Any) -> Any:
        raise ZeroDivisionError

    with closing(NearDoor(answer)) as door:
        near.connect(door.url)
        assert near._wire.send("slash_commands", {}).error == "dispatch_failed"
    assert caplog.text.count("Traceback") == 1
    assert near._wire.send("slash_commands", {}).error == "dispatch_failed"
    assert caplog.text.count("Traceback") == 1


@pytest.mark.parametrize("disturbed", ["a hook", "the weather"])
def test_a_line_that_is_disturbed_is_a_real_one(near: StandIn, disturbed: str) -> None:
    def drop(_args: object) -> None:
        raise StandIn.Drop

    client = WebClient(near.token, near.api_url, retry_handlers=[])
    if disturbed == "a hook":
        mended = near.before("auth.test", drop)
    else:
        near.weather.drop_before, mended = 1.0, near.weather.clear
    with pytest.raises(ConnectionError):
        client.api_call("auth.test")
    mended()
    assert client.api_call("auth.test")["ok"]
