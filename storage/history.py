"""The history (ændringslog): who did what, when, and what it was before and after; chained, so that tampering shows.

Each change is sealed with the seal of the one before it in its group. A chain grows at the very end of a transaction,
when everything else is locked already: so groups never wait for each other in a circle.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ForeignKey, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Reader, insert_new, table

_NOTED = "noted changes"
_SEALED = ("group_id", "by", "at", "what", "before", "after")


class Change(Base):
    """One change in a group, by a person or (None) by the program's front door."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    what: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    seal: Mapped[str]


class Chain(Base):
    """The end of a group's chain: how many changes it has, and the seal of the last."""

    __tablename__ = "chains"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    length: Mapped[int]
    seal: Mapped[str]


@dataclass(frozen=True, slots=True)
class Verified:
    """A group's chain: how many changes it has, the seal of the last, and the changes at which it does not hold; of
    them None is its end, where changes are missing or were put in. A group has been founded: no chain is empty.
    """

    length: int
    seal: str
    breaks: tuple[int | None, ...] = ()


def note(
    session: Session,
    group_id: int,
    what: str,
    *,
    by: int | None,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write a change down, in the transaction that makes it; `before` and `after` hold what JSON can."""
    change = {"group_id": group_id, "by": by, "at": at, "what": what, "before": before, "after": after}
    _noted(session).append(change)


def plain(value: Any) -> Any:
    """The same with dates and times as ISO text, and lists for all that is one, so that JSON can keep it."""
    match value:
        case dict():
            return {name: plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case date() | time():
            return value.isoformat()
        case _:
            return value


def digest(content: Any) -> str:
    """What tells whether a content is the same, as JSON knows it."""
    known = json.loads(json.dumps(content))
    text = json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def told(reader: Reader, group_id: int, what: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """What was written down of one kind of change in a group: before and after, the first first."""
    rows = reader.execute(_OF_KIND, {"group": group_id, "what": what})
    return [(row.before or {}, row.after or {}) for row in rows]


def touched(session: Session) -> list[int]:
    """The groups in which something was noted in the transaction at hand."""
    return sorted({each["group_id"] for each in _noted(session)})


def seal(session: Session) -> None:
    """Chain what was noted in a transaction: its last act, by the one place that commits."""
    noted, connection = _noted(session), session.connection()
    for group_id in touched(session):
        length, seal = _end_of(session, group_id)
        for each in noted:
            if each["group_id"] == group_id:
                length, seal = length + 1, _sealed(seal, each)
                connection.execute(_CHANGE, each | {"seal": seal})  # one at a time: their ids have the chain's order
        connection.execute(_LENGTHENED, {"of": group_id, "to": length, "with": seal})


def verify(reader: Reader, group_id: int) -> Verified:
    """A group's chain, from its first change to its end, and where it does not hold."""
    length, seal, breaks = 0, "", list[int | None]()
    for row in reader.execute(_CHANGES, {"group": group_id}):
        if _sealed(seal, {name: getattr(row, name) for name in _SEALED}) != row.seal:
            breaks.append(row.id)
        length, seal = length + 1, row.seal
    end = reader.execute(_END, {"group": group_id}).first()
    if not length or (tuple(end) if end else (0, "")) != (length, seal):
        breaks.append(None)
    return Verified(length, seal, tuple(breaks))


_CHAIN, _CHANGE = table(Chain).c, insert(table(Change))
_CHANGES = select(*table(Change).c).where(Change.group_id == bindparam("group")).order_by(Change.id)
_OF_KIND = (
    select(Change.before, Change.after)
    .where(Change.group_id == bindparam("group"), Change.what == bindparam("what"))
    .order_by(Change.id)
)
_END = select(_CHAIN.length, _CHAIN.seal).where(_CHAIN.group_id == bindparam("group"))
_LOCKED_END = _END.with_for_update()
_LENGTHENED = (
    update(table(Chain))
    .where(_CHAIN.group_id == bindparam("of"))
    .values(length=bindparam("to"), seal=bindparam("with"))
)


def _end_of(session: Session, group_id: int) -> tuple[int, str]:
    """The length of a group's chain and its last seal, locked; begun where there was none."""
    mine = {"group": group_id}
    found = session.execute(_LOCKED_END, mine).first()
    if found is None:
        insert_new(session, Chain, group_id=group_id, length=0, seal="")
        found = session.execute(_LOCKED_END, mine).one()
    return found[0], found[1]


def _noted(session: Session) -> list[dict[str, Any]]:
    """What has been noted in the transaction at hand; what one noted that was rolled back is forgotten."""
    if session.get_transaction() is None:
        session.connection()  # begins it: what is noted belongs to it from the first word
    now = session.get_transaction()
    if session.info.get(_NOTED, (None, ()))[0] is not now:
        session.info[_NOTED] = now, []
    noted: list[dict[str, Any]] = session.info[_NOTED][1]
    return noted


def _sealed(before: str, change: dict[str, Any]) -> str:
    """The seal of a change that follows another."""
    told = {**change, "at": change["at"].astimezone(UTC).isoformat()}
    text = json.dumps([before, told], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
