"""What a new version of an agenda changes: item by item, matched by title, in the words a reader would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from bot.agenda import Item, Section
from bot.budgets import Budget
from bot.order import under

_COMPARABLE = 10_000  # pairs of titles; among more than that a title is known by its own words alone
What = Literal["added", "removed", "title", "kinds", "duration", "presenters", "recommendations", "appendices", "text"]
Fate = Literal["figures", "added", "removed"]
SLIPS = 4  # letters in all that may be another in an item, and two at most in one word


@dataclass(frozen=True, slots=True)
class Change:
    """One item is new, gone, or not what it was; `number` and `title` are the new ones where there are any."""

    number: str
    title: str
    what: tuple[What, ...]


def changes(old: Iterable[Item], new: Iterable[Item]) -> tuple[Change, ...]:
    """The changes from one version to the next, in the order of the new, what was removed last."""
    before = [item for each in old for item in each.walk()]
    after = [item for each in new for item in each.walk()]
    there = {item.id for item in after if item.id}
    comparable = len(before) * len(after) <= _COMPARABLE
    found: list[Change] = []
    for item in after:
        same = _same(item, before, there, comparable)
        if same is None:
            found.append(Change(item.number, item.title, ("added",)))
            continue
        before.remove(same)
        what = tuple(_differences(same, item))
        if what:
            found.append(Change(item.number, item.title, what))
    return (*found, *(Change(item.number, item.title, ("removed",)) for item in before))


def budgets(old: Sequence[Budget], new: Sequence[Budget]) -> tuple[tuple[str, Fate], ...]:
    """What becomes of the budgets of an agenda when a document takes its place, by their names, and which are new; a
    document that holds none changes none.
    """
    if not new:
        return ()
    there = {each.name: replace(each, item=None) for each in old}
    read = {each.name: replace(each, item=None) for each in new}
    return (
        *((name, "figures" if name in there else "added") for name in read if there.get(name) != read[name]),
        *((name, "removed") for name in there if name not in read),
    )


def is_slip(old: Item, new: Item) -> bool:
    """Whether an item was changed by no more than a slip of the pen: a few letters of its title or text, in words that
    still begin alike; no figure, no word more or less, and nothing that says who, how long, or what is asked for.
    """
    if replace(old, title="", sections=(), items=()) != replace(new, title="", sections=(), items=()):
        return False
    if len(old.items) != len(new.items) or not all(map(is_slip, old.items, new.items)):
        return False
    before, after = _texts(old), _texts(new)
    if len(before) != len(after) or _shape(old.sections) != _shape(new.sections):
        return False
    slips = [_slips(*pair) for pair in zip(before, after, strict=True)]
    return all(each is not None for each in slips) and sum(each or 0 for each in slips) <= SLIPS


def _same(item: Item, before: list[Item], there: set[int], comparable: bool) -> Item | None:
    """What an item was: the same row, else the same title, else one very like it; no row that is still `there`."""
    by_row = [each for each in before if item.id and each.id == item.id]
    others = [each for each in before if each.id not in there]
    by_title = [each for each in others if each.title == item.title]
    near = get_close_matches(item.title, [each.title for each in others], n=1, cutoff=0.8) if comparable else []
    like = [each for each in others if each.title in near]
    return next(iter((*by_row, *by_title, *like)), None)


def _differences(old: Item, new: Item) -> Iterator[What]:
    names: tuple[What, ...] = ("title", "kinds", "duration", "presenters", "recommendations")
    yield from (name for name in names if getattr(old, name) != getattr(new, name))
    if _appendices(old) != _appendices(new):
        yield "appendices"
    if old.sections != new.sections:
        yield "text"


def _appendices(item: Item) -> list[tuple[str, str, str | None]]:
    """An item's appendices as they are numbered within it: that it has got another number itself changes none."""
    return [(under(each.number, item.number, ""), each.title, each.url) for each in item.appendices]


def _texts(item: Item) -> list[str]:
    return [item.title, *(block.text for section in item.sections for block in section.blocks)]


def _shape(sections: tuple[Section, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.heading, tuple(block.style for block in each.blocks)) for each in sections]


def _slips(old: str, new: str) -> int | None:
    """How many letters differ; None where that is more than a slip."""
    before, after = old.split(), new.split()
    if len(before) != len(after):
        return None
    counted = 0
    for was, word in zip(before, after, strict=True):
        if was == word:
            continue
        distance = _distance(was.casefold(), word.casefold())
        if distance > 2 or was[0].casefold() != word[0].casefold() or _has_figure(was + word):
            return None
        counted += distance
    return counted


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _distance(old: str, new: str) -> int:
    """In how many letters two words differ: put in, left out, or another."""
    row = list(range(len(new) + 1))
    for n, was in enumerate(old, 1):
        above, row[0] = row[0], n
        for m, letter in enumerate(new, 1):
            above, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, above + (was != letter))
    return row[-1]
