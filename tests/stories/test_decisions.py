"""Decisions: recorded from recommendations, found again, corrected, undone, settled, and announced once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from bot.agenda import Agenda, Item, Kinds, Recommendation
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Answer, View
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_home import home, presses

NOTED = Recommendation("Tager status til efterretning", "tager til efterretning")
APPROVED = Recommendation("Godkender udkastet til budget 2026", "godkender")
BUDGET = Item(
    "3",
    "Budgetter",
    kinds=Kinds("B"),
    items=(
        Item("3.1", "Budget 2025", recommendations=(NOTED,)),
        Item("3.2", "Budget 2026", recommendations=(APPROVED,)),
    ),
)


@beginning
def meeting(office: Office) -> Office:
    """The June meeting is going on."""
    filed(office, Agenda(JUNE.meeting, items=(*JUNE.items[:2], BUDGET), next_meeting=JUNE.next_meeting))
    office.founded()
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    return office


def decided(office: Office, number: str, sentence: str = "", **fields: Any) -> str:
    """Anne records a decision, step by step; what she reads then. A field without a number is each one of that name."""
    office.slack.command(office.anne, office.room, f"/dap beslutning {number}")
    given = {**fields, "text": sentence} if sentence else fields
    while office.slack.forms(office.anne):
        onward(office, **given)
    office.settle()
    return office.slack.whispers(office.anne, office.room)[-1].plain


def onward(office: Office, **given: Any) -> None:
    """Anne fills in what she is asked for of all this, and goes on to the next step."""
    there = [block["block_id"] for block in office.slack.form(office.anne).blocks if block["type"] == "input"]
    named = {each: name for each in there for name in (each.rpartition("_")[0], each) if name in given}
    office.slack.fill(office.anne, {each: given[name] for each, name in named.items()})
    _submitted(office)


def announced(office: Office) -> None:
    """The chair has said yes to the decisions, and they are posted."""
    office.types(office.anne, "beslutninger send")
    office.presses(office.karen, "Godkend udsendelse")
    office.presses(office.anne, "Slå beslutningerne op", office.anne)


def test_the_offer_to_announce_says_that_it_was_done_from_home(meeting: Office) -> None:
    decided(meeting, "2")
    meeting.types(meeting.anne, "beslutninger send")
    meeting.presses(meeting.karen, "Godkend udsendelse")
    home(meeting, meeting.anne)
    presses(meeting, meeting.anne, "Slå beslutningerne op")
    chat = meeting.slack.history(meeting.anne)[-1]
    assert chat.plain.startswith("Beslutningerne er slået op")
    assert chat.buttons == []


def _submitted(office: Office) -> Answer:
    answer = office.slack.submit(office.anne)
    assert answer.errors == {}, answer.errors
    return answer


def test_the_sentence_is_drafted_from_the_recommendations(meeting: Office) -> None:
    said = decided(meeting, "2")
    assert "2025-1: Punkt 2, Forretningsmålbillede" in said
    assert "Styregruppen godkendte målbilledet og drøftede pakkerne." in said
    assert "Ingen har fået den at vide endnu." in said


def test_a_recommendation_may_be_approved_more_strongly_than_asked_and_the_sentence_rewritten(meeting: Office) -> None:
    meeting.slack.command(meeting.anne, meeting.room, "/dap beslutning 2")
    meeting.slack.fill(meeting.anne, {"came_2": ["approved", "discussed"]})
    _submitted(meeting)
    assert "drøftede og godkendte pakkerne" in str(meeting.slack.form(meeting.anne).inputs["Beslutningen"])
    meeting.slack.dismiss(meeting.anne)
    said = decided(meeting, "2", "Styregruppen var enig i det hele.", came_2=["discussed", "approved"])
    assert "Styregruppen var enig i det hele." in said


def test_a_preliminary_decision_names_its_final_meeting(meeting: Office) -> None:
    later = meeting.slack.command(meeting.anne, meeting.room, "/dap beslutning 3.2")
    assert later.status == 200
    onward(meeting, how="preliminary")
    onward(meeting, meeting=meeting.slack.form(meeting.anne).options("Endelig godkendelse på mødet")[0])
    onward(meeting)
    meeting.settle()
    said = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert "foreløbigt med endelig godkendelse på styregruppemødet mandag den 6. oktober 2025." in said
    assert "Foreløbigt godkendt. Endelig godkendelse mandag den 6. oktober 2025." in said
    meeting.types(meeting.anne, "beslutninger foreløbige")
    meeting.presses(meeting.anne, "Endeligt godkendt", meeting.room)
    assert "er endelig." in meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain


def test_a_condition_has_a_holder(meeting: Office) -> None:
    meeting.slack.command(meeting.anne, meeting.room, "/dap beslutning 3.2")
    onward(meeting, how="conditional")
    assert meeting.slack.submit(meeting.anne).errors.keys() == {"Afventer ja fra"}
    meeting.slack.dismiss(meeting.anne)
    said = decided(meeting, "3.2", how="conditional", holder="KL", due="1. juli 2025")
    assert "udkastet til budget 2026 med forbehold for godkendelse fra KL (frist for svar: 1. juli 2025)." in said
    assert "Beslutningen gælder, hvis KL siger ja. Svar ventes senest tirsdag den 1. juli 2025." in said


def test_what_was_not_reached_is_no_decision_and_comes_back(meeting: Office) -> None:
    said = decided(meeting, "2", alone="not_reached")
    assert said.startswith("Det er registreret. Ingen har fået det at vide endnu.")
    assert "Styregruppen nåede ikke punktet." in said
    assert "2025-" not in said
    said = decided(meeting, "3.1")
    assert "2025-1: Punkt 3.1, Budget 2025" in said


def test_a_decision_nobody_recommended_is_possible(meeting: Office) -> None:
    said = decided(meeting, "1", "Styregruppen henviste sagen til MinLæge.", how="referred", referred="MinLæge")
    assert "Henvist til MinLæge." in said


def test_beside_what_was_recommended_something_else_is_decided_of_an_item(meeting: Office) -> None:
    decided(meeting, "2")
    meeting.slack.command(meeting.anne, meeting.room, "/dap beslutning 2")
    assert "Alt, der er indstillet i punktet, har fået et udfald." in meeting.slack.form(meeting.anne).plain
    onward(meeting, how="referred")
    onward(meeting, referred="Roadmapgruppen")
    onward(meeting)
    meeting.settle()
    said = meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain
    assert "Henvist til Roadmapgruppen." in said
    meeting.types(meeting.anne, "møde slut")
    assert "2. Forretningsmålbillede" not in meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain


def test_an_item_with_sub_items_says_where_to_decide(meeting: Office) -> None:
    assert "Punkt 3 har underpunkter med indstillinger." in meeting.types(meeting.anne, "beslutning 3")


def test_what_is_undone_says_what_is_open_again(meeting: Office) -> None:
    for number, then in (("1", "fortrudt."), ("3.1", "fortrudt. Indstillingen står åben igen.")):
        decided(meeting, number, "Styregruppen hørte om det.")
        meeting.presses(meeting.anne, "Fortryd", meeting.room)
        assert meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain.endswith(then)


def test_before_it_is_announced_a_decision_is_undone_and_nobody_knew(meeting: Office) -> None:
    decided(meeting, "2")
    assert "Jeg finder ingen beslutninger." in meeting.types(meeting.bo, "beslutninger")
    meeting.presses(meeting.anne, "Fortryd", meeting.room)
    assert "Jeg finder ingen beslutninger." in meeting.types(meeting.anne, "beslutninger")
    assert "Styregruppen godkendte målbilledet" in decided(meeting, "2")


def test_all_decisions_are_announced_together_once_after_the_chairs_yes(meeting: Office) -> None:
    decided(meeting, "2")
    decided(meeting, "3.2", how="conditional", holder="KL")
    announced(meeting)
    (posted,) = meeting.slack.history(meeting.room)
    assert posted.plain.startswith("Beslutninger fra mødet onsdag den 18. juni 2025")
    assert "2025-2: Punkt 3.2, Budget 2026" in posted.plain
    assert "Beslutningen gælder, hvis KL siger ja." in posted.plain
    assert "Der er ingen nye beslutninger at slå op." in meeting.types(meeting.anne, "beslutninger send")
    shown = meeting.types(meeting.bo, "beslutninger")
    assert shown.index("2025-2") < shown.index("2025-1")  # what awaits something stands first
    assert "2025-1" not in meeting.types(meeting.bo, "beslutninger 2025 budget")


def test_a_decision_recorded_after_the_yes_needs_a_new_one(meeting: Office) -> None:
    decided(meeting, "2")
    meeting.types(meeting.anne, "beslutninger send")
    meeting.presses(meeting.karen, "Godkend udsendelse")
    decided(meeting, "3.1")
    meeting.presses(meeting.anne, "Slå beslutningerne op", meeting.anne)
    said = meeting.slack.whispers(meeting.anne, meeting.anne)[-1].plain
    assert said.startswith("Der er registreret, rettet eller fortrudt en beslutning siden.")
    assert meeting.slack.history(meeting.room) == []


def test_the_chair_reads_of_no_version_of_what_is_only_new(meeting: Office) -> None:
    for number in ("2", "3.1"):
        decided(meeting, number)
    meeting.types(meeting.anne, "beslutninger send")
    asked = "Beslutningerne fra mødet onsdag den 18. juni 2025 ligger klar til din godkendelse."
    assert meeting.with_button(meeting.karen, "Godkend udsendelse").plain.startswith(asked)
    assert "Beslutningerne fra mødet onsdag den 18. juni 2025 venter på dit svar." in home(meeting, meeting.karen)
    meeting.presses(meeting.karen, "Godkend udsendelse", meeting.karen)
    told = meeting.slack.history(meeting.karen)[-1].plain
    assert told.startswith("Beslutningerne fra mødet onsdag den 18. juni 2025 er godkendt af Karen Toft")


def test_a_correction_is_a_new_version_with_its_reason(meeting: Office) -> None:
    decided(meeting, "2")
    announced(meeting)
    meeting.types(meeting.anne, "beslutninger")
    meeting.presses(meeting.anne, "Ret", meeting.room)
    meeting.slack.fill(meeting.anne, {"text": "Styregruppen godkendte målbilledet.", "reason": "Pakkerne udgår."})
    _submitted(meeting)
    meeting.settle()
    announced(meeting)
    told = meeting.slack.history(meeting.room)[-1].plain
    assert "2025-1: Punkt 2" in told
    assert "Rettet: Pakkerne udgår." in told
    assert "drøftede pakkerne" not in meeting.types(meeting.bo, "beslutninger")


def test_decisions_stand_in_the_minutes_which_then_may_be_approved(meeting: Office) -> None:
    decided(meeting, "2")
    decided(meeting, "3.1")
    decided(meeting, "3.2")
    assert "Alle indstillinger har fået et udfald." in meeting.types(meeting.anne, "møde slut")
    assert "Styregruppen godkendte målbilledet" in meeting.types(meeting.anne, "referat")
    meeting.types(meeting.anne, "referat send")
    meeting.presses(meeting.karen, "Godkend udsendelse")
    meeting.presses(meeting.anne, "Send referatet ud", meeting.anne)
    meeting.types(meeting.anne, "referat godkend")
    meeting.presses(meeting.anne, "Godkend referatet", meeting.room)
    assert "er godkendt (version 1)" in meeting.slack.whispers(meeting.anne, meeting.room)[-1].plain


def test_a_member_records_nothing(meeting: Office) -> None:
    said = "Det er sekretariatet, der registrerer beslutninger. Skriv til Anne Holm."
    told = meeting.types(meeting.bo, "beslutning 2")
    assert told == f"{said} Skriv /dap beslutninger for at se dem."


@pytest.mark.parametrize(
    "carried",
    [
        pytest.param("2 2 1 1 0 0", id="et tal for meget"),
        pytest.param("2 2 1 1", id="et tal for lidt"),
        pytest.param("2 2 1 1 99", id="intet sådant møde"),
        pytest.param("2 2 1024 1 0", id="intet sådant udfald"),
        pytest.param("2 2 384 1 0", id="både henvist og udsat"),
        pytest.param("2 2 160 1 0", id="foreløbigt og henvist"),
        pytest.param("2 1 1 1 0 2 4 1 2", id="to vilkår i én beslutning"),
        pytest.param("2 2 1 2 0", id="ingen sætning til den"),
    ],
)
def test_a_forged_second_step_records_nothing(meeting: Office, carried: str) -> None:
    meeting.slack.command(meeting.anne, meeting.room, "/dap beslutning 2")
    _submitted(meeting)
    drawn = meeting.slack.form(meeting.anne)
    meeting.slack.dismiss(meeting.anne, whole=True)
    meeting.slack.open_form(meeting.anne, {**drawn.body, "private_metadata": f"1 {meeting.room.id} - {carried}"})
    meeting.slack.fill(meeting.anne, {"text_1": "Styregruppen besluttede det."})
    assert "Det gælder ikke længere." in " ".join(meeting.slack.submit(meeting.anne).errors.values())
    meeting.slack.dismiss(meeting.anne, whole=True)
    assert "Jeg finder ingen beslutninger." in meeting.types(meeting.anne, "beslutninger")


def test_more_recommendations_than_a_form_holds_are_asked_for_in_turn(office: Office) -> None:
    many = tuple(Recommendation(f"Godkender del {n}, {'som er lang, ' * 8}", "godkender") for n in range(1, 61))
    filed(office, Agenda(JUNE.meeting, items=(Item("1", "Det hele", recommendations=many),)))
    office.founded()
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    office.types(office.anne, "møde start")
    decided(office, "1", "Styregruppen godkendte de første.")
    assert "del 25" in decided(office, "1")
    assert "del 49" in decided(office, "1")
    office.slack.command(office.anne, office.room, "/dap beslutning 1")
    assert "Alt, der er indstillet i punktet, har fået et udfald." in office.slack.form(office.anne).plain


def test_what_is_left_of_an_item_comes_back_and_the_item_is_no_less_decided(meeting: Office) -> None:
    asked = [each["block_id"] for each in _form_of(meeting, "2").blocks if each["block_id"].startswith("came_")]
    meeting.slack.fill(meeting.anne, {asked[1]: []})
    _submitted(meeting)
    _submitted(meeting)
    meeting.types(meeting.anne, "møde slut")
    meeting.presses(meeting.anne, "Ikke nået")
    assert "Styregruppen nåede ikke resten af punktet." in meeting.types(meeting.anne, "referat 2")
    assert "2, Forretningsmålbillede, blev ikke nået" not in meeting.types(meeting.anne, "referat")
    back = meeting.with_button(meeting.anne, "Sæt på dagsordenen").plain
    assert "Drøfter pakkerne" in meeting.types(meeting.anne, "dagsorden forslag")
    assert "Godkender målbilledet" not in back


def _form_of(meeting: Office, number: str) -> View:
    meeting.slack.command(meeting.anne, meeting.room, f"/dap beslutning {number}")
    return meeting.slack.form(meeting.anne)
