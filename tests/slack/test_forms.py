"""Forms: opened by the bot, filled in and sent by people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.slack import Channel, StandIn, User
from tests.slack.conftest import Block, Bot, actions, button, entry, modal, option, words

KINDS = [option("(O) orientering", "O"), option("(D) drøftelse", "D"), option("(B) beslutning", "B")]

EVERY = modal(
    entry("Titel", "plain_text_input", max_length=40),
    entry("Baggrund", "plain_text_input", multiline=True, optional=True),
    entry("Varighed", "number_input", is_decimal_allowed=False, initial_value="10", max_value="60"),
    entry("Art", "multi_static_select", options=KINDS),
    entry("Fase", "static_select", option_groups=[{"label": words("Program"), "options": [option("Fase 1")]}]),
    entry("Formand", "users_select"),
    entry("Deltagere", "multi_users_select", optional=True),
    entry("Kanal", "conversations_select", default_to_current_conversation=True),
    entry("Opslag", "channels_select", optional=True),
    entry("Dato", "datepicker", initial_date="2026-02-26"),
    entry("Tid", "timepicker", optional=True),
    entry("Lukket", "radio_buttons", options=[option("Ja"), option("Nej")], initial_option=option("Nej")),
    entry("Med", "checkboxes", options=[option("Bilag"), option("Kaffe")], optional=True),
    entry("E-mail", "email_text_input", optional=True),
    entry("Link", "url_text_input", optional=True),
    entry("Bilag", "file_input", filetypes=["docx", "pdf"], optional=True),
)


def test_every_field_is_sent_as_slack_sends_it(
    slack: StandIn, bot: Bot, opens: Any, anne: User, bo: User, room: Channel
) -> None:
    opens(EVERY)
    slack.command(anne, room, "/dap foreslå")
    form = slack.form(anne)
    assert (form.title, form.submit, form.options("Art")[2]) == ("Nyt punkt", "Foreslå", "(B) beslutning")
    assert (form.inputs["Kanal"], form.inputs["Lukket"]) == ("styregruppen", "Nej")

    slack.fill(anne, {"Titel": "Borde & stole", "Baggrund": "To\nlinjer", "Art": ["D", "(B) beslutning"]})
    slack.fill(anne, {"Fase": "Fase 1", "Formand": bo, "Deltagere": [anne, bo], "Opslag": room, "Tid": "09:30"})
    slack.fill(anne, {"Dato": date(2026, 3, 12), "Lukket": "Ja", "Med": ["Kaffe"], "Bilag": ("bilag.docx", b"PK")})
    form = slack.fill(anne, {"E-mail": "bo@example.dk", "link": "https://example.dk/bilag", "varighed": 15})
    assert "Deltagere: Anne Holm, Bo Berg" in form.plain
    bot.answer = lambda _form: None
    assert slack.submit(anne).status == 200
    assert slack.forms(anne) == []

    sent = bot.payload["view"]["state"]["values"]
    assert sent["titel"]["in"] == {"type": "plain_text_input", "value": "Borde & stole"}
    assert sent["varighed"]["in"] == {"type": "number_input", "value": "15"}
    emoji = {"type": "plain_text", "text": "(D) drøftelse", "emoji": True}
    assert sent["art"]["in"]["selected_options"][0] == {"text": emoji, "value": "D"}
    assert sent["fase"]["in"]["selected_option"]["value"] == "Fase 1"
    assert sent["formand"]["in"] == {"type": "users_select", "selected_user": bo.id}
    assert sent["deltagere"]["in"]["selected_users"] == [anne.id, bo.id]
    assert sent["kanal"]["in"] == {"type": "conversations_select", "selected_conversation": room.id}
    assert sent["opslag"]["in"]["selected_channel"] == room.id
    assert sent["dato"]["in"] == {"type": "datepicker", "selected_date": "2026-03-12"}
    assert sent["tid"]["in"] == {"type": "timepicker", "selected_time": "09:30"}
    assert sent["lukket"]["in"]["selected_option"]["value"] == "Ja"
    assert [each["value"] for each in sent["med"]["in"]["selected_options"]] == ["Kaffe"]
    assert sent["link"]["in"]["value"] == "https://example.dk/bilag"
    assert sent["bilag"]["in"]["files"][0]["name"] == "bilag.docx"
    assert (bot.payload["type"], bot.payload["user"]["id"]) == ("view_submission", anne.id)


def test_nothing_chosen_is_null_or_an_empty_list(slack: StandIn, bot: Bot, opens: Any, anne: User) -> None:
    opens(modal(entry("Titel", "plain_text_input", optional=True), entry("Med", "multi_users_select", optional=True)))
    slack.command(anne, anne, "/dap foreslå")
    bot.answer = lambda _form: None
    slack.fill(anne, {"Titel": ""})
    slack.submit(anne)
    sent = bot.payload["view"]["state"]["values"]
    assert sent["titel"]["in"] == {"type": "plain_text_input", "value": None}
    assert sent["med"]["in"] == {"type": "multi_users_select", "selected_users": []}


STOPPED = {
    "nothing": ("Titel", None, "Feltet skal udfyldes"),
    "too much": ("Titel", "x" * 41, "Skriv højst 40 tegn"),
    "no number": ("Varighed", "ti", "Skriv et helt tal"),
    "half a number": ("Varighed", "7.5", "Skriv et helt tal"),
    "too large a number": ("Varighed", 61, "Tallet må højst være 60"),
    "no address": ("E-mail", "bo", "Skriv en e-mailadresse"),
    "no link": ("Link", "bilag", "Skriv en adresse, der begynder med https://"),
    "a file of another kind": ("Bilag", ("bilag.exe", b""), "bilag.exe: kun docx, pdf"),
}


@pytest.mark.parametrize(("label", "value", "why"), STOPPED.values(), ids=STOPPED)
def test_slacks_client_stops_what_is_wrong(
    slack: StandIn, bot: Bot, anne: User, bo: User, label: str, value: Any, why: str
) -> None:
    slack.open_form(anne, EVERY)
    good = {"Titel": "Borde", "Art": "O", "Fase": "Fase 1", "Formand": bo, "Kanal": anne}
    slack.fill(anne, {**good, label: value})
    answer = slack.submit(anne)
    assert (answer.error, answer.errors) == ("not_submitted", {label: why})
    assert slack.form(anne).errors == {label: why}
    assert bot.forms == []


def test_a_choice_that_is_not_there_cannot_be_made(slack: StandIn, anne: User) -> None:
    slack.open_form(anne, EVERY)
    with pytest.raises(AssertionError, match=r"no choice 'X'; there are \['\(O\) orientering'"):
        slack.fill(anne, {"Art": "X"})
    with pytest.raises(AssertionError, match="nothing is called 'Budget'"):
        slack.fill(anne, {"Budget": "X"})


def test_the_bot_says_what_is_wrong_under_the_field(slack: StandIn, bot: Bot, anne: User) -> None:
    slack.open_form(anne, modal(entry("Titel", "plain_text_input")))
    slack.fill(anne, {"Titel": "Borde"})
    bot.answer = lambda _form: {"response_action": "errors", "errors": {"titel": "Findes allerede"}}
    assert slack.submit(anne).errors == {"Titel": "Findes allerede"}
    assert slack.form(anne).plain == "Nyt punkt\nTitel: Borde\n! Findes allerede"

    bot.answer = lambda _form: None
    assert slack.submit(anne).errors == {}


WRONG = {
    "a block that is not there": {"response_action": "errors", "errors": {"titlen": "?"}},
    "a block that is no input": {"response_action": "errors", "errors": {"row": "?"}},
    "no words": {"response_action": "errors", "errors": {"titel": ""}},
    "an action that Slack does not know": {"response_action": "close"},
    "a message": {"text": "Tak"},
    "a view that Slack refuses": {"response_action": "update", "view": {"type": "modal"}},
}


@pytest.mark.parametrize("body", WRONG.values(), ids=WRONG)
def test_an_answer_that_slack_cannot_use_fails_the_test(slack: StandIn, bot: Bot, anne: User, body: Block) -> None:
    row = {**actions(button("Ret")), "block_id": "row"}
    slack.open_form(anne, modal(entry("Titel", "plain_text_input", initial_value="Borde"), row))
    bot.answer = lambda _form: body
    with pytest.raises(AssertionError, match="mislykkedes"):
        slack.submit(anne)


def test_a_form_becomes_another_or_gets_one_on_top(slack: StandIn, bot: Bot, anne: User) -> None:
    slack.open_form(anne, modal(entry("Titel", "plain_text_input", initial_value="Borde")))
    root = slack.form(anne).id
    receipt = {**modal(actions(button("Ret"))), "title": words("Sikker?"), "submit": words("Ja")}
    bot.answer = lambda _form: {"response_action": "push", "view": receipt}
    slack.submit(anne)
    assert [form.title for form in slack.forms(anne)] == ["Nyt punkt", "Sikker?"]
    assert (slack.form(anne).root, slack.form(anne).previous) == (root, root)

    bot.answer = lambda _form: {"response_action": "update", "view": {**receipt, "title": words("Helt sikker?")}}
    slack.submit(anne)
    assert slack.form(anne).title == "Helt sikker?"
    bot.answer = lambda _form: {"response_action": "clear"}
    slack.submit(anne)
    assert slack.forms(anne) == []
