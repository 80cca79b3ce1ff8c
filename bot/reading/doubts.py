"""What a careful reader would ask a person about: places where the document can be read in more than one way.

And what it says that can't all be so: more minutes than the meeting has, two things under one number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from textwrap import shorten

from bot import dates
from bot.agenda import Agenda, Heading, Item, Recommendation
from bot.reading import Doubt, headings, recommendations, references, titles, verbs


def doubts(agenda: Agenda, held: bool = False) -> tuple[Doubt, ...]:
    """The doubts of an agenda, in the order a reader meets them; of a meeting that was `held` nobody asks any more
    whether its time sufficed or its items were marked rightly.
    """
    return (
        *_start(agenda),
        *_date(agenda),
        *(() if held else _time(agenda)),
        *_numbers(agenda),
        *_items(agenda),
        *(() if held else _marks(agenda)),
        *_below(agenda),
        *_appendices(agenda),
        *_references(agenda),
        *_wordings(agenda),
        *(() if held else _kinds(agenda)),
        *_unread(agenda),
    )


def _start(agenda: Agenda) -> Iterator[Doubt]:
    """The first page is missing where the list begins further on than the items."""
    listed, printed = _figures(heading.number for heading in agenda.contents), _figures(_numbers_of(agenda))
    if listed and printed and listed[0] > max(printed[0], 1) and agenda.meeting.date is None:
        yield Doubt("start_missing", {"first": listed[0]})


def _date(agenda: Agenda) -> Iterator[Doubt]:
    """No date, or one that its weekday disagrees with."""
    meeting = agenda.meeting
    if meeting.title and meeting.date is None and not list(_start(agenda)):
        yield Doubt("no_date")
    elif meeting.date and dates.disagrees(meeting.date, meeting.weekday):
        yield Doubt("weekday_differs", {"weekday": (meeting.weekday or "").lower(), "date": f"{meeting.date:%d.%m.%Y}"})


def _time(agenda: Agenda) -> Iterator[Doubt]:
    """A meeting that ends before it begins, or is too short for its items."""
    length, total = agenda.meeting.length, agenda.duration
    if length is not None and length <= 0:
        yield Doubt("ends_before")
    elif length is not None and total > length:
        yield Doubt("time_over", {"sum": total, "length": length, "over": total - length})


def _numbers(agenda: Agenda) -> Iterator[Doubt]:
    """Numbers that differ between the list and the items, or that are left out or used twice."""
    shifted = [item for item in agenda.items if item.listed_as not in (None, item.number)]
    printed = _figures(_numbers_of(agenda))
    times = Counter(printed)
    missing = [str(number) for number in range(1, printed[-1]) if number not in times] if printed else []
    twice = sorted(number for number, count in times.items() if count > 1)
    said = {
        "listed": [item.listed_as or "" for item in shifted],
        "printed": [item.number for item in shifted],
        "missing": missing,
    }
    if shifted and missing:
        yield Doubt("numbering", said)
    elif shifted:
        yield Doubt("numbering_differs", {"listed": said["listed"], "printed": said["printed"]})
    elif missing:
        yield Doubt("numbering_gap", {"missing": said["missing"]})
    for number in twice:
        yield Doubt("number_twice", {"number": number})


def _items(agenda: Agenda) -> Iterator[Doubt]:
    """Items that stand in the list alone, or in the document alone where the list's beginning is not cut off."""
    if not agenda.contents:
        return
    found = {item.listed_as for item in agenda.items}
    for heading in agenda.contents:
        if heading.number not in found:
            yield Doubt("item_missing", {"number": heading.number, "title": heading.title})
    first = _figures(heading.number for heading in agenda.contents)[:1] or [1]
    for item in agenda.items:
        if item.listed_as is None and int(item.number) >= first[0]:
            yield Doubt("item_unlisted", {"number": item.number, "title": item.title})


def _marks(agenda: Agenda) -> Iterator[Doubt]:
    """Kinds or minutes that the list gives an item, and the item itself does not."""
    found = [heading.number + _more(heading, item) for heading, item in _paired(agenda) if _more(heading, item)]
    if found:
        yield Doubt("listed_otherwise", {"items": found})


def _more(heading: Heading, item: Item) -> str:
    """What the list says of an item beyond what it says itself: " (O, 10 min.)"; nothing where they agree."""
    kinds = heading.kinds.raw if set(heading.kinds.marks) - set(item.kinds.marks) else ""
    minutes = f"{heading.duration} min." if heading.duration not in (None, item.minutes) else ""
    said = ", ".join(filter(None, (kinds, minutes)))
    return f" ({said})" if said else ""


def _below(agenda: Agenda) -> Iterator[Doubt]:
    """Sub-items that stand in the list alone: under the item there is none of that title, nor a heading."""
    for heading, item in _paired(agenda):
        headings_in = [block.text for each in item.sections for block in each.blocks if block.style == "heading"]
        there = [*(below.title for below in item.items), *(each.heading for each in item.sections), *headings_in]
        paired = titles.pairs([below.title for below in heading.sub], there)
        missing = [f"{below.number}. {below.title}" for n, below in enumerate(heading.sub) if n not in paired]
        if missing:
            yield Doubt("subitems_missing", {"number": heading.number, "items": missing})


def _paired(agenda: Agenda) -> list[tuple[Heading, Item]]:
    """The lines of the list, each with its item, where both are there."""
    listed = {item.listed_as: item for item in agenda.items}
    return [(heading, listed[heading.number]) for heading in agenda.contents if heading.number in listed]


def _appendices(agenda: Agenda) -> Iterator[Doubt]:
    """Two appendices under one number."""
    times = Counter(appendix.number for item in agenda.walk() for appendix in item.appendices)
    yield from (Doubt("appendix_twice", {"number": number}) for number, count in times.items() if count > 1)


def _references(agenda: Agenda) -> Iterator[Doubt]:
    for mention in references.mentions(agenda):
        if not mention.listed and mention.likely:
            yield Doubt("appendix_likely", {"number": mention.number, "item": mention.item, "likely": mention.likely})
        elif not mention.listed:
            yield Doubt("appendix_unknown", {"number": mention.number, "item": mention.item})


def _wordings(agenda: Agenda) -> Iterator[Doubt]:
    """Recommendations that say two things to be done, or none."""
    for item in agenda.walk():
        for number, recommendation in enumerate(item.recommendations, 1):
            two = verbs.two(recommendation.text)
            if two:
                yield Doubt("two_verbs", _wording(item, two, recommendation.verb))
            elif not verbs.begins(recommendation.text):
                said = {"number": number, "item": item.number, "text": _short(recommendation.text)}
                yield Doubt("recommendation_odd", said)


def _kinds(agenda: Agenda) -> Iterator[Doubt]:
    """Items that ask for a decision and are not marked as ones for decision."""
    for item in agenda.walk():
        asked = next((each.verb for each in item.recommendations if _decides(each)), None)
        if asked and item.kinds and "B" not in item.kinds.letters:
            yield Doubt("kind_differs", {"item": item.number, "kinds": item.kinds.raw, "verb": asked})


def _decides(recommendation: Recommendation) -> bool:
    return not {"approved", "decided"}.isdisjoint(verbs.asked_outcomes(recommendation.verb))


def _unread(agenda: Agenda) -> Iterator[Doubt]:
    """Items that seem to recommend something, of which no recommendation was read."""
    for item in agenda.walk():
        text = None if item.recommendations else next(_asking(item), None)
        if text:
            yield Doubt("recommendation_unread", {"item": item.number, "text": _short(text)})


def _asking(item: Item) -> Iterator[str]:
    for section in item.sections:
        heading = headings.name(section.heading)
        if heading in headings.MINUTES | headings.DECISION:
            continue
        for text in (section.heading, *(block.text for block in section.blocks)):
            if recommendations.looks(text) or (heading in headings.RECOMMENDATION and text != section.heading):
                yield text


def _short(text: str) -> str:
    return shorten(text, 100, placeholder=" …")


def _wording(item: Item, two: tuple[str, str], verb: str) -> dict[str, str]:
    return {"item": item.number, "first": two[0], "second": two[1], "verb": verb}


def _numbers_of(agenda: Agenda) -> list[str]:
    return [item.number for item in agenda.items]


def _figures(numbers: Iterator[str] | list[str]) -> list[int]:
    return [int(number) for number in numbers if number.isdigit()]
