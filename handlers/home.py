"""Who looks at the Home tab: when we meet, what awaits them, what they may do, with the buttons for it."""

from __future__ import annotations

from bot.roles import ANYONE, CHAIRS, SECRETARIAT
from handlers.approvals import KINDS
from handlers.declared import Declared
from handlers.help import first_lines
from handlers.request import Reply, Request
from storage import meetings, sendings

SETTERS = SECRETARIAT | CHAIRS


def show(request: Request) -> Reply:
    """The Home tab of somebody in their group."""
    coming = meetings.coming(request.reader, request.group.id, request.today, at_most=3)
    waiting = sendings.waiting(request.reader, request.group.id)
    mine = [each for each in waiting if request.member.may(SECRETARIAT if each.answer == "yes" else CHAIRS)]
    return request.page(
        "home/shown",
        meetings=[each.meeting for each in coming],
        waiting=[(each, KINDS.index(each.kind)) for each in mine],
        first=first_lines(request),
        sets=request.member.may(SETTERS),
    )


HOME = Declared("home", ANYONE, show, reads=True)
