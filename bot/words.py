"""The words of a text, folded, and how alike two of them are: what people type is seldom what is printed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache
from typing import Any

LONGEST = 60  # characters of a word that may be another one with a typing error
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = dict.fromkeys(set(range(32)) - {9, 10, 13} | {127})
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u"})


def written(text: str) -> str:
    """What somebody wrote, without the control characters that nobody sees and no database takes."""
    return text.translate(_UNSEEN)


def words_of(text: str) -> list[str]:
    """The words of a text in order, in lower case with æøå written out."""
    return [word.translate(_FOLDED) for word in _WORD.findall(text.lower())]


def stem(word: str) -> str:
    """What a Danish word begins with in all its forms: "budgettet" gives "budget"."""
    found: str = _stemmer().stemWord(word)
    return found


def likeness(word: str, part: str) -> float:
    """1 for the same word in any form, a little less for a part of it or a typing error, else 0."""
    if max(len(word), len(part)) > LONGEST:  # a book without a space in it would be compared for minutes
        return 1.0 if word == part else 0.0
    ours, theirs = stem(word), stem(part)
    if word == part or ours == theirs:
        return 1.0
    within = part.startswith((word, ours)) or (len(word) > 3 and part.endswith(word))
    if len(word) > 2 and (within or (len(part) > 3 and word.startswith(part))):
        return 0.95
    ratio = max(SequenceMatcher(None, *pair).ratio() for pair in ((word, part), (ours, theirs)))
    return 0.9 if len(word) > 3 and ratio >= 0.78 else 0.0


@cache
def _stemmer() -> Any:
    import snowballstemmer  # noqa: PLC0415 brings thirty languages along: not before somebody asks

    return snowballstemmer.stemmer("danish")
