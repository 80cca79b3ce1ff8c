"""Drafts of decision sentences, from what was recommended and what came of it, in the form of the group's own minutes.

The words are the recommendation's; only the verb changes: "godkender, at …" becomes "Styregruppen godkendte, at …". A
draft knows nothing that nobody told: who wanted what, and why, is for the person who accepts or rewrites it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot import dates
from bot.decisions import ALONE, Force, Outcome
from bot.groups import Language
from bot.reading import verbs

_DID: dict[Language, dict[Outcome, str]] = {
    "da": {
        "approved": "godkendte",
        "noted": "tog",
        "discussed": "drøftede",
        "decided": "besluttede",
        "amended": "ændrede",
    },
    "en": {
        "approved": "approved",
        "noted": "noted",
        "discussed": "discussed",
        "decided": "decided",
        "amended": "amended",
    },
}
_GROUP = {"da": "Styregruppen", "en": "The steering group"}
_AND = {"da": " og ", "en": " and "}


@dataclass(frozen=True, slots=True)
class Came:
    """A recommendation in its own words, and what came of it."""

    text: str
    verb: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms: how binding, whose yes is awaited, the meeting at which it ends, the body it was handed to."""

    force: Force = "final"
    holder: str | None = None
    meeting: date | None = None
    referred_to: str | None = None


def draft(came: Sequence[Came], terms: Terms, language: Language = "da") -> str:
    """One sentence for all of it; "" where nothing came of anything."""
    alone = [each.outcomes[0] for each in came if len(each.outcomes) == 1 and each.outcomes[0] in ALONE]
    if alone:
        return _alone(alone[0], terms, language)
    told = [(_did(each, language), each) for each in came if each.outcomes]
    clauses = []
    for (did, suffix), group in groupby(told, key=lambda pair: pair[0]):
        objects = [_object(each) for _, each in group]
        clauses.append(f"{did}{_joined(objects, language)}{suffix}")
    if not clauses:
        return ""
    return f"{_GROUP[language]} {_listed(clauses, language)}{_terms(terms, language)}."


def _did(came: Came, language: Language) -> tuple[str, str]:
    """The verbs in the past, and what comes after their object."""
    if language == "da" and came.verb == "tager stilling" and came.outcomes == ("decided",):
        return "tog stilling til", ""
    noted = language == "da" and "noted" in came.outcomes
    words = [_DID[language][each] for each in came.outcomes if each in _DID[language]]
    words.sort(key=lambda word: word == "tog")  # what takes its object in the middle comes last
    return _AND[language].join(words), " til efterretning" if noted else ""


def _object(came: Came) -> str:
    """What the verb governs, in the words that were written: " budgettet", ", at Del I bliver rammen"."""
    rest = verbs.governed(came.text).rstrip(" .,;")
    return rest if rest.startswith(",") else f" {rest}"


def _joined(objects: Sequence[str], language: Language) -> str:
    first, *rest = objects
    return first + "".join(f"{_AND[language].rstrip()}{each.removeprefix(',')}" for each in rest)


def _listed(clauses: Sequence[str], language: Language) -> str:
    if len(clauses) == 1:
        return clauses[0]
    return ", ".join(clauses[:-1]) + _AND[language] + clauses[-1]


def _terms(terms: Terms, language: Language) -> str:
    if terms.force == "conditional" and terms.holder:
        return f" med forbehold for {terms.holder}" if language == "da" else f", subject to {terms.holder}"
    if terms.force == "preliminary":
        day = f" {dates.spoken(terms.meeting, language)}" if terms.meeting else ""
        if language == "da":
            return f" foreløbigt med endelig godkendelse på styregruppemødet{day}" if day else " foreløbigt"
        return f" for the time being, with the final approval at the meeting on{day}" if day else " for the time being"
    return ""


def _alone(outcome: Outcome, terms: Terms, language: Language) -> str:
    to = terms.referred_to or ""
    day = dates.spoken(terms.meeting, language) if terms.meeting else ""
    match outcome, language:
        case "referred", "da":
            return f"Styregruppen henviste punktet til {to}." if to else "Styregruppen henviste punktet."
        case "referred", _:
            return f"The steering group referred the item to {to}." if to else "The steering group referred the item."
        case "postponed", "da":
            return f"Styregruppen udsatte punktet til mødet {day}." if day else "Styregruppen udsatte punktet."
        case "postponed", _:
            return f"The item was postponed to the meeting on {day}." if day else "The item was postponed."
        case _, "da":
            return "Styregruppen nåede ikke punktet."
        case _:
            return "The item was not reached."
