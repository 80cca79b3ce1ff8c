"""The reader's door: whatever comes, it is read or refused, and at once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.text import decode, read
from bot.refusals import Refusal
from tests.bot.read_by import items


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\n\t\n", "empty", id="blank"),
        pytest.param(b"%PDF-1.7 ...", "binary", id="pdf"),
        pytest.param(b"PK\x03\x04\x14\x00", "binary", id="zip"),
        pytest.param(bytes(range(256)), "binary", id="bytes"),
        pytest.param("Kære alle\n\nTak for sidst, vi ses.\n".encode(), "no_items", id="a letter"),
        pytest.param("1. mælk\n2. brød\n3. smør\n".encode(), "no_items", id="a shopping list"),
    ],
)
def test_what_is_no_agenda_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(decode(data), "fil.txt")
    assert (refused.value.key, refused.value.values) == ("not_an_agenda", {"file": "fil.txt", "reason": reason})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_old_and_new_files_say_the_same(encoding: str) -> None:
    text = "1. Økonomi på årets møde (B)\r\nResumé\r\nKort.\r\n"
    assert decode(text.encode(encoding)) == text
    assert items(read(decode(text.encode(encoding)))) == [("1", "Økonomi på årets møde")]


# What documents are made of, shaken together.
MARKS = "1. |2 |3.1 |a. |• |- |# |**|(O)|(B/D?) |(5 min.) |v. |og |-|\t|0/0|99.99.9999 |kl. 99.99|\u00ad\n|…|: |\n|\n\n"
WORDS = (
    "Bilag 2.1 |Indstilling|Referat|Resumé\n|Det indstilles, at styregruppen |godkender |tager |til efterretning. "
    "|Styregruppen |drøftede, |Hanne Holm, KL |18. juni 2025 |kl. 13-15 |Næste møde |Budget 2025 |Forbrug 31/5 "
    "|1.000 kr. |Total |Side 3"
)
PIECES = st.one_of(st.sampled_from([*MARKS.split("|"), *WORDS.split("|"), "|"]), st.text(max_size=5))


@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    try:
        reading = read(text, "x")
    except Refusal as refusal:
        assert refusal.key == "not_an_agenda"
    else:
        assert reading.agenda.items


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1. ",
        "a-",
        "tager ",
        "Bilag 1 ",
        "(O) ",
        "v. A B, ",
        "Styregruppen tog ",
        "1.000 kr. ",
        "kl. 1 ",
        "| ",
        "og Per Bo ",
    ],
)
def test_thirty_kilobytes_on_one_line_are_read_at_once(unit: str) -> None:
    line = unit * (30_000 // len(unit))
    started = time.thread_time()
    read(
        f"1. Emne (B)\nIndstilling\nDet indstilles, at styregruppen {line}\nReferat\n{line}\n2. {line}\n3. Eventuelt\n"
    )
    assert time.thread_time() - started < 1.5
