"""The register of decisions (beslutningslog): what somebody looks for in it, from the words they type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from bot.decisions import DecisionState, Force, Outcome

Meaning = TypeVar("Meaning")
_NUMBER = re.compile(r"(?:(?:nr|nummer|no|number)\.?\s*)?(?:(20\d\d)[-/])?(\d{1,4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
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
    """What is looked for: one decision by its number, or those of a year, a kind, a state, with some words in them."""

    number: int | None = None
    year: int | None = None
    force: Force | None = None
    outcome: Outcome | None = None
    state: DecisionState | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return self != Wanted()


def wanted(typed: str) -> Wanted:
    """What somebody looks for: "2025-3", "nr. 3", "2025", "foreløbige 2026", "godkendte budget", in any order."""
    number = _NUMBER.fullmatch(typed.strip())
    if number and not _YEAR.fullmatch(typed.strip()):
        return Wanted(number=int(number[2]), year=int(number[1]) if number[1] else None)
    year, force, outcome, state = None, None, None, None
    words = []
    for word in typed.split():
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
    return Wanted(None, year, force, outcome, state, " ".join(words))


def _begun(word: str, meanings: tuple[tuple[str, Meaning], ...]) -> Meaning | None:
    return next((meaning for begin, meaning in meanings if word.casefold().startswith(begin)), None)
