"""A new version of the agenda beside the old one."""

from __future__ import annotations

from dataclasses import replace

from bot.agenda import Appendix, Item, Kinds
from bot.changes import Change, changes

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
