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
        pytest.param(replace(WRITTEN, title="Målbillede for forløbsplanner"), id="et bogstav to gange"),
        pytest.param(replace(WRITTEN, title="målbillede for forløbsplaner"), id="stort bogstav først"),
        pytest.param(
            replace(WRITTEN, title="Målbillede for for  forløbsplaner."), id="ord to gange, mellemrum, punktum"
        ),
        pytest.param(told("Parterne er enige, om planen for 2025 og udivder den ikke."), id="komma og to ombyttede"),
    ],
)
def test_the_same_letters_are_a_slip(new: Item) -> None:
    assert is_slip(WRITTEN, new)
    assert is_slip(new, WRITTEN)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(told("Parterne er uenige om planen for 2025 og udvider den ikke."), id="et forstavet u"),
        pytest.param(told("Parterne er enige om planen for 2026 og udvider den ikke."), id="et tal"),
        pytest.param(told("Parterne er enige om planen for 20,25 og udvider den ikke."), id="et komma i et tal"),
        pytest.param(told("Parterne er enige om planen for 2025. og udvider den ikke."), id="et punktum efter et tal"),
        pytest.param(told("Parterne er enige om planen for 2025 2025 og udvider den ikke."), id="et tal to gange"),
        pytest.param(told("Parterne er enige om planen for 2025 og udvider den."), id="et ord mindre"),
        pytest.param(told("Parterne var glade for planen for 2025 og udvider den ikke."), id="andre ord"),
        pytest.param(told("Parterne er enige om Planen for 2025 og udvider den ikke."), id="et stort bogstav inde i"),
        pytest.param(told("Partterne er enige om planen for 2025 og udvider den ikke."), id="måske et navn"),
        pytest.param(told("Parterne er enige om planen for 2025 og udvider edn ikke."), id="et kort ord"),
        pytest.param(told("Parterne er enige om plannen for 2025 og udvider den ikke?"), id="et spørgsmålstegn"),
        pytest.param(replace(WRITTEN, title="Målbillede for forløbsplan"), id="bogstaver mindre"),
        pytest.param(replace(WRITTEN, title="Målbillede for forløbsplaber"), id="et andet bogstav"),
        pytest.param(replace(WRITTEN, kinds=Kinds("O")), id="typen"),
        pytest.param(replace(WRITTEN, duration=16), id="tiden"),
        pytest.param(
            replace(WRITTEN, recommendations=(Recommendation("Godkender  målbilledet", "godkender"),)),
            id="en indstilling",
        ),
        pytest.param(replace(WRITTEN, appendices=(Appendix("2.1", "DEL I"),)), id="et bilag"),
        pytest.param(replace(WRITTEN, presenters=(Presenter("Bo Lind"),)), id="oplægsholderen"),
        pytest.param(replace(WRITTEN, items=(Item("2.1", "Mere"),)), id="et underpunkt"),
    ],
)
def test_whatever_may_mean_something_else_is_more_than_a_slip(new: Item) -> None:
    assert not is_slip(WRITTEN, new)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        pytest.param("1,2 mio. kr.", "1,2 mia. kr.", id="mio. og mia."),
        pytest.param("inden juli", "inden juni", id="juli og juni"),
        pytest.param("til onsdag", "til torsdag", id="onsdag og torsdag"),
        pytest.param("Sag to", "Sag tre", id="to og tre"),
        pytest.param("5 kr.", "5 km.", id="kr. og km."),
        pytest.param("v. Hansen", "v. Hanssen", id="Hansen og Hanssen"),
        pytest.param("1 , 2", "1 . 2", id="et tegn for sig selv"),
    ],
)
def test_a_number_a_month_a_day_a_unit_and_a_name_are_what_they_are(was: str, now: str) -> None:
    assert not is_slip(Item("1", was), Item("1", now))


@pytest.mark.parametrize("spelt", ["skatterne", "skaterne"])
def test_a_word_that_is_used_elsewhere_is_another_word(spelt: str) -> None:
    was, now = Item("1", "Om skaterne"), Item("1", "Om skatterne")
    assert is_slip(was, now, ["Om veje"])
    assert not is_slip(was, now, [f"Nyt om {spelt}."])
    below = (Section("", (Block("text", f"Alle {spelt} er her."),)),)
    assert not is_slip(replace(was, sections=below), replace(now, sections=below))
