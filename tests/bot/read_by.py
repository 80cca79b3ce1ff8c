"""What the tests of the reader ask of a reading."""

from __future__ import annotations

from bot.agenda import Item
from bot.reading import Reading


def items(reading: Reading) -> list[tuple[str, str]]:
    return [(item.number, item.title) for item in reading.agenda.walk()]


def item(reading: Reading, number: str) -> Item:
    return next(item for item in reading.agenda.walk() if item.number == number)


def keys(reading: Reading) -> list[str]:
    return [doubt.key for doubt in reading.doubts]
