"""Who knocks about the chair's yes: the secretary asks for it, the chair gives it or not, for each paper alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from bot.groups import Person
from bot.members import reached
from bot.refusals import Refusal
from bot.roles import CHAIRS, Role
from handlers.declared import button, form
from handlers.request import Reply, Request
from storage import approvals, groups, meetings, members, outbox, sendings
from storage.approvals import Answer, Approval, Kind, Paper
from storage.meetings import Meeting
from templates import Message

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Laid:
    """How a kind of paper is laid before the chair: which version it has now, and how it is shown to somebody.

    `shown` posts it to a person under a key; `remarks` are what to know before one says yes to it; `held` is what
    happens to it where the chair says not yet; `at_once` sends it with the chair's yes, where the group is set up so:
    whether it did. `closed` is how many parts of it are not told in the channel.
    """

    now: Callable[[Request, Meeting], Paper]
    shown: Callable[[Request, Meeting, str, str], None]
    remarks: Callable[[Request, Meeting], list[Message]] = lambda *_: []
    held: Callable[[Request, Meeting], None] = lambda *_: None
    at_once: Callable[[Request, Meeting], bool] = lambda *_: False
    closed: Callable[[Request, Meeting], int] = lambda *_: 0


papers: dict[Kind, Laid] = {}  # each noun lays its own


def ask(request: Request, meeting: Meeting, kind: Kind) -> Reply:
    """Ask for the chair's yes to a paper as it stands; once it is there, offer to send it."""
    chair = groups.holder(request.session, request.group.id, Role.CHAIR, request.today)
    if chair is None:
        raise Refusal("no_chair")
    if meeting.date is None:
        raise Refusal("undated")
    paper = papers[kind].now(request, meeting)
    by = request.member.person.id
    approval, is_new = sendings.ask_chair(request.session, paper, of=chair.id, by=by, at=request.now)
    if approval.answer == "yes":
        return request.reply("approvals/ready", **_ready(request, paper, approval))
    if is_new:
        _write_to_chair(request, paper, chair, approval.times)
    at = approval.asked_at.astimezone(request.now.tzinfo)
    return request.reply("approvals/asked", kind=kind, date=meeting.date, chair=chair.name, again=not is_new, at=at)


@button("paper approve", may=CHAIRS, refuse="role_chair")
def approve(request: Request, meeting_id: int, number: int, version: int) -> Reply:
    """The chair says yes to a version; the secretary hears, and may send it."""
    return _answer(request, meeting_id, number, version, "yes")


@button("paper hold", may=CHAIRS, refuse="role_chair")
def ask_what_is_missing(request: Request, meeting_id: int, number: int, version: int) -> Reply:
    """A form that asks the chair what is missing, who need not say."""
    paper = _paper(request, meeting_id, number)
    approvals.awaited(request.session, paper, version)
    return request.ask("paper hold", "approvals/hold", meeting_id, number, version, **_about(paper))


@form("paper hold", may=CHAIRS, refuse="role_chair")
def hold(request: Request, meeting_id: int, number: int, version: int, reason: str | None) -> Reply:
    """The chair says not yet; the secretary hears, and what is missing."""
    return _answer(request, meeting_id, number, version, "not_yet", reason)


def overtaken(request: Request, meeting: Meeting) -> set[Kind]:
    """What the chair was asked about a meeting's papers, and was changed before there was an answer, says so itself;
    which kinds of paper these are.
    """
    dead = set[Kind]()
    for asked in approvals.unanswered(request.session, meeting.id):
        paper = papers[asked.kind].now(request, meeting)
        was = Paper(paper.kind, meeting, asked.version)
        if was == paper:
            continue
        dead.add(paper.kind)
        said = request.written("approvals/overtaken", **_about(was))
        _close_question(request, was, asked.times, "overtaken", said)
    return dead


def pass_on(request: Request, chair: Person) -> int:
    """What the former chair has not answered is asked of the one who is it now, and says so itself; how much it is."""
    amount = 0
    for each in sendings.waiting(request.session, request.group.id):
        meeting = meetings.row(request.session, request.group.id, each.meeting_id)
        paper = papers[each.kind].now(request, meeting)
        asked = approvals.approval(request.session, paper)
        if asked is None or asked.answer or asked.asked_of == chair.id:
            continue
        said = request.written("approvals/taken_over", person=chair.name, **_about(paper))
        _close_question(request, paper, asked.times, "taken over", said)
        ask(request, meeting, each.kind)
        amount += 1
    return amount


def sent(request: Request, paper: Paper, said: Reply) -> Reply:
    """What was said of a paper that has just been sent; the message that offered to send it says so, too."""
    asked = approvals.approval(request.session, paper)
    return _in_its_place(request, f"answered:{_key(paper)}:{asked.times}", said) if asked else said


def _paper(request: Request, meeting_id: int, number: int) -> Paper:
    """A meeting's paper as it stands now, by the number of its kind."""
    if number >= len(KINDS):
        raise Refusal("stale")
    return papers[KINDS[number]].now(request, meetings.row(request.session, request.group.id, meeting_id))


def _answer(
    request: Request, meeting_id: int, number: int, version: int, said: Answer, reason: str | None = None
) -> Reply:
    paper, chair = _paper(request, meeting_id, number), request.member.person
    laid, meeting = papers[paper.kind], paper.meeting
    approval = approvals.answer(request.session, paper, version, said, reason, by=chair.id, at=request.now)
    if said == "not_yet":
        laid.held(request, meeting)
    secretary = groups.secretary(request.session, request.group.id, request.today)
    template = "approvals/ready" if said == "yes" else "approvals/held"
    ready = _ready(request, paper, approval)
    if said == "yes" and laid.at_once(request, meeting):
        template = "approvals/posted"
    told = request.written(template, reason=reason, **ready)
    request.later(told, key=f"answered:{_key(paper)}:{approval.times}", to=secretary.slack_id)
    about = {"kind": paper.kind, "version": version, "meeting": meeting.shown(), "reason": reason}
    answered = request.update("approvals/answered", answer=said, person=chair.name, at=request.now, **about)
    return _in_its_place(request, f"chair:{_key(paper)}:{approval.times}", answered)


def _in_its_place(request: Request, key: str, said: Reply) -> Reply:
    """What was done from elsewhere, as from Home, is said in the place of the message that asked for it, too; whoever
    has that needs it only there.
    """
    letter = outbox.find(request.session, f"{key}:1")
    if letter is None:
        return said
    to, ts = outbox.place(request.session, letter)
    if ts is not None and ts == request.origin.ts:
        return said
    request.mend(said.messages, key=f"{key}:answered", of=letter, to=to)
    return Reply() if request.origin.ts is None and to == request.origin.slack_id else said


def _close_question(request: Request, paper: Paper, times: int, why: str, said: list[Message]) -> None:
    """The question that the chair was asked says why there is nothing to answer any more."""
    key = f"chair:{_key(paper)}:{times}"
    letter = outbox.find(request.session, f"{key}:1")
    if letter is not None:
        request.mend(said, key=f"{key}:{why}", of=letter, to=outbox.place(request.session, letter)[0])


def _write_to_chair(request: Request, paper: Paper, chair: Person, times: int) -> None:
    key = f"chair:{_key(paper)}:{times}"
    laid = papers[paper.kind]
    laid.shown(request, paper.meeting, chair.slack_id, f"{key}:paper")
    remarks = laid.remarks(request, paper.meeting)
    if remarks:
        request.later(remarks, key=f"{key}:remarks", to=chair.slack_id)
    question = request.written(
        "approvals/for_chair", asked_by=request.member.person.name, number=KINDS.index(paper.kind), **_about(paper)
    )
    request.later(question, key=key, to=chair.slack_id)


def _ready(request: Request, paper: Paper, approval: Approval) -> dict[str, Any]:
    assert approval.answered_at is not None
    approved = approval.answered_at.astimezone(request.now.tzinfo)
    reach = reached(members.listed(request.session, request.group.id, request.today), request.today)
    chair = approvals.answerer(request.session, approval)
    closed = papers[paper.kind].closed(request, paper.meeting)
    return {**_about(paper), "chair": chair, "approved": approved, "reach": reach, "closed": closed}


def _about(paper: Paper) -> dict[str, Any]:
    meeting = paper.meeting
    return {"kind": paper.kind, "meeting": meeting.shown(), "meeting_id": meeting.id, "version": paper.version}


def _key(paper: Paper) -> str:
    return f"{paper.kind}:{paper.meeting.id}:{paper.version}"
