"""An office is handed over: those it concerns hear of it, and what the former secretary was shown stays as it was."""

from __future__ import annotations

from tests.office import Office
from tests.slack import User
from tests.stories.test_members import entered
from tests.stories.test_proposals import june

__all__ = ["june"]


def test_a_former_secretary_is_shown_nothing_more_of_what_she_was_asked(june: Office) -> None:
    june.types(june.bo, "agenda foreslå Nye borde")
    june.types(june.bo, "budget spørg hvorfor mangler der penge?")
    before = [each.plain for each in june.slack.history(june.anne)]
    june.types(june.anne, f"opsætning sekretær <@{june.mads.id}>")
    june.types(june.mads, "agenda forslag")
    june.presses(june.mads, "Sæt på dagsordenen", june.room)
    june.types(june.mads, "budget spørgsmål")
    june.presses(june.mads, "Svar", june.room)
    june.slack.fill(june.mads, {"Svar": "Rammen er lavere i år."})
    assert june.slack.submit(june.mads).errors == {}
    june.settle()
    after = [each.plain for each in june.slack.history(june.anne)]
    assert after[: len(before)] == before
    assert "Rammen er lavere i år." not in "".join(after)


def told(office: Office, person: User) -> str:
    """What somebody was told last in private."""
    return office.slack.history(person)[-1].plain


def test_whoever_is_left_out_by_it_is_told_so_and_by_whom_they_can_come_back(june: Office) -> None:
    entered(june, person=june.bo, role="member")
    said = june.types(june.anne, f"opsætning sekretær <@{june.sofie.id}>")
    assert said.startswith("Sofie Krag er sekretær fra tirsdag den 20. maj 2025.")
    assert "Du er ikke med i styregruppen længere" in said
    assert "Skriv til Sofie Krag, hvis du stadig skal være med." in said
    assert "Anne Holm har givet opgaven videre til dig." in told(june, june.sofie)
    said = june.types(june.sofie, f"opsætning formand <@{june.bo.id}>")
    assert "Karen Toft er ikke med i styregruppen længere. Skriv /dap opsætning medlemmer" in said
    assert told(june, june.karen).startswith("Bo Lind er nu formand for styregruppen for Digital Almen Praksis.")
    assert "Skriv til Sofie Krag, hvis du stadig skal være med." in told(june, june.karen)
    assert "Det har Sofie Krag noteret. Intet bliver sendt ud uden dit ja." in told(june, june.bo)


def test_who_is_a_member_all_the_same_is_told_only_who_has_it_now(june: Office) -> None:
    assert "længere" not in june.types(june.anne, f"opsætning formand <@{june.bo.id}>")
    assert told(june, june.karen) == "Bo Lind er nu formand for styregruppen for Digital Almen Praksis."
    june.types(june.bo, f"opsætning formand <@{june.bo.id}>")
    assert len(june.slack.history(june.bo)) == 1


def test_what_waits_for_the_chair_passes_to_whoever_is_chair_now(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    said = june.types(june.anne, f"opsætning formand <@{june.mads.id}>")
    assert "Mads Juhl er spurgt om det, som Karen Toft ikke havde svaret på: 1 dokument." in said
    asked = [each for each in june.slack.history(june.karen) if "ligger nu hos Mads Juhl" in each.plain]
    assert [each.buttons for each in asked] == [[]]
    laid = "\n".join(each.plain for each in june.slack.history(june.mads))
    assert "Dagsorden til styregruppemøde" in laid
    june.presses(june.mads, "Godkend udsendelse", june.mads)
    assert "Mads Juhl godkendte den" in told(june, june.anne)


def test_the_list_takes_the_secretarys_work_from_nobody_by_the_way(june: Office) -> None:
    june.types(june.sofie, "dagsorden")  # so that the bot knows her
    answer = entered(june, person=june.sofie, role="secretary")
    said = "".join(answer.errors.values())
    assert said.startswith("Anne Holm er sekretær, og der er kun én. Skriv /dap opsætning sekretær @navn")
    assert entered(june, person=june.sofie, role="secretary", since="2025-09-01").errors == {}
    assert "Sekretær: Anne Holm. Sofie Krag overtager" in june.types(june.anne, "opsætning")


def test_a_chair_entered_on_the_list_is_told_too(june: Office) -> None:
    entered(june, person=june.sofie, role="chair")
    assert "Du er nu formand for styregruppen" in told(june, june.sofie)
    assert "Sofie Krag er nu formand" in told(june, june.karen)
