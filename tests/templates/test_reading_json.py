"""What was read, as JSON: kroner, Danish outcomes, ISO dates."""

from __future__ import annotations

import json

from bot.reading.text import read
from templates.papers.reading import as_json

MINUTES = """
Referat af møde i Styregruppen, onsdag den 14. januar 2026 kl. 13.00-15.00, Rådhuset

1 Meddelelser (5 min.) (O)

Referat

Nyt fra huset (HH/PP)

Der er kommet nye stole.

2 Økonomi (B)

Bilag 2.1 Status

Projekt Budget 2026 (31/1) Forbrug 28/2 Rest 28/2
Stole 1.000,50 kr. 0 kr. 1.000,50 kr.
Udisponerede midler -500 kr.
Total 500,50 kr. 0 kr. 500,50 kr.

Indstilling

Det indstilles, at styregruppen

• drøfter og godkender budgettet for stolene
• tager orienteringen om bordene til efterretning, jf. bilag 2.2

Styregruppen drøftede og godkendte budgettet for stolene. Styregruppen tog orienteringen om bordene til efterretning,
såfremt kassereren er enig.

3 Eventuelt
"""


def test_a_reading_is_told_in_the_shape_of_the_groups_own_lists() -> None:
    told = json.loads(json.dumps(as_json(read(MINUTES))))
    assert told["kind"] == "referat"
    assert told["meeting"] == {
        "title": "Referat af møde i Styregruppen",
        "weekday": "onsdag",
        "date": "2026-01-14",
        "start": "13:00",
        "end": "15:00",
        "place": "Rådhuset",
    }
    assert told["next_meeting"] is None
    news, economy, _ = told["items"]
    assert news["announcements"] == [{"heading": "Nyt fra huset", "by": ["HH", "PP"]}]
    assert economy["recommendation_lead"] == "Det indstilles, at styregruppen"
    assert [(found["kind"], found["recs"], found.get("condition")) for found in economy["decisions"]] == [
        ("drøftet og godkendt", [1], None),
        ("taget til efterretning (betinget)", [2], "såfremt kassereren er enig"),
    ]


def test_money_is_told_in_kroner_and_a_blank_cell_as_null() -> None:
    (budget,) = as_json(read(MINUTES))["budgets"]
    assert (budget["name"], budget["budget_as_of"], budget["spent_as_of"]) == (
        "Økonomi 2026",
        "2026-01-31",
        "2026-02-28",
    )
    assert budget["lines"] == [["Stole", 1000.5, 0, 1000.5], ["Udisponerede midler", -500, None, None]]
    assert budget["total"] == ["Total", 500.5, 0, 500.5]


def test_a_reference_tells_which_appendix_is_probably_meant() -> None:
    told = as_json(read(MINUTES))
    assert told["references"]["bilag_mentions"] == [{"no": "2.2", "item": "2", "listed": False, "probably": "2.1"}]
    assert told["doubts"] == [{"key": "appendix_likely", "number": "2.2", "item": "2", "likely": "2.1"}]
