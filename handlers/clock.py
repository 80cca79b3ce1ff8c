"""The clock: looks now and then at what is due, and puts it in the outbox. Any number of clocks may run at once."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import calendar, reminders
from bot.reminders import Reminder
from bot.roles import Role
from handlers.desk import Desk
from storage import Session, Storage, Unavailable, groups, outbox
from storage import reminders as remembered
from storage.reminders import Remembered
from templates import Message, message

log = logging.getLogger(__name__)
EVERY = 15.0  # seconds of machine time between two looks
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
        """Put what is due in the outbox, note what is too late, take out what nobody needs; how many changed."""
        now = self.desk.now()
        with self.storage.reading() as reader:
            found = remembered.occasions(reader, now.date())
            due = self._due(found, now)
            new = set(due) - remembered.known(reader, list(due))
            lapsed = reminders.lapsed(remembered.waiting(reader), [each.occasion for each in found])
        if not new and not lapsed:
            return 0
        with self.storage.transaction() as session:
            remembered.withdraw(session, lapsed)
            for key in sorted(new):
                self._remind(session, *due[key], now=now)
        return len(new) + len(lapsed)

    def next_due(self) -> datetime | None:
        """When the next reminder is due that has not been sent; None where none is."""
        now = self.desk.now()
        with self.storage.reading() as reader:
            occasions = [each.occasion for each in remembered.occasions(reader, now.date())]
            planned = [each for occasion in occasions for each in reminders.planned(occasion)]
            known = remembered.known(reader, [each.key for each in planned])
        return min((each.due_at for each in planned if each.due_at > now and each.key not in known), default=None)

    def _due(self, found: list[Remembered], now: datetime) -> dict[str, tuple[Reminder, Remembered]]:
        by_meeting = {each.occasion.meeting_id: each for each in found}
        due = reminders.due([each.occasion for each in found], since=now - SINCE, until=now)
        ready = (each for each in due if reminders.state_of(each, now) != "early")
        return {each.key: (each, by_meeting[each.meeting_id]) for each in ready}

    def _remind(self, session: Session, reminder: Reminder, about: Remembered, *, now: datetime) -> None:
        clock, group = self.desk.clock(), about.group
        to = group.channel
        if reminder.rule.to == "secretary":
            secretary = groups.holder(session, group.id, Role.SECRETARY, now.date())
            if secretary is None:
                return
            to = secretary.slack_id
        if reminders.state_of(reminder, now) == "too late":
            remembered.skip(session, reminder, group, now=clock)
            return
        said = self._said(reminder, about, now)
        outbox.put(
            session, key=reminder.key, lane=to, kind="post", payload=said.payload(), now=clock, group_id=group.id,
            use_by=reminder.use_by,
        )  # fmt: skip

    def _said(self, reminder: Reminder, about: Remembered, now: datetime) -> Message:
        """The reminder in the group's words; a reminder of tomorrow that is sent earlier names the day."""
        meeting, zone = about.occasion.meeting, about.group.zone
        day_before = meeting.date == calendar.shown(now, zone).date() + timedelta(days=1)
        key = "coming" if reminder.rule.key == "tomorrow" and not day_before else reminder.rule.key
        deadlines = {"proposals_close": reminders.proposals_deadline, "agenda_out": reminders.agenda_due}
        deadline = deadlines[key](about.occasion) if key in deadlines else None
        where = {"command": self.desk.command, "group": about.group}
        return message(f"reminders/{key}", about.group.language, meeting=meeting, deadline=deadline, **where)[0]

    def _run(self) -> None:
        while not self._stop.wait(EVERY):
            try:
                self.sweep()
            except Unavailable:
                log.warning("database away, reminders wait")
            except Exception:
                log.exception("sweep failed")  # the next one derives it all again
