"""A decision (beslutning) as a value: the sentence as written, what it did, and which recommendations it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.deadlines import Deadline

Force = Literal["final", "preliminary", "conditional", "lapsed"]  # lapsed: what it waited for did not come
DecisionState = Literal["recorded", "undone", "announced", "replaced"]
Outcome = Literal["approved", "noted", "discussed", "decided", "amended", "referred", "postponed", "not_reached"]

AWAITING: tuple[Force, ...] = ("preliminary", "conditional")
ALONE: tuple[Outcome, ...] = ("referred", "postponed", "not_reached")
PUT_OFF: tuple[Literal["not_reached", "postponed"], ...] = ("not_reached", "postponed")
TOGETHER: tuple[Outcome, ...] = ("discussed", "noted", "approved", "decided", "amended")  # as one says them


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
    return not set(outcomes) <= set(PUT_OFF)


def came_to(outcomes: Iterable[Outcome]) -> Literal["treated", "postponed", "not_reached"]:
    """What an item came to by all that came of it: put off only where all of it was, and in the same way."""
    came = set(outcomes)
    return next((state for state in PUT_OFF if came == {state}), "treated")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as the register has it: a version of it, with where it was made and what it still waits for.

    `deadline` is until when a conditional one waits; `due_meeting` the day of the meeting at which a preliminary one is
    to be made final, or the item comes back; `waited` the force of the version that this one replaced on
    the same terms.
    """

    id: int
    item_id: int
    item_number: str
    item_title: str
    meeting: date | None
    text: str
    outcomes: tuple[Outcome, ...]
    year: int | None = None
    number: int | None = None
    force: Force = "final"
    holder: str | None = None
    deadline: Deadline | None = None
    due_meeting: date | None = None
    referred_to: str | None = None
    state: DecisionState = "recorded"
    version: int = 1
    reason: str | None = None
    waited: Force | None = None
    audience: tuple[str, ...] | None = None

    @property
    def called(self) -> str:
        """Its number as one says it: "2025-3"; "" for what has none."""
        return f"{self.year}-{self.number}" if self.number else ""

    @property
    def is_decided(self) -> bool:
        """Whether something was decided."""
        return is_decided(self.outcomes)

    @property
    def came_of(self) -> Force | None:
        """What it was while it waited, where this version tells that what it waited for has come or will not."""
        return self.waited if self.waited in AWAITING and self.force not in AWAITING else None

    @property
    def waits(self) -> bool:
        """Whether something is still to come: a final approval, or somebody's yes."""
        return self.force in AWAITING and self.state in ("recorded", "announced")


@dataclass(frozen=True, slots=True)
class Matter:
    """What is said of a decision that waits for something: its number in its year, whose yes, and until when; `is_set`
    where it was said at which meeting a preliminary one is to be made final.
    """

    id: int
    text: str
    number: int | None = None
    year: int | None = None
    holder: str | None = None
    deadline: Deadline | None = None
    is_set: bool = True
