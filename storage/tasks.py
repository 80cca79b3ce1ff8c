"""The tasks (opgaver): what somebody is to do, until when, and whether it is done."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.dates import Precision
from bot.tasks import TaskState
from storage.base import Base


class Task(Base):
    """An action item. Its owner is a person, an organisation, both or (missing) neither.

    `due_text` is the deadline as typed; `due` its last day where one can be told; a deadline bound to a meeting has
    `due_meeting_id`, moves with it, and keeps no day of its own.
    """

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation: Mapped[str | None]
    due: Mapped[date | None]
    due_text: Mapped[str | None]
    precision: Mapped[Precision | None] = mapped_column(String)
    due_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    state: Mapped[TaskState] = mapped_column(String, default="open")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "group_id", "state", "due"), Index(None, "owner_id", "state"))
