"""A rhythm of meetings: the same weekday of the month, and never on a holiday."""

from __future__ import annotations

from datetime import date

import pytest

from bot.meetings import a_rhythm_after


@pytest.mark.parametrize(
    ("day", "months", "next_day"),
    [
        pytest.param(date(2025, 6, 19), 2, date(2025, 8, 21), id="tredje torsdag"),
        pytest.param(date(2025, 10, 30), 1, date(2025, 11, 27), id="femte torsdag findes ikke"),
        pytest.param(date(2025, 12, 18), 2, date(2026, 2, 19), id="over nytår"),
        pytest.param(date(2026, 2, 5), 2, date(2026, 4, 9), id="skærtorsdag bliver ugen efter"),
    ],
)
def test_a_rhythm_after(day: date, months: int, next_day: date) -> None:
    assert a_rhythm_after(day, months) == next_day
