"""A proposal on its way: made by a member, put before the secretary, taken on the agenda, kept or left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from bot.agenda import Agenda, Item, Kinds
from storage import carried, items, meetings
from storage.items import Item as Row
from storage.meetings import Meeting as MeetingRow
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Answer, User
from tests.stories.test_first_line import JUNE, filed

EARLY = dt.datetime(2025, 5, 20, 7, tzinfo=dt.UTC)  # before the proposals' deadline for 18 June, which is 28 May


@beginning
def june(office: Office) -> Office:
    """The office in May, with its secretary and chair, and the June agenda filed."""
    office.time = EARLY
    filed(office)
    office.founded()
    return office


def filled(office: Office, person: User, **fields: Any) -> Answer:
    """Somebody fills in the form that is open, and submits it."""
    office.slack.fill(person, fields)
    answer = office.slack.submit(person)
    office.settle()
    return answer


def last(office: Office, person: User) -> str:
    return office.slack.history(person)[-1].plain


def edits(office: Office, number: str, **fields: Any) -> str:
    """Anne looks an item up, opens its form, and submits it with other fields; what she gets to read."""
    office.types(office.anne, f"punkt {number}")
    office.presses(office.anne, "Ret", office.room)
    assert filled(office, office.anne, **fields).errors == {}
    return office.slack.whispers(office.anne, office.room)[-1].plain


def test_a_member_proposes_in_one_line_and_hears_what_becomes_of_it(june: Office) -> None:
    told = june.types(june.bo, "agenda foreslå Nye borde (B) 10 min")
    assert "Forslaget er modtaget til mødet onsdag den 18. juni 2025." in told
    laid = last(june, june.anne)
    assert "Foreslået af Bo Lind, tirsdag den 20. maj 2025 kl. 09.00" in laid
    assert "Nye borde (10 min.) (B)" in laid

    june.presses(june.anne, "Sæt på dagsordenen")
    assert "Sat på dagsordenen som punkt 4." in last(june, june.anne)
    assert "Punkterne fylder 135 min. Mødet er sat til 120 min." in last(june, june.anne)
    assert last(june, june.bo) == (
        "Dit forslag er sat på dagsordenen til mødet onsdag den 18. juni 2025 som punkt 4: Nye borde"
    )
    assert "4. Nye borde (10 min.) (B)" in june.types(june.karen, "dagsorden")


def test_a_proposal_in_a_form_has_recommendations_appendices_and_presenters(june: Office) -> None:
    june.slack.command(june.bo, june.room, "/dap foreslå")
    june.settle()
    answer = filled(
        june,
        june.bo,
        title="Nye borde",
        kinds=["D", "B"],
        duration=15,
        presenters="Bo Lind, PLO",
        summary="Bordene er slidte.\n- De vipper.",
        newasked_1="1. Godkender indkøbet\nTager prisen til efterretning",
        appendices="Tilbud https://example.org/tilbud.pdf",
    )
    assert answer.errors == {}
    june.presses(june.anne, "Sæt på dagsordenen")
    shown = june.types(june.bo, "punkt 4")
    assert "4. Nye borde (15 min.) v. Bo Lind, PLO (D/B)" in shown
    assert "Bordene er slidte." in shown
    assert "1. Godkender indkøbet" in shown
    assert "2. Tager prisen til efterretning" in shown
    assert "Bilag 4.1 Tilbud" in shown
    with june.program.storage.reading() as reader:
        asked = (
            select(items.Recommendation.verb)
            .join(Row)
            .where(Row.group_id == 1, Row.state == "accepted", Row.number == "4")
        )
        verbs = list(reader.scalars(asked.order_by(items.Recommendation.position)))
    assert verbs == ["godkender", "tager til efterretning"]


def test_a_message_is_proposed_by_its_shortcut(june: Office) -> None:
    june.slack.shortcut("agenda propose", "Foreslå til dagsordenen")
    said = june.slack.say(june.bo, june.room, "Skal vi have nye borde?\nDe gamle vipper & knirker.")
    june.slack.use_shortcut(june.karen, said, "Foreslå til dagsordenen")
    assert filled(june, june.karen).errors == {}
    laid = last(june, june.anne)
    assert "Skal vi have nye borde?\nResumé" in laid
    assert "Foreslået af Karen Toft" in laid
    assert "De gamle vipper & knirker." in laid


def test_what_waits_is_seen_by_the_office_and_its_proposer_only(june: Office) -> None:
    assert "Der venter ingen forslag." in june.types(june.anne, "dagsorden forslag")
    june.types(june.karen, "foreslå Nye borde")
    for person in (june.anne, june.karen):
        assert "Nye borde" in june.types(person, "dagsorden forslag")
    for typed in ("dagsorden forslag", "dagsorden", "punkt 4"):
        assert "Nye borde" not in june.types(june.bo, typed)
    assert june.slack.history(june.room) == []


def test_the_secretary_decides_from_the_list_as_from_the_post(june: Office) -> None:
    june.types(june.bo, "foreslå Nye borde")
    june.types(june.anne, "dagsorden forslag")
    june.presses(june.anne, "Sæt på dagsordenen", june.room)
    assert "Sat på dagsordenen som punkt 4." in june.slack.whispers(june.anne, june.room)[-1].plain
    assert "Sat på dagsordenen som punkt 4." in last(june, june.anne)


def test_taking_it_on_twice_is_taking_it_on_once(june: Office) -> None:
    june.types(june.bo, "foreslå Nye borde")
    post = june.with_button(june.anne, "Sæt på dagsordenen")
    june.slack.press(june.anne, post, "Sæt på dagsordenen")
    june.settle()
    june.slack.press(june.anne, post, "Sæt på dagsordenen")
    june.settle()
    assert "Forslaget venter ikke her længere." in june.slack.whispers(june.anne, june.anne)[-1].plain
    assert june.types(june.bo, "dagsorden").count("Nye borde") == 1


def test_a_proposal_is_postponed_to_the_next_meeting_once(june: Office) -> None:
    june.types(june.bo, "foreslå Nye borde")
    post = june.with_button(june.anne, "Udsæt til næste møde")
    june.slack.press(june.anne, post, "Udsæt til næste møde")
    june.settle()
    june.slack.press(june.anne, post, "Udsæt til næste møde")
    june.settle()
    assert "Dit forslag er udsat til mødet mandag den 6. oktober 2025: Nye borde" in last(june, june.bo)
    june.presses(june.anne, "Sæt på dagsordenen", june.anne)
    assert "Nye borde" not in june.types(june.bo, "dagsorden")
    june.time = dt.datetime(2025, 9, 1, 7, tzinfo=dt.UTC)
    shown = june.types(june.bo, "dagsorden")  # where it was the first, between the two standing items
    assert [line.strip() for line in shown.splitlines() if line.strip()[:1].isdigit()] == [
        "1. Meddelelser", "2. Nye borde", "3. Eventuelt",
    ]  # fmt: skip


def test_what_is_left_out_says_why_to_its_proposer(june: Office) -> None:
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.anne, "Tages ikke med")
    filled(june, june.anne, reason="Vi har lige købt nye.")
    assert last(june, june.bo) == "Dit forslag tages ikke med: Nye borde. Begrundelse: Vi har lige købt nye."
    assert "Tages ikke med: Vi har lige købt nye." in last(june, june.anne)
    assert "Der venter ingen forslag." in june.types(june.anne, "dagsorden forslag")


def test_whoever_proposed_may_mend_it_and_take_it_back_while_it_waits(june: Office) -> None:
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.bo, "Ret", june.room)
    filled(june, june.bo, title="Nye stole")
    assert "Nye stole" in last(june, june.anne)
    june.presses(june.bo, "Træk tilbage", june.room)
    assert "Trukket tilbage." in last(june, june.anne)
    assert "Der venter ingen forslag." in june.types(june.anne, "dagsorden forslag")


def test_a_late_proposal_waits_for_the_next_meeting_unless_the_chair_lets_it_in(june: Office) -> None:
    june.time = dt.datetime(2025, 6, 10, 7, tzinfo=dt.UTC)
    told = june.types(june.bo, "foreslå Nye borde")
    assert "Fristen var" in told
    assert "Forslaget er gemt til mødet mandag den 6. oktober 2025." in told
    june.presses(june.bo, "Spørg formanden", june.room)
    assert "Bo Lind har foreslået Nye borde efter fristen." in last(june, june.karen)

    june.presses(june.karen, "Det kan nå med")
    assert "Formanden har sagt ja. Dit forslag kan nå med til mødet onsdag den 18. juni 2025" in last(june, june.bo)
    june.presses(june.anne, "Sæt på dagsordenen")
    assert "4. Nye borde" in june.types(june.bo, "dagsorden")


def test_the_chair_may_leave_a_late_proposal_for_the_next_meeting(june: Office) -> None:
    june.time = dt.datetime(2025, 6, 10, 7, tzinfo=dt.UTC)
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.bo, "Spørg formanden", june.room)
    june.presses(june.karen, "Ikke nu")
    assert "Dit forslag er stadig gemt til et senere møde: Nye borde" in last(june, june.bo)
    assert last(june, june.karen) == "Karen Toft siger, at »Nye borde« ikke kan nå med."
    june.presses(june.anne, "Sæt på dagsordenen")
    assert "Nye borde" not in june.types(june.bo, "dagsorden")


def test_without_a_meeting_ahead_a_proposal_waits_for_the_next_that_is_set(office: Office) -> None:
    office.founded()
    assert "det næste møde, der bliver sat" in office.types(office.bo, "foreslå Nye borde")
    office.presses(office.anne, "Sæt på dagsordenen")
    assert "Der er ikke sat et møde" in office.slack.whispers(office.anne, office.anne)[-1].plain
    office.slack.command(office.anne, office.room, "/dap møde ny")
    filled(office, office.anne, when="torsdag 26. februar 2026 kl. 13-15")
    office.presses(office.anne, "Sæt på dagsordenen")
    assert "2. Nye borde" in office.types(office.bo, "dagsorden")


def test_a_closed_item_is_its_number_to_others(june: Office) -> None:
    june.slack.command(june.bo, june.room, "/dap foreslå")
    june.settle()
    filled(june, june.bo, title="Kontrakten med leverandøren", audience="closed")
    june.presses(june.anne, "Sæt på dagsordenen")
    eva = june.slack.person("Eva Bech", label="medlem, KL")
    june.slack.join(eva, june.room)
    for changed in ((), ("all", "closed")):  # as Bo proposed it; then as Anne has opened and closed it
        for audience in changed:
            edits(june, "4", audience=audience)
        for person, sees in ((june.bo, True), (june.karen, True), (eva, False)):
            shown = june.types(person, "dagsorden") + june.types(person, "punkt 4")
            assert shown.count("Kontrakten med leverandøren") == 2 * sees
            assert shown.count("4. Lukket punkt") == 2 * (not sees)


def test_a_refiled_agenda_loses_no_proposal(june: Office) -> None:
    for title in ("Nye borde", "Nye stole", "Nye lamper"):
        june.types(june.bo, f"foreslå {title}")
        if title != "Nye lamper":
            june.presses(june.anne, "Sæt på dagsordenen")
    mended = Agenda(JUNE.meeting, items=(*JUNE.items, Item("4", "Nye borde", kinds=Kinds("B"), duration=20)))
    filed(june, mended, digest="june, mended")

    assert "4. Nye borde (20 min.) (B)" in june.types(june.bo, "dagsorden")
    waiting = june.types(june.anne, "dagsorden forslag")
    assert "Nye stole" in waiting
    assert "Nye lamper" in waiting
    assert "Nye borde" not in waiting
    with june.program.storage.reading() as reader:
        kept = reader.execute(
            select(Row.title, Row.proposed_by).where(Row.group_id == 1, Row.state == "accepted", Row.number == "4")
        ).one()
    assert kept.title == "Nye borde"
    assert kept.proposed_by is not None


def test_what_was_not_reached_comes_back_with_what_is_open_once(june: Office) -> None:
    with june.program.storage.transaction() as session:
        held = session.scalars(select(MeetingRow).where(MeetingRow.date == dt.date(2025, 6, 18))).one()
        row = session.scalars(select(Row).where(Row.meeting_id == held.id, Row.number == "2")).one()
        first, _ = items.under(session, items.Recommendation, row.id)
        first.outcomes, row.state = ["approved"], "not_reached"
        to = meetings.following(session, held.group_id, held.date)
        again = {carried.carry(session, row, to=to, by=None, at=june.time).id for _ in range(2)}
    assert len(again) == 1
    waiting = june.types(june.anne, "dagsorden forslag")
    assert "Kommer igen fra et tidligere møde" in waiting
    assert "Drøfter pakkerne" in waiting
    assert "Godkender målbilledet" not in waiting
    june.presses(june.anne, "Sæt på dagsordenen", june.room)
    june.time = dt.datetime(2025, 9, 1, 7, tzinfo=dt.UTC)
    assert "Bilag 2.1 Forretningsmålbillede DEL I" in june.types(june.bo, "punkt 2")


def test_a_member_may_not_decide_about_a_proposal_or_mend_an_item(june: Office) -> None:
    june.types(june.bo, "foreslå Nye borde")
    post = june.with_button(june.anne, "Sæt på dagsordenen")
    stolen = replace(post, channel=june.slack.workspace.chat_with(june.bo).id)
    for button in ("Sæt på dagsordenen", "Udsæt til næste møde", "Tages ikke med"):
        june.slack.press(june.bo, stolen, button)
        june.settle()
        assert "Det har du ikke adgang til." in june.slack.whispers(june.bo, june.bo)[-1].plain
    june.presses(june.anne, "Sæt på dagsordenen")
    june.slack.press(june.bo, stolen, "Ret")
    june.settle()
    assert "Det gælder ikke længere." in june.slack.whispers(june.bo, june.bo)[-1].plain


def test_whatever_people_write_is_kept_to_the_letter(june: Office) -> None:
    title = '<!channel> *fed* & "gåse" {title}'
    june.slack.command(june.bo, june.room, "/dap foreslå")
    june.settle()
    filled(june, june.bo, title=title, newverb_1="Drøfter", newasked_1="<@U1> & bordene")
    june.presses(june.anne, "Sæt på dagsordenen")
    shown = june.types(june.bo, "punkt 4")
    assert title in shown
    assert "Drøfter <@U1> & bordene" in shown


def test_a_new_version_needs_a_new_yes_when_the_chair_has_been_asked(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.anne, "Sæt på dagsordenen")
    june.presses(june.anne, "Send dagsordenen ud")
    assert "ny version af dagsordenen, version 2" in june.slack.whispers(june.anne, june.anne)[-1].plain
    assert june.slack.history(june.room) == []
