"""What comes back: an item that was not reached, or was postponed, proposed once more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage import history
from storage.items import Appendix, Item, Recommendation, under

_OPEN = {"not_reached", "postponed"}  # what came of a recommendation that is to come back


def carry(
    session: Session,
    item: Item,
    *,
    to: int | None,
    by: int | None,
    at: datetime,
    asked: Collection[int] | None = None,
) -> Item:
    """Propose an item that was not reached, or was postponed, for a meeting (None: the next to be planned), with its
    recommendations that are still open, or those of them that are `asked` for. Doing it twice is doing it once; what
    has become open since comes along, or by itself where the rest is on an agenda already, or for another meeting.
    """
    before = [each for each in _carried(session, item) if each.state != "withdrawn"]
    known = {each.text for row in before for each in under(session, Recommendation, row.id)}
    left = [
        each
        for each in under(session, Recommendation, item.id)
        if set(each.outcomes or ()) <= _OPEN and each.text not in known
        if asked is None or each.id in asked
    ]
    waiting = [each for each in before if each.state == "proposed" and each.meeting_id == to]
    taken_up = waiting or ([] if left else before)
    again = taken_up[0] if taken_up else _again(session, item, to, by, at)
    for each in left:
        session.add(Recommendation(item_id=again.id, position=each.position, text=each.text, verb=each.verb))
    session.flush()
    return again


def take_back(session: Session, item: Item, asked: Collection[int], *, by: int, at: datetime) -> list[Item]:
    """Undo `carry` for the recommendations asked for: a proposal that waits is withdrawn, or goes on without them where
    others are in it that still come back. These proposals, and those on an agenda already, which stay as they are.
    """
    every = under(session, Recommendation, item.id)
    gone = {each.text for each in every if each.id in asked}
    kept = {each.text for each in every if each.outcomes and set(each.outcomes) <= _OPEN} - gone
    found = []
    for again in _carried(session, item):
        copied = under(session, Recommendation, again.id)
        texts = {each.text for each in copied}
        if again.state not in ("proposed", "accepted") or (texts & kept and not texts & gone):
            continue
        found.append(again)
        if again.state == "proposed" and texts & kept:
            session.execute(
                delete(Recommendation).where(Recommendation.id.in_([e.id for e in copied if e.text in gone]))
            )
            before, after = {"item": again.id, "recommendations": len(copied)}, {"item": again.id}
            history.note(session, item.group_id, "item edited", by=by, at=at, before=before, after=after)
        elif again.state == "proposed":
            again.withdraw(by=by, at=at)
    return found


def _carried(session: Session, item: Item) -> Sequence[Item]:
    """The proposals that take an item up again, the newest first, locked against others' changes."""
    every = select(Item).where(Item.carried_from_id == item.id).order_by(Item.id.desc())
    return session.scalars(every.with_for_update()).all()


def _again(session: Session, item: Item, to: int | None, by: int | None, at: datetime) -> Item:
    """The same item as a proposal, without what the group was asked to do with it."""
    again = Item(
        group_id=item.group_id, meeting_id=to, position=0, number="", title=item.title, kinds=item.kinds,
        duration=item.duration, presenters=item.presenters, sections=item.sections, state="proposed",
        audience=item.audience, proposed_at=at, carried_from_id=item.id,
    )  # fmt: skip
    session.add(again)
    session.flush()
    for bilag in under(session, Appendix, item.id):
        copied = {"number": "", "title": bilag.title, "url": bilag.url}
        session.add(Appendix(item_id=again.id, position=bilag.position, **copied))
    history.note(session, item.group_id, "item carried over", by=by, at=at, after={"item": again.id, "from": item.id})
    return again
