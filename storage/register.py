"""The register (beslutningslog): the decisions that stand, read for whoever may see them.

Recorders see every version that stands. Who is told of decisions sees what was announced, and goes on seeing it until
its correction is announced; of closed items, and what lies under them, nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from bot.decisions import AWAITING, Recorded
from bot.groups import Member
from bot.refusals import Refusal
from bot.register import Wanted
from bot.roles import CHAIRS, SECRETARIAT
from storage.base import Reader
from storage.decisions import STANDING, Decision
from storage.items import Item
from storage.meetings import Meeting

RECORDERS = SECRETARIAT | CHAIRS


def of_meeting(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[Recorded, ...]:
    """The decisions of a meeting as somebody, or (None) everybody, may see them, in the items' order."""
    mine = _listed(viewer).where(Decision.meeting_id == meeting_id)
    return _values(reader.execute(mine.order_by(*_ORDER)))


def recorded(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[Recorded, ...]:
    """What was recorded at a meeting and not announced yet, of items for somebody, or (None) everybody."""
    new = _every().where(Decision.meeting_id == meeting_id, Decision.state == "recorded", *_for(viewer))
    return _values(reader.execute(new.order_by(*_ORDER)))


def to_announce(reader: Reader, group_id: int) -> int:
    """The first meeting of which there are decisions that nobody has heard of; refused where there is none."""
    new = select(_HELD.id).join(Decision, Decision.meeting_id == _HELD.id)
    mine = new.where(Decision.group_id == group_id, Decision.state == "recorded")
    found: int | None = reader.scalar(mine.order_by(_HELD.date, _HELD.id).limit(1))
    if found is None:
        raise Refusal("nothing_to_announce")
    return found


def awaiting(reader: Reader, group_id: int, viewer: Member, *, at_most: int) -> tuple[Recorded, ...]:
    """What awaits a final approval or somebody's yes, the first due first, what is due nobody knows when last."""
    waits = _listed(viewer).where(Decision.group_id == group_id, Decision.force.in_(AWAITING))
    due = func.coalesce(Decision.due, _LATER.date)
    return _values(reader.execute(waits.order_by(due.is_(None), due, Decision.id).limit(at_most)))


def latest_meeting(reader: Reader, group_id: int, viewer: Member) -> int | None:
    """The latest meeting of which somebody may see decisions; None where there is none."""
    seen = _listed(viewer).where(Decision.meeting_id == _HELD.id).correlate(_HELD).exists()
    mine = select(_HELD.id).where(_HELD.group_id == group_id, seen).limit(1)
    for order in ((_HELD.date.is_not(None), _HELD.date.desc()), (_HELD.date.is_(None), _HELD.id.desc())):
        found: int | None = reader.scalar(mine.where(order[0]).order_by(order[1]))
        if found is not None:
            return found
    return None


def found(
    reader: Reader, group_id: int, viewer: Member, wanted: Wanted, *, at_most: int
) -> tuple[tuple[Recorded, ...], int]:
    """What somebody looks for, the newest first, and how many there are of it in all."""
    which = _listed(viewer).where(Decision.group_id == group_id, *_wanted(wanted))
    newest = (Decision.year.desc(), Decision.number.desc(), Decision.id.desc())
    shown = _values(reader.execute(which.order_by(*newest).limit(at_most)))
    if len(shown) < at_most:
        return shown, len(shown)
    every = which.with_only_columns(func.count(), maintain_column_froms=True)
    return shown, reader.scalar(every) or 0


def versions(reader: Reader, decision: Recorded, viewer: Member) -> tuple[Recorded, ...]:
    """Every version of a decision that somebody may see, the newest first."""
    mine = select(Decision.item_id, Decision.position).where(Decision.id == decision.id).subquery()
    same = (Decision.item_id == mine.c.item_id, Decision.position == mine.c.position)
    known = ("recorded", "announced", "replaced", "undone") if viewer.may(RECORDERS) else ("announced", "replaced")
    every = _every().where(*same, Decision.state.in_(known), *_for(viewer))
    return _values(reader.execute(every.order_by(Decision.version.desc(), Decision.id.desc())))


def one(reader: Reader, decision_id: int) -> Recorded:
    """One decision by its id, whatever its state."""
    return _values(reader.execute(_every().where(Decision.id == decision_id)))[0]


_LATER, _HELD, _NEXT = aliased(Meeting), aliased(Meeting), aliased(Decision)
_PARENT, _GRANDPARENT = aliased(Item), aliased(Item)
_ORDER = (Item.position, Decision.position)


def _listed(viewer: Member | None) -> Select[Any]:
    return _every().where(_told(viewer), *_for(viewer))


def _every() -> Select[Any]:
    return (
        select(
            *(Decision.id, Item.id, Item.number, Item.title, Meeting.date, Decision.text, Decision.outcomes),
            *(Decision.year, Decision.number, Decision.force, Decision.holder, Decision.due, _LATER.date),
            *(Decision.referred_to, Decision.state, Decision.version, Decision.reason, Item.audience),
        )
        .select_from(Decision)
        .join(Item, Item.id == Decision.item_id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .outerjoin(_LATER, _LATER.id == Decision.due_meeting_id)
        .outerjoin(_PARENT, _PARENT.id == Item.parent_id)
        .outerjoin(_GRANDPARENT, _GRANDPARENT.id == _PARENT.parent_id)
    )


def _told(viewer: Member | None) -> ColumnElement[bool]:
    """Which versions stand for somebody."""
    if viewer and viewer.may(RECORDERS):
        return Decision.state.in_(STANDING)
    follows = exists().where(
        _NEXT.item_id == Decision.item_id,
        _NEXT.position == Decision.position,
        _NEXT.version > Decision.version,
        _NEXT.state == "recorded",
    )
    return or_(Decision.state == "announced", and_(Decision.state == "replaced", follows))


def _for(viewer: Member | None) -> list[ColumnElement[bool]]:
    """Whose items they are, as `bot.agenda.admits` has it: also those under a closed one are closed."""
    if viewer and viewer.may(RECORDERS):
        return []
    mine = [f'"person:{viewer.person.id}"', *(f'"role:{role}"' for role in viewer.roles)] if viewer else []
    return [_admits(cast(each.audience, String), mine) for each in (Item, _PARENT, _GRANDPARENT)]


def _admits(audience: ColumnElement[str], mine: Iterable[str]) -> ColumnElement[bool]:
    named = (audience.contains(each, autoescape=True) for each in mine)
    return or_(audience.is_(None), audience == "null", *named)


def _wanted(wanted: Wanted) -> list[ColumnElement[bool]]:
    which: list[ColumnElement[bool]] = []
    for column in ("number", "year", "force", "state"):
        if getattr(wanted, column) is not None:
            which.append(getattr(Decision, column) == getattr(wanted, column))
    if wanted.outcome:
        which.append(cast(Decision.outcomes, String).contains(f'"{wanted.outcome}"', autoescape=True))
    if wanted.words:  # SQLite folds no Æ, Ø or Å
        spelled = {wanted.words, wanted.words.lower(), wanted.words.capitalize()}
        places = (Decision.text, Item.title)
        which.append(or_(*(each.icontains(words, autoescape=True) for each in places for words in sorted(spelled))))
    return which


def _values(rows: Iterable[Any]) -> tuple[Recorded, ...]:
    return tuple(
        replace(Recorded(*cells), outcomes=tuple(cells[6]), audience=audience if audience is None else tuple(audience))
        for *cells, audience in rows
    )
