"""A question about the money that nobody has answered is proposed under the next agenda's item about the budget."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.office import Office
from tests.stories.test_meetings import filled
from tests.stories.test_questions import answers, close, june, mentions

__all__ = ["june"]

ASKED = "Bo Lind spurgte tirsdag den 10. juni 2025 og har ikke fået svar."
PROPOSED = f"{ASKED} Foreslås til næste møde, onsdag den 18. juni 2025, under punkt 3, Budgetter 2025:\nhvornår kommer"
HEADING = "Ubesvarede budgetspørgsmål, der foreslås til dagsordenen"


@pytest.fixture
def asked(june: Office) -> Office:
    """Bo has asked on Tuesday 10 June what no figure can tell."""
    june.types(june.bo, "budget spørg hvornår kommer der nye tal?")
    return june


def sees(office: Office, typed: str) -> str:
    """All that Anne gets to read where she types something, and no more than that."""
    before = len(office.slack.whispers(office.anne, office.room))
    office.types(office.anne, typed)
    return "\n".join(each.plain for each in office.slack.whispers(office.anne, office.room)[before:])


def reminded(office: Office, day: int, month: int = 6, hour: int = 8) -> list[str]:
    """The clock looks on a day of 2025; what Anne has been reminded of a question so far."""
    office.time = dt.datetime(2025, month, day, hour, tzinfo=dt.UTC)
    office.program.clock.sweep()
    office.settle()
    return [each.plain for each in office.slack.history(office.anne) if "har ikke fået svar" in each.plain]


def held(office: Office) -> str:
    """The June meeting is held; what Anne reads when it ends."""
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    return office.types(office.anne, "møde slut")


def test_it_stands_at_the_item_and_among_the_proposals_for_the_secretary(asked: Office) -> None:
    for typed in ("punkt 3", "dagsorden forslag"):
        assert PROPOSED in sees(asked, typed)
        assert HEADING in sees(asked, typed)
    assert HEADING not in sees(asked, "punkt 2")
    asked.presses(asked.anne, "Tag med på mødet", asked.room)
    assert "hvornår kommer der nye tal?" in sees(asked, "punkt 3")
    for typed in ("punkt 3", "dagsorden forslag"):
        assert HEADING not in sees(asked, typed)


def test_the_chair_sees_it_without_a_button_and_a_member_not_at_all(asked: Office) -> None:
    assert PROPOSED in asked.types(asked.karen, "dagsorden forslag")
    assert asked.slack.whispers(asked.karen, asked.room)[-1].buttons == []
    for typed in ("punkt 3", "dagsorden forslag"):
        asked.types(asked.bo, typed)
        asked.types(asked.mads, typed)
    for member in (asked.bo, asked.mads):
        read = " ".join(each.plain for each in asked.slack.whispers(member, asked.room))
        assert HEADING not in read
        assert "Foreslås" not in read


def test_an_answer_is_the_end_of_it(asked: Office) -> None:
    answers(asked, "I oktober.")
    assert HEADING not in sees(asked, "dagsorden forslag")
    assert reminded(asked, 13) == []


def test_the_secretary_is_asked_once_on_the_third_working_day(asked: Office) -> None:
    assert reminded(asked, 12) == []
    (said,) = reminded(asked, 13)
    assert PROPOSED in said
    for day in (14, 16, 17):
        assert reminded(asked, day) == [said]
    post = next(each for each in asked.slack.history(asked.anne) if each.plain == said)
    assert post.buttons == ["Svar", "Tag med på mødet"]
    asked.slack.press(asked.anne, post, "Tag med på mødet")
    asked.settle()
    assert "tages med på mødet onsdag den 18. juni 2025" in asked.types(asked.bo, "budget spørgsmål")
    posts = [each for each in asked.slack.history(asked.anne) if "hvornår kommer" in each.plain]
    assert [each.buttons for each in posts] == [["Svar"], ["Svar"]]


def test_what_is_taken_to_the_meeting_is_not_asked_about_again(asked: Office) -> None:
    asked.presses(asked.anne, "Tag med på mødet")
    assert reminded(asked, 13) == []


def test_without_an_item_about_the_budget_a_new_one_is_proposed(asked: Office) -> None:
    close(asked, "Budgetter 2025")
    (said,) = reminded(asked, 13)
    assert "Foreslås til næste møde, onsdag den 18. juni 2025, under Budgetspørgsmål:" in said
    assert "under Budgetspørgsmål:" in sees(asked, "dagsorden forslag")


def test_without_a_meeting_it_is_proposed_for_the_next_one(asked: Office) -> None:
    asked.time = dt.datetime(2025, 11, 3, 8, tzinfo=dt.UTC)
    assert "Foreslås til næste møde under Budgetspørgsmål:" in sees(asked, "dagsorden forslag")


def test_what_the_meeting_did_not_answer_waits_again_and_is_proposed_for_the_next(asked: Office) -> None:
    asked.presses(asked.anne, "Tag med på mødet")
    assert "Ikke besvaret på mødet: 1 budgetspørgsmål. Skriv /dap budget spørgsmål for at svare. Det, der" in held(
        asked
    )
    assert "hvornår kommer der nye tal?\nBo Lind, tirsdag den 10. juni 2025 · venter på svar" in asked.types(
        asked.bo, "budget spørgsmål"
    )
    assert asked.slack.history(asked.anne)[0].buttons == ["Svar", "Tag med på mødet"]
    filled(asked, "møde ny", when="torsdag 4. september 2025 kl. 13-15")
    assert reminded(asked, 20) == []
    (said,) = reminded(asked, 23)
    assert "Foreslås til næste møde, torsdag den 4. september 2025, under Budgetspørgsmål:" in said
    asked.presses(asked.anne, "Tag med på mødet")
    assert "tages med på mødet torsdag den 4. september 2025" in asked.types(asked.bo, "budget spørgsmål")
    assert asked.slack.history(asked.anne)[0].buttons == ["Svar"]


def test_whoever_asked_is_told_that_it_is_taken_to_the_meeting(asked: Office) -> None:
    asked.presses(asked.anne, "Tag med på mødet")
    (told,) = asked.slack.history(asked.bo)
    assert told.plain == (
        "Du spurgte: hvornår kommer der nye tal?\nSpørgsmålet tages med på næste møde, onsdag den 18. juni 2025."
    )


def test_what_was_asked_in_the_channel_is_told_in_its_thread(june: Office) -> None:
    asked = mentions(june, june.bo, "hvorfor er der brugt så lidt på cockpittet?")
    june.presses(june.anne, "Tag med på mødet")
    assert [each.plain for each in june.slack.thread(asked)] == [
        "Spørgsmålet tages med på næste møde, onsdag den 18. juni 2025."
    ]
    assert june.slack.history(june.bo) == []


def test_where_its_proposal_is_left_out_it_waits_again(asked: Office) -> None:
    close(asked, "Budgetter 2025")
    asked.presses(asked.anne, "Tag med på mødet")
    asked.presses(asked.anne, "Tages ikke med")
    asked.slack.fill(asked.anne, {"reason": "Der er ikke tid."})
    assert asked.slack.submit(asked.anne).errors == {}
    asked.settle()
    assert "venter på svar" in asked.types(asked.bo, "budget spørgsmål")
    assert asked.slack.history(asked.anne)[0].buttons == ["Svar", "Tag med på mødet"]
    assert HEADING in sees(asked, "dagsorden forslag")
    (said,) = reminded(asked, 13)
    assert "under Budgetspørgsmål:" in said


def test_a_meeting_without_questions_says_nothing_of_them(june: Office) -> None:
    assert "budgetspørgsmål" not in held(june)


def test_a_long_question_is_shown_to_its_end_with_its_buttons(june: Office) -> None:
    june.types(june.bo, f"budget spørg hvorfor {'er der ikke kommet tal fra leverandøren, og ' * 60}hvornår kommer de?")
    (said,) = reminded(june, 13)
    assert "hvornår kommer de?\n[Svar] [Tag med på mødet]" in said
