"""Drafts of decision sentences: the recommendation's own words, its verb in the past, and the terms."""

from __future__ import annotations

from datetime import date

import pytest

from bot.drafts import Came, Terms, draft


@pytest.mark.parametrize(
    ("came", "terms", "sentence"),
    [
        pytest.param(
            [Came("Godkender, at Del I bliver rammen.", "godkender", ("approved",))],
            Terms(),
            "Styregruppen godkendte, at Del I bliver rammen.",
            id="godkender, at",
        ),
        pytest.param(
            [Came("Tager status for budgettet til efterretning", "tager til efterretning", ("noted",))],
            Terms(),
            "Styregruppen tog status for budgettet til efterretning.",
            id="til efterretning",
        ),
        pytest.param(
            [Came("drøfter og godkender planen,", "drøfter og godkender", ("discussed", "approved"))],
            Terms(),
            "Styregruppen drøftede og godkendte planen.",
            id="to verber",
        ),
        pytest.param(
            [Came("Tager stilling til, om Del II kan begynde", "tager stilling", ("decided",))],
            Terms(),
            "Styregruppen tog stilling til, om Del II kan begynde.",
            id="tager stilling",
        ),
        pytest.param(
            [Came(f"godkender {what}", "godkender", ("approved",)) for what in ("navnet", "formålet")],
            Terms("conditional", "KL"),
            "Styregruppen godkendte navnet og formålet med forbehold for KL.",
            id="samme verbum, med forbehold",
        ),
        pytest.param(
            [Came("godkender budgettet", "godkender", ("approved",))],
            Terms("preliminary", meeting=date(2026, 2, 26)),
            "Styregruppen godkendte budgettet foreløbigt med endelig godkendelse på styregruppemødet"
            " torsdag den 26. februar 2026.",
            id="foreløbigt",
        ),
        pytest.param(
            [Came("drøfter planen", "drøfter", ("referred",))],
            Terms(referred_to="MinLæge-styregruppen"),
            "Styregruppen henviste punktet til MinLæge-styregruppen.",
            id="henvist",
        ),
        pytest.param(
            [Came("drøfter", "drøfter", ("not_reached",))], Terms(), "Styregruppen nåede ikke punktet.", id="ikke nået"
        ),
        pytest.param([], Terms(), "", id="intet"),
    ],
)
def test_a_draft(came: list[Came], terms: Terms, sentence: str) -> None:
    assert draft(came, terms) == sentence


def test_a_draft_in_english() -> None:
    came = [Came("Approves the plan", "approves", ("approved",)), Came("Notes the status", "notes", ("noted",))]
    assert draft(came, Terms(), "en") == "The steering group approved the plan and noted the status."
