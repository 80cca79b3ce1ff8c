"""The documents that were filed: recognised when they come again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import changes
from bot import meetings as rules
from bot.agenda import Agenda, Item
from bot.budgets import Budget
from bot.meetings import Meeting as MeetingValue
from bot.reading import Reading
from bot.refusals import Refusal
from storage import agenda, budgets, history, meetings, proposals
from storage.base import Base, Reader, insert_new, own, rows
from storage.decisions import Decision
from storage.groups import Group
from storage.meetings import Meeting


class Document(Base):
    """A document known by its group and the digest of its bytes; `meeting_id` is None until it is filed.

    `data` are its bytes while they wait for somebody to have it filed.
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True, doc="group id and SHA-256 of the bytes")
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str]
    data: Mapped[bytes | None]
    filed_at: Mapped[datetime]


def keep(session: Session, group_id: int, *, name: str, digest: str, data: bytes, at: datetime) -> int:
    """Keep a document until somebody has it filed; its id. Refused where the same bytes are filed already."""
    recognised(session, group_id, digest)
    key = _key(group_id, digest)
    insert_new(session, Document, key=key, group_id=group_id, name=name, data=data, filed_at=at)
    (row,) = rows(session, Document, key=key)
    row.group_id, row.data = group_id, data
    session.flush()
    return row.id


def kept(session: Session, group_id: int, document_id: int) -> Document:
    """A document that waits to be filed; refused where it waits no more, or is another group's."""
    row = own(session, Document, group_id, document_id)
    if row.data is None:
        raise Refusal("stale")
    return row


def waiting(reader: Reader, group_id: int, document_id: int) -> tuple[str, bytes]:
    """The name and bytes of a document that waits to be filed; refused as `kept` does."""
    statement = select(Document.name, Document.data).where(Document.id == document_id, Document.group_id == group_id)
    found = reader.execute(statement).first()
    if found is None or found.data is None:
        raise Refusal("stale")
    return found.name, found.data


def forget(session: Session, row: Document) -> None:
    """Let a document go that was not filed."""
    session.delete(row)
    session.flush()


def file(session: Session, group: Group, reading: Reading, *, name: str, digest: str, at: datetime) -> Meeting:
    """File what was read: the agenda and budgets under the meeting they belong to. A filed agenda that has not been
    sent gives way to the new one, as its next version; budgets stay where the new one holds none. What was filed
    without a date gets the one it has now. Refused for the same bytes twice, for a sent agenda and for a meeting that
    is called off.
    """
    session.refresh(group, with_for_update=True)  # so that two documents for one day make one meeting
    recognised(session, group.id, digest)
    undated = _undated(session, group.id, reading.agenda)
    meeting = undated or meetings.on(session, group.id, reading.agenda.meeting)
    session.refresh(meeting, with_for_update=True)  # so that nobody sends it meanwhile
    had_items = bool(agenda.overview(session, meeting.id, None))
    refusal = None if undated else changes.hindrance(meeting.shown(), reading.kind, had_items)
    if refusal:
        raise refusal
    meeting.version += 1 if had_items else 0
    meeting.describe(reading.agenda.meeting)
    if reading.kind == "minutes":
        meeting.state = "closed"
    group.programme = group.programme or rules.programme(reading.agenda.meeting.title)
    agenda.file(session, meeting, reading.agenda)
    if reading.budgets:
        budgets.file(session, meeting, reading.budgets)
    _mark_filed(session, group.id, meeting.id, name, digest, at)
    filed = [each.told() for each in rows(session, Decision, "id", meeting_id=meeting.id)]
    told = {"name": name, "version": meeting.version, "also": filed}
    history.note(session, group.id, "document filed", by=None, at=at, after=told)
    session.flush()
    return meeting


def _undated(session: Session, group_id: int, told: Agenda) -> Meeting | None:
    """The meeting without a date that has the items of an agenda: the same one, before somebody wrote its date in it.
    None where that day has its meeting already.
    """
    if told.meeting.date is None or _meeting_on(session, group_id, told.meeting) is not None:
        return None
    titles = [each.title for each in told.items]
    undated = rows(session, Meeting, "id", group_id=group_id, date=None)
    had = ((each, agenda.overview(session, each.id, None)) for each in undated)
    return next((each for each, items in had if titles and [item.title for item in items] == titles), None)


@dataclass(frozen=True, slots=True)
class Laid:
    """What there is already when a document is dropped: its meeting with its items and budgets, no `meeting` where none
    is set. `proposals` are the items that were proposed, `sets` the meetings the document tells of that are not set.
    """

    meeting: MeetingValue | None = None
    items: tuple[Item, ...] = ()
    budgets: tuple[Budget, ...] = ()
    proposals: tuple[Item, ...] = ()
    sets: tuple[MeetingValue, ...] = ()


def laid_before(reader: Reader, group_id: int, told: Agenda) -> Laid:
    """What there is already of what an agenda that was read tells of."""
    meant = [each for each in (told.meeting, told.next_meeting) if each and each.date]
    there = {each: _meeting_on(reader, group_id, each) for each in meant}
    sets = tuple(each for each, found in there.items() if found is None)
    found = there.get(told.meeting)
    if found is None:
        return Laid(sets=sets)
    whole, proposed = agenda.whole(reader, found), proposals.taken_on(reader, found)
    taken_on = tuple(each for each in whole.walk() if each.id in proposed)
    return Laid(whole.meeting, whole.items, budgets.of_meeting(reader, found), taken_on, sets)


def _meeting_on(reader: Reader, group_id: int, meeting: MeetingValue) -> int | None:
    return reader.scalars(meetings.on_day(select(Meeting.id), group_id, meeting.date)).first()


def recognised(reader: Reader, group_id: int, digest: str) -> None:
    """Refuse a document that is the one its meeting has now; an older one may come back in its place, and one of a
    meeting that is called off be another's.
    """
    statement = (
        select(Document.name, Document.id, Meeting.id.label("meeting_id"), Meeting.date)
        .join(Meeting, Meeting.id == Document.meeting_id)
        .where(Document.key == _key(group_id, digest), Meeting.state != "cancelled")
    )
    found = reader.execute(statement).first()
    if found is None:
        return
    of_meeting = select(Document.id).where(Document.meeting_id == found.meeting_id)
    current = reader.scalars(of_meeting.order_by(Document.filed_at.desc(), Document.id.desc()).limit(1)).first()
    if current == found.id:
        raise Refusal("already_filed", file=found.name, date=found.date)


def _mark_filed(session: Session, group_id: int, meeting_id: int, name: str, digest: str, at: datetime) -> None:
    key = _key(group_id, digest)
    insert_new(session, Document, key=key, group_id=group_id, name=name, filed_at=at)
    (row,) = rows(session, Document, key=key)
    row.meeting_id, row.data, row.filed_at = meeting_id, None, at


def _key(group_id: int, digest: str) -> str:
    return f"{group_id}:{digest}"
