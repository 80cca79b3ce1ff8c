"""What people do in Slack. The tests and the page come through here alike.

AssertionError is what Slack's client would not let a person do; an Answer with an error is what went wrong after that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import inputs, mentions, plain
from .answers import Answer
from .blocks import Block
from .contents import Contents
from .delivery import Delivery
from .events import Events
from .forms import Forms
from .view import View, find
from .views import Views
from .workspace import Channel, Message, User, Workspace


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Something that the app offers on messages, or from anywhere."""

    callback_id: str
    name: str
    type: str


@dataclass(slots=True)
class People:
    """Their hands."""

    workspace: Workspace
    views: Views
    delivery: Delivery
    forms: Forms
    events: Events
    shortcuts: list[Shortcut] = field(default_factory=list)

    # Words and files

    def command(self, user: User, channel: Channel, text: str, thread: Message | None = None) -> Answer:
        """Type a slash command."""
        self._inside(user, channel)
        return self.delivery.command(user, channel, text, thread)

    def say(self, user: User, channel: Channel, words: str, thread: Message | None = None) -> Message:
        """Write ordinary words; the bot hears of them."""
        contents = Contents(mentions.in_message(self.workspace, words))
        message = self.workspace.post(channel.id, user.id, contents, thread.ts if thread else None)
        self.events.said(message)
        return message

    def upload(
        self, user: User, channel: Channel, files: Mapping[str, bytes], comment: str, thread: Message | None = None
    ) -> Message:
        """Share files in one message; the bot hears of each, and of the message."""
        self._inside(user, channel)
        kept = tuple(self.workspace.files.add(name, data, user.id) for name, data in files.items())
        contents = Contents(mentions.in_message(self.workspace, comment))
        message = self.workspace.post(channel.id, user.id, contents, thread.ts if thread else None, kept)
        self.events.said(message)
        return message

    def join(self, user: User, channel: Channel, inviter: User | None) -> Channel:
        """Come into a channel."""
        joined = self.workspace.join(channel.id, user)
        self.events.joined(joined, user, inviter)
        return joined

    # Buttons and menus

    def press(self, user: User, thing: Message | View, button: str) -> Answer:
        """Press a button by its text or action_id."""
        for block, element in plain.buttons(thing.blocks):
            if button in (plain.unescape(element["text"]["text"]), element["action_id"]):
                return self.act(user, thing, block, element)
        raise AssertionError(f"no button {button!r}; there are {thing.buttons}")

    def choose(self, user: User, thing: Message | View, name: str, value: Any) -> Answer:
        """Choose in a menu, a date or boxes."""
        block, element = find(plain.picks(thing.blocks), name)
        return self.act(user, thing, block, element, self.state_of(user, element, value))

    def act(
        self, user: User, thing: Message | View, block: Block, element: Block, state: inputs.State | None = None
    ) -> Answer:
        """Press or choose this. In a form, a field that does not dispatch only keeps the choice."""
        if isinstance(thing, Message):
            self._sees(user, thing)
            return self.delivery.act(user, thing, block, element, state)
        assert thing.user == user.id, f"{user.name} does not see that"
        view = self.views.by_id(thing.id) or thing
        if state is not None and inputs.stateful(element):
            view = self.views.filled(view, {block["block_id"]: {element["action_id"]: state}})
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Answer(200)
        return self.delivery.act_in(user, view, block, element, state)

    def use_shortcut(self, user: User, name: str, message: Message | None = None) -> Answer:
        """Use a shortcut by its name or callback_id: on this message, or from anywhere."""
        kind = "message" if message else "global"
        if message is not None:
            self._sees(user, message)
        known = {s.callback_id: s for s in self.shortcuts if s.type == kind}
        found = [s for s in known.values() if name in (s.name, s.callback_id)]
        assert found, f"no {kind} shortcut {name!r}; there are {[s.name for s in known.values()]}"
        return self.delivery.shortcut(user, found[0].callback_id, message)

    # Forms and Home

    def form(self, user: User) -> View:
        """The form on top."""
        view = self.views.top(user.id)
        assert view is not None, f"{user.name} has no form open"
        return view

    def fill(self, user: User, values: Mapping[str, Any]) -> tuple[View, Answer]:
        """Fill in fields of the form on top, by label or block_id; those that dispatch tell the bot at once."""
        answer = Answer(200)
        for name, value in values.items():
            view = self.form(user)
            block, element = view.find(name)
            dispatched = self.act(user, view, block, element, self.state_of(user, element, value))
            answer = dispatched if dispatched.error or not answer.error else answer
        return self.form(user), answer

    def submit(self, user: User) -> Answer:
        """Send the form on top."""
        view = self.form(user)
        assert view.submit, f"{view.title} has nothing to send it with"
        return self.forms.submit(user, view)

    def home(self, user: User) -> View | None:
        """Open the Home tab; what stands there once the bot has heard of it."""
        self.events.opened_home(user, self.views.homes.get(user.id))
        return self.views.homes.get(user.id)

    def state_of(self, user: User, element: Block, value: Any) -> inputs.State:
        """The state of an element after this person put this into it."""
        if element["type"] != "file_input":
            return inputs.chosen(element, value)
        given = [] if value is None else [value] if isinstance(value, tuple) else list(value)
        return inputs.chosen(element, [self._kept(user, each) for each in given])

    # Looking

    def _inside(self, user: User, channel: Channel) -> None:
        assert user.id in channel.members, f"{user.name} is not in {channel.name}"

    def _sees(self, user: User, message: Message) -> None:
        inside = user.id in self.workspace.channels[message.channel].members
        assert inside, f"{user.name} does not see that channel"
        assert message.whispered_to in (None, user.id), f"{user.name} does not see that whisper"

    def _kept(self, user: User, given: Any) -> dict[str, Any]:
        """A file put into a form: its name and bytes, or the id under which it was uploaded already."""
        files = self.workspace.files
        if not isinstance(given, tuple):
            return files.shown(files.by_id[str(given)])
        name, data = given
        return files.shown(files.add(name, data, user.id))
