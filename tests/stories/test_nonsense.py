"""What nobody means, typed after every command, by each of the six in turn: a sentence, nothing lost, no bug."""

from __future__ import annotations

import itertools
import logging

import pytest

from bot.groups import Language
from handlers import documents
from handlers.declared import vocabulary
from tests.office import Office
from tests.slack import User
from tests.slack.demo import AGENDA

LONG = 40_000  # characters, as many as Slack takes
NONSENSE = {
    "nothing": "",
    "no word": "xyzzy",
    "below": "-1",
    "nought": "0",
    "too large a number": "9" * 21,
    "a day that does not exist": "31. februar 2025",
    "no date at all": "32/13/2025 kl. 25.61",
    "the year nought": "1. januar 0000",
    "the whole channel": "<!channel> @here @everyone <!subteam^S1>",
    "nobody": "@ukendt",
    "somebody who is not there": "<@U0NOBODY00>",
    "marks": "*fed* _kursiv_ ~streg~ `kode` ```blok``` > citat",
    "an address": "https://example.dk/?a=1&b=<2>|klik",
    "pictures": "🎉 :tada: 👩‍⚕️",
    "from the right": "مرحبا \u202ebagfra\u202c \u200f\u200b",
    "control characters": "a\x00b\x07c\x1b[31m\x7f",
    "lines": "en\nto\r\n\tre",
    "empty quotes": "“”",
    "points": "...",
    "a question mark": "?",
    "code": "'; drop table tasks; -- {title} {{ 1 }} %s $x",
    "a long word": "x" * LONG,
    "many words": "ord " * (LONG // 4),
    "many lines": "\n" * LONG + "x",
    "typed arguments alone": "(B) 10 min. (O/D)",
}


IGNORED = ("no word", "many words", "control characters")  # enough for commands that take nothing


def test_every_command_answers_nonsense_with_a_sentence(
    engine: str, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    language: Language = "da" if engine == "sqlite" else "en"
    documents.filed(office.program.storage, documents.opened(AGENDA), office.room.id, language, office.time)
    office.founded()
    people = [office.anne, office.karen, office.bo, office.gry, office.sofie, office.mads]
    for person in people:
        office.types(person, "hjælp")

    turns = itertools.cycle(people)
    for command in vocabulary.commands:
        for name, what in NONSENSE.items():
            if command.arguments or name in IGNORED:
                expect_sentence(office, next(turns), f"{command.spelled(language)} {what}")
    office.settle()
    assert caplog.messages == []
    assert "Anne Holm" in office.types(office.anne, "opsætning")


def test_who_is_named_but_not_there_is_said_to_be_unknown(office: Office) -> None:
    office.founded()
    expect = "Slack kender ikke den person. Skriv @, og vælg navnet på listen."
    assert office.types(office.anne, "opsætning formand <@U0NOBODY00>") == expect


def test_what_is_too_long_to_mend_in_a_form_is_not_noted(office: Office) -> None:
    office.founded()
    assert "Opgaven er noteret." in office.types(office.bo, "opgave " + "x" * 3000)
    for line in ("opgave ", "budget spørg ", "møde ny "):
        assert "Der er plads til 3.000 tegn." in office.types(office.anne, line + "x" * 3001)
    office.presses(office.bo, "Ret")
    assert office.slack.form(office.bo).title == "Ret opgaven"


def test_what_nobody_sees_is_left_out_of_what_is_kept(office: Office) -> None:
    office.founded()
    assert "Ring til KL\nnu" in office.types(office.bo, "opgave Ring\x00 til\x1b KL\nnu")
    office.presses(office.bo, "Ret")
    office.slack.fill(office.bo, {"what": "Ring til\x00 PLO"})
    assert office.slack.submit(office.bo).errors == {}
    office.settle()
    assert "Ring til PLO" in office.types(office.bo, "opgaver alle")


def expect_sentence(office: Office, person: User, line: str) -> None:
    """Somebody types a line and gets a sentence in answer, or a form, which is closed again; nobody is pinged by it."""
    slack = office.slack
    before = len(slack.whispers(person, office.room))
    answer = slack.command(person, office.room, f"/dap {line}")
    assert answer.error == "", line[:40]
    if slack.forms(person):
        slack.dismiss(person, whole=True)
        return
    slack.wait(lambda: len(slack.whispers(person, office.room)) > before)
    for each in slack.whispers(person, office.room)[before:]:
        assert not each.pings, line[:40]
        is_list = "\n" in each.plain.strip()
        assert is_list or each.plain.strip().endswith((".", "?", "]")), (line[:40], each.plain)


def test_what_is_half_meant_is_answered_with_what_was_meant(office: Office) -> None:
    documents.filed(office.program.storage, documents.opened(AGENDA), office.room.id, "da", office.time)
    office.founded()
    answers = {
        "dagsorden slet": "Der er ikke noget punkt om",
        "dagsorden 18. juni": "Det kommende møde",
        "opgaver forsinket": "Mente du /dap opgaver forsinkede?",
        "slet punkt 3": "Skriv /dap hjælp for at se, hvad du kan gøre.",
        "#styregruppen": 'Jeg kender ikke "#styregruppen".',
        "dagsordenen sendt?": "Mente du /dap dagsorden send?",
        "dagsorden punkt": "1. Meddelelser",
        "“dagsorden”": "1. Meddelelser",
        "dagsorden:3": "3. Budgetter 2025",
        "beslutningerne": "Jeg finder ingen beslutninger.",
        "budget 😀": "Skriv spørgsmålet efter",
        "møde slut": "Der er ikke noget møde i dag. Det næste er onsdag den 18. juni 2025.",
    }
    assert {
        line: expected for line, expected in answers.items() if expected not in office.types(office.anne, line)
    } == {}
    assert office.slack.history(office.karen) == []  # nobody asked for her yes

    for line in ('foreslå "', "foreslå “”"):
        office.slack.command(office.anne, office.room, f"/dap {line}")
        assert office.slack.form(office.anne).title == "Foreslå punkt"
    assert "Nye borde -5 min" in office.types(office.anne, "foreslå Nye borde -5 min")
