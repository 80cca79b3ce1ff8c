"""Who knocks about the meetings: when the next one is, a new one, one moved or called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any, Literal

from bot import calendar
from bot import meetings as rules
from bot.meetings import Meeting as MeetingValue
from bot.refusals import Refusal
from bot.reminders import AHEAD, Setup
from bot.roles import ANYONE, CHAIRS, SECRETARIAT
from handlers import approvals, proposals, unanswered
from handlers.agenda import post
from handlers.declared import button, command, form, shortcut
from handlers.request import Reply, Request, whole
from storage import agenda, carried, items, meetings, minutes, order, outcomes, reminders, sendings
from storage.meetings import Meeting

SETTERS = SECRETARIAT | CHAIRS


@command(
    "meeting", da="møde", also=("møder", "meetings", "næste møde", "next meeting", "hvornår"), may=ANYONE, reads=True
)
def show(request: Request) -> Reply:
    """Show when and where the next meeting is, and the two after it."""
    coming = meetings.coming(request.reader, request.group.id, request.today, at_most=3)
    found = coming or [meetings.coming_or_latest(request.reader, request.group.id, request.today)]
    return request.reply("meetings/shown", meetings=[each.meeting for each in found], coming=bool(coming))


@command("meeting new", da="møde ny", also=("møde nyt", "meeting plan"), may=SETTERS, reads=True, refuse="role_meeting")
def ask_when(request: Request, when: str = "") -> Reply:
    """Set a new meeting, in a form; what is typed after it is its time."""
    proposed = None if when else _a_rhythm_later(request)
    return request.ask("meeting new", "meetings/plan", choices=[], typed=when, place="", proposed=proposed)


@button("meeting new", may=SETTERS, refuse="role_meeting", reads=True)
@shortcut("meeting new", called="Sæt et møde", may=SETTERS, refuse="role_meeting")
def ask_from_anywhere(request: Request) -> Reply:
    """Set a new meeting, in a form."""
    return ask_when(request)


@command("meeting start", da="møde start", also=("begynd møde",), may=SETTERS, refuse="role_meeting")
def start(request: Request) -> Reply:
    """Begin today's meeting, so that decisions can be recorded."""
    found = meetings.begun_or_today(request.session, request.group.id, request.today)
    row = meetings.row(request.session, request.group.id, found)
    row.open(by=request.member.person.id, at=request.now)
    items, sent = (
        agenda.overview(request.session, row.id, request.member),
        sendings.sent_version(request.session, row.id),
    )
    waiting = 0 if items else proposals.waiting_for(request, row.id)
    about = {"meeting_id": row.id, "items": items, "sent": sent, "amount": waiting}
    return request.reply("meetings/started", meeting=row.shown(), **about)


@button("meeting undo", may=SETTERS, refuse="role_meeting")
def undo_start(request: Request, meeting_id: int) -> Reply:
    """The meeting was begun by mistake, and nothing has come of it: it lies ahead as before."""
    row = meetings.row(request.session, request.group.id, meeting_id)
    if minutes.are_begun(request.session, row.id):
        raise Refusal("meeting_has_minutes")
    was_sent = sendings.sent_version(request.session, row.id) is not None
    row.undo_open(was_sent=was_sent, by=request.member.person.id, at=request.now)
    return request.update("meetings/start_undone", meeting=row.shown())


@command("meeting end", da="møde slut", also=("afslut møde", "meeting close"), may=SETTERS, refuse="role_meeting")
def end(request: Request) -> Reply:
    """End the meeting, and see which recommendations have no outcome; typed again, which still have none."""
    found = meetings.begun_or_today(request.session, request.group.id, request.today)
    row = meetings.row(request.session, request.group.id, found)
    left = outcomes.without_outcome(request.session, row.id)
    undecided = outcomes.undecided(request.session, row.id)
    again = unanswered.wait_again(request, items.of_meeting(request.session, row.id))
    if row.state != "closed" or not (left or undecided):
        row.close(by=request.member.person.id, at=request.now)
    return request.reply(
        "meetings/ended", meeting=row.shown(), meeting_id=row.id, left=left, undecided=undecided, again=again
    )


@button("meeting unreached", may=SETTERS, refuse="role_meeting")
def leave_unreached(request: Request, meeting_id: int) -> Reply:
    """What has no outcome was not reached, and comes back as a proposal for the next meeting."""
    row = meetings.row(request.session, request.group.id, meeting_id)
    by, at = request.member.person.id, request.now
    minutes.changed(request.session, row, by=by, at=at)
    unreached = outcomes.mark_unreached(request.session, row, request.language, by=by, at=at)
    asked_before = "decisions" in approvals.overtaken(request, row)
    following = meetings.following(request.session, row.group_id, row.date)
    for each in unreached:
        again = carried.carry(request.session, each, to=following, by=by, at=at)
        proposals.lay_before_secretary(request, again.id)
    numbers = [each.number for each in unreached]
    return request.update(
        "meetings/unreached", meeting=row.shown(), numbers=numbers, comes_back=following is not None,
        asked_before=asked_before,
    )  # fmt: skip


@command("meeting move", da="møde flyt", may=SETTERS, reads=True, refuse="role_meeting")
def ask_where_to(request: Request, when: str = "") -> Reply:
    """Move a meeting, in a form; it stays the same meeting, and its posted agenda is mended."""
    return request.ask("meeting move", "meetings/plan", choices=_choices(request), typed=when, place="", proposed=None)


@command("meeting cancel", da="møde aflys", also=("aflys møde",), may=SETTERS, reads=True, refuse="role_meeting")
def ask_which(request: Request) -> Reply:
    """Call a meeting off, in a form; its posted agenda says so."""
    return request.ask("meeting cancel", "meetings/cancel", choices=_choices(request))


@form("meeting new", may=SETTERS, refuse="role_meeting")
def plan(
    request: Request,
    when: str | None,
    day: date | None,
    start: time | None,
    end: time | None,
    place: str | None,
    anyway: tuple[Literal["holiday"], ...],
) -> Reply:
    """The meeting is set."""
    value = rules.placed(_proposed(request, when, day, start, end, anyway), place)
    row = meetings.plan(request.session, request.group.id, value, by=request.member.person.id, at=request.now)
    return request.reply("meetings/done", what="planned", meeting=row.shown(), anew=False, amount=0, waits_on=0)


@form("meeting move", may=SETTERS, refuse="role_meeting")
def move(
    request: Request,
    which: str,
    when: str | None,
    day: date | None,
    start: time | None,
    end: time | None,
    place: str | None,
    anyway: tuple[Literal["holiday"], ...],
    chair: tuple[Literal["yes"], ...],
) -> Reply:
    """The meeting is moved, and whoever was told of it is told where to. An agenda that has not been sent yet says
    something else now, and needs the chair's yes to it.
    """
    row = _row(request, which, chair)
    to = rules.placed(_proposed(request, when, day, start, end, anyway), place)
    meetings.refuse_same_day(request.session, request.group.id, to.date, other_than=row.id)
    before = row.move(to, by=request.member.person.id, at=request.now)
    anew = rules.differ(before, row.shown()) and sendings.revise_unsent(request.session, row)
    approvals.overtaken(request, row)
    _tell(request, row, "moved", before, reason=None)
    return request.reply("meetings/done", what="moved", meeting=row.shown(), anew=anew, amount=0, waits_on=0)


@form("meeting cancel", may=SETTERS, refuse="role_meeting")
def cancel(request: Request, which: str, reason: str | None, chair: tuple[Literal["yes"], ...]) -> Reply:
    """The meeting is called off, and whoever was told of it is told why; its items are proposals again."""
    row = _row(request, which, chair, bool(reason))
    before = row.cancel(by=request.member.person.id, at=request.now)
    _tell(request, row, "cancelled", before, reason)
    return request.reply(
        "meetings/done", what="cancelled", meeting=row.shown(), anew=False, **_bring_back(request, row)
    )


def _a_rhythm_later(request: Request) -> MeetingValue | None:
    """The next meeting by the group's rhythm, at the hours of the last one; None without a rhythm."""
    months = Setup.of(request.group).rhythm
    last = meetings.last(request.reader, request.group.id)
    if not months or last is None or last.date is None:
        return None
    return replace(last, date=rules.next_by_rhythm(last.date, months, request.today))


def _choices(request: Request) -> list[tuple[str, str]]:
    """The meetings that can be moved or called off: those that have not begun."""
    coming = meetings.coming(request.reader, request.group.id, request.today)
    ahead = [each for each in coming if each.meeting.state in AHEAD]
    if not ahead:
        raise Refusal("only_begun_meeting" if coming else "no_coming_meeting")
    return [(str(each.id), request.voice.when(each.meeting)[:75]) for each in ahead]


def _proposed(
    request: Request,
    when: str | None,
    day: date | None,
    start: time | None,
    end: time | None,
    anyway: tuple[Literal["holiday"], ...],
) -> MeetingValue:
    value = rules.proposed(when, day, start, end, today=request.today, length=request.group.meeting_length)
    assert value.date is not None
    name = calendar.name(value.date, request.language)
    if name and not anyway:
        raise Refusal("holiday", date=value.date, holiday=name).at("when" if day is None else "day")
    return value


def _row(request: Request, which: str, chair: tuple[Literal["yes"], ...], writes: bool = False) -> Meeting:
    """The meeting's row; where the members are told, the chair must have said yes to tell them something else."""
    row = meetings.row(request.session, request.group.id, whole(which) or 0)
    if chair or request.member.may(CHAIRS):
        return row
    if row.state == "agenda_sent":
        raise Refusal("chair_first").at("chair")
    if writes or reminders.have_told(request.session, row.group_id, row.id):
        raise Refusal("chair_first_told").at("chair")
    return row


def _tell(request: Request, row: Meeting, what: str, before: MeetingValue, reason: str | None) -> None:
    """Say in the channel what has become of a meeting that was spoken of there, or where somebody wrote why: in the
    thread of its agenda, which is mended, else by itself.
    """
    posted, channel, stamp = post(request.session, row), request.group.channel, f"{what}:{request.origin.key}"
    told = request.written("meetings/told", what=what, before=before, meeting=row.shown(), reason=reason)
    if posted:
        overview = request.written("agenda/posted", meeting=row.shown(), items=posted.items)
        request.mend(overview, key=f"{posted.key}:{stamp}:post", of=posted.letter, to=channel)
        request.later(told, key=f"{posted.key}:{stamp}", to=channel, thread_of=posted.letter)
    elif reason or reminders.have_told(request.session, row.group_id, row.id):
        request.later(told, key=f"meeting:{row.id}:{stamp}", to=channel)


def _bring_back(request: Request, row: Meeting) -> dict[str, Any]:
    """The items of a meeting that is called off are proposals for the next one, whose makers are told, and what was
    proposed for it waits for that: how many there are of each, and when it is.
    """
    following = meetings.following(request.session, row.group_id, row.date)
    by, at = request.member.person.id, request.now
    back, waiting = order.clear(request.session, row.group_id, row.id, to=following, by=by, at=at)
    for each in back:
        proposals.come_back(request, each.id, why="cancelled")
    for each in waiting:
        proposals.come_back(request, each.id, why="waits_on")
    next_day = meetings.value(request.session, following).date if following else None
    return {"amount": len(back), "waits_on": len(waiting), "next_day": next_day}
