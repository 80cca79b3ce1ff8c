"""Who is asking, and what shall happen? Slack's requests come in here, and letters go out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient, WebhookClient

from handlers import agenda, budgets, groups, help, letters, meetings
from handlers.desk import Desk

__all__ = ["attend", "door", "say_at_once"]

NOUNS = (agenda, budgets, groups, help, letters, meetings)  # imported, they declare their commands and buttons


def attend(desk: Desk, client: WebClient, signing_secret: str) -> App:
    """Bolt with our two listeners: for what is typed, and for what is pressed."""
    app = App(
        client=client, signing_secret=signing_secret, process_before_response=True, token_verification_enabled=False
    )

    def typed(ack: Ack, body: dict[str, Any]) -> None:
        answer = desk.typed(body)
        ack(**answer) if answer else ack()

    def pressed(ack: Ack, body: dict[str, Any]) -> None:
        desk.pressed(body)
        ack()

    app.command(desk.command)(typed)
    app.action(re.compile(""))(pressed)
    return app


def door(app: App) -> Callable[..., Iterable[bytes]]:
    """The same over HTTP: a WSGI application that takes Slack's signed requests at /slack/events."""
    handler: Callable[..., Iterable[bytes]] = SlackRequestHandler(app, path="/slack/events")
    return handler


def say_at_once(url: str, message: dict[str, Any]) -> None:
    """Speak to a response_url now, and let it be if nobody listens."""
    try:
        WebhookClient(url, timeout=1, retry_handlers=[]).send_dict(message)
    except OSError:
        return
