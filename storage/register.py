"""The register (beslutningslog): the decisions that stand, read for whoever may see them.

Recorders see every version that stands. Who is told of decisions sees what was announced, and goes on seeing it until
its correction is announced; of closed items, and what lies under them, nothing.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Result,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)

from bot.decisions import AWAITING, PUT_OFF, Recorded
from bot.groups import Member
from bot.refusals import Refusal
from bot.register import Wanted
from bot.roles import CHAIRS, SECRETARIAT
from storage import deadlines
from storage.base import Reader, among, table
from storage.decisions import KEPT_BY_SETTLING, STANDING, Decision
from storage.items import Item
from storage.meetings import Meeting

RECORDERS = SECRETARIAT | CHAIRS


def of_meeting(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[Recorded, ...]:
    """The decisions of a meeting as somebody, or (None) everybody, may see them, in the items' order."""
    return _standing(reader.execute(_of_meeting(_names(viewer)), {"meeting": meeting_id, **_mine(viewer)}))


def recorded(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[Recorded, ...]:
    """What was recorded at a meeting and not announced yet, of items for somebody, or (None) everybody."""
    return _values(reader.execute(_new(_names(viewer)), {"meeting": meeting_id, **_mine(viewer)}))


def to_announce(reader: Reader, group_id: int) -> int:
    """The first meeting of which there are decisions that nobody has heard of; refused where there is none."""
    found: int | None = reader.scalar(_TO_ANNOUNCE, {"group": group_id})
    if found is None:
        raise Refusal("nothing_to_announce")
    return found


def awaiting(reader: Reader, group_id: int, viewer: Member, *, at_most: int) -> tuple[Recorded, ...]:
    """What awaits a final approval or somebody's yes, the first due first, what is due nobody knows when last."""
    given = {"group": group_id, "at_most": at_most, **_mine(viewer)}
    return _standing(reader.execute(_awaiting(_names(viewer)), given))


def latest_meeting(reader: Reader, group_id: int, viewer: Member) -> int | None:
    """The latest meeting of which somebody may see decisions; None where there is none."""
    for statement in _latest(_names(viewer)):
        found: int | None = reader.scalar(statement, {"group": group_id, **_mine(viewer)})
        if found is not None:
            return found
    return None


def found(
    reader: Reader, group_id: int, viewer: Member, wanted: Wanted, *, at_most: int
) -> tuple[tuple[Recorded, ...], int]:
    """What somebody looks for, the newest first, of one meeting in the items' order; and how many there are of it."""
    given = {"group": group_id, **_sought(wanted), **_mine(viewer)}
    newest, every = _wanted(_names(viewer), frozenset(given))
    shown = _standing(reader.execute(newest, {**given, "at_most": at_most}))
    return shown, len(shown) if len(shown) < at_most else reader.scalar(every, given) or 0


def quotable(reader: Reader, group_id: int) -> tuple[Recorded, ...]:
    """What was announced of items that are for everybody, the newest first: it may be quoted anywhere."""
    return _values(reader.execute(_QUOTABLE, {"group": group_id}))


def versions(reader: Reader, decision: Recorded, viewer: Member) -> tuple[Recorded, ...]:
    """Every version of a decision that somebody may see, the newest first."""
    every = _values(reader.execute(_versions(_names(viewer)), {"decision": decision.id, **_mine(viewer)}))
    return tuple(each if number else _known(each) for number, each in enumerate(every))


def one(reader: Reader, decision_id: int) -> Recorded:
    """One decision by its id, whatever its state."""
    return _values(reader.execute(_ONE, {"decision": decision_id}))[0]


# Statements are built once for each way of asking, since building takes longer than executing. Whose eyes they are for
# is how many names an audience may have them by, None: a recorder's, who sees all; the names are given each time.

_DECISIONS, _ITEMS, _MEETINGS = table(Decision), table(Item), table(Meeting)
_DECISION, _ITEM, _MEETING = _DECISIONS.c, _ITEMS.c, _MEETINGS.c
_LATER, _HELD, _NEXT, _SAME = _MEETINGS.alias(), _MEETINGS.alias(), _DECISIONS.alias(), _DECISIONS.alias()
_BEFORE, _PARENT, _GRANDPARENT = _DECISIONS.alias(), _ITEMS.alias(), _ITEMS.alias()
_ORDER = (_ITEM.position, _DECISION.position)
_OUTCOMES, _DEADLINE = 6, 11  # their places in what follows, which is as Recorded has it
_SAME_TERMS = (_DECISION[each].is_not_distinct_from(_BEFORE.c[each]) for each in KEPT_BY_SETTLING)
_WAITED = case((and_(*_SAME_TERMS), _BEFORE.c.force))  # what is said otherwise has not come of what was awaited
_CLOSING = ((each.c.audience, cast(each.c.audience, String)) for each in (_ITEMS, _PARENT, _GRANDPARENT))
_AUDIENCE = case(*((and_(each.is_not(None), text != "null"), each) for each, text in _CLOSING))  # of the nearest closed
_EVERY = (
    select(
        *(_DECISION.id, _ITEM.id, _ITEM.number, _ITEM.title, _MEETING.date, _DECISION.text, _DECISION.outcomes),
        *(_DECISION.year, _DECISION.number, _DECISION.force, _DECISION.holder),
        *(func.coalesce(_LATER.c.date, _DECISION.due), _DECISION.due_text, _DECISION.precision, _LATER.c.date),
        *(_DECISION.referred_to, _DECISION.state, _DECISION.version, _DECISION.reason),
        *(_WAITED, _AUDIENCE),
    )
    .select_from(_DECISIONS)
    .join(_ITEMS, _ITEM.id == _DECISION.item_id)
    .join(_MEETINGS, _MEETING.id == _DECISION.meeting_id)
    .outerjoin(_BEFORE, _BEFORE.c.id == _DECISION.replaces_id)
    .outerjoin(_LATER, and_(_LATER.c.id == _DECISION.due_meeting_id, _LATER.c.state != "cancelled"))
    .outerjoin(_PARENT, _PARENT.c.id == _ITEM.parent_id)
    .outerjoin(_GRANDPARENT, _GRANDPARENT.c.id == _PARENT.c.parent_id)
)
_ONE = _EVERY.where(_DECISION.id == bindparam("decision"))
_OF_GROUP = _DECISION.group_id == bindparam("group")
_AT_MEETING = _DECISION.meeting_id == bindparam("meeting")
_TO_ANNOUNCE = (
    select(_HELD.c.id)
    .join(_DECISIONS, _DECISION.meeting_id == _HELD.c.id)
    .where(_OF_GROUP, _DECISION.state == "recorded")
    .order_by(_HELD.c.date, _HELD.c.id)
    .limit(1)
)
_AT_MOST = bindparam("at_most", type_=Integer)


@cache
def _of_meeting(names: int | None) -> Select[Any]:
    return _EVERY.where(_told(names), *_for(names), _AT_MEETING).order_by(*_ORDER)


@cache
def _new(names: int | None) -> Select[Any]:
    return _EVERY.where(_AT_MEETING, _DECISION.state == "recorded", *_for(names)).order_by(*_ORDER)


@cache
def _awaiting(names: int | None) -> Select[Any]:
    waits = _EVERY.where(_told(names), *_for(names), _OF_GROUP, among(_DECISION.force, AWAITING))
    due = func.coalesce(_DECISION.due, _LATER.c.date)
    return waits.order_by(due.is_(None), due, _DECISION.id).limit(_AT_MOST)


@cache
def _latest(names: int | None) -> tuple[Select[int], ...]:
    seen = _EVERY.where(_told(names), *_for(names), _DECISION.meeting_id == _HELD.c.id).correlate(_HELD).exists()
    mine = select(_HELD.c.id).where(_HELD.c.group_id == bindparam("group"), seen).limit(1)
    dated = mine.where(_HELD.c.date.is_not(None)).order_by(_HELD.c.date.desc())
    return dated, mine.where(_HELD.c.date.is_(None)).order_by(_HELD.c.id.desc())


@cache
def _wanted(names: int | None, given: frozenset[str]) -> tuple[Select[Any], Select[int]]:
    """The newest of what is looked for by the values given, and how many there are of it."""
    which = [_told(names), *_for(names), _OF_GROUP]
    which += [_COLUMNS[each] == bindparam(each) for each in _COLUMNS if each in given]
    if "outcome" in given:
        which.append(_has(cast(_DECISION.outcomes, String), "outcome"))
    if "force" in given:
        which += [~cast(_DECISION.outcomes, String).contains(f'"{each}"', autoescape=True) for each in PUT_OFF]
    if "item" in given:
        which.append(or_(_ITEM.number == bindparam("item"), _ITEM.number.startswith(bindparam("under"))))
    words = [each for each in _SPELLED if each in given]
    if words:
        places = (_DECISION.text, _ITEM.title)
        which.append(or_(*(place.icontains(bindparam(each), escape="/") for place in places for each in words)))
    # What has a force is few: not the year itself, or SQLite walks all decisions in their order to find them.
    year = _DECISION.year + 0 if "force" in given else _DECISION.year
    newest = (year.desc(), _DECISION.number.desc(), _DECISION.id.desc())
    order = _ORDER if "meeting_id" in given else newest
    shown = _EVERY.where(*which).order_by(*order).limit(_AT_MOST)
    counted = select(func.count()).select_from(_DECISIONS).join(_ITEMS, _ITEM.id == _DECISION.item_id).where(*which)
    if names is not None:
        counted = counted.outerjoin(_PARENT, _PARENT.c.id == _ITEM.parent_id)
        counted = counted.outerjoin(_GRANDPARENT, _GRANDPARENT.c.id == _PARENT.c.parent_id)
    return shown, counted


@cache
def _versions(names: int | None) -> Select[Any]:
    known = ("recorded", "announced", "replaced", "undone") if names is None else ("announced", "replaced")
    return (
        _EVERY.join(_SAME, and_(_SAME.c.item_id == _DECISION.item_id, _SAME.c.position == _DECISION.position))
        .where(_SAME.c.id == bindparam("decision"), among(_DECISION.state, known), *_for(names))
        .order_by(_DECISION.version.desc(), _DECISION.id.desc())
    )


def _told(names: int | None) -> ColumnElement[bool]:
    """Which versions stand for somebody."""
    if names is None:
        return among(_DECISION.state, STANDING)
    follows = exists().where(
        _NEXT.c.item_id == _DECISION.item_id,
        _NEXT.c.position == _DECISION.position,
        _NEXT.c.version > _DECISION.version,
        _NEXT.c.state == "recorded",
    )
    return or_(_DECISION.state == "announced", and_(_DECISION.state == "replaced", follows))


def _for(names: int | None) -> list[ColumnElement[bool]]:
    """Whose items they are, as `bot.agenda.admits` has it: also those under a closed one are closed."""
    if names is None:
        return []
    audiences = [cast(each.c.audience, String) for each in (_ITEMS, _PARENT, _GRANDPARENT)]
    mine = [f"mine_{number}" for number in range(names)]
    return [or_(each.is_(None), each == "null", *(_has(each, name) for name in mine)) for each in audiences]


_QUOTABLE = _EVERY.where(_OF_GROUP, _DECISION.state == "announced", *_for(0)).order_by(
    _MEETING.date.desc().nulls_last(), _DECISION.id.desc()
)


def _has(text: ColumnElement[str], name: str) -> ColumnElement[bool]:
    return text.contains(bindparam(name, type_=String), escape="/")


def _names(viewer: Member | None) -> int | None:
    return None if viewer and viewer.may(RECORDERS) else len(_mine(viewer))


def _mine(viewer: Member | None) -> dict[str, str]:
    """The names by which an audience may have somebody; a recorder needs none."""
    if viewer is None or viewer.may(RECORDERS):
        return {}
    names = (f'"person:{viewer.person.id}"', *(f'"role:{role}"' for role in viewer.roles))
    return {f"mine_{number}": _escaped(name) for number, name in enumerate(names)}


_COLUMNS = {name: _DECISION[name] for name in ("number", "year", "force", "state", "meeting_id")}
_SPELLED = ("words_0", "words_1", "words_2")


def _sought(wanted: Wanted) -> dict[str, Any]:
    """The values somebody looks for, by their names in a statement."""
    given = {name: getattr(wanted, name) for name in _COLUMNS if getattr(wanted, name) is not None}
    if wanted.item:
        given |= {"item": wanted.item, "under": f"{wanted.item}."}
    if wanted.outcome:
        given["outcome"] = _escaped(f'"{wanted.outcome}"')
    spelled = (wanted.words, wanted.words.lower(), wanted.words.capitalize()) if wanted.words else ()
    folded = dict.fromkeys(map(_folded, spelled))
    return given | {name: _escaped(each) for name, each in zip(_SPELLED, folded, strict=False)}


def _folded(words: str) -> str:
    """The words as the databases fold them for certain: SQLite leaves Æ, Ø and Å as they are."""
    return "".join(each.lower() if each.isascii() else each for each in words)


def _escaped(text: str) -> str:
    return text.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _values(found: Result[Any]) -> tuple[Recorded, ...]:
    return tuple([_value(*row) for row in found.all()])


def _standing(found: Result[Any]) -> tuple[Recorded, ...]:
    return tuple([_known(each) for each in _values(found)])


def _known(decision: Recorded) -> Recorded:
    """The newest version that somebody knows: what replaced it, nobody has told them yet."""
    return replace(decision, state="announced") if decision.state == "replaced" else decision


def _value(*cells: Any) -> Recorded:
    parts = list(cells)
    parts[_DEADLINE : _DEADLINE + 3] = [deadlines.value(*parts[_DEADLINE : _DEADLINE + 3])]
    for each in (_OUTCOMES, -1):  # JSON knows lists alone
        parts[each] = None if parts[each] is None else tuple(parts[each])
    return Recorded(*parts)
