"""Who knocks to set the group up: the channel becomes its home, somebody its secretary, somebody its chair."""

from __future__ import annotations

from bot.refusals import Refusal
from bot.roles import CHAIRS, SECRETARIAT, Role
from handlers.declared import Mention, command
from handlers.request import Reply, Request, Stranger
from storage import groups


@command("setup", da="opsætning", also=("opsæt",), may=SECRETARIAT | CHAIRS, founds=True, refuse="role_setup")
def setup(request: Request) -> Reply:
    """Make the channel the group's home with you as its secretary, or see what is set and what is not."""
    secretary = groups.secretary(request.session, request.group.id, request.today)
    chair = groups.holder(request.session, request.group.id, Role.CHAIR, request.today)
    named = {"secretary": secretary.name, "chair": chair and chair.name}
    return request.reply("groups/setup", founded=request.founded, **named)


@command("setup chair", da="opsætning formand", may=SECRETARIAT | CHAIRS, refuse="role_setup")
def name_chair(request: Request, person: Mention) -> Reply:
    """Name the chair, who says yes before anything is sent."""
    row = groups.group(request.session, request.group.id)
    chair = groups.person(request.session, person)
    if not chair.seen:
        raise Stranger(person)
    if chair.guest:
        raise Refusal("guest", person=chair.name)
    me = groups.person(request.session, request.member.person.slack_id)
    row.appoint(request.session, chair, Role.CHAIR, by=me, at=request.now, on=request.today)
    return request.reply("groups/chair", chair=chair.name, since=request.today)
