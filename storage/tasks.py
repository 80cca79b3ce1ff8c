"""The tasks (opgaver): what somebody is to do, until when, and whether it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, and_, bindparam, func, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, object_session

from bot.dates import Precision
from bot.deadlines import Deadline
from bot.groups import Member
from bot.refusals import Refusal
from bot.tasks import Source, TaskState, is_of
from bot.tasks import Task as TaskValue
from storage import deadlines, history
from storage.appointments import Appointment
from storage.base import Base, Reader, own, table
from storage.groups import Person
from storage.items import Item
from storage.meetings import Meeting


class Task(Base):
    """An action item. Its owner is a person, an organisation, both or (missing) neither.

    Its deadline is kept as `storage.deadlines` has it.
    """

    __tablename__ = "tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    organisation: Mapped[str | None]
    due: Mapped[date | None]
    due_text: Mapped[str | None]
    precision: Mapped[Precision | None] = mapped_column(String)
    due_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    state: Mapped[TaskState] = mapped_column(String, default="open")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "group_id", "state", "due"),
        Index(None, "owner_id", "state"),
        Index(None, "state", "due"),
    )

    def finish(self, *, by: int, at: datetime) -> None:
        """It is done."""
        self._end("done", "task done", by, at)

    def drop(self, reason: str, *, by: int, at: datetime) -> None:
        """It is not to be done any more."""
        self._end("dropped", "task dropped", by, at, reason=reason)

    def hand_over(self, owner: Person | None, organisation: str | None, *, by: int, at: datetime) -> None:
        """Somebody else is to do it."""
        self._must_be_open()
        before = self._owner()
        self.owner_id, self.organisation = owner.id if owner else None, organisation
        self._note("task handed over", by, at, before, self._owner())

    def change(self, text: str, deadline: Deadline | None, *, by: int, at: datetime) -> None:
        """Say it, or its deadline, otherwise."""
        self._must_be_open()
        before = self._told()
        self.text = text
        if (deadline.text if deadline else None) != self.due_text:
            self._be_due(deadline, at.date())
        self._note("task changed", by, at, before, self._told())

    def undo(self, *, by: int, at: datetime) -> None:
        """It should not have been made: as if it never was, but for the history."""
        self._end("dropped", "task undone", by, at)

    def reopen(self, *, by: int, at: datetime) -> None:
        """It is to be done after all."""
        if self.state == "open":
            raise Refusal("stale")
        before = {"state": self.state}
        self.state, self.ended_by, self.ended_at = "open", None, None
        self._note("task reopened", by, at, before, {"state": "open"})

    def _end(self, state: TaskState, what: str, by: int, at: datetime, reason: str | None = None) -> None:
        self._must_be_open()
        self.state, self.ended_by, self.ended_at = state, by, at
        self._note(what, by, at, {"state": "open"}, {"state": state, "reason": reason})

    def _must_be_open(self) -> None:
        if self.state == "open":
            return
        session = object_session(self)
        assert session is not None and self.ended_at is not None
        person = session.get(Person, self.ended_by) if self.ended_by else None
        raise Refusal("already_done", person=person.name if person else "", at=self.ended_at)

    def _be_due(self, deadline: Deadline | None, today: date) -> None:
        session = object_session(self)
        assert session is not None
        for name, each in deadlines.kept(session, self.group_id, deadline, today).items():
            setattr(self, name, each)

    def _told(self) -> dict[str, Any]:
        due = str(self.due) if self.due else None
        return {"text": self.text, "due": due, "due_text": self.due_text, "due_meeting": self.due_meeting_id}

    def _owner(self) -> dict[str, Any]:
        return {"owner": self.owner_id, "organisation": self.organisation}

    def _note(self, what: str, by: int | None, at: datetime, before: dict[str, Any], after: dict[str, Any]) -> None:
        session = object_session(self)
        assert session is not None
        history.note(session, self.group_id, what, by=by, at=at, before={"task": self.id, **before}, after=after)
        session.flush()


_ABOVE, _TOP, _DUE = aliased(Item), aliased(Item), aliased(Meeting)
_DEADLINE = 6  # its place in what follows, which is as Task has it
LAST_DAY = func.coalesce(_DUE.date, Task.due)
_VALUES: tuple[Any, ...] = (
    *(Task.id, Task.text, Task.owner_id, Person.name, Person.slack_id, Task.organisation),
    *(LAST_DAY, Task.due_text, Task.precision, Task.state, Task.item_id, Item.number, Task.decision_id),
    *(Item.audience, _ABOVE.audience, _TOP.audience),
)


def selected(*columns: Any) -> Select[Any]:
    """Tasks as `valued` takes them, after some columns more; `LAST_DAY` is the due meeting's or their own."""
    return (
        select(*columns, *_VALUES)
        .select_from(Task)
        .outerjoin(Person, Person.id == Task.owner_id)
        .outerjoin(_DUE, and_(_DUE.id == Task.due_meeting_id, _DUE.state != "cancelled"))
        .outerjoin(Item, Item.id == Task.item_id)
        .outerjoin(_ABOVE, _ABOVE.id == Item.parent_id)
        .outerjoin(_TOP, _TOP.id == _ABOVE.parent_id)
    )


_ONE = selected().where(Task.id == bindparam("task"))


def valued(row: Iterable[Any]) -> TaskValue:
    """A task as it was selected."""
    *values, item, above, top = row
    values[_DEADLINE : _DEADLINE + 3] = [deadlines.value(*values[_DEADLINE : _DEADLINE + 3])]
    closed = tuple(tuple(each) for each in (item, above, top) if each is not None)
    return replace(TaskValue(*values), audiences=closed)


def make(
    session: Session,
    group_id: int,
    text: str,
    *,
    owner: Person | None,
    organisation: str | None,
    deadline: Deadline | None,
    source: Source,
    by: int,
    at: datetime,
) -> Task:
    """Note that something is to be done."""
    row = Task(group_id=group_id, text=text, state="open", made_by=by, made_at=at)
    row.owner_id, row.organisation = owner.id if owner else None, organisation
    row.meeting_id, row.item_id, row.decision_id = source.meeting_id, source.item_id, source.decision_id
    session.add(row)
    row._be_due(deadline, at.date())
    session.flush()
    after = {"task": row.id, "item": row.item_id, "decision": row.decision_id, **row._owner(), **row._told()}
    history.note(session, group_id, "task made", by=by, at=at, after=after)
    return row


def row(session: Session, group_id: int, task_id: int, viewer: Member, organisations: Iterable[str]) -> Task:
    """A task's row, locked against others' changes; what is another group's or not for somebody does not exist."""
    found = own(session, Task, group_id, task_id)
    if not value(session, task_id).seen_by(viewer, organisations):
        raise Refusal("stale")
    return found


def value(reader: Reader, task_id: int) -> TaskValue:
    """One task by its id."""
    return valued(reader.execute(_ONE, {"task": task_id}).one())


def organisations(reader: Reader, group_id: int, person_id: int, today: date) -> frozenset[str]:
    """The organisations that somebody speaks for in a group today."""
    mine = (Appointment.group_id == group_id, Appointment.person_id == person_id, Appointment.since <= today)
    current = or_(Appointment.until.is_(None), Appointment.until > today)
    return frozenset(filter(None, reader.scalars(select(Appointment.organisation).where(*mine, current))))


def all_open(reader: Reader, group_id: int, viewer: Member, today: date) -> tuple[TaskValue, ...]:
    """The group's open tasks that somebody may see: those overdue first, then as they are due, the rest as made."""
    theirs = organisations(reader, group_id, viewer.person.id, today)
    return _open(reader, group_id, lambda each: each.seen_by(viewer, theirs))


def mine(reader: Reader, group_id: int, viewer: Member, today: date) -> tuple[TaskValue, ...]:
    """Somebody's open tasks and those of their organisation, in the same order."""
    theirs = organisations(reader, group_id, viewer.person.id, today)
    return _open(reader, group_id, lambda each: is_of(each.owner_id, each.organisation, viewer, theirs))


def late(reader: Reader, group_id: int, viewer: Member, today: date) -> tuple[TaskValue, ...]:
    """The open tasks somebody may see whose last day is over."""
    return tuple(each for each in all_open(reader, group_id, viewer, today) if each.is_late(today))


def of_meeting(reader: Reader, meeting_id: int) -> tuple[TaskValue, ...]:
    """The tasks made from a meeting's items and decisions, or while it was going on, as made; those dropped left out.

    Ask each whom it may be shown to: `task.seen_by(viewer)`.
    """
    statement = selected().where(Task.meeting_id == meeting_id, Task.state != "dropped").order_by(Task.id)
    return tuple(valued(each) for each in reader.execute(statement))


def unbound(reader: Reader) -> Mapping[int, int]:
    """The open tasks due at a meeting that was not planned yet, or was called off, with the meeting they are due at."""
    return deadlines.unbound(reader, Task, "made_at", table(Task).c.state == "open")


def _open(reader: Reader, group_id: int, wanted: Callable[[TaskValue], bool]) -> tuple[TaskValue, ...]:
    rows = reader.execute(selected().where(Task.group_id == group_id, Task.state == "open"))
    found = (each for each in map(valued, rows) if wanted(each))
    return tuple(sorted(found, key=lambda each: (each.due or date.max, each.id)))
