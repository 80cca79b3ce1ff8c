"""The proposals (forslag) that wait: read for the secretariat and for those who made them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_, select

from bot.agenda import ON_AGENDA
from bot.groups import Group, Member
from bot.groups import Person as PersonValue
from bot.proposals import Proposal
from bot.refusals import Refusal
from bot.reminders import AHEAD, Occasion, Setup
from bot.roles import CHAIRS, SECRETARIAT
from storage import agenda, meetings
from storage.base import Reader, among, table
from storage.groups import Person
from storage.items import Item
from storage.meetings import Found

_ITEM, _PERSON = table(Item).c, table(Person).c
_PROPOSER = (_PERSON.slack_id, _PERSON.name, _PERSON.guest)
_FOUND = (
    select(*_ITEM, *_PROPOSER)
    .outerjoin(table(Person), _PERSON.id == _ITEM.proposed_by)
    .order_by(_ITEM.meeting_id, _ITEM.id)
)
_BELOW = select(*_ITEM).where(_ITEM.parent_id.in_(bindparam("above", expanding=True))).order_by(_ITEM.position)


def waiting(reader: Reader, group_id: int, viewer: Member) -> list[Proposal]:
    """The proposals that wait: all of them for secretariat and chairs, to others their own."""
    which = [_ITEM.group_id == group_id, _ITEM.state == "proposed"]
    if not viewer.may(SECRETARIAT | CHAIRS):
        which.append(_ITEM.proposed_by == viewer.person.id)
    return _proposals(reader, reader.execute(_FOUND.where(*which)).all())


def one(reader: Reader, group_id: int, item_id: int, viewer: Member) -> Proposal:
    """One item as it was proposed, whatever became of it; refused where it is not for whoever looks."""
    found = row(reader, group_id, item_id)
    if not (viewer.may(SECRETARIAT | CHAIRS) or found.is_by(viewer)):
        raise Refusal("stale")
    return found


def row(reader: Reader, group_id: int, item_id: int) -> Proposal:
    """The same for the office; another group's item does not exist."""
    found = _proposals(reader, reader.execute(_FOUND.where(_ITEM.group_id == group_id, _ITEM.id == item_id)).all())
    if not found:
        raise Refusal("stale")
    return found[0]


def taken_on(reader: Reader, meeting_id: int) -> set[int]:
    """The items on a meeting's agenda that were proposed, or come again from another."""
    came = or_(_ITEM.proposed_by.is_not(None), _ITEM.carried_from_id.is_not(None))
    on = (_ITEM.meeting_id == meeting_id, among(_ITEM.state, ON_AGENDA))
    return set(reader.scalars(select(_ITEM.id).where(*on, came)))


def occasions(reader: Reader, group: Group, today: date) -> list[Occasion]:
    """The meetings ahead with the deadline each has for proposals, the first first."""
    setup = Setup.of(group)
    return [Occasion(each.id, each.meeting, group.zone, setup) for each in meetings.coming(reader, group.id, today)]


def meeting_for(reader: Reader, group_id: int, meeting_id: int | None, today: date) -> Found:
    """The meeting a proposal is for by now; refused where it is for the next to be set."""
    found = coming_for(reader, group_id, meeting_id, today)
    if found is None:
        raise Refusal("no_next_meeting")
    return found


def coming_for(reader: Reader, group_id: int, meeting_id: int | None, today: date) -> Found | None:
    """The meeting a proposal is for, where that is over or called off the next one, and where none is set the one that
    is going on; None where none is.
    """
    coming = meetings.coming(reader, group_id, today)
    meant = meetings.value(reader, meeting_id).date if meeting_id else None
    own = (each for each in coming if each.id == meeting_id)
    later = (each for each in coming if meant and each.meeting.state in AHEAD and (each.meeting.date or meant) > meant)
    going_on = (each for each in coming if each.meeting.state == "open")
    return next((each for which in (own, later, going_on) for each in which), None)


def _proposals(reader: Reader, rows: Sequence[Any]) -> list[Proposal]:
    items = {each.id: each for each in agenda.grown(reader, _with_all_under(reader, rows))}
    held = {each: meetings.value(reader, each) for each in {row.meeting_id for row in rows} if each is not None}
    return [
        Proposal(
            items[row.id],
            row.meeting_id,
            held.get(row.meeting_id),
            PersonValue(row.proposed_by, row.slack_id, row.name, row.guest) if row.slack_id else None,
            row.proposed_at,
            row.reason,
        )
        for row in rows
        if row.id in items
    ]


def _with_all_under(reader: Reader, rows: Sequence[Any]) -> list[Any]:
    """Some items, and what stands under them, to the bottom."""
    found = {row.id: row for row in rows}
    above = list(found)
    while above:
        below = reader.execute(_BELOW, {"above": above}).all()
        above = [row.id for row in below if row.id not in found]
        found |= {row.id: row for row in below}
    return list(found.values())
