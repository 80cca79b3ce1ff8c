"""The group is set up in a form, and changed later; a member list decides who is one."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.fields import read
from tests.beginnings import beginning
from tests.office import Office


@beginning
def founded(office: Office) -> Office:
    """The office with its secretary and chair."""
    office.founded()
    return office


def changed(office: Office, **fields: Any) -> str:
    """Anne changes the setup in its form; what she reads then."""
    office.types(office.anne, "opsætning")
    office.presses(office.anne, "Ret opsætningen")
    before = len(office.slack.whispers(office.anne, office.room))
    office.slack.fill(office.anne, fields)
    answer = office.slack.submit(office.anne)
    assert answer.errors == {}, answer.errors
    office.slack.wait(lambda: len(office.slack.whispers(office.anne, office.room)) > before)
    office.settle()
    return office.slack.whispers(office.anne, office.room)[-1].plain


def test_everything_is_changed_in_one_form(founded: Office) -> None:
    said = changed(founded, language="en", deputy=founded.bo, length="150", chair=founded.karen)
    assert "Chair: Karen Toft" in said
    assert "Deputy chair: Bo Lind" in said
    assert "A meeting is reckoned to last 150 min" in said
    assert "You can do this now" in founded.types(founded.bo, "help")


def test_the_form_shows_what_is_set(founded: Office) -> None:
    changed(founded, members=[founded.bo], reminders=["tomorrow"])
    founded.types(founded.anne, "opsætning")
    founded.presses(founded.anne, "Ret opsætningen")
    shown = read({"state": {"values": founded.slack.form(founded.anne).values}})
    assert shown["chair"] == founded.karen.id
    assert shown["members"] == (founded.bo.id,)
    assert shown["reminders"] == ("tomorrow",)


def test_with_a_member_list_nobody_else_is_a_member(founded: Office) -> None:
    said = changed(founded, members=[founded.karen])
    assert "Medlemmer: Karen Toft" in said
    assert (
        founded.types(founded.bo, "agenda") == "Det har du ikke adgang til. Kontakt sekretariatet, hvis det er en fejl."
    )
    changed(founded, members=[founded.karen, founded.bo])
    assert "Der er ikke noget møde endnu." in founded.types(founded.bo, "agenda")


def test_the_deputy_may_say_the_chairs_yes(founded: Office) -> None:
    changed(founded, deputy=founded.bo)
    assert "Formand: Karen Toft" in founded.types(founded.bo, "opsætning")


@pytest.mark.parametrize("typed", ["opsætning næstformand", "setup deputy", "setup deputy chair"])
def test_the_deputy_is_named_like_the_chair(founded: Office, typed: str) -> None:
    said = founded.types(founded.anne, f"{typed} <@{founded.sofie.id}>")
    assert said == "Sofie Krag er næstformand fra tirsdag den 10. juni 2025 og kan sige ja i formandens sted."
    shown = founded.types(founded.anne, "opsætning")
    assert "Formand: Karen Toft" in shown
    assert "Næstformand: Sofie Krag" in shown
    assert founded.types(founded.anne, typed) == (
        "Jeg kunne ikke se, hvem du mener. Skriv @ efter kommandoen, og vælg navnet på listen."
    )


def test_items_are_not_due_after_the_agenda_is_out(founded: Office) -> None:
    founded.types(founded.anne, "opsætning")
    founded.presses(founded.anne, "Ret opsætningen")
    founded.slack.fill(founded.anne, {"proposals_days": "3", "material_days": "7"})
    assert founded.slack.submit(founded.anne).errors == {
        "Frist for punkter, arbejdsdage før mødet": (
            "Fristen for punkter kan ikke ligge efter, at dagsordenen er ude. Skriv mindst 7 arbejdsdage."
        )
    }


def test_a_member_may_not_change_the_setup(founded: Office) -> None:
    assert "Det er sekretariatet, der står for opsætningen." in founded.types(founded.bo, "opsætning")
