"""Which changing requests have been answered, and how: a second arrival gets the first one's answer. And what was asked
without saying of which group, until that is said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.refusals import Refusal
from storage.base import Base, insert_new, table


class Answered(Base):
    """A request by the key Slack gave it, and the answer that stood in its acknowledgement."""

    __tablename__ = "answered"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    answer: Mapped[dict[str, Any] | None]


class SetAside(Base):
    """What somebody asked, by the request's key, without saying of which of their groups; None once that is said."""

    __tablename__ = "set_aside"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    slack_id: Mapped[str]
    asked: Mapped[dict[str, Any] | None]


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


def set_aside(session: Session, key: str, slack_id: str, asked: dict[str, Any]) -> int:
    """Keep what somebody asked until they have said of which group; its number, the old one for an old key."""
    new: int | None = insert_new(session, SetAside, key=key, slack_id=slack_id, asked=asked)
    return new or session.scalars(select(SetAside.id).where(SetAside.key == key)).one()


def take_up(session: Session, number: int, slack_id: str) -> dict[str, Any]:
    """What somebody asked, which is forgotten now; refused where it was taken up already."""
    mine = select(SetAside).where(SetAside.id == number, SetAside.slack_id == slack_id).with_for_update()
    row = session.scalars(mine).one_or_none()
    if row is None or row.asked is None:
        raise Refusal("stale")
    asked, row.asked = row.asked, None
    session.flush()
    return asked


_TABLE = table(Answered)
_ANSWERED = update(_TABLE).where(_TABLE.c.key == bindparam("of")).values(answer=bindparam("said"))
