"""Reminders (påmindelser): derived from a meeting and its group's setup at every look, not stored before they are due.

A sweep takes what is `due` and puts it in the outbox under its key: to be sent, or noted as skipped where it is too
late. A key that stands there is done with, so any number of sweeps may run, and none for a while. A moved meeting has
new keys; those of the old that still wait have `lapsed` and are taken out for good, so that it can be moved back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from bot import calendar
from bot.groups import Group
from bot.leads import Days, Hours, Lead, WorkingDays
from bot.meetings import Meeting
from bot.meetings import State as MeetingState
from bot.quiet import Quiet

Anchor = Literal["start", "proposals", "agenda", "own"]
Audience = Literal["channel", "secretary", "owner"]  # whose task it is, where that is a person in Slack
State = Literal["early", "due", "too late"]

UNKNOWN_START = time(9)
PROPOSALS_CLOSE = time(12)
AGENDA_DUE = time(9)
DAYS_END = time(16)
FORTNIGHT = timedelta(days=14)
YEAR = 366
Announce = Literal["together", "each"]
NUMBERS = ("proposals_days", "material_days", "rhythm")
CENTURIES = range(1900, 2200)  # a year outside them is a slip of the pen, and nobody is reminded of it
AHEAD: frozenset[MeetingState] = frozenset({"planned", "agenda_sent"})
UNSENT: frozenset[MeetingState] = frozenset({"planned"})
HELD: frozenset[MeetingState] = frozenset({"agenda_sent", "open", "closed"})
NO_MEETING = 0  # whose number is that of what has a deadline of its own


@dataclass(frozen=True, slots=True)
class Rule:
    """When a reminder is due, to whom it goes, and how long it is worth sending.

    `use_by` is how late it may be, or until when it is true: the "deadline" it counts from, the meeting's "start", or
    the end of the "day" it is due. `about` is the kind of thing that it is for: "task", "question", "" the meeting
    itself. What `waits` keeps the quiet hours. `on` is what a group has that never said anything.
    """

    key: str
    counts_from: Anchor
    before: Lead
    use_by: timedelta | Literal["deadline", "start", "day"]
    to: Audience
    states: frozenset[MeetingState] = AHEAD
    about: str = ""
    waits: bool = True
    on: bool = True


DEFAULTS = (
    Rule("proposals_close", "proposals", Days(5), use_by="deadline", to="channel", states=UNSENT),
    Rule("agenda_out", "agenda", Days(0), use_by="start", to="secretary", states=UNSENT),
    Rule("tomorrow", "start", Days(1), use_by="day", to="channel"),
    Rule("minutes_wait", "start", WorkingDays(-5), FORTNIGHT, to="secretary", states=HELD, about="minutes"),
    Rule("final_approval", "proposals", WorkingDays(2), use_by="start", to="secretary", about="final"),
    Rule("final_due", "start", WorkingDays(-1), FORTNIGHT, to="secretary", states=HELD, about="final"),
    Rule("condition_due", "own", WorkingDays(0), FORTNIGHT, to="secretary", about="condition"),
    Rule("question_waits", "own", WorkingDays(-3), FORTNIGHT, to="secretary", about="question"),
    Rule("task_due", "own", WorkingDays(3), use_by="deadline", to="owner", about="task"),
    Rule("task_late", "own", WorkingDays(-1), FORTNIGHT, to="owner", about="task"),
)
BY_KEY = {rule.key: rule for rule in DEFAULTS}


@dataclass(frozen=True, slots=True)
class Setup:
    """What a group has chosen: deadlines in working days before the meeting, reminders, and its quiet hours.

    `on` and `off` are rules switched from what they are by themselves, and `leads` other numbers for their `before`,
    each by the rule's key. Practice for material is 5-7 working days. `rhythm` is months from meeting to meeting, 0
    where there is none. `announce` is whether decisions are posted together, or each with the chair's yes.
    """

    proposals_days: int = 12
    material_days: int = 7
    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    leads: Mapping[str, int] = field(default_factory=dict)
    quiet: Quiet | None = field(default_factory=Quiet)
    rhythm: int = 0
    announce: Announce = "together"

    def __post_init__(self) -> None:
        if not 0 <= self.rhythm <= 12:
            raise ValueError("Meetings are at most a year apart.")
        if not (0 <= self.proposals_days <= YEAR and 0 <= self.material_days <= YEAR):
            raise ValueError("A deadline lies at most a year before its meeting, and not after it.")
        if any(abs(number) > YEAR for number in self.leads.values()):
            raise ValueError("A reminder comes at most a year before or after.")

    def has(self, rule: Rule) -> bool:
        """Whether a rule is on."""
        return rule.key not in self.off and (rule.on or rule.key in self.on)

    def lead(self, rule: Rule) -> Lead:
        """How long before a rule's reminder is due."""
        return replace(rule.before, number=self.leads.get(rule.key, rule.before.number))

    def as_dict(self) -> dict[str, Any]:
        """The setup as JSON can keep it."""
        quiet = self.quiet and {"begin": f"{self.quiet.begin:%H:%M}", "end": f"{self.quiet.end:%H:%M}"}
        plain = {name: getattr(self, name) for name in (*NUMBERS, "announce")}
        return {**plain, "on": sorted(self.on), "off": sorted(self.off), "leads": dict(self.leads), "quiet": quiet}

    @classmethod
    def of(cls, group: Group) -> Setup:
        """What a group has chosen."""
        return cls.from_dict(group.setup or {})

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Setup:
        """The setup that was kept. What is not in it is as usual, and what is not known is passed by."""
        values: dict[str, Any] = {name: kept[name] for name in NUMBERS if name in kept}
        values |= {name: frozenset(kept[name]) for name in ("on", "off") if name in kept}
        if kept.get("announce") in get_args(Announce):
            values["announce"] = kept["announce"]
        if "leads" in kept:
            values["leads"] = dict(kept["leads"])
        if "quiet" in kept:
            hours = kept["quiet"]
            values["quiet"] = hours and Quiet(*(time.fromisoformat(hours[name]) for name in ("begin", "end")))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What there is to be reminded of: a meeting, or something of it (`about` "task:12"), with its own deadline if any.

    What has a deadline of its own is of no meeting (`NO_MEETING`): its meeting says nothing.
    What was due to be said before it began, `since`, is not said: whoever has it has just heard of it.
    A meeting whose hour nobody wrote is reckoned from nine o'clock, but nothing is counted in hours from it.
    Deadlines are wall times in the zone.
    """

    meeting_id: int
    meeting: Meeting
    zone: str
    setup: Setup
    about: str = ""
    deadline: datetime | None = None
    since: datetime | None = None

    def moment(self, anchor: Anchor) -> datetime | None:
        """The wall time that rules count from; None where it is not known."""
        day = self.deadline.date() if self.deadline and anchor == "own" else self.meeting.date
        if day is None or day.year not in CENTURIES:
            return None
        match anchor:
            case "start":
                return datetime.combine(day, self.meeting.start or UNKNOWN_START)
            case "proposals":
                day = calendar.working_days_before(day, self.setup.proposals_days)
                return datetime.combine(day, PROPOSALS_CLOSE)
            case "agenda":
                day = calendar.working_days_before(day, self.setup.material_days)
                return datetime.combine(day, AGENDA_DUE)
            case "own":
                return self.deadline

    def wants(self, rule: Rule) -> bool:
        """Whether a rule is for this kind of thing, in this state, in this group."""
        kind = self.about.partition(":")[0]
        hour_known = rule.counts_from != "start" or self.meeting.start is not None
        if isinstance(rule.before, Hours) and not hour_known:
            return False
        return rule.about == kind and self.meeting.state in rule.states and self.setup.has(rule)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder with its times, in UTC; `key` is the same each time it is derived for the same start or deadline."""

    key: str
    rule: Rule
    meeting_id: int
    about: str
    due_at: datetime
    use_by: datetime
    zone: str
    quiet: Quiet | None


def planned(occasion: Occasion, rules: Iterable[Rule] = DEFAULTS) -> list[Reminder]:
    """Every reminder an occasion has, past ones included, the first first."""
    found = [_reminder(occasion, rule) for rule in rules if occasion.wants(rule)]
    return sorted((each for each in found if each), key=_order)


def due(
    occasions: Iterable[Occasion], *, since: datetime, until: datetime, rules: Iterable[Rule] = DEFAULTS
) -> list[Reminder]:
    """What a sweep at `until` has to send or note, the first first; what was over at `since` is nobody's business."""
    rules = tuple(rules)
    every = (each for occasion in occasions for each in planned(occasion, rules))
    return sorted((each for each in every if each.use_by > since and state_of(each, until) != "early"), key=_order)


def state_of(reminder: Reminder, now: datetime) -> State:
    """Whether a reminder can be sent: "early" in quiet hours too, if it keeps them; "too late" from its use-by on."""
    if now >= reminder.use_by:
        return "too late"
    if now < reminder.due_at or (reminder.quiet and reminder.quiet.covers(calendar.shown(now, reminder.zone))):
        return "early"
    return "due"


def lapsed(waiting: Iterable[str], occasions: Iterable[Occasion], rules: Iterable[Rule] = DEFAULTS) -> set[str]:
    """Of keys that wait to be sent, those no longer called for: the meeting was moved or cancelled, the agenda is out.

    Give all occasions of a meeting at once, and all there are of no meeting; keys of other meetings are left alone.
    """
    waiting, rules = set(waiting), tuple(rules)
    named = {key.split(":")[1] for key in waiting}
    occasions = [each for each in occasions if str(each.meeting_id) in named]
    wanted = {each.key for occasion in occasions for each in planned(occasion, rules)}
    mine = tuple(f"reminder:{each}:" for each in {NO_MEETING, *(occasion.meeting_id for occasion in occasions)})
    return {key for key in waiting if key.startswith(mine) and key not in wanted}


def proposals_deadline(occasion: Occasion) -> datetime | None:
    """Until when items may be proposed, in the group's zone; None for a meeting without a date."""
    return _there(occasion.moment("proposals"), occasion.zone)


def deadline(key: str, occasion: Occasion) -> datetime | None:
    """The meeting's deadline that a rule's reminder names; None where it names none."""
    match key:
        case "proposals_close" | "final_approval":
            return proposals_deadline(occasion)
        case "agenda_out":
            return agenda_due(occasion)
        case _:
            return None


def last_moment(day: date) -> datetime:
    """Until when what is due on a day is in time, by the wall."""
    return datetime.combine(day, DAYS_END)


def agenda_due(occasion: Occasion) -> datetime | None:
    """When agenda and material are due to be sent, in the group's zone; None for a meeting without a date."""
    return _there(occasion.moment("agenda"), occasion.zone)


def _reminder(occasion: Occasion, rule: Rule) -> Reminder | None:
    zone, identity = occasion.zone, occasion.deadline or occasion.moment("start")
    deadline = occasion.moment(rule.counts_from)
    if deadline is None or identity is None:
        return None
    due_at = occasion.setup.lead(rule).ahead_of(deadline, zone)
    use_by = _use_by(occasion, rule, due_at, deadline)
    if use_by is None:
        return None

    quiet = occasion.setup.quiet if rule.waits else None
    if quiet:
        due_at, use_by = quiet.placed(due_at, use_by, zone)
    if due_at >= use_by or (occasion.since and due_at <= occasion.since):
        return None
    words = ("reminder", str(occasion.meeting_id), rule.key, occasion.about, f"{identity:%Y%m%dT%H%M}")
    return Reminder(
        ":".join(filter(None, words)), rule, occasion.meeting_id, occasion.about, due_at, use_by, zone, quiet
    )


def _use_by(occasion: Occasion, rule: Rule, due_at: datetime, deadline: datetime) -> datetime | None:
    if isinstance(rule.use_by, timedelta):
        return due_at + rule.use_by
    match rule.use_by:
        case "deadline":
            wall: datetime | None = deadline
        case "start":
            wall = occasion.moment("start")
        case "day":
            tomorrow = calendar.shown(due_at, occasion.zone) + calendar.DAY
            wall = datetime.combine(tomorrow, time())
    return calendar.moment(wall, occasion.zone) if wall else None


def _there(wall: datetime | None, zone: str) -> datetime | None:
    return calendar.moment(wall, zone).astimezone(ZoneInfo(zone)) if wall else None


def _order(reminder: Reminder) -> tuple[datetime, str]:
    return reminder.due_at, reminder.key
