"""The minutes (referat) as a value: the agenda, the decisions, and what the secretary wrote under each item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.agenda import Agenda, Block, Item, Section
from bot.refusals import Refusal

MinutesState = Literal["draft", "chair", "posted", "approved"]
HELD = "Referat"
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


def with_passages(item: Item, written: Sequence[str]) -> Item:
    """The item with what was written under it as its section Referat, a block a paragraph, a bullet a line with a mark.

    It stands before the recommendation in the group's form, as the last of what was told.
    """
    blocks = tuple(block for passage in written for block in _blocks(passage))
    if not blocks:
        return item
    kept = [section for section in item.sections if section.heading != HELD or not section.blocks]
    after = next(
        (n for n, section in enumerate(kept) if section.heading.casefold().startswith("indstilling")), len(kept)
    )
    return replace(item, sections=(*kept[:after], Section(HELD, blocks), *kept[after:]))


def refuse_unfinished(state: MinutesState, open_items: Iterable[str]) -> None:
    """Refuse to approve minutes that the members don't have, or of which a recommendation has no outcome yet."""
    numbers = list(dict.fromkeys(open_items))
    if state == "approved":
        raise Refusal("minutes_frozen")
    if numbers:
        raise Refusal("open_recommendations", numbers=numbers)
    if state != "posted":
        raise Refusal("minutes_not_out")


def _blocks(passage: str) -> Iterable[Block]:
    for paragraph in passage.split("\n\n"):
        lines = paragraph.split("\n")
        bullets = [re.match(r"[-•*]\s+(.*)", line) for line in lines]
        if all(bullets):
            yield from (Block("bullet", bullet[1]) for bullet in bullets if bullet)
        else:
            yield Block("text", paragraph)


def _pieces(paragraph: str) -> Iterable[str]:
    while len(paragraph) > PASSAGE:
        at = max(paragraph.rfind("\n", 0, PASSAGE), paragraph.rfind(" ", 0, PASSAGE))
        at = at if at > PASSAGE // 2 else PASSAGE
        yield paragraph[:at].rstrip()
        paragraph = paragraph[at:].lstrip()
    yield paragraph
