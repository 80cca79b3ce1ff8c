"""A rhythm of meetings: the same weekday of the month, and never on a holiday."""

from __future__ import annotations

from datetime import date

import pytest

from bot.meetings import a_rhythm_after, next_by_rhythm


@pytest.mark.parametrize(
    ("day", "months", "next_day"),
    [
        pytest.param(date(2025, 6, 19), 2, date(2025, 8, 21), id="tredje torsdag"),
        pytest.param(date(2025, 10, 30), 1, date(2025, 11, 27), id="femte torsdag findes ikke"),
        pytest.param(date(2025, 12, 18), 2, date(2026, 2, 19), id="over nytår"),
        pytest.param(date(2026, 2, 5), 2, date(2026, 4, 9), id="skærtorsdag bliver ugen efter"),
        pytest.param(date(2026, 4, 16), 1, date(2026, 5, 21), id="tredje torsdag i maj"),
        pytest.param(date(2025, 6, 14), 1, date(2025, 7, 12), id="en lørdag, som de selv har valgt"),
        pytest.param(date(2025, 6, 19), 12, date(2026, 6, 18), id="et år"),
    ],
)
def test_a_rhythm_after(day: date, months: int, next_day: date) -> None:
    assert a_rhythm_after(day, months) == next_day


def test_a_rhythm_goes_on_from_a_meeting_long_ago() -> None:
    assert next_by_rhythm(date(2024, 6, 20), 5, today=date(2025, 6, 10)) == date(2025, 9, 18)
    assert next_by_rhythm(date(2025, 4, 17), 2, today=date(2025, 6, 19)) == date(2025, 6, 19)
