"""A task in one line: whoever is mentioned anywhere in it is to do it, and what stands at its end is the deadline."""

from __future__ import annotations

import pytest

from tests.office import Office
from tests.stories.test_tasks import june, letters, noted, submitted, whisper

__all__ = ["june"]


@pytest.mark.parametrize(
    ("line", "what", "owner"),
    [
        pytest.param("Send referat {karen} i Q1 2026", "Send referat", "Karen Toft", id="navnet før fristen"),
        pytest.param("Send referat {karen} uge 26", "Send referat", "Karen Toft", id="navnet før en uge"),
        pytest.param("{karen}: send referat", "send referat", "Karen Toft", id="navnet forrest"),
        pytest.param(
            "Send referat {karen} når der er ro", "Send referat når der er ro", "Karen Toft", id="ingen frist"
        ),
        pytest.param(
            "{karen} og {bo} skriver notat", "Karen Toft og Bo Lind skriver notat", "Karen Toft", id="to navne"
        ),
        pytest.param("Skriv notat {karen} {bo}", "Skriv notat Bo Lind", "Karen Toft", id="to navne til sidst"),
        pytest.param("Ring til {karen} om mødet {bo}", "Ring til Karen Toft om mødet", "Bo Lind", id="til en anden"),
        pytest.param("Ring til {karen} om mødet", "Ring til Karen Toft om mødet", "Karen Toft", id="kun et navn"),
    ],
)
def test_whoever_is_mentioned_anywhere_is_to_do_it_and_hears_it(june: Office, line: str, what: str, owner: str) -> None:
    people = {name: f"<@{each.id}|{name}.x>" for name, each in (("karen", june.karen), ("bo", june.bo))}
    said = noted(june, june.anne, line.format(**people))
    assert said.splitlines()[1] == what
    assert said.splitlines()[2].startswith(f"Ansvarlig: {owner} · ")
    assert letters(june, june.bo if owner == "Bo Lind" else june.karen)[-1].startswith("Anne Holm har givet dig")
    assert "<@" not in said


def test_with_a_name_and_a_deadline_alone_the_form_has_them(june: Office) -> None:
    june.slack.command(june.anne, june.room, f"/dap opgave <@{june.bo.id}> senest fredag")
    june.slack.fill(june.anne, {"what": "Send oplæg"})
    assert june.slack.submit(june.anne).errors == {}
    june.settle()
    assert "Send oplæg\nAnsvarlig: Bo Lind · frist: fredag den 13. juni 2025" in whisper(june, june.anne)


def test_that_no_deadline_was_read_is_said_once(june: Office) -> None:
    unread = "Jeg har ikke læst nogen frist i teksten. Tryk Ret for at sætte en."
    assert unread in noted(june, june.anne, "Find et lokale når der er ro")
    assert submitted(june, june.anne, "Ret", what="Find et lokale") == {}
    assert unread not in whisper(june, june.anne)
    assert unread not in noted(june, june.anne, "Find et lokale senest fredag")


def test_a_day_that_does_not_exist_is_told_in_a_line_and_refused_in_a_form(june: Office) -> None:
    said = noted(june, june.anne, "Send referat 31. juni")
    assert "31. juni findes ikke i kalenderen, så opgaven har ingen frist." in said
    assert said.splitlines()[1] == "Send referat 31. juni"
    errors = submitted(june, june.anne, "Ret", what="Send referat", deadline="senest 31. juni")
    assert errors == {"Frist": "31. juni findes ikke i kalenderen. Skriv fristen igen."}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("i Q1 2026", "frist: i Q1 2026"),
        ("i februar", "frist: i februar (2026, årstallet er udledt)"),
        ("efter nytår", "frist: efter nytår"),
        ("inden udgangen af 2026", "frist: inden udgangen af 2026"),
        ("til næste styregruppemøde", "frist: til næste styregruppemøde, onsdag den 18. juni 2025"),
        ("senest 1. maj 2026", "frist: fredag den 1. maj 2026"),
        ("inden fredag", "frist: inden fredag (senest torsdag den 12. juni 2025)"),
        ("senest fredag", "frist: fredag den 13. juni 2025"),
        ("inden den 1. juli", "frist: inden den 1. juli (senest mandag den 30. juni 2025, årstallet er udledt)"),
        ("inden næste møde", "frist: inden næste møde (senest tirsdag den 17. juni 2025)"),
        ("inden sommerferien", "frist: inden sommerferien"),
        ("i morgen", "frist: onsdag den 11. juni 2025"),
        ("om 14 dage", "frist: tirsdag den 24. juni 2025"),
        ("næste uge", "frist: næste uge (senest søndag den 22. juni 2025)"),
        ("sidst på måneden", "frist: sidst på måneden (senest mandag den 30. juni 2025)"),
        ("midt i august", "frist: midt i august"),
    ],
)
def test_a_deadline_is_said_as_it_was_written_and_no_day_is_invented(june: Office, words: str, shown: str) -> None:
    assert noted(june, june.anne, f"Opdatér vejledningen {words}").splitlines()[2].endswith(shown)
