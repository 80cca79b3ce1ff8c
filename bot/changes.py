"""What a new version of an agenda changes: item by item, matched by title, in the words a reader would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby
from typing import Literal

from bot.agenda import Item, Section
from bot.budgets import Budget
from bot.meetings import Meeting
from bot.order import under
from bot.refusals import Refusal

_COMPARABLE = 10_000  # pairs of titles; among more than that a title is known by its own words alone
What = Literal["added", "removed", "title", "kinds", "duration", "presenters", "recommendations", "appendices", "text"]
Fate = Literal["figures", "added", "removed"]
LONG_ENOUGH = 6  # letters; in a shorter word another letter is soon another word
_AT_THE_END = ".,;:"


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


def hindrance(meeting: Meeting, kind: str, has_items: bool) -> Refusal | None:
    """Why a document ("agenda" or "minutes") can't be a meeting's, or take the place of the agenda that this has; None
    where it can.
    """
    if meeting.state == "cancelled":
        return Refusal("called_off", date=meeting.date)
    if not has_items:
        return None
    if kind == "minutes":
        return Refusal("minutes_later")
    if meeting.state == "planned":
        return None
    return Refusal("already_sent" if meeting.state == "agenda_sent" else "agenda_over", date=meeting.date)


def sent_back(proposals: Iterable[Item], new: Iterable[Item]) -> tuple[Item, ...]:
    """Of the items of an agenda that were proposed, those that a document which takes its place does not have."""
    there = [item.title for each in new for item in each.walk()]
    return tuple(each for each in proposals if not any(is_titled(each.title, title) for title in there))


def is_titled(title: str, other: str) -> bool:
    """Whether two titles are one, but for capitals: so an item is known again in a new document."""
    return title.strip().casefold() == other.strip().casefold()


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


def is_slip(old: Item, new: Item, elsewhere: Iterable[str] = ()) -> bool:
    """Whether an item was changed by no more than a slip of the pen in its title or text; when in doubt it was not.

    Of the slips that Damerau counted (Communications of the ACM, 1964) those that leave a word its letters: one of them
    doubled, two beside each other swapped. They are slips only in a word without a capital, since a name has one, and
    where neither spelling is a word that is used `elsewhere` in the group's texts, or in the item. Then there are
    spaces, a word written twice, a sign after a word, and the case of a text's first letter. Whatever stands beside a
    figure without a space is as it was, and so is all that says who, how long, or what is asked for.
    """
    before, after = list(old.walk()), list(new.walk())
    if len(before) != len(after) or not all(map(_differ_in_words, before, after)):
        return False
    texts = [text for pair in zip(before, after, strict=True) for text in zip(*map(_texts, pair), strict=True)]
    words = [tuple(map(_words, each)) for each in texts]
    if any(len(was) != len(now) for was, now in words):
        return False
    used = {word.lower() for text in elsewhere for word in _words(text)}
    used |= {word.lower() for pair in words for word, now in zip(*pair, strict=True) if word == now}
    return all(
        was == now
        or (not place and _is_begun_alike(was, now))
        or (_is_misspelt(was, now) and used.isdisjoint((was, now)))
        for pair in words
        for place, (was, now) in enumerate(zip(*pair, strict=True))
    )


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


def _differ_in_words(old: Item, new: Item) -> bool:
    """Whether two items differ at most in what their titles and paragraphs say."""
    rest = [replace(each, title="", sections=(), items=()) for each in (old, new)]
    return rest[0] == rest[1] and len(old.items) == len(new.items) and _shape(old.sections) == _shape(new.sections)


def _texts(item: Item) -> list[str]:
    asked = [each.text for each in item.recommendations]
    return [item.title, *asked, *(block.text for section in item.sections for block in section.blocks)]


def _shape(sections: tuple[Section, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.heading, tuple(block.style for block in each.blocks)) for each in sections]


def _words(text: str) -> list[str]:
    """The words of a text without the signs after them, one written twice once; with a figure in it, as it is."""
    plain = [each if _has_figure(each) else each.rstrip(_AT_THE_END) or each for each in text.split()]
    return [each for word, again in groupby(plain) for each in (again if _has_figure(word) else [word])]


def _is_begun_alike(was: str, now: str) -> bool:
    return was[0].lower() == now[0].lower() and was[1:] == now[1:]


def _is_misspelt(was: str, now: str) -> bool:
    """Whether one spelling of a word is the other with a letter doubled, or with two beside each other swapped."""
    if not (was + now).isalpha() or not (was + now).islower() or min(len(was), len(now)) < LONG_ENOUGH:
        return False
    if len(was) != len(now):
        return _undoubled(was) == _undoubled(now)
    first, *others = (n for n, letters in enumerate(zip(was, now, strict=True)) if len(set(letters)) > 1)
    return others == [first + 1] and was[first : first + 2] == now[first : first + 2][::-1]


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _has_figure(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
