"""Who knocks about decisions: recorded in a form of two steps, found in the register, corrected, settled, announced."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from bot import drafts
from bot.agenda import Item as ItemValue
from bot.decisions import ALONE, AWAITING, TOGETHER, Force, Outcome, Recorded, is_decided
from bot.drafts import Came, Terms
from bot.reading import verbs
from bot.refusals import Refusal
from bot.reminders import CENTURIES, Setup
from bot.roles import SECRETARIAT
from handlers import approvals, proposals
from handlers.declared import ItemNumber, button, command, form
from handlers.request import Reply, Request, whole
from storage import agenda, decisions, groups, items, meetings, minutes, register, sendings
from storage.decisions import Decision, Told
from storage.items import Item
from storage.meetings import Meeting
from storage.register import RECORDERS
from storage.sendings import Paper

FORCES: tuple[Force, ...] = ("final", "preliminary", "conditional")
ASKED = 40  # recommendations in one form, two blocks each; the rest are asked for the next time
FIELD = 3_000
DAYS = range(date(CENTURIES[0], 1, 1).toordinal(), date(CENTURIES[-1] + 1, 1, 1).toordinal())  # as a form carries them


@command("decision", da="beslutning", may=RECORDERS, refuse="role_decisions")
def ask(request: Request, number: ItemNumber | None = None) -> Reply:
    """Record what was decided of an item, in a form: what came of each recommendation, then the sentence."""
    found = meetings.begun_or_today(request.session, request.group.id, request.today)
    meeting = meetings.row(request.session, request.group.id, found)
    if meeting.state not in ("open", "closed"):
        raise Refusal("meeting_not_open")
    if number is None:
        return request.reply("decisions/which", items=agenda.overview(request.session, found, request.member))
    return _form(request, agenda.item(request.session, found, number, request.member))


@button("decision ask", may=RECORDERS, refuse="role_decisions")
def ask_of(request: Request, item_id: int) -> Reply:
    """The same for an item whose button was pressed."""
    row = items.row(request.session, request.group.id, item_id)
    return _form(request, agenda.item(request.session, row.meeting_id or 0, row.number, request.member))


@form("decision", may=RECORDERS, refuse="role_decisions")
def draft(
    request: Request,
    item_id: int,
    alone: str | None,
    force: Force,
    holder: str | None,
    due: date | None,
    referred_to: str | None,
    due_meeting: str | None = None,
    **came: tuple[Outcome, ...],
) -> Reply:
    """The second step: the sentence, drafted, for a person to accept or rewrite."""
    item = items.row(request.session, request.group.id, item_id)
    if force not in FORCES or whole(due_meeting or "0") is None or alone not in (None, *ALONE):
        raise Refusal("stale")
    if force == "conditional" and not holder:
        raise Refusal("no_holder").at("holder")
    asked = [
        each for each in decisions.without_outcome(request.session, item.meeting_id or 0) if each.item_id == item.id
    ][:ASKED]
    chosen = {each.id: (alone,) if alone else came.get(f"came_{each.id}", ()) for each in asked}
    chosen = {each: outcomes for each, outcomes in chosen.items() if outcomes}
    told = [Came(each.text, each.verb, _outcomes(chosen.get(each.id, ()))) for each in asked]
    told = told or [Came(item.title, "", _outcomes((alone,)))] if alone else told
    later = meetings.row(request.session, request.group.id, int(due_meeting)).date if due_meeting else None
    sentence = _within_a_field(drafts.draft(told, Terms(force, holder, later, referred_to), request.language))
    about = [item.id, FORCES.index(force), int(due_meeting or 0), due.toordinal() if due else 0, _mask((alone,))]
    pairs = [number for each, outcomes in chosen.items() for number in (each, _mask(outcomes))]
    return request.ask(
        "decision text", "decisions/text", *about, *pairs, sentence=sentence, holder=holder, referred_to=referred_to,
        item=ItemValue(item.number, item.title),
    )  # fmt: skip


@form("decision text", may=RECORDERS, refuse="role_decisions")
def record(
    request: Request,
    item_id: int,
    force: int,
    due_meeting: int,
    due: int,
    alone: int,
    *pairs: int,
    text: str,
    holder: str | None,
    referred_to: str | None,
) -> Reply:
    """The decision stands in the register; nobody has heard of it yet."""
    item = items.row(request.session, request.group.id, item_id)
    meeting = meetings.row(request.session, request.group.id, item.meeting_id or 0)
    if force >= len(FORCES) or (due and due not in DAYS) or len(pairs) % 2:
        raise Refusal("stale")
    if due_meeting:
        meetings.row(request.session, request.group.id, due_meeting)
    answers = {each: _unmask(mask) for each, mask in zip(pairs[::2], pairs[1::2], strict=True)}
    by, at = request.member.person.id, request.now
    told = Told(
        text, _unmask(alone) or ("decided",), FORCES[force], holder, date.fromordinal(due) if due else None,
        due_meeting or None, referred_to,
    )  # fmt: skip
    minutes.row(request.session, meeting).changed(by=by, at=at)
    new = decisions.record(request.session, meeting, item, told, answers, by=by, at=at)
    if not is_decided(new.outcomes):
        _carry(request, item, meeting, new.due_meeting_id)
    return _recorded(request, meeting, new)


@button("decision undo", may=RECORDERS, refuse="role_decisions")
def undo(request: Request, decision_id: int) -> Reply:
    """Take a decision back that nobody has heard of."""
    row = decisions.row(request.session, request.group.id, decision_id)
    meeting = meetings.row(request.session, request.group.id, row.meeting_id)
    by, at = request.member.person.id, request.now
    minutes.row(request.session, meeting).changed(by=by, at=at)
    row.undo(by=by, at=at)
    return request.update("decisions/undone", decision=register.one(request.session, row.id))


@button("decision correct", may=RECORDERS, refuse="role_decisions")
def ask_again(request: Request, decision_id: int) -> Reply:
    """A form to say a decision otherwise, with the reason."""
    row = decisions.row(request.session, request.group.id, decision_id)
    return request.ask("decision correct", "decisions/correct", row.id, decision=register.one(request.session, row.id))


@form("decision correct", may=RECORDERS, refuse="role_decisions")
def correct(request: Request, decision_id: int, text: str, reason: str) -> Reply:
    """A new version stands in the register; the old one stays as it was."""
    row = decisions.row(request.session, request.group.id, decision_id)
    meeting = meetings.row(request.session, request.group.id, row.meeting_id)
    by, at = request.member.person.id, request.now
    minutes.row(request.session, meeting).changed(by=by, at=at)
    new = row.correct(text, reason, by=by, at=at)
    return _recorded(request, meeting, new)


@button("decision agreed", may=SECRETARIAT, refuse="role_decisions")
def agree(request: Request, decision_id: int) -> Reply:
    """What a decision waited for has come: it is final."""
    return _settle(request, decision_id, agreed=True)


@button("decision lapsed", may=SECRETARIAT, refuse="role_decisions")
def lapse(request: Request, decision_id: int) -> Reply:
    """What a decision waited for will not come: it has lapsed."""
    return _settle(request, decision_id, agreed=False)


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
    _announce(request, meeting, version)
    return request.update("decisions/sent", at=request.now)


def _announce(request: Request, meeting: Meeting, version: int) -> None:
    by, at = request.member.person.id, request.now
    everything = register.recorded(request.session, meeting.id, request.member)
    content = {"decisions": [asdict(each) for each in everything]}
    sendings.send(request.session, _paper(request, meeting), version, content, by=by, at=at)
    told = register.recorded(request.session, meeting.id, None)
    decisions.announce(request.session, meeting, by=by, at=at)
    if told:
        _post(request, meeting, told, request.group.channel, f"decisions:{meeting.id}:{version}")


def _recorded(request: Request, meeting: Meeting, new: Decision) -> Reply:
    """What stands in the register now; in a group that hears of each decision at once, the chair is asked at once."""
    reply = request.reply("decisions/recorded", decision=register.one(request.session, new.id))
    if _setup(request).announce == "together":
        return reply
    try:
        asked = approvals.ask(request, meeting, "decisions")
    except Refusal:  # nobody to ask yet: it can be announced later
        return reply
    return Reply([*reply.messages, *asked.messages])


def _at_once(request: Request, meeting: Meeting) -> bool:
    """In a group that hears of each decision at once, the chair's yes announces it."""
    if _setup(request).announce == "together":
        return False
    _announce(request, meeting, meeting.decisions_version)
    return True


def _setup(request: Request) -> Setup:
    return Setup.from_dict(groups.setup(request.reader, request.group.id))


def _form(request: Request, item: ItemValue) -> Reply:
    row = items.row(request.session, request.group.id, item.id)
    every = decisions.without_outcome(request.session, row.meeting_id or 0)
    left = [each for each in every if each.item_id == row.id]
    below = dict.fromkeys(each.item_number for each in every if each.item_number.startswith(f"{row.number}."))
    if below and not left and not item.recommendations:
        raise Refusal("decide_below", number=item.number, numbers=list(below))
    coming = meetings.coming(request.session, request.group.id, request.today)
    later = [(str(each.id), request.voice.when(each.meeting)[:75]) for each in coming if each.id != row.meeting_id]
    asked = [(f"came_{each.id}", each.text, verbs.asked_outcomes(each.verb)) for each in left[:ASKED]]
    one_more = bool(item.recommendations) and not left
    return request.ask("decision", "decisions/form", row.id, item=item, asked=asked, later=later, one_more=one_more)


def _within_a_field(sentence: str) -> str:
    """A draft longer than a field is none: it would be cut."""
    return sentence if len(sentence) <= FIELD else ""


def _carry(request: Request, item: Item, meeting: Meeting, to: int | None) -> None:
    """What was not decided comes back at the next meeting, or the one it was postponed to."""
    following = to or meetings.following(request.session, meeting.group_id, meeting.date)
    again = items.carry(request.session, item, to=following, by=request.member.person.id, at=request.now)
    proposals.lay_before_secretary(request, again.id)


def _settle(request: Request, decision_id: int, agreed: bool) -> Reply:
    row = decisions.row(request.session, request.group.id, decision_id)
    meeting = meetings.row(request.session, request.group.id, row.meeting_id)
    said = "yes" if agreed else "no"
    why = request.voice.plain(f"decision.said_{said}.{row.force}", holder=row.holder) if row.force in AWAITING else ""
    new = row.settle(agreed, why, by=request.member.person.id, at=request.now)
    told = _recorded(request, meeting, new)
    first = request.written("decisions/settled", decision=register.one(request.session, new.id), agreed=agreed)
    return Reply([*first, *told.messages[1:]])


def _outcomes(chosen: tuple[str | None, ...]) -> tuple[Outcome, ...]:
    return tuple(each for each in (*TOGETHER, *ALONE) if each in chosen)


def _mask(outcomes: tuple[str | None, ...]) -> int:
    """Outcomes as a number, which a form can carry."""
    return sum(1 << place for place, each in enumerate((*TOGETHER, *ALONE)) if each in outcomes)


def _unmask(mask: int) -> tuple[Outcome, ...]:
    found = tuple(each for place, each in enumerate((*TOGETHER, *ALONE)) if mask & (1 << place))
    if _mask(found) != mask or (len(found) > 1 and not set(ALONE).isdisjoint(found)):
        raise Refusal("stale")
    return found


def _paper(_: Request, meeting: Meeting) -> Paper:
    return Paper("decisions", meeting, meeting.decisions_version)


def _lay_before(request: Request, meeting: Meeting, to: str, key: str) -> None:
    _post(request, meeting, register.recorded(request.session, meeting.id, request.member), to, key)


def _post(request: Request, meeting: Meeting, told: tuple[Recorded, ...], to: str, key: str) -> None:
    request.later(request.written("decisions/posted", meeting=meeting.shown(), decisions=told), key=key, to=to)


approvals.papers["decisions"] = approvals.Laid(_paper, _lay_before, at_once=_at_once)
