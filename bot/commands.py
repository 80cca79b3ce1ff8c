"""Which command did somebody type? Each word in Danish or English, definite or not, æøå or ASCII, in any order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from bot import dates
from bot.groups import Language
from bot.roles import Role

Kind = Literal["text", "number", "person", "kinds", "duration", "day"]
LONGEST = 3
ENDINGS = ("", "n", "t", "r", "s", "en", "et", "er", "ne", "ene", "tet", "erne")  # "beslutninger-ne" before "-erne"
AFTER_VOWELS = ("n", "t", "r")  # "opgave-n", but "sendt" is no form of "send": who types that asks
NEAR = 0.6  # of what was typed and a spelling
ALIKE = 0.7  # of two words, so that one may be the other with a typing error
LONG = 40  # letters of a word that is one of ours
MARKS = ".,:;!?\"'“”„»«"
# What may stand at the end of a line after free text: "(B/D)", "10 min." or "(10 min.)", and somebody mentioned.
TYPED: dict[Kind, re.Pattern[str]] = {
    "kinds": re.compile(r"\(\s*([ODB]\??(?:\s*/\s*[ODB]\??)*)\s*\)\s*$", re.IGNORECASE),
    "duration": re.compile(r"\(?(?<![\d-])(\d{1,3})\s*min(?:\.|utter|utes)?\)?\s*$", re.IGNORECASE),
    "person": re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\s*$"),
}
LEAP = 2000  # a year that has every day
# "referat af mødet den 11. december"
LINKS = {"af", "den", "for", "fra", "i", "moedet", "meeting", "of", "on", "the", "til"}
FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "’": "'"})


@dataclass(frozen=True, slots=True)
class Argument:
    """What may, or unless it is optional must, stand after a command's words."""

    name: str
    kind: Kind
    optional: bool


@dataclass(frozen=True, slots=True)
class Command:
    """A command as declared: its words in both languages, other spellings, its arguments, and who may.

    `reads` says that it changes nothing. `about` tells what it does, in English, for the table in README. `then` names
    the command that takes what is typed after this one's words, where that is another one.
    """

    name: str
    da: str
    also: tuple[str, ...] = ()
    arguments: tuple[Argument, ...] = ()
    may: frozenset[Role] = frozenset()
    reads: bool = False
    about: str = ""
    then: str = ""

    def spelled(self, language: Language) -> str:
        """The command as one types it in a language."""
        return self.da if language == "da" else self.name

    def spellings(self) -> Iterator[str]:
        """Every way to type it: each word in either language, then the other spellings."""
        pairs = zip(self.name.split(), self.da.split(), strict=True)
        yield from (" ".join(words) for words in product(*pairs))
        yield from self.also


@dataclass(frozen=True, slots=True)
class Match:
    """The command that was meant, and what stands after its words."""

    command: Command
    rest: str

    @property
    def ignores_rest(self) -> bool:
        """Whether more was typed than the command takes."""
        return bool(self.rest) and not self.command.arguments

    @property
    def is_too_long(self) -> bool:
        """Whether more was typed than a command takes that changes something: then nobody knows what was meant."""
        return self.ignores_rest and not self.command.reads


@dataclass(slots=True)
class Vocabulary:
    """All commands, ready to be found by what somebody typed."""

    commands: list[Command] = field(default_factory=list)
    by_words: dict[tuple[str, ...], Command] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def add(self, command: Command) -> None:
        """Take a command in; ValueError where one of its spellings is another command's already."""
        self.commands.append(command)
        for spelling in command.spellings():
            words = tuple(sorted(folded(spelling).split()))
            if self.by_words.setdefault(words, command) is not command:
                raise ValueError(f"{spelling!r} already means {self.by_words[words].name!r}")
            self.words.update(words)

    def match(self, line: str) -> Match | None:
        """The command whose words begin the line, the longest first; None where none does."""
        tokens = list(re.finditer(r"[^\s,:;]+[,:;]*", line))[:LONGEST]
        known = [self._known(token.group()) for token in tokens]
        for length in range(len(tokens), 0, -1):
            command = self.by_words.get(tuple(sorted(known[:length])))
            if command:
                rest = line[tokens[length - 1].end() :].strip()
                return Match(self._then(command) if rest and command.then else command, rest)
        return None

    def nearest(self, line: str, roles: frozenset[Role] | None = None) -> str | None:
        """The spelling closest to what was typed, None where nothing is near: each word typed is one of its words, but
        for typing errors, or only the first words are, or one of them. With roles, of what one may in one of them.
        """
        typed = [word for each in folded(line).split()[:LONGEST] if len(word := each.strip(MARKS)) <= LONG and word]
        mine = [each for each in self.commands if roles is None or not each.may.isdisjoint(roles)]
        spellings = {each: folded(each).split() for command in mine for each in (command.da, command.name)}
        for attempts in (*([each] for each in _prefixes(typed)), [[word] for word in typed]):
            near = {
                spelling: _alike(" ".join(sorted(attempt)), " ".join(sorted(words)))
                for attempt in attempts
                for spelling, words in spellings.items()
                if all(any(_alike(word, each) >= ALIKE for each in words) for word in attempt)
            }
            if near and max(near.values()) >= NEAR:
                return max(near, key=lambda each: near[each])
        return None

    def _then(self, command: Command) -> Command:
        return next(each for each in self.commands if each.name == command.then)

    def _known(self, token: str) -> str:
        word = folded(token).strip(MARKS) or token
        stems = (
            stem
            for ending in ENDINGS
            if (stem := word.removesuffix(ending)) and (ending not in AFTER_VOWELS or stem[-1] in "aeiouy")
        )
        return next((stem for stem in stems if stem in self.words), word)


def folded(text: str) -> str:
    """The text in lower case with æøå written out, as people type it on other keyboards."""
    return text.lower().translate(FOLDED)


def quoted(text: str) -> str:
    """The text without one pair of quotes around it: straight, curly or Danish; nothing, where it is nothing else."""
    if re.fullmatch(r"""[\s"“”„»«]*""", text):
        return ""
    match = re.fullmatch(r"""\s*["“”„»«](.*)["“”„»«]\s*""", text, re.DOTALL)
    return (match[1] if match else text).strip()


def typed_off(text: str, kinds: Iterable[Kind]) -> tuple[str, dict[Kind, str]]:
    """Take typed arguments off the end of a text, in any order, each at most once: what is left, and what was found."""
    found: dict[Kind, str] = {}
    wanted = {kind: TYPED[kind] for kind in kinds if kind in TYPED}
    while hits := {
        kind: hit for kind, pattern in wanted.items() if kind not in found and (hit := pattern.search(text))
    }:
        kind, hit = next(iter(hits.items()))
        found[kind] = hit[1]
        text = text[: hit.start()].rstrip()
    return text.strip(), found


def day_off(text: str) -> tuple[str, dates.Day | None]:
    """Take a meeting's day out of a text, wherever it stands, with what links it: what is left, and the day. Where
    nobody wrote its year, that is inferred by whoever knows the meetings.
    """
    found = dates.parse(text, year=LEAP)
    if found is None:
        return text, None
    words = f"{text[: found.begin]} {text[found.end :]}".split()
    return " ".join(word for word in words if folded(word).strip(".,:;") not in LINKS), found


def _prefixes(typed: list[str]) -> Iterable[list[str]]:
    return (typed[:length] for length in range(len(typed), 1, -1))


def _alike(word: str, other: str) -> float:
    return difflib.SequenceMatcher(None, word, other).ratio()
