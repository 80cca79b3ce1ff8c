"""What one person sees on the page, and what she does there."""

from __future__ import annotations

from typing import Any

from . import plain
from .delivery import Delivery
from .workspace import Channel, Message, User, Workspace


class View:
    """The page's own door; the bot knows nothing of it."""

    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self.workspace = workspace
        self.delivery = delivery
        self.open = True

    def state(self, user_id: str, since: int, patience: float) -> dict[str, Any]:
        """All that this person sees, as soon as it is newer than version `since`, or when patience ends.

        An unknown person sees what the first one sees."""
        workspace = self.workspace
        with workspace.changed:
            workspace.changed.wait_for(lambda: not self.open or workspace.version > since, patience)
            people = [user for user in workspace.users.values() if not user.bot]
            me = workspace.users.get(user_id) or (people[0] if people else None)
            return {
                "version": workspace.version,
                "me": me.id if me else "",
                "bot": workspace.bot.id,
                "people": [{"id": user.id, "name": user.name, "label": user.label} for user in people],
                "names": dict(workspace.names),
                "channels": [self._channel(channel, me) for channel in self._channels(me)] if me else [],
            }

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """A slash command goes to the bot, other words into the channel. A notice comes back, or ""."""
        me, place = self.workspace.users[user], self.workspace.channels[channel]
        thread = self.workspace.find(channel, thread_ts) if thread_ts else None
        if text.startswith("/"):
            answer = self.delivery.command(me, place, text, thread)
            return answer.plain if answer.error else ""
        self.workspace.say(channel, user, text, thread_ts)
        return ""

    def press(self, user: str, channel: str, ts: str, block_id: str, action_id: str) -> str:
        """The button that she pressed. A notice comes back, or none."""
        message = self.workspace.find(channel, ts)
        for block, button in plain.buttons(message.blocks) if message else []:
            if message and (block["block_id"], button["action_id"]) == (block_id, action_id):
                answer = self.delivery.press(self.workspace.users[user], message, block, button)
                return answer.plain if answer.error else ""
        return "Knappen er her ikke mere."

    def close(self) -> None:
        """Let whoever waits go home."""
        with self.workspace.changed:
            self.open = False
            self.workspace.changed.notify_all()

    def _channels(self, me: User) -> list[Channel]:
        return [channel for channel in self.workspace.channels.values() if me.id in channel.members]

    def _channel(self, channel: Channel, me: User) -> dict[str, Any]:
        return {
            "id": channel.id,
            "name": channel.name,
            "private": channel.private,
            "chat": channel.private_chat,
            "members": len(channel.members),
            "messages": [_message(message) for message in self.workspace.all_seen_by(me.id, channel.id)],
        }


def _message(message: Message) -> dict[str, Any]:
    return {
        "ts": message.ts,
        "thread_ts": message.thread_ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "edited": message.edited and not message.blocks,
        "whisper": message.whispered_to is not None,
        "tombstone": message.tombstone,
    }
