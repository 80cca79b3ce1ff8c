"""A budget stands under its item, whatever number that gets and wherever it goes: whoever may not see the one may not
see the other, and where the figures are from says the number that the item has now.
"""

from __future__ import annotations

from dataclasses import replace

from bot.budgets import Budget
from tests.beginnings import beginning
from tests.office import Office
from tests.slack import User
from tests.stories.test_first_line import JUNE
from tests.stories.test_order import PRINTED
from tests.stories.test_proposals import EARLY, edits, filled
from tests.stories.test_questions import BUDGET, close, filed

LEFT = "Klinikkens cockpit: 732.580 kr. tilbage pr. 31. maj 2025."
NONE = "Der er ikke noget budget endnu."


@beginning
def june(office: Office) -> Office:
    """The office in May with its secretary and chair, and the June agenda with a budget under item 3."""
    office.time = EARLY
    filed(office)
    office.founded()
    return office


def asked(office: Office, person: User | None = None) -> str:
    """What somebody, Bo if nobody is named, hears of the cockpit's money, with ordinary spaces."""
    return office.types(person or office.bo, "budget cockpit").replace("\u00a0", " ")


def pressed(office: Office, number: str, button: str) -> None:
    """Anne looks an item up and presses one of its buttons."""
    office.types(office.anne, f"punkt {number}")
    office.presses(office.anne, button, office.room)


def test_a_moved_item_takes_its_budget_along(june: Office) -> None:
    assert "Kilde: dagsorden 18. juni 2025, punkt 3." in asked(june)
    edits(june, "3", after="1. Meddelelser")
    assert "Kilde: dagsorden 18. juni 2025, punkt 2." in asked(june)
    assert "dagsorden 18. juni 2025, punkt 2" in june.types(june.bo, "budget statusser")
    close(june, "Forretningsmålbillede")  # which has number 3 now
    assert LEFT in asked(june)
    edits(june, "2", audience="closed")
    assert NONE in june.types(june.bo, "budget")
    assert "punkt" not in june.types(june.bo, "budget statusser")
    assert LEFT in asked(june, june.karen)


def test_another_item_put_before_it_and_numbers_set_anew_change_only_what_the_source_says(june: Office) -> None:
    june.types(june.bo, "foreslå Velkomst")
    june.presses(june.anne, "Sæt på dagsordenen")
    assert "dagsorden 18. juni 2025, punkt 4" in asked(june)
    filed(june, PRINTED, (replace(BUDGET, item="5"),), "trykte numre")
    assert "dagsorden 18. juni 2025, punkt 5" in asked(june)
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.anne, "Sæt på dagsordenen", june.anne)
    june.presses(june.anne, "Nummerér om")
    assert "dagsorden 18. juni 2025, punkt 4" in asked(june)


def test_a_sub_item_keeps_its_budget_wherever_the_item_above_it_stands(june: Office) -> None:
    filed(june, JUNE, (replace(BUDGET, item="3.1"),), "under 3.1")
    edits(june, "3", after="1. Meddelelser")
    assert "dagsorden 18. juni 2025, punkt 2.1" in asked(june)
    edits(june, "2", audience="closed")
    assert NONE in june.types(june.bo, "budget")
    pressed(june, "2", "Udsæt til næste møde")
    assert NONE in june.types(june.bo, "budget")
    assert LEFT in asked(june, june.karen)


def test_an_item_that_goes_to_the_next_meeting_is_open_there_or_closed_with_its_budget(june: Office) -> None:
    pressed(june, "3", "Udsæt til næste møde")
    assert "Kilde: dagsorden 18. juni 2025." in asked(june)
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.anne, "Sæt på dagsordenen")
    close(june, "Nye borde")  # which has number 3 now
    assert LEFT in asked(june)

    june.types(june.anne, "dagsorden forslag")
    june.presses(june.anne, "Sæt på dagsordenen", june.room)
    assert "Kilde: dagsorden 18. juni 2025." in asked(
        june
    )  # where the papers were, not where the item has a number now
    close(june, "Budgetter 2025")
    assert NONE in june.types(june.bo, "budget")
    assert LEFT in asked(june, june.karen)


def test_a_closed_item_that_is_left_out_keeps_its_budget_closed(june: Office) -> None:
    edits(june, "3", audience="closed")
    pressed(june, "3", "Tages ikke med")
    assert filled(june, june.anne, reason="Det må vente.").errors == {}
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.anne, "Sæt på dagsordenen")
    assert "3. Nye borde" in june.types(june.bo, "dagsorden")
    assert NONE in june.types(june.bo, "budget")
    assert LEFT in asked(june, june.karen)


def test_a_number_that_no_item_has_is_said_as_it_was_printed_and_is_nobody_elses_later(june: Office) -> None:
    filed(june, JUNE, (replace(BUDGET, item="4"),), "trykfejl")
    assert "dagsorden 18. juni 2025, punkt 4" in asked(june)
    june.types(june.bo, "foreslå Nye borde")
    june.presses(june.anne, "Sæt på dagsordenen")
    close(june, "Nye borde")
    assert LEFT in asked(june)


def test_of_two_items_with_one_number_a_closed_one_hides_the_budget(june: Office) -> None:
    close(june, "Budgetter 2025")
    twice = replace(JUNE, items=(*JUNE.items, replace(JUNE.items[0], number="3", title="Eventuelt")))
    filed(june, twice, (BUDGET, replace(BUDGET, name="DAP 2026")), "to gange 3")
    assert NONE in june.types(june.bo, "budget")
    assert LEFT in asked(june, june.karen)


def test_a_budget_without_a_number_is_everybodys(june: Office) -> None:
    nowhere: Budget = replace(BUDGET, item=None)
    filed(june, JUNE, (nowhere,), "uden nummer")
    close(june, "Budgetter 2025")
    assert "Kilde: dagsorden 18. juni 2025." in asked(june)
