"""A decision (beslutning) as a value: the sentence as written, what it did, and which recommendations it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Force = Literal["final", "preliminary", "conditional"]
DecisionState = Literal["recorded", "undone", "announced", "replaced"]
Outcome = Literal["approved", "noted", "discussed", "decided", "amended", "referred", "postponed", "not_reached"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision sentence. `answers` are positions (from 1) of the item's recommendations, none for a free decision.

    `outcomes` is an ordered set. `condition` is the words that make it conditional ("såfremt …"), as written.
    """

    text: str
    outcomes: tuple[Outcome, ...]
    answers: tuple[int, ...] = ()
    condition: str | None = None


def is_decided(outcomes: Iterable[Outcome]) -> bool:
    """Whether something was decided: not where the item was only postponed, or not reached."""
    return not set(outcomes) <= {"postponed", "not_reached"}
