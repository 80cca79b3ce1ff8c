"""The decisions (beslutninger): each sentence with what it did, its number, its force and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot import decisions as rules
from bot.agenda import ON_AGENDA
from bot.decisions import Decision as DecisionValue
from bot.decisions import DecisionState, Force
from storage import history
from storage.base import Base, Reader
from storage.items import Item, Recommendation
from storage.meetings import Meeting


class Decision(Base):
    """A version of a decision: read from minutes, or recorded in Slack.

    `number` runs through a group's year; what was only referred, postponed or not reached has none, and neither has
    what was decided at a meeting whose date nobody knows. A correction is a new row with the same number, the next
    `version` and its `reason`; it replaces `replaces_id`. `holder` and `due` say whose yes a conditional decision
    waits for, and until when; `due_meeting_id` is the meeting at which a preliminary one is to be made final, or to
    which the item was postponed; `referred_to` the body it was handed on to.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    position: Mapped[int]
    text: Mapped[str]
    outcomes: Mapped[list[Any]]
    answers: Mapped[list[Any]]
    condition: Mapped[str | None]
    year: Mapped[int | None]
    number: Mapped[int | None]
    force: Mapped[Force] = mapped_column(String, default="final")
    holder: Mapped[str | None]
    due: Mapped[date | None]
    due_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    referred_to: Mapped[str | None]
    state: Mapped[DecisionState] = mapped_column(String, default="recorded")
    version: Mapped[int] = mapped_column(default=1)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)
    reason: Mapped[str | None]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("group_id", "year", "number", "version"),
        Index(None, "group_id", "state"),
        Index(None, "meeting_id", "state"),
        Index(None, "item_id", "position"),
    )


def file(session: Session, item: Item, meeting: Meeting, decisions: Sequence[DecisionValue]) -> None:
    """Put the decisions read from minutes under their item: they are known to everybody already."""
    year = meeting.date.year if meeting.date else None
    for position, each in enumerate(decisions, 1):
        number = next_number(session, meeting.group_id, year) if rules.is_decided(each.outcomes) else None
        session.add(
            Decision(
                group_id=meeting.group_id,
                meeting_id=meeting.id,
                item_id=item.id,
                position=position,
                text=each.text,
                outcomes=list(each.outcomes),
                answers=list(each.answers),
                condition=each.condition,
                force="conditional" if each.condition else "final",
                year=year,
                number=number,
                state="announced",
            )
        )
        session.flush()


def next_number(session: Session, group_id: int, year: int | None) -> int | None:
    """The number of a group's next decision in a year; none where nobody knows the year."""
    if year is None:
        return None
    mine = (Decision.group_id == group_id, Decision.year == year)
    return (session.scalar(select(func.max(Decision.number)).where(*mine)) or 0) + 1


@dataclass(frozen=True, slots=True)
class Open:
    """A recommendation of which nobody has said what became of it."""

    id: int
    item_id: int
    item_number: str
    position: int
    text: str


def without_outcome(reader: Reader, meeting_id: int) -> tuple[Open, ...]:
    """The recommendations of a meeting's items that have no outcome, in the order printed."""
    answered = exists().where(
        Decision.item_id == Item.id, Decision.state.in_(("recorded", "announced")), Decision.recorded_by.is_(None)
    )  # what was read from minutes has its outcomes in its decisions
    statement = (
        select(Recommendation.id, Item.id, Item.number, Recommendation.position, Recommendation.text)
        .join(Item, Item.id == Recommendation.item_id)
        .where(Item.meeting_id == meeting_id, Item.state.in_(ON_AGENDA), Recommendation.outcomes.is_(None), ~answered)
        .order_by(Item.position, Recommendation.position)
    )
    return tuple(Open(*row) for row in reader.execute(statement))


def mark_unreached(session: Session, meeting: Meeting, *, by: int, at: datetime) -> list[Item]:
    """Note of every recommendation without an outcome that it was not reached: the items that had any."""
    left = without_outcome(session, meeting.id)
    for each in left:
        session.get_one(Recommendation, each.id).outcomes = ["not_reached"]
    items = [session.get_one(Item, item_id) for item_id in dict.fromkeys(each.item_id for each in left)]
    for item in items:
        item.state = "not_reached"
        history.note(session, meeting.group_id, "item not reached", by=by, at=at, after={"item": item.id})
    session.flush()
    return items
