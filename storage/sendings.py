"""What goes out: the chair's yes to a version, and an unchangeable copy of what was sent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.agenda import Agenda
from bot.refusals import Refusal
from storage import history
from storage.base import Base
from storage.groups import Person
from storage.meetings import Meeting

Answer = Literal["yes", "not_yet"]


class Approval(Base):
    """The chair was asked about one version of a meeting's agenda, and what the answer was."""

    __tablename__ = "approvals"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    version: Mapped[int]
    times: Mapped[int] = mapped_column(default=1, doc="how often the chair was asked about this version")
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_of: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(String)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("meeting_id", "version"),)


class Sending(Base):
    """What went out: one version, whole, as it was."""

    __tablename__ = "sendings"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    version: Mapped[int]
    sent_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    sent_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]

    __table_args__ = (UniqueConstraint("meeting_id", "version"), Index(None, "meeting_id", "id"))


@dataclass(frozen=True, slots=True)
class Done:
    """Who did something, and when."""

    person: str
    at: datetime


def ask_chair(session: Session, meeting: Meeting, *, of: int, by: int, at: datetime) -> tuple[Approval, bool]:
    """Ask for the chair's yes to the meeting's version, anew after a "not yet" or when somebody else has become chair:
    how it stands, and if that is new.
    """
    _refuse_if_sent(session, meeting)
    approval = _approval(session, meeting)
    if approval is None:
        which = {"meeting_id": meeting.id, "version": meeting.version}
        approval = Approval(**which, times=1, asked_by=by, asked_of=of, asked_at=at)
        session.add(approval)
    elif approval.answer == "not_yet" or (approval.answer is None and approval.asked_of != of):
        approval.times, approval.asked_by, approval.asked_of, approval.asked_at = approval.times + 1, by, of, at
        approval.answer = approval.answered_by = approval.answered_at = None
    else:
        return approval, False
    history.note(session, meeting.group_id, "chair asked", by=by, at=at, after=_which(meeting))
    session.flush()
    return approval, True


def answer(session: Session, meeting: Meeting, version: int, said: Answer, *, by: int, at: datetime) -> Approval:
    """The chair's answer to one version; refused when that was answered already or another version has come."""
    approval = _approval(session, meeting)
    if version != meeting.version or approval is None:
        raise Refusal("new_version", version=meeting.version)
    if approval.answer is not None:
        raise Refusal("already_done", **asdict(_done(session, approval.answered_by, approval.answered_at)))
    approval.answer, approval.answered_by, approval.answered_at = said, by, at
    history.note(session, meeting.group_id, f"chair said {said}", by=by, at=at, after=_which(meeting))
    session.flush()
    return approval


def send(session: Session, meeting: Meeting, version: int, agenda: Agenda, *, by: int, at: datetime) -> None:
    """Send one version: the copy is kept, the meeting's agenda is sent. Refused without the chair's yes to it."""
    _refuse_if_sent(session, meeting)
    approval = _approval(session, meeting)
    if version != meeting.version:
        raise Refusal("new_version", version=meeting.version)
    if approval is None or approval.answer != "yes":
        raise Refusal("chair_has_not_said_yes")
    meeting.state = "agenda_sent"
    content = _plain(asdict(agenda))
    session.add(Sending(meeting_id=meeting.id, version=version, sent_by=by, sent_at=at, content=content))
    history.note(session, meeting.group_id, "agenda sent", by=by, at=at, after=_which(meeting))
    session.flush()


def answerer(session: Session, approval: Approval) -> str:
    """The name of who answered."""
    return session.get_one(Person, approval.answered_by).name


def sent(session: Session, meeting_id: int) -> Done | None:
    """Who sent the meeting's agenda last, and when; None while nobody has."""
    statement = (
        select(Person.name, Sending.sent_at)
        .join(Person, Person.id == Sending.sent_by)
        .where(Sending.meeting_id == meeting_id)
        .order_by(Sending.id.desc())
        .limit(1)
    )
    row = session.execute(statement).first()
    return Done(*row) if row else None


def _refuse_if_sent(session: Session, meeting: Meeting) -> None:
    if meeting.state == "planned":
        return
    done = sent(session, meeting.id)
    if done is None:
        raise Refusal("meeting_over")
    raise Refusal("already_done", **asdict(done))


def _approval(session: Session, meeting: Meeting) -> Approval | None:
    statement = select(Approval).where(Approval.meeting_id == meeting.id, Approval.version == meeting.version)
    return session.scalars(statement).one_or_none()


def _done(session: Session, person_id: int | None, at: datetime | None) -> Done:
    row = session.get_one(Person, person_id)
    assert at is not None
    return Done(row.name, at)


def _which(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting.id, "version": meeting.version}


def _plain(value: Any) -> Any:
    """The same with dates and times as ISO text, so that JSON can keep it."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | time) else value
