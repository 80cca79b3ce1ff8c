"""The items (punkter) with what hangs on them, from the proposal to what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.agenda import ItemState
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
