"""The way to the bot: through its sockets while it has any, else by signed HTTP to its address."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Literal
from urllib.parse import urlencode, urlsplit

from . import limits, nearby
from .answers import Answer, Body
from .sockets import Sockets

Kind = Literal["slash_commands", "interactive", "events_api"]
_FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Wire:
    """Brings one thing to the bot, and its answer back. `unheard` is what nobody acknowledged by socket."""

    signing_secret: str
    now: Callable[[], float]
    sockets: Sockets
    bot_url: str = ""
    unheard: list[tuple[Kind, Body]] = field(default_factory=list)

    @property
    def connected(self) -> bool:
        """Whether there is anybody to bring it to."""
        return bool(self.bot_url or self.sockets.connected)

    def send(self, kind: Kind, body: Body, retry: tuple[int, str] | None = None) -> Answer:
        """The bot's answer to this; `retry` says which attempt of an event it is, and why."""
        if self.sockets.connected:
            answer = self.sockets.send(kind, body, retry)
            if answer.error == "operation_timeout" and kind != "events_api":
                self.unheard.append((kind, body))
            return answer
        if not self.bot_url:
            return Answer(error="dispatch_failed")
        headers = {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]} if retry else {}
        if kind == "events_api":
            return self._post(_json(body), {**headers, "Content-Type": "application/json"}, any_2xx=True)
        form = body if kind == "slash_commands" else {"payload": _json(body)}
        return self._post(urlencode(form), {"Content-Type": _FORM}, any_2xx=False)

    def _post(self, said: str, headers: dict[str, str], any_2xx: bool) -> Answer:
        body, where = said.encode(), urlsplit(self.bot_url)
        connection = nearby.connection(where.netloc, limits.ACK_SECONDS)
        started = time.perf_counter()
        try:
            connection.request("POST", where.path or "/", body, headers | self._signed(body))
            response = connection.getresponse()
            raw, kind = response.read(), response.headers.get("Content-Type", "")
        except TimeoutError:
            return Answer(seconds=time.perf_counter() - started, error="operation_timeout")
        except (OSError, HTTPException, UnicodeError):
            return Answer(seconds=time.perf_counter() - started, error="dispatch_failed")
        finally:
            connection.close()

        seconds, final = time.perf_counter() - started, response.headers.get("X-Slack-No-Retry") == "1"
        if seconds > limits.ACK_SECONDS:
            return Answer(response.status, seconds, error="operation_timeout", final=final)
        if response.status != 200 and not (any_2xx and 200 < response.status < 300):
            return Answer(response.status, seconds, error="dispatch_failed", final=final)
        return Answer(response.status, seconds, _body(raw, kind), final=final)

    def _signed(self, body: bytes) -> dict[str, str]:
        stamp = str(int(self.now()))
        signature = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
        }


def _json(body: Body) -> str:
    return json.dumps(body)


def _body(raw: bytes, kind: str) -> Body:
    text = raw.decode("utf-8", "replace")
    if not text.strip():
        return {}
    if "json" not in kind:
        return {"text": text}
    try:
        parsed = json.loads(text)
    except ValueError:
        parsed = None
    return parsed if isinstance(parsed, dict) else {"text": text}
