"""Who knocks about the minutes: the secretary writes them, the chair says yes, the members read, the group approves."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TypedDict, Unpack

from bot import minutes as rules
from bot.agenda import Block
from bot.agenda import Item as ItemValue
from bot.dates import Day
from bot.groups import Member
from bot.minutes import Minutes
from bot.refusals import Refusal
from bot.roles import ANYONE, CHAIRS, SECRETARIAT
from handlers import approvals
from handlers.declared import ItemNumber, button, command, form
from handlers.request import Reply, Request
from storage import items, meetings, minutes, outbox, outcomes, sendings, tasks
from storage.approvals import Paper
from storage.meetings import Meeting
from templates.papers import markdown

WRITERS = SECRETARIAT | CHAIRS


class Fields(TypedDict):
    """What the form of an item's text holds: its passages, by number."""

    passage: dict[int, str | None]


@command("minutes", da="referat", also=("referater",), may=ANYONE, reads=True)
def show(request: Request, number: ItemNumber | None = None, day: Day | None = None) -> Reply:
    """Show the minutes of the latest meeting, or of the one held on a date; or one item of them."""
    reader, group_id = request.reader, request.group.id
    meeting_id = minutes.on(reader, group_id, day) if day else minutes.latest(reader, group_id)
    told = minutes.whole(request.reader, meeting_id, request.member)
    if not told.out and not request.member.may(WRITERS):
        sent = minutes.as_sent(request.reader, meeting_id, request.member)
        if sent is None:
            out = minutes.last_day_out(reader, group_id)
            raise Refusal("minutes_not_out_yet", date=told.agenda.meeting.date, out=None if day else out)
        told = sent
    if number is not None:
        writes = request.member.may(SECRETARIAT) and told.state != "approved"
        return request.reply("minutes/item", item=_numbered(told, number), writes=writes, anew=0)
    shown = _overview(request, meeting_id, told)
    return shown if day else _with_others(request, shown, meeting_id)


@button("minutes show", may=WRITERS, refuse="role_minutes", reads=True)
def look(request: Request, meeting_id: int) -> Reply:
    """The minutes of a meeting that wait for something."""
    found = minutes.begun(request.reader, request.group.id, meeting_id)
    return _overview(request, found, minutes.whole(request.reader, found, request.member))


@button("minutes write", may=SECRETARIAT)
def ask(request: Request, item_id: int) -> Reply:
    """A form with what is written under an item, passage by passage, and a field for more."""
    row = items.row(request.session, request.group.id, item_id)
    written = minutes.passages(request.session, row.id)
    titled = ItemValue(row.number, row.title)
    return request.ask("minutes write", "minutes/write", row.id, item=titled, passages=[*written, ""])


@form("minutes write", may=SECRETARIAT)
def write(request: Request, item_id: int, **fields: Unpack[Fields]) -> Reply:
    """What the fields say stands under the item from now on."""
    row, meeting = meetings.of_item(request.session, request.group.id, item_id)
    meanwhile, passages = request.meanwhile(ask(request, item_id)), fields["passage"]
    if meanwhile:
        return meanwhile
    if not passages:
        raise Refusal("stale")
    by, at = request.member.person.id, request.now
    text = "\n\n".join(passages[number] or "" for number in sorted(passages))
    begun = minutes.row(request.session, meeting)
    before = begun.version
    begun.changed(by=by, at=at)
    minutes.write(request.session, row, rules.passages(text), by=by, at=at)
    approvals.overtaken(request, meeting)
    told = minutes.whole(request.session, meeting.id, request.member)
    anew = told.version if told.version != before else 0
    return request.reply("minutes/item", item=_numbered(told, row.number), writes=True, anew=anew)


@command("minutes send", da="referat send", may=SECRETARIAT, refuse="role_minutes")
def ask_chair(request: Request, day: Day | None = None) -> Reply:
    """Ask for the chair's yes to the minutes that wait, or those of a date; once it is there, post them."""
    if day:
        return lay(request, minutes.on(request.session, request.group.id, day))
    waits = rules.to_send(minutes.unfinished(request.session, request.group.id))
    meeting_id = waits or minutes.latest(request.session, request.group.id)
    return _with_others(request, lay(request, meeting_id), meeting_id)


@button("minutes lay", may=SECRETARIAT, refuse="role_minutes")
def lay(request: Request, meeting_id: int) -> Reply:
    """Lay the minutes of a meeting before the chair."""
    begun = minutes.begun(request.session, request.group.id, meeting_id)
    meeting = meetings.row(request.session, request.group.id, begun)
    _expect_new(request, meeting)
    left = outcomes.without_outcome(request.session, meeting.id)
    undecided = outcomes.undecided(request.session, meeting.id)
    if left or undecided:
        return request.reply("minutes/left", meeting_id=meeting.id, left=left, undecided=undecided)
    return ask_anyway(request, meeting.id)


@button("minutes ask", may=SECRETARIAT, refuse="role_minutes")
def ask_anyway(request: Request, meeting_id: int) -> Reply:
    """The same, though something in them has no outcome yet."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    _expect_new(request, meeting).to_chair(by=request.member.person.id, at=request.now)
    return approvals.ask(request, meeting, "minutes")


@button("minutes send", may=SECRETARIAT, refuse="role_minutes")
def send(request: Request, meeting_id: int, version: int) -> Reply:
    """Post the minutes: a summary in the channel, the whole in its thread and as a file."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    row = minutes.row(request.session, meeting)
    by, at = request.member.person.id, request.now
    whole = minutes.whole(request.session, meeting.id, request.member)
    before = minutes.as_sent(request.session, meeting.id, None)
    sendings.send(request.session, _paper(request, meeting), version, asdict(whole), by=by, at=at)
    row.post(by=by, at=at)
    told, channel = minutes.whole(request.session, meeting.id, None), request.group.channel
    _post(request, meeting, told, channel, _key(meeting, row.version), bool(before))
    if before:
        _mark_replaced(request, meeting, before)
    said = request.update("minutes/sent", at=at, meeting=meeting.shown())
    return approvals.sent(request, _paper(request, meeting), said)


@command("minutes approve", da="referat godkend", may=WRITERS, refuse="role_minutes")
def approve(request: Request, day: Day | None = None) -> Reply:
    """Note that the group has approved the minutes that are out, or those of a date: asks first, as it freezes them."""
    if day:
        meeting_id = minutes.on(request.session, request.group.id, day)
    else:
        waits = rules.to_approve(minutes.unfinished(request.session, request.group.id))
        meeting_id = waits or minutes.latest_out(request.session, request.group.id)
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    row = minutes.row(request.session, meeting)
    rules.refuse_unfinished(row.state, _left(request, meeting))
    return request.reply("minutes/approve", meeting=meeting.shown(), meeting_id=meeting.id, version=row.version)


@button("minutes approve", may=WRITERS, refuse="role_minutes")
def freeze(request: Request, meeting_id: int, version: int = 0) -> Reply:
    """The group has approved the minutes of a meeting; `version` is which, where that was asked in a message of its
    own.
    """
    begun = minutes.begun(request.session, request.group.id, meeting_id)
    meeting = meetings.row(request.session, request.group.id, begun)
    row = minutes.row(request.session, meeting)
    if version not in (0, row.version):
        raise Refusal("stale")
    now = meetings.going_on(request.session, request.group.id, other_than=meeting.id)
    row.approve(_left(request, meeting), at_meeting=now, by=request.member.person.id, at=request.now)
    answer = request.update if version else request.reply
    return answer("minutes/approved", meeting=meeting.shown(), version=row.version)


@command("minutes correct", da="referat ret", may=SECRETARIAT, refuse="role_minutes")
def ask_reason(request: Request, day: Day | None = None) -> Reply:
    """Correct approved minutes, the latest or those of a date, in a new version with its reason, in a form."""
    group_id = request.group.id
    found = minutes.on(request.session, group_id, day) if day else minutes.latest_out(request.session, group_id)
    meeting = meetings.row(request.session, group_id, found)
    if minutes.row(request.session, meeting).state != "approved":
        raise Refusal("minutes_not_approved")
    return request.ask("minutes correct", "minutes/correct", meeting.id, meeting=meeting.shown())


@form("minutes correct", may=SECRETARIAT, refuse="role_minutes")
def correct(request: Request, meeting_id: int, reason: str) -> Reply:
    """A new version is begun; what was approved stays as it was sent."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    row = minutes.row(request.session, meeting)
    row.correct(reason, by=request.member.person.id, at=request.now)
    return _overview(request, meeting.id, minutes.whole(request.session, meeting.id, request.member))


def _expect_new(request: Request, meeting: Meeting) -> minutes.Minutes:
    """The minutes of a meeting; refused where the members have them as they stand."""
    row = minutes.row(request.session, meeting)
    if row.state in ("posted", "approved"):
        raise Refusal("minutes_are_out", date=meeting.date)
    return row


def _left(request: Request, meeting: Meeting) -> list[str]:
    """The items with recommendations of which nobody has said what came."""
    return [each.item_number for each in outcomes.without_outcome(request.session, meeting.id)]


def _overview(request: Request, meeting_id: int, told: Minutes) -> Reply:
    agreed = _agreed(request, meeting_id, request.member)
    dated = meeting_id != minutes.latest(request.reader, request.group.id)
    writes = request.member.may(SECRETARIAT)
    return request.reply("minutes/shown", minutes=told, tasks=agreed, writes=writes, dated=dated)


def _with_others(request: Request, reply: Reply, meeting_id: int) -> Reply:
    """The same, and for the secretariat other meetings' minutes that are still to be sent."""
    if not request.member.may(SECRETARIAT):
        return reply
    every = minutes.unfinished(request.reader, request.group.id)
    others = [each for each in every if each.waits and each.meeting_id != meeting_id]
    return replace(
        reply,
        messages=[*reply.messages, *request.written("minutes/others", others=others)] if others else reply.messages,
    )


def _agreed(request: Request, meeting_id: int, viewer: Member | None) -> list[Block]:
    """The tasks of a meeting that somebody, or (None) everybody, may know of, a line each."""
    found = tasks.of_meeting(request.reader, meeting_id)
    return [Block("bullet", request.voice.task(each)) for each in found if each.seen_by(viewer)]


def _post(request: Request, meeting: Meeting, told: Minutes, to: str, key: str, replaces: bool) -> None:
    """A summary, in its thread the whole item by item, and all of it as a file; what `replaces` other minutes says
    which version it is.
    """
    agreed = _agreed(request, meeting.id, None)
    said = request.written("minutes/posted", minutes=told, tasks=agreed, replaces=replaces, replaced=False)
    first = request.later(said, key=key, to=to)
    for position, item in enumerate(told.agenda.items, 1):
        said = request.written("minutes/item", item=item, writes=False, anew=0)
        request.later(said, key=f"{key}:item:{position}", to=to, thread_of=first)
    text = markdown.minutes(told, [each.text for each in agreed], request.group, request.voice)
    day = meeting.date.isoformat() if meeting.date else str(meeting.id)
    title = request.voice.plain("minutes.file", date=request.voice.day(meeting.date) if meeting.date else "")
    name = f"referat-{day}-version-{told.version}.md" if replaces else f"referat-{day}.md"
    request.attach(name, title, text, key=f"{key}:file", to=to, thread_of=first)


def _mark_replaced(request: Request, meeting: Meeting, before: Minutes) -> None:
    """The post of minutes that were sent before says that others have come in their place."""
    key = _key(meeting, before.version)
    letter = outbox.find(request.session, f"{key}:1")
    if letter is not None:
        tasks = _agreed(request, meeting.id, None)
        said = request.written("minutes/posted", minutes=before, tasks=tasks, replaces=False, replaced=True)
        request.mend(said, key=f"{key}:replaced", of=letter, to=request.group.channel)


def _lay_before(request: Request, meeting: Meeting, to: str, key: str) -> None:
    """The minutes for the eyes of one who sees all of them."""
    replaces = sendings.last_sent(request.session, meeting.id, "minutes") is not None
    _post(request, meeting, minutes.whole(request.session, meeting.id, request.member), to, key, replaces)


def _hold_back(request: Request, meeting: Meeting) -> None:
    minutes.row(request.session, meeting).held_back(by=request.member.person.id, at=request.now)


def _paper(request: Request, meeting: Meeting) -> Paper:
    return Paper("minutes", meeting, minutes.row(request.session, meeting).version)


def _key(meeting: Meeting, version: int) -> str:
    return f"minutes:{meeting.id}:{version}"


def _numbered(told: Minutes, number: str) -> ItemValue:
    found = next((item for item in told.agenda.walk() if number in (item.number, item.listed_as)), None)
    if found is None:
        raise Refusal("no_such_minutes_item", number=number, numbers=[item.number for item in told.agenda.walk()])
    return found


approvals.papers["minutes"] = approvals.Laid(_paper, _lay_before, held=_hold_back)
