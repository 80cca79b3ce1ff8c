"""Who knocks with a proposal: anyone of the group makes one, the chair may let in a late one, its maker is told what
became of it. What the secretary does with it is among the items.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal, NotRequired, TypedDict, Unpack

from bot import proposals as rules
from bot import recommendations
from bot.agenda import Item, Kinds
from bot.groups import Person
from bot.meetings import Meeting
from bot.proposals import Proposal, Written
from bot.refusals import Refusal
from bot.reminders import AHEAD, proposals_deadline
from bot.roles import ANYONE, CHAIRS, SECRETARIAT, Role
from handlers import agenda, unanswered
from handlers.declared import Duration, button, command, form, shortcut
from handlers.request import Reply, Request
from storage import groups, items, meetings, order, outbox, proposals
from storage.items import Item as Row
from templates import Message

OFFICE = SECRETARIAT | CHAIRS
SAID = ("punkt foreslå", "item propose", "meld punkt", "nyt punkt", "new item")
ABOUT = ("om", "vedr", "vedrørende", "angående", "about", "on")  # what leads to its title is no part of it
NO_KINDS = Kinds()
TITLE = 150  # letters of a message that may become a title
Fate = Literal["accepted", "postponed", "left_out", "let_in", "held", "back"]


class Fields(TypedDict):
    """What the form of an item holds; what is too long for a field is not asked about. Of each recommendation it holds
    the verb and what is asked, by its id, and of each new one by its number.
    """

    title: str | None
    kinds: tuple[Literal["O", "D", "B"], ...]
    duration: int | None
    presenters: str | None
    summary: NotRequired[str | None]
    verb: dict[int, str | None]
    asked: dict[int, str | None]
    newverb: dict[int, str | None]
    newasked: dict[int, str | None]
    appendices: str | None
    audience: Literal["all", "closed"]


@command(
    "agenda propose",
    da="dagsorden foreslå",
    also=(*SAID, *(f"{each} {about}" for each in SAID for about in ABOUT), "foreslå", "propose"),
    may=ANYONE,
)
def propose(request: Request, title: str = "", kinds: Kinds = NO_KINDS, duration: Duration | None = None) -> Reply:
    """Propose an item for the agenda: at once by its title, or in a form."""
    draft = Item("", title, kinds=kinds, duration=rules.planned(duration))
    return _proposed(request, draft) if title else _form(request, draft)


@button("agenda propose", may=ANYONE)
def ask(request: Request) -> Reply:
    """A form for a proposal."""
    return _form(request, Item("", ""))


@button("agenda propose more", may=ANYONE)
def ask_more(request: Request, new: int) -> Reply:
    """The form that is open, with so many rows for recommendations; what was written in it stays."""
    return request.extended(_form(request, Item("", ""), new=new))


@shortcut("agenda propose", called="Foreslå til dagsordenen", may=ANYONE, on_message=True)
def propose_message(request: Request, message: dict[str, Any]) -> Reply:
    """Propose what a message says, in a form that has its words already."""
    words = (message.get("text") or "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
    title = words.partition("\n")[0][:TITLE]
    return _form(request, Item("", title), summary="" if title == words else words[: recommendations.LONGEST])


@form("agenda propose", may=ANYONE)
def enter(request: Request, **fields: Unpack[Fields]) -> Reply:
    """The proposal is made as the form has it."""
    return _proposed(request, filled(request, Item("", ""), request.member.person, **fields))


@command("agenda proposals", da="dagsorden forslag", also=("forslag", "proposals"), may=ANYONE, reads=True)
def show(request: Request) -> Reply:
    """Show the proposals and unanswered questions that wait, with what can be done; to members their own proposals."""
    waiting = proposals.waiting(request.reader, request.group.id, request.member)
    cards = [each for proposal in waiting for each in card(request, proposal)] + unanswered.proposed(request)
    return Reply(cards) if cards else request.reply("proposals/none")


@button("proposal withdraw", may=ANYONE)
def withdraw(request: Request, item_id: int) -> Reply:
    """Whoever made a proposal takes it back."""
    found = proposals.one(request.session, request.group.id, item_id, request.member)
    if not found.is_by(request.member):
        raise Refusal("stale")
    row = items.row(request.session, request.group.id, item_id)
    row.withdraw(by=request.member.person.id, at=request.now)
    unanswered.wait_again(request, [row.id])
    return done(request, row)


@button("proposal ask", may=ANYONE)
def ask_chair(request: Request, item_id: int, meeting_id: int) -> Reply:
    """The chair is asked to let a late proposal in."""
    found = proposals.one(request.session, request.group.id, item_id, request.member)
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    if not found.is_by(request.member) or found.item.state != "proposed" or meeting.state not in AHEAD:
        raise Refusal("stale")
    chair = groups.holder(request.session, request.group.id, Role.CHAIR, request.today)
    if chair is None:
        raise Refusal("no_chair")
    question = request.written("proposals/for_chair", proposal=found, meeting=meeting.shown(), meeting_id=meeting_id)
    request.later(question, key=f"proposal:{item_id}:chair:{meeting_id}", to=chair.slack_id)
    return request.update("proposals/asked", titled=found.item.title, chair=chair.name)


@button("proposal let in", may=CHAIRS, refuse="role_chair")
def let_in(request: Request, item_id: int, meeting_id: int) -> Reply:
    """The chair lets a late proposal in; the secretary has it before her anew."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    row = items.row(request.session, request.group.id, item_id)
    if meeting.state not in AHEAD:
        raise Refusal("meeting_over")
    row.postpone(to=meeting.id, by=request.member.person.id, at=request.now)
    mend(request, row.id)
    lay_before_secretary(request, row.id, why="let_in")
    return _chair_said(request, row, "let_in")


@button("proposal hold", may=CHAIRS, refuse="role_chair")
def hold(request: Request, item_id: int, meeting_id: int) -> Reply:
    """The chair leaves a late proposal for the meeting it is kept for."""
    meetings.row(request.session, request.group.id, meeting_id)
    return _chair_said(request, items.row(request.session, request.group.id, item_id), "held")


def form_of(
    request: Request, item: Item, one: Written, places: Sequence[tuple[str, str]] = (), stands_after: str = ""
) -> Reply:
    """The form of an item, or of a proposal that is none yet, with a button for one more recommendation."""
    name, about = ("item edit", (item.id,)) if item.id else ("agenda propose", ())
    new = sum(row.id < 0 for row in one.recommendations)
    return request.ask(
        name, "proposals/form", *about, written=one, is_new=not item.id, places=places, stands_after=stands_after,
        lasts=rules.MINUTES,
        verbs=recommendations.VERBS[request.language], most=recommendations.MOST,
        unasked=len(item.recommendations) + new - len(one.recommendations), adding=[request.group.id, *about, new + 1],
    )  # fmt: skip


def filled(request: Request, item: Item, by: Person, **fields: Unpack[Fields]) -> Item:
    """An item as the fields of the form want it; `by` is who proposed it, who goes on seeing it where it is closed."""
    new = Written(
        fields["title"] or "",
        fields["kinds"],
        fields["duration"],
        fields["presenters"] or "",
        (fields["summary"] or "") if "summary" in fields else None,
        tuple(_rows(fields)),
        fields["appendices"] or "",
        fields["audience"] == "closed",
    )
    theirs = rules.closed_to(by.id)
    return rules.edited(item, new, request.language, request.voice.plain("proposal.summary"), theirs)


def lay_before_secretary(request: Request, item_id: int, why: str = "") -> None:
    """Write to the secretary about a proposal, with what she can do about it."""
    secretary = groups.holder(request.session, request.group.id, Role.SECRETARY, request.today)
    if secretary is None:
        return
    found = proposals.row(request.session, request.group.id, item_id)
    key = f"proposal:{item_id}:laid:{why}:{found.meeting_id or 0}" if why else f"proposal:{item_id}"
    request.later(card(request, found, decides=True, why=why), key=key, to=secretary.slack_id)


def come_back(request: Request, item_id: int, why: str) -> None:
    """An item is a proposal for another meeting: whoever made it is told, and the secretary has it before her anew."""
    tell(request, proposals.row(request.session, request.group.id, item_id), "postponed")
    mend(request, item_id)
    lay_before_secretary(request, item_id, why)


def card(request: Request, proposal: Proposal, decides: bool | None = None, why: str = "") -> list[Message]:
    """A proposal with what somebody can do about it; `decides` where that is the secretary."""
    is_secretary = request.member.may(SECRETARIAT) if decides is None else decides
    at = proposal.at and proposal.at.astimezone(request.now.tzinfo)
    on_agenda = proposal.item.state == "accepted" and proposal.meeting_id is not None
    values: dict[str, Any] = {"stands": None, "follows": True}
    if on_agenda:
        meeting = meetings.row(request.session, request.group.id, proposal.meeting_id or 0)
        values["stands"] = agenda.standing(request, meeting)
        values["follows"] = order.follows(request.session, meeting.id)
    return request.written(
        "proposals/card",
        proposal=replace(proposal, at=at, meeting=_meeting_of(request, proposal)),
        decides=is_secretary,
        mine=proposal.is_by(request.member) and not is_secretary,
        why=why,
        **values,
    )


def tell(request: Request, proposal: Proposal, fate: Fate) -> None:
    """Tell whoever made a proposal what became of it, unless they did it themselves."""
    if proposal.by is None or proposal.is_by(request.member):
        return
    said = request.written("proposals/told", proposal=proposal, fate=fate)
    key = f"proposal:{proposal.item.id}:{fate}:{proposal.meeting_id or 0}:{request.origin.key}"
    request.later(said, key=key, to=proposal.by.slack_id)


def waiting_for(request: Request, meeting_id: int) -> int:
    """How many proposals wait for a meeting."""
    every = proposals.waiting(request.reader, request.group.id, request.member)
    return sum(each.meeting_id == meeting_id for each in every)


def sent_back(request: Request, item_id: int) -> None:
    """A new document has taken a proposal off the agenda: it waits again, and whoever made it is told."""
    mend(request, item_id)
    tell(request, proposals.row(request.session, request.group.id, item_id), "back")


def mend(request: Request, item_id: int) -> bool:
    """Let the post to the secretary show what has become of a proposal; False where there is none. A former secretary's
    stays as it was: what becomes of it is no longer hers to know.
    """
    letter = outbox.find(request.session, f"proposal:{item_id}:1")
    secretary = groups.holder(request.session, request.group.id, Role.SECRETARY, request.today)
    if letter is None or secretary is None or outbox.place(request.session, letter)[0] != secretary.slack_id:
        return False
    found = proposals.row(request.session, request.group.id, item_id)
    key = f"proposal:{item_id}:mended:{request.origin.key}"
    request.mend(card(request, found, decides=True), key=key, of=letter, to=secretary.slack_id)
    return True


def done(request: Request, row: Row) -> Reply:
    """What has become of an item, where it was asked for; the secretary's post says the same."""
    mend(request, row.id)
    return Reply(shown(request, row.id), update=request.origin.surface == "button")


def shown(request: Request, item_id: int) -> list[Message]:
    """An item as it was proposed, with what whoever looks can do about it."""
    return card(request, proposals.row(request.session, request.group.id, item_id))


def _proposed(request: Request, draft: Item) -> Reply:
    ahead = proposals.occasions(request.session, request.group, request.today)
    meant, late_for = rules.meant_for(ahead, request.now, bound=not request.member.may(OFFICE))
    meeting_id, by = meant.meeting_id if meant else None, request.member.person.id
    row = items.propose(request.session, request.group.id, draft, meeting_id=meeting_id, by=by, at=request.now)
    found = proposals.row(request.session, request.group.id, row.id)
    if request.member.may(SECRETARIAT):
        return Reply(shown(request, row.id))
    lay_before_secretary(request, row.id)
    deadline = proposals_deadline(late_for) if late_for else None
    late_id = late_for.meeting_id if late_for else 0
    return request.reply("proposals/received", proposal=found, deadline=deadline, late_id=late_id)


def _meeting_of(request: Request, proposal: Proposal) -> Meeting | None:
    """The meeting an item is on the agenda of, or is proposed for by now: the next, where its own is over."""
    had = proposal.meeting
    is_ahead = had and had.state in AHEAD and (had.date is None or had.date >= request.today)
    if proposal.item.state != "proposed" or is_ahead:
        return had
    found = proposals.coming_for(request.reader, request.group.id, proposal.meeting_id, request.today)
    return found.meeting if found else None


def _form(request: Request, draft: Item, summary: str = "", new: int = 1) -> Reply:
    return form_of(request, draft, replace(rules.written(draft, request.language, new), summary=summary))


def _rows(fields: Fields) -> Iterator[recommendations.Row]:
    """The rows of a form, each with its two fields."""
    for sign, verbs, texts in ((1, fields["verb"], fields["asked"]), (-1, fields["newverb"], fields["newasked"])):
        if verbs.keys() != texts.keys():
            raise Refusal("stale")
        yield from (recommendations.Row(sign * each, verbs[each], texts[each] or "") for each in sorted(verbs))


def _chair_said(request: Request, row: Row, said: Literal["let_in", "held"]) -> Reply:
    if row.state != "proposed":
        raise Refusal("not_waiting")
    found = proposals.row(request.session, request.group.id, row.id)
    tell(request, found, said)
    return request.update("proposals/answered", proposal=found, said_so=said, person=request.member.person.name)
