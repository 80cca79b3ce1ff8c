"""Dates as they stand in Danish agendas, and as we say them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import dates
from bot.groups import Language

JUNE = date(2025, 6, 18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("Onsdag d. 18. juni 2025, Rådhuset", JUNE, id="in full"),
        pytest.param("den 25.02.2025", date(2025, 2, 25), id="figures"),
        pytest.param("pr. 1/1-2027", date(2027, 1, 1), id="slash and year"),
        pytest.param("3/4 2025", date(2025, 4, 3), id="slash and space"),
        pytest.param("2026-03-12", date(2026, 3, 12), id="iso"),
        pytest.param("12. dec. 2025", date(2025, 12, 12), id="short month"),
        pytest.param("Wednesday 18 June 2025", JUNE, id="english"),
    ],
)
def test_a_day_with_its_year_needs_no_help(text: str, day: date) -> None:
    read = dates.parse(text)
    assert read is not None
    assert (read.date, read.year_inferred) == (day, False)


def test_hours_belong_to_their_day() -> None:
    read = dates.parse("Møde torsdag den 26. februar 2026 kl. 13.00-15.00 hos KL")
    assert read is not None
    assert (read.weekday, read.date, read.start, read.finish) == (
        "torsdag",
        date(2026, 2, 26),
        time(13),
        time(15),
    )
    assert dates.times("fra 9 til 11.30") == (time(9), time(11, 30))
    assert dates.times("Tid: kl. 13") == (time(13), None)
    assert dates.times("mødet varer længe") == (None, None)


def test_a_year_nobody_wrote_is_inferred_and_says_so() -> None:
    coming = dates.parse("mandag 6. oktober kl. 13.00-15.00", after=JUNE)
    assert coming is not None
    assert (coming.date, coming.year_inferred) == (date(2025, 10, 6), True)

    as_of = dates.parse("Budget 2025 (28/4)", year=2025)
    assert as_of is not None
    assert (as_of.date, as_of.year_inferred) == (date(2025, 4, 28), True)


def test_the_weekday_decides_between_this_year_and_the_next() -> None:
    next_year = dates.parse("tirsdag 6. oktober", after=JUNE)
    assert next_year is not None
    assert next_year.date == date(2026, 10, 6)
    misprint = dates.parse("søndag 6. oktober", after=JUNE)
    assert misprint is not None
    assert misprint.date == date(2025, 10, 6)
    assert dates.disagrees(misprint.date, misprint.weekday)


@pytest.mark.parametrize(
    "text", ["mandag 6. oktober", "28/4", "31. februar 2025", "4-5 mdr.", "i april", "", "99/99/2025"]
)
def test_a_day_nobody_can_know_is_not_read(text: str) -> None:
    assert dates.parse(text) is None


def test_a_weekday_is_held_against_its_date_in_either_language() -> None:
    assert not dates.disagrees(JUNE, "Onsdag")
    assert not dates.disagrees(JUNE, "Wednesday")
    assert not dates.disagrees(JUNE, None)
    assert dates.disagrees(JUNE, "torsdag")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(dates.spoken(JUNE), "onsdag den 18. juni 2025", id="danish"),
        pytest.param(dates.spoken(JUNE, "en"), "Wednesday 18 June 2025", id="english"),
        pytest.param(dates.spoken(JUNE, today=date(2025, 1, 1)), "onsdag den 18. juni", id="within the year"),
        pytest.param(dates.spoken(JUNE, today=date(2024, 12, 31)), "onsdag den 18. juni 2025", id="another year"),
        pytest.param(dates.column(JUNE), "18.06.2025", id="column"),
        pytest.param(dates.as_of(date(2025, 5, 31)), "31. maj 2025", id="as of"),
        pytest.param(dates.as_of(date(2025, 5, 31), "en"), "31 May 2025", id="as of, english"),
        pytest.param(dates.clock(time(13), time(15)), "13.00-15.00", id="hours"),
        pytest.param(dates.clock(time(13), time(15), "en"), "13:00-15:00", id="hours, english"),
        pytest.param(dates.clock(time(9, 5)), "09.05", id="from"),
    ],
)
def test_a_day_is_said_as_the_group_says_it(said: str, expected: str) -> None:
    assert said == expected


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(["da", "en"]))
def test_what_we_say_we_can_read(day: date, language: Language) -> None:
    for said in (dates.spoken(day, language), dates.as_of(day, language), dates.column(day)):
        read = dates.parse(said)
        assert read is not None
        assert (read.date, read.year_inferred) == (day, False)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from(["da", "en"]))
def test_hours_we_say_we_can_read(at: time, language: Language) -> None:
    assert dates.times(f"kl. {dates.clock(at, at, language)}") == (at, at)


@given(st.text())
def test_any_text_at_all_can_be_asked_for_a_day(text: str) -> None:
    dates.parse(text, after=JUNE)
    dates.times(text)
