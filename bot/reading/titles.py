"""The heading of an item: its title apart from kinds, minutes and presenters; and which titles mean the same item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from bot.agenda import Kinds, Presenter
from bot.reading import presenters
from bot.words import stem

_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
_MINUTES = re.compile(r"(?:ca\.\s*)?(\d{1,3})\s*min(?:\.|utter|utes|s)?$", re.IGNORECASE)
# Behind a comma, a dash or a bracket they are the item's; behind its words only where nothing but a mark follows them.
_OPEN_MINUTES = re.compile(
    r"(?:[,:;–-]\s+|(?<=[)\]])\s*)(?:ca\.\s*)?(\d{1,3})\s*min(?:\.|utter|utes|s)?(?=$|[,;\s])"
    r"|\s(?:ca\.\s*)?(\d{1,3})\s*min(?:\.|utter|utes|s)?(?=\s*$|[,;]|\s+(?:v\.|v/|ved:|[(\[]|[–-]\s))",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[ODB]\s?\??(?:\s?[/+&]\s?[ODB]\s?\??)*$")
_WORDS = {
    "orientering": "O",
    "drøftelse": "D",
    "beslutning": "B",
    "information": "O",
    "discussion": "D",
    "decision": "B",
}
_BY = re.compile(r"[,;]?\s+(?:v\.|v/|ved:)\s*(?=[^\W\d_])|(?<=\))[,;]?\s+(?:ved|by)\s+(?=[^\W\d_])")
_SMALL = frozenset(
    [
        "og",
        "i",
        "på",
        "af",
        "for",
        "til",
        "med",
        "om",
        "ved",
        "den",
        "det",
        "de",
        "en",
        "et",
        "at",
        "the",
        "of",
        "and",
        "for",
        "on",
        "to",
        "in",
        "a",
        "vedr",
    ]
)
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading says of its item."""

    title: str
    kinds: Kinds = field(default_factory=Kinds)
    duration: int | None = None
    presenters: tuple[Presenter, ...] = ()
    marked: bool = False


def read(text: str) -> Title:
    """Take a heading apart, whatever the order: "Budget (5 min.) (O) v. A/B, Org", "Budget (B) 5 min. v. A, Org"."""
    kinds, minutes = "", None
    rest = text
    end = len(text)
    for bracket in _BRACKET.finditer(text):
        said = _said(bracket[1])
        if said is None:
            continue
        kinds, minutes = kinds or said[0], said[1] if minutes is None else minutes
        rest = rest.replace(bracket[0], " " * len(bracket[0]), 1)
        end = min(end, bracket.start())

    openly = _OPEN_MINUTES.search(text) if minutes is None else None
    if openly:
        minutes, end = int(openly[1] or openly[2]), min(end, openly.start())
        rest = rest[: openly.start()] + " " * len(openly[0]) + rest[openly.end() :]
    by = _BY.search(text)
    people = presenters.named(rest[by.end() :]) if by else ()
    if by and people:
        end = min(end, by.start())
    title = text[:end].rstrip(" ,;")
    return Title(title or text, Kinds(kinds), minutes, people, marked=bool(kinds or people) or minutes is not None)


def alike(one: str, other: str) -> float:
    """How far two titles are of one mind, 0 to 1: the share of the shorter one's words that the other has."""
    ours, theirs = stems(one), stems(other)
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


def pairs(ours: Sequence[str], theirs: Sequence[str]) -> dict[int, int]:
    """Which of our titles is which of theirs, each at most once, the likest first; numbers have no say in it."""
    scored = sorted(
        (-score, -_nearness(one, other), abs(ours_at - theirs_at), ours_at, theirs_at)
        for ours_at, one in enumerate(ours)
        for theirs_at, other in enumerate(theirs)
        if (score := alike(one, other)) >= 0.6
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, ours_at, theirs_at in scored:
        if ours_at not in found and theirs_at not in taken:
            found[ours_at] = theirs_at
            taken.add(theirs_at)
    return found


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """A text's words that carry meaning, each by its stem: "Budgetter 2025" gives budg, 2025, as "budget 2025" does."""
    words = [word for word in _TOKEN.findall(text.lower()) if word not in _SMALL]
    # One pass takes "budgetter" to "budget" but "budget" to "budg": the second makes them meet.
    return frozenset(stem(stem(word)) for word in words)


def _said(bracket: str) -> tuple[str, int | None] | None:
    """The kinds and minutes of a bracket, None where it holds anything else: "B/D", "15 min.", "O, 10 min."."""
    kinds, minutes = "", None
    for part in re.split(r"[,;]\s*", bracket.strip()):
        time = _MINUTES.match(part)
        letters = _letters(part)
        if not time and not letters:
            return None
        kinds, minutes = kinds or letters, int(time[1]) if time else minutes
    return kinds, minutes


def _letters(text: str) -> str:
    """The kinds of a text as printed, "" where it has none: "O/B?", "til orientering og drøftelse" gives "O/D"."""
    if _LETTERS.match(text):
        return re.sub(r"\s*[/+&]\s*", "/", text).replace(" ?", "?")
    words = [word for word in _TOKEN.findall(text.lower()) if word not in ("til", "og", "for")]
    return "/".join(_WORDS[word] for word in words) if words and all(word in _WORDS for word in words) else ""


def _nearness(one: str, other: str) -> float:
    ours, theirs = stems(one), stems(other)
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0
