"""What stands of a letter in Slack: Slack knows no key for "this again", so each post carries its own."""

from __future__ import annotations

from typing import Any

from slack_sdk import WebClient

from handlers.web_api import call
from storage.outbox import Claim

EVENT = "dap_letter"


def marked(held: Claim) -> dict[str, Any]:
    """The metadata of a post, by which it is found again."""
    return {"event_type": EVENT, "event_payload": {"key": held.key}}


def found(client: WebClient, held: Claim, channel: str) -> list[str]:
    """Where a letter stands in its channel or thread, the oldest first."""
    places: list[str] = []
    cursor: str | None = None
    arguments = {"channel": channel, "include_all_metadata": True, "limit": 200, "oldest": str(held.put_at - 300)}
    within = held.parent_ts or held.payload.get("thread_ts")
    thread = {"ts": within} if within else {}
    method = "conversations.replies" if thread else "conversations.history"
    while True:
        page = call(client, method, {**arguments, **thread, **({"cursor": cursor} if cursor else {})})
        places += [each["ts"] for each in page["messages"] if _key(each) == held.key]
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return sorted(places, key=float)


def keep_oldest(client: WebClient, held: Claim, channel: str) -> str | None:
    """Take back all copies of a letter but the oldest; where it stands then, None where nobody knows."""
    places = found(client, held, channel)
    for late in places[1:]:
        call(client, "chat.delete", {"channel": channel, "ts": late})
    return places[0] if places else held.ts


def _key(posted: dict[str, Any]) -> str | None:
    payload = (posted.get("metadata") or {}).get("event_payload") or {}
    key: str | None = payload.get("key")
    return key
