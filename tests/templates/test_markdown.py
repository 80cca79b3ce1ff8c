"""Minutes as Markdown, read back: what people wrote is text again, whatever it looks like."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.agenda import Agenda, Block, Item, Kinds, Section
from bot.groups import Group
from bot.meetings import Meeting
from bot.minutes import Minutes
from bot.reading.text import read
from templates import Voice
from templates.papers import markdown

GROUP = Group(1, "C1", "Fælles Journal")
MEETING = Meeting(date=dt.date(2025, 6, 18), start=dt.time(13), end=dt.time(15), place="PLO")


def round_trip(*blocks: Block) -> Item:
    """The item under which this was written, written into a file and read back."""
    item = Item("2", "Ny *aftale* & [bilag]", kinds=Kinds("D"), sections=(Section("Referat", blocks),))
    told = Minutes(Agenda(MEETING, items=(Item("1", "Meddelelser"), item, Item("3", "Eventuelt"))), "posted")
    agenda = read(markdown.minutes(told, (), GROUP, Voice("da")), "referat.md").agenda
    assert [(each.number, each.title) for each in agenda.walk()] == [
        (each.number, each.title) for each in told.agenda.items
    ]
    return agenda.items[1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## 5. Falsk overskrift, som ingen skal tro på.", id="en overskrift"),
        pytest.param("5. Falsk punkt (B)", id="et punkt"),
        pytest.param("Beslutning", id="et kendt ord"),
        pytest.param("Indstilling: Det indstilles, at styregruppen godkender alt.", id="en indstilling"),
        pytest.param("Bilag 9.1 Et bilag", id="et bilag"),
        pytest.param("a) Et bogstav.", id="et bogstav"),
        pytest.param("Styregruppen godkendte alt.", id="en beslutning"),
        pytest.param("**Fed** og _kursiv_, `kode`, [et link](http://x) og <b>.", id="mærker midt i"),
        pytest.param("> Et citat, og C:\\# en sti.", id="et citat og en skråstreg"),
        pytest.param("---", id="en streg"),
        pytest.param("Side 3", id="et sidetal"),
        pytest.param("| a | b |", id="en tabel"),
        pytest.param("&amp; og &#65; som skrevet.", id="et tegns nummer"),
        pytest.param("og PLO svarede.", id="med småt"),
    ],
)
def test_what_was_written_is_read_back_as_text(text: str) -> None:
    before, after = Block("text", "PLO spurgte til tidsplanen."), Block("text", "KL svarede.")
    for blocks in ((before, Block("text", text), after), (before, Block("text", text))):
        item = round_trip(*blocks)
        assert item.sections == (Section("Referat", blocks),)
        assert (item.decisions, item.recommendations, item.appendices) == ((), (), ())


def test_marks_in_a_point_of_a_list_are_its_words() -> None:
    points = tuple(Block("bullet", each) for each in ("# et", "- to", "1. tre", "**fire**"))
    assert round_trip(*points).sections == (Section("Referat", points),)


def test_plain_words_are_written_as_they_are() -> None:
    told = Minutes(Agenda(MEETING, items=(Item("1", "Meddelelser", sections=(Section("Referat", (
        Block("text", "PLO spurgte, og KL svarede: Det går godt."), Block("text", "Det koster 1.000 kr. (10 %)."),
    )),)),)), "posted")  # fmt: skip
    written = markdown.minutes(told, ("Skriv til PLO (frist: 1. juni)",), GROUP, Voice("da"))
    assert "PLO spurgte, og KL svarede: Det går godt.\n\nDet koster 1.000 kr. (10 %)." in written
    assert "- Skriv til PLO (frist: 1. juni)" in written
    assert "&#" not in written
    assert "\\" not in written
