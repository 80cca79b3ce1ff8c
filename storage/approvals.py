"""What the chair is asked: whether a version of a meeting's paper may go out, and what the answer was."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, String, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.refusals import Refusal
from storage import history
from storage.base import Base, Reader, rows, table
from storage.groups import Person
from storage.meetings import Meeting

Answer = Literal["yes", "not_yet"]
Kind = Literal["agenda", "decisions", "minutes"]


class Approval(Base):
    """The chair was asked about one version of a meeting's paper, and what the answer was."""

    __tablename__ = "approvals"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    paper: Mapped[Kind] = mapped_column(String, default="agenda")
    version: Mapped[int]
    times: Mapped[int] = mapped_column(default=1, doc="how often the chair was asked about this version")
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_of: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(String)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("meeting_id", "paper", "version"),)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a meeting in the version it has now: its agenda, the decisions to be announced, or its minutes."""

    kind: Kind
    meeting: Meeting
    version: int

    @property
    def columns(self) -> dict[str, Any]:
        """The columns by which an approval and a sending name their paper."""
        return {"meeting_id": self.meeting.id, "paper": self.kind, "version": self.version}

    def noted(self) -> dict[str, Any]:
        """The paper as the history names it."""
        return {"meeting": self.meeting.id, "paper": self.kind, "version": self.version}


@dataclass(frozen=True, slots=True)
class Done:
    """Who did something, and when."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A version of a paper that the chair was asked about, how often."""

    kind: Kind
    version: int
    times: int


def agenda_of(meeting: Meeting) -> Paper:
    """The agenda of a meeting, as it stands."""
    return Paper("agenda", meeting, meeting.version)


def awaited(session: Session, paper: Paper, version: int) -> Approval:
    """What the chair is asked about one version; refused when that was answered already or another has come."""
    found = approval(session, paper)
    if version != paper.version or found is None:
        raise Refusal(f"new_version.{paper.kind}", version=paper.version)
    if found.answer is not None:
        raise Refusal("already_done", **asdict(_done(session, found.answered_by, found.answered_at)))
    return found


def answer(
    session: Session, paper: Paper, version: int, said: Answer, reason: str | None = None, *, by: int, at: datetime
) -> Approval:
    """The chair's answer to one version, with what is missing where it is not yet; refused as `awaited` is."""
    found = awaited(session, paper, version)
    found.answer, found.answered_by, found.answered_at = said, by, at
    told = paper.noted() | ({"reason": reason} if reason else {})
    history.note(session, paper.meeting.group_id, f"chair said {said}", by=by, at=at, after=told)
    session.flush()
    return found


def approval(session: Session, paper: Paper) -> Approval | None:
    """What the chair was asked about a paper in this version; None where nobody has asked."""
    found = rows(session, Approval, **paper.columns)
    return found[0] if found else None


def unanswered(reader: Reader, meeting_id: int) -> list[Asked]:
    """What the chair was asked about a meeting's papers and has not answered."""
    return [Asked(*row) for row in reader.execute(_UNANSWERED, {"meeting": meeting_id})]


def was_asked(session: Session, meeting_id: int) -> bool:
    """Whether the chair was ever asked about a meeting's agenda, in any version."""
    asked = select(Approval.id).where(Approval.meeting_id == meeting_id, Approval.paper == "agenda").limit(1)
    return session.scalar(asked) is not None


def answerer(session: Session, approval: Approval) -> str:
    """The name of who answered."""
    return session.get_one(Person, approval.answered_by).name


_APPROVAL = table(Approval).c
_UNANSWERED = (
    select(_APPROVAL.paper, _APPROVAL.version, _APPROVAL.times)
    .where(_APPROVAL.meeting_id == bindparam("meeting"), _APPROVAL.answer.is_(None))
    .order_by(_APPROVAL.id)
)


def _done(session: Session, person_id: int | None, at: datetime | None) -> Done:
    row = session.get_one(Person, person_id)
    assert at is not None
    return Done(row.name, at)
