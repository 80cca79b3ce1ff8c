"""Recommendations in the ways they are led into; what seems to be one and can't be read is asked about."""

from __future__ import annotations

import pytest

from bot.agenda import Recommendation
from bot.reading import Reading
from bot.reading.text import read
from tests.bot.read_by import item

POINTS = "- godkender budgettet\n- drøfter planen for 2026\n- tager status til efterretning"
READ = (
    Recommendation("godkender budgettet", "godkender"),
    Recommendation("drøfter planen for 2026", "drøfter"),
    Recommendation("tager status til efterretning", "tager til efterretning"),
)


def agenda(text: str) -> Reading:
    return read(
        "# Dagsorden til styregruppemøde for Prøven\n\nOnsdag den 18. juni 2025 kl. 13.00-14.00\n\n"
        f"1. Velkomst (O) (5 min.)\n\n2. Budget 2026 (B) (20 min.)\nBilag 2.1 Budget\n\n{text}\n\n3. Eventuelt\n"
    )


@pytest.mark.parametrize(
    "lead",
    [
        "Det indstilles, at styregruppen:",
        "Det indstilles, at styregruppen",
        "Det indstilles, at styregruppen\n",
        "Det indstilles at styregruppen",
        "Det indstilles til styregruppen",
        "Sekretariatet indstiller, at styregruppen",
        "Styregruppen indstilles til at",
        "Styregruppen indstilles til",
        "Indstilling",
        "Indstilling:\nDet indstilles, at styregruppen",
    ],
)
@pytest.mark.parametrize("mark", ["- ", "", "• "], ids=["streger", "bare linjer", "punkter"])
def test_a_list_is_read_as_what_is_recommended_however_it_is_led_into(lead: str, mark: str) -> None:
    reading = agenda(f"{lead}\n{POINTS.replace('- ', mark)}")
    assert item(reading, "2").recommendations == READ
    assert reading.doubts == ()


def test_a_dash_within_a_sentence_begins_no_list() -> None:
    reading = agenda("Styregruppen så på budgettet i maj\n- for første gang i år.")
    assert item(reading, "2").recommendations == ()
