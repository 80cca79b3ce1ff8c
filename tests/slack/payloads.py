"""What every payload of Slack's carries."""

from __future__ import annotations

from .answers import Body
from .workspace import APP, TEAM, Channel, Message, User

TOKEN = "verification-token"


def interaction(kind: str, user: User) -> Body:
    """The frame of what a person did."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": TEAM},
        "api_app_id": APP,
        "token": TOKEN,
        "team": {"id": TEAM, "domain": "dap"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def place(channel: Channel) -> Body:
    """A channel in a payload."""
    return {"id": channel.id, "name": channel_name(channel)}


def channel_name(channel: Channel) -> str:
    """Slack calls private places by their kind."""
    if channel.private_chat:
        return "directmessage"
    return "privategroup" if channel.private else channel.name


def message(shown: Message) -> Body:
    """A message in a payload."""
    body: Body = {"type": "message", "user": shown.user, "ts": shown.ts, "text": shown.text, "team": TEAM}
    if shown.files:
        body |= {"files": [{"id": each.id, "name": each.name} for each in shown.files]}
    return body | ({"thread_ts": shown.thread_ts} if shown.thread_ts else {})
