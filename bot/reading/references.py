"""Appendices spoken of in running text ("se bilag 4.2"): is each announced, and which is meant where it isn't?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.agenda import Agenda, Item

_MENTION = re.compile(r"\b(?:bilag|appendix)\s+(\d{1,2}(?:\.\d{1,2})?)(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """An appendix spoken of under an item. `likely` is the announced one that is probably meant, where none fits."""

    number: str
    item: str
    listed: bool
    likely: str | None = None


def mentions(agenda: Agenda) -> tuple[Mention, ...]:
    """Each appendix spoken of, once per item, in the order read."""
    announced = {appendix.number for item in agenda.walk() for appendix in item.appendices}
    found: dict[tuple[str, str], Mention] = {}
    for parent in agenda.items:
        own = _Own([appendix.number for item in parent.walk() for appendix in item.appendices])
        for item in parent.walk():
            for number in _spoken_of(item):
                if (item.number, number) not in found:
                    listed = number in announced
                    likely = None if listed else own.likely(number)
                    found[item.number, number] = Mention(number, item.number, listed, likely)
    return tuple(found.values())


def _spoken_of(item: Item) -> Iterator[str]:
    texts = [block.text for section in item.sections for block in section.blocks]
    texts += [recommendation.text for recommendation in item.recommendations]
    texts += [decision.text for decision in item.decisions]
    for text in texts:
        for found in _MENTION.finditer(text):
            yield found[1]


class _Own:
    """The appendices of an item, its sub-items' among them."""

    def __init__(self, numbers: list[str]) -> None:
        self._numbers = numbers
        self._running: dict[str, list[str]] = defaultdict(list)
        for number in numbers:
            self._running[number.partition(".")[2]].append(number)

    def likely(self, number: str) -> str | None:
        """The one with the same running number ("4.1" → "3.1"), else the only one."""
        running = number.partition(".")[2]
        fitting = (running and self._running.get(running)) or self._numbers
        return fitting[0] if len(fitting) == 1 else None
