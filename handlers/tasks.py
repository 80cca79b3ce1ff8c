"""Who knocks about the tasks: a new one, mine and all of them, done, handed on, not to be done any more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot import deadlines
from bot import tasks as rules
from bot.deadlines import Deadline
from bot.refusals import Refusal
from bot.roles import ANYONE, SECRETARIAT
from bot.tasks import Source
from bot.tasks import Task as TaskValue
from handlers import mentions
from handlers.declared import Mention, button, command, form
from handlers.marks import mark
from handlers.request import Reply, Request, Stranger
from storage import groups, members, task_sources, tasks
from storage.groups import Person
from storage.tasks import Task


@command("task", da="opgave", may=ANYONE, names=True)
def note(request: Request, text: str = "", person: Mention | None = None) -> Reply:
    """Note a task: what, who (@name) and, at its end, until when; without more, in a form."""
    if rules.is_end(text):
        raise Refusal("task_button")
    read = rules.noted(f"{text} <@{person}>" if person else text, request.today)
    if not read.text:
        return _ask_new(request, Source(), read.owner, read.deadline)
    return _made(request, mentions.read(request, read.text), read.owner, None, read.deadline, 0, 0, in_line=True)


@command("tasks", da="opgaver", also=("opfølgning", "aftaler", "todo"), may=ANYONE, reads=True)
def show(request: Request) -> Reply:
    """Show my open tasks and my organisation's, those overdue first."""
    return _listed(request, "mine", tasks.mine(request.reader, request.group.id, request.member, request.today))


@command("tasks all", da="opgaver alle", also=("opfølgning alle",), may=ANYONE, reads=True)
def show_all(request: Request) -> Reply:
    """Show everybody's open tasks, those overdue first."""
    return _listed(request, "all", tasks.all_open(request.reader, request.group.id, request.member, request.today))


@command("tasks late", da="opgaver forsinkede", also=("overdue tasks",), may=ANYONE, reads=True)
def show_late(request: Request) -> Reply:
    """Show the tasks whose deadline is over."""
    return _listed(request, "late", tasks.late(request.reader, request.group.id, request.member, request.today))


@button("task new", may=ANYONE)
def ask_new(request: Request, item_id: int = 0, decision_id: int = 0) -> Reply:
    """A form for a task that comes from an item or a decision."""
    found = task_sources.source(request.reader, request.group.id, item_id, decision_id, request.member)
    return _ask_new(request, found)


@form("task new", may=ANYONE)
def make(
    request: Request,
    item_id: int,
    decision_id: int,
    what: str,
    person: str | None,
    organisation: str | None,
    deadline: str | None,
) -> Reply:
    """The task is noted."""
    until = _until(request, deadline)
    return _made(request, what, person, organisation, until, item_id, decision_id)


@button("task edit", may=ANYONE)
def ask_change(request: Request, task_id: int) -> Reply:
    """A form with the task as it stands."""
    row = _mine(request, task_id, or_made=True)
    return request.ask(
        "task edit", "tasks/form", row.id, task=tasks.value(request.reader, row.id), assigned=None, due=""
    )


@form("task edit", may=ANYONE)
def change(
    request: Request,
    task_id: int,
    what: str,
    person: str | None,
    organisation: str | None,
    deadline: str | None,
) -> Reply:
    """The task is as the form says."""
    row, by, at = _mine(request, task_id, or_made=True), request.member.person.id, request.now
    meanwhile = request.meanwhile(ask_change(request, row.id))
    if meanwhile:
        return meanwhile
    owner = _known(request, person)
    row.change(what, _until(request, deadline), by=by, at=at)
    if (owner.id if owner else None, organisation) != (row.owner_id, row.organisation):
        row.hand_over(owner, organisation, by=by, at=at)
        _tell_owner(request, row, owner)
    return _told(request, "tasks/made", tasks.value(request.session, row.id), unread=False, no_day=None)


@button("task undo", may=ANYONE)
def undo(request: Request, task_id: int) -> Reply:
    """The task was a mistake."""
    row = _mine(request, task_id, or_made=True)
    row.undo(by=request.member.person.id, at=request.now)
    return request.update("tasks/undone", task=tasks.value(request.session, row.id))


@button("task finish", may=ANYONE)
def finish(request: Request, task_id: int, alone: int = 0) -> Reply:
    """The task is done; `alone` tells that the button's message is about this task only."""
    row = _mine(request, task_id)
    row.finish(by=request.member.person.id, at=request.now)
    return _ended(request, row, bool(alone))


@button("task reopen", may=ANYONE)
def reopen(request: Request, task_id: int) -> Reply:
    """The task is to be done after all."""
    row = _mine(request, task_id)
    row.reopen(by=request.member.person.id, at=request.now)
    return request.update("tasks/reopened", task=tasks.value(request.session, row.id), today=request.today)


@button("task hand", may=ANYONE)
def ask_whom(request: Request, task_id: int) -> Reply:
    """A form for who is to do it instead."""
    row = _mine(request, task_id)
    held = mark(row.owner_id, row.organisation)
    return request.ask("task hand", "tasks/hand", row.id, held, task=tasks.value(request.reader, row.id))


@form("task hand", may=ANYONE)
def hand_over(request: Request, task_id: int, _held: int, person: str | None, organisation: str | None) -> Reply:
    """The task is somebody else's now; `_held` is the mark of whose it was."""
    row = _mine(request, task_id)
    meanwhile = request.meanwhile(ask_whom(request, row.id))
    if meanwhile:
        return meanwhile
    owner = _known(request, person)
    if owner is None and organisation is None:
        raise Refusal("no_new_owner").at("person")
    row.hand_over(owner, organisation, by=request.member.person.id, at=request.now)
    _tell_owner(request, row, owner)
    return _told(request, "tasks/handed", tasks.value(request.session, row.id))


@button("task drop", may=SECRETARIAT, refuse="role_tasks")
def ask_why(request: Request, task_id: int) -> Reply:
    """A form for why it is not to be done."""
    row = _mine(request, task_id)
    return request.ask("task drop", "tasks/drop", row.id, task=tasks.value(request.reader, row.id))


@form("task drop", may=SECRETARIAT, refuse="role_tasks")
def drop(request: Request, task_id: int, why: str) -> Reply:
    """The task is not to be done; its owner hears why."""
    row = _mine(request, task_id)
    row.drop(why, by=request.member.person.id, at=request.now)
    value = tasks.value(request.session, row.id)
    if value.slack_id and value.owner_id != request.member.person.id:
        told = request.written("tasks/dropped", task=value, reason=why)
        request.later(told, key=f"task:{row.id}:dropped:{request.origin.key}", to=value.slack_id)
    return _ended(request, row, alone=False)


def _ask_new(request: Request, source: Source, person: str | None = None, deadline: Deadline | None = None) -> Reply:
    about, due = (source.item_id or 0, source.decision_id or 0), deadline.text if deadline else ""
    return request.ask("task new", "tasks/form", *about, task=None, assigned=person, due=due)


def _made(
    request: Request,
    what: str,
    person: str | None,
    organisation: str | None,
    deadline: Deadline | None,
    item_id: int,
    decision_id: int,
    in_line: bool = False,
) -> Reply:
    owner = _known(request, person)
    row = tasks.make(
        request.session,
        request.group.id,
        what,
        owner=owner,
        organisation=organisation,
        deadline=deadline,
        source=task_sources.source(request.session, request.group.id, item_id, decision_id, request.member),
        by=request.member.person.id,
        at=request.now,
    )
    _tell_owner(request, row, owner)
    value, unread = tasks.value(request.session, row.id), in_line and deadline is None
    no_day = deadlines.no_such_day(what) if unread else None
    return _told(request, "tasks/made", value, unread=unread, no_day=no_day)


def _told(request: Request, template: str, task: TaskValue, **values: Any) -> Reply:
    """The task as it stands; where it is an organisation's for which nobody speaks, that it reaches nobody."""
    name = None if task.owner_id else task.organisation
    heard = name is None or members.has_speaker(request.reader, request.group.id, name, request.today)
    return request.reply(template, task=task, today=request.today, unheard=None if heard else name, **values)


def _until(request: Request, typed: str | None) -> Deadline | None:
    """The deadline that was typed into a form; refused where it is a day that no calendar has."""
    if typed is None:
        return None
    if day := deadlines.no_such_day(typed):
        raise Refusal("no_such_day", text=day).at("deadline")
    return deadlines.read(typed, request.today)


def _tell_owner(request: Request, row: Task, owner: Person | None) -> None:
    """Whoever got a task from somebody else hears it, and from whom."""
    me = request.member.person
    if owner is None or owner.id == me.id:
        return
    told = request.written("tasks/given", task=tasks.value(request.session, row.id), giver=me.name, today=request.today)
    request.later(told, key=f"task:{row.id}:given:{request.origin.key}", to=owner.slack_id)


def _listed(request: Request, which: str, found: tuple[TaskValue, ...]) -> Reply:
    theirs = _organisations(request)
    entries = [(each, rules.may_end(each.owner_id, each.organisation, request.member, theirs)) for each in found]
    overdue = sum(each.is_late(request.today) for each in found)
    return request.reply(
        "tasks/shown",
        which=which,
        entries=entries,
        overdue=overdue,
        today=request.today,
        secretary=request.member.may(SECRETARIAT),
    )


def _ended(request: Request, row: Task, alone: bool) -> Reply:
    value = tasks.value(request.session, row.id)
    return (request.update if alone else request.reply)("tasks/ended", task=value)


def _mine(request: Request, task_id: int, *, or_made: bool = False) -> Task:
    """The row of a task that is whoever asks's to end or, what they have just made, to mend; the secretary's any."""
    theirs = _organisations(request)
    row = tasks.row(request.session, request.group.id, task_id, request.member, theirs)
    made_it = or_made and row.made_by == request.member.person.id
    if not made_it and not rules.may_end(row.owner_id, row.organisation, request.member, theirs):
        raise Refusal("not_your_task")
    return row


def _organisations(request: Request) -> Iterable[str]:
    return tasks.organisations(request.reader, request.group.id, request.member.person.id, request.today)


def _known(request: Request, slack_id: str | None) -> Person | None:
    """Somebody Slack has told us about, and no guest of the workspace; None where nobody was named."""
    if slack_id is None:
        return None
    found = groups.person(request.session, slack_id)
    if not found.seen:
        raise Stranger(slack_id)
    if found.guest:
        raise Refusal("guest", person=found.name).at("person")
    return found
