"""Does it add up, and which line do they mean?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import budgets
from bot.budgets import Budget, Line

COCKPIT = Line("Klinikkens cockpit", 104_500_000, 31_242_000, 73_258_000)
DIAGNOSES = Line("Diagnosekort i almen praksis", 114_900_000, 69_116_300, 45_783_700)
RUNNING = Line("MinLæge drift og vedligehold", 130_000_000, 0, 130_000_000)
FURTHER = Line("MinLæge videreudvikling", 52_500_000, 0, 52_500_000)
UNALLOCATED = Line("Udisponerede midler", -8_700_000, unallocated=True)
TOTAL = Line("Total", 393_200_000, 100_358_300, 292_841_700)
BUDGET = Budget("DAP 2025", lines=(COCKPIT, DIAGNOSES, RUNNING, FURTHER, UNALLOCATED), total=TOTAL)


def test_the_blank_cell_is_what_the_columns_lack() -> None:
    found = budgets.check(BUDGET)
    rest = found.columns[2]
    assert [column.agrees for column in found.columns] == [True, True, False]
    assert (rest.difference, rest.filled, rest.agrees_filled) == (8_700_000, TOTAL.rest, True)
    assert found.unallocated == UNALLOCATED
    assert found.blanks == (rest,)
    assert found.agrees


def test_a_filled_cell_leaves_nothing_to_tell() -> None:
    filled = replace(BUDGET, lines=(*BUDGET.lines[:-1], replace(UNALLOCATED, rest=-8_700_000)))
    assert budgets.check(filled).agrees
    assert budgets.check(filled).blanks == ()


def test_a_wrong_total_is_shown() -> None:
    found = budgets.check(replace(BUDGET, total=replace(TOTAL, spent=100_358_400)))
    assert not found.agrees
    assert found.columns[1].difference == 100
    assert not found.columns[1].agrees_filled


def test_a_rest_that_is_not_budget_less_spent_is_shown() -> None:
    found = budgets.check(Budget("x", lines=(replace(COCKPIT, rest=1), FURTHER)))
    assert [line.name for line in found.uneven] == ["Klinikkens cockpit"]
    assert found.columns == ()
    assert not found.agrees


def test_a_share_is_spent_of_budget() -> None:
    assert budgets.share(COCKPIT) == 299
    assert budgets.share(UNALLOCATED) is None
    assert budgets.share(Line("x", 0, 0)) is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        pytest.param("klinikkens cockpit", ["Klinikkens cockpit"], id="the name"),
        pytest.param("cockpittet", ["Klinikkens cockpit"], id="definite"),
        pytest.param("klinkkens cokpit", ["Klinikkens cockpit"], id="typing errors"),
        pytest.param("hvad er der tilbage i cockpittet?", ["Klinikkens cockpit"], id="asked in words"),
        pytest.param("diagnosekortet", ["Diagnosekort i almen praksis"], id="definite, part"),
        pytest.param("minlæge", ["MinLæge drift og vedligehold", "MinLæge videreudvikling"], id="several"),
        pytest.param("minlaege drift", ["MinLæge drift og vedligehold"], id="ascii"),
        pytest.param("udisponerede", ["Udisponerede midler"], id="unallocated"),
        pytest.param("hvad er overdisponeret", ["Udisponerede midler"], id="unallocated by another word"),
        pytest.param("DAP total", ["Total"], id="total"),
        pytest.param("rest", ["Total"], id="rest alone"),
        pytest.param("hele budgettet", ["Total"], id="the whole"),
    ],
)
def test_a_line_is_found_by_what_people_call_it(words: str, names: list[str]) -> None:
    assert [line.name for line in budgets.find(BUDGET, words).lines] == names


def test_where_nothing_fits_the_nearest_name_is_suggested() -> None:
    found = budgets.find(BUDGET, "elektronisk indberetning af diagnoser")
    assert found.lines == ()
    assert found.nearest == "Diagnosekort i almen praksis"
    assert budgets.find(BUDGET, "vejret i morgen") == budgets.Found()
    assert budgets.find(BUDGET, "") == budgets.Found()
    assert budgets.find(Budget("tomt"), "cockpit") == budgets.Found()
