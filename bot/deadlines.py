"""Deadlines (frister) as people write them: a day, a quarter, "om 14 dage", "efter nytår", "til næste styregruppemøde".

The words are kept. A last day is told only where the words tell one; a year left out is the first that fits.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import dates
from bot.dates import MONTHS, WEEKDAYS, Precision

_MONTH = {name.lower(): number for names in MONTHS.values() for number, name in enumerate(names, 1)}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_WEEKDAY = {name.lower(): number for names in WEEKDAYS.values() for number, name in enumerate(names)}
_ORDINAL = {
    **dict.fromkeys(("1", "første", "first"), 1),
    **dict.fromkeys(("2", "andet", "anden", "second"), 2),
    **dict.fromkeys(("3", "tredje", "third"), 3),
    **dict.fromkeys(("4", "fjerde", "fourth"), 4),
}
_NTH = rf"(?P<nth>{'|'.join(_ORDINAL)})\.?"
_YEAR = r"(?:(?:,|\s+(?:af|i|of|in))?\s*(?P<year>20\d\d))?"
_BEFORE = r"(?:før|forud\s+for|inden|before)\s+"
_STRICT = rf"(?P<strict>{_BEFORE})"
_END = r"(?:udgangen\s+af|slutningen\s+af|sidst\s+(?:i|på)|ultimo|the\s+end\s+of|end\s+of)\s+"
_LEAD = (
    r"(?:(?:med\s+)?(?:frist|deadline|due)\s*:?\s*(?:er\s+|den\s+)?)?"
    r"(?:(?:allersenest|senest|no\s+later\s+than|at\s+the\s+latest)\s*)?"
    rf"(?:{_STRICT}|(?:til|ved|by|until|on|in|at|for|i|på)\s+)?"
    rf"(?:(?:løbet\s+af|the\s+course\s+of)\s+|(?P<end>{_END}))?"
)
_MEETING = (
    r"(?:det\s+|the\s+)?(?:næste|kommende|next|coming)\s+"
    r"(?:styregruppe?møde|møde|steering\s+(?:group|committee)\s+meeting|meeting)t?"
    rf"(?:\s+(?:i|in)\s+(?:{_NAMES}))?"
)
_NUMBERS = {
    **dict.fromkeys(("en", "et", "én", "a", "one"), 1),
    **dict.fromkeys(("to", "two"), 2),
    **dict.fromkeys(("tre", "three"), 3),
    **dict.fromkeys(("fire", "four"), 4),
    **dict.fromkeys(("fem", "five"), 5),
    **dict.fromkeys(("seks", "six"), 6),
}
_UNITS = {"dag": 1, "day": 1, "uge": 7, "week": 7, "måned": 0, "month": 0}  # days; of a month nobody knows
_NEAR = {"dag": 0, "today": 0, "morgen": 1, "tomorrow": 1, "overmorgen": 2}
_FROM_TODAY = (
    rf"(?:i\s+(?=dag|(?:over)?morgen)|(?=to))(?P<near>{'|'.join(_NEAR)})",
    rf"(?:om|inden\s+for|in|within)\s+(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+"
    rf"(?P<unit>{'|'.join(_UNITS)})(?:er|e|r|s)?",
)
_SPANS: dict[Precision, tuple[int, str, str]] = {  # in months
    "week": (0, "uge", "week"),
    "month": (1, "måned", "month"),
    "quarter": (3, "kvartal", "quarter"),
    "half_year": (6, "halvår", r"half(?:\s+year)?"),
    "year": (12, "år", "year"),
}


def _span(da: str, en: str) -> str:
    """Words for "næste uge", "the end of the week" (never "the week" alone), "månedens udgang"."""
    theirs = f"{da}(?:e?n|e?t)"
    return (
        rf"(?P<span>(?:den\s+|det\s+|the\s+)?(?:denne|dette|this|(?P<next>næste|kommende|next|coming))\s+(?:{da}|{en})"
        rf"|(?(end)(?:{theirs}|(?:the\s+)?{en})|(?!))|(?P<out>{theirs}s\s+(?:udgang|slutning)))"
    )


_VAGUE = (
    r"(?:(?:senest|by|inden)\s+)?(?:(?:i|ved|in|at|on)\s+)?(?:the\s+)?"
    r"(?:(?:midt|først|tidligt|sent)\s+(?:i|på)|primo|medio|(?:starten|begyndelsen|midten)\s+af"
    r"|(?:beginning|start|middle)\s+of|early|mid|late)[\s-]+(?:the\s+)?"
    rf"(?:{_NAMES}|måneden|ugen|året|month|week|year)(?:\s+20\d\d)?"
)
_FORMS: tuple[tuple[Precision | None, str], ...] = (
    ("soon", r"(?:snarest(?:\s+muligt)?|(?:så\s+)?hurtigs?t\s+(?:som\s+)?muligt|as\s+soon\s+as\s+possible|asap|soon)"),
    ("meeting", _MEETING),
    ("quarter", rf"(?:Q(?P<q>[1-4])|{_NTH}\s*(?:kvartal|quarter|kv\.?)){_YEAR}"),
    ("half_year", rf"{_NTH}\s*(?:halvår|half(?:\s+year)?){_YEAR}"),
    ("week", rf"(?:uge|week)\s+(?P<week>\d{{1,2}}){_YEAR}"),
    ("month", rf"(?P<month>{_NAMES})(?:\s+(?:måned|month))?{_YEAR}"),
    ("year", r"(?P<whole>20\d\d)"),
    ("day", rf"(?:førstkommende\s+|this\s+)?(?P<weekday>{'|'.join(_WEEKDAY)})(?P<hour>,?\s+(?:kl\.?|at)\s*\d[\d.:]*)?"),
    *(("day", form) for form in _FROM_TODAY),
    *((precision, _span(da, en)) for precision, (_, da, en) in _SPANS.items()),
    (None, _VAGUE),
    (None, r"(?:efter|inden|før|til|after|before)\s+(?:the\s+)?"
     r"(?:nytår|jul(?:en)?|påsken?|sommer(?:ferien|en)?|efterårsferien|vinterferien"
     r"|new\s+year|christmas|easter|summer(?:\s+holidays?)?)(?:\s+20\d\d)?"),
)  # fmt: skip
_ALONE = (None, "soon")  # these carry their own "until"
_COMPILED = [
    (precision, re.compile(rf"{'' if precision in _ALONE else _LEAD}{form}\s*\.?$", re.IGNORECASE))
    for precision, form in _FORMS
]
_DAY_LEAD = re.compile(rf"{_LEAD}$", re.IGNORECASE)
_RELATIVE = [
    re.compile(rf"{_LEAD}{form}\s*\.?$", re.IGNORECASE)
    for form in (*_FROM_TODAY, *(_span(da, en) for _, da, en in _SPANS.values()))
]

_SLASHED = re.compile(r"(\D*)(\d{1,2})\.(\d{1,2})(\.?)(?=$|[\s,])")
_MONTH_FIRST = re.compile(rf"\b({_NAMES})\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(20\d\d))?(?=$|[\s.,])", re.IGNORECASE)
_DAY_OF = re.compile(rf"\b(\d{{1,2}}(?:st|nd|rd|th)?)\s+of\s+({_NAMES})\b", re.IGNORECASE)


_IS_BEFORE = re.compile(rf"(?:(?:med\s+)?(?:frist|deadline|due)\s*:?\s*)?{_BEFORE}(?!{_END})", re.IGNORECASE)
_NAMED_YEAR = re.compile(r"\b20\d\d\b|\d{1,2}[./]\d{1,2}[./-]\d\d\b")
_OF_MONTH = re.compile(rf"\b(?:i|in)\s+({_NAMES})\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when, as written. `last_day` is None where the words tell none, and while it is not known which meeting."""

    text: str
    precision: Precision | None
    last_day: date | None = None

    @property
    def is_meeting(self) -> bool:
        """Whether the words name a meeting, with which the last day moves."""
        return self.precision == "meeting"

    @property
    def month(self) -> int | None:
        """The month of the meeting that they ask for: "næste styregruppemøde i februar"."""
        found = _OF_MONTH.search(self.text) if self.is_meeting else None
        return _MONTH[found[1].lower()] if found else None

    @property
    def is_before(self) -> bool:
        """Whether the words are of what it must be before, which is no part of it: "inden fredag"."""
        return bool(_IS_BEFORE.match(self.text))

    @property
    def is_relative(self) -> bool:
        """Whether the words count from the day they were written, so that later nobody knows it: "næste uge"."""
        return any(pattern.fullmatch(self.text) for pattern in _RELATIVE)

    @property
    def year_inferred(self) -> bool:
        """Whether its last day's year is one that nobody wrote; a weekday alone needs none, nor what is counted from
        the day it was written.
        """
        if self.last_day is None or self.is_meeting or _NAMED_YEAR.search(self.text):
            return False
        is_weekday = any(precision == "day" and pattern.fullmatch(self.text) for precision, pattern in _COMPILED)
        return not is_weekday and not self.is_relative

    def at(self, meeting: date) -> Deadline:
        """The same once it is known which meeting: its day is the last, or the one before it of "inden næste møde"."""
        return replace(self, last_day=meeting - timedelta(days=self.is_before))


def read(text: str, today: date) -> Deadline:
    """A deadline that somebody wrote by itself; what can't be understood is kept as it is."""
    text = text.strip()
    return _known(text, today) or Deadline(text, None)


def told(text: str, today: date) -> Deadline | None:
    """A deadline that is all that was written; None for what is more, or no deadline."""
    text = text.strip().strip("()")
    return _known(text, today) if text else None


def no_such_day(text: str) -> str | None:
    """The day in a text that no calendar has: "31. juni"."""
    return dates.no_such_day(text) or dates.no_such_day(_reordered(text))


def _known(text: str, today: date) -> Deadline | None:
    for precision, pattern in _COMPILED:
        if found := pattern.fullmatch(text):
            return _told(text, precision, found.groupdict(), today)
    return _day(text, today)


def _told(text: str, precision: Precision | None, found: dict[str, str | None], today: date) -> Deadline | None:
    if precision == "meeting" or precision in _ALONE:
        return Deadline(text, precision)
    if found.get("count") == "8" and (found["unit"] or "").lower() == "dag":
        return Deadline(text, None)  # a week to some
    if precision == "day":
        return Deadline(text, precision, _weekday(found, today) if found.get("weekday") else _ahead(found, today))
    period = _period(precision, found, today)
    if period is None:
        return None
    first, last = period
    return Deadline(text, precision, first - timedelta(days=1) if _is_strict(found) else last)


def _is_strict(found: dict[str, str | None]) -> bool:
    """Whether it must be done before a period begins: not of "inden udgangen af maj", "inden månedens udgang"."""
    return bool(found["strict"] and not found["end"] and not found.get("out"))


def _ahead(found: dict[str, str | None], today: date) -> date:
    """The day that is so far from today: "i morgen", "om 14 dage", "om to måneder"."""
    if near := found.get("near"):
        return today + timedelta(days=_NEAR[near.lower()] - bool(found["strict"]))
    count, unit = (found["count"] or "").lower(), (found["unit"] or "").lower()
    number = _NUMBERS.get(count) or int(count)
    if _UNITS[unit]:
        return today + timedelta(days=number * _UNITS[unit])
    year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _this_or_next(precision: Precision, is_next: bool, today: date) -> tuple[date, date]:
    """The first and last day of this week, month, …, or the next."""
    if precision == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * is_next)
        return monday, monday + timedelta(days=6)
    length = _SPANS[precision][0]
    begins = (today.year * 12 + today.month - 1) // length * length + length * is_next
    first, after = (date(months // 12, months % 12 + 1, 1) for months in (begins, begins + length))
    return first, after - timedelta(days=1)


def _weekday(found: dict[str, str | None], today: date) -> date:
    """The first such day after today, or the one before it: of "inden fredag kl. 12" it is the day itself."""
    ahead = (_WEEKDAY[(found["weekday"] or "").lower()] - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead - bool(found["strict"] and not found["hour"]))


def _period(precision: Precision | None, found: dict[str, str | None], today: date) -> tuple[date, date] | None:
    """The first and last day that a form's words tell."""
    if precision and found.get("span"):
        return _this_or_next(precision, bool(found["next"]), today)
    if precision == "year":
        year = int(found["whole"] or 0)
        return date(year, 1, 1), date(year, 12, 31)
    if precision == "week":
        return _week(int(found["week"] or 0), found["year"], today)
    if precision == "month":
        begins = ends = _MONTH[(found["month"] or "").lower()]
    else:
        length = 3 if precision == "quarter" else 6
        nth = int(found.get("q") or 0) or _ORDINAL[(found["nth"] or "").lower()]
        if nth * length > 12:
            return None
        begins, ends = (nth - 1) * length + 1, nth * length
    year = int(found["year"]) if found["year"] else today.year + (ends < today.month)
    return date(year, begins, 1), date(year, ends, monthrange(year, ends)[1])


def _week(number: int, spelled: str | None, today: date) -> tuple[date, date] | None:
    year = int(spelled) if spelled else today.isocalendar().year
    try:
        monday = date.fromisocalendar(year, number, 1)
        if not spelled and monday + timedelta(days=6) < today:
            monday = date.fromisocalendar(year + 1, number, 1)
    except ValueError:
        return None
    return monday, monday + timedelta(days=6)


def _day(text: str, today: date) -> Deadline | None:
    """A day with nothing around it but the words that lead to it, and perhaps its hour."""
    words = _reordered(text)
    read = dates.parse(words, after=today - timedelta(days=1))
    if read is None or words[read.end :].strip(" .") or not (lead := _DAY_LEAD.match(words[: read.begin])):
        return None
    if lead.end() < read.begin:
        return None
    is_before = lead["strict"] and not lead["end"] and read.start is None
    return Deadline(text, "day", read.date - timedelta(days=1) if is_before else read.date)


def _reordered(text: str) -> str:
    """A day as the grammar of dates has it: "October 1" and "1st of October" as "1 October", "24.12." as "24/12"."""
    text = _MONTH_FIRST.sub(lambda found: " ".join(filter(None, (found[2], found[1], found[3]))), text)
    return _SLASHED.sub(r"\1\2/\3", _DAY_OF.sub(r"\1 \2", text), count=1) if text[:1] else text
