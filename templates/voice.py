"""The bot's voice in one language: sentences by key from `words/`; dates, amounts, names as the group writes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from bot import dates, money
from bot.agenda import Item, Presenter
from bot.budgets import Line
from bot.changes import Change
from bot.deadlines import Deadline
from bot.decisions import Recorded
from bot.groups import Language
from bot.meetings import Meeting
from bot.tasks import Task

UNKNOWN = (None, "")
OPTIONAL = re.compile(r"(\[[^\]]*\])")
VALUE = re.compile(r"\{(\w+)\}")
BEFORE_STOP = re.compile(r"(?<=\})(?=\.)")
STOPPED = "(_said[:-1] if _said[-3:] == 'kr.' else _said)"  # a sentence that ends in "kr." gets no second full stop
WORDS = Path(__file__).parent / "words"
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things in a language. `say` is for Slack's mrkdwn and escapes what people wrote; `plain` escapes nothing.

    In a phrase, what stands in square brackets is left out where one of its values is unknown (None or "").
    """

    language: Language

    def plain(self, key: str, **values: Any) -> str:
        """A sentence, its values as they are."""
        return _phrase(self.language, key)(**values)

    def say(self, key: str, **values: Any) -> str:
        """A sentence for mrkdwn: its string values can neither mention nor link."""
        return self.plain(key, **{name: escaped(value) for name, value in values.items()})

    def count(self, number: int, noun: str) -> str:
        """A number with its noun: "1 punkt", "2 punkter"; nothing at 0."""
        return self.plain(f"count.{noun}.{'one' if number == 1 else 'other'}", number=number) if number else ""

    def day(self, day: date, today: date | None = None) -> str:
        """A date in running text: "onsdag den 18. juni 2025"."""
        return dates.spoken(day, self.language, today)

    def moment(self, at: datetime, today: date | None = None) -> str:
        """A point in time, in the zone it carries: "onsdag den 18. juni 2025 kl. 13.00", or today just "kl. 13.00"."""
        if at.date() == today:
            return self.plain("time.today", time=self.hour(at))
        return self.plain("time.moment", day=self.day(at.date()), time=self.hour(at))

    def hour(self, at: datetime) -> str:
        """The time of day: "13.00"."""
        return dates.clock(at.time(), None, self.language)

    def hours(self, meeting: Meeting) -> str:
        """From when to when a meeting lasts: "13.00-15.00"; nothing where nobody wrote it."""
        return dates.clock(meeting.start, meeting.end, self.language) if meeting.start else ""

    def when(self, meeting: Meeting, remarked: bool = False) -> str:
        """A meeting's day and hours; what is unknown says so, and, once where it is `remarked`, what was inferred."""
        day = self.day(meeting.date) if meeting.date else self.plain("time.no_date")
        clock = self.hours(meeting)
        unknown = "" if clock else self.plain("time.unknown")
        remark = self.plain("year.inferred") if remarked and meeting.year_inferred else ""
        return self.plain("time.when", day=day, clock=clock, unknown=unknown, remark=remark)

    def presenters(self, presenters: Sequence[Presenter]) -> str:
        """Names with their organisation once: "A/B, Org og C, Org"."""
        if len(presenters) == 1 and presenters[0].organisation:
            return f"{presenters[0].name}, {presenters[0].organisation}"
        parts = []
        for organisation, together in groupby(presenters, key=attrgetter("organisation")):
            names = [each.name for each in together]
            parts.append(f"{'/'.join(names)}, {organisation}" if organisation else self.list(names))
        return self.list(parts)

    def listed(self, items: Sequence[Item], below: bool = True) -> Iterator[tuple[str, str]]:
        """The items a line each, sub-items below theirs: what is printed bold, and the rest."""
        for number, item in enumerate(items):
            yield self._line("\n" if number else "", item)
            for sub in item.items if below else ():
                yield self._line("\n    ", sub)

    def title(self, item: Item) -> str:
        """An item's number and title: "2. Budgetter"; of one that is not for whoever looks, that it is closed."""
        return self.plain(
            "agenda.item", number=item.number, title=self.plain("item.closed") if item.hidden else item.title
        )

    def options(self, kind: str) -> Sequence[tuple[str, str]]:
        """What there is to choose between of a kind: its values with their words, as a form's menu takes them."""
        prefix = f"{kind}."
        return [(key[len(prefix) :], said) for key, said in phrases(self.language).items() if key.startswith(prefix)]

    def headline(self, item: Item) -> str:
        """An item in one line, as papers print it: "2. Budgetter (15 min.) v. Bo Lind, PLO (O)"."""
        return "".join(self._line("", item))

    def by_whom(self, task: Task, where: str = "task") -> str:
        """Who is to do a task: "Ansvarlig: Bo Lind, PLO"; or that nobody is."""
        names = ", ".join(filter(None, (task.owner, task.organisation)))
        return self.plain(f"{where}.owner", owner=names) if names else self.plain(f"{where}.no_owner")

    def by_when(self, deadline: Deadline | None) -> str:
        """Until when something is to be done: "frist: Q1 2026"; or that it has no deadline."""
        return self.plain("deadline.due", until=self.until(deadline)) if deadline else self.plain("deadline.none")

    def until(self, deadline: Deadline) -> str:
        """Until when, as written; a day is said in full, also the last one of "inden jul" or "næste uge"; what is
        inferred says so.
        """
        last, text = deadline.last_day, deadline.text
        remark = self.plain("deadline.year_inferred") if deadline.year_inferred else ""
        if last and (deadline.is_before or (deadline.precision != "day" and deadline.is_relative)):
            return self.plain("deadline.before", text=text, day=self.day(last), remark=remark)
        if last and deadline.precision == "day":
            return self.plain("deadline.day", day=self.day(last), remark=remark)
        day = self.day(last) if last and deadline.is_meeting else ""
        return self.plain("deadline.said", text=text, day=day, year=last.year if last and remark else "", remark=remark)

    def answer_due(self, deadline: Deadline | None) -> str:
        """Until when somebody's yes is awaited, as a sentence; nothing where nobody said."""
        if deadline is None:
            return ""
        is_day = deadline.precision == "day" and not deadline.is_before
        return self.plain(f"decision.answer_{'by' if is_day else 'due'}", until=self.until(deadline).rstrip("."))

    def wording(self, decision: Recorded) -> str:
        """What was decided, as one says it now: where something was awaited, what came of that."""
        if not decision.came_of:
            return decision.text
        key = f"decision.settled.{decision.came_of}{'_lapsed' if decision.force == 'lapsed' else ''}"
        return self.plain(key, holder=decision.holder, text=decision.text)

    def terms(self, decision: Recorded) -> list[str]:
        """Under which terms a decision stands, beside its sentence: what it awaits, where it was handed on, why it was
        corrected.
        """
        day, told = decision.due_meeting, []
        if decision.force == "preliminary":
            key = "decision.preliminary" if "approved" in decision.outcomes else "decision.provisional"
            told.append(self.plain(key, meeting=self.day(day) if day else ""))
        if decision.force == "conditional":
            key = "decision.conditional" if decision.holder else "decision.on_condition"
            told.append(self.plain(key, holder=decision.holder, due=self.answer_due(decision.deadline)))
        if decision.force == "lapsed" and not decision.came_of:
            told.append(self.plain("decision.has_lapsed"))
        if decision.referred_to:
            told.append(self.plain("decision.referred", to=decision.referred_to))
        if decision.reason and not decision.came_of:
            told.append(self.plain("decision.corrected", reason=decision.reason))
        return told

    def paper(self, kind: str, day: date | None, version: int | None = None) -> str:
        """A meeting's paper, with the version by which people know it; decisions they know as the new ones."""
        return self.plain(f"paper_of.{kind}", date=self.day(day) if day else "", version=version)

    def task(self, task: Task) -> str:
        """A task in one line: "Skriv til PLO (ansvarlig: Bo Lind, PLO, frist: snarest)"."""
        return self.plain(
            "minutes.task", text=task.text, owner=self.by_whom(task, "minutes"), deadline=self.by_when(task.deadline)
        )

    def change(self, change: Change) -> str:
        """What is another in a new version of an item: "2. Budgetter: ny tid og ændret tekst"."""
        what = self.list([self.plain(f"change.{each}") for each in change.what])
        title = change.title or self.plain("item.closed")
        return self.plain("document.change", number=change.number, title=title, what=what)

    def _line(self, before: str, item: Item) -> tuple[str, str]:
        title = self.title(item)
        presenters = self.presenters(item.presenters) if item.presenters else ""
        rest = self.plain("agenda.item_rest", duration=item.duration, presenters=presenters, kinds=item.kinds.raw)
        return before + title, rest

    def list(self, parts: Sequence[str]) -> str:
        """Parts in a sentence: "1, 2 og 3"."""
        if len(parts) < 2:
            return "".join(parts)
        return self.plain("list.last", first=", ".join(parts[:-1]), last=parts[-1])

    def kroner(self, amount: int) -> str:
        """An amount of øre: "1.033.913 kr."."""
        return money.kroner(amount, self.language)

    def share(self, part: int, whole: int) -> str:
        """A part in per cent: "29,9 %"."""
        return money.share(part, whole, self.language) or ""

    def figures(self, lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
        """The lines of a budget in cells: name, budget, spent, rest, and the share spent; empty what is unknown."""
        for line in lines:
            amounts = ("" if ore is None else self.kroner(ore) for ore in (line.budget, line.spent, line.rest))
            share = self.share(line.spent, line.budget) if line.spent is not None and line.budget else ""
            yield line.name, *amounts, share

    def as_of(self, day: date) -> str:
        """The date of a reading: "31. maj 2025"."""
        return dates.as_of(day, self.language)

    def words(self) -> dict[str, Callable[..., Any]]:
        """What a template can call."""
        sentences = (self.say, self.plain, self.count, self.list, self.presenters, self.listed, self.figures)
        figures = (
            self.title,
            self.headline,
            self.options,
            self.by_whom,
            self.until,
            self.by_when,
            self.answer_due,
            self.paper,
            self.wording,
            self.terms,
            self.day,
            self.moment,
            self.hour,
            self.hours,
            self.when,
            self.as_of,
            self.kroner,
            self.share,
        )
        return {call.__name__: call for call in (*sentences, *figures, escaped)}


def escaped(value: Any) -> Any:
    """Text that Slack shows as it is, without mentions and links."""
    return value.translate(ENTITIES) if isinstance(value, str) else value


@cache
def phrases(language: Language) -> dict[str, str]:
    """Every phrase of a language by its dotted key."""
    return dict(_flat("", tomllib.loads((WORDS / f"{language}.toml").read_text(encoding="utf-8"))))


@cache
def _phrase(language: Language, key: str) -> Callable[..., str]:
    return _function(phrases(language)[key])


def _function(phrase: str) -> Callable[..., str]:
    """A phrase as a function of its values, made once: "{number}. {title}" is an f-string already."""
    steps, always = ["_said = ''"], set[str]()
    for part in OPTIONAL.split(phrase):
        names, is_optional = VALUE.findall(part), part.startswith("[")
        pieces = filter(None, BEFORE_STOP.split(part[1:-1] if is_optional else part))
        said = [f"_said = {STOPPED if each[0] == '.' else '_said'} + f{each!r}" for each in pieces]
        if is_optional:
            steps.append(f"if not ({' or '.join(f'{name} in _UNKNOWN' for name in names)}): {'; '.join(said)}")
        else:
            always.update(names)
            steps += said
    taken = [each if each in always else f"{each}=None" for each in dict.fromkeys(VALUE.findall(phrase))]
    head = f"def said({', '.join(['*', *taken, '**_'] if taken else ['**_'])}):"
    made: dict[str, Any] = {"_UNKNOWN": UNKNOWN}
    exec("\n    ".join([head, *steps, "return _said"]), made)
    filled: Callable[..., str] = made["said"]
    return filled


def _flat(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield prefix + name, value
