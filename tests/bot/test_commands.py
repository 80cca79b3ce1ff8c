"""What people type, and which command they mean by it."""

from __future__ import annotations

from datetime import date

import pytest

import handlers  # noqa: F401  declares the commands
from bot.commands import Command, Kind, Vocabulary, day_off, quoted, typed_off
from handlers.declared import vocabulary


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [
        pytest.param("agenda", "agenda", "", id="engelsk"),
        pytest.param("Dagsordenen", "agenda", "", id="bestemt form og stort begyndelsesbogstav"),
        pytest.param("dagsorden 2", "agenda", "2", id="med et punkt"),
        pytest.param("punkt 3", "agenda", "3", id="punkt"),
        pytest.param("agenda send", "agenda send", "", id="to ord"),
        pytest.param("send dagsordenen", "agenda send", "", id="omvendt og bestemt"),
        pytest.param("dagsorden udsend", "agenda send", "", id="det andet ord for at sende"),
        pytest.param("budgettet", "budget", "", id="budgettet"),
        pytest.param("økonomi", "budget", "", id="økonomi"),
        pytest.param("oekonomi", "budget", "", id="uden ø"),
        pytest.param(
            "budget Klinikkens Cockpit", "budget ask", "Klinikkens Cockpit", id="resten står, som den blev skrevet"
        ),
        pytest.param("møde", "meeting", "", id="møde"),
        pytest.param("moede", "meeting", "", id="moede"),
        pytest.param("næste møde?", "meeting", "", id="med spørgsmålstegn"),
        pytest.param("hvornår", "meeting", "", id="hvornår"),
        pytest.param("?", "help", "", id="spørgsmålstegn alene"),
        pytest.param("hjælp", "help", "", id="hjælp"),
        pytest.param("opsætning formand <@U1|bo>", "setup chair", "<@U1|bo>", id="med et navn"),
        pytest.param("setup formand", "setup chair", "", id="et ord på hvert sprog"),
    ],
)
def test_what_is_typed_is_understood(typed: str, name: str, rest: str) -> None:
    match = vocabulary.match(typed)
    assert match is not None
    assert (match.command.name, match.rest) == (name, rest)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        pytest.param("agnda", "agenda", id="engelsk"),
        pytest.param("dagsoren", "dagsorden", id="dansk"),
        pytest.param("bugdet cockpit", "budget", id="med noget efter"),
        pytest.param("opsætnig", "opsætning", id="æ bevares i svaret"),
        pytest.param("xyzzy", None, id="intet ligner"),
        pytest.param("kommentering", None, id="ligner kun halvt"),
        pytest.param("slet punkt 3", None, id="ligner ingen af dem"),
        pytest.param("mine opgaver", "opgaver", id="et ord af flere"),
        pytest.param("vis dagsorden", "dagsorden", id="det sidste ord"),
        pytest.param("", None, id="ingenting"),
    ],
)
def test_what_is_not_understood_gets_the_nearest_in_the_spelling_used(typed: str, nearest: str | None) -> None:
    assert vocabulary.match(typed) is None
    assert vocabulary.nearest(typed) == nearest


def test_a_mistake_in_the_second_word_gets_both_words_suggested() -> None:
    assert vocabulary.nearest("dagsorden snd") == "dagsorden send"
    assert vocabulary.nearest("snd agendaen ud") == "agenda send"


@pytest.mark.parametrize("typed", ["dagsorden agenda", "dagsorden slet", "dagsorden punkt tre", "dagsordenen vises"])
def test_nobody_is_led_to_send_what_they_want_to_see(typed: str) -> None:
    assert vocabulary.nearest(typed) == "dagsorden"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        pytest.param("beslutningerne", "decisions", id="flertal i bestemt form"),
        pytest.param("beslutningen", "decision", id="ental i bestemt form"),
        pytest.param("opgaverne", "tasks", id="opgaverne"),
        pytest.param("“dagsorden” 3", "agenda", id="anførselstegn"),
        pytest.param("dagsorden:3", "agenda", id="uden mellemrum"),
    ],
)
def test_a_word_in_any_form_and_between_marks_is_that_word(typed: str, name: str) -> None:
    found = vocabulary.match(typed)
    assert found is not None
    assert found.command.name == name


def test_who_asks_whether_something_was_sent_does_not_send_it() -> None:
    found = vocabulary.match("dagsordenen sendt?")
    assert found is not None
    assert found.command.name == "agenda"


def test_two_commands_can_not_share_a_spelling() -> None:
    words = Vocabulary()
    words.add(Command("agenda", "dagsorden"))
    with pytest.raises(ValueError, match="already means 'agenda'"):
        words.add(Command("plan", "dagsorden"))


@pytest.mark.parametrize("typed", ['"Borde"', "“Borde”", "„Borde“", "»Borde«", " Borde "])
def test_one_pair_of_quotes_is_taken_off(typed: str) -> None:
    assert quoted(typed) == "Borde"


def test_an_apostrophe_is_no_quote() -> None:
    assert quoted("Anna's punkt") == "Anna's punkt"


@pytest.mark.parametrize(
    ("text", "left", "typed"),
    [
        pytest.param("Borde (B) 10 min.", "Borde", {"kinds": "B", "duration": "10"}, id="type og tid"),
        pytest.param("Borde 5 min (o/b?)", "Borde", {"kinds": "o/b?", "duration": "5"}, id="i den anden orden"),
        pytest.param("Borde (15 min.)", "Borde", {"duration": "15"}, id="tiden i parentes"),
        pytest.param('Anna\'s "punkt" (Bo)', 'Anna\'s "punkt" (Bo)', {}, id="en parentes, der ikke er en type"),
        pytest.param("10 min. om budgettet", "10 min. om budgettet", {}, id="tid midt i teksten"),
        pytest.param("Ring til <@U1|bo>", "Ring til", {"person": "U1"}, id="et navn"),
    ],
)
def test_what_is_typed_at_the_end_is_taken_off(text: str, left: str, typed: dict[Kind, str]) -> None:
    assert typed_off(text, ("kinds", "duration", "person")) == (left, typed)


@pytest.mark.parametrize(
    ("text", "left", "day", "inferred"),
    [
        pytest.param("11. december", "", date(2000, 12, 11), True, id="uden år"),
        pytest.param("2 11. december 2025", "2", date(2025, 12, 11), False, id="efter et punkt"),
        pytest.param("af mødet den 11/12 punkt 7.2", "punkt 7.2", date(2000, 12, 11), True, id="midt i"),
        pytest.param("29. februar", "", date(2000, 2, 29), True, id="en dag, som ikke alle år har"),
        pytest.param("7.2", "7.2", None, False, id="et punkt er ingen dag"),
    ],
)
def test_a_day_is_taken_out_where_it_stands(text: str, left: str, day: date | None, inferred: bool) -> None:
    rest, found = day_off(text)
    assert (rest, found and found.date, bool(found and found.year_inferred)) == (left, day, inferred)
