"""The order of an agenda's items and the numbers that follow from it, where a document printed no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

from bot.agenda import Appendix

FIRST = ("meddelelser", "velkomst", "godkendelse af dagsorden", "announcements", "welcome", "approval of the agenda")
LAST = ("eventuelt", "evt.", "næste møde", "any other business", "next meeting")


@dataclass(frozen=True, slots=True)
class Line:
    """An item in its place; one that is new has no number yet."""

    id: int
    number: str
    title: str


def with_new(lines: Sequence[Line], new: Line) -> tuple[Line, ...]:
    """The lines with a new one among them: before the standing items that come last, after all others."""
    place = len(lines)
    while place and _is(LAST, lines[place - 1].title):
        place -= 1
    if _is(LAST, new.title):
        place = len(lines)
    elif _is(FIRST, new.title):
        place = next((n for n, each in enumerate(lines) if not _is(FIRST, each.title)), len(lines))
    return (*lines[:place], new, *lines[place:])


def moved(lines: Sequence[Line], line_id: int, after: int) -> tuple[Line, ...]:
    """The lines with one of them moved to stand after another, or (0) before all."""
    line = next(each for each in lines if each.id == line_id)
    others = [each for each in lines if each.id != line_id]
    place = next((n for n, each in enumerate(others, 1) if each.id == after), 0)
    return (*others[:place], line, *others[place:])


def follows(lines: Sequence[Line]) -> bool:
    """Whether the numbers follow the order, each one more than the one before it."""
    numbers = [each.number for each in lines]
    begin = _begin(lines)
    return numbers == [str(begin + n) for n in range(len(numbers))]


def renumbered(lines: Sequence[Line], begin: int | None = None) -> tuple[Line, ...]:
    """The lines with the numbers that follow from their order, from the lowest there is."""
    if begin is None:
        begin = min((int(each.number) for each in lines if _counts(each)), default=1)
    return tuple(replace(each, number=str(begin + n)) for n, each in enumerate(lines))


def numbered(before: Sequence[Line], after: Sequence[Line]) -> tuple[Line, ...]:
    """The lines as they are numbered in a new order: anew where the numbers followed the order before. Printed numbers
    that did not are left as they are, and what has none gets the next one that is free.
    """
    if follows(before):
        return renumbered(after, _begin(before))
    free = max((int(each.number) for each in (*before, *after) if _counts(each)), default=0)
    found: list[Line] = []
    for each in after:
        free += 0 if each.number else 1
        found.append(each if each.number else replace(each, number=str(free)))
    return tuple(found)


def closed_up(above: str, lines: Sequence[Line], gone: int) -> dict[int, str]:
    """The numbers of what stands under an item when one of it is gone, by their ids: what followed the order goes on
    doing so, "3.1" and "3.2" as well as "a" and "b". Printed numbers that did not are left as they are.
    """
    tails = [each.number.removeprefix(f"{above}.") for each in lines]
    left = [each for each in lines if each.id != gone]
    if not tails or tails != _counted(tails[0], len(tails)):
        return {each.id: each.number for each in left}
    return {each.id: line.number for each, line in zip(left, lines, strict=False)}


def is_standing(title: str) -> bool:
    """Whether an item is one of those that every agenda has."""
    return _is(FIRST, title) or _is(LAST, title)


def under(number: str, old: str, new: str) -> str:
    """The number of what stands under an item whose own has changed: under 6 that is 7 now, 6.1 is 7.1."""
    return new + number.removeprefix(old) if number == old or number.startswith(f"{old}.") else number


def appendices(number: str, of_item: Sequence[Appendix]) -> tuple[Appendix, ...]:
    """An item's appendices; under a numbered item the new ones get numbers that none of its others has: "2.1"."""
    taken = {each.number for each in of_item}
    free = (found for n in count(1) if (found := f"{number}.{n}") not in taken)
    return tuple(each if each.number or not number else replace(each, number=next(free)) for each in of_item)


def _counted(first: str, many: int) -> list[str]:
    """So many numbers or letters from the first on."""
    if first.isdecimal():
        return [str(int(first) + n) for n in range(many)]
    return [chr(ord(first) + n) for n in range(many)] if len(first) == 1 else []


def _begin(lines: Sequence[Line]) -> int:
    return int(lines[0].number) if lines and _counts(lines[0]) else 1


def _counts(line: Line) -> bool:
    return line.number.isdecimal()


def _is(standing: Sequence[str], title: str) -> bool:
    return title.strip().casefold().startswith(tuple(standing))
