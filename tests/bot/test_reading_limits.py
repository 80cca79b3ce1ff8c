"""A document made to be slow is read about as fast as any other of its size, or refused."""

from __future__ import annotations

import time

import pytest

from bot.reading.text import read
from bot.refusals import Refusal

HEAD = "# Dagsorden til styregruppemøde for Prøven\n\nOnsdag d. 18. juni 2025\n\n"
ITEM = f"{HEAD}1. Punkt (O)\n\n"


def much(line: str, times: int, link: str = "\n\n") -> str:
    """A line so many times, each with its number for a "§"."""
    return link.join(line.replace("§", str(number)) for number in range(times))


def misspelled(verb: str, letters: str) -> str:
    """A sentence of fifty long words that are all nearly one word."""
    return f"{verb} " + " ".join(f"projekt{first}{last}ter" for first in letters for last in "abcdefghij")


SLOW = [
    pytest.param(f"{ITEM}# a{' ' * 40_000}b", id="one gap of blanks in a heading"),
    pytest.param(
        f"{HEAD}1. Budget (O)\n\nProjekt Budget 2025 Rest\n{much('K ' + '0 ' * 140, 300, chr(10))}", id="amounts"
    ),
    pytest.param(
        HEAD + much("§. Emne §", 101, "\n") + "\n\n" + much("17. Emne §", 4000), id="an endless list of items"
    ),
    pytest.param(
        f"{ITEM}Indstilling\n\n{much('- ' + misspelled('godkender', 'abcde'), 90)}\n\nBeslutning\n\n"
        + much(misspelled("Styregruppen godkendte", "fghij") + ".", 90),
        id="words that are nearly the same",
    ),
    pytest.param(
        f"{ITEM}Baggrund\n\n{much(f'Tekst.{chr(10) * 2}| a | 1.000 | 2.000 |', 9000)}", id="many small tables"
    ),
    pytest.param(f"{ITEM}{much('Bilag 1.§', 99)}\n\nBaggrund\n\n{much('Se bilag 2.§ for mere.', 9000)}", id="mentions"),
    pytest.param(
        f"{ITEM}{much('dette er en linje der går videre og videre uden stop', 9000, chr(10))}", id="a sentence"
    ),
    pytest.param(f"{ITEM}{much('a) Emne § (O)', 9000)}", id="sub-items"),
    pytest.param(f"{ITEM}{much('- godkender:', 1)}\n{much('- ting §', 9000, chr(10))}", id="bullets below a bullet"),
    pytest.param(HEAD + much("# 1. Emne §", 9000), id="items"),
]


@pytest.mark.parametrize("document", SLOW)
def test_a_document_made_to_be_slow_is_not(document: str) -> None:
    begun = time.process_time()
    try:
        read(document, "x.txt")
    except Refusal as refusal:
        assert refusal.values["reason"] == "too_large_unpacked"
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(HEAD + much("§. Emne", 20_001, "\n"), id="lines"),
        pytest.param(ITEM + "a" * 50_001, id="one line"),
        pytest.param(HEAD + much("# 1. Emne §", 501), id="items"),
    ],
)
def test_what_is_far_more_than_an_agenda_is_refused(document: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(document, "x.txt")
    assert refused.value.values["reason"] == "too_large_unpacked"


def test_a_heading_keeps_its_words_and_loses_its_marks() -> None:
    (item,) = read(f"{HEAD}## 1. Punkt om C# og andet (O) ##\n").agenda.items
    assert item.title == "Punkt om C# og andet"
