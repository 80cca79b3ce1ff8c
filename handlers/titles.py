"""What somebody seeks on an agenda: whose it is, by a date, and which item, by words of its title."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import shorten

from bot import meetings as when
from bot.agenda import Item
from bot.agenda import titled as of_title
from bot.meetings import Meeting
from bot.refusals import Refusal
from handlers.declared import QUOTED, ItemNumber, item_number, item_words, vocabulary
from handlers.request import Request
from storage import earlier, meetings
from storage.meetings import Found

Look = Callable[[Request, Found], tuple[Meeting, tuple[Item, ...], int | None]]  # an agenda as somebody may see it
TRIED = 3  # earlier agendas that are looked at


def present(request: Request) -> Found:
    """The coming meeting, else the latest."""
    return meetings.coming_or_latest(request.reader, request.group.id, request.today)


def meeting(request: Request, sought: str) -> tuple[Found, str]:
    """The meeting whose agenda is asked for, and what is asked for of it."""
    day = when.day_meant(sought, request.today) if sought else None
    meant = day or when.month_meant(sought, request.today)
    if meant is None or (meant[1] and item_number(item_words(meant[1])) is None):
        return present(request), sought
    found = meetings.that_day(request.reader, request.group.id, meant[0], request.today)
    if found is None and day:
        off = meetings.called_off(request.reader, request.group.id, day[0])
        raise Refusal("meeting_called_off" if off else "no_meeting_that_day", date=off or day[0][0])
    return (found, meant[1]) if found else (present(request), sought)  # a month may be a word of a title


def titled(request: Request, items: Iterable[Item], words: str, look: Look) -> ItemNumber:
    """The number of the one item whose title has some words; refused where none or several have, with the latest
    earlier meeting that has one.
    """
    hits = [each.number for each in of_title(items, words)]
    if len(hits) == 1:
        return ItemNumber(hits[0])
    quoted = shorten(words, QUOTED, placeholder=" …")
    if hits:
        raise Refusal("several_items", words=quoted, numbers=hits)
    if before := _before(request, words, look):
        held, item = before
        day = held.date and request.voice.as_of(held.date)
        raise Refusal("title_before", words=quoted, date=held.date, day=day, number=item.number, title=item.title)
    typed = f"{'dagsorden' if request.language == 'da' else 'agenda'} {words}"
    nearest = vocabulary.nearest(typed, request.member.roles) or ""
    numbers = [each.number for each in items if each.number]
    raise Refusal("no_such_title", words=quoted, numbers=numbers, nearest=nearest if " " in nearest else None)


def _before(request: Request, words: str, look: Look) -> tuple[Meeting, Item] | None:
    """The item of the latest earlier meeting whose title has some words, as somebody may see it."""
    every = earlier.titles(request.reader, request.group.id, request.today)
    likely = dict.fromkeys(found for found, title in every if of_title([Item("", title)], words))
    for found in list(likely)[:TRIED]:
        held, items, _ = look(request, found)
        hits = of_title(items, words)
        if hits:
            return held, hits[0]
    return None
