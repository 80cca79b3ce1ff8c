"""Drafts of decision sentences, from what was recommended and what came of it, in the form of the group's own minutes.

The words are the recommendation's; only the verb changes: "godkender, at …" becomes "Styregruppen godkendte, at …". A
draft knows nothing that nobody told: who wanted what, and why, is for the person who accepts or rewrites it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

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
_TO = {"da": "til", "en": "to"}
_THE_ITEM = {"da": "punktet", "en": "the item"}
_LATER = re.compile(
    r",?\s+(?:mhp\.?|med henblik på|with a view to)\s+((?:den )?endelige? godkendelse|(?:the )?final approval)\b"
)
_ACCEPTABLE = re.compile(
    r", (?:om|whether) (.+?) (?:kan|can be) (?:accepteres|godkendes|tiltrædes|accepted|approved)\b"
)
_BODY = re.compile(
    r"(?:bestyrelse|udvalg|råd|bagland|direktion|ledelse|kreds|gruppe|forum)(?:e?n|e?t)?$", re.IGNORECASE
)
_BRIEFING = re.compile(r" (orienteringen) (om|vedr\.|vedrørende|fra) (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Came:
    """A recommendation in its own words, and what came of it; `position` is its number within the item."""

    text: str
    verb: str
    outcomes: tuple[Outcome, ...]
    position: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms: how binding, whose yes is awaited, the meeting at which it ends, the body it was handed to,
    and until when the yes is awaited, as written.
    """

    force: Force = "final"
    holder: str | None = None
    meeting: date | None = None
    referred_to: str | None = None
    due_text: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """What was done to something: the verbs in the past, what they govern, and what comes after it."""

    did: str
    governed: str
    after: str

    @property
    def is_long(self) -> bool:
        """Whether it ends in a clause of its own (", at …"), which a comma must close."""
        return self.governed.startswith(",")


def draft(came: Sequence[Came], terms: Terms, language: Language = "da", *, is_whole: bool = True) -> str:
    """One sentence for all of it; "" where nothing came of anything. What stands alone is told of the item, or (not
    `is_whole`) of these recommendations.
    """
    alone = next((each.outcomes[0] for each in came if each.outcomes and each.outcomes[0] in ALONE), None)
    if alone and is_whole:
        return _alone(alone, _THE_ITEM[language], terms, language)
    if alone:
        return _alone(alone, _named(came, alone, language), terms, language)
    clauses = list(_merged([_clause(each, terms, language) for each in came if each.outcomes], language))
    if not clauses:
        return ""
    terms_said = _terms(terms, any(_is_preliminary(each.text) for each in came), clauses[-1], language)
    if terms.force == "preliminary" and "endelig godkendelse" in clauses[-1].governed:
        terms_said = ""
    return f"{_GROUP[language]} {_listed(clauses, language)}{terms_said}."


def unreached(language: Language, rest: bool = False) -> str:
    """That an item was not reached, or only the rest of it."""
    if language == "da":
        return "Styregruppen nåede ikke resten af punktet." if rest else "Styregruppen nåede ikke punktet."
    return "The rest of the item was not reached." if rest else "The item was not reached."


def _clause(came: Came, terms: Terms, language: Language) -> Clause:
    governed = _object(came, terms)
    if governed.startswith((", om ", ", whether ")) and "approved" in came.outcomes:
        acceptable = _ACCEPTABLE.match(governed)
        if acceptable is None:
            asked, it = ("drøftede", "godkendte det") if language == "da" else ("discussed", "approved it")
            return Clause(asked, governed, f",{_AND[language]}{it}")
        governed = f" {acceptable[1].rstrip(',')}{governed[acceptable.end() :]}"
    if language == "da" and came.verb == "tager stilling" and came.outcomes == ("decided",):
        return Clause("tog stilling til", governed, "")

    did = [_past(came.verb, each, language) for each in came.outcomes if each in _DID[language]]
    after = " til efterretning" if "tog" in did else ""
    if "amended" in came.outcomes and len(did) > 1:
        did.remove(_DID[language]["amended"])
        after += " med ændringer" if language == "da" else " with changes"
    did.sort(key=lambda word: word == "tog")  # what takes its object in the middle comes last
    if terms.force == "preliminary" and governed.startswith(",") and not _is_preliminary(came.text):
        did[-1] += " foreløbigt" if language == "da" else " for the time being"
    return Clause(_AND[language].join(did), governed, f",{after}" if after and governed.startswith(",") else after)


def _past(verb: str, outcome: Outcome, language: Language) -> str:
    """The group's own verb where it is one of that outcome ("udpeger" → "udpegede"), else the usual one."""
    own = verbs.past(verb, outcome) if language == "da" else None
    return own or _DID[language][outcome]


def _object(came: Came, terms: Terms) -> str:
    """What the verb governs, in the words that were written: " budgettet", ", at Del I bliver rammen".

    That it is to be made final later is said with the terms, where those tell when.
    """
    rest = verbs.governed(came.text).rstrip(" .,;")
    later = _LATER.search(rest)
    if terms.force == "preliminary" and later:
        rest = rest[: later.start()] if terms.meeting else f"{rest[: later.start()]} med {rest[later.start(1) :]}"
    return rest if rest.startswith(",") else f" {rest}"


def _merged(clauses: Sequence[Clause], language: Language) -> Iterator[Clause]:
    """Neighbours with the same verbs become one clause; several briefings become "orienteringerne om …"."""
    for (did, after), group in groupby(clauses, key=lambda each: (each.did, each.after)):
        objects = [each.governed for each in group]
        briefings = [_BRIEFING.fullmatch(each) for each in objects] if len(objects) > 1 else [None]
        if all(briefings):
            parts = [f"{each[2]} {each[3]}" for each in briefings if each]
            yield Clause(did, f" orienteringerne {_row(parts, language)}", after)
        else:
            yield Clause(did, _joined(objects, language), after)


def _joined(objects: Sequence[str], language: Language) -> str:
    said = objects[0]
    for before, each in pairwise(objects):
        closed = "," if "," in before else ""
        said += f"{closed}{_AND[language].rstrip()} {each.lstrip(', ')}"
    return said


def _listed(clauses: Sequence[Clause], language: Language) -> str:
    """The clauses in a sentence; the first of them, where it ends in a clause of its own, with a comma to close it."""
    said = [f"{each.did}{each.governed}{each.after}" for each in clauses]
    closed = "," if len(clauses) > 1 and "," in clauses[-2].governed else ""
    return _row(said, language, closed)


def _row(parts: Sequence[str], language: Language, closed: str = "") -> str:
    return f"{', '.join(parts[:-1])}{closed}{_AND[language]}{parts[-1]}" if len(parts) > 1 else parts[0]


def _terms(terms: Terms, said_already: bool, last: Clause, language: Language) -> str:
    after_clause = last.is_long
    comma = "," if after_clause or (terms.force == "conditional" and "," in last.governed) else ""
    if terms.force == "conditional" and terms.holder:
        due = {"da": "frist for svar", "en": "answer due"}[language]
        until = f" ({due}: {terms.due_text.rstrip(' .')})" if terms.due_text else ""
        said = f"{comma} med forbehold for godkendelse" if language == "da" else ", subject to the approval of"
        by = (" i" if _BODY.search(terms.holder) else " fra") if language == "da" else ""
        return f"{said}{by} {terms.holder}{until}"
    if terms.force != "preliminary":
        return ""
    day = f" {dates.spoken(terms.meeting, language)}" if terms.meeting else ""
    for_now = {"da": " foreløbigt", "en": " for the time being"}[language]
    for_now = "" if said_already or after_clause else for_now
    if not day:
        return for_now
    if language == "da":
        return f"{for_now}{comma} med endelig godkendelse på styregruppemødet{day}"
    return f"{for_now}, with the final approval at the meeting on{day}"


def _is_preliminary(text: str) -> bool:
    return bool(re.search(r"\bforeløbig|\bpreliminar|\bprovisional", text, re.IGNORECASE))


def _alone(outcome: Outcome, what: str, terms: Terms, language: Language) -> str:
    """What became of the item or of some of its recommendations, where nothing was decided of it here."""
    comma = "," if "," in what else ""
    to = f"{comma} {_TO[language]} {terms.referred_to}" if terms.referred_to else ""
    day = dates.spoken(terms.meeting, language) if terms.meeting else ""
    were = "were" if what.startswith("the recommendations") else "was"
    match outcome, language:
        case "referred", "da":
            return f"Styregruppen henviste {what}{to}."
        case "referred", _:
            return f"The steering group referred {what}{to}."
        case "postponed", "da":
            return f"Styregruppen udsatte {what}{f'{comma} til mødet {day}' if day else ''}."
        case "postponed", _:
            return f"{what[0].upper()}{what[1:]}{comma} {were} postponed{f' to the meeting on {day}' if day else ''}."
        case _, "da":
            return f"Styregruppen nåede ikke {what}."
        case _:
            return f"{what[0].upper()}{what[1:]}{comma} {were} not reached."


def _named(came: Sequence[Came], outcome: Outcome, language: Language) -> str:
    """Some of an item's recommendations by what they ask for; by their numbers, where that is no verb we know."""
    at = {"da": "at", "en": "to"}[language]
    asked = [found for each in came if (found := verbs.infinitive(each.text))]
    if len(asked) < len(came):
        numbers = _row([str(each.position) for each in came], language)
        return f"indstilling {numbers}" if language == "da" else f"recommendation {numbers}"
    closed = "," if any("," in each for each in asked[:-1]) else ""
    what = _row([f"{at} {each}" for each in asked], language, closed)
    if language == "en":
        return f"the recommendation{'s' if len(asked) > 1 else ''} {what}"
    if outcome == "not_reached":
        return what
    return f"indstilling{'erne' if len(asked) > 1 else 'en'} om {what}"
