"""Who knocks about the money: the whole table with whether it adds up, a new status of what is spent, and the old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot import budgets as rules
from bot import money
from bot.budgets import Standing
from bot.refusals import Refusal
from bot.roles import ANYONE, SECRETARIAT
from handlers.declared import button, command, form
from handlers.request import Reply, Request, whole
from storage import budgets, statuses
from templates import Message

FIELDS = 90  # lines that fit in a form, beside what may have changed meanwhile
MOST = 10**15  # øre; more is a slip of the pen


@command(
    "budget",
    da="budget",
    also=("økonomi", "forbrug", "rest", "economy"),
    may=ANYONE,
    reads=True,
    then="budget ask",
)
def show(request: Request) -> Reply:
    """Show the budget with what is spent and left and whether its sums agree; what is typed after it is a question."""
    return Reply([message for standing in _standing(request) for message in _table(request, standing)])


@command("budget history", da="budget statusser", also=("budget statuses", "budget historik"), may=ANYONE, reads=True)
def show_statuses(request: Request) -> Reply:
    """Show the statuses of the budget, the newest first; each can be looked at as it stood then."""
    found = statuses.every(request.reader, request.group.id, request.member)
    if not found:
        raise Refusal("no_budget")
    here = [replace(each, filed_at=each.filed_at and each.filed_at.astimezone(request.now.tzinfo)) for each in found]
    return request.reply("budgets/statuses", statuses=here)


@button("budget status show", may=ANYONE, reads=True)
def show_as_it_stood(request: Request, table: int, reading: int) -> Reply:
    """Show the budget as it stood by one of its statuses."""
    for each in statuses.every(request.reader, request.group.id, request.member):
        if each.reading == reading and each.standing.id == table:
            return Reply(_table(request, each.standing, waits=each.waits))
    raise Refusal("stale")


@command("budget status", da="budget status", may=SECRETARIAT, reads=True, refuse="role_status")
def ask_status(request: Request) -> Reply:
    """Enter what has been spent by a day, in a form; the next step shows what it changes before it is filed."""
    first, *others = _standing(request)
    if others:
        choices = [(str(each.id), each.budget.name[:75] or "–") for each in (first, *others)]
        return request.ask("budget", "budgets/choose", choices=choices)
    return _ask_amounts(request, first)


@form("budget", may=SECRETARIAT, refuse="role_status")
def choose(request: Request, which: str) -> Reply:
    """Which of several budgets the status is of."""
    return _ask_amounts(request, _table_of(request, whole(which) or 0))


@form("budget status", may=SECRETARIAT, refuse="role_status")
def enter(request: Request, table: int, as_of: date, **lines: str | None) -> Reply:
    """What was entered is kept, and shown beside what was spent before; nobody else sees it until it is filed."""
    standing = _table_of(request, table)
    meanwhile = request.meanwhile(_ask_amounts(request, standing))
    if meanwhile:
        return meanwhile
    budget = standing.budget
    _refuse_day(request, standing, as_of)
    present = {line.name: line.spent for line in budget.lines if line.spent is not None}
    amounts = {name: _amount(name, text) for name, text in lines.items()}
    if amounts.keys() != {f"line_{number}" for number in range(1, len(budget.lines) + 1)}:
        raise Refusal("reading_gone")
    fields = ((line, amounts[f"line_{number}"]) for number, line in enumerate(budget.lines, 1))
    spent = present | {line.name: amount for line, amount in fields if amount is not None}
    by, at = request.member.person.id, request.now
    row = statuses.enter(request.session, request.group.id, budget.name, as_of, spent, by=by, at=at)
    return request.ask("budget status file", "budgets/difference", row.id, **_difference(standing, as_of, spent))


@form("budget status file", may=SECRETARIAT, refuse="role_status")
def file(request: Request, reading_id: int) -> Reply:
    """The status is filed: from now on everybody sees what is spent by it."""
    row, spent = statuses.reading(request.session, request.group.id, reading_id)
    standing = next((each for each in _standing(request) if each.budget.name == row.budget), None)
    if standing is None:
        raise Refusal("reading_gone")
    row.file(by=request.member.person.id, at=request.now)
    return request.reply("budgets/filed", **_difference(standing, row.as_of, spent))


def _standing(request: Request) -> tuple[Standing, ...]:
    found = budgets.latest(request.reader, request.group.id, request.member)
    if not found:
        raise Refusal("no_budget")
    return found


def _table(request: Request, standing: Standing, waits: bool = False) -> list[Message]:
    budget = standing.budget
    lines = (*budget.lines, budget.total) if budget.total else budget.lines
    return request.written("budgets/shown", standing=standing, lines=lines, check=rules.check(budget), unfiled=waits)


def _table_of(request: Request, table: int) -> Standing:
    for each in _standing(request):
        if each.id == table:
            return each
    raise Refusal("reading_gone")


def _ask_amounts(request: Request, standing: Standing) -> Reply:
    budget = standing.budget
    if len(budget.lines) > FIELDS:
        raise Refusal("too_many_lines", most=FIELDS)
    entered = statuses.entered(request.reader, request.group.id, budget.name)
    as_of, spent = entered or (None, {})
    amounts = [(line, spent.get(line.name, line.spent)) for line in budget.lines]
    return request.ask(
        "budget status", "budgets/status", standing.id, amounts=amounts, entered=as_of, standing=standing
    )


def _refuse_day(request: Request, standing: Standing, as_of: date) -> None:
    """Refuse a day to come, and one that a status is there for already; a filed one may be mended the same day."""
    known = standing.as_of
    if as_of > request.today:
        raise Refusal("reading_future").at("as_of")
    if known and (as_of < known or (as_of == known and standing.entered_by is None)):
        raise Refusal("reading_older", as_of=known).at("as_of")


def _amount(name: str, text: str | None) -> int | None:
    """An amount as somebody typed it into a field; None where it was left blank."""
    if text is None:
        return None
    found = money.parse(text)
    if found is None or abs(found.ore) > MOST:
        raise Refusal("not_an_amount", text=text[:40]).at(name)
    return found.ore


def _difference(standing: Standing, as_of: date, spent: dict[str, int]) -> dict[str, Any]:
    """What a reading changes, for the eyes that decide whether it is right."""
    changes = rules.changes(standing.budget, spent)
    after = rules.read_again(standing.budget, spent, as_of)
    same = [each.line.name for each in changes if not each.difference]
    return {"standing": standing, "after": after, "moves": changes, "same": same}
