"""A budget question (budgetspørgsmål) as a value, and what the figures and decisions can answer by themselves.

They answer only what they hold: where one word of a question is neither asking nor a line's name, a person answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot import budgets
from bot.budgets import ASKING, NOBODYS, WHOLE, Budget, Line, Standing
from bot.decisions import Recorded, is_decided
from bot.words import likeness, words_of

QuestionState = Literal["waiting", "answered", "to_meeting"]
Asked = Literal["left", "spent", "share", "budget", "over"]
Hit = tuple[Standing, Line]

MOST = 60  # words of a question that names something; a story is for a person to read
_YEAR = re.compile(r"(?:19|20)\d\d")
_AND = re.compile(r"\bog\b|\band\b|,", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:rest|total|del|projekt)?budget|penge|kroner$|kr$|forbrug|brugt|oekonomi|(?:u|over)?disponere|beloeb|bevil"
    r"|finansier|faktura|udgift|koste|spent$|spend|money|cost|funding|econom"
)
_LEFT = {"tilbage", "rest", "resten", "left", "remaining"}
# What is asked first of a line, by the words that ask it; where none does, what is left.
_ASKS: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    (
        "over",
        re.compile(
            r"\bover\s+budget|\bfor\s+meget\s+brugt|\bbrugt\s+for\s+meget|\boverskr[ei]|\boverforbrug|\boverspent|\bover\s+the\s+budget|\bexceed",
            re.I,
        ),
    ),
    ("share", re.compile(r"\bprocent|\bandel|\bstor\s+en\s+del\b|\bpercent|\bper\s+cent|\bshare\b|%", re.I)),
    ("left", re.compile(r"\btilbage\b|\brest|\bleft\b|\bremain", re.I)),
    ("spent", re.compile(r"\bbrugt|\bforbrug|\bkostet|\bspent\b", re.I)),
    ("budget", re.compile(r"\bkoste|\bcosts?\b|\bafsat|\bsat\s+af|\bbevil|\bbudgetteret", re.I)),
)
_LEFT_TO_SPEND = re.compile(r"\bmangler\s+(?:vi|der)?\s*at\s+(?:blive\s+)?brug(?:e|t)\b|\bleft\s+to\s+spend\b", re.I)
_OTHER_THAN_MONEY = re.compile(r"dagsorden|punkt|moede|opgave|referat|bilag|tid|minut|agenda|item|meeting|time|task")
_DECIDED = re.compile(r"beslut|vedtag|vedtog|godkend|decid|decision|approv|adopt")
_QUESTION_WORDS = set(
    words_of("hvad hvor hvornår hvorfor hvem hvilken hvilket hvilke hvordan what how when why who which")
)
# Why, when, who, how, and what if: no figure says that. Nor what is disposed of, which is neither spent nor left.
_BEYOND = set(
    words_of("hvorfor hvornår hvem hvordan hvis kan bør må bruge disponeret disponerede why when who if can should may")
)
# Which lines are over is what is said of a budget that is asked whether it is.
_WHICH = set(words_of("over hvilke hvilken hvem linjer projekter which who lines projects"))
_AROUND = (
    ASKING
    | set(
        words_of(
            "hej tak jeg lige gerne vores indtil procent andel procentdel stor blevet have been we are so far"
            " stort del koster kostede kostet afsat sat bevilget budgetteret overskredet overskrider overforbrug"
            " percent cent share cost costs overspent exceeded large on"
        )
    )
) - (_BEYOND | {"hvornaar"})
_AROUND_DECISIONS = set(
    words_of(
        "og i på af for til med om ved den det de der en et er har vi hvad blev seneste sidst nu vores styregruppen"
        " gruppen of the and in is what did we was were about on for have has"
    )
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what became of it; `answered_by` is None where figures or decisions answered it themselves.

    `meeting` is the day of the meeting that it is taken to, where that has one.
    """

    id: int
    text: str
    asked_by: str
    asked_at: datetime
    state: QuestionState
    answer: str | None = None
    source: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    meeting: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where questions without an answer are proposed: the coming meeting's item about the budget; `item_id` is None
    where a new one is proposed, `meeting_id` and `day` where no meeting is coming.
    """

    meeting_id: int | None
    day: date | None
    item_id: int | None = None
    number: str = ""
    title: str = ""


def is_about_money(text: str) -> bool:
    """Whether words that are no command are about money: "hvad er der tilbage i cockpittet", "er pengene brugt?"."""
    words = words_of(text)
    if any(_MONEY.match(word) for word in words) or _LEFT_TO_SPEND.search(text):
        return True
    return is_asked(text) and not _LEFT.isdisjoint(words) and not any(map(_OTHER_THAN_MONEY.match, words))


def is_asked(text: str) -> bool:
    """Whether a text asks something, rather than naming a line."""
    return "?" in text or not _QUESTION_WORDS.isdisjoint(words_of(text))


def is_year(text: str) -> bool:
    """Whether a text is a year alone."""
    return bool(_YEAR.fullmatch(text.strip()))


def asked_first(text: str) -> Asked:
    """What a question asks of a line: what is spent of it, or left, in amounts or per cent, or whether it is over."""
    text = _LEFT_TO_SPEND.sub("tilbage", text)
    return next((asked for asked, words in _ASKS if words.search(text)), "left")


def figures(standing: Sequence[Standing], text: str) -> tuple[Hit, ...]:
    """The lines and totals that answer a question; none where the figures can't, or not all of it."""
    over = asked_first(text) == "over"
    text = _LEFT_TO_SPEND.sub("tilbage", text)
    words = [word for word in words_of(text) if not (over and word in _WHICH)]
    years = {word for word in words if _YEAR.fullmatch(word)}
    if not words or len(words) > MOST or not _BEYOND.isdisjoint(words) or len(years) > 1:
        return ()
    of_the_year = [each for each in standing if years <= _years(each)]
    asked = [word for word in words if word not in years]
    whole = tuple(_named(of_the_year, asked))
    if over:
        totals = [each for each, line in whole if line is each.budget.total]
        whole += tuple((each, line) for each in totals for line in budgets.overspent(each.budget))
    if whole or not _AND.search(text):
        return whole
    parts = [[word for word in words_of(part) if word not in years] for part in _AND.split(text)]
    found = [tuple(_named(of_the_year, part)) if set(part) - _AROUND else () for part in parts]
    return tuple(dict.fromkeys(hit for each in found for hit in each)) if all(found) else ()


def asks_what_was_decided(text: str) -> bool:
    """Whether a question is about decisions: "hvad besluttede vi om budgettet for 2026?"."""
    words = words_of(text)
    return (
        len(words) <= MOST
        and is_asked(text)
        and _BEYOND.isdisjoint(words)
        and any(_DECIDED.match(word) for word in words)
    )


def quoted(decisions: Iterable[Recorded], text: str, at_most: int = 3) -> list[Recorded]:
    """The first decisions that hold every word of what a question is about, in their sentence or the item's title.
    That an item was postponed or not reached is no decision about it.
    """
    topic = [word for word in words_of(text) if word not in _AROUND_DECISIONS and not _DECIDED.match(word)]
    made = (each for each in decisions if is_decided(each.outcomes) or not each.outcomes)
    about = (each for each in made if topic and _holds(words_of(f"{each.item_title} {each.text}"), topic))
    return [each for each, _ in zip(about, range(at_most), strict=False)]


def _named(standing: Iterable[Standing], words: Sequence[str]) -> Iterator[Hit]:
    named = [word for word in words if word not in _AROUND]
    for each in standing:
        yield from ((each, line) for line in _lines(each.budget, named))


def _lines(budget: Budget, named: Sequence[str]) -> Iterator[Line]:
    """The lines of a budget that all of some words name; without a name, what nobody has been given, or the total."""
    own = words_of(budget.name)
    names = [word for word in named if word not in WHOLE]
    nobodys = NOBODYS.intersection(names)
    hits = [line for line in budgets.find(budget, " ".join(names)).lines if _covers(line, names, own)]
    if hits and nobodys != set(names):
        yield from hits
    elif nobodys and nobodys == set(names):
        yield from (line for line in budget.lines if line.unallocated)
    elif budget.total and all(word in own for word in names):
        yield budget.total


def _covers(line: Line, names: Sequence[str], own: Sequence[str]) -> bool:
    parts = words_of(line.name)
    return all(word in own or any(likeness(word, part) for part in parts) for word in names)


def _holds(parts: Sequence[str], topic: Sequence[str]) -> bool:
    """Whether each word of a topic stands there, in any form; a number as it is."""
    return all(
        word in parts or (not word.isdecimal() and any(likeness(word, part) >= 0.95 for part in parts))
        for word in topic
    )


def _years(standing: Standing) -> set[str]:
    """The year a budget is of: by its name, else by the day of its figures."""
    named = set(_YEAR.findall(standing.budget.name))
    return named or ({str(standing.as_of.year)} if standing.as_of else set())
