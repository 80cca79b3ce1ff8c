"""Drafts of decision sentences: the group's own words with their verbs in the past, and nothing nobody told."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.decisions import Outcome
from bot.drafts import Came, Terms, draft
from bot.groups import Language
from bot.reading import verbs
from tests.drafts import against_the_minutes
from tests.truth import need_the_documents

FEBRUARY = dt.date(2026, 2, 26)


def came(*texts: str, **outcomes: tuple[Outcome, ...]) -> list[Came]:
    """Recommendations that were followed, or of which something else came: `first` and `second`."""
    names = ("first", "second", "third")
    asked = [(text, verbs.asked(text)) for text in texts]
    return [
        Came(text, verb, outcomes.get(name, verbs.asked_outcomes(verb)))
        for name, (text, verb) in zip(names, asked, strict=False)
    ]


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        pytest.param(["Godkender budgettet."], "Styregruppen godkendte budgettet.", id="godkender"),
        pytest.param(["drøfter målbilledet,"], "Styregruppen drøftede målbilledet.", id="drøfter"),
        pytest.param(
            ["drøfter og godkender planen"], "Styregruppen drøftede og godkendte planen.", id="to verber, ét objekt"
        ),
        pytest.param(
            ["beslutter, at KL laver et udkast"], "Styregruppen besluttede, at KL laver et udkast.", id="beslutter, at"
        ),
        pytest.param(
            ["tager status til efterretning"], "Styregruppen tog status til efterretning.", id="til efterretning"
        ),
        pytest.param(
            ["tager stilling til placeringen"], "Styregruppen tog stilling til placeringen.", id="tager stilling"
        ),
        pytest.param(["udpeger en formand"], "Styregruppen udpegede en formand.", id="gruppens eget verbum"),
        pytest.param(
            ["godkender planen", "godkender, at KL begynder"],
            "Styregruppen godkendte planen og at KL begynder.",
            id="samme verbum, to objekter",
        ),
        pytest.param(
            ["godkender, at KL begynder", "drøfter økonomien"],
            "Styregruppen godkendte, at KL begynder, og drøftede økonomien.",
            id="komma efter en ledsætning",
        ),
        pytest.param(
            ["tager orienteringen om drift til efterretning", "tager orienteringen om test til efterretning"],
            "Styregruppen tog orienteringerne om drift og om test til efterretning.",
            id="to orienteringer",
        ),
        pytest.param(
            ["drøfter planen", "godkender budgettet", "beslutter, at KL begynder"],
            "Styregruppen drøftede planen, godkendte budgettet og besluttede, at KL begynder.",
            id="tre",
        ),
        pytest.param(["Det er godt, at godkende, at"], "", id="en indstilling uden verbum giver intet"),
    ],
)
def test_a_sentence_from_what_was_recommended(texts: list[str], sentence: str) -> None:
    assert draft(came(*texts), Terms()) == sentence


@pytest.mark.parametrize(
    ("text", "outcomes", "sentence"),
    [
        pytest.param(
            "drøfter, om planen kan accepteres",
            ("approved",),
            "Styregruppen godkendte planen.",
            id="det, der kunne accepteres",
        ),
        pytest.param(
            "drøfter, om vi er klar",
            ("approved",),
            "Styregruppen drøftede, om vi er klar, og godkendte det.",
            id="et spørgsmål",
        ),
        pytest.param(
            "drøfter planen", ("noted",), "Styregruppen tog planen til efterretning.", id="mindre end bedt om"
        ),
        pytest.param(
            "godkender planen",
            ("approved", "amended"),
            "Styregruppen godkendte planen med ændringer.",
            id="med ændringer",
        ),
        pytest.param("godkender planen", ("not_reached",), "Styregruppen nåede ikke punktet.", id="ikke nået"),
        pytest.param("godkender planen", (), "", id="uden udfald"),
    ],
)
def test_what_came_of_it_wins_over_what_was_asked(text: str, outcomes: tuple[Outcome, ...], sentence: str) -> None:
    assert draft(came(text, first=outcomes), Terms()) == sentence


@pytest.mark.parametrize(
    ("text", "terms", "sentence"),
    [
        pytest.param(
            "godkender planen",
            Terms("conditional", "KL"),
            "Styregruppen godkendte planen med forbehold for godkendelse fra KL.",
            id="KL",
        ),
        pytest.param(
            "godkender planen",
            Terms("conditional", "KL's bestyrelse"),
            "Styregruppen godkendte planen med forbehold for godkendelse i KL's bestyrelse.",
            id="en bestyrelse",
        ),
        pytest.param(
            "godkender, at vi begynder",
            Terms("conditional", "KL"),
            "Styregruppen godkendte, at vi begynder, med forbehold for godkendelse fra KL.",
            id="efter en ledsætning",
        ),
        pytest.param(
            "godkender rapporten og det, den anbefaler",
            Terms("conditional", "KL"),
            "Styregruppen godkendte rapporten og det, den anbefaler, med forbehold for godkendelse fra KL.",
            id="efter en ledsætning til sidst",
        ),
        pytest.param(
            "godkender budgettet",
            Terms("preliminary", meeting=FEBRUARY),
            "Styregruppen godkendte budgettet foreløbigt med endelig godkendelse på styregruppemødet "
            "torsdag den 26. februar 2026.",
            id="foreløbigt",
        ),
        pytest.param(
            "godkender et foreløbigt budget mhp. endelig godkendelse på mødet i februar",
            Terms("preliminary", meeting=FEBRUARY),
            "Styregruppen godkendte et foreløbigt budget med endelig godkendelse på styregruppemødet "
            "torsdag den 26. februar 2026.",
            id="foreløbigt, som der står",
        ),
        pytest.param(
            "godkender et foreløbigt budget mhp. endelig godkendelse på mødet i februar",
            Terms("preliminary"),
            "Styregruppen godkendte et foreløbigt budget med endelig godkendelse på mødet i februar.",
            id="uden et kendt møde",
        ),
        pytest.param(
            "godkender, at vi begynder",
            Terms("preliminary"),
            "Styregruppen godkendte foreløbigt, at vi begynder.",
            id="foreløbigt, at",
        ),
    ],
)
def test_the_terms_are_told(text: str, terms: Terms, sentence: str) -> None:
    assert draft(came(text), terms) == sentence


@pytest.mark.parametrize(
    ("outcome", "terms", "language", "sentence"),
    [
        ("referred", Terms(referred_to="MedCom"), "da", "Styregruppen henviste punktet til MedCom."),
        ("postponed", Terms(), "da", "Styregruppen udsatte punktet."),
        (
            "postponed",
            Terms(meeting=FEBRUARY),
            "en",
            "The item was postponed to the meeting on Thursday 26 February 2026.",
        ),
        ("not_reached", Terms(), "en", "The item was not reached."),
    ],
)
def test_what_stands_alone(outcome: Outcome, terms: Terms, language: Language, sentence: str) -> None:
    assert draft([Came("godkender planen", "godkender", (outcome,))], terms, language) == sentence


@pytest.mark.parametrize(
    ("texts", "outcome", "language", "sentence"),
    [
        pytest.param(
            ["Drøfter og godkender planen."],
            "referred",
            "da",
            "Styregruppen henviste indstillingen om at drøfte og godkende planen til MedCom.",
            id="to verber",
        ),
        pytest.param(
            ["at godkende, at KL begynder"],
            "postponed",
            "da",
            "Styregruppen udsatte indstillingen om at godkende, at KL begynder, til mødet "
            "torsdag den 26. februar 2026.",
            id="en ledsætning",
        ),
        pytest.param(
            ["tager stilling til placeringen", "godkender planen"],
            "not_reached",
            "da",
            "Styregruppen nåede ikke at tage stilling til placeringen og at godkende planen.",
            id="to",
        ),
        pytest.param(
            ["Økonomien er i orden", "godkender planen"],
            "postponed",
            "da",
            "Styregruppen udsatte indstilling 1 og 2 til mødet torsdag den 26. februar 2026.",
            id="uden verbum",
        ),
        pytest.param(
            ["approves the plan", "discusses KL's draft"],
            "not_reached",
            "en",
            "The recommendations to approve the plan and to discuss KL's draft were not reached.",
            id="in English",
        ),
        pytest.param(
            ["approves the plan"],
            "referred",
            "en",
            "The steering group referred the recommendation to approve the plan to MedCom.",
            id="referred",
        ),
    ],
)
def test_some_of_what_was_recommended_is_put_off(
    texts: list[str], outcome: Outcome, language: Language, sentence: str
) -> None:
    asked = [Came(text, verbs.asked(text), (outcome,), place) for place, text in enumerate(texts, 1)]
    terms = Terms(meeting=FEBRUARY, referred_to="MedCom") if outcome != "not_reached" else Terms()
    terms = Terms(referred_to="MedCom") if outcome == "referred" else terms
    assert draft(asked, terms, language, is_whole=False) == sentence


def test_in_english_alike() -> None:
    asked = came("approves the plan", "discusses the budget")
    assert draft(asked, Terms(), "en") == "The steering group approved the plan and discussed the budget."
    assert (
        draft(asked[:1], Terms("conditional", "KL"), "en")
        == "The steering group approved the plan, subject to the approval of KL."
    )


@pytest.mark.seeds
def test_most_of_what_the_group_wrote_itself_stands_in_the_drafts() -> None:
    need_the_documents()
    laid = against_the_minutes()
    assert len(laid) == 12
    assert sum(not each.differs for each in laid) >= 4
    assert sum(each.alike for each in laid if each.draft) / sum(bool(each.draft) for each in laid) > 0.8
