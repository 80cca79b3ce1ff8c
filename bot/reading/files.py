"""The door of the reader for files: a name and bytes in, a `Reading` out; the name's ending says how it is read."""

from __future__ import annotations

from pathlib import PurePath

from bot.reading import Reading
from bot.refusals import Refusal

TEXTS = {".txt", ".md", ".markdown", ".text"}
WORD = {".docx", ".docm", ".doc"}
ZIPPED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # what Word's new and old files begin with
DOCUMENTS = TEXTS | WORD | {".pdf", ".odt", ".rtf", ".pages"}  # those of which we say why we can't read them


def read(data: bytes, name: str) -> Reading:
    """Read an agenda or minutes; refused as "unreadable" where nobody knows how, else as its reader refuses."""
    from bot.reading import docx, text  # noqa: PLC0415 the readers are slow to load, and most days nobody reads

    ending = PurePath(name).suffix.lower()
    if ending in WORD or data.startswith(ZIPPED):
        return docx.read(data, name)
    if ending in TEXTS:
        return text.read(text.decode(data), name)
    raise Refusal("unreadable", file=name)
