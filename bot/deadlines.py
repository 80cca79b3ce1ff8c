"""Deadlines (frister) as people write them: a day, a quarter, "efter nytår", "til næste styregruppemøde i februar".

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
_END = r"(?:udgangen\s+af|slutningen\s+af|the\s+end\s+of|end\s+of)\s+"
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
_FORMS: tuple[tuple[Precision | None, str], ...] = (
    ("soon", r"(?:snarest(?:\s+muligt)?|(?:så\s+)?hurtigs?t\s+(?:som\s+)?muligt|as\s+soon\s+as\s+possible|asap|soon)"),
    ("meeting", _MEETING),
    ("quarter", rf"(?:Q(?P<q>[1-4])|{_NTH}\s*(?:kvartal|quarter|kv\.?)){_YEAR}"),
    ("half_year", rf"{_NTH}\s*(?:halvår|half(?:\s+year)?){_YEAR}"),
    ("week", rf"(?:uge|week)\s+(?P<week>\d{{1,2}}){_YEAR}"),
    ("month", rf"(?P<month>{_NAMES})(?:\s+(?:måned|month))?{_YEAR}"),
    ("year", r"(?P<whole>20\d\d)"),
    ("day", rf"(?:førstkommende\s+|this\s+)?(?P<weekday>{'|'.join(_WEEKDAY)})(?P<hour>,?\s+(?:kl\.?|at)\s*\d[\d.:]*)?"),
    (None, r"(?:efter|inden|før|til|after|before)\s+(?:the\s+)?"
     r"(?:nytår|jul(?:en)?|påsken?|sommer(?:ferien|en)?|efterårsferien|vinterferien"
     r"|new\s+year|christmas|easter|summer(?:\s+holidays?)?)(?:\s+20\d\d)?"),
)  # fmt: skip
_ALONE = (None, "soon")  # these carry their own "until"
_OF_YEAR = re.compile(r"(?:senest|(?:slutningen|udgangen|løbet|end|course)\s+(?:af|of))\s+(?:i\s+)?20\d\d\W*$", re.I)
_COMPILED = [
    (precision, re.compile(rf"{'' if precision in _ALONE else _LEAD}{form}\s*\.?$", re.IGNORECASE))
    for precision, form in _FORMS
]
_DAY_LEAD = re.compile(rf"{_LEAD}$", re.IGNORECASE)
_BEGINS = re.compile(
    r"(?<![\w-])(?=(?:med frist|frist|deadline|due|allersenest|senest|no later than|at the latest|før|forud|inden|til"
    r"|ved|by|until|on|in|i|efter|after|before|snarest|så|hurtigst|hurtigt|as|asap)\b)|(?<=[,(–-])\s*",
    re.IGNORECASE,
)


_IS_BEFORE = re.compile(rf"(?:(?:med\s+)?(?:frist|deadline|due)\s*:?\s*)?{_BEFORE}(?!{_END})", re.IGNORECASE)
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
    def year_inferred(self) -> bool:
        """Whether its last day's year is one that nobody wrote; a weekday alone needs none."""
        is_weekday = any(precision == "day" and pattern.fullmatch(self.text) for precision, pattern in _COMPILED)
        is_named = is_weekday or bool(re.search(r"\b20\d\d\b|\d{1,2}[./]\d{1,2}[./-]\d\d\b", self.text))
        return self.last_day is not None and not self.is_meeting and not is_named

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


def taken_off(text: str, today: date) -> tuple[str, Deadline | None]:
    """Take the deadline off the end of what somebody wrote: "Skriv notat senest 19. december"; the rest, and it."""
    text = text.strip()
    for place in _BEGINS.finditer(text):
        words = text[place.end() :].strip().strip("()")
        rest = text[: place.end()].rstrip(" ,(–-")
        found = _known(words, today) if rest else None
        if found and (found.precision != "year" or _OF_YEAR.search(words)):  # "budgettet for 2026" is no deadline
            return rest, found
    return text, None


def _known(text: str, today: date) -> Deadline | None:
    for precision, pattern in _COMPILED:
        if found := pattern.fullmatch(text):
            return _told(text, precision, found.groupdict(), today)
    return _day(text, today)


def _told(text: str, precision: Precision | None, found: dict[str, str | None], today: date) -> Deadline | None:
    if precision == "meeting" or precision in _ALONE:
        return Deadline(text, precision)
    if precision == "day":
        return Deadline(text, precision, _weekday(found, today))
    period = _period(precision, found, today)
    if period is None:
        return None
    first, last = period
    return Deadline(text, precision, first - timedelta(days=1) if found["strict"] and not found["end"] else last)


def _weekday(found: dict[str, str | None], today: date) -> date:
    """The first such day after today, or the one before it: of "inden fredag kl. 12" it is the day itself."""
    ahead = (_WEEKDAY[(found["weekday"] or "").lower()] - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead - bool(found["strict"] and not found["hour"]))


def _period(precision: Precision | None, found: dict[str, str | None], today: date) -> tuple[date, date] | None:
    """The first and last day that a form's words tell."""
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
    read = dates.parse(text, after=today - timedelta(days=1))
    if read is None or text[read.end :].strip(" .") or not (lead := _DAY_LEAD.match(text[: read.begin])):
        return None
    if lead.end() < read.begin:
        return None
    is_before = lead["strict"] and not lead["end"] and read.start is None
    return Deadline(text, "day", read.date - timedelta(days=1) if is_before else read.date)
