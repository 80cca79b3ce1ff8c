"""A new version of the agenda beside the old one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.agenda import Appendix, Block, Item, Kinds, Presenter, Recommendation, Section
from bot.changes import Change, changes, is_slip

OLD = (
    Item("1", "Meddelelser"),
    Item("2", "Målbillede for forløbsplaner", kinds=Kinds("B"), duration=15),
    Item("3", "Eventuelt"),
)


def test_the_same_agenda_has_no_changes() -> None:
    assert changes(OLD, OLD) == ()


def test_a_changed_item_says_what_about_it() -> None:
    new = (OLD[0], replace(OLD[1], kinds=Kinds("B/D"), appendices=(Appendix("2.1", "DEL I"),)), OLD[2])
    assert changes(OLD, new) == (Change("2", "Målbillede for forløbsplaner", ("kinds", "appendices")),)


def test_items_are_matched_by_title_even_when_it_was_mended_and_the_number_moved() -> None:
    new = (
        OLD[0],
        Item("2", "Budget"),
        replace(OLD[1], number="3", title="Målbillede for forløbsplan"),
        replace(OLD[2], number="4"),
    )
    assert changes(OLD, new) == (
        Change("2", "Budget", ("added",)),
        Change("3", "Målbillede for forløbsplan", ("title",)),
    )


def test_what_is_gone_is_said_last() -> None:
    assert changes(OLD, OLD[:2]) == (Change("3", "Eventuelt", ("removed",)),)


def test_an_item_that_is_the_same_row_is_not_new_whatever_it_is_called() -> None:
    old, new = Item("1", "Borde", id=7), Item("1", "Indkøb af møbler", id=7)
    assert changes([old], [new]) == (Change("1", "Indkøb af møbler", ("title",)),)


WRITTEN = Item(
    "2",
    "Målbillede for forløbsplaner",
    kinds=Kinds("B"),
    duration=15,
    sections=(Section("Resumé", (Block("text", "Parterne er enige om planen for 2025 og udvider den ikke."),)),),
    recommendations=(Recommendation("Godkender målbilledet", "godkender"),),
)


def told(text: str) -> Item:
    return replace(WRITTEN, sections=(Section("Resumé", (Block("text", text),)),))


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(replace(WRITTEN, title="Målbillede for forløbsplanner"), id="et bogstav i titlen"),
        pytest.param(replace(WRITTEN, title="målbillede for forløbsplaner"), id="stort bogstav"),
        pytest.param(told("Partene er enige om planen for 2025 og udvidder den ikke."), id="to slåfejl i teksten"),
    ],
)
def test_a_few_letters_are_a_slip(new: Item) -> None:
    assert is_slip(WRITTEN, new)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(told("Parterne er uenige om planen for 2025 og udvider den ikke."), id="et forstavet u"),
        pytest.param(told("Parterne er enige om planen for 2026 og udvider den ikke."), id="et tal"),
        pytest.param(told("Parterne er enige om planen for 2025 og udvider den."), id="et ord mindre"),
        pytest.param(told("Parterne var glade for planen for 2025 og udvider den ikke."), id="andre ord"),
        pytest.param(replace(WRITTEN, kinds=Kinds("O")), id="typen"),
        pytest.param(replace(WRITTEN, duration=16), id="tiden"),
        pytest.param(
            replace(WRITTEN, recommendations=(Recommendation("Godkender målbillederne", "godkender"),)),
            id="en indstilling",
        ),
        pytest.param(replace(WRITTEN, appendices=(Appendix("2.1", "DEL I"),)), id="et bilag"),
        pytest.param(replace(WRITTEN, presenters=(Presenter("Bo Lind"),)), id="oplægsholderen"),
        pytest.param(replace(WRITTEN, items=(Item("2.1", "Mere"),)), id="et underpunkt"),
    ],
)
def test_whatever_may_mean_something_else_is_more_than_a_slip(new: Item) -> None:
    assert not is_slip(WRITTEN, new)
