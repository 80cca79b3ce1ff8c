"""Which days the group works, and which moment its clocks mean."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import calendar

COPENHAGEN = "Europe/Copenhagen"
DAYS = st.dates(date(2020, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "danish", "english"),
    [
        pytest.param(date(2026, 4, 2), "Skærtorsdag", "Maundy Thursday", id="moves with Easter"),
        pytest.param(date(2025, 6, 9), "Anden pinsedag", "Pentecost Monday", id="moves with Whitsun"),
        pytest.param(date(2026, 5, 1), "Arbejdernes kampdag", "Workers' Day", id="1 May"),
        pytest.param(date(2026, 6, 5), "Grundlovsdag", "Constitution Day", id="5 June"),
        pytest.param(date(2026, 12, 24), "Juleaftensdag", "Christmas Eve", id="24 December"),
        pytest.param(date(2026, 12, 31), "Nytårsaften", "New Year's Eve", id="31 December"),
        pytest.param(date(2023, 5, 5), "Store bededag", "Great Prayer Day", id="store bededag, its last year"),
        pytest.param(
            date(2008, 5, 1),
            "Arbejdernes kampdag og Kristi himmelfartsdag",
            "Ascension Day and Workers' Day",
            id="two on a day",
        ),
    ],
)
def test_a_holiday_has_its_name_in_either_language(day: date, danish: str, english: str) -> None:
    assert calendar.is_holiday(day)
    assert (calendar.name(day), calendar.name(day, "en")) == (danish, english)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2024, 4, 26), id="store bededag is no more"),
        pytest.param(date(2026, 5, 15), id="the friday after ascension day"),
        pytest.param(date(2026, 6, 6), id="a saturday"),
    ],
)
def test_other_days_off_are_no_holidays(day: date) -> None:
    assert not calendar.is_holiday(day)
    assert calendar.name(day) is None


@pytest.mark.parametrize(
    ("day", "number", "found"),
    [
        pytest.param(date(2025, 10, 6), 1, date(2025, 10, 3), id="over a weekend"),
        pytest.param(date(2025, 6, 18), 7, date(2025, 6, 6), id="over whit monday"),
        pytest.param(date(2025, 6, 18), 12, date(2025, 5, 28), id="over three holidays"),
        pytest.param(date(2026, 4, 7), 1, date(2026, 4, 1), id="over easter"),
        pytest.param(date(2026, 1, 2), 1, date(2025, 12, 30), id="over the new year"),
        pytest.param(date(2026, 2, 28), 1, date(2026, 2, 27), id="from a saturday"),
        pytest.param(date(2026, 2, 28), 0, date(2026, 2, 28), id="none before is the day"),
        pytest.param(date(2026, 2, 26), -2, date(2026, 3, 2), id="after"),
    ],
)
def test_working_days_are_counted_without_weekends_and_holidays(day: date, number: int, found: date) -> None:
    assert calendar.working_days_before(day, number) == found


def test_after_christmas_comes_a_single_monday() -> None:
    assert calendar.next_working_day(date(2025, 12, 23)) == date(2025, 12, 29)
    assert calendar.next_working_day(date(2025, 12, 30)) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("wall", "moment"),
    [
        pytest.param(datetime(2026, 2, 26, 13), datetime(2026, 2, 26, 12, tzinfo=UTC), id="winter"),
        pytest.param(datetime(2025, 6, 18, 13), datetime(2025, 6, 18, 11, tzinfo=UTC), id="summer"),
        pytest.param(datetime(2026, 3, 29, 2), datetime(2026, 3, 29, 1, tzinfo=UTC), id="the skipped hour begins"),
        pytest.param(datetime(2026, 3, 29, 2, 30, 15), datetime(2026, 3, 29, 1, tzinfo=UTC), id="a skipped half hour"),
        pytest.param(datetime(2026, 3, 29, 3), datetime(2026, 3, 29, 1, tzinfo=UTC), id="the skipped hour is over"),
        pytest.param(datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), id="shown twice"),
        pytest.param(
            datetime(2026, 10, 25, 2, 30, fold=1), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), id="shown twice, again"
        ),
        pytest.param(datetime(2026, 10, 25, 3), datetime(2026, 10, 25, 2, tzinfo=UTC), id="the long night is over"),
    ],
)
def test_a_wall_time_is_one_moment_on_the_nights_the_clocks_change_too(wall: datetime, moment: datetime) -> None:
    assert calendar.moment(wall, COPENHAGEN) == moment


def test_where_a_whole_day_is_skipped_its_moment_is_the_end_of_it() -> None:
    assert calendar.moment(datetime(2011, 12, 30, 9), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_importing_the_calendar_loads_no_holidays() -> None:
    asked = "import sys; from bot import calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_lie_between(day: date, number: int) -> None:
    found = calendar.working_days_before(day, number)
    between = [found + timedelta(days) for days in range((day - found).days)]
    assert calendar.is_working_day(found)
    assert sum(map(calendar.is_working_day, between)) == number


@given(DAYS)
def test_the_next_working_day_is_the_first_one_after(day: date) -> None:
    found = calendar.next_working_day(day)
    skipped = [day + timedelta(days) for days in range(1, (found - day).days)]
    assert calendar.is_working_day(found)
    assert not any(map(calendar.is_working_day, skipped))


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2037, 12, 31)),
    st.sampled_from([COPENHAGEN, "America/Nuuk", "Australia/Lord_Howe", "UTC"]),
)
def test_later_on_the_wall_is_never_earlier_in_time(wall: datetime, zone: str) -> None:
    assert calendar.moment(wall, zone) <= calendar.moment(wall + timedelta(minutes=20), zone)
