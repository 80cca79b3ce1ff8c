"""Business time, as the page shows it and lets it pass."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What somebody gives the stand-in as its `clock`."""

    def now(self) -> datetime:
        """Business time, with its zone."""

    def advance(self, span: timedelta) -> object:
        """Let it pass."""

    def to_next(self) -> str:
        """Let it pass until something happens; what that is."""
