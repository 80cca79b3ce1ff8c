"""A group (styregruppe) and the people in it, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.roles import BESIDE, Role

Language = Literal["da", "en"]
MEETING_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Group:
    """A steering group: its home channel, its programme's name, how it speaks and where its clock hangs.

    `meeting_length` is in minutes: what a meeting is reckoned to last whose end nobody wrote. `room` is the
    secretariat's private channel, `setup` what the group has chosen, as it is kept; None where all is as usual.
    """

    id: int
    channel: str
    programme: str | None = None
    language: Language = "da"
    zone: str = "Europe/Copenhagen"
    meeting_length: int = MEETING_LENGTH
    room: str | None = None
    setup: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in Slack; `guest` is Slack's own kind of guest, who is nobody here until invited to an item."""

    id: int
    slack_id: str
    name: str
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the group knows them today."""

    person: Person
    roles: frozenset[Role]

    def may(self, needed: frozenset[Role]) -> bool:
        """Whether one of the roles is among those needed."""
        return not self.roles.isdisjoint(needed)


def roles(held: frozenset[Role], person: Person, has_member_list: bool) -> frozenset[Role]:
    """The roles somebody acts in: until the group has a member list, whoever is no Slack guest is a member, project
    owners and finance as well; who has another role has that.
    """
    if person.guest or has_member_list or held - BESIDE:
        return held
    return held | {Role.MEMBER}
