"""How an answer travels: a command's in the acknowledgement, a form's as an error under a field or as its next step,
the rest by letter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.request import Origin, Reply
from storage import Session, outbox
from templates import Message


def divided(origin: Origin, reply: Reply) -> tuple[dict[str, Any] | None, Reply]:
    """What the acknowledgement can carry, and what is left for letters: a slash command's ack carries one message, a
    form's the form that comes in its place.
    """
    if origin.surface == "form" and reply.view:
        action = "push" if reply.push else "update"
        return {"response_action": action, "view": reply.view}, replace(reply, view=None)
    if origin.surface != "command" or not reply.messages:
        return None, reply
    first, *rest = reply.messages
    return first.payload(), replace(reply, messages=rest)


def put(session: Session, origin: Origin, reply: Reply, now: float) -> None:
    """Put the rest of an answer in the outbox: a changed message, a whisper where there is a channel, else a post."""
    if origin.surface == "joined" and origin.channel:
        for each in reply.messages:
            key = f"joined:{origin.channel}"
            outbox.put(session, key=key, lane=origin.channel, kind="post", payload=each.payload(), now=now)
        return
    if not reply.messages:
        return
    if reply.update and origin.ts and origin.channel and not origin.shown_only:
        payload = reply.messages[0].payload() | {"ts": origin.ts}
        key = f"update:{origin.key}"
        outbox.put(session, key=key, lane=origin.channel, kind="update", payload=payload, now=now)
        reply = replace(reply, messages=reply.messages[1:], update=False)
    for number, each in enumerate(reply.messages, 1):
        key = f"answer:{origin.key}:{number}"
        if origin.response_url or origin.place:
            payload = each.payload() | _whispered(origin, reply.update and number == 1)
            lane = f"{origin.slack_id}@{origin.channel}"
            outbox.put(session, key=key, lane=lane, kind="whisper", payload=payload, now=now)
        else:
            outbox.put(session, key=key, lane=origin.slack_id, kind="post", payload=each.payload(), now=now)


def shown(origin: Origin, reply: Reply) -> tuple[str, dict[str, Any]] | None:
    """How Slack is asked to show a form: the method and its arguments; None where there is none, or it rode along."""
    if reply.view is None or origin.trigger_id is None or origin.surface == "form":
        return None
    if origin.form and not reply.push:
        view_id, hash_ = origin.form
        return "views.update", {"view_id": view_id, "hash": hash_, "view": reply.view}
    return ("views.push" if origin.form else "views.open"), {"trigger_id": origin.trigger_id, "view": reply.view}


def no(view: dict[str, Any], field: str | None, said: Message) -> dict[str, Any]:
    """A refusal of a form: under the field it is about, or the first; in place of a form that has no fields."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if inputs:
        return {"response_action": "errors", "errors": {field if field in inputs else inputs[0]: said.text}}
    words = {name: view[name] for name in ("title", "close") if view.get(name)}
    return {"response_action": "update", "view": {"type": "modal", **words, "blocks": list(said.blocks)}}


def _whispered(origin: Origin, in_its_place: bool) -> dict[str, Any]:
    return {
        "response_url": origin.response_url,
        "channel": origin.channel,
        "user": origin.slack_id,
        "replace_original": in_its_place and origin.shown_only,
    }
