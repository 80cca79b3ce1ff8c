"""Where the bot speaks to: Slack's own addresses, and the one it is set up with."""

from __future__ import annotations

import pytest

from handlers.web_api import is_slacks


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        pytest.param("https://hooks.slack.com/actions/T1/2/x", True, id="Slacks"),
        pytest.param("http://127.0.0.1:9/commands/x", True, id="den indstillede"),
        pytest.param("http://hooks.slack.com/actions/T1/2/x", False, id="uden kryptering"),
        pytest.param("https://slack.com.example.org/x", False, id="en anden, der ligner"),
        pytest.param("https://evilslack.com/x", False, id="en anden, der ender næsten ens"),
        pytest.param("https://hooks.slack.com@example.org/x", False, id="Slack som bruger"),
        pytest.param("file:///etc/passwd", False, id="en fil"),
        pytest.param("http://[", False, id="vrøvl"),
    ],
)
def test_which_addresses_are_slacks(url: str, ours: bool) -> None:
    assert is_slacks(url, "http://127.0.0.1:8420/api/") is ours
