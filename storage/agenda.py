"""The items of a meeting with what hangs on them: filed from a document, read back as the same value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.orm import Session, aliased

from bot import agenda as values
from bot import changes
from bot.agenda import ON_AGENDA, Agenda, Block, Heading, Kinds, Presenter, Section
from bot.decisions import Decision as DecisionValue
from bot.groups import Member
from bot.refusals import Refusal
from storage import decisions, meetings, questions, task_sources
from storage.base import Base, Reader, among, table
from storage.decisions import Decision
from storage.items import Appendix, Item, Recommendation, describe, under, write_under
from storage.meetings import Meeting

Value = TypeVar("Value")


def _hanging(row: type[Base], *names: str) -> Select[Any]:
    """What hangs on some items, each with its item's id, in its order."""
    cells = table(row).c
    here = cells.item_id.in_(bindparam("items", expanding=True))
    return select(*(cells[name] for name in ("item_id", *names))).where(here).order_by(cells.item_id, cells.position)


_ITEM = table(Item).c
_STANDING = among(_ITEM.state, ON_AGENDA)
_LISTED = ("id", "parent_id", "number", "title", "kinds", "duration", "presenters", "audience", "state")
_ITEMS = select(*_ITEM).where(_ITEM.meeting_id == bindparam("meeting"), _STANDING).order_by(_ITEM.position)
_OVERVIEW = _ITEMS.with_only_columns(*(_ITEM[name] for name in _LISTED))
_NUMBERED = [_ITEMS.where(_ITEM[name] == bindparam("number")) for name in ("number", "listed_as")]
_NEWEST = 500
_TEXTS = (
    select(_ITEM.id, _ITEM.title, _ITEM.sections)
    .where(_ITEM.group_id == bindparam("group"))
    .order_by(_ITEM.id.desc())
    .limit(_NEWEST)
)
_RECOMMENDATIONS = _hanging(Recommendation, "text", "verb", "id")
_APPENDICES = _hanging(Appendix, "number", "title", "url")
_DECISIONS = _hanging(Decision, "text", "outcomes", "answers", "condition").where(
    among(table(Decision).c.state, decisions.STANDING)
)
_FILED = select(Meeting.next_id, Meeting.contents).where(Meeting.id == bindparam("meeting"))
_UPPER, _TOP = aliased(Item), aliased(Item)
_ABOVE = (
    select(_UPPER.audience, _TOP.audience)
    .outerjoin(_TOP, _TOP.id == _UPPER.parent_id)
    .where(_UPPER.id == bindparam("parent"))
)


def file(session: Session, meeting: Meeting, agenda: Agenda) -> None:
    """Put an agenda's items under a meeting, in the place of those it had."""
    task_sources.outlive_decisions(session, meeting.id)
    had = _cleared(session, meeting.id)
    meeting.contents = [asdict(heading) for heading in agenda.contents]
    if agenda.next_meeting is not None:
        meeting.next_id = meetings.on(session, meeting.group_id, agenda.next_meeting).id
    _file_items(session, meeting, agenda.items, had, parent_id=None, position=1)
    _let_go(session, had)
    questions.taken_off(session, meeting, [each.id for each in had])
    session.flush()


def overview(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[values.Item, ...]:
    """The items with what a list of them shows somebody, or (None) everybody: number, title, kinds, duration,
    presenters; sub-items in place.
    """
    rows = reader.execute(_OVERVIEW, {"meeting": meeting_id}).all()
    children: defaultdict[int | None, list[values.Item]] = defaultdict(list)
    for item_id, parent_id, number, title, kinds, duration, raw, audience, state in reversed(rows):
        below = tuple(reversed(children.pop(item_id, ())))
        presenters = tuple([Presenter(**each) for each in raw])
        closed = audience if audience is None else tuple(audience)
        item = values.Item(
            number,
            title,
            None,
            Kinds(kinds),
            duration,
            presenters,
            items=below,
            audience=closed,
            state=state,
            id=item_id,
        )
        children[parent_id].append(item)
    return _seen(reversed(children[None]), viewer)


def items(reader: Reader, meeting_id: int, viewer: Member | None) -> tuple[values.Item, ...]:
    """The items as somebody, or (None) everybody, sees them, with everything under them but decisions."""
    return _seen(grown(reader, reader.execute(_ITEMS, {"meeting": meeting_id}).all()), viewer)


def item(reader: Reader, meeting_id: int, number: str, viewer: Member | None, listed: bool = True) -> values.Item:
    """One item by its printed number, or (`listed`) by that in the list at the top; refused where there is none."""
    for statement in _NUMBERED if listed else _NUMBERED[:1]:
        rows = reader.execute(statement, {"meeting": meeting_id, "number": number}).all()
        if rows and _is_open_above(reader, rows[0].parent_id, viewer):
            return grown(reader, rows)[0].seen_by(viewer)
    raise _no_such(overview(reader, meeting_id, viewer), number)


def numbered(items: Iterable[values.Item], number: str) -> values.Item:
    """The same among the items that somebody sees of what was sent."""
    every = [each for item in items for each in item.walk()]
    found = [each for each in every if each.number == number] or [each for each in every if each.listed_as == number]
    if not found:
        raise _no_such(items, number)
    return found[0]


def whole(reader: Reader, meeting_id: int) -> Agenda:
    """Everything filed under a meeting, as the value it was filed from."""
    row = reader.execute(_FILED, {"meeting": meeting_id}).one()
    following = meetings.value(reader, row.next_id) if row.next_id else None
    rows = reader.execute(_ITEMS, {"meeting": meeting_id}).all()
    return Agenda(
        meeting=meetings.value(reader, meeting_id),
        contents=tuple(_heading(each) for each in row.contents or ()),
        items=grown(reader, rows, _decisions(reader, [each.id for each in rows])),
        next_meeting=following,
    )


def grown(
    reader: Reader, rows: Sequence[Any], decisions: dict[int, list[DecisionValue]] | None = None
) -> tuple[values.Item, ...]:
    """Values of the rows that have no parent among them, the others below their parents."""
    ids = [row.id for row in rows]
    recommendations = _under(reader, _RECOMMENDATIONS, ids, values.Recommendation)
    appendices = _under(reader, _APPENDICES, ids, values.Appendix)
    children: defaultdict[int | None, list[values.Item]] = defaultdict(list)
    for row in reversed(rows):
        children[row.parent_id if row.parent_id in ids else None].append(
            values.Item(
                number=row.number,
                title=row.title,
                listed_as=row.listed_as,
                kinds=Kinds(row.kinds),
                duration=row.duration,
                presenters=tuple(Presenter(**each) for each in row.presenters),
                appendices=tuple(appendices[row.id]),
                sections=tuple(_section(each) for each in row.sections),
                recommendations=tuple(recommendations[row.id]),
                decisions=tuple((decisions or {}).get(row.id, ())),
                items=tuple(reversed(children.pop(row.id, ()))),
                audience=row.audience if row.audience is None else tuple(row.audience),
                state=row.state,
                id=row.id,
            )
        )
    return tuple(reversed(children[None]))


def kept(content: dict[str, Any]) -> tuple[values.Item, ...]:
    """The items of what was sent, as they were."""
    return tuple(_item(each) for each in content["items"])


def texts(reader: Reader, group_id: int, *, but: values.Item) -> list[str]:
    """What stands in the titles and paragraphs of a group's items, its newest ones, but for one and those under it."""
    mine = {each.id for each in but.walk()}
    rows = reader.execute(_TEXTS, {"group": group_id}).all()
    others = [row for row in rows if row.id not in mine]
    below = [block["text"] for row in others for section in row.sections for block in section["blocks"]]
    return [*(row.title for row in others), *below]


def _no_such(items: Iterable[values.Item], number: str) -> Refusal:
    numbers = [each.number for item in items for each in item.walk()]
    return Refusal("no_such_item" if numbers else "no_items", number=number, numbers=numbers)


def _seen(items: Iterable[values.Item], viewer: Member | None) -> tuple[values.Item, ...]:
    return tuple(each.seen_by(viewer) for each in items)


def _is_open_above(reader: Reader, parent_id: int | None, viewer: Member | None) -> bool:
    """Whether an item stands under none that is not for somebody."""
    above = reader.execute(_ABOVE, {"parent": parent_id}).first() or () if parent_id else ()
    return all(values.admits(None if each is None else tuple(each), viewer) for each in above)


def _under(
    reader: Reader, hanging: Select[Any], item_ids: list[int], value: Callable[..., Value]
) -> defaultdict[int, list[Value]]:
    found: defaultdict[int, list[Value]] = defaultdict(list)
    for item_id, *parts in reader.execute(hanging, {"items": item_ids}):
        found[item_id].append(value(*parts))
    return found


def _decisions(reader: Reader, item_ids: list[int]) -> dict[int, list[DecisionValue]]:
    found = _under(reader, _DECISIONS, item_ids, DecisionValue)
    return {
        item_id: [replace(each, outcomes=tuple(each.outcomes), answers=tuple(each.answers)) for each in decisions]
        for item_id, decisions in found.items()
    }


def _file_items(
    session: Session,
    meeting: Meeting,
    items: Iterable[values.Item],
    had: list[Item],
    parent_id: int | None,
    position: int,
) -> int:
    """File items, each in the row of the one that had its title before, so that what leans on that one still stands."""
    for each in items:
        row = _taken(had, each.title) or Item(group_id=meeting.group_id, meeting_id=meeting.id)
        row.state, row.parent_id, row.position = "accepted", parent_id, position
        row.number, row.listed_as = each.number, each.listed_as
        audience = row.audience
        describe(row, each)
        row.audience = audience
        session.add(row)
        session.flush()
        write_under(session, row, each)
        session.execute(delete(Decision).where(Decision.item_id == row.id))
        decisions.file(session, row, meeting, each.decisions)
        position = _file_items(session, meeting, each.items, had, row.id, position + 1)
    return position


def _cleared(session: Session, meeting_id: int) -> list[Item]:
    """A meeting's items and the proposals that wait for it, out of order; what stood in a closed one is closed."""
    known = (Item.meeting_id == meeting_id, Item.state.in_((*ON_AGENDA, "proposed")))
    had = list(session.scalars(select(Item).where(*known).order_by(Item.position, Item.id)))
    above = {row.id: row for row in had}
    for row in had:
        parent = above.get(row.parent_id or 0)
        row.audience = row.audience if parent is None or row.audience is not None else parent.audience
    for row in had:
        row.parent_id = None
    session.flush()
    return had


def _taken(had: list[Item], title: str) -> Item | None:
    found = next((each for each in had if changes.is_titled(each.title, title)), None)
    if found:
        had.remove(found)
    return found


def _let_go(session: Session, rows: Iterable[Item]) -> None:
    """What a new document has no more: who proposed it is not forgotten, and the rest is left out."""
    for row in rows:
        is_proposal = row.state == "proposed" or row.proposed_by is not None or row.carried_from_id is not None
        row.state = "proposed" if is_proposal else "left_out"
        row.number, row.listed_as, row.position = "", None, 0
        session.execute(delete(Decision).where(Decision.item_id == row.id))
        for each in under(session, Appendix, row.id):
            each.number = ""


def _item(raw: dict[str, Any]) -> values.Item:
    audience = raw.get("audience")
    parts = {
        "kinds": Kinds(**raw["kinds"]),
        "presenters": tuple(Presenter(**each) for each in raw["presenters"]),
        "appendices": tuple(values.Appendix(**each) for each in raw["appendices"]),
        "sections": tuple(_section(each) for each in raw["sections"]),
        "recommendations": tuple(values.Recommendation(**each) for each in raw["recommendations"]),
        "decisions": tuple(
            DecisionValue(**each | {name: tuple(each[name]) for name in ("outcomes", "answers")})
            for each in raw["decisions"]
        ),
        "items": tuple(_item(each) for each in raw["items"]),
        "audience": audience if audience is None else tuple(audience),
    }
    return values.Item(**{**raw, **parts})


def _section(raw: dict[str, Any]) -> Section:
    return Section(raw["heading"], tuple(Block(**block) for block in raw["blocks"]))


def _heading(raw: dict[str, Any]) -> Heading:
    parts = {**raw, "kinds": Kinds(**raw["kinds"]), "sub": tuple(_heading(each) for each in raw["sub"])}
    return Heading(**parts)
