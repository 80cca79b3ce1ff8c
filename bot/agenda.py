"""The agenda of a meeting as a value: what was read from a document, what Slack shows, what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.decisions import Decision
from bot.groups import Member
from bot.meetings import Meeting
from bot.roles import CHAIRS, SECRETARIAT
from bot.words import likeness, words_of

# "Det indstilles, at styregruppen:", which says no more than our own words over the recommendations do.
_LEAD = re.compile(
    r"(?:det indstilles|it is recommended)(?: til)?,?(?:\s+(?:at|that))?"
    r"(?:\s+(?:the\s+)?(?:[\w-]+\s+)?[\w-]*(?:gruppen|udvalget|bestyrelsen|rådet|group|committee|board)(?:,?\s+at)?)?\s*:?$",
    re.IGNORECASE,
)
SUMMARIES = ("", "resumé", "resume", "summary")
Audience = tuple[str, ...] | None  # None: all of the group; else "person:12", "role:finance"; () is a closed item
Style = Literal["text", "bullet", "number", "heading"]
ItemState = Literal["proposed", "accepted", "left_out", "withdrawn", "treated", "postponed", "not_reached"]
_AROUND = frozenset(words_of("punkt punktet om på for til af og det den the about on of item"))
ON_AGENDA: tuple[ItemState, ...] = ("accepted", "treated", "postponed", "not_reached")


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the group is to do with an item: an ordered set of O, D and B, kept as printed: "B/D", "O/B?", "".

    O is *orientering* (for information), D *drøftelse* (for discussion), B *beslutning* (for decision).
    """

    raw: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """Each kind as printed, doubt included: "O/B?" gives ("O", "B?")."""
        return tuple(mark.strip() for mark in self.raw.split("/") if mark.strip())

    @property
    def letters(self) -> tuple[str, ...]:
        """Each kind without its question mark: "O/B?" gives ("O", "B")."""
        return tuple(mark.rstrip("?") for mark in self.marks)

    def __str__(self) -> str:
        return self.raw

    def __bool__(self) -> bool:
        return bool(self.raw)


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who presents an item; the role ("projektleder") and the part of it they speak to, where the document says so."""

    name: str
    organisation: str | None = None
    role: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix (bilag) as announced under its item; the number is kept as printed: "2", "4.1". `url` is its link."""

    number: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One bullet of *Det indstilles, at styregruppen*: its words as written, and the verb it asks for ("godkender")."""

    text: str
    verb: str
    id: int = field(default=0, compare=False)  # which row it was read from, as of an item


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a bullet, a numbered line or a sub-heading within a section, its words as written."""

    style: Style
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an item under its heading: Resumé, Baggrund … or one nobody foresaw; "" is text before any heading."""

    heading: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the printed list of items at the top, which may disagree with the item itself further down."""

    number: str
    title: str
    kinds: Kinds = Kinds()
    duration: int | None = None
    sub: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An item (punkt). `number` is printed in the body, `listed_as` in the list at the top; `duration` is minutes."""

    number: str
    title: str
    listed_as: str | None = None
    kinds: Kinds = Kinds()
    duration: int | None = None
    presenters: tuple[Presenter, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    sections: tuple[Section, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    items: tuple[Item, ...] = ()
    audience: Audience = None
    state: ItemState = "accepted"
    id: int = field(default=0, compare=False)  # which row it was read from; two items that say the same are equal

    @property
    def hidden(self) -> bool:
        """Whether only its number is here, since it is not for whoever looks."""
        return self.audience == () and not self.title

    @property
    def is_undecided(self) -> bool:
        """Whether it is there to be decided, recommends nothing by itself or below it, and nothing was decided."""
        return "B" in self.kinds.letters and not (self.recommendations or self.items or self.decisions)

    def seen_by(self, viewer: Member | None) -> Item:
        """The item as somebody sees it, or (None) everybody: of what is not for them, only that it has a number."""
        if self.audience is not None and not admits(self.audience, viewer):
            return Item(self.number, "", audience=(), id=self.id)
        below = tuple([each.seen_by(viewer) for each in self.items])
        return self if below == self.items else replace(self, items=below)

    @property
    def introduction(self) -> tuple[Section, ...]:
        """What stands before any heading, and the summary."""
        return tuple(each for each in self.sections if each.blocks and each.heading.casefold() in SUMMARIES)

    @property
    def grounds(self) -> tuple[Section, ...]:
        """What stands under its other headings: Baggrund, Løsning, Videre proces … as the document has them."""
        return tuple(each for each in self.sections if each.blocks and each.heading.casefold() not in SUMMARIES)

    @property
    def minutes(self) -> int | None:
        """Planned minutes: its own, which include its sub-items', else theirs; None where nobody gave it any."""
        if self.duration is not None:
            return self.duration
        below = [minutes for each in self.items if (minutes := each.minutes) is not None]
        return sum(below) if below else None

    @property
    def untimed(self) -> int:
        """How many items to plan for stand in it, itself or below it, that nobody gave any minutes."""
        if self.duration is not None or self.hidden:
            return 0
        return 1 if self.minutes is None else sum(each.untimed for each in self.items)

    @property
    def told(self) -> Item:
        """The item without the line that leads into its recommendations, for where those stand under our own."""
        if not self.recommendations:
            return self
        kept = (tuple(each for each in section.blocks if not _LEAD.match(each.text)) for section in self.sections)
        sections = (replace(each, blocks=blocks) for each, blocks in zip(self.sections, kept, strict=True))
        return replace(self, sections=tuple(each for each in sections if each.blocks or each.heading))

    def walk(self) -> Iterator[Item]:
        """The item and its sub-items, in the order printed."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Agenda:
    """A meeting with its items, and the next meeting where one is announced."""

    meeting: Meeting = field(default_factory=Meeting)
    contents: tuple[Heading, ...] = ()
    items: tuple[Item, ...] = ()
    next_meeting: Meeting | None = None

    def walk(self) -> Iterator[Item]:
        """Every item and sub-item, in the order printed."""
        for item in self.items:
            yield from item.walk()

    @property
    def duration(self) -> int:
        """Planned minutes of all items that have any."""
        return sum(item.minutes or 0 for item in self.items)

    @property
    def untimed(self) -> int:
        """How many items nobody gave any minutes."""
        return sum(item.untimed for item in self.items)


def titled(items: Iterable[Item], text: str) -> list[Item]:
    """The items whose title has all the words of a text, in any form and with typing errors."""
    words = [word for word in words_of(text) if word not in _AROUND]
    whole = (each for item in items for each in item.walk() if words and not each.hidden)
    return [each for each in whole if all(any(likeness(word, part) for part in words_of(each.title)) for word in words)]


def admits(audience: Audience, viewer: Member | None) -> bool:
    """Whether something is for somebody; None is everybody in the channel. Secretariat and chairs see all there is."""
    if audience is None:
        return True
    if viewer is None:
        return False
    mine = {f"person:{viewer.person.id}", *(f"role:{role}" for role in viewer.roles)}
    return viewer.may(SECRETARIAT | CHAIRS) or not mine.isdisjoint(audience)
