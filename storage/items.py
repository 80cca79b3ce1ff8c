"""The items (punkter) with what hangs on them, from the proposal to what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.agenda import ItemState
from bot.refusals import Refusal
from storage import history
from storage.base import Base


class Item(Base):
    """An item or sub-item of a meeting. `position` runs through them all, in the order printed.

    A proposal that waits for a meeting to be set has no `meeting_id`; until it is accepted it has no `number`.
    `audience` is who may see it (None: all of the group), `carried_from_id` the item that it takes up again.
    """

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    position: Mapped[int]
    number: Mapped[str]
    listed_as: Mapped[str | None]
    title: Mapped[str]
    kinds: Mapped[str]
    duration: Mapped[int | None]
    presenters: Mapped[list[Any]]
    sections: Mapped[list[Any]]
    state: Mapped[ItemState] = mapped_column(String, default="accepted")
    audience: Mapped[list[Any] | None]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    proposed_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(doc="why it is left out, in the words of who left it out")
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)

    __table_args__ = (
        Index(None, "meeting_id", "position"),
        Index(None, "meeting_id", "number"),
        Index(None, "group_id", "state"),
    )


class Recommendation(Base):
    """One bullet of an item's recommendation, with a life of its own.

    `outcomes` is what was recorded of it, None while nothing was; `decision_id` the decision sentence that answers it.
    """

    __tablename__ = "recommendations"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    position: Mapped[int]
    text: Mapped[str]
    verb: Mapped[str]
    outcomes: Mapped[list[Any] | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)

    __table_args__ = (Index(None, "item_id", "position"),)


class Appendix(Base):
    """An appendix announced under an item; `url` is where it lies, if somebody gave its address."""

    __tablename__ = "appendices"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    position: Mapped[int]
    number: Mapped[str]
    title: Mapped[str]
    url: Mapped[str | None]

    __table_args__ = (Index(None, "item_id", "position"),)


def row(session: Session, group_id: int, item_id: int) -> Item:
    """An item's row, locked against others' changes to it; another group's item does not exist."""
    found = session.scalars(select(Item).where(Item.id == item_id).with_for_update()).one_or_none()
    if found is None or found.group_id != group_id:
        raise Refusal("stale")
    return found


def carry(session: Session, item: Item, *, to: int | None, by: int | None, at: datetime) -> Item:
    """Propose an item that was not reached, or was postponed, for a meeting (None: the next to be planned), with its
    recommendations that are still open. Doing it twice is doing it once.
    """
    known = session.scalars(select(Item).where(Item.carried_from_id == item.id)).first()
    if known:
        return known
    again = Item(
        group_id=item.group_id, meeting_id=to, position=0, number="", title=item.title, kinds=item.kinds,
        duration=item.duration, presenters=item.presenters, sections=item.sections, state="proposed",
        audience=item.audience, proposed_at=at, carried_from_id=item.id,
    )  # fmt: skip
    session.add(again)
    session.flush()
    for each in session.scalars(select(Recommendation).where(Recommendation.item_id == item.id)):
        if set(each.outcomes or ()) <= {"not_reached", "postponed"}:
            session.add(Recommendation(item_id=again.id, position=each.position, text=each.text, verb=each.verb))
    for bilag in session.scalars(select(Appendix).where(Appendix.item_id == item.id)):
        copied = {"number": bilag.number, "title": bilag.title, "url": bilag.url}
        session.add(Appendix(item_id=again.id, position=bilag.position, **copied))
    history.note(session, item.group_id, "item carried over", by=by, at=at, after={"item": again.id, "from": item.id})
    session.flush()
    return again
