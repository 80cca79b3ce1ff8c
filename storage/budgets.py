"""The budgets, each reading of them as it stood in the document it came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, object_session

from bot import budgets as rules
from bot.agenda import ON_AGENDA, admits
from bot.budgets import Budget as BudgetValue
from bot.budgets import Line as LineValue
from bot.budgets import Standing
from bot.groups import Member
from bot.refusals import Refusal
from storage import history
from storage.base import Base, Reader, among, table
from storage.groups import Person
from storage.items import Item
from storage.meetings import Meeting


class Budget(Base):
    """A budget table as read from the papers of a meeting. `item_id` is the item it stands under, wherever that is now;
    `item` the number printed over it, which counts where no item of the agenda had that.
    """

    __tablename__ = "budgets"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str]
    item: Mapped[str | None]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    columns: Mapped[list[Any]]
    budget_as_of: Mapped[date | None]
    spent_as_of: Mapped[date | None]
    year_inferred: Mapped[bool] = mapped_column(default=False)


class Line(Base):
    """A line of a budget, or (`total`) its printed total. Amounts are øre; a blank cell is NULL."""

    __tablename__ = "budget_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    budget_id: Mapped[int] = mapped_column(ForeignKey("budgets.id"))
    position: Mapped[int]
    total: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str]
    budget: Mapped[int | None] = mapped_column(BigInteger)
    spent: Mapped[int | None] = mapped_column(BigInteger)
    rest: Mapped[int | None] = mapped_column(BigInteger)
    unallocated: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index(None, "budget_id", "position"),)


class Reading(Base):
    """What had been spent by a day, entered after the budget's papers; everybody's to see once it is filed.

    It names its budget and lines as the papers do, so that it outlives a new version of them.
    """

    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    budget: Mapped[str]
    as_of: Mapped[date]
    entered_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    entered_at: Mapped[datetime]
    filed_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "group_id", "budget", "as_of"),)

    def file(self, *, by: int, at: datetime) -> None:
        """Let everybody see it; refused where that was done already, or a later reading has come meanwhile."""
        session = object_session(self)
        assert session is not None
        if self.filed_at is not None:
            raise Refusal("reading_filed", as_of=self.as_of)
        newest = _newest(session, self.group_id).get(self.budget)
        if newest and newest.as_of > self.as_of:
            raise Refusal("reading_older", as_of=newest.as_of)
        self.filed_at = at
        noted = {"budget": self.budget, "as_of": self.as_of.isoformat()}
        before = newest and {"as_of": newest.as_of.isoformat(), "spent": amounts(session, newest.id)}
        after = {"as_of": self.as_of.isoformat(), "spent": amounts(session, self.id)}
        history.note(session, self.group_id, "budget status filed", by=by, at=at, before=before, after=noted | after)
        session.flush()


class ReadingAmount(Base):
    """What had been spent of one line, in øre."""

    __tablename__ = "reading_amounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    reading_id: Mapped[int] = mapped_column(ForeignKey("readings.id"))
    position: Mapped[int]
    line: Mapped[str]
    spent: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index(None, "reading_id", "position"),)


_HEAD = [field.name for field in fields(BudgetValue) if field.name not in ("lines", "total")]
_CELLS = [field.name for field in fields(LineValue)]


_LAID = (
    select(Meeting.id, Meeting.date)
    .where(Meeting.group_id == bindparam("group"), exists().where(Budget.meeting_id == Meeting.id))
    .limit(1)
)
_LATEST = _LAID.where(Meeting.date.is_not(None)).order_by(Meeting.date.desc())
_UNDATED = _LAID.where(Meeting.date.is_(None)).order_by(Meeting.id.desc())


def file(session: Session, meeting: Meeting, budgets: tuple[BudgetValue, ...]) -> None:
    """Put the budgets read with a meeting's papers under it, in the place of those it had."""
    old = list(session.scalars(select(Budget.id).where(Budget.meeting_id == meeting.id)))
    session.execute(delete(Line).where(Line.budget_id.in_(old)))
    session.execute(delete(Budget).where(Budget.meeting_id == meeting.id))
    items = _numbered(session, meeting.id)
    for value in budgets:
        head = {name: getattr(value, name) for name in _HEAD} | {"columns": list(value.columns)}
        row = Budget(meeting_id=meeting.id, item_id=items.get(value.item or ""), **head)
        session.add(row)
        session.flush()
        printed = [*value.lines, *([value.total] if value.total else ())]
        session.add_all(
            Line(
                budget_id=row.id,
                position=n,
                total=line is value.total,
                **{name: getattr(line, name) for name in _CELLS},
            )
            for n, line in enumerate(printed, 1)
        )
    session.flush()


def latest(reader: Reader, group_id: int, viewer: Member | None) -> tuple[Standing, ...]:
    """The budgets laid before the latest meeting that had any, as somebody, or (None) everybody, sees them, each with
    the newest filed reading over it that is later than what it says itself. What stands under an item that is not for
    them is not there.
    """
    mine = {"group": group_id}
    found = reader.execute(_LATEST, mine).first() or reader.execute(_UNDATED, mine).first()
    if found is None:
        return ()
    laid, closed = _tables(reader, _OF_MEETING, {"meeting": found.id}, viewer)
    newest = _newest(reader, group_id)
    return tuple(_read_again(reader, each, newest.get(each.budget.name)) for each in laid if each.id not in closed)


def of_group(reader: Reader, group_id: int, viewer: Member) -> tuple[list[Standing], set[int]]:
    """The budgets laid before a group's meetings, as their papers have them, by the meetings' dates, those without a
    date first; and the ids of those that are not for somebody.
    """
    return _tables(reader, _OF_GROUP, {"group": group_id}, viewer)


def of_meeting(reader: Reader, meeting_id: int) -> tuple[BudgetValue, ...]:
    """The budgets filed with a meeting's papers, in the order printed."""
    laid, _ = _tables(reader, _OF_MEETING, {"meeting": meeting_id}, None)
    return tuple(each.budget for each in laid)


def amounts(reader: Reader, reading_id: int) -> dict[str, int]:
    """What a reading says is spent of each line, in øre."""
    return {row.line: row.spent for row in reader.execute(_SPENT, {"reading": reading_id})}


def _numbered(session: Session, meeting_id: int) -> dict[str, int]:
    """The items of a meeting's agenda by their numbers; of several with one number a closed one, else the first."""
    rows = session.execute(_NUMBERED, {"meeting": meeting_id})
    closed_last = sorted(rows, key=lambda row: any(each is not None for each in row[2:]))
    return {row.number: row.id for row in closed_last}


def _tables(
    reader: Reader, which: _Statements, mine: dict[str, int], viewer: Member | None
) -> tuple[list[Standing], set[int]]:
    """Some tables, and the ids of those that stand under an item that is not for somebody."""
    heads = reader.execute(which.heads, mine).all()
    lines: defaultdict[int, list[tuple[bool, LineValue]]] = defaultdict(list)
    for budget_id, total, *cells in reader.execute(which.lines, mine).all():
        lines[budget_id].append((total, LineValue(*cells)))
    laid, closed = [], set()
    for budget_id, day, item, above, top, *cells in heads:
        laid.append(Standing(_value(dict(zip(_HEAD, cells, strict=True)), lines[budget_id]), day, id=budget_id))
        if not all(_admits(each, viewer) for each in (item, above, top)):
            closed.add(budget_id)
    return laid, closed


def _value(head: dict[str, Any], lines: list[tuple[bool, LineValue]]) -> BudgetValue:
    return BudgetValue(
        **head | {"columns": tuple(head["columns"])},
        lines=tuple(line for total, line in lines if not total),
        total=next((line for total, line in lines if total), None),
    )


def _admits(audience: list[Any] | None, viewer: Member | None) -> bool:
    return admits(None if audience is None else tuple(audience), viewer)


def _newest(reader: Reader, group_id: int) -> dict[str, Any]:
    """The newest filed reading of each budget, by the budget's name: its id, day, and who entered it."""
    return {row.budget: row for row in reader.execute(_FILED, {"group": group_id})}


def _read_again(reader: Reader, standing: Standing, newest: Any) -> Standing:
    if newest is None or (standing.as_of and newest.as_of <= standing.as_of):
        return standing
    budget = rules.read_again(standing.budget, amounts(reader, newest.id), newest.as_of)
    return standing if budget is standing.budget else replace(standing, budget=budget, entered_by=newest.name)


class _Statements(NamedTuple):
    """The heads of some tables, with whom the items they stand under are for, and those above them; and their lines."""

    heads: Select[Any]
    lines: Select[Any]


def _reads(which: ColumnElement[bool]) -> _Statements:
    heads, cells = (table(row).c for row in (Budget, Line))
    shown = {**dict(heads.items()), "item": _NUMBER}
    return _Statements(
        select(Budget.id, Meeting.date, *_AUDIENCES, *(shown[name] for name in _HEAD))
        .join(Meeting, Meeting.id == Budget.meeting_id)
        .outerjoin(Item, Item.id == Budget.item_id)
        .outerjoin(_ABOVE, _ABOVE.id == Item.parent_id)
        .outerjoin(_TOP, _TOP.id == _ABOVE.parent_id)
        .where(which)
        .order_by(Meeting.date.nulls_first(), Budget.id),
        select(Line.budget_id, Line.total, *(cells[name] for name in _CELLS))
        .join(Budget, Budget.id == Line.budget_id)
        .join(Meeting, Meeting.id == Budget.meeting_id)
        .where(which)
        .order_by(Line.budget_id, Line.position),
    )


_ABOVE, _TOP = aliased(Item), aliased(Item)
_AUDIENCES = (Item.audience, _ABOVE.audience, _TOP.audience)
_NUMBER = case(  # the item's own, as long as it is on this agenda
    (Budget.item_id.is_(None), Budget.item),
    (Item.meeting_id == Budget.meeting_id, func.nullif(Item.number, "")),
)
_NUMBERED = (
    select(Item.number, Item.id, *_AUDIENCES)
    .outerjoin(_ABOVE, _ABOVE.id == Item.parent_id)
    .outerjoin(_TOP, _TOP.id == _ABOVE.parent_id)
    .where(Item.meeting_id == bindparam("meeting"), among(Item.state, ON_AGENDA), Item.number != "")
    .order_by(Item.position.desc())
)
_OF_MEETING = _reads(Meeting.id == bindparam("meeting"))
_OF_GROUP = _reads(Meeting.group_id == bindparam("group"))
_FILED = (
    select(Reading.id, Reading.budget, Reading.as_of, Person.name)
    .join(Person, Person.id == Reading.entered_by)
    .where(Reading.group_id == bindparam("group"), Reading.filed_at.is_not(None))
    .order_by(Reading.budget, Reading.as_of, Reading.filed_at)
)
_SPENT = (
    select(ReadingAmount.line, ReadingAmount.spent)
    .where(ReadingAmount.reading_id == bindparam("reading"))
    .order_by(ReadingAmount.position)
)
