"""What came of the items: those of which nobody has said what they came to, and what is said where they were not
reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from bot import drafts
from bot.agenda import ON_AGENDA
from bot.groups import Language
from storage import decisions
from storage.base import Reader, among, table
from storage.decisions import STANDING, Decision, Told
from storage.items import Item, Recommendation
from storage.meetings import Meeting


@dataclass(frozen=True, slots=True)
class Open:
    """A recommendation of which nobody has said what became of it."""

    id: int
    item_id: int
    item_number: str
    position: int
    text: str
    verb: str


@dataclass(frozen=True, slots=True)
class Undecided:
    """An item that is there to be decided, without a recommendation, of which nothing was decided."""

    item_id: int
    item_number: str
    text: str


def without_outcome(reader: Reader, meeting_id: int) -> tuple[Open, ...]:
    """The recommendations of a meeting's items that have no outcome, in the order printed."""
    return tuple(Open(*row) for row in reader.execute(_OPEN_AT_MEETING, {"meeting": meeting_id}))


def left_of(reader: Reader, item_id: int) -> tuple[Open, ...]:
    """The same of one item."""
    return tuple(Open(*row) for row in reader.execute(_OPEN_OF_ITEM, {"item": item_id}))


def undecided(reader: Reader, meeting_id: int) -> tuple[Undecided, ...]:
    """The items of a meeting that ask for a decision (B), recommend none and got none, in the order printed."""
    return tuple(Undecided(*row) for row in reader.execute(_UNDECIDED, {"meeting": meeting_id}))


def mark_unreached(session: Session, meeting: Meeting, language: Language, *, by: int, at: datetime) -> list[Item]:
    """Record of what has no outcome that it was not reached; the items of which that is so, in the order printed."""
    left = groupby(without_outcome(session, meeting.id), lambda each: each.item_id)
    unreached = {item_id: [each.id for each in asked] for item_id, asked in left}
    unreached |= {each.item_id: [] for each in undecided(session, meeting.id)}
    items = [session.get_one(Item, item_id) for item_id in unreached]
    for item in items:
        open_ids = unreached[item.id]
        told = Told(drafts.unreached(language, rest=len(open_ids) != _asked(session, item.id)), ("not_reached",))
        decisions.record(session, meeting, item, told, dict.fromkeys(open_ids, ("not_reached",)), by=by, at=at)
    return sorted(items, key=lambda each: each.position)


def _asked(session: Session, item_id: int) -> int:
    return session.scalar(_MANY, {"item": item_id}) or 0


_ITEM, _ASKED, _DECISION = table(Item).c, table(Recommendation).c, table(Decision).c
_MANY = select(func.count()).where(_ASKED.item_id == bindparam("item"))
_BELOW = table(Item).alias().c
_UNDECIDED = (
    select(_ITEM.id, _ITEM.number, _ITEM.title)
    .where(_ITEM.meeting_id == bindparam("meeting"), _ITEM.state == "accepted", func.upper(_ITEM.kinds).contains("B"))
    .where(~exists().where(_ASKED.item_id == _ITEM.id), ~exists().where(_BELOW.parent_id == _ITEM.id))
    .where(~exists().where(_DECISION.item_id == _ITEM.id, among(_DECISION.state, STANDING)))
    .order_by(_ITEM.position)
)
_ANSWERED = exists().where(
    _DECISION.item_id == _ITEM.id, among(_DECISION.state, (*STANDING, "replaced")), _DECISION.recorded_by.is_(None)
)  # what was read from minutes has its outcomes in its decisions, also in those that were corrected since
_OPEN = (
    select(_ASKED.id, _ITEM.id, _ITEM.number, _ASKED.position, _ASKED.text, _ASKED.verb)
    .join(table(Item), _ITEM.id == _ASKED.item_id)
    .where(among(_ITEM.state, ON_AGENDA), _ASKED.outcomes.is_(None), ~_ANSWERED)
    .order_by(_ITEM.position, _ASKED.position)
)
_OPEN_AT_MEETING = _OPEN.where(_ITEM.meeting_id == bindparam("meeting"))
_OPEN_OF_ITEM = _OPEN.where(_ITEM.id == bindparam("item"))
