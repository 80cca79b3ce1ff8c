"""The order of a meeting's items: a new one put in its place, one moved, all numbered anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import order as rules
from bot.agenda import ON_AGENDA
from bot.order import Line
from storage import history, meetings
from storage.base import among
from storage.items import Appendix, Item, under


def put_on(session: Session, item: Item, *, to: int, standing: tuple[str, str], by: int, at: datetime) -> None:
    """Put a proposal on a meeting's agenda, in its place; the first on it comes between the two standing items. While
    the meeting goes on it comes last, so that no item gets another number than it was called by.
    """
    before = lines(session, to)
    new = Line(item.id, "", item.title)
    if before:
        goes_on = meetings.value(session, to).state == "open"
        after = (*before, new) if goes_on else rules.with_new(before, new)
    else:
        first, last = (_standing(session, item.group_id, to, title) for title in standing)
        after = (first, new, last)
    item.accept(to=to, by=by, at=at)
    _arrange(session, to, rules.numbered(before, after))


def take_off(session: Session, item: Item, *, to: int | None, by: int, at: datetime) -> None:
    """Take an item off its agenda, as a proposal for another meeting; what stands after it moves up. What stood under
    a closed item stays closed.
    """
    meeting_id, above = item.meeting_id or 0, item.parent_id
    while above and item.audience is None:
        upper = session.get_one(Item, above)
        item.audience, above = upper.audience, upper.parent_id
    before, beside = lines(session, meeting_id), _beside(session, item)
    item.take_off(to=to, by=by, at=at)
    _arrange(session, meeting_id, rules.numbered(before, lines(session, meeting_id)), beside)


def place(session: Session, item: Item, after: int, *, by: int, at: datetime) -> None:
    """Move an item to stand after another, or (0) before all."""
    meeting_id = item.meeting_id or 0
    before = lines(session, meeting_id)
    _arrange(session, meeting_id, rules.numbered(before, rules.moved(before, item.id, after)))
    tops = [0, *(each.id for each in before)]
    was, now = ({"item": item.id, "after": each} for each in (tops[tops.index(item.id) - 1], after))
    history.note(session, item.group_id, "item moved", by=by, at=at, before=was, after=now)


def clear(
    session: Session, group_id: int, meeting_id: int, *, to: int | None, by: int, at: datetime
) -> tuple[list[Item], list[Item]]:
    """Let a meeting's items, but those that every agenda has, and the proposals for it be proposals for another one
    (None: the next to be planned): those that were on its agenda, and those that only waited for it.
    """
    here = (Item.group_id == group_id, Item.state == "proposed", Item.meeting_id == meeting_id)
    waiting = [each for each in session.scalars(select(Item).where(*here).order_by(Item.id)) if each.parent_id is None]
    tops = [each for each in _on(session, meeting_id) if each.parent_id is None]
    on = [each for each in tops if each.proposed_by or not rules.is_standing(each.title)]
    for item in on:
        item.take_off(to=to, by=by, at=at)
    for item in waiting:
        item.postpone(to=to, by=by, at=at)
    return on, waiting


def renumber(session: Session, group_id: int, meeting_id: int, *, by: int, at: datetime) -> None:
    """Give a meeting's items the numbers that follow from their order."""
    before = lines(session, meeting_id)
    _arrange(session, meeting_id, rules.renumbered(before))
    told = {"meeting": meeting_id, "numbers": [each.number for each in before]}
    history.note(session, group_id, "items renumbered", by=by, at=at, before=told)


def lines(session: Session, meeting_id: int) -> tuple[Line, ...]:
    """A meeting's items, without their sub-items, in their order."""
    rows = _on(session, meeting_id)
    return tuple(Line(each.id, each.number, each.title) for each in rows if each.parent_id is None)


def follows(session: Session, meeting_id: int) -> bool:
    """Whether the numbers of a meeting's items follow their order."""
    return rules.follows(lines(session, meeting_id))


def _standing(session: Session, group_id: int, meeting_id: int, title: str) -> Line:
    row = Item(group_id=group_id, meeting_id=meeting_id, position=0, number="", title=title)
    row.kinds, row.presenters, row.sections, row.state = "", [], [], "accepted"
    session.add(row)
    session.flush()
    return Line(row.id, "", title)


def _beside(session: Session, item: Item) -> Mapping[int, str]:
    """The numbers of what stands under the same item as one that is taken off, when that has gone."""
    if item.parent_id is None:
        return {}
    above = session.get_one(Item, item.parent_id)
    those = [each for each in _on(session, item.meeting_id or 0) if each.parent_id == above.id]
    return rules.closed_up(above.number, [Line(each.id, each.number, each.title) for each in those], item.id)


def _arrange(session: Session, meeting_id: int, order: Sequence[Line], anew: Mapping[int, str] | None = None) -> None:
    """Put the items in an order with its numbers; what is numbered under an item follows it, or has numbers `anew`."""
    below: defaultdict[int | None, list[Item]] = defaultdict(list)
    for row in _on(session, meeting_id):
        below[row.parent_id].append(row)
    tops = {row.id: row for row in below[None]}
    position = 1
    for line in order:
        position = _settle(session, tops[line.id], line.number, below, position, anew or {})
    session.flush()


def _settle(
    session: Session,
    row: Item,
    number: str,
    below: defaultdict[int | None, list[Item]],
    position: int,
    anew: Mapping[int, str],
) -> int:
    """Give a row its number and place, then what stands under it; the first place that is free after them."""
    old, row.number, row.position = row.number, number, position
    if old != number:
        row.listed_as = None
        for count, each in enumerate(under(session, Appendix, row.id), 1):
            each.number = rules.under(each.number, old, number) if each.number else f"{number}.{count}"
    position += 1
    for count, each in enumerate(below[row.id], 1):
        theirs = rules.under(each.number, old, number) if each.number else f"{number}.{count}"
        position = _settle(session, each, anew.get(each.id, theirs), below, position, anew)
    return position


def _on(session: Session, meeting_id: int) -> Sequence[Item]:
    on = (Item.meeting_id == meeting_id, among(Item.state, ON_AGENDA))
    return session.scalars(select(Item).where(*on).order_by(Item.position, Item.id)).all()
