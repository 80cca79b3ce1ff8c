"""The documents that were filed: recognised when they come again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import meetings as rules
from bot.reading import Reading
from bot.refusals import Refusal
from storage import agenda, budgets, history, meetings
from storage.base import Base, insert_new
from storage.groups import Group
from storage.meetings import Meeting


class Document(Base):
    """A document somebody had filed, known by its group and the digest of its bytes."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, doc="group id and SHA-256 of the bytes")
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str]
    filed_at: Mapped[datetime]


def file(session: Session, group: Group, reading: Reading, *, name: str, digest: str, at: datetime) -> Meeting:
    """File what was read: the agenda and budgets under the meeting they belong to. A filed agenda that has not been
    sent gives way to the new one, as its next version; refused for the same bytes twice and for a sent agenda.
    """
    recognised(session, group.id, digest)
    meeting = meetings.on(session, group.id, reading.agenda.meeting)
    had_items = bool(agenda.overview(session, meeting.id))
    if had_items and meeting.state != "planned":
        raise Refusal("already_sent", date=meeting.date)
    meeting.version += 1 if had_items else 0
    meeting.describe(reading.agenda.meeting)
    if reading.kind == "minutes":
        meeting.state = "closed"
    group.programme = group.programme or rules.programme(reading.agenda.meeting.title)
    agenda.file(session, meeting, reading.agenda)
    budgets.file(session, meeting, reading.budgets)
    insert_new(session, Document, key=_key(group.id, digest), meeting_id=meeting.id, name=name, filed_at=at)
    history.note(session, group.id, "document filed", by=None, at=at, after={"name": name, "version": meeting.version})
    session.flush()
    return meeting


def recognised(session: Session, group_id: int, digest: str) -> None:
    """Refuse a document whose bytes are filed already."""
    statement = (
        select(Document.name, Meeting.date)
        .join(Meeting, Meeting.id == Document.meeting_id)
        .where(Document.key == _key(group_id, digest))
    )
    found = session.execute(statement).first()
    if found:
        raise Refusal("already_filed", file=found.name, date=found.date)


def _key(group_id: int, digest: str) -> str:
    return f"{group_id}:{digest}"
