"""Requests as Slack signs and sends them: something typed, a button pressed, a form filled in."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

from slack_bolt import BoltRequest

SECRET = "a secret of the benchmarks"
TEAM = {"id": "T0STANDIN", "domain": "stand-in"}
_triggers = count(1)


@dataclass(frozen=True, slots=True)
class Signed:
    """A request as text with its headers, so that reading it can be measured as well."""

    body: str
    headers: dict[str, str | Sequence[str]]

    def request(self) -> BoltRequest:
        """The request as Bolt takes it."""
        return BoltRequest(body=self.body, headers=self.headers)


def typed(text: str, who: str, channel: str) -> Signed:
    """`/dap text` in a channel."""
    return _signed(
        {
            "token": "verification-token",
            "team_id": TEAM["id"],
            "team_domain": TEAM["domain"],
            "channel_id": channel,
            "channel_name": "privategroup",
            "user_id": who,
            "user_name": "medlem",
            "command": "/dap",
            "text": text,
            "api_app_id": "A0STANDIN",
            "is_enterprise_install": "false",
            "response_url": "https://slack.test/commands/1",
            "trigger_id": _trigger(),
        }
    )


def pressed(action: str, numbers: Sequence[int], who: str, channel: str) -> Signed:
    """A button in a message that only this person sees."""
    value = " ".join(map(str, numbers))
    container = {"type": "message", "message_ts": "1.1", "channel_id": channel, "is_ephemeral": True}
    told = {"container": container, "channel": {"id": channel}, "response_url": "https://slack.test/actions/1"}
    return _interaction("block_actions", who, actions=[{"type": "button", "action_id": action, "value": value}], **told)


def submitted(view: dict[str, Any], who: str) -> Signed:
    """A form as it is filled in."""
    return _interaction("view_submission", who, view=view, response_urls=[])


def _interaction(kind: str, who: str, **told: Any) -> Signed:
    person = {"id": who, "username": "medlem", "team_id": TEAM["id"]}
    payload = {"type": kind, "user": person, "team": TEAM, "api_app_id": "A0STANDIN", "is_enterprise_install": False}
    return _signed({"payload": json.dumps({**payload, "trigger_id": _trigger(), **told})})


def _trigger() -> str:
    return f"1.1.{next(_triggers)}"


def _signed(fields: dict[str, str]) -> Signed:
    body = urlencode(fields)
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return Signed(
        body,
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
        },
    )
