"""When a meeting shall be, as people write it; and a rhythm: the same weekday of the month, never on a holiday."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.meetings import a_rhythm_after, next_by_rhythm, proposed
from bot.refusals import Refusal

TODAY = date(2025, 6, 10)  # a Tuesday


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


@pytest.mark.parametrize(
    ("words", "day", "hours", "place"),
    [
        pytest.param("mandag d. 8. dec. 2025 kl. 13:00 - 15:00 hos PLO", (12, 8), (13, 15), "hos PLO", id="hos nogen"),
        pytest.param("hos PLO på torsdag 13.00-15.00", (6, 12), (13, 15), "hos PLO", id="stedet først"),
        pytest.param("mandag 8. december fra 9 til 11, i mødesal B", (12, 8), (9, 11), "i mødesal B", id="i en sal"),
        pytest.param("på torsdag kl. 13", (6, 12), (13, 15), None, id="på torsdag"),
        pytest.param("om 14 dage 13.00", (6, 24), (13, 15), None, id="om 14 dage"),
        pytest.param("i morgen 9-11 på Teams", (6, 11), (9, 11), "på Teams", id="i morgen"),
        pytest.param("3. december 9-11", (12, 3), (9, 11), None, id="timer uden kl."),
        pytest.param("28/6 13-15", (6, 28), (13, 15), None, id="timer er ikke et årstal"),
        pytest.param("kl. 13 den 8. december", (12, 8), (13, 15), None, id="timen først"),
        pytest.param("3 December 2025 9-11", (12, 3), (9, 11), None, id="på engelsk"),
        pytest.param("in two weeks at 9", (6, 24), (9, 11), None, id="om to uger på engelsk"),
    ],
)
def test_when_and_where_a_meeting_shall_be(
    words: str, day: tuple[int, int], hours: tuple[int, int], place: str | None
) -> None:
    told = proposed(words, None, None, None, today=TODAY, length=120)
    assert (told.date, told.start, told.end) == (date(2025, *day), time(hours[0]), time(hours[1]))
    assert told.place == place


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        pytest.param("den 3. december kl. 9 (ordinært)", "unread", id="ord, der ikke siger hvor"),
        pytest.param("torsdag", "no_start", id="ingen time"),
        pytest.param("3. december 13", "no_start", id="et tal alene er ingen time"),
        pytest.param("13-15", "not_a_date", id="ingen dag"),
        pytest.param("til maj kl. 13", "not_a_date", id="en måned er ingen dag"),
    ],
)
def test_what_tells_too_little_or_something_else_is_asked_about(words: str, refused: str) -> None:
    with pytest.raises(Refusal) as said:
        proposed(words, None, None, None, today=TODAY, length=120)
    assert (said.value.key, said.value.field) == (refused, "when")
