"""The meeting a document is about, and the next one it announces. What nobody wrote stays unknown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice

from bot import dates
from bot.agenda import Item
from bot.dates import Day
from bot.meetings import Meeting
from bot.reading import Doubt, sentences
from bot.reading.paragraphs import Paragraph

_TITLE = re.compile(
    r"(?:(?:udkast til |foreløbig |revideret |endelig )*(?:dagsorden|referat|beslutningsreferat|mødeindkaldelse"
    r"|indkaldelse)"
    r"|agenda|minutes|draft minutes)\b",
    re.IGNORECASE,
)
_BARE_TITLE = re.compile(
    r"(?:dagsorden|referat|agenda|minutes)(?:\s+(?:for|til|of the)\s+(?:mødet?|meeting))?\s*:?$", re.IGNORECASE
)
_MEETING = re.compile(r"møde|meeting|styregruppe", re.IGNORECASE)
_LABEL = re.compile(
    r"(mødested|sted|lokale|place|location|venue|dato|tid|tidspunkt|date|time)[^:]{0,30}:\s*(.*)$", re.IGNORECASE
)
_PLACES = ("mødested", "sted", "lokale", "place", "location", "venue")
_AT = re.compile(r"(?:i|på|at|in|on)\s+(?=\S)")
_REMARK = re.compile(r"^\s*\([^()]{0,60}\)")
_NEXT = re.compile(r"\b(?:næste|kommende|next)\s+(?:\w+\s+)?[\w-]*(?:møde|meeting)\w*", re.IGNORECASE)


def read(front: Sequence[Paragraph]) -> Meeting:
    """The meeting as told before the first item: its title, its day and hours, its place."""
    texts = [_told(paragraph) for paragraph in front]
    title = _title(front)
    place = next((label[2] for text in texts if (label := _LABEL.match(text)) and label[1].lower() in _PLACES), None)

    told = next((text for text in texts if dates.parse(text)), "")
    day = dates.parse(told)
    start, end = (day.start, day.finish) if day else (None, None)
    if start is None:
        start, end = next((found for text in texts if (found := dates.times(text))[0]), (None, None))
    if day is None:
        return Meeting(title, start=start, end=end, place=place or None)

    if told == title and told[: day.begin].rstrip().endswith(","):
        title = told[: day.begin].rstrip(" ,")
    if not place and told != title:
        place = _place(told[day.end :])
    return Meeting(title, day.date, day.weekday, False, start, end, place or None)


def unclear(front: Sequence[Paragraph]) -> tuple[Doubt, ...]:
    """What is told of the meeting before the first item and can't be."""
    hours = (dates.no_such_hour(_told(paragraph)) for paragraph in front)
    return tuple(Doubt("no_such_hour", {"time": hour}) for hour in islice(filter(None, hours), 1))


def next_meeting(items: Sequence[Item], meeting: Meeting) -> tuple[Meeting | None, tuple[Doubt, ...]]:
    """The next meeting, announced in the last items; a year nobody wrote is inferred and said so. What contradicts
    itself is no meeting but a doubt.
    """
    for item in reversed(items):
        for text in _texts(item):
            found = _announced(text, meeting.date)
            if found:
                return found
    return None, ()


def _announced(text: str, after: date | None) -> tuple[Meeting | None, tuple[Doubt, ...]] | None:
    for sentence in sentences.split(text):
        named = _NEXT.search(sentence)
        told = sentence[named.start() :] if named else ""
        day = dates.parse(told, after=after)
        if day:
            wrong = _contradiction(day, told, after)
            place = _place(told[day.end :])
            found = Meeting(None, day.date, day.weekday, day.year_inferred, day.start, day.finish, place or None)
            return (None, (wrong,)) if wrong else (found, ())
    return None


def _contradiction(day: Day, told: str, after: date | None) -> Doubt | None:
    hour, said = dates.no_such_hour(told), dates.column(day.date)
    if dates.disagrees(day.date, day.weekday):
        return Doubt("next_weekday_differs", {"weekday": (day.weekday or "").lower(), "date": said})
    if hour:
        return Doubt("next_no_such_hour", {"time": hour})
    if day.start and day.finish and day.finish <= day.start:
        return Doubt("next_ends_before")
    if after and day.date <= after:
        return Doubt("next_not_after", {"date": said})
    return None


def _texts(item: Item) -> list[str]:
    """An item's texts; a section "Næste møde" speaks of the next meeting though its text doesn't say so."""
    found: list[str] = []
    for section in item.sections:
        heading = section.heading if _NEXT.search(section.heading) else ""
        for block in section.blocks:
            heading = block.text if block.style == "heading" and _NEXT.search(block.text) else heading
            found.append(
                block.text if _NEXT.search(block.text) else f"{heading}: {block.text}" if heading else block.text
            )
    alone = _NEXT.match(item.title)
    return [f"{item.title}: {text}" if alone and not _NEXT.search(text) else text for text in found]


def _title(front: Sequence[Paragraph]) -> str | None:
    """The line that names the document, else its first heading in Markdown, else its first line about a meeting."""
    for paragraph in front:
        if _TITLE.match(paragraph.text) and not _BARE_TITLE.match(paragraph.text) and len(paragraph.text) < 300:
            return paragraph.text
    for paragraph in front:
        heading = paragraph.level == 1 or (paragraph is front[0] and _MEETING.search(paragraph.text))
        if heading and len(paragraph.text) < 300 and not _LABEL.match(paragraph.text):
            return paragraph.text
    return None


def _told(paragraph: Paragraph) -> str:
    """A paragraph's words; a row of two cells reads as a label and what it holds."""
    if len(paragraph.cells) == 2:
        return f"{paragraph.cells[0].rstrip(':')}: {paragraph.cells[1]}"
    return paragraph.raw


def _place(rest: str) -> str:
    """The place behind a day: "i Ministeriet." without its preposition, "hos PLO, …" with it, remarks left out."""
    rest = _REMARK.sub("", rest).strip(" ,;–-|").removesuffix(".").strip()
    return _AT.sub("", rest, count=1) if _AT.match(rest) else rest


def names_a_meeting(front: Sequence[Paragraph]) -> bool:
    """Whether what stands before the items speaks of a meeting or an agenda."""
    return any(_TITLE.match(paragraph.text) or _MEETING.search(paragraph.text[:300]) for paragraph in front)
