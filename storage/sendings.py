"""What goes out once the chair has said yes to it: an unchangeable copy of what was sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.refusals import Refusal
from storage import history
from storage.approvals import Answer, Approval, Done, Kind, Paper, agenda_of, approval
from storage.base import Base, Reader, table
from storage.groups import Person
from storage.meetings import Meeting


class Sending(Base):
    """What went out: one version, whole, as it was."""

    __tablename__ = "sendings"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    paper: Mapped[Kind] = mapped_column(String, default="agenda")
    version: Mapped[int]
    sent_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    sent_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]

    __table_args__ = (UniqueConstraint("meeting_id", "paper", "version"), Index(None, "meeting_id", "id"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that waits for the chair (`answer` None), or for somebody to send it ("yes")."""

    meeting_id: int
    date: date | None
    kind: Kind
    version: int
    answer: Answer | None


def ask_chair(session: Session, paper: Paper, *, of: int, by: int, at: datetime) -> tuple[Approval, bool]:
    """Ask for the chair's yes to a paper, anew after a "not yet" or when somebody else has become chair: how it stands,
    and if that is new.
    """
    _refuse_if_sent(session, paper)
    found = approval(session, paper)
    if found is None:
        which = {"meeting_id": paper.meeting.id, "paper": paper.kind, "version": paper.version}
        found = Approval(**which, times=1, asked_by=by, asked_of=of, asked_at=at)
        session.add(found)
    elif found.answer == "not_yet" or (found.answer is None and found.asked_of != of):
        found.times, found.asked_by, found.asked_of, found.asked_at = found.times + 1, by, of, at
        found.answer = found.answered_by = found.answered_at = None
    else:
        return found, False
    history.note(session, paper.meeting.group_id, "chair asked", by=by, at=at, after=paper.noted())
    session.flush()
    return found, True


def send(session: Session, paper: Paper, version: int, content: dict[str, Any], *, by: int, at: datetime) -> None:
    """Send one version: its content is kept, for ever as it was. Refused without the chair's yes to it, and twice."""
    _refuse_if_sent(session, paper)
    found = approval(session, paper)
    if version != paper.version:
        raise Refusal(f"new_version.{paper.kind}", version=paper.version)
    if found is None or found.answer != "yes":
        raise Refusal("chair_has_not_said_yes")
    which = {"meeting_id": paper.meeting.id, "paper": paper.kind, "version": version}
    kept = history.plain(content)
    session.add(Sending(**which, sent_by=by, sent_at=at, content=kept))
    told = {**paper.noted(), "digest": history.digest(kept)}
    history.note(session, paper.meeting.group_id, f"{paper.kind} sent", by=by, at=at, after=told)
    session.flush()


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent of a meeting's agenda: the version of the post that stands, and the last one, with its content."""

    posted: int
    version: int
    at: datetime
    content: dict[str, Any]


def revise(session: Session, meeting: Meeting) -> None:
    """Give an agenda that has been changed its next version, once: where the chair was asked about the one it had."""
    if approval(session, agenda_of(meeting)) is not None:
        meeting.version += 1
        session.flush()


def revise_unsent(session: Session, meeting: Meeting) -> bool:
    """Give an agenda its next version where the chair was asked about the one it has, and that has not been sent."""
    asked = sent(session, agenda_of(meeting)) is None and approval(session, agenda_of(meeting)) is not None
    if asked:
        revise(session, meeting)
    return asked


def sent_agenda(reader: Reader, meeting_id: int) -> Sent | None:
    """What was sent of a meeting's agenda so far; None where nothing was."""
    of = (Sending.meeting_id == meeting_id, Sending.paper == "agenda")
    statement = select(Sending.version, Sending.sent_at, Sending.content).where(*of).order_by(Sending.version)
    rows = reader.execute(statement).all()
    return Sent(rows[0].version, *rows[-1]) if rows else None


def sent_version(reader: Reader, meeting_id: int) -> int | None:
    """The version of a meeting's agenda that was sent last; None where none was."""
    found: int | None = reader.scalar(_SENT_VERSION, {"meeting_id": meeting_id})
    return found


def waiting(reader: Reader, group_id: int) -> list[Waiting]:
    """The papers of a group that wait for the chair, or that the chair has said yes to and nobody has sent."""
    newest = {"agenda": Meeting.version, "decisions": Meeting.decisions_version, "minutes": Approval.version}
    current = case(*((Approval.paper == kind, version) for kind, version in newest.items()))
    sent_already = exists().where(
        Sending.meeting_id == Approval.meeting_id, Sending.paper == Approval.paper, Sending.version == Approval.version
    )
    statement = (
        select(Approval.meeting_id, Meeting.date, Approval.paper, Approval.version, Approval.answer)
        .join(Meeting, Meeting.id == Approval.meeting_id)
        .where(Meeting.group_id == group_id, Meeting.state != "cancelled", Approval.version == current, ~sent_already)
        .where(or_(Approval.answer.is_(None), Approval.answer == "yes"))
        .order_by(Meeting.date, Approval.id)
    )
    return [Waiting(*row) for row in reader.execute(statement)]


def sent(session: Session, paper: Paper) -> Done | None:
    """Who sent a paper in this version, and when; None while nobody has."""
    row = session.execute(_SENT, paper.columns).first()
    return Done(*row) if row else None


def told_of(reader: Reader, meeting_id: int, ids: Collection[int]) -> list[tuple[int, dict[str, Any]]]:
    """When a meeting's decision was announced, in the versions that have these ids: the version sent, and how it was
    told then, the first first.
    """
    mine = (Sending.meeting_id == meeting_id, Sending.paper == "decisions")
    found = reader.execute(select(Sending.version, Sending.content).where(*mine).order_by(Sending.version)).all()
    return [(row.version, each) for row in found for each in row.content["decisions"] if each["id"] in ids]


def last_sent(reader: Reader, meeting_id: int, kind: Kind) -> tuple[int, dict[str, Any]] | None:
    """The version of a paper that was sent last, and its content as it was; None where none was."""
    statement = (
        select(Sending.version, Sending.content)
        .where(Sending.meeting_id == meeting_id, Sending.paper == kind)
        .order_by(Sending.version.desc())
        .limit(1)
    )
    row = reader.execute(statement).first()
    return (row.version, row.content) if row else None


def _refuse_if_sent(session: Session, paper: Paper) -> None:
    done = sent(session, paper)
    if done is not None:
        raise Refusal("already_done", **asdict(done))
    if paper.kind == "agenda" and paper.meeting.state not in ("planned", "agenda_sent"):
        raise Refusal("meeting_over")


_SENDING = table(Sending).c
_SENT = (
    select(Person.name, _SENDING.sent_at)
    .join(Person, Person.id == _SENDING.sent_by)
    .where(*(_SENDING[each] == bindparam(each) for each in ("meeting_id", "paper", "version")))
)
_SENT_VERSION = select(func.max(_SENDING.version)).where(
    _SENDING.meeting_id == bindparam("meeting_id"), _SENDING.paper == "agenda"
)
