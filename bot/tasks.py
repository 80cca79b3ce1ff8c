"""A task (opgave) as a value: what is to be done, by whom, until when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot import deadlines, endings
from bot.agenda import Audience, admits
from bot.deadlines import Deadline
from bot.groups import Member
from bot.mentions import PERSON
from bot.roles import SECRETARIAT

TaskState = Literal["open", "done", "dropped"]

_END = re.compile(
    r"(?:færdig|udført|slet|luk|afslut|udgår|done|finish|close|delete|drop)\s+#?\d+"
    r"|#?\d+\s+(?:er\s+|is\s+)?(?:færdig|udført|done|finished)",
    re.IGNORECASE,
)
_AND = ("og", "samt", "eller", "and", "or", ",", "&")
# A name that the sentence needs ("Ring til @navn", "@navn og @navn") stays in it.
_NEEDED = re.compile(
    r"(?:\b(?:til|fra|med|hos|for|af|om|ved|på|via|mod|efter|uden|cc|og|samt|eller"
    r"|to|from|with|of|about|by|at|after|without|and|or)|>\s?[,&])$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:[,&]|\b(?:og|samt|eller|and|or)\b)\s*<@|[\w'’]", re.IGNORECASE)
_AROUND = " ,:;–-"


@dataclass(frozen=True, slots=True)
class Task:
    """An action item. Its `owner` is a person's name, its `organisation` may own it alone; neither is missing.

    `item` is the printed number of the item it came from, `audiences` who that and the items above it are for.
    """

    id: int
    text: str
    owner_id: int | None = None
    owner: str | None = None
    slack_id: str | None = None
    organisation: str | None = None
    deadline: Deadline | None = None
    state: TaskState = "open"
    item_id: int | None = None
    item: str | None = None
    decision_id: int | None = None
    audiences: tuple[Audience, ...] = ()

    @property
    def due(self) -> date | None:
        """The last day that can be told: its own, or that of the meeting it is due at."""
        return self.deadline.last_day if self.deadline else None

    def is_late(self, today: date) -> bool:
        """Whether its last day is over and it is not done."""
        return self.state == "open" and self.due is not None and self.due < today

    def seen_by(self, viewer: Member | None, organisations: Iterable[str] = ()) -> bool:
        """Whether it is for somebody, or (None) everybody: who may see its item, and who owns it."""
        if viewer and is_of(self.owner_id, self.organisation, viewer, organisations):
            return True
        return all(admits(audience, viewer) for audience in self.audiences)


@dataclass(frozen=True, slots=True)
class Source:
    """What a task comes from, by their ids: a decision, its item, and their meeting; none where it was just typed."""

    meeting_id: int | None = None
    item_id: int | None = None
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A task as it was written in one line: what, who by their Slack id, until when. Others are mentioned in `text`."""

    text: str
    owner: str | None = None
    deadline: Deadline | None = None


def is_end(text: str) -> bool:
    """Whether a line tells that a numbered task is done, rather than that one is to be noted: "færdig 1"."""
    return bool(_END.fullmatch(text.strip()))


def noted(line: str, today: date) -> Noted:
    """Read a task from one line: "Send referat @navn i morgen". Whoever is named first is to do it, but for a name that
    the sentence needs ("Ring til @navn") where there is another.
    """
    mentions = list(PERSON.finditer(line))
    if not mentions:
        return _due(line, None, today)
    free = [each for each in mentions if not _NEEDED.search(line[: each.start()].rstrip()[-10:])]
    owner = (free or mentions)[0]
    before, after = line[: owner.start()], line[owner.end() :]
    if not free or _JOINED.match(after):
        return _due(line, owner[1], today)
    before, after = before.rstrip(_AROUND), after.lstrip(_AROUND)
    deadline = deadlines.told(after, today)
    if deadline:
        return Noted(before, owner[1], deadline)
    return _due(" ".join(filter(None, (before, after))), owner[1], today)


def _due(text: str, owner: str | None, today: date) -> Noted:
    """The deadline at the end, also where names stand after it."""
    begin = _names_last(text)
    rest, deadline = endings.taken_off(text[:begin], today)
    return Noted(f"{rest} {text[begin:]}".strip() if deadline else text, owner, deadline)


def _names_last(text: str) -> int:
    """Where the names that a text ends with begin."""
    begin = len(text)
    for each in reversed(list(PERSON.finditer(text))):
        if text[each.end() : begin].strip().casefold() not in ("", *_AND):
            break
        begin = each.start()
    return begin


def is_of(owner_id: int | None, organisation: str | None, member: Member, organisations: Iterable[str]) -> bool:
    """Whether a task is somebody's own, or that of an organisation they speak for."""
    if owner_id is not None and owner_id == member.person.id:
        return True
    theirs = {each.casefold() for each in organisations}
    return organisation is not None and organisation.casefold() in theirs


def may_end(owner_id: int | None, organisation: str | None, member: Member, organisations: Iterable[str]) -> bool:
    """Whether somebody may end a task or hand it on: their own or their organisation's; the secretary any."""
    return member.may(SECRETARIAT) or is_of(owner_id, organisation, member, organisations)
