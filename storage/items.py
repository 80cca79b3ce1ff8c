"""The items (punkter) with what hangs on them, from the proposal to what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from bot import agenda as values
from bot import decisions, order
from bot.agenda import ItemState
from bot.decisions import Outcome
from bot.refusals import Refusal
from storage import history
from storage.base import Base, Reader, own, rows

_SAYS = ("title", "kinds", "duration", "audience", "presenters", "sections")  # beside what stands under an item
_CORRECTED = "outcomes corrected"  # in the history


class Item(Base):
    """An item or sub-item of a meeting. `position` runs through them all, in the order printed.

    A proposal that waits for a meeting to be set has no `meeting_id`; until it is accepted it has no `number`.
    `audience` is who may see it (None: all of the group), `carried_from_id` the item that it takes up again.
    """

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    position: Mapped[int]
    number: Mapped[str]
    listed_as: Mapped[str | None]
    title: Mapped[str]
    kinds: Mapped[str]
    duration: Mapped[int | None]
    presenters: Mapped[list[Any]]
    sections: Mapped[list[Any]]
    state: Mapped[ItemState] = mapped_column(String, default="accepted")
    audience: Mapped[list[Any] | None]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    proposed_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(doc="why it is left out, in the words of who left it out")
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)

    __table_args__ = (
        Index(None, "meeting_id", "position"),
        Index(None, "meeting_id", "number"),
        Index(None, "group_id", "state"),
    )

    def accept(self, *, to: int, by: int, at: datetime) -> None:
        """Put a proposal on a meeting's agenda; `order.put_on` gives it its place there."""
        self._must_wait()
        self._become("accepted", to)
        self._note("item accepted", by, at, after={"meeting": to})

    def take_off(self, *, to: int | None, by: int, at: datetime) -> None:
        """Take an item off its agenda: it waits anew, for another meeting; None is the next to be planned."""
        if self.state != "accepted":
            raise Refusal("stale")
        before, self.parent_id, self.position = self.meeting_id, None, 0
        for each in self._with_all_under():
            each.number, each.listed_as = "", None
            for bilag in under(_session(self), Appendix, each.id):
                bilag.number = ""
        self._become("proposed", to)
        self._note("item taken off", by, at, before={"meeting": before}, after={"meeting": to})

    def postpone(self, *, to: int | None, by: int, at: datetime) -> None:
        """Keep a proposal for another meeting; None is the next to be planned."""
        self._must_wait()
        before = self.meeting_id
        self._become("proposed", to)
        self._note("item postponed", by, at, before={"meeting": before}, after={"meeting": to})

    def leave_out(self, reason: str, *, by: int, at: datetime) -> None:
        """Say that a proposal comes on no agenda, and why."""
        self._must_wait()
        self.reason = reason
        self._become("left_out", self.meeting_id)
        self._note("item left out", by, at, after={"reason": reason})

    def bring_back(self, *, by: int, at: datetime) -> None:
        """Let what was left out wait again."""
        if self.state != "left_out":
            raise Refusal("stale")
        self.reason = None
        self._become("proposed", self.meeting_id)
        self._note("item brought back", by, at)

    def withdraw(self, *, by: int, at: datetime) -> None:
        """Take a proposal back."""
        self._must_wait()
        self._become("withdrawn", self.meeting_id)
        self._note("item withdrawn", by, at)

    def come_to(self, otherwise: Iterable[Outcome]) -> None:
        """Be treated, or put off, by what came of all that it recommends; where it recommends nothing, `otherwise`."""
        asked = under(_session(self), Recommendation, self.id)
        if all(each.outcomes is not None for each in asked):
            came = [each for one in asked for each in one.outcomes]
            self.state = decisions.came_to(came or otherwise)
            _session(self).flush()

    def edit(self, new: values.Item, *, by: int, at: datetime) -> None:
        """Let the item say something else, as long as nothing was decided about it."""
        if self.state not in ("proposed", "accepted"):
            raise Refusal("item_over")
        session, before = _session(self), self._says()
        describe(self, new)
        write_under(session, self, replace(new, appendices=order.appendices(self.number, new.appendices)))
        after = self._says()
        news = [name for name in before if before[name] != after[name]]
        told = ({name: says[name] for name in news} for says in (before, after))
        self._note("item edited", by, at, before=next(told), after=next(told))

    def _says(self) -> dict[str, Any]:
        """What it says, as the history keeps it."""
        said = {name: getattr(self, name) for name in _SAYS}
        for kind, columns in ((Recommendation, ("text", "verb")), (Appendix, ("number", "title", "url"))):
            rows = under(_session(self), kind, self.id)
            said[kind.__tablename__] = [{name: getattr(each, name) for name in columns} for each in rows]
        found: dict[str, Any] = history.plain(said)
        return found

    def _become(self, state: ItemState, meeting_id: int | None) -> None:
        """The same for the item and for what stands under it."""
        for each in self._with_all_under():
            each.state, each.meeting_id = state, meeting_id

    def _with_all_under(self) -> list[Item]:
        found = [self]
        for each in found:
            found += rows(_session(self), Item, "position", parent_id=each.id)
        return found

    def _must_wait(self) -> None:
        if self.state != "proposed":
            raise Refusal("not_waiting")

    def _note(self, what: str, by: int | None, at: datetime, **told: dict[str, Any]) -> None:
        session = _session(self)
        named = {name: {"item": self.id, **each} for name, each in {"after": {}, **told}.items()}
        history.note(session, self.group_id, what, by=by, at=at, **named)
        session.flush()


class Recommendation(Base):
    """One bullet of an item's recommendation, with a life of its own.

    `outcomes` is what was recorded of it, None while nothing was; `decision_id` the decision sentence that answers it.
    """

    __tablename__ = "recommendations"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    position: Mapped[int]
    text: Mapped[str]
    verb: Mapped[str]
    outcomes: Mapped[list[Any] | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), index=True)

    __table_args__ = (Index(None, "item_id", "position"),)


class Appendix(Base):
    """An appendix announced under an item; `url` is where it lies, if somebody gave its address."""

    __tablename__ = "appendices"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    position: Mapped[int]
    number: Mapped[str]
    title: Mapped[str]
    url: Mapped[str | None]

    __table_args__ = (Index(None, "item_id", "position"),)


def row(session: Session, group_id: int, item_id: int) -> Item:
    """An item's row, locked against others' changes to it; another group's item does not exist."""
    return own(session, Item, group_id, item_id)


def propose(
    session: Session, group_id: int, new: values.Item, *, meeting_id: int | None, by: int, at: datetime
) -> Item:
    """Keep a proposal for a meeting, None for the next to be planned, until the secretary says what becomes of it."""
    row = Item(group_id=group_id, meeting_id=meeting_id, position=0, number="", state="proposed")
    row.proposed_by, row.proposed_at = by, at
    describe(row, new)
    session.add(row)
    session.flush()
    write_under(session, row, new)
    row._note("item proposed", by, at, after={"meeting": meeting_id})
    return row


def of_meeting(reader: Reader, meeting_id: int) -> list[int]:
    """The ids of all items that are meant for a meeting, whatever has become of them."""
    return list(reader.scalars(select(Item.id).where(Item.meeting_id == meeting_id)))


def take_up(session: Session, group_id: int, meeting_id: int) -> None:
    """A meeting was planned: the proposals that waited for one are for it."""
    waiting = (Item.group_id == group_id, Item.state == "proposed", Item.meeting_id.is_(None))
    session.execute(update(Item).where(*waiting).values(meeting_id=meeting_id))


def correct_outcomes(
    session: Session, group_id: int, decision_id: int, answers: Mapping[int, Sequence[str]], *, by: int, at: datetime
) -> None:
    """Let other things have come of the recommendations that a decision answers; what had is kept in the history."""
    mine = rows(session, Recommendation, "position", decision_id=decision_id)
    before = [[each.id, each.outcomes] for each in mine]
    for each in mine:
        each.outcomes = list(answers[each.id])
    after = [[each.id, each.outcomes] for each in mine]
    told = {name: {"of": decision_id, "came": came} for name, came in (("before", before), ("after", after))}
    history.note(session, group_id, _CORRECTED, by=by, at=at, **told)
    session.flush()


def restore_outcomes(session: Session, group_id: int, decision_id: int, before: int | None) -> None:
    """Let the recommendations that a decision answered be answered by the one before it, as they were; where there is
    none (None), nothing has come of them.
    """
    noted = history.told(session, group_id, _CORRECTED)
    had = {id: came for was, _ in noted if was["of"] == decision_id for id, came in was["came"]}
    for each in rows(session, Recommendation, "position", decision_id=decision_id):
        each.decision_id = before
        each.outcomes = had.get(each.id, each.outcomes) if before else None
    session.flush()


def under(session: Session, kind: type[Any], item_id: int) -> Sequence[Any]:
    """The recommendations or the appendices of an item, in their order."""
    return rows(session, kind, "position", item_id=item_id)


def _session(item: Item) -> Session:
    session = object_session(item)
    assert session is not None
    return session


def describe(row: Item, new: values.Item) -> None:
    """Let a row say what an item does; its number, its state and what stands under it are not touched."""
    row.title, row.kinds, row.duration = new.title, str(new.kinds), new.duration
    row.presenters = [asdict(each) for each in new.presenters]
    row.sections = [asdict(each) for each in new.sections]
    row.audience = None if new.audience is None else list(new.audience)


def write_under(session: Session, row: Item, new: values.Item) -> None:
    """The recommendations and appendices of an item, each in the row it was read from; where none was read from a row,
    as in a document, in the places of those the item had, which stay the same rows.
    """
    for kind, wanted in ((Recommendation, new.recommendations), (Appendix, new.appendices)):
        had = {each.id: each for each in under(session, kind, row.id)}
        parts = [asdict(each) for each in wanted]
        read_from = [part.pop("id", 0) for part in parts]
        if had.keys().isdisjoint(read_from):
            read_from = [*had, *read_from][: len(parts)]
        for place, (row_id, part) in enumerate(zip(read_from, parts, strict=True), 1):
            there = had.pop(row_id, None) or kind(item_id=row.id)
            for name, value in {"position": place, **part}.items():
                setattr(there, name, value)
            session.add(there)
        session.execute(delete(kind).where(kind.id.in_(had)))
    session.flush()
