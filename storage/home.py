"""The Home tab of somebody who has opened theirs: one letter a person, carried again whenever it is to be drawn anew.

What stands in it is drawn when it is carried, so the latest wins.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Float, Update, bindparam, case, select, union, update
from sqlalchemy.orm import Session

from storage import history, outbox
from storage.appointments import Appointment
from storage.base import among, table
from storage.groups import Person
from storage.outbox import OPEN, Letter
from storage.whereabouts import Presence


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


def _anew(now: float | BindParameter[float]) -> dict[str, Any]:
    """A letter that is to be carried once more; one in somebody's hands is after that: see `outbox.settle`."""
    letter = table(Letter).c
    return {
        "put_at": now,
        "tried_from": None,
        "next_at": case((among(letter.state, OPEN), letter.next_at), else_=now),
        "state": case((letter.state == "sending", "sending"), else_="waiting"),
    }


def _home(slack_id: str) -> str:
    return LANE + slack_id


LANE = "home:"  # one lane a person
LOOKED = {"looked": True}


@cache
def _redrawn(many: int) -> Update:
    """What draws the Home tabs anew in so many groups: those of who is known to be there, and of who is named."""
    letter, person = table(Letter).c, table(Person).c
    groups: list[BindParameter[int]] = [bindparam(f"group{each}") for each in range(many)]
    there, named = (
        select((LANE + person.slack_id).label("lane")).where(row.person_id == person.id, among(row.group_id, groups))
        for row in (table(Presence).c, table(Appointment).c)
    )
    theirs = (
        select(letter.id)
        .where(letter.key.in_(union(there, named)))
        .order_by(letter.id)  # so that two groups with the same people never wait for each other in a circle
        .with_for_update()
    )
    return update(table(Letter)).where(letter.id.in_(theirs)).values(**_anew(bindparam("now", type_=Float)))
