"""Who knocks about the money: the whole table with whether it adds up, or one line of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot import budgets as rules
from bot.budgets import Budget, ColumnSum, Line, SumCheck
from bot.refusals import Refusal
from bot.roles import ANYONE
from handlers.declared import command
from handlers.request import Reply, Request
from storage import budgets
from templates import Message, Voice


@command("budget", da="budget", also=("økonomi", "forbrug", "rest", "economy"), may=ANYONE, reads=True)
def show(request: Request, line: str = "") -> Reply:
    """Show the budget with what is spent and left and whether its sums agree, or one line of it."""
    found, laid = budgets.latest(request.reader, request.group.id)
    if line:
        return request.reply("budgets/line", answers=list(_answers(request.voice, found, laid, line)))
    return Reply([message for budget in found for message in _table(request, budget, laid)])


def _table(request: Request, budget: Budget, laid: date | None) -> list[Message]:
    lines = (*budget.lines, budget.total) if budget.total else budget.lines
    remarks = list(_remarks(request.voice, rules.check(budget)))
    return request.written(
        "budgets/shown", budget=budget, lines=lines, remarks=remarks, source=_source(request.voice, budget, laid)
    )


def _remarks(voice: Voice, check: SumCheck) -> Iterator[str]:
    """What a careful reader of the table would say about its sums."""
    for column in check.columns:
        if column.agrees_filled and check.unallocated:
            yield _blank(voice, column, check.unallocated)
        elif not column.agrees:
            yield voice.plain(
                "budget.sum_differs", column=voice.plain(f"column.{column.column}"), **_sums(voice, column)
            )
    for line in check.uneven:
        yield voice.plain(
            "budget.line_differs", line=line.name, sum=_owed(voice, line), rest=voice.kroner(line.rest or 0)
        )
    if check.columns and all(column.agrees for column in check.columns) and not check.uneven:
        yield voice.plain("budget.sum_agrees")


def _blank(voice: Voice, column: ColumnSum, unallocated: Line) -> str:
    amount = voice.kroner(unallocated.budget or 0)
    sums = _sums(voice, column)
    return voice.plain("budget.sum_blank", **sums, unallocated_line=unallocated.name, unallocated=amount)


def _sums(voice: Voice, column: ColumnSum) -> dict[str, str]:
    return {name: voice.kroner(getattr(column, name)) for name in ("sum", "total", "difference")}


def _owed(voice: Voice, line: Line) -> str:
    return voice.kroner((line.budget or 0) - (line.spent or 0))


def _answers(voice: Voice, budgets: tuple[Budget, ...], laid: date | None, words: str) -> Iterator[str]:
    """What the budgets say about the lines that some words name; refused where they name none."""
    found = [(budget, rules.find(budget, words)) for budget in budgets]
    if not any(each.lines for _, each in found):
        nearest = next((each.nearest for _, each in found if each.nearest), None)
        raise Refusal("no_such_line", words=words[:80], nearest=nearest)
    for budget, each in found:
        yield from (_answer(voice, budget, line, laid) for line in each.lines)


def _answer(voice: Voice, budget: Budget, line: Line, laid: date | None) -> str:
    figures = {
        "line": line.name,
        "source": _source(voice, budget, laid),
        "budget": _amount(voice, line.budget),
        "spent": _amount(voice, line.spent),
        "rest": _amount(voice, line.rest),
        "share": voice.share(line.spent, line.budget) if line.spent is not None and line.budget else None,
        "as_of": voice.as_of(budget.spent_as_of) if budget.spent_as_of else None,
    }
    if line.rest is not None:
        return voice.plain("budget.answer", **figures)
    return voice.plain("budget.answer_no_rest" if line.spent is not None else "budget.answer_blank", **figures)


def _amount(voice: Voice, amount: int | None) -> str | None:
    return None if amount is None else voice.kroner(amount)


def _source(voice: Voice, budget: Budget, laid: date | None) -> str:
    if laid is None:
        return voice.plain("source.undated", item=budget.item)
    return voice.plain("source.agenda", date=voice.as_of(laid), item=budget.item)
