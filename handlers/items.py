"""Who knocks about an item: the secretary takes it on the agenda, postpones it, leaves it out, edits and moves it."""

from __future__ import annotations

from typing import Literal, Unpack

from bot import proposals as rules
from bot.proposals import Proposal
from bot.refusals import Refusal
from bot.reminders import AHEAD
from bot.roles import ANYONE, SECRETARIAT
from handlers import agenda, unanswered
from handlers.declared import button, form
from handlers.proposals import Fields, done, filled, form_of, mend, tell
from handlers.request import Reply, Request
from storage import items, meetings, order, proposals, questions
from storage.agenda import overview
from storage.items import Item
from storage.meetings import Meeting

OPTION = 75  # letters in a menu


@button("proposal accept", may=SECRETARIAT)
def accept(request: Request, item_id: int, meeting_id: int) -> Reply:
    """Put a proposal on the agenda of the meeting it is for."""
    found = _waiting(request, item_id, meeting_id)
    to = proposals.meeting_for(request.session, request.group.id, found.meeting_id, request.today)
    meeting = meetings.row(request.session, request.group.id, to.id)
    row = items.row(request.session, request.group.id, item_id)
    _put_on(request, row, meeting)
    return done(request, row)


@button("proposal postpone", may=SECRETARIAT)
def postpone(request: Request, item_id: int, meeting_id: int) -> Reply:
    """Keep a proposal for the meeting after the one it is for."""
    found = _waiting(request, item_id, meeting_id)
    now = proposals.coming_for(request.session, request.group.id, found.meeting_id, request.today)
    following = meetings.following(request.session, request.group.id, now.meeting.date if now else None)
    row = items.row(request.session, request.group.id, item_id)
    row.postpone(to=following, by=request.member.person.id, at=request.now)
    tell(request, proposals.row(request.session, request.group.id, item_id), "postponed")
    return done(request, row)


@button("proposal leave out", may=SECRETARIAT)
def ask_reason(request: Request, item_id: int, meeting_id: int) -> Reply:
    """A form that asks why a proposal is left out."""
    found = _waiting(request, item_id, meeting_id)
    return request.ask("proposal leave out", "proposals/leave_out", item_id, titled=found.item.title)


@form("proposal leave out", may=SECRETARIAT)
def leave_out(request: Request, item_id: int, meeting_id: int = 0, *, reason: str) -> Reply:
    """A proposal comes on no agenda, and its maker is told why; nor does an item any more, on a meeting's agenda."""
    row = items.row(request.session, request.group.id, item_id)
    by, at = request.member.person.id, request.now
    if meeting_id:
        meeting = _agenda_of(request, item_id, meeting_id)
        order.take_off(request.session, row, to=meeting.id, by=by, at=at)
        row.leave_out(reason, by=by, at=at)
        questions.taken_off(request.session, meeting, [row.id])
        return _off(request, row, meeting, "left_out")
    row.leave_out(reason, by=by, at=at)
    unanswered.wait_again(request, [row.id])
    tell(request, proposals.row(request.session, request.group.id, item_id), "left_out")
    return done(request, row)


@button("item put back", may=SECRETARIAT)
def put_back(request: Request, item_id: int, meeting_id: int) -> Reply:
    """An item that was left out is on its agenda again, with all that it says, among the last."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    row = items.row(request.session, request.group.id, item_id)
    if meeting.state not in AHEAD or row.meeting_id != meeting.id:
        raise Refusal("item_over")
    row.bring_back(by=request.member.person.id, at=request.now)
    _put_on(request, row, meeting)
    mend(request, row.id)
    return _shown(request, row, meeting, mended=False)


@button("item postpone", may=SECRETARIAT)
def put_off(request: Request, item_id: int, meeting_id: int) -> Reply:
    """Take an item off its agenda, to be proposed for the next meeting."""
    meeting = _agenda_of(request, item_id, meeting_id)
    row = items.row(request.session, request.group.id, item_id)
    following = meetings.following(request.session, request.group.id, meeting.date)
    order.take_off(request.session, row, to=following, by=request.member.person.id, at=request.now)
    return _off(request, row, meeting, "postponed")


@button("item leave out", may=SECRETARIAT)
def ask_why(request: Request, item_id: int, meeting_id: int) -> Reply:
    """A form that asks why an item does not come on its agenda after all."""
    _agenda_of(request, item_id, meeting_id)
    found = proposals.row(request.session, request.group.id, item_id)
    return request.ask("proposal leave out", "proposals/leave_out", item_id, meeting_id, titled=found.item.title)


@button("item edit", may=ANYONE)
def ask(request: Request, item_id: int) -> Reply:
    """A form with what an item says; for the secretary, and while it waits for whoever proposed it."""
    return _form(request, item_id)


@button("item edit more", may=ANYONE)
def ask_more(request: Request, item_id: int, new: int) -> Reply:
    """The form that is open, with so many new rows for recommendations; what was written in it stays."""
    return request.extended(_form(request, item_id, new))


@form("item edit", may=ANYONE)
def edit(request: Request, item_id: int, after: str | None = None, **fields: Unpack[Fields]) -> Reply:
    """The item says what the form does, and stands where it says."""
    found = _mine(request, item_id)
    meeting = _meeting(request, found)
    row = items.row(request.session, request.group.id, item_id)
    meanwhile = request.meanwhile(_form(request, item_id, len(fields["newverb"])))
    if meanwhile:
        return meanwhile
    new = filled(request, found.item, found.by or request.member.person, **fields)
    by, at = request.member.person.id, request.now
    has_moved = bool(after) and after != _places(request, found)[1]
    if new != found.item:
        row.edit(new, by=by, at=at)
    if has_moved and after and after.isdecimal():
        order.place(request.session, row, int(after), by=by, at=at)
    if meeting is None or not (has_moved or new != found.item):
        return done(request, row)
    mended = agenda.changed(request, meeting, 0 if has_moved else row.id)
    return _shown(request, row, meeting, mended)


def _form(request: Request, item_id: int, new: int = 0) -> Reply:
    found = _mine(request, item_id)
    return form_of(request, found.item, rules.written(found.item, request.language, new), *_places(request, found))


def _waiting(request: Request, item_id: int, meeting_id: int) -> Proposal:
    """A proposal that still waits for the meeting a button was drawn for; one that had none may have got one."""
    found = proposals.row(request.session, request.group.id, item_id)
    if found.item.state != "proposed" or (meeting_id and found.meeting_id != meeting_id):
        raise Refusal("not_waiting")
    return found


def _mine(request: Request, item_id: int) -> Proposal:
    found = proposals.row(request.session, request.group.id, item_id)
    may = request.member.may(SECRETARIAT) or (found.is_by(request.member) and found.item.state == "proposed")
    if not may:
        raise Refusal("stale")
    if found.item.state not in ("proposed", "accepted"):
        raise Refusal("item_over")
    return found


def _meeting(request: Request, found: Proposal) -> Meeting | None:
    """The meeting on whose agenda an item is; refused where that is over."""
    if found.item.state != "accepted" or found.meeting_id is None:
        return None
    meeting = meetings.row(request.session, request.group.id, found.meeting_id)
    if meeting.state not in AHEAD:
        raise Refusal("item_over")
    return meeting


def _agenda_of(request: Request, item_id: int, meeting_id: int) -> Meeting:
    """The meeting on whose agenda an item is, which a button was drawn for; refused where it is not there any more."""
    found = proposals.row(request.session, request.group.id, item_id)
    meeting = _meeting(request, found)
    if meeting is None or meeting.id != meeting_id:
        raise Refusal("stale")
    return meeting


def _put_on(request: Request, row: Item, meeting: Meeting) -> None:
    """What waits is on a meeting's agenda, which has its next version; whoever proposed it hears."""
    standing = request.voice.plain("agenda.first_item"), request.voice.plain("agenda.last_item")
    by, at = request.member.person.id, request.now
    order.put_on(request.session, row, to=meeting.id, standing=standing, by=by, at=at)
    agenda.changed(request, meeting)
    tell(request, proposals.row(request.session, request.group.id, row.id), "accepted")


def _off(request: Request, row: Item, meeting: Meeting, fate: Literal["postponed", "left_out"]) -> Reply:
    """The agenda without an item: its next version. Whoever proposed the item hears what has become of it."""
    agenda.changed(request, meeting)
    found = proposals.row(request.session, request.group.id, row.id)
    tell(request, found, fate)
    mend(request, row.id)
    left = overview(request.session, meeting.id, request.member)
    said = request.written(
        "agenda/taken_off",
        proposal=found,
        fate=fate,
        items=left,
        meeting_id=meeting.id,
        **agenda.standing(request, meeting),
    )
    return Reply(said, update=request.origin.surface == "button")


def _places(request: Request, found: Proposal) -> tuple[list[tuple[str, str]], str]:
    """After which items one may stand, and after which it does; no choice for what is not on an agenda by itself."""
    lines = order.lines(request.session, found.meeting_id or 0) if found.item.state == "accepted" else ()
    at = next((n for n, each in enumerate(lines) if each.id == found.item.id), None)
    if at is None:
        return [], ""
    others = [(str(each.id), f"{each.number}. {each.title}"[:OPTION]) for each in lines if each.id != found.item.id]
    places = [("0", request.voice.plain("field.after_none")), *others[:99]]
    return places, str(lines[at - 1].id) if at else "0"


def _shown(request: Request, row: Item, meeting: Meeting, mended: bool) -> Reply:
    found = proposals.row(request.session, request.group.id, row.id)
    values = agenda.standing(request, meeting)
    follows = order.follows(request.session, meeting.id)
    return request.reply(
        "agenda/edited", item=found.item, meeting_id=meeting.id, mended=mended, follows=follows, **values
    )
