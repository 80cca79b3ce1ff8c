"""Paragraphs → the outline of a document: what comes before, the list of items, and the items with what they hold.

A number alone makes no item: recommendations, steps and milestones are numbered too. `_Reader` tells what makes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot.agenda import Heading
from bot.reading import headings, titles, verbs
from bot.reading.lines import BELOW
from bot.reading.paragraphs import Paragraph
from bot.reading.titles import Title

# A list of items stands among the first paragraphs and is no longer than a meeting can bear.
_EARLY, _LONGEST = 200, 100
# Past so many headings nobody looks for the titles of a list.
_MOST_HEADS = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """An item's heading with its paragraphs and its sub-items, before their sections are read."""

    number: str
    title: Title
    paragraphs: tuple[Paragraph, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A document in its three parts. `front` is what stands before the items and is no list of them."""

    front: tuple[Paragraph, ...]
    contents: tuple[Heading, ...]
    parts: tuple[Part, ...]


def outline(found: tuple[Paragraph, ...]) -> Outline:
    """Find the list of items and the items themselves; a list that is followed by no items is the agenda."""
    begin, end = _list(found)
    body = _split_at_titles(found[end:], found[begin:end])
    listed = [titles.read(paragraph.text).title for paragraph in found[begin:end] if paragraph.label.isdigit()]
    parts, before = _Reader(body, listed).read()
    if begin == end or parts:
        return Outline((*found[:begin], *before), _headings(found[begin:end]), parts)

    parts, before = _Reader(found[begin:], ()).read()
    return Outline((*found[:begin], *before), (), parts)


def _list(found: tuple[Paragraph, ...]) -> tuple[int, int]:
    """Where the list of items begins and ends: a run of numbered lines whose titles come again further down."""
    headlike = ((place, each) for place, each in enumerate(found) if _could_head(each))
    heads = [(place, titles.read(each.text).title) for place, each in islice(headlike, _MOST_HEADS)]
    begin = 0
    while begin < min(len(found), _EARLY):
        end = _run(found, begin)
        ours = [title for place, title in heads if begin <= place < end]
        if 1 < end - begin <= _LONGEST and _come_again(ours, [title for place, title in heads if place >= end]):
            return begin, end
        begin = max(end, begin + 1)
    return 0, 0


def _run(found: tuple[Paragraph, ...], begin: int) -> int:
    """The end of the rising numbers that begin here, letters and decimals between them included."""
    last, end = 0, begin
    for paragraph in found[begin:]:
        whole = paragraph.style == "number" and paragraph.label.isdigit()
        if whole and int(paragraph.label) <= last:
            break
        if not paragraph.label or (not whole and not last) or len(paragraph.raw) > 300:
            break
        last = int(paragraph.label) if whole else last
        end += 1
    return end


def _come_again(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether at least half of the titles listed head something later: a list of recommendations does not."""
    return len(ours) > 1 and len(titles.pairs(ours, theirs)) * 2 >= len(ours)


def _could_head(paragraph: Paragraph) -> bool:
    whole = paragraph.style == "number" and paragraph.label.isdigit() and len(paragraph.raw) <= 400
    return whole and headings.headlike(titles.read(paragraph.text).title)


def _headings(listed: Sequence[Paragraph]) -> tuple[Heading, ...]:
    """The lines of the list, each with the lettered or decimal lines below it."""
    found: list[Heading] = []
    for paragraph in listed:
        title = titles.read(paragraph.text)
        heading = Heading(paragraph.label, title.title, title.kinds, title.duration)
        if paragraph.label.isdigit() or not found:
            found.append(heading)
        else:
            found[-1] = replace(found[-1], sub=(*found[-1].sub, heading))
    return tuple(found)


def _split_at_titles(body: Sequence[Paragraph], listed: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Part a sub-item's title from the text right below it: the list at the top knows where the title ends."""
    known = [titles.read(paragraph.text).title for paragraph in listed if not paragraph.label.isdigit()]
    found: list[Paragraph] = []
    for paragraph in body:
        title = next((title for title in known if paragraph.text.startswith(title + " ")), None)
        rest = paragraph.text[len(title) + 1 :] if title else ""
        if title and paragraph.style == "text" and rest[:1].isupper():
            found += [Paragraph(title, "heading", gap=paragraph.gap), Paragraph(rest)]
        else:
            found.append(paragraph)
    return tuple(found)


@dataclass(slots=True)
class _Reader:
    """Goes through the paragraphs once and decides of each labelled one whether it is an item.

    `listed` are the titles in the list at the top, `number` is the last item's, `counted` the last number of a list
    within the item, 0 outside any.
    """

    body: Sequence[Paragraph]
    listed: Sequence[str]
    number: int = 0
    counted: int = 0
    asked: bool = False
    heads: list[tuple[int, Title]] = field(default_factory=list)

    def read(self) -> tuple[tuple[Part, ...], tuple[Paragraph, ...]]:
        """The items, and what stands before the first."""
        for place, paragraph in enumerate(self.body):
            title = self._title(place, paragraph)
            if title:
                self.heads.append((place, title))
                self.number = int(paragraph.label.split(".")[0]) if paragraph.label[0].isdigit() else self.number
                self.counted, self.asked = 0, False
            else:
                self._pass(paragraph)
        first = self.heads[0][0] if self.heads else len(self.body)
        return self._parts(), tuple(self.body[:first])

    def _pass(self, paragraph: Paragraph) -> None:
        """Remember where we are: in a list, under a recommendation, or in plain text."""
        if paragraph.style == "number" and paragraph.label.isdigit():
            self.counted = int(paragraph.label)
        elif headings.known(paragraph.text) and not paragraph.said:
            self.counted = 0
            self.asked = headings.name(paragraph.text) in headings.RECOMMENDATION

    def _title(self, place: int, paragraph: Paragraph) -> Title | None:
        """The title of the item that begins here, None where none does."""
        if paragraph.style not in ("number", "letter") or len(paragraph.raw) > 400:
            return None
        title = titles.read(paragraph.text)
        if not paragraph.marked and (title.title[-1:] in ".:;!," and not headings.standing(title.title)):
            return None

        if paragraph.style == "letter":
            return title if self._is_lettered(place, paragraph, title) else None
        if "." in paragraph.label:
            return title if self._is_decimal(place, paragraph, title) else None
        return title if self._is_item(place, paragraph, title) else None

    def _is_item(self, place: int, paragraph: Paragraph, title: Title) -> bool:
        """An item is in the list at the top, or carries kinds, minutes or a presenter, or heads sections or appendices.

        Without any of that it is one where its number is the next, no list is running, and it stands as a heading does.
        A number used before begins a list within the item.
        """
        number = int(paragraph.label)
        if paragraph.marked or self._is_listed(title):
            return number > self.number or not self.counted or bool(paragraph.marked and title.kinds)
        if self.counted and number == self.counted + 1:
            return number > self.number and self._breaks_off(place, title)
        if self._heads_something(place):
            return number > self.number or not self.counted
        if number <= self.number or (self.asked and verbs.begins(paragraph.text)):
            return False
        return title.marked or headings.standing(title.title) or self._is_next(number, title)

    def _breaks_off(self, place: int, title: Title) -> bool:
        """Whether a list that could go on ends here: the next line looks like an item as none before it in the list."""
        above, paragraph = self.body[place - 1], self.body[place]
        apart = above.style != "number" or paragraph.gap > above.gap
        alone = title.marked and not titles.read(above.text[:400]).marked
        after_text = above.style == "text" and paragraph.gap > BELOW and self._is_next(int(paragraph.label), title)
        return headings.standing(title.title) or alone or after_text or (apart and self._heads_something(place))

    def _is_next(self, number: int, title: Title) -> bool:
        first = not self.heads and number == 1
        return (first or number == self.number + 1) and headings.headlike(title.title)

    def _is_listed(self, title: Title) -> bool:
        return bool(titles.pairs([title.title], self.listed))

    def _heads_something(self, place: int) -> bool:
        below = self.body[place + 1] if place + 1 < len(self.body) else None
        return below is not None and (headings.known(below.text) or bool(headings.appendix(below.raw)))

    def _is_decimal(self, place: int, paragraph: Paragraph, title: Title) -> bool:
        """A sub-item's number begins with its item's: 6.1 stands in 6."""
        if not self.heads or paragraph.label.split(".")[0] != str(self.number):
            return False
        return paragraph.marked or title.marked or self._heads_something(place) or headings.headlike(title.title)

    def _is_lettered(self, place: int, paragraph: Paragraph, title: Title) -> bool:
        """A lettered line is a sub-item right below its item or the letter before it, or with kinds of its own."""
        if not self.heads or not self.number:
            return False
        if title.marked or self._heads_something(place):
            return True
        above = self.heads[-1][0] == place - 1
        after = self.body[place - 1].style == "letter" if place else False
        return above and (paragraph.label == "a" or after) and headings.headlike(title.title)

    def _parts(self) -> tuple[Part, ...]:
        if not self.heads:
            return ()
        ends = [place for place, _ in self.heads[1:]] + [len(self.body)]
        parts: list[list[Part]] = []
        for (place, title), end in zip(self.heads, ends, strict=True):
            label = self.body[place].label
            part = Part(label, title, tuple(self.body[place + 1 : end]))
            if label.isdigit() or not parts:
                parts.append([part])
            else:
                parts[-1].append(part)
        return tuple(replace(part, parts=tuple(below)) for part, *below in parts)
