"""The Home tab: when we meet, what awaits somebody, and what they may do, in each of their groups.

It is drawn when it is carried, and drawn anew for those who have opened it whenever something changes in their group.
A section is a function with the values that its template of the same name wants, or None where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from slack_sdk import WebClient

from bot.refusals import Refusal
from bot.reminders import Occasion, Setup, agenda_due
from bot.roles import CHAIRS, SECRETARIAT
from handlers import agenda, errands
from handlers.approvals import KINDS
from handlers.desk import Desk, bug
from handlers.help import first_lines
from handlers.request import Request, Stranger
from handlers.web_api import call
from storage import Unavailable, home, meetings, minutes, sendings, tasks
from templates import View, refused

Section = Callable[[Request, int], dict[str, Any] | None]

SETTERS = SECRETARIAT | CHAIRS
BLOCKS = 100  # in a Home tab, by Slack
GROUPS = 10  # at most; so many short pages fit
FIXED = 9  # blocks in a page of one of several groups, beside the papers and tasks, which take two each
MOST = 8  # papers, and tasks


def publish(client: WebClient, desk: Desk, lane: str, payload: dict[str, Any]) -> None:
    """Draw somebody's Home tab, and show it; Slack is asked where they are if they have just opened it."""
    slack_id = home.owner(lane)
    if payload.get("looked"):
        errands.look_for(client, desk, slack_id)
    try:
        view = drawn(desk, slack_id)
    except Stranger:
        errands.introduce(client, desk, slack_id)
        view = drawn(desk, slack_id)
    call(client, "views.publish", {"user_id": slack_id, "view": view})


def drawn(desk: Desk, slack_id: str) -> View:
    """Somebody's Home tab as it is now: of their only group, a shorter page for each of several, or how to begin."""
    try:
        with desk.storage.reading() as reader:
            requests = desk.at_home(reader, slack_id)
            return _view(_pages(requests) if requests else _said(desk, Refusal("no_group_of_yours")))
    except (Stranger, Unavailable):
        raise
    except Refusal as refusal:
        return _view(_said(desk, refusal))
    except Exception:
        return _view(_said(desk, bug(f"home of {slack_id}")))


def heading(_: Request, __: int) -> dict[str, Any]:
    """The group's name."""
    return {}


def meeting(request: Request, _: int, ahead: int = 3) -> dict[str, Any]:
    """The coming meetings, and how far the first one's agenda is."""
    coming = meetings.coming(request.reader, request.group.id, request.today, at_most=ahead)
    if not coming:
        return {"meetings": [], "amount": 0, "sent": None}
    first, items, sent = agenda.laid_out(request, coming[0])
    return {"meetings": [first, *(each.meeting for each in coming[1:])], "amount": len(items), "sent": sent}


def next_meeting(request: Request, _: int) -> dict[str, Any]:
    """The next meeting alone."""
    return meeting(request, 0, ahead=1)


def waiting(request: Request, most: int) -> dict[str, Any] | None:
    """The papers that wait for their answer, to be sent by them, or (minutes) to be finished."""
    found = sendings.waiting(request.reader, request.group.id)
    mine = [each for each in found if request.member.may(SECRETARIAT if each.answer == "yes" else CHAIRS)]
    every = minutes.unfinished(request.reader, request.group.id) if request.member.may(SECRETARIAT) else []
    left = [each for each in every if each.state != "chair"]
    shown = [(each, KINDS.index(each.kind)) for each in mine[:most]]
    unshown = max(0, len(mine) + len(left) - most)
    if not mine and not left:
        return None
    return {"waiting": shown, "unfinished": left[: most - len(shown)], "unshown": unshown}


def due(request: Request, _: int) -> dict[str, Any] | None:
    """For the secretary: until when the coming meeting's agenda is to be sent that nobody has laid before the chair."""
    coming = meetings.coming(request.reader, request.group.id, request.today, at_most=1)
    if not coming or coming[0].meeting.state != "planned" or not request.member.may(SECRETARIAT):
        return None
    found, group = coming[0], request.group
    laid = {(each.kind, each.meeting_id) for each in sendings.waiting(request.reader, group.id)}
    deadline = agenda_due(Occasion(found.id, found.meeting, group.zone, Setup.of(group)))
    if deadline is None or ("agenda", found.id) in laid:
        return None
    return {"deadline": deadline, "late": deadline < request.now}


def duties(request: Request, most: int) -> dict[str, Any] | None:
    """Their open tasks and their organisation's, those overdue first."""
    mine = tasks.mine(request.reader, request.group.id, request.member, request.today)
    shown = mine[:most]
    return {"tasks": shown, "unshown": len(mine) - len(shown), "today": request.today} if mine else None


def doing(request: Request, _: int) -> dict[str, Any]:
    """Five things they may do."""
    return {"first": first_lines(request)}


def forms(request: Request, _: int) -> dict[str, Any]:
    """Buttons to the forms they may open."""
    return {"sets": request.member.may(SETTERS)}


def end(_: Request, __: int) -> dict[str, Any]:
    """A line under the page of one of several groups."""
    return {}


ALONE: tuple[Section, ...] = (meeting, waiting, due, duties, forms, doing)
OF_SEVERAL: tuple[Section, ...] = (heading, next_meeting, waiting, due, duties, forms, end)
TEMPLATES: dict[Section, str] = {next_meeting: "meeting"}


def _pages(requests: list[Request]) -> list[dict[str, Any]]:
    """A page a group, with fewer papers and tasks where Slack would not take them all."""
    shown = requests[:GROUPS]
    sections = ALONE if len(requests) == 1 else OF_SEVERAL
    most = min(MOST, max(0, BLOCKS // len(shown) - FIXED) // 4)
    while True:
        blocks = [block for each in shown for block in _page(each, sections, most)]
        if len(requests) > 1:
            last = requests[-1].written("home/several", unshown=len(requests) - len(shown))
            blocks += [block for each in last for block in each.blocks]
        if len(blocks) <= BLOCKS or not most:
            return blocks[:BLOCKS]
        most -= 1  # very long words take several blocks


def _page(request: Request, sections: Iterable[Section], most: int) -> Iterator[dict[str, Any]]:
    for section in sections:
        values = section(request, most)
        if values is not None:
            for each in request.written(f"home/{TEMPLATES.get(section, section.__name__)}", **values):
                yield from each.blocks


def _said(desk: Desk, refusal: Refusal) -> Iterable[dict[str, Any]]:
    return refused(refusal, desk.language, command=desk.command, now=desk.now()).blocks


def _view(blocks: Iterable[dict[str, Any]]) -> View:
    return {"type": "home", "blocks": list(blocks)}
