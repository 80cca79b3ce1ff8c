"""Who knocks about the agenda: shown to anyone, sent by the secretary once the chair has said yes to that version."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.agenda import Item
from bot.refusals import Refusal
from bot.roles import ANYONE, SECRETARIAT
from handlers import approvals
from handlers.declared import ItemNumber, button, command
from handlers.request import Reply, Request
from storage import agenda, meetings, questions, sendings
from storage.meetings import Meeting
from storage.sendings import agenda_of
from templates import Message


@command("agenda", da="dagsorden", also=("punkter", "punkt", "items", "item"), may=ANYONE, reads=True)
def show(request: Request, number: ItemNumber | None = None) -> Reply:
    """Show the agenda of the coming meeting, else the latest, or one item of it."""
    found = meetings.coming_or_latest(request.reader, request.group.id, request.today)
    if number is None:
        items = agenda.overview(request.reader, found.id, request.member)
        time = _time(request, found.meeting.length, items)
        return request.reply("agenda/shown", meeting=found.meeting, coming=found.coming, items=items, **time)
    item = agenda.item(request.reader, found.id, number, request.member)
    return Reply([*request.written("agenda/item", item=item), *_questions(request, item)])


@command(
    "agenda send",
    da="dagsorden send",
    also=("dagsorden udsend", "agenda udsend"),
    may=SECRETARIAT,
    refuse="role_agenda_send",
)
def ask_chair(request: Request) -> Reply:
    """Ask for the chair's yes to the agenda as it stands; once it is there, send it to the channel."""
    found = meetings.coming_or_latest(request.session, request.group.id, request.today)
    meeting = meetings.row(request.session, request.group.id, found.id)
    if not agenda.overview(request.session, meeting.id, request.member):
        raise Refusal("no_items")
    return approvals.ask(request, meeting, "agenda")


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


def _questions(request: Request, item: Item) -> list[Message]:
    """The budget questions that are taken up under an item; none of one that is not for whoever looks."""
    found = questions.under(request.reader, [each.id for each in item.walk() if not each.hidden])
    return request.written("questions/under", questions=found) if found else []


def _lay_before(request: Request, meeting: Meeting, to: str, key: str) -> None:
    """The agenda for the eyes of one who sees all of it."""
    _post(request, meeting, agenda.items(request.session, meeting.id, request.member), to=to, key=key)


def _post(request: Request, meeting: Meeting, items: tuple[Item, ...], *, to: str, key: str) -> None:
    """The overview of the items to a channel or person, each item in its thread."""
    overview = request.written("agenda/posted", meeting=meeting.shown(), items=items)
    first = request.later(overview, key=key, to=to)
    for position, item in enumerate(items, 1):
        request.later(request.written("agenda/item", item=item), key=f"{key}:item:{position}", to=to, thread_of=first)


def _time(request: Request, length: int | None, items: tuple[Item, ...]) -> dict[str, Any]:
    total = sum(item.duration or 0 for item in items)
    return {"sum": total, "length": length or request.group.meeting_length, "assumed": length is None}


approvals.papers["agenda"] = approvals.Laid(lambda _, meeting: agenda_of(meeting), _lay_before)
