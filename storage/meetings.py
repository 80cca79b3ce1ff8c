"""The meetings: when, where, and how far they have come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from bot import meetings as rules
from bot.meetings import Meeting as MeetingValue
from bot.meetings import State
from bot.refusals import Refusal
from storage import history, items
from storage.base import Base, Reader, among, own, table
from storage.items import Item


class Meeting(Base):
    """A meeting of a group. Moved, it stays the same meeting."""

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    title: Mapped[str | None]
    date: Mapped[dt.date | None]
    weekday: Mapped[str | None]
    year_inferred: Mapped[bool] = mapped_column(default=False)
    start: Mapped[dt.time | None]
    end: Mapped[dt.time | None]
    place: Mapped[str | None]
    state: Mapped[State] = mapped_column(String, default="planned")
    version: Mapped[int] = mapped_column(default=1)
    decisions_version: Mapped[int] = mapped_column(
        default=0, doc="grows with each decision recorded, undone, corrected"
    )
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]
    contents: Mapped[list[Any] | None]
    next_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)

    __table_args__ = (Index(None, "group_id", "date"), Index(None, "date"))

    def shown(self) -> MeetingValue:
        """The meeting as a value."""
        return MeetingValue(*(getattr(self, column.name) for column in FIELDS))

    def move(self, to: MeetingValue, *, by: int, at: dt.datetime) -> MeetingValue:
        """Hold the meeting at another time, and place where one is given; what it was before."""
        self._must_be_coming()
        before = self.shown()
        self.date, self.start, self.end, self.weekday = to.date, to.start, to.end, None
        self.year_inferred, self.place = to.year_inferred, to.place or self.place
        self._note("meeting moved", before, by, at)
        return before

    def agenda_is_out(self) -> None:
        """Note that the members have the agenda."""
        self.state = "agenda_sent"

    def open(self, *, by: int, at: dt.datetime) -> None:
        """Begin the meeting; refused where it has begun, is over or is called off."""
        if self.state not in ("planned", "agenda_sent"):
            raise Refusal(f"meeting_{self.state}", date=self.date)
        before, self.state, self.opened_at = self.shown(), "open", at
        self._note("meeting opened", before, by, at)

    def undo_open(self, *, was_sent: bool, by: int, at: dt.datetime) -> None:
        """It was begun by mistake: it lies ahead as before, with its agenda out or not."""
        if self.state != "open":
            raise Refusal("stale")
        before, self.state, self.opened_at = self.shown(), "agenda_sent" if was_sent else "planned", None
        self._note("meeting opening undone", before, by, at)

    def close(self, *, by: int, at: dt.datetime) -> None:
        """End the meeting; refused where it has not begun."""
        if self.state != "open":
            raise Refusal("meeting_closed" if self.state == "closed" else "meeting_not_open", date=self.date)
        before, self.state, self.closed_at = self.shown(), "closed", at
        self._note("meeting closed", before, by, at)

    def cancel(self, *, by: int, at: dt.datetime) -> MeetingValue:
        """Call the meeting off; what it was before."""
        self._must_be_coming()
        before = self.shown()
        self.state = "cancelled"
        self._note("meeting cancelled", before, by, at)
        return before

    def _must_be_coming(self) -> None:
        if self.state not in ("planned", "agenda_sent"):
            raise Refusal("stale")

    def _note(self, what: str, before: MeetingValue, by: int, at: dt.datetime) -> None:
        session = object_session(self)
        assert session is not None
        history.note(session, self.group_id, what, by=by, at=at, before=_plain(before), after=_plain(self.shown()))
        session.flush()

    def describe(self, value: MeetingValue) -> None:
        """Take over what a document says of the meeting; its state and version are its own."""
        told = rules.as_told(self.shown(), value)
        for name in DESCRIPTION:
            setattr(self, name, getattr(told, name))


DESCRIPTION = ("title", "date", "weekday", "year_inferred", "start", "end", "place")
_TABLE = table(Meeting)
FIELDS = [_TABLE.c[field.name] for field in fields(MeetingValue)]


_MINE = select(_TABLE.c.id, *FIELDS).where(_TABLE.c.group_id == bindparam("group")).limit(1)
_AHEAD = among(_TABLE.c.state, ("planned", "agenda_sent", "open"))
_COMING = _MINE.where(_TABLE.c.date >= bindparam("today"), _AHEAD).order_by(_TABLE.c.date)
_LATEST = _MINE.where(_TABLE.c.date <= bindparam("today"), _TABLE.c.state != "cancelled").order_by(_TABLE.c.date.desc())
_UNDATED = _MINE.where(_TABLE.c.date.is_(None)).order_by(_TABLE.c.id.desc())
_THAT_DAY = _MINE.limit(None).where(_TABLE.c.date.in_(bindparam("days", expanding=True)), _TABLE.c.state != "cancelled")
_ONE = select(*FIELDS).where(_TABLE.c.id == bindparam("id"))
_ID = _MINE.with_only_columns(_TABLE.c.id)
_HELD = _ID.where(_TABLE.c.state != "cancelled").order_by(_TABLE.c.date.desc())
_BEGUN = _HELD.where(_TABLE.c.state == "open")
_LAST = _HELD.where(_TABLE.c.date <= bindparam("today"))
_DUE = _LAST.where(_TABLE.c.state != "closed")
_OF_ITEM = (
    select(Item, Meeting)
    .join(Meeting, Meeting.id == Item.meeting_id)
    .where(Item.id == bindparam("item"), Item.group_id == bindparam("group"))
    .with_for_update()
)
_GOING_ON = _ID.where(_TABLE.c.state == "open", _TABLE.c.id != bindparam("other_than"))
_FOLLOWING = _ID.where(_TABLE.c.date > bindparam("day"), among(_TABLE.c.state, ("planned", "agenda_sent"))).order_by(
    _TABLE.c.date
)


@dataclass(frozen=True, slots=True)
class Found:
    """A meeting as it was found: its id, its value, and whether it lies ahead."""

    id: int
    meeting: MeetingValue
    coming: bool


def coming_or_latest(reader: Reader, group_id: int, today: dt.date) -> Found:
    """The coming meeting, today's until it ends; else the latest; else one without a date; refused if there is none."""
    for statement, coming in ((_COMING, True), (_LATEST, False), (_UNDATED, False)):
        row = reader.execute(statement, {"group": group_id, "today": today}).first()
        if row:
            return Found(row[0], MeetingValue(*row[1:]), coming)
    raise Refusal("no_meeting")


def that_day(reader: Reader, group_id: int, days: Iterable[dt.date], today: dt.date) -> Found | None:
    """The group's meeting on the first of some days on which there is one that is not called off."""
    likeliest = {day: place for place, day in enumerate(days)}
    if not likeliest:
        return None
    rows = reader.execute(_THAT_DAY, {"group": group_id, "days": list(likeliest)}).all()
    found = [Found(row[0], MeetingValue(*row[1:]), row.date >= today) for row in rows]
    return min(found, key=lambda each: (likeliest[each.meeting.date or today], each.id), default=None)


def called_off(reader: Reader, group_id: int, days: Sequence[dt.date]) -> dt.date | None:
    """The first of some days on which the group had a meeting that was called off."""
    mine = select(_TABLE.c.date).where(_TABLE.c.group_id == group_id, _TABLE.c.state == "cancelled")
    there = set(reader.scalars(mine.where(_TABLE.c.date.in_(list(days)))))
    return next((day for day in days if day in there), None)


def coming(reader: Reader, group_id: int, today: dt.date, at_most: int = 20) -> list[Found]:
    """The meetings that lie ahead, today's included, and are neither over nor called off; the first first."""
    rows = reader.execute(_COMING.limit(at_most), {"group": group_id, "today": today})
    return [Found(row[0], MeetingValue(*row[1:]), True) for row in rows]


def begun_or_today(reader: Reader, group_id: int, today: dt.date) -> int:
    """The meeting that is going on, else the one that is or was due last by today; refused where none is."""
    for statement in (_BEGUN, _DUE, _LAST):
        found: int | None = reader.scalar(statement, {"group": group_id, "today": today})
        if found is not None:
            return found
    following = coming(reader, group_id, today, at_most=1)
    raise Refusal("no_meeting_today", next=following[0].meeting.date if following else None)


def last(reader: Reader, group_id: int) -> MeetingValue | None:
    """The meeting that lies furthest ahead, or was the latest; one called off is none."""
    dated = _MINE.where(_TABLE.c.date.is_not(None), _TABLE.c.state != "cancelled").order_by(_TABLE.c.date.desc())
    row = reader.execute(dated, {"group": group_id}).first()
    return MeetingValue(*row[1:]) if row else None


def going_on(reader: Reader, group_id: int, other_than: int) -> int | None:
    """The meeting that is going on, if it is another one; None where none is."""
    found: int | None = reader.scalar(_GOING_ON, {"group": group_id, "other_than": other_than})
    return found


def following(reader: Reader, group_id: int, day: dt.date | None) -> int | None:
    """The group's first meeting after a day that is not called off; None where none is planned."""
    if day is None:
        return None
    found: int | None = reader.scalar(_FOLLOWING, {"group": group_id, "day": day})
    return found


def value(reader: Reader, meeting_id: int) -> MeetingValue:
    """A meeting's value by its id."""
    return MeetingValue(*reader.execute(_ONE, {"id": meeting_id}).one())


def kept(raw: dict[str, Any]) -> MeetingValue:
    """A meeting as it was when something of it was sent."""
    day, *hours = (raw[name] for name in ("date", "start", "end"))
    start, end = (each and dt.time.fromisoformat(each) for each in hours)
    return MeetingValue(**{**raw, "date": day and dt.date.fromisoformat(day), "start": start, "end": end})


def plan(session: Session, group_id: int, value: MeetingValue, *, by: int, at: dt.datetime) -> Meeting:
    """Set a new meeting; refused where there is one that day."""
    refuse_same_day(session, group_id, value.date, other_than=None)
    row = Meeting(group_id=group_id, state="planned", version=1)
    row.describe(value)
    session.add(row)
    session.flush()
    _take_up_proposals(session, row)
    history.note(session, group_id, "meeting planned", by=by, at=at, after=_plain(value))
    return row


def refuse_same_day(reader: Reader, group_id: int, day: dt.date | None, other_than: int | None) -> None:
    """Refuse a day on which the group has another meeting already."""
    same = select(_TABLE.c.id).where(_TABLE.c.group_id == group_id, _TABLE.c.date == day)
    taken = reader.scalars(same.where(_TABLE.c.state != "cancelled")).all()
    if any(each != other_than for each in taken):
        raise Refusal("meeting_that_day", date=day).at("when")


def row(session: Session, group_id: int, meeting_id: int) -> Meeting:
    """A meeting's row, locked against others' changes to it; another group's meeting does not exist."""
    return own(session, Meeting, group_id, meeting_id)


def of_item(session: Session, group_id: int, item_id: int) -> tuple[Item, Meeting]:
    """An item with the meeting that it is of, both locked; of a proposal that waits for a meeting there is none."""
    found = session.execute(_OF_ITEM, {"item": item_id, "group": group_id}).one_or_none()
    if found is None:
        raise Refusal("stale")
    return found[0], found[1]


def on_day(what: Select[Any], group_id: int, day: dt.date | None) -> Select[Any]:
    """What is asked of a group's meeting on a day; of one that is called off only where there is no other."""
    here = (_TABLE.c.group_id == group_id, _TABLE.c.date == day)
    return what.where(*here).order_by(_TABLE.c.state == "cancelled", _TABLE.c.id).limit(1)


def on(session: Session, group_id: int, value: MeetingValue) -> Meeting:
    """The group's meeting on a date, made where there was none; without a date always a new one."""
    found = None
    if value.date is not None:
        found = session.scalars(on_day(select(Meeting), group_id, value.date)).first()
    if found is None:
        found = Meeting(group_id=group_id, state="planned", version=1)
        found.describe(value)
        session.add(found)
        session.flush()
        _take_up_proposals(session, found)
    return found


def _take_up_proposals(session: Session, row: Meeting) -> None:
    """Proposals that wait for a meeting to be planned are for this one, unless it lies before others."""
    if row.date is None:
        return
    later = select(Meeting.id).where(Meeting.group_id == row.group_id, Meeting.date >= row.date, Meeting.id != row.id)
    if session.scalar(later.limit(1)) is None:
        items.take_up(session, row.group_id, row.id)


def _plain(value: MeetingValue) -> dict[str, Any]:
    """A meeting as JSON can keep it."""
    return {
        name: each if each is None or isinstance(each, bool | int) else str(each)
        for name, each in asdict(value).items()
    }
