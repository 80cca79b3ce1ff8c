"""Amounts as Danes write them, and as we write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import money
from bot.money import Amount


@pytest.mark.parametrize(
    ("text", "ore", "inferred"),
    [
        pytest.param("1.615.000 kr.", 161_500_000, False, id="thousands"),
        pytest.param("-87.000 kr.", -8_700_000, False, id="minus"),
        pytest.param("\u221287.000 kr.", -8_700_000, False, id="typographic minus"),
        pytest.param("- 87.000 kr.", -8_700_000, False, id="minus apart"),
        pytest.param("0 kr.", 0, False, id="nothing spent"),
        pytest.param("500.000", 50_000_000, True, id="nobody said kroner"),
        pytest.param("1,2 mio. kr.", 120_000_000, False, id="millions"),
        pytest.param("1,2 mio.", 120_000_000, True, id="millions of something"),
        pytest.param("250 t.kr.", 25_000_000, False, id="thousands, short"),
        pytest.param("250 tkr.", 25_000_000, False, id="thousands, shorter"),
        pytest.param("12,50 kr", 1_250, False, id="øre"),
        pytest.param("1.000\u00a0kr.", 100_000, False, id="no-break space"),
        pytest.param("2.000 kroner", 200_000, False, id="the whole word"),
    ],
)
def test_an_amount_is_read_as_whole_ore(text: str, ore: int, inferred: bool) -> None:
    assert money.parse(text) == Amount(ore, inferred)


@pytest.mark.parametrize(
    "text", ["2 mio. borgere", "80 %", "240.000 planer", "", "kr.", "25.02.2025", "ca. 3", "1.5.2"]
)
def test_what_is_no_amount_is_not_read_as_one(text: str) -> None:
    assert money.parse(text) is None


def test_running_text_gives_up_its_amounts_and_nothing_else() -> None:
    text = (
        "Der er 2 mio. borgere, 240.000 planer og 80 % dækning pr. 25.02.2025. Vi skal spare 500.000 i år "
        "(600.000 kr. oveni de 300.000 kr.), og 1,2 mio. kr. er tilbage."
    )
    assert list(money.find(text)) == [
        Amount(50_000_000, inferred=True),
        Amount(60_000_000),
        Amount(30_000_000),
        Amount(120_000_000),
    ]


def test_an_amount_is_said_in_the_readers_language_and_never_parted_from_its_unit() -> None:
    assert money.kroner(103_391_300) == "1.033.913\u00a0kr."
    assert money.kroner(-8_700_000) == "-87.000\u00a0kr."
    assert money.kroner(103_391_300, "en") == "1,033,913\u00a0kr."
    assert money.kroner(1_205) == "12,05\u00a0kr."
    assert money.kroner(-5, "en") == "-0.05\u00a0kr."


def test_a_share_has_one_decimal_and_no_meaning_of_nothing() -> None:
    assert money.share(31_242_000, 104_500_000) == "29,9\u00a0%"
    assert money.share(31_242_000, 104_500_000, "en") == "29.9%"
    assert money.share(581_087, 1_615_000) == "36,0\u00a0%"
    assert money.share(-1, 8) == "-12,5\u00a0%"
    assert money.share(1, 0) is None


@given(st.integers(-(10**13), 10**13))
def test_what_we_say_we_can_read(ore: int) -> None:
    assert money.parse(money.kroner(ore)) == Amount(ore)


@given(st.text())
def test_any_text_at_all_can_be_asked_for_amounts(text: str) -> None:
    money.parse(text)
    list(money.find(text))


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12).filter(bool))
def test_a_share_is_the_nearest_tenth_of_a_per_cent(part: int, whole: int) -> None:
    tenths = money.permille(part, whole)
    assert tenths is not None
    assert abs(2 * (tenths * whole - 1000 * part)) <= abs(whole)
