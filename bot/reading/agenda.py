"""An outline → the agenda: its meeting, its items, the next meeting, and the budgets that stood in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.agenda import Agenda, Heading, Item, Presenter, Section
from bot.budgets import Budget
from bot.reading import Doubt, budget, meeting, presenters, sections, titles
from bot.reading.outline import Outline, Part
from bot.reading.sections import Table


def read(outline: Outline) -> tuple[Agenda, tuple[Budget, ...], tuple[Doubt, ...]]:
    """The agenda of an outline, its budgets, and what their tables and what is told of meetings leave in doubt."""
    tables: list[tuple[Item, Table]] = []
    items = tuple(_item(part, tables) for part in outline.parts)
    told = meeting.read(outline.front)
    following, unsure = meeting.next_meeting(items, told)
    agenda = Agenda(told, outline.contents, _listed(items, outline.contents), following)

    budgets: list[Budget] = []
    doubts = [*meeting.unclear(outline.front), *unsure]
    for item, table in tables:
        found, unclear = budget.read(table, item.number, item.title, told.date)
        budgets += [found] if found else []
        doubts += unclear
    return agenda, tuple(budgets), tuple(doubts)


def _item(part: Part, tables: list[tuple[Item, Table]]) -> Item:
    contents = sections.read(part.paragraphs)
    read_sections = contents.read_sections()
    item = Item(
        part.number,
        part.title.title,
        kinds=part.title.kinds,
        duration=part.title.duration,
        presenters=_presenters(part, read_sections),
        appendices=tuple(contents.appendices),
        sections=read_sections,
        recommendations=tuple(contents.recommendations),
        decisions=contents.read_decisions(),
    )
    tables += [(item, table) for table in contents.read_tables()]
    return replace(item, items=tuple(_item(below, tables) for below in part.parts))


def _presenters(part: Part, read_sections: Sequence[Section]) -> tuple[Presenter, ...]:
    """Those of the heading, then those the text names besides."""
    named = {person.name for person in part.title.presenters}
    return (
        *part.title.presenters,
        *(person for person in presenters.in_text(read_sections) if person.name not in named),
    )


def _listed(items: tuple[Item, ...], contents: tuple[Heading, ...]) -> tuple[Item, ...]:
    """Each item with its number in the list; they are matched by title, as the numbers may disagree."""
    found = titles.pairs([item.title for item in items], [heading.title for heading in contents])
    return tuple(
        replace(item, listed_as=contents[found[place]].number) if place in found else item
        for place, item in enumerate(items)
    )
