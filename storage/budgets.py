"""The budgets, each reading of them as it stood in the document it came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, bindparam, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.budgets import Budget as BudgetValue
from bot.budgets import Line as LineValue
from bot.refusals import Refusal
from storage.base import Base, Reader, table
from storage.meetings import Meeting


class Budget(Base):
    """A budget table as read from the papers of a meeting."""

    __tablename__ = "budgets"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    name: Mapped[str]
    item: Mapped[str | None]
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
_HEADS = (
    select(Budget.id, *(table(Budget).c[name] for name in _HEAD))
    .where(Budget.meeting_id == bindparam("meeting"))
    .order_by(Budget.id)
)
_LINES = (
    select(Line.budget_id, Line.total, *(table(Line).c[name] for name in _CELLS))
    .join(Budget, Budget.id == Line.budget_id)
    .where(Budget.meeting_id == bindparam("meeting"))
    .order_by(Line.budget_id, Line.position)
)


def file(session: Session, meeting: Meeting, budgets: tuple[BudgetValue, ...]) -> None:
    """Put the budgets read with a meeting's papers under it, in the place of those it had."""
    old = list(session.scalars(select(Budget.id).where(Budget.meeting_id == meeting.id)))
    session.execute(delete(Line).where(Line.budget_id.in_(old)))
    session.execute(delete(Budget).where(Budget.meeting_id == meeting.id))
    for value in budgets:
        head = {name: getattr(value, name) for name in _HEAD} | {"columns": list(value.columns)}
        row = Budget(meeting_id=meeting.id, **head)
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


def latest(reader: Reader, group_id: int) -> tuple[tuple[BudgetValue, ...], date | None]:
    """The budgets laid before the latest meeting that had any, and its date; refused where there is none."""
    mine = {"group": group_id}
    found = reader.execute(_LATEST, mine).first() or reader.execute(_UNDATED, mine).first()
    if found is None:
        raise Refusal("no_budget")
    return of_meeting(reader, found.id), found.date


def of_meeting(reader: Reader, meeting_id: int) -> tuple[BudgetValue, ...]:
    """The budgets filed with a meeting's papers, in the order printed."""
    heads = reader.execute(_HEADS, {"meeting": meeting_id}).all()
    lines: defaultdict[int, list[tuple[bool, LineValue]]] = defaultdict(list)
    for budget_id, total, *cells in reader.execute(_LINES, {"meeting": meeting_id}):
        lines[budget_id].append((total, LineValue(*cells)))
    return tuple(_value(dict(zip(_HEAD, head[1:], strict=True)), lines[head.id]) for head in heads)


def _value(head: dict[str, Any], lines: list[tuple[bool, LineValue]]) -> BudgetValue:
    return BudgetValue(
        **head | {"columns": tuple(head["columns"])},
        lines=tuple(line for total, line in lines if not total),
        total=next((line for total, line in lines if total), None),
    )
