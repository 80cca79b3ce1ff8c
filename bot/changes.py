"""What a new version of an agenda changes: item by item, matched by title, in the words a reader would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from bot.agenda import Item

_COMPARABLE = 10_000  # pairs of titles; among more than that a title is known by its own words alone
What = Literal["added", "removed", "title", "kinds", "duration", "presenters", "recommendations", "appendices", "text"]


@dataclass(frozen=True, slots=True)
class Change:
    """One item is new, gone, or not what it was; `number` and `title` are the new ones where there are any."""

    number: str
    title: str
    what: tuple[What, ...]


def changes(old: Iterable[Item], new: Iterable[Item]) -> tuple[Change, ...]:
    """The changes from one version to the next, in the order of the new, what was removed last."""
    before = {item.title: item for each in old for item in each.walk()}
    after = [item for each in new for item in each.walk()]
    comparable = len(before) * len(after) <= _COMPARABLE
    found: list[Change] = []
    for item in after:
        close = [item.title] if item.title in before else []
        if not close and comparable:
            close = get_close_matches(item.title, before, n=1, cutoff=0.8)
        if not close:
            found.append(Change(item.number, item.title, ("added",)))
            continue
        what = tuple(_differences(before.pop(close[0]), item))
        if what:
            found.append(Change(item.number, item.title, what))
    return (*found, *(Change(item.number, item.title, ("removed",)) for item in before.values()))


def _differences(old: Item, new: Item) -> Iterator[What]:
    names: tuple[What, ...] = ("title", "kinds", "duration", "presenters", "recommendations", "appendices")
    yield from (name for name in names if getattr(old, name) != getattr(new, name))
    if old.sections != new.sections:
        yield "text"
