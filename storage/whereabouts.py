"""Where somebody is: in which groups' home channels Slack has found them, and which of several groups they mean."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select, union
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import groups
from storage.appointments import Appointment, in_force
from storage.base import Base, Reader, insert_new
from storage.groups import Group, Person, Visitor


class Presence(Base):
    """Somebody who was in a group's home channel when Slack was asked where they are."""

    __tablename__ = "presences"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)

    __table_args__ = (UniqueConstraint("person_id", "group_id"),)


def found_in(session: Session, slack_id: str, channels: Iterable[str]) -> None:
    """Note in which groups' home channels somebody is, of all the channels that Slack says they are in."""
    person = groups.person(session, slack_id)
    here = set(session.scalars(select(Group.id).where(Group.channel.in_(list(channels)))))
    session.execute(delete(Presence).where(Presence.person_id == person.id, Presence.group_id.not_in(here)))
    for group_id in sorted(here):
        insert_new(session, Presence, person_id=person.id, group_id=group_id)
    person.placed = True
    session.flush()


def are_known(reader: Reader, slack_id: str) -> bool:
    """Whether Slack has been asked where somebody is."""
    return bool(reader.scalar(select(Person.placed).where(Person.slack_id == slack_id)))


def is_in(reader: Reader, slack_id: str, group_id: int) -> bool:
    """Whether somebody was in a group's home channel when Slack was asked."""
    there = select(Presence.id).join(Person, Person.id == Presence.person_id)
    return reader.scalar(there.where(Person.slack_id == slack_id, Presence.group_id == group_id)) is not None


def groups_of(reader: Reader, slack_id: str, today: date) -> list[Visitor]:
    """Who somebody is in each group in which they have a role, or are a member for being in its channel."""
    named, here = (
        select(row.group_id).join(Person, Person.id == row.person_id).where(Person.slack_id == slack_id, *which)
        for row, which in ((Appointment, (in_force(today),)), (Presence, ()))
    )
    ids = sorted(reader.scalars(union(named, here)))
    found = [groups.visitor_of(reader, group_id, slack_id, today) for group_id in ids]
    return [each for each in found if each.member is None or each.member.roles]


def choose(session: Session, slack_id: str, group_id: int) -> None:
    """Remember which of several groups somebody means in private, until they choose another."""
    groups.person(session, slack_id).write(chosen_id=group_id)


def chosen(reader: Reader, slack_id: str) -> int | None:
    """Which group somebody chose last; None where they never did."""
    return reader.scalar(select(Person.chosen_id).where(Person.slack_id == slack_id))
