"""The member list: roles with their days, of people in Slack and outside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from bot.members import Entry, Participant
from bot.refusals import Refusal
from bot.roles import Role
from storage import history
from storage.base import Reader
from storage.groups import Appointment, Group, Person, person

HELD_BY_ONE = frozenset({Role.SECRETARY, Role.CHAIR, Role.DEPUTY_CHAIR})
_LISTED: tuple[Any, ...] = (
    *(Appointment.id, func.coalesce(Person.name, Appointment.name), Appointment.role, Appointment.since),
    *(Appointment.until, Appointment.organisation, Appointment.reached, Appointment.mail, Person.slack_id),
)


def listed(reader: Reader, group_id: int, today: date) -> tuple[Participant, ...]:
    """Who has a role today or will have one, in the order of the roles, then as they came."""
    statement = (
        select(*_LISTED)
        .outerjoin(Person, Person.id == Appointment.person_id)
        .where(Appointment.group_id == group_id, or_(Appointment.until.is_(None), Appointment.until > today))
        .order_by(Appointment.id)
    )
    order = list(Role)
    found = [Participant(*row) for row in reader.execute(statement)]
    return tuple(sorted(found, key=lambda each: order.index(Role(each.role))))


def one(reader: Reader, group_id: int, appointment_id: int) -> Participant:
    """One line of the list; another group's does not exist."""
    statement = select(*_LISTED).outerjoin(Person, Person.id == Appointment.person_id)
    row = reader.execute(statement.where(Appointment.id == appointment_id, Appointment.group_id == group_id)).first()
    if row is None:
        raise Refusal("stale")
    return Participant(*row)


def enter(session: Session, home: Group, entry: Entry, *, by: int, at: datetime) -> None:
    """Put somebody on the list. Who held a role that one person holds, holds it to the day the new one begins."""
    if entry.role in HELD_BY_ONE:
        mine = (Appointment.group_id == home.id, Appointment.role == entry.role, Appointment.until.is_(None))
        for held in session.scalars(select(Appointment).where(*mine)):
            held.until = max(entry.since, held.since)
    row = Appointment(group_id=home.id)
    _write(session, row, entry)
    session.add(row)
    session.flush()
    history.note(session, home.id, "member entered", by=by, at=at, after={"id": row.id, **_told(entry)})


def change(session: Session, home: Group, appointment_id: int, entry: Entry, *, by: int, at: datetime) -> None:
    """Change a line of the list: what it says from now on."""
    before = one(session, home.id, appointment_id)
    _write(session, session.get_one(Appointment, appointment_id), entry)
    session.flush()
    was = {"id": before.id, "role": str(before.role), "organisation": before.organisation, "until": str(before.until)}
    history.note(session, home.id, "member changed", by=by, at=at, before=was, after=_told(entry))


def _write(session: Session, row: Appointment, entry: Entry) -> None:
    row.person_id = person(session, entry.slack_id).id if entry.slack_id else None
    row.name, row.organisation, row.role = entry.name, entry.organisation, entry.role
    row.reached, row.mail, row.since, row.until = entry.reached, entry.mail, entry.since, entry.until


def _told(entry: Entry) -> dict[str, str | None]:
    days = {"since": str(entry.since), "until": str(entry.until) if entry.until else None}
    return {"person": entry.slack_id or entry.name, "role": str(entry.role), "organisation": entry.organisation, **days}
