"""Who knocks to record what came of an item: of each recommendation, on which terms, and the sentences that tell it.

The form has two steps, and one between them where somebody's yes, a body or a meeting must be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from bot import deadlines, drafts
from bot import outcomes as rules
from bot.agenda import Item as ItemValue
from bot.deadlines import Deadline
from bot.decisions import ALONE, Outcome, is_decided
from bot.drafts import Terms
from bot.outcomes import FREE, Came, How
from bot.reading import verbs
from bot.refusals import Refusal
from handlers import proposals
from handlers.decisions import recorded
from handlers.declared import ItemNumber, button, command, form
from handlers.request import Reply, Request, whole
from storage import agenda, carried, decisions, items, meetings, minutes, outcomes
from storage.decisions import Told
from storage.items import Item, Recommendation
from storage.meetings import Meeting
from storage.outcomes import Open
from storage.register import RECORDERS

ASKED = 24  # recommendations in one form, up to four blocks each; the rest are asked for the next time
FIELD = 3_000
CARRIED = 4  # numbers that the last step carries of each recommendation


@command("decision", da="beslutning", may=RECORDERS, refuse="role_decisions")
def ask(request: Request, number: ItemNumber | None = None) -> Reply:
    """Record what was decided of an item, in a form: what came of each recommendation, then the sentence."""
    found = meetings.begun_or_today(request.session, request.group.id, request.today)
    meeting = meetings.row(request.session, request.group.id, found)
    _expect_begun(meeting)
    if number is None:
        listed = agenda.overview(request.session, found, request.member)
        if not listed:
            raise Refusal("no_items")
        return request.reply("decisions/which", items=listed)
    return _form(request, agenda.item(request.session, found, number, request.member, listed=False))


@button("decision ask", may=RECORDERS, refuse="role_decisions")
def ask_of(request: Request, item_id: int) -> Reply:
    """The same for an item whose button was pressed."""
    row, _ = _held(request, item_id)
    return _form(request, agenda.item(request.session, row.meeting_id or 0, row.number, request.member))


@form("decision", may=RECORDERS, refuse="role_decisions")
def tell(
    request: Request,
    item_id: int,
    alone: Literal["referred", "postponed", "not_reached"] | None = None,
    **came: tuple[Outcome, ...] | How,
) -> Reply:
    """What came of each recommendation. The next step asks for what that needs, else it shows the sentences."""
    item = items.row(request.session, request.group.id, item_id)
    ids = [each.id for each in _left(request, item)] or [FREE]
    every = rules.binding(each for each in (_told(id, alone, came) for id in ids) if each)
    every = every or [Came(FREE, ("decided",))]
    needed = _needed(request, item, every)
    if not needed:
        return _sentences(request, item, every)
    if alone:
        needed = [(id, how, "", True) for id, how, _, _ in needed[:1]]
    about = [number for each in every for number in (each.id, each.code)]
    return request.ask(
        "decision terms", "decisions/terms", item.id, *about, item=_shown(item), needed=needed,
        later=later(request, item),
    )  # fmt: skip


@form("decision terms", may=RECORDERS, refuse="role_decisions")
def agree(request: Request, item_id: int, *codes: int, **terms: str | None) -> Reply:
    """Whose yes is awaited, to whom it was referred, which meeting it waits for. The next step shows the sentences."""
    item = items.row(request.session, request.group.id, item_id)
    known = {FREE, *(each.id for each in _left(request, item))}
    if not codes or len(codes) % 2 or not known.issuperset(codes[::2]):
        raise Refusal("stale")
    above: dict[How, Came] = {}
    every = []
    for id, code in zip(codes[::2], codes[1::2], strict=True):
        came = rules.decoded(id, code)
        above[came.how] = _on_terms(request, came, terms, above.get(came.how))
        every.append(above[came.how])
    return _sentences(request, item, every)


@form("decision text", may=RECORDERS, refuse="role_decisions")
def record(
    request: Request, item_id: int, *carried: int, rest: Literal["answered", "open"] = "open", **texts: str | None
) -> Reply:
    """The decisions stand in the register; nobody has heard of them yet."""
    item, meeting = _held(request, item_id)
    parts = _brought(request, carried)
    by, at = request.member.person.id, request.now
    minutes.changed(request.session, meeting, by=by, at=at)
    new = []
    for number, part in parts.items():
        first, waits = part[0], part[0].force == "conditional"
        told = Told(
            _text(texts, f"text_{number}"), first.outcomes, first.force,
            _text(texts, f"holder_{number}") if waits else None,
            _deadline(request, texts, f"due_{number}") if waits else None,
            first.meeting_id, _text(texts, f"referred_{number}") if first.how == "referred" else None,
        )  # fmt: skip
        answers = {each.id: each.outcomes for each in part if each.id != FREE}
        if first.id == FREE and rest == "answered":
            answers = {each.id: first.outcomes for each in _left(request, item)}
        new.append(decisions.record(request.session, meeting, item, told, answers, by=by, at=at))
    _carry(request, item, meeting, parts.values())
    return recorded(request, meeting, *new)


def _form(request: Request, item: ItemValue) -> Reply:
    row = items.row(request.session, request.group.id, item.id)
    left = _left(request, row)
    every = outcomes.without_outcome(request.session, row.meeting_id or 0)
    below = dict.fromkeys(each.item_number for each in every if each.item_number.startswith(f"{row.number}."))
    if below and not left and not item.recommendations:
        raise Refusal("decide_below", number=item.number, numbers=list(below))
    asked = [(each.id, each.text, verbs.asked_outcomes(each.verb)) for each in left] or [(FREE, "", ("decided",))]
    one_more = bool(item.recommendations) and not left
    return request.ask("decision", "decisions/form", row.id, item=item, asked=asked, one_more=one_more)


def _held(request: Request, item_id: int) -> tuple[Item, Meeting]:
    """An item with the meeting at which it is decided; refused where that has not begun."""
    item, meeting = meetings.of_item(request.session, request.group.id, item_id)
    _expect_begun(meeting)
    return item, meeting


def _expect_begun(meeting: Meeting) -> None:
    if meeting.state not in ("open", "closed"):
        raise Refusal("meeting_not_open")


def _left(request: Request, item: Item) -> list[Open]:
    """The item's recommendations of which nobody has said what came of them, as many as a form holds."""
    return list(outcomes.left_of(request.session, item.id)[:ASKED])


def later(request: Request, item: Item) -> list[tuple[str, str]]:
    """The meetings to which something may be put off."""
    coming = meetings.coming(request.session, request.group.id, request.today)
    dated = [(each.id, each.meeting.date) for each in coming if each.id != item.meeting_id]
    return [(str(id), request.voice.day(date)) for id, date in dated if date]


def _told(id: int, alone: How | None, came: Mapping[str, tuple[Outcome, ...] | How]) -> Came | None:
    ticked, how = came.get(f"came_{id}", ()), alone or came.get(f"how_{id}", "final")
    if isinstance(ticked, str) or isinstance(how, tuple):
        raise Refusal("stale")
    return rules.came(id, ticked, how)


def _needed(request: Request, item: Item, every: Iterable[Came]) -> list[tuple[int, How, str, bool]]:
    """What must be asked of the terms: of which recommendation, how it came, its words, and if it is the first such."""
    asks: set[How] = {"conditional", "referred"}
    if later(request, item):
        asks |= {"preliminary", "postponed"}
    words = {each.id: each.text for each in _left(request, item)}
    needed: list[tuple[int, How, str, bool]] = []
    for each in every:
        if each.how in asks:
            is_first = all(each.how != how for _, how, _, _ in needed)
            needed.append((each.id, each.how, words.get(each.id, ""), is_first))
    return needed


def _on_terms(request: Request, came: Came, terms: Mapping[str, str | None], above: Came | None) -> Came:
    """The terms somebody named; what is left out is as with the one above that came in the same way. Of a whole item
    they are asked once.
    """
    if above and not any(name.endswith(f"_{came.id}") for name in terms):
        return replace(above, id=came.id, outcomes=came.outcomes)
    match came.how:
        case "conditional":
            holder, due = _word(terms, f"holder_{came.id}"), _word(terms, f"due_{came.id}")
            if above and not holder:
                return replace(above, id=came.id, outcomes=came.outcomes, due_text=due or above.due_text)
            if not holder:
                raise Refusal("no_holder").at(f"holder_{came.id}")
            return replace(came, holder=holder, due_text=due)
        case "referred":
            to = _word(terms, f"referred_{came.id}") or (above and above.referred_to)
            if not to:
                raise Refusal("no_body").at(f"referred_{came.id}")
            return replace(came, referred_to=to)
        case "preliminary" | "postponed":
            chosen = terms.get(f"meeting_{came.id}") or str((above and above.meeting_id) or 0)
            meeting_id = whole(chosen) if isinstance(chosen, str) else None
            if meeting_id is None:
                raise Refusal("stale")
            if meeting_id:
                meetings.row(request.session, request.group.id, meeting_id)
            return replace(came, meeting_id=meeting_id or None)
        case _:
            return came


def _sentences(request: Request, item: Item, every: Sequence[Came]) -> Reply:
    """The last step: a sentence for each decision it comes to, drafted, for a person to accept or rewrite."""
    asked = items.under(request.session, Recommendation, item.id)
    parts, about = [], [item.id]
    for number, part in enumerate(rules.parted(every), 1):
        first = part[0]
        later = meetings.row(request.session, request.group.id, first.meeting_id).date if first.meeting_id else None
        terms = Terms(first.force, first.holder, later, first.referred_to, first.due_text)
        told = _followed(item, asked, part)
        is_whole = first.id == FREE or len(part) == len(asked)
        sentence = drafts.draft(told, terms, request.language, is_whole=is_whole)
        parts.append((number, first, sentence if len(sentence) <= FIELD else ""))  # a longer one would be cut
        for each in part:
            about += [each.id, each.code, number, each.meeting_id or 0]
    left = [each for each in _left(request, item) if each.id not in about[1::CARRIED]]
    return request.ask(
        "decision text", "decisions/text", *about, item=_shown(item), parts=parts, left=left,
        is_free=every[0].id == FREE,
    )  # fmt: skip


def _followed(item: Item, asked: Iterable[Any], part: Iterable[Came]) -> list[drafts.Came]:
    """What came of the recommendations in their own words; of what nobody recommended there are none but for a title,
    where it stands alone.
    """
    outcomes = {each.id: each.outcomes for each in part}
    if FREE in outcomes:
        return [drafts.Came(item.title, "", outcomes[FREE])] if outcomes[FREE][0] in ALONE else []
    mine = [each for each in asked if each.id in outcomes]
    return [drafts.Came(each.text, each.verb, outcomes[each.id], each.position) for each in mine]


def _brought(request: Request, carried: Sequence[int]) -> dict[int, list[Came]]:
    """What the last step carried: what came of each recommendation, by the number of its decision."""
    if not carried or len(carried) % CARRIED:
        raise Refusal("stale")
    parts: dict[int, list[Came]] = {}
    for id, code, number, meeting_id in zip(*(carried[n::CARRIED] for n in range(CARRIED)), strict=True):
        if meeting_id:
            meetings.row(request.session, request.group.id, meeting_id)
        parts.setdefault(number, []).append(replace(rules.decoded(id, code), meeting_id=meeting_id or None))
    if any(len(rules.parted(part)) > 1 for part in parts.values()):
        raise Refusal("stale")
    return parts


def _carry(request: Request, item: Item, meeting: Meeting, parts: Iterable[Sequence[Came]]) -> None:
    """What was not decided comes back at the next meeting, or the one it was postponed to."""
    by, at = request.member.person.id, request.now
    again = {}
    for part in parts:
        if not is_decided(part[0].outcomes):
            asked = [each.id for each in part]
            to = part[0].meeting_id or meetings.following(request.session, meeting.group_id, meeting.date)
            again[carried.carry(request.session, item, to=to, asked=asked, by=by, at=at).id] = True
    for each in again:
        proposals.lay_before_secretary(request, each)


def _shown(item: Item) -> ItemValue:
    return ItemValue(item.number, item.title)


def _text(texts: Mapping[str, str | None], name: str) -> str:
    """A text that must be there."""
    text = _word(texts, name)
    if not text:
        raise Refusal("blank").at(name)
    return text


def _word(terms: Mapping[str, str | None], name: str) -> str | None:
    """A text that may be left out, but not its field."""
    if name not in terms:
        raise Refusal("stale")
    return terms[name]


def _deadline(request: Request, texts: Mapping[str, str | None], name: str) -> Deadline | None:
    """A deadline that may be left out."""
    words = _word(texts, name)
    return deadlines.read(words, request.today) if words else None
