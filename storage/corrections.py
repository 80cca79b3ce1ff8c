"""Corrections (rettelser): a decision said otherwise in a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot import decisions as rules
from bot.decisions import Outcome
from bot.refusals import Refusal
from storage import carried, deadlines, decisions, items
from storage.decisions import Decision, Told
from storage.groups import Group
from storage.items import Item


def correct(
    session: Session,
    row: Decision,
    told: Told,
    answers: Mapping[int, Sequence[Outcome]],
    reason: str | None,
    *,
    by: int,
    at: datetime,
) -> tuple[Decision, list[Item]]:
    """Say a decision otherwise, and what came of each recommendation that it answers, in a new version, with a reason
    where the old one is known, which stays as it was. What was decided stays decided; what was put off may have been
    decided after all: then it has a number from now on, and its item comes back no more. The new version, and the
    proposals by which the item was to come back, as they are now.
    """
    outcomes = list(dict.fromkeys(each for came in answers.values() for each in came)) or list(told.outcomes)
    if {each.id for each in row.answered()} != answers.keys() or not all(answers.values()):
        raise Refusal("stale")
    is_decided, was_decided = rules.is_decided(outcomes), rules.is_decided(row.outcomes)
    if was_decided and not is_decided:
        raise Refusal("stale")
    number = row.number
    if is_decided and not was_decided:
        session.get_one(Group, row.group_id, with_for_update={"key_share": True})  # as where one is recorded
        number, _ = decisions.place(session, row.group_id, row.item_id, row.year, outcomes)
    due = {name: getattr(row, name) for name in deadlines.COLUMNS}
    if (told.deadline and told.deadline.text) != row.due_text:
        due = deadlines.kept(session, row.group_id, told.deadline, at.date())
    if told.deadline is None:
        due["due_meeting_id"] = told.due_meeting_id
    stays_open = told.force == "conditional" and not told.holder
    new = row.follow(
        "decision corrected", by, at, text=told.text, reason=reason, number=number, outcomes=outcomes, force=told.force,
        holder=told.holder, referred_to=told.referred_to, condition=row.condition if stays_open else None, **due,
    )  # fmt: skip
    items.correct_outcomes(session, row.group_id, new.id, answers, by=by, at=at)
    if was_decided:
        return new, []
    item = session.get_one(Item, row.item_id)
    item.come_to(outcomes)
    return new, carried.take_back(session, item, list(answers), by=by, at=at) if is_decided else []
