"""The Danish calendar: public holidays, working days, and which moment a wall time is.

Nobody meets on 1 May, 5 June, 24 or 31 December either, so these count as holidays.
Store bededag was one until 2023.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.groups import Language

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def is_holiday(day: date) -> bool:
    """Whether a day is a holiday; an ordinary Saturday is not."""
    return day in _holidays(day.year, "da")


def name(day: date, language: Language = "da") -> str | None:
    """What a holiday is called: "Skærtorsdag", "Maundy Thursday"; None for any other day."""
    return _holidays(day.year, language).get(day)


def is_working_day(day: date) -> bool:
    """Whether people are at work: Monday to Friday, holidays left out."""
    return day.weekday() < 5 and not is_holiday(day)


def working_days_before(day: date, number: int) -> date:
    """The working day so many before a day, which itself need not be one; below nought it lies after the day."""
    step = DAY if number < 0 else -DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    return working_days_before(day, -1)


def moment(wall: datetime, zone: str) -> datetime:
    """The moment, in UTC, at which the clocks of a zone show a time.

    A time they show twice is the first of the two; one they skip is the moment they skip it.
    """
    there = ZoneInfo(zone)
    found = wall.replace(tzinfo=there, fold=0).astimezone(UTC)
    if shown(found, zone) == wall.replace(fold=0):
        return found

    minute = wall.replace(second=0, microsecond=0)
    while shown(found := minute.replace(tzinfo=there).astimezone(UTC), zone) != minute:
        minute += MINUTE
    return found


def shown(at: datetime, zone: str) -> datetime:
    """The wall time that the clocks of a zone show at a moment."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


# A year at a time, and only when whole: the library fills its own years in while others may be reading them.
@cache
def _holidays(year: int, language: Language) -> Mapping[date, str]:
    from holidays import country_holidays  # noqa: PLC0415 50 ms, paid by whoever asks first

    spoken, link = {"da": ("da", " og "), "en": ("en_US", " and ")}[language]
    days = country_holidays("DK", years=year, expand=False, categories=("public", "optional"), language=spoken)
    return {day: called.replace("; ", link) for day, called in days.items()}
