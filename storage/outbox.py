"""The letters: what must reach Slack, put here in the transaction that decided it, carried from here by any process.

`next_at` is when somebody shall look at a letter next, by machine time: when it is due, when its lease runs out, or
when one that was in doubt is looked at once more; NULL when there is nothing left to do.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    ForeignKey,
    Index,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column
from sqlalchemy.sql.dml import ReturningUpdate

from storage.base import Base, Reader, among, insert_new, table

Kind = Literal["post", "file", "update", "delete", "home", "whisper", "errand"]
State = Literal["waiting", "sending", "sent", "dead"]
OPEN = ("waiting", "sending")


class Letter(Base):
    """A letter or errand. `lane` is the channel or person it goes to: one lane is carried in order, one at a time."""

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    lane: Mapped[str]
    kind: Mapped[Kind] = mapped_column(String)
    payload: Mapped[dict[str, Any]]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"), index=True)
    state: Mapped[State] = mapped_column(String, default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[float | None] = mapped_column(index=True)
    put_at: Mapped[float]
    tried_from: Mapped[float | None] = mapped_column(doc="since when it has been tried, where that is not put_at")
    owner: Mapped[str | None]
    maybe_sent: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str | None] = mapped_column(doc="where Slack says it stands")
    ts: Mapped[str | None] = mapped_column(doc="Slack's name for it there")
    use_by: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(doc="what Slack said last when it would not take it")

    __table_args__ = (Index(None, "lane", "state", "id"), Index(None, "group_id", "state"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A letter in the hands of one carrier, until its lease runs out. `parent_ts` is where its thread begins, or what
    it changes, and `parent_channel` where that stands.
    """

    id: int
    key: str
    group_id: int | None
    lane: str
    kind: Kind
    payload: dict[str, Any]
    state: State
    attempts: int
    put_at: float
    tried_from: float | None
    owner: str
    maybe_sent: bool
    channel: str | None
    ts: str | None
    use_by: datetime | None
    parent_id: int | None
    parent_ts: str | None = None
    parent_state: State | None = None
    parent_channel: str | None = None


_TABLE = table(Letter)
_CLAIMED = [_TABLE.c[field.name] for field in fields(Claim) if not field.name.startswith("parent_")] + [
    _TABLE.c.parent_id
]


def put(
    session: Session,
    *,
    key: str,
    lane: str,
    kind: Kind,
    payload: dict[str, Any],
    now: float,
    group_id: int | None = None,
    parent_id: int | None = None,
    use_by: datetime | None = None,
) -> int:
    """Put a letter in the outbox, to be carried when this transaction is durable; its id, the old for an old key."""
    values = {"key": key, "lane": lane, "kind": kind, "payload": payload, "group_id": group_id, "parent_id": parent_id}
    schedule = {"state": "waiting", "attempts": 0, "next_at": now, "put_at": now, "maybe_sent": False, "use_by": use_by}
    new: int | None = insert_new(session, Letter, **values, **schedule)
    return new or session.scalars(select(Letter.id).where(Letter.key == key)).one()


def claim(session: Session, owner: str, now: float, lease: float, errands: bool = False) -> Claim | None:
    """Take the oldest due letter, or errand, whose lane has no older open one. Whoever takes over an expired lease is
    in doubt.
    """
    row = session.execute(_CLAIM[errands], {"now": now, "until": now + lease, "carrier": owner}).first()
    if row is None:
        return None
    values = dict(row._mapping)
    if values["parent_id"] is not None:
        named = (_TABLE.c.ts, _TABLE.c.state, _TABLE.c.channel)
        parent = session.execute(select(*named).where(_TABLE.c.id == values["parent_id"])).one()
        values |= {"parent_ts": parent.ts, "parent_state": parent.state, "parent_channel": parent.channel}
    return Claim(**values)


def settle(session: Session, held: Claim, **outcome: Any) -> bool:
    """Write down what became of a claimed letter; False where another carrier has taken it over meanwhile.

    One that was put here anew meanwhile, as only a Home tab is, is to be carried once more.
    """
    given = {f"new_{name}": value for name, value in outcome.items()}
    known = {f"held_{name}": getattr(held, name) for name in _HELD}
    if session.execute(_settled(tuple(outcome)), known | given).first() is not None:
        return True
    mine = (_TABLE.c.id == held.id, _TABLE.c.owner == held.owner, _TABLE.c.attempts == held.attempts)
    again = update(_TABLE).where(*mine, _TABLE.c.state == "sending", _TABLE.c.put_at != held.put_at)
    session.execute(again.values(state="waiting", next_at=_TABLE.c.put_at))
    return False


def doubt(session: Session, letter_id: int, next_at: float) -> None:
    """Have a post looked at once more that was delivered by one carrier while another came late with a copy."""
    delivered = (_TABLE.c.id == letter_id, _TABLE.c.state == "sent", _TABLE.c.kind == "post")
    again = {"next_at": next_at, "owner": None}  # nobody's: whoever is looking just now may have seen too little
    session.execute(update(_TABLE).where(*delivered).values(**again))


def find(reader: Reader, key: str) -> int | None:
    """The letter put under a key; None where there was none."""
    return reader.scalar(select(_TABLE.c.id).where(_TABLE.c.key == key))


def parts(reader: Reader, key: str) -> list[int]:
    """The letters of what was put under a key in parts, in their order."""
    found: list[int] = []
    while (letter := find(reader, f"{key}:{len(found) + 1}")) is not None:
        found.append(letter)
    return found


def named(reader: Reader, lane: str, beginning: str) -> list[int]:
    """The letters of a lane whose keys have this beginning, in the order in which they were put."""
    theirs = (_TABLE.c.lane == lane, _TABLE.c.key.startswith(beginning, autoescape=True))
    return list(reader.scalars(select(_TABLE.c.id).where(*theirs).order_by(_TABLE.c.id)))


def place(reader: Reader, letter_id: int) -> tuple[str, str | None]:
    """To whom or where a letter goes, and Slack's name for it there; None while it is not known to have come."""
    lane, ts = reader.execute(select(_TABLE.c.lane, _TABLE.c.ts).where(_TABLE.c.id == letter_id)).one()
    return lane, ts


def move(session: Session, letter_id: int, ts: str) -> None:
    """Note that the copy kept of a letter is another one."""
    session.execute(update(_TABLE).where(_TABLE.c.id == letter_id).values(ts=ts))


def bury(session: Session, letter_id: int, trouble: str) -> None:
    """Give a letter up, and what was to stand in its thread."""
    given_up = {"state": "dead", "next_at": None, "trouble": trouble}
    session.execute(update(_TABLE).where(_TABLE.c.id == letter_id).values(**given_up))
    waiting = (_TABLE.c.parent_id == letter_id, _TABLE.c.state.in_(OPEN))
    session.execute(update(_TABLE).where(*waiting).values(**given_up))


def revive(session: Session, group_id: int, now: float) -> int:
    """Let a group's dead posts be tried again; how many there were."""
    dead = (_TABLE.c.group_id == group_id, _TABLE.c.state == "dead", _TABLE.c.kind == "post")
    statement = update(_TABLE).where(*dead).values(state="waiting", next_at=now, tried_from=now, attempts=0)
    return len(session.execute(statement.returning(_TABLE.c.id)).all())


def waiting(reader: Reader) -> int:
    """How many letters still have something to be done about them."""
    return reader.scalar(_WAITING) or 0


def oldest(reader: Reader) -> float | None:
    """When the oldest letter was put here that is still to be carried, by machine time; None where none is."""
    waits = (_TABLE.c.next_at.is_not(None), _TABLE.c.next_at > 0, _TABLE.c.state.in_(OPEN))
    found: float | None = reader.scalar(select(func.min(_TABLE.c.put_at)).where(*waits))
    return found


def is_due(reader: Reader, now: float, errands: bool = False) -> bool:
    """Whether there is a letter, or errand, that can be claimed; only looks, so that an idle carrier locks nothing."""
    return reader.scalar(_DUE[errands], {"now": now}) is not None


def _due(errands: bool) -> Select[int]:
    ours = _TABLE.c.kind == "errand" if errands else _TABLE.c.kind != "errand"
    older, parent = aliased(_TABLE, name="older"), aliased(_TABLE, name="parent")
    blocked = exists().where(older.c.lane == _TABLE.c.lane, older.c.state.in_(OPEN), older.c.id < _TABLE.c.id)
    parent_in_doubt = exists().where(
        parent.c.id == _TABLE.c.parent_id, parent.c.state == "sent", parent.c.next_at.is_not(None)
    )
    ready = and_(among(_TABLE.c.state, OPEN), ~blocked, ~parent_in_doubt)
    return (
        select(_TABLE.c.id)
        .where(ours, _TABLE.c.next_at <= bindparam("now"), or_(_TABLE.c.state == "sent", ready))
        .order_by(_TABLE.c.id + 0)  # not the key itself, or SQLite walks all letters in its order
        .limit(1)
    )


def _claim(errands: bool) -> ReturningUpdate[Any]:
    due = _DUE[errands].with_for_update(skip_locked=True, of=_TABLE).scalar_subquery()
    return (
        update(_TABLE)
        .where(_TABLE.c.id == due)
        .values(
            state=case((_TABLE.c.state == "sent", "sent"), else_="sending"),
            owner=bindparam("carrier"),
            attempts=_TABLE.c.attempts + 1,
            next_at=bindparam("until"),
            maybe_sent=or_(_TABLE.c.maybe_sent, _TABLE.c.state == "sending"),
        )
        .returning(*_CLAIMED)
    )


@cache
def _settled(names: tuple[str, ...]) -> ReturningUpdate[Any]:
    """Write these down of a letter, if it is still as whoever holds it knows it."""
    still = (_TABLE.c[name] == bindparam(f"held_{name}") for name in _HELD)
    return (
        update(_TABLE).where(*still).values({name: bindparam(f"new_{name}") for name in names}).returning(_TABLE.c.id)
    )


_WAITING = select(func.count()).select_from(_TABLE).where(_TABLE.c.next_at.is_not(None), _TABLE.c.next_at > 0)
_HELD = ("id", "owner", "attempts", "state", "put_at")
_DUE = {errands: _due(errands) for errands in (False, True)}
_CLAIM = {errands: _claim(errands) for errands in (False, True)}
