"""The clock goes on: each reminder once and in time, or noted as skipped; a moved meeting has new ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage import groups, meetings
from storage.history import Change
from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import filed
from tests.stories.test_meetings import filled

TOMORROW = "I morgen er der styregruppemøde kl. 13.00-15.00, Slotsholmsgade 12, mødesal B (fælles)."


@pytest.fixture
def june(office: Office) -> Office:
    """The June agenda sent on the 10th, eight days before the meeting."""
    filed(office)
    office.founded()
    send(office)
    return office


def at(office: Office, day: int, hour: int, month: int = 6) -> list[str]:
    """The clock strikes, in Copenhagen's summer time; what stands in the channel beside the agenda."""
    office.time = datetime(2025, month, day, hour - 2, tzinfo=UTC)
    office.program.clock.sweep()
    office.settle()
    return [each.plain for each in office.slack.history(office.room)[1:]]


def test_the_day_before_at_nine_the_channel_is_reminded_once(june: Office) -> None:
    assert at(june, 17, 8) == []
    for hour in (9, 10, 17):
        (said,) = at(june, 17, hour)
        assert said.startswith(TOMORROW)


def test_what_comes_too_late_is_noted_as_skipped_and_never_sent(june: Office) -> None:
    assert at(june, 19, 9) == []
    assert at(june, 19, 9) == []
    with june.program.storage.reading() as reader:
        skipped = reader.execute(select(Change.after).where(Change.group_id == 1, Change.what == "reminder skipped"))
        assert [row.after["key"].split(":")[2] for row in skipped] == ["tomorrow"]


def test_a_moved_meeting_is_reminded_of_on_its_new_day(june: Office) -> None:
    filled(june, "møde flyt", when="onsdag 25. juni 2025 kl. 10-12", chair=["yes"])
    assert at(june, 17, 9) == []
    (said,) = at(june, 24, 9)
    assert "I morgen er der styregruppemøde kl. 10.00-12.00" in said


def test_nobody_is_reminded_of_a_meeting_called_off(june: Office) -> None:
    filled(june, "møde aflys", chair=["yes"])
    assert at(june, 17, 9) == []


def test_the_secretary_hears_when_the_agenda_is_due_and_not_sent(office: Office) -> None:
    filed(office)
    office.founded()
    office.time = datetime(2025, 6, 10, 7, tzinfo=UTC)
    office.program.clock.sweep()
    office.settle()
    told = [each.plain for each in office.slack.history(office.anne)]
    assert [each for each in told if each.startswith("Dagsordenen til mødet onsdag den 18. juni 2025 skal sendes ud")]


def test_a_reminder_that_waits_is_taken_out_when_the_meeting_is_called_off(june: Office) -> None:
    june.retire()  # nobody carries letters now
    june.time = datetime(2025, 6, 17, 7, tzinfo=UTC)
    assert june.program.clock.sweep() == 1
    with june.program.storage.transaction() as session:
        anne = groups.person(session, june.anne.id)
        meetings.row(session, 1, 1).cancel(by=anne.id, at=june.time)
    assert june.program.clock.sweep() == 1
    assert june.program.clock.sweep() == 0
    assert june.program.carrier.waiting() == 0
