"""A decision on a condition waits until when it was said, also where that is a meeting that is moved or called off."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.office import Office
from tests.stories.test_decisions import announced, decided, meeting, onward
from tests.stories.test_meetings import filled

__all__ = ["meeting"]

WAITS = "Beslutningen 2025-1 er truffet med forbehold. Den afventer KL."


def conditional(office: Office, due: str) -> None:
    """The budget is approved, if KL agrees by then."""
    decided(office, "3.2", how="conditional", holder="KL", due=due)
    announced(office)
    office.types(office.anne, "møde slut")


def waits(office: Office) -> str:
    """Until when, as Bo reads it in the register."""
    shown = office.types(office.bo, "beslutninger")
    return shown.partition("siger ja. ")[2].partition("\n")[0]


def told(office: Office, day: int, month: int) -> list[str]:
    """The clock strikes nine on a day of 2025; what Anne has read of what waits."""
    office.time = datetime(2025, month, day, 8, tzinfo=UTC)
    office.program.clock.sweep()
    office.settle()
    return [each.plain for each in office.slack.history(office.anne) if WAITS in each.plain]


def moved(office: Office, when: str) -> None:
    filled(office, "møde flyt", when=when)


def test_what_is_due_at_the_next_meeting_moves_with_it_and_is_reminded_of_that_day(meeting: Office) -> None:
    conditional(meeting, "senest næste møde")
    assert waits(meeting) == "Frist for svar: senest næste møde, mandag den 6. oktober 2025."
    moved(meeting, "mandag 3. november 2025 kl. 13-15")
    assert waits(meeting) == "Frist for svar: senest næste møde, mandag den 3. november 2025."
    assert told(meeting, 6, 10) == []
    for day in (3, 4, 5):
        (said,) = told(meeting, day, 11)
        assert "Frist for svar: senest næste møde, mandag den 3. november 2025." in said


def test_what_is_due_before_a_meeting_is_reminded_of_on_the_last_working_day_before_it(meeting: Office) -> None:
    conditional(meeting, "inden næste møde")
    assert told(meeting, 2, 10) == []
    (said,) = told(meeting, 3, 10)  # a Friday; the meeting is on Monday
    assert "Frist for svar: inden næste møde (senest søndag den 5. oktober 2025)." in said
    assert len(told(meeting, 6, 10)) == 1


def test_where_the_meeting_is_called_off_it_waits_for_the_one_that_is_set_instead(meeting: Office) -> None:
    conditional(meeting, "næste møde")
    filled(meeting, "møde aflys")
    assert waits(meeting) == "Frist for svar: næste møde."
    assert told(meeting, 6, 10) == []
    filled(meeting, "møde ny", when="torsdag 27. november 2025 kl. 13-15")
    assert told(meeting, 7, 10) == []
    assert waits(meeting) == "Frist for svar: næste møde, torsdag den 27. november 2025."
    assert len(told(meeting, 27, 11)) == 1


def test_what_waits_for_a_meeting_nobody_has_set_waits_for_it_when_it_is(meeting: Office) -> None:
    conditional(meeting, "næste møde i februar")
    assert waits(meeting) == "Frist for svar: næste møde i februar."
    filled(meeting, "møde ny", when="torsdag 26. februar 2026 kl. 13-15")
    told(meeting, 19, 6)
    assert waits(meeting) == "Frist for svar: næste møde i februar, torsdag den 26. februar 2026."


def test_what_was_said_stays_when_the_sentence_is_corrected_and_ends_with_the_answer(meeting: Office) -> None:
    conditional(meeting, "næste møde")
    meeting.types(meeting.anne, "beslutninger")
    meeting.presses(meeting.anne, "Ret", meeting.room)
    meeting.slack.fill(meeting.anne, {"text": "Styregruppen godkendte budgettet.", "reason": "Kortere."})
    meeting.slack.submit(meeting.anne)
    announced(meeting)
    assert waits(meeting) == "Frist for svar: næste møde, mandag den 6. oktober 2025. Version 2: Kortere."
    meeting.types(meeting.anne, "beslutninger")
    meeting.presses(meeting.anne, "Har sagt ja", meeting.room)
    assert told(meeting, 6, 10) == []


def test_until_when_may_be_written_otherwise_in_the_last_step_or_left_out(meeting: Office) -> None:
    for words in ("inden jul", None):
        meeting.slack.command(meeting.anne, meeting.room, "/dap beslutning 3.2")
        onward(meeting, how="conditional")
        onward(meeting, holder="KL", due="næste møde")
        onward(meeting, due=words)
        meeting.settle()
        said = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
        assert ("hvis KL siger ja. Frist for svar: inden jul.\n" if words else "hvis KL siger ja.\n") in said
        meeting.presses(meeting.anne, "Fortryd", meeting.room)
