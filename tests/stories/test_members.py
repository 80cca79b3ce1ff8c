"""The member list: people in Slack and outside it, with organisation, days, and how they are reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.roles import Role
from handlers.fields import read
from storage.appointments import Appointment
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import Answer


@beginning
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


def test_the_list_says_who_is_a_member_before_and_after_the_first_name_is_on_it(founded: Office) -> None:
    assert "så alle i kanalen er medlemmer" in founded.types(founded.anne, "opsætning medlemmer")
    entered(founded, person=founded.bo, role="member")
    assert "Kun de, der står på listen, er med i styregruppen." in founded.types(founded.anne, "opsætning medlemmer")
    assert "adgang" in founded.types(founded.mads, "dagsorden")


def test_a_coming_chair_takes_over_on_the_day(founded: Office) -> None:
    entered(founded, person=founded.bo, organisation="PLO", role="chair", since="2025-07-01")
    shown = founded.types(founded.anne, "medlemmer")
    assert "Karen Toft: formand, i Slack, fra tirsdag den 10. juni 2025 til tirsdag den 1. juli 2025" in shown
    assert "Formand: Karen Toft" in founded.types(founded.anne, "opsætning")
    founded.time = founded.time.replace(month=7, day=1)
    assert "Formand: Bo Lind" in founded.types(founded.anne, "opsætning")


def test_an_interim_chair_holds_it_until_the_coming_one_and_nobody_beside_them(founded: Office) -> None:
    entered(founded, person=founded.bo, role="chair", since="2025-07-01")
    founded.types(founded.anne, f"opsætning formand <@{founded.anne.id}>")
    said = founded.types(founded.anne, "opsætning")
    assert "Formand: Anne Holm. Bo Lind overtager tirsdag den 1. juli 2025." in said
    assert "Det er sekretariatet, der står for opsætningen." in founded.types(founded.karen, "opsætning")
    assert "Anne Holm: formand, i Slack, fra tirsdag den 10. juni 2025 til tirsdag den 1. juli 2025" in founded.types(
        founded.anne, "medlemmer"
    )


def test_a_chair_who_comes_later_than_planned_leaves_no_gap(founded: Office) -> None:
    entered(founded, person=founded.bo, role="chair", since="2025-07-01")
    edited(founded, "Bo Lind", since="2025-08-01")
    said = founded.types(founded.anne, "medlemmer")
    assert "Karen Toft: formand, i Slack, fra tirsdag den 10. juni 2025 til fredag den 1. august 2025" in said
    edited(founded, "Bo Lind", until="2025-08-01")  # after all, he does not come at all
    said = founded.types(founded.anne, "medlemmer")
    assert "Bo Lind" not in said
    assert "Karen Toft: formand, i Slack, fra tirsdag den 10. juni 2025\n" in f"{said}\n"


def test_a_member_made_chair_on_their_line_takes_over(founded: Office) -> None:
    entered(founded, person=founded.bo, role="member")
    edited(founded, "Bo Lind", role="chair")
    assert "Formand: Bo Lind" in founded.types(founded.anne, "opsætning")
    assert "Det er sekretariatet, der står for opsætningen." in founded.types(founded.karen, "opsætning")


def test_the_chair_can_neither_take_nor_end_the_secretarys_office(founded: Office) -> None:
    founded.types(founded.karen, "medlemmer")
    founded.presses(founded.karen, "Ret")  # Anne's line, the first
    founded.slack.fill(founded.karen, {"role": "member"})
    answer = founded.slack.submit(founded.karen)
    assert "Det er sekretariatet, der står for opsætningen." in " ".join(answer.errors.values())
    assert "Anne Holm: sekretær" in founded.types(founded.anne, "medlemmer")


def test_who_is_gone_stands_below_for_a_year(founded: Office) -> None:
    entered(founded, person=founded.bo, organisation="PLO", role="member", until="2025-06-20")
    founded.time = founded.time.replace(day=20)
    said = founded.types(founded.anne, "medlemmer")
    assert said.index("Tidligere") < said.index("Bo Lind, PLO: medlem")
    founded.time = founded.time.replace(year=2026, day=25)
    assert "Tidligere" not in founded.types(founded.anne, "medlemmer")


def test_a_long_list_is_split_and_each_line_can_be_changed(founded: Office) -> None:
    with founded.program.storage.transaction() as session:
        for number in range(60):
            session.add(
                Appointment(
                    group_id=1, name=f"Person {number}", organisation="KL", role=Role.MEMBER, reached="secretariat",
                    since=date(2025, 1, 1),
                )
            )  # fmt: skip
    said = founded.types(founded.anne, "medlemmer")
    assert all(f"Person {number}, KL: medlem" in said for number in range(60))
    whispers = founded.slack.whispers(founded.anne, founded.room)
    assert sum(each.buttons.count("Ret") for each in whispers) == 62
    assert "Person 59 (KL)" in founded.types(founded.anne, "opsætning")


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


def edited(office: Office, name: str, **fields: Any) -> None:
    """Anne changes somebody's line on the list."""
    office.types(office.anne, "medlemmer")
    shown = office.with_button(office.anne, "Ret")
    line = [each for each in shown.blocks if name in str(each) and "accessory" in each]
    office.slack.press(office.anne, replace(shown, blocks=line), "Ret")
    office.slack.fill(office.anne, fields)
    assert office.slack.submit(office.anne).errors == {}
    office.settle()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param({}, "Vælg en person i Slack", id="ingen"),
        pytest.param({"name": "Lis Lund"}, "Den, der ikke er i Slack", id="uden for Slack"),
        pytest.param({"name": "Lis Lund", "reached": "mail"}, "Skriv e-mailadressen.", id="ingen mail"),
        pytest.param(
            {"name": "Lis", "role": "chair", "reached": "mail"}, "svarer i Slack", id="formand uden for Slack"
        ),
        pytest.param(
            {"name": "Lis", "reached": "secretariat", "until": "2025-06-01"}, "før den begynder", id="slutter før"
        ),
    ],
)
def test_who_could_not_be_reached_is_said_under_the_field(
    founded: Office, fields: dict[str, Any], sentence: str
) -> None:
    assert sentence in " ".join(entered(founded, **{"role": "member", **fields}).errors.values())


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


def test_who_is_to_come_or_to_go_stays_so_when_the_setup_is_saved(founded: Office) -> None:
    entered(founded, person=founded.bo, role="member", until="2025-12-31")
    entered(founded, person=founded.karen, role="member", since="2025-09-01")
    founded.types(founded.anne, "opsætning")
    founded.presses(founded.anne, "Ret opsætningen")
    assert founded.slack.submit(founded.anne).errors == {}
    founded.settle()
    said = founded.types(founded.anne, "medlemmer")
    assert said.count("Bo Lind: medlem") == 1
    assert "Bo Lind: medlem, i Slack, fra tirsdag den 10. juni 2025 til onsdag den 31. december 2025" in said
    assert "Karen Toft: medlem, i Slack, fra mandag den 1. september 2025" in said


def test_nobody_is_on_the_list_twice_as_the_same(founded: Office) -> None:
    entered(founded, person=founded.bo, role="member")
    again = entered(founded, person=founded.bo, role="member", since="2025-09-01")
    assert "Bo Lind står der allerede i den rolle." in " ".join(again.errors.values())
    lis = {"name": "Lis Lund", "organisation": "KL", "role": "guest", "reached": "secretariat"}
    assert entered(founded, **lis).errors == {}
    assert "Lis Lund står der allerede" in " ".join(entered(founded, **lis).errors.values())


def test_the_secretariats_room_is_one_groups_and_makes_nobody_a_member(founded: Office) -> None:
    room = founded.slack.channel("sekretariatet", people=[founded.anne, founded.bo], private=True)
    other = founded.slack.channel("anden", people=[founded.anne, founded.bo])
    founded.types(founded.anne, "opsætning", other)
    for home, errors in ((founded.room, []), (other, ["Kanalen er en styregruppes egen. Vælg en anden."])):
        founded.types(founded.anne, "opsætning", home)
        founded.presses(founded.anne, "Ret opsætningen", home)
        founded.slack.fill(founded.anne, {"room": room})
        assert list(founded.slack.submit(founded.anne).errors.values()) == errors
        founded.settle()
    assert "Der er ikke noget møde endnu." in founded.types(founded.bo, "dagsorden")
    assert "Det har du ikke adgang til." in founded.types(founded.bo, "dagsorden", room)
    assert "Der er ikke noget møde endnu." in founded.types(founded.anne, "dagsorden", room)


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
    founded.time = founded.time.replace(month=12)
    founded.slack.command(founded.anne, founded.room, "/dap møde ny")
    shown = read({"state": {"values": founded.slack.form(founded.anne).values}})
    assert (shown["day"], shown["start"], shown["end"]) == (date(2025, 12, 18), time(13), time(15))
