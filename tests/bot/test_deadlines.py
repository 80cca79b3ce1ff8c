"""Deadlines as Danes write them: what they say of the last day, and what they leave open."""

from __future__ import annotations

from datetime import date

import pytest

from bot import deadlines, endings
from bot.dates import Precision

JUNE = date(2025, 6, 10)
READ = [
    ("19. december", "day", date(2025, 12, 19)),
    ("senest 19. december 2025", "day", date(2025, 12, 19)),
    ("senest den 1. maj", "day", date(2026, 5, 1)),
    ("senest fredag d. 20. juni kl. 12", "day", date(2025, 6, 20)),
    ("inden den 1. juli", "day", date(2025, 6, 30)),
    ("inden fredag den 13. juni", "day", date(2025, 6, 12)),
    ("inden den 13. juni kl. 12", "day", date(2025, 6, 13)),
    ("before 13 June", "day", date(2025, 6, 12)),
    ("by 13 June", "day", date(2025, 6, 13)),
    ("inden fredag", "day", date(2025, 6, 12)),
    ("Inden fredag", "day", date(2025, 6, 12)),
    ("inden fredag kl. 12", "day", date(2025, 6, 13)),
    ("senest fredag", "day", date(2025, 6, 13)),
    ("til mandag", "day", date(2025, 6, 16)),
    ("på tirsdag", "day", date(2025, 6, 17)),
    ("fredag", "day", date(2025, 6, 13)),
    ("by Friday", "day", date(2025, 6, 13)),
    ("before Friday", "day", date(2025, 6, 12)),
    ("næste fredag", None, None),
    ("inden Q1 2026", "quarter", date(2025, 12, 31)),
    ("inden uge 35", "week", date(2025, 8, 24)),
    ("før udgangen af august", "month", date(2025, 8, 31)),
    ("before the end of 2025", "year", date(2025, 12, 31)),
    ("før 1. juli", "day", date(2025, 6, 30)),
    ("frist: 28/8", "day", date(2025, 8, 28)),
    ("10. juni", "day", date(2025, 6, 10)),
    ("by 3 September 2025", "day", date(2025, 9, 3)),
    ("februar 2026", "month", date(2026, 2, 28)),
    ("i februar", "month", date(2026, 2, 28)),
    ("i løbet af juni", "month", date(2025, 6, 30)),
    ("før februar 2026", "month", date(2026, 1, 31)),
    ("inden udgangen af august", "month", date(2025, 8, 31)),
    ("end of August 2025", "month", date(2025, 8, 31)),
    ("Q1 2026", "quarter", date(2026, 3, 31)),
    ("i Q1 2026", "quarter", date(2026, 3, 31)),
    ("2. kvartal af 2026", "quarter", date(2026, 6, 30)),
    ("første kvartal", "quarter", date(2026, 3, 31)),
    ("i andet kvartal", "quarter", date(2025, 6, 30)),
    ("fourth quarter of 2025", "quarter", date(2025, 12, 31)),
    ("andet halvår 2025", "half_year", date(2025, 12, 31)),
    ("i første halvår", "half_year", date(2025, 6, 30)),
    ("uge 35", "week", date(2025, 8, 31)),
    ("i uge 2", "week", date(2026, 1, 11)),
    ("slutningen af 2026", "year", date(2026, 12, 31)),
    ("inden udgangen af 2025", "year", date(2025, 12, 31)),
    ("efter nytår", None, None),
    ("inden sommerferien", None, None),
    ("inden sommerferien 2026", None, None),
    ("når loven er vedtaget", None, None),
    ("snarest", "soon", None),
    ("så hurtigt som muligt", "soon", None),
    ("hurtigst muligt", "soon", None),
    ("as soon as possible", "soon", None),
    ("om 14 dage", "day", date(2025, 6, 24)),
    ("inden for to uger", "day", date(2025, 6, 24)),
    ("om en måned", "day", date(2025, 7, 10)),
    ("om 8 dage", None, None),
    ("i morgen", "day", date(2025, 6, 11)),
    ("senest i overmorgen", "day", date(2025, 6, 12)),
    ("tomorrow", "day", date(2025, 6, 11)),
    ("within two weeks", "day", date(2025, 6, 24)),
    ("24.12.", "day", date(2025, 12, 24)),
    ("senest den 24.12", "day", date(2025, 12, 24)),
    ("1 October", "day", date(2025, 10, 1)),
    ("October 1", "day", date(2025, 10, 1)),
    ("by October 1st, 2026", "day", date(2026, 10, 1)),
    ("1st of October", "day", date(2025, 10, 1)),
    ("næste uge", "week", date(2025, 6, 22)),
    ("i denne uge", "week", date(2025, 6, 15)),
    ("inden næste uge", "week", date(2025, 6, 15)),
    ("by the end of next week", "week", date(2025, 6, 22)),
    ("sidst på måneden", "month", date(2025, 6, 30)),
    ("inden månedens udgang", "month", date(2025, 6, 30)),
    ("næste måned", "month", date(2025, 7, 31)),
    ("ultimo oktober", "month", date(2025, 10, 31)),
    ("end of October", "month", date(2025, 10, 31)),
    ("next quarter", "quarter", date(2025, 9, 30)),
    ("sidst på året", "year", date(2025, 12, 31)),
    ("midt i august", None, None),
    ("medio august", None, None),
    ("i starten af august", None, None),
    ("mid August", None, None),
    ("måneden", None, None),
    ("31. juni", None, None),
    ("5. kvartal 2026", None, None),
    ("3. halvår", None, None),
    ("31. februar 2026", None, None),
    ("uge 60", None, None),
]


@pytest.mark.parametrize(("text", "precision", "last_day"), READ, ids=[each[0] for each in READ])
def test_a_deadline_is_read_and_its_words_are_kept(
    text: str, precision: Precision | None, last_day: date | None
) -> None:
    read = deadlines.read(f" {text} ", JUNE)
    assert (read.text, read.precision, read.last_day, read.is_meeting) == (text, precision, last_day, False)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("næste styregruppemøde", None),
        ("til det kommende møde", None),
        ("senest til næste styregruppemøde i februar", 2),
        ("by the next steering group meeting in October", 10),
        ("inden næste møde", None),
        ("before the next meeting", None),
    ],
)
def test_a_meeting_is_a_deadline_that_has_its_own_day(text: str, month: int | None) -> None:
    read = deadlines.read(text, JUNE)
    assert (read.precision, read.last_day, read.is_meeting, read.month) == ("meeting", None, True, month)


@pytest.mark.parametrize(
    ("line", "rest", "text"),
    [
        ("Skriv notat om FMK senest 19. december", "Skriv notat om FMK", "senest 19. december"),
        ("Send oplæg til KL til næste styregruppemøde", "Send oplæg til KL", "til næste styregruppemøde"),
        ("Opdatér vejledningen i Q1 2026.", "Opdatér vejledningen", "i Q1 2026."),
        ("Skriv til PLO (frist 1. maj 2026)", "Skriv til PLO", "frist 1. maj 2026"),
        ("Indkald, 20. juni", "Indkald", "20. juni"),
        ("Ring til regionerne så hurtigt som muligt", "Ring til regionerne", "så hurtigt som muligt"),
        ("Genbesøg aftalen efter nytår", "Genbesøg aftalen", "efter nytår"),
        ("Ring til KL inden fredag", "Ring til KL", "inden fredag"),
        ("Call the regions by Friday", "Call the regions", "by Friday"),
        ("Send udkast inden den 13. juni", "Send udkast", "inden den 13. juni"),
        ("Send the draft before the next meeting", "Send the draft", "before the next meeting"),
        ("Afklar ejerskab inden udgangen af 2026", "Afklar ejerskab", "inden udgangen af 2026"),
        ("Send referat i morgen", "Send referat", "i morgen"),
        ("Send referat 24.12.", "Send referat", "24.12."),
        ("Send referat 1/7", "Send referat", "1/7"),
        ("Send referat uge 26", "Send referat", "uge 26"),
        ("Send referat om 14 dage", "Send referat", "om 14 dage"),
        ("Send referat sidst på måneden", "Send referat", "sidst på måneden"),
        ("Send the minutes next week", "Send the minutes", "next week"),
        ("Send the minutes October 1", "Send the minutes", "October 1"),
        ("Ring til KL på fredag", "Ring til KL", "på fredag"),
        ("Evaluér midt i august", "Evaluér", "midt i august"),
        ("Gør status sidst på året", "Gør status", "sidst på året"),
    ],
)
def test_a_deadline_is_taken_off_the_end_of_a_line(line: str, rest: str, text: str) -> None:
    left, deadline = endings.taken_off(line, JUNE)
    assert deadline is not None
    assert (left, deadline.text) == (rest, text)
    assert deadline == deadlines.read(text, JUNE)


@pytest.mark.parametrize(
    "line",
    [
        "Lav udkast til budget for 2026",
        "Send referatet fra 19. december",
        "Læs Q1-rapporten i PLO",
        "til næste styregruppemøde",
        "Svar på høringen",
        "Evaluér hen i august",
        "Ring hver fredag",
        "Ring mandag og fredag",
        "Ring næste fredag",
        "Send ikke før fredag",
        "Arbejd frem til 1. oktober",
        "Hold kursus 10.-12. juni",
        "Lav plan for næste uge",
        "Planlæg næste uge",
        "Forbered næste møde",
        "Lav oplæg til mødet i oktober",
        "Bestil lokale til mødet den 18. juni",
        "Send referat af mødet 24/12",
        "Lav rapport Q3",
        "Følg op på Q3",
        "Skriv notat oktober",
        "Ret bilag 7.2.",
        "Ret 2.1",
        "Send referat 31. juni",
        "",
    ],
)
def test_what_is_no_deadline_stays_in_the_text(line: str) -> None:
    assert endings.taken_off(line, JUNE) == (line, None)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("inden fredag", True),
        ("næste uge", True),
        ("om 14 dage", True),
        ("Q1 2026", True),
        ("1/5-26", True),
        ("19. december", False),
        ("Q1", False),
        ("28/4", False),
    ],
)
def test_a_year_that_nobody_wrote_is_known_to_be_inferred(text: str, named: bool) -> None:
    assert deadlines.read(text, JUNE).year_inferred is not named


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("inden fredag", True),
        ("frist: inden næste møde", True),
        ("Before the next meeting", True),
        ("før februar", True),
        ("senest fredag", False),
        ("inden udgangen af august", False),
        ("by Friday", False),
        ("", False),
    ],
)
def test_what_it_must_be_before_is_no_part_of_it(text: str, before: bool) -> None:
    assert deadlines.read(text, JUNE).is_before is before


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("senest den 31. juni", "31. juni"),
        ("30/2", "30/2"),
        ("29/2-2025", "29/2-2025"),
        ("31.6.", "31/6"),
        ("29. februar", None),
        ("halvdelen, 1/13", None),
        ("30. juni", None),
    ],
)
def test_a_day_that_no_calendar_has_is_known(text: str, day: str | None) -> None:
    assert deadlines.no_such_day(text) == day
