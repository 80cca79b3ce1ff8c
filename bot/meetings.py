"""A meeting (møde) as a value. What nobody wrote stays None; what was inferred says so."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot import calendar, dates, deadlines
from bot.refusals import Refusal

_TO_A_DAY = {"møde", "mødet", "den", "til", "fra", "for", "af", "på", "i", ""}
_TO_A_DAY |= {"meeting", "the", "of", "on", "from", "at", "in"}
_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_HOURS = re.compile(
    rf"(?P<lead>\b(?:kl\.?|klokken|at|fra|from)\s*)?(?<![\d.:/-]){_CLOCK}(?:\s*(?:[-–]|til|to)\s*{_CLOCK})?(?![\d:/-]|\.\d)",
    re.IGNORECASE,
)
_AT_A_PLACE = ("hos ", "i ", "på ", "ved ", "at ", "in ", "on ")
_AHEAD = 4  # words in "om to uger", "førstkommende torsdag"
_MOST = 40  # words among which a day may stand that is counted from today
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


def proposed(
    words: str | None, day: date | None, start: time | None, end: time | None, *, today: date, length: int
) -> Meeting:
    """When a meeting shall be, from words ("torsdag 26. februar 2026 kl. 13-15") or from what was picked.

    What is picked wins over the words; without an end it lasts `length` minutes; a year left out is the first that
    comes, and whoever sets the meeting reads it in the answer. What more the words say is the place, where they lead
    to one: "hos PLO". Refused, about the field that is to be mended, where there is no day or hour, the day is past,
    the weekday is another one than the date's, or there are words that say nothing of these.
    """
    read, more = _read(words, today) if words else (None, "")
    if words and read is None and day is None:
        raise Refusal("not_a_date").at("when")
    if read and day is None and read.weekday and dates.disagrees(read.date, read.weekday):
        raise Refusal("weekday_differs", date=read.date, weekday=read.weekday.lower()).at("when")
    when = day or (read.date if read else None)
    begins = start or (read.start if read else None)
    ends = end or (read.finish if read and start is None else None)
    if when is None:
        raise Refusal("not_a_date").at("when")
    if when < today:
        raise Refusal("past", date=when).at("when" if day is None else "day")
    if begins is None:
        raise Refusal("no_start").at("when" if day is None else "start")
    ends = ends or (datetime.combine(when, begins) + timedelta(minutes=length)).time()
    if ends <= begins:
        raise Refusal("ends_before").at("end")
    is_place = more.lower().startswith(_AT_A_PLACE)
    if more and not is_place and day is None:
        raise Refusal("unread", words=more).at("when")
    return Meeting(date=when, start=begins, end=ends, place=more if is_place else None)


def as_told(known: Meeting, told: Meeting) -> Meeting:
    """A meeting as a document tells of it; what the document doesn't say stays as it was known."""
    start, end = (told.start, told.end) if told.start else (known.start, known.end)
    return replace(
        known,
        title=told.title or known.title,
        date=told.date or known.date,
        weekday=told.weekday,
        year_inferred=told.year_inferred,
        start=start,
        end=known.end if end is None and start == known.start else end,
        place=told.place or known.place,
    )


def day_meant(text: str, today: date) -> tuple[list[date], str] | None:
    """The days that words for a meeting may mean, the likeliest first, and what more they say: "6. oktober punkt 2".
    A year left out is the coming one, or one of the two before it. None where they say no day.
    """
    read = dates.parse(text, after=today - timedelta(days=1))
    if read is None:
        return None
    years = [read.date.year - back for back in range(3 if read.year_inferred else 1)]
    days = [day.date for year in years if (day := dates.parse(text[read.begin : read.end], year=year))]
    more = f"{text[: read.begin]} {text[read.end :]}".split()
    return days, " ".join(word for word in more if word.casefold().strip(",:") not in _TO_A_DAY)


def month_meant(text: str, today: date) -> tuple[list[date], str] | None:
    """The days of a month that is named alone, and what more is said: "oktober", "mødet i juni 2024, punkt 2". A year
    left out is the coming one, or one of the two before it. None where no month is named.
    """
    words = [word for word in text.split() if word.casefold().strip(",:") not in _TO_A_DAY]
    place, month = next(((n, found) for n, word in enumerate(words) if (found := dates.month(word))), (0, 0))
    if not month:
        return None
    spelled = re.fullmatch(r"20\d\d", words[place + 1].strip(".,:")) if words[place + 1 :] else None
    first = int(spelled[0]) if spelled else today.year + (month < today.month)
    years = [first] if spelled else [first - back for back in range(3)]
    days = [date(year, month, day) for year in years for day in range(1, monthrange(year, month)[1] + 1)]
    more = words[:place] + words[place + 1 + bool(spelled) :]
    return days, " ".join(more)


def next_by_rhythm(last: date, months: int, today: date) -> date:
    """The next day of a rhythm that comes, so many months from meeting to meeting, counted from a group's last one."""
    times = 1
    while (day := a_rhythm_after(last, times * months)) < today:
        times += 1
    return day


def a_rhythm_after(day: date, months: int) -> date:
    """The day so many months after a meeting on the same weekday of its month: a third Thursday, or the last one
    where a month has no fifth; the next week where that is a holiday.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * ((day.day - 1) // 7))
    if found.month != month + 1:
        found -= timedelta(days=7)
    while calendar.is_holiday(found):
        found += timedelta(days=7)
    return found


def differ(one: Meeting, other: Meeting) -> bool:
    """Whether two meetings are at another time or place, however that was written."""
    return any(getattr(one, name) != getattr(other, name) for name in ("date", "start", "end", "place"))


def placed(meeting: Meeting, place: str | None) -> Meeting:
    """The meeting at a place; "" and None leave it as it is."""
    return replace(meeting, place=place or meeting.place)


def _read(words: str, today: date) -> tuple[dates.Day | None, str]:
    """The day and hours of some words, and what more they say: of "på torsdag 9-11 hos PLO" that it is there."""
    read, more = dates.parse(words, after=today), words
    if read:
        more = f"{words[: read.begin]}\n{words[read.end :]}"
    if read is None or read.start is None:
        start, finish, more = _hours(more)
        read, more = (replace(read, start=start, finish=finish), more) if read else _ahead(more, today)
        read = read and replace(read, start=start, finish=finish)
    pieces = (each.strip(" ,.;:") for each in more.split("\n"))
    told = [each for each in pieces if not _TO_A_DAY.issuperset(word.strip(",.:") for word in each.lower().split())]
    return read, " ".join(told)


def _hours(words: str) -> tuple[time | None, time | None, str]:
    """From and to what hour, and the words around it: "9-11", "kl. 13", "13.00", but no number that stands alone."""
    for found in _HOURS.finditer(words):
        if found["lead"] or found[3] or found[4]:
            more = f"{words[: found.start()]}\n{words[found.end() :]}"
            return dates.hour(found[2], found[3]), dates.hour(found[4], found[5]), more
    return None, None, words


def _ahead(words: str, today: date) -> tuple[dates.Day | None, str]:
    """A day that is counted from today, and the words around it: "i morgen", "på torsdag", "om 14 dage"."""
    each = words.replace("\n", " \n ").split(" ")[:_MOST]
    for length in range(_AHEAD, 0, -1):
        for begin in range(len(each) - length + 1):
            told = deadlines.told(" ".join(each[begin : begin + length]).strip(","), today)
            if told and told.precision == "day" and told.last_day and not told.is_before:
                more = [*each[:begin], "\n", *each[begin + length :]]
                return dates.Day(told.last_day), " ".join(more)
    return None, words
