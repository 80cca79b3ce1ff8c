"""Who knocks about the agenda: shown to anyone, sent by the secretary once the chair has said yes to that version."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.agenda import Item
from bot.groups import Person
from bot.refusals import Refusal
from bot.roles import ANYONE, CHAIRS, SECRETARIAT, Role
from handlers.declared import ItemNumber, button, command
from handlers.request import Reply, Request
from storage import agenda, groups, meetings, sendings
from storage.meetings import Meeting
from storage.sendings import Answer, Approval, agenda_of


@command("agenda", da="dagsorden", also=("punkter", "punkt", "items", "item"), may=ANYONE, reads=True)
def show(request: Request, number: ItemNumber | None = None) -> Reply:
    """Show the agenda of the coming meeting, else the latest, or one item of it."""
    found = meetings.coming_or_latest(request.reader, request.group.id, request.today)
    if number is None:
        items = agenda.overview(request.reader, found.id, request.member)
        time = _time(request, found.meeting.length, items)
        return request.reply("agenda/shown", meeting=found.meeting, coming=found.coming, items=items, **time)
    return request.reply("agenda/item", item=agenda.item(request.reader, found.id, number, request.member))


@command(
    "agenda send",
    da="dagsorden send",
    also=("dagsorden udsend", "agenda udsend"),
    may=SECRETARIAT,
    refuse="role_agenda_send",
)
def ask_chair(request: Request) -> Reply:
    """Ask for the chair's yes to the agenda as it stands; once it is there, send it to the channel."""
    chair = _chair(request)
    found = meetings.coming_or_latest(request.session, request.group.id, request.today)
    if found.meeting.date is None:
        raise Refusal("undated")
    meeting = meetings.row(request.session, request.group.id, found.id)
    items = agenda.items(request.session, meeting.id, request.member)
    if not items:
        raise Refusal("no_items")
    approval, is_new = sendings.ask_chair(
        request.session, agenda_of(meeting), of=chair.id, by=request.member.person.id, at=request.now
    )
    if approval.answer == "yes":
        return request.reply("agenda/ready", **_ready(request, meeting, approval))
    if is_new:
        _write_to_chair(request, meeting, items, chair, approval.times)
    return request.reply("agenda/asked", chair=chair.name, again=not is_new, at=_here(request, approval.asked_at))


@button("agenda approve", may=CHAIRS, refuse="role_chair")
def approve(request: Request, meeting_id: int, version: int) -> Reply:
    """The chair says yes to a version; the secretary hears, and may send it."""
    return _answer(request, meeting_id, version, "yes")


@button("agenda hold", may=CHAIRS, refuse="role_chair")
def hold(request: Request, meeting_id: int, version: int) -> Reply:
    """The chair says not yet; the secretary hears."""
    return _answer(request, meeting_id, version, "not_yet")


@button("agenda send", may=SECRETARIAT, refuse="role_agenda_send")
def send(request: Request, meeting_id: int, version: int) -> Reply:
    """Send the agenda: the overview in the group's channel, its items in the thread."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    whole = asdict(agenda.whole(request.session, meeting.id))
    sendings.send(request.session, agenda_of(meeting), version, whole, by=request.member.person.id, at=request.now)
    meeting.agenda_is_out()
    shown = agenda.items(request.session, meeting.id, None)
    _post(request, meeting, shown, to=request.group.channel, key=f"agenda:{meeting.id}:{version}")
    return request.update("agenda/sent", at=request.now)


def _answer(request: Request, meeting_id: int, version: int, said: Answer) -> Reply:
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    chair = request.member.person
    approval = sendings.answer(request.session, agenda_of(meeting), version, said, by=chair.id, at=request.now)
    secretary = groups.secretary(request.session, request.group.id, request.today)
    template = "agenda/ready" if said == "yes" else "agenda/held"
    told = request.written(template, **_ready(request, meeting, approval))
    request.later(told, key=f"answered:{meeting.id}:{version}:{approval.times}", to=secretary.slack_id)
    return request.update(
        "agenda/chair_answered", answer=said, meeting=meeting.shown(), person=chair.name, at=request.now
    )


def _write_to_chair(request: Request, meeting: Meeting, items: tuple[Item, ...], chair: Person, times: int) -> None:
    key = f"chair:{meeting.id}:{meeting.version}:{times}"
    _post(request, meeting, items, to=chair.slack_id, key=f"{key}:agenda")
    question = request.written(
        "agenda/for_chair", meeting=meeting.shown(), meeting_id=meeting.id, asked_by=request.member.person.name
    )
    request.later(question, key=key, to=chair.slack_id)


def _post(request: Request, meeting: Meeting, items: tuple[Item, ...], *, to: str, key: str) -> None:
    """The overview of the items to a channel or person, each item in its thread."""
    overview = request.written("agenda/posted", meeting=meeting.shown(), items=items)
    first = request.later(overview, key=key, to=to)
    for position, item in enumerate(items, 1):
        request.later(request.written("agenda/item", item=item), key=f"{key}:item:{position}", to=to, thread_of=first)


def _ready(request: Request, meeting: Meeting, approval: Approval) -> dict[str, Any]:
    answered = approval.answered_at
    assert answered is not None
    return {
        "meeting": meeting.shown(),
        "meeting_id": meeting.id,
        "chair": sendings.answerer(request.session, approval),
        "approved": _here(request, answered),
    }


def _time(request: Request, length: int | None, items: tuple[Item, ...]) -> dict[str, Any]:
    total = sum(item.duration or 0 for item in items)
    return {"sum": total, "length": length or request.group.meeting_length, "assumed": length is None}


def _chair(request: Request) -> Person:
    chair = groups.holder(request.session, request.group.id, Role.CHAIR, request.today)
    if chair is None:
        raise Refusal("no_chair")
    return chair


def _here(request: Request, at: datetime) -> datetime:
    """The same moment in the group's zone."""
    return at.astimezone(request.now.tzinfo)
