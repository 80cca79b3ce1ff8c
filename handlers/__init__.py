"""Who is asking, and what shall happen? Slack's requests come in here, and letters go out."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient, WebhookClient

from handlers import (
    agenda,
    approvals,
    budgets,
    choices,
    corrections,
    decisions,
    documents,
    doors,
    groups,
    help,
    items,
    letters,
    meetings,
    members,
    minutes,
    outcomes,
    proposals,
    questions,
    register,
    tasks,
    web_api,
)
from handlers.desk import Desk

__all__ = ["App", "attend", "door", "say_at_once"]

NOUNS = (
    agenda,
    approvals,
    budgets,
    choices,
    corrections,
    decisions,
    documents,
    groups,
    help,
    items,
    letters,
    meetings,
    members,
    minutes,
    outcomes,
    proposals,
    questions,
    register,
    tasks,
)  # they declare what can be asked


def attend(desk: Desk, client: WebClient, signing_secret: str) -> App:
    """Bolt with a listener for each door. What must answer at once rides in the acknowledgement."""
    logger = logging.getLogger("slack")
    logger.setLevel(logging.ERROR)  # its warnings are about choices that are ours
    app = App(
        name="dap",  # else Bolt reads the source of whoever is calling, for a file's name
        client=client,
        signing_secret=signing_secret,
        process_before_response=True,
        authorize=_authorized(client),
        logger=logger,
    )

    def listener(door: Callable[[dict[str, Any]], doors.Knock]) -> Callable[[Ack, dict[str, Any]], None]:
        def listen(ack: Ack, body: dict[str, Any]) -> None:
            answer = desk.attend(door(body))
            ack(**answer) if answer else ack()

        return listen

    anything = re.compile("")
    app.command(desk.command)(listener(doors.typed))
    app.action(anything)(listener(doors.pressed))
    app.view(anything)(listener(doors.submitted))
    app.shortcut(anything)(listener(doors.chosen))
    app.event("app_mention")(listener(doors.mentioned))
    app.event("app_home_opened")(lambda body: _looked(desk, body))
    app.event("member_joined_channel")(lambda body: _joined(desk, body))
    app.event("message")(lambda body: _heard(desk, body))
    return app


def _authorized(client: WebClient) -> Callable[..., AuthorizeResult]:
    """Bolt asks Slack who we are before it answers anybody; but a person shall have an answer though Slack be away."""
    result = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=client.token)
    return lambda **_: result


def _looked(desk: Desk, body: dict[str, Any]) -> None:
    """Somebody opened the bot's own place: its Home tab, not the messages beside it."""
    if body["event"].get("tab") == "home":
        desk.look(body["event"]["user"], body["event_id"])


def _joined(desk: Desk, body: dict[str, Any]) -> None:
    """Only where it is the bot itself that came."""
    ours = {each.get("user_id") for each in body.get("authorizations") or ()}
    if body["event"]["user"] in ours:
        desk.attend(doors.joined(body))


def _heard(desk: Desk, body: dict[str, Any]) -> None:
    """A message somewhere: files are read, words in a private chat answered, the rest is not for the bot."""
    event = body["event"]
    if event.get("bot_id") or "user" not in event:
        return
    if event.get("files"):
        desk.attend(doors.dropped(body))
    elif event.get("channel_type") == "im" and "subtype" not in event:
        desk.attend(doors.mentioned(body))


def door(app: App) -> Callable[..., Iterable[bytes]]:
    """The same over HTTP: a WSGI application that takes Slack's signed requests at /slack/events."""
    handler: Callable[..., Iterable[bytes]] = SlackRequestHandler(app, path="/slack/events")
    return handler


def say_at_once(api: str, url: str, message: dict[str, Any]) -> None:
    """Speak to a response_url of Slack's, whose Web API is at `api`, now, and let it be if nobody listens."""
    if not web_api.is_slacks(url, api):
        return
    try:
        WebhookClient(url, timeout=1, retry_handlers=[]).send_dict(message)
    except OSError:
        return
