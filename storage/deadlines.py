"""Deadlines (frister) as rows keep them: in the words they were said in, and bound to the meeting that these name.

A row with a deadline has four columns for it: `due_text` and `precision` as it was said, `due` its last day where it
has one of its own, and `due_meeting_id` the meeting it is due at, with which it moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from bot.dates import Precision
from bot.deadlines import Deadline
from storage import history
from storage.base import Base, Reader, among, table
from storage.meetings import Meeting

COLUMNS = ("due_text", "precision", "due", "due_meeting_id")
_MEETING = table(Meeting).c


def kept(reader: Reader, group_id: int, said: Deadline | None, today: date) -> dict[str, Any]:
    """The columns of a deadline said today, bound to the first of the coming meetings that it may mean, if any."""
    if said is None:
        return dict.fromkeys(COLUMNS)
    meeting_id = _meant(said, group_id, today, _coming(reader, [group_id], today)) if said.is_meeting else None
    return {"due_text": said.text, "precision": said.precision, "due": said.last_day, "due_meeting_id": meeting_id}


def value(day: date | None, text: str | None, precision: Precision | None) -> Deadline | None:
    """A deadline from its columns, with its own last day or the day of its meeting; None where nobody said any."""
    if text is None:
        return None
    said = Deadline(text, precision)
    return said.at(day) if day and said.is_meeting else replace(said, last_day=day)


def unbound(reader: Reader, row: type[Base], since: str, *standing: ColumnElement[bool]) -> Mapping[int, int]:
    """The rows of a kind due at a meeting that was not planned yet, or was called off, with the one they are for now.

    `since` is the column that tells when the words were said, `standing` which rows still wait.
    """
    its = table(row).c
    waiting = reader.execute(
        select(its.id, its.group_id, its[since].label("since"), its.due_text)
        .outerjoin(table(Meeting), _MEETING.id == its.due_meeting_id)
        .where(*standing, its.precision == "meeting")
        .where(or_(its.due_meeting_id.is_(None), _MEETING.state == "cancelled"))
    ).all()
    if not waiting:
        return {}
    ahead = _coming(reader, {each.group_id for each in waiting}, min(each.since.date() for each in waiting))
    said = ((each, Deadline(each.due_text, "meeting")) for each in waiting)
    found = ((each.id, _meant(words, each.group_id, each.since.date(), ahead)) for each, words in said)
    return {id: meeting_id for id, meeting_id in found if meeting_id is not None}


def bind(session: Session, row: type[Base], found: Mapping[int, int], *, at: datetime) -> None:
    """Let rows of a kind be due at the meetings that were found for them."""
    kind = row.__name__.lower()
    locked: Iterable[Any] = session.scalars(select(row).where(table(row).c.id.in_(found)).with_for_update())
    for each in locked:
        before, after = {kind: each.id, "due_meeting": each.due_meeting_id}, {"due_meeting": found[each.id]}
        each.write(due_meeting_id=found[each.id])
        history.note(session, each.group_id, f"{kind} bound", by=None, at=at, before=before, after=after)


def _coming(reader: Reader, group_ids: Iterable[int], after: date) -> list[Any]:
    ahead = (_MEETING.group_id.in_(group_ids), _MEETING.date > after, among(_MEETING.state, ("planned", "agenda_sent")))
    meetings = select(_MEETING.id, _MEETING.group_id, _MEETING.date).where(*ahead).order_by(_MEETING.date)
    return list(reader.execute(meetings))


def _meant(said: Deadline, group_id: int, after: date, coming: Iterable[Any]) -> int | None:
    """The first of a group's meetings after a day, in the month asked for if one is."""
    mine = (each for each in coming if each.group_id == group_id and each.date > after)
    return next((each.id for each in mine if said.month in (None, each.date.month)), None)
