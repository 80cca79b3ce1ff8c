"""What came of an item's recommendations, each by itself, as a person says it in a form; and what is one decision.

What a form carries from step to step is whole numbers: an outcome and its force are a `code`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

from bot.decisions import ALONE, TOGETHER, Force, Outcome
from bot.refusals import Refusal

How = Literal["final", "preliminary", "conditional", "referred", "postponed", "not_reached"]
HOWS: tuple[How, ...] = get_args(How)
FORCES: tuple[Force, ...] = ("final", "preliminary", "conditional")
FREE = 0  # the number of what nobody recommended
_DISCUSSED: tuple[Outcome, ...] = ("discussed",)
_PLACES: tuple[str, ...] = (*TOGETHER, *HOWS[1:])


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one recommendation (its id, or FREE): a set of outcomes with a force, or one that stands alone.

    `holder` is whose yes is awaited and `due_text` until when, as written; `meeting_id` the meeting that makes it final
    or to which it is postponed, `referred_to` the body it was handed to.
    """

    id: int
    outcomes: tuple[Outcome, ...]
    force: Force = "final"
    holder: str | None = None
    due_text: str | None = None
    meeting_id: int | None = None
    referred_to: str | None = None

    @property
    def how(self) -> How:
        """How it came: the outcome where that stands alone, else its force."""
        return next((each for each in HOWS if each in (*self.outcomes[:1], self.force) and each != "final"), "final")

    @property
    def code(self) -> int:
        """The outcomes and the force as a number."""
        return sum(1 << place for place, each in enumerate(_PLACES) if each in (*self.outcomes, self.force))


def came(id: int, ticked: Iterable[Outcome], how: How) -> Came | None:
    """What came of a recommendation; None where nobody says. What stands alone wins over what is ticked."""
    if how in ALONE:
        return Came(id, (how,))
    outcomes = tuple(each for each in TOGETHER if each in ticked)
    if not outcomes and id == FREE:
        outcomes = ("decided",)
    if not outcomes and how != "final":
        raise Refusal("no_outcome").at(f"came_{id}")
    force: Force = next((each for each in FORCES if each == how), "final")
    return Came(id, outcomes, force) if outcomes else None


def binding(every: Iterable[Came]) -> list[Came]:
    """The same, but terms on which things were only discussed are none: that binds nobody, and awaits nothing."""
    said = list(every)
    bound = {each.force for each in said if each.outcomes != _DISCUSSED}
    return [each if each.force in bound else replace(each, force="final") for each in said]


def decoded(id: int, code: int) -> Came:
    """What came of a recommendation, by its code; refused where that can't have been made by a form."""
    found = [each for place, each in enumerate(_PLACES) if code & (1 << place)]
    outcomes = tuple(each for each in TOGETHER if each in found) or tuple(each for each in ALONE if each in found)
    read = Came(id, outcomes, next((each for each in FORCES if each in found), "final"))
    stands_alone = bool(outcomes) and outcomes[0] in ALONE
    if not outcomes or read.code != code or (stands_alone and (len(outcomes) > 1 or read.force != "final")):
        raise Refusal("stale")
    return read


def parted(every: Iterable[Came]) -> list[list[Came]]:
    """The decisions that these come to, in their order: what was decided on the same terms is told in one sentence."""
    found: dict[tuple[object, ...], list[Came]] = {}
    for each in every:
        terms = (each.force, each.holder, each.due_text, each.meeting_id, each.referred_to)
        found.setdefault((each.how, *terms), []).append(each)
    return list(found.values())
