"""What there is to be reminded of, and which reminders have been put in the outbox, or noted as skipped, already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from bot.groups import Group as GroupValue
from bot.meetings import Meeting as MeetingValue
from bot.reminders import Occasion, Reminder, Setup
from storage import history
from storage.base import Reader, insert_new, table
from storage.groups import Group
from storage.meetings import Meeting
from storage.outbox import Letter

AROUND = timedelta(days=400)  # how far ahead a deadline is counted from its meeting, and back


@dataclass(frozen=True, slots=True)
class Remembered:
    """An occasion, and the group whose it is."""

    occasion: Occasion
    group: GroupValue


_GROUP = [table(Group).c[each.name] for each in fields(GroupValue)]
_MEETING = [table(Meeting).c[each.name] for each in fields(MeetingValue)]
_OCCASIONS = (
    select(Meeting.id, Group.setup, *_GROUP, *_MEETING)
    .join(Group, Group.id == Meeting.group_id)
    .where(Meeting.date.between(bindparam("since"), bindparam("until")))
)


def occasions(reader: Reader, today: date) -> list[Remembered]:
    """All meetings around a day, of every group, those called off among them."""
    found = []
    for meeting_id, setup, *values in reader.execute(_OCCASIONS, {"since": today - AROUND, "until": today + AROUND}):
        group, meeting = GroupValue(*values[: len(_GROUP)]), MeetingValue(*values[len(_GROUP) :])
        occasion = Occasion(meeting_id, meeting, group.zone, Setup.from_dict(setup or {}))
        found.append(Remembered(occasion, group))
    return found


def known(reader: Reader, keys: Sequence[str]) -> set[str]:
    """Those of some keys that are done with: put in the outbox, or noted as skipped."""
    return set(reader.scalars(select(Letter.key).where(Letter.key.in_(keys)))) if keys else set()


def waiting(reader: Reader) -> set[str]:
    """The keys of reminders that wait in the outbox."""
    due = (Letter.next_at.is_not(None), Letter.next_at > 0, Letter.key.startswith("reminder:"))
    return set(reader.scalars(select(Letter.key).where(*due)))


def skip(session: Session, reminder: Reminder, group: GroupValue, *, now: float) -> None:
    """Note that a reminder came too late to be sent, so that it never is."""
    schedule = {
        "state": "dead",
        "attempts": 0,
        "next_at": None,
        "put_at": now,
        "maybe_sent": False,
        "trouble": "too_late",
    }
    letter = {"key": reminder.key, "group_id": group.id, "lane": group.channel, "kind": "post", "payload": {}}
    if insert_new(session, Letter, **letter, **schedule) is not None:
        history.note(session, group.id, "reminder skipped", by=None, at=reminder.use_by, after={"key": reminder.key})


def withdraw(session: Session, keys: Iterable[str]) -> None:
    """Take reminders out that nobody needs any more and that nobody has begun to send."""
    session.execute(delete(Letter).where(Letter.key.in_(list(keys)), Letter.state == "waiting", ~Letter.maybe_sent))
