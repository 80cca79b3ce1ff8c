"""The zip that a docx is: weighed before it is unpacked, and its parts as XML in which nothing is hidden."""

from __future__ import annotations

import posixpath
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from bot.refusals import Refusal

MEGABYTE = 1024 * 1024
LARGEST, LARGEST_PART, MOST_PARTS = 60 * MEGABYTE, 30 * MEGABYTE, 2000
# Word's own XML shrinks to a fiftieth at most, a bomb to a thousandth. An element takes a hundred bytes once read.
_DENSEST, _MOST_MARKUP = 200, 1_000_000

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Word, and the wrapping of what has a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ENTRY = b"PK\x01\x02"
# "Strict Open XML" says the same under other names.
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_UNREADABLE = (BadZipFile, EOFError, LookupError, OSError, RuntimeError, ValueError, struct.error, zlib.error)


def refused(name: str, reason: str) -> Refusal:
    """The refusal of a file that can't be read, with its `reason`."""
    return Refusal("not_an_agenda", file=name, reason=reason)


def opened(data: bytes, name: str = "") -> Package:
    """A package by its bytes; nothing is unpacked before its directory says that it can be.

    Refused with the reasons "old_word", "encrypted", "no_docx" (no zip at all), "broken", "too_large_unpacked".
    """
    if data.startswith(_COMPOUND):
        raise refused(name, "encrypted" if _LOCKED in data else "old_word")
    if not data.startswith(b"PK"):
        raise refused(name, "no_docx" if data else "empty")
    if data.count(_ENTRY) > MOST_PARTS:
        raise refused(name, "too_large_unpacked")
    try:
        archive = ZipFile(BytesIO(data))
    except _UNREADABLE as error:
        raise refused(name, "broken") from error

    _weigh(archive.infolist(), name)
    return Package(archive, name, {part.filename.lower(): part for part in archive.infolist()})


def _weigh(parts: list[ZipInfo], name: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise refused(name, "encrypted")
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise refused(name, "broken")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST or any(map(_is_too_large, parts)):
        raise refused(name, "too_large_unpacked")


def _is_too_large(part: ZipInfo) -> bool:
    dense = part.file_size > MEGABYTE and part.file_size > part.compress_size * _DENSEST
    return part.file_size > LARGEST_PART or dense


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package; `name` is the file's, `parts` are by their path in lower case."""

    archive: ZipFile
    name: str
    parts: dict[str, ZipInfo]

    def tree(self, path: str) -> Element | None:
        """A part as XML, None where there is none; refused as "broken" or "too_large_unpacked"."""
        part = self.parts.get(path.lower())
        if part is None:
            return None
        try:
            text = _text(self.archive.read(part))
        except _UNREADABLE as error:
            raise refused(self.name, "broken") from error

        # No document of Office declares a type; one that does wants entities, which could grow or fetch something.
        if "<!DOCTYPE" in text:
            raise refused(self.name, "broken")
        if text.count("<") > _MOST_MARKUP:
            raise refused(self.name, "too_large_unpacked")
        try:
            return ElementTree.fromstring(text)
        except (ElementTree.ParseError, ValueError) as error:
            raise refused(self.name, "broken") from error

    def related(self, kind: str, of: str = "") -> str | None:
        """The path of the part that stands in a relation to another: "officeDocument" of "" is the document itself."""
        folder, name = posixpath.split(of)
        relations = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        return None


def _text(data: bytes) -> str:
    text = data.decode("utf-16") if data.startswith((b"\xff\xfe", b"\xfe\xff")) else data.decode("utf-8-sig")
    return text.replace(_STRICT, _USUAL)
