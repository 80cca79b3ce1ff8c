"""The minutes (referat) of a meeting: how far they have come, and the text the secretary wrote under each item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, bindparam, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from bot import dates
from bot import minutes as rules
from bot.agenda import Agenda
from bot.agenda import Item as ItemValue
from bot.groups import Language, Member
from bot.minutes import Minutes as MinutesValue
from bot.minutes import MinutesState, Unfinished
from bot.refusals import Refusal
from storage import agenda, history, meetings, sendings
from storage.base import Base, Reader, among, insert_new, rows, table
from storage.groups import Group
from storage.items import Item
from storage.meetings import Meeting


class Minutes(Base):
    """A meeting's minutes. `version` counts what has been laid before the chair; once approved they are frozen, and a
    correction is the next version with its `reason`. What went out is kept as a sending.
    """

    __tablename__ = "minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    state: Mapped[MinutesState] = mapped_column(String, default="draft")
    version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str | None]
    approved_at_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    approved_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "group_id", "state"),)

    def changed(self, *, by: int | None, at: datetime) -> None:
        """Note that something in them is not what it was: what the chair or the members have is an older version."""
        if self.state == "approved":
            raise Refusal("minutes_frozen", date=self._session().get_one(Meeting, self.meeting_id).date)
        if self.state != "draft":
            self._become("draft", "minutes reopened", by, at, version=self.version + 1)

    def to_chair(self, *, by: int, at: datetime) -> None:
        """Lay them before the chair."""
        if self.state == "draft":
            self._become("chair", "minutes laid before the chair", by, at)

    def held_back(self, *, by: int, at: datetime) -> None:
        """The chair said not yet: they are a draft again."""
        if self.state == "chair":
            self._become("draft", "minutes held back", by, at)

    def post(self, *, by: int, at: datetime) -> None:
        """The members have them."""
        self._become("posted", "minutes posted", by, at)

    def approve(self, open_items: Iterable[str], *, at_meeting: int | None, by: int, at: datetime) -> None:
        """The group has approved them, at a meeting: frozen from now on. Refused while a recommendation is open."""
        rules.refuse_unfinished(self.state, open_items)
        self.approved_at_id, self.approved_by, self.approved_at = at_meeting, by, at
        self._become("approved", "minutes approved", by, at)

    def correct(self, reason: str, *, by: int, at: datetime) -> None:
        """Begin a new version of approved minutes; what was approved stays as it was sent."""
        if self.state != "approved":
            raise Refusal("minutes_not_approved")
        self.reason = reason
        self._become("draft", "minutes to be corrected", by, at, version=self.version + 1)

    def _become(self, state: MinutesState, what: str, by: int | None, at: datetime, version: int | None = None) -> None:
        session = self._session()
        before = {"meeting": self.meeting_id, "state": self.state, "version": self.version}
        self.state, self.version = state, version or self.version
        after = {**before, "state": self.state, "version": self.version, "reason": self.reason}
        history.note(session, self.group_id, what, by=by, at=at, before=before, after=after)
        session.flush()

    def _session(self) -> Session:
        session = object_session(self)
        assert session is not None
        return session


class Passage(Base):
    """A part of what was said under an item, short enough for one field of a form; read one after another."""

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    position: Mapped[int]
    text: Mapped[str]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    written_at: Mapped[datetime]

    __table_args__ = (Index(None, "item_id", "position"),)


NAMED = 5  # days of meetings in a refusal
_HELD = (
    select(Meeting.id).where(Meeting.group_id == bindparam("group"), among(Meeting.state, ("open", "closed"))).limit(1)
)
_LATEST = (
    _HELD.where(Meeting.date.is_not(None)).order_by(Meeting.date.desc()),
    _HELD.where(Meeting.date.is_(None)).order_by(Meeting.id.desc()),
)
_HELD_ONE = _HELD.where(Meeting.id == bindparam("meeting"))
_DAYS = _LATEST[0].with_only_columns(Meeting.id, Meeting.date).limit(None)
_UNFINISHED = (
    select(Meeting.id, Meeting.date, Minutes.state, Meeting.state)
    .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
    .where(Meeting.group_id == bindparam("group"), Meeting.opened_at.is_not(None))
    .where(or_(Minutes.id.is_(None), Minutes.state != "approved"))
    .order_by(Meeting.date.desc(), Meeting.id.desc())
)
_STANDING = (
    select(Group.language, Minutes.state, Minutes.version, Minutes.reason)
    .join(Meeting, Meeting.group_id == Group.id)
    .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
    .where(Meeting.id == bindparam("meeting"))
)
_OUT = (
    select(Minutes.meeting_id)
    .join(Meeting, Meeting.id == Minutes.meeting_id)
    .where(Minutes.group_id == bindparam("group"), among(Minutes.state, ("posted", "approved")))
    .order_by(Meeting.date.desc(), Meeting.id.desc())
    .limit(1)
)
_ROW = select(Minutes).where(Minutes.meeting_id == bindparam("meeting")).with_for_update()
_MINUTES = table(Minutes).c
_STATE = select(_MINUTES.state).where(_MINUTES.meeting_id == bindparam("meeting")).with_for_update()


def row(session: Session, meeting: Meeting) -> Minutes:
    """The minutes of a meeting, begun where there were none; locked against others' changes to them."""
    found = session.scalars(_ROW, {"meeting": meeting.id}).one_or_none()
    if found is None:
        insert_new(session, Minutes, meeting_id=meeting.id, group_id=meeting.group_id, state="draft", version=1)
        found = session.scalars(_ROW, {"meeting": meeting.id}).one()
    return found


def changed(session: Session, meeting: Meeting, *, by: int, at: datetime) -> None:
    """Note that something in a meeting's minutes is not what it was; a draft, as they mostly are, stays one."""
    if session.scalar(_STATE, {"meeting": meeting.id}) != "draft":
        row(session, meeting).changed(by=by, at=at)


def are_begun(reader: Reader, meeting_id: int) -> bool:
    """Whether something has been recorded or written for the minutes of a meeting."""
    return reader.scalar(select(Minutes.id).where(Minutes.meeting_id == meeting_id)) is not None


def latest(reader: Reader, group_id: int) -> int:
    """The latest meeting that has begun or is over; refused where there is none."""
    for statement in _LATEST:
        found = reader.scalar(statement, {"group": group_id})
        if found is not None:
            return int(found)
    raise Refusal("no_minutes")


def on(reader: Reader, group_id: int, day: dates.Day) -> int:
    """The meeting held on a day, of whatever year where nobody said which: the latest; refused where there is none."""
    held = reader.execute(_DAYS, {"group": group_id}).all()
    for meeting_id, its in held:
        if its == day.date or (day.year_inferred and f"{its:%m-%d}" == f"{day.date:%m-%d}"):
            return int(meeting_id)
    raise Refusal("no_minutes_that_day", dates=[its for _, its in held[:NAMED]])


def begun(reader: Reader, group_id: int, meeting_id: int) -> int:
    """The meeting that a button names; refused unless it is the group's and has begun."""
    found: int | None = reader.scalar(_HELD_ONE, {"group": group_id, "meeting": meeting_id})
    if found is None:
        raise Refusal("stale")
    return found


def unfinished(reader: Reader, group_id: int) -> list[Unfinished]:
    """The minutes that are not sent or not approved of a group's meetings that began here, the latest first. Those of
    others were read from a document.
    """
    rows = reader.execute(_UNFINISHED, {"group": group_id})
    return [Unfinished(each[0], each[1], each[2] or "draft", each[3] == "open") for each in rows]


def latest_out(reader: Reader, group_id: int) -> int:
    """The latest meeting whose minutes the members have; refused where there is none."""
    found: int | None = reader.scalar(_OUT, {"group": group_id})
    if found is None:
        raise Refusal("minutes_not_out")
    return found


def last_day_out(reader: Reader, group_id: int) -> date | None:
    """The day of the latest meeting whose minutes the members have; None where there is none."""
    found: date | None = reader.scalar(_OUT.with_only_columns(Meeting.date), {"group": group_id})
    return found


def whole(reader: Reader, meeting_id: int, viewer: Member | None) -> MinutesValue:
    """A meeting's minutes as somebody, or (None) everybody, sees them. Of a meeting whose minutes were read from a
    document there is no row: they are out.
    """
    language, state, version, reason = reader.execute(_STANDING, {"meeting": meeting_id}).one()
    printed = agenda.whole(reader, meeting_id)
    written = _written(reader, meeting_id)
    items = tuple(_grown(each, written, language).seen_by(viewer) for each in printed.items)
    told = replace(printed, items=items)
    if state:
        return MinutesValue(told, state, version, reason)
    filed = any(item.decisions for item in printed.walk())
    return MinutesValue(told, "posted" if filed else "draft", filed=filed)


def as_sent(reader: Reader, meeting_id: int, viewer: Member | None) -> MinutesValue | None:
    """A meeting's minutes as somebody, or (None) everybody, was sent them last, whatever has been changed since; None
    where none were.
    """
    last = sendings.last_sent(reader, meeting_id, "minutes")
    if last is None:
        return None
    version, content = last
    kept = content["agenda"]
    items = tuple(each.seen_by(viewer) for each in agenda.kept(kept))
    following = kept["next_meeting"] and meetings.kept(kept["next_meeting"])
    told = Agenda(meetings.kept(kept["meeting"]), items=items, next_meeting=following)
    return MinutesValue(told, "posted", version, content["reason"])


def passages(reader: Reader, item_id: int) -> tuple[str, ...]:
    """What is written under one item, passage by passage."""
    statement = select(Passage.text).where(Passage.item_id == item_id).order_by(Passage.position)
    return tuple(reader.scalars(statement))


def write(session: Session, item: Item, texts: Sequence[str], *, by: int, at: datetime) -> None:
    """Put a text under an item, in the place of what stood there."""
    before = passages(session, item.id)
    if tuple(texts) == before:
        return
    had = rows(session, Passage, "position", item_id=item.id)
    for surplus in had[len(texts) :]:
        session.delete(surplus)
    for position, text in enumerate(texts, 1):
        if position <= len(had):
            passage = had[position - 1]
            passage.text, passage.written_by, passage.written_at = text, by, at
        else:
            session.add(Passage(item_id=item.id, position=position, text=text, written_by=by, written_at=at))
    told = {"before": {"item": item.id, "text": list(before)}, "after": {"item": item.id, "text": list(texts)}}
    history.note(session, item.group_id, "minutes written", by=by, at=at, **told)
    session.flush()


def _written(reader: Reader, meeting_id: int) -> dict[int, list[str]]:
    statement = (
        select(Passage.item_id, Passage.text)
        .join(Item, Item.id == Passage.item_id)
        .where(Item.meeting_id == meeting_id)
        .order_by(Passage.item_id, Passage.position)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for item_id, text in reader.execute(statement):
        found[item_id].append(text)
    return found


def _grown(item: ItemValue, written: dict[int, list[str]], language: Language) -> ItemValue:
    below = tuple(_grown(each, written, language) for each in item.items)
    return rules.with_passages(replace(item, items=below), written.get(item.id, ()), language)
