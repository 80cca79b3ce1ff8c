"""The member list: people in Slack and outside it, with organisation, days, and how they are reached."""

from __future__ import annotations

from typing import Any

import pytest

from tests.office import Office
from tests.slack import Answer


@pytest.fixture
def founded(office: Office) -> Office:
    """The office with its secretary and chair."""
    office.founded()
    return office


def entered(office: Office, **fields: Any) -> Answer:
    """Anne fills in the form for a participant."""
    office.types(office.anne, "opsætning medlemmer")
    office.presses(office.anne, "Tilføj deltager")
    office.slack.fill(office.anne, fields)
    answer = office.slack.submit(office.anne)
    office.settle()
    if answer.errors:
        office.slack.dismiss(office.anne)
    return answer


def test_somebody_outside_slack_stands_on_the_list_with_how_they_are_reached(founded: Office) -> None:
    fields = {"name": "Lis Lund", "organisation": "KL", "role": "member", "reached": "mail", "mail": "lis@example.dk"}
    assert entered(founded, **fields).errors == {}
    shown = founded.types(founded.karen, "medlemmer")
    assert "Anne Holm: sekretær, i Slack, fra tirsdag den 10. juni 2025" in shown
    assert "Lis Lund, KL: medlem, pr. mail (lis@example.dk), fra tirsdag den 10. juni 2025" in shown


def test_a_coming_chair_takes_over_on_the_day(founded: Office) -> None:
    entered(founded, person=founded.bo, organisation="PLO", role="chair", since="2025-07-01")
    shown = founded.types(founded.anne, "medlemmer")
    assert "Karen Toft: formand, i Slack, fra tirsdag den 10. juni 2025 til tirsdag den 1. juli 2025" in shown
    assert "Formand: Karen Toft" in founded.types(founded.anne, "opsætning")
    founded.time = founded.time.replace(month=7, day=1)
    assert "Formand: Bo Lind" in founded.types(founded.anne, "opsætning")


def test_a_substitute_reads_what_members_read_and_a_guest_nothing(founded: Office) -> None:
    entered(founded, person=founded.karen, role="member")
    entered(founded, person=founded.bo, role="substitute")
    entered(founded, person=founded.gry, role="guest")
    assert "Der er ikke noget møde endnu." in founded.types(founded.bo, "agenda")
    assert "Det har du ikke adgang til." in founded.types(founded.gry, "agenda")


def test_a_line_is_changed(founded: Office) -> None:
    founded.types(founded.anne, "medlemmer")
    founded.presses(founded.anne, "Ret")
    founded.slack.fill(founded.anne, {"organisation": "KL", "until": "2025-12-31"})
    assert founded.slack.submit(founded.anne).errors == {}
    founded.settle()
    line = "Anne Holm, KL: sekretær, i Slack, fra tirsdag den 10. juni 2025 til onsdag den 31. december 2025"
    assert line in founded.types(founded.anne, "medlemmer")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({}, "Vælg en person i Slack", id="ingen"),
        pytest.param({"name": "Lis Lund"}, "Den, der ikke er i Slack", id="uden for Slack"),
        pytest.param({"name": "Lis Lund", "reached": "mail"}, "Skriv e-mailadressen.", id="ingen mail"),
        pytest.param(
            {"name": "Lis", "reached": "secretariat", "until": "2025-06-01"}, "før den begynder", id="slutter før"
        ),
    ],
)
def test_who_could_not_be_reached_is_said_under_the_field(
    founded: Office, fields: dict[str, Any], sentence: str
) -> None:
    assert sentence in " ".join(entered(founded, role="member", **fields).errors.values())


def test_slacks_guest_is_entered_as_a_guest_or_not_at_all(founded: Office) -> None:
    founded.types(founded.gry, "agenda")  # so that the bot knows her
    assert "Gry Dahl er gæst i Slack" in " ".join(entered(founded, person=founded.gry, role="member").errors.values())


def test_who_stays_a_member_keeps_their_organisation(founded: Office) -> None:
    entered(founded, person=founded.bo, organisation="PLO", role="member")
    founded.types(founded.anne, "opsætning")
    founded.presses(founded.anne, "Ret opsætningen")
    founded.slack.fill(founded.anne, {"members": [founded.bo, founded.karen]})
    assert founded.slack.submit(founded.anne).errors == {}
    founded.settle()
    assert "Bo Lind, PLO: medlem" in founded.types(founded.anne, "medlemmer")


def test_the_secretariat_has_a_room_of_its_own(founded: Office) -> None:
    room = founded.slack.channel("sekretariatet", people=[founded.anne, founded.karen], private=True)
    founded.types(founded.anne, "opsætning")
    founded.presses(founded.anne, "Ret opsætningen")
    founded.slack.fill(founded.anne, {"room": founded.room})
    assert "Kanalen er en styregruppes egen." in " ".join(founded.slack.submit(founded.anne).errors.values())
    founded.slack.fill(founded.anne, {"room": room})
    assert founded.slack.submit(founded.anne).errors == {}
    founded.settle()
    assert "Formand: Karen Toft" in founded.types(founded.anne, "opsætning", room)


def test_a_group_with_a_rhythm_gets_its_next_day_proposed(founded: Office) -> None:
    founded.types(founded.anne, "opsætning")
    founded.presses(founded.anne, "Ret opsætningen")
    founded.slack.fill(founded.anne, {"rhythm": "2"})
    founded.slack.submit(founded.anne)
    founded.settle()
    for typed in ("møde ny torsdag 19. juni 2025 kl. 13-15", "møde ny"):
        founded.slack.command(founded.anne, founded.room, f"/dap {typed}")
        assert founded.slack.submit(founded.anne).errors == {}
        founded.settle()
    assert "torsdag den 21. august 2025 kl. 13.00-15.00" in founded.types(founded.bo, "møde")
