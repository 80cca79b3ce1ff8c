"""A decision on a condition waits until when it was said, also where that is a meeting that is moved or called off; and
one that is preliminary for the meeting at which it is made final. The secretary is asked, once, what came of it.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from storage.meetings import Meeting
from tests.office import Office
from tests.stories.test_decisions import announced, decided, meeting, onward
from tests.stories.test_meetings import filled
from tests.stories.test_reminders import decided as told_in_minutes

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
    answer = filled(office, "møde flyt", when=when)
    assert (answer.status, answer.errors) == (200, {}), answer


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
    assert waits(meeting) == "Frist for svar: næste møde, mandag den 6. oktober 2025. Rettet: Kortere."
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


def test_the_answer_is_noted_where_it_was_asked_for(meeting: Office) -> None:
    conditional(meeting, "20. juni")
    (asked,) = told(meeting, 20, 6)
    assert asked.endswith("[Har sagt ja] [Har sagt nej]")
    meeting.presses(meeting.anne, "Har sagt ja", meeting.anne)
    said = meeting.slack.history(meeting.anne)[-1].plain
    assert said.startswith("Beslutningen 2025-1 er endelig.")
    assert "Forbeholdet er faldet bort, da KL har sagt ja." in said
    assert told(meeting, 23, 6) == []


@pytest.mark.parametrize("settled", [False, True])
def test_what_was_not_made_final_at_its_meeting_is_asked_about_after_it(meeting: Office, settled: bool) -> None:
    decided(meeting, "3.2", how="preliminary", meeting="mandag den 6. oktober 2025")
    announced(meeting)
    meeting.types(meeting.anne, "møde slut")
    meeting.time = datetime(2025, 10, 6, 11, tzinfo=UTC)
    meeting.types(meeting.anne, "møde start")
    if settled:
        meeting.types(meeting.anne, "beslutninger foreløbige")
        meeting.presses(meeting.anne, "Endeligt godkendt", meeting.room)
    meeting.types(meeting.anne, "møde slut")
    told(meeting, 7, 10)
    told(meeting, 8, 10)
    said = [each.plain for each in meeting.slack.history(meeting.anne) if "skulle godkendes" in each.plain]
    assert len(said) == (not settled)
    if not settled:
        assert said[0].startswith(
            "Beslutningen 2025-1 skulle godkendes endeligt på mødet mandag den 6. oktober 2025. Hvad blev det til?"
        )
        meeting.presses(meeting.anne, "Endeligt godkendt", meeting.anne)
        assert "Beslutningen er nu endeligt godkendt." in meeting.slack.history(meeting.anne)[-1].plain


def test_a_preliminary_decision_promises_no_approval_at_a_meeting_called_off(meeting: Office) -> None:
    decided(meeting, "3.2", how="preliminary", meeting="mandag den 6. oktober 2025")
    assert "Endelig godkendelse mandag den 6. oktober 2025." in meeting.types(meeting.anne, "beslutninger")
    filled(meeting, "møde aflys")
    assert "Foreløbigt godkendt.\n" in meeting.types(meeting.anne, "beslutninger")


def test_a_condition_read_from_minutes_names_nobody(meeting: Office) -> None:
    told_in_minutes(meeting, force="conditional", state="announced", condition="såfremt ministeriet er enigt")
    assert "Truffet med forbehold.\n" in meeting.types(meeting.anne, "beslutninger")
    meeting.presses(meeting.anne, "Har sagt ja", meeting.room)
    assert "Forbeholdet er faldet bort. Beslutningen er endelig og lød:" in meeting.types(meeting.anne, "beslutninger")


UNSET = (
    "Beslutningen 2025-1 er kun foreløbig, og der er ikke fastsat et møde til den endelige "
    "godkendelse. Næste møde er {date}. Sæt den på dagsordenen med /dap dagsorden "
    "foreslå inden fristen for punkter {until}, eller notér her, "
    "hvad det blev til."
)


def asked_of(office: Office, *days: tuple[int, int]) -> list[str]:
    """What Anne has been asked of what is preliminary, once the clock has struck nine on these days of 2025."""
    for day, month in days:
        told(office, day, month)
    return [each.plain for each in office.slack.history(office.anne) if "Beslutningen 2025-1 er kun" in each.plain]


@pytest.mark.parametrize("called_off", [False, True])
def test_what_is_preliminary_and_at_no_meeting_is_asked_about_once_before_the_next(
    meeting: Office, called_off: bool
) -> None:
    decided(meeting, "3.2", how="preliminary", **({"meeting": "mandag den 6. oktober 2025"} if called_off else {}))
    announced(meeting)
    meeting.types(meeting.anne, "møde slut")
    if called_off:
        filled(meeting, "møde aflys")
        assert asked_of(meeting, (16, 9), (6, 10)) == []
        filled(meeting, "møde ny", when="mandag 27. oktober 2025 kl. 13-15")
    day, month, date = (7, 10, "mandag den 27. oktober") if called_off else (16, 9, "mandag den 6. oktober")
    assert asked_of(meeting, (day - 1, month)) == []
    (said,) = asked_of(meeting, (day, month), (day + 1, month), (day + 7, month))
    until = "torsdag den 9. oktober 2025 kl. 12.00" if called_off else "torsdag den 18. september 2025 kl. 12.00"
    assert said.startswith(UNSET.format(date=f"{date} 2025", until=until))
    meeting.presses(meeting.anne, "Endeligt godkendt", meeting.anne)
    assert "Beslutningen er nu endeligt godkendt." in meeting.slack.history(meeting.anne)[-1].plain


@pytest.mark.parametrize("where", [None, "mandag den 6. oktober 2025"])
def test_an_agenda_that_was_sent_early_keeps_no_question_from_coming(meeting: Office, where: str | None) -> None:
    decided(meeting, "3.2", how="preliminary", **({"meeting": where} if where else {}))
    announced(meeting)
    meeting.types(meeting.anne, "møde slut")
    with meeting.program.storage.transaction() as session:
        session.execute(update(Meeting).where(Meeting.id == 2).values(state="agenda_sent"))
    assert len(asked_of(meeting, (15, 9), (16, 9), (17, 9))) == 1


def test_a_deadline_that_is_past_is_not_named(meeting: Office) -> None:
    meeting.types(meeting.anne, "møde slut")
    meeting.time = datetime(2025, 9, 30, 8, tzinfo=UTC)
    decided(meeting, "3.2", how="preliminary")
    announced(meeting)
    (said,) = asked_of(meeting, (30, 9), (1, 10))
    assert "Sæt den på dagsordenen med /dap dagsorden foreslå, eller notér her, hvad det blev til." in said
