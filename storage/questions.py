"""The budget questions (budgetspørgsmål): who asked what, when, and what the answer was."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, and_, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, object_session

from bot import agenda as values
from bot.agenda import ON_AGENDA
from bot.groups import Group, Member
from bot.questions import Place, QuestionState
from bot.questions import Question as QuestionValue
from bot.refusals import Refusal
from bot.roles import CHAIRS, SECRETARIAT
from bot.words import words_of
from storage import history, items, meetings
from storage.base import Base, Reader, among, own, rows
from storage.groups import Person
from storage.items import Item
from storage.meetings import Meeting

OF_MONEY = ("budget", "oekonomi")
SHOWN = 30  # questions in a list, the newest


class Question(Base):
    """A question about the budget. `answered_by` is None where the figures or a decision answered it themselves;
    `channel` and `thread` say where the answer of a person goes, None: to the asker alone.
    """

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    text: Mapped[str]
    channel: Mapped[str | None]
    thread: Mapped[str | None]
    answer: Mapped[str | None]
    source: Mapped[str | None] = mapped_column(doc="the paper or decision the answer was read from")
    state: Mapped[QuestionState] = mapped_column(String, default="waiting")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    answered_at: Mapped[datetime | None]
    item_id: Mapped[int | None] = mapped_column(
        ForeignKey("items.id"), index=True, doc="where it is taken to the meeting"
    )

    __table_args__ = (Index(None, "group_id", "state"), Index(None, "state"))

    def reply(self, answer: str, *, by: int, at: datetime) -> None:
        """Answer the question; refused where that was done already."""
        session = self._session
        if self.state == "answered":
            self._refuse_again(session)
        before = {"question": self.id, "state": self.state}
        self.answer, self.answered_by, self.answered_at, self.state = answer, by, at, "answered"
        after = {"question": self.id, "state": self.state, "answer": answer}
        history.note(session, self.group_id, "question answered", by=by, at=at, before=before, after=after)
        session.flush()

    def take_to(self, item: Item, *, by: int, at: datetime) -> None:
        """Have the question taken up under an item; refused where it is answered. Twice is once."""
        session = self._session
        if self.state == "answered":
            self._refuse_again(session)
        if self.state == "to_meeting":
            return
        before, self.state, self.item_id = {"question": self.id, "state": self.state}, "to_meeting", item.id
        after = {"question": self.id, "state": self.state, "item": item.id}
        history.note(session, self.group_id, "question taken to the meeting", by=by, at=at, before=before, after=after)
        session.flush()

    def wait(self, *, by: int, at: datetime) -> None:
        """Have the question wait again, after a meeting that gave it no answer; what it was under is kept."""
        before, self.state = {"question": self.id, "state": self.state}, "waiting"
        after = {"question": self.id, "state": self.state}
        history.note(self._session, self.group_id, "question waits again", by=by, at=at, before=before, after=after)
        self._session.flush()

    @property
    def _session(self) -> Session:
        session = object_session(self)
        assert session is not None
        return session

    def _refuse_again(self, session: Session) -> None:
        if self.answered_by is None:
            raise Refusal("stale")
        raise Refusal("already_done", person=session.get_one(Person, self.answered_by).name, at=self.answered_at)


def ask(
    session: Session,
    group_id: int,
    text: str,
    where: tuple[str | None, str | None],
    answer: str | None,
    source: str | None,
    *,
    by: int,
    at: datetime,
) -> Question:
    """Write a question down, with the answer that figures or decisions gave; `where` is its channel and thread."""
    state: QuestionState = "answered" if answer else "waiting"
    row = Question(group_id=group_id, asked_by=by, asked_at=at, text=text, answer=answer, source=source, state=state)
    row.channel, row.thread = where
    row.answered_at = at if answer else None
    session.add(row)
    session.flush()
    after = {"question": row.id, "text": text, "state": state}
    history.note(session, group_id, "question asked", by=by, at=at, after=after)
    return row


def row(session: Session, group_id: int, question_id: int) -> Question:
    """A group's question by its id, locked against others' answers; refused where it has none such."""
    return own(session, Question, group_id, question_id)


def person(session: Session, question: Question) -> Person:
    """Who asked a question."""
    return session.get_one(Person, question.asked_by)


def newest(reader: Reader, group: Group, viewer: Member) -> list[QuestionValue]:
    """The questions somebody may see, the newest first: secretariat and chairs all; others their own, and those that a
    person answered in the group's channel.
    """
    told = and_(Question.channel == group.channel, Question.answered_by.is_not(None))
    seen = () if viewer.may(SECRETARIAT | CHAIRS) else (or_(Question.asked_by == viewer.person.id, told),)
    return _values(reader, selected().where(Question.group_id == group.id, *seen).limit(SHOWN))


def under(reader: Reader, item_ids: list[int]) -> list[QuestionValue]:
    """The questions taken to the meeting under some items, the newest first."""
    return _values(reader, selected().where(Question.item_id.in_(item_ids)))


def waiting(reader: Reader, group_id: int) -> list[QuestionValue]:
    """The questions that nobody has answered and that are not taken to a meeting, the newest first."""
    return _values(reader, selected().where(Question.group_id == group_id, Question.state == "waiting").limit(SHOWN))


def place(reader: Reader, group_id: int, today: date) -> Place:
    """Where questions that wait are proposed; an item that is not for everybody is not taken."""
    coming = meetings.coming(reader, group_id, today, at_most=1)
    found = Place(coming[0].id, coming[0].meeting.date) if coming else Place(None, None)
    there = [Item.meeting_id == found.meeting_id] if coming else [Item.group_id == group_id, Item.meeting_id.is_(None)]
    usable = (among(Item.state, (*ON_AGENDA, "proposed")), Item.audience.is_(None))
    rows = select(Item.id, Item.number, Item.title).where(*there, *usable).order_by(Item.state, Item.position)
    about_money = (row for row in reader.execute(rows) if _is_about_money(row.title))
    return next((replace(found, item_id=row.id, number=row.number, title=row.title) for row in about_money), found)


def budget_item(session: Session, group_id: int, there: Place, *, by: int, at: datetime, title: str) -> Item:
    """The item of the place where a question is taken up, else a new one proposed under a title."""
    if there.item_id:
        return items.row(session, group_id, there.item_id)
    return items.propose(session, group_id, values.Item("", title), meeting_id=there.meeting_id, by=by, at=at)


def left_under(session: Session, item_ids: Collection[int], *, by: int, at: datetime) -> list[Question]:
    """Have the questions wait again that items were to take up, and that have had no answer."""
    which = (Question.item_id.in_(item_ids), Question.state == "to_meeting")
    left = list(session.scalars(select(Question).where(*which).order_by(Question.id)))
    for each in left:
        each.wait(by=by, at=at)
    return left


def taken_off(session: Session, meeting: Meeting, gone: list[int]) -> None:
    """Put the questions of items that are gone under the item about the budget; where there is none, they wait for an
    answer.
    """
    items = rows(session, Item, "position", meeting_id=meeting.id)
    usable = (e for e in items if e.state in ON_AGENDA and e.audience is None and _is_about_money(e.title))
    found = next(usable, None)
    asked = Question.item_id.in_(gone)
    values: dict[str, Any] = {"item_id": found.id} if found else {"item_id": None, "state": "waiting"}
    session.execute(update(Question).where(asked, Question.state == "to_meeting").values(**values))


def _is_about_money(title: str) -> bool:
    return any(word.startswith(OF_MONEY) for word in words_of(title))


def selected(*more: Any) -> Select[*tuple[Any, ...]]:
    """Questions with the names and the meeting's day that a list of them shows, the newest first, after `more`."""
    asker, answerer = aliased(Person), aliased(Person)
    return (
        select(
            *(*more, Question.id, Question.text, asker.name, Question.asked_at, Question.state, Question.answer),
            *(Question.source, answerer.name, Question.answered_at, Meeting.date),
        )
        .join(asker, asker.id == Question.asked_by)
        .outerjoin(answerer, answerer.id == Question.answered_by)
        .outerjoin(Item, Item.id == Question.item_id)
        .outerjoin(Meeting, Meeting.id == Item.meeting_id)
        .order_by(Question.id.desc())
    )


def _values(reader: Reader, statement: Select[*tuple[Any, ...]]) -> list[QuestionValue]:
    return [QuestionValue(*row) for row in reader.execute(statement)]
