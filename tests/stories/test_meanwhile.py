"""Two people fill in a form about the same thing: the second is told what changed meanwhile, and loses nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.office import Office
from tests.slack import Answer, User, View
from tests.stories.test_budget_status import COCKPIT, DIAGNOSES, SEPTEMBER, october
from tests.stories.test_decisions import announced, decided, meeting
from tests.stories.test_first_line import filed
from tests.stories.test_proposals import EARLY, last
from tests.stories.test_questions import spaced
from tests.stories.test_recommendations import ADD, adds_row, opens, recommended

__all__ = ["meeting", "october"]

CHANGED = "Noget er ændret, mens formularen var åben, så intet er gemt endnu."
ASKED = {"newverb_1": "Godkender", "newasked_1": "indkøbet"}


@pytest.fixture
def desks(office: Office) -> Office:
    """Bo has proposed new desks with two recommendations; he and Anne have both opened the form."""
    office.time = EARLY
    filed(office)
    office.founded()
    opens(office, office.bo)
    office.slack.fill(office.bo, {"title": "Nye borde", **ASKED})
    adds_row(office, office.bo)
    sends(office, office.bo, newverb_2="Drøfter", newasked_2="prisen")
    both_open(office)
    return office


def both_open(office: Office) -> None:
    """Bo and Anne open the form of the desks."""
    office.presses(office.bo, "Ret", office.room)
    office.presses(office.anne, "Ret", office.anne)


def field(office: Office, person: User, label: str) -> Any:
    """What stands in a field of the form somebody has open."""
    return office.slack.form(person).inputs[label]


def sends(office: Office, who: User, **fields: Any) -> Answer:
    """Somebody fills in the form that is open, and sends it."""
    office.slack.fill(who, fields)
    answer = office.slack.submit(who)
    office.settle()
    return answer


def told(office: Office, who: User, **fields: Any) -> View:
    """Somebody sends the form that is open, and gets it back with what changed meanwhile."""
    assert sends(office, who, **fields).errors == {}
    form = office.slack.form(who)
    assert form.plain.splitlines()[1].startswith(CHANGED), form.plain
    return form


def sent(office: Office, who: User, **fields: Any) -> None:
    """Somebody sends the form that is open, and it is taken."""
    assert sends(office, who, **fields).errors == {}
    assert office.slack.forms(who) == []


def test_who_sends_last_is_told_what_changed_and_what_both_wrote_is_there(desks: Office) -> None:
    sent(desks, desks.bo, title="Nye hæve-sænkeborde", duration="15", presenters="Bo Lind, PLO")
    form = told(desks, desks.anne, title="Nye skriveborde", summary="De gamle vipper.")
    assert "Titel er ændret. I feltet står det, du har skrevet. Imens er der gemt: Nye hæve-sænkeborde" in form.plain
    assert "Minutter er ændret til det, der står i feltet nu." in form.plain
    assert "Resumé er" not in form.plain
    assert form.plain.endswith("Intet er gemt endnu. Øverst står, hvad der er ændret imens.")
    assert field(desks, desks.anne, "Titel") == "Nye skriveborde"
    assert field(desks, desks.anne, "Minutter") == "15"
    assert field(desks, desks.anne, "Oplægsholdere") == "Bo Lind, PLO"
    sent(desks, desks.anne)
    shown = last(desks, desks.anne)
    assert all(each in shown for each in ("Nye skriveborde (15 min.) v. Bo Lind, PLO", "De gamle vipper."))


def test_who_changes_the_same_to_the_same_or_nothing_is_not_stopped(desks: Office) -> None:
    sent(desks, desks.bo, title="Nye stole")
    sent(desks, desks.anne, title="Nye stole")
    both_open(desks)
    sent(desks, desks.bo)
    sent(desks, desks.anne, title="Nye lamper")
    assert "Nye lamper" in last(desks, desks.anne)


def test_a_recommendation_that_the_other_removed_does_not_come_back(desks: Office) -> None:
    approve, discuss = recommended(desks, "Nye borde").values()
    sent(desks, desks.bo, **{f"verb_{approve}": "Udelades"})
    form = told(desks, desks.anne, duration="20")
    assert "Indstilling 1 er fjernet." in form.plain
    assert f"asked_{approve}" not in [each.get("block_id") for each in form.blocks]
    sent(desks, desks.anne)
    assert recommended(desks, "Nye borde") == {"Drøfter prisen": discuss}


def test_what_somebody_wrote_in_a_removed_recommendation_is_kept_for_them_to_decide(desks: Office) -> None:
    approve = recommended(desks, "Nye borde")["Godkender indkøbet"]
    sent(desks, desks.bo, **{f"verb_{approve}": "Udelades"})
    form = told(desks, desks.anne, **{f"asked_{approve}": "indkøbet af tolv"})
    assert "Resten af indstilling 1 er fjernet. Det, du har skrevet, står her stadig." in form.plain
    assert field(desks, desks.anne, "Resten af indstilling 1 (fjernet imens)") == "indkøbet af tolv"
    adds_row(desks, desks.anne)
    sent(desks, desks.anne, newverb_1="Beslutter", newasked_1="farven")
    assert list(recommended(desks, "Nye borde")) == ["Drøfter prisen", "Godkender indkøbet af tolv", "Beslutter farven"]


def test_a_row_that_was_added_before_or_after_keeps_what_it_says_and_what_it_was_drawn_with(desks: Office) -> None:
    adds_row(desks, desks.anne)
    desks.slack.fill(desks.anne, {"newverb_1": "Beslutter", "newasked_1": "farven"})
    sent(desks, desks.bo, title="Nye stole")
    adds_row(desks, desks.anne)  # drawn after Bo's change, which it must not hide
    form = told(desks, desks.anne, newverb_2="Udpeger", newasked_2="en ansvarlig")
    assert "Titel er ændret til det, der står i feltet nu." in form.plain
    assert ADD in form.buttons
    sent(desks, desks.anne)
    assert [each.split()[0] for each in recommended(desks, "Nye stole")] == [
        "Godkender", "Drøfter", "Beslutter", "Udpeger",
    ]  # fmt: skip


def test_a_third_change_is_told_too(desks: Office) -> None:
    sent(desks, desks.bo, title="Nye stole")
    told(desks, desks.anne, title="Nye lamper")
    desks.presses(desks.bo, "Ret", desks.room)
    sent(desks, desks.bo, title="Nye reoler")
    form = told(desks, desks.anne)
    assert "Imens er der gemt: Nye reoler" in form.plain
    assert field(desks, desks.anne, "Titel") == "Nye lamper"
    sent(desks, desks.anne)
    assert "Nye lamper" in last(desks, desks.anne)


def test_an_item_that_was_moved_meanwhile_stays_where_it_was_moved(office: Office) -> None:
    office.time = EARLY
    filed(office)
    office.founded()
    office.types(office.anne, f"opsætning sekretær <@{office.sofie.id}>")
    office.types(office.sofie, "punkt 3")
    office.presses(office.sofie, "Ret", office.room)
    first = office.slack.form(office.sofie)
    office.presses(office.sofie, "Ret", office.room)
    sent_first = office.slack.form(office.sofie)
    assert sent_first.id != first.id
    sends(office, office.sofie, after="Før alle andre")
    form = told(office, office.sofie, title="Et andet navn")
    assert "Efter punkt er ændret til det, der står i feltet nu." in form.plain
    sent(office, office.sofie)
    assert "1. Et andet navn" in office.types(office.sofie, "dagsorden")


def test_the_setup_says_whom_the_other_has_chosen(office: Office) -> None:
    office.founded()
    for person in (office.anne, office.karen):
        office.types(person, "opsætning")
        office.presses(person, "Ret opsætningen", office.room)
    sent(office, office.karen, deputy=office.sofie, members=[office.bo, office.mads], length="90")
    form = told(office, office.anne, deputy=office.mads, rhythm="2")
    assert "Næstformand er ændret. I feltet står det, du har skrevet. Imens er der gemt: Sofie Krag" in form.plain
    assert "Medlemmer er ændret til det, der står i feltet nu." in form.plain
    sent(office, office.anne)
    shown = office.types(office.anne, "opsætning")
    assert all(each in shown for each in ("Mads Juhl", "Bo Lind", "90 min."))


def test_a_line_of_the_member_list_says_what_the_other_wrote(office: Office) -> None:
    office.founded()
    for person in (office.anne, office.karen):
        office.types(person, "medlemmer")
        shown = office.with_button(person, "Ret", office.room)
        line = [each for each in shown.blocks if "Karen Toft" in str(each) and "accessory" in each]
        office.slack.press(person, replace(shown, blocks=line), "Ret")
    sent(office, office.karen, organisation="Danske Regioner", until="2025-12-31")
    form = told(office, office.anne, organisation="MedCom", until="2025-11-30")
    assert "Organisation er ændret. I feltet står det, du har skrevet. Imens er der gemt: Danske Regioner" in form.plain
    assert "Til er ændret. I feltet står det, du har skrevet. Imens er der gemt: onsdag den 31. december" in form.plain
    sent(office, office.anne)
    assert "Karen Toft, MedCom: formand" in office.types(office.anne, "medlemmer")


def test_a_task_says_what_the_other_wrote_and_with_whom_it_is_now(office: Office) -> None:
    office.founded()
    office.types(office.anne, f"opgave Ring til KL <@{office.bo.id}>")
    office.presses(office.anne, "Ret", office.room)
    for person in (office.anne, office.bo):
        office.types(person, "opgaver alle")
    office.presses(office.anne, "Giv videre", office.room)
    assert "Den er nu hos: Bo Lind" in office.slack.form(office.anne).plain
    office.presses(office.bo, "Giv videre")
    sent(office, office.bo, person=office.sofie)
    form = told(office, office.anne, person=office.mads)
    assert "Den er nu hos: Sofie Krag" in form.plain
    assert field(office, office.anne, "Ansvarlig") == "Mads Juhl"
    assert sends(office, office.anne).errors == {}
    assert "Ring til KL\nAnsvarlig: Mads Juhl" in office.types(office.anne, "opgaver alle")
    form = told(office, office.anne, what="Ring til KL i dag")
    assert "Ansvarlig er ændret til det, der står i feltet nu." in form.plain
    sent(office, office.anne)
    assert "Ring til KL i dag\nAnsvarlig: Mads Juhl" in office.types(office.anne, "opgaver alle")


def test_a_decision_is_corrected_in_the_version_that_stands(meeting: Office) -> None:
    decided(meeting, "2", "Styregruppen godkendte pakkerne.")
    announced(meeting)
    for person in (meeting.anne, meeting.karen):
        meeting.types(person, "beslutninger")
        meeting.presses(person, "Ret", meeting.room)
    sent(meeting, meeting.karen, text="Styregruppen godkendte det hele.", reason="Ordlyd")
    form = told(meeting, meeting.anne, text="Styregruppen var enig.", reason="Navn")
    assert "Imens er der gemt: Styregruppen godkendte det hele." in form.plain
    assert "Navn" in form.inputs.values()
    sent(meeting, meeting.anne)
    shown = meeting.types(meeting.anne, "beslutninger 1")
    assert all(each in shown for each in ("Rettet: Navn", "var enig", "godkendte det hele", "godkendte pakkerne"))


def test_what_another_has_entered_of_the_budget_is_not_written_over(october: Office) -> None:
    for _ in range(2):
        october.slack.command(october.anne, october.room, "/dap budget status")
    october.settle()
    assert sends(october, october.anne, **SEPTEMBER).errors == {}
    october.slack.submit(october.anne)
    october.settle()
    form = told(october, october.anne, **{"Opgjort pr.": "2025-09-30", COCKPIT: "410.000"})
    assert f"{COCKPIT} er ændret. I feltet står det, du har skrevet. Imens er der gemt: 400.000" in spaced(form.plain)
    assert f"{DIAGNOSES} er ændret til det, der står i feltet nu." in form.plain
    assert sends(october, october.anne).errors == {}
    assert "400.000 kr. til 410.000 kr. (+10.000 kr.)" in spaced(october.slack.form(october.anne).plain)
