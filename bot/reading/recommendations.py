"""Recommendations (indstillinger): "Det indstilles, at styregruppen" and what the group is asked to do, one each."""

from __future__ import annotations

import re

from bot.agenda import Recommendation
from bot.reading import verbs

_LEAD = re.compile(
    r"(?:Det\s+indstilles|Det\s+anbefales|[^\W\d_][\w -]{1,60}\s+indstiller|It\s+is\s+recommended"
    r"|[\w-]*(?:gruppen|udvalget|bestyrelsen|rådet)\s+indstilles\s+til)\b[^.:;]{0,160}?(?:,?\s+(?:at|that)\b|:|$)",
    re.IGNORECASE,
)
_LOOKS = re.compile(
    r"(?:det|der|[\w-]*(?:gruppen|udvalget|bestyrelsen|rådet)|sekretariatet|formandskabet|it)\s+"
    r"(?:indstill|foreslå|anbefal|bedes|anmodes|opfordres|is\s+recommended)",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"(?:[^.:;]{0,80}?\b(?:bedes|anmodes om|opfordres til|is asked to)\b"
    r"|(?:at\s+|that\s+)?(?:the\s+)?[\w-]*(?:gruppen|udvalget|bestyrelsen|rådet|group|committee|board)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_COUNTED = re.compile(r"\s*\(?[1-9a-h]\)\s*$")
_NEXT_COUNTED = re.compile(r"[;,:]?\s+(?:(?:og|samt|and)\s+)?\(?[1-9a-h]\)\s+")


def leads(text: str) -> bool:
    """Whether a paragraph outside its section says that something is recommended (indstilles)."""
    found = _LEAD.match(text)
    return bool(found) and "nbefal" not in text[:14] if found else False


def opens(text: str) -> bool:
    """Whether a paragraph leads into a list of what is recommended: it names nothing of it itself."""
    found = _LEAD.match(text)
    return bool(found) and _first_verb(text, found.end()) is None if found else False


def looks(text: str) -> bool:
    """Whether a paragraph may mean to recommend something, in words that `leads` doesn't know."""
    return bool(_LOOKS.match(text))


def asks(text: str) -> bool:
    """Whether a bullet asks for something by itself."""
    return verbs.begins(text)


def one(text: str) -> Recommendation:
    """A bullet as a recommendation, its words as written."""
    return Recommendation(text, verbs.asked(text))


def inline(text: str) -> tuple[str, list[Recommendation]]:
    """A sentence's lead and what it recommends: "Det indstilles, at styregruppen" + "godkender budgettet."."""
    found = _LEAD.match(text) or _PLEASE.match(text)
    begin = _first_verb(text, found.end() if found else 0)
    if begin is None or (not found and begin > 0):
        return text, []

    lead, asked = text[:begin].rstrip(), text[begin:]
    counted = _COUNTED.search(lead[-8:])
    parts = _NEXT_COUNTED.split(asked) if counted else [asked]
    return _COUNTED.sub("", lead) if counted else lead, [one(part.strip()) for part in parts if part.strip()]


def _first_verb(text: str, begin: int) -> int | None:
    """Where the first verb of a recommendation stands, within the first dozen words after the lead."""
    for count, word in enumerate(_WORD.finditer(text, begin)):
        if verbs.begins(word[0]) and word[0].lower() != "at":
            return word.start()
        if count > 12:
            break
    return None
