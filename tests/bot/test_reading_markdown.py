"""An invented agenda in Markdown, and the demo's own."""

from __future__ import annotations

from datetime import date
from datetime import time as clock
from pathlib import Path

from bot.agenda import Appendix, Presenter
from bot.reading.text import decode, read
from tests.bot.read_by import item, keys

DEMO = Path(__file__).parents[1] / "slack" / "dagsorden-juni-2025.md"

MARKDOWN = """
# Dagsorden for møde i Styregruppen for Fælles Journal

**Dato:** Torsdag den 12. marts 2026 kl. 9.30-11.30
**Sted:** Rådhuset, lokale 214

## Dagsorden

1. Velkomst og godkendelse af dagsorden (5 min.)
2. Ny leverandøraftale (B) (20 min.) v. Hanne Holm/Per Poulsen, Region Nord
3. Økonomi 2026 (O/B?), 15 min.
4. Eventuelt

## 1. Velkomst og godkendelse af dagsorden (5 min.)

Formanden byder velkommen.

## 2. Ny leverandøraftale (B) (20 min.) v. Hanne Holm/Per Poulsen, Region Nord

- Bilag 2.1: Udkast til aftale
- Bilag 2.2: Høringssvar

### Indstilling

Sekretariatet indstiller, at styregruppen

- godkender aftalen fra 1. april 2026
- tager orienteringen om høringssvarene til efterretning
- beslutter følgende:
  - pris
  - løbetid

### Baggrund

Den gamle aftale udløber, jf. bilag 2.2 og bilag 9.

### Jura

Kammeradvokaten har set på den.

#### Ansvar

Ingen har indvendinger.

## 3. Økonomi 2026 (O/B?), 15 min.

### Resumé

| Projekt | Budget 2026 | Forbrug pr. 28/2 | Rest | Prognose |
|---|---:|---:|---:|---:|
| Journal | 2.000.000 kr. | 250.000 kr. | 1.750.000 kr. | |
| Drift | 1,5 mio. kr. | 0 kr. | 1,5 mio. kr. | |
| Ufordelt | −100.000 kr. | | | |
| I alt | 3.400.000 kr. | 250.000 kr. | 3.150.000 kr. | |

### Indstilling

Det indstilles, at styregruppen 1) drøfter økonomien, og 2) tager status til efterretning.

## 4. Eventuelt

Næste møde holdes tirsdag den 2. juni på Hotel Strand.
"""


class TestMarkdown:
    reading = read(MARKDOWN, "marts.md")

    def test_the_meeting_stands_at_the_top(self) -> None:
        meeting = self.reading.agenda.meeting
        assert meeting.title == "Dagsorden for møde i Styregruppen for Fælles Journal"
        assert (meeting.date, meeting.weekday) == (date(2026, 3, 12), "Torsdag")
        assert (meeting.start, meeting.end, meeting.place) == (clock(9, 30), clock(11, 30), "Rådhuset, lokale 214")

    def test_the_next_one_at_the_end_with_its_year_inferred(self) -> None:
        coming = self.reading.agenda.next_meeting
        assert coming is not None
        assert (coming.date, coming.year_inferred, coming.place) == (date(2026, 6, 2), True, "Hotel Strand")

    def test_the_list_is_not_taken_for_the_items(self) -> None:
        assert [heading.number for heading in self.reading.agenda.contents] == ["1", "2", "3", "4"]
        assert [found.listed_as for found in self.reading.agenda.items] == ["1", "2", "3", "4"]

    def test_a_heading_is_taken_apart(self) -> None:
        contract = item(self.reading, "2")
        assert (contract.title, str(contract.kinds), contract.duration) == ("Ny leverandøraftale", "B", 20)
        assert contract.presenters == (
            Presenter("Hanne Holm", "Region Nord"),
            Presenter("Per Poulsen", "Region Nord"),
        )
        assert str(item(self.reading, "3").kinds) == "O/B?"
        assert item(self.reading, "3").duration == 15

    def test_appendices_and_unknown_headings_survive(self) -> None:
        contract = item(self.reading, "2")
        assert contract.appendices == (Appendix("2.1", "Udkast til aftale"), Appendix("2.2", "Høringssvar"))
        assert [section.heading for section in contract.sections] == ["Indstilling", "Baggrund", "Jura"]
        assert [block.style for block in contract.sections[2].blocks] == ["text", "heading", "text"]

    def test_recommendations_by_bullet_and_by_figure(self) -> None:
        contract, economy = item(self.reading, "2"), item(self.reading, "3")
        assert [asked.verb for asked in contract.recommendations] == [
            "godkender",
            "tager til efterretning",
            "beslutter",
        ]
        assert contract.recommendations[2].text == "beslutter følgende:\n• pris\n• løbetid"
        assert [asked.text for asked in economy.recommendations] == [
            "drøfter økonomien",
            "tager status til efterretning.",
        ]

    def test_the_budget_cell_by_cell(self) -> None:
        (budget,) = self.reading.budgets
        assert (budget.name, budget.item) == ("Økonomi 2026", "3")
        assert (budget.budget_as_of, budget.spent_as_of) == (None, date(2026, 2, 28))
        assert budget.year_inferred
        assert [(line.budget, line.spent, line.rest, line.unallocated) for line in budget.lines] == [
            (200_000_000, 25_000_000, 175_000_000, False),
            (150_000_000, 0, 150_000_000, False),
            (-10_000_000, None, None, True),
        ]
        assert budget.total is not None
        assert budget.total.budget == 340_000_000

    def test_the_doubts_are_those_a_reader_has(self) -> None:
        assert [(doubt.key, doubt.values) for doubt in self.reading.doubts] == [
            ("appendix_unknown", {"number": "9", "item": "2"}),
            ("budget_column", {"budget": "Økonomi 2026", "column": "Prognose"}),
        ]


def test_the_demo_agenda_shows_what_the_bot_notices() -> None:
    reading = read(decode(DEMO.read_bytes()), DEMO.name)
    assert [found.number for found in reading.agenda.items] == ["1", "2", "3", "5", "6"]
    assert sum(len(found.recommendations) for found in reading.agenda.walk()) == 5
    assert keys(reading) == ["numbering", "listed_otherwise", "appendix_likely", "two_verbs"]
    assert len(reading.budgets[0].lines) == 10
