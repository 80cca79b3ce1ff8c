"""The first line, through the front door: a group is set up, its agenda shown, approved by the chair and sent."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from bot.agenda import Agenda, Appendix, Item, Kinds, Presenter, Recommendation
from bot.meetings import Meeting
from bot.reading import Reading
from storage import documents, groups
from tests.beginnings import beginning
from tests.office import Office
from tests.slack.contents import Contents

JUNE = Agenda(
    Meeting(
        title="Dagsorden til styregruppemøde for Digital Almen Praksis",
        date=dt.date(2025, 6, 18),
        weekday="Onsdag",
        start=dt.time(13),
        end=dt.time(15),
        place="Slotsholmsgade 12, mødesal B (fælles)",
    ),
    items=(
        Item("1", "Meddelelser", duration=5),
        Item(
            "2",
            "Forretningsmålbillede",
            kinds=Kinds("B/D"),
            duration=60,
            presenters=(Presenter("Morten Bruun-Rasmussen", "MEDIQ"),),
            appendices=(Appendix("2.1", "Forretningsmålbillede DEL I"),),
            recommendations=(
                Recommendation("Godkender målbilledet", "godkender"),
                Recommendation("Drøfter pakkerne", "drøfter"),
            ),
        ),
        Item("3", "Budgetter 2025", kinds=Kinds("O"), duration=60, items=(Item("3.1", "Status", kinds=Kinds("O")),)),
    ),
    next_meeting=Meeting(
        date=dt.date(2025, 10, 6), weekday="mandag", year_inferred=True, start=dt.time(13), end=dt.time(15)
    ),
)


def filed(office: Office, agenda: Agenda = JUNE, digest: str = "june") -> None:
    with office.program.storage.transaction() as session:
        home = groups.found(session, office.room.id, language="da", at=office.time)
        documents.file(session, home, Reading("agenda", agenda), name="juni.md", digest=digest, at=office.time)


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, and the June agenda filed."""
    filed(office)
    office.founded()
    return office


def test_the_first_to_type_setup_becomes_secretary_and_names_the_chair(office: Office) -> None:
    assert "ikke knyttet til en styregruppe" in office.types(office.anne, "agenda")
    assert "du er dens sekretær" in office.types(office.anne, "opsætning")
    assert "Karen Toft er formand" in office.types(office.anne, f"opsætning formand <@{office.karen.id}>")
    shown = office.types(office.karen, "setup")
    assert "Sekretær: Anne Holm" in shown
    assert "Formand: Karen Toft" in shown


def test_a_member_sees_the_agenda_with_its_time_against_the_meetings_length(june: Office) -> None:
    shown = june.types(june.bo, "dagsordenen")
    assert "onsdag den 18. juni 2025 kl. 13.00-15.00, Slotsholmsgade 12, mødesal B (fælles)" in shown
    assert "2. Forretningsmålbillede (60 min.) v. Morten Bruun-Rasmussen, MEDIQ (B/D)" in shown
    assert "    3.1. Status (O)" in shown
    assert "Punkterne fylder 125 min. Mødet er sat til 120 min. Der mangler 5 min." in shown


def test_one_item_shows_its_recommendations_and_appendices(june: Office) -> None:
    shown = june.types(june.bo, "punkt 2")
    assert "Det indstilles, at styregruppen" in shown
    assert "1. Godkender målbilledet" in shown
    assert "Bilag 2.1 Forretningsmålbillede DEL I" in shown


def test_the_next_meeting_says_that_its_year_is_inferred(june: Office) -> None:
    shown = june.types(june.bo, "næste møde")
    assert "Næste møde er onsdag den 18. juni 2025 kl. 13.00-15.00" in shown
    assert "mandag den 6. oktober 2025 kl. 13.00-15.00 (årstallet er udledt af ugedagen)" in shown


def test_the_agenda_stands_in_the_channel_after_the_chairs_yes(june: Office) -> None:
    assert "ligger nu til godkendelse hos Karen Toft" in june.types(june.anne, "dagsorden send")
    assert "ligger allerede hos Karen Toft" in june.types(june.anne, "send dagsordenen")
    assert june.slack.history(june.room) == []

    june.presses(june.karen, "Godkend udsendelse")
    june.presses(june.anne, "Send dagsordenen ud")

    (posted,) = june.slack.history(june.room)
    assert posted.plain.startswith("Dagsorden til styregruppemøde for Digital Almen Praksis, onsdag den 18. juni 2025")
    assert [each.plain.split(" ")[0] for each in june.slack.thread(posted)] == ["1.", "2.", "3."]
    assert "Det klarede Anne Holm kl. 09.00" in june.types(june.anne, "dagsorden send")


def says_not_yet(office: Office, reason: str = "") -> None:
    """Karen presses Ikke endnu, and says what is missing, or nothing."""
    office.presses(office.karen, "Ikke endnu")
    office.slack.fill(office.karen, {"Hvad mangler?": reason})
    assert office.slack.submit(office.karen).errors == {}
    office.settle()


def test_the_chair_may_say_not_yet_and_be_asked_again(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    says_not_yet(june)
    told = june.slack.history(june.anne)[-1].plain
    assert 'Karen Toft har svaret "Ikke endnu".' in told
    assert "Spørg Karen Toft, hvad der mangler." in told
    assert "ligger nu til godkendelse" in june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    assert "Skal den sendes?" in june.types(june.anne, "dagsorden send")
    assert june.slack.history(june.room) == []


def test_the_chair_says_what_is_missing_and_the_secretary_reads_it_as_it_was_written(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    said = "Bilag 2.1 er det gamle.\nOg *tiden* <!channel>"
    says_not_yet(june, said)
    assert f"Karen Toft skriver: {said}" in june.slack.history(june.anne)[-1].plain
    answered = june.slack.history(june.karen)[-1]
    assert "er ikke godkendt endnu" in answered.plain
    assert said in answered.plain
    assert answered.buttons == []


def test_what_is_answered_already_or_is_another_now_is_not_asked_about(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Ikke endnu")
    june.presses(june.karen, "Godkend udsendelse")
    refused = june.slack.submit(june.karen)
    assert "Det klarede Karen Toft" in refused.plain
    assert "Dagsordenen sendes i styregruppens kanal." in june.slack.history(june.anne)[-1].plain


def test_the_secretary_is_told_who_gets_it_in_the_channel_and_whom_she_must_write_to(june: Office) -> None:
    for fields in (
        {"person": june.bo, "role": "member", "organisation": "PLO"},
        {"name": "Lis Lund", "role": "member", "organisation": "KL", "reached": "mail", "mail": "lis@example.dk"},
    ):
        june.types(june.anne, "opsætning medlemmer")
        june.presses(june.anne, "Tilføj deltager")
        june.slack.fill(june.anne, fields)
        assert june.slack.submit(june.anne).errors == {}
        june.settle()
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    assert june.slack.history(june.anne)[-1].plain.startswith(
        "Dagsordenen sendes til 3 medlemmer: 2 i kanalen og 1 pr. mail, som du selv sender. Karen Toft godkendte den "
        "tirsdag den 10. juni 2025. Skal den sendes?"
    )


def test_the_chairs_yes_holds_for_that_version_only(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    filed(june, Agenda(JUNE.meeting, items=JUNE.items[:2]), digest="june, mended")

    june.presses(june.anne, "Send dagsordenen ud")
    assert "ny version af dagsordenen, version 2" in june.slack.whispers(june.anne, june.anne)[-1].plain
    assert june.slack.history(june.room) == []
    assert "ligger nu til godkendelse" in june.types(june.anne, "dagsorden send")


def test_without_a_chair_nothing_is_sent_and_the_refusal_says_how_to_name_one(office: Office) -> None:
    filed(office)
    office.types(office.anne, "opsætning")
    assert "Skriv /dap opsætning formand @navn" in office.types(office.anne, "dagsorden send")


def test_a_member_who_tries_to_send_is_told_whom_to_write_to(june: Office) -> None:
    assert june.types(june.bo, "send dagsordenen") == (
        "Det er sekretariatet, der sender dagsordenen ud. Skriv til Anne Holm, hvis det haster."
    )


def test_a_drawn_button_proves_nothing(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    ready = june.with_button(june.anne, "Send dagsordenen ud")
    stolen = replace(ready, channel=june.slack.workspace.chat_with(june.bo).id)  # as if Bo had got hold of the button

    june.slack.press(june.bo, stolen, "Send dagsordenen ud")
    june.settle()
    assert "Det er sekretariatet" in june.slack.whispers(june.bo, june.bo)[-1].plain
    assert june.slack.history(june.room) == []


def test_pressing_twice_is_pressing_once(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    question = june.with_button(june.karen, "Godkend udsendelse")
    for _ in range(2):
        june.slack.press(june.karen, question, "Godkend udsendelse")
    june.settle()
    assert len([each for each in june.slack.history(june.anne) if "Skal den sendes?" in each.plain]) == 1
    assert (
        "Det klarede Karen Toft kl. 09.00. Der er ikke sket mere."
        in june.slack.whispers(june.karen, june.karen)[-1].plain
    )


def test_a_slack_guest_is_nobody_until_invited(june: Office) -> None:
    assert june.types(june.gry, "agenda") == "Det har du ikke adgang til. Kontakt sekretariatet, hvis det er en fejl."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        pytest.param("agnda", "Mente du /dap agenda?", id="en slåfejl"),
        pytest.param("dagsorden forsla", "Mente du /dap dagsorden forslag?", id="en slåfejl i det andet ord"),
        pytest.param("xyzzy", "Skriv /dap hjælp", id="noget helt andet"),
        pytest.param(
            "punkt 9", "Der er ikke noget punkt 9 på dagsordenen. Der er punkt 1, 2, 3 og 3.1.", id="intet punkt"
        ),
        pytest.param("opsætning formand", "Det er sekretariatet, der står for opsætningen.", id="ikke medlemmets"),
    ],
)
def test_what_can_not_be_done_says_what_to_do(june: Office, typed: str, answer: str) -> None:
    assert answer in june.types(june.bo, typed)


def test_a_channel_that_is_no_groups_home_says_how_to_make_it_one(office: Office) -> None:
    assert office.types(office.bo, "agenda") == (
        "Kanalen er ikke knyttet til en styregruppe endnu. Skriv /dap opsætning."
    )


def test_a_group_without_a_meeting_says_so(office: Office) -> None:
    office.types(office.anne, "opsætning")
    assert office.types(office.bo, "agenda").startswith("Der er ikke noget møde endnu.")


def test_another_groups_meeting_does_not_exist(june: Office) -> None:
    other = june.slack.channel("en anden gruppe", people=[june.bo])
    june.types(june.bo, "opsætning", other)  # Bo is the secretary there
    june.types(june.anne, "dagsorden send")
    june.presses(june.karen, "Godkend udsendelse")
    ready = june.with_button(june.anne, "Send dagsordenen ud")
    forged = json.loads(json.dumps(ready.blocks).replace('"1 1 1"', '"2 1 1"'))  # his own group, the other's meeting
    theirs = june.slack.workspace.post(other.id, june.slack.bot.id, Contents(ready.text, tuple(forged)))

    june.slack.press(june.bo, theirs, "Send dagsordenen ud")
    june.settle()
    assert "Det gælder ikke længere." in june.slack.whispers(june.bo, other)[-1].plain
    assert june.slack.history(june.room) == []


def test_a_new_chair_is_asked_anew(june: Office) -> None:
    june.types(june.anne, "dagsorden send")
    june.types(june.anne, f"opsætning formand <@{june.bo.id}>")
    assert "ligger allerede hos Bo Lind" in june.types(june.anne, "dagsorden send")
    june.presses(june.bo, "Godkend udsendelse")
    june.types(june.anne, f"opsætning formand <@{june.karen.id}>")
    assert "Bo Lind godkendte den" in june.types(june.anne, "dagsorden send")


def test_more_words_than_a_changing_command_takes_change_nothing(june: Office) -> None:
    assert "Mente du /dap dagsorden send?" in june.types(june.anne, "dagsorden send nu ikke")
    assert june.slack.history(june.karen) == []


@pytest.mark.parametrize("typed", ["agenda punkt 2", "punkt nr. 2", "dagsorden 2.", "punkt 2?"])
def test_an_item_is_asked_for_as_people_do(june: Office, typed: str) -> None:
    assert "Bilag 2.1 Forretningsmålbillede DEL I" in june.types(june.bo, typed)


def test_an_agenda_without_a_date_can_not_be_sent(office: Office) -> None:
    filed(office, Agenda(Meeting(), items=JUNE.items))
    office.founded()
    assert "Dagsordenen har ingen dato" in office.types(office.anne, "dagsorden send")


def test_a_secretary_hands_the_work_over(june: Office) -> None:
    assert "Bo Lind er sekretær fra" in june.types(june.anne, f"opsætning sekretær <@{june.bo.id}>")
    june.settle()
    told = june.slack.history(june.bo)[-1].text
    assert "Du er nu sekretær for styregruppen for Digital Almen Praksis. Anne Holm har givet" in told
    assert "Det er sekretariatet" in june.types(june.anne, "dagsorden send")
    assert "ligger nu til godkendelse" in june.types(june.bo, "dagsorden send")
