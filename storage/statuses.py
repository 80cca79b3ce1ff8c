"""The statuses of a budget, one after another: as papers said it stood, and as it was entered after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from bot import budgets as rules
from bot.budgets import Standing, Status
from bot.groups import Member
from bot.roles import CHAIRS, SECRETARIAT
from storage import budgets
from storage.base import Reader
from storage.budgets import Reading, ReadingAmount
from storage.groups import Person


def every(reader: Reader, group_id: int, viewer: Member) -> list[Status]:
    """The statuses of a group's budgets that are for somebody, the newest first. What was entered last and is not filed
    is for secretariat and chairs; what lies over a table that is not for somebody isn't either.
    """
    laid, closed = budgets.of_group(reader, group_id, viewer)
    entered = (each for each in _entered(reader, group_id, laid) if each.filed_at or viewer.may(SECRETARIAT | CHAIRS))
    found = [each for each in (*map(Status, laid), *entered) if each.standing.id not in closed]
    return sorted(found, key=lambda each: (each.standing.as_of or date.min, each.reading), reverse=True)


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
