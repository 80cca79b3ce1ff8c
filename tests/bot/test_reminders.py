"""When the group is reminded, of what, and when no longer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import reminders
from bot.leads import Days, Hours, WorkingDays
from bot.meetings import Meeting, State
from bot.quiet import Quiet
from bot.reminders import Occasion, Reminder, Rule, Setup

COPENHAGEN = "Europe/Copenhagen"
FEBRUARY = Meeting(date=date(2026, 2, 26), start=time(13), end=time(15))
PROPOSALS, AGENDA, TOMORROW = reminders.DEFAULTS[:3]
HOUR = Rule("hour", "start", Hours(1), use_by="start", to="channel", waits=False, on=False)
CLOSED: frozenset[State] = frozenset({"closed"})
ALWAYS: frozenset[State] = CLOSED | reminders.AHEAD
LATER = (
    HOUR,
    Rule("material_due", "agenda", Days(2), use_by="deadline", to="channel", about="item"),
    Rule("minutes_wait", "start", WorkingDays(-5), use_by=timedelta(days=7), to="secretary", states=CLOSED),
    Rule("task_due", "own", Days(1), use_by="deadline", to="channel", states=ALWAYS, about="task"),
    Rule("final_approval", "start", WorkingDays(10), use_by="start", to="secretary", about="decision"),
    Rule(
        "condition_due", "own", WorkingDays(2), use_by=timedelta(days=14), to="secretary", states=ALWAYS, about="hold"
    ),
)


def occasion(meeting: Meeting = FEBRUARY, setup: Setup | None = None, zone: str = COPENHAGEN) -> Occasion:
    return Occasion(7, meeting, zone, setup or Setup())


def local(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(COPENHAGEN))  # type: ignore[arg-type,misc]


def said(planned: Iterable[Reminder]) -> list[str]:
    zone = ZoneInfo(COPENHAGEN)
    form = "%a %d.%m. %H.%M"
    return [
        f"{each.rule.key} {each.due_at.astimezone(zone):{form}} until {each.use_by.astimezone(zone):{form}}"
        for each in planned
    ]


@pytest.mark.parametrize(
    ("meeting", "planned"),
    [
        pytest.param(
            Meeting(date=date(2025, 6, 18)),
            [
                "proposals_close Fri 23.05. 09.00 until Wed 28.05. 12.00",
                "agenda_out Fri 06.06. 09.00 until Wed 18.06. 09.00",
                "tomorrow Tue 17.06. 09.00 until Tue 17.06. 18.00",
            ],
            id="June 2025, the hour unknown, three holidays on the way",
        ),
        pytest.param(
            Meeting(date=date(2025, 10, 6), start=time(13), end=time(15)),
            [
                "proposals_close Mon 15.09. 08.00 until Thu 18.09. 12.00",
                "agenda_out Thu 25.09. 09.00 until Mon 06.10. 13.00",
                "tomorrow Fri 03.10. 09.00 until Fri 03.10. 18.00",
            ],
            id="October 2025, a Monday, told on Friday",
        ),
        pytest.param(
            FEBRUARY,
            [
                "proposals_close Thu 05.02. 09.00 until Tue 10.02. 12.00",
                "agenda_out Tue 17.02. 09.00 until Thu 26.02. 13.00",
                "tomorrow Wed 25.02. 09.00 until Wed 25.02. 18.00",
            ],
            id="February 2026",
        ),
        pytest.param(
            Meeting(date=date(2026, 4, 7), start=time(8)),
            [
                "proposals_close Thu 12.03. 09.00 until Tue 17.03. 12.00",
                "agenda_out Tue 24.03. 09.00 until Wed 01.04. 18.00",
                "tomorrow Wed 01.04. 09.00 until Wed 01.04. 18.00",
            ],
            id="after Easter",
        ),
        pytest.param(
            Meeting(date=date(2026, 4, 23), start=time(13)),
            [
                "proposals_close Wed 01.04. 09.00 until Tue 07.04. 12.00",
                "agenda_out Tue 14.04. 09.00 until Thu 23.04. 13.00",
                "tomorrow Wed 22.04. 09.00 until Wed 22.04. 18.00",
            ],
            id="Easter would leave four hours, so it comes before",
        ),
    ],
)
def test_a_meeting_has_its_reminders(meeting: Meeting, planned: list[str]) -> None:
    assert said(reminders.planned(occasion(meeting))) == planned


def test_deadlines_are_shown_by_the_groups_own_clock() -> None:
    june = occasion(Meeting(date=date(2025, 6, 18)))
    assert reminders.proposals_deadline(june) == local(2025, 5, 28, 12)
    assert reminders.agenda_due(june) == local(2025, 6, 6, 9)
    assert f"{reminders.proposals_deadline(occasion()):%d.%m.%Y %H.%M}" == "10.02.2026 12.00"
    shorter = occasion(setup=Setup(proposals_days=8, material_days=5))
    assert reminders.proposals_deadline(shorter) == local(2026, 2, 16, 12)
    assert reminders.agenda_due(shorter) == local(2026, 2, 19, 9)


@pytest.mark.parametrize("day", [None, date(1, 1, 1), date(9999, 12, 31)])
def test_a_meeting_without_a_sensible_date_has_neither_reminders_nor_deadlines(day: date | None) -> None:
    someday = occasion(Meeting(date=day))
    assert reminders.planned(someday) == []
    assert reminders.proposals_deadline(someday) is None
    assert reminders.agenda_due(someday) is None


@pytest.mark.parametrize(
    ("state", "rules"),
    [
        ("planned", ["proposals_close", "agenda_out", "tomorrow"]),
        ("agenda_sent", ["tomorrow"]),
        ("open", []),
        ("closed", []),
        ("cancelled", []),
    ],
)
def test_what_has_been_done_needs_no_reminder(state: State, rules: list[str]) -> None:
    planned = reminders.planned(occasion(replace(FEBRUARY, state=state)))
    assert [each.rule.key for each in planned] == rules


def test_an_hour_before_is_off_until_the_group_wants_it_and_needs_a_known_hour() -> None:
    wanted = Setup(on=frozenset({"hour"}))
    assert reminders.planned(occasion(), [HOUR]) == []
    assert said(reminders.planned(occasion(setup=wanted), [HOUR])) == ["hour Thu 26.02. 12.00 until Thu 26.02. 13.00"]
    assert reminders.planned(occasion(replace(FEBRUARY, start=None), wanted), [HOUR]) == []
    early = replace(FEBRUARY, start=time(8, 30))
    assert said(reminders.planned(occasion(early, wanted), [HOUR])) == ["hour Thu 26.02. 07.30 until Thu 26.02. 08.30"]


def test_the_group_may_switch_a_reminder_off_and_move_another() -> None:
    setup = Setup(off=frozenset({"tomorrow"}), leads={"proposals_close": 2})
    assert said(reminders.planned(occasion(setup=setup))) == [
        "proposals_close Mon 09.02. 08.00 until Tue 10.02. 12.00",
        "agenda_out Tue 17.02. 09.00 until Thu 26.02. 13.00",
    ]


def test_a_group_without_quiet_hours_is_told_on_sunday() -> None:
    monday = occasion(Meeting(date=date(2025, 10, 6), start=time(13)), Setup(quiet=None))
    assert said(reminders.planned(monday))[-1] == "tomorrow Sun 05.10. 09.00 until Mon 06.10. 00.00"


def test_rules_of_another_issue_need_nothing_new() -> None:
    item = Occasion(7, FEBRUARY, COPENHAGEN, Setup(), about="item:3")
    task = Occasion(7, replace(FEBRUARY, state="closed"), COPENHAGEN, Setup(), "task:12", datetime(2026, 4, 10, 12))
    hold = replace(task, about="hold:5", deadline=datetime(2026, 3, 20, 12))
    decision = replace(item, about="decision:5")
    minutes = occasion(replace(FEBRUARY, state="closed"))
    planned = [each for one in (item, task, hold, decision, minutes) for each in reminders.planned(one, LATER)]
    assert said(planned) == [
        "material_due Mon 16.02. 08.00 until Tue 17.02. 09.00",
        "task_due Thu 09.04. 09.00 until Fri 10.04. 12.00",
        "condition_due Wed 18.03. 09.00 until Wed 01.04. 10.00",
        "final_approval Thu 12.02. 09.00 until Thu 26.02. 13.00",
        "minutes_wait Thu 05.03. 09.00 until Thu 12.03. 09.00",
    ]
    assert [each.key for each in planned[:2]] == [
        "reminder:7:material_due:item:3:20260226T1300",
        "reminder:7:task_due:task:12:20260410T1200",
    ]


@pytest.mark.parametrize(
    ("night", "calendar_day", "hours"),
    [
        pytest.param(date(2026, 3, 29), local(2026, 3, 28, 13), local(2026, 3, 28, 12), id="the short night"),
        pytest.param(date(2026, 10, 25), local(2026, 10, 24, 13), local(2026, 10, 24, 14), id="the long night"),
    ],
)
def test_the_day_before_is_not_24_hours_before_when_the_clocks_change(
    night: date, calendar_day: datetime, hours: datetime
) -> None:
    meeting = occasion(Meeting(date=night, start=time(13)))
    rules = [replace(HOUR, before=lead, on=True) for lead in (Days(1, at=time(13)), Hours(24))]
    assert [reminders.planned(meeting, [rule])[0].due_at for rule in rules] == [calendar_day, hours]


def test_a_reminder_keeps_the_quiet_also_when_it_is_late() -> None:
    agenda = reminders.planned(occasion())[1]
    assert agenda.key == "reminder:7:agenda_out:20260226T1300"
    moments = {
        local(2026, 2, 17, 8, 59): "early",
        local(2026, 2, 17, 9): "due",
        local(2026, 2, 17, 17, 59): "due",
        local(2026, 2, 17, 18): "early",
        local(2026, 2, 21, 12): "early",
        local(2026, 2, 23, 8): "due",
        local(2026, 2, 26, 12, 59): "due",
        local(2026, 2, 26, 13): "too late",
    }
    assert {now: reminders.state_of(agenda, now) for now in moments} == moments


def test_in_the_hour_shown_twice_nothing_is_early_or_late() -> None:
    rule = replace(TOMORROW, before=Days(1, at=time(2, 30)), use_by=timedelta(minutes=50))
    meeting = occasion(Meeting(date=date(2026, 10, 26), start=time(13)), Setup(quiet=None))
    (reminder,) = reminders.planned(meeting, [rule])
    moments = [datetime(2026, 10, 25, 0, minute, tzinfo=UTC) for minute in (29, 30)]
    moments += [datetime(2026, 10, 25, 1, minute, tzinfo=UTC) for minute in (19, 20)]
    states = [reminders.state_of(reminder, now.astimezone(ZoneInfo(COPENHAGEN))) for now in moments]
    assert states == ["early", "due", "due", "too late"]


def test_a_sweep_takes_what_is_due_or_too_late_and_leaves_old_stories_alone() -> None:
    def taken(since: datetime, until: datetime) -> list[str]:
        return [each.rule.key for each in reminders.due([occasion()], since=since, until=until)]

    noon = local(2026, 2, 25, 12)
    assert taken(local(2026, 2, 1), noon) == ["proposals_close", "agenda_out", "tomorrow"]
    assert taken(local(2026, 2, 11), noon) == ["agenda_out", "tomorrow"]
    assert taken(local(2026, 2, 11), local(2026, 2, 16, 12)) == []
    assert taken(local(2026, 2, 11), local(2026, 2, 17, 20)) == []


def test_what_waits_for_a_moved_or_cancelled_meeting_has_lapsed() -> None:
    keys = {each.key for each in reminders.planned(occasion())}
    moved = occasion(replace(FEBRUARY, date=date(2026, 3, 5)))
    assert reminders.lapsed(keys, [occasion()]) == set()
    assert reminders.lapsed(keys, [moved]) == keys
    assert reminders.lapsed(keys, [occasion(replace(FEBRUARY, state="cancelled"))]) == keys
    sent = occasion(replace(FEBRUARY, state="agenda_sent"))
    assert reminders.lapsed(keys, [sent]) == {key for key in keys if "tomorrow" not in key}
    assert reminders.lapsed({"reminder:70:tomorrow:20260226T1300", "agenda:7"}, [moved]) == set()


def test_what_is_done_or_settled_is_no_occasion_any_more_and_what_waits_of_it_has_lapsed() -> None:
    task = Occasion(reminders.NO_MEETING, Meeting(), COPENHAGEN, Setup(), "task:12", datetime(2026, 4, 10, 16))
    assert said(reminders.planned(task)) == [
        "task_due Tue 07.04. 09.00 until Fri 10.04. 16.00",
        "task_late Mon 13.04. 09.00 until Mon 27.04. 09.00",
    ]
    keys = {each.key for each in reminders.planned(task)}
    assert reminders.lapsed(keys, [task, occasion()]) == set()
    assert reminders.lapsed(keys, [occasion()]) == keys
    assert reminders.lapsed(keys, [replace(task, deadline=datetime(2026, 4, 13, 16))]) == keys


def test_what_waits_is_told_to_the_secretary_at_its_time() -> None:
    held = Occasion(7, replace(FEBRUARY, state="closed"), COPENHAGEN, Setup(), about="minutes")
    final = Occasion(7, FEBRUARY, COPENHAGEN, Setup(), about="final:5")
    condition = Occasion(reminders.NO_MEETING, Meeting(), COPENHAGEN, Setup(), "condition:5", datetime(2026, 3, 20, 16))
    over = replace(final, meeting=held.meeting)
    planned = [each for one in (held, final, over, condition) for each in reminders.planned(one)]
    assert said(planned) == [
        "minutes_wait Thu 05.03. 09.00 until Thu 19.03. 09.00",
        "final_approval Fri 06.02. 09.00 until Thu 26.02. 13.00",
        "final_due Fri 27.02. 09.00 until Fri 13.03. 09.00",
        "condition_due Fri 20.03. 09.00 until Wed 01.04. 18.00",
    ]
    assert {each.rule.to for each in planned} == {"secretary"}


@pytest.mark.parametrize(
    "setup",
    [
        Setup(),
        Setup(quiet=None),
        Setup(15, 5, frozenset({"hour"}), frozenset({"tomorrow"}), {"agenda_out": 1}, Quiet(time(17), time(7, 30))),
    ],
)
def test_a_setup_is_kept_as_json(setup: Setup) -> None:
    assert Setup.from_dict(json.loads(json.dumps(setup.as_dict()))) == setup


def test_a_setup_kept_by_another_version_is_understood() -> None:
    assert Setup.from_dict({}) == Setup()
    assert Setup.from_dict({"material_days": 5, "confetti": True}) == Setup(material_days=5)


def test_a_setup_that_makes_no_sense_is_not_made() -> None:
    with pytest.raises(ValueError, match="a year"):
        Setup(proposals_days=-1)
    with pytest.raises(ValueError, match="a year"):
        Setup(leads={"tomorrow": 10**9})
    with pytest.raises(ValueError, match=r"evening"):
        Quiet(time(8), time(18))
