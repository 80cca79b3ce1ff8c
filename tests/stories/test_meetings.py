"""Meetings set, moved and called off, in forms that say what is wrong with a date before anything happens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.agenda import Agenda
from storage import groups
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Answer, User
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_proposals import EARLY


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, and the June agenda filed."""
    filed(office)
    office.founded()
    return office


def filled(office: Office, command: str, **fields: Any) -> Answer:
    """Anne opens a form by a command, fills it in and submits it."""
    office.slack.command(office.anne, office.room, f"/dap {command}")
    office.slack.fill(office.anne, fields)
    answer = office.slack.submit(office.anne)
    office.settle()
    return answer


def test_a_meeting_is_set_with_words(june: Office) -> None:
    assert filled(june, "møde ny", when="torsdag 26. februar 2026 kl. 13-15", place="hos PLO").errors == {}
    assert june.slack.whispers(june.anne, june.room)[-1].plain == (
        "Mødet er sat til torsdag den 26. februar 2026 kl. 13.00-15.00, hos PLO."
    )
    assert "torsdag den 26. februar 2026 kl. 13.00-15.00, hos PLO" in june.types(june.bo, "møde")


def test_where_it_is_may_be_typed_with_when(june: Office) -> None:
    june.slack.command(june.anne, june.room, "/dap møde ny mandag d. 8. dec. 2025 kl. 13:00 - 15:00 hos PLO")
    assert june.slack.submit(june.anne).errors == {}
    june.settle()
    said = june.slack.whispers(june.anne, june.room)[-1].plain
    assert said == "Mødet er sat til mandag den 8. december 2025 kl. 13.00-15.00, hos PLO."
    answer = filled(june, "møde ny", when="tirsdag den 9. december 2025 kl. 9 (ekstra)")
    assert 'ikke "(ekstra)". Er det stedet, så skriv det under Sted.' in "".join(answer.errors.values())


def test_that_a_year_was_inferred_is_said_once_and_never_of_what_somebody_set(june: Office) -> None:
    filled(june, "møde ny", when="torsdag 11. december kl. 13-15")
    assert june.slack.whispers(june.anne, june.room)[-1].plain.endswith(
        "torsdag den 11. december 2025 kl. 13.00-15.00."
    )
    assert june.types(june.bo, "møde").count("udledt") == 1  # of October, which a document announced
    june.slack.command(june.anne, june.room, "/dap møde aflys")
    assert "mandag den 6. oktober 2025 kl. 13.00-15.00'" in str(june.slack.form(june.anne))
    june.slack.dismiss(june.anne)


def test_what_is_typed_after_the_command_stands_in_the_form(june: Office) -> None:
    june.slack.command(june.anne, june.room, "/dap møde ny fredag 27. februar 2026 kl. 9")
    june.slack.submit(june.anne)
    june.settle()
    assert "fredag den 27. februar 2026 kl. 09.00-11.00" in june.slack.whispers(june.anne, june.room)[-1].plain


def test_a_meeting_is_set_with_pickers(june: Office) -> None:
    assert filled(june, "møde ny", day="2026-02-26", start="13:00").errors == {}
    assert "torsdag den 26. februar 2026 kl. 13.00-15.00" in june.slack.whispers(june.anne, june.room)[-1].plain


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({"when": "en dag i foråret"}, "Jeg kan ikke se en dato.", id="ingen dato"),
        pytest.param({}, "Jeg kan ikke se en dato.", id="intet udfyldt"),
        pytest.param(
            {"when": "fredag 26. februar 2026 kl. 13"},
            "Der står fredag, men dagen er torsdag den 26. februar 2026",
            id="forkert ugedag",
        ),
        pytest.param({"when": "26. februar 2026"}, "Hvornår begynder mødet?", id="ingen tid"),
        pytest.param({"when": "2. juni 2025 kl. 13"}, "Dagen er forbi: mandag den 2. juni 2025", id="forbi"),
        pytest.param({"when": "26. februar 2026 kl. 13", "end": "12:00"}, "før det begynder", id="slutter for tidligt"),
        pytest.param({"when": "2. april 2026 kl. 13-15"}, "Skærtorsdag", id="helligdag"),
        pytest.param({"when": "18. juni 2025 kl. 9-10"}, "Der er allerede et møde", id="to møder samme dag"),
    ],
)
def test_a_date_that_can_not_be_is_said_under_its_field(june: Office, fields: dict[str, str], sentence: str) -> None:
    errors = filled(june, "møde ny", **fields).errors
    assert sentence.lower() in " ".join(errors.values()).lower()
    june.slack.dismiss(june.anne)


def test_a_moved_meeting_stays_the_same_and_its_posted_agenda_says_so(june: Office) -> None:
    send(june)
    answer = filled(june, "møde flyt", when="onsdag 25. juni 2025 kl. 10-12")
    assert answer.errors == {
        "Hvis medlemmerne får besked": "Dagsordenen er sendt ud. Sæt kryds, når formanden har sagt ja."
    }
    june.slack.fill(june.anne, {"chair": ["yes"]})
    june.slack.submit(june.anne)
    june.settle()

    (posted,) = june.slack.history(june.room)
    assert "onsdag den 25. juni 2025 kl. 10.00-12.00" in posted.plain
    assert june.slack.thread(posted)[-1].plain == (
        "Mødet onsdag den 18. juni 2025 kl. 13.00-15.00 er flyttet til onsdag den 25. juni 2025 kl. 10.00-12.00,"
        " Slotsholmsgade 12, mødesal B (fælles)."
    )
    assert "2. Forretningsmålbillede" in june.types(june.bo, "agenda")


def test_the_chairs_yes_is_to_the_day_and_hour_too(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    filled(june, "møde flyt", when="torsdag 19. juni 2025 kl. 9-10")
    assert june.slack.whispers(june.anne, june.room)[-1].plain == (
        "Mødet er flyttet til torsdag den 19. juni 2025 kl. 09.00-10.00, Slotsholmsgade 12, mødesal B (fælles).\n"
        "Tid og sted står på dagsordenen, som nu er version 2. Skriv /dap dagsorden send for at bede om formandens ja"
        " til den."
    )
    june.presses(june.anne, "Send dagsordenen ud")
    assert "ny version af dagsordenen, version 2" in june.slack.whispers(june.anne, june.anne)[-1].plain
    assert june.slack.history(june.room) == []
    send(june)
    (posted,) = june.slack.history(june.room)
    assert "torsdag den 19. juni 2025 kl. 09.00-10.00" in posted.plain


def test_a_meeting_moved_to_where_it_is_needs_no_new_yes(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    assert filled(june, "møde flyt", when="onsdag 18. juni 2025 kl. 13-15").errors == {}
    assert "version" not in june.slack.whispers(june.anne, june.room)[-1].plain
    june.presses(june.karen, "Godkend udsendelse")
    june.presses(june.anne, "Send dagsordenen ud")
    assert len(june.slack.history(june.room)) == 1


def test_a_meeting_called_off_says_so_in_the_posted_agenda(june: Office) -> None:
    send(june)
    filled(june, "aflys møde", reason="Vi finder en ny dag.", chair=["yes"])
    (posted,) = june.slack.history(june.room)
    assert posted.plain.startswith("AFLYST: Dagsorden til styregruppemøde")
    assert june.slack.thread(posted)[-1].plain.endswith("er aflyst. Vi finder en ny dag.")
    assert "Næste møde er mandag den 6. oktober 2025" in june.types(june.bo, "møde")


def cards(office: Office, person: User) -> list[str]:
    """What a person has been written about proposals."""
    return [each.plain for each in office.slack.history(person) if "Nye borde" in each.plain]


def test_what_was_on_the_agenda_of_a_meeting_called_off_is_proposed_for_the_next(office: Office) -> None:
    office.time = EARLY
    filed(office)
    office.founded()
    office.types(office.bo, "foreslå Nye borde")
    office.presses(office.anne, "Sæt på dagsordenen")
    office.types(office.mads, "foreslå Nye stole")
    filled(office, "møde aflys")
    assert office.slack.history(office.room) == []
    assert office.slack.whispers(office.anne, office.room)[-1].plain == (
        "Mødet onsdag den 18. juni 2025 kl. 13.00-15.00 er aflyst.\n"
        "3 punkter er igen forslag, til mødet mandag den 6. oktober 2025."
        " Skriv /dap dagsorden forslag for at se dem.\n"
        "1 forslag til mødet er udsat til mødet mandag den 6. oktober 2025."
    )
    assert (
        office.slack.history(office.bo)[-1].plain
        == "Dit forslag er udsat til mødet mandag den 6. oktober 2025: Nye borde"
    )
    assert "mandag den 6. oktober 2025" in office.slack.history(office.mads)[-1].plain
    assert "Nye borde" in office.types(office.bo, "dagsorden forslag")
    assert "Til mødet mandag den 6. oktober 2025" in cards(office, office.anne)[0]
    assert "Mødet er aflyst, så punktet er igen et forslag." in cards(office, office.anne)[-1]
    assert office.slack.history(office.anne)[-1].plain.startswith(
        "Mødet er aflyst, så forslaget venter nu på det næste.\nNye stole"
    )
    waiting = office.types(office.anne, "dagsorden forslag")
    for title in ("Forretningsmålbillede", "Budgetter 2025", "Status", "Nye borde", "Nye stole"):
        assert title in waiting
    assert "Meddelelser" not in waiting

    post = office.with_button(office.anne, "Sæt på dagsordenen", office.anne)
    for each in office.slack.history(office.anne):
        if "Budgetter 2025" in each.plain and "Sæt på dagsordenen" in each.buttons:
            post = each
    office.slack.press(office.anne, post, "Sæt på dagsordenen")
    office.settle()
    office.time = dt.datetime(2025, 9, 1, 7, tzinfo=dt.UTC)
    shown = office.types(office.bo, "dagsorden")
    assert "2. Budgetter 2025 (60 min.) (O)" in shown
    assert "2.1. Status (O)" in shown


def test_what_comes_back_waits_for_a_meeting_where_none_is_set(office: Office) -> None:
    office.founded()
    filled(office, "møde ny", when="onsdag 25. juni 2025 kl. 13-15")
    office.types(office.anne, "foreslå Nye borde")
    office.presses(office.anne, "Sæt på dagsordenen")
    filled(office, "møde aflys")
    assert "1 punkt er igen forslag og venter på" in office.slack.whispers(office.anne, office.room)[-1].plain
    filled(office, "møde ny", when="torsdag 26. juni 2025 kl. 13-15")
    assert "Til mødet torsdag den 26. juni 2025" in office.types(office.anne, "dagsorden forslag")


def test_whoever_was_reminded_of_a_meeting_is_told_when_it_is_moved_and_called_off(june: Office) -> None:
    june.time = dt.datetime(2025, 6, 17, 10, tzinfo=dt.UTC)
    june.program.clock.sweep()
    june.settle()
    (reminded,) = june.slack.history(june.room)
    assert "I morgen" in reminded.plain
    answer = filled(june, "møde flyt", when="torsdag 19. juni 2025 kl. 13-15")
    assert answer.errors == {
        "Hvis medlemmerne får besked": "Medlemmerne får besked i kanalen. Sæt kryds, når formanden har sagt ja."
    }
    june.slack.fill(june.anne, {"chair": ["yes"]})
    june.slack.submit(june.anne)
    june.settle()
    assert june.slack.history(june.room)[-1].plain == (
        "Mødet onsdag den 18. juni 2025 kl. 13.00-15.00 er flyttet til torsdag den 19. juni 2025 kl. 13.00-15.00,"
        " Slotsholmsgade 12, mødesal B (fælles)."
    )
    filled(june, "møde aflys", chair=["yes"])
    assert june.slack.history(june.room)[-1].plain == "Mødet torsdag den 19. juni 2025 kl. 13.00-15.00 er aflyst."
    assert len(june.slack.history(june.room)) == 3


def test_a_message_to_the_members_reaches_them(june: Office) -> None:
    filled(june, "møde aflys", reason="Vi finder en ny dag.", chair=["yes"])
    (posted,) = june.slack.history(june.room)
    assert posted.plain == "Mødet onsdag den 18. juni 2025 kl. 13.00-15.00 er aflyst. Vi finder en ny dag."


def test_a_meeting_without_items_is_begun_and_ended(office: Office) -> None:
    office.founded()
    filled(office, "møde ny", when="tirsdag den 10. juni 2025 kl. 13-15")
    begun = office.types(office.anne, "møde start")
    assert begun.startswith("Mødet tirsdag den 10. juni 2025 kl. 13.00-15.00 er begyndt.\nDer er ingen punkter på")
    assert office.types(office.anne, "beslutning") == "Der er ikke nogen dagsorden til mødet endnu."
    assert "er slut" in office.types(office.anne, "møde slut")


def test_a_member_may_not_set_meetings(june: Office) -> None:
    assert "Det er sekretariatet, der sætter møderne." in june.types(june.bo, "møde ny")


def test_a_form_that_slack_would_not_open_is_a_sentence(june: Office) -> None:
    june.program.desk.show_form = lambda *_: False
    assert june.types(june.anne, "møde ny") == "Det tog for lang tid at åbne formularen. Prøv igen."


def test_a_form_that_is_none_for_slack_is_ours_to_mend_and_said_in_the_groups_language(
    june: Office, caplog: pytest.LogCaptureFixture
) -> None:
    with june.program.storage.transaction() as session:
        groups.group(session, 1).write(language="en")
    desk, show = june.program.desk, june.program.desk.show_form
    desk.show_form = lambda method, drawn: show(method, {**drawn, "view": {**drawn["view"], "title": None}})
    said = june.types(june.anne, "meeting new")
    assert said.startswith("Something went wrong on my side, and nothing has changed.")
    assert said.split()[-1].strip(".") in caplog.text  # the reference


@pytest.mark.parametrize("command", ["møde flyt", "møde aflys"])
def test_a_meeting_that_has_begun_is_not_offered(june: Office, command: str) -> None:
    assert filled(june, "møde ny", when="torsdag 26. februar 2026 kl. 13-15").errors == {}
    june.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    june.types(june.anne, "møde start")
    june.slack.command(june.anne, june.room, f"/dap {command}")
    offered = june.slack.form(june.anne).options("Møde")
    assert "torsdag den 26. februar 2026 kl. 13.00-15.00" in offered
    assert not [each for each in offered if "18. juni" in each]


@pytest.mark.parametrize("command", ["møde flyt", "møde aflys"])
def test_where_only_a_meeting_that_has_begun_lies_ahead_a_sentence_says_what_to_do(
    office: Office, command: str
) -> None:
    filed(office, Agenda(JUNE.meeting, items=JUNE.items))
    office.founded()
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    assert office.types(office.anne, command) == (
        "Mødet er begyndt, så det kan hverken flyttes eller aflyses. Der er ikke sat flere. Skriv /dap møde ny."
    )
