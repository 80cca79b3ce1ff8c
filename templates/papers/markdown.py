"""Minutes and agendas as Markdown, in the group's form; what is written so is read back as the same.

What people wrote is no markup: marks in it are escaped, and a paragraph that could be taken for anything but text
begins with its first letter's number, which Markdown shows as that letter and takes for nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from bot import minutes as rules
from bot.agenda import Agenda, Block, Item, Section
from bot.groups import Group
from bot.minutes import Minutes
from bot.reading import decisions, sections
from templates.voice import Voice

RECOMMENDATION = ("indstilling", "recommendation")
_MARKS = re.compile(r"[\\`*<\[\]|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_BEGINS = re.compile(r"^(?:[#>=]|[-+](?=\s|$))|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def minutes(told: Minutes, tasks: Sequence[str], group: Group, voice: Voice) -> str:
    """The minutes whole: meeting, items with what was said, recommended and decided, tasks, the next meeting."""
    return "\n\n".join([*_head("minutes.heading", told.agenda, group, voice), *_body(told.agenda, tasks, voice)]) + "\n"


def _head(key: str, agenda: Agenda, group: Group, voice: Voice) -> Iterator[str]:
    meeting = agenda.meeting
    yield f"# {voice.plain(key, programme=group.programme)}"
    where = voice.plain("paper.when_and_where", when=voice.when(meeting), place=meeting.place)
    yield f"**{voice.plain('paper.when')}** {where}"


def _body(agenda: Agenda, tasks: Sequence[str], voice: Voice) -> Iterator[str]:
    for item in agenda.items:
        yield from _item(item, 2, voice)
    if tasks:
        yield f"## {voice.plain('minutes.tasks')}"
        yield "\n".join(f"- {_line(task)}" for task in tasks)
    if agenda.next_meeting:
        following = agenda.next_meeting
        yield f"## {voice.plain('minutes.next_meeting')}"
        yield voice.plain("meeting.next", when=voice.when(following), place=following.place)


def _item(item: Item, level: int, voice: Voice) -> Iterator[str]:
    yield f"{'#' * level} {_marked(voice.headline(item))}"
    if item.appendices:
        yield "\n".join(
            f"{voice.plain('appendix.number', number=each.number)} {_marked(each.title)}".rstrip()
            for each in item.appendices
        )
    asked = any(section.heading.casefold() in RECOMMENDATION for section in item.sections)
    for section in item.sections if asked else item.told.sections:
        yield from _section(section, item, level + 1)
    if item.recommendations and not asked:
        yield from _asked(item, level + 1, voice)
    if item.decisions:
        yield f"{'#' * (level + 1)} {voice.plain('minutes.decision')}"
        for each in item.decisions:
            yield from _paragraphs(rules.blocks(each.text), level + 2, _text)
    for below in item.items:
        yield from _item(below, level + 1, voice)


def _section(section: Section, item: Item, level: int) -> Iterator[str]:
    if section.heading:
        yield f"{'#' * level} {_marked(section.heading)}"
    asks = section.heading.casefold() in RECOMMENDATION
    yield from _paragraphs(section.blocks, level + 1, _line if asks else _text if item.decisions else _told)
    if asks:
        yield from _bullets(item)


def _asked(item: Item, level: int, voice: Voice) -> Iterator[str]:
    yield f"{'#' * level} {voice.plain('minutes.recommendation')}"
    yield f"{voice.plain('agenda.recommended')}:"
    yield from _bullets(item)


def _bullets(item: Item) -> Iterator[str]:
    yield "\n".join(f"{number}. {_lines(each.text)}" for number, each in enumerate(item.recommendations, 1))


def _paragraphs(blocks: Iterable[Block], level: int, text: Callable[[str], str]) -> Iterator[str]:
    for style, together in groupby(blocks, key=lambda each: each.style):
        texts = [(text if style == "text" else _line)(each.text) for each in together]
        match style:
            case "bullet":
                yield "\n".join(f"- {each}" for each in texts)
            case "number":
                yield "\n".join(f"{number}. {each}" for number, each in enumerate(texts, 1))
            case "heading":
                yield from (f"{'#' * level} {each}" for each in texts)
            case _:
                yield from texts


def _lines(text: str) -> str:
    """A point of a list, with what stands below it as a list of its own."""
    first, *below = (block.text for block in rules.blocks(text))
    return "\n".join([_line(first), *(f"   - {_line(each)}" for each in below)])


def _line(text: str) -> str:
    """A text on one line, as a paragraph of Markdown is, with its marks escaped."""
    return _BEGINS.sub(r"\\\g<0>", _marked(" ".join(text.split())))


def _text(text: str) -> str:
    """A paragraph that is taken for nothing but text."""
    return _line(text) if sections.plainly(text) else _spelled(text)


def _told(text: str) -> str:
    """The same, and not for the decision of an item that has none."""
    return _spelled(text) if decisions.decides(text) else _text(text)


def _spelled(text: str) -> str:
    line = " ".join(text.split())
    return f"&#{ord(line[0])};{_marked(line[1:])}" if line else line


def _marked(line: str) -> str:
    return _MARKS.sub(r"\\\g<0>", line)
