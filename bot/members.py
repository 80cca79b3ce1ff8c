"""A member list (medlemsliste) as values: who takes part in a group as what, for whom, from when, and how reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.refusals import Refusal
from bot.roles import CHAIRS, OFFICES, Role

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
    role: Role,
    reached: Reach,
    mail: str | None,
    since: date | None,
    until: date | None,
    *,
    today: date,
) -> Entry:
    """An entry as it was filled in; refused, about the field to be mended, where nobody could be reached by it.

    It ends on the day it begins where it was entered by mistake, and then was never so.
    """
    if bool(person) == bool(name):
        raise Refusal("one_person").at("name" if name else "person")
    if role in OFFICES and not person:
        raise Refusal("office_outside_slack").at("role")
    if reached == "slack" and not person:
        raise Refusal("not_in_slack").at("reached")
    if reached == "mail" and not mail:
        raise Refusal("no_mail").at("mail")
    begins = since or today
    if until and until < begins:
        raise Refusal("ends_before_it_begins").at("until")
    return Entry(person, name, organisation, role, reached, mail, begins, until)


def in_office(people: Iterable[Participant], role: Role, today: date) -> tuple[Participant | None, Participant | None]:
    """Who holds an office today, and who takes it over next, of those who have or will have a role."""
    found = sorted((each for each in people if each.role == role), key=lambda each: each.since)
    holding = [each for each in found if each.since <= today]
    coming = [each for each in found if each.since > today]
    return holding[-1] if holding else None, coming[0] if coming else None


def reached(people: Iterable[Participant], today: date) -> Counter[Reach]:
    """How many of the group's members, chairs included, there are today by how they are reached; nobody twice.

    Nothing where there is no member list. Of a chair who is on it as a member as well, that line counts.
    """
    now = [each for each in people if each.since <= today and each.role in CHAIRS | {Role.MEMBER}]
    if not any(each.role == Role.MEMBER for each in now):
        return Counter()
    now.sort(key=lambda each: each.role == Role.MEMBER)
    return Counter({each.slack_id or (each.name, each.organisation): each.reached for each in now}.values())


def ends(since: date, until: date | None, begins: Iterable[date]) -> date | None:
    """To which day somebody holds an office: their own last one, or at most the day another begins after them."""
    return min((day for day in (until, *begins) if day and day > since), default=until)


def overlap(one: Participant | Entry, other: Participant | Entry) -> bool:
    """Whether two lines hold on one day at least; one that ends as it begins holds on none."""
    begins = max(one.since, other.since)
    return all(each.until is None or each.until > begins for each in (one, other))


def is_same(one: Participant, entry: Entry) -> bool:
    """Whether a line is about the person an entry is about, in the same role and for the same organisation."""
    if one.slack_id or entry.slack_id:
        return (one.slack_id, one.role) == (entry.slack_id, entry.role)
    return (one.name, one.role, one.organisation) == (entry.name, entry.role, entry.organisation)
