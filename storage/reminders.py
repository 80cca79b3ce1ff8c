"""What there is to be reminded of, and which reminders have been put in the outbox, or noted as skipped, already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, bindparam, delete, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot import calendar
from bot.decisions import Matter
from bot.groups import Group as GroupValue
from bot.meetings import Meeting as MeetingValue
from bot.questions import Question
from bot.reminders import AHEAD, DEFAULTS, HELD, NO_MEETING, Occasion, Reminder, Setup, last_moment
from bot.tasks import Task as TaskValue
from storage import deadlines, history, questions, tasks
from storage.base import Reader, among, insert_new, table
from storage.decisions import Decision
from storage.groups import Group
from storage.meetings import Meeting
from storage.minutes import Minutes
from storage.outbox import Letter
from storage.sendings import Sending
from storage.tasks import Task

AROUND = timedelta(days=400)  # how far ahead a deadline is counted from its meeting, and back
BACK = timedelta(days=60)  # how long after a deadline, or after a meeting, somebody may still be reminded


@dataclass(frozen=True, slots=True)
class Remembered:
    """An occasion, the group whose it is, and the task, decision or question that it is about, if any."""

    occasion: Occasion
    group: GroupValue
    task: TaskValue | None = None
    matter: Matter | None = None
    question: Question | None = None


_GROUP = [table(Group).c[each.name] for each in fields(GroupValue)]
_MEETING = [table(Meeting).c[each.name] for each in fields(MeetingValue)]
_MATTER = (Decision.id, Decision.text, Decision.number, Decision.year, Decision.holder)
_STANDS = among(Decision.state, ("recorded", "announced"))
_NEAR = Meeting.date.between(bindparam("since"), bindparam("until"))
_HERE = select(Meeting.id, *_GROUP, *_MEETING).join(Group, Group.id == Meeting.group_id).where(_NEAR)
_UNWRITTEN = _HERE.where(
    among(Meeting.state, HELD),
    ~exists().where(Minutes.meeting_id == Meeting.id, among(Minutes.state, ("posted", "approved"))),
    ~exists().where(Sending.meeting_id == Meeting.id, Sending.paper == "minutes"),
)
_FINAL = (
    select(Meeting.id, *_GROUP, *_MEETING, *_MATTER)
    .join(Group, Group.id == Meeting.group_id)
    .join(Decision, Decision.due_meeting_id == Meeting.id)
    .where(_NEAR, Meeting.state != "cancelled", Decision.force == "preliminary", _STANDS)
)
_AT, _OWN, _AHEAD = aliased(Meeting), aliased(Meeting), aliased(Meeting)
_NEXT = (
    select(_AHEAD.id)
    .where(_AHEAD.group_id == Decision.group_id, _AHEAD.date >= bindparam("since"))
    .where(or_(_OWN.date.is_(None), _AHEAD.date > _OWN.date), among(_AHEAD.state, AHEAD))
    .order_by(_AHEAD.date, _AHEAD.id)
    .limit(1)
    .correlate(Decision, _OWN)
    .scalar_subquery()
)
_UNSET = (
    select(Meeting.id, *_GROUP, *_MEETING, *_MATTER)
    .join(Group, Group.id == Meeting.group_id)
    .join(Decision, Decision.group_id == Meeting.group_id)
    .join(_OWN, _OWN.id == Decision.meeting_id)
    .outerjoin(_AT, _AT.id == Decision.due_meeting_id)
    .where(_NEAR, among(Meeting.state, AHEAD), Decision.force == "preliminary", _STANDS)
    .where(Meeting.id == _NEXT, or_(_AT.id.is_(None), _AT.state == "cancelled"))
)  # nobody said at which meeting these are made final, or that one was called off
_CONDITIONS = (
    select(*_GROUP, *_MATTER, func.coalesce(_AT.date, Decision.due), Decision.due_text, Decision.precision)
    .join(Group, Group.id == Decision.group_id)
    .outerjoin(_AT, _AT.id == Decision.due_meeting_id)
    .where(Decision.force == "conditional", _STANDS)
)
_TASKS = (
    tasks.selected(*_GROUP).add_columns(Task.made_at).join(Group, Group.id == Task.group_id).where(Task.state == "open")
)
_WAITING = (
    questions.selected(*_GROUP)
    .join(Group, Group.id == questions.Question.group_id)
    .where(questions.Question.state == "waiting")
)
_MEETINGS_NEAR = select(Meeting.id).where(_NEAR, Meeting.state != "cancelled")
_SINCE, _UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)
_TASKS_DUE, _CONDITIONS_DUE = (
    (every.where(row.due.between(_SINCE, _UNTIL)), every.where(row.due_meeting_id.in_(_MEETINGS_NEAR)))
    for every, row in ((_TASKS, Task), (_CONDITIONS, Decision))
)


def occasions(reader: Reader, today: date) -> list[Remembered]:
    """All there is to be reminded of around a day, in every group: meetings, those called off among them, held ones
    without minutes, and decisions, tasks and questions that wait.
    """
    about = (_of_meetings, _of_decisions, _of_tasks, _of_questions)
    return [each for found in about for each in found(reader, today)]


def _of_meetings(reader: Reader, today: date) -> Iterator[Remembered]:
    for row in reader.execute(_HERE, {"since": today - AROUND, "until": today + AROUND}):
        yield _meeting(row)
    for row in reader.execute(_UNWRITTEN, {"since": today - BACK, "until": today}):
        yield _meeting(row, about="minutes")


def _of_decisions(reader: Reader, today: date) -> Iterator[Remembered]:
    known = {"since": today - BACK, "until": today + AROUND}
    for statement, given in ((_FINAL, known), (_UNSET, {"since": today, "until": today + AROUND})):
        for row in reader.execute(statement, given):
            *values, decision_id, text, number, year, holder = row
            matter = Matter(decision_id, text, number, year, holder, is_set=statement is _FINAL)
            yield _meeting(values, about=f"final:{decision_id}", matter=matter)
    for statement in _CONDITIONS_DUE:
        for row in reader.execute(statement, known):
            *values, decision_id, text, number, year, holder, due, due_text, precision = row
            deadline = deadlines.value(due, due_text, precision)
            if deadline and deadline.last_day:
                matter = Matter(decision_id, text, number, year, holder, deadline)
                yield _by_itself(values, f"condition:{decision_id}", deadline.last_day, matter=matter)


def _of_tasks(reader: Reader, today: date) -> Iterator[Remembered]:
    for statement in _TASKS_DUE:
        for row in reader.execute(statement, {"since": today - BACK, "until": today + AROUND}):
            *values, made_at = row
            task = tasks.valued(values[len(_GROUP) :])
            if task.due:
                yield _by_itself(values[: len(_GROUP)], f"task:{task.id}", task.due, made_at, task=task)


def _of_questions(reader: Reader, today: date) -> Iterator[Remembered]:
    """Each that waits, since it was asked, or since the meeting that gave it no answer."""
    for row in reader.execute(_WAITING):
        question = Question(*row[len(_GROUP) :])
        asked = calendar.shown(question.asked_at, row.zone).date()
        since = question.meeting if question.meeting and question.meeting <= today else asked
        if since >= today - BACK:
            yield _by_itself(row[: len(_GROUP)], f"question:{question.id}", since, question=question)


def _meeting(row: Sequence[Any], about: str = "", matter: Matter | None = None) -> Remembered:
    """A meeting, or something of it."""
    meeting_id, *values = row
    group, meeting = GroupValue(*values[: len(_GROUP)]), MeetingValue(*values[len(_GROUP) :])
    occasion = Occasion(meeting_id, meeting, group.zone, Setup.of(group), about)
    return Remembered(occasion, group, matter=matter)


def _by_itself(
    whose: Sequence[Any],
    about: str,
    due: date,
    since: datetime | None = None,
    task: TaskValue | None = None,
    matter: Matter | None = None,
    question: Question | None = None,
) -> Remembered:
    """Something with a deadline of its own."""
    group = GroupValue(*whose)
    occasion = Occasion(NO_MEETING, MeetingValue(), group.zone, Setup.of(group), about, last_moment(due), since)
    return Remembered(occasion, group, task, matter, question)


def known(reader: Reader, keys: Sequence[str]) -> set[str]:
    """Those of some keys that are done with: put in the outbox, or noted as skipped."""
    return set(reader.scalars(select(Letter.key).where(Letter.key.in_(keys)))) if keys else set()


def have_told(reader: Reader, group_id: int, meeting_id: int) -> bool:
    """Whether the channel has been reminded of something that says when a meeting is."""
    rules = [each.key for each in DEFAULTS if each.to == "channel"]
    said = or_(*(Letter.key.startswith(f"reminder:{meeting_id}:{each}:", autoescape=True) for each in rules))
    sent = select(Letter.id).where(Letter.group_id == group_id, among(Letter.state, ("sent", "sending")), said)
    return reader.scalar(sent.limit(1)) is not None


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
