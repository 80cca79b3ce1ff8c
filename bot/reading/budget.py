"""Rows of a table → a budget: which column is which, as of when, and what each cell holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot import dates, money
from bot.budgets import Budget, Line
from bot.reading import Doubt, tables
from bot.reading.sections import Table

_YEAR = re.compile(r"\b(20\d\d)\b")
_KINDS = (
    ("spent", re.compile(r"forbrug|spent|afholdt", re.IGNORECASE)),
    ("rest", re.compile(r"rest|tilbage|remaining|left|saldo", re.IGNORECASE)),
    ("budget", re.compile(r"budget|bevilling|afsat", re.IGNORECASE)),
)
_TOTAL = re.compile(r"(?:total|i alt|ialt|sum|samlet)\b", re.IGNORECASE)
_UNALLOCATED = re.compile(r"udispon|ufordel|uallok|ikke[ -](?:dispon|fordel)|unallocated|reserve", re.IGNORECASE)


def read(table: Table, item: str, title: str, meeting: date | None) -> tuple[Budget | None, tuple[Doubt, ...]]:
    """A table as a budget, None where it is none, with what its rows leave in doubt.

    Its name is the heading it stands under, else its item's title, with the year of its budget column.
    """
    heads, rows = _cells(table)
    places = _places(heads)
    if "budget" not in places or not rows:
        return None, ()

    year = _year(heads) or (meeting.year if meeting else None)
    budget_as_of, spent_as_of = (_as_of(heads, places, kind, year) for kind in ("budget", "spent"))
    lines = [_line(row, places) for row in rows]
    name = _name(table.heading or title, _year(heads))
    doubts = [Doubt("budget_row", {"budget": name, "line": row[0]}) for row in rows if not _is_clear(row, heads)]
    doubts += [Doubt("budget_column", {"budget": name, "column": head}) for head in _unknown(heads, places)]
    budget = Budget(
        name,
        item,
        tuple(heads),
        budget_as_of[0],
        spent_as_of[0],
        budget_as_of[1] or spent_as_of[1],
        tuple(line for line in lines if not _TOTAL.match(line.name)),
        next((line for line in reversed(lines) if _TOTAL.match(line.name)), None),
    )
    return budget, tuple(doubts)


def is_head(cells: Sequence[str]) -> bool:
    """Whether a row could be a budget's head: a column behind the first is for the budget."""
    return "budget" in _places(list(cells)) and all(len(cell) < 60 for cell in cells)


def _cells(table: Table) -> tuple[list[str], list[tuple[str, ...]]]:
    """The heads and the rows; a row as long as the heads is whole, a shorter one has blank cells behind."""
    head, *rest = table.rows
    heads = list(head.cells or tables.columns(head.text))
    if not head.cells:
        return heads, [tables.cells(text) or (text,) for text in _unwrapped([row.text for row in rest])]
    drawn = [row.cells for row in rest if not all(set(cell) <= set("-: ") for cell in row.cells)]
    return heads, [row for row in drawn if row and row[0]]


def _unwrapped(rows: list[str]) -> list[str]:
    """Rows whose name was wrapped put together: one without amounts runs on in lower case."""
    found: list[str] = []
    for row in rows:
        wrapped = found and row[:1].islower() and not tables.cells(found[-1])
        found[-1:] = [f"{found[-1]} {row}"] if wrapped else [*found[-1:], row]
    return found


def _places(heads: list[str]) -> dict[str, int]:
    """Which column holds the budget, what was spent, and the rest; the first of each kind."""
    found: dict[str, int] = {}
    for place, head in enumerate(heads[1:], 1):
        kind = next((kind for kind, pattern in _KINDS if pattern.search(head)), None)
        if kind:
            found.setdefault(kind, place)
    return found


def _line(row: tuple[str, ...], places: dict[str, int]) -> Line:
    amounts = {kind: _amount(row, place) for kind, place in places.items()}
    return Line(
        row[0], amounts.get("budget"), amounts.get("spent"), amounts.get("rest"), bool(_UNALLOCATED.search(row[0]))
    )


def _amount(row: tuple[str, ...], place: int) -> int | None:
    amount = money.parse(row[place]) if place < len(row) else None
    return amount.ore if amount else None


def _is_clear(row: tuple[str, ...], heads: list[str]) -> bool:
    """Whether it is plain which cell is which: all are there, or only the first, and each is an amount or blank."""
    plain = all(not cell.strip("-–— ") or money.parse(cell) for cell in row[1:])
    return plain and (len(row) in (2, len(heads)))


def _unknown(heads: list[str], places: dict[str, int]) -> list[str]:
    return [head for place, head in enumerate(heads[1:], 1) if head and place not in places.values()]


def _as_of(heads: list[str], places: dict[str, int], kind: str, year: int | None) -> tuple[date | None, bool]:
    """The date in a column's head, and whether its year is inferred: "Forbrug 31/5"."""
    head = heads[places[kind]] if kind in places else ""
    day = dates.parse(head, year=year)
    return (day.date, day.year_inferred) if day else (None, False)


def _year(heads: list[str]) -> int | None:
    found = next(filter(None, (_YEAR.search(re.sub(r"\d[\d.]*[./-]20\d\d", "", head)) for head in heads)), None)
    return int(found[1]) if found else None


def _name(heading: str, year: int | None) -> str:
    return heading if not year or str(year) in heading else f"{heading} {year}"
