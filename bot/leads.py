"""How long before (varsel): in days by the calendar, in working days, or in hours as they pass.

"The day before at nine" and "24 hours before" differ on the two nights a year when the clocks change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot import calendar

MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Days:
    """So many days before, at an hour by the wall; a number below nought is after, here and below."""

    number: int
    at: time = MORNING

    def ahead_of(self, wall: datetime, zone: str) -> datetime:
        """The moment so long before a wall time."""
        day = wall.date() - timedelta(days=self.number)
        return calendar.moment(datetime.combine(day, self.at), zone)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """So many working days before, at an hour by the wall; none before a Sunday is the last one before it."""

    number: int
    at: time = MORNING

    def ahead_of(self, wall: datetime, zone: str) -> datetime:
        """The moment so long before a wall time."""
        is_off = self.number == 0 and not calendar.is_working_day(wall.date())
        day = calendar.working_days_before(wall.date(), 1 if is_off else self.number)
        return calendar.moment(datetime.combine(day, self.at), zone)


@dataclass(frozen=True, slots=True)
class Hours:
    """So many hours before as they pass, whatever the clocks are set to meanwhile."""

    number: int

    def ahead_of(self, wall: datetime, zone: str) -> datetime:
        """The moment so long before a wall time."""
        return calendar.moment(wall, zone) - timedelta(hours=self.number)


Lead = Days | WorkingDays | Hours
