"""Invented minutes: what was told, what was decided, and what only looks like an item."""

from __future__ import annotations

from datetime import date
from datetime import time as clock

import pytest

from bot.agenda import Presenter
from bot.reading.text import read
from tests.bot.read_by import item, items

MINUTES = """
Referat af møde i Programudvalget for Digital Post

Dato: 3/4 2025
Tid: kl. 13.00-14.30
Sted: Teams

1. Meddelelser
Intet nyt.

2. Plan for udrulning (D/B) v. Lis Lund, KL og Ib Iversen, Danske Regioner

Baggrund
Planen er lagt i trin:
1. Forberedelse (O)
2. Pilot (D)
3. Fuld drift (B)
4. Evaluering (B)

Økonomi
Der er afsat midler.

Indstilling
Det indstilles, at udvalget drøfter og godkender planen.

Beslutning
Udvalget drøftede planen og godkendte den med forbehold for baglandet. Sekretariatet skriver ud til parterne.

3. Fælles it-
drift (D)
Drøftelse
It-drift er dyrt, siger Kommu-
nerne, der ellers holder af it-
projekter.
Udvalget udsatte punktet til næste møde.

4. Eventuelt
Punktet nåede udvalget ikke.
"""


class TestMinutes:
    reading = read(MINUTES)

    def test_they_are_minutes(self) -> None:
        meeting = self.reading.agenda.meeting
        assert self.reading.kind == "minutes"
        assert (meeting.date, meeting.weekday, meeting.start, meeting.place) == (
            date(2025, 4, 3),
            None,
            clock(13),
            "Teams",
        )

    def test_a_numbered_list_with_kinds_of_its_own_makes_no_items(self) -> None:
        assert items(self.reading) == [
            ("1", "Meddelelser"),
            ("2", "Plan for udrulning"),
            ("3", "Fælles it-drift"),
            ("4", "Eventuelt"),
        ]
        background = item(self.reading, "2").sections[0]
        assert [block.text for block in background.blocks][1:3] == ["Forberedelse (O)", "Pilot (D)"]

    def test_two_presenters_of_two_organisations(self) -> None:
        assert item(self.reading, "2").presenters == (
            Presenter("Lis Lund", "KL"),
            Presenter("Ib Iversen", "Danske Regioner"),
        )

    def test_a_decision_keeps_its_condition_and_what_explains_it(self) -> None:
        (decision,) = item(self.reading, "2").decisions
        assert decision.outcomes == ("discussed", "approved")
        assert decision.answers == (1,)
        assert decision.condition == "med forbehold for baglandet"
        assert decision.text.endswith("Sekretariatet skriver ud til parterne.")

    def test_the_last_words_of_the_minutes_decide(self) -> None:
        item_3 = item(self.reading, "3")
        assert [decision.outcomes for decision in item_3.decisions] == [("postponed",)]
        assert (
            item_3.sections[0].blocks[0].text
            == "It-drift er dyrt, siger Kommunerne, der ellers holder af it-projekter."
        )


@pytest.mark.parametrize(
    ("sentence", "outcomes"),
    [
        ("Styregruppen godkendte, at projektet udskydes til 2027.", ("approved",)),
        ("Det blev besluttet, at punktet udsættes.", ("postponed",)),
        ("Styregruppen drøftede det godkendte budget.", ("discussed",)),
        ("Styregruppen tog orienteringen til efterretning og besluttede at fortsætte.", ("noted", "decided")),
        ("Sagen henvises til forretningsudvalget.", ("referred",)),
        ("Styregruppen tog stilling til forslaget.", ("decided",)),
        ("Styregruppen nåede ikke punktet.", ("not_reached",)),
    ],
)
def test_a_decision_did_what_its_main_verb_says(sentence: str, outcomes: tuple[str, ...]) -> None:
    reading = read(
        "1. Projekt (B)\nIndstilling\nDet indstilles, at styregruppen godkender projektet.\n\n"
        f"{sentence}\n\n2. Eventuelt\n"
    )
    (decision,) = item(reading, "1").decisions
    assert (decision.text, decision.outcomes) == (sentence, outcomes)
