"""A stand-in for Slack, for development and tests: strict where Slack is strict, and with a page to look at.

    slack = StandIn(signing_secret="…").start()
    anne = slack.person("Anne Holm", label="sekretær")
    room = slack.channel("styregruppen", people=[anne])
    slack.connect("http://127.0.0.1:3000/slack/events")
    assert "Dagsorden" in slack.command(anne, room, "/dap agenda").plain

The bot is pointed at it by `SLACK_API_URL` and `SLACK_BOT_TOKEN` and cannot tell the difference.
Where a channel is wanted, a person stands for the bot's private chat with her.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from . import plain
from .api import WebApi
from .delivery import Answer, Delivery
from .hooks import Call, Drop, Fault, Hook
from .server import Server
from .tickets import Tickets
from .view import View
from .workspace import Channel, Message, User, Workspace

__all__ = ["Answer", "Call", "Channel", "Drop", "Fault", "Message", "StandIn", "User"]


class StandIn:
    """Slack, with one workspace and one app in it."""

    Drop = Drop
    Fault = Fault

    def __init__(self, signing_secret: str, now: Callable[[], float] = time.time) -> None:
        self.token = "xoxb-stand-in"
        self.workspace = Workspace(now)
        self.tickets = Tickets(now)
        self._delivery = Delivery(self.workspace, self.tickets, signing_secret, lambda: self.url)
        api = WebApi(self.workspace, self.token, lambda: self.url)
        self._server = Server(api, self._delivery, View(self.workspace, self._delivery))

    # Its address

    def start(self, port: int = 0) -> StandIn:
        """Listen on the loopback; the page is at `/`. Port 0 takes a free one."""
        self._server.start(port)
        return self

    def stop(self) -> None:
        """Close the door; what happened can still be read."""
        self._server.stop()

    @property
    def url(self) -> str:
        """http://127.0.0.1:PORT"""
        return self._server.url

    @property
    def api_url(self) -> str:
        """What `SLACK_API_URL` is set to."""
        return self.url + "/api/"

    def connect(self, bot_url: str) -> None:
        """Say where slash commands and button presses are delivered."""
        self._delivery.bot_url = bot_url

    # Its people and places

    @property
    def bot(self) -> User:
        """The bot's own user."""
        return self.workspace.bot

    def person(self, name: str, label: str = "", guest: bool = False) -> User:
        """Somebody who uses Slack."""
        return self.workspace.add_user(name, label, guest)

    def channel(self, name: str, people: Iterable[User] = (), private: bool = True, bot: bool = True) -> Channel:
        """A channel with these people in it and, unless bot=False, the bot."""
        members = [user.id for user in people] + ([self.bot.id] if bot else [])
        return self.workspace.add_channel(name, members, private)

    # What people do

    def command(self, user: User, place: Channel | User, text: str, thread: Message | None = None) -> Answer:
        """Type a slash command. A bot that answers with something Slack refuses fails the test."""
        channel = self._place(place)
        assert user.id in channel.members, f"{user.name} is not in {channel.name}"
        return _sound(self._delivery.command(user, channel, text, thread))

    def say(self, user: User, place: Channel | User, words: str, thread: Message | None = None) -> Message:
        """Write ordinary words. The bot hears of none yet."""
        return self.workspace.say(self._place(place).id, user.id, words, thread.ts if thread else None)

    def press(self, user: User, message: Message, button: str) -> Answer:
        """Press a button of the message as it was when it was read, by its text or action_id."""
        assert user.id in self.workspace.channels[message.channel].members, f"{user.name} does not see that channel"
        assert message.whispered_to in (None, user.id), f"{user.name} does not see that whisper"
        for block, element in plain.buttons(message.blocks):
            if button in (plain.unescape(element["text"]["text"]), element["action_id"]):
                return _sound(self._delivery.press(user, message, block, element))
        raise AssertionError(f"no button {button!r}; there are {message.buttons}")

    # What people see

    def history(self, place: Channel | User) -> list[Message]:
        """What stands in the channel itself, oldest first."""
        return self.workspace.history(self._place(place).id)

    def thread(self, message: Message) -> list[Message]:
        """What stands in the message's thread under it, oldest first."""
        return self.workspace.replies(message.channel, message.ts)

    def whispers(self, user: User, place: Channel | User) -> list[Message]:
        """What only this person sees there, newest last."""
        return self.workspace.whispers(user.id, self._place(place).id)

    def wait(self, condition: Callable[[], object], seconds: float = 5) -> None:
        """Wait until it holds; AssertionError with a picture of all channels if it does not in time."""
        deadline = time.monotonic() + seconds
        changed = self.workspace.changed
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"it did not come true in {seconds} s\n\n{self.picture()}")
            with changed:
                changed.wait(min(left, 0.02))  # not only on our changes: the condition may look elsewhere

    def picture(self) -> str:
        """All channels, with all that stands in them, as text."""
        lines = []
        for channel in list(self.workspace.channels.values()):
            lines.append(f"#{channel.name} {channel.id}")
            for message in self.workspace.history(channel.id):
                lines += [_drawn(message), *(_drawn(reply, "    ") for reply in self.thread(message))]
            for user in list(self.workspace.users.values()):
                lines += [_drawn(w, f"  (to {user.name}) ") for w in self.workspace.whispers(user.id, channel.id)]
        return "\n".join(lines)

    # What the bot does

    @property
    def calls(self) -> list[Call]:
        """Every call that the bot made, in order; its use of response_urls too, as "response_url"."""
        return list(self._server.calls)

    def before(self, method: str, hook: Hook) -> Callable[[], None]:
        """Run hook(args) before a call has effect; it may raise Drop or Fault. What comes back takes it away again."""
        return self._server.hooks.add("before", method, hook)

    def after(self, method: str, hook: Hook) -> Callable[[], None]:
        """Run hook(args) after a call's effect and before its answer; it may raise Drop or Fault."""
        return self._server.hooks.add("after", method, hook)

    def _place(self, place: Channel | User) -> Channel:
        return self.workspace.chat_with(place) if isinstance(place, User) else place


def _sound(answer: Answer) -> Answer:
    """The same answer, unless its body is one that Slack would have refused or thrown away."""
    failures_of_the_net = ("", "operation_timeout", "dispatch_failed", "not_supported_in_threads")
    assert answer.error in failures_of_the_net, f"{answer.plain}\n{answer.body}"
    return answer


def _drawn(message: Message, indent: str = "  ") -> str:
    said = message.plain.replace("\n", f"\n{indent}  ")
    return f"{indent}{message.names.get(message.user, message.user)}: {said}"
