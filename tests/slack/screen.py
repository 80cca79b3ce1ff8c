"""What one person sees on the page, and what she does there: the same as the tests do, by the ids on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from . import plain
from .answers import Answer
from .blocks import elements
from .clock import Clock
from .people import People
from .view import View
from .workspace import Channel, Message, User

State = dict[str, Any]
GONE = "Det er her ikke mere."


class Screen:
    """The page's own door; the bot knows nothing of it."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.workspace = people.workspace
        self.clock: Clock | None = None
        self.open = True
        self._said: dict[str, str] = {}

    def state(self, user_id: str, since: int, patience: float) -> State:
        """All that this person sees, as soon as it is newer than version `since`, or when patience ends.

        An unknown person sees what the first one sees."""
        workspace = self.workspace
        with workspace.changed:
            workspace.changed.wait_for(lambda: not self.open or workspace.version > since, patience)
            people = [user for user in workspace.users.values() if not user.bot]
            me = workspace.users.get(user_id) or (people[0] if people else None)
            self._date()
            return {
                "version": workspace.version,
                "me": me.id if me else "",
                "bot": workspace.bot.id,
                "people": [{"id": user.id, "name": user.name, "label": user.label} for user in people],
                "names": dict(workspace.names),
                "channels": [self._channel(channel, me) for channel in self._channels(me)] if me else [],
                "forms": [self._view(view) for view in self.people.views.stacks.get(me.id, [])] if me else [],
                "home": self._home(me) if me else None,
                "shortcuts": self._shortcuts(),
                "clock": self._time(),
            }

    # Doing: each takes what the page sends, and returns what the page shall show

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> State:
        """A slash command goes to the bot, other words into the channel."""
        me, place = self.workspace.users[user], self.workspace.channels[channel]
        thread = self.workspace.find(channel, thread_ts) if thread_ts else None
        if text.startswith("/"):
            return _notice(self.people.command(me, place, text, thread))
        self.people.say(me, place, text, thread)
        return {"notice": ""}

    def press(self, user: str, block_id: str, action_id: str, **where: Any) -> State:
        """The button that she pressed, in a message or in a view."""
        return self.choose(user, block_id, action_id, None, pressed=True, **where)

    def choose(
        self, user: str, block_id: str, action_id: str, value: Any, pressed: bool = False, **where: Any
    ) -> State:
        """What she chose in a menu, a date or boxes. `where` is channel and ts, or view and what stands in it."""
        me, thing = self._thing(user, **where)
        for block in thing.blocks if thing else []:
            for element in elements(block):
                if thing and (block["block_id"], element["action_id"]) == (block_id, action_id):
                    state = None if pressed else self.people.state_of(me, element, value)
                    return _notice(self.people.act(me, thing, block, element, state))
        return {"notice": "Knappen er her ikke mere." if pressed else GONE}

    def submit(self, user: str, view: str, values: Mapping[str, Mapping[str, Any]]) -> State:
        """The form that she sends, with what stands in it."""
        me, form = self._thing(user, view=view, values=values)
        if not isinstance(form, View):
            return {"notice": GONE}
        answer = self.people.forms.submit(me, form)
        return {"notice": answer.plain if answer.error not in ("", "not_submitted") else ""}

    def dismiss(self, user: str, view: str, whole: bool = False) -> State:
        """The form that she closes."""
        form = self.people.views.by_id(view)
        return _notice(self.people.forms.dismiss(self.workspace.users[user], form, whole)) if form else {"notice": ""}

    def shortcut(self, user: str, callback_id: str, channel: str = "", ts: str = "") -> State:
        """A shortcut on a message, or from anywhere."""
        message = self.workspace.find(channel, ts) if ts else None
        return _notice(self.people.use_shortcut(self.workspace.users[user], callback_id, message))

    def home(self, user: str) -> State:
        """She looks at the Home tab."""
        self.people.home(self.workspace.users[user])
        return {"notice": ""}

    def upload(
        self, user: str, channel: str, files: Mapping[str, bytes], text: str = "", thread_ts: str | None = None
    ) -> State:
        """Files into a channel; without one they wait for the form in which they were chosen."""
        me = self.workspace.users[user]
        if not channel:
            kept = [self.workspace.files.add(name, data, user) for name, data in files.items()]
            return {"notice": "", "files": [{"id": file.id, "name": file.name} for file in kept]}
        thread = self.workspace.find(channel, thread_ts) if thread_ts else None
        self.people.upload(me, self.workspace.channels[channel], files, text, thread)
        return {"notice": ""}

    def pass_time(self, user: str, hours: int = 0, days: int = 0) -> State:
        """Let business time go on for everybody, by so much, or to the next thing that happens."""
        assert user in self.workspace.users
        if self.clock is None:
            return {"notice": GONE}
        happened = ""
        self._date()
        if hours or days:
            self.clock.advance(timedelta(hours=hours, days=days))
        else:
            happened = self.clock.to_next()
        with self.workspace.changed:
            self.workspace.tell()
        return {"notice": "", "happened": happened}

    def close(self) -> None:
        """Let whoever waits go home."""
        with self.workspace.changed:
            self.open = False
            self.workspace.changed.notify_all()

    # Seeing

    def _thing(
        self, user: str, channel: str = "", ts: str = "", view: str = "", values: Mapping[str, Any] | None = None
    ) -> tuple[User, Message | View | None]:
        me = self.workspace.users[user]
        if not view:
            return me, self.workspace.find(channel, ts)
        found = self.people.views.by_id(view)
        if found is None or found.user != user:
            return me, None
        return me, self.people.views.filled(found, self._values(me, found, values or {}))

    def _values(self, me: User, view: View, given: Mapping[str, Any]) -> dict[str, Any]:
        """What the page has in its fields, by block_id and action_id, as Slack's state."""
        found: dict[str, Any] = {}
        for block in view.blocks:
            for element in elements(block):
                name = element["action_id"]
                if name in given.get(block["block_id"], {}) and name in view.values.get(block["block_id"], {}):
                    state = self.people.state_of(me, element, given[block["block_id"]][name])
                    found.setdefault(block["block_id"], {})[name] = state
        return found

    def _channels(self, me: User) -> list[Channel]:
        return [channel for channel in self.workspace.channels.values() if me.id in channel.members]

    def _channel(self, channel: Channel, me: User) -> State:
        seen = self.workspace.all_seen_by(me.id, channel.id)
        return {
            "id": channel.id,
            "name": channel.name,
            "private": channel.private,
            "chat": channel.private_chat,
            "members": len(channel.members),
            "messages": [self._message(message, me) for message in seen],
        }

    def _message(self, message: Message, me: User) -> State:
        picks = plain.picks(message.blocks)
        return {
            "ts": message.ts,
            "at": self._said.get(message.ts, ""),
            "thread_ts": message.thread_ts,
            "user": message.user,
            "text": message.text,
            "blocks": message.blocks,
            "edited": message.edited and not message.blocks,
            "whisper": message.whispered_to is not None,
            "tombstone": message.tombstone,
            "files": [
                {"id": file.id, "name": file.name, "kind": file.kind[2], "size": file.size, "image": file.image}
                for file in message.files
            ],
            "values": self.people.delivery.chosen_in(me, message) if picks else {},
        }

    def _view(self, view: View) -> State:
        return {
            "id": view.id,
            "hash": view.hash,
            "title": view.title,
            "submit": view.submit,
            "close": view.close,
            "blocks": view.blocks,
            "values": view.values,
            "errors": dict(view.errors_by_block),
        }

    def _home(self, me: User) -> State | None:
        view = self.people.views.homes.get(me.id)
        return self._view(view) if view else None

    def _shortcuts(self) -> list[State]:
        known = {shortcut.callback_id: shortcut for shortcut in self.people.shortcuts}
        return [{"id": each.callback_id, "name": each.name, "type": each.type} for each in known.values()]

    def _date(self) -> None:
        """Note the business time at which each message came: a ts is machine time, which stands nearly still beside."""
        if self.clock is None:
            return
        now = self.clock.now().isoformat()
        for channel in list(self.workspace.channels.values()):
            for user in channel.members:
                for message in self.workspace.all_seen_by(user, channel.id):
                    self._said.setdefault(message.ts, now)

    def _time(self) -> str:
        return self.clock.now().isoformat() if self.clock else ""


def _notice(answer: Answer) -> State:
    return {"notice": answer.plain if answer.error else ""}
