"""The statuses of a budget, one after another: as papers said it stood, and as it was entered after them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from bot import budgets as rules
from bot.budgets import Standing, Status
from bot.groups import Member
from bot.refusals import Refusal
from bot.roles import CHAIRS, SECRETARIAT
from storage import budgets, history
from storage.base import Reader
from storage.budgets import Reading, ReadingAmount, amounts
from storage.groups import Person


def every(reader: Reader, group_id: int, viewer: Member) -> list[Status]:
    """The statuses of a group's budgets that are for somebody, the newest first. What was entered last and is not filed
    is for secretariat and chairs; what lies over a table that is not for somebody isn't either.
    """
    laid, closed = budgets.of_group(reader, group_id, viewer)
    entered = (each for each in _entered(reader, group_id, laid) if each.filed_at or viewer.may(SECRETARIAT | CHAIRS))
    found = [each for each in (*map(Status, laid), *entered) if each.standing.id not in closed]
    return sorted(found, key=lambda each: (each.standing.as_of or date.min, each.reading), reverse=True)


def enter(
    session: Session, group_id: int, budget: str, as_of: date, spent: Mapping[str, int], *, by: int, at: datetime
) -> Reading:
    """Write a reading down; the secretariat's and the chair's alone, until it is filed."""
    row = Reading(group_id=group_id, budget=budget, as_of=as_of, entered_by=by, entered_at=at)
    session.add(row)
    session.flush()
    lines = enumerate(spent.items(), 1)
    session.add_all(ReadingAmount(reading_id=row.id, position=n, line=line, spent=ore) for n, (line, ore) in lines)
    after = {"budget": budget, "as_of": as_of.isoformat(), "spent": dict(spent)}
    history.note(session, group_id, "budget status entered", by=by, at=at, after=after)
    session.flush()
    return row


def entered(reader: Reader, group_id: int, budget: str) -> tuple[date, dict[str, int]] | None:
    """The reading of a budget entered last, its day and amounts; None where there is none, or it was filed."""
    mine = (Reading.group_id == group_id, Reading.budget == budget)
    last = select(Reading.id, Reading.as_of, Reading.filed_at).where(*mine).order_by(Reading.id.desc()).limit(1)
    row = reader.execute(last).first()
    return (row.as_of, amounts(reader, row.id)) if row and row.filed_at is None else None


def reading(session: Session, group_id: int, reading_id: int) -> tuple[Reading, dict[str, int]]:
    """A group's reading by its id, with what it says is spent of each line; refused where there is none."""
    row = session.scalars(select(Reading).where(Reading.id == reading_id, Reading.group_id == group_id)).one_or_none()
    if row is None:
        raise Refusal("reading_gone")
    return row, amounts(session, row.id)


def _entered(reader: Reader, group_id: int, laid: list[Standing]) -> Iterator[Status]:
    for reading_id, rows in groupby(reader.execute(_READINGS, {"group": group_id}), key=lambda row: row.id):
        first, *others = rows
        table = rules.under(laid, first.budget, first.as_of)
        if table is not None:
            spent = {row.line: row.spent for row in (first, *others)}
            budget = rules.read_again(table.budget, spent, first.as_of)
            yield Status(replace(table, budget=budget, entered_by=first.name), reading_id, first.filed_at)


def _last() -> Any:
    """The reading of a budget that was entered last."""
    last = select(func.max(Reading.id)).where(Reading.group_id == bindparam("group")).group_by(Reading.budget)
    return Reading.id.in_(last)


_READINGS = (
    select(Reading.id, Reading.budget, Reading.as_of, Reading.filed_at, Person.name, ReadingAmount.line)
    .add_columns(ReadingAmount.spent)
    .join(Person, Person.id == Reading.entered_by)
    .join(ReadingAmount, ReadingAmount.reading_id == Reading.id)
    .where(Reading.group_id == bindparam("group"), or_(Reading.filed_at.is_not(None), _last()))
    .order_by(Reading.id, ReadingAmount.position)
)
