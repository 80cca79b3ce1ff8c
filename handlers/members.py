"""Who knocks about the member list: who takes part as what, for whom, from when, and how they are reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot import members as rules
from bot.members import Participant, Reach
from bot.refusals import Refusal
from bot.roles import CHAIRS, SECRETARIAT, Role
from handlers import offices
from handlers.declared import button, command, form
from handlers.request import Reply, Request, Stranger
from storage import groups, members

SETTERS = SECRETARIAT | CHAIRS


@command("setup members", da="opsætning medlemmer", also=("medlemmer", "members"), may=SETTERS, refuse="role_setup")
def show(request: Request) -> Reply:
    """Show who takes part as what, for whom, from when and how they are reached; add and change them."""
    return _list(request)


@button("member add", may=SETTERS, refuse="role_setup")
def ask(request: Request) -> Reply:
    """A form for somebody new."""
    return _form(request, Participant(0, "", Role.MEMBER, request.today))


@button("member change", may=SETTERS, refuse="role_setup")
def ask_again(request: Request, appointment_id: int) -> Reply:
    """A form for somebody on the list."""
    return _form(request, members.one(request.session, request.group.id, appointment_id))


@form("member", may=SETTERS, refuse="role_setup")
def enter(
    request: Request,
    appointment_id: int,
    person: str | None,
    name: str | None,
    organisation: str | None,
    role: str,
    reached: Reach,
    mail: str | None,
    since: date | None,
    until: date | None,
) -> Reply:
    """The list says so from now on."""
    if role not in set(Role):
        raise Refusal("stale")
    entry = rules.entered(person, name, organisation, Role(role), reached, mail, since, until, today=request.today)
    if person:
        _refuse_guest(request, person, entry.role)
    was = members.one(request.session, request.group.id, appointment_id).role if appointment_id else None
    if Role.SECRETARY in (entry.role, was) and not request.member.may(SECRETARIAT):
        raise Refusal("role_setup", secretary=None).at("role")
    offices.refuse_by_the_way(request, entry)
    home = groups.locked(request.session, request.group.id)
    meanwhile = request.meanwhile(ask_again(request, appointment_id)) if appointment_id else None
    if meanwhile:
        return meanwhile
    by, at, before = request.member.person.id, request.now, offices.held(request)
    if appointment_id:
        members.change(request.session, home, appointment_id, entry, by=by, at=at)
    else:
        members.enter(request.session, home, entry, by=by, at=at)
    told = offices.handed_over(request, before)
    return Reply(_list(request).messages + told)


def _list(request: Request) -> Reply:
    mine = (request.reader, request.group.id, request.today)
    has_list = members.has_list(request.reader, request.group.id)
    return request.reply("members/shown", people=members.listed(*mine), former=members.former(*mine), has_list=has_list)


def _form(request: Request, one: Participant) -> Reply:
    return request.ask("member", "members/form", one.id, one=replace(one, name="" if one.slack_id else one.name))


def _refuse_guest(request: Request, slack_id: str, role: Role) -> None:
    """A guest of the workspace is nobody here but a guest; somebody we don't know is asked about first."""
    found = groups.person(request.session, slack_id)
    if not found.seen:
        raise Stranger(slack_id)
    if found.guest and role != Role.GUEST:
        raise Refusal("guest", person=found.name).at("person")
