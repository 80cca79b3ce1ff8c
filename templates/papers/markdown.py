"""Minutes and agendas as Markdown, in the group's form; what is written so is read back as the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.agenda import Agenda, Block, Item, Section
from bot.groups import Group
from bot.minutes import Minutes
from templates.voice import Voice

RECOMMENDATION = ("indstilling", "recommendation")


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
        yield "\n".join(f"- {task}" for task in tasks)
    if agenda.next_meeting:
        following = agenda.next_meeting
        yield f"## {voice.plain('minutes.next_meeting')}"
        yield voice.plain("meeting.next", when=voice.when(following), place=following.place)


def _item(item: Item, level: int, voice: Voice) -> Iterator[str]:
    yield f"{'#' * level} {voice.headline(item)}"
    if item.appendices:
        yield "\n".join(
            f"{voice.plain('appendix.number', number=each.number)} {each.title}".rstrip() for each in item.appendices
        )
    asked = False
    for section in item.sections:
        asked = asked or section.heading.casefold() in RECOMMENDATION
        yield from _section(section, item, level + 1)
    if item.recommendations and not asked:
        yield from _asked(item, level + 1, voice)
    if item.decisions:
        yield f"{'#' * (level + 1)} {voice.plain('minutes.decision')}"
        yield from (_line(each.text) for each in item.decisions)
    for below in item.items:
        yield from _item(below, level + 1, voice)


def _section(section: Section, item: Item, level: int) -> Iterator[str]:
    if section.heading:
        yield f"{'#' * level} {section.heading}"
    yield from _paragraphs(section.blocks, level + 1)
    if section.heading.casefold() in RECOMMENDATION:
        yield from _bullets(item)


def _asked(item: Item, level: int, voice: Voice) -> Iterator[str]:
    yield f"{'#' * level} {voice.plain('minutes.recommendation')}"
    yield f"{voice.plain('agenda.recommended')}:"
    yield from _bullets(item)


def _bullets(item: Item) -> Iterator[str]:
    yield "\n".join(f"{number}. {_line(each.text)}" for number, each in enumerate(item.recommendations, 1))


def _paragraphs(blocks: Iterable[Block], level: int) -> Iterator[str]:
    bullets: list[str] = []
    for block in blocks:
        if block.style == "bullet":
            bullets.append(f"- {_line(block.text)}")
            continue
        if bullets:
            yield "\n".join(bullets)
            bullets = []
        yield f"{'#' * level} {block.text}" if block.style == "heading" else _line(block.text)
    if bullets:
        yield "\n".join(bullets)


def _line(text: str) -> str:
    """A text on one line, as a paragraph of Markdown is."""
    return " ".join(text.split())
