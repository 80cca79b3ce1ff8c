"""How money is said in a sentence: what is left of a line, whether the sums agree, and where the figures are from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bot.budgets import Change, ColumnSum, Line, Standing, SumCheck
from bot.decisions import Recorded
from bot.questions import Asked
from templates.voice import Voice


def answer(voice: Voice, standing: Standing, line: Line, asked: Asked = "left") -> str:
    """What a budget says about one of its lines, what was asked first: "Klinikkens cockpit: 732.580 kr. tilbage …"."""
    as_of = standing.budget.spent_as_of
    figures = {
        "line": line.name,
        "source": source(voice, standing),
        "budget": _amount(voice, line.budget),
        "spent": _amount(voice, line.spent),
        "left": _left(voice, line, asked),
        "share": voice.share(line.spent, line.budget) if line.spent is not None and line.budget else None,
        "as_of": voice.as_of(as_of) if as_of else None,
    }
    return voice.plain(_sentence(line, asked), **figures)


def _sentence(line: Line, asked: Asked) -> str:
    """The sentence that begins with what was asked, where the figures have it."""
    if line.budget is not None and line.spent is not None:
        if asked in ("spent", "budget"):
            return f"budget.answer_{asked}"
        if asked == "share" and line.budget:
            return "budget.answer_share"
    if line.rest is not None or line.over:
        return "budget.answer"
    return "budget.answer_no_rest" if line.spent is not None else "budget.answer_blank"


def _left(voice: Voice, line: Line, asked: Asked) -> str | None:
    """What is left of a line, or by how much it is over: "732.580 kr. tilbage", "overskredet med 355.000 kr."."""
    if line.over:
        return voice.plain("budget.over_given" if line.unallocated else "budget.over", over=voice.kroner(line.over))
    if line.rest is None:
        return None
    return voice.plain("budget.within" if asked == "over" else "budget.left", rest=voice.kroner(line.rest))


def source(voice: Voice, standing: Standing) -> str:
    """Where figures are from: "dagsorden 18. juni 2025, punkt 3", or a later status with who entered it."""
    budget = standing.budget
    if standing.entered_by is not None and budget.spent_as_of is not None:
        return voice.plain("source.status", date=voice.as_of(budget.spent_as_of), person=standing.entered_by)
    if standing.laid is None:
        return voice.plain("source.undated", item=budget.item)
    return voice.plain("source.agenda", date=voice.as_of(standing.laid), item=budget.item)


def decision(voice: Voice, decided: Recorded) -> str:
    """A decision quoted, with its number, day and item, and in a line below whether and how far it stands."""
    day = voice.day(decided.meeting) if decided.meeting else None
    about = {"number": decided.called, "date": day, "item": decided.item_number, "text": voice.wording(decided)}
    return "\n".join(filter(None, (voice.plain("question.decision", **about), " ".join(voice.terms(decided)))))


def decision_source(voice: Voice, decided: Recorded) -> str:
    """Which decision it was: "beslutning 2025-4, 3. december 2025"."""
    day = voice.as_of(decided.meeting) if decided.meeting else None
    return voice.plain("source.decision", number=decided.called, date=day)


def remarks(voice: Voice, check: SumCheck) -> Iterator[str]:
    """What a careful reader of the table would say about its sums."""
    if check.overspent:
        over = [_by_how_much(voice, line) for line in check.overspent]
        yield voice.plain("budget.overspent", lines=voice.list(over))
    for column in check.columns:
        if column.agrees_filled and check.unallocated:
            yield _blank(voice, column, check.unallocated)
        elif not column.agrees:
            named = voice.plain(f"column.{column.column}")
            yield voice.plain("budget.sum_differs", column=named, **_sums(voice, column))
    for line in check.uneven:
        owed = voice.kroner((line.budget or 0) - (line.spent or 0))
        yield voice.plain("budget.line_differs", line=line.name, sum=owed, rest=voice.kroner(line.rest or 0))
    if check.columns and all(column.agrees for column in check.columns) and not check.uneven:
        yield voice.plain("budget.sum_agrees")


def differences(voice: Voice, changes: tuple[Change, ...]) -> Iterator[tuple[str, str]]:
    """What a new reading changes, a line each: its name, and the rest of the sentence."""
    for number, each in enumerate(change for change in changes if change.difference):
        yield ("\n" if number else "") + each.line.name, _difference(voice, each)


def oddities(voice: Voice, changes: tuple[Change, ...]) -> Iterator[str]:
    """What a careful treasurer would ask about a new reading."""
    for each in changes:
        if each.difference and each.went_down:
            yield voice.plain("status.went_down", line=each.line.name, difference=voice.kroner(-each.difference))
        if each.exceeds:
            over = voice.kroner(each.spent - (each.line.budget or 0))
            yield voice.plain("status.exceeds", line=each.line.name, over=over)


def words(voice: Voice) -> dict[str, Callable[..., Any]]:
    """What a template can call."""
    return {call.__name__: partial(call, voice) for call in (source, remarks, differences, oddities)}


def _by_how_much(voice: Voice, line: Line) -> str:
    return voice.plain("budget.overspent_line", line=line.name, over=voice.kroner(line.over))


def _difference(voice: Voice, change: Change) -> str:
    more = f"{'+' if change.difference > 0 else ''}{voice.kroner(change.difference)}"
    before = _amount(voice, change.line.spent)
    return voice.plain("status.difference", before=before, spent=voice.kroner(change.spent), difference=more)


def _blank(voice: Voice, column: ColumnSum, unallocated: Line) -> str:
    amount = voice.kroner(unallocated.budget or 0)
    sums = _sums(voice, column)
    return voice.plain("budget.sum_blank", **sums, unallocated_line=unallocated.name, unallocated=amount)


def _sums(voice: Voice, column: ColumnSum) -> dict[str, str]:
    return {name: voice.kroner(getattr(column, name)) for name in ("sum", "total", "difference")}


def _amount(voice: Voice, amount: int | None) -> str | None:
    return None if amount is None else voice.kroner(amount)
