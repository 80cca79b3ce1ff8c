"""The history (ændringslog): who did what, when, and what it was before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Change(Base):
    """One change in a group, by a person or (None) by the program's front door."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


def note(
    session: Session,
    group_id: int,
    what: str,
    *,
    by: int | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write a change down, in the transaction that makes it."""
    session.add(Change(group_id=group_id, by=by, at=at, what=what, before=before, after=after))
