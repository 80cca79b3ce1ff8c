"""Bad days at Slack: slow answers, too many requests, errors, lost connections, and history that lags behind.

slack.weather.delay = 0.2          # seconds before each answer
slack.weather.ratelimited = 0.1    # every tenth call is told to come back, by a seeded die
slack.weather.error_after = 0.05   # has its effect, and a 500 for an answer
slack.weather.rate_limit = True    # one post a second and channel, as Slack counts
slack.weather.ack_lost = 0.1       # of the acks sent by socket
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .hooks import Drop, Fault


@dataclass(slots=True)
class Weather:
    """Fair until told otherwise. Shares are from 0 to 1; `only` names the methods it concerns, empty all of them."""

    now: Callable[[], float]
    delay: float = 0.0
    ratelimited: float = 0.0
    error_before: float = 0.0
    error_after: float = 0.0
    drop_before: float = 0.0
    drop_after: float = 0.0
    ack_lost: float = 0.0
    retry_after: int = 1
    lag: float = 0.0
    rate_limit: bool = False
    only: frozenset[str] = frozenset()
    _die: random.Random = field(default_factory=lambda: random.Random(1))
    _posted: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def fair(self) -> bool:
        """Whether every call is answered, and at once."""
        storms = self.error_before, self.error_after, self.drop_before, self.drop_after
        return not (self.delay or self.ratelimited or self.rate_limit or any(storms))

    def seed(self, number: int) -> None:
        """Begin the same row of throws again."""
        self._die = random.Random(number)

    def clear(self) -> None:
        """Fair again."""
        self.delay = self.ratelimited = self.lag = self.ack_lost = 0.0
        self.error_before = self.error_after = self.drop_before = self.drop_after = 0.0
        self.rate_limit, self.only = False, frozenset()

    def before(self, method: str, args: Mapping[str, Any]) -> None:
        """What happens to a call before it has effect: nothing, Drop or Fault."""
        if not self._concerns(method):
            return
        if self.delay:
            time.sleep(self.delay)
        if self._throw(self.ratelimited) or (self.rate_limit and self._too_soon(method, args)):
            raise Fault(
                429,
                {"Retry-After": str(self.retry_after), "Content-Type": "application/json"},
                '{"ok": false, "error": "ratelimited"}',
            )
        self._storm(self.error_before, self.drop_before)

    def after(self, method: str) -> None:
        """What happens to its answer."""
        if self._concerns(method):
            self._storm(self.error_after, self.drop_after)

    def loses_ack(self) -> bool:
        """Whether what the bot sent by socket gets lost on its way."""
        return self._throw(self.ack_lost)

    def visible(self, ts: float) -> bool:
        """Whether history shows what was posted at this time already."""
        return not self.lag or ts + self.lag <= self.now()

    def _concerns(self, method: str) -> bool:
        return not self.only or method in self.only

    def _storm(self, error: float, drop: float) -> None:
        if self._throw(error):
            raise Fault(500, {}, "")
        if self._throw(drop):
            raise Drop

    def _throw(self, share: float) -> bool:
        with self._lock:
            return share > 0 and self._die.random() < share

    def _too_soon(self, method: str, args: Mapping[str, Any]) -> bool:
        # docs.slack.dev/apis/web-api/rate-limits: chat.postMessage is special, one a second and channel.
        if method != "chat.postMessage":
            return False
        channel = str(args.get("channel"))
        with self._lock:
            soon = self.now() - self._posted.get(channel, 0) < 1
            if not soon:
                self._posted[channel] = self.now()
            return soon
