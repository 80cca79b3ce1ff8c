"""What a careful reader would ask a person about: places where the document can be read in more than one way.

Whether the agenda is a good one is another matter; that is for the checks before it is sent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot import dates
from bot.agenda import Agenda, Item
from bot.reading import Doubt, references, verbs


def doubts(agenda: Agenda) -> tuple[Doubt, ...]:
    """The doubts of an agenda, in the order a reader meets them."""
    return (
        *_start(agenda),
        *_date(agenda),
        *_numbers(agenda),
        *_items(agenda),
        *_references(agenda),
        *_wordings(agenda),
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


def _numbers(agenda: Agenda) -> Iterator[Doubt]:
    """Numbers that differ between the list and the items, or that are left out or used twice."""
    shifted = [item for item in agenda.items if item.listed_as not in (None, item.number)]
    printed = _figures(_numbers_of(agenda))
    times = Counter(printed)
    missing = [str(number) for number in range(1, printed[-1]) if number not in times] if printed else []
    twice = sorted(number for number, count in times.items() if count > 1)
    said = {
        "listed": ", ".join(item.listed_as or "" for item in shifted),
        "printed": ", ".join(item.number for item in shifted),
        "missing": ", ".join(missing),
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


def _references(agenda: Agenda) -> Iterator[Doubt]:
    for mention in references.mentions(agenda):
        if not mention.listed and mention.likely:
            yield Doubt("appendix_likely", {"number": mention.number, "item": mention.item, "likely": mention.likely})
        elif not mention.listed:
            yield Doubt("appendix_unknown", {"number": mention.number, "item": mention.item})


def _wordings(agenda: Agenda) -> Iterator[Doubt]:
    for item in agenda.walk():
        for recommendation in item.recommendations:
            two = verbs.two(recommendation.text)
            if two:
                yield Doubt("two_verbs", _wording(item, two, recommendation.verb))


def _wording(item: Item, two: tuple[str, str], verb: str) -> dict[str, str]:
    return {"item": item.number, "first": two[0], "second": two[1], "verb": verb}


def _numbers_of(agenda: Agenda) -> list[str]:
    return [item.number for item in agenda.items]


def _figures(numbers: Iterator[str] | list[str]) -> list[int]:
    return [int(number) for number in numbers if number.isdigit()]
