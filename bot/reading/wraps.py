"""Wrapped lines put together again: which hyphen at a line's end is the word's own, and which came with the wrap."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[-–][^\W\d_]+)*")
_LAST = re.compile(r"([^\W_]+(?:-[^\W_]+)*)-$")
_FIRST = re.compile(r"[^\W\d_]+")
# FACTS of reading: these stand at line ends as soft hyphens. U+FFFE is what some writers leave of one.
_SOFT = "\u00ad\u2010\ufffe\uffff"
_SHARED = ("og", "eller", "samt", "and", "or")  # "Indenrigs-/og Sundhedsministeriet"


class Vocabulary:
    """The words a document uses, to decide its wraps by."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        self._prefixes: set[str] = set()
        for text in texts:
            for word in _WORD.findall(text):
                self._words.add(word.lower())
                if "-" in word:
                    self._prefixes.add(word.lower().rpartition("-")[0])

    def joined(self, above: str, below: str) -> str:
        """Two lines as one text: "videokonsul-" + "tationer", but "it-" + "projekter" keeps its hyphen."""
        if above[-1:] and above[-1] in _SOFT:
            return above[:-1] + below

        last, first = _LAST.search(above[-80:]), _FIRST.match(below)
        if not last or not first:
            return f"{above} {below}"
        if first[0] in _SHARED:
            return f"{above} {below}"
        return above + below if self._keeps(last[1], first[0]) else above[:-1] + below

    def _keeps(self, last: str, first: str) -> bool:
        """Whether the hyphen is the word's own; the document's own words decide before the shape of these two."""
        lowered = last.lower()
        if lowered + first.lower() in self._words:
            return False
        if f"{lowered}-{first.lower()}" in self._words or lowered in self._prefixes:
            return True
        return first[0].isupper() or any(letter.isupper() or letter.isdigit() for letter in last[1:])
