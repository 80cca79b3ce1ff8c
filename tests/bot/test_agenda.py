"""What an agenda's items take: their own minutes, or those of what stands below them."""

from __future__ import annotations

import pytest

from bot.agenda import Agenda, Item

VELKOMST, EVENTUELT = Item("1", "Velkomst", duration=5), Item("3", "Eventuelt", duration=5)
BELOW = (Item("2.1", "Cockpittet", duration=40), Item("2.2", "Indbakken", duration=30))


@pytest.mark.parametrize(
    ("second", "minutes", "untimed"),
    [
        pytest.param(Item("2", "Status", duration=20), 30, 0, id="hvert punkt har sin tid"),
        pytest.param(Item("2", "Status", items=BELOW), 80, 0, id="kun underpunkterne har tid"),
        pytest.param(Item("2", "Status", duration=60, items=BELOW), 70, 0, id="punktets tid rummer underpunkternes"),
        pytest.param(Item("2", "Status"), 10, 1, id="ingen har givet det tid"),
        pytest.param(Item("2", "Status", items=(*BELOW, Item("2.3", "Andet"))), 80, 1, id="et underpunkt mangler tid"),
        pytest.param(Item("2", "", audience=()), 10, 0, id="af et lukket punkt ses ingen tid"),
    ],
)
def test_the_time_of_an_agenda_is_that_of_all_its_items(second: Item, minutes: int, untimed: int) -> None:
    agenda = Agenda(items=(VELKOMST, second, EVENTUELT))
    assert (agenda.duration, agenda.untimed) == (minutes, untimed)
