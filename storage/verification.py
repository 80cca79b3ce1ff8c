"""Is the record what the history says: the chain whole, each decision as it was last told, all sent as it was sent?

What was written before the history told of it is passed by, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from storage import history
from storage.approvals import Kind
from storage.base import Reader, table
from storage.decisions import HELD, Decision
from storage.history import Change, Verified
from storage.meetings import Meeting
from storage.sendings import Sending

Told = dict[Any, dict[str, Any]]  # what the history tells last, by what it tells it of


@dataclass(frozen=True, slots=True)
class Altered:
    """A decision by its number ("2025-3", "" without one), or what was sent of a meeting's paper in a version."""

    decision: str | None = None
    paper: Kind | None = None
    meeting: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A group's chain, what is not as its history says, and how many decisions and sendings it does not tell of."""

    chain: Verified
    altered: tuple[Altered, ...]
    untold: int

    @property
    def holds(self) -> bool:
        """Whether all is as it was."""
        return not self.chain.breaks and not self.altered


def verify(reader: Reader, group_id: int) -> Record:
    """Hold a group's decisions and sendings against its history, and its history against itself."""
    mine = {"group": group_id}
    decided, sent, named = _told(reader.execute(_TOLD, mine))
    decisions = {each.id: each for each in reader.execute(_DECISIONS, mine)}
    sendings = {(each.meeting_id, each.paper, each.version): each for each in reader.execute(_SENDINGS, mine)}
    days = {each.id: each.date for each in reader.execute(_DAYS, mine)}
    altered = [*_altered(decisions, decided, named), *_resent(sendings, sent, days)]
    untold = len(decisions.keys() - decided.keys()) + sum("digest" not in sent.get(each, ()) for each in sendings)
    return Record(history.verify(reader, group_id), tuple(altered), untold)


def _told(changes: Iterable[Any]) -> tuple[Told, Told, set[int]]:
    """What the history tells last of each decision and each sending, and the decisions that it names at all."""
    decided, sent, named = Told(), Told(), set[int]()
    for what, after in changes:
        if what.endswith(" sent"):
            sent[after["meeting"], after["paper"], after["version"]] = after
        if what.startswith("decision ") and "decision" in after:
            named.add(after["decision"])
        for each in (after, *after.get("also", ())) if after else ():
            if "decision" in each and (each is not after or "outcomes" in each):
                decided.setdefault(each["decision"], {}).update(each)
    return decided, sent, named


def _altered(decisions: Mapping[int, Any], told: Told, named: set[int]) -> Iterator[Altered]:
    for decision_id in sorted(told.keys() - decisions.keys()):
        yield Altered(f"{told[decision_id].get('year')}-{told[decision_id].get('number')}")
    for row in decisions.values():
        known = told.get(row.id, {})
        as_told = all(getattr(row, name) == known[name] for name in HELD if name in known)
        if not as_told or (row.recorded_by and row.id not in named | told.keys()):
            yield Altered(f"{row.year}-{row.number}" if row.number else "")


def _resent(sendings: Mapping[Any, Any], told: Told, days: Mapping[int, date | None]) -> Iterator[Altered]:
    for key in sorted(told.keys() | sendings.keys()):
        meeting_id, paper, version = key
        digest = told.get(key, {}).get("digest")
        kept = history.digest(sendings[key].content) if key in sendings else None
        if key not in told or (digest and digest != kept):
            yield Altered(None, paper, days.get(meeting_id), version)


_CHANGES, _OURS, _SENT, _HELD = table(Change).c, table(Decision).c, table(Sending).c, table(Meeting).c
_TOLD = select(_CHANGES.what, _CHANGES.after).where(_CHANGES.group_id == bindparam("group")).order_by(_CHANGES.id)
_DECISIONS = select(_OURS.id, _OURS.recorded_by, *(_OURS[each] for each in HELD)).where(
    _OURS.group_id == bindparam("group")
)
_DAYS = select(_HELD.id, _HELD.date).where(_HELD.group_id == bindparam("group"))
_SENDINGS = (
    select(_SENT.meeting_id, _SENT.paper, _SENT.version, _SENT.content)
    .join(table(Meeting), _HELD.id == _SENT.meeting_id)
    .where(_HELD.group_id == bindparam("group"))
)
