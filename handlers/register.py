"""Who looks in the register of decisions: what awaits something, the latest, one with its versions, or those sought."""

from __future__ import annotations

from dataclasses import replace

from bot import register as rules
from bot.decisions import Recorded
from bot.meetings import day_meant
from bot.refusals import Refusal
from bot.register import Wanted
from bot.roles import ANYONE, SECRETARIAT
from handlers.declared import command
from handlers.request import Reply, Request
from storage import meetings, register
from storage.register import RECORDERS

AT_MOST = 15


@command("decisions", da="beslutninger", also=("beslutningslog",), may=ANYONE, reads=True)
def show(request: Request, which: str = "") -> Reply:
    """Show the decisions: what awaits something, then the latest meeting's; or one, those of a year, day or words."""
    wanted = _wanted(request, which)
    if wanted.number:
        return _one(request, wanted, which)
    if wanted:
        found, total = register.found(request.reader, request.group.id, request.member, wanted, at_most=AT_MOST)
        waits: tuple[Recorded, ...] = ()
    else:
        waits = register.awaiting(request.reader, request.group.id, request.member, at_most=AT_MOST)
        latest = register.latest_meeting(request.reader, request.group.id, request.member)
        everything = register.of_meeting(request.reader, latest, request.member) if latest else ()
        others = [each for each in everything if each not in waits]
        found, total = tuple(others[:AT_MOST]), len(others)
    if not found and not waits:
        raise Refusal("no_decisions", words=which or None)
    records = request.member.may(RECORDERS)
    return request.reply(
        "decisions/shown", waits=waits, decisions=found, more=total - len(found), records=records,
        settles=request.member.may(SECRETARIAT),
    )  # fmt: skip


def _wanted(request: Request, which: str) -> Wanted:
    """What somebody looks for; a day on which there was a meeting stands for that."""
    group_id, today = request.group.id, request.today
    days, more = day_meant(which, today) or ([], which)
    held = meetings.that_day(request.reader, group_id, [day for day in days if day <= today], today)
    wanted = rules.wanted(more if held else which, today)
    if held:
        return replace(wanted, meeting_id=held.id)
    if wanted.is_latest:
        return replace(wanted, meeting_id=register.latest_meeting(request.reader, group_id, request.member))
    return wanted


def _one(request: Request, wanted: Wanted, which: str) -> Reply:
    """A decision by its number, the newest where no year is said, with its versions."""
    found, _ = register.found(request.reader, request.group.id, request.member, wanted, at_most=1)
    if not found:
        raise Refusal("no_decisions", words=which)
    versions = register.versions(request.reader, found[0], request.member)
    older = [each for each in versions if each.id != found[0].id and each.version < found[0].version]
    return request.reply(
        "decisions/one", decision=found[0], older=older, records=request.member.may(RECORDERS),
        settles=request.member.may(SECRETARIAT),
    )  # fmt: skip
