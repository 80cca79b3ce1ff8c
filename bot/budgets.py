"""A budget as a value, and its arithmetic. Money is whole øre in an int; None is a blank cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Literal

from bot import money
from bot.words import likeness, words_of

Column = Literal["budget", "spent", "rest"]
COLUMNS: tuple[Column, ...] = ("budget", "spent", "rest")

# What one says around a name when asking, and what one calls the whole and what nobody has yet been given.
ASKING = frozenset(
    words_of(
        "og i på af for til med om ved den det de der en et er har vi kr hvad hvor hvornår meget mange går pr per nu"
        " budget budgettet forbrug forbruget brugt bruge bruges status linje linjen penge pengene kroner projekt"
        " projektet tilbage rest resten endnu stadig of the and in how much left spent remaining what is"
    )
)
WHOLE = frozenset(
    words_of(
        "total totalt totalen alt ialt sum samlet samlede hele rest resten restbudget restbudgettet totalbudget"
        " totalbudgettet tilbage overall all left"
    )
)
NOBODYS = frozenset(
    words_of("udisponeret udisponerede disponeret ufordelt ufordelte overdisponeret unallocated reserve")
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a budget: what was set aside, spent, and left, in øre; None is a cell left blank."""

    name: str
    budget: int | None = None
    spent: int | None = None
    rest: int | None = None
    unallocated: bool = False

    @property
    def over(self) -> int:
        """How much more is spent, or of what nobody has been given, set aside, than there is; 0 where it is not."""
        rest = _owed(self) if self.rest is None else self.rest
        return max(-rest, 0) if rest is not None else 0


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget table with its lines (the unallocated one among them) and its printed total.

    `item` is the number of the item it stood under; `columns` are the printed heads; the dates are what the heads say.
    `year_inferred` tells that those dates had no year of their own ("31/5").
    """

    name: str
    item: str | None = None
    columns: tuple[str, ...] = ()
    budget_as_of: date | None = None
    spent_as_of: date | None = None
    year_inferred: bool = False
    lines: tuple[Line, ...] = ()
    total: Line | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget as it stands today, and where that is from: laid before a meeting of that date, or, where a later
    reading lies over it, entered by somebody. `id` is which table it is.
    """

    budget: Budget
    laid: date | None = None
    entered_by: str | None = None
    id: int = field(default=0, compare=False)

    @property
    def as_of(self) -> date | None:
        """The day of what it says is spent; of a table that does not say, the day it was laid before a meeting."""
        return self.budget.spent_as_of or self.laid


@dataclass(frozen=True, slots=True)
class Status:
    """A budget as it stood by one of its statuses: laid before a meeting with its papers, or, where `reading` says
    which, entered after that; then `filed_at` is when it was filed, None while only who entered it knows of it.
    """

    standing: Standing
    reading: int = 0
    filed_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether it was entered and is not filed."""
        return bool(self.reading) and self.filed_at is None


@dataclass(frozen=True, slots=True)
class Change:
    """What a new reading makes of a line: what was spent of it before, and now; and what is odd about that."""

    line: Line
    spent: int

    @property
    def difference(self) -> int:
        """How much more has been spent."""
        return self.spent - (self.line.spent or 0)

    @property
    def went_down(self) -> bool:
        """Whether less has been spent than before, which money seldom does."""
        return self.difference < 0

    @property
    def exceeds(self) -> bool:
        """Whether more has been spent than was set aside."""
        return self.line.budget is not None and self.spent > self.line.budget


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """A column added up beside its printed total; `filled` has the unallocated line's blank cell as what it means."""

    column: Column
    sum: int
    total: int
    filled: int

    @property
    def agrees(self) -> bool:
        return self.sum == self.total

    @property
    def agrees_filled(self) -> bool:
        """Whether the blank cell is the whole difference."""
        return not self.agrees and self.filled == self.total

    @property
    def difference(self) -> int:
        """How far the sum and the printed total are apart."""
        return abs(self.sum - self.total)


@dataclass(frozen=True, slots=True)
class SumCheck:
    """Whether a budget adds up: each column that has a total, and the lines whose rest is not budget less spent; and
    the lines of which more is spent than was set aside.
    """

    columns: tuple[ColumnSum, ...]
    uneven: tuple[Line, ...] = ()
    unallocated: Line | None = None
    overspent: tuple[Line, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether all of it adds up as printed, or does with the blank cell counted."""
        return not self.uneven and all(column.agrees or column.agrees_filled for column in self.columns)

    @property
    def blanks(self) -> tuple[ColumnSum, ...]:
        """The columns that add up only with the blank cell counted, which is to be shown and not hidden."""
        return tuple(column for column in self.columns if column.agrees_filled)


@dataclass(frozen=True, slots=True)
class Found:
    """The lines that some words name; where none does, the name that comes nearest, to be suggested."""

    lines: tuple[Line, ...] = ()
    nearest: str | None = None


def check(budget: Budget) -> SumCheck:
    """Add a budget up. The group's own practice: lines and the unallocated line make the total, and rest is budget
    less spent. The unallocated line's blank rest stands for its budget, since nothing is spent of it.
    """
    whole = (*budget.lines, budget.total) if budget.total else budget.lines
    uneven = tuple(line for line in whole if None not in (owed := _owed(line), line.rest) and owed != line.rest)
    columns = tuple(
        _added(budget.lines, column, total)
        for column in COLUMNS
        if budget.total and (total := getattr(budget.total, column)) is not None
    )
    unallocated = next((line for line in budget.lines if line.unallocated), None)
    return SumCheck(columns, uneven, unallocated, overspent(budget))


def overspent(budget: Budget) -> tuple[Line, ...]:
    """The lines of which more is spent than was set aside."""
    return tuple(line for line in budget.lines if line.over and not line.unallocated)


def share(line: Line) -> int | None:
    """What is spent of a line, in thousandths of its budget: 299 is 29,9 %; None where either is unknown."""
    if line.budget is None or line.spent is None:
        return None
    return money.permille(line.spent, line.budget)


def find(budget: Budget, words: str) -> Found:
    """The lines that somebody's words name: part of a name, in definite form, with typing errors: "klinkkens cokpit".

    Where words fit several lines, all of them are found. What names a line wins over what asks: "rest" alone is the
    total, "hvad er der tilbage i cockpittet" is the cockpit.
    """
    lines = (*budget.lines, budget.total) if budget.total else budget.lines
    asked = words_of(words)
    named = [word for word in asked if word not in ASKING]
    scores = [_score(named, words_of(line.name)) for line in lines]
    best = max(scores, default=0.0)
    if best >= 0.5:
        return Found(tuple(line for line, score in zip(lines, scores, strict=True) if score > best - 0.05))

    if any(word in NOBODYS for word in asked):
        return Found(tuple(line for line in lines if line.unallocated))
    if budget.total and any(word in WHOLE for word in asked) and not [word for word in named if word not in WHOLE]:
        return Found((budget.total,))
    return Found(nearest=lines[scores.index(best)].name if best >= 0.2 else _nearest(words, lines))


def read_again(budget: Budget, spent: Mapping[str, int], as_of: date) -> Budget:
    """The budget with what a later reading says is spent of its lines, by their names; rest and total follow.

    A line that it does not name stays as printed. The total is what the lines add up to, less and more than it was.
    """
    lines = tuple(_spent(line, spent[line.name]) if line.name in spent else line for line in budget.lines)
    if lines == budget.lines and not spent.keys() & {line.name for line in lines}:
        return budget
    total = budget.total and _spent(budget.total, sum(line.spent or 0 for line in lines))
    return replace(budget, lines=lines, total=total, spent_as_of=as_of, year_inferred=False)


def under(laid: Iterable[Standing], name: str, as_of: date) -> Standing | None:
    """The table over which a reading of a budget lies: of those laid, by date, the last that is older than it; where
    none is, the first. None where no papers have a budget of that name.
    """
    tables = [each for each in laid if each.budget.name == name]
    older = [each for each in tables if each.as_of is None or each.as_of < as_of]
    return older[-1] if older else next(iter(tables), None)


def changes(budget: Budget, spent: Mapping[str, int]) -> tuple[Change, ...]:
    """What a reading makes of each line of a budget that it names, in the order printed."""
    return tuple(Change(line, spent[line.name]) for line in budget.lines if line.name in spent)


def _spent(line: Line, spent: int) -> Line:
    return replace(line, spent=spent, rest=None if line.budget is None else line.budget - spent)


def _owed(line: Line) -> int | None:
    return None if line.budget is None or line.spent is None else line.budget - line.spent


def _added(lines: Iterable[Line], column: Column, total: int) -> ColumnSum:
    printed = filled = 0
    for line in lines:
        amount = getattr(line, column)
        printed += amount or 0
        filled += amount if amount is not None else _stands_for(line, column)
    return ColumnSum(column, printed, total, filled)


def _stands_for(line: Line, column: Column) -> int:
    return (line.budget or 0) - (line.spent or 0) if line.unallocated and column == "rest" else 0


def _score(asked: list[str], name: list[str]) -> float:
    """How much of what was asked a name answers, long words weighing more."""
    weight = sum(map(len, asked))
    matched = sum(len(word) * max((likeness(word, part) for part in name), default=0.0) for word in asked)
    return matched / weight if weight else 0.0


def _nearest(words: str, lines: Iterable[Line]) -> str | None:
    """The name most like what was typed, as a whole or in one of its words."""
    names = [line.name for line in lines]
    typed = " ".join(word for word in words_of(words) if word not in ASKING)
    whole = {" ".join(words_of(name)): name for name in reversed(names)}
    parts = {word: name for name in reversed(names) for word in words_of(name) if len(word) > 3}
    close = get_close_matches(typed, [*whole, *parts], n=1, cutoff=0.5)
    return (whole | parts).get(close[0]) if close else None
