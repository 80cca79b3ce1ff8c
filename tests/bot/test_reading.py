"""Invented agendas of all sorts: numbers, lists and lines that could be read in more than one way."""

from __future__ import annotations

import pytest

from bot.agenda import Presenter
from bot.reading.text import read
from bot.reading.wraps import Vocabulary
from tests.bot.read_by import item, items, keys


def test_a_list_alone_is_an_agenda_with_sub_items_by_letter_and_by_figure() -> None:
    reading = read(
        "Dagsorden\n\n1. Budget (B)\na. Regnskab 2024 (O)\nb. Budget 2025 (B)\n2. Valg\n2.1 Formand (B)\n"
        "2.2 Næstformand (B)\n3. Eventuelt og næste møde\n"
    )
    assert items(reading) == [
        ("1", "Budget"),
        ("a", "Regnskab 2024"),
        ("b", "Budget 2025"),
        ("2", "Valg"),
        ("2.1", "Formand"),
        ("2.2", "Næstformand"),
        ("3", "Eventuelt og næste møde"),
    ]
    assert reading.agenda.contents == ()
    assert reading.agenda.meeting.date is None
    assert reading.doubts == ()


OTHER_WAYS = """
Dagsorden til møde i Arbejdsgruppen
den 5. maj 2025

Punkt 1: Velkomst
Punkt 2: Statusrunde (15 min.) (O)
Bilag 2: Status for alle spor
Resume: Alt går efter planen.
Indstilling: Det indstilles, at gruppen tager status til efterretning.
Punkt 3: Temadag (til drøftelse)
Videre proces:
1. Oplæg fra leverandører (30 min.)
2. Opsamling (15 min.)
3. Afslutning (O)
Ny overskrift
Med en tekst under.
Punkt 4: Eventuelt
"""


def test_other_ways_to_number_and_to_head() -> None:
    reading = read(OTHER_WAYS)
    assert items(reading) == [
        ("1", "Velkomst"),
        ("2", "Statusrunde"),
        ("3", "Temadag"),
        ("4", "Eventuelt"),
    ]
    status, theme = item(reading, "2"), item(reading, "3")
    assert [section.heading for section in status.sections] == ["Resume", "Indstilling"]
    assert [asked.verb for asked in status.recommendations] == ["tager til efterretning"]
    assert str(theme.kinds) == "D"
    assert [block.style for block in theme.sections[0].blocks] == ["number", "number", "number", "heading", "text"]


def test_list_and_items_are_matched_by_title_never_by_number() -> None:
    reading = read(
        "Dagsorden\n1. Meddelelser\n2. Status for økonomien (O)\n3. Strategi for data (D)\n4. Eventuelt\n\n"
        "1. Meddelelser\nIntet.\n\n3. Strategi for data i kommunerne (D)\nResumé\nKort.\n\n"
        "4. Økonomi\nResumé\nGodt.\n\n5. Eventuelt\nIntet.\n"
    )
    assert [(found.number, found.listed_as) for found in reading.agenda.items] == [
        ("1", "1"),
        ("3", "3"),
        ("4", "2"),
        ("5", "4"),
    ]
    assert [(doubt.key, doubt.values) for doubt in reading.doubts] == [
        ("numbering", {"listed": ["2", "4"], "printed": ["4", "5"], "missing": ["2"]}),
        ("listed_otherwise", {"items": ["2 (O)"]}),
    ]


def test_an_item_that_stands_in_one_place_only_is_asked_about() -> None:
    reading = read(
        "1. Meddelelser\n2. Persondata (D)\n3. Eventuelt\n\nDagsorden:\n\n1. Meddelelser\nIntet.\n\n"
        "2. Vaccination (B)\nResumé\nKort.\n\n3. Eventuelt\n"
    )
    assert keys(reading) == ["item_missing", "item_unlisted"]


def test_a_list_whose_first_lines_are_cut_off() -> None:
    reading = read(
        "2. Økonomi (10 min.)\n3. Eventuelt (5 min.)\n\nReferat:\n\n1 Meddelelser (5 min.) (O)\n\nIntet.\n\n"
        "2 Økonomi (10 min.) (O)\n\nReferat\n\nGennemgået.\n\n3 Eventuelt\n\nIntet.\n"
    )
    assert items(reading) == [("1", "Meddelelser"), ("2", "Økonomi"), ("3", "Eventuelt")]
    assert keys(reading) == ["start_missing"]
    assert reading.agenda.meeting.title is None


WRAPPED = """
Dagsorden for møde i styregruppen

1. Projekt om it-
projekter og videokonsul‐
tationer i almen prak­
sis (10 min.)
(O) v. projektleder Hanne Holm, Region Syd

Der er mange it-projekter, og de bliver


Side 3

flere endnu, for der er plads til dem
allesammen.

2. Eventuelt
"""


def test_a_heading_over_several_lines_and_page_noise_in_a_sentence() -> None:
    reading = read(WRAPPED)
    project = item(reading, "1")
    assert project.title == "Projekt om it-projekter og videokonsultationer i almen praksis"
    assert (project.duration, str(project.kinds)) == (10, "O")
    assert project.presenters == (Presenter("Hanne Holm", "Region Syd", role="projektleder"),)
    assert [block.text for block in project.sections[0].blocks] == [
        "Der er mange it-projekter, og de bliver flere endnu, for der er plads til dem allesammen."
    ]


SENTENCE = (
    "Styregruppen har længe ønsket sig et samlet overblik over de mange projekter som kører på tværs af de fem "
    "regioner og alle kommuner i landet og som hver for sig er små men som tilsammen er store"
)


def test_an_empty_line_is_layout_where_every_line_has_one() -> None:
    words = SENTENCE.split()
    wrapped = [" ".join(words[place : place + 8]) for place in range(0, len(words), 8)]
    tight = "\n".join(["1. Overblik (O)", "", *wrapped, "", "Og mere er der ikke at sige."])
    spaced = "\n\n".join(["1. Overblik (O)", "", *wrapped, "", "Og mere er der ikke at sige."])
    for text in (tight, spaced):
        blocks = item(read(text), "1").sections[0].blocks
        assert [block.text for block in blocks] == [SENTENCE, "Og mere er der ikke at sige."]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        pytest.param("videokonsul-", "tationer", "videokonsultationer", id="wrapped"),
        pytest.param("mange it-", "projekter", "mange it-projekter", id="the document has it-løsninger"),
        pytest.param("Med-", "Com", "MedCom", id="the document has MedCom"),
        pytest.param("Lars Bruun-", "Hansen", "Lars Bruun-Hansen", id="a name"),
        pytest.param("DAP-", "gruppen", "DAP-gruppen", id="an abbreviation"),
        pytest.param("Indenrigs-", "og Sundhedsministeriet", "Indenrigs- og Sundhedsministeriet", id="shared ending"),
        pytest.param("prak\u00ad", "sis", "praksis", id="soft hyphen"),
        pytest.param("prak\ufffe", "sis", "praksis", id="what is left of one"),
        pytest.param("almen", "praksis", "almen praksis", id="no hyphen"),
    ],
)
def test_the_documents_own_words_decide_a_hyphen(above: str, below: str, joined: str) -> None:
    assert Vocabulary(["it-løsninger fra MedCom"]).joined(above, below) == joined
