"""Who knocks to set the group up: the channel becomes its home, somebody its secretary, somebody its chair."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from bot.groups import Language
from bot.members import in_office
from bot.refusals import Refusal
from bot.reminders import BY_KEY, DEFAULTS, Announce, Setup
from bot.roles import CHAIRS, SECRETARIAT, Role
from handlers import offices
from handlers.declared import Mention, button, command, form
from handlers.request import Reply, Request, Stranger
from storage import groups, members
from storage.groups import Person

SETTERS = SECRETARIAT | CHAIRS
LENGTHS, RHYTHMS, DAYS = range(15, 601), range(13), range(61)  # minutes, months, and working days before


@command("setup", da="opsætning", also=("opsæt",), may=SETTERS, founds=True, refuse="role_setup")
def setup(request: Request) -> Reply:
    """Make the channel the group's home with you as its secretary, or see what is set and change it."""
    return _shown(request, request.founded)


@command("setup chair", da="opsætning formand", may=SETTERS, refuse="role_setup")
def name_chair(request: Request, person: Mention) -> Reply:
    """Name the chair, who says yes before anything is sent."""
    return _named(request, person, Role.CHAIR)


@command(
    "setup deputy", da="opsætning næstformand", also=("setup deputy chair", "opsætning viceformand"), may=SETTERS,
    refuse="role_setup",
)  # fmt: skip
def name_deputy(request: Request, person: Mention) -> Reply:
    """Name the deputy chair, who may say yes in the chair's place."""
    return _named(request, person, Role.DEPUTY_CHAIR)


@command("setup secretary", da="opsætning sekretær", may=SECRETARIAT, refuse="role_setup")
def name_secretary(request: Request, person: Mention) -> Reply:
    """Hand the secretary's work over to somebody else."""
    return _named(request, person, Role.SECRETARY)


@button("setup change", may=SETTERS, refuse="role_setup")
def ask(request: Request) -> Reply:
    """A form with everything that can be set."""
    row = groups.group(request.session, request.group.id)
    rules = Setup.from_dict(row.setup or {})
    chair, deputy = (groups.holder(request.session, row.id, role, request.today) for role in _CHAIRS)
    members = [each.slack_id for each in groups.members(request.session, row.id, request.today)]
    return request.ask(
        "setup",
        "groups/form",
        chair=chair and chair.slack_id,
        deputy=deputy and deputy.slack_id,
        members=members,
        rules=rules,
        reminders=[(rule.key, request.voice.plain(f"rule.{rule.key}")) for rule in DEFAULTS],
        chosen=[rule.key for rule in DEFAULTS if rules.has(rule)],
        task_days=rules.lead(BY_KEY["task_due"]).number,
        within={"length": LENGTHS, "rhythm": RHYTHMS, "days": DAYS},
    )


@form("setup", may=SETTERS, refuse="role_setup")
def change(
    request: Request,
    language: Language,
    chair: str | None,
    deputy: str | None,
    members: tuple[str, ...],
    room: str | None,
    length: Annotated[int, LENGTHS],
    rhythm: Annotated[int, RHYTHMS],
    proposals_days: Annotated[int, DAYS],
    material_days: Annotated[int, DAYS],
    task_days: Annotated[int, DAYS],
    announce: Announce,
    reminders: tuple[str, ...],
) -> Reply:
    """What the form says is how it is from now on."""
    if proposals_days < material_days:
        raise Refusal("proposals_after_agenda", days=material_days).at("proposals_days")
    row = groups.locked(request.session, request.group.id)
    meanwhile = request.meanwhile(ask(request))
    if meanwhile:
        return meanwhile
    by, at, before = request.member.person.id, request.now, offices.held(request)
    for slack_id, role in zip((chair, deputy), _CHAIRS, strict=True):
        if slack_id:
            _appoint(request, _known(request, slack_id, "chair" if role == Role.CHAIR else "deputy"), role)
    admitted = [_known(request, each, "members") for each in members]
    row.admit(request.session, admitted, by=by, at=at, on=request.today)
    if not BY_KEY.keys() >= set(reminders):
        raise Refusal("stale")
    off = frozenset(BY_KEY.keys() - set(reminders))
    kept = Setup.from_dict(row.setup or {})
    rules = replace(
        kept,
        proposals_days=proposals_days,
        material_days=material_days,
        rhythm=rhythm,
        announce=announce,
        off=off,
    )
    rules = replace(rules, leads={**kept.leads, "task_due": task_days})
    row.settle(request.session, language, length, room, rules.as_dict(), by=by, at=at)
    request.group = replace(request.group, language=language, meeting_length=length, room=room, setup=rules.as_dict())
    told = offices.handed_over(request, before)
    return Reply(_shown(request, founded=False).messages + told)


_CHAIRS = (Role.CHAIR, Role.DEPUTY_CHAIR)


def _shown(request: Request, founded: bool) -> Reply:
    """All that is set, briefly, and what is not."""
    rules = Setup.of(request.group)
    listed = members.listed(request.reader, request.group.id, request.today)
    return request.reply(
        "groups/setup",
        founded=founded,
        offices=[(role.value, *in_office(listed, role, request.today)) for role in offices.OFFICES],
        named=[each for each in listed if each.role == Role.MEMBER and each.since <= request.today],
        has_list=members.has_list(request.reader, request.group.id),
        rules=rules,
        on=sum(rules.has(rule) for rule in DEFAULTS),
        of=len(DEFAULTS),
    )


def _named(request: Request, slack_id: str, role: Role) -> Reply:
    """Somebody has an office from today."""
    person, before = _known(request, slack_id), offices.held(request)
    _appoint(request, person, role)
    named = request.written("groups/named", role=role.value, person=person.name, since=request.today)
    return Reply(named + offices.handed_over(request, before))


def _known(request: Request, slack_id: str, field: str = "") -> Person:
    """Somebody Slack has told us about, and no guest of the workspace; chosen in a field, where in a form."""
    person = groups.person(request.session, slack_id)
    if not person.seen:
        raise Stranger(slack_id)
    if person.guest:
        raise Refusal("guest", person=person.name).at(field)
    return person


def _appoint(request: Request, person: Person, role: Role) -> None:
    """Give somebody a role, unless it is theirs already."""
    holder = groups.holder(request.session, request.group.id, role, request.today)
    if holder and holder.id == person.id:
        return
    row = groups.group(request.session, request.group.id)
    me = groups.person(request.session, request.member.person.slack_id)
    row.appoint(request.session, person, role, by=me, at=request.now, on=request.today)
