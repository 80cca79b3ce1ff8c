"""The rules of a member list: how long an office is held, who holds it, and which lines say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.members import Entry, Participant, ends, in_office, is_same, overlap, reached
from bot.roles import Role

JUNE, JULY, AUGUST = date(2025, 6, 1), date(2025, 7, 1), date(2025, 8, 1)
KAREN = Participant(1, "Karen Toft", Role.CHAIR, JUNE, slack_id="U1")
LIS = Participant(2, "Lis Lund", Role.MEMBER, JUNE, organisation="KL", reached="mail", mail="lis@example.dk")


@pytest.mark.parametrize(
    ("until", "begins", "last"),
    [
        pytest.param(None, [JUNE], None, id="indtil videre"),
        pytest.param(None, [JUNE, AUGUST, JULY], JULY, id="til den næste begynder"),
        pytest.param(JULY, [JUNE, AUGUST], JULY, id="til sin egen sidste dag"),
        pytest.param(AUGUST, [JUNE, JULY], JULY, id="den næste kommer før"),
    ],
)
def test_an_office_is_held_until_the_next_begins(until: date | None, begins: list[date], last: date | None) -> None:
    assert ends(JUNE, until, begins) == last


def test_an_office_has_one_who_holds_it_and_perhaps_one_who_comes() -> None:
    bo = replace(KAREN, name="Bo Lind", since=JULY)
    later = replace(KAREN, name="Lis Lund", since=AUGUST)
    assert in_office([later, bo, KAREN], Role.CHAIR, JUNE) == (KAREN, bo)
    assert in_office([bo], Role.CHAIR, JUNE) == (None, bo)
    assert in_office([KAREN, LIS], Role.DEPUTY_CHAIR, JUNE) == (None, None)


def test_members_are_counted_by_how_they_are_reached_and_nobody_twice() -> None:
    member = replace(KAREN, role=Role.MEMBER, reached="mail")
    guest = replace(LIS, name="Ida Friis", role=Role.GUEST)
    coming = replace(LIS, name="Ole Bang", since=JULY)
    assert reached([KAREN, guest], JUNE) == {}
    assert reached([KAREN, LIS, guest, coming], JUNE) == {"slack": 1, "mail": 1}
    assert reached([member, KAREN], JUNE) == {"mail": 1}
    assert reached([KAREN, LIS, coming], JULY) == {"slack": 1, "mail": 2}


@pytest.mark.parametrize(
    ("until", "since", "meet"),
    [
        pytest.param(None, AUGUST, True, id="indtil videre"),
        pytest.param(JULY, JULY, False, id="den ene går, den anden kommer"),
        pytest.param(AUGUST, JULY, True, id="en måned sammen"),
        pytest.param(JUNE, JUNE, False, id="skrevet ved en fejl"),
    ],
)
def test_two_lines_hold_on_the_same_day_or_not(until: date | None, since: date, meet: bool) -> None:
    assert overlap(replace(KAREN, until=until), replace(LIS, since=since)) is meet


def test_a_line_is_the_same_by_slack_or_by_name_and_organisation() -> None:
    entry = Entry(None, "Lis Lund", "KL", Role.MEMBER, "secretariat", None, JULY, None)
    assert is_same(LIS, entry)
    assert not is_same(LIS, replace(entry, organisation="PLO"))
    assert not is_same(LIS, replace(entry, name=None, slack_id="U2"))
    assert is_same(KAREN, replace(entry, name=None, slack_id="U1", role=Role.CHAIR))
