"""The minutes of a meeting are still to be finished when the next one begins: nobody's are out of reach."""

from __future__ import annotations

import datetime as dt

from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import filed
from tests.stories.test_home import home, presses, seen
from tests.stories.test_minutes import approved, ended, posted, written

JUNE, SEPTEMBER = "onsdag den 18. juni 2025", "torsdag den 11. september 2025"


@beginning
def autumn(office: Office) -> Office:
    """The June meeting is over, its minutes are a draft, and the September meeting has begun."""
    filed(office)
    office.founded()
    send(office)
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    ended(office)
    office.slack.command(office.anne, office.room, "/dap møde ny")
    office.slack.fill(office.anne, {"when": "torsdag den 11. september 2025 kl. 13-15", "place": "PLO"})
    assert office.slack.submit(office.anne).errors == {}
    office.settle()
    office.time = dt.datetime(2025, 9, 11, 11, tzinfo=dt.UTC)
    assert "er begyndt" in office.types(office.anne, "møde start")
    return office


def test_what_is_shown_is_the_latest_with_the_earlier_at_a_button(autumn: Office) -> None:
    shown = autumn.types(autumn.anne, "referat")
    assert f"{SEPTEMBER} kl. 13.00-15.00\nversion 1 · udkast" in shown
    assert f"Referatet af mødet {JUNE} mangler også at blive sendt." in shown
    autumn.presses(autumn.anne, "Se referatet", autumn.room)
    earlier = autumn.slack.whispers(autumn.anne, autumn.room)[-1].plain
    assert f"{JUNE} kl. 13.00-15.00\nversion 1 · udkast" in earlier
    assert "Skriv /dap referat 1 18. juni 2025 for at se et punkt, og /dap referat send 18. juni 2025" in earlier
    assert autumn.types(autumn.anne, "referat 1 18. juni 2025").startswith("1. Meddelelser")


def test_earlier_minutes_are_had_by_their_day(autumn: Office) -> None:
    for typed in ("referat 18. juni", "referat af mødet den 18/6", "minutes 18 June 2025"):
        assert f"{JUNE} kl. 13.00-15.00" in autumn.types(autumn.anne, typed)
    assert "2. Forretningsmålbillede" in autumn.types(autumn.anne, "referat punkt 2 fra 18. juni")
    refused = autumn.types(autumn.anne, "referat 19. juni")
    assert f"De seneste møder var {SEPTEMBER} og {JUNE}." in refused
    assert f"af mødet {JUNE} er ikke sendt ud endnu" in autumn.types(autumn.bo, "referat 18. juni")
    unread = 'Jeg kan ikke læse "i går" som et punkt eller en dato. Skriv for eksempel /dap referat 3 eller'
    assert unread in autumn.types(autumn.bo, "referat i går")
    assert 'Jeg kan ikke læse "snart" som en dato.' in autumn.types(autumn.anne, "referat send snart")
    assert "Mente du /dap referat send?" in autumn.types(autumn.anne, "referat sendt")
    assert autumn.types(autumn.anne, "referat 9") == "Der er ikke noget punkt 9 i referatet."


def test_before_the_first_meeting_there_are_no_minutes_of_any_day(office: Office) -> None:
    filed(office)
    office.founded()
    assert office.types(office.bo, "referat 12. december 2025") == "Der er ikke holdt noget møde den dag."


def test_the_minutes_that_are_sent_without_a_day_are_those_of_the_meeting_that_is_over(autumn: Office) -> None:
    assert f"Referatet af mødet {JUNE} ligger nu til godkendelse" in autumn.types(autumn.anne, "referat send")
    autumn.presses(autumn.karen, "Godkend udsendelse")
    autumn.presses(autumn.anne, "Send referatet ud", autumn.anne)
    assert JUNE in autumn.slack.history(autumn.room)[-1].plain
    assert f"Referatet af mødet {JUNE} er godkendt (version 1)" in approved(autumn, autumn.anne)

    autumn.slack.command(autumn.anne, autumn.room, "/dap referat ret")
    autumn.slack.fill(autumn.anne, {"reason": "Et navn var stavet forkert."})
    assert autumn.slack.submit(autumn.anne).errors == {}
    autumn.settle()
    autumn.types(autumn.anne, "møde slut")
    sent = autumn.types(autumn.anne, "referat send")
    assert f"Referatet af mødet {SEPTEMBER} ligger nu" in sent
    assert f"Referatet af mødet {JUNE} mangler også at blive sendt." in sent
    autumn.presses(autumn.anne, "Send til formanden", autumn.room)
    autumn.presses(autumn.karen, "Godkend udsendelse")
    autumn.presses(autumn.anne, "Send referatet ud", autumn.anne)
    *before, now = autumn.slack.history(autumn.room)
    assert "Version 2. Rettet: Et navn var stavet forkert." in now.plain
    assert before[-1].plain.startswith("Erstattet af en nyere: Referat af styregruppemøde")
    assert [each.name for each in autumn.slack.thread(now)[-1].files] == ["referat-2025-06-18-version-2.md"]


def test_minutes_are_approved_by_their_day_where_several_are_out(autumn: Office) -> None:
    posted(autumn)
    autumn.types(autumn.anne, "møde slut")
    posted(autumn)
    refused = autumn.types(autumn.karen, "referat godkend")
    assert f"Der er flere referater, som ikke er godkendt: af mødet {JUNE} og {SEPTEMBER}." in refused
    assert f"Referatet af mødet {SEPTEMBER} er godkendt" in approved(autumn, autumn.karen, " 11. september")
    assert f"Referatet af mødet {JUNE} er godkendt" in approved(autumn, autumn.karen)


def test_home_shows_all_unfinished_minutes_with_what_can_be_done(autumn: Office) -> None:
    shown = home(autumn, autumn.anne)
    assert f"Referatet af mødet {SEPTEMBER} er et udkast, mens mødet er i gang.\n[Se referatet]\n" in shown
    assert f"Referatet af mødet {JUNE} mangler at blive sendt.\n[Se referatet] [Send til formanden]" in shown
    assert "Referatet" not in home(autumn, autumn.bo)
    presses(autumn, autumn.anne, "Send til formanden")
    assert "mangler at blive sendt" not in seen(autumn, autumn.anne)
    autumn.presses(autumn.karen, "Godkend udsendelse")
    autumn.presses(autumn.anne, "Send referatet ud", autumn.anne)
    assert "er sendt ud og mangler at blive godkendt.\n[Se referatet] [Godkend referatet]" in seen(autumn, autumn.anne)
    presses(autumn, autumn.anne, "Godkend referatet")
    assert JUNE not in seen(autumn, autumn.anne)


def test_a_yes_to_minutes_that_were_sent_anew_since_the_question_is_none(autumn: Office) -> None:
    posted(autumn)
    autumn.types(autumn.karen, "referat godkend")
    question = autumn.with_button(autumn.karen, "Godkend referatet", autumn.room)
    told = f"Skriv /dap referat {JUNE} for at se det seneste, der er sendt ud."
    assert autumn.types(autumn.bo, "referat").endswith(told)
    assert JUNE in autumn.types(autumn.bo, f"referat {JUNE}")
    autumn.types(autumn.anne, "referat 1 18. juni")
    written(autumn, passage_1="Alle var der.")
    posted(autumn)
    autumn.slack.press(autumn.karen, question, "Godkend referatet")
    autumn.settle()
    assert "Det gælder ikke længere." in autumn.slack.whispers(autumn.karen, autumn.room)[-1].plain
    assert "(version 2)" in approved(autumn, autumn.karen)
