"""What Slack hands out with a delivery and takes back later: response_urls and trigger ids."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from . import limits
from .refused import Refused
from .workspace import Message


@dataclass(slots=True)
class ResponseUrl:
    """Leave to answer one person in one place; `origin` is the message with the button, None for a slash command."""

    channel: str
    user: str
    origin: Message | None
    born: float
    uses: int = 0


@dataclass(slots=True)
class Trigger:
    """Leave to open a form for one person; `view` is the form in which it was given, or ""."""

    born: float
    user: str = ""
    channel: str = ""
    view: str = ""
    spent: bool = False


@dataclass(slots=True)
class Tickets:
    """Everything handed out. Machine time decides what has expired."""

    now: Callable[[], float]
    _urls: dict[str, ResponseUrl] = field(default_factory=dict)
    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def new_response_url(self, channel: str, user: str, origin: Message | None) -> str:
        """The path of a new response_url."""
        path = f"{'actions' if origin else 'commands'}/{uuid4().hex}"
        self._urls[path] = ResponseUrl(channel, user, origin, self.now())
        return path

    def use(self, path: str) -> ResponseUrl:
        """Spend one of its five uses within its thirty minutes, or be refused."""
        with self._lock:
            url = self._urls.get(path)
            if url is None:
                raise Refused("invalid_url")
            if self.now() - url.born > limits.RESPONSE_URL_SECONDS:
                raise Refused("expired_url")
            if url.uses == limits.RESPONSE_URL_USES:
                raise Refused("used_url")
            url.uses += 1
            return url

    def new_trigger(self, user: str = "", channel: str = "", view: str = "") -> str:
        """A trigger id, good for one exchange within three seconds."""
        with self._lock:
            trigger = f"{len(self._triggers) + 1}.{uuid4().hex}"
            self._triggers[trigger] = Trigger(self.now(), user, channel, view)
            return trigger

    def exchange(self, name: str) -> Trigger:
        """Take a trigger id back, once and in time, or refuse."""
        with self._lock:
            trigger = self._triggers.get(name)
            if trigger is None:
                raise Refused("invalid_trigger_id")
            if trigger.spent:
                raise Refused("exchanged_trigger_id")
            if self.now() - trigger.born > limits.TRIGGER_SECONDS:
                raise Refused("expired_trigger_id")
            trigger.spent = True
            return trigger
