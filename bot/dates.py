"""Danish dates: an own small grammar, and how a day is said in either language.

The year a writer left out is inferred and marked. A weekday is kept as written, also where it disagrees with its date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from bot.groups import Language

Precision = Literal["day", "week", "month", "quarter", "half_year", "year", "meeting", "soon"]

WEEKDAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "da": (
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_WEEKDAY = {name.lower(): day for names in WEEKDAYS.values() for day, name in enumerate(names)}
_MONTH = {name.lower(): month for names in MONTHS.values() for month, name in enumerate(names, 1)}
_MONTH |= {name[:3]: month for name, month in _MONTH.items()}

_DAY = re.compile(
    rf"(?<![\w.])(?:(?P<weekday>{'|'.join(_WEEKDAY)}),?\s+)?(?:(?:den|d\.|the)\s*)?(?:"
    rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s*(?P<name>{'|'.join(sorted(_MONTH, key=len, reverse=True))})(?!\w)\.?"
    r"(?:,?\s+(?P<year>\d{4}))?"
    r"|(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>\d{4}|\d{2})(?!\d)"
    r"|(?P<day3>\d{1,2})/(?P<month3>\d{1,2})(?:[-/ ](?P<year3>20\d{2}|\d{2}(?![\d.:]|\s*[-–]\s*\d)))?(?!\d|/\d)"
    r"|(?P<year4>\d{4})-(?P<month4>\d{2})-(?P<day4>\d{2})(?!\d))",
    re.IGNORECASE,
)
_LEAP_YEAR = 2024
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?(?!\d)"
_TIME = re.compile(
    rf"(?:\bkl\.?|\bklokken|\bat|\bfra|\btid(?:spunkt)?:)\s*{_CLOCK}(?:\s*(?:[-–]|til|to)\s*{_CLOCK})?", re.I
)
_SAID_HOUR = re.compile(rf"(?:\bkl\.?|\bklokken|\btid(?:spunkt)?:)\s*{_CLOCK}(?:\s*(?:[-–]|til)\s*{_CLOCK})?", re.I)
_RANGE = re.compile(r"(?<![\d.])(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})(?![\d.])")


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text, with its clock where given; `begin` and `end` are the places in the text it took up."""

    date: date
    weekday: str | None = None
    year_inferred: bool = False
    start: time | None = None
    finish: time | None = None
    begin: int = 0
    end: int = 0


def month(word: str) -> int:
    """The month that a word names, whole or by its first three letters, in either language; 0 where it names none."""
    return _MONTH.get(word.lower().strip(".,:"), 0)


def parse(text: str, *, after: date | None = None, year: int | None = None) -> Day | None:
    """Read the first day of a text: "Onsdag d. 18. juni 2025", "25.02.2025", "28/4", "1/1-2027", "mandag 6. oktober".

    A day without a year takes `year`, or is the first such day after `after`, its weekday considered; with neither,
    nobody can know the year, and the day is not read.
    """
    for found in _DAY.finditer(text):
        weekday = found["weekday"]
        spelled_year, month, day = _numbers(found)
        inferred = spelled_year is None
        read = _date(spelled_year or year, month, day) or (_first(month, day, weekday, after) if inferred else None)
        if read:
            start, finish, end = _clock(text, found.end())
            return Day(read, weekday, inferred, start, finish, found.start(), end)
    return None


def no_such_day(text: str) -> str | None:
    """The first date of a text that no calendar has: "31. juni", "30/2"; None where all of them are days."""
    for found in _DAY.finditer(text):
        year, month, day = _numbers(found)
        if month <= 12 and _date(year or _LEAP_YEAR, month, day) is None:
            begin = next(found.start(each) for each in ("day", "day2", "day3", "year4") if found[each])
            return text[begin : found.end()].strip()
    return None


def times(text: str) -> tuple[time | None, time | None]:
    """From and to what hour: "kl. 13.00-15.00", "13:00-15:00", "fra 9 til 11"; None where it is not said."""
    found = _TIME.search(text) or _RANGE.search(text)
    return _span(found) if found else (None, None)


def no_such_hour(text: str) -> str | None:
    """The first time of day in a text that does not exist, as written: "25.00" of "kl. 25.00"; None where all do."""
    for found in _SAID_HOUR.finditer(text):
        for hour, minute in ((found[1], found[2]), (found[3], found[4])):
            if hour and _time(hour, minute) is None:
                return f"{hour}.{minute}" if minute else hour
    return None


def disagrees(day: date, weekday: str | None) -> bool:
    """Whether a weekday, in either language, is another than the date's own."""
    return weekday is not None and _WEEKDAY.get(weekday.lower()) != day.weekday()


def spoken(day: date, language: Language = "da", today: date | None = None) -> str:
    """Say a day: "onsdag den 18. juni 2025", "Wednesday 18 June 2025"; without its year within the year of `today`."""
    weekday = WEEKDAYS[language][day.weekday()]
    link = " den " if language == "da" else " "
    said = f"{weekday}{link}{as_of(day, language)}"
    return said.removesuffix(f" {day.year}") if today and today.year == day.year else said


def as_of(day: date, language: Language = "da") -> str:
    """Say a day without its weekday: "31. maj 2025", "31 May 2025"."""
    month = MONTHS[language][day.month - 1]
    return f"{day.day}{'.' if language == 'da' else ''} {month} {day.year}"


def column(day: date) -> str:
    """Say a day in a column: "18.06.2025"."""
    return f"{day:%d.%m.}{day.year:04}"


def clock(start: time, end: time | None = None, language: Language = "da") -> str:
    """Say an hour or from and to: "13.00-15.00", "13:00-15:00"."""
    form = "%H.%M" if language == "da" else "%H:%M"
    return start.strftime(form) + (f"-{end.strftime(form)}" if end else "")


def hour(hour: str | None, minute: str | None) -> time | None:
    """A time of day from its digits; None where there are none, or no such time."""
    return _time(hour, minute) if hour else None


def _numbers(found: re.Match[str]) -> tuple[int | None, int, int]:
    if found["name"]:
        return int(found["year"]) if found["year"] else None, _MONTH[found["name"].lower()], int(found["day"])

    form = "2" if found["day2"] else "3" if found["day3"] else "4"
    year = found["year" + form]
    if year and len(year) == 2:
        year = "20" + year
    return int(year) if year else None, int(found["month" + form]), int(found["day" + form])


def _date(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _first(month: int, day: int, weekday: str | None, after: date | None) -> date | None:
    """The first such day after another; a wrong weekday is likelier than a meeting more than two years away."""
    if after is None:
        return None
    years = range(after.year, after.year + 3)
    coming = [found for year in years if (found := _date(year, month, day)) and found > after][:2]
    fitting = [found for found in coming if not disagrees(found, weekday)]
    return next(iter(fitting or coming), None)


def _clock(text: str, end: int) -> tuple[time | None, time | None, int]:
    gap = re.compile(r"[\s,]*(?:i tidsrummet|i tidsrum|from)?\s*").match(text, end)
    begin = gap.end() if gap else end
    found = _TIME.match(text, begin) or _RANGE.match(text, begin)
    return (*_span(found), found.end()) if found else (None, None, end)


def _span(found: re.Match[str]) -> tuple[time | None, time | None]:
    return _time(found[1], found[2]), _time(found[3], found[4]) if found[3] else None


def _time(hour: str, minute: str | None) -> time | None:
    hours, minutes = int(hour), int(minute or 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
