"""The member list: roles with their days, of people in Slack and outside it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from bot import members as rules
from bot.members import Entry, Participant
from bot.refusals import Refusal
from bot.roles import Role
from storage import history
from storage.appointments import Appointment, in_force
from storage.base import Reader
from storage.groups import Group, Person, person

YEAR = timedelta(days=366)
_ORDER = list(Role)
_HOLDS = or_(Appointment.until.is_(None), Appointment.until > Appointment.since)  # not one entered by mistake
_LISTED: tuple[Any, ...] = (
    *(Appointment.id, func.coalesce(Person.name, Appointment.name), Appointment.role, Appointment.since),
    *(Appointment.until, Appointment.organisation, Appointment.reached, Appointment.mail, Person.slack_id),
)


def listed(reader: Reader, group_id: int, today: date) -> tuple[Participant, ...]:
    """Who has a role today or will have one, in the order of the roles, then as they came."""
    return _lines(
        reader, Appointment.group_id == group_id, or_(Appointment.until.is_(None), Appointment.until > today), _HOLDS
    )


def former(reader: Reader, group_id: int, today: date) -> tuple[Participant, ...]:
    """Who had a role within the last year and has it no more."""
    ended = (Appointment.until <= today, Appointment.until > today - YEAR)
    return _lines(reader, Appointment.group_id == group_id, *ended, _HOLDS)


def has_list(reader: Reader, group_id: int) -> bool:
    """Whether a group has, or has had, a member list: from then on nobody is a member who is not on it."""
    mine = (Appointment.group_id == group_id, Appointment.role == Role.MEMBER)
    return reader.scalar(select(Appointment.id).where(*mine).limit(1)) is not None


def has_speaker(reader: Reader, group_id: int, organisation: str, today: date) -> bool:
    """Whether somebody in Slack speaks for an organisation today."""
    theirs = (Appointment.group_id == group_id, Appointment.person_id.is_not(None), in_force(today))
    found = reader.scalars(select(Appointment.organisation).where(*theirs, Appointment.organisation.is_not(None)))
    return organisation.casefold() in {each.casefold() for each in found if each}


def one(reader: Reader, group_id: int, appointment_id: int) -> Participant:
    """One line of the list; another group's does not exist."""
    found = _lines(reader, Appointment.id == appointment_id, Appointment.group_id == group_id)
    if not found:
        raise Refusal("stale")
    return found[0]


def enter(session: Session, home: Group, entry: Entry, *, by: int, at: datetime) -> None:
    """Put somebody on the list; refused where they stand there as the same. An office is handed over on the day."""
    session.refresh(home, with_for_update=True)
    _refuse_twice(session, home.id, entry, other_than=0)
    row = Appointment(group_id=home.id)
    _write(session, row, entry)
    session.add(row)
    row.take_over(session)
    history.note(session, home.id, "member entered", by=by, at=at, after={"id": row.id, **_told(entry)})


def change(session: Session, home: Group, appointment_id: int, entry: Entry, *, by: int, at: datetime) -> None:
    """Change a line of the list: what it says from now on. Who had an office before has it until this one begins."""
    before = one(session, home.id, appointment_id)
    session.refresh(home, with_for_update=True)
    _refuse_twice(session, home.id, entry, other_than=appointment_id)
    row = session.get_one(Appointment, appointment_id)
    if entry.role == before.role or before.since >= at.date():
        row.release(session)
    was, told = {"id": before.id, **_told(before)}, _told(entry)
    _write(session, row, entry)
    row.take_over(session)
    history.note(session, home.id, "member changed", by=by, at=at, before=was, after=told)


def _lines(reader: Reader, *which: ColumnElement[bool]) -> tuple[Participant, ...]:
    statement = select(*_LISTED).outerjoin(Person, Person.id == Appointment.person_id).where(*which)
    found = [Participant(*row) for row in reader.execute(statement.order_by(Appointment.since, Appointment.id))]
    return tuple(sorted(found, key=lambda each: _ORDER.index(each.role)))


def _refuse_twice(reader: Reader, group_id: int, entry: Entry, other_than: int) -> None:
    for each in _lines(reader, Appointment.group_id == group_id, Appointment.role == entry.role):
        if each.id != other_than and rules.is_same(each, entry) and rules.overlap(each, entry):
            raise Refusal("already_listed", person=each.name).at("person" if each.slack_id else "name")


def _write(session: Session, row: Appointment, entry: Entry) -> None:
    row.person_id = person(session, entry.slack_id).id if entry.slack_id else None
    row.name, row.organisation, row.role = entry.name, entry.organisation, entry.role
    row.reached, row.mail, row.since, row.until = entry.reached, entry.mail, entry.since, entry.until


def _told(line: Entry | Participant) -> dict[str, str | None]:
    days = {"since": str(line.since), "until": str(line.until) if line.until else None}
    reached = {"reached": line.reached, "mail": line.mail}
    who = {"person": line.slack_id or line.name, "role": str(line.role), "organisation": line.organisation}
    return {**who, **reached, **days}
