"""The clock goes on: each reminder once and in time, or noted as skipped; a moved meeting has new ones."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from storage import groups, meetings
from storage.decisions import Decision
from storage.history import Change
from storage.items import Item
from storage.meetings import Meeting
from storage.minutes import Minutes
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import User
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import filed
from tests.stories.test_meetings import filled
from tests.stories.test_setup import changed

TOMORROW = (
    "I morgen, onsdag den 18. juni 2025, er der styregruppemøde kl. 13.00-15.00, Slotsholmsgade 12, mødesal B (fælles)."
)


@beginning
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
    assert "I morgen, onsdag den 25. juni 2025, er der styregruppemøde kl. 10.00-12.00" in said


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
    late = "Dagsordenen til mødet onsdag den 18. juni 2025 skulle have været sendt ud fredag den 6. juni 2025 kl."
    assert [each for each in told if each.startswith(late)]


def test_before_that_it_reads_until_when(office: Office) -> None:
    office.time = datetime(2025, 6, 2, 7, tzinfo=UTC)
    filed(office)
    office.founded()
    office.time = datetime(2025, 6, 6, 7, tzinfo=UTC)
    office.program.clock.sweep()
    office.settle()
    told = [each.plain for each in office.slack.history(office.anne)]
    assert [each for each in told if "skal sendes ud senest fredag den 6. juni 2025 kl. " in each]


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


def told(office: Office, person: User, day: int, hour: int = 9, month: int = 6) -> list[str]:
    """The clock strikes; what the bot has written to somebody, the first line of each letter."""
    at(office, day, hour, month)
    return [each.plain.splitlines()[0] for each in office.slack.history(person)]


DUE, LATE = "En opgave nærmer sig sin frist.", "Fristen for en opgave er overskredet."


def test_the_owner_is_reminded_before_a_task_is_due_and_once_when_it_is_late(june: Office) -> None:
    june.types(june.bo, "dagsorden")
    june.types(june.bo, f"opgave Skriv notat senest 25. juni <@{june.bo.id}>")
    assert told(june, june.bo, 19) == []
    for day in (20, 23, 25):
        assert told(june, june.bo, day) == [DUE]
    for day in (26, 27, 30):
        assert told(june, june.bo, day) == [DUE, LATE]
    june.presses(june.bo, "Færdig", june.bo)
    assert "Du har ingen åbne opgaver." in june.types(june.bo, "opgaver")


def test_what_nobody_in_slack_owns_is_the_secretarys_and_a_moved_deadline_is_reminded_of_anew(june: Office) -> None:
    june.types(june.anne, "opgave Skriv notat senest 25. juni")
    before = len(told(june, june.anne, 19))
    assert told(june, june.anne, 20)[before:] == [DUE]
    june.presses(june.anne, "Ret")
    june.slack.fill(june.anne, {"deadline": "1. juli"})
    june.slack.submit(june.anne)
    assert told(june, june.anne, 25).count(DUE) == 1
    assert told(june, june.anne, 26).count(DUE) == 2


def test_a_task_due_at_a_meeting_is_reminded_of_before_the_day_it_is_moved_to(june: Office) -> None:
    june.types(june.bo, "dagsorden")
    june.types(june.bo, f"opgave Skriv notat til næste styregruppemøde <@{june.bo.id}>")
    filled(june, "møde flyt", when="onsdag 25. juni 2025 kl. 10-12", chair=["yes"])
    assert told(june, june.bo, 19) == []
    assert told(june, june.bo, 20) == [DUE]


def test_after_a_long_sleep_what_is_over_is_noted_and_only_what_is_true_is_said(june: Office) -> None:
    june.types(june.bo, "dagsorden")
    june.types(june.bo, f"opgave Skriv notat senest 25. juni <@{june.bo.id}>")
    assert told(june, june.bo, 30) == [LATE]
    with june.program.storage.reading() as reader:
        skipped = reader.execute(select(Change.after).where(Change.group_id == 1, Change.what == "reminder skipped"))
        assert "task_due" in [row.after["key"].split(":")[2] for row in skipped]


def test_a_done_tasks_reminder_that_waits_is_taken_out(june: Office) -> None:
    june.types(june.bo, "dagsorden")
    june.types(june.bo, f"opgave Skriv notat senest 25. juni <@{june.bo.id}>")
    june.types(june.bo, "opgaver")
    assert told(june, june.bo, 19) == []
    june.program.carrier.stop()  # nobody carries letters now
    june.time = datetime(2025, 6, 20, 7, tzinfo=UTC)
    assert june.program.clock.sweep() == 1
    june.slack.press(june.bo, june.with_button(june.bo, "Færdig"), "Færdig")
    assert june.program.clock.sweep() == 1
    assert june.program.clock.sweep() == 0


def test_the_group_says_how_many_days_before_a_task_is_due(june: Office) -> None:
    june.types(june.bo, "dagsorden")
    changed(june, task_days="1")
    june.types(june.bo, f"opgave Skriv notat senest 25. juni <@{june.bo.id}>")
    assert told(june, june.bo, 23) == []
    assert told(june, june.bo, 24) == [DUE]
    changed(june, reminders=["tomorrow"])
    assert told(june, june.bo, 26) == [DUE]


def decided(office: Office, **values: Any) -> None:
    """A decision stands under the first item."""
    with office.program.storage.transaction() as session:
        item = session.scalars(select(Item.id).where(Item.meeting_id == 1).order_by(Item.position)).first()
        session.add(
            Decision(
                group_id=1, meeting_id=1, item_id=item, position=1, text="Budgettet er godkendt.",
                outcomes=["approved"], answers=[], year=2025, number=7, **values,
            )
        )  # fmt: skip


def held(office: Office) -> None:
    with office.program.storage.transaction() as session:
        session.execute(update(Meeting).where(Meeting.id == 1).values(state="closed"))


def test_the_secretary_hears_that_the_minutes_are_waited_for_until_they_are_out(june: Office) -> None:
    held(june)
    before = len(told(june, june.anne, 24))
    for day in (25, 26, 27):
        (said,) = told(june, june.anne, day)[before:]
        assert said.startswith("Referatet af mødet onsdag den 18. juni 2025 er ikke sendt ud endnu.")


def test_minutes_that_are_out_are_not_waited_for(june: Office) -> None:
    held(june)
    with june.program.storage.transaction() as session:
        session.add(Minutes(meeting_id=1, group_id=1, state="posted", version=1))
    before = len(told(june, june.anne, 24))
    assert told(june, june.anne, 25)[before:] == []


@pytest.mark.parametrize("settled", [False, True])
def test_the_secretary_hears_before_items_close_what_is_to_be_approved_finally(june: Office, settled: bool) -> None:
    decided(june, force="final" if settled else "preliminary", state="announced", due_meeting_id=2)
    before = len(told(june, june.anne, 15, month=9))
    new = told(june, june.anne, 16, month=9)[before:]
    assert new == ([] if settled else [new[0]])
    assert all("Beslutningen 2025-7 er kun foreløbig" in each and "6. oktober 2025" in each for each in new)


@pytest.mark.parametrize("state", ["announced", "undone"])
def test_the_secretary_hears_when_the_answer_to_a_condition_is_due(june: Office, state: Any) -> None:
    decided(
        june, force="conditional", state=state, holder="KL", due_text="24. juni", precision="day", due=date(2025, 6, 24)
    )
    before = len(told(june, june.anne, 23))
    new = told(june, june.anne, 24)[before:]
    said = "Beslutningen 2025-7 er truffet med forbehold. Den afventer KL. Svar ventes senest tirsdag den 24. juni 2025"
    assert [each.startswith(said) for each in new] == ([True] if state == "announced" else [])


def test_a_task_given_shortly_before_its_deadline_is_not_reminded_of_at_once(june: Office) -> None:
    june.time = datetime(2025, 6, 10, 8, tzinfo=UTC)
    june.types(june.mads, f"opgave Tjek tallene senest den 12. juni <@{june.bo.id}>")
    june.types(june.mads, f"opgave Send notatet senest den 20. juni <@{june.bo.id}>")
    given = len(june.slack.history(june.bo))
    for day in (10, 11, 12):
        june.time = datetime(2025, 6, day, 9, tzinfo=UTC)
        june.program.clock.sweep()
        june.settle()
    assert len(june.slack.history(june.bo)) == given == 2
    june.time = datetime(2025, 6, 13, 9, tzinfo=UTC)
    june.program.clock.sweep()
    june.settle()
    assert "Fristen for en opgave er overskredet." in june.slack.history(june.bo)[-1].plain
    assert "Tjek tallene" in june.slack.history(june.bo)[-1].plain
