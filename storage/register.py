"""The register (beslutningslog): the decisions that stand, read for whoever may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from bot.agenda import admits
from bot.decisions import Force, Recorded
from bot.groups import Member
from bot.roles import CHAIRS, SECRETARIAT
from storage.base import Reader
from storage.decisions import STANDING, Decision
from storage.items import Item
from storage.meetings import Meeting


def of_meeting(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[Recorded, ...]:
    """The decisions of a meeting that stand, as somebody, or (None) everybody, may see them, in the items' order."""
    return _seen(reader.execute(_listed().where(Decision.meeting_id == meeting_id).order_by(*_ORDER)), viewer)


def found(
    reader: Reader, group_id: int, viewer: Member, *, year: int | None, force: Force | None, words: str, at_most: int
) -> tuple[Recorded, ...]:
    """The group's decisions that stand, the newest first: of a year, of a kind, with some words in them.

    Who neither records nor leads sees what was announced.
    """
    states = STANDING if viewer.may(SECRETARIAT | CHAIRS) else ("announced",)
    which = [Decision.group_id == group_id, Decision.state.in_(states)]
    which += [Decision.year == year] if year else []
    which += [Decision.force == force] if force else []
    which += [Decision.text.icontains(words, autoescape=True)] if words else []
    newest = (Decision.year.desc(), Decision.number.desc(), Decision.id.desc())
    return _seen(reader.execute(_listed().where(*which).order_by(*newest).limit(at_most)), viewer)


def recorded(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[Recorded, ...]:
    """What was recorded at a meeting and not announced yet, as somebody, or (None) everybody, may see it."""
    new = _listed().where(Decision.meeting_id == meeting_id, Decision.state == "recorded").order_by(*_ORDER)
    return _seen(reader.execute(new), viewer)


def one(reader: Reader, decision_id: int) -> Recorded:
    """One decision by its id, whatever its state."""
    statement = _every().where(Decision.id == decision_id)
    return next(iter(_values(reader.execute(statement))))


_LATER = aliased(Meeting)
_ORDER = (Item.position, Decision.position)


def _listed() -> Select[Any]:
    return _every().where(Decision.state.in_(STANDING))


def _every() -> Select[Any]:
    return (
        select(
            *(Decision.id, Item.id, Item.number, Item.title, Meeting.date, Decision.text, Decision.outcomes),
            *(Decision.year, Decision.number, Decision.force, Decision.holder, Decision.due, _LATER.date),
            *(Decision.referred_to, Decision.state, Decision.version, Decision.reason, Item.audience),
        )
        .join(Item, Item.id == Decision.item_id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .outerjoin(_LATER, _LATER.id == Decision.due_meeting_id)
    )


def _seen(rows: Iterable[Any], viewer: Member | None) -> tuple[Recorded, ...]:
    """Values of the rows that are for somebody; of the others nothing is said."""
    return tuple(each for each in _values(rows) if admits(each.audience, viewer))


def _values(rows: Iterable[Any]) -> Iterator[Recorded]:
    for *cells, audience in rows:
        closed = audience if audience is None else tuple(audience)
        yield replace(Recorded(*cells), outcomes=tuple(cells[6]), audience=closed)
