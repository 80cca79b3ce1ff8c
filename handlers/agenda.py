"""Who knocks about the agenda: shown to anyone, sent by the secretary once the chair has said yes to that version.

What was posted stays one post: a later version is put in its place, and a slip of the pen mended in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot import changes as rules
from bot.agenda import Agenda, Item
from bot.meetings import Meeting as MeetingValue
from bot.refusals import Refusal
from bot.reminders import AHEAD
from bot.roles import ANYONE, SECRETARIAT
from handlers import approvals, titles, unanswered
from handlers.declared import button, command, item_number, item_words
from handlers.request import Reply, Request
from storage import Session, agenda, meetings, order, outbox, questions, sendings
from storage.approvals import agenda_of, approval, was_asked
from storage.meetings import Found, Meeting
from storage.register import RECORDERS
from templates import Message


@dataclass(frozen=True, slots=True)
class Post:
    """The post that a meeting's agenda has become: the key its letters share, its letter, and the items it shows."""

    key: str
    letter: int
    items: tuple[Item, ...]


@command("agenda", da="dagsorden", also=("punkter", "punkt", "items", "item"), may=ANYONE, reads=True)
def show(request: Request, sought: str = "") -> Reply:
    """Show the agenda of the coming meeting, else the latest, or of that on a date; or one item, by number or words."""
    found, text = titles.meeting(request, sought)
    words = item_words(text)
    number = item_number(words)
    if number is not None:
        return _item(request, found, number)
    meeting, items, sent = laid_out(request, found)
    if words:
        return _item(request, found, titles.titled(request, items, text, laid_out))
    is_other = text != sought and found.id != titles.present(request).id
    time = _time(request, meeting.length, items)
    return request.reply(
        "agenda/shown", meeting=meeting, coming=found.coming, is_other=is_other, items=items, sent=sent, **time
    )


def laid_out(request: Request, found: Found) -> tuple[MeetingValue, tuple[Item, ...], int | None]:
    """A meeting and its items as somebody may see them, and the version that was sent, where they see a later one."""
    sent, known = _sent_before(request, found)
    if sent and known:
        return replace(found.meeting, version=sent), known, None
    return found.meeting, agenda.overview(request.reader, found.id, request.member), sent


@command(
    "agenda send",
    da="dagsorden send",
    also=("dagsorden udsend", "agenda udsend"),
    may=SECRETARIAT,
    refuse="role_agenda_send",
)
def ask_chair(request: Request) -> Reply:
    """Ask for the chair's yes to the agenda as it stands; once it is there, send it to the channel."""
    found = meetings.coming_or_latest(request.session, request.group.id, request.today)
    meeting = meetings.row(request.session, request.group.id, found.id)
    if not agenda.overview(request.session, meeting.id, request.member):
        raise Refusal("no_items")
    return approvals.ask(request, meeting, "agenda")


@button("agenda send", may=SECRETARIAT, refuse="role_agenda_send")
def send(request: Request, meeting_id: int, version: int) -> Reply:
    """Send the agenda: the overview in the group's channel, its items in the thread."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    before, posted = sendings.sent_agenda(request.session, meeting.id), post(request.session, meeting)
    whole = asdict(agenda.whole(request.session, meeting.id))
    sendings.send(request.session, agenda_of(meeting), version, whole, by=request.member.person.id, at=request.now)
    meeting.agenda_is_out()
    if before and posted:
        _revise(request, meeting, posted, before.at.astimezone(request.now.tzinfo).date())
    else:
        shown = agenda.items(request.session, meeting.id, None)
        _post(request, meeting, shown, to=request.group.channel, key=f"agenda:{meeting.id}:{version}")
    return approvals.sent(request, agenda_of(meeting), request.update("agenda/sent", at=request.now))


def _sent_before(request: Request, found: Found) -> tuple[int | None, tuple[Item, ...]]:
    """The version of an agenda that was sent, where it has got another since; with its items for whoever is shown no
    agenda that nobody has said yes to.
    """
    if found.meeting.state == "planned":
        return None, ()  # nothing has been sent
    sent = sendings.sent_version(request.reader, found.id)
    if sent in (None, found.meeting.version):
        return None, ()
    if request.member.may(RECORDERS):
        return sent, ()
    last = sendings.last_sent(request.reader, found.id, "agenda")
    return sent, tuple(each.seen_by(request.member) for each in agenda.kept(last[1])) if last else ()


def _item(request: Request, found: Found, number: str) -> Reply:
    """One item, with what whoever looks may do with it."""
    _, known = _sent_before(request, found)
    item = agenda.numbered(known, number) if known else agenda.item(request.reader, found.id, number, request.member)
    below = _questions(request, item)
    edits = request.member.may(SECRETARIAT) and found.meeting.state in AHEAD
    decides = request.member.may(RECORDERS) and found.meeting.state == "open" and not item.hidden
    if not (edits or decides):
        return Reply([*request.written("agenda/item", item=item), *below])
    own = request.written("agenda/own_item", item=item, meeting_id=found.id, edits=edits, decides=decides)
    return Reply([*own, *below])


def _questions(request: Request, item: Item) -> list[Message]:
    """The budget questions that are taken up under an item, and those that are proposed for it; none of one that is not
    for whoever looks.
    """
    ids = [each.id for each in item.walk() if not each.hidden]
    found = questions.under(request.reader, ids)
    under = request.written("questions/under", questions=found) if found else []
    return [*under, *unanswered.proposed(request, ids)]


@button("agenda renumber", may=SECRETARIAT)
def renumber(request: Request, meeting_id: int) -> Reply:
    """Number the items in their order, where a document printed other numbers."""
    meeting = meetings.row(request.session, request.group.id, meeting_id)
    if meeting.state not in AHEAD:
        raise Refusal("meeting_over")
    order.renumber(request.session, meeting.group_id, meeting.id, by=request.member.person.id, at=request.now)
    changed(request, meeting)
    items = agenda.overview(request.session, meeting.id, request.member)
    return request.update("agenda/renumbered", items=items, **standing(request, meeting))


def changed(request: Request, meeting: Meeting, item_id: int = 0) -> bool:
    """The agenda says something else now, about an item or (0) about more. A slip mended in what was sent is mended in
    the posts (True); else the agenda gets its next version, once, which the chair has to say yes to (False).
    """
    meeting.contents = None  # the printed list of items is not how it is any more
    before = sendings.sent_agenda(request.session, meeting.id)
    if before and before.version == meeting.version and item_id:
        new = _holding(agenda.whole(request.session, meeting.id).items, item_id)
        old = new and _holding(agenda.kept(before.content), new.id)
        if new and old and rules.is_slip(old, new, agenda.texts(request.session, meeting.group_id, but=new)):
            _mend(request, meeting, new)
            return True
    sendings.revise(request.session, meeting)
    approvals.overtaken(request, meeting)
    return False


def standing(request: Request, meeting: Meeting) -> dict[str, Any]:
    """How far a meeting's agenda has come, and how its items fit into its time."""
    items = agenda.overview(request.session, meeting.id, request.member)
    was_sent = sendings.sent_version(request.session, meeting.id)
    is_asked = was_sent == meeting.version or approval(request.session, agenda_of(meeting)) is not None
    asked_before = not is_asked and was_asked(request.session, meeting.id)
    anew = "" if not asked_before else "anew" if was_sent else "asked_before"
    return {"meeting": meeting.shown(), "anew": anew, **_time(request, meeting.shown().length, items)}


def post(session: Session, meeting: Meeting) -> Post | None:
    """The post of a meeting's agenda, with what was sent last and is no new version since; None where there is none."""
    sent = sendings.sent_agenda(session, meeting.id)
    if sent is None:
        return None
    key = f"agenda:{meeting.id}:{sent.posted}"
    letter = outbox.find(session, f"{key}:1")
    is_current = sent.version == meeting.version
    kept = (each.seen_by(None) for each in agenda.kept(sent.content))
    shown = agenda.items(session, meeting.id, None) if is_current else tuple(kept)
    return None if letter is None else Post(key, letter, shown)


def _revise(request: Request, meeting: Meeting, posted: Post, since: date) -> None:
    """Put a new version in the place of what was posted, and say in its thread what has changed."""
    channel, stamp = request.group.channel, f"{posted.key}:version:{meeting.version}"
    items = agenda.items(request.session, meeting.id, None)
    overview = request.written("agenda/posted", meeting=meeting.shown(), items=items)
    _in_place(request, posted, overview, posted.key, f"{stamp}:post")
    was = {each.id: each for each in posted.items}
    for item in items:
        said = request.written("agenda/item", item=item)
        if not _mended_below(request, posted, item, was.get(item.id), said, stamp):
            request.later(said, key=f"{posted.key}:item:{item.id}", to=channel, thread_of=posted.letter)
    for gone in was.keys() - {each.id for each in items}:
        said = request.written("agenda/gone", item=was[gone], version=meeting.version)
        _mended_below(request, posted, was[gone], None, said, stamp)
    found = [request.voice.change(each) for each in rules.changes(posted.items, items)]
    told = request.written("agenda/revised", version=meeting.version, since=since, changes=found)
    request.later(told, key=f"{stamp}:told", to=channel, thread_of=posted.letter)


def _mend(request: Request, meeting: Meeting, item: Item) -> None:
    """Put an item's words right in what was posted, and say nothing of it."""
    posted = post(request.session, meeting)
    if posted is None:
        return
    stamp = f"{posted.key}:mended:{request.origin.key}"
    overview = request.written("agenda/posted", meeting=meeting.shown(), items=posted.items)
    _in_place(request, posted, overview, posted.key, f"{stamp}:post")
    seen = item.seen_by(None)
    _mended_below(request, posted, seen, None, request.written("agenda/item", item=seen), stamp)


def _mended_below(
    request: Request, posted: Post, item: Item, was: Item | None, said: list[Message], stamp: str
) -> bool:
    """Change an item's own post in the thread, if it says something else than it did; False where there is none."""
    key = f"{posted.key}:item:{item.id}"
    is_there = outbox.find(request.session, f"{key}:1") is not None
    if is_there and item != was:
        _in_place(request, posted, said, key, f"{stamp}:item:{item.id}")
    return is_there


def _in_place(request: Request, posted: Post, said: list[Message], of: str, key: str) -> None:
    request.replace(said, of=of, key=key, to=request.group.channel, thread_of=posted.letter, gathered="agenda/gathered")


def _holding(items: Iterable[Item], item_id: int) -> Item | None:
    """The item that one is, or stands under."""
    return next((item for item in items if any(each.id == item_id for each in item.walk())), None)


def _lay_before(request: Request, meeting: Meeting, to: str, key: str) -> None:
    """The agenda for the eyes of one who sees all of it."""
    _post(request, meeting, agenda.items(request.session, meeting.id, request.member), to=to, key=key)


def _post(request: Request, meeting: Meeting, items: tuple[Item, ...], *, to: str, key: str) -> None:
    """The overview of the items to a channel or person, each item in its thread."""
    overview = request.written("agenda/posted", meeting=meeting.shown(), items=items)
    first = request.later(overview, key=key, to=to)
    for item in items:
        request.later(request.written("agenda/item", item=item), key=f"{key}:item:{item.id}", to=to, thread_of=first)


def _time(request: Request, length: int | None, items: tuple[Item, ...]) -> dict[str, Any]:
    planned = Agenda(items=items)
    length_of = {"length": length or request.group.meeting_length, "assumed": length is None}
    return {"sum": planned.duration, "untimed": planned.untimed, **length_of}


def _remarks(request: Request, meeting: Meeting) -> list[Message]:
    """That the items take longer than the meeting, and what has changed since the members got an agenda."""
    items = agenda.items(request.session, meeting.id, request.member)
    time, before = _time(request, meeting.shown().length, items), sendings.sent_agenda(request.session, meeting.id)
    remarks = request.written("agenda/too_long", **time) if time["sum"] > time["length"] else []
    if before:
        since = before.at.astimezone(request.now.tzinfo).date()
        found = [request.voice.change(each) for each in rules.changes(agenda.kept(before.content), items)]
        remarks += request.written("agenda/revised", version=meeting.version, since=since, changes=found)
    return remarks


approvals.papers["agenda"] = approvals.Laid(lambda _, meeting: agenda_of(meeting), _lay_before, _remarks)
