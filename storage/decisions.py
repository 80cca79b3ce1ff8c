"""The decisions (beslutninger): each sentence with what it did, its number, its force and its versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, bindparam, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from bot import decisions as rules
from bot.dates import Precision
from bot.deadlines import Deadline
from bot.decisions import AWAITING, DecisionState, Force, Outcome
from bot.decisions import Decision as DecisionValue
from bot.refusals import Refusal
from storage import carried, deadlines, history, items, meetings
from storage.base import Base, Reader, add, among, own, rows, table
from storage.groups import Group
from storage.items import Item, Recommendation
from storage.meetings import Meeting

HELD = (
    *("item_id", "number", "year", "version", "state", "text", "outcomes", "answers", "force", "holder"),
    *("referred_to", "reason"),
)  # of a decision, what the history tells of it, which it is held against; its deadline moves with its meeting
KEPT_BY_SETTLING = ("text", "holder", "due_text", "due_meeting_id", "condition")


class Decision(Base):
    """A version of a decision: read from minutes, or recorded in Slack.

    `number` runs through a group's year; what was only postponed or not reached has none, and neither has what was
    decided at a meeting whose date nobody knows. A correction is a new row with the same number, the next `version` and
    its `reason`; it replaces `replaces_id`. `holder` is whose yes a conditional decision waits for, until
    the deadline that is kept as `storage.deadlines` has it; of others, `due_meeting_id` is the meeting at which a
    preliminary one is to be made final, or to which the item was postponed. `referred_to` is the body it was handed to.
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
    due_text: Mapped[str | None]
    precision: Mapped[Precision | None] = mapped_column(String)
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
        Index(None, "group_id", "force", "state"),
        Index(None, "meeting_id", "state"),
        Index(None, "item_id", "position"),
        Index(None, "due"),
        Index(None, "precision", "state"),
    )

    def undo(self, *, by: int, at: datetime) -> list[Item]:
        """Take a version back before anybody has heard of it: what it replaced stands again, else its recommendations
        are open again and its number is free. The proposals by which the item was to come back, or is to after all.
        """
        session = self._session()
        if self.state != "recorded":
            raise Refusal("decision_announced" if self.state == "announced" else "stale")
        before = session.get_one(Decision, self.replaces_id) if self.replaces_id else None
        self.state, self.number = "undone", None
        if before:
            before.state = "announced" if before.state == "replaced" else "recorded"
        self._changed(session, "decision undone", by, at, before)
        item, asked = session.get_one(Item, self.item_id), [each.id for each in self.answered()]
        was_decided, again = rules.is_decided(self.outcomes), list[Item]()
        if not before:
            item.state = "accepted"
            again = [] if was_decided else carried.take_back(session, item, asked, by=by, at=at)
        items.restore_outcomes(session, self.group_id, self.id, before.id if before else None)
        if before and not rules.is_decided(before.outcomes):
            item.come_to(before.outcomes)
            held = session.get_one(Meeting, self.meeting_id)
            to = before.due_meeting_id or meetings.following(session, self.group_id, held.date)
            again = [carried.carry(session, item, to=to, asked=asked, by=by, at=at)] if was_decided else []
        return again

    def settle(self, agreed: bool, reason: str, *, by: int, at: datetime) -> Decision:
        """What it waited for has come: a new version is final, or (not agreed) says that it has lapsed."""
        if self.force not in AWAITING:
            raise Refusal("stale")
        return self.follow("decision settled", by, at, force="final" if agreed else "lapsed", reason=reason)

    def follow(self, what: str, by: int, at: datetime, **changed: Any) -> Decision:
        """The next version, which nobody has heard of yet. Who is told of decisions goes on seeing the one before."""
        session = self._session()
        if self.state not in STANDING:
            raise Refusal("stale")
        kept = {each.name: getattr(self, each.name) for each in table(Decision).columns if each.name != "id"}
        news = {"version": self.version + 1, "replaces_id": self.id, "state": "recorded", "recorded_at": at}
        self.state = "replaced" if self.state == "announced" else "undone"
        new = Decision(**{**kept, **news, "recorded_by": by, **changed})
        session.add(new)
        session.flush()
        for each in self.answered():
            each.decision_id = new.id
        new._changed(session, what, by, at, self)
        return new

    def answered(self) -> Sequence[Recommendation]:
        """The recommendations that it answers."""
        return rows(self._session(), Recommendation, "position", decision_id=self.id)

    def _session(self) -> Session:
        session = object_session(self)
        assert session is not None
        return session

    def told(self) -> dict[str, Any]:
        """The decision as the history tells of it."""
        return {"decision": self.id, **{name: getattr(self, name) for name in HELD}, "due": history.plain(self.due)}

    def _changed(self, session: Session, what: str, by: int, at: datetime, other: Decision | None) -> None:
        """Write down how it is now, and how the version before it is."""
        also = [{"decision": other.id, "state": other.state}] if other else []
        meeting = session.get_one(Meeting, self.meeting_id)
        _note(session, meeting, what, by=by, at=at, **self.told(), also=also)
        session.flush()


STANDING = ("recorded", "announced")


def row(session: Session, group_id: int, decision_id: int) -> Decision:
    """A decision's row, locked against others' changes to it; another group's does not exist."""
    return own(session, Decision, group_id, decision_id)


def standing(session: Session, group_id: int, decision_id: int) -> Decision:
    """The version that stands now of a decision that was corrected or settled since somebody looked, locked."""
    found = row(session, group_id, decision_id)
    while found.state not in STANDING and (later := session.scalar(_FOLLOWED, {"decision": found.id})):
        found = row(session, group_id, later)
    return found


def record(
    session: Session,
    meeting: Meeting,
    item: Item,
    told: Told,
    answers: Mapping[int, Sequence[Outcome]],
    *,
    by: int,
    at: datetime,
) -> int:
    """Record what was decided of an item, with what came of each recommendation (by its id); the decision's id."""
    outcomes = list(dict.fromkeys(each for came in answers.values() for each in came)) or list(told.outcomes)
    year = meeting.date.year if meeting.date else None
    connection = session.connection()
    connection.execute(_GROUP, {"group": meeting.group_id})  # two who record at once get two numbers
    number, position = place(connection, meeting.group_id, item.id, year, outcomes)
    asked = connection.execute(_OF_ITEM, {"item": item.id}).all()
    mine = [each for each in asked if each.id in answers]
    if len(mine) != len(answers) or not all(answers.values()):
        raise Refusal("stale")
    if any(each.outcomes is not None for each in mine):
        raise Refusal("decided_already", number=item.number)
    due = deadlines.kept(session, meeting.group_id, told.deadline, at.date())
    due["due_meeting_id"] = told.due_meeting_id or due["due_meeting_id"]
    known: dict[str, Any] = {
        "item_id": item.id, "number": number, "year": year, "version": 1, "state": "recorded", "text": told.text,
        "outcomes": outcomes, "answers": [each.position for each in mine], "force": told.force, "holder": told.holder,
        "referred_to": told.referred_to, **due,
    }  # fmt: skip
    new = add(
        session, Decision, group_id=meeting.group_id, meeting_id=meeting.id, position=position, recorded_by=by,
        recorded_at=at, **known,
    )  # fmt: skip
    if mine:
        connection.execute(_ANSWERS, [{"of": id, "came": list(came), "by": new} for id, came in answers.items()])
    told_of = [answers.get(each.id, each.outcomes) for each in asked]
    if all(each is not None for each in told_of) and (mine or not asked):
        came = {each for one in told_of for each in one} or set(outcomes)
        item.write(state=rules.came_to(came))
    _note(session, meeting, "decision recorded", by=by, at=at, decision=new, **history.plain(known))
    return new


def _note(session: Session, meeting: Meeting, what: str, *, by: int, at: datetime, **told: Any) -> None:
    """Write down what became of a decision; what the chair was asked about the meeting's so far is another paper."""
    meeting.write(decisions_version=meeting.decisions_version + 1)
    history.note(session, meeting.group_id, what, by=by, at=at, after=told)


def file(session: Session, item: Item, meeting: Meeting, decisions: Sequence[DecisionValue]) -> None:
    """Put the decisions read from minutes under their item: they are known to everybody already."""
    year = meeting.date.year if meeting.date else None
    for each in decisions:
        number, position = place(session, meeting.group_id, item.id, year, each.outcomes)
        session.add(
            Decision(
                group_id=meeting.group_id, meeting_id=meeting.id, item_id=item.id, position=position, text=each.text,
                outcomes=list(each.outcomes), answers=list(each.answers), condition=each.condition,
                force="conditional" if each.condition else "final", year=year, number=number, state="announced",
            )
        )  # fmt: skip
        session.flush()


def place(
    reader: Reader, group_id: int, item_id: int, year: int | None, outcomes: Iterable[Outcome]
) -> tuple[int | None, int]:
    """The number of a group's next decision in a year, none where nobody knows the year or nothing was decided; and its
    position under its item.
    """
    last, above = reader.execute(_LAST, {"group": group_id, "year": year, "item": item_id}).one()
    return (last or 0) + 1 if year is not None and rules.is_decided(outcomes) else None, above + 1


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says was decided, under which terms; `outcomes` are those of a decision nobody recommended."""

    text: str
    outcomes: tuple[Outcome, ...] = ("decided",)
    force: Force = "final"
    holder: str | None = None
    deadline: Deadline | None = None
    due_meeting_id: int | None = None
    referred_to: str | None = None


def announce(session: Session, meeting: Meeting, *, by: int, at: datetime) -> None:
    """Note that the members have heard of what was recorded at a meeting."""
    told = []
    for each in rows(session, Decision, meeting_id=meeting.id, state="recorded"):
        each.state = "announced"
        told.append({"decision": each.id, "state": each.state})
    after = {"meeting": meeting.id, "also": told}
    history.note(session, meeting.group_id, "decisions announced", by=by, at=at, after=after)
    session.flush()


def unbound(reader: Reader) -> Mapping[int, int]:
    """The conditional decisions due at a meeting that was not planned yet, or was called off, with the meeting now."""
    its = table(Decision).c
    return deadlines.unbound(reader, Decision, "recorded_at", among(its.state, STANDING), its.force == "conditional")


_GROUP = select(table(Group).c.id).where(table(Group).c.id == bindparam("group")).with_for_update(key_share=True)
_DECISION = table(Decision).c
_ASKED = table(Recommendation).c
_NUMBERED = (_DECISION.group_id == bindparam("group"), _DECISION.year == bindparam("year"))
_LAST = select(
    select(func.max(_DECISION.number)).where(*_NUMBERED).scalar_subquery(),
    select(func.count()).where(_DECISION.item_id == bindparam("item")).scalar_subquery(),
)
_OF_ITEM = (
    select(_ASKED.id, _ASKED.position, _ASKED.outcomes)
    .where(_ASKED.item_id == bindparam("item"))
    .order_by(_ASKED.position, _ASKED.id)
)
_ANSWERS = (
    update(table(Recommendation))
    .where(_ASKED.id == bindparam("of"))
    .values(outcomes=bindparam("came"), decision_id=bindparam("by"))
)
_FOLLOWED = select(func.max(_DECISION.id)).where(_DECISION.replaces_id == bindparam("decision"))
