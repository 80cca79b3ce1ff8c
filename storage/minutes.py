"""The minutes (referat) of a meeting: how far they have come, and the text the secretary wrote under each item."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.minutes import MinutesState
from storage.base import Base


class Minutes(Base):
    """A meeting's minutes. `version` counts what has been laid before the chair; once approved they are frozen, and a
    correction is the next version with its `reason`. What went out is kept as a sending.
    """

    __tablename__ = "minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    state: Mapped[MinutesState] = mapped_column(String, default="draft")
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str | None]
    approved_at_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    approved_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "group_id", "state"),)


class Passage(Base):
    """A part of what was said under an item, short enough for one field of a form; read one after another."""

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    position: Mapped[int]
    text: Mapped[str]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    written_at: Mapped[datetime]

    __table_args__ = (Index(None, "item_id", "position"),)
