"""Quiet hours (stilletid): what can wait is not sent in the evening, at night, on weekends and on holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from bot import calendar


@dataclass(frozen=True, slots=True)
class Quiet:
    """When what can wait waits: from an evening's hour to the morning's, and all day when nobody is at work."""

    begin: time = time(18)
    end: time = time(8)

    def __post_init__(self) -> None:
        if self.begin <= self.end:
            raise ValueError(f"Quiet hours run from an evening to a morning, not from {self.begin} to {self.end}.")

    def covers(self, wall: datetime) -> bool:
        """Whether it is quiet at a wall time."""
        return not (self.end <= wall.time() < self.begin and calendar.is_working_day(wall.date()))

    def over(self, wall: datetime) -> datetime:
        """When the quiet at a wall time is over."""
        day = wall.date()
        waking = calendar.is_working_day(day) and wall.time() < self.end
        return datetime.combine(day if waking else calendar.next_working_day(day), self.end)

    def began(self, wall: datetime) -> datetime:
        """When the quiet at a wall time began, which is always on a working day."""
        day = wall.date()
        tonight = calendar.is_working_day(day) and wall.time() >= self.begin
        return datetime.combine(day if tonight else calendar.working_days_before(day, 1), self.begin)

    def placed(self, due_at: datetime, use_by: datetime, zone: str) -> tuple[datetime, datetime]:
        """Move a reminder, and its end, out of the quiet.

        It is put off to the end of the quiet, unless that costs more than half the time it would give people: then it
        comes on the working day before, at its own hour. If its end lies in the quiet, it ends where that begins.
        """
        wall, last = calendar.shown(due_at, zone), calendar.shown(use_by, zone) - calendar.MINUTE
        if self.covers(last):
            use_by = calendar.moment(self.began(last), zone)
        if not self.covers(wall):
            return due_at, use_by

        later = calendar.moment(self.over(wall), zone)
        if later - due_at <= (use_by - due_at) / 2:
            return later, use_by
        hour = wall.time() if self.end <= wall.time() < self.begin else self.end
        return calendar.moment(datetime.combine(self.began(wall).date(), hour), zone), use_by
