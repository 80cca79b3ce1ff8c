"""What lies before the secretary: the questions that nobody has answered, and where each is proposed to be taken up."""

from __future__ import annotations

from collections.abc import Collection

from bot.reminders import NO_MEETING
from bot.roles import CHAIRS, SECRETARIAT
from handlers.request import Request
from storage import groups, outbox, questions
from storage.questions import Question
from templates import Message


def lay_before(request: Request, row: Question, secretary: str) -> None:
    """Write to the secretary, by her Slack id, about a question."""
    request.later(_post(request, row), key=f"question:{row.id}", to=secretary)


def mend(request: Request, row: Question) -> None:
    """What the secretary was asked, and reminded of, says how it stands now; what a former one was asked stays as it
    was.
    """
    to = groups.secretary(request.session, request.group.id, request.today).slack_id
    for key in (f"question:{row.id}:1", f"reminder:{NO_MEETING}:question_waits:question:{row.id}:"):
        for letter in outbox.named(request.session, to, key):
            stamp = f"question:{row.id}:mended:{letter}:{request.origin.key}"
            request.mend(_post(request, row), key=stamp, of=letter, to=to)


def proposed(request: Request, items: Collection[int] | None = None) -> list[Message]:
    """The questions that wait, with where they are proposed, if that is one of these items; they are shown to none but
    the secretariat and the chairs.
    """
    seen = request.member.may(SECRETARIAT | CHAIRS)
    found = questions.waiting(request.reader, request.group.id) if seen else []
    if not found:
        return []
    there = questions.place(request.reader, request.group.id, request.today)
    if items is not None and there.item_id not in items:
        return []
    answers = request.member.may(SECRETARIAT)
    return request.written("questions/proposed", questions=found, there=there, answers=answers)


def wait_again(request: Request, items: Collection[int]) -> int:
    """How many questions had no answer from the items that were to take them up: they wait as they did before."""
    left = questions.left_under(request.session, items, by=request.member.person.id, at=request.now)
    for each in left:
        mend(request, each)
    return len(left)


def _post(request: Request, row: Question) -> list[Message]:
    asker = questions.person(request.session, row).name
    return request.written("questions/for_secretary", id=row.id, person=asker, question=row.text, state=row.state)
