"""Proposals (forslag): which meeting one is for, and an item as a form asks for it, in text.

What a form gives back unchanged stays as it was, to the letter: who edits a title does not touch what a document said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot import recommendations
from bot.agenda import SUMMARIES, Appendix, Audience, Block, Item, Kinds, Presenter, Section, Style
from bot.groups import Language, Member, Person
from bot.meetings import Meeting
from bot.reading import headings, presenters
from bot.recommendations import LONGEST, Row
from bot.refusals import Refusal
from bot.reminders import AHEAD, Occasion, proposals_deadline

MINUTES = range(1, 601)  # that an item may be planned for
BULLET = "• "
Value = TypeVar("Value")
_POINT = re.compile(r"[•*-]\s+")
_COUNTED = re.compile(r"\d{1,2}[.)]\s+")
_LINK = re.compile(r"(?:^|\s)<?(https?://[^\s<>|]+)>?$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item on its way to an agenda: for which meeting, and by whom; `by` is None for what was carried over."""

    item: Item
    meeting_id: int | None
    meeting: Meeting | None
    by: Person | None
    at: datetime | None
    reason: str | None = None

    def is_by(self, member: Member) -> bool:
        """Whether somebody proposed it."""
        return self.by is not None and self.by.id == member.person.id


@dataclass(frozen=True, slots=True)
class Written:
    """An item as the fields of a form hold it. `summary` is None where it is too long for one."""

    title: str
    kinds: tuple[str, ...] = ()
    duration: int | None = None
    presenters: str = ""
    summary: str | None = ""
    recommendations: tuple[Row, ...] = ()
    appendices: str = ""
    closed: bool = False


def meant_for(coming: Sequence[Occasion], now: datetime, bound: bool) -> tuple[Occasion | None, Occasion | None]:
    """The meeting a proposal is for, None where it is not set yet; and the one it is too late for, if any. `coming` are
    the meetings ahead, the first first; who is not `bound` by the deadline is never late.
    """
    ahead = [each for each in coming if each.meeting.state in AHEAD]
    for each in ahead:
        deadline = proposals_deadline(each)
        if not bound or deadline is None or now <= deadline:
            return each, None if each is ahead[0] else ahead[0]
    return None, ahead[0] if ahead else None


def closed_to(person_id: int) -> Audience:
    """Who may see a closed item beside secretariat and chairs: whoever proposed it."""
    return (f"person:{person_id}",)


def written(item: Item, language: Language, new: int = 0) -> Written:
    """An item in the fields of a form, with so many new rows for recommendations."""
    summary = "\n".join(_line(block) for section in item.introduction for block in section.blocks)
    return Written(
        item.title,
        item.kinds.letters,
        item.duration if item.duration in MINUTES else None,
        "\n".join(_named(each) for each in item.presenters),
        summary if len(summary) <= LONGEST else None,
        recommendations.rows(item.recommendations, language, new),
        "\n".join(f"{each.title} {each.url or ''}".strip() for each in item.appendices),
        item.audience is not None,
    )


def edited(item: Item, new: Written, language: Language, summary_heading: str, mine: Audience) -> Item:
    """An item as the fields of a form want it; `mine` is who sees it where it becomes closed now."""
    old = written(item, language)
    audience = item.audience if new.closed == old.closed else mine if new.closed else None
    if not new.title.strip():
        raise Refusal("no_title").at("title")
    return replace(
        item,
        title=new.title,
        kinds=item.kinds if set(new.kinds) == set(old.kinds) else Kinds("/".join(new.kinds)),
        duration=item.duration if new.duration == old.duration else planned(new.duration),
        presenters=_kept(item.presenters, _named, new.presenters, _presenters),
        sections=_sections(item, old.summary, new.summary, summary_heading),
        recommendations=recommendations.edited(item.recommendations, new.recommendations, language),
        appendices=_appendices(item.appendices, new.appendices),
        audience=audience,
    )


def planned(minutes: int | None) -> int | None:
    """The minutes that somebody plans for an item; refused where it can't be so many, or so few."""
    if minutes is not None and minutes not in MINUTES:
        raise Refusal("no_such_duration", least=MINUTES[0], most=MINUTES[-1]).at("duration")
    return minutes


def lines(text: str) -> list[str]:
    """What stands in the lines of a text, without the points or numbers people put before them."""
    return [_POINT.sub("", _COUNTED.sub("", each.strip(), 1), 1) for each in text.splitlines() if each.strip()]


def _kept(
    old: Sequence[Value], shown: Callable[[Value], str], text: str, read: Callable[[str], tuple[Value, ...]]
) -> tuple[Value, ...]:
    """The values a text's lines stand for: those that are shown as the line is, else what is read from it."""
    known = {shown(each): each for each in reversed(old)}
    if text == "\n".join(shown(each) for each in old):
        return tuple(old)
    return tuple(value for line in lines(text) for value in ((known[line],) if line in known else read(line)))


def _named(presenter: Presenter) -> str:
    return ", ".join(filter(None, (presenter.name, presenter.organisation)))


def _presenters(line: str) -> tuple[Presenter, ...]:
    return presenters.named(line)


def _appendices(old: Sequence[Appendix], text: str) -> tuple[Appendix, ...]:
    """A line each, its link last; a title that was there keeps its number, and a new one has the one it was written
    with, or none yet.
    """
    numbers = {each.title: each.number for each in reversed(old)}
    found = []
    for place, line in enumerate(lines(text)):
        link = _LINK.search(line)
        title = (line[: link.start()] if link else line).strip() or (link[1] if link else "")
        same = old[place].number if place < len(old) and old[place].title not in text else ""
        told = None if title in numbers else headings.appendix(title)
        number, title = told if told and told[1] else (numbers.get(title, same), title)
        found.append(Appendix(number, title, link[1] if link else None))
    return tuple(found)


def _sections(item: Item, old: str | None, new: str | None, heading: str) -> tuple[Section, ...]:
    if new is None or new == old:
        return item.sections
    told = [block for section in item.introduction for block in section.blocks]
    rest = tuple(each for each in item.sections if each.heading.casefold() not in SUMMARIES)
    blocks = tuple(_blocks(told, new))
    named = item.introduction[0].heading if item.introduction else heading
    return (Section(named, blocks), *rest) if blocks else rest


def _line(block: Block) -> str:
    return f"{BULLET}{block.text}" if block.style == "bullet" else block.text


def _blocks(old: Sequence[Block], text: str) -> Iterator[Block]:
    """The lines of a text as blocks: what is a point says so, the rest is styled as what stood in its place."""
    found = [each.strip() for each in text.splitlines() if each.strip()]
    for place, line in enumerate(found):
        style: Style = old[place].style if len(old) == len(found) else "text"
        if _POINT.match(line):
            yield Block("bullet", _POINT.sub("", line, 1))
        else:
            yield Block("text" if style == "bullet" else style, line)
