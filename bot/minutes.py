"""The minutes (referat) as a value: the agenda, the decisions, and what the secretary wrote under each item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Literal

from bot.agenda import Agenda, Block, Item, Section, Style
from bot.groups import Language
from bot.refusals import Refusal

MinutesState = Literal["draft", "chair", "posted", "approved"]
HELD: dict[Language, str] = {"da": "Referat", "en": "Minutes"}
ASKED = ("indstilling", "recommendation")
_MARK = re.compile(r"(?:[-•*–]|(\d{1,2})[.)])\s+(?=\S)")  # before a point of a list
PASSAGE = 2_500  # characters of one passage, well within one field of a Slack form


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting's minutes: the agenda with what was said and decided, and how far they have come.

    `reason` is why an approved version was corrected; `filed` tells that they were read from a document.
    """

    agenda: Agenda
    state: MinutesState
    version: int = 1
    reason: str | None = None
    filed: bool = False

    @property
    def out(self) -> bool:
        """Whether the members have them."""
        return self.state in ("posted", "approved")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Minutes of a meeting that has begun which are not sent, or (posted) not approved; `going_on`: it is not over."""

    meeting_id: int
    date: date | None
    state: MinutesState
    going_on: bool

    @property
    def unsent(self) -> bool:
        """Whether the members don't have them yet."""
        return self.state in ("draft", "chair")

    @property
    def waits(self) -> bool:
        """Whether it is time to send them."""
        return self.unsent and not self.going_on


def to_send(unfinished: Sequence[Unfinished]) -> int | None:
    """The meeting whose minutes somebody means who sends minutes without saying which, of those given with the latest
    first: the latest that is over, else the one going on; None where all are sent.
    """
    waiting = [each for each in unfinished if each.waits] or [each for each in unfinished if each.unsent]
    return waiting[0].meeting_id if waiting else None


def to_approve(unfinished: Sequence[Unfinished]) -> int | None:
    """The meeting whose minutes somebody means who approves minutes without saying which: the only ones sent and not
    approved; None where all are, and refused where there are several, for it can't be undone.
    """
    sent = [each for each in unfinished if not each.unsent]
    if len(sent) > 1:
        raise Refusal("which_minutes", dates=[each.date for each in reversed(sent)])
    return sent[0].meeting_id if sent else None


def passages(text: str) -> tuple[str, ...]:
    """A text in passages that each fit a field, parted between paragraphs, else between lines or words; nothing lost.

    Joined by an empty line they are the text again, but for white space at the ends of paragraphs.
    """
    found: list[str] = []
    for paragraph in (part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()):
        for piece in _pieces(paragraph):
            if found and len(found[-1]) + len(piece) + 2 <= PASSAGE:
                found[-1] = f"{found[-1]}\n\n{piece}"
            else:
                found.append(piece)
    return tuple(found)


def with_passages(item: Item, written: Sequence[str], language: Language) -> Item:
    """The item with what was written under it as its section Referat, a block a line.

    It stands before the recommendation in the group's form, as the last of what was told.
    """
    told = tuple(block for passage in written for block in blocks(passage))
    if not told:
        return item
    kept = [section for section in item.sections if section.heading != HELD[language] or not section.blocks]
    after = next((n for n, section in enumerate(kept) if section.heading.casefold().startswith(ASKED)), len(kept))
    return replace(item, sections=(*kept[:after], Section(HELD[language], told), *kept[after:]))


def blocks(text: str) -> Iterable[Block]:
    """A text line by line: points, and numbers that count from 1, as lists; the rest as paragraphs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for kind, together in groupby(lines, key=_kind):
        run = [(line, _MARK.match(line)) for line in together]
        counts = [mark[1] for _, mark in run if mark and mark[1]] == [str(n) for n in range(1, len(run) + 1)]
        is_list = kind == "bullet" or (kind == "number" and counts)
        yield from (Block(kind, line[mark.end() :]) if mark and is_list else Block("text", line) for line, mark in run)


def refuse_unfinished(state: MinutesState, open_items: Iterable[str]) -> None:
    """Refuse to approve minutes that the members don't have, or of which a recommendation has no outcome yet."""
    numbers = list(dict.fromkeys(open_items))
    if state == "approved":
        raise Refusal("minutes_frozen")
    if numbers:
        raise Refusal("open_recommendations", numbers=numbers)
    if state != "posted":
        raise Refusal("minutes_not_out")


def _kind(line: str) -> Style:
    mark = _MARK.match(line)
    if mark is None:
        return "text"
    return "number" if mark[1] else "bullet"


def _pieces(paragraph: str) -> Iterable[str]:
    while len(paragraph) > PASSAGE:
        at = max(paragraph.rfind("\n", 0, PASSAGE), paragraph.rfind(" ", 0, PASSAGE))
        at = at if at > PASSAGE // 2 else PASSAGE
        yield paragraph[:at].rstrip()
        paragraph = paragraph[at:].lstrip()
    yield paragraph
