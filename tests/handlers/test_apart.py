"""Reading apart: what takes too long is stopped, what is no agenda is refused, and nobody else notices."""

from __future__ import annotations

import pytest

from bot.refusals import Refusal
from handlers import apart, documents
from tests.slack.demo import AGENDA

EVIL = "\n".join(f"{number}. Punkt (B)" for number in range(60_000))


def test_a_document_is_read_as_it_would_be_here() -> None:
    data = AGENDA.read_bytes()
    assert documents.understood(AGENDA.name, data, apart.read) == documents.understood(AGENDA.name, data)


def test_what_is_no_agenda_is_refused_from_there() -> None:
    with pytest.raises(Refusal) as refused:
        documents.understood("brev.txt", b"Hej Anne", apart.read)
    assert (refused.value.key, refused.value.values["file"]) == ("not_an_agenda", "brev.txt")


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(Refusal) as refused:
        documents.understood("tung.txt", EVIL.encode(), apart.read)
    assert refused.value.key == "too_slow"
