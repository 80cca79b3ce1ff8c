"""The clock: looks now and then at what is due, and puts it in the outbox. Any number of clocks may run at once."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot import calendar, reminders
from bot.reminders import Reminder
from bot.roles import Role
from handlers.desk import Desk
from storage import Session, Storage, Unavailable, deadlines, decisions, groups, home, outbox, questions, tasks
from storage import reminders as remembered
from storage.decisions import Decision
from storage.reminders import Remembered
from storage.tasks import Task
from templates import Message, message

log = logging.getLogger(__name__)
EVERY = 15.0  # seconds of machine time between two looks
REPROACH = timedelta(hours=1)  # after a deadline it is not said yet that it is over
SINCE = timedelta(days=14)  # what was over by then is not even noted


@dataclass(slots=True)
class Clock:
    """Reminds every group of one storage, by the desk's business time."""

    storage: Storage
    desk: Desk
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Look every few seconds from now on, in a thread of its own."""
        threading.Thread(target=self._run, name="clock", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()

    def sweep(self) -> int:
        """Put what is due in the outbox, note what is too late, take out what nobody needs, and let tasks and decisions
        be due at meetings that have been planned for them; how many changed.
        """
        now = self.desk.now()
        with self.storage.reading() as reader:
            found = remembered.occasions(reader, now.date())
            due = self._due(found, now)
            new = set(due) - remembered.known(reader, list(due))
            lapsed = reminders.lapsed(remembered.waiting(reader), [each.occasion for each in found])
            tasks_due, decisions_due = tasks.unbound(reader), decisions.unbound(reader)
        if not (new or lapsed or tasks_due or decisions_due):
            return 0
        with self.storage.transaction() as session:
            deadlines.bind(session, Task, tasks_due, at=now)
            deadlines.bind(session, Decision, decisions_due, at=now)
            remembered.withdraw(session, lapsed)
            for key in sorted(new):
                self._remind(session, *due[key], now=now)
            home.redraw(session, self.desk.clock())
        return len(new) + len(lapsed) + len(tasks_due) + len(decisions_due)

    def next_due(self) -> datetime | None:
        """When the next reminder is due that has not been sent; None where none is."""
        now = self.desk.now()
        with self.storage.reading() as reader:
            occasions = [each.occasion for each in remembered.occasions(reader, now.date())]
            planned = [each for occasion in occasions for each in reminders.planned(occasion)]
            known = remembered.known(reader, [each.key for each in planned])
        return min((each.due_at for each in planned if each.due_at > now and each.key not in known), default=None)

    def _due(self, found: list[Remembered], now: datetime) -> dict[str, tuple[Reminder, Remembered]]:
        by_what = {(each.occasion.meeting_id, each.occasion.about): each for each in found}
        due = reminders.due([each.occasion for each in found], since=now - SINCE, until=now)
        ready = (each for each in due if reminders.state_of(each, now) != "early")
        return {each.key: (each, by_what[each.meeting_id, each.about]) for each in ready}

    def _remind(self, session: Session, reminder: Reminder, about: Remembered, *, now: datetime) -> None:
        clock, group = self.desk.clock(), about.group
        to = self._whom(session, reminder, about, now)
        if to is None:
            return
        if reminders.state_of(reminder, now) == "too late":
            remembered.skip(session, reminder, group, now=clock)
            return
        said = self._said(session, reminder, about, now)
        outbox.put(
            session, key=reminder.key, lane=to, kind="post", payload=said.payload(), now=clock, group_id=group.id,
            use_by=reminder.use_by,
        )  # fmt: skip

    def _whom(self, session: Session, reminder: Reminder, about: Remembered, now: datetime) -> str | None:
        """The channel or the person that a reminder is for; what nobody in Slack owns is the secretary's."""
        if reminder.rule.to == "channel":
            return about.group.channel
        if reminder.rule.to == "owner" and about.task and about.task.slack_id:
            return about.task.slack_id
        secretary = groups.holder(session, about.group.id, Role.SECRETARY, now.date())
        return secretary.slack_id if secretary else None

    def _said(self, session: Session, reminder: Reminder, about: Remembered, now: datetime) -> Message:
        """The reminder in the group's words; a reminder of tomorrow that is sent earlier names the day."""
        meeting, here = about.occasion.meeting, calendar.shown(now, about.group.zone).date()
        day_before = meeting.date == here + timedelta(days=1)
        key = "coming" if reminder.rule.key == "tomorrow" and not day_before else reminder.rule.key
        deadline = reminders.deadline(reminder.rule.key, about.occasion)
        where = {"command": self.desk.command, "group": about.group, "today": here}
        late = deadline is not None and deadline < now - REPROACH
        what: dict[str, Any] = {"meeting": meeting, "deadline": deadline, "late": late}
        what |= {"task": about.task, "matter": about.matter}
        if about.question:
            what |= {"unanswered": about.question, "there": questions.place(session, about.group.id, here)}
        return message(f"reminders/{key}", about.group.language, **what, **where)[0]

    def _run(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                self.sweep()
            except Unavailable:
                log.warning("database away, reminders wait")
            except Exception:
                log.exception("sweep failed")  # the next one derives it all again
