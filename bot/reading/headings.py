"""The headings that agendas and minutes are made of: known sections, standing items, appendices."""

from __future__ import annotations

import re

RECOMMENDATION = frozenset({"indstilling", "indstillinger", "recommendation", "recommendations"})
DECISION = frozenset({"beslutning", "beslutninger", "decision", "decisions"})
MINUTES = frozenset({"referat", "drøftelse", "drøftelser", "debat", "minutes", "discussion"})
APPENDICES = frozenset({"bilag", "bilagsliste", "bilag til punktet", "appendices", "appendix"})
NEXT_MEETING = frozenset({"næste møde", "kommende møde", "next meeting"})

_SECTIONS = (
    RECOMMENDATION
    | DECISION
    | MINUTES
    | APPENDICES
    | NEXT_MEETING
    | frozenset(
        {"resumé", "resume", "resumè", "sammenfatning", "summary", "baggrund", "background", "problem", "formål"}
    )
    | frozenset(
        {"løsning", "løsninger", "solution", "videre proces", "den videre proces", "videre forløb", "next steps"}
    )
    | frozenset({"sagsfremstilling", "konklusion", "vurdering", "økonomi", "tidsplan", "opfølgning", "risici"})
    | frozenset({"kommunikation", "konsekvenser", "høring", "næste skridt"})
)
_STANDING = re.compile(
    r"(?:meddelelser|eventuelt|evt\.?|velkomst|bordet rundt|godkendelse af (?:dagsorden|referat)|næste møde"
    r"|orientering fra formanden|announcements|any other business|aob|welcome)\b",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"(?:Bilag|BILAG|Appendix)\s+(\d{1,2}(?:\.\d{1,2})?[a-z]?)\b(?:\s*[:.–-](?=\s)|:)?\s*(\S.*)?$")
_LEAD_IN = re.compile(r"([^\s:][^:]{3,24}):\s+(\S.*)$")


def name(text: str) -> str:
    """A heading without its colon, to compare by: "Indstilling:" gives "indstilling"."""
    return text.strip().rstrip(":").rstrip().casefold()


def known(text: str) -> bool:
    """Whether a line is the heading of a known section, and nothing else."""
    return text[:1].isupper() and len(text) < 40 and name(text) in _SECTIONS


def lead_in(text: str) -> tuple[str, str] | None:
    """A known heading with its text on the same line: "Baggrund: Siden 2018 …"."""
    found = _LEAD_IN.match(text) if len(text) < 5000 else None
    return (found[1], found[2]) if found and known(found[1]) else None


def standing(title: str) -> bool:
    """Whether it is the title of an item that stands on every agenda: Meddelelser, Eventuelt …"""
    return bool(_STANDING.match(title))


def appendix(text: str) -> tuple[str, str] | None:
    """The number and title of an announced appendix. "Bilag 4.1 viser, at …" announces none, it mentions one."""
    found = _APPENDIX.match(text) if len(text) < 400 else None
    if not found or (found[2] or "")[:1].islower():
        return None
    return found[1], (found[2] or "").strip()


def headlike(text: str) -> bool:
    """Whether a line could be a heading: short, not lower case, no stop at its end."""
    text = text.strip()
    return 0 < len(text) <= 180 and not text[0].islower() and text[-1] not in ".:;!,"


def announces(title: str) -> bool:
    """Whether an item is the one for announcements."""
    return bool(re.match(r"(?:meddelelser|orientering(?:er)? fra|announcements)\b", title, re.IGNORECASE))
