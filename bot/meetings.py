"""A meeting (møde) as a value. What nobody wrote stays None; what was inferred says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

State = Literal["planned", "agenda_sent", "open", "closed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where. Times are wall times in the group's zone; `weekday` and `place` are as written, "hos" kept.

    `version` counts the versions of the agenda, from 1.
    """

    title: str | None = None
    date: date | None = None
    weekday: str | None = None
    year_inferred: bool = False
    start: time | None = None
    end: time | None = None
    place: str | None = None
    state: State = "planned"
    version: int = 1

    @property
    def length(self) -> int | None:
        """Minutes from start to end, None where either is unknown."""
        if self.start is None or self.end is None:
            return None
        day = date(2000, 1, 1)
        return int((datetime.combine(day, self.end) - datetime.combine(day, self.start)).total_seconds()) // 60


def programme(title: str | None) -> str | None:
    """The programme a title names: "Dagsorden til styregruppemøde for Digital Almen Praksis" gives its last words."""
    _, found, name = (title or "").partition(" for ")
    return name.strip() if found and name.strip() else None
