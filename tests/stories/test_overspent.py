"""A budget of which more is spent than there is: said in so many words, and not as a rest below nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.budgets import Line
from tests.beginnings import beginning
from tests.office import Office
from tests.stories.test_questions import BUDGET, filed, spaced

INBOX = Line("Indbakken", 50_000_000, 85_500_000, -35_500_000)
OVERSPENT = replace(
    BUDGET,
    lines=(BUDGET.lines[0], INBOX),
    total=Line("Total", 154_500_000, 116_742_000, 37_758_000),
)
LINE = "Indbakken: overskredet med 355.000 kr. pr. 31. maj 2025. Budget 500.000 kr., forbrug 855.000 kr. (171,0 %)."


@beginning
def june(office: Office) -> Office:
    """The office with its secretary and chair, and a June agenda with a line that is overspent."""
    filed(office, budgets=(OVERSPENT,))
    office.founded()
    return office


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("hvad er der tilbage i indbakken?", id="tilbage"),
        pytest.param("er indbakken over budget?", id="over budget"),
        pytest.param("er budgettet for indbakken overskredet?", id="overskredet"),
        pytest.param("er vi over budget?", id="er vi over"),
    ],
)
def test_what_is_overspent_is_said_so(june: Office, typed: str) -> None:
    assert LINE in spaced(june.types(june.bo, typed))


def test_whether_all_is_over_says_the_total_first(june: Office) -> None:
    total, line = spaced(june.types(june.bo, "er vi over budget?")).splitlines()
    assert total.startswith("Total: ikke overskredet, 377.580 kr. tilbage pr. 31. maj 2025.")
    assert line.startswith("Indbakken: overskredet")


def test_the_table_names_the_lines_that_are_overspent(june: Office) -> None:
    assert "Overskredet: Indbakken med 355.000 kr.\nTallene stemmer" in spaced(june.types(june.bo, "budget"))
