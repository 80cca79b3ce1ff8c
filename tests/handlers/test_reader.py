"""Documents that would hold the bot, or take it along: a sentence in time, and the bot goes on."""

from __future__ import annotations

import sys

import pytest

from handlers import reader
from tests.handlers.test_documents import Typed, count, typed
from tests.office import Office
from tests.slack.demo import AGENDA
from tests.stories.test_documents import JUNE, anne_at_work, dropped

__all__ = ["anne_at_work", "typed"]  # what a test here may ask for

ENDLESS = b"1. Punkt (O)\n" * 750_000
SENTENCE = "endeløs.txt tager for lang tid at læse. Del den op, eller gem den som txt, og prøv igen. Intet er gemt."


def test_a_document_that_takes_too_long_is_a_sentence_and_the_next_one_is_read(
    anne_at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "SECONDS", 1)
    assert dropped(anne_at_work, "endeløs.txt", ENDLESS) == SENTENCE
    assert "Jeg har læst dagsorden.md" in dropped(anne_at_work)


def test_at_the_terminal_it_is_the_same_sentence(
    typed: Typed, database_url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "PATIENCE", 0.3)
    file = tmp_path_factory.mktemp("documents") / "endeløs.txt"
    file.write_bytes(ENDLESS)
    assert typed(file, "--yes", "--channel", "C1") == (1, "", f"{SENTENCE}\n")
    assert count(database_url) == 0


@pytest.mark.skipif(sys.platform == "darwin", reason="LEFT OUT: macOS does not keep to a limit on memory")
def test_a_document_that_takes_too_much_memory_is_the_same_sentence(
    anne_at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MEMORY", 64_000_000)
    assert dropped(anne_at_work, "endeløs.txt", ENDLESS) == SENTENCE


@pytest.mark.parametrize(
    "dies",
    [
        pytest.param("import os; os.kill(os.getpid(), 11)", id="it crashes"),
        pytest.param("raise ValueError", id="it fails"),
    ],
)
def test_a_reader_that_dies_is_a_sentence_with_a_number(
    anne_at_work: Office, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(reader, "COMMAND", [sys.executable, "-c", dies])
        assert "Noget gik galt hos mig, og intet er ændret." in dropped(anne_at_work)
    assert "Jeg har læst dagsorden.md" in dropped(anne_at_work)


def test_what_takes_too_long_when_it_is_filed_is_a_sentence_and_can_be_filed_later(
    anne_at_work: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = anne_at_work
    dropped(office)
    with monkeypatch.context() as patched:
        patched.setattr(reader, "PATIENCE", 0.001)
        office.presses(office.anne, "Læg på dagsordenen")
        assert "dagsorden.md tager for lang tid at læse." in office.slack.whispers(office.anne, office.room)[-1].plain
    office.presses(office.anne, "Læg på dagsordenen")
    assert "5. Status på øvrige projekter" in office.types(office.bo, "agenda")


def test_pressed_twice_it_is_filed_once(anne_at_work: Office) -> None:
    office = anne_at_work
    dropped(office)
    receipt = office.with_button(office.anne, "Læg på dagsordenen")
    for _ in range(2):
        office.slack.press(office.anne, receipt, "Læg på dagsordenen")
    office.settle()
    assert "version 1 " in office.types(office.bo, "agenda")


def test_the_reader_is_given_none_of_the_bots_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    shows = "import os, pickle, sys; pickle.dump(('read', sorted(os.environ)), sys.stdout.buffer)"
    monkeypatch.setattr(reader, "COMMAND", [sys.executable, "-c", shows])
    assert "SLACK_BOT_TOKEN" not in str(reader.read(AGENDA.name, JUNE))
