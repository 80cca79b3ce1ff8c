"""Which changing requests have been answered, and how: a second arrival gets the first one's answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, insert_new, table


class Answered(Base):
    """A request by the key Slack gave it, and the answer that stood in its acknowledgement."""

    __tablename__ = "answered"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    answer: Mapped[dict[str, Any] | None]


def begin(session: Session, key: str, at: datetime) -> bool:
    """Take a request on; False where it has been answered already. On PostgreSQL a twin waits here for the first."""
    return insert_new(session, Answered, key=key, at=at) is not None


def finish(session: Session, key: str, answer: dict[str, Any] | None) -> None:
    """Keep the answer for a second arrival; most have none."""
    if answer is not None:
        session.execute(_ANSWERED, {"of": key, "said": answer})


def answer(session: Session, key: str) -> dict[str, Any] | None:
    """What was answered the first time."""
    return session.scalar(select(Answered.answer).where(Answered.key == key))


_TABLE = table(Answered)
_ANSWERED = update(_TABLE).where(_TABLE.c.key == bindparam("of")).values(answer=bindparam("said"))
