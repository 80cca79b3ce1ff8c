"""What somebody looks for in the register of decisions, and how they say it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.office import Office
from tests.stories.test_decisions import announced, decided, meeting

__all__ = ["meeting"]


@pytest.mark.parametrize(
    ("sought", "numbers"),
    [
        pytest.param("punkt 3", ["2025-1", "2025-2"], id="et punkt og dem under det"),
        pytest.param("punkt 3.2", ["2025-2"], id="et underpunkt"),
        pytest.param("18. juni", ["2025-3", "2025-1", "2025-2"], id="mødets dato i punkternes orden"),
        pytest.param("fra mødet den 18/6 punkt 2", ["2025-3"], id="dato og punkt"),
        pytest.param("forrige møde", ["2025-3", "2025-1", "2025-2"], id="det forrige møde"),
        pytest.param("budget i år", ["2025-2", "2025-1"], id="i år"),
        pytest.param("punkt 4", [], id="et punkt uden beslutninger"),
        pytest.param("6. oktober", [], id="et møde uden beslutninger"),
        pytest.param("1. maj", [], id="en dag uden møde"),
        pytest.param("punkt 3 2024", [], id="et andet år"),
    ],
)
def test_decisions_are_found_by_their_item_and_by_the_day_of_their_meeting(
    meeting: Office, sought: str, numbers: list[str]
) -> None:
    for number in ("3.1", "3.2", "2"):
        decided(meeting, number)
    announced(meeting)
    meeting.time = dt.datetime(2025, 9, 1, 11, tzinfo=dt.UTC)
    for person in (meeting.anne, meeting.bo):
        found = meeting.types(person, f"beslutninger {sought}")
        assert re.findall(r"2025-\d", found) == numbers
        assert numbers or f'Jeg finder ingen beslutninger om "{sought}". Skriv /dap beslutninger' in found


def test_what_was_put_off_is_not_among_the_final_ones(meeting: Office) -> None:
    decided(meeting, "2", alone="not_reached")
    assert "Jeg finder ingen" in meeting.types(meeting.anne, "beslutninger endelige")
    decided(meeting, "3.1", how="preliminary", meeting="mandag den 6. oktober 2025")
    assert "\nForeløbigt. Endelig godkendelse" in meeting.types(meeting.anne, "beslutninger")  # only noted
    decided(meeting, "3.2")
    assert re.findall(r"2025-\d", meeting.types(meeting.anne, "beslutninger endelige")) == ["2025-2"]
