"""A task (opgave) as a value: what is to be done, by whom, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.agenda import Audience, admits
from bot.deadlines import Deadline
from bot.groups import Member
from bot.roles import SECRETARIAT

TaskState = Literal["open", "done", "dropped"]


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
    def has_owner(self) -> bool:
        """Whether somebody is to do it."""
        return bool(self.owner_id or self.organisation)

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


def is_of(owner_id: int | None, organisation: str | None, member: Member, organisations: Iterable[str]) -> bool:
    """Whether a task is somebody's own, or that of an organisation they speak for."""
    if owner_id is not None and owner_id == member.person.id:
        return True
    theirs = {each.casefold() for each in organisations}
    return organisation is not None and organisation.casefold() in theirs


def may_end(owner_id: int | None, organisation: str | None, member: Member, organisations: Iterable[str]) -> bool:
    """Whether somebody may end a task or hand it on: their own or their organisation's; the secretary any."""
    return member.may(SECRETARIAT) or is_of(owner_id, organisation, member, organisations)
