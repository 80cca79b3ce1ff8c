"""What people do reaches the bot: signed requests, the answers to them, and what comes back by a response_url."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from . import limits, plain
from .blocks import Block
from .contents import read
from .refused import Refused
from .tickets import Tickets
from .workspace import APP, TEAM, Channel, Message, User, Workspace

Body = dict[str, Any]

_SAYS = frozenset(["text", "blocks", "metadata", "response_type", "thread_ts", "replace_original", "delete_original"])
_HARMLESS = frozenset(["unfurl_links", "unfurl_media", "mrkdwn"])


@dataclass(frozen=True, slots=True)
class Answer:
    """How the bot answered a delivery: the HTTP status (0: not at all), how long it took, the body as JSON, and what
    the person reads at once. `error` is Slack's word for what went wrong."""

    status: int = 0
    seconds: float = 0.0
    body: Body = field(default_factory=dict)
    plain: str = ""
    error: str = ""


@dataclass(slots=True)
class Delivery:
    """Delivers to the bot at `bot_url`; `own_url` says where response_urls lead."""

    workspace: Workspace
    tickets: Tickets
    signing_secret: str
    own_url: Callable[[], str]
    bot_url: str = ""

    def command(self, user: User, channel: Channel, text: str, thread: Message | None = None) -> Answer:
        """A slash command as typed. Slack knows none in threads."""
        command, *rest = text.strip().split(None, 1)
        if thread is not None:
            words = f"{command} virker ikke i tråde. Skriv den i kanalen."
            return Answer(error="not_supported_in_threads", plain=words)
        form = self._command(user, channel, command, "".join(rest))
        answer = self._send(form | self._tickets(user, channel, None))
        if answer.error:
            return _failed(answer, command)
        try:
            said = self._say(answer.body, user.id, channel.id) if answer.body else None
        except Refused as refused:
            return _failed(_with(answer, refused), command)
        return Answer(answer.status, answer.seconds, answer.body, said.plain if said else "")

    def press(self, user: User, message: Message, block: Block, button: Block) -> Answer:
        """A press on a button that stood in this message as the person saw it."""
        channel = self.workspace.channels[message.channel]
        payload = self._block_actions(user, channel, message, block, button)
        answer = self._send({"payload": json.dumps(payload, ensure_ascii=False)})
        if not answer.error and answer.body:
            answer = _with(answer, Refused("ignored_ack_body"))  # Slack throws away what a button's ack says
        return _failed(answer, self.workspace.bot.name) if answer.error else answer

    def respond(self, path: str, body: Body) -> None:
        """What the bot sends to a response_url, or Refused."""
        url = self.tickets.use(path)
        if strange := set(body) - _SAYS - _HARMLESS:
            raise Refused("invalid_payload", [f"[ERROR] unknown field: {name}" for name in sorted(strange)])
        if url.origin and body.get("delete_original"):
            self.workspace.remove(url.origin)
        elif url.origin and body.get("replace_original"):
            self.workspace.change(url.origin, read(body))
        else:
            self._say(body, url.user, url.channel)

    def _say(self, body: Body, user: str, channel: str) -> Message:
        if strange := set(body) - _SAYS - _HARMLESS:
            raise Refused("invalid_payload", [f"[ERROR] unknown field: {name}" for name in sorted(strange)])
        thread_ts = body.get("thread_ts") or None
        if thread_ts and not self.workspace.find(channel, thread_ts):
            raise Refused("thread_not_found")
        if body.get("response_type", "ephemeral") == "in_channel":
            return self.workspace.post(channel, self.workspace.bot.id, read(body), thread_ts)
        return self.workspace.whisper(channel, user, read(body), thread_ts)

    # The requests

    def _send(self, form: Mapping[str, str]) -> Answer:
        body = urlencode(form).encode()
        where = urlsplit(self.bot_url)
        connection = HTTPConnection(where.hostname or "", where.port, timeout=limits.ACK_SECONDS)
        started = time.perf_counter()
        try:
            connection.request("POST", where.path or "/", body, self._headers(body))
            response = connection.getresponse()
            raw, kind = response.read(), response.getheader("Content-Type", "")
        except TimeoutError:
            return Answer(seconds=time.perf_counter() - started, error="operation_timeout")
        except (OSError, HTTPException, UnicodeError):
            return Answer(seconds=time.perf_counter() - started, error="dispatch_failed")
        finally:
            connection.close()

        seconds = time.perf_counter() - started
        if seconds > limits.ACK_SECONDS:
            return Answer(response.status, seconds, error="operation_timeout")
        if response.status != 200:
            return Answer(response.status, seconds, error="dispatch_failed")
        return Answer(response.status, seconds, _body(raw, kind))

    def _headers(self, body: bytes) -> dict[str, str]:
        stamp = str(int(self.workspace.now()))
        signature = hmac.new(self.signing_secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={signature}",
        }

    def _tickets(self, user: User, channel: Channel, origin: Message | None) -> dict[str, str]:
        path = self.tickets.new_response_url(channel.id, user.id, origin)
        return {"response_url": f"{self.own_url()}/{path}", "trigger_id": self.tickets.new_trigger()}

    def _command(self, user: User, channel: Channel, command: str, text: str) -> dict[str, str]:
        return {
            "token": "verification-token",
            "team_id": TEAM,
            "team_domain": "dap",
            "channel_id": channel.id,
            "channel_name": _channel_name(channel),
            "user_id": user.id,
            "user_name": user.handle,
            "command": command,
            "text": self._escaped(text),
            "api_app_id": APP,
            "is_enterprise_install": "false",
        }

    def _escaped(self, text: str) -> str:
        """As with `should_escape`: `& < >` as entities, and @Name of somebody here as a mention."""
        people = {n.lower(): u for u in self.workspace.users.values() for n in (u.name, u.handle)}
        longest_first = sorted(map(re.escape, people), key=len, reverse=True)

        def mention(match: re.Match[str]) -> str:
            user = people[plain.unescape(match[1]).lower()]
            return f"<@{user.id}|{user.handle}>"

        return re.sub(rf"(?<![\w.])@({'|'.join(longest_first)})(?!\w)", mention, plain.escape(text), flags=re.I)

    def _block_actions(self, user: User, channel: Channel, message: Message, block: Block, button: Block) -> Body:
        hidden = message.whispered_to is not None
        container: Body = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": hidden,
        }
        action: Body = {key: button[key] for key in ("action_id", "text", "value", "style", "url") if key in button}
        action |= {"block_id": block["block_id"], "type": "button", "action_ts": self.workspace.stamp()}
        payload: Body = {
            "type": "block_actions",
            "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": TEAM},
            "api_app_id": APP,
            "token": "verification-token",
            "container": container | ({"thread_ts": message.thread_ts} if message.thread_ts else {}),
            "team": {"id": TEAM, "domain": "dap"},
            "enterprise": None,
            "is_enterprise_install": False,
            "channel": {"id": channel.id, "name": _channel_name(channel)},
            "state": {"values": {}},
            **self._tickets(user, channel, message),
            "actions": [action],
        }
        if not hidden:  # of a whisper Slack shows the app only the container
            payload["message"] = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
            payload["message"] |= {"app_id": APP, "team": TEAM, "blocks": message.blocks}
            payload["message"] |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
        return payload


def _channel_name(channel: Channel) -> str:
    if channel.private_chat:
        return "directmessage"
    return "privategroup" if channel.private else channel.name


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


def _with(answer: Answer, refused: Refused) -> Answer:
    words = "; ".join([refused.error, *refused.messages])
    return Answer(answer.status, answer.seconds, answer.body, words, refused.error)


def _failed(answer: Answer, who: str) -> Answer:
    if answer.error == "operation_timeout":
        words = f"{who} svarede ikke inden tre sekunder (operation_timeout)"
    else:
        words = f'{who} mislykkedes med fejlen "{answer.plain or answer.error}"'
    return Answer(answer.status, answer.seconds, answer.body, words, answer.error)
