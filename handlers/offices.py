"""Who hears of it when an office changes hands: whoever has it now, whoever had it, and whoever saw to it."""

from __future__ import annotations

from bot.groups import Person
from bot.members import Entry
from bot.refusals import Refusal
from bot.roles import ANYONE, Role
from handlers import approvals
from handlers.request import Request
from storage import groups
from templates import Message

OFFICES = (Role.SECRETARY, Role.CHAIR, Role.DEPUTY_CHAIR)
Holders = dict[Role, Person | None]


def held(request: Request) -> Holders:
    """Who has which office today. Ask before anything is changed."""
    return {role: groups.holder(request.session, request.group.id, role, request.today) for role in OFFICES}


def handed_over(request: Request, before: Holders) -> list[Message]:
    """Tell those between whom an office has changed hands since; what to say of it to whoever asked for it. What the
    chair has not answered is asked of the one who is chair now.
    """
    said = []
    for role, now in held(request).items():
        was = before[role]
        if was is None or now is None or was.id == now.id:
            continue
        _tell(request, now, "groups/handed_over", role, request.member.person)
        _tell(request, was, "groups/relieved", role, now)
        if _is_out(request, was):
            said += request.written("groups/left_out", is_me=was.id == request.member.person.id, **_out(request, was))
        if role == Role.CHAIR and (amount := approvals.pass_on(request, now)):
            said += request.written("approvals/passed_on", person=now.name, was=was.name, amount=amount)
    return said


def refuse_by_the_way(request: Request, entry: Entry) -> None:
    """Nobody gives the secretary's work away by a line of the list: there is a command for that, which says so."""
    secretary = groups.holder(request.session, request.group.id, Role.SECRETARY, request.today)
    if entry.role != Role.SECRETARY or secretary is None or secretary.slack_id == entry.slack_id:
        return
    if entry.since <= request.today and (entry.until is None or entry.until > request.today):
        raise Refusal("one_secretary", person=secretary.name).at("role")


def _tell(request: Request, person: Person, template: str, role: Role, other: Person) -> None:
    """Write to somebody about their office, unless it was themselves who saw to it."""
    if person.id == request.member.person.id:
        return
    about = {**_out(request, person), "is_out": _is_out(request, person)}
    told = request.written(template, role=role.value, **{**about, "person": other.name})
    request.later(told, key=f"office:{request.origin.key}:{role}:{person.id}", to=person.slack_id)


def _is_out(request: Request, person: Person) -> bool:
    visitor = groups.visitor_of(request.session, request.group.id, person.slack_id, request.today)
    return visitor.member is None or not visitor.member.may(ANYONE)


def _out(request: Request, person: Person) -> dict[str, str | None]:
    """Somebody who may be out of the group, and whom they can write to."""
    secretary = groups.holder(request.session, request.group.id, Role.SECRETARY, request.today)
    return {"person": person.name, "secretary": secretary.name if secretary else None}
