"""A year of sweeps: each reminder once, in its time, or noted as skipped, whatever happens to meetings and machines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot import calendar, reminders
from bot.leads import Days, Hours
from bot.meetings import Meeting
from bot.quiet import Quiet
from bot.reminders import Occasion, Reminder, Rule, Setup

COPENHAGEN = "Europe/Copenhagen"
HALF_HOUR = timedelta(minutes=30)
Span = tuple[datetime, datetime]


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(COPENHAGEN)).astimezone(UTC)  # type: ignore[arg-type,misc]


@dataclass
class Letter:
    """A row of the outbox, found by its key."""

    reminder: Reminder
    state: Literal["waiting", "sent", "skipped"]


@dataclass
class Year:
    """A group's year from `first` to `last`, swept every half hour by two workers who know nothing of each other.

    `changes` are what the secretary does to meetings and when; the bot sleeps in `downtime`, Slack in `outage`.
    """

    first: datetime
    last: datetime
    changes: list[tuple[datetime, int, Meeting]]
    downtime: list[Span] = field(default_factory=list)
    outage: list[Span] = field(default_factory=list)
    setup: Setup = field(default_factory=Setup)
    rules: tuple[Rule, ...] = reminders.DEFAULTS
    meetings: dict[int, Meeting] = field(default_factory=dict)
    outbox: dict[str, Letter] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    def passes(self) -> list[str]:
        """Live through it; what was sent and what was noted as skipped, in order."""
        changes, now = sorted(self.changes, key=lambda change: change[0]), self.first
        while now < self.last:
            while changes and changes[0][0] <= now:
                _, meeting_id, self.meetings[meeting_id] = changes.pop(0)
            if not among(now, self.downtime):
                for _ in ("one worker", "another"):
                    self.sweep(now)
                if not among(now, self.outage):
                    self.carry(now)
            now += HALF_HOUR
        return self.log

    def sweep(self, now: datetime) -> None:
        near = {each for each, meeting in self.meetings.items() if meeting.date and is_near(meeting.date, now)}
        occasions = [Occasion(each, self.meetings[each], COPENHAGEN, self.setup) for each in sorted(near)]
        waiting = [key for key, letter in self.outbox.items() if letter.state == "waiting"]
        for key in reminders.lapsed(waiting, occasions, self.rules) if waiting else ():
            del self.outbox[key]
        for each in reminders.due(occasions, since=now - timedelta(days=14), until=now, rules=self.rules):
            if each.key not in self.outbox:
                late = reminders.state_of(each, now) == "too late"
                self.outbox[each.key] = Letter(each, "skipped" if late else "waiting")
                if late:
                    self.note(now, "skipped", each)

    def carry(self, now: datetime) -> None:
        for letter in self.outbox.values():
            if letter.state == "waiting":
                letter.state = "sent" if now < letter.reminder.use_by else "skipped"
                self.note(now, letter.state, letter.reminder)

    def note(self, now: datetime, outcome: str, reminder: Reminder) -> None:
        wall = calendar.shown(now, COPENHAGEN)
        self.log.append(f"{wall:%d.%m. %H.%M} {outcome} {reminder.key.removeprefix('reminder:')}")


def among(now: datetime, spans: list[Span]) -> bool:
    return any(begin <= now < end for begin, end in spans)


def is_near(day: date, now: datetime) -> bool:
    return -3 <= (day - now.date()).days <= 35


def meeting(month: int, day: int, hour: int = 13) -> Meeting:
    return Meeting(date=date(2026, month, day), start=time(hour))


def sent(agreed: Meeting) -> Meeting:
    return replace(agreed, state="agenda_sent")


NEW_YEAR = (local(2026, 1, 1), local(2027, 1, 1))
FEBRUARY, MARCH, JUNE, SUMMER = meeting(2, 26), meeting(3, 30), meeting(6, 9), meeting(6, 18)
SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = meeting(9, 8), meeting(10, 26, 10), meeting(11, 9), meeting(12, 10)
TWICE_SHOWN = Rule("tomorrow", "start", Days(1, at=time(2, 30)), use_by="day", to="channel")


def test_a_year_with_moves_cancellations_and_nights_out() -> None:
    year = Year(
        *NEW_YEAR,
        changes=[
            *((local(2026, 1, 1), number, each) for number, each in enumerate((FEBRUARY, MARCH, JUNE), 1)),
            (local(2026, 2, 17, 8, 30), 1, sent(FEBRUARY)),
            (local(2026, 3, 20, 10), 2, sent(MARCH)),
            (local(2026, 5, 22, 11), 3, SUMMER),
            (local(2026, 6, 5, 11), 3, sent(SUMMER)),
            (local(2026, 6, 17, 10), 3, replace(sent(SUMMER), date=date(2026, 6, 23))),
            (local(2026, 6, 17, 11), 3, sent(SUMMER)),
            *((local(2026, 7, 1), number, each) for number, each in enumerate((SEPTEMBER, OCTOBER), 4)),
            (local(2026, 9, 7, 7), 4, replace(SEPTEMBER, state="cancelled")),
            (local(2026, 10, 16, 12), 5, sent(OCTOBER)),
            (local(2026, 11, 2, 14), 6, NOVEMBER),
            (local(2026, 11, 3, 14), 6, sent(NOVEMBER)),
            (local(2026, 11, 3, 14), 7, DECEMBER),
            (local(2026, 12, 3, 12), 7, sent(DECEMBER)),
        ],
        downtime=[
            (local(2026, 3, 17, 3), local(2026, 3, 19, 15, 10)),
            (local(2026, 10, 2, 2), local(2026, 10, 5, 22)),
            (local(2026, 12, 9, 7), local(2026, 12, 9, 20)),
        ],
        outage=[(local(2026, 6, 17, 8), local(2026, 6, 17, 12))],
    )
    assert year.passes() == [
        "05.02. 09.00 sent 1:proposals_close:20260226T1300",
        "25.02. 09.00 sent 1:tomorrow:20260226T1300",
        "09.03. 08.00 sent 2:proposals_close:20260330T1300",
        "19.03. 15.30 sent 2:agenda_out:20260330T1300",
        "27.03. 09.00 sent 2:tomorrow:20260330T1300",
        "15.05. 09.00 sent 3:proposals_close:20260609T1300",
        "27.05. 09.00 sent 3:proposals_close:20260618T1300",
        "17.06. 12.00 sent 3:tomorrow:20260618T1300",
        "17.08. 08.00 sent 4:proposals_close:20260908T1300",
        "28.08. 09.00 sent 4:agenda_out:20260908T1300",
        "06.10. 08.00 sent 5:proposals_close:20261026T1000",
        "15.10. 09.00 sent 5:agenda_out:20261026T1000",
        "23.10. 09.00 sent 5:tomorrow:20261026T1000",
        "02.11. 14.00 skipped 6:proposals_close:20261109T1300",
        "02.11. 14.00 sent 6:agenda_out:20261109T1300",
        "06.11. 09.00 sent 6:tomorrow:20261109T1300",
        "19.11. 09.00 sent 7:proposals_close:20261210T1300",
        "01.12. 09.00 sent 7:agenda_out:20261210T1300",
        "09.12. 20.00 skipped 7:tomorrow:20261210T1300",
    ]


def test_on_the_nights_the_clocks_change_a_reminder_at_half_past_two_comes_once() -> None:
    year = Year(
        local(2026, 3, 20),
        local(2026, 11, 1),
        changes=[(local(2026, 3, 20), 2, MARCH), (local(2026, 3, 20), 5, OCTOBER)],
        setup=Setup(quiet=None),
        rules=(TWICE_SHOWN,),
    )
    assert year.passes() == [
        "29.03. 03.00 sent 2:tomorrow:20260330T1300",
        "25.10. 02.30 sent 5:tomorrow:20261026T1000",
    ]
    (spring, autumn) = (letter.reminder.due_at for letter in year.outbox.values())
    assert (spring, autumn) == (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


def test_what_slack_could_not_take_in_time_is_skipped_and_not_sent_in_a_burst() -> None:
    away = [(local(2026, 2, 1), local(2026, 2, 25, 19))]
    year = Year(local(2026, 1, 20), local(2026, 3, 1), changes=[(local(2026, 1, 20), 1, FEBRUARY)], outage=away)
    assert year.passes() == [
        "25.02. 19.00 skipped 1:proposals_close:20260226T1300",
        "25.02. 19.00 sent 1:agenda_out:20260226T1300",
        "25.02. 19.00 skipped 1:tomorrow:20260226T1300",
    ]


MEETINGS = st.builds(
    Meeting,
    date=st.dates(date(2020, 1, 1), date(2090, 12, 31)),
    start=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
LED = ["proposals_close", "agenda_out", "tomorrow", "hour", "task_due"]
SETUPS = st.builds(
    Setup,
    proposals_days=st.integers(0, 30),
    material_days=st.integers(0, 20),
    leads=st.dictionaries(
        st.sampled_from(["proposals_close", "agenda_out", "tomorrow", "hour", "task_due"]), st.integers(0, 20)
    ),
    quiet=st.none() | st.just(Quiet()) | st.just(Quiet(time(16, 15), time(9, 30))),
)
ZONES = st.sampled_from([COPENHAGEN, "America/Nuuk", "Australia/Lord_Howe", "UTC"])
OF_MEETINGS = st.builds(Occasion, st.just(7), MEETINGS, ZONES, SETUPS)
DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))
BY_THEMSELVES = st.builds(
    Occasion,
    *(st.just(reminders.NO_MEETING), st.just(Meeting()), ZONES, SETUPS),
    st.sampled_from(["task:12", "condition:5"]),
    DAYS.map(reminders.last_moment),
)
OCCASIONS = OF_MEETINGS | BY_THEMSELVES
HOUR = Rule("hour", "start", Hours(1), use_by="start", to="channel", waits=False)
RULES = (*reminders.DEFAULTS, HOUR, replace(HOUR, key="hours", before=Hours(30), waits=True))


@given(OCCASIONS)
def test_every_reminder_can_be_sent_when_it_is_due_and_until_its_use_by(occasion: Occasion) -> None:
    planned = reminders.planned(occasion, RULES)
    assert planned == reminders.planned(occasion, RULES)
    for each in planned:
        assert reminders.state_of(each, each.due_at) == "due"
        assert reminders.state_of(each, each.use_by) == "too late"
        assert reminders.state_of(each, each.due_at - timedelta(seconds=1)) == "early"


@given(OCCASIONS, st.lists(st.integers(0, 120 * 24 * 4), max_size=80))
def test_whenever_sweeps_run_each_is_sent_once_in_its_time_or_noted(occasion: Occasion, quarters: list[int]) -> None:
    day = occasion.deadline.date() if occasion.deadline else occasion.meeting.date
    assert day
    first = calendar.moment(datetime.combine(day, time(12)), occasion.zone) - timedelta(days=95)
    box: dict[str, tuple[datetime, str]] = {}
    for now in sorted(first + timedelta(minutes=15 * quarter) for quarter in quarters):
        for each in reminders.due([occasion], since=first, until=now, rules=RULES):
            box.setdefault(each.key, (now, reminders.state_of(each, now)))
    for each in reminders.planned(occasion, RULES):
        now, outcome = box.pop(each.key, (each.due_at, "due"))
        assert (outcome == "due") is (each.due_at <= now < each.use_by)
        assert outcome in ("due", "too late")
        wall = calendar.shown(now, occasion.zone)
        assert outcome == "too late" or each.quiet is None or not each.quiet.covers(wall)
    assert not box


@given(OF_MEETINGS, MEETINGS)
def test_a_move_makes_new_keys(occasion: Occasion, elsewhere: Meeting) -> None:
    moved = replace(occasion, meeting=elsewhere)
    before, after = ({each.key for each in reminders.planned(one, RULES)} for one in (occasion, moved))
    assert not before & after or occasion.moment("start") == moved.moment("start")


@given(BY_THEMSELVES, DAYS)
def test_another_deadline_makes_new_keys(occasion: Occasion, other: date) -> None:
    moved = replace(occasion, deadline=reminders.last_moment(other))
    before, after = ({each.key for each in reminders.planned(one, RULES)} for one in (occasion, moved))
    assert not before & after or occasion == moved
