"""The budget questions (budgetspørgsmål): who asked what, when, and what the answer was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.questions import QuestionState
from storage.base import Base


class Question(Base):
    """A question about the budget. `answered_by` is None where the figures or a decision answered it themselves;
    `channel` and `thread` say where the answer of a person goes, None: to the asker alone.
    """

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    text: Mapped[str]
    channel: Mapped[str | None]
    thread: Mapped[str | None]
    answer: Mapped[str | None]
    source: Mapped[str | None] = mapped_column(doc="the paper or decision the answer was read from")
    state: Mapped[QuestionState] = mapped_column(String, default="waiting")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None]
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("items.id"), index=True, doc="where it is taken to the meeting"
    )

    __table_args__ = (Index(None, "group_id", "state"),)
