"""Who knocks with a document: it is read, what was read is told, and it is filed if somebody wants that."""

from __future__ import annotations

import hashlib
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import changes as rules
from bot.groups import Language
from bot.meetings import Meeting as MeetingValue
from bot.meetings import as_told
from bot.reading import Doubt, Reading
from bot.refusals import Refusal
from bot.roles import SECRETARIAT
from handlers import proposals, reader
from handlers.declared import button, shortcut
from handlers.request import Reply, Request
from storage import Storage, documents, groups, home
from storage.documents import Laid
from storage.meetings import Meeting
from templates import Voice, refused_plainly

MEGABYTE = 1024 * 1024
LIMIT = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: its name, its bytes and their digest, and what stood in it."""

    name: str
    data: bytes
    digest: str
    reading: Reading


def opened(path: Path) -> Document:
    """Read a document from a file; refused where it is none, is too large, or is no agenda."""
    try:
        refuse_too_large(path.name, path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise Refusal("no_file", file=str(path)) from error
    return understood(path.name, data)


def understood(name: str, data: bytes) -> Document:
    """Read a document from its bytes; refused where it can't be read in reasonable time, or is no agenda.

    It takes longer than Slack waits for an answer: for an errand or a terminal.
    """
    refuse_too_large(name, len(data))
    return Document(name, data, hashlib.sha256(data).hexdigest(), reader.read(name, data))


def refuse_too_large(name: str, size: int) -> None:
    """Refuse a file before it is read or fetched."""
    if size > LIMIT:
        raise Refusal("too_large", file=name, size=size // MEGABYTE, limit=LIMIT // MEGABYTE)


def filed(storage: Storage, document: Document, channel: str, language: Language, at: datetime) -> Meeting:
    """File a document with the group whose home a channel is; the channel becomes one where it was none."""
    with storage.transaction() as session:
        group = groups.found(session, channel, language=language, at=at)
        meeting = documents.file(session, group, document.reading, name=document.name, digest=document.digest, at=at)
        home.redraw(session, time.time())
        return meeting


def received(request: Request, document: Document) -> Reply:
    """A document dropped in Slack was read: the receipt, with the doubts, what it changes, and whether to file it."""
    reading, voice = document.reading, request.voice
    documents.recognised(request.session, request.group.id, document.digest)
    before = documents.laid_before(request.session, request.group.id, reading.agenda)
    hindrance = rules.hindrance(before.meeting, reading.kind, bool(before.items)) if before.meeting else None
    if hindrance:
        said = refused_plainly(hindrance, request.language, command=request.command, now=request.now)
        return request.reply("documents/hindered", receipt=_receipt(document, voice), hindrance=said)
    name, digest, data = document.name, document.digest, document.data
    kept = documents.keep(request.session, request.group.id, name=name, digest=digest, data=data, at=request.now)
    return request.reply(
        "documents/receipt",
        document=kept,
        receipt=_receipt(document, voice),
        doubts=_doubts(document, voice),
        to_set=before.sets,
        replaces=bool(before.items),
        changes=_changes(before, reading, voice),
        stays=[] if reading.budgets else [each.name for each in before.budgets],
    )


@shortcut("read document", called="Læs som dagsorden", may=SECRETARIAT, on_message=True)
def read_again(request: Request, message: dict[str, Any]) -> Reply:
    """Read the file of a message as an agenda, whoever dropped it."""
    files = [each["id"] for each in message.get("files") or ()]
    if not files:
        raise Refusal("no_file_here")
    for each in files:
        where = {"user": request.origin.slack_id, "channel": request.origin.channel, "group": request.group.id}
        request.errand(f"file:{each}:{request.origin.key}", file=each, body={}, **where)
    return request.reply("documents/reading")


@button("document file", may=SECRETARIAT)
def file(request: Request, document_id: int) -> Reply:
    """Have what was read put on the agenda; it is read again, which may take longer than Slack waits."""
    documents.kept(request.session, request.group.id, document_id)
    origin, group = asdict(request.origin), request.group.id
    request.errand(f"document:{request.origin.key}", document=document_id, origin=origin, group=group)
    return Reply()


def put_on_agenda(request: Request, document_id: int, document: Document) -> Reply:
    """Put what was read on the agenda, now that it has been read again."""
    documents.kept(request.session, request.group.id, document_id)
    group, told = groups.group(request.session, request.group.id), document.reading.agenda
    before = documents.laid_before(request.session, request.group.id, told)
    at, name, digest = request.now, document.name, document.digest
    meeting = documents.file(request.session, group, document.reading, name=name, digest=digest, at=at)
    back = rules.sent_back(before.proposals, told.items)
    for each in back:
        proposals.sent_back(request, each.id)
    titles = [request.voice.title(each) for each in back]
    return request.update("documents/filed", kind=document.reading.kind, meeting=meeting.shown(), back=titles)


@button("document drop", may=SECRETARIAT)
def drop(request: Request, document_id: int) -> Reply:
    """Forget a document that was read and not filed."""
    row = documents.kept(request.session, request.group.id, document_id)
    name = row.name
    documents.forget(request.session, row)
    return request.update("documents/dropped", name=name)


def receipt(document: Document, language: Language) -> list[str]:
    """What was read and what is in doubt, a sentence each."""
    voice = Voice(language)
    lines, doubts = [_receipt(document, voice)], _doubts(document, voice)
    if doubts:
        lines.append(voice.plain("import.doubts", things=voice.count(len(doubts), "thing")))
    return [*lines, *(f"- {doubt}" for doubt in doubts)]


def _receipt(document: Document, voice: Voice) -> str:
    return voice.plain("import.receipt", file=document.name, parts=_parts(document.reading, voice))


def _doubts(document: Document, voice: Voice) -> list[str]:
    return [_doubt(doubt, voice) for doubt in document.reading.doubts]


def _doubt(doubt: Doubt, voice: Voice) -> str:
    values = {name: voice.list(each) if isinstance(each, list) else each for name, each in doubt.values.items()}
    return voice.plain(f"doubt.{doubt.key}", **values)


def _changes(before: Laid, reading: Reading, voice: Voice) -> list[str]:
    """What a document changes in a meeting and in the agenda that lies before it, a sentence each."""
    found = _of_meeting(before.meeting, reading.agenda.meeting, voice) if before.meeting else []
    if not before.items:
        return found
    back = rules.sent_back(before.proposals, reading.agenda.items)
    titles = {(each.number, each.title) for each in back}
    of_items = rules.changes(before.items, reading.agenda.items)
    of_items = tuple(each for each in of_items if each.what != ("removed",) or (each.number, each.title) not in titles)
    found += [voice.change(each) for each in of_items]
    found += [voice.plain("document.back", title=voice.title(each)) for each in back]
    fates = rules.budgets(before.budgets, reading.budgets)
    return [*found, *(voice.plain(f"document.budget.{fate}", budget=name) for name, fate in fates)]


def _of_meeting(known: MeetingValue, told: MeetingValue, voice: Voice) -> list[str]:
    new = as_told(known, told)
    hours, place = (voice.hours(new), voice.hours(known)), (new.place, known.place)
    said = (("document.hours", *hours), ("document.place", *place))
    return [voice.plain(key, new=now, old=before) for key, now, before in said if now != before]


def _parts(reading: Reading, voice: Voice) -> str:
    everything = list(reading.agenda.walk())
    counted = [
        voice.count(len(reading.agenda.items), "item"),
        voice.count(sum(len(item.appendices) for item in everything), "appendix"),
        voice.count(sum(len(item.recommendations) for item in everything), "recommendation"),
        voice.count(sum(len(item.decisions) for item in everything), "decision"),
    ]
    for budget in reading.budgets:
        lines = voice.count(sum(not line.unallocated for line in budget.lines), "line")
        unallocated = voice.plain("import.unallocated") if any(line.unallocated for line in budget.lines) else ""
        total = voice.plain("import.total") if budget.total else ""
        counted.append(voice.plain("import.budget", lines=lines, unallocated=unallocated, total=total))
    return voice.list([part for part in counted if part])
