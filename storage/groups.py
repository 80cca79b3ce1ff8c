"""The groups, and who is what in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, ForeignKey, Select, String, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import groups as rules
from bot.groups import MEETING_LENGTH
from bot.groups import Group as GroupValue
from bot.groups import Member as MemberValue
from bot.groups import Person as PersonValue
from bot.refusals import Refusal
from bot.roles import Role
from storage import history
from storage.appointments import Appointment, in_force
from storage.base import Base, Reader, insert_new, rows, table


class Group(Base):
    """A steering group and its home channel."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(unique=True)
    programme: Mapped[str | None]
    language: Mapped[rules.Language] = mapped_column(String, default="da")
    zone: Mapped[str] = mapped_column(default="Europe/Copenhagen")
    meeting_length: Mapped[int] = mapped_column(default=MEETING_LENGTH)
    setup: Mapped[dict[str, Any] | None] = mapped_column(doc="reminders and deadlines, where they are not the defaults")
    room: Mapped[str | None] = mapped_column(index=True, doc="the secretariat's private channel")

    def admit(self, session: Session, members: Iterable[Person], *, by: int, at: datetime, on: date) -> None:
        """Make these the group's members from a day on; who is one and is not among them is it to that day.

        Members to come stay as they are, but for those who come already now; so do people outside Slack.
        """
        wanted = {person.id: person.slack_id for person in members}
        mine = (Appointment.group_id == self.id, Appointment.role == Role.MEMBER, Appointment.person_id.is_not(None))
        left = or_(Appointment.until.is_(None), Appointment.until > on)
        rows = session.scalars(select(Appointment).where(*mine, left).order_by(Appointment.since.desc())).all()
        held = {each.person_id: each for each in rows if each.since <= on}
        coming = {each.person_id: each for each in rows if each.since > on}
        new, gone = wanted.keys() - held.keys(), held.keys() - wanted.keys()
        for person_id in gone:
            held[person_id].until = on
        for person_id in sorted(new):
            if person_id in coming:
                coming[person_id].since = on
            else:
                session.add(Appointment(group_id=self.id, person_id=person_id, role=Role.MEMBER, since=on))
        if new or gone:
            history.note(session, self.id, "members named", by=by, at=at, after={"members": sorted(wanted.values())})
        session.flush()

    def settle(
        self,
        session: Session,
        language: rules.Language,
        length: int,
        room: str | None,
        setup: dict[str, Any],
        *,
        by: int,
        at: datetime,
    ) -> None:
        """Take over how the group speaks, how long it meets, the secretariat's room, its deadlines and reminders."""
        taken = select(Group.id).where(or_(Group.channel == room, and_(Group.room == room, Group.id != self.id)))
        if room and session.scalar(taken) is not None:
            raise Refusal("room_is_a_home").at("room")
        before = {name: getattr(self, name) for name in ("language", "meeting_length", "room", "setup")}
        after = {"language": language, "meeting_length": length, "room": room, "setup": setup}
        self.language, self.meeting_length, self.room, self.setup = language, length, room, setup
        if after != before:
            history.note(session, self.id, "setup changed", by=by, at=at, before=before, after=after)
        session.flush()

    def appoint(
        self, session: Session, person: Person, role: Role, *, by: Person | None, at: datetime, on: date
    ) -> None:
        """Give somebody an office, from a day on; who held it before holds it to that day."""
        session.refresh(self, with_for_update=True)
        appointment = Appointment(group_id=self.id, person_id=person.id, role=role, since=on)
        session.add(appointment)
        appointment.take_over(session)
        history.note(
            session, self.id, f"{role} appointed", by=by.id if by else None, at=at, after={"person": person.slack_id}
        )
        session.flush()


class Person(Base):
    """Somebody in Slack, whether or not in a group."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    slack_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    guest: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[bool] = mapped_column(default=False, doc="whether Slack has been asked who this is")
    placed: Mapped[bool] = mapped_column(default=False, doc="whether Slack has been asked where they are")
    chosen_id: Mapped[int | None] = mapped_column(
        ForeignKey("groups.id"), index=True, doc="which of several groups they mean in private"
    )


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who knocks, and where: no group, or a person we have never asked Slack about, is None.

    `founded` tells that they have just become the group's secretary, `of_several` that nobody named the group.
    `by_place` tells that they are a member for being in the group's channel alone, if they are.
    """

    group: GroupValue | None
    member: MemberValue | None
    founded: bool = False
    of_several: bool = False
    by_place: bool = False


def visitor(reader: Reader, channel: str, slack_id: str, today: date) -> Visitor:
    """Who somebody is in the group whose home, or whose secretariat's room, a channel is.

    In the room nobody is a member for being there: it takes a role.
    """
    return _visitor(reader, _VISIT_BY_CHANNEL, channel, slack_id, today)


def visitor_of(reader: Reader, group_id: int, slack_id: str, today: date) -> Visitor:
    """Who somebody is in a group known by its id, as a button's value names it."""
    return _visitor(reader, _VISIT_BY_ID, group_id, slack_id, today)


def is_known(reader: Reader, slack_id: str) -> bool:
    """Whether Slack has been asked who somebody is."""
    return _stranger(reader, slack_id) is not None


def names(reader: Reader, slack_ids: Iterable[str]) -> dict[str, str]:
    """What those of some people are called of whom Slack has said so, by their ids."""
    known = ((each, _stranger(reader, each)) for each in slack_ids)
    return {slack_id: found.person.name for slack_id, found in known if found}


def all_homes(reader: Reader) -> list[str]:
    """The home channels of every group."""
    return list(reader.scalars(select(Group.channel).where(Group.channel > "").order_by(Group.channel)))


def everyone(reader: Reader) -> list[GroupValue]:
    """Every group there is."""
    return [GroupValue(*row) for row in reader.execute(select(*_GROUP).where(Group.id > 0).order_by(Group.id))]


def found(session: Session, channel: str, *, language: rules.Language, at: datetime) -> Group:
    """The group whose home or room a channel is, founded there where none was."""
    known = session.scalars(select(Group).where(or_(Group.channel == channel, Group.room == channel))).first()
    if known:
        return known
    insert_new(
        session, Group, channel=channel, language=language, zone="Europe/Copenhagen", meeting_length=MEETING_LENGTH
    )
    (group,) = rows(session, Group, channel=channel)
    history.note(session, group.id, "group founded", by=None, at=at, after={"channel": channel})
    return group


def group(session: Session, group_id: int) -> Group:
    """A group's row by its id."""
    return session.get_one(Group, group_id)


def locked(session: Session, group_id: int) -> Group:
    """The same, locked against others' changes to it."""
    return session.get_one(Group, group_id, with_for_update=True, populate_existing=True)


def person(session: Session, slack_id: str, name: str = "") -> Person:
    """Somebody's row, made where there was none."""
    insert_new(session, Person, slack_id=slack_id, name=name or slack_id, guest=False, seen=False)
    (row,) = rows(session, Person, slack_id=slack_id)
    return row


def introduce(session: Session, slack_id: str, name: str, guest: bool) -> None:
    """Note what Slack says about somebody."""
    row = person(session, slack_id, name)
    row.name, row.guest, row.seen = name, guest, True
    session.flush()


def holder(reader: Reader, group_id: int, role: Role, today: date) -> PersonValue | None:
    """Who holds a role today; the one appointed last where there are several."""
    row = reader.execute(_HOLDER, {"group": group_id, "role": role, "today": today}).first()
    return PersonValue(*row) if row else None


def members(reader: Reader, group_id: int, today: date) -> list[PersonValue]:
    """The group's members today, as its list has them; none while it has no list."""
    mine = {"group": group_id, "role": Role.MEMBER, "today": today}
    return [PersonValue(*row) for row in reader.execute(_HOLDERS, mine)]


def secretary(reader: Reader, group_id: int, today: date) -> PersonValue:
    """The group's secretary; refused where nobody is."""
    return holder(reader, group_id, Role.SECRETARY, today) or _nobody()


def take_office(session: Session, home: Group, slack_id: str, *, at: datetime, on: date) -> bool:
    """Make somebody the secretary of a group that has none; whether it had none."""
    session.refresh(home, with_for_update=True)
    if holder(session, home.id, Role.SECRETARY, on):
        return False
    me = person(session, slack_id)
    home.appoint(session, me, Role.SECRETARY, by=me, at=at, on=on)
    return True


def _nobody() -> PersonValue:
    raise Refusal("no_secretary")


def _visitor(reader: Reader, visit: Select[Any], group: str | int, slack_id: str, today: date) -> Visitor:
    rows = reader.execute(visit, {"group": group, "who": slack_id, "today": today}).all()
    if not rows:
        return Visitor(None, _stranger(reader, slack_id))
    first = rows[0]
    home = GroupValue(*first[: len(_GROUP)])
    if first.seen is not True:
        return Visitor(home, None)
    someone = PersonValue(*first[len(_GROUP) : len(_GROUP) + len(_PERSON)])
    held = frozenset(Role(row.role) for row in rows if row.role and row[0] == home.id)
    only_listed = first.has_member_list or group == home.room
    roles = rules.roles(held, someone, only_listed)
    return Visitor(home, MemberValue(someone, roles), by_place=roles != held)


def _stranger(reader: Reader, slack_id: str) -> MemberValue | None:
    row = reader.execute(_SEEN, {"who": slack_id}).first()
    return MemberValue(PersonValue(*row), frozenset()) if row else None


def _visits(which: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A group, somebody and their roles in it, a row a role."""
    listed = table(Appointment).alias()
    has_list = exists().where(listed.c.group_id == _GROUPS.id, listed.c.role == Role.MEMBER)
    mine = and_(
        _APPOINTMENTS.group_id == _GROUPS.id,
        _APPOINTMENTS.person_id == _PEOPLE.id,
        in_force(bindparam("today", type_=Date)),
    )
    return (
        select(*_GROUP, *_PERSON, _PEOPLE.seen, _APPOINTMENTS.role, has_list.label("has_member_list"))
        .select_from(table(Group))
        .outerjoin(table(Person), _PEOPLE.slack_id == bindparam("who"))
        .outerjoin(table(Appointment), mine)
        .where(which)
    )


_GROUPS, _PEOPLE, _APPOINTMENTS = table(Group).c, table(Person).c, table(Appointment).c
_GROUP = [_GROUPS[field.name] for field in fields(GroupValue)]
_PERSON = [_PEOPLE[field.name] for field in fields(PersonValue)]
_TODAY = in_force(bindparam("today", type_=Date))
_HELD = (
    select(*_PERSON)
    .join(table(Appointment), _APPOINTMENTS.person_id == _PEOPLE.id)
    .where(_APPOINTMENTS.group_id == bindparam("group"), _APPOINTMENTS.role == bindparam("role"), _TODAY)
)
_HOLDERS = _HELD.order_by(_APPOINTMENTS.id)
_HOLDER = _HELD.order_by(_APPOINTMENTS.id.desc()).limit(1)
_SEEN = select(*_PERSON).where(_PEOPLE.slack_id == bindparam("who"), _PEOPLE.seen)
_VISIT_BY_CHANNEL = _visits(or_(_GROUPS.channel == bindparam("group"), _GROUPS.room == bindparam("group")))
_VISIT_BY_ID = _visits(_GROUPS.id == bindparam("group"))
