"""Somebody's own place with the bot, the Home tab and the private chat: have they looked, where are they, which group?

It is remembered among the letters. A Home tab is one letter a person, carried again whenever it is to be drawn anew:
what stands in it is drawn when it is carried, so the latest wins. Beside it lie letters that are only kept: where
somebody is a member for being in the channel, which group they chose, and what they asked without saying of which.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Float, Update, bindparam, case, delete, select, union, update
from sqlalchemy.orm import Session

from bot.refusals import Refusal
from storage import groups, history, outbox
from storage.appointments import Appointment, in_force
from storage.base import Reader, among, insert_new, table
from storage.groups import Group, Person, Visitor
from storage.outbox import OPEN, Letter


def look(session: Session, slack_id: str, now: float) -> None:
    """Somebody opened their Home tab: have it drawn, once Slack has been asked where they are."""
    letter = outbox.put(session, key=_home(slack_id), lane=_home(slack_id), kind="home", payload=LOOKED, now=now)
    session.execute(update(Letter).where(Letter.id == letter).values(payload=LOOKED, **_anew(now)))


def redraw(session: Session, now: float) -> None:
    """Have the Home tabs drawn anew of those who have ever opened theirs, in the groups that this transaction has
    changed. What has no history is not shown there.
    """
    changed = history.touched(session)
    if not changed:
        return
    groups = {f"group{place}": each for place, each in enumerate(changed)}
    session.execute(_redrawn(len(changed)), groups | {"now": now})


def owner(lane: str) -> str:
    """Whose Home tab goes in a lane."""
    return lane.removeprefix(LANE)


def found_in(session: Session, slack_id: str, channels: Iterable[str], now: float) -> None:
    """Note in which groups' home channels somebody is, of all the channels that Slack says they are in."""
    lane = _home(slack_id)
    here = set(session.scalars(select(Group.id).where(Group.channel.in_(list(channels)))))
    kept = (Letter.lane == lane, Letter.state == "kept", Letter.group_id.is_not(None))
    session.execute(delete(Letter).where(*kept, Letter.group_id.not_in(here)))
    for group_id in sorted(here):
        _keep(session, _here(slack_id, group_id), lane, "home", now, group_id=group_id)
    _keep(session, lane, lane, "home", now)


def is_known(reader: Reader, slack_id: str) -> bool:
    """Whether Slack has been asked where somebody is."""
    return outbox.find(reader, _home(slack_id)) is not None


def is_in(reader: Reader, slack_id: str, group_id: int) -> bool:
    """Whether somebody was in a group's home channel when Slack was asked."""
    return outbox.find(reader, _here(slack_id, group_id)) is not None


def groups_of(reader: Reader, slack_id: str, today: date) -> list[Visitor]:
    """Who somebody is in each group in which they have a role, or are a member for being in its channel."""
    named = (
        select(Appointment.group_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Person.slack_id == slack_id, in_force(today))
    )
    known = select(Letter.group_id).where(
        Letter.lane == _home(slack_id), Letter.state == "kept", Letter.group_id.is_not(None)
    )
    ids = sorted(reader.scalars(union(named, known)))
    found = [groups.visitor_of(reader, group_id, slack_id, today) for group_id in ids]
    return [each for each in found if each.member is None or each.member.roles]


def choose(session: Session, slack_id: str, group_id: int, now: float) -> None:
    """Remember which of several groups somebody means in private, until they choose another."""
    key = f"chosen:{slack_id}"
    _keep(session, key, key, "errand", now, group_id=group_id)
    session.execute(update(Letter).where(Letter.key == key).values(group_id=group_id))


def chosen(reader: Reader, slack_id: str) -> int | None:
    """Which group somebody chose last; None where they never did."""
    found: int | None = reader.scalar(select(Letter.group_id).where(Letter.key == f"chosen:{slack_id}"))
    return found


def ask(session: Session, slack_id: str, key: str, asked: dict[str, Any], now: float) -> int:
    """Keep what somebody asked until they have said of which group; its number."""
    return _keep(session, f"asked:{key}", f"asked:{slack_id}", "errand", now, payload=asked)


def asked(session: Session, slack_id: str, letter_id: int) -> dict[str, Any]:
    """What somebody asked, which is forgotten now; refused where it was answered already."""
    mine = (Letter.id == letter_id, Letter.lane == f"asked:{slack_id}", Letter.state == "kept")
    payload: dict[str, Any] | None = session.scalar(select(Letter.payload).where(*mine).with_for_update())
    if not payload:
        raise Refusal("stale")
    session.execute(update(Letter).where(Letter.id == letter_id).values(state="sent", payload={}))
    return payload


def _keep(session: Session, key: str, lane: str, kind: outbox.Kind, now: float, **values: Any) -> int:
    """A letter that nobody carries; its number, that of the old one where it was there."""
    schedule = {"state": "kept", "attempts": 0, "next_at": None, "put_at": now, "maybe_sent": False}
    new: int | None = insert_new(session, Letter, **{"payload": {}} | values, key=key, lane=lane, kind=kind, **schedule)
    return new or session.scalars(select(Letter.id).where(Letter.key == key)).one()


def _anew(now: float | BindParameter[float]) -> dict[str, Any]:
    """A letter that is to be carried once more; one in somebody's hands is after that: see `outbox.settle`."""
    letter = table(Letter).c
    return {
        "put_at": now,
        "tried_from": None,
        "next_at": case((among(letter.state, OPEN), letter.next_at), else_=now),
        "state": case((letter.state == "sending", "sending"), else_="waiting"),
    }


def _here(slack_id: str, group_id: int) -> str:
    return f"here:{slack_id}:{group_id}"


def _home(slack_id: str) -> str:
    return LANE + slack_id


LANE = "home:"  # one lane a person
LOOKED = {"looked": True}


@cache
def _redrawn(many: int) -> Update:
    """What draws the Home tabs anew in so many groups: those of who is known to be there, and of who is named."""
    letter, person, appointment = table(Letter).c, table(Person).c, table(Appointment).c
    groups: list[BindParameter[int]] = [bindparam(f"group{each}") for each in range(many)]
    known = select(letter.lane).where(among(letter.group_id, groups), letter.state == "kept", letter.kind == "home")
    named = select((LANE + person.slack_id).label("lane")).where(
        appointment.person_id == person.id, among(appointment.group_id, groups)
    )
    theirs = (
        select(letter.id)
        .where(letter.key.in_(union(known, named)), letter.state != "kept")
        .order_by(letter.id)  # so that two groups with the same people never wait for each other in a circle
        .with_for_update()
    )
    return update(table(Letter)).where(letter.id.in_(theirs)).values(**_anew(bindparam("now", type_=Float)))
