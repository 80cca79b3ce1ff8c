"""The drafts beside the sentences the group itself wrote in its December minutes: `python -m tests.drafts`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bot.drafts import Came, Terms, draft
from bot.reading import verbs
from tests.truth import found_in, need_the_documents

CANNOT_KNOW = """
What a draft can't know: which of two names people use of a thing, what was left out of what was recommended, what the
terms were called (a person types the holder), what is to happen instead of an item that was not reached, and whatever
was decided that nobody recommended.
"""


@dataclass(frozen=True, slots=True)
class Laid:
    """A draft beside what was written; `alike` is the share of words they have in common, from 0 to 1."""

    item: str
    draft: str
    real: str

    @property
    def alike(self) -> float:
        return SequenceMatcher(None, self.draft.split(), self.real.split(), autojunk=False).ratio()

    @property
    def differs(self) -> list[tuple[str, str]]:
        """The words that differ, the draft's and the group's."""
        ours, theirs = self.draft.split(), self.real.split()
        steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
        return [(" ".join(ours[a:b]), " ".join(theirs[c:d])) for kind, a, b, c, d in steps if kind != "equal"]


def against_the_minutes() -> list[Laid]:
    """Every decision of the December minutes with the draft of it. The outcomes and terms are those that were made."""
    truth = found_in("001")
    meeting = dt.date.fromisoformat(truth["next_meeting"]["date"])
    return [laid for item in truth["items"] for laid in _laid(item, meeting)]


def _laid(item: dict[str, Any], meeting: dt.date) -> Iterator[Laid]:
    for decision in item["decisions"]:
        asked = [item["recommendations"][position - 1] for position in decision["recs"]]
        done = verbs.outcomes(decision["text"])
        came = []
        for each in asked:
            followed = verbs.asked_outcomes(each["verb"])
            kept = tuple(outcome for outcome in followed if outcome in done)
            came.append(Came(each["text"], each["verb"], kept or done))
        terms = Terms()
        if decision.get("condition"):
            terms = Terms("conditional", decision["condition"].removeprefix("såfremt ").partition(" kan ")[0])
        elif "foreløbig" in decision["text"]:
            terms = Terms("preliminary", meeting=meeting if "endelig" in decision["text"] else None)
        yield Laid(item["no"], draft(came, terms), decision["text"])
    for sub in item.get("sub_items", ()):
        yield from _laid(sub, meeting)


def main() -> None:
    """Print them all, the words that differ, and what a draft can't know."""
    need_the_documents()
    laid = against_the_minutes()
    for each in laid:
        print(f"\nPunkt {each.item}, {each.alike:.0%} alike\n  draft: {each.draft or '–'}\n  real:  {each.real}")
        for ours, theirs in each.differs:
            print(f"    {ours or '–'}  →  {theirs or '–'}")
    print(f"\n{sum(not each.differs for each in laid)} of {len(laid)} word for word.\n{CANNOT_KNOW}")


if __name__ == "__main__":
    main()
