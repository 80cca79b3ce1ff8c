"""Who knocks with a document: it is read, what was read is told, and it is filed if somebody wants that."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.groups import Language
from bot.reading import Reading
from bot.reading.text import decode, read
from bot.refusals import Refusal
from storage import Storage, documents, groups
from storage.meetings import Meeting
from templates import Voice

MEGABYTE = 1024 * 1024
LIMIT = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read: its name, the digest of its bytes, and what stood in it."""

    name: str
    digest: str
    reading: Reading


def opened(path: Path) -> Document:
    """Read a document from a file; refused where it is none, is too large, or is no agenda."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise Refusal("too_large", file=path.name, size=size // MEGABYTE, limit=LIMIT // MEGABYTE)
        data = path.read_bytes()
    except OSError as error:
        raise Refusal("no_file", file=str(path)) from error
    return Document(path.name, hashlib.sha256(data).hexdigest(), read(decode(data), path.name))


def filed(storage: Storage, document: Document, channel: str, language: Language, at: datetime) -> Meeting:
    """File a document with the group whose home a channel is; the channel becomes one where it was none."""
    with storage.transaction() as session:
        group = groups.found(session, channel, language=language, at=at)
        return documents.file(session, group, document.reading, name=document.name, digest=document.digest, at=at)


def receipt(document: Document, language: Language) -> list[str]:
    """What was read and what is in doubt, a sentence each."""
    voice, reading = Voice(language), document.reading
    lines = [voice.plain("import.receipt", file=document.name, parts=_parts(reading, voice))]
    if reading.doubts:
        lines.append(voice.plain("import.doubts", things=voice.count(len(reading.doubts), "thing")))
        lines += [f"- {voice.plain(f'doubt.{doubt.key}', **doubt.values)}" for doubt in reading.doubts]
    return lines


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
