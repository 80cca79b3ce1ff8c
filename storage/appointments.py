"""Appointments: who has which role in a group, from a day and to a day. An office is held by one person at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.members import Reach, ends
from bot.roles import OFFICES, Role
from storage.base import Base, table


class Appointment(Base):
    """A role of somebody in a group, from a day, and to a day once it is over; of somebody outside Slack by name."""

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str | None]
    role: Mapped[Role] = mapped_column(String)
    organisation: Mapped[str | None]
    reached: Mapped[Reach] = mapped_column(String, default="slack")
    mail: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]

    __table_args__ = (Index(None, "group_id", "role"), Index(None, "group_id", "person_id"))

    def take_over(self, session: Session) -> None:
        """Keep an office one person's: whoever begins the same day never had it, others have it until the next begins.

        One that was entered by mistake, and ends as it begins, takes nothing over.
        """
        session.flush()
        if self.role not in OFFICES:
            return
        mine = (Appointment.group_id == self.group_id, Appointment.role == self.role)
        held = [each for each in session.scalars(select(Appointment).where(*mine)) if each.is_some_day]
        if self in held:
            for each in held:
                if each is not self and each.since == self.since:
                    each.until = each.since
        held = [each for each in held if each.is_some_day]
        begins = [each.since for each in held]
        for each in held:
            each.until = ends(each.since, each.until, begins)
        session.flush()

    def release(self, session: Session) -> None:
        """Undo what taking over an office did: who had it to the day this one began has it until further notice."""
        if self.role not in OFFICES:
            return
        before = (Appointment.role == self.role, Appointment.since < self.since, Appointment.until == self.since)
        for each in session.scalars(select(Appointment).where(Appointment.group_id == self.group_id, *before)):
            each.until = None

    @property
    def is_some_day(self) -> bool:
        """Whether there is a day on which it holds."""
        return self.until is None or self.until > self.since


def in_force(today: Any) -> ColumnElement[bool]:
    """What holds on a day."""
    columns = table(Appointment).c
    return and_(columns.since <= today, or_(columns.until.is_(None), columns.until > today))
