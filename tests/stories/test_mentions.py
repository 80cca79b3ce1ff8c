"""Who and what is mentioned in words that are kept: they read as they were typed, and nobody is called."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.history import Change
from tests.office import Office
from tests.stories.test_proposals import filled, june, last
from tests.stories.test_questions import mentions

__all__ = ["june"]
ADDRESS = "https://example.dk/plan?a=1"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("Møde med <@{bo}|bo.lind> (B)", "Møde med Bo Lind (B)", id="en deltager"),
        pytest.param("Møde med <@{mads}> og <@{bo}>", "Møde med Mads Juhl og Bo Lind", id="en ingen har spurgt om"),
        pytest.param("Fra <#{room}|styregruppen>", "Fra #styregruppen", id="en kanal"),
        pytest.param("Fra <#{room}|>", "Fra #kanal", id="en kanal uden navn"),
        pytest.param(f"Planen på <{ADDRESS}>", f"Planen på {ADDRESS}", id="en adresse"),
        pytest.param("Planen på <https://example.dk|example.dk>", "Planen på example.dk", id="en adresse som skrevet"),
        pytest.param(f"Se <{ADDRESS}|planen> nu", f"Se planen ({ADDRESS}) nu", id="en adresse under ord"),
        pytest.param("Skriv til <mailto:a@example.dk|a@example.dk>", "Skriv til a@example.dk", id="en e-mail"),
        pytest.param("Er 3 < 4 og <@ ingen>?", "Er 3 < 4 og <@ ingen>?", id="intet af det"),
    ],
)
def test_a_title_that_is_typed_reads_as_it_was_typed(june: Office, typed: str, kept: str) -> None:
    line = typed.format(bo=june.bo.id, mads=june.mads.id, room=june.room.id)
    june.types(june.anne, f"foreslå {line}")
    assert kept in june.types(june.anne, "dagsorden forslag")
    june.presses(june.anne, "Sæt på dagsordenen")
    assert f"4. {kept}" in june.types(june.anne, "dagsorden")
    assert [each.plain for each in june.slack.whispers(june.anne, june.room) if each.pings] == []


def test_a_question_and_a_task_read_as_they_were_typed(june: Office) -> None:
    june.types(june.bo, f"budget spørg hvad har <@{june.mads.id}|mads> fået penge til i <#{june.room.id}|kanalen>?")
    assert "hvad har Mads Juhl fået penge til i #kanalen?" in last(june, june.anne)
    mentions(june, june.bo, "hvad har @Mads Juhl brugt af pengene?")
    assert "hvad har Mads Juhl brugt af pengene?" in last(june, june.anne)
    with june.program.storage.reading() as reader:
        noted = reader.scalars(select(Change.after).where(Change.group_id == 1, Change.what == "question asked")).all()
    assert all("<" not in str(each) for each in noted)

    said = june.types(
        june.anne, f"opgave Send <{ADDRESS}> til <@{june.mads.id}> fra <#{june.room.id}|dap> <@{june.bo.id}>"
    )
    assert f"Send {ADDRESS} til Mads Juhl fra #dap\nAnsvarlig: Bo Lind" in said


def test_a_message_that_is_proposed_has_the_names_in_its_form(june: Office) -> None:
    said = june.slack.say(june.bo, june.room, "Hvad mener @Anne Holm om #styregruppen?\nOg @Mads Juhl & de andre")
    june.slack.use_shortcut(june.karen, said, "Foreslå til dagsordenen")
    assert filled(june, june.karen).errors == {}
    laid = last(june, june.anne)
    assert "Hvad mener Anne Holm om #kanal?" in laid
    assert "Og @ukendt & de andre" in laid


def test_an_item_is_sought_by_the_name_of_somebody_mentioned(june: Office) -> None:
    june.types(june.anne, f"foreslå Oplæg ved <@{june.bo.id}>")
    june.presses(june.anne, "Sæt på dagsordenen")
    assert june.types(june.karen, f"dagsorden <@{june.bo.id}>").startswith("4. Oplæg ved Bo Lind")
