"""A stand-in for Slack, for development and tests: strict where Slack is strict, and with a page to look at.

    slack = StandIn(signing_secret="…").start()
    anne = slack.person("Anne Holm", label="sekretær")
    room = slack.channel("styregruppen", people=[anne])
    slack.connect("http://127.0.0.1:3000/slack/events")
    assert "Dagsorden" in slack.command(anne, room, "/dap agenda").plain

    slack.press(anne, message, "Foreslå punkt")
    slack.fill(anne, {"Titel": "Borde", "Varighed": 10, "Art": ["D", "B"]})
    assert slack.submit(anne).errors == {}

The bot is pointed at it by `SLACK_API_URL` and `SLACK_BOT_TOKEN` and cannot tell the difference. Where it comes by
Socket Mode (`slack.app_token`), everything is delivered by socket for as long as one is connected.
Where a channel is wanted, a person stands for the bot's private chat with her.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from . import picture, scopes
from .answers import Answer
from .clock import Clock
from .delivery import Delivery
from .events import Events
from .files import File
from .forms import Forms
from .hooks import Call, Drop, Fault, Hook
from .methods import WebApi
from .people import People, Shortcut
from .screen import Screen
from .server import Server
from .sockets import Sockets
from .tickets import Tickets
from .view import View
from .views import Views
from .weather import Weather
from .wire import Wire
from .workspace import Channel, Message, User, Workspace

__all__ = ["Answer", "Call", "Channel", "Clock", "Drop", "Fault", "File", "Message", "StandIn", "User", "View"]

# What a person reads as Slack's own failure, and a test may want to see. Everything else is the bot's mistake.
_FAILURES = ("", "operation_timeout", "dispatch_failed", "not_supported_in_threads", "not_submitted")


class StandIn:
    """Slack, with one workspace and one app in it. `clock` is business time for the page, if anybody sets it."""

    Drop = Drop
    Fault = Fault

    def __init__(self, signing_secret: str, now: Callable[[], float] = time.time) -> None:
        self.token, self.app_token = "xoxb-stand-in", "xapp-stand-in"
        self._scopes = scopes.of_the_manifest()
        self.workspace = Workspace(now, lambda: self.url)
        self.tickets = Tickets(now)
        self.weather = Weather(now)
        self.sockets = Sockets(self.weather)
        self._views = Views(self.workspace)
        self._wire = Wire(signing_secret, now, self.sockets)
        self._delivery = Delivery(self.workspace, self.tickets, self._wire, lambda: self.url)
        self._events = Events(self.workspace, self._wire, self._scopes)
        forms = Forms(self._views, self._delivery)
        self._people = People(self.workspace, self._views, self._delivery, forms, self._events)
        self._screen = Screen(self._people)
        api = WebApi(
            *(self.workspace, self.tickets, self._views, self.sockets, self.token, self.app_token, self._scopes),
            url=lambda: self.url,
            visible=lambda message: self.weather.visible(float(message.ts)),
        )
        self._server = Server(api, self._delivery, self._screen, self.weather)

    # Its address

    def start(self, port: int = 0, near: bool = False) -> StandIn:
        """Listen on the loopback; the page is at `/`. Port 0 takes a free one. `near`: see nearby.py."""
        self._server.start(port, near)
        return self

    def stop(self) -> None:
        """Close the door; what happened can still be read."""
        self.sockets.close()
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
        """Say where everything is delivered that does not go by socket."""
        self._wire.bot_url = bot_url

    def verify(self) -> bool:
        """Ask the bot's address to prove itself (url_verification), as Slack does when it is set."""
        return self._events.verify()

    # Its people, its places and its app

    @property
    def bot(self) -> User:
        """The bot's own user."""
        return self.workspace.bot

    @property
    def scopes(self) -> list[str]:
        """What the workspace granted the app; by default what manifest.json asks for."""
        return list(self._scopes)

    @scopes.setter
    def scopes(self, granted: Iterable[str]) -> None:
        self._scopes[:] = granted

    @property
    def clock(self) -> Clock | None:
        """Business time, for the strip on the page; None hides it."""
        return self._screen.clock

    @clock.setter
    def clock(self, clock: Clock | None) -> None:
        self._screen.clock = clock

    def person(self, name: str, label: str = "", guest: bool = False, email: str = "") -> User:
        """Somebody who uses Slack; without an address she has one made of her name."""
        return self.workspace.add_user(name, label, guest, mail=email)

    def channel(self, name: str, people: Iterable[User] = (), private: bool = True, bot: bool = True) -> Channel:
        """A channel with these people in it and, unless bot=False, the bot."""
        members = [user.id for user in people] + ([self.bot.id] if bot else [])
        return self.workspace.add_channel(name, members, private)

    def shortcut(self, callback_id: str, name: str, type: str = "message") -> None:
        """The app offers a shortcut: on messages, or "global"."""
        assert type in ("message", "global"), f"Slack knows no {type} shortcut"
        self._people.shortcuts.append(Shortcut(callback_id, name, type))

    def subscribe(self, *events: str) -> None:
        """Tell the bot only of these events. At first it is told of all that the scopes cover; `picture` names the
        others where something was withheld."""
        self._events.subscribe(events)

    def retry_events(self) -> int:
        """Time passes, and what the bot did not take is delivered once more; how many events that were."""
        return self._events.retry()

    def redeliver(self) -> int:
        """Time passes, and what came by socket to no acknowledgement comes once more; how many envelopes that were.
        Events are not among them: they come again by `retry_events`."""
        return self._delivery.redeliver()

    def repeat_events(self) -> list[str]:
        """Slack has not heard that the bot took its events: all are delivered once more; of what kinds they were."""
        return self._events.repeat()

    def disconnect(self, reason: str = "refresh_requested", number: int | None = None) -> None:
        """Ask sockets to go: "warning", "refresh_requested" or "link_disabled"; `number` picks one of them."""
        self.sockets.disconnect(reason, number)

    # What people do

    def command(self, user: User, place: Channel | User, text: str, thread: Message | None = None) -> Answer:
        """Type a slash command. A bot that answers with something Slack refuses fails the test."""
        return _sound(self._people.command(user, self._place(place), text, thread))

    def say(self, user: User, place: Channel | User, words: str, thread: Message | None = None) -> Message:
        """Write ordinary words. The bot has heard of them when this returns, if it takes events."""
        return self._people.say(user, self._place(place), words, thread)

    def upload(
        self,
        user: User,
        place: Channel | User,
        name: str,
        data: bytes,
        comment: str = "",
        thread: Message | None = None,
    ) -> Message:
        """Share a file."""
        return self._people.upload(user, self._place(place), {name: data}, comment, thread)

    def join(self, user: User, channel: Channel, inviter: User | None = None) -> Channel:
        """Come into a channel, by invitation or alone; also the bot, `slack.bot`."""
        return self._people.join(user, channel, inviter)

    def press(self, user: User, thing: Message | View, button: str) -> Answer:
        """Press a button of a message, a form or a Home tab, as it was when it was read, by its text or action_id."""
        return _sound(self._people.press(user, thing, button))

    def choose(self, user: User, thing: Message | View, name: str, value: Any) -> Answer:
        """Choose in a menu, a date or boxes, found by action_id, block_id, label, placeholder or the text before it.
        Options go by text or value, people and channels as they are, dates as dates or words; None clears."""
        return _sound(self._people.choose(user, thing, name, value))

    def use_shortcut(self, user: User, message: Message, name: str) -> Answer:
        """Use a shortcut on a message, by its name or callback_id."""
        return _sound(self._people.use_shortcut(user, name, message))

    def use_global_shortcut(self, user: User, name: str) -> Answer:
        """Use a shortcut from anywhere."""
        return _sound(self._people.use_shortcut(user, name))

    def form(self, user: User) -> View:
        """The form on top that this person has open; AssertionError if there is none."""
        return self._people.form(user)

    def forms(self, user: User) -> list[View]:
        """All forms that she has open, the topmost last."""
        return list(self._views.stacks.get(user.id, []))

    def fill(self, user: User, values: Mapping[str, Any]) -> View:
        """Fill in the form on top, by label or block_id; a file is (name, bytes). The form as it stands then."""
        view, answer = self._people.fill(user, values)
        _sound(answer)
        return view

    def submit(self, user: User) -> Answer:
        """Send the form on top; `errors` say by label what is wrong, whether Slack's client or the bot found it."""
        return _sound(self._people.submit(user))

    def forge(self, user: User, view: View, **changed: Any) -> Answer:
        """Send a form as no client of Slack's would, with this changed in the view; `errors` go by block_id."""
        return _sound(self._people.forms.forge(user, view, changed))

    def dismiss(self, user: User, whole: bool = False) -> Answer:
        """Close the form on top, or with `whole` everything that lies under it too."""
        return _sound(self._people.forms.dismiss(user, self.form(user), whole))

    def open_form(self, user: User, view: Mapping[str, Any]) -> View:
        """Put a form before somebody without being asked, as views.open would."""
        return self._views.open(user.id, dict(view))

    def home(self, user: User) -> View | None:
        """Open the Home tab (the bot is told), and what stands there after that."""
        return self._people.home(user)

    def home_view(self, user: User) -> View | None:
        """What stands on the Home tab, without opening it."""
        return self._views.homes.get(user.id)

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
        """All channels, with all that stands in them, and all open forms, as text."""
        return picture.of(self.workspace, self._views, self._events.withheld)

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
        return self.workspace.chat_with(place) if isinstance(place, User) else self.workspace.channels[place.id]


def _sound(answer: Answer) -> Answer:
    """The same answer, unless its body is one that Slack would have refused or thrown away."""
    assert answer.error in _FAILURES, f"{answer.plain}\n{answer.body}"
    return answer
