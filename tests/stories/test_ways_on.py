"""What a form lacks is said in its own words, and what no longer applies tells where to see how it stands."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.declared import buttons, forms
from tests.office import Office
from tests.stories.test_forms import STALE, june, sent

__all__ = ["june"]


def test_a_field_that_must_be_filled_in_is_named_where_it_holds_only_spaces(june: Office) -> None:
    june.types(june.bo, "agenda foreslå Nye borde")
    june.types(june.anne, "agenda forslag")
    june.presses(june.anne, "Tages ikke med", june.room)
    assert sent(june, reason="  ").errors == {"Begrundelse": "Feltet skal udfyldes."}
    assert sent(june, reason="Vi har lige købt nye.").errors == {}
    june.settle()
    june.types(june.anne, "opgave Send budgettet")
    june.presses(june.anne, "Ret", june.room)
    assert list(sent(june, what=" ").errors.values()) == ["Feltet skal udfyldes."]


@pytest.mark.parametrize(
    ("changed", "way_on"),
    [
        pytest.param({"callback_id": "member"}, "opsætning medlemmer for at se, hvordan det står.", id="deltagere"),
        pytest.param({"callback_id": "decision text"}, "beslutninger for at se, hvordan det står.", id="beslutninger"),
        pytest.param({"callback_id": "question answer"}, "budget spørgsmål for at se, hvordan det", id="spørgsmål"),
        pytest.param({"callback_id": "no such form"}, "hjælp for at se, hvad du kan gøre.", id="ingen ved hvad"),
    ],
)
def test_what_no_longer_applies_names_the_command_that_shows_it(
    june: Office, changed: dict[str, Any], way_on: str
) -> None:
    june.slack.command(june.anne, june.room, "/dap møde aflys")
    june.slack.open_form(june.anne, {**june.slack.form(june.anne).body, **changed})
    assert f"{STALE} Skriv /dap {way_on}" in " ".join(sent(june).errors.values())


def test_every_button_and_form_is_about_something_that_a_command_shows() -> None:
    of_none = {"document", "group", "letters", "paper"}
    about = {**buttons, **forms}.values()
    shown = {each.name for each in about if each.shown_by}
    assert {each.name.partition(" ")[0] for each in about if each.name not in shown} <= of_none


@pytest.mark.parametrize("typed", ["status", "godkend", "hvem er sekretær", "dagsorden snd"])
def test_nobody_is_led_to_a_command_that_is_not_theirs(june: Office, typed: str) -> None:
    led = june.types(june.bo, typed).partition("Mente du /dap ")[2].partition("?")[0]
    assert "Det er sekretariatet" not in (june.types(june.bo, led) if led else "")


def test_the_secretary_is_led_to_what_is_hers(june: Office) -> None:
    assert "Mente du /dap dagsorden send?" in june.types(june.anne, "dagsorden snd")
    assert "dagsorden send" not in june.types(june.bo, "dagsorden snd")
