"""A member list (medlemsliste) as values: who takes part in a group as what, for whom, from when, and how reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.refusals import Refusal
from bot.roles import Role

Reach = Literal["slack", "mail", "secretariat"]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with a role: in Slack (`slack_id`) or outside it, for an organisation, from a day and to one."""

    id: int
    name: str
    role: Role
    since: date
    until: date | None = None
    organisation: str | None = None
    reached: Reach = "slack"
    mail: str | None = None
    slack_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody wrote into the member list, checked: one person, reached in a way that can reach them."""

    slack_id: str | None
    name: str | None
    organisation: str | None
    role: Role
    reached: Reach
    mail: str | None
    since: date
    until: date | None


def entered(
    person: str | None,
    name: str | None,
    organisation: str | None,
    role: str,
    reached: Reach,
    mail: str | None,
    since: date | None,
    until: date | None,
    *,
    today: date,
) -> Entry:
    """An entry as it was filled in; refused, about the field to be mended, where nobody could be reached by it."""
    if bool(person) == bool(name):
        raise Refusal("one_person").at("name" if name else "person")
    if reached == "slack" and not person:
        raise Refusal("not_in_slack").at("reached")
    if reached == "mail" and not mail:
        raise Refusal("no_mail").at("mail")
    begins = since or today
    if until and until <= begins:
        raise Refusal("ends_before_it_begins").at("until")
    return Entry(person, name, organisation, Role(role), reached, mail, begins, until)
