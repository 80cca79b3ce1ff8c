"""What tasks come from: a decision, an item, or a meeting that is going on."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from bot.agenda import ON_AGENDA, admits
from bot.groups import Member
from bot.refusals import Refusal
from bot.roles import CHAIRS, SECRETARIAT
from bot.tasks import Source
from storage.base import Reader
from storage.decisions import Decision
from storage.items import Item
from storage.meetings import Meeting
from storage.tasks import Task

_ABOVE, _TOP = aliased(Item), aliased(Item)


def source(reader: Reader, group_id: int, item_id: int, decision_id: int, viewer: Member) -> Source:
    """What a task is to come from, by the ids on a button, 0 for none; refused where it is not for whoever pressed."""
    if decision_id:
        decision = select(Decision.item_id).where(Decision.id == decision_id, Decision.group_id == group_id)
        item_id = reader.scalar(decision.where(Decision.state.in_(("recorded", "announced")))) or -1
    if not item_id:
        begun = select(Meeting.id).where(Meeting.group_id == group_id, Meeting.state == "open")
        return Source(reader.scalar(begun.order_by(Meeting.date.desc()).limit(1)))
    statement = (
        select(Item.meeting_id, Item.state, Item.audience, _ABOVE.audience, _TOP.audience)
        .outerjoin(_ABOVE, _ABOVE.id == Item.parent_id)
        .outerjoin(_TOP, _TOP.id == _ABOVE.parent_id)
        .where(Item.id == item_id, Item.group_id == group_id)
    )
    found = reader.execute(statement).first()
    if found is None:
        raise Refusal("stale")
    meeting_id, state, *audiences = found
    sees_all = viewer.may(SECRETARIAT | CHAIRS)
    if not sees_all and (state not in ON_AGENDA or not all(admits(each, viewer) for each in audiences)):
        raise Refusal("stale")
    return Source(meeting_id, item_id, decision_id or None)


def outlive_decisions(session: Session, meeting_id: int) -> None:
    """Let tasks belong to a meeting's items only, since the decisions that stand there make way for others."""
    items = select(Item.id).where(Item.meeting_id == meeting_id)
    here = (Task.item_id.in_(items), Task.decision_id.is_not(None))
    session.execute(update(Task).where(*here).values(decision_id=None))
