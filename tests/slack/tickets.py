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
class Tickets:
    """Everything handed out. Machine time decides what has expired."""

    now: Callable[[], float]
    _urls: dict[str, ResponseUrl] = field(default_factory=dict)
    _triggers: dict[str, float | None] = field(default_factory=dict)
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

    def new_trigger(self) -> str:
        """A trigger id, good for one exchange within three seconds."""
        trigger = f"{len(self._triggers) + 1}.{uuid4().hex}"
        self._triggers[trigger] = self.now()
        return trigger

    def exchange(self, trigger: str) -> None:
        """Take a trigger id back, once and in time, or refuse."""
        with self._lock:
            if trigger not in self._triggers:
                raise Refused("invalid_trigger_id")
            born = self._triggers[trigger]
            if born is None:
                raise Refused("exchanged_trigger_id")
            if self.now() - born > limits.TRIGGER_SECONDS:
                raise Refused("expired_trigger_id")
            self._triggers[trigger] = None
