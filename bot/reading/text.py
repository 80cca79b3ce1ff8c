"""The door of the reader: a text (txt, Markdown) in, a `Reading` out, or a refusal that says why it is no agenda."""

from __future__ import annotations

from typing import Literal

from bot.agenda import Agenda
from bot.reading import Reading, agenda, doubts, headings
from bot.reading.lines import LONGEST, MOST, Line, lines
from bot.reading.meeting import names_a_meeting
from bot.reading.outline import outline
from bot.reading.paragraphs import paragraphs
from bot.refusals import Refusal

_MOST_ITEMS = 500  # with sub-items; no meeting lasts that long
_BINARY = ("%PDF", "PK\x03\x04", "\xd0\xcf\x11\xe0", "{\\rtf", "\x7fELF", "\x89PNG")


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16 with a byte order mark, UTF-8 without, else cp1252, as older Windows files are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(text: str, name: str = "") -> Reading:
    """Read an agenda or minutes; `name` is the file's, for the refusal `not_an_agenda` with its `reason`.

    Reasons: "empty", "binary" (no text at all), "no_items" (a text without an item of an agenda), "too_large_unpacked"
    (more than any agenda holds).
    """
    if _is_binary(text):
        raise Refusal("not_an_agenda", file=name, reason="binary")
    return read_lines(lines(text), name)


def read_lines(found: tuple[Line, ...], name: str = "") -> Reading:
    """The same from lines, for formats that hold more than text; refused as above, but never as "binary"."""
    if not found:
        raise Refusal("not_an_agenda", file=name, reason="empty")
    if len(found) > MOST or any(len(line.text) > LONGEST for line in found):
        raise Refusal("not_an_agenda", file=name, reason="too_large_unpacked")

    drawn = outline(paragraphs(found))
    read_agenda, budgets, unclear = agenda.read(drawn)
    if not read_agenda.items or not (_is_agenda(read_agenda) or names_a_meeting(drawn.front)):
        raise Refusal("not_an_agenda", file=name, reason="no_items")
    if sum(1 for _ in read_agenda.walk()) > _MOST_ITEMS:
        raise Refusal("not_an_agenda", file=name, reason="too_large_unpacked")
    kind = _kind(read_agenda)
    return Reading(kind, read_agenda, budgets, (*doubts.doubts(read_agenda, kind == "minutes"), *unclear))


def _is_binary(text: str) -> bool:
    control = sum(1 for letter in text[:4000] if letter < " " and letter not in "\t\n\r\x0b\x0c")
    return text.startswith(_BINARY) or "\x00" in text or control * 20 > len(text[:4000]) > 0


def _is_agenda(found: Agenda) -> bool:
    """Whether anything but numbers speaks for an agenda: kinds, minutes, a section, an item of every agenda."""
    return any(
        item.kinds
        or item.duration is not None
        or item.recommendations
        or headings.standing(item.title)
        or any(headings.known(section.heading) for section in item.sections)
        for item in found.walk()
    )


def _kind(found: Agenda) -> Literal["agenda", "minutes"]:
    """Minutes tell of a meeting that was held: by their title, a decision, or a section Referat."""
    title = (found.meeting.title or "").casefold()
    held = any(
        item.decisions or any(headings.name(section.heading) in headings.MINUTES for section in item.sections)
        for item in found.walk()
    )
    return "minutes" if held or "referat" in title or "minutes" in title else "agenda"
