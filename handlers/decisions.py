"""Who knocks about the decisions that stand in the register: taken back, settled, announced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from bot.decisions import AWAITING, Recorded
from bot.proposals import Proposal
from bot.refusals import Refusal
from bot.reminders import Setup
from bot.roles import SECRETARIAT
from handlers import approvals
from handlers import proposals as cards
from handlers.declared import button, command
from handlers.request import Reply, Request
from storage import decisions, meetings, minutes, outbox, outcomes, proposals, register, sendings
from storage.approvals import Paper
from storage.items import Item
from storage.meetings import Meeting
from storage.register import RECORDERS
from templates import Message


@button("decision undo", may=RECORDERS, refuse="role_decisions")
def undo(request: Request, decision_id: int, alone: int = 0) -> Reply:
    """Take a decision back that nobody has heard of; `alone` tells that the button's message is about this one only."""
    row = decisions.row(request.session, request.group.id, decision_id)
    meeting = meetings.row(request.session, request.group.id, row.meeting_id)
    by, at = request.member.person.id, request.now
    minutes.changed(request.session, meeting, by=by, at=at)
    opened = len(row.answered())
    again = carried(request, row.undo(by=by, at=at))
    dead = "decisions" in approvals.overtaken(request, meeting)
    still_new = bool(register.recorded(request.session, meeting.id, request.member))
    asked = _asked_at_once(request, meeting) if dead and still_new else []
    undone, before = (each and register.one(request.session, each) for each in (row.id, row.replaces_id))
    reply = (request.update if alone else request.reply)(
        "decisions/undone", decision=undone, restored=before, carried=again, opened=opened,
        asked_before=dead and not asked, still_new=still_new,
    )  # fmt: skip
    return replace(reply, messages=[*reply.messages, *asked])


@button("decision agreed", may=SECRETARIAT, refuse="role_decisions")
def agree(request: Request, decision_id: int, alone: int = 0) -> Reply:
    """What a decision waited for has come: it is final; `alone` is as of `undo`."""
    return _settle(request, decision_id, agreed=True, alone=bool(alone))


@button("decision lapsed", may=SECRETARIAT, refuse="role_decisions")
def lapse(request: Request, decision_id: int, alone: int = 0) -> Reply:
    """What a decision waited for will not come: it has lapsed."""
    return _settle(request, decision_id, agreed=False, alone=bool(alone))


@command("decisions send", da="beslutninger send", may=SECRETARIAT, refuse="role_decisions")
def ask_chair(request: Request) -> Reply:
    """Ask for the chair's yes to the decisions of a meeting, the first that has new ones; once it is there, announce
    them.
    """
    found = register.to_announce(request.session, request.group.id)
    return approvals.ask(request, meetings.row(request.session, request.group.id, found), "decisions")


@button("decisions send", may=SECRETARIAT, refuse="role_decisions")
def send(request: Request, meeting_id: int, version: int) -> Reply:
    """Announce in the channel what was decided, all of it together, but for closed items."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    closed, is_told = _closed(request, meeting), bool(register.recorded(request.session, meeting.id, None))
    _announce(request, meeting, version)
    told = request.update("decisions/sent", at=request.now, closed=closed, is_told=is_told)
    return approvals.sent(request, _paper(request, meeting), told)


def carried(request: Request, again: Iterable[Item]) -> list[Proposal]:
    """The proposals by which an item was to come back, or is to after all; the secretary's posts say the same."""
    for each in again:
        if not cards.mend(request, each.id) and each.state == "proposed":
            cards.lay_before_secretary(request, each.id)
    return [proposals.row(request.session, request.group.id, each.id) for each in again]


def recorded(
    request: Request,
    meeting: Meeting,
    *new: int,
    template: str = "decisions/recorded",
    carried: Iterable[Proposal] = (),
    **values: Any,
) -> Reply:
    """What stands in the register now; in a group that hears of each decision at once, the chair is asked at once."""
    dead = "decisions" in approvals.overtaken(request, meeting)
    asked = _asked_at_once(request, meeting)
    shown = [register.one(request.session, each) for each in new]
    about = dict.fromkeys(each.item_id for each in shown)
    left = [each for item_id in about for each in outcomes.left_of(request.session, item_id)]
    values |= {"carried": list(carried), "asked_before": dead, "asked_now": bool(asked)}
    reply = request.reply(template, decisions=shown, left=left, **values)
    return Reply([*reply.messages, *asked])


def _asked_at_once(request: Request, meeting: Meeting) -> list[Message]:
    """The chair is asked, in a group that hears of each decision at once; what is said of that, nothing in others."""
    if Setup.of(request.group).announce == "together":
        return []
    try:
        return approvals.ask(request, meeting, "decisions").messages
    except Refusal:  # nobody to ask yet: it can be announced later
        return []


def _announce(request: Request, meeting: Meeting, version: int) -> None:
    by, at = request.member.person.id, request.now
    everything = register.recorded(request.session, meeting.id, request.member)
    content = {"decisions": [asdict(each) for each in everything]}
    told = register.recorded(request.session, meeting.id, None)
    corrected = _corrected(request, meeting, told)
    sendings.send(request.session, _paper(request, meeting), version, content, by=by, at=at)
    decisions.announce(request.session, meeting, by=by, at=at)
    news = tuple(each for each in told if each not in corrected)
    if news:
        _post(request, meeting, news, request.group.channel, f"decisions:{meeting.id}:{version}")
    for posted in dict.fromkeys(corrected.values()):
        _correct_post(request, meeting, posted, [each for each in told if corrected.get(each) == posted], version)


def _closed(request: Request, meeting: Meeting) -> int:
    """How many of the new decisions are of items that are not for everybody: they are not posted."""
    every, told = (len(register.recorded(request.session, meeting.id, each)) for each in (request.member, None))
    return every - told


def _corrected(request: Request, meeting: Meeting, told: Iterable[Recorded]) -> dict[Recorded, int]:
    """Which of these say otherwise what was posted, by the version in which that was; what was awaited and has come is
    news instead.
    """
    found = {}
    for each in told:
        ids = {version.id for version in register.versions(request.session, each, request.member)}
        before = sendings.told_of(request.session, meeting.id, ids)
        key = f"decisions:{meeting.id}:{before[0][0]}" if before and not each.came_of else None
        if key and outbox.parts(request.session, key):
            found[each] = before[0][0]
    return found


def _correct_post(request: Request, meeting: Meeting, posted: int, corrected: list[Recorded], version: int) -> None:
    """Put a correction in the place of what was posted, and tell of it below. Parts that it needs no more say where its
    words are now; those that it has more stand in the thread.
    """
    key, channel = f"decisions:{meeting.id}:{posted}", request.group.channel
    first = outbox.parts(request.session, key)[0]
    told = register.of_meeting(request.session, meeting.id, None)
    same = [each for each in told if _was_in(request, meeting, each, posted)]
    overview = request.written("decisions/posted", meeting=meeting.shown(), decisions=same)
    stamp, rest = f"{key}:corrected:{version}", "decisions/gathered"
    request.replace(overview, of=key, key=f"{stamp}:post", to=channel, thread_of=first, gathered=rest)
    said = request.written("decisions/corrected", meeting=meeting.shown(), decisions=corrected)
    request.later(said, key=stamp, to=channel, thread_of=first)


def _was_in(request: Request, meeting: Meeting, decision: Recorded, posted: int) -> bool:
    """Whether a decision stood in a post in the version it had then."""
    ids = {each.id for each in register.versions(request.session, decision, request.member)}
    return any(version == posted for version, _ in sendings.told_of(request.session, meeting.id, ids)[:1])


def _at_once(request: Request, meeting: Meeting) -> bool:
    """In a group that hears of each decision at once, the chair's yes announces it."""
    if Setup.of(request.group).announce == "together":
        return False
    _announce(request, meeting, meeting.decisions_version)
    return True


def is_known(request: Request, decision: Recorded) -> bool:
    """Whether somebody has heard of a decision, in this version or one before it."""
    every = register.versions(request.session, decision, request.member)
    return any(each.state in ("announced", "replaced") for each in every)


def _settle(request: Request, decision_id: int, agreed: bool, alone: bool) -> Reply:
    row = decisions.row(request.session, request.group.id, decision_id)
    meeting = meetings.row(request.session, request.group.id, row.meeting_id)
    said = "yes" if agreed else "no"
    waited = "condition" if row.force == "conditional" and not row.holder else row.force
    why = request.voice.plain(f"decision.said_{said}.{waited}", holder=row.holder) if row.force in AWAITING else ""
    new = row.settle(agreed, why, by=request.member.person.id, at=request.now)
    about: dict[str, Any] = {"agreed": agreed, "decision": register.one(request.session, new.id)}
    return replace(recorded(request, meeting, new.id, template="decisions/settled", **about), update=alone)


def _paper(_: Request, meeting: Meeting) -> Paper:
    return Paper("decisions", meeting, meeting.decisions_version)


def _lay_before(request: Request, meeting: Meeting, to: str, key: str) -> None:
    _post(request, meeting, register.recorded(request.session, meeting.id, request.member), to, key)


def _post(request: Request, meeting: Meeting, told: tuple[Recorded, ...], to: str, key: str) -> None:
    request.later(request.written("decisions/posted", meeting=meeting.shown(), decisions=told), key=key, to=to)


approvals.papers["decisions"] = approvals.Laid(_paper, _lay_before, at_once=_at_once, closed=_closed)
