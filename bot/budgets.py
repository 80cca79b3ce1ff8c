"""A budget as a value, and its arithmetic. Money is whole øre in an int; None is a blank cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from typing import Any, Literal

from bot import money

Column = Literal["budget", "spent", "rest"]
COLUMNS: tuple[Column, ...] = ("budget", "spent", "rest")

_WORD = re.compile(r"[^\W_]+")
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u"})
# What one says around a name when asking, and what one calls the whole and what nobody has yet been given.
_ASKING = frozenset(
    _WORD.findall(
        "og i på af for til med om ved den det de der en et er har vi kr hvad hvor hvornår meget mange går pr per nu"
        " budget budgettet forbrug forbruget brugt bruge bruges status linje linjen penge pengene kroner projekt"
        " projektet tilbage rest resten endnu stadig of the and in how much left spent remaining what is"
    )
)
_WHOLE = frozenset(
    _WORD.findall("total totalt totalen alt ialt sum samlet samlede hele rest resten tilbage overall all left")
)
_NOBODYS = frozenset(
    _WORD.findall("udisponeret udisponerede disponeret ufordelt ufordelte overdisponeret unallocated reserve")
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a budget: what was set aside, spent, and left, in øre; None is a cell left blank."""

    name: str
    budget: int | None = None
    spent: int | None = None
    rest: int | None = None
    unallocated: bool = False


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
    """Whether a budget adds up: each column that has a total, and the lines whose rest is not budget less spent."""

    columns: tuple[ColumnSum, ...]
    uneven: tuple[Line, ...] = ()
    unallocated: Line | None = None

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
    return SumCheck(columns, uneven, next((line for line in budget.lines if line.unallocated), None))


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
    asked = _words(words)
    named = [word for word in asked if word not in _FOLDED_ASKING]
    scores = [_score(named, _words(line.name)) for line in lines]
    best = max(scores, default=0.0)
    if best >= 0.5:
        return Found(tuple(line for line, score in zip(lines, scores, strict=True) if score > best - 0.05))

    if any(word in _NOBODYS for word in asked):
        return Found(tuple(line for line in lines if line.unallocated))
    if budget.total and any(word in _WHOLE for word in asked) and not [word for word in named if word not in _WHOLE]:
        return Found((budget.total,))
    return Found(nearest=lines[scores.index(best)].name if best >= 0.2 else _nearest(words, lines))


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


def _words(text: str) -> list[str]:
    return [word.translate(_FOLDED) for word in _WORD.findall(text.lower())]


_FOLDED_ASKING = frozenset(word.translate(_FOLDED) for word in _ASKING)


def _score(asked: list[str], name: list[str]) -> float:
    """How much of what was asked a name answers, long words weighing more."""
    weight = sum(map(len, asked))
    matched = sum(len(word) * max((_likeness(word, part) for part in name), default=0.0) for word in asked)
    return matched / weight if weight else 0.0


@cache
def _stemmer() -> Any:
    import snowballstemmer  # noqa: PLC0415 brings thirty languages along: not before somebody asks

    return snowballstemmer.stemmer("danish")


def _likeness(word: str, part: str) -> float:
    """1 for the same word in any form, a little less for a part of it or a typing error, else 0."""
    ours, theirs = _stemmer().stemWords([word, part])
    if word == part or ours == theirs:
        return 1.0
    within = part.startswith((word, ours)) or (len(word) > 3 and part.endswith(word))
    if len(word) > 2 and (within or (len(part) > 3 and word.startswith(part))):
        return 0.95
    ratio = max(SequenceMatcher(None, *pair).ratio() for pair in ((word, part), (ours, theirs)))
    return 0.9 if len(word) > 3 and ratio >= 0.78 else 0.0


def _nearest(words: str, lines: Iterable[Line]) -> str | None:
    """The name most like what was typed, as a whole or in one of its words."""
    names = [line.name for line in lines]
    typed = " ".join(word for word in _words(words) if word not in _FOLDED_ASKING)
    whole = {" ".join(_words(name)): name for name in reversed(names)}
    parts = {word: name for name in reversed(names) for word in _words(name) if len(word) > 3}
    close = get_close_matches(typed, [*whole, *parts], n=1, cutoff=0.5)
    return (whole | parts).get(close[0]) if close else None
