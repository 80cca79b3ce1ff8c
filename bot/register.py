"""The register of decisions (beslutningslog): what somebody looks for in it, from the words they type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.decisions import DecisionState, Force, Outcome

Meaning = TypeVar("Meaning")
_NUMBER = re.compile(r"(?:(?:nr|nummer|no|number)\.?\s*)?(?:(20\d\d)[-/])?(\d{1,4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ITEM = re.compile(r"\b(?:punkt(?:et)?|pkt\.?|item)\s+(?:(?:nr|nummer|no|number)\.?\s*)?(\d[\d.]*)", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:forrige|sidste|seneste|last|latest|previous)\s+(?:møde|meeting)\w*", re.IGNORECASE)
_THIS_YEAR = re.compile(r"\bi\s+år\b|\bthis\s+year\b", re.IGNORECASE)
_FORCES: tuple[tuple[str, Force], ...] = (
    ("foreløbig", "preliminary"),
    ("preliminary", "preliminary"),
    ("betinge", "conditional"),
    ("forbehold", "conditional"),
    ("conditional", "conditional"),
    ("bortfald", "lapsed"),
    ("lapsed", "lapsed"),
    ("endelig", "final"),
    ("final", "final"),
)
_OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    ("godkend", "approved"),
    ("approved", "approved"),
    ("orientering", "noted"),
    ("noted", "noted"),
    ("drøft", "discussed"),
    ("discussed", "discussed"),
    ("henvist", "referred"),
    ("referred", "referred"),
    ("udsat", "postponed"),
    ("postponed", "postponed"),
)
_STATES: tuple[tuple[str, DecisionState], ...] = (
    ("uudsendt", "recorded"),
    ("registrere", "recorded"),
    ("recorded", "recorded"),
    ("udsendt", "announced"),
    ("announced", "announced"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: one decision by its number, or those of a year, a meeting, an item with those under it, a
    kind, a state, with some words in them.
    """

    number: int | None = None
    year: int | None = None
    force: Force | None = None
    outcome: Outcome | None = None
    state: DecisionState | None = None
    words: str = ""
    item: str | None = None
    is_latest: bool = False
    meeting_id: int | None = None

    def __bool__(self) -> bool:
        return self != Wanted()


def wanted(typed: str, today: date) -> Wanted:
    """What somebody looks for: "2025-3", "nr. 3", "2025", "i år", "foreløbige 2026", "godkendte budget", in any order;
    "punkt 3", without a year, and "forrige møde" are of the latest meeting.
    """
    number = _NUMBER.fullmatch(typed.strip())
    if number and not _YEAR.fullmatch(typed.strip()):
        return Wanted(number=int(number[2]), year=int(number[1]) if number[1] else None)
    year, force, outcome, state = None, None, None, None
    words = []
    item, is_latest = _ITEM.search(typed), _LATEST.search(typed)
    for said in (item, is_latest):
        typed = typed.replace(said[0], " ") if said else typed
    for word in _THIS_YEAR.sub(str(today.year), typed).split():
        if year is None and _YEAR.fullmatch(word):
            year = int(word)
        elif force is None and (found := _begun(word, _FORCES)):
            force = found
        elif outcome is None and (kind := _begun(word, _OUTCOMES)):
            outcome = kind
        elif state is None and (told := _begun(word, _STATES)):
            state = told
        else:
            words.append(word)
    number_of = item[1].rstrip(".") if item else None
    is_last = bool(is_latest or (item and year is None))
    return Wanted(None, year, force, outcome, state, " ".join(words), number_of, is_last)


def _begun(word: str, meanings: tuple[tuple[str, Meaning], ...]) -> Meaning | None:
    return next((meaning for begin, meaning in meanings if word.casefold().startswith(begin)), None)
