"""Decisions (beslutninger): "Styregruppen godkendte …", with the recommendations each sentence answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.agenda import Recommendation
from bot.decisions import Decision, Outcome
from bot.reading import sentences, titles, verbs
from bot.reading.lines import LONGEST

_SUBJECT = re.compile(
    r"(?:(?:the\s+)?[\w-]*(?:gruppen|udvalget|bestyrelsen|rådet|forummet|kredsen|group|committee|board)\b"
    r"|punktet|sagen|indstilling\w*|beslutning\w*|det\s+blev|der\s+blev|the\s+item|the\s+recommendation\w*)",
    re.IGNORECASE,
)
_ALL = re.compile(r"\bindstilling(?:en|erne)\b|\bthe recommendations?\b", re.IGNORECASE)
_CONDITION = re.compile(
    r",?\s+((?:såfremt|forudsat|under forudsætning af|på betingelse af|med forbehold for|betinget af"
    r"|hvis(?=\s+(?:[A-ZÆØÅ]|der\b|det\b|de\b|man\b|vi\b|alle\b))"
    r"|provided that|subject to)\b.*?)[.;]?$",
    re.DOTALL,
)
# No item has hundreds of recommendations and as many decisions: something else was pasted in. Nor has any so many words
# that each is looked for misspelled.
_COMPARABLE, _COMPARABLE_WORDS = 10_000, 40_000


def decides(text: str) -> bool:
    """Whether a paragraph begins by telling what the group did: "Styregruppen drøftede …", "Punktet blev udsat"."""
    first = next(iter(sentences.split(text)), "")
    return bool(_SUBJECT.match(first)) and bool(verbs.outcomes(first))


def read(paragraphs: Sequence[str], asked: Sequence[Recommendation]) -> tuple[Decision, ...]:
    """A decision per sentence, each with the positions (from 1) of the recommendations it answers.

    A sentence that tells no outcome explains the one before it and is kept with it.
    """
    told: list[str] = []
    for sentence in (sentence for paragraph in paragraphs for sentence in sentences.split(paragraph)):
        if told and len(told[-1]) < LONGEST and not verbs.outcomes(sentence):
            told[-1] += f" {sentence}"
        else:
            told.append(sentence)
    answers = _answers(told, asked)
    return tuple(_decision(sentence, answers[place]) for place, sentence in enumerate(told))


def _decision(sentence: str, answers: tuple[int, ...]) -> Decision:
    first = sentences.split(sentence)[0]
    condition = _CONDITION.search(first)
    return Decision(sentence, verbs.outcomes(sentence), answers, condition[1] if condition else None)


def _answers(told: Sequence[str], asked: Sequence[Recommendation]) -> list[tuple[int, ...]]:
    """Which recommendations each sentence answers: each goes to the sentence that has most of its words.

    Everything is answered by "indstillingen" and by not being reached; where one sentence meets one recommendation,
    it answers it unless they have nothing in common.
    """
    answered: list[list[int]] = [[] for _ in told]
    if len(told) * len(asked) > _COMPARABLE:
        return [() for _ in told]

    sentences_told = [(verbs.outcomes(sentence), sentence, titles.stems(sentence)) for sentence in told]
    words = sum(len(titles.stems(each.text)) for each in asked) * sum(len(theirs) for *_, theirs in sentences_told)
    lone, closely = len(told) == len(asked) == 1, words <= _COMPARABLE_WORDS
    for position, recommendation in enumerate(asked, 1):
        scores = [_score(recommendation, *one, lone=lone, closely=closely) for one in sentences_told]
        best = max(scores, default=0.0)
        if best > 0:
            answered[scores.index(best)].append(position)
    return [tuple(positions) for positions in answered]


def _score(
    asked: Recommendation,
    outcomes: tuple[Outcome, ...],
    sentence: str,
    theirs: frozenset[str],
    *,
    lone: bool,
    closely: bool,
) -> float:
    """How far a sentence answers a recommendation: the share of its words that come again, 0 where too few do.

    Looked at closely, a word comes again misspelled too.
    """
    if _ALL.search(sentence) or outcomes in (("not_reached",), ("postponed",)):
        return 0.3
    ours = titles.stems(asked.text) - titles.stems(asked.verb)
    common = sum(1 for word in ours if word in theirs or (closely and _misspelled(word, theirs)))
    share = common / len(ours) if ours else 0.0
    followed = any(outcome in outcomes for outcome in verbs.asked_outcomes(asked.verb))
    return share if share >= (0.2 if followed else 0.3) or (lone and share > 0) else 0.0


def _misspelled(word: str, others: frozenset[str]) -> bool:
    return len(word) > 5 and any(
        other[0] == word[0] and SequenceMatcher(None, word, other).ratio() > 0.85 for other in others if len(other) > 5
    )
