"""Where an item stands on the agenda, and which number it has there."""

from __future__ import annotations

import pytest

from bot.order import Line, closed_up, follows, moved, numbered, renumbered, under, with_new

NEW = Line(9, "", "Borde")


def lines(*titles: str, numbers: str = "") -> tuple[Line, ...]:
    printed = numbers.split() or [str(n) for n in range(1, len(titles) + 1)]
    return tuple(Line(n, number, title) for n, (number, title) in enumerate(zip(printed, titles, strict=True), 1))


def shown(found: tuple[Line, ...]) -> list[str]:
    return [f"{each.number} {each.title}".strip() for each in found]


ORDINARY = lines("Meddelelser", "Budget", "Eventuelt og næste møde")
JUNE = lines("Meddelelser", "Målbillede", "Budgetter", "Status", "Eventuelt og næste møde", numbers="1 2 3 5 6")


def test_a_new_item_stands_before_what_stands_last_and_pushes_its_number() -> None:
    after = with_new(ORDINARY, NEW)
    assert shown(numbered(ORDINARY, after)) == ["1 Meddelelser", "2 Budget", "3 Borde", "4 Eventuelt og næste møde"]


def test_printed_numbers_that_do_not_follow_the_order_are_kept_and_the_new_item_gets_the_next() -> None:
    after = with_new(JUNE, NEW)
    assert not follows(JUNE)
    assert [each.number for each in numbered(JUNE, after)] == ["1", "2", "3", "5", "7", "6"]
    assert [each.number for each in renumbered(after)] == ["1", "2", "3", "4", "5", "6"]


def test_an_agenda_whose_first_page_is_missing_still_counts_from_where_it_begins() -> None:
    december = lines("Analyse", "Pipeline", "Eventuelt", numbers="4 5 6")
    assert [each.number for each in numbered(december, with_new(december, NEW))] == ["4", "5", "6", "7"]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        pytest.param("Velkomst ved den nye formand", 1, id="efter Meddelelser, som også står først"),
        pytest.param("Evt. julefrokost", 3, id="sidst"),
        pytest.param("Eventyr på recept", 2, id="ligner kun Eventuelt"),
    ],
)
def test_standing_items_go_first_and_last(title: str, place: int) -> None:
    after = with_new(ORDINARY, Line(9, "", title))
    assert [each.id for each in after].index(9) == place


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        pytest.param("3.1 3.2 3.3", ["3.1", "3.2"], id="tal"),
        pytest.param("3.a 3.b 3.c", ["3.a", "3.b"], id="bogstaver efter tallet"),
        pytest.param("a b c", ["a", "b"], id="bogstaver"),
        pytest.param("3.2 3.3 3.4", ["3.2", "3.3"], id="fra 2"),
        pytest.param("3.1 3.2 3.4", ["3.1", "3.4"], id="fulgte ikke rækkefølgen"),
        pytest.param("i ii iii", ["i", "iii"], id="romertal"),
    ],
)
def test_what_stands_under_an_item_closes_up_where_it_followed_the_order(printed: str, left: list[str]) -> None:
    below = lines("Den ene", "Den anden", "Den tredje", numbers=printed)
    assert list(closed_up("3", below, 2).items()) == [(1, left[0]), (3, left[1])]


def test_an_item_is_moved_after_another_or_before_all() -> None:
    assert [each.id for each in moved(ORDINARY, 1, after=2)] == [2, 1, 3]
    assert [each.id for each in moved(ORDINARY, 3, after=0)] == [3, 1, 2]
    assert shown(numbered(ORDINARY, moved(ORDINARY, 2, after=0)))[:2] == ["1 Budget", "2 Meddelelser"]


def test_what_goes_leaves_no_gap_where_the_numbers_followed_the_order() -> None:
    assert shown(numbered(ORDINARY, ORDINARY[1:])) == ["1 Budget", "2 Eventuelt og næste møde"]
    assert [each.number for each in numbered(JUNE, JUNE[1:])] == ["2", "3", "5", "6"]


def test_what_stands_under_an_item_takes_its_new_number() -> None:
    assert [under(each, "6", "7") for each in ("6", "6.1", "6.1.2", "61", "A", "")] == [
        "7",
        "7.1",
        "7.1.2",
        "61",
        "A",
        "",
    ]
