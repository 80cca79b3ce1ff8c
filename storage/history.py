"""The history (ændringslog): who did what, when, and what it was before and after; chained, so that tampering shows.

Each change is sealed with the seal of the one before it in its group. A chain grows at the very end of a transaction,
when everything else is locked already: so groups never wait for each other in a circle.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base, Reader, insert_new, table

_NOTED = "noted changes"
_AS_IT_IS = {"populate_existing": True}
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
class Broken:
    """Where a group's chain does not hold: at a change, or (None) at its end, where changes are missing."""

    group_id: int
    change_id: int | None


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


def seal(session: Session) -> None:
    """Chain what was noted in a transaction: its last act, by the one place that commits."""
    noted = _noted(session)
    for group_id in sorted({each["group_id"] for each in noted}):
        insert_new(session, Chain, group_id=group_id, length=0, seal="")
        chain = session.scalars(
            select(Chain).where(Chain.group_id == group_id).with_for_update(), execution_options=_AS_IT_IS
        ).one()
        for each in noted:
            if each["group_id"] == group_id:
                chain.length, chain.seal = chain.length + 1, _sealed(chain.seal, each)
                session.add(Change(**each, seal=chain.seal))
                session.flush()  # one at a time, so that their ids have the chain's order


def verify(reader: Reader) -> Iterator[Broken]:
    """Where the chains of all groups do not hold; nothing where they do."""
    chains = {row.group_id: row for row in reader.execute(select(*table(Chain).c).order_by(Chain.group_id))}
    ends: dict[int, tuple[int, str]] = {}
    for row in reader.execute(select(*table(Change).c).order_by(Change.id)):
        length, before = ends.get(row.group_id, (0, ""))
        if _sealed(before, {name: getattr(row, name) for name in _SEALED}) != row.seal:
            yield Broken(row.group_id, row.id)
        ends[row.group_id] = length + 1, row.seal
    for group_id in sorted(chains.keys() | ends.keys()):
        chain, end = chains.get(group_id), ends.get(group_id, (0, ""))
        if chain is None or (chain.length, chain.seal) != end:
            yield Broken(group_id, None)


def _noted(session: Session) -> list[dict[str, Any]]:
    """What has been noted in the transaction at hand; what one noted that was rolled back is forgotten."""
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
