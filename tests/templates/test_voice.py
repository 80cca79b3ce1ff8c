"""How the bot talks: what is unknown is left out, amounts end a sentence once, counts agree, both languages say all."""

from __future__ import annotations

import datetime as dt
import re
import string
from pathlib import Path

import pytest

from bot.agenda import Presenter
from bot.groups import Language
from bot.meetings import Meeting
from bot.reading import doubts
from templates.limits import TEXT, WHOLE, fit, split
from templates.voice import Voice, phrases

DA, EN = Voice("da"), Voice("en")
DAY = dt.date(2025, 6, 18)


@pytest.mark.parametrize(
    ("voice", "key", "values", "sentence"),
    [
        pytest.param(
            DA,
            "agenda.heading",
            {"programme": None, "when": "onsdag den 18. juni 2025", "place": None},
            "Dagsorden til styregruppemøde, onsdag den 18. juni 2025",
            id="det ukendte udelades med sit komma",
        ),
        pytest.param(
            DA,
            "budget.summary",
            {"budget": DA.kroner(800), "spent": None, "share": None, "rest": DA.kroner(-8700000)},
            "Budget 8\u00a0kr., rest -87.000\u00a0kr.",
            id="kr. ender sætningen én gang",
        ),
        pytest.param(
            EN,
            "agenda.time_over",
            {"sum": 125, "untimed": "", "length": 120, "over": 5, "assumed": ""},
            "The items take 125 min. The meeting is set to 120 min. It is 5 min short.",
            id="engelsk",
        ),
        pytest.param(
            EN,
            "agenda.time",
            {"sum": 125, "untimed": EN.count(3, "item"), "length": 120, "assumed": ""},
            "The items take 125 min. Not counted: 3 items without a time. The meeting is set to 120 min.",
            id="engelsk, i flertal som i ental",
        ),
    ],
)
def test_a_sentence_is_filled_in(voice: Voice, key: str, values: dict[str, object], sentence: str) -> None:
    assert voice.plain(key, **values) == sentence


@pytest.mark.parametrize(("number", "said"), [(0, ""), (1, "1 punkt"), (2, "2 punkter")], ids=["ingen", "ét", "flere"])
def test_a_count_agrees_with_its_noun(number: int, said: str) -> None:
    assert DA.count(number, "item") == said


def test_what_is_unknown_or_inferred_of_a_meeting_says_so() -> None:
    assert DA.when(Meeting(date=DAY)) == "onsdag den 18. juni 2025 (klokkeslæt ikke angivet)"
    assert DA.when(Meeting()) == "dato ikke angivet (klokkeslæt ikke angivet)"
    inferred = Meeting(date=dt.date(2025, 10, 6), year_inferred=True, start=dt.time(13), end=dt.time(15))
    said = "mandag den 6. oktober 2025 kl. 13.00-15.00"
    assert (DA.when(inferred), DA.when(inferred, True)) == (said, f"{said} (årstallet er udledt af ugedagen)")


@pytest.mark.parametrize(
    ("presenters", "said"),
    [
        ([Presenter("A", "PLO")], "A, PLO"),
        ([Presenter("A", "FEA"), Presenter("B", "FEA")], "A/B, FEA"),
        ([Presenter("A", "AAU"), Presenter("B", "PLO")], "A, AAU og B, PLO"),
        ([Presenter("A"), Presenter("B")], "A og B"),
        ([], ""),
    ],
    ids=["én", "to fra samme", "to steder fra", "uden organisation", "ingen"],
)
def test_presenters_have_their_organisation_once(presenters: list[Presenter], said: str) -> None:
    assert DA.presenters(presenters) == said


def test_what_people_wrote_can_not_mention_anybody_in_mrkdwn() -> None:
    assert "&lt;!channel&gt;" in DA.say("refusal.no_such_line", words="<!channel>", nearest=None, command="/dap")


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_phrase_shouts_or_says_please(language: Language) -> None:
    for key, phrase in phrases(language).items():
        assert "!" not in phrase, key
        assert "venligst" not in phrase.lower(), key
        assert list(string.Formatter().parse(phrase)), key


@pytest.mark.parametrize("text", ["ord " * 2000, "x" * 7001, "&amp;" * 2000, "linje\n" * 1500, ""])
def test_a_text_is_split_and_never_cut(text: str) -> None:
    parts = split(text)
    assert "".join(parts) == text
    assert all(len(part) <= TEXT for part in parts)
    assert all(part.count("&") == part.count(";") for part in parts)


def test_a_long_table_goes_on_under_the_same_head() -> None:
    head = [{"type": "raw_text", "text": "Linje"}]
    rows = [head, *([{"type": "raw_text", "text": f"Linje {n} " + "x" * 80}] for n in range(300))]
    messages = fit("Budget", [({"type": "table", "rows": rows}, 40_000)], size=40_000)
    tables = [block for each in messages for block in each.blocks]
    assert len(messages) == len(tables) > 1
    assert all(table["rows"][0] == head and len(table["rows"]) <= 100 for table in tables)
    assert [row for table in tables for row in table["rows"][1:]] == rows[1:]


def test_many_blocks_are_packed_into_messages_that_slack_takes() -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "ord " * 200}} for _ in range(120)]
    messages = fit("Meget", ((block, 900) for block in blocks), size=100_000)
    assert [block for each in messages for block in each.blocks] == blocks
    assert all(len(each.blocks) <= 50 and len(str(each.blocks)) < WHOLE * 1.1 for each in messages)


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_doubt_of_the_reader_is_said_in_both_languages(language: Language) -> None:
    written = "".join(file.read_text("utf-8") for file in Path(doubts.__file__).parent.glob("*.py"))
    keys = {f"doubt.{key}" for key in re.findall(r'Doubt\(\s*"(\w+)"', written)}
    assert len(keys) > 20
    assert keys == {key for key in phrases(language) if key.startswith("doubt.")}
