"""A meeting begun and ended; its minutes written, sent after the chair's yes, approved by the group, and corrected."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from bot.agenda import Block, Section
from bot.reading import text
from storage.groups import Group
from storage.items import Item
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import User
from tests.stories.test_bad_input import send
from tests.stories.test_first_line import JUNE, filed
from tests.stories.test_home import home, presses


@beginning
def held(office: Office) -> Office:
    """The June agenda is sent, the next meeting is planned, and it is the 18th at one o'clock."""
    filed(office)
    office.founded()
    send(office)
    office.time = dt.datetime(2025, 6, 18, 11, tzinfo=dt.UTC)
    return office


def written(office: Office, **fields: Any) -> str:
    """Anne writes under the newest item that has the button."""
    office.presses(office.anne, "Skriv", office.room)
    office.slack.fill(office.anne, fields)
    answer = office.slack.submit(office.anne)
    office.settle()
    if answer.errors:
        office.slack.dismiss(office.anne)
        return " ".join(answer.errors.values())
    return office.slack.whispers(office.anne, office.room)[-1].plain


def ended(office: Office) -> None:
    """The meeting is begun and over; nothing in it was reached."""
    office.types(office.anne, "møde start")
    office.types(office.anne, "møde slut")
    office.presses(office.anne, "Ikke nået")


def posted(office: Office) -> None:
    """The chair has said yes, and the minutes are out."""
    to_chair = "Send til formanden"
    if office.called.get(to_chair, to_chair) in office.types(office.anne, "referat send"):
        office.presses(office.anne, to_chair, office.room)
    office.presses(office.karen, "Godkend udsendelse")
    office.presses(office.anne, "Send referatet ud", office.anne)


def approved(office: Office, person: User, day: str = "") -> str:
    """Somebody notes that the group has approved them, and says yes to the question; what stands in its place then."""
    asked = office.types(person, f"referat godkend{day}")
    assert "godkendt af styregruppen? Derefter kan det kun rettes i en ny version." in asked
    office.presses(person, "Godkend referatet", office.room)
    return office.slack.whispers(person, office.room)[-1].plain


def test_a_meeting_begins_and_ends_and_what_is_open_is_told(held: Office) -> None:
    assert "er begyndt" in held.types(held.anne, "start mødet")
    assert "Mødet er allerede i gang." in held.types(held.karen, "møde start")
    said = held.types(held.anne, "slut mødet")
    assert "2 indstillinger mangler en beslutning" in said
    assert "2. Godkender målbilledet" in said
    for person in (held.anne, held.karen):
        again = held.types(person, "møde slut")
        assert "2 indstillinger mangler en beslutning" in again
        assert "2. Godkender målbilledet" in again
    held.presses(held.karen, "Ikke nået")
    assert "Punkt 2 blev ikke nået." in held.slack.whispers(held.karen, held.room)[-1].plain
    assert held.types(held.anne, "møde slut") == "Mødet er slut."


def test_a_meeting_that_has_ended_is_not_the_next_one(held: Office) -> None:
    held.types(held.anne, "møde start")
    assert "Mødet er i gang." in home(held, held.bo)
    held.types(held.anne, "møde slut")
    assert held.types(held.bo, "møde").startswith("Næste møde er mandag den 6. oktober 2025")
    assert home(held, held.bo).startswith("Næste møde er mandag den 6. oktober 2025")
    held.slack.command(held.anne, held.room, "/dap møde aflys")
    assert held.slack.submit(held.anne).errors == {}
    held.settle()
    assert held.types(held.bo, "møde").startswith("Der er ikke indkaldt til et nyt møde. Det seneste var onsdag")
    assert "Det seneste møde · version 1 · mødet er holdt" in held.types(held.bo, "dagsorden")
    assert "Der er ikke noget kommende møde." in home(held, held.bo)


def test_what_was_not_reached_is_proposed_for_the_next_meeting_once(held: Office) -> None:
    ended(held)
    assert "Punkt 2 blev ikke nået." in held.slack.whispers(held.anne, held.room)[-1].plain
    with held.program.storage.reading() as reader:
        again = select(Item.title, Item.carried_from_id).where(Item.group_id == 1, Item.state == "proposed")
        assert [tuple(row) for row in reader.execute(again)] == [("Forretningsmålbillede", 2)]
    assert "Det er sekretariatet" in held.types(held.bo, "møde slut")


def test_a_meeting_that_is_not_today_does_not_begin(office: Office) -> None:
    filed(office)
    office.founded()
    assert "Det næste er onsdag den 18. juni 2025." in office.types(office.anne, "møde start")


def test_the_draft_is_the_secretariats_and_the_chairs(held: Office) -> None:
    held.types(held.anne, "møde start")
    assert "Referatet af mødet onsdag den 18. juni 2025 er ikke sendt ud endnu." in held.types(held.bo, "referat")
    shown = held.types(held.anne, "referat")
    assert "Referat af styregruppemøde for Digital Almen Praksis, onsdag den 18. juni 2025 kl. 13.00-15.00" in shown
    assert "version 1 · udkast" in shown
    assert "[Skriv]" in shown


def test_a_long_text_is_written_in_parts_without_loss(held: Office) -> None:
    held.types(held.anne, "møde start")
    held.types(held.anne, "referat 2")
    long = "\n\n".join(f"Afsnit {number}. " + "Danske Regioner spurgte til tidsplanen. " * 12 for number in range(9))
    said = written(held, passage_1=long[:2900])
    assert "Afsnit 0." in said
    held.types(held.anne, "referat 2")
    written(held, passage_3=long[2900:])
    shown = held.types(held.anne, "referat 2")
    assert all(f"Afsnit {number}." in shown for number in range(9))
    assert "Referat" in shown


def test_two_who_write_at_once_lose_nothing(held: Office) -> None:
    held.types(held.anne, "møde start")
    held.types(held.anne, "referat 2")
    held.presses(held.anne, "Skriv", held.room)
    held.slack.fill(held.anne, {"passage_1": "PLO spurgte."})
    held.slack.submit(held.anne)
    held.settle()
    held.types(held.anne, "referat 2")
    held.presses(held.anne, "Skriv", held.room)
    held.time += dt.timedelta(minutes=1)
    form = held.slack.form(held.anne)
    held.slack.command(held.anne, held.room, "/dap referat 2")
    held.settle()
    assert form.title.startswith("Referat, punkt 2")
    held.presses(held.anne, "Skriv", held.room)
    held.slack.fill(held.anne, {"passage_1": "PLO spurgte, og KL svarede."})
    assert held.slack.submit(held.anne).errors == {}
    held.settle()
    held.slack.fill(held.anne, {"passage_1": "PLO tav.", "passage_2": "KL talte."})
    assert held.slack.submit(held.anne).errors == {}
    told = held.slack.form(held.anne)
    assert "Imens er der gemt: PLO spurgte, og KL svarede." in told.plain
    assert list(told.inputs.values())[:2] == ["PLO tav.", "KL talte."]
    assert held.slack.submit(held.anne).errors == {}
    held.settle()
    assert "PLO tav.\nKL talte." in held.types(held.anne, "referat 2").replace("\n\n", "\n")


def test_the_offer_to_send_the_minutes_says_that_they_were_sent_from_home(held: Office) -> None:
    ended(held)
    held.types(held.anne, "referat send")
    held.presses(held.karen, "Godkend udsendelse")
    home(held, held.anne)
    presses(held, held.anne, "Send referatet ud")
    chat = held.slack.history(held.anne)[-1]
    assert chat.plain.startswith("Referatet af mødet onsdag den 18. juni 2025 er sendt ud")
    assert chat.buttons == []


def test_minutes_stand_in_the_channel_after_the_chairs_yes_with_the_whole_in_the_thread(held: Office) -> None:
    ended(held)
    held.types(held.anne, "referat 2")
    written(held, passage_1="PLO spurgte til tidsplanen.\n\n- MedCom svarede.")
    posted(held)
    summary = held.slack.history(held.room)[-1]
    assert summary.plain.startswith(
        "Referat af styregruppemøde for Digital Almen Praksis, onsdag den 18. juni 2025 kl. 13.00-15.00"
    )
    assert "Punkt 2, Forretningsmålbillede, blev ikke nået." in summary.plain
    thread = held.slack.thread(summary)
    assert "PLO spurgte til tidsplanen." in thread[1].plain
    (file,) = thread[-1].files
    assert file.name == "referat-2025-06-18.md"
    assert "PLO spurgte" in held.types(held.bo, "referat 2")

    read = text.read(text.decode(file.data), file.name)
    assert read.kind == "minutes"
    assert read.agenda.meeting.date == JUNE.meeting.date
    told = [(each.number, each.title, each.kinds, each.presenters) for each in read.agenda.walk()]
    assert told == [(each.number, each.title, each.kinds, each.presenters) for each in JUNE.walk()]
    assert read.agenda.items[1].recommendations == JUNE.items[1].recommendations


def test_lines_and_lists_stand_in_the_file_as_they_were_written(held: Office) -> None:
    ended(held)
    held.types(held.anne, "referat 2")
    written(held, passage_1="732.580 kr.\n- KL ønskede en note\n- PLO var enig\nTre ser på det\n1. KL\n2. PLO\n\nTak.")
    posted(held)
    summary = held.slack.history(held.room)[-1]
    thread = held.slack.thread(summary)
    (file,) = thread[-1].files
    told = file.data.decode()
    assert "732.580 kr.\n\n- KL ønskede en note\n- PLO var enig\n\nTre ser på det\n\n1. KL\n2. PLO\n\nTak." in told
    assert "732.580 kr.\n• KL ønskede en note" in thread[1].plain
    (section,) = (each for each in text.read(told).agenda.items[1].sections if each.heading == "Referat")
    assert [(each.style, each.text) for each in section.blocks] == [
        ("text", "732.580 kr."), ("bullet", "KL ønskede en note"), ("bullet", "PLO var enig"),
        ("text", "Tre ser på det"), ("number", "KL"), ("number", "PLO"), ("text", "Tak."),
    ]  # fmt: skip


def test_minutes_are_frozen_once_approved_and_corrected_in_a_new_version(held: Office) -> None:
    held.types(held.anne, "møde start")
    held.types(held.anne, "møde slut")
    assert "Referatet er ikke sendt ud endnu." in held.types(held.anne, "referat godkend")
    posted(held)
    assert "Der mangler en beslutning om indstillinger i punkt 2." in held.types(held.anne, "referat godkend")
    held.types(held.anne, "møde slut")
    held.presses(held.anne, "Ikke nået")
    assert "Referatet er ikke sendt ud endnu." in held.types(held.karen, "referat godkend")
    posted(held)
    assert "er godkendt (version 2)" in approved(held, held.karen)
    assert "Referatet er godkendt og kan ikke ændres." in held.types(held.anne, "referat godkend")

    held.slack.command(held.anne, held.room, "/dap referat ret")
    held.slack.fill(held.anne, {"reason": "Et navn var stavet forkert."})
    assert held.slack.submit(held.anne).errors == {}
    held.settle()
    assert "version 3 · udkast" in held.slack.whispers(held.anne, held.room)[-1].plain
    posted(held)
    assert "Rettet: Et navn var stavet forkert." in held.slack.history(held.room)[-1].plain


def test_a_change_after_the_chairs_yes_needs_a_new_one(held: Office) -> None:
    ended(held)
    held.types(held.anne, "referat send")
    held.presses(held.karen, "Godkend udsendelse")
    held.types(held.anne, "referat 2")
    written(held, passage_1="KL bemærkede noget.")
    held.presses(held.anne, "Send referatet ud", held.anne)
    assert "version 2" in held.slack.whispers(held.anne, held.anne)[-1].plain
    assert len(held.slack.history(held.room)) == 1


def test_while_a_new_version_is_written_members_read_the_one_that_was_posted(held: Office) -> None:
    ended(held)
    held.types(held.anne, "referat 2")
    written(held, passage_1="PLO spurgte til tidsplanen.")
    posted(held)
    held.types(held.anne, "referat 2")
    written(held, passage_1="PLO spurgte til pengene.")
    assert "version 2 · udkast" in held.types(held.anne, "referat")
    known = held.types(held.bo, "referat")
    assert "onsdag den 18. juni 2025 kl. 13.00-15.00" in known
    assert "version 1 · sendt ud" in known
    assert "Punkt 2, Forretningsmålbillede, blev ikke nået." in known
    assert "Næste møde er mandag den 6. oktober 2025" in known
    assert "PLO spurgte til tidsplanen." in held.types(held.bo, "referat 2")
    assert "pengene" not in held.types(held.bo, "referat 2")
    posted(held)
    assert "PLO spurgte til pengene." in held.types(held.bo, "referat 2")


def test_what_was_agreed_to_be_done_stands_in_the_minutes(held: Office) -> None:
    held.types(held.anne, "møde start")
    held.types(held.anne, f"opgave Skriv til PLO senest 1. august <@{held.bo.id}>")
    held.types(held.anne, "møde slut")
    held.presses(held.anne, "Ikke nået")
    posted(held)
    summary = held.slack.history(held.room)[-1]
    assert "Skriv til PLO (ansvarlig: Bo Lind, frist: " in summary.plain
    (file,) = held.slack.thread(summary)[-1].files
    assert "- Skriv til PLO (ansvarlig: Bo Lind, frist: " in file.data.decode()


def test_the_minutes_of_an_english_group_are_english_throughout_and_read_back_the_same(held: Office) -> None:
    with held.program.storage.transaction() as session:
        session.get_one(Group, 1).language = "en"
    held.types(held.anne, "meeting start")
    held.types(held.anne, "minutes 2")
    held.presses(held.anne, "Write", held.room)
    held.slack.fill(held.anne, {"passage_1": "PLO asked about the schedule."})
    assert held.slack.submit(held.anne).errors == {}
    held.settle()
    held.types(held.anne, "minutes send")
    held.presses(held.anne, "Send to the chair", held.room)
    held.presses(held.karen, "Approve sending")
    held.presses(held.anne, "Send the minutes", held.anne)
    (file,) = held.slack.thread(held.slack.history(held.room)[-1])[-1].files
    assert "### Minutes\n\nPLO asked about the schedule." in file.data.decode()
    assert "Referat" not in file.data.decode()
    sections = text.read(text.decode(file.data), file.name).agenda.items[1].sections
    assert sections[0] == Section("Minutes", (Block("text", "PLO asked about the schedule."),))
