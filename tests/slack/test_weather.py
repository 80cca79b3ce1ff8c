"""Bad days at Slack."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack import Channel, StandIn
from tests.slack.conftest import Hands


def outcome(client: WebClient, room: Channel) -> str:
    try:
        client.chat_postMessage(channel=room.id, text="Hej")
    except SlackApiError as error:
        return str(error.response.status_code)
    except OSError:
        return "dropped"
    return "ok"


def test_a_seeded_storm_is_the_same_storm_again(slack: StandIn, client: WebClient, room: Channel) -> None:
    weather = slack.weather
    weather.ratelimited, weather.error_before, weather.error_after = 0.2, 0.1, 0.1
    weather.drop_before, weather.drop_after = 0.1, 0.1
    rows = []
    for _ in range(2):
        weather.seed(7)
        rows.append([outcome(client, room) for _ in range(40)])
    weather.clear()
    assert rows[0] == rows[1]
    assert set(rows[0]) == {"ok", "429", "500", "dropped"}
    told = Counter(call.error for call in slack.calls)
    assert len(slack.history(room)) > told[""]  # some had their effect and lost their answer
    assert outcome(client, room) == "ok"


def test_one_post_a_second_in_each_channel(slack: StandIn, client: WebClient, room: Channel, clock: Hands) -> None:
    slack.weather.rate_limit = True
    other = slack.channel("sekretariatet")
    assert [outcome(client, place) for place in (room, room, other)] == ["ok", "429", "ok"]
    clock.now += 1
    assert outcome(client, room) == "ok"
    clock.now += 0.5
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=room.id, text="Hej")
    assert caught.value.response.headers["Retry-After"] == "1"
    assert caught.value.response["error"] == "ratelimited"
    assert client.conversations_history(channel=room.id)["ok"]


def test_history_lags_behind(slack: StandIn, client: WebClient, room: Channel, clock: Hands) -> None:
    slack.weather.lag = 2
    ts = client.chat_postMessage(channel=room.id, text="Hej")["ts"]
    assert client.conversations_history(channel=room.id)["messages"] == []
    assert [message.plain for message in slack.history(room)] == ["Hej"]
    clock.now += 2.1
    assert client.conversations_history(channel=room.id)["messages"][0]["ts"] == ts


def test_slack_is_slow_and_only_where_it_is_told_to_be(slack: StandIn, client: WebClient) -> None:
    slack.weather.delay, slack.weather.only = 0.05, frozenset({"auth.test"})
    started = time.monotonic()
    client.auth_test()
    assert time.monotonic() - started >= 0.05
    slack.weather.error_before = 1
    assert client.users_list()["ok"]
